"""Values that belong to one sample: same time, and told together. May import timeline and values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dechallenge.facts.values import Value
from dechallenge.timeline import Interval

FAR_APART = 400
"""Characters of the story between two undated values that hardly belong to one sample."""


@dataclass(frozen=True)
class Sample:
    """Values of one moment.

    Attributes:
        rank: Day by which samples are put in order; undated samples stand where the story tells them.
    """

    values: tuple[Value, ...]
    rank: float = 0.0
    by_analyte: dict[str, Value] = field(default_factory=dict, compare=False, repr=False)

    @property
    def first(self) -> Value:
        return self.values[0]

    @property
    def when(self) -> Interval:
        return self.first.when

    @property
    def anchor(self) -> str:
        time = self.first.measurement.time
        return time.anchor if time else ""

    @property
    def dated(self) -> bool:
        return self.when.low is not None or self.when.high is not None

    def get(self, analyte: str) -> Value | None:
        return self.by_analyte.get(analyte)

    def before(self, moment: Interval) -> bool:
        """Certainly before the moment."""
        when = self.when
        if when.high is None or moment.low is None:
            return False
        return when.high < moment.low or (when.high == moment.low and when != moment)

    @property
    def told(self) -> str:
        """When it was taken, in words."""
        return day_words(self.when, self.first.day)


def day_words(when: Interval, point: float | None = None) -> str:
    """ "day 21", "day 18 to 24", "at an unknown time"."""
    if point is not None:
        return f"day {point:g}"
    if when.low is None and when.high is None:
        return "at an unknown time"
    if when.low is None:
        return f"day {when.high:g} or before"
    if when.high is None:
        return f"day {when.low:g} or later"
    return f"day {when.low:g}" if when.low == when.high else f"day {when.low:g} to {when.high:g}"


def rank_of(when: Interval, point: float | None) -> float | None:
    """A day to sort by: the printed one, the middle of the interval, or its one end."""
    if point is not None:
        return point
    if when.low is not None and when.high is not None:
        return (when.low + when.high) / 2
    return when.low if when.low is not None else when.high


def group(values: Iterable[Value]) -> tuple[Sample, ...]:
    """Values grouped into samples, in order of time.

    A second, different value of one analyte opens a new sample, and so does a long gap between undated values.
    """
    open_samples: dict[tuple[object, ...], list[Value]] = {}
    done: list[list[Value]] = []
    for value in values:
        key = (value.when, value.day, value.measurement.section)
        running = open_samples.get(key)
        if running is not None and _apart(running, value):
            running = None
        if running is None:
            running = open_samples[key] = []
            done.append(running)
        running.append(value)
    samples: list[Sample] = []
    last = float("-inf")
    section = ""
    for members in done:
        rank = rank_of(members[0].when, members[0].day)
        if members[0].when.high is None and members[0].day is None and members[0].measurement.section == section:
            rank = max(rank, last) if rank is not None else None  # "later" is after what was told before it
        section = members[0].measurement.section
        last = rank if rank is not None else last
        by_analyte: dict[str, Value] = {}
        for value in members:
            known = by_analyte.get(value.analyte)
            if known is None or (value.has_number and not known.has_number):
                by_analyte[value.analyte] = value
        samples.append(Sample(tuple(members), last if last != float("-inf") else 0.0, by_analyte))
    return tuple(sorted(samples, key=lambda sample: sample.rank))


def _apart(running: list[Value], value: Value) -> bool:
    undated = value.when.low is None and value.when.high is None
    if undated and abs(value.place - running[-1].place) > FAR_APART:
        return True
    same = [v for v in running if v.analyte == value.analyte and v.has_number and value.has_number]
    return any(_bounds(v) != _bounds(value) for v in same)


def _bounds(value: Value) -> tuple[float | None, ...]:
    return value.low, value.high, value.times_low, value.times_high
