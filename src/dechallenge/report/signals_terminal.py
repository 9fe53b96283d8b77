"""What many reports say of a case, in a terminal; and the head of a whole table of signals.

Imports `population`, rich and this folder.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dechallenge.population.adjusting import FEW, Adjusted
from dechallenge.population.answer import ACTION, MEANING, Answer, PairAnswer, Row, Tally, TimeToOnset
from dechallenge.population.readus import database, measure_lines, policy_lines
from dechallenge.population.scoring import Measured
from dechallenge.report.terminal import draw
from dechallenge.report.wording import NOTHING, SUPPORT, minus, number

DIFFER = 0.05
"""Chance of the test of homogeneity below which the difference of the strata is said."""
CHANCES = ("q", "lr_p", "lr_zi_p")
"""Columns that hold a chance."""
_BARS = " ▁▂▃▄▅▆▇█"


def render(answer: Answer, *, width: int = 100, color: bool = True) -> str:
    """The answer as text.

    Args:
        answer: What `population.question.signals` gives.
        width: Columns of the terminal.
        color: ANSI colours; without them plain text.
    """
    parts: list[RenderableType] = [Text(answer.title, style="bold"), Rule(style="cyan")]
    parts.append(Text(f"{answer.total:,} reports: {database(answer.sources, answer.span)}", style="cyan"))
    for pair in answer.pairs:
        parts += _pair(pair)
    parts += _head("What this means")
    parts += [_line(line) for line in MEANING]
    parts += _head("How it was counted and measured")
    parts += [_line(line) for line in (*policy_lines(answer.policy), *measure_lines(answer.about))]
    if answer.prior is not None:
        parts.append(_line(f"prior of EBGM: fitted to {answer.prior.cells:,.0f} pairs of single terms"))
    if answer.notes:
        parts += _head("Not told")
        parts += [_line(note) for note in answer.notes]
    parts += [Text(), Text(SUPPORT, style="dim")]
    return draw(parts, width=width, color=color)


def _head(words: str) -> list[RenderableType]:
    return [Text(), Text(words, style="bold")]


def _in(words: str, style: str = "") -> RenderableType:
    """Words set in from the edge, on every line."""
    return Padding(Text(words, style=style), (0, 0, 0, 2))


def _line(words: str) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_row("  ·", Text(words))
    return table


def _pair(pair: PairAnswer) -> list[RenderableType]:
    parts = _head(f"{pair.drug} and {pair.term}")
    if pair.row is None:
        parts.append(_line(pair.why_not))
        if pair.others:
            parts += [Text(), _rows(pair.others, pair.class_name)]
        return parts
    row = pair.row
    parts.append(
        _in(
f"{row.n} of {row.n_drug:,} reports with the drug, {row.expected:.2f} expected; "
             f"{row.n_event:,} of {row.total:,} reports with the reaction")
    )  # fmt: skip
    parts.append(_in("terms counted: " + "; ".join(term.name for term in pair.terms.found), "dim"))
    parts += [Text(), _rows([row, *pair.others], pair.class_name)]
    if row.adjusted is not None:
        parts += [Text(), _adjusted([row, *pair.others]), _in(adjusted_words(row.adjusted), "dim")]
    if row.onset is not None:
        parts += [Text(), *_onset(row.onset)]
    if row.tallies:
        parts += [_tally(tally) for tally in row.tallies]
        parts.append(_in(ACTION, "dim"))
    if pair.co_reported:
        named = ", ".join(f"{name} {n}" for name, n in pair.co_reported)
        parts.append(_in(f"reported together with: {named}"))
    for both in pair.together:
        low, high = float(both.omega.low[0]), float(both.omega.high[0])
        parts.append(
            _in(
f"{both.first} with {both.second}: {both.n} of {both.n_both} reports with both; "
                 f"Omega {number_of(float(both.omega.value[0]))} ({number_of(low)} to {number_of(high)})")
        )  # fmt: skip
    if pair.series is not None:
        series = pair.series
        found = f"IC025 first above 0 in {series.first}" if series.first else "IC025 never above 0"
        since = f", above it since {series.last_crossing}" if series.last_crossing else ""
        parts.append(_in(f"over {len(series.quarters)} quarters: {found}{since}; each quarter is one more look"))
    return parts


def _rows(rows: Sequence[Row], class_name: str) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="dim")
    table.add_column("drug")
    for name in ("n", "expected", "PRR", "ROR", "IC (95 %)", "EBGM (EB05)", "onset", "dechallenge +"):
        table.add_column(name, justify="right")
    for row in rows:
        v = row.values
        why = {"suspect": "", "same class": f"\n  {class_name}"}.get(row.why, f"\n  {row.why}")
        table.add_row(
            Text(row.drug, style="bold" if row.why == "suspect" else "").append(why, style="dim"),
            f"{row.n:,}",
            f"{row.expected:.2f}",
            number_of(v["prr"]),
            number_of(v["ror"]),
            f"{number_of(v['ic'])} ({number_of(v['ic_low'])} to {number_of(v['ic_high'])})",
            f"{number_of(v['ebgm'])} ({number_of(v['eb05'])})" if "ebgm" in v else NOTHING,
            median(row.onset),
            positive(row.tallies),
        )
    return table


def _adjusted(rows: Sequence[Row]) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="dim")
    table.add_column("drug")
    for name in ("crude ROR", "adjusted ROR (95 %)", "expected", "IC (95 %)", "strata", "homogeneity p"):
        table.add_column(name, justify="right")
    for row in rows:
        if row.adjusted is not None:
            style = "bold" if row.why == "suspect" else ""
            table.add_row(Text(row.drug, style=style), *adjusted_cells(row, row.adjusted))
    return table


def adjusted_cells(row: Row, found: Adjusted) -> list[str]:
    """Crude and adjusted ratio, expected reports, IC, strata that say something, chance of their difference."""
    pooled = found.pooled
    return [
        number_of(row.values["ror"]),
        f"{number_of(pooled.value)} ({number_of(pooled.low)} to {number_of(pooled.high)})",
        number_of(found.expected),
        f"{number_of(found.ic)} ({number_of(found.ic_low)} to {number_of(found.ic_high)})",
        str(pooled.strata),
        chance(pooled.chance),
    ]


def adjusted_words(found: Adjusted) -> str:
    """What the ratio of the suspect is adjusted for, and what is not known of the reports."""
    words = f"adjusted for {', '.join(name.replace('_', ' ') for name in found.strata)}"
    words += f"; without a value: {found.unknown:,} of the {found.n:,} reports with both and "
    words += f"{found.unknown_of_all:,} of all {found.total:,}"
    if found.known is not None:
        known = found.known
        words += (
            f" (a stratum of their own; without them {number_of(known.value)}, {number_of(known.low)} to "
            f"{number_of(known.high)})"
        )
    if found.pooled.chance < DIFFER:
        words += "; the strata differ, so that one ratio for all of them misleads"
    if found.few:
        words += f"; {found.few} of {found.pooled.strata} strata expect fewer than {FEW:.0f} reports"
    return words


def median(onset: TimeToOnset | None) -> str:
    """Median time to onset in days, or a dash."""
    return NOTHING if onset is None or not onset.days else f"{number(onset.fit.quartiles[1])} d"


def positive(tallies: Sequence[Tally]) -> str:
    """Reports with a positive dechallenge, of those that state a result; a dash where nothing was read."""
    found = next((dict(tally.counts) for tally in tallies if tally.name == "dechallenge"), None)
    if found is None:
        return NOTHING
    told = found.get("positive", 0) + found.get("negative", 0) + found.get("positive and negative", 0)
    return f"{found.get('positive', 0)} of {told}" if told else NOTHING


def number_of(value: float) -> str:
    """Two decimals, fewer for large figures; a dash for what is not defined."""
    if not math.isfinite(value):
        return NOTHING
    words = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 100 else f"{value:.2f}"
    return minus(words)


def _onset(onset: TimeToOnset) -> list[RenderableType]:
    parts: list[RenderableType] = [_in(onset_words(onset))]
    if onset.days:
        parts.append(_in(histogram(onset)))
    if (place := case_words(onset)) != "":
        parts.append(_in(place, "bold"))
    return parts


def onset_words(onset: TimeToOnset) -> str:
    """The times in one sentence: how many, quartiles, Weibull, what was left out."""
    left = f"{onset.undated} reports without both dates"
    if onset.negative:
        left += f", {onset.negative} with the reaction before the first dose"
    if not onset.days:
        return f"time to onset: none told ({left})"
    low, middle, high = (number(q) for q in onset.fit.quartiles)
    words = f"time to onset: {len(onset.days)} reports, median {middle} days ({low} to {high}); left out: {left}"
    if math.isfinite(onset.fit.shape[0]):
        shape = ", ".join(number_of(v) for v in onset.fit.shape[1:])
        words += f"; Weibull shape {number_of(onset.fit.shape[0])} ({shape}): {onset.fit.meaning}"
    return words


def case_words(onset: TimeToOnset) -> str:
    """Where the case lies among the times; empty where either is not known."""
    if onset.case is None or onset.share is None:
        return ""
    low, high = onset.case
    day = number(low) if low == high else f"{number(low)} to {number(high)}"
    share = [f"{100 * s:.0f}" for s in onset.share]
    part = f"{share[0]} %" if share[0] == share[1] else f"{share[0]} to {share[1]} %"
    return f"this case: day {day}; {part} of the reports came as soon or sooner"


def histogram(onset: TimeToOnset, bins: int = 40) -> str:
    """A line of bars over log days with the case marked, for a terminal."""
    top = math.log1p(max(max(onset.days), onset.case[1] if onset.case else 0.0, 1.0))
    counts = [0] * bins
    for day in onset.days:
        counts[min(bins - 1, int(math.log1p(day) / top * bins))] += 1
    tall = max(counts)
    bars = "".join(_BARS[math.ceil(8 * n / tall)] if n else "·" for n in counts)
    marked = ""
    if onset.case is not None:
        at = min(bins - 1, int(math.log1p(max(0.0, onset.case[0])) / top * bins))
        marked = f"\n{' ' * (6 + at)}▲ this case"
    return f"day 0 {bars} day {math.expm1(top):.0f}{marked}"


def _tally(tally: Tally) -> RenderableType:
    counts = ", ".join(f"{word} {n}" for word, n in tally.counts)
    return _in(f"{tally.name}: {counts} (of {tally.of} reports)")


def render_table(measured: Measured, *, most: int = 20, width: int = 100, color: bool = True) -> str:
    """The head of a whole table: the pairs with the highest EB05, or IC025 where there is no EBGM.

    Args:
        measured: What `scoring.measure` gives.
        most: Rows shown.
        width: Columns of the terminal.
        color: ANSI colours.
    """
    by = "eb05" if "eb05" in measured.table.column_names else "ic_low"
    table = measured.table.sort_by([(by, "descending"), ("drug", "ascending"), ("event", "ascending")]).slice(0, most)
    shown = Table(box=None, padding=(0, 1), header_style="dim")
    shown.add_column("drug")
    shown.add_column("event")
    names = ["n", "expected", "prr", "ror", "ic", "ic_low", "ebgm", "eb05", "q", "lr", *CHANCES[1:]]
    names = [name for name in names if name in table.column_names]
    for name in names:
        shown.add_column(name, justify="right")
    for row in table.to_pylist():
        shown.add_row(row["drug"], row["event"], *(_cell(name, row) for name in names))
    head = (
        f"{measured.table.num_rows:,} pairs of {measured.total:,} reports; the {table.num_rows} with the highest {by}"
    )
    parts: list[RenderableType] = [Text(head, style="bold"), Rule(style="cyan"), shown]
    parts += _head("How it was counted and measured")
    parts += [_line(line) for line in (*policy_lines(measured.policy), *measure_lines(measured.about))]
    parts += [Text(), _line(MEANING[0])]
    return draw(parts, width=width, color=color)


def _cell(name: str, row: Mapping[str, float]) -> str:
    value = row[name]
    if name == "n":
        return f"{value:,}"
    return chance(value) if name in CHANCES else number_of(value)


def chance(value: float) -> str:
    """A chance in words: its power of ten where it is small; what a double cannot hold is said to be below."""
    if value == 0:
        return "<1e-300"
    return f"{value:.1e}" if value < 0.01 else number_of(value)
