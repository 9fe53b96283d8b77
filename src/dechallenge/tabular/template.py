"""The typed template of an instrument: which columns a table of facts has, their types, units and legal values.

As CSV it is a table without rows, with the description in comment lines; as JSON plain data. Imports `logic`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from dechallenge.logic.columns import inputs
from dechallenge.logic.instrument import Instrument
from dechallenge.logic.terms import Choice, Flag, Number, Term
from dechallenge.logic.typed import asked_terms

IDENTITY = "id"
"""The one column that is no fact: names the case."""


def described(term: Term) -> dict[str, object]:
    """A fact as plain data."""
    found: dict[str, object] = {"name": term.name, "columns": list(inputs.names_of(term))}
    if isinstance(term, Number):
        found |= {"type": "number", "unit": term.unit, "low": term.low, "high": term.high}
    elif isinstance(term, Flag):
        found |= {"type": "yes or no", "values": [True, False]}
    else:
        found |= {"type": "word", "values": list(term.values), "unknown": list(term.unknowns)}
    return {**found, "meaning": term.meaning, "question": term.question}


def as_json(instrument: Instrument) -> str:
    """The template as JSON; its `rows` holds one row in which everything is unknown."""
    terms = asked_terms(instrument).values()
    row: Mapping[str, None] = dict.fromkeys([IDENTITY, *(name for term in terms for name in inputs.names_of(term))])
    about = {"instrument": instrument.id, "facts": [described(term) for term in terms], "rows": [row]}
    return json.dumps(about, indent=2, ensure_ascii=False)


def as_csv(instrument: Instrument) -> str:
    """The template as CSV: the header, under a description in comment lines."""
    terms = list(asked_terms(instrument).values())
    lines = [
        f"# Facts for {instrument.id}: {instrument.title}, {instrument.edition}. One row for each case.",
        "# An empty cell is unknown. A number is a point, an interval (_low, _high; one end may be open), or both.",
        "# Several possible words are separated by |. Lines that begin with # are left out.",
        *(f"# {_line(term)}" for term in terms),
        ",".join([IDENTITY, *(name for term in terms for name in inputs.names_of(term))]),
    ]
    return "\n".join(lines) + "\n"


def legal(term: Term) -> str:
    """The legal values in words."""
    if isinstance(term, Flag):
        return "yes or no"
    if isinstance(term, Choice):
        return ", ".join((*term.values, *term.unknowns))
    low = "" if term.low is None else f" from {term.low:g}"
    high = "" if term.high is None else f" up to {term.high:g}"
    return f"numbers{low}{high}{f' ({term.unit})' if term.unit else ''}"


def _line(term: Term) -> str:
    question = " ".join(term.question.split())
    return f"{term.name}: {legal(term)}. {question}".rstrip()
