"""Loading reports into a store: finds what is in folders and archives, skips what is loaded, goes on after a bad file.

Imports `quarters`, `tables`, `sources`, `store` and errors.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dechallenge.errors import InputError
from dechallenge.population import csvrows
from dechallenge.population.analysis_set import cannot_write, engine
from dechallenge.population.quarters import Quarter, QuarterLoader, is_quarterly, quarters_in
from dechallenge.population.sources import Source, digest_of, sources_in
from dechallenge.population.store import Part, Problem, Store
from dechallenge.population.tables import TableLoader, TableMapping, recognised

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Progress:
    """What loading is doing.

    Attributes:
        done, of: Parts finished, and all of them.
        part: The part at hand, such as `2017Q2`.
        what: `loading`, `already loaded`, `loaded` or `failed`.
        rows: Rows of reports, drugs and events of the part, once it is loaded.
    """

    done: int
    of: int
    part: str
    what: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    files: tuple[Source, ...]
    run: Callable[[], Part]


def load(
    paths: Sequence[str | Path],
    store: str | Path,
    *,
    progress: Callable[[Progress], None] | None = None,
    memory_limit: str = "2GB",
    threads: int | None = None,
    ignore_unknown_columns: bool = False,
) -> Store:
    """Load what is known among files, folders and archives: FAERS and AERS quarters, VAERS, CAERS.

    A part (a quarter, a year) whose files were loaded before is skipped; a part that cannot be loaded is a problem in
    the manifest, and the others are loaded all the same. Rows that cannot be read are set aside and counted.

    Args:
        paths: Files, folders or zip archives.
        store: The folder of the store; made when it is not there.
        progress: Called before and after each part.
        memory_limit: What DuckDB may hold.
        threads: All processors where None.
        ignore_unknown_columns: Read on where a quarterly file has a column of an unknown name.

    Raises:
        InputError: A path does not exist, nothing known is there, nothing could be loaded, or the disk is full.
    """
    sources, broken = sources_in(paths)
    target = Store(Path(store))
    with _loading(target, memory_limit, threads) as connection:
        quarters = QuarterLoader(target, connection, ignore_unknown=ignore_unknown_columns)
        jobs = [_quarter_job(quarters, quarter) for quarter in quarters_in([s for s in sources if is_quarterly(s)])]
        others, skipped = _table_jobs(TableLoader(target, connection), [s for s in sources if not is_quarterly(s)])
        jobs += others
        if not jobs and not broken:
            raise InputError(
                "no reports of a known database are there.",
                place=", ".join(str(path) for path in paths),
                next_step="Known are quarterly files of FAERS and AERS (DEMO…, DRUG…, REAC…), VAERS and CAERS. Load "
                "any other table with a mapping of its columns.",
            )
        return _run(target, jobs, [_problem(error) for error in broken], progress, skipped)


def load_table(
    data: str | Path | IntoFrame,
    store: str | Path,
    mapping: TableMapping,
    *,
    name: str = "table",
    memory_limit: str = "2GB",
    threads: int | None = None,
) -> Store:
    """Load a table in which a row names a report and a drug, an event, or both.

    Args:
        data: A CSV file (also .gz), a Parquet file, or a frame of pandas, Polars, PyArrow or what else Narwhals knows.
        store: The folder of the store; made when it is not there.
        mapping: Which column means what.
        name: What this table is called in the store; a second one of the same name replaces the first.
        memory_limit: What DuckDB may hold.
        threads: All processors where None.

    Raises:
        InputError: The table cannot be read, or lacks a mapped column.
    """
    if mapping.drug is None and mapping.event is None:
        raise InputError("the mapping names neither a drug nor an event.", place=name, next_step="Map one of them.")
    part = re.sub(r"[^A-Za-z0-9_-]+", "-", name)
    target = Store(Path(store))
    with _loading(target, memory_limit, threads) as connection:
        file = _source_of(data, target.staging / f"frame-{part}.parquet", name)
        loader = TableLoader(target, connection)
        job = _Job(part, (), lambda: loader.load_files(part, mapping.source, [(file, [mapping])]))
        return _run(target, [job], [], None, [])


@contextmanager
def _loading(target: Store, memory_limit: str, threads: int | None) -> Iterator[Any]:
    with target.writing():
        target.prepare()
        temporary = target.staging / "spill"
        connection = engine(memory_limit, threads, temporary)
        try:
            yield connection
        finally:
            connection.close()
            shutil.rmtree(temporary, ignore_errors=True)


def _run(
    target: Store,
    jobs: Sequence[_Job],
    problems: list[Problem],
    progress: Callable[[Progress], None] | None,
    skipped: Sequence[str],
) -> Store:
    tell = progress or (lambda _: None)
    for number, job in enumerate(jobs):
        tell(Progress(number, len(jobs), job.name, "loading"))
        try:
            known = _known(job, target.parts())
            part = known or job.run()
        except InputError as error:
            problems.append(_problem(error))
            tell(Progress(number + 1, len(jobs), job.name, "failed"))
        except Exception as error:
            if cannot_write(error, target.folder) is not None or not _from_engine(error):
                raise
            problems.append(Problem(job.name, _first_line(error), "Look at the file; it was left out as a whole."))
            tell(Progress(number + 1, len(jobs), job.name, "failed"))
        else:
            rows = sum(part.rows.values())
            tell(Progress(number + 1, len(jobs), job.name, "already loaded" if known else "loaded", rows))
    if not target.parts():
        shutil.rmtree(target.folder, ignore_errors=True) if _ours(target.folder) else None
        first = problems[0]
        raise InputError(first.message, place=first.place, next_step=first.next_step)
    if not problems:
        shutil.rmtree(target.staging, ignore_errors=True)
    target.write_manifest("incomplete" if problems else "complete", problems, skipped)
    return target


def _known(job: _Job, parts: Sequence[Part]) -> Part | None:
    """The part that was made of the very files of a job."""
    names = {source.name for source in job.files}
    for part in parts:
        if names and {file.file for file in part.files} == names:
            digests = {file.file: file.sha256 for file in part.files}
            return part if all(digest_of(source) == digests[source.name] for source in job.files) else None
    return None


def _ours(folder: Path) -> bool:
    """Whether the folder holds nothing but what loading itself put there."""
    return {entry.name for entry in folder.iterdir()} <= {"parts", ".staging", "manifest.json"}


def _from_engine(error: Exception) -> bool:
    return type(error).__module__.startswith(("duckdb", "_duckdb", "pyarrow", "polars", "narwhals"))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _problem(error: InputError) -> Problem:
    return Problem(error.place, error.cause, error.next_step)


def _quarter_job(loader: QuarterLoader, quarter: Quarter) -> _Job:
    files = (*quarter.tables.values(), *quarter.deleted)
    return _Job(quarter.name, files, lambda: loader.load(quarter))


def _table_jobs(loader: TableLoader, sources: Sequence[Source]) -> tuple[list[_Job], list[str]]:
    """One job for each year of VAERS and each file of CAERS; and the names of files that are none of these."""
    years: dict[str, list[tuple[Source, list[TableMapping]]]] = {}
    caers: list[tuple[Source, list[TableMapping]]] = []
    skipped: list[str] = []
    for source in sources:
        known = recognised(csvrows.header_of(source)) if source.base.lower().endswith(".csv") else None
        if known is None:
            skipped.append(source.name)
        elif known[0] == "VAERS":
            year = _YEAR.search(source.base)
            years.setdefault(year.group() if year else "other", []).append((source, known[1]))
        else:
            caers.append((source, known[1]))

    def job(name: str, database: str, files: list[tuple[Source, list[TableMapping]]]) -> _Job:
        return _Job(name, tuple(s for s, _ in files), lambda: loader.load_files(name, database, files))

    jobs = [job(f"vaers-{year}", "VAERS", files) for year, files in sorted(years.items())]
    jobs += [job("caers-" + re.sub(r"\W+", "-", entry[0].base), "CAERS", [entry]) for entry in caers]
    return jobs, skipped


def _source_of(data: Any, staged: Path, name: str) -> Source:
    """A file as it is; a frame written to the staging folder."""
    if isinstance(data, str | Path):
        path = Path(data)
        if not path.is_file():
            raise InputError("there is no such file.", place=str(data), next_step="Check the path.")
        return Source(path.name, path)
    import narwhals as nw
    from pyarrow import parquet  # type: ignore[import-untyped,unused-ignore]

    try:
        frame = nw.from_native(data)
    except TypeError as error:
        raise InputError(
            f"a {type(data).__name__} is not a table.",
            place=name,
            next_step="Give a path, or a frame of pandas, Polars or PyArrow.",
        ) from error
    eager = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    parquet.write_table(eager.to_arrow(), staged)
    return Source(name, staged)
