"""Laboratory values that abstract or discussion print of a patient, against those that the case itself prints.

Compared is what claims to be a certain value of the course: the peak, the lowest, the one at presentation, or what
something rose or fell to. A figure that the case does not print, of an analyte of which it prints figures, is kept
with the closest of them. May import the case model, the readers of values and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.case import Case, Conflict, Measurement
from dechallenge.evidence import words
from dechallenge.reading.laboratory.labs import LabMention, read_labs
from dechallenge.reading.laboratory.sizes import canonical
from dechallenge.reading.layout.others import of_the_patient
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.text import CleanText

_CERTAIN = Pattern(
    r"\b(?:peak\w*|maxim\w+|highest|nadir|lowest|(?:rose|rise|rising|increased|climbed|fell|falling|dropped|decreased)\s+to|"
    r"reach\w*|(?:at|on)\s+(?:presentation|admission|diagnosis|onset)|with\s+an?)\b",
    re.IGNORECASE,
)
_LOOSE = Pattern(
    r"\b(?:above|over|below|under|more\s+than|less\s+than|at\s+least|about|approximately|around|nearly|almost|up\s+to|"
    r"between|times|fold|usually|typical\w*|per\s?cent|average|mean|median|range\w*)\b|[<>≤≥~%]",
    re.IGNORECASE,
)
_LOOSE_BEHIND = Pattern(r"\s*(?:%|times\b|fold\b|to\s+\d|[-–]\s?\d|or\s+(?:more|less)|on\s+average)", re.IGNORECASE)
"""Words by which a figure need not be the printed one."""
_GROUPS = {"G_LIVER_ENZYMES": ("ALT", "AST", "ALP", "GGT"), "G_TRANSAMINASES": ("ALT", "AST")}
_SAME = 0.02
"""Share by which a rounded figure may differ."""


def values_outside(text: CleanText, span: tuple[int, int], case: Case) -> Iterator[Conflict]:
    """Values of a clause of the shared text that the case prints otherwise.

    Args:
        text: The text.
        span: Clean span of a clause that speaks of the patient.
        case: The case as read so far.
    """
    start, end = span
    if _CERTAIN.search(text.text, start, end) is None or not of_the_patient(text.text, [span]):
        return
    part = text.text[start:end]
    for lab in read_labs(text, [span]):
        if lab.value is None or lab.comparator != "=" or not lab.unit:
            continue
        begin, stop = min(lab.start, lab.value_start), max(lab.end, lab.value_end)
        if _CERTAIN.search(part, max(0, begin - start - 60), min(len(part), stop - start + 40)) is None:
            continue
        if _LOOSE.search(part, max(0, begin - start - 20), min(len(part), stop - start)) is not None:
            continue
        if _LOOSE_BEHIND.match(part, stop - start) is not None:
            continue
        members = _GROUPS.get(lab.analyte, (lab.analyte,))
        own = [m for m in case.measurements if m.analyte in members and m.value is not None and m.canonical]
        figure = canonical(members[0], lab.value, lab.unit)
        if not own or not figure or any(_close(m, lab, figure) for m in own):
            continue
        nearest = min(own, key=lambda m: abs((m.canonical or 0.0) - figure))
        if not nearest.evidence or not words(nearest.evidence):
            continue
        yield Conflict(
            kind="contradiction",
            what=f"{lab.analyte} {_said(text, begin, stop)} outside the case; the case prints other values",
            affects="the values of the case are used",
            evidence=(text.quote(begin, stop), *nearest.evidence),
        )


def _said(text: CleanText, start: int, end: int) -> str:
    return " ".join(text.text[start:end].split())


def _close(own: Measurement, lab: LabMention, figure: float) -> bool:
    known = own.canonical or 0.0
    return abs(known - figure) <= _SAME * max(known, figure) or own.value == lab.value
