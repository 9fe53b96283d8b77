"""The SQL that turns the tables of a quarter, as text, into those of the store. Imports `layouts` and `store`.

Nothing is guessed: a value that cannot be what its column says (a thirteenth month, an age without a unit) becomes
NULL, and `unread` counts it.
"""

from __future__ import annotations

from collections.abc import Mapping

from dechallenge.population.analysis_set import quoted
from dechallenge.population.layouts import AGE_BANDS, AGE_YEARS, COUNTRIES, DURATION_DAYS, OLDEST, ROLES
from dechallenge.population.store import COLUMNS

KEYS: Mapping[str, int] = {"AERS": 1, "FAERS": 2, "VAERS": 3, "CAERS": 4}
"""The first digit of a report's key, before fifteen of its own number."""


def key(source: str, number: str) -> str:
    """The key of a report from the text of its number."""
    return f"({KEYS[source]} * 1000000000000000 + try_cast({number} AS BIGINT))"


def is_number(text: str) -> str:
    """Whether the text is a number that can be part of a key."""
    return f"coalesce(regexp_full_match({text}, '\\d{{1,15}}'), false)"


def iso(text: str) -> str:
    """A date of eight, six or four digits as ISO text of the same precision; NULL where it is none."""
    day = f"try_cast({text}[1:4] || '-' || {text}[5:6] || '-' || {text}[7:8] AS DATE)"
    return (
        f"CASE WHEN {text}[1:2] NOT IN ('18', '19', '20') OR try_cast({text} AS BIGINT) IS NULL THEN NULL "
        f"WHEN length({text}) = 8 THEN CAST({day} AS VARCHAR) "
        f"WHEN length({text}) = 6 AND {text}[5:6] BETWEEN '01' AND '12' THEN {text}[1:4] || '-' || {text}[5:6] "
        f"WHEN length({text}) = 4 THEN {text} END"
    )


def american(text: str) -> str:
    """A date as month/day/year as ISO text; NULL where it is none."""
    return f"strftime(try_strptime({text}, '%m/%d/%Y'), '%Y-%m-%d')"


def _chosen(text: str, values: Mapping[str, object], other: str = "NULL") -> str:
    cases = " ".join(
        f"WHEN {quoted(code)} THEN {value if isinstance(value, float) else quoted(value)}"
        for code, value in values.items()
    )
    return f"CASE {text} {cases} ELSE {other} END"


def years(age: str, unit: str) -> str:
    """Years from an age and its unit; NULL without a known unit, below 0 or above `OLDEST`."""
    value = f"(try_cast({age} AS DOUBLE) * {_chosen(f'upper({unit})', AGE_YEARS)})"
    return f"CASE WHEN {value} BETWEEN 0 AND {OLDEST} THEN {value} END"


def band(age_years: str) -> str:
    """The age group of a number of years."""
    limits = " ".join(f"WHEN {age_years} < {limit} THEN {quoted(name)}" for limit, name in AGE_BANDS[:-1])
    return f"CASE WHEN {age_years} IS NULL THEN NULL {limits} ELSE {quoted(AGE_BANDS[-1][1])} END"


def sex(text: str) -> str:
    """F or M; NULL for everything else."""
    return f"CASE WHEN lower({text}) IN ('f', 'm', 'female', 'male') THEN upper({text}[1:1]) END"


def country(text: str) -> str:
    """The code of a country that is written out; anything else as it stands, in capitals."""
    return _chosen(f"upper({text})", COUNTRIES, f"upper({text})")


def composed(source: str, number: int, quarter: str, columns: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """The queries for reports, drugs and events of a quarter over the views `raw_demo`, `raw_drug` and so on.

    Args:
        source: `AERS` or `FAERS`.
        number: The number of the part.
        quarter: Such as `2004Q1`.
        columns: The columns of each table that is there.
    """
    if not columns:
        return {table: nothing(table) for table in ("reports", "drugs", "events")}
    return {
        "reports": _reports(source, number, quarter, columns),
        "drugs": _drugs(source, number, columns),
        "events": _events(source, number, columns),
    }


def nothing(table: str) -> str:
    """A query without rows that has the columns of a table."""
    return "SELECT " + ", ".join(f"NULL AS {name}" for name in COLUMNS[table]) + " WHERE false"


def _id(source: str) -> str:
    return "isr" if source == "AERS" else "primaryid"


def _reports(source: str, number: int, quarter: str, columns: Mapping[str, frozenset[str]]) -> str:
    id, have = _id(source), columns["DEMO"]

    def col(name: str) -> str:
        return f"d.{name}" if name in have else "CAST(NULL AS VARCHAR)"

    case, male = ("case", "gndr_cod") if source == "AERS" else ("caseid", "sex")
    case_text = f'd."{case}"' if case in have else "NULL"
    place = f"coalesce({col('occr_country')}, {col('reporter_country')})"
    unit = _chosen(f"upper({col('wt_cod')})", {"KG": 1.0, "KGS": 1.0, "LBS": 0.45359237, "GMS": 0.001})
    age = years(col("age"), col("age_cod"))
    joins, outcomes, told = "", "NULL", "NULL"
    if "OUTC" in columns:
        joins += _collected("raw_outc", id, "outc_cod", "o")
        outcomes = "o.codes"
    if "RPSR" in columns:
        joins += _collected("raw_rpsr", id, "rpsr_cod", "s")
        told = "s.codes"
    return (
        f"SELECT *, {band('age_years')} AS age_band FROM (SELECT {key(source, f'd.{id}')} AS report, {number} AS part, "
        f"{quoted(source)} AS source, {quoted(quarter)} AS quarter, d.{id} AS report_id, "
        f"coalesce(CAST(try_cast({case_text} AS BIGINT) AS VARCHAR), {case_text}) AS case_id, "
        f"try_cast({col('caseversion')} AS INTEGER) AS version, upper({col('rept_cod')}) AS kind, "
        f"{iso(col('fda_dt'))} AS received, {iso(col('event_dt'))} AS event_date, {sex(col(male))} AS sex, "
        f"{age} AS age_years, try_cast({col('wt')} AS DOUBLE) * {unit} AS weight_kg, "
        f"{country(place)} AS country, upper({col('occp_cod')}) AS reporter, {outcomes} AS outcomes, {told} AS sources "
        f"FROM raw_demo d {joins} WHERE {is_number(f'd.{id}')})"
    )


def _collected(view: str, id: str, code: str, alias: str) -> str:
    """A join with the different codes of each report, in order, joined by `|`."""
    return (
        f" LEFT JOIN (SELECT try_cast({id} AS BIGINT) AS id, {_all_of(f'upper({code})')} AS codes FROM {view} "
        f"WHERE {code} IS NOT NULL AND {is_number(id)} GROUP BY ALL) {alias} ON {alias}.id = try_cast(d.{id} AS BIGINT)"
    )


def _drugs(source: str, number: int, columns: Mapping[str, frozenset[str]]) -> str:
    id, have = _id(source), columns["DRUG"]

    def col(name: str) -> str:
        return f"d.{name}" if name in have else "CAST(NULL AS VARCHAR)"

    parts = ", ".join(col(name) for name in ("dose_amt", "dose_unit", "dose_freq"))
    amount = f"coalesce({col('dose_vbm')}, nullif(concat_ws(' ', {parts}), ''))"
    joins = ""
    start = stop = lasted = indication = "NULL"
    if "drug_seq" in have and "THER" in columns:
        there = columns["THER"]
        first, last, unit, length = (
            name if name in there else "NULL" for name in ("start_dt", "end_dt", "dur_cod", "dur")
        )
        days = f"try_cast({length} AS DOUBLE) * {_chosen(f'upper({unit})', DURATION_DAYS)}"
        joins += (
            f" LEFT JOIN (SELECT {_rows_of(id)}, min({iso(_text(first))}) AS start, max({iso(_text(last))}) AS stop, "
            f"max({days}) AS lasted FROM raw_ther WHERE {is_number(id)} GROUP BY ALL) t {_same_row(id, 't')}"
        )
        start, stop, lasted = "t.start", "t.stop", "t.lasted"
    if "drug_seq" in have and "INDI" in columns and "indi_pt" in columns["INDI"]:
        joins += (
            f" LEFT JOIN (SELECT {_rows_of(id)}, {_all_of('indi_pt')} AS indication FROM raw_indi "
            f"WHERE indi_pt IS NOT NULL AND {is_number(id)} GROUP BY ALL) i {_same_row(id, 'i')}"
        )
        indication = "i.indication"
    return (
        f"SELECT {key(source, f'd.{id}')} AS report, {number} AS part, "
        f"try_cast({col('drug_seq')} AS BIGINT) AS sequence, upper({col('role_cod')}) AS role, "
        f"{col('drugname')} AS name, {col('prod_ai')} AS ingredients, "
        f"{col('route')} AS route, {amount} AS dose, upper({col('dechal')}) AS dechallenge, "
        f"upper({col('rechal')}) AS rechallenge, {start} AS start, {stop} AS stop, {lasted} AS duration_days, "
        f"{indication} AS indication FROM raw_drug d {joins} WHERE {is_number(f'd.{id}')}"
    )


def _rows_of(id: str) -> str:
    return f"try_cast({id} AS BIGINT) AS id, try_cast(drug_seq AS BIGINT) AS seq"


def _same_row(id: str, alias: str) -> str:
    return f"ON {alias}.id = try_cast(d.{id} AS BIGINT) AND {alias}.seq = try_cast(d.drug_seq AS BIGINT)"


def _all_of(text: str) -> str:
    """The different values of a group, in order, joined by `|`."""
    return f"array_to_string(list_sort(list_distinct(list({text}))), '|')"


def _text(column: str) -> str:
    return column if column != "NULL" else "CAST(NULL AS VARCHAR)"


def _events(source: str, number: int, columns: Mapping[str, frozenset[str]]) -> str:
    id = _id(source)
    recurred = "drug_rec_act" if "drug_rec_act" in columns["REAC"] else "NULL"
    return (
        f"SELECT {key(source, id)} AS report, {number} AS part, pt AS event, {recurred} AS recurred FROM raw_reac "
        f"WHERE {is_number(id)}"
    )


def unread(source: str) -> dict[str, dict[str, str]]:
    """For each table and column, the condition under which a value is there and cannot be kept."""
    male = "gndr_cod" if source == "AERS" else "sex"
    roles = ", ".join(quoted(role) for role in ROLES)

    def lost(name: str, value: str) -> str:
        return f"{name} IS NOT NULL AND ({value}) IS NULL"

    return {
        "DEMO": {
            "event_dt": lost("event_dt", iso("event_dt")),
            "fda_dt": lost("fda_dt", iso("fda_dt")),
            "age": lost("age", years("age", "age_cod")),
            male: f"lower({male}) NOT IN ('f', 'm', 'female', 'male', 'unk', 'ns')",
        },
        "DRUG": {"role_cod": f"upper(role_cod) NOT IN ({roles})"},
        "THER": {"start_dt": lost("start_dt", iso("start_dt")), "end_dt": lost("end_dt", iso("end_dt"))},
    }
