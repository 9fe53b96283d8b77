"""Messages in and out by the command: assess, read, convert, validate; what is refused, and what is lost is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.functional.command import EXAMPLES, HEPATITIS, HISTOLOGY, NEUTROPENIA, run
from tests.shared import shared_path

PARTNERS = ("--sender", "CLINIC", "--receiver", "CENTRE", "--created", "2026-11-02T10:00:00+01:00")


def scores(case: dict[str, Any]) -> dict[str, Any]:
    """Every result of every suspect and reaction, without the words behind them."""
    found: dict[str, Any] = {}
    parts = [(s["drug"] + "/" + s["event"]["kind"], s) for s in case["suspects"]]
    parts += [("/" + e["kind"], e) for e in case["events"]]
    for name, part in parts:
        for one in part["instruments"]:
            keys = ("applicable", "score", "low", "high", "category", "categories", "code")
            found[f"{name}/{one['id']}"] = {key: one[key] for key in keys}
    return found


@pytest.fixture
def message(tmp_path: Path) -> Path:
    out = tmp_path / "case.xml"
    answer = run("convert", HEPATITIS, "-o", out, "--assess", *PARTNERS)
    assert (answer.code, answer.err) == (0, "")
    assert "1 case written" in answer.out
    assert "draft" in answer.out
    assert "MedDRA code" in answer.out
    return out


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_report_that_went_through_e2b_gets_the_same_scores(example: Path, tmp_path: Path) -> None:
    before = run("assess", example, "--json").case
    out = tmp_path / "case.xml"
    assert run("convert", example, "-o", out, *PARTNERS).code == 0
    assert scores(run("assess", out, "--json").case) == scores(before)


def test_an_assessment_travels_as_opinions_and_changes_no_score(message: Path) -> None:
    case = run("assess", message, "--json").case
    ours = [s for s in case["statements"] if s["by"] == "dechallenge" and s["kind"] == "score"]
    rucam = next(s for s in ours if s["method"] == "RUCAM 2016")
    assert rucam["drug"] == "anakinra"
    assert rucam["result"].startswith("Possible (")
    assert len(rucam["result"]) <= 60
    sheet = next(s for s in case["statements"] if s["kind"] == "items" and s["method"] == "RUCAM 2016")
    assert "unknown: " in sheet["result"]
    assert scores(case) == scores(run("assess", HEPATITIS, "--json").case)
    text = message.read_text("utf-8")
    assert ">Dechallenge<" in text
    assert ">RUCAM 2016<" in text


def test_the_second_writing_has_the_same_bytes(message: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xml"
    assert run("convert", message, "-o", again).code == 0
    once_more = tmp_path / "once_more.xml"
    assert run("convert", again, "-o", once_more).code == 0
    assert again.read_bytes() == once_more.read_bytes() == message.read_bytes()


def test_fhir_holds_one_case_and_lines_hold_many(tmp_path: Path) -> None:
    one = tmp_path / "one.json"
    assert run("convert", NEUTROPENIA, "-o", one, "--assess").code == 0
    bundle = json.loads(one.read_text("utf-8"))
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "document")
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"
    two = tmp_path / "two.json"
    refused = run("convert", NEUTROPENIA, HISTOLOGY, "-o", two)
    assert refused.code == 2
    assert ".ndjson" in refused.err
    assert not two.exists()
    lines = tmp_path / "two.ndjson"
    assert run("convert", NEUTROPENIA, HISTOLOGY, "-o", lines).code == 0
    assert len(lines.read_text("utf-8").splitlines()) == 2
    assert len(run("assess", lines, "--json").json["cases"]) == 2


def test_several_cases_make_one_message_and_come_back_in_order(tmp_path: Path) -> None:
    out = tmp_path / "both.xml"
    answer = run("convert", NEUTROPENIA, HISTOLOGY, "-o", out, *PARTNERS, "--json")
    assert answer.code == 0
    assert (answer.json["cases"], answer.json["draft"], answer.json["format"]) == (2, True, "E2B(R3)")
    back = run("assess", out, "--json").json["cases"]
    assert [c["suspects"][0]["event"]["kind"] for c in back] == [
        run("assess", path, "--json").case["suspects"][0]["event"]["kind"] for path in (NEUTROPENIA, HISTOLOGY)
    ]


def test_a_case_file_is_a_format_too(tmp_path: Path) -> None:
    out = tmp_path / "case.yaml"
    assert run("convert", HEPATITIS, "-o", out).code == 0
    assert scores(run("assess", out, "--json").case) == scores(run("assess", HEPATITIS, "--json").case)


def test_one_bad_file_stops_no_batch_and_is_told(tmp_path: Path, message: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text(message.read_text("utf-8")[:4000], "utf-8")
    out = tmp_path / "out.xml"
    answer = run("convert", bad, message, "-o", out)
    assert answer.code == 1
    assert "bad.xml" in answer.err
    assert "1 case written" in answer.out


@pytest.mark.parametrize(
    ("name", "why"),
    [("out.doc", "names no format"), ("nowhere/out.xml", "cannot be written"), ("", "cannot be written")],
)
def test_an_output_that_cannot_be_is_refused_first(name: str, why: str, tmp_path: Path) -> None:
    answer = run("convert", HEPATITIS, "-o", tmp_path / name)
    assert answer.code == 2
    assert why in answer.err


def test_the_output_never_replaces_its_source(message: Path) -> None:
    before = message.read_bytes()
    assert run("convert", message, "-o", message).code == 2
    assert message.read_bytes() == before


def test_validate_says_what_and_where(message: Path, tmp_path: Path) -> None:
    schemas = shared_path("interop", "schemas", "e2b_r3")
    answer = run("validate", message, "--schema", schemas)
    assert "E.i.2.1b[1]" in answer.out
    assert "line " in answer.out
    wrong = tmp_path / "wrong.xml"
    outcome = 'codeSystem="2.16.840.1.113883.3.989.2.1.1.11"'
    text = message.read_text("utf-8")
    assert outcome in text
    wrong.write_text(text.replace(f'{outcome} code="2"', f'{outcome} code="7"'), "utf-8")
    found = run("validate", wrong, "--json")
    assert found.code == 1
    (report,) = found.json
    assert report["kind"] == "E2B(R3)"
    assert not report["valid"]
    assert any(f["place"] == "E.i.7[1]" and f["severity"] == "rejected" and f["line"] > 0 for f in report["faults"])


def test_what_holds_no_case_is_refused_with_the_reason() -> None:
    folder = shared_path("interop", "samples", "e2b")
    for name, why in (("fda_r3/R3ack-positive.ack", "no case in it"), ("hybrid_not_conformant.xml", "neither")):
        answer = run("assess", folder / name)
        assert answer.code == 1
        assert why in answer.out
        checked = run("validate", folder / name)
        assert checked.code == 1
        assert why in checked.out


def test_the_sgml_case_and_its_json_twin_are_assessed_alike() -> None:
    folder = shared_path("interop", "samples", "e2b", "openfda")
    one = run("assess", folder / "faers_event.sgm", "--json").case
    other = run("assess", folder / "openfda_event_postannotation.json", "--json").case
    assert len(one["events"]) == 86
    assert scores(one) == scores(other)


def test_external_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        '<MCCI_IN200100UV01 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0">&e;</MCCI_IN200100UV01>',
        "utf-8",
    )
    answer = run("assess", path)
    assert answer.code == 1
    assert "entit" in answer.out
