"""Laboratory tables of LiverTox against their reference: value, analyte, unit and time of the row, and the limits.

The reference of a table (``dev.jsonl``) gives each cell under its header; headers and times are translated here by
rules of their own, so that the reader is not measured against itself.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dechallenge.evidence import Document
from dechallenge.reading.tables.tables import LabTable, TableRow, find_tables, read_table
from tests.shared import shared_path

LEAST = 0.97
"""Precision and recall that the issue asks for."""

FOLDER: Path = shared_path("corpora", "livertox")

_ANALYTES = {
    "alt": "ALT", "ast": "AST", "alk p": "ALP", "bilirubin": "BILI_TOT", "direct bilirubin": "BILI_DIR", "ggt": "GGT",
    "inr": "INR", "protime": "PT_PCT", "platelets": "PLT", "cpk": "CK", "ammonia": "AMMONIA",
}  # fmt: skip
_UNITS = {
    "U/L": "U/L", "mg/dL": "mg/dL", "K-A U/L": "[ka'U]/L", "times ULN": "xULN", "per μL": "/uL", "1000/μL": "10*3/uL",
    "μg/dL": "ug/dL",
}  # fmt: skip
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_CLOCK = re.compile(r"(Time|Days|Weeks|Months|Years|Date|Duration)\b")
_TIME = re.compile(r"^([+-]?)\s*(\d+(?:\.\d+)?)?\s*(?:\((\d+)\))?\s*(day|week|month|year)?s?$")


@dataclass
class Score:
    right: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.extra))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))


def records() -> Iterator[tuple[dict[str, Any], Document, list[LabTable]]]:
    for line in (FOLDER / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["labs"]:
            text = (FOLDER / "texts" / f"{record['id']}.txt").read_text(encoding="utf-8")
            document = Document.from_text(text)
            yield record, document, [read_table(document, block) for block in find_tables(document)]


def analyte_and_unit(header: str) -> tuple[str, str] | None:
    match = re.match(r"([A-Za-z ]+?)\*?\s*(?:\((.*)\))?$", header)
    name = _ANALYTES.get(match[1].strip().lower()) if match else None
    if match is None or name is None:
        return None
    return name, "%" if name == "PT_PCT" else _UNITS.get(match[2] or "", "")


class Clock:
    """Days of the time cells of one table: units carry over, "+7 days" counts from the time above."""

    def __init__(self) -> None:
        self.units: dict[str, str] = {}
        self.above: dict[str, float] = {}

    def read(self, header: str, cell: str) -> object:
        if header == "Date" or not cell.strip():
            return cell.strip() or None
        if cell.lower().startswith("pre"):
            return "pre"
        match = _TIME.match(cell.strip())
        assert match, cell
        fixed = re.match(r"(Day|Week|Month|Year)s ", header)
        unit = match[4] or (
            fixed[1].lower() if fixed else self.units.get(header) or next(iter(self.units.values()), "day")
        )
        number = float(match[3] or match[2])
        if number or match[4]:
            self.units[header] = unit
        value = (-1 if match[1] == "-" else 1) * number * _DAYS[unit]
        if match[1] == "+":
            return self.above[header] + value
        self.above[header] = value
        return value


def expected(record: dict[str, Any]) -> Counter[tuple[object, ...]]:
    clock, found = Clock(), Counter[tuple[object, ...]]()
    for row in record["labs"]:
        if row["kind"] != "value":
            continue
        times = tuple(clock.read(h, c) for h, c in row["cells"].items() if _CLOCK.match(h))
        for header, cell in row["cells"].items():
            known, text = analyte_and_unit(header), cell.strip().replace(",", "").removesuffix("%")
            if known is None or not re.search(r"\d|normal", text, re.IGNORECASE):
                continue
            ranged = re.match(r"^([\d.]+)-([\d.]+)$", text)
            value: object = "normal"
            if ranged:
                value = (float(ranged[1]), float(ranged[2]))
            elif text.lower() != "normal":
                value = float(text)
            found[(known[0], value, "" if value == "normal" else known[1], times)] += 1
    return found


def row_times(table: LabTable, row: TableRow, text: str) -> tuple[object, ...]:
    quoted = {kind: text[start:end] for kind, start, end in row.time_spans}
    times: list[object] = []
    for column in table.columns:
        clock = {"start": row.time_start, "stop": row.time_stop, "anchor": row.time_anchor}.get(column.kind)
        if column.kind == "date":
            times.append(quoted.get("date"))
        elif column.kind in ("start", "stop", "anchor"):
            before = quoted.get(column.kind, "").lower().startswith("pre")
            times.append("pre" if before else None if clock is None else clock.point)
    return tuple(times)


def read(table: LabTable, text: str) -> Counter[tuple[object, ...]]:
    found = Counter[tuple[object, ...]]()
    for row in table.rows:
        for cell in row.cells:
            if cell.rule == "cell":
                ranged = cell.value is None and cell.low is not None
                value = cell.qualitative if cell.qualitative else (cell.low, cell.high) if ranged else cell.value
                found[(cell.analyte, value, cell.unit, row_times(table, row, text))] += 1
    return found


def test_values_units_and_times_of_all_tables() -> None:
    score = Score()
    for record, document, tables in records():
        want = expected(record)
        got = sum((read(table, document.text) for table in tables), Counter[tuple[object, ...]]())
        score.right += (want & got).total()
        score.missed += [f"{record['id']} {item}" for item in (want - got).elements()]
        score.extra += [f"{record['id']} {item}" for item in (got - want).elements()]
    assert score.right > 1000
    assert score.precision >= LEAST, score.extra[:10]
    assert score.recall >= LEAST, score.missed[:10]


def test_each_text_with_a_table_holds_one() -> None:
    assert {record["id"]: len(tables) for record, _, tables in records() if len(tables) != 1} == {}


def test_limits_of_all_tables() -> None:
    missed, right = [], 0
    for record, _, tables in records():
        for row in (row for row in record["labs"] if row["kind"] == "normal"):
            for header, cell in row["cells"].items():
                known, number = analyte_and_unit(header), re.sub(r"[^\d.]", "", cell)
                if known is None or not number:
                    continue
                limit = tables[0].limits.get(known[0])
                if limit is not None and float(number) in (limit.low, limit.high):
                    right += 1
                else:
                    missed.append(f"{record['id']} {header} {cell}")
    assert right / (right + len(missed)) >= LEAST, missed[:10]


def test_every_quote_is_the_text_at_its_offsets() -> None:
    for _, document, tables in records():
        for table in tables:
            for row in table.rows:
                for cell in row.cells:
                    quote = document.text[cell.start : cell.end]
                    assert quote == quote.strip() != ""
                    if cell.value is not None:
                        assert re.search(r"\d", quote)
            for event in table.events:
                assert document.text[event.start : event.end] == event.text
            for limit in table.limits.values():
                assert re.search(r"\d", document.text[limit.start : limit.end])
