"""Two hundred made-up subjects: read from tables and read from sentences, each is assessed the same.

The tables are those of `tests.trial_tables` (SDTM names), the sentences those of `tests.trial`; both tell the same
values, limits, dates and drugs.
"""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from typing import Any

import pytest

from dechallenge import api
from dechallenge.assessment.model import CaseOut
from dechallenge.case import Case
from dechallenge.formats import datasets
from tests.trial import Person, people, prose
from tests.trial_tables import plain, sdtm, write
from tests.unasked import unasked

SUBJECTS = people()
CHUNKS = [SUBJECTS[i : i + 25] for i in range(0, len(SUBJECTS), 25)]
GRADINGS = ("ctcae-5", "dilin-severity")


@functools.cache
def tabled() -> dict[str, Case]:
    """The case of each subject, read from the tables."""
    with tempfile.TemporaryDirectory() as folder:
        dataset = datasets.recognise(sdtm(Path(folder), SUBJECTS))
        assert dataset is not None
        reading = datasets.read(dataset)
    assert reading.problems == ()
    return {case.report.sender_id: case for case in reading.cases}


def test_every_subject_is_a_case() -> None:
    assert sorted(tabled()) == sorted(one.id for one in SUBJECTS) and len(SUBJECTS) == 200
    assert {one.reaction for one in SUBJECTS} == {"liver injury", "neutropenia"}


@pytest.mark.parametrize("chunk", CHUNKS, ids=lambda chunk: f"{chunk[0].id} to {chunk[-1].id}")
def test_tables_and_sentences_are_assessed_the_same(chunk: list[Person]) -> None:
    for one in chunk:
        (told,) = api.read(prose(one)).cases
        read = tabled()[one.id]
        assert seen(read) == seen(told), one.id


def seen(case: Case) -> dict[str, Any]:
    """Drug, R and pattern at every sample, severity, grades, peak and lowest values, latency and course."""
    with unasked():
        (out,) = api.assess(case).cases
    (suspect,) = out.suspects
    points = suspect.key_points
    return {
        "drug": suspect.drug,
        "reaction": suspect.event.kind,
        "pattern": points.pattern
        and {
            "r": (points.pattern.r, points.pattern.low, points.pattern.high, points.pattern.n_r),
            "type": (points.pattern.type, points.pattern.below_threshold),
            "days": [(at.day, at.type, at.r, at.chosen) for at in points.pattern.days],
        },
        "severity": points.severity and (points.severity.scale, points.severity.grade, points.severity.high),
        "grades": _grades(out),
        "values": _extremes(case),
        "latency": points.latency_days,
        "course": (points.dechallenge, points.rechallenge, points.recovery_days, points.outcome),
        "medication": points.medication,
    }


def _grades(out: CaseOut) -> dict[str, Any]:
    return {
        made.id: [(made.score, made.low, made.high), *((i.id, i.points, i.low, i.high) for i in made.items)]
        for event in out.events
        for made in event.instruments
        if made.id in GRADINGS
    }


def _extremes(case: Case) -> dict[str, Any]:
    """Highest and lowest value of each analyte in its canonical unit, with its limits and its day."""
    found: dict[str, list[Any]] = {}
    for one in case.measurements:
        limit = (one.limit.low, one.limit.high) if one.limit is not None else None
        day = (one.time.low, one.time.high) if one.time is not None else None
        found.setdefault(one.analyte, []).append((one.canonical, day, limit))
    return {name: (max(values), min(values), len(values)) for name, values in found.items()}


# --- reactions that only the values show ------------------------------------------------------------------------------


def test_without_a_table_of_reactions_they_are_derived_from_the_values(tmp_path: Path) -> None:
    made = plain(SUBJECTS)
    paths = [write(tmp_path / f"{name}.csv", *made[name]) for name in ("labs", "drugs", "people")]
    dataset = datasets.recognise(paths)
    assert dataset is not None
    cases = {case.report.sender_id: case for case in datasets.read(dataset).cases}
    shown = {one.id: day for one in SUBJECTS if (day := _first(one)) is not None}
    assert 100 < len(shown) < 200
    for one in SUBJECTS:
        events = cases[one.id].events
        assert [e.kind for e in events] == ([one.reaction] if one.id in shown else []), one.id
        for event in events:
            assert event.onset is not None
            assert event.onset.date == shown[one.id].isoformat()
            assert event.evidence[0].derived_from and event.evidence[0].how  # type: ignore[union-attr]
            assert any("derived from the values" in note for note in cases[one.id].notes)


def _first(one: Person) -> Any:
    """The first day on which a definition is met, worked out from the generated values."""
    for visit in one.visits[1:]:
        times = {code: value / one.limits[code][1] for code, value in visit.values.items()}
        alt, alp, bili = (times.get(code, 0.0) for code in ("ALT", "ALP", "BILI"))
        if one.reaction == "neutropenia" and visit.values.get("NEUT", 9.0) < 1.5:
            return visit.day
        if one.reaction == "liver injury" and (alt >= 5 or alp >= 2 or (alt >= 3 and bili > 2)):
            return visit.day
    return None
