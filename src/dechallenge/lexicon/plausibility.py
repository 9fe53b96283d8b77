"""Is a laboratory value possible, and if not, which single slip would explain it?

A repair is proposed beside the printed value and never replaces it. Bounds, slips and conversions belong to the
analyte and are passed in. May import `quantity` and `errors`.

Rule (laboratory sheet, "Plausibility engine"): after conversion a value outside the plausible bounds is implausible.
First the unit slips named for the analyte are tried (platelets 116 x 10*12/L for 10*9/L, CRP 120 g/L for mg/L); only
where none is named for the printed unit, or none fits, powers of ten. A repair is proposed only if exactly one
candidate falls within the bounds and fits the stated direction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from dechallenge.errors import UnitError
from dechallenge.quantity import Unit, tidy

FlagKind = Literal["implausible", "extreme", "unit"]
Direction = Literal["low", "high", "normal"]

_MAGNITUDES = (10.0, 100.0, 1000.0, 1e6)


@dataclass(frozen=True)
class Repair:
    """A likely reading of an impossible value.

    Args:
        value: The number of the likely reading, in `unit`.
        unit: Its unit.
        factor: Likely reading over printed reading, both in the canonical unit; None where the printed unit does not
            convert.
        reason: What went wrong, for people.
    """

    value: float
    unit: Unit
    factor: float | None
    reason: str


@dataclass(frozen=True)
class PlausibilityFlag:
    """What is odd about a value.

    Args:
        kind: "implausible" is outside the bounds, "extreme" is rare but accepted as printed, "unit" is a unit this
            analyte is never reported in.
        analyte_id, value, unit: The value as printed.
        canonical: The value in the analyte's canonical unit; None where the unit does not convert.
        low, high: Plausible bounds in the canonical unit.
        message: For people.
        repair: The one likely slip, or None.
        candidates: Every slip that would fit; more than one means "ask", not "repair".
    """

    kind: FlagKind
    analyte_id: str
    value: float
    unit: Unit
    canonical: float | None
    low: float | None
    high: float | None
    message: str
    repair: Repair | None = None
    candidates: tuple[Repair, ...] = ()


@dataclass(frozen=True)
class Bounds:
    """Plausible bounds of an analyte in its canonical unit, and its reference limits for the stated direction."""

    low: float | None
    high: float | None
    extreme_above: float | None = None
    normal_low: float | None = None
    normal_high: float | None = None

    def hold(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def fits(self, value: float, direction: Direction | None) -> bool:
        """Does a value agree with what the text says of it ("thrombocytopenia 115")? Unknown limits agree."""
        if direction == "low":
            return self.normal_low is None or value < self.normal_low
        if direction == "high":
            return self.normal_high is None or value > self.normal_high
        if direction == "normal":
            return (self.normal_low is None or value >= self.normal_low) and (
                self.normal_high is None or value <= self.normal_high
            )
        return True


def check_value(
    analyte_id: str,
    value: float,
    unit: Unit,
    *,
    bounds: Bounds,
    slips: Sequence[tuple[Unit, Unit]],
    to_canonical: Callable[[float, Unit], float],
    direction: Direction | None = None,
) -> PlausibilityFlag | None:
    """The flag of a value, None where it is plausible. Slips are pairs of printed unit and meant unit."""
    try:
        canonical = to_canonical(value, unit)
    except UnitError:
        found = _unit_slips(value, unit, None, bounds, slips, to_canonical, direction)
        message = f"{analyte_id} is not reported in {unit}."
        return _flag("unit", analyte_id, value, unit, None, bounds, message, found)
    if value == 0.0 and unit.is_plain_count:
        return None  # none of the cells were seen
    if bounds.hold(canonical):
        if bounds.extreme_above is not None and canonical > bounds.extreme_above:
            message = f"{analyte_id} {value:.12g} {unit} is extreme; accepted as printed."
            return _flag("extreme", analyte_id, value, unit, canonical, bounds, message, [])
        return None
    found = _unit_slips(value, unit, canonical, bounds, slips, to_canonical, direction)
    if not found:
        found = _magnitude_slips(value, unit, bounds, to_canonical, direction)
    message = f"{analyte_id} {value:.12g} {unit} is outside what is possible ({_span(bounds)})."
    return _flag("implausible", analyte_id, value, unit, canonical, bounds, message, found)


def _unit_slips(
    value: float,
    unit: Unit,
    canonical: float | None,
    bounds: Bounds,
    slips: Sequence[tuple[Unit, Unit]],
    to_canonical: Callable[[float, Unit], float],
    direction: Direction | None,
) -> list[Repair]:
    found: list[Repair] = []
    for printed, meant in slips:
        if printed.code != unit.code:
            continue
        likely = to_canonical(value, meant)
        if bounds.hold(likely) and bounds.fits(likely, direction):
            factor = tidy(likely / canonical) if canonical else None
            found.append(Repair(value, meant, factor, f"{printed} printed for {meant}"))
    return found


def _magnitude_slips(
    value: float,
    unit: Unit,
    bounds: Bounds,
    to_canonical: Callable[[float, Unit], float],
    direction: Direction | None,
) -> list[Repair]:
    found: list[Repair] = []
    for size in _MAGNITUDES:
        for factor, verb in ((size, "multiplied"), (1 / size, "divided")):
            number = tidy(value * size if verb == "multiplied" else value / size)
            likely = to_canonical(number, unit)
            if bounds.hold(likely) and bounds.fits(likely, direction):
                found.append(Repair(number, unit, tidy(factor), f"{verb} by {size:.12g}"))
    return found


def _flag(
    kind: FlagKind,
    analyte_id: str,
    value: float,
    unit: Unit,
    canonical: float | None,
    bounds: Bounds,
    message: str,
    found: Sequence[Repair],
) -> PlausibilityFlag:
    repair = found[0] if len(found) == 1 else None
    if repair is not None:
        message = f"{message} Likely {repair.value:.12g} {repair.unit} ({repair.reason})."
    return PlausibilityFlag(
        kind, analyte_id, value, unit, canonical, bounds.low, bounds.high, message, repair, tuple(found)
    )


def _span(bounds: Bounds) -> str:
    low = "" if bounds.low is None else f"{bounds.low:.12g}"
    high = "" if bounds.high is None else f"{bounds.high:.12g}"
    return f"{low} to {high}" if low and high else f"from {low}" if low else f"up to {high}"
