"""What the criteria of rheumatic diseases share: criteria met or not, verdicts, changes, cautions under blockade.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.inflammation import il1_blockade, il6_blockade
from dechallenge.logic import Number
from dechallenge.logic.instrument import Caution, Item, Option, left_out
from dechallenge.logic.predicates import Predicate

NOT_KNOWN = left_out("not known")
UNKNOWN_IS_NOT_NO = "A criterion whose facts are missing is not judged; it never counts as not met."


def criterion(
    id: str, title: str, holds: Predicate, yes: str, no: str, source: str, *, unverified: str = "", note: str = ""
) -> Item:
    """A criterion that is met or not.

    Args:
        yes, no: What is said when it holds and when it does not.
        unverified: What about it could not be verified.
    """
    options = (Option("yes", yes, holds, unverified), Option("no", no, ~holds, unverified))
    return Item(id, title, options, missing=NOT_KNOWN, source=source, note=note)


def verdict(
    id: str, title: str, holds: Predicate, yes: str, no: str, source: str, *, unverified: str = "", note: str = ""
) -> Item:
    """The rule over the criteria: met or not met."""
    options = (Option("met", yes, holds, unverified), Option("not met", no, ~holds, unverified))
    missing = left_out("what is needed is not known")
    return Item(id, title, options, missing=missing, source=source, note=note)


def hidden(masked: str, *items: str, il1: bool = True) -> tuple[Caution, ...]:
    """Cautions under IL-1 and IL-6 blockade for criteria of the disease, whose facts belong to the time before it.

    Args:
        masked: The elements that the blockade hides.
        items: Ids of the items that use them.
        il1: IL-1 blockade hides them too.
    """
    cytokines = (("IL-1", il1_blockade), ("IL-6", il6_blockade)) if il1 else (("IL-6", il6_blockade),)
    return tuple(
        Caution(
            f"{cytokine} blockade is acting and masks {masked}: only what was found before it counts, and a normal "
            "finding under it does not speak against the disease.",
            when=running,
            items=items,
        )
        for cytokine, running in cytokines
    )


def change(id: str, term: Number, levels: tuple[int, ...], source: str) -> Item:
    """By how much one measure of a core set improved: the highest of the levels (in per cent) that is reached."""
    reached = tuple(
        Option(f"{level} %", f"improved by {level} % or more", term <= -level) for level in sorted(levels, reverse=True)
    )
    least = min(levels)
    none = Option("none", f"improved by less than {least} %, unchanged or worse", term > -least)
    title = f"{term.title[0].upper()}{term.title[1:]}"
    return Item(id, title, (*reached, none), missing=NOT_KNOWN, source=source)
