"""The page of an instrument as plain text for the terminal, in lines of a given width.

Imports `describe_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dechallenge.instruments import describe_words as words
from dechallenge.logic.instrument import Instrument, Item, Tables
from dechallenge.logic.terms import Derived
from dechallenge.logic.typed import asked_terms

INDENTS = {
    "title": ("", ""),
    "head": ("", ""),
    "para": ("  ", "  "),
    "bullet": ("  - ", "    "),
    "option": ("  ", " " * 12),
    "row": ("  ", "    "),
}
"""For each kind of line what its first line and its further lines begin with."""
Line = tuple[str, str]
"""Kind of line, text."""


def text(instrument: Instrument, width: int = 100) -> str:
    """The page of an instrument as plain text, no line longer than `width` columns."""
    lines: list[str] = []
    for kind, line in _lines(instrument):
        lines += _wrapped(kind, line, width)
    return "\n".join(lines).strip() + "\n"


def _lines(instrument: Instrument) -> Iterator[Line]:
    yield "title", f"{instrument.title} · {instrument.edition}"
    yield "para", f"{instrument.id} · {instrument.kind} · {words.state(instrument)}"
    yield "para", instrument.purpose
    applies = ", ".join(instrument.applies_to) or "every kind of reaction"
    yield "para", f"Applies to: {applies}."
    for entry in instrument.entry:
        yield "bullet", f"Entry: {entry.wording}."
    if instrument.shown_with:
        known = ", ".join(term.title for term in instrument.shown_with)
        yield "para", f"In the assessment of a case it is listed when one of these is known: {known}."
    yield "head", "Reference"
    yield "para", f"{instrument.reference}{f' doi:{instrument.doi}' if instrument.doi else ''}"
    yield "para", f"Checked against: {instrument.verification}"
    for mark in instrument.marks:
        yield "bullet", f"Unverified: {mark}."
    yield from _bullets("Cautions", (words.caution(one) for one in instrument.cautions))
    yield "head", "Missing answers"
    yield "para", instrument.missing_rule
    for item in instrument.items:
        yield from _item(item)
    yield from _bullets("Formulas", (words.formula(term) for term in words.derived_terms(instrument).values()))
    yield from _bullets("Result", words.result(instrument))
    if isinstance(instrument.result, Tables):
        for table in instrument.result.tables:
            yield "head", words.table_title(table)
            for row in words.table_rows(table):
                yield "row", " | ".join(row)
    yield from _bullets("Worked examples", (words.example(one) for one in instrument.examples))
    yield from _bullets("Notes", instrument.notes)
    asked = [term for term in asked_terms(instrument).values() if not isinstance(term, Derived)]
    yield from _bullets("Facts asked for", (f"{term.name}: {term.meaning}" for term in asked))


def _item(item: Item) -> Iterator[Line]:
    yield "head", f"{item.id}. {item.title}"
    for leaf in item.leaves:
        if item.parts:
            yield "para", f"{leaf.id}. {leaf.title}"
        wide = max((len(words.gives(option)) for option in leaf.options), default=0)
        for option in leaf.options:
            yield "option", f"{words.gives(option):>{wide}}  {option.wording}{words.mark(option)}"
        yield "option", f"{'':>{wide}}  missing: {words.missing(leaf.missing)}"
        for remark in (words.limits_of(leaf), leaf.note):
            if remark:
                yield "para", remark
    if item.source:
        yield "para", f"Source: {item.source}."


def _bullets(heading: str, lines: Iterable[str]) -> Iterator[Line]:
    told = list(lines)
    if told:
        yield "head", heading
        yield from (("bullet", line) for line in told)


def _wrapped(kind: str, line: str, width: int) -> list[str]:
    first, rest = INDENTS[kind]
    lines: list[str] = []
    current, empty = first, True
    for word in line.split(" "):
        if not empty and len(current) + 1 + len(word) > width:
            lines.append(current.rstrip())
            current, empty = rest, True
        current = current + word if empty else f"{current} {word}"
        empty = False
    lines.append(current.rstrip())
    return ["", *lines] if kind == "head" else lines
