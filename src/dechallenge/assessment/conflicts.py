"""Contradictions and doubts: those the reader found, and those that only the assessment can see.

Statements are compared with what was worked out; they never change it. May import the facts and the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dechallenge.assessment.model import ConflictOut, SuspectOut
from dechallenge.case.model import Case, Measurement
from dechallenge.evidence import Evidence, words
from dechallenge.facts.values import tell

_FIGURE = re.compile(r"(\d+(?:\.\d+)?)")
R_TOLERANCE = 0.10
"""A stated R within a tenth of the computed one is the same R, rounded."""


def conflicts(case: Case, suspects: Iterable[SuspectOut]) -> tuple[ConflictOut, ...]:
    """All conflicts of a case; a doubtful value that the reader listed is not listed again."""
    found = [
        ConflictOut(kind=c.kind, what=c.what, affects=c.affects, repair=c.repair, evidence=c.evidence)
        for c in case.conflicts
    ]
    listed = {key for conflict in found if "implausible" in conflict.kind for key in _places(conflict.evidence)}
    for item in case.measurements:
        if not any(f.kind == "implausible" for f in item.flags):
            continue
        if _places(item.evidence) & listed:
            continue
        found.append(_implausible(item))
    found += _stated_r(case, suspects)
    return tuple(found)


def _places(evidence: tuple[Evidence, ...]) -> set[tuple[str, int, int]]:
    return {(w.document, w.start, w.end) for w in words(evidence)}


def _implausible(item: Measurement) -> ConflictOut:
    flag = next(f for f in item.flags if f.kind == "implausible")
    repair = None
    if flag.repair is not None:
        figure = flag.repair.get("value")
        repair = f"{figure:g} {flag.repair.get('unit', '')}" if isinstance(figure, float | int) else str(figure)
    return ConflictOut(
        kind="implausible value",
        what=flag.message or f"{tell(item)} is not plausible",
        affects=item.analyte,
        repair=repair,
        evidence=item.evidence,
    )


def _stated_r(case: Case, suspects: Iterable[SuspectOut]) -> list[ConflictOut]:
    computed = next(
        (
            s.key_points.pattern
            for s in suspects
            if s.key_points.pattern is not None and s.key_points.pattern.r is not None
        ),
        None,
    )
    if computed is None or computed.r is None:
        return []
    found = []
    for statement in case.statements:
        if statement.method != "R" or statement.by == "dechallenge":
            continue
        figure = _FIGURE.search(statement.result)
        if figure is None:
            continue
        stated = float(figure.group(1))
        if abs(stated - computed.r) <= R_TOLERANCE * max(stated, computed.r):
            continue
        found.append(
            ConflictOut(
                kind="statement against values",
                what=f"R stated as {stated:g}, from the values {computed.r:.3g}",
                affects="pattern; the values are used",
                evidence=(*statement.evidence, *computed.evidence),
            )
        )
    return found
