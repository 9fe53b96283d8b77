"""The size of a value: its figure in the canonical unit, and the limits from which a value speaks of a reaction.

May import the lexicon only.
"""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.errors import DechallengeError
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.units import parse_unit

NEUTROPENIA_LIMIT = 1.5
"""Neutrophils below 1.5 × 10⁹/L are neutropenia (Andrès 2019)."""
PANCREATIC_RISE = 3.0
"""Lipase or amylase of three times the limit speaks of pancreatitis (revised Atlanta classification)."""
KIDNEY_RISE = 1.5
"""Creatinine of one and a half times the usual value speaks of acute kidney injury (KDIGO 2012)."""
MUSCLE_RISE = 5.0
"""Creatine kinase of five times the limit speaks of rhabdomyolysis."""


def canonical(analyte: str, value: float, unit: str) -> float | None:
    """A figure in the canonical unit of its analyte; None where its unit is unknown or does not convert."""
    lexicon = load_analytes()
    try:
        if unit:
            known = parse_unit(unit)
            return lexicon.to_canonical(analyte, value, known) if known is not None else None
        fitting = lexicon.guess_unit(analyte, value)
        return lexicon.to_canonical(analyte, value, fitting[0]) if fitting else None
    except (DechallengeError, KeyError, ValueError):
        return None


def impossible(analyte: str, value: float, unit: str) -> bool:
    """A value that nobody has ("creatinine 1.3 g/dL"): a slip of its unit, and no sign of anything."""
    known = parse_unit(unit) if unit else None
    if known is None:
        return False
    try:
        flag = load_analytes().check(analyte, value, known)
    except (DechallengeError, KeyError, ValueError):
        return False
    return flag is not None and flag.kind == "implausible"


def neutrophils(value: float, unit: str) -> float | None:
    """A neutrophil count in 10⁹/L; None for a percentage. Without a unit, figures above 50 are cells per µL."""
    if unit == "%":
        return None
    known = canonical("NEUT", value, unit) if unit else None
    if known is not None:
        return known
    return value / 1000 if value > 50 else value


def neutrophil_counts(labs: Sequence[object]) -> dict[int, float]:
    """Neutrophil counts in 10⁹/L by the place of their mention; percentages of a leucocyte count of their sentence too.

    Args:
        labs: Laboratory mentions (``reading.labs``), in the order of the text.
    """
    found: dict[int, float] = {}
    white: dict[int, float] = {}
    for index, mention in enumerate(labs):
        analyte, value, unit = (getattr(mention, name, None) for name in ("analyte", "value", "unit"))
        if value is None:
            continue
        sentence = int(getattr(mention, "sentence", 0))
        count: float | None = None
        if analyte == "WBC":
            cells = canonical("WBC", value, str(unit)) if unit else None
            if cells is not None:
                white[sentence] = cells
        elif analyte in ("NEUT", "NEUT_PCT") and (unit == "%" or analyte == "NEUT_PCT"):
            count = white[sentence] * value / 100 if sentence in white else None
        elif analyte == "NEUT":
            count = neutrophils(value, str(unit))
        if count is not None:
            found[index] = count
    return found
