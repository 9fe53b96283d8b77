"""Dates of messages: partial dates stay partial, zones are not shifted, days count from the first dose."""

from __future__ import annotations

import pytest

from dechallenge.formats.dates import Axis, parse, written_hl7
from dechallenge.timeline import Interval


@pytest.mark.parametrize(
    ("written", "iso", "width"),
    [
        ("2022", "2022", 364),
        ("202202", "2022-02", 27),
        ("20220614", "2022-06-14", 0),
        ("20220614101010-0500", "2022-06-14T10:10:10-05:00", 0),
        ("202206142359", "2022-06-14T23:59", 0),
        ("2022-06", "2022-06", 29),
        ("2022-06-14", "2022-06-14", 0),
        ("2022-06-14T10:10:10Z", "2022-06-14T10:10:10Z", 0),
    ],
)
def test_a_date_keeps_its_precision_and_zone(written: str, iso: str, width: int) -> None:
    found = parse(written)
    assert found is not None
    assert found.iso == iso
    assert found.days.width == width
    assert found.written == written


@pytest.mark.parametrize("written", ["", "20220230", "2022-13", "14/06/2022", "day 3", "20221", "2022-06-14T10"])
def test_what_is_no_date_gives_nothing(written: str) -> None:
    assert parse(written) is None


@pytest.mark.parametrize("written", ["2022", "202202", "20220614", "20220614101010-0500", "202206142359"])
def test_the_form_of_hl7_comes_back(written: str) -> None:
    found = parse(written)
    assert found is not None
    assert written_hl7(found.iso) == written


def test_days_count_from_the_first_dose() -> None:
    start = parse("20220601")
    assert start is not None
    axis = Axis(start.days)
    exact = axis.time(parse("20220615"))
    assert exact is not None
    assert (exact.low, exact.high, exact.point, exact.date) == (14, 14, 14, "2022-06-15")
    month = axis.time(parse("202206"), least=0)
    assert month is not None
    assert (month.low, month.high, month.point) == (0, 29, None)


def test_a_start_known_to_the_month_widens_every_day() -> None:
    start = parse("202201")
    assert start is not None
    stop = Axis(start.days).time(parse("20220215"))
    assert stop is not None
    assert stop.interval == Interval(15, 45)
    assert stop.point is None


def test_without_a_first_dose_a_date_has_no_day() -> None:
    found = Axis().time(parse("20220615"))
    assert found is not None
    assert (found.low, found.high) == (None, None)
    assert found.date == "2022-06-15"
