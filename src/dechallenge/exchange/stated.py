"""Results of an assessment as statements in the case, in the form in which they travel: method, result, items.

A statement by ``dechallenge`` is a result for others to read; no score ever reads it back. Imports the case, the
contract of the assessment and the short names of instruments.
"""

from __future__ import annotations

from dechallenge.assessment.model import CaseOut, InstrumentOut, ItemOut
from dechallenge.case import Case, Statement
from dechallenge.report.names import SHORT

SOURCE = "Dechallenge"


def stated(case: Case, out: CaseOut) -> Case:
    """The case with the results of its assessment; those of an earlier one by this project are replaced.

    For each suspect and reaction every causality instrument that gives a result becomes one statement (``score``)
    and one of its items (``items``), so that the whole sheet can be filled in again from the words.

    Args:
        case: The case.
        out: Its assessment.
    """
    others = [s for s in case.statements if s.by != "dechallenge"]
    ours: list[Statement] = []
    for suspect in out.suspects:
        for one in suspect.instruments:
            if not one.applicable or not result_of(one):
                continue
            about = {"by": "dechallenge", "drug": suspect.drug, "event": suspect.event.id, "source": SOURCE}
            method = SHORT.get(one.id, one.title)
            ours.append(Statement(kind="score", method=method, result=result_of(one), **about))
            if one.items:
                ours.append(Statement(kind="items", method=method, result=items_of(one), **about))
    return case.model_copy(update={"statements": (*others, *ours)})


def result_of(one: InstrumentOut) -> str:
    """A result in at most 60 characters, as E2B holds it: ``Probable (6; 4 to 8)``, ``C3S2B3 I4``."""
    category = (one.category or "").strip()
    category = category[:1].upper() + category[1:]
    if one.code and category and one.code not in category:
        category = f"{one.code} {one.category}".strip()
    category = category or (one.code or "")
    if one.score is None:
        return category[:60]
    number = f"{one.score:g}"
    if one.low is not None and one.high is not None and one.low != one.high:
        number += f"; {one.low:g} to {one.high:g}"
    return f"{category} ({number})".strip()[:60] if category else number


def items_of(one: InstrumentOut) -> str:
    """Every item with what it gives: ``1 +2; 2 0; 5 -3 (hepatitis E not reported)``; what is unknown says so."""
    return "; ".join(_item(item, one.id) for item in one.items)


def _item(item: ItemOut, instrument: str) -> str:
    short = item.id.removeprefix(f"{instrument}.")
    if item.points is not None:
        gives = f"{item.points:+g}" if item.points else "0"
        if item.low is not None and item.high is not None and item.low != item.high:
            gives += f" [{item.low:+g} to {item.high:+g}]"
    else:
        gives = item.code or "?"
    missing = f" (unknown: {', '.join(item.missing)})" if item.missing else ""
    return f"{short} {gives}{missing}"
