"""Forms with fields, lists of reports, tables with a row for each patient, and reports of several patients."""

from __future__ import annotations

import pytest

from dechallenge import assess, read
from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.texts.text import clean


def _case(text: str) -> Case:
    return read(text).cases[0]


FORM = """Patient: 58-year-old man
Suspected drug: {drug}
Start date: 3 April 2024
Reaction: {reaction}
Date of reaction: 21 April 2024
Stop date: 24 April 2024
{more}"""


@pytest.mark.parametrize(
    ("more", "dechallenge", "rechallenge"),
    [
        ("Did reaction abate after stopping drug? [X] Yes [ ] No [ ] NA\nOutcome: recovered", "positive", "not done"),
        ("Dechallenge: positive\nRechallenge: not applicable\nOutcome: recovered", "positive", "not done"),
        ("Dechallenge: negative\nOutcome: not recovered", "negative", "not done"),
        ("Event abated after use stopped or dose reduced: Yes\nEvent reappeared after reintroduction: Doesn't apply",
         "positive", "not done"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("drug", "reaction"),
    [("simvastatin 40 mg daily", "rhabdomyolysis"), ("metoclopramide", "dyskinesia"), ("levodopa", "hallucinations")],
)
def test_fields_of_a_form(more: str, dechallenge: str, rechallenge: str, drug: str, reaction: str) -> None:
    (case,) = assess(FORM.format(drug=drug, reaction=reaction, more=more)).cases
    assert case.events[0].term == reaction
    points = case.suspects[0].key_points
    assert (points.latency_days, points.dechallenge, points.rechallenge) == ((18.0, 18.0), dechallenge, rechallenge)


def test_boxes_of_a_form_with_numbers() -> None:
    text = """1. PATIENT INITIALS: X.Y.   2a. AGE: 70 Years   3. SEX: M   3a. WEIGHT: 81.50 kg
4-6 REACTION ONSET: 09 MAR 2020
7+13 DESCRIBE REACTION(S): 1) Lip swelling [Angioedema]
8-12 CHECK ALL APPROPRIATE: [ ] PATIENT DIED  [ ] LIFE THREATENING  [X] HOSPITALISATION
14. SUSPECT DRUG(S): #1) ENALAPRIL (ENALAPRIL MALEATE)
18. THERAPY DATES (from/to): #1) 01 MAR 2020 / 10 MAR 2020
21. DID REACTION REAPPEAR AFTER REINTRODUCTION? [ ] YES [ ] NO [X] NA
22. CONCOMITANT DRUG(S): #1) BISOPROLOL"""
    (case,) = assess(text).cases
    assert case.patient.weight_kg == 81.5
    assert case.events[0].outcome != "fatal"
    assert {"death", "life-threatening"}.isdisjoint(str(s) for s in case.events[0].seriousness)
    assert [s.drug for s in case.suspects] == ["enalapril"]
    assert case.suspects[0].key_points.latency_days == (8.0, 8.0)
    assert case.suspects[0].key_points.rechallenge == "not done"


def test_the_drugs_of_a_form_by_their_numbers() -> None:
    text = """Adverse event: rhabdomyolysis
Date of event: 14 November 2022
Suspect products: #1 Simvastatin 40 mg; #2 Darunavir
Dose: #1 40 mg daily; #2 800 mg daily
Therapy dates: #1 20 October 2022 - 14 November 2022; #2 January 2020 - ongoing
Event abated after use stopped: #1 Yes; #2 Doesn't apply"""
    (case,) = assess(text).cases
    points = {s.drug: s.key_points for s in case.suspects}["simvastatin"]
    assert (points.latency_days, points.dechallenge) == ((25.0, 25.0), "positive")
    assert {e.drug: e.dose.text for e in _case(text).exposures if e.dose} == {
        "simvastatin": "40 mg",
        "darunavir": "800 mg",
    }


def test_a_list_of_forms_keeps_its_reports_apart() -> None:
    text = """Case ID: A-1
Age: 51 years
Sex: F
Reactions: Tardive dyskinesia (Not Recovered)
Suspect product: Olanzapine - 10 mg - Oral - Start 2016-03-01 - Stop 2020-02-15
Event onset: 2019-11

Case ID: A-2
Age: 24 years
Sex: M
Reactions: Priapism (Recovered)
Suspect product: Trazodone - 100 mg - Oral - Start 2020-01-10 - Stop 2020-01-14
Event onset: 2020-01-14"""
    first, second = assess(text).cases
    assert (first.events[0].term, first.events[0].outcome) == ("tardive dyskinesia", "not recovered")
    assert (second.events[0].term, second.events[0].outcome) == ("priapism", "recovered")
    assert first.suspects[0].key_points.latency_days == (1340.0, 1369.0)
    assert second.suspects[0].key_points.latency_days == (4.0, 4.0)


BULLETIN = """Report ID: 1001
Age
: 68
Gender:
Male
Medicine(s): Fusidic acid, atorvastatin
Reaction(s):
Drug interaction, rhabdomyolysis
A patient taking atorvastatin was started on fusidic acid and developed rhabdomyolysis.
The data sheet states that statins should be stopped. There were fatal cases. Statins may be restarted after 7 days.
Report ID: 1002
Age: 40 years
Gender: Female
Medicine(s): Hyoscine
Reaction(s): Hallucinations, delusion
Just over a week after the first patch the patient had hallucinations.
The data sheet lists confusion and seizures."""


def test_what_the_data_sheet_says_is_of_no_patient() -> None:
    first, second = read(BULLETIN).cases
    assert (first.patient.age and first.patient.age.value, first.patient.sex) == (68, "male")
    assert {x.drug for x in first.exposures} == {"fusidic acid", "atorvastatin"}
    assert not [a for a in first.actions if a.kind in ("stopped", "restarted")]
    assert "death" not in {f.term for f in first.findings}
    assert second.events[0].term == "hallucinations"
    assert "seizure" not in {f.term for f in second.findings}
    assert not any(x.frequency for x in second.exposures)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("A man aged 50-60 years took amiodarone and had a rash.", (50.0, 60.0)),
        ("A 50-60-year-old man took amiodarone and had a rash.", (50.0, 60.0)),
        ("Patient: male, aged 50 to 60 years. He took amiodarone and had a rash.", (50.0, 60.0)),
        ("A man aged 54 years took amiodarone and had a rash.", (54.0, 54.0)),
        ("We saw two men and a woman aged 61, 26, and 48 years, with tremor after valproate.", None),
        ("The tablets were sold by a woman in her 60s. A man in his 40s took dexamethasone and had a rash.", (40, 49)),
    ],
)  # fmt: skip
def test_ages(text: str, age: tuple[float, float] | None) -> None:
    told = _case(text).patient.age
    assert (told and ((told.low, told.high) if told.value is None else (told.value, told.value))) == age


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("We saw two men and a woman aged 61, 26 and 48 years with tremor after valproate.", None),
        ("A nurse gave 100 units of insulin to a resident. The nurse said that she had misread the order.", None),
        ("A resident got insulin from a nurse. She became hypoglycaemic.", "female"),
    ],
)
def test_sexes(text: str, sex: str | None) -> None:
    cases = read(text + " The patient had a seizure.").cases
    assert cases[0].patient.sex == sex


@pytest.mark.parametrize(
    ("text", "weight"),
    [("Age: 58 years   Sex: Male   Weight: 82 kg", 82.0), ("Age 58; sex M; weight (kg) 55", 55.0)],
)
def test_weight_of_a_form(text: str, weight: float) -> None:
    more = "\nSuspected drug: X-levodopa\nReaction: dyskinesia\nDate of reaction: 2 May 2020\nOutcome: recovered"
    assert _case(text + more).patient.weight_kg == weight


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("In case 1, an elderly patient started amlodipine and had oedema. In case 2, a patient took olmesartan and "
         "had a cough.", 2),
        ("Purpura\n\nHistory\n\nA middle-aged woman took ibuprofen and had purpura.\n\nHyperpigmentation\n\nHistory\n\n"
         "A 40-year-old woman had hyperpigmentation after bleomycin.", 2),
        ("A healthy 30 year old woman took ciprofloxacin and had a headache.\n\nA 74 year old man was given "
         "ciprofloxacin and developed dysaesthesia.", 2),
        ("The alert came after a woman in her 50s developed psychosis under dexamethasone. A man in his 70s also "
         "developed a rash.", 2),
        ("In the first case, a resident got alendronate daily. In the second incident, another resident got morphine "
         "and had hypoxia.", 2),
        ("CASE REPORT A 50-year-old woman took perindopril and had a cough.", 1),
        ("A 50-year-old woman took perindopril. Her husband, a man in his 70s, noticed a cough.", 1),
    ],
)  # fmt: skip
def test_how_many_patients(text: str, count: int) -> None:
    cases = read(text).cases
    assert len(cases) == count
    assert not any("CASE REPORT A" in case.title for case in cases)


def test_a_table_with_nothing_but_its_caption() -> None:
    text = """Table 2. Patients with drug-induced agranulocytosis

Patient | Age/Sex | Drug | Dose | Time to onset | G-CSF | Outcome
1 | 34/F | Carbimazole | 30 mg/day | 28 days | Yes | Recovered
2 | 71/M | Clozapine | 300 mg/day | 9 weeks | No | Died"""
    first, second = read(text).cases
    assert [(c.events[0].kind, c.events[0].outcome) for c in (first, second)] == [
        ("neutropenia", "recovered"),
        ("neutropenia", "fatal"),
    ]
    assert [[x.drug for x in c.exposures] for c in (first, second)] == [["carbimazole"], ["clozapine"]]
    assert not first.tests and not second.tests


def test_the_reaction_of_a_row_and_whose_sentence_it_is() -> None:
    text = """ | Patient 1 | Patient 2
Age (years) | 67 | 29
Suspected drug | Fluorouracil | Capecitabine
Reaction | Chest pain | Tremor
Time to onset | 2 days | 10 hours
Outcome | Recovered | Recovered

Patient 1 had smoked 20 cigarettes a day; Patient 2 had asthma."""
    first, second = read(text).cases
    assert (first.events[0].term, second.events[0].term) == ("chest pain", "tremor")
    assert "asthma" not in {f.term for f in first.findings}
    assert "smoking" not in {f.term for f in second.findings}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Her treatment with levothyroxine was immediately discontinued.", (39.0, 40.0)),
        ("Treatment with levothyroxine was discontinued immediately.", (39.0, 40.0)),
        ("Levothyroxine was immediately discontinued.", (39.0, 40.0)),
    ],
)
def test_the_stop_of_a_treatment(text: str, day: tuple[float, float]) -> None:
    case = assess(
        "On 26 June 2017 a 49-year-old woman was started on levothyroxine. On 4 August 2017 her ALT was 300 U/L. "
        + text
    ).cases[0]
    assert [a.day for a in case.actions if a.kind == "stopped"] == [day]


@pytest.mark.parametrize(
    ("text", "latency"),
    [
        ("The myoclonus appeared within 3 days of ciprofloxacin intake. Ciprofloxacin was prescribed for cystitis.",
         (0.0, 3.0)),
        ("She mentioned a dry cough. Perindopril had been started three months prior. The cough had begun two weeks "
         "after the first tablet.", (11.0, 17.0)),
    ],
)  # fmt: skip
def test_latencies(text: str, latency: tuple[float, float]) -> None:
    case = assess("A 60-year-old woman was seen. " + text).cases[0]
    assert case.suspects[0].key_points.latency_days == latency


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The doctor changed perindopril to candesartan.", {("perindopril", "stopped"), ("candesartan", "started")}),
        ("The doctor changed perindopril to the evening.", set()),
    ],
)
def test_one_drug_changed_to_another(text: str, kinds: set[tuple[str, str]]) -> None:
    case = assess("A 60-year-old woman on perindopril had a cough. " + text).cases[0]
    assert {(a.drug, a.kind) for a in case.actions if a.kind in ("stopped", "started")} == kinds


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The neuropathy resolved with no residual deficit.", "recovered"),
        ("The neuropathy resolved but for a residual deficit.", "recovered with sequelae"),
    ],
)
def test_residues(text: str, outcome: str) -> None:
    assert _case("A 60-year-old man took ciprofloxacin and had a neuropathy. " + text).events[0].outcome == outcome


@pytest.mark.parametrize(
    ("text", "term", "state"),
    [
        ("Fever occurred in neither.", "fever", "absent"),
        ("Fever occurred.", "fever", "present"),
        ("The clinical suspicion of pancreatitis was confirmed by CT.", "pancreatitis", "present"),
        ("There was a clinical suspicion of pancreatitis.", "pancreatitis", "uncertain"),
    ],
)
def test_states(text: str, term: str, state: str) -> None:
    case = _case("A 60-year-old man took azathioprine. " + text)
    assert {f.state for f in case.findings if f.term == term} == {state}


@pytest.mark.parametrize(
    "text",
    [
        "Current medication and drug allergies (include herbal remedies)\nSertraline 50 mg daily",
        "An event is serious when the patient outcome is death, hospitalisation or another medically important event.",
        "Adverse effects such as seizures have been described when ciprofloxacin was given alone.",
        "In addition, other agents have caused tendinopathy; they include amlodipine and isotretinoin.",
    ],
)
def test_nothing_of_the_patient(text: str) -> None:
    case = _case(f"A 60-year-old man took levofloxacin and developed a rash.\n{text}")
    assert {"hypersensitivity", "death", "seizure", "tendinopathy"}.isdisjoint(f.term for f in case.findings)
    assert {"amlodipine", "isotretinoin", "ciprofloxacin"}.isdisjoint(x.drug for x in case.exposures)


def test_what_the_reaction_was_treated_with_is_no_suspect() -> None:
    text = """Sex: Male; Age: 8 months; Weight: 8.4 kg
Product: MMR vaccine, dose 1
Date of vaccination: 05-Sep-2019
Adverse event(s): Febrile convulsion
Event onset date: 14-Sep-2019
Event end date: 16-Sep-2019
Treatment of event: paracetamol, diazepam rectal"""
    (case,) = assess(text).cases
    assert [s.drug for s in case.suspects] == ["mmr vaccine"]
    assert case.suspects[0].key_points.latency_days == (9.0, 9.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("admitted 2/7 ago after a fall", "2 days ago"),
        ("a 3/52 history of cough", "3 weeks history"),
        ("6/12 later she was well", "6 months later"),
        ("grade 2/7 of the scale", "grade 2 days of"),
    ],
)
def test_days_weeks_and_months_of_notes(text: str, words: str) -> None:
    told = clean(Document.from_text(text)).text
    assert (words in told) is not text.startswith("grade")


SIDE_BY_SIDE = (
    "Two men, aged 61 and 65 years, developed pneumonitis during treatment with cetuximab. The younger man had asthma, "
    "and the older man had gout. {more} They received prednisone. The younger man was discharged. The older man's "
    "symptoms improved. However, he died later."
)


@pytest.mark.parametrize("more", ["", "The younger man had fever; the older man had a rash."])
def test_the_younger_and_the_older_of_two_patients(more: str) -> None:
    first, second = read(SIDE_BY_SIDE.format(more=more)).cases
    assert "asthma" in {f.term for f in first.findings} and "gout" not in {f.term for f in first.findings}
    assert "gout" in {f.term for f in second.findings} and "asthma" not in {f.term for f in second.findings}
    assert (first.events[0].outcome == "fatal", second.events[0].outcome) == (False, "fatal")
    assert all("prednisone" in {x.drug for x in c.exposures} for c in (first, second))


def test_a_younger_brother_is_no_patient() -> None:
    text = "A 61-year-old man took cetuximab and had pneumonitis. The younger man beside him was well."
    assert len(read(text).cases) == 1
