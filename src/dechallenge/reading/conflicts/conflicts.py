"""Contradictions and doubtful values of a case: different values for one thing, impossible times, implausible figures.

Each keeps all its quotations. ``conflicts_outside`` compares the case with the rest of the report,
``conflicts_figures`` looks at figures and names, ``conflicts_summary`` at a summary block. May import the case model,
drugs, story and statements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from dechallenge.case import Case, Conflict
from dechallenge.evidence import TextEvidence
from dechallenge.reading.claims.statements import StatementMention
from dechallenge.reading.conflicts.conflicts_figures import figures
from dechallenge.reading.conflicts.conflicts_outside import outside
from dechallenge.reading.conflicts.conflicts_summary import summary
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.layout.segments import CaseText, Layout
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.story import Story
from dechallenge.reading.texts.text import CleanText

_EVERY = Pattern(
    r"\b(?:once\s+)?every\s+(?P<n>\d+|two|three|four|six|eight|twelve)?\s*(?P<u>hours?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_WORDS = {"two": "2", "three": "3", "four": "4", "six": "6", "eight": "8", "twelve": "12"}


class Source(Protocol):
    """What is needed of the source of a case."""

    @property
    def plan(self) -> Layout: ...
    @property
    def case(self) -> CaseText: ...
    @property
    def abbreviations(self) -> Mapping[str, str]: ...
    @property
    def shared_statements(self) -> tuple[StatementMention, ...]: ...


def conflicts(source: Source, case: Case, spans: Sequence[tuple[int, int]], story: Story) -> tuple[Conflict, ...]:
    """All contradictions found in a case."""
    text = source.plan.text
    found: list[Conflict] = []
    found += _scores(text, case, source.shared_statements)
    found += _intervals(text, spans)
    found += _times(text, story)
    found += _implausible(case)
    parts, alone = source.case.parts, len(source.plan.cases) == 1
    found += figures(text, parts, spans, case)
    found += outside(source.plan, parts, case, source.case.number, source.abbreviations)
    if alone:
        elsewhere = [s for s in source.plan.shared if not any(a <= s[0] < b for a, b in parts)]
        found += summary(text, source.plan.key_points, parts, case, elsewhere)
    return tuple(found)


def _scores(text: CleanText, case: Case, shared: Sequence[StatementMention]) -> list[Conflict]:
    """One scale with different results in different places of the report."""
    outside = {(s.start, s.end) for s in shared}
    groups: dict[tuple[str, str], list[tuple[str, TextEvidence]]] = {}
    inside: set[tuple[str, str]] = set()
    spans = {text.quote(a, b).start for a, b in outside}
    for statement in case.statements:
        if statement.kind != "score" or not statement.method or not statement.result:
            continue
        key = (statement.kind, statement.method)
        for words in statement.evidence:
            if isinstance(words, TextEvidence):
                groups.setdefault(key, []).append((statement.result, words))
                if words.start not in spans:
                    inside.add(key)
    out = []
    for key, results in groups.items():
        values = list(dict.fromkeys(r for r, _ in results))
        if key in inside and len(values) > 1:
            out.append(
                Conflict(
                    kind="contradiction",
                    what=f"{key[1]}: {' / '.join(values)}",
                    affects="kept apart; no score uses it",
                    evidence=tuple(w for _, w in results),
                )
            )
    return out


_DOSE_CHANGED = re.compile(
    r"\bdos(?:es?|ages?|ing)\s+(?:was|were|had\s+been)\s+(?:\w+ly\s+)?(?:increas|reduc|chang|adjust|doubl|halv|titrat|escalat|modif)\w*|"
    r"\b(?:increas|reduc|chang|adjust|doubl|halv|titrat|escalat|modif)\w*\s+(?:\w+\s+){0,3}dos(?:e|es|ages?)\b",
    re.IGNORECASE,
)


def _intervals(text: CleanText, spans: Sequence[tuple[int, int]]) -> list[Conflict]:
    """One drug given at two different intervals without a change of dose being told."""
    body = text.text
    seen: dict[str, list[tuple[str, tuple[int, int]]]] = {}
    for index, (start, end) in enumerate(spans):
        stated = list(_EVERY.finditer(body, start, end))
        drugs = [d for d in read_drugs(body, [(start, end)]) if d.drug] if stated else []
        for match in stated:
            near = [d for d in drugs if d.end <= match.start() and match.start() - d.end < 60]
            if not near or re.search(r"\b(?:increas|reduc|chang|then)\w*\b", body[near[-1].end : match.start()]):
                continue
            if _DOSE_CHANGED.search(body, start, near[-1].start):
                continue  # "doses were increased: X every 12 hours and Y every 8 hours"
            number = (match["n"] or "1").lower()
            value = f"every {_WORDS.get(number, number)} {match['u'].lower().rstrip('s')}s"
            seen.setdefault(near[-1].drug, []).append((value, (near[-1].start, match.end())))
        del index
    out = []
    for drug, given in seen.items():
        values = list(dict.fromkeys(v for v, _ in given))
        if len(values) > 1:
            out.append(
                Conflict(
                    kind="contradiction",
                    what=f"{drug}: {' against '.join(values)}",
                    affects="dosing interval",
                    evidence=tuple(text.quote(*s) for _, s in given),
                )
            )
    return out


def _times(text: CleanText, story: Story) -> list[Conflict]:
    out = []
    for clash in story.network.contradictions:
        label = clash.label
        if not isinstance(label, TimeMention):
            continue
        beat = next(
            (
                b
                for b in story.beats
                if b.time is not None and b.time.amount == label.amount and b.time.kind == label.kind
            ),
            None,
        )
        if beat is None or beat.time is None:
            continue
        out.append(
            Conflict(
                kind="timeline",
                what="this time does not fit the times stated before it",
                affects="time course",
                evidence=(text.quote(beat.time.start, beat.time.end),),
            )
        )
    return out


def _implausible(case: Case) -> list[Conflict]:
    out = []
    for item in case.measurements:
        for flag in item.flags:
            if flag.kind not in ("implausible", "unit", "extreme"):
                continue
            repair = None
            if flag.repair:
                repair = f"{flag.repair['value']:g} {flag.repair['unit']}"
            out.append(
                Conflict(
                    kind="extreme value" if flag.kind == "extreme" else "implausible value",
                    what=flag.message or f"{item.analyte} {item.value:g} {item.unit_as_written} is not plausible",
                    affects=item.analyte,
                    repair=repair,
                    evidence=item.evidence,
                )
            )
    return out
