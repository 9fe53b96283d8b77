"""A drug that a patient "was maintained on" had been started before; a look back to an event told before."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader


def case(text: str) -> Case:
    return ProseReader().read([Document.from_text(text)]).cases[0]


REACTION = " Fifteen months later she became jaundiced; ALT was 800 U/L and bilirubin 5 mg/dL."


@pytest.mark.parametrize(
    ("words", "kind", "high"),
    [
        ("A woman of 33 with Crohn disease was maintained on azathioprine after a flare.", "continued", None),
        ("A woman of 33 with Crohn disease was started on azathioprine after a flare.", "started", 465.0),
    ],
)
def test_maintained_is_no_start(words: str, kind: str, high: float | None) -> None:
    read = case(words + REACTION)
    assert [a.kind for a in read.actions if a.drug == "azathioprine"] == [kind]
    latency = next(link.latency for link in read.links if link.drug == "azathioprine")
    assert latency is not None and (latency.low, latency.high) == (435.0, high)


def test_maintained_on_a_drug_that_had_been_stopped_is_a_restart() -> None:
    text = (
        "A woman of 33 was started on azathioprine. Six weeks later she became jaundiced; ALT was 800 U/L. "
        "Azathioprine was stopped and ALT was normal 8 weeks later. "
        "She was later maintained on azathioprine without any rise of ALT."
    )
    assert [a.kind for a in case(text).actions] == ["started", "stopped", "restarted"]


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("Her liver tests were normal before transplantation.", None),
        ("Her liver tests were normal before discharge.", 0.0),
    ],
)
def test_normal_before_an_event_told_before_is_a_look_back(words: str, low: float | None) -> None:
    text = f"A woman of 33 underwent kidney transplantation. She was started on azathioprine. {words}" + REACTION
    normal = [m.time for m in case(text).measurements if m.qualitative == "normal"][-1]
    assert normal is not None and normal.low == low
