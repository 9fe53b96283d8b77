"""The case in a terminal: at a glance, one point explained, and what was read. Text that fits the width given.

Nothing here depends on the environment: the same assessment gives the same characters. Imports the contract, rich, and
this folder.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.text import Text

from dechallenge.assessment.model import Assessment, CaseOut, InstrumentOut, ItemOut, SuspectOut
from dechallenge.evidence import Document
from dechallenge.report import blocks, explanation, readout, view, wording


def render(assessment: Assessment, *, width: int = 100, color: bool = True) -> str:
    """The whole assessment, one case after another.

    Args:
        assessment: What ``assess`` gives.
        width: Columns of the terminal.
        color: ANSI colours; without them plain text.
    """
    names = {d.id: d.name for d in assessment.documents}
    parts: list[RenderableType] = []
    for number, case in enumerate(assessment.cases, start=1):
        parts += _case_head(case, number, len(assessment.cases), names, width)
        parts += blocks.case(case, width)
    parts += blocks.problems(assessment.problems, names)
    if assessment.cases:
        parts += [Text(), Text(wording.SUPPORT, style="dim")]
    return draw(parts, width=width, color=color)


def render_explain(
    case: CaseOut,
    suspect: SuspectOut | None,
    instrument: InstrumentOut,
    item: ItemOut,
    texts: Mapping[str, str],
    *,
    names: Mapping[str, str] | None = None,
    places: Mapping[str, Document] | None = None,
    options: Sequence[tuple[str, str]] = (),
    source: str = "",
    facts: Sequence[str] | None = None,
    width: int = 100,
    color: bool = True,
) -> str:
    """One item of one instrument, from its points back to the words.

    Args:
        case: The case.
        suspect: The drug that the item is about; ``None`` for an instrument that judges the event.
        instrument: The instrument's result.
        item: The item's result.
        texts: Document id to text; a quotation is shown in its sentence, with its line.
        names: Document id to the name of the file.
        places: Document id to the document, which knows the page or element that a quotation stands on.
        options: Every option of the item as ``(points, wording)``, from the instrument's definition.
        source: Where the item is printed, from the instrument's definition.
        facts: Names of the facts that the item uses; by default those that rest on the same words.
        width: Columns of the terminal.
        color: ANSI colours.
    """
    parts = explanation.parts(case, suspect, instrument, item, texts, names or {}, options, source, facts, places)
    return draw(parts, width=width, color=color)


def render_reading(
    cases: CaseOut | Iterable[CaseOut],
    texts: Mapping[str, str] | None = None,
    *,
    names: Mapping[str, str] | None = None,
    width: int = 100,
    color: bool = True,
) -> str:
    """What was read of one or more cases, each value with its words.

    Args:
        cases: One case or several.
        texts: Document id to text, for line numbers; without it offsets are shown.
        names: Document id to the name of the file.
        width: Columns of the terminal.
        color: ANSI colours.
    """
    several = [cases] if isinstance(cases, CaseOut) else list(cases)
    parts: list[RenderableType] = []
    for number, case in enumerate(several, start=1):
        parts += _case_head(case, number, len(several), names or {}, width, verdict=False)
        parts += readout.case(case, texts or {})
    return draw(parts, width=width, color=color)


def _case_head(
    case: CaseOut, number: int, count: int, names: Mapping[str, str], width: int, *, verdict: bool = True
) -> list[RenderableType]:
    """The title and the file on one line over a rule, then the case in one line."""
    title = f"{number} · {case.title}" if count > 1 else case.title
    file = names.get(case.document, "")
    head = Text(wording.clip(title, max(20, width - len(file) - 3)), style="bold")
    head.append(" " * max(2, width - head.cell_len - len(file))).append(file, style="not bold dim")
    lines: list[RenderableType] = [Text()] if number > 1 else []
    lines += [head, Rule(style="cyan")]
    if verdict:
        lines += [Text(view.headline(case), style="bold cyan"), Text()]
    return lines


def draw(parts: Iterable[RenderableType], *, width: int, color: bool) -> str:
    """Rich renderables as text; blanks at line ends removed."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
