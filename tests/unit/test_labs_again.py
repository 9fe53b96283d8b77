"""Values told without their name again, and other places where a figure stands away from its analyte."""

from __future__ import annotations

import pytest

from tests.unit.test_labs_series import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Platelets were 290 K/µL before surgery and 260 K/µL on postoperative day 3.",
            [("PLT", 290, "="), ("PLT", 260, "=")],
        ),
        ("Creatinine was 4.4 mg/dL (baseline 1.1 mg/dL).", [("CREAT", 4.4, "="), ("CREAT", 1.1, "=")]),
        ("CRP was 60 mg/L (day 9: 7 mg/L).", [("CRP", 60, "="), ("CRP", 7, "=")]),
        (
            "The neutrophil count was 0.3 × 10⁹/L (previous values 3.5–5.2 × 10⁹/L).",
            [("NEUT", 0.3, "="), ("NEUT", (3.5, 5.2), "=")],
        ),
        (
            "CK was 6,100 U/L on 2021-05-19 and on 2021-06-02 190 U/L.",
            [("CK", 6100, "="), ("CK", 190, "=")],
        ),
        (
            "Serum creatinine, 0.7 mg/dL before the first cycle, was 1.9 mg/dL before the fifth cycle.",
            [("CREAT", 0.7, "="), ("CREAT", 1.9, "=")],
        ),
        ("Creatinine six weeks before had been 98 µmol/L.", [("CREAT", 98, "=")]),
        ("Neutrophils first exceeded 0.5 x 109/L on day 8.", [("NEUT", 0.5, ">")]),
        ("Neutropenia recurred with a nadir of 0.15 × 10⁹/L.", [("NEUT", 0.15, "=")]),
        ("Creatinine continued to climb to 3.3 mg/dL.", [("CREAT", 3.3, "=")]),
        (
            "On the fifth day neutrophils reached 0.6 × 10⁹/l and on the eighth day 5.1 × 10⁹/l.",
            [("NEUT", 0.6, "="), ("NEUT", 5.1, "=")],
        ),
    ],
)
def test_the_analyte_of_the_value_before(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Creatinine was 4.4 mg/dL (urine protein 1.1 mg/dL).",
        "ALT was 90 U/L and a dose of 50 U/L was given on day 3.",
        "Haemoglobin was 8.1 g/dL, 20 g/L in another patient after a week.",
    ],
)
def test_a_further_value_of_something_else_is_left(text: str) -> None:
    assert len(values(text)) == 1


def test_values_behind_their_days() -> None:
    text = "Platelets: 4 October 38 G/L, 6 October 97 G/L, 10 October 244 G/L."
    assert values(text) == [("PLT", 38, "="), ("PLT", 97, "="), ("PLT", 244, "=")]
    assert values("Platelets: seen on 4 October 2019.") == []


def test_a_growth_factor_is_no_spinal_fluid() -> None:
    assert values("With G-CSF the neutrophils were 1.2 × 10⁹/L.") == [("NEUT", 1.2, "=")]
    assert values("In the CSF the neutrophils were 1.2 × 10⁹/L.") == []


def test_a_lavage_is_no_blood_count() -> None:
    assert values("Bronchoalveolar lavage contained 38% lymphocytes.") == []
    assert values("Blood contained 38% lymphocytes.") == [("LYMPH_PCT", 38, "=")]


def test_a_day_is_a_label_and_a_decimal_behind_it_is_not() -> None:
    assert values("Neutrophils were low on day 5 and normal later.") == []
    assert values("On the eighth day 5.1 × 10⁹/L neutrophils were counted.") == [("NEUT", 5.1, "=")]
