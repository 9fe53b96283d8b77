"""Signs of the muscle where creatine kinase is very high: dark urine is myoglobin, weakness is no sign of the liver.

Imports nothing of the project at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dechallenge.reading.reactions.events import Sign

MYOGLOBIN = "myoglobinuria"
_YELLOW = frozenset({"jaundice", "scleral icterus", "BILI_TOT"})


def of_myoglobin(found: Sequence[Sign], muscle: str) -> list[Sign]:
    """The signs with dark urine and weakness given to the muscle, unless the patient is yellow.

    Args:
        muscle: The kind of reaction of the muscle.
    """
    if any(sign.term in _YELLOW for sign in found):
        return list(found)
    out = []
    for sign in found:
        if sign.term == "dark urine":
            sign = replace(sign, kind=muscle, term=MYOGLOBIN, weight=1.0)
        elif sign.term == "weakness":
            sign = replace(sign, kind="", weight=0.2)
        out.append(sign)
    return out
