"""What was read of a case, each value beside its words and its line.

Imports the contract, rich, and this folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dechallenge.assessment.model import CaseOut, Days
from dechallenge.evidence import Evidence, words
from dechallenge.report import labs, view, wording
from dechallenge.report.blocks import finding
from dechallenge.report.margin import QUIET, WARN, section

Line = tuple[Text | str, str, tuple[Evidence, ...]]


def case(case: CaseOut, texts: Mapping[str, str]) -> list[RenderableType]:
    """The sections of a reading, empty ones left out."""
    blocks: list[tuple[str, list[Line]]] = [
        ("Patient", [(wording.patient(case.patient), "", case.patient.evidence)]),
        ("Reactions", [(e.term, _when(e.onset_days), e.evidence) for e in case.events]),
        ("Drugs", _drugs(case)),
        ("Actions", _actions(case)),
        ("Laboratory", _labs(case)),
        ("Work-up", [(_test(t.name, t.state, t.result), _when(t.day), t.evidence) for s in view.STATES
                     for t in view.work_up(case)[s] if t.state != "not reported"]),
        ("Findings", [(finding(f).append(", earlier" if f.history else "", style=QUIET), _when(f.day), f.evidence)
                      for f in case.findings]),
        ("Claims", [(" ".join(p for p in (s.kind, s.method, s.result) if p), s.by, s.evidence)
                      for s in case.statements]),
        ("Conflicts", [(Text(c.what, style=WARN), c.kind, c.evidence) for c in case.conflicts]),
    ]  # fmt: skip
    out: list[RenderableType] = []
    for label, lines in blocks:
        if lines:
            out += [Text(), section(label, _table(lines, texts))] if out else [section(label, _table(lines, texts))]
    out += _unread(case, texts)
    return out


def _drugs(case: CaseOut) -> list[Line]:
    lines: list[Line] = []
    for item in case.exposures:
        role = Text(item.drug).append(f" {item.role}", style="bold" if item.role == "suspect" else QUIET)
        given = view.dose(item)
        if given:
            role.append(f" · {given}", style=QUIET)
        start, stop = _when(item.start_days), _when(item.stop_days)
        when = " to ".join(p for p in (start, stop) if p) if stop else start
        lines.append((role, when, item.evidence))
    return lines


_OF_A_STOP = {"stopped": "dechallenge"}
"""What the result of an action is one of, where it is not a re-exposure."""


def _actions(case: CaseOut) -> list[Line]:
    lines: list[Line] = []
    for item in case.actions:
        text = Text(f"{item.drug} {item.kind}")
        for part in (
            item.reason,
            item.result and f"{_OF_A_STOP.get(item.kind, 're-exposure')} {item.result}",
            item.because,
        ):
            if part:
                text.append(f" · {part}", style=QUIET)
        lines.append((text, _when(item.day), item.evidence))
    return lines


def _labs(case: CaseOut) -> list[Line]:
    lines: list[Line] = []
    for item in case.measurements:
        text = Text(f"{wording.analyte(item)} ").append(wording.value(item), style="bold")
        if item.times_uln is not None:
            text.append(f"  {wording.times(item.times_uln)} ULN", style=QUIET)
        limit = wording.limit(item)
        if limit and item.times_uln is not None:
            text.append(f" ({limit})", style=QUIET)
        if labs.doubtful(item):
            text.append("  implausible", style=WARN)
        elif labs.unit_assumed(item):
            text.append("  unit assumed", style=QUIET)
        lines.append((text, _when(item.day) or item.day_text, item.evidence))
    return lines


def _test(name: str, state: str, result: str) -> Text:
    text = Text(f"{name} ").append(state, style="bold" if state == "positive" else "")
    return text.append(f" ({result})", style=QUIET) if result and result != state else text


def _when(interval: Days | None) -> str:
    return "" if interval is None or interval == (None, None) else wording.day(interval)


def _table(lines: Iterable[Line], texts: Mapping[str, str]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(ratio=5)
    grid.add_column(width=15)
    grid.add_column(ratio=4)
    for what, when, evidence in lines:
        grid.add_row(what, Text(when, style=QUIET), Text(quoted(evidence, texts), style=QUIET))
    return grid


def quoted(evidence: tuple[Evidence, ...], texts: Mapping[str, str], limit: int = 56) -> str:
    """The quotations on one line each, with the line (or the offset) where they stand."""
    out: list[str] = []
    for quote in words(evidence):
        text = texts.get(quote.document)
        place = f"l. {text.count(chr(10), 0, quote.start) + 1}" if text is not None else f"@{quote.start}"
        out.append(f"{place} “{wording.clip(quote.quote, limit)}”")
    return "\n".join(out or wording.sources(evidence))


def _unread(case: CaseOut, texts: Mapping[str, str]) -> list[RenderableType]:
    done = case.completeness
    if not done.numbers:
        return []
    head = Text(f"{done.numbers_read} of {done.numbers} numbers of the text ended in a fact")
    lines = [Text(quoted((e,), texts), style=QUIET) for e in done.unread]
    return [Text(), section("Numbers", Group(head, *lines))]
