"""The door: files, folders, archives and standard input to documents, whatever their format.

One bad file never stops the others: it comes out as a problem with its next step. Formats are imported when first met.
Imports the case model (for problems), evidence, errors and this folder.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dechallenge.case import Problem
from dechallenge.errors import InputError
from dechallenge.evidence import Document
from dechallenge.formats.sniff import kind_of
from dechallenge.formats.text import MAX_BYTES, base_name, decode, too_large
from dechallenge.formats.written import Written

STANDARD_INPUT = Path("-")
"""The path that stands for the standard input."""
MAX_DEPTH = 2
"""Archives that may lie in one another: a zip in a zip, and no deeper."""
_FURNITURE = frozenset(
    f".{ending}"
    for ending in re.findall(
        r"\w+", "css js mjs map json svg ico woff woff2 ttf otf eot gif webp mp4 webm py pyc db ini lnk yaml yml"
    )
)
"""Endings of files that lie beside reports in folders and never are one."""
_REPORT_IT = "Please report this with the file; the others are not affected."


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found: its name, and its bytes or why there are none."""

    name: str
    data: bytes | InputError


def open_documents(paths: Iterable[Path]) -> Iterator[Document | Problem]:
    """The documents in files, folders (with all below, sorted), zip archives and the standard input (``-``), in order.

    Args:
        paths: Where they are.

    Yields:
        A document, or a problem for what could not be read. The ids number what was met: d1, d2, …
    """
    for number, item in enumerate(find(paths), start=1):
        yield from opened(item, f"d{number}")


def find(paths: Iterable[Path]) -> Iterator[Found]:
    """The files at the paths, unpacked and not yet opened, in order; see :func:`open_documents`."""
    return (item for path in paths for item in _unpacked(_found(path)))


def load(path: Path, id: str = "d1") -> Document:
    """The document in one file; its name is the file's base name.

    Raises:
        InputError: No such file, not readable, or of a format that cannot be read.
    """
    name = base_name(path)
    written = _written(_bytes(path, name), name)
    return Document.from_text(written.text, name, id, written.places)


def opened(item: Found, id: str) -> Iterator[Document | Problem]:
    """The document in a file that was found, with the problems of opening it; at most one document."""
    try:
        if isinstance(item.data, InputError):
            raise item.data
        written = _written(item.data, item.name)
        yield Document.from_text(written.text, item.name, id, written.places)
        for message, step in written.notes:
            yield Problem(document=item.name, kind="input", message=message, next_step=step)
    except InputError as error:
        yield Problem(document=item.name, kind="input", message=error.cause, next_step=error.next_step)
    except Exception as error:  # a batch never stops at one file
        message = f"The file could not be opened ({type(error).__name__}: {error})."
        yield Problem(document=item.name, kind="internal", message=message, next_step=_REPORT_IT)


def _written(data: bytes, name: str) -> Written:
    """The text of a file's bytes, by the reader of its format."""
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    kind = kind_of(data, name)
    if kind == "pdf":
        from dechallenge.formats.pdf_worker import read_apart

        return read_apart(data, name)
    if kind == "docx":
        from dechallenge.formats.docx import read_docx

        return read_docx(data, name)
    if kind in ("html", "mhtml"):
        from dechallenge.formats.html import read_html, read_mhtml

        return read_html(data, name) if kind == "html" else read_mhtml(data, name)
    if kind == "mail":
        from dechallenge.formats.mail import read_mail

        return read_mail(data, name)
    if kind == "xml":
        from dechallenge.formats.jats import read_article

        return read_article(data, name)
    if kind == "zip":
        raise InputError("this is an archive of files", place=name, next_step="Give one of the files in it.")
    text = decode(data, name)
    if kind == "markdown":
        from dechallenge.formats.markdown import read_markdown

        written = read_markdown(text)
        if not written.text.strip():
            step = "Give a file that holds the report's text."
            raise InputError("this file holds marks of Markdown but no text", place=name, next_step=step)
        return written
    return Written(text, ())


# --- where files are ----------------------------------------------------------------------------------------------


def _found(path: Path) -> Iterator[Found]:
    """The files at a path: itself, or all those in a folder."""
    if path == STANDARD_INPUT:
        yield Found("standard input", _standard_input())
        return
    name = base_name(path)
    try:
        folder = path.is_dir()
    except (OSError, ValueError):
        folder = False
    if not folder:
        yield _item(path, name)
        return
    files = _files(path)
    if not files:
        step = "Give a folder with reports, or the reports themselves."
        yield Found(name, InputError("this folder holds no reports", place=name, next_step=step))
    for file, label in zip(
        files, _labels([(file.relative_to(path).as_posix(), base_name(file)) for file in files]), strict=True
    ):
        yield _item(file, label)


def _files(folder: Path) -> list[Path]:
    """Files below a folder, sorted; what is hidden, and what belongs to a saved page, is left out."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        stems = {os.path.splitext(name)[0] for name in names}
        folders[:] = sorted(one for one in folders if _is_open(one) and not _belongs(one, stems))
        found += [
            Path(place, name)
            for name in names
            if _is_open(name) and os.path.splitext(name)[1].lower() not in _FURNITURE
        ]
    return sorted(found, key=lambda file: file.parts)


def _is_open(name: str) -> bool:
    return not name.startswith((".", "~$")) and name not in ("__MACOSX", "__pycache__", "Thumbs.db")


def _belongs(folder: str, stems: set[str]) -> bool:
    """A folder of pictures and styles beside the page it was saved with."""
    return any(folder == stem + suffix for stem in stems for suffix in ("_files", ".files", "_Dateien", "_fichiers"))


def _labels(paths: list[tuple[str, str]]) -> list[str]:
    """Base names; where several files have the same, their path inside the folder or archive."""
    seen = Counter(name for _, name in paths)
    return [name if seen[name] == 1 else _printable(path) for path, name in paths]


def _printable(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _item(path: Path, name: str) -> Found:
    try:
        return Found(name, _bytes(path, name))
    except InputError as error:
        return Found(name, error)


def _bytes(path: Path, name: str) -> bytes:
    if path == STANDARD_INPUT:
        found = _standard_input()
        if isinstance(found, InputError):
            raise found
        return found
    try:
        if path.is_dir():
            raise InputError("this is a folder", place=name, next_step="Give the files in it.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(size, name)
        with path.open("rb") as file:  # a pipe has no size: never more is read than one byte over the limit
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", place=name, next_step="Check the path.") from None
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"the file cannot be read ({cause})", place=name, next_step="Check the path and its permissions."
        ) from None
    return data


def _standard_input() -> bytes | InputError:
    name = "standard input"
    stream = getattr(sys.stdin, "buffer", None)
    try:
        data = stream.read(MAX_BYTES + 1) if stream is not None else (sys.stdin.read() if sys.stdin else "").encode()
    except (OSError, ValueError) as error:
        return InputError(f"it cannot be read ({error})", place=name, next_step="Give the report as a file.")
    return too_large(len(data), name) if len(data) > MAX_BYTES else bytes(data)


# --- archives -----------------------------------------------------------------------------------------------------


def _unpacked(items: Iterable[Found]) -> Iterator[Found]:
    """The items, with the files in archives in place of the archives."""
    from dechallenge.formats.zips import MAX_TOTAL

    for item in items:
        yield from _inside(item, 0, [MAX_TOTAL])


def _inside(item: Found, depth: int, left: list[int]) -> Iterator[Found]:
    """An item, or the files in it where it is an archive.

    Args:
        item: The item.
        depth: Archives around it.
        left: Bytes that may still be unpacked; shared by all archives within one.
    """
    if isinstance(item.data, InputError) or not re.match(rb"\s{0,64}PK[\x03\x05]", item.data):
        yield item
        return
    try:
        if kind_of(item.data, item.name) != "zip":
            yield item
            return
        if depth >= MAX_DEPTH:
            step = "Unpack the outer ones and give the inner."
            raise InputError(f"archives lie more than {MAX_DEPTH} deep in one another", place=item.name, next_step=step)
        yield from _members(item.data, item.name, depth, left)
    except InputError as error:
        yield Found(item.name, error)


def _members(data: bytes, name: str, depth: int, left: list[int]) -> Iterator[Found]:
    from dechallenge.formats.zips import MAX_TOTAL, member, opened

    archive = opened(data, name)
    infos = sorted(
        (i for i in archive.infolist() if not i.is_dir() and _is_report(i.filename)), key=lambda i: i.filename
    )
    if not infos:
        raise InputError("this archive holds no reports", place=name, next_step="Give an archive with reports in it.")
    for info, label in zip(infos, _labels([(i.filename, PurePosixPath(i.filename).name) for i in infos]), strict=True):
        if left[0] <= 0:
            raise InputError(
                f"what this archive holds is more than {MAX_TOTAL:,} bytes, which is the limit; the rest was not read",
                place=name,
                next_step="Unpack it and give the reports in parts.",
            )
        try:
            found = Found(label, member(archive, info, min(MAX_BYTES, left[0]), label))
        except InputError as error:
            yield Found(label, error)
            left[0] -= 1000
            continue
        left[0] -= len(found.data) if isinstance(found.data, bytes) else 0
        yield from _inside(found, depth + 1, left)


def _is_report(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return bool(parts) and all(_is_open(p) for p in parts) and PurePosixPath(parts[-1]).suffix.lower() not in _FURNITURE
