"""Starts that a report tells after the reaction, and a second course whose first start it never tells."""

from __future__ import annotations

import pytest

from dechallenge import assess, read

SEEN = "A 69-year-old woman was seen in June 2019 with jaundice. ALT was 964 U/L. "
STOPPED = " Nitrofurantoin was discontinued on 14 June 2019."


@pytest.mark.parametrize(
    "start",
    [
        "She had cystitis, for which nitrofurantoin 100 mg nocte had been prescribed 14 months before.",
        "Nitrofurantoin 100 mg at night had been prescribed 14 months previously.",
        "Nitrofurantoin (100 mg nocte) had been prescribed 14 months earlier.",
        "For 14 months she had taken nitrofurantoin 100 mg nocte for cystitis.",
        "For 14 months she had been taking nitrofurantoin.",
        "She had been taking nitrofurantoin for the previous 14 months.",
    ],
)
def test_a_start_counted_back_from_the_reaction(start: str) -> None:
    suspect = assess(SEEN + start + STOPPED).cases[0].suspects[0]
    assert suspect.key_points.latency_days == (405.0, 435.0)


@pytest.mark.parametrize("told", ["She had taken nitrofurantoin.", "For years she had taken nitrofurantoin."])
def test_a_start_told_in_the_pluperfect_is_not_after_the_reaction(told: str) -> None:
    low, _ = assess(SEEN + told + STOPPED).cases[0].suspects[0].key_points.latency_days or (None, None)
    assert low is not None and low >= 0


@pytest.mark.parametrize(
    "again",
    [
        "In November 2021 an out-of-hours doctor prescribed nitrofurantoin 100 mg twice daily.",
        "In November 2021 she was given nitrofurantoin 100 mg twice daily.",
        "Nitrofurantoin was prescribed in November 2021.",
    ],
)
def test_a_second_course_is_one_though_the_first_start_is_not_told(again: str) -> None:
    text = (
        "A 69-year-old woman on nitrofurantoin was seen in June 2019 with jaundice. ALT was 964 U/L."
        f"{STOPPED} ALT was normal by 12 weeks. {again} Nine days later ALT was 612 U/L."
    )
    case = assess(text).cases[0]
    suspect = case.suspects[0]
    assert [a.kind for a in case.actions] == ["stopped", "restarted"]
    assert suspect.key_points.rechallenge == "positive"
    onset = case.events[0].onset_days
    assert onset is not None and onset[0] is not None and onset[0] < 1


def test_a_first_start_told_after_the_stop_is_no_second_course() -> None:
    text = SEEN + STOPPED + " Nitrofurantoin had been given since April 2018."
    assert "restarted" not in [a.kind for a in read(text).cases[0].actions]


@pytest.mark.parametrize(
    "regimen",
    [
        "100 mg at night", "100 mg three times a day", "100 mg by mouth twice a day", "40 mg subcutaneously once daily",
        "50 micrograms every morning",
        "(100 mg nocte)", "(20 mg every other day)", "0.5 g tds with meals", "one tablet a day",
        "20 mg on alternate days",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "text",
    [
        "Nitrofurantoin {0} was started on 2 March 2020.",
        "On 2 March 2020 nitrofurantoin {0} and lamotrigine {0} were started.",
    ],
)
def test_a_regimen_between_a_drug_and_its_verb(text: str, regimen: str) -> None:
    case = read("A woman of 50 was seen. " + text.format(regimen) + " On 12 March 2020 ALT was 900 U/L.").cases[0]
    assert [a.kind for a in case.actions] == ["started"] * text.count("{0}")
    assert all(a.time is not None and a.time.low == 0.0 for a in case.actions)


@pytest.mark.parametrize(
    "text",
    [
        "An 81-year-old man with a stroke in 2018 was started on lamotrigine on 9 January 2023.",
        "An 81-year-old man with epilepsy since a stroke in 2018 was given lamotrigine on 9 January 2023.",
        "In January 2023 lamotrigine was started and it was stopped on 15 February 2023.",
    ],
)
def test_a_year_of_the_history_dates_no_start(text: str) -> None:
    case = read(text + " On 10 February 2023 he had jaundice. ALT was 500 U/L.").cases[0]
    onset = case.events[0].onset
    assert next(a.time.low for a in case.actions if a.time is not None) == 0.0
    assert onset is not None and onset.low is not None and 9 <= onset.low <= 40


@pytest.mark.parametrize(
    "text",
    [
        "He was changed from levetiracetam to lamotrigine on 9 January 2023.",
        "His treatment was changed from levetiracetam 500 mg bid to lamotrigine 25 mg daily on 9 January 2023.",
    ],
)
def test_changed_from_one_drug_to_another(text: str) -> None:
    case = read("An 81-year-old man had epilepsy. " + text + " On 10 February 2023 he had jaundice.").cases[0]
    assert [(a.kind, a.drug) for a in case.actions] == [("stopped", "levetiracetam"), ("started", "lamotrigine")]
