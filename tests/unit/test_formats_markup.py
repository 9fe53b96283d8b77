"""HTML, JATS, BMC, DOCX and Markdown: what is written, what is left out, where it stands, and what is refused."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from dechallenge.errors import InputError
from dechallenge.formats.docx import read_docx
from dechallenge.formats.html import read_html, read_mhtml
from dechallenge.formats.jats import read_article
from dechallenge.formats.markdown import read_markdown
from dechallenge.formats.written import raised


def html(body: str, head: str = "") -> str:
    return read_html(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html").text


@pytest.mark.parametrize(
    ("before", "text", "linked", "written"),
    [
        ("platelets 178 × 10", "9", False, "^9"),
        ("leukocytes 3.2x10", "-3", False, "^-3"),
        ("1.73 m", "2", False, "2"),
        ("7000/mm", "3", False, "3"),
        ("as reported before", "12,13", False, ""),
        ("was 5.10", "9", False, "9"),
        ("the CD4", "+", False, "+"),
        ("ALT 90", "a", False, ""),
        ("hepatitis", "[4]", True, ""),
    ],
)
def test_superscripts(before: str, text: str, linked: bool, written: str) -> None:
    assert raised(before, text, linked=linked) == written


def test_paragraphs_breaks_and_exponents_of_a_page() -> None:
    text = html("<h1>Title</h1><p>One <b>bold</b>\n word.<br>Two.</p><div>10<sup>9</sup>/L<p>Three.</p>tail</div>")
    assert text == "Title\n\nOne bold word.\nTwo.\n\n10^9/L\n\nThree.\n\ntail\n"


def test_merged_cells_keep_the_columns() -> None:
    table = (
        "<table><caption>Table 1</caption><tr><th rowspan=2>Day</th><th colspan=2>Case 1</th></tr>"
        "<tr><th>ALT</th><th>AST</th></tr>"
        "<tr><td>1</td><td>900</td><td></td></tr></table>"
    )
    assert html("<p>A.</p>" + table).endswith("Day\tCase 1\t\n\tALT\tAST\n1\t900\t\n")


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    inner = "<table><tr><td>ALT</td><td>900</td></tr></table>"
    assert html(f"<table><tr><td><p>A man.</p>{inner}</td><td>Side</td></tr></table>") == "A man.\n\nALT\t900\n\nSide\n"


def test_hidden_and_reference_parts_are_left_out_but_what_follows_stays() -> None:
    text = html(
        "<p>Kept.</p><p hidden>Gone</p><p style='display: none'>Gone</p><h2>References</h2><p>Gone</p>"
        "<h3>Gone</h3>"
        "<h2>Appendix</h2><p>Kept too.</p>"
    )
    assert text == "Kept.\n\nAppendix\n\nKept too.\n"


def test_a_class_name_never_hides_most_of_a_page() -> None:
    assert "A 40-year-old woman" in html(
        "<div class='related'><p>A 40-year-old woman took ibuprofen.</p></div><p>x</p>"
    )


def test_the_title_outside_of_the_article_is_kept() -> None:
    meta = "<meta name='citation_title' content='Hepatitis after a drug'>"
    assert html("<main><p>A man was ill.</p></main>", meta) == "Hepatitis after a drug\n\nA man was ill.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_pages(encoding: str) -> None:
    page = "<html><body><p>34 µmol/L – high</p></body></html>"
    assert read_html(page.encode(encoding), "a.html").text == "34 µmol/L – high\n"


def test_a_page_saved_as_one_file() -> None:
    data = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>A=20man.</p>\r\n--x--\r\n"
    )
    assert read_mhtml(data, "a.mhtml").text == "A man.\n"


JATS = '<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD" "x.dtd"><article>{}</article>'


def jats(inside: str) -> str:
    return read_article(JATS.format(inside).encode(), "a.xml").text


def test_an_article_with_its_floats_behind_the_paragraph() -> None:
    text = jats(
        "<front><article-meta><title-group><article-title>Title</article-title></title-group><abstract>"
        "<p>Short.</p></abstract></article-meta></front><body><sec><label>2</label><title>Case</title><p>ALT rose "
        "<xref>[1]</xref> and<sup><xref>2</xref></sup> <fig><label>Figure 1</label><caption><p>Course.</p>"
        "</caption></fig>"
        "fell.</p></sec></body><back><ref-list><ref>Gone</ref></ref-list></back>"
    )
    assert text == "Title\n\nAbstract\n\nShort.\n\n2. Case\n\nALT rose [1] and fell.\n\nFigure 1. Course.\n"


def test_named_characters_of_an_article() -> None:
    assert jats("<body><p>34 &micro;mol/L &ndash; high</p></body>") == "34 µmol/L – high\n"


def test_the_older_format_of_biomed_central() -> None:
    text = read_article(
        b"<art><ui>1</ui><fm><bibl><title><p>Title</p></title></bibl></fm><bdy><sec><st><p>Case report</p></st><p>A "
        b"man was ill <abbrgrp><abbr bid='B1'>1</abbr></abbrgrp>.</p></sec></bdy><bm><refgrp>Gone</refgrp></bm></art>",
        "a.xml",
    )
    assert text.text == "Title\n\nCase report\n\nA man was ill [1].\n"
    assert text.places[1] == (7, "/art/bdy/sec[1]/st[1]/p[1]")


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE article [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><article><body><p>&b;</p></body></article>',
        b'<!DOCTYPE article [<!ENTITY a SYSTEM "file:///etc/passwd">]><article><body><p>&a;</p></body></article>',
        b'<!DOCTYPE article [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]><article><body><p>x</p></body></article>',
        '<!DOCTYPE article [<!ENTITY a "x">]><article><body><p a="&a;">x</p></body></article>'.encode("utf-16"),
    ],
)
def test_declared_entities_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="declares entities") as caught:
        read_article(data, "a.xml")
    assert caught.value.next_step


@pytest.mark.parametrize(
    "data", [b"<article><body><p>cut", b"<article>" * 5000, b"<a><b></a>", b"<?xml version='1.0'?>"]
)
def test_damaged_xml_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="damaged or cut off"):
        read_article(data, "a.xml")


def test_deep_nesting_of_a_page_ends_nothing() -> None:
    assert "A man." in html("<div>" * 200 + "<p>A man.</p>" + "</div>" * 200)
    try:
        html("<div>" * 50_000 + "<p>A man.</p>")
    except InputError as error:
        assert error.next_step


def test_a_word_file_with_insertions_controls_symbols_and_merged_cells() -> None:
    import docx as office

    document: Any = office.Document()
    document.add_heading("Case report", 1)
    paragraph = document.add_paragraph("ALT 900 U/L, platelets 178 × 10")
    raised_run = paragraph.add_run("9")
    raised_run.font.superscript = True
    paragraph.add_run("/L")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Case 1"
    table.cell(1, 2).text = "7"
    out = io.BytesIO()
    document.save(out)
    extra = (
        "<w:p><w:r><w:t>Kept</w:t></w:r><w:ins w:id='1' w:author='a'><w:r><w:t xml:space='preserve'> inserted</w:t>"
        "</w:r></w:ins><w:del w:id='2' w:author='a'><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        "<w:r><w:sym w:font='Symbol' w:char='F06D'/></w:r></w:p><w:sdt><w:sdtContent>"
        "<w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt></w:body>"
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                data = data.replace(b"</w:body>", extra.encode())
            new.writestr(info.filename, data)
    written = read_docx(changed.getvalue(), "a.docx")
    assert written.text == (
        "Case report\n\nALT 900 U/L, platelets 178 × 10^9/L\n\nCase 1\t\t\n\t\t7\n\nKept insertedµ\n\nIn a control.\n"
    )
    assert [label for _, label in written.places[:4]] == [
        "paragraph 1",
        "paragraph 2",
        "table 1, row 1",
        "table 1, row 2",
    ]


def test_markdown_marks_are_left_out_and_values_stay() -> None:
    text = read_markdown(
        "# Case *1*\n\n**ALT** was 2*ULN and _AST_ 3*ULN [4](http://x.org).\n> quoted `x`\n\n"
        "Day | ALT | AST\n--- | --- | ---\n1 | 9 | 8\n"
    )
    assert text.text == "Case 1\n\nALT was 2*ULN and AST 3*ULN 4.\nquoted x\n\nDay\tALT\tAST\n1\t9\t8\n"
    assert text.places[0] == (0, "line 1")
