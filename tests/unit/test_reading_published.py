"""Wordings of published case reports: what they tell, and near wordings that tell it not."""

from __future__ import annotations

from typing import Any

import pytest

import dechallenge
from dechallenge.case import Case

MAN = "A 50-year-old man "


def _case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def _drugs(text: str) -> set[str]:
    return {e.drug for e in _case(text).exposures}


def _suspects(text: str) -> list[str]:
    return [s.drug for s in dechallenge.assess(text).cases[0].suspects]


def _latency(text: str) -> Any:
    return dechallenge.assess(text).cases[0].suspects[0].key_points.latency_days


@pytest.mark.parametrize(
    ("text", "drug", "named"),
    [
        ("took fluphenazine (Prazine) and had a fever.", "promazine", False),
        ("took fluphenazine and Prazine and had a fever.", "promazine", True),
        ("got Tazocin, which is a combination of piperacillin and tazobactam, and had a rash.", "piperacillin", False),
        ("got Tazocin and then piperacillin and had a rash.", "piperacillin", True),
        ("took hydro-chlorothiazide and had a rash.", "chlorothiazide", False),
        ("took chlorothiazide and had a rash.", "chlorothiazide", True),
        ("took quinine. Heparin-induced thrombocytopenia was excluded.", "heparin", False),
        ("took quinine. Heparin-induced thrombocytopenia was diagnosed.", "heparin", True),
        ("with opioid dependency took quinine.", "opioid", False),
        (
            "took quetiapine. Another atypical antipsychotic, clozapine, was begun.",
            "second-generation antipsychotic",
            False,
        ),
        ("took quinine. Sulfonylurea dosing was negative.", "sulfonylurea", False),
    ],
)
def test_which_drugs_were_taken(text: str, drug: str, named: bool) -> None:
    assert (drug in _drugs(MAN + text)) is named


@pytest.mark.parametrize(
    ("text", "drug", "suspected"),
    [
        ("with colitis had pancreatitis. Mesalazine was identified as the likely offending agent.", "mesalazine", True),
        ("took olanzapine and had fever. Antipsychotic therapy was stopped for suspected NMS.", "antipsychotic", False),
        ("had a rash. Six weeks ago levetiracetam was changed to phenytoin. He had DRESS.", "levetiracetam", False),
    ],
)
def test_which_drugs_are_suspected(text: str, drug: str, suspected: bool) -> None:
    assert (drug in _suspects(MAN + text)) is suspected


def test_two_drugs_are_blamed_together() -> None:
    title = "Rhabdomyolysis as a consequence of simultaneous administration of simvastatin and clarithromycin\n\n"
    body = "A 75-year-old man had rhabdomyolysis. He took simvastatin, ezetimibe and clarithromycin."
    assert set(_suspects(title + body)) == {"simvastatin", "clarithromycin"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("took phenytoin and had DRESS with renal failure. The renal failure resolved.", "severe skin reaction"),
        ("took enalapril and came with swelling of the throat.", "hypersensitivity"),
        (
            "took olanzapine. CK was 5000 U/L. Olanzapine was stopped because of suspected NMS.",
            "neuroleptic malignant syndrome",
        ),
        ("developed QT prolongation while on citalopram. He had a potassium of 3.1 mmol/L.", "arrhythmia"),
    ],
)
def test_which_reaction_it_is(text: str, kind: str) -> None:
    assert _case(MAN + text).events[0].kind == kind


def test_the_field_of_a_form_names_the_reaction() -> None:
    text = (
        "Age: 39\nGender: Male\nMedicine(s): Atorvastatin\nReaction(s): Pancreatitis\n\nThree weeks after starting "
        "atorvastatin the patient had abdominal pain with raised bilirubin and deranged liver tests."
    )
    assert _case(text).events[0].kind == "pancreatitis"


def test_a_sentence_before_the_case_announces_the_reaction() -> None:
    text = (
        "Introduction: Drugs may do harm. {} Case presentation: A 70-year-old man complained that his voice had "
        "changed. Enalapril was stopped and he recovered."
    )
    told = _case(text.format("This is a case of enalapril-induced angioedema."))
    assert [e.kind for e in told.events] == ["hypersensitivity"]
    assert not [e for e in _case(text.format("Angioedema may be hereditary.")).events if e.kind == "hypersensitivity"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (
            "had petechiae. Platelets were 10 x 10^9/L. He was receiving rifampicin (R), isoniazid (H), pyrazinamide "
            "(Z), and ethambutol (E) for the past 2 weeks. All were stopped.", 9, 18,
        ),
        (
            "was started on ceftriaxone. His platelet count continued to fall and on day 7 of treatment "
            "reached a nadir of 18 x 10^9/L. Ceftriaxone was stopped.", 0, 7,
        ),
        (
            "presented with a rash that had started 1 week prior to presentation. He started allopurinol 6 weeks "
            "before admission. The diagnosis of DRESS was made.", 29, 41,
        ),
        (
            "presented with dyspnea. He was started on amiodarone. Eight months later he presented with a cough. "
            "Amiodarone-induced pneumonitis was diagnosed.", 220, 260,
        ),
        ("had a rash after a maximum of 2 days of treatment with olanzapine.", 0, 2),
    ],
)  # fmt: skip
def test_latency(text: str, low: float, high: float) -> None:
    read = _latency(MAN + text)
    assert read[0] is not None
    assert read[1] is not None
    assert low <= read[0] <= read[1] <= high


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("His platelets were 175 on admission, 125 on day 3, and 99 at discharge.", [175, 125, 99]),
        ("His serum sodium was 112 mmol/L (it had been 139 a month before).", [112, 139]),
        ("His creatinine was 1.2 on admission and he got 40 tablets on day 3.", [1.2]),
        ("His platelets were 175 in 2010, and 2014 was a good year.", [175]),
    ],
)
def test_a_value_told_again_without_its_unit(text: str, values: list[float]) -> None:
    assert [m.value for m in _case(MAN + "took quinine. " + text).measurements] == values


@pytest.mark.parametrize(
    ("text", "analyte", "found"),
    [
        ("Serum creatine kinase showed a high level (256,020 U/L).", "CK", 256020.0),
        ("He had hypoglycemia at 24 hours (48 mg/dl, confirmed).", "GLU", 48.0),
        ("His ALT was within the limits of the normal range.", "ALT", "normal"),
    ],
)
def test_further_laboratory_wordings(text: str, analyte: str, found: float | str) -> None:
    read = [m for m in _case(MAN + "took quinine. " + text).measurements if m.analyte == analyte]
    assert [m.qualitative if m.value is None else m.value for m in read] == [found]


def test_a_culture_without_growth_is_negative() -> None:
    tests = {t.test: t.state for t in _case(MAN + "took quinine. Blood cultures did not reveal any growth.").tests}
    assert tests == {"blood cultures": "negative"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Other diseases with a similar picture include sepsis.", False),
        ("An important key to the diagnosis is the presence of sepsis.", False),
        ("On the next day he had sepsis.", True),
    ],
)
def test_general_remarks_are_not_of_the_patient(text: str, told: bool) -> None:
    findings = {f.term for f in _case(MAN + "took quinine and had a rash. " + text).findings if f.state == "present"}
    assert ("sepsis" in findings) is told


def test_the_complaint_before_the_drug_that_had_been_given() -> None:
    text = (
        "A 64-year-old man presented to the clinic with new onset epistaxis. He was taking warfarin. Two weeks before "
        "he had been prescribed metronidazole."
    )
    assert [e.term for e in _case(text).events] == ["epistaxis"]


def test_an_earlier_diagnosis_of_another_disease_is_not_the_onset() -> None:
    text = (
        MAN + "was started on isoniazid. Three weeks later he had jaundice. ALT was 20 U/L at the time of diagnosis of "
        "tuberculosis and 900 U/L three weeks later."
    )
    first = next(m for m in _case(text).measurements if m.value == 20)
    assert first.time is None or first.time.anchor != "onset"
