"""Wordings of whole case reports, long and messy: what a drug was given for, what came before it, what is denied."""

from __future__ import annotations

from typing import Any

import pytest

import dechallenge
from dechallenge.case import Case, Exposure

MAN = "A 50-year-old man "


def _case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def _suspects(text: str) -> list[str]:
    return [s.drug for s in dechallenge.assess(text).cases[0].suspects]


def _exposure(text: str, drug: str) -> Exposure | None:
    return next((e for e in _case(text).exposures if e.drug == drug), None)


def _finding(text: str, term: str) -> list[str]:
    return [f.state for f in _case(text).findings if f.term == term and f.subject == "patient"]


def _days(time: Any) -> tuple[float | None, float | None] | None:
    return None if time is None else (time.low, time.high)


@pytest.mark.parametrize(
    ("text", "drug", "suspected"),
    [
        ("had a stent. Dyspnoea developed. Noradrenaline was given. Haemothorax was seen.", "norepinephrine", False),
        ("took quinine and had shock and thrombocytopenia. Dobutamine was given.", "dobutamine", False),
        (
            "swallowed an organophosphate. He had bradycardia and a headache. Atropine was given and was stopped.",
            "atropine",
            False,
        ),
        ("received atropine. Ten minutes later he developed tachycardia. Atropine was stopped.", "atropine", True),
        ("was admitted with jaundice. A tumour was removed. He is now receiving sorafenib.", "sorafenib", False),
        ("presented with jaundice. He was receiving sorafenib for the past month.", "sorafenib", True),
        ("presented with jaundice. He had started sorafenib.", "sorafenib", True),
        ("presented with a rash. Lamotrigine was started 2 weeks back.", "lamotrigine", True),
        ("had a rash. He was given cefazolin. Two days later he developed jaundice.", "cefazolin", True),
    ],
)
def test_what_was_given_for_the_reaction_is_no_suspect(text: str, drug: str, suspected: bool) -> None:
    assert (drug in _suspects(MAN + text)) is suspected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "was given voriconazole. Liver toxicity occurred during voriconazole treatment, thus it was changed to "
            "micafungin. Amphotericin B was then given and creatinine rose to 168 umol/L.",
            ["voriconazole"],
        ),
        (
            "received one cycle of carboplatin and gemcitabine followed by severe pancytopenia, and treatment was "
            "switched to nivolumab.",
            ["carboplatin", "gemcitabine"],
        ),
        (
            "had ALT 398 U/L. Voriconazole was added. During voriconazole administration, abnormal liver tests "
            "appeared, therefore we stopped voriconazole.",
            ["voriconazole"],
        ),
        (
            "had arthritis. Liver tests were elevated: GGT 124 IU/L. Prednisone was started and he improved. Later "
            "methotrexate was given weekly. Eight months later he developed an ulcerated tumour of the scalp. "
            "Methotrexate was stopped.",
            ["methotrexate"],
        ),
    ],
)
def test_the_drug_under_which_it_came(text: str, first: list[str]) -> None:
    assert _suspects(MAN + text)[: len(first)] == first


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("was given antibiotics. Three months later he was seen again. An X-ray revealed slow transit.", []),
        ("was given antibiotics. Three months later he developed hiccups.", ["hiccups"]),
        ("took psyllium. Testing indicated rectal hypersensitivity.", []),
        ("took psyllium and had a hypersensitivity reaction.", ["hypersensitivity"]),
        ("took levodopa. Gait was normal with slight rigidity of the neck.", []),
        (
            "had jaw claudication. Prednisone was given. Eleven days later, because he had jaw claudication, a "
            "biopsy was done. Prednisone was stopped.",
            [],
        ),
        ("There was a discordant growth with the parietal bones short. He took folic acid.", []),
        ("had hip pain, for which he took aspirin. He experiences chest pain after taking aspirin.", ["chest pain"]),
    ],
)
def test_what_is_no_reaction_is_none(text: str, kinds: list[str]) -> None:
    told = _case(MAN + text)
    assert [e.kind for e in told.events] == kinds
    assert kinds or all(e.role != "suspect" for e in told.exposures)


@pytest.mark.parametrize(
    ("text", "term", "states"),
    [
        ("had a catheter, which was flushed with saline.", "hot flashes", []),
        ("The line was flushed.", "hot flashes", []),
        ("was flushed after the injection.", "hot flashes", ["present"]),
        ("had a catheter. Its dead space was filled.", "death", []),
        ("was found dead.", "death", ["present"]),
        ("did not present a recurrence.", "recurrence", ["absent"]),
        ("had a rash that was not present before.", "rash", ["absent"]),
        ("was negative for acute or chronic viral hepatitis, HIV, and autoimmune hepatitis.", "autoimmune hepatitis",
         ["absent"]),
        ("had no fever or chills, dyspnoea and cough.", "cough", ["present"]),
        ("came with his younger brother, who had been diagnosed with hemophilia.", "hemophilia", []),
        ("had been diagnosed with hemophilia.", "hemophilia", ["present"]),
        ("was not offered radiotherapy for his spine metastases.", "metastases", ["present"]),
        ("had jaw claudication.", "peripheral vascular disease", []),
        ("had claudication.", "peripheral vascular disease", ["present"]),
        ("received cis-RA.", "rheumatoid arthritis", []),
        ("had RA.", "rheumatoid arthritis", ["present"]),
        ("Bone marrow biopsy: bone marrow was normal karyotype.", "normocellular marrow", []),
        ("We also surveyed viral infection.", "viral infection", []),
        ("Family history was significant for epilepsy.", "epilepsy", []),
        ("had severe MS before the birth.", "multiple sclerosis", []),
        ("had relapsing MS.", "multiple sclerosis", ["present"]),
    ],
)  # fmt: skip
def test_findings(text: str, term: str, states: list[str]) -> None:
    assert _finding(f"{MAN}took quinine. {'He ' if text[0].islower() else ''}{text}", term) == states


@pytest.mark.parametrize(
    ("text", "test", "state"),
    [
        ("Endomyocardial biopsy did not reveal any distinct pathology.", "endomyocardial biopsy", "negative"),
        ("Endomyocardial biopsy revealed necrosis.", "endomyocardial biopsy", "positive"),
        ("Coronary angiography showed a patent stent and severe stenosis of the others.", "coronary angiography",
         "not interpretable"),
        ("Coronary angiography showed patent coronary arteries.", "coronary angiography", "negative"),
    ],
)  # fmt: skip
def test_what_an_examination_showed(text: str, test: str, state: str) -> None:
    told = _case(f"{MAN}took quetiapine and had heart failure. {text}").tests
    assert [t.state for t in told if t.test == test] == [state]


@pytest.mark.parametrize(
    ("text", "drug", "named"),
    [
        ("took aspirin, but was not on any anticoagulant agents, and bled.", "anticoagulant", False),
        ("was on an anticoagulant and bled.", "anticoagulant", True),
        ("had no history of a switch of inhalers or the use of montelukast. He took quinine.", "montelukast", False),
        ("had a history of asthma and the use of montelukast. He took quinine.", "montelukast", True),
    ],
)
def test_drugs_not_taken(text: str, drug: str, named: bool) -> None:
    assert (_exposure(MAN + text, drug) is not None) is named


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("took aspirin and bled. Aspirin was stopped. Three days later a second attempt at tube placement was made.",
         ["started", "stopped"]),
        ("took aspirin and bled. Aspirin was stopped. Three days later a second attempt was made; he bled again.",
         ["started", "stopped", "restarted"]),
        ("was given paracetamol suspension and had a rash.", ["started"]),
        ("was given paracetamol and had a rash. After suspension of paracetamol it healed.", ["started", "stopped"]),
    ],
)  # fmt: skip
def test_steps(text: str, kinds: list[str]) -> None:
    assert [a.kind for a in _case(MAN + text).actions] == kinds


@pytest.mark.parametrize(
    ("text", "analyte", "days"),
    [
        (
            "took isoniazid. After 7 days he was admitted to a town hospital. Four days later he was transferred to a "
            "university hospital. On admission platelets were 2 x 10^9/L.", "PLT", (11.0, 11.0),
        ),
        ("took isoniazid. After 7 days he was admitted to the hospital. On admission platelets were 2 x 10^9/L.", "PLT",
         (7.0, 7.0)),
        (
            "had a bone marrow transplantation. On day 120 post-transplantation he coughed. Platelets were 72. "
            "Voriconazole was started. Hepatitis occurred during voriconazole treatment.", "PLT", (None, 0.0),
        ),
    ],
)  # fmt: skip
def test_when_a_value_was_found(text: str, analyte: str, days: tuple[float | None, float | None]) -> None:
    assert [_days(m.time) for m in _case(MAN + text).measurements if m.analyte == analyte] == [days]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Hepatitis developed and it was changed to micafungin. Hoarseness developed after two weeks of treatment.",
         0.0, None),
        ("After two weeks of treatment hepatitis developed and it was stopped.", 11.0, 24.0),
        ("Hepatitis developed and it was stopped. A CT was normal before the discontinuation of antifungal therapy.",
         0.0, None),
    ],
)  # fmt: skip
def test_which_treatment_a_time_counts_from(text: str, low: float, high: float | None) -> None:
    taken = _exposure(f"{MAN}was treated with voriconazole. {text}", "voriconazole")
    assert taken is not None
    assert _days(taken.stop) == (low, high)


def test_endings_of_another_complaint() -> None:
    told = MAN + "took voriconazole. Hepatitis developed and it was stopped. The persistent {} did not improve."
    assert _case(told.format("cough")).events[0].outcome == "unknown"
    assert _case(told.format("jaundice")).events[0].outcome == "not recovered"


def test_a_death_of_another_illness() -> None:
    told = MAN + "took mercaptopurine for years and developed pancreatitis. It was stopped. He {} and passed away."
    assert _case(told.format("was diagnosed with metastatic carcinoma of the bowel")).events[0].outcome != "fatal"
    assert _case(told.format("deteriorated")).events[0].outcome == "fatal"


def test_two_patients_by_title() -> None:
    told = (
        "Case 1 : Mrs A was a 27 year old patient in her first pregnancy. She was given heparin and developed "
        "thrombocytopenia. Case 2 : Mrs. B is a 28 years old who was given amoxicillin and developed a rash."
    )
    assert [[e.drug for e in c.exposures] for c in dechallenge.read(told).cases] == [["heparin"], ["amoxicillin"]]


def test_an_age_in_days() -> None:
    age = _case("At age 5 days an ultrasound was normal. The boy was given furosemide.").patient.age
    assert age is not None
    assert (age.low, age.unit) == (5.0, "day") or (age.value, age.unit) == (5.0, "day")


@pytest.mark.parametrize(
    ("text", "latency"),
    [
        ("Except for febuxostat, all the other drugs had been used for more than 1 year. ", (60.0, 90.0)),
        ("All the other drugs had been used for more than 1 year. ", (60.0, 90.0)),
        ("", (60.0, 90.0)),
    ],
)
def test_the_others_had_been_taken_for_years(text: str, latency: tuple[float, float]) -> None:
    told = (
        f"{MAN}was admitted with agranulocytosis. He took glipizide and febuxostat. {text}Febuxostat was administered "
        "2\u00bd months before admission. Febuxostat was discontinued."
    )
    assert dechallenge.assess(told).cases[0].suspects[0].key_points.latency_days == latency


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("We then gave capecitabine. After one cycle our team decided to suspend this drug based on toxicity "
         "characterized by severe mucositis.", ["capecitabine"]),
        ("We then gave capecitabine. After one cycle mucositis developed and this drug was stopped.", ["capecitabine"]),
        ("We then gave capecitabine and lapatinib. After one cycle mucositis developed and the drug was stopped.",
         ["gemcitabine"]),
    ],
)  # fmt: skip
def test_this_drug_is_the_one_named_last(text: str, stopped: list[str]) -> None:
    told = _case(f"{MAN}received gemcitabine, but the disease progressed. {text}")
    assert [a.drug for a in told.actions if a.kind == "stopped"] == stopped


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("was given co-trimoxazole. The ACE level was elevated to 87, LDH and liver function tests were within normal "
         "limits. Platelets were 3 x 10^9/L.", ["thrombocytopenia"]),
        ("was given co-trimoxazole. The liver function tests were elevated. Bilirubin was 5 mg/dL.", ["liver injury"]),
        ("was given quinine. His creatinine was 1.3 g/dL. He developed a rash.", ["skin reaction"]),
        ("was given quinine. His creatinine was 4.3 mg/dL.", ["acute kidney injury"]),
        ("took phenytoin. Because of persistent seizures, he was switched to lamotrigine. Two weeks later he "
         "began with a rash.", ["skin reaction"]),
        ("took bupropion. Two weeks later he developed seizures.", ["seizure"]),
    ],
)  # fmt: skip
def test_which_reaction(text: str, kinds: list[str]) -> None:
    assert [e.kind for e in _case(MAN + text).events] == kinds


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("was given trastuzumab. He developed cardiac dysfunction. Trastuzumab was held, but there was no improvement "
         "after 5 weeks. Currently, he is asymptomatic.", "not recovered"),
        ("was given carbamazepine. Ten days later he developed a rash. The platelet count was normal.", "unknown"),
        ("was given co-trimoxazole. Two weeks later he had petechiae and thrombocytopenia. Worsening sarcoidosis could "
         "have caused it.", "unknown"),
        ("was given carbamazepine. Ten days later he developed a rash. The rash resolved.", "recovered"),
    ],
)  # fmt: skip
def test_what_is_no_end(text: str, outcome: str) -> None:
    assert _case(MAN + text).events[0].outcome == outcome


def test_a_glued_day() -> None:
    text = MAN + "was prescribed carbamazepine. On the18th day of carbamazepine he developed a rash."
    assert dechallenge.assess(text).cases[0].suspects[0].key_points.latency_days == (18.0, 18.0)


def test_given_in_a_part_that_looks_back() -> None:
    text = (
        "presented with petechiae. Three weeks prior to this presentation he had noticed spots. He was given a 2 week "
        "course of co-trimoxazole. Platelets were 3 x 10^9/L."
    )
    assert _suspects(MAN + text) == ["sulfamethoxazole/trimethoprim"]


@pytest.mark.parametrize(
    ("text", "kind", "suspects"),
    [
        ("Cefepime: a rare cause of encephalopathy\n" + MAN + "presented with myoclonus and stupor. Eleven days "
         "previously, he had commenced home intravenous cefepime 2 g twice daily. Medical history included cirrhosis "
         "secondary to ethanol and steatohepatitis. His medications were gabapentin and citalopram.", "encephalopathy",
         ["cefepime"]),
        (MAN + "was given doxorubicin. He developed dyspnoea on the seventh day. Drug-induced cardiotoxicity "
         "was suspected. Furosemide was started. Later he received cytarabine and had severe neutropenia.",
         "cardiomyopathy", ["doxorubicin"]),
        (MAN + "was given doxorubicin and cytarabine. He had severe neutropenia.", "neutropenia",
         ["cytarabine", "doxorubicin"]),
    ],
)  # fmt: skip
def test_what_the_report_itself_ascribes_to_a_drug(text: str, kind: str, suspects: list[str]) -> None:
    told = dechallenge.assess(text).cases[0]
    assert told.events[0].kind == kind
    assert sorted({s.drug for s in told.suspects if s.event.kind == kind}) == suspects


@pytest.mark.parametrize(
    ("text", "drug", "role"),
    [
        ("took nivolumab. Then he developed colitis. It did not respond to infliximab.", "infliximab", "treatment"),
        ("took nivolumab. Arthritis had failed to respond to infliximab. He had colitis.", "infliximab", "previous"),
        ("had lithium toxicity. He recently received hydrochlorothiazide.", "hydrochlorothiazide", "concomitant"),
        ("took tamoxifen and got cardiomyopathy. It improved during therapy, which consisted of digoxin.", "digoxin",
         "treatment"),
    ],
)  # fmt: skip
def test_roles_behind_the_reaction(text: str, drug: str, role: str) -> None:
    taken = _exposure(MAN + text, drug)
    assert taken is not None
    assert taken.role == role


def test_all_but_one_were_stopped() -> None:
    told = _case(
        MAN + "took digoxin and metoprolol. He had a rash. All drugs except for low-dose metoprolol were stopped."
    )
    assert all(d.drug != "metoprolol" for a in told.actions for d in [a] if a.kind == "stopped")


@pytest.mark.parametrize(
    ("text", "latency"),
    [
        ("was given sertraline. A week later he was admitted with somnolence. Sodium was 146 mmol/L. Twenty days later "
         "sodium was 125 mmol/L.", (24.0, 30.0)),
        ("was given sertraline. A week later he was admitted with somnolence. Sodium was 125 mmol/L.", (4.0, 10.0)),
        ("was given sertraline. A week later he was admitted with somnolence. Sodium had been 146 mmol/L before. "
         "Now sodium was 125 mmol/L.", (4.0, 10.0)),
    ],
)  # fmt: skip
def test_a_sign_before_a_value_that_was_undisturbed(text: str, latency: tuple[float, float]) -> None:
    assert dechallenge.assess(MAN + text).cases[0].suspects[0].key_points.latency_days == latency


@pytest.mark.parametrize(
    ("text", "suspected"),
    [
        ("Three weeks before presentation he was prescribed esomeprazole. A week before presentation he stopped taking "
         "it.", True),
        ("Three years before presentation he was prescribed esomeprazole. Two years before presentation he stopped "
         "taking it.", False),
    ],
)  # fmt: skip
def test_stopped_shortly_before_the_reaction(text: str, suspected: bool) -> None:
    told = f"{MAN}presented to the hospital. {text} On presentation creatinine was 1878 umol/L. He took irbesartan."
    assert ("esomeprazole" in _suspects(told)) is suspected
