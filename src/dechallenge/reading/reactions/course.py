"""How the values that show a reaction moved in the running text: the worst, the last, whether they are normal again.

Only values of the course itself count: none from before the drug, none from a later re-exposure. May import labs, the
story, the lexicon of analytes and the kinds of reactions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.reading.laboratory.labs import ULN, LabMention
from dechallenge.reading.laboratory.sizes import NEUTROPENIA_LIMIT, PANCREATIC_RISE, canonical, neutrophil_counts
from dechallenge.reading.reactions.events import KIDNEY, LIVER, MAS, MUSCLE, NEUTROPENIA, PANCREAS
from dechallenge.reading.story.story import ONSET, Story, start_node

SHOWN_BY: Mapping[str, tuple[str, ...]] = {
    LIVER: ("ALT", "AST", "ALP", "BILI_TOT"),
    NEUTROPENIA: ("NEUT",),
    "agranulocytosis": ("NEUT",),
    MAS: ("FERRITIN",),
    KIDNEY: ("CREAT",),
    PANCREAS: ("LIPASE", "AMYLASE"),
    MUSCLE: ("CK",),
    "thrombocytopenia": ("PLT",),
    "thrombotic microangiopathy": ("PLT",),
    "leukopenia": ("WBC",),
    "lymphopenia": ("LYMPH",),
    "hyponatremia": ("NA",),
    "myositis": ("CK",),
    "lactic acidosis": ("LACTATE",),
    "thyrotoxicosis": ("FT4", "FT3"),
    "hyperammonemia": ("AMMONIA",),
    "hyperkalemia": ("K",),
    "myocarditis": ("TROPONIN",),
    "arrhythmia": ("QTC", "QT"),
}
"""The values that a kind of reaction is followed by."""
FALLING: Mapping[str, float] = {"PLT": 1.5, "WBC": 1.3, "LYMPH": 2.0, "NA": 1.03}
"""Values that fall with the reaction, and the lower limit as a multiple of the value from which it speaks of it."""
_ABNORMAL = 1.5
"""Multiple of the limit from which a value speaks of the reaction, unless its definition says more."""
_ROUNDING = 1.1
"""A value up to a tenth above a limit that the report does not print counts as normal: laboratories' limits differ."""
_HALF = 0.5
"""Recovering: at least half of the way from the worst value to the limit is made (as the rule of the fall by half)."""
_CHRONIC_DAYS = 183.0
"""Still abnormal half a year after onset: not recovered (chronic course, LiverTox: abnormal beyond 6 months)."""

_QT = ("QTC", "QT")
QT_RISE, QT_EFFECT = 60.0, 30.0
"""Milliseconds of a QT interval above the patient's own: a notable rise, and the least that counts (ICH E14)."""

QT_LONG, QT_NORMAL = 500.0, 430.0
"""Milliseconds of a corrected interval that is long, or normal, for women and men alike (ICH E14; CPMP 1997)."""

State = Literal["recovered", "recovering", "not recovered"]


@dataclass(frozen=True, slots=True)
class ValueCourse:
    """What the values tell of the end, and the value that tells it (clean span)."""

    state: State
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Point:
    ratio: float
    normal: bool
    lab: LabMention


Lines = Mapping[str, Sequence[_Point]]
"""For each value that a reaction shows in, its points in the order of the text."""


def value_course(lines: Lines, story: Story) -> ValueCourse | None:
    """The course of a reaction by the values of the text; None where they do not show how it ended."""
    if not lines:
        return None
    worst = {name: max(points, key=lambda p: p.ratio) for name, points in lines.items()}
    leading = max(lines, key=lambda name: worst[name].ratio)
    later = {name: points[points.index(worst[name]) + 1 :] for name, points in lines.items()}
    followed = {name: points for name, points in later.items() if points}
    if not followed:
        return None
    last = max((points[-1] for points in followed.values()), key=lambda p: p.lab.value_start)
    span = (last.lab.start, max(last.lab.end, last.lab.value_end))
    if leading in followed and all(points[-1].normal for points in followed.values()):
        if _beside_normal(lines, followed, story):
            return ValueCourse(
                "not recovered" if _since_onset(story, last.lab) >= _CHRONIC_DAYS else "recovering", *span
            )
        first = max((_normal_again(points) for points in followed.values()), key=lambda p: p.lab.value_start)
        return ValueCourse("recovered", first.lab.start, max(first.lab.end, first.lab.value_end))
    high = [name for name, points in followed.items() if not points[-1].normal]
    if _since_onset(story, last.lab) >= _CHRONIC_DAYS and any(followed[n][-1].ratio >= _ABNORMAL for n in high):
        return ValueCourse("not recovered", *span)
    shown = leading if leading in followed else max(followed, key=lambda name: worst[name].ratio)
    way = worst[shown].ratio - 1.0
    if way > 0 and worst[shown].ratio - followed[shown][-1].ratio >= _HALF * way:
        return ValueCourse("recovering", *span)
    return None


def _beside_normal(lines: Lines, followed: Lines, story: Story) -> bool:
    """Another value is abnormal at the moment of the last normal one ("bilirubin was 1.0, but ALP still 312 U/L")."""
    ends = {_node(story, points[-1].lab) for points in followed.values()}
    return any(
        not points[-1].normal and points[-1].ratio >= _ABNORMAL and _node(story, points[-1].lab) in ends
        for name, points in lines.items()
        if name not in followed
    )


def _node(story: Story, lab: LabMention) -> str:
    beat = story.beat_at(lab.value_start) or story.beat_at(lab.start)
    return beat.node if beat is not None else ""


def worst_at(lines: Lines) -> int | None:
    """Where the text prints the worst value of the reaction; None where none of its values is abnormal."""
    points = [point for line in lines.values() for point in line]
    return max(points, key=lambda p: p.ratio).lab.value_start if points else None


def abnormal_values(lines: Lines, story: Story) -> tuple[tuple[int, str], ...]:
    """The values that show the reaction, each by its position and the moment it was measured at."""
    points = [p for line in lines.values() for p in line if not p.normal and p.ratio >= _ABNORMAL]
    found = []
    for point in sorted(points, key=lambda p: p.lab.value_start):
        beat = story.beat_at(point.lab.value_start) or story.beat_at(point.lab.start)
        found.append((point.lab.value_start, beat.node if beat is not None else ""))
    return tuple(found)


def _normal_again(points: Sequence[_Point]) -> _Point:
    """The first value from which on all are normal."""
    first = points[-1]
    for point in reversed(points):
        if not point.normal:
            break
        first = point
    return first


def _since_onset(story: Story, lab: LabMention) -> float:
    beat = story.beat_at(lab.value_start) or story.beat_at(lab.start)
    if beat is None:
        return 0.0
    return max(0.0, story.network.between(ONSET, beat.node).lo)


def value_lines(labs: Sequence[LabMention], story: Story, kind: str) -> Lines:
    """For each value that the reaction shows in: its points from the first abnormal one to a re-exposure.

    Args:
        labs: Laboratory mentions of the case, in the order of the text.
        kind: Kind of the reaction.
    """
    if kind not in SHOWN_BY:
        return {}
    limits = {lab.analyte: lab for lab in reversed(labs) if lab.limit is not None and lab.limit.high}
    again = _restart(story)
    if SHOWN_BY[kind] == _QT:
        return _intervals(labs, story, limits, again)
    lines: dict[str, list[_Point]] = {}
    labs = sorted(labs, key=lambda lab: lab.value_start)
    own = _own_creatinine(labs, story) if kind == KIDNEY else None
    counts = neutrophil_counts(labs)
    for index, lab in enumerate(labs):
        if again is not None and lab.value_start > again:
            break
        if of_before(story, lab):
            continue
        for analyte in SHOWN_BY[kind]:
            count = counts.get(index) if analyte == "NEUT" else None
            point = _count(lab, count) if count is not None else _point(lab, analyte, limits.get(lab.analyte))
            if point is not None and own is not None and analyte == "CREAT":
                point = _beside_own(lab, own) or point
            if point is None:
                continue
            if analyte in lines or point.ratio >= _threshold(analyte):
                lines.setdefault(analyte, []).append(point)
    return lines


def _own_creatinine(labs: Sequence[LabMention], story: Story) -> float | None:
    """The creatinine of kidneys impaired before: the own limit of a patient, where it lies above the usual."""
    limit = load_analytes().default_limits("CREAT").high
    for lab in labs:
        if lab.analyte != "CREAT" or lab.value is None or not lab.unit:
            continue
        figure = canonical("CREAT", lab.value, lab.unit)
        if figure is not None and limit and figure > limit and _is_early(story, lab):
            return figure
    return None


def _is_early(story: Story, lab: LabMention) -> bool:
    """A value of the time before the reaction: told as such, or told before it."""
    beat = story.beat_at(lab.value_start) or story.beat_at(lab.start)
    early = beat is not None and (beat.flashback or beat.node in ("past", "baseline"))
    return early or (story.onset_beat is not None and lab.value_start < story.onset_beat.start)


def _beside_own(lab: LabMention, own: float) -> _Point | None:
    figure = canonical(lab.analyte, lab.value, lab.unit) if lab.value is not None and lab.unit else None
    return None if figure is None else _Point(figure / own, figure / own <= _ROUNDING, lab)


def _intervals(
    labs: Sequence[LabMention], story: Story, limits: Mapping[str, LabMention], again: int | None
) -> dict[str, list[_Point]]:
    """The QT intervals of the course: beside a printed limit, else beside the patient's own one before it."""
    lines: dict[str, list[_Point]] = {}
    usual: dict[str, float] = {}
    for lab in sorted((x for x in labs if x.analyte in _QT), key=lambda x: x.value_start):
        if again is not None and lab.value_start > again:
            break
        name = lab.analyte
        figure = canonical(name, lab.value, lab.unit) if lab.value is not None else None
        if figure is not None and _is_early(story, lab):
            usual.setdefault(name, figure)
            continue
        if name in limits or figure is None:
            point = _point(lab, name, limits.get(name))
        elif name in usual:
            point = _Point(figure / usual[name], figure < usual[name] + QT_EFFECT, lab)
        elif name == "QTC":
            point = _Point(figure / QT_NORMAL, figure <= QT_NORMAL, lab)
        else:
            continue
        own = name in limits or name not in usual
        least = (
            QT_LONG / QT_NORMAL - 1e-9 if name not in limits and own else 1.0 if own else 1.0 + QT_RISE / usual[name]
        )
        if point is not None and (name in lines or point.ratio > least):
            lines.setdefault(name, []).append(point)
    return lines


def of_before(story: Story, lab: LabMention) -> bool:
    """A value is told of a time before the drug ("on 1 June it had been 4.1 × 10⁹/L")."""
    beat = story.beat_at(lab.value_start) or story.beat_at(lab.start)
    if beat is None or beat.flashback or beat.node in ("past", "baseline"):
        return beat is not None
    start = start_node(story.main[0]) if story.main else ""
    return start in story.network.names and story.network.between(start, beat.node).hi < 0


def _threshold(analyte: str) -> float:
    if analyte == "NEUT":
        return 1.0 + 1e-9
    if analyte in FALLING:
        return FALLING[analyte]
    if analyte == "K":
        return _ROUNDING
    return PANCREATIC_RISE if analyte in ("LIPASE", "AMYLASE") else _ABNORMAL


def _restart(story: Story) -> int | None:
    """Where the first re-exposure to a drug in focus that follows the onset is told."""
    onset = story.onset_beat.start if story.onset_beat is not None else 0
    told = [s.action.start for s in story.steps if s.kind == "restarted" and s.drug in story.main]
    return min((position for position in told if position > onset), default=None)


def _count(lab: LabMention, count: float) -> _Point | None:
    """A neutrophil count: the limit as a multiple of the count, which grows as the count falls."""
    if lab.comparator in (">", ">=") and count < NEUTROPENIA_LIMIT:
        return None
    return _Point(NEUTROPENIA_LIMIT / max(count, 0.01), count >= NEUTROPENIA_LIMIT, lab)


def _point(lab: LabMention, analyte: str, limited: LabMention | None) -> _Point | None:
    """A mention as a multiple of the limit."""
    lexicon = load_analytes()
    if lab.analyte != analyte and not (lexicon.is_group(lab.analyte) and analyte in lexicon.members(lab.analyte)):
        return None
    if lab.value is None:
        normal = lab.qualitative in ("normal", "normalised")
        return _Point(1.0, True, lab) if normal and lab.low is None and lab.high is None else None
    if lab.analyte != analyte or analyte == "NEUT":
        return None
    if analyte in FALLING:
        figure, floor = (
            canonical(analyte, lab.value, lab.unit) if lab.unit else None,
            lexicon.default_limits(analyte).low,
        )
        if not figure or not floor or lab.comparator in (">", ">="):
            return None
        return _Point(floor / figure, figure >= floor, lab)
    if lab.unit == ULN:
        return _Point(lab.value, lab.value <= 1.0, lab)
    printed = lab.limit if lab.limit is not None and lab.limit.high else limited.limit if limited is not None else None
    if printed is not None and printed.high and (limited is None or lab.unit == limited.unit or lab.limit is not None):
        ratio = lab.value / printed.high
        return _Point(ratio, ratio <= 1.0, lab)
    figure, ceiling = canonical(analyte, lab.value, lab.unit), lexicon.default_limits(analyte).high
    if figure is None or not ceiling:
        return None
    return _Point(figure / ceiling, figure / ceiling <= _ROUNDING, lab)
