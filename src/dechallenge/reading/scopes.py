"""Scopes of the cues of one sentence (the ConText idea): what is denied, doubted, dated back, or given a result.

A cue rules over the whole coordinated list on its side, up to the end of its clause. Clauses are found by finite
verbs and terminators; a bracket is a sentence of its own. Imports the cue words only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dechallenge.reading.cues import BARE, BARE_KINDS, FINITE, POST, POST_KINDS, PRE, PRE_KINDS, SEEN
from dechallenge.reading.triggers import Pattern

_AS_WERE = Pattern(
    r"(?<![\w-])(?:,?\s*(?:as|and so|so)\s+(?:were|was|are|is)(?: also| the"
    r"| all)?)(?![\w-])",
    re.IGNORECASE,
)
_INCLUDING = Pattern(
    r"\s*,?\s*(?:including|comprising|namely|which included|that included)\s|"
    r"(?:\s+(?:or|and)\s+(?:negative|normal))?\s*:\s",
    re.IGNORECASE,
)
"""A list that follows its result: "the work-up was negative, including …", "the following were negative: …"."""
_ATTACHED = Pattern(
    r"(?<![\w-])(?!(?:gram|rh|rhesus|false|double|triple|sero|drug|tax|care|hands|risk)-)(?:[\w/]{1,20}\s)?(?P<what>[\w/]{1,30})-(?:negative|free)\b",
    re.IGNORECASE,
)
"""A denial joined to its noun: "an ANA-negative hepatitis", "fever-free"."""
_RECENT = Pattern(r"\b(?:hours?|days?|weeks?|months?)['’]?[\s-]+(?:long\s+)?histor(?:y|ies)\b", re.IGNORECASE)
"""A complaint of weeks is what the patient comes for, no background."""
_PASSIVE = Pattern(
    r"\s+(?:\w+ly\s+|also\s+|ever\s+)?(?:been\s+)?" + SEEN + r"\b|\s+(?:been\s+)?(?:given|made|introduced"
    r"|administered|taken|used|needed)\b",
    re.IGNORECASE,
)
_STOP = Pattern(
    r"(?<![\w-])(?:but|however|although|though|except(?: for)?|apart from|aside from|other than|yet|whereas|while"
    r"|who|which|because|"
    r"since|therefore|followed by|until|when|where|after|before|despite|due to|secondary to|caused by"
    r"|as well as being)(?![\w-])|;|:(?!\d)|(?<=\s)\d{1,2}\)(?=\s)",
    re.IGNORECASE,
)
_WITH = Pattern(
    r"(?<!associated )(?<!consistent )(?<!compatible )(?<!infection )(?<!infected )(?<!contact )"
    r"(?<!problems )"
    r"(?<!patients )(?<!difficulty )(?<!trouble )\bwith (?!or\b)",
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
    r"(?!(?: \w+)? (?:or|nor)\b))|\s+(?:consistent|compatible) with\b(?<!no)",
    re.IGNORECASE,
)
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
_ITEM_KINDS = frozenset({"uncertain", "normal", "positive", "not interpretable"})
"""Adjectives before a noun: they rule over the next item, not over a list of clauses."""
_INFINITIVE = Pattern(r"\s*(?:\w+ly\s+|yet\s+|ever\s+)?(?:to\s+)?")
_LISTING = Pattern(r"(?:for|of|in|both)$", re.IGNORECASE)
_ITEM_END = Pattern(r",\s|\s(?:with|in|on|as|that|which|by|from)\s")
_LIST_COMMA = Pattern(r",(?!\s*(?:or|nor|and no)\b)")
LONGEST_SENTENCE = 2500
"""Characters above which a sentence is read in parts; keeps the time for any text bounded."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A cue and what it rules over, in offsets of the sentence.

    Attributes:
        kind: ``negated``, ``negative``, ``normal``, ``positive``, ``affirmed``, ``uncertain``, ``history``, ``family``,
            ``hypothetical``, ``other``, ``background``, ``resolved``, ``not done``, ``not reported`` or ``not
                interpretable``.
        start, end: What it rules over.
        cue_start, cue_end: The words of the cue.
        side: ``pre`` (before the mention), ``post`` or ``all``.
    """

    kind: str
    start: int
    end: int
    cue_start: int
    cue_end: int
    side: str


@lru_cache(maxsize=512)
def scopes(sentence: str) -> tuple[Scope, ...]:
    """All cues of a sentence with their scopes, in order of the cues."""
    text = sentence[:LONGEST_SENTENCE]
    return tuple(sorted(_level(text, 0, len(text)), key=lambda s: (s.cue_start, s.cue_end, s.side)))


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or where it is longer than any sentence should be (a table without line ends), parts of it."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost closed brackets, as spans including the signs."""
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    if text.find("(", start, end) < 0 and text.find("[", start, end) < 0:
        return found
    for position in range(start, end):
        if text[position] in "([":
            stack.append(position)
        elif text[position] in ")]" and stack:
            opened = stack.pop()
            while found and found[-1][0] > opened:
                found.pop()
            found.append((opened, position + 1))
    return found


def _level(sentence: str, start: int, end: int) -> Iterator[Scope]:
    inner = _brackets(sentence, start, end)
    text = sentence[start:end]
    if inner:
        masked = list(text)
        for opened, closed in inner:
            masked[opened - start : closed - start] = " " * (closed - opened)
        text = "".join(masked)
    clause = _Clauses(text)
    for scope in _found(text, sentence[start:end], clause):
        yield Scope(
            scope.kind,
            scope.start + start,
            scope.end + start,
            scope.cue_start + start,
            scope.cue_end + start,
            scope.side,
        )
    for opened, closed in inner:
        yield from _level(sentence, opened + 1, closed - 1)
        alone = BARE.fullmatch(sentence, opened, closed - 1) or BARE.match(sentence, opened, closed - 1)
        if alone and alone.lastgroup:
            everything = re.match(r"\(?\s*(?:all|both|each)\b", sentence[opened:closed], re.IGNORECASE) is not None
            back = clause.before(opened - start, opened - start, plural=everything, single=not everything)
            yield Scope(BARE_KINDS[int(alone.lastgroup[1:])][0], back + start, opened, opened, closed, "post")


def _found(text: str, full: str, clause: _Clauses) -> Iterator[Scope]:
    taken: list[tuple[int, int]] = []
    for match in POST.finditer(text):
        kind = POST_KINDS[int((match.lastgroup or "k0")[1:])][0]
        taken.append(match.span())
        plural = (
            re.match(r"(?:were|are|have|both|all|gave|yielded|produced)\b", match.group(), re.IGNORECASE) is not None
            or " all" in match.group()
        )
        yield Scope(
            kind,
            clause.before(match.start(), match.start(), plural=plural, single=not plural),
            match.start(),
            *match.span(),
            "post",
        )
        follow = _AS_WERE.search(text, match.end(), min(len(text), match.end() + 60))
        listed = _INCLUDING.match(text, match.end())
        if listed and kind in ("negative", "normal", "positive"):
            yield Scope(kind, listed.end(), clause.after(listed.end(), listed.end(), True), *match.span(), "pre")
        if follow and kind in ("negative", "normal", "positive", "negated"):
            yield Scope(kind, follow.end(), clause.inverted(follow.end()), match.start(), follow.end(), "pre")
    for match in PRE.finditer(full):
        first, last = match.span()
        if text[first:last] != full[first:last] and text[first] == " ":
            continue
        kind = PRE_KINDS[int((match.lastgroup or "k0")[1:])][0]
        if kind == "pseudo":
            taken.append((first, last))
            continue
        if any(a < last and first < b for a, b in taken):
            continue
        if kind == "other":
            yield Scope(kind, 0, len(text), first, last, "all")
            continue
        if kind == "negated" and match.group().lower() in ("excluded", "ruled out") and _passive(text, first):
            continue
        stop = clause.after(first, last, _carries_verb(match.group()))
        if kind in _ITEM_KINDS and not _LISTING.search(match.group()):
            stop = _first_item(text, last, stop)
        if kind == "background":
            stop = min(stop, _before_verb(clause, last))
            recent = _RECENT.search(text, last, stop)
            stop = recent.start() if recent else stop
        yield Scope(kind, last, stop, first, last, "pre")
        if kind == "negative":
            taken.append((first, last))
    for match in _ATTACHED.finditer(text):
        start = match.start("what") if len(match["what"]) > 2 else match.start()
        yield Scope("negative", start, match.end("what"), match.end("what") + 1, match.end(), "post")
    previous = 0
    for match in BARE.finditer(text):
        if match.lastgroup is None or any(a < match.end() and match.start() < b for a, b in taken):
            continue
        back = max(previous, clause.before(match.start(), match.start(), plural=True, single=False))
        yield Scope(BARE_KINDS[int(match.lastgroup[1:])][0], back, match.start(), match.start(), match.end(), "post")
        previous = match.end()


def _passive(text: str, position: int) -> bool:
    return (
        re.search(
            r"\b(?:was|were|be|been|is|are|being)(?: \w+)?\s*$", text[max(0, position - 30) : position], re.IGNORECASE
        )
        is not None
    )


def _carries_verb(cue: str) -> bool:
    return (
        re.match(
            r"den|fail|lack(?:s|ed)|rul|exclud|arg|did|does|could|can|tested|refused|declined|had been"
            r"|(?:ha[sd]|have)",
            cue,
            re.IGNORECASE,
        )
        is not None
    )


def _first_item(text: str, start: int, stop: int) -> int:
    """An adjective reaches to the end of its item; a list joined by "or", or a short list of nouns, counts as one."""
    match = _ITEM_END.search(text, start, stop)
    return match.start() if match else stop


def _complement(text: str, start: int, stop: int) -> int | None:
    """Start of the last noun of ``text[start:stop]`` that has a complement; ``None`` where there is none."""
    found = [match.start() for match in _COMPLEMENT.finditer(text, start, stop)]
    return found[-1] if found else None


def _before_verb(clause: _Clauses, position: int) -> int:
    index = bisect_left(clause.verb_starts, position)
    return clause.verbs[index][0] if index < len(clause.verbs) else len(clause.text)


class _Clauses:
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
        last = cue_end
        for first, end in self.verbs[bisect_left(self.verb_starts, cue_end) :]:
            if first >= limit:
                break
            if _INFINITIVE.fullmatch(text, cue_end, first):
                continue
            points = list(_COORD.finditer(text, last, first))
            if opening and points:
                limit = min(limit, points[0].start())
                break
            if points and not text[points[-1].end() : first].strip():
                limit = min(limit, points[-1].start())
                break
            subject = next((p for p in points if _SUBJECT.match(text, p.end())), None)
            if _PASSIVE.match(text, end) and subject is None and last == cue_end:
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
        return self._list_end(cue_end, limit)

    def inverted(self, start: int) -> int:
        """End of "as were A, B and the C": the list stands behind its verb."""
        limit = next((a for a, _, _ in self.stops if a >= start), len(self.text))
        return self.after(start, start, True) if any(start <= v < limit for v in self.verb_starts) else limit

    def _list_end(self, start: int, limit: int) -> int:
        """A list joined by "or" is over at the next comma; "and marked …" and "with …" begin something new."""
        text = self.text
        fresh = _NEW_ITEM.search(text, start, limit)
        if fresh and text[start : fresh.start()].strip():
            limit = fresh.start()
        new = _WITH.search(text, start, limit)
        if new and text[start : new.start()].strip():
            limit = new.start()
        joins = [m.end() for m in re.finditer(r"\b(?:or|nor)\b", text[start:limit])]
        if joins:
            comma = _LIST_COMMA.search(text, start + joins[-1], limit)
            if comma:
                limit = comma.start()
        return limit

    def before(self, position: int, cue_start: int, *, plural: bool, single: bool) -> int:
        """Start of the subject of a cue that stands after its list."""
        text = self.text
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
