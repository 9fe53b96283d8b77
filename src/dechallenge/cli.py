"""The command ``dechallenge``: assess, read, explain, instruments, score, schema. Mirrors the Python API.

Exit codes: 0 done, 1 some inputs failed, 2 wrong usage. ``--json`` prints one valid object whatever happened.
May import everything; does so inside the verbs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dechallenge.errors import DechallengeError, InputError

if TYPE_CHECKING:
    from dechallenge.assessment.corrections import Corrections
    from dechallenge.assessment.model import ProblemOut
    from dechallenge.case import Problem, Reading
    from dechallenge.logic.instrument import Instrument
    from dechallenge.readers import Reader

WIDEST = 100
"""Columns of the view where there is no terminal to ask, and at most in one."""

app = typer.Typer(
    name="dechallenge",
    help="From the report of a suspected adverse drug reaction to an assessed case. "
    "Decision support for professionals.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_FILES = "Reports: text, Markdown, PDF, DOCX, HTML, JATS, zip; folders; - for the standard input."
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
Mask = Annotated[
    bool, typer.Option("--mask", help="Blank the authors' scores, categories and attributions before reading.")
]
ReaderName = Annotated[str, typer.Option("--reader", metavar="NAME", help="Who reads: prose (rules), llm, or a plug.")]
ReaderOptions = Annotated[
    list[str] | None,
    typer.Option("--reader-option", metavar="NAME=VALUE", help="What the reader needs, such as url. May be repeated."),
]


class SchemaName(StrEnum):
    """What ``schema`` can print."""

    case = "case"
    assessment = "assessment"


@app.command()
def assess(
    files: Files,
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write one self-contained page to this file.")
    ] = None,
    limit: Limits = None,
    onset_day: OnsetDay = None,
    suspect: SuspectName = None,
    event: EventKind = None,
    mask: Mask = False,
    reader: ReaderName = "prose",
    reader_option: ReaderOptions = None,
    jobs: Jobs = 1,
    width: Width = None,
) -> None:
    """Read reports and show the assessed cases. A file that `read -o` wrote is taken as it was corrected."""
    from dechallenge.api import assess_batch
    from dechallenge.report.files import check_target, write_text

    if html is not None:
        check_target(html, files)
    corrections = _corrections(limit, onset_day, suspect, event)
    plug = _reader(reader, reader_option)
    result, documents = assess_batch(files, corrections, reader=plug, mask=mask, jobs=jobs)
    if html is not None:
        from dechallenge.report.html import render as page

        write_text(html, page(result, {d.id: d.text for d in documents}))
    if as_json:
        _print(result.to_json())
    else:
        from dechallenge.report.terminal import render

        note = f"\nPage written to {html}\n" if html is not None else ""
        _print(render(result, width=_width(width), color=_color()) + note)
    if _failed(result.problems):
        raise typer.Exit(1)


@app.command("read")
def read_command(
    files: Files,
    as_json: AsJson = False,
    text: Annotated[
        bool,
        typer.Option(
            "--text", help="Print the decoded text that offsets count in; with --json put it into the object."
        ),
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write a case file (YAML or JSON) to correct.")
    ] = None,
    mask: Mask = False,
    reader: ReaderName = "prose",
    reader_option: ReaderOptions = None,
    jobs: Jobs = 1,
    width: Width = None,
) -> None:
    """Show what was read of each report, every value with its words; nothing is scored."""
    from dechallenge.api import assess_reading, read_paths
    from dechallenge.report.files import check_target, write_text

    if output is not None:
        check_target(output, files, "case file")
    reading = read_paths(files, reader=_reader(reader, reader_option), mask=mask, jobs=jobs)
    if output is not None:
        from dechallenge.formats import caseyaml

        write_text(output, caseyaml.write(reading, output.name), "case file")
    if as_json:
        shown = reading if text else _without_texts(reading)
        _print(shown.model_dump_json(indent=2))
    elif text:
        _print("".join(document.text for document in reading.documents), ends_line=False)
    elif output is not None:
        _print(f"Case file written to {output}")
    else:
        from dechallenge.report.terminal import render_reading

        view = render_reading(
            assess_reading(reading).cases,
            {d.id: d.text for d in reading.documents},
            names={d.id: d.name for d in reading.documents},
            width=_width(width),
            color=_color(),
        )
        _print(view)
    if reading.problems:
        if not as_json:
            _tell(reading.problems)
        if _failed(reading.problems):
            raise typer.Exit(1)


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The report.", show_default=False)],
    item: Annotated[
        str,
        typer.Argument(
            metavar="ITEM",
            help="A point, such as rucam-2016.5, a whole instrument, “methods” (side by side) or “choices”.",
            show_default=False,
        ),
    ],
    case: Annotated[int, typer.Option("--case", min=1, metavar="N", help="Number of the case in the report.")] = 1,
    suspect: Annotated[
        str | None, typer.Option("--suspect", metavar="DRUG", help="The suspect it is about (default: the likeliest).")
    ] = None,
    limit: Limits = None,
    onset_day: OnsetDay = None,
    event: EventKind = None,
    width: Width = None,
) -> None:
    """Go from a point back to the option, the facts and the words it came from."""
    from dechallenge.api import read_paths
    from dechallenge.explanation import explain as explain_item

    corrections = _corrections(limit, onset_day, None, event)
    reading = read_paths([file])
    if not reading.cases:
        _tell(reading.problems)
        raise typer.Exit(1)
    view = explain_item(
        reading, item, case=case, suspect=suspect, corrections=corrections, width=_width(width), color=_color()
    )
    _print(view)


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
        _print(_dump(rows) if as_json else _list(rows))
        return
    one = instruments.get(name.strip().lower())
    if as_json:
        _print(_dump(_full(one)))
    else:
        _print(describe.markdown(one) if markdown else describe.text(one))


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
        _print(text, ends_line=False)

    if not run(
        instrument, facts, output, show_template=template, ranges=not no_ranges, as_json=as_json, write=write, say=_say
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
    _print(_dump(model.model_json_schema(by_alias=True)))


def _corrections(
    limit: list[str] | None, onset_day: float | None, suspect: str | None, event: str | None
) -> Corrections:
    from dechallenge.assessment.corrections import corrections_from_options

    return corrections_from_options(limit or [], onset_day, suspect, event)


def _reader(name: str, options: list[str] | None) -> Reader:
    from dechallenge import readers

    return readers.get(name, readers.options_from(options or []))


def _failed(problems: Iterable[Problem | ProblemOut]) -> bool:
    """Whether an input failed; what a reader dropped is told, and is no failure."""
    return any(problem.kind != "dropped" for problem in problems)


def _without_texts(reading: Reading) -> Reading:
    """The texts left out, for they would be most of the output; ``--text`` puts them in."""
    return reading.model_copy(update={"documents": tuple(d.model_copy(update={"text": ""}) for d in reading.documents)})


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


def _dump(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        _say(problem.document, problem.message, problem.next_step)


def _say(place: str, cause: str, step: str) -> None:
    """One problem on the error stream: place, cause, next step."""
    head = f"{place}: {cause}".rstrip()
    end = "" if head.endswith((".", "?", "!", "…")) or not step else "."
    sys.stderr.write(f"{head}{end} {step}".rstrip() + "\n")


def _print(text: str, *, ends_line: bool = True) -> None:
    """Write to the output; a reader that has seen enough (``| head``) ends the command quietly."""
    try:
        sys.stdout.write(text + "\n" if ends_line and not text.endswith("\n") else text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def _color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width(asked: int | None) -> int:
    """The width asked for; else that of the terminal; where the output is not one, always the same."""
    if asked is not None:
        return asked
    return min(WIDEST, max(60, shutil.get_terminal_size((WIDEST, 24)).columns)) if sys.stdout.isatty() else WIDEST


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command; every error ends in a message that says the next step, and in an exit code.

    Args:
        argv: The arguments; those of the process when not given.

    Raises:
        SystemExit: Always: 0 done, 1 some inputs failed, 2 wrong usage.
    """
    args = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    as_json = "--json" in args
    try:
        code = app(args=args or ["--help"], prog_name="dechallenge", standalone_mode=False)
        raise SystemExit((code or 0) if args else 2)
    except typer.Exit as stop:
        raise SystemExit(stop.exit_code) from None
    except (typer.Abort, KeyboardInterrupt):
        raise SystemExit(130) from None
    except InputError as error:
        problem, code = ("input", error.place or "input", error.cause, error.next_step), 1
    except DechallengeError as error:
        problem, code = ("usage", error.place or "usage", error.cause, error.next_step), 2
    except Exception as error:
        problem, code = _usage(error) or _internal(error)
    _fail(*problem, as_json=as_json)
    raise SystemExit(code)


def _usage(error: Exception) -> tuple[tuple[str, str, str, str], int] | None:
    """The problem of a command line that does not parse; typer's errors share no importable base over its versions."""
    format_message = getattr(error, "format_message", None)
    if format_message is None:
        return None
    context = getattr(error, "ctx", None)
    verb = f" {context.info_name}" if context is not None and context.parent is not None else ""
    return ("usage", "usage", str(format_message()), f"See dechallenge{verb} --help."), 2


def _internal(error: Exception) -> tuple[tuple[str, str, str, str], int]:
    """A defect of this program; ``DECHALLENGE_DEBUG`` shows where."""
    if os.environ.get("DECHALLENGE_DEBUG"):
        raise error
    step = "This is a defect of Dechallenge: please report it. DECHALLENGE_DEBUG=1 shows where it happened."
    return ("internal", "dechallenge", f"failed with {type(error).__name__}: {error}", step), 1


def _fail(kind: str, place: str, cause: str, step: str, *, as_json: bool) -> None:
    _say(place, cause, step)
    if as_json:
        from dechallenge.assessment.model import Assessment, ProblemOut

        problem = ProblemOut(document=place, kind=kind, message=cause, next_step=step)
        sys.stdout.write(Assessment(problems=(problem,)).to_json() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
