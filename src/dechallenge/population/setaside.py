"""Rows that cannot be read: found before the table is, repaired where there is one way only, set aside with the reason.

One pass over the bytes of a file counts the separators of every line, and writes the good lines on where the table
cannot be read in place. What is known to be broken in the public quarters: an empty field too many or too few behind
the last separator, a line break inside a field, a missing line break between two rows, a separator inside a field,
bytes that are not UTF-8, NUL. Imports `layouts` and errors.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np

from dechallenge.errors import InputError
from dechallenge.population.layouts import Kind

SEPARATOR = b"$"
_BLOCK = 8 << 20
_CODE = re.compile(rb"[A-Za-z]{0,4}")
_TEXT_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not read.

    Attributes:
        file: Name of the file, with that of the archive before it.
        line: Its first line, counted from 1; 0 where the row has no line of its own.
        reason: Why, in words that are counted.
        text: The row as it stands, at most 2000 characters.
    """

    file: str
    line: int
    reason: str
    text: str


@dataclass(slots=True)
class Scan:
    """What one pass over a file found.

    Attributes:
        header: The names of the columns.
        fields: Number of fields of a row; one more than the header where rows end with a separator.
        sha256: Digest of the bytes as they came.
        rows: Rows that can be read, the repaired ones included.
        lines: Lines without the header.
        repaired: How many rows were repaired in which way.
        aside: The rows set aside.
        copied: The table is to be read from the copy, not in place.
    """

    header: list[str] = field(default_factory=list)
    fields: int = 0
    sha256: str = ""
    rows: int = 0
    lines: int = 0
    repaired: Counter[str] = field(default_factory=Counter)
    aside: list[SetAside] = field(default_factory=list)
    copied: bool = False


Kinds = Callable[[list[str]], Sequence[Kind]]
"""The kinds of the columns from their names; raises InputError where a name is unknown."""


def scan(stream: BinaryIO, place: str, kinds: Kinds, out: BinaryIO | None = None) -> Scan:
    """Look at every line of a file whose rows are separated by line breaks and whose fields by `$`.

    Args:
        stream: The file from its beginning.
        place: Its name, for what is set aside and for errors.
        kinds: See `Kinds`.
        out: Where to write the good and repaired rows, without the header. Without it, the pass stops at the first line
            that needs a copy and says so in `copied`.

    Raises:
        InputError: Another separator, rows that do not fit the header, a file that is empty or ends within a row.
    """
    return _Scanner(stream, place, kinds, out).run()


class _Scanner:
    def __init__(self, stream: BinaryIO, place: str, kinds: Kinds, out: BinaryIO | None) -> None:
        self.stream, self.place, self.kinds_of, self.out = stream, place, kinds, out
        self.found = Scan(copied=out is not None)
        self.kinds: Sequence[Kind] = ()
        self.bad: list[tuple[int, bytes]] = []
        self.line = 2
        self.digest = hashlib.sha256()

    def run(self) -> Scan:
        carry = self._read_header()
        more = True
        while more:
            chunk = self.stream.read(_BLOCK)
            self.digest.update(chunk)
            more = bool(chunk)
            block = carry + chunk
            cut = block.rfind(b"\n") + 1
            carry = block[cut:]
            if cut and not self._block(block[:cut]):
                return self.found
        if carry:
            self._last_line(carry)
            if not self._block(carry + b"\n"):
                return self.found
        self.found.fields = self.found.fields or len(self.found.header)
        self.found.sha256 = self.digest.hexdigest()
        self._repair()
        return self.found

    def _read_header(self) -> bytes:
        start = self.stream.read(_BLOCK)
        self.digest.update(start)
        if not start.strip():
            raise InputError("the file is empty.", place=self.place, next_step="Download it again.")
        head, newline, rest = start.partition(b"\n")
        text = head.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r").decode("utf-8", "replace")
        if SEPARATOR.decode() not in text:
            other = max(",;\t|", key=text.count)
            raise InputError(
                f"the columns are separated by {other!r}, not by '$'." if other in text else "no columns were found.",
                place=self.place,
                next_step="Quarterly files of FAERS are separated by '$'; load other files as a table with a mapping.",
            )
        self.found.header = text.split(SEPARATOR.decode())
        self.kinds = self.kinds_of(self.found.header)
        return rest if newline else b""

    def _block(self, block: bytes) -> bool:
        """Look at whole lines; False where they need a copy and there is none."""
        clean = self._cleaned(block)
        if clean is not block and self.out is None:
            self.found.copied = True
            return False
        if not clean:
            return True
        codes = np.frombuffer(clean, dtype=np.uint8)
        ends = np.flatnonzero(codes == 10)
        marks = np.searchsorted(np.flatnonzero(codes == SEPARATOR[0]), ends)
        counts = np.diff(marks, prepend=0)
        starts = np.concatenate([[0], ends[:-1] + 1])
        if not self.found.fields:
            self._fit(counts)
        first = codes[starts]
        wrong = np.flatnonzero((counts != self.found.fields - 1) | (first < 48) | (first > 57))
        if len(wrong) and self.out is None:
            self.found.copied = True
            return False
        self.found.lines += len(ends)
        self.found.rows += len(ends) - len(wrong)
        at = 0
        for row in wrong:
            self.bad.append((self.line + int(row), clean[starts[row] : ends[row]]))
            if self.out is not None:
                self.out.write(clean[at : starts[row]])
            at = int(ends[row]) + 1
        if self.out is not None:
            self.out.write(clean[at:])
        self.line += len(ends)
        return True

    def _cleaned(self, block: bytes) -> bytes:
        """The block as UTF-8 with plain line ends; the very same object where nothing was to be done."""
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n")
            alone = block.count(b"\r")
            if alone:
                block = block.replace(b"\r", b" ")
                self.found.repaired["carriage return inside a field"] += alone
        if b"\0" in block:
            self.found.repaired["NUL byte removed"] += block.count(b"\0")
            block = block.replace(b"\0", b"")
        if block.isascii():
            return block
        try:
            block.decode("utf-8")
        except UnicodeDecodeError:
            return b"".join(self._utf8(line) for line in block.splitlines(keepends=True))
        return block

    def _utf8(self, line: bytes) -> bytes:
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            self.found.repaired["not UTF-8, read as Latin-1"] += 1
            return line.decode("latin-1").encode("utf-8")
        return line

    def _fit(self, counts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
        """Whether rows have as many fields as the header, or end with a separator that the header has not."""
        names = len(self.found.header)
        usual = int(np.bincount(np.minimum(counts, 4 * names)).argmax()) + 1
        if usual not in (names, names + 1):
            raise InputError(
                f"the header names {names} columns and most rows have {usual} fields.",
                place=self.place,
                next_step="The header belongs to another table or layout, or the separator is wrong.",
            )
        self.found.fields = usual

    def _last_line(self, line: bytes) -> None:
        fields = line.count(SEPARATOR) + 1
        if fields < len(self.found.header):
            raise InputError(
                f"the file ends in the middle of a row: {fields} of {len(self.found.header)} fields.",
                place=f"{self.place}, line {self.line}",
                next_step="It is cut off: download it again.",
            )

    # What to do with the lines that do not fit.

    def _repair(self) -> None:
        at = 0
        while at < len(self.bad):
            line, text = self.bad[at]
            used = 1
            rows, way = self._mended(text)
            if not rows:
                rows, way, used = self._joined(at)
            if rows:
                self.found.repaired[way] += len(rows)
                self.found.rows += len(rows)
                if self.out is not None:
                    self.out.writelines(row + b"\n" for row in rows)
            else:
                self._aside(line, text)
                used = 1
            at += used

    def _aside(self, line: int, text: bytes) -> None:
        fields = text.count(SEPARATOR) + 1
        if not text.strip(b"$ "):
            reason = "empty line"
        elif fields < self.found.fields:
            reason = "too few fields"
        elif fields > self.found.fields:
            reason = "too many fields"
        else:
            reason = "the number of the report is not a number"
        shown = text.decode("utf-8", "replace")[:_TEXT_SHOWN]
        self.found.aside.append(SetAside(self.place, line, reason, shown))

    def _mended(self, text: bytes) -> tuple[list[bytes], str]:
        """The rows of one line, where there is one way to see them."""
        parts, want = text.split(SEPARATOR), self.found.fields
        if len(parts) == want - 1 and want > len(self.found.header) and self._valid([*parts, b""]):
            return [text + SEPARATOR], "separator behind the last field added"
        if len(parts) > want and not any(parts[want:]) and self._valid(parts[:want]):
            return [SEPARATOR.join(parts[:want])], "empty fields behind the last one dropped"
        if len(parts) == 2 * want - 1:
            # Two rows without a line break between them: the last, empty field of one holds the first of the other.
            two = [[*parts[: want - 1], b""], parts[want - 1 :]]
            if all(self._valid(row) for row in two):
                return [SEPARATOR.join(row) for row in two], "missing line break between two rows"
        extra = len(parts) - want
        if extra > 0:
            ways = set()
            for place, kind in enumerate(self.kinds):
                if kind == "text" and place + extra < len(parts):
                    merged = [*parts[:place], b"".join(_joined_by(parts[place : place + extra + 1]))]
                    merged += parts[place + extra + 1 :]
                    if self._valid(merged):
                        ways.add(tuple(merged))
            if len(ways) == 1:
                return [SEPARATOR.join(ways.pop())], "separator inside a field"
        return [], ""

    def _joined(self, at: int) -> tuple[list[bytes], str, int]:
        """A row that a line break inside a field has torn apart, from its pieces in adjacent lines."""
        line, text = self.bad[at]
        if text.count(SEPARATOR) + 1 >= self.found.fields or not text[:1].isdigit():
            return [], "", 1
        whole = text
        for more in range(1, len(self.bad) - at):
            next_line, piece = self.bad[at + more]
            # A piece that begins like a row is a row of its own: then there is more than one way to see it.
            if next_line != line + more or re.match(rb"\d{4,}\$", piece):
                break
            whole += b" " + piece
            fields = whole.count(SEPARATOR) + 1
            if fields == self.found.fields and self._valid(whole.split(SEPARATOR)):
                return [whole], "line break inside a field", more + 1
            if fields >= self.found.fields:
                break
        return [], "", 1

    def _valid(self, parts: Sequence[bytes]) -> bool:
        """Whether every field may stand in its column."""
        if len(parts) != self.found.fields or any(parts[len(self.found.header) :]):
            return False
        for part, kind in zip(parts, self.kinds, strict=False):
            value = part.strip()
            if kind == "id" and not value.isdigit():
                return False
            if kind == "number" and value and not value.isdigit():
                return False
            if kind == "code" and not _CODE.fullmatch(value):
                return False
        return True


def _joined_by(parts: Sequence[bytes]) -> list[bytes]:
    """The parts of a field that a separator has cut, with a blank for it: the table has no sign to quote one with."""
    found = []
    for number, part in enumerate(parts):
        found += [b" ", part] if number else [part]
    return found
