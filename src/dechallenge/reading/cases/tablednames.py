"""The drug that is named outside its case alone, in the caption of a table of patients or in the title of a report.

"Line listing: neutropenia with carbimazole"; "Acute interstitial nephritis due to proton pump inhibitors".

May import drug mentions, the text and the case model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dechallenge.case import Case, DrugReaction, Exposure, Time
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
    return _suspected(text, next(iter(named.values())), case, _BECAUSE, latency=case.events[0].onset)


def blamed_outside(text: CleanText, drugs: Sequence[DrugMention], blamed: Mapping[str, str], case: Case) -> Case:
    """A case without any drug under suspicion with the one drug, or class, that the title or abstract blames.

    When it was taken is not told there: its latency stays unknown.

    Args:
        text: Clean text of the document.
        drugs: Drugs of the text outside the case.
        blamed: Those that the title or abstract blames, with its words.
        case: The only case of the document.
    """
    if len(blamed) != 1 or not case.events or any(exposure.role == "suspect" for exposure in case.exposures):
        return case
    mention = next((m for m in drugs if m.drug in blamed), None)
    if mention is None or mention.drug in {exposure.drug for exposure in case.exposures}:
        return case
    return _suspected(text, mention, case, f"blamed in the title or abstract: “{blamed[mention.drug]}”", latency=Time())


def _suspected(text: CleanText, mention: DrugMention, case: Case, because: str, *, latency: Time | None) -> Case:
    words = (text.quote(mention.start, mention.end),)
    exposure = Exposure(
        id=f"x{len(case.exposures) + 1}",
        drug=mention.drug,
        as_written=words[0].quote,
        ingredients=mention.ingredients,
        role="suspect",
        reason=because,
        evidence=words,
    )
    first = case.events[0]
    link = DrugReaction(
        drug=mention.drug,
        event=first.id,
        role="suspect",
        basis="blamed",
        because=because,
        latency=latency,
        course=0,
        evidence=words,
    )
    return case.model_copy(update={"exposures": (*case.exposures, exposure), "links": (*case.links, link)})
