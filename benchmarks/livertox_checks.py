"""The questions asked of one LiverTox record, each answered from the published JSON and the reference record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.evidence import overlap, quotes, spans
from benchmarks.intervals import counts, interval, known, meets
from benchmarks.livertox_reference import Record, within_tenth
from benchmarks.livertox_table import Cell, Days
from benchmarks.scores import Check
from benchmarks.terms import drug_parts, lab_of, plain, same_drug

Json = dict[str, Any]


def check_record(record: Record, result: Json, text: str, *, with_table: bool) -> Iterator[Check]:
    """Every check that the reference allows for this record, in reporting order."""
    cases = result.get("cases") or []
    case: Json = cases[0] if cases else {}
    suspects = case.get("suspects") or []
    # The drug asked for is the first listed; the liver's key points are those of its first liver-injury entry.
    liver = next((s for s in suspects if (s.get("event") or {}).get("kind") == "liver injury"), (suspects or [{}])[0])
    points: Json = liver.get("key_points") or {}

    def check(measure: str, ok: bool, expected: Any, got: Any) -> Check:
        return Check(measure, record.id, ok, str(expected), str(got))

    yield check("one case found", len(cases) == 1, 1, f"{len(cases)} {_problems(result)}")
    first = (suspects or [{}])[0].get("drug")
    yield check("suspect drug, first listed", same_drug(record.drug, first), record.drug, _names(suspects))
    yield from _pattern(record, points, check, with_table)
    yield from _severity(record, points, check)
    if record.latency:
        got = points.get("latency_days")
        said = f"{got} {points.get('latency_point')}"
        main = counts(got, record.latency)
        own = _at_anchors(record, points)
        yield check("latency", main or any(own), _say(record.latency), said)
        yield check("latency, the main figure alone", main, _say(record.latency), said)
        for anchor, ok in zip(record.anchored_latency, own, strict=True):
            yield check(f"latency, printed {anchor[0]}", ok, _say([anchor[1]]), points.get("further_latencies"))
    yield from _patient(record, case.get("patient") or {}, check)
    if record.recovery:
        got = points.get("recovery_days")
        read = known(got)
        yield check("recovery, same rule", counts(got, record.recovery), _say(record.recovery), got)
        met = read is not None and any(meets(read, span) for span in record.recovery)
        yield check("recovery, any width", met, _say(record.recovery), got)
    yield from _reexposure(record, case, suspects, check)
    yield from _other_drugs(record, case, points, check)
    if with_table and record.table is not None:
        yield from _table(record, case, check)
    for quote in quotes(result):
        yield check("quotes equal to the text", quote.holds(text), text[quote.start : quote.end][:60], quote)


def _at_anchors(record: Record, points: Json) -> list[bool]:
    """Whether each printed span with an anchor is met by the latency that the product counts to or from it."""
    met = []
    for anchor, span in record.anchored_latency:
        further = points.get("further_latencies") or []
        mine = [d.get("days") for d in further if anchor in (d.get("since"), d.get("until"))]
        if not mine:  # jaundice was the first sign, the reaction began in the first course, or on the re-exposure
            mine = [points.get("latency_days")]
        met.append(any(counts(days, [span]) for days in mine))
    return met


def suspect_count(result: Json) -> int:
    """Different suspect drugs over all cases of the document."""
    return sum(len({plain(s.get("drug")) for s in case.get("suspects") or []}) for case in result.get("cases") or [])


def severity_range(result: Json) -> tuple[float, float] | None:
    """The severity range of the first suspect entry that has one."""
    for case in result.get("cases") or []:
        for suspect in case.get("suspects") or []:
            severity = (suspect.get("key_points") or {}).get("severity") or {}
            span = known([_grade(severity.get("low")), _grade(severity.get("high"))])
            if span is not None:
                return span
    return None


def _pattern(record: Record, points: Json, check: Any, with_table: bool) -> Iterator[Check]:
    pattern = points.get("pattern") or {}
    got, r = pattern.get("type"), pattern.get("r")
    said = f"{got} R={r} [{pattern.get('low')}, {pattern.get('high')}]"
    modes = [("narrative prints both", record.oracle(narrative=True))]
    if with_table:
        modes.insert(0, ("ALT and ALP in a row", record.oracle()))
        if record.oracle() is None:
            modes.insert(1, ("AST and ALP in a row", record.oracle(allow_ast=True)))
    for name, oracle in modes:
        if oracle is None:
            continue
        yield check(f"pattern type: {name}", got == record.pattern, record.pattern, said)
        if name == "AST and ALP in a row" or not within_tenth(oracle.r, record.printed_r):
            continue
        near = isinstance(r, int | float) and within_tenth(float(r), record.printed_r)
        yield check(f"R within 10 %: {name}", near, record.printed_r, said)


def _severity(record: Record, points: Json, check: Any) -> Iterator[Check]:
    if record.grade is None:
        return
    severity = points.get("severity") or {}
    low, high = _grade(severity.get("low")), _grade(severity.get("high"))
    inside = low is not None and high is not None and low <= record.grade <= high
    said = f"{severity.get('grade')} [{severity.get('low')}, {severity.get('high')}]"
    yield check("severity grade exact", _grade(severity.get("grade")) == record.grade, record.grade, said)
    if record.grade_stated:
        exact = _grade(severity.get("grade")) == record.grade
        yield check("severity grade exact, text states it", exact, record.grade, said)
    yield check("severity inside the range", inside, record.grade, said)


def _grade(value: Any) -> int | None:
    digits = "".join(c for c in str(value if value is not None else "") if c.isdigit())
    return int(digits[0]) if digits else None


def _patient(record: Record, patient: Json, check: Any) -> Iterator[Check]:
    if record.age is not None:
        stated = patient.get("age")
        age: Json = stated if isinstance(stated, dict) else {"value": stated}
        low = age.get("low") if age.get("value") is None else age["value"]
        high = age.get("high") if age.get("value") is None else age["value"]
        years = plain(age.get("unit") or "year")[:1] in {"y", "a"}
        ok = years and low is not None and high is not None and record.age[0] <= low <= high <= record.age[1]
        yield check("age", ok, record.age, stated)
    if record.sex is not None:
        sex = patient.get("sex")
        sex = sex.get("value") if isinstance(sex, dict) else sex
        yield check("sex", plain(sex)[:1] == record.sex[0], record.sex, sex)


def _reexposure(record: Record, case: Json, suspects: list[Json], check: Any) -> Iterator[Check]:
    stated = [(s.get("key_points") or {}).get("rechallenge") for s in suspects]
    restarted = [a.get("drug") for a in case.get("actions") or [] if a.get("kind") == "restarted"]
    mine = [drug for drug in restarted if any(same_drug(s.get("drug"), drug) for s in suspects)]
    claimed = bool(mine) or any(state in {"positive", "negative"} for state in stated)
    said = f"rechallenge {stated}, restarted {restarted}"
    if record.resumed:
        yield check("re-exposure found", claimed, "re-exposure in the key points", said)
    if record.never_resumed:
        yield check("no re-exposure invented", not claimed, "none anywhere in the record", said)


def _other_drugs(record: Record, case: Json, points: Json, check: Any) -> Iterator[Check]:
    read = [e.get(key) for e in case.get("exposures") or [] for key in ("drug", "as_written")]
    read += [m.get("drug") if isinstance(m, dict) else m for m in points.get("other_medications") or []]
    for name in record.other_drugs:
        found = any(same_drug(name, other) or drug_parts(plain(name).rstrip("s")) & drug_parts(other) for other in read)
        yield check("other drugs named in the text", found, name, sorted({str(r) for r in read if r})[:8])


def _table(record: Record, case: Json, check: Any) -> Iterator[Check]:
    """Recall over the cells, precision over what was read inside the table; each cell and each value is used once."""
    table = record.table
    assert table is not None
    inside = []
    for measurement in case.get("measurements") or []:
        places = [span for span in spans(measurement.get("evidence")) if span[1] > table.start]
        lab = lab_of(measurement)
        if not places or not lab.numbers:
            continue  # read in the narrative, or a word such as "Normal" in a cell
        in_cell = any(overlap(places, [cell.column]) for cell in table.cells)
        if not in_cell and overlap(places, list(table.unscored)):
            continue  # a value of the free-text column: real, but not in the reference
        inside.append((measurement, lab, places))
    used: set[int] = set()
    for cell in table.cells:
        found = next((i for i, m in enumerate(inside) if i not in used and _in_cell(m, cell)), None)
        want = f"{cell.lab} in row {record.full[cell.line[0] : cell.line[1]]!r}"
        near = [str(lab) for _, lab, places in inside if overlap(places, [cell.line])]
        yield check("table values, recall", found is not None, want, near)
        if found is None:
            continue
        used.add(found)
        if cell.days:
            day = inside[found][0].get("day")
            yield check("table values, row time", _on_row(day, cell.days), f"{cell.days} for {want}", day)
    for number, (_, lab, places) in enumerate(inside):
        words = [record.full[a:b] for a, b in places]
        yield check("table values, precision", number in used, "a cell of the table", f"{lab} from {words}")


def _in_cell(read: tuple[Json, Any, list[tuple[int, int]]], cell: Cell) -> bool:
    """Same analyte, value and unit, with evidence in the same row of the text."""
    _, lab, places = read
    return bool(lab.same(cell.lab)) and overlap(places, [cell.line])


def _on_row(day: Any, allowed: tuple[Days, ...]) -> bool:
    """The read day meets one of the row's printed times, and is no vaguer than six weeks or half its midpoint."""
    pair = interval(day)
    if pair is None:
        return False
    low, high = pair
    if high is not None and high <= 0 and any(start is None for start, _ in allowed):
        return True  # "Pre": anything that ends before the first dose
    if low is None or high is None or high - low > max(45.0, (low + high) / 4):
        return False
    return any(start is not None and low <= end and high >= start for start, end in allowed)


def _names(suspects: list[Json]) -> str:
    return ", ".join(f"{s.get('drug')} ({s.get('basis')})" for s in suspects) or "no suspect"


def _problems(result: Json) -> str:
    return "; ".join(str(p.get("message")) for p in result.get("problems") or [])[:160]


def _say(spans_: list[tuple[float, float]]) -> str:
    return " or ".join(f"{low:g}-{high:g}" for low, high in spans_) + " days"
