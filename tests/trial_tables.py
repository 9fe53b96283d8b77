"""Writes the subjects of `tests.trial` as tables: long, wide, workbook, Parquet, SDTM and ADaM names."""

from __future__ import annotations

import csv
import importlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.trial import NAMES, UNITS, Person, figure

Row = Sequence[object]
CODES = tuple(UNITS)
SAS_ZERO = date(1960, 1, 1)
OUTCOME = "UNKNOWN"


def labs(subjects: Iterable[Person]) -> Iterable[tuple[Person, date, str, float, tuple[float, float]]]:
    """Every value, the tests of one day in a fixed order."""
    for one in subjects:
        for visit in one.visits:
            for code in CODES:
                if code in visit.values:
                    yield one, visit.day, code, visit.values[code], one.limits[code]


def write(path: Path, header: Row, rows: Iterable[Row], **dialect: Any) -> Path:
    """A text table; numbers are written as people write them."""
    encoding = dialect.pop("encoding", "utf-8")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, **dialect)
        writer.writerow(header)
        writer.writerows([figure(c) if isinstance(c, float) else "" if c is None else c for c in row] for row in rows)
    return path


def _stop(one: Person) -> str:
    return one.stop.isoformat() if one.stop else ""


def plain(subjects: Sequence[Person]) -> dict[str, tuple[Row, list[Row]]]:
    """Header and rows of four tables with usual words: values, drugs, reactions, people."""
    return {
        "labs": (
            ("Patient ID", "Sample date", "Test", "Result", "Unit", "LLN", "ULN"),
            [(o.id, d.isoformat(), c, v, UNITS[c], low, high) for o, d, c, v, (low, high) in labs(subjects)],
        ),
        "drugs": (
            ("Patient ID", "Drug", "Dose", "Dose unit", "Start", "Stop"),
            [(o.id, o.drug, o.dose, "mg", o.start.isoformat(), _stop(o)) for o in subjects],
        ),
        "reactions": (
            ("Patient ID", "Adverse event", "Onset date", "Action taken"),
            [(o.id, o.reaction, o.onset.isoformat(), "" if o.stop else "dose not changed") for o in subjects],
        ),
        "people": (("Patient ID", "Sex", "Age"), [(o.id, o.sex, o.age) for o in subjects]),
    }


def long_csv(folder: Path, subjects: Sequence[Person]) -> list[Path]:
    return [write(folder / f"{name}.csv", head, rows) for name, (head, rows) in plain(subjects).items()]


def wide_csv(folder: Path, subjects: Sequence[Person]) -> list[Path]:
    """One row for each day, semicolons and decimal commas, dates with points, Windows-1252."""
    codes = {"ALT": "ALT", "AST": "AST", "ALP": "ALP", "BILI": "Bilirubin", "INR": "INR", "NEUT": "Neutrophils"}
    head = ["Patient ID", "Sample date"]
    for code, name in codes.items():
        head += [f"{name} ({UNITS[code]})" if UNITS[code] else name, f"{name} LLN", f"{name} ULN"]

    def comma(value: float | None) -> str:
        return "" if value is None else figure(value).replace(".", ",")

    rows: list[Row] = []
    for one in subjects:
        for visit in one.visits:
            cells = [one.id, f"{visit.day:%d.%m.%Y}"]
            for code in codes:
                value = visit.values.get(code)
                low, high = one.limits[code] if value is not None else (None, None)
                cells += [comma(value), comma(low), comma(high)]
            rows.append(cells)
    tables = plain(subjects)
    return [
        write(folder / "labs.csv", head, rows, delimiter=";", encoding="cp1252"),
        *(write(folder / f"{name}.tsv", *tables[name], delimiter="\t") for name in ("drugs", "reactions", "people")),
    ]


def workbook(folder: Path, subjects: Sequence[Person]) -> list[Path]:
    """One XLSX file with four sheets, dates and numbers as such."""
    openpyxl: Any = importlib.import_module("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, (head, rows) in plain(subjects).items():
        sheet = book.create_sheet(name)
        sheet.append(["Made-up trial"])
        sheet.append(list(head))
        for row in rows:
            sheet.append([_typed(c) for c in row])
    path = folder / "trial.xlsx"
    book.save(path)
    return [path]


def _typed(cell: object) -> object:
    if isinstance(cell, str) and len(cell) == 10 and cell[4] == "-":
        return date.fromisoformat(cell)
    return None if cell == "" else cell


def parquet(folder: Path, subjects: Sequence[Person]) -> list[Path]:
    """Four Parquet files, dates and numbers as such."""
    arrow: Any = importlib.import_module("pyarrow")
    pq: Any = importlib.import_module("pyarrow.parquet")
    made = []
    for name, (head, rows) in plain(subjects).items():
        columns = {str(h): [_typed(row[i]) for row in rows] for i, h in enumerate(head)}
        path = folder / f"{name}.parquet"
        pq.write_table(arrow.table(columns), path)
        made.append(path)
    return made


def sdtm(folder: Path, subjects: Sequence[Person]) -> list[Path]:
    """LB, EX, AE and DM with the names of the SDTM."""
    lb = [
        ("STUDY1", "LB", o.id, i, c, NAMES[c], figure(v), UNITS[c], figure(lo), figure(hi), v, UNITS[c], d.isoformat(),
         (d - o.start).days + (d >= o.start))
        for i, (o, d, c, v, (lo, hi)) in enumerate(labs(subjects), start=1)
    ]  # fmt: skip
    head = ("STUDYID", "DOMAIN", "USUBJID", "LBSEQ", "LBTESTCD", "LBTEST", "LBORRES", "LBORRESU", "LBORNRLO",
            "LBORNRHI", "LBSTRESN", "LBSTRESU", "LBDTC", "LBDY")  # fmt: skip
    ex = [("STUDY1", "EX", o.id, o.drug, o.dose, "mg", o.start.isoformat(), _stop(o)) for o in subjects]
    ae = [
        ("STUDY1", "AE", o.id, o.reaction, o.onset.isoformat(), "N", "" if o.stop else "DOSE NOT CHANGED")
        for o in subjects
    ]
    dm = [("STUDY1", "DM", o.id, o.start.isoformat(), o.age, "YEARS", o.sex) for o in subjects]
    return [
        write(folder / "lb.csv", head, lb),
        write(
            folder / "ex.csv", ("STUDYID", "DOMAIN", "USUBJID", "EXTRT", "EXDOSE", "EXDOSU", "EXSTDTC", "EXENDTC"), ex
        ),
        write(folder / "ae.csv", ("STUDYID", "DOMAIN", "USUBJID", "AEDECOD", "AESTDTC", "AESER", "AEACN"), ae),
        write(folder / "dm.csv", ("STUDYID", "DOMAIN", "USUBJID", "RFSTDTC", "AGE", "AGEU", "SEX"), dm),
    ]


def adam(folder: Path, subjects: Sequence[Person]) -> list[Path]:
    """ADLB, ADEX, ADAE and ADSL: the unit in PARAM, dates of SAS as numbers and as DATE9."""

    def date9(day: date) -> str:
        return f"{day:%d%b%Y}".upper()

    adlb = [
        (o.id, c, f"{NAMES[c]} ({UNITS[c]})" if UNITS[c] else NAMES[c], v, lo, hi, date9(d))
        for o, d, c, v, (lo, hi) in labs(subjects)
    ]
    adex = [(o.id, o.drug, o.dose, "mg", date9(o.start), date9(o.stop) if o.stop else "") for o in subjects]
    adae = [(o.id, o.reaction, date9(o.onset), "" if o.stop else "DOSE NOT CHANGED") for o in subjects]
    adsl = [
        (o.id, o.age, "YEARS", o.sex, o.drug, (o.start - SAS_ZERO).days, (o.stop - SAS_ZERO).days if o.stop else ".")
        for o in subjects
    ]
    return [
        write(folder / "adlb.csv", ("USUBJID", "PARAMCD", "PARAM", "AVAL", "ANRLO", "ANRHI", "ADT"), adlb),
        write(folder / "adex.csv", ("USUBJID", "EXTRT", "EXDOSE", "EXDOSU", "ASTDT", "AENDT"), adex),
        write(folder / "adae.csv", ("USUBJID", "AEDECOD", "ASTDT", "AEACN"), adae),
        write(folder / "adsl.csv", ("USUBJID", "AGE", "AGEU", "SEX", "TRT01A", "TRTSDT", "TRTEDT"), adsl),
    ]


WRITERS: dict[str, Callable[[Path, Sequence[Person]], list[Path]]] = {
    "long": long_csv,
    "wide": wide_csv,
    "workbook": workbook,
    "parquet": parquet,
    "SDTM": sdtm,
    "ADaM": adam,
}
