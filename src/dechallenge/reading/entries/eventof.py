"""The reaction of a case as an event: its name, when it began, how serious it was, how it ended.

``event_of`` makes the reaction that the case is about, ``further_event`` one that came with it. May import the signs,
the story, the endings and the case model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dechallenge.case import Event, Time
from dechallenge.evidence import Evidence, TextEvidence
from dechallenge.reading.entries.anystory import own_ending
from dechallenge.reading.entries.dechallengetold import by_dechallenge
from dechallenge.reading.entries.exposures import times
from dechallenge.reading.entries.outcome import KINDS_WORDS, Ending, left, outcome
from dechallenge.reading.entries.outcomefield import stated
from dechallenge.reading.entries.recovery import when
from dechallenge.reading.entries.seriousness import seriousness
from dechallenge.reading.entries.tablecounts import by_counts
from dechallenge.reading.entries.tablecourse import table_onset
from dechallenge.reading.entries.tablestory import stay_in_notes
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.laboratory.labs import LabMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.course import SHOWN_BY, value_course, value_lines
from dechallenge.reading.reactions.deaths import died_of, titled_fatal
from dechallenge.reading.reactions.events import LIVER, MAS, NEUTROPENIA, Sign
from dechallenge.reading.reactions.musclesigns import MYOGLOBIN
from dechallenge.reading.reactions.namedkinds import ATTRIBUTED, is_diagnosis, kind_of
from dechallenge.reading.story.story import ONSET, Story
from dechallenge.reading.tables.tables import LabTable
from dechallenge.reading.texts.text import CleanText

_NAMES = {LIVER: "liver injury", NEUTROPENIA: "neutropenia", MAS: "macrophage activation syndrome"}
"""Kinds that are called by one name, whatever their signs are."""
_SHOWN = 6
"""Signs that are kept as evidence, at the most."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a case tells: its text and sentences, findings, values and laboratory tables."""

    text: CleanText
    spans: Sequence[tuple[int, int]]
    findings: Sequence[FindingMention]
    labs: Sequence[LabMention]
    tables: Sequence[LabTable]


def event_of(told: Told, name: str, own: Sequence[Sign], kind: str, story: Story, axis: str) -> Event | None:
    """The reaction that the case is about; None where nothing speaks of one.

    Args:
        told: What the case tells.
        name: Identifier of the event.
        own: Signs of the reaction.
        kind: Its kind.
        story: The story of the case, with this reaction as its onset.
        axis: Node of day 0.
    """
    if not own and not told.tables:
        return None
    text, spans = told.text, told.spans
    start = table_onset(told.tables, story, axis, _onset(told, story, axis), kind)
    end = outcome(text, spans, told.labs, story, axis, told.tables, kind)
    end = left(text, spans, own_ending(text, spans, told.findings, story, axis, end, own), kind)
    end = by_counts(text.document, told.tables, story, axis, end, kind)
    end = by_dechallenge(text, spans, _by_title(text, spans, stated(text, spans, own, story, axis, end)))
    return Event(
        id=name,
        kind=kind or LIVER,
        term=_NAMES.get(kind, _term(own) or kind or LIVER),
        primary=True,
        onset=start,
        seriousness=_serious(told, story),
        outcome=end.result,
        recovery=end.day,
        recovery_from_stop=end.from_stop,
        evidence=tuple(text.quote(s.position, s.end) for s in own[:_SHOWN]),
        outcome_evidence=end.evidence,
    )


def _by_title(text: CleanText, spans: Sequence[tuple[int, int]], end: Ending) -> Ending:
    """The end that the first line gives away ("Fatal agranulocytosis after X"), where the case tells none."""
    stop = text.text.find("\n", 0, _TITLE)
    if stop <= 0 or end.result not in ("unknown", "recovering", "not recovered") or (spans and spans[0][0] < stop):
        return end
    fatal = titled_fatal(text.text[:stop])
    return end if fatal is None else Ending("fatal", None, None, (text.quote(*fatal.span()),))


_TITLE = 250
"""Characters of a first line that may be a title."""


def further_event(told: Told, name: str, own: Sequence[Sign], kind: str, story: Story, axis: str) -> Event | None:
    """A reaction that came with the one that the case is about; its end is only what is told of itself.

    Args:
        told: What the case tells.
        name: Identifier of the event.
        own: Signs of the reaction.
        kind: Its kind.
        story: The story with this reaction as its onset.
        axis: Node of day 0.
    """
    if not own:
        return None
    end = _own_end(told, own, kind, story, axis)
    return Event(
        id=name,
        kind=kind,
        term=_NAMES.get(kind, _term(own) or kind),
        primary=False,
        onset=_onset(told, story, axis),
        outcome=end.result,
        recovery=end.day,
        recovery_from_stop=end.from_stop,
        evidence=tuple(told.text.quote(s.position, s.end) for s in own[:_SHOWN]),
        outcome_evidence=end.evidence,
    )


def _term(own: Sequence[Sign]) -> str:
    """What the report calls the reaction, by its title or its diagnosis; else its first sign."""
    named = [s for s in own if s.term != MYOGLOBIN]
    called = max(named, key=lambda s: (s.weight if not s.starts else 0.0, kind_of(s.term) == s.kind), default=None)
    if called is not None and not called.starts:
        first = named[0]
        if called.weight >= ATTRIBUTED or not is_diagnosis(first) or kind_of(first.term) != called.kind:
            return called.term
    return named[0].term if named else ""


def _onset(told: Told, story: Story, axis: str) -> Time | None:
    beat = story.onset_beat
    if beat is None:
        return None
    words = told.text.quote(beat.time.start, beat.time.end) if beat.time else None
    evidence: tuple[Evidence, ...] = (words,) if words else ()
    return times(story, ONSET, axis, words.quote if words else "", "onset", evidence)


def _own_end(told: Told, own: Sequence[Sign], kind: str, story: Story, axis: str) -> Ending:
    if kind in KINDS_WORDS:
        end = outcome(told.text, told.spans, told.labs, story, axis, told.tables, kind)
        if end.result == "fatal" and not died_of(told.text.text, told.spans, kind):
            return Ending()  # of what the patient died is told of the first
        return end
    if kind in SHOWN_BY:
        shown = value_course(value_lines(told.labs, story, kind), story)
        if shown is not None:
            span = (shown.start, shown.end)
            at = when(told.text.text, story, axis, span, change=False, abnormal=())
            day, gap = at if shown.state == "recovered" else (None, None)
            return Ending(shown.state, day, gap, (told.text.quote(*span),))
    called = [replace(s, kind=f"the {s.term}" if kind in SHOWN_BY else s.term) for s in own]
    end = own_ending(told.text, told.spans, told.findings, story, axis, Ending("recovering"), called)
    if kind in SHOWN_BY and not any(s.term[:5].lower() in _words(e) for s in own for e in end.evidence):
        return Ending()  # "symptoms resolved" beside a low sodium without a further value
    return end if end.evidence else Ending()


def _words(evidence: Evidence) -> str:
    return evidence.quote.lower() if isinstance(evidence, TextEvidence) else ""


def _serious(told: Told, story: Story) -> tuple[str, ...]:
    body = told.text.text
    after = _after_start(told.spans, story)
    field = [span for span in told.spans if span not in after and _SERIOUS_FIELD.search(body, *span) is not None]
    found = seriousness(body, sorted([*after, *field]))
    if "hospitalisation" not in found and stay_in_notes(told.tables):
        return ("hospitalisation", *found)
    return found


_SERIOUS_FIELD = Pattern(r"\bSeriousness:|\[[ \t]?[xX✓][ \t]?\]|☒|☑")
"""A field of a form that says why the reaction is serious, wherever it stands."""


def _after_start(spans: Sequence[tuple[int, int]], story: Story) -> list[tuple[int, int]]:
    """Sentences that are not wholly about the time before the drug."""
    early = {b.sentence for b in story.beats if b.flashback or b.node in ("baseline", "past")}
    late = {b.sentence for b in story.beats if not (b.flashback or b.node in ("baseline", "past"))}
    return [s for i, s in enumerate(spans) if i in late or i not in early]
