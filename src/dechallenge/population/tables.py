"""VAERS, CAERS and any table of report, drug and event: one mapping of columns for each, and the part they become.

Imports `csvrows`, `sqltext`, `sources`, `store` and errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dechallenge.errors import InputError
from dechallenge.population import csvrows, sqltext
from dechallenge.population.analysis_set import quoted
from dechallenge.population.setaside import SetAside
from dechallenge.population.sources import Source, digest_of
from dechallenge.population.store import COLUMNS, FileRead, Part, Store, part_number

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Which column of a table means what: the name of the column, or None where the table has none.

    Attributes:
        report: The number or name of the report. The same one in two tables of one `source` is the same report.
        drug, event: One drug and one event in a row, or several joined by `separator`.
        case, version: The case that the report is a version of, and which one.
        role: PS, SS, I or C.
        sex: F or M, female or male.
        age_years, age_band: The age, or the group it is in.
        country, reporter: As a text.
        received, event_date: ISO dates, or eight digits, or month/day/year.
        quarter: Such as 2004Q1.
        start: When the drug was started; in a table without drugs, when those of the report were.
        flags: Columns that say of one outcome whether it was there: column, the value that says so, code of the outcome
            (`layouts.OUTCOMES`, `layouts.RECOVERY`).
        drug_separator, event_separator: What several drugs or events in one field are joined by.
        source: What the reports are called; `table` unless said otherwise.
    """

    report: str
    drug: str | None = None
    event: str | None = None
    case: str | None = None
    version: str | None = None
    role: str | None = None
    sex: str | None = None
    age_years: str | None = None
    age_band: str | None = None
    age_unit: str | None = None
    country: str | None = None
    reporter: str | None = None
    outcomes: str | None = None
    received: str | None = None
    event_date: str | None = None
    quarter: str | None = None
    start: str | None = None
    flags: tuple[tuple[str, str, str], ...] = ()
    drug_separator: str | None = None
    event_separator: str | None = None
    source: str = "table"

    @classmethod
    def of(cls, pairs: Sequence[str]) -> TableMapping:
        """The mapping that is written as `report=case_id`, `drug=medicine`, `event=reaction`, …

        Raises:
            InputError: A pair without an equals sign, a meaning that is not one of the attributes, or no report.
        """
        known = [entry.name for entry in fields(cls) if entry.name != "flags"]
        given: dict[str, Any] = {}
        for pair in pairs:
            meaning, equals, column = pair.partition("=")
            if not equals or not column or meaning.strip() not in known:
                step = f"Write MEANING=COLUMN; a meaning is one of: {', '.join(known)}."
                raise InputError(f"{pair!r} does not say what a column means", place="--column", next_step=step)
            given[meaning.strip()] = column
        if "report" not in given:
            step = "Add report=COLUMN, the number of the report in every row."
            raise InputError("the column of the report is not named", place="--column", next_step=step)
        return cls(**given)

    def columns(self) -> dict[str, str]:
        """What is mapped: meaning to column."""
        pairs = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return {
            name: column
            for name, column in pairs.items()
            if column and name not in ("flags", "drug_separator", "event_separator", "source")
        } | {f"flag {place}": column for place, (column, _, _) in enumerate(self.flags)}


@dataclass(frozen=True, slots=True)
class Staged:
    """A table as text in a Parquet file: columns by the meaning they were mapped to."""

    path: Path
    mapping: TableMapping
    columns: frozenset[str]


def plain_name(name: str) -> str:
    """A column name without signs and capitals: `CI_Age.at.Adverse.Event` as `ciageatadverseevent`."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


_CAERS = {
    "report": ("rareport", "reportid"),
    "drug": ("prireportedbrandproductname", "prireportedbrandproduct", "product"),
    "event": ("symonerowcodedsymptoms", "casemeddrapreferredterms"),
    "role": ("priproductrole", "producttype"),
    "sex": ("cigender", "sex"),
    "age_years": ("ciageatadverseevent", "patientage"),
    "age_unit": ("ciageunit", "ageunits"),
    "received": ("racaerscreateddate", "datefdafirstreceivedreport"),
    "event_date": ("aeceventstartdate", "dateeventoccurred"),
    "outcomes": ("aeconerowoutcomes", "caseoutcome"),
}
_VAERS_DATA = {
    "report": ("vaersid",),
    "received": ("recvdate",),
    "event_date": ("onsetdate",),
    "age_years": ("ageyrs",),
    "sex": ("sex",),
    "start": ("vaxdate",),
}
# Columns of VAERSDATA.CSV by CDC's VAERS Data Use Guide, section 5.1: `Y` where ticked, else empty; RECOVD also `N`.
_VAERS_FLAGS = (
    ("died", "Y", "DE"),
    ("lthreat", "Y", "LT"),
    ("hospital", "Y", "HO"),
    ("xstay", "Y", "HO"),
    ("disable", "Y", "DS"),
    ("birthdefect", "Y", "CA"),
    ("ervisit", "Y", "ER"),
    ("eredvisit", "Y", "ED"),
    ("ofcvisit", "Y", "OV"),
    ("recovd", "Y", "RC"),
    ("recovd", "N", "NR"),
)


def recognised(header: Sequence[str]) -> tuple[str, list[TableMapping]] | None:
    """What a table with this header is: `VAERS` or `CAERS` and how it is read; None for anything else."""
    by_plain = {plain_name(name): name for name in header}

    def one(names: Mapping[str, tuple[str, ...]], **more: Any) -> TableMapping:
        given = {to: by_plain[n] for to, known in names.items() for n in reversed(known) if n in by_plain}
        return TableMapping(**{**given, **more})

    if "vaersid" in by_plain:
        if "vaxname" in by_plain:
            return "VAERS", [one({"report": ("vaersid",), "drug": ("vaxname",)}, source="VAERS")]
        if "symptom" in by_plain:
            return "VAERS", [one({"report": ("vaersid",), "event": ("symptom",)}, source="VAERS")]
        many = [by_plain[f"symptom{number}"] for number in range(1, 6) if f"symptom{number}" in by_plain]
        if many:
            report = by_plain["vaersid"]
            return "VAERS", [TableMapping(report, event=name, source="VAERS") for name in many]
        if "recvdate" in by_plain:
            flags = tuple((by_plain[name], value, code) for name, value, code in _VAERS_FLAGS if name in by_plain)
            return "VAERS", [one(_VAERS_DATA, flags=flags, source="VAERS")]
        return None
    wanted = ("report", "drug", "event")
    if all(any(name in by_plain for name in _CAERS[to]) for to in wanted):
        return "CAERS", [one(_CAERS, source="CAERS", event_separator=",")]
    return None


class TableLoader:
    """Loads tables into a store through one engine."""

    def __init__(self, store: Store, engine: DuckDBPyConnection) -> None:
        self.store, self.engine = store, engine

    def load_files(self, name: str, source: str, files: Sequence[tuple[Source, Sequence[TableMapping]]]) -> Part:
        """Load the files of one part, such as a year of VAERS.

        Args:
            name: The name of the part.
            source: `VAERS`, `CAERS` or `table`.
            files: Each file with the ways its columns are read.

        Raises:
            InputError: A file cannot be read or lacks a mapped column.
        """
        read: list[FileRead] = []
        aside: list[SetAside] = []
        staged: list[Staged] = []
        for number, (file, mappings) in enumerate(files):
            path = self.store.staging / f"table-{name}-{number}.parquet"
            if file.base.lower().endswith(".parquet"):
                one, names = self._parquet(file)
                path = file.path
            else:
                rows = csvrows.stage(file, path)
                reasons: dict[str, int] = {}
                for row in rows.aside:
                    reasons[row.reason] = reasons.get(row.reason, 0) + 1
                one = FileRead(file.name, "rows", rows.sha256, rows.rows, reasons, dict(sorted(rows.repaired.items())))
                aside += rows.aside
                names = {column: f"c{place}" for place, column in enumerate(rows.header)}
            read.append(one)
            for mapping in mappings:
                staged.append(self._chosen(path, mapping, names, file.name, f"{name}-{len(staged)}"))
        return self.finish(name, source, tuple(read), staged, aside)

    def _parquet(self, file: Source) -> tuple[FileRead, dict[str, str]]:
        from pyarrow import parquet  # type: ignore[import-untyped,unused-ignore]

        try:
            metadata = parquet.read_metadata(file.path)
        except Exception as error:
            raise InputError(
                f"the Parquet file cannot be read ({error}).",
                place=file.name,
                next_step="It may be cut off: write it again.",
            ) from error
        names = {name: name for name in metadata.schema.to_arrow_schema().names}
        return FileRead(file.name, "rows", digest_of(file), metadata.num_rows), names

    def _chosen(self, path: Path, mapping: TableMapping, names: Mapping[str, str], place: str, label: str) -> Staged:
        wanted = mapping.columns()
        missing = sorted({column for column in wanted.values() if column not in names})
        if missing:
            raise InputError(
                f"the table has no column {', '.join(missing)}.",
                place=place,
                next_step=f"Its columns are {', '.join(names)}.",
            )
        view = f'"staged {label}"'
        columns = ", ".join(f'CAST("{names[column]}" AS VARCHAR) AS "{to}"' for to, column in wanted.items())
        self.engine.execute(f"CREATE OR REPLACE VIEW {view} AS SELECT {columns} FROM read_parquet({quoted(path)})")
        return Staged(Path(view), mapping, frozenset(wanted))

    def finish(
        self, name: str, source: str, read: tuple[FileRead, ...], staged: Sequence[Staged], aside: list[SetAside]
    ) -> Part:
        """Make the part of staged tables; rows without a report are set aside."""
        made = self.store.new_part(name)
        number = part_number(name, None)
        for table in staged:
            rows = self.engine.execute(
                f"SELECT * FROM {table.path} WHERE nullif(trim(report), '') IS NULL LIMIT 100000"
            )
            texts = ["|".join(str(value) for value in row if value is not None) for row in rows.fetchall()]
            aside += [SetAside(name, 0, "no report in the row", text) for text in sorted(texts)]
        counts = {}
        queries = {
            "reports": _reports(staged, source, number),
            "drugs": _long(staged, source, number, "drug"),
            "events": _long(staged, source, number, "event"),
            "deleted": sqltext.nothing("deleted"),
        }
        for table_name, query in queries.items():
            target = made / f"{table_name}.parquet"
            columns = ", ".join(f"{column}::{kind} AS {column}" for column, kind in COLUMNS[table_name].items())
            self.engine.execute(f"COPY (SELECT {columns} FROM ({query})) TO {quoted(target)} (FORMAT parquet)")
            rows_made = self.engine.execute(f"SELECT count(*) FROM read_parquet({quoted(target)})").fetchall()
            counts[table_name] = int(rows_made[0][0])
        reports = quoted(made / "reports.parquet")
        numbers = self.engine.execute(
            f"SELECT count(DISTINCT report), count(DISTINCT report_id) FROM read_parquet({reports})"
        ).fetchall()[0]
        if numbers[0] != numbers[1]:
            raise InputError(
                "two reports got the same key.", place=name, next_step="Load the table under another name."
            )
        part = Part(name, number, source, read, counts)
        self.store.write_part(part, made, aside)
        return part


def _key(source: str) -> str:
    """The key of a report from its number in VAERS, and from a digest of its name elsewhere (61 bits, checked)."""
    if source == "VAERS":
        own = sqltext.key("VAERS", "report")
        return f"CASE WHEN {sqltext.is_number('report')} THEN {own} ELSE {_digest(source)} END"
    return _digest(source)


def _digest(source: str) -> str:
    text = f"({quoted(source)} || ':' || report)"
    return f"(CAST(md5_number_lower({text}) >> 3 AS BIGINT) + 2305843009213693952)"


def _date(text: str) -> str:
    digits = f"replace({text}, '-', '')"
    return f"coalesce({sqltext.iso(digits)}, {sqltext.american(text)})"


def _reports(staged: Sequence[Staged], source: str, number: int) -> str:
    kept = [*("case", "version", "sex", "age_years", "age_unit", "age_band", "country", "reporter", "outcomes")]
    kept += ["received", "event_date", "quarter"]
    rows = []
    for table in staged:
        columns = ", ".join(f'"{name}"' if name in table.columns else f'NULL::VARCHAR AS "{name}"' for name in kept)
        rows.append(
            f"SELECT trim(report) AS report, {columns}, {_flagged(table)} AS flagged FROM {table.path} "
            "WHERE nullif(trim(report), '') IS NOT NULL"
        )
    # One row for a report: the smallest value that any of its rows has, so that the order of rows does not matter.
    one = ", ".join(f'min(nullif(trim("{name}"), \'\')) AS "{name}"' for name in kept)
    one += ", array_to_string(list_sort(list_distinct(flatten(list(flagged)))), '|') AS flagged"
    outcomes = "nullif(concat_ws('|', outcomes, nullif(flagged, '')), '')"
    unit = (
        "CASE WHEN age_unit IS NULL THEN 1.0 WHEN age_unit ILIKE 'year%' THEN 1.0 "
        "WHEN age_unit ILIKE 'month%' THEN 1/12.0 WHEN age_unit ILIKE 'week%' THEN 7/365.25 "
        "WHEN age_unit ILIKE 'day%' THEN 1/365.25 "
        "WHEN age_unit ILIKE 'decade%' THEN 10.0 END"
    )
    years = f"try_cast(age_years AS DOUBLE) * {unit}"
    return (
        f"SELECT *, coalesce(band_given, {sqltext.band('age_years')}) AS age_band FROM ("
        f"SELECT {_key(source)} AS report, {number} AS part, {quoted(source)} AS source, "
        f"coalesce(quarter, {_date('received')}[1:4] || 'Q' || ((CAST({_date('received')}[6:7] AS INTEGER) + 2) // 3)) "
        f'AS quarter, report AS report_id, "case" AS case_id, try_cast(version AS INTEGER) AS version, NULL AS kind, '
        f"{_date('received')} AS received, {_date('event_date')} AS event_date, {sqltext.sex('sex')} AS sex, "
        f"CASE WHEN {years} BETWEEN 0 AND 120 THEN {years} END AS age_years, age_band AS band_given, "
        f"NULL AS weight_kg, {sqltext.country('country')} AS country, reporter, {outcomes} AS outcomes, "
        "NULL AS sources "
        f"FROM (SELECT report, {one} FROM ({' UNION ALL '.join(rows)}) GROUP BY report))"
    )


def _flagged(table: Staged) -> str:
    """The codes of the outcomes that a row says were there, as a list; NULL stands for the others."""
    flags = [
        f'CASE WHEN upper(trim("flag {place}")) = {quoted(value.upper())} THEN {quoted(code)} END'
        for place, (_, value, code) in enumerate(table.mapping.flags)
    ]
    return f"[{', '.join(flags)}]::VARCHAR[]"


def _started(staged: Sequence[Staged]) -> str:
    """The earliest start that tables without drugs give for each report."""
    rows = [
        f"SELECT trim(report) AS report, {_date(chr(34) + 'start' + chr(34))} AS first FROM {table.path}"
        for table in staged
        if "start" in table.columns and "drug" not in table.columns
    ]
    whole = " UNION ALL ".join(rows) or "SELECT NULL::VARCHAR AS report, NULL::VARCHAR AS first WHERE false"
    return f"SELECT report, min(first) AS first FROM ({whole}) WHERE first IS NOT NULL GROUP BY report"


def _long(staged: Sequence[Staged], source: str, number: int, what: str) -> str:
    """The distinct drugs or events of each report."""
    rows = []
    for table in staged:
        if what not in table.columns:
            continue
        value = f'"{what}"'
        separator = table.mapping.drug_separator if what == "drug" else table.mapping.event_separator
        if separator is not None:
            value = f"unnest(string_split({value}, {quoted(separator)}))"
        role = "upper(role)" if "role" in table.columns else "NULL::VARCHAR"
        start = '"start"' if "start" in table.columns else "NULL::VARCHAR"
        more = f', {role} AS role, {start} AS "start"' if what == "drug" else ""
        rows.append(f"SELECT trim(report) AS report, trim({value}) AS name{more} FROM {table.path}")
    if not rows:
        return sqltext.nothing("drugs" if what == "drug" else "events")
    inner = f"SELECT DISTINCT * FROM ({' UNION ALL '.join(rows)}) WHERE report <> '' AND name <> ''"
    if what == "drug":
        inner = f"SELECT i.*, s.first FROM ({inner}) i LEFT JOIN ({_started(staged)}) s ON s.report = i.report"
    head = f"SELECT {_key(source)} AS report, {number} AS part"
    if what == "event":
        return f"{head}, name AS event, NULL AS recurred FROM ({inner})"
    role_name = (
        "CASE role WHEN 'SUSPECT' THEN 'PS' WHEN 'PRIMARY SUSPECT' THEN 'PS' WHEN 'SECONDARY SUSPECT' THEN 'SS' "
        "WHEN 'INTERACTING' THEN 'I' WHEN 'CONCOMITANT' THEN 'C' ELSE role END"
    )
    return (
        f"{head}, NULL AS sequence, {role_name} AS role, name, NULL AS ingredients, NULL AS route, NULL AS dose, "
        f'NULL AS dechallenge, NULL AS rechallenge, coalesce({_date(chr(34) + "start" + chr(34))}, first) AS "start", '
        f"NULL AS stop, NULL AS duration_days, NULL AS indication FROM ({inner})"
    )
