"""Files of every format, cut off, changed and mixed: a text or a problem with its next step, never an exception."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dechallenge.evidence import Document
from dechallenge.formats.door import open_documents
from dechallenge.formats.markdown import read_markdown
from tests import samples
from tests.steps import examples

FILES = {name: make(samples.TABLED) for name, make in samples.FORMATS.items()}


def archive(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return out.getvalue()


FILES["all.zip"] = archive(*((name, data) for name, data in FILES.items() if not name.endswith(".pdf")))


def opened(folder: Path, name: str, data: bytes) -> list[object]:
    """What comes of a file; everything has what it must have, in good time."""
    file = folder / name
    file.write_bytes(data)
    start = time.process_time()
    found = list(open_documents([file]))
    assert time.process_time() - start < 2 + 2 * len(data) / 1_000_000
    assert found
    for one in found:
        if isinstance(one, Document):
            assert one.text.strip()
            one.text.encode("utf-8")
            starts = [start for start, _ in one.places]
            assert starts == sorted(set(starts)) and all(0 <= s < len(one.text) for s in starts)
        else:
            assert one.kind == "input", one.message
            assert one.message and one.next_step
    return list(found)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=examples(40))
@given(
    cut=st.floats(0, 1),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=40)), max_size=8),
    whole=st.booleans(),
)
def test_damaged_files(
    name: str, cut: float, changes: list[tuple[float, bytes]], whole: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = bytearray(FILES[name] if whole else FILES[name][: int(cut * len(FILES[name]))])
    for place, new in changes:
        at = int(place * len(data))
        data[at : at + len(new)] = new
    opened(tmp_path_factory.getbasetemp(), name, bytes(data))


@pytest.mark.parametrize("ending", ["txt", "md", "html", "xml", "pdf", "docx", "zip", "mhtml", "eml"])
@settings(max_examples=examples(40))
@given(
    start=st.sampled_from(
        [b"", b"Subject: =?x?q?a\n\n", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"<?xml version='1.0'?><article>"]
    ),
    data=st.binary(),
)
def test_any_bytes(ending: str, start: bytes, data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    opened(tmp_path_factory.getbasetemp(), f"any.{ending}", start + data)


NAMES = "p table tr td th div h1 h2 sup br ul li pre article body sec title label fig caption"
TAGS = st.sampled_from(NAMES.split())


@settings(max_examples=examples(150))
@given(
    parts=st.lists(
        st.one_of(TAGS.map("<{}>".format), TAGS.map("</{}>".format), st.text(max_size=12), st.just("&nbsp;"))
    ),
    ending=st.sampled_from(["html", "xml"]),
)
def test_any_tags(parts: list[str], ending: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = ("<article>" + "".join(parts)).encode("utf-8", "replace")
    opened(tmp_path_factory.getbasetemp(), f"tags.{ending}", data)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_markdown(text: str) -> None:
    written = read_markdown(text)
    assert all(written.text[start:] for start, _ in written.places)


HOSTILE = {
    "zeros.zip": archive(("zeros.txt", b"\x00" * 30_000_000)),
    "tables.html": b"<table><tr>" + b"<td colspan=999999 rowspan=999999>1" * 20_000,
    "nested.html": b"<table><tr><td>" * 3_000 + b"A man.",
    "wide.html": b"<p>" + b"<b>x</b>" * 60_000,
    "siblings.xml": b"<article><body>" + b"<p>A man.</p>" * 60_000 + b"</body></article>",
    "deep.xml": b"<article><body>" + b"<sec>" * 100_000,
    "stars.md": b"*" * 200_000 + b"\n" + b"[" * 200_000 + b"\n" + b"|" * 200_000,
    "sups.html": b"<p>10" + b"<sup>9</sup>" * 40_000,
    "comments.html": b"<!--" + b"<!-- x -->" * 40_000,
    "attributes.html": b"<p " + b"".join(b"a%d=%d " % (i, i) for i in range(60_000)) + b">A man.</p>",
    "quoted.html": b"<p " + b"".join(b"a%d='>' b%d=\"<\" " % (i, i) for i in range(30_000)) + b">A man.</p>",
    "one row.html": b"<table><tr>" + b"<td>12" * 60_000,
    "cells.md": b"|a" * 90_000 + b"\n" + b"|-" * 90_000 + b"\n" + b"|1" * 90_000,
    "marks.md": b"* " * 100_000,
    "links.md": b"[a]: b\n" * 40_000,
    "menus.html": b"<div><a href=x>A</a><a href=y>B</a>" * 3_000 + b"<p>A man.</p>",
    "labels.html": b"<h3>Table 1</h3>" * 60_000 + b"<p>A man.</p>",
    "parts.eml": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: text/plain\n\na\n" * 60_000,
    "nested.eml": b"Content-Type: message/rfc822\n\n" * 20_000 + b"A man.",
    "many.zip": archive(*((f"{i}.txt", b"x") for i in range(2_100))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str, tmp_path: Path) -> None:
    opened(tmp_path, name, HOSTILE[name])


def test_a_pdf_of_500_pages(tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    file.write_bytes(samples.pdf(samples.TABLED, 2, pages=500))
    (document,) = open_documents([file])
    assert isinstance(document, Document)
    assert document.text.count("diclofenac 75 mg twice daily") == 500
    assert document.places[-1][1] == "page 500"
    assert "Invented Rep" not in document.text
