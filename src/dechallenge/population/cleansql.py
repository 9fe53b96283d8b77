"""The SQL of cleaning. Imports `analysis_set` for the columns that it must yield.

A case of FDA has one number in both layouts; other sources have cases only where a table maps them. A report without a
case number is a case of its own: a missing number must never join reports.
"""

from __future__ import annotations

from collections.abc import Mapping

from dechallenge.population.analysis_set import TABLES

_FDA = "source IN ('FAERS', 'AERS')"
_CASE = (
    f"CASE WHEN case_id IS NULL THEN report WHEN {_FDA} AND try_cast(case_id AS BIGINT) BETWEEN 0 AND 999999999999 "
    "THEN try_cast(case_id AS BIGINT) ELSE -CAST(md5_number_lower(source || ':' || case_id) >> 3 AS BIGINT) - 1 END"
)


def candidates(condition: str) -> str:
    """The rows of reports of the wanted sources, with the number of their case."""
    return (
        f"CREATE TEMP TABLE candidates AS SELECT report, part, {_CASE} AS case_number, "
        f"case_id IS NOT NULL AS has_case, {_FDA} AS fda, source = 'FAERS' AS newer, version, received "
        f"FROM reports WHERE {condition}"
    )


# The same report in several quarters, or twice in one: the latest quarter is taken.
SINGLE = (
    "CREATE TEMP TABLE single AS SELECT * FROM candidates "
    "QUALIFY row_number() OVER (PARTITION BY report ORDER BY part DESC, received DESC NULLS LAST, "
    "version DESC NULLS LAST) = 1"
)
IN_BOTH_LAYOUTS = (
    "SELECT count(*) FROM (SELECT case_number FROM single WHERE fda AND has_case GROUP BY case_number "
    "HAVING bool_or(newer) AND NOT bool_and(newer))"
)
_DELETED = "SELECT try_cast(case_id AS BIGINT) FROM deleted"
RETRACTED = f"SELECT count(*) FROM single WHERE fda AND has_case AND case_number IN ({_DELETED})"
RETRACTED_CASES = (
    f"SELECT count(DISTINCT case_number) FROM single WHERE fda AND has_case AND case_number IN ({_DELETED})"
)
REMOVE_RETRACTED = f"DELETE FROM single WHERE fda AND has_case AND case_number IN ({_DELETED})"


def kept(latest: bool) -> str:
    """One version of each case, or all."""
    one = (
        " QUALIFY row_number() OVER (PARTITION BY case_number ORDER BY newer DESC, version DESC NULLS LAST, "
        "received DESC NULLS LAST, report DESC, part DESC) = 1"
    )
    return f"CREATE TEMP TABLE kept AS SELECT report, part, fda FROM single{one if latest else ''}"


def counted_drugs(role: str) -> str:
    """The rows of drugs of kept reports in a role that counts."""
    return (
        "CREATE TEMP VIEW counted AS SELECT d.report, coalesce(d.name, '') AS name, coalesce(d.ingredients, '') AS "
        "ingredients, d.report NOT BETWEEN 3000000000000000 AND 3999999999999999 AS lexical "
        f"FROM drugs d JOIN kept k ON d.report = k.report AND d.part = k.part WHERE {role}"
    )


DISTINCT_NAMES = (
    "SELECT name, ingredients, lexical, count(*) FROM counted GROUP BY name, ingredients, lexical "
    "ORDER BY name, ingredients, lexical"
)
RESOLVED = (
    "CREATE TEMP TABLE drug_names AS SELECT CAST(row_number() OVER (ORDER BY drug_name) - 1 AS INTEGER) AS drug, "
    "drug_name AS name, how FROM (SELECT drug_name, min(how) AS how FROM resolved_names GROUP BY drug_name);"
    "CREATE TEMP TABLE resolved AS SELECT r.name, r.ingredients, r.lexical, n.drug, r.how FROM resolved_names r "
    "JOIN drug_names n ON r.drug_name = n.name"
)
OTHER_ROLES = (
    "SELECT (SELECT count(*) FROM drugs d JOIN kept k ON d.report = k.report AND d.part = k.part) "
    "- (SELECT count(*) FROM counted)"
)


def orphans(table: str) -> str:
    """Rows of a table whose report is in no table of reports."""
    return f"SELECT count(*) FROM {table} t ANTI JOIN reports r ON t.report = r.report AND t.part = r.part"


# Terms differ in capitals between the layouts: one term, shown as it is mostly written with small letters.
_EVENT = "regexp_replace(trim(e.event), '\\s+', ' ', 'g')"
ROWS = (
    "CREATE TEMP TABLE report_drug AS SELECT DISTINCT c.report, r.drug FROM counted c JOIN resolved r "
    "ON c.name = r.name AND c.ingredients = r.ingredients AND c.lexical = r.lexical",
    f"CREATE TEMP VIEW written AS SELECT e.report, {_EVENT} AS event FROM events e "
    "JOIN kept k ON e.report = k.report AND e.part = k.part WHERE trim(e.event) <> ''",
    "CREATE TEMP TABLE spellings AS SELECT event, lower(event) AS term, count(*) AS n FROM written GROUP BY event",
    "CREATE TEMP TABLE event_names AS SELECT CAST(row_number() OVER (ORDER BY term) - 1 AS INTEGER) AS event, term, "
    "name FROM (SELECT term, event AS name FROM spellings QUALIFY row_number() OVER (PARTITION BY term "
    "ORDER BY event = upper(event), n DESC, event) = 1)",
    "CREATE TEMP TABLE numbers AS SELECT s.event AS name, n.event FROM spellings s JOIN event_names n USING (term)",
    "CREATE TEMP TABLE report_event AS SELECT DISTINCT w.report, n.event FROM written w JOIN numbers n "
    "ON w.event = n.name",
)
FINAL = (
    "CREATE TEMP TABLE final AS SELECT DISTINCT d.report, k.part FROM report_drug d JOIN kept k ON d.report = k.report "
    "WHERE d.report IN (SELECT report FROM report_event)"
)
_SETS = (
    "SELECT {of}.report, bit_xor(hash({of}.{of})) AS {of}s, count(*) AS {of}_count FROM report_{of} {of} "
    "SEMI JOIN comparable c ON c.report = {of}.report GROUP BY {of}.report"
)
LINKED = (
    "CREATE TEMP TABLE comparable AS SELECT r.report, any_value(r.event_date) AS event_date, any_value(r.sex) AS sex, "
    "any_value(r.age_years) AS age_years, any_value(r.country) AS country, max(coalesce(r.received, '')) AS received "
    "FROM reports r JOIN final f ON r.report = f.report AND r.part = f.part WHERE length(r.event_date) = 10 "
    "AND r.sex IS NOT NULL AND r.age_years IS NOT NULL AND r.country IS NOT NULL GROUP BY r.report;"
    'CREATE TEMP TABLE linked AS SELECT CAST(dense_rank() OVER (ORDER BY first) - 1 AS INTEGER) AS "group", report, '
    "place = 1 AS kept FROM (SELECT c.report, min(c.report) OVER same AS first, count(*) OVER same AS many, "
    "row_number() OVER (PARTITION BY event_date, sex, age_years, country, drugs, drug_count, events, event_count "
    "ORDER BY received DESC, c.report DESC) AS place "
    f"FROM comparable c JOIN ({_SETS.format(of='drug')}) d ON d.report = c.report "
    f"JOIN ({_SETS.format(of='event')}) e ON e.report = c.report "
    "WINDOW same AS (PARTITION BY event_date, sex, age_years, country, drugs, drug_count, events, event_count)) "
    "WHERE many > 1"
)
# What `linkage.compare` reads: reports numbered in the order of their keys, one row each. Of a report that stands twice
# in its quarter the smallest values are taken, so that order does not matter.
_SMALLEST = ", ".join(
    f"min(r.{name}) AS {name}" for name in ("event_date", "sex", "age_years", "country", "outcomes", "report_id")
)
TO_WEIGH = (
    "CREATE TEMP TABLE weighed_numbers AS SELECT report AS key, part, "
    "CAST(row_number() OVER (ORDER BY report) - 1 AS INTEGER) AS number FROM final",
    f"CREATE TEMP TABLE linkage_reports AS SELECT w.number AS report, {_SMALLEST}, max(r.received) AS received "
    "FROM weighed_numbers w JOIN reports r ON r.report = w.key AND r.part = w.part GROUP BY w.number",
    *(
        f"CREATE TEMP TABLE linkage_report_{of} AS SELECT w.number AS report, i.{of} FROM report_{of} i "
        "JOIN weighed_numbers w ON w.key = i.report"
        for of in ("drug", "event")
    ),
)
WEIGHED = (
    'CREATE TEMP TABLE linked AS SELECT g."group", w.key AS report, g.kept FROM linked_groups g '
    "JOIN weighed_numbers w ON w.number = g.report"
)
WEIGHED_PAIRS = (
    "SELECT a.key AS first, b.key AS second, x.report_id AS first_id, y.report_id AS second_id, "
    'p.* EXCLUDE ("first", "second") FROM linked_pairs p '
    'JOIN weighed_numbers a ON a.number = p."first" JOIN weighed_numbers b ON b.number = p."second" '
    "JOIN linkage_reports x ON x.report = a.number JOIN linkage_reports y ON y.report = b.number "
    'ORDER BY p.weight DESC, p."first", p."second"'
)
NUMBERED = (
    "CREATE TEMP TABLE numbered AS SELECT CAST(row_number() OVER (ORDER BY report) - 1 AS INTEGER) AS number, report, "
    "part FROM final"
)
_COLUMNS = ", ".join(f"r.{name}" for name in TABLES["reports"].names if name not in ("report", "key", "part"))
WRITTEN: Mapping[str, str] = {
    # A report that stands twice in its quarter has one row; the smallest one, so that order does not matter.
    "reports": (
        f"SELECT n.number AS report, n.report AS key, n.part, {_COLUMNS} FROM numbered n JOIN reports r "
        "ON r.report = n.report AND r.part = n.part "
        "QUALIFY row_number() OVER (PARTITION BY n.number ORDER BY r.received DESC NULLS LAST, r) = 1 ORDER BY n.number"
    ),
    "report_drug": (
        "SELECT n.number AS report, d.drug FROM report_drug d JOIN numbered n ON n.report = d.report ORDER BY ALL"
    ),
    "report_event": (
        "SELECT n.number AS report, e.event FROM report_event e JOIN numbered n ON n.report = e.report ORDER BY ALL"
    ),
    "drug_names": "SELECT drug, name, how FROM drug_names ORDER BY drug",
    "event_names": "SELECT event, name FROM event_names ORDER BY event",
    "resolved": "SELECT name, ingredients, lexical, drug, how FROM resolved ORDER BY ALL",
}
"""The files of an analysis set; `resolved` says which drug each written name became."""
