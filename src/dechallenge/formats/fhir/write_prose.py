"""The prose of a written case: short sections in which every statement comes from the case, as XHTML.

May import the case only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dechallenge.case import Case, Exposure, Measurement, Statement, Time
from dechallenge.formats.fhir.node import printable

Section = tuple[str, tuple[str, ...]]


def div(paragraphs: Iterable[str]) -> str:
    """Paragraphs as the XHTML of a narrative."""
    inner = "".join(f"<p>{escape(printable(p), quote=False)}</p>" for p in paragraphs if p.strip())
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{inner}</div>'


def sections(case: Case) -> list[Section]:
    """Title and paragraphs of each section that has something to say; the summary always."""
    made: list[Section] = [
        ("Summary", _summary(case)),
        ("Timeline", _timeline(case)),
        ("Laboratory values", tuple(_lab(m) for m in case.measurements)),
        ("Alternatives", _alternatives(case)),
        ("Assessment", tuple(_statement(s) for s in case.statements if s.by == "dechallenge")),
        ("Statements of others", tuple(_statement(s) for s in case.statements if s.by != "dechallenge")),
        ("Uncertainties", _doubts(case)),
    ]
    return [(title, lines) for title, lines in made if lines]


def when(time: Time | None) -> str:
    """A moment in words: its date, else its day, else as it was told."""
    if time is None:
        return ""
    if time.date:
        return time.date
    if time.point is not None:
        return f"day {time.point:g}"
    if time.low is not None and time.high is not None:
        return f"day {time.low:g} to {time.high:g}"
    if time.low is not None:
        return f"day {time.low:g} or later"
    return f"day {time.high:g} or before" if time.high is not None else time.text


def _at(time: Time | None) -> str:
    words = when(time)
    return f" ({words})" if words else ""


def _summary(case: Case) -> tuple[str, ...]:
    who = case.patient
    age = ""
    if who.age is not None:
        figure = (
            f"{who.age.value:g}" if who.age.value is not None else f"{who.age.low or 0:g} to {who.age.high or 0:g}"
        )  # fmt: skip
        age = f", {figure} {who.age.unit}{'s' if figure != '1' else ''}"
    lines = [f"{case.title}. Patient: {who.sex or 'sex not told'}{age}."]
    for event in case.events:
        links = [k for k in case.links if k.event == event.id and k.role in ("suspect", "interacting")]
        drugs = ", ".join(dict.fromkeys(k.drug for k in links)) or "none named"
        serious = f" Serious: {', '.join(event.seriousness)}." if event.seriousness else ""
        lines.append(
            f"Reaction: {event.term}{_at(event.onset)}; outcome: {event.outcome}{_at(event.recovery)}. "
            f"Suspects: {drugs}.{serious}"
        )
    if not case.events:
        lines.append("No reaction is told.")
    return tuple(lines)


def _exposure(one: Exposure) -> str:
    dose = one.dose.text if one.dose is not None else ""
    words = ", ".join(x for x in (dose, one.frequency or "", one.route or "") if x)
    span = " to ".join(x for x in (when(one.start), when(one.stop)) if x)
    return f"{one.drug}{f' ({words})' if words else ''}: {one.role}{f'; {span}' if span else ''}."


def _timeline(case: Case) -> tuple[str, ...]:
    lines = [_exposure(x) for x in case.exposures]
    for action in case.actions:
        reason = f" because of {action.reason}" if action.reason else ""
        result = f": {action.result}" if action.result else ""
        lines.append(f"{action.drug} {action.kind}{_at(action.time)}{reason}{result}.")
    return tuple(lines)


def _lab(one: Measurement) -> str:
    figure = one.qualitative or ""
    if one.value is not None:
        figure = f"{'' if one.comparator == '=' else one.comparator}{one.value:g}"
    elif one.low is not None or one.high is not None:
        figure = f"{'' if one.low is None else f'{one.low:g}'}-{'' if one.high is None else f'{one.high:g}'}"
    unit = one.unit_as_written or one.unit
    limit = f", upper limit {one.limit.high:g}" if one.limit is not None and one.limit.high is not None else ""
    return f"{one.analyte} {figure} {unit}".rstrip() + f"{limit}{_at(one.time)}."


def _alternatives(case: Case) -> tuple[str, ...]:
    lines = [f"{t.test}: {t.state}{_at(t.time)}." for t in case.tests]
    for one in case.findings:
        whose = "Family history: " if one.subject == "family" else ""
        before = ", known before" if one.history else ""
        lines.append(f"{whose}{one.term}: {one.state}{before}{_at(one.time)}.")
    return tuple(lines)


def _statement(one: Statement) -> str:
    about = f"{one.drug}: " if one.drug else ""
    method = f"{one.method}: " if one.method else ""
    who = one.source or ("" if one.by == "dechallenge" else one.by)
    return f"{about}{method}{one.result or one.kind}{f' ({who})' if who else ''}."


def _doubts(case: Case) -> tuple[str, ...]:
    lines: Sequence[str] = [f"{c.kind}: {c.what}" for c in case.conflicts]
    flags = [f"{m.analyte}: {f.kind}. {f.message}".strip() for m in case.measurements for f in m.flags]
    return (*lines, *flags, *case.notes)
