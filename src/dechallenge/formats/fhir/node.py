"""Tolerant getters over the JSON of a FHIR resource: what is not as it should be is a warning with its path.

A :class:`Node` is one JSON object with its place; no getter raises. Imports nothing of the package but the case's
``Problem`` and evidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dechallenge.case import Problem
from dechallenge.evidence import PathEvidence

MOST_PROBLEMS = 200
"""Warnings of one file that are told; the rest is counted."""
LONGEST_QUOTE = 400


class Figure(float):
    """A JSON number that keeps how it was written ("6.30")."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, written: str) -> Figure:
        made = super().__new__(cls, written)
        made.written = written
        return made


def clean(text: str) -> str:
    """A string that can be written as UTF-8: half of a surrogate pair becomes a question mark."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def printable(text: str) -> str:
    """A text without the control characters and half characters that JSON receivers refuse."""
    if text.isprintable():
        return text if text.strip() else ""
    kept = "".join(c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff"))
    return kept if kept.strip() else ""


@dataclass
class Log:
    """Warnings of one file.

    Attributes:
        document: Identity of the document that the warnings and the evidence name.
    """

    document: str
    kind: str = "FHIR"
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    seen: set[tuple[str, str]] = field(default_factory=set, repr=False)

    def warn(
        self, path: str, message: str, next_step: str = "The rest of the file was read; check this field."
    ) -> None:
        """One warning with its JSON path; the same one again is not told twice."""
        if (path, message) in self.seen:
            return
        self.seen.add((path, message))
        if len(self.problems) >= MOST_PROBLEMS:
            self.more += 1
            return
        text = f"{path}: {message}" if path else message
        self.problems.append(
            Problem(document=self.document, kind=self.kind, message=clean(text), next_step=clean(next_step))
        )

    def told(self) -> tuple[Problem, ...]:
        """All warnings, and how many more there were."""
        if not self.more:
            return tuple(self.problems)
        rest = Problem(
            document=self.document,
            kind=self.kind,
            message=f"{self.more} more warnings of this file are not listed.",
            next_step="Mend the first ones, then read the file again.",
        )
        return (*self.problems, rest)


@dataclass(frozen=True)
class Node:
    """One JSON object of a message.

    Attributes:
        data: The object.
        path: Its place, as a FHIRPath-like expression ("Bundle.entry[3].resource.code").
    """

    data: dict[str, Any]
    path: str
    log: Log = field(compare=False, repr=False)

    def __contains__(self, key: str) -> bool:
        return self.data.get(key) is not None

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self.path}.{key}"

    def text(self, key: str) -> str:
        """A string; empty where it is absent, blank or no string."""
        value = self.data.get(key)
        if value is None:
            return ""
        if isinstance(value, str):
            return clean(value).strip()
        if isinstance(value, Figure):
            return value.written
        self.log.warn(self.at(key), f"a text was expected, not {_shown(value)}")
        return ""

    def texts(self, key: str) -> list[str]:
        """The strings of a list, or a single string."""
        value = self.data.get(key)
        items = value if isinstance(value, list) else [] if value is None else [value]
        found = [clean(item).strip() for item in items if isinstance(item, str)]
        if any(not isinstance(item, str) and item is not None for item in items):
            self.log.warn(self.at(key), "texts were expected")
        return [item for item in found if item]

    def number(self, key: str) -> float | None:
        """A finite number; one that is written as a text is taken and said."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            try:
                found = float(value)
            except ValueError:
                found = math.nan
            if math.isfinite(found):
                self.log.warn(self.at(key), f"the number {value.strip()!r} is written as a text; it was taken")
                return found
        elif isinstance(value, float) and math.isfinite(value):
            return float(value)
        self.log.warn(self.at(key), f"a number was expected, not {_shown(value)}")
        return None

    def flag(self, key: str) -> bool | None:
        """True or false; nothing where it is neither."""
        value = self.data.get(key)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip().lower() in ("true", "false"):
            return value.strip().lower() == "true"
        self.log.warn(self.at(key), f"true or false was expected, not {_shown(value)}")
        return None

    def nodes(self, key: str) -> list[Node]:
        """The objects of a list; a single object, as another version of FHIR has it, is a list of one."""
        value = self.data.get(key)
        if value is None:
            return []
        if isinstance(value, dict):
            return [Node(value, self.at(key), self.log)]
        if not isinstance(value, list):
            self.log.warn(self.at(key), f"an object was expected, not {_shown(value)}")
            return []
        found = []
        for i, item in enumerate(value):
            if isinstance(item, dict):
                found.append(Node(item, f"{self.at(key)}[{i}]", self.log))
            elif item is not None:
                self.log.warn(f"{self.at(key)}[{i}]", f"an object was expected, not {_shown(item)}")
        return found

    def node(self, key: str) -> Node | None:
        """The object, or the first of a list."""
        found = self.nodes(key)
        return found[0] if found else None

    def first(self, *keys: str) -> Node | None:
        """The first of several fields that holds an object."""
        return next((found for key in keys if (found := self.node(key)) is not None), None)

    def quote(self, key: str = "", words: str = "") -> PathEvidence:
        """Evidence: the path of this object or one of its fields, and the words that stand there."""
        value = self.data.get(key) if key else None
        said = words or (_words(value) if key else "")
        return PathEvidence(
            document=self.log.document, path=self.at(key) if key else self.path, quote=clean(said)[:LONGEST_QUOTE]
        )

    def extensions(self, url: str) -> Iterator[Node]:
        """The extensions of a URL (its last part is enough where the URL given holds no colon)."""
        for found in (*self.nodes("extension"), *self.nodes("modifierExtension")):
            own = found.data.get("url")
            if isinstance(own, str) and (own == url or (":" not in url and own.rsplit("/", 1)[-1] == url)):
                yield found

    def of_primitive(self, key: str) -> Node | None:
        """What stands beside a primitive field (``_birthDate``): its extensions."""
        value = self.data.get(f"_{key}")
        return Node(value, self.at(f"_{key}"), self.log) if isinstance(value, dict) else None


def _words(value: object) -> str:
    if isinstance(value, Figure):
        return value.written
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.strip() if isinstance(value, str) else ""


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    words = _words(value)
    return repr(words[:60]) if isinstance(value, str) else words or str(value)[:60]
