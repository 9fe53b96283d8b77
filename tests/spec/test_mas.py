"""Macrophage activation: whole sheet spaces against tables of points typed here, published misprints, masking."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest

from dechallenge import instruments
from dechallenge.criteria.masking import EFFECTS, masked
from dechallenge.errors import FactError
from dechallenge.logic.engine import score
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Given, Instrument, Sum
from dechallenge.logic.results import InstrumentResult
from dechallenge.logic.typed import typed_facts
from tests.spec.outlooks import outlook

# item → answers as (facts, points), typed from the fact sheet
HSCORE: dict[str, list[tuple[dict[str, Given], int]]] = {
    "immunosuppression": [({"immunosuppression": False}, 0), ({"immunosuppression": True}, 18)],
    "temperature": [({"temperature_c": 38}, 0), ({"temperature_c": 39}, 33), ({"temperature_c": 40}, 49)],
    "organomegaly": [
        ({"hepatomegaly": False, "splenomegaly": False}, 0),
        ({"hepatomegaly": True, "splenomegaly": False}, 23),
        ({"hepatomegaly": False, "splenomegaly": True}, 23),
        ({"hepatomegaly": True, "splenomegaly": True}, 38),
    ],
    "cytopenia": [
        ({"haemoglobin_lowest_g_l": 130, "wbc_lowest": 8, "platelets_lowest": 250}, 0),
        ({"haemoglobin_lowest_g_l": 130, "wbc_lowest": 8, "platelets_lowest": 50}, 0),
        ({"haemoglobin_lowest_g_l": 130, "wbc_lowest": 3, "platelets_lowest": 50}, 24),
        ({"haemoglobin_lowest_g_l": 80, "wbc_lowest": 3, "platelets_lowest": 50}, 34),
    ],
    "ferritin": [({"ferritin_ug_l": 300}, 0), ({"ferritin_ug_l": 3000}, 35), ({"ferritin_ug_l": 30000}, 50)],
    "triglycerides": [
        ({"triglycerides_mg_dl": 90}, 0),
        ({"triglycerides_mg_dl": 265}, 44),
        ({"triglycerides_mg_dl": 500}, 64),
    ],
    "fibrinogen": [({"fibrinogen_g_l": 4}, 0), ({"fibrinogen_g_l": 1}, 30)],
    "ast": [({"ast_u_l": 20}, 0), ({"ast_u_l": 200}, 19)],
    "haemophagocytosis": [({"haemophagocytosis": False}, 0), ({"haemophagocytosis": True}, 35)],
}
# lowest and highest total, the words of the published curve, and whether they were read in a source
BANDS = [
    (0, 90, "< 1 %", True),
    (91, 100, "about 1 %", False),
    (101, 110, "1–3 %", False),
    (111, 120, "3–5 %", False),
    (121, 130, "5–9 %", False),
    (131, 140, "9–16 %", False),
    (141, 150, "16–25 %", False),
    (151, 160, "25–40 %", False),
    (161, 170, "40–54 %", True),
    (171, 180, "54–70 %", False),
    (181, 190, "70–80 %", False),
    (191, 200, "80–88 %", False),
    (201, 210, "88–93 %", False),
    (211, 220, "93–96 %", False),
    (221, 230, "96–98 %", False),
    (231, 240, "98–99 %", False),
    (241, 249, "> 99 %", False),
    (250, 337, "> 99 %", True),
]


def run(instrument: Instrument, given: Mapping[str, Given]) -> InstrumentResult:
    """The result on typed facts."""
    return score(instrument, Facts(typed_facts(instrument, given)), questions=False)


def hscore_category(total: int) -> str:
    probability, read = next((words, read) for low, high, words, read in BANDS if low <= total <= high)
    mark = "" if read else " (unverified)"
    side = "at or above" if total >= 169 else "below"
    return f"probability {probability}{mark}, {side} the cut-off 169"


def test_every_hscore_sheet() -> None:
    """All 3888 kinds of sheet, and more where two answers give the same points."""
    hscore = instruments.get("hscore-2014")
    totals = set()
    for answers in product(*HSCORE.values()):
        given: dict[str, Given] = {}
        for facts, _ in answers:
            given.update(facts)
        total = sum(points for _, points in answers)
        result = outlook(hscore, given)
        assert (result.score, result.low, result.high) == (total, total, total), given
        assert result.category == hscore_category(total)
        totals.add(total)
    assert (min(totals), max(totals)) == (0, 337)


def test_hscore_total_needs_every_item_and_the_range_tells_the_rest() -> None:
    hscore = instruments.get("hscore-2014")
    full: dict[str, Given] = {}
    for answers in HSCORE.values():
        full.update(answers[-1][0])
    for item, answers in HSCORE.items():
        given = {name: value for name, value in full.items() if name not in answers[0][0]}
        result = run(hscore, given)
        highest = max(points for _, points in answers)
        assert result.score is None, item
        assert (result.low, result.high) == (337 - highest, 337), item


@pytest.mark.parametrize(
    ("example", "low", "high"), [("Boy of 10 years", 56, 253), ("Adult-onset Still's disease", 137, 303)]
)
def test_hscore_ranges_of_published_cases(example: str, low: int, high: int) -> None:
    hscore = instruments.get("hscore-2014")
    given = next(found.given for found in hscore.examples if found.name == example)
    result = run(hscore, given)
    assert (result.score, result.low, result.high) == (None, low, high)
    sides = {category.split(", ")[1] for category in result.categories}
    assert len(sides) == 2, "no conclusion: the range lies on both sides of 169"


def test_hscore_at_the_cut_off_is_not_called_93_per_cent() -> None:
    """93 % is the sensitivity of 169; calculators print it as the probability."""
    assert "40–54 %" in hscore_category(169)
    hscore = instruments.get("hscore-2014")
    assert isinstance(hscore.result, Sum)
    assert hscore_category(169) in {band.category for band in hscore.result.bands}
    # the formula 1/(1+exp(4.3−0.03 × score)) would give 17 % at 90 and 96 % at 250
    assert hscore_category(90).startswith("probability < 1 %")
    assert hscore_category(250).startswith("probability > 99 %,")


def test_unverified_hscore_bands_are_marked() -> None:
    marks = instruments.get("hscore-2014").marks
    assert any("91–160" in mark and "171–249" in mark for mark in marks)


CRITERIA_2016: list[tuple[dict[str, Given], dict[str, Given]]] = [
    ({"fever": True}, {"fever": False}),
    ({"ferritin_ug_l": 9000}, {"ferritin_ug_l": 100}),
    ({"platelets_lowest": 90}, {"platelets_lowest": 300}),
    ({"ast_u_l": 300}, {"ast_u_l": 20}),
    ({"triglycerides_mg_dl": 400}, {"triglycerides_mg_dl": 90}),
    ({"fibrinogen_g_l": 1}, {"fibrinogen_g_l": 5}),
]


def test_every_sheet_of_2016_with_unknowns() -> None:
    """3⁶ sheets: yes, no and unknown for each of the six."""
    mas = instruments.get("mas-2016")
    states: tuple[bool | None, ...] = (True, False, None)
    for answers in product(states, repeat=6):
        given: dict[str, Given] = {}
        for answer, (yes, no) in zip(answers, CRITERIA_2016, strict=True):
            given.update({} if answer is None else yes if answer else no)
        four = answers[2:]
        sure, possible = four.count(True), four.count(True) + four.count(None)
        if answers[0] and answers[1] and sure >= 2:
            expected = "met"
        elif answers[0] is False or answers[1] is False or possible < 2:
            expected = "not met"
        else:
            expected = None
        result = run(mas, given)
        assert result.category == expected, given
        assert result.categories == ((expected,) if expected else ("met", "not met")), given


HLH: list[tuple[dict[str, Given], dict[str, Given]]] = [
    ({"temperature_c": 39}, {"temperature_c": 37}),
    ({"splenomegaly": True}, {"splenomegaly": False}),
    (
        {"haemoglobin_lowest_g_l": 80, "platelets_lowest": 50, "neutrophils_lowest": 4},
        {"haemoglobin_lowest_g_l": 130, "platelets_lowest": 50, "neutrophils_lowest": 4},
    ),
    (
        {"triglycerides_mg_dl": 400, "fibrinogen_g_l": 3},
        {"triglycerides_mg_dl": 90, "fibrinogen_g_l": 3},
    ),
    ({"haemophagocytosis": True}, {"haemophagocytosis": False}),
    ({"ferritin_ug_l": 9000}, {"ferritin_ug_l": 100}),
    ({"scd25_u_ml": 9000}, {"scd25_u_ml": 500}),
    ({"nk_activity": "low or absent"}, {"nk_activity": "normal"}),
]


@pytest.mark.parametrize(("id", "count"), [("hlh-2004", 8), ("hlh-2024", 7)])
def test_every_complete_sheet_of_hlh(id: str, count: int) -> None:
    instrument = instruments.get(id)
    for molecular, *answers in product((True, False), repeat=count + 1):
        given: dict[str, Given] = {"molecular_hlh": molecular, "age": 30}
        for answer, (yes, no) in zip(answers, HLH, strict=False):
            given.update(yes if answer else no)
        expected = "met" if molecular or sum(answers) >= 5 else "not met"
        assert run(instrument, given).category == expected, given


def test_low_killer_cells_count_in_2004_and_not_in_2024() -> None:
    four: dict[str, Given] = {"molecular_hlh": False, "age": 30}
    for place, (yes, no) in enumerate(HLH[:7]):
        four.update(yes if place < 4 else no)
    low: dict[str, Given] = {**four, "nk_activity": "low or absent"}
    assert run(instruments.get("hlh-2004"), low).category == "met"
    assert run(instruments.get("hlh-2024"), four).category == "not met"


# --- published misprints ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["mas-2016", "hscore-2014", "hlh-2004", "ms-score", "mas-2005"])
def test_fibrinogen_of_10_58_g_per_litre_is_refused(id: str) -> None:
    """A manual prints the limit 3.6 g/L as 10.58 g/L, which is the figure in µmol/L."""
    with pytest.raises(FactError):
        run(instruments.get(id), dict(fibrinogen_g_l=10.58))


def test_fibrinogen_limit_is_not_the_misprinted_one() -> None:
    result = run(instruments.get("mas-2016"), dict(fibrinogen_g_l=9))
    assert result.item("fibrinogen").code == "no"


def test_misprinted_limits_of_hlh_are_not_used() -> None:
    hlh = instruments.get("hlh-2004")
    result = run(hlh, dict(triglycerides_mg_dl=200, fibrinogen_g_l=3))
    assert result.item("triglycerides-fibrinogen").code == "no", "177 mg/dL is a misprint"
    result = run(hlh, dict(neutrophils_lowest=0.5, platelets_lowest=50))
    assert result.item("cytopenia").code == "yes", "100 per µL is a misprint"
    assert run(hlh, dict(temperature_c=38.4)).item("fever").code == "no", "38.3 is another variant"


def test_sign_of_the_ms_cut_off() -> None:
    """One page lost the sign: everything from −2.1 up counts, not −2.1 alone."""
    ms = instruments.get("ms-score")
    given = dict(ms.examples[0].given)
    assert run(ms, given).category == "consider MAS"


def test_ms_score_brackets_a_missing_fibrinogen() -> None:
    ms = instruments.get("ms-score")
    boy = next(found.given for found in ms.examples if found.name.startswith("Boy"))
    result = run(ms, {**boy, "fibrinogen_g_l": (0.5, 3.6)})
    assert set(result.categories) == {"consider MAS", "below the cut-off"}
    girl = next(found.given for found in ms.examples if found.name.startswith("Girl"))
    unknown = {name: value for name, value in girl.items() if name != "fibrinogen_g_l"}
    result = run(ms, unknown)
    assert result.score is None
    assert result.categories == ("consider MAS",), "whatever the fibrinogen"


# --- masking ---------------------------------------------------------------------------------------------------------


def said(instrument: Instrument, **given: Given) -> list[str]:
    return [caution.text for caution in run(instrument, given).cautions]


@pytest.mark.parametrize(
    ("id", "elements"),
    [
        ("mas-2016", ("fever", "ferritin", "platelets", "transaminases", "fibrinogen")),
        ("hscore-2014", ("fever", "ferritin", "platelets", "neutrophils", "fibrinogen", "transaminases")),
        ("hlh-2004", ("fever", "ferritin", "platelets", "neutrophils", "fibrinogen")),
        ("hlh-2024", ("fever", "ferritin", "platelets", "neutrophils", "fibrinogen")),
        ("ms-score", ("ferritin", "platelets", "fibrinogen")),
        ("mas-2005", ("platelets", "transaminases", "neutrophils", "fibrinogen")),
        ("ferritin-esr-ratio", ("ferritin",)),
    ],
)
@pytest.mark.parametrize("blockade", ["il1_blockade", "il6_blockade"])
def test_each_masked_element_is_named(id: str, elements: tuple[str, ...], blockade: str) -> None:
    instrument = instruments.get(id)
    told = said(instrument, **{blockade: True})
    for element in elements:
        assert any(line.startswith(f"Masked where measured under the blocker: {element}.") for line in told), element
    cytokine = blockade[2]
    assert any(f"What was measured under IL-{cytokine} blockade is masked" in line for line in told)
    quiet = said(instrument, **{blockade: False})
    assert not any("lockade" in line for line in quiet)
    assert not any("lockade" in line for line in said(instrument))


def test_esr_is_masked_by_il6_blockade_only() -> None:
    ratio = instruments.get("ferritin-esr-ratio")
    assert any("blocker: ESR." in line for line in said(ratio, il6_blockade=True))
    assert not any("blocker: ESR." in line for line in said(ratio, il1_blockade=True))


def test_values_from_before_the_blocker_are_said_to_be_unmasked() -> None:
    told = said(instruments.get("mas-2016"), il1_blockade=True, before_blockade=True)
    assert any("before the first dose" in line for line in told)


def test_every_element_can_be_named_and_none_is_invented() -> None:
    for element in EFFECTS:
        cautions = masked(**{element: "1"})
        assert any(caution.items == ("1",) for caution in cautions)
    with pytest.raises(KeyError):
        masked(bilirubin="1")


def test_outside_the_validated_population() -> None:
    assert any("Outside the validated population" in line for line in said(instruments.get("mas-2016"), sjia=False))
    assert not any("Outside" in line for line in said(instruments.get("mas-2016"), sjia=True))
    assert any("children" in line for line in said(instruments.get("hscore-2014"), age=3))
    assert not any("children" in line for line in said(instruments.get("hscore-2014"), age=48))
