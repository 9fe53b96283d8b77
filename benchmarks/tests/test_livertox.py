"""The LiverTox measurement: a perfect reader reaches every target, a spoiled one loses what was spoiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks import livertox, livertox_reference
from benchmarks.livertox_reference import Record
from benchmarks.scores import Share, share
from benchmarks.shared import Missing
from benchmarks.tests.echo import livertox_echo

Json = dict[str, Any]


@pytest.fixture(scope="module")
def records() -> list[Record]:
    try:
        return livertox_reference.load()
    except Missing as error:
        pytest.skip(str(error))


def run(records: list[Record], spoil: Callable[[Json], None] = lambda case: None) -> livertox.Run:
    """Score the echo, each of its cases spoiled first."""
    by_text = {record.full: record for record in records}

    def assess(text: str, name: str) -> Json:
        assert not any(record.drug.lower() in name for record in records), "the name gives the drug away"
        result = livertox_echo(by_text[text], with_table=True)
        spoil(result["cases"][0])
        return result

    return livertox.Run(records, assess, with_table=True)


def test_perfect_reader_reaches_everything(records: list[Record]) -> None:
    done = run(records)
    wrong = [check for check in done.checks if not check.ok]
    # A printed span may itself be wider than an interval is allowed to be ("1-2 months", "within 5 months").
    assert {check.measure for check in wrong} == {"recovery, same rule"}
    assert share(done.checks, "table values, recall").total == 1050
    assert done.suspects == 1.0 and done.severity_width == 0.0


def test_a_latency_counts_at_its_own_anchor_only(records: list[Record]) -> None:
    """A printed "6 months after restarting" is met by a latency on re-exposure, not by one to jaundice."""
    record = next(r for r in records if r.id == "livertox-nitrofurantoin-1")
    assert [anchor for anchor, _ in record.anchored_latency] == ["re-exposure"]

    def told(since: str, until: str) -> Share:
        def assess(text: str, name: str) -> Json:
            delay = {"since": since, "until": until, "days": [175.0, 185.0]}
            points = {"latency_days": [1095.0, 1095.0], "further_latencies": [delay]}
            entry = {"drug": "nitrofurantoin", "event": {"kind": "liver injury"}, "key_points": points}
            return {"cases": [{"suspects": [entry]}]}

        return share(livertox.Run([record], assess, with_table=True).checks, "latency")

    assert told("re-exposure", "recurrence") == Share(1, 1)
    assert told("first dose", "jaundice") == Share(0, 1)


def test_reference_counts_are_those_of_the_issue(records: list[Record]) -> None:
    oracles = [(record, oracle) for record in records if (oracle := record.oracle()) is not None]
    assert Share(sum(o.type == r.pattern for r, o in oracles), len(oracles)) == Share(33, 36)
    assert len(records) == 65
    assert sum(record.grade == 3 for record in records) == 30
    assert all(record.age and record.sex for record in records)
    assert {r.id for r in records if r.resumed} >= {"livertox-atorvastatin-2", "livertox-nitrofurantoin-1"}


def test_reader_gets_no_reference(records: list[Record]) -> None:
    seen: list[str] = []

    def assess(text: str, name: str) -> Json:
        seen.append(text)
        return {}

    livertox.Run(records, assess, with_table=False)
    assert not any("Laboratory Values" in text for text in seen)
    livertox.Run(records, assess, with_table=True)
    for record, text in zip(records * 2, seen, strict=True):
        comment = record.raw["comment"]
        assert record.raw["title"] not in text
        assert not comment or comment[:80] not in text


def test_one_failing_record_does_not_end_the_run(records: list[Record]) -> None:
    def assess(text: str, name: str) -> Json:
        raise ValueError("boom")

    done = livertox.Run(records[:3], assess, with_table=True)
    assert share(done.checks, "read without an exception") == Share(0, 3)
    assert share(done.checks, "suspect drug, first listed") == Share(0, 3)


SPOILED: list[tuple[str, Callable[[Json], None], str]] = [
    ("drug", lambda c: c["suspects"][0].update(drug="placebo"), "suspect drug, first listed"),
    ("second place", lambda c: c["suspects"].insert(0, {"drug": "placebo"}), "suspect drug, first listed"),
    ("pattern", lambda c: points(c)["pattern"].update(type=None), "pattern type: ALT and ALP in a row"),
    ("open latency", lambda c: points(c).update(latency_days=[1, None], further_latencies=[]), "latency"),
    ("wide latency", lambda c: points(c).update(latency_days=[0, 4000], further_latencies=[]), "latency"),
    ("no recovery", lambda c: points(c).update(recovery_days=None), "recovery, any width"),
    ("severity range", lambda c: points(c)["severity"].update(low=None), "severity inside the range"),
    ("sex", lambda c: c["patient"].update(sex="unknown"), "sex"),
    ("age", lambda c: c["patient"].update(age={"value": 7, "unit": "year"}), "age"),
    ("units", lambda c: respell(c, "furlong"), "table values, recall"),
    ("invented rechallenge", lambda c: points(c).update(rechallenge="positive"), "no re-exposure invented"),
]


def respell(case: Json, unit: str) -> None:
    for measurement in case["measurements"]:
        measurement["unit"] = unit


def points(case: Json) -> Json:
    found: Json = case["suspects"][0]["key_points"]
    return found


@pytest.mark.parametrize(("name", "spoil", "measure"), SPOILED, ids=[name for name, _, _ in SPOILED])
def test_what_is_spoiled_is_lost(records: list[Record], name: str, spoil: Callable[[Json], None], measure: str) -> None:
    before, after = share(run(records).checks, measure), share(run(records, spoil).checks, measure)
    assert before.hits == before.total == after.total
    assert after.hits <= 0.01 * after.total  # an INR has no unit to be spoiled


def test_moved_quotes_are_seen(records: list[Record]) -> None:
    done = run(records, lambda case: case["exposures"][0]["evidence"][0].update(start=1))
    quotes = share(done.checks, "quotes equal to the text")
    assert quotes.total - quotes.hits == len(records)


def test_limits_read_as_values_cost_precision(records: list[Record]) -> None:
    def spoil(case: Json) -> None:
        if case["measurements"]:
            last = dict(case["measurements"][-1], value=1.25, low=None, high=None)
            case["measurements"].append(last)

    done = run(records, spoil)
    extra = share(done.checks, "table values, precision")
    assert extra.total - extra.hits == sum(record.table is not None for record in records)
    assert share(done.checks, "table values, recall").percent == 100


def test_commands_print(records: list[Record], capsys: pytest.CaptureFixture[str]) -> None:
    livertox.main(["--errors", "--only", "latency"], assess=lambda text, name: {})
    out = capsys.readouterr().out
    assert "oracle, ALT and ALP in a row: type 33/36" in out
    assert "suspect drug, first listed" in out and "expected" in out
    livertox.main(["--show", "rosiglitazone"], assess=lambda text, name: {"cases": []})
    assert "rosiglitazone-1" in capsys.readouterr().out
