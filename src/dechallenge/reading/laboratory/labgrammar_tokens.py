"""One sentence as a row of laboratory tokens, and the same row as a string of one-letter tags.

The linking rules are patterns over that string. Tags: A analyte · D diagnosis that implies one · G value glued to its
analyte · Q figure with unit · N bare figure · x stop · c noun that makes another thing of a name · o any other word,
and the tags of ``labgrammar_words``. Brackets without a figure and printed limits are taken out. May import the other
``labgrammar`` files.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dechallenge.quantity import PER_VOLUME_COUNT
from dechallenge.reading.laboratory.labgrammar_figures import Figure, figures, unit_at
from dechallenge.reading.laboratory.labgrammar_limits import LimitMark, limit_marks
from dechallenge.reading.laboratory.labgrammar_names import Name
from dechallenge.reading.laboratory.labgrammar_words import (
    ABNORMAL,
    BILIRUBIN_PARTS,
    COUNTS,
    LIGHT,
    PUNCTUATION,
    TAGS,
    WORD,
    Quality,
    qualities,
)


@dataclass(slots=True)
class Token:
    """A piece of the sentence; ``figure``, ``name`` and ``quality`` where the tag says so."""

    tag: str
    start: int
    end: int
    name: Name | None = None
    figure: Figure | None = None
    quality: Quality | None = None
    limit: LimitMark | None = None
    part: str = ""


@dataclass(slots=True)
class Row:
    """The tokens of one sentence.

    Attributes:
        every: All tokens, brackets included, for the rules of qualitative results.
        text: The text that the offsets of the tokens belong to.
        tokens, tags: Without limits, noun parts and brackets that hold no figure, for the rules of numbers.
    """

    every: list[Token]
    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    @property
    def string(self) -> str:
        return "".join(self.tags)

    def used(self, index: int) -> None:
        """A figure that has been linked stops every later rule."""
        self.tags[index] = "x"


_CELLS = re.compile(r"\s?(?:[(\[][^()\[\]]{1,14}[)\]]\s?)?")


def row(text: str, start: int, end: int, names: Sequence[Name], *, decimal_comma: bool = False) -> Row:
    """Tokens of the sentence ``text[start:end]``; none where it holds neither a figure nor a result in words.

    Args:
        text: Normalised text.
        start, end: The sentence.
        names: The analytes named in it, in order.
        decimal_comma: The document writes decimals with a comma.
    """
    limits = limit_marks(text, start, end, decimal_comma=decimal_comma)
    begins, stops = {name.start for name in names}, {name.end for name in names}
    numbers = [
        figure
        for figure in figures(text, start, end, begins, stops, decimal_comma=decimal_comma)
        if not _inside(figure.start, limits)
        and not any(n.start <= figure.start and figure.end <= n.end for n in _near(names, figure))
    ]
    worded = qualities(text, start, end)
    if not worded and not any(f.kind in "QN" for f in numbers) and not ABNORMAL.search(text, start, end):
        return Row([])
    pieces = [Token("D" if n.implied else "A", n.start, n.end, name=n) for n in names]
    pieces += [Token(f.kind, f.start, f.end, figure=f) for f in numbers]
    pieces += [Token("L", mark.start, mark.end, limit=mark) for mark in limits]
    pieces.sort(key=lambda token: (token.start, -token.end))
    pieces = _glue(text, end, _disjoint(pieces))
    every = _words(text, start, end, pieces, worded)
    _range_limits(text, end, every)
    result = Row(every, text)
    for token in _without_plain_brackets(every):
        if token.tag == "m":
            continue
        if token.tag == "L":
            _attach_limit(result.tokens, token)
            continue
        result.tokens.append(token)
        result.tags.append(token.tag)
    _late_limits(result.tokens, every)
    return result


def _near(names: Sequence[Name], figure: Figure) -> Sequence[Name]:
    starts = [name.start for name in names] if len(names) < 40 else None
    if starts is None:
        i = bisect_right(names, figure.start, key=lambda name: name.start)
        return names[max(0, i - 2) : i + 1]
    i = bisect_right(starts, figure.start)
    return names[max(0, i - 2) : i + 1]


def _inside(position: int, limits: Sequence[LimitMark]) -> bool:
    i = bisect_right(limits, position, key=lambda mark: mark.start) - 1
    return i >= 0 and position < limits[i].end


def _disjoint(pieces: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for piece in pieces:
        if kept and piece.start < kept[-1].end:
            if piece.tag == "L":
                kept[-1] = piece
            continue
        kept.append(piece)
    return kept


def _glue(text: str, end: int, pieces: list[Token]) -> list[Token]:
    """ "8660leucocytes/mm3", "750 PMN/mm3", "6190neutrophils (PMN)/mm3": number, cells and volume are one token."""
    result: list[Token] = []
    skip = -1
    for i, piece in enumerate(pieces):
        if piece.start < skip:
            continue
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        if piece.tag == "N" and after is not None and after.name is not None and after.start - piece.end <= 1:
            gap = _CELLS.match(text, after.end, end)
            found = unit_at(text, gap.end() if gap else after.end, end)
            if found and found[0].dimension in (PER_VOLUME_COUNT, "number") and piece.figure is not None:
                figure = piece.figure.counted(text, found)
                result.append(Token("G", piece.start, found[2], name=after.name, figure=figure))
                skip = found[2]
                continue
        result.append(piece)
    return result


def _words(text: str, start: int, end: int, pieces: list[Token], states: list[Quality]) -> list[Token]:
    """Fill the gaps between the pieces with words and punctuation."""
    result: list[Token] = []
    position = start
    for piece in [*pieces, Token("", end, end)]:
        _fill(text, position, piece.start, states, result)
        if piece.tag:
            result.append(piece)
        position = max(position, piece.end)
    _bilirubin_parts(result)
    _compounds(text, result)
    return result


def _compounds(text: str, tokens: list[Token]) -> None:
    """ "albumin gradient", "platelet transfusion": a noun right behind a name makes something else of it."""
    for before, token in pairwise(tokens):
        if token.tag == "o" and before.tag == "A" and token.name is None and token.figure is None:
            word = text[token.start : token.end].lower()
            if word.isalpha() and word not in LIGHT and not word.endswith(("ly", "ed", "ing")):
                token.tag = "c"


def _fill(text: str, start: int, end: int, states: list[Quality], result: list[Token]) -> None:
    position = start
    i = bisect_left(states, start, key=lambda state: state.start)
    while position < end:
        match = WORD.search(text, position, end)
        if match is None:
            return
        while i < len(states) and states[i].start < match.start():
            i += 1
        if i < len(states) and states[i].start == match.start() and states[i].end <= end:
            state = states[i]
            word = match.group().lower()
            tag = "v" if TAGS.get(word) == "v" and not state.noun and state.kind != "normal" else "q"
            result.append(Token(tag, state.start, state.end, quality=state))
            position = state.end
            continue
        word = match.group()
        low = word.lower()
        if COUNTS.match(text, match.start(), end):
            result.append(Token("P", match.start(), match.end()))
            position = match.end()
            continue
        tag = PUNCTUATION.get(word) or ("=" if word == "-" else "&" if low.startswith("as ") else TAGS.get(low, "o"))
        result.append(Token(tag, match.start(), match.end(), part=BILIRUBIN_PARTS.get(low, "")))
        position = match.end()


def _bilirubin_parts(tokens: list[Token]) -> None:
    """ "direct" is a fraction of bilirubin only behind bilirubin, and "total" only where a value follows at once."""
    seen = False
    for i, token in enumerate(tokens):
        if token.name is not None:
            if any(identity.startswith(("BILI", "G_BILI")) for identity in token.name.ids):
                seen = True
            elif token.tag == "A":
                seen = seen and i > 0 and tokens[i - 1].tag in "(="
        elif seen and token.part:
            following = tokens[i + 1].tag if i + 1 < len(tokens) else ""
            if token.part != "BILI_TOT" or following in ("=", "Q", "N"):
                token.tag = "s"


def _range_limits(text: str, end: int, tokens: list[Token]) -> None:
    """A range, or a bound, alone in a bracket behind a value is its reference: "120 U/L (7-56)", "612 U/L (<50)"."""
    for i in range(3, len(tokens)):
        value, opening, reference, closing = tokens[i - 3 : i + 1]
        if (
            opening.tag == "(" and closing.tag == ")" and value.tag in "QN" and reference.tag in "QN"
            and value.figure is not None and reference.figure is not None
            and (reference.figure.is_range or reference.figure.comparator in ("<", "<=")) and not value.figure.is_range
            and (
                reference.figure.unit in (None, value.figure.unit)
                or not (value.figure.unit or value.figure.unit_text)
            )
            and not (value.figure.unit is not None and value.figure.unit.is_uln)
            and (reference.figure.comparator == "=" or not reference.figure.is_range)
            and (reference.figure.is_range or value.figure.comparator == "=")
        ):  # fmt: skip
            figure = reference.figure
            low, high = (figure.low, figure.high) if figure.is_range else (None, figure.value)
            printed = unit_at(text, closing.end, end) if value.tag == "N" and figure.unit is None else None
            reference.limit = LimitMark(reference.start, reference.end, low, high, figure.unit)
            if value.tag == "N" and figure.unit is not None and _lends(value, reference.limit):
                printed = (figure.unit, figure.unit_text, figure.end)
            if printed is not None and "lab" in printed[0].kinds:
                value.figure, value.tag = value.figure.united(printed), "Q"
            reference.tag = "L"


def _lends(value: Token, limit: LimitMark) -> bool:
    """ "ALT 426 (9–68 IU/L)": the unit of the reference is that of a value without one.

    Counts often differ in theirs ("platelets 131 (150,000–400,000/mm³)"): they take it only where they are of one size.
    """
    figure, unit = value.figure, limit.unit
    if figure is None or figure.unit is not None or figure.unit_text or unit is None or unit.is_uln:
        return False
    if not (unit.is_plain_count or unit.dimension == PER_VOLUME_COUNT):
        return True
    if figure.value is None or not limit.high:
        return False
    return _LEAST_OF_LIMIT <= figure.value / limit.high <= 1 / _LEAST_OF_LIMIT


_LEAST_OF_LIMIT = 1 / 200
"""Share of its limit from which a count is taken to be printed in the limit's unit; a thousandfold lies beyond."""


def _without_plain_brackets(tokens: list[Token]) -> list[Token]:
    """Drop brackets that hold no figure, and the bracket marks around a limit that stands alone."""
    drop = [False] * len(tokens)
    stack: list[int] = []
    holds: list[bool] = []
    for i, token in enumerate(tokens):
        if token.tag == "(":
            stack.append(i)
            holds.append(False)
        elif token.tag == ")" and stack:
            first, kept = stack.pop(), holds.pop()
            if kept:
                if holds:
                    holds[-1] = True
                continue
            for j in range(first, i + 1):
                if tokens[j].tag != "L":
                    drop[j] = True
        elif token.figure is not None and token.tag in "QNGx" and holds:
            holds[-1] = True
    for first, kept in zip(stack, holds, strict=True):
        if not kept:
            drop[first] = True
    return [token for i, token in enumerate(tokens) if not drop[i]]


def _attach_limit(before: list[Token], mark: Token) -> None:
    if mark.limit is not None and mark.limit.low is None and mark.limit.high is None:
        return  # limits of several analytes
    near = before[:-1] if before and before[-1].tag == ";" else before  # "ALT (61 U/L; normal range, 0-40 U/L)"
    for token in reversed(near[-4:]):
        if token.tag in "QNG":
            if token.tag == "N" and mark.limit is not None and token.figure and _lends(token, mark.limit):
                assert mark.limit.unit is not None
                token.figure = token.figure.united((mark.limit.unit, mark.limit.unit_text, mark.end))
                token.tag = "Q"
            token.limit = token.limit or mark.limit
            return
        if token.tag in "A;.b":
            return


def _late_limits(tokens: list[Token], every: list[Token]) -> None:
    """A limit printed between the name and the value: "ALT (normal <40) was 500"."""
    for i, mark in enumerate(every):
        if mark.tag != "L" or i == 0:
            continue
        before = next((t for t in reversed(every[max(0, i - 4) : i]) if t.tag in "AQNG"), None)
        if before is None or before.tag != "A":
            continue
        after = next((t for t in every[i + 1 : i + 7] if t.tag in "AQNG"), None)
        if after is not None and after.tag in "QN" and after.limit is None:
            after.limit = mark.limit
