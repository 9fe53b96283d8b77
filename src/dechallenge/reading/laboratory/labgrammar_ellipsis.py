"""Values told without their name again: "was 287 K/µL before surgery and 264 K/µL on day 4", "4.6 (baseline 2.9)".

A value may leave out its unit too where its time stands right behind it ("175 on admission, 125 on day 3").

The analyte is that of the value before; what stands between the two may tell of time and of nothing else. Runs after
the other linking rules. May import the other ``labgrammar`` files below the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dechallenge.reading.laboratory.extremewords import LED
from dechallenge.reading.laboratory.labgrammar_figures import TIMES, Figure
from dechallenge.reading.laboratory.labgrammar_names import Name, suits
from dechallenge.reading.laboratory.labgrammar_take import Link, take
from dechallenge.reading.laboratory.labgrammar_tokens import Row
from dechallenge.reading.matching.triggers import Pattern

_REACH = 120
"""Characters between two values of one analyte."""
_TAIL = 48
_TIME = (
    r"(?:second|minute|hour|day|week|month|year)s?|morning|evening|pre-?operatively|post-?operatively|POD|later|afterwards?|thereafter|earlier|subsequently|admission|"
    r"discharge|follow|presentation|diagnosis|withdrawal|discontinuation|stopping|cessation|surgery|operation|cycle|dose|infusion|"
    r"injection|arrival|onset|baseline|nadir|peak|maximum|maximal|max|highest|lowest|worst|minimum|previous|previously|prior|before|initial|initially|pre-?treatment|taper|tapering|course|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_WHEN = Pattern(rf"\b(?:{_TIME})\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b", re.IGNORECASE)
_WORD = Pattern(r"[^\W\d_]+")
_ALLOWED = Pattern(
    rf"(?:{_TIME}|and|but|then|to|at|on|in|by|after|since|until|within|between|from|the|a|an|of|its|his|her|end|start|beginning|"
    r"it|only|still|again|even|already|just|about|approximately|around|over|under|up|"
    r"was|were|had|been|is|has|remained|stayed|became|"
    r"rose|risen|rising|fell|fallen|falling|dropped|declined|decreased|increased|climbed|reached|peaked|returned|recovered|shortened|lengthened|"
    r"improved|normali[sz]ed|went|"
    r"compared|comparison|with|versus|vs|against|"
    r"that|same|day|morning|afternoon|evening|night|another|further|one|two|three|four|five|six|seven|eight|nine|ten|twelve|first|second|third|fourth|fifth|sixth|"
    r"seventh|eighth|ninth|tenth|last|final|next|following|st|nd|rd|th|h|d|wk|wks|mo|"
    r"hospital|postoperative|treatment|therapy|value|values|level|levels|count|counts|up)",
    re.IGNORECASE,
)
"""Words that tell of time or of a course, and of no other thing that could be measured."""
_OF_A_DOSE = Pattern(r"\bdose\s+of\s*$", re.IGNORECASE)
_JOINED = Pattern(r"[,;(]|\b(?:and|but|then|compared|versus|vs|from)\b", re.IGNORECASE)


def again(row: Row, found: Sequence[Link]) -> Iterator[Link]:
    """Further values of the analyte before them, each with its own unit and a time.

    Args:
        row: The sentence.
        found: What the other rules linked.
    """
    links = sorted(found, key=lambda link: link.figure.start)
    names = [token.start for token in row.every if token.tag in "AD"]
    for index, token in enumerate(row.tokens):
        figure = token.figure
        if figure is None or row.tags[index] not in "QN":
            continue
        at = bisect_right(links, figure.start, key=lambda link: link.figure.start) - 1
        if at < 0:
            continue
        if figure.unit is None:
            if not _bare_again(row, links[at], figure):
                continue
            figure = figure.with_unit(links[at].figure) if links[at].figure.unit is not None else figure
            if not _between(row, links[at], figure, names):
                continue
        elif not _same_thing(row, links[at], figure, names):
            continue
        name = links[at].name
        if name is not None and (link := take(row, index, name, figure, "again")):
            links.insert(at + 1, link)
            yield link


_LENT = Pattern(r"[AP][=oVvTq]{0,4}(?P<list>(?:N[T=]{1,2}o{1,4},?&?){1,8})Q(?=[T=]{1,2}o)")


def lend_behind(row: Row, carried: Name | None) -> None:
    """ "Was 150 on 12 June, 110 on 15 June and 82 µmol/L on 20 June": the unit at the end holds for all of them."""
    for match in _LENT.finditer(row.string):
        name, lender = row.tokens[match.start()].name or carried, row.tokens[match.end() - 1].figure
        words = row.text[row.tokens[match.start("list")].start : row.tokens[match.end() - 1].start]
        if name is None or lender is None or lender.unit is None:
            continue
        if not _WHEN.search(words) or not all(_ALLOWED.fullmatch(word[0]) for word in _WORD.finditer(words)):
            continue
        for index in range(match.start("list"), match.end("list")):
            token = row.tokens[index]
            figure = token.figure
            if row.tags[index] != "N" or figure is None or figure.unit_text:
                continue
            if suits(name.ids, lender.unit, figure.value):
                token.figure = figure.with_unit(lender)
                row.tags[index] = token.tag = "Q"


_DATED = Pattern(r"A=(?P<list>(?:o{1,3}Q[,;&]{0,2}){2,12})")


def dated(row: Row) -> Iterator[Link]:
    """ "Platelets: 4 October 38 G/L, 6 October 97 G/L": a name, and values each behind its day."""
    for match in _DATED.finditer(row.string):
        name = row.tokens[match.start()].name
        first = match.start("list")
        for index in range(first, match.end("list")):
            figure = row.tokens[index].figure
            if row.tags[index] != "Q" or figure is None or name is None:
                continue
            words = row.text[row.tokens[first].start : figure.start]
            first = index + 1
            if not _WHEN.search(words) or not all(_ALLOWED.fullmatch(w[0]) for w in _WORD.finditer(words)):
                break
            if (link := take(row, index, name, figure, "dated")) is None:
                break
            yield link


_AWAY = 200.0
"""Factor between two values of one analyte from which a number without a unit is rather something else."""
_ITS_TIME = Pattern(
    r"\s+(?:on|at|by|in|after|before)\s|\s+(?:(?:\d+|an?|one|two|three|four|five|six|seven|several)\s+(?:hours?|days?|weeks?|months?|"
    r"years?)\s+(?:later|earlier|before|after|ago))\b",
    re.IGNORECASE,
)
_LABELLED = Pattern(rf"\s*(?:{LED}|\(\s*(?:baseline|previously|initially)\s*(?:of\s+|was\s+|[:=]\s*)?)$", re.IGNORECASE)
"""Right behind a value, before another one of the same thing: "120 μmol/L (peak 614)"."""
_YEAR = Pattern(r"(?:19|20)\d\d\b")


def _bare_again(row: Row, before: Link, figure: Figure) -> bool:
    """A number without a unit is a value again only where its own time follows it at once."""
    old, new = before.figure.value, figure.value
    if old is None or new is None or old <= 0 or new <= 0 or not 1 / _AWAY < new / old < _AWAY:
        return False
    if figure.unit_text or before.figure.unit_text == TIMES or _YEAR.match(row.text, figure.start):
        return False
    if _LABELLED.search(row.text, before.figure.end, figure.start) is not None:
        return row.text[figure.end : figure.end + 1] in (")", ",", ";") or _timed(row.text, figure.end)
    return _ITS_TIME.match(row.text, figure.end) is not None and _timed(row.text, figure.end)


def _between(row: Row, before: Link, figure: Figure, names: Sequence[int]) -> bool:
    """What stands between two values tells of time and of nothing else."""
    first, last = before.figure.end, figure.start
    if before.name is None or not first < last <= first + _REACH:
        return False
    if bisect_right(names, last) != bisect_right(names, first):
        return False
    between = row.text[first:last]
    if not _JOINED.search(between) or not all(_ALLOWED.fullmatch(word[0]) for word in _WORD.finditer(between)):
        return False
    return _OF_A_DOSE.search(between) is None


def _same_thing(row: Row, before: Link, figure: Figure, names: Sequence[int]) -> bool:
    first, last = before.figure.end, figure.start
    if figure.unit is None or before.name is None or not _between(row, before, figure, names):
        return False
    if before.figure.unit is None or before.figure.unit.dimension != figure.unit.dimension:
        return False
    if not suits(before.name.ids, figure.unit, figure.value if figure.value is not None else figure.low):
        return False
    between = row.text[first:last]
    own = between[max(joint.end() for joint in _JOINED.finditer(between)) :]
    return _WHEN.search(own) is not None or _timed(row.text, figure.end)


def _timed(text: str, at: int) -> bool:
    """The words behind a value tell its time before they tell of anything else."""
    tail = re.split(r"[.;)](?!\d)", text[at : at + _TAIL])[0]
    when = _WHEN.search(tail)
    return when is not None and all(_ALLOWED.fullmatch(word[0]) for word in _WORD.finditer(tail, 0, when.start()))
