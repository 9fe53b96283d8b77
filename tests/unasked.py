"""Assessments without their open questions, for tests that compare scores, ranges, categories and codes alone.

To work out what every answer to every question would give takes most of the time of an assessment.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from unittest import mock

from dechallenge.assessment import assess
from dechallenge.logic.engine import score


@contextlib.contextmanager
def unasked() -> Iterator[None]:
    """Inside, instruments are scored without open questions; nothing else of their results differs."""
    with mock.patch.object(assess, "score", functools.partial(score, questions=False)):
        yield
