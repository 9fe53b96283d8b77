"""From a point back to the words: finds the item that ``explain`` asks for and has it rendered.

May import the instruments, the assessment and the reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from dechallenge import instruments
from dechallenge.assessment.model import Assessment, CaseOut, InstrumentOut, ItemOut, SuspectOut
from dechallenge.case import Reading
from dechallenge.errors import FactError
from dechallenge.instruments import describe
from dechallenge.report.terminal import render_explain


def explain(
    assessment: Assessment,
    reading: Reading,
    item: str,
    *,
    case: int = 1,
    suspect: str | None = None,
    width: int = 100,
    color: bool = True,
) -> str:
    """The explanation of an item (``rucam-2016.5``) or of every item of an instrument (``rucam-2016``).

    Args:
        assessment, reading: Of the same documents.
        item: Id of an item or of an instrument.
        case: Number of the case, from 1.
        suspect: Drug; the likeliest one when not given.
        width, color: Of the view.

    Raises:
        FactError: There is no such case, suspect or item; the message names those that there are.
    """
    if not 1 <= case <= len(assessment.cases):
        raise FactError(f"there is no case {case}", place="--case", next_step=f"The report has {len(assessment.cases)}.")
    chosen = assessment.cases[case - 1]
    wanted = item.strip().lower()
    found = [(s, i, x) for s, i, x in _items(chosen, suspect) if x.id == wanted or i.id == wanted]
    if not found:
        known = sorted({i.id for _, i, _ in _items(chosen, suspect)})
        refused = [i for s, i in _instruments(chosen, suspect) if i.id == wanted.split(".")[0] and not i.applicable]
        if refused:
            raise FactError(f"{refused[0].id} does not apply: {refused[0].reason}", place=item, next_step=f"It was scored with: {', '.join(known)}.")
        raise FactError("there is no such point in this case", place=item, next_step=f"Instruments scored: {', '.join(known)}.")
    texts = {d.id: d.text for d in reading.documents}
    names = {d.id: d.name for d in reading.documents}
    views = []
    for about, instrument, one in found:
        definition = describe.item(instruments.get(instrument.id), one.id)
        views.append(
            render_explain(
                chosen, about, instrument, one, texts, names=names, options=definition.options, source=definition.source,
                facts=definition.facts, width=width, color=color,
            )  # fmt: skip
        )
    return "\n".join(views)


def _instruments(case: CaseOut, suspect: str | None) -> Iterator[tuple[SuspectOut | None, InstrumentOut]]:
    chosen = [s for s in case.suspects if suspect is None or s.drug == suspect.strip().lower()]
    if suspect is not None and not chosen:
        raise FactError(
            f"{suspect} is not assessed as a suspect", place="--suspect",
            next_step=f"Suspects of this case: {', '.join(s.drug for s in case.suspects) or 'none'}.",
        )  # fmt: skip
    for about in chosen[:1]:
        for instrument in about.instruments:
            yield about, instrument
    for event in case.events:
        for instrument in event.instruments:
            yield None, instrument


def _items(case: CaseOut, suspect: str | None) -> Iterator[tuple[SuspectOut | None, InstrumentOut, ItemOut]]:
    for about, instrument in _instruments(case, suspect):
        for one in instrument.items:
            yield about, instrument, one
