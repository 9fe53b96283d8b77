"""Messages that are hostile, damaged or of another kind end in an error that says what to do."""

from __future__ import annotations

import pytest

from dechallenge.errors import InputError
from dechallenge.formats.e2b.safe_xml import MOST_ATTRIBUTE, parse, recognise, refuse

_BOMB = '<!DOCTYPE a [<!ENTITY x "yy"><!ENTITY z "&x;&x;">]><a>&z;</a>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"<a><b></a>", "damaged or cut off"),
        (b"<a>" * 300, "nested deeper"),
        (b'<a b="' + b"x" * (MOST_ATTRIBUTE + 1) + b'"/>', "an attribute of more than"),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", "more than 10 MB"),
        ("<a>é</a>".encode("latin-1"), "not in the encoding that it declares"),
        (b'<?xml version="1.0" encoding="utf-99"?><a/>', "not in the encoding that it declares"),
        (_BOMB.encode(), "declares entities"),
        (_BOMB.encode("utf-16"), "declares entities"),
        (b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]><a/>', "declares entities"),
        (b'<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><a>&other;</a>', "uses the entity &other;"),
        (
            b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/hostname"/></a>',
            "includes other files",
        ),
    ],
)
def test_what_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(data, "message.xml")
    assert said in caught.value.cause
    assert caught.value.place == "message.xml"
    assert caught.value.next_step


def test_a_doctype_alone_is_legal() -> None:
    root = parse(b'<!DOCTYPE ichicsr SYSTEM "http://localhost/icsr.dtd"><ichicsr lang="en"/>', "r2.xml")
    assert recognise(root) == "E2B(R2)"


def test_comments_are_kept_only_when_asked_for() -> None:
    data = b"<a><!-- one --><b/></a>"
    assert len(parse(data, "x")) == 1
    assert len(parse(data, "x", comments=True)) == 2


_V3 = 'xmlns="urn:hl7-org:v3"'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"<MCCI_IN200100UV01 {_V3}/>", "E2B(R3)"),
        (f"<PORR_IN049016UV {_V3}/>", "E2B(R3)"),
        ('<h:MCCI_IN200100UV01 xmlns:h="urn:hl7-org:v3"/>', "E2B(R3)"),
        ("<ichicsr><safetyreport/></ichicsr>", "E2B(R2)"),
        ("<safetyreport/>", "E2B(R2)"),
        (f"<MCCI_IN200101UV01 {_V3}/>", "acknowledgement"),
        ("<ichicsrack/>", "acknowledgement"),
        (f"<ichicsr {_V3}/>", "hybrid"),
        ("<MCCI_IN200100UV01/>", "hybrid"),
        (f"<MCCI_IN200100UV01 {_V3}><safetyreport/></MCCI_IN200100UV01>", "hybrid"),
        ("<article/>", ""),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert recognise(parse(text.encode(), "x")) == kind


def test_an_acknowledgement_has_no_case_in_it() -> None:
    with pytest.raises(InputError, match="there is no case in it"):
        refuse("acknowledgement", "R3ack.ack")
