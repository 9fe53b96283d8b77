"""The bodies of `load-reports` and `signals`: what they print, write and keep; wrong usage is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scipy", reason="the extra `population` is not installed")
pytest.importorskip("ibis", reason="the extra `population` is not installed")

from dechallenge.case import Case
from dechallenge.errors import DechallengeError, InputError
from dechallenge.population import command
from dechallenge.population.linkage import Rule
from dechallenge.report import signals_html, signals_terminal
from dechallenge.report.files import write_text
from tests.golden.test_population_case import _case
from tests.unit.population_files import write_quarter
from tests.unit.population_reports import FIRST, TOLD, store_of, tables


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_of(tmp_path_factory.mktemp("store")).folder


def _ask(cases: Sequence[Case], store: Path, **more: Any) -> tuple[str, list[str]]:
    printed, said = [], []
    choices = more.pop("choices", command.Choices())
    command.run_signals(
        cases,
        store,
        choices,
        view=lambda answer: signals_terminal.render(answer, width=100, color=False),
        page=signals_html.render,
        write=printed.append,
        save=lambda path, text: write_text(path, text),
        say=said.append,
        **more,
    )
    return "\n".join(printed), said


def test_loading_tells_what_was_read_and_set_aside(tmp_path: Path) -> None:
    files = dict(tables(TOLD[:20], 9_000_000))
    files["REAC"] += "broken line\n"
    write_quarter(tmp_path / "raw", FIRST, files)
    printed: list[str] = []
    said: list[str] = []
    assert command.run_load([tmp_path / "raw"], tmp_path / "store", write=printed.append, say=said.append)
    assert "complete, 1 parts" in printed[0] and "20 rows of reports" in printed[0]
    assert "set aside: 1 rows" in printed[0]
    assert said[-1].startswith("[1 of 1] 2014Q1: loaded")
    command.run_load([tmp_path / "raw"], tmp_path / "store", as_json=True, write=printed.append, say=said.append)
    assert json.loads(printed[-1])["state"] == "complete"
    assert "already loaded" in said[-1]


def test_a_question_cleans_once_and_writes_what_is_asked(store: Path, tmp_path: Path) -> None:
    text, said = _ask([_case("anakinra")], store, html=tmp_path / "a.html", out=tmp_path / "a.csv")
    assert "15 of 40 reports with the drug" in text
    assert (tmp_path / "a.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "a.csv").exists() and (tmp_path / "a.about.json").exists()
    assert any("cleaning" in line for line in said)
    again, said = _ask([_case("anakinra")], store)
    assert again == text and not any("cleaning" in line or "fitting" in line for line in said)


def test_json_is_one_object_of_all_cases(store: Path) -> None:
    text, _ = _ask([_case("anakinra"), _case("methotrexate")], store, as_json=True)
    found = json.loads(text)["answers"]
    assert [one["pairs"][0]["row"]["n"] for one in found] == [15, 7]


def test_roles_change_what_is_counted(store: Path) -> None:
    with_concomitant, _ = _ask([_case("anakinra")], store, choices=command.Choices(roles=("ps", "ss", "i", "c")))
    assert "16 of 41 reports with the drug" in with_concomitant
    with pytest.raises(InputError, match="'XX' is not a role"):
        _ask([_case("anakinra")], store, choices=command.Choices(roles=("xx",)))


def test_a_case_without_suspects_does_not_stop_the_others(store: Path) -> None:
    nobody = Case(id="c0", title="Nobody", document="d1")
    text, said = _ask([nobody, _case("anakinra")], store)
    assert "15 of 40" in text and any("no suspect" in line for line in said)
    with pytest.raises(InputError, match="no suspect"):
        _ask([nobody], store)
    with pytest.raises(InputError, match="there is no case"):
        _ask([], store)


def test_a_page_is_of_one_case(store: Path, tmp_path: Path) -> None:
    with pytest.raises(DechallengeError, match="a page tells of one case"):
        _ask([_case("anakinra")] * 2, store, html=tmp_path / "a.html")


def test_the_whole_table_is_measured(store: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    printed: list[str] = []
    command.run_table(
        store,
        command.Choices(),
        least=3,
        html=tmp_path / "t.html",
        out=tmp_path / "t.parquet",
        view=lambda measured: signals_terminal.render_table(measured, color=False),
        page=signals_html.render_table,
        write=printed.append,
        save=lambda path, text: write_text(path, text),
        say=lambda _: None,
    )
    table = parquet.read_table(tmp_path / "t.parquet")
    assert min(table.column("n").to_pylist()) >= 3
    about = json.loads(table.schema.metadata[b"dechallenge"])
    assert (about["least"], about["prior"]["cells"]) == (3, 15)  # rows are chosen after the prior was fitted to all
    assert "anakinra" in printed[0]
    assert (tmp_path / "t.html").exists()


def test_a_folder_of_anything_else_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a store of reports"):
        _ask([_case("anakinra")], tmp_path)


@pytest.mark.parametrize(
    ("word", "wanted"), [("component", "component"), ("Whole-Table", "whole table"), ("mixture ", "mixture")]
)
def test_conventions_by_name(word: str, wanted: str) -> None:
    assert command.convention_of(word) == wanted


def test_an_unknown_convention_is_told() -> None:
    with pytest.raises(DechallengeError, match="'mgps' is not a convention"):
        command.convention_of("mgps")


def test_strata_are_told_on_screen_page_rows_and_json(store: Path, tmp_path: Path) -> None:
    from pyarrow import csv

    choices = command.Choices(strata=("sex", "age_band"))
    text, _ = _ask([_case("anakinra")], store, choices=choices, html=tmp_path / "a.html", out=tmp_path / "a.csv")
    flat = " ".join(text.split())
    page = (tmp_path / "a.html").read_text("utf-8")
    for shown in (flat, page):
        assert "djusted for sex, age band; without a value: 0 of the 15 reports with both and 0 of all 250" in shown
        assert "Breslow-Day statistic with Tarone" in shown or "Breslow-Day statistic with Tarone&#39;s" in shown
    assert "adjusted ROR (95&nbsp;%)" in page
    told, _ = _ask([_case("anakinra")], store, choices=choices, as_json=True)
    pair = json.loads(told)["answers"][0]["pairs"][0]
    row, pooled = pair["row"], pair["row"]["adjusted"]["pooled"]
    assert row["adjusted"]["strata"] == ["sex", "age_band"]
    assert f"{row['values']['ror']:.2f}" in flat and f"{pooled['value']:.2f}" in flat
    written = csv.read_csv(tmp_path / "a.csv").to_pylist()[0]
    assert (written["ror_mh"], written["homogeneity_p"]) == (pooled["value"], pooled["chance"])
    plain, _ = _ask([_case("anakinra")], store, as_json=True)
    assert json.loads(plain)["answers"][0]["pairs"][0]["row"]["adjusted"] is None


def _table(store: Path, choices: command.Choices, **more: Any) -> str:
    printed: list[str] = []
    command.run_table(
        store,
        choices,
        view=lambda measured: signals_terminal.render_table(measured, width=160, color=False),
        page=signals_html.render_table,
        write=printed.append,
        save=lambda path, text: write_text(path, text),
        say=lambda _: None,
        **more,
    )
    return printed[0]


def test_the_likelihood_ratio_test_of_chosen_rows(store: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    choices = command.Choices(measures=command.measures_of(["lrt", "LRT-ZI"]), drugs=("Kineret", "canakinumab"))
    text = _table(store, choices, out=tmp_path / "t.parquet", html=tmp_path / "t.html", least=1)
    table = parquet.read_table(tmp_path / "t.parquet")
    assert set(table.column("drug").to_pylist()) == {"anakinra", "canakinumab"}
    assert min(table.column("lr_p").to_pylist()) == pytest.approx(1 / 1001)
    about = json.loads(table.schema.metadata[b"dechallenge"])
    assert (about["lrt"]["LRT"]["draws"], about["lrt"]["LRT"]["seed"], about["lrt"]["LRT"]["drugs"]) == (1000, 1, 2)
    assert "all other drugs put together" in about["measures"]["LRT"]["convention"]
    assert "lr_zi_p" in text and "p of LR" in (tmp_path / "t.html").read_text("utf-8")
    with pytest.raises(InputError, match="no report of the set has the drug 'water'"):
        _table(store, command.Choices(drugs=("water",)))


def test_what_is_not_for_a_table_or_not_a_measure_is_told(store: Path) -> None:
    with pytest.raises(DechallengeError, match="not adjusted for strata"):
        _table(store, command.Choices(strata=("sex",)))
    with pytest.raises(DechallengeError, match="'odds' is not a measure") as told:
        command.measures_of(["IC", "odds"])
    assert "LRT, LRT-ZI" in told.value.next_step


def test_the_way_of_linking_is_told_with_the_answer(store: Path) -> None:
    exact, _ = _ask([_case("anakinra")], store)
    weighed, said = _ask([_case("anakinra")], store, choices=command.Choices(linkage=command.linkage_of("Weights")))
    bits = f"{Rule().threshold(250):.1f} bits or more"
    assert f"reports that look the same by weights of evidence ({bits})" in " ".join(weighed.split())
    assert "by weights" not in exact and any("cleaning" in line for line in said)
    assert "15 of 40 reports with the drug" in weighed  # nothing is removed unasked
    with pytest.raises(DechallengeError, match="'magic' is not a way of linking"):
        command.linkage_of("magic")
