"""The one-case engine: scores one instrument on one set of facts, with range, explanation and open questions.

- Convention: each item takes the first option known to hold on the stated facts, or follows its own rule for missing
  answers; entry conditions are read the same way.
- Range: every completion of what is unknown that meets the entry conditions, jointly over all items.

It is the readable reference; a columnar engine must agree with it. Imports the rest of `logic`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.logic import derived, explain, numeric
from dechallenge.logic.cautions import cautions
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Category, Computed, Instrument, Item, Sum, Tables
from dechallenge.logic.instrument import Highest as HighestResult
from dechallenge.logic.questions import open_questions
from dechallenge.logic.results import Entry, InstrumentResult, ItemResult, Outlook
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.terms import Derived


def score(instrument: Instrument, facts: Facts, *, kind: str | None = None, questions: bool = True) -> InstrumentResult:
    """Score one instrument on one set of facts.

    Args:
        facts: What is known; a term without a fact is unknown.
        kind: The kind of reaction ("liver injury", "neutropenia" …). None: whether the instrument and its items are
            about this kind of reaction is not asked.
        questions: Work out the open questions too.
    """
    if kind is not None and instrument.applies_to and kind not in instrument.applies_to:
        return _refused(instrument, f"It judges {explain.listed(instrument.applies_to)}; this reaction is {kind}.")
    return _result(Scoring(instrument, facts, kind), questions)


def _refused(instrument: Instrument, reason: str) -> InstrumentResult:
    return InstrumentResult(
        id=instrument.id,
        title=instrument.title,
        edition=instrument.edition,
        kind=instrument.kind,
        applicable=False,
        reason=reason,
        entry="refused",
        unverified=bool(instrument.marks),
    )


def _result(scoring: Scoring, questions: bool) -> InstrumentResult:
    """The whole result."""
    instrument = scoring.instrument
    if scoring.refused:
        return _refused(instrument, scoring.refused)
    found = scoring.outlook()
    entry: Entry = "unknown" if any(met is None for met in scoring.gates) else "met"
    return InstrumentResult(
        id=instrument.id,
        title=instrument.title,
        edition=instrument.edition,
        kind=instrument.kind,
        unverified=bool(instrument.marks),
        applicable=True,
        reason=_reason(scoring, entry, found),
        entry=entry,
        score=found.score,
        low=found.low,
        high=found.high,
        category=found.category,
        categories=found.categories,
        code=found.code,
        items=tuple(_items(scoring)),
        open_questions=open_questions(scoring) if questions else (),
        cautions=cautions(instrument, scoring.facts),
    )


def _reason(scoring: Scoring, entry: str, found: Outlook) -> str:
    said: list[str] = []
    if entry == "unknown":
        gates = zip(scoring.instrument.entry, scoring.gates, strict=True)
        said.append(f"Not known whether: {'; '.join(e.wording for e, met in gates if met is None)}.")
    for place, reading in scoring.readings.items():
        if reading.forbidden:
            said.append(f"{scoring.leaf(place).title}: {scoring.leaf(place).missing.wording}.")
    if isinstance(scoring.instrument.result, Tables) and found.code is None and scoring.machine.resolver:
        assumed = scoring.machine.resolver.written(scoring.codes(assumed=True))
        said.append(f"Under that assumption: {assumed}.")
    result = scoring.instrument.result
    if isinstance(result, Category | Computed) and found.category is None:
        item = scoring.instrument.item(result.item)
        said.append(f"{item.title}: {item.missing.wording}.")
    if isinstance(result, HighestResult) and found.score is None:
        said.append("Nothing that can be graded was measured.")
    if isinstance(result, Sum) and found.score is not None:
        raw = sum(reading.gives for reading in scoring.readings.values() if isinstance(reading.gives, int))
        if raw != found.score:
            said.append(f"The items add up to {raw}; by the instrument's own rule the total is {found.score:g}.")
    return " ".join(said)


def _items(scoring: Scoring) -> list[ItemResult]:
    places = {id(leaf.item): place for place, leaf in enumerate(scoring.machine.diagram.leaves)}
    conditional = scoring.machine.conditional(scoring.active)
    found = []
    for item in scoring.instrument.items:
        if not item.parts:
            found.append(_item(scoring, places[id(item)], conditional))
            continue
        parts = [_item(scoring, places[id(part)], conditional) for part in item.parts]
        totals = scoring.machine.totals([places[id(part)] for part in item.parts], scoring.allowed, conditional)
        found.append(_sum(scoring, item, parts, totals))
    return found


def _item(scoring: Scoring, place: int, conditional: Sequence[int]) -> ItemResult:
    leaf = scoring.machine.diagram.leaves[place]
    item = scoring.leaf(place)
    id = f"{scoring.instrument.id}.{item.id}"
    reading = scoring.readings.get(place)
    if reading is None:
        measured = item.measured is not None and (scoring.kind is None or not item.kinds or scoring.kind in item.kinds)
        missing = (item.measured.name,) if measured and item.measured is not None else ()
        text = "not measured" if measured else "not judged for this kind of reaction"
        return ItemResult(id, item.title, None, None, None, text, missing=missing)
    atoms = scoring.machine.diagram.atoms
    asked = explain.names_of(atoms, (i for tree in leaf.trees for i in explain.deciding(tree, scoring.truths)))
    if reading.option is None or leaf.trees[reading.option] is True:
        names = asked
    else:
        names = explain.names_of(atoms, explain.deciding(leaf.trees[reading.option], scoring.truths))
    if item.quantity is not None:
        names = tuple(dict.fromkeys((*(term.name for term in numeric.terms_of(item.quantity)), *names)))
    because, evidence = explain.because(names, scoring.facts, scoring.terms)
    outcomes = scoring.machine.outcomes(place, scoring.allowed, conditional)
    numbers = [value for value in outcomes if isinstance(value, int)]
    points: float | None = reading.gives if isinstance(reading.gives, int) and not reading.forbidden else None
    low, high = (min(numbers, default=None), max(numbers, default=None))
    if item.quantity is not None:
        points = numeric.point(item.quantity, scoring.facts)
        low, high = numeric.limits(item.quantity, scoring.facts)  # type: ignore[assignment]
    option = item.options[reading.option] if reading.option is not None else None
    return ItemResult(
        id,
        item.title,
        points,
        low,
        high,
        option.wording if option else item.missing.wording,
        code=reading.gives if isinstance(reading.gives, str) and not reading.forbidden else None,
        codes=tuple(value for value in outcomes if isinstance(value, str)),
        because=because,
        evidence=evidence,
        missing=_missing(scoring, place),
        unverified=option.unverified if option else "",
    )


def _missing(scoring: Scoring, place: int) -> tuple[str, ...]:
    leaf = scoring.machine.diagram.leaves[place]
    mask = scoring.machine.relevant(((place, leaf.root),), scoring.allowed)
    asked = explain.names_of(
        scoring.machine.diagram.atoms, (i for tree in leaf.trees for i in scoring.machine.atoms_in(tree))
    )
    found: dict[str, None] = {}
    for name in asked:
        fact = scoring.facts.get(name)
        if mask >> scoring.machine.diagram.level_of_term[name] & 1 and (fact is None or not fact.known):
            term = scoring.terms[name]
            wanted = derived.inputs(term) if isinstance(term, Derived) else (term,)
            found |= {
                one.name: None for one in wanted if (fact := scoring.facts.get(one.name)) is None or not fact.known
            }
    return tuple(found)


def _sum(scoring: Scoring, item: Item, parts: list[ItemResult], totals: Sequence[int]) -> ItemResult:
    points = [part.points for part in parts if part.points is not None]
    judged = [part for part in parts if part.because or part.option]
    evidence: list[object] = []
    for part in parts:
        evidence += [piece for piece in part.evidence if piece not in evidence]
    return ItemResult(
        f"{scoring.instrument.id}.{item.id}",
        item.title,
        sum(points) if len(points) == len(parts) else None,
        min(totals, default=None),
        max(totals, default=None),
        "; ".join(part.option for part in judged),
        because="; ".join(dict.fromkeys(part.because for part in judged if part.because)),
        evidence=tuple(evidence),
        missing=tuple(dict.fromkeys(name for part in parts for name in part.missing)),
        parts=tuple(parts),
        unverified="; ".join(part.unverified for part in parts if part.unverified),
    )
