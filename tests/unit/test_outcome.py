"""How a reaction ended, by words and by values, and which reaction it was. Each report is our own."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Event
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader

FOUND = (
    "A 50-year-old man became jaundiced 3 weeks after starting nefazodone. ALT was 900 U/L and bilirubin 6.0 mg/dL. "
)
LOW = "A 50-year-old man was given carbimazole. After 30 days he had a sore throat and neutrophils were 200/µL. "
STOPPED = "Nefazodone was stopped. "


def event(text: str) -> Event:
    (case,) = ProseReader().read([Document.from_text(text)]).cases
    return case.events[0]


def after_stop(text: str) -> str:
    case = dechallenge.assess(Document.from_text(text)).cases[0]
    return case.suspects[0].key_points.dechallenge


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        ("ALT was 30 U/L and bilirubin 0.8 mg/dL six weeks later.", "recovered"),
        ("ALT was 120 U/L and bilirubin 1.9 mg/dL six weeks later.", "recovering"),
        ("ALT was 800 U/L six weeks later.", "unknown"),
        ("Nine months later ALT was 210 U/L and bilirubin 2.5 mg/dL.", "not recovered"),
        ("Normal after 6 weeks.", "recovered"),
        ("Liver tests normal within 2 months.", "recovered"),
        ("Tests normal 5 days after stopping.", "recovered"),
        ("He made a full recovery.", "recovered"),
        ("ALT fell to 300 U/L in one week and to normal by week 7.", "recovered"),
        ("Bilirubin began to fall after three days.", "recovering"),
        ("He was discharged in good health.", "recovered"),
        ("He improved, but liver tests were still abnormal at discharge.", "recovering"),
        ("Aminotransferases remained elevated and later decreased only slightly.", "not recovered"),
        ("He died of liver failure.", "fatal"),
        ("There was no death and no liver transplantation.", "unknown"),
        ("Liver transplantation was considered but not performed.", "unknown"),
        ("He did not improve.", "not recovered"),
    ],
)
def test_the_end_of_a_liver_injury(end: str, outcome: str) -> None:
    assert event(FOUND + STOPPED + end).outcome == outcome


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        ("Carbimazole was stopped. Neutrophils were 2,600/µL on day 8.", "recovered"),
        ("Carbimazole was stopped. The neutropenia resolved within 5 days.", "recovered"),
        ("Carbimazole was stopped. Three days later neutrophils had fallen to 90/µL.", "unknown"),
    ],
)
def test_the_end_of_a_neutropenia(end: str, outcome: str) -> None:
    assert event(LOW + end).outcome == outcome


def test_a_discharge_alone_is_no_stay_for_the_reaction() -> None:
    assert "hospitalisation" not in event(FOUND + STOPPED + "Discharged in good health.").seriousness
    assert "hospitalisation" in event(FOUND + "He was admitted to hospital. " + STOPPED).seriousness
    assert "hospitalisation" in event(FOUND + "He was admitted for observation. " + STOPPED).seriousness
    assert "hospitalisation" not in event(FOUND + "He was admitted for a liver biopsy. " + STOPPED).seriousness


def test_what_is_told_before_the_worst_value_is_not_the_end() -> None:
    text = "A 50-year-old man was started on nefazodone. After 3 weeks he was asymptomatic, but ALT was 500 U/L."
    assert event(text).outcome == "unknown"


def test_values_of_a_re_exposure_do_not_undo_the_first_recovery() -> None:
    text = FOUND + STOPPED + "ALT was 28 U/L after 8 weeks. Nefazodone was restarted. Two weeks later ALT was 700 U/L."
    assert event(text).outcome == "recovered"


def test_recovery_on_the_drug_is_no_dechallenge() -> None:
    text = FOUND + "Nefazodone was continued. ALT was 28 U/L and bilirubin 0.7 mg/dL two months later."
    assert event(text).outcome == "recovered"
    assert after_stop(text) == "not done"


def test_recovery_in_values_after_the_stop_is_a_positive_dechallenge() -> None:
    assert after_stop(FOUND + STOPPED + "Tests normal after 6 weeks.") == "positive"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ten days later creatinine was 4.0 mg/dL; he felt tired.", "acute kidney injury"),
        ("ten days later he had abdominal pain and vomited; lipase was 1900 U/L.", "pancreatitis"),
        ("ten days later he was weak and creatine kinase was 14,000 U/L.", "rhabdomyolysis"),
        ("ten days later WBC was 1,900/µL with 2% neutrophils.", "neutropenia"),
        ("ten days later ALT was 900 U/L. He had seizures, and seizures were known before.", "liver injury"),
    ],
)
def test_the_kind_of_a_reaction_by_its_values(text: str, kind: str) -> None:
    assert event("A 50-year-old man was started on omeprazole; " + text + " Omeprazole was stopped.").kind == kind
