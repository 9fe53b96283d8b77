"""Several processes give what one gives, in the order of the input; a process that dies costs its own file only."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from dechallenge.api import assess_batch, assess_paths, read_paths
from dechallenge.assessment.corrections import Corrections
from dechallenge.case import Reading
from dechallenge.errors import FactError, InputError
from dechallenge.evidence import Document
from dechallenge.formats import caseyaml
from dechallenge.reading.cases.prose import ProseReader
from tests.functional.command import run, spawn

REPORT = (
    "A {age}-year-old woman took {drug} 50 mg twice daily. After 3 weeks she had jaundice; ALT was {alt} U/L and "
    "alkaline phosphatase 180 U/L. {drug} was stopped. Four weeks later ALT was 30 U/L."
)
DRUGS = ("diclofenac", "flucloxacillin", "isoniazid", "nitrofurantoin", "labetalol", "bosentan", "dapsone")


class Deadly:
    """A reader that ends its process at a word, as one that runs out of memory does."""

    name = "deadly"

    def read(self, documents: Sequence[Document]) -> Reading:
        if any("deadly" in document.text for document in documents):
            os._exit(9)
        return ProseReader().read(documents)


class Local(Deadly):
    """A reader that no other process can have: it holds on to something of this one."""

    def __init__(self) -> None:
        self.held = lambda: None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine files: reports, an empty one, a picture, an archive, a saved case."""
    place = tmp_path_factory.mktemp("reports")
    for number, drug in enumerate(DRUGS[:4]):
        text = REPORT.format(age=40 + number, drug=drug, alt=600 + 50 * number)
        (place / f"r{number}.txt").write_text(text, encoding="utf-8")
    (place / "r1-empty.txt").write_text("", encoding="utf-8")
    (place / "r2-picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    with zipfile.ZipFile(place / "r3-more.zip", "w") as archive:
        for drug in DRUGS[4:6]:
            archive.writestr(f"{drug}.txt", REPORT.format(age=60, drug=drug, alt=900))
    return place


def case_file(folder: Path, where: Path) -> Path:
    file = where / "saved.yaml"
    file.write_text(caseyaml.write(read_paths([folder / "r0.txt"]), file.name), encoding="utf-8")
    return file


def test_reading_in_two_processes_gives_what_one_gives(folder: Path, tmp_path: Path) -> None:
    paths = [folder, case_file(folder, tmp_path), tmp_path / "none.txt", folder / "r3.txt"]
    one, two = read_paths(paths), read_paths(paths, jobs=2)
    assert two.model_dump_json() == one.model_dump_json()
    assert [case.id for case in two.cases] == [f"c{n}" for n in range(1, 9)]
    assert [p.document for p in two.problems] == ["r1-empty.txt", "r2-picture.txt", "none.txt"]


def test_assessing_in_two_processes_gives_what_one_gives(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "well.txt").write_text("A 50-year-old man took aspirin 100 mg daily. He was well.", encoding="utf-8")
    paths = [folder, case_file(folder, tmp_path), tmp_path / "well.txt", folder / "r0.txt"]
    wanted = Corrections(limits={"ALT": 50.0}, onset_day=20.0)  # one case has no reaction to date: that is told
    one, two = assess_paths(paths, wanted), assess_paths(paths, wanted, jobs=2)
    assert two.to_json() == one.to_json()
    assert {p.kind for p in two.problems} == {"input", "correction"}


def test_the_documents_come_with_the_assessment(folder: Path) -> None:
    result, documents = assess_batch([folder], jobs=2)
    assert [d.id for d in documents] == [d.id for d in result.documents]
    assert all(d.text for d in documents)


@pytest.mark.parametrize("wanted", [Corrections(limits={"CK": 100.0}), Corrections(suspect="qwertol")])
def test_a_correction_that_fits_no_case_is_the_same_error(folder: Path, wanted: Corrections) -> None:
    paths = [folder / "r0.txt", folder / "r1.txt"]
    with pytest.raises(FactError) as one:
        assess_paths(paths, wanted)
    with pytest.raises(FactError) as two:
        assess_paths(paths, wanted, jobs=2)
    assert str(two.value) == str(one.value)


def test_a_process_that_dies_is_the_problem_of_its_file(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d", "e"):
        words = "deadly" if name in "bd" else "harmless"
        (tmp_path / f"{name}.txt").write_text(f"{(folder / 'r0.txt').read_text()} It was {words}.", encoding="utf-8")
    reading = read_paths([tmp_path], reader=Deadly(), jobs=2)
    assert [d.name for d in reading.documents] == ["a.txt", "c.txt", "e.txt"]
    assert [(p.document, p.kind) for p in reading.problems] == [("b.txt", "internal"), ("d.txt", "internal")]
    assert all("died" in p.message for p in reading.problems)


def test_what_cannot_be_done_is_said(folder: Path) -> None:
    with pytest.raises(InputError, match="handed to other processes"):
        read_paths([folder], reader=Local(), jobs=2)
    with pytest.raises(InputError, match="0 processes"):
        read_paths([folder], jobs=0)


def test_the_command_takes_the_number_of_processes(folder: Path) -> None:
    two = spawn("assess", folder, "--json", "--jobs", "2")
    one = run("assess", folder, "--json")
    assert (two.returncode, one.code) == (1, 1), two.stderr  # two files cannot be read
    assert two.stdout == one.out.encode()
