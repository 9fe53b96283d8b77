"""The vocabulary of facts: every term once, with type, unit, meaning, plain question and what its maker must supply.

One module per group. `TERMS` maps each name to its term; `GROUPS` keeps the order and the headings of the
documentation. The same fact is the same term in every instrument. Imports only `logic`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dechallenge.facts.vocabulary import causes, grading, judgement, liver, person, response, timing
from dechallenge.logic.terms import Term

GROUPS: tuple[tuple[str, tuple[Term, ...]], ...] = (
    ("Time and exposure", timing.TERMS),
    ("Liver: values, course and severity", liver.TERMS),
    ("Patient", person.TERMS),
    ("Other causes", causes.TERMS),
    ("Dechallenge, rechallenge and other trials", response.TERMS),
    ("Known reactions and the picture", judgement.TERMS),
    ("Worst values for grading", grading.TERMS),
)

TERMS: Mapping[str, Term] = MappingProxyType({term.name: term for _, terms in GROUPS for term in terms})

__all__ = ["GROUPS", "TERMS", "causes", "grading", "judgement", "liver", "person", "response", "timing"]
