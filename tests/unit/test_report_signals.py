"""The pages and the screen of signals: escaped, self-contained, the same bytes, figures as in the answer."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("scipy", reason="the extra `population` is not installed")
pytest.importorskip("ibis", reason="the extra `population` is not installed")

from dechallenge.population import counting, scoring, synthetic
from dechallenge.population.answer import MEANING, Answer
from dechallenge.population.question import signals
from dechallenge.report import signals_html, signals_plots, signals_terminal
from tests.golden.test_population_case import _case
from tests.unit.population_reports import analysis_of


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    from dechallenge.case import Time

    return signals(
        _case("anakinra", "methotrexate", latency=Time(low=4, high=6)), *analysis_of(tmp_path_factory.mktemp("r"))
    )


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> scoring.Measured:
    shape = synthetic.Shape(reports=2_000, drugs=40, events=60, planted=10)
    return scoring.measure(counting.pairs(synthetic.generate(shape, tmp_path_factory.mktemp("m") / "set")))


def test_the_screen_tells_the_figures_and_fits(answer: Answer) -> None:
    text = signals_terminal.render(answer, width=90, color=False)
    assert "15 of 40 reports with the drug, 3.52 expected" in text
    assert "this case: day 4 to 6" in text
    assert "Omega" in text
    assert all(line in " ".join(text.split()) for line in MEANING)
    assert max(len(line) for line in text.splitlines()) <= 90


def test_the_page_is_self_contained_and_escaped(answer: Answer) -> None:
    nasty = replace(answer, title="<script>alert(1)</script>", notes=("<b>note</b>",))
    page = signals_html.render(nasty)
    assert "<script" not in page and "<b>note" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert page == signals_html.render(nasty)
    assert page.count("<svg") >= 3
    assert "this case" in page and "READUS-PV" in page and "Omega" in page


def test_names_in_drawings_are_escaped(answer: Answer) -> None:
    volcano = answer.pairs[0].volcano
    assert volcano is not None
    named = replace(volcano, events=tuple("<x>" + name for name in volcano.events))
    drawn = signals_plots.volcano(named, "<t>")
    assert "<x>" not in drawn and "<t>" not in drawn and "&lt;x&gt;" in drawn


def test_every_own_term_is_drawn(answer: Answer) -> None:
    volcano = answer.pairs[0].volcano
    assert volcano is not None
    assert signals_plots.volcano(volcano, "all").count('class="own"') == sum(volcano.own) > 0


def test_the_page_of_a_table_has_its_plots(measured: scoring.Measured) -> None:
    page = signals_html.render_table(measured)
    assert page.count("<svg") == 2
    text = signals_terminal.render_table(measured, most=5, width=120, color=False)
    best = max(measured.table.to_pylist(), key=lambda row: row["eb05"])
    assert best["drug"] in text and best["event"] in text


def test_a_set_without_anything_to_draw_has_no_drawing(answer: Answer) -> None:
    volcano = answer.pairs[0].volcano
    assert volcano is not None
    assert signals_plots.volcano(replace(volcano, events=(), log2_ratio=(), p=(), n=(), own=()), "t") == ""
    assert signals_plots.heat_map([], [], {}, "t") == ""


def test_files_hold_every_row(answer: Answer, tmp_path: Path) -> None:
    from pyarrow import parquet

    from dechallenge.population.command import write_answers

    (path,) = write_answers([answer], tmp_path / "rows.parquet")
    rows = parquet.read_table(path).to_pylist()
    assert next(row["drug"] for row in rows if row["suspect"] == "anakinra") == "anakinra"
    assert {row["why"] for row in rows} == {"suspect", "other suspect", "same class"}
    assert rows[0]["onset_median"] == 9


def test_a_suspect_without_reports_is_shown_with_its_class(answer: Answer) -> None:
    pair = answer.pairs[0]
    gone = replace(answer, pairs=(replace(pair, row=None, why_not="no report has it"),))
    text = signals_terminal.render(gone, color=False)
    page = signals_html.render(gone)
    for shown in (text, page):
        assert "no report has it" in shown and "canakinumab" in shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "<1e-300"), (4.56e-6, "4.6e-06"), (0.0042, "4.2e-03"), (0.53, "0.53")]
)
def test_small_chances_are_never_shown_as_zero(value: float, shown: str) -> None:
    assert signals_terminal.chance(value) == shown
