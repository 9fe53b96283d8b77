"""The verbs signals and load-reports: what many reports say of a case. Imports the package inside the verbs."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from dechallenge.cli.app import AsJson, ReaderName, ReaderOptions, Width, app
from dechallenge.cli.output import color, reader_of, show, width_of
from dechallenge.errors import DechallengeError

Memory = Annotated[str, typer.Option("--memory", metavar="SIZE", help="What DuckDB may hold, such as 2GB.")]


def _progress(line: str) -> None:
    typer.echo(line, err=True)


def _command() -> ModuleType:
    """The bodies of the verbs.

    Raises:
        DechallengeError: The libraries for large tables are not installed.
    """
    try:
        from dechallenge.population import command
    except ImportError as error:
        raise DechallengeError(
            "the libraries for large tables are not installed",
            place=error.name or "population",
            next_step="Install them with: pip install 'dechallenge[population]'",
        ) from None
    return command


@app.command("signals")
def signals_command(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]", help="Reports; without one, --all.", show_default=False)
    ] = None,
    reports: Annotated[
        Path | None, typer.Option("--reports", metavar="FOLDER", help="The store that load-reports made.")
    ] = None,
    whole: Annotated[bool, typer.Option("--all", help="Measure every pair of drug and event instead.")] = False,
    role: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="CODE", help="Roles that count: PS, SS, I, C. May be repeated."),
    ] = None,
    event_term: Annotated[
        list[str] | None,
        typer.Option("--event-term", metavar="TERM", help="Term that stands for the reaction. May be repeated."),
    ] = None,
    strata: Annotated[
        str | None,
        typer.Option("--strata", metavar="NAME,…", help="Adjust the ROR for sex, age_band, quarter, year, country, …."),
    ] = None,
    drug: Annotated[
        list[str] | None,
        typer.Option("--drug", metavar="NAME", help="With --all: only this drug. May be repeated."),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="NAME", help="With --all: also LRT, LRT-ZI. May be repeated."),
    ] = None,
    convention: Annotated[
        str, typer.Option("--convention", metavar="NAME", help="Of the prior: component, mixture, whole-table.")
    ] = "component",
    remove_linked: Annotated[
        bool, typer.Option("--remove-linked", help="Remove reports that look the same; else they are counted and told.")
    ] = False,
    linkage: Annotated[
        str, typer.Option("--linkage", metavar="NAME", help="How those are found: exact, weights.")
    ] = "exact",
    accept_incomplete: Annotated[
        bool, typer.Option("--accept-incomplete", help="Use a store in which something could not be loaded.")
    ] = False,
    case: Annotated[int | None, typer.Option("--case", min=1, metavar="N", help="Number of the case.")] = None,
    least: Annotated[int, typer.Option("--least", min=1, metavar="N", help="With --all: fewest reports.")] = 3,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also write a page.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Also write the rows: .parquet or .csv.")
    ] = None,
    memory: Memory = "2GB",
    reader: ReaderName = "prose",
    reader_option: ReaderOptions = None,
    width: Width = None,
    as_json: AsJson = False,
) -> None:
    """Ask spontaneous reports about a case: how often, how soon, what followed. Never enters a score."""
    from dechallenge.report.files import check_target, write_text

    if reports is None:
        raise DechallengeError("no reports were given", place="--reports", next_step="Name the folder of a store.")
    if bool(files) == whole:
        step = "Give reports of cases, or --all for every pair."
        raise DechallengeError("it is not said what to ask", place="signals", next_step=step)
    if (drug or measure) and not whole:
        place = "--drug" if drug else "--measure"
        raise DechallengeError("it is for a table of all pairs", place=place, next_step="Give --all instead of a case.")
    for target in (html, output):
        if target is not None:
            check_target(target, files or ())
    command = _command()
    from dechallenge.population import adjusting
    from dechallenge.report import signals_html, signals_terminal

    choices = command.Choices(
        roles=tuple(role or ()),
        event_terms=tuple(event_term or ()),
        convention=command.convention_of(convention),
        linked=remove_linked,
        linkage=command.linkage_of(linkage),
        memory=memory,
        accept_incomplete=accept_incomplete,
        strata=adjusting.strata_of(strata) if strata is not None else (),
        drugs=tuple(drug or ()),
        measures=command.measures_of(measure or ()),
    )
    columns, colored = width_of(width), color()
    if whole:
        command.run_table(
            reports,
            choices,
            least=least,
            html=html,
            out=output,
            as_json=as_json,
            view=lambda measured: signals_terminal.render_table(measured, width=columns, color=colored),
            page=signals_html.render_table,
            write=show,
            save=write_text,
            say=_progress,
        )
        return
    from dechallenge.api import read_paths

    reading = read_paths(files or (), reader=reader_of(reader, reader_option))
    cases = reading.cases if case is None else reading.cases[case - 1 : case]
    command.run_signals(
        cases,
        reports,
        choices,
        html=html,
        out=output,
        as_json=as_json,
        view=lambda answer: signals_terminal.render(answer, width=columns, color=colored),
        page=signals_html.render,
        write=show,
        save=write_text,
        say=_progress,
    )


@app.command("load-reports")
def load_reports_command(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="FAERS, AERS, VAERS, CAERS: files, folders, zip.", show_default=False),
    ],
    store: Annotated[Path, typer.Option("--store", metavar="FOLDER", help="Where the reports are kept.")],
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="MEANING=NAME",
            help="A column of any other table: report=…, drug=…, event=…, role=…, sex=…. May be repeated.",
        ),
    ] = None,
    memory: Memory = "2GB",
    ignore_unknown_columns: Annotated[
        bool, typer.Option("--ignore-unknown-columns", help="Read on where a file has a column of an unknown name.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Load spontaneous reports into a store; rows that cannot be read are set aside, counted and shown."""
    whole = _command().run_load(
        sources,
        store,
        memory=memory,
        columns=column or (),
        ignore_unknown_columns=ignore_unknown_columns,
        as_json=as_json,
        write=show,
        say=_progress,
    )
    if not whole:
        raise typer.Exit(1)
