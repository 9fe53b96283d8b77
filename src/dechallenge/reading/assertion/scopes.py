"""Scopes of the cues of one sentence (the ConText idea): what is denied, doubted, dated back, or given a result.

A cue rules over the whole coordinated list on its side, up to the end of its clause. Clauses are found by finite
verbs and terminators; a bracket is a sentence of its own. Imports the cue words only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dechallenge.reading.assertion.cues import BARE, BARE_KINDS, POST, POST_KINDS, PRE, PRE_KINDS
from dechallenge.reading.assertion.scopeclauses import Clauses
from dechallenge.reading.matching.triggers import Pattern

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
_EXCEPT = Pattern(
    r"\s*,?\s*(?:except(?: for)?|apart from|aside from|other than|with the exception of)\s+", re.IGNORECASE
)
"""Behind a result: what it does not hold for."""
_INCLUDED = Pattern(
    r"histor(?:y|ies)\s+(?:includ(?:ed|es|ing)|(?:significant|remarkable|notable)\s+for)$", re.IGNORECASE
)
_LIST_OVER = Pattern(
    r";|\bbut\b|,?\s+(?:and\s+)?\b(?:who|he|she|they|the\s+patient|when|until|which)\b|,\s+and\s+(?:was|were|is|had|has)\b",
    re.IGNORECASE,
)
"""Ends a list of what the history included, whatever "with" and "secondary to" stand in it."""
_ITEM_KINDS = frozenset({"uncertain", "normal", "positive", "not interpretable"})
"""Adjectives before a noun: they rule over the next item, not over a list of clauses."""
_LISTING = Pattern(r"(?:for|of|in|both)$", re.IGNORECASE)
_ITEM_END = Pattern(
    r",\s(?!such\sas\b|including\b|e\.?g\b|for\sexample\b)|\s(?:with|in|on|(?<!such\s)as|that|which|by|from)\s"
)
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


_NOT_A_CLAUSE = Pattern(
    r"\b(?:was|were|is|are|had|has|have|showed|revealed|demonstrated|returned|came|remained|confirmed|suggested|developed|improved)\b",
    re.IGNORECASE,
)
_CLOSES = Pattern(
    r"\b(?:was|were)\s+(?:all\s+)?(?:negative|normal|unremarkable|non-?reactive|within\s+normal)\b", re.IGNORECASE
)


def _one_list(text: str) -> str:
    """A list of tests parted by semicolons, with one verb at its end, as one list: "ANA; SMA was negative"."""
    parts = text.split(";")
    if len(parts) == 1 or any(_NOT_A_CLAUSE.search(part) for part in parts[:-1]) or _CLOSES.search(parts[-1]) is None:
        return text
    return text.replace(";", ",")


@lru_cache(maxsize=512)
def scopes(sentence: str) -> tuple[Scope, ...]:
    """All cues of a sentence with their scopes, in order of the cues."""
    text = _one_list(sentence[:LONGEST_SENTENCE])
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
    clause = Clauses(text)
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


def _found(text: str, full: str, clause: Clauses) -> Iterator[Scope]:
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
        spared = _EXCEPT.match(text, match.end()) if kind in ("negative", "normal") else None
        if spared:
            yield Scope("positive", spared.end(), _next_stop(clause, spared.end()), *spared.span(), "pre")
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
        if any(a < last and first < b for a, b in taken) and match.group().lower() != "unremarkable for":
            continue
        if kind == "other":
            yield Scope(kind, 0, len(text), first, last, "all")
            continue
        if kind == "negated" and match.group().lower() in ("excluded", "ruled out") and _passive(text, first):
            continue
        stop = clause.after(first, last, _carries_verb(match.group()))
        if kind == "history" and _INCLUDED.search(match.group()):
            ends = _LIST_OVER.search(text, last)
            stop = max(stop, ends.start() if ends is not None else len(text))
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


def _next_stop(clause: Clauses, position: int) -> int:
    return next((first for first, _, _ in clause.stops if first >= position), len(clause.text))


def _before_verb(clause: Clauses, position: int) -> int:
    index = bisect_left(clause.verb_starts, position)
    return clause.verbs[index][0] if index < len(clause.verbs) else len(clause.text)
