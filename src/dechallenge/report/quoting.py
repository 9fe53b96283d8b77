"""Words in their place: the line of a quotation, and the sentence around it.

Pure functions on texts. Imports ``evidence``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dechallenge.evidence import Document, TextEvidence
from dechallenge.report import wording

_ENDS = re.compile(r"[.!?:;][\"”’)\]]?\s|\n[ \t]*\n")
_AROUND = 160


@dataclass(frozen=True)
class Quotation:
    """A quotation with its sentence: ``before`` and ``after`` on one line, ``line`` counted from 1 (0: no text)."""

    before: str
    quote: str
    after: str
    line: int
    place: str


def locate(
    evidence: TextEvidence,
    texts: Mapping[str, str],
    names: Mapping[str, str],
    places: Mapping[str, Document] | None = None,
) -> Quotation:
    """The quotation with what stands around it; without the text, its offsets. With ``places``, the page it is on."""
    name = names.get(evidence.document, evidence.document)
    original = places[evidence.document].place(evidence.start) if places and evidence.document in places else ""
    name = f"{name}, {original}" if original else name
    text = texts.get(evidence.document)
    offsets = f"characters {evidence.start}–{evidence.end}"
    if text is None:
        return Quotation("", wording.one_line(evidence.quote), "", 0, f"{name}, {offsets}")
    line = text.count("\n", 0, evidence.start) + 1
    before = text[max(0, evidence.start - _AROUND) : evidence.start]
    ends = list(_ENDS.finditer(before))
    if ends:
        before = before[ends[-1].end() :]
    elif evidence.start > _AROUND:
        before = "…" + before[before.find(" ") + 1 :]
    after = text[evidence.end : evidence.end + _AROUND]
    end = _ENDS.search(after)
    if end:
        after = after[: end.start() + 1]
    elif evidence.end + _AROUND < len(text):
        after = after[: after.rfind(" ") + 1] + "…"
    return Quotation(
        _flat(before), wording.one_line(evidence.quote), _flat(after), line, f"{name}, line {line}, {offsets}"
    )


def _flat(text: str) -> str:
    """On one line, keeping whether a blank stood at either end."""
    return re.sub(r"\s+", " ", text)
