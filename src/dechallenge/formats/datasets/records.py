"""What the rows of one subject say, each value with its cell; and the problems of a dataset, counted and bounded.

May import the case, evidence and dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from dechallenge.case import Limit, Problem
from dechallenge.evidence import Evidence
from dechallenge.formats.dates import Dated
from dechallenge.timeline import ANY, Interval

MOST_ROWS: Final = 500
"""Rows of one file that are named; of more, the number is told."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment as a row gives it: a date, or a day of the study.

    Attributes:
        day: Days from the first dose, which is day 0 here whatever the table calls it.
    """

    dated: Dated | None
    day: float | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Lab:
    """A laboratory value; the names are those of a value that reading measures."""

    analyte: str
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    unit: str
    unit_text: str
    qualitative: str | None
    limit: Limit | None
    when: When | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A test of the work-up with its state."""

    test: str
    state: str
    result: str
    when: When | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A period in which a drug was given, or one administration of it.

    Attributes:
        concomitant: It stands in a table of concomitant medication.
        own: It stands in a table of exposures, not beside the values or the demography.
    """

    drug: str
    concomitant: bool
    own: bool
    start: When | None
    stop: When | None
    dose: float | None
    unit: str
    dose_text: str
    frequency: str
    route: str
    indication: str
    evidence: tuple[Evidence, ...]

    @property
    def not_given(self) -> bool:
        """A dose of nought is none."""
        return self.dose == 0


@dataclass(frozen=True, slots=True)
class Reported:
    """A reaction as a row gives it; texts as written."""

    term: str
    start: When | None
    stop: When | None
    texts: dict[str, tuple[str, tuple[Evidence, ...]]]
    evidence: tuple[Evidence, ...]

    def text(self, name: str) -> str:
        """What a field of the row says, without outer spaces."""
        return self.texts[name][0].strip() if name in self.texts else ""

    def cell(self, name: str) -> tuple[Evidence, ...]:
        return self.texts[name][1] if name in self.texts else ()


@dataclass
class Subject:
    """Everything that the tables say of one subject, in the order of tables and rows."""

    id: str
    document: str = ""
    labs: list[Lab] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    events: list[Reported] = field(default_factory=list)
    person: dict[str, tuple[str | float, tuple[Evidence, ...]]] = field(default_factory=dict)
    reference: When | None = None
    pairs: list[tuple[Interval, float]] = field(default_factory=list)
    """Calendar days and day of the study of rows that give both."""

    @property
    def first_day(self) -> Interval | None:
        """Calendar days of day 0 of the study: what rows with both say, else the reference date."""
        for days, day in self.pairs:
            if days.known:
                return Interval(days.lo - day, days.hi - day)
        dated = self.reference.dated if self.reference is not None else None
        return dated.days if dated is not None else None

    @property
    def has_dates(self) -> bool:
        moments = [lab.when for lab in self.labs] + [x for t in self.taken for x in (t.start, t.stop)]
        moments += [x for e in self.events for x in (e.start, e.stop)]
        return any(m is not None and m.dated is not None for m in moments)

    def place(self, when: When | None) -> Dated | None:
        """A moment by the calendar; by the day of the study where the subject has no dates at all."""
        if when is None or when.dated is not None:
            return when.dated if when is not None else None
        if when.day is None:
            return None
        zero = self.first_day
        if zero is None:
            zero = ANY if self.has_dates else Interval(0.0, 0.0)
        days = Interval(None, None) if zero == ANY else Interval(zero.lo + when.day, zero.hi + when.day)
        quoted = next((e.quote for e in when.evidence if hasattr(e, "quote")), f"{when.day:g}")
        return Dated("", days, f"day {quoted}")


class Problems:
    """Problems of a dataset: rows one by one up to a bound, the rest by their number."""

    def __init__(self) -> None:
        self._told: list[Problem] = []
        self._rows: Counter[str] = Counter()
        self._counted: Counter[tuple[str, str, str, str]] = Counter()

    def row(self, file: str, row: int, column: str, cause: str, step: str = "Correct the cell in the file.") -> None:
        """A row, or one value of it, that was kept out."""
        self._rows[file] += 1
        if self._rows[file] <= MOST_ROWS:
            where = f"row {row}, column {column}" if column else f"row {row}"
            self._told.append(Problem(document=file, kind="row", message=f"{where}: {cause}", next_step=step))

    def count(self, file: str, kind: str, message: str, step: str) -> None:
        """Something that many rows share; told once, with the number of rows."""
        self._counted[(file, kind, message, step)] += 1

    def say(self, file: str, kind: str, message: str, step: str = "") -> None:
        self._told.append(Problem(document=file, kind=kind, message=message, next_step=step))

    def told(self) -> tuple[Problem, ...]:
        """All of them, in the order in which they were met."""
        counted = [
            Problem(document=file, kind=kind, message=f"{message} ({n} {'row' if n == 1 else 'rows'})", next_step=step)
            for (file, kind, message, step), n in self._counted.items()
        ]
        more = [
            Problem(document=file, kind="row", message=f"{n - MOST_ROWS:,} more rows or values were kept out")
            for file, n in self._rows.items()
            if n > MOST_ROWS
        ]
        return (*self._told, *more, *counted)


def quotes(items: Iterable[tuple[Evidence, ...]]) -> tuple[Evidence, ...]:
    """Evidence of several cells, each once."""
    return tuple(dict.fromkeys(e for part in items for e in part))
