"""In the terminal: what another defensible choice would give, all methods side by side, why suspects stand as they do.

Imports the contract, rich, and this folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dechallenge.assessment.model import CaseOut, ChoiceOut, InstrumentOut, SuspectOut
from dechallenge.report import view, wording
from dechallenge.report.margin import QUIET, WARN, gap, section


def otherwise(suspect: SuspectOut) -> list[RenderableType]:
    """The choices that flip something, one line for each decision; then those that change no verdict."""
    lines: list[RenderableType] = []
    idle: dict[str, int] = {}
    for decision, rows in by_decision(suspect.sensitivity):
        own = next((row for row in rows if row.chosen), rows[0])
        others = [row for row in rows if row is not own]
        flips = [row for row in others if row.flips]
        if not flips:
            idle[decision] = idle.get(decision, 0) + len(others)
            continue
        text = Text(f"{decision}: ", style=QUIET)
        for place, row in enumerate(flips):
            text.append("; " if place else "").append(row.choice).append(" → ", style=QUIET)
            text.append(told(row), style="bold")
        lines.append(text.append(f"; as judged: {told(own, flips[0])}", style=QUIET))
    if idle:
        names = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in idle.items())
        lines.append(Text(f"no verdict changes with another {names}", style=QUIET))
    return gap(section("Otherwise", *lines)) if lines else []


def told(row: ChoiceOut, like: ChoiceOut | None = None) -> str:
    """What a choice gives, in words: what it flips, or what another choice flips."""
    flips = (like or row).flips
    parts = [row.pattern] if "pattern" in flips and row.pattern else []
    parts += [f"{id} {row.results[id]}" for id in flips if id in row.results]
    parts += [result for id, result in row.results.items() if not parts and id not in flips]
    return ", ".join(wording.minus(part) for part in parts) or ", ".join(row.results.values()) or row.pattern


def by_decision(rows: Iterable[ChoiceOut]) -> list[tuple[str, list[ChoiceOut]]]:
    """The rows in tables: those of one decision, its own choice first; each pair of editions is a table of its own."""
    found: list[tuple[str, list[ChoiceOut]]] = []
    for row in rows:
        if row.chosen or not found or found[-1][0] != row.decision:
            found.append((row.decision, []))
        found[-1][1].append(row)
    return found


def choices_table(suspect: SuspectOut) -> RenderableType:
    """Every choice with what it gives; the rule's own is marked."""
    table = Table(box=None, header_style=QUIET, padding=(0, 2, 0, 0), pad_edge=False)
    for head in ("decision", "", "choice", "gives", "flips"):
        table.add_column(head)
    for decision, rows in by_decision(suspect.sensitivity):
        for row in rows:
            gives = "; ".join([row.pattern] * bool(row.pattern) + [f"{k} {v}" for k, v in row.results.items()])
            flips = Text(", ".join(row.flips), style=WARN)
            table.add_row(decision if row.chosen else "", "●" if row.chosen else "○", row.choice, gives, flips)
    return table


def methods_table(suspect: SuspectOut) -> list[RenderableType]:
    """Topic by topic what each method gives, and why they differ."""
    out: list[RenderableType] = []
    for topic in suspect.methods:
        row = Text(", ".join(f"{cell.instrument} {wording.minus(cell.gives)}" for cell in topic.cells), style="bold")
        body: list[RenderableType] = [row]
        if topic.difference:
            body.append(Text(wording.minus(topic.difference), style=QUIET))
        out += (
            gap(section(topic.topic[:12], *body))
            if len(topic.topic) <= 12
            else [
                Text(),
                Text(topic.topic, style="cyan"),
                section("", *body),
            ]
        )
    return out


def cautions(instruments: Iterable[InstrumentOut]) -> list[Text]:
    """What has to be said with the results, those with the same words on one line."""
    found: dict[str, list[str]] = {}
    for instrument in instruments:
        if view.has_result(instrument):
            for caution in instrument.cautions:
                if instrument.unverified and not caution.because and caution.text.startswith("Unverified"):
                    continue  # the mark beside the name says it
                found.setdefault(caution.text, []).append(wording.name(instrument))
    return [
        Text.assemble(("! ", WARN), "; ".join(dict.fromkeys(names)), (f" · {text}", QUIET))
        for text, names in found.items()
    ]


def ranking(suspects: Sequence[SuspectOut]) -> list[RenderableType]:
    """Why several suspects stand in this order."""
    lines = []
    for suspect in suspects:
        text = Text(f"{suspect.rank} {suspect.drug}", style="bold")
        if suspect.excluded_because:
            text.append(f" · excluded: {suspect.excluded_because}", style=WARN)
        text.append(f" · {wording.minus('; '.join(suspect.rank_because))}", style=QUIET)
        lines.append(text)
    return gap(section("Order", *lines)) if len(lines) > 1 else []


def excluded(case: CaseOut, event: str) -> list[RenderableType]:
    """The drugs that could not have caused a reaction, with the reason."""
    found = [f"{e.drug} ({e.because})" for e in case.excluded_drugs if e.event == event]
    return gap(section("Excluded", Text("; ".join(found), style=QUIET))) if found else []
