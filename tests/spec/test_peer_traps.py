"""Cases on which public implementations go wrong; expected are the values of the published instruments.

Hepatocellular injury, onset on day 30 on the drug, unless said.
"""

from __future__ import annotations

import pytest

from dechallenge import instruments
from dechallenge.errors import FactError
from dechallenge.logic.instrument import Given, Sum
from dechallenge.logic.results import InstrumentResult
from dechallenge.logic.scoring import band

CASE: dict[str, Given] = {
    "latency": 30,
    "stop_to_onset": (None, 0),
    "exposure": "initial",
    "alt_xuln": 20,
    "alp_xuln": 1,
    "drug_continued": False,
}


def rucam(**given: Given) -> InstrumentResult:
    return instruments.rucam_2016.score(**{**CASE, **given})


def points(result: InstrumentResult, item: str) -> float | None:
    return result.item(item).points


def test_alt_halves_in_six_days_and_age_60() -> None:
    result = rucam(alt_half_days=6, alt_rose_again=False, age=60)
    assert points(result, "2") == 3
    assert points(result, "3") == 1
    assert points(result, "3c") == 1


def test_alt_doubles_after_stopping() -> None:
    halves = rucam(alt_half_days=6, alt_rose_again=False)
    doubles = rucam(alt_rose_again=True)
    assert points(doubles, "2") == -2
    assert doubles.score is not None and halves.score is not None
    assert halves.score - doubles.score == 5


def test_no_alcohol_is_no_risk() -> None:
    assert points(rucam(alcohol_drinks=0, sex="male"), "3a") == 0
    assert points(instruments.rucam_1993.score(**CASE, alcohol_drinks=0), "3a") == 0


def test_only_hepatitis_a_and_b_excluded() -> None:
    assert points(rucam(hav="negative", hbv="negative"), "5") == -2


def test_hcv_positive_with_a_and_b_excluded() -> None:
    assert points(rucam(hav="negative", hbv="negative", hcv="positive"), "5") == -3


def test_unlikely_hepatotoxin_is_not_a_known_reaction() -> None:
    assert points(rucam(known_reaction="not described"), "6") == 0
    assert points(rucam(known_reaction="unconvincing"), "6") == 0
    assert points(rucam(known_reaction="labelled"), "6") == 2
    assert points(rucam(known_reaction="published"), "6") == 1


def test_a_drug_that_nobody_looked_up_is_unknown() -> None:
    item = rucam().item("6")
    assert (item.points, item.low, item.high) == (0, 0, 2)


def test_no_rechallenge_is_no_positive_rechallenge() -> None:
    assert points(rucam(rechallenge_setting="not done"), "7") == 0


def test_concomitant_drugs_by_timing() -> None:
    assert points(rucam(concomitant="incompatible"), "4") == 0
    assert points(rucam(concomitant="compatible"), "4") == -1


def test_naranjo_toxic_concentration() -> None:
    yes = instruments.naranjo_1981.score(toxic_level=True, placebo="did not reappear")
    no = instruments.naranjo_1981.score(toxic_level=False, placebo="did not reappear")
    assert (points(yes, "7"), points(no, "7")) == (1, 0)
    assert points(yes, "6") == points(no, "6") == 1


def test_naranjo_question_1_as_known() -> None:
    assert points(instruments.naranjo_1981.score(known_reaction="not described"), "1") == 0
    assert points(instruments.naranjo_1981.score(known_reaction="labelled"), "1") == 1


def test_french_uses_the_validated_test_and_the_table() -> None:
    facts: dict[str, Given] = {
        "onset_timing": "compatible",
        "dechallenge": "positive",
        "rechallenge": "not done",
        "semiology": "evocative",
        "favouring_factor": False,
        "other_cause": "ruled out",
        "known_reaction": "labelled",
    }
    codes = [
        instruments.french_1985.score(**facts, specific_test=test).code
        for test in ("positive", "not available", "negative")
    ]
    assert codes == ["C2S3B3", "C2S3B3", "C2S1B3"]


def test_pregnancy_is_not_an_item_of_the_hepatocellular_scale() -> None:
    assert points(rucam(pregnancy=True), "3") == 0
    assert points(rucam(pregnancy=True, alt_xuln=3, alp_xuln=3), "3") == 1


@pytest.mark.parametrize(("total", "category"), [(8, "probable"), (9, "highly probable")])
def test_bands_are_not_shifted(total: int, category: str) -> None:
    assert isinstance(instruments.rucam_2016.result, Sum)
    assert band(instruments.rucam_2016.result, total) == category


def test_items_take_only_their_own_values() -> None:
    for id in ("rucam-1993", "rucam-2016"):
        course = {option.gives for option in instruments.get(id).item("2").options}
        assert course == {3, 2, 1, 0, -2}
        hepatocellular = {o.gives for o in instruments.get(id).item("2").options if "cholestatic" not in o.wording}
        assert 1 not in hepatocellular


def test_a_score_or_a_statistic_is_not_a_fact() -> None:
    for name in ("score", "rucam", "reporting_odds_ratio"):
        with pytest.raises(FactError):
            instruments.who_umc.score(**{name: 9})


@pytest.mark.parametrize(
    ("alt", "alp", "r", "pattern"),
    [
        (414 / 48, 253 / 129, 4.4, "mixed"),
        (805 / 48, 198 / 129, 10.9, "hepatocellular"),
        (960 / 48, 398 / 129, 6.5, "hepatocellular"),
    ],
)
def test_one_paper_three_patterns(alt: float, alp: float, r: float, pattern: str) -> None:
    result = instruments.r_value.score(alt_xuln=alt, alp_xuln=alp)
    assert result.score == pytest.approx(r, abs=0.06)
    assert result.category == pattern
