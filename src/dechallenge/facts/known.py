"""What the sourced tables of `knowledge` say of a drug, put as facts.

A drug without a row is unknown, never "no"; what was recalled and not read is marked as unverified in the reason.
May import evidence, knowledge, logic and the vocabulary.
"""

from __future__ import annotations

from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts.vocabulary import judgement, timing
from dechallenge.knowledge import (
    KnownReaction,
    exposure_window_days,
    known_reaction,
    pharmacology_explains,
    slow_elimination,
)
from dechallenge.logic import Fact

RUCAM_WINDOW_DAYS = 15.0
"""Days after the last dose in which a reaction still fits, for a drug without a known half-life (RUCAM, item 1)."""


def window_days(drug: str) -> float:
    """Days after the last dose during which a reaction may still be due to the drug."""
    window = exposure_window_days(drug)
    return max(RUCAM_WINDOW_DAYS, window.days) if window is not None else RUCAM_WINDOW_DAYS


def slow(drug: str) -> Fact | None:
    """Slow elimination, from the sourced half-life."""
    answer, window = slow_elimination(drug), exposure_window_days(drug)
    if answer is None or window is None:
        return None
    mark = "" if window.mark == "verified" else ", unverified"
    because = f"{drug}: five half-lives are {window.days:.3g} days ({window.source}{mark})"
    return Fact.flag(timing.slow_elimination, answer, because=because, evidence=(_table(because),))


def reaction(drug: str, kind: str) -> Fact | None:
    """How well the reaction is known with the drug."""
    row = known_reaction(drug, kind)
    if row is None:
        return None
    values, best = reaction_values(row)
    if not values:
        return None
    because = tell(row)
    return Fact.choice(judgement.known_reaction, *values, best=best, because=because, evidence=(_table(because),))


def reaction_values(row: KnownReaction) -> tuple[tuple[str, ...], str | None]:
    """The values of `known_reaction` that a row of the table leaves open, and the one to read."""
    if row.labelled == "yes":
        return ("labelled",), None
    letter = row.livertox[:1]
    found: tuple[str, ...] = ()
    if letter in ("A", "B"):
        found = ("published",)
    elif letter == "D":
        found = ("few reports",)
    elif letter == "E":
        found = ("unconvincing",)
    elif letter == "C" or row.published == "yes":
        found = ("published", "few reports")
    elif row.published == "no":
        found = ("indirect", "unconvincing", "not described")
    if not found:
        return (), None
    if row.labelled == "unknown":
        return ("labelled", *found), found[0] if len(found) == 1 or letter or row.published == "yes" else None
    return found, found[0] if len(found) > 1 and "published" in found else None


def tell(row: KnownReaction) -> str:
    """A row of the table in words, with its source."""
    parts = []
    if row.labelled != "unknown":
        listed = ("" if row.labelled == "yes" else "not ") + "listed in the product information"
        parts.append(listed + ("" if row.labelled_mark == "verified" else " (unverified)"))
    if row.published != "unknown":
        said = "published" if row.published == "yes" else "no convincing report"
        parts.append(said + ("" if row.published_mark == "verified" else " (unverified)"))
    if row.livertox:
        parts.append(f"LiverTox likelihood {row.livertox}")
    return f"{row.kind} with {row.basis}: {', '.join(parts)} ({row.source}, {row.as_of})"


def explanation(drug: str, kind: str) -> tuple[str, tuple[Evidence, ...]] | None:
    """Why the pharmacology of the drug explains the reaction, in words; None where no row says so."""
    found = pharmacology_explains(drug, kind)
    if found is None:
        return None
    mark = "" if found.mark == "verified" else ", unverified"
    because = f"{found.text} ({found.source}{mark})"
    return because, (_table(because),)


def labelled(drug: str, kind: str) -> bool:
    """Whether the product information is known to list the reaction."""
    row = known_reaction(drug, kind)
    return row is not None and row.labelled == "yes"


def _table(because: str) -> DerivedEvidence:
    return DerivedEvidence(derived_from=(), how=f"table of what is known: {because}")
