"""The reader on real reports: quotations that stand where they say, the demands on the seed cases, LiverTox targets.

The benchmarks ask the questions and hold the targets; here they must come out. Texts that are absent skip the tests.
"""

from __future__ import annotations

import pytest

from benchmarks import faithfulness, livertox, livertox_reference, seed_cases
from benchmarks.run import assess_text
from benchmarks.scores import misses, share
from benchmarks.shared import read_text
from tests.shared import shared_path

shared_path("seeds")
shared_path("corpora", "livertox")

EVERY = {"seeds": 1, "livertox": 6}
"""Corpus, and which of its documents are read (every n-th)."""
LEAST = {**livertox.TARGETS, "re-exposure found": 100.0, "read without an exception": 100.0}
"""Per cent of each LiverTox measure, for the narrative with its table."""


@pytest.fixture(scope="module")
def run() -> livertox.Run:
    return livertox.Run(livertox_reference.load(), assess_text, with_table=True)


@pytest.mark.parametrize("corpus", EVERY)
def test_every_quote_is_the_text_and_every_claim_has_one(corpus: str) -> None:
    tally = faithfulness.measure(faithfulness.CORPORA[corpus](), assess_text, EVERY[corpus])
    assert tally.documents >= 4
    assert tally.quotes > 100 * tally.documents
    assert (tally.wrong, tally.bare, tally.exceptions, tally.unequal, tally.caseless) == (0, 0, 0, 0, 0), tally.lines


@pytest.mark.parametrize("seed", seed_cases.SEEDS, ids=lambda seed: seed.file.partition("_")[0])
def test_every_demand_on_the_seed_cases_is_met(seed: seed_cases.Seed) -> None:
    demands = list(seed_cases.check_seed(seed, read_text(shared_path("seeds", seed.file)), assess_text))
    assert len(demands) > 10
    assert [(name, demand.what, demand.got) for name, demand in demands if not demand.ok] == []


@pytest.mark.parametrize("measure", LEAST)
def test_livertox_target(run: livertox.Run, measure: str) -> None:
    reached = share(run.checks, measure)
    assert reached.percent is not None
    wrong = misses(check for check in run.checks if check.measure == measure)
    assert reached.percent >= LEAST[measure], f"{reached}\n{wrong}"


def test_livertox_tables_are_all_there(run: livertox.Run) -> None:
    assert share(run.checks, "table values, recall").total > 1000
    assert share(run.checks, "re-exposure found").total >= 6
