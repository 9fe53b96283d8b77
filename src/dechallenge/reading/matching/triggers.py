"""Patterns that look before they search: a regular expression runs only on text that holds a word it needs.

A sentence meets hundreds of patterns and nearly all find nothing. What a pattern needs (one of some words, parts of
words, digits or signs, whatever else matches) is taken from its own syntax, so nobody writes it down twice; which
patterns a piece of text can meet is found once, in one pass over its words. What is found never changes, only how
long it takes. A pattern is compiled when it first runs. Imports the words and the ways of triggers only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from dechallenge.reading.matching.triggerways import Ways
from dechallenge.reading.matching.triggerwords import needs

_SHORT = 40
"""Characters up to which a search costs no more than to look what the text holds."""
_HEAVY = 2000
"""Characters of a pattern from which even short texts, and those seen for the first time, are looked at."""
_LONG = 20_000
"""Characters above which the words are not looked at: such a text holds nearly all of them."""
_OFTEN, _VERY_OFTEN = 15_000, 60_000
"""Characters searched after which it pays to find out how the matches of a pattern begin, and what they hold."""
_SEVERAL = 80
"""Patterns that are taken in at once."""
_WAIT = 60_000
"""Characters that a pattern may search until it is taken in though fewer wait."""
_LETTERS = 20
"""Letters of a word by which it is looked up how a match may begin with it; more than any beginning has."""
_END = sys.maxsize
_COMPILED = frozenset({"match", "fullmatch", "groupindex", "_search", "_finditer", "_findall", "_sub", "_split"})
_ALL = -1
"""The mask of what may meet any pattern."""

_CUT = re.compile(r"[a-z]+|[^\sa-z]")
_ODD = re.compile("[\u0130\u0131\u017f\u212a]")
"""Letters that are equal to i, s or k where case does not matter, but are none of them in lower case."""


_Places = tuple[tuple[int, int, str], ...]
"""Where a match may begin: the position, the bits of the patterns, and the word or sign that stands there."""
_Met = tuple[int, _Places | None]
_Matching = Callable[[str, int, int], re.Match[str] | None]


class Pattern:
    """A compiled regular expression with the methods of :class:`re.Pattern` that the reader uses.

    Args:
        source: The expression.
        flags: As of :func:`re.compile`.
    """

    def __init__(self, source: str, flags: int | re.RegexFlag = 0) -> None:
        self.pattern = source
        self.flags = flags
        self._bit = 0
        self._first = False
        self._searched = 0
        self._waits = 0
        self._short = _SHORT if len(source) < _HEAVY else 0
        self._ways: dict[str, _Matching] = {}

    def __getattr__(self, name: str) -> Any:
        """Compile when first needed; what is anchored at a position needs no look."""
        if name not in _COMPILED:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        self.match: Callable[..., re.Match[str] | None] = compiled.match
        self.fullmatch: Callable[..., re.Match[str] | None] = compiled.fullmatch
        self.groupindex = compiled.groupindex
        self._search, self._finditer, self._findall = compiled.search, compiled.finditer, compiled.findall
        self._sub, self._split = compiled.sub, compiled.split
        return self.__dict__[name]

    def settle(self, bit: int, first: bool, last: bool) -> None:
        """Take the bit of the masks that stands for what is needed; without one after the last look, look no more."""
        if bit:
            self._bit, self._first = bit, first
            self._ways = Ways(self.pattern, int(self.flags), self.match)
        elif last:
            self.search, self.finditer = self._search, self._finditer  # type: ignore[assignment, method-assign]

    def _look(self, text: str, start: int, end: int) -> _Places | None:
        """Where words or signs stand with which a match may begin; ``None`` where it may begin anywhere."""
        bit = self._bit
        size = len(text)
        if not bit:
            self._count(min(end, size) - start)
            return None
        if start or end < size:
            size = min(end, size) - start
            if not self._short < size <= _LONG:
                return None
            text = text[start:end]
        elif not self._short < size <= _LONG:
            return None
        met = _MET.get(text) or _met(text, at_once=not self._short)
        if met is None:
            return None
        if not met[0] & bit:
            return ()
        return met[1] if self._first else None

    def _count(self, size: int) -> None:
        """Take the characters of a search into account; ask to be taken in when there were many."""
        before = self._searched
        self._searched = now = before + max(size, 1)
        for limit in (_OFTEN, _VERY_OFTEN):
            if before < limit <= now:
                _INDEX.add(self, last=limit == _VERY_OFTEN)
                self._waits = now + _WAIT
        if self._waits and now >= self._waits:
            self._waits = 0
            _INDEX.take_in()

    def search(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """The first match of ``text[start:end]``."""
        if end == _END and not start and (met := _MET.get(text)) is not None and not met[0] & self._bit and self._bit:
            return None
        heads = self._look(text, start, end)
        found: re.Match[str] | None
        if heads is None:
            found = self._search(text, start, end)
            return found
        if heads:
            bit, ways = self._bit, self._ways
            for position, bits, word in heads:
                if bits & bit:
                    found = ways[word](text, start + position, end)
                    if found is not None:
                        return found
        return None

    def finditer(self, text: str, start: int = 0, end: int = _END) -> Iterator[re.Match[str]]:
        """All matches in ``text[start:end]``, none overlapping."""
        if end == _END and not start and (met := _MET.get(text)) is not None and not met[0] & self._bit and self._bit:
            return iter(())
        heads = self._look(text, start, end)
        if heads is None:
            all_found: Iterator[re.Match[str]] = self._finditer(text, start, end)
            return all_found
        if not heads:
            return iter(())
        bit, ways, last, out = self._bit, self._ways, 0, []
        for position, _, word in [head for head in heads if head[1] & bit]:
            if position >= last:
                found = ways[word](text, start + position, end)
                if found is not None:
                    out.append(found)
                    last = found.end() - start
        return iter(out)

    def findall(self, text: str, start: int = 0, end: int = _END) -> list[Any]:
        """All matches, as :meth:`re.Pattern.findall` gives them."""
        heads = self._look(text, start, end)
        if heads is not None and not heads:
            return []
        found: list[Any] = self._findall(text, start, end)
        return found

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """The text with the first ``count`` matches, or all, replaced."""
        heads = self._look(text, 0, _END)
        if heads is not None and not heads:
            return text
        changed: str = self._sub(replacement, text, count)
        return changed

    def split(self, text: str) -> list[Any]:
        """The text between the matches."""
        parts: list[Any] = self._split(text)
        return parts


_Known = tuple[int, int, int, str, _Places]
"""Of a word or sign: the bits of all that it makes possible, of what may begin in the white space before it, and of
what may begin with it; how it is looked up then; and where inside it a match may begin."""


class _Index:
    """Which words, parts of words and signs make a pattern possible: one bit of a mask for each pattern."""

    def __init__(self) -> None:
        self.waiting: dict[Pattern, bool] = {}
        self.number = 0
        self.held = 0
        self.signs: dict[str, int] = {}
        self.parts: dict[str, dict[str, int]] = {}
        self.heads: dict[str, int] = {}
        self.gaps: dict[str, int] = {}
        self.words: dict[str, _Known] = {}

    def add(self, pattern: Pattern, *, last: bool) -> None:
        """Take in a pattern; several at once, because what is known of words and texts must then be found anew."""
        self.waiting[pattern] = last
        if len(self.waiting) >= _SEVERAL:
            self.take_in()

    def take_in(self) -> None:
        """Take in the patterns that wait."""
        added, self.waiting = self.waiting, {}
        settled = [self._taken(one, last) for one, last in added.items()]
        self.words.clear()
        _MET.clear()
        for (one, last), (bit, first) in zip(added.items(), settled, strict=True):
            one.settle(bit, first, last)

    def _taken(self, pattern: Pattern, last: bool) -> tuple[int, bool]:
        """The bit of a pattern, 0 where nothing is known of it, and whether it is known how its matches begin."""
        first, some = needs(pattern.pattern, int(pattern.flags), beginnings_only=not last)
        if some is None and first is None:
            return 0, False
        bit = 1 << self.number
        self.number += 1
        for feature in some or ():
            kind = self.signs if len(feature) == 1 else self.parts.setdefault(feature[:3], {})
            kind[feature] = kind.get(feature, 0) | bit
        for feature in first or ():
            kind, feature = (self.gaps, feature[1:]) if feature[0] == " " else (self.heads, feature)
            kind[feature] = kind.get(feature, 0) | bit
        if first is not None and some is not None:
            self.held |= bit
        return bit, first is not None

    def learn(self, word: str) -> _Known:
        """What a word of small letters, or a sign, makes possible."""
        inside: list[tuple[int, int, str]] = []
        begin, head = word[:_LETTERS], 0
        if not "a" <= word[0] <= "z":
            begin = "0" if word.isdecimal() else word
            mask, gap, head = self.signs.get(begin, 0), self.gaps.get(begin, 0), self.heads.get(begin, 0)
        else:
            mask = gap = 0
            framed = f"^{word}$"
            for i in range(len(framed) - 2):
                for feature, bits in self.parts.get(framed[i : i + 3], _NONE).items():
                    if framed.startswith(feature, i):
                        mask |= bits
            for size in range(1, 8):
                head |= self.heads.get(framed[: 1 + size], 0) | self.heads.get(word[:size], 0)
                gap |= self.gaps.get(framed[: 1 + size], 0)
            head |= self.heads.get(word + "$", 0)
            for i in range(1, len(word)):
                bits = 0
                for size in range(1, 8):
                    bits |= self.heads.get(framed[i + 1 : i + 1 + size], 0)
                if bits:
                    inside.append((i, bits, word[i : i + _LETTERS]))
                    mask |= bits & ~self.held
        known = mask | (head | gap) & ~self.held, gap, head, begin, tuple(inside)
        if len(self.words) >= _MANY:
            self.words.clear()
        if len(word) <= _SHORT:
            self.words[word] = known
        return known


_MANY = 60_000
"""Words whose masks are kept."""
_NONE: dict[str, int] = {}
_INDEX = _Index()


_MET: dict[str, _Met] = {}
_SEEN: set[str] = set()
_KEPT = 2048
"""Texts of which it is kept what they may meet."""


def _met(text: str, *, at_once: bool) -> _Met | None:
    """The patterns that a text may meet, as bits, and the places where one may begin, with the bits of these.

    ``None`` where the text is seen for the first time, unless it is looked at ``at_once``: it pays only for a text that
    many patterns are tried on, or a long pattern. The places are ``None`` where a match may begin anywhere.
    """
    if not at_once and text not in _SEEN:
        if len(_SEEN) >= _KEPT:
            _SEEN.clear()
        _SEEN.add(text)
        return None
    if len(_MET) >= _KEPT:
        _MET.clear()
    if not text.isascii() and _ODD.search(text):
        met: _Met = _ALL, None
    else:
        mask, known, heads, last = 0, _INDEX.words, [], 0
        for found in _CUT.finditer(text.lower()):
            word = found.group()
            bits, gap, head, begin, inside = known.get(word) or _INDEX.learn(word)
            mask |= bits
            start, end = found.span()
            if gap:
                for i in range(last, start):
                    heads.append((i, gap, ""))
            if head:
                heads.append((start, head, begin))
            for offset, head, begin in inside:
                heads.append((start + offset, head, begin))
            last = end
        met = mask, tuple(heads)
    _MET[text] = met
    return met
