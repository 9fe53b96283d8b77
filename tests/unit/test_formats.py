"""Plain text files: how they are decoded, and what is refused with which next step."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dechallenge.errors import InputError
from dechallenge.formats.door import load
from dechallenge.formats.text import MAX_BYTES, base_name, decode, too_large

PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\r\t"), min_size=1)


@given(PRINTABLE)
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    report = "ALT " + text
    assert decode(report.encode(), "report.txt") == report
    assert decode(b"\xef\xbb\xbf" + report.encode(), "report.txt") == report


@given(PRINTABLE, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf_16_with_its_mark(text: str, encoding: str) -> None:
    report = "ALT " + text
    mark = "\ufeff".encode(encoding)
    assert decode(mark + report.encode(encoding), "report.txt") == report


def test_windows_1252() -> None:
    text = "34 µmol/L – “high”, 38 °C ± 1"
    assert decode(text.encode("cp1252"), "report.txt") == text


def test_newlines_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n\x0cd", "report.txt") == "a\r\nb\rc\n\x0cd"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_refusal_with_a_next_step(data: bytes) -> None:
    try:
        assert decode(data, "report.txt").strip()
    except InputError as error:
        assert error.place == "report.txt"
        assert error.cause and error.next_step


@pytest.mark.parametrize(
    ("data", "cause", "step"),
    [
        (b"", "empty", "holds the report's text"),
        (b"%PDF-1.7", "PDF", "pdftotext"),
        (b"PK\x03\x04\x14\x00", "DOCX", "plain text"),
        (b"\xff\xd8\xff\xe0", "picture", "OCR"),
        (b"ALT\x00900", "binary", "plain text"),
        (b"<html><p>ALT</p></html>", "HTML", "plain text"),
    ],
)
def test_a_refusal_says_what_it_is_and_what_to_do(data: bytes, cause: str, step: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "report.txt")
    assert cause in caught.value.cause
    assert step in caught.value.next_step


@pytest.mark.parametrize("text", ["PK was 3 h.", "<5 mg of drug", "ALT < AST", "II. Case report", "GIF", "{rtf"])
def test_a_text_that_only_begins_like_another_format(text: str) -> None:
    assert decode(text.encode(), "report.txt") == text


def test_the_limit_is_twenty_million_bytes() -> None:
    assert MAX_BYTES == 20_000_000
    assert "20,000,001" in str(too_large(MAX_BYTES + 1, "large.txt"))
    with pytest.raises(InputError, match="the limit is 20,000,000"):
        decode(b"a" * (MAX_BYTES + 1), "large.txt")


def test_a_document_has_its_base_name_and_digest(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("ALT was 900 U/L.", encoding="utf-8")
    document = load(file, "d7")
    assert (document.id, document.name, document.text) == ("d7", "report.txt", "ALT was 900 U/L.")
    # The digest is of the text in UTF-8, so that it does not change with the encoding of the file.
    assert document.sha256 == "610020c2a2dfdec5b524f1dc3aa596f1554be270eccbbde06e8b512b1cec8468"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, b"ALT was 900 U/L.")
    os.close(writer)
    try:
        assert load(Path(f"/dev/fd/{reader}"), "d1").text == "ALT was 900 U/L."
    finally:
        os.close(reader)


def test_a_path_that_no_file_system_takes() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load(Path("a\x00b"), "d1")


def test_the_base_name_can_always_be_printed() -> None:
    assert base_name(Path("folder/report.txt")) == "report.txt"
    assert base_name(Path(".")) == "."
    assert base_name(Path("caf\udce9.txt")) == "caf\ufffd.txt"
