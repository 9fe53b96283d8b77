"""Definitions in words: predicates, quantities, formulas, rules for missing answers, results and worked examples.

What the pages are made of (`describe_markdown`, `describe_text`); nothing here lays out a page. Imports the logic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch

from dechallenge.logic.instrument import (
    Category,
    Caution,
    Computed,
    Example,
    Highest,
    Instrument,
    Item,
    Missing,
    Option,
    Sum,
    Table,
)
from dechallenge.logic.predicates import Always, And, AtLeast, Compare, Not, OneOf, Or, Predicate
from dechallenge.logic.quantities import (
    Arithmetic,
    Constant,
    Function,
    Indicator,
    Maximum,
    Minimum,
    Picked,
    Quantity,
)
from dechallenge.logic.terms import Choice, Derived, Flag, Number, Term
from dechallenge.logic.typed import asked_terms

SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}
OPPOSITE = {"<": "≥", "<=": ">", ">": "≤", ">=": "<"}
OPERATORS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
FUNCTIONS = {"ln": "ln", "log10": "log₁₀", "sqrt": "√", "exp": "exp"}


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


def _compared(comparison: Compare, signs: Mapping[str, str]) -> str:
    unit = ""
    if isinstance(comparison.left, Number) and not isinstance(comparison.right, Quantity):
        unit = f" {comparison.left.unit}" if comparison.left.unit else ""
    return f"{say_quantity(comparison.left)} {signs[comparison.operator]} {say_quantity(comparison.right)}{unit}"


def say_quantity(quantity: Quantity | float) -> str:
    """A quantity in words and signs; a derived number by its name."""
    if isinstance(quantity, Number):
        return quantity.title
    if isinstance(quantity, Maximum | Minimum):
        which = "highest" if isinstance(quantity, Maximum) else "lowest"
        return f"the {which} of {_listed(say_quantity(part) for part in quantity.parts)}"
    if isinstance(quantity, Arithmetic):
        return _arithmetic(quantity)
    if isinstance(quantity, Constant):
        return figure(quantity.value)
    if isinstance(quantity, Function):
        return f"{FUNCTIONS[quantity.name]}({say_quantity(quantity.part)})"
    if isinstance(quantity, Indicator):
        return f"(1 if {say(quantity.when)}, otherwise 0)"
    if isinstance(quantity, Picked):
        numbers = ", ".join(f"{value} {figure(number)}" for value, number in quantity.numbers)
        return f"({quantity.choice.title}: {numbers})"
    assert isinstance(quantity, int | float)
    return figure(quantity)


def _arithmetic(quantity: Arithmetic) -> str:
    """Sums and products with the brackets that they need; a figure stands before what it multiplies."""
    left, right = quantity.left, quantity.right
    if quantity.operator == "*" and not isinstance(right, Quantity):
        left, right = Constant(right), left
    first = _bracketed(left, quantity.operator, last=False)
    return f"{first} {OPERATORS[quantity.operator]} {_bracketed(right, quantity.operator, last=True)}"


def _bracketed(part: Quantity | float, operator: str, *, last: bool) -> str:
    said = say_quantity(part)
    if isinstance(part, Maximum | Minimum):
        return f"({said})"
    if not isinstance(part, Arithmetic):
        return f"({said})" if last and said.startswith("−") else said
    weaker = part.operator in "+-" and operator in "*/"
    turned = last and operator in "-/" and (part.operator in "+-" or operator == "/")
    return f"({said})" if weaker or turned else said


def figure(value: float) -> str:
    """A number as a reader writes it: no exponent, no zeros at the end, a true minus sign."""
    if float(value).is_integer():
        return f"{value:.0f}".replace("-", "−")
    return f"{value:.12f}".rstrip("0").replace("-", "−") if abs(value) < 1e-4 else f"{value:.10g}".replace("-", "−")


def _listed(parts: Iterable[str]) -> str:
    *head, last = parts
    return f"{', '.join(head)} and {last}" if head else last


def derived_terms(instrument: Instrument) -> dict[str, Derived]:
    """Every number that a formula gives, by name: where the instrument uses it, then what that is made of."""
    found: dict[str, Derived] = {}

    def visit(part: object) -> None:
        if isinstance(part, Derived) and part.name not in found:
            found[part.name] = part
            visit(part.formula)
        for inner in _parts(part):
            visit(inner)

    for leaf in instrument.leaves:
        visit(leaf.quantity)
        visit(leaf.measured)
        for option in leaf.options:
            visit(option.when)
    for entry in instrument.entry:
        visit(entry.when)
    for said in instrument.cautions:
        visit(said.when)
    for term in asked_terms(instrument).values():
        visit(term)
    return found


def inputs(term: Derived) -> dict[str, Term]:
    """The facts that the formula of a derived number names, by name, in its order."""
    found: dict[str, Term] = {}

    def visit(part: object) -> None:
        if isinstance(part, Number | Flag | Choice):
            found.setdefault(part.name, part)
        for inner in _parts(part):
            visit(inner)

    visit(term.formula)
    return found


@singledispatch
def _parts(node: object) -> tuple[object, ...]:
    """What an expression is made of; a fact is made of nothing."""
    return ()


@_parts.register
def _(node: Arithmetic | Compare) -> tuple[object, ...]:
    return (node.left, node.right)


@_parts.register
def _(node: Maximum | Minimum | And | Or | AtLeast) -> tuple[object, ...]:
    return tuple(node.parts)


@_parts.register
def _(node: Function | Not) -> tuple[object, ...]:
    return (node.part,)


@_parts.register
def _(node: Indicator) -> tuple[object, ...]:
    return (node.when,)


@_parts.register
def _(node: Picked) -> tuple[object, ...]:
    return (node.choice,)


@_parts.register
def _(node: OneOf) -> tuple[object, ...]:
    return (node.term,)


def formula(term: Derived) -> str:
    """The formula of a derived number ("FIB-4 = age × AST ÷ (platelets × √(ALT))"), with its rounding."""
    assert term.formula is not None
    said = say_quantity(term.formula)
    if isinstance(term.formula, Indicator | Picked):
        said = said[1:-1]
    rounding = ""
    if term.rounds is not None:
        rounding = ", rounded to " + (f"{term.rounds} decimal{'s' * (term.rounds != 1)}" if term.rounds else "a whole")
        rounding += "" if term.rounds else " number"
    unit = f" ({term.unit})" if term.unit else ""
    return f"{term.title}{unit} = {said}{rounding}"


def legal(term: Term) -> str:
    """The unit and the limits of a number, or the values of a choice."""
    if isinstance(term, Flag):
        return "yes, no"
    if isinstance(term, Choice):
        return ", ".join(term.values)
    limits = ""
    if term.low is not None and term.high is not None:
        limits = f"{figure(term.low)} to {figure(term.high)}"
    elif term.low is not None:
        limits = f"{figure(term.low)} or more"
    elif term.high is not None:
        limits = f"{figure(term.high)} or less"
    return "; ".join(part for part in (term.unit, limits) if part)


def gives(option: Option) -> str:
    """The points with their sign, or the code."""
    return signed(option.gives)


def signed(value: int | str | None) -> str:
    """Points with their sign, or a code as it is."""
    if not isinstance(value, int):
        return value or ""
    return f"{value:+d}".replace("-", "−") if value else "0"


def mark(option: Option) -> str:
    """What could not be verified of a row, in brackets; empty when all of it was."""
    return f" [unverified: {option.unverified}]" if option.unverified else ""


def missing(rule: Missing) -> str:
    """The rule for a missing answer."""
    if rule.rule == "counts as":
        return f"counts as {signed(rule.gives)} ({rule.wording})"
    if rule.rule == "forbids":
        return f"no score ({rule.wording})"
    return rule.wording


def limits_of(item: Item) -> str:
    """When an item is judged at all, where that is limited; empty otherwise."""
    said = []
    if item.kinds:
        said.append(f"Only for {' or '.join(item.kinds)}.")
    if item.measured is not None:
        said.append(f"Judged only when there is a value of: {item.measured.title}.")
    if item.quantity is not None:
        said.append(f"The number reported: {say_quantity(item.quantity)}.")
    return " ".join(said)


def caution(said: Caution) -> str:
    """A caution with its condition and the items it is about."""
    about = f" (item {', '.join(said.items)})" if said.items else ""
    when = "" if isinstance(said.when, Always) else f" Said when {say(said.when)}."
    return f"{said.wording.rstrip('.')}{about}.{when}"


def state(instrument: Instrument) -> str:
    """The verification state in two words."""
    return "partly unverified" if instrument.marks else "verified"


def result(instrument: Instrument) -> Iterator[str]:
    """How the items become a result, with every cut-off."""
    rule = instrument.result
    if isinstance(rule, Sum | Highest):
        yield "The points of the items add up." if isinstance(rule, Sum) else "The highest grade that was found."
        if isinstance(rule, Sum) and rule.knockout is not None:
            yield f"An item that gives {signed(rule.knockout)} decides: that is the total."
        if isinstance(rule, Sum) and rule.least is not None:
            yield f"The total is never below {signed(rule.least)}."
        for band in rule.bands:
            if band.low == band.high:
                limits = f"{band.low}"
            elif band.low is None:
                limits = f"{band.high} or less"
            else:
                limits = f"{band.low} or more" if band.high is None else f"{band.low} to {band.high}"
            yield f"{limits.replace('-', '−')}: {band.category}"
        if isinstance(rule, Sum) and rule.published_range:
            yield f"Range: {rule.published_range}"
    elif isinstance(rule, Category):
        yield f"The code of “{instrument.item(rule.item).title}”."
    elif isinstance(rule, Computed):
        quantity = instrument.item(rule.item).quantity
        if quantity is not None:
            yield f"{rule.item} = {say_quantity(quantity)}"
        for option in instrument.item(rule.item).options:
            yield f"{say(option.when)}: {gives(option)}"
    else:
        yield f"Short form: {rule.template}; an item that was not judged shows as {rule.unjudged}."


def table_title(table: Table) -> str:
    """The heading of a decision table."""
    return f"Table {table.gives}: {table.rows} against {', '.join(table.columns)}"


def table_rows(table: Table) -> Iterator[list[str]]:
    """The head of a decision table, then its lines."""
    yield [table.rows, *(" ".join("any" if value == "*" else value for value in column) for column in table.header)]
    for row, cells in table.lines:
        yield [row, *cells]


def example(worked: Example) -> str:
    """A worked example: what is given, what must come out, and the remark."""
    given = ", ".join(f"{name} {_value(value)}" for name, value in worked.given.items())
    outcome = []
    if worked.score is not None:
        outcome.append(f"{worked.score:.4g}".replace("-", "−"))
    if worked.code:
        outcome.append(worked.code)
    if worked.category:
        outcome.append(worked.category)
    if not outcome:
        outcome = [f"{name}: {'not judged' if value is None else value}" for name, value in worked.items.items()]
    remark = f" ({worked.remark})" if worked.remark else ""
    return f"{worked.name}: {given or 'nothing known'} → {', '.join(outcome)}{remark}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        low, high = value
        return f"{'…' if low is None else figure(low)} to {'…' if high is None else figure(high)}"
    return figure(value) if isinstance(value, int | float) else str(value)
