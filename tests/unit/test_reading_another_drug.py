"""A second drug that is tried after the first: its start, its times, and an end that is not that of the reaction."""

from __future__ import annotations

import pytest

from dechallenge import assess, read

PANCREATITIS = (
    "A 24-year-old woman was started on azathioprine 50 mg/d. On day 19 she presented with severe epigastric pain. "
    "Serum lipase was 2,845 U/L (normal 13-60). Azathioprine was stopped on day 19. Lipase was 48 U/L on day 27. "
)


@pytest.mark.parametrize(
    "again",
    [
        "Three months later, mercaptopurine 25 mg was tried; 36 hours after the first tablet the same pain returned.",
        "Three months later mercaptopurine 25 mg was started; 36 hours after the first dose the pain recurred.",
    ],
)
def test_the_first_dose_of_the_drug_that_the_sentence_tells(again: str) -> None:
    text = PANCREATITIS + again + " Mercaptopurine was stopped and symptoms subsided in 2 days."
    case = assess(text).cases[0]
    begun = next(a for a in case.actions if a.drug == "mercaptopurine" and a.kind == "started")
    assert begun.day is not None and begun.day[0] is not None and begun.day[0] > 80
    points = case.suspects[0].key_points
    assert (points.recovery_days, points.dechallenge) == ((8.0, 8.0), "positive")


def test_a_relapse_without_another_drug_moves_the_end() -> None:
    text = PANCREATITIS + "Ten days later the pain returned. It resolved on day 60."
    end = assess(text).cases[0].suspects[0].key_points.recovery_days
    assert end is not None and end[1] is not None and end[1] > 8


def test_a_first_cycle_of_two_drugs_starts_both() -> None:
    text = (
        "A 58-year-old man received the first cycle of nivolumab 1 mg/kg and ipilimumab 3 mg/kg on day 1. "
        "On day 20 he had myocarditis. Both agents were discontinued."
    )
    begun = {a.drug: a.time.low for a in read(text).cases[0].actions if a.kind == "started" and a.time is not None}
    assert begun == {"nivolumab": 0.0, "ipilimumab": 0.0}


@pytest.mark.parametrize(
    ("again", "result"),
    [
        ("was reintroduced 2 months later with no rise in ALT during one year.", "negative"),
        ("was resumed in September 2018 with no change in ALT.", "negative"),
        ("was resumed in September 2018 and ALT rose to 240 U/L.", "positive"),
        ("was resumed in September 2018 with no other drug.", "not assessable"),
    ],
)
def test_a_re_exposure_with_no_rise(again: str, result: str) -> None:
    text = (
        "A 9-year-old girl took methotrexate 10 mg weekly from 3 March 2018. On 25 June 2018 ALT was 186 U/L (N < 40). "
        "Methotrexate was stopped. ALT was 34 U/L three weeks later. Methotrexate "
    )
    assert assess(text + again).cases[0].suspects[0].key_points.rechallenge == result
