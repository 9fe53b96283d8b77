"""Reactions that other signs hide, remedies that look like suspects, and doses and images told in passing."""

from __future__ import annotations

import pytest

from dechallenge import assess, read
from dechallenge.case import Case

WOMAN = "A 51-year-old woman"


def case(text: str) -> Case:
    return read(text).cases[0]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (
            f"{WOMAN} on enalapril had epigastric pain, nausea and vomiting. Amylase was 2,310 U/L, alkaline "
            "phosphatase was mildly elevated, ALT was normal. Enalapril was stopped.",
            "pancreatitis",
        ),
        (
            f"{WOMAN} on enalapril had epigastric pain, nausea and vomiting. ALT was 940 U/L, AST 610 U/L and "
            "bilirubin 3.4 mg/dL; amylase was 320 U/L. Enalapril was stopped.",
            "liver injury",
        ),
    ],
)
def test_the_pain_belongs_to_the_organ_that_shows_more(told: str, kind: str) -> None:
    assert case(told).events[0].kind == kind


@pytest.mark.parametrize(
    "announced",
    [
        "We describe a case of toxic epidermal necrolysis (TEN) that occurred after treatment with phenytoin.",
        "We report a case of TEN following the use of phenytoin.",
    ],
)
def test_a_reaction_announced_under_a_treatment_is_what_the_case_is_about(announced: str) -> None:
    told = case(
        f"INTRODUCTION\n{announced}\nCASE PRESENTATION\n{WOMAN} was started on phenytoin. Twelve days later she had an "
        "itchy rash on the face, which spread. Phenytoin was withdrawn."
    )
    assert (told.events[0].kind, told.events[0].term) == ("severe skin reaction", "toxic epidermal necrolysis")


def test_ten_in_capitals_is_the_reaction_and_not_a_number() -> None:
    ill = case(f"{WOMAN} developed TEN after 14 days of monotherapy with lamotrigine.")
    onset = ill.events[0].onset
    assert ill.events[0].term == "toxic epidermal necrolysis" and onset is not None and onset.point == 14
    counted = case(f"TEN PATIENTS WITH RASH\n{WOMAN} took lamotrigine and had a rash.")
    assert all(f.term != "toxic epidermal necrolysis" for f in counted.findings)


@pytest.mark.parametrize(
    ("given", "drug", "role"),
    [
        (
            "She was started on intravenous fluids, but her creatinine rose to 3.8 mg/dL.",
            "parenteral fluid",
            "treatment",
        ),
        ("She had been given mannitol for three days before.", "mannitol", "suspect"),
    ],
)
def test_what_is_given_for_the_reaction_is_no_suspect(given: str, drug: str, role: str) -> None:
    told = case(
        f"{WOMAN} came with weakness. Creatinine was 2.3 mg/dL. {given} A biopsy showed interstitial nephritis."
    )
    assert {link.drug: link.role for link in told.links}[drug] == role


def test_a_former_drug_that_is_named_again_is_no_treatment() -> None:
    told = case(
        f"{WOMAN} presented with acute renal failure. Her knee had been treated with diclofenac years before, which "
        "was substituted with rofecoxib. How long rofecoxib was taken was unclear. A few weeks earlier she was started "
        "on omeprazole. Omeprazole was stopped."
    )
    assert {e.role for e in told.exposures if e.drug == "rofecoxib"} == {"previous"}


@pytest.mark.parametrize("word", ["sCr", "sCR", "SCr"])
def test_serum_creatinine_is_written_in_any_case(word: str) -> None:
    told = case(f"{WOMAN} on omeprazole was unwell. Her {word} was 2.3 mg/dl.")
    assert [m.analyte for m in told.measurements] == ["CREAT"]


def test_parts_of_a_tablet_do_not_hide_the_verb() -> None:
    told = case(
        f"{WOMAN} had epilepsy. On October 30, 2019 lamotrigine 50 mg ½ tablet every 24 hours and phenobarbital 100 mg "
        "¼ tablet every 24 hours were added. On November 18, 2019 she had a rash."
    )
    assert {a.drug for a in told.actions if a.kind == "started"} == {"lamotrigine", "phenobarbital"}
    onset = told.events[0].onset
    assert onset is not None and (onset.low, onset.high) == (19, 19)


def test_an_interval_that_was_changed_with_the_dose_is_no_contradiction() -> None:
    head = f"{WOMAN} was given lamotrigine 25 mg every 24 hours. "
    changed = case(
        head + "Two weeks afterwards doses were increased: lamotrigine 25 mg every 12 hours. She had a rash."
    )
    assert [c for c in changed.conflicts if c.affects == "dosing interval"] == []
    plain = case(head + "She had a rash. She had taken lamotrigine 25 mg every 12 hours.")
    assert [c.affects for c in plain.conflicts] == ["dosing interval"]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("A CT scan revealed an enlarged, inflamed pancreas despite normal serum lipase levels.", {"negative"}),
        ("A CT scan revealed a normal pancreas despite a raised lipase.", set()),
    ],
)
def test_what_stands_behind_despite_is_no_part_of_the_image(told: str, state: set[str]) -> None:
    states = {t.state for t in case(f"{WOMAN} took mesalazine and had abdominal pain. {told}").tests}
    assert not states & state


@pytest.mark.parametrize("words", ["has been associated with", "were causally related to"])
def test_a_verb_is_no_drug_that_authors_blame(words: str) -> None:
    told = case(f"{WOMAN} took paracetamol. This {words} acute pancreatitis.")
    assert not {"been", "causally"} & {s.result for s in told.statements}


def test_a_diet_that_progressed_is_no_worse_state() -> None:
    told = case(f"{WOMAN} had pancreatitis under ezetimibe. She improved within 48 hours and her diet was progressed.")
    assert "worsening" not in {f.term for f in told.findings}


@pytest.mark.parametrize(
    "told",
    [
        "She recovered. She had recurrent attacks after taking paracetamol again.",
        "She recovered. She had recurrent episodes on rechallenge with paracetamol.",
    ],
)
def test_recurrent_attacks_tell_of_a_positive_re_exposure(told: str) -> None:
    found = case(f"{WOMAN} had acute pancreatitis after taking paracetamol. {told}")
    assert [a.result for a in found.actions if a.kind == "restarted"] == ["positive"]


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [
        (f"{WOMAN} presented with angioedema, which occurred after two years of lisinopril use.", 640, 820),
        (f"{WOMAN} presented with angioedema that had developed two weeks after starting lisinopril.", 11, 17),
        (
            f"{WOMAN} presented with progressive dyspnea for 6 weeks. She was taking nitrofurantoin for 3 months prior "
            "to presentation. A CT scan showed interstitial lung disease due to nitrofurantoin.",
            30,
            105,
        ),
    ],
)
def test_the_words_behind_a_reaction_say_when_it_came(told: str, low: float, high: float) -> None:
    onset = case(told).events[0].onset
    assert onset is not None and (onset.low, onset.high) == (low, high)


def test_the_story_goes_on_behind_words_that_only_date_a_complaint() -> None:
    told = case(
        f"{WOMAN} was started on hydralazine. Three months later she became short of breath. She also had fatigue that "
        "began four weeks after starting hydralazine. Lupus was diagnosed. Hydralazine was stopped."
    )
    stop = next(a.time for a in told.actions if a.kind == "stopped")
    assert stop is not None and stop.low is not None and stop.low >= 75


@pytest.mark.parametrize(
    ("told", "suspects"),
    [
        (f"{WOMAN} had swelling of the tongue. Her medications included metformin and lisinopril. This patient is an "
         "example of angioedema caused by ACE inhibitor use.", {"lisinopril"}),
        (f"{WOMAN} took simvastatin and aspirin and had weakness. Statin-induced rhabdomyolysis was diagnosed.",
         {"simvastatin"}),
    ],
)  # fmt: skip
def test_a_blamed_class_means_its_only_drug(told: str, suspects: set[str]) -> None:
    assert {link.drug for link in case(told).links if link.role == "suspect"} == suspects


def test_a_name_in_apposition_is_the_medication() -> None:
    told = case(
        f"{WOMAN} had angioedema. Her symptoms eased after stopping the medication, lisinopril, and never came back."
    )
    assert [(a.kind, a.drug) for a in told.actions] == [("stopped", "lisinopril")]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("An ANA was obtained which was negative.", "negative"),
        ("ANA was checked and was negative.", "negative"),
        ("An ANA was sent and came back positive.", "positive"),
    ],
)
def test_a_test_that_was_sent_has_the_result_behind_it(told: str, state: str) -> None:
    assert [t.state for t in case(f"{WOMAN} on hydralazine had fever. {told}").tests if t.test == "ANA"] == [state]


def test_the_source_that_was_not_found_denies_no_effusion() -> None:
    told = case(
        f"{WOMAN} took hydralazine. There was no other obvious source of her recurrent and large pleural effusions."
    )
    assert ("pleural effusion", "absent") not in {(f.term, f.state) for f in told.findings}


def test_what_a_disease_usually_shows_is_not_of_the_patient() -> None:
    told = case(
        "Lupus under hydralazine\nIt presents with lupus-like symptoms such as rash and arthralgia. Laboratory "
        f"findings usually show positive ANA in 95 % of cases. We present a case. {WOMAN} on hydralazine had fever. "
        "ANA was negative."
    )
    assert [t.state for t in told.tests if t.test == "ANA"] == ["negative"]
    assert not {"rash", "arthralgia"} & {f.term for f in told.findings}


@pytest.mark.parametrize("words", ["within the previous two weeks", "in the past two weeks"])
def test_a_start_within_a_stretch_of_time_lies_anywhere_in_it(words: str) -> None:
    told = case(f"{WOMAN} presented with jaundice. She had started terbinafine {words}. Terbinafine was stopped.")
    onset = told.events[0].onset
    assert onset is not None and onset.low == 0 and onset.high is not None and 14 <= onset.high <= 17


def test_what_a_reaction_is_usually_treated_with_is_its_treatment() -> None:
    told = case(
        f"{WOMAN} on glimepiride was admitted with a plasma glucose of 32 mg/dL. She was treated with glucose and left "
        "without long-term sequelae."
    )
    assert {link.drug: link.role for link in told.links} == {"glimepiride": "suspect", "glucose": "treatment"}


@pytest.mark.parametrize("blame", ["an increase in dose of", "a dose increase of", "increased dosage of"])
def test_more_of_a_drug_is_blamed_as_the_drug(blame: str) -> None:
    told = case(
        f"{WOMAN} presented with psychosis secondary to {blame} levetiracetam. Medications on admission were "
        "levetiracetam 1000 mg twice daily, gabapentin 600 mg daily and esomeprazole 40 mg daily."
    )
    assert {link.drug for link in told.links if link.role == "suspect"} == {"levetiracetam"}


def test_a_day_of_the_cessation_counts_from_the_stop() -> None:
    told = case(
        f"{WOMAN} was started on levetiracetam. Two weeks later she had hallucinations, which resolved on the "
        "second day of cessation of levetiracetam."
    )
    assert [(a.kind, a.drug) for a in told.actions] == [("started", "levetiracetam"), ("stopped", "levetiracetam")]
    ended = told.events[0].recovery_from_stop
    assert ended is not None and (ended.low, ended.high) == (2, 2)


def test_what_a_drug_was_for_and_what_came_of_it_begins_it() -> None:
    told = case(
        "The present case reported with a rash induced by amoxicillin in a nine-year-old male patient. Amoxicillin was "
        "prescribed for his cough, and subsequently after three days he developed a generalised rash."
    )
    onset = told.events[0].onset
    assert onset is not None and (onset.low, onset.high) == (3, 3)


def test_the_weight_at_birth_is_not_the_weight() -> None:
    assert case("A 4-year-old boy on valproate had a rash. Birth weight=1 kg 850.").patient.weight_kg is None
    assert case("A 4-year-old boy on valproate had a rash. Weight: 16 kg.").patient.weight_kg == 16


def test_what_is_written_out_is_quoted_whole() -> None:
    told = case(
        "1. Age: 59 years   2. Sex: F\n3. Reaction onset: 18-Mar-2021\n4. Describe reaction(s): Jaundice\n"
        "5. Suspect drug(s): #1 Flucloxacillin\n6. Therapy dates (from/to): #1 02-Mar-2021 / 12-Mar-2021\n"
        "Outcome: Recovering"
    )
    onset = told.events[0].onset
    assert onset is not None and [e.quote for e in onset.evidence] == ["3. Reaction onset: 18-Mar-2021"]
    noted = case(f"{WOMAN} w/ acne was started on minocycline. ALT was 300 U/L w/ jaundice.")
    assert not [q for f in noted.findings for q in (e.quote for e in f.evidence) if q in ("/", "w")]


def test_the_first_reaction_in_a_second_course_is_no_positive_re_exposure() -> None:
    told = assess(
        f"{WOMAN} took nitrofurantoin for a week in March 2019 and was well. In June 2019 nitrofurantoin was "
        "given again. Five days later she had jaundice. ALT was 800 U/L and ALP 150 U/L. Nitrofurantoin was stopped. "
        "ALT was normal four weeks later."
    )
    found = told.cases[0].suspects[0].key_points
    assert [a.result for a in told.cases[0].actions if a.kind == "restarted"] == [None]
    assert found.rechallenge == "not done" and found.pattern is not None and found.latency_days == (5, 5)
