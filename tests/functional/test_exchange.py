"""Messages in and out by the command: assess, read, convert, validate; what is refused, and what is lost is said."""

from __future__ import annotations

import glob
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.e2b_messages import OPENFDA, R2, batch, observation
from tests.e2b_messages import message as message_of
from tests.functional.command import EXAMPLES, HEPATITIS, HISTOLOGY, NEUTROPENIA, ROOT, run
from tests.shared import shared_path
from tests.unasked import unasked

FOREIGN = f'<subjectOf2 typeCode="SBJ">{observation(999, "<text>not ours to know</text>")}</subjectOf2>'
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


def test_what_is_readable_of_a_cut_off_bundle_is_written_and_the_rest_is_told(tmp_path: Path) -> None:
    whole = tmp_path / "whole.json"
    assert run("convert", HEPATITIS, "-o", whole).code == 0
    text = whole.read_text("utf-8")
    cut = tmp_path / "cut.json"
    cut.write_text(text[: int(len(text) * 0.7)], "utf-8")
    out = tmp_path / "out.xml"
    answer = run("convert", cut, "-o", out, *PARTNERS)
    assert answer.code == 1
    assert "1 case written" in answer.out
    assert "cut.json: " in answer.err
    assert "d1" not in answer.err
    case = run("assess", out, "--json").case
    assert case["suspects"][0]["drug"] == "anakinra"
    seen = run("assess", cut, "--json")
    assert seen.code == 1
    assert seen.json["problems"]
    (report,) = run("validate", cut, "--json").json
    assert (report["kind"], report["cases"], report["valid"]) == ("FHIR", 1, True)
    assert all(fault["severity"] == "warning" for fault in report["faults"]) and report["faults"]


OLD = {"ichicsr.xml": R2, "event.json": OPENFDA}


@pytest.mark.parametrize("name", sorted(OLD))
def test_older_forms_become_a_message_of_today(name: str, tmp_path: Path) -> None:
    source, out, again = tmp_path / name, tmp_path / "r3.xml", tmp_path / "again.xml"
    source.write_bytes(OLD[name])
    answer = run("convert", source, "-o", out, *PARTNERS)
    assert answer.code == 0
    assert "Needs a MedDRA code: 9: E.i.2.1b[1]" in answer.out or "DE-TEST-9: E.i.2.1b[1]" in answer.out
    (report,) = run("validate", out, "--json").json
    assert (report["kind"], report["cases"]) == ("E2B(R3)", 1)
    before, after = run("assess", source, "--json").case, run("assess", out, "--json").case
    assert scores(before) == scores(after)
    assert [(s["drug"], s["event"]["kind"]) for s in after["suspects"]] == [("diclofenac", "liver injury")]
    assert run("convert", out, "-o", again).code == 0
    assert again.read_bytes() == out.read_bytes()


def test_a_message_gets_the_codes_of_the_users_own_dictionary(tmp_path: Path) -> None:
    folder = tmp_path / "MedDRA_90_1_English" / "MedAscii"
    folder.mkdir(parents=True)
    (folder / "llt.asc").write_text("90000001$Liver injury$91000001$$$$$$$Y$$\n", "utf-8")
    (folder / "pt.asc").write_text("91000001$Liver injury, invented$$92000001$$$$$$$$\n", "utf-8")
    source, out = tmp_path / "ichicsr.xml", tmp_path / "r3.xml"
    source.write_bytes(R2)
    answer = run("convert", source, "-o", out, "--meddra", folder, "--json", *PARTNERS)
    assert (answer.code, answer.json["draft"], answer.json["missing_terms"]) == (0, False, [])
    codes = run("read", out, "--json").json["cases"][0]["events"][0]["codes"]
    assert [(c["code"], c["version"]) for c in codes if c["system"] == "MedDRA"] == [("90000001", "90.1")]


def test_a_batch_comes_back_whole_whatever_it_is_in(tmp_path: Path) -> None:
    """Given by itself, in a folder and in UTF-16, a batch is written with the same bytes, foreign content and all."""
    data = batch(*(message_of(number, more=FOREIGN) for number in (1, 2, 3)))
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "batch.xml"
    source.write_bytes(data)
    wide = tmp_path / "wide.xml"
    wide.write_bytes(data.decode().replace("UTF-8", "UTF-16", 1).encode("utf-16"))
    told = []
    for number, path in enumerate((source, source.parent, wide)):
        out = tmp_path / f"{number}.xml"
        answer = run("convert", path, "-o", out, "--json")
        assert (answer.code, answer.json["cases"], answer.json["draft"]) == (0, 3, False)
        told.append(out.read_bytes())
    assert told[0] == told[1] == told[2]
    assert told[0].count(b"not ours to know") == 3
    assert [f"DE-TEST-{n}".encode() in told[0] for n in (1, 2, 3, 4)] == [True, True, True, False]


def test_words_of_several_files_stay_with_their_own_file(tmp_path: Path) -> None:
    out = tmp_path / "both.yaml"
    assert run("convert", NEUTROPENIA, HISTOLOGY, "-o", out).code == 0
    back = run("assess", out, "--json")
    assert back.code == 0
    assert [scores(case) for case in back.json["cases"]] == [
        scores(run("assess", path, "--json").case) for path in (NEUTROPENIA, HISTOLOGY)
    ]


def test_the_cases_before_the_damage_of_a_batch_are_written(tmp_path: Path) -> None:
    data = batch(message_of(1), message_of(2))
    cut, out = tmp_path / "cut.xml", tmp_path / "out.xml"
    cut.write_bytes(data[: data.rindex(b"<PORR_IN049016UV") + 900])
    answer = run("convert", cut, "-o", out)
    assert answer.code == 1
    assert "1 case written" in answer.out
    assert "cut off" in answer.err
    checked = run("validate", cut, "--json")
    assert checked.code == 1
    (report,) = checked.json
    assert report["cases"] == 1
    assert len(report["faults"]) > 1  # what is wrong with the whole report is told too
    (end,) = (fault for fault in report["faults"] if "cut off" in fault["message"])
    assert end["severity"] == "rejected" and end["line"] > 0


def test_the_commands_of_the_page_run_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "exchange.md").read_text("utf-8")
    commands = re.findall(r"^dechallenge (.+)$", page, flags=re.MULTILINE)
    assert {command.split()[0] for command in commands} == {"convert", "validate"}
    monkeypatch.chdir(tmp_path)
    for command in commands:
        written = [word.replace("examples/", f"{EXAMPLES}/") for word in shlex.split(command)]
        answer = run(*(word for one in written for word in (sorted(glob.glob(one)) or [one])))
        drafts = command.startswith("validate")
        assert (answer.code, answer.err) == (1 if drafts else 0, "")
    assert "case.xml: E2B(R3), 1 case; " in answer.out
    assert "case.json: FHIR, 1 case; nothing a receiver would reject" in answer.out


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
    with unasked():
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
