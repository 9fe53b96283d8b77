"""E2B(R3) is written from a report: patched where it was read from one, built whole otherwise; twice the same bytes."""

from __future__ import annotations

import io

import pytest
from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.e2b.icsr import At, Element, Icsr
from dechallenge.formats.e2b.r3_read import read
from dechallenge.formats.e2b.r3_write import Envelope, write, write_to
from dechallenge.formats.e2b.validate import REJECT, validate
from tests.e2b_messages import DRUG, batch, message, test_result

Held = dict[tuple[str, At], tuple[str, str]]


def one(data: bytes) -> Icsr:
    (report,) = read(data, "test.xml")
    return report


def held(report: Icsr) -> Held:
    return {(e.id, e.at): (e.value, e.null) for e in report.elements}


def with_more(report: Icsr, *more: Element) -> Icsr:
    keys = {(e.id, e.at) for e in more}
    return report.with_elements([*(e for e in report.elements if (e.id, e.at) not in keys), *more])


def bare(*elements: tuple[str, At, str]) -> Icsr:
    return Icsr("case", 1, tuple(Element(id, at, value) for id, at, value in elements))


SMALL = bare(
    ("C.1.1", (), "DE-X-1"),
    ("C.1.2", (), "20240310115900+0100"),
    ("E.i.1.1a", (1,), "liver injury"),
    ("G.k.2.2", (1,), "Amoxiclav"),
    ("G.k.1", (1,), "1"),
    ("G.k.9.i.2.r.3", (1, 1, 1), "Probable (6)"),
    ("H.1", (), "A case."),
)


def test_what_is_the_same_stays_byte_for_byte() -> None:
    report = one(batch())
    assert write([report]).data == report.native
    assert write([with_more(report)]).data == report.native


def test_a_result_of_causality_is_added_and_nothing_else_changes() -> None:
    report = one(batch())
    added = [
        Element("G.k.9.i.2.r.1", (2, 2, 1), "dechallenge"),
        Element("G.k.9.i.2.r.2", (2, 2, 1), "Naranjo"),
        Element("G.k.9.i.2.r.3", (2, 2, 1), "Possible (3)"),
        Element("H.4", (), "Reasons."),
    ]
    written = write([with_more(report, *added)])
    again = one(written.data)
    assert held(again) == held(report) | {(e.id, e.at): (e.value, "") for e in added}
    lines = written.data.decode().splitlines()
    kept = report.native.decode().splitlines()
    assert [line for line in kept if line in lines] == kept[:-1] or len([x for x in kept if x not in lines]) <= 2
    assert write([again]).data == written.data
    assert not written.problems


@pytest.mark.parametrize(
    "element",
    [
        Element("E.i.7", (1,), "1"),
        Element("E.i.4", (1,), "20240215"),
        Element("E.i.5", (1,), "", "ASKU"),
        Element("D.1", (), "AB"),
        Element("D.2.2a", (), "55"),
        Element("F.r.3.2", (1,), ">=400"),
        Element("F.r.4", (1,), "5"),
        Element("G.k.4.r.1a", (1, 1), "250"),
        Element("G.k.4.r.3", (1, 1), "{total}"),
        Element("G.k.9.i.4", (1, 1), "1"),
        Element("G.k.9.i.3.2a", (1, 2), "3"),
        Element("C.2.r.2.7", (1,), "+49 30 99"),
        Element("C.2.r.1.2", (2,), "Eve"),
        Element("N.1.4", (), "OTHER"),
        Element("G.k.9.i.2.r.3", (1, 1, 1), "Unlikely"),
        Element("G.k.4.r.10.2b", (1, 1), "048"),
        Element("G.k.2.1.2b", (1,), "PH1"),
        Element("D.8.r.7b", (1,), "10037087"),
        Element("G.k.10.r", (1, 1), "7"),
        Element("C.1.10.r", (1,), "DE-OTHER-1"),
        Element("H.5.r.1a", (1,), "Kurz."),
        Element("C.5.1.r.1", (1,), "NCT0"),
    ],
    ids=lambda e: e.id,
)
def test_one_element_changed_is_one_element_changed(element: Element) -> None:
    report = one(batch())
    written = write([with_more(report, element)])
    assert not written.problems
    assert held(one(written.data)) == held(report) | {(element.id, element.at): (element.value, element.null)}


def test_an_element_taken_out_is_gone_with_what_was_there_for_it_alone() -> None:
    report = one(batch())
    for gone in report.elements:
        if gone.id.startswith("N.") or gone.id == "F.r.3.2":  # a unit stands beside its value only
            continue
        left = report.with_elements([e for e in report.elements if e is not gone])
        after = held(one(write([left]).data))
        assert (gone.id, gone.at) not in after, gone
        lost = {key for key in held(left) if key not in after}
        assert not lost, (gone, lost)
    left = report.with_elements([e for e in report.elements if e.id != "G.k.8"])
    assert b'typeCode="CAUS"' not in write([left]).data


def test_the_last_of_a_group_taken_out_is_gone() -> None:
    report = one(batch())
    left = report.with_elements(
        [e for e in report.elements if not (e.id.startswith("G.k") and e.at[0] == 2) and not e.id.startswith("F.r")]
    )
    written = write([left]).data
    assert held(one(written)) == held(left)
    assert DRUG[1].encode() not in written


def test_a_report_that_was_none_is_built_whole() -> None:
    written = write([SMALL], batch=Envelope(sender="A", receiver="B"))
    again = one(written.data)
    assert held(SMALL).items() <= held(again).items()
    assert [again.value(id) for id in ("N.1.2", "N.1.3", "N.1.4", "N.1.5", "N.2.r.1", "C.1.8.1")] == [
        "DE-X-1", "A", "B", "20240310115900+0100", "DE-X-1", "DE-X-1",
    ]  # fmt: skip
    (needed,) = written.problems
    assert needed.startswith("DE-X-1: a receiver needs C.1.3, C.1.4, C.1.5,")
    assert write([again]).data == written.data
    assert write([SMALL], batch=Envelope(sender="A", receiver="B")).data == written.data


def test_a_whole_message_survives_without_its_native_part() -> None:
    report = one(batch())
    written = write([Icsr("E2B(R2)", 1, report.elements)])
    assert held(one(written.data)) == held(report)
    assert not [f for f in validate(written.data, "x") if f.severity == REJECT]


def test_missing_terms_make_a_draft() -> None:
    written = write([SMALL])
    assert written.draft
    assert written.missing_terms == ("DE-X-1: E.i.2.1b[1]",)
    found = [f for f in validate(written.data, "x") if f.id.startswith("E.i.2.1")]
    assert {f.id for f in found} == {"E.i.2.1a", "E.i.2.1b"}
    coded = with_more(SMALL, Element("E.i.2.1a", (1,), "26.1"), Element("E.i.2.1b", (1,), "10067125"))
    assert not write([coded]).draft
    value = etree.fromstring(write([coded]).data).find(".//{*}observation/{*}value[@code='10067125']")
    assert value is not None
    assert value.get("codeSystem") == "2.16.840.1.113883.6.163"


def test_what_a_case_lacks_can_be_given() -> None:
    more = {"C.1.3": "1", "C.3.1": "3", "C.1.1": "OTHER"}
    again = one(write([SMALL], batch=Envelope(more=more)).data)
    assert [again.value(id) for id in more] == ["1", "3", "DE-X-1"]


def test_nobody_is_invented() -> None:
    written = write([SMALL])
    assert any("no sender" in text for text in written.problems)
    assert any("no receiver" in text for text in written.problems)
    again = one(written.data)
    for id in ("N.1.3", "N.1.4", "N.2.r.2", "N.2.r.3"):
        element = again.get(id)
        assert element is not None
        assert (element.value, element.null) == ("", "NI")


def test_what_cannot_be_written_is_said() -> None:
    far = with_more(SMALL, Element("G.k.9.i.4", (1, 7), "1"), Element("F.r.2.1", (1,), "ALT"))
    far = with_more(far, Element("F.r.3.2", (1,), "very high"), Element("C.4.r.2", (1,), "paper.pdf"))
    problems = "\n".join(write([far]).problems)
    assert "G.k.9.i.4[1][7]: there is no such drug or reaction" in problems
    assert "F.r.3.2[1]: very high is no number" in problems
    assert "C.4.r.2: an attached file is not written" in problems


@pytest.mark.parametrize("value", ["10", "<10", "<=10", ">10", ">=10", "[5;10]", "]5;10]"])
def test_results_in_every_shape(value: str) -> None:
    report = one(batch())
    for start in (report, Icsr("case", 1, report.elements)):
        changed = with_more(start, Element("F.r.3.2", (1,), value))
        assert one(write([changed]).data).value("F.r.3.2", 1) == value


def test_times_keep_all_their_parts() -> None:
    for ids in (
        {"G.k.4.r.4": "2024"},
        {"G.k.4.r.6a": "3", "G.k.4.r.6b": "d"},
        {"G.k.4.r.4": "20240101", "G.k.4.r.6a": "3", "G.k.4.r.6b": "d"},
        {"G.k.4.r.5": "20240101", "G.k.4.r.6a": "3", "G.k.4.r.6b": "d"},
        {"G.k.4.r.3": "{asnecessary}"},
        {"G.k.4.r.2": "1", "G.k.4.r.3": "d", "G.k.4.r.5": "20240101101010-0500"},
    ):
        made = with_more(SMALL, *(Element(id, (1, 1), value) for id, value in ids.items()))
        again = held(one(write([made]).data))
        assert {id: again.get((id, (1, 1)), ("",))[0] for id in ids} == ids


def test_a_batch_is_written_as_a_stream() -> None:
    reports = list(read(batch(message(1), message(2), message(3)), "x"))
    out = io.BytesIO()
    written = write_to(iter(reports), out, batch=Envelope(receiver="C"))
    again = list(read(out.getvalue(), "x"))
    assert written.reports == 3
    assert [r.value("C.1.1") for r in again] == ["DE-TEST-1", "DE-TEST-2", "DE-TEST-3"]
    assert {r.value("N.1.4") for r in again} == {r.value("N.2.r.3") for r in again} == {"C"}
    second = io.BytesIO()
    write_to(iter(again), second)
    assert second.getvalue() == out.getvalue()


def test_reports_of_several_forms_in_one_batch() -> None:
    data = write([one(batch()), SMALL]).data
    assert [r.value("C.1.1") for r in read(data, "x")] == ["DE-TEST-1", "DE-X-1"]


def test_characters_that_xml_cannot_hold_are_said() -> None:
    written = write([with_more(SMALL, Element("H.1", (), "A\x00case\ud800 of\x0b rash."))])
    assert one(written.data).value("H.1") == "A case  of  rash."
    assert any("H.1: characters that XML cannot hold" in text for text in written.problems)


def test_no_report_is_an_error() -> None:
    with pytest.raises(InputError, match="no report to write"):
        write([])


def test_a_second_test_is_put_after_the_first() -> None:
    report = one(batch(message(tests=test_result('<value xsi:type="ED">raised</value>'))))
    more = with_more(report, Element("F.r.2.1", (2,), "AST"), Element("F.r.3.2", (2,), "80"))
    names = [one(write([more]).data).value("F.r.2.1", n) for n in (1, 2)]
    assert names == ["ALT", "AST"]
