"""Too much of a drug as the reaction: "lithium toxicity", "digoxin poisoning"; the drug is then the first suspect.

May import drugs, the signs of ``events``, the suspicions and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.lexicon.findings import load_findings
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import BLAMED, Ground, Suspicion
from dechallenge.reading.reactions.events import Sign

INTOXICATION = "intoxication"
"""Kind of the reaction."""
_POISONED = Pattern(r"(?:intoxication|toxicity|poisoning)\b", re.IGNORECASE)


def intoxication(text: str, drug: DrugMention, here: re.Match[str], weight: float) -> Sign | None:
    """The words right behind a drug as an intoxication with it, called by both ("lithium toxicity").

    Args:
        text: Clean text.
        drug: The drug.
        here: A match with the words as ``name``.
        weight: Weight of the sign.
    """
    start, end = here.span("name")
    if not drug.drug or start - drug.end > 1 or _POISONED.fullmatch(text, start, end) is None:
        return None
    return Sign(start, end, INTOXICATION, f"{drug.drug} {text[start:end].lower()}", weight, True)


def of_its_intoxication(suspected: Sequence[Suspicion], found: Sequence[Sign], kind: str) -> list[Suspicion]:
    """The suspicions, first the drug of the intoxication: that a smaller dose was borne later does not clear it.

    Args:
        suspected: Heaviest first.
        found: Signs of the case.
        kind: Kind of the reaction.
    """
    named = next((s for s in found if s.kind == kind == INTOXICATION), None)
    mine = next((e for e in suspected if named is not None and named.term.startswith(f"{e.drug} ")), None)
    if named is None or mine is None:
        return list(suspected)
    mine.weight = max(mine.weight, suspected[0].weight, BLAMED)
    mine.add(Ground.INTOXICATION, (named.position, named.end))
    return [mine, *(entry for entry in suspected if entry is not mine)]


def named_first(titled: Sequence[Sign], called: Sequence[Sign]) -> tuple[Sign, ...]:
    """The reactions of a title, with one outside the known kinds that it names first.

    That is what it calls by the drug ("lithium toxicity with renal failure"), or an illness that stands before the
    known one ("aseptic meningitis with hyperkalaemia").

    Args:
        titled: Reactions of known kinds that the title names.
        called: The reaction outside the known kinds that it names.
    """
    first = [s for s in called if s.kind == INTOXICATION or (s.position < titled[0].position and _is_illness(s.term))]
    if not first:
        return tuple(titled)
    return (*first, *(replace(s, weight=min(s.weight, _SECOND)) for s in titled))


def _is_illness(term: str) -> bool:
    known = load_findings().terms.get(term)
    return (known is not None and known.kind == "diagnosis") or _ILLNESS.search(term) is not None


_ILLNESS = re.compile(r"\w{3,}(?:itis|opathy|osis|plegia|cusis)\b", re.IGNORECASE)
_SECOND = 1.0
"""Weight of a further reaction of a title (as in ``namedkinds``)."""
