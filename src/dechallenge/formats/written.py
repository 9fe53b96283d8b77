"""A text as it is written out of another format, with the place of each of its parts. Imports nothing of the package.

A blank line stands between blocks (paragraphs, headings, tables), a line end between the rows of a table, a tab between
its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BLANKS = re.compile(r"[ \u00a0]{2,}")
_AROUND = re.compile(r" *\n *")
_LINES = re.compile(r"\n{2,}")
_SPACE = re.compile(r"\s+")
_UNPRINTED = dict.fromkeys([*range(9), 11, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])
"""Control characters and code points that are no characters; a text holds none of them."""


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a document, and where its parts stand in the original: offset and label, ascending.

    Attributes:
        notes: What of the file could not be read, each with its next step.
    """

    text: str
    places: tuple[tuple[int, str], ...]
    notes: tuple[tuple[str, str], ...] = ()


class Writer:
    """Collects blocks and lines in reading order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._places: list[tuple[int, str]] = []
        self.length = 0

    def block(self, text: str, place: str) -> None:
        """A paragraph, heading or table, after a blank line."""
        self._add(text, place, "\n\n")

    def line(self, text: str, place: str) -> None:
        """A line that goes on from the one before."""
        self._add(text, place, "\n")

    def table(self, rows: Iterable[tuple[str, str]], caption: str = "", place: str = "") -> None:
        """The rows of a table, each with its place, below their caption."""
        first = True
        if caption:
            self.block(caption, place)
            first = False
        for text, where in rows:
            self._add(text, where, "\n\n" if first else "\n")
            first = False

    def _add(self, text: str, place: str, before: str) -> None:
        text = text.translate(_UNPRINTED)
        if not text.strip():
            return
        if self._parts:
            self._parts.append(before)
            self.length += len(before)
        if place and (not self._places or self._places[-1][1] != place):
            self._places.append((self.length, place))
        self._parts.append(text)
        self.length += len(text)

    def finish(self) -> Written:
        """The text, ended by a line end, and its places."""
        if not self._parts:
            return Written("", ())
        return Written("".join(self._parts) + "\n", tuple(self._places))


def folded(text: str) -> str:
    """One block: white space folded, single line ends kept, none at either end."""
    return _LINES.sub("\n", _AROUND.sub("\n", _BLANKS.sub(" ", text))).strip()


def flat(text: str) -> str:
    """One line: all white space folded to one blank."""
    return _SPACE.sub(" ", text).strip()


_POWER = re.compile(r"(?:^|[^\d.,])10$")
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdmµμn]?m|in)$")
_MARK = re.compile(r"[\s\d,;–\-\[\]()]*\d[\s\d,;–\-\[\]()]*")
_LETTER_MARK = re.compile(r"[a-h](?:\s*,\s*[a-h])*")
_WORD_END = re.compile(r"(?:[A-Za-z]{3,}|[.,;:)\]”\"’])$")


def raised(before: str, text: str, *, linked: bool = False) -> str:
    """How a superscript is written: a power with ``^``, a reference mark not at all, anything else as it stands.

    Args:
        before: The text it follows (its last characters will do).
        text: The superscript.
        linked: It is a link to a reference or a note.
    """
    bare = text.strip()
    if _POWER.search(before) and re.fullmatch(r"[-−–+]?\d{1,2}", bare):
        return "^" + bare.replace("−", "-").replace("–", "-")
    if _UNIT.search(before) and bare in ("2", "3"):
        return bare
    if _MARK.fullmatch(bare) and (linked or _WORD_END.search(before)):
        return ""
    if linked or (_LETTER_MARK.fullmatch(bare) and before[-1:].isalnum() and not before[-1:].isspace()):
        return ""
    return text
