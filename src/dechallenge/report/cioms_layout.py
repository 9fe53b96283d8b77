"""Where the boxes of the CIOMS form stand on the sheet, and how a long text is cut over to the next one.

Our own layout with the numbers and captions of the form; the page and the PDF are drawn from it. Lengths in mm from the
upper left corner of the printed area of an A4 sheet. May import the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dechallenge.report.cioms import NOT_STATED, Form

WIDTH: Final = 190.0
HEIGHT: Final = 277.0
CONTINUED: Final = "(continued on the next sheet)"
Measure = Callable[[str], float]
"""Width of a text in mm."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A box on the first sheet: place and size in mm, and how many lines of text it holds."""

    number: str
    x: float
    y: float
    width: float
    height: float
    lines: int


@dataclass(frozen=True, slots=True)
class Part:
    """A bar between the parts of the form."""

    caption: str
    y: float


PARTS: Final = (
    Part("I. REACTION INFORMATION", 15),
    Part("II. SUSPECT DRUG(S) INFORMATION", 111),
    Part("III. CONCOMITANT DRUG(S) AND HISTORY", 178),
    Part("IV. MANUFACTURER INFORMATION", 225),
)
BAR: Final = 5.0
"""Height of such a bar in mm."""

CELLS: Final = (
    Cell("1", 0, 20, 24, 13, 2), Cell("1a", 24, 20, 18, 13, 2), Cell("2", 42, 20, 28, 13, 2),
    Cell("2a", 70, 20, 22, 13, 2), Cell("3", 92, 20, 20, 13, 2), Cell("4-6", 112, 20, 34, 13, 2),
    Cell("8-12", 146, 20, 44, 91, 0), Cell("7", 0, 33, 146, 78, 23),
    Cell("14", 0, 116, 126, 16, 3), Cell("15", 0, 132, 66, 14, 3), Cell("16", 66, 132, 60, 14, 3),
    Cell("17", 0, 146, 126, 16, 3), Cell("18", 0, 162, 80, 16, 3), Cell("19", 80, 162, 46, 16, 3),
    Cell("20", 126, 116, 64, 31, 0), Cell("21", 126, 147, 64, 31, 0),
    Cell("22", 0, 183, 190, 21, 5), Cell("23", 0, 204, 190, 21, 5),
    Cell("24a", 0, 230, 95, 16, 3), Cell("26", 95, 230, 95, 16, 3),
    Cell("24b", 0, 246, 50, 12, 2), Cell("24c", 50, 246, 45, 12, 2), Cell("24d", 95, 246, 95, 12, 0),
    Cell("25", 0, 258, 50, 12, 2), Cell("25a", 50, 258, 45, 12, 0), Cell("", 95, 258, 95, 12, 0),
)  # fmt: skip
TOP: Final[Mapping[str, Cell]] = {cell.number: cell for cell in CELLS}
PADDING: Final = 1.5
"""Blank on either side of a text in mm."""
DRAWN: Final = frozenset({"8-12", "20", "21", "24d", "25a", ""})
"""Boxes with ticks instead of lines, and the one without a number for the remark."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The text of a box on the first sheet, and what goes on the next one.

    Attributes:
        printed: The lines of the first sheet as they are broken there.
        text: The same in paragraphs.
        rest: The paragraphs of the next sheet.
    """

    printed: tuple[str, ...]
    text: tuple[str, ...]
    rest: tuple[str, ...] = ()


def cut(form: Form, measure: Measure) -> dict[str, Cut]:
    """The lines of every box with text, cut where the box is full.

    Args:
        measure: Width in mm of a text in the font that it is drawn in.
    """
    made = {}
    for cell in CELLS:
        if cell.number in DRAWN:
            continue
        lines = form.lines(cell.number)
        printed = wrapped(lines, cell.width - 2 * PADDING, measure)
        if len(printed) <= cell.lines:
            made[cell.number] = Cut(printed, lines)
            continue
        head = printed[: cell.lines - 1]
        text, rest = _parted(lines, head)
        made[cell.number] = Cut((*head, CONTINUED), (*text, CONTINUED), rest)
    return made


def _parted(lines: Sequence[str], printed: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs that are printed, and those that are left; one may be parted between two words."""
    size = sum(len(line.replace(" ", "")) for line in printed)
    shown: list[str] = []
    for number, line in enumerate(lines):
        length = len(line.replace(" ", ""))
        if length <= size:
            shown.append(line)
            size -= length
            continue
        at = 0
        while size or line[at] == " ":
            size -= line[at] != " "
            at += 1
        head = line[:at].rstrip()
        return (*shown, *([head] if head else [])), (line[at:], *lines[number + 1 :])
    return tuple(shown), ()


def wrapped(lines: Iterable[str], width: float, measure: Measure) -> tuple[str, ...]:
    """Lines broken at blanks so that each fits into the width; a word that alone is too long is broken anywhere."""
    out: list[str] = []
    for line in lines:
        now = ""
        for word in line.split():
            trial = f"{now} {word}" if now else word
            if measure(trial) <= width:
                now = trial
                continue
            if now:
                out.append(now)
            while measure(word) > width and len(word) > 1:
                fits = next((n for n in range(len(word) - 1, 1, -1) if measure(word[:n]) <= width), 1)
                out.append(word[:fits])
                word = word[fits:]
            now = word
        out.append(now)
    return tuple(out)


def trial_lines(form: Form) -> tuple[str, str]:
    """The reasons in boxes 20 and 21 of the first sheet; several pairs are told apart on the next one."""
    if not form.trials:
        return NOT_STATED, NOT_STATED
    first = form.trials[0]
    more = "; other drugs and reactions: next sheet" if len(form.trials) > 1 else ""
    answers = ((first.abated, first.abated_why), (first.reappeared, first.reappeared_why))
    told = [" – ".join(part for part in (answer or NOT_STATED, why) if part) for answer, why in answers]
    return f"{first.drug}, {first.event}: {told[0]}{more}", f"{first.drug}, {first.event}: {told[1]}{more}"


def trial_shown(form: Form) -> tuple[str, str]:
    """The same where the box has room for it; else that it stands on the next sheet."""
    abated, again = (text if len(text) <= LONG else f"{text[:LONG - 35].rsplit(' ', 1)[0]} … {CONTINUED}"
                     for text in trial_lines(form))  # fmt: skip
    return abated, again


LONG: Final = 150
"""Characters of a reason in box 20 or 21 beyond which it stands in the table of the next sheet."""


def has_table(form: Form) -> bool:
    """Boxes 20 and 21 need the table of the next sheet: several pairs, or a reason too long for the box."""
    return len(form.trials) > 1 or any(len(text) > LONG for text in trial_lines(form))


OF_A_DRUG: Final = ("14", "15", "16", "17", "18", "19")
"""Boxes with a line for each suspect; where one is full, a table of all suspects stands on the next sheet."""


def has_suspects(cuts: Mapping[str, Cut]) -> bool:
    """The suspects need the table of the next sheet."""
    return any(cuts[number].rest for number in OF_A_DRUG)


def rest(cuts: Mapping[str, Cut]) -> list[tuple[str, tuple[str, ...]]]:
    """What the next sheet continues in words: number of the box, and its paragraphs."""
    return [(number, one.rest) for number, one in cuts.items() if one.rest and number not in OF_A_DRUG]


def has_next(form: Form, cuts: Mapping[str, Cut]) -> bool:
    """Something stands on a further sheet."""
    return has_table(form) or any(one.rest for one in cuts.values())
