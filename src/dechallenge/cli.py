"""The command ``dechallenge``: assess, read, explain, instruments, schema. Mirrors the Python API.

Exit codes: 0 done, 1 some inputs failed, 2 wrong usage. ``--json`` prints one valid object whatever happened.
May import everything.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dechallenge.errors import DechallengeError

app = typer.Typer(
    name="dechallenge",
    help="From the report of a suspected adverse drug reaction to an assessed case. Decision support for professionals.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Files = Annotated[list[Path], typer.Argument(help="Reports in plain text (UTF-8).", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Limits = Annotated[
    list[str] | None, typer.Option("--limit", help="Upper limit of normal to use, as ANALYTE=NUMBER (ALT=45). May be repeated.")
]
OnsetDay = Annotated[
    float | None, typer.Option("--onset-day", help="Day of onset, counted from the first dose of the suspect (day 0).")
]
SuspectName = Annotated[str | None, typer.Option("--suspect", help="Drug to assess as the suspect.")]
EventKind = Annotated[str | None, typer.Option("--event", help="Kind of reaction: “liver injury”, neutropenia, MAS, …")]
Width = Annotated[int | None, typer.Option("--width", min=60, max=200, help="Columns of the view (default: terminal, at most 100).")]


class SchemaName(StrEnum):
    """What ``schema`` can print."""

    case = "case"
    assessment = "assessment"


@app.command()
def assess(
    files: Files,
    as_json: AsJson = False,
    html: Annotated[Path | None, typer.Option("--html", help="Also write one self-contained page to this file.")] = None,
    limit: Limits = None,
    onset_day: OnsetDay = None,
    suspect: SuspectName = None,
    event: EventKind = None,
    width: Width = None,
) -> None:
    """Read reports and show the assessed cases."""
    from dechallenge.api import read_paths
    from dechallenge.assessment.assess import assess_reading

    corrections = _corrections(limit, onset_day, suspect, event)
    reading = read_paths(files)
    result = assess_reading(reading, corrections)
    if html is not None:
        from dechallenge.report.html import render as render_html

        page = render_html(result, {d.id: d.text for d in reading.documents})
        try:
            html.write_text(page, encoding="utf-8")
        except OSError as error:
            raise DechallengeError(
                f"the page cannot be written ({error.strerror})", place=str(html), next_step="Choose a folder that exists."
            ) from None
    if as_json:
        _print(result.to_json())
    else:
        from dechallenge.report.terminal import render

        _print(render(result, width=_width(width), color=_color()), ansi=True)
        if html is not None:
            _print(f"\nPage written to {html}")
    if result.problems:
        raise typer.Exit(1)


@app.command("read")
def read_command(
    files: Files,
    as_json: AsJson = False,
    text: Annotated[bool, typer.Option("--text", help="Print the decoded text that offsets count in.")] = False,
    width: Width = None,
) -> None:
    """Show what was read of each report, every value with its words; nothing is scored."""
    from dechallenge.api import read_paths
    from dechallenge.assessment.assess import assess_reading
    from dechallenge.assessment.corrections import Corrections

    reading = read_paths(files)
    if text:
        for document in reading.documents:
            sys.stdout.write(document.text)
    elif as_json:
        slim = reading.model_copy(update={"documents": tuple(d.model_copy(update={"text": ""}) for d in reading.documents)})
        _print(slim.model_dump_json(indent=2))
    else:
        from dechallenge.report.terminal import render_reading

        result = assess_reading(reading, Corrections())
        view = render_reading(
            result.cases,
            {d.id: d.text for d in reading.documents},
            names={d.id: d.name for d in reading.documents},
            width=_width(width),
            color=_color(),
        )
        _print(view, ansi=True)
    if reading.problems:
        if not as_json:
            _problems([(p.document, p.message, p.next_step) for p in reading.problems])
        raise typer.Exit(1)


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="The report.", show_default=False)],
    item: Annotated[str, typer.Argument(help="A point, such as rucam-2016.5, or a whole instrument.", show_default=False)],
    case: Annotated[int, typer.Option("--case", min=1, help="Number of the case in the report.")] = 1,
    suspect: SuspectName = None,
    limit: Limits = None,
    onset_day: OnsetDay = None,
    event: EventKind = None,
    width: Width = None,
) -> None:
    """Go from a point back to the option, the facts and the words it came from."""
    from dechallenge.api import read_paths
    from dechallenge.assessment.assess import assess_reading
    from dechallenge.explanation import explain as explain_item

    corrections = _corrections(limit, onset_day, suspect, event)
    reading = read_paths([file])
    result = assess_reading(reading, corrections)
    if not result.cases:
        _problems([(p.document, p.message, p.next_step) for p in result.problems])
        raise typer.Exit(1)
    view = explain_item(result, reading, item, case=case, suspect=suspect, width=_width(width), color=_color())
    _print(view, ansi=True)


@app.command("instruments")
def instruments_command(
    name: Annotated[str | None, typer.Argument(help="Id of one instrument, to show it in full.", show_default=False)] = None,
    as_json: AsJson = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page of the documentation.")] = False,
) -> None:
    """List the instruments, or show one in full: edition, source, items, options, points, missing-data rule."""
    from dechallenge import instruments
    from dechallenge.instruments import describe

    if name is not None:
        one = instruments.get(name)
        if as_json:
            _print(json.dumps(describe.as_dict(one), indent=2, ensure_ascii=False))
        else:
            _print(describe.markdown(one) if markdown else describe.plain(one))
        return
    rows = instruments.listing()
    if as_json:
        _print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        mark = "" if row["verification"] == "verified" else f"  [{row['verification']}]"
        _print(f"{row['id']:<20} {row['kind']:<10} {row['title']}{mark}")


@app.command()
def schema(
    what: Annotated[SchemaName, typer.Argument(help="case or assessment.", show_default=False)],
) -> None:
    """Print the JSON Schema of a case or of an assessment."""
    from dechallenge.assessment.model import Assessment
    from dechallenge.case import Case

    model = Case if what is SchemaName.case else Assessment
    _print(json.dumps(model.model_json_schema(by_alias=True), indent=2, ensure_ascii=False))


def _corrections(limit: list[str] | None, onset_day: float | None, suspect: str | None, event: str | None):  # type: ignore[no-untyped-def]
    from dechallenge.assessment.corrections import corrections_from_options

    return corrections_from_options(limit or [], onset_day, suspect, event)


def _problems(problems: list[tuple[str, str, str]]) -> None:
    for document, message, step in problems:
        sys.stderr.write(f"{document}: {message} {step}".rstrip() + "\n")


def _print(text: str, *, ansi: bool = False) -> None:
    del ansi
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _color() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _width(asked: int | None) -> int:
    return asked or min(100, max(60, shutil.get_terminal_size((100, 24)).columns))


def main() -> None:
    """Run the command; every error ends in a message that says the next step, and in an exit code."""
    as_json = "--json" in sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
    except typer.Exit as stop:
        code = stop.exit_code
    except typer.Abort:
        code = 1
    except DechallengeError as error:
        code = _fail(error.place or "usage", error.cause, error.next_step, as_json=as_json)
    except typer.BadParameter as error:
        code = _fail("usage", error.format_message(), "See dechallenge --help.", as_json=as_json)
    except Exception as error:
        usage = getattr(error, "format_message", None)
        if usage is None:
            raise
        code = _fail("usage", str(usage()), "See dechallenge --help.", as_json=as_json)
    except BrokenPipeError:
        code = 0
    raise SystemExit(code if isinstance(code, int) else 0)


def _fail(place: str, cause: str, step: str, *, as_json: bool) -> int:
    if as_json:
        from dechallenge.assessment.model import Assessment, ProblemOut

        problem = ProblemOut(document=place, kind="usage", message=cause, next_step=step)
        _print(Assessment(problems=(problem,)).to_json())
    sys.stderr.write(f"{place}: {cause} {step}".rstrip() + "\n")
    return 2


if __name__ == "__main__":
    main()
