"""What the case cards state: the authors' scores as claims, their categories, and their item answers as typed facts.

Bands and the facts that stand for an item answer are written here once more, apart from the product's definitions.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.run import Unavailable
from benchmarks.shared import read_lines, shared_path
from benchmarks.terms import plain

Json = dict[str, Any]
Given = Mapping[str, Any]

TIERS = {
    "A": "derivable",
    "B": "partly derivable",
    "C": "not derivable",
    "I": "item table only",
    "D": "conclusion only",
    "U": "no score",
}
BANDS: dict[str, tuple[tuple[float, str], ...]] = {
    "rucam": ((0, "excluded"), (2, "unlikely"), (5, "possible"), (8, "probable"), (99, "highly probable")),
    "naranjo": ((0, "doubtful"), (4, "possible"), (8, "probable"), (99, "definite")),
    "hlh-2004": ((4, "not met"), (8, "met")),
}
"""Highest total of each category, worst first: the order that the weighted kappa counts in."""
PRODUCT = {"rucam": "rucam-2016", "naranjo": "naranjo-1981", "hscore": "hscore-2014", "hlh-2004": "hlh-2004"}
"""The instrument of the product that is compared; RUCAM without an edition is compared with the updated one."""
OTHER_EDITION = {"rucam": "rucam-1993"}
LATIN = {"chelidonium majus": "greater celandine"}


@dataclass(frozen=True)
class Claim:
    """One score of the authors for one drug (or for several together), or for the reaction.

    Attributes:
        named: The edition is named.
        total: None where only a category is printed.
        category: By the total where there is one, else as printed.
        printed: The category as printed.
        items: The authors' own item answers by the name of the item.
    """

    record: str
    tier: str
    family: str
    drugs: tuple[str, ...] = ()
    named: bool = True
    total: float | None = None
    category: str | None = None
    printed: str | None = None
    items: Given = field(default_factory=dict)

    @property
    def product(self) -> str:
        return PRODUCT[self.family]

    @property
    def says(self) -> str:
        total = "" if self.total is None else f"{self.total:g}"
        return " ".join(part for part in (total, self.category or "") if part)

    @property
    def contradicts_itself(self) -> bool:
        """The printed category is not that of the printed number."""
        return self.total is not None and bool(self.printed) and self.printed != self.category

    @property
    def item_sum(self) -> float | None:
        """The sum of the item answers; None when they are not one complete sheet."""
        return sum(map(points_of, self.items.values())) if complete(self.items) else None


def load() -> list[Json]:
    """The cards.

    Raises:
        Missing: The file is not here.
    """
    return read_lines(shared_path("corpora", "case_cards", "dev.jsonl"))


def category_of(family: str, total: float) -> str | None:
    """The category of a total by the published bands; None where an instrument has none."""
    return next((name for top, name in BANDS.get(family, ()) if total <= top), None)


def drugs_of(card: Json) -> tuple[str, ...]:
    """The blamed drugs of a card, without what stands in brackets; none where the card names no drug."""
    words = re.sub(r"\(.*?\)", "", str(card["drug"])).strip()
    if words.startswith(("none", "not in the part seen")):
        return ()
    return tuple(LATIN.get(name, name) for name in (part.strip().lower() for part in words.split(" and ")))


def claims(card: Json) -> list[Claim]:
    """Every score that the authors print on a card, a category at least."""
    found: list[Claim] = []
    stated = card["authors_scores"]
    for family in ("rucam", "naranjo", "hscore"):
        if stated.get(family):
            found += _claims(card, family, stated[family])
    other = stated.get("other") or {}
    if other.get("name") == "HLH-2004":
        total = float(str(other["total"]).split("/")[0])
        category = category_of("hlh-2004", total)
        found.append(Claim(card["id"], card["tier"], "hlh-2004", total=total, category=category))
    return found


def _claims(card: Json, family: str, stated: Json) -> list[Claim]:
    items = {name: points for name, points in (stated.get("items") or {}).items() if points is not None}
    version = f"{stated.get('version') or ''}"
    named = family != "rucam" or re.search(r"updated|2016|1993", version) is not None
    totals: Json = {drug: total for drug, total in (stated.get("per_drug") or {}).items() if not isinstance(total, str)}
    together = () if family == "hscore" else drugs_of(card)
    rows: list[tuple[tuple[str, ...], Any]] = [((drug,), total) for drug, total in totals.items()]
    rows = rows or [(together, stated.get("total"))]
    printed = re.sub(r"\(.*?\)", "", stated.get("category") or "").strip() or None
    found = []
    for drugs, total in rows:
        category = printed if total is None else category_of(family, total)
        if total is not None or category or items:
            number = None if total is None else float(total)
            found.append(Claim(card["id"], card["tier"], family, drugs, named, number, category, printed, items))
    return found


def points_of(answer: object) -> int:
    """The points of an item answer ("+1 (>90 days)"); an answer without points ("NA") is 0."""
    number = re.match(r"[+\-−]?\d+", str(answer).strip())
    return int(number[0].replace("−", "-")) if number else 0


def complete(items: Given) -> bool:
    """The answers of one patient to every item of an instrument."""
    single = not any(isinstance(answer, list) for answer in items.values())
    return single and len(items) in (7, 10)


_CAUSES = ("hav", "hbv", "hcv", "hev", "biliary_imaging", "alcoholic_hepatitis", "hypotension")
_OTHERS = ("underlying_disease", "cmv", "ebv", "hsv", "vzv")
_NAMES = (*_CAUSES, *_OTHERS)


def _ruled_out(number: int) -> Given:
    return {name: "negative" if place < number else "not done" for place, name in enumerate(_NAMES)}


def _yes_no(name: str) -> dict[int, Given]:
    return {1: {name: True}, 0: {name: False}}


NARANJO: dict[str, dict[int, Given]] = {
    "q1": {1: {"known_reaction": "labelled"}, 0: {"known_reaction": "not described"}},
    "q2": {2: {"latency": 1}, -1: {"latency": -1}, 0: {}},
    "q3": {1: {"dechallenge": "positive"}, 0: {"dechallenge": "negative"}},
    "q4": {2: {"rechallenge": "positive"}, -1: {"rechallenge": "negative"}, 0: {"rechallenge": "not done"}},
    "q5": {2: {"other_cause": "ruled out"}, -1: {"other_cause": "possible"}, 0: {"other_cause": "not sought"}},
    "q6": {1: {"placebo": "did not reappear"}, -1: {"placebo": "reappeared"}, 0: {"placebo": "not given"}},
    "q7": _yes_no("toxic_level"),
    "q8": _yes_no("dose_response"),
    "q9": _yes_no("similar_reaction"),
    "q10": _yes_no("objective_evidence"),
}
RUCAM: dict[str, dict[int, Given]] = {
    "onset": {2: {"latency": 30}, 1: {"latency": 100}},
    "risk": {
        0: {"age": 40, "alcohol_drinks": 0},
        1: {"age": 60, "alcohol_drinks": 0},
        2: {"age": 60, "alcohol_drinks": 6},
    },
    "concomitant": {
        0: {"concomitant": "none"},
        -1: {"concomitant": "compatible"},
        -2: {"concomitant": "hepatotoxin"},
        -3: {"concomitant": "proven"},
    },
    "alternatives": {
        2: _ruled_out(12),
        1: _ruled_out(7),
        0: _ruled_out(5),
        -2: _ruled_out(0),
        -3: {**_ruled_out(0), "hav": "positive"},
    },
    "known_hepatotoxicity": {
        2: {"known_reaction": "labelled"},
        1: {"known_reaction": "published"},
        0: {"known_reaction": "not described"},
    },
    "rechallenge": {
        0: {"rechallenge_setting": "not done"},
        1: {"rechallenge_setting": "same drugs", "rechallenge_alt_before": 1, "rechallenge_alt_during": 3},
        3: {"rechallenge_setting": "drug alone", "rechallenge_alt_before": 1, "rechallenge_alt_during": 3},
        -2: {"rechallenge_setting": "drug alone", "rechallenge_alt_before": 0.2, "rechallenge_alt_during": 0.5},
    },
}
HEPATOCELLULAR: dict[int, Given] = {
    3: {"alt_half_days": 7},
    2: {"alt_half_days": 20},
    0: {},
    -2: {"alt_not_halved": True},
}
CHOLESTATIC: dict[int, Given] = {2: {"alp_half_days": 100}, 1: {"alp_fell_short": True}, 0: {}}
INJURY: Given = {"stop_to_onset": (None, 0.0), "exposure": "initial"}
PLACES = {name: str(place) for place, name in enumerate(["onset", "course", *list(RUCAM)[1:]], 1)}
"""Names of the RUCAM items on the cards, as numbers of the instrument."""


@dataclass(frozen=True)
class Typed:
    """One sheet of item answers typed as facts: item by item the points stated and given, and the totals."""

    record: str
    product: str
    items: tuple[tuple[str, int, float | None], ...]
    stated: float
    score: float | None

    @property
    def equal(self) -> int:
        return sum(stated == given for _, stated, given in self.items)


def sheets(claim: Claim) -> list[Typed]:
    """The item answers of a claim typed as facts and scored, one sheet for each patient.

    Raises:
        Unavailable: The product cannot score typed facts.
    """
    several = [len(answers) for answers in claim.items.values() if isinstance(answers, list)]
    patients = [
        {name: answers[number] if isinstance(answers, list) else answers for name, answers in claim.items.items()}
        for number in range(several[0] if several else 1)
    ]
    return [_typed(claim, answers) for answers in patients if answers]


def _typed(claim: Claim, answers: Given) -> Typed:
    cholestatic = claim.record == "R021"  # the card: "cholestatic or mixed"; every other sheet is hepatocellular
    table = NARANJO
    facts: dict[str, Any] = {}
    if claim.family == "rucam":
        table = {**RUCAM, "course": CHOLESTATIC if cholestatic else HEPATOCELLULAR}
        facts = {**INJURY, "alt_xuln": 3 if cholestatic else 10, "alp_xuln": 3 if cholestatic else 1}
    stated = {name: points_of(answer) for name, answer in answers.items()}
    for name, points in stated.items():
        facts |= table[name].get(points, {})
    score, items = score_facts(claim.product, facts)
    places = PLACES if claim.family == "rucam" else {name: name[1:] for name in NARANJO}
    rows = tuple((name, points, items.get(places[name])) for name, points in stated.items())
    return Typed(claim.record, claim.product, rows, float(sum(stated.values())), score)


def score_facts(product: str, facts: Given) -> tuple[float | None, dict[str, float | None]]:
    """Total and points of each item for typed facts.

    Raises:
        Unavailable: The product cannot be called.
    """
    try:
        instrument = importlib.import_module("dechallenge.instruments").get(product)
    except (ImportError, AttributeError) as error:
        raise Unavailable(f"the package scores no typed facts ({error})") from error
    result = instrument.score(questions=False, **facts)
    return result.score, {item.id.removeprefix(f"{product}."): item.points for item in result.items}


def same_drug(read: object, wanted: str) -> bool:
    """A suspect's name is that of the card, or the first word of one is in the other ("Garcinia cambogia capsules")."""
    name, card = plain(read), plain(wanted)
    return bool(name) and (name == card or name in card or card in name or name.split()[0] == card.split()[0])
