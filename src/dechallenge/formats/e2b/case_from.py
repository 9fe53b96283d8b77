"""A report of E2B as a case: patient, reactions, drugs, tests, history, opinions of others, each with its place.

`case` is the door. Null flavours are kept apart as notes and are never a no; opinions on causality are statements of
third parties and never touch a score. What a case had beside the elements (days instead of dates, words of the
narrative) is read from the fixed wording of `lines`. May import the case, dates and the modules of this folder.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import ValidationError

from dechallenge.case.model import Age, Case, Conflict, Patient, Report
from dechallenge.evidence import Document
from dechallenge.formats.dates import Axis, Dated
from dechallenge.formats.e2b import case_from_drugs as drugs
from dechallenge.formats.e2b import codes, lines
from dechallenge.formats.e2b.case_from_events import events_of, onset_days, with_recovery
from dechallenge.formats.e2b.case_from_links import of_drugs
from dechallenge.formats.e2b.case_from_more import findings, statements
from dechallenge.formats.e2b.case_from_tests import tested
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.e2b.source import Source, axis_of, narratives

__all__ = ["case", "narratives", "told_in_full"]

_NOTED = ("D.2", "D.3", "D.4", "D.5", "D.6", "D.7", "D.8", "D.9", "E.i.4", "E.i.5", "E.i.7", "F.r.1", "F.r.3",
          "G.k.4.r.4", "G.k.4.r.5", "G.k.7", "G.k.8", "G.k.9.i.4", "C.2.r.4")  # fmt: skip


def case(icsr: Icsr, document: Document) -> Case:
    """The case that a report tells.

    Args:
        icsr: The report.
        document: The message, or the report's part of it, as a document; all evidence points into it, and into the
            narrative as a document of its own (`narratives`).
    """
    source = Source(icsr, document)
    taken = drugs.drugs(source)
    suspects = [d for d in taken if d.suspect]
    main = next((d for d in taken if d.role == "1"), suspects[0] if suspects else None)
    name = main.name.drug if main is not None else ""
    mine = [d for d in taken if d.name.drug == name] if main is not None else []
    start = min((s for d in mine if (s := drugs.first_start(d)) is not None), key=lambda s: s.days.lo, default=None)
    axis = _axis(source, main, start)
    events = events_of(source, axis, main)
    onset = onset_days(source)
    stop = next((s for d in mine if (s := drugs.last_stop(d, onset)) is not None and not drugs.went_on(d, onset)), None)
    events = [with_recovery(source, event, axis, stop) for event in events]
    exposures, actions, links = of_drugs(source, taken, events, axis, onset, main, start)
    results = tested(source, axis, stop)
    return Case(
        id=f"c{icsr.number}",
        title=_title(source),
        document=document.id,
        report=_report(source),
        patient=_patient(source, start),
        events=tuple(events),
        exposures=tuple(exposures),
        links=tuple(links),
        actions=tuple(actions),
        measurements=tuple(results.measurements),
        tests=tuple(results.tests),
        findings=tuple(findings(source, results.findings, events, axis)),
        statements=tuple(statements(source, taken, events)),
        conflicts=tuple(conflict for _, conflict in source.built(Conflict, "Conflict")),
        notes=tuple(dict.fromkeys((*_nulls(source), *icsr.notes, *source.notes, *_told_notes(source)))),
    )


def told_in_full(icsr: Icsr) -> bool:
    """The report was made of a text by this project: its lines hold all that is in its narrative.

    To read the narrative of such a report once more adds nothing, and a text of two patients would be read as two.
    """
    return any(e.id == "H.5.r.1a" and any(line.kind == "Case" for line in lines.read(e.value)) for e in icsr.elements)


def _axis(source: Source, main: drugs.Drug | None, start: Dated | None) -> Axis:
    """Day 0: the first dose of the main suspect; else the onset less the delay that is given."""
    if start is not None:
        return axis_of(start.days)
    if main is None:
        return axis_of(None)
    for i in source.repeats("E.i"):
        onset, delay = source.dated("E.i.4", i), source.length("G.k.9.i.3.1", main.k, i)
        if onset is not None and delay is not None:
            return axis_of(onset.days.minus(delay))
    return axis_of(None)


def _title(source: Source) -> str:
    told = source.lines_of("Case")
    if told:
        return lines.said(told[0][1].fields.get("title", ""))
    return source.value("C.1.1") or source.value("C.1.8.1") or f"report {source.icsr.number}"


def _report(source: Source) -> Report:
    sources = source.repeats("C.2.r")
    first = next((r for r in sources if source.value("C.2.r.5", r) == "1"), sources[0] if sources else 1)
    country = source.value("C.2.r.3", first)
    for i in () if country else source.repeats("E.i"):
        country = country or source.value("E.i.9", i)
    kind = source.value("C.1.3")
    qualified = source.value("C.2.r.4", first)
    return Report(
        sender_id=source.value("C.1.1"),
        worldwide_id=source.value("C.1.8.1"),
        kind=codes.REPORT_KIND.get(kind, ""),
        created=_iso(source.dated("C.1.2")),
        received=_iso(source.dated("C.1.4")),
        latest=_iso(source.dated("C.1.5")),
        reporter=codes.QUALIFICATION.get(qualified, qualified),
        country=country,
        literature=tuple(t for r in source.repeats("C.4.r") if (t := source.value("C.4.r.1", r))),
        narrative=source.narrative is not None,
        evidence=source.quotes(
            ("C.1.1", ()), ("C.1.8.1", ()), ("C.1.3", ()), ("C.2.r.3", (first,)), ("C.2.r.4", (first,))
        ),
    )


def _iso(dated: Dated | None) -> str:
    return dated.iso if dated is not None else ""


def _nulls(source: Source) -> list[str]:
    """Every null flavour of what a case is judged by, in words, those of one element together.

    NI of a seriousness criterion is its usual form; a test without a date whose comment tells the day has one.
    """
    dated = {element.at for element, line in source.told if element.id == "F.r.6" and "time" in line.fields}
    found: dict[tuple[str, str], list[str]] = {}
    for element in source.icsr.elements:
        if element.null not in codes.NULL or not element.id.startswith(_NOTED) or element.id.startswith("E.i.3"):
            continue
        if element.id != "F.r.1" or element.at not in dated:
            found.setdefault((element.id, element.null), []).append(",".join(map(str, element.at)))
    return [
        f"{id}{'[' + '; '.join(places) + ']' if places[0] else ''}: {codes.NULL[null]} ({null})"
        for (id, null), places in found.items()
    ]


def _told_notes(source: Source) -> list[str]:
    told = [lines.said(line.fields.get("text", "")) for _, line in source.lines_of("Note")]
    history = lines.without(source.value("D.7.2"))
    return [*told, *([f"D.7.2 (history in words): {history}"] if history else [])]


# --- patient -------------------------------------------------------------------------------------------------------


def _patient(source: Source, start: Dated | None) -> Patient:
    told = source.lines_of("Patient")
    made: dict[str, Any] = lines.build(Patient, told[0][1], source.words) if told else {}
    age = _age(source)
    if told and made.get("age") is None and age is not None:
        words = source.words(told[0][1].fields.get("age_words", ""))
        age = age.model_copy(update={"evidence": (*words, *age.evidence)})
    elif made.get("age") is not None:
        words = source.words(told[0][1].fields.get("age_words", ""))
        age = age or made["age"].model_copy(update={"evidence": words})
    sex = codes.SEX.get(source.value("D.5"))
    found: dict[str, Any] = {**made, "age": age or _born(source), "sex": sex}
    found["sex_evidence"] = (*made.get("sex_evidence", ()), *source.quote("D.5")) if sex else ()
    for id, name, evidence in (("D.3", "weight_kg", "weight_evidence"), ("D.4", "height_cm", "")):
        if not source.value(id):
            continue
        found[name] = lines.finite(source.value(id))
        if found[name] is None:
            source.note(f"{id}: {source.value(id)!r} is no number")
        elif evidence:
            found[evidence] = (*made.get(evidence, ()), *source.quote(id))
    try:
        return Patient.model_validate(found)
    except ValidationError:
        source.note("D.7.2: the line on the patient is not in the wording that it begins with")
        return Patient(age=age, sex=sex, sex_evidence=source.quote("D.5"))


def _age(source: Source) -> Age | None:
    """The age at onset; a decade is a range of ten years."""
    value, unit = source.value("D.2.2a"), source.value("D.2.2b")
    if not value:
        return None
    evidence = source.quotes(("D.2.2a", ()), ("D.2.2b", ()))
    number = lines.finite(value)
    if number is None:
        source.note(f"D.2.2a: {value!r} is no number")
        return None
    if unit in codes.DECADE:
        return Age(low=10 * number, high=10 * number + 9, evidence=evidence)
    if unit == "h":
        return Age(value=number / 24, unit="day", evidence=evidence)
    name = codes.AGE_UNIT.get(unit)
    if name is None:
        source.note(f"D.2.2b: {unit!r} is no unit of an age")
        return None
    return Age.model_validate({"value": number, "unit": name, "evidence": evidence})


def _born(source: Source) -> Age | None:
    """Completed years from the date of birth to the onset of the first dated reaction."""
    born = source.dated("D.2.1")
    onset = next((d for i in source.repeats("E.i") if (d := source.dated("E.i.4", i)) is not None), None)
    if born is None or onset is None:
        return None
    days = onset.days.minus(born.days)
    if not days.known or days.lo < 0:
        return None
    evidence = source.quotes(("D.2.1", ()), ("E.i.4", (1,)))
    low, high = _years(born.days.hi, onset.days.lo), _years(born.days.lo, onset.days.hi)
    return Age(value=low, evidence=evidence) if low == high else Age(low=low, high=high, evidence=evidence)


def _years(born: float, day: float) -> int:
    """Completed years between two calendar days (``date.toordinal``)."""
    first, then = date.fromordinal(int(born)), date.fromordinal(int(day))
    return max(0, then.year - first.year - ((then.month, then.day) < (first.month, first.day)))
