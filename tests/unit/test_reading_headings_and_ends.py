"""Words for many tests that only head a list, codes shared out among patients, and ends told with their own time."""

from __future__ import annotations

import pytest

from dechallenge import assess, read

JAUNDICE = "An 81-year-old man took lamotrigine and had jaundice with ALT 500 U/L. "


@pytest.mark.parametrize(
    ("told", "tests"),
    [
        ("Viral serologies (HIV, CMV, EBV) were negative.", {"HIV", "CMV", "EBV"}),
        ("Viral serology for HIV, CMV and EBV was negative.", {"HIV", "CMV", "EBV"}),
        ("Hepatitis serologies (A, B, C) were negative.", {"HAV", "HBV", "HCV"}),
        ("Viral serologies were negative.", {"viral hepatitis"}),
    ],
)
def test_a_heading_of_a_list_is_no_test(told: str, tests: set[str]) -> None:
    assert {t.test for t in read(JAUNDICE + told).cases[0].tests} == tests


@pytest.mark.parametrize(
    ("told", "results"),
    [
        ("The French imputability was I3 (C2S2) in case 1 and I4 (C3S3) in case 2.", ["I3(C2S2)", "I4(C3S3)"]),
        ("The French imputability was C2S2B3 in case 1 and C3S3B3 in case 2.", ["C2S2B3", "C3S3B3"]),
        ("The Naranjo score was 6 in case 1 and 8 in case 2.", ["6", "8"]),
    ],
)
def test_codes_shared_out_among_patients(told: str, results: list[str]) -> None:
    text = (
        "Two cases\n\nPatient 1. A 59-year-old man took febuxostat. After 18 days neutrophils were 0.08 G/L.\n\n"
        f"Patient 2. A woman aged 74 took febuxostat. After 40 days neutrophils were 0.31 G/L.\n\n{told}"
    )
    cases = read(text).cases
    assert [[s.result for s in case.statements if s.kind == "score"] for case in cases] == [[r] for r in results]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("The swelling began to recede within 90 minutes and had gone after 20 hours.", 20 / 24),
        ("The swelling subsided over 20 hours. There were no further episodes in the following 14 months.", 20 / 24),
        ("There were no further episodes in the following 14 months.", None),
    ],
)
def test_nothing_more_tells_no_day_of_an_end(told: str, days: float | None) -> None:
    text = "A 45-year-old woman took perindopril for 5 years. She presented with swelling of the tongue. "
    points = assess(text + "Perindopril was stopped. " + told).cases[0].suspects[0].key_points
    assert points.outcome == "recovered"
    assert points.recovery_days is None if days is None else points.recovery_days == pytest.approx((days, days))


def test_the_first_normal_count_of_a_list_is_the_recovery() -> None:
    text = (
        "A woman aged 74 took febuxostat from 3 May 2019. On 12 June 2019 neutrophils were 0.31 x 10^9/L. Febuxostat "
        "was stopped the next day. Neutrophils were 0.62 x 10^9/L on 17 June, 1.9 x 10^9/L on 22 June and 3.1 x 10^9/L "
        "on 30 June."
    )
    assert assess(text).cases[0].suspects[0].key_points.recovery_days == (9.0, 9.0)


@pytest.mark.parametrize(
    ("told", "tests"),
    [
        ("CT and MRI of the brain were normal.", {"CT of the brain", "MRI of the brain"}),
        ("CT and angiography of the chest were normal.", {"CT of the chest"}),
        ("Bone scintigraphy was normal.", {"bone scan"}),
        ("TSH receptor antibodies and anti-TPO antibodies were negative.", {"TSH receptor antibodies", "anti-TPO"}),
        ("The plasma valproate was 98 mg/L (therapeutic range 50-100).", {"drug level"}),
    ],
)
def test_investigations_of_other_organs(told: str, tests: set[str]) -> None:
    text = "An 81-year-old man took valproate and had jaundice with ALT 500 U/L. " + told
    assert {t.test for t in read(text).cases[0].tests} == tests


def test_a_title_that_introduces_the_patient_is_one() -> None:
    text = (
        "Valproate-induced hyperammonaemic encephalopathy in a 34-year-old woman\n\nA 34-year-old woman was given "
        "valproate for persisting seizures on 7 September 2020. On 18 September 2020 she was drowsy; ammonia was "
        "212 umol/L (11-32). Valproate was stopped. Ammonia was 29 umol/L on 21 September 2020."
    )
    case = assess(text).cases[0]
    assert case.events[0].kind == "hyperammonemia" and case.suspects[0].key_points.outcome == "recovered"


def test_counts_per_nanolitre_and_no_granulocytes() -> None:
    text = (
        "A 41-year-old nurse took metamizole from 3 June 2020. On day 9 the leucocyte count was 0.7/nL with no "
        "granulocytes; platelets were 301/nL. Metamizole was stopped. She recalled having taken metamizole in 2017."
    )
    case = read(text).cases[0]
    assert case.events[0].kind == "neutropenia"
    assert [(m.analyte, m.canonical) for m in case.measurements] == [("WBC", 0.7), ("PLT", 301.0)]
    assert [a.kind for a in case.actions] == ["started", "stopped"]
