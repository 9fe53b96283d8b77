"""The range is exact: on generated instruments and facts it equals trying every completion one by one."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dechallenge.logic import OTHERWISE, Choice, Fact, Facts, Flag, Number, Predicate, count_true, maximum
from dechallenge.logic.engine import score
from dechallenge.logic.instrument import Band, Category, Entry, Highest, Instrument, Item, Option, Sum, counts_as
from tests.property import naive

X = Number("x", "", "", "", low=0, high=3)
Y = Number("y", "", "", "", low=1, high=2)
Z = Number("z", "", "", "", low=0, high=3)
W = Number("w", "", "", "", low=-1, high=3)
P = Flag("p", "", "")
Q = Flag("q", "", "")
C = Choice("c", ("a", "b", "d"), "", "", unknowns=("not reported",))
D = Choice("d", ("a", "b"), "", "")
TERMS = (X, Y, Z, W, P, Q, C, D)

small = st.integers(0, 3)
atoms = st.one_of(
    st.sampled_from([P, Q]),
    st.sampled_from(["a", "b", "d"]).map(C.is_),
    st.sampled_from([("a", "b"), ("b", "d")]).map(lambda values: C.one_of(*values)),
    st.sampled_from(["a", "b"]).map(D.is_),
    st.tuples(st.sampled_from([X, Y, Z, W]), small).map(lambda pair: pair[0] >= pair[1]),
    st.tuples(st.sampled_from([X, Y, Z, W]), small).map(lambda pair: pair[0] > pair[1]),
    st.tuples(st.sampled_from([X, Z, maximum(X, Z)]), st.sampled_from([1, 2])).map(lambda p: p[0] / Y >= p[1]),
    st.tuples(st.sampled_from([X, Z]), st.sampled_from([1, 2])).map(lambda p: p[0] < p[1] * Y),
    st.tuples(small, small).map(lambda ends: W.between(min(ends), max(ends))),
)
trees: st.SearchStrategy[Predicate] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
        inner.map(lambda part: ~part),
        st.tuples(st.lists(inner, min_size=2, max_size=4), st.integers(1, 3)).map(
            lambda pair: count_true(pair[0]) >= pair[1]
        ),
    ),
    max_leaves=4,
)


@st.composite
def items(draw: st.DrawFn, number: int, kind: str) -> Item:
    codes = kind == "category"
    gives = st.sampled_from(["k", "l", "m"]) if codes else st.integers(0 if kind == "highest" else -3, 3)
    options = [Option(draw(gives), "", draw(trees)) for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        options.append(Option(draw(gives), "", OTHERWISE))
    return Item(str(number), "", tuple(options), missing=counts_as("k" if codes else 0, ""))


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    kind = draw(st.sampled_from(["sum", "highest", "category"]))
    codes = kind == "category"
    result = {"sum": Sum((Band(None, None, "all"),)), "highest": Highest((Band(None, None, "all"),))}
    count = 1 if codes else draw(st.integers(1, 3))
    return Instrument(
        id="test",
        title="",
        edition="",
        year=0,
        kind="score",
        purpose="",
        items=tuple(draw(items(number, kind)) for number in range(count)),
        result=Category("0") if codes else result[kind],
        reference="",
        verification="",
        missing_rule="",
        entry=tuple(Entry("", draw(trees), "refused") for _ in range(draw(st.integers(0, 1)))),
    )


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    found = []
    for term in TERMS:
        if draw(st.booleans()):
            continue
        if isinstance(term, Flag):
            found.append(Fact.flag(term, draw(st.sampled_from([True, False, None]))))
        elif isinstance(term, Choice):
            values = draw(st.lists(st.sampled_from(term.values), min_size=1, max_size=2))
            found.append(Fact.choice(term, *values))
        else:
            low, high = int(term.low or 0), int(term.high or 0)
            ends = sorted([draw(st.integers(low, high)), draw(st.integers(low, high))])
            how = draw(st.sampled_from(["interval", "open above", "point inside", "point"]))
            if how == "interval":
                found.append(Fact.number(term, low=ends[0], high=ends[1]))
            elif how == "open above":
                found.append(Fact.number(term, low=ends[0]))
            elif how == "point inside":
                found.append(Fact.number(term, ends[1], low=ends[0], high=ends[1]))
            else:
                found.append(Fact.number(term, ends[0]))
    return Facts(found)


def candidates(instrument: Instrument, known: Facts) -> dict[str, list[naive.Value]]:
    """Every value to try. Cuts are whole, factors 1 and 2: quarters of the base and eighths of the rest are enough."""
    found: dict[str, list[naive.Value]] = {}
    asked = {name for predicate in naive.predicates(instrument) for name in naive.names_in(predicate)}
    for term in TERMS:
        if term.name not in asked:
            continue
        fact = known.get(term.name)
        if isinstance(term, Flag):
            found[term.name] = [True, False] if fact is None or fact.value is None else [fact.value]
        elif isinstance(term, Choice):
            found[term.name] = list(term.values if fact is None else fact.possible)
        else:
            low = Fraction(fact.low if fact is not None and fact.low is not None else term.low or 0)
            high = Fraction(fact.high if fact is not None and fact.high is not None else term.high or 0)
            step = Fraction(1, 4 if term in (Y, W) else 8)
            found[term.name] = [low + step * i for i in range(int((high - low) / step) + 1)]
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(instruments(), facts())
def test_the_range_is_that_of_all_completions(instrument: Instrument, known: Facts) -> None:
    verdicts = {
        naive.verdict(instrument, each) for each in naive.completions(instrument, candidates(instrument, known))
    }
    reached = {verdict for verdict in verdicts if verdict is not None}
    result = score(instrument, known, questions=False)
    if not reached:
        assert not result.applicable
        return
    if not result.applicable:
        # Refused on the stated values, although the intervals leave completions that would be let in.
        assert any(fact.point is not None and not fact.known for fact in known.values())
        return
    if isinstance(instrument.result, Category):
        assert set(result.categories) == reached
    else:
        numbers = [value for value in reached if isinstance(value, int)]
        assert (result.low, result.high) == (min(numbers), max(numbers))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(instruments(), facts())
def test_item_ranges_are_joint_with_the_entry_and_the_other_items(instrument: Instrument, known: Facts) -> None:
    found: dict[str, set[int | str]] = {item.id: set() for item in instrument.items}
    for each in naive.completions(instrument, candidates(instrument, known)):
        if naive.verdict(instrument, each) is None:
            continue
        for item in instrument.items:
            gives = naive.outcome(item, each)
            assert gives is not None
            found[item.id].add(gives)
    result = score(instrument, known, questions=False)
    if not result.applicable:
        return
    for item in result.items:
        reached = found[item.id.removeprefix("test.")]
        if isinstance(instrument.result, Category):
            assert set(item.codes) == reached
        else:
            assert item.low == min(value for value in reached if isinstance(value, int))
            assert item.high == max(value for value in reached if isinstance(value, int))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(instruments(), facts())
def test_knowing_more_never_widens_the_range(instrument: Instrument, known: Facts) -> None:
    result = score(instrument, known)
    for question in result.open_questions:
        for _, outlook in question.would_give:
            if not outlook.applicable:
                continue
            assert set(outlook.categories) <= set(result.categories)
            if outlook.low is not None and outlook.high is not None:
                assert result.low is not None and result.high is not None
                assert result.low <= outlook.low <= outlook.high <= result.high


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(instruments(), facts())
def test_open_questions_give_what_scoring_with_the_answer_gives(instrument: Instrument, known: Facts) -> None:
    result = score(instrument, known)
    by_name = {term.name: term for term in TERMS}
    for question in result.open_questions:
        term = by_name[question.fact]
        if isinstance(term, Number):
            continue
        for answer, outlook in question.would_give:
            if isinstance(term, Flag):
                fact = Fact.flag(term, answer == "yes")
            else:
                fact = Fact.choice(term, *answer.split(" or "))
            after = score(instrument, known.with_(fact), questions=False)
            assert outlook.applicable == after.applicable
            if after.applicable:
                assert (outlook.score, outlook.low, outlook.high) == (after.score, after.low, after.high)
                assert (outlook.category, outlook.categories) == (after.category, after.categories)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(instruments(), facts())
def test_scoring_is_repeatable(instrument: Instrument, known: Facts) -> None:
    assert score(instrument, known) == score(instrument, Facts(reversed(list(known.values()))))
