"""The verbs convert and validate. Imports the package inside the verbs, so that ``--help`` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dechallenge.cli.app import (
    AsJson,
    EventKind,
    Files,
    Limits,
    MappingFile,
    Mask,
    Meddra,
    OnsetDay,
    ReaderName,
    ReaderOptions,
    SuspectName,
    app,
)
from dechallenge.cli.output import corrections_of, mapping_of, reader_of, say, show


@app.command("convert")
def convert_command(
    files: Files,
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="What to write: .xml is E2B(R3), .json FHIR, …")
    ],
    to: Annotated[str, typer.Option("--to", metavar="e2b|fhir|case", help="Format, where the ending is another.")] = "",
    assessed: Annotated[
        bool, typer.Option("--assess", help="Put the results of the assessment into it (G.k.9.i.2, H.4).")
    ] = False,
    sender: Annotated[str, typer.Option("--sender", metavar="ID", help="Identifier of the sender.")] = "",
    receiver: Annotated[str, typer.Option("--receiver", metavar="ID", help="Identifier of the receiver.")] = "",
    batch_number: Annotated[str, typer.Option("--batch", metavar="ID", help="Number of the batch.")] = "",
    created: Annotated[
        str, typer.Option("--created", metavar="TIME", help="Time for cases that came without one, with its zone.")
    ] = "",
    limit: Limits = None,
    onset_day: OnsetDay = None,
    suspect: SuspectName = None,
    event: EventKind = None,
    mask: Mask = False,
    meddra: Meddra = None,
    mapping: MappingFile = None,
    reader: ReaderName = "prose",
    reader_option: ReaderOptions = None,
    as_json: AsJson = False,
) -> None:
    """Write cases of any format as E2B(R3), FHIR or a case file; what that format does not hold is said."""
    from dechallenge.exchange.command import run_convert
    from dechallenge.exchange.converting import Partners

    whole = run_convert(
        files,
        out,
        to=to,
        assess=assessed,
        reader=reader_of(reader, reader_option),
        mask=mask,
        corrections=corrections_of(limit, onset_day, suspect, event),
        partners=Partners(sender, receiver, batch_number, created),
        meddra=meddra,
        mapping=mapping_of(mapping, files),
        as_json=as_json,
        write=show,
        say=say,
    )
    if not whole:
        raise typer.Exit(1)


@app.command("validate")
def validate_command(
    files: Files,
    schemas: Annotated[
        Path | None, typer.Option("--schema", metavar="FOLDER", help="The ICH schema package, for E2B(R3).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with a file and where, and what a receiver would reject."""
    from dechallenge.exchange.command import run_validate

    if not run_validate(files, reader=reader_of("prose", None), schemas=schemas, as_json=as_json, write=show):
        raise typer.Exit(1)
