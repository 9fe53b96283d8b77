"""Word files (DOCX) to text: paragraphs, headings, tables, footnotes; inserted text in, deleted text and citations out.

Read straight from the file's XML, so that text in content controls and tracked insertions is not lost, and through the
same guards as any XML and zip. Imports `written`, `xml`, `zips` and errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.markup import local
from dechallenge.formats.written import Writer, Written, flat, folded, raised
from dechallenge.formats.xml import parse
from dechallenge.formats.zips import member, opened

MAX_XML = 100_000_000
"""Bytes of the document's XML unpacked."""
_BODY = "word/document.xml"
_NOTES = "word/footnotes.xml"
_CITATION = re.compile(r"\b(?:19|20)\d\d\s?[;:]\s?\d|\bdoi\b|\bpp?\.\s?\d", re.IGNORECASE)
"""A footnote that names a publication; it is left out as references are."""
_LEFT_OUT = frozenset(["del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr",
                       "Fallback", "fldChar", "footnoteReference", "endnoteReference", "pict", "object"])  # fmt: skip
_SYMBOLS = {
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6C: "λ", 0x6D: "µ", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xAD: "↑", 0xAF: "↓", 0xAE: "→", 0xB7: "•",
}  # fmt: skip
"""Signs of the font Symbol, by code."""


def read_docx(data: bytes, name: str) -> Written:
    """The text of a Word file, with the number of the paragraph or table row of each part.

    Raises:
        InputError: Damaged, locked, hostile, too large unpacked, no Word document, or without text.
    """
    archive = opened(data, name, "DOCX file")
    infos = {info.filename: info for info in archive.infolist()}
    if _BODY not in infos:
        raise InputError("this DOCX file holds no document", place=name, next_step="Save it again, or as plain text.")
    root = parse(member(archive, infos[_BODY], MAX_XML, name), name, what="DOCX file")
    body = next((one for one in root.iter(tag=etree.Element) if _name(one) == "body"), None)
    notes = _footnotes(parse(member(archive, infos[_NOTES], MAX_XML, name), name)) if _NOTES in infos else {}
    writer = Writer()
    if body is not None:
        _write(body, writer, notes)
    written = writer.finish()
    if not written.text.strip() and not any(one.startswith("word/media/") for one in infos):
        step = "Give a file that holds the report's text."
        raise InputError("this DOCX file holds no text", place=name, next_step=step)
    if not written.text.strip():
        raise InputError(
            "this DOCX file holds no text; it may hold pictures of pages",
            place=name,
            next_step="If so, recognise their text first (OCR) and give the text.",
        )
    return written


def _name(element: etree._Element) -> str:
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _footnotes(root: etree._Element) -> dict[str, str]:
    """The footnotes by their id, without those that only name a publication."""
    told = {_id(one): _inside(one) for one in root.iterdescendants(tag=etree.Element) if _name(one) == "footnote"}
    return {number: text for number, text in told.items() if text and not _CITATION.search(text)}


def _id(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == "id"), "")


def _marked(element: etree._Element) -> Iterator[str]:
    """The ids of the footnotes whose marks stand in an element, outside deleted text."""
    stack = [iter(element)]
    while stack:
        one = next(stack[-1], None)
        if one is None:
            stack.pop()
        elif _name(one) == "footnoteReference":
            yield _id(one)
        elif _name(one) and (_name(one) not in _LEFT_OUT):
            stack.append(iter(one))


def _write(body: etree._Element, writer: Writer, notes: dict[str, str]) -> None:
    paragraphs = tables = 0
    for one in _blocks(body):
        if _name(one) == "p":
            paragraphs += 1
            text = _paragraph(one)
            writer.block(text if text.count("\t") > 1 else text.replace("\t", " "), f"paragraph {paragraphs}")
        else:
            tables += 1
            rows = [(row, f"table {tables}, row {number}") for number, row in enumerate(_rows(one), start=1)]
            writer.table([(row, place) for row, place in rows if row.strip()])
        for number in _marked(one) if notes else ():
            writer.block(notes.pop(number, ""), f"footnote {number}")


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also those inside content controls; never those of deleted text."""
    stack = [iter(body)]
    while stack:
        one = next(stack[-1], None)
        if one is None:
            stack.pop()
            continue
        name = _name(one)
        if name in ("p", "tbl"):
            yield one
        elif name and name not in _LEFT_OUT:
            stack.append(iter(one))


def _paragraph(paragraph: etree._Element) -> str:
    """The text of a paragraph with its inserted runs; boxes anchored in it follow it on lines of their own."""
    out: list[str] = []
    boxes: list[etree._Element] = []
    stack = [iter(paragraph)]
    while stack:
        one = next(stack[-1], None)
        if one is None:
            stack.pop()
            continue
        name = _name(one)
        if name == "r":
            text = "".join(_run(one, boxes))
            out.append(raised("".join(out[-4:])[-12:], text) if _is_raised(one) else text)
        elif name and name not in _LEFT_OUT:
            stack.append(iter(one))
    told = folded("".join(out))
    return "\n".join([told, *(folded(_inside(box)) for box in boxes)]).strip("\n")


def _run(run: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for one in run:
        name = _name(one)
        if name == "t":
            yield one.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield _symbol(one)
        elif name in ("drawing", "AlternateContent"):
            boxes += [box for box in one.iterdescendants(tag=etree.Element) if _name(box) == "txbxContent"][:1]


def _symbol(element: etree._Element) -> str:
    values = {str(key).rpartition("}")[2]: value for key, value in element.attrib.items()}
    try:
        code = int(str(values.get("char", "")), 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(code - 0xF000 if code >= 0xF000 else code, "")


def _is_raised(run: etree._Element) -> bool:
    style = next((one for one in run if _name(one) == "rPr"), None)
    for one in () if style is None else style:
        if _name(one) == "vertAlign":
            return "superscript" in one.attrib.values()
    return False


def _inside(element: etree._Element) -> str:
    """All text inside an element, its paragraphs apart by a blank."""
    return " ".join(_plain(p) for p in element.iterdescendants(tag=etree.Element) if _name(p) == "p")


def _plain(paragraph: etree._Element) -> str:
    return flat(_paragraph(paragraph)) if local(paragraph) == "p" else ""


def _rows(table: etree._Element) -> Iterator[str]:
    """Rows as cells apart by tabs; a merged cell is followed by blank ones."""
    for row in _children(table, "tr"):
        cells: list[str] = []
        filled = 0
        for cell in _children(row, "tc"):
            filled += 1
            cells.append(flat(_inside(cell)))
            cells += [""] * (_across(cell) - 1)
        yield cells[0] if filled == 1 and cells else "\t".join(cells)


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of a name, also those inside content controls and tracked insertions."""
    stack = [iter(element)]
    while stack:
        one = next(stack[-1], None)
        if one is None:
            stack.pop()
        elif _name(one) == name:
            yield one
        elif _name(one) in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            stack.append(iter(one))


def _across(cell: etree._Element) -> int:
    for one in cell.iterdescendants(tag=etree.Element):
        name = _name(one)
        if name == "gridSpan":
            value = next((v for k, v in one.attrib.items() if str(k).rpartition("}")[2] == "val"), "1")
            return min(60, max(1, int(value))) if str(value).isdigit() and len(str(value)) < 4 else 1
        if name in ("p", "tbl"):
            break
    return 1
