"""The facts that the case cards state (age, latency, course, …) against the key points that come out of their texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import case_cards_reference as reference
from benchmarks.intervals import counts, known
from benchmarks.run import Json
from benchmarks.scores import Share, table

POSITIVE = re.compile(r"normal|resol|recover|improv|fall|favourable|better|-\d+ ?%", re.I)
NEGATIVE = re.compile(r"worsen|fatal|died|failure", re.I)
TREATED = re.compile(r"steroid|prednis|G-CSF|rose for", re.I)
FIELDS = ("suspect", "age", "sex", "latency", "pattern", "dechallenge", "rechallenge")


def facts_of(card: Json, case: Json, points: Json) -> dict[str, tuple[str, str, bool]]:
    """Field: (as on the card, as read, equal or compatible), for the fields that the card states."""
    values = card["values"]
    found: dict[str, tuple[str, str, bool]] = {}
    if isinstance(values.get("age"), int | float):
        age = ((case.get("patient") or {}).get("age") or {}).get("value")
        found["age"] = (f"{values['age']}", "" if age is None else f"{age:g}", age == values["age"])
    if values.get("sex"):
        sex = str((case.get("patient") or {}).get("sex") or "")
        found["sex"] = (values["sex"], sex, sex[:1].upper() == values["sex"])
    if isinstance(values.get("latency_days"), int | float):
        span, day = points.get("latency_days"), float(values["latency_days"])
        read = "" if known(span) is None else f"{known(span)}"
        found["latency"] = (f"{day:g}", read, counts(span, [(day, day)]))
    # A pattern without both enzymes is the authors' word, and so a statement: never read as a fact.
    if values.get("pattern") and values.get("ALT") and values.get("ALP"):
        kind = str((points.get("pattern") or {}).get("type") or "")
        found["pattern"] = (values["pattern"], kind, kind == values["pattern"])
    course = str(values.get("dechallenge") or "")
    wanted = "negative" if NEGATIVE.search(course) else "positive" if POSITIVE.search(course) else ""
    if wanted:
        read = str(points.get("dechallenge") or "")
        also = {"not assessable"} if TREATED.search(course) else set()
        found["dechallenge"] = (course, "" if read == "not assessable" else read, read in {wanted, *also})
    again = str(values.get("rechallenge") or "")
    if again.startswith(("positive", "none", "not described")):
        wanted = "positive" if again.startswith("positive") else "not done"
        read = str(points.get("rechallenge") or "")
        found["rechallenge"] = (again, read, read == wanted)
    return found


@dataclass(frozen=True)
class FactRead:
    """One fact that a card states: as printed, as read, and whether that fits."""

    record: str
    name: str
    stated: str
    read: str
    right: bool


def facts_read(cards: Sequence[Json], results: Sequence[Json]) -> list[FactRead]:
    """Every stated fact of the cards that blame a drug, from the key points of the first fitting suspect."""
    found = []
    for card, result in zip(cards, results, strict=True):
        drugs = reference.drugs_of(card)
        case: Json = next(iter(result.get("cases") or []), {})
        fitting = [s for s in case.get("suspects") or [] if any(reference.same_drug(s.get("drug"), d) for d in drugs)]
        if drugs and card["tier"] != "I":
            points: Json = (fitting[0].get("key_points") or {}) if fitting else {}
            found.append(FactRead(card["id"], "suspect", "+".join(drugs), _suspects(case), bool(fitting)))
            found += [FactRead(card["id"], name, *told) for name, told in facts_of(card, case, points).items()]
    return found


def _suspects(case: Json) -> str:
    return ", ".join(str(suspect.get("drug")) for suspect in case.get("suspects") or [])


def facts_table(facts: Sequence[FactRead]) -> str:
    """How many of the facts that the cards state come out of their texts."""
    rows = []
    for name in FIELDS:
        hits = [fact.right for fact in facts if fact.name == name]
        rows.append([name, str(Share(sum(hits), len(hits)))])
    return table(["fact of the card", "read"], rows)
