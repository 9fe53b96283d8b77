"""Renews what is written from the code: the pages of the instruments and the example in the README (`make docs`).

Tests hold both to the code. Not part of the package.
"""

from __future__ import annotations

from pathlib import Path

import dechallenge
from dechallenge.instruments import describe
from dechallenge.report.terminal import render

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "examples/anakinra-hepatitis.txt"
START, END = "<!-- demo output -->\n", "<!-- end of demo output -->"
LEFT_OUT = ("Excluded", "Grading", "Laboratory", "Work-up", "Histology", "Other causes", "Claims", "Reading")
QUESTIONS = 2


def screen() -> str:
    """The first screen of the example: the view of the command, without the sections that go into detail.

    Left-out sections show as one line with dots; of the open questions the first are kept.
    """
    view = render(dechallenge.assess(ROOT / EXAMPLE), color=False)
    kept: list[str] = []
    for block in view.rstrip("\n").split("\n\n"):
        if block.startswith("Questions"):
            block = _first(block)
        if not block.startswith(LEFT_OUT):
            kept.append(block)
        elif kept[-1] != "…":
            kept.append("…")
    return "\n\n".join(kept)


def _first(block: str) -> str:
    """The first open questions, each with its lines."""
    lines = block.split("\n")
    for number, line in enumerate(lines):
        if line[:16].split()[-1:] == [str(QUESTIONS + 1)]:
            return "\n".join(lines[:number])
    return block


def readme(text: str) -> str:
    """The README with the example of today between its marks."""
    before, rest = text.split(START)
    after = rest.split(END)[1]
    return f"{before}{START}```\n$ dechallenge assess {EXAMPLE}\n\n{screen()}\n```\n{END}{after}"


def main() -> None:
    """Write the files."""
    file = ROOT / "README.md"
    file.write_text(readme(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    for name, page in describe.pages().items():
        (ROOT / "docs" / "instruments" / name).write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
