"""The two-way links of a page: from each point to its words, and from words back to the points that use them.

Imports ``evidence`` and this folder's wording.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from pydantic import BaseModel

from dechallenge.evidence import DerivedEvidence, Evidence, TextEvidence, words
from dechallenge.report import wording

Span = tuple[str, int, int]


@dataclass(frozen=True)
class Cite:
    """One quotation beside a point: where it leads, and its words."""

    target: str
    quote: str


@dataclass(frozen=True)
class Point:
    """A place on the page that rests on words."""

    id: str
    words: tuple[str, ...]
    label: str
    cites: tuple[Cite, ...]
    notes: tuple[str, ...]


@dataclass
class Links:
    """Names for the words and the points of one case.

    Attributes:
        prefix: What every id begins with, so that several cases share a page.
        shown: Documents whose text is on the page.
        spans: Words by their place, in order of registration.
        points: Points by their id.
    """

    prefix: str
    shown: frozenset[str] = frozenset()
    spans: dict[Span, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)

    def register(self, value: object, kind: str) -> None:
        """Name all words inside a published value; the first kind that claims them (or words over them) colours."""
        for quote in sorted(_inside(value), key=lambda q: (q.document, q.start, -q.end)):
            span = (quote.document, quote.start, quote.end)
            if span in self.spans:
                continue
            over = (n for s, n in self.spans.items() if s[0] == span[0] and s[1] < span[2] and span[1] < s[2])
            known = next(over, None)
            self.spans[span] = f"{self.prefix}w{len(self.spans) + 1}"
            self.kinds[self.spans[span]] = self.kinds[known] if known else kind

    def point(self, evidence: Iterable[Evidence], label: str) -> Point:
        """A new point that rests on this evidence."""
        listed = tuple(evidence)
        found: dict[str, Cite] = {}
        for quote in words(listed):
            name = self.spans.get((quote.document, quote.start, quote.end))
            if name and quote.document in self.shown:
                found.setdefault(name, Cite(name, wording.clip(quote.quote, 64)))
        loose = [f"“{wording.clip(q.quote, 64)}”" for q in words(listed) if q.document not in self.shown]
        point = Point(
            f"{self.prefix}p{len(self.points) + 1}",
            tuple(found),
            wording.one_line(label),
            tuple(found.values()),
            tuple(dict.fromkeys([*loose, *wording.sources(listed)])),
        )
        self.points[point.id] = point
        return point

    def attributes(self, evidence: tuple[Evidence, ...], label: str) -> str:
        """A new point as attributes of an SVG mark; nothing where there are no words on the page."""
        point = self.point(evidence, label)
        if not point.words:
            return ""
        return (
            f' id="{point.id}" data-w="{" ".join(point.words)}" data-label="{escape(point.label)}" tabindex="0" '
            f'role="link" aria-label="{escape(point.label)}"'
        )

    def used(self) -> dict[str, list[str]]:
        """The points that use each word, in the order of the page."""
        out: dict[str, list[str]] = {}
        for point in self.points.values():
            for word in point.words:
                out.setdefault(word, []).append(point.id)
        return out


def _inside(value: object) -> list[TextEvidence]:
    """Every quotation inside a published value, at any depth."""
    if isinstance(value, TextEvidence):
        return [value]
    if isinstance(value, DerivedEvidence):
        return list(words((value,)))
    if isinstance(value, BaseModel):
        return [q for name in type(value).model_fields for q in _inside(getattr(value, name))]
    if isinstance(value, tuple | list):
        return [q for inner in value for q in _inside(inner)]
    return []
