"""One report in every format, made when a test runs: text, Markdown, HTML, JATS, BMC XML, DOCX, PDF in 1 or 2 columns.

The report is an example of the project or the one below, in our own words. Imports nothing of the package.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

TABLED = """Jaundice during treatment with an invented course of diclofenac

Case report

A 54-year-old woman with osteoarthritis started diclofenac 75 mg twice daily. She took no other drugs, no herbal
products and no alcohol. Six weeks later she noticed fatigue and dark urine, and she was admitted with jaundice. Tests
for hepatitis A, B and C were negative, and an ultrasound of the abdomen was normal. Diclofenac was stopped at once.
The course of her liver tests is shown in the table.

Table 1. Laboratory values of the patient

Time after starting\tTime after stopping\tALT (U/L)\tAlk P (U/L)\tBilirubin (mg/dL)
0\tPre\t22\t71\t0.6
6 weeks\t0\t1240\t182\t7.4
7 weeks\t1 week\t610\t170\t4.1
9 weeks\t3 weeks\t96\t121\t1.6
14 weeks\t8 weeks\t25\t80\t0.8
Normal Values\t\t<40\t<115\t<1.2

She recovered completely, and diclofenac was never given again.

Discussion

The authors thought that diclofenac was the probable cause and did not publish a score.
"""


@dataclass(frozen=True)
class Block:
    """A part of a report: ``title``, ``heading``, ``paragraph``, ``caption`` or ``table`` (rows of cells)."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(report: str) -> list[Block]:
    """The parts of a report in plain text."""
    found: list[Block] = []
    for i, part in enumerate(report.strip().split("\n\n")):
        if "\t" in part:
            found.append(Block("table", rows=tuple(tuple(line.split("\t")) for line in part.split("\n"))))
            continue
        text = " ".join(part.split())
        short = len(text) < 45 and not text.endswith(".")
        kind = "title" if not i else "caption" if text.startswith("Table ") else "heading" if short else "paragraph"
        found.append(Block(kind, text))
    return found


def markdown(report: str) -> bytes:
    out: list[str] = []
    for one in blocks(report):
        if one.kind == "table":
            head, *rows = (f"| {' | '.join(row)} |" for row in one.rows)
            out.append("\n".join([head, "|" + " --- |" * len(one.rows[0]), *rows]))
        else:
            mark = {"title": "# ", "heading": "## "}.get(one.kind, "")
            out.append(mark + (f"**{one.text}**" if one.kind == "caption" else one.text))
    return "\n\n".join(out).encode()


def page(report: str) -> bytes:
    """A page as a journal shows it and a browser saves it, with all that is no report around the article."""
    out: list[str] = []
    for one in blocks(report):
        if one.kind == "table":
            head, *rows = one.rows
            cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
            body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
            out.append(
                f"<div class='table-wrap'><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"
            )
        else:
            tag = {"title": "h1", "heading": "h2"}.get(one.kind, "p")
            out.append(f"<{tag}>{escape(one.text, quote=False)}</{tag}>")
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>Journal of Invented Reports</title>"
        "<style>p { color: #333 }</style><script>var ALT = '9999 U/L';</script></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/a'>A 99-year-old man took paracetamol</a></li></ul></nav>"
        "<div class='cookie-banner'><p>We use cookies.</p></div><main><article>"
        + "\n".join(out)
        + "<section id='references'><h2>References</h2><ol><li>Doe J. A 12-year-old boy and isoniazid."
        "</li></ol></section>"
        "</article></main><aside><h3>Related articles</h3><p>A 7-year-old girl with ALT 812 U/L</p></aside>"
        "<footer><p>© The publisher</p></footer></body></html>"
    ).encode()


def _sections(
    report: str, paragraph: Callable[[str], str], table: Callable[[Block, str], str], head: tuple[str, str]
) -> str:
    """The body of an article in XML: a section for each heading; a table with the caption before it."""
    out: list[str] = []
    caption, inside = "", False
    for one in blocks(report)[1:]:
        if one.kind == "heading":
            out.append(("</sec>" if inside else "") + f"<sec>{head[0]}{escape(one.text, quote=False)}{head[1]}")
            inside = True
        elif one.kind == "caption":
            caption = one.text
        elif one.kind == "table":
            out.append(table(one, caption))
        else:
            out.append(paragraph(escape(one.text, quote=False)))
    return "".join(out) + ("</sec>" if inside else "")


def jats(report: str) -> bytes:
    def table(one: Block, caption: str) -> str:
        label, _, title = caption.partition(". ")
        head, *rows = one.rows
        cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        return (
            f"<table-wrap id='T1'><label>{label}</label><caption><title>{title}</title></caption>"
            f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></table-wrap>"
        )

    body = _sections(report, lambda text: f"<p>{text}</p>", table, ("<title>", "</title>"))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96)//EN" "jats.dtd">'
        '<article article-type="case-report"><front><journal-meta>'
        "<journal-title>Journal of Invented Reports</journal-title></journal-meta><article-meta><title-group>"
        f"<article-title>{escape(blocks(report)[0].text)}</article-title></title-group><contrib-group><contrib><name>"
        "<surname>Doe</surname></name></contrib></contrib-group></article-meta></front>"
        f"<body>{body}</body><back><ref-list><title>References</title><ref><mixed-citation>Roe R. A 12-year-old boy."
        "</mixed-citation></ref></ref-list></back></article>"
    ).encode()


def bmc(report: str) -> bytes:
    def table(one: Block, caption: str) -> str:
        label, _, title = caption.partition(". ")
        rows = "".join(f"<r>{''.join(f'<c><p>{escape(cell)}</p></c>' for cell in row)}</r>" for row in one.rows)
        return (
            f"<tbl id='T1'><title><p>{label}</p></title><caption><p>{title}</p></caption>"
            f"<tblbdy cols='{len(one.rows[0])}'>{rows}</tblbdy></tbl>"
        )

    body = _sections(report, lambda text: f"<p>{text}</p>", table, ("<st><p>", "</p></st>"))
    return (
        "<?xml version='1.0'?>\n<!DOCTYPE art SYSTEM 'http://www.biomedcentral.com/xml/article.dtd'>\n"
        "<art><ui>1752-0000-1-1</ui><ji>1752-0000</ji><fm><dochead>Case report</dochead><bibl><title>"
        f"<p>{escape(blocks(report)[0].text)}</p></title><aug><au><snm>Doe</snm></au></aug></bibl></fm>"
        f"<bdy>{body}</bdy><bm><refgrp><bibl><title><p>A 12-year-old boy</p></title></bibl></refgrp></bm></art>"
    ).encode()


def docx(report: str) -> bytes:
    import docx as office

    document: Any = office.Document()
    document.sections[0].header.paragraphs[0].text = "Journal of Invented Reports"
    for one in blocks(report):
        if one.kind == "table":
            table = document.add_table(rows=len(one.rows), cols=len(one.rows[0]))
            for i, row in enumerate(one.rows):
                for k, cell in enumerate(row):
                    table.cell(i, k).text = cell
        elif one.kind in ("title", "heading"):
            document.add_heading(one.text, level=0 if one.kind == "title" else 1)
        else:
            document.add_paragraph(one.text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(report: str, columns: int = 1, *, pages: int = 1, size: float = 10.0) -> bytes:
    """A PDF with running head and page number, in one or two columns; ``pages`` repeats the report."""
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Table

    wide, high = A4
    body = ParagraphStyle(
        "b", fontName="Times-Roman", fontSize=size, leading=1.2 * size, alignment=TA_JUSTIFY, firstLineIndent=size
    )
    styles = {
        "title": ParagraphStyle("t", fontName="Times-Bold", fontSize=1.6 * size, leading=1.9 * size, spaceAfter=size),
        "heading": ParagraphStyle(
            "h", fontName="Times-Bold", fontSize=1.1 * size, leading=1.3 * size, spaceBefore=8, spaceAfter=3
        ),
        "caption": ParagraphStyle(
            "c", fontName="Times-Roman", fontSize=0.9 * size, leading=1.1 * size, spaceBefore=8, spaceAfter=4
        ),
    }

    def furniture(canvas: Any, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, high - 30, "J Invented Rep 2020;12:34-36")
        canvas.drawRightString(wide - 60, high - 30, str(canvas.getPageNumber() + 33))
        canvas.drawCentredString(wide / 2, 25, f"Page {canvas.getPageNumber()} of 9 – submit your manuscript")

    width = (wide - 120 - 18 * (columns - 1)) / columns
    frames = [
        Frame(60 + i * (width + 18), 50, width, high - 110, leftPadding=0, rightPadding=0) for i in range(columns)
    ]
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=A4, invariant=1)
    template.addPageTemplates(PageTemplate("page", frames, onPage=furniture))
    story: list[Any] = []
    for _ in range(pages):
        for one in blocks(report):
            if one.kind == "table":
                small = ParagraphStyle("s", fontName="Times-Roman", fontSize=0.8 * size, leading=0.95 * size)
                rows = [[Paragraph(escape(cell), small) for cell in row] for row in one.rows]
                words = [  # no typesetter breaks "Week 2" inside its word
                    max(len(w) for row in one.rows for w in f"{row[k]} 12345".split()) for k in range(len(one.rows[0]))
                ]
                widths = [width * n / sum(words) for n in words]
                pads = [(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT")]
                story.append(Table(rows, colWidths=widths, style=pads))
            else:
                story.append(Paragraph(escape(one.text, quote=False), styles.get(one.kind, body)))
        story.append(PageBreak())
    template.build(story)
    return out.getvalue()


def scanned() -> bytes:
    """A PDF whose pages are pictures."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas as drawing

    picture = io.BytesIO()
    Image.new("RGB", (400, 560), "white").save(picture, "PNG")
    out = io.BytesIO()
    canvas = drawing.Canvas(out, invariant=1)
    for _ in range(2):
        canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "report.txt": lambda report: report.encode(),
    "report.md": markdown,
    "report.html": page,
    "jats.xml": jats,
    "bmc.xml": bmc,
    "report.docx": docx,
    "one.pdf": lambda report: pdf(report, 1),
    "two.pdf": lambda report: pdf(report, 2),
}
"""A report as a file of each format, by a name with the ending it has."""
