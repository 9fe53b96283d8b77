"""A reading written as a case file comes back as it was; what a person changes is entered, and errors name a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from dechallenge.api import assess_paths, assess_reading, read, read_paths
from dechallenge.case import Case, Reading
from dechallenge.errors import FactError, InputError
from dechallenge.evidence import Document, EnteredEvidence, TextEvidence
from dechallenge.formats import caseyaml
from dechallenge.formats.caseyaml_tree import parse_yaml
from dechallenge.formats.caseyaml_write import dump
from dechallenge.formats.text import decode
from dechallenge.reading.claims.masking import mask

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "examples").glob("*.txt"), *(ROOT / "tests" / "golden" / "synthetic").glob("*.txt")])
STORY = (
    "A 40-year-old woman took isoniazid 300 mg daily for latent tuberculosis. Three weeks later she was jaundiced; ALT "
    "was 900 U/L (normal <40), alkaline phosphatase 130 U/L and bilirubin 6 mg/dL. Hepatitis B serology was negative. "
    "Isoniazid was stopped. Four weeks later ALT was 35 U/L.\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A case file of the story, beside nothing."""
    reading = read(Document.from_text(STORY, "story.txt"))
    path = tmp_path / "case.yaml"
    path.write_text(caseyaml.write(reading, path.name), encoding="utf-8", newline="\n")
    return path


def edit(path: Path, old: str, new: str, count: int = 1) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8", newline="\n")
    return path


def only(path: Path) -> Case:
    (case,) = caseyaml.load(path).cases
    return case


def entered(value: Any) -> Iterator[str]:
    """Where a person made entries, anywhere in a value."""
    if isinstance(value, EnteredEvidence):
        yield value.at
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from entered(getattr(value, key))
    elif isinstance(value, tuple):
        for one in value:
            yield from entered(one)


def failure(path: Path) -> FactError:
    with pytest.raises(FactError) as caught:
        caseyaml.load(path)
    assert caught.value.place == path.name
    assert caught.value.next_step
    return caught.value


# --- there and back ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_an_unedited_file_is_the_reading(path: Path, ending: str, tmp_path: Path) -> None:
    reading = read(Document.from_text(decode(path.read_bytes(), path.name), path.name))
    file = tmp_path / f"case.{ending}"
    file.write_text(caseyaml.write(reading, file.name), encoding="utf-8", newline="\n")
    back = caseyaml.load(file)
    assert back == reading
    assert back.model_dump_json() == reading.model_dump_json()


@pytest.mark.parametrize("name", ["anakinra-hepatitis", "mas-methotrexate-boy", "tocilizumab-liver-histology"])
def test_an_unedited_file_is_assessed_as_the_text(name: str, tmp_path: Path) -> None:
    text = ROOT / "examples" / f"{name}.txt"
    reading = read_paths([text])
    file = tmp_path / "case.yaml"
    file.write_text(caseyaml.write(reading, file.name), encoding="utf-8", newline="\n")
    assert assess_paths([file]).to_json() == assess_reading(reading).to_json()


def test_it_is_yaml_for_others_too_and_keeps_the_schema_of_a_case(file: Path) -> None:
    import jsonschema

    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    jsonschema.validate(data["cases"][0], Case.model_json_schema(by_alias=True))
    assert data["schema"] == caseyaml.SCHEMA
    assert data["documents"][0]["text"] == STORY


def test_the_words_stand_above_the_values(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip() == "analyte: ALT")
    above = [line.strip() for line in lines[at - 3 : at]]
    assert any(line.startswith("# “ALT was 900 U/L") for line in above)


def test_several_documents_and_problems_come_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Der Patient wurde mit Isoniazid behandelt und war nach drei Wochen gelb.", "utf-8")
    (tmp_path / "c.txt").write_text(STORY.replace("40", "50"), encoding="utf-8")
    reading = read_paths([tmp_path / f"{name}.txt" for name in "abc"])
    assert len(reading.cases) == 2
    assert [p.kind for p in reading.problems] == ["language"]
    file = tmp_path / "case.yaml"
    file.write_text(caseyaml.write(reading, file.name), encoding="utf-8")
    assert caseyaml.load(file) == reading


def test_in_a_batch_documents_and_cases_are_counted_on(file: Path, tmp_path: Path) -> None:
    text = tmp_path / "other.txt"
    text.write_text(STORY, encoding="utf-8")
    reading = read_paths([text, file, text])
    assert [d.id for d in reading.documents] == ["d1", "d2", "d3"]
    assert [(c.id, c.document) for c in reading.cases] == [("c1", "d1"), ("c2", "d2"), ("c3", "d3")]
    words = [e for m in reading.cases[1].measurements for e in m.evidence if isinstance(e, TextEvidence)]
    assert words
    assert {e.document for e in words} == {"d2"}
    assert not list(entered(reading.cases[1]))


def test_a_bad_file_stops_no_other(file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("cases: [\n", encoding="utf-8")
    reading = read_paths([bad, tmp_path / "none.yaml", file])
    assert [p.document for p in reading.problems] == ["bad.yaml", "none.yaml"]
    assert len(reading.cases) == 1


def test_what_read_json_prints_is_taken(tmp_path: Path) -> None:
    reading = read(Document.from_text(STORY, "story.txt"))
    file = tmp_path / "reading.json"
    file.write_text(reading.model_dump_json(indent=2), encoding="utf-8")
    assert caseyaml.load(file) == reading


def test_an_entry_in_what_read_json_printed_is_seen_by_reading_the_text_again(tmp_path: Path) -> None:
    data = json.loads(read(Document.from_text(STORY, "story.txt")).model_dump_json())
    data["cases"][0]["measurements"][0]["value"] = 90
    file = tmp_path / "reading.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert list(entered(caseyaml.load(file))) == ["reading.json: cases[0].measurements[0]"]


def test_a_single_case_as_the_schema_has_it_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(
        '{"id": "c1", "title": "typed", "document": "", "measurements": [\n'
        '{"id": "l1", "analyte": "ALT", "value": 400, "unit": "U/L"}]}',
        encoding="utf-8",
    )
    case = only(file)
    assert case.measurements[0].canonical == 400
    assert list(entered(case)) == ["one.json: cases[0].measurements[0]"]


# --- the text ---------------------------------------------------------------------------------------------------------


def test_the_text_may_lie_beside_the_file(file: Path) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    del data["documents"][0]["text"]
    file.write_text(dump(data), encoding="utf-8")
    assert caseyaml.load(file).documents[0].text == ""
    (file.parent / "story.txt").write_text("Another text.", encoding="utf-8")
    assert caseyaml.load(file).documents[0].text == ""
    (file.parent / "story.txt").write_text(STORY, encoding="utf-8", newline="\n")
    reading = caseyaml.load(file)
    assert reading.documents[0].text == STORY
    assert not list(entered(reading))


def test_a_masked_text_may_lie_beside_the_file_unmasked(tmp_path: Path) -> None:
    document = Document.from_text(f"{STORY.strip()} The RUCAM score was 9.\n", "story.txt")
    reading = read(mask(document))
    data = yaml.safe_load(caseyaml.write(reading))
    del data["documents"][0]["text"]
    (tmp_path / "case.yaml").write_text(dump(data), encoding="utf-8")
    (tmp_path / "story.txt").write_text(document.text, encoding="utf-8", newline="\n")
    assert caseyaml.load(tmp_path / "case.yaml") == reading


def test_without_the_text_the_case_is_assessed_all_the_same(file: Path) -> None:
    whole = assess_paths([file]).to_json()
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    del data["documents"][0]["text"]
    file.write_text(dump(data), encoding="utf-8")
    assert assess_paths([file]).to_json() == whole


def test_a_changed_text_is_refused(file: Path) -> None:
    error = failure(edit(file, "for latent tuberculosis. Three", "for latent tuberculosis. Four"))
    assert "documents[0].text" in error.cause
    assert "changed" in error.cause
    assert "story.txt" in error.next_step


def test_other_words_than_those_of_the_text_are_refused(file: Path) -> None:
    error = failure(edit(file, 'quote: "40-year-old"', 'quote: "50-year-old"'))
    assert "cases[0].patient.age.evidence[0]" in error.cause
    assert "line " in error.cause


# --- entries ----------------------------------------------------------------------------------------------------------


def test_an_edited_value_is_entered_and_computed_anew(file: Path) -> None:
    case = only(edit(file, "value: 900", "value: 90"))
    alt = next(m for m in case.measurements if m.value == 90)
    assert alt.canonical == 90
    assert alt.evidence == (EnteredEvidence(entered_by="user", at="case.yaml: cases[0].measurements[0]"),)
    assert alt.limit is not None
    assert all(isinstance(e, TextEvidence) for e in alt.limit.evidence)
    assert list(entered(case)) == ["case.yaml: cases[0].measurements[0]"]


def test_an_edited_unit_is_converted(file: Path) -> None:
    before = next(m for m in only(file).measurements if m.analyte == "BILI_TOT")
    text = file.read_text(encoding="utf-8")
    at = text.index("analyte: BILI_TOT")
    unit = text.index("unit: mg/dL", at)
    file.write_text(text[:unit] + "unit: umol/L" + text[unit + len("unit: mg/dL") :], encoding="utf-8")
    after = next(m for m in only(file).measurements if m.analyte == "BILI_TOT")
    assert before.canonical is not None
    assert after.canonical == pytest.approx(before.canonical / 17.1, rel=0.01)
    assert (after.unit, after.unit_as_written) == ("umol/L", "umol/L")


def test_an_edited_value_reaches_the_score_with_its_evidence(file: Path) -> None:
    result = json.loads(assess_paths([edit(file, "value: 900", "value: 90")]).to_json())
    (case,) = result["cases"]
    rule = next(i for i in case["events"][0]["instruments"] if i["id"] == "r-value")
    assert "case.yaml: cases[0].measurements[0]" in json.dumps(rule)


def test_who_made_the_entries_can_be_said(file: Path) -> None:
    case = only(edit(edit(file, "value: 900", "value: 90"), "cases:\n", "entered_by: Dr A. Smith\ncases:\n"))
    (entry,) = next(m for m in case.measurements if m.value == 90).evidence
    assert isinstance(entry, EnteredEvidence)
    assert entry.entered_by == "Dr A. Smith"


def test_an_added_value_needs_no_evidence(file: Path) -> None:
    case = only(edit(file, "  measurements:\n", "  measurements:\n  - {id: l9, analyte: AST, value: 700, unit: U/L}\n"))
    assert case.measurements[0].canonical == 700
    assert list(entered(case)) == ["case.yaml: cases[0].measurements[0]"]
    assert case.measurements[1:] == only_story().measurements


def only_story() -> Case:
    (case,) = read(Document.from_text(STORY, "story.txt")).cases
    return case


def test_a_deleted_value_leaves_no_trace_in_the_others(file: Path) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    del data["cases"][0]["tests"]
    file.write_text(dump(data), encoding="utf-8")
    case = only(file)
    assert case.tests == ()
    assert not list(entered(case))


def test_an_edited_onset_takes_its_evidence_and_the_old_delay_no_longer_counts(file: Path) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    before = only_story()
    assert before.links[0].latency is not None
    data["cases"][0]["events"][0]["onset"] = {"point": 200}
    file.write_text(dump(data), encoding="utf-8")
    case = only(file)
    onset = case.events[0].onset
    assert onset is not None
    assert (onset.low, onset.point, onset.high, onset.text) == (200, 200, 200, "day 200")
    assert list(entered(case)) == ["case.yaml: cases[0].events[0].onset"]
    assert case.links[0].latency is None
    assert case.events[0].evidence == before.events[0].evidence
    (assessed,) = json.loads(assess_paths([file]).to_json())["cases"]
    assert assessed["suspects"][0]["key_points"]["latency_days"] == [200, 200]


def test_an_edited_stop_drops_what_was_counted_from_the_old_one(file: Path) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert any(m.since_stop for m in only_story().measurements)
    drug = next(e for e in data["cases"][0]["exposures"] if e["drug"] == "isoniazid")
    drug["stop"] = {"point": 30}
    file.write_text(dump(data), encoding="utf-8")
    case = only(file)
    assert not any(m.since_stop for m in case.measurements)
    assert case.links[0].stop_to_onset is None
    assert case.links[0].latency == only_story().links[0].latency


def test_the_outcome_and_the_sex_are_values_of_their_own(file: Path) -> None:
    case = only(edit(edit(file, "sex: female", "sex: male"), "outcome: recovered", "outcome: fatal"))
    assert sorted(entered(case)) == ["case.yaml: cases[0].events[0].outcome", "case.yaml: cases[0].patient.sex"]
    assert case.patient.age == only_story().patient.age


def test_evidence_that_a_person_gives_is_kept(file: Path) -> None:
    own = "{entered_by: chart, at: page 4}"
    case = only(
        edit(
            file,
            "  measurements:\n",
            f"  measurements:\n  - {{id: l9, analyte: AST, value: 700, unit: U/L, evidence: [{own}]}}\n",
        )
    )
    assert list(entered(case)) == ["page 4"]


def test_what_is_written_again_stays_entered(file: Path) -> None:
    edit(file, "value: 900", "value: 90")
    again = file.parent / "again.yaml"
    again.write_text(caseyaml.write(caseyaml.load(file), again.name), encoding="utf-8")
    assert list(entered(only(again))) == ["case.yaml: cases[0].measurements[0]"]


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "path", "cause", "step"),
    [
        ("sex: female", "sexe: female", "cases[0].patient.sexe", "no such key", "Did you mean 'sex'?"),
        ("sex: female", "sex: woman", "cases[0].patient.sex", "'female' or 'male'", "schema case"),
        ("value: 900", "value: high", "cases[0].measurements[0].value", "number", "schema case"),
        ("  - id: l1\n    analyte: ALT", "  - id: l1\n    analyte: ALTT", "measurements[0].analyte", "ALTT", "ALP"),
        ("value: 900\n    unit: U/L", "value: 900\n    unit: cups", "measurements[0].unit", "no unit", "UCUM"),
        ("value: 900\n    unit: U/L", "value: 900\n    unit: kg", "measurements[0].unit", "not measured in kg", "U/L"),
        ("value: 900", "value: 900\n    comparator: '=>'", "measurements[0].comparator", "no comparator", "<="),
        ("state: negative", "state: neg", "cases[0].tests[0].state", "'negative'", "schema case"),
        ("- test: HBV\n", "- test: HBVV\n", "cases[0].tests[0].test", "HBVV", "HBV"),
        ("cases:\n", "case:\n", "case", "no key 'case'", "Did you mean 'cases'?"),
        ("schema: dechallenge/case-file/1", "schema: other/1", "schema", "other/1", "schema case"),
        ("problems: []", "problems: {}", "problems", "a list", "schema case"),
        ("document: d1\n", "document: d1\n  document: d1\n", "cases[0].document", "twice", "Take one"),
    ],
)  # fmt: skip
def test_an_error_names_line_path_cause_and_step(
    file: Path, old: str, new: str, path: str, cause: str, step: str
) -> None:
    where = file.read_text(encoding="utf-8").index(old)
    first = file.read_text(encoding="utf-8").count("\n", 0, where) + 1
    error = failure(edit(file, old, new))
    assert path in error.cause
    assert cause in error.cause
    assert step in error.next_step
    line = int(error.cause.split(",")[0].removeprefix("line "))
    assert first <= line <= first + new.count("\n")


def test_times_that_cannot_be_are_refused(file: Path) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    for onset, cause in (({"low": 9, "high": 3}, "later than high"), ({"point": 9, "low": 1, "high": 3}, "outside")):
        data["cases"][0]["events"][0]["onset"] = onset
        file.write_text(dump(data), encoding="utf-8")
        error = failure(file)
        assert cause in error.cause
        assert "cases[0].events[0].onset" in error.cause


def test_several_errors_are_told_at_once(file: Path) -> None:
    error = failure(edit(edit(file, "sex: female", "sexe: female"), "state: negative", "state: neg"))
    assert "patient.sexe" in error.cause
    assert "tests[0].state" in error.cause


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "just words\n",
        "a: &x 1\nb: *x\n",
        "a: !!python/name:os.system x\n",
        "a: {b: [\n",
        "\t- x",
        "? [a]\n: b",
        "[" * 5000,
        "{a: " * 5000,
        "--- a\n--- b\n",
        "cases: 3\n",
        "cases: [3]\n",
        "cases: [null]\n",
        "a: \x01\n",
    ],
)
def test_what_is_no_case_file_is_refused_with_a_next_step(text: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text, encoding="utf-8")
    failure(file)


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "null", '"a"', "[" * 100_000, '{"cases": [{"id": 1}]}', "{} {}"])
def test_what_is_no_case_file_in_json_is_refused_with_a_next_step(text: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    failure(file)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"cases:\n- \xff\xfe")
    assert "line 2" in failure(file).cause
    with pytest.raises(InputError):
        caseyaml.load(tmp_path / "none.yaml")
    with pytest.raises(InputError):
        caseyaml.load(tmp_path)


def test_an_assessment_is_no_reading(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"schema": "dechallenge/assessment/1", "cases": []}', encoding="utf-8")
    assert "assessment" in failure(file).cause


# --- the writing of YAML ----------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["text", "evidence", "flags", "a", "b"]), PLAIN, max_size=5))
def test_any_plain_data_comes_back(data: dict[str, Any]) -> None:
    assert parse_yaml(dump(data), "x").data == (data or None)


@given(
    st.sampled_from(["no", "yes", "on", "null", "~", "1", "1.0", "2020-01-01", "12:30", "a: b", "# a", "- a", "'", "|"])
)
def test_a_word_that_looks_like_something_else_stays_a_word(word: str) -> None:
    written = dump({"a": word})
    assert parse_yaml(written, "x").data == {"a": word}
    assert yaml.safe_load(written) == {"a": word}


def test_no_is_a_word_and_not_false() -> None:
    assert parse_yaml("a: no\nb: off\nc: 2020-01-01\nd: 1e3\ne: 012\n", "x").data == {
        "a": "no", "b": "off", "c": "2020-01-01", "d": 1000.0, "e": 12,
    }  # fmt: skip


def test_reading_without_documents_or_cases() -> None:
    text = caseyaml.write(Reading())
    assert parse_yaml(text, "x").data["cases"] == []
