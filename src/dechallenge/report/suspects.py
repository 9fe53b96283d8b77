"""A reaction and its suspects in the terminal: key points, time course, verdicts; several suspects side by side.

Imports the contract, rich, and this folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dechallenge.assessment.model import CaseOut, EventOut, InstrumentOut, SuspectOut
from dechallenge.report import choices, view, wording
from dechallenge.report.margin import MARGIN, QUIET, WARN, gap, quiet, section

_MARK = {"start": "●", "onset": "◆", "stopped": "■", "recovery": "○", "again": "↻"}


def event(case: CaseOut, event: EventOut, width: int) -> list[RenderableType]:
    suspects = view.suspects_of(case, event)
    out: list[RenderableType] = [] if event.primary else [Text()]
    same = event.term.lower() == event.kind.lower()
    kind = "" if same else event.kind
    out.append(
        section(
            "Reaction" if event.primary else "Also",
            quiet(
                kind,
                view.onset(case, event),
                ", ".join(event.seriousness),
                _outcome(event.outcome),
                lead=event.term,
                style="bold",
            ),
        )
    )
    if len(suspects) == 1:
        out += _one_suspect(case, event, suspects[0], width)
    elif suspects:
        out += _several(case, event, suspects, width)
    else:
        out.append(section("Suspect", quiet("no drug is blamed, and none was running at onset", lead="none")))
        out += gap(section("Time course", stations(view.time_course(case, event, None), width)))
    if event.instruments:
        explained = any(view.has_result(i) and i.unverified for s in suspects for i in s.instruments)
        out += gap(section("Grading", _verdicts(event.instruments, explain_marks=not explained)))
    return out


def _outcome(outcome: str) -> str:
    return "outcome unknown" if outcome == "unknown" else outcome


def _one_suspect(case: CaseOut, event: EventOut, suspect: SuspectOut, width: int) -> list[RenderableType]:
    key = suspect.key_points
    given = view.dose(view.exposure_of(case, suspect.drug))
    out: list[RenderableType] = [section("Suspect", quiet(given, view.blame(suspect), lead=suspect.drug, style="bold"))]
    out += gap(section("Time course", stations(view.time_course(case, event, suspect), width)))
    points: list[tuple[str, Text]] = []
    if key.pattern:
        plain = view.pattern_words(key.pattern)
        because = "" if key.pattern.below_threshold else key.pattern.because
        points.append(("Pattern", quiet(because, lead=plain)))
    if key.severity:
        points.append(("Severity", quiet(key.severity.because, lead=view.severity(suspect))))
    main = wording.duration(key.latency_days, key.latency_point)
    points.append(("Latency", quiet(view.further_latencies(key), lead=main)))
    points.append(("Dechallenge", quiet(key.dechallenge_because, lead=key.dechallenge)))
    points.append(("Rechallenge", quiet(key.rechallenge_because, lead=key.rechallenge)))
    points.append(("Recovery", quiet(lead=wording.duration(key.recovery_days))))
    if key.other_medications:
        points.append(("Other drugs", quiet(lead=", ".join(key.other_medications))))
    out += gap(*(section(label, text) for label, text in points))
    out += gap(section("Verdicts", _verdicts(view.ordered(suspect.instruments))))
    out += choices.otherwise(suspect)
    out += choices.excluded(case, event.id)
    return out


def _several(case: CaseOut, event: EventOut, suspects: Sequence[SuspectOut], width: int) -> list[RenderableType]:
    """Suspects side by side, likeliest first, as many in a band as the width allows."""
    out: list[RenderableType] = gap(section("Time course", stations(view.time_course(case, event, suspects[0]), width)))
    shared = {s.because for s in suspects}
    room = width - MARGIN - 1
    label = 16
    fit = max(1, min(4, (room - label) // 22))
    for start in range(0, len(suspects), fit):
        band = suspects[start : start + fit]
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(width=label, style=QUIET)
        for _ in band:
            table.add_column(ratio=1)
        rows: list[tuple[str, list[Text]]] = [
            ("", [Text(s.drug, style="bold") for s in band]),
            ("suspect", [Text(view.blame(s, why=False)) for s in band]),
            ("dose", [Text(view.dose(view.exposure_of(case, s.drug)) or "not stated") for s in band]),
            ("latency", [Text(wording.duration(s.key_points.latency_days, s.key_points.latency_point)) for s in band]),
            ("dechallenge", [Text(s.key_points.dechallenge) for s in band]),
            ("rechallenge", [Text(s.key_points.rechallenge) for s in band]),
        ]
        for id, title in _titles(band):
            rows.append((title, [_cell(_by_id(s, id)) for s in band]))
        for name, cells in rows:
            table.add_row(name, *cells)
        out += gap(section("Suspects" if start == 0 else "", table))
    if len(shared) == 1 and suspects[0].because:
        out.append(section("", Text(suspects[0].because, style=QUIET)))
    key = suspects[0].key_points
    if key.pattern:
        because = "" if key.pattern.below_threshold else key.pattern.because
        out += gap(section("Pattern", quiet(because, lead=view.pattern_words(key.pattern))))
    if key.severity:
        out.append(section("Severity", quiet(key.severity.because, lead=view.severity(suspects[0]))))
    judged = [i for s in suspects for i in s.instruments]
    said = [*_without_result(judged), *choices.cautions(judged)]
    if said:
        out.append(section("", *said))
    out += choices.ranking(suspects)
    out += choices.excluded(case, event.id)
    return out


def _titles(suspects: Iterable[SuspectOut]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for suspect in suspects:
        for instrument in view.ordered(suspect.instruments):
            if view.has_result(instrument):
                found.setdefault(instrument.id, wording.name(instrument))
    return list(found.items())


def _by_id(suspect: SuspectOut, id: str) -> InstrumentOut | None:
    return next((i for i in suspect.instruments if i.id == id), None)


def _cell(instrument: InstrumentOut | None) -> Text:
    if instrument is None or not view.has_result(instrument):
        return Text("no result" if instrument and instrument.applicable else "not applicable", style=QUIET)
    text = Text()
    if instrument.score is not None or instrument.code:
        text.append(wording.result(instrument), style="bold")
        bounds = wording.score_range(instrument)
        text.append(f" ({bounds}) " if bounds else " ", style=QUIET)
    text.append(instrument.category or "")
    others = wording.attainable(instrument)
    return text.append(f" ({others})", style=QUIET) if others else text


def _verdicts(instruments: Iterable[InstrumentOut], *, explain_marks: bool = True) -> RenderableType:
    """A table of results, the attainable range beside each; what gives none is listed below, with the reason."""
    listed = list(instruments)
    table = Table(box=None, show_header=True, header_style=QUIET, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("", no_wrap=True, min_width=20)
    table.add_column("result", justify="right", no_wrap=True, min_width=6)
    table.add_column("range", no_wrap=True, style=QUIET, min_width=7)
    table.add_column("verdict", min_width=14)
    table.add_column("could be", style=QUIET)
    shown = [i for i in listed if view.has_result(i)]
    for instrument in shown:
        name = Text(wording.clip(wording.name(instrument), 34)).append(
            " *" if instrument.unverified else "", style=WARN
        )
        score = Text(wording.result(instrument), style="bold")
        table.add_row(
            name, score, wording.score_range(instrument), instrument.category or "", wording.attainable(instrument)
        )
    parts: list[RenderableType] = [table] if shown else []
    marked = next((i.id for i in shown if i.unverified), None)
    if marked and explain_marks:
        parts.append(Text(f"* holds figures that could not be verified: dechallenge instruments {marked}", style=QUIET))
    parts += choices.cautions(listed)
    parts += _without_result(listed)
    return Group(*parts)


def _without_result(instruments: Iterable[InstrumentOut]) -> list[Text]:
    """What does not apply or gives no result, the names that share a reason on one line."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    elsewhere: list[str] = []
    for instrument in instruments:
        if not instrument.applicable and instrument.reason.startswith("It judges "):
            elsewhere.append(wording.name(instrument))
        elif not view.has_result(instrument):
            kind = "no result" if instrument.applicable else "not applicable"
            key = (kind, instrument.reason or "no reason given")
            by_reason.setdefault(key, []).append(wording.name(instrument))
    found = [
        Text.assemble((f"{kind}: ", QUIET), ", ".join(dict.fromkeys(names)), (f" · {reason}", QUIET))
        for (kind, reason), names in by_reason.items()
    ]
    if elsewhere:
        found.append(Text(f"for other reactions: {', '.join(dict.fromkeys(elsewhere))}", style=QUIET))
    return found


def stations(course: Sequence[view.Station], width: int) -> RenderableType:
    """The time course as stations on a line, as many in a row as the width allows."""
    if not course:
        return Text("no times were read", style=QUIET)
    room = width - MARGIN - 1
    fit = max(2, min(len(course), room // 20))
    fit = -(-len(course) // -(-len(course) // fit))
    size = room // fit
    rows: list[RenderableType] = []
    for start in range(0, len(course), fit):
        part = course[start : start + fit]
        last = start + fit >= len(course)
        line = Text()
        for n, station in enumerate(part):
            line.append(_MARK.get(station.kind, "●"), style="bold" if station.kind != "onset" else "bold red")
            line.append("" if last and n == len(part) - 1 else "─" * (size - 1), style=QUIET)
        grid = Table.grid(padding=(0, 2, 0, 0))
        for _ in part:
            grid.add_column(width=size - 2)
        grid.add_row(*(Text(s.label) for s in part))
        grid.add_row(*(Text(s.when, style="bold") for s in part))
        if any(s.detail for s in part):
            grid.add_row(*(Text(wording.clip(s.detail, 72), style=QUIET) for s in part))
        rows += [line, grid]
    return Group(*rows)
