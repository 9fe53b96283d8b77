"""A highest or lowest value that names no analyte: "the nadir was 61 × 10⁹/L on day 10", "the peak was 2,300 U/L".

It is one of the analyte that was spoken of last and could have it; where two could, it is nobody's. Runs after the
other linking rules. May import the other ``labgrammar`` files below the rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.quantity import PER_VOLUME_COUNT
from dechallenge.reading.laboratory.labgrammar_figures import TIMES, Figure
from dechallenge.reading.laboratory.labgrammar_names import Name, suits
from dechallenge.reading.laboratory.labgrammar_take import Link, take
from dechallenge.reading.laboratory.labgrammar_tokens import Row
from dechallenge.reading.matching.triggers import Pattern

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN = (
    r"(?:[\s,(]*(?:which\s+|that\s+)?(?:(?:was\s+)?(?:reached|recorded|seen|observed|noted|measured|found|came|occurred)\b\s*)?"
    r"(?:(?:on|at|by|in|after)\s+)?(?:(?:post-?\s?operative\s+|hospital\s+|illness\s+)?(?:day|week|month)\s+\d{1,3}|"
    rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})(?:\s+(?:19|20)\d\d)?|(?:{_MONTHS})\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?|"
    r"the\s+\w+\s+(?:\w+\s+)?day|\d{1,3}\s+(?:hours|days|weeks)\s+(?:later|after\s+\w+))[\s,)]*)?"
)
EXTREME = Pattern(
    r"\b(?:the|its|a|his|her|their)\s+(?:overall\s+|absolute\s+|recorded\s+|observed\s+){0,2}"
    r"(?:nadir|trough|peak|zenith|maximum|minimum|(?:highest|lowest|maximum|maximal|minimum|minimal|peak|worst)\s+"
    r"(?:recorded\s+|measured\s+|observed\s+)?(?P<noun>values?|levels?|counts?|concentrations?|figures?|results?|activity))"
    rf"{_WHEN}(?:\s*(?:[,:=(]|\b(?:was|were|of|at|being|reached)\b)\s*)+(?:only\s+|about\s+)?(?=[<>~≤≥]?\s?\d)",
    re.IGNORECASE,
)
"""Up to the figure; what it is of is told by the sentences before."""
_AWAY = 200.0
"""Factor between two values of one analyte from which a number without a unit is rather something else."""


def extremes(row: Row, told: Sequence[Sequence[Link]], spans: Sequence[re.Match[str]]) -> list[Link]:
    """The extreme values of a sentence, each of the analyte that was spoken of last.

    Args:
        row: The sentence.
        told: What was linked in the sentences before, the latest last; then what other rules linked in this one.
        spans: Matches of :data:`EXTREME` in the sentence.
    """
    found: list[Link] = []
    named = [token.start for token in row.every if token.tag in "AD"]
    for match in spans:
        for index, token in enumerate(row.tokens):
            figure = token.figure
            if figure is None or row.tags[index] not in "QN" or not 0 <= figure.start - match.end() <= 2:
                continue
            if any(match.start() <= start < figure.start for start in named):
                continue
            before = _last(told, figure, counts=(match["noun"] or "").lower().startswith("count"))
            if before is None or before.name is None:
                continue
            figure = figure if figure.unit is not None else figure.with_unit(before.figure)
            if link := take(row, index, before.name, figure, "extreme"):
                words = (match.start(), match.end())
                found.append(Link(link.analyte, link.figure, link.rule, words, link.name, link.limit, link.implied))
    return found


def _last(told: Sequence[Sequence[Link]], figure: Figure, *, counts: bool) -> Link | None:
    """The value told last of which this could be another; ``None`` where two analytes of one sentence could."""
    for links in reversed(told):
        fitting = {link.analyte: link for link in links if _fits(link, figure) and (not counts or _counted(link.name))}
        if len(fitting) > 1:
            return None
        if fitting:
            return next(iter(fitting.values()))
    return None


def _fits(link: Link, figure: Figure) -> bool:
    unit, old, new = link.figure.unit, link.figure.value, figure.value
    if link.name is None or link.name.implied or unit is None or old is None or new is None or unit.is_uln:
        return False
    if figure.unit is not None:
        return figure.unit.dimension == unit.dimension and suits(link.name.ids, figure.unit, new)
    if figure.unit_text or link.figure.unit_text == TIMES or old <= 0 or not 1 / _AWAY < new / old < _AWAY:
        return False
    return suits(link.name.ids, unit, new)


def _counted(name: Name | None) -> bool:
    lexicon = load_analytes()
    return name is not None and any(
        id_ in lexicon and lexicon.get(id_).unit.dimension == PER_VOLUME_COUNT for id_ in name.ids
    )
