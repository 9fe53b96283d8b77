"""Facts of the tests for primary haemophagocytic lymphohistiocytosis: activity of natural killer cells, and the genes.

May import evidence, logic, the vocabulary and the pair.
"""

from __future__ import annotations

import re

from dechallenge.evidence import words
from dechallenge.facts.pair import Pair
from dechallenge.facts.vocabulary import inflammation as v
from dechallenge.logic import Fact

_KILLERS = re.compile(r"\bNK\b|natural\s+killer", re.IGNORECASE)
_LOW = re.compile(
    r"\b(?:low|absent|reduced|decreased|impaired|deficient|diminished|lack\w*|no|poor|abolished)\b", re.IGNORECASE
)
_NORMAL = re.compile(r"\b(?:normal|preserved|intact|unremarkable)\b", re.IGNORECASE)
_CHANGED = re.compile(r"\bmutations?\b|\bvariants?\b", re.IGNORECASE)


def facts(pair: Pair) -> list[Fact]:
    """As stated; nothing from silence."""
    return [fact for fact in (_activity(pair), _genes(pair)) if fact is not None]


def _activity(pair: Pair) -> Fact | None:
    for told in pair.case.tests:
        if told.test != "perforin" or told.state not in ("positive", "negative"):
            continue
        quote = " ".join(quote.quote for quote in words(told.evidence))
        if _KILLERS.search(quote) is None or (low := _LOW.search(quote) is not None) == bool(_NORMAL.search(quote)):
            continue
        because = f"activity of natural killer cells {'low or absent' if low else 'normal'} as told"
        value = "low or absent" if low else "normal"
        return Fact.choice(v.nk_activity, value, because=because, evidence=told.evidence)
    return None


def _genes(pair: Pair) -> Fact | None:
    for told in pair.case.tests:
        named = any(_CHANGED.search(quote.quote) for quote in words(told.evidence))
        if told.state == "positive" and told.test in ("genetic HLH testing", "perforin") and named:
            return Fact.flag(v.molecular_hlh, True, because="mutation told", evidence=told.evidence)
        if told.state == "negative" and told.test == "genetic HLH testing":
            return Fact.flag(v.molecular_hlh, False, because="genetic tests negative", evidence=told.evidence)
    return None
