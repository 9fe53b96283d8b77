"""A case as a report of E2B: the elements that hold it, and lines of fixed wording for what no element does.

`icsr` is the door. With the report that the case came from only what changed is replaced: an unchanged case gives
identical elements. May import the case, dates, evidence and the modules of this folder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.case.model import Case
from dechallenge.evidence import DerivedEvidence, Document, TextEvidence
from dechallenge.formats.e2b import lines
from dechallenge.formats.e2b.case_from import case as case_of
from dechallenge.formats.e2b.case_to_parts import Writing
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.e2b.made import LIMITS, Made, joined

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, and the carriage return, which it does not keep."""


def icsr(case: Case, base: Icsr | None = None, documents: Sequence[Document] = ()) -> Icsr:
    """The report of a case.

    Args:
        case: The case, with the results of an assessment as statements by ``dechallenge`` where they are wanted.
        base: The report that the case was read from; what the case model does not hold stays as it was there.
        documents: The documents that the evidence of the case points into: the text that the case was read from
            becomes the narrative (H.1).

    Returns:
        The report; its notes say what was cut and why.
    """
    if base is None:
        writing = _writing(case, documents)
        writing.write(case)
        return Icsr("case", 1, joined(writing.made, None, None), tuple(writing.made.cut))
    document = Document(id=case.document, name="", text="", sha256="")
    before, now = Writing(base, lines.no_spans), Writing(base, _spans(case, base))
    read = case_of(base, document)
    before.spans = _spans(read, base)
    before.write(read)
    now.write(case)
    elements = joined(now.made, before.made, base)
    if elements == base.elements:
        return base
    notes = tuple(dict.fromkeys((*base.notes, *(cut for cut in now.made.cut if cut not in before.made.cut))))
    return Icsr(base.form, base.number, elements, notes, base.native)


def _spans(case: Case, base: Icsr) -> lines.Spans:
    """Words of the narrative of a report that is there already."""
    return lines.spans_in(f"{case.document}.H.1", 0, len(base.value("H.1")))


def _writing(case: Case, documents: Sequence[Document]) -> Writing:
    """A new report, with the text that the case was read from as its narrative."""
    counted: dict[str, int] = {}
    _count(case, counted)
    told = [d for d in documents if counted.get(d.id)]
    document = max(told, key=lambda d: counted[d.id], default=None)
    if document is None:
        return Writing(None, lines.no_spans)
    text = _ILLEGAL.sub(" ", document.text)
    shift = len(text) - len(text.lstrip())
    text = text.strip()
    limit = LIMITS["H.1"]
    made = Made()
    if len(text) > limit:
        left = len(text) - limit
        mark = f"\n[Cut: the last {left} characters of the text did not fit.]"
        made.cut.append(f"H.1: the text has {len(text)} characters, {limit} fit; the rest is left out")
        text = text[: limit - len(mark)] + mark
        spans = lines.spans_in(document.id, shift, limit - len(mark))
    else:
        spans = lines.spans_in(document.id, shift, len(text))
    made.put("H.1", (), text)
    return Writing(None, spans, made)


def _count(value: object, counted: dict[str, int]) -> None:
    """How many pieces of evidence of a case lie in each text."""
    if isinstance(value, TextEvidence):
        counted[value.document] = counted.get(value.document, 0) + 1
    elif isinstance(value, DerivedEvidence):
        for inner in value.derived_from:
            _count(inner, counted)
    elif isinstance(value, tuple):
        for item in value:
            _count(item, counted)
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:  # type: ignore[attr-defined]
            _count(getattr(value, name), counted)
