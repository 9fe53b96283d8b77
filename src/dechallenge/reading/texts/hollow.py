"""Long stretches that tell nothing: the same few words in any order, figures without end, codes, no sentence at all.

No report holds them; a damaged export or a hostile text does, and every pattern of the reader would be tried on it. The
beginning and the last words before other text are read, the rest is left out and told as a problem. What counts is how
many words a stretch has, how many different ones, and whether the small words are among them that no English sentence
does without. May import nothing of the house.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

LEAST = 12_000
"""Characters from which a stretch that tells nothing is left out, but for its first and last piece."""
_WIDE = 2000
"""Characters of a piece that count at the most: blanks tell nothing and cost nothing."""
_FEW = ((16, 1, 130), (128, 32, 350))
"""Pieces in a row whose words are looked at together, some 4,000 and 30,000 characters, the step from one such look to
the next, and how many different words they have at the least in a text that tells something; in reports 140 and 680."""
_SMALL_WORDS = 3
"""Different small words of some 4,000 characters of English, at the least."""
_SMALL_SHARE = 0.02
"""The share of all words that are small words, at the least."""
_BARE = 16
"""Words of a piece at the least, of some 4,000 characters taken together; in reports 24."""
_SPOKEN = (2, 0.1)
"""Different small words, and their share of the words, of a piece that is read among those that tell nothing: …"""
_OWN, _RARE = 8, 50
"""… if so many of its words stand in no more than one of so many such pieces: a sentence among figures."""
_APART = 4
"""Pieces of another kind that may stand within a stretch."""
_PATIENT = (45, 3000)
"""Characters for each patient of a text that presents many of them in the same words, which is read."""

_PIECE = re.compile(r"\S(?:\s*+\S){0,199}\w{0,40}")
_WORD = re.compile(r"[^\W\d_]+")
_AGED = re.compile(r"\d[ -](?:year|month|week|day)s?[ -]old\b", re.IGNORECASE)
_SMALL = frozenset(_WORD.findall(
    "the of and to in was with for were is on by had after at as from that which she he her his not but an this or be"
))  # fmt: skip
"""Small words that no English sentence does without; the shortest, "a", also stands in codes."""


def hollow(text: str) -> list[Span]:
    """The stretches of a text that are left out because they tell nothing, in order."""
    if len(text) < LEAST:
        return []
    pieces = [found.span() for found in _PIECE.finditer(text)]
    words = [_WORD.findall(text[start:end].lower().replace("-\n", "")) for start, end in pieces]
    empty = _empty(words)
    found = []
    for first, last in _runs(empty):
        inside = [i for i in range(first, last) if empty[i]]
        size = sum(min(pieces[i][1] - pieces[i][0], _WIDE) for i in inside)
        if size >= LEAST and not _of_patients(text, pieces[first][0], pieces[last - 1][1]):
            found += [(pieces[i][0], pieces[k][1]) for i, k in _rows(inside[1:-1])]
    return found


def _empty(words: Sequence[Sequence[str]]) -> list[bool]:
    """Whether each piece, given by its words, tells nothing."""
    sets = [set(one) for one in words]
    small = [[word for word in one if word in _SMALL] for one in words]
    empty = [False] * len(words)
    for number, step, few in _FEW:
        for window in _windows(len(words), number, step):
            if len(set().union(*sets[window])) < few * min(1, len(words) / number):
                empty[window] = [True] * (window.stop - window.start)
    number, step, _ = _FEW[0]
    for window in _windows(len(words), number, step):
        heard = [word for one in small[window] for word in one]
        said = sum(map(len, words[window]))
        if (
            len(set(heard)) < _SMALL_WORDS
            or len(heard) < _SMALL_SHARE * said
            or said < _BARE * (window.stop - window.start)
        ):
            empty[window] = [True] * (window.stop - window.start)
    told = Counter(word for one, is_empty in zip(sets, empty, strict=True) if is_empty for word in one)
    rare = max(2, sum(empty) // _RARE)
    return [
        is_empty and not (_spoken(heard, len(all_words)) and sum(told[word] <= rare for word in one) >= _OWN)
        for is_empty, one, heard, all_words in zip(empty, sets, small, words, strict=True)
    ]


def _spoken(small: Sequence[str], number: int) -> bool:
    """The small words of a piece, among a number of words in all, are those of a sentence."""
    return len(set(small)) >= _SPOKEN[0] and len(small) >= _SPOKEN[1] * number


def _windows(size: int, number: int, step: int) -> Iterator[slice]:
    """So many pieces in a row, again and again; all of them where there are fewer."""
    last = max(0, size - number)
    for start in (*range(0, last, step), last):
        yield slice(start, min(start + number, size))


def _runs(empty: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last, not included, of the pieces of each stretch; few others may stand between."""
    first, last = -1, -1
    for i, is_empty in enumerate(empty):
        if not is_empty:
            continue
        if first >= 0 and i - last > _APART:
            yield first, last
            first = -1
        if first < 0:
            first = i
        last = i + 1
    if first >= 0:
        yield first, last


def _of_patients(text: str, start: int, end: int) -> bool:
    """Many patients are presented in the same words, as in a list of cases made to one form."""
    number = sum(1 for _ in _AGED.finditer(text, start, end))
    return number > 1 and _PATIENT[0] <= (end - start) / number <= _PATIENT[1]


def _rows(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of the numbers that follow each other."""
    for i, first in enumerate(numbers):
        if not i or numbers[i - 1] + 1 < first:
            start = first
        if i + 1 == len(numbers) or first + 1 < numbers[i + 1]:
            yield start, first
