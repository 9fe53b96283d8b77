"""The elements and lines that a case makes, before they are joined with a report that is there already.

`Made` collects them; `joined` puts them together: without a report as they are, with one only what has changed since
the case was read from it. May import the case, evidence and the modules of this folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from dechallenge.formats.e2b import lines
from dechallenge.formats.e2b.elements import elements
from dechallenge.formats.e2b.icsr import At, Element, Icsr

_TEXTS: Final = (
    "C.4.r.1", "D.7.1.r.5", "D.7.2", "D.8.r.1", "E.i.1.1a", "E.i.1.2", "F.r.2.1", "F.r.3.4", "F.r.6", "G.k.2.2",
    "G.k.2.3.r.1", "G.k.4.r.8", "G.k.4.r.10.1", "G.k.7.r.1", "G.k.9.i.2.r.1", "G.k.9.i.2.r.2", "G.k.9.i.2.r.3",
    "G.k.11", "H.1", "H.2", "H.4", "H.5.r.1a",
)  # fmt: skip
LIMITS: Final = {id: elements()[id].length for id in _TEXTS}
"""Longest text of the elements into which a case puts free text, in characters."""
REST: Final = "H.5.r.1a"
"""Where lines go that no other element has room for."""
_HEAD: Final = "Data of the case that no element of E2B holds, in fixed wording."
_NUMBER = re.compile(r" \[n\] \d+")
_SHORTER = ("evidence", "outcome evidence", "because", "reason")
"""Fields of a line that are left out first where it is too long."""


@dataclass(slots=True)
class Made:
    """Elements by number and repetition, and lines by the element that they belong to, both in order.

    Attributes:
        cut: What was too long, in words.
    """

    elements: dict[tuple[str, At], tuple[str, str]] = field(default_factory=dict)
    lines: list[tuple[tuple[str, At], str]] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)

    def put(self, id: str, at: At, value: object, null: str = "") -> None:
        """Put down an element; nothing for an empty value without a null flavour."""
        text = lines.figure(value) if isinstance(value, float) else str(value or "")
        limit = LIMITS.get(id)
        if limit is not None and len(text) > limit:
            mark = f"{id}{list(at) if at else ''}: {len(text) - limit} of {len(text)} characters did not fit"
            if mark not in self.cut:
                self.cut.append(mark)
            text = text[:limit]
        if text or null:
            self.elements.setdefault((id, at), (text, null))

    def line(self, id: str, at: At, text: str) -> None:
        """Put down a line in the element that it belongs to; in `REST` where it alone is too long for it."""
        self.lines.append(((id, at), _fitted(text, LIMITS[id])))


def _fitted(text: str, limit: int) -> str:
    for label in _SHORTER:
        if len(text) <= limit:
            break
        head, mark, tail = text.partition(f" [{label}] ")
        if mark:
            following = tail.find(" [")
            text = head + (tail[following:] if following >= 0 else "")
    return text


def joined(now: Made, before: Made | None, base: Icsr | None) -> tuple[Element, ...]:
    """The elements of the report.

    Args:
        now: What the case makes.
        before: What the case made as it was read from the base.
        base: The report that it was read from.
    """
    if base is None or before is None:
        texts = {key: value for key, (value, _) in now.elements.items() if key[0] in LIMITS}
        made = dict(now.elements)
        for key, value in _texts(now.lines, texts).items():
            made[key] = (value, "")
        return tuple(Element(id, at, value, null) for (id, at), (value, null) in _ordered(made))
    changed = {k: v for k, v in now.elements.items() if before.elements.get(k) != v}
    gone = {k for k in before.elements if k not in now.elements}
    for id, at in tuple(gone):
        group = _group(id)
        if group and not any(_group(i) == group and a[: len(at[:1])] == at[:1] for i, a in now.elements):
            gone |= {(e.id, e.at) for e in base.elements if _group(e.id) == group and e.at[:1] == at[:1]}
    added = _minus(now.lines, before.lines)
    removed = {_key(text) for _, text in _minus(before.lines, now.lines)}
    values = {(e.id, e.at): e.value for e in base.elements} | {k: v for k, (v, _) in changed.items()}
    if added or removed:
        kept = {key: _without(text, removed) for key, text in values.items() if key[0] in LIMITS}
        for key, value in _texts(added, kept).items():
            if values.get(key, "") != value:
                changed[key] = (value, "")
    if not changed and not gone:
        return base.elements
    out = []
    for element in base.elements:
        key = (element.id, element.at)
        if key in gone and key not in changed:
            continue
        if key in changed:
            value, null = changed.pop(key)
            element = Element(element.id, element.at, value, null, "", element.path, element.line)
        out.append(element)
    out += [Element(id, at, value, null) for (id, at), (value, null) in changed.items()]
    return tuple(sorted(out, key=lambda e: _rank(e.id, e.at)))


def _group(id: str) -> str:
    """The repeating group of an element, empty for what occurs once."""
    return next((g for g in ("E.i", "F.r", "G.k", "D.7.1.r", "D.8.r", "H.5.r") if id.startswith(g + ".")), "")


Placed = tuple[tuple[str, At], str]
"""A line with the element that it belongs to."""


def _key(line: str) -> str:
    """A line without its number among its like, which moves when another is put in."""
    return _NUMBER.sub("", line, count=1)


def _minus(some: list[Placed], others: list[Placed]) -> list[Placed]:
    left = [_key(text) for _, text in others]
    out = []
    for place, text in some:
        if _key(text) in left:
            left.remove(_key(text))
        else:
            out.append((place, text))
    return out


def _without(text: str, removed: set[str]) -> str:
    return "\n".join(line for line in text.split("\n") if _key(line) not in removed)


def _texts(added: list[Placed], texts: dict[tuple[str, At], str]) -> dict[tuple[str, At], str]:
    """The texts with their lines; what does not fit goes to `REST`."""
    out = dict(texts)
    rest: list[str] = []
    full: set[tuple[str, At]] = set()
    for key, line in added:
        have = out.get(key, "")
        text = f"{have}\n{line}" if have else line
        if key[0] == REST or key in full or len(text) > LIMITS[key[0]]:
            full.add(key)
            rest.append(line)
        else:
            out[key] = text
    number = max((at[0] for id, at in texts if id == REST), default=0)
    for text in _packed(rest):
        number += 1
        out[REST, (number,)] = text
        out["H.5.r.1b", (number,)] = "eng"
    return {k: v for k, v in out.items() if v != texts.get(k) or v}


def _packed(rest: list[str]) -> Iterator[str]:
    text = ""
    for line in rest:
        if text and len(text) + len(line) + 1 > LIMITS[REST]:
            yield text
            text = ""
        text = f"{text or _HEAD}\n{line}"
    if text:
        yield text


def _ordered(made: dict[tuple[str, At], tuple[str, str]]) -> list[tuple[tuple[str, At], tuple[str, str]]]:
    return sorted(made.items(), key=lambda item: _rank(*item[0]))


def _rank(id: str, at: At) -> tuple[object, ...]:
    """The order of the message: section, group, repetition, number of the element."""
    group = _group(id)
    return (id[0], _parts(group or id), at[:1] if group else (), _parts(id), at)


def _parts(id: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(p), "") if p.isdecimal() else (999, p) for p in id.split("."))
