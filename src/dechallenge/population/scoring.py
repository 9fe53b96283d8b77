"""The verb `measure`: counts of pairs in, a table with every measure out, each with its convention and its source.

What depends on n and the expected count alone is computed once for every distinct point. Imports `counting`,
`lrt_table`, `measures` and errors.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
from numpy.typing import NDArray
from scipy import special

from dechallenge.errors import DechallengeError, InputError
from dechallenge.population import lrt_table
from dechallenge.population.counting import Counts
from dechallenge.population.measures import disproportionality, ebgm, fdr, gps, information, lrt
from dechallenge.population.measures.cells import Cells, Floats

Measure = Literal["RRR", "PRR", "chi-square", "ROR", "IC", "EBGM", "p", "LRT", "LRT-ZI"]
MEASURES: tuple[Measure, ...] = ("RRR", "PRR", "chi-square", "ROR", "IC", "EBGM", "p")
"""What is measured unless something else is asked for."""
ON_REQUEST: tuple[Measure, ...] = ("LRT", "LRT-ZI")
"""Tests of a whole table that draw it many times: for tables of a sensible size (`lrt_table.MOST_CELLS`)."""

COLUMNS: Mapping[Measure, tuple[str, ...]] = {
    "RRR": ("rrr",),
    "PRR": ("prr", "prr_low", "prr_high"),
    "chi-square": ("chi_square",),
    "ROR": ("ror", "ror_low", "ror_high"),
    "IC": ("ic", "ic_low", "ic_high"),
    "EBGM": ("ebgm", "eb05", "eb95", "no_excess", "false_share"),
    "p": ("p", "q"),
    "LRT": ("lr", "lr_p"),
    "LRT-ZI": ("lr", "lr_zi_p", "structural_zeros"),
}
"""The columns that each measure adds to drug, event, n, n_drug, n_event, expected."""

_FIXED = {
    "RRR": ("observed over expected, n * total / (n_drug * n_event)", "DuMouchel 1999"),
    "chi-square": ("2x2 table, one degree of freedom, Yates' correction", "Evans 2001, doi 10.1002/pds.677"),
    "p": (
        "chance of n or more reports where n follows a Poisson distribution about the expected count; q: adjusted over "
        "all pairs of the table (Benjamini-Hochberg)",
        fdr.SOURCE,
    ),
}


@dataclass(frozen=True)
class Measured:
    """Measures of pairs.

    Attributes:
        table: drug and event by name, n, n_drug, n_event, expected, and the columns of the measures (`COLUMNS`); in
            the order of the counts. NaN where a measure is not defined.
        total: All reports.
        about: How each measure was computed and where it is defined, in words: measure to (convention, source).
        prior: The fitted prior of EBGM; None where EBGM was not asked for.
        least: Pairs with fewer reports are not in the table.
        policy: What was done with the reports before they were counted.
        lrt: Draws, seed and size of the table of each likelihood-ratio test that was asked for.
    """

    table: pa.Table
    total: int
    about: Mapping[str, tuple[str, str]]
    prior: gps.Prior | None
    least: int
    policy: Mapping[str, Any]
    lrt: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Everything that must go with the figures, as plain values for JSON."""
        prior = self.prior
        return {
            "reports": self.total,
            "pairs": self.table.num_rows,
            "least": self.least,
            "measures": {name: {"convention": how, "source": source} for name, (how, source) in self.about.items()},
            "prior": None if prior is None else prior_told(prior),
            **({"lrt": {name: dict(told) for name, told in self.lrt.items()}} if self.lrt else {}),
            "policy": dict(self.policy),
            "note": NOTE,
        }

    def write(self, path: Path) -> tuple[Path, ...]:
        """Write Parquet with the conventions in its metadata, or CSV with a JSON file of them beside it.

        Returns:
            The files written.

        Raises:
            DechallengeError: The ending is neither, or the file cannot be written.
        """
        return write_table(self.table, path, self.told())


NOTE = "Measures of how often drug and event are reported together; not of how often the event happens with the drug."


def prior_told(prior: gps.Prior) -> dict[str, Any]:
    """A fitted prior as plain values; `starts` shows every optimum that was reached, the published local one too."""
    return {
        "convention": prior.convention,
        "meaning": prior.told,
        "theta": dict(zip(gps.NAMES, prior.theta, strict=True)),
        "nll": prior.nll,
        "nll_of_starts": list(prior.starts),
        "boundary": list(prior.boundary),
        "points": prior.points,
        "cells": prior.cells,
        "converged": prior.converged,
    }


def measure(
    counts: Counts,
    measures: Sequence[Measure] = MEASURES,
    *,
    convention: gps.Convention = "component",
    zero: disproportionality.ZeroRule = "undefined",
    prior: gps.Prior | None = None,
    chosen: lrt_table.Choice | None = None,
) -> Measured:
    """Measure every pair of the counts.

    Args:
        counts: What `counting.pairs` gives, without strata; every pair with a report, for the prior to be fitted to.
        measures: Which; those of `ON_REQUEST` beside or instead of the usual ones.
        convention: Which likelihood the prior of EBGM is fitted with.
        zero: Rule for empty cells of PRR and ROR.
        prior: One that was fitted before, such as to all pairs where the counts are of some; fitted here where None.
        chosen: Drugs and events, draws and seed of the likelihood-ratio test.

    Raises:
        InputError: Counts in strata, an unknown measure, no pair, a prior to be fitted to a part of the pairs, or a
            table that is too large for the likelihood-ratio test.
    """
    known = (*MEASURES, *ON_REQUEST)
    unknown = [name for name in measures if name not in known]
    if unknown:
        raise InputError(
            f"{unknown[0]!r} is not a measure.", place="measures", next_step=f"Choose among {', '.join(known)}."
        )
    if counts.strata:
        raise InputError(
            "these counts are divided by strata.", place="measure", next_step="Count without strata for this table."
        )
    n, n_drug, n_event = (_floats(counts.table, name) for name in ("n", "n_drug", "n_event"))
    cells = Cells.of(n, n_drug, n_event, counts.total)
    if "EBGM" in measures and prior is None:
        prior = fit_prior(counts, convention)
    columns, about = _measured(cells, measures, zero, prior)
    told: dict[str, Mapping[str, Any]] = {}
    for test in ON_REQUEST:
        if test in measures:
            found = lrt_table.tested(counts, chosen, zero_inflated=test == "LRT-ZI")
            columns.update(zip(COLUMNS[test], (found.statistic, found.chance, found.inflation), strict=False))
            about[test], told[test] = (found.convention, lrt.SOURCE), found.told
    table = counts.named()
    table = table.append_column("expected", pa.array(cells.expected))
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values))
    return Measured(table, counts.total, about, prior, counts.least, counts.policy, told)


def fit_prior(counts: Counts, convention: gps.Convention = "component") -> gps.Prior:
    """The prior of a whole set of reports.

    Raises:
        InputError: Pairs with few reports were left out of the counts: the prior would be fitted to a selection.
    """
    if counts.least > 1:
        raise InputError(
            f"pairs with fewer than {counts.least} reports were left out: a prior fitted to the rest is too high.",
            place="GPS",
            next_step="Count all pairs (least=1) and choose rows afterwards.",
        )
    n, drug, event = (_floats(counts.table, name) for name in ("n", "n_drug", "n_event"))
    if convention == "whole table":
        drugs, events = (_floats(table, "n") for table in (counts.drugs, counts.events))
        points = gps.whole_table(n, drug, event, counts.total, drugs, events)
    else:
        points = gps.points(n, drug, event, counts.total)
    return gps.fit(points, convention)


def cells_measured(
    cells: Cells, prior: gps.Prior | None, zero: disproportionality.ZeroRule = "undefined"
) -> dict[str, Floats]:
    """All measures of some cells under a given prior, without those that look at a whole table (q, false share).

    Args:
        cells: Counts of distinct reports.
        prior: Prior of EBGM; without one there is no EBGM.
        zero: Rule for empty cells.
    """
    names = [name for name in MEASURES if prior is not None or name != "EBGM"]
    found, _ = _measured(cells, names, zero, prior)
    return {name: values for name, values in found.items() if name not in ("q", "false_share")}


def conventions(prior: gps.Prior | None, zero: disproportionality.ZeroRule = "undefined") -> dict[str, tuple[str, str]]:
    """How every measure is computed and where it is defined, without computing it for anything."""
    names = [name for name in MEASURES if prior is not None or name != "EBGM"]
    return _measured(Cells.of([1.0], [2.0], [2.0], 4.0), names, zero, prior)[1]


def _measured(
    cells: Cells, measures: Sequence[Measure], zero: disproportionality.ZeroRule, prior: gps.Prior | None
) -> tuple[dict[str, Floats], dict[str, tuple[str, str]]]:
    found: dict[str, Floats] = {}
    about: dict[str, tuple[str, str]] = {}
    n, expected, back = _distinct(cells)
    for name in MEASURES:
        if name not in measures:
            continue
        values: Sequence[Floats]
        if name == "RRR":
            values = (disproportionality.rrr(cells),)
        elif name == "chi-square":
            values = (disproportionality.chi_square(cells, yates=True),)
        elif name in ("PRR", "ROR"):
            ratio = (disproportionality.prr if name == "PRR" else disproportionality.ror)(cells, zero)
            values, about[name] = (ratio.value, ratio.low, ratio.high), (ratio.convention, ratio.source)
        elif name == "IC":
            component = information.ic(n[:1], expected[:1])
            values = tuple(x[back] for x in _in_pieces(_ic, n, expected))
            about[name] = component.convention, component.source
        elif name == "EBGM":
            assert prior is not None
            shrunk = _in_pieces(partial(_ebgm, prior.theta), n, expected)
            no_excess = shrunk[3][back]
            values = (*(x[back] for x in shrunk[:3]), no_excess, fdr.bayesian(no_excess))
            about[name] = f"{prior.told}; EB05 and EB95 are quantiles of the posterior", ebgm.SOURCE
        else:
            chance = special.gammainc(n, expected)[back]
            values = chance, fdr.benjamini_hochberg(chance)
        found.update(zip(COLUMNS[name], values, strict=True))
        about.setdefault(name, _FIXED.get(name, ("", "")))
    return found, about


def _ic(n: Floats, expected: Floats) -> tuple[Floats, ...]:
    found = information.ic(n, expected)
    return found.value, found.low, found.high


def _ebgm(theta: Sequence[float], n: Floats, expected: Floats) -> tuple[Floats, ...]:
    found = ebgm.scores(n, expected, theta)
    return found.ebgm, found.low, found.high, found.no_excess


_PIECE = 50_000
"""Points that are scored at once: their arrays stay in the memory next to the processor."""


def _in_pieces(call: Callable[..., tuple[Floats, ...]], n: Floats, expected: Floats) -> tuple[Floats, ...]:
    """The same figures as one call for all points, piece by piece on all processors."""
    places = [slice(first, first + _PIECE) for first in range(0, max(1, len(n)), _PIECE)]
    if len(places) == 1:
        return call(n, expected)
    with ThreadPoolExecutor(max_workers=min(len(places), os.cpu_count() or 1)) as pool:
        pieces = list(pool.map(lambda place: call(n[place], expected[place]), places))
    return tuple(np.concatenate(column) for column in zip(*pieces, strict=True))


def _distinct(cells: Cells) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """The distinct points of n and expected count, and the point of each pair."""
    if not len(cells.n):
        return np.empty(0), np.empty(0), np.empty(0, dtype=np.intp)
    order = np.lexsort((cells.expected, cells.n))
    n, expected = cells.n[order], cells.expected[order]
    first = np.ones(len(n), dtype=bool)
    first[1:] = (n[1:] != n[:-1]) | (expected[1:] != expected[:-1])
    back = np.empty(len(n), dtype=np.intp)
    back[order] = np.cumsum(first) - 1
    return n[first], expected[first], back


def _floats(table: pa.Table, name: str) -> Floats:
    return np.asarray(table.column(name).to_numpy(), dtype=np.float64)


def write_table(table: pa.Table, path: Path, about: Mapping[str, Any]) -> tuple[Path, ...]:
    """Write a table as Parquet or CSV, by its ending, with what must go with the figures.

    Raises:
        DechallengeError: The ending is neither, or the file cannot be written.
    """
    from pyarrow import csv, parquet

    text = json.dumps(about, indent=1, ensure_ascii=False, default=str)
    ending = path.suffix.lower()
    if ending not in (".parquet", ".csv"):
        raise DechallengeError(
            f"a table is not written as {ending or 'a file without an ending'}.",
            place=str(path),
            next_step="Name a file that ends in .parquet or .csv.",
        )
    new, beside = path.with_name(f".{path.name}.new"), path.with_suffix(".about.json")
    about_new = beside.with_name(f".{beside.name}.new")
    try:
        if ending == ".parquet":
            parquet.write_table(table.replace_schema_metadata({"dechallenge": text}), new)
            new.replace(path)
            return (path,)
        csv.write_csv(table, new)
        about_new.write_text(text + "\n", encoding="utf-8", newline="\n")
        # Both are whole before either gets its name: figures never stand without their conventions.
        about_new.replace(beside)
        new.replace(path)
        return path, beside
    except OSError as error:
        new.unlink(missing_ok=True)
        about_new.unlink(missing_ok=True)
        raise DechallengeError(
            f"the table cannot be written ({error.strerror or error}).",
            place=str(path),
            next_step="Name a file in a folder that exists and has room.",
        ) from None
