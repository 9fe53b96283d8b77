"""Files that hold tables: CSV and its kin, XLSX and Parquet, alone, in folders and in zip archives, row by row.

A table is opened again for every pass and never held as a whole. Spreadsheet and Parquet libraries are imported when
first met. May import the errors and the text, zip and door modules of formats.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import math
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from importlib import import_module
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

from dechallenge.errors import InputError
from dechallenge.formats.text import base_name

Cell = str | float
"""A cell: its text, or a number that the file holds as such. An empty cell is an empty text."""
Rows = Iterator[tuple[int, tuple[Cell, ...]]]

DELIMITED: Final = frozenset({".csv", ".tsv", ".tab", ".txt", ".dat"})
SHEETS: Final = frozenset({".xlsx", ".xlsm"})
COLUMNS: Final = frozenset({".parquet", ".pq"})
REFUSED: Final = {".xpt": "a SAS transport file", ".sas7bdat": "a SAS data set", ".xls": "an old Excel file"}
MAX_FILE_BYTES: Final = 4_000_000_000
MAX_UNPACKED: Final = 500_000_000
"""Bytes that the members of an archive, or the parts of a workbook, may unpack to."""
_HEAD_LINES: Final = 50
_CHUNK: Final = 1 << 20
_ROWS_AT_ONCE: Final = 8192
_EXTRA = "Install the extra for it (pip install 'dechallenge[office]'), or save the sheet as CSV."


@dataclass(frozen=True)
class File:
    """A file of a dataset.

    Attributes:
        id: Identity of its document.
        open: Opens its bytes.
    """

    id: str
    name: str
    sha256: str
    open: Callable[[], IO[bytes]] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Table:
    """One table: its header and its rows.

    Attributes:
        sheet: Name of the sheet of a workbook; the base name of the file otherwise.
        header: Names of its columns, each once ("ULN", "ULN (2)").
        rows: Opens its rows with the numbers that they have in the file (lines of a CSV file, rows of a sheet; rows of
            a Parquet file are counted from 1). A row has as many cells as the header; more, where a line of a text
            table has too many, which is no row that can be read.
    """

    file: File
    sheet: str
    header: tuple[str, ...]
    rows: Callable[[], Rows] = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """ "study.xlsx, sheet LB"; the file's name where it is no workbook."""
        return self.file.name if self.sheet == self.file.name else f"{self.file.name}, sheet {self.sheet}"


# --- files ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A file that may hold a table, and its ending."""

    name: str
    ending: str
    size: int
    open: Callable[[], IO[bytes]] = field(repr=False, compare=False)


def find(paths: Iterable[Path]) -> Iterator[Found | InputError]:
    """The files at the paths: themselves, those in folders (sorted) and those in zip archives."""
    for path in paths:
        name = base_name(path)
        if not path.exists():
            yield InputError("there is no such file", place=name, next_step="Check the path.")
        elif path.is_dir():
            for one in sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith((".", "~$"))):
                yield from _one(one, one.relative_to(path).as_posix())
        else:
            yield from _one(path, name)


def _one(path: Path, name: str) -> Iterator[Found | InputError]:
    ending, size = path.suffix.lower(), path.stat().st_size
    if size > MAX_FILE_BYTES:
        step = "Split it by subjects."
        yield InputError(f"the file has {size:,} bytes; the limit is {MAX_FILE_BYTES:,}", place=name, next_step=step)
    elif ending == ".zip":
        yield from _members(path, name)
    else:
        yield Found(name, ending, size, lambda: path.open("rb"))


def _members(path: Path, name: str) -> Iterator[Found | InputError]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = sorted((i for i in archive.infolist() if not i.is_dir()), key=lambda i: i.filename)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        yield InputError("this zip file is damaged or cut off", place=name, next_step="Get the file again.")
        return
    total = 0
    for info in infos:
        inner = PurePosixPath(info.filename)
        if inner.name.startswith((".", "~$")) or "__MACOSX" in inner.parts:
            continue
        total += info.file_size
        if info.flag_bits & 1 or total > MAX_UNPACKED:
            why = "is locked with a password" if info.flag_bits & 1 else f"unpacks to over {MAX_UNPACKED:,} bytes"
            yield InputError(f"{info.filename} {why}", place=name, next_step="Unpack it and give the folder.")
            return
        yield Found(inner.name, inner.suffix.lower(), info.file_size, _member(path, info.filename, info.file_size))


def _member(path: Path, inner: str, size: int) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        with zipfile.ZipFile(path) as archive, archive.open(inner) as file:
            return io.BytesIO(file.read(size + 1)[:size])

    return opened


def tables(found: Found, id: str) -> list[Table]:
    """The tables of a file.

    Raises:
        InputError: It is damaged, empty, of a format that is not read, or a library for it is not installed.
    """
    if found.ending in REFUSED:
        step = "Export it as CSV or Parquet, or save it as XLSX."
        raise InputError(f"this is {REFUSED[found.ending]}, which is not read", place=found.name, next_step=step)
    try:
        if found.ending in SHEETS:
            return list(_sheets(found, id))
        if found.ending in COLUMNS:
            return [_columns(found, id)]
        return [_delimited(found, id)]
    except InputError:
        raise
    except Exception as error:  # whatever a damaged file makes a library raise
        cause = f"the table cannot be read ({type(error).__name__}: {error})"
        raise InputError(cause, place=found.name, next_step="Get the file again, or save it as CSV.") from None


def _digest(found: Found) -> str:
    digest = hashlib.sha256()
    with found.open() as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _names(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Names of columns, each once; trailing columns without a name are left out, inner ones are called by number."""
    names = [" ".join(written(c).replace("\ufeff", "").split()) for c in cells]
    while names and not names[-1]:
        names.pop()
    seen: dict[str, int] = {}
    out: list[str] = []
    for number, name in enumerate(names, start=1):
        name = name or f"column {number}"
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(out)


def written(cell: Cell) -> str:
    """A cell as it is quoted: a number without binary dust and without an exponent."""
    if isinstance(cell, str):
        return cell
    if not math.isfinite(cell):
        return str(cell)
    return format(Decimal(f"{cell:.12g}"), "f")


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, int | float):
        number = float(value)
        return "" if math.isnan(number) else number
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    return _cell(float(value)) if isinstance(value, Decimal) else str(value).strip()


def _fit(cells: Iterable[Any], width: int) -> tuple[Cell, ...]:
    made = tuple(_cell(c) for c in cells)
    return made[:width] if len(made) >= width else made + ("",) * (width - len(made))


# --- text ------------------------------------------------------------------------------------------------------------


def _encoding(found: Found) -> tuple[str, str]:
    """Encoding and digest: UTF-8 where the whole file is that, UTF-16 with its mark, else Windows-1252."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    name, first = "utf-8-sig", True
    with found.open() as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            if first and chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
                name = "utf-16"
            elif first and (b"\x00" in chunk or chunk.startswith((b"PK\x03\x04", b"%PDF"))):
                step = "Give a table as CSV, XLSX or Parquet."
                raise InputError("this is a binary file, not a table as text", place=found.name, next_step=step)
            first = False
            if name == "utf-8-sig":
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    name = "cp1252"
    return name, digest.hexdigest()


def _delimited(found: Found, id: str) -> Table:
    encoding, digest = _encoding(found)
    file = File(id, found.name, digest, found.open)
    csv.field_size_limit(1_000_000)

    def lines() -> io.TextIOWrapper:
        return io.TextIOWrapper(found.open(), encoding=encoding, errors="replace", newline="")

    with lines() as text:
        head = [line for line, _ in zip(text, range(_HEAD_LINES), strict=False)]
    delimiter = _delimiter(head)
    start, header = 0, tuple[str, ...]()
    for number, cells in enumerate(csv.reader(head, delimiter=delimiter), start=1):
        names = _names(cells)
        if sum(1 for c in cells if c.strip()) > 1:
            start, header = number, names
            break
    if not header:
        raise InputError("there is no row with names of columns", place=found.name, next_step="Give a table with them.")

    def rows() -> Rows:
        with lines() as text:
            reader = csv.reader(text, delimiter=delimiter)
            number = 1
            for count, cells in enumerate(reader, start=1):
                if count > start and any(c.strip() for c in cells):
                    kept = [c.strip() for c in cells]
                    yield number, tuple(kept) if any(kept[len(header) :]) else _fit(kept, len(header))
                number = reader.line_num + 1

    return Table(file, found.name, header, rows)


def _delimiter(lines: list[str]) -> str:
    """The sign that cuts most lines into the same number of cells, more than one."""
    best, found = (0.0, 0), ","
    for sign in (",", ";", "\t", "|"):
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if any(c.strip() for c in row)]
        if not widths:
            continue
        usual = max(sorted(set(widths)), key=widths.count)
        share = widths.count(usual) / len(widths)
        if usual > 1 and (round(share, 2), usual) > best:
            best, found = (round(share, 2), usual), sign
    return found


# --- workbooks and columns -------------------------------------------------------------------------------------------


def _sheets(found: Found, id: str) -> Iterator[Table]:
    try:
        openpyxl: Any = import_module("openpyxl")
    except ImportError:
        raise InputError("workbooks need openpyxl", place=found.name, next_step=_EXTRA) from None
    with found.open() as stream, zipfile.ZipFile(io.BytesIO(stream.read())) as archive:
        size = sum(info.file_size for info in archive.infolist())
    if size > MAX_UNPACKED:
        cause = f"the workbook unpacks to {size:,} bytes; the limit is {MAX_UNPACKED:,}"
        raise InputError(cause, place=found.name, next_step="Save its sheets as CSV.")
    file = File(id, found.name, _digest(found), found.open)

    def sheet(name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        with found.open() as stream:
            book = openpyxl.load_workbook(io.BytesIO(stream.read()), read_only=True, data_only=True)
            try:
                yield from enumerate(book[name].iter_rows(values_only=True), start=1)
            finally:
                book.close()

    with found.open() as stream:
        book = openpyxl.load_workbook(io.BytesIO(stream.read()), read_only=True)
        names = [one.title for one in book.worksheets]
        book.close()
    for name in names:
        start, header = 0, tuple[str, ...]()
        for number, cells in sheet(name):
            if sum(1 for c in cells if written(_cell(c)).strip()) > 1:
                start, header = number, _names(_cell(c) for c in cells)
                break
            if number >= _HEAD_LINES:
                break
        if header:
            yield Table(file, name, header, _sheet_rows(sheet, name, start, len(header)))


def _sheet_rows(
    sheet: Callable[[str], Iterator[tuple[int, tuple[Any, ...]]]], name: str, start: int, width: int
) -> Callable[[], Rows]:
    def rows() -> Rows:
        for number, cells in sheet(name):
            if number > start:
                made = _fit(cells, width)
                if any(c != "" for c in made):
                    yield number, made

    return rows


def _columns(found: Found, id: str) -> Table:
    file = File(id, found.name, _digest(found), found.open)
    read = _by_arrow if _has("pyarrow") else _by_duckdb if _has("duckdb") else None
    if read is None:
        step = "Install pyarrow or duckdb, or save the table as CSV."
        raise InputError("Parquet files need pyarrow or duckdb", place=found.name, next_step=step)
    opened = read(found)
    names = [str(name) for name in next(opened)]
    opened.close()

    def rows() -> Rows:
        cells = read(found)
        next(cells)
        for number, row in enumerate(cells, start=1):
            yield number, _fit(row, len(names))

    return Table(file, found.name, _names(names), rows)


def _has(library: str) -> bool:
    try:
        import_module(library)
    except ImportError:
        return False
    return True


def _by_arrow(found: Found) -> Generator[Sequence[Any], None, None]:
    """Names of the columns, then the rows, by pyarrow."""
    parquet: Any = import_module("pyarrow.parquet")
    with found.open() as stream:
        held = parquet.ParquetFile(stream)
        yield held.schema_arrow.names
        for batch in held.iter_batches(batch_size=_ROWS_AT_ONCE):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _by_duckdb(found: Found) -> Generator[Sequence[Any], None, None]:
    """The same by duckdb, which reads from a path."""
    duckdb: Any = import_module("duckdb")
    with found.open() as stream, TemporaryDirectory() as folder, duckdb.connect() as base:
        path = getattr(stream, "name", "")
        if not path:
            path = str(Path(folder, "table.parquet"))
            Path(path).write_bytes(stream.read())
        base.execute("SET threads = 1")
        base.execute("SELECT * FROM read_parquet(?)", [str(path)])
        yield [column[0] for column in base.description]
        while part := base.fetchmany(_ROWS_AT_ONCE):
            yield from part
