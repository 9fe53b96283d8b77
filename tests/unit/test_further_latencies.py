"""Latencies besides the main one: to jaundice, on re-exposure, from the first dose of all; each with its words."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.assessment.model import Delay, KeyPoints
from dechallenge.report import view

FIRST = (
    "A 50 year old woman developed fatigue six weeks after starting isoniazid. ALT was 640 U/L. Isoniazid was stopped "
    "and liver tests returned to normal within two months. "
)


def points(text: str) -> KeyPoints:
    return dechallenge.assess(text).cases[0].suspects[0].key_points


def again(text: str) -> list[Delay]:
    return [delay for delay in points(text).further_latencies if delay.since == "re-exposure"]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("Isoniazid was restarted and jaundice recurred 9 days later.", (9.0, 9.0)),
        ("Isoniazid was restarted. Within 4 days she redeveloped fatigue and ALT was 500 U/L.", (0.0, 4.0)),
        ("Isoniazid was restarted for 12 days. Within 5 days she again had nausea, and ALT was 480 U/L.", (0.0, 5.0)),
        ("She presented with a similar episode of jaundice within a week, having restarted isoniazid.", None),
    ],
)
def test_on_re_exposure(told: str, days: tuple[float, float] | None) -> None:
    found = again(FIRST + told)
    assert [(d.until, d.days) for d in found] == ([("recurrence", days)] if days else [])


def test_having_restarted_came_before_what_is_told() -> None:
    text = (
        "A 50 year old woman became confused ten days after starting valproate, and ALT was 640 U/L. Valproate was "
        "stopped. She presented with a similar episode within a week, having restarted valproate at home."
    )
    case = dechallenge.read(text).cases[0]
    restart = next(a for a in case.actions if a.kind == "restarted")
    assert restart.result == "positive"
    assert restart.recurrence_after is not None and restart.recurrence_after.high == 7.0


def test_the_words_of_the_delay_are_its_evidence() -> None:
    text = FIRST + "Isoniazid was restarted and jaundice recurred 9 days later."
    [delay] = again(text)
    assert delay.because == "“9 days later”"
    assert [text[e.start : e.end] for e in delay.evidence] == ["9 days later"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "told",
    [
        "Isoniazid was restarted three months later and was well tolerated; liver tests were normal after 4 weeks.",
        "Isoniazid was restarted and the hepatitis recurred.",
        "The jaundice had resolved six weeks later.",
        "",
    ],
)
def test_none_without_a_recurrence_and_its_time(told: str) -> None:
    assert again(FIRST + told) == []


def test_a_first_sign_after_a_restart_without_the_word_again() -> None:
    text = FIRST + "Isoniazid was restarted one month later. Five months later she noticed nausea and jaundice."
    [delay] = again(text)
    assert (delay.until, delay.days) == ("first sign", (135.0, 165.0))
    assert points(text).rechallenge != "positive"


def test_from_the_first_dose_of_all() -> None:
    text = (
        "An 80 year old man took nitrofurantoin for seven months. It was restarted one year later. After another "
        "14 months of nitrofurantoin he developed jaundice, and ALT was 400 U/L."
    )
    key = points(text)
    [delay] = key.further_latencies
    assert (delay.since, delay.until) == ("first dose of all", "onset")
    low, high = delay.days
    assert low is not None and high is not None and low <= 33 * 30.4 <= high
    assert (key.latency_days or (None, None))[1] == 435.0
    assert delay.evidence


def test_to_jaundice_where_it_came_later() -> None:
    text = (
        "A 44 year old man developed nausea 24 days after starting terbinafine. Eight days later he noticed jaundice. "
        "ALT was 584 U/L and bilirubin 6.6 mg/dL."
    )
    key = points(text)
    assert key.latency_days == (24.0, 24.0)
    assert [(d.until, d.days) for d in key.further_latencies] == [("jaundice", (32.0, 32.0))]
    assert view.further_latencies(key) == "32 days to jaundice"


def test_jaundice_with_the_first_sign_is_no_second_latency() -> None:
    text = "A 44 year old man developed jaundice 24 days after starting terbinafine. ALT was 584 U/L."
    assert points(text).further_latencies == ()


def test_a_start_named_again_opens_no_course() -> None:
    text = (
        FIRST + "She had eosinophilia which had been documented on blood counts taken two and three weeks after "
        "starting isoniazid. Her fatigue resolved over the following four weeks."
    )
    case = dechallenge.read(text).cases[0]
    assert [a.kind for a in case.actions if a.drug == "isoniazid" and a.kind == "restarted"] == []


def test_having_stopped_at_the_head_of_a_sentence_goes_on() -> None:
    text = (
        "A 72 year old man took atorvastatin for 4 months. Having stopped it for 3 months, he restarted "
        "atorvastatin, and one week later developed jaundice. ALT was 400 U/L."
    )
    onset = dechallenge.read(text).cases[0].events[0].onset
    assert onset is not None and onset.low is not None and onset.low > 150
