"""A drug given twice, whose second course brought the reaction: no re-exposure of it, in facts, view and chart."""

from __future__ import annotations

import dechallenge
from dechallenge.report import chart, view

_TOLD = (
    "A 44-year-old woman took nitrofurantoin for a week in March for cystitis and was well. In June it was given again "
    "for new complaints. Five days later {came}, with ALT 820 U/L, ALP 130 U/L and bilirubin 5.2 mg/dL. Nitrofurantoin "
    "was stopped. ALT was normal four weeks later."
)
FIRST, AGAIN = "she became jaundiced", "she was again jaundiced"


def _case(came: str) -> dechallenge.CaseOut:
    return dechallenge.assess(_TOLD.format(came=came)).cases[0]


def test_the_course_before_is_not_called_a_re_exposure() -> None:
    case = _case(FIRST)
    suspect = case.suspects[0]
    again = [s for s in view.time_course(case, case.events[0], suspect) if s.kind == "again"]
    assert [(s.label, s.detail) for s in again] == [("given again", "")]
    assert suspect.key_points.rechallenge == "not done"
    assert suspect.key_points.latency_days == (5, 5)


def test_words_that_tell_of_a_first_reaction_are_kept() -> None:
    case = _case(AGAIN)
    assert [a.result for a in case.actions if a.kind == "restarted"] == ["positive"]


def test_a_known_latency_is_not_varied_by_the_day_of_the_second_course() -> None:
    varied = _case(FIRST).suspects[0].sensitivity
    assert varied and not [c for c in varied if "that the words allow" in c.choice]


def test_the_bar_of_the_first_course_is_only_possible_up_to_the_second() -> None:
    case = _case(FIRST)
    item = next(e for e in case.exposures if e.drug == "nitrofurantoin")
    (first, gap), (second, stop) = chart._courses(case, item, item.stop_days)
    assert first == item.start_days
    assert gap is not None and second is not None and gap[0] == 0 and gap[1] == second[0]
    assert stop == item.stop_days
