"""Patterns that see a raw text, in which what is left out has become blanks, take no two runs of blanks at once.

"Case", then a hundred thousand blanks: a pattern with two unbounded runs of them, and nothing necessary between, tries
every way to part them. What is read of a clean text never meets such a run.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from dechallenge.reading import tables
from dechallenge.reading.matching.triggers import Pattern

SHORT = {"patient_table._HEAD": "asked of lines of a few hundred characters only"}
"""Patterns that never see a long run, and why."""
RAW = tuple(module.name for module in pkgutil.iter_modules(tables.__path__, f"{tables.__name__}."))
LONG = 1000


def patterns() -> list[tuple[str, Pattern | re.Pattern[str]]]:
    found = []
    for module in RAW:
        for name, value in vars(importlib.import_module(module)).items():
            if isinstance(value, Pattern | re.Pattern):
                found.append((f"{module.rsplit('.', 1)[1]}.{name}", value))
    return found


def takes_blanks(item: tuple[Any, Any]) -> bool:
    """Whether an item of one character may be a blank."""
    code, value = item
    if code is codes.LITERAL:
        return chr(value) in " \t"
    if code is codes.IN:
        members = [m for m in value if m[0] is not codes.NEGATE]
        within = any(m[1][0] <= ord(" ") <= m[1][1] if m[0] is codes.RANGE else takes_blanks(m) for m in members)
        return within != (len(members) < len(value))
    if code is codes.CATEGORY:
        return value not in (codes.CATEGORY_DIGIT, codes.CATEGORY_WORD, codes.CATEGORY_NOT_SPACE)
    return code in (codes.ANY, codes.NOT_LITERAL)


def sequences(parsed: Any) -> Iterator[list[tuple[Any, Any]]]:
    yield list(parsed)
    for code, value in parsed:
        inner = {
            codes.SUBPATTERN: lambda v: [v[3]],
            codes.MAX_REPEAT: lambda v: [v[2]],
            codes.MIN_REPEAT: lambda v: [v[2]],
            codes.BRANCH: lambda v: v[1],
        }.get(code)
        for part in inner(value) if inner is not None else ():
            yield from sequences(part)


def may_be_empty(item: tuple[Any, Any]) -> bool:
    one = parser.SubPattern(parser.State())
    one.data = [item]
    return bool(one.getwidth()[0] == 0)


def two_runs(pattern: str, flags: int) -> bool:
    """Two unbounded runs of what may be blanks, with nothing between that has to be there."""
    for sequence in sequences(parser.parse(pattern, flags & ~re.UNICODE)):
        running = False
        for code, value in sequence:
            run = code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[1] > LONG and len(value[2]) == 1
            if run and takes_blanks(value[2][0]):
                if running:
                    return True
                running = True
            elif not may_be_empty((code, value)):
                running = False
    return False


def test_the_test_knows_two_runs() -> None:
    assert two_runs(r"cases?[ \t]*(?:no\.?)?[ \t]*\n", 0)
    assert not two_runs(r"cases?(?:[ \t]{0,4}no\.?)?[ \t]*\n", 0)
    assert not two_runs(r"a\s*:\s*b", 0)


@pytest.mark.parametrize(("name", "pattern"), [p for p in patterns() if p[0] not in SHORT], ids=lambda v: str(v)[:40])
def test_no_pattern_on_raw_text_takes_two_runs_of_blanks(name: str, pattern: Pattern | re.Pattern[str]) -> None:
    assert not two_runs(pattern.pattern, int(pattern.flags))


def test_what_is_excused_is_there() -> None:
    assert set(SHORT) <= {name for name, _ in patterns()}
