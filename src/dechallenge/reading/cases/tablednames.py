"""The drug that only the caption of a table of patients names: "Line listing: neutropenia with carbimazole".

May import drug mentions, the text and the case model.
"""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.case import Case, DrugReaction, Exposure
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.texts.text import CleanText

_BECAUSE = "the one drug that the caption of the table of patients names"


def named_outside(text: CleanText, drugs: Sequence[DrugMention], case: Case) -> Case:
    """A case without a drug under suspicion with the one drug that the text outside its table names.

    Args:
        text: Clean text of the document.
        drugs: Drugs of the text outside the cases.
        case: A patient of the table.
    """
    if not case.events or any(exposure.role == "suspect" for exposure in case.exposures):
        return case
    named = {m.drug: m for m in reversed(drugs) if m.drug and m.kind == "substance"}
    if len(named) != 1 or set(named) & {exposure.drug for exposure in case.exposures}:
        return case
    [mention] = named.values()
    words = (text.quote(mention.start, mention.end),)
    exposure = Exposure(
        id=f"x{len(case.exposures) + 1}",
        drug=mention.drug,
        as_written=words[0].quote,
        ingredients=mention.ingredients,
        role="suspect",
        reason=_BECAUSE,
        evidence=words,
    )
    first = case.events[0]
    link = DrugReaction(
        drug=mention.drug,
        event=first.id,
        role="suspect",
        basis="blamed",
        because=_BECAUSE,
        latency=first.onset,
        course=0,
        evidence=words,
    )
    return case.model_copy(update={"exposures": (*case.exposures, exposure), "links": (*case.links, link)})
