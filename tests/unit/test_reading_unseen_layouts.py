"""Patients without headings, listed courses, tables with one cell to a line, and scores shared out among patients."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case, Measurement


def cases(text: str) -> tuple[Case, ...]:
    return dechallenge.read(text).cases


def day(measurement: Measurement) -> tuple[float | None, float | None]:
    return (measurement.time.low, measurement.time.high) if measurement.time else (None, None)


def days(text: str, analyte: str, number: int = 0) -> dict[float | None, tuple[float | None, float | None]]:
    return {m.value: day(m) for m in cases(text)[number].measurements if m.analyte == analyte}


def ages(text: str) -> list[float | None]:
    return [case.patient.age.value if case.patient.age else None for case in cases(text)]


TOLD = "took clozapine 200 mg for six weeks, when neutrophils were 0.4 × 10⁹/L. Clozapine was stopped and he recovered."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Patient A, a 30-year-old man, {TOLD}\n\nPatient B was a healthy man of 50 years who {TOLD}", [30.0, 50.0]),
        (f"Our first patient, a 30-year-old man, {TOLD} The second, a man aged 50, {TOLD}", [30.0, 50.0]),
        (
            f"Case 1. A 30-year-old man {TOLD}\n\nCases 2 and 3 were brothers. The elder, 50 years old, {TOLD} "
            f"The younger, 40 years old, {TOLD}",
            [30.0, 50.0, 40.0],
        ),
        (f"Introduction\nThe drug is old.\n\nA 30-year-old man {TOLD}\n\nA 50-year-old man {TOLD}", [30.0, 50.0]),
        (
            f"Abstract\nBackground: It is rare. Case presentation: We report a 30-year-old man. Conclusion: Beware.\n\n"
            f"Case descriptions\nA 30-year-old man {TOLD}\n\nA 50-year-old man {TOLD}",
            [30.0, 50.0],
        ),
        (f"A 30-year-old man {TOLD} His brother, a man aged 50, was healthy.", [30.0]),
        (f"A 30-year-old man {TOLD} A case of a man aged 50 was reported by others [3].", [30.0]),
    ],
)
def test_patients_are_told_apart_without_headings(text: str, expected: list[float]) -> None:
    assert ages(text) == expected


STARTED = "A 30-year-old man was started on clozapine 300 mg. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neutrophil counts (10⁹/L) were: day 0, 4.6; day 28, 3.9; day 70, 0.9.", {4.6: 0.0, 3.9: 28.0, 0.9: 70.0}),
        ("Neutrophils: day 0 4.6 × 10⁹/L, day 28 3.9 × 10⁹/L and day 70 0.9 × 10⁹/L.", {3.9: 28.0, 0.9: 70.0}),
        ("Neutrophils were 4.6, 3.9 and 0.9 × 10⁹/L on days 0, 28 and 70.", {4.6: 0.0, 3.9: 28.0, 0.9: 70.0}),
    ],
)
def test_a_listed_course_is_a_table(text: str, expected: dict[float, float]) -> None:
    told = days(f"{STARTED}{text} Clozapine was stopped on day 70.", "NEUT")
    assert {value: told[value] for value in expected} == {value: (at, at) for value, at in expected.items()}


def test_a_list_counts_from_the_stop_and_goes_on_with_the_counts_named_before() -> None:
    text = (
        f"{STARTED}Neutrophils (10⁹/L) were: day 0, 4.6; day 28, 3.9; day 70, 0.9. Clozapine was stopped on day 70. "
        "The counts after the stop were: day 2, 0.8; day 5, 1.7; day 9, 3.3."
    )
    assert days(text, "NEUT")[3.3] == (79.0, 79.0)


@pytest.mark.parametrize(
    "words", ["Doses were: day 1, 12; day 8, 25; day 15, 50.", "Pulse on admission: day 1, 80; day 2, 90; day 3, 70."]
)
def test_a_list_of_something_else_is_no_course_of_counts(words: str) -> None:
    text = f"{STARTED}{words} Neutrophils fell to 0.9 × 10⁹/L. Clozapine was stopped."
    assert set(days(text, "NEUT")) == {0.9}


STACKED = """A 52-year-old woman took metamizole. Jaundice followed after 24 days, and metamizole was stopped.

Time After
Starting
ALT
(U/L)
Alk P
(U/L)
Bilirubin
(mg/dL)
Pre
22
70
0.5
24 days
1420
165
6.8
6 weeks
310
130
2.4
{}
Normal Values
<35
<104
<1.2
"""


@pytest.mark.parametrize(("row", "read"), [("9 weeks\n74\n101\n1.3", True), ("9 weeks\n74\n1.3", False)])
def test_a_table_with_one_cell_to_a_line_keeps_the_rows_whose_cells_can_be_told_apart(row: str, *, read: bool) -> None:
    told = days(STACKED.format(row), "ALT")
    assert told[1420.0] == (24.0, 24.0)
    assert (74.0 in told) is read
    limits = [m.limit for m in cases(STACKED.format(row))[0].measurements if m.value == 1420.0]
    assert limits[0] is not None and limits[0].high == 35.0


def test_a_flattened_table_with_a_column_of_words_belongs_to_the_patient_of_its_caption() -> None:
    text = (
        "A 33-year-old woman was started on infliximab. At week 22 hepatitis was found and infliximab was stopped.\n\n"
        "A 57-year-old man was started on infliximab and had hepatitis after ten weeks. It was stopped.\n\n"
        "Table 2 Laboratory values of patient 1\n"
        "Week Treatment ALT (IU/L) ALP (IU/L)\n0 infliximab 17 64\n22 stopped 512* 131\nUpper limit 35 105\n"
    )
    assert set(days(text, "ALT")) == {17.0, 512.0}
    assert not days(text, "ALT", 1)


def test_lines_of_a_day_and_values_between_slashes() -> None:
    text = (
        "A 49-year-old woman presented on 12 October 2021 with jaundice. She had started isoniazid on 6 September "
        "2021. Isoniazid was stopped.\n\nDate: ALAT (µkat/L) / ALP (µkat/L)\n12 Oct: 14.2 / 4.4\n"
        "19 Oct: 8.1 / 4.0\n2 Nov: 3.3 / 2.9\n"
    )
    assert days(text, "ALT")[3.3] == (57.0, 57.0)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("She had started isoniazid on 6 September 2021. ALT was 900 U/L.", (36.0, 36.0)),
        ("She had started isoniazid on 6 September 2021. Two weeks later ALT was 900 U/L.", (11.0, 17.0)),
    ],
)
def test_the_story_comes_back_from_a_dated_look_back(told: str, expected: tuple[float, float]) -> None:
    text = f"A 49-year-old woman presented on 12 October 2021 with jaundice. {told} Isoniazid was stopped."
    assert days(text, "ALT")[900.0] == expected


def test_a_value_from_which_another_came_is_earlier_than_that_one() -> None:
    text = "A 44-year-old woman took clozapine. After ten weeks neutrophils fell from 5.1 to 1.1 × 10⁹/L."
    told = days(text, "NEUT")
    assert told[5.1][0] is None
    assert told[1.1] == (67.0, 73.0)


@pytest.mark.parametrize(
    ("words", "latest"),
    [("was stopped at once", 74.0), ("was immediately stopped", 74.0), ("was eventually stopped", None)],
)
def test_a_stop_at_once_is_on_the_day_of_what_was_told(words: str, latest: float | None) -> None:
    text = f"A 44-year-old woman took clozapine. After ten weeks neutropenia was seen. Clozapine {words}."
    stop = next(a for a in cases(text)[0].actions if a.kind == "stopped")
    assert stop.time is not None
    assert stop.time.high == latest


SHARED = (
    "Case 1. A 30-year-old man took carbimazole and had agranulocytosis after 40 days. It was stopped.\n\n"
    "Case 2. A 60-year-old woman took carbimazole and had agranulocytosis after 20 days. It was stopped.\n\n"
    "Discussion\nThe Naranjo score was {}.\n"
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("7 in the first patient and 9 in the second", [["7"], ["9"]]),
        ("7 in case 1 and 9 in case 2", [["7"], ["9"]]),
        ("7", [["7"], ["7"]]),
    ],
)
def test_scores_go_to_the_patients_they_are_told_of(words: str, expected: list[list[str]]) -> None:
    found = cases(SHARED.format(words))
    assert [[s.result for s in case.statements if s.method == "Naranjo"] for case in found] == expected


GRID = (
    "Two nurses had hepatitis while taking isoniazid 300 mg daily.\n\n"
    "| | Case 1 | Case 2 |\n|---|---|---|\n| Age, years | 27 | 55 |\n| Sex | male | female |\n"
    "| Weeks from start to onset | 5 | 11 |\n| Symptoms | none | nausea |\n"
    "| Peak ALT, U/L (normal < 40) | 244 | 618 |\n| Isoniazid | stopped | stopped |\n"
    "| Rechallenge | yes, recurrence after 4 days | no |\n| Outcome | recovered | recovered |\n"
)


def test_a_table_of_patients_tells_limits_symptoms_and_what_was_done_with_the_drug() -> None:
    one, two = cases(GRID)
    alt = next(m for m in two.measurements if m.analyte == "ALT")
    assert (alt.value, alt.limit and alt.limit.high) == (618.0, 40.0)
    assert "nausea" in {f.term for f in two.findings if f.state == "present"}
    assert "nausea" not in {f.term for f in one.findings}
    assert [a.kind for a in one.actions if a.kind != "continued"] == ["stopped", "restarted"]
    assert [a.result for a in one.actions if a.kind == "restarted"] == ["positive"]
    assert not [a for a in two.actions if a.kind == "restarted"]


def test_a_title_blames_of_two_drugs_the_one_that_the_patient_took() -> None:
    text = (
        "Liver injury under infliximab and adalimumab\n\n"
        "A 33-year-old woman was started on infliximab. After 22 weeks hepatitis was found and infliximab was stopped. "
        "Adalimumab was started later, and liver tests have remained normal.\n\n"
        "A 57-year-old man was started on adalimumab and had hepatitis after ten weeks. Adalimumab was stopped.\n"
    )
    found = [{k.drug for k in case.links if k.role == "suspect"} for case in cases(text)]
    assert found == [{"infliximab"}, {"adalimumab"}]


def test_a_table_of_patients_with_one_cell_to_a_line() -> None:
    head = "Patient\nAge (years)\nSex\nWeeks to onset\nPeak ALT (U/L)\nOutcome\n"
    text = (
        "Hepatitis after leflunomide\n\nAll took leflunomide 20 mg daily and had hepatitis.\n\n"
        f"{head}1\n54\nF\n6\n412\nrecovered\n2\n61\nM\n14\n980\nrecovered\n"
    )
    assert ages(text) == [54.0, 61.0]
    assert [set(days(text, "ALT", i)) for i in (0, 1)] == [{412.0}, {980.0}]
    assert ages(text.replace("2\n61\nM\n14\n980\n", "7\n61\nM\n14\n980\n")) != [54.0, 61.0]


def test_a_patient_by_place_with_the_age_in_brackets() -> None:
    text = (
        f"A man aged 30 years {TOLD} Another patient, a man of 50 years, {TOLD} "
        f"The third patient (male, 40 years) {TOLD}"
    )
    assert ages(text) == [30.0, 50.0, 40.0]


def test_the_unit_of_the_last_value_of_a_list_is_that_of_all() -> None:
    text = f"{STARTED}Neutrophils: day 0 4.6, day 28 3.9 and day 70 0.9 G/L. Clozapine was stopped on day 70."
    assert {m.unit for m in cases(text)[0].measurements if m.analyte == "NEUT"} == {"10*9/L"}


def test_an_earlier_drug_is_not_what_the_time_is_counted_from() -> None:
    text = (
        "A 45-year-old man was started on disulfiram 400 mg daily. Acamprosate had been taken before without effect. "
        "After 5 weeks jaundice appeared and ALT was 2105 U/L."
    )
    (case,) = cases(text)
    assert {link.drug for link in case.links if link.role == "suspect"} == {"disulfiram"}
