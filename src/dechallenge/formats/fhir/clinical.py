"""Conditions, procedures, allergies, family history and coded conclusions as findings; the patient's own fields.

A refuted condition is an absent finding. May import the data types, names and our extensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dechallenge.case import Age, Code, Patient
from dechallenge.case.model import FindingKind, Presence, Sex
from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.formats.fhir.extensions import carried_tree
from dechallenge.formats.fhir.names import bare, finding_of
from dechallenge.formats.fhir.node import Log, Node
from dechallenge.formats.fhir.observation import Said
from dechallenge.formats.fhir.resources import Library, Resource
from dechallenge.formats.fhir.values import Coded, Moment, Span, coded, first_coded, moment_at, span_at
from dechallenge.lexicon.findings import KINDS
from dechallenge.lexicon.units import parse_unit, unit
from dechallenge.quantity import convert
from dechallenge.timeline import ANY, Interval

_STATES: dict[str, Presence] = {
    "refuted": "absent",
    "unconfirmed": "uncertain",
    "provisional": "uncertain",
    "differential": "uncertain",
    "suspected": "uncertain",
}
_PAST = frozenset({"inactive", "resolved", "remission"})
_AGE_UNITS: dict[str, Literal["year", "month", "week", "day"]] = {"a": "year", "mo": "month", "wk": "week", "d": "day"}


@dataclass(frozen=True)
class Seen:
    """A finding before it is placed on the axis.

    Attributes:
        over: When it ended, or that it is over though no date is told.
    """

    term: str
    kind: FindingKind
    state: Presence
    span: Span
    past: bool
    codes: tuple[Code, ...]
    evidence: tuple[Evidence, ...]
    family: bool = False
    history: bool = False
    extent: str = ""
    resource: Resource | None = field(default=None, repr=False)
    own: dict[str, Any] = field(default_factory=dict)


def findings(resources: Iterable[Resource], library: Library, log: Log) -> list[Seen]:
    """The findings of one patient, in the order of the file."""
    found: list[Seen] = []
    for one in resources:
        node = one.node
        if one.type not in _READERS and carried_tree(node, "finding") == {}:
            continue
        status = first_coded(node, "verificationStatus", "status")
        if status is not None and "entered-in-error" in status.keys:
            log.warn(node.path, f"this {one.type} was entered in error; it was left out")
            continue
        reader = _READERS.get(one.type, _observed)
        found += reader(one, library)
    return found


def _made(
    one: Resource,
    name: Coded,
    span: Span,
    *,
    kind: FindingKind,
    state: Presence = "present",
    past: bool = False,
    evidence: Sequence[Evidence] = (),
    family: bool = False,
    history: bool = False,
    extent: str = "",
) -> Seen:
    known = finding_of(name.names or (name.text,))
    term = known[0].term if known is not None else bare(name.text)
    if known is not None and known[1]:
        state = "absent" if state == "present" else state
    own = carried_tree(one.node, "finding")
    found = Seen(
        term=str(own.get("term") or term),
        kind=known[0].kind if known is not None else kind,
        state=state,
        span=span,
        past=past,
        codes=name.codes,
        evidence=(name.evidence, *evidence),
        family=family,
        history=history,
        extent=extent,
        resource=one,
        own=own,
    )
    return found


def _condition(one: Resource, library: Library) -> list[Seen]:
    node = one.node
    name = first_coded(node, "code")
    if name is None:
        node.log.warn(node.at("code"), "the condition is not named; it was left out", "Give code.text or a coding.")
        return []
    verified = first_coded(node, "verificationStatus")
    state: Presence = "present"
    for key in verified.keys if verified is not None else ():
        state = _STATES.get(key, state)
    clinical = first_coded(node, "clinicalStatus")
    span = span_at(node, "onset")
    end = span_at(node, "abatement")
    past = bool(end.known or (clinical is not None and _PAST & set(clinical.keys)) or node.flag("abatementBoolean"))
    span = Span(span.start, end.stop or end.start or span.stop, span.point)
    severity = first_coded(node, "severity")
    evidence = (verified.evidence,) if verified is not None and state != "present" else ()
    extent = severity.text if severity is not None else ""
    return [_made(one, name, span, kind="diagnosis", state=state, past=past, evidence=evidence, extent=extent)]


def _procedure(one: Resource, library: Library) -> list[Seen]:
    node = one.node
    name = first_coded(node, "code")
    if name is None:
        node.log.warn(node.at("code"), "the procedure is not named; it was left out", "Give code.text or a coding.")
        return []
    status = node.text("status").lower()
    if status in ("preparation", "on-hold"):
        return []
    state: Presence = "absent" if status == "not-done" else "present"
    span = span_at(node, "performed")
    if not span.known:
        span = span_at(node, "occurrence")
    evidence = (node.quote("status"),) if state == "absent" else ()
    return [_made(one, name, span, kind="procedure", state=state, evidence=evidence)]


def _allergy(one: Resource, library: Library) -> list[Seen]:
    """A known reaction to a drug or other substance."""
    node = one.node
    substance = first_coded(node, "code")
    verified = first_coded(node, "verificationStatus")
    state: Presence = "present"
    for key in verified.keys if verified is not None else ():
        state = _STATES.get(key, state)
    found: list[Seen] = []
    shown: list[str] = []
    for reaction in node.nodes("reaction"):
        cause = first_coded(reaction, "substance") or substance
        for item in reaction.nodes("manifestation"):
            manifest = coded(item)
            if manifest is not None:
                shown.append(f"{manifest.text} ({cause.text})" if cause is not None else manifest.text)
    if substance is None and not shown:
        node.log.warn(node.at("code"), "the allergy is not named; it was left out")
        return []
    what = substance.text if substance is not None else ""
    category = node.texts("category")
    drug = "medication" in category or "biologic" in category or not category
    extent = f"{what}: {', '.join(shown)}" if shown and what else what or ", ".join(shown)
    name = substance or Coded(extent, (extent,), (), node)
    span = span_at(node, "onset")
    found.append(
        Seen(
            term="known drug reaction" if drug else "allergy",
            kind="history" if drug else "diagnosis",
            state=state,
            span=span,
            past=True,
            codes=name.codes,
            evidence=(name.evidence,),
            history=True,
            extent=extent,
            resource=one,
            own=carried_tree(node, "finding"),
        )
    )
    return found


def _family(one: Resource, library: Library) -> list[Seen]:
    found = []
    for item in one.node.nodes("condition"):
        name = first_coded(item, "code")
        if name is not None:
            relation = first_coded(one.node, "relationship")
            extent = relation.text if relation is not None else ""
            found.append(_made(one, name, Span(), kind="diagnosis", family=True, history=True, extent=extent))
    return found


def _report(one: Resource, library: Library) -> list[Seen]:
    """The coded conclusions of a report: histology, imaging, or a diagnosis."""
    node = one.node
    span = span_at(node, "effective")
    category = " ".join(key for item in node.nodes("category") if (c := coded(item)) for key in c.keys)
    title = first_coded(node, "code")
    about = f"{category} {title.text if title is not None else ''}".casefold()
    kind: FindingKind = "diagnosis"
    if any(word in about for word in ("rad", "imag", "ultraso", "tomogra", "x-ray", "mri")):
        kind = "imaging"
    elif any(word in about for word in ("path", "histol", "biops", "sp")):
        kind = "histology"
    found = []
    for item in node.nodes("conclusionCode"):
        name = coded(item.node("concept") or item)
        if name is not None:
            found.append(_made(one, name, span, kind=kind))
    return found


def _observed(one: Resource, library: Library) -> list[Seen]:
    """A finding that we wrote as an Observation (histology, imaging, a sign)."""
    name = first_coded(one.node, "code")
    return [_made(one, name, span_at(one.node, "effective"), kind="sign")] if name is not None else []


_READERS = {
    "Condition": _condition,
    "Procedure": _procedure,
    "AllergyIntolerance": _allergy,
    "FamilyMemberHistory": _family,
    "DiagnosticReport": _report,
}


def finding_kind(written: object, fallback: FindingKind) -> FindingKind:
    """The kind that an extension names."""
    return next((kind for kind in KINDS if kind == written), fallback)


# --- the patient --------------------------------------------------------------------------------------------------


def sex_of(node: Node | None) -> tuple[Sex | None, tuple[Evidence, ...]]:
    """Administrative gender, where it is female or male."""
    written = node.text("gender").lower() if node is not None else ""
    if written not in ("female", "male", "f", "m") or node is None:
        return None, ()
    return ("female" if written.startswith("f") else "male"), (node.quote("gender"),)


def death_of(patient: Resource) -> Seen | None:
    """That the patient died, and when; of what is not said there."""
    node = patient.node
    span = span_at(node, "deceased")
    if not span.known and not node.flag("deceasedBoolean"):
        return None
    key = "deceasedDateTime" if "deceasedDateTime" in node else "deceasedBoolean"
    return Seen("death", "procedure", "present", span, False, (), (node.quote(key),), resource=patient)


def age_of(node: Node | None, at: Moment | None, said: Sequence[Said]) -> Age | None:
    """Age at the reaction: as an observation gives it, else from the date of birth."""
    for one in said:
        if one.name != "age" or one.amount is None:
            continue
        known = _AGE_UNITS.get(one.amount.unit)
        if known is not None:
            made = one.amount
            return Age(value=made.value, low=made.low, high=made.high, unit=known, evidence=one.evidence)
    if node is None or at is None or not at.days.known:
        return None
    born = moment_at(node, "birthDate")
    if born is None or not born.days.known:
        return None
    years = Interval((at.days.lo - born.days.hi) / 365.2425, (at.days.hi - born.days.lo) / 365.2425)
    if years.hi < 0 or years.hi > 130:
        node.log.warn(node.at("birthDate"), "the date of birth does not fit the time of the reaction")
        return None
    evidence = (DerivedEvidence(derived_from=(*born.evidence, *at.evidence), how="time of the reaction minus birth"),)
    low, high = max(0, int(years.lo)), int(years.hi)
    if born.dated is not None and at.dated is not None and born.dated.exact and at.dated.exact:
        low = high = _birthdays(born.dated.iso, at.dated.iso)
    if high < 2 and low == high:
        return _infant(int(at.days.lo - born.days.hi), evidence)
    return Age(value=low, evidence=evidence) if low == high else Age(low=low, high=high, evidence=evidence)


def _birthdays(born: str, at: str) -> int:
    years = int(at[:4]) - int(born[:4]) - (at[5:10] < born[5:10])
    return max(0, years)


def _infant(days: int, evidence: tuple[Evidence, ...]) -> Age:
    """Completed months, or days in the first month of life."""
    return (
        Age(value=days, unit="day", evidence=evidence)
        if days < 31
        else Age(value=int(days / 30.44), unit="month", evidence=evidence)
    )


def _by_nearness(said: Sequence[Said], name: str, at: Moment | None) -> list[Said]:
    """The values of a field, those taken nearest to the reaction first; the last first where no time is known."""

    def far(one: tuple[int, Said]) -> tuple[float, int]:
        start = one[1].span.start
        if at is None or at.days == ANY or start is None or start.days == ANY:
            return (float("inf"), -one[0])
        return (abs(start.days.lo - at.days.lo), -one[0])

    return [one for _, one in sorted(((i, s) for i, s in enumerate(said) if s.name == name), key=far)]


def _nearest(said: Sequence[Said], name: str, at: Moment | None) -> Said | None:
    return next(iter(_by_nearness(said, name, at)), None)


_ALCOHOL: tuple[tuple[Presence, re.Pattern[str]], ...] = (
    ("uncertain", re.compile(r"^\s*(?:uncertain|unknown|not\s(?:known|asked|recorded))", re.IGNORECASE)),
    (
        "absent",
        re.compile(
            r"^\s*(?:none|no|absent|negative|false)\b|\b(?:non-?\s?drinker|never|abstain\w*|abstinen\w*|teetotal\w*|former|"
            r"ex-?\s?drinker|does\snot\sdrink|no\salcohol)",
            re.IGNORECASE,
        ),
    ),
    (
        "present",
        re.compile(
            r"^\s*(?:yes|present|positive|true)\b|\b(?:drinker|drinks|current|occasional\w*|social\w*|moderate|heavy|light)\b",
            re.IGNORECASE,
        ),
    ),
)
"""Words for current drinking: US Core has non-drinker, former drinker, occasional drinker …"""


def patient_of(node: Node | None, at: Moment | None, said: Sequence[Said]) -> Patient:
    """The patient: sex, age at the reaction, and what observations say."""
    sex, sex_evidence = sex_of(node)
    fields: dict[str, Any] = {"sex": sex, "sex_evidence": sex_evidence, "age": age_of(node, at, said)}
    for name, key, target in (("weight", "weight_kg", "kg"), ("height", "height_cm", "cm"), ("bmi", "bmi", "kg/m2")):
        for one in _by_nearness(said, name, at):
            value = _in(one, target)
            if value is None:
                continue
            fields[key] = value
            if key != "height_cm":
                fields[{"weight_kg": "weight_evidence", "bmi": "bmi_evidence"}[key]] = one.evidence
            break
    pregnancy = _nearest(said, "pregnancy", at)
    if pregnancy is not None and pregnancy.word:
        word = pregnancy.word.casefold()
        negative = "not pregnant" in word or word in ("no", "negative", "false")
        if negative or "pregnant" in word or word in ("yes", "positive", "true"):
            fields |= {"pregnant": not negative, "pregnant_evidence": pregnancy.evidence}
    alcohol = _nearest(said, "alcohol", at)
    if alcohol is not None and alcohol.word:
        state = next((state for state, pattern in _ALCOHOL if pattern.search(alcohol.word)), None)
        if state is not None:
            fields |= {"alcohol": state, "alcohol_evidence": alcohol.evidence}
    drinks = _nearest(said, "drinks", at)
    if drinks is not None and drinks.amount is not None:
        made = drinks.amount
        pair = (made.value, made.value) if made.value is not None else (made.low, made.high)
        if made.comparator in ("<", "<="):
            pair = (None, made.value)
        elif made.comparator in (">", ">="):
            pair = (made.value, None)
        fields["drinks_per_day"] = pair
        fields.setdefault("alcohol_evidence", drinks.evidence)
    return Patient.model_validate({key: value for key, value in fields.items() if value is not None})


def _in(one: Said, code: str) -> float | None:
    """A value of the patient in the unit of the case; nothing where it is in none that converts."""
    if one.amount is None or one.amount.value is None or one.amount.comparator != "=":
        return None
    own = parse_unit(one.amount.unit or one.amount.unit_text)
    if own is None:
        return None
    target = unit(code)
    return convert(one.amount.value, own, target) if own.dimension == target.dimension else None
