"""E2B(R3) messages are read element by element, as sent, with their place; batches one report at a time."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path

import pytest
from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.e2b.r3_envelope import kind_of
from dechallenge.formats.e2b.r3_read import attachments, read
from tests.e2b_messages import ICH, MEDDRA, batch, causality, message, test_result

_NS = {"h": "urn:hl7-org:v3"}


def one(data: bytes) -> Icsr:
    (report,) = read(data, "test.xml")
    return report


def test_header_and_case() -> None:
    report = one(batch())
    assert report.form == "E2B(R3)"
    assert [report.value(id) for id in ("N.1.2", "N.1.3", "N.1.4", "N.1.5")] == [
        "BATCH-7", "SENDER-A", "RECEIVER-B", "20240310120000+0100",
    ]  # fmt: skip
    assert report.value("N.2.r.1") == report.value("C.1.1") == report.value("C.1.8.1") == "DE-TEST-1"
    assert report.value("C.1.4") == "20240305"
    assert report.value("H.1") == "Liver injury two weeks after a start."
    assert [report.value(f"C.2.r.{id}", 1) for id in ("1.2", "1.3", "2.7", "4", "5")] == [
        "Ada", "B.", "+49 30 1234", "1", "1",
    ]  # fmt: skip


def test_null_flavours_say_which_one_it_was() -> None:
    report = one(batch())
    for id, at, null in (
        ("D.1", (), "MSK"),
        ("D.7.1.r.4", (1,), "ASKU"),
        ("E.i.4", (2,), "NASK"),
        ("C.1.9.1", (), "NI"),
    ):
        element = report.get(id, *at)
        assert element is not None
        assert (element.value, element.null) == ("", null), id


def test_partial_dates_stay_partial() -> None:
    report = one(batch())
    assert report.value("E.i.4", 1) == "202402"
    assert report.value("D.7.1.r.2", 1) == "2009"


def test_a_dosage_with_interval_period_and_duration() -> None:
    report = one(batch())
    assert [report.value(f"G.k.4.r.{id}", 1, 1) for id in ("1a", "1b", "2", "3", "4", "5", "6a", "6b")] == [
        "500", "mg", "12", "h", "20240201", "20240214", "2", "wk",
    ]  # fmt: skip


def test_the_matrix_is_joined_by_identifier() -> None:
    report = one(batch())
    assert [report.value("G.k.1", k) for k in report.repeats("G.k")] == ["1", "2"]
    assert report.value("G.k.9.i.3.1a", 1, 1) == "14"
    assert report.value("G.k.9.i.4", 1, 2) == "4"
    assert report.get("G.k.9.i.4", 1, 1) is None
    assert [report.value(f"G.k.9.i.2.r.{n}", 1, 1, 1) for n in (1, 2, 3)] == ["Company", "Naranjo", "Probable (6)"]
    coded = report.get("G.k.9.i.2.r.3", 1, 1, 2)
    assert coded is not None
    assert (coded.value, coded.raw) == ("3", "2.16.840.1.113883.3.989.5.1.10.1.5:3")


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<center value="10" unit="mg/dL"/>', "10"),
        ('<low nullFlavor="NINF"/><high value="10" unit="mg/dL" inclusive="false"/>', "<10"),
        ('<low nullFlavor="NINF"/><high value="10" unit="mg/dL" inclusive="true"/>', "<=10"),
        ('<low value="10" unit="mg/dL" inclusive="false"/><high nullFlavor="PINF"/>', ">10"),
        ('<low value="10" unit="mg/dL" inclusive="true"/><high nullFlavor="PINF"/>', ">=10"),
        ('<low value="5" unit="mg/dL"/><high value="10" unit="mg/dL" inclusive="false"/>', "[5;10["),
    ],
)
def test_shapes_of_a_result(xml: str, value: str) -> None:
    report = one(batch(message(tests=test_result(f'<value xsi:type="IVL_PQ"><!-- so --> {xml}</value>'))))
    assert (report.value("F.r.3.2", 1), report.value("F.r.3.3", 1)) == (value, "mg/dL")


def test_a_result_as_text_and_a_year_as_date() -> None:
    report = one(batch(message(tests=test_result('<value xsi:type="ED"> raised </value>', date="2024"))))
    assert (report.value("F.r.3.4", 1), report.value("F.r.1", 1)) == ("raised", "2024")
    assert report.get("F.r.3.2", 1) is None


def test_the_path_of_every_element_leads_to_it() -> None:
    data = batch()
    tree = etree.fromstring(data).getroottree()
    for element in one(data).elements:
        steps = re.sub(r"/(?=\w)", "/h:", element.path)
        found = tree.xpath(steps, namespaces=_NS)
        assert isinstance(found, list), element
        assert found or element.null, element
        if found and not element.path.endswith("/@value") and element.value and not hasattr(found[0], "tag"):
            assert str(found[0]) == element.value, element
        if found and isinstance(found[0], etree._Element):
            assert found[0].sourceline == element.line, element


def test_a_link_to_nothing_is_a_note_not_an_end() -> None:
    data = batch().replace(b'<id root="22222222-aaaa-4bbb-8ccc-000000000001"/>\n', b"", 1)
    report = one(data)
    assert report.repeats("G.k") == [1, 2]
    assert any("points at a drug or reaction that is not in the report" in note for note in report.notes)


def test_codes_of_other_systems_are_not_taken_for_ours() -> None:
    other = '<subjectOf2 typeCode="SBJ"><observation classCode="OBS" moodCode="EVN">'
    other += '<code code="7" codeSystem="1.2.3"/><value xsi:type="PQ" value="99" unit="kg"/></observation></subjectOf2>'
    assert one(batch(message(more=other))).get("D.3") is None
    ours = other.replace("1.2.3", f"{ICH}.1.1.19")
    assert one(batch(message(more=ours))).value("D.3") == "99"
    pounds = one(batch(message(more=ours.replace("kg", "[lb_av]"))))
    element = pounds.get("D.3")
    assert element is not None
    assert element.raw == "99 [lb_av]"
    assert any("given in [lb_av], not in kg" in note for note in pounds.notes)


def test_reports_of_a_batch_in_their_order() -> None:
    reports = list(read(batch(message(1), message(2), message(3)), "x"))
    assert [r.value("C.1.1") for r in reports] == ["DE-TEST-1", "DE-TEST-2", "DE-TEST-3"]
    assert [r.number for r in reports] == [1, 2, 3]
    assert {r.value("N.1.3") for r in reports} == {"SENDER-A"}
    element = reports[2].get("C.1.1")
    assert element is not None
    assert element.path.startswith("//PORR_IN049016UV[3]/controlActProcess")


def test_native_is_the_report_within_its_batch() -> None:
    reports = list(read(batch(message(1), message(2)), "x"))
    assert one(batch()).native.rstrip() == batch().rstrip()
    again = one(reports[1].native)
    assert [(e.id, e.at, e.value) for e in again.elements] == [(e.id, e.at, e.value) for e in reports[1].elements]


def test_a_batch_that_is_cut_off_gives_what_comes_before(tmp_path: Path) -> None:
    data = batch(message(1), message(2), message(3))
    cut = data[: data.index(b"DE-TEST-3")]
    path = tmp_path / "cut.xml"
    path.write_bytes(cut)
    found = []
    with pytest.raises(InputError, match="damaged or cut off"):
        found.extend(r.value("C.1.1") for r in _each(path, found))
    assert found == ["DE-TEST-1", "DE-TEST-2"]


def _each(path: Path, found: list[str]) -> list[Icsr]:
    for report in read(path):
        found.append(report.value("C.1.1"))
    return []


def test_a_report_without_a_batch() -> None:
    bare = message().replace(
        "<PORR_IN049016UV>",
        '<PORR_IN049016UV xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    )
    report = one(bare.encode())
    assert report.value("C.1.1") == "DE-TEST-1"
    assert report.get("N.1.2") is None


def test_a_prefix_for_the_namespace_changes_nothing() -> None:
    text = batch().decode().replace("xmlns=", "xmlns:h=")
    text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1h:", text).replace('type="', 'type="h:')
    report, plain = one(text.encode()), one(batch())
    assert [(e.id, e.at, e.value, e.null) for e in report.elements] == [
        (e.id, e.at, e.value, e.null) for e in plain.elements
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<MCCI_IN200101UV01 xmlns="urn:hl7-org:v3"/>', "no case in it"),
        (b'<MCCI_IN200100UV01 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0"/>', "holds no case"),
        (b'<ichicsr xmlns="urn:hl7-org:v3"/>', "neither E2B"),
        (b"<ichicsr/>", "another kind was expected"),
        (b"<html/>", "no E2B message"),
        (b"", "is empty"),
    ],
)
def test_what_holds_no_report(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        list(read(data, "x"))


def test_a_huge_attribute_in_a_report_is_refused() -> None:
    with pytest.raises(InputError, match="an attribute of more than"):
        list(read(batch().replace(b"SENDER-A", b"S" * 70_000), "x"))


def test_attachments_are_decoded_only_when_asked_for() -> None:
    document = (
        '<reference typeCode="REFR"><document classCode="DOC" moodCode="EVN">'
        f'<code code="2" codeSystem="{ICH}.1.1.27"/><text mediaType="text/plain" representation="B64">'
        '<reference value="paper.txt"/>QSBw\nYXBlcg==</text>'
        "<bibliographicDesignationText>Doe J. A paper. 2020.</bibliographicDesignationText></document></reference>"
    )
    data = batch(
        message().replace('<component typeCode="COMP"><adverse', document + '<component typeCode="COMP"><adverse')
    )
    report = one(data)
    assert report.value("C.4.r.1", 1) == "Doe J. A paper. 2020."
    assert report.value("C.4.r.2", 1) == "paper.txt"
    (file,) = attachments(report)
    assert (file.id, file.at, file.name, file.media, file.data) == (
        "C.4.r.2",
        (1,),
        "paper.txt",
        "text/plain",
        b"A paper",
    )
    broken = one(data.replace(b"QSBw", b"QSB"))
    with pytest.raises(InputError, match="cannot be decoded"):
        list(attachments(broken))


def test_an_attachment_may_be_compressed_and_is_bounded() -> None:
    text = b"laboratory sheet " * 1000
    bare = zlib.compressobj(wbits=-15)
    for packed in (bare.compress(text) + bare.flush(), zlib.compress(text)):
        document = (
            '<reference typeCode="REFR"><document classCode="DOC" moodCode="EVN">'
            f'<code code="1" codeSystem="{ICH}.1.1.27"/><title>Sheet</title><text mediaType="text/plain" '
            f'representation="B64" compression="DF">{base64.b64encode(packed).decode()}</text></document></reference>'
        )
        place = '<component typeCode="COMP"><adverse'
        report = one(batch(message().replace(place, document + place)))
        assert report.value("C.1.6.1.r.1", 1) == "Sheet"
        (file,) = attachments(report)
        assert file.data == text
        with pytest.raises(InputError, match="larger than"):
            list(attachments(report, most=1000))


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_encodings_that_are_declared(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = batch().decode().replace("UTF-8", declared).replace("Ada", "Adé")
    assert one(text.encode(encoding)).value("C.2.r.1.2", 1) == "Adé"


def test_an_encoding_other_than_declared_is_a_clear_error() -> None:
    with pytest.raises(InputError, match="not in the encoding that it declares"):
        one(batch().decode().replace("Ada", "Adé").encode("latin-1"))


def test_a_kind_is_told_from_the_start_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "batch.xml"
    path.write_bytes(batch(*[message()] * 30))
    assert kind_of(path, "x") == kind_of(batch(), "x") == "E2B(R3)"
    assert kind_of(b"<ichicsr><safetyreport/></ichicsr>", "x") == "E2B(R2)"


def test_two_assessments_by_one_method_are_two() -> None:
    twice = causality(1, 2, '<value xsi:type="ST">Possible</value>') + causality(
        2, 2, '<value xsi:type="ST">No</value>'
    )
    twice += causality(1, 2, '<value xsi:type="ST">Likely</value>', source="Reporter")
    report = one(batch(message(assessments=twice)))
    assert report.value("G.k.9.i.2.r.3", 1, 2, 1) == "Possible"
    assert report.value("G.k.9.i.2.r.3", 1, 2, 2) == "Likely"
    assert report.value("G.k.9.i.2.r.3", 2, 2, 1) == "No"


def test_no_first_child_is_taken_for_granted() -> None:
    """Comments stand anywhere."""
    text = re.sub(r"><(?!/)", "><!-- note --><", batch().decode().replace("?>\n", "?>"), count=0)
    report, plain = one(text.encode()), one(batch())
    assert [(e.id, e.at, e.value) for e in report.elements] == [(e.id, e.at, e.value) for e in plain.elements]
    assert MEDDRA in text
