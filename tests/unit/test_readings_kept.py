"""Starts, stops and moments that a rule for other wordings must not move."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader

Days = tuple[float | None, float | None] | None


def read(text: str) -> Case:
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


def day_of(text: str, kind: str, drug: str) -> Days:
    [action] = [a for a in read(text).actions if a.kind == kind and a.drug == drug]
    return (action.time.low, action.time.high) if action.time is not None else None


_STEPWISE = (
    "A 45-year-old man began rifampicin, isoniazid, pyrazinamide and ethambutol. On day 18 ALT was 512 U/L. "
    "Rifampicin, isoniazid and pyrazinamide were withheld. Isoniazid was then restarted, followed by rifampicin. "
    "Pyrazinamide was regarded as the cause. {}"
)


@pytest.mark.parametrize(
    "words",
    ["", "He completed nine months of treatment.", "He finished a total of nine months of therapy without problems."],
)
def test_a_course_completed_without_the_drug_is_not_that_of_the_drug(words: str) -> None:
    low, high = day_of(_STEPWISE.format(words), "stopped", "pyrazinamide") or (None, None)
    assert low == 18
    assert high is not None and high < 60


def test_a_course_completed_of_the_drug_in_focus_ends_with_its_length() -> None:
    text = "Flucloxacillin was given on 1 May 2020. She completed ten days of treatment. On 20 May she was jaundiced."
    assert day_of(text, "stopped", "flucloxacillin") == (10, 10)


@pytest.mark.parametrize("drug", ["rifampicin", "isoniazid", "pyrazinamide", "ethambutol"])
def test_drugs_begun_in_one_breath_were_begun_together(drug: str) -> None:
    assert day_of(_STEPWISE.format(""), "started", drug) == (0, 0)


def test_drugs_that_were_being_taken_were_not_begun_with_the_one_in_focus() -> None:
    text = "A man was taking lisinopril, simvastatin and allopurinol. On day 20 he had jaundice due to allopurinol."
    started = [a for a in read(text).actions if a.drug == "lisinopril" and a.time is not None]
    assert all((a.time.low, a.time.high) != (0, 0) for a in started if a.time is not None)


@pytest.mark.parametrize(
    "words", ["Tocilizumab and methotrexate were stopped.", "Both drugs were stopped.", "Both were stopped."]
)
def test_drugs_stopped_in_one_breath_were_stopped_together(words: str) -> None:
    text = (
        "Tocilizumab was added to methotrexate, which she had taken for years. Six weeks later ALT was 1,987 U/L. "
        f"{words} Hepatitis B was excluded."
    )
    first = day_of(text, "stopped", "tocilizumab")
    assert first == day_of(text, "stopped", "methotrexate")
    assert first is not None and first[1] is not None and first[1] < 60


@pytest.mark.parametrize("salt", ["", " fumarate", " hydrochloride", " succinate"])
def test_the_salt_stands_between_a_drug_and_its_verb(salt: str) -> None:
    text = (
        "A man was started on quetiapine in April 2005. In August 2006 he had cardiomyopathy. "
        f"Quetiapine{salt} and lisinopril{salt} were discontinued. He recovered."
    )
    assert [(a.kind, a.drug) for a in read(text).actions if a.kind == "stopped"] == [
        ("stopped", "quetiapine"),
        ("stopped", "lisinopril"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Famotidine has been used since.",
        "Famotidine has been used since without incident.",
        "Famotidine has been taken since then.",
    ],
)
def test_since_without_a_day_is_since_then(words: str) -> None:
    text = (
        f"A woman was started on pantoprazole. Ten days later sodium was 117 mmol/L. Pantoprazole was stopped. {words}"
    )
    low, _ = day_of(text, "started", "famotidine") or (None, None)
    assert low == 10


def test_since_childhood_is_before_what_is_told() -> None:
    text = (
        "A woman was started on pantoprazole. Ten days later sodium was 117. She had taken carbamazepine since "
        "childhood. "
        "Pantoprazole was stopped."
    )
    started = [a for a in read(text).actions if a.drug == "carbamazepine"]
    assert all(a.time is None or a.time.low is None for a in started)


@pytest.mark.parametrize(
    "aside",
    [
        "",
        "She had been taking ramipril since 2011.",
        "Blood pressure was normal on ramipril, which she had been taking since 2011.",
        "She has used ramipril since 2011.",
    ],
)
def test_a_drug_taken_since_a_year_does_not_take_the_story_there(aside: str) -> None:
    text = (
        "A woman was given nitrofurantoin from 3 March 2020. On 12 March 2020 ALT was 400 U/L. "
        f"{aside} Prednisolone was given and nitrofurantoin was stopped. On 20 March 2020 ALT was normal."
    )
    low, _ = day_of(text, "stopped", "nitrofurantoin") or (None, None)
    assert low == 9
    assert day_of(text, "started", "prednisolone") in ((9, None), (9, 16), (9, 17))


@pytest.mark.parametrize(
    "words",
    [
        "2 years after the start of",
        "2 years after ileal resection and the start of",
        "2 years after surgery and starting",
    ],
)
def test_after_an_operation_and_the_start_of_a_drug_counts_from_the_drug(words: str) -> None:
    [event] = read(f"Severe osteomalacia developed in a woman {words} colestyramine.").events
    assert event.onset is not None
    assert event.onset.low is not None and event.onset.low > 500
