"""The words of a PDF page with where they stand, out of PDFium. Imports nothing of the package.

Coordinates are those of the page as it is shown: x to the right, y upwards, in points.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, replace
from itertools import pairwise, repeat
from math import hypot, pi
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_HYPHENS = "\x02\ufffe\u00ad"
"""What PDFium gives for a hyphen at the end of a line."""
_QUARTER = pi / 2
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile("[^\\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
"""A word ends at the hyphen of a line's end: PDFium runs it together with the next line."""
_DIGIT = re.compile(r"\d")
_MAY_RISE = re.compile(r"10[-−–+]?\d|[A-Za-z.,;:)\]”]\d")
"""Where a number may be raised: behind a ten, a letter or the end of a sentence."""


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes addresses as numbers: each call costs half of one that checks their types."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)(address)


_font_size = _plain(raw.FPDFText_GetFontSize, ctypes.c_double)
_origin = _plain(raw.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_loose_box = _plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p)
_objects = _plain(raw.FPDFText_CountRects, ctypes.c_int, ctypes.c_int)
"""How many text objects draw so many characters from an index on: one of them has one font, size and line."""
_UNREAD = re.compile("[\ue000-\uf8ff\x00\ufffd]")


@dataclass(slots=True)
class Word:
    """Characters of one size without a blank between them.

    Attributes:
        text: The characters.
        x0, x1: Left and right end.
        y: The baseline.
        size: Height of the font's box.
        bold: The font is heavy.
        turn: Quarter turns of its writing direction against the page.
        glued: No blank stands before it (an exponent, or what follows one).
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    turn: int = 0
    glued: bool = False


@dataclass(slots=True)
class Page:
    """A page: its words in the order of the file, all turned upright, and its size.

    Attributes:
        pictures: It holds hardly any words, but a picture.
        unread: Characters whose meaning the file does not tell.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    pictures: bool = False
    unread: int = 0
    characters: int = 0


def page_of(pdf: pdfium.PdfDocument, index: int, most: int) -> Page:
    """One page.

    Args:
        pdf: The open document.
        index: Its number, from 0.
        most: Characters to read at most.
    """
    page = pdf[index]
    try:
        left, bottom, right, top = (float(edge) for edge in page.get_cropbox(fallback_ok=True))
        text = page.get_textpage()
        try:
            count = max(0, raw.FPDFText_CountChars(text))
            characters = _characters(text, min(count, most)) if count else ""
            words = _Reader(text, characters).words()
        finally:
            text.close()
        unread = len(_UNREAD.findall(characters))
        width, height = right - left, top - bottom
        placed = [_upright(word, left, bottom, width, height) for word in words]
        turn = _main_turn(placed)
        if turn % 2:
            width, height = height, width
        pictures = len(words) < 20 and _has_picture(page)
        return Page(index + 1, width, height, [w for w in placed if w.turn == turn], pictures, unread, count)
    finally:
        page.close()


def _main_turn(words: list[Word]) -> int:
    """The writing direction of most characters; what is written across it (a note in the margin) is left out."""
    sizes = [0, 0, 0, 0]
    for word in words:
        sizes[word.turn] += len(word.text)
    return sizes.index(max(sizes))


def _has_picture(page: pdfium.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _characters(text: pdfium.PdfTextPage, count: int) -> str:
    """The characters by their index; one by one where the text does not have one for each."""
    buffer = ctypes.create_string_buffer((count + 1) * 2)
    got = raw.FPDFText_GetText(text, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    found = bytes(buffer.raw[: max(0, got - 1) * 2]).decode("utf-16-le", errors="replace")
    if len(found) == count:
        return found
    get = raw.FPDFText_GetUnicode
    return "".join(_character(get(text, i)) for i in range(count))


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


class _Reader:
    """Words out of the characters of a page, with the boxes of their first and last character.

    Calls into PDFium are what this costs: what hardly changes inside a line (its direction, whether its font is heavy)
    is asked for at its first word.
    """

    def __init__(self, text: pdfium.PdfTextPage, characters: str) -> None:
        self.text = text
        self.page = ctypes.cast(text.raw, ctypes.c_void_p).value
        self.characters = characters
        self.hyphens = any(sign in characters for sign in _HYPHENS)
        self.box = raw.FS_RECTF()
        self.matrix = raw.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.here = ctypes.addressof(self.x), ctypes.addressof(self.y)
        self.around = ctypes.addressof(self.box)
        self.name = ctypes.create_string_buffer(80)
        self.flags = ctypes.c_int()
        self.line = float("nan")
        self.turn = 0
        self.bold = False

    def words(self) -> list[Word]:
        found: list[Word] = []
        for line in _LINE.finditer(self.characters):
            begin, stop = line.span()
            if not self.hyphens and _objects(self.page, begin, stop - begin) == 1:
                self._drawn_as_one(begin, stop, found)
                continue
            for match in _WORD.finditer(self.characters, begin, stop):
                start, end = match.span()
                if end - start > 1 and _DIGIT.search(self.characters, start, end):
                    found += self._parts(start, end)
                else:
                    found.append(self._word(start, end, _font_size(self.page, start)))
        return found

    def _drawn_as_one(self, begin: int, stop: int, found: list[Word]) -> None:
        """The words of a line that one text object draws: only their ends differ."""
        page, box, bold, characters = self.page, self.box, False, self.characters
        least, here, around, line = 0.0, self.here, self.around, None
        for match in _WORD.finditer(characters, begin, stop):
            start, end = match.span()
            if line is None:
                least = _font_size(page, start)
                line = self._word(start, end, least)
                found.append(line)
                if self.turn:
                    found += (self._word(*m.span(), least) for m in _WORD.finditer(characters, end, stop))
                    return
                bold, y = self.bold, line.y
                continue
            _origin(page, start, *here)
            _loose_box(page, end - 1, around)
            size = box.top - box.bottom
            if size < least:
                found.append(self._word(start, end, least))
            else:
                found.append(Word(characters[start:end], self.x.value, box.right, y, size, bold))

    def _parts(self, start: int, end: int) -> list[Word]:
        """One word, or where its characters change their size or line (10 and a raised 9) one for each run."""
        page = self.page
        sizes = given = list(map(_font_size, repeat(page, end - start), range(start, end)))
        if sizes.count(sizes[0]) == len(sizes):
            if _MAY_RISE.search(self.characters, start, end) is None:
                return [self._word(start, end, sizes[0])]
            sizes = [self._height(i) for i in range(start, end)]  # the size is told by a matrix
            if max(sizes) < 1.12 * min(sizes):
                return [self._word(start, end, given[0])]
        cuts = [0, *(i for i in range(1, end - start) if abs(sizes[i] - sizes[i - 1]) > 0.3), end - start]
        return [self._word(start + a, start + b, given[a], glued=a > 0) for a, b in pairwise(cuts)]

    def _height(self, index: int) -> float:
        """The height of a character's box; the longer side is that of writing that runs up or down."""
        _loose_box(self.page, index, self.around)
        box = self.box
        return float(box.top - box.bottom if self.turn % 2 == 0 else box.right - box.left)

    def _word(self, start: int, end: int, least: float, *, glued: bool = False) -> Word:
        """A word, at least as high as its font: some fonts give the box of the one letter."""
        page, box = self.page, self.box
        last = end - 1
        if self.hyphens:
            while last > start and self.characters[last] in _HYPHENS and raw.FPDFText_IsGenerated(self.text, last) == 1:
                last -= 1
        _origin(page, start, *self.here)
        x, y = self.x.value, self.y.value
        if y != self.line:
            self.line = y
            self.turn = -round(raw.FPDFText_GetCharAngle(self.text, start) / _QUARTER) % 4
            self.bold = self._is_bold(start)
        elif self.bold:
            self.bold = self._is_bold(start)
        _loose_box(page, last, self.around)
        turn = self.turn
        if turn == 0:
            first, base, size, far = x, y, box.top - box.bottom, box.right
        elif turn == 2:
            first, base, size, far = x, y, box.top - box.bottom, box.left
        else:
            first, base, size, far = y, x, box.right - box.left, box.top if turn == 1 else box.bottom
        said = self.characters[start:end]
        if self.hyphens:
            for sign in _HYPHENS:
                said = said.replace(sign, "-")
        if size < 0:
            size = -size
        if least > size and raw.FPDFText_GetMatrix(self.text, start, ctypes.byref(self.matrix)):
            size = max(size, least * hypot(self.matrix.c, self.matrix.d))
        return Word(said, first, far, base, size, self.bold, turn, glued)

    def _is_bold(self, index: int) -> bool:
        raw.FPDFText_GetFontInfo(self.text, index, self.name, 80, ctypes.byref(self.flags))
        name = self.name.value
        return b"old" in name or b"lack" in name or b"eavy" in name


def _upright(word: Word, left: float, bottom: float, width: float, height: float) -> Word:
    """The word on a page that is turned so that it lies across; ``x`` and ``y`` then count from the lower left."""
    if word.turn == 0:
        if left or bottom:
            word.x0, word.x1, word.y = word.x0 - left, word.x1 - left, word.y - bottom
        return word
    if word.turn == 1:  # written upwards: its way is y, its baseline an x
        return replace(word, x0=word.x0 - bottom, x1=word.x1 - bottom, y=width - (word.y - left))
    if word.turn == 2:
        return replace(word, x0=width - (word.x0 - left), x1=width - (word.x1 - left), y=height - (word.y - bottom))
    return replace(word, x0=height - (word.x0 - bottom), x1=height - (word.x1 - bottom), y=word.y - left)
