"""When a reaction came that the report looks back upon, and what was taken then.

Each story is our own; beside what must be read stands what must not.
"""

from __future__ import annotations

import pytest

from dechallenge import Case, assess, read


def case(text: str) -> Case:
    [one] = read(text).cases
    return one


def latency(text: str) -> tuple[float | None, float | None] | None:
    return assess(text).cases[0].suspects[0].key_points.latency_days


@pytest.mark.parametrize(
    ("story", "days"),
    [
        (
            "A 69-year-old man presented with jaundice. Three weeks prior to presentation, he started taking "
            "flucloxacillin. About a week later, he noticed dark urine and itching.",
            7,
        ),
        (
            "A 69-year-old man was admitted with jaundice. Six weeks before admission, flucloxacillin was "
            "started. Four "
            "weeks later, he developed itching and jaundice. ALT was 800 U/L. One week later bilirubin was 12 mg/dL.",
            28,
        ),
    ],
)
def test_the_reaction_began_some_time_after_the_start_looked_back_upon(story: str, days: float) -> None:
    low, high = latency(story) or (None, None)
    assert low is not None
    assert high is not None
    assert low <= days <= high < days + 14


def test_all_that_its_sentence_tells_came_then() -> None:
    text = (
        "A 69-year-old man presented with pruritus. Three weeks prior to presentation, he started taking "
        "flucloxacillin. "
        "About a week later, he began developing a slow but progressive itching, dark urine and jaundice. ALT "
        "was 800 U/L."
    )
    key = assess(text).cases[0].suspects[0].key_points
    assert key.latency_days is not None
    assert key.latency_days[1] == 13.0
    assert not key.further_latencies  # jaundice came with the itching, and not at the visit


@pytest.mark.parametrize(
    "story",
    [
        "A 69-year-old man presented with jaundice. Six weeks before admission, flucloxacillin was started. ALT "
        "was 800 "
        "U/L. One week later bilirubin was 12 mg/dL.",
        "A 69-year-old man presented with jaundice. Six weeks before admission, he had started flucloxacillin. It was "
        "stopped. One week later he developed a rash.",
    ],
)
def test_what_is_told_behind_the_look_back_without_a_new_sign_came_later(story: str) -> None:
    low, high = latency(story) or (None, None)
    assert (low, high) == (39.0, 45.0)


@pytest.mark.parametrize(
    "first",
    [
        "A 33-year-old woman developed hepatitis after several months of ingestion of chaparral. ",
        "A 33-year-old woman developed jaundice after taking chaparral. ",
        "A 33-year-old woman had jaundice. She took chaparral. ",
        "A 33-year-old woman developed subacute hepatic necrosis after several months of ingestion of chaparral. ",
    ],
)
def test_a_later_sentence_dates_the_first_symptoms(first: str) -> None:
    assert latency(first + "Symptoms first appeared 3 months after she began taking chaparral.") == (75.0, 105.0)


AGAIN = (
    "A 65-year-old woman was referred for jaundice. Her medications included aspirin 81 mg, rosuvastatin 5 mg, "
    "and 500 mg "
    "per day of turmeric. ALT was 2,464 U/L. At onset, she had stopped all her medications. Within 3 months, the "
    "jaundice "
    "had resolved. However, 2 months later she returned with jaundice. She reported that she had restarted turmeric 3 "
    "weeks prior."
)


def test_all_medications_are_those_of_the_list() -> None:
    stopped = {a.drug for a in case(AGAIN).actions if a.kind == "stopped"}
    assert stopped == {"acetylsalicylic acid", "rosuvastatin", "turmeric"}


def test_a_drug_that_was_resumed_before_a_return_with_the_reaction_brought_it_back() -> None:
    first = assess(AGAIN).cases[0].suspects[0]
    assert (first.drug, first.key_points.rechallenge) == ("turmeric", "positive")
    again = next(a for a in case(AGAIN).actions if a.kind == "restarted")
    assert again.time is not None
    assert (again.time.low or 0.0) > 0.0  # counted from the return, not from the first visit


def test_a_return_for_something_else_says_nothing_of_the_drug() -> None:
    text = AGAIN.replace("returned with jaundice", "returned for a vaccination")
    assert assess(text).cases[0].suspects[0].key_points.rechallenge != "positive"


def test_drugs_dated_before_the_reaction_are_suspects_though_named_behind_an_older_complaint() -> None:
    text = (
        "A 29-year-old woman presented in March 2004 with an oral ulcer and knee pain. Celecoxib was prescribed "
        "on 17 March. "
        "She was treated with isoniazid and rifampicin from 25 March. On 28 April she was hospitalized with "
        "fever, rash and "
        "jaundice."
    )
    assert {e.drug for e in case(text).exposures if e.role == "suspect"} == {"celecoxib", "isoniazid", "rifampicin"}


def test_a_heading_within_a_paragraph_begins_the_case() -> None:
    text = (
        "Introduction: Turmeric is a popular herb and is considered safe at appropriate doses\n"
        "Case Description/Methods: A 65 year-old female was referred for jaundice. She took turmeric."
    )
    assert len(read(text).cases) == 1


def test_advice_to_professionals_tells_nothing_of_the_patient() -> None:
    text = (
        "A 68-year-old woman developed severe hyponatraemia after starting sertraline. Healthcare providers "
        "should exercise "
        "caution when prescribing SSRIs, considering the patient's comorbidities."
    )
    assert [e.drug for e in case(text).exposures] == ["sertraline"]


WITHOUT = "A 34-year-old man took allopurinol for six weeks. "


@pytest.mark.parametrize(
    ("text", "states"),
    [
        (
            "Based on the presence of a rash without blisters, eosinophilia and fever, DRESS was diagnosed.",
            {"rash": "present", "eosinophilia": "present", "fever": "present", "DRESS": "present"},
        ),
        ("He had fever without rash, and pancreatitis was diagnosed.", {"rash": "absent", "pancreatitis": "present"}),
        ("He had fever without rash, eosinophilia or oedema.", {"rash": "absent", "eosinophilia": "absent"}),
    ],
)
def test_how_far_without_reaches(text: str, states: dict[str, str]) -> None:
    found = {f.term: f.state for f in case(WITHOUT + text).findings}
    assert {term: found.get(term) for term in states} == states


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        (
            "HIV, EBV and hepatitis A, B and C were all negative for acute infection.",
            {"HIV", "EBV", "HAV", "HBV", "HCV"},
        ),
        ("Serology was negative for hepatitis A and B.", {"HAV", "HBV"}),
    ],
)
def test_tests_negative_for_an_infection(text: str, tests: set[str]) -> None:
    assert {t.test for t in case(WITHOUT + "He had jaundice. " + text).tests if t.state == "negative"} == tests


def test_what_comes_with_a_sign_is_no_cause_of_it() -> None:
    assert not case(WITHOUT + "He had jaundice associated with fatigue and itching.").statements
