"""What the three MELD scores share: bands with the mortality seen in them, cautions, and the rule for missing values.

Imports only the logic.
"""

from __future__ import annotations

from dechallenge.logic.instrument import Caution, Item, Option, left_out
from dechallenge.logic.quantities import Quantity


def bands(id: str, title: str, score: Quantity, source: str) -> Item:
    """The score with the bands that are in use for patients in hospital."""
    return Item(
        id,
        title,
        (
            Option("9 or less", "9 or less: 1.9 % died within 90 days (patients in hospital)", score < 10),
            Option("10-19", "10 to 19: 6.0 % died within 90 days", (score >= 10) & (score < 20)),
            Option("20-29", "20 to 29: 19.6 % died within 90 days", (score >= 20) & (score < 30)),
            Option("30-39", "30 to 39: 52.6 % died within 90 days", (score >= 30) & (score < 40)),
            Option("40", "40: 71.3 % died within 90 days", score >= 40),
        ),
        missing=left_out("not computed: a value is missing, and none may be assumed"),
        quantity=score,
        source=source,
    )


CAUTIONS = (
    Caution(
        "The worst values of the injury are used; where they are from different days the score is too high rather than "
        "too low."
    ),
    Caution(
        "Made for chronic liver disease. In acute injury it is an aid to prognosis only; it says nothing about a drug "
        "as the cause."
    ),
)

MISSING = (
    "All inputs are needed. A patient dialysed twice in the week, or by 24 h of haemodiafiltration, counts with a "
    "creatinine of 4.0, which every edition then caps; dialysis that is not told is taken as none."
)
