"""Finds the mapping of a dataset: fields of columns by their headers, and by one pass over the rows what else to know.

Nothing is guessed: what the headers and rows leave open becomes a question. May import the modules of this folder that
hold headers, mapping, figures and sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dechallenge.formats.datasets.columns import (
    IGNORE,
    Column,
    Decimal,
    Given,
    GivenTable,
    Mapping,
    Order,
    Question,
    TableMapping,
)
from dechallenge.formats.datasets.figures import Signs, has_slashes, is_missing
from dechallenge.formats.datasets.headers import (
    Meaning,
    analyte_named,
    is_cdisc,
    meaning_of,
    test_named,
    unit_as_meant,
    unit_in,
    wide_column,
)
from dechallenge.formats.datasets.sources import Table, written

_SETS = ("lab.value", "lab.text", "lab.unit", "lab.low", "lab.high")
"""Fields that belong together: the value of one set of columns never goes with the limit of another."""
_LOOSE = {
    "date": (("lab", "lab.date"), ("event", "event.start"), ("drug", "drug.start"), ("con", "drug.start")),
    "day": (("lab", "lab.day"), ("event", "event.start_day"), ("drug", "drug.start_day"), ("con", "drug.start_day")),
    "start": (("drug", "drug.start"), ("con", "drug.start"), ("event", "event.start")),
    "stop": (("drug", "drug.stop"), ("con", "drug.stop"), ("event", "event.stop")),
    "start_day": (("drug", "drug.start_day"), ("con", "drug.start_day"), ("event", "event.start_day")),
    "stop_day": (("drug", "drug.stop_day"), ("con", "drug.stop_day"), ("event", "event.stop_day")),
    "unit": (("long lab", "lab.unit"), ("drug dose", "drug.unit")),
}
"""Headers that say no more than "date": the field that they are in a table of labs, drugs or events."""
_DATES = frozenset({"lab.date", "drug.start", "drug.stop", "event.start", "event.stop", "reference_date"})
_DAYS = frozenset({"lab.day", "drug.start_day", "drug.stop_day", "event.start_day", "event.stop_day"})
_FIGURES = frozenset({"lab.value", "lab.text", "lab.low", "lab.high", "lab.range", "drug.dose", "weight", "height",
                      "bmi", "age"})  # fmt: skip


@dataclass
class _Assigned:
    columns: list[Column]
    questions: list[Question] = field(default_factory=list)


def find(tables: Iterable[Table], given: Given | None = None) -> Mapping:
    """The mapping of the tables, with what is given in a file before what is found.

    Reads every table once.
    """
    given = given or Given()
    found: list[TableMapping] = []
    questions: list[Question] = []
    unknown: Counter[str] = Counter()
    for table in tables:
        own = given.of(table.file.name, table.sheet)
        made = assign(table, own)
        mapped = TableMapping(table.file.name, table.sheet, tuple(made.columns))
        if mapped.of("subject") is None or not mapped.holds:
            found.append(mapped)
            if own is not None:
                questions += made.questions
            continue
        questions += made.questions
        passed = _Pass(table, mapped)
        found.append(passed.settled(own, questions))
        unknown.update(passed.unknown)
    limits, units = dict(given.limits), dict(given.units)
    return Mapping(tuple(found), tuple(questions), dict(unknown), units, limits, given.events_from_values)


# --- headers ---------------------------------------------------------------------------------------------------------


def assign(table: Table, given: GivenTable | None) -> _Assigned:
    """The field of every column, by its header."""
    own = given.columns if given is not None else {}
    columns: list[Column | None] = [own.get(name) for name in table.header]
    taken = {c.field for c in columns if c is not None and not c.analyte}
    named = {i: m for i, h in enumerate(table.header) if columns[i] is None and (m := meaning_of(h)) is not None}
    made = _Assigned([])
    fixed = _ranked(table, {i: m for i, m in named.items() if m.field not in _LOOSE}, taken, made.questions)
    for i, meaning in named.items():
        if i in fixed:
            columns[i] = Column(table.header[i], fixed[i], source=meaning.source)
    for i, header in enumerate(table.header):
        if columns[i] is None and i not in named:
            wide = wide_column(header)
            columns[i] = (
                Column(header, wide.field, wide.analyte, wide.unit, "name of an analyte")
                if wide is not None
                else Column(header)
            )
    held = TableMapping(table.file.name, table.sheet, tuple(c or Column(h) for c, h in zip(columns, table.header,
                                                                                         strict=True)))  # fmt: skip
    for i, meaning in named.items():
        if meaning.field in _LOOSE:
            columns[i] = _loose(table, i, meaning, held, [c for c in columns if c is not None], made.questions)
    made.columns = [c or Column(h) for c, h in zip(columns, table.header, strict=True)]
    _reference(made.columns)
    _doubles(table, made)
    return made


def _ranked(table: Table, named: dict[int, Meaning], taken: set[str], questions: list[Question]) -> dict[int, str]:
    """Fields of the columns; of several columns for one field the one with the better known name."""
    best = min((int(m.rank) for m in named.values() if m.field == "lab.value"), default=None)
    found: dict[int, str] = {}
    by_field: dict[str, list[int]] = {}
    for i, meaning in named.items():
        wrong_set = best is not None and meaning.field in _SETS and int(meaning.rank) != best
        if meaning.field == "known" or meaning.field in taken or wrong_set:
            found[i] = IGNORE
        else:
            by_field.setdefault(meaning.field, []).append(i)
    for name, places in by_field.items():
        places.sort(key=lambda i: (named[i].rank, i))
        first = [i for i in places if named[i].rank == named[places[0]].rank]
        if len(first) > 1:
            titles = [table.header[i] for i in first]
            questions.append(
                Question(
                    table.name,
                    f"the columns {' and '.join(map(repr, titles))} can both be {name!r}.",
                    f"“{titles[0]}: {name}” and “{titles[1]}: {IGNORE}”, or the other way round.",
                )
            )
        for i in places:
            found[i] = name if i == places[0] else IGNORE
    return found


def _loose(
    table: Table, i: int, meaning: Meaning, held: TableMapping, known: list[Column], questions: list[Question]
) -> Column:
    """The field of a header such as "date" from what else the table holds; taken fields are left out."""
    header, holds = table.header[i], set(held.holds)
    fields_here = {c.field for c in known if not c.analyte}
    if "lab" in holds and ({"lab.analyte", "lab.name"} & fields_here):
        holds.add("long lab")
    if "drug.dose" in fields_here:
        holds.add("drug dose")
    fitting = [f for kind, f in _LOOSE[meaning.field] if kind in holds and f not in fields_here]
    fitting = list(dict.fromkeys(fitting))
    if meaning.field in ("date", "day") and "lab" in holds:
        fitting = [f for f in fitting if f.startswith("lab.")]  # a table of values is dated by its samples
    if len(fitting) > 1:
        questions.append(
            Question(
                table.name,
                f"the column {header!r} can be {' or '.join(fitting)}.",
                f"“{header}: {fitting[0]}” or “{header}: {fitting[1]}”.",
            )
        )
    return Column(header, fitting[0] if fitting else IGNORE, source=meaning.source)


def _reference(columns: list[Column]) -> None:
    """Dates of treatment in a table that names no drug are the reference for study days (ADaM: TRTSDT)."""
    held = {c.field for c in columns}
    if "drug.name" in held or "con.name" in held:
        return
    for i, column in enumerate(columns):
        if column.field == "drug.start" and is_cdisc(column.name) and "reference_date" not in held:
            columns[i] = replace(column, field="reference_date")
        elif column.field.startswith("drug.") and column.source != "given":
            columns[i] = replace(column, field=IGNORE)


def _doubles(table: Table, made: _Assigned) -> None:
    """Two columns for the same part of one analyte ("ALT" and "SGPT")."""
    seen: dict[tuple[str, str], str] = {}
    for column in made.columns:
        if not column.analyte:
            continue
        other = seen.setdefault((column.field, column.analyte), column.name)
        if other != column.name:
            made.questions.append(
                Question(
                    table.name,
                    f"the columns {other!r} and {column.name!r} can both be {column.field} of {column.analyte}.",
                    f"“{column.name}: {IGNORE}”, or the same for the other.",
                )
            )


# --- rows ------------------------------------------------------------------------------------------------------------


class _Pass:
    """One pass over the rows: decimal sign, order of dates, order of subjects, analytes that are not known."""

    def __init__(self, table: Table, mapped: TableMapping) -> None:
        self.table, self.mapped = table, mapped
        self.signs = Signs()
        self.slashes = ""
        self.order: set[Order] = set()
        self.unknown: Counter[str] = Counter()
        self.rows = 0
        self.together = True
        figures = [i for i, c in enumerate(mapped.columns) if c.field in _FIGURES]
        dates = [i for i, c in enumerate(mapped.columns) if c.field in _DATES]
        subject = mapped.of("subject") or 0
        analyte, name, unit = mapped.of("lab.analyte"), mapped.of("lab.name"), mapped.of("lab.unit")
        long = "lab" in mapped.holds and (analyte is not None or name is not None)
        last, seen = "", set[str]()
        for _, cells in table.rows():
            self.rows += 1
            if len(cells) > len(table.header):
                continue
            who = written(cells[subject])
            if who != last:
                self.together = self.together and who not in seen
                seen.add(who)
                last = who
            for i in figures:
                self.signs.see(cells[i])
            for i in dates:
                self._date(has_slashes(cells[i]), written(cells[i]))
            if long:
                code = written(cells[analyte]) if analyte is not None else ""
                words = written(cells[name]) if name is not None else ""
                measured = (written(cells[unit]) if unit is not None else "") or unit_in(words)
                measured = unit_as_meant(measured, code, words)
                if not is_missing(code or words) and not analyte_named(code, words, measured):
                    self._not_known(code, words, measured)

    def _not_known(self, code: str, words: str, unit: str) -> None:
        if not test_named(code, words):
            known = analyte_named(code, words, "")
            self.unknown[f"{code or words} in {unit}" if known else (code or words)] += 1

    def _date(self, figures: tuple[int, int] | None, text: str) -> None:
        if figures is None:
            return
        self.slashes = self.slashes or text
        if figures[0] > 12:
            self.order.add("day first")
        if figures[1] > 12:
            self.order.add("month first")

    def settled(self, given: GivenTable | None, questions: list[Question]) -> TableMapping:
        """The mapping of the table with its options; what the rows leave open is asked."""
        return replace(
            self.mapped,
            decimal=self._decimal(given, questions),
            dates=self._order(given, questions),
            first_day=self._first_day(given, questions),
            subjects_together=self.together,
            rows=self.rows,
        )

    def _decimal(self, given: GivenTable | None, questions: list[Question]) -> Decimal:
        signs, place = self.signs, self.table.name
        if given is not None and given.decimal is not None:
            return given.decimal
        if signs.comma and signs.point:
            cause = f"{signs.comma!r} is written with a decimal comma, {signs.point!r} with a point."
            questions.append(Question(place, cause, "“decimal: point” or “decimal: comma” (the others are left out)."))
        elif signs.open and not signs.comma and not signs.point:
            cause = f"{signs.open!r} can be thousands or decimals, and no other figure tells which."
            questions.append(Question(place, cause, "“decimal: point” or “decimal: comma”."))
        return "comma" if signs.comma and not signs.point else "point"

    def _order(self, given: GivenTable | None, questions: list[Question]) -> Order | None:
        if given is not None and given.dates is not None:
            return given.dates
        if not self.slashes:
            return None
        if len(self.order) == 1:
            return next(iter(self.order))
        cause = f"dates such as {self.slashes!r} " + (
            "stand in both orders." if self.order else "can have the day or the month first."
        )
        questions.append(Question(self.table.name, cause, "“dates: day first” or “dates: month first”."))
        return None

    def _first_day(self, given: GivenTable | None, questions: list[Question]) -> int | None:
        days = [c for c in self.mapped.columns if c.field in _DAYS]
        if given is not None and given.first_day is not None:
            return given.first_day
        if not days:
            return None
        if all(is_cdisc(c.name) for c in days):
            return 1
        dated = any(c.field in _DATES for c in self.mapped.columns)
        if not dated:
            cause = f"the column {days[0].name!r} counts days, and it is not said from which number."
            questions.append(
                Question(
                    self.table.name,
                    cause,
                    "“first_day: 0” where the first dose is on day 0, “first_day: 1” where it is on day 1.",
                )
            )
        return None
