"""The worked examples of every instrument come out as published; limits of bands and published ranges hold."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dechallenge import instruments
from dechallenge.logic.engine import score
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Example, Highest, Instrument, Sum
from dechallenge.logic.scoring import band

EXAMPLES = [
    pytest.param(instrument, example, id=f"{instrument.id} {example.name}")
    for instrument in instruments.all()
    for example in instrument.examples
]


@pytest.mark.parametrize(("instrument", "example"), EXAMPLES)
def test_worked_example(instrument: Instrument, example: Example) -> None:
    result = instrument.score(kind=example.kind, **example.given)
    assert result.applicable, result.reason
    if example.score is not None:
        assert result.score == pytest.approx(example.score)
    if example.category is not None:
        assert result.category == example.category
    if example.code is not None:
        assert result.code == example.code
        assert example.code in result.categories
    for id, wanted in example.items.items():
        item = result.item(id)
        assert (item.code if isinstance(wanted, str) else item.points) == wanted, item


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
def test_every_instrument_has_worked_examples_a_reference_and_its_verification(instrument: Instrument) -> None:
    assert instrument.examples
    assert instrument.reference and instrument.verification and instrument.missing_rule and instrument.purpose
    assert all(leaf.source for leaf in instrument.leaves)


RUCAM_BANDS = {
    -9: "excluded",
    0: "excluded",
    1: "unlikely",
    2: "unlikely",
    3: "possible",
    5: "possible",
    6: "probable",
    8: "probable",
    9: "highly probable",
    14: "highly probable",
}


@pytest.mark.parametrize("instrument", [instruments.rucam_1993, instruments.rucam_2016], ids=["1993", "2016"])
@pytest.mark.parametrize(("total", "category"), RUCAM_BANDS.items())
def test_rucam_bands(instrument: Instrument, total: int, category: str) -> None:
    assert isinstance(instrument.result, Sum)
    assert band(instrument.result, total) == category


@pytest.mark.parametrize(
    ("total", "category"),
    [
        (-4, "doubtful"),
        (0, "doubtful"),
        (1, "possible"),
        (4, "possible"),
        (5, "probable"),
        (8, "probable"),
        (9, "definite"),
    ],
)
def test_naranjo_bands(total: int, category: str) -> None:
    assert isinstance(instruments.naranjo_1981.result, Sum)
    assert band(instruments.naranjo_1981.result, total) == category


def test_bands_leave_no_gap() -> None:
    for instrument in instruments.all():
        if isinstance(instrument.result, Sum | Highest):
            bands = instrument.result.bands
            for lower, upper in pairwise(bands):
                assert lower.high is not None and upper.low == lower.high + 1, instrument.id


@pytest.mark.parametrize(
    ("id", "alt", "alp", "low", "high"),
    [
        ("rucam-1993", 10, 1, -9, 14),
        ("rucam-1993", 3, 3, -7, 13),
        ("rucam-2016", 10, 1, -9, 14),
        ("rucam-2016", 3, 3, -7, 14),
    ],
)
def test_published_range_of_the_totals(id: str, alt: float, alp: float, low: int, high: int) -> None:
    """The extremes that each scale can reach; 2016 counts alcohol and pregnancy apart on the cholestatic scale."""
    result = instruments.get(id).score(alt_xuln=alt, alp_xuln=alp, questions=False)
    assert (result.low, result.high) == (low, high)


def test_nothing_known() -> None:
    for instrument in instruments.all():
        result = score(instrument, Facts())
        assert result.applicable, instrument.id
    assert score(instruments.naranjo_1981, Facts()).score == 0
    assert score(instruments.rucam_2016, Facts()).score is None
