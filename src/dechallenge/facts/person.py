"""Facts about the patient. May import evidence, case, logic, the vocabulary and the view of a pair."""

from __future__ import annotations

from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.vocabulary import person as v
from dechallenge.logic import Fact

CHILDBEARING_YEARS = (10.0, 56.0)
"""Outside these ages a pregnancy is taken as ruled out (project choice)."""
SOME_ALCOHOL = 0.1
"""Drinks a day that "drinks alcohol" without an amount stands for at least."""


def facts(pair: Pair) -> list[Fact]:
    """Age, sex, alcohol and pregnancy."""
    made = [_age(pair), _sex(pair), _alcohol(pair), _pregnancy(pair)]
    return [fact for fact in made if fact is not None]


def _age(pair: Pair) -> Fact | None:
    age = pair.case.patient.age
    if age is None:
        return None
    years = age.years
    point = years.low if age.value is not None else None
    if years.low is None and years.high is None:
        return None
    told = f"{age.value:g} {age.unit}s old" if age.value is not None else "age as told"
    return number(v.age, point, low=years.low, high=years.high, because=told, evidence=age.evidence)


def _sex(pair: Pair) -> Fact | None:
    patient = pair.case.patient
    if patient.sex is None:
        return None
    return Fact.choice(v.sex, patient.sex, because=patient.sex, evidence=patient.sex_evidence)


def _alcohol(pair: Pair) -> Fact | None:
    patient = pair.case.patient
    evidence = patient.alcohol_evidence
    amount = patient.drinks_per_day
    if amount is not None and (amount.low is not None or amount.high is not None):
        point = amount.low if amount.low == amount.high else None
        told = f"{amount.low or 0:g} drinks a day" if point is not None else "amount as told"
        return number(v.alcohol_drinks, point, low=amount.low, high=amount.high, because=told, evidence=evidence)
    if patient.alcohol == "absent":
        return number(v.alcohol_drinks, 0.0, because="no alcohol", evidence=evidence)
    if patient.alcohol == "present":
        because = "drinks alcohol, the amount is not told"
        return number(v.alcohol_drinks, low=SOME_ALCOHOL, because=because, evidence=evidence)
    return None


def _pregnancy(pair: Pair) -> Fact | None:
    patient = pair.case.patient
    if patient.pregnant is not None:
        told = "pregnant" if patient.pregnant else "not pregnant"
        return Fact.flag(v.pregnancy, patient.pregnant, because=told, evidence=patient.pregnant_evidence)
    if patient.sex == "male":
        return Fact.flag(v.pregnancy, False, because="male", evidence=patient.sex_evidence)
    years = patient.age.years if patient.age else None
    if years is not None and (years.hi < CHILDBEARING_YEARS[0] or years.lo >= CHILDBEARING_YEARS[1]):
        evidence = patient.age.evidence if patient.age else ()
        return Fact.flag(v.pregnancy, False, because="the age rules it out", evidence=evidence)
    return None
