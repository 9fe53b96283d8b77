"""Facts that stood up, joined to what the rules read: the rules win, a contradiction becomes a conflict.

May import the case and evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dechallenge.case import Case, Conflict, DrugReaction, Event, Measurement, Time
from dechallenge.evidence import Evidence, TextEvidence
from dechallenge.evidence import words as words_of
from dechallenge.reading.laboratory.labgrammar_figures import Figure
from dechallenge.reading.texts.text import CleanText
from dechallenge.reading_llm import check
from dechallenge.reading_llm.check import Words
from dechallenge.reading_llm.claims import (
    Claim,
    DrugClaim,
    EventClaim,
    FindingClaim,
    MeasurementClaim,
    OutcomeClaim,
    TestClaim,
)
from dechallenge.reading_llm.place import Refused

DISAGREE = "readers disagree"


@dataclass
class Joined:
    """A case that grows, and what became of the claims."""

    case: Case
    added: int = 0
    agreed: int = 0
    conflicts: int = 0
    notes: list[str] = field(default_factory=list)

    def join(self, claim: Claim, words: Words) -> None:
        """Check a claim and join it.

        Raises:
            Refused: It does not stand up.
        """
        for kind, joins in _JOINS.items():
            if isinstance(claim, kind):
                joins(self, claim, words)
                return

    def _put(self, **update: Any) -> None:
        self.case = self.case.model_copy(update=update)
        self.added += 1

    def _conflict(self, what: str, read: tuple[Evidence, ...], claimed: tuple[Evidence, ...], affects: str) -> None:
        conflict = Conflict(kind=DISAGREE, what=what, affects=affects, evidence=(*read[:2], *claimed))
        self.case = self.case.model_copy(update={"conflicts": (*self.case.conflicts, conflict)})
        self.conflicts += 1

    # --- one kind of claim each -----------------------------------------------------------------------------------

    def _measurement(self, claim: MeasurementClaim, words: Words) -> None:
        made, figure = check.measurement(claim, words)
        place = words.place.text
        for read in self.case.measurements:
            if not _is_figure(read, figure, place):
                continue
            if _analyte(read) == _analyte(made):
                self.agreed += 1
                return
            what = f"{read.analyte} ({words.reader}: {made.analyte}) {claim.value:g} {claim.unit}".rstrip()
            self._conflict(what, read.evidence, made.evidence, made.analyte)
            return
        time = self._time(claim, figure.start, words)
        number = 1 + max((_number(m.id) for m in self.case.measurements), default=0)
        made = made.model_copy(update={"id": f"l{number}", "time": time})
        self._put(measurements=(*self.case.measurements, made))

    def _time(self, claim: MeasurementClaim, position: int, words: Words) -> Time | None:
        try:
            return words.place.time(position, claim.time_quote)
        except Refused as refused:
            self.notes.append(f"the time of {claim.said}: {refused}")
            return None

    def _drug(self, claim: DrugClaim, words: Words) -> None:
        made = check.drug(claim, words)
        if any(made.drug == e.drug or made.drug in e.ingredients for e in self.case.exposures):
            self.agreed += 1
            return
        number = 1 + max((_number(e.id) for e in self.case.exposures), default=0)
        self._put(exposures=(*self.case.exposures, made.model_copy(update={"id": f"x{number}"})))

    def _finding(self, claim: FindingClaim, words: Words) -> None:
        made = check.finding(claim, words)
        same = [f for f in self.case.findings if f.term == made.term and f.subject == "patient"]
        here = [f for f in same if _touches(f.evidence, words.quote)]
        if any(f.state == made.state for f in here or same):
            self.agreed += 1
        elif here:
            what = f"{made.term}: {here[0].state} ({words.reader}: {made.state})"
            self._conflict(what, here[0].evidence, made.evidence, made.term)
        else:
            self._put(findings=(*self.case.findings, made))

    def _test(self, claim: TestClaim, words: Words) -> None:
        made = check.test(claim, words)
        same = [t for t in self.case.tests if t.test == made.test and t.state != "not reported"]
        if any(t.state == made.state for t in same):
            self.agreed += 1
        elif same:
            what = f"{made.test}: {same[0].state} ({words.reader}: {made.state})"
            self._conflict(what, same[0].evidence, made.evidence, made.test)
        else:
            self._put(tests=(*self.case.tests, made))

    def _event(self, claim: EventClaim, words: Words) -> None:
        made = check.event(claim, words)
        if any(made.kind == e.kind or made.term == e.term for e in self.case.events):
            self.agreed += 1
        elif self.case.events:
            primary = _primary(self.case)
            what = f"the reaction: {primary.kind} ({words.reader}: {made.kind})"
            self._conflict(what, primary.evidence, made.evidence, "event")
        else:
            links = tuple(
                DrugReaction(
                    drug=e.drug, event="e1", role=e.role, basis="timing", because=e.reason, evidence=e.evidence
                )
                for e in self.case.exposures
                if e.role in ("suspect", "interacting")
            )
            self._put(events=(made.model_copy(update={"id": "e1"}),), links=links)

    def _outcome(self, claim: OutcomeClaim, words: Words) -> None:
        if not self.case.events:
            raise Refused("there is no reaction that it could be the outcome of")
        check.outcome(claim, words)
        primary = _primary(self.case)
        if claim.outcome == primary.outcome:
            self.agreed += 1
        elif primary.outcome == "unknown":
            new = primary.model_copy(update={"outcome": claim.outcome, "outcome_evidence": words.evidence})
            self._put(events=tuple(new if e is primary else e for e in self.case.events))
        else:
            what = f"the outcome: {primary.outcome} ({words.reader}: {claim.outcome})"
            self._conflict(what, primary.outcome_evidence, words.evidence, "outcome")


_JOINS: dict[type[Claim], Callable[[Joined, Any, Words], None]] = {
    MeasurementClaim: Joined._measurement,
    DrugClaim: Joined._drug,
    FindingClaim: Joined._finding,
    TestClaim: Joined._test,
    EventClaim: Joined._event,
    OutcomeClaim: Joined._outcome,
}


def _primary(case: Case) -> Event:
    return next((e for e in case.events if e.primary), case.events[0])


def _number(id: str) -> int:
    return int(id[1:]) if id[1:].isdecimal() else 0


def _analyte(value: Measurement) -> str:
    return value.analyte.removesuffix("_PCT")


def _touches(evidence: tuple[Evidence, ...], quote: TextEvidence) -> bool:
    return any(w.document == quote.document and w.start < quote.end and quote.start < w.end for w in words_of(evidence))


def _is_figure(read: Measurement, figure: Figure, text: CleanText) -> bool:
    """Whether the rules made a value of this very figure."""
    start, end = text.raw_start(figure.start), text.raw_end(figure.end)
    numbers = (read.value, read.low, read.high)
    return figure.value in numbers and any(w.start <= start and end <= w.end for w in words_of(read.evidence))
