"""Typed facts: from plain Python values to facts, and the terms that an instrument asks for.

Imports `compiled`, `facts`, `instrument`, `numeric` and the error family.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from dechallenge.errors import FactError
from dechallenge.logic import derived, numeric
from dechallenge.logic.compiled import compiled
from dechallenge.logic.facts import Fact
from dechallenge.logic.instrument import Given, Instrument, Item
from dechallenge.logic.terms import Choice, Derived, Flag, Number, Term


def asked_terms(instrument: Instrument) -> dict[str, Term]:
    """Every term that the instrument asks for, by name, in the order in which it asks (of formulas: inputs)."""
    found: dict[str, Term] = {}
    for leaf in instrument.leaves:
        if leaf.measured is not None:
            found[leaf.measured.name] = leaf.measured
        if leaf.quantity is not None:
            found.update({term.name: term for term in numeric.terms_of(leaf.quantity)})
    asked: dict[str, Term] = {}
    for name, term in {**compiled(instrument).diagram.atoms.terms, **found}.items():
        if isinstance(term, Derived):
            asked.update({one.name: one for one in derived.inputs(term) if one.name not in asked})
        else:
            asked[name] = term
    for caution in instrument.cautions:
        asked.update({one.name: one for one in derived.predicate_terms(caution.when) if one.name not in asked})
    return asked


def item_terms(item: Item) -> tuple[Term, ...]:
    """The facts that one item or part asks for, each once, in order (of formulas: their inputs)."""
    found: dict[str, Term] = {}
    for option in item.options:
        found.update({term.name: term for term in derived.predicate_terms(option.when)})
    return tuple(found.values())


def typed_facts(instrument: Instrument, values: Mapping[str, Given]) -> list[Fact]:
    """The facts of an instrument from plain values.

    Raises:
        FactError: A name that is not a fact of this instrument, or an illegal value.
    """
    terms = asked_terms(instrument) if values else {}
    found = []
    for name, value in values.items():
        if name not in terms:
            close = get_close_matches(name, terms, n=1, cutoff=0.5)
            hint = f"Did you mean {close[0]!r}? " if close else ""
            raise FactError(
                f"{instrument.id} does not ask for this fact",
                place=name,
                next_step=f"{hint}It asks for: {', '.join(terms)}.",
            )
        found.append(typed_fact(terms[name], value))
    return found


def typed_fact(term: Term, value: Given | None) -> Fact:
    """A fact from a plain value; None is unknown.

    Raises:
        FactError: A value that the term does not allow.
    """
    if isinstance(term, Flag):
        if value is not None and not isinstance(value, bool):
            raise FactError(
                f"{value!r} is not a legal value", place=term.name, next_step="Legal values: True, False, None."
            )
        return Fact.flag(term, value)
    if isinstance(term, Choice):
        if value is None:
            return Fact.choice(term)
        if not isinstance(value, str):
            legal = ", ".join((*term.values, *term.unknowns))
            raise FactError(f"{value!r} is not a legal value", place=term.name, next_step=f"Legal values: {legal}.")
        return Fact.choice(term, value)
    return _number(term, value)


def _number(term: Number, value: Given | None) -> Fact:
    if isinstance(value, tuple):
        if len(value) != 2:
            raise FactError(
                f"{value!r} is not an interval",
                place=term.name,
                next_step="Give (low, high), with None for an open end.",
            )
        return Fact.number(term, low=value[0], high=value[1])
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        low = "no lower limit" if term.low is None else f"at least {term.low:g}"
        high = "no upper limit" if term.high is None else f"at most {term.high:g}"
        raise FactError(
            f"{value!r} is not a number",
            place=term.name,
            next_step=f"Give a number or a (low, high) interval in {term.unit or 'its own unit'}; {low}, {high}.",
        )
    return Fact.number(term, value)
