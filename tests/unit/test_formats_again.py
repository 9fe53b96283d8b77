"""What reports bring with them: mastheads and menus of pages, footnotes, mails, encodings without a mark, refusals."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

import dechallenge
from dechallenge.case import Problem
from dechallenge.errors import InputError
from dechallenge.evidence import TextEvidence
from dechallenge.formats.docx import read_docx
from dechallenge.formats.door import load, open_documents
from dechallenge.formats.html import read_html
from dechallenge.formats.mail import read_mail
from dechallenge.formats.markdown import read_markdown
from dechallenge.formats.text import decode

STORY = "A woman took an invented drug for six weeks and then had jaundice, of which she recovered."


def html(body: str, title: str = "") -> str:
    return read_html(f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(), "a.html").text


def test_what_stands_above_the_title_of_a_page_is_left_out() -> None:
    body = f"<p>J Inv 2020;1:2</p><h1>Jaundice after it</h1><p>{STORY}</p><p>{STORY}</p>"
    assert html(body) == f"Jaundice after it\n\n{STORY}\n\n{STORY}\n"
    told = f"<p>J Inv 2020;1:2</p><h2>Jaundice after it</h2><p>{STORY}</p><p>{STORY}</p>"
    assert html(told, "Jaundice after it -- J Inv").startswith("Jaundice after it\n")


def test_a_heading_of_a_section_is_no_title() -> None:
    body = f"<p>Jaundice after a drug</p><h1>Abstract</h1><p>{STORY}</p><h1>Case</h1><p>{STORY}</p>"
    assert html(body).startswith("Jaundice after a drug\n\nAbstract\n")


def test_a_menu_between_sections_is_left_out_and_a_text_with_links_stays() -> None:
    menu = "<table><tr><td><a href='#t'>TOP</a> <a href='#c'>CASE</a> <a href='#r'>REFERENCES</a></td></tr></table>"
    text = f"<div>{STORY} <a href='#1'>[1]</a> <a href='#2'>[2]</a></div>"
    assert html(f"<h2>Case</h2>{menu}{text}") == f"Case\n\n{STORY} [1] [2]\n"


def test_the_label_of_a_table_goes_on_in_its_caption() -> None:
    table = "<table><tr><th>Day</th><th>ALT</th></tr><tr><td>1</td><td>9</td></tr></table>"
    assert html(f"<h3>Table 1</h3><div><p>Liver enzymes</p></div>{table}") == (
        "Table 1. Liver enzymes\n\nDay\tALT\n1\t9\n"
    )
    assert html("<h3>Table of contents</h3><p>Case 1</p>") == "Table of contents\n\nCase 1\n"


def test_a_sign_inside_a_line_of_markdown_is_no_quotation() -> None:
    assert read_markdown("ALT was > 900 U/L.\n\n> ALT rose.\n").text == "ALT was > 900 U/L.\n\nALT rose.\n"


def test_raised_and_lowered_signs_of_markdown() -> None:
    text = "WBC 3 × 10<sup>9</sup>/L, 24 kg/m<sup>2</sup>, vitamin B<sub>12</sub>, normal.<sup>3</sup>"
    assert read_markdown(text).text == "WBC 3 × 10^9/L, 24 kg/m2, vitamin B12, normal.\n"


def word(extra: dict[str, str], paragraphs: tuple[str, ...] = (), mark: str = "") -> bytes:
    import docx as office

    document: Any = office.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out, changed = io.BytesIO(), io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml" and mark:
                data = data.replace(b"</w:r></w:p>", b"</w:r>" + mark.encode() + b"</w:p>", 1)
            new.writestr(info.filename, data)
        for name, told in extra.items():
            new.writestr(name, told)
    return changed.getvalue()


def test_footnotes_of_a_word_file_follow_their_paragraph_without_citations() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = "".join(
        f"<w:footnote w:id='{i}'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
        for i, text in ((0, ""), (2, "She also took zinc."), (3, "Doe J. J Inv 2001;12:3-4."), (4, "Never marked."))
    )
    marks = "".join(f"<w:r><w:footnoteReference w:id='{i}'/></w:r>" for i in (2, 3))
    told = {"word/footnotes.xml": f"<w:footnotes xmlns:w='{space}'>{notes}</w:footnotes>"}
    written = read_docx(word(told, (STORY, "The end."), marks), "a.docx")
    assert written.text == f"{STORY}\n\nShe also took zinc.\n\nThe end.\n"
    assert [place for _, place in written.places] == ["paragraph 1", "footnote 2", "paragraph 2"]


@pytest.mark.parametrize(("extra", "cause"), [({}, "holds no text"), ({"word/media/a.png": "x"}, "pictures")])
def test_an_empty_word_file(extra: dict[str, str], cause: str) -> None:
    with pytest.raises(InputError) as caught:
        read_docx(word(extra), "a.docx")
    assert cause in caught.value.cause and caught.value.next_step
    assert ("OCR" in caught.value.next_step) == bool(extra)


MAIL = (
    "From: a@example.org\nSubject: =?utf-8?q?F=C3=A4ll?= of jaundice\nMIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\nALT was 900 U/L, bilirubin 60 =C2=B5mol/L, and she stop=\nped it.\n"
    "--x\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\nx\n--x--\n"
)


def test_a_mail_is_read_without_its_headers_and_says_what_was_left_out(tmp_path: Path) -> None:
    file = tmp_path / "case.eml"
    file.write_text(MAIL, encoding="utf-8")
    document, problem = open_documents([file])
    assert not isinstance(document, Problem) and isinstance(problem, Problem)
    assert document.text == "Fäll of jaundice\n\nALT was 900 U/L, bilirubin 60 µmol/L, and she stopped it.\n"
    assert "1 attachment" in problem.message and "attachments" in problem.next_step


@pytest.mark.parametrize("data", [b"Subject: x\n\n", MAIL.split("--x\n")[0].encode()])
def test_a_mail_without_text(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_mail(data, "a.eml")
    assert caught.value.next_step


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(encoding: str) -> None:
    assert decode("ALT was 900 U/L, “high”.".encode(encoding), "a.txt") == "ALT was 900 U/L, “high”."


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_every_system_are_read_alike_and_stay(tmp_path: Path, end: str) -> None:
    """Offsets count the text with its newlines untouched; what is read is the same."""
    report = (
        "A 50 year old woman took isoniazid 300 mg daily. Four weeks after\nstarting it she developed jaundice.\n\n"
        "Laboratory Values\nTime After Starting\tALT (U/L)\tBilirubin (mg/dL)\n4 weeks\t840\t6.1\n8 weeks\t40\t0.9\n"
        "Normal\t<40\t<1.2\n"
    )
    file = tmp_path / "a.txt"
    file.write_bytes(report.replace("\n", end).encode())
    text = load(file).text
    assert text == report.replace("\n", end)
    plain, other = dechallenge.read(report).cases[0], dechallenge.read(file).cases[0]
    assert [(m.analyte, m.value, m.time and m.time.interval) for m in other.measurements] == [
        (m.analyte, m.value, m.time and m.time.interval) for m in plain.measurements
    ]
    assert other.events[0].onset is not None and plain.events[0].onset is not None
    assert other.events[0].onset.interval == plain.events[0].onset.interval
    told = [e for m in other.measurements for e in m.evidence] + list(other.events[0].onset.evidence)
    assert any(end in e.quote for e in told if isinstance(e, TextEvidence))
    assert all(text[e.start : e.end] == e.quote for e in told if isinstance(e, TextEvidence))


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1", b"{\\rtf1 A man}"])
def test_old_office_files_are_to_be_saved_anew(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "a.doc")
    assert "DOCX" in caught.value.next_step
