"""Printed forms and tables of patients in the layouts of agencies: boxes, numbered drugs, tables of drugs, listings."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case
from dechallenge.reading.texts.formboxes import chosen
from dechallenge.reading.texts.formdrugs import drug_tables


def _cases(text: str) -> tuple[Case, ...]:
    return dechallenge.read(text).cases


def _roles(case: Case) -> dict[str, str]:
    return {e.drug: e.role for e in case.exposures}


def _done(case: Case) -> set[tuple[str, str]]:
    return {(a.kind, a.drug) for a in case.actions}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[X] Yes [ ] No [ ] Unknown", "Yes"),
        ("[ ] Yes [x] No", "No"),
        ("Yes [ ] No [X]", "No"),
        ("☐ Fatal ☒ Recovered", "Recovered"),
        ("Recovered ☒ Fatal ☐", "Recovered"),
        ("recovered on 3 May", "recovered on 3 May"),
        ("neutrophils [ANC] 0.2", "neutrophils [ANC] 0.2"),
    ],
)
def test_what_a_field_with_boxes_says(words: str, said: str) -> None:
    assert " ".join(chosen(words).replace(";", " ").split()) == said


CIOMS = """SUSPECT ADVERSE REACTION REPORT
2a. AGE Years: 71
3. SEX: M
4-6 REACTION ONSET Day: 9 Month: OCT Year: 2020
[ ] PATIENT DIED
[X] INVOLVED OR PROLONGED INPATIENT HOSPITALISATION
7+13 DESCRIBE REACTION(S) (including relevant tests/lab data)
Acute pancreatitis. Lipase 2100 U/l.
14. SUSPECT DRUG(S) (include generic name)
#1 AZATHIOPRINE
#2 LANSOPRAZOLE
15. DAILY DOSE(S)
#1 100 mg
#2 30 mg
18. THERAPY DATES (from/to)
#1 19 SEP 2020 / 9 OCT 2020
#2 1 AUG 2020 / ongoing
20. DID REACTION ABATE AFTER STOPPING DRUG?
{answer}
22. CONCOMITANT DRUG(S) AND DATES OF ADMINISTRATION (exclude those used to treat reaction)
#1 AMLODIPINE
#2 METFORMIN
"""


@pytest.mark.parametrize("answer", ["#1 YES\n#2 NA", "YES", "[X] YES [ ] NO [ ] NA"])
def test_numbered_drugs_of_a_cioms_form(answer: str) -> None:
    (case,) = _cases(CIOMS.format(answer=answer))
    assert case.patient.age is not None and case.patient.age.value == 71
    roles = {
        "azathioprine": "suspect", "lansoprazole": "suspect", "amlodipine": "concomitant", "metformin": "concomitant",
    }  # fmt: skip
    assert _roles(case) == roles
    event = case.events[0]
    assert event.onset is not None and (event.onset.low, event.onset.high) == (20, 20)
    assert ("stopped", "azathioprine") in _done(case)
    assert ("stopped", "lansoprazole") not in _done(case)
    assert "hospitalisation" in event.seriousness and "death" not in event.seriousness


MEDWATCH = """MEDWATCH FORM FDA 3500
A. PATIENT INFORMATION
2. Age at Time of Event: 44 Years
3. Sex: Female
B. ADVERSE EVENT
2. Outcomes Attributed to Adverse Event: [ ] Death  [X] Hospitalization - initial or prolonged
3. Date of Event (mm/dd/yyyy): 03/05/2019
5. Describe Event or Problem: Patient had swelling of the face and lips.
D. SUSPECT PRODUCTS
1. Name, Manufacturer, Strength: #1 Enalapril 10 mg tablet
3. Dates of Use: #1 03/01/2019 - 03/05/2019
5. Event Abated After Use Stopped or Dose Reduced? #1 [X] Yes [ ] No [ ] Doesn't apply
8. Event Reappeared After Reintroduction? #1 {again}
"""


@pytest.mark.parametrize(
    ("again", "result"),
    [("[ ] Yes [ ] No [X] Doesn't apply", None), ("[X] Yes [ ] No [ ] Doesn't apply", "positive")],
)
def test_only_the_ticked_answer_of_a_medwatch_form_counts(again: str, result: str | None) -> None:
    (case,) = _cases(MEDWATCH.format(again=again))
    results = {a.result for a in case.actions if a.kind == "restarted"}
    assert results == ({result} if result else set())
    assert case.patient.age is not None and case.patient.age.value == 44
    event = case.events[0]
    assert set(event.seriousness) == {"hospitalisation"}
    started = next(a for a in case.actions if a.kind == "stopped" and a.drug == "enalapril")
    assert started.time is not None and (started.time.low, started.time.high) == (4, 4)  # month first, as the form says


YELLOW = """YELLOW CARD - REPORT ON SUSPECTED ADVERSE DRUG REACTIONS
Sex: M   Age (at time of reaction): 66

Suspected drug(s)/vaccine(s)
Drug (brand if known) | Batch | Route | Dosage | Date started | Date stopped | Prescribed for
Ciclosporin | - | PO | 100 mg bd | 2016 | continuing | Transplant
Co-trimoxazole | - | PO | 960 mg bd | 02/05/2019 | 07/05/2019 | UTI

Suspected reaction(s)
Please describe the reaction(s) and any treatment given:
Hyperkalaemia with potassium 6.9 mmol/l.
Outcome: Recovered [X]  Recovering [ ]  Fatal [ ]
Date reaction(s) started: 07/05/2019   Date reaction(s) stopped: 09/05/2019
If serious, please indicate why: Patient died [ ]  Life threatening [X]

Other drug(s)
Drug | Route | Dosage | Date started | Date stopped | Prescribed for
Amlodipine | PO | 5 mg od | 2015 | continuing | Hypertension
"""


def test_the_tables_of_drugs_of_a_yellow_card() -> None:
    (case,) = _cases(YELLOW)
    roles = _roles(case)
    assert roles["sulfamethoxazole/trimethoprim"] == roles["ciclosporin"] == "suspect"
    assert roles["amlodipine"] == "concomitant" and "vaccine" not in roles
    event = case.events[0]
    assert (event.kind, event.outcome, set(event.seriousness)) == ("hyperkalemia", "recovered", {"life-threatening"})
    stopped = {a.drug: a.time for a in case.actions if a.kind == "stopped"}
    assert set(stopped) == {"sulfamethoxazole/trimethoprim"}
    assert not [a for a in case.actions if a.kind == "restarted"]
    links = {k.drug: k for k in case.links}
    latency = links["sulfamethoxazole/trimethoprim"].latency
    assert latency is not None and (latency.low, latency.high) == (5, 5)  # day first: a British form


@pytest.mark.parametrize(
    "text",
    [
        "Drug | ALT | AST | Bilirubin\nday 1 | 30 | 25 | 9\n",
        "Drug | Dose | Date started\n",
        "She took drug A and drug B; both were started in May.",
    ],
)
def test_what_is_no_table_of_drugs(text: str) -> None:
    assert not drug_tables(text)


E2B = """Safety Report ID: XX-77-01
Seriousness criteria: Life threatening
Patient sex: Female
Patient onset age: 52 Year
Reaction 1: Agranulocytosis
Reaction start date: 20180316
Reaction outcome: Recovered/resolved
Drug 1 characterization: Suspect
Medicinal product: CARBIMAZOLE
Drug start date: 20180212
Drug end date: 20180316
Action taken with drug: Drug withdrawn
Did reaction recur on readministration?: {again}
Drug 2 characterization: Concomitant
Medicinal product: PROPRANOLOL
Drug start date: 20180101
Action taken with drug: Dose not changed
"""


@pytest.mark.parametrize(("again", "results"), [("No information", set()), ("Yes", {"positive"}), ("No", {"negative"})])
def test_each_drug_of_a_printed_e2b_report_has_its_own_dates(again: str, results: set[str]) -> None:
    (case,) = _cases(E2B.format(again=again))
    assert _roles(case) == {"carbimazole": "suspect", "propranolol": "concomitant"}
    (link,) = [k for k in case.links if k.role == "suspect"]
    assert link.latency is not None and (link.latency.low, link.latency.high) == (32, 32)
    assert ("stopped", "propranolol") not in _done(case)
    assert {a.result for a in case.actions if a.kind == "restarted"} == results
    assert "life-threatening" in case.events[0].seriousness


LISTING = """Cases of hyponatraemia with sertraline
Case no. | Sex/Age | Daily dose | Time to onset | Reaction | Concomitant drugs | Dechallenge | Outcome
A | F/81 | 50 mg | 12 days | Hyponatraemia | bisoprolol | positive | recovered
B | M/77 | 100 mg | 3 weeks | Hyponatraemia, seizure | none | not applicable | died
NL-22 | F/69 | 25 mg | 6 days | Hyponatraemia | indapamide | unknown | unknown
"""


def test_a_listing_with_a_row_for_each_report() -> None:
    cases = _cases(LISTING)
    assert [c.patient.sex for c in cases] == ["female", "male", "female"]
    assert [c.events[0].outcome for c in cases] == ["recovered", "fatal", "unknown"]
    assert [[e.drug for e in c.exposures if e.role == "suspect"] for c in cases] == [["sertraline"]] * 3
    assert [("stopped", "sertraline") in _done(c) for c in cases] == [True, False, False]
    assert "indapamide" in _roles(cases[2]) and "indapamide" not in _roles(cases[0])


COLUMNS = """Table 1. The three patients with bortezomib-associated pneumonitis

                      Patient 1     Patient 2     Patient 3
Age (years)/sex       63/M          70/F          58/M
Dose (mg weekly)      2             2             1.5
Time to onset (days)  40            21            9
Peak CRP (mg/L)       212           18            95
Symptoms              Cough,        Fever         None
                      dyspnoea
Drug withdrawn        Yes           No            Yes
Rechallenge           Not done      -             Positive
"""


def test_columns_of_patients_held_apart_by_spaces() -> None:
    cases = _cases(COLUMNS)
    assert [[m.value for m in c.measurements if m.analyte == "CRP"] for c in cases] == [[212], [18], [95]]
    assert [c.links[0].latency and c.links[0].latency.low for c in cases] == [40, 21, 9]
    assert [{k for k, _ in _done(c)} for c in cases] == [{"stopped"}, {"continued"}, {"stopped", "restarted"}]
    assert all("dyspnea" not in {f.term for f in c.findings} for c in cases[1:])


LOCAL = """SUSPECTED ADVERSE DRUG REACTIONS - Report Form
Age: 49 years   Weight: 63 kg   Ethnic group: Chinese ☐ Indian ☒ Malay ☐
Sex: Female ☒ Male ☐
Outcome: Recovered (Date): 20/03/2017 ☒  Not yet recovered ☐
Date of onset: 02/03/2017   Fatal (Date of death): ☐  Unknown ☐
Description of ADR(s):
Stevens-Johnson syndrome with mouth ulcers and blisters.
Suspected drug(s) | Dosage | Frequency | Route | Date started | Date stopped | Indication(s)
Lamotrigine | 50 mg | bd | oral | 13/02/2017 | 02/03/2017 | Epilepsy
Other drugs (including complementary medicines)
1. Amlodipine 5 mg
Hospitalisation: Yes ☒ No ☐
Treatment given: Yes ☒ No ☐ (If yes, please specify): IV hydrocortisone
"""


def test_boxes_behind_dates_and_labels_within_a_line() -> None:
    (case,) = _cases(LOCAL)
    event = case.events[0]
    assert (event.outcome, set(event.seriousness)) == ("recovered", {"hospitalisation"})
    assert event.onset is not None and (event.onset.low, event.onset.high) == (17, 17)
    assert _roles(case)["lamotrigine"] == "suspect" and _roles(case)["amlodipine"] != "suspect"
    assert case.patient.sex == "female"


def test_the_answers_of_a_medwatch_form_go_to_their_drugs() -> None:
    text = (
        "FORM FDA 3500A\n2. Age at time of event: 45 Years\n3. Date of event: 08/17/2015\n"
        "5. Describe event or problem\nJaundice with ALT 1860 U/L.\nC. SUSPECT PRODUCT(S)\n"
        "1. Name (give labeled strength & mfr/labeler)\n#1 Isoniazid 300 mg\n#2 Rifampin 600 mg\n"
        "3. Therapy dates (from/to)\n#1 06/20/2015 - 08/17/2015\n#2 06/20/2015 - 08/17/2015\n"
        "5. Event abated after use stopped or dose reduced?\n#1 [X] Yes [ ] No\n#2 [X] Yes [ ] No\n"
        "8. Event reappeared after reintroduction?\n#1 [ ] Yes [ ] No [X] Doesn't apply\n"
        "#2 [ ] Yes [X] No [ ] Doesn't apply\n"
    )
    (case,) = _cases(text)
    assert _roles(case) == {"isoniazid": "suspect", "rifampicin": "suspect"}
    assert {(a.drug, a.result) for a in case.actions if a.kind == "restarted"} == {("rifampicin", "negative")}
    assert {a.drug for a in case.actions if a.kind == "stopped"} == {"isoniazid", "rifampicin"}


def test_a_listing_by_tabs_with_numbers_of_reports() -> None:
    text = (
        "Case ID\tAge\tSex\tSuspect drug\tReaction\tTime to onset\tAction taken\tOutcome\n"
        "FR-12\t67\tF\tallopurinol\tDRESS\t31 days\tdrug withdrawn\trecovered\n"
        "FR-44\t58\tM\tallopurinol\tToxic epidermal necrolysis\t3 weeks\tdrug withdrawn\tfatal\n"
        "FR-99\t71\tM\tlamotrigine\tStevens-Johnson syndrome\t18 days\tunknown\trecovered with sequelae\n"
    )
    cases = _cases(text)
    assert [c.events[0].outcome for c in cases] == ["recovered", "fatal", "recovered with sequelae"]
    assert [("stopped", "allopurinol") in _done(c) for c in cases] == [True, True, False]
    assert [set(_roles(c)) for c in cases] == [{"allopurinol"}, {"allopurinol"}, {"lamotrigine"}]
