"""Reactions (E.i) as events of the case: kind, onset, seriousness, outcome, recovery.

The onset is the date, or the delay from the first dose of the main suspect, whichever is closer; the recovery is the
end of a reaction that recovered. Seriousness is what is said to be true: NI is not a no. May import the case, dates,
timeline and the modules of this folder.
"""

from __future__ import annotations

from pydantic import ValidationError

from dechallenge.case.model import Event, Time
from dechallenge.formats.dates import Axis, Dated
from dechallenge.formats.e2b import case_from_drugs as drugs
from dechallenge.formats.e2b import codes, lines, names
from dechallenge.formats.e2b.source import Source
from dechallenge.timeline import Interval

_NAMED = ("E.i.1.2", "E.i.1.1a", "E.i.2.1b")


def onset_days(source: Source) -> Interval | None:
    """Calendar days of the first dated onset."""
    found = [d.days for i in source.repeats("E.i") if (d := source.dated("E.i.4", i)) is not None]
    return min(found, key=lambda days: days.lo) if found else None


def events_of(source: Source, axis: Axis, main: drugs.Drug | None) -> list[Event]:
    told = {line.fields.get("number", ""): line for _, line in source.lines_of("Reaction")}
    numbers = source.repeats("E.i")
    named = [i for i in numbers if any(source.value(id, i) for id in _NAMED)]
    first = next((i for i in named if source.value("E.i.3.1", i) in codes.HIGHLIGHTED), named[0] if named else 0)
    events = []
    for i in named:
        term = source.value("E.i.1.2", i) or source.value("E.i.1.1a", i)
        coded = source.code("E.i.2.1", (i,))
        if not term and not coded:
            source.note(f"E.i[{i}]: a reaction without a term is left out")
            continue
        event = Event(
            id=f"e{i}",
            kind=names.event_kind(term) if term else f"MedDRA {coded[0].code}",
            term=term or f"MedDRA {coded[0].code}",
            primary=i == first,
            onset=_onset(source, i, axis, main),
            seriousness=tuple(
                words for id, words in codes.SERIOUSNESS.items() if source.value(id, i).lower() in ("true", "1")
            ),
            outcome=codes.OUTCOME.get(source.value("E.i.7", i), "unknown"),
            codes=coded,
            evidence=source.quotes(("E.i.1.2", (i,)), ("E.i.1.1a", (i,)), ("E.i.2.1b", (i,))),
            outcome_evidence=source.quote("E.i.7", i),
        )
        events.append(_as_told(source, event, told.get(str(i))))
    return events


def _as_told(source: Source, event: Event, line: lines.Line | None) -> Event:
    """The reaction with what its line adds; what elements hold goes before it."""
    if line is None:
        return event
    made = lines.build(Event, line, source.words)
    listed = {codes.SERIOUSNESS_ID.get(word, "E.i.3.2f") for word in made.get("seriousness", ())}
    if listed != {codes.SERIOUSNESS_ID[word] for word in event.seriousness}:
        made.pop("seriousness", None)
    for name in ("evidence", "outcome_evidence"):
        made[name] = (*made.get(name, ()), *getattr(event, name))
    own, told = event.onset, made.get("onset")
    if own is not None and (told is None or own.date or own.point is None or not told.interval.overlaps(own.interval)):
        made.pop("onset", None)
    kept = {name: getattr(event, name) for name in Event.model_fields} | made
    kept |= {"id": event.id, "term": event.term, "outcome": event.outcome, "codes": event.codes}
    try:
        return Event.model_validate(kept)
    except ValidationError:
        source.note(f"H.5: the line on reaction {event.id[1:]} is not in the wording that it begins with")
        return event


def _onset(source: Source, i: int, axis: Axis, main: drugs.Drug | None) -> Time | None:
    """The onset by its date, or by the delay from the first dose of the main suspect, whichever is closer."""
    dated = source.dated("E.i.4", i)
    by_date = axis.time(dated, source.quote("E.i.4", i), anchor="onset")
    if main is None:
        return by_date
    told = source.measure("G.k.9.i.3.1", main.k, i)
    if told is None:
        return by_date
    days, point = told
    if by_date is not None and by_date.interval.known and by_date.interval.width <= days.width:
        return by_date
    words = f"{source.value('G.k.9.i.3.1a', main.k, i)} {source.value('G.k.9.i.3.1b', main.k, i)} from the first dose"
    evidence = source.quotes(("G.k.9.i.3.1a", (main.k, i)), ("G.k.9.i.3.1b", (main.k, i)))
    made = source.span(days, point, words, "onset", evidence)
    return made if by_date is None else made.model_copy(update={"date": by_date.date})


def with_recovery(source: Source, event: Event, axis: Axis, stop: Dated | None) -> Event:
    """The end of the reaction as the day of recovery, where it recovered."""
    i = int(event.id[1:])
    if event.recovery is not None or event.outcome not in ("recovered", "recovered with sequelae"):
        return event
    end = source.dated("E.i.5", i)
    evidence = source.quote("E.i.5", i)
    onset, length = source.dated("E.i.4", i), source.length("E.i.6", i)
    if end is None and onset is not None and length is not None:
        days = Interval(onset.days.lo + length.lo, onset.days.hi + length.hi)
        end = Dated("", days, f"{source.value('E.i.6a', i)} {source.value('E.i.6b', i)} after the onset")
        evidence = source.quotes(("E.i.4", (i,)), ("E.i.6a", (i,)))
    if end is None:
        return event
    day = axis.time(end, evidence, anchor="recovery")
    return event.model_copy(update={"recovery": day, "recovery_from_stop": drugs.gap(end, stop, "stop")})
