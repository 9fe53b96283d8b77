"""DAS28 against a formula written down again, its cuts, its ranges; the points of the 2010 criteria, all sheets."""

from __future__ import annotations

from itertools import product

import pytest

from dechallenge import instruments
from dechallenge.errors import FactError
from dechallenge.logic.instrument import Given
from tests.spec.rows_rheumatology import CUTS, FORMS, band_of

VISIT: dict[str, Given] = {"tender_joints_28": 4, "swollen_joints_28": 3, "global_health_mm": 40}


@pytest.mark.parametrize(
    ("id", "given", "score", "band"),
    [
        ("das28-esr", {**VISIT, "visit_esr_mm_h": 30}, 4.546, "moderate activity"),
        ("das28-crp", {**VISIT, "visit_crp_mg_l": 20}, 4.221, "moderate activity"),
        (
            "das28-esr",
            {"tender_joints_28": 10, "swollen_joints_28": 8, "visit_esr_mm_h": 45, "global_health_mm": 60},
            6.067,
            "high activity",
        ),
    ],
)
def test_the_vectors_of_the_fact_sheet(id: str, given: dict[str, Given], score: float, band: str) -> None:
    result = instruments.get(id).score(**given)
    assert result.score == pytest.approx(score, abs=0.0005)
    assert result.category == band


@pytest.mark.parametrize("id", FORMS)
def test_against_the_formula_written_again(id: str) -> None:
    form = FORMS[id]
    for tender, swollen, test, health in product((0, 1, 7, 28), (0, 2, 28), (1, 12.5, 300), (0, 55, 100)):
        result = instruments.get(id).score(**form.given(tender, swollen, test, health), questions=False)
        wanted = form.value(tender, swollen, test, health)
        assert result.score == pytest.approx(wanted, abs=1e-9)
        assert result.category == band_of(wanted, CUTS["activity"])
        assert (result.low, result.high) == (pytest.approx(wanted), pytest.approx(wanted))


@pytest.mark.parametrize(
    ("score", "tender", "swollen", "band"),
    [(2.6, 4, 4, "low activity"), (3.2, 9, 4, "low activity"), (5.1, 25, 16, "moderate activity")],
)
def test_exactly_on_a_cut(score: float, tender: int, swollen: int, band: str) -> None:
    """ESR 1 has the logarithm 0, so that the global assessment alone makes up the rest."""
    health = (score - 0.56 * tender**0.5 - 0.28 * swollen**0.5) / 0.014
    result = instruments.das28_esr.score(
        tender_joints_28=tender, swollen_joints_28=swollen, visit_esr_mm_h=1, global_health_mm=health
    )
    assert result.score == pytest.approx(score)
    assert result.category == band


def test_the_range_over_an_unknown_global_assessment() -> None:
    form = FORMS["das28-esr"]
    result = instruments.das28_esr.score(tender_joints_28=4, swollen_joints_28=3, visit_esr_mm_h=30)
    assert result.score is None
    assert (result.low, result.high) == (
        pytest.approx(form.value(4, 3, 30, 0)),
        pytest.approx(form.value(4, 3, 30, 100)),
    )
    assert result.categories == ("moderate activity", "high activity")


def test_a_crp_in_the_wrong_unit_is_refused_or_told() -> None:
    """600 mg/L cannot be typed; 0.8 as it would stand in mg/dL is told; the unit itself is part of the name."""
    with pytest.raises(FactError):
        instruments.das28_crp.score(**VISIT, visit_crp_mg_l=600)
    low = instruments.das28_crp.score(**VISIT, visit_crp_mg_l=0.8)
    assert any("mg/dL" in caution.text for caution in low.cautions)
    right = instruments.das28_crp.score(**VISIT, visit_crp_mg_l=8)
    assert not any("mg/dL" in caution.text for caution in right.cautions)


def test_esr_zero_counts_as_one_and_is_told() -> None:
    zero = instruments.das28_esr.score(**VISIT, visit_esr_mm_h=0)
    one = instruments.das28_esr.score(**VISIT, visit_esr_mm_h=1)
    assert zero.score == one.score
    assert [c.text for c in zero.cautions] and not one.cautions


@pytest.mark.parametrize("id", [*FORMS, "eular-response", "acr-response", "acr-pedi", "wallace-2011"])
def test_il6_blockade_is_told(id: str) -> None:
    plain = instruments.get(id).score()
    blocked = instruments.get(id).score(il6_blockade=True)
    assert {c.text for c in blocked.cautions} - {c.text for c in plain.cautions}
    assert {c.text for c in instruments.get(id).score(il6_blockade=False).cautions} == {c.text for c in plain.cautions}


@pytest.mark.parametrize("id", ["das28-esr-3", "das28-crp-3", "eular-response", "acr-response"])
def test_what_is_from_memory_is_marked(id: str) -> None:
    assert instruments.get(id).marks


def test_the_adjusted_cuts_stand_beside_the_usual_ones() -> None:
    result = instruments.das28_crp.score(tender_joints_28=1, swollen_joints_28=0, visit_crp_mg_l=8, global_health_mm=15)
    assert 2.4 <= (result.score or 0) < 2.6
    assert result.category == "remission"
    assert result.item("adjusted").code == "low activity"


# --- 2010 criteria: every sheet against a table of points written down again -------------------------------------

PATIENT: dict[str, Given] = {"clinical_synovitis": True, "synovitis_explained": False}
ANTIBODY_POINTS = {"negative": 0, "positive": 2, "low positive": 2, "high positive": 3, "not done": 0}


def joint_points(large: int, small: int) -> int:
    """The highest row of domain A."""
    if large + small > 10 and small:
        return 5
    if small >= 4:
        return 3
    if small:
        return 2
    return 1 if large >= 2 else 0


def test_every_sheet_of_the_2010_criteria() -> None:
    """Domains apart (all joints; all antibodies), then one case of each sum of points."""
    instrument = instruments.ra_2010
    rest: dict[str, Given] = {**PATIENT, "rheumatoid_factor": "negative", "crp_abnormal": False, "disease_weeks": 1}
    for large, small in product(range(11), range(31)):
        result = instrument.score(**rest, large_joints=large, small_joints=small, questions=False)
        assert result.score == joint_points(large, small), (large, small)
    joints: dict[str, Given] = {**PATIENT, "large_joints": 1, "small_joints": 0}
    for factor, acpa, crp, esr, weeks in product(
        ANTIBODY_POINTS, ANTIBODY_POINTS, (True, False), (True, False), (5.9, 6)
    ):
        given: dict[str, Given] = {**joints, "rheumatoid_factor": factor, "acpa": acpa, "disease_weeks": weeks}
        result = instrument.score(**given, crp_abnormal=crp, esr_abnormal=esr, questions=False)
        if factor == acpa == "not done":
            assert not result.applicable
            continue
        wanted = max(ANTIBODY_POINTS[factor], ANTIBODY_POINTS[acpa]) + (crp or esr) + (weeks >= 6)
        assert result.score == wanted, (factor, acpa, crp, esr, weeks)
        assert result.category == ("definite RA" if wanted >= 6 else "not classified")


def test_the_2010_criteria_need_synovitis_that_nothing_else_explains() -> None:
    assert not instruments.ra_2010.score(clinical_synovitis=False).applicable
    assert not instruments.ra_2010.score(clinical_synovitis=True, synovitis_explained=True).applicable


def test_one_antibody_of_two_leaves_the_other_open() -> None:
    result = instruments.ra_2010.score(
        **PATIENT, large_joints=0, small_joints=4, rheumatoid_factor="negative", crp_abnormal=True, disease_weeks=6
    )
    assert (result.score, result.low, result.high) == (5, 5, 8)
    assert result.categories == ("not classified", "definite RA")


def test_schnitzler_without_a_monoclonal_protein_told_has_no_verdict() -> None:
    """Perrin 2014, case 1: two minor criteria are met, the obligate protein is not told."""
    result = instruments.strasbourg_2013.score(
        chronic_urticaria=True, unexplained_fever=True, disease_crp_mg_l=103, disease_neutrophils=6.19
    )
    assert result.category is None
    assert result.categories == ("definite", "probable", "not met")
    assert result.open_questions[0].fact == "monoclonal_protein"


def test_values_on_the_cuts_of_yamaguchi_are_told() -> None:
    told = instruments.yamaguchi_1992.score(disease_temperature_c=39, disease_leukocytes=10, granulocyte_percent=80)
    assert len(told.cautions) == 3
    beyond = instruments.yamaguchi_1992.score(disease_temperature_c=39.1, disease_leukocytes=11, granulocyte_percent=81)
    assert not beyond.cautions


@pytest.mark.parametrize("id", ["yamaguchi-1992", "fautrel-2002", "ilar-sjia-2004", "strasbourg-2013", "wallace-2011"])
@pytest.mark.parametrize("drug", ["il1_blockade", "il6_blockade"])
def test_masked_elements_are_named(id: str, drug: str) -> None:
    masked = [c for c in instruments.get(id).score(**{drug: True}).cautions if "blockade" in c.text]
    assert masked
    assert all("fever" in caution.text for caution in masked)
