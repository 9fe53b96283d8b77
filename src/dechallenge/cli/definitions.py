"""The verbs instruments, score and schema: definitions, and tables of typed facts.

Imports the package inside the verbs, so that ``--help`` answers at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dechallenge.cli.app import app
from dechallenge.cli.output import WIDEST, dump, say, show

if TYPE_CHECKING:
    from dechallenge.logic.instrument import Instrument


class SchemaName(StrEnum):
    """What ``schema`` can print."""

    case = "case"
    assessment = "assessment"


@app.command("instruments")
def instruments_command(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One instrument, to show it in full.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: an array of all, or the object of one.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page of the documentation.")] = False,
) -> None:
    """List the instruments, or show one in full: edition, source, items, options, points, missing-data rule."""
    from dechallenge import instruments
    from dechallenge.instruments import describe

    if name is None:
        rows = instruments.listing()
        show(dump(rows) if as_json else _list(rows))
        return
    one = instruments.get(name.strip().lower())
    if as_json:
        show(dump(_full(one)))
    else:
        show(describe.markdown(one) if markdown else describe.text(one))


@app.command("score")
def score_command(
    instrument: Annotated[str, typer.Argument(metavar="INSTRUMENT", help="Its id.", show_default=False)],
    facts: Annotated[
        Path | None, typer.Argument(metavar="[FACTS]", help="Typed facts: CSV, JSON or Parquet.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write CSV, JSON or Parquet, by its ending.")
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="Print the columns, units and legal values.")] = False,
    no_ranges: Annotated[bool, typer.Option("--no-ranges", help="Leave out the lowest and highest score.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of CSV.")] = False,
) -> None:
    """Score a table of typed facts, one row or millions, without any narrative."""
    from dechallenge.tabular.command import run

    def write(text: str) -> None:
        show(text, ends_line=False)

    if not run(
        instrument, facts, output, show_template=template, ranges=not no_ranges, as_json=as_json, write=write, say=say
    ):
        raise typer.Exit(1)


@app.command()
def schema(
    what: Annotated[SchemaName, typer.Argument(metavar="case|assessment", help="Which one.", show_default=False)],
) -> None:
    """Print the JSON Schema of a case or of an assessment."""
    from dechallenge.assessment.model import Assessment
    from dechallenge.case import Case

    model = Case if what is SchemaName.case else Assessment
    show(dump(model.model_json_schema(by_alias=True)))


def _list(rows: Iterable[dict[str, object]]) -> str:
    """One line for each instrument; a star for those with figures that could not be verified."""
    lines, starred = [], False
    rows = list(rows)
    width = max(len(str(row["id"])) for row in rows)
    for row in rows:
        state = row["verification"]
        doubt = isinstance(state, dict) and state.get("state") != "verified"
        starred = starred or doubt
        mark = "*" if doubt else " "
        head = f"{row['id']:<{width}}{mark} {row['kind']:<9} "
        lines.append(f"{head}{row['title']}, {row['edition']}"[:WIDEST])
    if starred:
        lines += ["", "* holds figures that could not be verified: dechallenge instruments ID names them"]
    return "\n".join(lines)


def _full(one: Instrument) -> dict[str, object]:
    """One instrument as plain data: its line of the list, and every item with its options."""
    from dechallenge import instruments
    from dechallenge.instruments import describe

    head = next(row for row in instruments.listing() if row["id"] == one.id)
    items = [
        {
            "id": f"{one.id}.{leaf.id}",
            "title": leaf.title,
            "source": leaf.source,
            "missing": leaf.missing.wording,
            "options": [
                {"gives": o.gives, "wording": o.wording, "when": describe.say(o.when), "unverified": o.unverified}
                for o in leaf.options
            ],
        }
        for leaf in one.leaves
    ]
    about = {"purpose": one.purpose, "applies_to": one.applies_to, "missing_rule": one.missing_rule}
    return {**head, **about, "items": items, "notes": one.notes}
