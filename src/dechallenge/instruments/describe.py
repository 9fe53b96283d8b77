"""The page of an instrument, written from its definition: as Markdown for the documentation, as text for the terminal.

`pages()` gives every page; `python -m dechallenge.instruments.describe FOLDER` writes them. A test holds the pages in
`docs/instruments` to the definitions. The wording is in `describe_words`, the layout in `describe_markdown` and
`describe_text`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dechallenge.instruments.describe_markdown import markdown, pages
from dechallenge.instruments.describe_text import text
from dechallenge.instruments.describe_words import say, say_quantity

__all__ = ["markdown", "pages", "say", "say_quantity", "text"]


def main() -> None:
    """Write every page into the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m dechallenge.instruments.describe FOLDER")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
