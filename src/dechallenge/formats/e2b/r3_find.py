"""Finding the elements of a message that a place names. Imports `places`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from lxml import etree

from dechallenge.formats.e2b.places import Step

Links = Mapping[Literal["k", "i"], Mapping[str, int]]
"""Number of each drug (k) and reaction (i) by its identifier, lower case."""


def resolved(element: etree._Element, step: Step, links: Links) -> tuple[int, ...] | None:
    """The drug and the reaction that an element points at, drug first, as far as a step asks for them.

    Returns:
        The numbers; nothing where one is not in the report.
    """
    found: list[tuple[str, int]] = []
    for need in step.needs:
        link = need.link
        if not link:
            continue
        roots = [(target.get(need.attribute) or "").lower() for target in need.targets(element)]
        number = next((links[link][root] for root in roots if root in links[link]), None)
        if number is None:
            return None
        found.append((link, number))
    return tuple(number for _, number in sorted(found, reverse=True))


def matches(
    element: etree._Element, steps: Sequence[Step], wanted: Mapping[str, Iterable[str]] | None = None
) -> list[etree._Element]:
    """All elements that steps lead to, in the order of the message.

    Args:
        element: Where the steps start.
        steps: The steps.
        wanted: Identifiers, lower case, that the links ``k`` and ``i`` must have.
    """
    found = [element]
    for step in steps:
        found = [child for parent in found for child in children(parent, step, wanted)]
    return found


def children(
    parent: etree._Element, step: Step, wanted: Mapping[str, Iterable[str]] | None = None
) -> list[etree._Element]:
    """The children that a step leads to."""
    found = []
    for number, child in enumerate(parent.iterchildren(step.tag), 1):
        if (step.index and number != step.index) or not step.admits(child):
            continue
        if wanted and not all(
            any((t.get(need.attribute) or "").lower() in wanted[need.link] for t in need.targets(child))
            for need in step.needs
            if need.link and need.link in wanted
        ):
            continue
        found.append(child)
    return found
