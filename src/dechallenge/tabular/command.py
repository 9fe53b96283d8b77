"""The verb `dechallenge score`: a table of facts in, the scored table out, problems on the error stream.

Imports the rest of `tabular`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from dechallenge import instruments
from dechallenge.errors import DechallengeError
from dechallenge.tabular import template
from dechallenge.tabular.scored import score_table

Say = Callable[[str, str, str], None]


def run(
    name: str,
    facts: Path | None,
    output: Path | None,
    *,
    show_template: bool,
    ranges: bool,
    as_json: bool,
    write: Callable[[str], None],
    say: Say,
) -> bool:
    """Score a file, or print the template. Says whether every row and column could be used.

    Args:
        write: Writes to the output.
        say: Tells a problem: place, cause, next step.

    Raises:
        DechallengeError: No file was given, or it cannot be read.
    """
    one = instruments.get(name.strip().lower())
    if show_template:
        as_json = as_json or (output is not None and output.suffix.lower() == ".json")
        text = template.as_json(one) + "\n" if as_json else template.as_csv(one)
        if output is None:
            write(text)
        else:
            output.write_text(text, encoding="utf-8", newline="\n")
        return True
    if facts is None:
        raise DechallengeError(
            "no facts were given", place="facts", next_step="Give a CSV, JSON or Parquet file, or --template."
        )
    if output is not None and output.resolve() == facts.resolve():
        raise DechallengeError("this is the table of facts", place=str(output), next_step="Name another file.")
    scored = score_table(one, facts, ranges=ranges)
    if output is not None:
        scored.write(output)
    else:
        _stream(scored.batches(), write, as_json=as_json)
    problems = scored.problems(output)
    for problem in problems:
        place = str(facts) if problem.row < 1 else f"{facts}, row {problem.row}"
        say(place, problem.cause, problem.next_step)
    return not problems


def _stream(batches: object, write: Callable[[str], None], *, as_json: bool) -> None:
    """Rows as CSV, or as one JSON array, batch by batch."""
    first = True
    for batch in batches:  # type: ignore[attr-defined]
        rows = batch.to_pylist()
        if as_json:
            text = ",\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in rows)
            write(("[\n" if first else ",\n") + text)
        else:
            buffer = io.StringIO()
            table = csv.DictWriter(buffer, fieldnames=batch.schema.names, lineterminator="\n")
            if first:
                table.writeheader()
            table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
            write(buffer.getvalue())
        first = False
    if as_json:
        write("[]\n" if first else "\n]\n")


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) and value.is_integer() and abs(value) < 1e6 else value
