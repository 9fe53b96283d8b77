"""What a regular expression needs: words, parts of words or signs of which any match holds at least one.

Taken from the syntax tree of Python's own parser, which is no public interface: where it is not as expected, nothing is
taken to be needed, and the pattern runs on every text. Imports nothing of the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from math import prod
from typing import Any, NamedTuple

_EDGE = "\0"
"""Stands where a word must begin or end."""
_STRINGS = 300
"""Strings that a part of a pattern may stand for to be written out."""
_LONGEST = 8
"""Letters of a word that are looked at."""
_SHARE = {
    "the": 0.75, "of": 0.6, "and": 0.6, "in": 0.5, "a": 0.5, "was": 0.45, "with": 0.4, "to": 0.4, "for": 0.3,
    "on": 0.25, "were": 0.2, "at": 0.15, "by": 0.15, "had": 0.15, "is": 0.1, "or": 0.1, "an": 0.1, "no": 0.1,
    "not": 0.08, "after": 0.12, "her": 0.1, "his": 0.1, "she": 0.12, "he": 0.12, "patient": 0.15,
    ".": 0.95, ",": 0.75, "0": 0.5, "-": 0.35, "(": 0.3, ")": 0.3, "/": 0.15, ":": 0.1, ";": 0.1,
}  # fmt: skip
"""Share of the sentences that hold a word or sign, roughly."""
_BY_LENGTH = (0.05, 0.05, 0.03, 0.015, 0.008, 0.005, 0.003, 0.003)
"""The same for any other, by its letters; an end that is not known makes it twice as common."""
_MOST = 0.95
"""Share of the sentences above which it is not worth a look."""
_COMMON, _RARER = 0.3, 0.6
"""Share of the sentences from which beginnings are too common to tell much, and the part of it that tells more."""
_SMALL, _LARGE = (97, 122), (65, 90)


class _Info(NamedTuple):
    """What is known of a part of a pattern.

    Attributes:
        strings: All strings that it stands for, in small letters, every digit as 0; ``None`` where they are too many.
        needed: Features of which any match holds one; ``None`` where none is known.
    """

    strings: frozenset[str] | None
    needed: frozenset[str] | None = None


_NOTHING = _Info(frozenset({""}))
_UNKNOWN = _Info(None)
_WORD_EDGE = _Info(frozenset({_EDGE}))
_RUN = re.compile(r"[a-z]+|[^a-z]")
_NESTED = frozenset({"BRANCH", "SUBPATTERN", "ATOMIC_GROUP", "MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


class Needs(NamedTuple):
    """What is known of a pattern.

    A feature is a sign (one character, ``0`` for any digit), or a part of a word of small letters: ``^`` before it and
    ``$`` after it where the word must begin or end there.

    Attributes:
        first: Features of which any match begins with one, or, with a space before it, in the white space before one;
            ``None`` where it may begin with something else.
        some: Where that is so, features of which any match holds one; ``None`` where nothing is known that most texts
            do not hold.
    """

    first: frozenset[str] | None
    some: frozenset[str] | None


def needs(source: str, flags: int, *, beginnings_only: bool = False) -> Needs:
    """What any match of a pattern begins with, or (which takes longer to tell) holds."""
    try:
        tree = import_module("re._parser").parse(source, flags)
        first = _beginnings(heads_of(tree))
        if beginnings_only and (first is None or _share(first) < _COMMON):
            return Needs(first, None)
        info = _sequence(tree, "", "")
    except (ImportError, AttributeError, TypeError, ValueError, LookupError):
        return Needs(None, None)
    best = info.needed if info.strings is None else _features(info.strings)
    if best is not None and _share(best) >= (_MOST if first is None else _RARER * _share(first)):
        best = None
    return Needs(first, best)


class Heads(NamedTuple):
    """How the matches of a part of a pattern begin; white space of any length is one space.

    Attributes:
        whole: All that it can be, where it is that and no more.
        cut: Beginnings after which anything may follow.
    """

    whole: frozenset[str]
    cut: frozenset[str]


_ANYTHING = Heads(frozenset(), frozenset({""}))
_SPACE = frozenset({" "})
_HEAD = 5
"""Letters of a beginning that are looked at."""
_INSIDE = 2
"""Letters of a beginning that may stand inside a word, at the least."""
_HEADS = 1500
"""Beginnings of a pattern above which no more is added to them."""


def heads_of(tree: Iterable[Any]) -> Heads:
    """How the matches of parts one after the other begin."""
    whole: set[str] = {""}
    cut: set[str] = set()
    for op, value in tree:
        part = _head(op.name, value)
        if len(whole) * (len(part.whole) + len(part.cut)) + len(cut) > _HEADS:
            part = _ANYTHING
        longer = [a + b for a in whole for b in part.whole]
        cut.update([a + b for a in whole for b in part.cut])
        whole = set()
        for one in longer:
            (cut if _is_enough(one) else whole).add(one)
        if not whole:
            break
    return Heads(frozenset(whole), frozenset(cut))


def _is_enough(string: str) -> bool:
    """Whether what follows cannot tell more: a sign, a word that is over, or enough letters of one."""
    inner = string.lstrip(_EDGE + " ")
    if not inner:
        return False
    return not "a" <= inner[0] <= "z" or len(inner) >= _HEAD or not "a" <= inner[-1] <= "z"


def _head(name: str, value: Any) -> Heads:
    match name:
        case "LITERAL" | "IN" | "AT" | "ASSERT_NOT":
            strings = _part(name, value, "", "").strings
            if strings is None:
                return _ANYTHING
            return Heads(frozenset([" " if one.isspace() else one for one in strings]), frozenset())
        case "ASSERT":
            return Heads(frozenset({_EDGE if value[0] < 0 and _is_sign(value[1]) else ""}), frozenset())
        case "BRANCH":
            ways = [heads_of(one) for one in value[1]]
            return Heads(frozenset().union(*(w.whole for w in ways)), frozenset().union(*(w.cut for w in ways)))
        case "SUBPATTERN":
            return heads_of(value[3])
        case "ATOMIC_GROUP":
            return heads_of(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            low, high, tree = value
            once = heads_of(tree)
            zero = frozenset() if low else frozenset({""})
            if high == 1:
                return Heads(once.whole | zero, once.cut)
            if " " in once.whole:
                more = once.cut | (once.whole - _SPACE)
                return Heads(_SPACE | zero, more | frozenset([" " + one for one in more]))
            return Heads(zero, once.cut | once.whole)
    return _ANYTHING


def can_begin(heads: Heads, word: str) -> bool:
    """Whether what begins so may stand where a word of small letters begins, or a sign, ``0`` for a digit."""
    return any(_agree(string.lstrip(_EDGE), word) for part in heads for string in part)


def _agree(string: str, word: str) -> bool:
    for own, given in zip(string, word, strict=False):
        if own != given:
            return False
    return len(string) <= len(word) or not "a" <= word[0] <= "z" or not "a" <= string[len(word)] <= "z"


def _beginnings(heads: Heads) -> frozenset[str] | None:
    """Features of the beginnings; ``None`` where one of them has none."""
    features: set[str] = set()
    for string in heads.whole | heads.cut:
        inner = string.lstrip(_EDGE + " ")
        if not inner:
            return None
        space = " " if " " in string[: len(string) - len(inner)] else ""
        if not "a" <= inner[0] <= "z":
            features.add(space + inner[0])
            continue
        run = _RUN.match(inner)
        word = run.group() if run else ""
        inside = len(inner) == len(string)
        if inside and len(word) < _INSIDE:
            return None
        edge = "" if inside else "^"
        features.add(space + edge + word[:_HEAD] + ("$" if len(word) < len(inner) and len(word) <= _HEAD else ""))
    return frozenset(features)


def _sequence(tree: Iterable[Any], left: str, right: str) -> _Info:
    """Parts one after the other.

    Args:
        left, right: ``_EDGE`` where a word must begin before them, or end after them.
    """
    strings: frozenset[str] = frozenset({left})
    found: list[frozenset[str]] = []
    whole, items = True, list(tree)
    for index, (op, value) in enumerate(items):
        before = after = ""
        if op.name in _NESTED:
            before = _EDGE if all(one and not one[-1].isalpha() for one in strings) else ""
            after = _edge_of(items[index + 1]) if index + 1 < len(items) else right
        part = _part(op.name, value, before, after)
        if part.strings is not None and len(part.strings) * len(strings) <= _STRINGS:
            strings = frozenset([a + b for a in strings for b in part.strings])
            continue
        whole = False
        if (features := _features(strings)) is not None:
            found.append(features)
        own = part.needed if part.strings is None else None
        if own is not None:
            found.append(own)
        strings = part.strings if part.strings is not None else frozenset({""})
    if right:
        strings = frozenset([one + right for one in strings])
    if whole:
        return _Info(strings)
    if (features := _features(strings)) is not None:
        found.append(features)
    return _Info(None, min(found, key=_share, default=None))


def _edge_of(item: tuple[Any, Any]) -> str:
    """The edge that a part begins with, if it does."""
    name, value = item[0].name, item[1]
    if name in ("AT", "ASSERT_NOT"):
        return next(iter(_part(name, value, "", "").strings or ("",)))
    if name in ("MAX_REPEAT", "MIN_REPEAT") and value[0] and len(value[2]) == 1:
        return _edge_of(value[2][0])
    if name in ("LITERAL", "IN"):
        strings = _part(name, value, "", "").strings
        return _EDGE if strings and not any(one.isalpha() for one in strings) else ""
    return ""


def _part(name: str, value: Any, left: str, right: str) -> _Info:
    match name:
        case "LITERAL":
            return _Info(frozenset({_literal(value)})) if _literal(value) else _UNKNOWN
        case "IN":
            return _set(value)
        case "BRANCH":
            return _branch([_sequence(one, left, right) for one in value[1]])
        case "SUBPATTERN":
            return _sequence(value[3], left, right)
        case "ATOMIC_GROUP":
            return _sequence(value, left, right)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            low, high, tree = value
            return _repeat(low, high, tree, left, right)
        case "AT":
            return _NOTHING if "NON_BOUNDARY" in value.name else _WORD_EDGE
        case "ASSERT":
            return _NOTHING
        case "ASSERT_NOT":
            return _WORD_EDGE if _is_word(value[1]) else _NOTHING
    return _UNKNOWN


def _is_sign(tree: Any) -> bool:
    """Whether what must stand there ends with no letter (a word can only begin behind it)."""
    op, value = tree[len(tree) - 1]
    strings = _part(op.name, value, "", "").strings if op.name in ("LITERAL", "IN") else None
    return bool(strings) and not any(one.isalpha() for one in strings or ())


def _is_word(tree: Any) -> bool:
    """Whether what must not stand there is any letter (a word begins or ends)."""
    if len(tree) != 1 or tree[0][0].name != "IN":
        return False
    items = tree[0][1]
    if items[0][0].name == "NEGATE":
        return False
    ranges = {value for op, value in items if op.name == "RANGE"}
    return ranges >= {_SMALL, _LARGE} or any(op.name == "CATEGORY" and v.name == "CATEGORY_WORD" for op, v in items)


@cache
def _literal(code: int) -> str:
    """A character in small letters, 0 for a digit; empty for one that may be equal to others."""
    char = chr(code)
    if code < 128:
        return "0" if char.isdecimal() else char.lower()
    return "" if char.isalpha() or char.isdecimal() or char.isspace() or char.lower() != char.upper() else char


def _set(items: Any) -> _Info:
    chars: set[str] = set()
    for op, value in items:
        if op.name == "LITERAL" and _literal(value):
            chars.add(_literal(value))
        elif op.name == "RANGE" and value[1] < 128:
            chars.update(map(_literal, range(value[0], value[1] + 1)))
        elif op.name == "CATEGORY" and value.name == "CATEGORY_DIGIT":
            chars.add("0")
        elif op.name == "CATEGORY" and value.name == "CATEGORY_SPACE":
            chars.add(" ")
        else:
            return _UNKNOWN
    return _Info(frozenset(chars)) if len(chars) <= _LONGEST else _UNKNOWN


def _branch(ways: list[_Info]) -> _Info:
    strings = [way.strings for way in ways if way.strings is not None]
    if len(strings) == len(ways) and sum(map(len, strings)) <= _STRINGS:
        return _Info(frozenset().union(*strings))
    features: set[str] = set()
    for way in ways:
        own = way.needed if way.strings is None else _features(way.strings)
        if own is None:
            return _UNKNOWN
        features |= own
    return _Info(None, frozenset(features))


def _repeat(low: int, high: int, tree: Any, left: str, right: str) -> _Info:
    once = high == 1 and low == 1
    info = _sequence(tree, left if once else "", right if once else "")
    strings = info.strings
    if strings is not None and (high == 1 or all(len(s) == 1 and not s.isalpha() for s in strings)):
        return _Info(strings if low else strings | {""})
    if not low:
        return _UNKNOWN
    return _Info(None, info.needed if strings is None else _features(strings))


@cache
def _features(strings: frozenset[str]) -> frozenset[str] | None:
    """For each string the part of it that rules out most; ``None`` where one of them has none."""
    features = set()
    for string in strings:
        best, least = "", 0.9
        for part in _parts(string):
            if (share := _one(part)) < least:
                best, least = part, share
        if not best:
            return None
        features.add(best)
    return frozenset(features)


def _parts(string: str) -> Iterator[str]:
    """Parts of words, and signs, of a string."""
    for run in _RUN.finditer(string):
        chars = run.group()
        if not "a" <= chars[0] <= "z":
            if not chars.isspace() and chars != _EDGE:
                yield chars
            continue
        ends = run.end() < len(string) and len(chars) <= _LONGEST
        yield ("^" if run.start() else "") + chars[:_LONGEST] + ("$" if ends else "")


@cache
def _one(feature: str) -> float:
    """The share of the sentences that hold a feature."""
    word = feature.strip("^$") or feature
    if len(feature) < 3 and "a" <= word[0] <= "z":
        return 1.0
    known = _SHARE.get(word)
    if known is not None or len(feature) == 1:
        return 0.03 if known is None else known
    return float(_BY_LENGTH[len(word) - 1] * 2 ** (len(word) + 2 - len(feature)))


@cache
def _share(features: frozenset[str]) -> float:
    """The share of the sentences that hold one of the features, were they independent."""
    return 1.0 - prod(1.0 - _one(feature) for feature in features)
