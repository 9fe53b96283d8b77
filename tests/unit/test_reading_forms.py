"""Reports that are filled-in forms or telegraphic notes: labels instead of sentences."""

from __future__ import annotations

import pytest

from dechallenge import assess, read

FORM = """Case ID: 2021-0815
Patient: 63-year-old female
Suspect drug: apixaban 5 mg twice daily
Start date: 02-Feb-2021
Stop date: 20-Mar-2021
Concomitant medication: bisoprolol, ramipril
Adverse event: gastrointestinal hemorrhage
Onset date: 18-Mar-2021
Action taken: drug withdrawn
Outcome: recovered
Recovery date: 25-Mar-2021"""
BLOCKS = """PATIENT INFORMATION
Age: 63 years
Sex: F
SUSPECT PRODUCT(S)
#1 Apixaban, 5 mg, BID, oral, from 02/02/2021 to 20/03/2021, for atrial fibrillation
CONCOMITANT PRODUCTS
Bisoprolol; ramipril
REACTION(S)
Gastrointestinal haemorrhage, onset 18/03/2021, outcome: recovered/resolved 25/03/2021
NARRATIVE
A 63-year-old female patient taking apixaban was hospitalised with melena on 18/03/2021. Apixaban was withdrawn. She
recovered on 25/03/2021."""
PIPES = """Drug: apixaban | Dose: 5 mg BID | Start: 2021-02-02 | Stop: 2021-03-20
Reaction: GI bleeding | Onset: 2021-03-18 | Outcome: recovered 2021-03-25
Patient: F, 63 y"""
NOTES = (
    "63 yo F started apixaban 2/2/21 for AF. 3/18/21 presented w/ melena, Hgb 7.2. Apixaban stopped 3/20/21. Recovered "
    "3/25/21. Conc meds: bisoprolol, ramipril."
)


@pytest.mark.parametrize("text", [FORM, BLOCKS, PIPES, NOTES])
def test_a_form_is_one_case_with_its_dates(text: str) -> None:
    (case,) = assess(text).cases
    (suspect,) = case.suspects
    assert suspect.drug == "apixaban"
    assert suspect.key_points.latency_days == (44.0, 44.0)
    assert suspect.key_points.recovery_days is not None
    assert 4 <= (suspect.key_points.recovery_days[0] or 0) <= (suspect.key_points.recovery_days[1] or 99) <= 5
    assert case.patient is not None
    assert case.patient.sex == "female"


@pytest.mark.parametrize("text", [FORM, BLOCKS, NOTES])
def test_the_concomitant_drugs_of_a_form_are_no_suspects(text: str) -> None:
    roles = {e.drug: e.role for e in read(text).cases[0].exposures}
    assert roles["bisoprolol"] == roles["ramipril"] == "concomitant"


def test_shorthand_keeps_its_words_as_they_stand() -> None:
    case = read("63 yo F took apixaban for 3 weeks and presented w/ melena, w/o fever.").cases[0]
    assert {(f.term, f.state) for f in case.findings} >= {("melena", "present"), ("fever", "absent")}
    absent = next(f for f in case.findings if f.term == "fever")
    assert "w/o" in absent.evidence[0].quote
