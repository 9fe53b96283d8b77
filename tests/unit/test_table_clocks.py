"""What the rows of a laboratory table count from: their labels, the words beside the table, a column without a head."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Measurement
from dechallenge.evidence import Document
from dechallenge.reading.tables.table_clocks import row_clock, stated_clock
from dechallenge.reading.tables.tables import find_tables

TOLD = "A 40-year-old man was started on isoniazid for latent tuberculosis. Six weeks later he developed jaundice. "
STOP = "Isoniazid was stopped the same day. "


def _values(text: str, analyte: str = "ALT") -> list[Measurement]:
    return [m for m in dechallenge.read(text).cases[0].measurements if m.analyte == analyte]


def _days(text: str, analyte: str = "ALT") -> list[tuple[float | None, float | None] | None]:
    return [m.time and (m.time.low, m.time.high) for m in _values(text, analyte)]


@pytest.mark.parametrize(
    ("label", "kind", "place", "point"),
    [
        ("Hospital day 5", "anchor", "admission", 4),
        ("Day 5 of admission", "anchor", "admission", 4),
        ("HD 3", "anchor", "admission", 2),
        ("At admission", "anchor", "admission", 0),
        ("Discharge (day 14)", "anchor", "admission", 13),
        ("Discharge", "anchor", "discharge", 0),
        ("At onset", "anchor", "onset", 0),
        ("At presentation", "anchor", "presentation", 0),
        ("2 weeks after stopping", "stop", "", 14),
        ("3 days before discontinuation", "stop", "", -3),
        ("1 week after the first dose", "start", "", 7),
        ("10 days after onset of symptoms", "anchor", "onset", 10),
    ],
)
def test_labels_that_name_their_clock(label: str, kind: str, place: str, point: float) -> None:
    clock = row_clock(label)
    assert clock is not None and clock.time.time is not None
    assert (clock.kind, clock.place, clock.time.time.point) == (kind, place, point)


@pytest.mark.parametrize(
    "label", ["Day 5", "6 weeks", "Baseline", "Normal range", "ALT at admission", "2 weeks after lunch"]
)
def test_labels_that_name_none(label: str) -> None:
    assert row_clock(label) is None


@pytest.mark.parametrize(
    ("words", "kind", "place", "first"),
    [
        ("Day 0 was the first day of isoniazid.", "start", "", 0),
        ("Day 1 = first dose.", "start", "", 1),
        ("Days are counted from the withdrawal of isoniazid.", "stop", "", 0),
        ("Times are counted from the onset of symptoms.", "anchor", "onset", 0),
        ("Days are days of admission.", "anchor", "admission", 1),
        ("Day 1 denotes the day of hospital admission.", "anchor", "admission", 1),
    ],
)
def test_clocks_told_beside_the_table(words: str, kind: str, place: str, first: float) -> None:
    clock = stated_clock(words, len(words), len(words))
    assert clock is not None and (clock.kind, clock.place, clock.first) == (kind, place, first)


@pytest.mark.parametrize(
    "words", ["He was seen on day 0 and later.", "Day 14 was uneventful.", "Liver tests are shown."]
)
def test_words_that_tell_no_clock(words: str) -> None:
    assert stated_clock(words, len(words), len(words)) is None


@pytest.mark.parametrize(
    "rows",
    [
        "\tALT (U/L)\tALP (U/L)\nDay 42\t900\t150\nDay 56\t210\t120\n",
        "|  | ALT (U/L) | ALP (U/L) |\n|---|---|---|\n| Day 42 | 900 | 150 |\n| Day 56 | 210 | 120 |\n",
        ";ALT (U/L);ALP (U/L)\nDay 42;900;150\nDay 56;210;120\n",
        "          ALT (U/L)   ALP (U/L)\nDay 42    900         150\nDay 56    210         120\n",
        "Time\tALT (U/L)\nDay 42\t900\nDay 56\t210\n",
        "Test\tDay 42\tDay 56\nALT (U/L)\t900\t210\nALP (U/L)\t150\t120\n",
        "Test\tDay 42\tDay 56\nALT (U/L)\t900\t210\n",
        "Date\tALT (U/L)\tALP (U/L)\nDay 42\t900\t150\nDay 56\t210\t120\n",
    ],
)
def test_columns_of_times_without_a_telling_head(rows: str) -> None:
    text = f"{TOLD}{STOP}Day 0 was the first day of isoniazid.\n\n{rows}\nHe recovered.\n"
    assert _days(text) == [(42, 42), (56, 56)]


def test_bare_days_that_nothing_explains_are_not_dated() -> None:
    text = f"{TOLD}{STOP}\n\nTime\tALT (U/L)\tALP (U/L)\nDay 4\t900\t150\nDay 9\t210\t120\n"
    assert _days(text) == [None, None] or all(d in (None, (None, None)) for d in _days(text))


@pytest.mark.parametrize(
    "head", ["Patient\tALT\tALP\n1\t30\t80\n2\t40\t90\n", "Drug\tALT\tALP\nA\t30\t80\nB\t40\t90\n"]
)
def test_rows_that_begin_with_no_time_are_no_course(head: str) -> None:
    assert not find_tables(Document.from_text(head))


def test_days_of_a_stay_count_from_the_admission() -> None:
    told = "A 40-year-old man was started on isoniazid. Six weeks later he was admitted with jaundice. " + STOP
    text = f"{told}\n\nHospital day\tALT (U/L)\tALP (U/L)\n1\t900\t150\n8\t410\t120\n"
    assert _days(text) == [(39, 45), (46, 52)]


def test_times_after_the_onset() -> None:
    text = f"{TOLD}{STOP}\n\nAfter Onset\tALT (U/L)\tALP (U/L)\n0 days\t900\t150\n14 days\t410\t120\n"
    assert _days(text) == [(39, 45), (53, 59)]


def test_rows_of_several_clocks() -> None:
    rows = "Visit\tALT (U/L)\tALP (U/L)\nBaseline\t20\t80\nAt onset\t900\t150\n2 weeks after stopping\t210\t120\n"
    before, onset, after = _days(f"{TOLD}{STOP}\n\n{rows}")
    assert (before, onset) == ((None, 0), (39, 45))
    assert after is not None and after[0] is not None and after[0] >= 50


def test_a_share_and_a_count_of_cells() -> None:
    rows = "Date\tEosinophils (%)\tNeutrophils [10^9/L]\n3 May 2019\t12\t3.1\n9 May 2019\t4\t2.9\n"
    text = f"A 40-year-old man was started on isoniazid on 1 May 2019 and had a rash on 3 May 2019.\n\n{rows}"
    assert [m.analyte for m in dechallenge.read(text).cases[0].measurements] == ["EOS_PCT", "NEUT", "EOS_PCT", "NEUT"]


@pytest.mark.parametrize("mark", ["↑", " ↑", " (H)", " H", "*"])
def test_marks_behind_a_value(mark: str) -> None:
    rows = f"Date\tALT (U/L)\tALP (U/L)\n3 May 2019\t912{mark}\t110\n9 May 2019\t400\t90\n"
    text = f"A 40-year-old man was started on isoniazid on 1 April 2019 and had jaundice on 3 May 2019.\n\n{rows}"
    assert [m.value for m in _values(text)] == [912, 400]


def test_recovery_in_other_units_than_the_usual_limits() -> None:
    rows = (
        "Days after stopping\tALT (U/L)\tALP (U/L)\tTotal bilirubin (µmol/L)\n"
        "0\t900\t150\t160\n14\t210\t110\t40\n42\t31\t80\t12\n60\t28\t70\t11\n"
    )
    recovery = dechallenge.assess(f"{TOLD}{STOP}\n\n{rows}").cases[0].suspects[0].key_points.recovery_days
    assert recovery is not None and recovery == (42, 42)
