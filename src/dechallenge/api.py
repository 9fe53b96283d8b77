"""The verbs of the public face: read, assess, and both for files. Python and the command line use the same functions.

May import formats, reading, assessment and below; not the reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dechallenge.assessment.assess import assess_reading
from dechallenge.assessment.corrections import Corrections
from dechallenge.assessment.model import Assessment
from dechallenge.case import Case, Problem, Reading
from dechallenge.errors import DechallengeError, InputError
from dechallenge.evidence import Document
from dechallenge.formats.text import MAX_BYTES, load, too_large
from dechallenge.reading.prose import ProseReader


def read(source: Path | Document | str) -> Reading:
    """Read a report: the cases in it with the words behind every value, and the problems.

    Args:
        source: A file (``Path``), a document, or the text itself: a ``str`` is always text, never a path.

    Returns:
        The reading; ``reading.cases`` holds the cases, ``reading.problems`` what could not be read.

    Raises:
        InputError: The file is missing, empty, binary, too large or not plain text.
    """
    if isinstance(source, Document):
        document = source
    elif isinstance(source, Path):
        document = load(source, "d1")
    else:
        if not source.strip():
            raise InputError("the text is empty", place="text", next_step="Give the text of a report.")
        size = len(source.encode("utf-8", "surrogatepass"))
        if size > MAX_BYTES:
            raise too_large(size, "text")
        document = Document.from_text(source)
    return ProseReader().read([document])


def read_paths(paths: Iterable[Path]) -> Reading:
    """Read files one after the other; a file that cannot be read becomes a problem and never stops the others."""
    documents: list[Document] = []
    cases: list[Case] = []
    problems: list[Problem] = []
    for number, path in enumerate(paths, start=1):
        id = f"d{number}"
        try:
            document = load(path, id)
        except DechallengeError as error:
            problems.append(Problem(document=path.name, kind="input", message=error.cause, next_step=error.next_step))
            continue
        reading = _read_one(document)
        documents.append(document)
        for case in reading.cases:
            cases.append(case.model_copy(update={"id": f"c{len(cases) + 1}"}))
        problems.extend(p.model_copy(update={"document": document.name}) for p in reading.problems)
    return Reading(documents=tuple(documents), cases=tuple(cases), problems=tuple(problems))


def _read_one(document: Document) -> Reading:
    """One document of a batch: a defect of the reader becomes a problem of this document."""
    try:
        return ProseReader().read([document])
    except DechallengeError as error:
        problem = Problem(document=document.id, kind="input", message=error.cause, next_step=error.next_step)
    except Exception as error:  # a batch never stops at one file
        problem = Problem(
            document=document.id,
            kind="internal",
            message=f"The reader failed ({type(error).__name__}: {error}).",
            next_step="Please report this with the file; the other files are not affected.",
        )
    return Reading(documents=(document,), problems=(problem,))


def assess(source: Reading | Case | Path | Document | str, corrections: Corrections | None = None) -> Assessment:
    """Assess every case: facts, severity, causality by every instrument, open questions.

    Args:
        source: A reading, a case, or anything that :func:`read` takes.
        corrections: What a person entered instead of what was read.

    Returns:
        The assessment; its JSON is published (``dechallenge schema assessment``).
    """
    if isinstance(source, Case):
        reading = Reading(cases=(source,))
    elif isinstance(source, Reading):
        reading = source
    else:
        reading = read(source)
    return assess_reading(reading, corrections or Corrections())


def assess_paths(paths: Iterable[Path], corrections: Corrections | None = None) -> Assessment:
    """Read and assess files; see :func:`read_paths`."""
    return assess_reading(read_paths(paths), corrections or Corrections())
