"""Doubts that the figures and names of a case raise by themselves.

A treatment that lasted longer than the dates around it allow, tests under a heading that is not theirs, a low count
that is none; dose sums are in ``dosesums``. May import the case model, drugs, the analyte lexicon and the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dechallenge.case import Case, Conflict
from dechallenge.evidence import words
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.text import CleanText

Span = tuple[int, int]

_TRANSAMINASES = Pattern(
    r"\b(?:amino)?trans(?:aminases?|ferases?)(?:\s+(?:increases?|elevations?|levels?|values?|rises?)){0,2}\s*"
    r"(?:\((?P<list>(?:[^()\[\]]|\[[^\]]{0,20}\]){1,240})\)?|[-\u2013:]\s*(?P<one>(?:LDH|lactate|GGT|ALP|alkaline|bilirubin)[^,;.]{0,60}))",
    re.IGNORECASE,
)
_NO_TRANSAMINASE = Pattern(
    r"\b(?:LDH|lact(?:ate|ic)\s+dehydr\w*|GGT|gamma[- ]?glutamyl\w*(?:\s+trans\w+)?|ALP|alkaline\s+phosphatase|"
    r"bilirubin|amylase|lipase|creatine\s+kinase|CK)\b",
    re.IGNORECASE,
)
_COUNTS = {
    "cytopenia": ("WBC", "PLT", "HGB", "NEUT"),
    "pancytopenia": ("WBC", "PLT", "HGB", "NEUT"),
    "leukopenia": ("WBC",),
    "leucopenia": ("WBC",),
    "neutropenia": ("NEUT",),
    "thrombocytopenia": ("PLT",),
    "anemia": ("HGB",),
    "anaemia": ("HGB",),
}
_LOW = Pattern(rf"\b(?P<name>{'|'.join(_COUNTS)})s?\s*\((?P<in>[^()]{{1,160}})\)", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = Pattern(rf"\b(?:(?P<month>{_MONTHS})\s+)?(?P<year>(?:19|20)\d\d)\b")
_DIAGNOSED = Pattern(r"\b(?:diagnos(?:ed|is)|first\s+diagnosed)\b", re.IGNORECASE)
_FOR_YEARS = Pattern(r"\bfor\s+(?:about\s+|approximately\s+|~\s?)?(?P<n>\d{1,2})\s+years\b", re.IGNORECASE)
_EARLIER = Pattern(r"\b(?:had|has|have)\s+(?:already\s+|previously\s+)?been\b|\bpreviously\b", re.IGNORECASE)
_ENDED = Pattern(r"\b(?:discontinued|stopped|withdrawn|ceased|replaced|switched)\b", re.IGNORECASE)
_STARTED = Pattern(r"\b(?:treated\s+with|started|begun|began|initiated|given|received|switched)\b", re.IGNORECASE)


def figures(text: CleanText, parts: Sequence[Span], spans: Sequence[Span], case: Case) -> list[Conflict]:
    """All doubts of this kind in a case.

    Args:
        text: The normalised text.
        parts: Spans of the case.
        spans: Its sentences, in order.
        case: The case as read so far.
    """
    found: list[Conflict] = []
    for start, end in parts:
        found += _transaminases(text, start, end)
        found += _counts(text, start, end, case)
    found += _durations(text, spans)
    return found


def _transaminases(text: CleanText, start: int, end: int) -> Iterator[Conflict]:
    for match in _TRANSAMINASES.finditer(text.text, start, end):
        group = "list" if match["list"] else "one"
        wrong = [m.group() for m in _NO_TRANSAMINASE.finditer(text.text, *match.span(group))]
        if wrong:
            names = ", ".join(dict.fromkeys(" ".join(name.split()) for name in wrong))
            yield Conflict(
                kind="category",
                what=f"listed as a transaminase, and none: {names}",
                affects="nothing; each value is read by its own name",
                repair="read as values of their own",
                evidence=(text.quote(*match.span()),),
            )


def _counts(text: CleanText, start: int, end: int, case: Case) -> Iterator[Conflict]:
    """A cytopenia with a count in brackets that is not low."""
    lexicon = load_analytes()
    for match in _LOW.finditer(text.text, start, end):
        place = text.quote(*match.span("in"))
        for item in case.measurements:
            here = [w for w in words(item.evidence) if place.start <= w.start and w.end <= place.end]
            if not here or item.analyte not in _COUNTS[match["name"].lower()] or item.canonical is None:
                continue
            low = lexicon.default_limits(item.analyte, case.patient.sex).low
            if any(f.kind in ("implausible", "unit") for f in item.flags) or low is None or item.canonical < low:
                continue
            yield Conflict(
                kind="finding against value",
                what=f"{match['name'].lower()} with {item.analyte} {item.value:g} {item.unit_as_written}, which is not "
                f"low (default lower limit {low:g})",
                affects=item.analyte,
                evidence=(text.quote(*match.span("name")), *here),
            )


def _durations(text: CleanText, spans: Sequence[Span]) -> Iterator[Conflict]:
    """A treatment after a dated diagnosis, ended before a dated next one, that lasted longer than the time between."""
    body = text.text
    since: re.Match[str] | None = None
    lasted: tuple[re.Match[str], bool] | None = None
    for start, end in spans:
        sentence = body[start:end]
        date = _DATE.search(body, start, end)
        if since is not None and lasted is not None and date is not None and lasted[1] and _STARTED.search(sentence):
            longest = _months(date, last=True) - _months(since, last=False)
            years = int(lasted[0]["n"])
            if longest < 12 * (years - 0.5):
                yield Conflict(
                    kind="timeline",
                    what=f"{years} years of treatment in a time of at most {longest / 12:.1f} years",
                    affects="duration of that treatment",
                    evidence=tuple(text.quote(*m.span()) for m in (since, lasted[0], date)),
                )
            return
        if date is not None and _DIAGNOSED.search(sentence):
            since, lasted = date, None
        told = _FOR_YEARS.search(body, start, end)
        if (
            since is not None
            and told is not None
            and not _EARLIER.search(sentence)
            and read_drugs(body, [(start, end)])
        ):
            lasted = (told, False)
        if lasted is not None and _ENDED.search(sentence):
            lasted = (lasted[0], True)


def _months(date: re.Match[str], *, last: bool) -> int:
    """Months since year 0, at the first or the last month that a date allows."""
    month = _MONTHS.split("|").index(date["month"]) + 1 if date["month"] else (12 if last else 1)
    return int(date["year"]) * 12 + month
