"""The one exception family: every error names its cause, its place and the next step.

Imports nothing of the package.
"""

from __future__ import annotations


class DechallengeError(Exception):
    """An error that a user can act on.

    Args:
        cause: What went wrong, in one sentence.
        place: Where (a file, a field, a line); empty when there is no place.
        next_step: What to do about it.
    """

    def __init__(self, cause: str, *, place: str = "", next_step: str = "") -> None:
        self.cause = cause
        self.place = place
        self.next_step = next_step
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.place}: {self.cause}" if self.place else self.cause
        return f"{head} {self.next_step}".rstrip() if self.next_step else head


class InputError(DechallengeError):
    """A document that cannot be read: empty, binary, too large, of an unsupported format."""


class FactError(DechallengeError):
    """A fact with an unknown name or an illegal value."""


class UnitError(DechallengeError):
    """A unit that is unknown, or that cannot be converted for the analyte."""
