"""The parts of a case in the terminal, each a label in the left margin and its content beside it.

Imports the contract, rich, and this folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dechallenge.assessment.model import CaseOut, FindingOut, MeasurementOut, ProblemOut
from dechallenge.evidence import words
from dechallenge.report import labs, suspects, view, wording
from dechallenge.report.labs import Row, doubtful, unit_assumed
from dechallenge.report.margin import LABEL, MARGIN, QUIET, WARN, gap, quiet, section

_QUESTIONS = 5
_EFFECTS = 2
_ANSWERS = 3
_CELL = 14


def case(case: CaseOut, width: int) -> list[RenderableType]:
    """Everything that is shown of one case."""
    out: list[RenderableType] = [section("Patient", Text(wording.patient(case.patient)))]
    if not case.events:
        out.append(section("Reaction", quiet("the report names no reaction that could be assessed", lead="none found")))
    for event in case.events:
        out += suspects.event(case, event, width)
    out += _laboratory(case, width)
    out += _work_up(case)
    out += _histology(case)
    out += _other_causes(case)
    out += _questions(case)
    out += _conflicts(case)
    out += _statements(case)
    out += _coverage(case)
    return out


def _laboratory(case: CaseOut, width: int) -> list[RenderableType]:
    course = labs.course(case)
    if not course.rows:
        return []
    sparks = {r.analyte: r.spark()[-12:] for r in course.rows}
    peaks = any(r.peak is not None for r in course.rows)
    names = min(30, max(len(r.name) + len(wording.unit(r.unit)) + 1 for r in course.rows))
    room = width - MARGIN - 1 - names - 2 - (9 if peaks else 0) - max(len(v) for v in sparks.values()) - 2
    sizes = [
        min(_CELL, max(len(column.head), *(len(_amounts(r, i)) for r in course.rows))) + 2
        for i, column in enumerate(course.columns)
    ]
    chosen = labs.choose(course, sizes, room)
    table = Table(box=None, header_style=QUIET, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("day", width=names)
    for i in chosen:
        table.add_column(course.columns[i].head, justify="right", width=sizes[i] - 2)
    if peaks:
        table.add_column("× ULN", justify="right", no_wrap=True)
    if any(sparks.values()):
        table.add_column("course", no_wrap=True, style=LABEL)
    for row in course.rows:
        if not any(row.cells[i] for i in chosen):
            continue
        name = Text(row.name).append(f" {wording.unit(row.unit)}" if row.unit else "", style=QUIET)
        cells: list[RenderableType] = [name, *(_values(row, i) for i in chosen)]
        if peaks:
            cells.append(wording.times(row.peak) if row.peak is not None else "")
        if any(sparks.values()):
            cells.append(sparks[row.analyte])
        table.add_row(*cells)
    parts: list[RenderableType] = [table]
    hidden = len(course.columns) - len(chosen)
    if hidden:
        parts.append(Text(f"{hidden} more moment{'s' if hidden > 1 else ''} in --json and --html", style=QUIET))
    if any(r.flagged for r in course.rows):
        parts.append(Text(f"! implausible as printed{': see conflicts' if case.conflicts else ''}", style=WARN))
    if any(r.unit_assumed for r in course.rows):
        parts.append(Text("° unit not printed; assumed from the size of the value", style=QUIET))
    return gap(section("Laboratory", *parts))


def _amounts(row: Row, column: int) -> str:
    return ", ".join(wording.value(m, with_unit=not row.unit) + _mark(m) for m in row.cells[column])


def _mark(item: MeasurementOut) -> str:
    return "!" if doubtful(item) else "°" if unit_assumed(item) else ""


def _values(row: Row, column: int) -> Text:
    high = any(m.times_uln is not None and m.times_uln > 1 for m in row.cells[column])
    flagged = any(doubtful(m) for m in row.cells[column])
    return Text(_amounts(row, column), style=WARN if flagged else "bold" if high else "")


def _work_up(case: CaseOut) -> list[RenderableType]:
    if not case.tests:
        return []
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=18, style=QUIET)
    table.add_column(ratio=1)
    for state, tests in view.work_up(case).items():
        if not tests and state == "not interpretable":
            continue
        names = [t.name + (f" ({wording.clip(t.result, 44)})" if t.result and t.result != state else "") for t in tests]
        style = "bold" if state == "positive" else QUIET if state == "not reported" else ""
        table.add_row(state, Text(" · ".join(dict.fromkeys(names)) or wording.NOTHING, style=style))
    return gap(section("Work-up", table))


def finding(item: FindingOut) -> Text:
    """A finding with its state, extent and what it speaks for and against."""
    sign = {"present": "+", "absent": f"{wording.MINUS}", "uncertain": "?"}.get(item.state, "+")
    text = Text(f"{sign} {'no ' if item.state == 'absent' else ''}{item.term}")
    if item.extent:
        text.append(f", {item.extent}")
    if item.state == "uncertain":
        text.append(" (uncertain)", style=QUIET)
    if item.points_to:
        text.append(f" · points to {', '.join(item.points_to)}", style=QUIET)
    if item.points_against:
        text.append(f" · points against {', '.join(item.points_against)}", style=QUIET)
    return text


def _histology(case: CaseOut) -> list[RenderableType]:
    found = view.histology(case)
    return gap(section("Histology", *(finding(f) for f in found))) if found else []


def _other_causes(case: CaseOut) -> list[RenderableType]:
    if not case.competing_causes:
        return []
    return gap(section("Other causes", *(finding(f) for f in case.competing_causes)))


def _questions(case: CaseOut) -> list[RenderableType]:
    first = [s for e in case.events for s in view.suspects_of(case, e)[:1]]
    asked = view.questions(first, case.events)
    if not asked:
        return []
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=2, style=QUIET)
    grid.add_column(ratio=1)
    for n, question in enumerate(asked[:_QUESTIONS], start=1):
        lines = [Text(question.question)]
        for effect in question.effects[:_EFFECTS]:
            line = Text(", ".join(effect.instruments) + ": ", style=QUIET)
            for m, (answer, outcome) in enumerate(effect.answers[:_ANSWERS]):
                line.append(f"{' · ' if m else ''}{answer} → ").append(outcome, style="not dim")
            tail = " · …" if len(effect.answers) > _ANSWERS else " · otherwise as now" if effect.rest else ""
            lines.append(line.append(tail))
        if question.narrows:
            lines.append(Text(f"would narrow the range of {', '.join(question.narrows)}", style=QUIET))
        grid.add_row(str(n), Group(*lines))
    parts: list[RenderableType] = [grid]
    if len(asked) > _QUESTIONS:
        parts.append(Text(f"{len(asked) - _QUESTIONS} more in --json and --html", style=QUIET))
    return gap(section("Questions", *parts))


def _conflicts(case: CaseOut) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for conflict in case.conflicts:
        text = Text.assemble((f"{conflict.kind}: ", WARN), conflict.what)
        if conflict.repair:
            text.append(f" · likely {wording.unit(conflict.repair)}", style="bold")
        if conflict.affects:
            text.append(f" · {conflict.affects}", style=QUIET)
        parts.append(text)
        quotes = [f"“{wording.clip(w.quote, 60)}”" for w in words(conflict.evidence)]
        if quotes:
            parts.append(Text("  " + "  ".join(dict.fromkeys(quotes)), style=QUIET))
    return gap(section("Conflicts", *parts)) if parts else []


def _statements(case: CaseOut) -> list[RenderableType]:
    """What others claim, apart from everything that was assessed."""
    parts: list[RenderableType] = []
    for item in case.statements:
        if item.kind == "items":  # the sheet behind an earlier result of ours; it travels, and is not shown
            continue
        claim = " ".join(p for p in (item.kind, item.method) if p)
        about = f" · {item.drug}" if item.drug else ""
        by = f"{item.by} ({item.source})" if item.source and item.by != "dechallenge" else item.by
        parts.append(Text.assemble((f"{by}: ", QUIET), claim, f" {item.result}{about}".rstrip()))
    if not parts:
        return []
    return gap(section("Claims", Text("made by others: shown, and used in no score", style=QUIET), *parts))


def _coverage(case: CaseOut) -> list[RenderableType]:
    done = case.completeness
    parts: list[RenderableType] = []
    if done.numbers:
        text = Text(f"{done.numbers_read} of {done.numbers} numbers of the text were used")
        unread = [f"“{wording.clip(w.quote, 24)}”" for w in words(done.unread)]
        if unread:
            text.append(f" · not read: {' '.join(unread[:8])}{' …' if len(unread) > 8 else ''}", style=QUIET)
        parts.append(text)
    if done.not_stated:
        parts.append(Text.assemble(("not stated: ", QUIET), ", ".join(done.not_stated)))
    parts += [Text(note, style=QUIET) for note in case.notes]
    return gap(section("Reading", *parts)) if parts else []


def problems(problems: Sequence[ProblemOut], names: Mapping[str, str]) -> list[RenderableType]:
    """What could not be read, with the next step."""
    if not problems:
        return []
    lines = [
        Text.assemble(
            (f"{names.get(p.document, p.document)}: ", "bold"),
            wording.sentence(p.message),
            (f" {p.next_step}".rstrip(), QUIET),
        )
        for p in problems
    ]
    return gap(section("Problems", *lines))
