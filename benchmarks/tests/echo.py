"""A reader that cheats: it writes the published JSON straight from the reference, so that scoring can be tested.

With it every measure must reach 100 %; with one thing spoiled, exactly that measure must fall.
"""

from __future__ import annotations

from typing import Any

from benchmarks.livertox_reference import Record
from benchmarks.terms import drug_parts

Json = dict[str, Any]


def livertox_echo(record: Record, *, with_table: bool) -> Json:
    """What a perfect reader would print for one LiverTox record."""
    low, high = record.age or (0, 0)
    drug = next(iter(sorted(drug_parts(record.drug))))
    liver = {
        "pattern": {"type": record.pattern, "r": next(iter(record.printed_r), None)},
        "severity": {"scale": "dilin", "grade": record.grade, "low": record.grade, "high": record.grade},
        "latency_days": list(record.latency[0]) if record.latency else None,
        "further_latencies": [
            {
                "since": anchor if "dose" in anchor or "re-" in anchor else "first dose",
                "until": anchor,
                "days": list(span),
            }
            for anchor, span in record.anchored_latency
        ],
        "recovery_days": list(record.recovery[0]) if record.recovery else None,
        "rechallenge": "positive" if record.resumed else "not done",
        "other_medications": record.other_drugs,
    }
    case: Json = {
        "patient": {"age": {"low": low, "high": high, "unit": "year"}, "sex": record.sex},
        "suspects": [{"drug": drug, "basis": "blamed", "event": {"kind": "liver injury"}, "key_points": liver}],
        "measurements": [],
        "exposures": [{"drug": drug, "as_written": drug, "evidence": [quote(record.full, 0, 20)]}],
    }
    if with_table and record.table is not None:
        case["measurements"] = [
            {
                "analyte": cell.lab.analyte,
                "value": cell.lab.numbers[0] if len(cell.lab.numbers) == 1 else None,
                "low": min(cell.lab.numbers),
                "high": max(cell.lab.numbers),
                "unit": cell.lab.unit,
                "day": list(cell.days[0]) if cell.days else None,
                "evidence": [quote(record.full, *cell.column)],
            }
            for cell in record.table.cells
        ]
    return {"cases": [case], "problems": []}


def quote(text: str, start: int, end: int) -> Json:
    """Evidence as the contract writes it."""
    return {"document": "d1", "start": start, "end": end, "quote": text[start:end]}


def gold_echo(cases: list[Json], text: str) -> Json:
    """What a perfect reader would print for the gold cases of one seed."""
    return {"cases": [_gold_case(case, text) for case in cases], "problems": []}


def _gold_case(case: Json, text: str) -> Json:
    def at(entry: Json) -> list[Json]:
        return [quote(text, entry["quote"]["start"], entry["quote"]["end"])]

    def day(entry: Json) -> list[float | None] | None:
        """The annotated days, as the contract writes an interval."""
        days = (entry.get("time") or {}).get("day_from_first_dose")
        return days if days is None or isinstance(days, list) else [days, days]

    roles = {"suspect?": "suspect", "after event": "treatment", "treatment of event": "treatment"}
    kinds = {
        "discontinued": "stopped",
        "dose reduced": "reduced",
        "dose decreased": "reduced",
        "resumed": "restarted",
        "rechallenge": "restarted",
        "given": "started",
    }
    measurements = []
    for lab in case["labs"]:
        for wording in lab.get("expand") or [lab["analyte"]]:
            span = lab.get("value_range")
            value = lab["xULN"] if lab["value"] is None else lab["value"]
            measurements.append(
                {
                    "analyte": wording.split(" (")[0],
                    "name": wording,
                    "value": None if span else value,
                    "low": span[0] if span else None,
                    "high": span[1] if span else None,
                    "unit": "xULN" if lab["xULN"] else (lab["unit"] or "").split(" (")[0],
                    "qualitative": lab["qualitative"],
                    "day": day(lab),
                    "evidence": at(lab),
                }
            )
    return {
        "patient": {"age": case["patient"]["age"]},
        "measurements": measurements,
        "exposures": [
            {
                "drug": d["normalised"],
                "as_written": d["name"],
                "role": roles.get(d["role"], d["role"]),
                "evidence": at(d),
            }
            for d in case["drugs"]
            if d.get("assertion") != "absent"
        ],
        "actions": [
            {"kind": kinds.get(a["action"], a["action"]), "drug": drug, "day": day(a), "evidence": at(a)}
            for a in case["actions"]
            for drug in a["drug"].split(" and ")
        ],
        "tests": [
            {"test": n["item"], "state": "negative", "day": day(n), "evidence": at(n)} for n in case["negatives"]
        ],
        "findings": [{"term": e["term"], "state": "present", "day": day(e), "evidence": at(e)} for e in case["events"]],
    }
