"""The analysis set: cleaned reports on disk, ready to be counted, and the policy that made them.

A folder with `reports.parquet`, `report_drug.parquet`, `report_event.parquet`, `drug_names.parquet`,
`event_names.parquet` and `policy.json`. Reports, drugs and events are numbered from 0; a report stands once with each
of its drugs and events. The folder gets its name only when it is whole. May import errors.
"""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

from dechallenge.errors import InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SCHEMA = "dechallenge/analysis-set/1"

STRATA = ("sex", "age_band", "quarter", "year", "country", "source", "reporter")
"""What reports can be divided by."""

TABLES: Mapping[str, pa.Schema] = {
    "reports": pa.schema(
        [
            ("report", pa.int32()),
            ("key", pa.int64()),
            ("part", pa.int32()),
            ("source", pa.string()),
            ("quarter", pa.string()),
            ("report_id", pa.string()),
            ("case_id", pa.string()),
            ("received", pa.string()),
            ("event_date", pa.string()),
            ("sex", pa.string()),
            ("age_years", pa.float64()),
            ("age_band", pa.string()),
            ("country", pa.string()),
            ("reporter", pa.string()),
            ("outcomes", pa.string()),
        ]
    ),
    "report_drug": pa.schema([("report", pa.int32()), ("drug", pa.int32())]),
    "report_event": pa.schema([("report", pa.int32()), ("event", pa.int32())]),
    "drug_names": pa.schema([("drug", pa.int32()), ("name", pa.string()), ("how", pa.string())]),
    "event_names": pa.schema([("event", pa.int32()), ("name", pa.string())]),
}
"""The tables and their columns. `key` is the report of the store; times are ISO texts as precise as the source."""


@dataclass(frozen=True)
class AnalysisSet:
    """A folder of cleaned reports. Make one with `cleaning.clean` or `synthetic.generate`.

    Attributes:
        folder: Where it lies.
        policy: What was done with the reports, with every count.
    """

    folder: Path
    policy: Mapping[str, Any]

    @classmethod
    def open(cls, folder: str | Path) -> AnalysisSet:
        """Open a finished analysis set.

        Raises:
            InputError: There is none, or it is not whole.
        """
        path = Path(folder)
        try:
            content = json.loads((path / "policy.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                "this is not an analysis set: policy.json is missing or cannot be read.",
                place=str(folder),
                next_step="Clean a store of reports first.",
            ) from error
        missing = [name for name in TABLES if not (path / f"{name}.parquet").exists()]
        if content.get("schema") != SCHEMA or missing:
            raise InputError(
                f"the analysis set is not whole: {', '.join(missing) or 'of another edition'}.",
                place=str(folder),
                next_step="Remove the folder and clean the store again.",
            )
        return cls(path, content)

    @staticmethod
    def finish(folder: Path, policy: Mapping[str, Any]) -> None:
        """Write the policy: the last file of a set."""
        text = json.dumps({"schema": SCHEMA, **policy}, indent=1, ensure_ascii=False)
        (folder / "policy.json").write_text(text + "\n", encoding="utf-8")

    def path(self, table: str) -> Path:
        """The Parquet file of a table."""
        return self.folder / f"{table}.parquet"

    def names(self, of: str) -> tuple[str, ...]:
        """The names of the drugs or events by their number; `of` is `drug` or `event`."""
        return self._names[of]

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        from pyarrow import parquet

        found = {}
        for of in ("drug", "event"):
            table = parquet.read_table(self.path(f"{of}_names")).sort_by(of)
            found[of] = tuple(table.column("name").to_pylist())
        return found

    @cached_property
    def _numbers(self) -> dict[str, dict[str, int]]:
        return {of: {name.casefold(): number for number, name in enumerate(names)} for of, names in self._names.items()}

    def number(self, of: str, name: str) -> int | None:
        """The number of a drug or event by its name in any case; None where no report has it."""
        return self._numbers[of].get(name.casefold())

    @cached_property
    def total(self) -> int:
        """The number of reports."""
        from pyarrow import parquet

        return int(parquet.read_metadata(self.path("reports")).num_rows)


@contextmanager
def being_written(folder: Path) -> Iterator[Path]:
    """A new folder under a temporary name that gets its own name at the end; removed when anything goes wrong.

    Raises:
        InputError: The folder exists, or the disk is full or cannot be written.
    """
    if folder.exists():
        raise InputError("the folder exists.", place=str(folder), next_step="Choose another, or remove it.")
    new = folder.with_name(f".{folder.name}.unfinished")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        yield new
        new.rename(folder)
    except BaseException as error:
        shutil.rmtree(new, ignore_errors=True)
        told = cannot_write(error, folder)
        if told is not None:
            raise told from error
        raise


def cannot_write(error: BaseException, place: Path) -> InputError | None:
    """The error to show when a file could not be written, or the memory limit was too small; None for any other."""
    words = str(error).lower()
    if type(error).__name__ == "OutOfMemoryException":
        return InputError(
            "the memory limit and the room on disk are too small.",
            place=str(place),
            next_step="Give more memory or fewer threads, or make room for temporary files.",
        )
    system = isinstance(error, OSError) and not isinstance(error, FileNotFoundError)
    from_engine = type(error).__module__.startswith(("duckdb", "_duckdb", "pyarrow"))
    full = "no space left" in words or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
    write = any(part in words for part in ("could not write", "no space left", "file too large", "failed to write"))
    if not (full or write or (system and getattr(error, "errno", None) in (errno.EFBIG, errno.EACCES, errno.EROFS))):
        return None
    if not (system or from_engine or full):
        return None
    cause = "the disk is full." if full else f"it could not be written ({error})."
    return InputError(
        cause,
        place=str(place),
        next_step="Nothing half-written was left. Make room, or choose another folder, and run it again.",
    )


def engine(memory_limit: str, threads: int | None, temporary: Path | None = None) -> DuckDBPyConnection:
    """A DuckDB in memory that keeps to a limit, keeps no order of rows, and loads nothing from outside.

    Args:
        memory_limit: Such as `3GB`; larger intermediate results go to `temporary`.
        threads: All processors where None.
        temporary: Folder for what does not fit.
    """
    import duckdb

    try:
        connection = duckdb.connect(
            config={
                "memory_limit": memory_limit,
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
    except duckdb.Error as error:
        raise InputError(
            f"{memory_limit!r} is not a memory limit.", place="DuckDB", next_step="Give one such as 3GB."
        ) from error
    connection.execute("SET enable_progress_bar = false")
    if threads is not None:
        connection.execute(f"SET threads = {int(threads)}")
    if temporary is not None:
        connection.execute(f"SET temp_directory = {quoted(temporary)}")
    return connection


def quoted(text: object) -> str:
    """A text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"
