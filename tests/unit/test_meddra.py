"""MedDRA from the user's own folder: an invented dictionary of a few terms, in the layout of MedAscii."""

from __future__ import annotations

from pathlib import Path

import pytest

from dechallenge.case import Case, Code, Event, Exposure, Finding, Problem, Reading
from dechallenge.errors import InputError
from dechallenge.formats import meddra
from dechallenge.formats.meddra import MedDRA

LLT = """\
90000001$Glass liver$91000001$$$$$$$Y$$
90000002$Liver of glass$91000001$$$$$$$Y$$
90000003$Vitreous liver NOS$91000001$$$$$$$N$$
90000004$Tinsel cough$91000002$$$$$$$Y$$
90000005$Twin name$91000001$$$$$$$Y$$
90000006$twin  NAME$91000002$$$$$$$Y$$
"""
PT = """\
91000001$Hepatic vitrification$$92000001$$$$$$$$
91000002$Tinsel cough disorder$$92000002$$$$$$$$
"""
HIERARCHY = """\
91000001$93000001$94000001$92000001$Hepatic vitrification$Glassy$Glass$Invented liver disorders$Inv$$92000001$Y$
91000002$93000002$94000002$92000002$Tinsel cough disorder$Tinsel$Foil$Invented chest disorders$Ch$$92000002$Y$
"""


def folder(at: Path, name: str = "MedDRA_90_1_English", **files: str) -> Path:
    inner = at / name / "MedAscii"
    inner.mkdir(parents=True)
    for file, text in {"llt": LLT, "pt": PT, "mdhier": HIERARCHY, **files}.items():
        if text:
            (inner / f"{file}.asc").write_text(text, encoding="utf-8")
    return inner


@pytest.fixture
def fiction(tmp_path: Path) -> MedDRA:
    return meddra.load(folder(tmp_path))


def case(**more: object) -> Case:
    events = (
        Event(id="e1", kind="x", term="glass LIVER", primary=True),
        Event(id="e2", kind="y", term="glass livers", primary=False),
    )
    return Case.model_validate({"id": "c1", "title": "t", "document": "d1", "events": events, **more})


def test_terms_are_found_by_name_only(fiction: MedDRA) -> None:
    assert fiction.find("  liver OF  glass ") == Code(
        system="MedDRA", code="90000002", version="90.1", text="Liver of glass"
    )
    assert fiction.find("Hepatic vitrification") == fiction.code("91000001")
    for text in ("glass livers", "glass", "", "Liver of glas", "Vitreous liver NOS", "Twin name"):
        assert fiction.find(text) is None, text


def test_an_llt_leads_to_its_pt_and_soc_also_when_it_is_no_longer_current(fiction: MedDRA) -> None:
    assert not fiction.llt["90000003"].current
    pt = fiction.preferred("90000003")
    assert pt == fiction.preferred("91000001") == fiction.preferred("90000001")
    assert pt is not None and (pt.name, pt.soc, pt.soc_name) == (
        "Hepatic vitrification", "92000001", "Invented liver disorders",
    )  # fmt: skip
    assert fiction.soc["92000002"] == "Invented chest disorders"
    assert fiction.preferred("99999999") is None and fiction.code("99999999") is None


def test_the_version_is_told_by_the_release_file_the_folder_or_the_user(tmp_path: Path) -> None:
    assert meddra.load(folder(tmp_path / "a", meddra_release="90.0$English$$$$\n")).version == "90.0"
    assert meddra.load(folder(tmp_path / "b")).version == "90.1"
    unnamed = folder(tmp_path / "c", "release")
    assert meddra.load(unnamed, "v9.1").version == "9.1"
    assert meddra.load(unnamed.parent, "9.1").llt.keys() == meddra.load(unnamed, "9.1").llt.keys()
    with pytest.raises(InputError, match="version of MedDRA is not told"):
        meddra.load(unnamed)
    with pytest.raises(InputError, match="'latest' is no version"):
        meddra.load(unnamed, "latest")


def test_missing_and_damaged_files_say_what_to_do(tmp_path: Path) -> None:
    for name in ("llt", "pt"):
        with pytest.raises(InputError, match=f"{name}.asc is missing.*MedAscii folder") as caught:
            meddra.load(folder(tmp_path / name, **{name: ""}))
        assert str(tmp_path) in caught.value.place
    with pytest.raises(InputError, match="no such folder"):
        meddra.load(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"line 2: not a line of llt.asc: 'code,name'"):
        meddra.load(folder(tmp_path / "damaged", llt=LLT.splitlines()[0] + "\ncode,name\n"))
    with pytest.raises(InputError, match=r"belongs to PT '91000002'.*one release"):
        meddra.load(folder(tmp_path / "mixed", pt=PT.splitlines()[0]))
    with pytest.raises(InputError, match="the file is empty"):
        meddra.load(folder(tmp_path / "empty", llt="\n"))
    assert meddra.load(folder(tmp_path / "bare", mdhier="")).preferred("90000001") == meddra.Pt(
        "91000001", "Hepatic vitrification", "92000001"
    )


def test_names_in_latin_1_and_files_in_capitals_are_read(tmp_path: Path) -> None:
    inner = folder(tmp_path, "MedDRA_90_1_French", llt="", pt=PT, mdhier="")
    (inner / "LLT.ASC").write_bytes("90000001$Foie vitré$91000001$$$$$$$Y$$\r\n".encode("latin-1"))
    found = meddra.load(inner).find("foie VITRÉ")
    assert found is not None and found.code == "90000001"


def test_reactions_history_and_indications_get_codes_and_keep_their_words(fiction: MedDRA) -> None:
    history = Finding(term="tinsel cough", kind="diagnosis", state="present", history=True)
    finding = Finding(term="tinsel cough", kind="symptom", state="present")
    drug = Exposure(id="x1", drug="d", as_written="D", indication="Tinsel cough disorder")
    coded = meddra.code_events(case(findings=(history, finding), exposures=(drug,)), fiction)
    assert [[c.code for c in e.codes] for e in coded.events] == [["90000001"], []]
    assert [e.term for e in coded.events] == ["glass LIVER", "glass livers"]
    assert [[c.code for c in f.codes] for f in coded.findings] == [["90000004"], []]
    assert coded.exposures[0].indication_codes == (fiction.code("91000002"),)
    assert coded.exposures[0].codes == ()


def test_codes_that_came_with_the_case_are_kept_and_named(fiction: MedDRA) -> None:
    own = Code(system="MedDRA", code="90000003", version="90.1")
    other = Code(system="SNOMED CT", code="1")
    events = (
        Event(id="e1", kind="x", term="glass liver", primary=True, codes=(own,)),
        Event(id="e2", kind="y", term="glass liver", primary=False, codes=(other,)),
        Event(id="e3", kind="z", term="MedDRA 90000004", primary=False),
    )
    first, second, third = meddra.code_events(case(events=events), fiction).events
    assert first.codes == (own.model_copy(update={"text": "Vitreous liver NOS"}),)
    assert second.codes == (other, fiction.code("90000001"))
    assert third.codes == (fiction.code("90000004"),)


def test_a_reaction_that_is_only_a_code_gets_its_kind_from_the_name(tmp_path: Path) -> None:
    pts = "91000001$Hepatitis acute$$92000001$$$$$$$$\n91000002$Tinsel cough disorder$$92000002$$$$$$$$\n"
    known = meddra.load(folder(tmp_path, pt=pts))
    own = (Code(system="MedDRA", code="90000001", version="90.1"),)
    only = Event(id="e1", kind="MedDRA 90000001", term="MedDRA 90000001", primary=True, codes=own)
    cough = Event(id="e2", kind="MedDRA 90000004", term="MedDRA 90000004", primary=False)
    entered = only.model_copy(update={"kind": "rash"})
    coded = meddra.code_events(case(events=(only, cough, entered)), known).events
    assert [e.kind for e in coded] == ["liver injury", "tinsel cough", "rash"]
    assert [e.term for e in coded] == ["MedDRA 90000001", "MedDRA 90000004", "MedDRA 90000001"]
    old = (own[0].model_copy(update={"version": "89.0"}),)
    assert meddra.code_events(case(events=(only.model_copy(update={"codes": old}),)), known).events[0].kind == only.kind


def test_one_case_has_one_version(fiction: MedDRA) -> None:
    own = Code(system="MedDRA", code="90000001", version="89.0")
    events = (
        Event(id="e1", kind="x", term="glass liver", primary=True, codes=(own,)),
        Event(id="e2", kind="y", term="tinsel cough", primary=False),
    )
    old = case(events=events)
    assert meddra.code_events(old, fiction) == old
    problem = meddra.mismatch(old, fiction)
    assert isinstance(problem, Problem) and "89.0" in problem.message and "90.1" in problem.message
    assert meddra.mismatch(case(), fiction) is None
    reading = meddra.code_reading(Reading(cases=(old, case())), fiction)
    assert [p.kind for p in reading.problems] == ["meddra"]
    assert reading.cases[0] == old and reading.cases[1].events[0].codes
