"""The CIOMS form as a PDF on A4: the form on the first sheet, further sheets for what does not fit.

Drawn with reportlab, which is asked for only here (extra ``pdf``), and with the letters that come with it, so that the
same form gives the same bytes on every machine: no clock, no document id by chance. May import the errors and this
folder.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from dechallenge.errors import DechallengeError
from dechallenge.report import cioms
from dechallenge.report import cioms_layout as layout
from dechallenge.report.cioms_layout import BAR, CELLS, HEIGHT, PADDING, PARTS, WIDTH, Cell, Cut

_MM: Final = 72 / 25.4
_MARGIN: Final = 10.0
_SIZE: Final = 7.2
"""Letters of the answers, in points; captions and ticks are smaller."""
_CAPTION: Final = 5.6
_LEADING: Final = 3.15
"""From line to line, in mm."""
_GREY: Final = 0.38
_PLAIN, _BOLD = "DechallengeSans", "DechallengeSansBold"
_POWERS: Final = {**{c: str(n) for n, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}, "⁻": "-"}


def render(form: cioms.Form, font: Path | None = None) -> bytes:
    """The form as a PDF; the same form gives the same bytes.

    Args:
        font: A TrueType file to draw with, for names in letters that the font of reportlab does not have (Latin only).

    Raises:
        DechallengeError: reportlab is not installed, or the font cannot be read.
    """
    return _Sheets(form, font).draw()


def _reportlab(name: str) -> Any:
    try:
        return import_module(f"reportlab.{name}")
    except ImportError:
        raise DechallengeError(
            "a PDF needs reportlab, which is not installed",
            place="CIOMS form",
            next_step="Install it with: pip install 'dechallenge[pdf]' – or write the form as HTML.",
        ) from None


class _Sheets:
    """The sheets of one form while they are drawn; lengths in mm from the upper left corner of the printed area."""

    def __init__(self, form: cioms.Form, font: Path | None) -> None:
        self.form = form
        canvas = _reportlab("pdfgen.canvas")
        self.metrics = _reportlab("pdfbase.pdfmetrics")
        fonts = _reportlab("pdfbase.ttfonts")
        self.glyphs: set[int] | None = None
        try:
            for name, file in ((_PLAIN, "Vera.ttf"), (_BOLD, "VeraBd.ttf")):
                made = fonts.TTFont(name, str(font) if font is not None else file)
                known = set(made.face.charToGlyph)
                self.glyphs = known if self.glyphs is None else self.glyphs & known
                self.metrics.registerFont(made)
        except (OSError, fonts.TTFError) as error:
            raise DechallengeError(
                f"the font cannot be read ({error})", place=str(font or "reportlab"),
                next_step="Name a TrueType file (.ttf), or leave the font out.",
            ) from None  # fmt: skip
        self.buffer = BytesIO()
        self.page = canvas.Canvas(self.buffer, pagesize=(210 * _MM, 297 * _MM), invariant=1, pageCompression=1)
        control = self.text(form.lines("24b")[0])
        self.page.setTitle(f"CIOMS form {control}")
        self.page.setSubject(cioms.TITLE)
        self.page.setAuthor("")
        self.page.setCreator("Dechallenge")
        self.number = 0
        self.y = 0.0

    def draw(self) -> bytes:
        """Every sheet."""
        cuts = layout.cut(self.form, lambda text: self.width(text, _PLAIN, _SIZE))
        self.head()
        for part in PARTS:
            self.bar(part.caption, part.y)
        for cell in CELLS:
            self.cell(cell, cuts)
        if layout.has_next(self.form, cuts):
            self.further(cuts)
        self.page.showPage()
        self.page.save()
        return self.buffer.getvalue()

    # --- letters and lines ----------------------------------------------------------------------------------------

    def text(self, text: str) -> str:
        """A text in the letters that the font has: powers as ``^9``, else without its marks, else its code point."""
        assert self.glyphs is not None
        out: list[str] = []
        power = False
        for char in text:
            if ord(char) in self.glyphs:
                out.append(char)
                power = False
                continue
            if char in _POWERS:
                out.append(_POWERS[char] if power else f"^{_POWERS[char]}")
                power = True
                continue
            plain = "".join(c for c in unicodedata.normalize("NFKD", char) if ord(c) in self.glyphs)
            out.append(plain or f"[U+{ord(char):04X}]")
            power = False
        return "".join(out)

    def width(self, text: str, font: str, size: float) -> float:
        return float(self.metrics.stringWidth(self.text(text), font, size)) / _MM

    def write(self, x: float, y: float, text: str, size: float = _SIZE, *, bold: bool = False, grey: bool = False,
              right: bool = False) -> None:  # fmt: skip
        """One line; ``y`` is its base line."""
        self.page.setFont(_BOLD if bold else _PLAIN, size)
        self.page.setFillGray(_GREY if grey else 0)
        place = ((_MARGIN + x) * _MM, (297 - _MARGIN - y) * _MM)
        (self.page.drawRightString if right else self.page.drawString)(*place, self.text(text))

    def box(self, x: float, y: float, width: float, height: float, *, fill: bool = False, line: float = 0.5) -> None:
        self.page.setLineWidth(line)
        self.page.setStrokeGray(0)
        self.page.setFillGray(0.9)
        at = ((_MARGIN + x) * _MM, (297 - _MARGIN - y - height) * _MM, width * _MM, height * _MM)
        self.page.rect(*at, stroke=1, fill=int(fill))

    def tick(self, x: float, y: float, ticked: bool) -> None:
        """A box of 2.8 mm, crossed where it is ticked."""
        self.box(x, y, 2.8, 2.8, line=0.7)
        if ticked:
            self.page.setLineWidth(1)
            for from_y, to_y in ((0.5, 2.3), (2.3, 0.5)):
                left, right = (_MARGIN + x + 0.5) * _MM, (_MARGIN + x + 2.3) * _MM
                self.page.line(left, (297 - _MARGIN - y - from_y) * _MM, right, (297 - _MARGIN - y - to_y) * _MM)

    def wrapped(self, text: str, width: float, size: float = _SIZE, font: str = _PLAIN) -> tuple[str, ...]:
        return layout.wrapped([text], width, lambda part: self.width(part, font, size))

    # --- first sheet -----------------------------------------------------------------------------------------------

    def head(self) -> None:
        """The head of a sheet."""
        self.number += 1
        more = " – continuation" if self.number > 1 else ""
        self.write(0, 11, cioms.TITLE, 12, bold=True)
        self.write(WIDTH, 7.5, f"CIOMS FORM{more}", 9, bold=True, right=True)
        self.write(WIDTH, 11, f"Mfr control no.: {self.form.lines('24b')[0]}", 6.5, right=True)
        self.write(WIDTH, HEIGHT, f"Sheet {self.number}", 6, grey=True, right=True)

    def bar(self, caption: str, y: float) -> None:
        self.box(0, y, WIDTH, BAR, fill=True)
        self.page.setFont(_BOLD, 7.5)
        self.page.setFillGray(0)
        self.page.drawCentredString((_MARGIN + WIDTH / 2) * _MM, (297 - _MARGIN - y - 3.5) * _MM, caption)

    def cell(self, cell: Cell, cuts: Mapping[str, Cut]) -> None:
        """One box with its caption and what is in it."""
        self.box(cell.x, cell.y, cell.width, cell.height)
        x, y = cell.x + PADDING, cell.y + 2.8
        captions = {"8-12": "Check all appropriate to adverse reaction", "24d": "Report source", "25a": "Report type",
                    "20": "Did reaction abate after stopping drug?",
                    "21": "Did reaction reappear after reintroduction?"}  # fmt: skip
        if not cell.number:
            for line in self.wrapped(cioms.REMARK, cell.width - 2 * PADDING, _CAPTION):
                self.write(x, y, line, _CAPTION, grey=True)
                y += 2.5
            return
        caption = captions.get(cell.number) or self.form.boxes[cell.number].caption
        label = "7+13." if cell.number == "7" else f"{cell.number.replace('-', '–')}."
        self.write(x, y, label, _CAPTION, bold=True)
        indent = self.width(f"{label} ", _BOLD, _CAPTION)
        for line in self.wrapped(caption, cell.width - 2 * PADDING - indent, _CAPTION):
            self.write(x + indent, y, line, _CAPTION)
            y += 2.5
        y += 1.1
        if cell.number == "8-12":
            self.criteria(x, y, cell)
        elif cell.number in ("20", "21"):
            self.trial(x, y, cell)
        elif cell.number in layout.DRAWN:
            self.ticks(x, y - 1.6, self.form.sources if cell.number == "24d" else self.form.kinds)
        else:
            for line in cuts[cell.number].printed:
                self.write(x, y, line, grey=line == cioms.NOT_STATED)
                y += _LEADING

    def criteria(self, x: float, y: float, cell: Cell) -> None:
        y += 1
        for one in self.form.criteria:
            self.tick(x, y - 2.3, one.ticked)
            for line in self.wrapped(one.caption, cell.width - 2 * PADDING - 4.5):
                self.write(x + 4.5, y, line)
                y += _LEADING
            y += 3.2
        if not any(one.ticked for one in self.form.criteria):
            self.write(x, y, cioms.NOT_STATED, grey=True)

    def ticks(self, x: float, y: float, ticks: Sequence[cioms.Tick]) -> None:
        for one in ticks:
            self.tick(x, y, one.ticked)
            self.write(x + 4, y + 2.3, one.caption)
            x += 8 + self.width(one.caption, _PLAIN, _SIZE)

    def trial(self, x: float, y: float, cell: Cell) -> None:
        first = self.form.trials[0] if self.form.trials else None
        number = int(cell.number == "21")
        answer = "" if first is None else (first.abated, first.reappeared)[number]
        answers = ("yes", "no", "not applicable")
        self.ticks(x, y - 1.6, [cioms.Tick(one, answer == one) for one in answers])
        y += 5.5
        for line in self.wrapped(layout.trial_shown(self.form)[number], cell.width - 2 * PADDING):
            self.write(x, y, line, grey=not answer)
            y += _LEADING

    # --- further sheets --------------------------------------------------------------------------------------------

    def further(self, cuts: Mapping[str, Cut]) -> None:
        """The table of boxes 20 and 21, then the rest of each box that was full."""
        self.turn()
        if layout.has_suspects(cuts):
            self.suspects()
        if layout.has_table(self.form):
            self.table()
        for number, paragraphs in layout.rest(cuts):
            self.room(9)
            label = "7+13" if number == "7" else number.replace("-", "–")
            self.write(0, self.y, f"{label}. {self.form.boxes[number].caption} (continued)", 7.5, bold=True)
            self.y += 4.5
            for paragraph in paragraphs:
                for line in self.wrapped(paragraph, WIDTH):
                    self.room(_LEADING)
                    self.write(0, self.y, line)
                    self.y += _LEADING
                self.y += 1
            self.y += 3

    def turn(self) -> None:
        self.page.showPage()
        self.head()
        self.y = 19.0

    def room(self, height: float) -> None:
        """Turn the sheet where the height is not left."""
        if self.y + height > HEIGHT - 4:
            self.turn()

    def table(self) -> None:
        """One row for each drug and reaction."""
        widths = (30.0, 40.0, 60.0, 60.0)
        self.row(("Drug", "Reaction", "20. Did reaction abate after stopping drug?",
                  "21. Did reaction reappear after reintroduction?"), widths, bold=True)  # fmt: skip
        for one in self.form.trials:
            abated = " – ".join(part for part in (one.abated or cioms.NOT_STATED, one.abated_why) if part)
            again = " – ".join(part for part in (one.reappeared or cioms.NOT_STATED, one.reappeared_why) if part)
            self.row((one.drug, one.event, abated, again), widths)
        self.y += 7

    def suspects(self) -> None:
        """Boxes 14 to 19, one row for each suspect."""
        widths = (38.0, 34.0, 24.0, 34.0, 36.0, 24.0)
        captions = [f"{number}. {self.form.boxes[number].caption}" for number in layout.OF_A_DRUG]
        self.row(captions, widths, bold=True)
        for number, row in enumerate(self.form.suspects, start=1):
            self.row((f"#{number} {row[0]}", *row[1:]), widths)
        self.y += 5

    def row(self, cells: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
        font = _BOLD if bold else _PLAIN
        size = 6.5 if bold else _SIZE
        lines = [self.wrapped(text, width - 2 * PADDING, size, font) for text, width in zip(cells, widths, strict=True)]
        while any(lines):
            fits = max(1, min(max(len(one) for one in lines), int((HEIGHT - 6 - self.y) / _LEADING)))
            now = [one[:fits] for one in lines]
            lines = [one[fits:] for one in lines]
            height = max(len(one) for one in now) * _LEADING + 2
            self.room(height)
            x = 0.0
            for one, width in zip(now, widths, strict=True):
                self.box(x, self.y, width, height, fill=bold)
                for n, line in enumerate(one):
                    self.write(x + PADDING, self.y + 3.1 + n * _LEADING, line, size, bold=bold)
                x += width
            self.y += height
            if any(lines):
                self.turn()
