"""Laboratory tables: columns, times, limits, events, and other layouts than tabs."""

from __future__ import annotations

import pytest

from dechallenge.evidence import Document
from dechallenge.reading.tables.patient_table import find_interruptions, find_patient_tables
from dechallenge.reading.tables.tables import LabTable, TableRow, find_tables, read_table


def table(text: str) -> LabTable:
    document = Document.from_text(text)
    (block,) = find_tables(document)
    found = read_table(document, block)
    for row in found.rows:
        for cell in row.cells:
            assert text[cell.start : cell.end].strip()
    return found


def shown(row: TableRow) -> list[tuple[str, object, str]]:
    return [
        (c.analyte, c.qualitative or c.value if c.value is not None or c.low is None else (c.low, c.high), c.unit)
        for c in row.cells
    ]


def days(row: TableRow) -> tuple[float | None, float | None]:
    start, stop = row.time_start, row.time_stop
    return (None if start is None else start.point, None if stop is None else stop.point)


TABBED = (
    "The course is shown below.\n\nLaboratory values\n"
    "Time after starting\tTime after stopping\tALT (U/L)\tAlk P* (U/L)\tBilirubin (mg/dL)\tOther\n"
    "Pre\tPre\t20\tNormal\t0.7\t\n"
    "Examplomab started\n"
    "6 weeks\t0\t1,080\t..\t9.4\tExamplomab stopped\n"
    "\t1 week\t560\t250\t>20\tINR=1.8, albumin 3.4 g/dL\n"
    "+3 days\t2\tNot done\t31-36\t\t\n"
    "Examplomab (20 mg/day) restarted for 12 days\n"
    "12 days\t0\t960\t\t6.4\tAscites\n"
    "Normal values\t\t<42\t30-120\t<1.2\t\n"
    "* Read from a figure.\n\n"
    "She recovered.\n"
)


def test_values_with_the_unit_of_the_header() -> None:
    found = table(TABBED)
    assert shown(found.rows[0]) == [("ALT", 20, "U/L"), ("ALP", "normal", ""), ("BILI_TOT", 0.7, "mg/dL")]
    assert shown(found.rows[1]) == [("ALT", 1080, "U/L"), ("BILI_TOT", 9.4, "mg/dL")]
    assert shown(found.rows[3]) == [("ALP", (31, 36), "U/L")]
    assert found.rows[2].cells[2].comparator == ">"


def test_quotes_are_the_words_of_the_document() -> None:
    found = table(TABBED)
    assert [TABBED[c.start : c.end] for c in found.rows[2].cells] == [
        "560",
        "250",
        ">20",
        "INR=1.8",
        "albumin 3.4 g/dL",
    ]
    assert TABBED[found.start : found.end].startswith("Laboratory values")
    assert TABBED[found.start : found.end].endswith("* Read from a figure.")


def test_times_on_both_clocks() -> None:
    found = table(TABBED)
    assert [days(row) for row in found.rows] == [(None, None), (42, 0), (None, 7), (45, 14), (12, 0)]
    assert [row.pre for row in found.rows] == [True, False, False, False, False]


def test_limits_stand_in_the_last_row() -> None:
    limits = table(TABBED).limits
    assert (limits["ALT"].low, limits["ALT"].high) == (None, 42)
    assert (limits["ALP"].low, limits["ALP"].high) == (30, 120)
    assert TABBED[limits["BILI_TOT"].start : limits["BILI_TOT"].end] == "<1.2"


def test_notes_are_read_like_prose() -> None:
    found = table(TABBED).rows[2]
    assert shown(found)[3:] == [("INR", 1.8, ""), ("ALB", 3.4, "g/dL")]
    assert found.note == "INR=1.8, albumin 3.4 g/dL"


def test_events_in_order_with_drug_and_length() -> None:
    events = table(TABBED).events
    assert [(e.kind, e.drug, e.in_row) for e in events] == [
        ("started", "Examplomab", False),
        ("stopped", "Examplomab", True),
        ("restarted", "Examplomab", False),
    ]
    assert events[2].duration is not None
    assert events[2].duration.point == 12
    assert [e.order for e in events] == sorted(e.order for e in events)


def test_a_restart_opens_a_new_course() -> None:
    assert [row.course for row in table(TABBED).rows] == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("event", "course"),
    [
        ("Examplomab restarted", 1),
        ("Secondomab (10 mg daily) started", 1),
        ("Liver biopsy", 0),
    ],
)
def test_a_clock_that_jumps_back_needs_a_start(event: str, course: int) -> None:
    text = f"Weeks after starting\tALT (U/L)\tBilirubin (mg/dL)\n2\t50\t1.0\n9\t80\t1.0\n{event}\n3\t70\t1.0\n"
    assert [row.course for row in table(text).rows] == [0, 0, course]


def test_another_drug_started_in_a_note_is_no_new_course() -> None:
    text = "Days after starting\tALT (U/L)\tOther\n20\t500\t\n27\t300\tPrednisone started\n35\t90\t\n"
    found = table(text)
    assert [row.course for row in found.rows] == [0, 0, 0]
    assert [(e.kind, e.drug) for e in found.events] == [("started", "Prednisone")]


def test_a_restart_told_by_the_row_at_zero() -> None:
    text = (
        "Time after starting\tALT (U/L)\tOther\nPre\t18\tExamplomab started\n4 months\t66\tExamplomab stopped\n"
        "0\t49\tExamplomab restarted\n8 days\t538\t\n"
    )
    assert [row.course for row in table(text).rows] == [0, 0, 1, 1]


def test_a_second_header_in_the_middle() -> None:
    text = (
        "Time after starting\tTime after stopping\tALT (U/L)\tOther\n14 weeks\t0\t735\t\n"
        "Time after restarting\tTime after stopping\tExamplomab restarted\n1 week\t0\t79\t\n"
    )
    found = table(text)
    assert [(row.course, days(row)) for row in found.rows] == [(0, (98, 0)), (1, (7, 0))]
    assert [e.kind for e in found.events] == ["restarted"]


def test_two_clocks_in_one_cell() -> None:
    text = "Time after starting\tAmmonia (μg/dL)\tOther\n10 days\t389\t\nExamplomab restarted\n21 (7) days\t210\t\n"
    row = table(text).rows[1]
    assert (days(row)[0], row.time_first and row.time_first.point, row.course) == (7, 21, 1)


def test_bare_numbers_take_the_unit_of_the_header_or_of_the_cell_above() -> None:
    text = (
        "Weeks after starting\tTime after stopping\tALT (U/L)\n12\t0\t510\n13\t1 week\t430\n14\t2\t280\n15\t2 days\t1\n"
    )
    assert [days(row) for row in table(text).rows] == [(84, 0), (91, 7), (98, 14), (105, 2)]


def test_before_the_stop_and_before_the_start() -> None:
    text = "Time after starting\tTime after stopping\tALT (U/L)\n-1 day\tPre\t30\n3 years\t-2 days\t900\n"
    rows = table(text).rows
    assert (rows[0].pre, days(rows[0])) == (True, (-1, None))
    assert (rows[1].pre, days(rows[1])) == (False, (1095, -2))


def test_dates_and_other_clocks() -> None:
    text = "Date\tTime after transplant\tALT (U/L)\nMay 12, 1998\t6 months\t13\n9 Sep 1998\t10 months\t47\n"
    found = table(text)
    assert [str(row.date.first) for row in found.rows if row.date] == ["1998-05-12", "1998-09-09"]
    assert [row.time_anchor.point for row in found.rows if row.time_anchor] == [180, 300]
    assert found.columns[1].anchor == "transplant"


@pytest.mark.parametrize(
    ("header", "analyte", "unit", "cell", "value", "cell_unit"),
    [
        ("Platelets (1000/μL)", "PLT", "10*3/uL", "129", 129, "10*3/uL"),
        ("Platelets (per μL)", "PLT", "/uL", "181,000", 181000, "/uL"),
        ("GGT (times ULN)", "GGT", "xULN", "10.2", 10.2, "xULN"),
        ("Alk P (K-A U/L)", "ALP", "[ka'U]/L", "36.3", 36.3, "[ka'U]/L"),
        ("Direct Bilirubin* (mg/dL)", "BILI_DIR", "mg/dL", "4.8", 4.8, "mg/dL"),
        ("ALT (µkat/L)", "ALT", "ukat/L", "12.5", 12.5, "ukat/L"),
        ("Protime", "PT_SEC", "", "90%", 90, "%"),
        ("INR", "INR", "", "2.6", 2.6, ""),
        ("ALT (<40)", "ALT", "", "88", 88, ""),
        ("ALT, U/L", "ALT", "U/L", "88 H", 88, "U/L"),
        ("CPK (U/L)", "CK", "U/L", "21,729", 21729, "U/L"),
    ],
)  # fmt: skip
def test_headers(header: str, analyte: str, unit: str, cell: str, value: float, cell_unit: str) -> None:
    found = table(f"Time after starting\t{header}\tOther\n2 weeks\t{cell}\t\n3 weeks\t{cell}\t\n")
    assert (found.columns[1].analyte, found.columns[1].unit) == (analyte, unit)
    (result, *_) = found.rows[0].cells
    assert (result.value, result.unit) == (value, cell_unit)
    if header == "Protime":
        assert result.analyte == "PT_PCT"
    if header == "ALT (<40)":
        assert found.limits["ALT"].high == 40


def test_two_analytes_in_one_column() -> None:
    found = table("Day after starting\tAST/ALT (U/L)\tOther\n3\t30/50\t\n4\t60 / 80\t\n")
    assert [(c.analyte, c.value) for row in found.rows for c in row.cells] == [
        ("AST", 30), ("ALT", 50), ("AST", 60), ("ALT", 80),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "| Days after starting | ALT (U/L) | Bilirubin (mg/dL) |\n|---|---|---|\n| 20 | 300 | 10.5 |\n"
        "| 51 | 39 | 2.3 |\n| Normal | <40 | <1.2 |\n",
        "Days after starting;ALT (U/L);Bilirubin (mg/dL)\n20;300;10.5\n51;39;2.3\nNormal;<40;<1.2\n",
        "Days after starting,ALT (U/L),Bilirubin (mg/dL)\n20,300,10.5\n51,39,2.3\nNormal,<40,<1.2\n",
        "Days after starting   ALT (U/L)   Bilirubin (mg/dL)\n20                    300         10.5\n"
        "51                    39          2.3\nNormal                <40         <1.2\n",
        "Days after starting\tALT\tBilirubin\n\t(U/L)\t(mg/dL)\n20\t300\t10.5\n51\t39\t2.3\nNormal\t<40\t<1.2\n",
        "Test\t20 days\t51 days\tNormal\nALT (U/L)\t300\t39\t<40\nBilirubin (mg/dL)\t10.5\t2.3\t<1.2\n",
        "Test | Unit | Day 20 | Day 51 | Normal range\nALT | U/L | 300 | 39 | <40\n"
        "Bilirubin | mg/dL | 10.5 | 2.3 | <1.2\n",
    ],
    ids=["pipes", "semicolons", "commas", "spaces", "units below", "turned", "turned with units"],
)
def test_other_layouts(text: str) -> None:
    found = table(text)
    assert [shown(row) for row in found.rows] == [
        [("ALT", 300, "U/L"), ("BILI_TOT", 10.5, "mg/dL")],
        [("ALT", 39, "U/L"), ("BILI_TOT", 2.3, "mg/dL")],
    ]
    clocks = [row.time_start or row.time_anchor for row in found.rows]
    assert [clock.point for clock in clocks if clock is not None] == [20, 51]
    assert (found.limits["ALT"].high, found.limits["BILI_TOT"].high) == (40, 1.2)


def test_blank_cells_of_columns_held_apart_by_spaces() -> None:
    text = (
        "Days after starting   ALT (U/L)   Bilirubin (mg/dL)   Other\n"
        "20                    300                             Admission\n"
        "51                                2.3\n"
    )
    found = table(text)
    assert [shown(row) for row in found.rows] == [[("ALT", 300, "U/L")], [("BILI_TOT", 2.3, "mg/dL")]]
    assert found.rows[0].note == "Admission"


@pytest.mark.parametrize(
    "text",
    [
        "On day 3, ALT was 50 U/L, and on day 5, ALT was 80 U/L, on day 9, it was normal.\nThen, he left, at once.\n",
        "Drug\tDose\tRoute\nExamplomab\t20 mg\toral\n",
        "Author\tYear\tCases\nSmith\t1998\t12\n",
    ],
)
def test_what_is_no_laboratory_table(text: str) -> None:
    assert find_tables(Document.from_text(text)) == []


FLATTENED = (
    "Her count was normal. A full evalu-\n\n"
    "Table 1 Characteristics\n\n"
    "Baseline features Case 1 Case 2\n\n"
    "Age 46 49\nSex Female Male\nMedical history None Gout, hypertension\n"
    "Earlier treatment for gout NSAIDs, colchicine NSAIDs\n"
    "Baseline laboratory tests GOT = 22 U/L \nGPT = 18 U/L \nWBC (neutrophils %) = 7000 (77%) \n\n"
    "GOT = 16 U/L \nGPT = 17 U/L \nWBC (neutrophils %) = 9,500 (60%)\n\n"
    "Concomitant medications Atenolol None\nBody mass index 25 31\nAlcohol consumption None None\n\n"
    "Abbreviations: GOT, aspartate aminotransferase; GPT, alanine aminotransferase;\nWBC, white blood cells.\n"
    " ation of the liver showed nothing. The evaluation ended there.\n"
)


def test_a_table_with_one_column_per_patient() -> None:
    (found,) = find_patient_tables(Document.from_text(FLATTENED))
    assert found.labels == ("Case 1", "Case 2")
    assert {row.kind: [cell.text for cell in row.cells] for row in found.rows} == {
        "age": ["46", "49"],
        "sex": ["Female", "Male"],
        "medical history": ["None", "Gout, hypertension"],
        "concomitant medications": ["Atenolol", "None"],
        "bmi": ["25", "31"],
        "alcohol": ["None", "None"],
    }
    assert all(FLATTENED[c.start : c.end] == c.text for row in found.rows for c in row.cells)


def test_runs_of_laboratory_values_belong_to_the_patients_in_order() -> None:
    (found,) = find_patient_tables(Document.from_text(FLATTENED))
    assert [[(c.lab.analyte, c.lab.value) for c in run] for run in found.labs] == [
        [("AST", 22), ("ALT", 18), ("WBC", 7000), ("NEUT_PCT", 77)],
        [("AST", 16), ("ALT", 17), ("WBC", 9500), ("NEUT_PCT", 60)],
    ]
    quotes = [FLATTENED[c.start : c.end] for run in found.labs for c in run]
    assert quotes[:3] == ["GOT = 22 U/L", "GPT = 18 U/L", "WBC (neutrophils %) = 7000"]


def test_a_table_lifted_out_of_a_word() -> None:
    (found,) = find_interruptions(Document.from_text(FLATTENED))
    assert found.hyphen
    assert FLATTENED[: found.start].endswith("evalu-")
    assert FLATTENED[found.end :].startswith("ation of the liver")


def test_a_table_between_sentences_interrupts_nothing() -> None:
    text = "All was normal.\n\nTable 1 Characteristics\n\nAge 46\n\nNotes: none.\n\nLater she left.\n"
    assert find_interruptions(Document.from_text(text)) == []


def test_running_text_is_never_cut_out() -> None:
    prose = "\n".join(
        f"a line of running text number {i} that goes on and on for more than fifty signs" for i in range(9)
    )
    text = f"The course is shown in a table, and the disease\n\nTable 1 Course\n\nIt ended.\n{prose}.\nso it went.\n"
    assert all("line of running" not in text[i.start : i.end] for i in find_interruptions(Document.from_text(text)))


def test_a_caption_behind_a_heading_interrupts_nothing() -> None:
    text = "Case report\n\nTable 1 Values\n\nNotes: none.\nlower case text goes on here.\n"
    assert find_interruptions(Document.from_text(text)) == []


def test_the_upper_line_of_a_head_names_the_columns_that_the_lower_leaves_blank() -> None:
    rows = "Test\tReference\tIn hospital\t\n\t\tDay 1\tDay 5\nALT (U/L)\t<45\t512\t388\nAST (U/L)\t<40\t344\t230\n"
    found = table(f"Table 1. Course\n\n{rows}")
    assert [cell.value for row in found.rows for cell in row.cells] == [512, 344, 388, 230]
    assert [limit.high for limit in found.limits.values()] == [45, 40]


def test_a_head_that_is_set_in_from_the_left() -> None:
    rows = (
        "             Normal    Day 1    Day 5\n"
        "ALT (U/L)    <45       512      388\n"
        "Alkaline phosphatase (U/L)   40-130    302      288\n"
    )
    found = table(f"Table 1. Course\n\n{rows}")
    assert [cell.value for row in found.rows for cell in row.cells] == [512, 302, 388, 288]


def test_a_line_with_decimal_commas_is_no_head() -> None:
    text = (
        "Potassium was 5,2 mmol/l on\nday 2 and 4,4 mmol/l on day 6, creatinine 1,2 mg/dl on day\n"
        "6, 1,1 mg/dl on day 9, 1,0 mg/dl on\nday 12, and she was well.\n"
    )
    assert not find_tables(Document.from_text(text))


def test_a_caption_of_two_lines_belongs_to_the_table() -> None:
    rows = "Day\tALT (U/L)\tINR\n1\t900\t1.1\n5\t410\t1.0\n"
    text = f"Well.\n\nTable 1. Blood counts during the hospital\nstay (all)\n\n{rows}"
    (block,) = find_tables(Document.from_text(text))
    assert text[block.start :].startswith("Table 1.")
