"""A message joined with its narrative: the message leads, the narrative fills, what differs is told."""

from __future__ import annotations

from dechallenge import api, batch
from dechallenge.case import Case
from dechallenge.formats.e2b import case_from
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.messages import Message
from dechallenge.readers import get
from tests.unit.e2b_builder import LIVER, MESSAGE, report

NARRATIVE = (
    "A 54-year-old woman with rheumatoid arthritis received tocilizumab 8 mg/kg. Four weeks after the first infusion "
    "she had jaundice: ALT was 900 U/L (normal <40), alkaline phosphatase 150 U/L (normal <120), bilirubin 4.5 mg/dL. "
    "Tests for hepatitis A, B and C were negative. She also took omeprazole. Tocilizumab was stopped. Two weeks after "
    "stopping, ALT was 80 U/L. She recovered fully within 6 weeks."
)


def joined(*rows: tuple[object, ...], text: str = NARRATIVE) -> Case:
    icsr: Icsr = report(*LIVER, *rows, ("H.1", text))
    found = Message(case_from.case(icsr, MESSAGE), MESSAGE, case_from.narratives(icsr, MESSAGE), (), icsr)
    (case,) = batch.with_story(found, batch.Order(get())).cases
    return case


def test_what_the_message_leaves_open_comes_from_the_narrative() -> None:
    case = joined()
    assert {(m.analyte, m.value) for m in case.measurements} >= {("ALT", 900), ("ALP", 150), ("ALT", 80)}
    assert "tocilizumab" in {x.drug for x in case.exposures}
    assert case.events[0].outcome == "recovered"
    assert any(a.kind == "stopped" and a.drug == "tocilizumab" for a in case.actions)
    assert any("narrative" in note for note in case.notes)


def test_the_message_leads() -> None:
    case = joined(("E.i.7", 1, "3"), ("G.k.8", 1, "4"))
    assert case.events[0].outcome == "not recovered"


def test_a_value_in_both_is_one_value() -> None:
    case = joined(("F.r.2.1", 1, "ALT"), ("F.r.3.2", 1, "900"), ("F.r.3.3", 1, "U/L"), ("F.r.1", 1, "20230301"))
    found = [m for m in case.measurements if m.analyte == "ALT" and m.value == 900]
    assert len(found) == 1
    assert found[0].time is not None
    assert found[0].time.point == 28


def test_a_drug_that_only_the_narrative_names_is_no_suspect() -> None:
    other = next(x for x in joined().exposures if x.drug == "omeprazole")
    assert other.role == "concomitant"
    assert not any(one.drug == "omeprazole" and one.role == "suspect" for one in joined().links)


def test_a_different_sex_or_age_is_a_conflict() -> None:
    text = NARRATIVE.replace("54-year-old woman", "71-year-old man").replace("she ", "he ").replace("She ", "He ")
    kinds = {c.what.split(":")[0] for c in joined(text=text).conflicts}
    assert {"sex", "age"} <= kinds
    assert {"sex", "age"}.isdisjoint({c.what.split(":")[0] for c in joined().conflicts})


def test_days_that_count_from_another_drug_are_not_taken() -> None:
    text = NARRATIVE.replace("tocilizumab", "methotrexate").replace("Tocilizumab", "Methotrexate")
    case = joined(text=text)
    assert all(m.time is None or m.time.low is None for m in case.measurements)


def test_a_narrative_of_two_patients_gives_nothing() -> None:
    text = f"Case 1. {NARRATIVE}\n\nCase 2. {NARRATIVE.replace('54', '33')}"
    case = joined(text=text)
    assert case.measurements == ()
    assert any("2 patients" in note for note in case.notes)


def test_a_narrative_without_a_course_gives_nothing_and_is_no_failure() -> None:
    case = joined(text="Information will follow.")
    assert case.measurements == ()
    assert any("nothing was taken" in note for note in case.notes)


def test_a_joined_case_is_assessed_as_any_other() -> None:
    out = api.assess(joined())
    suspect = out.cases[0].suspects[0]
    assert suspect.drug == "tocilizumab"
    assert suspect.key_points.pattern is not None
    assert suspect.key_points.pattern.type == "hepatocellular"
