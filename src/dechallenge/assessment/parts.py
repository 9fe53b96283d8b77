"""The parts of a case in the shape of the JSON contract: patient, values, drugs, actions, tests, findings.

May import the case, the lexicon, the facts and the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dechallenge.assessment import model as m
from dechallenge.case.model import Action, Case, Dose, Exposure, Finding, Time
from dechallenge.facts.disease import competitors
from dechallenge.facts.make import Made
from dechallenge.facts.pair import CaseView
from dechallenge.facts.reexposure import Episode
from dechallenge.facts.values import COUNTS, Value
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.findings import load_findings

CAUSE_NAMES = {
    "hav": "hepatitis A",
    "hbv": "hepatitis B",
    "hcv": "hepatitis C",
    "hev": "hepatitis E",
    "biliary_imaging": "imaging of liver and bile ducts",
    "alcoholic_hepatitis": "alcohol",
    "hypotension": "hypotension or shock",
    "underlying_disease": "autoimmune and other liver disease",
    "cmv": "cytomegalovirus",
    "ebv": "Epstein-Barr virus",
    "hsv": "herpes simplex virus",
    "vzv": "varicella zoster virus",
}
"""Causes of the RUCAM list as a work-up table names them."""
CAUSE_WORDS = {
    "HAV": "hepatitis A",
    "HBV": "hepatitis B",
    "HCV": "hepatitis C",
    "HDV": "hepatitis D",
    "HEV": "hepatitis E",
    "CMV": "cytomegalovirus infection",
    "EBV": "Epstein-Barr virus infection",
    "HSV": "herpes simplex infection",
    "VZV": "varicella zoster infection",
    "HIV": "HIV infection",
    "NAFLD": "nonalcoholic fatty liver disease",
    "Still": "active Still disease or systemic juvenile arthritis",
    "MAS": "macrophage activation syndrome",
    "alcohol": "alcoholic liver disease",
    "autoimmune": "autoimmune disease",
    "biliary": "bile duct disease",
    "congenital": "congenital neutropenia",
    "deficiency": "deficiency",
    "drug": "another drug",
    "endocrine": "endocrine disease",
    "genetic": "genetic disease",
    "granulomatous": "granulomatous disease",
    "hypotension": "low blood flow to the liver",
    "immune": "immune reaction",
    "malignancy": "malignant disease",
    "marrow": "bone marrow disease",
    "non-liver source": "enzymes from another organ",
    "nutrition": "nutrition",
    "pregnancy": "pregnancy",
    "sepsis": "sepsis",
    "underlying": "underlying disease",
    "vascular": "vascular disease of the liver",
    "viral": "viral infection",
}
"""Causes of the findings lexicon in words."""


def days(time: Time | None) -> m.Days | None:
    """The interval of a time; None where nothing is known of it."""
    if time is None or (time.low is None and time.high is None):
        return None
    return (time.low, time.high)


def patient(case: Case) -> m.PatientOut:
    who = case.patient
    age: dict[str, Any] | None = None
    if who.age is not None:
        age = {key: value for key in ("value", "low", "high") if (value := getattr(who.age, key)) is not None}
        age["unit"] = who.age.unit
    evidence = (
        *(who.age.evidence if who.age else ()),
        *who.sex_evidence,
        *who.weight_evidence,
        *who.bmi_evidence,
        *who.pregnant_evidence,
        *who.alcohol_evidence,
    )
    alcohol = {"absent": "none", "present": "drinks", "uncertain": "not clear", None: None}[who.alcohol]
    return m.PatientOut(
        age=age,
        sex=who.sex,
        weight_kg=who.weight_kg,
        height_cm=who.height_cm,
        bmi=who.bmi,
        pregnant=who.pregnant,
        alcohol=alcohol,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def measurements(view: CaseView) -> tuple[m.MeasurementOut, ...]:
    """Every measurement of the case in its own order, with the limit used and the multiple of it."""
    values: dict[int, Value] = {}
    for value in view.values:
        values.setdefault(id(value.measurement), value)
    lexicon = load_analytes()
    out = []
    for item in view.case.measurements:
        read = values.get(id(item))
        name = item.analyte
        if item.analyte in lexicon:
            name = lexicon.get(item.analyte).display
        elif lexicon.is_group(item.analyte):
            name = lexicon.groups[item.analyte].display
        times = _times(read)
        out.append(
            m.MeasurementOut(
                analyte=item.analyte,
                name=name,
                value=item.value,
                low=item.low,
                high=item.high,
                comparator=item.comparator,
                unit=item.unit,
                canonical=item.canonical,
                canonical_unit=item.canonical_unit,
                qualitative=item.qualitative,
                times_uln=times,
                limit=_limit(read),
                day=days(item.time) or (None, None),
                day_text=item.time.text if item.time else "",
                flags=tuple({"kind": f.kind, "message": f.message, "repair": f.repair} for f in item.flags),
                section=item.section,
                evidence=item.evidence,
            )
        )
    return tuple(out)


def _times(value: Value | None) -> float | None:
    """The printed figure, or bound, as a multiple of the upper limit; none for a doubtful value, a word or a count."""
    if value is None or value.doubtful or not value.has_number or value.analyte in COUNTS:
        return None
    known = [x for x in (value.times, value.times_low, value.times_high) if x is not None]
    return known[0] if known and value.measurement.value is not None else None


def _limit(value: Value | None) -> dict[str, Any] | None:
    """The limits used, in the canonical unit."""
    if value is None or value.limit is None:
        return None
    return {"low": value.limit.low, "high": value.limit.high, "source": value.limit.source, "note": value.limit.note}


def dose_text(dose: Dose | None) -> str:
    """A dose as printed, else put together from its figures."""
    if dose is None:
        return ""
    if dose.text:
        return dose.text
    if dose.value is not None:
        return f"{dose.value:g} {dose.unit}".strip()
    if dose.low is not None and dose.high is not None:
        return f"{dose.low:g}-{dose.high:g} {dose.unit}".strip()
    return ""


def exposures(case: Case) -> tuple[m.ExposureOut, ...]:
    return tuple(_exposure(item) for item in case.exposures)


def _exposure(item: Exposure) -> m.ExposureOut:
    dose = item.dose
    figure = ""
    if dose is not None:
        figure = f"{dose.value:g}" if dose.value is not None else ""
        if dose.value is None and dose.low is not None and dose.high is not None:
            figure = f"{dose.low:g}-{dose.high:g}"
    return m.ExposureOut(
        drug=item.drug,
        as_written=item.as_written,
        kind=item.kind,
        role=item.role,
        reason=item.reason,
        dose=figure,
        unit=dose.unit if dose else "",
        dose_text=dose_text(dose),
        route=item.route,
        frequency=item.frequency,
        indication=item.indication,
        start_days=days(item.start),
        stop_days=days(item.stop),
        ongoing=item.ongoing,
        administrations=tuple((t.low, t.high) for t in item.administrations),
        evidence=item.evidence,
    )


def actions(case: Case, episodes: Mapping[str, tuple[Episode, ...]]) -> tuple[m.ActionOut, ...]:
    """Every action in order; a re-exposure with what followed.

    Args:
        episodes: For each drug its judged re-exposures.
    """
    judged = {id(e.course.restart): e for found in episodes.values() for e in found if e.course.restart is not None}
    return tuple(_action(item, judged.get(id(item))) for item in case.actions)


def _action(item: Action, episode: Episode | None) -> m.ActionOut:
    return m.ActionOut(
        kind=item.kind,
        drug=item.drug,
        day=days(item.time),
        reason=item.reason,
        result=episode.result if episode is not None else item.result,
        because=episode.because if episode is not None else item.because,
        evidence=(*item.evidence, *(episode.evidence if episode is not None else ())),
    )


def tests(case: Case, liver: Made | None) -> tuple[m.TestOut, ...]:
    """The tests told, and for a liver injury the causes that nobody tells to have looked for."""
    told = [
        m.TestOut(test=t.test, name=t.test, state=t.state, result=t.result, day=days(t.time), evidence=t.evidence)
        for t in case.tests
    ]
    if liver is not None:
        told += [
            m.TestOut(test=name, name=label, state="not reported")
            for name, label in CAUSE_NAMES.items()
            if name not in liver.facts
        ]
    return tuple(told)


def findings(items: Iterable[Finding]) -> tuple[m.FindingOut, ...]:
    return tuple(finding(item) for item in items)


def finding(item: Finding) -> m.FindingOut:
    """A finding with what it speaks for (histology and imaging of the lexicon)."""
    term = load_findings().get(item.term)
    speaks = term is not None and item.state == "present"
    return m.FindingOut(
        term=item.term,
        kind=item.kind,
        state=item.state,
        subject=item.subject,
        day=days(item.time),
        history=item.history,
        extent=item.extent,
        points_to=term.points_to if term is not None and speaks else (),
        points_against=(term.points_against,) if term is not None and speaks and term.points_against else (),
        evidence=item.evidence,
    )


def competing(made: Iterable[Made]) -> tuple[m.FindingOut, ...]:
    """Diseases that compete with the drugs for a reaction, each once, with the cause that they stand for."""
    found: dict[str, m.FindingOut] = {}
    for one in made:
        for rival in competitors(one.pair):
            out = finding(rival.finding)
            causes = out.points_to or tuple(CAUSE_WORDS.get(cause, cause) for cause in rival.term.causes)
            found.setdefault(rival.finding.term, out.model_copy(update={"points_to": tuple(dict.fromkeys(causes))}))
    return tuple(found.values())


def statements(case: Case) -> tuple[m.StatementOut, ...]:
    return tuple(
        m.StatementOut(
            kind=s.kind,
            by=s.by,
            method=s.method,
            result=s.result,
            drug=s.drug,
            event=s.event,
            source=s.source,
            evidence=s.evidence,
        )
        for s in case.statements
    )
