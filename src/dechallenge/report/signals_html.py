"""One self-contained page of what many reports say: of a case, or a whole table of drugs and events.

No network, no script, no library in the page; its content security policy pins the only style. Everything that comes
from reports is escaped. Imports `population`, jinja2 and this folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from dechallenge.population.answer import ACTION, MEANING, Answer, PairAnswer, Row, Volcano
from dechallenge.population.readus import (
    SOURCE,
    Item,
    Known,
    checklist,
    database,
    measure_lines,
    of_answer,
    policy_lines,
)
from dechallenge.population.scoring import Measured
from dechallenge.report import signals_plots as plots
from dechallenge.report.html import _digest, _resource
from dechallenge.report.signals_terminal import (
    CHANCES,
    adjusted_cells,
    adjusted_words,
    case_words,
    chance,
    median,
    number_of,
    onset_words,
    positive,
)
from dechallenge.report.wording import NOTHING, SUPPORT

_HEAT_TERMS, _HEAT_DRUGS = 14, 14


def render(answer: Answer) -> str:
    """The page of a case as HTML5; the same answer gives the same bytes.

    Args:
        answer: What `population.question.signals` gives.
    """
    how = [*policy_lines(answer.policy), *measure_lines(answer.about)]
    if answer.prior is not None:
        how.append(f"prior of EBGM: fitted to {answer.prior.cells:,.0f} pairs of single terms")
    return _page(
        title=answer.title,
        reports=f"{answer.total:,} reports: {database(answer.sources, answer.span)}",
        pairs=[_Pair(pair, answer.prior is not None) for pair in answer.pairs],
        has_prior=answer.prior is not None,
        how=how,
        notes=answer.notes,
        checklist=of_answer(answer),
        table=None,
    )


def render_table(measured: Measured, *, most: int = 40) -> str:
    """The page of a whole table.

    Args:
        measured: What `scoring.measure` gives, with RRR, p and IC.
        most: Rows shown, those with the highest EB05 first (IC025 without EBGM).
    """
    known = Known(
        data="the reports",
        subject="all drugs and events",
        reports=measured.total,
        policy=policy_lines(measured.policy),
        terms=(),
        measures=measure_lines(measured.about),
        cases=(f"{measured.table.num_rows:,} pairs of drug and event",),
        results=("in the table",),
        onset=(),
    )
    return _page(
        title="Drugs and events",
        reports=f"{measured.total:,} reports, {measured.table.num_rows:,} pairs",
        pairs=[],
        has_prior=measured.prior is not None,
        how=[*policy_lines(measured.policy), *measure_lines(measured.about)],
        notes=(),
        checklist=checklist(known),
        table=_table(measured, most),
    )


def _page(*, checklist: Sequence[Item], **content: Any) -> str:
    style = _resource("style.css").strip() + "\n" + _resource("signals.css").strip()
    env = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return env.get_template("signals.html.j2").render(
        style=Markup(style), style_hash=_digest(style), meaning=MEANING, action=ACTION, support=SUPPORT,
        checklist=checklist, checklist_source=SOURCE, **content,
    )  # fmt: skip


class _Pair:
    """What the template of one suspect and reaction needs."""

    def __init__(self, pair: PairAnswer, has_prior: bool) -> None:
        self.pair = pair
        row = pair.row
        self.terms = "; ".join(term.name for term in pair.terms.found)
        self.rows = [_row(one, pair.class_name, has_prior) for one in (*([row] if row else []), *pair.others)]
        self.adjusted: list[_Row] = []
        self.adjusted_words = ""
        self.sentence = self.onset_words = self.case_words = self.series_words = ""
        self.onset_plot = self.series_plot = self.heat = self.volcano = Markup()
        self.tallies: list[tuple[str, list[str]]] = []
        self.together = [
            f"{t.first} with {t.second}: {t.n} of {t.n_both} reports with both, Omega "
            f"{number_of(float(t.omega.value[0]))} ({number_of(float(t.omega.low[0]))} to "
            f"{number_of(float(t.omega.high[0]))})"
            for t in pair.together
        ]
        if row is not None:
            self._fill(pair, row)

    def _fill(self, pair: PairAnswer, row: Row) -> None:
        of = f"{pair.drug} and {pair.term}"
        self.sentence = (
            f"{row.n:,} of {row.n_drug:,} reports with the drug, where {row.expected:.2f} were expected; "
            f"{row.n_event:,} of {row.total:,} reports have the reaction."
        )
        if row.onset is not None:
            self.onset_words, self.case_words = (_sentence(f(row.onset)) for f in (onset_words, case_words))
            self.onset_plot = Markup(plots.onset_plot(row.onset, f"Time to onset of {of}"))
        if row.adjusted is not None:
            self.adjusted_words = _sentence(adjusted_words(row.adjusted))
            self.adjusted = [
                _Row(one.drug, "", one.why == "suspect", adjusted_cells(one, one.adjusted))
                for one in (row, *pair.others)
                if one.adjusted is not None
            ]
        self.tallies = [(t.name, [f"{word} {n:,}" for word, n in t.counts]) for t in row.tallies]
        if pair.series is not None:
            self.series_plot = Markup(plots.series_plot(pair.series, f"IC over quarters of {of}"))
            first = pair.series.first
            self.series_words = (
                f"The lower bound first rose above zero in {first}."
                if first
                else "The lower bound never rose above zero."
            ) + f" {len(pair.series.quarters)} quarters are as many looks."
        if pair.volcano is not None:
            self.volcano = Markup(plots.volcano(pair.volcano, f"All events with {pair.drug}"))
        cells = {(r.drug, r.term): plots.Cell(r.n, r.values["ic"], r.values["ic_low"]) for r in pair.by_term}
        sums = Counter[str]()
        for one in pair.by_term:
            sums[one.term] += one.n
        terms = [name for name, _ in sorted(sums.items(), key=lambda item: (-item[1], item[0]))][:_HEAT_TERMS]
        drugs = [r.drug for r in (row, *pair.others) if r.n][:_HEAT_DRUGS]
        self.heat = Markup(plots.heat_map(drugs, terms, cells, f"Drugs and terms of {pair.term}"))


def _sentence(words: str) -> str:
    return words and words[0].upper() + words[1:] + "."


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    why: str
    suspect: bool
    cells: list[str]


def _row(row: Row, class_name: str, has_prior: bool) -> _Row:
    v = {name: number_of(value) for name, value in row.values.items()}
    values = [
        f"{row.n:,}",
        f"{row.expected:.2f}",
        v["prr"],
        _between(v["ror"], v["ror_low"], v["ror_high"]),
        _between(v["ic"], v["ic_low"], v["ic_high"], " to "),
    ]
    if has_prior:
        values.append(_between(v["ebgm"], v["eb05"], v["eb95"]))
    values += [chance(row.values["p"]), median(row.onset), positive(row.tallies)]
    why = {"suspect": "", "same class": class_name}.get(row.why, row.why)
    return _Row(row.drug, why, row.why == "suspect", values)


@dataclass(frozen=True, slots=True)
class _Shown:
    head: str
    names: list[str]
    rows: Sequence[Mapping[str, Any]]
    volcano: Markup
    heat: Markup


def _table(measured: Measured, most: int) -> _Shown:
    table = measured.table
    by = "eb05" if "eb05" in table.column_names else "ic_low"
    ranked = table.sort_by([(by, "descending"), ("drug", "ascending"), ("event", "ascending")])
    names = [c for c in _SHOWN if c in table.column_names]
    shown = [
        {"drug": r["drug"], "event": r["event"], "cells": [_value(c, r) for c in names]}
        for r in ranked.slice(0, most).to_pylist()
    ]
    marks = _marks(table)
    head = f"The {min(most, table.num_rows)} pairs with the highest {by}"
    return _Shown(
        head, [_SHOWN[c] for c in names], shown, Markup(plots.volcano(marks, "All pairs")), _heat(measured, ranked, by)
    )


def _marks(table: Any) -> Volcano:
    """The pairs that are drawn: where many share a place, the one with most reports; names are looked up for these."""
    ratio = np.log2(table.column("rrr").to_numpy())
    p, n = (table.column(name).to_numpy() for name in ("p", "n"))
    with np.errstate(divide="ignore"):
        high = np.minimum(-np.log10(p), 300.0)
    place = np.round(ratio * 12).astype(np.int64) * 100_000 + np.round(high * 12).astype(np.int64)
    order = np.lexsort((-n, place))
    first = np.ones(len(order), dtype=bool)
    first[1:] = place[order][1:] != place[order][:-1]
    kept = np.sort(order[first])
    rows = table.select(["drug", "event"]).take(kept).to_pylist()
    return Volcano(
        tuple(f"{row['drug']}, {row['event']}" for row in rows),
        tuple(float(x) for x in ratio[kept]),
        tuple(float(x) for x in p[kept]),
        tuple(int(x) for x in n[kept]),
        (False,) * len(rows),
    )


_SHOWN = {
    "n": "reports",
    "expected": "expected",
    "prr": "PRR (95 %)",
    "ror": "ROR (95 %)",
    "ic": "IC (95 %)",
    "ebgm": "EBGM (EB05–EB95)",
    "q": "q",
    "lr": "LR",
    "lr_p": "p of LR",
    "lr_zi_p": "p of LR, zero-inflated",
}
"""The columns of the page, with what they are called there."""


def _value(name: str, row: Mapping[str, Any]) -> str:
    value = row[name]
    if name == "n":
        return f"{value:,}"
    if name in CHANCES:
        return chance(value)
    bounds = {"ebgm": ("eb05", "eb95")}.get(name, (f"{name}_low", f"{name}_high"))
    if bounds[0] not in row:
        return number_of(value)
    sign = " to " if name == "ic" else "–"
    return _between(number_of(value), number_of(row[bounds[0]]), number_of(row[bounds[1]]), sign)


def _between(value: str, low: str, high: str, sign: str = "–") -> str:
    """A value and its interval, which is left out where there is none."""
    return f"{value} ({low}{sign}{high})" if (low, high) != (NOTHING, NOTHING) else value


def _heat(measured: Measured, ranked: Any, by: str) -> Markup:
    """The drugs and events with most pairs above the usual rule (EB05 at least 2, or IC025 above zero)."""
    limit = 2.0 if by == "eb05" else 0.0
    above = [r for r in ranked.slice(0, 5000).select(["drug", "event", by]).to_pylist() if (r[by] or 0) > limit]
    pick = []
    for of, most in (("drug", _HEAT_DRUGS), ("event", _HEAT_TERMS)):
        counted = Counter(r[of] for r in above)
        pick.append([name for name, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))][:most])
    import pyarrow.compute as pc  # type: ignore[import-untyped,unused-ignore]

    table = measured.table
    chosen = pc.and_(
        *(pc.is_in(table.column(of), _values(names)) for of, names in zip(("drug", "event"), pick, strict=True))
    )
    cells = {
        (r["drug"], r["event"]): plots.Cell(r["n"], r["ic"], r["ic_low"])
        for r in table.filter(chosen).select(["drug", "event", "n", "ic", "ic_low"]).to_pylist()
    }
    return Markup(plots.heat_map(pick[0], pick[1], cells, "Drugs and events"))


def _values(names: Sequence[str]) -> Any:
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    return pa.array(list(names), type=pa.string())
