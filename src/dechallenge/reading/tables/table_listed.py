"""Courses of a value that a report lists in a line or line by line: "neutrophils (10⁹/L): day 0, 4.6; day 28, 3.9; …".

Such a list is a table whose lines have been joined: a time and a value in turn, under the name and the clock that stand
before them. Also lines of one time and the values of several analytes, held apart by slashes. May import the ``table_``
files and the names of analytes.
"""

from __future__ import annotations

import re

from dechallenge.lexicon.units import parse_unit
from dechallenge.reading.laboratory.labgrammar_names import names
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_cells import column
from dechallenge.reading.tables.table_clocks import stated_clock
from dechallenge.reading.tables.table_grid import Cell, Grid, Line, cell
from dechallenge.reading.tables.table_times import time_header

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_TIME = (
    r"(?:(?:[Dd]ays?|[Ww]eeks?|[Mm]onths?)\s?[+−-]?\d{1,3}|\d{1,2}\s" + _MONTH + r"(?:\s\d{4})?|"
    + _MONTH + r"\s\d{1,2}(?:,?\s\d{4})?)"
)  # fmt: skip
_UNIT = (
    r"(?:\s?/\s?(?:mm3|mm³|[µμu]L|L)|\s?[×x]\s?10[\^*]?[\d⁰-⁹¹²³]{1,2}\s?/\s?[a-zA-Zµμ]{1,3}\d?|\s?(?:%|[a-zA-Zµμ]{1,5}/"
    r"[a-zA-Zµμ]{1,4}\d?))?"
)
_VALUE = r"(?:[<>≤≥~]\s?)?\d+(?:[.]\d+)?(?:,\d{3})?" + _UNIT
_ITEM = rf"(?:(?:on|at)\s)?{_TIME}(?:\s?[:=–]\s?|,\s|\s){_VALUE}(?=[;,.)\s]|$)"
_LIST = Pattern(rf"(?<![\w/.]){_ITEM}(?:(?:\s?[;,]|(?=\sand\s))\s(?:and\s)?{_ITEM}){{2,40}}")
_ONE = re.compile(rf"(?P<time>{_TIME})(?:\s?[:=–]\s?|,\s|\s)(?P<value>{_VALUE})(?=[;,.)\s]|$)")
_TURNED = rf"{_VALUE}\s?\((?:(?:on|at)\s)?(?:{_TIME}|[Bb]aseline|[Bb]efore\s(?:treatment|therapy)|[Pp]re-?treatment)\)"
_TURNED_LIST = Pattern(rf"(?<![\w/.]){_TURNED}(?:(?:\s?[;,]|(?=\sand\s))\s(?:and\s)?{_TURNED}){{2,40}}")
_TURNED_ONE = re.compile(rf"(?P<value>{_VALUE})\s?\((?:(?:on|at)\s)?(?P<time>[^()]+)\)")
"""The value before its time: "263 (day 56), 307 (day 57), 91 (day 64)"."""
_REACH = 160
"""Characters before the list in which its analyte is named."""
_FURTHER = 400
_SUCH = Pattern(r"\b(?:counts?|values?|levels?|figures?|results?)\b", re.IGNORECASE)
_BREAK = Pattern(r"[.!?]\s+(?=[A-Z])|\n\s*\n|\n(?=[ \t]*[-•*–]\s)|(?<=[.!?)\d])\s*\n")
_IN_BRACKETS = Pattern(r"[(\[]\s?(?:in\s)?(?P<unit>[^()\[\]]{1,20})[)\]]|,?\sin\s(?P<unit2>\S{1,12})(?=\s|:|,)")
_AGAIN = Pattern(
    r"re-?challenge|re-?start\w*|re-?exposure|reintroduc\w+|second\s(?:course|trial|exposure)", re.IGNORECASE
)
_STOP = Pattern(
    r"\b(?:after|since|from|following)\s(?:the\s|its\s|drug\s)?(?:stop\w*|withdraw\w*|discontinu\w*|cessation|"
    r"last\s(?:dose|infusion|injection|tablet))",
    re.IGNORECASE,
)
_ELSE = Pattern(r"\b(?:admission|hospital\w*|onset|transplant\w*|birth|operation|surgery|overdose)\b", re.IGNORECASE)
_NUMBER = r"(?:[<>≤≥~]\s?)?\d+(?:\.\d+)?(?:,\d{3})?"
_DAYS = r"\d{1,3}(?:,\s\d{1,3}){0,8},?\sand\s\d{1,3}"
_IN_TURN = Pattern(
    rf"(?P<values>{_NUMBER}(?:,\s{_NUMBER}){{0,8}},?\sand\s{_NUMBER}){_UNIT.replace('(?:', '(?P<unit>', 1)}"
    rf"\s(?:measured\s)?(?:at|on|after|in)\s(?P<clock>days|weeks|months)\s(?P<times>{_DAYS})(?P<since>[^.;,\n]{{0,60}})"
)
"""As many values as days: "5.2, 4.4 and 4.8 × 10⁹/L at weeks 2, 6 and 12 of the second course"."""
_LINE = Pattern(r"[ \t]*(?P<first>[^:/|\t\n]{2,28}):\s+(?P<rest>[^|\t\n]{1,200}\s/\s[^|\t\n]{1,200})")
_SLASH = re.compile(r"\s/\s")


def listed_grids(text: str) -> list[Grid]:
    """Every course of values that a text lists, in order."""
    found: list[Grid] = []
    for pattern, one in ((_LIST, _ONE), (_TURNED_LIST, _TURNED_ONE)):
        for match in pattern.finditer(text):
            grid = _of_list(text, match, one, found[-1] if found else None)
            if grid is not None:
                found.append(grid)
    found += [grid for match in _IN_TURN.finditer(text) if (grid := _in_turn(text, match)) is not None]
    return found + _of_lines(text) if " / " in text else found


def _of_list(text: str, match: re.Match[str], one: re.Pattern[str], last: Grid | None) -> Grid | None:
    begin = max(0, match.start() - _REACH)
    for stop in _BREAK.finditer(text, begin, match.start()):
        begin = stop.end()
    before = text[begin : match.start()]
    named = [n for n in names(before) if not n.implied]
    if _ELSE.search(before) or len({n.ids for n in named}) > 1:
        return None
    if named:
        name = named[-1]
        unit = next(
            (u for m in _IN_BRACKETS.finditer(before, name.end) if parse_unit(u := (m["unit"] or m["unit2"]).strip())),
            "",
        )
        words = before[name.start : name.end]
        value = Cell(begin + name.start, begin + name.end, f"{words} ({unit})" if unit else words)
    elif last is not None and begin - last.end < _FURTHER and _SUCH.search(before):
        value = last.header.cells[1]  # "the counts after the stop were: …"
    else:
        return None
    rows = [(cell(text, *m.span("time")), cell(text, *m.span("value"))) for m in one.finditer(text, *match.span())]
    if not unit_of(value.text) and rows[:-1] and not any(unit_of(v.text) for _, v in rows[:-1]):
        shared = unit_of(rows[-1][1].text)  # "22 May 0.1, 25 May 0.4, 28 May 2.9 G/L"
        value = Cell(value.start, value.end, f"{value.text} ({shared})") if shared else value
    dated = not any(re.match(r"(?:day|week|month)s?\b", t.text, re.IGNORECASE) for t, _ in rows)
    said = (
        "Date"
        if dated
        else "Time after "
        + ("restarting" if _AGAIN.search(before) else "stopping" if _STOP.search(before) else "starting")
    )
    told = stated_clock(text, match.start(), match.end()) if said.endswith("after starting") else None
    if told is not None and told.kind == "anchor":
        return None
    said = "Time after stopping" if told is not None and told.kind == "stop" else said
    clock = Cell(value.start, value.start, said)
    if column(value, 1).kind != "analyte":
        return None
    lines = tuple(Line(min(t.start, v.start), max(t.end, v.end), (t, v), "tab") for t, v in rows)
    return Grid(match.start(), match.end(), Line(value.start, value.end, (clock, value), "tab"), lines, ())


def unit_of(text: str) -> str:
    """The unit printed behind a figure, or in brackets behind a name; empty without one."""
    found = _PRINTED.search(text)
    return found["unit"].strip() if found is not None and parse_unit(found["unit"].strip()) is not None else ""


_PRINTED = re.compile(r"(?:\d|\()\s?(?P<unit>(?:[×x]\s?)?[^\s\d().,][^()]{0,18})\)?$")


def _in_turn(text: str, match: re.Match[str]) -> Grid | None:
    begin = max(0, match.start() - _REACH)
    for stop in _BREAK.finditer(text, begin, match.start()):
        begin = stop.end()
    before = text[begin : match.start()]
    named = [n for n in names(before) if not n.implied]
    said = before + match["since"]
    values = [m for m in re.finditer(_NUMBER, match["values"])]
    days = list(re.finditer(r"\d+", match["times"]))
    if not named or len(values) != len(days) or _ELSE.search(said) or len({n.ids for n in named}) > 1:
        return None
    name = named[-1]
    unit = match["unit"].strip()
    printed = before[name.start : name.end]
    value = Cell(begin + name.start, begin + name.end, f"{printed} ({unit})" if unit else printed)
    since = "restarting" if _AGAIN.search(said) else "stopping" if _STOP.search(said) else "starting"
    clock = Cell(value.start, value.start, f"Time after {since} ({match['clock']})")
    if column(value, 1).kind != "analyte":
        return None
    lines = []
    for figure, day in zip(values, days, strict=True):
        at, first = match.start("values") + figure.start(), match.start("times") + day.start()
        moment = Cell(first, first + len(day.group()), day.group())
        lines.append(
            Line(at, first + len(day.group()), (moment, Cell(at, at + len(figure.group()), figure.group())), "tab")
        )
    header = Line(value.start, value.end, (clock, value), "tab")
    return Grid(match.start(), match.end("times"), header, tuple(lines), ())


def _of_lines(text: str) -> list[Grid]:
    """ "Date: ALT (U/L) / ALP (U/L)", "12 Oct: 240 / 110": lines of a time and values between slashes."""
    found: list[Grid] = []
    run: list[Line] = []
    position = 0
    for raw in [*text.splitlines(keepends=True), ""]:
        start, position = position, position + len(raw)
        line = _slashed(text, start, start + len(raw.rstrip("\r\n"))) if " / " in raw else None
        if line is not None and (not run or len(run[0].cells) == len(line.cells)):
            run.append(line)
            continue
        found += _of_run(run)
        run = [line] if line is not None else []
    return found


def _of_run(run: list[Line]) -> list[Grid]:
    if len(run) < 3 or time_header(run[0].cells[0].text) is None:
        return []
    if not all(column(head, i).kind == "analyte" for i, head in enumerate(run[0].cells) if i):
        return []
    return [Grid(run[0].start, run[-1].end, run[0], tuple(run[1:]), ())]


def _slashed(text: str, start: int, end: int) -> Line | None:
    match = _LINE.fullmatch(text, start, end)
    if match is None:
        return None
    cells = [cell(text, *match.span("first"))]
    position = match.start("rest")
    for sign in [*_SLASH.finditer(text, position, end), None]:
        cells.append(cell(text, position, end if sign is None else sign.start()))
        position = end if sign is None else sign.end()
    return Line(start, end, tuple(cells), "tab")
