"""Of a pattern of many alternatives those that can begin with a word: a smaller expression that finds the same there.

An expression of hundreds of alternatives tries them one by one wherever it is tried. Which of them can begin with the
word that stands there is known from its syntax; an expression of these alone, compiled once for each word that is met
often, has the same groups and the same matches. Built with Python's own parser and compiler, which are no public
interface: where they are not as expected, the whole pattern is tried. Imports the words of triggers only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from dechallenge.reading.matching.triggerwords import Heads, can_begin, heads_of

_OFTEN = 200
"""Times that a word is met until it pays to compile what can begin with it."""
_LARGE = 400
"""Characters of a pattern from which it pays."""
_MOST = 64
"""Words for which a pattern has an expression of its own."""
_MANY = 2000
"""Words that are kept."""

_Matching = Callable[[str, int, int], re.Match[str] | None]


class Ways(dict[str, _Matching]):
    """For a word with which a match may begin, in small letters, or a sign, what matches at it.

    Args:
        source: The pattern.
        flags: As of :func:`re.compile`.
        whole: Matches the whole pattern; for any word, until it is met often.
    """

    def __init__(self, source: str, flags: int, whole: _Matching) -> None:
        self._source, self._flags, self._whole = source, flags, whole
        self._tree: Any = None
        self._heads: dict[int, Heads] = {}
        self._met: dict[str, int] = {}
        self._own = 0

    def __missing__(self, word: str) -> _Matching:
        if len(self) + len(self._met) > _MANY:
            self.clear()
            self._met.clear()
        times = self._met[word] = self._met.get(word, 0) + 1
        if len(self._source) < _LARGE:
            self[word] = self._whole
        elif times >= _OFTEN:
            self[word] = self._for(word)
        return self.get(word, self._whole)

    def _for(self, word: str) -> _Matching:
        """The match of the alternatives that can begin with a word."""
        if self._own >= _MOST or not word:
            return self._whole
        try:
            if self._tree is None:
                self._tree = import_module("re._parser").parse(self._source, self._flags)
            kept = self._kept(self._tree, word)
            if kept is self._tree:
                return self._whole
            matching: _Matching = import_module("re._compiler").compile(kept, self._flags).match
        except (ImportError, AttributeError, TypeError, ValueError, LookupError):
            return self._whole
        self._own += 1
        return matching

    def _kept(self, tree: Any, word: str) -> Any:
        """A part of the pattern without the alternatives that cannot begin with a word; itself where all can."""
        for at, (op, value) in enumerate(tree):
            match op.name:
                case "AT" | "ASSERT" | "ASSERT_NOT":
                    continue
                case "BRANCH":
                    ways = [way for way in value[1] if can_begin(self._known(way), word)] or value[1][:1]
                    less = [self._kept(way, word) for way in ways]
                    if len(less) == 1:
                        return self._with(tree, at, less[0])
                    if len(ways) == len(value[1]) and all(a is b for a, b in zip(less, ways, strict=True)):
                        return tree
                    return self._with(tree, at, [(op, (value[0], less))])
                case "SUBPATTERN":
                    inner = self._kept(value[3], word)
                    return tree if inner is value[3] else self._with(tree, at, [(op, (*value[:3], inner))])
                case "MAX_REPEAT" | "MIN_REPEAT" if value[1] == 1:
                    if not value[0] and not can_begin(self._known(value[2]), word):
                        return self._with(tree, at, [], self._kept(tree[at + 1 :], word))
                    inner = self._kept(value[2], word)
                    return tree if inner is value[2] else self._with(tree, at, [(op, (*value[:2], inner))])
                case _:
                    return tree
        return tree

    def _known(self, tree: Any) -> Heads:
        if id(tree) not in self._heads:
            self._heads[id(tree)] = heads_of(tree)
        return self._heads[id(tree)]

    @staticmethod
    def _with(tree: Any, at: int, items: Iterable[Any], rest: Iterable[Any] | None = None) -> Any:
        """A copy of a part of the pattern with one item replaced, and perhaps what follows it."""
        return type(tree)(tree.state, [*tree[:at], *items, *(tree[at + 1 :] if rest is None else rest)])
