"""Results of instruments and facts in the shape of the JSON contract. May import logic and the contract."""

from __future__ import annotations

from typing import cast

from dechallenge.assessment.model import CautionOut, FactOut, InstrumentOut, ItemOut, OpenQuestion
from dechallenge.evidence import Evidence
from dechallenge.logic import Choice, Fact, Facts, Flag, Number
from dechallenge.logic.instrument import Instrument
from dechallenge.logic.results import InstrumentResult, ItemResult, Outlook
from dechallenge.logic.results import OpenQuestion as Question


def instrument_out(instrument: Instrument, result: InstrumentResult, reason: str = "") -> InstrumentOut:
    """The result of one instrument.

    Args:
        reason: Said instead of the engine's reason, where the case allows a plainer one.
    """
    items = tuple(found for item in result.items for found in _items(item))
    return InstrumentOut(
        id=result.id,
        title=result.title,
        edition=result.edition,
        kind=result.kind,
        applicable=result.applicable,
        reason=reason or result.reason,
        entry=result.entry,
        score=_plain(result.score),
        low=_plain(result.low),
        high=_plain(result.high),
        category=result.category,
        categories=result.categories,
        code=result.code,
        items=items,
        open_questions=tuple(_question(q) for q in result.open_questions if _matters(q)),
        unverified=result.unverified,
        unverified_notes=_notes(instrument, result),
        cautions=tuple(
            CautionOut(text=c.text, items=c.items, because=c.because, evidence=cast(tuple[Evidence, ...], c.evidence))
            for c in result.cautions
        ),
    )


def _plain(value: float | None) -> float | None:
    """A number without the binary dust of a division."""
    return None if value is None else float(f"{value:.10g}")


def _items(item: ItemResult) -> tuple[ItemOut, ...]:
    """An item, followed by its parts."""
    own = ItemOut(
        id=item.id,
        title=item.title,
        points=_plain(item.points),
        low=_plain(item.low),
        high=_plain(item.high),
        option=item.option,
        code=item.code,
        because=item.because,
        missing=item.missing,
        evidence=cast(tuple[Evidence, ...], item.evidence),
    )
    return (own, *(found for part in item.parts for found in _items(part)))


def _matters(question: Question) -> bool:
    """The answers do not all give the same."""
    return len({outlook for _, outlook in question.would_give}) > 1


def _question(question: Question) -> OpenQuestion:
    answers = {answer: outlook_words(outlook) for answer, outlook in question.would_give}
    return OpenQuestion(fact=question.fact, question=question.question, would_give=answers)


def outlook_words(outlook: Outlook) -> str:
    """What an answer would give, in a few words ("7 probable", "C3S2B3", "possible")."""
    if not outlook.applicable:
        return "not applicable"
    if outlook.code is not None:
        return outlook.code
    parts = [f"{outlook.score:.3g}"] if outlook.score is not None else []
    if outlook.category is not None and (not parts or not outlook.category.endswith(parts[0])):
        parts.append(outlook.category)
    elif outlook.category is not None:
        return outlook.category
    return " ".join(parts) or "no score"


def instrument_words(result: InstrumentOut) -> str:
    """A result in a few words ("7 probable", "C3S2B3", "possible")."""
    return outlook_words(Outlook(result.applicable, score=result.score, category=result.category, code=result.code))


def _notes(instrument: Instrument, result: InstrumentResult) -> tuple[str, ...]:
    """What could not be verified: of the options taken first, then of the instrument as a whole."""
    if not result.applicable or not result.unverified:
        return ()
    taken = [
        f"{part.title}: {part.unverified}" for item in result.items for part in (item, *item.parts) if part.unverified
    ]
    whole = list(instrument.unverified) + [mark for mark in instrument.marks if mark.startswith(("table", "entry"))]
    return tuple(dict.fromkeys([*taken, *whole]))


def facts_out(facts: Facts) -> tuple[FactOut, ...]:
    """The facts of a pair, those that say something."""
    return tuple(
        FactOut(
            name=fact.name,
            meaning=fact.term.meaning,
            value=value_words(fact),
            because=fact.because,
            evidence=cast(tuple[Evidence, ...], fact.evidence),
        )
        for fact in facts.values()
        if not fact.empty or fact.because
    )


def value_words(fact: Fact) -> str:
    """A fact in words: "21 d (18 to 24)", "yes", "possible"."""
    term = fact.term
    if isinstance(term, Number):
        return _number_words(fact, term.unit)
    if isinstance(term, Flag):
        return "unknown" if fact.value is None else ("yes" if fact.value else "no")
    return _choice_words(fact, term)


def _number_words(fact: Fact, unit: str) -> str:
    low, high = fact.low, fact.high
    bounds = f"{low:.4g} to {high:.4g}" if low is not None and high is not None else ""
    if low is not None and high is None:
        bounds = f"at least {low:.4g}"
    elif high is not None and low is None:
        bounds = f"at most {high:.4g}"
    if fact.point is None:
        if low is not None and low == high:
            bounds = f"{low:.4g}"
        return f"{bounds} {unit}".strip() if bounds else "unknown"
    exact = low == high == fact.point
    return f"{fact.point:.4g} {unit}".strip() + ("" if exact or not bounds else f" ({bounds})")


def _choice_words(fact: Fact, term: Choice) -> str:
    if len(fact.possible) == 1:
        return fact.possible[0]
    if fact.best is not None:
        return f"{fact.best} (not certain)"
    return "unknown" if len(fact.possible) == len(term.values) else " or ".join(fact.possible)
