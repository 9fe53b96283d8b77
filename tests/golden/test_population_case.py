"""A case and a small store of invented reports: every figure of the answer counted by hand.

The reports are in `tests/unit/population_reports.py`: 250 of them, 40 with anakinra in a counted role, 22 with low
neutrophils in any wording, 15 with both; one more names anakinra as concomitant only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("scipy", reason="the extra `population` is not installed")
pytest.importorskip("ibis", reason="the extra `population` is not installed")

import dechallenge
from dechallenge.case import Case, DrugReaction, Event, Exposure, Time
from dechallenge.errors import InputError
from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.answer import MEANING, Answer, PairAnswer, Row
from dechallenge.population.cleaning import clean
from dechallenge.population.loading import load
from dechallenge.population.question import signals
from dechallenge.population.readus import checklist, of_answer
from dechallenge.population.store import Store
from tests.unit.population_reports import TOLD, Told, analysis_of
from tests.unit.test_population_loading import vaers

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "anakinra-neutropenia-schnitzler.txt"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AnalysisSet, Store]]:
    yield analysis_of(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def answer(reports: tuple[AnalysisSet, Store]) -> Answer:
    (case,) = dechallenge.read(EXAMPLE).cases
    return signals(case, *reports)


def _case(*drugs: str, kind: str = "neutropenia", term: str = "neutropenia", latency: Time | None = None) -> Case:
    return Case(
        id="c1",
        title="A case",
        document="d1",
        events=(Event(id="e1", kind=kind, term=term, primary=True),),
        exposures=tuple(Exposure(id=f"x{i}", drug=d, as_written=d, role="suspect") for i, d in enumerate(drugs)),
        links=tuple(
            DrugReaction(drug=d, event="e1", role="suspect", basis="blamed", because="", latency=latency) for d in drugs
        ),
    )


def _row(answer: Answer, place: int = 0) -> tuple[PairAnswer, Row]:
    pair = answer.pairs[place]
    assert pair.row is not None
    return pair, pair.row


def test_counts_are_of_distinct_reports(answer: Answer) -> None:
    pair, row = _row(answer)
    assert (pair.drug, pair.kind, row.drug) == ("anakinra", "neutropenia", "anakinra")
    assert (row.n, row.n_drug, row.n_event, row.total) == (15, 40, 22, 250)
    # The sum over the terms is 16: one report has two of them.
    assert sum(one.n for one in pair.by_term if one.drug == "anakinra") == 16
    assert row.values["prr"] == pytest.approx((15 / 40) / (7 / 210))
    assert row.values["ror"] == pytest.approx((15 * 203) / (25 * 7))
    assert row.expected == pytest.approx(40 * 22 / 250)


def test_the_reaction_stands_for_its_terms_and_says_which_were_missing(answer: Answer) -> None:
    terms = answer.pairs[0].terms
    found = [term.name for term in terms.found]
    assert found == ["Agranulocytosis", "Febrile neutropenia", "Neutropenia", "Neutrophil count decreased"]
    assert "Granulocytopenia" in terms.absent


def test_time_to_onset_holds_the_case(answer: Answer) -> None:
    _, row = _row(answer)
    assert row.onset is not None
    assert row.onset.days == (2, 3, 4, 5, 6, 8, 10, 13, 15, 21, 28, 40)
    assert (row.onset.undated, row.onset.negative) == (2, 1)
    assert row.onset.fit.quartiles[1] == 9
    assert row.onset.case == (4, 4)
    assert row.onset.share == (0.25, 0.25)  # 2, 3 and 4 of twelve


def test_challenges_and_outcomes_are_tallied_by_report(answer: Answer) -> None:
    _, row = _row(answer)
    tallies = {tally.name: dict(tally.counts) for tally in row.tallies}
    assert tallies["dechallenge"] == {"positive": 10, "unknown": 3, "not stated": 2}
    assert tallies["rechallenge"] == {"positive": 1, "not stated": 14}
    assert tallies["outcome"] == {"other serious": 8, "hospitalisation": 5, "death": 1, "not stated": 1}


def test_vaers_answers_with_outcomes_recovery_and_times(tmp_path: Path) -> None:
    store = load([vaers(tmp_path / "vaers")], tmp_path / "store")
    found = signals(_case("flu (one)"), clean(store, tmp_path / "set"), store)
    _, row = _row(found)
    assert row.n == 4 and row.onset is not None
    assert (row.onset.days, row.onset.undated) == ((0, 3), 2)
    tallies = {tally.name: dict(tally.counts) for tally in row.tallies}
    assert tallies["recovery"] == {"recovered": 1, "not recovered": 1, "not stated": 2}
    assert tallies["outcome"] == {
        "death": 1,
        "disability": 1,
        "emergency department visit": 1,
        "hospitalisation": 1,
        "life-threatening": 1,
        "office or clinic visit": 1,
    }


def test_class_mates_and_drugs_reported_together_are_told(answer: Answer) -> None:
    pair, _ = _row(answer)
    assert pair.class_name == "il-1 blocker"
    (mate,) = [row for row in pair.others if row.why == "same class"]
    assert (mate.drug, mate.n, mate.n_drug) == ("canakinumab", 2, 20)
    assert mate.onset is not None and mate.onset.days == (30, 30)
    assert pair.co_reported == (("methotrexate", 3),)


def test_the_quarters_add_up(answer: Answer) -> None:
    pair, row = _row(answer)
    assert pair.series is not None
    assert pair.series.quarters == ("2014Q1", "2014Q2")
    assert (pair.series.cells.n[-1], pair.series.cells.total[-1]) == (row.n, row.total)


def test_two_suspects_have_their_interaction(reports: tuple[AnalysisSet, Store]) -> None:
    from dechallenge.population.measures.interaction import omega

    found = signals(_case("anakinra", "methotrexate"), *reports)
    assert [pair.drug for pair in found.pairs] == ["anakinra", "methotrexate"]
    (both,) = found.pairs[0].together
    assert (both.n_both, both.n) == (3, 3)
    # Anakinra alone 12 of 37, methotrexate alone 4 of 50, neither 3 of 160.
    import numpy as np

    own = omega(*(np.array([float(n)]) for n in (3, 0, 12, 25, 4, 46, 3, 157)))
    assert both.omega.value[0] == pytest.approx(own.value[0])
    assert [row.why for row in found.pairs[0].others if row.drug == "methotrexate"] == ["other suspect"]


def test_what_is_not_there_is_said(reports: tuple[AnalysisSet, Store]) -> None:
    none = signals(_case("rilonacept"), *reports)
    assert none.pairs[0].row is None
    assert "no report of the set has this drug" in none.notes[0]
    # What is reported of its class is told all the same.
    assert [(row.drug, row.n) for row in none.pairs[0].others] == [("anakinra", 15), ("canakinumab", 2)]
    assert any("rests on 15 pairs only" in note for note in none.notes)
    odd = signals(_case("anakinra", kind="", term="purple toes"), *reports)
    assert odd.pairs[0].row is None and "--event-term" in odd.pairs[0].why_not
    given = signals(_case("anakinra"), *reports, event_terms=["pyrexia", "Zebra"])
    pair, row = _row(given)
    assert [term.name for term in pair.terms.found] == ["Pyrexia"] and row.n == 1
    assert any("Zebra" in note for note in given.notes)
    with pytest.raises(InputError, match="no suspect"):
        signals(Case(id="c1", title="Nothing", document="d1"), *reports)


def test_an_unknown_latency_marks_nothing(reports: tuple[AnalysisSet, Store]) -> None:
    found = signals(_case("anakinra"), *reports)
    assert found.pairs[0].row is not None and found.pairs[0].row.onset is not None
    assert found.pairs[0].row.onset.case is None
    wide = signals(_case("anakinra", latency=Time(low=3, high=10)), *reports)
    assert wide.pairs[0].row is not None and wide.pairs[0].row.onset is not None
    assert wide.pairs[0].row.onset.share == (2 / 12, 7 / 12)


def test_without_the_store_counts_are_told_alone(reports: tuple[AnalysisSet, Store]) -> None:
    found = signals(_case("anakinra"), reports[0])
    assert found.pairs[0].row is not None and found.pairs[0].row.onset is None
    assert any("without the store" in note for note in found.notes)


def test_the_assessment_of_the_case_is_unchanged(reports: tuple[AnalysisSet, Store]) -> None:
    """A statistic never enters a score: the assessment is the same to the byte before and after the question."""
    before = dechallenge.assess(EXAMPLE).to_json()
    reading = dechallenge.read(EXAMPLE)
    told = reading.model_dump_json()
    signals(reading.cases[0], *reports)
    assert reading.model_dump_json() == told
    assert dechallenge.assess(EXAMPLE).to_json() == before


def test_the_same_question_gives_the_same_bytes_and_valid_json(reports: tuple[AnalysisSet, Store]) -> None:
    twice = [json.dumps(signals(_case("anakinra"), *reports).as_json(), allow_nan=False) for _ in range(2)]
    assert twice[0] == twice[1]
    assert json.loads(twice[0])["meaning"] == list(MEANING)


def test_the_checklist_has_fourteen_items_and_fills_what_is_known(answer: Answer) -> None:
    items = of_answer(answer)
    assert [item.number for item in items] == list(range(1, 15))
    assert "n 15, expected 3.52" in items[8].known[0]
    assert any("roles counted: PS, SS, I" in line for line in items[4].known)
    assert all(item.known or item.left for item in items)
    assert callable(checklist)


def test_the_ratio_is_adjusted_for_strata_by_hand(reports: tuple[AnalysisSet, Store]) -> None:
    """Anakinra and low neutrophils by sex: 9 of 34 with it among women, counted from the rows of the store."""
    found = signals(_case("anakinra"), *reports, strata=("sex",))
    _, row = _row(found)
    assert row.adjusted is not None
    # Counted here from the reports themselves: n, with the drug, with the reaction, all, for each sex.
    cells = {sex: [0, 0, 0, 0] for sex in "FM"}
    for told in TOLD:
        drug = any(name == "KINERET" and role in ("PS", "SS", "I") for name, role in told.drugs)
        event = any("eutro" in term or "granulo" in term for term in told.events)
        for place, holds in enumerate((drug and event, drug, event, True)):
            cells[told.sex][place] += holds
    above = sum(n * (all_ - d - e + n) / all_ for n, d, e, all_ in cells.values())
    below = sum((d - n) * (e - n) / all_ for n, d, e, all_ in cells.values())
    # Every report of a man has both: it says nothing of their ratio, and nothing of whether the sexes differ.
    assert cells == {"F": [9, 34, 16, 244], "M": [6, 6, 6, 6]}
    assert row.adjusted.pooled.value == pytest.approx(above / below)
    assert (row.adjusted.pooled.strata, row.adjusted.pooled.freedom) == (1, 0)
    assert row.adjusted.expected == pytest.approx(sum(d * e / all_ for _, d, e, all_ in cells.values()))
    assert (row.adjusted.n, row.adjusted.unknown, row.adjusted.unknown_of_all) == (15, 0, 0)
    assert row.adjusted.known is None
    assert row.values["ror"] == pytest.approx((15 * 203) / (25 * 7))  # the crude one stands beside it, unchanged
    assert {"adjusted ROR", "homogeneity"} <= set(found.about)


def test_strata_that_are_not_known_are_said_and_left_out_beside(tmp_path: Path) -> None:
    """Two sexes and reports without one: the pooled ratio over three strata, and over the two that are known."""
    groups = [("F", 6, 4, 5, 25), ("M", 2, 8, 3, 27), ("", 3, 3, 3, 3)]  # both, drug alone, event alone, neither
    told = [
        Told(((name, "PS"),), (term,), sex=sex)
        for sex, *cells in groups
        for count, name, term in zip(
            cells,
            ("KINERET", "KINERET", "ASPIRIN", "ASPIRIN"),
            ("Neutropenia", "Nausea", "Neutropenia", "Nausea"),
            strict=True,
        )
        for _ in range(count)
    ]
    analysis, store = analysis_of(tmp_path, tuple(told))
    _, row = _row(signals(_case("anakinra"), analysis, store, strata=["sex"]))
    found = row.adjusted
    assert found is not None and found.known is not None
    assert (found.unknown, found.n, found.unknown_of_all, found.total) == (3, 11, 12, 92)
    whole = (6 * 25 / 40 + 2 * 27 / 40 + 3 * 3 / 12) / (4 * 5 / 40 + 8 * 3 / 40 + 3 * 3 / 12)
    known = (6 * 25 / 40 + 2 * 27 / 40) / (4 * 5 / 40 + 8 * 3 / 40)
    assert found.pooled.value == pytest.approx(whole)
    assert found.known.value == pytest.approx(known)
    assert (found.pooled.strata, found.pooled.freedom, found.known.freedom) == (3, 2, 1)
    assert found.few == 3
    with pytest.raises(InputError, match="'colour' is not a stratum"):
        signals(_case("anakinra"), analysis, store, strata=["colour"])
