"""A scored table: the rows with their results, and what was wrong with the others.

Imports `loading`, the instruments and the columnar engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dechallenge import instruments
from dechallenge.errors import DechallengeError
from dechallenge.logic import columns
from dechallenge.logic.columns.cells import ibis
from dechallenge.logic.instrument import Instrument
from dechallenge.tabular import loading
from dechallenge.tabular.loading import PROBLEM

TOLD_AT_MOST = 100
"""Rows with problems that are listed one by one."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A column (row 0) or a row that could not be used as it is; rows count from 1."""

    row: int
    cause: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A table with results. Rows with an illegal value have none, and say why in the column `problem`.

    Attributes:
        instrument: The instrument.
        table: The Ibis table; nothing is worked out before it is asked for.
        typed: The same rows before they were scored, with the column `problem`.
        unknown_columns: Columns of the input that are no facts of the instrument.
    """

    instrument: Instrument
    table: Any
    typed: Any
    connection: Any
    unknown_columns: tuple[str, ...] = ()

    def to_arrow(self) -> Any:
        """The rows as an Arrow table."""
        with columns.staged():
            return self.connection.to_pyarrow(self.table)

    def to_pandas(self) -> Any:
        """The rows as a pandas data frame."""
        return self.to_arrow().to_pandas()

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as dicts."""
        rows: list[dict[str, Any]] = self.to_arrow().to_pylist()
        return rows

    def batches(self, size: int = 50_000) -> Iterator[Any]:
        """The rows as Arrow batches, one after the other."""
        with columns.staged():
            query = self.connection.compile(self.table)
        # Streamed by DuckDB itself: the whole result is never in memory.
        rows = self.connection.con.sql(query)
        reader = getattr(rows, "to_arrow_reader", None) or rows.fetch_arrow_reader
        yield from reader(size)

    def write(self, path: str | Path) -> Path:
        """Write the rows to a CSV, JSON or Parquet file, as they stream by.

        Raises:
            DechallengeError: An ending that is not known, or a file that cannot be written.
        """
        target = Path(path)
        how = {
            ".csv": "FORMAT csv, HEADER",
            ".json": "FORMAT json, ARRAY true",
            ".jsonl": "FORMAT json",
            ".ndjson": "FORMAT json",
            ".parquet": "FORMAT parquet",
        }.get(target.suffix.lower())
        if how is None:
            raise DechallengeError(
                "the ending names no kind of table", place=str(target), next_step="Give .csv, .json or .parquet."
            )
        with columns.staged():
            query = self.connection.compile(self.table)
        try:
            self.connection.raw_sql(f"COPY ({query}) TO {_quoted(str(target))} ({how})")
        except Exception as error:
            first = str(error).strip().splitlines()[0]
            raise DechallengeError(
                f"the table cannot be written ({first})", place=str(target), next_step="Name another file."
            ) from error
        return target

    def problems(self, written: Path | None = None) -> list[RowProblem]:
        """Columns and rows that could not be used; of the rows at most the first hundred.

        Args:
            written: The file that the result was written to, so that the facts are not read again.
        """
        found = [
            RowProblem(0, f"{name}: {cause}", step)
            for name in self.unknown_columns
            for cause, step in [loading.unknown_column(self.instrument, name)]
        ]
        source = self._problems_of(written) if written is not None else self.typed.select(PROBLEM)
        number = ibis().row_number().name("row")
        named = source.mutate(number).filter(lambda t: t[PROBLEM].notnull())
        with columns.staged():
            rows = self.connection.to_pyarrow(named.order_by("row").limit(TOLD_AT_MOST + 1)).to_pylist()
        found += [RowProblem(row["row"] + 1, row[PROBLEM].strip()) for row in rows[:TOLD_AT_MOST]]
        if len(rows) > TOLD_AT_MOST:
            found.append(
                RowProblem(-1, f"more rows have problems; the column {PROBLEM!r} of the output names them all")
            )
        return found

    def _problems_of(self, written: Path) -> Any:
        kind = written.suffix.lower()
        if kind == ".parquet":
            return self.connection.read_parquet(written).select(PROBLEM)
        if kind == ".csv":
            return self.connection.read_csv(written, all_varchar=True, header=True).select(PROBLEM)
        found = self.connection.read_json(written)
        text = found[PROBLEM].unwrap_as("string") if found[PROBLEM].type().is_json() else found[PROBLEM].cast("string")
        return found.select(**{PROBLEM: text})


def score_table(instrument: Instrument | str, facts: Any, *, ranges: bool = True, kind: str | None = None) -> Scored:
    """Score a table of facts with one instrument.

    Args:
        instrument: The instrument or its id ("rucam-2016").
        facts: The path of a CSV, JSON or Parquet file, a pandas or polars data frame, an Arrow table, or a list of
            dicts. Columns are named as the facts; `dechallenge score ID --template` lists them.
        ranges: Work out the lowest and highest score too.
        kind: The kind of reaction of all rows; None = not asked.

    Raises:
        DechallengeError: Ibis is not installed, no such instrument, or no table.

    Example:
        >>> import dechallenge
        >>> rows = [{"id": "a", "latency": 4, "rechallenge": "positive"}]
        >>> dechallenge.score_table("naranjo-1981", rows).to_dicts()[0]["score"]
        4.0
    """
    one = instruments.get(instrument) if isinstance(instrument, str) else instrument
    connection = loading.connect()
    loaded = loading.load(connection, one, facts)
    good = columns.score_table(one, loaded.table, ranges=ranges, kind=kind)
    wrong = good[PROBLEM].notnull()
    results = [name for name in columns.COLUMNS if name in good.columns]
    lib = ibis()
    blank = {name: lib.ifelse(wrong, lib.null(columns.COLUMNS[name]), good[name]) for name in results}
    rest = [name for name in good.columns if name not in results and name != PROBLEM]
    table = good.select(*rest, **blank, **{PROBLEM: good[PROBLEM]})
    return Scored(one, table, loaded.table, connection, loaded.unknown)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
