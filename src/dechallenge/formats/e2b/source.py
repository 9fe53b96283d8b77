"""One report as the mapping to the case sees it: values with their evidence, dates as days, the narrative as a text.

`Source` holds the report, the message as a document and the axis of the case; nothing here knows what an element
means for a case. May import the case, dates, evidence, timeline and the modules of this folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from pydantic import ValidationError

from dechallenge.case.model import Code, Time
from dechallenge.evidence import Document, Evidence, Frozen, PathEvidence, TextEvidence
from dechallenge.formats.dates import Axis, Dated, parse
from dechallenge.formats.e2b import codes, lines
from dechallenge.formats.e2b.icsr import Element, Icsr
from dechallenge.timeline import Interval, duration

M = TypeVar("M", bound=Frozen)
T = TypeVar("T")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
MEDDRA = "MedDRA"
MOST = 1e6
"""Longest length of time that is taken seriously, in its own unit."""
_GROUPS = {
    "C.2.r": 0, "C.4.r": 0, "D.7.1.r": 0, "D.8.r": 0, "D.9.2.r": 0, "E.i": 0, "F.r": 0, "G.k": 0, "G.k.2.3.r": 1,
    "G.k.4.r": 1, "G.k.7.r": 1, "G.k.9.i": 1, "G.k.9.i.2.r": 2, "H.3.r": 0,
}  # fmt: skip
"""The repeating groups that a case is read from, and how many others are around each."""
LINES_IN = ("D.7.2", "F.r.6", "G.k.4.r.8", "G.k.11", "H.2", "H.4", "H.5.r.1a")
"""Elements that may hold lines of the fixed wording, in the order in which they are read."""


def narratives(icsr: Icsr, document: Document) -> tuple[Document, ...]:
    """The free texts of a report that prose can be read from (H.1), each as a document of its own.

    Args:
        document: The message; the narrative is called after it (``d1.H.1``).
    """
    text = icsr.value("H.1")
    if not text.strip():
        return ()
    return (Document.from_text(text, name=f"{document.name} (H.1)", id=f"{document.id}.H.1"),)


@dataclass(frozen=True)
class Source:
    """A report with the document that it stands in."""

    icsr: Icsr
    document: Document
    notes: list[str] = field(default_factory=list)

    def value(self, id: str, *at: int) -> str:
        """The value of an element, spaces at both ends cut; empty where it is absent or null."""
        return self.icsr.value(id, *at).strip()

    def repeats(self, group: str, *at: int) -> list[int]:
        """The numbers under which something of a repeating group occurs, in order; as `Icsr.repeats`, at one look."""
        return self._numbers.get((group, at), [])

    @cached_property
    def _numbers(self) -> dict[tuple[str, tuple[int, ...]], list[int]]:
        found: dict[tuple[str, tuple[int, ...]], set[int]] = {}
        for element in self.icsr.elements:
            for group, depth in _GROUPS.items():
                if len(element.at) > depth and (element.id == group or element.id.startswith(f"{group}.")):
                    found.setdefault((group, element.at[:depth]), set()).add(element.at[depth])
        return {key: sorted(numbers) for key, numbers in found.items()}

    def quote(self, id: str, *at: int) -> tuple[Evidence, ...]:
        """Where an element stands; nothing where it is absent."""
        found = self.icsr.get(id, *at)
        return () if found is None else (self.evidence(found),)

    def evidence(self, element: Element) -> PathEvidence:
        """The place of an element: its number and repetition, and its path in the message."""
        mark = f"[{','.join(map(str, element.at))}]" if element.at else ""
        path = f"{element.id}{mark} {element.path}".rstrip()
        return PathEvidence(document=self.document.id, path=path, quote=element.raw or element.value or element.null)

    def quotes(self, *ids: tuple[str, tuple[int, ...]]) -> tuple[Evidence, ...]:
        """Where several elements stand."""
        return tuple(e for id, at in ids for e in self.quote(id, *at))

    def note(self, words: str) -> None:
        """Something that the case has no field for, said once."""
        if words not in self.notes:
            self.notes.append(words)

    def code(self, prefix: str, at: tuple[int, ...]) -> tuple[Code, ...]:
        """A MedDRA code with its version (``…a`` version, ``…b`` code)."""
        code = self.value(f"{prefix}b", *at)
        return (Code(system=MEDDRA, code=code, version=self.value(f"{prefix}a", *at)),) if code.isdecimal() else ()

    # --- time ---------------------------------------------------------------------------------------------------

    def dated(self, id: str, *at: int) -> Dated | None:
        """A date; what cannot be read as one is noted."""
        value = self.value(id, *at)
        if not value:
            return None
        found = parse(value)
        if found is None:
            self.note(f"{id}{list(at) if at else ''}: {value!r} is no date")
        return found

    def length(self, id: str, *at: int) -> Interval | None:
        """A duration in days (``…a`` number, ``…b`` unit), with the tolerance that its unit allows."""
        found = self.measure(id, *at)
        return found[0] if found is not None else None

    def measure(self, id: str, *at: int) -> tuple[Interval, float] | None:
        """A duration as an interval of days and as the figure that was sent, in days."""
        value, unit = self.value(f"{id}a", *at), codes.TIME_UNIT.get(self.value(f"{id}b", *at))
        if not value:
            return None
        number = lines.finite(value)
        if number is None:
            self.note(f"{id}a{list(at)}: {value!r} is no number")
            return None
        if unit is None or not 0 <= number <= MOST:
            self.note(f"{id}{list(at)}: {value} {self.value(f'{id}b', *at)} is no length of time; left out")
            return None
        name, size = (unit, number) if unit != "second" else ("minute", number / 60)
        told = duration(size, size, name)
        return told.interval, told.point if told.point is not None else told.interval.lo

    def span(self, days: Interval, point: float | None, text: str, anchor: str, evidence: tuple[Evidence, ...]) -> Time:
        """A length of time as a moment of the case."""
        return Time(low=days.low, high=days.high, point=point, text=text, anchor=anchor, evidence=evidence)

    # --- words of the narrative -----------------------------------------------------------------------------------

    @cached_property
    def narrative(self) -> Document | None:
        """The narrative as a document of its own."""
        found = narratives(self.icsr, self.document)
        return found[0] if found else None

    def words(self, told: str) -> tuple[Evidence, ...]:
        """Characters of the narrative (``H.1 120-130``) as evidence; what lies outside it is dropped."""
        text = self.narrative
        if text is None:
            return ()
        found = []
        for start, end in _SPAN.findall(told.removeprefix("H.1")):
            a, b = int(start), int(end)
            if a < b <= len(text.text):
                found.append(TextEvidence(document=text.id, start=a, end=b, quote=text.text[a:b]))
        return tuple(found)

    @cached_property
    def told(self) -> tuple[tuple[Element, lines.Line], ...]:
        """Every line of the fixed wording with the element that it stands in, in the order of `LINES_IN`."""
        found = []
        for id in LINES_IN:
            for element in self.icsr.elements:
                if element.id == id and lines.MARK.strip() in element.value:
                    found += [(element, line) for line in lines.read(element.value)]
        return tuple(found)

    def lines_of(self, kind: str) -> list[tuple[Element, lines.Line]]:
        """The lines of one kind, in the order of their numbers where they carry one."""
        mine = [(element, line) for element, line in self.told if line.kind == kind]
        return sorted(mine, key=lambda pair: number_of(pair[1]))

    def built(self, cls: type[M], kind: str) -> list[tuple[int, M]]:
        """The values of the case model that lines of a kind hold, outside F.r, with their numbers."""
        found = []
        for element, line in self.lines_of(kind):
            if element.id != "F.r.6" and (made := self.model(cls, line)) is not None:
                found.append((number_of(line), made))
        return found

    def model(self, cls: type[M], line: lines.Line, **known: object) -> M | None:
        """The value of the case model that a line holds; nothing, and a note, where it is not in the wording.

        Args:
            known: Fields that are known already and go before the line.
        """
        try:
            return cls.model_validate({**lines.build(cls, line, self.words), **known})
        except ValidationError:
            self.note(f"a line on {line.kind.lower()} is not in the wording that it begins with; read as free text")
            return None


LAST = 10**9
"""Place of what carries no number: after everything that does."""


def number_of(line: lines.Line | None) -> int:
    """The place of a value among its like, as its line tells it."""
    told = line.fields.get("n", "") if line is not None else ""
    return int(told) if told.isdecimal() and len(told) < 9 else LAST


def axis_of(days: Interval | None) -> Axis:
    """The axis that counts from these calendar days; without them no day is known."""
    return Axis(days) if days is not None and days.known else Axis()


def in_order(numbered: Iterable[tuple[int, T]], others: Iterable[T]) -> list[T]:
    """Values that carry their place among their like at that place, the others around them in their own order."""
    waiting, rest = sorted(numbered, key=lambda pair: pair[0]), list(others)
    out: list[T] = []
    for number, value in waiting:
        while rest and len(out) < number < LAST:
            out.append(rest.pop(0))
        out.append(value)
    return out + rest
