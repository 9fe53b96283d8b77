"""Cleaning with a stated policy: from a store of reports to an analysis set, with the count of everything left out.

Imports `names`, `store`, `analysis_set`, `cleansql`, `linkage` and errors.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

from dechallenge.errors import InputError
from dechallenge.population import cleansql, linkage
from dechallenge.population.analysis_set import AnalysisSet, being_written, engine, quoted
from dechallenge.population.layouts import ROLES
from dechallenge.population.names import Combinations, Names, Resolved
from dechallenge.population.store import Store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Policy:
    """What is counted.

    Attributes:
        roles: The roles in which a drug counts: PS, SS, I, C. Sources that state no role count every drug.
        versions: `latest` keeps one version of a case, over both layouts; `all` keeps every one.
        retracted: Whether cases on the lists of deleted cases are removed.
        linked: Whether all but one of the reports that look the same are removed; they are reported either way.
        linkage: How they are found: `exact` where what is compared is all known and the same, `weights` by weights of
            evidence (`linkage`), also where something differs or is missing.
        names: `inn` resolves drug names through the lexicon; `as written` does not.
        combinations: Count a combination by its ingredients, or as a whole.
        sources: Only reports of these sources; all where None.
        accept_incomplete: Clean a store in which something could not be loaded, and say so.
    """

    roles: tuple[str, ...] = ("PS", "SS", "I")
    versions: Literal["latest", "all"] = "latest"
    retracted: Literal["remove", "keep"] = "remove"
    linked: Literal["keep", "remove"] = "keep"
    linkage: Literal["exact", "weights"] = "exact"
    names: Literal["inn", "as written"] = "inn"
    combinations: Combinations = "ingredients"
    sources: tuple[str, ...] | None = None
    accept_incomplete: bool = False

    def __post_init__(self) -> None:
        unknown = [role for role in self.roles if role not in ROLES]
        if unknown or not self.roles:
            raise InputError(
                f"{unknown[0]!r} is not a role." if unknown else "no role counts.",
                place="policy",
                next_step=f"Choose among {', '.join(ROLES)}.",
            )


RULES: Mapping[str, str] = {
    "versions": "one version of a case: FAERS before AERS, then the highest version, the latest receipt, the highest "
    "number, the latest quarter; a report without a case number is a case of its own",
    "retracted": "cases on any loaded list of deleted cases",
    "linked": "same event date to the day, sex, age, country, counted drugs and events; the one received last is kept",
    "counted": "reports with at least one counted drug and one event; each once",
}
"""How the choices of a policy are carried out, in the words that go with every result."""


def clean(
    store: Store,
    folder: str | Path,
    policy: Policy | None = None,
    *,
    memory_limit: str = "3GB",
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> AnalysisSet:
    """Make an analysis set.

    Args:
        store: The loaded reports.
        folder: Where to; must not exist.
        policy: What is counted; the usual choices where None.
        memory_limit: What DuckDB may hold.
        threads: All processors where None.
        progress: Called with what is being done.

    Raises:
        InputError: The store is not complete, nothing is left to count, the folder exists, or the disk is full.
    """
    policy = policy or Policy()
    manifest = store.manifest()
    if manifest["state"] != "complete" and not policy.accept_incomplete:
        problems = "; ".join(f"{p['place']}: {p['message']}" for p in manifest["problems"][:3])
        raise InputError(
            f"the store is {manifest['state']}{': ' + problems if problems else ''}.",
            place=str(store.folder),
            next_step="Load the missing files again, or accept it as it is with accept_incomplete.",
        )
    target = Path(folder)
    with being_written(target) as new:
        spill = new / "spill"
        connection = engine(memory_limit, threads, spill)
        try:
            found = _Cleaner(store, connection, policy, new, progress or (lambda _: None)).run()
        finally:
            connection.close()
            shutil.rmtree(spill, ignore_errors=True)
        found["loaded"] = {key: manifest[key] for key in ("state", "rows", "set_aside", "repaired", "problems")}
        AnalysisSet.finish(new, found)
    return AnalysisSet.open(target)


class _Cleaner:
    def __init__(
        self,
        store: Store,
        connection: DuckDBPyConnection,
        policy: Policy,
        folder: Path,
        tell: Callable[[str], None],
    ) -> None:
        self.connection, self.policy, self.folder, self.tell = connection, policy, folder, tell
        self.counts: dict[str, int] = {}
        for table in ("reports", "drugs", "events", "deleted"):
            files = quoted(store.files(table))
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({files})")

    def run(self) -> dict[str, Any]:
        self.tell("versions and retracted cases")
        self._kept()
        self.tell("drug names")
        names = self._names()
        self.tell("drugs and events of each report")
        self._rows()
        self.tell("reports that look the same")
        linked = self._linked()
        self.tell("writing")
        self._write()
        if not self.counts["reports"]:
            raise InputError(
                "no report has a counted drug and an event.",
                place=str(self.folder.name),
                next_step="Choose other roles or sources, or look at what was left out: "
                + ", ".join(f"{key} {value}" for key, value in self.counts.items() if value),
            )
        return {
            "policy": {key: value for key, value in asdict(self.policy).items()},
            "rules": {**RULES, **({"linked": linkage.RULE} if self.policy.linkage == "weights" else {})},
            "counts": self.counts,
            "names": names,
            "linked": linked,
        }

    def one(self, query: str) -> int:
        """The only number of a query."""
        row = self.connection.execute(query).fetchall()[0]
        return int(row[0] or 0)

    def _kept(self) -> None:
        """The reports that stay, one row each: `kept (report, part, fda)`."""
        run, counts = self.connection.execute, self.counts
        wanted = self.policy.sources
        only = "true" if wanted is None else f"source IN ({', '.join(map(quoted, wanted)) or 'NULL'})"
        counts["rows_of_reports"] = self.one("SELECT count(*) FROM reports")
        counts["of_other_sources"] = self.one(f"SELECT count(*) FROM reports WHERE NOT ({only})")
        run(cleansql.candidates(only))
        rows = self.one("SELECT count(*) FROM candidates")
        run(cleansql.SINGLE)
        counts["same_report_twice"] = rows - self.one("SELECT count(*) FROM single")
        counts["without_a_case_number"] = self.one("SELECT count(*) FROM single WHERE NOT has_case")
        counts["cases_in_both_layouts"] = self.one(cleansql.IN_BOTH_LAYOUTS)
        counts["retracted"] = self.one(cleansql.RETRACTED)
        counts["retracted_cases"] = self.one(cleansql.RETRACTED_CASES)
        left = self.one("SELECT count(*) FROM single")
        if self.policy.retracted == "remove":
            run(cleansql.REMOVE_RETRACTED)
            left -= counts["retracted"]
        run(cleansql.kept(self.policy.versions == "latest"))
        counts["superseded"] = left - self.one("SELECT count(*) FROM kept")
        run("DROP TABLE candidates; DROP TABLE single")

    def _names(self) -> dict[str, Any]:
        """Resolve the names of counted drugs: table `resolved (name, ingredients, lexical, drug_name, how)`."""
        roles = ", ".join(map(quoted, self.policy.roles))
        self.connection.execute(cleansql.counted_drugs(f"(d.role IN ({roles}) OR (d.role IS NULL AND NOT k.fda))"))
        rows = self.connection.execute(cleansql.DISTINCT_NAMES).fetchall()
        names = Names(combinations=self.policy.combinations)
        how, by_rows = Counter[str](), Counter[str]()
        columns: dict[str, list[Any]] = {key: [] for key in ("name", "ingredients", "lexical", "drug_name", "how")}
        empty = 0
        for name, ingredients, lexical, count in rows:
            found = self._one_name(names, name, ingredients, lexical)
            if not found.drugs:
                empty += count
                continue
            how[found.how] += 1
            by_rows[found.how] += count
            for drug in found.drugs:
                for key, value in zip(columns, (name or "", ingredients or "", lexical, drug, found.how), strict=True):
                    columns[key].append(value)
        kinds = [("name", pa.string()), ("ingredients", pa.string()), ("lexical", pa.bool_())]
        table = pa.table(columns, schema=pa.schema([*kinds, ("drug_name", pa.string()), ("how", pa.string())]))
        self.connection.register("resolved_names", table)
        self.connection.execute(cleansql.RESOLVED)
        self.connection.unregister("resolved_names")
        self.counts["drug_rows_without_a_name"] = empty
        known = sum(n for key, n in by_rows.items() if key.startswith("lexicon"))
        total = known + by_rows["own name"]
        return {
            "distinct": dict(sorted(how.items())),
            "rows": dict(sorted(by_rows.items())),
            "resolved_share_of_rows": round(known / total, 6) if total else None,
        }

    def _one_name(self, names: Names, name: str | None, ingredients: str | None, lexical: bool) -> Resolved:
        if self.policy.names == "as written" or not lexical:
            return Resolved((name,) if name else (), "as written")
        return names.resolve(name, ingredients)

    def _rows(self) -> None:
        """`report_drug` and `report_event` on the keys of the store, and the reports that have both."""
        counts, run = self.counts, self.connection.execute
        counts["drug_rows"] = self.one("SELECT count(*) FROM drugs")
        counts["drug_rows_in_other_roles"] = self.one(cleansql.OTHER_ROLES)
        counts["drug_rows_without_a_report"] = self.one(cleansql.orphans("drugs"))
        counts["event_rows"] = self.one("SELECT count(*) FROM events")
        counts["event_rows_without_a_report"] = self.one(cleansql.orphans("events"))
        for statement in cleansql.ROWS:
            run(statement)
        kept = self.one("SELECT count(*) FROM kept")
        with_drug = self.one("SELECT count(DISTINCT report) FROM report_drug")
        counts["reports_without_a_counted_drug"] = kept - with_drug
        run(cleansql.FINAL)
        counts["reports_without_an_event"] = with_drug - self.one("SELECT count(*) FROM final")

    def _linked(self) -> dict[str, Any]:
        """Reports that look the same: how many, their groups in `linked.parquet`, pairs in `linked_pairs.parquet`."""
        found: dict[str, Any]
        if self.policy.linkage == "weights":
            found = self._weighed()
        else:
            self.connection.execute(cleansql.LINKED)
            found = {
                "reports_that_can_be_compared": self.one("SELECT count(*) FROM comparable"),
                "groups": self.one("SELECT count(*) FROM linked WHERE kept"),
                "redundant": self.one("SELECT count(*) FROM linked WHERE NOT kept"),
            }
        path = quoted(self.folder / "linked.parquet")
        self.connection.execute(f"COPY (SELECT * FROM linked ORDER BY ALL) TO {path} (FORMAT parquet)")
        remove = self.policy.linked == "remove"
        found["removed"] = found["redundant"] if remove else 0
        if remove:
            self.connection.execute("DELETE FROM final WHERE report IN (SELECT report FROM linked WHERE NOT kept)")
        return found

    def _weighed(self) -> dict[str, Any]:
        """Reports that look the same by weights: table `linked` and the pairs with what agrees and differs."""
        for statement in cleansql.TO_WEIGH:
            self.connection.execute(statement)
        found = linkage.compare(self.connection)
        for name, table in (("linked_groups", found.groups), ("linked_pairs", found.pairs)):
            self.connection.register(name, table)
        self.connection.execute(cleansql.WEIGHED)
        path = quoted(self.folder / "linked_pairs.parquet")
        self.connection.execute(f"COPY ({cleansql.WEIGHED_PAIRS}) TO {path} (FORMAT parquet)")
        for name in ("linked_groups", "linked_pairs"):
            self.connection.unregister(name)
        return found.told()

    def _write(self) -> None:
        self.connection.execute(cleansql.NUMBERED)
        for table, query in cleansql.WRITTEN.items():
            path = quoted(self.folder / f"{table}.parquet")
            self.connection.execute(f"COPY ({query}) TO {path} (FORMAT parquet, COMPRESSION zstd)")
        self.counts["reports"] = self.one("SELECT count(*) FROM numbered")
        for of in ("drug", "event"):
            path = quoted(self.folder / f"report_{of}.parquet")
            self.counts[f"{of}s"] = self.one(f"SELECT count(DISTINCT {of}) FROM read_parquet({path})")
