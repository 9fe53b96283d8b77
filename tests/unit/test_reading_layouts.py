"""Ways in which a report with two patients is laid out, and ways in which it prints a course of values."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader


def cases(text: str) -> list[Case]:
    return list(ProseReader().read([Document.from_text(text)]).cases)


_ONE = "was started on isoniazid on 2 March 2019. On 5 April 2019 ALT was 600 U/L. Isoniazid was stopped."
_TWO = "took terbinafine from 1 May 2018. On 3 June 2018 ALT was 900 U/L. Terbinafine was withdrawn."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Case I\nA 40-year-old man", "Case II\nA 50-year-old woman"),
        ("Case A\nA 40-year-old man", "Case B\nA 50-year-old woman"),
        ("2.1. Patient A\nA 40-year-old man", "2.2. Patient B\nA 50-year-old woman"),
        ("3.1 Case 1: isoniazid\nA 40-year-old man", "3.2 Case 2: terbinafine\nA 50-year-old woman"),
        ("Patient #1 (male, 40 years)\nHe", "Patient #2 (female, 50 years)\nShe"),
        ("Patient 1 (P1), a 40-year-old man,", "Patient 2 (P2), a 50-year-old woman,"),
        ("Patient 1, a 40-year-old man,", "Patient 2, a 50-year-old woman,"),
        ("Patient 1 was a 40-year-old man who", "Patient 2 was a 50-year-old woman who"),
        ("1. Mr. X, 40 years old,", "2. Mrs. Y, 50 years old,"),
        ("The first patient, a 40-year-old man,", "The second patient, a 50-year-old woman,"),
    ],
)
def test_two_patients_are_two_cases(first: str, second: str) -> None:
    one, two = cases(f"Liver injury\n\n{first} {_ONE}\n\n{second} {_TWO}\n\nDiscussion\nBoth recovered.\n")
    assert [c.patient.age.value for c in (one, two) if c.patient.age] == [40, 50]
    assert [[m.value for m in c.measurements if m.value] for c in (one, two)] == [[600], [900]]
    assert [e.drug for e in one.exposures] == ["isoniazid"] and [e.drug for e in two.exposures] == ["terbinafine"]


def test_patients_that_a_sentence_only_lists_are_no_headings() -> None:
    text = f"Liver injury\n\nA 40-year-old man {_ONE}\nPatient 1, 2 and 3 of another report had a rash.\n"
    assert len(cases(text)) == 1


_HEAD = "A 40-year-old man was started on isoniazid on 2 March 2019 and became jaundiced.\n\nTable 1\n"


@pytest.mark.parametrize(
    "table",
    [
        "Parameter Day 0 Day 34 Day 60\nALT (U/L) 24 600 30\nBilirubin (mg/dL) 0.6 6.1 0.9\n",
        "Test 2 March 5 April 1 May\nALT (U/L) 24 600 30\nBilirubin (mg/dL) 0.6 6.1 0.9\n",
        "Parameter Day 0 Day 34 Day 60 Normal\nALT (U/L) 24 600 30 <41\nBilirubin (mg/dL) 0.6 6.1 0.9 <1.2\n",
        "Date ALT (U/L) Bilirubin (mg/dL)\n2 March 2019 24 0.6\n5 April 2019 600 6.1\n1 May 2019 30 0.9\n",
        "Date ALT Bilirubin\n02/03/2019 24 0.6\n05/04/2019 600 6.1\n01/05/2019 30 0.9\n13/05/2019 28 0.8\n",
        "Date\tALT (U/L)\tBilirubin (mg/dL)\n2 March\t24\t0.6\n5 April\t600\t6.1\n1 May\t30\t0.9\n",
    ],
)
def test_a_course_is_read_from_a_table_with_single_spaces_or_dates_without_a_year(table: str) -> None:
    [drawn] = cases(_HEAD + table)
    days = {m.value: (m.time.low, m.time.high) for m in drawn.measurements if m.analyte == "ALT" and m.time is not None}
    assert days[24] == (0, 0) and days[600] == (34, 34) and days[30] == (60, 60)
    assert {0.6, 6.1, 0.9} <= {m.value for m in drawn.measurements if m.analyte == "BILI_TOT"}


def test_a_line_that_does_not_divide_is_no_row() -> None:
    [drawn] = cases(_HEAD + "Parameter Day 0 Day 34 Day 60\nALT (U/L) 24 600\nBilirubin (mg/dL) 0.6 6.1\n")
    assert all(m.section != "table" for m in drawn.measurements)
