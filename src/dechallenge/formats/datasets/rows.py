"""Rows to what they say of a subject: values, doses, reactions and the person, each with its cell.

A cell that cannot be read is named and kept out with what depends on it; the rest of the row and the other rows are
used. May import the modules of this folder that hold figures, headers, mapping and records, the case and the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dechallenge.case import Limit
from dechallenge.errors import UnitError
from dechallenge.evidence import CellEvidence, EnteredEvidence, Evidence
from dechallenge.formats.datasets.columns import Column, Mapping, TableMapping
from dechallenge.formats.datasets.figures import dated, is_missing, number, quantity
from dechallenge.formats.datasets.headers import analyte_named, is_cdisc, test_named, unit_as_meant, unit_in, unit_of
from dechallenge.formats.datasets.records import Lab, Looked, Problems, Reported, Subject, Taken, When, quotes
from dechallenge.formats.datasets.sources import Cell, Table, written
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.units import unit as unit_by_code
from dechallenge.timeline import Interval

_OTHER_FLUID: Final = re.compile(
    r"urin|stool|f(?:a)?eces|cerebrospinal|csf|pleural|ascit|synovial|saliva|sputum|bile", re.IGNORECASE
)
_WORDS: Final = {
    "normal": "normal", "within normal limits": "normal", "wnl": "normal", "elevated": "elevated", "high": "elevated",
    "raised": "elevated", "increased": "elevated", "low": "decreased", "decreased": "decreased", "reduced": "decreased",
}  # fmt: skip
_STATES: Final = {
    "positive": "positive", "pos": "positive", "reactive": "positive", "detected": "positive", "present": "positive",
    "negative": "negative", "neg": "negative", "non-reactive": "negative", "nonreactive": "negative",
    "not detected": "negative", "absent": "negative", "indeterminate": "not interpretable",
    "borderline": "not interpretable", "equivocal": "not interpretable",
}  # fmt: skip
_PERSON: Final = ("sex", "age", "age_unit", "weight", "height", "bmi", "country")
_EVENT_TEXTS: Final = ("outcome", "action", "serious", "related", "grade", "death", "life", "hospital", "disabling",
                       "congenital", "important")  # fmt: skip
ULN: Final = "xULN"
_UNIT_STEP: Final = "Correct the unit in the file, or leave it out and give it under “units” in the mapping file."


class RowReader:
    """Reads the rows of one table into subjects."""

    def __init__(self, table: Table, mapped: TableMapping, mapping: Mapping, problems: Problems) -> None:
        self.table, self.mapped, self.mapping, self.problems = table, mapped, mapping, problems
        self.file = table.name
        self.holds = mapped.holds
        self.at = {c.field: i for i, c in reversed(list(enumerate(mapped.columns))) if c.field and not c.analyte}
        wide: dict[str, dict[str, int]] = {}
        for i, column in enumerate(mapped.columns):
            if column.analyte:
                wide.setdefault(column.analyte, {})[column.field] = i
        self.wide = {name: parts for name, parts in wide.items() if "lab.value" in parts}
        self.used = sorted({*self.at.values(), *(i for parts in self.wide.values() for i in parts.values())})

    # --- cells ----------------------------------------------------------------------------------------------------

    def subject(self, cells: Sequence[Cell]) -> str:
        """The subject of a row; empty where none is named."""
        return written(cells[self.at["subject"]]).strip()

    def read(self, row: int, cells: Sequence[Cell], into: Subject) -> None:
        """Add what a row says to its subject."""
        into.document = into.document or self.table.file.id
        if "person" in self.holds or "country" in self.at:
            self._person(row, cells, into)
        if "event" in self.holds:
            self._event(row, cells, into)
        for kind in ("drug", "con"):
            if kind in self.holds:
                self._drug(row, cells, into, kind)
        if "lab" in self.holds:
            if self._text(cells, "lab.imputed"):
                message = "records that were derived or imputed (DTYPE) are no measurements and were left out"
                self.problems.count(self.file, "row", message, "Nothing is to be done.")
            else:
                self._labs(row, cells, into)

    def _text(self, cells: Sequence[Cell], name: str) -> str:
        i = self.at.get(name)
        return "" if i is None or is_missing(cells[i]) else written(cells[i]).strip()

    def _quote(self, row: int, cells: Sequence[Cell], i: int | None) -> tuple[Evidence, ...]:
        if i is None or written(cells[i]) == "":
            return ()
        column = self.mapped.columns[i].name
        quote = written(cells[i])
        return (CellEvidence(document=self.table.file.id, sheet=self.table.sheet, row=row, column=column, quote=quote),)

    def _bad(self, row: int, i: int, cells: Sequence[Cell], cause: str) -> None:
        self.problems.row(self.file, row, self.mapped.columns[i].name, f"{written(cells[i])!r} {cause}")

    def _when(self, row: int, cells: Sequence[Cell], name: str, date_at: int | None = None) -> tuple[When | None, bool]:
        """A moment of the row, and whether what the row gives could be read."""
        date_at = self.at.get(name) if date_at is None else date_at
        day_at = self.at.get(_DAY_OF.get(name, ""))
        found, evidence = None, self._quote(row, cells, date_at)
        if date_at is not None and not is_missing(cells[date_at]):
            sas = is_cdisc(self.mapped.columns[date_at].name)
            found = dated(cells[date_at], self.mapped.dates, sas=sas)
            if found is None:
                self._bad(row, date_at, cells, "is no date that can be read; what it dates was kept out")
                return None, False
        day = self._day(row, cells, day_at)
        if found is None and day is None:
            return None, True
        if found is None:
            evidence = self._quote(row, cells, day_at)
        return When(found, day, evidence), True

    def _day(self, row: int, cells: Sequence[Cell], i: int | None) -> float | None:
        """Days from the first dose; in tables whose first dose is on day 1 there is no day 0."""
        if i is None or self.mapped.first_day is None or is_missing(cells[i]):
            return None
        text = written(cells[i]).strip()
        figure = number(text.lstrip("+-−"), self.mapped.decimal)
        if figure is None or (self.mapped.first_day == 1 and figure == 0):
            self._bad(row, i, cells, "is no day of the study; the date alone was used")
            return None
        figure = -figure if text[:1] in "-−" else figure
        return figure - 1 if self.mapped.first_day == 1 and figure > 0 else figure

    # --- person, drugs, reactions ---------------------------------------------------------------------------------

    def _person(self, row: int, cells: Sequence[Cell], into: Subject) -> None:
        for name in _PERSON:
            text = self._text(cells, name)
            if not text:
                continue
            value: str | float = text
            if name in ("age", "weight", "height", "bmi"):
                figure = number(cells[self.at[name]], self.mapped.decimal)
                if figure is None or figure <= 0:
                    self._bad(row, self.at[name], cells, f"is no {name}; it was left out")
                    continue
                value = figure
            if name == "country" and len(text) != 2:
                message = f"the country {text!r} is no code of two letters; it was left out"
                self.problems.count(self.file, "country", message, "Give ISO 3166 codes of two letters.")
                continue
            known = into.person.setdefault(name, (value, self._quote(row, cells, self.at[name])))
            if known[0] != value and name in ("sex", "age"):
                self._bad(row, self.at[name], cells, f"is another {name} than {known[0]!r}, which was read before")
        if "reference_date" in self.at and into.reference is None:
            into.reference, _ = self._when(row, cells, "reference_date")

    def _drug(self, row: int, cells: Sequence[Cell], into: Subject, kind: str) -> None:
        name = self._text(cells, f"{kind}.name")
        if not name:
            return
        start, sound = self._when(row, cells, "drug.start")
        stop, also = self._when(row, cells, "drug.stop")
        if not sound or not also:
            return
        dose, dose_text, unit = None, self._text(cells, "drug.dose"), self._text(cells, "drug.unit")
        if dose_text:
            found = quantity(cells[self.at["drug.dose"]], self.mapped.decimal, "")
            dose = found.value if found is not None else None
            unit = unit or (found.unit_text if found is not None else "")
        places = [self.at.get(n) for n in (f"{kind}.name", "drug.dose", "drug.start", "drug.stop")]
        made = Taken(
            drug=name,
            concomitant=kind == "con",
            own=not {"lab", "person"} & set(self.holds),
            start=start,
            stop=stop,
            dose=dose,
            unit=unit,
            dose_text=dose_text,
            frequency=self._text(cells, "drug.frequency"),
            route=self._text(cells, "drug.route"),
            indication=self._text(cells, "drug.indication"),
            evidence=quotes(self._quote(row, cells, i) for i in places[:2]),
        )
        if not any(_same(made, other) for other in into.taken):
            into.taken.append(made)

    def _event(self, row: int, cells: Sequence[Cell], into: Subject) -> None:
        term = self._text(cells, "event.term")
        if not term:
            return
        start, sound = self._when(row, cells, "event.start")
        stop, also = self._when(row, cells, "event.stop")
        if not sound or not also:
            return
        texts = {
            name: (self._text(cells, f"event.{name}"), self._quote(row, cells, self.at[f"event.{name}"]))
            for name in _EVENT_TEXTS
            if f"event.{name}" in self.at
        }
        made = Reported(term, start, stop, texts, self._quote(row, cells, self.at["event.term"]))
        if not any(_repeats(o, made) for o in into.events):
            into.events.append(made)

    # --- values ---------------------------------------------------------------------------------------------------

    def _labs(self, row: int, cells: Sequence[Cell], into: Subject) -> None:
        when, sound = self._when(row, cells, "lab.date")
        if not sound:
            return
        if when is not None and when.dated is not None and when.day is not None:
            into.pairs.append((when.dated.days, when.day))
        if "lab.value" in self.at or "lab.text" in self.at:
            code, name = self._text(cells, "lab.analyte"), self._text(cells, "lab.name")
            if not code and not name:
                self.problems.row(self.file, row, "", "no analyte is named; the row was kept out")
                return
            named = ("lab.value", "lab.text", "lab.unit", "lab.low", "lab.high", "lab.range")
            parts: dict[str, int] = {k: self.at[k] for k in named if k in self.at}
            self._lab(row, cells, into, code or name, name, "", parts, when)
        for analyte, parts in self.wide.items():
            moment = when
            if "lab.date" in parts:
                moment, sound = self._when(row, cells, "lab.date", parts["lab.date"])
                if not sound:
                    continue
            column = self.mapped.columns[parts["lab.value"]]
            self._lab(row, cells, into, analyte, column.name, column.unit, parts, moment, column)

    def _lab(
        self,
        row: int,
        cells: Sequence[Cell],
        into: Subject,
        code: str,
        name: str,
        unit: str,
        parts: dict[str, int],
        when: When | None,
        column: Column | None = None,
    ) -> None:
        """One value: of a row of a long table, or of one analyte of a wide one."""
        place = self._value_at(cells, parts)
        if place is None:
            if self._text(cells, "lab.status").upper() == "NOT DONE" and (test := test_named(code, name)):
                evidence = self._quote(row, cells, self.at.get("lab.status"))
                into.looked.append(Looked(test, "not done", "", when, evidence))
            return
        own = written(cells[parts["lab.unit"]]).strip() if "lab.unit" in parts else ""
        unit = unit_as_meant(own or unit or unit_in(name), code, name)
        analyte = code if column is not None else self._analyte(code, name, unit)
        unit = unit or self.mapping.units.get(analyte, "")
        fluid = self._text(cells, "lab.specimen")
        other = bool(fluid) and _OTHER_FLUID.search(fluid) is not None
        test = "" if other else test_named(code, "" if column is not None else name)
        at = [self.at.get("lab.analyte"), self.at.get("lab.name")] if column is None else []
        evidence = quotes(self._quote(row, cells, i) for i in (*at[:1], place, parts.get("lab.unit")))
        cell = cells[place]
        found = quantity(cell, self.mapped.decimal, unit)
        word = " ".join(written(cell).casefold().split())
        known = load_analytes()
        label = analyte if analyte and not other else f"{name or code} ({fluid})" if other else name or code
        if found is None:
            if test and word in _STATES:
                into.looked.append(Looked(test, _STATES[word], written(cell), when, evidence))
            elif label in known and word in _WORDS:
                into.labs.append(Lab(analyte, None, None, None, "=", "", "", _WORDS[word], None, when, evidence))
            elif word in _STATES:
                into.looked.append(Looked(label, _STATES[word], written(cell), when, evidence))
            elif label not in known:
                message = f"results of {label} in words that are no value were left out"
                self.problems.count(self.file, "row", message, "Nothing is scored on them.")
            else:
                self._bad(row, place, cells, f"is no value of {analyte or name or code}; it was kept out")
            return
        code_of_unit = found.unit.code if found.unit is not None else ""
        if found.unit_text and not code_of_unit:
            message = f"the unit {found.unit_text!r} of {label} is not known; its values are kept without a conversion"
            self.problems.count(self.file, "unit", message, _UNIT_STEP)
        elif not found.unit_text and analyte in known and known.get(analyte).unit.dimension not in _BARE:
            message = f"{label} has no unit; it is read in the unit that fits its size"
            self.problems.count(self.file, "unit", message, f"Write “units: {{{label}: …}}” in the mapping file.")
        single = found.value is not None
        into.labs.append(
            Lab(
                label,
                found.value,
                None if single else found.low,
                None if single else found.high,
                found.comparator,
                ULN if found.unit is not None and found.unit.is_uln else code_of_unit,
                found.unit_text,
                None,
                self._limit(row, cells, parts, label, code_of_unit),
                when,
                evidence,
            )
        )

    def _value_at(self, cells: Sequence[Cell], parts: dict[str, int]) -> int | None:
        """The cell that holds the value: the text where it has a comparator ("<5"), else the figure, else the text."""
        text, value = parts.get("lab.text"), parts.get("lab.value")
        if text is not None and written(cells[text]).strip()[:1] in ("<", ">", "≤", "≥", "~"):
            return text
        for place in (value, text):
            if place is not None and not is_missing(cells[place]):
                return place
        return None

    def _analyte(self, code: str, name: str, unit: str) -> str:
        found = analyte_named(code, name, unit_of(unit) or unit)
        if not found and not test_named(code, name):
            label = name or code
            known = analyte_named(code, name, "")
            cause = f"{label} is never given in {unit!r}" if known and unit else f"the analyte {label!r} is not known"
            self.problems.count(
                self.file, "analyte", f"{cause}; kept by its name", "Nothing is scored on it; check its name and unit."
            )
        return found

    def _limit(self, row: int, cells: Sequence[Cell], parts: dict[str, int], analyte: str, unit: str) -> Limit | None:
        """Reference limits of the row, else those given in the mapping file, in the unit of the value."""
        low, high = (self._bound(row, cells, parts.get(f"lab.{end}"), end, unit) for end in ("low", "high"))
        places = [parts.get(f"lab.{end}") for end in ("low", "high", "range")]
        if low is None and high is None and parts.get("lab.range") is not None:
            low, high = self._range(row, cells, parts["lab.range"])
        if low is not None and high is not None and low > high:
            place = parts.get("lab.high", parts.get("lab.range", 0))
            self._bad(row, place, cells, f"is below the lower limit {low:g}; the limits were left out")
            return None
        if low is not None or high is not None:
            return Limit(low=low, high=high, evidence=quotes(self._quote(row, cells, i) for i in places))
        return self._given(analyte, unit)

    def _bound(self, row: int, cells: Sequence[Cell], i: int | None, end: str, unit: str) -> float | None:
        if i is None or is_missing(cells[i]):
            return None
        own = self.mapped.columns[i].unit
        if own and unit and unit_of(own) != unit:
            self._bad(row, i, cells, f"is a limit in {own}, the value is in {unit}; it was left out")
            return None
        found = quantity(cells[i], self.mapped.decimal, "")
        signs = ("=", "<", "<=") if end == "high" else ("=", ">", ">=")
        if found is None or found.value is None or found.comparator not in signs:
            self._bad(row, i, cells, f"is no {end} limit; it was left out")
            return None
        return found.value

    def _range(self, row: int, cells: Sequence[Cell], i: int) -> tuple[float | None, float | None]:
        if is_missing(cells[i]):
            return None, None
        found = quantity(cells[i], self.mapped.decimal, "")
        if found is None or (found.value is not None and not found.is_censored):
            self._bad(row, i, cells, "is no range; it was left out")
            return None, None
        return found.low, found.high

    def _given(self, analyte: str, unit: str) -> Limit | None:
        limit = self.mapping.limits.get(analyte)
        if limit is None:
            return None
        own, lexicon = unit_of(str(limit["unit"])), load_analytes()

        def converted(figure: float | None) -> float | None:
            if figure is None or own == unit:
                return figure
            if not unit:
                raise UnitError("the values have no unit", next_step=f"Write “units: {{{analyte}: {limit['unit']}}}”.")
            return lexicon.convert(analyte, float(figure), unit_by_code(own), unit_by_code(unit))

        try:
            low, high = converted(limit.get("low")), converted(limit.get("high"))
        except UnitError as error:
            self.problems.count(self.file, "unit", f"the limit of {analyte}: {error.cause}", error.next_step)
            return None
        entered = EnteredEvidence(entered_by="mapping file", at=f"limits: {analyte}")
        return Limit(low=low, high=high, source="user", evidence=(entered,))


_DAY_OF: Final = {
    "lab.date": "lab.day",
    "drug.start": "drug.start_day",
    "drug.stop": "drug.stop_day",
    "event.start": "event.start_day",
    "event.stop": "event.stop_day",
}
_BARE: Final = frozenset({"inr", "ph", "presence", "titre", "ratio"})
"""Dimensions of analytes that laboratories give without a unit."""


def _same(a: Taken, b: Taken) -> bool:
    """The same period, told again beside every value."""
    return (a.drug, a.dose_text, _day(a.start), _day(a.stop)) == (b.drug, b.dose_text, _day(b.start), _day(b.stop))


def _repeats(a: Reported, b: Reported) -> bool:
    return a.term == b.term and _day(a.start) == _day(b.start)


def _day(when: When | None) -> tuple[Interval | None, float | None]:
    if when is None:
        return None, None
    return (when.dated.days if when.dated is not None else None), when.day
