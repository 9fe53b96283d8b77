"""What is written of a reading for people: CIOMS I forms, one file for each case, and narratives.

Imports the reports and the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dechallenge.assessment.model import Assessment
from dechallenge.case import Reading
from dechallenge.errors import DechallengeError
from dechallenge.report import cioms
from dechallenge.report.files import check_target


def targets(out: Path, cases: int) -> tuple[Path, ...]:
    """The files of so many forms: ``form.pdf``; with more than one case ``form-1.pdf``, ``form-2.pdf`` …"""
    if cases == 1:
        return (out,)
    return tuple(out.with_name(f"{out.stem}-{number}{out.suffix}") for number in range(1, cases + 1))


def check(out: Path, reports: Iterable[Path]) -> None:
    """Before any work: the ending is one of a form, and the file can be written.

    Raises:
        DechallengeError: It is not, or it cannot.
    """
    if out.suffix.lower() not in (".pdf", ".html", ".htm"):
        raise DechallengeError(
            f"a form is not written as {out.suffix or 'a file without an ending'}",
            place=str(out),
            next_step="End the name in .pdf or .html.",
        )
    check_target(out, reports, "form")


def write(out: Path, reading: Reading, assessment: Assessment) -> Iterator[Path]:
    """Write the form of each case.

    Yields:
        The files, as they are written.

    Raises:
        DechallengeError: A file cannot be written, or the library for PDF is not installed.
    """
    found = {one.id: one for one in assessment.cases}
    stories = {d.id: d.text for d in reading.documents}
    for path, case in zip(targets(out, len(reading.cases)), reading.cases, strict=True):
        form = cioms.form(case, found.get(case.id), as_reported=stories.get(f"{case.document}.H.1", ""))
        if path.suffix.lower() == ".pdf":
            from dechallenge.report import cioms_pdf

            data = cioms_pdf.render(form)
        else:
            from dechallenge.report import cioms_html

            data = cioms_html.render(form).encode("utf-8")
        try:
            path.write_bytes(data)
        except OSError as error:
            raise DechallengeError(
                f"the form cannot be written ({error.strerror})", place=str(path), next_step="Name another file."
            ) from None
        yield path


def narratives(reading: Reading, assessment: Assessment) -> str:
    """The narratives of all cases, each under its title, with the assessment as the last paragraph."""
    from dechallenge.report import case_narrative

    found = {one.id: one for one in assessment.cases}
    parts = (f"{case.title}\n\n{case_narrative.write(case, found.get(case.id)).text}" for case in reading.cases)
    return "\n\n".join(parts)
