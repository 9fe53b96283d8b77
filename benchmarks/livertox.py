"""`python -m benchmarks.livertox [--show ID] [--errors] [--only MEASURE]`: key points read from LiverTox case reports.

Each record is read twice: the narrative alone, and the narrative with its laboratory table.
Reference: shared/corpora/livertox.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence

from benchmarks import livertox_reference as reference
from benchmarks.livertox_checks import check_record, severity_range, suspect_count
from benchmarks.run import Assess, Json, Unavailable, assess_text
from benchmarks.scores import Check, misses, share, table, verdict
from benchmarks.shared import run_command

# Targets in per cent, for narrative plus table.
TARGETS: dict[str, float] = {
    "suspect drug, first listed": 98,
    "pattern type: ALT and ALP in a row": 88,
    "latency": 92,
    "recovery, same rule": 75,
    "severity inside the range": 95,
    "severity grade exact": 65,
    "severity grade exact, text states it": 90,
    "other drugs named in the text": 90,
    "age": 97,
    "sex": 97,
    "table values, recall": 97,
    "table values, precision": 97,
    "quotes equal to the text": 100,
}
MEASURES = (
    "one case found",
    "suspect drug, first listed",
    "pattern type: ALT and ALP in a row",
    "pattern type: AST and ALP in a row",
    "pattern type: narrative prints both",
    "R within 10 %: ALT and ALP in a row",
    "R within 10 %: narrative prints both",
    "severity grade exact",
    "severity grade exact, text states it",
    "severity inside the range",
    "latency",
    "latency, the main figure alone",
    "latency, printed re-exposure",
    "latency, printed jaundice",
    "latency, printed first dose of all",
    "recovery, same rule",
    "recovery, any width",
    "age",
    "sex",
    "other drugs named in the text",
    "re-exposure found",
    "no re-exposure invented",
    "table values, recall",
    "table values, precision",
    "table values, row time",
    "quotes equal to the text",
    "read without an exception",
)


class Run:
    """All records read once in one form."""

    def __init__(self, records: Sequence[reference.Record], assess: Assess, *, with_table: bool) -> None:
        self.with_table = with_table
        self.checks: list[Check] = []
        self.results: dict[str, Json] = {}
        started = time.perf_counter()
        for number, record in enumerate(records, 1):
            text = record.full if with_table else record.narrative
            result, failure = _assess(assess, text, f"record-{number:02d}.txt")
            self.results[record.id] = result
            self.checks.append(Check("read without an exception", record.id, not failure, "a result", failure))
            self.checks.extend(check_record(record, result, text, with_table=with_table))
        self.seconds = time.perf_counter() - started

    @property
    def suspects(self) -> float:
        return sum(map(suspect_count, self.results.values())) / max(1, len(self.results))

    @property
    def severity_width(self) -> float | None:
        """Mean of highest minus lowest attainable grade."""
        spans = [span for span in map(severity_range, self.results.values()) if span is not None]
        return sum(high - low for low, high in spans) / len(spans) if spans else None


def _assess(assess: Assess, text: str, name: str) -> tuple[Json, str]:
    try:
        return assess(text, name), ""
    except Unavailable:
        raise
    except Exception as error:  # one bad record must not hide the other sixty-four
        return {}, f"{type(error).__name__}: {error}"


def report(narrative: Run, full: Run) -> str:
    """The table of all measures."""
    rows = []
    for measure in MEASURES:
        left, right = share(narrative.checks, measure), share(full.checks, measure)
        target = TARGETS.get(measure)
        wanted = "" if target is None else f">= {target:g} %"
        rows.append([measure, str(left), str(right), wanted, verdict(right.percent, target)])
        if measure == "suspect drug, first listed":
            rows.append(_mean("suspects per case, mean", narrative.suspects, full.suspects, 1.5))
        if measure == "no re-exposure invented":
            rows.append(_reexposure_f1(narrative.checks, full.checks))
        if measure == "severity inside the range":
            left_width, right_width = narrative.severity_width, full.severity_width
            rows.append(_mean("severity, highest - lowest, mean", left_width, right_width, 2))
            rows.append(
                _mean(
                    "severity, grades in the range, mean",
                    None if left_width is None else left_width + 1,
                    None if right_width is None else right_width + 1,
                    2,
                )
            )
    return table(["measure", "narrative alone", "with table", "target", ""], rows)


def _reexposure_f1(*runs: Sequence[Check]) -> list[str]:
    """F1 of the two measures together: what was found, what was missed, what was invented."""
    cells, figure = [], 0.0
    for checks in runs:
        asked = [c for c in checks if c.measure == "re-exposure found"]
        found = sum(c.ok for c in asked)
        invented = sum(not c.ok for c in checks if c.measure == "no re-exposure invented")
        figure = 2 * found / max(1, len(asked) + found + invented)
        cells.append(f"{figure:.3f}")
    return ["re-exposure, F1", *cells, ">= 0.9", verdict(figure, 0.9)]


def _mean(name: str, left: float | None, right: float | None, target: float) -> list[str]:
    cells = ["-" if value is None else f"{value:.2f}" for value in (left, right)]
    return [name, *cells, f"<= {target:g}", verdict(right, target, at_most=True)]


def oracle_lines(records: Sequence[reference.Record]) -> str:
    """What the reference itself reaches by the first qualifying row, so that the product's figure can be judged."""
    forms = (
        ("ALT and ALP in a row", [r.oracle() for r in records]),
        ("AST and ALP in a row", [None if r.oracle() else r.oracle(allow_ast=True) for r in records]),
        ("narrative prints both (limits 40, 115)", [r.oracle(narrative=True) for r in records]),
    )
    lines = []
    for name, oracles in forms:
        pairs = [(oracle, record) for oracle, record in zip(oracles, records, strict=True) if oracle is not None]
        right = sum(oracle.type == record.pattern for oracle, record in pairs)
        near = sum(reference.within_tenth(oracle.r, record.printed_r) for oracle, record in pairs)
        lines.append(f"oracle, {name}: type {right}/{len(pairs)}, R within 10 % of a printed one {near}/{len(pairs)}")
    return "\n".join(lines)


def show(record: reference.Record, runs: Sequence[Run]) -> str:
    """One record in full: what is printed, and what was read in each form."""
    points = record.key_points

    def printed(name: str) -> object:
        return (points.get(name) or {}).get("printed")

    lines = [
        record.id,
        f"  reference  drug {record.drug}; age {record.age}, {record.sex}; pattern {points.get('pattern')};"
        f" severity {printed('severity')}; latency {printed('latency')}; recovery {printed('recovery')};"
        f" others {points.get('other_medications')}",
        f"  oracle     {record.oracle(allow_ast=True)} by table, {record.oracle(narrative=True)} by narrative",
    ]
    for run in runs:
        result = run.results[record.id]
        lines.append(f"  {'with table' if run.with_table else 'narrative alone'}")
        for case in result.get("cases") or []:
            lines.append(f"    patient {json.dumps(case.get('patient'), ensure_ascii=False)[:300]}")
            for suspect in case.get("suspects") or []:
                said = json.dumps(suspect.get("key_points"), ensure_ascii=False)
                lines.append(f"    {suspect.get('drug')} ({suspect.get('basis')}), {suspect.get('event')}: {said}")
            for action in case.get("actions") or []:
                said = " ".join(str(action.get(key)) for key in ("kind", "drug", "day", "result"))
                lines.append(f"    action {said}")
        lines += [f"    problem {p}" for p in result.get("problems") or []]
        lines.append(misses(check for check in run.checks if check.record == record.id))
    return "\n".join(lines)


def main(arguments: list[str], assess: Assess = assess_text) -> None:
    """Measure and print.

    Raises:
        Missing: The reference is not here.
        Unavailable: The product cannot be called.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.livertox", description=__doc__)
    parser.add_argument("--show", metavar="ID", help="one record in full (the id, or a part of it)")
    parser.add_argument("--errors", action="store_true", help="one line per miss: what was expected, what came")
    parser.add_argument("--only", metavar="MEASURE", default="", help="with --errors: measures with this in their name")
    options = parser.parse_args(arguments)
    records = reference.load()
    if options.show:
        records = [record for record in records if options.show in record.id]
    narrative = Run(records, assess, with_table=False)
    full = Run(records, assess, with_table=True)
    if options.show:
        print("\n\n".join(show(record, (narrative, full)) for record in records) or f"no record {options.show}")
        return
    print(f"LiverTox development cases: {len(records)} records\n\n{report(narrative, full)}\n\n{oracle_lines(records)}")
    print(f"{len(records) / max(full.seconds, 1e-9):.0f} records/s with table, {full.seconds:.1f} s in all")
    if options.errors:
        for run, title in ((narrative, "narrative alone"), (full, "with table")):
            chosen = [c for measure in MEASURES for c in run.checks if c.measure == measure and options.only in measure]
            print(misses(chosen, title=f"\nmisses, {title}"))


if __name__ == "__main__":
    run_command(main)
