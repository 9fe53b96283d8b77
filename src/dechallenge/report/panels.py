"""Which plots a case has: multiples of the upper limit of normal, white cells, platelets.

Imports the contract, the definition of CTCAE (for its cuts), and this folder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dechallenge.assessment.model import CaseOut, MeasurementOut
from dechallenge.criteria import ctcae_5
from dechallenge.logic.predicates import Compare
from dechallenge.report import labs

SERIES = 8
WHITE = ("NEUT", "WBC", "LYMPH", "MONO", "EOS")


def bands(item: str) -> tuple[float, ...]:
    """Upper ends of grades 2, 3 and 4 of a falling count in 10⁹/L, from the definition of CTCAE v5.0.

    Args:
        item: ``neutrophils`` or ``platelets``.
    """
    options = {o.gives: o.when for o in ctcae_5.INSTRUMENT.item(item).options}
    cuts = [options[grade] for grade in (2, 3, 4)]
    return tuple(float(c.right) for c in cuts if isinstance(c, Compare) and isinstance(c.right, int | float))


@dataclass(frozen=True)
class Panel:
    """One plot: its series, how a value is measured, the line that means normal, and grade bands."""

    title: str
    series: tuple[labs.Row, ...]
    amount: Callable[[MeasurementOut], float | None]
    normal: float | None = None
    bands: tuple[float, ...] = ()

    @property
    def values(self) -> list[tuple[MeasurementOut, float]]:
        pairs = ((v, self.amount(v)) for row in self.series for v in row.values)
        return [(v, amount) for v, amount in pairs if amount is not None]


def times(item: MeasurementOut) -> float | None:
    """The multiple of the upper limit of normal, where there is one to draw."""
    return item.times_uln if item.times_uln is not None and item.times_uln > 0 else None


def count(item: MeasurementOut) -> float | None:
    """Cells in 10⁹/L; an implausible count is drawn at its likely repair, never at the printed value."""
    for flag in item.flags:
        if flag.get("kind") == labs.UNIT_ASSUMED:
            continue
        repair = flag.get("repair") or {}
        amount = repair.get("value")
        if repair.get("unit") == item.canonical_unit and isinstance(amount, int | float) and amount > 0:
            return float(amount)
        return None
    return item.canonical if item.canonical is not None and item.canonical > 0 else None


def panels(case: CaseOut) -> list[Panel]:
    """The plots for which a case has values; the blood first where the blood is the injury."""
    rows = labs.course(case).rows
    plots = [p for p in (_ratios(rows), _white(rows), _platelets(rows)) if p is not None]
    primary = next((e.kind.lower() for e in case.events if e.primary), "")
    return sorted(plots, key=lambda p: bool(p.normal)) if "penia" in primary or "cyto" in primary else plots


def _ratios(rows: Sequence[labs.Row]) -> Panel | None:
    """Multiples of the upper limit: liver values, and others that were raised; a lone value beside it draws nothing."""
    shown = [r for r in rows if any(map(times, r.values)) and (r.analyte in labs.LIVER or (r.peak or 0) > 1)]
    counted = [sum(1 for v in r.values if times(v) is not None) for r in shown]
    if not any(r.analyte in labs.LIVER for r in shown) and max(counted, default=0) < 2:
        return None
    return Panel("Multiples of the upper limit of normal (ULN)", tuple(shown[:SERIES]), times, normal=1.0)


def _white(rows: Sequence[labs.Row]) -> Panel | None:
    shown = [r for r in rows if r.analyte in WHITE and any(map(count, r.values))]
    neutrophils = any(r.analyte == "NEUT" for r in shown)
    if not neutrophils and sum(len(r.values) for r in shown) < 2:
        return None
    if not neutrophils:
        return Panel("White cells, 10⁹/L", tuple(shown), count)
    return Panel("White cells, 10⁹/L · bands: neutrophil grades of CTCAE v5.0", tuple(shown), count,
                 bands=bands("neutrophils"))  # fmt: skip


def _platelets(rows: Sequence[labs.Row]) -> Panel | None:
    shown = [r for r in rows if r.analyte == "PLT" and any(map(count, r.values))]
    amounts = [c for r in shown for c in map(count, r.values) if c is not None]
    if len(amounts) < 2 and not any(a < 150 for a in amounts):
        return None
    return Panel("Platelets, 10⁹/L · bands: CTCAE v5.0", tuple(shown), count, bands=bands("platelets"))
