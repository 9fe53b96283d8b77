"""Files that the command writes: never over a report, never into a folder that is not there. Imports the errors."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dechallenge.errors import DechallengeError


def check_target(target: Path, reports: Iterable[Path], what: str = "page") -> None:
    """Before any work: the file may not replace a report, and its folder must be there.

    Args:
        target: The file to write.
        reports: What is read.
        what: What it is, for the message.

    Raises:
        DechallengeError: It cannot be written, or is one of the reports.
    """
    if target.is_dir() or not target.parent.is_dir():
        raise DechallengeError(
            f"the {what} cannot be written here", place=str(target), next_step="Name a file in a folder that exists."
        )
    if any(target.resolve() == report.resolve() for report in reports):
        raise DechallengeError(
            "this is one of the reports", place=str(target), next_step=f"Name another file for the {what}."
        )


def write_text(target: Path, text: str, what: str = "page") -> None:
    """Write a text in UTF-8.

    Raises:
        DechallengeError: It cannot be written.
    """
    try:
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise DechallengeError(
            f"the {what} cannot be written ({error.strerror})",
            place=str(target),
            next_step=f"Name another file for the {what}.",
        ) from None
