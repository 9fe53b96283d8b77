"""The store: loaded reports as Parquet in a folder, whole parts only, and the manifest of what was loaded.

`parts/NAME/` holds one quarter, year or table: `reports.parquet`, `drugs.parquet`, `events.parquet`, `deleted.parquet`,
`set_aside.parquet` and `part.json`; it gets its name only when it is whole. `manifest.json` says what all parts hold.
Loading again skips parts whose files have the same digest. Imports `analysis_set` and errors.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

from dechallenge.errors import InputError
from dechallenge.population.analysis_set import cannot_write, engine, quoted
from dechallenge.population.setaside import SetAside

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SCHEMA = "dechallenge/reports/1"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "reports": {
        "report": "BIGINT",
        "part": "INTEGER",
        "source": "VARCHAR",
        "quarter": "VARCHAR",
        "report_id": "VARCHAR",
        "case_id": "VARCHAR",
        "version": "INTEGER",
        "kind": "VARCHAR",
        "received": "VARCHAR",
        "event_date": "VARCHAR",
        "sex": "VARCHAR",
        "age_years": "DOUBLE",
        "age_band": "VARCHAR",
        "weight_kg": "DOUBLE",
        "country": "VARCHAR",
        "reporter": "VARCHAR",
        "outcomes": "VARCHAR",
        "sources": "VARCHAR",
    },
    "drugs": {
        "report": "BIGINT",
        "part": "INTEGER",
        "sequence": "BIGINT",
        "role": "VARCHAR",
        "name": "VARCHAR",
        "ingredients": "VARCHAR",
        "route": "VARCHAR",
        "dose": "VARCHAR",
        "dechallenge": "VARCHAR",
        "rechallenge": "VARCHAR",
        "start": "VARCHAR",
        "stop": "VARCHAR",
        "duration_days": "DOUBLE",
        "indication": "VARCHAR",
    },
    "events": {"report": "BIGINT", "part": "INTEGER", "event": "VARCHAR", "recurred": "VARCHAR"},
    "deleted": {"case_id": "VARCHAR", "list": "VARCHAR"},
    "set_aside": {"file": "VARCHAR", "line": "BIGINT", "reason": "VARCHAR", "text": "VARCHAR"},
}
"""The tables of a part. Dates are ISO texts as precise as the source; several outcomes are joined by `|`."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What was done with one file.

    Attributes:
        file: Its name, after that of the archive it lay in.
        table: What it holds.
        sha256: Digest of its bytes.
        rows: Rows read.
        aside: Rows set aside by reason.
        repaired: Rows repaired by the way it was done.
        unread: Values that a column could not keep (an impossible date, an age above 120), by column.
    """

    file: str
    table: str
    sha256: str
    rows: int
    aside: Mapping[str, int] = field(default_factory=dict)
    repaired: Mapping[str, int] = field(default_factory=dict)
    unread: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One quarter, year or table.

    Attributes:
        name: Such as `faers-2017Q2`.
        number: The value of `part` in its rows.
        source: FAERS, AERS, VAERS, CAERS or table.
        files: What it was made of.
        rows: Rows by table.
        missing: Tables that a quarter has and this one lacked.
    """

    name: str
    number: int
    source: str
    files: tuple[FileRead, ...]
    rows: Mapping[str, int]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or a part, that was not loaded."""

    place: str
    message: str
    next_step: str


def part_number(name: str, quarter: str | None) -> int:
    """The number of a part: 20041 for the first quarter of 2004, a digest of the name for what has no quarter."""
    if quarter is not None:
        return int(quarter[:4]) * 10 + int(quarter[-1])
    return (1 << 30) + (zlib.crc32(name.encode()) >> 3)


class Store:
    """A folder of loaded reports. `Store.open` for one that is there, `loading.load` to make one or add to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def open(cls, folder: str | Path) -> Store:
        """Open a store.

        Raises:
            InputError: The folder holds none.
        """
        store = cls(Path(folder))
        if not store.manifest_path.exists():
            raise InputError(
                "this is not a store of reports: manifest.json is missing.",
                place=str(folder),
                next_step="Load reports into it first, or finish a loading that was broken off by running it again.",
            )
        store.manifest()
        return store

    @property
    def manifest_path(self) -> Path:
        """Where the manifest lies."""
        return self.folder / "manifest.json"

    def manifest(self) -> dict[str, Any]:
        """What was loaded.

        Raises:
            InputError: The manifest cannot be read.
        """
        try:
            content: dict[str, Any] = json.loads(self.manifest_path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                f"manifest.json cannot be read ({error}).", place=str(self.folder), next_step="Load the reports again."
            ) from error
        if content.get("schema") != SCHEMA:
            raise InputError(
                "the store is of another edition.", place=str(self.folder), next_step="Load the reports into a new one."
            )
        return content

    @property
    def complete(self) -> bool:
        """Whether everything that was asked for is in."""
        return self.manifest_path.exists() and self.manifest()["state"] == "complete"

    def parts(self) -> tuple[Part, ...]:
        """The parts that are whole, by name."""
        found = []
        for path in sorted(self.folder.glob("parts/*/part.json")):
            content = json.loads(path.read_text(encoding="utf-8"))
            files = tuple(FileRead(**entry) for entry in content.pop("files"))
            found.append(Part(files=files, missing=tuple(content.pop("missing")), **content))
        return tuple(found)

    def files(self, table: str) -> str:
        """The Parquet files of a table over all parts, as a pattern for an engine."""
        return str(self.folder / "parts" / "*" / f"{table}.parquet")

    def connect(self, memory_limit: str = "2GB", threads: int | None = None) -> DuckDBPyConnection:
        """A DuckDB with a view for each table: reports, drugs, events, deleted, set_aside."""
        connection = engine(memory_limit, threads)
        for table in COLUMNS:
            files = quoted(self.files(table))
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({files})")
        return connection

    def set_aside(self) -> list[SetAside]:
        """The rows that were not read, in the order of files and lines."""
        rows = self.connect(threads=1).execute("SELECT file, line, reason, text FROM set_aside ORDER BY ALL").fetchall()
        return [SetAside(*row) for row in rows]

    # Writing.

    @property
    def staging(self) -> Path:
        """Where files wait until their part is whole."""
        return self.folder / ".staging"

    def prepare(self) -> None:
        """Make the folders and say that the store is being loaded."""
        with self.writing():
            (self.folder / "parts").mkdir(parents=True, exist_ok=True)
            self.staging.mkdir(exist_ok=True)
            self.write_manifest("loading", ())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Tell a full disk, or one that cannot be written, in the words of this package."""
        try:
            yield
        except InputError:
            raise
        except Exception as error:
            told = cannot_write(error, self.folder)
            if told is None:
                raise
            raise told from error

    def new_part(self, name: str) -> Path:
        """An empty folder in which a part is made; two programs that load at once never share one."""
        made = self.staging / f"part-{name}-{os.getpid()}"
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        return made

    def write_part(self, part: Part, made: Path, aside: Iterable[SetAside]) -> None:
        """Give a part its name: the folder `made` holds its tables, but for `set_aside` and `part.json`."""
        from pyarrow import parquet

        rows = [asdict(row) for row in aside]
        schema = pa.schema(
            [("file", pa.string()), ("line", pa.int64()), ("reason", pa.string()), ("text", pa.string())]
        )
        parquet.write_table(pa.Table.from_pylist(rows, schema=schema), made / "set_aside.parquet")
        write_json(made / "part.json", asdict(part))
        final = self.folder / "parts" / part.name
        old = self.folder / f".old-{part.name}"
        shutil.rmtree(old, ignore_errors=True)
        if final.exists():
            final.rename(old)
        made.rename(final)
        shutil.rmtree(old, ignore_errors=True)

    def write_manifest(self, state: str, problems: Sequence[Problem], skipped: Sequence[str] = ()) -> None:
        """Write what all parts hold.

        Args:
            state: `loading`, `complete` or `incomplete`.
            problems: What could not be loaded.
            skipped: Files that belong to no known database.
        """
        parts = self.parts()
        rows, aside, repaired = Counter[str](), Counter[str](), Counter[str]()
        for part in parts:
            rows.update(part.rows)
            for file in part.files:
                aside.update(file.aside)
                repaired.update(file.repaired)
        content = {
            "schema": SCHEMA,
            "state": state,
            "rows": dict(sorted(rows.items())),
            "set_aside": dict(sorted(aside.items())),
            "repaired": dict(sorted(repaired.items())),
            "problems": [asdict(problem) for problem in problems],
            "skipped": list(skipped),
            "parts": [asdict(part) for part in parts],
        }
        write_json(self.manifest_path, content)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON under a temporary name and rename it."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    new.replace(path)
