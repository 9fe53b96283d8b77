"""Drugs (G.k) and past drugs (D.8.r) as exposures, actions and links of the case.

Several dosage periods are one exposure from the first start to the last stop; a gap after the reaction is a
re-exposure, and so is one of more than 30 days between periods before it (project rule: single administrations at
intervals are one course). What was done with a drug is inferred from the action taken (G.k.8), the periods and the
re-administration (G.k.9.i.4), and says so. May import the case, dates, timeline and the modules of this folder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from dechallenge.case.model import Action, Code, Dose, Event, Exposure, Role, Time
from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.formats.dates import Axis, Dated
from dechallenge.formats.e2b import codes, lines
from dechallenge.formats.e2b.names import DrugName, drug_name
from dechallenge.formats.e2b.source import Source
from dechallenge.timeline import Interval

GAP_DAYS = 30.0
"""Days between two periods of administration from which on they are two courses (project rule)."""
REASON = "adverse reaction"
"""Why a drug was withdrawn or its dose changed: G.k.8 is the action taken because of the reaction."""


@dataclass(frozen=True, slots=True)
class Period:
    """A dosage period (G.k.4.r)."""

    r: int
    start: Dated | None
    stop: Dated | None
    evidence: tuple[Evidence, ...] = ()

    @property
    def first(self) -> float:
        """The first calendar day that it may have begun on, or ended on where only that is given."""
        known = self.start or self.stop
        return known.days.lo if known is not None else 0.0

    @property
    def single(self) -> bool:
        """One administration on a day that is known."""
        return self.start is not None and self.stop is not None and self.start.days == self.stop.days


@dataclass(frozen=True)
class Drug:
    """A drug of the report with its periods in order of time."""

    k: int
    source: Source
    name: DrugName
    role: str

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        found = [_period(self.source, self.k, r) for r in self.source.repeats("G.k.4.r", self.k)]
        dated = [p for p in found if p.start is not None or p.stop is not None]
        return tuple(sorted(dated, key=lambda p: (p.first, p.r)))

    @property
    def suspect(self) -> bool:
        return self.role in ("1", "3")

    @property
    def action(self) -> str:
        """The action taken (G.k.8)."""
        return self.source.value("G.k.8", self.k)

    def courses(self, onset: Interval | None) -> list[list[Period]]:
        """The periods, parted where the drug was stopped and given again."""
        found: list[list[Period]] = []
        for period in self.periods:
            last = found[-1][-1] if found else None
            if last is None or not self._apart(last, period, onset):
                found.append([period]) if last is None else found[-1].append(period)
            else:
                found.append([period])
        return found

    def _apart(self, last: Period, period: Period, onset: Interval | None) -> bool:
        if last.stop is None or period.start is None or self.action in ("2", "3", "4"):
            return False
        gap = period.start.days.minus(last.stop.days)
        if gap.lo <= 1:
            return False
        if onset is not None and onset.known and last.stop.days.hi >= onset.lo and self.action == "1":
            return True
        return gap.lo > GAP_DAYS and not (last.single and period.single)


def drugs(source: Source) -> list[Drug]:
    """The drugs that were administered, in the order of the report."""
    found = []
    named = {
        element.at[0]: lines.said(line.fields["drug"])
        for element, line in source.told
        if line.kind == "Drug" and element.id == "G.k.4.r.8" and line.fields.get("drug")
    }
    for k in source.repeats("G.k"):
        role = source.value("G.k.1", k)
        product = source.value("G.k.2.2", k)
        substances = tuple(name for r in source.repeats("G.k.2.3.r", k) if (name := source.value("G.k.2.3.r.1", k, r)))
        if not product and not substances:
            source.note(f"G.k[{k}]: a drug without a name is left out")
            continue
        if role == codes.NOT_ADMINISTERED:
            source.note(f"G.k.1[{k}]: {product or substances[0]} was not administered")
            continue
        known = drug_name(product, substances)
        found.append(Drug(k, source, replace(known, drug=named.get(k, known.drug)), role))
    return found


def _period(source: Source, k: int, r: int) -> Period:
    start, stop = source.dated("G.k.4.r.4", k, r), source.dated("G.k.4.r.5", k, r)
    told = source.measure("G.k.4.r.6", k, r)
    ids = ["G.k.4.r.4", "G.k.4.r.5"]
    if told is not None and start is not None and stop is None:
        days = Interval(start.days.lo + told[0].lo, start.days.hi + told[0].hi)
        length = f"{source.value('G.k.4.r.6a', k, r)} {source.value('G.k.4.r.6b', k, r)}"
        stop = Dated("", days, f"{length} after the start")
        ids.append("G.k.4.r.6a")
    return Period(r, start, stop, source.quotes(*((id, (k, r)) for id in ids)))


def first_start(drug: Drug) -> Dated | None:
    """The first dose of a drug, where it is dated."""
    return next((p.start for p in drug.periods if p.start is not None), None)


def onset_course(drug: Drug, onset: Interval | None) -> tuple[int, list[Period]]:
    """The course in which the reaction began, with its number from 0: the last that had begun by then."""
    courses = drug.courses(onset)
    for number in range(len(courses) - 1, 0, -1):
        start = courses[number][0].start
        if start is not None and onset is not None and onset.known and start.days.hi <= onset.lo:
            return number, courses[number]
    return 0, courses[0] if courses else []


def last_stop(drug: Drug, onset: Interval | None) -> Dated | None:
    """The last dose of the course in which the reaction began."""
    _, course = onset_course(drug, onset)
    return course[-1].stop if course else None


# --- exposures -----------------------------------------------------------------------------------------------------


def exposure(drug: Drug, axis: Axis, onset: Interval | None, *, main: bool) -> Exposure:
    """One drug as an exposure: the first course, its doses, why it was given.

    Args:
        main: Its first dose is day 0.
    """
    source, k = drug.source, drug.k
    courses = drug.courses(onset)
    course = courses[0] if courses else []
    start = axis.time(course[0].start, course[0].evidence, anchor="started", first=main) if course else None
    stop = axis.time(course[-1].stop, course[-1].evidence, anchor="stopped", least=start.low if start else None) \
        if course else None  # fmt: skip
    if stop is not None and went_on(drug, onset):
        source.note(
            f"G.k.4.r.5[{k}]: {codes.ACTION_WORDS[drug.action]}; the last dose of {stop.text} is not taken for a stop "
            "because of the reaction"
        )
        stop = None
    single = [p for p in course if p.single]
    role: Role = codes.ROLE.get(drug.role, "concomitant")
    if drug.role not in codes.ROLE:
        source.note(f"G.k.1[{k}]: the role is not given; taken as concomitant")
    text, dose, frequency = _dose(source, k)
    indication, indicated = _indication(source, k)
    ongoing = True if drug.action in ("2", "3", "4") and stop is None else None
    ongoing = False if stop is not None or drug.action == "1" else ongoing
    return Exposure(
        id=f"x{k}",
        drug=drug.name.drug,
        as_written=source.value("G.k.2.2", k) or drug.name.drug,
        ingredients=drug.name.ingredients if drug.name.kind != "class" else (drug.name.drug,),
        kind=drug.name.kind,
        role=role,
        reason=f"characterised as {role} (G.k.1)" if drug.role in codes.ROLE else "",
        indication=indication,
        indication_codes=indicated,
        dose=dose.model_copy(update={"text": text}) if dose is not None else Dose(text=text) if text else None,
        route=_route(source, k),
        frequency=frequency,
        start=start,
        stop=stop,
        ongoing=ongoing,
        administrations=tuple(t for p in single if len(single) > 1 and (t := axis.time(p.start, p.evidence))),
        evidence=source.quotes(("G.k.2.2", (k,)), ("G.k.2.3.r.1", (k, 1))),
    )


def went_on(drug: Drug, onset: Interval | None) -> bool:
    """The dose was kept or changed, and the drug was not stopped before the reaction."""
    if drug.action not in ("2", "3", "4"):
        return False
    stop = last_stop(drug, onset)
    return stop is None or onset is None or not onset.known or stop.days.hi >= onset.lo


def _dose(source: Source, k: int) -> tuple[str, Dose | None, str | None]:
    """The doses of all periods in words, the first of them as a number, and how often it was given."""
    first: Dose | None = None
    frequency: str | None = None
    said: list[str] = []
    for r in source.repeats("G.k.4.r", k):
        value, unit = source.value("G.k.4.r.1a", k, r), source.value("G.k.4.r.1b", k, r)
        every = _frequency(source, k, r)
        words = " ".join(filter(None, (value, unit, every))) or lines.without(source.value("G.k.4.r.8", k, r))
        if words and words not in said:
            said.append(words)
        if first is None and value:
            number = lines.finite(value)
            if number is None:
                source.note(f"G.k.4.r.1a[{k},{r}]: {value!r} is no number")
            else:
                first = Dose(value=number, unit=unit)
        frequency = frequency or every or None
    return ", then ".join(said), first, frequency


def _frequency(source: Source, k: int, r: int) -> str:
    count, unit = source.value("G.k.4.r.2", k, r), source.value("G.k.4.r.3", k, r)
    if unit in ("{cyclical}", "{asnecessary}", "{total}"):
        return {"{cyclical}": "cyclical", "{asnecessary}": "as needed", "{total}": "in total"}[unit]
    name = codes.TIME_UNIT.get(unit)
    if name is None:
        return ""
    return f"every {name}" if count in ("", "1") else f"every {count} {name}s"


def _route(source: Source, k: int) -> str | None:
    for r in source.repeats("G.k.4.r", k):
        code = source.value("G.k.4.r.10.2b", k, r)
        found = source.value("G.k.4.r.10.1", k, r) or codes.ROUTE.get(code, "")
        if found:
            return found.lower()
    return None


def _indication(source: Source, k: int) -> tuple[str | None, tuple[Code, ...]]:
    """What the drug was given for, in words and as a term."""
    for r in source.repeats("G.k.7.r", k):
        text, code = source.value("G.k.7.r.1", k, r), source.value("G.k.7.r.2b", k, r)
        if text or code:
            return text or f"MedDRA {code}", source.code("G.k.7.r.2", (k, r))
    return None, ()


def past(source: Source, r: int, axis: Axis) -> Exposure | None:
    """A drug of the past (D.8.r), with the reaction that it was followed by then."""
    product = source.value("D.8.r.1", r)
    if not product:
        return None
    name = drug_name(product)
    reaction, indication = source.value("D.8.r.7b", r), source.value("D.8.r.6b", r)
    coded = f"MedDRA {reaction}" if reaction.isdecimal() else reaction
    return Exposure(
        id=f"p{r}",
        drug=name.drug,
        as_written=product,
        ingredients=name.ingredients,
        kind=name.kind,
        role="previous",
        reason="past drug (D.8)",
        reaction=coded,
        indication=(f"MedDRA {indication}" if indication.isdecimal() else indication) or None,
        start=axis.time(source.dated("D.8.r.4", r), source.quote("D.8.r.4", r), anchor="started"),
        stop=axis.time(source.dated("D.8.r.5", r), source.quote("D.8.r.5", r), anchor="stopped"),
        evidence=source.quotes(("D.8.r.1", (r,)), ("D.8.r.7b", (r,))),
    )


# --- actions -------------------------------------------------------------------------------------------------------


def actions(drug: Drug, axis: Axis, events: list[Event], onset: Interval | None, start: float | None) -> list[Action]:
    """What was done with a drug, in order of time."""
    source, k = drug.source, drug.k
    courses = drug.courses(onset)
    again = _again(drug, events)
    taken = source.quote("G.k.8", k)
    made: list[Action] = []
    kind = codes.ACTION.get(drug.action)
    ended = courses[0][-1] if courses else None
    stop = axis.time(ended.stop, ended.evidence, anchor="stopped", least=start) if ended is not None else None
    because = f"action taken: {codes.ACTION_WORDS[drug.action]} (G.k.8)" if drug.action in codes.ACTION_WORDS else ""
    if kind == "stopped":
        evidence = (*taken, *(ended.evidence if ended is not None else ()))
        made.append(
            Action(kind=kind, drug=drug.name.drug, time=stop, reason=REASON, because=because, evidence=evidence)
        )
    elif kind is not None:
        made.append(Action(kind=kind, drug=drug.name.drug, reason=REASON, because=because, evidence=taken))
    elif drug.action == "" and _abated(source, k):
        words = f"{_abated(source, k)}: stopped, or its dose reduced"
        evidence = source.quote("G.k.11", k)
        made.append(Action(kind="stopped", drug=drug.name.drug, time=stop, because=words, evidence=evidence))
    elif len(courses) > 1 and ended is not None:
        how = "inferred from a later dosage period (G.k.4.r)"
        derived = (DerivedEvidence(derived_from=(*ended.evidence, *courses[1][0].evidence), how=how),)
        made.append(Action(kind="stopped", drug=drug.name.drug, time=stop, because=how, evidence=derived))
    for number, course in enumerate(courses[1:]):
        results = [a for a in again if a.kind == "restarted"] if number == len(courses) - 2 else []
        begun = axis.time(course[0].start, course[0].evidence, anchor="restarted")
        how = "given again: a later dosage period (G.k.4.r)"
        for action in results or [Action(kind="restarted", drug=drug.name.drug, because=how)]:
            made.append(action.model_copy(update={"time": begun, "evidence": (*course[0].evidence, *action.evidence)}))
        if course[-1].stop is not None:
            over = axis.time(course[-1].stop, course[-1].evidence, anchor="stopped")
            made.append(Action(kind="stopped", drug=drug.name.drug, time=over, because="end of a later dosage period",
                               evidence=course[-1].evidence))  # fmt: skip
    if len(courses) < 2:
        made += [a for a in again if a.kind == "restarted"]
    return made + [a for a in again if a.kind != "restarted"]


def _abated(source: Source, k: int) -> str:
    """The answer of openFDA to whether the event abated, where it implies that the drug was stopped or reduced."""
    told = source.value("G.k.11", k)
    answer = told.removeprefix(codes.ABATED)
    return f"event abated: {answer}" if told.startswith(codes.ABATED) and answer in ("yes", "no") else ""


def _again(drug: Drug, events: list[Event]) -> list[Action]:
    """The re-administration for each reaction; one action where it is the same for all of them."""
    source, k = drug.source, drug.k
    found: list[tuple[Event, str, tuple[Evidence, ...]]] = []
    for event in events:
        code = source.value("G.k.9.i.4", k, int(event.id[1:]))
        if code in codes.RECURRENCE_WORDS:
            found.append((event, code, source.quote("G.k.9.i.4", k, int(event.id[1:]))))
    shared = len({code for _, code, _ in found}) == 1 and len(found) == len(events)
    made = []
    for event, code, evidence in found[:1] if shared else found:
        result = codes.RECURRENCE.get(code)
        action = Action(
            kind="restarted" if result is not None else "refused",
            drug=drug.name.drug,
            result=result,
            because=f"{codes.RECURRENCE_WORDS[code]} (G.k.9.i.4)",
            evidence=evidence if not shared else tuple(e for _, _, part in found for e in part),
        )
        made.append(action if shared else action.model_copy(update={"event": event.id}))
    return made


def gap(later: Dated | None, earlier: Dated | None, anchor: str) -> Time | None:
    """Days from one date to another, as the two dates alone allow."""
    if later is None or earlier is None:
        return None
    days = later.days.minus(earlier.days)
    if not days.known:
        return None
    point = days.low if days.low == days.high else None
    return Time(low=days.low, high=days.high, point=point, anchor=anchor)
