"""PDF to text: pages in reading order, two columns, tables as tab-separated lines, running heads and feet left out.

A PDF without a text layer is recognised and said to need OCR. Imports the ``pdf_`` files, `written` and errors.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium

from dechallenge.errors import InputError
from dechallenge.formats.pdf_layout import Region, Row, furniture, joined, regions, segments
from dechallenge.formats.pdf_tables import below, going_on, table_lines, table_spans
from dechallenge.formats.pdf_words import Page, page_of
from dechallenge.formats.written import Writer, Written

MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000
MAX_STREAM = 20_000_000
"""Bytes that the drawing orders of one packed part of the file may unpack to."""
MAX_PICTURE = 100_000_000
"""The same for a part that is no orders (a picture, a font)."""
_FEW = 30
"""Characters of a page that do not count as its text (a stamp, a page number)."""
_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/Filter\s*\[[^\]]{0,80}/Fl(?:ateDecode)?\b[^\]]{0,80}/Fl(?:ateDecode)?\b")
_OCR = "Recognise its text first (OCR) and give the text, or a PDF with a text layer."
_CONTINUED = re.compile(r"^Table\s*\w{1,4}\W{0,3}.{0,200}\bcont(?:inued|'d|\.)|^\(?continued\)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:][\"”’)\]]?$")


def read_pdf(data: bytes, name: str) -> Written:
    """The text of a PDF file, with the page of each part.

    Raises:
        InputError: Locked with a password, damaged, hostile, too long, or without a text layer.
    """
    _check_streams(data, name)
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _not_opened(error, name) from None
    try:
        pages = _pages(pdf, name)
    finally:
        pdf.close()
    _check_text(pages, name)
    written = _written(pages)
    if not written.text.strip():
        raise InputError("this PDF holds no text", place=name, next_step=_OCR)
    return replace(written, notes=_notes(pages))


def _notes(pages: Sequence[Page]) -> tuple[tuple[str, str], ...]:
    """Pages that are pictures in a file that otherwise has text."""
    numbers = [page.number for page in pages if page.pictures and sum(len(w.text) for w in page.words) < _FEW]
    if not numbers:
        return ()
    told = ", ".join(str(number) for number in numbers[:10]) + (", …" if len(numbers) > 10 else "")
    said = f"page {told} is a picture and was" if len(numbers) == 1 else f"pages {told} are pictures and were"
    return ((f"{said} not read; the other pages were", _OCR),)


def _not_opened(error: Exception, name: str) -> InputError:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return InputError(
            "this PDF is locked with a password", place=name, next_step="Save it without the password and give that."
        )
    return InputError("this PDF is damaged or cut off", place=name, next_step="Get the file again, or give its text.")


def _check_streams(data: bytes, name: str) -> None:
    """Refuse a file whose packed parts unpack to floods: only parts large enough for one are looked at.

    Raises:
        InputError: A part unpacks to more than the limit, or is packed twice.
    """
    marks = [match.end() for match in _STREAM.finditer(data)]
    flood = _TWICE.search(data) is not None
    for i, start in enumerate(marks):
        end = marks[i + 1] if i + 1 < len(marks) else len(data)
        if flood or (end - start) * 1032 < MAX_STREAM or data[start] & 0x0F != 8:  # no header of zlib
            continue
        flood = _floods(data[start:end])
    if flood:
        raise InputError(
            f"a part of this PDF unpacks to more than {MAX_STREAM:,} bytes, as a bomb does",
            place=name,
            next_step="Print it to a new PDF, or give its text.",
        )


def _floods(rest: bytes) -> bool:
    """Whether a packed part unpacks to more than the limit of its kind, counted only up to that."""
    size, limit = 0, MAX_STREAM
    unpack = zlib.decompressobj()
    try:
        while rest and not unpack.eof:
            part = unpack.decompress(rest, 1 << 18)
            if not size and sum(byte < 127 for byte in part[:500]) < 0.95 * len(part[:500]):
                limit = MAX_PICTURE
            size += len(part)
            if size > limit:
                return True
            rest = unpack.unconsumed_tail
    except zlib.error:
        return False
    return False


def _pages(pdf: pdfium.PdfDocument, name: str) -> list[Page]:
    count = len(pdf)
    if count > MAX_PAGES:
        raise InputError(
            f"this PDF has {count:,} pages; the limit is {MAX_PAGES:,}",
            place=name,
            next_step="Split it into its reports.",
        )
    pages: list[Page] = []
    left = MAX_CHARACTERS
    broken = 0
    for index in range(count):
        try:
            page = page_of(pdf, index, left)
        except (pdfium.PdfiumError, ValueError, OSError):
            broken += 1
            continue
        left -= page.characters
        if left <= 0:
            raise InputError(
                f"this PDF holds more than {MAX_CHARACTERS:,} characters",
                place=name,
                next_step="Split it into its reports.",
            )
        pages.append(page)
    if broken and not any(page.words for page in pages):
        raise _not_opened(ValueError(), name)
    return pages


def _check_text(pages: Sequence[Page], name: str) -> None:
    """Refuse what holds pictures of pages, nothing, or characters without meaning."""
    told = sum(len(word.text) for page in pages for word in page.words)
    pictures = sum(page.pictures for page in pages)
    if told < _FEW * max(1, len(pages)) and pictures and 2 * pictures >= len(pages):
        raise InputError("this PDF is scanned: it holds pictures of pages, no text", place=name, next_step=_OCR)
    if not told:
        raise InputError("this PDF holds no text", place=name, next_step=_OCR)
    unread = sum(page.unread for page in pages)
    if unread > 0.3 * told:
        raise InputError(
            "the letters of this PDF cannot be told: its fonts do not say which they are", place=name, next_step=_OCR
        )


# --- from lines to paragraphs -------------------------------------------------------------------------------------


def _written(pages: Sequence[Page]) -> Written:
    parts = [(page, segments(page.words)) for page in pages]
    unwanted = furniture(parts)
    writer = Writer()
    flow = _Flow(writer)
    for (page, found), leave in zip(parts, unwanted, strict=True):
        kept = [one for i, one in enumerate(found) if i not in leave]
        for region in regions(kept):
            flow.region(region, f"page {page.number}")
    flow.flush()
    return writer.finish()


class _Flow:
    """Writes regions one after the other; a paragraph goes on over columns and pages."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.last: Row | None = None
        self.reached = False
        self.open = False
        self.held: list[Row] = []
        """The rows of a table that nothing stands behind yet, with their places and the left edge of their column."""
        self.places: list[str] = []
        self.x0 = 0.0

    def region(self, region: Region, place: str) -> None:
        """The tables and paragraphs of a region."""
        rows = [joined(row) for row in region.rows]
        rows = rows[self._go_on(rows, region, place) :]
        spans = table_spans(rows, region.x1 - region.x0)
        lines = [row for i, row in enumerate(rows) if not any(a <= i < b for a, b in spans)]
        leading = _leading(lines)
        edge = max((row.segments[-1].x1 for row in lines), default=region.x1)
        i, first = 0, True
        while i < len(rows):
            self.flush()
            span = next((s for s in spans if s[0] == i), None)
            if span is not None:
                self.held, self.places, self.x0 = rows[i : span[1]], [place] * (span[1] - i), region.x0
                self.last, self.open, i, first = None, False, span[1], False
                continue
            self._line(rows[i], Region(region.x0, edge, []), place, leading, first=first)
            first = False
            i += 1

    def _go_on(self, rows: list[Row], region: Region, place: str) -> int:
        """How many rows at the top go on the table that ended the column before; they are put below it."""
        if not self.held or not rows:
            return 0
        top = 1 if _CONTINUED.search(" ".join(s.text for s in rows[0].segments)) else 0  # its caption again
        head = [[s.text for s in row.segments] for row in self.held[:3]]
        told = [[s.text for s in row.segments] for row in rows[top : top + 3]]
        same = next((n for n in (3, 2, 1) if head[:n] == told[:n] and len(told) >= n), 0)
        across = region.x0 - self.x0
        rest = below(rows[top + same :], self.held, across) if len(rows) > top + same else []
        count = going_on(rest, self.held)
        if not count:
            return 0
        self.held = [*self.held, *rest[:count]]
        self.places += [place] * count
        return top + same + count

    def flush(self) -> None:
        """Write the table that was held back until it was known whether it goes on."""
        if self.held:
            self.writer.table([(line, self.places[i]) for line, i in table_lines(self.held)])
            self.held, self.places = [], []

    def _line(self, row: Row, region: Region, place: str, leading: float, *, first: bool) -> None:
        text = " ".join(s.text for s in row.segments)
        fresh = self.last is None or (self._turns(row, text) if first else self._breaks(row, region, leading))
        (self.writer.block if fresh else self.writer.line)(text, place)
        self.last = row
        self.reached = row.segments[-1].x1 > region.x1 - 0.12 * (region.x1 - region.x0)

    def _turns(self, row: Row, text: str) -> bool:
        """At the top of a column or page: whether a new paragraph begins."""
        last = self.last
        if last is None or not _alike(last, row):
            return True
        before = last.segments[-1].text
        if text[:1].islower() or before.endswith(("-", ",")):
            return False
        return bool(_SENTENCE_END.search(before)) or not self.reached

    def _breaks(self, row: Row, region: Region, leading: float) -> bool:
        """Inside a column: a wider gap, another font, an indented line, or a line behind one that ended early."""
        last = self.last
        if (
            last is None
            or last.y < row.y
            or not _alike(last, row)
            or last.y - row.y > max(1.35 * leading, 1.25 * row.size)
        ):
            return True
        ended = bool(_SENTENCE_END.search(last.segments[-1].text))
        indent = row.segments[0].x0 - max(region.x0, min(last.segments[0].x0, row.segments[0].x0))
        if indent > 0.5 * row.size and (ended or not self.reached):
            return True
        return not self.reached and (ended or last.segments[0].bold)


def _alike(a: Row, b: Row) -> bool:
    """Whether two lines are set in the same size and weight."""
    one, other = a.segments[0], b.segments[0]
    return abs(one.size - other.size) <= 0.08 * max(one.size, other.size) and one.bold == other.bold


def _leading(rows: Sequence[Row]) -> float:
    """The usual distance of lines."""
    gaps = [a.y - b.y for a, b in pairwise(rows) if a.y > b.y and _alike(a, b)]
    return median(gaps) if gaps else 1.2 * max((row.size for row in rows), default=12.0)
