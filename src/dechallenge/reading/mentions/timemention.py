"""A time expression as it stands in a text. Imports the timeline only."""

from __future__ import annotations

from dataclasses import dataclass

from dechallenge.timeline import CalendarDate, Duration


@dataclass(frozen=True, slots=True)
class Yearless:
    """A month (0: that of the date told before) and its day or part, of a year that is not printed beside it."""

    month: int
    day: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression in a text.

    Attributes:
        start, end: Span in the text it was found in.
        kind: ``offset`` (amount and anchor), ``sequence`` (amount later or earlier), ``duration``, ``day``, ``date``,
            ``same``, ``before`` (before the drug), ``soon`` (later, no amount).
        amount: The length, for offsets, sequences and durations.
        anchor: ``start``, ``restart``, ``stop``, ``onset``, ``admission``, ``other`` or ``context``.
        sign: 1 after the anchor, -1 before it.
        within: The amount is an upper bound.
        date: For ``date``.
        yearless: For a ``date`` whose year is printed elsewhere, or nowhere.
        preposition: ``since``, ``until`` … of a date; ``for`` of a duration; ``of`` for a day of the treatment.
    """

    start: int
    end: int
    kind: str
    amount: Duration | None = None
    anchor: str = "context"
    sign: int = 1
    within: bool = False
    date: CalendarDate | None = None
    preposition: str = ""
    anchor_span: tuple[int, int] | None = None
    yearless: Yearless | None = None
