"""The reports behind one pair of drug and event: what each says of dates, challenges, outcome and other suspects.

Imports `analysis_set`, `store` and errors.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

from dechallenge.errors import InputError
from dechallenge.population.analysis_set import AnalysisSet, engine, quoted
from dechallenge.population.store import Store

COLUMNS = pa.schema(
    [
        ("report_id", pa.string()),
        ("case_id", pa.string()),
        ("source", pa.string()),
        ("quarter", pa.string()),
        ("sex", pa.string()),
        ("age_years", pa.float64()),
        ("country", pa.string()),
        ("event_date", pa.string()),
        ("outcomes", pa.string()),
        ("names", pa.list_(pa.string())),
        ("roles", pa.list_(pa.string())),
        ("dechallenge", pa.list_(pa.string())),
        ("rechallenge", pa.list_(pa.string())),
        ("start", pa.string()),
        ("stop", pa.string()),
        ("onset_days", pa.int64()),
        ("recurred", pa.string()),
        ("others", pa.list_(pa.int32())),
    ]
)
"""What `details` returns. Lists hold the different values of the rows of the drug, in order; `others` the numbers of
the other counted drugs. `onset_days` is the event date less the earliest start, where both are known to the day, and
may be negative where a report says so."""


def details(
    analysis: AnalysisSet,
    store: Store,
    drug: int,
    event: int,
    *,
    memory_limit: str = "2GB",
    threads: int | None = None,
) -> pa.Table:
    """The reports of one pair, a row each, in the order of their keys; columns `COLUMNS`.

    Args:
        analysis: The cleaned reports.
        store: The store they were made from.
        drug, event: Their numbers.
        memory_limit: What DuckDB may hold.
        threads: All processors where None.

    Raises:
        InputError: The reports are not in the store.
    """
    connection = engine(memory_limit, threads)
    for name in ("reports", "report_drug", "report_event", "event_names", "resolved"):
        path = quoted(analysis.path(name))
        if analysis.path(name).exists():
            connection.execute(f"CREATE VIEW s_{name} AS SELECT * FROM read_parquet({path})")
    for name in ("drugs", "events"):
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({quoted(store.files(name))})")
    connection.execute(
        "CREATE TEMP TABLE chosen AS SELECT r.* FROM s_reports r SEMI JOIN "
        f"(SELECT report FROM s_report_drug WHERE drug = {int(drug)}) d ON d.report = r.report SEMI JOIN "
        f"(SELECT report FROM s_report_event WHERE event = {int(event)}) e ON e.report = r.report"
    )
    count = connection.execute("SELECT count(*) FROM chosen").fetchall()[0][0]
    roles = _roles(analysis.policy["policy"]["roles"])
    connection.execute(
        "CREATE TEMP TABLE given AS SELECT d.* FROM drugs d JOIN chosen c ON d.report = c.key AND d.part = c.part "
        f"SEMI JOIN (SELECT DISTINCT name, ingredients FROM s_resolved WHERE drug = {int(drug)}) r "
        "ON coalesce(d.name, '') = r.name AND coalesce(d.ingredients, '') = r.ingredients "
        f"WHERE d.role IN ({roles}) OR (d.role IS NULL AND c.source NOT IN ('FAERS', 'AERS'))"
    )
    if count and not connection.execute("SELECT count(*) FROM given").fetchall()[0][0]:
        raise InputError(
            "the reports of the analysis set are not in the store.",
            place=str(store.folder),
            next_step="Give the store that the set was made from.",
        )
    found = connection.execute(_QUERY.format(drug=int(drug), event=int(event))).to_arrow_table()
    return found.cast(COLUMNS)


def _roles(roles: Sequence[str]) -> str:
    return ", ".join(map(quoted, roles))


_LISTED = "list_sort(list_distinct(list({0}) FILTER ({0} IS NOT NULL)))"
_DRUG = ", ".join(
    f"{_LISTED.format(column)} AS {name}"
    for column, name in (("name", "names"), ("role", "roles"), ("dechallenge",) * 2, ("rechallenge",) * 2)
)
_QUERY = (
    "WITH drug_rows AS (SELECT report, min(start) AS start, "
    f"max(stop) AS stop, {_DRUG} FROM given GROUP BY report), "
    "again AS (SELECT v.report, max(v.recurred) AS recurred FROM events v JOIN chosen c ON v.report = c.key AND "
    "v.part = c.part JOIN s_event_names n ON n.event = {event} AND "
    "lower(regexp_replace(trim(v.event), '\\s+', ' ', 'g')) = lower(n.name) GROUP BY v.report), "
    "more AS (SELECT c.key, list_sort(list(o.drug)) AS others FROM chosen c JOIN s_report_drug o "
    "ON o.report = c.report WHERE o.drug <> {drug} GROUP BY c.key) "
    "SELECT c.report_id, c.case_id, c.source, c.quarter, c.sex, c.age_years, c.country, c.event_date, c.outcomes, "
    "d.names, d.roles, d.dechallenge, d.rechallenge, d.start, d.stop, "
    "CASE WHEN length(c.event_date) = 10 AND length(d.start) = 10 "
    "THEN date_diff('day', CAST(d.start AS DATE), CAST(c.event_date AS DATE)) END AS onset_days, "
    "a.recurred, coalesce(m.others, []) AS others "
    "FROM chosen c LEFT JOIN drug_rows d ON d.report = c.key LEFT JOIN again a ON a.report = c.key "
    "LEFT JOIN more m ON m.key = c.key ORDER BY c.key"
)
