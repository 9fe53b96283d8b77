"""What a user of `dechallenge signals` may choose, and the words it is chosen with.

Imports `cleaning`, `scoring`, `measures` and errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dechallenge.errors import DechallengeError
from dechallenge.population import scoring
from dechallenge.population.cleaning import Policy
from dechallenge.population.measures import gps

Linkage = Literal["exact", "weights"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user may choose; the usual choices stand where nothing is given.

    Attributes:
        roles: The roles in which a drug counts; empty for the usual ones (PS, SS, I).
        event_terms: Event terms that stand for the reaction.
        convention: Likelihood of the prior of EBGM.
        linked: Remove reports that look the same.
        linkage: How they are found: `exact` or `weights`.
        memory: What DuckDB may hold, such as `2GB`.
        accept_incomplete: Use a store in which something could not be loaded.
        strata: What the ratio of a case's drugs is adjusted for.
        drugs: Of a whole table, rows with these drugs only (and with `event_terms`, with these events only).
        measures: Of a whole table, more than the usual measures: `scoring.ON_REQUEST`.
    """

    roles: tuple[str, ...] = ()
    event_terms: tuple[str, ...] = ()
    convention: gps.Convention = "component"
    linked: bool = False
    linkage: Linkage = "exact"
    memory: str = "2GB"
    accept_incomplete: bool = False
    strata: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    measures: tuple[scoring.Measure, ...] = ()

    def policy(self) -> Policy:
        """The policy of cleaning.

        Raises:
            InputError: An unknown role.
        """
        usual = Policy(
            linked="remove" if self.linked else "keep",
            linkage=self.linkage,
            accept_incomplete=self.accept_incomplete,
        )
        return replace(usual, roles=tuple(role.upper() for role in self.roles)) if self.roles else usual


def convention_of(word: str) -> gps.Convention:
    """The convention that a user names: component, mixture, whole table (or `whole-table`).

    Raises:
        DechallengeError: It is none of them.
    """
    for known in gps.CONVENTIONS:
        if word.strip().lower().replace("-", " ").replace("_", " ") == known:
            return known
    raise DechallengeError(
        f"{word!r} is not a convention of GPS.",
        place="--convention",
        next_step=f"Choose among {', '.join(gps.CONVENTIONS)}.",
    )


def linkage_of(word: str) -> Linkage:
    """The way in which reports that look the same are found: exact or weights.

    Raises:
        DechallengeError: It is neither.
    """
    ways: tuple[Linkage, ...] = ("exact", "weights")
    for known in ways:
        if word.strip().lower() == known:
            return known
    raise DechallengeError(
        f"{word!r} is not a way of linking reports.", place="--linkage", next_step="Choose exact or weights."
    )


def measures_of(words: Sequence[str]) -> tuple[scoring.Measure, ...]:
    """The measures that a user names, in capitals or not.

    Raises:
        DechallengeError: One is unknown.
    """
    known = {name.lower(): name for name in (*scoring.MEASURES, *scoring.ON_REQUEST)}
    unknown = [word for word in words if word.strip().lower() not in known]
    if unknown:
        raise DechallengeError(
            f"{unknown[0]!r} is not a measure.",
            place="--measure",
            next_step=f"Choose among {', '.join(scoring.ON_REQUEST)}; {', '.join(scoring.MEASURES)} are always there.",
        )
    return tuple(dict.fromkeys(known[word.strip().lower()] for word in words))
