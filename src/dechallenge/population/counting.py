"""Counts of distinct reports: pairs of drug and event with margins, strata, quarters, and two drugs with an event.

One Ibis expression for each, run by DuckDB under a memory limit, or unchanged by any other engine that Ibis knows: give
its tables to `pairs_expression`. The analysis set holds a report once with each drug and event, so counting rows of the
join counts reports. Imports `analysis_set` and errors.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

from dechallenge.errors import InputError
from dechallenge.population.analysis_set import STRATA, AnalysisSet, cannot_write, engine

if TYPE_CHECKING:
    import ibis.expr.types as ir  # type: ignore[import-untyped,unused-ignore]

MARGINS = "reports of the set with the drug, with the event, and all reports of the set; each report counted once"


@dataclass(frozen=True)
class Counts:
    """Counts of pairs.

    Attributes:
        table: Columns drug, event (int32), n, n_drug, n_event (int64); with strata one column for each and n_stratum,
            and a row for every stratum that has both the drug and the event, n = 0 included. Ordered by drug, event and
            strata.
        total: All reports of the set.
        drugs, events: The margin of every drug and event: columns drug or event, and n; ordered.
        strata: What the counts are divided by.
        least: Pairs with fewer reports (over all strata) were left out.
        policy: What was done with the reports, with every count.
        analysis: The set that was counted.
    """

    table: pa.Table
    total: int
    drugs: pa.Table
    events: pa.Table
    strata: tuple[str, ...]
    least: int
    policy: Mapping[str, Any]
    analysis: AnalysisSet

    def named(self) -> pa.Table:
        """The table with the names of drugs and events in the place of their numbers."""
        table = self.table
        for of in ("drug", "event"):
            names = pa.array(self.analysis.names(of), type=pa.string())
            position = table.schema.get_field_index(of)
            table = table.set_column(position, of, names.take(table.column(of).combine_chunks()))
        return table


@dataclass(frozen=True, slots=True)
class Three:
    """Reports by two drugs and one event: `n110` counts those with both drugs and without the event, and so on."""

    n111: int
    n110: int
    n101: int
    n100: int
    n011: int
    n010: int
    n001: int
    n000: int


def pairs_expression(
    report_drug: ir.Table,
    report_event: ir.Table,
    reports: ir.Table,
    *,
    strata: Sequence[str] = (),
    least: int = 1,
) -> ir.Table:
    """Pairs with their margins, as an expression that any engine of Ibis can run.

    Args:
        report_drug: Distinct rows of report and drug.
        report_event: Distinct rows of report and event.
        reports: One row for each report, with the columns of the strata.
        strata: What to divide by; a report without a value has a stratum of its own.
        least: Leave out pairs with fewer reports over all strata.

    Returns:
        drug, event, n, n_drug, n_event; with strata their columns and n_stratum, and for each pair every stratum that
        has both the drug and the event, also where no report has them together (n = 0): expected counts and pooled
        ratios need it.
    """
    if not strata:
        counted = _counted(report_drug, report_event, ())
        if least > 1:
            counted = counted.filter(counted.n >= least)
        drugs = report_drug.group_by("drug").agg(n_drug=report_drug.count())
        events = report_event.group_by("event").agg(n_event=report_event.count())
        return counted.join(drugs, "drug").join(events, "event").select("drug", "event", "n", "n_drug", "n_event")
    return _stratified(report_drug, report_event, reports, tuple(strata), least)


def _counted(report_drug: ir.Table, report_event: ir.Table, strata: tuple[str, ...]) -> ir.Table:
    joined = report_drug.join(report_event, "report")
    return joined.group_by("drug", "event", *strata).agg(n=joined.count())


def _stratified(
    report_drug: ir.Table, report_event: ir.Table, reports: ir.Table, strata: tuple[str, ...], least: int
) -> ir.Table:
    import ibis

    # A missing value becomes a text of its own: rows join on strata, and NULL joins nothing.
    named = reports.select("report", **{name: reports[name].fill_null(UNKNOWN) for name in strata})
    of_report = named.group_by(*strata).agg(n_stratum=named.count())
    numbered = of_report.mutate(
        stratum=ibis.row_number().over(ibis.window(order_by=[of_report[name] for name in strata]))
    )
    small = named.join(numbered, list(strata)).select("report", "stratum")
    with_drug = report_drug.join(small, "report").select("report", "drug", "stratum")
    with_event = report_event.join(small, "report").select("report", "event", "stratum")
    joined = with_drug.join(report_event, "report")
    counted = joined.group_by("drug", "event", "stratum").agg(n=joined.count())
    whole = counted.group_by("drug", "event").agg(n_all=counted.n.sum())
    if least > 1:
        whole = whole.filter(whole.n_all >= least)
    # One key for a drug within a stratum: with two, engines join the few strata with everything first.
    drugs = with_drug.group_by("drug", "stratum").agg(n_drug=with_drug.count()).join(numbered, "stratum")
    drugs = drugs.mutate(in_drug=_within(drugs.drug, drugs.stratum))
    events = with_event.group_by("event", "stratum").agg(n_event=with_event.count())
    events = events.select("n_event", in_event=_within(events.event, events.stratum))
    grid = whole.join(drugs, "drug").select("drug", "event", *strata, "stratum", "n_drug", "n_stratum", "in_drug")
    grid = grid.mutate(in_event=_within(grid.event, grid.stratum)).join(events, "in_event")
    grid = grid.select("drug", "event", *strata, "n_drug", "n_event", "n_stratum", "in_drug")
    keyed = counted.select("n", of=counted.event, in_stratum=_within(counted.drug, counted.stratum))
    found = grid.left_join(keyed, [grid.in_drug == keyed.in_stratum, grid.event == keyed.of])
    found = found.mutate(n=found.n.fill_null(0))
    return found.select("drug", "event", *strata, "n", "n_drug", "n_event", "n_stratum")


def _within(number: ir.Column, stratum: ir.Column) -> ir.Column:
    return number.cast("int64") * 1_000_000 + stratum


UNKNOWN = "unknown"
"""The stratum of reports without a value."""


def pairs(
    analysis: AnalysisSet,
    *,
    strata: Sequence[str] = (),
    least: int = 1,
    drugs: Sequence[int] | None = None,
    events: Sequence[int] | None = None,
    memory_limit: str = "3GB",
    threads: int | None = None,
) -> Counts:
    """Count every pair of drug and event that is reported together.

    Args:
        analysis: The cleaned reports.
        strata: Out of `STRATA`.
        least: Leave out pairs with fewer reports.
        drugs, events: Only pairs with these; the margins stay those of all reports.
        memory_limit: What DuckDB may hold; the rest goes to disk.
        threads: All processors where None.

    Raises:
        InputError: An unknown stratum.
    """
    import ibis

    if least < 1:
        raise InputError("a pair has at least one report.", place="least", next_step="Give 1 or more.")
    with _session(analysis, strata, memory_limit, threads) as (report_drug, report_event, reports, run):
        drug_margins, event_margins = (
            run(table.group_by(of).agg(n=table.count()).order_by(of))
            for table, of in ((report_drug, "drug"), (report_event, "event"))
        )
        chosen = report_drug, report_event
        if drugs is not None:
            chosen = chosen[0].filter(report_drug.drug.isin([ibis.literal(n, "int32") for n in drugs])), chosen[1]
        if events is not None:
            chosen = chosen[0], chosen[1].filter(report_event.event.isin([ibis.literal(n, "int32") for n in events]))
        expression = pairs_expression(*chosen, reports, strata=strata, least=least)
        table = run(expression.order_by(["drug", "event", *strata]))
    return Counts(
        table,
        analysis.total,
        drug_margins,
        event_margins,
        tuple(strata),
        least,
        analysis.policy,
        analysis,
    )


def three(
    analysis: AnalysisSet,
    first: int,
    second: int,
    event: int,
    *,
    memory_limit: str = "3GB",
    threads: int | None = None,
) -> Three:
    """The eight cells of two drugs and an event.

    Args:
        analysis: The cleaned reports.
        first, second: The numbers of the drugs.
        event: The number of the event.
        memory_limit: What DuckDB may hold.
        threads: All processors where None.

    Raises:
        InputError: Both drugs are the same.
    """
    if first == second:
        raise InputError("both drugs are the same.", place="three", next_step="Give two different drugs.")
    with _session(analysis, (), memory_limit, threads) as (report_drug, report_event, _, run):
        marks = [
            report_drug.filter(report_drug.drug == first).select("report").mutate(mark=4),
            report_drug.filter(report_drug.drug == second).select("report").mutate(mark=2),
            report_event.filter(report_event.event == event).select("report").mutate(mark=1),
        ]
        marked = marks[0].union(marks[1]).union(marks[2])
        of_report = marked.group_by("report").agg(cell=marked.mark.sum())
        found = run(of_report.group_by("cell").agg(n=of_report.count())).to_pydict()
    cells = dict(zip(found["cell"], found["n"], strict=True))
    n = [int(cells.get(cell, 0)) for cell in range(8)]
    return Three(n[7], n[6], n[5], n[4], n[3], n[2], n[1], analysis.total - sum(n))


def by_quarter(
    analysis: AnalysisSet, drug: int, event: int, *, memory_limit: str = "3GB", threads: int | None = None
) -> pa.Table:
    """One pair over the quarters in which reports came in.

    Returns:
        quarter, n, n_drug, n_event, n_quarter: the reports of the quarter alone, in the order of time; every quarter
        that has reports has a row. Reports without a quarter are under `unknown`, last.
    """
    with _session(analysis, ("quarter",), memory_limit, threads) as (report_drug, report_event, reports, run):
        has_drug = report_drug.filter(report_drug.drug == drug).select("report").mutate(d=1)
        has_event = report_event.filter(report_event.event == event).select("report").mutate(e=1)
        rows = reports.select("report", quarter=reports.quarter.fill_null(UNKNOWN))
        rows = rows.left_join(has_drug, "report").select("report", "quarter", "d")
        rows = rows.left_join(has_event, "report").select("quarter", "d", "e")
        rows = rows.mutate(d=rows.d.fill_null(0), e=rows.e.fill_null(0))
        found = rows.group_by("quarter").agg(
            n=(rows.d * rows.e).sum(), n_drug=rows.d.sum(), n_event=rows.e.sum(), n_quarter=rows.count()
        )
        table = run(found)
    return table.cast(_QUARTERS).sort_by("quarter")


_QUARTERS = pa.schema(
    [("quarter", pa.string()), *((name, pa.int64()) for name in ("n", "n_drug", "n_event", "n_quarter"))]
)


@contextmanager
def _session(
    analysis: AnalysisSet, strata: Sequence[str], memory_limit: str, threads: int | None
) -> Iterator[tuple[ir.Table, ir.Table, ir.Table, Callable[[ir.Table], pa.Table]]]:
    """The tables of a set in DuckDB, and what runs an expression on them."""
    import duckdb
    import ibis

    unknown = [name for name in strata if name not in STRATA]
    if unknown or len(set(strata)) != len(tuple(strata)):
        raise InputError(
            f"{unknown[0]!r} is not a stratum." if unknown else "a stratum is there twice.",
            place="strata",
            next_step=f"Choose among {', '.join(STRATA)}.",
        )
    with tempfile.TemporaryDirectory(prefix="dechallenge-") as spill:
        database = engine(memory_limit, threads, Path(spill))
        try:
            connection = ibis.duckdb.from_connection(database)
            report_drug, report_event, reports = (
                connection.read_parquet(analysis.path(name), table_name=name)
                for name in ("report_drug", "report_event", "reports")
            )
            yield report_drug, report_event, reports.mutate(year=reports.quarter.substr(0, 4)), connection.to_pyarrow
        except duckdb.Error as error:
            told = cannot_write(error, analysis.folder)
            if told is None:
                raise
            raise told from error
        finally:
            database.close()
