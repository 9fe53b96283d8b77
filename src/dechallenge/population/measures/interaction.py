"""Two drugs together: Omega of Norén, and the information component of the pair of drugs. Imports `information`.

A reaction may be reported more often with two drugs than either alone explains. Omega compares with an additive
baseline of attributable risks, the information component of three with what the pairs explain.
"""

from __future__ import annotations

import numpy as np

from dechallenge.population.measures.cells import Floats
from dechallenge.population.measures.information import Information, ic

SOURCE = "Norén 2008, doi 10.1002/sim.3247"


def omega(
    n111: Floats, n110: Floats, n101: Floats, n100: Floats, n011: Floats, n010: Floats, n001: Floats, n000: Floats
) -> Information:
    """Omega in bits: log2((n111 + 0.5)/(E + 0.5)), with exact gamma bounds.

    Args:
        n111, n110: Reports with both drugs, with and without the event; shape (triples,).
        n101, n100: With the first drug only, with and without the event.
        n011, n010: With the second drug only.
        n001, n000: With neither.

    The expected count adds the attributable odds of both drugs to the odds of neither; a drug that protects counts as
    one without effect.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        o00, o10, o01 = (hit / miss for hit, miss in ((n001, n000), (n101, n100), (n011, n010)))
        base = np.maximum(o00, o10) + np.maximum(o00, o01) - o00
        expected = np.where(np.isinf(base), 1.0, base / (base + 1)) * (n111 + n110)
    found = ic(n111, expected)
    return Information(f"Omega, {found.convention}", SOURCE, found.value, found.low, found.high)


def ic_of_three(
    observed: Floats, pairs: tuple[Floats, Floats, Floats], singles: tuple[Floats, Floats, Floats], total: Floats
) -> Information:
    """The information component of three things on one report against their pairs.

    Args:
        observed: Reports with all three; shape (triples,).
        pairs: Reports with first and second, first and third, second and third.
        singles: Reports with the first, the second, the third.
        total: All reports.

    Expected: n12 · n13 · n23 · total/(n1 · n2 · n3), the count without an interaction of third order.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = pairs[0] * pairs[1] * pairs[2] * total / (singles[0] * singles[1] * singles[2])
    found = ic(observed, np.where(np.isfinite(expected), expected, 0.0))
    told = f"information component of three, {found.convention}"
    return Information(told, "Norén 2008; formula as in vigicaen 1.0.0", found.value, found.low, found.high)
