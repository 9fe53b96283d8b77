"""ACR Pedi response adapted to systemic juvenile arthritis: with absence of fever.

Imports only the vocabulary of facts, the logic and `pedi`.
"""

from __future__ import annotations

from dechallenge.criteria.pedi import (
    MEASURES,
    NEGATIVE_IS_BETTER,
    REFERENCE,
    SHOWN_WITH,
    VECTOR,
    WITH_CRP,
    blockade,
    response,
)
from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO
from dechallenge.facts.vocabulary.rheumatology_response import temperature_7_days_c
from dechallenge.logic.instrument import Category, Example, Instrument

TOCILIZUMAB = "the wording of the tocilizumab trial is from memory"

INSTRUMENT = Instrument(
    id="acr-pedi-systemic",
    title="ACR Pedi response adapted to systemic disease",
    edition="as in the trials of canakinumab and tocilizumab",
    year=2012,
    kind="criteria",
    purpose="How far systemic juvenile idiopathic arthritis improved: the ACR Pedi response and no fever for seven "
    "days.",
    items=(
        *MEASURES,
        response(
            "canakinumab",
            "The highest level, and no temperature above 38 °C in seven days",
            "Canakinumab trial, adapted response",
            only_if=temperature_7_days_c <= 38,
            fever=", temperature at most 38 °C",
        ),
        response(
            "tocilizumab",
            "The highest level, and no temperature of 37.5 °C or more in seven days",
            "Tocilizumab trial, adapted response",
            only_if=temperature_7_days_c < 37.5,
            fever=", temperature below 37.5 °C",
            unverified=TOCILIZUMAB,
        ),
    ),
    result=Category("canakinumab"),
    reference=REFERENCE,
    verification="The form of the canakinumab trial read in a review of endpoints; that of the tocilizumab trial is "
    "from memory.",
    unverified=("the year",),
    missing_rule=UNKNOWN_IS_NOT_NO,
    notes=("The canakinumab trial puts CRP in place of ESR.", WITH_CRP, NEGATIVE_IS_BETTER),
    cautions=(blockade("acute phase", "canakinumab", "tocilizumab"),),
    shown_with=SHOWN_WITH,
    examples=(
        Example(
            "the vector with 38 °C in the week before",
            {**VECTOR, "temperature_7_days_c": 38},
            {"tocilizumab": "below ACR Pedi 30"},
            category="ACR Pedi 70",
            remark="the limits of fever differ: at most 38 °C, below 37.5 °C",
        ),
        Example(
            "the vector with 37.4 °C",
            {**VECTOR, "temperature_7_days_c": 37.4},
            {"tocilizumab": "ACR Pedi 70"},
            category="ACR Pedi 70",
            remark="no fever by either limit",
        ),
    ),
)
