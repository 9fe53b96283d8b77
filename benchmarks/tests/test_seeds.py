"""The seed measurements: the echo of the gold scores 1, an empty reader 0, and extra facts cost precision."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks import faithfulness, seed_cases, seed_gold
from benchmarks.case_view import View
from benchmarks.shared import Missing, read_text, shared_path
from benchmarks.tests.echo import gold_echo, quote

Json = dict[str, Any]


@pytest.fixture(scope="module")
def gold() -> dict[str, Json]:
    """The echo of each seed, by its text."""
    try:
        cases = json.loads(read_text(shared_path("corpora", "seed_gold.json")))["cases"]
        files = sorted({case["source"]["file"] for case in cases})
        texts = {name: read_text(shared_path("seeds", name)) for name in files}
    except Missing as error:
        pytest.skip(str(error))
    return {
        texts[name]: gold_echo([case for case in cases if case["source"]["file"] == name], texts[name])
        for name in files
    }


def test_echo_of_the_gold_scores_everything(gold: dict[str, Json]) -> None:
    tallies, remarks = seed_gold.measure(lambda text, name: gold[text])
    # "refused any further treatment" has no word in the contract but its own.
    assert {what: (tally.missed, tally.wrong) for what, tally in tallies.items()} == dict.fromkeys(
        seed_gold.FIELDS, (0, 0)
    )
    assert not remarks
    assert tallies["drugs"].role_right == tallies["drugs"].role_all > 20
    assert tallies["labs"].true > 80 and tallies["negatives"].true > 50
    assert all(tally.times_right == tally.times_all for tally in tallies.values())
    assert sum(tally.times_all for tally in tallies.values()) > 120


def test_empty_reader_scores_nothing(gold: dict[str, Json]) -> None:
    tallies, remarks = seed_gold.measure(lambda text, name: {"cases": []})
    assert all(tally.true == 0 and tally.missed > 0 for tally in tallies.values())
    assert len(remarks) == 4


def test_facts_far_from_their_words_do_not_count(gold: dict[str, Json]) -> None:
    def moved(text: str, name: str) -> Json:
        result: Json = json.loads(json.dumps(gold[text]))
        for case in result["cases"]:
            case["tests"] = []  # a test may hold a qualitative result as well
            for measurement in case["measurements"]:
                measurement["evidence"] = [quote(text, 0, 3)]
        return result

    tallies, _ = seed_gold.measure(moved)
    assert tallies["labs"].true == 0 and tallies["labs"].wrong > 50
    assert tallies["drugs"].missed == 0


def test_each_extra_fact_is_wrong_once(gold: dict[str, Json]) -> None:
    def more(text: str, name: str) -> Json:
        result: Json = json.loads(json.dumps(gold[text]))
        for case in result["cases"]:
            extra = {"analyte": "ALT", "value": 77.5, "unit": "U/L", "evidence": [quote(text, 0, 9)]}
            case["measurements"] += [extra, extra]
            case["exposures"].append({"drug": "placebo", "role": "suspect", "evidence": [quote(text, 0, 9)]})
        return result

    tallies, _ = seed_gold.measure(more)
    assert tallies["labs"].wrong == tallies["drugs"].wrong == 7


def test_commands_print(gold: dict[str, Json], capsys: pytest.CaptureFixture[str]) -> None:
    seed_gold.main(["--errors"], assess=lambda text, name: {"cases": []})
    seed_cases.main([], assess=lambda text, name: {"cases": []})
    faithfulness.main(["--corpus", "seeds", "--errors"], assess=lambda text, name: {"cases": []})
    out = capsys.readouterr().out
    assert "labs, F1" in out and "FAIL  R 32.1" in out and "no case" in out
    assert out.count("anakinra, neutropenia 2") >= 1


def test_no_demand_of_the_seed_table_is_met_by_silence() -> None:
    """An empty case may pass only what forbids something, and what is about the number of cases."""
    passed = set()
    for seed in seed_cases.SEEDS:
        for _, demands in seed.cases:
            passed |= {demand.what for demand in demands(View({}, 0)) if demand.ok}
    assert passed <= {"tocilizumab is no suspect", "no severity grade"}


def test_conflicts_need_the_word_by_itself() -> None:
    two = [{"quote": "every 12 weeks"}, {"quote": "every\n2 weeks"}]
    assert View({"conflicts": [{"evidence": two}]}, 1).conflict("12 weeks", "2 weeks")
    assert not View({"conflicts": [{"evidence": [two[0], two[0]]}]}, 1).conflict("12 weeks", "2 weeks")
    three = [{"quote": "activity of A2"}, {"quote": "A1"}, {"quote": "A1–2"}]
    assert View({"conflicts": [{"evidence": three}]}, 1).conflict("A2", "A1", "A1-2")
    assert not View({"conflicts": [{"evidence": three[:2]}]}, 1).conflict("A2", "A1", "A1-2")


def test_repairs_and_grades() -> None:
    flag = {"kind": "implausible", "repair": {"value": 116, "unit": "10*9/L"}}
    case = {
        "measurements": [{"analyte": "PLT", "value": 116, "unit": "10*12/L", "flags": [flag]}],
        "events": [{"instruments": [{"id": "ctcae-5", "score": 3, "items": []}]}],
    }
    view = View(case, 1)
    assert view.repair("PLT", 116, "10*9/L") and not view.repair("PLT", 11.6, "10*9/L")
    assert view.ctcae("ctcae-5") == 3 and view.ctcae("ctcae-6") is None


def test_faithfulness_counts_each_defect() -> None:
    text = "ALT 50 U/L"
    good, bad = quote(text, 0, 3), {**quote(text, 0, 3), "quote": "AST"}
    answers = iter(range(100))

    def assess(text: str, name: str) -> Json:
        number = next(answers)
        if number == 4:
            raise RuntimeError("boom")
        case = {"measurements": [{"evidence": [good]}, {"evidence": [bad]}, {"analyte": "AST"}]}
        return {"cases": [case], "order": number if number in (2, 3) else 0}

    tally = faithfulness.measure(iter([("a", text), ("b", text), ("c", text)]), assess)
    assert (tally.documents, tally.exceptions, tally.unequal) == (3, 1, 1)
    assert (tally.quotes, tally.wrong, tally.bare) == (4, 2, 2)
