"""The page of an instrument, written from its definition: as Markdown for the documentation, as text for the terminal.

`pages()` gives every page; `python -m dechallenge.instruments.describe FOLDER` writes them. A test holds the pages in
`docs/instruments` to the definitions. Imports the registry and the logic.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from dechallenge import instruments
from dechallenge.logic.instrument import (
    Category,
    Computed,
    Example,
    Highest,
    Instrument,
    Item,
    Missing,
    Option,
    Sum,
    Table,
    Tables,
)
from dechallenge.logic.predicates import Always, And, AtLeast, Compare, Not, OneOf, Or, Predicate
from dechallenge.logic.quantities import Arithmetic, Maximum, Quantity
from dechallenge.logic.terms import Flag, Number
from dechallenge.logic.typed import asked_terms

SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}
OPPOSITE = {"<": "≥", "<=": ">", ">": "≤", ">=": "<"}


def markdown(instrument: Instrument) -> str:
    """The page of an instrument as Markdown."""
    return "\n".join(_markdown(instrument)) + "\n"


def text(instrument: Instrument, width: int = 100) -> str:
    """The page of an instrument as plain text, no line longer than `width` columns."""
    lines: list[str] = []
    for kind, line in _lines(instrument):
        lines += _wrapped(kind, line, width)
    return "\n".join(lines).strip() + "\n"


def pages() -> dict[str, str]:
    """File name → Markdown of every page, with an index."""
    found = {f"{instrument.id}.md": markdown(instrument) for instrument in instruments.all()}
    index = ["# Instruments", "", "| Instrument | Edition | Judges | State |", "|---|---|---|---|"]
    for instrument in instruments.all():
        state = "partly unverified" if instrument.marks else "verified"
        index.append(
            f"| [{instrument.title}]({instrument.id}.md) (`{instrument.id}`) | {_cell(instrument.edition)} | "
            f"{instrument.kind} | {state} |"
        )
    index += ["", "These pages are written from the definitions in `src/dechallenge/instruments` and `criteria`."]
    found["index.md"] = "\n".join(index) + "\n"
    return found


def say(predicate: Predicate) -> str:
    """A predicate in words and signs, as a reader would check it."""
    if isinstance(predicate, Always):
        return "otherwise"
    alike = _alike(predicate)
    if alike:
        return alike
    if isinstance(predicate, Flag):
        return predicate.title
    if isinstance(predicate, OneOf):
        return f"{predicate.term.title}: {' or '.join(predicate.values)}"
    if isinstance(predicate, Compare):
        return _compared(predicate, SIGNS)
    if isinstance(predicate, Not):
        if isinstance(predicate.part, Compare):
            return _compared(predicate.part, OPPOSITE)
        if isinstance(predicate.part, AtLeast):
            return f"not {say(predicate.part)}"
        return f"not ({say(predicate.part)})"
    if isinstance(predicate, AtLeast):
        return f"at least {predicate.count} of ({'; '.join(say(part) for part in predicate.parts)})"
    assert isinstance(predicate, And | Or)
    word = " and " if isinstance(predicate, And) else " or "
    return word.join(f"({say(part)})" if isinstance(part, And | Or) else say(part) for part in predicate.parts)


def _alike(predicate: Predicate) -> str:
    """Many choices with the same values in one phrase ("at least 5 negative of: hepatitis A, …"); empty otherwise."""
    if not isinstance(predicate, And | Or | AtLeast) or len(predicate.parts) < 3:
        return ""
    choices = [part for part in predicate.parts if isinstance(part, OneOf)]
    if len(choices) < len(predicate.parts) or len({part.values for part in choices}) > 1:
        return ""
    how = {And: "all", Or: "any"}.get(type(predicate), "")
    if isinstance(predicate, AtLeast):
        how = f"at least {predicate.count}"
    return f"{how} {' or '.join(choices[0].values)} of: {', '.join(part.term.title for part in choices)}"


def say_quantity(quantity: Quantity | float) -> str:
    """A quantity in words and signs."""
    if isinstance(quantity, Number):
        return quantity.title
    if isinstance(quantity, Maximum):
        return f"the highest of {' and '.join(say_quantity(part) for part in quantity.parts)}"
    if isinstance(quantity, Arithmetic):
        if quantity.operator == "*":
            return f"{say_quantity(quantity.right)} × {say_quantity(quantity.left)}"
        sign = {"/": "÷", "-": "−"}.get(quantity.operator, quantity.operator)
        left = say_quantity(quantity.left)
        return f"{f'({left})' if isinstance(quantity.left, Maximum) else left} {sign} {say_quantity(quantity.right)}"
    return f"{quantity:g}"


def _compared(comparison: Compare, signs: Mapping[str, str]) -> str:
    unit = ""
    if isinstance(comparison.left, Number) and not isinstance(comparison.right, Quantity):
        unit = f" {comparison.left.unit}" if comparison.left.unit else ""
    return f"{say_quantity(comparison.left)} {signs[comparison.operator]} {say_quantity(comparison.right)}{unit}"


def _lines(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """(kind of line, text): title, head, para, bullet, row, cell-table rows."""
    yield "title", f"{instrument.title} · {instrument.edition}"
    yield "para", f"{instrument.id} · {instrument.kind}"
    yield "para", instrument.purpose
    applies = ", ".join(instrument.applies_to) or "every kind of reaction"
    yield "para", f"Applies to: {applies}."
    for entry in instrument.entry:
        yield "bullet", f"Entry: {entry.wording}."
    yield "head", "Reference"
    yield "para", f"{instrument.reference}{f' doi:{instrument.doi}' if instrument.doi else ''}"
    yield "para", f"Checked against: {instrument.verification}"
    for mark in instrument.marks:
        yield "bullet", f"Unverified: {mark}."
    yield "head", "Missing answers"
    yield "para", instrument.missing_rule
    for item in instrument.items:
        yield from _item_lines(item)
    yield "head", "Result"
    yield from (("bullet", line) for line in _result(instrument))
    if isinstance(instrument.result, Tables):
        for table in instrument.result.tables:
            yield "head", _table_title(table)
            for row in _table_rows(table):
                yield "row", " | ".join(row)
    if instrument.examples:
        yield "head", "Worked examples"
        yield from (("bullet", _example(example)) for example in instrument.examples)
    if instrument.notes:
        yield "head", "Notes"
        yield from (("bullet", note) for note in instrument.notes)
    yield "head", "Facts asked for"
    for term in asked_terms(instrument).values():
        yield "bullet", f"{term.name}: {term.meaning}"


def _item_lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "head", f"{item.id}. {item.title}"
    for leaf in item.leaves:
        if item.parts:
            yield "para", f"{leaf.id}. {leaf.title}"
        wide = max(len(_gives(option)) for option in leaf.options)
        for option in leaf.options:
            yield "option", f"{_gives(option):>{wide}}  {option.wording}{_mark(option)}"
        yield "option", f"{'':>{wide}}  missing: {_missing(leaf.missing)}"
        if leaf.note:
            yield "para", leaf.note
    if item.source:
        yield "para", f"Source: {item.source}."


def _markdown(instrument: Instrument) -> Iterator[str]:
    yield f"# {instrument.title} ({instrument.edition})"
    yield ""
    yield f"`{instrument.id}` · {instrument.kind} · {', '.join(instrument.applies_to) or 'every kind of reaction'}"
    yield ""
    yield instrument.purpose
    yield ""
    for entry in instrument.entry:
        yield f"- Entry: {entry.wording}. Otherwise: {entry.refusal}."
    if instrument.entry:
        yield ""
    yield "## Reference and verification"
    yield ""
    yield f"{instrument.reference}{f' doi:{instrument.doi}' if instrument.doi else ''}"
    yield ""
    yield f"Checked against: {instrument.verification}"
    yield ""
    if instrument.marks:
        yield "Not verified:"
        yield ""
        yield from (f"- {mark}" for mark in instrument.marks)
        yield ""
    yield "## Missing answers"
    yield ""
    yield instrument.missing_rule
    yield ""
    yield "## Items"
    yield ""
    for item in instrument.items:
        yield from _markdown_item(item)
    yield "## Result"
    yield ""
    yield from (f"- {line}" for line in _result(instrument))
    yield ""
    if isinstance(instrument.result, Tables):
        for table in instrument.result.tables:
            yield f"### {_table_title(table)}"
            yield ""
            head, *rows = _table_rows(table)
            yield f"| {' | '.join(head)} |"
            yield "|" + "---|" * len(head)
            yield from (f"| {' | '.join(row)} |" for row in rows)
            yield ""
            yield from _labels(table)
    yield "## Worked examples"
    yield ""
    yield from (f"- {_example(example)}" for example in instrument.examples)
    yield ""
    if instrument.notes:
        yield "## Notes"
        yield ""
        yield from (f"- {note}" for note in instrument.notes)
        yield ""
    yield "## Facts asked for"
    yield ""
    yield "| Fact | Meaning | Unit or values |"
    yield "|---|---|---|"
    for term in asked_terms(instrument).values():
        legal = (
            term.unit if isinstance(term, Number) else "yes, no" if isinstance(term, Flag) else ", ".join(term.values)
        )
        yield f"| `{term.name}` | {_cell(term.meaning)} | {_cell(legal)} |"


def _markdown_item(item: Item) -> Iterator[str]:
    yield f"### {item.id}. {item.title}"
    yield ""
    for leaf in item.leaves:
        if item.parts:
            yield f"**{leaf.id}. {leaf.title}**"
            yield ""
        yield "| gives | option | chosen when |"
        yield "|---|---|---|"
        for option in leaf.options:
            yield f"| {_gives(option)} | {_cell(option.wording)}{_mark(option)} | {_cell(say(option.when))} |"
        yield ""
        yield f"Missing: {_missing(leaf.missing)}."
        yield ""
        if leaf.note:
            yield leaf.note
            yield ""
    if item.source:
        yield f"Source: {item.source}."
        yield ""


def _labels(table: Table) -> Iterator[str]:
    if table.labels:
        yield f"{'; '.join(f'{code} {label}' for code, label in table.labels)}."
        yield ""
    if table.unverified:
        yield f"Not verified: {table.unverified}."
        yield ""


def _gives(option: Option) -> str:
    return _signed(option.gives)


def _signed(value: int | str | None) -> str:
    if not isinstance(value, int):
        return value or ""
    return f"{value:+d}".replace("-", "−") if value else "0"


def _mark(option: Option) -> str:
    return f" [unverified: {option.unverified}]" if option.unverified else ""


def _missing(missing: Missing) -> str:
    if missing.rule == "counts as":
        return f"counts as {_signed(missing.gives)} ({missing.wording})"
    if missing.rule == "forbids":
        return f"no score ({missing.wording})"
    return missing.wording


def _result(instrument: Instrument) -> Iterator[str]:
    result = instrument.result
    if isinstance(result, Sum | Highest):
        yield "The points of the items add up." if isinstance(result, Sum) else "The highest grade that was found."
        for band in result.bands:
            if band.low == band.high:
                limits = f"{band.low}"
            elif band.low is None:
                limits = f"{band.high} or less"
            else:
                limits = f"{band.low} or more" if band.high is None else f"{band.low} to {band.high}"
            yield f"{limits.replace('-', '−')}: {band.category}"
        if isinstance(result, Sum) and result.published_range:
            yield f"Range: {result.published_range}"
    elif isinstance(result, Category):
        yield f"The code of “{instrument.item(result.item).title}”."
    elif isinstance(result, Computed):
        quantity = instrument.item(result.item).quantity
        if quantity is not None:
            yield f"{result.item} = {say_quantity(quantity)}"
    else:
        yield f"Short form: {result.template}; an item that was not judged shows as {result.unjudged}."


def _table_title(table: Table) -> str:
    return f"Table {table.gives}: {table.rows} against {', '.join(table.columns)}"


def _table_rows(table: Table) -> Iterator[list[str]]:
    yield [table.rows, *(" ".join("any" if value == "*" else value for value in column) for column in table.header)]
    for row, cells in table.lines:
        yield [row, *cells]


def _example(example: Example) -> str:
    given = ", ".join(f"{name} {_value(value)}" for name, value in example.given.items())
    outcome = []
    if example.score is not None:
        outcome.append(f"{example.score:.4g}".replace("-", "−"))
    if example.code:
        outcome.append(example.code)
    if example.category:
        outcome.append(example.category)
    if not outcome:
        outcome = [f"{name}: {'not judged' if value is None else value}" for name, value in example.items.items()]
    remark = f" ({example.remark})" if example.remark else ""
    return f"{example.name}: {given} → {', '.join(outcome)}{remark}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        low, high = value
        return f"{'…' if low is None else f'{low:g}'} to {'…' if high is None else f'{high:g}'}"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _cell(value: str) -> str:
    return value.replace("|", "\\|")


def _wrapped(kind: str, line: str, width: int) -> list[str]:
    first, rest = {
        "title": ("", ""),
        "head": ("", ""),
        "para": ("  ", "  "),
        "bullet": ("  - ", "    "),
        "option": ("  ", " " * 12),
        "row": ("  ", "    "),
    }[kind]
    words = line.split(" ")
    lines: list[str] = []
    current = first
    empty = True
    for word in words:
        if not empty and len(current) + 1 + len(word) > width:
            lines.append(current.rstrip())
            current, empty = rest, True
        current = current + word if empty else f"{current} {word}"
        empty = False
    lines.append(current.rstrip())
    return ["", *lines] if kind == "head" else lines


def main() -> None:
    """Write every page into the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m dechallenge.instruments.describe FOLDER")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
