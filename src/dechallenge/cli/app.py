"""The application and the options that several verbs share. Imports nothing of the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

ORDER = (
    "assess",
    "read",
    "explain",
    "convert",
    "validate",
    "signals",
    "load-reports",
    "instruments",
    "score",
    "schema",
)
"""Verbs as the help lists them; others come last."""


class InOrder(TyperGroup):
    """The help lists the verbs by what people do first, not by the module that holds them."""

    def list_commands(self, ctx: Any) -> list[str]:
        place = {name: number for number, name in enumerate(ORDER)}
        return sorted(self.commands, key=lambda name: (place.get(name, len(ORDER)), name))


app = typer.Typer(
    name="dechallenge",
    cls=InOrder,
    help="From the report of a suspected adverse drug reaction to an assessed case. "
    "Decision support for professionals.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_FILES = "Reports: text, Markdown, PDF, DOCX, HTML, JATS, zip; messages (E2B, openFDA, FHIR);\n"
"tables (CSV, XLSX, Parquet); folders; - for the standard input."
Files = Annotated[list[Path], typer.Argument(metavar="FILE", help=_FILES, show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Limits = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="ANALYTE=NUMBER",
        help="Upper limit of normal to use (ALT=45), in the analyte's usual unit; of blood counts the lower limit. "
        "May be repeated.",
    ),
]
OnsetDay = Annotated[
    float | None,
    typer.Option(
        "--onset-day", metavar="DAY", help="Day of onset, counted from the first dose of the suspect (day 0)."
    ),
]
SuspectName = Annotated[str | None, typer.Option("--suspect", metavar="DRUG", help="Drug to assess as the suspect.")]
EventKind = Annotated[
    str | None, typer.Option("--event", metavar="KIND", help="Kind of reaction: “liver injury”, neutropenia, MAS, …")
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", min=1, metavar="N", help="Processes that read the files; the answer is the same."),
]
Width = Annotated[
    int | None,
    typer.Option(
        "--width", min=60, max=200, metavar="N", help="Columns of the view (default: the terminal, at most 100)."
    ),
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", metavar="FILE", help="What the columns of tables mean (YAML).")
]
Meddra = Annotated[
    Path | None, typer.Option("--meddra", metavar="FOLDER", help="Your own MedAscii folder: reactions get its codes.")
]
Mask = Annotated[
    bool, typer.Option("--mask", help="Blank the authors' scores, categories and attributions before reading.")
]
ReaderName = Annotated[str, typer.Option("--reader", metavar="NAME", help="Who reads: prose (rules), llm, or a plug.")]
ReaderOptions = Annotated[
    list[str] | None,
    typer.Option("--reader-option", metavar="NAME=VALUE", help="What the reader needs, such as url. May be repeated."),
]
