"""Results: what scoring one instrument on one set of facts gives, item by item. Plain frozen values.

Evidence is passed through from the facts. `as_dict` renders a result under the names of the JSON contract.
Imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Entry = Literal["met", "unknown", "refused"]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item.

    Attributes:
        id: Full id ("rucam-2016.5").
        points: By the convention; None for items that give a code and for items that could not be judged.
        low, high: Over every completion of what is unknown, jointly with the other items.
        option: The wording of the option taken, or the rule that was applied to a missing answer.
        code: The code of the option taken, for items that give codes.
        codes: The codes that some completion gives, for items that give codes.
        because: The facts that chose the option, in plain words.
        evidence: The evidence of these facts.
        missing: Names of the unknown facts that could change this item.
        parts: The parts of an item that is a sum.
        unverified: What about the option taken could not be verified.
    """

    id: str
    title: str
    points: float | None
    low: float | None
    high: float | None
    option: str
    code: str | None = None
    codes: tuple[str, ...] = ()
    because: str = ""
    evidence: tuple[object, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple[ItemResult, ...] = ()
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the instrument would give if one more fact were known."""

    applicable: bool
    score: float | None = None
    low: float | None = None
    high: float | None = None
    category: str | None = None
    categories: tuple[str, ...] = ()
    code: str | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unknown fact that matters.

    Attributes:
        fact: Name of the term.
        question: In plain words.
        would_give: For each answer, what the instrument would give.
        items: Full ids of the items that it could change.
    """

    fact: str
    question: str
    would_give: tuple[tuple[str, Outlook], ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CautionResult:
    """Something that has to be said with the result.

    Attributes:
        text: What is said.
        items: Full ids of the items that it is about; empty = the result as a whole.
        because: The facts that call for it, in plain words; empty where it is always said.
    """

    text: str
    items: tuple[str, ...] = ()
    because: str = ""
    evidence: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class InstrumentResult:
    """One instrument. Without entry (`applicable` false) there is a reason and nothing else.

    Attributes:
        score, low, high: The total, grade or number; None where the result is a code or a category.
        category: By the convention. `categories`: those that some completion reaches, in the instrument's own order;
            for instruments whose result is a code, the attainable codes.
        entry: Whether the instrument's entry condition is known to be met.
        reason: Why it is not applicable, or why it has no score, or what was assumed.
        open_questions: The unknown facts that matter, the most informative first.
        unverified: True when some part of the definition could not be verified against a source.
        cautions: What has to be said with the result (masked elements, limits of validity).
    """

    id: str
    title: str
    edition: str
    kind: str
    applicable: bool
    reason: str = ""
    entry: Entry = "met"
    score: float | None = None
    low: float | None = None
    high: float | None = None
    category: str | None = None
    categories: tuple[str, ...] = ()
    code: str | None = None
    items: tuple[ItemResult, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    unverified: bool = False
    cautions: tuple[CautionResult, ...] = ()

    def item(self, id: str) -> ItemResult:
        """The item or part with this full or short id.

        Raises:
            KeyError: There is none.
        """
        for item in self.items:
            for found in (item, *item.parts):
                if id in (found.id, found.id.removeprefix(self.id + ".")):
                    return found
        raise KeyError(f"{self.id} has no item {id!r}")


def as_dict(result: InstrumentResult, evidence: Callable[[object], object] = str) -> dict[str, object]:
    """The result under the names of the JSON contract, made of plain values.

    Args:
        evidence: Turns one piece of evidence into a plain value.
    """
    return {
        "id": result.id,
        "title": result.title,
        "edition": result.edition,
        "kind": result.kind,
        "applicable": result.applicable,
        "reason": result.reason,
        "entry": result.entry,
        "score": result.score,
        "low": result.low,
        "high": result.high,
        "category": result.category,
        "categories": list(result.categories),
        "code": result.code,
        "items": [_item(item, evidence) for item in result.items],
        "open_questions": [
            {
                "fact": question.fact,
                "question": question.question,
                "items": list(question.items),
                "would_give": {answer: _outlook(outlook) for answer, outlook in question.would_give},
            }
            for question in result.open_questions
        ],
        "unverified": result.unverified,
        "cautions": [
            {
                "text": caution.text,
                "items": list(caution.items),
                "because": caution.because,
                "evidence": [evidence(piece) for piece in caution.evidence],
            }
            for caution in result.cautions
        ],
    }


def _item(item: ItemResult, evidence: Callable[[object], object]) -> dict[str, object]:
    found: dict[str, object] = {
        "id": item.id,
        "title": item.title,
        "points": item.points,
        "low": item.low,
        "high": item.high,
        "option": item.option,
        "code": item.code,
        "codes": list(item.codes),
        "because": item.because,
        "evidence": [evidence(piece) for piece in item.evidence],
        "missing": list(item.missing),
        "unverified": item.unverified,
    }
    if item.parts:
        found["parts"] = [_item(part, evidence) for part in item.parts]
    return found


def _outlook(outlook: Outlook) -> dict[str, object]:
    if not outlook.applicable:
        return {"applicable": False}
    return {
        "applicable": True,
        "score": outlook.score,
        "low": outlook.low,
        "high": outlook.high,
        "category": outlook.category,
        "categories": list(outlook.categories),
        "code": outlook.code,
    }
