"""The real instruments on generated facts: ranges against trying every completion, and what must always hold."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dechallenge import instruments
from dechallenge.logic import Choice, Fact, Facts, Flag, Number, Term
from dechallenge.logic.compiled import compiled
from dechallenge.logic.derived import inputs
from dechallenge.logic.engine import score
from dechallenge.logic.instrument import Computed, Highest, Instrument, Item, Sum
from dechallenge.logic.quantities import Arithmetic, Quantity
from dechallenge.logic.typed import asked_terms
from tests.property import naive

TRIED_AT_MOST = 3_000
"""Completions that a generated case may have for the naive scorer."""


def cuts(instrument: Instrument, name: str) -> list[Fraction]:
    """The figures that an instrument compares this number with."""
    found = set()
    for predicate in naive.predicates(instrument):
        for comparison in naive.comparisons(predicate):
            if name in naive.numbers_in(comparison.left) and not isinstance(comparison.right, Quantity):
                found.add(Fraction(str(comparison.right)))
    return sorted(found)


def grid(instrument: Instrument, term: Number) -> list[Fraction]:
    """Values at, between and beyond the cuts, within the legal values."""
    points = cuts(instrument, term.name) or [Fraction(max(term.low or 0, min(1, term.high or 1)))]
    values = [points[0] - 1, *points, points[-1] + 1, points[-1] * 3 + 10]
    values += [points[0] / 2, *((a + b) / 2 for a, b in pairwise(points))]
    low, high = term.low, term.high
    kept = [v for v in values if (low is None or v >= Fraction(low)) and (high is None or v <= Fraction(high))]
    return sorted({value for value in kept if value > 0 or (low is not None and low < 0)} | zero(instrument, term))


def zero(instrument: Instrument, term: Number) -> set[Fraction]:
    """Nought, where it is legal and the number is never a divisor."""
    if (term.low is not None and term.low > 0) or (term.high is not None and term.high < 0):
        return set()
    linked = {
        name
        for predicate in naive.predicates(instrument)
        for comparison in naive.comparisons(predicate)
        if len({*naive.numbers_in(comparison.left)}) > 1 or isinstance(comparison.right, Quantity)
        for side in (comparison.left, comparison.right)
        for name in naive.numbers_in(side)
    }
    divisors = linked | {one.name for formula in compiled(instrument).derived for one in inputs(formula)}
    return set() if term.name in divisors else {Fraction(0)}


@st.composite
def known_fact(draw: st.DrawFn, instrument: Instrument, term: Term) -> Fact:
    if isinstance(term, Flag):
        return Fact.flag(term, draw(st.booleans()))
    if isinstance(term, Choice):
        return Fact.choice(term, *draw(st.lists(st.sampled_from(term.values), min_size=1, max_size=2)))
    values = grid(instrument, term)
    ends = sorted([draw(st.sampled_from(values)), draw(st.sampled_from(values))])
    if draw(st.booleans()):
        return Fact.number(term, float(ends[0]))
    return Fact.number(term, low=float(ends[0]), high=float(ends[1]))


@st.composite
def nearly_known(draw: st.DrawFn, instrument: Instrument) -> Facts:
    """Most facts known, a few unknown."""
    terms = asked_terms(instrument)
    unknown = draw(st.sets(st.sampled_from(sorted(terms)), max_size=4))
    return Facts(draw(known_fact(instrument, term)) for name, term in terms.items() if name not in unknown)


@st.composite
def sparse(draw: st.DrawFn) -> tuple[str, Facts]:
    """An instrument with any number of facts known."""
    instrument = instruments.get(draw(st.sampled_from([instrument.id for instrument in instruments.all()])))
    terms = asked_terms(instrument)
    names = draw(st.sets(st.sampled_from(sorted(terms))))
    return instrument.id, Facts(draw(known_fact(instrument, terms[name])) for name in terms if name in names)


def factors(instrument: Instrument) -> list[Fraction]:
    """The multiples in which the instrument compares numbers with each other."""
    found = set()
    for predicate in naive.predicates(instrument):
        for comparison in naive.comparisons(predicate):
            if isinstance(comparison.left, Arithmetic) and not isinstance(comparison.right, Quantity):
                found.add(Fraction(str(comparison.right)))
            if isinstance(comparison.right, Arithmetic) and isinstance(comparison.right.right, float):
                found.add(Fraction(str(comparison.right.right)))
    return sorted(found)


def candidates(instrument: Instrument, facts: Facts) -> dict[str, list[naive.Value]]:
    """Values to try for each term: the cuts, between and beyond them, and the ends of the fact.

    Numbers compared with multiples of another need more: the multiples of the other's values, and between those.
    """
    terms = asked_terms(instrument)
    found: dict[str, list[naive.Value]] = {}
    asked = {name for predicate in naive.predicates(instrument) for name in naive.names_in(predicate)}
    linked = [
        c
        for p in naive.predicates(instrument)
        for c in naive.comparisons(p)
        if len({*naive.numbers_in(c.left)}) > 1 or isinstance(c.right, Quantity)
    ]
    bound = {name for c in linked for name in (*naive.numbers_in(c.left), *naive.numbers_in(c.right))}
    for name, term in terms.items():
        if name not in asked:
            continue
        fact = facts.get(name)
        if isinstance(term, Flag):
            found[name] = [True, False] if fact is None or fact.value is None else [fact.value]
        elif isinstance(term, Choice):
            found[name] = list(term.values if fact is None else fact.possible)
        else:
            found[name] = list(_numbers(instrument, term, fact, dense=name in bound))
    return found


def _numbers(instrument: Instrument, term: Number, fact: Fact | None, *, dense: bool) -> list[Fraction]:
    if fact is not None and fact.low is not None and fact.low == fact.high:
        return [Fraction(str(fact.low))]
    values = set(grid(instrument, term))
    if dense:
        values |= {v * f for v in grid(instrument, term) for f in factors(instrument)}
        values |= {v / f for v in grid(instrument, term) for f in factors(instrument)}
        if not crowded(instrument):
            values |= {(a + b) / 2 for a, b in pairwise(sorted(values))}
    low = Fraction(str(fact.low)) if fact is not None and fact.low is not None else None
    high = Fraction(str(fact.high)) if fact is not None and fact.high is not None else None
    values |= {end for end in (low, high) if end is not None}
    kept = [v for v in sorted(values) if (low is None or v >= low) and (high is None or v <= high)]
    if formulas(instrument) and len(kept) > 3:
        return [kept[0], kept[len(kept) // 2], kept[-1]]
    return kept


def formulas(instrument: Instrument) -> bool:
    """Whether a formula is compared: the grid of its inputs does not meet every side of its cuts."""
    return bool(compiled(instrument).derived)


def crowded(instrument: Instrument) -> bool:
    """Whether three or more numbers stand in one comparison: their grid grows with the third power."""
    return any(
        len({*naive.numbers_in(c.left), *naive.numbers_in(c.right)}) > 2
        for predicate in naive.predicates(instrument)
        for c in naive.comparisons(predicate)
    )


def judged(instrument: Instrument, facts: Facts) -> list[Item]:
    """The items that are judged: gradings leave out what was not measured."""
    return [
        leaf
        for leaf in instrument.leaves
        if leaf.measured is None or ((fact := facts.get(leaf.measured.name)) is not None and not fact.empty)
    ]


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_range_holds_every_completion_and_no_more(instrument: Instrument, data: st.DataObject) -> None:
    facts = data.draw(nearly_known(instrument))
    result = score(instrument, facts, questions=False)
    tried = list(islice(naive.completions(instrument, candidates(instrument, facts)), TRIED_AT_MOST + 1))
    if len(tried) > TRIED_AT_MOST:
        return
    reached = set()
    for each in tried:
        verdict = naive.verdict(instrument, each, judged(instrument, facts))
        if verdict is not None:
            reached.add(verdict)
    if not result.applicable:
        return
    if isinstance(instrument.result, Sum | Highest):
        numbers = [value for value in reached if isinstance(value, int)]
        if not numbers:
            return
        assert result.low is not None and result.high is not None
        if formulas(instrument):
            assert result.low <= min(numbers) and max(numbers) <= result.high
        else:
            assert (result.low, result.high) == (min(numbers), max(numbers))
    elif formulas(instrument) or isinstance(instrument.result, Computed):
        assert set(result.categories) >= reached
    else:
        assert set(result.categories) == reached


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sparse())
def test_what_always_holds(drawn: tuple[str, Facts]) -> None:
    instrument, facts = instruments.get(drawn[0]), drawn[1]
    result = score(instrument, facts)
    if not result.applicable:
        assert result.reason
        assert result.entry == "refused"
        assert not result.items
        return
    if result.score is not None and result.low is not None and result.high is not None:
        assert result.low <= result.score <= result.high
    if result.category is not None and isinstance(instrument.result, Sum | Highest):
        assert result.category in result.categories
    for item in result.items:
        if item.points is not None and item.low is not None and item.high is not None:
            assert item.low <= item.points <= item.high
    for question in result.open_questions:
        fact = facts.get(question.fact)
        assert fact is None or not fact.known
        assert len(question.would_give) >= 2
    if result.score is not None and isinstance(instrument.result, Sum) and instrument.result.least is None:
        assert result.score == sum(item.points or 0 for item in result.items)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sparse())
def test_complete_facts_leave_no_range(drawn: tuple[str, Facts]) -> None:
    instrument, facts = instruments.get(drawn[0]), drawn[1]
    exact = []
    for name, term in asked_terms(instrument).items():
        fact = facts.get(name)
        if isinstance(term, Number):
            default = max(term.low or 0.0, min(1.0, term.high or 1.0))
            exact.append(Fact.number(term, fact.low if fact is not None and fact.low is not None else default))
        elif isinstance(term, Flag):
            exact.append(Fact.flag(term, bool(fact is not None and fact.value)))
        else:
            exact.append(Fact.choice(term, fact.possible[0] if fact is not None else term.values[0]))
    result = score(instrument, Facts(exact))
    if result.applicable:
        assert result.low == result.high
        assert len(result.categories) <= 1
        assert not result.open_questions


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
def test_every_term_is_in_the_vocabulary(instrument: Instrument) -> None:
    from dechallenge.facts.vocabulary import TERMS

    for name, term in asked_terms(instrument).items():
        assert TERMS[name] is term
