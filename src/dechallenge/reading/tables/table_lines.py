"""Cells and lines of a table of a plain text, each with its raw offsets. Imports nothing of the package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Delimiter = Literal["tab", "pipe", "semicolon", "comma", "space", "flat", ""]

_OUTSIDE = '" \t\u00a0\u2002\u2003\u2009\u202f'


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a cell and its raw span, without outer white space; ``start == end`` for a blank cell."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document, without its newline, and its cells; one cell where it holds no delimiter."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    delimiter: Delimiter

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells if cell.text)

    @property
    def blank(self) -> bool:
        return not any(cell.text for cell in self.cells)


def cell(text: str, start: int, end: int) -> Cell:
    """The cell ``text[start:end]``, trimmed of white space and of the quotation marks of CSV."""
    words = text[start:end].lstrip(_OUTSIDE)
    start = end - len(words)
    words = words.rstrip(_OUTSIDE)
    return Cell(start, start + len(words), words)
