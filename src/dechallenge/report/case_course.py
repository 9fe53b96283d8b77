"""The course of a case in sentences: reactions, findings and values in the order of time, tests, actions, outcome.

Used by the written narrative and the CIOMS form. May import the case and this folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dechallenge.case import Action, Case, Event, Finding, Measurement, TestResult, Time
from dechallenge.evidence import Evidence
from dechallenge.report import case_words as words
from dechallenge.report import wording
from dechallenge.report.told import Sentence, Told, joined, merged, said, sentence

STATES: Final = {
    "present": "in the {}", "absent": "said to be absent from the {}", "uncertain": "uncertain in the {}",
}  # fmt: skip
"""States of a finding as a list is headed."""
UNDATED: Final = "at a time that is not stated"
_SHOWN: Final = ("histology", "imaging")
_MORE_THAN_WORDS: Final = {
    "stopped": "was stopped", "continued": "was continued", "reduced": "was reduced", "increased": "was increased",
    "switched": "was replaced", "started": "was started", "refused": "was declined or not given again",
    "restarted": "was given again",
}  # fmt: skip


def _proof(time: Time | None) -> tuple[Evidence, ...]:
    return time.evidence if time is not None else ()


# --- reactions and findings ----------------------------------------------------------------------------------------


def reactions(case: Case) -> Iterator[Sentence | None]:
    """Each reaction with onset, latency and seriousness."""
    for event in case.events:
        place = f"events.{event.id}"
        onset = words.on(event.onset)
        told = [
            said(_name(event), f"{place}.term", evidence=event.evidence),
            said(
                f"with onset {onset}" if onset else "", f"{place}.onset", evidence=_proof(event.onset) or event.evidence
            ),
            *_latencies(case, event),
        ]
        known = [one for one in told if one is not None]
        yield sentence("The reaction was " if event.primary else "A further reaction was ", *joined(known, ", ", ", "))
        serious = [
            Told(word, (f"{place}.seriousness.{n}",), event.evidence) for n, word in enumerate(event.seriousness)
        ]
        yield sentence("It was serious by these criteria: ", *joined(serious))


def _name(event: Event) -> str:
    return words.term(event.term, event.codes)


def _latencies(case: Case, event: Event) -> Iterator[Told | None]:
    for n, link in enumerate(case.links):
        if link.event != event.id or link.role not in ("suspect", "interacting"):
            continue
        since = words.since(link.latency, f"the first dose of {link.drug}")
        yield said(since, f"links.{n}.latency", evidence=(*_proof(link.latency), *link.evidence))
        whole = words.since(link.since_first_dose, f"the very first dose of {link.drug}")
        yield said(whole, f"links.{n}.since_first_dose", evidence=_proof(link.since_first_dose))
        rest = link.stop_to_onset
        late = words.length(rest) if rest is not None and rest.low is not None and rest.low > 0 else ""
        yield said(
            f"{late} after the last dose of {link.drug}" if late else "", f"links.{n}.stop_to_onset",
            evidence=_proof(rest),
        )  # fmt: skip


def is_history(one: Finding) -> bool:
    """Known before the reaction, or dated before the first dose."""
    before = one.time is not None and one.time.high is not None and one.time.high <= 0 and one.time.low != 0
    return one.history or before or one.subject == "family" or one.kind == "history"


def finding(one: Finding, place: str, *, timed: bool = False) -> Told:
    """A finding with its extent, and with its time where asked."""
    extent = f" ({wording.one_line(one.extent)})" if one.extent and one.extent != one.term else ""
    when = words.on(one.time) if timed else ""
    dated = f" ({when})" if when and not when.startswith("before ") else ""
    return Told(f"{words.term(one.term, one.codes)}{extent}{dated}", (place,), (*one.evidence, *_proof(one.time)))


def course(case: Case) -> Iterator[Sentence | None]:
    """Signs, symptoms and laboratory values in the order of time, those of a day together."""
    seen = [
        (one.time, f"findings.{n}", one)
        for n, one in enumerate(case.findings)
        if not is_history(one) and one.kind not in _SHOWN
    ]
    values = [(one.time, f"measurements.{one.id}", one) for one in case.measurements]
    for same in _by_time([time for time, _, _ in (*seen, *values)]):
        yield from _observed([(t, p, f) for t, p, f in seen if words.on(t) == same])
        yield from _measured([(t, p, m) for t, p, m in values if words.on(t) == same])


def _by_time(times: Sequence[Time | None]) -> list[str]:
    """The moments in words, each once, in the order of time."""
    spans = [(t.low, t.high) for t in times if t is not None and t.low is not None and t.high is not None]
    return list(dict.fromkeys(words.on(t) for t in sorted(times, key=lambda t: words.order(t, spans))))


_Timed = tuple[Time | None, str, Finding | Measurement | TestResult]
"""A thing with its time and its place in the case."""


def _when(items: Sequence[_Timed]) -> list[str | Told]:
    """The head of a group of one time."""
    proof = tuple(dict.fromkeys(e for time, _, one in items for e in (_proof(time) or one.evidence)))
    told = said(words.on(items[0][0]), *(f"{place}.time" for _, place, _ in items), evidence=proof)
    return [told] if told is not None else [UNDATED]


def _observed(items: list[tuple[Time | None, str, Finding]]) -> Iterator[Sentence | None]:
    if not items:
        return
    for state in STATES:
        own = [(t, p, f) for t, p, f in items if f.state == state]
        told = merged(finding(f, p) for _, p, f in own)
        verb = "was" if len(told) == 1 else "were"
        tail = {"present": "observed", "absent": "said to be absent", "uncertain": "uncertain"}[state]
        if told:
            head = _when(own)
            yield sentence(*head, ", ", *joined(told), f" {verb} {tail}")


def _measured(items: list[tuple[Time | None, str, Measurement]]) -> Iterator[Sentence | None]:
    """Values of one time, those of one distance from the stop together."""
    kept = [item for item in items if _value(item[2])]
    for since in dict.fromkeys(words.since(m.since_stop, "the stop") for _, _, m in kept):
        own = [item for item in kept if words.since(item[2].since_stop, "the stop") == since]
        told = merged(Told(_value(m), tuple(_parts(m, p)), (*m.evidence, *_limit_proof(m))) for _, p, m in own)
        proof = tuple(dict.fromkeys(e for _, p, m in own for e in (_proof(m.since_stop) or m.evidence)))
        stop = said(since, *(f"{p}.since_stop" for _, p, _ in own), evidence=proof)
        dated = bool(words.on(own[0][0])) or stop is None
        head: list[str | Told] = [*(_when(own) if dated else []), *([", "] if dated and stop else []),
                                  *([stop] if stop else [])]  # fmt: skip
        what = "value was" if len(told) == 1 else "values were"
        yield sentence(*head, f", the following {what} measured: ", *joined(told, "; ", "; "))


def _parts(one: Measurement, place: str) -> Iterator[str]:
    """The places of what a value says."""
    yield f"{place}.value"
    if words.limits(one.limit, one.unit):
        yield f"{place}.limit"
    if one.flags:
        yield f"{place}.flags"


def _limit_proof(one: Measurement) -> tuple[Evidence, ...]:
    return one.limit.evidence if one.limit is not None else ()


def _value(one: Measurement) -> str:
    """``ALT 3346 U/L (upper limit 40 U/L)``; empty where there is no value."""
    value = words.value(one)
    if not value:
        return ""
    doubts = [f"marked {f.kind}" + _message(f.message) for f in one.flags]
    more = [words.limits(one.limit, one.unit), *doubts]
    inner = "; ".join(part for part in more if part)
    return f"{words.analyte(one.analyte)} {value}{f' ({inner})' if inner else ''}"


def _message(text: str) -> str:
    return f": {wording.one_line(text).rstrip('.')}" if text else ""


# --- work-up -------------------------------------------------------------------------------------------------------


def work_up(case: Case) -> Iterator[Sentence | None]:
    """Tests for other causes by time and state, then imaging and histology. What is not reported is not told."""
    tails = {
        "positive": "positive", "negative": "negative", "not interpretable": "not interpretable",
        "not done": "not done",
    }  # fmt: skip
    tests = [(one.time, f"tests.{n}", one) for n, one in enumerate(case.tests)]
    for same in _by_time([time for time, _, _ in tests]):
        for state, tail in tails.items():
            yield from _tested([(t, p, x) for t, p, x in tests if words.on(t) == same and x.state == state], tail)
    for kind in _SHOWN:
        shown = [(one.time, f"findings.{n}", one) for n, one in enumerate(case.findings) if _shown(one, kind)]
        for same in _by_time([time for time, _, _ in shown]):
            yield from _seen(kind, [(t, p, one) for t, p, one in shown if words.on(t) == same])


def _tested(items: list[tuple[Time | None, str, TestResult]], tail: str) -> Iterator[Sentence | None]:
    """Tests of one time and state: those in one word together, those with a result in words one by one."""
    plain = [(t, p, one) for t, p, one in items if not _result(one)]
    told = merged(Told(one.test, (p,), one.evidence) for _, p, one in plain)
    if told:
        yield sentence(
            *_head(plain), *joined(told), f" {'was' if len(told) == 1 else 'were'} {tail}"
        )  # fmt: skip
    for item in items:
        _, place, one = item
        if _result(one):
            test = Told(f"{one.test}: {tail} (“{_result(one)}”)", (place,), one.evidence)
            yield sentence(*_head([item]), test)


def _head(items: Sequence[_Timed]) -> list[str | Told]:
    """The time of a group with its comma; nothing where it is not told."""
    return [*_when(items), ", "] if words.on(items[0][0]) else []


def _shown(one: Finding, kind: str) -> bool:
    return one.kind == kind and not is_history(one)


def _seen(kind: str, items: list[tuple[Time | None, str, Finding]]) -> Iterator[Sentence | None]:
    verbs = {"present": "showed", "absent": "did not show", "uncertain": "left uncertain"}
    for state, verb in verbs.items():
        own = [(t, p, one) for t, p, one in items if one.state == state]
        told = merged(finding(one, p) for _, p, one in own)
        if told:
            yield sentence(*_head(own), f"{kind} {verb} ", *joined(told, last=" or " if state == "absent" else " and "))


def _result(one: TestResult) -> str:
    """The result in words where it says more than the state."""
    result = wording.one_line(one.result)
    return "" if result == one.state else result


# --- actions and outcome -------------------------------------------------------------------------------------------


def suspected(case: Case) -> frozenset[str]:
    """Drugs that are suspected of, or interacting in, some reaction."""
    roles = ("suspect", "interacting")
    return frozenset(
        (
            *(link.drug for link in case.links if link.role in roles),
            *(x.drug for x in case.exposures if x.role in roles),
        )
    )


def actions(case: Case) -> Iterator[Sentence | None]:
    """What was done with each drug; a start that its exposure tells, and a suspect given again, are told elsewhere."""
    started = {one.drug for one in case.exposures if words.on(one.start)}
    for n, one in enumerate(case.actions):
        again = one.kind == "restarted" and one.drug in suspected(case)
        if again or (one.kind == "started" and one.drug in started):
            continue
        yield sentence(*_did(one, f"actions.{n}"))


def re_exposures(case: Case) -> Iterator[Sentence | None]:
    """Each time that a suspect was given again, with what followed."""
    names = {event.id: _name(event) for event in case.events}
    for n, one in enumerate(case.actions):
        if one.kind != "restarted" or one.drug not in suspected(case):
            continue
        about = f" for {names[one.event]}" if one.event in names else ""
        because = f" ({wording.one_line(one.because)})" if one.because else ""
        result = said(f"{one.result}{because}" if one.result else "", f"actions.{n}.result", evidence=one.evidence)
        ending: list[str | Told | None] = [f"; the result{about} was ", result] if result else []
        yield sentence(*_did(one, f"actions.{n}"), *ending)


def _did(one: Action, place: str) -> list[str | Told | None]:
    when = words.on(one.time)
    reason = wording.one_line(one.reason or "")
    return [
        said(f"{one.drug} {_MORE_THAN_WORDS[one.kind]}", f"{place}.kind", evidence=one.evidence),
        said(f" {when}" if when else "", f"{place}.time", evidence=_proof(one.time) or one.evidence),
        said(f"; the reason given is “{reason}”" if reason else "", f"{place}.reason", evidence=one.evidence),
    ]


def outcomes(case: Case) -> Iterator[Sentence | None]:
    """The outcome of each reaction and when it was over; an unknown outcome is not told."""
    for event in case.events:
        place = f"events.{event.id}"
        if event.outcome != "unknown":
            yield sentence(
                f"The outcome of {_name(event)} was reported as ",
                said(event.outcome, f"{place}.outcome", evidence=event.outcome_evidence),
            )
        over, since = words.on(event.recovery), words.since(event.recovery_from_stop, "the stop")
        told = (
            said(over, f"{place}.recovery", evidence=_proof(event.recovery) or event.outcome_evidence),
            said(
                since,
                f"{place}.recovery_from_stop",
                evidence=_proof(event.recovery_from_stop) or event.outcome_evidence,
            ),
        )
        yield sentence(f"Recovery from {_name(event)} was reached ", *joined([one for one in told if one is not None]))
