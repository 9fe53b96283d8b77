"""From a point back to the words: finds the item that ``explain`` asks for and has it rendered.

May import the instruments, the assessment and the reports.
"""

from __future__ import annotations

from dataclasses import replace

from dechallenge import instruments
from dechallenge.api import assess
from dechallenge.assessment.corrections import Corrections
from dechallenge.assessment.model import CaseOut, InstrumentOut, SuspectOut
from dechallenge.case import Reading
from dechallenge.errors import FactError
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.report import choices
from dechallenge.report.terminal import draw, render_explain
from dechallenge.report.wording import signed

TABLES = {"methods": "all methods side by side", "choices": "what another defensible choice would give"}


def explain(
    reading: Reading,
    item: str,
    *,
    case: int = 1,
    suspect: str | None = None,
    corrections: Corrections | None = None,
    width: int = 100,
    color: bool = False,
) -> str:
    """The explanation of an item (``rucam-2016.5``), of every item of an instrument (``rucam-2016``), or a table.

    Args:
        reading: What was read of the documents.
        item: Id of an item or of an instrument; ``methods`` for all methods side by side, ``choices`` for what another
            defensible choice would give.
        case: Number of the case, from 1.
        suspect: Drug; the likeliest one when not given. A drug that the reader did not suspect is put in as entered.
        corrections: What a person entered instead of what was read.
        width, color: Of the view.

    Raises:
        FactError: There is no such case, drug, instrument or item; the message names those that there are. Or a
            correction does not fit the case.
    """
    if not 1 <= case <= len(reading.cases):
        raise FactError(f"there is no case {case}", place="--case", next_step=f"The report has {len(reading.cases)}.")
    alone = reading.model_copy(update={"cases": (reading.cases[case - 1],), "problems": ()})
    wanted = item.strip().lower().replace("_", "-")
    if wanted in TABLES:
        return _table(alone, corrections or Corrections(), suspect, wanted, width=width, color=color)
    definition = instruments.get(wanted.split(".")[0])
    chosen, about = _about(alone, corrections or Corrections(), suspect)
    judges_drug = definition.kind == "causality"
    result = _result(chosen, about, definition.id)
    if result is None:
        raise FactError(
            "the case has no suspect drug" if judges_drug and about is None else "the case has no reaction",
            place=item,
            next_step="Name one with --suspect." if judges_drug and about is None else "Name one with --event.",
        )
    if not result.applicable:
        return f"{definition.id} was not scored in this case: {result.reason}\n"
    found = [one for one in result.items if wanted in (one.id, result.id)]
    if not found:
        raise FactError(
            f"{definition.id} judged no such item in this case",
            place=item,
            next_step=f"Its items here: {', '.join(one.id for one in result.items) or 'none'}.",
        )
    texts = {d.id: d.text for d in reading.documents}
    names = {d.id: d.name for d in reading.documents}
    views = []
    for one in found:
        told = definition.item(one.id.removeprefix(f"{definition.id}."))
        view = render_explain(
            chosen,
            about,
            result,
            one,
            texts,
            names=names,
            places={d.id: d for d in reading.documents},
            options=[(_given(option.gives), option.wording) for option in told.options],
            source=told.source,
            width=width,
            color=color,
        )
        views.append(view)
    return "\n".join(views)


def _table(
    alone: Reading, corrections: Corrections, suspect: str | None, which: str, *, width: int, color: bool
) -> str:
    """All methods side by side, or every defensible choice, for one suspect."""
    _, about = _about(alone, corrections, suspect)
    if about is None:
        raise FactError("the case has no suspect drug", place=which, next_step="Name one with --suspect.")
    head = f"{about.drug}, {about.event.term}: {TABLES[which]}"
    parts = choices.methods_table(about) if which == "methods" else [choices.choices_table(about)]
    return draw([head, *parts], width=width, color=color)


def _given(gives: int | str) -> str:
    """What an option gives: signed points, or its code."""
    return gives if isinstance(gives, str) else signed(gives)


def _about(alone: Reading, corrections: Corrections, suspect: str | None) -> tuple[CaseOut, SuspectOut | None]:
    """The assessed case, and the suspect asked for: one that the reader suspects, else one put in as entered."""
    case = assess(alone, corrections).cases[0]
    if suspect is None:
        return case, next(iter(case.suspects), None)
    written = suspect.strip()
    entry = load_drugs().lookup(written, any_case=True)
    names = {written.lower(), entry.inn if entry else written.lower()}
    found = next((s for s in case.suspects if s.drug in names), None)
    if found is None:
        case = assess(alone, replace(corrections, suspect=suspect)).cases[0]
        found = next(iter(case.suspects), None)
    return case, found


def _result(case: CaseOut, about: SuspectOut | None, id: str) -> InstrumentOut | None:
    """The result of an instrument for the suspect and its reaction; without a suspect, for the first reaction."""
    events = [e for e in case.events if about is None or e.id == about.event.id]
    own = about.instruments if about is not None else ()
    return next((i for i in (*own, *(i for e in events for i in e.instruments)) if i.id == id), None)
