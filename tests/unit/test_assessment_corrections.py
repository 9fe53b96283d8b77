"""What a person enters goes before what was read, is recorded as entered, and bad entries say what is legal."""

from __future__ import annotations

import pytest

from dechallenge.assessment.assess import assess_case, assess_reading
from dechallenge.assessment.corrections import Corrections, apply, corrections_from_options
from dechallenge.assessment.model import CaseOut
from dechallenge.case import Case, Reading
from dechallenge.errors import FactError
from dechallenge.evidence import EnteredEvidence
from tests.unit.case_builder import at, hepatitis, liver, made_up, schnitzler, steatosis


def test_an_entered_limit_goes_before_the_printed_one() -> None:
    case = liver(400).case()
    out = assess_case(case, Corrections(limits={"ALT": 80}))
    alt = next(m for m in out.measurements if m.analyte == "ALT")
    assert alt.times_uln == 5
    assert alt.limit is not None and alt.limit["source"] == "user"


def test_an_entered_limit_can_reach_the_threshold() -> None:
    out = assess_case(steatosis(), Corrections(limits={"ALP": 80}))
    pattern = out.suspects[0].key_points.pattern
    assert pattern is not None and pattern.below_threshold is False
    assert next(i for i in out.suspects[0].instruments if i.id == "rucam-2016").applicable


def test_an_entered_limit_is_in_the_usual_unit_of_the_analyte() -> None:
    b = liver()
    b.lab("BILI_TOT", 34.208, "umol/L", "bilirubin 34.2 µmol/L", at(30))
    out = assess_case(b.case(), Corrections(limits={"BILI_TOT": 1.0}))
    assert next(m for m in out.measurements if m.analyte == "BILI_TOT").times_uln == pytest.approx(2)


def test_a_blood_count_takes_its_lower_limit() -> None:
    case = schnitzler()
    fact = next(
        f for f in assess_case(case, Corrections(limits={"NEUT": 1.8})).suspects[0].facts if f.name == "neutrophils_lln"
    )
    assert fact.value == "1.8 10⁹/L"


def test_an_entered_day_of_onset() -> None:
    case = apply(hepatitis(), Corrections(onset_day=30))
    assert case.events[0].onset is not None
    assert case.events[0].onset.evidence == (EnteredEvidence(entered_by="user", at="--onset-day 30"),)
    points = assess_case(hepatitis(), Corrections(onset_day=30)).suspects[0].key_points
    assert (points.latency_days, points.latency_point) == ((30, 30), 30)


def suspects(out: CaseOut) -> list[tuple[str, str]]:
    return [(s.drug, s.basis) for s in out.suspects]


def test_an_entered_suspect_takes_the_place_of_the_reader_s() -> None:
    out = assess_case(hepatitis(), Corrections(suspect="Prednisone"))
    assert suspects(out) == [("prednisone", "entered")]
    assert EnteredEvidence(entered_by="user", at="--suspect Prednisone") in out.suspects[0].evidence
    assert "anakinra" in out.suspects[0].key_points.other_medications


def test_an_entered_suspect_that_the_report_does_not_name() -> None:
    out = assess_case(hepatitis(), Corrections(suspect="MTX"))
    assert suspects(out) == [("methotrexate", "entered")]
    assert out.suspects[0].key_points.latency_days is None or out.suspects[0].key_points.latency_days[0] == 0


def test_an_entered_reaction_changes_the_kind() -> None:
    out = assess_case(hepatitis(), Corrections(event="neutropenia"))
    assert out.events[0].kind == "neutropenia"
    assert not next(i for i in out.suspects[0].instruments if i.id == "rucam-2016").applicable


def test_an_entered_reaction_that_is_there_becomes_the_primary_one() -> None:
    b = made_up()
    b.event("neutropenia", "neutropenia too", at(40))
    out = assess_case(b.case(), Corrections(event="Neutropenia"))
    assert [(e.kind, e.primary) for e in out.events] == [("neutropenia", True), ("liver injury", False)]


def test_a_reaction_entered_for_a_case_without_one() -> None:
    b = made_up()
    b.parts["events"], b.parts["links"] = [], []
    out = assess_case(b.case(), Corrections(event="liver injury", onset_day=12))
    assert out.events[0].onset_days == (12, 12)
    assert [s.drug for s in out.suspects] == ["isoniazid"]


def test_options_of_the_command_line() -> None:
    found = corrections_from_options(["ALT=45", "alkaline phosphatase=120"], 21, " anakinra ", "")
    assert found == Corrections({"ALT": 45, "ALP": 120}, 21, "anakinra", None)
    assert not corrections_from_options([])


@pytest.mark.parametrize("limit", ["ALT", "ALT=", "ALT=high", "ALT=-3", "ALT=0", "ALT=inf", "=40"])
def test_a_limit_that_is_none(limit: str) -> None:
    with pytest.raises(FactError) as error:
        corrections_from_options([limit])
    assert "--limit" in str(error.value)


def test_names_that_nobody_knows() -> None:
    with pytest.raises(FactError, match="no analyte"):
        corrections_from_options(["Flubber=3"])
    with pytest.raises(FactError, match="no drug") as error:
        apply(hepatitis(), Corrections(suspect="flubberol"))
    assert "anakinra" in error.value.next_step
    with pytest.raises(FactError, match="no reaction"):
        apply(Case(id="c1", title="t", document="d1"), Corrections(onset_day=3))


def test_without_corrections_nothing_changes() -> None:
    assert assess_case(hepatitis(), Corrections()) == assess_case(hepatitis())


def test_in_a_batch_a_case_that_an_entry_does_not_fit_is_assessed_as_read_and_listed() -> None:
    bare = Case(id="c2", title="no reaction", document="d1")
    out = assess_reading(Reading(cases=(hepatitis(), bare)), Corrections(onset_day=30))
    assert out.cases[0].events[0].onset_days == (30, 30)
    assert out.cases[1].events == ()
    (problem,) = out.problems
    assert problem.kind == "correction" and "--onset-day 30" in problem.message and problem.next_step
    with pytest.raises(FactError):
        assess_reading(Reading(cases=(bare,)), Corrections(onset_day=30))
