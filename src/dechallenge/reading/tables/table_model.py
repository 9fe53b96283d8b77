"""What a laboratory table says: rows at their times, results, limits, and the events between the rows.

All offsets are raw: ``text[start:end]`` is the quote. May import the ``table_`` files and `timeline`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dechallenge.reading.tables.table_cells import Column
from dechallenge.reading.tables.table_grid import Grid
from dechallenge.reading.tables.table_times import ColumnKind, EventKind
from dechallenge.timeline import CalendarDate, Duration


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Raw span of a laboratory table with its caption and footnotes."""

    start: int
    end: int
    grid: Grid


@dataclass(frozen=True, slots=True)
class TableLimit:
    """Reference limits of a column, in ``unit``; raw span of their words."""

    low: float | None
    high: float | None
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableCell:
    """A laboratory result of a table.

    Attributes:
        analyte: Id of the analyte lexicon.
        value, low, high: A number, or a printed range; all ``None`` for a result in words.
        comparator: ``=``, ``<``, ``<=``, ``>``, ``>=`` or ``~``.
        unit: UCUM code, ``xULN``, or empty where none is printed; ``unit_text`` as printed, mostly in the header.
        qualitative: ``normal``, ``elevated`` … where no number is printed.
        start, end: Raw span of the value, or of analyte and value in a note.
        column: Index of its column.
        rule: ``cell``, or the rule of the prose grammar for a note.
        limit: Limits printed beside this value; those of the column stand in ``LabTable.limits``.
    """

    analyte: str
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    unit: str
    unit_text: str
    qualitative: str | None
    start: int
    end: int
    column: int
    rule: str = "cell"
    limit: TableLimit | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of results at one time.

    Attributes:
        order: Position among the rows and events of the table.
        start, end: Raw span of the row.
        time_start: Time on the clock that counts from the start of the current course; ``None`` where not printed.
        time_stop: Time on the clock that counts from its stop; negative before the stop.
        time_first: Where two clocks are printed ("21 (7) days"), the one that counts from the first start.
        time_anchor: Time on a clock that counts from something else, named in the column's ``anchor``.
        date: Calendar date of the row.
        pre: Before the drug.
        course: 0 for the first exposure, one more for each re-exposure.
        time_spans: Raw spans of the time cells with the kind of their clock.
        note: Text of the note cell, and its raw span.
        cells: Results, those told in the note last.
        month_day: Month and day of a row whose date is printed without its year.
        place: What ``time_anchor`` counts from, where that is a moment of the case: ``admission``, ``onset`` …
    """

    order: int
    start: int
    end: int
    time_start: Duration | None
    time_stop: Duration | None
    time_first: Duration | None
    time_anchor: Duration | None
    date: CalendarDate | None
    pre: bool
    course: int
    time_spans: tuple[tuple[ColumnKind, int, int], ...]
    note: str
    note_span: tuple[int, int] | None
    cells: tuple[TableCell, ...]
    month_day: tuple[int, int] | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class TableEvent:
    """What was done with a drug, told by a row of its own or by the note of the row with the same ``order``.

    Attributes:
        drug: As written; empty for other events.
        duration: Length of the course or time of the event, where printed ("taken for 21 days").
        in_row: Told by the note of a row.
    """

    order: int
    start: int
    end: int
    text: str
    kind: EventKind
    drug: str
    duration: Duration | None
    date: CalendarDate | None
    in_row: bool


@dataclass(frozen=True, slots=True)
class LabTable:
    """A laboratory table.

    Attributes:
        limits: Those of each analyte, printed in a row or in the header.
        courses: The number of the last course that a row belongs to; 0 in a table of one course.
    """

    start: int
    end: int
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    limits: dict[str, TableLimit]
    events: tuple[TableEvent, ...]
    footnotes: tuple[tuple[int, int, str], ...]

    courses: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "courses", max((row.course for row in self.rows), default=0))
