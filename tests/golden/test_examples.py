"""The seven published cases under examples/, assessed by the command, yield the facts in expected/*.json.

Read through the published JSON contract only, so the tests hold whatever lies behind it. A fact is matched by the words
it points at: its evidence must overlap the quotation in the expected file.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import re
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from dechallenge.cli import main

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "expected").glob("*.json"))
}
TEXTS = {name: (ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8") for name in EXPECTED}

each_example = pytest.mark.parametrize("name", EXPECTED)


def having(key: str) -> pytest.MarkDecorator:
    """Parametrises over the examples whose expected file states `key`."""
    return pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if expected.get(key)])


@functools.cache
def answer() -> dict[str, Any]:
    """What `dechallenge assess examples/*.txt --json` prints."""
    files = [str(ROOT / "examples" / f"{name}.txt") for name in EXPECTED]
    out = io.StringIO()
    with mock.patch.object(sys, "argv", ["dechallenge", "assess", *files, "--json"]), contextlib.redirect_stdout(out):
        try:
            code = main()
        except SystemExit as stop:
            code = stop.code
    assert code in (None, 0)
    result: dict[str, Any] = json.loads(out.getvalue())
    return result


def case_of(name: str) -> dict[str, Any]:
    documents = {document["id"]: document["name"] for document in answer()["documents"]}
    cases = [case for case in answer()["cases"] if documents[case["document"]] == f"{name}.txt"]
    assert len(cases) == 1, [case["title"] for case in cases]
    return cases[0]


def pair_of(name: str) -> dict[str, Any]:
    """The entry of the expected suspect and the primary reaction."""
    drug = EXPECTED[name]["suspects"][0]["drug"]
    return next(entry for entry in case_of(name)["suspects"] if entry["drug"] == drug)


def overlaps(name: str, fact: dict[str, Any], quote: str) -> bool:
    """Whether the evidence of a fact overlaps a place where the text prints the quotation."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    places = [found.span() for found in re.finditer(pattern, TEXTS[name])]
    return any(
        evidence["start"] < end and start < evidence["end"]
        for evidence in fact["evidence"]
        if "start" in evidence
        for start, end in places
    )


def check_interval(got: list[float | None] | None, wanted: dict[str, Any]) -> None:
    assert got is not None
    low, high = got
    if "inside" in wanted:
        assert low is not None and high is not None
        assert wanted["inside"][0] <= low <= high <= wanted["inside"][1]
    if "overlaps" in wanted:
        assert low is not None and high is not None
        assert low <= wanted["overlaps"][1] and wanted["overlaps"][0] <= high


@each_example
def test_every_quote_is_the_text_at_its_offsets(name: str) -> None:
    seen = 0
    stack: list[Any] = [case_of(name)]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            if {"start", "end", "quote"} <= value.keys():
                seen += 1
                assert TEXTS[name][value["start"] : value["end"]] == value["quote"]
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    assert seen > 20


@each_example
def test_patient(name: str) -> None:
    wanted, patient = EXPECTED[name]["patient"], case_of(name)["patient"]
    assert (patient["age"]["value"], patient["age"]["unit"]) == (wanted["age"]["value"], wanted["age"]["unit"])
    assert {key: patient[key] for key in wanted if key != "age"} == {k: v for k, v in wanted.items() if k != "age"}


@each_example
def test_suspects_and_reaction(name: str) -> None:
    expected, case = EXPECTED[name], case_of(name)
    assert next(event["kind"] for event in case["events"] if event["primary"]) == expected["event"]
    found = {entry["drug"]: entry["basis"] for entry in case["suspects"]}
    for wanted in expected["suspects"]:
        assert wanted["drug"] in found
        assert found[wanted["drug"]] == wanted.get("basis", found[wanted["drug"]])
    assert not found.keys() & set(expected["never_suspect"])


@having("treatments")
def test_a_drug_given_for_the_reaction_is_a_treatment(name: str) -> None:
    treatments = {entry["drug"] for entry in case_of(name)["exposures"] if entry["role"] == "treatment"}
    assert set(EXPECTED[name]["treatments"]) <= treatments


@having("latency_days")
def test_latency(name: str) -> None:
    wanted, points = EXPECTED[name]["latency_days"], pair_of(name)["key_points"]
    check_interval(points["latency_days"], wanted)
    if "point" in wanted:
        assert points["latency_point"] == wanted["point"]


@each_example
def test_laboratory_values(name: str) -> None:
    read = case_of(name)["measurements"]
    missing = []
    for wanted in EXPECTED[name]["measurements"]:
        same = {key: wanted[key] for key in ("analyte", "value", "unit", "low", "high", "comparator") if key in wanted}
        fits = [
            value
            for value in read
            if same.items() <= value.items()
            and overlaps(name, value, wanted["quote"])
            and ("day" not in wanted or value["day"] == wanted["day"])
            and ("flag" not in wanted or any(wanted["flag"].items() <= flag.items() for flag in value["flags"]))
        ]
        if not fits:
            missing.append(wanted)
    assert missing == []


@having("doses")
def test_doses(name: str) -> None:
    read = case_of(name)["exposures"]
    for wanted in EXPECTED[name]["doses"]:
        fits = [entry for entry in read if entry["drug"] == wanted["drug"] and overlaps(name, entry, wanted["quote"])]
        assert fits, wanted


@having("tests")
def test_work_up(name: str) -> None:
    read = case_of(name)["tests"]
    missing = [
        wanted
        for wanted in EXPECTED[name]["tests"]
        if not any(test["state"] == wanted["state"] and overlaps(name, test, wanted["quote"]) for test in read)
    ]
    assert missing == []


@having("findings")
def test_findings(name: str) -> None:
    read = case_of(name)["findings"]
    missing = [
        wanted
        for wanted in EXPECTED[name]["findings"]
        if not any(found["state"] == wanted["state"] and overlaps(name, found, wanted["quote"]) for found in read)
    ]
    assert missing == []


@each_example
def test_dechallenge_rechallenge_and_outcome(name: str) -> None:
    expected, points = EXPECTED[name], pair_of(name)["key_points"]
    for key in ("dechallenge", "rechallenge", "outcome"):
        if key in expected:
            assert points[key] in expected[key], key
    if "recovery_days" in expected:
        check_interval(points["recovery_days"], expected["recovery_days"])


@having("re_exposures")
def test_every_re_exposure_is_kept_with_what_followed(name: str) -> None:
    results = [action["result"] for action in case_of(name)["actions"] if action["kind"] == "restarted"]
    assert results == EXPECTED[name]["re_exposures"]


@having("pattern")
def test_pattern(name: str) -> None:
    wanted, pattern = EXPECTED[name]["pattern"], pair_of(name)["key_points"]["pattern"]
    if "r" in wanted:
        assert pattern["r"] == pytest.approx(wanted["r"], rel=0.01)
    assert {key: pattern[key] for key in wanted if key != "r"} == {k: v for k, v in wanted.items() if k != "r"}


@having("statements")
def test_what_the_authors_state_is_kept_as_a_statement(name: str) -> None:
    statements = case_of(name)["statements"]
    for wanted in EXPECTED[name]["statements"]:
        assert any(said["by"] == "author" and overlaps(name, said, wanted["quote"]) for said in statements), wanted


@having("conflicts")
def test_contradictions_are_reported_with_their_words(name: str) -> None:
    conflicts = case_of(name)["conflicts"]
    for wanted in EXPECTED[name]["conflicts"]:
        assert any(all(overlaps(name, found, quote) for quote in wanted["quotes"]) for found in conflicts), wanted


@having("instruments")
def test_verdicts(name: str) -> None:
    primary = next(event for event in case_of(name)["events"] if event["primary"])
    results = {result["id"]: result for result in [*primary["instruments"], *pair_of(name)["instruments"]]}
    for wanted in EXPECTED[name]["instruments"]:
        got = results[wanted["id"]]
        assert {key: got[key] for key in wanted} == wanted
