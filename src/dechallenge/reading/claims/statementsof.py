"""Scores that one sentence tells of several patients: "7 in the first patient, 9 in the second and 6 in the third".

Each goes to the patient it is told of, by number, by letter or by the suspect drug; the one figure that the sentence
seems to give to all of them is taken away. May import statements, text, the case model and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.case import Case, Statement
from dechallenge.reading.claims.statements import StatementMention, read_statements
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.text import CleanText

_NTH = ("first", "second", "third", "fourth", "fifth", "sixth")
_CATEGORY = "probable|possible|certain|definite|highly probable|unlikely|doubtful|likely"
_PART = Pattern(
    rf"(?:(?P<code>\b(?:I\s?\d\s?\(C\s?\dS\d(?:B\d)?\)|C\s?\d\s?S\s?\d(?:\s?B\s?\d)?(?:\s?\(?I\s?\d\)?)?))|"
    rf"(?P<score>(?<![\w.,])\d{{1,2}}(?![\d.,]\d)))?\s?(?:points?\s)?[\"“”'(]{{0,2}}(?P<category>{_CATEGORY})?[\"“”')]{{0,2}},?\s"
    rf"(?:in\s|for\s|\()(?:(?:(?:the|our)\s)?(?P<nth>{'|'.join(_NTH)})\b|(?:patient|case)s?\s(?P<n>\d{{1,2}}|[A-F])\b(?:,?\sand\s(?P<n2>\d{{1,2}}|[A-F])\b(?!\s(?:in|for)\b))?"
    r"|(?P<drug>(?!the\b|our\b|a\b|patients?\b|cases?\b)[a-z][\w/+-]{4,40}(?:\s(?:acid|sodium))?))",
    re.IGNORECASE,
)
_SCORED = frozenset({"score", "category"})


def shared_out(
    text: CleanText, cases: Sequence[Case], outside: Sequence[tuple[int, int]], inside: Sequence[tuple[int, int]]
) -> list[Case]:
    """The cases of a report with the scores that single sentences share out among them.

    Args:
        text: Clean text of the document.
        cases: Its cases, in order.
        outside, inside: Sentences outside and inside the cases.
    """
    spans = [s for s in dict.fromkeys((*outside, *inside)) if len(list(_PART.finditer(text.text, *s))) > 1]
    if not spans:
        return list(cases)
    told = _sentences(spans, read_statements(text.text, spans))
    return [_apportioned(text, case, told, i, len(cases)) for i, case in enumerate(cases, 1)]


def _apportioned(text: CleanText, case: Case, told: Sequence[tuple[int, int, str]], number: int, of: int) -> Case:
    kept = list(case.statements)
    for first, last, method in told:
        parts = [m for m in _PART.finditer(text.text, first, last) if m["code"] or m["score"] or m["category"]]
        owners = [_owner(text, m, case) for m in parts]
        if len(parts) < 2 or len(parts) > of:
            continue
        begin, end = text.raw_start(first), text.raw_end(last)
        kept = [s for s in kept if not (s.kind in _SCORED and _inside(s, begin, end))]
        mine = [m for m, owner in zip(parts, owners, strict=True) if number in owner or _MINE in owner]
        if len(mine) != 1:
            continue
        score, category = (
            "".join((mine[0]["code"] or mine[0]["score"] or "").split()),
            (mine[0]["category"] or "").lower(),
        )
        words = text.quote(mine[0].start(), mine[0].end())
        kept.append(
            Statement(
                kind="score" if score else "category",
                by="author",
                method=method,
                result=", ".join(p for p in (score, category) if p),
                evidence=(words,),
            )
        )
    return case if kept == list(case.statements) else case.model_copy(update={"statements": tuple(kept)})


_MINE = -1


def _sentences(spans: Sequence[tuple[int, int]], mentions: Sequence[StatementMention]) -> list[tuple[int, int, str]]:
    """The sentences in which a method of scoring is named, and the method."""
    found: dict[tuple[int, int], str] = {}
    for mention in mentions:
        span = next((s for s in spans if s[0] <= mention.start < s[1]), None)
        if span is not None and mention.kind in _SCORED and mention.method:
            found.setdefault(span, mention.method)
    return [(a, b, method) for (a, b), method in found.items()]


def _owner(text: CleanText, part: re.Match[str], case: Case) -> set[int]:
    """The patients a part of the sentence is told of, by number; ``_MINE`` where it names the suspect of the case."""
    if part["nth"]:
        return {_NTH.index(part["nth"].lower()) + 1}
    if part["n"]:
        return {int(n) if n.isdigit() else ord(n.upper()) - ord("A") + 1 for n in (part["n"], part["n2"]) if n}
    suspects = {link.drug for link in case.links if link.role == "suspect"}
    named = read_drugs(text.text, [part.span("drug")])
    return {_MINE} if named and named[0].drug in suspects else set()


def _inside(statement: Statement, begin: int, end: int) -> bool:
    return any(begin <= getattr(e, "start", -1) < end for e in statement.evidence)
