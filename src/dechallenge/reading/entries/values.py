"""Laboratory values of a case: prose and table rows dated by the story, checked for plausibility, doubles merged.

May import labs, tables, story, the lexicon and the case model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from dechallenge.case import Flag, Limit, Measurement, Time
from dechallenge.errors import DechallengeError
from dechallenge.evidence import Evidence
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.units import parse_unit
from dechallenge.reading.entries.exposures import since_stop, times
from dechallenge.reading.laboratory.extremewords import BEHIND_A_VALUE
from dechallenge.reading.laboratory.labs import ULN, LabMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.story.story import Beat, Story
from dechallenge.reading.texts.text import CleanText

_TO = Pattern(r"(?:\s+(?:\w+\s+)?of\s+\d[\d.,]*(?:\s*[^\s;]{1,12}){0,3}?)?[\s,)]*to\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_BEHIND = Pattern(r"(?:\s|\([^()]{0,30}\)|\b(?:on|at|after|by|in|within|the)\b){0,6}", re.IGNORECASE)


_RATIOS = frozenset({"{INR}", "[pH]"})
"""Units that nobody prints: without one, nothing is assumed."""


class Value(Protocol):
    """What prose and tables have in common."""

    @property
    def analyte(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def comparator(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def unit_text(self) -> str: ...
    @property
    def qualitative(self) -> str | None: ...


def measure(
    mention: Value,
    time: Time | None,
    evidence: tuple[Evidence, ...],
    *,
    limit: Limit | None = None,
    since_stop: Time | None = None,
    section: str = "narrative",
    rule: str = "",
) -> Measurement:
    """A measurement of a read value: canonical value where the unit allows it, doubts flagged, nothing changed."""
    lexicon = load_analytes()
    unit_code = mention.unit
    canonical: float | None = None
    canonical_unit = ""
    flags: list[Flag] = []
    number = mention.value
    if mention.analyte in lexicon and not lexicon.is_group(mention.analyte) and unit_code != ULN:
        entry = lexicon.get(mention.analyte)
        unit = parse_unit(unit_code) or parse_unit(mention.unit_text)
        guessed = False
        if unit is None and number is not None and not mention.unit_text:
            guesses = lexicon.guess_unit(mention.analyte, number)
            unit = guesses[0] if guesses else None
            guessed = unit is not None and unit.code not in _RATIOS
        if unit is not None and number is not None and entry.is_numeric:
            canonical_unit = entry.unit.code
            try:
                canonical = lexicon.to_canonical(mention.analyte, number, unit)
            except DechallengeError:
                canonical_unit = ""
            doubt = lexicon.check(mention.analyte, number, unit)
            if doubt is not None:
                flags.append(_flag(doubt))
            if guessed:
                flags.append(Flag(kind="unit assumed", message=f"no unit printed; read as {unit.code}"))
    return Measurement(
        id="",
        analyte=mention.analyte,
        value=number,
        low=mention.low,
        high=mention.high,
        comparator=mention.comparator,
        unit=unit_code,
        unit_as_written=mention.unit_text,
        canonical=canonical,
        canonical_unit=canonical_unit,
        qualitative=mention.qualitative,
        limit=limit,
        time=time,
        since_stop=since_stop,
        flags=tuple(flags),
        section=section,
        rule=rule,
        evidence=evidence,
    )


def _flag(doubt: object) -> Flag:
    kind = str(getattr(doubt, "kind", "implausible"))
    repair = getattr(doubt, "repair", None)
    fixed: dict[str, float | str] | None = None
    if repair is not None:
        unit = getattr(repair, "unit", "")
        fixed = {"value": float(repair.value), "unit": str(getattr(unit, "code", unit))}
    return Flag(kind=kind, message=str(getattr(doubt, "message", "") or getattr(doubt, "reason", "")), repair=fixed)


def from_prose(text: CleanText, mentions: Iterable[LabMention], story: Story, axis: str) -> list[Measurement]:
    """Measurements of the running text."""
    out = []
    dated: dict[int, tuple[Time | None, Time | None]] = {}  # by the identity of the beat: its time, and since the stop
    for mention in mentions:
        beat = moment_of(text, mention, story)
        time, gap = None, None
        if beat is not None:
            if id(beat) not in dated:
                dated[id(beat)] = _beat_time(text, beat, story, axis), since_stop(story, beat.node)
            time, gap = dated[id(beat)]
            if time is not None and _came_from(text.text, mention, beat):
                time, gap = time.model_copy(update={"low": None, "point": None}), None
            elif time is not None and (
                _moved_before_its_time(text.text, mention, beat) or _rose_over(text.text, mention, beat)
            ):
                time, gap = (
                    time.model_copy(update={"low": _told_last(text, beat, story, axis, time), "point": None}),
                    None,
                )
            elif time is not None and (
                _extreme_behind(text.text, mention, beat) or _moved_behind_its_time(text.text, mention, beat)
            ):
                time, gap = time.model_copy(update={"high": None, "point": None}), None
        limit = None
        if mention.limit is not None:
            limit = Limit(
                low=mention.limit.low,
                high=mention.limit.high,
                source="printed",
                evidence=(text.quote(mention.limit.start, mention.limit.end),),
            )
        evidence_span = text.quote(mention.start, max(mention.end, mention.value_end))
        out.append(measure(mention, time, (evidence_span,), limit=limit, since_stop=gap, rule=mention.rule))
    return out


def moment_of(text: CleanText, mention: LabMention, story: Story) -> Beat | None:
    """The moment that a value is told of."""
    beat = story.beat_at(mention.value_start) or story.beat_at(mention.start)
    if beat is not None and beat.own:
        return beat
    beat = _told_behind(text, mention, story) or beat
    return _came_to(text, mention, story, _before_the_next(text.text, mention, story, beat))


def _beat_time(text: CleanText, beat: Beat, story: Story, axis: str) -> Time | None:
    told = story.carried(beat)
    words = text.text[told.start : told.end].strip() if told else ""
    evidence = (text.quote(told.start, told.end),) if told else ()
    return times(story, beat.node, axis, words, "stated" if beat.explicit else "context", evidence)


def _told_behind(text: CleanText, mention: LabMention, story: Story) -> Beat | None:
    """The beat of a time right behind the value ("…, 96 U/L after two months"): it binds closer than one before it."""
    for beat in story.beats_over(mention.value_start):
        if beat.time is None or beat.time.start < mention.value_end:
            continue
        if _BEHIND.fullmatch(text.text, mention.value_end, beat.time.start):
            return beat
    return None


_LEADS = Pattern(
    r"(?:[,;]\s*(?:and|but|then)?|\b(?:and|but|then))\s*(?:(?:on|by|after|at|in|the)\s+){0,2}$", re.IGNORECASE
)
"""Before a time that opens a part of its own."""


def _before_the_next(body: str, mention: LabMention, story: Story, beat: Beat | None) -> Beat | None:
    """ "On 30 April ALT was 60 and bilirubin 1.4, and on 1 June all was normal": what stands before the second time is
    of the first, however near the second is."""
    if beat is None or beat.time is None or beat.time.start < mention.value_end:
        return beat
    if _LEADS.search(body, mention.value_end, beat.time.start) is None:
        return beat
    return next(
        (
            b
            for b in reversed(list(story.beats_over(mention.value_start)))
            if b.time is not None and b.explicit and not b.flashback and b.time.end <= mention.value_start
        ),
        beat,
    )


_FROM = Pattern(
    r"\b(?:fallen|fell|falling|dropped|declined|decreased|risen|rose|rising|increased|climbed|reduction|fall|drop|decline|"
    r"decrease|rise|increase)\s(?:[\w-]+\s){0,3}from\s(?:(?:a|an|about|nearly)\s)?(?:\w+\s(?:of\s)?)?"
    r"(?:\d[\d.,]*\s*(?:[^\s\d]{1,8}\s*)?(?:and|/)\s*)?$",
    re.IGNORECASE,
)
_FROM_BEHIND = Pattern(
    r"\b(?:fallen|fell|dropped|declined|decreased|risen|rose|increased|climbed)\s(?:\w+\s){0,2}to\s[<>]?\d[^.;,]{0,24}(?:\.\d[^.;,]{0,20})?"
    r"\sfrom\s(?:(?:a|an|about)\s)?(?:\w+\s(?:of\s)?)?$",
    re.IGNORECASE,
)
""" "Rose to 161 U/L from 22 U/L": what it was before."""
_ON_TO = Pattern(
    r"[\s,]*(?:(?:and|/)\s*\d[\d.,]*\s*(?:[^\s\d]{1,8}\s*)?)?(?:cells\s)?(?:\([^()]{0,40}\)\s?)?to\s(?:\w+\s){0,2}[<>≤≥~]?\d",
    re.IGNORECASE,
)


_OWN_TIME = 25
"""Characters behind a value within which a time is its own."""


def _came_from(body: str, mention: LabMention, beat: Beat) -> bool:
    """ "Fell from 5.1 to 1.1": the first of two values that share a time is earlier than that."""
    if beat.flashback:
        return False
    if _FROM_BEHIND.search(body, max(0, mention.value_start - 70), mention.value_start) is not None:
        return (
            beat.time is None or beat.time.end <= mention.value_start or beat.time.start - mention.value_end > _OWN_TIME
        )
    if _FROM.search(body, max(0, mention.value_start - 70), mention.value_start) is None:
        return False
    on_to = _ON_TO.match(body, mention.value_end, mention.value_end + 70)
    if on_to is None:
        return False
    own = beat.time is not None and 0 <= beat.time.start - mention.value_end < _OWN_TIME
    return not own or (beat.time is not None and beat.time.start >= on_to.end())  # the time of what it came to


_MOVED_TO = Pattern(
    r"[^.;]{0,30}?(?:,|\band\b|\bwhich\b|\bbut\b|\bthen\b|\bbefore\b)\s*(?:(?:and|which|but|then|subsequently|later|gradually|slowly|had|has)\s+){0,3}"
    r"(?:f[ae]ll\w*|decreas\w+|declin\w+|dropp\w+|ris(?:es|en|ing)|rose|increas\w+|climb\w+|improv\w+|return\w+|recover\w+|normali[sz]\w+|peak\w+|worsen\w+|culminat\w+)\s+"
    r"(?:\w+\s+){0,2}(?:to|at|by|within|on|after|in|with)\b|[^.;]{0,30}?\b(?:and|then|before)\s(?:then\s)?reach(?:ed|ing)\s(?:(?:a|its|the)\s)?",
    re.IGNORECASE,
)


def _moved_before_its_time(body: str, mention: LabMention, beat: Beat) -> bool:
    """ "ALT was 659 U/L, falling to 120 U/L on day 7": the time is that of what it came to; it was 659 before."""
    if beat.flashback or beat.time is None or beat.time.start < mention.value_end:
        return False
    return _MOVED_TO.match(body, mention.value_end, beat.time.end) is not None


_ROSE_FROM = Pattern(
    r"\b(?:ris(?:en|ing)|rose|increas(?:ed|ing)|climb(?:ed|ing))\s(?:\w+\s){0,2}from\s[^.;]{1,50}\sto\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_OVER = Pattern(r"[^.;,]{0,20}?\sover\s(?:a\speriod\sof\s|the\scourse\sof\s)?", re.IGNORECASE)


def _rose_over(body: str, mention: LabMention, beat: Beat) -> bool:
    """ "ALT rose from 32 to 812 U/L over 3 weeks": nobody says from when on; by then at the latest."""
    if beat.flashback or beat.time is None or not 0 < beat.time.start - mention.value_end < _OWN_TIME * 2:
        return False
    over = _OVER.fullmatch(body, mention.value_end, beat.time.start)
    return (
        over is not None and _ROSE_FROM.search(body, max(0, mention.value_start - 90), mention.value_start) is not None
    )


_MOVED = Pattern(
    r"\d[^.;]{0,40}?,\s*(?:(?:and|which|but|then|subsequently|later|gradually|slowly)\s+){0,3}"
    r"(?:fall\w*|fell|decreas\w+|declin\w+|dropp\w+|ris(?:es|en|ing)|rose|increas\w+|climb\w+|improv\w+|return\w+|recover\w+)\s+"
    r"(?:\w+\s+){0,2}to\s+(?:\w+\s+)?(?:\d[\d.,]*\s*(?:and|/)\s*)?[<>]?\s*$",
    re.IGNORECASE,
)


def _moved_behind_its_time(body: str, mention: LabMention, beat: Beat) -> bool:
    """ "On day 7 ALT was 659 U/L, falling to 120 U/L": nobody says when it was 120; not before day 7."""
    if beat.flashback or beat.time is None or beat.time.end > mention.value_start:
        return False
    return _MOVED.search(body, beat.time.end, mention.value_start) is not None


def _told_last(text: CleanText, beat: Beat, story: Story, axis: str, time: Time) -> float | None:
    """The earliest day of what was told right before, where that is not after this time."""
    before = [b for b in story.beats if b.end <= beat.start and not b.flashback]
    told = _beat_time(text, before[-1], story, axis) if before else None
    low = told.low if told is not None else None
    return low if low is not None and (time.high is None or low <= time.high) else None


def _extreme_behind(body: str, mention: LabMention, beat: Beat) -> bool:
    """ "On admission bilirubin was 120 (peak 614)": the highest is of that moment or of a later one."""
    if beat.time is not None and beat.time.start >= mention.value_end:
        return False
    return BEHIND_A_VALUE.search(body, max(0, mention.value_start - 60), mention.value_start) is not None


def _came_to(text: CleanText, mention: LabMention, story: Story, beat: Beat | None) -> Beat | None:
    """ "Had risen from 0.8 at baseline to 2.3": what a value came to is of the moment that the story had come to."""
    if beat is None or not beat.flashback or beat.time is None or beat.time.end > mention.value_start:
        return beat
    if _TO.fullmatch(text.text, beat.time.end, mention.value_start) is None:
        return beat
    told = [one for one in story.beats if one.start < beat.start and not one.flashback]
    return told[-1] if told else beat


def merge(found: Sequence[Measurement]) -> tuple[Measurement, ...]:
    """A value printed twice is one value with two pieces of evidence; ids follow the order of the text."""
    kept: list[Measurement] = []
    told: dict[int, dict[Evidence, None]] = {}
    alike: dict[_Alike, dict[str, list[int]]] = {}
    for item in found:
        sections = alike.setdefault(_alike(item), {})
        for i in _candidates(item, sections):
            other = kept[i]
            if _same(item, other):
                time = other.time if other.time is not None and (other.time.known or item.time is None) else item.time
                limit = other.limit or item.limit
                told.setdefault(i, dict.fromkeys(other.evidence)).update(dict.fromkeys(item.evidence))
                section = other.section if other.section == "table" else item.section
                unit = (
                    {
                        "unit": item.unit,
                        "unit_as_written": item.unit_as_written,
                        "canonical": item.canonical,
                        "canonical_unit": item.canonical_unit,
                        "flags": item.flags,
                    }
                    if not other.unit
                    else {}
                )
                if unit or (time, limit, section) != (other.time, other.limit, other.section):
                    kept[i] = other.model_copy(update={"time": time, "limit": limit, "section": section, **unit})
                if section != other.section:
                    sections[other.section].remove(i)
                    sections.setdefault(section, []).append(i)
                break
        else:
            sections.setdefault(item.section, []).append(len(kept))
            kept.append(item)
    more = {i: {"evidence": tuple(evidence)} for i, evidence in told.items()}
    return tuple(m.model_copy(update={"id": f"l{i + 1}", **more.get(i, {})}) for i, m in enumerate(kept))


_Alike = tuple[object, ...]


def _alike(item: Measurement) -> _Alike:
    """What two measurements have in common wherever they are the same (see :func:`_same`)."""
    if item.value is None and item.low is None:
        return item.analyte, None, item.qualitative, item.section, _times(item)
    return item.analyte, item.value


def _candidates(item: Measurement, sections: Mapping[str, Sequence[int]]) -> list[int]:
    """Places of the values that may be the same: a number is told twice only in two sections."""
    numbered = not (item.value is None and item.low is None)
    return sorted(i for name, places in sections.items() if not numbered or name != item.section for i in places)


def _same(a: Measurement, b: Measurement) -> bool:
    if a.analyte == b.analyte and a.value is None and b.value is None and a.low is None and b.low is None:
        return a.qualitative == b.qualitative and a.section == b.section and _times(a) == _times(b)
    if a.analyte != b.analyte or a.value is None or a.value != b.value or a.section == b.section:
        return False
    if a.comparator != b.comparator or (a.unit and b.unit and a.unit != b.unit):
        return False
    if a.time is None or b.time is None:
        return True
    return a.time.interval.overlaps(b.time.interval)


def _times(item: Measurement) -> tuple[float | None, float | None, str]:
    return (item.time.low, item.time.high, item.time.text) if item.time else (None, None, "")
