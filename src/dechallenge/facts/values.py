"""Laboratory values as facts need them: bounds in the canonical unit, multiples of the limit, time, place in the story.

`read_values` turns the measurements of a case into `Value`s, once for a case. The limit that is used is the one the
user gave, else the printed one, else one printed with another value of the same analyte, else the default of the
lexicon, and the value says which. May import evidence, timeline, case and lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dechallenge.case.model import Case, Measurement
from dechallenge.errors import DechallengeError
from dechallenge.evidence import DerivedEvidence, Evidence, TextEvidence
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.units import unit as unit_of
from dechallenge.timeline import ANY, Interval

Source = Literal["printed", "default", "user"]

ULN_UNITS = frozenset({"xULN", "{ULN}"})
NORMAL = frozenset({"normal", "normalised", "normalized", "unremarkable", "negative", "within normal limits"})
RAISED = frozenset({"elevated", "raised", "increased", "high", "abnormal", "positive", "mildly elevated"})
LOWERED = frozenset({"decreased", "low", "reduced", "lowered"})
COUNTS = frozenset({"NEUT", "PLT", "WBC", "HB", "LYMPH"})
"""Analytes whose normal result says that they are not low."""


EVERYTHING = "G_LABORATORY"
"""What a reader calls "the laboratory tests" as a whole."""
ROUTINE = ("ALT", "AST", "ALP", "GGT", "BILI_TOT", "LDH", "WBC", "NEUT", "HB", "PLT")


@dataclass(frozen=True, slots=True)
class UsedLimit:
    """Reference limits in the canonical unit of the analyte, where they came from, and how to say it."""

    low: float | None
    high: float | None
    source: Source
    note: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One measured value.

    Attributes:
        low, high, point: Bounds and printed figure in the canonical unit; all None where it cannot be converted.
        times_low, times_high, times: The same as multiples of the upper limit of normal.
        when, day: Interval and printed day on the case's axis.
        place: Where the story tells it: offset of its words, or the place in the list of measurements.
        doubtful: Flagged as implausible.
        told: In words, for explanations ("ALT 3346 U/L").
    """

    analyte: str
    measurement: Measurement
    place: int
    low: float | None = None
    high: float | None = None
    point: float | None = None
    times_low: float | None = None
    times_high: float | None = None
    times: float | None = None
    limit: UsedLimit | None = None
    when: Interval = ANY
    day: float | None = None
    doubtful: bool = False
    told: str = ""
    how: str = ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The words of the value, and those of the limit where one was printed."""
        own = self.measurement.evidence
        if self.how:
            own = (DerivedEvidence(derived_from=own, how=self.how),) if own else ()
        return own + (self.limit.evidence if self.limit else ())

    @property
    def has_number(self) -> bool:
        """A figure was printed, not only a word."""
        return not _only_a_word(self.measurement)

    @property
    def source(self) -> str:
        """The value as printed, with the limit that it was judged by."""
        if not self.has_number or self.limit is None or self.measurement.unit in ULN_UNITS:
            return self.told
        return f"{self.told}, {self.limit.note}"

    @property
    def multiple(self) -> str:
        """The value as a multiple of its limit, in words."""
        if not self.has_number or self.measurement.unit in ULN_UNITS:
            return self.told
        bounds = (
            f"{self.times_low or 0:.3g} to {self.times_high:.3g}"
            if self.times_high is not None
            else (f"at least {self.times_low or 0:.3g}")
        )
        figure = f"{self.times:.3g}" if self.times is not None else bounds
        return f"{self.told} = {figure} × ULN" + (f" ({self.limit.note})" if self.limit and self.limit.note else "")


def place_of(evidence: Iterable[Evidence]) -> tuple[str, int] | None:
    """Document and offset of the first words, None where a value does not come from a text."""
    for item in evidence:
        if isinstance(item, TextEvidence):
            return item.document, item.start
        if isinstance(item, DerivedEvidence):
            inner = place_of(item.derived_from)
            if inner is not None:
                return inner
    return None


def told_before(first: Iterable[Evidence], second: Iterable[Evidence]) -> bool | None:
    """Whether the story tells the first before the second; None where the two cannot be compared."""
    a, b = place_of(first), place_of(second)
    if a is None or b is None or a[0] != b[0]:
        return None
    return a[1] < b[1]


def read_values(case: Case) -> tuple[Value, ...]:
    """All values of a case, in the order in which they are told."""
    lexicon = load_analytes()
    printed = _printed_limits(case.measurements)
    found: list[Value] = []
    for index, measurement in enumerate(case.measurements):
        place = place_of(measurement.evidence)
        position = place[1] if place is not None else index
        for analyte in _meant(measurement.analyte, case):
            if analyte in lexicon:
                found.append(_value(analyte, measurement, position, case, printed))
            else:
                found.append(Value(analyte, measurement, position, told=tell(measurement)))
    found.sort(key=lambda value: value.place)
    return tuple(found)


def _meant(name: str, case: Case) -> tuple[str, ...]:
    """The analytes that a name stands for; "the laboratory tests" are those that the case tells of elsewhere."""
    lexicon = load_analytes()
    if lexicon.is_group(name):
        return lexicon.members(name)
    if name == EVERYTHING:
        told = {member for m in case.measurements if m.analyte != name for member in _meant(m.analyte, case)}
        return tuple(analyte for analyte in ROUTINE if analyte in told)
    return (name,)


def _printed_limits(measurements: Sequence[Measurement]) -> dict[str, Measurement]:
    """For each analyte the first measurement that carries a limit of its own."""
    found: dict[str, Measurement] = {}
    for measurement in measurements:
        if measurement.limit is not None and measurement.limit.source != "default":
            found.setdefault(measurement.analyte, measurement)
    return found


def _value(analyte: str, measurement: Measurement, place: int, case: Case, printed: dict[str, Measurement]) -> Value:
    time = measurement.time
    when = time.interval if time else Interval(None, None)
    limit = used_limit(analyte, measurement, case.patient.sex, printed.get(measurement.analyte))
    low, high, point = canonical_bounds(analyte, measurement)
    times_low, times_high, times = _times(analyte, measurement, limit, low, high, point)
    if _only_a_word(measurement):
        low, high = _worded(analyte, measurement.qualitative or "", limit)
    elif measurement.unit in ULN_UNITS:
        low = high = point = None
    return Value(
        analyte,
        measurement,
        place,
        low,
        high,
        point,
        times_low,
        times_high,
        times,
        limit,
        when,
        time.point if time else None,
        any(flag.kind == "implausible" for flag in measurement.flags),
        tell(measurement, analyte),
    )


def _only_a_word(measurement: Measurement) -> bool:
    return measurement.value is None and measurement.low is None and measurement.high is None


def canonical_bounds(analyte: str, measurement: Measurement) -> tuple[float | None, float | None, float | None]:
    """Lowest and highest possible value and the printed figure, in the canonical unit of the analyte.

    Returns:
        Three None for a word without a figure, and where the unit does not convert.
    """
    if _only_a_word(measurement):
        return None, None, None

    def convert(figure: float | None) -> float | None:
        if figure is None:
            return None
        if figure == measurement.value and measurement.canonical is not None:
            return measurement.canonical
        return to_canonical(analyte, figure, measurement.unit)

    if measurement.value is not None:
        value = convert(measurement.value)
        if measurement.comparator in ("<", "<="):
            return None, value, None
        if measurement.comparator in (">", ">="):
            return value, None, None
        return value, value, value
    return convert(measurement.low), convert(measurement.high), None


def to_canonical(analyte: str, figure: float, unit: str) -> float | None:
    """A figure in the canonical unit; without a printed unit, the unit that the size of the figure leaves."""
    lexicon = load_analytes()
    try:
        if unit in ULN_UNITS:
            return None
        if unit:
            return lexicon.to_canonical(analyte, figure, unit_of(unit))
        fitting = lexicon.guess_unit(analyte, figure)
        return lexicon.to_canonical(analyte, figure, fitting[0]) if len(fitting) == 1 else None
    except (DechallengeError, KeyError, ValueError):
        return None


def used_limit(
    analyte: str, measurement: Measurement, sex: Literal["female", "male"] | None, other: Measurement | None = None
) -> UsedLimit | None:
    """The limits that a value is judged by, in the canonical unit.

    Args:
        other: A measurement of the same analyte that carries a limit, for values printed without one.
    """
    if measurement.unit in ULN_UNITS:
        return None
    own = measurement.limit
    if own is not None and own.source != "default":
        low, high = _limit_bound(analyte, own.low, measurement.unit), _limit_bound(analyte, own.high, measurement.unit)
        if own.source == "user":
            return UsedLimit(low, high, "user", "limit given by the user" + _figure(own.high), own.evidence)
        return UsedLimit(low, high, "printed", "printed limit" + _figure(own.high), own.evidence)
    if other is not None and other.limit is not None and other.unit not in ULN_UNITS:
        low = _limit_bound(analyte, other.limit.low, other.unit)
        high = _limit_bound(analyte, other.limit.high, other.unit)
        source: Source = "user" if other.limit.source == "user" else "printed"
        note = "limit given by the user" if source == "user" else "limit printed with another value"
        return UsedLimit(low, high, source, note + _figure(other.limit.high), other.limit.evidence)
    default = load_analytes().default_limits(analyte, sex)
    if default.low is None and default.high is None:
        return None
    unverified = "" if default.verified else ", unverified"
    return UsedLimit(default.low, default.high, "default", f"default limit{_figure(default.high)}{unverified}")


def _limit_bound(analyte: str, figure: float | None, unit: str) -> float | None:
    if figure is None:
        return None
    return to_canonical(analyte, figure, unit) if unit else figure


def _figure(limit: float | None) -> str:
    return "" if limit is None else f" {limit:g}"


def _times(
    analyte: str,
    measurement: Measurement,
    limit: UsedLimit | None,
    low: float | None,
    high: float | None,
    point: float | None,
) -> tuple[float | None, float | None, float | None]:
    if _only_a_word(measurement):
        if measurement.qualitative in NORMAL:
            return None, 1.0, None
        if measurement.qualitative in RAISED:
            return 1.0, None, None
        return None, None, None
    if measurement.unit in ULN_UNITS:
        value = measurement.value
        if value is None:
            return measurement.low, measurement.high, None
        if measurement.comparator in ("<", "<="):
            return None, value, None
        if measurement.comparator in (">", ">="):
            return value, None, None
        return value, value, value
    if limit is None or not limit.high:
        return None, None, None
    ceiling = limit.high

    def share(figure: float | None) -> float | None:
        return None if figure is None else float(f"{figure / ceiling:.12g}")

    return share(low), share(high), share(point)


def _worded(analyte: str, word: str, limit: UsedLimit | None) -> tuple[float | None, float | None]:
    """Bounds of a result given in a word, by the laboratory's limits."""
    if limit is None:
        return None, None
    if word in NORMAL:
        return (limit.low, limit.high) if analyte in COUNTS else (None, limit.high)
    if word in RAISED:
        return limit.high, None
    if word in LOWERED:
        return None, limit.low
    return None, None


def tell(measurement: Measurement, analyte: str = "") -> str:
    """A measurement in words ("ALT 3346 U/L", "bilirubin normal")."""
    lexicon = load_analytes()
    name = analyte or measurement.analyte
    if name in lexicon:
        name = SHORT.get(name, lexicon.get(name).display if len(name) > 4 else name)
    if _only_a_word(measurement):
        return f"{name} {measurement.qualitative or 'not given'}"
    sign = "" if measurement.comparator == "=" else measurement.comparator
    if measurement.value is not None:
        figure = f"{measurement.value:g}" if measurement.value < 100000 else f"{measurement.value:.0f}"
    else:
        figure = f"{measurement.low or 0:g}-{measurement.high or 0:g}"
    unit = "× ULN" if measurement.unit in ULN_UNITS else (measurement.unit_as_written or measurement.unit)
    unit = " ".join(unit.split())
    return f"{name} {sign}{figure} {unit}".rstrip()


SHORT = {
    "ALP": "alkaline phosphatase",
    "BILI_TOT": "bilirubin",
    "BILI_DIR": "direct bilirubin",
    "NEUT": "neutrophils",
    "NEUT_PCT": "neutrophils",
    "PLT": "platelets",
    "WBC": "white cells",
    "HB": "haemoglobin",
    "PT_SEC": "prothrombin time",
    "PT_PCT": "prothrombin activity",
    "FERRITIN": "ferritin",
}
