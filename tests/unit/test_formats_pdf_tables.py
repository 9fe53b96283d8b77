"""PDF tables as journals set them: in one of two columns, cells close together, broken over columns, rows of lines."""

from __future__ import annotations

import io
from collections.abc import Sequence

from dechallenge.formats.pdf import read_pdf

Placed = tuple[float, float, str]
FILLER = "words of running text that fill the width of it"


def drawn(*pages: Sequence[Placed], size: float = 9.0) -> str:
    """The text of a PDF with each text at its place (x, y)."""
    from reportlab.pdfgen import canvas as drawing

    out = io.BytesIO()
    canvas = drawing.Canvas(out, pagesize=(595, 842), invariant=1)
    for page in pages:
        canvas.setFont("Helvetica", size)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return read_pdf(out.getvalue(), "a.pdf").text


def column(x: float, top: float, lines: int, word: str = "some") -> list[Placed]:
    return [(x, top - 12 * i, f"{word} {i} {FILLER}") for i in range(lines)]


def rows(x: Sequence[float], top: float, table: Sequence[Sequence[str]], step: float = 13) -> list[Placed]:
    return [(at, top - step * i, cell) for i, row in enumerate(table) for at, cell in zip(x, row, strict=True) if cell]


TABLE = (("Day", "ALT (U/L)", "INR"), ("1", "900", "1.1"), ("5", "410", "1.0"), ("9", "88", "1.0"))
TABBED = "Day\tALT (U/L)\tINR\n1\t900\t1.1\n5\t410\t1.0\n9\t88\t1.0\n"


def test_a_table_in_one_of_two_columns_does_not_mix_them() -> None:
    right = rows((310, 380, 460), 745, TABLE) + column(310, 680, 12, "right")
    text = drawn(column(50, 750, 18, "left") + right)
    assert TABBED in text
    assert text.index("left 17") < text.index("Day\t") < text.index("right 0")


def test_the_caption_of_a_table_over_both_columns_stands_before_it() -> None:
    caption = [(50, 620, "Table 1. Course")]
    wide = rows((50, 180, 420), 605, TABLE)
    text = drawn(column(50, 750, 9, "left") + column(310, 750, 9, "right") + caption + wide + column(50, 520, 3))
    assert "Table 1. Course\n\n" + TABBED in text
    assert text.index("right 8") < text.index("Table 1.")


def test_cells_with_hardly_a_gap_are_told_by_the_other_rows() -> None:
    table = (("Drug", "Sodium"), ("None", "139"), ("Sertraline 50 mg once", "118"), ("None", "136"))
    text = drawn(column(50, 750, 5) + rows((60, 155), 660, table) + column(50, 560, 5))
    assert "Drug\tSodium\nNone\t139\nSertraline 50 mg once\t118\nNone\t136\n" in text


def test_wide_blanks_of_a_justified_line_make_no_table() -> None:
    lines = [(50.0, 700 - 12.0 * i, f"line {i} {FILLER}") for i in range(6)]
    spread = [(50, 628, "She"), (74, 628, "was"), (98, 628, "well"), (126, 628, "again"), (158, 628, "then.")]
    assert "\t" not in drawn(lines + spread)


def test_a_table_broken_over_two_columns_is_one() -> None:
    left = column(50, 750, 12, "left") + rows((50, 120, 200), 600, TABLE[:3])
    right = rows((310, 380, 460), 750, (TABLE[0], TABLE[3])) + column(310, 700, 12, "right")
    assert TABBED in drawn(left + right)


def test_a_table_broken_over_two_pages_goes_on_without_its_head() -> None:
    first = column(50, 750, 12) + rows((50, 120, 200), 600, TABLE[:3])
    second = rows((50, 120, 200), 750, TABLE[3:]) + column(50, 700, 12)
    assert TABBED in drawn(first, second)


def test_text_behind_a_page_break_is_no_row_of_the_table_before_it() -> None:
    first = column(50, 750, 12) + rows((50, 120, 200), 600, TABLE)
    text = drawn(first, [(50, 750, "Well."), *column(50, 735, 6)])
    assert TABBED + "\nWell." in text


def test_lines_of_a_cell_are_joined_where_rows_stand_apart() -> None:
    table = [
        *rows((50, 200, 300), 700, [("Test", "Normal", "Day 1")]),
        *rows((50, 200, 300), 682, [("Platelets", "150–", "402"), ("(per nL)", "450", "")], step=10),
        *rows((50, 200, 300), 654, [("LDH (U/L)", "<250", "410")]),
        *rows((50, 200, 300), 636, [("ALT (U/L)", "<40", "22")]),
        *rows((50, 200, 300), 618, [("C-reactive", "<5", "9"), ("protein", "", "")], step=10),
    ]
    text = drawn(column(50, 780, 5) + table + column(50, 560, 5))
    assert "Test\tNormal\tDay 1\nPlatelets (per nL)\t150–450\t402\nLDH (U/L)\t<250\t410\n" in text
    assert "C-reactive protein\t<5\t9\n" in text


def test_values_beside_the_middle_of_two_lines() -> None:
    def two(top: float, first: str, second: str, *values: str) -> list[Placed]:
        return [(50, top, first), (50, top - 11, second), *((200 + 90 * i, top - 5.5, v) for i, v in enumerate(values))]

    table = [
        *rows((50, 200, 290), 700, [("Test", "Day 1", "Day 2")]),
        *two(682, "Alkaline", "phosphatase", "402", "388"),
        *rows((50, 200, 290), 653, [("ALT", "22", "21")]),
        *two(635, "Total", "bilirubin", "1.2", "1.0"),
    ]
    text = drawn(column(50, 780, 5) + table + column(50, 560, 5))
    assert "Alkaline phosphatase\t402\t388\nALT\t22\t21\nTotal bilirubin\t1.2\t1.0\n" in text


def test_two_lines_of_a_head_with_merged_cells_stay_two() -> None:
    table = (
        ("Test", "In hospital", "", "At home"), ("", "Day 1", "Day 5", "Day 30"), ("ALT", "900", "410", "22"),
        ("AST", "700", "300", "20"),
    )  # fmt: skip
    text = drawn(column(50, 780, 5) + rows((50, 150, 230, 310), 700, table, step=12) + column(50, 600, 5))
    assert "Test\tIn hospital\t\tAt home\n\tDay 1\tDay 5\tDay 30\nALT\t900\t410\t22\n" in text
