"""Laboratory results in words: "bilirubin and amylase were normal", "increase in triglycerides", "normal INR".

Patterns over the tags of a whole sentence (brackets included). A name has one state: the first rule that finds one.
May import the other ``labgrammar`` files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.reading.laboratory.labgrammar_names import Name
from dechallenge.reading.laboratory.labgrammar_tokens import Row, Token
from dechallenge.reading.laboratory.labgrammar_words import LIGHT
from dechallenge.reading.matching.triggers import Pattern


@dataclass(frozen=True, slots=True)
class State:
    """A result in words for one name. ``trend``: the words tell a movement, not a state."""

    name: Name
    kind: str
    start: int
    end: int
    rule: str
    trend: bool = False


_SEP = r"[,&(]{1,3}"
_NAMES = rf"A(?:(?:{_SEP}(?:o{{1,4}}{_SEP})?|\){{1,2}}{_SEP}?)A){{0,19}}\){{0,2}}"
_AFTER = Pattern(
    rf"(?P<names>{_NAMES})(?P<gap>,?(?:[oTV=]{{0,4}}|(?:[ovtTUM]{{1,8}}[,&]{{1,2}}){{1,2}})V[oTVnt]{{0,5}})(?P<q>[qU])"
)
_TO_NORMAL = Pattern(rf"(?P<names>{_NAMES})(?P<gap>[oVTv]{{0,4}})(?P<q>t[qU])")
_MOVED = Pattern(rf"(?P<names>{_NAMES})(?P<gap>[oVT]{{0,3}})(?P<q>[vM])")
_DIRECT = Pattern(rf"(?P<names>{_NAMES})(?P<gap>o{{0,2}})(?P<q>U|q(?=[-,.;:)&(bTr]|$))")
_BEFORE = Pattern(rf"(?P<n>n?)(?P<q>[qUY])(?P<gap>o?[=T]?o?)(?P<names>{_NAMES})")
_UNCHANGED = Pattern(rf"(?P<n>n?)(?P<q>Y)(?P<gap>o?\()(?P<names>{_NAMES})")

_FREE = Pattern(rf"(?P<n>n)o{{0,2}}(?P<names>{_NAMES})o?(?P<q>Z)")

_ONCE = Pattern(rf"(?P<names>{_NAMES})(?P<gap>,?o{{0,2}}Vo{{0,2}}q,?[&b]?o{{0,2}})(?P<q>[MU])")
_AT_FIRST = Pattern(r"\b(?:initially|previously|at\s+first|before|originally)\b", re.IGNORECASE)
"""A state that was over: "platelets, which were initially normal, started declining"."""
_LATER = Pattern(
    rf"(?P<names>{_NAMES})[^A.;D]{{1,40}}?#[^A.;D#]{{0,10}}?(?:[,&]{{1,2}}|b)(?P<then>o?)V?(?P<to>t?)(?P<q>[qU])"
    r"(?=[T=][o#]|#o)"
)
"""A value, and behind it what the same test was at a later time: "was 85 U/L on day 20 and normal on day 30"."""
_OPPOSITE = {"elevated": "normal", "decreased": "normal"}


def states(row: Row) -> list[State]:
    """Results in words of a sentence, one for each name, in order of the names."""
    tokens = [token for token in row.every if token.tag not in "mL"]
    string = "".join(_tag(token) for token in tokens)
    found: dict[int, State] = {}
    for free in _FREE.finditer(string):  # "no coagulation abnormalities"
        for token in tokens[free.start("names") : free.end("names")]:
            if token.name is not None and not token.name.weak:
                start, end = tokens[free.start()].start, tokens[free.end() - 1].end
                found[token.name.start] = State(token.name, "normal", start, end, "none abnormal")
    if not any(token.quality for token in tokens):
        return list(found.values())
    for once in _ONCE.finditer(string):
        between = row.text[tokens[once.start("gap")].start : tokens[once.start("q")].start]
        if _AT_FIRST.search(between):
            _record("trend", once, tokens, string, found)
    for rule, pattern in (
        ("to normal", _TO_NORMAL),
        ("unchanged", _UNCHANGED),
        ("after", _AFTER),
        ("before", _BEFORE),
        ("direct", _DIRECT),
        ("trend", _MOVED),
    ):
        position = 0
        while match := pattern.search(string, position):
            _record(rule, match, tokens, string, found)
            position = match.end("q") if rule != "before" else max(match.start("names"), match.start() + 1)
    return [found[start] for start in sorted(found)]


def later_states(row: Row) -> list[State]:
    """Results in words that go on from a figure of the same test, each with a time of its own behind it."""
    tokens = [token for token in row.every if token.tag not in "mL"]
    if not any(token.quality for token in tokens):
        return []
    string = "".join(_tag(token) for token in tokens)
    found: list[State] = []
    for match in _LATER.finditer(string):
        quality = tokens[match.start("q")].quality
        then = row.text[tokens[match.start("then")].start : tokens[match.start("then")].end] if match["then"] else ""
        if quality is None or (then and then.lower() not in LIGHT):
            continue
        kind = "normalised" if match["to"] and quality.kind == "normal" else quality.kind
        names = [tokens[i].name for i in range(match.start("names"), match.end("names"))]
        found += [
            State(name, kind, tokens[match.start("q")].start, quality.end, "series")
            for name in names
            if name is not None and not name.weak and not name.implied
        ]
    return found


def _tag(token: Token) -> str:
    """q a state, U one that needs no end of clause, Y a noun before the name, M a movement; other tags as they are."""
    quality = token.quality
    if quality is None:
        if token.tag == "=" and token.end - token.start == 1:  # a colon or a dash announces no name
            return "-"
        return token.tag if token.tag not in "QNGxD" else "#"
    if quality.noun:
        return "Y"
    if quality.verb:
        return "M" if token.tag == "v" else "U"
    return "U" if quality.kind == "normalised" else "q"


def _record(rule: str, match: re.Match[str], tokens: list[Token], string: str, found: dict[int, State]) -> None:
    at = match.end("q") - 1
    quality = tokens[at].quality
    if quality is None:
        return
    kind = quality.kind
    if rule == "to normal":
        if kind != "normal":
            return
        kind = "normalised"
    if rule in ("before", "unchanged", "after") and _negated(rule, match, string, at):
        if kind not in _OPPOSITE:
            return
        kind = _OPPOSITE[kind]
    start = tokens[match.start("q")].start
    for i in range(match.start("names"), match.end("names")):
        name = tokens[i].name
        if name is None or name.weak or name.implied or name.start in found:
            continue
        if rule == "before" and i > match.start("names") and _own_state(string, i):
            break
        moved = quality.verb or (rule == "direct" and kind != "normalised" and tokens[at].tag == "v")
        found[name.start] = State(name, kind, start, quality.end, "trend" if moved else rule, moved)


def _own_state(string: str, i: int) -> bool:
    """The name at ``i`` of a list behind an adjective has a state or a value of its own."""
    return bool(re.match(r"A[)]?[oT]{0,2}V[oTVn]{0,5}q|A[)]?=?#", string[i : i + 12]))


def _negated(rule: str, match: re.Match[str], string: str, at: int) -> bool:
    if rule == "after":
        return "n" in match["gap"]
    return "n" in string[max(0, match.start() - 2) : at]
