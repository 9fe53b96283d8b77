"""A dataset is recognised, its mapping found and shown, and its subjects read to cases, one by one.

Memory: small tables are kept by subject; the largest is read as a stream where the rows of each subject stand together,
else kept as well, up to `MOST_GATHERED` rows. May import the modules of this folder, the case and the errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dechallenge.case import Case, Problem, Reading
from dechallenge.errors import DechallengeError, InputError
from dechallenge.evidence import Document
from dechallenge.formats.datasets import columns
from dechallenge.formats.datasets.cases import build
from dechallenge.formats.datasets.columns import Given, Mapping, TableMapping
from dechallenge.formats.datasets.finding import assign, find
from dechallenge.formats.datasets.headers import is_cdisc
from dechallenge.formats.datasets.records import Problems, Subject
from dechallenge.formats.datasets.rows import RowReader
from dechallenge.formats.datasets.sources import (
    COLUMNS,
    DELIMITED,
    REFUSED,
    SHEETS,
    Cell,
    File,
    Table,
    tables,
    written,
)
from dechallenge.formats.datasets.sources import find as files

MOST_GATHERED: Final = 2_000_000
"""Rows that are kept by subject at once; about 500 bytes each."""
MOST_TEXT: Final = 1_000_000
"""Characters of a table that its document shows."""
_ENDINGS: Final = DELIMITED | SHEETS | COLUMNS


@dataclass(frozen=True)
class Dataset:
    """Tables that belong together.

    Attributes:
        problems: Files that could not be opened.
        others: Names of the files that are no tables.
    """

    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = ()
    others: tuple[str, ...] = field(default=())

    @property
    def files(self) -> tuple[File, ...]:
        return tuple({t.file.id: t.file for t in self.tables}.values())


def open_tables(paths: Iterable[Path]) -> Dataset:
    """The tables in files, folders and zip archives, whatever their headers; for a mapping that is given.

    Raises:
        InputError: None of the files is a table that can be opened.
    """
    found: list[Table] = []
    problems: list[Problem] = []
    others: list[str] = []
    number = 0
    for one in files(paths):
        try:
            if isinstance(one, InputError):
                raise one
            if one.ending not in _ENDINGS and one.ending not in REFUSED:
                others.append(one.name)
                continue
            number += 1
            found += tables(one, f"d{number}")
        except InputError as error:
            problems.append(Problem(document=error.place, kind="input", message=error.cause, next_step=error.next_step))
    if not found:
        if problems:
            raise InputError(problems[0].message, place=problems[0].document, next_step=problems[0].next_step)
        raise InputError("there is no table in it", place="dataset", next_step="Give CSV, XLSX or Parquet files.")
    return Dataset(tuple(found), tuple(problems), tuple(others))


def recognise(paths: Sequence[Path]) -> Dataset | None:
    """The dataset at the paths, where the headers say that it is one; else nothing, and no error.

    It is one where some table names subjects and holds values, drugs or reactions; a text file needs that as well.
    """
    try:
        dataset = open_tables(paths)
    except InputError:
        return None
    useful = []
    for table in dataset.tables:
        mapped = TableMapping(table.file.name, table.sheet, tuple(assign(table, None).columns))
        holds = set(mapped.holds) - {"person"}
        subject = mapped.of("subject")
        if subject is None:
            continue
        named = is_cdisc(table.header[subject]) or len(table.header) > 2
        if named and (holds or "person" in mapped.holds):
            useful.append((table, holds))
    if not any(holds for _, holds in useful):
        return None
    kept = {id(table) for table, _ in useful}
    text = [t for t in dataset.tables if id(t) not in kept and _may_be_prose(t.file.name)]
    prose = [t.file.name for t in text] + [p.document for p in dataset.problems if _may_be_prose(p.document)]
    return Dataset(
        tuple(t for t in dataset.tables if t not in text),
        tuple(p for p in dataset.problems if not _may_be_prose(p.document)),
        (*dataset.others, *prose),
    )


def _may_be_prose(name: str) -> bool:
    """The ending leaves open whether it is a table or a report in words."""
    return name.lower().endswith((".txt", ".dat"))


def mapping(dataset: Dataset, given: str | Given | None = None) -> Mapping:
    """What each column means, found by the headers and one pass over the rows; to be shown before it is used.

    Args:
        given: The text of a mapping file; what it says goes before what is found.

    Returns:
        The mapping: ``rows()`` is a small table, ``yaml()`` a mapping file; ``questions`` hold what is open.

    Raises:
        InputError: The mapping file is none, or names a table or column that the dataset has not.
    """
    own = columns.given(given) if isinstance(given, str) else given
    if own is not None:
        _fits(dataset, own)
    return find(dataset.tables, own)


def _fits(dataset: Dataset, given: Given) -> None:
    for entry in given.tables:
        fitting = [t for t in dataset.tables if t.file.name == entry.file and entry.sheet in ("", t.sheet)]
        if not fitting:
            names = ", ".join(dict.fromkeys(t.name for t in dataset.tables))
            cause = f"the mapping names {entry.file!r}" + (f", sheet {entry.sheet!r}" if entry.sheet else "")
            raise InputError(f"{cause}, which is not in the dataset", place="mapping", next_step=f"It has {names}.")
        for column in entry.columns:
            if not any(column in t.header for t in fitting):
                names = ", ".join(fitting[0].header)
                cause = f"{fitting[0].name} has no column {column!r}"
                raise InputError(cause, place="mapping", next_step=f"Its columns are {names}.")


def read(dataset: Dataset, mapping: Mapping | None = None) -> Reading:
    """All cases of a dataset, one for each subject in the order of the rows, with its documents and problems.

    Raises:
        InputError: The mapping leaves a question open, no table names subjects, or a table is too large to keep.
    """
    cases: list[Case] = []
    problems: list[Problem] = []
    for one in stream(dataset, mapping):
        if isinstance(one, Case):
            cases.append(one)
        else:
            problems.append(one)
    return Reading(documents=documents(dataset), cases=tuple(cases), problems=tuple(problems))


def stream(dataset: Dataset, mapping: Mapping | None = None) -> Iterator[Case | Problem]:
    """The cases of a dataset one by one, then its problems; see :func:`read`.

    Raises:
        InputError: As :func:`read`, before the first case.
    """
    used = find(dataset.tables) if mapping is None else mapping
    if [t.name for t in used.tables] != [t.name for t in dataset.tables]:
        step = "Make the mapping with “mapping(dataset)” of the same dataset."
        raise InputError("the mapping is that of another dataset", place="mapping", next_step=step)
    _settled(used)
    problems = Problems()
    for table, mapped in zip(dataset.tables, used.tables, strict=True):
        _tell(table, mapped, problems)
    readers = [RowReader(t, m, used, problems) for t, m in zip(dataset.tables, used.tables, strict=True) if m.is_used]
    if not readers:
        step = "Give a mapping file that says which column is the subject and what the others mean."
        raise InputError("no table says which subject its rows are about", place="dataset", next_step=step)
    number = 0
    for id, parts in _subjects(readers, used, problems):
        try:
            subject = Subject(id)
            for reader, row, cells in parts:
                reader.read(row, cells, subject)
            if not (subject.labs or subject.looked or subject.taken or subject.events):
                problems.say(readers[0].file, "subject", f"subject {id}: the tables hold nothing but its demography")
                continue
            number += 1
            yield build(subject, number, from_values=used.events_from_values)
        except DechallengeError as error:
            problems.say(parts[0][0].file, "subject", f"subject {id}: {error.cause}", error.next_step)
        except Exception as error:  # one subject never stops the others
            cause = f"subject {id} could not be read ({type(error).__name__}: {error})"
            problems.say(parts[0][0].file, "internal", cause, "Please report this; the others are not affected.")
    yield from dataset.problems
    yield from problems.told()


def _settled(mapping: Mapping) -> None:
    if mapping.questions:
        first = mapping.questions[0]
        more = f" ({len(mapping.questions) - 1} more questions are open.)" if len(mapping.questions) > 1 else ""
        step = f"In the mapping file, for this table, write {first.write}{more}"
        raise InputError(first.cause, place=first.place, next_step=step)


def _tell(table: Table, mapped: TableMapping, problems: Problems) -> None:
    """What of a table is not used."""
    if mapped.of("subject") is None:
        step = "Name the column of the subject in a mapping file, if there is one."
        problems.say(table.name, "table", "the table names no subject and was not used", step)
    elif not mapped.holds:
        step = "Say in a mapping file what its columns mean, if they belong to a case."
        problems.say(table.name, "table", "the table holds nothing that a case has a place for; not used", step)
    elif mapped.unmapped:
        names = ", ".join(repr(name) for name in mapped.unmapped)
        step = "Say in a mapping file what they mean, or “not used”."
        problems.say(table.name, "columns", f"columns that are not known were not used: {names}", step)


Part = tuple[RowReader, int, tuple[Cell, ...]]


def _subjects(readers: list[RowReader], mapping: Mapping, problems: Problems) -> Iterator[tuple[str, list[Part]]]:
    """The rows of each subject, the largest table as a stream where its subjects stand together."""
    largest = max(readers, key=lambda r: r.mapped.rows)
    streamed = largest if largest.mapped.subjects_together else None
    kept = sum(r.mapped.rows for r in readers if r is not streamed)
    if kept > MOST_GATHERED:
        raise InputError(
            f"{kept:,} rows have to be kept by subject; the limit is {MOST_GATHERED:,}",
            place=largest.file,
            next_step="Sort the largest table by subject, or split it.",
        )
    gathered: dict[str, list[Part]] = {}
    words: dict[str, str] = {}
    for reader in readers:
        if reader is not streamed:
            for id, part in _rows(reader, problems, words):
                gathered.setdefault(id, []).append(part)
    if streamed is None:
        yield from gathered.items()
        return
    last, parts = "", list[Part]()
    for id, part in _rows(streamed, problems, None):
        if id != last and parts:
            yield last, [*gathered.pop(last, ()), *parts]
            parts = []
        last = id
        parts.append(part)
    if parts:
        yield last, [*gathered.pop(last, ()), *parts]
    yield from gathered.items()


def _rows(reader: RowReader, problems: Problems, words: dict[str, str] | None) -> Iterator[tuple[str, Part]]:
    """The rows of a table with their subject; texts that repeat are kept once."""
    for row, cells in reader.table.rows():
        if len(cells) > len(reader.table.header):
            cause = f"it has {len(cells)} cells, the header has {len(reader.table.header)}; it was kept out"
            step = "Put cells that hold the delimiter (a decimal comma?) between quotation marks."
            problems.row(reader.file, row, "", cause, step)
            continue
        id = reader.subject(cells)
        if not id:
            problems.row(reader.file, row, reader.mapped.columns[reader.at["subject"]].name, "no subject; kept out")
            continue
        if words is not None:
            cells = tuple(words.setdefault(c, c) if isinstance(c, str) and len(c) < 40 else c for c in cells)
        yield id, (reader, row, cells)


def documents(dataset: Dataset) -> tuple[Document, ...]:
    """A document for each file: its tables as text, cut with a note where they are long; the digest is the file's."""
    made = []
    for file in dataset.files:
        parts: list[str] = []
        size = 0
        for table in (t for t in dataset.tables if t.file.id == file.id):
            parts.append(f"{table.name}\nrow\t" + "\t".join(table.header))
            for row, cells in table.rows():
                line = f"{row}\t" + "\t".join(written(c) for c in cells)
                size += len(line)
                if size > MOST_TEXT:
                    parts.append("(further rows are in the file)")
                    break
                parts.append(line)
        made.append(Document(id=file.id, name=file.name, text="\n".join(parts) + "\n", sha256=file.sha256))
    return tuple(made)
