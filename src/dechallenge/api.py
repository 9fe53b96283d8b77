"""The verbs of the public face: read, assess, and both for files. Python and the command line use the same functions.

May import formats, reading, assessment and below; not the reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dechallenge.assessment import assess as engine
from dechallenge.assessment.corrections import Corrections, analyte_id
from dechallenge.assessment.model import Assessment, CaseOut, ProblemOut
from dechallenge.case import Case, Problem, Reading
from dechallenge.errors import DechallengeError, FactError, InputError
from dechallenge.evidence import Document
from dechallenge.formats import caseyaml
from dechallenge.formats.door import open_documents
from dechallenge.formats.text import MAX_BYTES, base_name, too_large
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.lexicon.findings import load_findings
from dechallenge.readers import Reader, get
from dechallenge.reading.masking import mask as masked

_REPORT_IT = "Please report this with the file; the others are not affected."


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
        if caseyaml.is_case_file(source):
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
    return _named(_plug(reader).read([masked(document) if mask else document]))


def _file(path: Path, plug: Reader, *, mask: bool) -> Reading:
    """What is read of one path; what was not opened is an error where nothing was, else a problem beside the rest.

    Raises:
        InputError: Nothing could be opened.
    """
    met = list(open_documents([path]))
    problems = tuple(one for one in met if isinstance(one, Problem))
    documents = [masked(one) if mask else one for one in met if isinstance(one, Document)]
    if not documents:
        raise InputError(problems[0].message, place=problems[0].document, next_step=problems[0].next_step)
    reading = _named(plug.read(documents))
    return reading.model_copy(update={"problems": (*reading.problems, *problems)})


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


def _named(reading: Reading) -> Reading:
    """Problems are told by the document's name, which is what a person knows it by."""
    names = {d.id: d.name for d in reading.documents}
    told = (p.model_copy(update={"document": names.get(p.document, p.document)}) for p in reading.problems)
    return reading.model_copy(update={"problems": tuple(told)})


def _plug(reader: Reader | str) -> Reader:
    return get(reader) if isinstance(reader, str) else reader


def read_paths(paths: Iterable[Path], *, reader: Reader | str = "prose", mask: bool = False) -> Reading:
    """Read files, folders (with all below), zip archives and the standard input (``Path("-")``), one after the other.

    A file that cannot be read becomes a problem and never stops the others. A case file (:mod:`formats.caseyaml`) is
    taken as it was corrected; ``reader`` and ``mask`` (see :func:`read`) do not touch it.
    """
    plug = _plug(reader)
    documents: list[Document] = []
    cases: list[Case] = []
    problems: list[Problem] = []
    for met in _met(paths):
        if isinstance(met, Problem):
            problems.append(met)
            continue
        reading = met if isinstance(met, Reading) else _read_one(met, plug, mask=mask)
        documents.extend(reading.documents)
        for case in reading.cases:
            cases.append(case.model_copy(update={"id": f"c{len(cases) + 1}"}))
        problems.extend(_named(reading).problems)
    return Reading(documents=tuple(documents), cases=tuple(cases), problems=tuple(problems))


def _met(paths: Iterable[Path]) -> Iterator[Document | Reading | Problem]:
    """Documents and case files in order; documents are numbered d1, d2, … by what was met."""
    number = 0
    for path in paths:
        if caseyaml.is_case_file(path):
            try:
                reading = caseyaml.load(path, before=number)
            except DechallengeError as error:
                yield Problem(document=base_name(path), kind="input", message=error.cause, next_step=error.next_step)
                number += 1
                continue
            number += max(1, len(reading.documents))
            yield reading
            continue
        for item in open_documents([path]):
            number += 1
            yield item if isinstance(item, Problem) else item.model_copy(update={"id": f"d{number}"})


def _read_one(document: Document, reader: Reader, *, mask: bool) -> Reading:
    """One document of a batch: a defect of the reader becomes a problem of this document."""
    try:
        return reader.read([masked(document) if mask else document])
    except DechallengeError as error:
        problem = Problem(document=document.id, kind="input", message=error.cause, next_step=error.next_step)
    except Exception as error:  # a batch never stops at one file
        problem = Problem(document=document.id, kind="internal", message=_failed("reader", error), next_step=_REPORT_IT)
    return Reading(documents=(document,), problems=(problem,))


def _failed(what: str, error: Exception) -> str:
    return f"The {what} failed ({type(error).__name__}: {error})."


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


def assess_paths(paths: Iterable[Path], corrections: Corrections | None = None) -> Assessment:
    """Read and assess files; see :func:`read_paths`. A case that cannot be assessed never stops the others.

    Raises:
        FactError: A correction that fits none of the cases.
    """
    return assess_reading(read_paths(paths), corrections)


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
    """The corrections with reaction and drug under names that the case uses ("mas" is MAS, "mtx" methotrexate).

    Raises:
        FactError: A limit for an analyte that none of the cases has: it would change nothing.
    """
    if corrections is None:
        return Corrections()
    is_group = load_analytes().is_group
    analytes = sorted({m.analyte for c in reading.cases for m in c.measurements if not is_group(m.analyte)})
    for name in corrections.limits if reading.cases else ():
        if analyte_id(name) not in analytes:
            raise FactError(
                f"no value of {name} was read",
                place=f"--limit {name}",
                next_step=f"Values were read of: {', '.join(analytes) or 'nothing'}.",
            )
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
    base = engine.assess_reading(reading.model_copy(update={"cases": ()}))
    cases: list[CaseOut] = []
    problems = list(base.problems)
    unfit: list[DechallengeError] = []
    for case in reading.cases:
        kind, step = "internal", _REPORT_IT
        try:
            found, error = _fitted(reading.model_copy(update={"cases": (case,), "problems": ()}), corrections)
        except Exception as defect:
            message = _failed("assessment", defect)
        else:
            cases.extend(found.cases)
            if error is None:
                continue
            unfit.append(error)
            kind, step = "correction", error.next_step
            message = f"{error.place} was not applied: {error.cause}"
        name = names.get(case.document, case.document)
        problems.append(ProblemOut(document=name, kind=kind, message=f"{case.title}: {message}", next_step=step))
    if unfit and len(unfit) == len(reading.cases):
        raise unfit[0]
    return Assessment(documents=base.documents, cases=tuple(cases), problems=tuple(problems))


def _fitted(alone: Reading, corrections: Corrections) -> tuple[Assessment, DechallengeError | None]:
    """One case with the corrections; where they do not fit it, as read, and why."""
    try:
        return engine.assess_reading(alone, corrections), None
    except DechallengeError as error:
        return engine.assess_reading(alone), error
