"""Laboratory values of running text: numbers, multiples of ULN, and results in words ("normal", "elevated").

``read_labs`` takes a normalised text and its sentences; every value keeps the span of the words it came from and the id
of the rule that linked it. Times are not resolved here. Titres and antibodies belong to the work-up. May import the
``labgrammar`` files, `reading.text` and `lexicon`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.quantity import PER_VOLUME_COUNT
from dechallenge.reading.laboratory.labgrammar_extremes import EXTREME, extremes
from dechallenge.reading.laboratory.labgrammar_fluids import fluids, of_blood
from dechallenge.reading.laboratory.labgrammar_limits import LimitMark
from dechallenge.reading.laboratory.labgrammar_links import links
from dechallenge.reading.laboratory.labgrammar_listed import listed
from dechallenge.reading.laboratory.labgrammar_names import Name, names
from dechallenge.reading.laboratory.labgrammar_states import State, later_states, states
from dechallenge.reading.laboratory.labgrammar_take import Link
from dechallenge.reading.laboratory.labgrammar_tokens import row
from dechallenge.reading.matching.matcher import Token
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.text import CleanText

ULN = "xULN"
"""Unit of a value printed as a multiple of the upper limit of normal."""


@dataclass(frozen=True, slots=True)
class PrintedLimit:
    """Reference limits printed beside a value, in its unit unless ``unit`` says otherwise; span of their words."""

    low: float | None
    high: float | None
    start: int
    end: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LabMention:
    """A laboratory result in the text.

    Attributes:
        analyte: Id of the analyte, or of a group ("G_…").
        value, low, high: A number, or a printed range; all ``None`` for a result in words.
        comparator: ``=``, ``<``, ``<=``, ``>``, ``>=`` or ``~``.
        unit: UCUM code, ``xULN``, or empty where none was printed; ``unit_text`` as printed.
        qualitative: ``normal``, ``elevated``, ``decreased``, ``unchanged`` or ``normalised``; also beside a number.
        limit: Reference limits printed with the value.
        start, end: Clean span that holds the analyte's word and the value, inside one sentence.
        value_start, value_end: Clean span of the value; of the word for a result in words.
        sentence: Index of the sentence.
        rule: Id of the rule that linked them.
        specimen: What was examined.
        implied: ``low`` or ``high`` where a diagnosis named the analyte ("thrombocytopenia 115").
    """

    analyte: str
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    unit: str
    unit_text: str
    qualitative: str | None
    limit: PrintedLimit | None
    start: int
    end: int
    value_start: int
    value_end: int
    sentence: int
    rule: str
    specimen: str
    implied: str = ""


_DECIMAL_COMMA = Pattern(r"(?<![\d,])\d{1,3},\d{1,2}(?![\d,])\s?(?:[mµμnkg]|U|%|×|x\s?10|fL)")
_DECIMAL_POINT = Pattern(r"(?<![\d.])\d{1,3}\.\d{1,2}(?![\d.])\s?(?:[mµμnkg]|U|%|×|x\s?10|fL)")


def read_labs(
    text: CleanText, sentences: Sequence[tuple[int, int]], words: list[Token] | None = None
) -> list[LabMention]:
    """Every laboratory result of a text, in order of appearance.

    Args:
        text: The normalised text.
        sentences: Spans of its sentences, in order, as ``reading.sentences`` gives them.
        words: Tokens of the text (``reading.matcher.tokens``), where they are known already.
    """
    body = text.text
    named, starts, decimal_comma, marks = _as_a_whole(body, words)
    found: list[LabMention] = []
    carried: Name | None = None
    counts: Name | None = None
    told: list[list[Link]] = []
    for number, (start, end) in enumerate(sentences):
        here = of_blood(body, start, named[bisect_left(starts, start) : bisect_left(starts, end)], marks)
        if not here and carried is None and counts is not None and _THE_COUNT.search(body, start, end):
            carried = counts
        furthest = list(EXTREME.finditer(body, start, end)) if told else []
        if not here and carried is None and not furthest:
            continue
        tokens = row(body, start, end, here, decimal_comma=decimal_comma)
        beside = list(listed(tokens, start, end, carried)) if tokens.every else []
        linked = sorted([*beside, *links(tokens, carried)], key=_place) if tokens.every else []
        if furthest:
            linked += extremes(tokens, [*told, linked], furthest)
        if linked:
            told.append(linked)
        found += _mentions(linked, states(tokens), later_states(tokens) if linked else [], number)
        carried = _antecedent(here, linked)
        if here or linked:
            counts = carried if carried is not None and _is_count(carried) else None
    return found


def _place(link: Link) -> tuple[int, tuple[int, int]]:
    return link.figure.start, link.anchor


_THE_COUNT = Pattern(r"\b(?:the|his|her|their|this)\s(?:\w+\s)?counts?\b(?!\s+of)", re.IGNORECASE)
"""What the cells were that were counted last, sentences before."""


def _is_count(name: Name) -> bool:
    lexicon = load_analytes()
    return any(id_ in lexicon and lexicon.get(id_).unit.dimension == PER_VOLUME_COUNT for id_ in name.ids)


_Whole = tuple[list[Name], Sequence[int], bool, Sequence[tuple[int, int, bool]]]


def _as_a_whole(body: str, words: list[Token] | None) -> _Whole:
    """What a text says as a whole, for all of its cases: the names, where they begin, decimal commas, other fluids."""
    return _looked_up(body) if words is None else _look_up(body, words)


def _look_up(body: str, words: list[Token] | None = None) -> _Whole:
    named = names(body, words)
    return named, [name.start for name in named], writes_decimal_comma(body), fluids(body)


_looked_up = lru_cache(maxsize=2)(_look_up)


def writes_decimal_comma(text: str) -> bool:
    """The document writes decimals with a comma ("83,4 mg/L") and never with a point."""
    return len(_DECIMAL_COMMA.findall(text)) > 1 and not _DECIMAL_POINT.search(text)


def _antecedent(here: Sequence[Name], linked: Sequence[Link]) -> Name | None:
    """What "it" means in the next sentence: the analyte of this one, if it has but one."""
    if linked:
        last = linked[-1].name
        return last if last is not None and len({link.analyte for link in linked}) == 1 else None
    return here[0] if len({name.ids for name in here}) == 1 and not here[0].implied else None


def _mentions(
    linked: Sequence[Link], worded: Sequence[State], later: Sequence[State], sentence: int
) -> Iterator[LabMention]:
    by_name: dict[int, State] = {state.name.start: state for state in worded}
    numbered: set[int] = set()
    result: list[LabMention] = []
    for link in linked:
        mention = _numeric(link, sentence)
        if link.name is not None and link.rule not in ("series", "carried"):
            numbered.add(link.name.start)
            state = by_name.get(link.name.start)
            if state is not None and not state.trend:
                mention = replace(mention, qualitative=state.kind)
        result.append(mention)
    linked_names = {link.name.start for link in linked if link.name is not None}
    for state in worded:
        if state.name.start not in numbered and not (state.trend and state.name.start in linked_names):
            result += _worded(state, sentence)
    for state in later:
        if not any(m.value_start == state.start and m.analyte in state.name.ids for m in result):
            result += _worded(state, sentence)
    return iter(sorted(result, key=lambda mention: (mention.value_start, mention.start)))


def _numeric(link: Link, sentence: int) -> LabMention:
    figure = link.figure
    unit = "" if figure.unit is None else ULN if figure.unit.is_uln else figure.unit.code
    return LabMention(
        analyte=link.analyte,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        comparator=figure.comparator,
        unit=unit,
        unit_text=figure.unit_text,
        qualitative=None,
        limit=None if link.limit is None else _limit(link.limit),
        start=min(link.anchor[0], figure.start),
        end=max(link.anchor[1], figure.end),
        value_start=figure.start,
        value_end=figure.end,
        sentence=sentence,
        rule=link.rule,
        specimen=_specimen(link.analyte),
        implied=link.implied,
    )


def _limit(mark: LimitMark) -> PrintedLimit:
    return PrintedLimit(mark.low, mark.high, mark.start, mark.end, "" if mark.unit is None else mark.unit.code)


def _worded(state: State, sentence: int) -> Iterator[LabMention]:
    name = state.name
    yield LabMention(
        analyte=name.ids[0],
        value=None,
        low=None,
        high=None,
        comparator="=",
        unit="",
        unit_text="",
        qualitative=state.kind,
        limit=None,
        start=min(name.start, state.start),
        end=max(name.end, state.end),
        value_start=state.start,
        value_end=state.end,
        sentence=sentence,
        rule=state.rule,
        specimen=_specimen(name.ids[0]),
    )


def _specimen(analyte: str) -> str:
    lexicon = load_analytes()
    return lexicon.get(analyte).specimen if analyte in lexicon else ""
