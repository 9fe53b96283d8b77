"""The verbs assess, read and explain. Imports the package inside the verbs, so that ``--help`` answers at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dechallenge.cli.app import (
    AsJson,
    EventKind,
    Files,
    Jobs,
    Limits,
    MappingFile,
    Mask,
    Meddra,
    OnsetDay,
    ReaderName,
    ReaderOptions,
    SuspectName,
    Width,
    app,
)
from dechallenge.cli.output import color, corrections_of, failed, mapping_of, reader_of, show, tell, width_of

if TYPE_CHECKING:
    from dechallenge.case import Reading


@app.command()
def assess(
    files: Files,
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write one self-contained page to this file.")
    ] = None,
    cioms: Annotated[
        Path | None, typer.Option("--cioms", metavar="FILE", help="Also write a CIOMS I form: .pdf or .html.")
    ] = None,
    narrative: Annotated[
        bool, typer.Option("--narrative", help="Print a narrative written from the case instead of the view.")
    ] = False,
    limit: Limits = None,
    onset_day: OnsetDay = None,
    suspect: SuspectName = None,
    event: EventKind = None,
    mask: Mask = False,
    meddra: Meddra = None,
    mapping: MappingFile = None,
    reader: ReaderName = "prose",
    reader_option: ReaderOptions = None,
    jobs: Jobs = 1,
    width: Width = None,
) -> None:
    """Read reports and show the assessed cases. A file that `read -o` wrote is taken as it was corrected."""
    from dechallenge.api import assess_batch, assess_reading, read_paths
    from dechallenge.exchange.command import dictionary
    from dechallenge.report.files import check_target, write_text

    if html is not None:
        check_target(html, files)
    corrections = corrections_of(limit, onset_day, suspect, event)
    plug, terms = reader_of(reader, reader_option), dictionary(meddra)
    columns = mapping_of(mapping, files)
    notes: list[str] = []
    if cioms is None and not narrative:
        result, documents = assess_batch(
            files, corrections, reader=plug, mask=mask, jobs=jobs, meddra=terms, mapping=columns
        )
    else:
        from dechallenge.exchange import forms

        if cioms is not None:
            forms.check(cioms, files)
        reading = read_paths(files, reader=plug, mask=mask, jobs=jobs, meddra=terms, mapping=columns)
        result, documents = assess_reading(reading, corrections), reading.documents
        if cioms is not None:
            notes += (f"Form written to {path}" for path in forms.write(cioms, reading, result))
    if html is not None:
        from dechallenge.report.html import render as page

        write_text(html, page(result, {d.id: d.text for d in documents}))
        notes.append(f"Page written to {html}")
    told = "".join(f"\n{note}\n" for note in notes)
    if as_json:
        show(result.to_json())
    elif narrative:
        show(forms.narratives(reading, result) + told)
    else:
        from dechallenge.report.terminal import render

        show(render(result, width=width_of(width), color=color()) + told)
    if failed(result.problems):
        if narrative:
            tell(reading.problems)
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
    meddra: Meddra = None,
    mapping: MappingFile = None,
    reader: ReaderName = "prose",
    reader_option: ReaderOptions = None,
    jobs: Jobs = 1,
    width: Width = None,
) -> None:
    """Show what was read of each report, every value with its words; nothing is scored."""
    from dechallenge.api import assess_reading, read_paths
    from dechallenge.exchange.command import dictionary
    from dechallenge.report.files import check_target, write_text

    if output is not None:
        check_target(output, files, "case file")
    reading = read_paths(
        files,
        reader=reader_of(reader, reader_option),
        mask=mask,
        jobs=jobs,
        meddra=dictionary(meddra),
        mapping=mapping_of(mapping, files),
    )
    if output is not None:
        from dechallenge.formats import caseyaml

        write_text(output, caseyaml.write(reading, output.name), "case file")
    if as_json:
        shown = reading if text else _without_texts(reading)
        show(shown.model_dump_json(indent=2))
    elif text:
        show("".join(document.text for document in reading.documents), ends_line=False)
    elif output is not None:
        show(f"Case file written to {output}")
    else:
        from dechallenge.report.terminal import render_reading

        view = render_reading(
            assess_reading(reading).cases,
            {d.id: d.text for d in reading.documents},
            names={d.id: d.name for d in reading.documents},
            width=width_of(width),
            color=color(),
        )
        show(view)
    if reading.problems:
        if not as_json:
            tell(reading.problems)
        if failed(reading.problems):
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

    corrections = corrections_of(limit, onset_day, None, event)
    reading = read_paths([file])
    if not reading.cases:
        tell(reading.problems)
        raise typer.Exit(1)
    view = explain_item(
        reading, item, case=case, suspect=suspect, corrections=corrections, width=width_of(width), color=color()
    )
    show(view)


def _without_texts(reading: Reading) -> Reading:
    """The texts left out, for they would be most of the output; ``--text`` puts them in."""
    return reading.model_copy(update={"documents": tuple(d.model_copy(update={"text": ""}) for d in reading.documents)})
