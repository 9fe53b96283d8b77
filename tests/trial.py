"""A made-up trial of two hundred subjects: values, drug, reaction and person of each, by a seeded generator.

`trial_files` writes the same subjects as tables of several kinds, `prose` tells one of them in sentences.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

UNITS = {"ALT": "U/L", "AST": "U/L", "ALP": "U/L", "BILI": "mg/dL", "INR": "", "NEUT": "10^9/L"}
NAMES = {
    "ALT": "Alanine Aminotransferase",
    "AST": "Aspartate Aminotransferase",
    "ALP": "Alkaline Phosphatase",
    "BILI": "Bilirubin",
    "INR": "Prothrombin Intl. Normalized Ratio",
    "NEUT": "Neutrophils",
}
TOLD = {"ALT": "ALT", "AST": "AST", "ALP": "alkaline phosphatase", "BILI": "bilirubin", "INR": "INR",
        "NEUT": "the neutrophil count"}  # fmt: skip
LIVER_DRUGS = ("isoniazid", "diclofenac", "flucloxacillin", "nitrofurantoin", "atorvastatin", "terbinafine")
BLOOD_DRUGS = ("clozapine", "carbimazole", "deferiprone", "sulfasalazine")


@dataclass(frozen=True)
class Visit:
    """The values of one day by test code."""

    day: date
    values: dict[str, float]


@dataclass(frozen=True)
class Person:
    """One subject: ``limits`` by test code, ``stop`` nothing where the drug went on."""

    id: str
    sex: str
    age: int
    drug: str
    dose: int
    start: date
    stop: date | None
    reaction: str
    onset: date
    limits: dict[str, tuple[float, float]]
    visits: tuple[Visit, ...]


def people(count: int = 200, seed: int = 20_221_122) -> list[Person]:
    """The subjects of the trial; the same for the same seed."""
    rng = random.Random(seed)
    return [_person(rng, number) for number in range(1, count + 1)]


def _person(rng: random.Random, number: int) -> Person:
    blood = rng.random() < 0.3
    start = date(2021, 1, 1) + timedelta(days=rng.randrange(500))
    onset = start + timedelta(days=rng.randrange(6, 120))
    stop = None if rng.random() < 0.15 else onset + timedelta(days=rng.randrange(1, 8))
    limits = {
        "ALT": (5.0, float(rng.choice((35, 40, 45, 50)))),
        "AST": (8.0, float(rng.choice((35, 40)))),
        "ALP": (30.0, float(rng.choice((110, 120, 130)))),
        "BILI": (0.2, rng.choice((1.0, 1.2))),
        "INR": (0.8, 1.2),
        "NEUT": (rng.choice((1.5, 1.8, 2.0)), 7.5),
    }
    visits = (_blood if blood else _liver)(rng, start, onset, stop, limits)
    return Person(
        id=f"TR-{number:03d}",
        sex=rng.choice("FM"),
        age=rng.randrange(19, 84),
        drug=rng.choice(BLOOD_DRUGS if blood else LIVER_DRUGS),
        dose=rng.choice((50, 100, 250, 500)),
        start=start,
        stop=stop,
        reaction="neutropenia" if blood else "liver injury",
        onset=onset,
        limits=limits,
        visits=tuple(visits),
    )


def _follow_up(rng: random.Random, onset: date, stop: date | None) -> list[date]:
    first = (stop or onset) + timedelta(days=rng.randrange(3, 9))
    gaps = [rng.randrange(5, 26) for _ in range(rng.randrange(1, 5))]
    days = [first]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    return days


def _liver(
    rng: random.Random, start: date, onset: date, stop: date | None, limits: dict[str, tuple[float, float]]
) -> list[Visit]:
    """Baseline, a rise of one of the three patterns, and a fall that is quick, slow or none."""
    alt_peak, alp_peak = rng.choice(((28.0, 1.2), (9.0, 2.9), (3.1, 4.4), (14.0, 0.9), (6.5, 1.9), (2.2, 1.3)))
    bili_peak, inr_peak = rng.choice(((0.7, 1.0), (1.9, 1.1), (4.2, 1.3), (11.0, 1.8))) if alt_peak > 3 else (0.8, 1.0)
    fall = rng.choice((0.25, 0.45, 0.7, 0.98))
    out = [Visit(start - timedelta(days=rng.randrange(1, 12)), {
        "ALT": float(rng.randrange(12, 33)), "AST": float(rng.randrange(12, 33)), "ALP": float(rng.randrange(45, 105)),
        "BILI": round(rng.uniform(0.3, 0.9), 1), "INR": 1.0, "NEUT": round(rng.uniform(2.6, 6.4), 1),
    })]  # fmt: skip
    share = 1.0
    for day in [onset, *_follow_up(rng, onset, stop)]:
        values = {
            "ALT": float(round(max(21.0, alt_peak * share * limits["ALT"][1]) * rng.uniform(0.93, 1.07))),
            "ALP": float(round(max(66.0, alp_peak * share * limits["ALP"][1]) * rng.uniform(0.95, 1.05))),
            "BILI": round(max(0.5, bili_peak * share * limits["BILI"][1]), 1),
        }
        if rng.random() < 0.7:
            values["AST"] = float(round(values["ALT"] * rng.uniform(0.5, 1.3)))
            values["INR"] = round(max(1.0, 1.0 + (inr_peak - 1.0) * share), 1)
        if rng.random() < 0.3:
            values["NEUT"] = round(rng.uniform(2.4, 6.8), 1)
        out.append(Visit(day, values))
        share *= fall
    return out


def _blood(
    rng: random.Random, start: date, onset: date, stop: date | None, limits: dict[str, tuple[float, float]]
) -> list[Visit]:
    """Baseline, a fall of the neutrophils, and their return or none."""
    lowest = rng.choice((0.1, 0.3, 0.6, 0.9, 1.2, 1.4))
    back = rng.choice((1.2, 1.8, 3.5))
    out = [Visit(start - timedelta(days=rng.randrange(1, 12)), {"NEUT": round(rng.uniform(2.6, 6.4), 1), "ALT": 24.0})]
    count = lowest
    for day in [onset, *_follow_up(rng, onset, stop)]:
        values = {"NEUT": round(count, 1)}
        if rng.random() < 0.4:
            values["ALT"] = float(rng.randrange(12, 33))
        out.append(Visit(day, values))
        count = min(5.2, count * back)
    return out


# --- prose ------------------------------------------------------------------------------------------------------------


def told(day: date) -> str:
    """ "4 March 2021"."""
    return f"{day.day} {day:%B %Y}"


def prose(one: Person) -> str:
    """The subject as a report of our own, dated by the calendar."""
    who, she = ("woman", "She") if one.sex == "F" else ("man", "He")
    first, rest = one.visits[0], one.visits[1:]
    lines = [
        f"A {one.age}-year-old {who} came to the clinic.",
        _visit(one, first),
        f"{she} was started on {one.drug} {one.dose} mg on {told(one.start)}.",
        f"{one.reaction.capitalize()} was found on {told(one.onset)}.",
        _visit(one, rest[0]),
        f"{one.drug.capitalize()} was stopped on {told(one.stop)}."
        if one.stop
        else f"{one.drug.capitalize()} was continued.",
        *(_visit(one, visit) for visit in rest[1:]),
    ]
    return "\n".join(lines) + "\n"


def _visit(one: Person, visit: Visit) -> str:
    parts = [
        f"{TOLD[code]} was {figure(value)}{f' {UNITS[code]}' if UNITS[code] else ''} "
        f"(normal {figure(one.limits[code][0])}-{figure(one.limits[code][1])})"
        for code, value in visit.values.items()
    ]
    return f"On {told(visit.day)} {' and '.join([', '.join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)}."


def figure(value: float) -> str:
    """A number as people write it."""
    return f"{value:g}"
