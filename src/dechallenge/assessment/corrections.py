"""What a person enters instead of what was read, and a case with it put in. Every entry is recorded as entered.

May import evidence, lexicon, case and errors.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dechallenge.case.model import Case, DrugReaction, Event, Exposure, Limit, Measurement, Time
from dechallenge.errors import FactError, UnitError
from dechallenge.evidence import EnteredEvidence
from dechallenge.lexicon.analytes import fold_surface, load_analytes
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.lexicon.units import unit as unit_of

USER = "user"
LOWER_LIMITS = frozenset({"NEUT", "PLT", "WBC", "HB", "LYMPH"})
"""For these the limit that matters is the lower one."""


@dataclass(frozen=True)
class Corrections:
    """The reader's choices put right by a person.

    Attributes:
        limits: Upper limit of normal by analyte, in its usual unit (ALT 45 U/L, BILI_TOT 1.2 mg/dL); of blood counts
            the lower limit (10⁹/L).
        onset_day: Day of onset, counted from the first dose of the suspect (day 0).
        suspect: The drug to assess as the suspect.
        event: The kind of reaction to assess first.
    """

    limits: Mapping[str, float] = field(default_factory=dict)
    onset_day: float | None = None
    suspect: str | None = None
    event: str | None = None

    def __bool__(self) -> bool:
        return bool(self.limits) or self.onset_day is not None or bool(self.suspect) or bool(self.event)


def corrections_from_options(
    limits: Sequence[str], onset_day: float | None = None, suspect: str | None = None, event: str | None = None
) -> Corrections:
    """Corrections as they are typed on the command line.

    Args:
        limits: `ANALYTE=NUMBER`, such as `ALT=45`; the last entry for an analyte counts.

    Raises:
        FactError: A limit is not of that form, or names no analyte.
    """
    found: dict[str, float] = {}
    for entry in limits:
        name, sign, figure = entry.partition("=")
        try:
            value = float(figure)
        except ValueError:
            value = math.nan
        if not sign or not math.isfinite(value) or value <= 0:
            raise FactError(
                f"{entry!r} is not a limit", place="--limit", next_step="Write ANALYTE=NUMBER, such as ALT=45."
            )
        found[analyte_id(name.strip())] = value
    if onset_day is not None and not math.isfinite(onset_day):
        raise FactError(f"{onset_day} is not a day", place="--onset-day", next_step="Give a number, such as 21.")
    return Corrections(found, onset_day, (suspect or "").strip() or None, (event or "").strip() or None)


def entered(at: str) -> EnteredEvidence:
    """Evidence of an entry: who, and by which option."""
    return EnteredEvidence(entered_by=USER, at=at)


def analyte_id(name: str) -> str:
    """The analyte that a name or synonym stands for.

    Raises:
        FactError: No analyte has this name, or several have.
    """
    lexicon = load_analytes()
    if name.upper() in lexicon:
        return name.upper()
    wanted = fold_surface(name)
    found = dict.fromkeys(
        s.id for s in lexicon.surfaces() if fold_surface(s.text) == wanted and not lexicon.is_group(s.id)
    )
    if len(found) == 1:
        return next(iter(found))
    known = f"Several are called so: {', '.join(found)}." if found else "Use an id such as ALT, ALP or BILI_TOT."
    raise FactError(f"no analyte is called {name!r}", place="--limit", next_step=known)


def apply(case: Case, corrections: Corrections) -> Case:
    """The case with the entries put in.

    Raises:
        FactError: An analyte or a drug is unknown, a limit is not positive, or there is no reaction to correct.
    """
    for name, limit in corrections.limits.items():
        case = with_limit(case, analyte_id(name), limit)
    if corrections.event is not None:
        case = _event(case, corrections.event)
    if corrections.onset_day is not None:
        case = _onset(case, corrections.onset_day)
    if corrections.suspect is not None:
        case = _suspect(case, corrections.suspect)
    return case


def with_limit(case: Case, analyte: str, figure: float) -> Case:
    """The case with another limit of an analyte, in its usual unit.

    Raises:
        FactError: The limit is not positive.
    """
    if not figure > 0:
        raise FactError(
            f"a limit of {figure:g} is not usable", place=f"--limit {analyte}", next_step="Give a positive limit."
        )
    words = entered(f"--limit {analyte}={figure:g}")
    measurements = tuple(
        m.model_copy(update={"limit": _entered_limit(m, analyte, figure, words)}) if m.analyte == analyte else m
        for m in case.measurements
    )
    return case.model_copy(update={"measurements": measurements})


def _entered_limit(measurement: Measurement, analyte: str, figure: float, words: EnteredEvidence) -> Limit | None:
    """The entered limit in the unit of the measurement; its own limit where the unit does not convert."""
    lexicon = load_analytes()
    value = figure
    if measurement.unit:
        try:
            value = lexicon.convert(analyte, figure, lexicon.get(analyte).unit, unit_of(measurement.unit))
        except UnitError:
            return measurement.limit
    before = measurement.limit
    if analyte in LOWER_LIMITS:
        return Limit(low=value, high=before.high if before else None, source="user", evidence=(words,))
    return Limit(low=before.low if before else None, high=value, source="user", evidence=(words,))


def _event(case: Case, kind: str) -> Case:
    words = entered(f"--event {kind}")
    wanted = next((e for e in case.events if e.kind.lower() == kind.lower()), None)
    if wanted is not None:
        rest = [e.model_copy(update={"primary": False}) for e in case.events if e is not wanted]
        first = wanted.model_copy(update={"primary": True, "evidence": (*wanted.evidence, words)})
        return case.model_copy(update={"events": (first, *rest)})
    if case.events:
        first = case.events[0].model_copy(
            update={"kind": kind, "term": kind, "primary": True, "evidence": (*case.events[0].evidence, words)}
        )
        rest = [e.model_copy(update={"primary": False}) for e in case.events[1:]]
        return case.model_copy(update={"events": (first, *rest)})
    event = Event(id="e1", kind=kind, term=kind, primary=True, evidence=(words,))
    links = tuple(
        DrugReaction(drug=e.drug, event="e1", role=e.role, basis="timing", because=e.reason, evidence=e.evidence)
        for e in case.exposures
        if e.role in ("suspect", "interacting")
    )
    return case.model_copy(update={"events": (event,), "links": links})


def _primary(case: Case, option: str) -> Event:
    event = next((e for e in case.events if e.primary), case.events[0] if case.events else None)
    if event is None:
        raise FactError(
            "the case has no reaction", place=option, next_step="Name it with --event, such as --event neutropenia."
        )
    return event


def _onset(case: Case, day: float) -> Case:
    option = f"--onset-day {day:g}"
    return with_onset(case, _primary(case, option), day, option)


def with_onset(case: Case, event: Event, day: float, option: str) -> Case:
    """The case with another day of onset of one of its reactions; what was told of the delay no longer counts.

    Args:
        day: Days from the first dose of the suspect.
        option: Said as the place of the entry.
    """
    time = Time(low=day, high=day, point=day, text=f"day {day:g}", anchor="entered", evidence=(entered(option),))
    events = tuple(e.model_copy(update={"onset": time}) if e is event else e for e in case.events)
    links = tuple(
        k.model_copy(update={"latency": None, "stop_to_onset": None, "since_first_dose": None})
        if k.event == event.id
        else k
        for k in case.links
    )
    return case.model_copy(update={"events": events, "links": links})


def _suspect(case: Case, name: str) -> Case:
    """The named drug is the suspect of the primary reaction; those that the reader chose become other drugs."""
    option = f"--suspect {name}"
    event = _primary(case, option)
    words = entered(option)
    taken = {e.drug for e in case.exposures}
    drug = name.lower() if name.lower() in taken else (load_drugs().inn_of(name) or name.lower())
    if drug not in taken and load_drugs().lookup(name, any_case=True) is None:
        known = ", ".join(sorted(taken)) or "none"
        raise FactError(f"no drug is called {name!r}", place=option, next_step=f"Drugs of this case: {known}.")
    exposures = tuple(
        e.model_copy(update={"role": _role_after(e, drug)})
        if e.role in ("suspect", "interacting") or e.drug == drug
        else e
        for e in case.exposures
    )
    if drug not in taken:
        made = Exposure(
            id="entered", drug=drug, as_written=name, ingredients=(drug,), role="suspect", evidence=(words,)
        )
        exposures = (*exposures, made)
    link = DrugReaction(
        drug=drug,
        event=event.id,
        role="suspect",
        basis="entered",
        because=f"entered as the suspect ({option})",
        evidence=(words,),
    )
    others = tuple(
        x.model_copy(update={"role": "concomitant"})
        if x.event == event.id and x.role in ("suspect", "interacting")
        else x
        for x in case.links
        if not (x.drug == drug and x.event == event.id)
    )
    return case.model_copy(update={"exposures": exposures, "links": (link, *others)})


def _role_after(exposure: Exposure, drug: str) -> str:
    return "suspect" if exposure.drug == drug else "concomitant"
