"""The mapping of a dataset: which column means what. Shown before use, and given in a small YAML file.

May import the errors, the headers of this folder and the reader of YAML trees.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast

from dechallenge.errors import FactError, InputError
from dechallenge.formats import caseyaml_tree as trees
from dechallenge.formats.datasets.headers import fields, test_name_of, unit_of

HEAD: Final = "dechallenge/mapping/1"
IGNORE: Final = "not used"
Decimal = Literal["point", "comma"]
Order = Literal["day first", "month first"]
_OF = re.compile(r"(?P<field>lab\.(?:value|low|high|unit|date)) of (?P<analyte>.+?)(?: in (?P<unit>\S.*))?")
_UNPRINTED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_OPTIONS: Final = frozenset({"file", "sheet", "columns", "decimal", "dates", "first_day"})
_LIMITS: Final = frozenset({"low", "high", "unit"})
_STEP: Final = "Compare with the mapping that is shown for this dataset."


@dataclass(frozen=True)
class Column:
    """What one column means.

    Attributes:
        field: ``subject``, ``lab.value``, ``drug.start`` …; empty where no meaning is known, ``not used`` where it is
            known to have no place in a case, or another column goes before it.
        analyte, unit: For a column that belongs to one analyte ("ALT (U/L)").
        source: Where the meaning comes from: the name of a standard, ``given`` …
    """

    name: str
    field: str = ""
    analyte: str = ""
    unit: str = ""
    source: str = ""

    @property
    def means(self) -> str:
        """In the words of the mapping file: "subject", "lab.value of ALT in U/L", "not used"."""
        text = f"{self.field} of {self.analyte}" if self.analyte else self.field
        return f"{text} in {self.unit}" if self.unit else text


@dataclass(frozen=True)
class Question:
    """Something that the columns leave open, with what to write in the mapping file."""

    place: str
    cause: str
    write: str


@dataclass(frozen=True)
class TableMapping:
    """The mapping of one table.

    Attributes:
        decimal: Sign of the decimals of figures that are text.
        dates: Order of dates with slashes ("03/04/2022"); empty where there are none.
        first_day: Number of the day of the first dose in columns of days: 1 in CDISC, where no day 0 exists.
        subjects_together: All rows of a subject follow one another.
        rows: Rows with something in them.
    """

    file: str
    sheet: str
    columns: tuple[Column, ...]
    decimal: Decimal = "point"
    dates: Order | None = None
    first_day: int | None = None
    subjects_together: bool = True
    rows: int = 0

    @property
    def name(self) -> str:
        return self.file if self.sheet == self.file else f"{self.file}, sheet {self.sheet}"

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Columns whose meaning is not known."""
        return tuple(c.name for c in self.columns if not c.field)

    def of(self, name: str) -> int | None:
        """Place of the column of a field that belongs to no single analyte."""
        return next((i for i, c in enumerate(self.columns) if c.field == name and not c.analyte), None)

    @property
    def is_used(self) -> bool:
        """The rows say something of a subject."""
        return self.of("subject") is not None and bool(self.holds)

    @property
    def holds(self) -> tuple[str, ...]:
        """What the rows hold: ``lab``, ``drug``, ``con``, ``event``, ``person``."""
        found = {c.field for c in self.columns}
        wide = any(c.analyte and c.field == "lab.value" for c in self.columns)
        long = bool({"lab.analyte", "lab.name"} & found) and bool({"lab.value", "lab.text"} & found)
        kinds = {
            "lab": wide or long,
            "drug": "drug.name" in found,
            "con": "con.name" in found,
            "event": "event.term" in found,
            "person": bool({"sex", "age", "weight", "height", "bmi", "reference_date"} & found),
        }
        return tuple(kind for kind, holds in kinds.items() if holds)


@dataclass(frozen=True)
class Mapping:
    """The mapping of a dataset; a value that can be shown, written and given back.

    Attributes:
        questions: What is open; nothing is read before it is answered.
        unknown: Analytes that the lexicon does not know, with the number of their rows; they are kept by name.
        units: Units of analytes whose figures come without one.
        limits: Reference limits of analytes that come without them: low, high, unit.
        events_from_values: A reaction is derived from the values where no table tells of one of its kind.
    """

    tables: tuple[TableMapping, ...]
    questions: tuple[Question, ...] = ()
    unknown: Dict[str, int] = field(default_factory=dict)
    units: Dict[str, str] = field(default_factory=dict)
    limits: Dict[str, Dict[str, Any]] = field(default_factory=dict)
    events_from_values: bool = True

    def rows(self) -> list[dict[str, str]]:
        """The mapping as a small table, one row for each column: file, sheet, column, means, source."""
        return [
            {
                "file": table.file,
                "sheet": "" if table.sheet == table.file else table.sheet,
                "column": column.name,
                "means": column.means or "unknown: not read",
                "source": column.source,
            }
            for table in self.tables
            for column in table.columns
        ]

    def yaml(self) -> str:
        """The mapping as the text of a mapping file, with what is open as comments."""
        out = [f"dechallenge: {HEAD}"]
        out += [f"# open: {_line(q.place)}: {_line(q.cause)} Write: {_line(q.write)}" for q in self.questions]
        out += [
            f"# unknown analyte, kept by its name: {_quoted(name)} (rows: {n})"
            for name, n in sorted(self.unknown.items())
        ]
        out.append("tables:")
        for table in self.tables:
            out.append(f"  - file: {_quoted(table.file)}")
            if table.sheet != table.file:
                out.append(f"    sheet: {_quoted(table.sheet)}")
            out.append(f"    decimal: {table.decimal}")
            out += [f"    dates: {table.dates}"] if table.dates else []
            out += [f"    first_day: {table.first_day}"] if table.first_day is not None else []
            out.append("    columns:")
            for column in table.columns:
                means = column.means
                out.append(
                    f"      {_quoted(column.name)}: {means}" if means else f"      # unknown: {_quoted(column.name)}"
                )
        for name, part in (("units", self.units), ("limits", self.limits)):
            if part:
                out.append(f"{name}:")
                for key, value in part.items():
                    text = value if isinstance(value, str) else _inline(value)
                    out.append(f"  {_quoted(key)}: {text}")
        out.append(f"events_from_values: {'true' if self.events_from_values else 'false'}")
        return "\n".join(out) + "\n"


def _inline(value: Dict[str, Any]) -> str:
    return "{" + ", ".join(f"{k}: {v}" for k, v in value.items()) + "}"


def _line(text: str) -> str:
    """A text for a comment: one line of characters that are printed."""
    return "".join(c if c.isprintable() else " " for c in text)


def _quoted(text: str) -> str:
    plain = re.fullmatch(r"[A-Za-z][\w. ()/^*-]*", text) and text.lower() not in ("true", "false", "null", "y", "n")
    if plain and text == text.strip():
        return text
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)


# --- given in a file -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GivenTable:
    """What a mapping file says of one table: columns by name, and options."""

    file: str
    sheet: str
    columns: Dict[str, Column]
    decimal: Decimal | None = None
    dates: Order | None = None
    first_day: int | None = None


@dataclass(frozen=True)
class Given:
    """What a mapping file says; what it leaves out is found as without it."""

    tables: tuple[GivenTable, ...] = ()
    units: Dict[str, str] = field(default_factory=dict)
    limits: Dict[str, Dict[str, Any]] = field(default_factory=dict)
    events_from_values: bool = True

    def of(self, file: str, sheet: str) -> GivenTable | None:
        """What is given for a table; an entry without a sheet is for every sheet of its file."""
        fitting = [t for t in self.tables if t.file == file and t.sheet in ("", sheet)]
        return max(fitting, key=lambda t: bool(t.sheet), default=None)


def given(text: str, name: str = "mapping") -> Given:
    """The content of a mapping file.

    Raises:
        InputError: It is no YAML, or says something that no mapping can.
    """
    try:
        data = trees.parse_yaml(text, name).data
    except FactError as error:
        raise InputError(error.cause, place=error.place, next_step=error.next_step) from None
    if not isinstance(data, dict) or data.get("dechallenge") != HEAD:
        raise InputError("this is no mapping file", place=name, next_step=f"Begin it with “dechallenge: {HEAD}”.")
    _known(data, {"dechallenge", "tables", "units", "limits", "events_from_values"}, name)
    tables = data.get("tables") or []
    if not isinstance(tables, list):
        raise InputError("“tables” is no list", place=name, next_step=_STEP)
    units = {_analyte(k, name): str(v) for k, v in _dict(data.get("units"), "units", name).items()}
    for key, unit in units.items():
        if not unit_of(unit):
            raise InputError(f"{unit!r}, given for {key}, is no unit", place=name, next_step="Write it as in “U/L”.")
    limits = {_analyte(k, name): _limit(k, v, name) for k, v in _dict(data.get("limits"), "limits", name).items()}
    derived = data.get("events_from_values", True)
    if not isinstance(derived, bool):
        raise InputError("“events_from_values” is true or false", place=name, next_step=_STEP)
    return Given(tuple(_table(one, name) for one in tables), units, limits, derived)


def _known(data: Dict[str, Any], allowed: set[str] | frozenset[str], name: str) -> None:
    for key in data:
        if key not in allowed:
            step = f"Use {', '.join(sorted(allowed))}."
            raise InputError(f"a mapping knows no “{key}”", place=name, next_step=step)


def _dict(value: Any, key: str, name: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InputError(f"“{key}” is no list of names with values", place=name, next_step=_STEP)
    return {str(k): v for k, v in value.items()}


def _analyte(written: str, name: str) -> str:
    found = test_name_of(written, "")
    if not found:
        step = "Use a name such as ALT, or the id that the mapping shows."
        raise InputError(f"no analyte is called {written!r}", place=name, next_step=step)
    return found


def _limit(key: str, value: Any, name: str) -> dict[str, Any]:
    limit = _dict(value, key, name)
    _known(limit, _LIMITS, name)
    for end in ("low", "high"):
        figure = limit.get(end)
        if figure is not None and (isinstance(figure, bool) or not isinstance(figure, int | float) or figure < 0):
            raise InputError(f"the {end} limit of {key} is no number", place=name, next_step="Write it as in “40”.")
    if not unit_of(str(limit.get("unit", ""))):
        raise InputError(f"the limit of {key} needs its unit", place=name, next_step="Add “unit: U/L”, for example.")
    return limit


def _table(data: Any, name: str) -> GivenTable:
    one = _dict(data, "tables", name)
    _known(one, _OPTIONS, name)
    if not one.get("file"):
        raise InputError("a table of the mapping names no file", place=name, next_step="Add “file: …” to it.")
    columns = {k: _column(k, v, name) for k, v in _dict(one.get("columns"), "columns", name).items()}
    for option, allowed in (("decimal", ("point", "comma")), ("dates", ("day first", "month first"))):
        if one.get(option) not in (None, *allowed):
            step = f"Write {' or '.join(allowed)}."
            raise InputError(f"“{option}” of {one['file']} is {one[option]!r}", place=name, next_step=step)
    first = one.get("first_day")
    if first is not None and first not in (0, 1):
        raise InputError(f"“first_day” of {one['file']} is {first!r}", place=name, next_step="Write 0 or 1.")
    return GivenTable(
        str(one["file"]),
        str(one.get("sheet") or ""),
        columns,
        cast("Decimal | None", one.get("decimal")),
        cast("Order | None", one.get("dates")),
        None if first is None else int(first),
    )


def _column(key: str, value: Any, name: str) -> Column:
    text = " ".join(str(value if value is not None else IGNORE).split())
    if text in fields() or text == IGNORE:
        return Column(key, text, source="given")
    found = _OF.fullmatch(text)
    if found is None:
        step = f"Use one of: {', '.join(sorted(fields()))}; “lab.value of ALT in U/L”; “{IGNORE}”."
        raise InputError(f"column {key!r} cannot mean {text!r}", place=name, next_step=step)
    unit = (found["unit"] or "").strip()
    if unit and not unit_of(unit):
        raise InputError(f"{unit!r}, given for {key!r}, is no unit", place=name, next_step="Write it as in “U/L”.")
    return Column(key, found["field"], _analyte(found["analyte"], name), unit, "given")
