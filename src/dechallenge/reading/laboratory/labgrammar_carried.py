"""Figures that stand away from the name of their analyte: told of "it", in a series with times, in another unit.

The linking rules that run after those of ``labgrammar_links``; a figure that has been taken is a stop. May import the
other ``labgrammar`` files below the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.quantity import PER_VOLUME_COUNT
from dechallenge.reading.laboratory.labgrammar_names import Name, suits
from dechallenge.reading.laboratory.labgrammar_take import FIGURE, Link, filled, take, token_at
from dechallenge.reading.laboratory.labgrammar_tokens import Row, Token
from dechallenge.reading.matching.triggers import Pattern

_RESUMED = Pattern(
    r"(?P<pronoun>p)[oT]{0,2}V[oT=]{0,3}Q|(?P<noun>P)(?:[oT=]{0,6}[Vv]{1,2}[oT=t]{0,4}(?:,t)?|=?)Q(?:[,&]{1,2}Q){0,5}|bQ"
)
_CARRIED = Pattern(
    rf"(?P<pronoun>p?)[oVTt]{{0,4}}v[oTv]{{0,8}}(?:\(?f(?P<first>{FIGURE})[oT]{{0,3}})?[t=](?P<second>{FIGURE})"
    rf"(?P<more>(?:[,&b]{{0,2}}[oVTpf]{{0,3}}v[oT]{{0,5}}[t=]{FIGURE}){{0,3}})"
)
_TRAIL = Pattern(
    rf"x(?P<gap>[oT=Vq]{{1,9}}[,&b]{{1,2}}o?|"
    rf"(?:[oT=]{{1,9}})?;[T=]o{{1,3}},?)(?P<value>{FIGURE})(?P<tail>[oT=]{{0,6}})(?!A)"
)
_WHEN = Pattern(
    r"(?:second|minute|hour|day|week|month|year)s?\b|\b\d{1,3}\s?h(?:rs?)?\b|\b(?:later|afterwards?|thereafter|earlier)\b"
    r"|\b(?:admission|discharge|follow-?up|presentation|withdrawal|discontinuation|stopping|cessation)\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
)
_AFTER_STATE = Pattern(
    rf"A(?:,|[oT]{{0,2}}V[oT]{{0,2}})q[oT=]{{1,6}}[,&b]{{1,2}}[oTVv]{{0,4}}(?P<value>{FIGURE})(?P<tail>[oT=]{{1,6}})(?!A)"
)
_NORMAL_AGAIN = Pattern(rf"x[oT=]{{0,6}}[,&b]{{1,2}}o?(?:[Vv]{{1,2}}o?q|v)[oT=]{{0,3}}\((?P<value>{FIGURE})\)")
_FROM_BEHIND = Pattern(rf"xo?f[o=]{{0,3}}(?P<value>{FIGURE})(?![oT=]{{0,3}}t)")
_SECOND = Pattern(r"x\((?P<other>Q)\)")


def run(row: Row, match: re.Match[str], name: Name, rule: str) -> Iterator[Link]:
    start = match.start("first") if match["first"] else match.start("second")
    for index, figure in filled(row, start, match.end()):
        if link := take(row, index, name, figure, rule):
            yield link


def carried_on(row: Row, carried: Name | None) -> Iterator[Link]:
    """ "… and rose over the next months to 6.2 mg/dL", "it fell from 3800 to 1500/mm3": the analyte named before."""
    string = row.string
    matches = [*_CARRIED.finditer(string), *_RESUMED.finditer(string)]
    for match in sorted(matches, key=lambda found: found.start()):
        before = string.rfind("A", 0, match.start())
        name = row.tokens[before].name if before >= 0 else None
        anchor: tuple[int, int] | None = None
        counts = "noun" in match.groupdict() and match["noun"] is not None
        if counts:
            named = counted(row, match.start())
            if len({one.ids for one in named}) > 1:
                continue
            name = named[-1] if named else None
        if name is None and carried is not None and (match["pronoun"] or counts):
            name, word = carried, row.tokens[match.start()]
            anchor = (word.start, word.end)
        parted = ";" in string[max(before, 0) : match.start()] and not (match["pronoun"] and _only(row, match.start()))
        if name is None or (not (anchor and counts) and parted):
            continue
        figures = filled(row, match.start(), match.end())
        if any(figure.unit is None for _, figure in figures):
            continue
        for index, figure in figures:
            if link := take(row, index, name, figure, "carried"):
                yield (
                    link
                    if anchor is None
                    else Link(link.analyte, link.figure, link.rule, anchor, name, link.limit, link.implied)
                )


def _only(row: Row, stop: int) -> bool:
    """One analyte alone is named before ("troponin was 1,150 ng/L on 21 February; it was 210 ng/L on 26 February")."""
    return len({token.name.ids for token in row.tokens[:stop] if token.name is not None}) == 1


def counted(row: Row, stop: int) -> list[Name]:
    """The names before ``stop``, diagnoses included, of which a count can be told."""
    lexicon = load_analytes()
    return [
        token.name
        for token in row.tokens[:stop]
        if token.name is not None
        and any(id_ in lexicon and lexicon.get(id_).unit.dimension == PER_VOLUME_COUNT for id_ in token.name.ids)
    ]


def trail(row: Row, found: Sequence[Link]) -> Iterator[Link]:
    """ "was 310 IU/L after one month, 96 IU/L after two months": the same analyte, the same unit, each with a time."""
    by_start = {link.figure.start: link for link in found}
    position = 0
    while match := _TRAIL.search(row.string, position):
        position = match.start() + 1
        before = by_start.get(row.tokens[match.start()].start) or _of(row.tokens[match.start()], by_start)
        index = match.start("value")
        token, figure = token_at(row, index)
        if before is None or before.name is None or (before.figure.unit is None and figure.unit is None):
            continue
        bare = before.figure.unit is None  # "0.4 on 5 May and 3.6 × 10⁹/L on 8 May"
        if bare and (figure.unit is None or not suits(before.name.ids, figure.unit, figure.value)):
            continue
        if (
            figure.unit is None
            and before.figure.unit is not None
            and not figure.unit_text
            and suits(before.name.ids, before.figure.unit, figure.value)
        ):
            figure = figure.with_unit(before.figure)
        if figure.unit != before.figure.unit and not bare:
            continue
        gap = _words_of(row, match.start() + 1, match.end("gap"))
        tail = _words_of(row, index + 1, match.end("tail"))
        if not _WHEN.search(gap) or not (";" in match["gap"] or _WHEN.search(tail)):
            continue
        if link := take(row, index, before.name, figure, "series"):
            by_start[figure.start] = by_start[token.start] = link
            yield link


def after_state(row: Row) -> Iterator[Link]:
    """ "ALT was normal at baseline, 3.2 x ULN at week 8": a figure with a time of its own behind the first result."""
    position = 0
    while match := _AFTER_STATE.search(row.string, position):
        position = match.start() + 1
        index = match.start("value")
        name, (_, figure) = row.tokens[match.start()].name, token_at(row, index)
        if name is None or figure.unit is None or not _WHEN.search(_words_of(row, index + 1, match.end("tail"))):
            continue
        if link := take(row, index, name, figure, "series"):
            yield link


def _words_of(row: Row, first: int, stop: int) -> str:
    """The text of the tokens ``first`` to ``stop - 1``."""
    return row.text[row.tokens[first].start : row.tokens[stop - 1].end] if first < stop else ""


def normal_again(row: Row, found: Sequence[Link]) -> Iterator[Link]:
    """ "Rose to 1850/mm3 within 9 days and was normal (3400/mm3) a month later": told of what came before it."""
    by_start = {link.figure.start: link for link in found}
    for match in _NORMAL_AGAIN.finditer(row.string):
        before = by_start.get(row.tokens[match.start()].start) or _of(row.tokens[match.start()], by_start)
        index = match.start("value")
        _, figure = token_at(row, index)
        if before is None or before.name is None or figure.unit is None or figure.unit != before.figure.unit:
            continue
        if link := take(row, index, before.name, figure, "series"):
            yield link


def came_from(row: Row, found: Sequence[Link]) -> Iterator[Link]:
    """ "Rose to 161 U/L from 22 U/L": the value that it came from, behind the one that it came to."""
    by_start = {link.figure.start: link for link in found}
    for match in _FROM_BEHIND.finditer(row.string):
        before = by_start.get(row.tokens[match.start()].start) or _of(row.tokens[match.start()], by_start)
        index = match.start("value")
        _, figure = token_at(row, index)
        if before is None or before.name is None:
            continue
        if None not in (figure.unit, before.figure.unit) and figure.unit != before.figure.unit:
            continue
        if link := take(row, index, before.name, figure, "series"):
            yield link


def second_expression(row: Row, found: list[Link]) -> list[Link]:
    """ "4% (~330/µL)": the same result in another unit."""
    by_start = {link.figure.start: link for link in found}
    more: list[Link] = []
    for match in _SECOND.finditer(row.string):
        first = by_start.get(row.tokens[match.start()].start) or _of(row.tokens[match.start()], by_start)
        if first is None or first.name is None:
            continue
        index = match.start("other")
        _, figure = token_at(row, index)
        if figure.unit is None or (first.figure.unit and figure.unit.dimension == first.figure.unit.dimension):
            continue
        after = bisect_left(row.every, first.name.end, key=lambda token: token.start)
        between = [t.name for t in row.every[after : after + 8] if t.name and t.end <= first.figure.start]
        for name in (first.name, *between):  # "WBC (neutrophils %) = 7000 (77%)"
            if link := take(row, index, name, figure, "also"):
                more.append(link)
                break
    return more


def _of(token: Token, by_start: dict[int, Link]) -> Link | None:
    return by_start.get(token.figure.start) if token.figure is not None else None
