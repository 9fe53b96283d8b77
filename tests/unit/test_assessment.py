"""The seven published cases, typed by hand, give the figures that their publications and the fact sheets state."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import pytest

import dechallenge
from dechallenge import instruments
from dechallenge.assessment.assess import assess_case, assess_reading
from dechallenge.assessment.model import Assessment, CaseOut, InstrumentOut, SuspectOut
from dechallenge.case import Case, Problem, Reading, Statement
from dechallenge.evidence import Document
from tests.unit.case_builder import BEFORE, SEEDS, START, Told, at, liver, made_up, stopped


@cache
def seed(name: str) -> CaseOut:
    return assess_case(SEEDS[name]())


def first(case: CaseOut) -> SuspectOut:
    return case.suspects[0]


def result(case: CaseOut, id: str) -> InstrumentOut:
    found = [*first(case).instruments, *case.events[0].instruments]
    return next(one for one in found if one.id == id)


# --- LiverTox, anakinra ---------------------------------------------------------------------------------------------


def test_hepatitis() -> None:
    case = seed("hepatitis")
    points = first(case).key_points
    assert [s.drug for s in case.suspects] == ["anakinra"]
    assert points.pattern is not None and points.severity is not None
    assert (points.pattern.type, points.pattern.below_threshold) == ("hepatocellular", False)
    assert points.pattern.r == pytest.approx(32.07, abs=0.01)
    assert (points.latency_days, points.latency_point) == ((18, 24), 21)
    assert points.severity.low is not None and points.severity.high is not None
    assert points.severity.low <= 3 <= points.severity.high
    assert (points.dechallenge, points.rechallenge) == ("positive", "not done")
    assert set(points.other_medications) == {"prednisone", "folic acid"}
    assert [c.term for c in case.competing_causes] == ["adult-onset Still disease"]
    states = {t.test: t.state for t in case.tests}
    assert {states[v] for v in ("HAV", "HBV", "HCV")} == {"negative"}
    assert states["hev"] == "not reported"
    rucam = result(case, "rucam-2016")
    assert rucam.applicable and rucam.low is not None and rucam.high is not None and rucam.score is not None
    assert rucam.low < rucam.score < rucam.high
    assert result(case, "hys-law").category == "met by R or nR only"


def test_a_hospital_stay_would_make_it_grade_three() -> None:
    severity = result(seed("hepatitis"), "dilin-severity")
    question = next(q for q in severity.open_questions if q.fact == "hospitalised")
    assert any(answer.startswith("3") for answer in question.would_give.values())


# --- Mahamid 2011 ---------------------------------------------------------------------------------------------------


def test_tocilizumab_with_normal_enzymes() -> None:
    case = seed("tocilizumab")
    points = first(case).key_points
    for id in ("rucam-2016", "rucam-1993", "dilin-severity"):
        refused = result(case, id)
        assert not refused.applicable
        assert refused.reason.startswith("no liver-injury threshold met: enzymes normal")
        assert refused.score is None
    for id in ("naranjo-1981", "who-umc", "french-1985"):
        assert result(case, id).applicable
    assert points.pattern is not None and points.pattern.below_threshold is True
    assert (points.dechallenge, points.rechallenge) == ("not done", "not done")
    assert set(points.earlier_hepatotoxins) >= {"methotrexate", "corticosteroid"}
    assert points.other_medications == ()
    steatosis = next(f for f in case.findings if f.term == "macrovesicular steatosis")
    assert steatosis.points_to


def test_anakinra_below_the_threshold() -> None:
    case = seed("steatosis")
    points = first(case).key_points
    assert points.pattern is not None
    assert points.pattern.r == pytest.approx(0.89, abs=0.005)
    assert points.pattern.below_threshold is True
    assert not result(case, "rucam-2016").applicable
    assert "1.25 × ULN" in result(case, "rucam-2016").reason
    assert points.latency_days == (32, 91)
    assert points.latency_point is None
    assert points.dechallenge == "positive"
    assert next(f for f in case.findings if f.term == "macrovesicular steatosis").extent == "80%"


# --- Perrin 2014 ----------------------------------------------------------------------------------------------------


def test_neutropenia_in_schnitzler_syndrome() -> None:
    case = seed("schnitzler")
    points = first(case).key_points
    assert (points.latency_days, points.latency_point) == ((4, 4), 4)
    assert points.recovery_days == (0, 2)
    assert (result(case, "ctcae-5").score, result(case, "ctcae-6").score) == (3, 2)
    assert points.severity is not None and points.severity.grade == 3
    again = [a for a in case.actions if a.kind == "restarted"]
    assert [a.result for a in again] == ["positive", "negative"]
    assert all(a.because for a in again)
    assert (points.dechallenge, points.rechallenge) == ("positive", "positive")
    assert result(case, "french-1985").code == "C3S2B3"


def test_neutropenia_in_still_disease_with_mas() -> None:
    case = seed("still_mas")
    points = first(case).key_points
    assert result(case, "ctcae-5").score == 4
    assert result(case, "ctcae-6").score == 3
    assert points.recovery_days == (2, 2)
    assert (points.dechallenge, points.rechallenge) == ("positive", "negative")
    assert result(case, "french-1985").code == "C1S1B3"
    assert "macrophage activation syndrome" in [c.term for c in case.competing_causes]
    assert "ciclosporin" in points.other_medications


# --- Rodionovskaya and Nikishina ------------------------------------------------------------------------------------


def test_mas_on_methotrexate() -> None:
    case = seed("boy")
    assert [(s.drug, s.basis) for s in case.suspects] == [("methotrexate", "timing")]
    assert first(case).key_points.latency_days == (0, None)
    assert first(case).key_points.dechallenge == "not assessable"
    doubts = {c.affects: c.repair for c in case.conflicts if "implausible" in c.kind}
    assert doubts == {"PLT": "116 10*9/L", "CRP": "120 mg/L"}
    assert next(m for m in case.measurements if m.analyte == "CRP").times_uln is None
    assert not result(case, "rucam-2016").applicable


def test_mas_on_anakinra() -> None:
    case = seed("girl")
    points = first(case).key_points
    assert [s.drug for s in case.suspects] == ["anakinra"]
    assert (points.latency_days, points.latency_point) == ((45, 75), 60)
    assert points.dechallenge == "not assessable"  # steroids began with the stop
    ferritin = next(m for m in case.measurements if m.analyte == "FERRITIN")
    assert (ferritin.comparator, ferritin.value) == (">", 10000)


# --- the contract ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SEEDS)
def test_every_instrument_is_listed_and_a_refusal_has_its_reason(name: str) -> None:
    case = seed(name)
    causal = [one.id for one in first(case).instruments]
    assert causal == [one.id for one in instruments.all() if one.kind == "causality" and one.id in causal]
    assert {"rucam-2016", "rucam-1993", "naranjo-1981", "who-umc", "french-1985", "french-2011"} <= set(causal)
    assert not {one.id for one in instruments.all() if one.kind == "causality" and not one.shown_with} - set(causal)
    for one in (*first(case).instruments, *case.events[0].instruments):
        assert one.applicable or (one.reason and one.score is None and one.code is None and not one.items)
        if one.applicable and one.score is not None:
            assert one.low is not None and one.high is not None and one.low <= one.score <= one.high
        if one.applicable and one.category:
            assert one.category in one.categories or one.code in one.categories


@pytest.mark.parametrize("name", SEEDS)
def test_the_same_case_gives_the_same_bytes(name: str) -> None:
    build: Callable[[], Case] = SEEDS[name]
    assert assess_case(build()).model_dump_json() == assess_case(build()).model_dump_json()


@pytest.mark.parametrize("name", SEEDS)
def test_statements_of_the_authors_change_nothing(name: str) -> None:
    """Peer traps: a quoted score, of this or another patient, is kept apart."""
    case = SEEDS[name]()
    said = (
        Statement(kind="score", method="RUCAM", result="9"),
        Statement(kind="severity", method="LiverTox", result="5+"),
        Statement(kind="pattern", method="", result="cholestatic"),
    )
    bare = assess_case(case)
    told = assess_case(case.model_copy(update={"statements": said}))
    assert [s.result for s in told.statements] == ["9", "5+", "cholestatic"]
    assert told.suspects == bare.suspects
    assert told.events == bare.events


def test_a_stated_r_that_the_values_do_not_give_is_a_conflict() -> None:
    case = SEEDS["hepatitis"]()
    words = case.measurements[0].evidence
    right = Statement(kind="pattern", method="R", result="32", evidence=words)
    wrong = Statement(kind="pattern", method="R", result="4.4", evidence=words)
    assert assess_case(case.model_copy(update={"statements": (right,)})).conflicts == ()
    (conflict,) = assess_case(case.model_copy(update={"statements": (wrong,)})).conflicts
    assert "4.4" in conflict.what and conflict.evidence


def test_all_days_with_both_enzymes_are_shown_and_the_choice_is_marked() -> None:
    b = made_up()
    for day, alt, alp in ((30, 414, 253), (40, 805, 198), (45, 960, 398)):
        b.lab("ALT", alt, "U/L", f"ALT {alt}", at(day), limit=48)
        b.lab("ALP", alp, "U/L", f"phosphatase {alp}", at(day), limit=129)
    pattern = first(assess_case(b.case())).key_points.pattern
    assert pattern is not None
    assert [(round(d.r, 1), d.type, d.chosen) for d in pattern.days] == [
        (4.4, "mixed", True),
        (10.9, "hepatocellular", False),
        (6.5, "hepatocellular", False),
    ]


def test_suspects_are_ordered_by_blame_and_the_impossible_come_last() -> None:
    b = liver()
    b.suspect("rifampicin", "rifampicin came later", start=at(40))
    b.suspect("pyrazinamide", "pyrazinamide as well", "timing", start=START)
    suspects = assess_case(b.case()).suspects
    assert [s.drug for s in suspects] == ["isoniazid", "pyrazinamide", "rifampicin"]
    assert [bool(s.excluded_because) for s in suspects] == [False, False, True]


def test_of_two_blamed_drugs_the_one_given_after_onset_comes_last() -> None:
    b = liver()
    b.parts["links"] = []
    b.link("rifampicin", "rifampicin")
    b.link("isoniazid", "isoniazid")
    b.drug("rifampicin", "rifampicin came later", "suspect", start=at(40))
    assert [s.drug for s in assess_case(b.case()).suspects] == ["isoniazid", "rifampicin"]


def test_the_primary_reaction_comes_first_with_its_suspects() -> None:
    b = liver()
    b.event("neutropenia", "neutropenia too", at(40))
    b.link("isoniazid", "isoniazid again", event="e2")
    b.parts["events"].reverse()
    case = assess_case(b.case())
    assert [e.kind for e in case.events] == ["liver injury", "neutropenia"]
    assert [(s.drug, s.event.kind) for s in case.suspects] == [
        ("isoniazid", "liver injury"),
        ("isoniazid", "neutropenia"),
    ]


def test_recovery_counts_from_the_stop_to_normal_values() -> None:
    b = stopped(liver())
    b.lab("ALT", 30, "U/L", "ALT 30", at(72), limit=40)
    assert first(assess_case(b.case())).key_points.recovery_days == (42, 42)
    assert first(assess_case(stopped(liver()).case())).key_points.recovery_days is None


def test_a_case_without_a_suspect_or_a_reaction_is_still_shown() -> None:
    bare = Case(id="c1", title="a case", document="d1")
    out = assess_case(bare)
    assert (out.events, out.suspects) == ((), ())
    b = liver()
    alone = assess_case(b.case().model_copy(update={"links": ()}))
    assert alone.suspects == ()
    assert {i.id for i in alone.events[0].instruments} >= {"dilin-severity", "ctcae-5", "r-value"}
    assert alone.events[0].instruments[0].applicable


def test_completeness_names_what_a_careful_report_states() -> None:
    done = seed("hepatitis").completeness
    assert {"age", "sex", "latency", "hepatitis A", "outcome"} <= set(done.stated)
    assert {"hepatitis E", "hospital stay", "INR", "laboratory limits"} <= set(done.not_stated)


def test_the_multiple_is_shown_with_the_limit_it_was_judged_by() -> None:
    alt = next(m for m in seed("hepatitis").measurements if m.analyte == "ALT" and m.value)
    assert alt.times_uln == pytest.approx(83.65)
    assert alt.limit is not None
    assert (alt.limit["high"], alt.limit["source"]) == (40, "default")
    neutrophils = next(m for m in seed("schnitzler").measurements if m.analyte == "NEUT")
    assert neutrophils.times_uln is None


def test_a_reading_becomes_an_assessment_with_its_documents_and_problems() -> None:
    document = Document.from_text("text", name="report.txt")
    reading = Reading(
        documents=(document,),
        cases=(SEEDS["hepatitis"](),),
        problems=(Problem(document="report.txt", kind="language", message="not English", next_step="Translate it."),),
    )
    out = assess_reading(reading)
    data = json.loads(out.to_json())
    assert data["schema"] == "dechallenge/assessment/1"
    assert data["documents"] == [{"id": "d1", "name": "report.txt", "sha256": document.sha256}]
    assert data["problems"][0]["next_step"] == "Translate it."
    assert Assessment.model_validate(data).cases[0].suspects[0].drug == "anakinra"


def test_an_earlier_value_is_the_baseline_of_the_grading() -> None:
    b = made_up()
    b.lab("ALT", 40, "U/L", "ALT 40 before", BEFORE, limit=39)
    b.lab("ALT", 121, "U/L", "ALT 121", at(30), limit=39)
    grade = next(i for i in assess_case(b.case()).events[0].instruments if i.id == "ctcae-5")
    alt = next(item for item in grade.items if "ALT" in item.title or "lanine" in item.title)
    assert alt.points == 2


def test_a_suspect_that_a_person_told_of_keeps_its_words() -> None:
    b = Told()
    b.suspect("isoniazid", "isoniazid", start=START)
    b.event("liver injury", "hepatitis", at(30))
    suspect = first(assess_case(b.case()))
    assert suspect.evidence == b.parts["links"][0].evidence
    assert suspect.because == "the report blames it"


def test_key_points_say_that_a_grade_rests_on_an_unverified_criterion() -> None:
    told = (
        "A 40-year-old woman took chlorpromazine for 10 days and became jaundiced two weeks after starting it. "
        "Bilirubin was 14 mg/dL, ALT 90 U/L and alkaline phosphatase 600 U/L. Six months after onset bilirubin was "
        "still 9 mg/dL."
    )
    severity = dechallenge.assess(told).cases[0].suspects[0].key_points.severity
    assert severity is not None and (severity.scale, severity.grade) == ("LiverTox", 4)
    assert "[unverified: the words of this criterion are from memory" in severity.because
