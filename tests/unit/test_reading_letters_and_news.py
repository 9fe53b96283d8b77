"""Letters, notes and news: lists of discharge, advice for later, questions and answers, patients by number."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case


def _case(text: str) -> Case:
    (case,) = dechallenge.read(text).cases
    return case


def _suspects(case: Case) -> set[str]:
    return {e.drug for e in case.exposures if e.role == "suspect"}


def _done(case: Case) -> set[tuple[str, str]]:
    return {(a.kind, a.drug) for a in case.actions}


MAN = "A 60-year-old man had rhabdomyolysis with CK 9000 U/L while taking simvastatin. "


@pytest.mark.parametrize(
    ("words", "stopped"),
    [
        ("Discharge medication: aspirin 75 mg od, bisoprolol 5 mg od, ramipril withheld.", {"ramipril"}),
        ("Medicines: digoxin 125 mcg daily, furosemide stopped, warfarin 3 mg.", {"furosemide"}),
        ("Aspirin, bisoprolol and ramipril were stopped.", {"acetylsalicylic acid", "bisoprolol", "ramipril"}),
        ("Aspirin 75 mg and ramipril 5 mg were withheld.", {"acetylsalicylic acid", "ramipril"}),
    ],
)
def test_whose_word_stands_behind_one_item_of_a_list(words: str, stopped: set[str]) -> None:
    assert {d for k, d in _done(_case(MAN + words)) if k == "stopped"} == stopped


@pytest.mark.parametrize(
    ("words", "restarted", "normal"),
    [
        ("Simvastatin was stopped. Restart a statin once CK is normal.", False, False),
        ("Please do not restart simvastatin until his CK has normalised.", False, False),
        ("Plan: resume simvastatin when CK returns to normal.", False, False),
        ("When CK was normal, simvastatin was restarted.", True, True),
        ("CK became normal. Restart of simvastatin was tolerated.", True, True),
    ],
)
def test_advice_is_no_fact(words: str, restarted: bool, normal: bool) -> None:
    case = _case(MAN + words)
    assert any(k == "restarted" for k, _ in _done(case)) is restarted
    assert any(m.analyte == "CK" and m.qualitative for m in case.measurements) is normal


def test_a_stay_on_a_line_of_its_own() -> None:
    text = (
        "Re: Mr B. Doe, aged 64\nAdmitted 10.5.2022, discharged 20.5.2022\n\nHe was given clarithromycin from 3.5.2022."
        " On admission he had rhabdomyolysis with CK 30,000 U/L."
    )
    (link,) = [k for k in _case(text).links if k.role == "suspect"]
    assert link.latency is not None and (link.latency.low, link.latency.high) == (7, 7)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("He had no symptoms, and clozapine was continued.", True),
        ("He had no fever, but clozapine was stopped.", True),
        ("No clozapine was given.", False),
        ("He took no aspirin or clozapine.", False),
    ],
)
def test_a_drug_behind_the_denial_of_something_else(words: str, named: bool) -> None:
    case = _case("A 33-year-old man took valproate. " + words)
    assert ("clozapine" in {e.drug for e in case.exposures}) is named


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("He developed dystonia which was attributed to metoclopramide.", "dystonia"),
        ("He developed dystonia, which was thought to be due to metoclopramide.", "dystonia"),
        ("Two days after starting metoclopramide he developed visual and auditory hallucinations.", "hallucinations"),
    ],
)
def test_the_reaction_before_its_verdict(words: str, term: str) -> None:
    case = _case("A 44-year-old man took metoclopramide. " + words)
    assert [e.term for e in case.events] == [term]


@pytest.mark.parametrize(
    "words",
    [
        "Ketoacidosis was thought to be due to an SGLT2 inhibitor (dapagliflozin).",
        "Assessment: euglycemic DKA likely 2/2 SGLT2i (dapagliflozin).",
    ],
)
def test_the_class_in_front_of_a_drug_in_brackets(words: str) -> None:
    case = _case("A 58-year-old man took dapagliflozin and metformin. " + words)
    assert [e.term for e in case.events] == ["ketoacidosis"]
    assert _suspects(case) == {"dapagliflozin"}


def test_what_an_answer_says_of_drugs_in_general() -> None:
    text = (
        "Q: My brother's tongue began to swell last May. He was taken to hospital. The culprit was the blood pressure "
        "tablet enalapril, which he had taken for two years.\nA: Blood pressure drugs called ACE inhibitors "
        "(captopril, enalapril, ramipril) can trigger this reaction. Anyone who has swelling while taking an ACE "
        "inhibitor should see a doctor."
    )
    case = _case(text)
    assert _suspects(case) == {"enalapril"}
    assert not {"captopril", "ramipril"} & {e.drug for e in case.exposures}


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("AST U/L 2450, ALT (U/L) 2980, bilirubin mg/dL 18.9", {"AST": 2450, "ALT": 2980, "BILI_TOT": 18.9}),
        ("ALT 240 U/L, 5 days later AST 90 U/L.", {"ALT": 240, "AST": 90}),
        ("Glucose was measured in mmol/L 3 times.", {}),
    ],
)
def test_units_in_front_of_their_figures(words: str, values: dict[str, float]) -> None:
    case = _case("A 42-year-old woman took garcinia and became jaundiced. " + words)
    assert {m.analyte: m.value for m in case.measurements} == values


def test_patients_of_a_letter_by_number_and_age() -> None:
    text = (
        "We saw clozapine-induced myocarditis in two patients.\nPatient 1, a man of 24, had fever and chest pain 16 "
        "days after starting clozapine. It was stopped and he recovered.\nPatient 2, a healthy woman of 41 who took "
        "clozapine, had chest pain on day 19. She died."
    )
    cases = dechallenge.read(text).cases
    assert [(c.patient.age.value if c.patient.age else None, c.patient.sex) for c in cases] == [
        (24, "male"),
        (41, "female"),
    ]
    assert [c.events[0].outcome for c in cases] == ["recovered", "fatal"]


def test_numbers_of_reports_that_fill_a_line() -> None:
    text = (
        "Case details | Description |\nADR ID: 77101 |\nA child was started on atomoxetine. Three months later she "
        "experienced dystonia. |\nADR ID: 77102 |\nFive days after starting orphenadrine, the patient developed "
        "hallucinations. |\nADR ID: 77103 |\n"
    )
    cases = dechallenge.read(text).cases
    assert [_suspects(c) for c in cases] == [{"atomoxetine"}, {"orphenadrine"}]
    assert [c.events[0].term for c in cases] == ["dystonia", "hallucinations"]


@pytest.mark.parametrize(
    ("words", "further"),
    [
        ("A 51-year-old man developed a rash while taking empagliflozin.", False),
        ("While on empagliflozin, a 51-year-old man had a rash.", False),
        ("A 51-year-old man developed a rash while on empagliflozin. Empagliflozin was continued.", True),
        ("A 51-year-old man had a rash on empagliflozin. It resolved while he was still taking empagliflozin.", True),
    ],
)
def test_a_drug_that_was_running_is_not_told_to_have_been_taken_further(words: str, further: bool) -> None:
    case = _case(words)
    assert any(a.kind == "continued" for a in case.actions) is further
    assert [e.ongoing for e in case.exposures if e.drug == "empagliflozin"] == [True if further else None]


def test_reports_with_their_fields_in_one_line() -> None:
    text = (
        "Case details | Description |\nADR ID: 77101 Age: 51 years Gender: Male Medicine(s): Empagliflozin "
        "Reaction(s): Necrotising fasciitis (Fournier's gangrene) |\nThe patient noticed a sore, which became "
        "worse. |\n"
        "ADR ID: 77102 Age: 9 Gender: Female Medicine(s): Amoxicillin Reaction(s): Tooth discolouration |\nThe child's "
        "teeth became yellow. |\n"
    )
    cases = dechallenge.read(text).cases
    assert [[e.term for e in c.events][:1] for c in cases] == [["necrotising fasciitis"], ["tooth discolouration"]]
    assert [_suspects(c) for c in cases] == [{"empagliflozin"}, {"amoxicillin"}]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("developed anaphylaxis to cefazolin and began to feel tingling in his lips.", "unknown"),
        ("developed a rash on cefazolin. High-resolution CT of the lung suggested tuberculosis.", "unknown"),
        (
            "took paroxetine and had hyponatraemia. Sodium had been normal, but it has decreased to 121 mEq/L.",
            "unknown",
        ),
        ("developed a rash on cefazolin, which began to fade after two days.", "recovering"),
    ],
)
def test_what_is_no_improvement(words: str, outcome: str) -> None:
    assert _case("A 60-year-old man " + words).events[0].outcome == outcome


@pytest.mark.parametrize(
    ("words", "again"),
    [
        ("She sued the doctor who had prescribed the moxifloxacin.", False),
        ("The doctor prescribed moxifloxacin again.", True),
    ],
)
def test_who_had_prescribed_a_drug(words: str, again: bool) -> None:
    text = "A 40-year-old woman was prescribed moxifloxacin and had a rash the next day. Moxifloxacin was stopped. "
    assert any(a.kind == "restarted" for a in _case(text + words).actions) is again


@pytest.mark.parametrize(
    "words",
    [
        "developed hyponatraemia, in the absence of oedema or diuretic use, 2 weeks after starting venlafaxine.",
        "developed hyponatraemia (126 mmol/l), without oedema, 2 weeks after the first dose of venlafaxine.",
    ],
)
def test_an_aside_between_a_reaction_and_its_time(words: str) -> None:
    case = _case(
        f"A 28-year-old woman {words} A repeat test 3 days later revealed a sodium of 123 mmol/l. Her serum sodium "
        "reached normal values 2 weeks after stopping venlafaxine."
    )
    onset = case.events[0].onset
    assert onset is not None and (onset.low, onset.high) == (11, 17)
    assert case.events[0].outcome == "recovered"
    assert {e.drug for e in case.exposures} == {"venlafaxine"}


def test_patients_of_a_letter_by_name() -> None:
    text = (
        "Dear Colleague\n\nMrs B, aged 82, was admitted with confusion. Her sodium was 112 mmol/l. She had been given "
        "indapamide three weeks before. It was stopped.\n\nMr T, aged 76, had a sodium of 121 mmol/l five months after "
        "indapamide was started. Indapamide was continued."
    )
    cases = dechallenge.read(text).cases
    assert [c.patient.sex for c in cases] == ["female", "male"]
    assert [{m.value for m in c.measurements if m.analyte == "NA"} for c in cases] == [{112}, {121}]
    assert not any(a.kind == "restarted" for c in cases for a in c.actions)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Exclusion of gallstones and alcohol use made a drug likely.", "absent"),
        ("After exclusion of other causes, gallstones were found.", "present"),
    ],
)
def test_what_was_excluded(words: str, state: str) -> None:
    case = _case("A 68-year-old woman took furosemide and had pancreatitis. " + words)
    assert [f.state for f in case.findings if f.term == "gallstones"] == [state]


def test_both_drugs_of_the_field_of_a_list_are_suspects() -> None:
    text = (
        "ADR ID: 88101 Age: 64 Gender: Female Medicine(s): Tramadol, venlafaxine Reaction(s): Serotonin syndrome |\n"
        "The patient had serotonin syndrome after her dose of tramadol was increased. |\n"
        "ADR ID: 88102 Age: 67 Gender: Male Medicine(s): Aripiprazole Reaction(s): Neuroleptic malignant syndrome |\n"
        "The patient died. |\n"
    )
    cases = dechallenge.read(text).cases
    assert [_suspects(c) for c in cases] == [{"tramadol", "venlafaxine"}, {"aripiprazole"}]


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        (
            "The centre received seven case reports of nephritis induced by omeprazole. In five of the reports the "
            "diagnosis was confirmed by a biopsy. In one case the patient received prednisolone and recovered. In one "
            "patient a rechallenge was done, and within 12 h of re-exposure the patient developed symptoms.",
            0,
        ),
        (
            "The centre received three reports of nephritis with omeprazole. A 60-year-old man took omeprazole for "
            "three weeks and had nephritis. In one case a biopsy was done. In two cases the patient recovered.",
            1,
        ),
    ],
)
def test_a_summary_of_many_reports_tells_of_no_one_patient(text: str, cases: int) -> None:
    assert len(dechallenge.read(text).cases) == cases


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("A 40-year-old man with cirrhosis took amoxicillin and had a rash.", "unknown"),
        ("While on amoxicillin, a 40-year-old man experienced progressive worsening of a rash.", "unknown"),
        (
            "A 40-year-old man had a rash on amoxicillin. It is difficult to predict the progression of a rash.",
            "unknown",
        ),
        (
            "A 59-year-old woman had vasculitis two weeks after starting propylthiouracil, with a persistent "
            "hyperthyroid state.",
            "unknown",
        ),
        ("A 40-year-old man had a rash on amoxicillin. It was stopped, but the rash persisted.", "not recovered"),
    ],
)
def test_what_is_no_want_of_recovery(words: str, outcome: str) -> None:
    assert _case(words).events[0].outcome == outcome


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("A patient with carbimazole-induced agranulocytosis was treated with GM-CSF.", ["neutropenia"]),
        ("A 40-year-old man with carbimazole-induced agranulocytosis received filgrastim.", ["neutropenia"]),
    ],
)
def test_a_patient_with_a_reaction_named_by_its_drug(words: str, term: list[str]) -> None:
    case = _case(words)
    assert [e.kind for e in case.events] == term
    assert _suspects(case) == {"carbimazole"}


@pytest.mark.parametrize(
    ("words", "events"),
    [
        ("Advised likely ACE inhibitor cough. Ramipril was stopped.", ["cough"]),
        ("Suspected ramipril cough.", ["cough"]),
        ("Possible ramipril use was denied.", []),
    ],
)
def test_a_reaction_named_behind_its_likely_cause(words: str, events: list[str]) -> None:
    case = _case("Mr Doe, 63, takes aspirin. The GP started ramipril in May. " + words)
    assert [e.term for e in case.events] == events
    assert _suspects(case) == ({"ramipril"} if events else set())


@pytest.mark.parametrize(
    ("words", "suspects"),
    [
        (
            "had a history of rashes induced by phenobarbital and carbamazepine three years ago. Lamotrigine was "
            "added. Two weeks later, a rash appeared, and lamotrigine was stopped.",
            {"lamotrigine"},
        ),
        ("had a 2-day history of rash due to amoxicillin. Amoxicillin was stopped.", {"amoxicillin"}),
    ],
)
def test_what_a_drug_did_long_before(words: str, suspects: set[str]) -> None:
    assert _suspects(_case("A 17-year-old boy " + words)) == suspects
