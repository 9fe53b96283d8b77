"""Words that look like a finding, a stop, a drug or an end and are none, and near wordings that are."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case

MAN = "A 50-year-old man "


def _case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def _findings(text: str, term: str) -> list[str]:
    return [f.state for f in _case(text).findings if f.term == term]


def _roles(text: str) -> dict[str, str]:
    """Exposures with the role of their first link, empty where nothing is linked."""
    case = _case(text)
    links = {link.drug: link.role for link in reversed(case.links)}
    return {e.drug: links.get(e.drug, "") for e in case.exposures}


def _actions(text: str) -> list[tuple[str, str]]:
    return [(a.kind, a.drug) for a in _case(text).actions]


@pytest.mark.parametrize(
    ("text", "term", "states"),
    [
        ("took quinine. The tracing showed ST depression.", "depression", []),
        ("took quinine. There was ST-segment depression in V4.", "depression", []),
        ("took quinine. He had depression.", "depression", ["present"]),
        ("took quinine. He had cardioversion (3 shocks).", "shock", []),
        ("took quinine. After DC shock the rhythm was normal.", "shock", []),
        ("took quinine and went into shock.", "shock", ["present"]),
        ("took quinine. Myasthenia gravis-related antibodies were negative.", "myasthenia gravis", []),
        ("took quinine. Myasthenia gravis was excluded.", "myasthenia gravis", ["absent"]),
        ("took quinine. The rash can easily be confused with shingles.", "confusion", []),
        ("took quinine and was confused with slurred speech.", "confusion", ["present"]),
        ("took quinine. He denied alcohol or drug use, fever, and a history of transfusions.", "fever", ["absent"]),
        ("took quinine. He denied alcohol or drug use, and had a fever.", "fever", ["present"]),
        (
            "took quinine. One possibility was the onset of adrenal insufficiency.",
            "adrenal insufficiency",
            ["uncertain"],
        ),
        ("took quinine and came with the pre-diagnosis of sepsis.", "sepsis", ["uncertain"]),
        ("took quinine. The fever began and sepsis was thought to be the cause.", "sepsis", ["uncertain"]),
        ("took quinine and had a fever. Some patients will also have a rash.", "rash", []),
        ("took quinine and had a fever. Results were unremarkable for sepsis.", "sepsis", ["absent"]),
        ("took quinine. He had received a vaccine against SARS-CoV-2 and had a fever.", "COVID-19", []),
        ("took quinine and had COVID-19 after a vaccine.", "COVID-19", ["present"]),
        ("took quinine. Fever and chills were not reported.", "fever", ["uncertain"]),
        ("took quinine and oral hypoglycaemic drugs and had a fever.", "hypoglycemia", []),
        ("took quinine and was hypoglycaemic.", "hypoglycemia", ["present"]),
        ("with no known risk was found to have methaemoglobinaemia on quinine.", "methemoglobinemia", ["present"]),
        ("took quinine and was treated according to the protocol of anaphylaxis.", "anaphylaxis", ["uncertain"]),
        ("with no chronic disease, admitted with fever, took quinine.", "fever", ["present"]),
    ],
)
def test_what_a_word_of_a_finding_means(text: str, term: str, states: list[str]) -> None:
    assert _findings(MAN + text, term) == states


def test_drinking_tea_is_no_drinking() -> None:
    assert _case(MAN + "was drinking a herbal tea and took quinine. He had jaundice.").patient.alcohol is None
    assert _case(MAN + "was drinking heavily and took quinine. He had jaundice.").patient.alcohol is not None


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("had a rash on ceftriaxone. Amoxicillin, cefixime and cefepime patch tests were negative.", {"ceftriaxone"}),
        ("had a rash on ceftriaxone. Amoxicillin was given later.", {"ceftriaxone", "amoxicillin"}),
        ("had a rash. Which drug was it? A) Amoxicillin. B) Ciprofloxacin. He was on quinine.", {"quinine"}),
        ("had a rash after flucloxacillin. Considering penicillin exposure, it was stopped.", {"flucloxacillin"}),
        (
            "had a rash after starting the selective serotonin reuptake inhibitor (SSRI) citalopram.",
            {"citalopram"},
        ),
        ("had thrombosis after quinine, with antibodies to platelet factor 4/heparin.", {"quinine"}),
        (
            "who had suffered an anaphylactic reaction to amoxicillin as a child, was given cefazolin and had shock.",
            {"cefazolin"},
        ),
        ("had had a rash from amoxicillin two days ago and was given cefazolin.", {"amoxicillin", "cefazolin"}),
        ("had a rash after quinine. A sample (EDTA anticoagulant) was sent.", {"quinine"}),
        ("had a rash after quinine, with a normal parathyroid hormone.", {"quinine"}),
        ("had thrombosis after quinine and heparin.", {"quinine", "heparin"}),
        ("had headache after ipilimumab, with low gonadotrophins of FSH 8 IU/L.", {"ipilimumab"}),
        (
            "had a fever after a vaccine against SARS-CoV-2 - ChAdOx1 nCoV-19 (AstraZeneca).",
            {"chadox1 ncov-19 vaccine"},
        ),
    ],
)
def test_which_drugs_were_taken(text: str, drugs: set[str]) -> None:
    assert set(_roles(MAN + text)) == drugs


@pytest.mark.parametrize(
    ("text", "action", "told"),
    [
        ("was started on quinine and had a rash. He was weaned off his tracheostomy.", ("stopped", "quinine"), False),
        ("was started on quinine and had a rash. He was weaned off it.", ("stopped", "quinine"), True),
        (
            "took quinine and had a rash. It resolved after stopping the drug and oral corticosteroid therapy.",
            ("stopped", "corticosteroid"),
            False,
        ),
        (
            "took quinine and had a rash. It resolved after stopping the drug and oral corticosteroid therapy.",
            ("stopped", "quinine"),
            True,
        ),
        (
            "took quinine and had a rash. It resolved on stopping quinine and receiving loratadine and prednisone.",
            ("started", "prednisone"),
            True,
        ),
        (
            "was given quinine and had a rash. Symptoms should resolve within days of stopping quinine.",
            ("stopped", "quinine"),
            False,
        ),
        ("was on quinine and was turned to chloroquine. He had a rash.", ("stopped", "quinine"), True),
        ("was on quinine and turned to his doctor with a rash.", ("stopped", "quinine"), False),
        (
            "took quinine and had a rash. He recovered. He renewed his treatment a week later.",
            ("restarted", "quinine"),
            True,
        ),
        ("took quinine and had a rash. The dressing was renewed daily.", ("restarted", "quinine"), False),
        (
            "had fever. Antibiotics (quinine) and antifungal treatment (voriconazole) were introduced. He had a rash.",
            ("started", "quinine"),
            True,
        ),
        (
            "was prescribed quinine. His history included hypertension, treated for four years with nifedipine.",
            ("started", "nifedipine"),
            False,
        ),
        (
            "was on quinine and sertraline sodium (prescribed six months before). He had a rash.",
            ("started", "sertraline"),
            True,
        ),
        ("took quinine, was concomitantly receiving trazodone and had a rash.", ("started", "trazodone"), False),
        (
            "took quinine. Cortisol was low due to concurrent dexamethasone therapy.",
            ("started", "dexamethasone"),
            False,
        ),
        ("took quinine and had polyuria. Desmopressin nasal spray was instituted.", ("started", "desmopressin"), True),
    ],
)
def test_what_was_done(text: str, action: tuple[str, str], told: bool) -> None:
    assert (action in _actions(MAN + text)) is told


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("developed a rash on quinine. If the rash persists, see a doctor.", "unknown"),
        ("developed a rash on quinine. The rash persists.", "not recovered"),
        ("had taken quinine in order to improve his sleep and developed a rash.", "unknown"),
        ("had taken quinine and developed a rash, which began to improve.", "recovering"),
        ("took quinine and had hyponatraemia. The sodium decreased to 118 mmol/L.", "unknown"),
        (
            "took quinine and had agranulocytosis. It was stopped and the neutrophil count returned to normal, but he "
            "died four weeks later from progressive renal failure.",
            "recovered",
        ),
        ("took quinine and had arrhythmia. There was no history of sudden death in the family.", "unknown"),
        ("took quinine and had arrhythmia. He died suddenly.", "fatal"),
        ("took quinine and had arrhythmia. He was declared deceased.", "fatal"),
    ],
)
def test_the_outcome(text: str, outcome: str) -> None:
    assert _case(MAN + text).events[0].outcome == outcome


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("took quinine for malaria. The aetiology was likely secondary to quinine.", None),
        ("presented with unusual head and arm movements after two days of quinine.", "head and arm movements"),
        (
            "developed headache while taking quinine. A diagnosis of bilateral uveal effusion was made.",
            "bilateral uveal effusion",
        ),
        (
            "had an abscess and received metronidazole. After 64 days of metronidazole, severe dysarthria, ataxia and "
            "paraesthesia developed.",
            "slurred speech",
        ),
        (
            "took metoclopramide, came with the pre-diagnosis of seizure and had abnormal movements. "
            "A diagnosis of acute dystonic reaction was made.",
            "dystonia",
        ),
    ],
)
def test_the_name_of_the_reaction(text: str, term: str | None) -> None:
    events = _case(MAN + text).events
    assert (events[0].term if events else None) == term


def test_a_first_line_of_two_sentences_is_the_title() -> None:
    text = (
        "Fire and flood. Drug-induced QT prolongation causes torsades de pointes\n\n"
        "A 50-year-old man took quinine. Two weeks later he had a cardiac arrest. Haemoglobin was 8 g/dl."
    )
    assert _case(text).events[0].kind == "arrhythmia"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("had gout. Fifteen months later he was started on quinine. Two weeks later he developed a rash.", 11, 17),
        ("had gout and took quinine. Two weeks later he developed a rash.", 11, 17),
        ("developed hepatitis while taking quinine. The first symptoms appeared 3 months after starting it.", 75, 105),
        ("took quinine. Two weeks later he felt sick. Sodium was normal before treatment but after two weeks it was "
         "121 mmol/L.", 11, 17),
    ],
)  # fmt: skip
def test_the_time_to_onset(text: str, low: float, high: float) -> None:
    found = dechallenge.assess(MAN + text).cases[0].suspects[0].key_points.latency_days
    assert found is not None
    assert (round(found[0] or 0), round(found[1] or 0)) == (low, high)


def test_a_list_that_is_blamed() -> None:
    text = "was given quinine, lansoprazole and aspirin. On day 36 he had agranulocytosis. "
    told = _roles(MAN + text + "Quinine and lansoprazole were suspected as the culprits.")
    assert (told["quinine"], told["lansoprazole"], told["acetylsalicylic acid"]) == (
        "suspect",
        "suspect",
        "concomitant",
    )


def test_the_results_of_a_structured_abstract_are_of_the_case() -> None:
    text = (
        "Purpose: To report glaucoma after methazolamide.\n"
        "Methods: An interventional case report of a 70-year-old man who developed angle closure glaucoma after taking "
        "methazolamide.\nResults: The signs resolved completely after discontinuation of methazolamide.\n"
        "Conclusion: Methazolamide may cause glaucoma."
    )
    case = _case(text)
    assert case.patient.age is not None
    assert ("stopped", "methazolamide") in [(a.kind, a.drug) for a in case.actions]


def test_a_drug_of_the_weeks_before_is_suspected_where_no_other_is_named() -> None:
    told = _roles(
        "A 22-year-old woman had syncope. She had been advised cetirizine two weeks before presentation. "
        "The monitor showed arrhythmia."
    )
    assert told == {"cetirizine": "suspect"}


def test_toxicity_that_is_announced_is_the_reaction() -> None:
    text = (
        "Introduction. We present the case of a patient who developed lithium toxicity.\n\n"
        "Case. A 59-year-old man on lithium had tremor and confusion. CK was 6008 U/L. Lithium was stopped."
    )
    assert _case(text).events[0].term == "lithium toxicity"


def test_blood_counts_per_litre_end_their_sentence() -> None:
    text = (
        "A woman of 50 had fever 10 days after quinine. Platelets were 27 x 10^9 per L. 3 days earlier they were high."
    )
    case = _case(text)
    found = next(m for m in case.measurements if m.value is not None)
    assert found.time is not None and found.time.low == 10


def test_a_diagnosis_told_after_the_end_came_before_the_stop() -> None:
    text = (
        "took sertraline and was started on linezolid. Within 24 h he had tremor. Both were stopped and he improved. "
        "By the 2nd day he was discharged. Serotonin syndrome had been induced by linezolid."
    )
    onset = _case(MAN + text).events[0].onset
    assert onset is None or onset.high is None or onset.high <= 1


def test_after_some_days_is_of_the_drug_or_of_the_sign() -> None:
    text = "was started on linezolid. On day 2 he developed anxiety. Linezolid was discontinued after 5 days."
    stop = _case(MAN + text).exposures[0].stop
    assert stop is not None
    assert (stop.low, stop.high) == (5, 7)


@pytest.mark.parametrize(
    ("text", "serious"),
    [
        (
            "took quinine and had a rash. Awareness is critical for the diagnosis of this life-threatening syndrome.",
            False,
        ),
        ("took quinine and had a rash, which was life-threatening.", True),
    ],
)
def test_a_threat_to_life(text: str, serious: bool) -> None:
    told = {c for e in _case(MAN + text).events for c in e.seriousness}
    assert any("life" in str(c) for c in told) is serious


def test_what_was_begun_with_a_reaction_of_long_ago() -> None:
    text = (
        "took lisinopril for two weeks and developed angioedema. He had had a swelling four years earlier and was "
        "switched to irbesartan."
    )
    start = next(e.start for e in _case(MAN + text).exposures if e.drug == "irbesartan")
    assert start is not None and start.low is not None and start.low < -1000


def test_the_announced_course_is_the_one_that_is_told() -> None:
    text = (
        "We present a case of ataxia following the use of metronidazole, which resolved after discontinuing the drug. "
        "A 67-year-old man received metronidazole. After 64 days of it, severe dysarthria and ataxia developed."
    )
    case = _case(text)
    assert [(a.kind, a.drug) for a in case.actions] == [("started", "metronidazole")]
    assert case.events[0].onset is not None and case.events[0].onset.point == 64


def test_a_second_value_of_urine_is_no_value_of_the_blood() -> None:
    text = "took quinine. Potassium was 3.5 mmol/L. Urinary sodium was 122 mmol/L and potassium of 90 mmol/L."
    assert [m.value for m in _case(MAN + text).measurements] == [3.5]


def test_a_way_of_giving_is_that_of_its_own_noun() -> None:
    text = "took omeprazole and had tetany. Omeprazole was stopped and oral supplementation with magnesium was given."
    assert next(e.route for e in _case(MAN + text).exposures if e.drug == "omeprazole") is None


def test_each_value_of_a_list_by_turns() -> None:
    text = "took quinine. AST, ALT and ALP were elevated with peaks of 216 U/L, 296 U/L and 466 U/L respectively."
    assert [m.value for m in _case(MAN + text).measurements if m.value is not None] == [216, 296, 466]


def test_an_abbreviation_by_the_first_letters_of_its_words() -> None:
    text = (
        "Proton pump inhibitor (PPI)-induced hypomagnesaemia is rare. We present the case of PPI-associated "
        "hypomagnesaemia. A 91-year-old man presented with tetany. It resolved after stopping the PPI."
    )
    assert [e.term for e in _case(text).events] == ["hypomagnesemia"]


def test_a_cause_that_was_the_use_of_a_drug() -> None:
    text = "had delirium and hypokalaemia. The history revealed that the aetiology was the usage of omeprazole."
    assert _roles(MAN + text) == {"omeprazole": "suspect"}
