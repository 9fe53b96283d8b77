"""Mutations of an E2B(R3) message: nothing but a clear error, what is read is written back, memory stays bounded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.e2b.r3_envelope import batches
from dechallenge.formats.e2b.r3_read import read
from dechallenge.formats.e2b.r3_write import write, write_to
from dechallenge.formats.e2b.validate import validate
from tests.e2b_messages import batch, message

_DATA = batch(message(1), message(2))
_TREE = etree.fromstring(_DATA)
_COUNT = sum(1 for _ in _TREE.iter("{*}*"))
_SCRAPS = [
    b"<",
    b">",
    b'"',
    b"&",
    b"&#0;",
    b"\x00",
    b"\xff",
    b"<!--",
    b"]]>",
    b"<?x?>",
    b'nullFlavor="XX"',
    b"<value/>",
]


@given(
    st.lists(
        st.tuples(st.integers(0, len(_DATA)), st.integers(0, 40), st.sampled_from([*_SCRAPS, b""])),
        min_size=1,
        max_size=6,
    )
)
def test_damaged_bytes_end_in_a_clear_error(cuts: list[tuple[int, int, bytes]]) -> None:
    data = _DATA
    for place, length, scrap in cuts:
        data = data[:place] + scrap + data[place + length :]
    try:
        reports = list(read(data, "x"))
        validate(data, "x")
    except InputError as error:
        assert error.cause
        assert error.next_step
    else:
        assert reports


_VALUES = st.sampled_from(
    ["", "x", "0", "-1", "2024", "20241340", "99999999999", "<10", "NaN", "é" * 300, "\u200b", "a b"]
)
_CHANGE = st.tuples(
    st.integers(1, _COUNT - 1), st.sampled_from(["drop", "twice", "bare", "value", "null", "type", "text"]), _VALUES
)


def _changed(changes: list[tuple[int, str, str]]) -> bytes:
    root = etree.fromstring(_DATA)
    every = list(root.iter("{*}*"))
    for number, kind, value in changes:
        element = every[number]
        parent = element.getparent()
        if parent is None:
            continue
        if kind == "drop":
            parent.remove(element)
        elif kind == "twice":
            parent.insert(0, etree.fromstring(etree.tostring(element)))
        elif kind == "bare":
            element.attrib.clear()
        elif kind == "value":
            for attribute in element.attrib:
                element.set(attribute, value)
        elif kind == "null":
            element.set("nullFlavor", value or "NI")
        elif kind == "type":
            element.set("{http://www.w3.org/2001/XMLSchema-instance}type", value or "ST")
        else:
            element.text = value
    return etree.tostring(root)


@given(st.lists(_CHANGE, min_size=1, max_size=8))
def test_what_is_read_of_a_strange_message_is_written_back(changes: list[tuple[int, str, str]]) -> None:
    data = _changed(changes)
    try:
        reports = list(read(data, "x"))
    except InputError:
        return
    written = write(reports)
    again = list(read(written.data, "x"))
    assert [[(e.id, e.at, e.value, e.null) for e in r.elements] for r in again] == [
        [(e.id, e.at, e.value, e.null) for e in r.elements] for r in reports
    ]
    assert write(again).data == written.data
    validate(data, "x")


@given(st.lists(_CHANGE, min_size=1, max_size=8))
def test_a_strange_report_can_be_built_whole(changes: list[tuple[int, str, str]]) -> None:
    try:
        reports = list(read(_changed(changes), "x"))
    except InputError:
        return
    written = write([Icsr("case", r.number, r.elements) for r in reports])
    assert len(list(read(written.data, "x"))) == len(reports)


def _reports_alive() -> int:
    gc.collect()
    return sum(isinstance(one, Icsr) for one in gc.get_objects())


def test_a_long_batch_is_read_and_written_one_report_at_a_time(tmp_path: Path) -> None:
    """What is alive of the reports and of the tree does not grow with their number."""
    path = tmp_path / "long.xml"
    path.write_bytes(batch(*(message(number) for number in range(400))))
    before, most = _reports_alive(), 0

    def watched() -> Iterator[Icsr]:
        nonlocal most
        for number, report in enumerate(read(path)):
            if number % 100 == 99:
                most = max(most, _reports_alive() - before)
            yield report

    with (tmp_path / "again.xml").open("wb") as out:
        written = write_to(watched(), out)
    assert written.reports == 400
    assert 1 <= most <= 4
    largest = max(
        sum(1 for _ in element.getroottree().iter())
        for number, (_, element) in enumerate(batches(path, "x"))
        if number % 40 == 0
    )
    pieces = 256 * 1024 * len(list(etree.fromstring(batch()).iter())) / len(batch())
    assert largest < 4 * pieces


@pytest.mark.parametrize("text", ["<a>" * 20_000, "<a b='" + "x" * 12_000_000 + "'/>"])
def test_floods_are_refused(text: str) -> None:
    data = _DATA.replace(b"<controlActProcess", text.encode() + b"<controlActProcess", 1)
    with pytest.raises(InputError):
        list(read(data, "x"))
