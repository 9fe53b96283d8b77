"""What a drug was given for: words that stand with the drug, and words that only seem to."""

from __future__ import annotations

import pytest

from dechallenge import assess, read


def told(text: str) -> dict[str, str | None]:
    (case,) = read(text).cases
    return {e.drug: e.indication for e in case.exposures}


LATER = " Ten days later she developed DRESS."


@pytest.mark.parametrize(
    ("words", "drug", "aim"),
    [
        ("took allopurinol 300 mg daily for gout.", "allopurinol", "gout"),
        ("was prescribed allopurinol for her recurrent gout on 3 March 2020.", "allopurinol", "recurrent gout"),
        ("received carbamazepine (200 mg twice daily) for trigeminal neuralgia.", "carbamazepine", "trigeminal "
         "neuralgia"),
        ("took amoxicillin for the treatment of sinusitis for ten days.", "amoxicillin", "sinusitis"),
        ("had epilepsy treated with carbamazepine.", "carbamazepine", "epilepsy"),
        ("was diagnosed with bipolar disorder and started on lamotrigine.", "lamotrigine", "bipolar disorder"),
        ("took vancomycin for methicillin-resistant osteomyelitis and had fever.", "vancomycin",
         "methicillin-resistant osteomyelitis"),
        ("received ciclosporin for prophylaxis of graft-versus-host disease.", "ciclosporin", "prophylaxis of "
         "graft-versus-host disease"),
        ("took allopurinol for gout and takes cetirizine.", "allopurinol", "gout"),
        ("had gout, for which she was given allopurinol.", "allopurinol", "gout"),
    ],
)  # fmt: skip
def test_what_a_drug_was_given_for(words: str, drug: str, aim: str) -> None:
    assert told(f"A 40-year-old woman {words}{LATER}")[drug] == aim


@pytest.mark.parametrize(
    "words",
    [
        "took allopurinol for two weeks.",
        "had taken allopurinol for many years.",
        "took allopurinol for the first time.",
        "took allopurinol; she was admitted for observation.",
        "took allopurinol and consulted her doctor for itching.",
        "stopped allopurinol for nausea.",
        "took allopurinol for three cycles.",
        "took allopurinol, adjusted for renal impairment.",
        "with obesity and hypertension treated with allopurinol.",
    ],
)
def test_words_that_name_no_aim(words: str) -> None:
    assert told(f"A 40-year-old woman {words}{LATER}")["allopurinol"] is None


def test_each_drug_has_its_own_aim() -> None:
    text = (
        "A 62-year-old man took metformin for diabetes, amlodipine for hypertension and omeprazole. Allopurinol "
        "was begun "
        "for gout. Three weeks later he developed DRESS and was given prednisolone for the DRESS."
    )
    assert told(text) == {
        "metformin": "diabetes",
        "amlodipine": "hypertension",
        "omeprazole": None,
        "allopurinol": "gout",
        "prednisolone": "DRESS",
    }


def test_the_aim_is_in_the_answer_with_its_words() -> None:
    (case,) = assess("A 62-year-old man took allopurinol for gout. Three weeks later he developed DRESS.").cases
    (exposure,) = case.exposures
    assert exposure.indication == "gout"
    assert "gout" in [e.quote for e in exposure.evidence if hasattr(e, "quote")]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        (
            "Mr Hale, 40 yrs. Commenced amiodarone 200 mg PO daily on 27 Jun 2021 for ventricular tachycardia. "
            "On 7 Jul "
            "2021 he developed palpitations and thyroiditis was diagnosed. Amiodarone was stopped.",
            "thyroiditis",
        ),
        (
            "Male, 40 years. Heparin 5000 units three times daily for deep vein thrombosis from 27-Apr-2019. On "
            "2-May-2019 "
            "his platelets fell to 38 x10^9/L. Heparin was stopped.",
            "thrombocytopenia",
        ),
    ],
)
def test_the_aim_is_not_the_reaction(text: str, term: str) -> None:
    (case,) = read(text).cases
    assert [e.term for e in case.events] == [term]


def test_treatment_for_the_reaction_leaves_the_reaction() -> None:
    (case,) = read(
        "A 40-year-old man took simvastatin. A week later rhabdomyolysis developed. Simvastatin was stopped and fluids "
        "were given for the rhabdomyolysis."
    ).cases
    assert [e.term for e in case.events] == ["rhabdomyolysis"]


def test_an_illness_of_a_relative_is_not_the_patients() -> None:
    (case,) = assess(
        "A 40-year-old man took allopurinol for gout. His mother had breast cancer. Ten days later he developed DRESS."
    ).cases
    assert {f.term: f.subject for f in case.findings}["breast cancer"] == "family"
    assert {f.term: f.subject for f in case.findings}["gout"] == "patient"
