"""The public E2B(R3) sample messages: counts, places against the regulator's table, and there and back by the schema.

Samples of FDA and HL7, the element-to-XPath table of MFDS and the schema of ICH are read where they lie.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.e2b.elements import Definition, elements
from dechallenge.formats.e2b.icsr import At, Element, Form, Icsr
from dechallenge.formats.e2b.places import places_of
from dechallenge.formats.e2b.r3_make import ORDER
from dechallenge.formats.e2b.r3_read import attachments, read
from dechallenge.formats.e2b.r3_write import write
from dechallenge.formats.e2b.validate import REJECT, validate
from tests.e2b_messages import batch
from tests.shared import shared_path

FOLDER: Path = shared_path("interop", "samples", "e2b")
SCHEMAS: Path = shared_path("interop", "schemas", "e2b_r3")
TABLES: Path = shared_path("interop", "tables")
NAMES = sorted(path.name for path in (FOLDER / "fda_r3").glob("*.xml"))
NS = {"h": "urn:hl7-org:v3", "xsi": "http://www.w3.org/2001/XMLSchema-instance"}


@cache
def data(name: str) -> bytes:
    return (FOLDER / "fda_r3" / name if name in NAMES else FOLDER / name).read_bytes()


@cache
def sample(name: str) -> Icsr:
    (report,) = read(data(name), name)
    return report


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(next(SCHEMAS.rglob("MCCI_IN200100UV01.xsd"))))


ALL = [*NAMES, "hl7_ig_VAERS_EXAMPLE.xml"]


def held(report: Icsr) -> dict[tuple[str, At], tuple[str, str]]:
    return {(e.id, e.at): (e.value, e.null) for e in report.elements}


@pytest.mark.parametrize(
    ("name", "reactions", "roles", "tests", "relatedness"),
    [
        ("FAERS2022Scenario1.xml", 2, "1 1 2", 0, 4),
        ("FAERS2022Scenario2.xml", 2, "1 1 2", 0, 4),
        ("FAERS2022Scenario4.xml", 2, "1", 0, 2),
        ("FAERS2022Scenario5-1.xml", 2, "1 1 2", 0, 4),
        ("FAERS2022Scenario6.xml", 2, "1 3", 7, 4),
        ("FAERS2022Scenario8.xml", 2, "1 1 2", 0, 4),
    ],
)
def test_counts(name: str, reactions: int, roles: str, tests: int, relatedness: int) -> None:
    report = sample(name)
    assert len(report.repeats("E.i")) == reactions
    assert " ".join(report.value("G.k.1", k) for k in report.repeats("G.k")) == roles
    assert len(report.repeats("F.r")) == tests
    assert sum(e.id == "G.k.9.i.2.r.3" for e in report.elements) == relatedness
    assert not report.notes


def test_the_instance_with_everything() -> None:
    report = sample("FAERS2022Scenario6.xml")
    assert [report.value("F.r.3.2", r) for r in range(1, 8)] == ["10", "<10", "<=10", ">10", ">=10", "", ""]
    assert report.value("F.r.1", 2) == "2009"
    assert report.value("F.r.5", 1) == "110"
    assert [report.value("G.k.9.i.4", 1, i) for i in (1, 2)] == ["2", "1"]
    assert report.value("G.k.8", 1) == "2"
    assert report.value("G.k.4.r.6b", 1, 1) == "wk"
    assert report.value("G.k.4.r.1b", 1, 1) == "10.a"
    assert report.value("C.1.5") == "20220614101010-0500"
    assert report.value("D.10.8.r.4", 2) == "200901"
    assert [f.name for f in attachments(report)] == [
        "SUMMARY OF CLINICAL HISTORY.txt", "dosingReport.txt", "ICH_ICSR_Implementation_Guide_v5_01.pdf",
    ]  # fmt: skip
    assert next(f for f in attachments(report) if f.media == "application/pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("name", ALL)
def test_there_and_back(name: str) -> None:
    report = sample(name)
    written = write([report])
    (again,) = read(written.data, name)
    assert held(again) == held(report)
    assert schema().validate(etree.fromstring(written.data)), schema().error_log
    assert write([again]).data == written.data
    canonical = etree.tostring(etree.fromstring(data(name)), method="c14n")
    assert etree.tostring(etree.fromstring(written.data), method="c14n") == canonical


@pytest.mark.parametrize("name", ALL)
def test_built_whole_from_the_elements_alone(name: str) -> None:
    report = sample(name)
    written = write([Icsr("case", 1, report.elements)])
    (again,) = read(written.data, name)
    files = ("C.1.6.1.r.2", "C.4.r.2")
    assert held(again) == {key: value for key, value in held(report).items() if key[0] not in files}
    assert schema().validate(etree.fromstring(written.data)), schema().error_log
    assert write([again]).data == written.data


@pytest.mark.parametrize("name", ALL)
def test_the_samples_break_no_rule_of_the_schema(name: str) -> None:
    findings = validate(data(name), name, schemas=SCHEMAS)
    known = {"D.1"} if "VAERS" in name else set()
    assert {f.id for f in findings if f.severity == REJECT} == known


def _synthetic(definition: Definition) -> str:
    if definition.codes:
        return definition.codes[-1]
    if definition.type == "TS":
        return "20240101101010"
    if definition.type == "N":
        return "12345678" if definition.name.endswith("code") else "5"
    if definition.type == "A":
        return "eng"[: definition.length]
    return "26.1" if "MedDRA version" in definition.name else "d" if "unit" in definition.name else "Text"


def _added(report: Icsr, definition: Definition, null: str = "") -> Icsr:
    """The report with an element more, or another value of it."""
    parts = [] if definition.id.startswith("N.") else definition.id.split(".")
    at = (1,) * sum(part in ("r", "i", "k") for part in parts)
    new = Element(definition.id, at, "" if null else _synthetic(definition), null)
    return report.with_elements([*(e for e in report.elements if (e.id, e.at) != (new.id, at)), new])


@pytest.mark.parametrize("form", ["E2B(R3)", "case"])
def test_every_element_alone_is_written_by_the_schema_and_read_again(form: Form) -> None:
    (base,) = read(batch(), "x")
    start = Icsr(form, 1, base.elements, native=base.native)
    for definition in elements().values():
        if not definition.type:
            continue
        for null in ("", *definition.nulls[:1]) if form == "E2B(R3)" else ("",):
            report = _added(start, definition, null)
            written = write([report])
            (again,) = read(written.data, "x")
            assert held(again) == held(report), (definition.id, null)
            assert schema().validate(etree.fromstring(written.data)), (definition.id, null, schema().error_log)


def test_all_elements_together() -> None:
    report = Icsr("case", 1, next(iter(read(batch(), "x"))).elements)
    for definition in elements().values():
        if definition.type and "PhPID" not in definition.name:  # a product has either MPID or PhPID
            report = _added(report, definition)
    written = write([report])
    (again,) = read(written.data, "x")
    assert held(again) == held(report)
    assert len({e.id for e in again.elements}) == 222 - 6 - 2
    assert schema().validate(etree.fromstring(written.data)), schema().error_log
    assert not written.problems


def test_a_schema_error_has_its_place() -> None:
    broken = data("FAERS2022Scenario1.xml").replace(
        b'<value xsi:type="BL" value="true"', b'<value xsi:type="BL" val="true"'
    )
    (first, *_) = [f for f in validate(broken, "x", schemas=SCHEMAS) if f.message.startswith("against the schema")]
    assert "'val'" in first.message
    assert first.line > 0
    assert first.path.startswith("//PORR_IN049016UV/")


def test_what_is_no_case() -> None:
    for name, said in (
        ("fda_r3/R3ack-positive.ack", "no case in it"),
        ("fda_r3/R3ack-negative.ack", "no case in it"),
        ("hybrid_not_conformant.xml", "neither E2B"),
    ):
        with pytest.raises(InputError, match=said):
            list(read((FOLDER / name).read_bytes(), name))


def test_order_of_children_is_that_of_the_schema() -> None:
    """The one order that is written by agrees with every sequence that has all that we write below an element."""
    below: dict[str, set[str]] = defaultdict(set)
    for id in elements():
        for one in places_of(id):
            for parent, child in itertools.pairwise(one.steps):
                below[parent.name].add(child.name)
            for step in one.steps:
                for need in step.needs:
                    for parent_name, name in itertools.pairwise((step.name, *need.path)):
                        below[parent_name].add(name)
    sequences = list(_sequences())
    checked, apart = 0, set()
    for parent_name, names in below.items():
        fitting = [sequence for sequence in sequences if names <= set(sequence)]
        if len(names) < 2 or parent_name in ("value", "effectiveTime", "comp", "addr", "name"):
            continue
        if not fitting:
            apart.add(parent_name)
        for sequence in fitting:
            order = [ORDER.get(name, len(ORDER)) for name in sequence if name in names]
            assert order == sorted(order), (parent_name, sequence)
            checked += 1
    assert checked > 20
    assert apart == _SEVERAL


_SEVERAL = {
    "author", "component", "quantity", "role", "subject1", "subjectOf", "subjectOf1", "subjectOf2",
    "territorialAuthority",
}  # fmt: skip
"""Names of several classes, each with one of these children; and a quantity, which is a data type."""


def _sequences() -> Iterator[list[str]]:
    xs = "{http://www.w3.org/2001/XMLSchema}"
    for path in sorted(SCHEMAS.glob("multicacheschemas/*.xsd")):
        for kind in etree.parse(path).getroot().iter(f"{xs}complexType"):
            yield [e.get("name") or "" for e in kind.iterfind(f"{xs}sequence//{xs}element")]


@cache
def table() -> dict[str, list[str]]:
    """XPaths of the values of each element, with steps in the namespace and without numbers of repetitions."""
    found: dict[str, list[str]] = defaultdict(list)
    current = ""
    with (TABLES / "mfds-icsr-element-xpath.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            current = row[1].strip() or current
            if row[7].strip() and row[6].strip() == "Value" and "KR" not in current and "Code List" not in row[2]:
                found[current].append(_prefixed(row[7].strip()))
    return found


def _prefixed(path: str) -> str:
    path = path.replace("[@xsi:schemaLocation='urn:hl7-org:v3 MCCI_IN200100UV01.xsd']", "")
    path = re.sub(r"\[[rki]\]", "", path)
    path = path.replace("[@root='UUID of i-th reaction']", "").replace("[@root='UUID of k-th drug']", "")
    parts = re.split(r"('[^']*')", path)
    return "".join(
        part if part.startswith("'") else re.sub(r"(?<![@\w:.-])([A-Za-z_][\w.]*)(?!\s*[\(\w:])(?!-)", r"h:\1", part)
        for part in parts
    )


def test_values_at_the_places_of_the_regulators_table() -> None:
    """What the table's XPaths give is what is read, for every element and sample."""
    checked, empty = 0, []
    for id, paths in table().items():
        if id in ("C.1.6.1.r.2", "C.4.r.2") or any("substring(" in path for path in paths):
            continue
        hits = 0
        for name in ALL:
            tree = etree.fromstring(data(name)).getroottree()
            theirs = {str(v).strip() for path in paths for v in _found(tree, path) if str(v).strip()}
            ours = {re.sub(r"^[<>]=?", "", e.value) for e in sample(name).elements if e.id == id and e.value}
            assert theirs <= ours, (name, id)
            assert not theirs or theirs == ours or id.startswith(("G.k.1", "G.k.2.2")), (name, id, ours - theirs)
            hits += bool(theirs)
        checked += bool(hits)
        if not hits:
            empty.append(id)
    assert checked >= 190, empty


def _found(tree: etree._ElementTree, path: str) -> list[object]:
    found = tree.xpath(path, namespaces=NS)
    return list(found) if isinstance(found, list) else [found]
