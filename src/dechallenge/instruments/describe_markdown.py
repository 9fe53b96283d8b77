"""The page of an instrument and the index of all, as Markdown for the documentation.

Imports the registry and `describe_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dechallenge import instruments
from dechallenge.instruments import describe_words as words
from dechallenge.logic.instrument import Instrument, Item, Kind, Table, Tables
from dechallenge.logic.terms import Derived
from dechallenge.logic.typed import asked_terms

KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("causality", "Causality", "Did this drug cause this reaction?"),
    ("criteria", "Case definitions and criteria", "Is this the reaction, or the disease, that it is taken for?"),
    ("severity", "Severity and grading", "How bad is it?"),
    ("score", "Scores and calculated values", "Numbers that other instruments and decisions rest on."),
)
"""Every kind of instrument with its heading in the index and the question it answers."""
NO_EXAMPLE = "No worked example was found in the publication or in what it was checked against."


def markdown(instrument: Instrument) -> str:
    """The page of an instrument as Markdown."""
    return "\n".join(_page(instrument)).rstrip("\n") + "\n"


def pages() -> dict[str, str]:
    """File name → Markdown of every page, with an index."""
    found = {f"{instrument.id}.md": markdown(instrument) for instrument in instruments.all()}
    found["index.md"] = "\n".join(_index(instruments.all())) + "\n"
    return found


def _index(listed: Iterable[Instrument]) -> Iterator[str]:
    by_kind: dict[str, list[Instrument]] = {kind: [] for kind, _, _ in KINDS}
    for instrument in listed:
        by_kind[instrument.kind].append(instrument)
    yield "# Instruments"
    yield ""
    yield "Each page is written from the definition that the engines run, in `src/dechallenge/instruments` and"
    yield "`src/dechallenge/criteria`. *Partly unverified* means that some figure could not be checked against the"
    yield "publication; the page says which."
    for kind, heading, question in KINDS:
        if not by_kind[kind]:
            continue
        yield ""
        yield f"## {heading}"
        yield ""
        yield question
        yield ""
        yield "| Instrument | Edition | Applies to | State |"
        yield "|---|---|---|---|"
        for one in by_kind[kind]:
            yield (
                f"| [{_cell(one.title)}]({one.id}.md) (`{one.id}`) | {_cell(one.edition)} | "
                f"{_cell(', '.join(one.applies_to) or 'every kind')} | {words.state(one)} |"
            )
        yield ""
        yield "```{toctree}"
        yield ":hidden:"
        yield f":caption: {heading}"
        yield ""
        yield from (f"{one.title} ({one.edition}) <{one.id}>" for one in by_kind[kind])
        yield "```"


def _page(instrument: Instrument) -> Iterator[str]:
    yield f"# {instrument.title} ({instrument.edition})"
    yield ""
    applies = ", ".join(instrument.applies_to) or "every kind of reaction"
    yield f"`{instrument.id}` · {instrument.kind} · {applies} · {words.state(instrument)}"
    yield ""
    yield instrument.purpose
    yield ""
    if instrument.entry:
        yield from (f"- Entry: {entry.wording}. Otherwise: {entry.refusal}." for entry in instrument.entry)
        yield ""
    if instrument.shown_with:
        known = ", ".join(term.title for term in instrument.shown_with)
        yield f"In the assessment of a case it is listed when one of these is known: {known}."
        yield ""
    yield from _verification(instrument)
    yield from _bullets("Cautions", (words.caution(one) for one in instrument.cautions))
    yield from ("## Missing answers", "", instrument.missing_rule, "", "## Items", "")
    for item in instrument.items:
        yield from _item(item)
    yield from _derived(words.derived_terms(instrument).values())
    yield from _bullets("Result", words.result(instrument))
    if isinstance(instrument.result, Tables):
        for table in instrument.result.tables:
            yield from _table(table)
    if instrument.examples:
        yield from _bullets("Worked examples", (words.example(one) for one in instrument.examples))
    else:
        yield from ("## Worked examples", "", NO_EXAMPLE, "")
    yield from _bullets("Notes", instrument.notes)
    yield from ("## Facts asked for", "", "| Fact | Meaning | Unit and limits, or values |", "|---|---|---|")
    for term in asked_terms(instrument).values():
        if not isinstance(term, Derived):
            yield f"| `{term.name}` | {_cell(term.meaning)} | {_cell(words.legal(term))} |"


def _verification(instrument: Instrument) -> Iterator[str]:
    yield "## Reference and verification"
    yield ""
    yield f"{instrument.reference}{f' {_doi(instrument.doi)}' if instrument.doi else ''}"
    yield ""
    yield f"Checked against: {instrument.verification}"
    yield ""
    if instrument.marks:
        yield "Not verified:"
        yield ""
        yield from (f"- {mark}" for mark in instrument.marks)
        yield ""
    else:
        yield "No figure is marked as unverified."
        yield ""


def _item(item: Item) -> Iterator[str]:
    yield f"### {item.id}. {item.title}"
    yield ""
    for leaf in item.leaves:
        if item.parts:
            yield f"**{leaf.id}. {leaf.title}**"
            yield ""
        yield "| gives | option | chosen when |"
        yield "|---|---|---|"
        for option in leaf.options:
            when = _cell(words.say(option.when))
            yield f"| {words.gives(option)} | {_cell(option.wording)}{_cell(words.mark(option))} | {when} |"
        yield ""
        yield f"Missing: {words.missing(leaf.missing)}."
        yield ""
        for remark in (words.limits_of(leaf), leaf.note):
            if remark:
                yield remark
                yield ""
    if item.source:
        yield f"Source: {item.source}."
        yield ""


def _derived(terms: Iterable[Derived]) -> Iterator[str]:
    lines = [
        f"| `{term.name}` | {_cell(words.formula(term))} | "
        f"{', '.join(f'`{name}`' for name in words.inputs(term)) or '–'} | {_cell(term.meaning)} |"
        for term in terms
    ]
    if lines:
        yield from ("## Formulas", "", "| Number | Formula | Made from | Meaning |", "|---|---|---|---|")
        yield from (*lines, "")


def _table(table: Table) -> Iterator[str]:
    yield f"### {words.table_title(table)}"
    yield ""
    head, *rows = words.table_rows(table)
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
    if table.labels:
        yield f"{'; '.join(f'{code} {label}' for code, label in table.labels)}."
        yield ""
    if table.unverified:
        yield f"Not verified: {table.unverified}."
        yield ""


def _bullets(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A section of a list; nothing when there is nothing to list."""
    told = list(lines)
    if told:
        yield from (f"## {heading}", "", *(f"- {line}" for line in told), "")


def _doi(doi: str) -> str:
    return f"[doi:{doi}](<https://doi.org/{doi}>)"


def _cell(value: str) -> str:
    return value.replace("|", "\\|")
