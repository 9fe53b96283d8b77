"""Which reaction a report is about: unnamed ones, those of several organs, further ones, and what interacts."""

from __future__ import annotations

import json
from typing import Any

import pytest

import dechallenge
from dechallenge.case import Case
from dechallenge.reading.texts.sentences import sentences


def case(text: str) -> Case:
    reading = dechallenge.read(text)
    assert len(reading.cases) == 1, reading.problems
    return reading.cases[0]


def kinds(text: str) -> list[str]:
    """Kinds of the events, the primary one first."""
    return [e.kind for e in case(text).events]


def roles(text: str) -> dict[str, str]:
    found = case(text)
    return {k.drug: k.role for k in found.links if k.event == "e1"}


def fact(text: str, name: str) -> dict[str, Any] | None:
    out = json.loads(dechallenge.assess(text).to_json())["cases"][0]["suspects"][0]["facts"]
    return next((f for f in out if f["name"] == name), None)


# --- a reaction of the whole body ------------------------------------------------------------------------------------

DRESS = (
    "A 60-year-old man was given allopurinol 300 mg daily. Four weeks later he developed fever, a pruritic rash and "
    "facial oedema. Eosinophils were 4.1 x 10^9/L, ALT {alt} U/L and creatinine {creatinine} mg/dL. "
    "Allopurinol was stopped and he recovered within 5 weeks."
)


@pytest.mark.parametrize(
    "title",
    [
        "Drug reaction with eosinophilia and systemic symptoms caused by allopurinol",
        "Title: DRESS syndrome due to allopurinol with hepatic involvement",
        "Allopurinol-induced DRESS: a case report",
    ],
)
def test_dress_comes_before_the_organs_it_injures(title: str) -> None:
    told = f"{title}\n\n{DRESS.format(alt=640, creatinine=3.4)}"
    assert kinds(told)[0] == "severe skin reaction"
    assert set(kinds(told)[1:]) == {"liver injury", "acute kidney injury"}
    assert case(told).events[0].term == "DRESS"


def test_an_organ_that_is_not_injured_is_no_event() -> None:
    told = f"DRESS due to allopurinol\n\n{DRESS.format(alt=31, creatinine=0.9)}"
    assert kinds(told) == ["severe skin reaction"]


def test_an_injured_organ_began_between_the_reaction_and_its_first_value() -> None:
    told = (
        "DRESS due to allopurinol\n\nA 60-year-old man was given allopurinol. On day 20 he developed fever and a rash. "
        "On day 24 ALT was 640 U/L. Allopurinol was stopped."
    )
    first, liver = case(told).events
    assert first.onset is not None and liver.onset is not None
    assert (first.onset.low, liver.onset.low, liver.onset.high) == (20, 20, 24)


def test_toxic_epidermal_necrolysis_comes_before_few_neutrophils() -> None:
    told = (
        "A 59-year-old woman took carbamazepine. Two weeks later she developed a rash with blisters. Toxic epidermal "
        "necrolysis was confirmed by biopsy. Neutrophils were 0.8 x 10^9/L. Carbamazepine was stopped."
    )
    assert kinds(told) == ["severe skin reaction", "neutropenia"]


# --- intoxication ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("Lithium toxicity following the addition of ramipril", "lithium toxicity"),
        ("Lithium intoxication after starting ramipril", "lithium intoxication"),
        ("Lithium poisoning precipitated by ramipril and renal failure", "lithium poisoning"),
    ],
)
def test_an_intoxication_of_the_title_is_the_reaction(title: str, term: str) -> None:
    told = (
        f"{title}\n\nA 67-year-old woman had been stable on lithium 900 mg/day for 12 years. Ramipril 5 mg daily was "
        "prescribed. Three weeks later she was brought to hospital with tremor, ataxia and confusion. Lithium was 3.1 "
        "mmol/L and creatinine 190 µmol/L. Both drugs were stopped and she recovered within 8 days."
    )
    found = case(told)
    assert [(e.kind, e.primary) for e in found.events] == [("intoxication", True), ("acute kidney injury", False)]
    assert found.events[0].term == term
    assert {k.drug: k.role for k in found.links if k.event == "e1"} == {"lithium": "suspect", "ramipril": "interacting"}


def test_the_toxicity_of_an_organ_is_none_of_a_drug() -> None:
    told = (
        "Hepatotoxicity of methotrexate\n\nA 50-year-old woman took methotrexate. After 2 months ALT was 640 U/L and "
        "bilirubin 4 mg/dL. Methotrexate was stopped."
    )
    assert kinds(told) == ["liver injury"]


# --- reactions without their name ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("On warfarin he passed black tarry stools; INR was 11 and haemoglobin 7.8 g/dL.", "gastrointestinal bleeding"),
        ("Under rivaroxaban he developed a haematoma of the thigh. Haemoglobin was 7.1 g/dL.", "bleeding"),
        ("After 3 weeks of apixaban he had haematuria. Haemoglobin was 8.0 g/dL.", "bleeding"),
        ("After 3 weeks of iron he felt tired. Haemoglobin was 8.0 g/dL.", "anemia"),
        ("After 3 weeks of heparin he had epistaxis; platelets were 9 x 10^9/L.", "thrombocytopenia"),
    ],
)
def test_a_bleeding_under_what_makes_bleed(told: str, kind: str) -> None:
    assert kinds(f"A 70-year-old man was treated. {told}")[:1] == [kind]


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("He was afebrile; cultures were negative.", ["interstitial lung disease"]),
        ("COVID-19 was diagnosed.", []),
        ("Bacterial pneumonia was diagnosed.", []),
    ],
)
def test_an_inflamed_lung_with_nothing_else_named(more: str, kind: list[str]) -> None:
    told = (
        "A 69-year-old man received amiodarone 200 mg daily because of ventricular tachycardia. After 14 months he "
        "developed dyspnoea and a dry cough. CT revealed bilateral ground-glass opacities. "
    )
    assert [k for k in kinds(told + more) if k == "interstitial lung disease"] == kind


def test_what_a_drug_was_given_for_is_not_the_reaction() -> None:
    told = (
        "A 69-year-old man received amiodarone because of ventricular tachycardia. After 14 months he "
        "developed dyspnoea. "
        "CT revealed ground-glass opacities. Amiodarone was discontinued."
    )
    assert "arrhythmia" not in kinds(told)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("On the third night she got up, was confused and fell.", ["accidental fall"]),
        ("After a week the patient had a fall at home and broke her wrist.", ["accidental fall"]),
        ("After a week she felt well and her blood pressure fell to 130/80 mmHg.", []),
        ("After a week she slept well and fell asleep early.", []),
    ],
)
def test_a_fall_of_the_patient(words: str, found: list[str]) -> None:
    assert [k for k in kinds(f"A 77-year-old woman was given zolpidem 10 mg. {words}") if "fall" in k] == found


# --- several reactions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (
            "After 5 days of simvastatin he developed rhabdomyolysis and acute kidney injury.",
            ["rhabdomyolysis", "acute kidney injury"],
        ),
        (
            "After 8 days of heparin he had thrombocytopenia of 40 x 10^9/L. Ultrasound showed deep vein thrombosis.",
            ["thrombocytopenia", "thromboembolism"],
        ),
        ("After 3 weeks of phenytoin he developed hepatitis with a rash and fever.", ["liver injury"]),
        ("After 9 days of citalopram sodium was 112 mmol/L and he had a seizure.", ["hyponatremia"]),
    ],
)
def test_further_reactions(told: str, found: list[str]) -> None:
    assert kinds(f"A 70-year-old man was seen. {told} The drug was stopped.") == found


def test_the_first_of_a_title_is_the_first() -> None:
    told = (
        "Toxic epidermal necrolysis and hepatic failure after nevirapine\n\nA 34-year-old woman began "
        "nevirapine. After 3 "
        "weeks she developed a rash with blisters over 60% of the body surface. ALT was 2,240 U/L and bilirubin 12.3 "
        "mg/dL. Nevirapine was stopped. She died of liver failure."
    )
    found = case(told).events
    assert [(e.kind, e.outcome) for e in found] == [("severe skin reaction", "fatal"), ("liver injury", "fatal")]


def test_a_further_reaction_ends_by_what_is_told_of_itself() -> None:
    told = (
        "Thrombocytopenia and cerebral haemorrhage under linezolid\n\nA 70-year-old man received linezolid. On day 17 "
        "platelets were 21 x 10^9/L, and CT showed an intracerebral haemorrhage. Linezolid was stopped. Platelets were "
        "190 x 10^9/L on day 30."
    )
    ends = {e.kind: e.outcome for e in case(told).events}
    assert ends["thrombocytopenia"] == "recovered"
    assert ends["cerebral hemorrhage"] == "unknown"


# --- two drugs -------------------------------------------------------------------------------------------------------


def test_two_drugs_stopped_in_one_breath() -> None:
    told = (
        "Ondansetron-associated torsade de pointes in a patient taking citalopram\n\nA 62-year-old woman was taking "
        "citalopram 40 mg daily. She was given ondansetron 8 mg. Twenty minutes later she developed torsade "
        "de pointes. "
        "Ondansetron and citalopram were stopped."
    )
    assert roles(told) == {"ondansetron": "suspect", "citalopram": "suspect"}
    assert {link.drug: link.basis for link in case(told).links if link.role == "suspect"} == {
        "ondansetron": "blamed",
        "citalopram": "timing",
    }


def test_a_drug_that_went_on_is_no_suspect() -> None:
    told = (
        "Ondansetron-associated torsade de pointes in a patient taking citalopram\n\nA 62-year-old woman was taking "
        "citalopram 40 mg daily. She was given ondansetron 8 mg. Twenty minutes later she developed torsade "
        "de pointes. "
        "Ondansetron was stopped and citalopram was continued."
    )
    assert roles(told)["citalopram"] == "concomitant"


def test_ten_days_after_starting_the_gel() -> None:
    told = (
        "A 72-year-old man on warfarin 5 mg daily was given miconazole gel for thrush. Ten days after "
        "starting the gel he "
        "passed black stools. INR was 14.2. Warfarin and miconazole were withheld."
    )
    times = {k.drug: k.latency for k in case(told).links if k.drug in ("warfarin", "miconazole")}
    assert times["miconazole"] is not None and (times["miconazole"].low, times["miconazole"].high) == (10, 10)
    assert times["warfarin"] is not None and times["warfarin"].high is None


# --- values, tests, what was considered ------------------------------------------------------------------------------

QT = (
    "A 62-year-old woman{before} was given ondansetron 8 mg. Twenty minutes later she developed torsade "
    "de pointes with a "
    "QTc of 612 ms. Ondansetron was stopped. The QTc shortened to {after} ms on the fifth day."
)


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        (" with a QTc of 442 ms", 440, "recovered"),
        (" with a QTc of 442 ms", 500, "recovering"),
        ("", 440, "recovering"),  # normal for a woman, borderline for a man
        ("", 425, "recovered"),  # normal for both (ICH E14)
    ],
)
def test_the_qt_interval_beside_the_own_one(before: str, after: int, outcome: str) -> None:
    found = case(QT.format(before=before, after=after))
    assert [m.value for m in found.measurements if m.analyte == "QTC"][-2:] == [612, after]
    assert found.events[0].outcome == outcome


@pytest.mark.parametrize(
    "words",
    ["QTc interval was 471 ms", "corrected QT interval of 471 msec", "QTcF 471 ms", "the QTc had lengthened to 471 ms"],
)
def test_words_for_the_qt_interval(words: str) -> None:
    found = case(f"A 40-year-old man took methadone. After a week {words}.")
    assert [(m.analyte, m.value) for m in found.measurements] == [("QTC", 471)]


def test_a_tracing_is_objective() -> None:
    found = fact(QT.format(before="", after=440), "objective_evidence")
    assert found is not None and found["value"] == "yes"


HIT = (
    "A 71-year-old woman was given enoxaparin 40 mg daily. On day 8 the platelets had dropped to 92 x 10^9/L. {tests} "
    "Enoxaparin was stopped."
)


@pytest.mark.parametrize(
    ("tests", "value"),
    [
        ("Anti-PF4/heparin IgG ELISA was positive and the serotonin release assay was positive.", "positive"),
        ("HIT antibodies were negative.", "negative"),
        ("Anti-PF4/heparin antibodies were positive.", "positive or not available"),
        ("The serotonin release assay was negative.", "negative"),
    ],
)
def test_the_tests_of_heparin(tests: str, value: str) -> None:
    found = fact(HIT.format(tests=tests), "specific_test")
    assert found is not None and found["value"] == value


def test_igg_is_no_test_of_its_own_there() -> None:
    names = [t.test for t in case(HIT.format(tests="Anti-PF4/heparin IgG ELISA was strongly positive.")).tests]
    assert names == ["HIT antibodies"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("A lymphocyte transformation test with oxypurinol was positive.", "lymphocyte transformation test"),
        ("The LTT was positive.", "lymphocyte transformation test"),
        ("A basophil activation test was positive.", "basophil activation test"),
        ("Quinine-dependent antibodies were positive.", "drug-dependent antibodies"),
    ],
)
def test_tests_of_cells_have_their_own_names(words: str, name: str) -> None:
    assert name in [t.test for t in case(f"A 40-year-old man took allopurinol and had a rash. {words}").tests]


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("She has not received heparin since.", True),
        ("He has avoided enoxaparin ever since.", True),
        ("She has received heparin since without problems.", False),
    ],
)
def test_not_given_since(words: str, done: bool) -> None:
    tests = case(f"A 71-year-old woman was given enoxaparin. Platelets fell to 40 x 10^9/L on day 8. {words}").tests
    assert any(t.test == "re-exposure" and t.state == "not done" for t in tests) is done


@pytest.mark.parametrize(
    ("words", "term", "state"),
    [
        ("HELLP syndrome was considered but platelets were normal.", "HELLP syndrome", "uncertain"),
        ("Wilson disease was considered, and ceruloplasmin was normal.", "Wilson disease", "uncertain"),
        ("Pancreatitis was initially considered in the differential diagnosis.", "pancreatitis", "uncertain"),
        ("The pancreatitis was considered severe.", "pancreatitis", "present"),
        ("Pancreatitis was considered related to azathioprine.", "pancreatitis", "present"),
        ("Dialysis was not needed.", "hemodialysis", "absent"),
        ("Dialysis was performed twice.", "hemodialysis", "present"),
    ],
)
def test_considered_and_not_needed(words: str, term: str, state: str) -> None:
    found = case(f"A 29-year-old woman took isoniazid and became jaundiced. {words}").findings
    assert [f.state for f in found if f.term == term] == [state]


def test_an_image_of_another_organ_says_nothing_of_the_liver() -> None:
    told = (
        "A 23-year-old woman took azathioprine. After 18 days she had abdominal pain and lipase was 1,860 "
        "U/L. CT showed "
        "oedematous pancreatitis."
    )
    found = case(told)
    assert [(t.test, t.state) for t in found.tests] == [("imaging of another organ", "positive")]
    assert "edema" not in [f.term for f in found.findings]


def test_the_own_creatinine_of_diseased_kidneys() -> None:
    told = (
        "A 68-year-old man (baseline creatinine 1.6 mg/dL) took ibuprofen. On day 5 creatinine was 3.9 "
        "mg/dL. Ibuprofen was "
        "stopped. Creatinine was 1.7 mg/dL on day 20."
    )
    assert [(e.kind, e.outcome) for e in case(told).events] == [("acute kidney injury", "recovered")]


# --- what a title names ----------------------------------------------------------------------------------------------


def test_an_illness_before_a_known_reaction_in_the_title() -> None:
    told = (
        "Trimethoprim-induced aseptic meningitis with hyperkalaemia\n\nA 62-year-old woman took "
        "trimethoprim. On the third "
        "day she developed headache and neck stiffness. Potassium was 6.3 mmol/L. Trimethoprim was stopped. "
        "Potassium was "
        "4.4 mmol/L two days later."
    )
    assert kinds(told) == ["aseptic meningitis", "hyperkalemia"]
    assert case(told).events[1].outcome == "recovered"


def test_an_interaction_of_the_title() -> None:
    told = (
        "Bleeding due to an interaction between phenprocoumon and amiodarone\n\nA 75-year-old woman had "
        "taken phenprocoumon "
        "for 9 years. Amiodarone 600 mg daily was started on 5 February 2018. On 1 March she had a haematoma "
        "of the thigh. "
        "INR was 9.8. Phenprocoumon was stopped because of the bleeding. It was given again at half the dose."
    )
    assert roles(told)["phenprocoumon"] == "suspect"
    assert roles(told)["amiodarone"] in ("suspect", "interacting")


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        ("The CT was normal after 6 weeks.", "recovered"),
        ("CT after 3 months showed that the opacities had resolved.", "recovered"),
        ("He died of respiratory failure.", "fatal"),
    ],
)
def test_the_end_of_an_inflamed_lung(end: str, outcome: str) -> None:
    told = (
        "A case of methotrexate pneumonitis\n\nA 63-year-old man had been on methotrexate for 5 months. He "
        "developed cough "
        "and dyspnoea. CT revealed ground-glass opacities. Methotrexate was stopped. "
    )
    assert case(told + end).events[0].outcome == outcome


def test_the_years_of_the_drug_beside_them() -> None:
    told = (
        "Torsade de pointes caused by methadone and fluconazole\n\nA 44-year-old man on methadone 120 mg "
        "daily for 6 years "
        "received fluconazole 400 mg daily. Five days later he had torsade de pointes. Fluconazole was withdrawn."
    )
    found = case(told)
    onset = {k.drug: k.latency for k in found.links}["fluconazole"]
    assert onset is not None and (onset.low, onset.high) == (5, 5)
    assert roles(told)["methadone"] in ("suspect", "interacting")


def test_what_a_reaction_mimics_is_not_the_reaction() -> None:
    told = (
        "Vancomycin-induced linear IgA dermatosis mimicking toxic epidermal necrolysis\n\nA 74-year-old man received "
        "vancomycin. On day 11 tense bullae appeared. Toxic epidermal necrolysis was considered. Vancomycin "
        "was stopped."
    )
    assert kinds(told) == ["linear IgA dermatosis"]


def test_an_intoxication_begins_with_the_organ_it_injures() -> None:
    told = (
        "Amlodipine poisoning with acute kidney injury\n\nA 36-year-old woman swallowed 40 tablets of "
        "amlodipine 10 mg. Four "
        "hours later creatinine was 2.6 mg/dL. On the second day pulmonary oedema developed."
    )
    onset = case(told).events[0].onset
    assert onset is not None and onset.high is not None and onset.high < 1


STORY = (
    "\n\nA 34-year-old man with schizophrenia was given clozapine 300 mg. In week 9 his neutrophil count was "
    "0.3 x 10(9)/L. Clozapine was stopped and filgrastim was given. The count recovered. Lithium 800 mg/day was given "
    "and clozapine was restarted; the count stayed normal."
)


@pytest.mark.parametrize(
    ("title", "blamed"),
    [
        ("Clozapine-induced agranulocytosis with successful rechallenge after treatment with lithium", ["clozapine"]),
        ("Agranulocytosis due to clozapine: recovery following filgrastim", ["clozapine"]),
        ("Agranulocytosis under clozapine and recovery under filgrastim", ["clozapine"]),
        ("Recurrence of agranulocytosis after rechallenge with clozapine", ["clozapine"]),
        ("Agranulocytosis after treatment with clozapine and lithium", ["clozapine", "lithium"]),
    ],
)
def test_what_a_title_tells_as_the_remedy_is_not_blamed(title: str, blamed: list[str]) -> None:
    case = dechallenge.read(title + STORY).cases[0]
    assert [link.drug for link in case.links if link.role == "suspect"] == blamed


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A QTc of 436 ms. Potassium was 4.1 mmol/L.", 2),
        ("Pulse was 34/min. ECG showed heart block.", 2),
        ("She was seen by Ms. Jones on Monday.", 1),
        ("The dose was at min. Two tablets.", 1),
    ],
)
def test_a_unit_ends_a_sentence(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize("had", ["hip prosthesis", "transvenous cardioverter defibrillator system"])
def test_what_a_patient_had_before_is_not_the_reaction(had: str) -> None:
    text = f"A 78-year-old man with a {had} developed frequent shocks during oral procainamide therapy."
    assert dechallenge.read(text).cases[0].events[0].term == "shock"
