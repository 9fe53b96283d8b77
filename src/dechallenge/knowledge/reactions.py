"""Which reactions of a drug are known: listed in the label, published, and its LiverTox likelihood.

Table: `data/known_reactions.csv`. May import `lexicon` and the tables of this folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dechallenge.knowledge.tables import Answer, Mark, answer_of, cite, mark_of, parts_of, read_table
from dechallenge.lexicon.drugs import load_drugs

LIVER_INJURY = "liver injury"
_SAME_KIND = {"systemic lupus erythematosus": "drug-induced lupus"}
"""Kinds of reaction that the table lists under another name."""
_RANK: Mapping[Answer, int] = {"yes": 2, "unknown": 1, "no": 0}


@dataclass(frozen=True, slots=True)
class KnownReaction:
    """What is known of one drug and one kind of reaction.

    Attributes:
        drug: The canonical name of the drug that was asked for.
        kind: The kind of reaction, as in the table ("liver injury", "neutropenia", "MAS", …).
        labelled: Whether a label (US or EU) lists it; `labelled_mark` says whether that was read.
        published: Whether case reports with this drug are published (liver injury: LiverTox A to D is "yes", E "no");
            `published_mark` says whether that, and the LiverTox likelihood, was read.
        livertox: The LiverTox likelihood as printed ("A", "B", "A[HD]", "E*"); empty where not known or not about the
            liver.
        basis: The name whose row was used: the drug, an ingredient, or a class all of whose members have the reaction.
        source: Citation.
        as_of: Date of the latest source (year-month).
    """

    drug: str
    kind: str
    labelled: Answer
    labelled_mark: Mark
    published: Answer
    published_mark: Mark
    livertox: str
    basis: str
    source: str
    as_of: str

    @property
    def mark(self) -> Mark:
        """ "verified" when everything the row claims was read; an unverified row must be shown as such."""
        claims = ((self.labelled, self.labelled_mark), (self.published, self.published_mark))
        return "unverified" if any(a != "unknown" and m == "unverified" for a, m in claims) else "verified"


@lru_cache(maxsize=1)
def _table() -> Mapping[tuple[str, str], tuple[KnownReaction, bool]]:
    """(name, kind in lower case) -> the row and whether it holds for the members of a class."""
    found: dict[tuple[str, str], tuple[KnownReaction, bool]] = {}
    for row in read_table("known_reactions.csv"):
        source, as_of = cite(row["sources"])
        reaction = KnownReaction(
            drug=row["name"],
            kind=row["reaction"],
            labelled=answer_of(row["labelled"]),
            labelled_mark=mark_of(row["labelled_mark"]),
            published=answer_of(row["published"]),
            published_mark=mark_of(row["published_mark"]),
            livertox=row["livertox"],
            basis=row["name"],
            source=source,
            as_of=as_of,
        )
        found[row["name"], row["reaction"].lower()] = (reaction, row["scope"] == "members")
    return found


def _of_one(name: str, kind: str) -> KnownReaction | None:
    own = _table().get((name, kind))
    if own is not None:
        return own[0]
    for above in load_drugs().classes_of(name):
        row = _table().get((above, kind))
        if row is not None and row[1]:
            return row[0]
    return None


def known_reaction(drug: str, kind: str) -> KnownReaction | None:
    """What is known of a drug and a kind of reaction; None when there is no row, which means unknown and never "no".

    A combination without a row of its own takes the strongest row among its ingredients; a drug without a row takes
    that of a class whose row holds for all members. `basis` tells which.

    Args:
        drug: Any name of the drug (`MTX`, `Kineret`, `il-1ra`), case-insensitive.
        kind: The kind of reaction, case-insensitive.
    """
    inn, ingredients = parts_of(drug)
    wanted = _SAME_KIND.get(kind.lower(), kind.lower())
    own = _table().get((inn, wanted))
    if own is not None:
        return own[0]
    rows = [row for row in (_of_one(part, wanted) for part in ingredients) if row is not None]
    if not rows:
        return None
    best = max(rows, key=lambda row: (_RANK[row.labelled], _RANK[row.published], row.mark == "verified"))
    return replace(best, drug=inn)


def is_hepatotoxin(drug: str) -> bool | None:
    """Whether a drug is known to injure the liver: LiverTox A to D or published cases; E is no; None is unknown."""
    row = known_reaction(drug, LIVER_INJURY)
    if row is None:
        return None
    if row.livertox[:1] in ("A", "B", "C", "D") or row.published == "yes" or row.labelled == "yes":
        return True
    return False if row.livertox == "E" or row.published == "no" else None


@lru_cache(maxsize=1)
def hepatotoxins() -> tuple[str, ...]:
    """The names with a row of their own that makes them hepatotoxins, in alphabetical order."""
    return tuple(sorted(name for name, kind in _table() if kind == LIVER_INJURY and is_hepatotoxin(name)))
