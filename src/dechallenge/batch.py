"""Many files at once: each is opened, read and, where wanted, assessed by itself, in this process or in several.

The pieces come back in the order of the input, and the same whatever the number of processes. A process that dies is
told as the problem of its file; the other files are read by the next one. Processes are spawned, never forked: a script
that asks for more than one needs ``if __name__ == "__main__":``. May import formats, reading, assessment, readers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from dechallenge.assessment import assess as engine
from dechallenge.assessment.corrections import Corrections
from dechallenge.assessment.model import CaseOut, ProblemOut
from dechallenge.case import Case, Problem, Reading
from dechallenge.errors import DechallengeError
from dechallenge.evidence import Document
from dechallenge.formats import messages
from dechallenge.formats.door import Found, find, opened
from dechallenge.formats.text import base_name, is_case_file
from dechallenge.joining import joined
from dechallenge.readers import Reader
from dechallenge.reading.claims.masking import mask as masked

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from dechallenge.formats.meddra import MedDRA

REPORT_IT = "Please report this with the file; the others are not affected."
_AHEAD = 4
"""Files that wait for each process: enough that none is idle, few enough that a folder is not held in memory."""


@dataclass(frozen=True, slots=True)
class Work:
    """One file: found and not yet opened, or a case file with what it holds."""

    id: str
    name: str
    given: Found | Reading


@dataclass(frozen=True, slots=True)
class Order:
    """What is done with every file: who reads it, masked or not, coded with MedDRA, and assessed with corrections."""

    reader: Reader
    mask: bool = False
    meddra: MedDRA | None = None
    assess: bool = False
    corrections: Corrections = field(default_factory=Corrections)


@dataclass(frozen=True, slots=True)
class Assessed:
    """One case: assessed, or why not; where the corrections do not fit it, as it was read, and why."""

    out: CaseOut | None
    problem: ProblemOut | None = None
    unfit: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What came of one file.

    Attributes:
        reading: Documents, cases and problems; without cases where they were assessed.
        assessed: The cases, where that was wanted.
        analytes: Of which values were read.
    """

    reading: Reading
    assessed: tuple[Assessed, ...] = ()
    analytes: frozenset[str] = frozenset()


def work(paths: Iterable[Path], before: int = 0, mapping: str | None = None) -> Iterator[Work]:
    """The files at the paths in order, numbered d1, d2, …; a case file counts as the documents that it holds.

    Tables of a trial or laboratory come first, all of them as one dataset: each subject is a case.

    Args:
        paths: Files and folders.
        before: Numbers that are taken already.
        mapping: Text of a mapping file, which says what the columns of tables mean.
    """
    paths = list(paths)
    number = before
    tables = [path for path in paths if holds_tables(path)]
    dataset = _dataset(tables, mapping, before) if tables else None
    if dataset is not None:
        yield dataset
        assert isinstance(dataset.given, Reading)
        number += max(1, len(dataset.given.documents))
    for path in paths:
        if dataset is not None and _is_table(path.name):
            continue
        if messages.kind_of_file(path) is None and is_case_file(path):
            from dechallenge.formats import caseyaml

            name = base_name(path)
            try:
                reading = named(caseyaml.load(path, before=number))
            except DechallengeError as error:
                problem = Problem(document=name, kind="input", message=error.cause, next_step=error.next_step)
                reading = Reading(problems=(problem,))
            yield Work(f"d{number + 1}", name, reading)
            number += max(1, len(reading.documents))
            continue
        for item in find([path]):
            if dataset is not None and path in tables and _is_table(item.name):
                continue
            number += 1
            yield Work(f"d{number}", item.name, item)


_TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".parquet", ".pq")
"""Endings of tables; a text file may be one too, but is a report unless it stands in a dataset."""


def _is_table(name: str) -> bool:
    return name.lower().endswith(_TABLES)


def holds_tables(path: Path) -> bool:
    """A file that is a table by its ending, or a folder with one in it."""
    if path.is_dir():
        return any(_is_table(one.name) for one in path.rglob("*"))
    return _is_table(path.name)


def _dataset(paths: Sequence[Path], mapping: str | None, before: int) -> Work | None:
    """What tables hold, as one piece of work; nothing where their headers are not those of a dataset."""
    from dechallenge.formats import datasets

    name = base_name(paths[0]) if len(paths) == 1 else "tables"
    try:
        found = datasets.recognise(paths) if mapping is None else datasets.open_tables(paths)
        if found is None:
            return None
        reading = datasets.read(found, datasets.mapping(found, mapping))
    except DechallengeError as error:
        problem = Problem(document=error.place or name, kind="input", message=error.cause, next_step=error.next_step)
        reading = Reading(problems=(problem,))
    return Work(f"d{before + 1}", name, named(reading))


def run(todo: Iterable[Work], order: Order, jobs: int = 1) -> Iterator[Piece]:
    """What came of each file, in their order.

    Args:
        todo: The files.
        order: What is done with them.
        jobs: Processes; one, or one file, is done in this process.
    """
    waiting = iter(todo)
    first = list(islice(waiting, 2))
    if jobs < 2 or len(first) < 2:
        return (done(one, order) for one in chain(first, waiting))
    return _spread(chain(first, waiting), order, jobs)


def done(file: Work, order: Order) -> Piece:
    """Open, read and, where wanted, assess one file. Whatever happens is a problem of this file."""
    reading = file.given if isinstance(file.given, Reading) else _read(file.given, file.id, order)
    if order.meddra is not None:
        from dechallenge.formats.meddra import code_reading

        reading = code_reading(reading, order.meddra)
    if not order.assess:
        return Piece(reading)
    names = {d.id: d.name for d in reading.documents}
    found = tuple(assess_one(one, names.get(one.document, one.document), order.corrections) for one in reading.cases)
    analytes = frozenset(m.analyte for case in reading.cases for m in case.measurements)
    return Piece(reading.model_copy(update={"cases": ()}), found, analytes)


def _read(item: Found, id: str, order: Order) -> Reading:
    if isinstance(item.data, bytes) and messages.kind_of(item.data) is not None:
        return _message(item.data, item.name, id, order)
    documents: list[Document] = []
    cases: list[Case] = []
    problems: list[Problem] = []
    for met in opened(item, id):
        if isinstance(met, Problem):
            problems.append(met)
            continue
        reading = named(_read_one(met, order))
        documents += reading.documents
        cases += reading.cases
        problems += reading.problems
    return Reading(documents=tuple(documents), cases=tuple(cases), problems=tuple(problems))


def _message(data: bytes, name: str, id: str, order: Order) -> Reading:
    """The cases of a message; those before a defect are kept, and the defect is a problem."""
    documents: dict[str, Document] = {}
    cases: list[Case] = []
    problems: list[Problem] = []
    try:
        for found in messages.reports(data, name, id):
            reading = with_story(found, order)
            documents |= {d.id: d for d in reading.documents}
            cases += reading.cases
            problems += reading.problems
    except DechallengeError as error:
        problems.append(Problem(document=name, kind="input", message=error.cause, next_step=error.next_step))
    except Exception as error:  # a batch never stops at one file
        message = _failed("reader of messages", error)
        problems.append(Problem(document=name, kind="internal", message=message, next_step=REPORT_IT))
    return named(Reading(documents=tuple(documents.values()), cases=tuple(cases), problems=tuple(problems)))


def with_story(found: messages.Message, order: Order) -> Reading:
    """One case of a message, with what its narratives tell where they tell of one patient."""
    case, documents, problems = found.case, [found.document], list(found.problems)
    for story in () if found.whole else found.stories:
        told = _read_one(story, order)
        documents += told.documents
        problems += (p for p in told.problems if told.cases or p.kind == "internal")
        if len(told.cases) == 1:
            case = joined(case, told.cases[0])
            continue
        count = f"{len(told.cases)} patients" if told.cases else "no patient's course"
        note = f"The narrative tells of {count}; nothing was taken from it."
        case = case.model_copy(update={"notes": (*case.notes, note)})
    if found.whole:
        documents += found.stories
    return Reading(documents=tuple(documents), cases=(case,), problems=tuple(problems))


def _read_one(document: Document, order: Order) -> Reading:
    """One document of a batch: a defect of the reader becomes a problem of this document."""
    try:
        return order.reader.read([masked(document) if order.mask else document])
    except DechallengeError as error:
        problem = Problem(document=document.id, kind="input", message=error.cause, next_step=error.next_step)
    except Exception as error:  # a batch never stops at one file
        problem = Problem(document=document.id, kind="internal", message=_failed("reader", error), next_step=REPORT_IT)
    return Reading(documents=(document,), problems=(problem,))


def named(reading: Reading) -> Reading:
    """Problems are told by the document's name, which is what a person knows it by."""
    names = {d.id: d.name for d in reading.documents}
    told = (p.model_copy(update={"document": names.get(p.document, p.document)}) for p in reading.problems)
    return reading.model_copy(update={"problems": tuple(told)})


def assess_one(case: Case, name: str, corrections: Corrections) -> Assessed:
    """Assess one case; one that cannot be assessed is a problem, one that the corrections do not fit is both.

    Args:
        name: The document's name, for the problem.
    """
    alone = Reading(cases=(case,))
    try:
        try:
            return Assessed(engine.assess_reading(alone, corrections).cases[0])
        except DechallengeError as error:
            message = f"{case.title}: {error.place} was not applied: {error.cause}"
            problem = ProblemOut(document=name, kind="correction", message=message, next_step=error.next_step)
            out = engine.assess_reading(alone).cases[0]
            return Assessed(out, problem, (error.cause, error.place, error.next_step))
    except Exception as defect:  # a batch never stops at one case
        message = f"{case.title}: {_failed('assessment', defect)}"
        return Assessed(None, ProblemOut(document=name, kind="internal", message=message, next_step=REPORT_IT))


def _failed(what: str, error: Exception) -> str:
    return f"The {what} failed ({type(error).__name__}: {error})."


# --- several processes --------------------------------------------------------------------------------------------

_order: Order | None = None
"""In a process of the pool: what it was started for."""


def _begin(order: Order) -> None:
    global _order
    _order = order


def _serve(one: Work) -> Piece:
    assert _order is not None
    return done(one, _order)


def _pool(order: Order, jobs: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_begin, initargs=(order,))


def _spread(todo: Iterator[Work], order: Order, jobs: int) -> Iterator[Piece]:
    """The files dealt out to a pool, the oldest waited for; a broken pool is replaced, its files done one by one."""
    pool = _pool(order, jobs)
    ahead: deque[tuple[Work, Future[Piece] | None]] = deque()
    try:
        while True:
            for one in islice(todo, _AHEAD * jobs - len(ahead)):
                ahead.append((one, _sent(pool, one)))
            if not ahead:
                return
            one, future = ahead.popleft()
            piece = _waited(future)
            if piece is not None:
                yield piece
                continue
            pool.shutdown(wait=True, cancel_futures=True)
            met = [(one, None), *((other, _waited(late)) for other, late in ahead)]
            ahead.clear()
            for other, made in met:
                yield made or _alone(other, order)
            pool = _pool(order, jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _sent(pool: ProcessPoolExecutor, one: Work) -> Future[Piece] | None:
    """A file handed to the pool; ``None`` where a process of it has died meanwhile."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(_serve, one)
    except BrokenProcessPool:
        return None


def _waited(future: Future[Piece] | None) -> Piece | None:
    """What came of a file; ``None`` where a process of the pool died before."""
    from concurrent.futures.process import BrokenProcessPool

    if future is None or future.cancelled():
        return None
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _alone(one: Work, order: Order) -> Piece:
    """A file in a process of its own, after one of a pool had died: if this one dies too, it is the file."""
    with _pool(order, 1) as pool:
        piece = _waited(_sent(pool, one))
    if piece is not None:
        return piece
    message = "The process that read this file died; it may have run out of memory."
    problem = Problem(document=one.name, kind="internal", message=message, next_step=REPORT_IT)
    return Piece(Reading(problems=(problem,)))
