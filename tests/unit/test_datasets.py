"""Tables of a trial: what each header and cell means, what is asked, what is refused, what is kept out."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from dechallenge.case import Case, Measurement
from dechallenge.errors import InputError
from dechallenge.evidence import CellEvidence, EnteredEvidence
from dechallenge.formats import datasets
from dechallenge.formats.datasets import dataset as reading_of
from dechallenge.formats.datasets import sources
from dechallenge.formats.datasets.figures import Signs, dated, number, quantity
from dechallenge.formats.datasets.headers import meaning_of, wide_column

HEAD = "USUBJID,LBTESTCD,LBORRES,LBORRESU,LBORNRLO,LBORNRHI,LBDTC"


def put(folder: Path, **tables: str) -> list[Path]:
    """Files NAME.csv with the lines of each text."""
    made = []
    for name, text in tables.items():
        path = folder / f"{name}.csv"
        path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n", encoding="utf-8")
        made.append(path)
    return made


def opened(folder: Path, **tables: str) -> datasets.Dataset:
    found = datasets.recognise(put(folder, **tables))
    assert found is not None
    return found


def only(folder: Path, given: str | None = None, **tables: str) -> tuple[Case, list[str]]:
    """The one case of the tables, and the messages of the problems."""
    dataset = opened(folder, **tables)
    reading = datasets.read(dataset, datasets.mapping(dataset, given))
    (case,) = reading.cases
    return case, [f"{p.document}: {p.message}" for p in reading.problems]


def values(case: Case) -> list[tuple[str, str, float | None, str]]:
    return [(m.analyte, m.comparator, m.value, m.unit) for m in case.measurements]


def one_value(case: Case) -> Measurement:
    (found,) = case.measurements
    return found


# --- headers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "field"),
    [("USUBJID", "subject"), ("Patient ID", "subject"), ("LBORNRHI", "lab.high"), ("AVAL", "lab.value"),
     ("EXSTDTC", "drug.start"), ("AEDECOD", "event.term"), ("Referenzbereich", "lab.range"), ("Weight (kg)", "weight"),
     ("STUDYID", "known")],
)  # fmt: skip
def test_headers_of_standards_and_usual_words(header: str, field: str) -> None:
    found = meaning_of(header)
    assert found is not None and found.field == field


@pytest.mark.parametrize(
    ("header", "field", "analyte", "unit"),
    [("ALT", "lab.value", "ALT", ""), ("ALT (U/L)", "lab.value", "ALT", "U/L"), ("ALT_ULN", "lab.high", "ALT", ""),
     ("ULN ALT", "lab.high", "ALT", ""), ("ALT_U/L", "lab.value", "ALT", "U/L"),
     ("Total bilirubin, mg/dL", "lab.value", "BILI_TOT", "mg/dL"), ("AST unit", "lab.unit", "AST", ""),
     ("Neutrophils LLN (10^9/L)", "lab.low", "NEUT", "10^9/L")],
)  # fmt: skip
def test_headers_of_wide_tables(header: str, field: str, analyte: str, unit: str) -> None:
    found = wide_column(header)
    assert found is not None and (found.field, found.analyte, found.unit) == (field, analyte, unit)


@pytest.mark.parametrize("header", ["Foo", "Body weight (lb)", "Age (months)", "Height (ft)"])
def test_a_header_without_a_meaning_is_none(header: str) -> None:
    assert meaning_of(header) is None


def test_a_word_is_no_analyte() -> None:
    assert wide_column("Foo") is None


# --- figures and dates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [("1,200", "point", 1200.0), ("1,200", "comma", 1.2), ("12.000", "point", 12.0), ("12.000", "comma", 12000.0),
     ("1.234,5", "comma", 1234.5), ("1,234.5", "point", 1234.5), ("0,6", "comma", 0.6), ("1.2E+02", "point", 120.0),
     ("178 000", "point", 178000.0), ("0,6", "point", None), ("1.5", "comma", None), ("-3", "point", None),
     ("haemolysed", "point", None), ("", "point", None)],
)  # fmt: skip
def test_a_figure_is_read_by_the_sign_of_its_table(text: str, decimal: str, value: float | None) -> None:
    assert number(text, decimal) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "sign", "value", "unit"),
    [
        ("<5", "<", 5.0, ""),
        (">= 1,000", ">=", 1000.0, ""),
        ("25 U/L", "=", 25.0, "U/L"),
        ("1:80", "=", 80.0, "{titer}"),
    ],
)
def test_a_figure_with_its_comparator_and_unit(text: str, sign: str, value: float, unit: str) -> None:
    found = quantity(text, "point", "")
    assert found is not None and (found.comparator, found.value) == (sign, value)
    assert (found.unit.code if found.unit is not None else "") == unit


def test_signs_are_seen_and_what_is_open_is_told() -> None:
    signs = Signs()
    for cell in ("1,200", "12", "<5"):
        signs.see(cell)
    assert (signs.comma, signs.point, signs.open) == ("", "", "1,200")
    signs.see("0,6")
    assert signs.comma == "0,6"


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [("2021-03-14", None, "2021-03-14"), ("2021-03", None, "2021-03"), ("14.03.2021", None, "2021-03-14"),
     ("14MAR2021", None, "2021-03-14"), ("14-Mar-2021", None, "2021-03-14"), ("03/04/2021", "day first", "2021-04-03"),
     ("03/04/2021", "month first", "2021-03-04"), ("20210314", None, "2021-03-14"),
     ("2021-03-14T10:30", None, "2021-03-14T10:30"), ("14MAR2021:10:30", None, "2021-03-14T10:30")],
)  # fmt: skip
def test_dates_of_tables(text: str, order: str | None, iso: str) -> None:
    found = dated(text, order, sas=False)  # type: ignore[arg-type]
    assert found is not None and found.iso == iso and found.written == text


@pytest.mark.parametrize("text", ["03/04/2021", "31.02.2021", "soon", "2021-13-01", "22353"])
def test_what_is_no_date(text: str) -> None:
    assert dated(text, None, sas=False) is None


def test_dates_of_sas_are_numbers() -> None:
    days = dated(22353.0, None, sas=True)
    seconds = dated("1931299200", None, sas=True)
    assert days is not None and seconds is not None and days.iso == seconds.iso == "2021-03-14"


# --- what is recognised --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "A woman of 54 took diclofenac.\nALT was 800 U/L, AST 600 U/L.",
        "Time After Starting\tALT (U/L)\tBilirubin (mg/dL)\n0\t19\t0.5\n1 month\t44\t0.6",
        "name,value\nALT,5",
        "Patient,City\n1,Rome",
        "",
    ],
)
def test_what_names_no_subject_or_holds_no_case_is_no_dataset(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert datasets.recognise([tmp_path / "a.txt"]) is None


def test_what_is_not_there_is_no_dataset_and_an_error_when_it_is_asked_for(tmp_path: Path) -> None:
    assert datasets.recognise([tmp_path / "none.csv"]) is None
    with pytest.raises(InputError, match="no such file"):
        datasets.open_tables([tmp_path / "none.csv"])


def test_old_and_foreign_formats_are_refused_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "lb.xpt").write_bytes(b"HEADER RECORD*******LIBRARY HEADER RECORD")
    with pytest.raises(InputError, match=r"SAS transport file.*CSV or Parquet"):
        datasets.open_tables([tmp_path / "lb.xpt"])


def test_damaged_workbook_and_parquet_are_errors(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.parquet"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 not really")
        with pytest.raises(InputError, match=r"cannot be read|need"):
            datasets.open_tables([tmp_path / name])


def test_a_folder_and_a_zip_are_one_dataset(tmp_path: Path) -> None:
    inner = tmp_path / "study"
    inner.mkdir()
    put(inner, lb=f"{HEAD}\nS1,ALT,200,U/L,5,40,2021-03-04", ex="USUBJID,EXTRT,EXSTDTC\nS1,diclofenac,2021-02-01")
    (inner / "readme.md").write_text("About it.", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "study.zip", "w") as archive:
        for one in inner.iterdir():
            archive.write(one, f"study/{one.name}")
    for path in (inner, tmp_path / "study.zip"):
        dataset = datasets.recognise([path])
        assert dataset is not None and dataset.others == ("readme.md",)
        (case,) = datasets.read(dataset).cases
        assert case.events[0].kind == "liver injury" and case.exposures[0].drug == "diclofenac"


def test_a_report_beside_the_tables_is_no_part_of_the_dataset(tmp_path: Path) -> None:
    put(tmp_path, lb=f"{HEAD}\nS1,ALT,20,U/L,5,40,2021-03-04")
    (tmp_path / "report.txt").write_text("A woman of 54 took diclofenac. ALT was 800 U/L, AST 600 U/L.\n")
    (tmp_path / "note.txt").write_text("seen\n")
    dataset = datasets.recognise([tmp_path])
    assert dataset is not None and [t.name for t in dataset.tables] == ["lb.csv"]
    assert sorted(dataset.others) == ["note.txt", "report.txt"] and dataset.problems == ()


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-16", "\t"), ("utf-8-sig", ";"), ("cp1252", "|"), ("utf-8", ",")]
)
def test_encodings_and_delimiters(encoding: str, delimiter: str, tmp_path: Path) -> None:
    rows = [["Patient", "Date", "Test", "Result", "Unit"], ["Zoë", "2021-03-04", "Bilirubin", "34", "µmol/L"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    dataset = datasets.recognise([tmp_path / "a.csv"])
    assert dataset is not None
    (case,) = datasets.read(dataset).cases
    assert case.report.sender_id == "Zoë" and values(case) == [("BILI_TOT", "=", 34.0, "umol/L")]


def test_cells_of_a_workbook_have_their_sheet_and_row(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["Made by us"])
    sheet = book.create_sheet("LB")
    for row in (["Laboratory"], HEAD.split(","), [], ["S1", "ALT", 10.8, "U/L", 5, 40, datetime(2021, 3, 4, 10, 30)]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    dataset = datasets.recognise([tmp_path / "a.xlsx"])
    assert dataset is not None and [t.name for t in dataset.tables] == ["a.xlsx, sheet LB"]
    found = one_value(datasets.read(dataset).cases[0])
    cells = [e for e in found.evidence if isinstance(e, CellEvidence)]
    assert found.value == 10.8 and ("LB", 4, "LBORRES", "10.8") in [(e.sheet, e.row, e.column, e.quote) for e in cells]
    assert found.time is not None and found.time.date == "2021-03-04T10:30:00"


@pytest.mark.parametrize("library", ["pyarrow", "duckdb"])
@pytest.mark.parametrize("zipped", [False, True])
def test_rows_of_parquet_count_from_one(
    library: str, zipped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(library)
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = {"USUBJID": ["S1"], "PARAMCD": ["ALT"], "PARAM": ["ALT (U/L)"], "AVAL": [20.0], "ADT": [22343]}
    parquet.write_table(arrow.table(columns), tmp_path / "adlb.parquet")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "adlb.parquet", "adlb.parquet")
    monkeypatch.setattr(sources, "_has", lambda name: name == library)
    dataset = datasets.recognise([tmp_path / ("a.zip" if zipped else "adlb.parquet")])
    assert dataset is not None
    found = one_value(datasets.read(dataset).cases[0])
    assert {e.row for e in found.evidence if isinstance(e, CellEvidence)} == {1}
    assert found.time is not None and found.time.date == "2021-03-04"


def test_without_a_library_for_it_a_parquet_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setattr(sources, "_has", lambda name: False)
    with pytest.raises(InputError, match="pyarrow or duckdb"):
        datasets.open_tables([tmp_path / "a.parquet"])


def test_a_mapping_of_another_dataset_is_refused(tmp_path: Path) -> None:
    first = opened(tmp_path, lb=f"{HEAD}\nS1,ALT,20,U/L,5,40,2021-03-04")
    second = opened(tmp_path, other=f"{HEAD}\nS1,ALT,20,U/L,5,40,2021-03-04")
    with pytest.raises(InputError, match="another dataset"):
        datasets.read(second, datasets.mapping(first))


# --- the mapping ---------------------------------------------------------------------------------------------------


def test_the_mapping_is_shown_and_gives_the_same_cases_when_it_is_given_back(tmp_path: Path) -> None:
    dataset = opened(tmp_path, lb=f"{HEAD},Mood\nS1,ALT,200,U/L,5,40,2021-03-04,good")
    found = datasets.mapping(dataset)
    shown = {row["column"]: row["means"] for row in found.rows()}
    assert shown["USUBJID"] == "subject" and shown["LBORNRHI"] == "lab.high"
    assert shown["Mood"] == "unknown: not read" and found.tables[0].unmapped == ("Mood",)
    again = datasets.mapping(dataset, found.yaml())
    assert again.yaml().replace("given", "") == found.yaml()
    assert datasets.read(dataset, again).cases == datasets.read(dataset, found).cases
    assert any("'Mood'" in p.message for p in datasets.read(dataset).problems)


def test_columns_of_a_wide_table_are_written_and_read_with_analyte_and_unit(tmp_path: Path) -> None:
    dataset = opened(tmp_path, a="Patient,Date,ALT (U/L),ALT ULN,Bili\nS1,2021-03-04,200,40,1.3")
    text = datasets.mapping(dataset).yaml()
    assert "ALT (U/L): lab.value of ALT in U/L" in text and "ALT ULN: lab.high of ALT" in text
    changed = text.replace("Bili: lab.value of BILI_TOT", "Bili: lab.value of BILI_DIR in mg/dL")
    (case,) = datasets.read(dataset, datasets.mapping(dataset, changed)).cases
    assert values(case) == [("ALT", "=", 200.0, "U/L"), ("BILI_DIR", "=", 1.3, "mg/dL")]


MAPPING = "dechallenge: dechallenge/mapping/1\ntables:\n  - file: a.csv\n    columns:\n"


def test_a_mapping_makes_a_dataset_of_headers_that_nobody_knows(tmp_path: Path) -> None:
    paths = put(tmp_path, a="who,what,how much,when\nS1,ALT,200,2021-03-04")
    assert datasets.recognise(paths) is None
    dataset = datasets.open_tables(paths)
    given = MAPPING + (
        "      who: subject\n      what: lab.analyte\n      how much: lab.value\n      when: lab.date\n"
        "units: {ALT: U/L}\nlimits:\n  ALT: {high: 40, unit: U/L}\n"
    )
    (case,) = datasets.read(dataset, datasets.mapping(dataset, given)).cases
    limit = one_value(case).limit
    assert values(case) == [("ALT", "=", 200.0, "U/L")]
    assert limit is not None and limit.high == 40 and limit.source == "user"
    assert limit.evidence == (EnteredEvidence(entered_by="mapping file", at="limits: ALT"),)


def test_a_given_limit_is_converted_to_the_unit_of_the_value(tmp_path: Path) -> None:
    given = "dechallenge: dechallenge/mapping/1\nlimits:\n  Bilirubin: {high: 1.0, unit: mg/dL}\n"
    case, _ = only(tmp_path, given, a="Patient,Date,Test,Result,Unit\nS1,2021-03-04,Bilirubin,34,umol/L")
    limit = one_value(case).limit
    assert limit is not None and limit.high == pytest.approx(17.1, abs=0.01)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("columns: {}", "no mapping file"),
        (MAPPING + "      who: nonsense\n", "cannot mean 'nonsense'"),
        (MAPPING + "      who: lab.value of Foozyme\n", "no analyte is called 'Foozyme'"),
        (MAPPING + "      who: lab.value of ALT in foo\n", "is no unit"),
        (MAPPING + "      nobody: subject\n", "has no column 'nobody'"),
        (MAPPING.replace("a.csv", "b.csv") + "      who: subject\n", "not in the dataset"),
        (MAPPING + "      who: subject\n    decimal: dot\n", "“decimal”"),
        (MAPPING + "      who: subject\n    first_day: 3\n", "“first_day”"),
        (MAPPING + "      who: subject\nfoo: 1\n", "knows no “foo”"),
        ("dechallenge: dechallenge/mapping/1\nlimits: {ALT: {high: 40}}\n", "needs its unit"),
        ("dechallenge: dechallenge/mapping/1\nlimits: {ALT: {high: x, unit: U/L}}\n", "no number"),
        ("dechallenge: dechallenge/mapping/1\nunits: {ALT: foo}\n", "is no unit"),
        ("dechallenge: [", "line"),
    ],
)
def test_a_mapping_file_that_cannot_be_is_refused_with_the_next_step(text: str, cause: str, tmp_path: Path) -> None:
    dataset = datasets.open_tables(put(tmp_path, a="who,what\nS1,ALT"))
    with pytest.raises(InputError, match=cause) as refused:
        datasets.mapping(dataset, text)
    assert refused.value.next_step


# --- questions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "cause", "write", "answer"),
    [
        ("Subject,Patient,ALT\nS1,P1,200", "'Subject' and 'Patient' can both be 'subject'", "Subject: subject",
         "    columns: {Subject: subject, Patient: not used}"),
        ("Patient,Date,ALT,SGPT\nS1,2021-03-04,200,200", "'ALT' and 'SGPT'", "SGPT: not used",
         "    columns: {SGPT: not used}"),
        ("Patient,Date,Test,Result\nS1,2021-03-04,PLT,\"178,000\"", "thousands or decimals", "decimal: point",
         "    decimal: point"),
        ("Patient,Date,Test,Result\nS1,2021-03-04,ALT,\"20,5\"\nS1,2021-03-05,ALT,20.5", "decimal comma", "decimal:",
         "    decimal: point"),
        ("Patient,Date,Test,Result\nS1,03/04/2021,ALT,20", "day or the month first", "dates: day first",
         "    dates: day first"),
        ("Patient,Date,Test,Result\nS1,13/04/2021,ALT,20\nS1,04/13/2021,ALT,20", "both orders", "dates:",
         "    dates: day first"),
        ("Patient,Day,Test,Result\nS1,4,ALT,20", "counts days", "first_day: 0", "    first_day: 0"),
        ("Patient,Drug,Adverse event,Start,ALT\nS1,isoniazid,rash,2021-03-04,30", "'Start' can be", "drug.start",
         "    columns: {Start: event.start}"),
    ],
)  # fmt: skip
def test_what_is_open_is_asked_and_answered_in_the_mapping_file(
    table: str, cause: str, write: str, answer: str, tmp_path: Path
) -> None:
    dataset = opened(tmp_path, a=table)
    with pytest.raises(InputError, match=cause) as refused:
        datasets.read(dataset)
    assert write in refused.value.next_step and "a.csv" in refused.value.place
    assert f"# open: a.csv: {datasets.mapping(dataset).questions[0].cause}" in datasets.mapping(dataset).yaml()
    given = f"dechallenge: dechallenge/mapping/1\ntables:\n  - file: a.csv\n{answer}\n"
    made = datasets.mapping(dataset, given)
    assert made.questions == ()
    assert len(datasets.read(dataset, made).cases) == 1


def test_the_order_of_dates_is_known_from_one_that_has_only_one(tmp_path: Path) -> None:
    case, problems = only(tmp_path, a="Patient,Date,ALT (U/L)\nS1,03/04/2021,20\nS1,14/04/2021,22")
    assert [m.time.date for m in case.measurements if m.time] == ["2021-04-03", "2021-04-14"] and not problems


# --- rows ----------------------------------------------------------------------------------------------------------


def test_bad_rows_are_named_and_kept_out_and_the_others_used(tmp_path: Path) -> None:
    case, problems = only(
        tmp_path,
        lb=f"""{HEAD}
        S1,ALT,haemolysed,U/L,5,40,2021-03-04
        S1,ALT,-3,U/L,5,40,2021-03-04
        S1,ALT,20,U/L,5,40,2021-02-30
        ,ALT,20,U/L,5,40,2021-03-04
        S1,,20,U/L,5,40,2021-03-04
        S1,ALT,,U/L,5,40,2021-03-04
        S1,ALT,<7,U/L,60,40,2021-03-05
        S1,AST,NOT DONE,U/L,,,2021-03-05""",
    )
    assert values(case) == [("ALT", "<", 7.0, "U/L")] and one_value(case).limit is None
    assert [p.split(": ", 1)[1] for p in problems] == [
        "row 5, column USUBJID: no subject; kept out",
        "row 2, column LBORRES: 'haemolysed' is no value of ALT; it was kept out",
        "row 3, column LBORRES: '-3' is no value of ALT; it was kept out",
        "row 4, column LBDTC: '2021-02-30' is no date that can be read; what it dates was kept out",
        "row 6: no analyte is named; the row was kept out",
        "row 8, column LBORNRHI: '40' is below the lower limit 60; the limits were left out",
    ]


def test_a_line_with_too_many_cells_is_no_row(tmp_path: Path) -> None:
    """A decimal comma between commas would move every cell behind it."""
    case, problems = only(tmp_path, lb=f"{HEAD}\nS1,ALT,20,U/L,5,40,2021-03-04\nS1,BILI,0,6,mg/dL,0,1,2021-03-04")
    assert values(case) == [("ALT", "=", 20.0, "U/L")]
    assert problems == ["lb.csv: row 3: it has 8 cells, the header has 7; it was kept out"]


def test_rows_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Made by us\n\nPatient;Date;Remark;ALT\nS1;2021-03-04;"two\nlines";20\n\nS1;2021-03-05;;x\n')
    dataset = datasets.recognise([path])
    assert dataset is not None
    reading = datasets.read(dataset)
    (value,) = reading.cases[0].measurements
    cells = [e for e in value.evidence if isinstance(e, CellEvidence)]
    assert [(e.sheet, e.row, e.column, e.quote) for e in cells] == [("a.csv", 4, "ALT", "20")]
    assert any("row 7, column ALT" in p.message for p in reading.problems)


def test_unknown_analytes_and_units_are_kept_and_counted(tmp_path: Path) -> None:
    case, problems = only(
        tmp_path,
        lb=f"""{HEAD}
        S1,FOOZ,3,U/L,,,2021-03-04
        S1,FOOZ,4,U/L,,,2021-03-05
        S1,ALT,20,furlong,5,40,2021-03-05
        S1,ALT,20,mg/dL,5,40,2021-03-06""",
    )
    assert values(case) == [("FOOZ", "=", 3.0, "U/L"), ("FOOZ", "=", 4.0, "U/L"), ("ALT", "=", 20.0, ""),
                            ("ALT", "=", 20.0, "mg/dL")]  # fmt: skip
    assert all(m.canonical is None for m in case.measurements)
    assert any("'FOOZ' is not known; kept by its name (2 rows)" in p for p in problems)
    assert any("ALT is never given in 'mg/dL'" in p for p in problems) and any("'furlong'" in p for p in problems)
    assert datasets.mapping(opened(tmp_path, lb=f"{HEAD}\nS1,FOOZ,3,U/L,,,")).unknown == {"FOOZ": 1}


def test_a_value_without_a_unit_is_flagged_and_told(tmp_path: Path) -> None:
    case, problems = only(tmp_path, a="Patient,Date,ALT\nS1,2021-03-04,20")
    assert [f.kind for f in one_value(case).flags] == ["unit assumed"]
    assert any("ALT has no unit" in p for p in problems)


def test_words_are_results_and_tests_have_states(tmp_path: Path) -> None:
    case, problems = only(
        tmp_path,
        lb=f"""{HEAD},LBSTAT
        S1,ALT,normal,,,,2021-03-04,
        S1,HBSAG,NEGATIVE,,,,2021-03-04,
        S1,HAVIGM,,,,,2021-03-04,NOT DONE""",
    )
    assert [(m.analyte, m.qualitative) for m in case.measurements] == [("ALT", "normal")] and not problems
    assert ("HBsAg", "negative") in [(t.test, t.state) for t in case.tests]


def test_other_fluids_are_not_blood(tmp_path: Path) -> None:
    case, _ = only(tmp_path, lb=f"{HEAD},LBSPEC\nS1,GLUC,20,mg/dL,,,2021-03-04,URINE")
    assert one_value(case).analyte == "GLUC (URINE)"


def test_words_of_other_fluids_are_told_by_their_number_and_an_inr_needs_no_unit(tmp_path: Path) -> None:
    case, problems = only(
        tmp_path,
        lb=f"""{HEAD},LBSPEC
        S1,INR,1.4,RATIO,0.8,1.2,2021-03-04,PLASMA
        S1,COLOR,YELLOW,,,,2021-03-04,URINE
        S1,COLOR,AMBER,,,,2021-03-05,URINE
        S1,BILI,NEGATIVE,,,,2021-03-04,URINE
        S1,NEUTLE,62,%,,,2021-03-04,BLOOD""",
    )
    assert values(case) == [("INR", "=", 1.4, ""), ("NEUT_PCT", "=", 62.0, "%")]
    assert [(t.test, t.state) for t in case.tests] == [("BILI (URINE)", "negative")]
    assert sum("results of COLOR (URINE) in words" in p and "(2 rows)" in p for p in problems) == 1


def test_a_value_that_stands_twice_is_one_with_both_cells(tmp_path: Path) -> None:
    case, _ = only(tmp_path, lb=f"{HEAD}\nS1,ALT,20,U/L,5,40,2021-03-04\nS1,ALT,20,U/L,5,40,2021-03-04")
    rows = {e.row for e in one_value(case).evidence if isinstance(e, CellEvidence)}
    assert rows == {2, 3}


def test_the_text_of_a_result_goes_before_its_figure_only_with_a_comparator(tmp_path: Path) -> None:
    table = "USUBJID,PARAMCD,PARAM,AVAL,AVALC,ADT\nS1,ALT,ALT (U/L),5,<5,2021-03-04\nS1,ALT,ALT (U/L),20,LOW,2021-03-05"
    case, _ = only(tmp_path, adlb=table)
    assert values(case) == [("ALT", "<", 5.0, "U/L"), ("ALT", "=", 20.0, "U/L")]


def test_original_results_go_with_their_own_limits(tmp_path: Path) -> None:
    case, _ = only(
        tmp_path,
        lb="USUBJID,LBTESTCD,LBORRES,LBORRESU,LBORNRHI,LBSTRESN,LBSTRESU,LBSTNRHI\nS1,BILI,34,umol/L,17,2,mg/dL,1",
    )
    found = one_value(case)
    assert (found.value, found.unit, found.limit and found.limit.high) == (34.0, "umol/L", 17.0)
    assert found.canonical == pytest.approx(1.99, abs=0.01)


def test_a_limit_in_another_unit_than_its_value_is_left_out(tmp_path: Path) -> None:
    table = "Patient,Date,Bilirubin (umol/L),Bilirubin ULN (mg/dL)\nS1,2021-03-04,34,1.2"
    case, problems = only(tmp_path, a=table)
    assert one_value(case).limit is None
    assert any("is a limit in mg/dL, the value is in umol/L" in p for p in problems)


def test_imputed_records_are_no_measurements(tmp_path: Path) -> None:
    head = "USUBJID,PARAMCD,PARAM,AVAL,ADT,DTYPE"
    case, problems = only(
        tmp_path, adlb=f"{head}\nS1,ALT,ALT (U/L),20,2021-03-04,\nS1,ALT,ALT (U/L),20,2021-03-09,LOCF"
    )
    assert len(case.measurements) == 1 and any("imputed" in p for p in problems)


# --- subjects ------------------------------------------------------------------------------------------------------

EX = "USUBJID,EXTRT,EXDOSE,EXDOSU,EXSTDTC,EXENDTC"
AE = "USUBJID,AEDECOD,AESTDTC,AEENDTC,AESER,AEOUT,AEACN,AEREL"


def test_drug_reaction_and_person_are_joined_by_subject(tmp_path: Path) -> None:
    case, problems = only(
        tmp_path,
        ae=f"{AE}\nS1,Hepatitis,2021-03-04,2021-04-20,Y,RECOVERED/RESOLVED,DRUG WITHDRAWN,POSSIBLE",
        cm="USUBJID,CMDECOD,CMSTDTC,CMENDTC\nS1,PARACETAMOL,2021-01-01,",
        dm="USUBJID,SEX,AGE,AGEU,COUNTRY\nS1,F,54,YEARS,CH",
        ex=f"{EX}\nS1,DICLOFENAC,50,mg,2021-02-01,2021-03-06",
        lb=f"{HEAD}\nS1,ALT,200,U/L,5,40,2021-03-04",
    )
    assert not problems
    (event,) = case.events
    assert (event.kind, event.outcome, event.seriousness) == ("liver injury", "recovered", ("serious",))
    assert event.onset is not None and (event.onset.low, event.onset.date) == (31.0, "2021-03-04")
    assert event.recovery_from_stop is not None and event.recovery_from_stop.low == 45.0
    roles = {k.drug: (k.role, k.basis) for k in case.links}
    assert roles == {"diclofenac": ("suspect", "blamed"), "paracetamol": ("concomitant", "timing")}
    stop = next(a for a in case.actions if a.kind == "stopped")
    assert stop.reason == "adverse reaction" and stop.time is not None and stop.time.low == 33.0
    assert case.patient.sex == "female" and case.patient.age is not None and case.patient.age.value == 54
    assert [(s.kind, s.result, s.drug) for s in case.statements] == [("causality", "POSSIBLE", "diclofenac")]
    assert case.report.sender_id == "S1" and case.report.country == "CH"


def test_a_drug_that_went_on_has_no_stop(tmp_path: Path) -> None:
    case, _ = only(
        tmp_path,
        ae=f"{AE}\nS1,Hepatitis,2021-03-04,,N,,DOSE NOT CHANGED,N",
        ex=f"{EX}\nS1,DICLOFENAC,50,mg,2021-02-01,2021-09-06",
    )
    assert case.exposures[0].stop is None and case.exposures[0].ongoing is True
    assert [a.kind for a in case.actions] == ["started", "continued"]


def test_periods_of_a_drug_are_courses_and_changes_of_dose(tmp_path: Path) -> None:
    case, _ = only(
        tmp_path,
        ae=f"{AE}\nS1,Hepatitis,2021-02-20,,N,,,",
        ex=f"""{EX}
        S1,DICLOFENAC,50,mg,2021-02-01,2021-02-10
        S1,DICLOFENAC,25,mg,2021-02-11,2021-02-22
        S1,DICLOFENAC,0,mg,2021-02-23,2021-03-30
        S1,DICLOFENAC,50,mg,2021-04-01,2021-04-02""",
    )
    assert [(a.kind, a.time and a.time.low) for a in case.actions] == [
        ("started", 0.0), ("reduced", 10.0), ("stopped", 21.0), ("restarted", 59.0), ("stopped", 60.0)]  # fmt: skip
    assert [x.start and x.start.low for x in case.exposures] == [0.0, 59.0]


def test_weekly_doses_are_one_course(tmp_path: Path) -> None:
    rows = "\n".join(f"S1,ADALIMUMAB,40,mg,2021-02-{day:02d},2021-02-{day:02d}" for day in (1, 8, 15, 22))
    case, _ = only(tmp_path, ex=f"{EX}\n{rows}", lb=f"{HEAD}\nS1,ALT,20,U/L,5,40,2021-03-04")
    (exposure,) = case.exposures
    assert [t.low for t in exposure.administrations] == [0.0, 7.0, 14.0, 21.0]


def test_a_drug_first_given_after_the_reaction_is_no_suspect(tmp_path: Path) -> None:
    case, _ = only(
        tmp_path,
        ae=f"{AE}\nS1,Hepatitis,2021-03-04,,N,,,",
        ex=f"{EX}\nS1,ISONIAZID,300,mg,2021-02-01,2021-03-06\nS1,PREDNISONE,50,mg,2021-03-10,2021-03-20",
    )
    assert {k.drug: k.role for k in case.links} == {"isoniazid": "suspect", "prednisone": "treatment"}


def test_days_of_the_study_have_no_day_nought(tmp_path: Path) -> None:
    lb = "USUBJID,LBTESTCD,LBORRES,LBORRESU,LBORNRHI,LBDY\nS1,ALT,20,U/L,40,-1\nS1,ALT,200,U/L,40,1\nS1,ALT,90,U/L,40,8"
    case, problems = only(tmp_path, lb=lb, ex="USUBJID,EXTRT,EXSTDY,EXENDY\nS1,isoniazid,1,5")
    assert [(m.time.low, m.time.point) for m in case.measurements if m.time] == [(-1, -1), (0, 0), (7, 7)]
    assert case.exposures[0].stop is not None and case.exposures[0].stop.low == 4
    assert not problems


def test_days_and_dates_meet_on_the_reference_date(tmp_path: Path) -> None:
    case, _ = only(
        tmp_path,
        dm="USUBJID,SEX,AGE,RFSTDTC\nS1,M,40,2021-02-01",
        ex="USUBJID,EXTRT,EXSTDTC\nS1,isoniazid,2021-02-03",
        lb="USUBJID,LBTESTCD,LBORRES,LBORRESU,LBDY\nS1,ALT,20,U/L,5",
    )
    time = one_value(case).time
    assert time is not None and (time.low, time.date) == (2.0, "")


def test_partial_dates_stay_partial(tmp_path: Path) -> None:
    case, _ = only(
        tmp_path,
        ex="USUBJID,EXTRT,EXSTDTC\nS1,isoniazid,2021-02",
        lb=f"{HEAD}\nS1,ALT,20,U/L,5,40,2021-03-04",
    )
    time = one_value(case).time
    assert time is not None and (time.low, time.high, time.point) == (4.0, 31.0, None)


def test_a_reaction_that_was_there_before_the_drug_is_not_derived(tmp_path: Path) -> None:
    tables = {
        "ex": f"{EX}\nS1,ISONIAZID,300,mg,2021-02-01,2021-03-06",
        "lb": f"{HEAD}\nS1,ALT,300,U/L,5,40,2021-01-30\nS1,ALT,310,U/L,5,40,2021-02-20",
    }
    case, _ = only(tmp_path, **tables)
    assert case.events == () and any("already before the first dose" in note for note in case.notes)


def test_a_value_that_stands_twice_still_dates_the_reaction_it_shows(tmp_path: Path) -> None:
    case, _ = only(
        tmp_path,
        ex=f"{EX}\nS1,ISONIAZID,300,mg,2021-02-01,2021-03-06",
        lb=f"{HEAD}\nS1,ALT,300,U/L,5,40,2021-03-04\nS1,ALT,300,U/L,5,40,2021-03-04\nS1,ALT,22,U/L,5,40,2021-04-20",
    )
    (event,) = case.events
    assert event.onset is not None and event.onset.date == "2021-03-04"
    assert event.outcome == "recovered" and event.recovery_from_stop is not None
    assert event.recovery_from_stop.low == 45.0


def test_nothing_is_derived_where_the_mapping_forbids_it(tmp_path: Path) -> None:
    given = "dechallenge: dechallenge/mapping/1\nevents_from_values: false\n"
    case, _ = only(tmp_path, given, lb=f"{HEAD}\nS1,ALT,300,U/L,5,40,2021-03-04")
    assert case.events == () and any("enter the event" in note for note in case.notes)


def test_one_bad_subject_never_stops_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = opened(tmp_path, lb=f"{HEAD}\nS1,ALT,20,U/L,5,40,\nS2,ALT,20,U/L,5,40,\nS3,ALT,20,U/L,5,40,")
    whole = reading_of.build

    def build(subject: object, number: int, *, from_values: bool) -> Case:
        if getattr(subject, "id", "") == "S2":
            raise ValueError("broken")
        return whole(subject, number, from_values=from_values)  # type: ignore[arg-type]

    monkeypatch.setattr(reading_of, "build", build)
    reading = datasets.read(dataset)
    assert [case.report.sender_id for case in reading.cases] == ["S1", "S3"]
    assert [p.kind for p in reading.problems] == ["internal"] and "S2" in reading.problems[0].message


def test_a_table_without_subjects_and_an_empty_mapping_are_told(tmp_path: Path) -> None:
    dataset = datasets.open_tables(put(tmp_path, a="Test,Result\nALT,20"))
    with pytest.raises(InputError, match="which subject") as refused:
        datasets.read(dataset)
    assert "mapping file" in refused.value.next_step
    second = opened(tmp_path, b=f"{HEAD}\nS1,ALT,20,U/L,5,40,", c="Analyte,Range\nALT,5-40")
    assert any("names no subject" in p.message for p in datasets.read(second).problems)


def test_more_rows_than_can_be_kept_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_of, "MOST_GATHERED", 2)
    rows = ["S1,ALT,20,U/L,5,40,", "S2,ALT,20,U/L,5,40,", "S1,AST,20,U/L,5,40,"]
    mixed = opened(tmp_path, lb="\n".join([HEAD, *rows]))
    with pytest.raises(InputError, match=r"3 rows have to be kept.*Sort the largest table"):
        datasets.read(mixed)
    together = opened(tmp_path, lb="\n".join([HEAD, *sorted(rows)]))
    assert len(datasets.read(together).cases) == 2


def test_documents_show_the_rows_and_carry_the_digest_of_the_file(tmp_path: Path) -> None:
    dataset = opened(tmp_path, lb=f"{HEAD}\nS1,ALT,20,U/L,5,40,2021-03-04")
    (document,) = datasets.read(dataset).documents
    assert document.sha256 == hashlib.sha256((tmp_path / "lb.csv").read_bytes()).hexdigest()
    assert "2\tS1\tALT\t20\tU/L" in document.text
