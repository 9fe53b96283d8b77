"""Reading tables of facts: files and frames become one typed table, and what cannot be typed is named row by row.

Files are read by DuckDB as they stream by: CSV and JSON as text that is then typed, Parquet with its own types. Imports
`template`, `logic` and the error family.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dechallenge.errors import DechallengeError, FactError, InputError
from dechallenge.logic.columns import inputs
from dechallenge.logic.columns.cells import ibis
from dechallenge.logic.instrument import Instrument
from dechallenge.logic.terms import Choice, Flag, Number, Term
from dechallenge.logic.typed import asked_terms
from dechallenge.tabular.template import IDENTITY, legal

PROBLEM = "problem"
"""The column that says why a row was not scored."""
JSON_AT_ONCE = 50_000_000
"""JSON up to this many bytes is read by Python, where intervals may be arrays; larger files are streamed by DuckDB."""
YES = ("true", "yes", "1", "y", "t")
NO = ("false", "no", "0", "n", "f")
FORMATS = (".csv", ".json", ".jsonl", ".ndjson", ".parquet")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A typed table, with the columns that are no facts of the instrument."""

    table: Any
    unknown: tuple[str, ...]


def connect() -> Any:
    """A DuckDB in memory."""
    return ibis().duckdb.connect()


def load(connection: Any, instrument: Instrument, facts: Any) -> Loaded:
    """The typed table of a file, a data frame, an Arrow table or a list of rows.

    Raises:
        InputError: The file cannot be read.
        DechallengeError: Something else than a table, or a column with the name of a result.
    """
    raw = _raw(connection, facts)
    terms = {name: term for term in asked_terms(instrument).values() for name in inputs.names_of(term)}
    unknown = tuple(name for name in raw.columns if name not in terms and name != IDENTITY)
    return Loaded(_typed(connection, raw, terms), unknown)


def unknown_column(instrument: Instrument, name: str) -> tuple[str, str]:
    """What is said of a column that is no fact: the cause, the next step."""
    asked = asked_terms(instrument)
    names = [column for term in asked.values() for column in inputs.names_of(term)]
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    hint = f"Did you mean {close[0]!r}?" if close else f"See dechallenge score {instrument.id} --template."
    return f"{instrument.id} does not ask for this column; it was left as it is", hint


def _raw(connection: Any, facts: Any) -> Any:
    if isinstance(facts, str | Path):
        return _file(connection, Path(facts))
    if isinstance(facts, Mapping):
        facts = [facts]
    if isinstance(facts, list | tuple):
        return connection.create_table("facts", _rows(facts))
    if hasattr(facts, "to_arrow"):
        facts = facts.to_arrow()
    elif type(facts).__module__.startswith("pandas"):
        facts = _from_pandas(facts)
    try:
        return connection.create_table("facts", ibis().memtable(facts))
    except Exception as error:
        raise DechallengeError(
            f"this is no table ({type(facts).__name__})",
            place="facts",
            next_step="Give a path, a data frame, an Arrow table or a list of dicts.",
        ) from error


def _file(connection: Any, path: Path) -> Any:
    kind = path.suffix.lower()
    if not path.is_file():
        raise InputError("there is no such file", place=str(path), next_step="Give a CSV, JSON or Parquet file.")
    if kind not in FORMATS:
        raise InputError(
            f"tables of the kind {kind or 'without an ending'} cannot be read",
            place=str(path),
            next_step=f"Give a file that ends in {', '.join(FORMATS)}.",
        )
    try:
        if kind == ".parquet":
            return connection.read_parquet(path)
        if kind == ".csv":
            options = {"delim": _separator(path), "quote": '"', "comment": "#", "null_padding": True}
            return connection.read_csv(path, all_varchar=True, header=True, **options)
        if path.stat().st_size <= JSON_AT_ONCE:
            return connection.create_table("facts", _rows(_json(path)))
        return connection.sql(f"SELECT * FROM read_json({_quoted(str(path))}, maximum_depth = 1)")
    except DechallengeError:
        raise
    except Exception as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise InputError(
            f"the table cannot be read ({first})", place=str(path), next_step="Check the file against the template."
        ) from error


def _separator(path: Path) -> str:
    """What stands between the columns of the header: a comma, a semicolon or a tab."""
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        header = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    if not header:
        raise InputError("the table has no header", place=str(path), next_step="Begin with the names of the columns.")
    return max((",", ";", "\t"), key=header.count)


def _json(path: Path) -> list[Mapping[str, object]]:
    text = path.read_text(encoding="utf-8-sig")
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    if isinstance(found, dict):
        found = found["rows"] if isinstance(found.get("rows"), list) else [found]
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise InputError("this JSON is no array of objects", place=str(path), next_step="Give one object for each row.")
    return found


def _rows(rows: Iterable[Any]) -> Any:
    """Rows of plain values as a table of texts; a pair is an interval."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    flat: list[dict[str, str | None]] = []
    names: dict[str, None] = {}
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise FactError("a row is not a dict", place=f"row {number}", next_step="Give one dict for each row.")
        mine: dict[str, str | None] = {}
        for name, value in row.items():
            if isinstance(value, list | tuple) and len(value) == 2:
                mine |= {f"{name}_low": _text(value[0]), f"{name}_high": _text(value[1])}
            else:
                mine[str(name)] = _text(value)
        names |= dict.fromkeys(mine)
        flat.append(mine)
    columns = {name: pa.array([row.get(name) for row in flat], type=pa.string()) for name in names or {IDENTITY: None}}
    return ibis().memtable(pa.table(columns))


def _from_pandas(frame: Any) -> Any:
    """A pandas frame as an Arrow table; columns of mixed values become text."""
    import pyarrow as pa

    columns = {}
    for name in frame.columns:
        try:
            columns[str(name)] = pa.Array.from_pandas(frame[name])
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            given = [None if value is None or value != value else _text(value) for value in frame[name]]
            columns[str(name)] = pa.array(given, type=pa.string())
    return pa.table(columns)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


# Typing. Every fact column becomes a number, an answer or a word; what does not fit becomes unknown and is named.


def _typed(connection: Any, raw: Any, terms: Mapping[str, Term]) -> Any:
    """In three stages: the texts as given, the typed facts, what is wrong with them."""
    if PROBLEM in raw.columns:
        raise DechallengeError(
            "the table already has a column of this name", place=PROBLEM, next_step="Rename it: results are put there."
        )
    schema = raw.schema()
    asked = {name: terms[name] for name in raw.columns if name in terms}
    given = {}
    for name in asked:
        plain = schema[name].is_numeric() or schema[name].is_boolean()
        given[_GIVEN + name] = raw[name] if plain else _words(raw[name], schema[name])
    first = raw.select(**{name: raw[name] for name in raw.columns if name not in asked}, **given)
    values = {name: _fact(term, first[_GIVEN + name]) for name, term in asked.items()}
    second = first.mutate(**values)
    faults = [_unread(name, second, term) for name, term in asked.items() if not _typed_already(term, schema[name])]
    for term in dict.fromkeys(asked.values()):
        if isinstance(term, Number):
            faults += _out_of_range(second, term)
    problem = _joined(faults) if faults else ibis().null("string")
    third = second.select(**{name: second[name] for name in raw.columns}, **{PROBLEM: problem})
    return third.mutate(**{PROBLEM: third[PROBLEM].nullif("")})


_GIVEN = "_given_"


def _typed_already(term: Term, kind: Any) -> bool:
    return bool(kind.is_numeric() if isinstance(term, Number) else isinstance(term, Flag) and kind.is_boolean())


def _joined(faults: list[Any]) -> Any:
    """All faults of a row behind each other; empty where there is none.

    As one list: DuckDB takes many times as long to plan hundreds of texts that are joined one by one.
    """
    return ibis().array(faults).join("")


def _words(given: Any, kind: Any) -> Any:
    text = given.unwrap_as("string") if kind.is_json() else given.cast("string")
    return text.strip().nullif("")


def _fact(term: Term, given: Any) -> Any:
    """The value of a fact; NULL where what was given cannot be read."""
    lib = ibis()
    numeric, boolean = given.type().is_numeric(), given.type().is_boolean()
    if isinstance(term, Number):
        return given.cast("float64") if numeric else given.cast("string").try_cast("float64")
    if isinstance(term, Flag):
        if boolean:
            return given
        text = (given.cast("int64") if numeric and not given.type().is_integer() else given).cast("string").lower()
        return lib.cases((text.isin(YES), True), (text.isin(NO), False), else_=lib.null("boolean"))
    assert isinstance(term, Choice)
    text = given.cast("string")
    words = "|".join(_escaped(word) for word in (*term.values, *term.unknowns))
    several = text.re_replace(r"\s*\|\s*", "|")
    return lib.cases(
        (text.isin((*term.values, *term.unknowns)), text),
        (several.re_search(rf"^({words})(\|({words}))+$"), several),
        else_=lib.null("string"),
    )


def _escaped(word: str) -> str:
    import re

    return re.escape(word)


def _unread(name: str, table: Any, term: Term) -> Any:
    given = table[_GIVEN + name]
    fault = given.notnull() & table[name].isnull()
    return _said(
        fault, f"{name}: ‘", given.cast("string").fill_null(""), f"’ is not a legal value, legal are {legal(term)}. "
    )


def _said(fault: Any, *parts: Any) -> Any:
    """A fault in words; empty where it is none."""
    lib = ibis()
    values = [lib.literal(part) if isinstance(part, str) else part for part in parts]
    found = values[0]
    for value in values[1:]:
        found = found + value
    return lib.ifelse(fault.fill_null(False), found, "")


def _out_of_range(table: Any, term: Number) -> list[Any]:
    found = []
    names = inputs.names_of(term)
    point, low, high = (table[name] if name in table.columns else None for name in names)
    for name, value in zip(names, (point, low, high), strict=True):
        if value is None:
            continue
        wrong = ~(value.abs() <= inputs.LARGEST)
        if term.low is not None:
            wrong = wrong | (value < term.low)
        if term.high is not None:
            wrong = wrong | (value > term.high)
        text = value.cast("string").fill_null("")
        found.append(_said(wrong, f"{name}: ", text, f" is not a legal value, legal are {legal(term)}. "))
    rules = (
        (low, high, "the interval ends in the wrong order"),
        (low, point, "the point lies outside its interval"),
        (point, high, "the point lies outside its interval"),
    )
    for one, other, what in rules:
        if one is not None and other is not None:
            found.append(_said(one > other, f"{term.name}: {what}. "))
    return found


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
