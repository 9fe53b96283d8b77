"""Tables whose fields may be quoted: row by row, every bad row set aside with its line. Imports `setaside`, `sources`.

For VAERS, CAERS and tables of users. A row may run over several lines where a quoted field holds a line break.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

from dechallenge.errors import InputError
from dechallenge.population.setaside import SetAside
from dechallenge.population.sources import Source

_BATCH = 50_000
_LONGEST_ROW = 200
_TEXT_SHOWN = 2000
csv.field_size_limit(1 << 24)


@dataclass(slots=True)
class Rows:
    """What was found in a file.

    Attributes:
        header: The names in the first line, as written.
        sha256: Digest of the bytes, unpacked.
        rows: Rows read.
        repaired: Rows repaired, by the way it was done.
        aside: Rows set aside.
    """

    header: list[str] = field(default_factory=list)
    sha256: str = ""
    rows: int = 0
    repaired: Counter[str] = field(default_factory=Counter)
    aside: list[SetAside] = field(default_factory=list)


def header_of(source: Source) -> list[str]:
    """The names in the first line.

    Raises:
        InputError: The file is empty.
    """
    with source.opened() as stream:
        line = _text(stream.readline(1 << 20))[0].removeprefix("\ufeff")
    if not line.strip():
        raise InputError("the file is empty.", place=source.name, next_step="Check that it was written to its end.")
    return next(csv.reader([line], delimiter=_delimiter(line)))


def _delimiter(line: str) -> str:
    return max(",;\t|$", key=line.count)


def stage(source: Source, target: Path, *, delimiter: str | None = None) -> Rows:
    """Write the rows of a file as texts into a Parquet file; columns `c0`, `c1` and so on.

    Args:
        source: The file.
        target: Where to; complete when this returns.
        delimiter: What stands between the fields; the one that the first line has most where None.

    Raises:
        InputError: The file is empty, has no columns, or ends within a row.
    """
    from pyarrow import parquet

    found = Rows()
    digest = hashlib.sha256()
    with source.opened() as stream:

        def lines() -> Iterator[str]:
            for raw in stream:
                digest.update(raw)
                text, odd = _text(raw)
                if odd:
                    found.repaired["not UTF-8, read as Latin-1"] += 1
                yield text

        parser = _Parser(source, lines(), found, delimiter)
        schema = pa.schema([(f"c{number}", pa.string()) for number in range(len(found.header))])
        new = target.with_suffix(".new")
        with parquet.ParquetWriter(new, schema) as writer:
            for batch in parser.batches():
                arrays = [pa.array(column, type=pa.string()) for column in zip(*batch, strict=True)]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        new.replace(target)
    found.sha256 = digest.hexdigest()
    return found


def _text(raw: bytes) -> tuple[str, bool]:
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        return raw.decode("latin-1"), True


class _Parser:
    def __init__(self, source: Source, lines: Iterator[str], found: Rows, delimiter: str | None) -> None:
        self.source, self.lines, self.found = source, lines, found
        first = next(lines, "").removeprefix("\ufeff")
        if not first.strip():
            raise InputError("the file is empty.", place=source.name, next_step="Check that it was written to its end.")
        self.delimiter = delimiter or _delimiter(first)
        found.header = [name.strip() for name in next(csv.reader([first], delimiter=self.delimiter))]
        if len(found.header) < 2:
            raise InputError(
                "the first line names one column only.",
                place=source.name,
                next_step="Separate the columns by commas, or load a Parquet file.",
            )
        self.waiting: list[str] = []
        self.line = 1

    def batches(self) -> Iterator[list[list[str | None]]]:
        batch: list[list[str | None]] = []
        width = len(self.found.header)
        while (row := self._row(width)) is not None:
            if row:
                batch.append([value.strip() or None for value in row])
                self.found.rows += 1
            if len(batch) == _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _next(self) -> str | None:
        return self.waiting.pop(0) if self.waiting else next(self.lines, None)

    def _row(self, width: int) -> list[str] | None:
        """The next row; an empty list for one that was set aside, None at the end."""
        text = self._next()
        if text is None:
            return None
        self.line += 1
        start = self.line
        more: list[str] = []
        quotes = text.count('"')
        while quotes % 2 and len(more) < _LONGEST_ROW:
            following = self._next()
            if following is None:
                break
            more.append(following)
            quotes += following.count('"')
        if quotes % 2:
            self.waiting = more + self.waiting
            if not text.endswith("\n") or (not more and not self.waiting):
                self._cut_off(start)
            return self._aside(start, "a quotation mark that is not closed", text)
        self.line += len(more)
        whole = text + "".join(more)
        row = next(csv.reader(whole.splitlines(keepends=True), delimiter=self.delimiter), [])
        if len(row) > width and not any(row[width:]):
            self.found.repaired["empty fields behind the last one dropped"] += 1
            row = row[:width]
        if len(row) == width:
            return row
        if not whole.strip():
            return self._aside(start, "empty line", whole)
        if len(row) < width and not whole.endswith("\n"):
            self._cut_off(start)
        return self._aside(start, "too few fields" if len(row) < width else "too many fields", whole)

    def _aside(self, line: int, reason: str, text: str) -> list[str]:
        self.found.aside.append(SetAside(self.source.name, line, reason, text.rstrip("\r\n")[:_TEXT_SHOWN]))
        return []

    def _cut_off(self, line: int) -> None:
        raise InputError(
            "the file ends in the middle of a row.",
            place=f"{self.source.name}, line {line}",
            next_step="It is cut off: download or write it again.",
        )
