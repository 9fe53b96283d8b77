"""The laboratory table of a LiverTox record: its cells with analyte, value, unit, place in the text and row time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.terms import Lab, analyte_id, canonical

Days = tuple[float | None, float]
_TOLERANCE = {"day": (1.0, 0.0), "week": (7.0, 3.0), "month": (30.4, 15.0), "year": (365.0, 90.0)}
_DRUG_EVENT = re.compile(r"\b(?:re-?start|started|switched|given|taken|pre-restart)", re.I)
_RESTART = re.compile(r"re-?start|resum|re-?expos|re-?challeng|\bagain\b", re.I)


@dataclass(frozen=True)
class Cell:
    """One number of the table. `line` is the span of its row in the text; `days` the intervals its row time allows."""

    lab: Lab
    line: tuple[int, int]
    column: tuple[int, int]
    days: tuple[Days, ...]


@dataclass(frozen=True)
class LabTable:
    """Cells that hold a number under an analyte, the places that are not scored, and pairs of enzymes of one row."""

    start: int
    cells: tuple[Cell, ...]
    unscored: tuple[tuple[int, int], ...]
    columns: dict[str, list[tuple[int, float]]]
    limits: dict[str, float]

    def enzyme_pairs(self, enzyme: str) -> tuple[list[tuple[float, float]], float, float] | None:
        """The enzyme and alkaline phosphatase of each row that has both, with the limits of the last row."""
        alp = dict(self.columns.get("ALP", ()))
        pairs = [(value, alp[row]) for row, value in self.columns.get(enzyme, ()) if row in alp]
        if not pairs or enzyme not in self.limits or "ALP" not in self.limits:
            return None
        return pairs, self.limits[enzyme], self.limits["ALP"]


def read_table(raw: dict[str, Any], text: str, start: int) -> LabTable:
    """Lay the parsed reference rows over the table as it stands in the text."""
    lines = list(_lines(text, start))
    headers = {name: _header(name) for name in raw["labs_columns"]}
    timing = _Timing(raw)
    cells: list[Cell] = []
    unscored: list[tuple[int, int]] = []
    columns: dict[str, list[tuple[int, float]]] = {}
    limits: dict[str, float] = {}
    next_line = 0
    for number, row in enumerate(raw["labs"]):
        timing.pass_row(row)
        if row["kind"] == "normal":
            limits = {
                head[0]: value
                for name, head in headers.items()
                if head and (value := _number(row["cells"].get(name, ""))) is not None
            }
        if row["kind"] != "value":
            continue
        written = "\t".join(row["cells"].values())
        place = next((i for i in range(next_line, len(lines)) if lines[i][1] == written), None)
        if place is None:
            continue  # one row of one record stands in the text with an empty column more, and holds no number
        next_line = place + 1
        offset = lines[place][0]
        line = (offset, offset + len(written))
        days = timing.days(row["cells"])
        for name, cell in row["cells"].items():
            span = (offset, offset + len(cell))
            offset += len(cell) + 1
            head = headers[name]
            values = _numbers(cell)
            if head is None or not values:
                unscored.append(span)
                continue
            analyte, unit = head
            pairs = [canonical(analyte, value, unit) for value in values]
            cells.append(Cell(Lab(analyte, tuple(p[0] for p in pairs), pairs[0][1]), line, span, days))
            if len(values) == 1:
                columns.setdefault(analyte, []).append((number, values[0]))
    return LabTable(start, tuple(cells), tuple(unscored), columns, limits)


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    for line in text[start:].splitlines(keepends=True):
        yield start, line.rstrip("\r\n")
        start += len(line)


def _header(name: str) -> tuple[str, str] | None:
    """Analyte and unit of a column; None for times, dates and free text."""
    found = re.fullmatch(r"\s*(.*?)\*?\s*(?:\(([^)]*)\))?\s*", name)
    if not found or re.search(r"\b(?:time|after|date|duration|other|comments?)\b", name, re.I):
        return None
    analyte = analyte_id(found[1])
    return analyte, "%" if analyte == "PT_PCT" else found[2] or ""


def _number(cell: str) -> float | None:
    values = _numbers(re.sub(r"^\s*[<>]\s*", "", cell))
    return values[0] if len(values) == 1 else None


def _numbers(cell: str) -> list[float]:
    """The number of a cell, or the two of a range; empty for words and for anything with words in it."""
    found = re.fullmatch(r"\s*~?\s*([\d.,]+)\s*%?(?:\s*[-–]\s*([\d.,]+)\s*%?)?\s*\*?", cell)
    try:
        return [float(part.replace(",", "")) for part in found.groups() if part] if found else []
    except ValueError:
        return []


class _Timing:
    """Row times on the axis of the first exposure, given up as soon as the table itself changes its axis."""

    def __init__(self, raw: dict[str, Any]) -> None:
        drug = str(raw["drug"]).lower()
        names = raw["labs_columns"]
        self._start = next((n for n in names if re.search(r"after starting", n, re.I)), None)
        self._stop = next((n for n in names if re.search(r"after stopping", n, re.I)), None)
        words = [str(row.get("text") or " ".join(row.get("cells", {}).values())) for row in raw["labs"]]
        marks = [(row, text) for row, text in zip(raw["labs"], words, strict=True) if row["kind"] in {"note", "event"}]
        # A table that tells of another drug's start counts its days from there: no time can be expected of its rows.
        self._lost = any(_DRUG_EVENT.search(text) and drug not in text.lower() for _, text in marks)
        # A second exposure that only the narrative tells: nobody can say which of the two the table counts from.
        marked = any(_RESTART.search(text) for _, text in marks)
        self._lost |= not marked and bool(_RESTART.search(raw["narrative"]))
        self._stopped: Days | None = None
        for row in raw["labs"]:
            if row["kind"] == "value" and self._stopped is None:
                self._stopped = self._stop_day(row["cells"])

    def _stop_day(self, cells: dict[str, str]) -> Days | None:
        start, stop = self._time(cells, self._start), self._time(cells, self._stop)
        if start is None or stop is None or start[0] is None or stop[0] is None:
            return None
        return start[0] - stop[1], start[1] - stop[0]

    def pass_row(self, row: dict[str, Any]) -> None:
        text = str(row.get("text") or " ".join(str(v) for v in row.get("cells", {}).values()))
        if row["kind"] != "value" and _RESTART.search(text):
            self._lost = True

    def days(self, cells: dict[str, str]) -> tuple[Days, ...]:
        """The intervals of days the row's printed times allow; empty where the table does not tell."""
        if self._lost:
            return ()
        found = []
        start, stop = self._time(cells, self._start), self._time(cells, self._stop)
        if start is not None:
            found.append(start)
        if stop is not None and stop[0] is not None and self._stopped is not None and self._stopped[0] is not None:
            found.append((self._stopped[0] + stop[0], self._stopped[1] + stop[1]))
        return tuple(found)

    @staticmethod
    def _time(cells: dict[str, str], name: str | None) -> Days | None:
        if name is None or not (cell := cells.get(name, "").strip()):
            return None
        if re.fullmatch(r"pre|baseline|before", cell, re.I):
            return None, 0.0
        found = re.fullmatch(r"[~<]?\s*([\d.]+)(?:\s*(?:-|to)\s*([\d.]+))?\s*(day|week|month|year)?s?", cell, re.I)
        unit = found and (found[3] or next((u for u in _TOLERANCE if name.lower().startswith(u)), None))
        if not found:
            return None
        low, high = float(found[1]), float(found[2] or found[1])
        if not unit:
            return (0.0, 0.0) if low == high == 0 else None
        factor, tolerance = _TOLERANCE[unit.lower()]
        return low * factor - tolerance, high * factor + tolerance
