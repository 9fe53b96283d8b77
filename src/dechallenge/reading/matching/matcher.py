"""Token n-gram matcher: finds the words of the lexicons in a text in one pass, the longest match first.

Tokens are runs of letters or of digits, lower case, accents removed; hyphens and spaces between tokens do not count, so
"IL-1Ra", "IL1-Ra" and "IL1Ra" are one form. Imports nothing of the package.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_MANY = 50_000
"""Tokens of which it is kept whether a name begins with them."""
_MAX_GAP = 2
"""Characters that may stand between two tokens of one name."""


class Token(NamedTuple):
    start: int
    end: int
    key: str


def fold(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=64)
def tokens(text: str) -> Sequence[Token]:
    """Tokens of a text with their positions."""
    make = tuple.__new__
    if text.isascii():
        return tuple([make(Token, (m.start(), m.end(), m.group())) for m in _TOKEN.finditer(text.lower())])
    return tuple([make(Token, (m.start(), m.end(), fold(m.group()))) for m in _TOKEN.finditer(text)])


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A lexicon entry found at ``text[start:end]``."""

    start: int
    end: int
    entry: T


class Matcher(Generic[T]):
    """Finds many names at once.

    Args:
        names: Pairs of a written form and its entry, with a third value that is true where letter case matters.
    """

    def __init__(self, names: Iterable[tuple[str, T, bool]]) -> None:
        self._forms: dict[tuple[str, ...], list[tuple[str | None, T]]] = {}
        self._longest: dict[str, int] = {}
        self._reaches: dict[str, int] = {}
        forms, longest, cut = self._forms, self._longest, _TOKEN.findall
        for written, entry, case_sensitive in names:
            key = tuple(cut(written.lower()) if written.isascii() else [t.key for t in tokens(written)])
            if not key:
                continue
            one = (_squeeze(written) if case_sensitive else None, entry)
            known = forms.get(key)
            if known is None:
                forms[key] = [one]
            else:
                known.append(one)
            if longest.get(key[0], 0) < len(key):
                longest[key[0]] = len(key)

    def find(self, text: str, words: Sequence[Token] | None = None) -> list[Match[T]]:
        """All matches, longest first at each position, none overlapping."""
        words = tokens(text) if words is None else words
        found: list[Match[T]] = []
        known, past = self._reaches, 0
        for i, word in enumerate(words):
            reach = known.get(word[2])
            if reach is None:
                reach = self._reach(word[2])
            if not reach or i < past:
                continue
            hit = self._at(text, words, i, reach)
            if hit is not None:
                size, entry = hit
                found.append(Match(word[0], words[i + size - 1].end, entry))
                past = i + size
        return found

    def _reach(self, first: str) -> int:
        """Tokens of the longest name that begins with a token, 0 where none does."""
        reach = self._longest.get(first, 0)
        single = _singular(first)
        if single != first:
            reach = max(reach, 1 if (single,) in self._forms else 0)
        if len(self._reaches) >= _MANY:
            self._reaches.clear()
        self._reaches[first] = reach
        return reach

    def _at(self, text: str, words: Sequence[Token], i: int, reach: int) -> tuple[int, T] | None:
        limit = 1
        while limit < reach and i + limit < len(words):
            gap = text[words[i + limit - 1].end : words[i + limit].start]
            if len(gap) > _MAX_GAP or gap.strip(" -/'.\u2032()"):
                break
            limit += 1
        keys = tuple([word[2] for word in words[i : i + limit]])
        for size in range(limit, 0, -1):
            last, single = keys[size - 1], _singular(keys[size - 1])
            for one in (last,) if single == last else (last, single):
                for written, entry in self._forms.get((*keys[: size - 1], one), ()):
                    if written is None or _squeeze(text[words[i].start : words[i + size - 1].end]) in (
                        written,
                        written + "s",
                    ):
                        return size, entry
        return None


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _squeeze(text: str) -> str:
    return text if text.isalnum() else "".join([c for c in text if c.isalnum()])
