"""Shapes of rows that the tables of CTCAE share: values against a limit, a baseline, or absolute cuts."""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.table import Row, row


def against(item: str, value: str, limit: float, *grades: tuple[float, int | None], **given: Given) -> list[Row]:
    """Values in the laboratory's unit with its upper limit, and the grade of each."""
    return [row(item, grade, **{value: amount / limit, **given}) for amount, grade in grades]


def normal(item: str, value: str, baseline: str, one: float, two: float, three: float) -> list[Row]:
    """Both sides of each cut on a normal baseline; grades 2, 3 and 4 begin above `one`, `two` and `three`."""
    cuts = ((1.0, 0, 1), (one, 1, 2), (two, 2, 3), (three, 3, 4))
    return above(item, value, cuts, **{baseline: 1.0})


def abnormal(
    item: str, value: str, baseline: str, cuts: tuple[float, float, float, float], included: bool
) -> list[Row]:
    """Both sides of each cut on a baseline of 2×ULN."""
    one, two, three, four = cuts
    rows = [
        row(item, 0, **{value: one * 2 * 0.99, baseline: 2}),
        row(item, 1 if included else 0, **{value: one * 2, baseline: 2}),
        row(item, 1, **{value: one * 2 * 1.01, baseline: 2}),
    ]
    for cut, at, beyond in ((two, 1, 2), (three, 2, 3), (four, 3, 4)):
        rows += [
            row(item, at, **{value: cut * 2, baseline: 2}),
            row(item, beyond, **{value: cut * 2 * 1.01, baseline: 2}),
        ]
    return rows


def counts(item: str, value: str, cuts: tuple[tuple[float, int, int], ...], **given: Given) -> list[Row]:
    """A value just below each cut and at it."""
    return [
        row(item, grade, **{value: amount, **given})
        for cut, below, at in cuts
        for amount, grade in ((cut * 0.99, below), (cut, at))
    ]


def above(item: str, value: str, cuts: tuple[tuple[float, int, int], ...], **given: Given) -> list[Row]:
    """A value at each cut and just above it."""
    return [
        row(item, grade, **{value: amount, **given})
        for cut, at, beyond in cuts
        for amount, grade in ((cut, at), (cut * 1.01, beyond))
    ]
