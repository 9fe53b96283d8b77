"""Runs every instrument for every suspect and reaction of a case, and puts the answer together.

`assess_case` and `assess_reading` are the door. Causality is judged for each drug and reaction; severity, gradings and
criteria for the reaction alone. May import the facts, the instruments and the rest of this folder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dechallenge import instruments
from dechallenge.assessment import parts
from dechallenge.assessment.completeness import completeness
from dechallenge.assessment.conflicts import conflicts
from dechallenge.assessment.corrections import Corrections, apply
from dechallenge.assessment.keypoints import key_points
from dechallenge.assessment.methods import methods
from dechallenge.assessment.model import (
    Assessment,
    CaseOut,
    DocumentRef,
    EventOut,
    EventRef,
    ExcludedOut,
    InstrumentOut,
    ProblemOut,
    SuspectOut,
)
from dechallenge.assessment.ranking import excluded, excluded_drugs, rank_key, reasons
from dechallenge.assessment.results import facts_out, instrument_out
from dechallenge.assessment.sensitivity import sensitivity
from dechallenge.case.model import Case, DrugReaction, Event, Reading
from dechallenge.errors import FactError
from dechallenge.facts.make import Made, make
from dechallenge.facts.pair import CaseView
from dechallenge.facts.thresholds import ALP_ALONE, ALT_ALONE, ALT_WITH_BILIRUBIN, BILIRUBIN_WITH_ALT
from dechallenge.logic import Facts
from dechallenge.logic.engine import score
from dechallenge.logic.instrument import Instrument
from dechallenge.timeline import ANY

SUSPECT_ROLES = ("suspect", "interacting")
THRESHOLDS = (
    f"ALT ≥ {ALT_ALONE:g} × ULN, alkaline phosphatase ≥ {ALP_ALONE:g} × ULN, or "
    f"ALT ≥ {ALT_WITH_BILIRUBIN:g} × ULN with bilirubin > {BILIRUBIN_WITH_ALT:g} × ULN"
)


@dataclass(frozen=True)
class _Judged:
    """A suspect with its place in the order of suspects."""

    out: SuspectOut
    made: Made
    rank: tuple[object, ...]


def assess_reading(reading: Reading, corrections: Corrections | None = None) -> Assessment:
    """Assess every case of a reading.

    Args:
        corrections: What a person entered instead of what was read; applied to every case that it fits. A case that
            it does not fit (no reaction to date, no such drug) is assessed as read, and the problem is listed.

    Raises:
        FactError: A correction that fits none of the cases.
    """
    cases: list[CaseOut] = []
    unfit: list[tuple[Case, FactError]] = []
    for case in reading.cases:
        try:
            cases.append(assess_case(case, corrections))
        except FactError as error:
            unfit.append((case, error))
            cases.append(assess_case(case))
    if unfit and len(unfit) == len(reading.cases):
        raise unfit[0][1]
    names = {d.id: d.name for d in reading.documents}
    return Assessment(
        documents=tuple(DocumentRef(id=d.id, name=d.name, sha256=d.sha256) for d in reading.documents),
        cases=tuple(cases),
        problems=(
            *(
                ProblemOut(document=p.document, kind=p.kind, message=p.message, next_step=p.next_step)
                for p in reading.problems
            ),
            *(
                ProblemOut(
                    document=names.get(case.document, case.document),
                    kind="correction",
                    message=f"{case.title}: {error.place} was not applied: {error.cause}",
                    next_step=error.next_step,
                )
                for case, error in unfit
            ),
        ),
    )


def assess_case(case: Case, corrections: Corrections | None = None) -> CaseOut:
    """Assess one case: facts, gradings, causality of every suspect, conflicts, completeness.

    Raises:
        FactError: A correction that names an unknown analyte, drug or reaction.
    """
    if corrections:
        case = apply(case, corrections)
    view = CaseView(case)
    events = sorted(case.events, key=lambda event: not event.primary)
    events_out: list[EventOut] = []
    judged: list[_Judged] = []
    alone: list[Made] = []
    impossible: list[ExcludedOut] = []
    for event in events:
        main = view.main_suspect(event)
        made = make(view, main, event)
        graded = _run(made.facts, event, made, causality=False)
        events_out.append(_event_out(made, graded))
        ranked = [_suspect(view, event, link, made, graded) for link in _suspects(case, event)]
        ordered = sorted(ranked, key=lambda entry: entry.rank)
        judged += [
            replace(entry, out=entry.out.model_copy(update={"rank": place}))
            for place, entry in enumerate(ordered, start=1)
        ]
        impossible += excluded_drugs(made, event, [entry.out.drug for entry in ordered])
        alone.append(made)
    first = judged[0].made if judged else alone[0] if alone else None
    suspects = tuple(entry.out for entry in judged)
    episodes = {entry.made.pair.drug or "": entry.made.episodes for entry in reversed(judged) if entry.made.episodes}
    liver = next((made for made in alone if made.pair.is_liver), None)
    return CaseOut(
        id=case.id,
        title=case.title,
        document=case.document,
        patient=parts.patient(case),
        events=tuple(events_out),
        suspects=suspects,
        excluded_drugs=tuple(impossible),
        measurements=parts.measurements(view),
        exposures=parts.exposures(case),
        actions=parts.actions(case, episodes),
        tests=parts.tests(case, liver),
        findings=parts.findings(case.findings),
        statements=parts.statements(case),
        conflicts=conflicts(case, suspects),
        competing_causes=parts.competing([*(entry.made for entry in judged), *alone]),
        completeness=completeness(view, first),
        notes=case.notes,
    )


def _suspects(case: Case, event: Event) -> list[DrugReaction]:
    """The suspects of a reaction, each drug once, as linked."""
    found: dict[str, DrugReaction] = {}
    for link in case.links:
        if link.event == event.id and link.role in SUSPECT_ROLES:
            found.setdefault(link.drug, link)
    return list(found.values())


def _run(facts: Facts, event: Event, made: Made, *, causality: bool) -> tuple[InstrumentOut, ...]:
    """Every instrument that judges the drug (causality) or the reaction, in the registry's order."""
    out = []
    for instrument in instruments.all():
        if (instrument.kind == "causality") is causality and _relevant(instrument, facts):
            out.append(_score(instrument, facts, event, made))
    return tuple(out)


def _relevant(instrument: Instrument, facts: Facts) -> bool:
    """Something is known of what only some cases tell; instruments for every case are always relevant."""
    if not instrument.shown_with:
        return True
    return any((fact := facts.get(term.name)) is not None and not fact.empty for term in instrument.shown_with)


def _score(instrument: Instrument, facts: Facts, event: Event, made: Made) -> InstrumentOut:
    result = score(instrument, facts, kind=event.kind)
    reason = ""
    if not result.applicable and instrument.entry and made.pair.is_liver:
        reason = below_threshold_reason(made)
    return instrument_out(instrument, result, reason)


def below_threshold_reason(made: Made) -> str:
    """Why a liver instrument does not apply, said plainly; empty where the values leave it open."""
    found = made.found
    if found is None or not found.below:
        return ""
    told = [value.multiple for value in (found.alt, found.alp, found.bili) if value is not None]
    normal = all(v.times_high is not None and v.times_high <= 1 for v in (found.alt, found.alp) if v is not None)
    head = "enzymes normal" if normal else "enzymes below it"
    return f"no liver-injury threshold met: {head} ({', '.join(told)}); it takes {THRESHOLDS}"


def _event_out(made: Made, graded: tuple[InstrumentOut, ...]) -> EventOut:
    event, onset = made.pair.event, made.pair.onset
    return EventOut(
        id=event.id,
        kind=event.kind,
        term=event.term,
        primary=event.primary,
        onset_days=None if onset == ANY else (onset.low, onset.high),
        seriousness=event.seriousness,
        outcome=event.outcome,
        instruments=graded,
        evidence=(*event.evidence, *event.outcome_evidence),
    )


def _suspect(
    view: CaseView, event: Event, link: DrugReaction, main: Made, graded: tuple[InstrumentOut, ...]
) -> _Judged:
    made = main if link.drug == main.pair.drug else make(view, link.drug, event)
    judged = _run(made.facts, event, made, causality=True)
    results = {result.id: result for result in (*graded, *judged)}
    exposures = [e for e in view.case.exposures if e.drug == link.drug]
    out = SuspectOut(
        drug=link.drug,
        basis=link.basis,
        because=link.because,
        event=EventRef(id=event.id, kind=event.kind, term=event.term),
        rank_because=reasons(link, made, results),
        excluded_because=excluded(made),
        key_points=key_points(made, results),
        instruments=judged,
        methods=methods(judged),
        sensitivity=sensitivity(made, results),
        facts=facts_out(made.facts),
        evidence=link.evidence or tuple(item for e in exposures for item in e.evidence),
    )
    return _Judged(out, made, rank_key(link, made, results))
