"""What of a case did not survive the way through a message. Imports the case.

Compared is what the case says, not where it was read: ids, evidence, coverage and the reader's own marks are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from dechallenge.case.model import Case, Time
from dechallenge.evidence import Frozen

_PARTS: Final = ("events", "exposures", "links", "actions", "measurements", "tests", "findings", "statements",
                 "conflicts")  # fmt: skip
_NAMES: Final = {
    "events": "reaction", "exposures": "drug", "links": "link", "actions": "action", "measurements": "value",
    "tests": "test", "findings": "finding", "statements": "statement", "conflicts": "conflict",
}  # fmt: skip
_ASIDE: Final = frozenset({"id", "rule", "canonical", "canonical_unit", "flags", "coverage", "document", "narrative"})
_SHOWN: Final = ("term", "drug", "analyte", "test", "kind", "value", "result", "event", "method", "what")


def lost(case: Case, back: Case) -> list[str]:
    """The content of a case that another does not have, in words, in the order of the case.

    Args:
        case: The case as it was.
        back: The case as it came back.
    """
    found = [f"patient: {name}" for name in _fields(case.patient, back.patient)]
    found += [f"report: {name}" for name in _fields(case.report, back.report)]
    for part in _PARTS:
        found += _part(_NAMES[part], getattr(case, part), getattr(back, part), case, back)
    return found


def _part(name: str, mine: Iterable[Frozen], theirs: Iterable[Frozen], case: Case, back: Case) -> list[str]:
    left = list(theirs)
    waiting = []
    for item in mine:
        same = next((n for n, other in enumerate(left) if not _fields(item, other, case, back)), None)
        if same is None:
            waiting.append(item)
        else:
            left.pop(same)
    found = []
    for item in waiting:
        near = min(left, key=lambda other: len(_fields(item, other, case, back)), default=None)
        missing = _fields(item, near, case, back) if near is not None and _alike(item, near) else None
        if missing is None:
            found.append(f"{name} {_told(item)}")
        else:
            found.append(f"{name} {_told(item)}: {', '.join(missing)}")
            assert near is not None
            left.remove(near)
    return found


def _alike(one: Frozen, other: Frozen) -> bool:
    key = next((k for k in ("analyte", "test", "term", "drug", "what") if hasattr(one, k)), "kind")
    return bool(getattr(one, key, "") == getattr(other, key, ""))


def _told(item: Frozen) -> str:
    return " ".join(str(v) for k in _SHOWN if (v := getattr(item, k, None)) not in (None, ""))


def _fields(one: Frozen, other: Frozen, case: Case | None = None, back: Case | None = None) -> list[str]:
    """The fields in which one says something that the other does not say."""
    out = []
    for name in type(one).model_fields:
        if name in _ASIDE or name.endswith("evidence"):
            continue
        mine, theirs = _plain(getattr(one, name)), _plain(getattr(other, name))
        if name == "event" and case is not None and back is not None:
            mine, theirs = _place(case, mine), _place(back, theirs)
        if name == "seriousness":
            mine, theirs = set(mine), set(theirs)
        if mine != theirs and mine not in (None, "", ()):
            out.append(name.replace("_", " "))
    return out


def _place(case: Case, id: object) -> object:
    """The place of a reaction among the reactions: ids may differ."""
    return next((n for n, event in enumerate(case.events) if event.id == id), id)


def _plain(value: Any) -> Any:
    if isinstance(value, Time) and value.date:  # the date is what was said; how it was written differs by format
        return ("date", value.date, value.low, value.high)
    if isinstance(value, Frozen):
        return tuple(
            (name, _plain(getattr(value, name)))
            for name in type(value).model_fields
            if name not in _ASIDE and not name.endswith("evidence")
        )
    if isinstance(value, str):
        return " ".join(value.split())
    return tuple(_plain(item) for item in value) if isinstance(value, tuple) and type(value) is tuple else value
