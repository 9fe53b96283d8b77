"""Courses of laboratory values whose truth is known: every value, its unit, its limits and its day are read from them.

A course of several analytes is put into a table of one of many forms, or into sentences. What is read holds the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

import dechallenge
from dechallenge.case import Measurement

_ONSET = 42
_COURSE = {
    "ALT": ("ALT", "U/L", (880, 410, 31), "<40", 40.0),
    "ALP": ("Alkaline phosphatase", "U/L", (182, 140, 88), "40-130", 130.0),
    "BILI_TOT": ("Total bilirubin", "µmol/L", (154, 63, 12), "<21", 21.0),
    "PLT": ("Platelets", "10^9/L", (61, 120, 240), "150-400", 400.0),
    "NEUT": ("Neutrophils", "/mm3", (300, 1400, 3900), "2000-7500", 7500.0),
    "CREAT": ("Creatinine", "mg/dL", (3.2, 1.9, 0.8), "0.6-1.2", 1.2),
    "EOS_PCT": ("Eosinophils", "%", (14, 7, 2), "<5", 5.0),
}
_GAPS = (7, 14, 21, 28)
_CLOCKS = ("Day of treatment", "Time after starting", "", "Date", "Days after stopping", "Hospital day", "After onset")
_HEADS = ("{name} ({unit})", "{name}, {unit}", "{name} [{unit}]", "{name} ({unit}; normal {limit})")
_LAYOUTS = ("tab", "pipe", "space", "turned tab", "turned pipe")
_LIMIT_ROWS = ("", "Normal", "Reference range", "(normal)")
_TOLERANCE = 4.0
"""Days by which a row may lie beside the day that the words for its clock allow."""


@dataclass(frozen=True)
class _Told:
    text: str
    values: tuple[tuple[str, float, float], ...]
    limits: dict[str, float]


def _labels(clock: str, days: list[int]) -> list[str]:
    if clock == "Days after stopping":
        return [str(day - _ONSET) for day in days]
    if clock == "Hospital day":
        return [str(day - _ONSET + 1) for day in days]
    if clock == "After onset":
        return [f"{day - _ONSET} days" for day in days]
    if clock == "Time after starting":
        return [f"{day // 7} weeks" for day in days]
    return [str(day) if clock == "Day of treatment" else f"Day {day}" for day in days]


def _drawn(rows: list[list[str]], layout: str) -> str:
    if layout.startswith("turned"):
        rows = [list(row) for row in zip(*rows, strict=True)]
    if layout.endswith("tab"):
        return "\n".join("\t".join(row) for row in rows)
    if layout.endswith("pipe"):
        ruled = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([ruled[0], "|" + "---|" * len(rows[0]), *ruled[1:]])
    widths = [max(len(row[i]) for row in rows) + 2 for i in range(len(rows[0]))]
    return "\n".join("".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)


@st.composite
def tabled(draw: st.DrawFn) -> _Told:
    chosen = draw(st.lists(st.sampled_from(sorted(_COURSE)), min_size=2, max_size=4, unique=True))
    clock, layout = draw(st.sampled_from(_CLOCKS)), draw(st.sampled_from(_LAYOUTS))
    head, limit_row = draw(st.sampled_from(_HEADS)), draw(st.sampled_from(_LIMIT_ROWS))
    gaps = sorted(draw(st.lists(st.sampled_from(_GAPS), min_size=2, max_size=2, unique=True)))
    days = [_ONSET, *(_ONSET + gap for gap in gaps)]
    turned = layout.startswith("turned")
    labels = _labels(clock, days)
    if turned and labels[0].isdigit():
        clock = "Day of treatment"
        labels = [f"Day {day}" for day in days]
    explained = turned or clock in ("", "Date")
    names = [head.format(name=_COURSE[a][0], unit=_COURSE[a][1], limit=_COURSE[a][3]) for a in chosen]
    rows = [[clock if not turned else "Test", *names]]
    for i, label in enumerate(labels):
        rows.append([label, *(f"{_COURSE[a][2][i]:g}" for a in chosen)])
    printed = bool(limit_row) or "limit" in head
    if limit_row and "limit" not in head:
        rows.append([limit_row, *(_COURSE[a][3] for a in chosen)])
    if layout == "space" and not rows[0][0]:
        rows[0][0] = "Time"
    came = "was admitted with" if clock == "Hospital day" else "developed"
    started = "Day 0 was the first day of isoniazid. " if explained and clock not in ("After onset",) else ""
    if turned and clock == "After onset":
        started = "Times are counted from the onset of symptoms. "
    if turned and clock == "Time after starting":
        started = "Times are counted from the start of isoniazid. "
    text = (
        "A 40-year-old man was started on isoniazid for latent tuberculosis. "
        f"Six weeks later he {came} jaundice. Isoniazid was stopped the same day. {started}\n\n"
        f"{_drawn(rows, layout)}\n\nHe recovered.\n"
    )
    values = tuple((a, float(_COURSE[a][2][i]), float(day)) for i, day in enumerate(days) for a in chosen)
    return _Told(text, values, {a: _COURSE[a][4] for a in chosen} if printed else {})


_SHOWN = ("Laboratory tests showed {list}.", "There were {list}.", "On that day, {list} were found.")
_ITEMS = ("{name} {value} {unit}", "{name} of {value} {unit}", "{name} ({value} {unit}; normal {limit})")
_LATER = (
    "{gap} days after stopping, {name} was {value} {unit}.",
    "{name} was {value} {unit} {gap} days after withdrawal.",
    "After withdrawal of isoniazid, {name} was {value} {unit} on day {gap}.",
)


@st.composite
def told(draw: st.DrawFn) -> _Told:
    chosen = draw(st.lists(st.sampled_from(sorted(set(_COURSE) - {"EOS_PCT"})), min_size=2, max_size=4, unique=True))
    item, shown, later = (draw(st.sampled_from(forms)) for forms in (_ITEMS, _SHOWN, _LATER))
    gap = draw(st.sampled_from(_GAPS))
    parts = [
        item.format(name=_COURSE[a][0], unit=_COURSE[a][1], value=_COURSE[a][2][0], limit=_COURSE[a][3]) for a in chosen
    ]
    listed = ", ".join(parts[:-1]) + " and " + parts[-1]
    first = chosen[0]
    name, unit, course, _, _ = _COURSE[first]
    text = (
        "A 40-year-old man was started on isoniazid for latent tuberculosis. Six weeks later he developed jaundice. "
        f"{shown.format(list=listed)} Isoniazid was stopped the same day. "
        f"{later.format(gap=gap, name=name, unit=unit, value=course[2])}"
    )
    values = [(a, float(_COURSE[a][2][0]), float(_ONSET)) for a in chosen]
    values.append((first, float(course[2]), float(_ONSET + gap)))
    return _Told(text, tuple(values), {})


def _read(text: str) -> list[Measurement]:
    return [m for m in dechallenge.read(text).cases[0].measurements if m.value is not None]


def _holds(case: _Told) -> None:
    found = _read(case.text)
    assert sorted((m.analyte, m.value) for m in found) == sorted((a, value) for a, value, _ in case.values)
    for analyte, value, day in case.values:
        (item,) = [m for m in found if (m.analyte, m.value) == (analyte, value)]
        assert item.canonical is not None
        assert item.time is not None and item.time.low is not None and item.time.high is not None
        assert item.time.low - _TOLERANCE <= day <= item.time.high + _TOLERANCE
        if analyte in case.limits:
            assert item.limit is not None and item.limit.high == case.limits[analyte]


@settings(max_examples=80, deadline=None)
@given(tabled())
def test_every_value_of_a_table_is_read_at_its_time(case: _Told) -> None:
    _holds(case)


@settings(max_examples=60, deadline=None)
@given(told())
def test_every_value_of_sentences_is_read_at_its_time(case: _Told) -> None:
    _holds(case)
