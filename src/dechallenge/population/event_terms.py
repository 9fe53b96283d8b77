"""From the reaction of a case to the event terms of reports: a small declared set, and what the findings lexicon knows.

`data/event_terms.csv` declares terms for kinds of reaction with the source of each. Beside them every event name of the
reports counts that the findings lexicon knows as that kind, in either spelling. Reports use the terms of MedDRA; its
hierarchy is not here, so a term that neither knows is not counted: give it by name. Imports the lexicon and errors.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dechallenge.errors import InputError
from dechallenge.lexicon.findings import load_findings, spellings

SOURCES = {
    "omop": "outcome definitions of the OMOP reference set and of Harpaz 2014 (doi 10.1038/sdata.2014.43)",
    "faers": "term of public FAERS and VAERS data, chosen here for the kind",
    "meddra-name": "name of a MedDRA term from memory, not verified",
    "lexicon": "the findings lexicon of this package",
    "user": "given by the user",
}


@dataclass(frozen=True, slots=True)
class Term:
    """An event name of the reports that stands for the reaction, its number there, and why it does."""

    name: str
    number: int
    source: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands for a reaction.

    Attributes:
        found: Names that the reports hold, by name.
        absent: Declared or given names that no report holds.
    """

    found: tuple[Term, ...]
    absent: tuple[str, ...]


@cache
def declared() -> dict[str, tuple[tuple[str, str], ...]]:
    """The declared terms of each kind of reaction: (term, key of its source).

    Raises:
        InputError: A row names no known source.
    """
    table: dict[str, list[tuple[str, str]]] = {}
    path = resources.files("dechallenge.population").joinpath("data/event_terms.csv")
    with path.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if row["source"] not in SOURCES:
                raise InputError(f"unknown source {row['source']!r}", place="event_terms.csv", next_step="Mend it.")
            table.setdefault(row["kind"], []).append((row["term"], row["source"]))
    return {kind: tuple(rows) for kind, rows in table.items()}


@cache
def _of_lexicon() -> dict[str, str]:
    """Every written form, small letters, to the kind of reaction that it names."""
    lexicon = load_findings()
    return {
        form.written.lower(): lexicon[form.term].event_kind
        for form in lexicon.forms
        if not form.absent and not form.case_sensitive and lexicon[form.term].event_kind
    }


def terms_for(kind: str, term: str, names: Sequence[str], given: Iterable[str] = ()) -> Terms:
    """The event names of reports that stand for a reaction.

    Args:
        kind: The kind of the reaction, such as ``liver injury``.
        term: The words of the case for it; they count themselves.
        names: The event names of the reports, by number.
        given: Names that the user chose: then only these count.

    Returns:
        What the reports hold, and what they do not.
    """
    numbers = {name.lower(): number for number, name in enumerate(names)}
    wanted: dict[str, tuple[str, str]] = {}
    chosen = list(given)
    for name in chosen:
        wanted.setdefault(name.strip().lower(), (name.strip(), "user"))
    if not chosen:
        for name, source in declared().get(kind, ()):
            wanted.setdefault(name.lower(), (name, source))
        for form, of in _of_lexicon().items():
            if of == kind and form in numbers:
                wanted.setdefault(form, (form, "lexicon"))
        for form in spellings(term) if term else ():
            wanted.setdefault(form.lower(), (form, "lexicon"))
    found = [Term(names[numbers[key]], numbers[key], source) for key, (_, source) in wanted.items() if key in numbers]
    absent = [name for key, (name, source) in wanted.items() if key not in numbers and source != "lexicon"]
    return Terms(tuple(sorted(found, key=lambda one: one.name.lower())), tuple(absent))
