"""Readings that later mends had lost, and the wordings beside them that must stay as they are."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case

WOMAN = "A 50-year-old woman "


def _case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def _events(text: str) -> list[str]:
    return [e.term for c in dechallenge.read(text).cases for e in c.events]


def _links(text: str) -> dict[str, str]:
    return {s.drug: s.basis for s in dechallenge.assess(text).cases[0].suspects}


def _roles(text: str) -> dict[str, str]:
    return {e.drug: e.role for e in _case(text).exposures}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We describe a case of infection with Nocardia in a 60-year-old woman receiving etanercept.", True),
        ("The study describes a 40-year-old woman who had weight fluctuation under mianserin and aripiprazole.", True),
        ("A 30-year-old man, exposed to sulindac on two separate occasions, had a sensory neuropathy.", True),
        ("Occurrence of rapid mood cycling during L-dopa treatment in a 60-year-old woman.", True),
        ("We report a case of tumoral calcinosis in a 40-year-old man. He took paracetamol.", False),
        ("A 40-year-old man on paracetamol had tumoral calcinosis.", False),
    ],
)  # fmt: skip
def test_a_reaction_told_in_one_sentence_with_its_drug(text: str, told: bool) -> None:
    assert bool(_events(text)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("After treatment with cimetidine, there was a rapid deterioration with decreased oxygen saturation.", True),
        ("After treatment with cimetidine, there was a family history of decreased oxygen saturation.", False),
    ],
)
def test_there_was_a_deterioration(text: str, told: bool) -> None:
    assert bool(_events(WOMAN + "had bronchitis. " + text)) is told


@pytest.mark.parametrize(
    ("drug", "role"), [("olanzapine", "suspect"), ("haloperidol", "suspect"), ("ceftriaxone", "treatment")]
)
def test_a_drug_of_the_class_that_names_the_reaction_is_no_treatment_of_it(drug: str, role: str) -> None:
    text = f"was referred with neuroleptic malignant syndrome. She was given {drug}. Creatine kinase was 4731 U/L."
    assert _roles(WOMAN + text)[drug] == role


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("had varices. She was given warfarin, but discontinued due to non-compliance. She had jaundice.", "timing"),
        ("had jaundice. Warfarin was discontinued because of jaundice.", "blamed"),
    ],
)  # fmt: skip
def test_a_stop_for_reasons_of_the_patient_blames_no_drug(text: str, basis: str) -> None:
    assert _links(WOMAN + text).get("warfarin", "timing") == basis


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("All medications except metoprolol were discontinued after a year.", False),
        ("A biopsy revealed that half of the muscle was replaced by fibrosis.", False),
        ("Tamoxifen was discontinued after a year.", True),
        ("The therapy was replaced by letrozole.", True),
    ],
)
def test_a_stop_of_no_drug_that_is_named(text: str, stopped: bool) -> None:
    case = _case(WOMAN + "took tamoxifen and developed cardiomyopathy. " + text)
    assert any(a.kind == "stopped" for a in case.actions) is stopped


def test_a_co_suspect_that_was_stopped_in_one_breath_is_blamed() -> None:
    text = (
        "experienced rhabdomyolysis 53 days after starting rosuvastatin. Co-suspect: clarithromycin. "
        "Rosuvastatin and clarithromycin were discontinued on 13-Aug-2021."
    )
    assert _links(WOMAN + text) == {"rosuvastatin": "blamed", "clarithromycin": "blamed"}


@pytest.mark.parametrize(("words", "role"), [(" caused by a drug interaction", "interacting"), ("", "concomitant")])
def test_the_other_drug_of_an_interaction(words: str, role: str) -> None:
    text = (
        f"We describe torsade de pointes{words} in a 76-year-old woman taking long-term disopyramide after she was "
        "given clarithromycin. No drug interaction had been reported."
    )
    assert _roles(text)["disopyramide"] == role


@pytest.mark.parametrize(
    ("text", "primary"),
    [
        ("We describe hyponatremia complicated by seizure in a 60-year-old woman who took indapamide.", "hyponatremia"),
        ("A 60-year-old woman who took bupropion developed a seizure. The sodium was normal.", "seizure"),
    ],
)  # fmt: skip
def test_what_a_reaction_was_complicated_by_came_of_it(text: str, primary: str) -> None:
    assert [e.term for e in _case(text).events if e.primary] == [primary]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        (
            "had seizures. They recurred after an episode that was treated with IV ketamine. Ketamine was stopped.",
            "timing",
        ),
        ("had received ketamine. Seizures occurred. Ketamine was stopped.", "blamed"),
    ],
)
def test_a_drug_given_for_the_illness_is_not_blamed_by_its_stop_alone(text: str, basis: str) -> None:
    assert _links(WOMAN + text).get("ketamine", "timing") == basis


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("On carbamazepine she continued to have seizures. Carbamazepine was stopped. Jaundice had appeared.", False),
        ("took carbamazepine. She developed jaundice. Carbamazepine was stopped.", False),
    ],
)  # fmt: skip
def test_seizures_that_went_on_are_no_second_reaction(text: str, both: bool) -> None:
    assert ("seizure" in _events(WOMAN + "was admitted. " + text)) is both


@pytest.mark.parametrize("drug", ["polidocanol", "calcium polystyrene sulfonate", "ethanolamine oleate"])
def test_a_sclerosant_or_resin_is_no_antidote(drug: str) -> None:
    assert _roles(WOMAN + f"was treated with {drug}. Two days later she developed jaundice.")[drug] == "suspect"


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("On day 9 of nafcillin the neutrophils were 822/mm3.", "nafcillin"),
        ("On the ninth day of treatment with nafcillin the neutrophils were 822/mm3.", "nafcillin"),
        ("Later the neutrophils were 822/mm3.", "benzylpenicillin"),
    ],
)
def test_the_drug_by_whose_days_the_reaction_is_counted(text: str, drug: str) -> None:
    told = f"A girl of 3 years received penicillin G for 10 days, then nafcillin. {text} The drug was stopped."
    assert next(iter(_links(told))) == drug


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "complained that she could not speak. Examination was only significant for a hypoglossal nerve palsy.",
            True,
        ),
        ("rested. Examination was only significant for a hypoglossal nerve palsy.", False),
    ],
)
def test_what_an_examination_shows_behind_a_complaint(text: str, told: bool) -> None:
    text = f"had a fistula. The fistula was injected with dimethyl sulfoxide. On the second day she {text}"
    assert ("hypoglossal nerve palsy" in _events(WOMAN + text)) is told
