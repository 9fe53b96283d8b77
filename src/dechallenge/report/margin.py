"""The shape of the terminal view: a label in the left margin, its content beside it, reasons dimmed.

Imports rich only.
"""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

MARGIN = 13
QUIET = "dim"
LABEL = "cyan"
WARN = "yellow"


def section(label: str, *body: RenderableType) -> Table:
    """A label in the margin and its content."""
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=MARGIN, style=LABEL, no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(label, body[0] if len(body) == 1 else Group(*body))
    return grid


def quiet(*parts: str, lead: str = "", style: str = "") -> Text:
    """A lead in full strength, the rest dimmed after a middle dot."""
    text = Text().append(lead, style=style)
    for part in parts:
        if part:
            text.append(f" · {part}" if text.plain else part, style=QUIET)
    return text


def gap(*parts: RenderableType) -> list[RenderableType]:
    """The parts with an empty line before them; nothing where there are none."""
    return [Text(), *parts] if parts else []
