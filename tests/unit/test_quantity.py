"""Numbers, comparators, ranges and conversions as reports print them."""

from __future__ import annotations

import re

import pytest

from dechallenge.errors import UnitError
from dechallenge.lexicon.units import parse_unit, unit
from dechallenge.quantity import (
    COMPARATOR_PATTERN,
    NUMBER_PATTERN,
    Bridge,
    Comparator,
    Quantity,
    absolute_count,
    convert,
    from_uln,
    parse_comparator,
    parse_number,
    parse_quantity,
    times_uln,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22", 22),
        ("6.8", 6.8),
        (".5", 0.5),
        ("6·8", 6.8),
        ("178,000", 178000),
        ("8,040", 8040),
        ("278,500", 278500),
        ("1,234,567", 1234567),
        ("1,234.5", 1234.5),
        ("83,4", 83.4),
        ("1,25", 1.25),
        ("0,234", 0.234),
        ("1.234", 1.234),
        ("1.234.567", 1234567),
        ("1.234,5", 1234.5),
        ("1\u2009234", 1234),
        ("1\u00a0234\u00a0567", 1234567),
        ("278 500", 278500),
        ("1'234", 1234),
        ("12 345,6", 12345.6),
    ],
)
def test_number(text: str, value: float) -> None:
    assert parse_number(text) == value
    if " " not in text:  # in a running text an ordinary space may part two numbers
        found = re.match(NUMBER_PATTERN, text)
        assert found is not None and found.group() == text


@pytest.mark.parametrize(
    ("text", "counts", "comma", "value"),
    [
        ("1,234", False, True, 1.234),
        ("1,234", True, True, 1234),
        ("178.000", False, False, 178.0),
        ("178.000", True, True, 178000),
        ("178.000", True, False, 178.0),
        ("8,040", True, False, 8040),
    ],
)
def test_number_by_context(text: str, counts: bool, comma: bool, value: float) -> None:
    assert parse_number(text, counts=counts, decimal_comma=comma) == value


@pytest.mark.parametrize("text", ["", "ALT", "-5", "+10", "3,5,7", "1-2", "12a", "1,2,3", "1..2", "5."])
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_a_list_of_numbers_is_not_a_decimal() -> None:
    assert re.findall(NUMBER_PATTERN, "days 3,5,7") == ["3", "5", "7"]
    assert re.findall(NUMBER_PATTERN, "WBC 9,500 (60%), 1.2; 278,500.") == ["9,500", "60", "1.2", "278,500"]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("<", "<"),
        ("≤", "<="),
        ("< =", "<="),
        (">", ">"),
        (">=", ">="),
        ("≥", ">="),
        ("~", "~"),
        ("=", "="),
        ("up to", "<="),
        ("more than", ">"),
        ("Greater  than", ">"),
        ("not more than", "<="),
        ("no less than", ">="),
        ("at least", ">="),
        ("below", "<"),
        ("about", "~"),
        ("approximately", "~"),
        ("supérieur à", ">"),
        ("environ", "~"),
    ],
)
def test_comparator(text: str, sign: Comparator) -> None:
    assert parse_comparator(text) == sign


def test_comparator_words_end_at_a_word() -> None:
    assert re.match(COMPARATOR_PATTERN, "overall") is None
    assert re.match(COMPARATOR_PATTERN, "<1.2") is not None
    assert parse_comparator("liver") is None


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "sign", "code"),
    [
        ("3346 U/L", 3346, 3346, 3346, "=", "U/L"),
        (">10000 µg/L", 10000, 10000, None, ">", "ug/L"),
        ("<1.2 mg/dL", 1.2, None, 1.2, "<", "mg/dL"),
        ("up to 35%", 35, None, 35, "<=", "%"),
        ("≥ 5 ULN", 5, 5, None, ">=", "{ULN}"),
        ("39–40°C", None, 39, 40, "=", "Cel"),
        ("1-2 UNL", None, 1, 2, "=", "{ULN}"),
        ("14UNL", 14, 14, 14, "=", "{ULN}"),
        ("2000–3000/mm3", None, 2000, 3000, "=", "/mm3"),
        ("8 to 14 x10^9/L", None, 8, 14, "=", "10*9/L"),
        ("between 3 and 5 mg/dL", None, 3, 5, "=", "mg/dL"),
        ("178,000/cmm", 178000, 178000, 178000, "=", "/mm3"),
        ("8,040/mm3", 8040, 8040, 8040, "=", "/mm3"),
        ("22×109/L", 22, 22, 22, "=", "10*9/L"),
        ("22.10^9/L", 22, 22, 22, "=", "10*9/L"),
        ("5,4.10⁹/L", 5.4, 5.4, 5.4, "=", "10*9/L"),
        ("116×1012", 116, 116, 116, "=", "10*12"),
        ("27 times the upper limit of normal", 27, 27, 27, "=", "{ULN}"),
        ("five times the upper limit of normal", 5, 5, 5, "=", "{ULN}"),
        ("6-fold", 6, 6, 6, "=", "{fold}"),
        ("~50 U/L", 50, 50, 50, "~", "U/L"),
        ("1:80", 80, 80, 80, "=", "{titer}"),
        (">1:1280", 1280, 1280, None, ">", "{titer}"),
        ("64 mm/hr", 64, 64, 64, "=", "mm/h"),
        ("0.80 µkat/L", 0.8, 0.8, 0.8, "=", "ukat/L"),
    ],
)
def test_quantity(
    text: str, value: float | None, low: float | None, high: float | None, sign: Comparator, code: str
) -> None:
    found = parse_quantity(text, parse_unit)
    assert found is not None
    assert (found.value, found.low, found.high, found.comparator) == (value, low, high, sign)
    assert found.unit == unit(code)


def test_quantity_keeps_an_unknown_unit_as_written() -> None:
    found = parse_quantity("12 wobbles", parse_unit)
    assert found is not None and found.unit is None and found.unit_text == "wobbles"


def test_decimal_comma_does_not_reach_counts() -> None:
    count = parse_quantity("8.040/mm3", parse_unit, decimal_comma=True)
    mass = parse_quantity("1,234 mg/dL", parse_unit, decimal_comma=True)
    assert count is not None and count.value == 8040
    assert mass is not None and mass.value == 1.234


@pytest.mark.parametrize("text", ["", "3800-1500", "ALT 50", "normal", "> 3-5 U/L", "U/L"])
def test_not_one_quantity(text: str) -> None:
    assert parse_quantity(text, parse_unit) is None


def test_quantity_helpers() -> None:
    censored = Quantity.of(10000, unit("ug/L"), ">")
    assert censored.is_censored and not censored.is_range
    assert str(censored) == ">10000 µg/L"
    span = Quantity.range(39, 40, unit("Cel"))
    assert span.is_range and span.middle == 39.5 and str(span) == "39-40 °C"
    fahrenheit = span.to(unit("[degF]"))
    assert (fahrenheit.low, fahrenheit.high) == (102.2, 104.0)
    carried = Quantity.of(6.6).with_unit(unit("mg/dL"))
    assert carried.unit == unit("mg/dL") and carried.value == 6.6
    with pytest.raises(UnitError, match="without a known unit"):
        Quantity.of(6.6).to(unit("g/L"))
    with pytest.raises(UnitError, match="upside down"):
        Quantity.range(2, 1)


def test_convert_within_and_across_dimensions() -> None:
    bilirubin = [Bridge(unit("mg/dL"), unit("umol/L"), 17.104)]
    assert convert(12, unit("mg/dL"), unit("mg/L")) == 120
    assert convert(6.8, unit("mg/dL"), unit("umol/L"), bilirubin) == pytest.approx(116.3, abs=0.05)
    assert convert(116.3072, unit("umol/L"), unit("mg/dL"), bilirubin) == pytest.approx(6.8)
    assert convert(68, unit("mg/L"), unit("nmol/mL"), bilirubin) == pytest.approx(116.3, abs=0.05)
    with pytest.raises(UnitError, match="cannot be converted"):
        convert(6.8, unit("mg/dL"), unit("umol/L"))


@pytest.mark.parametrize(("printed", "celsius"), [(100.4, 38.0), (101.3, 38.5), (32, 0)])
def test_fahrenheit(printed: float, celsius: float) -> None:
    assert convert(printed, unit("[degF]"), unit("Cel")) == pytest.approx(celsius)
    assert convert(celsius, unit("Cel"), unit("[degF]")) == pytest.approx(printed)


def test_multiples_of_the_limit() -> None:
    assert times_uln(3346, 40) == 83.65
    assert times_uln(300, 115) == pytest.approx(2.6087, abs=1e-4)
    assert from_uln(70, 40) == 2800
    for limit in (0, -1, float("nan"), float("inf")):
        with pytest.raises(UnitError):
            times_uln(100, limit)


def test_count_from_percentage() -> None:
    derived = absolute_count(7000, 77, unit("/mm3"))
    assert derived.value == 5390 and derived.how == "7000 × 77 % = 5390 /mm³"
    assert absolute_count(9500, 60, unit("/mm3")).value == 5700
    with pytest.raises(UnitError):
        absolute_count(7000, 101, unit("/mm3"))
    with pytest.raises(UnitError):
        absolute_count(7000, 50, unit("U/L"))


def test_logarithmic_bridge_refuses_what_has_no_logarithm() -> None:
    bridge = Bridge(unit("{Log_IU}/mL"), unit("[IU]/mL"), 1.0, scale="log10")
    assert bridge.forward(3) == 1000 and bridge.backward(1000) == pytest.approx(3)
    with pytest.raises(UnitError, match="logarithm"):
        bridge.backward(0)
