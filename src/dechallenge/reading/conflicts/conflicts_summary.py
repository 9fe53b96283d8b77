"""A summary block (key points) against the narrative it sums up, and what one text says twice of the drug itself.

A severity by a hospital stay that the narrative does not tell, medicines listed that it does not name or left out that
it does, a recovery whose time it does not give; two ranges of latency, two sets of patterns. May import the case model,
drugs and the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dechallenge.case import Case, Conflict
from dechallenge.evidence import TextEvidence
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.text import CleanText

Span = tuple[int, int]

_LINE = Pattern(r"(?:^|\n|(?<=\s))(?P<name>Severity|Recovery|Other\s+medications?)\s*:\s*(?P<said>[^\n]{1,160})")
_NEXT = Pattern(r"\s(?:Medication|Pattern|Severity|Latency|Recovery|Other\s+medications?|Comment)s?\s*:?(?=\s|$)")
_STAY = Pattern(r"\bhospitali[sz]\w*", re.IGNORECASE)
_ADMITTED = Pattern(
    r"\b(?:hospital\w*|admitted|admission|readmitted|inpatient|in-patient|intensive\s+care|ICU|ward|discharged)\b",
    re.IGNORECASE,
)
_HOW_LONG = Pattern(r"(?P<n>\d{1,3})(?:\s?(?:-|\u2013|to)\s?\d{1,3})?\s+(?P<unit>day|week|month|year)s?", re.IGNORECASE)
_NORMAL = Pattern(
    r"\b(?:normal\w*|resol\w+|recover\w+|cleared|disappear\w*|subsided|well|asymptomatic)\b", re.IGNORECASE
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_UNIT = r"(?P<{}>days?|weeks?|months?|years?)"
_LATENCY = (
    Pattern(
        r"\b(?:onset|latency)\b[^.;]{0,50}?\b(?P<a>a\s+few|few|\d{1,3})\s+(?:"
        + _UNIT.format("ua")
        + r"\s+)?(?:to|and|-)\s+(?:up\s+to\s+)?(?P<b>\d{1,3})\s+" + _UNIT.format("ub"),
        re.IGNORECASE,
    ),
    Pattern(
        r"\b(?P<a>a\s+few|few|\d{1,3})\s*(?:" + _UNIT.format("ua") + r"\s+)?(?:to|-|\u2013)\s*(?P<b>\d{1,3})[\s-]+"
        + _UNIT.format("ub") + r"\s+latency\b",
        re.IGNORECASE,
    ),
)  # fmt: skip
_TWICE = 2.0
"""Two ranges agree unless their upper ends are apart by more than this factor."""
_KIND = r"(?:hepatocellular|cholestatic|mixed)"
_PATTERN = Pattern(
    rf"\b(?P<kinds>{_KIND}(?:\s*(?:,|or|and|to|/)\s*{_KIND}){{0,2}})\s+pattern\s+of\s+(?:serum|liver)\s+enzymes?\b",
    re.IGNORECASE,
)
_NOT_SAID = Pattern(r"\b(?:no|not|without|rather\s+than|instead\s+of)\b[^.;]{0,30}$", re.IGNORECASE)


def summary(
    text: CleanText, blocks: Sequence[Span], parts: Sequence[Span], case: Case, outside: Sequence[Span]
) -> list[Conflict]:
    """All doubts of this kind.

    Args:
        text: The normalised text.
        blocks: Spans of the summary blocks.
        parts: Spans of the case.
        case: The case as read so far.
        outside: Sections that are no case.
    """
    found: list[Conflict] = []
    for start, end in blocks:
        for match in _LINE.finditer(text.text, start, end):
            line = _until_next(text.text, *match.span("said"))
            name = match["name"].lower().split()[0]
            if name == "severity":
                found += _severity(text, line, parts)
            elif name == "other":
                found += _medicines(text, (match.start(), line[1]), parts)
            else:
                found += _recovery(text, line, parts, case)
    found += _latencies(text, outside)
    found += _patterns(text, outside)
    return found


def _until_next(body: str, start: int, end: int) -> Span:
    cut = _NEXT.search(body, start, end)
    stop = cut.start() if cut else end
    return start, start + len(body[start:stop].rstrip())


def _told(body: str, parts: Sequence[Span], pattern: Pattern) -> bool:
    return any(pattern.search(body, a, b) for a, b in parts)


def _severity(text: CleanText, line: Span, parts: Sequence[Span]) -> Iterator[Conflict]:
    stay = _STAY.search(text.text, *line)
    if stay is not None and not _told(text.text, parts, _ADMITTED):
        yield Conflict(
            kind="statement against narrative",
            what="the summary grades by a hospital stay that the narrative does not tell",
            affects="severity; the narrative is used",
            evidence=(text.quote(*line),),
        )


def _medicines(text: CleanText, line: Span, parts: Sequence[Span]) -> Iterator[Conflict]:
    listed = {d.drug: d for d in read_drugs(text.text, [line]) if d.drug}
    named = {d.drug for d in read_drugs(text.text, list(parts)) if d.drug}
    missing = [drug for drug in listed if drug not in named]
    if missing and named:
        yield Conflict(
            kind="statement against narrative",
            what=f"listed in the summary, not named in the narrative: {', '.join(missing)}",
            affects="other medicines",
            evidence=tuple(text.quote(listed[drug].start, listed[drug].end) for drug in missing),
        )


def _recovery(text: CleanText, line: Span, parts: Sequence[Span], case: Case) -> Iterator[Conflict]:
    """A time of recovery where the narrative tells neither a recovery nor a normal value after the reaction."""
    stated = _HOW_LONG.search(text.text, *line)
    recovered = any(e.recovery is not None or e.recovery_from_stop is not None for e in case.events)
    if stated is None or recovered or any(e.outcome == "recovered" for e in case.events):
        return
    same = Pattern(rf"\b{stated['n']}\s+{stated['unit']}s?\b[^.;]{{0,60}}", re.IGNORECASE)
    if any(_NORMAL.search(m.group()) for a, b in parts for m in same.finditer(text.text, a, b)):
        return
    yield Conflict(
        kind="statement against narrative",
        what="the summary gives a time of recovery, the narrative tells no normal value and no recovery",
        affects="recovery; the narrative is used",
        evidence=(text.quote(*line),),
    )


def _latencies(text: CleanText, sections: Sequence[Span]) -> Iterator[Conflict]:
    """Two ranges of the latency of the drug in one text."""
    found: list[tuple[float, TextEvidence]] = []
    for start, end in sections:
        for pattern in _LATENCY:
            for match in pattern.finditer(text.text, start, end):
                days = int(match["b"]) * _DAYS[match["ub"].lower().rstrip("s")]
                found.append((days, text.quote(*match.span())))
    ends = [days for days, _ in found]
    if ends and max(ends) > _TWICE * min(ends):
        yield Conflict(
            kind="contradiction",
            what="two ranges of the latency of the drug in general",
            affects="nothing in the case; the case's own latency is used",
            evidence=tuple(quote for _, quote in found),
        )


def _patterns(text: CleanText, sections: Sequence[Span]) -> Iterator[Conflict]:
    """Two sets of patterns of the injury by the drug in one text."""
    found: dict[frozenset[str], TextEvidence] = {}
    for start, end in sections:
        for match in _PATTERN.finditer(text.text, start, end):
            if not _NOT_SAID.search(text.text[max(start, match.start() - 40) : match.start()]):
                kinds = frozenset(re.findall(_KIND, match["kinds"].lower()))
                found.setdefault(kinds, text.quote(*match.span()))
    if len(found) > 1:
        yield Conflict(
            kind="contradiction",
            what="two patterns of the injury by the drug in general: "
            + " against ".join(" or ".join(sorted(kinds)) for kinds in found),
            affects="nothing in the case; the case's own values are used",
            evidence=tuple(found.values()),
        )
