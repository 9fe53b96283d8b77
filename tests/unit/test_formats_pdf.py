"""PDF: columns, heads and feet, hyphens, tables, exponents; scanned, locked, damaged and hostile files."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest

from dechallenge.errors import InputError
from dechallenge.formats import pdf_worker
from dechallenge.formats.pdf import read_pdf
from dechallenge.formats.pdf_worker import read_apart
from tests import samples


def drawn(draw: Any, **options: Any) -> bytes:
    from reportlab.pdfgen import canvas as drawing

    out = io.BytesIO()
    canvas = drawing.Canvas(out, pagesize=(595, 842), invariant=1, **options)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"left line {i} of the running text of it" for i in range(12)]
    right = [f"right line {i} of the running text of it" for i in range(12)]

    def draw(canvas: Any) -> None:
        canvas.drawString(60, 780, "A title that reaches over both of the columns of this page, as titles do here")
        for i in range(12):  # line by line over both columns, as some programs write
            canvas.drawString(60, 740 - 14 * i, left[i])
            canvas.drawString(320, 740 - 14 * i, right[i])

    text = read_pdf(drawn(draw), "a.pdf").text
    assert text.index("A title") < text.index("left line 0") < text.index("left line 11") < text.index("right line 0")
    assert "\t" not in text


def test_heads_and_feet_are_left_out_and_pages_are_known() -> None:
    written = read_pdf(samples.pdf(samples.TABLED, pages=3), "a.pdf")
    assert "Invented Rep 2020" not in written.text and "manuscript" not in written.text
    assert [label for _, label in written.places] == ["page 1", "page 2", "page 3"]
    assert written.text[written.places[1][0] :].startswith("Jaundice during")


def test_a_word_divided_at_the_end_of_a_line_stays_divided_there() -> None:
    def draw(canvas: Any) -> None:
        for i, line in enumerate(["She was treated with metho-", "trexate for ten years and then", "she stopped it."]):
            canvas.drawString(60, 700 - 14 * i, line)

    assert (
        read_pdf(drawn(draw), "a.pdf").text
        == "She was treated with metho-\ntrexate for ten years and then\nshe stopped it.\n"
    )


def test_tables_become_cells_and_blank_cells_stay() -> None:
    rows = [["Day", "ALT (U/L)", "Bilirubin (mg/dL)"], ["1", "900", "7.4"], ["8", "", "2.1"], ["30", "25", "0.8"]]

    def draw(canvas: Any) -> None:
        for i, row in enumerate(rows):
            for k, cell in enumerate(row):
                canvas.drawString(60 + 130 * k, 700 - 18 * i, cell)

    assert read_pdf(drawn(draw), "a.pdf").text.strip().split("\n") == ["\t".join(row) for row in rows]


def test_a_loosely_set_line_below_a_table_is_no_row_of_it() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("Helvetica", 9)
        for i, row in enumerate([("Day", "ALT (U/L)", "AST (U/L)"), ("1", "900", "700"), ("8", "90", "70")]):
            for k, cell in enumerate(row):
                canvas.drawString(60 + 90 * k, 700 - 14 * i, cell)
        canvas.setFont("Helvetica", 12)
        for k, word in enumerate(("She", "recovered", "completely")):
            canvas.drawString(60 + 90 * k, 652, word)

    text = read_pdf(drawn(draw), "a.pdf").text
    assert text == "Day\tALT (U/L)\tAST (U/L)\n1\t900\t700\n8\t90\t70\n\nShe recovered completely\n"


def test_a_raised_nine_is_an_exponent_and_a_reference_mark_is_left_out() -> None:
    def draw(canvas: Any) -> None:
        at = canvas.beginText(60, 700)
        for text, rise, size in (
            ("Platelets were 178 x 10", 0, 11), ("9", 4, 7), ("/L as described before.", 0, 11), ("12", 4, 7),
            (" He was well.", 0, 11),
        ):  # fmt: skip
            at.setFont("Helvetica", size)
            at.setRise(rise)
            at.textOut(text)
        canvas.drawText(at)

    assert read_pdf(drawn(draw), "a.pdf").text == "Platelets were 178 x 10^9/L as described before. He was well.\n"


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_a_page_set_across_is_read_and_a_note_in_the_margin_is_not(turns: int) -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(5, 20, "margin")
        canvas.translate(300, 420)
        canvas.rotate(turns)
        for i in range(3):
            canvas.drawString(-150, -14 * i, f"Line {i} of a page that is set across")

    wanted = "\n".join(f"Line {i} of a page that is set across" for i in range(3)) + "\n"
    assert read_pdf(drawn(draw), "a.pdf").text == wanted


def test_a_scanned_file_is_said_to_need_ocr() -> None:
    with pytest.raises(InputError, match="scanned") as caught:
        read_pdf(samples.scanned(), "a.pdf")
    assert "OCR" in caught.value.next_step


def test_a_scanned_page_among_others_is_named() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PNG")

    def draw(canvas: Any) -> None:
        for i in range(4):
            canvas.drawString(60, 700 - 14 * i, "A line of the report that is text")
        canvas.showPage()
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)

    ((message, step),) = read_apart(drawn(draw), "a.pdf").notes
    assert "page 2 is a picture" in message and "OCR" in step


def test_an_empty_page_has_no_text() -> None:
    with pytest.raises(InputError, match="no text"):
        read_pdf(drawn(lambda canvas: canvas.showPage()), "a.pdf")


def test_a_locked_file() -> None:
    with pytest.raises(InputError, match="password"):
        read_pdf(drawn(lambda canvas: canvas.drawString(60, 700, "A man"), encrypt="secret"), "a.pdf")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00" * 5000, samples.pdf("A title\n\nA man.")[:900]]
)
def test_a_damaged_file(data: bytes) -> None:
    with pytest.raises(InputError, match=r"damaged|no text"):
        read_pdf(data, "a.pdf")


def built(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first its catalogue."""
    out, places = b"%PDF-1.5\n", []
    for i, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        out + head + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    )


def stream(about: bytes, body: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (about, len(body), body)


def test_a_part_that_unpacks_to_a_flood_is_refused() -> None:
    packed = zlib.compress(b"BT (x) Tj ET\n" * 2_000_000, 9)
    data = built(b"<</Type/Catalog>>", stream(b"/Filter/FlateDecode", packed))
    assert len(data) < 100_000
    with pytest.raises(InputError, match="unpacks to more than"):
        read_pdf(data, "a.pdf")


def test_a_file_that_never_ends_ends_only_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    forms = [
        stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>/Font<</A 5 0 R>>>>"
            % (7 + level),
            b"/F Do " * 10 if level < 13 else b"BT /A 9 Tf (x) Tj ET",
        )
        for level in range(14)
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 6 0 R>>>>>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    bomb = built(b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream(b"", b"/F Do"), font, *forms)
    monkeypatch.setattr(pdf_worker, "_PATIENCE", 0.5)
    with pytest.raises(InputError, match="within the limits"):
        read_apart(bomb, "a.pdf")
    assert "diclofenac" in read_apart(samples.pdf(samples.TABLED), "b.pdf").text
