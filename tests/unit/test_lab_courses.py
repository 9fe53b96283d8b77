"""Courses of values that lists and labels tell: turned lists, values before their names, times after a stop."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Measurement
from dechallenge.evidence import Document
from dechallenge.reading.tables.table_clocks import definitions
from dechallenge.reading.tables.tables import LabTable, find_tables, read_table

TOLD = "A 40-year-old woman was started on isoniazid for latent tuberculosis. Six weeks later she developed jaundice. "
STOP = "Isoniazid was stopped immediately. "


def _values(text: str, analyte: str = "ALT") -> list[Measurement]:
    return [m for m in dechallenge.read(TOLD + text).cases[0].measurements if m.analyte == analyte]


def _shown(text: str, analyte: str = "ALT") -> list[tuple[float | None, float | None, float | None]]:
    return [(m.value, m.time and m.time.low, m.time and m.time.high) for m in _values(text, analyte)]


def _tables(text: str) -> list[LabTable]:
    document = Document.from_text(text)
    return [read_table(document, block) for block in find_tables(document)]


@pytest.mark.parametrize(
    "lines",
    [
        "- ALT (U/L): 263 (day 42), 307 (day 44), 91 (day 51)\n- ALP (U/L): 308 (day 42), 332 (day 44), 172 (day 51)",
        "ALT (U/L): day 42, 263; day 44, 307; day 51, 91.\nALP (U/L): day 42, 308; day 44, 332; day 51, 172.",
        "ALT (U/L): day 42: 263; day 44: 307; day 51: 91.\nALP (U/L): day 42: 308; day 44: 332; day 51: 172.",
        "Day 42: ALT 263 U/L, ALP 308 U/L\nDay 44: ALT 307 U/L, ALP 332 U/L\nDay 51: ALT 91 U/L, ALP 172 U/L",
    ],
)
def test_courses_in_lines(lines: str) -> None:
    text = f"{STOP}Day 0 is the day on which isoniazid was started.\n\n{lines}\n"
    assert _shown(text) == [(263, 42, 42), (307, 44, 44), (91, 51, 51)]
    assert _shown(text, "ALP") == [(308, 42, 42), (332, 44, 44), (172, 51, 51)]
    assert dechallenge.assess(TOLD + text).cases[0].suspects[0].key_points.latency_days == (39, 45)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He was ill. Day 0 was the first day of isoniazid. He recovered.", 1),
        ("(day 0 = start of isoniazid)", 1),
        ("He was started on isoniazid. Day 0: first dose of isoniazid.", 1),
        ("Day 1: terbinafine started in a man.", 0),
        ("Day 0 was the day of admission.", 0),
        ("On day 0 isoniazid was started.", 0),
        ("Day 1: isoniazid was started on 3 May 2019.", 0),
    ],
)
def test_sentences_that_only_define_the_clock(text: str, count: int) -> None:
    assert len(definitions(text)) == count


@pytest.mark.parametrize(
    ("label", "clock"),
    [
        ("D42", (None, None, 42)),
        ("7 d off drug", (None, 7, None)),
        ("At stop", (None, 0, None)),
        ("12 days post-discontinuation", (None, 12, None)),
        ("Week 6 on treatment", (42, None, None)),
        ("Follow-up 2", (None, None, None)),
        ("Day 42 (about noon)", (None, None, 42)),
    ],
)
def test_labels_of_rows(label: str, clock: tuple[float | None, float | None, float | None]) -> None:
    (table,) = _tables(f"Time\tALT (U/L)\tALP (U/L)\nBaseline\t20\t80\n{label}\t900\t150\n")
    row = table.rows[1]
    times = (row.time_start, row.time_stop, row.time_anchor)
    assert tuple(t and t.point for t in times) == clock


@pytest.mark.parametrize("date", ["04-05-2019\t90\t80\n23-05-2019", "05-04-2019\t90\t80\n05-23-2019"])
def test_dashes_in_dates_as_the_other_dates_show_their_order(date: str) -> None:
    (table,) = _tables(f"Date\tALT (U/L)\tALP (U/L)\n{date}\t900\t150\n")
    assert [row.date and row.date.first and row.date.first.isoformat() for row in table.rows] == [
        "2019-05-04",
        "2019-05-23",
    ]


def test_dashes_in_dates_whose_order_is_open() -> None:
    (table,) = _tables("Date\tALT (U/L)\tALP (U/L)\n04-05-2019\t900\t150\n05-06-2019\t90\t80\n")
    assert [row.date for row in table.rows] == [None, None]


def test_limits_in_a_row_with_brackets() -> None:
    (table,) = _tables("Day\tALT (U/L)\tALP (U/L)\n3\t900\t150\n9\t90\t80\n(normal)\t<40\t<130\n")
    assert table.limits["ALT"].high == 40 and len(table.rows) == 2


def test_multiples_in_the_head() -> None:
    (table,) = _tables("Day\tALT x ULN\tALP (times ULN)\n3\t22.4\t1.4\n9\t5.7\t1.1\n")
    assert {c.unit for row in table.rows for c in row.cells} == {"xULN"}


@pytest.mark.parametrize("date", ["2019/05/04", "4 May 19", "2019-05-04", "4 May 2019", "Day 3 (4 May 2019)"])
def test_dates_of_rows(date: str) -> None:
    (table,) = _tables(f"Day (date)\tALT (U/L)\tALP (U/L)\nBaseline\t20\t80\n{date}\t900\t150\n")
    found = table.rows[1].date
    assert found is not None and found.first is not None and found.first.isoformat() == "2019-05-04"


@pytest.mark.parametrize("cell", ["812 (20.3× ULN)", "812 (20 x ULN)", "812 U/L (20.3-fold ULN)", "↑812", "812 (H)"])
def test_cells_with_more_than_their_value(cell: str) -> None:
    (table,) = _tables(f"Day\tALT (U/L)\tALP (U/L)\n3\t{cell}\t80\n9\t90\t150\n")
    assert table.rows[0].cells[0].value == 812


@pytest.mark.parametrize("cell", ["812 (normal)", "812 (peak)", "812 (max)"])
def test_cells_with_a_word_behind_their_value(cell: str) -> None:
    (table,) = _tables(f"Treatment week\tALT (U/L)\tALP (U/L)\nWk 3\t{cell}\t80\nWk 9\t90\t150\n")
    assert table.rows[0].cells[0].value == 812
    assert [row.time_start and row.time_start.point for row in table.rows] == [21, 63]


def test_a_semicolon_in_brackets_parts_no_cells() -> None:
    (table,) = _tables("Day;ALT (U/L; normal <40);ALP (U/L; normal <130)\n3;812;80\n9;90;150\n")
    assert [(c.analyte, c.value) for c in table.rows[0].cells] == [("ALT", 812), ("ALP", 80)]
    assert table.limits["ALT"].high == 40


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tests showed 161 IU/L for ALT and 555 U/L for ALP.", [161]),
        ("ALT, which had been 22 U/L before treatment, was 812 U/L.", [22, 812]),
        ("The ALT peak was 812 U/L.", [812]),
        ("ALT was 161 IU/L for AST and 20 IU/L.", [161]),
        ("ALT, she was told, was 812 U/L.", [812]),
    ],
)
def test_values_around_their_name(text: str, values: list[float]) -> None:
    found = [m.value for m in _values(text)]
    assert found == values or (not found and "told" in text)


@pytest.mark.parametrize(
    ("text", "analyte", "limits"),
    [
        ("Platelets (7,800 /µL; normal 150,000-400,000 /µL) were low.", "PLT", (150000, 400000)),
        ("ALT (812 U/L; reference range <40 U/L) was raised.", "ALT", (None, 40)),
        ("ALT (812 U/L); normal ALP.", "ALT", None),
    ],
)
def test_limits_behind_a_semicolon(text: str, analyte: str, limits: tuple[float | None, float] | None) -> None:
    (value,) = [m for m in _values(text, analyte) if m.value is not None]
    assert (value.limit and (value.limit.low, value.limit.high)) == limits


@pytest.mark.parametrize("unit", ["x10^3/µL", "×10^9/L", "10^9/L"])
def test_the_exponent_of_a_unit_alone_is_no_value(unit: str) -> None:
    assert [m.value for m in _values(f"Leucocytes ({unit}): 1.1.", "WBC")] in ([1.1], [])


@pytest.mark.parametrize(
    "times",
    [
        "One week, two weeks and six weeks after stopping,",
        "1, 2 and 6 weeks after withdrawal,",
        "At 1, 2 and 6 weeks after discontinuation",
    ],
)
def test_lists_of_times_after_the_stop(times: str) -> None:
    found = _shown(f"{STOP}{times} ALT was 157, 48 and 21 U/L, respectively.")
    assert found == [(157, 43, 56), (48, 50, 63), (21, 78, 91)]


def test_a_change_in_steps() -> None:
    found = _shown(f"{STOP}ALT fell to 410.5 U/L in 5 days, 110 U/L in 12 days and 21 U/L in 40 days.")
    assert [low for _, low, _ in found] == [44, 51, 79]


def test_values_at_the_diagnosis_and_after_the_stop() -> None:
    found = _values(
        f"{STOP}ALT was 900 U/L at diagnosis, 90 U/L 14 days after discontinuation and 20 U/L 21 days after it."
    )
    assert [m.value for m in found] == [900, 90, 20]


@pytest.mark.parametrize("words", ["ALT rose to 161 U/L from 22 U/L.", "ALT had increased to 161 from 22 U/L."])
def test_what_a_value_came_from_behind_it(words: str) -> None:
    second, first = _shown(words)
    assert (second[0], first[0]) == (161, 22)
    assert second[1] is not None and first[1] is None


def test_a_value_that_is_normal_again_in_brackets() -> None:
    found = _shown("ALT peaked at 900 U/L on day 45 and returned to normal (31 U/L) by day 80.")
    assert found[0] == (900, 45, 45)
    assert found[1][0] == 31 and found[1][2] == 80


def test_what_a_value_came_to_from_its_baseline() -> None:
    first, second = [v for v in _shown("ALT had increased from a baseline of 22 U/L to 812 U/L.") if v[0] is not None]
    assert first == (22, None, 0)
    assert second[0] == 812 and second[1] is not None and second[1] >= 39
