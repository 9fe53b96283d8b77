"""A liver transplantation after the stop ends the follow-up; one before the drug is no part of it."""

from __future__ import annotations

from typing import Any

import pytest

import dechallenge
from dechallenge.evidence import Document

BEGIN = "A 40-year-old woman became jaundiced 2 months after starting {drug}. ALT was 1860 U/L and bilirubin 24 mg/dL. "


def points(text: str) -> Any:
    return dechallenge.assess(Document.from_text(text)).cases[0].suspects[0].key_points


@pytest.mark.parametrize(
    "end",
    [
        "Propylthiouracil was stopped. She became comatose and underwent liver transplantation 6 days after stopping. "
        "One month after transplantation, ALT was 30 U/L and bilirubin 0.8 mg/dL.",
        "Propylthiouracil was stopped and she underwent liver transplantation. She is well two years later.",
    ],
)
def test_the_values_of_the_graft_are_no_dechallenge(end: str) -> None:
    read = points(BEGIN.format(drug="propylthiouracil") + end)
    assert read.dechallenge == "not assessable"
    assert read.severity.grade == 5
    assert read.recovery_days is None


def test_an_injury_that_lasted_for_years_did_not_answer_to_the_stop() -> None:
    end = (
        "Propylthiouracil was stopped, but she remained jaundiced, and two years after onset she underwent liver "
        "transplantation."
    )
    assert points(BEGIN.format(drug="propylthiouracil") + end).dechallenge == "negative"


def test_the_graft_of_a_recipient_is_no_end() -> None:
    text = (
        "A 40-year-old woman underwent liver transplantation for biliary atresia. Five years later she was started on "
        "nitrofurantoin and became jaundiced 2 months after starting it. ALT was 1860 U/L and bilirubin 5 mg/dL. "
        "Nitrofurantoin was stopped. ALT was 120 U/L 3 weeks after stopping and normal 6 weeks after stopping."
    )
    read = points(text)
    assert read.dechallenge == "positive"
    assert read.severity.grade is not None and read.severity.grade < 5
