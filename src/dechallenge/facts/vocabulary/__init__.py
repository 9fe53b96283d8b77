"""The vocabulary of facts: every term once, with type, unit, meaning, plain question and what its maker must supply.

One module per group. `TERMS` maps each name to its term; `GROUPS` keeps the order and the headings of the
documentation. The same fact is the same term in every instrument. Imports only `logic`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dechallenge.facts.vocabulary import (
    blood,
    causality_more,
    causes,
    documentation,
    grading,
    hepatitis,
    histology,
    inflammation,
    judgement,
    liver,
    liver_causes,
    liver_failure,
    liver_scores,
    person,
    response,
    rheumatoid,
    rheumatology,
    rheumatology_response,
    skin,
    timing,
)
from dechallenge.logic.terms import Term

GROUPS: tuple[tuple[str, tuple[Term, ...]], ...] = (
    ("Time and exposure", timing.TERMS),
    ("Liver: values, course and severity", liver.TERMS),
    ("Patient", person.TERMS),
    ("Other causes", causes.TERMS),
    ("Dechallenge, rechallenge and other trials", response.TERMS),
    ("Known reactions and the picture", judgement.TERMS),
    ("Worst values for grading", grading.TERMS),
    ("Neutropenia: depth, course and recovery", blood.TERMS),
    ("Liver injury: symptoms", hepatitis.TERMS),
    ("Epidermal necrolysis", skin.TERMS),
    ("Documentation, published cases, opinions", documentation.TERMS),
    ("Inflammation and macrophage activation", inflammation.TERMS),
    ("Still's disease, juvenile arthritis, Schnitzler syndrome", rheumatology.TERMS),
    ("Rheumatoid arthritis", rheumatoid.TERMS),
    ("Arthritis: activity and response", rheumatology_response.TERMS),
    ("Single tests, histology and what other causality methods ask", causality_more.TERMS),
    ("Liver: fibrosis indices and blood tests of fibrosis", liver_scores.TERMS),
    ("Liver: MELD, Child-Pugh, acute failure", liver_failure.TERMS),
    ("Liver: autoimmune hepatitis and Wilson disease", liver_causes.TERMS),
    ("Liver: histology", histology.TERMS),
)

TERMS: Mapping[str, Term] = MappingProxyType({term.name: term for _, terms in GROUPS for term in terms})

__all__ = [
    "GROUPS",
    "TERMS",
    "blood",
    "causality_more",
    "causes",
    "documentation",
    "grading",
    "hepatitis",
    "histology",
    "inflammation",
    "judgement",
    "liver",
    "liver_causes",
    "liver_failure",
    "liver_scores",
    "person",
    "response",
    "rheumatoid",
    "rheumatology",
    "rheumatology_response",
    "skin",
    "timing",
]
