"""Blame and its absence: allergy tests, attributions, stops without effect, drugs not taken, no known cause."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.prose import ProseReader


def case(text: str) -> Case:
    """The only case of a text."""
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


def roles(text: str) -> dict[str, str]:
    return {exposure.drug: exposure.role for exposure in case(text).exposures}


_THEATRE = (
    "A 40-year-old woman was given propofol, fentanyl and atracurium. Within minutes she developed bronchospasm and "
    "hypotension. {}"
)


@pytest.mark.parametrize(
    ("sentence", "suspects"),
    [
        ("Skin tests were positive to atracurium and negative to propofol and fentanyl.", {"atracurium"}),
        ("Skin tests were positive to propofol and negative to atracurium and fentanyl.", {"propofol"}),
    ],
)
def test_an_allergy_test_blames_and_clears(sentence: str, suspects: set[str]) -> None:
    found = roles(_THEATRE.format(sentence))
    assert {drug for drug, role in found.items() if role == "suspect"} == suspects


@pytest.mark.parametrize(
    ("sentence", "blamed"),
    [
        ("We attribute the arrhythmia to sotalol.", True),
        ("Drug-induced arrhythmia (sotalol most likely).", True),
        ("The reaction was due to an interaction between sotalol and erythromycin.", True),
        ("No causal relationship between sotalol and the arrhythmia was seen.", False),
    ],
)
def test_words_of_attribution(sentence: str, blamed: bool) -> None:
    text = f"A 60-year-old man took sotalol and furosemide. Torsade de pointes occurred. {sentence}"
    link = next(link for link in case(text).links if link.drug == "sotalol")
    assert (link.basis == "blamed" and link.role == "suspect") is blamed


def test_a_stop_that_changed_nothing_speaks_for_another_drug() -> None:
    text = (
        "A 66-year-old woman on lansoprazole was started on nivolumab. After 10 weeks creatinine was 2.2 mg/dL. "
        "Lansoprazole was stopped, {} Nivolumab was stopped and creatinine fell to 1.0 mg/dL."
    )
    went_on = case(text.format("but creatinine continued to rise to 3.4 mg/dL."))
    better = case(text.format("and creatinine fell to 1.6 mg/dL."))
    weight = {one: [link.drug for link in found.links if link.role == "suspect"] for one, found in
              (("on", went_on), ("better", better))}  # fmt: skip
    assert weight["on"] == ["nivolumab"]
    assert "lansoprazole" in weight["better"]


@pytest.mark.parametrize(
    ("sentence", "drug", "taken"),
    [
        ("Etoposide was considered but not given.", "etoposide", False),
        ("Etoposide was considered and given.", "etoposide", True),
        ("Prednisolone was not needed.", "prednisolone", False),
        ("Prednisolone was not needed again after May.", "prednisolone", True),
        ("She had never been given heparin.", "heparin", False),
        ("She had been given heparin.", "heparin", True),
        ("Her sister had a rash with amoxicillin.", "amoxicillin", False),
        ("Her sister gave her amoxicillin.", "amoxicillin", True),
        ("Patch tests were positive to amoxicillin.", "amoxicillin", False),
        ("A lupus anticoagulant was found.", "anticoagulant", False),
    ],
)
def test_drugs_that_are_named_but_were_not_taken(sentence: str, drug: str, taken: bool) -> None:
    text = (
        f"A 40-year-old woman took dapsone for 3 weeks and developed agranulocytosis. Dapsone was stopped. {sentence}"
    )
    assert (drug in roles(text)) is taken


def test_a_report_that_knows_no_cause_blames_nobody_by_a_stop() -> None:
    text = (
        "An 80-year-old woman took digoxin, mirtazapine and doxycycline. She became jaundiced; bilirubin was 8 mg/dL "
        "and ALT 300 U/L. Mirtazapine was stopped. {}"
    )
    unknown = case(text.format("The cause could not be established."))
    assert {link.basis for link in unknown.links if link.role == "suspect"} == {"timing"}
    known = case(text.format("She recovered."))
    assert {link.drug: link.basis for link in known.links if link.role == "suspect"} == {"mirtazapine": "blamed"}


def test_the_treatment_to_which_a_drug_was_added_is_not_blamed_by_the_title() -> None:
    body = (
        "A 19-year-old woman had taken valproate for two years. Lamotrigine was added. After 16 days she developed "
        "blisters. Lamotrigine was stopped."
    )
    beside = roles("Stevens-Johnson syndrome after lamotrigine in a patient on valproate\n\n" + body)
    assert beside["valproic acid"] != "suspect" and beside["lamotrigine"] == "suspect"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Treatment included meropenem.", "treatment"),
        ("In spite of meropenem he died.", "treatment"),
        ("Meropenem had been given for years.", "concomitant"),
    ],
)
def test_what_the_treatment_included(sentence: str, role: str) -> None:
    text = (
        "A 45-year-old man took metamizole for two weeks. He developed fever and agranulocytosis. "
        f"Metamizole was stopped. {sentence}"
    )
    assert roles(text)["meropenem"] == role


def test_a_remedy_at_the_head_of_what_it_did() -> None:
    text = "A 27-year-old man took methimazole and developed agranulocytosis. {} the neutrophils rose."
    assert roles(text.format("With filgrastim"))["filgrastim"] == "treatment"
    assert (
        roles("A 27-year-old man with filgrastim took methimazole and developed a rash.")["filgrastim"] != "treatment"
    )


def test_sentences_about_other_patients_are_not_of_the_case() -> None:
    text = (
        "A 47-year-old man took adalimumab for 14 months and developed macrophage activation syndrome; ferritin was "
        "9,000 ng/mL. {} ferritin ranged from 2,200 to 151,000 ng/mL under infliximab."
    )
    others = case(text.format("Among 19 earlier patients"))
    assert [m.value for m in others.measurements if m.analyte == "FERRITIN"] == [9000]
    assert "infliximab" not in {e.drug for e in others.exposures}
    own = case(text.format("In his further course"))
    assert len([m for m in own.measurements if m.analyte == "FERRITIN"]) > 1
