"""Which dose, way and frequency belong to which drug: what joins a regimen to an exposure.

The words themselves are read by ``regimens`` and ``routes``. Between two drugs, what stands before the last break (a
comma, "and", "with", "then") belongs to the first, what stands behind it to the second. May import drugs, regimens and
routes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from dechallenge.reading.drugs.regimens import Slot, doses, frequencies
from dechallenge.reading.drugs.routes import routes
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_BREAK = Pattern(
    r"[,;:+]|[(\[](?![A-Za-z.]{1,5}[)\]])|\b(?:and|or|plus|with|then|followed\s+by|replaced\s+by|changed\s+to|"
    r"switched\s+to|versus|but|while|before|after|received|given|took|taking|added|started|treated)\b",
    re.IGNORECASE,
)
"""What may part the regimens of two drugs; a short form in brackets ("subcutaneous (sc) injections") does not."""
_OPENED = Pattern(r"\s?[:(\[]")
_OTHER_LEAD = Pattern(r"[,;:]|\b(?:and|or|then|but|while)\b", re.IGNORECASE)
"""What parts a drug from the words before it, where no other drug is named in them."""
_OTHER_MATTER = Pattern(
    r";|\b(?:and|but|then|while|which|who|when)\s+(?:\w{1,15}\s+){0,2}?(?:he|she|they|the|was|were|had|has|received|"
    r"given|treated|developed|required|noted|presented|underwent)\b"
    r"|(?:,\s*(?:and\s+)?|\s+and\s+)(?:aggressive\s+|supportive\s+|adequate\s+)?(?:oral|intravenous|IV|parenteral|topical|enteral)\s+"
    r"(?:supplement\w*|hydration|rehydration|fluids?|saline|nutrition|feeding|replacement|resuscitation|repletion)\b",
    re.IGNORECASE,
)
"""Where the words after a drug begin to tell of something else."""
_LEADS = Pattern(
    r"\s*(?:[)(\[\]]|of|daily|weekly|oral|intravenous|iv|subcutaneous|a\s+day|per\s+day|/\s?day|doses?|dose\s+of|orally|"
    r"twice|once|the|drug|injections?|infusions?|tablets?|capsules?|\s)*",
    re.IGNORECASE,
)
"""What may stand between a quantity and the drug behind it ("5 mg of oral prednisone")."""
_SIZED = Pattern(r"(?P<word>high|low|moderate|pulse|full|standard)[\s-]+\Z", re.IGNORECASE)
_PER_DAY = Pattern(r"\s*(?:/|\bper\b|\ba\b|\beach\b|\bevery\b)\s*(?:24\s*h\w*|day|d)\Z", re.IGNORECASE)
_FAR_DOSE, _FAR, _BEHIND_DOSE = 90, 60, 30
"""Letters between a drug and its dose, between a drug and its way or frequency, and between those and the dose."""


@dataclass(frozen=True, slots=True)
class Regimen:
    """Dose, route and frequency that stand beside a drug; the span of drug and regimen, and that of the frequency.

    Of several quantities at once ("3 x 400 mg/day") the dose is one of them and the frequency says how many.
    """

    dose_low: float | None = None
    dose_high: float | None = None
    dose_unit: str = ""
    dose_text: str = ""
    route: str | None = None
    frequency: str | None = None
    start: int = -1
    end: int = -1
    often: tuple[int, int] | None = None


class Sheet:
    """The regimen slots of the sentences of a text, each sentence read once."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        """
        Args:
            text: Clean text.
            spans: Its sentences.
        """
        self.text = text
        self._spans = spans
        self._read: dict[tuple[int, str], list[Slot]] = {}
        self._inside: dict[int, tuple[list[int], list[int]]] = {}

    def slots(self, sentence: int, kind: str) -> list[Slot]:
        """The slots of one kind (``dose``, ``frequency`` or ``route``) in a sentence."""
        key = (sentence, kind)
        if key not in self._read:
            start, end = self._spans[sentence]
            self._read[key] = _READERS[kind](self.text, start, end)
        return self._read[key]

    def span(self, sentence: int) -> tuple[int, int]:
        """Where a sentence begins and ends."""
        return self._spans[sentence]

    def breaks(self, sentence: int, start: int, end: int, pattern: Pattern = _BREAK) -> list[int]:
        """Where words may part between ``start`` and ``end``.

        Never inside a slot ("at weeks 0, 2 and 6"), nor at what opens the regimen of a drug that ends at ``start``
        ("clonidine: 0.1 mg", "clonidine (0.1 mg daily)").
        """
        opened = _OPENED.match(self.text, start)
        start = opened.end() if opened else start
        found = [m.span() for m in pattern.finditer(self.text, start, end)]
        if not found:
            return []
        starts, ends = self._covered(sentence)
        return [b for a, b in found if not (i := bisect_right(starts, a)) or ends[i - 1] <= a]

    def _covered(self, sentence: int) -> tuple[list[int], list[int]]:
        """Where the slots of a sentence begin, in order, and how far those up to each of them reach."""
        if sentence not in self._inside:
            spans = sorted((s.start, s.end) for kind in _READERS for s in self.slots(sentence, kind))
            self._inside[sentence] = [a for a, _ in spans], list(accumulate((b for _, b in spans), max))
        return self._inside[sentence]


_READERS: dict[str, Callable[[str, int, int], list[Slot]]] = {"dose": doses, "frequency": frequencies, "route": routes}


def read_regimen(sheet: Sheet, mention: DrugMention, before: int, after: int) -> Regimen:
    """Dose, route and frequency beside a drug, within the part of its sentence that no other drug stands in.

    Args:
        sheet: The slots of the text.
        mention: The drug.
        before: Where the drug named before ends, or the sentence begins.
        after: Where the drug named next begins, or the sentence ends.
    """
    text = sheet.text
    first, last = _territory(sheet, mention, before, after)
    dose = _dose(sheet, mention, first, last)
    low, high, unit, words = None, None, "", ""
    start, end = mention.start, mention.end
    if dose is not None:
        low, high, unit, words = dose.low, dose.high, dose.unit, " ".join(text[dose.start : dose.end].split())
        start, end = min(start, dose.start), max(end, dose.end)
    elif sized := _sized(sheet, mention, first):
        start, words = sized
    often = _beside(sheet.slots(mention.sentence, "frequency"), mention, dose, first, last)
    if often is not None:
        start, end = min(start, often.start), max(end, often.end)
    frequency = often.value if often is not None else None
    if dose is not None and dose.times > 1:
        unit, each = _PER_DAY.sub("", unit), _PER_DAY.search(unit)
        frequency = " ".join([f"{dose.times} x", "per day" if each else (frequency or "")]).strip()
    way = _beside(sheet.slots(mention.sentence, "route"), mention, dose, first, last)
    if way is not None:
        start, end = min(start, way.start), max(end, way.end)
    span = (often.start, often.end) if often is not None else None
    return Regimen(low, high, unit, words, way.value if way is not None else None, frequency, start, end, span)


def _territory(sheet: Sheet, mention: DrugMention, before: int, after: int) -> tuple[int, int]:
    """Where the regimen of a drug may stand."""
    last = after
    begin, stop = sheet.span(mention.sentence)
    parted = _BREAK if before > begin else _OTHER_LEAD
    first = max(sheet.breaks(mention.sentence, before, mention.start, parted), default=before)
    if after < stop:
        last = max(sheet.breaks(mention.sentence, mention.end, after), default=after)
    if turn := _OTHER_MATTER.search(sheet.text, mention.end, last):
        last = turn.start()
    return first, last


def _dose(sheet: Sheet, mention: DrugMention, first: int, last: int) -> Slot | None:
    """The quantity nearest to a drug, a mass before a number of pieces; one before the drug leads on to it."""
    own = [
        s for s in sheet.slots(mention.sentence, "dose") if first <= s.start < last and (s.low is not None or s.unit)
    ]
    near = [
        s
        for s in own
        if _distance(s, mention) < _FAR_DOSE
        and (s.end > mention.start or _LEADS.fullmatch(sheet.text, s.end, mention.start))
    ]
    return min(near, key=lambda s: (_is_piece(s), _distance(s, mention)), default=None)


def _is_piece(slot: Slot) -> bool:
    return slot.unit.lower().startswith(("tab", "cap", "puf", "dro", "pil", "cup", "sac", "via", "amp", "sup", "pat"))


def _sized(sheet: Sheet, mention: DrugMention, first: int) -> tuple[int, str] | None:
    """ "High-dose prednisone", "pulse methylprednisolone": a dose without a figure, right before the drug."""
    for slot in sheet.slots(mention.sentence, "dose"):
        told = slot.low is None and not slot.unit and first <= slot.start and slot.end <= mention.start
        if told and _LEADS.fullmatch(sheet.text, slot.end, mention.start):
            return slot.start, slot.value.replace("-", " ").removesuffix("s").replace("dosage", "dose")
    if found := _SIZED.search(sheet.text, max(first, mention.start - 12), mention.start):
        return found.start(), f"{found['word'].lower()} dose"
    return None


def _beside(slots: Sequence[Slot], mention: DrugMention, dose: Slot | None, first: int, last: int) -> Slot | None:
    """The slot that stands nearest to a drug, or directly behind its dose."""
    near = []
    for slot in slots:
        if not slot.value or not first <= slot.start < last:
            continue
        gap = _distance(slot, mention)
        if dose is not None and slot.start >= dose.start and slot.start - dose.end < _BEHIND_DOSE:
            gap = min(gap, max(0, slot.start - dose.end))
        elif gap >= _FAR:
            continue
        near.append((gap, slot.start, slot))
    return min(near, key=lambda n: n[:2])[2] if near else None


def _distance(slot: Slot, mention: DrugMention) -> int:
    if slot.start >= mention.end:
        return slot.start - mention.end
    return max(0, mention.start - slot.end) + 5
