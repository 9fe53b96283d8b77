"""Exposures, actions and links of the whole report: each drug of `case_from_drugs` for each reaction.

Lines of the fixed wording stand for what they describe; what was changed in an element since goes before them. May
import the case, dates, timeline and the modules of this folder.
"""

from __future__ import annotations

from pydantic import ValidationError

from dechallenge.case.model import Action, DrugReaction, Event, Exposure
from dechallenge.formats.dates import Axis, Dated
from dechallenge.formats.e2b import case_from_drugs as drugs
from dechallenge.formats.e2b import codes, lines
from dechallenge.formats.e2b.source import LAST, Source, in_order, number_of
from dechallenge.timeline import Interval

MOST_LINKS = 50_000
"""Pairs of drug and reaction up to which all are linked; real reports have some thousands at most."""
_OF_DRUG = ("G.k.4.r.8", "G.k.11")


def of_drugs(
    source: Source,
    taken: list[drugs.Drug],
    events: list[Event],
    axis: Axis,
    onset: Interval | None,
    main: drugs.Drug | None,
    start: Dated | None,
) -> tuple[list[Exposure], list[Action], list[DrugReaction]]:
    """Exposures, actions and links; lines of the fixed wording stand for what they describe."""
    told = {e.at[0]: line for e, line in source.told if line.kind == "Drug" and e.id in _OF_DRUG}
    exposures: list[tuple[int, Exposure]] = []
    for drug in taken:
        own = first is start if (first := drugs.first_start(drug)) is not None else False
        zero = main is not None and drug.name.drug == main.name.drug and own
        made = drugs.exposure(drug, axis, onset, main=zero)
        line = told.get(drug.k)
        exposures.append((number_of(line), _exposure_told(source, made, line) if line is not None else made))
    others = [line for e, line in source.told if line.kind == "Drug" and e.id not in _OF_DRUG]
    for number, line in enumerate(others, start=1):
        other = source.model(Exposure, line, id=f"t{number}")
        if other is not None:
            exposures.append((number_of(line), other))
    named = {line.fields.get("as_written", "").casefold() for line in others}
    for r in source.repeats("D.8.r"):
        if source.value("D.8.r.1", r).casefold() not in named and (past := drugs.past(source, r, axis)) is not None:
            exposures.append((LAST, past))
    numbered = [pair for pair in exposures if pair[0] != LAST]
    ordered = in_order(numbered, [exposure for number, exposure in exposures if number == LAST])
    actions = _actions(source, taken, events, axis, onset, start)
    return ordered, actions, _links(source, taken, events)


def _exposure_told(source: Source, made: Exposure, line: lines.Line) -> Exposure:
    found = lines.build(Exposure, line, source.words)
    role = found.get("role")
    if role in codes.ROLE_CODE:
        found.pop("role")  # the element G.k.1 goes before the line
    for name in ("start", "stop"):
        if getattr(made, name) is not None:
            found.pop(name, None)
    found["evidence"] = (*found.get("evidence", ()), *made.evidence)
    kept = {name: getattr(made, name) for name in Exposure.model_fields}
    if "drug" in found:  # a line that tells the whole exposure, and not only what was changed of it
        kept |= {"ongoing": None, "reason": "", "dose": None, "frequency": None}
    kept |= found
    try:
        return Exposure.model_validate(kept)
    except ValidationError:
        source.note(f"G.k.4.r.8: the line on {made.drug} is not in the wording that it begins with")
        return made


def _actions(
    source: Source,
    taken: list[drugs.Drug],
    events: list[Event],
    axis: Axis,
    onset: Interval | None,
    start: Dated | None,
) -> list[Action]:
    made = [action for _, action in source.built(Action, "Action")]
    named = {action.drug for action in made}
    for drug in taken:
        begun = axis.time(drugs.first_start(drug))
        inferred = drugs.actions(drug, axis, events, onset, begun.low if begun is not None else None)
        if drug.name.drug not in named:
            made += [a for a in inferred if a not in made]
    return made


def _links(source: Source, taken: list[drugs.Drug], events: list[Event]) -> list[DrugReaction]:
    told = source.built(DrugReaction, "Link")
    named = {(link.drug, link.event) for _, link in told}
    made: list[DrugReaction] = []
    ranked = sorted(taken, key=lambda d: {"1": 0, "3": 1}.get(d.role, 2))
    if len(events) * len(ranked) > MOST_LINKS:
        source.note(
            f"{len(ranked)} drugs and {len(events)} reactions: only the primary reaction is linked to the drugs"
        )
        events = [event for event in events if event.primary]
    for event in events:
        i = int(event.id[1:])
        onset = source.dated("E.i.4", i)
        for drug in ranked:
            role = codes.ROLE.get(drug.role, "concomitant")
            if (drug.name.drug, event.id) in named:
                continue
            named.add((drug.name.drug, event.id))
            number, course = drugs.onset_course(drug, onset.days if onset is not None else None)
            start, stop = (course[0].start, course[-1].stop) if course else (None, None)
            delay = source.measure("G.k.9.i.3.1", drug.k, i)
            after = source.measure("G.k.9.i.3.2", drug.k, i)
            latency, since = drugs.gap(onset, start, "start"), drugs.gap(onset, stop, "stop")
            if delay is not None and (latency is None or latency.interval.width > delay[0].width):
                latency = source.span(*delay, "", "start", source.quote("G.k.9.i.3.1a", drug.k, i))
            if after is not None and (since is None or since.interval.width > after[0].width):
                since = source.span(*after, "", "stop", source.quote("G.k.9.i.3.2a", drug.k, i))
            made.append(
                DrugReaction(
                    drug=drug.name.drug,
                    event=event.id,
                    role=role,
                    basis="blamed",
                    because=f"characterised as {role} (G.k.1)",
                    latency=latency,
                    stop_to_onset=since,
                    course=number if start is not None else None,
                    evidence=source.quote("G.k.1", drug.k),
                )
            )
    return in_order(told, made)
