"""What is wrong with a message is said with its element, path, line and whether a receiver would reject it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dechallenge.errors import InputError
from dechallenge.formats.e2b.validate import REJECT, WARN, Finding, validate
from tests.e2b_messages import batch, message


def found(text: str) -> list[Finding]:
    return validate(batch(text), "test.xml")


def test_a_sound_message_has_nothing_wrong() -> None:
    assert found(message()) == []


@pytest.mark.parametrize(
    ("old", "new", "id", "severity", "said"),
    [
        ('code="2" codeSystem="1.0.5218"', 'code="7" codeSystem="1.0.5218"', "D.5", REJECT, "allowed: 1, 2"),
        ('<name nullFlavor="MSK"/>', '<name nullFlavor="NI"/>', "D.1", REJECT, "null flavour NI"),
        ('<low nullFlavor="NASK"/>', '<low nullFlavor="NI"/>', "E.i.4", WARN, "null flavour NI"),
        ('<low value="20240305"/>', '<low value="202403"/>', "C.1.4", REJECT, "8 digits are needed"),
        ('<low value="20240305"/>', '<low value="20240230"/>', "C.1.4", REJECT, "a date such as"),
        ('<low value="20240305"/>', '<low value="20250305"/>', "C.1.4", WARN, "later than the creation"),
        ('code="10067125"', 'code="1006712"', "E.i.2.1b", REJECT, "eight digits"),
        ('code="10037087"', "", "E.i.2.1b", REJECT, "is missing; it is mandatory"),
        ('value="14" unit="d"', 'value="14"', "G.k.9.i.3.1b", REJECT, "a number needs its unit"),
        ('value="14" unit="d"', 'value="fourteen" unit="d"', "G.k.9.i.3.1a", REJECT, "a number is expected"),
        ('value="14" unit="d"', 'value="14" unit="days"', "G.k.9.i.3.1b", WARN, "the unit days is not one of"),
        ("Amoxiclav", "A" * 251, "G.k.2.2", REJECT, "251 characters, 250 are allowed"),
        ("Probable (6)", "P" * 61, "G.k.9.i.2.r.3", REJECT, "61 characters, 60 are allowed"),
        ('<priorityNumber value="1"/>', "", "C.2.r.5", REJECT, "here 0 are"),
        ('code="10020772" codeSystem="2.16.840.1.113883.6.163" codeSystemVersion="26.1"',
         'code="10020772" codeSystem="2.16.840.1.113883.6.163" codeSystemVersion="25.0"',
         "E.i.2.1a", REJECT, "one MedDRA version"),
        ('<value xsi:type="BL" value="true"/>', '<value xsi:type="BL" value="false"/>', "E.i.3.2c", REJECT,
         "is “false”; allowed: true"),
        ("<center value=\"412\" unit=\"U/L\"/>", "<center/>", "F.r.3.4", WARN, "a test has no result"),
        ("<originalText>ALT</originalText>", "", "F.r.2.1", REJECT, "a test needs a name"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(old: str, new: str, id: str, severity: str, said: str) -> None:
    text = message()
    assert old in text
    findings = [f for f in found(text.replace(old, new)) if f.id == id]
    assert findings
    assert any(said in f.message and f.severity == severity for f in findings), findings
    assert all(f.line > 0 and f.path.startswith("//PORR_IN049016UV") and f.report == 1 for f in findings)


def test_what_is_missing_is_missing_from_somewhere() -> None:
    (finding,) = [f for f in found(message().replace('code="10037087"', "")) if f.id == "E.i.2.1b"]
    assert finding.at == (2,)
    assert finding.path.endswith("/primaryRole/subjectOf2[4]/observation")


def test_no_suspect_is_an_error() -> None:
    text = message().replace('<value xsi:type="CE" code="1" codeSystem="2.16.840.1.113883.3.989.2.1.1.13"/>', "")
    assert {f.id for f in found(text)} == {"G.k.1"}


def test_a_product_has_one_of_two_identifiers() -> None:
    codes = '<code code="A" codeSystem="TBD-MPID"/><code code="B" codeSystem="TBD-PhPID"/><name>Amoxiclav</name>'
    findings = found(message().replace("<name>Amoxiclav</name>", codes))
    assert [f.id for f in findings if f.severity == REJECT] == ["G.k.2.1.2b"]


def test_each_report_of_a_batch_by_its_number() -> None:
    findings = validate(batch(message(1), message(2).replace('value="54"', 'value="old"')), "x")
    assert [(f.id, f.report) for f in findings] == [("D.2.2a", 2)]
    assert findings[0].path.startswith("//PORR_IN049016UV[2]/")


def test_a_cut_off_batch_is_a_finding() -> None:
    data = batch(message(1), message(2))
    findings = validate(data[: data.index(b"DE-TEST-2")], "x")
    assert [f.id for f in findings if f.report == 1] == ["N.1.3", "N.1.4"]
    (cut,) = [f for f in findings if f.report == 0]
    assert cut.severity == REJECT
    assert "cut off" in cut.message


def test_what_is_no_message_is_an_error() -> None:
    with pytest.raises(InputError):
        validate(b"<html/>", "x")


def test_a_folder_without_schema(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no MCCI_IN200100UV01\.xsd in this folder"):
        validate(batch(), "x", schemas=tmp_path)
