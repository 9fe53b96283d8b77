"""Counts instead of clocks: how many calls a function makes, and whether a pattern can run away on long texts.

The same on every machine, however busy. May import nothing of the package.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

from hypothesis import settings

_USUAL = 100
"""Generated cases of a test under the default profile."""
UNBOUNDED = 1000
"""Repeats from which on a repeat counts as one without an end."""


def examples(number: int) -> int:
    """Generated cases for a test that makes do with fewer than usual; more under a profile that makes more."""
    return number * max(1, settings().max_examples // _USUAL)


def calls(work: Callable[[], object]) -> int:
    """How many calls of Python and built-in functions a piece of work makes."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def nested_repeats(pattern: str | re.Pattern[str]) -> list[str]:
    """The endless repeats inside endless repeats of a pattern, which may take exponential time."""
    source, flags = (pattern, 0) if isinstance(pattern, str) else (pattern.pattern, pattern.flags)
    return [str(found) for found in _walk(parser.parse(source, flags & ~re.DEBUG), inside=False)]


def _walk(tree: Any, *, inside: bool) -> Iterator[object]:
    for kind, value in tree:
        endless = False
        if kind in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            endless = value[1] >= UNBOUNDED
            if endless and inside:
                yield value[2]
        for part in _parts(value):
            yield from _walk(part, inside=inside or endless)


def _parts(value: Any) -> Iterator[Any]:
    """The patterns within the argument of one operation."""
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _parts(one)
