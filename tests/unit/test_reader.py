"""What the reader makes of short reports: roles, courses, times, outcome. Each report is our own."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader


def read(text: str) -> Case:
    (case,) = ProseReader().read([Document.from_text(text)]).cases
    return case


def roles(case: Case) -> dict[str, str]:
    return {link.drug: link.role for link in case.links}


def days(case: Case, drug: str) -> tuple[float | None, float | None]:
    link = next(link for link in case.links if link.drug == drug)
    assert link.latency is not None
    return link.latency.low, link.latency.high


HEPATITIS = (
    "A 52 year old woman with depression developed jaundice 3 weeks after starting nefazodone (300 mg daily). Her "
    "other "
    "medications included atenolol. She had been treated with isoniazid years earlier. ALT was 900 U/L and alkaline "
    "phosphatase 150 U/L. Tests for hepatitis A, B and C were negative. Nefazodone was stopped and prednisone was "
    "started. "
    "Liver tests were normal two months later."
)


def test_roles() -> None:
    found = roles(read(HEPATITIS))
    assert found["nefazodone"] == "suspect"
    assert found["atenolol"] == "concomitant"
    assert found["isoniazid"] == "previous"
    assert found["prednisone"] == "treatment"


def test_latency_and_recovery() -> None:
    case = read(HEPATITIS)
    assert days(case, "nefazodone") == (18, 24)
    (event,) = case.events
    assert event.kind == "liver injury"
    assert event.outcome == "recovered"
    assert event.recovery_from_stop is not None
    assert (event.recovery_from_stop.low, event.recovery_from_stop.high) == (45, 75)


def test_latency_counts_from_the_course_in_which_the_reaction_began() -> None:
    case = read(
        "A 40 year old man took ibuprofen for 8 days without harm. Two months later he restarted ibuprofen and 3 "
        "days later "
        "he developed jaundice and dark urine. ALT was 900 U/L. Ibuprofen was stopped."
    )
    assert days(case, "ibuprofen") == (3, 3)
    link = next(link for link in case.links if link.drug == "ibuprofen")
    assert link.course == 1


def test_running_story_accumulates() -> None:
    case = read(
        "A 61 year old man was started on fenofibrate and developed dark urine and fatigue two weeks later. After "
        "another "
        "two weeks, he was found to be jaundiced with ALT of 600 U/L. Fenofibrate was stopped."
    )
    assert days(case, "fenofibrate") == (11, 17)
    alt = next(m for m in case.measurements if m.analyte == "ALT")
    assert alt.time is not None
    assert (alt.time.low, alt.time.high) == (22, 34)


def test_month_dates_give_honest_intervals() -> None:
    case = read(
        "A 49-year-old woman was treated with anakinra 100 mg/day, starting in November 2009. In January 2010 she "
        "complained "
        "of fatigue and ALT was 500 U/L. Anakinra was discontinued."
    )
    assert days(case, "anakinra") == (32, 91)


def test_a_drug_first_given_for_the_reaction_is_never_the_suspect() -> None:
    case = read(
        "A 10 year old boy with arthritis presented, while on methotrexate, with fever, hepatosplenomegaly, "
        "cytopenia and "
        "ferritin of 9000 µg/L: macrophage activation syndrome. Administration of tocilizumab resulted in resolution."
    )
    found = roles(case)
    assert found["tocilizumab"] == "treatment"
    assert found["methotrexate"] == "suspect"
    assert next(link for link in case.links if link.drug == "methotrexate").basis == "timing"


def test_baseline_values_are_not_the_reaction() -> None:
    case = read(
        "A 30 year old man was started on terbinafine. Before starting terbinafine, ALT was 20 U/L. Four weeks later "
        "he "
        "developed jaundice; ALT was 800 U/L. Terbinafine was stopped."
    )
    before, after = [m for m in case.measurements if m.analyte == "ALT"]
    assert before.time is not None
    assert before.time.high == 0
    assert after.time is not None
    assert (after.time.low, after.time.high) == (25, 31)


def test_no_drug_gives_a_case_without_suspect() -> None:
    case = read("A 30 year old man developed jaundice. ALT was 800 U/L. He recovered.")
    assert case.links == ()
    assert case.events[0].kind == "liver injury"


@pytest.mark.parametrize(
    "text",
    [
        "The mechanism of injury is unknown.",
        "Le patient était âgé de trente ans et souffrait de "
        "fièvre depuis la veille avec une douleur du ventre et des urines foncées pendant "
        "dix jours.",
    ],
)
def test_no_case_is_a_problem_with_a_next_step(text: str) -> None:
    reading = ProseReader().read([Document.from_text(text)])
    assert reading.cases == ()
    (problem,) = reading.problems
    assert problem.next_step


def test_the_same_text_gives_the_same_case() -> None:
    assert read(HEPATITIS).model_dump_json() == read(HEPATITIS).model_dump_json()
