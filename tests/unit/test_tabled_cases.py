"""Tables of patients: one column or one row for each, as cases of their own."""

from __future__ import annotations

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.tables import patientgrid


def cases(text: str) -> list[Case]:
    return list(ProseReader().read([Document.from_text(text)]).cases)


_COLUMNS = """Agranulocytosis during deferiprone: two patients

Two patients developed agranulocytosis while taking deferiprone. It was stopped in both. Patient 2 was re-exposed and
neutrophils fell again to 0.1 x 10^9/L.

Feature | Patient 1 | Patient 2
Age (years) | 12 | 30
Sex | F | M
Time to onset | 6 weeks | 40 days
Lowest neutrophil count (x 10^9/L) | 0.05 | 0.3
Days to recovery | 7 | 12
"""
_ROWS = """Thrombocytopenia in our hospital

Two patients with drug-induced thrombocytopenia were seen.

| No. | Age/sex | Drug | Days of exposure | Platelet nadir (10^9/L) | Outcome | Other drugs |
|---|---|---|---|---|---|---|
| 1 | 66/M | vancomycin | 9 | 4 | recovered | bisoprolol |
| 2 | 48/F | quinine | 14 | 2 | died | none |
"""


def test_a_table_with_one_column_for_each_patient() -> None:
    first, second = cases(_COLUMNS)
    assert [(c.patient.age.value if c.patient.age else None, c.patient.sex) for c in (first, second)] == [
        (12, "female"),
        (30, "male"),
    ]
    assert [(m.analyte, m.value) for m in first.measurements] == [("NEUT", 0.05)]
    assert {m.value for m in second.measurements} == {0.3, 0.1}
    latencies = [next(link.latency for link in c.links if link.drug == "deferiprone") for c in (first, second)]
    assert [(t.low, t.high) if t else None for t in latencies] == [(39.0, 45.0), (40.0, 40.0)]
    assert [c.events[0].outcome for c in (first, second)] == ["recovered", "recovered"]
    assert [a.kind for a in first.actions if a.kind == "restarted"] == []


def test_a_table_with_one_row_for_each_patient() -> None:
    first, second = cases(_ROWS)
    assert [next(link.drug for link in c.links if link.role == "suspect") for c in (first, second)] == [
        "vancomycin",
        "quinine",
    ]
    assert [(e.drug, e.role) for e in first.exposures if e.role != "suspect"] == [("bisoprolol", "concomitant")]
    assert [(m.analyte, m.value, m.unit) for c in (first, second) for m in c.measurements] == [
        ("PLT", 4.0, "10*9/L"),
        ("PLT", 2.0, "10*9/L"),
    ]
    assert [c.events[0].outcome for c in (first, second)] == ["recovered", "fatal"]


def test_every_quotation_is_the_text_at_its_place() -> None:
    for text in (_COLUMNS, _ROWS):
        for found in cases(text):
            for value in found.measurements:
                for words in value.evidence:
                    assert text[words.start : words.end] == words.quote  # type: ignore[union-attr]


def test_a_table_of_visits_makes_no_patients() -> None:
    table = "| Day | ALT (U/L) | AST (U/L) |\n|---|---|---|\n| 1 | 30 | 28 |\n| 9 | 600 | 410 |\n"
    assert len(cases("A 40-year-old man took isoniazid.\n\n" + table)) == 1


def test_a_table_beside_patients_that_are_told_is_left_to_them() -> None:
    told = (
        "Patient 1\nA 40-year-old man took isoniazid and ALT was 600 U/L.\n\n"
        "Patient 2\nA 50-year-old woman took isoniazid and ALT was 900 U/L.\n\n"
    )
    rows = "".join(f"| {i} | {30 + 10 * i} | isoniazid |\n" for i in (1, 2, 3))
    assert len(cases(told + "| No. | Age | Drug |\n|---|---|---|\n" + rows)) == 2


def test_a_long_line_that_ends_in_a_blank_is_one_cell() -> None:
    """Read from every character anew, it would take the square of its length."""
    line = "12 345 6 " * 20_000 + "\n"
    (cell,) = patientgrid._split(line, 0)
    assert (cell.start, cell.end) == (0, len(line) - 2)
    assert [c.text for c in patientgrid._split("Patient   Age (years)  Drug \n", 0)] == [
        "Patient",
        "Age (years)",
        "Drug",
    ]
