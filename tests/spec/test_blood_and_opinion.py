"""What tables of rows do not show: intervals across a limit, cautions, a count that leaves the category open."""

from __future__ import annotations

import pytest

from dechallenge import instruments
from dechallenge.logic.instrument import Given
from tests.spec.rows_causality_blood import ALL, ALL_THREE


def texts(id: str, **given: Given) -> str:
    return " | ".join(caution.text for caution in instruments.get(id).score(**given).cautions)


@pytest.mark.parametrize("id", sorted(ALL))
def test_a_row_without_a_result_has_neither_points_nor_code(id: str) -> None:
    for line in ALL[id]:
        if line.gives is None:
            item = instruments.get(id).score(questions=False, **line.given).item(line.item)
            assert (item.points, item.code) == (None, None), str(line)


@pytest.mark.parametrize(
    ("nadir", "depth", "verdict"),
    [
        ((0.05, 0.2), None, "agranulocytosis"),
        ((0.4, 0.6), None, None),
        ((0.6, 1.2), None, "neutropenia"),
        ((1.2, 2.0), None, None),
        ((0.5, 0.9), "moderate", "neutropenia"),
    ],
)
def test_a_count_across_a_limit_leaves_open_what_it_leaves_open(
    nadir: tuple[float, float], depth: str | None, verdict: str | None
) -> None:
    result = instruments.neutropenia_definition.score(neutrophils_nadir=nadir)
    assert (result.item("depth").code, result.item("verdict").code) == (depth, verdict)


def test_a_count_beside_what_is_normal_without_duffy() -> None:
    assert "Duffy" in texts("neutropenia-definition", neutrophils_nadir=1.2)
    assert "Duffy" not in texts("neutropenia-definition", neutrophils_nadir=0.9)
    assert "Duffy" not in texts("neutropenia-definition", neutrophils_nadir=1.5)


@pytest.mark.parametrize("blockade", ["il1_blockade", "il6_blockade"])
def test_blockade_redistributes_neutrophils(blockade: str) -> None:
    assert "redistribution" in texts("neutropenia-definition", neutrophils_nadir=0.4, **{blockade: True})
    assert "redistribution" not in texts("neutropenia-definition", neutrophils_nadir=0.4, **{blockade: False})


@pytest.mark.parametrize("id", ["neutropenia-1991", "andres-2017"])
def test_the_open_limit_of_slow_drugs_is_said(id: str) -> None:
    late: dict[str, Given] = {**ALL_THREE, "stop_to_onset": 60}
    assert "slowly eliminated" in texts(id, **late, slow_elimination=True)
    assert "slowly eliminated" not in texts(id, **late, slow_elimination=False)
    assert "slowly eliminated" not in texts(id, **{**late, "stop_to_onset": 7}, slow_elimination=True)


@pytest.mark.parametrize("id", ["neutropenia-1991", "andres-2017"])
def test_a_growth_factor_keeps_the_verdict_open_and_is_said(id: str) -> None:
    given: dict[str, Given] = {**ALL_THREE, "neutrophils_nadir": 0.2} if id == "andres-2017" else {**ALL_THREE}
    assert instruments.get(id).score(**given).category == "met"
    given["growth_factor"] = True
    assert instruments.get(id).score(**given).category == "recovery not assessable"
    assert "growth factor" in texts(id, **given)
    # Not told: read as not given, and the range says what it would change.
    del given["growth_factor"]
    result = instruments.get(id).score(**given)
    assert (result.category, result.categories) == ("met", ("recovery not assessable", "met"))


def test_two_counts_of_cases_differ_by_edition() -> None:
    by_cases = {
        count: tuple(
            instruments.get(id).score(convincing_cases=count).category
            for id in ("livertox-likelihood", "livertox-likelihood-2016", "livertox-likelihood-2010")
        )
        for count in (51, 50, 12, 11, 10, 4, 3, 2)
    }
    assert by_cases == {
        51: ("A", "A", "A"),
        50: ("B", "A", "A"),
        12: ("B", "B", "B"),
        11: ("C", "C", "B"),
        10: ("C", "C", "B"),
        4: ("C", "C", "C"),
        3: ("C", "D", "C"),
        2: ("D", "D", "D"),
    }


def test_no_case_leaves_the_category_open_until_more_is_known_of_the_drug() -> None:
    result = instruments.livertox_likelihood.score(convincing_cases=0)
    assert result.category is None
    assert set(result.categories) == {"E", "E*", "X"}


def test_a_known_missing_signature_is_said() -> None:
    assert "signature" in texts("livertox-likelihood", convincing_cases=12, liver_signature=False)
    assert "signature" not in texts("livertox-likelihood", convincing_cases=11, liver_signature=False)


def test_a_category_and_a_percentage_that_disagree_are_said() -> None:
    assert "do not agree" in texts("dilin-opinion", opinion_category="possible", opinion_percent=50)
    assert "do not agree" not in texts("dilin-opinion", opinion_category="possible", opinion_percent=49.5)
    assert "do not agree" not in texts("dilin-opinion", opinion_category="possible")


def test_nothing_of_this_is_listed_as_fully_verified() -> None:
    wanted = set(ALL) - {"neutropenia-1991"}
    for id in (*wanted, "neutropenia-1991"):
        assert instruments.get(id).marks, id
