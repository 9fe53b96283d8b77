"""Linking rules: which analyte a figure of the sentence belongs to, the most specific rule first.

Each rule is a bounded pattern over the tags of a ``Row`` and has an id that goes into the provenance. A figure that one
rule has taken is out of reach for the next. May import the other ``labgrammar`` files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.reading.laboratory.labgrammar_before import had_been, values_before
from dechallenge.reading.laboratory.labgrammar_carried import (
    after_state,
    came_from,
    carried_on,
    normal_again,
    run,
    second_expression,
    trail,
)
from dechallenge.reading.laboratory.labgrammar_ellipsis import again, dated, lend_behind
from dechallenge.reading.laboratory.labgrammar_figures import TIMES, Figure
from dechallenge.reading.laboratory.labgrammar_moved import moved_on
from dechallenge.reading.laboratory.labgrammar_names import Name, settle, suits
from dechallenge.reading.laboratory.labgrammar_take import FIGURE, Link, filled, take, token_at
from dechallenge.reading.laboratory.labgrammar_tokens import Row
from dechallenge.reading.laboratory.labgrammar_words import LIGHT
from dechallenge.reading.matching.triggers import Pattern

_SEP = r"(?:,&?|&)"
_LIST = rf"{FIGURE}(?:{_SEP}o?{FIGURE}){{0,11}}"

_PAIRS = Pattern(r"(?:A[=V]?N(?:,&?|&|;)){1,9}A[=V]?Q")
_PRESSURE = Pattern(rf"(?P<names>A(?:{_SEP}A){{0,5}})[=VvhtoqT]{{0,6}},?\(?[=oqt]{{0,2}}(?P<list>{_LIST})")
_GLUED = Pattern(r"G")
_PART = Pattern(rf"(?P<after>{FIGURE}=?s)|(?P<before>so?[=V]{{0,2}}{FIGURE})")
_SHARE = Pattern(r"(?P<share>Q)(?:=?|(?P<verb>(?:=A)?V))(?P<name>A)")
_NONE_OF = Pattern(r"(?P<none>N)(?P<name>A)")
_IMPLIED = Pattern(rf"D(?P<gap>[oVvT=]{{0,4}}\([o=q]{{0,3}}|[V=]{{0,2}}o?|ow?=|w=?|wP=?|o{{0,2}}wv=?)(?P<list>{_LIST})")
_MANY = Pattern(
    rf"(?P<names>A(?:{_SEP}A){{0,11}})(?P<gap>(?:[=VvhtfoqTrp]{{0,8}}(?:,t)?\(?[=oqt]{{0,2}}|,(?=N(?:[;.)]|$)|Q(?:[;.()]|,V|(?:,&?|&)A,|[oT=]{{1,6}},[Vv]|"
    rf"$))|;(?=Q\))))(?P<list>{_LIST})(?P<tail>,?r)?"
)
_BY_TURNS = Pattern(
    rf"(?P<names>A(?:{_SEP}A){{1,11}})(?P<gap>[=VvhtfoqTpw]{{1,12}}\(?[=oqt]{{0,2}})(?P<list>{_LIST})(?P<tail>,?r)"
)
_STRANGERS = Pattern(
    rf"(?P<items>(?:A|o{{1,3}})(?:{_SEP}(?:A|o{{1,3}})){{1,8}})(?P<gap>[=VvhtTq]{{0,5}}\(?)(?P<list>{_LIST})(?P<tail>,?r)?"
)
_SERIES = Pattern(
    rf"A(?P<gap>[oVTq=pv]{{0,6}}\(?[ov]{{0,2}})f[o=]{{0,2}}(?P<first>{FIGURE}|q)[oT=,]{{0,4}}t[o=]{{0,2}}(?P<second>{FIGURE})"
    rf"(?P<more>(?:[,&b]{{0,2}}[oVTpf]{{0,3}}v[oT]{{0,5}}[t=]{FIGURE}){{0,3}})"
)
_ABOUT = {"about", "around", "almost", "nearly", "roughly", "over", "above", "below", "up", "even", "only", "ca"}

_COPULA = Pattern(
    r"=?o?"  # ALT 50, INR of 1.8, HB = 14 g/dL
    r"|(?:[T=]o{0,3}){0,2}o{0,3}[Vh][oqTVt=]{0,5}"  # was, was found to be, on admission was
    r"|[oVTpqt=]{0,4}v[oTqvt=]{0,6}(?:,t)?"  # rose to, had fallen over the next week to, peaked at
    r"|=?vV[oqTVt=]{0,4}"  # the platelet count nadir was, ALT peak was
    r"|t"  # "and INR to 1.8"
    r"|[=T]?o{0,3}[oqVvTh]{0,6}\([=oqt]{0,2}"  # ALT (2407 U/L), was slightly decreased (70%)
    r"|q=?"
    r"|[,;]"  # ALT, 45 U/L; AST, 60 U/L
    r"|oqo"  # as high as
    r"|o{1,3}T[Vh][oqTVt=]{0,5}"  # Creatinine six weeks before had been
    r"|To{1,3}=o?"  # Neutrophils before treatment: 6300/µL
)


def links(row: Row, carried: Name | None = None) -> list[Link]:
    """Every figure of the row that belongs to an analyte.

    Args:
        row: The sentence.
        carried: The analyte of the sentence before, which a pronoun at the beginning of this one stands for.
    """
    found: list[Link] = []
    _lend(row)
    lend_behind(row, carried)
    for rule in (
        _pressures,
        _glued,
        values_before,
        had_been,
        _bilirubin_part,
        _shares,
        _none_of,
        _implied,
        _series,
        _by_turns,
        _strangers,
        _many,
    ):
        found += rule(row)
    found += list(moved_on(row, found))
    found += dated(row)
    found += carried_on(row, carried)
    found += after_state(row)
    found += trail(row, found)
    found += normal_again(row, found)
    found += came_from(row, found)
    found += second_expression(row, found)
    found += list(again(row, found))
    return sorted(found, key=lambda link: (link.figure.start, link.anchor))


def _lend(row: Row) -> None:
    """ "IgG 2300, IgA 600, IgM 300 mg/dL": the unit at the end of a list of pairs holds for those that it suits."""
    for match in _PAIRS.finditer(row.string):
        lender = row.tokens[match.end() - 1].figure
        if lender is None or lender.unit is None:
            continue
        name: Name | None = None
        for i in range(match.start(), match.end() - 1):
            token = row.tokens[i]
            name = token.name if token.tag == "A" else name
            figure = token.figure
            if row.tags[i] != "N" or figure is None or name is None or figure.unit_text not in ("", TIMES):
                continue
            multiple = figure.unit_text == TIMES and lender.unit.is_uln
            if multiple or (not figure.unit_text and suits(name.ids, lender.unit, figure.value)):
                token.figure = figure.with_unit(lender)
                row.tags[i] = token.tag = "Q"


def _pressures(row: Row) -> Iterator[Link]:
    """ "blood pressure and pulse were 110/70 mmHg and 80/min": the stroke parts the two values of a pressure."""
    for match in _PRESSURE.finditer(row.string):
        named = [t.name for t in row.tokens[match.start("names") : match.end("names")] if t.name is not None]
        values = filled(row, match.start("list"), match.end("list"))
        at = next((i for i, name in enumerate(named) if name.ids == ("BP_SYS",)), None)
        if at is None or len(values) <= at + 1 or (len(named) > 1 and len(values) != len(named) + 1):
            continue
        (first, systolic), (second, diastolic) = values[at : at + 2]
        if row.text[systolic.end : diastolic.start].strip() != "/":
            continue
        pressure = named[at]
        pairs = [(first, systolic, pressure), (second, diastolic, replace(pressure, ids=("BP_DIA",)))]
        if len(named) > 1:
            others = zip(values[:at] + values[at + 2 :], named[:at] + named[at + 1 :], strict=True)
            pairs += [(index, figure, name) for (index, figure), name in others if _fits(name, figure)]
        for index, figure, name in pairs:
            if link := take(row, index, name, figure, "pair"):
                yield link


def _glued(row: Row) -> Iterator[Link]:
    for match in _GLUED.finditer(row.string):
        token, figure = token_at(row, match.start())
        if token.name is not None and (link := take(row, match.start(), token.name, figure, "glued")):
            yield link


def _bilirubin_part(row: Row) -> Iterator[Link]:
    """ "6.8 mg/dL (6.6 direct)": a fraction without the word bilirubin; the unit may be that of the total."""
    if "s" not in row.tags:
        return
    for match in _PART.finditer(row.string):
        index = match.start() if match["after"] else match.end() - 1
        _, figure = token_at(row, index)
        word = next(t for t in row.tokens[match.start() : match.end()] if t.tag == "s")
        if figure.unit is None:
            lender = _lender(row, index, "BILI_TOT")
            if lender is not None:
                figure = figure.with_unit(lender)
        name = Name(word.start, word.end, (word.part,))
        if link := take(row, index, name, figure, "fraction"):
            yield link


def _lender(row: Row, index: int, analyte: str) -> Figure | None:
    """The nearest figure with a unit of the analyte: behind, then before."""
    for step in (range(index + 1, min(len(row.tokens), index + 8)), range(index - 1, max(-1, index - 14), -1)):
        for i in step:
            other = row.tokens[i].figure
            if row.tokens[i].tag == "Q" and other is not None and settle((analyte,), other.unit, other.value):
                return other
    return None


def _shares(row: Row) -> Iterator[Link]:
    """ "77% neutrophils", "a 3-fold elevation of ALT": the value stands before the name."""
    string = row.string
    for match in _SHARE.finditer(string):
        index = match.start("share")
        if index and string[index - 1] in "A=V" and _owner(string, index):
            continue
        _, figure = token_at(row, index)
        name = row.tokens[match.start("name")].name
        if name is None or figure.unit is None:
            continue
        cells = figure.unit.dimension in ("fraction", "number_conc", "number") and settle(
            name.ids, figure.unit, figure.value
        )
        fits = (cells and _is_cell(name)) or (figure.unit.is_uln and not match["verb"])
        if match["verb"] and figure.unit.dimension != "fraction":
            continue
        if fits and (link := take(row, index, name, figure, "share")):
            yield link


def _none_of(row: Row) -> Iterator[Link]:
    """ "A white cell count of 3.2 with 0 neutrophils": a nought right before the name of cells."""
    for match in _NONE_OF.finditer(row.string):
        index = match.start("none")
        _, figure = token_at(row, index)
        name = row.tokens[match.start("name")].name
        if name is None or figure.value != 0.0 or figure.comparator != "=" or not _is_cell(name):
            continue
        if not _owner(row.string, index) and (link := take(row, index, name, figure, "none of")):
            yield link


def _owner(string: str, index: int) -> bool:
    """An analyte that the figure at ``index`` belongs to stands right before it."""
    return bool(re.search(r"A[=V]{0,2}$", string[max(0, index - 4) : index]))


def _is_cell(name: Name) -> bool:
    """The words name cells of the blood, of which the value is a count or a share."""
    lexicon = load_analytes()
    return any(
        identity in lexicon and lexicon.get(identity).unit.dimension in ("number_conc", "fraction")
        for identity in name.ids
    )


def _implied(row: Row) -> Iterator[Link]:
    """ "inflammatory anemia (10.4 g/dL)", "thrombocytopenia 115×10^12", "mild eosinophilia (5% and 12%)"."""
    for match in _IMPLIED.finditer(row.string):
        name = row.tokens[match.start()].name
        if name is None:
            continue
        for index, figure in filled(row, match.start("list"), match.end("list")):
            if figure.unit is None:
                break
            link = take(row, index, name, figure, "implied")
            if link is None:
                break
            yield link


def _series(row: Row) -> Iterator[Link]:
    """ "fell from 3800 to 1500/mm3 but returned to 3000/mm3": several values of one analyte, in order."""
    for match in _SERIES.finditer(row.string):
        name = row.tokens[match.start()].name
        if name is not None:
            yield from run(row, match, name, "series")


def _strangers(row: Row) -> Iterator[Link]:
    """ "calcium and parathormone were 9.6 mg/dL and 47 pg/mL, respectively": a list in which a name is unknown."""
    for match in _STRANGERS.finditer(row.string):
        items = re.split(_SEP, match["items"])
        values = filled(row, match.start("list"), match.end("list"))
        if len(items) != len(values) or "A" not in items or set(items) == {"A"}:
            continue
        if not match["tail"] and not (_slashes(row, match, "items") and _slashes(row, match, "list")):
            continue
        position = match.start("items")
        for item, (index, figure) in zip(items, values, strict=True):
            position = row.string.index(item, position)
            name = row.tokens[position].name if item == "A" else None
            position += len(item)
            if name is None:
                if not match["tail"]:
                    row.used(index)
                continue
            index, figure = _as_printed(row, name, (index, figure))
            if _fits(name, figure) and (link := take(row, index, name, figure, "zip")):
                yield link


def _by_turns(row: Row) -> Iterator[Link]:
    """ "AST, ALT and ALP were elevated with peaks of 216, 296 and 466 U/L respectively": each its own."""
    for match in _BY_TURNS.finditer(row.string):
        named = [t.name for t in row.tokens[match.start("names") : match.end("names")] if t.name is not None]
        values = filled(row, match.start("list"), match.end("list"))
        if len(named) == len(values):
            yield from _linked(row, match, named, values, True)


def _slashes(row: Row, match: re.Match[str], group: str) -> bool:
    """ "protein/albumin 6.4/4.0 g/dL": the items of the group are parted by strokes alone."""
    parts = [token for token in row.tokens[match.start(group) : match.end(group)] if token.tag in ",&"]
    return bool(parts) and all(row.text[token.start : token.end] == "/" for token in parts)


def _many(row: Row) -> Iterator[Link]:
    """Names and values: one and one (copula), many and many (zip), many and one (shared), one and many (series)."""
    string = row.string
    position = 0
    while match := _MANY.search(string, position):
        named = [t.name for t in row.tokens[match.start("names") : match.end("names")] if t.name is not None]
        values = filled(row, match.start("list"), match.end("list"))
        respectively = bool(match["tail"]) or "r" in match["gap"]
        taken = list(_linked(row, match, named, values, respectively))
        yield from taken
        position = match.end() if taken else match.start("names") + 1
        last = match.end("names") - 1
        if not taken and position <= last:
            position = last
            match = _MANY.match(string, position)
            if match is not None and (single := list(_one(row, match, values[:1], named[-1]))):
                yield from single
                position = values[0][0] + 1
            else:
                position = last + 1


def _linked(
    row: Row, match: re.Match[str], named: list[Name], values: list[tuple[int, Figure]], respectively: bool
) -> Iterator[Link]:
    gap = match["gap"].replace("r", "")
    if len(named) == len(values) and len(named) > 1:
        if not (respectively or gap.strip("oq") or all(figure.unit for _, figure in values)):
            return
        values = [_as_printed(row, *pair) for pair in zip(named, values, strict=True)]
        if not all(_fits(name, figure) for name, (_, figure) in zip(named, values, strict=True)):
            return
        for name, (index, figure) in zip(named, values, strict=True):
            if link := take(row, index, name, figure, "zip" if respectively else "zip-plain"):
                yield link
    elif len(named) > 1 and len(values) == 1 and "(" not in gap and ("V" in gap or "v" in gap):
        index, figure = values[0]
        if figure.unit is None or not _COPULA.fullmatch(gap):
            return
        fitting = [name for name in named if settle(name.ids, figure.unit, figure.value)]
        if len(fitting) == len(named):
            for name in named:
                row.tags[index] = "Q"
                if link := take(row, index, name, figure, "shared"):
                    yield link
        elif fitting and fitting[-1] is named[-1]:
            yield from _one(row, match, values, named[-1])
    elif respectively and len(named) != len(values):
        return
    else:
        yield from _one(row, match, values, named[-1])


def _one(row: Row, match: re.Match[str], values: list[tuple[int, Figure]], name: Name) -> Iterator[Link]:
    """One name: its value, and further values of the same list where all carry a unit."""
    gap = match["gap"].replace("r", "")
    if not _COPULA.fullmatch(gap):
        return
    values = _before_stranger(row, values)
    index, figure = values[0]
    if figure.unit is None and not _bare_allowed(gap, figure):
        return
    if len(values) > 1:
        follows = row.tags[values[-1][0] + 1 : values[-1][0] + 2]
        if follows in (["A"], ["s"]) or not all(f.unit is not None and f.unit == figure.unit for _, f in values):
            figure = row.tokens[index].figure or figure
            values = values[:1]
    elif figure.unit is not None and row.tokens[index].figure is not figure:
        figure = row.tokens[index].figure or figure
    rule = "bracket" if "(" in gap else "adjacent" if not gap.strip("=o") else "copula"
    first = take(row, index, name, figure, rule if len(values) == 1 else "series")
    if first is None:
        return
    yield first
    for other, more in values[1:]:
        if link := take(row, other, name, more, "series"):
            yield link


def _before_stranger(row: Row, values: list[tuple[int, Figure]]) -> list[tuple[int, Figure]]:
    """The values up to one that a noun stands before: "PTH 8.5 pg/L, PHTrP 1.4 pg/L" tells of two things."""
    for i in range(1, len(values)):
        token = row.tokens[values[i][0] - 1]
        word = row.text[token.start : token.end]
        if token.tag == "o" and token.figure is None and (not word.islower() or not _may_introduce(word)):
            return values[:i]
    return values


def _may_introduce(word: str) -> bool:
    return word in LIGHT or word in _ABOUT or word.endswith(("ly", "'s"))


def _bare_allowed(gap: str, figure: Figure) -> bool:
    """A number without a unit in a bracket may be a reference mark or a count of something: only decimals, or > 10."""
    value = figure.value if figure.value is not None else figure.low
    if "(" not in gap or value is None:
        return True
    return not figure.digits.isdigit() or value > 10 or "=" in gap.split("(")[-1]


def _as_printed(row: Row, name: Name, value: tuple[int, Figure]) -> tuple[int, Figure]:
    """ "pH, PaCO2 and PaO2 were 7.5, 34 and 67 mmHg": what lent the figure its unit may not suit this name."""
    index, figure = value
    printed = row.tokens[index].figure or figure
    return value if printed.unit is not None or _fits(name, figure) else (index, printed)


def _fits(name: Name, figure: Figure) -> bool:
    value = figure.value if figure.value is not None else figure.low
    return bool(settle(name.ids, figure.unit, value)) and not (name.weak and figure.unit is None)
