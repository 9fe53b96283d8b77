"""One item of one instrument explained: its option, the facts behind it, and the words they rest on.

Imports the contract, rich, and this folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dechallenge.assessment.model import CaseOut, FactOut, InstrumentOut, ItemOut, SuspectOut
from dechallenge.evidence import Document, Evidence, words
from dechallenge.report import quoting, wording
from dechallenge.report.margin import QUIET, WARN, section


def parts(
    case: CaseOut,
    suspect: SuspectOut | None,
    instrument: InstrumentOut,
    item: ItemOut,
    texts: Mapping[str, str],
    names: Mapping[str, str],
    options: Sequence[tuple[str, str]],
    source: str,
    facts: Sequence[str] | None,
    places: Mapping[str, Document] | None = None,
) -> list[RenderableType]:
    """The explanation as renderables, from the instrument down to the words."""
    about = f"{suspect.drug} · {suspect.event.term}" if suspect else ""
    out: list[RenderableType] = [
        Rule(Text(f"{item.id}  {item.title}", style="bold"), align="left", style="cyan"),
        section("Instrument", _instrument(instrument)),
        section("Case", Text(" · ".join(p for p in (case.title, about) if p))),
    ]
    if source:
        out.append(section("Source", Text(source, style=QUIET)))
    if instrument.entry:
        out.append(section("Entry", Text(instrument.entry, style=QUIET)))
    out += [Text(), section("Result", _taken(item))]
    if options:
        out += [Text(), section("Options", _options(item, options))]
    used = _facts(suspect, item, facts)
    if used:
        out += [Text(), section("Facts", _fact_table(used))]
    if item.missing:
        out += [Text(), section("Not known", _missing(suspect, instrument, item))]
    out += [Text(), section("Words", *quotations(item.evidence, texts, names, places))]
    notes = [Text(note, style=QUIET) for note in instrument.unverified_notes] if instrument.unverified else []
    if notes:
        out += [Text(), section("Unverified", *notes)]
    return out


def _instrument(instrument: InstrumentOut) -> Text:
    text = Text(wording.full_name(instrument), style="bold")
    bounds = wording.score_range(instrument)
    if not instrument.applicable:
        return text.append(f" · not applicable: {instrument.reason}", style=QUIET)
    verdict = " ".join(p for p in (wording.result(instrument), f"({bounds})" if bounds else "") if p)
    return text.append(f" · {verdict} {instrument.category or ''}".rstrip(), style="not bold")


def _taken(item: ItemOut) -> RenderableType:
    points = item.code or wording.signed(item.points)
    text = Text(points, style="bold")
    if item.low is not None and item.high is not None and item.low != item.high:
        text.append(f"  ({wording.signed(item.low)} to {wording.signed(item.high)} attainable)", style=QUIET)
    lines = [text]
    if item.option:
        lines.append(Text(item.option))
    if item.because:
        lines.append(Text.assemble(("because ", QUIET), item.because))
    return Group(*lines)


def _options(item: ItemOut, options: Sequence[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=2)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(ratio=1)
    for points, words_ in options:
        taken = words_ == item.option
        style = "bold" if taken else QUIET
        grid.add_row(Text("▸" if taken else "", style="bold"), Text(points, style=style), Text(words_, style=style))
    return grid


def _facts(suspect: SuspectOut | None, item: ItemOut, named: Sequence[str] | None) -> list[FactOut]:
    """The facts named, or those that rest on the words of the item or are missing for it."""
    known = suspect.facts if suspect else ()
    if named is not None:
        return [f for f in known if f.name in named]
    own = {(w.document, w.start, w.end) for w in words(item.evidence)}
    return [
        f for f in known if f.name in item.missing or own & {(w.document, w.start, w.end) for w in words(f.evidence)}
    ]


def _fact_table(facts: Sequence[FactOut]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(ratio=2)
    table.add_column(ratio=2)
    table.add_column(ratio=3, style=QUIET)
    for fact in facts:
        table.add_row(fact.meaning or fact.name, Text(fact.value, style="bold"), fact.because)
    return table


def _missing(suspect: SuspectOut | None, instrument: InstrumentOut, item: ItemOut) -> RenderableType:
    meanings = {f.name: f.meaning for f in suspect.facts} if suspect else {}
    asked = {q.fact: q for q in instrument.open_questions}
    lines: list[Text] = []
    for fact in item.missing:
        question = asked.get(fact)
        if question is None:
            lines.append(Text(meanings.get(fact) or fact.replace("_", " ")))
            continue
        lines.append(Text(question.question, style=WARN))
        lines += [Text.assemble((f"  {answer} → ", QUIET), gives) for answer, gives in question.would_give.items()]
    return Group(*lines)


def quotations(
    evidence: tuple[Evidence, ...],
    texts: Mapping[str, str],
    names: Mapping[str, str],
    places: Mapping[str, Document] | None = None,
) -> list[RenderableType]:
    """Every quotation in its sentence with its line; then what is derived, entered or from a cell."""
    out: list[RenderableType] = []
    for quote in words(evidence):
        found = quoting.locate(quote, texts, names, places)
        out.append(Text(found.place, style=QUIET))
        out.append(Text.assemble(("  " + found.before.lstrip(), QUIET), (found.quote, "bold"), (found.after, QUIET)))
    out += [Text(line, style=QUIET) for line in wording.sources(evidence)]
    return out or [Text("no words: nothing in the text speaks to it", style=QUIET)]
