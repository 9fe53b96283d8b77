"""The ratio of a drug and a reaction adjusted for strata of the reports, and how many reports say nothing of them.

A report without a value has a stratum of its own, so that none is lost; the ratio without those reports stands beside
it. Imports `counting`, `measures` and errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dechallenge.errors import InputError
from dechallenge.population import counting
from dechallenge.population.analysis_set import STRATA, AnalysisSet, engine, quoted
from dechallenge.population.measures import information, stratified
from dechallenge.population.measures.cells import Cells, Floats
from dechallenge.population.measures.stratified import Pooled

FEW = 5.0
"""Expected reports of a stratum below which it adds little to a test of homogeneity."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One drug with one reaction, adjusted.

    Attributes:
        strata: What the reports were divided by.
        pooled: Over all strata; a report without a value is in a stratum of its own.
        known: Over the strata whose every value is known; None where all are.
        expected: Reports expected, summed over the strata.
        ic, ic_low, ic_high: Information component with these expected reports.
        unknown: Reports of drug and reaction without a value of a stratum, of `n`.
        n: Reports of drug and reaction.
        unknown_of_all: Reports of the set without a value, of `total`.
        total: Reports of the set.
        few: Strata that say something and expect fewer than `FEW` reports.
    """

    strata: tuple[str, ...]
    pooled: Pooled
    known: Pooled | None
    expected: float
    ic: float
    ic_low: float
    ic_high: float
    unknown: int
    n: int
    unknown_of_all: int
    total: int
    few: int


ABOUT: Mapping[str, tuple[str, str]] = {
    "adjusted ROR": (
        "Mantel-Haenszel odds ratio over the strata, interval of Robins, Breslow and Greenland; reports without a "
        "value in a stratum of their own",
        "Mantel & Haenszel 1959; Robins 1986, doi 10.2307/2531052",
    ),
    "homogeneity": (
        "Breslow-Day statistic with Tarone's correction: a small chance says that the strata differ and one ratio for "
        f"all misleads; rough where strata expect fewer than {FEW:.0f} reports",
        "Breslow & Day 1980; Tarone 1985, doi 10.2307/2336344",
    ),
    "adjusted IC": (
        "the IC with the expected reports summed over the strata",
        "Norén 2013, doi 10.1177/0962280211403604",
    ),
}
"""What goes with the figures: measure to (convention, source)."""


def strata_of(words: str) -> tuple[str, ...]:
    """The strata that a user names, separated by commas: `sex,age_band`.

    Raises:
        InputError: One is unknown, or there twice.
    """
    found = tuple(word.strip().lower().replace("-", "_").replace(" ", "_") for word in words.split(",") if word.strip())
    unknown = [word for word in found if word not in STRATA]
    if unknown or not found or len(set(found)) < len(found):
        cause = f"{unknown[0]!r} is not a stratum." if unknown else "a stratum is there twice, or none is named."
        raise InputError(cause, place="--strata", next_step=f"Choose among {', '.join(STRATA)}, separated by commas.")
    return found


def adjusted(
    analysis: AnalysisSet, drugs: Sequence[int], event: int, strata: Sequence[str], *, memory_limit: str = "2GB"
) -> dict[int, Adjusted]:
    """The adjusted ratio of several drugs with one event; a drug without a report of it is not in the answer.

    Args:
        analysis: The cleaned reports.
        drugs: Numbers of the drugs.
        event: Number of the event.
        strata: What to divide by, out of `STRATA`.
        memory_limit: What DuckDB may hold.

    Raises:
        InputError: An unknown stratum.
    """
    counts = counting.pairs(analysis, strata=strata, drugs=drugs, events=[event], memory_limit=memory_limit)
    without = _without_value(analysis, strata)
    table = counts.table
    drug = table.column("drug").to_numpy()
    n, n_drug, n_event, total = (
        np.asarray(table.column(name).to_numpy(), dtype=np.float64) for name in ("n", "n_drug", "n_event", "n_stratum")
    )
    unknown = np.zeros(len(n), dtype=bool)
    for name in strata:
        unknown |= np.array([value == counting.UNKNOWN for value in table.column(name).to_pylist()], dtype=bool)
    found = {}
    for number in sorted({int(one) for one in drug}):
        rows = drug == number

        def cells(chosen: Floats | np.ndarray, rows: np.ndarray = rows) -> Cells:
            return Cells.of(*(column[rows & chosen] for column in (n, n_drug, n_event, total)))

        whole = cells(np.ones(len(n), dtype=bool))
        expected = whole.expected.sum()
        component = information.ic(whole.n.sum(keepdims=True), np.array([expected]))
        some = bool(without) and bool((rows & ~unknown).any())
        says = (whole.n_drug < whole.total) & (whole.n_event < whole.total)
        found[number] = Adjusted(
            strata=tuple(strata),
            pooled=stratified.mantel_haenszel(whole),
            known=stratified.mantel_haenszel(cells(~unknown)) if some else None,
            expected=float(expected),
            ic=float(component.value[0]),
            ic_low=float(component.low[0]),
            ic_high=float(component.high[0]),
            unknown=int(n[rows & unknown].sum()),
            n=int(whole.n.sum()),
            unknown_of_all=without,
            total=counts.total,
            few=int((whole.expected[says] < FEW).sum()),
        )
    return found


def _without_value(analysis: AnalysisSet, strata: Sequence[str]) -> int:
    """Reports of the set that have no value of a stratum."""
    missing = " OR ".join(f"{'quarter' if name == 'year' else name} IS NULL" for name in strata)
    path = quoted(analysis.path("reports"))
    connection = engine("1GB", None)
    try:
        return int(connection.execute(f"SELECT count(*) FROM read_parquet({path}) WHERE {missing}").fetchall()[0][0])
    finally:
        connection.close()
