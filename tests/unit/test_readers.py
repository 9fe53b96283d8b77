"""Readers are plugs: found by name, made with options, and what they return must point at the words of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from dechallenge import readers
from dechallenge.api import read, read_paths
from dechallenge.case import Age, Case, DrugReaction, Exposure, Finding, Measurement, Patient, Reading, Time
from dechallenge.errors import DechallengeError
from dechallenge.evidence import DerivedEvidence, Document, Evidence, TextEvidence
from dechallenge.reading.cases.prose import ProseReader
from tests.functional.command import run

TEXT = "A 40-year-old woman took isoniazid; ALT was 900 U/L."
GOOD = TextEvidence(document="d1", start=36, end=51, quote="ALT was 900 U/L")
MOVED = TextEvidence(document="d1", start=35, end=50, quote="ALT was 900 U/L")
INVENTED = TextEvidence(document="d1", start=36, end=51, quote="ALT was 999 U/L")
OTHER = TextEvidence(document="d9", start=36, end=51, quote="ALT was 900 U/L")
EMPTY = TextEvidence(document="d1", start=5, end=5, quote="")
BEFORE = TextEvidence(document="d1", start=-16, end=-1, quote=TEXT[-16:-1])


class Plug:
    """A reader that returns the case it was made with."""

    name = "plug"

    def __init__(self, case: Case | None = None) -> None:
        self.case = case or Case(id="c1", title="t", document="d1")

    def read(self, documents: Sequence[Document]) -> Reading:
        return Reading(documents=tuple(documents), cases=(self.case,))


def checked(**parts: Any) -> Reading:
    case = Case(id="c1", title="t", document="d1", **parts)
    return readers.Checked(Plug(case)).read([Document.from_text(TEXT, "a.txt")])


def value(*evidence: Evidence, **more: Any) -> Measurement:
    return Measurement(id="l1", analyte="ALT", value=900, unit="U/L", evidence=evidence, **more)


@pytest.fixture
def plugged() -> Iterator[None]:
    readers.register("plug", Plug)
    yield
    readers.unregister("plug")


def test_the_rules_are_the_default() -> None:
    assert isinstance(readers.get(), ProseReader)
    assert isinstance(ProseReader(), readers.Reader)
    assert readers.names()[:2] == ("prose", "llm")


def test_an_unknown_reader_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DechallengeError) as caught:
        readers.get("nobody")
    assert "prose, llm" in caught.value.next_step


def test_a_reader_of_this_process(plugged: None) -> None:
    assert "plug" in readers.names()
    reader = readers.get("plug")
    assert reader.name == "plug"
    assert read(TEXT, reader="plug").cases[0].title == "t"
    assert read(TEXT, reader=reader).cases[0].title == "t"


def test_the_command_takes_it(plugged: None, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    answer = run("read", tmp_path / "a.txt", "--reader", "plug", "--json")
    assert answer.code == 0
    assert answer.case["title"] == "t"
    refused = run("assess", tmp_path / "a.txt", "--reader", "plug", "--reader-option", "x=1")
    assert refused.code == 2
    assert "plug: the reader cannot be made" in refused.err


@pytest.mark.parametrize("name", ["prose", "llm", "", "Two Words", "../x"])
def test_names_that_cannot_be_registered(name: str) -> None:
    with pytest.raises(DechallengeError):
        readers.register(name, Plug)


def test_an_installed_reader_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        metadata.EntryPoint("installed", f"{__name__}:Plug", readers.GROUP),
        metadata.EntryPoint("broken", "there_is_no_such_module:Reader", readers.GROUP),
        metadata.EntryPoint("prose", f"{__name__}:Plug", readers.GROUP),
    ]

    def entry_points(*, group: str, name: str | None = None) -> list[metadata.EntryPoint]:
        assert group == "dechallenge.readers"
        return [p for p in points if name in (None, p.name)]

    monkeypatch.setattr(metadata, "entry_points", entry_points)
    monkeypatch.setattr(
        metadata.EntryPoint, "load", lambda p: Plug if p.value.endswith("Plug") else __import__("nope_")
    )
    assert readers.names() == ("prose", "llm", "broken", "installed")
    assert readers.get("installed").name == "plug"
    assert isinstance(readers.get("prose"), ProseReader)
    with pytest.raises(DechallengeError) as caught:
        readers.get("broken")
    assert "there_is_no_such_module" in caught.value.place


def test_what_is_no_reader_is_refused() -> None:
    readers.register("thing", lambda: object())  # type: ignore[arg-type, return-value]
    try:
        with pytest.raises(DechallengeError) as caught:
            readers.get("thing")
        assert "no reader" in caught.value.cause
    finally:
        readers.unregister("thing")


@pytest.mark.parametrize("entries", [["url"], ["=x"], ["a b=c"], ["1=2"]])
def test_options_that_are_none(entries: list[str]) -> None:
    with pytest.raises(DechallengeError):
        readers.options_from(entries)


def test_options_as_typed() -> None:
    assert readers.options_from(["url=http://a?b=c", "model= m ", "model=n"]) == {"url": "http://a?b=c", "model": "n"}


def test_a_value_with_its_words_is_kept() -> None:
    derived = DerivedEvidence(derived_from=(GOOD,), how="by a plug")
    found = checked(measurements=(value(GOOD), value(derived)))
    assert len(found.cases[0].measurements) == 2
    assert found.problems == ()


@pytest.mark.parametrize(
    "wrong", [MOVED, INVENTED, OTHER, EMPTY, BEFORE], ids=["moved", "invented", "other", "empty", "minus"]
)
def test_a_value_whose_words_are_not_in_the_text_is_dropped(wrong: TextEvidence) -> None:
    day = Time(low=1, evidence=(wrong,))
    found = checked(
        measurements=(value(GOOD), value(wrong), value(DerivedEvidence(derived_from=(wrong,), how="x"))),
        findings=(Finding(term="rash", kind="sign", state="present", time=day, evidence=(GOOD,)),),
    )  # fmt: skip
    assert found.cases[0].measurements == (value(GOOD),)
    assert found.cases[0].findings == ()
    assert [p.kind for p in found.problems] == ["dropped"] * 3
    assert "Measurement ALT was dropped" in found.problems[0].message
    assert all(p.next_step for p in found.problems)


def test_a_value_without_words_is_dropped_but_a_role_may_rest_on_the_order_of_things() -> None:
    link = DrugReaction(drug="isoniazid", event="e1", role="suspect", basis="timing", because="on it at onset")
    found = checked(exposures=(Exposure(id="x1", drug="isoniazid", as_written="isoniazid"),), links=(link,))
    assert found.cases[0].exposures == ()
    assert found.cases[0].links == (link,)
    assert "no evidence" in found.problems[0].message


def test_a_patient_with_invented_words_is_dropped() -> None:
    found = checked(patient=Patient(age=Age(value=9, evidence=(INVENTED,))))
    assert found.cases[0].patient == Patient()
    assert len(found.problems) == 1


def test_what_the_rules_read_passes_the_check() -> None:
    document = Document.from_text(TEXT + " Isoniazid was stopped. Hepatitis B serology was negative. She recovered.")
    plain = ProseReader().read([document])
    assert readers.Checked(ProseReader()).read([document]) == plain


def test_a_plug_that_fails_or_returns_nothing_stops_no_other_document(tmp_path: Path) -> None:
    class Broken:
        name = "broken"

        def read(self, documents: Sequence[Document]) -> Reading:
            if "bad" in documents[0].text:
                raise ValueError("no")
            return None if "none" in documents[0].text else ProseReader().read(documents)  # type: ignore[return-value]

    for name, text in (("a", "bad"), ("b", "none"), ("c", TEXT)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = read_paths([tmp_path / f"{n}.txt" for n in "abc"], reader=readers.Checked(Broken()))
    assert [(p.document, p.kind) for p in found.problems] == [("a.txt", "internal"), ("b.txt", "input")]
    assert len(found.cases) == 1
