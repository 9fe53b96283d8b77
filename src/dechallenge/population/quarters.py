"""Quarters of FAERS and AERS: their files are found in folders and archives, read, and made into one part of the store.

Every file is looked at line by line first (`setaside`), read by DuckDB as text, kept in the staging folder under the
digest of its bytes, and joined with the other tables of its quarter when all are there. Imports `layouts`, `setaside`,
`store`, `sources` and errors.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dechallenge.errors import InputError
from dechallenge.population import sqltext
from dechallenge.population.analysis_set import quoted
from dechallenge.population.layouts import NEEDED_TABLES, QUARTER_TABLES, Kind, kinds_of, layout_of
from dechallenge.population.setaside import Scan, SetAside, scan
from dechallenge.population.sources import Source, digest_of
from dechallenge.population.store import COLUMNS, FileRead, Part, Store, part_number

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FILE = re.compile(rf"({'|'.join(QUARTER_TABLES)})(\d\d)Q([1-4])\w*\.txt", re.IGNORECASE)
# DELETE21Q4.txt, ADR19Q1DeletedCases.txt.
_DELETED = re.compile(r"(?=.*DELETE)(?:ADR)?(?:DELETED?)?_?(\d\d)Q([1-4])\w*\.txt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quarter:
    """The files of one quarter: one for each table, and its list of deleted cases."""

    name: str
    tables: Mapping[str, Source]
    deleted: tuple[Source, ...]


def quarters_in(sources: Sequence[Source]) -> list[Quarter]:
    """The quarters among files, in the order of time.

    Raises:
        InputError: A quarter has two files for one table.
    """
    tables: dict[str, dict[str, Source]] = {}
    deleted: dict[str, list[Source]] = {}
    for source in sources:
        if found := _FILE.fullmatch(source.base):
            table, year, quarter = found.groups()
            here = tables.setdefault(f"20{year}Q{quarter}", {})
            other = here.setdefault(table.upper(), source)
            if other is not source:
                raise InputError(
                    f"two files hold the {table.upper()} table of 20{year}Q{quarter}.",
                    place=f"{other.name} and {source.name}",
                    next_step="Load one of them: a quarter counted twice is wrong.",
                )
        elif found := _DELETED.fullmatch(source.base):
            year, quarter = found.groups()
            deleted.setdefault(f"20{year}Q{quarter}", []).append(source)
    names = sorted(tables.keys() | deleted.keys())
    return [Quarter(name, tables.get(name, {}), tuple(deleted.get(name, ()))) for name in names]


def is_quarterly(source: Source) -> bool:
    """Whether the name of a file is that of a table of a quarter."""
    return bool(_FILE.fullmatch(source.base) or _DELETED.fullmatch(source.base))


class QuarterLoader:
    """Loads quarters into a store through one engine.

    Args:
        store: Where to.
        engine: The DuckDB that reads and joins.
        ignore_unknown: Read on where a column has an unknown name.
    """

    def __init__(self, store: Store, engine: DuckDBPyConnection, *, ignore_unknown: bool = False) -> None:
        self.store, self.engine, self.ignore_unknown = store, engine, ignore_unknown

    def load_file(self, table: str, source: Source) -> tuple[str, FileRead, list[SetAside], Path]:
        """Read one file into the staging folder, unless a file with this digest is there.

        Returns:
            `AERS` or `FAERS`, what was read, what was set aside, and the staged Parquet file.
        """
        header: list[str] = []
        layout: list[str] = []

        def kinds(names: list[str]) -> Sequence[Kind]:
            header[:] = names
            database, usual = layout_of(table, names, source.name, ignore_unknown=self.ignore_unknown)
            layout[:] = [database, *usual]
            return kinds_of(database, table, usual)

        copy = self.store.staging / f"copy-{os.getpid()}.txt"
        found = Scan(copied=True)
        if source.plain:
            with source.opened() as stream:
                found = scan(stream, source.name, kinds)
        if found.copied:
            with source.opened() as stream, copy.open("wb") as out:
                found = scan(stream, source.name, kinds, out)
        database, *usual = layout
        staged = self.store.staging / f"{table}-{found.sha256[:24]}.parquet"
        if not staged.exists():
            self._stage(copy if found.copied else source.path, usual, found, staged)
        copy.unlink(missing_ok=True)
        aside = list(found.aside)
        rows = self._count(staged)
        if rows != found.rows:
            raise InputError(
                f"{found.rows} rows were seen and {rows} were read.",
                place=source.name,
                next_step="The file changed while it was read: load it again.",
            )
        wrong = self._wrong_numbers(staged, source, found)
        aside += wrong
        reasons: dict[str, int] = {}
        for row in aside:
            reasons[row.reason] = reasons.get(row.reason, 0) + 1
        repaired = dict(sorted(found.repaired.items()))
        read = FileRead(
            source.name, table, found.sha256, found.rows - len(wrong), dict(sorted(reasons.items())), repaired
        )
        return database, read, aside, staged

    def _stage(self, path: Path, usual: Sequence[str], found: Scan, staged: Path) -> None:
        fields = [f"c{number}" for number in range(found.fields)]
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in fields)
        wanted = ", ".join(
            f"nullif(trim({field}), '') AS {name}" for field, name in zip(fields, usual, strict=False) if name
        )
        new = staged.with_suffix(".new")
        skip = 0 if found.copied else 1
        self.engine.execute(
            f"COPY (SELECT {wanted} FROM read_csv({quoted(path)}, delim = '$', header = false, skip = {skip}, "
            f"quote = '', escape = '', comment = '', auto_detect = false, columns = {{{columns}}}, "
            f"new_line = '\\n', strict_mode = true, max_line_size = 16777216)) TO {quoted(new)} (FORMAT parquet)"
        )
        new.replace(staged)

    def _count(self, staged: Path) -> int:
        return int(self.engine.execute(f"SELECT count(*) FROM read_parquet({quoted(staged)})").fetchall()[0][0])

    def _wrong_numbers(self, staged: Path, source: Source, found: Scan) -> list[SetAside]:
        """Rows whose report has no number: they begin with a digit, so the pass over the bytes kept them."""
        key = "isr" if "isr" in [name.strip().lower() for name in found.header] else "primaryid"
        wrong = f"{key} IS NULL OR try_cast({key} AS BIGINT) IS NULL OR NOT regexp_full_match({key}, '\\d{{1,15}}')"
        reason = "the number of the report is not a number"
        query = f"SELECT * FROM read_parquet({quoted(staged)}) WHERE {wrong} ORDER BY ALL"
        rows = self.engine.execute(query).fetchall()
        if not rows:
            return []
        lines = []
        with source.opened() as stream:
            for line, raw in enumerate(stream, start=1):
                number = raw.split(b"$", 1)[0].strip()
                if line > 1 and number[:1].isdigit() and not (number.isdigit() and len(number) <= 15):
                    lines.append(SetAside(source.name, line, reason, raw.decode("utf-8", "replace").rstrip("\r\n")))
        if len(lines) == len(rows):
            return lines
        return [SetAside(source.name, 0, reason, "$".join(str(value or "") for value in row)) for row in rows]

    def load(self, quarter: Quarter) -> Part:
        """Load a quarter; its part is there, whole, when this returns.

        Raises:
            InputError: A file cannot be read, or the quarter lacks DEMO, DRUG or REAC.
        """
        lacking = [table for table in NEEDED_TABLES if quarter.tables and table not in quarter.tables]
        if lacking:
            raise InputError(
                f"the quarter {quarter.name} has no {' and no '.join(lacking)} file.",
                place=next(iter(quarter.tables.values())).name,
                next_step="Put all files of the quarter in one folder; DEMO, DRUG and REAC are needed.",
            )
        read: list[FileRead] = []
        aside: list[SetAside] = []
        staged: dict[str, Path] = {}
        databases = {}
        for table, source in sorted(quarter.tables.items()):
            databases[source.name], one, rows, path = self.load_file(table, source)
            read.append(one)
            aside += rows
            staged[table] = path
        if len(set(databases.values())) > 1:
            raise InputError(
                f"the quarter {quarter.name} has files of both layouts.",
                place=", ".join(databases),
                next_step="Its files come from different quarters: look at their first lines.",
            )
        database = next(iter(databases.values()), "FAERS")
        name = f"{database.lower() if staged else 'deleted'}-{quarter.name}"
        made = self.store.new_part(name)
        number = part_number(name, quarter.name)
        one_deleted, rows = self._deleted(quarter, made)
        aside += rows
        unread = self._compose(database, number, quarter.name, staged, made)
        read = [FileRead(f.file, f.table, f.sha256, f.rows, f.aside, f.repaired, unread.get(f.table, {})) for f in read]
        counts = {table: self._count(made / f"{table}.parquet") for table in ("reports", "drugs", "events", "deleted")}
        missing = tuple(table for table in QUARTER_TABLES if table not in quarter.tables) if staged else ()
        part = Part(name, number, database, (*read, *one_deleted), counts, missing)
        self.store.write_part(part, made, aside)
        for path in staged.values():
            path.unlink(missing_ok=True)
        return part

    def _deleted(self, quarter: Quarter, made: Path) -> tuple[list[FileRead], list[SetAside]]:
        """The lists of retracted cases: one number on a line under a blank line or a heading."""
        import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
        from pyarrow import parquet

        cases: list[tuple[str, str]] = []
        read: list[FileRead] = []
        aside: list[SetAside] = []
        for source in quarter.deleted:
            with source.opened() as stream:
                lines = stream.read().decode("latin-1").splitlines()
            before, kept = len(aside), 0
            for line, text in enumerate(lines, start=1):
                word = text.strip().strip("$").strip()
                if word.isdigit():
                    cases.append((str(int(word)), quarter.name))
                    kept += 1
                elif word and not (line == 1 and word.lower().replace(" ", "") in ("caseid", "case", "isr")):
                    aside.append(SetAside(source.name, line, "the number of the case is not a number", text))
            reasons = {"the number of the case is not a number": len(aside) - before} if len(aside) > before else {}
            read.append(FileRead(source.name, "DELETED", digest_of(source), kept, reasons))
        table = pa.table(
            {"case_id": [case for case, _ in cases], "list": [name for _, name in cases]},
            schema=pa.schema([("case_id", pa.string()), ("list", pa.string())]),
        )
        parquet.write_table(table, made / "deleted.parquet")
        return read, aside

    def _compose(
        self, database: str, number: int, quarter: str, staged: Mapping[str, Path], made: Path
    ) -> dict[str, dict[str, int]]:
        """Join the tables of a quarter; how many values a column could not keep, by table."""
        queries = sqltext.composed(database, number, quarter, {t: self._columns(p) for t, p in staged.items()})
        for table, path in staged.items():
            self.engine.execute(f"CREATE OR REPLACE VIEW raw_{table.lower()} AS FROM read_parquet({quoted(path)})")
        for table, query in queries.items():
            columns = ", ".join(f"{name}::{kind} AS {name}" for name, kind in COLUMNS[table].items())
            target = quoted(made / f"{table}.parquet")
            self.engine.execute(f"COPY (SELECT {columns} FROM ({query})) TO {target} (FORMAT parquet)")
        unread: dict[str, dict[str, int]] = {}
        for table, checks in sqltext.unread(database).items():
            if table in staged:
                have = [(name, check) for name, check in checks.items() if name in self._columns(staged[table])]
                if have:
                    sums = ", ".join(f"count(*) FILTER ({check})" for _, check in have)
                    values = self.engine.execute(f"SELECT {sums} FROM raw_{table.lower()}").fetchall()[0]
                    unread[table] = {name: int(n) for (name, _), n in zip(have, values, strict=True) if n}
        return unread

    def _columns(self, staged: Path) -> frozenset[str]:
        rows = self.engine.execute(f"DESCRIBE FROM read_parquet({quoted(staged)})").fetchall()
        return frozenset(str(row[0]) for row in rows)
