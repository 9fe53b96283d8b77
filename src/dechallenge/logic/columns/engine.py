"""The columnar engine: an instrument compiled to expressions of a table, one row for each case.

Score, category and code follow the convention; low and high are those over every completion of what is unknown. It
must agree with the one-case engine row by row. Imports the rest of `columns`, `compiled` and the error family.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dechallenge.errors import DechallengeError
from dechallenge.logic.columns import cells, conventions, formulas, inputs, ranges, tables
from dechallenge.logic.columns.cells import Bool, Cell, Part, Sheet, Table
from dechallenge.logic.columns.conventions import ReadItem
from dechallenge.logic.columns.ranges import FAR, Joint, Span
from dechallenge.logic.columns.states import States
from dechallenge.logic.columns.truths import Truths
from dechallenge.logic.compiled import compiled
from dechallenge.logic.diagram import Places
from dechallenge.logic.instrument import Band, Category, Computed, Highest, Instrument, Sum, Tables
from dechallenge.logic.terms import Term
from dechallenge.logic.typed import asked_terms

COLUMNS = {
    "applicable": "boolean",
    "entry": "string",
    "score": "float64",
    "low": "float64",
    "high": "float64",
    "category": "string",
    "code": "string",
}
"""The result columns and their types. All are NULL in a row with an illegal value."""


def fact_columns(instrument: Instrument) -> dict[str, Term]:
    """Every column in which a fact of the instrument can stand, with its term."""
    return {name: term for term in asked_terms(instrument).values() for name in inputs.names_of(term)}


def score_table(
    instrument: Instrument, table: Table, *, ranges: bool = True, kind: str | None = None, prefix: str = ""
) -> Table:
    """The table with the result of the instrument added to every row.

    Args:
        table: An Ibis table of any backend with the columns of `fact_columns`; a missing column is an unknown fact,
            NULL an unknown value. Other columns are kept as they are.
        ranges: Add `low` and `high` too.
        kind: The kind of reaction of all rows; None = not asked.
        prefix: Put before the names of the result columns.

    Raises:
        DechallengeError: Ibis is not installed, or a result column has the name of a column of the table.
        FactError: A fact's column has a type that cannot hold it.
    """
    names = [name for name in COLUMNS if ranges or name not in ("low", "high")]
    taken = [prefix + name for name in names if prefix + name in table.columns]
    if taken:
        raise DechallengeError(
            "the table already has a column of this name", place=taken[0], next_step="Rename it, or give a prefix."
        )
    found = _Engine(Sheet(table), instrument, kind).results(with_range=ranges)
    sheet, parts = found
    return sheet.table({prefix + name: (parts[name], COLUMNS[name]) for name in names})


class _Engine:
    """The working of one compilation."""

    def __init__(self, sheet: Sheet, instrument: Instrument, kind: str | None) -> None:
        self.sheet = sheet
        self.instrument = instrument
        self.machine = compiled(instrument)
        self.refused_kind = kind is not None and bool(instrument.applies_to) and kind not in instrument.applies_to
        self.inputs = inputs.read_all(sheet, asked_terms(instrument))
        for term in self.machine.derived:
            self.inputs[term.name] = formulas.read_derived(sheet, term, self.inputs)
        diagram = self.machine.diagram
        self.truths = Truths(sheet, diagram.atoms, self.inputs)
        self.states = States(sheet, diagram.blocks, self.inputs)
        self.joint = Joint(sheet, diagram, self.states)
        self.active: dict[int, Bool] = {place: self._judged(place, kind) for place in range(len(diagram.leaves))}

    def _judged(self, place: int, kind: str | None) -> Bool:
        item = self.machine.diagram.leaves[place].item
        assert item is not None
        if kind is not None and item.kinds and kind not in item.kinds:
            return False
        if item.measured is None:
            return True
        name = item.measured.name
        judged: Bool = self.sheet.once(("measured", name), lambda: cells.no(self.inputs[name].empty))
        return judged

    def results(self, *, with_range: bool) -> tuple[Sheet, Mapping[str, Part]]:
        """The cells of all results."""
        if self.refused_kind:
            return self.sheet, {**dict.fromkeys(COLUMNS), "applicable": False, "entry": "refused"}
        readings = {
            place: conventions.read(self.sheet, self.machine, self.truths, self.joint, place)
            for place, judged in self.active.items()
            if judged is not False
        }
        ranked = isinstance(self.instrument.result, Highest)
        low, high, can_be_scored = self._limits(with_range=with_range or ranked)
        gates = [self.truths.of(gate.trees[0]) for gate in self.machine.diagram.gates]
        applicable = cells.every([*(may for _, may in gates), can_be_scored])
        applicable = self.sheet.once("applicable", lambda: applicable)
        known = cells.every([cells.some([must, cells.no(may)]) for must, may in gates])
        entry = cells.cases([(cells.no(applicable), "refused"), (known, "met")], "unknown", "string")
        score = self._score(readings, low)
        if ranked and not with_range:
            low = high = None
        category, code = self._category(readings, score)
        legal = self.sheet.once("legal", lambda: cells.every([given.legal for given in self.inputs.values()]))
        found: dict[str, Part] = {"score": score, "low": low, "high": high, "category": category, "code": code}
        usable = self.sheet.once("usable", lambda: cells.every([legal, applicable]))
        parts: dict[str, Part] = {
            name: cells.cases([(usable, part)], None, COLUMNS[name]) for name, part in found.items()
        }
        parts["applicable"] = cells.cases([(legal, applicable)], None, "boolean")
        parts["entry"] = cells.cases([(legal, entry)], None, "string")
        return self.sheet, parts

    # The range.

    def _places(self) -> Places:
        roots = [(place, self.machine.diagram.leaves[place].root) for place in self.active]
        return tuple(sorted([*roots, *self.machine.gates]))

    def _limits(self, *, with_range: bool) -> tuple[Part, Part, Bool]:
        """Lowest and highest score, and whether any completion can be scored."""
        result = self.instrument.result
        if with_range and isinstance(result, Sum | Highest):
            return self._totals(result)
        can_be_scored = self._can_be_scored()
        if with_range and isinstance(result, Computed):
            quantity = self.instrument.item(result.item).quantity
            if quantity is not None:
                return (*formulas.reported_limits(self.sheet, quantity, self.inputs), can_be_scored)
        return None, None, can_be_scored

    def _can_be_scored(self) -> Bool:
        """Whether a completion meets the entry conditions and gives every item something."""
        conditional = self.machine.conditional([place for place, judged in self.active.items() if judged is not False])
        roots = [(place, self.machine.diagram.leaves[place].root) for place in conditional]
        parts = self.joint.by_activity(
            tuple(sorted([*roots, *self.machine.gates])),
            self.active,
            lambda places: self.joint.together(None, places),
            lambda judged, inside, outside: cells.cases([(judged, inside)], outside),
        )
        met = [cells.combine(lambda a: a != 0, part) if isinstance(part, Cell) else part != 0 for part in parts]
        result = self.instrument.result
        if isinstance(result, Category | Computed):
            judged = next(
                (
                    self.active[place]
                    for place, leaf in enumerate(self.machine.diagram.leaves)
                    if leaf.item is not None and leaf.item.id == result.item
                ),
                False,
            )
            met.append(judged)
        return self._unless_nothing_judged(cells.every(met))

    def _unless_nothing_judged(self, met: Bool) -> Bool:
        return cells.some([met, cells.no(cells.some(list(self.active.values())))])

    def _totals(self, result: Sum | Highest) -> tuple[Part, Part, Bool]:
        diagram = self.machine.diagram
        highest = isinstance(result, Highest)
        points: dict[int, list[int | None]] = {
            place: [int(value) for value in diagram.leaves[place].gives] for place in self.active
        }
        if isinstance(result, Highest):
            span = self._walk(points, highest=True, name="")
            none = _compare(span.high, lambda a: a < 0)
            met = ranges.feasible(span)
            low: Part = cells.cases([(none, None)], span.low)
            high: Part = cells.cases([(none, None)], span.high)
            return low, high, self._unless_nothing_judged(met)
        knockout = result.knockout
        if knockout is None or not any(knockout in values for values in points.values()):
            span = self._walk(points, highest=False, name="")
            met = ranges.feasible(span)
        else:
            # Totals without the deciding points, and whether a completion with them can be scored.
            without: dict[int, list[int | None]] = {
                place: [None if value == knockout else value for value in values] for place, values in points.items()
            }
            span = self._walk(without, highest=highest, name="without")
            marked: dict[int, list[int | None]] = {
                place: [int(value == knockout) for value in values] for place, values in points.items()
            }
            marks = self._walk(marked, highest=False, name="decides")
            decided = cells.every([ranges.feasible(marks), _compare(marks.high, lambda a: a > 0)])
            met = ranges.feasible(marks)
            span = Span(
                cells.least([_floor(span.low, result.least), cells.cases([(decided, knockout)], FAR)]),
                cells.greatest([_floor(span.high, result.least, far=-FAR), cells.cases([(decided, knockout)], -FAR)]),
            )
            return span.low, span.high, self._unless_nothing_judged(met)
        return _floor(span.low, result.least), _floor(span.high, result.least), self._unless_nothing_judged(met)

    def _walk(self, points: Mapping[int, list[int | None]], *, highest: bool, name: str) -> Span:
        neutral = Span(-1, -1) if highest else Span(0, 0)
        spans = self.joint.by_activity(
            self._places(),
            self.active,
            lambda places: self.joint.totals(points, places, highest=highest, name=name) if places else neutral,
            lambda judged, inside, outside: Span(
                cells.cases([(judged, inside.low)], outside.low),  # type: ignore[arg-type]
                cells.cases([(judged, inside.high)], outside.high),  # type: ignore[arg-type]
            ),
        )
        found = ranges.both(spans, highest=highest)
        return Span(self.sheet.keep(found.low), self.sheet.keep(found.high))

    # The convention.

    def _score(self, readings: Mapping[int, ReadItem], low: Part) -> Part:
        """The score by the convention; a grade is never below the lowest that any completion reaches."""
        result = self.instrument.result
        if isinstance(result, Computed):
            quantity = self.instrument.item(result.item).quantity
            return None if quantity is None else formulas.reported_point(self.sheet, quantity, self.inputs)
        if not isinstance(result, Sum | Highest):
            return None
        nothing = 0 if isinstance(result, Sum) else -1
        points = [cells.cases([(self.active[place], reading.points)], nothing) for place, reading in readings.items()]
        if isinstance(result, Sum):
            return self.sheet.keep(_settled(result, points))  # type: ignore[no-any-return]
        graded = [cells.first_known([part, -1]) for part in points]
        highest = self.sheet.keep(cells.greatest(graded)) if graded else -1
        forbidden = cells.some([cells.every([self.active[p], r.forbidden]) for p, r in readings.items()])
        proven = self.sheet.keep(cells.greatest([highest, cells.first_known([low, -1])]))
        return cells.cases([(forbidden, None), (_compare(highest, lambda a: a < 0), None)], proven)

    def _category(self, readings: Mapping[int, ReadItem], score: Part) -> tuple[Part, Part]:
        result = self.instrument.result
        if isinstance(result, Sum | Highest):
            kept = self.sheet.keep(score)
            if not isinstance(kept, Cell):
                return (None if kept is None else _band_of(result.bands, kept)), None
            rows: list[tuple[Bool, Part]] = [(cells.null(kept), None)]
            rows += [(_in_band(kept, band), band.category) for band in result.bands]
            return cells.cases(rows, "", "string"), None
        by_id = {self._id(place): reading for place, reading in readings.items()}
        for place, reading in readings.items():
            judged = self.active[place]
            if judged is not True:
                by_id[self._id(place)] = ReadItem(
                    reading.gives,
                    cells.cases([(judged, reading.outcome)], None),
                    None if reading.points is None else cells.cases([(judged, reading.points)], None),
                    cells.every([judged, reading.forbidden]),
                )
        if isinstance(result, Tables):
            assert self.machine.resolver is not None
            return tables.resolve(self.sheet, self.machine.resolver, by_id)
        item = by_id.get(result.item)
        return (None if item is None else tables.words(self.sheet, tables.coded(item))), None

    def _id(self, place: int) -> str:
        item = self.machine.diagram.leaves[place].item
        assert item is not None
        return item.id


def _settled(result: Sum, points: list[Part]) -> Part:
    """The total by the instrument's own rules; NULL where an item gives nothing."""
    total = cells.plus(points)  # type: ignore[arg-type]
    if total is None:
        return None
    found: Part = _floor(total, result.least)
    if result.knockout is None:
        return found
    knockout = result.knockout
    decided = cells.some([_compare(part, lambda a: a == knockout) for part in points])
    return cells.cases([(cells.null(total), None), (decided, _floor(knockout, result.least))], found)


def _floor(part: Any, least: int | None, *, far: int = FAR) -> Any:
    """Never below the instrument's lowest total; "no completion" stays what it is."""
    if least is None:
        return part
    if not isinstance(part, Cell):
        return part if abs(part) >= FAR // 2 else max(part, least)
    if far > 0:
        return cells.combine(lambda a: cells.ibis().ifelse(a < least, least, a), part)
    return cells.cases(
        [(_compare(part, lambda a: a < -FAR // 2), far)],
        cells.cases([(_compare(part, lambda a: a < least), least)], part),
    )


def _compare(part: Any, test: Any) -> Bool:
    return cells.combine(test, part) if isinstance(part, Cell) else part is not None and bool(test(part))


def _in_band(score: Cell, band: Band) -> Bool:
    low, high = band.low, band.high
    return cells.every(
        [
            _compare(score, lambda a: a >= low) if low is not None else True,
            _compare(score, lambda a: a <= high) if high is not None else True,
        ]
    )


def _band_of(bands: tuple[Band, ...], score: float) -> str:
    for found in bands:
        if (found.low is None or score >= found.low) and (found.high is None or score <= found.high):
            return found.category
    return ""
