"""The chart: scales, what is plotted, and that doubt is drawn as doubt."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dechallenge.assessment import model as m
from dechallenge.report import chart, panels, scales
from tests.unit import report_fixture as fixture


def no_link(*_: object) -> str:
    return ""


def draw(case: m.CaseOut) -> str:
    return chart.draw(case, no_link, "Chart")


@given(st.lists(st.floats(-500, 5000), min_size=1, max_size=12))
def test_days_are_drawn_in_order_and_inside(days: list[float]) -> None:
    scale = scales.day_scale(days, 100, 700)
    at = [scale(d) for d in sorted(days)]
    assert at == sorted(at)
    assert all(100 <= x <= 700.0001 for x in at)


def test_a_long_silence_is_compressed_and_marked() -> None:
    scale = scales.day_scale([0, 4, 6, 10, 400], 0, 600)
    assert scale.breaks == ((10, 400),)
    assert scale(400) - scale(10) < scale(10) - scale(0)
    assert not [t for t in scale.ticks() if 10 < t < 400]


def test_logarithmic_ticks_are_round_and_hold_the_values() -> None:
    scale = scales.log_scale([0.9, 83.65], 0, 100, include=[1.0])
    assert {1, 2, 5, 10, 20, 50, 100} <= set(scale.ticks())
    assert scale(83.65) < scale(1.0) <= 100


def test_labels_are_kept_apart_and_inside() -> None:
    placed = scales.spread([10, 11, 12, 95], 15, 0, 100)
    ordered = sorted(placed)
    assert all(b - a >= 15 for a, b in pairwise(ordered))
    assert ordered[-1] <= 100


@pytest.mark.parametrize("case", [fixture.hepatitis(), fixture.steatosis(), fixture.neutropenia(), fixture.boy()])
def test_it_is_well_formed_and_the_same_every_time(case: m.CaseOut) -> None:
    source = draw(case)
    assert source == draw(case)
    root = ElementTree.fromstring(source)
    assert root.tag.endswith("svg") and not re.search(r"nan|inf\b", source)


def titles(source: str) -> list[str]:
    return re.findall(r"<title>(.*?)</title>", source)


def test_each_value_with_a_multiple_is_a_point_and_uncertain_days_are_bars() -> None:
    source = draw(fixture.hepatitis())
    assert "ALT 3346 U/L, 83.7× ULN, day 18–24" in titles(source)
    assert source.count('class="pt') == 7
    assert source.count('class="when"') == 7
    assert 'class="grid normal"' in source


def test_administrations_and_re_exposures_are_marked_on_the_lane() -> None:
    source = draw(fixture.neutropenia())
    assert source.count('class="dose"') == 5
    assert 'class="again positive"' in source and 'class="again negative"' in source
    assert 'class="band g4"' in source


def test_an_open_end_fades() -> None:
    assert 'class="bar fade4"' in draw(fixture.hepatitis())
    assert 'class="bar fade' not in draw(fixture.neutropenia())


def test_a_censored_value_has_an_arrow_and_an_implausible_one_is_drawn_at_its_repair() -> None:
    case = fixture.boy()
    again = case.measurements[2].model_copy(update={"comparator": "=", "times_uln": 1.2, "day": (14.0, 14.0)})
    source = draw(case.model_copy(update={"measurements": (*case.measurements, again)}))
    assert 'class="pt censored"' in source and 'class="arrow"' in source
    plates = fixture.boy().measurements[0]
    assert panels.count(plates) == 116
    assert any("implausible as printed" in t for t in titles(source))
    unrepaired = plates.model_copy(update={"flags": ({"kind": "implausible"},)})
    assert panels.count(unrepaired) is None


def test_without_values_and_dated_drugs_there_is_no_chart() -> None:
    bare = m.CaseOut(id="c", title="bare", document="d1", patient=m.PatientOut())
    assert draw(bare) == ""


def test_the_grade_bands_come_from_the_definition() -> None:
    assert panels.bands("neutrophils") == (1.5, 1.0, 0.5)
    assert panels.bands("platelets") == (75, 50, 25)


def test_the_blood_is_plotted_first_where_it_is_the_injury() -> None:
    assert [p.bands for p in panels.panels(fixture.neutropenia())] == [(1.5, 1.0, 0.5)]
    assert [p.normal for p in panels.panels(fixture.hepatitis())] == [1.0]


@pytest.mark.parametrize("case", [fixture.hepatitis(), fixture.steatosis(), fixture.neutropenia(), fixture.boy()])
def test_no_word_leaves_the_drawing(case: m.CaseOut) -> None:
    for text in ElementTree.fromstring(draw(case)).iter("{http://www.w3.org/2000/svg}text"):
        width, x = 6.6 * len(text.text or ""), float(text.attrib["x"])
        left = {"start": x, "middle": x - width / 2, "end": x - width}[text.attrib["text-anchor"]]
        assert left >= -4 and left + width <= chart.WIDTH + 4, text.text
