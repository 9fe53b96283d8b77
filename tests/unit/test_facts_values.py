"""Values: which limit counts, what a comparator, a word or a multiple of ULN says, which sample a value belongs to."""

from __future__ import annotations

import pytest

from dechallenge.case import Limit, Time
from dechallenge.facts.pair import CaseView
from dechallenge.facts.values import Value, read_values
from tests.unit.case_builder import BEFORE, Told, at, liver, made_up


def only(b: Told, analyte: str) -> Value:
    (value,) = CaseView(b.case()).of(analyte)
    return value


def with_limit(b: Told, limit: Limit) -> Told:
    last = b.parts["measurements"][-1]
    b.parts["measurements"][-1] = last.model_copy(update={"limit": limit})
    return b


def test_without_a_printed_limit_the_default_counts_and_is_named() -> None:
    b = made_up()
    b.lab("ALT", 400, "U/L", "ALT 400", at(30))
    value = only(b, "ALT")
    assert value.times == 10
    assert value.limit is not None
    assert (value.limit.source, value.limit.high) == ("default", 40)
    assert "default limit 40" in value.multiple


def test_a_printed_limit_goes_before_the_default() -> None:
    b = made_up()
    b.lab("ALT", 414, "U/L", "ALT 414", at(30), limit=48)
    value = only(b, "ALT")
    assert value.times == pytest.approx(8.625)
    assert "printed limit 48" in value.multiple


def test_a_limit_printed_with_another_value_counts_for_those_without_one() -> None:
    b = made_up()
    b.lab("ALT", 96, "U/L", "ALT 96", at(30), limit=48)
    b.lab("ALT", 240, "U/L", "ALT 240", at(40))
    assert [value.times for value in CaseView(b.case()).of("ALT")] == [2, 5]


def test_the_limit_of_the_user_goes_before_the_printed_one() -> None:
    b = made_up()
    b.lab("ALT", 90, "U/L", "ALT 90", at(30), limit=30)
    with_limit(b, Limit(high=45, source="user"))
    assert only(b, "ALT").times == 2


def test_a_printed_multiple_is_used_as_it_is() -> None:
    b = made_up()
    b.lab("AST", 70, "xULN", "70 times the limit", at(30))
    b.lab("ALT", (1, 2), "xULN", "1-2 times the limit", at(30))
    view = CaseView(b.case())
    assert view.of("AST")[0].times == 70
    assert view.of("AST")[0].limit is None
    (alt,) = view.of("ALT")
    assert (alt.times_low, alt.times_high, alt.times) == (1, 2, None)


@pytest.mark.parametrize(
    ("comparator", "bounds"),
    [
        ("=", (2, 2, 2)),
        ("<", (None, 2, None)),
        ("<=", (None, 2, None)),
        (">", (2, None, None)),
        (">=", (2, None, None)),
    ],
)
def test_a_comparator_leaves_one_end_open(comparator: str, bounds: tuple[float | None, ...]) -> None:
    b = made_up()
    b.lab("ALT", 80, "U/L", "ALT 80", at(30), limit=40, comparator=comparator)
    value = only(b, "ALT")
    assert (value.times_low, value.times_high, value.times) == bounds


@pytest.mark.parametrize(
    ("word", "bounds"),
    [
        ("normal", (None, 1)),
        ("normalised", (None, 1)),
        ("elevated", (1, None)),
        ("unchanged", (None, None)),
        ("decreased", (None, None)),
    ],
)
def test_a_word_bounds_the_multiple(word: str, bounds: tuple[float | None, float | None]) -> None:
    b = made_up()
    b.lab("ALT", word, "", f"ALT {word}", at(30))
    value = only(b, "ALT")
    assert (value.times_low, value.times_high) == bounds


def test_a_word_beside_a_figure_does_not_replace_it() -> None:
    b = made_up()
    b.lab("ALT", 96, "U/L", "ALT elevated, 96", at(30), limit=48, qualitative="elevated")
    assert only(b, "ALT").times == 2


def test_a_group_of_tests_said_to_be_normal_is_each_of_them() -> None:
    b = made_up()
    b.lab("G_LIVER_ENZYMES", "normal", "", "liver enzymes normal", at(30))
    found = {value.analyte for value in read_values(b.case())}
    assert found >= {"ALT", "AST", "ALP"}


def test_bilirubin_in_si_units_is_converted() -> None:
    b = made_up()
    b.lab("BILI_TOT", 116.3, "umol/L", "bilirubin 116.3 µmol/L", at(30))
    assert only(b, "BILI_TOT").point == pytest.approx(6.8, abs=0.01)


def test_counts_per_cubic_millimetre_and_normal_counts() -> None:
    b = made_up("neutropenia")
    b.lab("NEUT", 750, "/mm3", "750/mm3", at(4))
    b.lab("PLT", "normal", "", "platelets normal", at(4))
    view = CaseView(b.case())
    assert view.of("NEUT")[0].point == 0.75
    assert view.of("PLT")[0].low == 150


def test_values_of_one_time_are_one_sample_until_an_analyte_repeats() -> None:
    b = liver()
    b.lab("ALT", 500, "U/L", "ALT 500", at(30), limit=40)
    samples = CaseView(b.case()).samples
    assert [sorted(v.analyte for v in sample.values) for sample in samples] == [["ALP", "ALT"], ["ALT"]]


def test_an_undated_value_stands_where_the_story_tells_it() -> None:
    b = made_up()
    b.lab("ALT", 20, "U/L", "ALT 20", BEFORE)
    b.lab("ALT", 400, "U/L", "ALT 400", at(30))
    b.lab("ALT", 300, "U/L", "then ALT 300", Time())
    b.lab("ALT", 60, "U/L", "ALT 60", at(60))
    assert [s.get("ALT").point for s in CaseView(b.case()).samples] == [20, 400, 300, 60]  # type: ignore[union-attr]


def test_the_laboratory_tests_as_a_whole_are_those_that_the_case_tells_of() -> None:
    b = made_up()
    b.lab("ALT", 18, "U/L", "ALT 18", BEFORE)
    b.lab("ALP", "normal", "", "phosphatase normal", BEFORE)
    b.lab("G_LABORATORY", "normal", "", "laboratory tests remained normal", at(30))
    later = [value.analyte for value in read_values(b.case()) if value.day == 30]
    assert later == ["ALT", "ALP"]
