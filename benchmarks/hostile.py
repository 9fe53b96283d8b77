"""`python -m benchmarks.hostile [--sizes N,…] [--files N] [--only WORD] [--all]`: seconds per MB of hostile kinds.

Every kind of `hostile_kinds` is read behind a short report, every kind of `hostile_files` is opened and what comes out
is read. CPU time of this process, the better of two runs, after all kinds were read once (compiled patterns stay). The
limit is 2 seconds for each million characters, or bytes of a file. Shown are the worst, or all. A PDF is read in this
process, not in one of its own, so that its time can be taken.
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.hostile_files import FILES
from benchmarks.hostile_kinds import GROUPS, KINDS, hostile
from benchmarks.run import Unavailable
from benchmarks.scores import table, verdict
from benchmarks.shared import run_command

LIMIT = 2.0
SIZES = (20_000, 100_000, 500_000, 1_000_000)
FILE = 1_000_000
SHOWN = 15


@dataclass(frozen=True)
class Measured:
    """Seconds per MB of one kind, by size."""

    group: str
    kind: str
    seconds: tuple[float, ...]

    @property
    def worst(self) -> float:
        return max(self.seconds)


def texts(sizes: Sequence[int], read: Callable[[str], object], only: str = "") -> Iterable[Measured]:
    """The kinds of text, in the order in which they are listed."""
    for group, kinds in GROUPS.items():
        for kind in kinds:
            if only in kind or only in group:
                yield Measured(group, kind, tuple(taken(partial(read, hostile(kind, size)), size) for size in sizes))


def files(size: int, open_and_read: Callable[[str, bytes], object], only: str = "") -> Iterable[Measured]:
    """The kinds of file, in the order in which they are listed."""
    for kind, (name, make) in FILES.items():
        if only in kind:
            data = make(size)
            yield Measured("files", kind, (taken(partial(open_and_read, name, data), max(len(data), size)),))


def taken(work: Callable[[], object], size: int) -> float:
    """CPU seconds per million, the better of two runs."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best / size * 1_000_000


def shown(measured: Sequence[Measured], head: Sequence[str], number: int | None) -> str:
    """The worst kinds as a table, and how many of all keep the limit."""
    worst = sorted(measured, key=lambda one: -one.worst)[:number]
    rows = [
        [one.kind, one.group, *(f"{x:.2f}" for x in one.seconds), verdict(one.worst, LIMIT, at_most=True)]
        for one in worst
    ]
    kept = sum(one.worst <= LIMIT for one in measured)
    return f"{table(['kind', 'group', *head, ''], rows)}\n{kept} of {len(measured)} kinds within {LIMIT:g} s/MB"


def _product() -> tuple[Callable[[str], object], Callable[[str, bytes], object]]:
    try:
        package: Any = importlib.import_module("dechallenge")
        door: Any = importlib.import_module("dechallenge.formats.door")
        pdf: Any = importlib.import_module("dechallenge.formats.pdf")
        reader: Any = importlib.import_module("dechallenge.reading.cases.prose").ProseReader()
    except ImportError as error:
        raise Unavailable(f"the package offers no reader ({error})") from error

    def open_and_read(name: str, data: bytes) -> object:
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch("dechallenge.formats.pdf_worker.read_apart", pdf.read_pdf),
        ):
            path = Path(folder, name)
            path.write_bytes(data)
            found = list(door.open_documents([path]))
        return reader.read([one for one in found if isinstance(one, package.Document)])

    return lambda text: reader.read([package.Document.from_text(text)]), open_and_read


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="characters of the texts")
    parser.add_argument("--files", type=int, default=FILE, help="bytes of the files; 0 for none")
    parser.add_argument("--only", default="", help="kinds whose name holds this")
    parser.add_argument("--all", action="store_true", help="every kind, not only the worst")
    given = parser.parse_args(arguments)
    sizes = tuple(int(size) for size in given.sizes.split(",") if size)
    read, open_and_read = _product()
    for kind in KINDS:  # so that no pattern is compiled while the clock runs
        read(hostile(kind, 20_000, 2))
    number = None if given.all else SHOWN
    if sizes and (found := list(texts(sizes, read, given.only))):
        print("seconds per million characters, by characters of the text")
        print(shown(found, [f"{size:,}" for size in sizes], number), flush=True)
    if given.files and (found := list(files(given.files, open_and_read, given.only))):
        print(f"\nseconds per MB of files of {given.files:,} bytes, opened and read")
        print(shown(found, ["s/MB"], number))


if __name__ == "__main__":
    run_command(main)
