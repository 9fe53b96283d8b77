"""What was tried or measured to show that the drug is the cause: level, dose, placebo, antidote, earlier exposure."""

from __future__ import annotations

import pytest

from dechallenge import assess, read

STORY = "A 62-year-old man was given {d} 300 mg daily for {i}. Ten days later he developed {r}. "
DRUGS = [
    ("phenytoin", "epilepsy", "ataxia and nystagmus", "the ataxia"),
    ("lithium", "mania", "tremor and confusion", "the tremor"),
    ("flutamide", "prostate cancer", "jaundice with ALT 1200 U/L", "the jaundice"),
]
ITEMS = [
    (7, "The serum {d} level was toxic at 38 mg/L.", (1, 1)),
    (7, "{D} concentration was 38 mg/L, above the therapeutic range.", (1, 1)),
    (7, "{D} level was 38 mg/L (therapeutic range 10–20 mg/L).", (1, 1)),
    (7, "A toxic {d} concentration was found.", (1, 1)),
    (7, "The serum level of {d} was 12 mg/L (therapeutic range 10–20).", (0, 0)),
    (7, "Levels of {d} were therapeutic.", (0, 0)),
    (7, "The {d} level was not toxic.", (0, 0)),
    (7, "The {d} level was 12 mg/L.", (0, 1)),
    (7, "{D} levels were not measured.", (0, 1)),
    (7, "{D} levels should be monitored.", (0, 1)),
    (8, "The dose was increased to 400 mg and {t} became worse.", (1, 1)),
    (8, "After the dose was reduced to 150 mg, {t} improved.", (1, 1)),
    (8, "{T} was less severe after the dose had been halved.", (1, 1)),
    (8, "The dose was reduced to 150 mg, but {t} persisted unchanged.", (0, 0)),
    (8, "The dose was increased because the symptoms of his disease worsened.", (0, 1)),
    (9, "He had had a similar reaction to {d} five years earlier.", (1, 1)),
    (9, "He had had the same reaction during a previous course of {d}.", (1, 1)),
    (9, "A previous exposure to {d} had caused a similar event.", (1, 1)),
    (9, "He had taken {d} before without any problem.", (0, 0)),
    (9, "He had never taken {d} before.", (0, 1)),
    (6, "Placebo was given and {t} reappeared.", (-1, -1)),
    (6, "{T} did not recur with placebo.", (1, 1)),
    (6, "He had taken part in a placebo-controlled trial.", (0, 0)),
]


@pytest.mark.parametrize(("item", "told", "points"), ITEMS)
@pytest.mark.parametrize(("drug", "disease", "reaction", "sign"), DRUGS)
def test_an_item_of_naranjo_from_its_words(
    drug: str, disease: str, reaction: str, sign: str, item: int, told: str, points: tuple[int, int]
) -> None:
    words = told.format(d=drug, D=drug.capitalize(), t=sign, T=sign.capitalize())
    story = STORY.format(d=drug, i=disease, r=reaction)
    text = f"{story}{words} {drug.capitalize()} was stopped and he recovered within two weeks."
    suspect = next(s for s in assess(text).cases[0].suspects if s.drug == drug)
    naranjo = next(i for i in suspect.instruments if i.id == "naranjo-1981")
    found = next(i for i in naranjo.items if i.id == f"naranjo-1981.{item}")
    assert (found.low, found.high) == points


@pytest.mark.parametrize(
    ("test", "value"),
    [
        ("A patch test with carbamazepine was positive.", "positive"),
        ("A patch test with carbamazepine was negative.", "negative or not available"),
        ("The lymphocyte transformation test was positive for carbamazepine.", "positive or not available"),
    ],
)
def test_tests_of_the_drug_itself(test: str, value: str) -> None:
    text = "A woman was given carbamazepine 200 mg daily. Two weeks later she had a rash. Carbamazepine was stopped. "
    facts = {fact.name: fact for fact in assess(text + test).cases[0].suspects[0].facts}
    assert facts["specific_test"].value == value


@pytest.mark.parametrize(("told", "state"), [("she woke at once", "positive"), ("there was no response", "negative")])
def test_an_antidote_of_the_drug(told: str, state: str) -> None:
    text = f"A woman was given morphine 20 mg. One hour later she was unconscious. Naloxone was given, and {told}."
    (case,) = read(text).cases
    assert [(t.state, t.result.partition(":")[0]) for t in case.tests if t.test == "response to an antidote"] == [
        (state, "naloxone")
    ]


def test_a_hormone_of_the_body_has_no_drug_level() -> None:
    text = (
        "A woman was given zinc 50 mg daily and developed nausea. Her zinc level was low. Her cortisol level was high."
    )
    assert not [t for t in read(text).cases[0].tests if t.test == "drug level"]


def test_a_trial_is_no_search_for_other_causes() -> None:
    text = (
        "A man took digoxin 0.25 mg. A week later he developed a rash. The digoxin level was therapeutic. He recovered."
    )
    (suspect, *_) = assess(text).cases[0].suspects
    assert {fact.name: fact for fact in suspect.facts}["toxic_level"].value == "no"
    assert all(fact.name != "other_cause" or "negative" not in fact.because for fact in suspect.facts)


@pytest.mark.parametrize(
    ("told", "value", "same"),
    [
        ("He had never taken allopurinol before.", "no known exposure", "no"),
        ("He had previously tolerated allopurinol for years.", "tolerated", "no"),
        ("He had had the same reaction to allopurinol ten years earlier.", None, "yes"),
    ],
)
def test_an_earlier_exposure_for_the_other_instruments(told: str, value: str | None, same: str) -> None:
    text = (
        "A 34-year-old man was given allopurinol 300 mg daily. Eighteen days later he developed Stevens-Johnson "
        f"syndrome. Allopurinol was stopped. {told} He recovered within three weeks."
    )
    facts = {fact.name: fact.value for fact in assess(text).cases[0].suspects[0].facts}
    assert facts["same_reaction_before"] == same
    assert facts.get("necrolysis_before") == value


@pytest.mark.parametrize(
    ("told", "name", "value"),
    [
        ("NK cell activity was absent.", "nk_activity", "low or absent"),
        ("NK-cell activity was normal.", "nk_activity", "normal"),
        ("NK cell activity was not measured.", "nk_activity", None),
        ("A perforin mutation was found.", "molecular_hlh", "yes"),
        ("No mutations in PRF1, UNC13D or STX11 were found.", "molecular_hlh", "no"),
    ],
)
def test_tests_for_a_primary_disease(told: str, name: str, value: str | None) -> None:
    text = (
        "A 24-year-old woman with Still's disease was given tocilizumab 8 mg/kg. Two weeks later she had macrophage "
        f"activation syndrome with fever of 39.8 °C, ferritin 24,000 µg/L and platelets 61 × 10⁹/L. {told} "
        "Tocilizumab was stopped."
    )
    facts = {fact.name: fact.value for fact in assess(text).cases[0].suspects[0].facts}
    assert facts.get(name) == value
