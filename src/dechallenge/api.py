"""The verbs of the public face: read, assess, and both for files. Python and the command line use the same functions.

May import formats, reading, assessment and below; not the reports.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dechallenge import batch
from dechallenge.assessment import assess as engine
from dechallenge.assessment.corrections import Corrections, analyte_id
from dechallenge.assessment.model import Assessment
from dechallenge.case import Case, Problem, Reading
from dechallenge.errors import FactError, InputError
from dechallenge.evidence import Document
from dechallenge.formats import messages
from dechallenge.formats.door import open_documents
from dechallenge.formats.text import MAX_BYTES, is_case_file, too_large
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.lexicon.findings import load_findings
from dechallenge.readers import Reader, get
from dechallenge.reading.claims.masking import mask as masked

if TYPE_CHECKING:
    from dechallenge.formats.meddra import MedDRA


def read(source: Path | Document | str, *, reader: Reader | str = "prose", mask: bool = False) -> Reading:
    """Read a report: the cases in it with the words behind every value, and the problems.

    Args:
        source: A file in any format that is read, a folder or an archive (``Path``), a document, or the text itself: a
            ``str`` is always text, never a path.
        reader: Who reads, or the name under which a reader is registered (:mod:`dechallenge.readers`).
        mask: Blank the authors' scores, categories and attributions out of the text before it is read.

    Returns:
        The reading; ``reading.cases`` holds the cases, ``reading.problems`` what could not be read.

    Raises:
        InputError: The file is missing, empty, damaged, too large or of no format that is read; or ``source`` is
            something else.
    """
    if isinstance(source, Document):
        document = source
    elif isinstance(source, Path):
        if messages.kind_of_file(source) is None and is_case_file(source):
            from dechallenge.formats import caseyaml

            return caseyaml.load(source)
        return _file(source, _plug(reader), mask=mask)
    elif isinstance(source, str):
        document = Document.from_text(_checked(source))
    else:
        raise InputError(
            f"a report cannot be read from a {type(source).__name__}",
            place="read",
            next_step="Give a pathlib.Path, a Document, or the text as a str.",
        )
    return batch.named(_plug(reader).read([masked(document) if mask else document]))


def _file(path: Path, plug: Reader, *, mask: bool) -> Reading:
    """What is read of one path; what was not opened is an error where nothing was, else a problem beside the rest.

    Raises:
        InputError: Nothing could be opened.
    """
    if messages.kind_of_file(path) is not None:
        return _messages(path, plug, mask=mask)
    if batch.holds_tables(path):
        return read_paths([path], reader=plug, mask=mask)
    met = list(open_documents([path]))
    problems = tuple(one for one in met if isinstance(one, Problem))
    documents = [masked(one) if mask else one for one in met if isinstance(one, Document)]
    if not documents:
        raise InputError(problems[0].message, place=problems[0].document, next_step=problems[0].next_step)
    reading = batch.named(plug.read(documents))
    return reading.model_copy(update={"problems": (*reading.problems, *problems)})


def _messages(path: Path, plug: Reader, *, mask: bool) -> Reading:
    """What is read of a message of E2B, openFDA or FHIR.

    Raises:
        InputError: There is no case in it, or it is damaged.
    """
    order = batch.Order(plug, mask)
    found = [batch.with_story(one, order) for one in messages.reports(path)]
    documents = {d.id: d for reading in found for d in reading.documents}
    return batch.named(
        Reading(
            documents=tuple(documents.values()),
            cases=tuple(case for reading in found for case in reading.cases),
            problems=tuple(problem for reading in found for problem in reading.problems),
        )
    )


def _checked(text: str) -> str:
    if not text.strip():
        raise InputError("the text is empty", place="text", next_step="Give the text of a report.")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text is not valid Unicode at character {error.start}",
            place="text",
            next_step="Decode the bytes with errors='replace', or give the file as a Path.",
        ) from None
    if size > MAX_BYTES:
        raise too_large(size, "text")
    return text


def _plug(reader: Reader | str) -> Reader:
    return get(reader) if isinstance(reader, str) else reader


def read_paths(
    paths: Iterable[Path],
    *,
    reader: Reader | str = "prose",
    mask: bool = False,
    jobs: int = 1,
    meddra: MedDRA | None = None,
    mapping: str | None = None,
) -> Reading:
    """Read files, folders (with all below), zip archives and the standard input (``Path("-")``).

    A file that cannot be read becomes a problem and never stops the others. A case file (:mod:`formats.caseyaml`) is
    taken as it was corrected; ``reader`` and ``mask`` (see :func:`read`) do not touch it.

    Args:
        jobs: Processes that read; the result is the same whatever their number. More than one needs a script that is
            guarded by ``if __name__ == "__main__":``, as processes are spawned.
        meddra: The user's own dictionary (:func:`dechallenge.formats.meddra.load`); reactions get its codes.
        mapping: Text of a mapping file for tables (:func:`dechallenge.formats.datasets.mapping`).

    Raises:
        InputError: ``jobs`` is below one, or the reader cannot be handed to another process.
    """
    todo = batch.work(paths, mapping=mapping)
    return _joined(batch.run(todo, batch.Order(_plug(reader), mask, meddra), _jobs(jobs, reader)))


def _joined(pieces: Iterable[batch.Piece]) -> Reading:
    """The readings of the files as one, cases numbered through."""
    documents: list[Document] = []
    cases: list[Case] = []
    problems: list[Problem] = []
    for piece in pieces:
        documents.extend(piece.reading.documents)
        for case in piece.reading.cases:
            cases.append(case.model_copy(update={"id": f"c{len(cases) + 1}"}))
        problems.extend(piece.reading.problems)
    return Reading(documents=tuple(documents), cases=tuple(cases), problems=tuple(problems))


def _jobs(jobs: int, reader: Reader | str) -> int:
    if jobs < 1:
        raise InputError(f"{jobs} processes cannot read", place="jobs", next_step="Give 1 or more.")
    if jobs > 1 and not isinstance(reader, str):
        try:
            pickle.dumps(reader)
        except Exception as error:
            step = "Use one process, or make the reader picklable: a class of a module, without open files."
            cause = f"the reader cannot be handed to other processes ({type(error).__name__}: {error})"
            raise InputError(cause, place="jobs", next_step=step) from None
    return jobs


def assess(source: Reading | Case | Path | Document | str, corrections: Corrections | None = None) -> Assessment:
    """Assess every case: facts, severity, causality by every instrument, open questions.

    Args:
        source: A reading, a case, or anything that :func:`read` takes.
        corrections: What a person entered instead of what was read.

    Returns:
        The assessment; its JSON is published (``dechallenge schema assessment``).

    Raises:
        InputError: As :func:`read`.
        FactError: A correction that fits none of the cases.
    """
    if isinstance(source, Case):
        reading = Reading(cases=(source,))
    elif isinstance(source, Reading):
        reading = source
    else:
        reading = read(source)
    return engine.assess_reading(reading, _settled(corrections, reading))


def assess_paths(
    paths: Iterable[Path],
    corrections: Corrections | None = None,
    *,
    reader: Reader | str = "prose",
    mask: bool = False,
    jobs: int = 1,
) -> Assessment:
    """Read and assess files; see :func:`read_paths`. A case that cannot be assessed never stops the others.

    Raises:
        FactError: A correction that fits none of the cases.
        InputError: As :func:`read_paths`.
    """
    return assess_batch(paths, corrections, reader=reader, mask=mask, jobs=jobs)[0]


def assess_batch(
    paths: Iterable[Path],
    corrections: Corrections | None = None,
    *,
    reader: Reader | str = "prose",
    mask: bool = False,
    jobs: int = 1,
    meddra: MedDRA | None = None,
    mapping: str | None = None,
) -> tuple[Assessment, tuple[Document, ...]]:
    """As :func:`assess_paths`, and the documents with their text, for a report that shows the words.

    Raises:
        FactError: A correction that fits none of the cases.
        InputError: As :func:`read_paths`.
    """
    if _jobs(jobs, reader) == 1:
        reading = read_paths(paths, reader=reader, mask=mask, meddra=meddra, mapping=mapping)
        return assess_reading(reading, corrections), reading.documents
    order = batch.Order(_plug(reader), mask, meddra, assess=True, corrections=_in_words_of_the_case(corrections))
    pieces = list(batch.run(batch.work(paths, mapping=mapping), order, jobs))
    made = list(_numbered(one for piece in pieces for one in piece.assessed))
    if made:
        _check_limits(corrections, {name for piece in pieces for name in piece.analytes})
    reading = _joined(pieces)
    return _merged(reading, made), reading.documents


def _numbered(made: Iterable[batch.Assessed]) -> Iterator[batch.Assessed]:
    """Cases numbered through all files, as :func:`read_paths` numbers them."""
    for number, one in enumerate(made, start=1):
        yield one if one.out is None else replace(one, out=one.out.model_copy(update={"id": f"c{number}"}))


def assess_reading(reading: Reading, corrections: Corrections | None = None) -> Assessment:
    """Assess what was read of files; a case that cannot be assessed becomes a problem and never stops the others.

    Raises:
        FactError: A correction that fits none of the cases.
    """
    wanted = _settled(corrections, reading)
    try:
        return engine.assess_reading(reading, wanted)
    except Exception:  # find the case that it was, and assess the others
        return _one_by_one(reading, wanted)


def _settled(corrections: Corrections | None, reading: Reading) -> Corrections:
    """The corrections in the words of the cases.

    Raises:
        FactError: A limit for an analyte that none of the cases has: it would change nothing.
    """
    if reading.cases:
        _check_limits(corrections, {m.analyte for case in reading.cases for m in case.measurements})
    return _in_words_of_the_case(corrections)


def _check_limits(corrections: Corrections | None, read_of: set[str]) -> None:
    is_group = load_analytes().is_group
    analytes = sorted(name for name in read_of if not is_group(name))
    for name in corrections.limits if corrections is not None else ():
        if analyte_id(name) not in analytes:
            raise FactError(
                f"no value of {name} was read",
                place=f"--limit {name}",
                next_step=f"Values were read of: {', '.join(analytes) or 'nothing'}.",
            )


def _in_words_of_the_case(corrections: Corrections | None) -> Corrections:
    """The corrections with reaction and drug under names that the case uses ("mas" is MAS, "mtx" methotrexate)."""
    if corrections is None:
        return Corrections()
    event, suspect = corrections.event, corrections.suspect
    return replace(corrections, event=event and _kind(event), suspect=suspect and _drug(suspect))


def _drug(written: str) -> str:
    """The name as typed where the lexicon knows it so; an abbreviation in small letters ("mtx") under its INN."""
    lexicon = load_drugs()
    entry = lexicon.lookup(written, any_case=True)
    return written if entry is None or lexicon.inn_of(written) is not None else entry.inn


def _kind(written: str) -> str:
    """The kind of reaction that a name stands for; a name that the lexicon does not hold stays as written."""
    lexicon = load_findings()
    wanted = " ".join(written.split()).casefold()
    kinds = {term.event_kind.casefold(): term.event_kind for term in lexicon.terms.values() if term.event_kind}
    if wanted in kinds:
        return kinds[wanted]
    named = (form.term for form in lexicon.forms if form.written.casefold() == wanted)
    found = next((lexicon[term].event_kind or term for term in named), None)
    return found or written.strip()


def _one_by_one(reading: Reading, corrections: Corrections) -> Assessment:
    names = {d.id: d.name for d in reading.documents}
    made = [batch.assess_one(case, names.get(case.document, case.document), corrections) for case in reading.cases]
    return _merged(reading.model_copy(update={"cases": ()}), made)


def _merged(reading: Reading, made: Sequence[batch.Assessed]) -> Assessment:
    """Cases that were assessed one by one as one assessment.

    Raises:
        FactError: The corrections fit none of the cases.
    """
    unfit = [one.unfit for one in made if one.unfit is not None]
    if unfit and len(unfit) == len(made):
        cause, place, step = unfit[0]
        raise FactError(cause, place=place, next_step=step)
    base = engine.assess_reading(reading)
    cases = [one.out for one in made if one.out is not None]
    problems = [one.problem for one in made if one.problem is not None]
    return Assessment(documents=base.documents, cases=tuple(cases), problems=(*base.problems, *problems))
