"""Which reaction a case is about: what its title and its attributions name, and by which signs it is first noticed."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader


def case(text: str) -> Case:
    """The only case of a text."""
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


def kind(text: str) -> str:
    """Kind of the primary reaction; empty where none is read."""
    return next((event.kind for event in case(text).events if event.primary), "")


def latency(text: str, drug: str) -> tuple[float | None, float | None] | None:
    link = next(link for link in case(text).links if link.drug == drug)
    return None if link.latency is None else (link.latency.low, link.latency.high)


_LIVER = (
    "A 50-year-old man took linezolid for 9 days. ALT was 250 U/L, AST 230 U/L and bilirubin 2.4 mg/dL. {} "
    "It was stopped."
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Toxic epidermal necrolysis after linezolid\n\n", "severe skin reaction"),
        ("Linezolid given to a patient with toxic epidermal necrolysis\n\n", "liver injury"),
        ("A complicated stay\n\n", "liver injury"),
    ],
)
def test_the_title_names_the_reaction_but_not_what_the_patient_had(title: str, expected: str) -> None:
    assert kind(title + _LIVER.format("He had blisters.")) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Acute pancreatitis due to linezolid was assumed, with lipase 900 U/L.", "pancreatitis"),
        ("There was no pancreatitis.", "liver injury"),
        ("He had a history of pancreatitis due to gallstones.", "liver injury"),
    ],
)
def test_a_diagnosis_that_is_attributed_outweighs_abnormal_values(sentence: str, expected: str) -> None:
    text = "A 50-year-old man took linezolid for 9 days. ALT was 150 U/L. {} The drug was stopped."
    assert kind(text.format(sentence)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("creatine kinase 31,000 U/L", "rhabdomyolysis"), ("creatine kinase 210 U/L", "liver injury")],
)
def test_aminotransferases_of_an_injured_muscle_are_no_liver_injury(value: str, expected: str) -> None:
    text = (
        f"A 61-year-old woman took pravastatin for 3 weeks. AST was 640 U/L, ALT 190 U/L and {value}. It was stopped."
    )
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("sodium was 119 mmol/L", "hyponatremia"),
        ("sodium was 139 mmol/L", ""),
        ("potassium was 6.9 mmol/L", "hyperkalemia"),
        ("potassium was 4.9 mmol/L", ""),
        ("the leucocyte count was 0.7 x 10^9/L", "neutropenia"),
        ("the leucocyte count was 7.0 x 10^9/L", ""),
        ("platelets were 12 x 10^9/L", "thrombocytopenia"),
        ("platelets were 212 x 10^9/L", ""),
    ],
)
def test_values_that_fall_speak_for_a_reaction(value: str, expected: str) -> None:
    assert (
        kind(f"A 70-year-old man was started on mirtazapine. After 12 days {value}. Mirtazapine was stopped.")
        == expected
    )


def test_a_sign_that_comes_before_the_diagnosis_dates_the_onset() -> None:
    text = (
        "A 44-year-old woman began metamizole on 1 March 2021. On 10 March 2021 she developed fever and a sore throat. "
        "On 13 March 2021 neutrophils were 0.1 x 10^9/L. Metamizole was stopped."
    )
    assert latency(text, "metamizole") == (9.0, 9.0)
    old = text.replace("On 10 March 2021 she developed fever and a sore throat.", "She had no fever.")
    assert latency(old, "metamizole") == (12.0, 12.0)


def test_an_opinion_at_the_end_is_not_the_onset() -> None:
    text = (
        "A 26-year-old man was prescribed ampicillin. On day 3 he noted pustules in the groins. Cultures were sterile. "
        "Ampicillin was stopped on day 4. Two months later a patch test was positive. "
        "Acute generalized exanthematous pustulosis due to ampicillin was diagnosed."
    )
    low, high = latency(text, "ampicillin") or (None, None)
    assert (low, high) == (3.0, 3.0)


def test_a_list_of_diagnoses_does_not_say_when_they_began() -> None:
    text = (
        "Diagnosis: acute kidney injury due to gentamicin.\nThe patient, a 70-year-old man, was given gentamicin on "
        "2 May 2020. On 9 May 2020 creatinine was 4.1 mg/dL. Gentamicin was stopped."
    )
    assert latency(text, "gentamicin") == (7.0, 7.0)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ("developed urticaria, wheezing and vomiting", "hypersensitivity"),
        ("developed urticaria on the arms", ""),
    ],
)
def test_skin_and_airway_together_are_an_acute_hypersensitivity(signs: str, expected: str) -> None:
    text = f"A 30-year-old woman took cefaclor. Twenty minutes later she {signs}. Adrenaline was given."
    assert (kind(text) == "hypersensitivity") is (expected == "hypersensitivity")


def test_jaundice_of_haemolysis_is_not_the_liver() -> None:
    text = (
        "A 35-year-old man took dapsone for 5 days. He became jaundiced and passed dark urine. {} Total bilirubin was "
        "4.1 mg/dL. Dapsone was stopped."
    )
    assert kind(text.format("Haemolysis was confirmed.")) == "anemia"
    assert kind(text.format("There was no haemolysis.")) == "liver injury"
    assert kind(text.format("Haemolysis was confirmed and ALT was 900 U/L.")) == "liver injury"


def test_a_title_in_the_line_of_the_text_is_no_sentence_of_the_case() -> None:
    text = (
        "Serotonin syndrome from linezolid and citalopram. A 58-year-old man on citalopram was given linezolid. "
        "After two days he became agitated with clonus. Linezolid was stopped and he recovered."
    )
    assert latency(text, "linezolid") == (2.0, 2.0)
    told = text.replace(
        "Serotonin syndrome from linezolid and citalopram.", "A man was admitted with serotonin syndrome."
    )
    assert case(told).events[0].kind == "serotonin syndrome"


def test_the_value_that_shows_the_reaction_dates_it() -> None:
    text = (
        "A 70-year-old man was started on linezolid on 1 May 2020. Platelets were 250 x 10^9/L on 2 May 2020 and "
        "{} x 10^9/L on 15 May 2020. Platelets were 20 x 10^9/L on 20 May 2020. Linezolid was stopped."
    )
    assert latency(text.format("11"), "linezolid") == (14.0, 14.0)
    assert latency(text.format("240"), "linezolid") == (19.0, 19.0)
