"""What a view shows of a case, before it is drawn: the time course, work-up, open questions, verdicts in order.

Pure functions on the published contract; terminal and page share them. Imports ``assessment.model`` and ``evidence``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dechallenge.assessment.model import (
    ActionOut,
    CaseOut,
    Days,
    EventOut,
    ExposureOut,
    FindingOut,
    InstrumentOut,
    ItemOut,
    KeyPoints,
    Pattern,
    SuspectOut,
    TestOut,
)
from dechallenge.evidence import Evidence
from dechallenge.report import wording

STATES = ("positive", "negative", "not interpretable", "not done", "not reported")
"""The five states of a test, in the order in which views show them; the last two are never merged."""

_LEAD = ("rucam-2016", "rucam-1993", "naranjo-1981", "who-umc", "french-2011", "french-1985", "liverpool-2011")
_LAST = ("recam-2022", "recam-2022-modified")
"""Unverified points: they stand beside the others, never before them."""


_CAUSE_FIRST = 3
"""What a grading asks stands behind the first three questions of the causality instruments."""


@dataclass(frozen=True)
class Station:
    """A moment of the time course: what happened, when, and what came of it."""

    kind: str
    label: str
    day: Days | None = None
    point: float | None = None
    detail: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def when(self) -> str:
        return wording.day(self.day, self.point)


def suspects_of(case: CaseOut, event: EventOut) -> list[SuspectOut]:
    """The suspects of one reaction, in the order of the contract (likeliest first)."""
    return [s for s in case.suspects if s.event.id == event.id]


def time_course(case: CaseOut, event: EventOut, suspect: SuspectOut | None) -> list[Station]:
    """Start, onset, actions on the suspect, recovery and re-exposures, in the order of time."""
    drug = suspect.drug if suspect else None
    key = suspect.key_points if suspect else None
    own = [e for e in case.exposures if e.drug == drug]
    started = next((a for a in case.actions if a.drug == drug and a.kind == "started"), None)
    natural: list[Station] = []
    if drug and (own or started):
        first = min((e for e in own if e.start_days), key=lambda e: _order(e.start_days), default=None)
        when = first.start_days if first else (started.day if started else None)
        proof = started.evidence if started else (first or own[0]).evidence
        natural.append(Station("start", "first dose", when, evidence=proof))
    onset, point = event.onset_days, None
    if key and key.latency_days and (onset is None or onset == (None, None) or onset == key.latency_days):
        onset, point = key.latency_days, key.latency_point
    natural.append(Station("onset", "onset", onset, point, event.term, event.evidence))
    halted = any(a.drug == drug and a.kind == "stopped" for a in case.actions)
    stop: Days | None = None
    again = 0
    later: list[Station] = []
    for action in case.actions:
        if action.drug != drug or action.kind == "started" or (halted and _ran_on(action, onset)):
            continue
        if action.kind == "restarted":
            again += 1
            before = key is not None and key.rechallenge == "not done" and action.result is None
            label = "given again" if before else f"re-exposure {again}"
            result = "" if before else f"{action.result or 'result not stated'}"
            result += f": {action.because}" if action.because else ""
            later.append(Station("again", label, action.day, None, result, action.evidence))
        else:
            target = later if again else natural
            why = "; ".join(filter(None, (action.reason, action.because)))
            target.append(Station(action.kind, action.kind, action.day, None, why, action.evidence))
            if action.kind == "stopped" and stop is None:
                stop = action.day
    if key and key.recovery_days and key.recovery_days not in ((None, None), (0.0, None)):
        since = stop if stop is not None else (onset or (None, None))
        after = "stop" if stop is not None else "onset"
        reached = _plus(since, key.recovery_days)
        natural.append(
            Station("recovery", "recovered", reached, None, f"{wording.duration(key.recovery_days)} after {after}")
        )
    return _in_order([*natural, *later])


def _ran_on(action: ActionOut, onset: Days | None) -> bool:
    """ "While on X", of a drug that was stopped later: no step of its own, unless it went on after the onset."""
    if action.kind != "continued":
        return False
    begun, low = onset[0] if onset else None, action.day[0] if action.day else None
    return low is None or begun is None or low < begun


def _order(interval: Days | None) -> float:
    low, high = interval or (None, None)
    return low if low is not None else high if high is not None else 0.0


def _plus(a: Days, b: Days) -> Days:
    low = None if a[0] is None or b[0] is None else a[0] + b[0]
    high = None if a[1] is None or b[1] is None else a[1] + b[1]
    return (low, high)


def _in_order(stations: Sequence[Station]) -> list[Station]:
    """By day; a station without a day stays behind the one that comes before it by nature."""
    placed: list[tuple[float, int, Station]] = []
    last = float("-inf")
    for index, station in enumerate(stations):
        if station.day and station.day != (None, None):
            last = _order(station.day)
        placed.append((last, index, station))
    return [station for _, _, station in sorted(placed, key=lambda p: (p[0], p[1]))]


def work_up(case: CaseOut) -> dict[str, list[TestOut]]:
    """The tests by state; every state is a key, also where it is empty."""
    return {state: [t for t in case.tests if t.state == state] for state in STATES}


def histology(case: CaseOut) -> list[FindingOut]:
    """What the biopsy showed and did not show, each finding once with all its evidence."""
    found: dict[tuple[str, str, str | None], FindingOut] = {}
    for item in case.findings:
        if item.kind == "histology":
            key = (item.term, item.state, item.extent)
            known = found.get(key)
            found[key] = known.model_copy(update={"evidence": known.evidence + item.evidence}) if known else item
    return list(found.values())


@dataclass(frozen=True)
class Effect:
    """What the answers to a question would give on one or more instruments; answers that change nothing are left out.

    Attributes:
        instruments: Their names, with the drug where there are several suspects.
        answers: Answer to result.
        rest: Whether there are other answers, which leave the result as it is.
    """

    instruments: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    rest: bool


@dataclass(frozen=True)
class Question:
    """An unknown fact as a question. Without effects, its answer would only narrow the range of ``narrows``.

    ``owner`` is the first instrument of the page that it would change; ``grades`` whether that one judges the reaction,
    not a drug.
    """

    fact: str
    question: str
    effects: tuple[Effect, ...]
    narrows: tuple[str, ...] = ()
    owner: str = ""
    grades: bool = False


def questions(suspects: Sequence[SuspectOut], events: Sequence[EventOut] = ()) -> list[Question]:
    """Open questions of all instruments, one entry for each fact, most decisive first.

    What changes a verdict stands before what narrows a range. Each instrument orders its own; across instruments the
    best rank counts, then how many results would change.
    """
    several = len({s.drug for s in suspects}) > 1
    asking = [(i, s.drug if several else "", s.event.term, False) for s in suspects for i in ordered(s.instruments)]
    asking += [(i, "", e.term, True) for e in events for i in e.instruments]
    asked: dict[str, list[_Asked]] = {}
    whole: dict[str, set[str]] = {}
    for instrument, drug, term, grades in asking:
        if instrument.applicable:
            whole.setdefault(wording.name(instrument), set()).add(term)
        for rank, question in enumerate(instrument.open_questions, start=_CAUSE_FIRST if grades else 0):
            changed = {a: r for a, r in question.would_give.items() if _plain(r) not in _now(instrument)}
            rest = len(changed) < len(question.would_give)
            who = (wording.name(instrument), drug, term)
            entry = _Asked(rank, question.question, who, _by_result(changed), rest, grades)
            asked.setdefault(question.fact, []).append(entry)
    out: list[tuple[tuple[bool, int, int], Question]] = []
    for fact, entries in asked.items():
        grouped: dict[tuple[tuple[tuple[str, str], ...], bool], list[tuple[str, str, str]]] = {}
        for e in entries:
            if e.answers:
                grouped.setdefault((e.answers, e.rest), []).append(e.who)
        effects = tuple(Effect(_names(who, whole), answers, rest) for (answers, rest), who in grouped.items())
        narrows = () if effects else _names([e.who for e in entries], whole)
        asking_now = [e for e in entries if e.answers or not effects]
        owner = asking_now[0]
        weight = (not effects, min(e.rank for e in asking_now), -sum(len(who) for who in grouped.values()))
        out.append((weight, Question(fact, entries[0].question, effects, narrows, owner.who[0], owner.grades)))
    return [question for _, question in sorted(out, key=lambda pair: pair[0])]


class _Asked(NamedTuple):
    """A question of an instrument: its rank, who asks (instrument, drug, reaction), what answers change its result."""

    rank: int
    question: str
    who: tuple[str, str, str]
    answers: tuple[tuple[str, str], ...]
    rest: bool
    grades: bool


def _names(who: Iterable[tuple[str, str, str]], whole: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Instruments by name, each once, with the drugs it asks about: ``Naranjo 1981 (anakinra, prednisone)``.

    Args:
        who: Instrument, drug and reaction.
        whole: The reactions that each instrument judges: they are named where the question is not asked of all.
    """
    drugs: dict[str, list[str]] = {}
    terms: dict[str, list[str]] = {}
    for name, drug, term in who:
        drugs.setdefault(name, []).extend([drug] if drug else [])
        terms.setdefault(name, []).append(term)
    out = []
    for name, about in drugs.items():
        told = [", ".join(dict.fromkeys(about))] if about else []
        if whole.get(name, set()) - set(terms[name]):
            told.append(", ".join(dict.fromkeys(terms[name])))
        out.append(f"{name} ({'; '.join(told)})" if told else name)
    return tuple(out)


def _by_result(answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Answers that give the same result, in one entry."""
    found: dict[str, list[str]] = {}
    for answer, result in answers.items():
        found.setdefault(wording.minus(result), []).append(answer)
    return tuple((" or ".join(same), result) for result, same in found.items())


def _plain(text: str) -> str:
    return text.replace(wording.MINUS, "-").lower()


def _now(instrument: InstrumentOut) -> set[str]:
    """The result of an instrument in the words that an answer would use for it."""
    score = "" if instrument.score is None else _plain(wording.number(instrument.score))
    category, code = _plain(instrument.category or ""), _plain(instrument.code or "")
    none = set() if has_result(instrument) else {"no score", "no result", "not applicable"}
    return none | {category, code, score, f"{score} {category}", f"{code} {category}"}


def ordered(instruments: Iterable[InstrumentOut]) -> list[InstrumentOut]:
    """Applicable instruments first, the field's usual ones leading; otherwise the order of the contract."""

    def key(instrument: InstrumentOut) -> tuple[bool, int]:
        rank = _LEAD.index(instrument.id) if instrument.id in _LEAD else len(_LEAD) + (instrument.id in _LAST)
        return (not instrument.applicable, rank)

    return sorted(instruments, key=key)


def pattern_words(pattern: Pattern | None) -> str:
    """The pattern in words; below the threshold of liver injury this is said plainly."""
    if pattern is None:
        return ""
    low, high = (wording.NOTHING if v is None else wording.ratio(v) for v in (pattern.low, pattern.high))
    bounds = f"{low}–{high}" if pattern.low is not None and pattern.high is not None else ""
    ratio = ""
    if pattern.r is not None:
        ratio = f"R {wording.ratio(pattern.r)}" + (f" ({bounds})" if bounds and low != high else "")
    elif bounds:
        ratio = f"R {bounds}"
    elif pattern.low is not None or pattern.high is not None:
        ratio = f"R ≥ {low}" if pattern.low is not None else f"R ≤ {high}"
    if pattern.below_threshold:
        values = f" ({pattern.because})" if pattern.because else ""
        by_number = f"; by number {pattern.type}, {ratio}" if pattern.type and ratio else f"; {ratio}" if ratio else ""
        return f"enzymes below the threshold of liver injury{values}{by_number}"
    return ", ".join(part for part in (pattern.type or "type unknown", ratio) if part)


def lead(suspect: SuspectOut) -> InstrumentOut | None:
    """The verdict that a summary names first: the leading instrument that applies and gives a result."""
    for instrument in ordered(suspect.instruments):
        if has_result(instrument):
            return instrument
    return None


def has_result(instrument: InstrumentOut) -> bool:
    """Whether an instrument applies and gives a number, a code or a category."""
    return instrument.applicable and bool(instrument.category or instrument.score is not None or instrument.code)


def headline(case: CaseOut) -> str:
    """The case in one line: the likeliest drug, the reaction, the leading verdict."""
    event = next((e for e in case.events if e.primary), None)
    suspects = suspects_of(case, event) if event else []
    if not event:
        return "no reaction was found"
    if not suspects:
        return f"{event.term}, no suspect drug"
    top = lead(suspects[0])
    said = f"{suspects[0].drug} · {event.term}"
    if top is None:
        return said
    return f"{said} · {wording.name(top)} {wording.verdict_as_told(top)}"


def onset(case: CaseOut, event: EventOut) -> str:
    """When the reaction began: the day with its point, ``onset not stated``."""
    station = next(
        (s for s in time_course(case, event, next(iter(suspects_of(case, event)), None)) if s.kind == "onset"), None
    )
    if station is None or not station.day or station.day == (None, None):
        return "onset not stated"
    return f"onset {station.when}"


def dose(exposure: ExposureOut | None) -> str:
    """Dose, route and what it was given for."""
    if exposure is None:
        return ""
    printed = exposure.dose_text or " ".join(p for p in (exposure.dose, wording.unit(exposure.unit)) if p)
    frequency = exposure.frequency if exposure.frequency and exposure.frequency not in printed else ""
    given = " ".join(p for p in (printed, frequency) if p)
    reason = f"for {exposure.indication}" if exposure.indication else ""
    return ", ".join(p for p in (given, exposure.route or "", reason) if p)


def exposure_of(case: CaseOut, drug: str) -> ExposureOut | None:
    own = [e for e in case.exposures if e.drug == drug]
    return next((e for e in own if e.dose_text or e.dose), own[0] if own else None)


def blame(suspect: SuspectOut, *, why: bool = True) -> str:
    """On what ground the drug is a suspect, and why."""
    basis = {"blamed": "blamed by the report", "timing": "by timing", "entered": "entered"}
    head = basis.get(suspect.basis, suspect.basis)
    return f"{head}: {suspect.because}" if why and suspect.because else head


def further_latencies(key: KeyPoints) -> str:
    """The latencies besides the main one: ``18–24 days to jaundice; 12 days on re-exposure 1``."""
    again = len({d.course for d in key.further_latencies if d.since == "re-exposure"}) > 1
    said = []
    for delay in key.further_latencies:
        length = wording.duration(delay.days, delay.point)
        if delay.since == "re-exposure":
            which = f" {delay.course}" if again else ""
            first = "" if delay.until == "recurrence" else " to the first sign told"
            said.append(f"{length} on re-exposure{which}{first}")
        elif delay.since == "first dose of all":
            said.append(f"{length} from the first dose of all")
        else:
            said.append(f"{length} to {delay.until}")
    return "; ".join(said)


def severity(suspect: SuspectOut) -> str:
    """Scale and grade with its range; the grade ``not gradable`` where there is none."""
    scale = suspect.key_points.severity
    if scale is None:
        return wording.NOTHING
    grade = "not gradable" if scale.grade is None else f"grade {wording.number(scale.grade)}"
    bounds = "" if scale.low == scale.high == scale.grade else wording.grade_range(scale.low, scale.high)
    return " ".join(p for p in (scale.scale, grade, bounds) if p)


def is_part(item: ItemOut, items: Iterable[ItemOut]) -> bool:
    """Whether an item is one of the parts that another item adds up (``rucam-2016.3a`` of ``rucam-2016.3``)."""
    return any(
        item.id != other.id and item.id.startswith(other.id) and item.id[len(other.id)].isalpha() for other in items
    )
