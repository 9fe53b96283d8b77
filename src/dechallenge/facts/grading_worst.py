"""The worst value of a reaction, the last one before the drug, and the lower limit, as facts of gradings.

Values are taken from onset on; figures are preferred to words, sound figures to doubtful ones. May import evidence,
lexicon, logic and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

from dechallenge.facts.blood import height
from dechallenge.facts.liver import multiple
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair, from_onset
from dechallenge.facts.samples import day_words
from dechallenge.facts.values import LOWERED, NORMAL, RAISED, Value
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.logic import Fact, Number

SURVIVED = ("recovered", "recovering", "recovered with sequelae")
BEYOND = 0.001
"""By how much of the limit a value is beyond it, at the least, when only a word says so."""
HAIR = 1e-6
"""By how much a figure is moved to stand beside a cut."""
UNQUANTIFIED = 1.01
"""Lower end of a baseline that is said to be raised without a figure, in multiples of the upper limit."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Cuts that a grading prints in a second unit, rounded, so that they are not quite those of the first.

    Attributes:
        unit: The second unit.
        at_least: (cut in the second unit, cut in the unit of the term) where the cut itself belongs to what is above.
        above: The same where it belongs to what is below.
    """

    unit: str
    at_least: tuple[tuple[float, float], ...] = ()
    above: tuple[tuple[float, float], ...] = ()

    def place(self, printed: float, figure: float) -> float:
        """The converted figure, moved to the side of each cut on which the printed one stands."""
        for own, cut in self.at_least:
            figure = max(figure, cut) if printed >= own else min(figure, cut * (1 - HAIR))
        for own, cut in self.above:
            figure = max(figure, cut * (1 + HAIR)) if printed > own else min(figure, cut)
        return figure


def worst_multiple(pair: Pair, analyte: str, term: Number) -> Fact | None:
    """The highest value as a multiple of the upper limit."""
    values = [x for x in pair.values(analyte) if from_onset(pair, x)]
    numbers = [x for x in values if x.has_number and (x.times_low is not None or x.times is not None)]
    if numbers:
        top = max(numbers, key=lambda x: x.times if x.times is not None else x.times_low or 0.0)
        return multiple(term, top, f"{top.source}; {day_words(top.when, top.day)}")
    raised = [x for x in values if x.times_low is not None]
    words = raised or [x for x in values if x.times_high is not None]
    return multiple(term, words[0], words[0].told) if words else None


def baseline_multiple(pair: Pair, analyte: str, term: Number) -> Fact | None:
    """The last value before the first dose as a multiple of the upper limit."""
    values = [x for x in _before(pair, analyte) if x.times_low is not None or x.times_high is not None]
    if not values:
        return None
    last = values[-1]
    if not last.has_number and last.times_low is not None:
        return number(term, low=UNQUANTIFIED, because=last.source, evidence=last.evidence)
    return multiple(term, last, last.source)


def last_before(pair: Pair, analyte: str) -> Value | None:
    """The last value with a figure from before the first dose."""
    values = [x for x in _before(pair, analyte) if x.has_number and height(x) is not None]
    return values[-1] if values else None


def _before(pair: Pair, analyte: str) -> list[Value]:
    return [x for s in pair.baseline for x in s.values if x.analyte == analyte and not x.doubtful]


def lowest(pair: Pair, analyte: str) -> Value | None:
    """The lowest value of the reaction; a word only where there is no figure."""
    values = _usable(pair, analyte)
    numbers = [x for x in values if x.has_number]
    if numbers:
        return min(numbers, key=lambda x: height(x) or 0.0)
    lowered = [x for x in values if x.measurement.qualitative in LOWERED]
    return next(iter(lowered or values), None)


def highest(pair: Pair, analyte: str) -> Value | None:
    """The highest value of the reaction; a word only where there is no figure."""
    values = _usable(pair, analyte)
    numbers = [x for x in values if x.has_number]
    if numbers:
        return max(numbers, key=lambda x: height(x) or 0.0)
    raised = [x for x in values if x.measurement.qualitative in RAISED]
    return next(iter(raised or values), None)


def _usable(pair: Pair, analyte: str) -> list[Value]:
    known = [x for x in pair.values(analyte) if from_onset(pair, x) and not x.doubtful]
    return [x for x in known if x.low is not None or x.high is not None]


def fact_of(term: Number, value: Value | None, *, factor: float = 1.0, printed: Printed | None = None) -> Fact | None:
    """A fact of one value in the unit of the term.

    Args:
        factor: From the canonical unit of the analyte to that of the term.
        printed: Cuts in a second unit; a value printed in it is graded by them.
    """
    if value is None:
        return None
    told = value.measurement
    if printed is not None and told.unit == printed.unit and told.value is not None and value.point is not None:
        figure = printed.place(told.value, _exact(value.point * factor))
        because = f"{value.told}, {day_words(value.when, value.day)}"
        return number(term, figure, because=because, evidence=value.evidence)
    low, high = (value.low, value.high) if value.has_number else _worded(value)
    if low is None and high is None:
        return None
    because = f"{value.told}, {day_words(value.when, value.day)}" if value.has_number else value.told
    return number(
        term,
        _times(value.point, factor),
        low=_times(low, factor),
        high=_times(high, factor),
        because=because,
        evidence=value.evidence,
    )


def _worded(value: Value) -> tuple[float | None, float | None]:
    """Bounds of a result given in a word: beyond the limit that it names, or between both."""
    word, limit = value.measurement.qualitative or "", value.limit
    if limit is None:
        return None, None
    if word in NORMAL:
        return limit.low, limit.high
    if word in RAISED and limit.high is not None:
        return limit.high * (1 + BEYOND), None
    if word in LOWERED and limit.low is not None:
        return None, limit.low * (1 - BEYOND)
    return value.low, value.high


def lower_limit(pair: Pair, analyte: str, term: Number, *, factor: float = 1.0) -> Fact | None:
    """The printed lower limit, else the default one of the sex (both of them where the sex is not told)."""
    for value in pair.view.of(analyte):
        if value.limit is not None and value.limit.source != "default" and value.limit.low is not None:
            low = value.limit.low * factor
            return number(term, low, because=value.limit.note, evidence=value.limit.evidence)
    sex = pair.case.patient.sex
    lexicon = load_analytes()
    found = [lexicon.default_limits(analyte, of).low for of in ((sex,) if sex else ("female", "male"))]
    limits = sorted({limit * factor for limit in found if limit is not None})
    if not limits:
        return None
    told = " to ".join(f"{limit:.10g}" for limit in limits)
    because = f"no limit printed; default limit {told} {_unit(term)}, unverified"
    return number(term, low=limits[0], high=limits[-1], because=because)


def _unit(term: Number) -> str:
    return f"× {term.unit}" if term.unit.startswith("10") else term.unit


def _times(figure: float | None, factor: float) -> float | None:
    return None if figure is None else _exact(figure * factor)


def _exact(figure: float) -> float:
    return float(f"{figure:.12g}")


def survived(pair: Pair) -> bool:
    """The report tells that the patient lived."""
    return pair.event.outcome in SURVIVED
