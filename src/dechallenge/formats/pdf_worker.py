"""PDF files read in a process of their own, so that none can stop, starve or flood the program that asked for it.

A damaged or hostile file may crash a parser of PDF, hang it, or make it fill the memory. The process is started with
the first PDF, kept for the next, limited in processor time and memory, and started anew when a file ended it. Where no
process can be started the file is read in this one. Imports the ``pdf`` readers, `written` and errors.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from typing import IO, Any

from dechallenge.errors import InputError
from dechallenge.formats.written import Written

SECONDS = 4.0
SECONDS_PER_MB = 8.0
"""Processor time that one file may take: so much, and so much more for each million bytes."""
MEMORY = 1_000_000_000
"""Bytes of address space that the process may take."""
_PATIENCE = 10
"""Times the processor time after which a process is ended that does not answer, however busy the machine is."""
_SIZE = struct.Struct(">Q")
_START = "import sys; sys.path[:] = {path!r}; from dechallenge.formats.pdf_worker import serve; serve()"
_STEP = "Print it to a new PDF, or give its text."


def read_apart(data: bytes, name: str) -> Written:
    """The text of a PDF file, read in the other process.

    Raises:
        InputError: What :func:`~dechallenge.formats.pdf.read_pdf` raises, or that the file broke the limits.
    """
    with _LOCK:
        worker = _worker()
        if worker is None:
            from dechallenge.formats.pdf import read_pdf

            return read_pdf(data, name)
        answer = worker.ask(data)
    if answer is None:
        raise InputError(
            "this PDF cannot be read within the limits of time and memory: it is damaged or built to do harm",
            place=name,
            next_step=_STEP,
        )
    if "cause" in answer:
        raise InputError(answer["cause"], place=name, next_step=answer["step"])
    notes = tuple((message, step) for message, step in answer["notes"])
    return Written(answer["text"], tuple((start, label) for start, label in answer["places"]), notes)


class _Worker:
    """The other process."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=[p for p in sys.path if p])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def ask(self, data: bytes) -> dict[str, Any] | None:
        """Its answer; ``None`` where the file ended it."""
        timer = threading.Timer(_PATIENCE * _allowance(len(data)), self.process.kill)
        timer.daemon = True
        timer.start()
        try:
            assert self.process.stdin is not None and self.process.stdout is not None
            _send(self.process.stdin, data)
            answer = _receive(self.process.stdout)
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            return None
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        """End it; nothing is left open."""
        if self.owner != os.getpid():
            return
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self.process.wait()


_LOCK = threading.Lock()
_current: list[_Worker] = []


def _worker() -> _Worker | None:
    """The process, started where there is none; ``None`` where none can be."""
    if _current and _current[0].alive():
        return _current[0]
    close()
    if not sys.executable:
        return None
    try:
        _current.append(_Worker())
    except (OSError, ValueError):
        return None
    return _current[0]


def close() -> None:
    """End the process, if there is one."""
    while _current:
        _current.pop().close()


atexit.register(close)


def _allowance(size: int) -> float:
    return SECONDS + SECONDS_PER_MB * size / 1_000_000


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_SIZE.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    size = _SIZE.unpack(head)[0]
    data = stream.read(size)
    return data if len(data) == size else None


# --- the other side -----------------------------------------------------------------------------------------------


def serve() -> None:
    """Read files from the standard input until it ends, and write the answers."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    _limit_memory()
    while (data := _receive(source)) is not None:
        _limit_time(_allowance(len(data)))
        _send(target, json.dumps(_answer(data)).encode())


def _answer(data: bytes) -> dict[str, Any]:
    from dechallenge.formats.pdf import read_pdf

    try:
        written = read_pdf(data, "")
    except InputError as error:
        return {"cause": error.cause, "step": error.next_step}
    except MemoryError:
        return {"cause": "this PDF takes more memory than is allowed", "step": _STEP}
    except Exception as error:  # whatever it is, the one who asked goes on
        return {"cause": f"this PDF cannot be read ({type(error).__name__}: {error})", "step": _STEP}
    return {"text": written.text, "places": written.places, "notes": written.notes}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return


def _limit_time(seconds: float) -> None:
    """From now on so much processor time; then the system ends the process."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    try:
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))
    except (OSError, ValueError):
        return
