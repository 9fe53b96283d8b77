"""Loading quarters: both layouts, broken rows, what is refused, and nothing half-written that looks whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from dechallenge.errors import InputError
from dechallenge.population.loading import Progress, load
from dechallenge.population.store import Store
from tests.unit.population_files import AERS, DELETED, FAERS, changed, write_quarter, zipped


def rows(store: Store, query: str) -> list[Any]:
    return store.connect(threads=1).execute(query).fetchall()


@pytest.fixture
def both(tmp_path: Path) -> Store:
    write_quarter(tmp_path / "in", "2009Q2", AERS)
    write_quarter(tmp_path / "in", "2014Q1", FAERS, deleted=DELETED, newline="\r\n")
    return load([tmp_path / "in"], tmp_path / "store", threads=1)


def test_both_layouts_become_the_same_tables(both: Store) -> None:
    found = rows(
        both, "SELECT report_id, case_id, source, quarter, sex, age_band, country FROM reports ORDER BY report"
    )
    assert found == [
        ("5000001", "7000001", "AERS", "2009Q2", "F", "45-64", "US"),
        ("5000002", "7000002", "AERS", "2009Q2", "M", "28 days-23 months", "FR"),
        ("5000003", None, "AERS", "2009Q2", None, None, "JP"),
        ("5000004", None, "AERS", "2009Q2", "F", None, "IT"),
        ("70000012", "7000001", "FAERS", "2014Q1", "F", "45-64", "US"),
        ("80000011", "8000001", "FAERS", "2014Q1", "M", "45-64", "GB"),
        ("80000012", "8000001", "FAERS", "2014Q1", "M", "45-64", "GB"),
        ("80000021", "8000002", "FAERS", "2014Q1", "F", "18-44", "DE"),
        ("80000031", "8000003", "FAERS", "2014Q1", "F", "18-44", "DE"),
        ("80000041", "8000004", "FAERS", "2014Q1", "F", None, "US"),
    ]
    assert both.complete
    assert both.manifest()["rows"] == {"deleted": 2, "drugs": 12, "events": 12, "reports": 10}


def test_a_drug_carries_its_therapy_and_indication(both: Store) -> None:
    query = (
        "SELECT role, name, dose, dechallenge, rechallenge, start, stop, duration_days, indication FROM drugs "
        "WHERE name = 'KINERET' AND part = 20092"
    )
    expected = ("PS", "KINERET", "100 MG DAILY", "Y", "N", "2009-02-10", "2009-03-12", 30.0)
    assert rows(both, query) == [(*expected, "STILL'S DISEASE ADULT ONSET")]


def test_dates_keep_their_precision_and_impossible_values_are_counted(both: Store) -> None:
    dates = rows(both, "SELECT event_date FROM reports WHERE source = 'AERS' ORDER BY report")
    assert dates == [("2009-03-10",), ("2009-02",), (None,), (None,)]
    demo = next(f for part in both.parts() for f in part.files if "DEMO09" in f.file)
    # 300 years; 70 without a unit; the thirteenth month.
    assert demo.unread == {"age": 2, "event_dt": 1}


def test_outcomes_and_weight(both: Store) -> None:
    found = rows(both, "SELECT outcomes, round(weight_kg, 1), sources FROM reports WHERE report_id = '5000001'")
    assert found == [("HO|OT", 59.9, "HP")]


BROKEN: list[tuple[str, str, str, str, dict[str, int], dict[str, int]]] = [
    (
        "an empty field too many",
        "REAC",
        "5000002$RASH$",
        "5000002$RASH$$",
        {},
        {"empty fields behind the last one dropped": 1},
    ),
    (
        "an empty field too few",
        "REAC",
        "5000002$RASH$",
        "5000002$RASH",
        {},
        {"separator behind the last field added": 1},
    ),
    (
        "a line break inside a field",
        "DRUG",
        "AMOXICILLIN AND CLAVULANATE",
        "AMOXICILLIN AND\nCLAVULANATE",
        {},
        {"line break inside a field": 1},
    ),
    (
        "two line breaks inside a row",
        "DRUG",
        "AMOXICILLIN AND CLAVULANATE POTASSIUM$1$ORAL",
        "AMOXICILLIN AND\nCLAVULANATE POTASSIUM$1$OR\nAL",
        {},
        {"line break inside a field": 1},
    ),
    (
        "no line break between two rows",
        "DRUG",
        "POTASSIUM$1$ORAL$$$$$$$\n5000003",
        "POTASSIUM$1$ORAL$$$$$$$5000003",
        {},
        {"missing line break between two rows": 2},
    ),
    ("a row without a number", "REAC", "5000002$RASH$", "X$RASH$", {"the number of the report is not a number": 1}, {}),
    (
        "a number with a letter",
        "REAC",
        "5000002$RASH$",
        "50x0002$RASH$",
        {"the number of the report is not a number": 1},
        {},
    ),
    (
        "a row that is cut",
        "DRUG",
        "5000003$1004$SS$ZZUNKNOWNOL$2$ORAL$$U$U$$$$",
        "5000003$1004$SS",
        {"too few fields": 1},
        {},
    ),
    ("an empty line", "REAC", "5000002$RASH$", "\n5000002$RASH$", {"empty line": 1}, {}),
    ("a NUL byte", "REAC", "5000002$RASH$", "5000002$RA\0SH$", {}, {"NUL byte removed": 1}),
]


@pytest.mark.parametrize(
    ("table", "old", "new", "aside", "repaired"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN]
)
def test_known_broken_rows_are_repaired_or_set_aside(
    tmp_path: Path, table: str, old: str, new: str, aside: dict[str, int], repaired: dict[str, int]
) -> None:
    write_quarter(tmp_path / "in", "2009Q2", changed(AERS, table, old, new))
    store = load([tmp_path / "in"], tmp_path / "store", threads=1)
    assert (store.manifest()["set_aside"], store.manifest()["repaired"]) == (aside, repaired)
    lost = sum(aside.values()) - aside.get("empty line", 0)
    assert store.manifest()["rows"]["drugs"] + store.manifest()["rows"]["events"] == 10 - lost
    if not aside:
        names = rows(store, "SELECT name FROM drugs UNION ALL SELECT event FROM events ORDER BY ALL")
        assert ("AMOXICILLIN AND CLAVULANATE POTASSIUM",) in names or "OR\nAL" in new
        assert ("RASH",) in names


def test_a_row_set_aside_says_where_and_why(tmp_path: Path) -> None:
    broken = changed(AERS, "DRUG", "5000003$1004$SS$ZZUNKNOWNOL$2$ORAL$$U$U$$$$", "5000003$1004$SS")
    write_quarter(tmp_path / "in", "2009Q2", broken)
    (row,) = load([tmp_path / "in"], tmp_path / "store", threads=1).set_aside()
    assert (row.line, row.reason, row.text) == (5, "too few fields", "5000003$1004$SS")
    assert row.file.endswith("DRUG09Q2.txt")


def test_a_number_with_a_letter_says_its_line(tmp_path: Path) -> None:
    write_quarter(tmp_path / "in", "2009Q2", changed(AERS, "DEMO", "5000002$7000002", "50x0002$7000002"))
    store = load([tmp_path / "in"], tmp_path / "store", threads=1)
    (row,) = store.set_aside()
    assert (row.line, row.text.split("$")[0]) == (3, "50x0002")
    assert store.manifest()["rows"]["reports"] == 3
    assert next(file.rows for part in store.parts() for file in part.files if file.table == "DEMO") == 3


def test_pieces_that_could_be_two_rows_are_not_joined(tmp_path: Path) -> None:
    # Both pieces begin like a row: one way to see them is two broken rows.
    broken = changed(AERS, "DRUG", "5000003$1004$SS$ZZUNKNOWNOL$2$ORAL$", "5000003$1004$SS\n5000009$2$ORAL$")
    write_quarter(tmp_path / "in", "2009Q2", broken)
    assert load([tmp_path / "in"], tmp_path / "store", threads=1).manifest()["set_aside"] == {"too few fields": 2}


def test_a_separator_inside_a_field_is_repaired_where_one_way_fits(tmp_path: Path) -> None:
    broken = changed(FAERS, "REAC", "80000021$8000002$Nausea$", "80000021$8000002$Nau$se$a$")
    write_quarter(tmp_path / "in", "2014Q1", broken)
    store = load([tmp_path / "in"], tmp_path / "store", threads=1)
    # `Nau se a` and nothing, or `Nau` and `se a`: two ways, so it is set aside.
    assert store.manifest()["set_aside"] == {"too many fields": 1}
    # In a row of DRUG the fields behind it say where it is: a code must be a code, a number a number.
    broken = changed(AERS, "DRUG", "5000001$1001$PS$KINERET$1", "5000001$1001$PS$KINE$RET$1")
    write_quarter(tmp_path / "in2", "2009Q2", broken)
    store = load([tmp_path / "in2"], tmp_path / "store2", threads=1)
    assert store.manifest()["repaired"] == {"separator inside a field": 1}
    assert ("KINE RET",) in rows(store, "SELECT name FROM drugs")


def test_bytes_that_are_not_utf8_are_read(tmp_path: Path) -> None:
    folder = write_quarter(tmp_path / "in", "2009Q2", AERS)
    file = next(folder.rglob("REAC*"))
    file.write_bytes(file.read_bytes().replace(b"RASH", b"\xc9RUPTION"))
    store = load([folder], tmp_path / "store", threads=1)
    assert ("ÉRUPTION",) in rows(store, "SELECT event FROM events")
    assert store.manifest()["repaired"] == {"not UTF-8, read as Latin-1": 1}


def test_an_archive_gives_what_its_folder_gives(tmp_path: Path) -> None:
    folder = write_quarter(tmp_path / "in", "2014Q1", FAERS, deleted=DELETED, newline="\r\n")
    one = load([folder], tmp_path / "one", threads=1)
    two = load([zipped(folder)], tmp_path / "two", threads=1)
    for table in ("reports", "drugs", "events", "deleted"):
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert rows(one, query) == rows(two, query)


REFUSED: list[tuple[str, Callable[[Mapping[str, str]], Mapping[str, str]], str, str]] = [
    (
        "cut off",
        lambda t: {**t, "DRUG": t["DRUG"].rstrip("\n")[:-14]},
        "ends in the middle of a row",
        "download it again",
    ),
    ("wrong delimiter", lambda t: {**t, "DEMO": t["DEMO"].replace("$", ",")}, "separated by ','", "mapping"),
    ("unknown column", lambda t: changed(t, "REAC", "ISR$PT", "ISR$PT$COLOUR"), "unknown column colour", "isr, pt"),
    ("column missing", lambda t: changed(t, "REAC", "ISR$PT", "ISR"), "names 1 columns|separated", ""),
    ("empty file", lambda t: {**t, "REAC": ""}, "the file is empty", "Download it again"),
    ("header of another table", lambda t: {**t, "REAC": t["OUTC"]}, "unknown column outc_cod", ""),
    ("a table missing", lambda t: {k: v for k, v in t.items() if k != "REAC"}, "has no REAC file", "one folder"),
]


@pytest.mark.parametrize(("break_it", "cause", "step"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_bad_file_is_refused_and_leaves_nothing_whole(
    tmp_path: Path, break_it: Callable[[Mapping[str, str]], Mapping[str, str]], cause: str, step: str
) -> None:
    write_quarter(tmp_path / "in", "2009Q2", break_it(AERS))
    with pytest.raises(InputError, match=cause) as caught:
        load([tmp_path / "in"], tmp_path / "store", threads=1)
    assert step in caught.value.next_step
    assert not (tmp_path / "store").exists()


def test_a_bad_quarter_does_not_stop_the_others(tmp_path: Path) -> None:
    write_quarter(tmp_path / "in", "2009Q2", {**AERS, "REAC": ""})
    write_quarter(tmp_path / "in", "2014Q1", FAERS)
    (tmp_path / "in" / "cut.zip").write_bytes(b"PK\x03\x04 not an archive")
    store = load([tmp_path / "in"], tmp_path / "store", threads=1)
    manifest = store.manifest()
    assert manifest["state"] == "incomplete" and not store.complete
    assert [p["message"] for p in manifest["problems"]][1] == "the file is empty."
    assert "cut off or damaged" in manifest["problems"][0]["message"]
    assert [part["name"] for part in manifest["parts"]] == ["faers-2014Q1"]
    # Mended, only what is missing is loaded.
    broken = next((tmp_path / "in").rglob("REAC09*"))
    broken.write_text(AERS["REAC"], encoding="utf-8")
    (tmp_path / "in" / "cut.zip").unlink()
    seen: list[Progress] = []
    assert load([tmp_path / "in"], tmp_path / "store", threads=1, progress=seen.append).complete
    assert [(p.part, p.what) for p in seen if p.what != "loading"] == [
        ("2009Q2", "loaded"),
        ("2014Q1", "already loaded"),
    ]


def test_a_file_that_changed_is_loaded_again(tmp_path: Path) -> None:
    folder = write_quarter(tmp_path / "in", "2009Q2", AERS)
    load([folder], tmp_path / "store", threads=1)
    file = next(folder.rglob("REAC*"))
    file.write_text(AERS["REAC"] + "5000004$PYREXIA$\n", encoding="utf-8")
    assert load([folder], tmp_path / "store", threads=1).manifest()["rows"]["events"] == 6


def test_loading_again_changes_no_byte(tmp_path: Path) -> None:
    folder = write_quarter(tmp_path / "in", "2009Q2", AERS)
    first = load([folder], tmp_path / "store", threads=1).manifest_path.read_bytes()
    assert load([folder], tmp_path / "store", threads=1).manifest_path.read_bytes() == first


def test_a_new_column_can_be_left_out(tmp_path: Path) -> None:
    text = AERS["REAC"].replace("ISR$PT", "ISR$PT$COLOUR").replace("$\n", "$RED\n")
    write_quarter(tmp_path / "in", "2009Q2", {**AERS, "REAC": text})
    store = load([tmp_path / "in"], tmp_path / "store", threads=1, ignore_unknown_columns=True)
    assert store.manifest()["rows"]["events"] == 5


def test_a_quarter_twice_is_refused(tmp_path: Path) -> None:
    write_quarter(tmp_path / "one", "2009Q2", AERS)
    write_quarter(tmp_path / "two", "2009Q2", AERS)
    with pytest.raises(InputError, match="two files hold the DEMO table of 2009Q2"):
        load([tmp_path / "one", tmp_path / "two"], tmp_path / "store", threads=1)


def test_nothing_known(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no table", encoding="utf-8")
    with pytest.raises(InputError, match="no reports of a known database"):
        load([tmp_path / "notes.txt"], tmp_path / "store", threads=1)
    with pytest.raises(InputError, match="no such file or folder"):
        load([tmp_path / "absent"], tmp_path / "store", threads=1)
    with pytest.raises(InputError, match="not a store of reports"):
        Store.open(tmp_path)


def test_vaers_as_it_is_published(tmp_path: Path) -> None:
    folder = tmp_path / "vaers"
    folder.mkdir()
    (folder / "2014VAERSDATA.csv").write_bytes(
        b"VAERS_ID,RECVDATE,STATE,AGE_YRS,SEX,SYMPTOM_TEXT,ONSET_DATE\r\n"
        b'0900001,05/14/2014,TX,34.0,F,"Sore arm, then\r\nfever \xb0C",05/12/2014\r\n'
        b"0900002,11/02/2014,,,U,none,\r\n"
    )
    (folder / "2014VAERSVAX.csv").write_text(
        "VAERS_ID,VAX_TYPE,VAX_MANU,VAX_NAME\n0900001,FLU4,MAKER,FLU (ONE)\n0900002,HEP,MAKER,HEP B (TWO)\n",
        encoding="utf-8",
    )
    (folder / "2014VAERSSYMPTOMS.csv").write_text(
        "VAERS_ID,SYMPTOM1,SYMPTOMVERSION1,SYMPTOM2,SYMPTOMVERSION2\n"
        "0900001,Pain in extremity,17.0,Pyrexia,17.0\n0900001,Chills,17.0,,\n0900002,Rash,17.0,,\n",
        encoding="utf-8",
    )
    store = load([folder], tmp_path / "store", threads=1)
    assert rows(
        store, "SELECT report_id, quarter, received, event_date, sex, age_band FROM reports ORDER BY report"
    ) == [
        ("0900001", "2014Q2", "2014-05-14", "2014-05-12", "F", "18-44"),
        ("0900002", "2014Q4", "2014-11-02", None, None, None),
    ]
    assert rows(store, "SELECT name FROM drugs ORDER BY name") == [("FLU (ONE)",), ("HEP B (TWO)",)]
    events = [("Chills",), ("Pain in extremity",), ("Pyrexia",), ("Rash",)]
    assert rows(store, "SELECT event FROM events ORDER BY event") == events
    assert store.manifest()["repaired"] == {"not UTF-8, read as Latin-1": 1}


def vaers(folder: Path) -> Path:
    """Two years cut to the columns that count; the guide of the database names them."""
    folder.mkdir()
    (folder / "2022VAERSDATA.csv").write_text(
        "VAERS_ID,RECVDATE,STATE,AGE_YRS,SEX,SYMPTOM_TEXT,DIED,DATEDIED,L_THREAT,ER_VISIT,HOSPITAL,HOSPDAYS,X_STAY,"
        "DISABLE,RECOVD,VAX_DATE,ONSET_DATE,NUMDAYS,BIRTH_DEFECT,OFC_VISIT,ER_ED_VISIT\n"
        "1900001,02/01/2022,TX,34,F,a,,,Y,,Y,2,Y,,Y,01/10/2022,01/13/2022,3,,,Y\n"
        "1900002,02/01/2022,TX,70,M,b,Y,01/20/2022,,,,,,,N,01/10/2022,01/10/2022,0,,,\n"
        "1900003,02/02/2022,TX,50,F,c,,,,,,,,,U,01/12/2022,,,,Y,\n"
        "1900004,02/02/2022,TX,51,F,d,,,,,,,,Y,,,01/20/2022,,,,\n",
        encoding="utf-8",
    )
    (folder / "2022VAERSVAX.csv").write_text(
        "VAERS_ID,VAX_TYPE,VAX_MANU,VAX_LOT,VAX_NAME\n1900001,FLU4,M,1,FLU (ONE)\n1900001,HEP,M,2,HEP B (TWO)\n"
        "1900002,FLU4,M,1,FLU (ONE)\n1900003,FLU4,M,1,FLU (ONE)\n1900004,FLU4,M,1,FLU (ONE)\n",
        encoding="utf-8",
    )
    (folder / "2022VAERSSYMPTOMS.csv").write_text(
        "VAERS_ID,SYMPTOM1,SYMPTOMVERSION1\n" + "".join(f"190000{n},Neutropenia,24.1\n" for n in (1, 2, 3, 4)),
        encoding="utf-8",
    )
    return folder


def test_vaers_has_outcomes_recovery_and_the_day_of_vaccination(tmp_path: Path) -> None:
    store = load([vaers(tmp_path / "vaers")], tmp_path / "store", threads=1)
    assert rows(store, "SELECT report_id, outcomes FROM reports ORDER BY report") == [
        ("1900001", "ED|HO|LT|RC"),
        ("1900002", "DE|NR"),
        ("1900003", "OV"),  # a recovery that is unknown is not one that did not happen
        ("1900004", "DS"),
    ]
    # One date for the report: that of every vaccine on it; none is made up where there is none.
    assert rows(store, "SELECT name, start FROM drugs ORDER BY report, name") == [
        ("FLU (ONE)", "2022-01-10"),
        ("HEP B (TWO)", "2022-01-10"),
        ("FLU (ONE)", "2022-01-10"),
        ("FLU (ONE)", "2022-01-12"),
        ("FLU (ONE)", None),
    ]


def test_caers_as_it_is_published(tmp_path: Path) -> None:
    path = tmp_path / "CAERS.csv"
    path.write_text(
        "RA_Report #,RA_CAERS Created Date,AEC_Event Start Date,PRI_Product Role,PRI_Reported Brand/Product Name,"
        "CI_Age at Adverse Event,CI_Age Unit,CI_Gender,AEC_One Row Outcomes,SYM_One Row Coded Symptoms\n"
        '9001,1/2/2015,12/30/2014,Suspect,"DRINK, ONE",18,Month(s),Female,Hospitalization,"NAUSEA, RASH"\n'
        "9001,1/2/2015,12/30/2014,Concomitant,TEA,18,Month(s),Female,Hospitalization,NAUSEA\n",
        encoding="utf-8",
    )
    store = load([path], tmp_path / "store", threads=1)
    query = "SELECT report_id, quarter, event_date, sex, age_years, age_band, outcomes FROM reports"
    expected = ("9001", "2015Q1", "2014-12-30", "F", 1.5, "28 days-23 months", "Hospitalization")
    assert rows(store, query) == [expected]
    assert rows(store, "SELECT role, name FROM drugs ORDER BY name") == [("PS", "DRINK, ONE"), ("C", "TEA")]
    assert rows(store, "SELECT event FROM events ORDER BY event") == [("NAUSEA",), ("RASH",)]
