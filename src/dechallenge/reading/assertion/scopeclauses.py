"""Where the clauses of one level of a sentence begin and end, and how far a cue in them reaches.

Clauses are found by finite verbs and terminators. Imports the cue words only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from dechallenge.reading.assertion.cues import FINITE, SEEN
from dechallenge.reading.matching.triggers import Pattern

_PASSIVE = Pattern(
    r"\s+(?:\w+ly\s+|also\s+|ever\s+)?(?:been\s+)?"
    + SEEN
    + r"\b(?!\s+to\s+have\b)|\s+(?:been\s+)?(?:given|made|introduced"
    r"|administered|taken|used|needed)\b",
    re.IGNORECASE,
)
_STOP = Pattern(
    r"(?<![\w-])(?:but(?!\s+not\s+(?:[\w-]+\s+){1,3}(?:was|were)\b)|however|although|though"
    r"|except(?: for)?|apart from|aside from|other than|(?<!not )(?<!never )yet|whereas|while"
    r"|who|which|because|"
    r"since|therefore|followed by|until|when|where|after|before|despite|due to|secondary to|caused by"
    r"|as well as being)(?![\w-])|;|:(?!\d)|(?<=\s)\d{1,2}\)(?=\s)",
    re.IGNORECASE,
)
_WITH = Pattern(
    r"(?<!associated )(?<!consistent )(?<!compatible )(?<!infection )(?<!infected )(?<!contact )"
    r"(?<!problems )"
    r"(?<!patients )(?<!difficulty )(?<!trouble )(?<!diagnosed )\bwith (?!or\b)",
    re.IGNORECASE,
)
_COORD = Pattern(r",?\s+(?:and|as well as)\s+|,\s+(?:or\s+)?", re.IGNORECASE)
_SUBJECT = Pattern(
    r"(?:the|his|her|its|their|she|he|they|there|it|all|both|these|this|tests?|testing|serum|serolog\w*|liver"
    r"|laboratory|lab|blood|abdominal|"
    r"ultraso\w*|sonograph\w*|imaging|physical|a|an|on|at|in|during|after|viral|urin\w*|bone|chest|ct|mri|further"
    r"|other|repeat\w*|"
    r"markers?|autoantibod\w*|antinuclear|anti|hepatitis|therefore|thus|subsequent\w*|patient)\b",
    re.IGNORECASE,
)
_NEW_ITEM = Pattern(
    r"(?:,\s*(?:and\s+)?|\s+and\s+)(?=(?:an?|the|his|her|its|mild|moderate|marked|severe|minimal|occasional|positive"
    r"|elevated|raised|"
    r"increased|decreased|normal|abnormal|low|high|only|some|extensive|diffuse|prominent|focal|early|scattered"
    r"|therefore|thus)\b"
    r"(?!(?: \w+)? (?:or|nor)\b))"
    r"|,\s*(?=(?:hospitali[sz]ed|admitted|referred|transferred|presenting|presented|seen|brought|undergoing|receiving)\s)"
    r"|,\s*(?:and\s+)?(?=(?:(?:past|known|prior)\s+)?(?:medical\s+)?history\s+of\b|s/p\b|status[\s-]post\b)(?![^.;]*\bn?or\b)"
    r"|\s+(?:consistent|compatible) with\b(?<!no)",
    re.IGNORECASE,
)
_OTHER_HISTORY = Pattern(
    r"(?:,\s*(?:and\s+)?|\s+and\s+)(?=(?:an?\s+|the\s+)?(?:history\s+of|known|s/p|status[\s-]post|diagnosed)\b)",
    re.IGNORECASE,
)
"""What the patient has had, behind what was denied: "no history of alcohol use, history of NASH"."""
_OPENING = Pattern(
    r"\s*(?:on|at|in|during|after|before|despite|because|with|following|apart|except|aside|for|by|upon|prior|due"
    r"|given|of note)\b",
    re.IGNORECASE,
)
_COMPLEMENT = Pattern(
    r"\b(?:PCR|serolog(?:y|ies)|tests?|testing|screen(?:ing)?|work-?up|panel|search|assays?|markers?|cultures?|analysis"
    r"|antibod(?:y|ies)|IgM|results?|stain(?:s|ing)?|ultraso\w+|sonogra\w+|imaging|scans?|CT|MRI|tomography|radiogra\w+"
    r"|examination)\s+(?:for|of|to|against)\b",
    re.IGNORECASE,
)
"""A noun with a complement: "PCR for HSV, adenovirus and enterovirus was negative" speaks of the whole list."""
_APPOSITION = 80
"""Longest apposition between commas before a verb: "ANA, absent before therapy, was now positive"."""
_BACK_STOP = frozenset({"apart from", "aside from", "except", "except for", "other than"})
_INFINITIVE = Pattern(r"\s*(?:\w+ly\s+|yet\s+|ever\s+)?(?:to\s+)?")
_JOIN = Pattern(
    r"\b(?:(?<!acute\s)(?<!chronic\s)(?<!recent\s)(?<!current\s)(?<!active\s)(?<!past\s)(?<!bacterial\s)(?<!viral\s)or|nor)\b",
    re.IGNORECASE,
)
"""Joins two things, not two adjectives of one ("acute or chronic hepatitis")."""
_LIST_COMMA = Pattern(r",(?!\s*(?:or|nor|and no)\b)")


def _complement(text: str, start: int, stop: int) -> int | None:
    """Start of the last noun of ``text[start:stop]`` that has a complement; ``None`` where there is none."""
    found = [match.start() for match in _COMPLEMENT.finditer(text, start, stop)]
    return found[-1] if found else None


_WITHOUT = Pattern(r"without\b", re.IGNORECASE)
_IN_A_LIST = Pattern(
    r"\b(?:presence|combination|triad|constellation|features|signs|findings|consisting)\s+of\b[^,;]*$", re.IGNORECASE
)
"""Before "without": one item of a list of what there is ("presence of a rash without blisters, eosinophilia …")."""
_DENIES = Pattern(r"den(?:y|ies|ied|ying)\b", re.IGNORECASE)
_MORE_DENIED = Pattern(r",\s+(?:[\w -]{2,40},?\s+)?(?:and|or)\s+(?:an?y?\s+)?[\w-]", re.IGNORECASE)
"""The last item of a list, with a comma before it ("denied fever, chills, and a history of trauma")."""
_HIS_HISTORY = Pattern(r",\s+(?=(?:his|her|past|known|prior|previous|medical|s/p|status|with)\b)", re.IGNORECASE)
"""What the patient has had, behind what was denied ("denied alcohol use, past history of asthma, and …")."""
_PARTICIPLE = Pattern(r"\s*(?:\w+\s*){0,2}")
"""Between the verb of a list and its end ("A and B were checked, both of which …"): the verb stands behind the list."""
_ALL_OF_WHICH = Pattern(r",?\s+(?:all|both|each)\s+of\s+(?:which|them|these)\s*$", re.IGNORECASE)
"""Between a list and what is said of all of it ("…, complement and ultrasound, all of which were normal")."""


class Clauses:
    """Where the clauses of one level of a sentence begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def verbs(self) -> list[tuple[int, int]]:
        """The finite verbs."""
        return [m.span() for m in FINITE.finditer(self.text)]

    @cached_property
    def verb_starts(self) -> list[int]:
        """Where they begin."""
        return [v[0] for v in self.verbs]

    @cached_property
    def stops(self) -> list[tuple[int, int, str]]:
        """Words and signs that end a clause."""
        return [(m.start(), m.end(), m.group().lower()) for m in _STOP.finditer(self.text)]

    def after(self, cue_start: int, cue_end: int, verb_before: bool) -> int:
        """End of the scope of a cue that stands before its list."""
        text = self.text
        limit = next((a for a, _, _ in self.stops if a >= cue_end), len(text))
        clause_start = max((b for _, b, _ in self.stops if b <= cue_start), default=0)
        verb_before = verb_before or any(clause_start <= a < cue_start for a, _ in self.verbs)
        opening = not text[clause_start:cue_start].strip(" ,") and re.match(
            r"(?:without|in the absence|the absence|absence|lacking|lack|rather|instead)",
            text[cue_start:cue_end],
            re.IGNORECASE,
        )
        lacking = _WITHOUT.match(text, cue_start, cue_end) is not None
        if lacking and _IN_A_LIST.search(text, clause_start, cue_start) and not _JOIN.search(text, cue_end, limit):
            comma = text.find(",", cue_end, limit)
            limit = comma if comma >= 0 else limit
        last = cue_end
        for first, end in self.verbs[bisect_left(self.verb_starts, cue_end) :]:
            if first >= limit:
                break
            if _INFINITIVE.fullmatch(text, cue_end, first) or text[max(0, first - 3) : first].lower() == "to ":
                continue
            points = list(_COORD.finditer(text, last, first))
            if opening and points:
                limit = min(limit, points[0].start())
                break
            if points and not text[points[-1].end() : first].strip():
                limit = min(limit, points[-1].start())
                break
            subject = next((p for p in points if _SUBJECT.match(text, p.end())), None)
            if _PASSIVE.match(text, end) and subject is None and last == cue_end and not (lacking and points):
                last = end
                continue
            if subject is not None:
                limit = min(limit, subject.start())
            elif not verb_before and last == cue_end:
                limit = min(limit, first)
            elif points:
                plural = text[first:end].lower() in ("were", "are", "have") and len(points) > 1
                limit = min(limit, points[-2 if plural else -1].start())
            else:
                limit = min(limit, first)
            break
        return self._list_end(cue_end, limit, denied=_DENIES.match(text, cue_start, cue_end) is not None)

    def inverted(self, start: int) -> int:
        """End of "as were A, B and the C": the list stands behind its verb."""
        limit = next((a for a, _, _ in self.stops if a >= start), len(self.text))
        return self.after(start, start, True) if any(start <= v < limit for v in self.verb_starts) else limit

    def _list_end(self, start: int, limit: int, *, denied: bool) -> int:
        """A list joined by "or" is over at the next comma; "and marked …" and "with …" begin something new.

        What somebody ``denied`` goes on ("denied alcohol or drug use, fever, and a history of transfusions").
        """
        text = self.text
        if denied and _MORE_DENIED.search(text, start, limit) is not None:
            with_it = _WITH.search(text, start, limit)
            history = _HIS_HISTORY.search(text, start, limit) or _OTHER_HISTORY.search(text, start, limit)
            if history is not None and (_JOIN.search(text, history.end(), limit) or "and" in history.group().lower()):
                history = None
            return min([limit, *(m.start() for m in (with_it, history) if m is not None)])
        fresh = _NEW_ITEM.search(text, start, limit)
        if fresh and text[start : fresh.start()].strip():
            limit = fresh.start()
        other = _OTHER_HISTORY.search(text, start, limit)
        if other and text[start : other.start()].strip() and " or " not in text[other.end() : limit]:
            limit = other.start()
        new = _WITH.search(text, start, limit)
        if new and text[start : new.start()].strip():
            limit = new.start()
        joins = [m.end() for m in _JOIN.finditer(text, start, limit)]
        if joins:
            comma = _LIST_COMMA.search(text, joins[-1], limit)
            if comma:
                limit = comma.start()
        return limit

    def before(self, position: int, cue_start: int, *, plural: bool, single: bool) -> int:
        """Start of the subject of a cue that stands after its list."""
        text = self.text
        if (which := _ALL_OF_WHICH.search(text, max(0, position - 30), position)) is not None:
            told = [end for _, end, _ in self.stops if end <= which.start()]
            verbs = [
                b for _, b in self.verbs if b <= which.start() and not _PARTICIPLE.fullmatch(text, b, which.start())
            ]
            return max([0, *told, *verbs])
        lead = text[:position].rstrip()
        if lead.endswith(","):
            comma = lead.rfind(",", max(0, len(lead) - _APPOSITION), len(lead) - 1)
            if comma > 0 and not FINITE.search(text, comma, position):
                position = cue_start = comma
        start = 0
        for _start, end, word in self.stops:
            if end > position:
                break
            if word == ":" and not FINITE.search(text, end, position) and not text[end:position].strip():
                continue
            if word in ("which", "who") and not text[end:position].strip():
                return self.before(_start, _start, plural=False, single=True)
            if word in _BACK_STOP:
                comma = text.find(",", end, position)
                end = comma + 1 if comma >= 0 else end
            start = end
        index = bisect_left(self.verb_starts, cue_start) - 1
        verb = self.verbs[index] if index >= 0 else None
        if verb is None or verb[1] <= start:
            if _OPENING.match(text, start):
                comma = text.find(",", start, position)
                if comma >= 0 and text[comma + 1 : position].strip():
                    return comma + 1
            return start
        begin = max(start, verb[1])
        points = list(_COORD.finditer(text, begin, position))
        if not points:
            return begin
        if single and (noun := _complement(text, begin, points[-1].start())) is not None:
            return noun
        subject = next((p for p in points if _SUBJECT.match(text, p.end())), None)
        if single or len(points) == 1:
            return points[-1].end() if subject is None or not plural else subject.end()
        strong = [
            p for p in points if "," in p.group() and "and" in p.group() and _COORD.search(text, p.end(), position)
        ]
        if strong:
            return strong[-1].end()
        return subject.end() if subject else points[0].end()
