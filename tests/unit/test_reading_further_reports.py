"""What first readings of unseen reports got wrong: acts that were none, limits as values, viral loads, later illnesses.

Each sentence is our own. Beside what must be read stands what must not.
"""

from __future__ import annotations

import pytest

from dechallenge import Case, read

MAN = "A 44-year-old man was treated with clozapine. Ten days later he had fever and agranulocytosis. "


def case(text: str) -> Case:
    [one] = read(text).cases
    return one


def acts(text: str) -> list[tuple[str, str]]:
    return [(action.kind, action.drug) for action in case(text).actions]


@pytest.mark.parametrize(
    "stop",
    [
        "Six days after stopping the administration of clozapine, his count rose, with increasing numbers of cells.",
        "He discontinued the use of clozapine.",
        "On day 12 he stopped taking clozapine.",
        "Withdrawal of the treatment with clozapine was followed by an increase in the count.",
    ],
)
def test_a_giving_that_is_stopped_is_a_stop_alone(stop: str) -> None:
    found = acts(MAN + stop)
    assert ("stopped", "clozapine") in found
    assert ("restarted", "clozapine") not in found


@pytest.mark.parametrize(
    "thought",
    [
        "The decision about clozapine rechallenge or withdrawal should be made case by case.",
        "There was a discussion regarding the reintroduction of clozapine.",
    ],
)
def test_what_is_to_be_decided_was_not_done(thought: str) -> None:
    assert not {"restarted", "stopped"} & {kind for kind, _ in acts(MAN + thought)}


def test_a_decision_that_was_carried_out_is_an_act() -> None:
    assert ("stopped", "clozapine") in acts(MAN + "The decision to stop clozapine was made on day 12.")


def test_after_resuming_is_the_re_exposure_told_before() -> None:
    text = "Clozapine was stopped. It was restarted on day 60. After resuming treatment with clozapine he was well."
    assert acts(MAN + text).count(("restarted", "clozapine")) == 1


LIMITS = [
    (
        "His WBC was 1,300/mm3 and neutrophils were 12% (normal ranges: WBC count=4,800–10,800/mm3, neutrophil "
        "count=42%–75%).",
        {"WBC": (1300.0, 4800.0, 10800.0), "NEUT_PCT": (12.0, 42.0, 75.0)},
    ),
    ("ALT was 300 U/L. Normal ranges are ALT 10-40 U/L and ALP 40-120 U/L.", {"ALT": (300.0, 10.0, 40.0)}),
    ("He had a WBC count of 2.1 (normal WBC range, 4.0-10.0 × 10^9/L).", {"WBC": (2.1, 4.0, 10.0)}),
    ("ALT (61 U/L; normal range, 0-40 U/L) was raised.", {"ALT": (61.0, 0.0, 40.0)}),
    ("He had a raised CRP (61 mg/L; RI, < 5 mg/L).", {"CRP": (61.0, None, 5.0)}),
    ("ALT was 61 U/L; AST was 50 U/L (normal 0-35).", {"ALT": (61.0, None, None), "AST": (50.0, 0.0, 35.0)}),
    (
        "Lipase was 900 U/L and amylase 400 U/L (NUL 300 and 110 U/L, respectively).",
        {"LIPASE": (900.0, None, None), "AMYLASE": (400.0, None, None)},
    ),
    ("CRP was 4 mg/L (normal CRP range <5 mg/L).", {"CRP": (4.0, None, 5.0)}),
]


@pytest.mark.parametrize(("text", "values"), LIMITS)
def test_a_normal_range_is_a_limit_and_no_value(
    text: str, values: dict[str, tuple[float, float | None, float | None]]
) -> None:
    found = case(MAN + text).measurements
    read_ = {m.analyte: (m.value, m.limit.low, m.limit.high) if m.limit else (m.value, None, None) for m in found}
    assert read_ == values
    assert len(found) == len(values)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("His WBC count had fluctuated between 2,800/mm3 and 5,000/mm3.", 2800.0, 5000.0),
        ("His WBC count was 2.8 G/L–5.0 G/L.", 2.8, 5.0),
    ],
)
def test_a_range_may_print_its_unit_twice(text: str, low: float, high: float) -> None:
    [value] = case(MAN + text).measurements
    assert (value.value, value.low, value.high) == (None, low, high)


def test_a_fall_between_two_values_is_no_range() -> None:
    values = [m.value for m in case(MAN + "His WBC count fell from 5.0 G/L to 2.8 G/L.").measurements]
    assert sorted(v for v in values if v) == [2.8, 5.0]


JAUNDICE = "A 34-year-old man developed jaundice two weeks after starting isoniazid. "


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Hepatitis C IgG was positive, but the viral load was undetectable.", ("positive", "negative")),
        ("Hepatitis C antibody was positive with undetectable RNA.", ("positive", "negative")),
        ("Anti-HCV was positive; undetectable HCV RNA was found.", ("positive", "negative")),
        ("Hepatitis C antibody and RNA were negative.", ("negative", "negative")),
    ],
)
def test_a_viral_load_is_of_the_virus_before_it(text: str, states: tuple[str, str]) -> None:
    found = {t.test: t.state for t in case(JAUNDICE + text).tests}
    assert (found["anti-HCV"], found["HCV RNA"]) == states
    assert "IgG" not in found


def test_the_level_of_igg_stays_a_test_of_its_own() -> None:
    assert {t.test for t in case(JAUNDICE + "Serum IgG was elevated.").tests} == {"IgG"}


def roles(text: str) -> dict[str, str]:
    return {e.drug: e.role for e in case(text).exposures}


def test_what_he_is_on_is_not_first_given_when_it_is_resumed() -> None:
    history = (
        "A 34-year-old man presented with jaundice. He has psoriasis, for which he is on secukinumab, and had "
        "completed a course of amoxicillin two weeks earlier. "
    )
    assert roles(history + "He resumed secukinumab.")["secukinumab"] == "concomitant"


def test_a_treatment_that_is_restarted_stays_a_treatment() -> None:
    text = "A 34-year-old man had a rash ten days after amoxicillin. Prednisone was given, and later restarted."
    assert roles(text)["prednisone"] == "treatment"


@pytest.mark.parametrize(
    ("drug", "name"), [("omeprazole", "omeprazole"), ("proton-pump inhibitors", "proton pump inhibitor")]
)
def test_a_drug_that_only_the_title_names_is_suspected_without_a_latency(drug: str, name: str) -> None:
    told = (
        "A 74-year-old woman presented with malaise. Creatinine was 2.3 mg/dl. A biopsy showed interstitial nephritis."
    )
    one = case(f"Acute interstitial nephritis due to {drug}\n\n{told}")
    assert [(e.drug, e.role, e.start) for e in one.exposures] == [(name, "suspect", None)]
    [link] = one.links
    assert link.basis == "blamed"
    assert link.latency is None or (link.latency.low, link.latency.high) == (None, None)


def test_the_title_adds_nothing_where_the_case_has_a_suspect() -> None:
    told = "A woman of 74 took ibuprofen. Two weeks later she had nephritis due to ibuprofen."
    text = f"Nephritis due to omeprazole\n\n{told}"
    assert "omeprazole" not in roles(text)


def test_a_lasting_illness_is_no_end_of_the_reaction() -> None:
    text = "A 42-year-old woman with a history of persistent delusional disorder had agranulocytosis due to clozapine."
    assert [e.outcome for e in case(text).events] == ["unknown"]
    text = "A 42-year-old woman had agranulocytosis due to clozapine. It was stopped. Persistent neutropenia was seen."
    assert [e.outcome for e in case(text).events] == ["not recovered"]


LATER = (
    "A 42-year-old man was admitted with acute kidney failure. He had recently taken ibuprofen. Creatinine was 2.8 "
    "mg/dL. Ibuprofen was stopped. He made good progress, with recovery of kidney function. Five years later, because "
    "of reflux symptoms, ranitidine was prescribed. Symptoms persisted, so he was given lansoprazole. Two weeks after "
    "starting treatment his kidney function was impaired."
)


def test_a_later_illness_and_its_drugs_are_not_those_of_the_reaction() -> None:
    one = case(LATER)
    assert one.events[0].outcome == "recovering"
    assert [e.drug for e in one.exposures if e.role == "suspect"] == ["ibuprofen"]
    start = next(e.start for e in one.exposures if e.drug == "ibuprofen")
    onset = one.events[0].onset
    assert start is not None
    assert onset is not None
    assert start.low == 0
    assert onset.high is None


def test_a_short_form_behind_the_name_of_a_drug_is_that_drug() -> None:
    text = (
        "Methimazole (MMI) is rarely toxic in Graves disease.\n\nCase presentation\n\nA 37-year-old woman was "
        "admitted with "
        "jaundice after 2 months of treatment with MMI. MMI was stopped and an antihistamine was given."
    )
    found = roles(text)
    assert found["thiamazole"] == "suspect"
    assert found["antihistamine"] == "treatment"


@pytest.mark.parametrize("what", ["the recurrence of the tumour", "the bleeding", "progression"])
def test_what_is_stopped_may_be_no_drug(what: str) -> None:
    text = f"A 56-year-old man took sorafenib, which failed to stop {what}. After 3 cycles of nivolumab he had a rash."
    assert "stopped" not in {kind for kind, _ in acts(text)}


def test_a_decreased_strength_is_no_improvement() -> None:
    text = "A 56-year-old man was given nivolumab. After 3 cycles he had myocarditis and decreased muscle strength."
    assert [e.outcome for e in case(text).events] == ["unknown"]


def test_a_reaction_that_comes_again_under_another_drug_is_no_re_exposure_to_it() -> None:
    text = (
        "A 46-year-old man developed jaundice after 23 days of propylthiouracil. Propylthiouracil was stopped "
        "and bilirubin "
        "became normal. Methimazole was prescribed. He developed jaundice again after 69 days of treatment with "
        "methimazole."
    )
    assert "restarted" not in {kind for kind, _ in acts(text)}


def test_a_tapering_course_is_begun_and_not_reduced() -> None:
    text = (
        "A woman of 59 years took propylthiouracil and had vasculitis. A tapering course of prednisolone was commenced."
    )
    assert [kind for kind, drug in acts(text) if drug == "prednisolone"] == ["started"]
