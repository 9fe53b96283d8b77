"""The regimen beside a drug: dose, route and frequency. May import drugs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.reading.drugs import DOSE, DrugMention

_LEADS = re.compile(
    r"\s*(?:\)|of|daily|weekly|oral|intravenous|subcutaneous|a\s+day|per\s+day|doses?|dose\s+of|orally|twice|once|"
    r"the|drug|\s)*",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<![\w.])(?P<low>\d+)\s*(?P<unit>tablets?|capsules?|puffs?|drops|pills?|cups?)\b", re.IGNORECASE)
_HIGH = re.compile(
    r"\b(?P<word>high|low|moderate|pulse|increasing|escalating|full|standard)[\s-]+(?:dos(?:e|es|age)s?(?:\s+of)?|"
    r"dosage)?\s*$",
    re.I,
)
FREQUENCY = re.compile(
    r"\b(?:(?:once|twice|thrice|(?:two|three|four|\d)\s+times|\d\s*-\s*\d\s+times|2\s+to\s+3\s+times)\s*(?:a|per|"
    r"every|each)?\s*(?:daily|day|weekly|week|monthly|month|night)|"
    r"(?:once\s+)?(?:daily|weekly|monthly|nightly|fortnightly|biweekly|bid|b\.i\.d\.|tid|t\.i\.d\.|qid|qd|q\.d\.|prn|"
    r"as\s+needed|at\s+night|hourly)|"
    r"every\s+(?:other\s+(?:day|week)|\d+\s*(?:-\s*\d+\s*)?(?:hours?|days?|weeks?|months?)|(?:two|three|four|six|"
    r"eight|twelve)\s+(?:hours?|days?|weeks?|months?)|day|week|month|morning|night)|"
    r"(?:q|Q)\s?\d+\s?(?:h|hr|hrs|d|w|wk|weeks?)|(?:a|per|/)\s?(?:day|week|month)|"
    r"at\s+weeks\s+\d+(?:\s*,\s*\d+)*,?\s+and\s+\d+)\b",
    re.IGNORECASE,
)
ROUTE = re.compile(
    r"\b(?P<sc>subcutaneous(?:ly)?|s\.?c\.?|subcut)\b|\b(?P<iv>intravenous(?:ly)?|i\.?v\.?|infusions?)\b|"
    r"\b(?P<im>intramuscular(?:ly)?|i\.m\.)\b|"
    r"\b(?P<po>oral(?:ly)?|by\s+mouth|p\.?o\.|per\s+os)\b|\b(?P<top>topical(?:ly)?)\b|\b(?P<inh>inhaled|"
    r"inhalation)\b|\b(?P<rec>rectal(?:ly)?)\b|"
    r"\b(?P<it>intrathecal(?:ly)?)\b|\b(?P<sl>sublingual(?:ly)?)\b|\b(?P<td>transdermal|patch)\b",
    re.IGNORECASE,
)
_ROUTES = {
    "sc": "subcutaneous", "iv": "intravenous", "im": "intramuscular", "po": "oral", "top": "topical", "inh":
        "inhalation",
    "rec": "rectal", "it": "intrathecal", "sl": "sublingual", "td": "transdermal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Regimen:
    """Dose, route, frequency and duration that stand beside a drug."""

    dose_low: float | None = None
    dose_high: float | None = None
    dose_unit: str = ""
    dose_text: str = ""
    route: str | None = None
    frequency: str | None = None
    start: int = -1
    end: int = -1


def read_regimen(text: str, mention: DrugMention, start: int, end: int) -> Regimen:
    """Dose, route and frequency beside a drug, within the part of its sentence that no other drug stands in.

    Args:
        text: Clean text.
        mention: The drug.
        start, end: Clean span to look in (between the neighbouring drugs).
    """
    low = high = None
    unit = dose_text = ""
    first, last = mention.start, mention.end
    best: re.Match[str] | None = None
    for pattern in (DOSE, _COUNT):
        for match in pattern.finditer(text, start, end):
            if match.end() <= mention.start and not _LEADS.fullmatch(text[match.end() : mention.start]):
                continue
            if best is None or _distance(match, mention) < _distance(best, mention):
                best = match
        if best is not None:
            break
    if best is not None and _distance(best, mention) < 90:
        low = _number(best["low"])
        groups = best.groupdict()
        high = _number(groups["high"]) if groups.get("high") else None
        unit, dose_text = " ".join(best["unit"].split()), " ".join(best.group().split())
        first, last = min(first, best.start()), max(last, best.end())
    elif found := _HIGH.search(text, start, mention.start):
        dose_text = found["word"].lower() + " dose"
        first = min(first, found.start("word"))
    frequency = None
    for match in FREQUENCY.finditer(text, start, end):
        near = _distance(match, mention) < 60 or (best is not None and 0 <= match.start() - best.end() < 30)
        if near:
            frequency = " ".join(match.group().split()).lower()
            last = max(last, match.end())
            first = min(first, match.start())
            break
    route = None
    for match in ROUTE.finditer(text, start, end):
        if _distance(match, mention) < 60 or (best is not None and abs(match.start() - best.end()) < 30):
            route = _ROUTES[str(match.lastgroup)]
            break
    return Regimen(low, high, unit, dose_text, route, frequency, first, last)


def _distance(match: re.Match[str], mention: DrugMention) -> int:
    if match.start() >= mention.end:
        return match.start() - mention.end
    return mention.start - match.end() + 5


def _number(text: str) -> float:
    return float(text.replace(",", ""))
