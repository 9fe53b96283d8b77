"""The many ways in which reports tell the result of a test, and which test it is of."""

from __future__ import annotations

import pytest

from dechallenge import read

HEAD = "A 52-year-old man developed jaundice 4 weeks after starting flucloxacillin. "
A_B_C = {"HAV": "negative", "HBV": "negative", "HCV": "negative"}


@pytest.mark.parametrize(
    ("told", "states"),
    [
        ("There was no serological evidence of hepatitis A, B or C.", A_B_C),
        (
            "There was no serological evidence of acute or chronic hepatitis B or C.",
            {"HBV": "negative", "HCV": "negative"},
        ),
        ("No antibodies against hepatitis A, B or C were detected.", A_B_C),
        ("No evidence of hepatitis A, B, or C was found.", A_B_C),
        ("No evidence was found for hepatitis A, B or C.", A_B_C),
        ("There was no infection with hepatitis A, B or C.", A_B_C),
        ("Neither hepatitis A, B nor C could be demonstrated.", A_B_C),
        ("There was serological evidence of hepatitis B.", {"HBV": "positive"}),
        ("There was no fever and serological evidence of hepatitis B was found.", {"HBV": "positive"}),
        ("EBV IgG was positive and IgM negative.", {"EBV IgG": "positive", "EBV IgM": "negative"}),
        ("CMV IgG but not IgM antibodies were detected.", {"CMV IgG": "positive", "CMV IgM": "negative"}),
        ("VCA IgG was positive, VCA IgM negative.", {"EBV IgG": "positive", "EBV IgM": "negative"}),
        ("Viral serologies were negative except for EBV IgG.", {"EBV IgG": "positive"}),
    ],
)
def test_the_state_of_a_test(told: str, states: dict[str, str]) -> None:
    found = {t.test: t.state for t in read(HEAD + told).cases[0].tests}
    assert {test: found.get(test) for test in states} == states


def test_immunoglobulins_are_no_marker_of_a_virus() -> None:
    found = {t.test for t in read(HEAD + "Serum IgG and IgM were normal. EBV IgM was negative.").cases[0].tests}
    assert "EBV IgG" not in found
