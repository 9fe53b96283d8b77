"""Lists of times beside lists of values, and the highest or lowest value that names no analyte."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.times.timelists import each_its_time, in_lists, values_listed
from dechallenge.reading.times.times import read_times

Days = tuple[float | None, float | None] | None


def read(text: str) -> Case:
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


def values_of(text: str, analyte: str) -> dict[float | None, Days]:
    return {
        m.value: (m.time.low, m.time.high) if m.time is not None else None
        for m in read(text).measurements
        if m.analyte == analyte
    }


# --- lists of times and of values ---------------------------------------------------------------------------------

_LISTS = (
    "A 60-year-old man began rosuvastatin on 3 January 2021. On 15 March CK was 9000 U/L. Rosuvastatin was stopped. {}"
)


@pytest.mark.parametrize(
    "words",
    [
        "CK on 18, 22 and 30 March was 7000, 3000 and 400 U/L.",
        "CK was 7000, 3000 and 400 U/L on 18, 22 and 30 March, respectively.",
        "On 18, 22 and 30 March CK was 7,000, 3,000 and 400 U/L, respectively.",
        "CK was 7000, 3000 and 400 U/L on 18 March, 22 March and 30 March, respectively.",
        "CK was 7000 on 18 March, 3000 on 22 March and 400 U/L on 30 March.",
    ],
)
def test_each_value_of_a_list_has_its_time(words: str) -> None:
    found = values_of(_LISTS.format(words), "CK")
    assert (found[7000], found[3000], found[400]) == ((74, 74), (78, 78), (86, 86))


def test_amounts_of_time_in_a_list() -> None:
    found = values_of(_LISTS.format("CK was 7000, 3000 and 400 U/L 1, 2 and 4 weeks later, respectively."), "CK")
    assert (found[7000], found[400]) == ((75, 88), (96, 109))


@pytest.mark.parametrize(
    "text",
    [
        "Cyclophosphamide was given on days 1, 8 and 15.",
        "Prednisolone was 40, 30 and 20 mg on days 1, 2 and 3.",
        "ALT and AST were 300 and 200 U/L on days 3 and 4.",
        "ALT on days 3 and 4 was 300, 250 and 200 U/L.",
    ],
)
def test_days_that_are_no_list_of_times(text: str) -> None:
    assert list(in_lists(text)) == []
    assert list(each_its_time(text, read_times(text))) == []


def test_the_places_of_listed_values() -> None:
    text = "CK was 7,000, 3,000 and 400 U/L."
    assert [[text[a:b].strip() for a, b in places] for places in values_listed(text)] == [["7,000", "3,000", "400"]]


# --- the highest and the lowest value -----------------------------------------------------------------------------

_PLATELETS = (
    "A 71-year-old woman started valproate on 4 October 2022. On 12 October platelets were 92 x 10^9/L. IgG "
    "was positive. "
    "Valproate was stopped. {}"
)


@pytest.mark.parametrize(
    "words",
    [
        "The nadir was 61 x 10^9/L on 14 October.", "The lowest count, 61 x 10^9/L, was on 14 October.",
        "The lowest count on 14 October was 61 x 10^9/L.", "A nadir of 61 x 10^9/L was reached on 14 October.",
        "The nadir was 61 on 14 October.", "The lowest platelet count, 61 x 10^9/L, was measured on 14 October.",
    ],
)  # fmt: skip
def test_the_lowest_value_is_of_what_was_told_last(words: str) -> None:
    assert values_of(_PLATELETS.format(words), "PLT")[61] == (10, 10)


@pytest.mark.parametrize(
    "words",
    [
        "The maximum dose was 500 mg on 14 October.",
        "The peak was 900 U/L on 14 October.",
        "The lowest was 61 kg on 14 October.",
    ],
)
def test_what_is_no_lowest_value_of_it(words: str) -> None:
    assert set(values_of(_PLATELETS.format(words), "PLT")) == {92}


def test_of_two_analytes_that_could_have_it_it_is_neither() -> None:
    told = (
        "A 60-year-old man took diclofenac from 3 January 2021. On 15 March ALT was 200 U/L and AST 150 U/L. The "
        "peak was 900 "
        "U/L on 18 March."
    )
    assert [m.value for m in read(told).measurements] == [200, 150]


def test_it_behind_a_semicolon_where_one_analyte_is_named() -> None:
    told = _PLATELETS.format("Platelets were 61 x 10^9/L on 14 October; they were 150 x 10^9/L on 20 October.")
    assert values_of(told, "PLT")[150] == (16, 16)


def test_it_behind_a_semicolon_where_two_are_named() -> None:
    told = _PLATELETS.format("Platelets and leucocytes fell to 61 and 2.1 x 10^9/L; it was 150 x 10^9/L on 20 October.")
    assert 150 not in values_of(told, "PLT")
