"""Messages bent and broken in every way, through the one door: cases or a clear refusal, and bounded work.

The messages are the small ones of the tests in every form, and the shared samples where they are. Work is counted,
never timed: how many reports come of a file, and how much is held of the tree.
"""

from __future__ import annotations

import gc
import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats import messages
from tests import e2b_messages
from tests.shared import shared_folder
from tests.unit import fhir_bundles

SGML = re.sub(
    rb"</(?:safetyreportid|patientsex|medicinalproduct|testname)>", b"\n", e2b_messages.R2.partition(b'">\n')[2]
)
OWN = {
    "r3": e2b_messages.batch(e2b_messages.message(1), e2b_messages.message(2)),
    "r2": e2b_messages.R2,
    "sgml": SGML,
    "openfda": e2b_messages.OPENFDA,
    "fhir": fhir_bundles.written(fhir_bundles.WHOLE),
}
_SAMPLES = ("e2b/fda_r3/*.xml", "e2b/*.xml", "e2b/openfda/faers_event.sgm", "e2b/openfda/openfda_event*.json",
            "fhir/*.json")  # fmt: skip
SAMPLES = [
    path
    for pattern in _SAMPLES
    for path in sorted(shared_folder().joinpath("interop", "samples").glob(pattern))
    if path.stat().st_size < 150_000
]
SCRAPS = [b"<", b">", b'"', b"&", b"&#0;", b"&x;", b"\x00", b"\xff\xfe", b"<!--", b"]]>", b"{", b"]", b",", b"\\ud800",
          b'nullFlavor="XX"', b"9" * 400, b"<![CDATA[", b"</ichicsr>", b'"resourceType":"Bundle"']  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-7", "cp500", "utf-8-sig")
MOST_REPORTS = 64
"""No mutation below puts more than a few further reports into a file."""


def checked(data: bytes) -> int:
    """How many cases come of a file; a refusal must say why and what to do. Nothing else may be raised."""
    count = 0
    try:
        for found in messages.reports(data, "file"):
            count += 1
            assert found.case.document == found.document.id
            assert count <= MOST_REPORTS
    except InputError as error:
        assert error.cause
        assert error.next_step
        assert error.place
    return count


def flipped(data: bytes, places: list[tuple[int, int]]) -> bytes:
    """Bits turned over."""
    out = bytearray(data)
    for place, mask in places:
        out[place % len(out)] ^= mask
    return bytes(out)


def spliced(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """Parts taken out and scraps put in."""
    for place, length, scrap in cuts:
        at = place % (len(data) + 1)
        data = data[:at] + scrap + data[at + length :]
    return data


def moved(data: bytes, number: int, kind: str) -> bytes:
    """An element, or a value of JSON, taken out, doubled, emptied or put where it does not belong."""
    if data.lstrip()[:1] in (b"{", b"["):
        return json.dumps(_moved_json(json.loads(data), number, kind)).encode()
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    every = [e for e in root.iter("{*}*") if e is not root]
    if not every:
        return data
    one = every[number % len(every)]
    parent = one.getparent()
    assert parent is not None
    if kind == "twice":
        parent.append(etree.fromstring(etree.tostring(one)))
    elif kind == "elsewhere":
        every[(number * 7 + 3) % len(every)].append(etree.fromstring(etree.tostring(one)))
    elif kind == "bare":
        one.clear()
    else:
        parent.remove(one)
    return etree.tostring(root)


def _moved_json(value: object, number: int, kind: str) -> object:
    holders: list[tuple[dict[str, object] | list[object], object]] = []

    def walk(inner: object) -> None:
        if isinstance(inner, dict):
            for key in inner:
                holders.append((inner, key))
                walk(inner[key])
        elif isinstance(inner, list):
            for index in range(len(inner)):
                holders.append((inner, index))
                walk(inner[index])

    walk(value)
    if not holders:
        return value
    holder, key = holders[number % len(holders)]
    other, place = holders[(number * 7 + 3) % len(holders)]
    copy = json.loads(json.dumps(holder[key]))  # type: ignore[index,call-overload]
    if kind == "twice":
        holder[key] = [copy, copy]  # type: ignore[index,call-overload]
    elif kind == "elsewhere":
        other[place] = copy  # type: ignore[index,call-overload]
    elif kind == "bare":
        holder[key] = {}  # type: ignore[index,call-overload]
    elif isinstance(holder, list):
        assert isinstance(key, int)
        holder.pop(key)
    else:
        del holder[str(key)]
    return value


PLACE = st.integers(0, 1_000_000)
KIND = st.sampled_from(["drop", "twice", "bare", "elsewhere"])


@pytest.mark.parametrize("form", sorted(OWN))
def test_the_messages_are_read_as_they_are(form: str) -> None:
    assert checked(OWN[form]) == (2 if form == "r3" else 1)


@pytest.mark.parametrize("form", sorted(OWN))
@given(st.data())
def test_damaged_bytes(form: str, data: st.DataObject) -> None:
    message = flipped(OWN[form], data.draw(st.lists(st.tuples(PLACE, st.integers(1, 255)), max_size=4)))
    cut = st.tuples(PLACE, st.sampled_from([0, 1, 7, 300]), st.sampled_from([*SCRAPS, b""]))
    checked(spliced(message, data.draw(st.lists(cut, max_size=4))))


@pytest.mark.parametrize("form", sorted(OWN))
@given(st.data())
def test_cut_off_messages_and_messages_in_another_encoding(form: str, data: st.DataObject) -> None:
    message = OWN[form]
    end = data.draw(st.integers(0, len(message)))
    if data.draw(st.booleans()):
        message = message.decode().encode(data.draw(st.sampled_from(ENCODINGS)), "replace")
        end = end if data.draw(st.booleans()) else len(message)
    checked(message[:end])


@pytest.mark.parametrize("form", sorted(OWN))
@given(st.lists(st.tuples(PLACE, KIND), min_size=1, max_size=4))
def test_elements_taken_out_doubled_and_displaced(form: str, changes: list[tuple[int, str]]) -> None:
    message = OWN[form]
    for number, kind in changes:
        message = moved(message, number, kind)
    checked(message)


@pytest.mark.skipif(not SAMPLES, reason="the samples are not in the shared folder beside the checkout")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_mutations_of_real_files(path: Path) -> None:
    """A dozen mutations of each sample, the same in every run."""
    chance = random.Random(path.name)
    whole = path.read_bytes()
    checked(whole)
    for number in range(12):
        kind = ("flip", "splice", "cut", "encode", "move", "move")[number % 6]
        if kind == "flip":
            data = flipped(whole, [(chance.randrange(10**6), chance.randrange(1, 256)) for _ in range(3)])
        elif kind == "splice":
            data = spliced(whole, [(chance.randrange(10**6), chance.choice((0, 5, 200)), chance.choice(SCRAPS))])
        elif kind == "cut":
            data = whole[: chance.randrange(len(whole))]
        elif kind == "encode":
            data = whole.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")
        else:
            data = moved(whole, chance.randrange(10**6), chance.choice(("drop", "twice", "bare", "elsewhere")))
        checked(data)


# --- hostile files: each has its own words ---------------------------------------------------------------------------

_R3_ROOT = b'<MCCI_IN200100UV01 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0">'
_R2_ROOT = b"<ichicsr><safetyreport>"
_FLOOD = b"<!ENTITY a0 'ha'>" + b"".join(b"<!ENTITY a%d '&a%d;&a%d;'>" % (n, n - 1, n - 1) for n in range(1, 40))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"<!DOCTYPE m [" + _FLOOD + b"]>" + _R3_ROOT + b"&a39;</MCCI_IN200100UV01>", "entit"),
        (b"<!DOCTYPE ichicsr [" + _FLOOD + b"]>" + _R2_ROOT + b"&a39;</safetyreport></ichicsr>", "entit"),
        (b"<!DOCTYPE m [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" + _R3_ROOT + b"&e;</MCCI_IN200100UV01>", "entit"),
        (b"<!DOCTYPE m [<!ENTITY % p SYSTEM 'http://example.org/x'> %p;]>" + _R3_ROOT + b"</MCCI_IN200100UV01>",
         "entit"),
        (b"<!DOCTYPE m SYSTEM 'http://example.org/x.dtd'>" + _R3_ROOT + b"&e;</MCCI_IN200100UV01>",
         "without saying what"),
        (_R3_ROOT.replace(b" ITS", b' xmlns:xi="http://www.w3.org/2001/XInclude" ITS')
         + b'<xi:include href="file:///etc/hostname" parse="text"/></MCCI_IN200100UV01>', "XInclude"),
        (_R3_ROOT + b"<a>" * 100_000, "deeper than 256"),
        (_R2_ROOT + b"<a>" * 100_000, "deeper than 256"),
        (_R3_ROOT + b'<a b="' + b"x" * 100_000 + b'"/></MCCI_IN200100UV01>', "attribute of more than"),
        (_R3_ROOT + b'<a b="' + b"x" * 11_000_000 + b'"/></MCCI_IN200100UV01>', "more than 10 MB"),
        (b'<?xml version="1.0" encoding="UTF-16"?>' + _R3_ROOT + b"</MCCI_IN200100UV01>", ""),
        (b'<?xml version="1.0" encoding="klingon"?>' + _R3_ROOT + b"</MCCI_IN200100UV01>", "encoding"),
        (_R3_ROOT + b"\xff\xfe\xe9</MCCI_IN200100UV01>", "encoding"),
        (b'{"resourceType": "Bundle", "entry": ' + b"[" * 100_000, ""),
        (b'{"results": [{"safetyreportid": ' + b'{"patient":' * 100_000, "damaged or cut off"),
        (b'{"resourceType": "Bundle", "entry": []}', "no case"),
        (_R3_ROOT + b"</MCCI_IN200100UV01>", "holds no case"),
        (b"", "no message"),
        (b"hello", "no message"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_with_their_reason(data: bytes, word: str) -> None:
    with pytest.raises(InputError) as caught:
        list(messages.reports(data, "file"))
    assert word in caught.value.cause
    assert caught.value.next_step


def test_a_message_in_another_encoding_that_it_declares_is_the_same_case() -> None:
    plain = next(iter(messages.reports(OWN["r3"], "m"))).case
    for encoding, mark in (("utf-16", "UTF-16"), ("latin-1", "ISO-8859-1")):
        data = OWN["r3"].decode().replace('encoding="UTF-8"', f'encoding="{mark}"').encode(encoding)
        assert next(iter(messages.reports(data, "m"))).case == plain


def test_a_long_batch_is_held_one_case_at_a_time() -> None:
    data = e2b_messages.batch(*(e2b_messages.message(number) for number in range(60)))
    gc.collect()
    before = sum(isinstance(one, messages.Message) for one in gc.get_objects())
    alive = []
    for number, found in enumerate(messages.reports(data, "m"), 1):
        assert found.base is not None
        if number % 20 == 0:
            gc.collect()
            alive.append(sum(isinstance(one, messages.Message) for one in gc.get_objects()) - before)
    assert alive == [1, 1, 1]


def test_reports_before_the_damage_are_told() -> None:
    data = OWN["r3"]
    found = messages.reports(data[: data.rindex(b"<PORR_IN049016UV") + 900], "m")
    assert next(found).case.events
    with pytest.raises(InputError, match="damaged or cut off"):
        list(found)
