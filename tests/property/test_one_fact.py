"""One fact of a report told otherwise changes exactly the items that ask for it, and a total by their points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests.property.metamorphic import (
    ALCOHOL,
    END,
    FULL,
    OTHERS,
    TEXTS,
    VIRUSES,
    Items,
    alike,
    apart,
    one_line,
    said,
)

ANY = object()
"""May change, whatever to: what is not verified, and verdicts that rest on several items."""
RECAM = ("recam-2022", "recam-2022-modified")


def both(item: str, *change: Any) -> dict[str, Any]:
    """The same change in both editions of RECAM."""
    return {f"{name}.{item}": change or ANY for name in RECAM}


OTHER_CAUSE = {
    "naranjo-1981.5": (0, -1),
    "who-umc.1": ("Probable/Likely", "Possible"),
    "french-2011.other cause": ("not sought", "present"),
    "liverpool-2011.6": ("low", "high or unsure"),
    "liverpool-2011.verdict": ANY,
    "hys-law.cause": ("yes", "no"),
    "hys-law.verdict": ("met", "another cause"),
}
"""What another explanation takes away in the instruments that ask for one."""


@dataclass(frozen=True)
class Change:
    """One fact of a text told otherwise, and every item that it may change: points, or code, before and after."""

    name: str
    text: str
    told: str
    instead: str
    items: dict[str, Any]


EXAMPLE = one_line(TEXTS["anakinra-hepatitis"])
COUNTS = one_line(TEXTS["anakinra-neutropenia-schnitzler"])
CLOZAPINE = TEXTS["neutropenia-clozapine"]
CHANGES = (
    Change("age", FULL, "40-year-old", "60-year-old", {"rucam-2016.3c": (0, 1), "rucam-1993.3b": (0, 1)}),
    Change("age, example", EXAMPLE, "22-year-old", "62-year-old", {"rucam-2016.3c": (0, 1), "rucam-1993.3b": (0, 1)}),
    Change("age of no matter", COUNTS, "68-year-old", "38-year-old", {}),
    Change(
        "hepatitis A positive",
        FULL,
        VIRUSES,
        "Tests for hepatitis B, C and E were negative, but HAV IgM was positive.",
        {
            "rucam-2016.5": (1, -3),
            "rucam-1993.5": (1, -3),
            "maria-victorino-1997.2": (0, -3),
            "ddw-j-2004.4": (1, -3),
            "aih-simplified-2008.virus": ANY,
            **both("4a"),
            **OTHER_CAUSE,
        },
    ),
    Change(
        "hepatitis A positive, example",
        EXAMPLE,
        "Serology for hepatitis A, B and C was negative.",
        "IgM antibodies against hepatitis A virus were positive; serology for hepatitis B and C was negative.",
        {
            "rucam-2016.5": (0, -3),
            "rucam-1993.5": (0, -3),
            "maria-victorino-1997.2": (0, -3),
            "ddw-j-2004.4": (0, -3),
            "aih-simplified-2008.virus": ANY,
            **both("4a"),
        },
    ),
    Change(
        "hepatitis E not tested",
        FULL,
        VIRUSES,
        "Tests for hepatitis A, B and C were negative.",
        {"rucam-2016.5": (1, 0), **both("4d")},  # the 1993 edition does not ask for hepatitis E
    ),
    Change(
        "alcohol",  # a risk factor and, with AST/ALT, another cause: two items ask for it
        FULL,
        ALCOHOL,
        "She drank six glasses of wine every day.",
        {
            "rucam-2016.3a": (0, 1),
            "rucam-1993.3a": (0, 1),
            "ddw-j-2004.3": (0, 1),
            "rucam-2016.5": (1, 0),
            "rucam-1993.5": (1, 0),
            "ddw-j-2004.4": (1, 0),
            **both("4e"),
        },
    ),
    Change(
        "latency",
        FULL,
        "Six weeks later",
        "Two days later",
        {
            "rucam-2016.1": (2, 1),
            "rucam-1993.1": (2, 1),
            "ddw-j-2004.1": (2, 1),
            "maria-victorino-1997.1a": (3, 1),
            **both("1"),
        },
    ),
    Change(
        "course",
        FULL,
        "Three weeks after stopping",
        "Five days after stopping",
        {
            "rucam-2016.2": (2, 3),
            "rucam-1993.2": (2, 3),
            "ddw-j-2004.2": (2, 3),
            "recam-2022.2": (3, 4),
            "recam-2022-modified.2": (3, 4),
        },
    ),
    Change(
        "another hepatotoxin",
        FULL,
        OTHERS,
        "She also took isoniazid 300 mg daily.",
        {"rucam-2016.4": (0, -2), "rucam-1993.4": (0, -2), **OTHER_CAUSE},
    ),
    Change(
        "rechallenge",
        FULL,
        END,
        "She recovered fully, and ALT was 30 U/L. Two months later diclofenac was given again; ten days later ALT was "
        "700 U/L.",
        {
            "rucam-2016.7": (0, 3),
            "rucam-1993.7": (0, 3),
            "naranjo-1981.4": (0, 2),
            "french-1985.rechallenge": ("R0", "R+"),
            "french-2011.rechallenge": ("R0", "R+"),
            "liverpool-2011.8": ("no", "yes"),
            "liverpool-2011.verdict": ANY,
            "maria-victorino-1997.4": (0, 3),
            "ddw-j-2004.8": (0, 3),
            **both("5b"),
        },
    ),
    Change(
        "rechallenge, example",
        CLOZAPINE,
        "Rechallenge with clozapine was not considered.",
        "Two months later clozapine was restarted; after 9 days the ANC was again 0.4 × 10⁹/L.",
        {
            "naranjo-1981.4": (0, 2),
            "french-1985.rechallenge": ("R0", "R+"),
            "french-2011.rechallenge": ("R0", "R+"),
            "liverpool-2011.8": ("no", "yes"),
            "liverpool-2011.verdict": ANY,
            "neutropenia-1991.rechallenge": ("not done", "yes"),
            "andres-2017.rechallenge": ("not done", "yes"),
        },
    ),
    Change(
        "INR",
        FULL,
        "INR 1.1",
        "INR 2.1",
        {
            "dilin-severity.1": (2, 4),
            "livertox-severity.1": (2, 4),
            "aithal-severity-2011.1": (2, 3),
            "ctcae-5.inr": (0, 2),
            "ctcae-6.inr": (0, 2),
            "meld-2001.meld": ANY,
            "meld-na-2016.meld": ANY,
            "meld-3.meld": ANY,
        },
    ),
    Change(
        "ALT",
        FULL,
        "ALT was 900",
        "ALT was 400",
        {"r-value.R": (15, 20 / 3), "r-value.nR": ANY, "ctcae-5.alt": (4, 3), "ctcae-6.alt": (4, 3)},
    ),
    Change(
        "neutrophils",
        COUNTS,
        "neutropenia of 750/mm3",
        "neutropenia of 350/mm3",
        {
            "ctcae-5.neutrophils": (3, 4),
            "ctcae-6.neutrophils": (2, 3),
            "neutropenia-definition.depth": ("moderate", "severe"),
            "neutropenia-definition.iaaas": ANY,
            "neutropenia-definition.verdict": ("neutropenia", "agranulocytosis"),
            "andres-2017.count": ("no", "yes"),
            "andres-2017.verdict": ANY,
        },
    ),
)


def leaves(items: Items) -> Items:
    """The items without those that are sums of their parts ("3" beside "3a")."""
    ids = {key[-1] for key in items}
    return {
        key: value
        for key, value in items.items()
        if not any(re.fullmatch(re.escape(key[-1]) + "[a-z]", i) for i in ids)
    }


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_one_fact_changes_exactly_the_items_that_ask_for_it(change: Change) -> None:
    assert change.told in change.text
    before, after = said(change.text), said(change.text.replace(change.told, change.instead))
    moved = {key[-1]: values for key, values in apart(leaves(before.items), leaves(after.items)).items()}
    assert [name for name in moved if name not in change.items] == []
    registered = {key[-1].rpartition(".")[0] for key in after.items}
    due = {name: wanted for name, wanted in change.items.items() if name.rpartition(".")[0] in registered}
    assert set(due) - set(moved) <= {name for name, wanted in due.items() if wanted is ANY}
    for name, (old, new) in moved.items():
        if change.items[name] is not ANY:
            # Points where there are any, else the code.
            got = tuple(side[0] if side[0] is not None else side[3] for side in (old, new))
            assert alike(got, tuple(float(v) if isinstance(v, int | float) else v for v in change.items[name])), name


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_one_fact_moves_a_total_by_the_points_of_its_items(change: Change) -> None:
    before, after = said(change.text), said(change.text.replace(change.told, change.instead))
    for key in before.verdicts:
        if key[-1].startswith(("rucam", "naranjo", "maria-victorino")) and before.verdicts[key][1] is not None:
            points = [
                {
                    item[-1]: values[0] or 0
                    for item, values in leaves(one.items).items()
                    if item[-1].startswith(f"{key[-1]}.")
                }
                for one in (before, after)
            ]
            moved = sum(points[1].values()) - sum(points[0].values())
            assert after.verdicts[key][1] == pytest.approx(before.verdicts[key][1] + moved), key
