"""Exposures and actions of a case from its drug mentions, its story and the role of every drug.

May import drugs, actions, focus, story and the case model.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from dechallenge.case import Action, Dose, DrugReaction, Exposure, Time
from dechallenge.case.model import ActionKind, Role
from dechallenge.evidence import Evidence, TextEvidence
from dechallenge.reading.drugs.doses import Sheet, read_regimen
from dechallenge.reading.entries.recurrencetime import recurrence_time
from dechallenge.reading.entries.stopresults import other_stops, went_on
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import Suspicion
from dechallenge.reading.reactions.recurrence import SAYS_AGAIN, result_of
from dechallenge.reading.story.soonafter import BECAUSE
from dechallenge.reading.story.story import ONSET, Step, Story, start_node, stop_node
from dechallenge.reading.suspects.drugrole import DrugRole
from dechallenge.reading.texts.text import CleanText
from dechallenge.reading.times.planned import administrations, visits
from dechallenge.timeline import Interval


def times(
    story: Story, node: str, axis: str, text: str = "", anchor: str = "context", evidence: tuple[Evidence, ...] = ()
) -> Time | None:
    """The moment of a node on the case's axis; ``None`` when nothing at all bounds it."""
    found = moment(story, node, axis)
    if found is None:
        return None
    interval, point = found
    return Time(low=interval.low, high=interval.high, point=point, text=text, anchor=anchor, evidence=evidence)


def moment(story: Story, node: str, axis: str) -> tuple[Interval, float | None] | None:
    """Days of a node on the case's axis, and the day as printed; ``None`` when nothing at all bounds it."""
    known = story.network.between(axis, node)
    if known == Interval(None, None):
        return None
    interval = Interval(_days(known.low), _days(known.high))
    point = _days(story.points.get(node))
    if point is not None:
        low, high = interval.lo, interval.hi
        point = min(max(point, low), high) if low - 0.5 <= point <= high + 0.5 else None
    return interval, point


def _days(value: float | None) -> float | None:
    """Days without the dust of sums of hours: 1.4e-16 is the day itself."""
    return float(round(value)) if value is not None and abs(value - round(value)) < _DUST else value


_DUST = 1e-9


def exposures(
    text: CleanText,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    story: Story,
    role_of: Mapping[str, DrugRole],
    axis: str,
    onset_position: int,
) -> list[Exposure]:
    """One exposure for each drug and phase (before onset, or for the reaction), with its clearest regimen."""
    out: list[Exposure] = []
    sheet, lands = Sheet(text.text, spans), _territories(spans, drugs)
    of_drug: dict[str, list[DrugMention]] = {}
    for mention in drugs:
        of_drug.setdefault(mention.drug, []).append(mention)
    for drug, (role, _, reason, _) in role_of.items():
        told = {s.kind for s in story.told.get(drug, ())}
        if told == {"refused"}:
            continue
        mine = of_drug.get(drug, [])
        phases: list[tuple[Role, list[DrugMention]]] = [(role, mine)]
        later = [d for d in mine[1:] if d.start > onset_position and _resumed(text.text, spans[d.sentence], d)]
        if role == "previous" and later and len(later) < len(mine):
            after = set(later)
            phases = [("previous", [d for d in mine if d not in after]), ("treatment", later)]
        for phase, mentions in phases:
            if mentions:
                out.append(
                    _exposure(
                        text,
                        sheet,
                        spans,
                        lands,
                        story,
                        drug,
                        phase,
                        reason,
                        mentions,
                        axis,
                        len(out) + 1,
                        parted=len(phases) > 1,
                    )
                )
    return out


def _resumed(body: str, span: tuple[int, int], mention: DrugMention) -> bool:
    return bool(
        re.search(r"\b(?:resumed|restarted|given|treated|started)\b", body[span[0] : mention.start], re.IGNORECASE)
    )


def _exposure(
    text: CleanText,
    sheet: Sheet,
    spans: Sequence[tuple[int, int]],
    lands: Mapping[DrugMention, tuple[int, int]],
    story: Story,
    drug: str,
    role: Role,
    reason: str,
    mentions: list[DrugMention],
    axis: str,
    number: int,
    *,
    parted: bool = False,
) -> Exposure:
    evidence: list[Evidence] = []
    dose: Dose | None = None
    route = frequency = None
    planned: tuple[Interval, ...] = ()
    printed = (0, 0)
    for mention in mentions:
        regimen = read_regimen(sheet, mention, *lands[mention])
        first = regimen.start if regimen.start >= 0 else mention.start
        last = regimen.end if regimen.end >= 0 else mention.end
        evidence.append(text.quote(min(first, mention.start), max(last, mention.end)))
        if dose is None and (regimen.dose_low is not None or regimen.dose_text):
            dose = Dose(
                value=regimen.dose_low if regimen.dose_high is None else None,
                low=regimen.dose_low if regimen.dose_high is not None else None,
                high=regimen.dose_high,
                unit=regimen.dose_unit,
                text=regimen.dose_text,
            )
            frequency = regimen.frequency or frequency
        if regimen.often is not None and not planned:
            planned, printed = visits(text.text, *regimen.often, spans[mention.sentence]), regimen.often
        route = route or regimen.route
        frequency = frequency or regimen.frequency
    steps = story.told.get(drug, [])
    if parted:  # "refractory to X … then pulses of X": each time has its own beginning
        steps = [s for s in steps if any(d in mentions for d in s.action.drugs)]
    began = next((s for s in steps if s.kind in ("started", "restarted")), None)
    ended = [s for s in steps if s.kind == "stopped"]
    later = began is not None and began.kind == "restarted" and began.course > 0
    untold = later and start_node(drug) in story.network.names  # the first start is not told, a later course is
    start = _step_time(text, story, began, axis) if began is not None and not untold else None
    if start is None and start_node(drug) in story.network.names and not parted:
        start = times(story, start_node(drug), axis, anchor="start")
    stop = _step_time(text, story, ended[0], axis) if ended else None
    if stop is None and (span := story.ends.get(stop_node(drug))) is not None:
        words = text.quote(*span)
        stop = times(story, stop_node(drug), axis, words.quote, "length", (words,))
        stop = stop if stop is not None and stop.high is not None else None
    went_on = any(s.kind == "continued" for s in steps) and not ended
    given: tuple[Time, ...] = ()
    if planned:
        onset = story.network.between(axis, ONSET) if ended or drug in story.main else Interval(None, None)
        until = stop.interval if stop is not None and stop.high is not None else onset
        given = administrations(planned, text.quote(*printed), start, until)
    lexical = next((m for m in mentions if m.kind != "dose"), mentions[0])
    return Exposure(
        id=f"x{number}",
        drug=drug,
        as_written=text.text[lexical.start : lexical.end],
        ingredients=lexical.ingredients,
        kind=lexical.kind,
        role=role,
        reason=reason,
        dose=dose,
        route=route,
        frequency=frequency,
        start=start,
        stop=stop,
        ongoing=True if went_on else (False if stop is not None else None),
        administrations=given,
        evidence=tuple(evidence),
    )


def _territories(spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention]) -> dict[DrugMention, tuple[int, int]]:
    """The part of its sentence in which a dose belongs to a drug: up to the neighbouring drugs.

    Args:
        spans: Sentences.
        drugs: Mentions, in order.
    """
    found: dict[DrugMention, tuple[int, int]] = {}
    in_sentence: dict[int, list[DrugMention]] = {}
    for mention in drugs:
        in_sentence.setdefault(mention.sentence, []).append(mention)
    for sentence, mine in in_sentence.items():
        near = [d for d in mine if d.kind not in ("bare", "pronoun")]
        ends = sorted(d.end for d in near)
        begins = sorted((d.start, d.drug) for d in near)
        other = [spans[sentence][1]] * (len(begins) + 1)  # where the next drug of another name begins
        for i in range(len(begins) - 2, -1, -1):
            other[i] = other[i + 1] if begins[i + 1][1] == begins[i][1] else begins[i + 1][0]
        for mention in mine:
            i = bisect_right(ends, mention.start)
            k = bisect_left(begins, (mention.end, ""))
            after = begins[k][0] if k < len(begins) and begins[k][1] != mention.drug else other[k]
            found[mention] = (ends[i - 1] if i else spans[sentence][0], after)
    return found


def _step_time(text: CleanText, story: Story, step: Step, axis: str) -> Time | None:
    words = _dated(text, story, step)
    return times(story, step.node, axis, words[0].quote, step.kind, words)


def _dated(text: CleanText, story: Story, step: Step) -> tuple[TextEvidence, ...]:
    """The words of an action, then those that tell its day."""
    words = text.quote(step.action.start, step.action.end)
    told = (text.quote(time.start, time.end) for time in story.dating(step.node, step.action.sentence))
    return (words, *(t for t in dict.fromkeys(told) if not words.start <= t.start < t.end <= words.end))


_KINDS: dict[str, ActionKind] = {
    "started": "started", "stopped": "stopped", "continued": "continued", "reduced": "reduced",
    "increased": "increased", "restarted": "restarted", "refused": "refused",
}  # fmt: skip
_REASON = Pattern(
    r"\b(?:because\s+of|due\s+to|on\s+account\s+of|(?<!well\s)as(?!\s+well\b|\s+(?:an?|the)\s+(?:\w+\s+)?(?:treatment|therapy|measure|precaution|step|"
    r"result|inpatient|outpatient|first)\b)|since)\s+(?P<why>[^.;]{3,90})",
    re.IGNORECASE,
)


def actions(
    text: CleanText, spans: Sequence[tuple[int, int]], story: Story, axis: str, signs: Sequence[int]
) -> list[Action]:
    """Actions in the order of the story; the same action told twice is one action with two pieces of evidence.

    Args:
        signs: Clean positions of what belongs to the reaction, in order.
    """
    out: list[Action] = []
    index: dict[tuple[str, str, int], int] = {}
    again: dict[int, dict[Evidence, None]] = {}
    anew = sorted(s.action.cue[0] for s in story.steps if s.kind == "restarted")
    stops = other_stops(story)
    for step in story.steps:
        span = spans[step.action.sentence]
        evidence = text.quote(step.action.start, step.action.end)
        key = (step.kind, step.drug, step.course)
        followed, words = _followed(text, spans, story, step, anew, signs)
        if (
            step.kind == "stopped"
            and any(at < step.action.cue[0] for at in signs[:1])
            and not _given_later(story, step)
        ):
            followed, words = _not_helped(text, went_on(text.text, spans, step, stops))
        if step.kind in ("started", "stopped", "restarted", "continued") and key in index:
            again.setdefault(index[key], {})[evidence] = None
            told = out[index[key]]
            if step.kind == "restarted" and told.result is None and words:  # told where it is named again
                out[index[key]] = told.model_copy(update=followed)
                again[index[key]][words] = None
            continue
        why = _REASON.search(text.text, step.action.end, span[1])
        if why is not None and why.start() > step.action.end + 45:
            why = None
        index[key] = len(out)
        supposed = {"because": BECAUSE} if step.node in story.supposed and step.node not in story.points else {}
        out.append(
            Action(
                kind=_KINDS[step.kind],
                drug=step.drug,
                time=times(story, step.node, axis, evidence.quote, step.kind, _dated(text, story, step)),
                reason=" ".join(why["why"].split())
                if why and step.kind in ("stopped", "reduced", "continued")
                else None,
                evidence=(evidence, words) if words else (evidence,),
                **(supposed | followed),
            )
        )
    for i, more in again.items():
        out[i] = out[i].model_copy(update={"evidence": tuple(dict.fromkeys((*out[i].evidence, *more)))})
    return out


def _given_later(story: Story, step: Step) -> bool:
    """The drug was first given when the reaction was there already: its stop is no trial of it."""
    start = start_node(step.drug)
    return start not in story.network.names or story.network.between(ONSET, start).lo > 0


def _not_helped(text: CleanText, words: tuple[int, int] | None) -> tuple[dict[str, Any], Evidence | None]:
    """A stop after which the reaction went on, with the words that say so."""
    if words is None:
        return {}, None
    return {"result": "negative"}, text.quote(*words)


def _followed(
    text: CleanText,
    spans: Sequence[tuple[int, int]],
    story: Story,
    step: Step,
    anew: Sequence[int],
    signs: Sequence[int],
) -> tuple[dict[str, Any], Evidence | None]:
    """What followed a re-exposure: result, reason and delay, and the words of the result."""
    if step.kind != "restarted":
        return {}, None
    later = bisect_right(anew, step.action.cue[0])
    until = anew[later] if later < len(anew) else len(text.text)
    said, words = result_of(text.text, spans, step.action, until)
    if said == "positive" and words is not None and _first_told(text, story, step, words, signs):
        return {}, None
    told: dict[str, Any] = {"result": said}
    if said != "negative" and (after := recurrence_time(text, story, step, words, signs, until)) is not None:
        told["recurrence_after"] = after
    if words is None:
        return told, None
    told["because"] = f"“{' '.join(text.text[slice(*words)].split())}”"
    return told, text.quote(*words)


def _first_told(text: CleanText, story: Story, step: Step, words: tuple[int, int], signs: Sequence[int]) -> bool:
    """ "In June it was given again; five days later jaundice" is no recurrence where no reaction is told before."""
    told = words == step.action.cue  # "each of the relapses began within a week of X"
    if told or any(at < step.action.cue[0] for at in signs) or SAYS_AGAIN.search(text.text, *words):
        return False
    return not story.network.between(ONSET, step.node).lo > 0


def links(
    role_of: Mapping[str, DrugRole], suspected: Sequence[Suspicion], text: CleanText, event: str, story: Story
) -> list[DrugReaction]:
    """The role of each drug for the reaction, with the reason and its words."""
    spans = {s.drug: [(t.start, t.end) for t in s.told] for s in suspected}
    out = []
    for drug, (role, basis, reason, _) in role_of.items():
        evidence = tuple(text.quote(a, b) for a, b in spans.get(drug, []) if b > a)
        course = course_of_onset(story, drug)
        out.append(
            DrugReaction(
                drug=drug,
                event=event,
                role=role,
                basis="timing" if basis == "timing" else "blamed",
                because=reason,
                latency=between(story, start_node(drug, course), ONSET),
                stop_to_onset=between(story, stop_node(drug, course), ONSET),
                course=course if start_node(drug, course) in story.network.names else None,
                since_first_dose=between(story, start_node(drug), ONSET) if course else None,
                evidence=evidence,
            )
        )
    return out


def course_of_onset(story: Story, drug: str) -> int:
    """The course of a drug in which the reaction began: the latest one that is not known to start after the onset."""
    for course in range(story.course.get(drug, 0), 0, -1):
        if story.network.between(start_node(drug, course), ONSET).lo >= -1:
            return course
    return 0


def since_stop(story: Story, node: str) -> Time | None:
    """Days from the stop of the drug in focus to a moment; ``None`` where nothing bounds them on both sides."""
    if not story.main:
        return None
    stop = stop_node(story.main[0], course_of_onset(story, story.main[0]))
    if stop not in story.network.names:
        return None
    found = between(story, stop, node)
    return found if found is not None and found.low is not None and found.high is not None else None


def between(story: Story, base: str, node: str) -> Time | None:
    interval = story.network.between(base, node)
    if interval == Interval(None, None):
        return None
    point = None
    if base in story.points and node in story.points:
        point = story.points[node] - story.points[base]
        point = point if interval.lo - 0.5 <= point <= interval.hi + 0.5 else None
    return Time(low=interval.low, high=interval.high, point=point, anchor=base.split(":")[0])
