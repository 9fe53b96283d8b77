"""Observations: laboratory values, tests for other causes, and what is said of the patient (weight, pregnancy …).

Components and members of a panel are read each by itself; a report gives its time to results that have none. May
import the data types, names and our extensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dechallenge.case import Code
from dechallenge.evidence import Evidence, State
from dechallenge.formats.fhir.extensions import carried_tree, has
from dechallenge.formats.fhir.names import analyte_of, is_picture, is_presence, meaning_of, test_of
from dechallenge.formats.fhir.node import Log, Node
from dechallenge.formats.fhir.resources import Library, Resource
from dechallenge.formats.fhir.systems import RESULTS
from dechallenge.formats.fhir.values import (
    Amount,
    Coded,
    Lab,
    Span,
    amount,
    coded,
    first_coded,
    interpretation,
    limits,
    looked_up,
    ranged,
    span_at,
    unit_code,
)
from dechallenge.lexicon.units import parse_unit
from dechallenge.quantity import parse_quantity

LONG = 160
"""Characters from which a result in words is told as a story, not as a value."""
_POSITIVE = re.compile(
    r"\b(?:positive|reactive|detected|present|yes|true|elevated|raised|high|abnormal|decreased|low)\b|^\s*\+{1,4}\s*$",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:negative|non-?\s?reactive|(?:not|none|un)\s?-?detect\w*|absent|not present|no growth|no|false|normal)\b"
    r"|^\s*-\s*$",
    re.IGNORECASE,
)
_UNCLEAR = re.compile(r"\b(?:indeterminate|equivocal|inconclusive|borderline|invalid)\b", re.IGNORECASE)
_WORDS = {
    "high": "elevated",
    "raised": "elevated",
    "increased": "elevated",
    "low": "decreased",
    "within normal limits": "normal",
}
_OTHER_FLUID = re.compile(r"urine|stool|f(?:a)?eces|cerebrospinal|csf|pleural|ascit|synovial|saliva", re.IGNORECASE)


@dataclass(frozen=True)
class LookedFor:
    """A test for another cause before it is placed on the axis."""

    test: str
    state: State
    result: str
    span: Span
    codes: tuple[Code, ...]
    evidence: tuple[Evidence, ...]
    node: Node


@dataclass(frozen=True)
class Said:
    """Something an observation says of the patient: ``weight``, ``pregnancy`` …, with its value and time."""

    name: str
    amount: Amount | None
    word: str
    span: Span
    evidence: tuple[Evidence, ...]
    node: Node


@dataclass
class Results:
    """All observations of one patient."""

    labs: list[Lab] = field(default_factory=list)
    tests: list[LookedFor] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    stories: list[tuple[Node, str, str]] = field(default_factory=list)
    findings: list[Resource] = field(default_factory=list)
    sex: str = ""


def results(
    resources: Iterable[Resource], library: Library, log: Log, times: Mapping[str, Span], sex: str = ""
) -> Results:
    """What the observations of a patient say.

    Args:
        sex: Of the patient, for limits that differ.
        times: Time of the report that names an observation among its results, by the observation's key.
    """
    found = Results(sex=sex)
    for one in resources:
        if one.type != "Observation":
            continue
        node, status = one.node, one.node.text("status").lower()
        if status == "entered-in-error":
            log.warn(node.at("status"), "this Observation was entered in error; it was left out")
            continue
        if "focus" in node:
            log.warn(node.at("focus"), "this Observation is not about the patient itself; it was left out")
            continue
        if has(node, "finding"):
            found.findings.append(one)
            continue
        span = span_at(node, "effective")
        if not span.known:
            span = times.get(one.key, Span())
        if not span.known and "issued" in node:
            span = span_at(node, "issued")
            if span.known:
                log.warn(node.at("issued"), "no time of the sample is given; the time of issue was taken")
        fluid = _fluid(one, library)
        name = first_coded(node, "code")
        if name is None:
            log.warn(node.at("code"), "the observation is not named; it was left out", "Give code.text or a coding.")
        else:
            _read(node, name, span, fluid, status, found, ())
        for part in node.nodes("component"):
            inner = first_coded(part, "code")
            if inner is None:
                log.warn(part.at("code"), "the component is not named; it was left out")
                continue
            _read(part, inner, span, fluid, status, found, name.names if name is not None else ())
    return found


def _fluid(one: Resource, library: Library) -> str:
    """The specimen in words, where it is not blood."""
    reference = one.node.node("specimen")
    if reference is None:
        return ""
    target = library.resolve(reference, one)
    kind = first_coded(target.node, "type") if target is not None else None
    words = kind.text if kind is not None else reference.text("display")
    return words if _OTHER_FLUID.search(words) else ""


def _read(node: Node, name: Coded, span: Span, fluid: str, status: str, found: Results, panel: tuple[str, ...]) -> None:
    """One value with its name: an observation, or a component of one."""
    value = _value(node)
    called = carried_tree(node, "measurement")
    field_name = meaning_of(name.codes) if not called else None
    if field_name is not None and field_name.of == "patient" and value is not None:
        word = value.word if value.amount is None else ""
        found.said.append(Said(field_name.name, value.amount, word, span, (name.evidence, *value.evidence), node))
        if has(node, "patient-field") or field_name.name in ("age", "pregnancy", "alcohol", "drinks"):
            return
    own = carried_tree(node, "test")
    if own.get("test"):
        _own_test(node, own, name, span, value, found)
        return
    told, told_evidence = interpretation(node)
    unit = (value.amount.unit or value.amount.unit_text) if value is not None and value.amount is not None else ""
    analyte = "" if fluid else analyte_of(name.codes, name.names, unit)
    test = "" if fluid or called else test_of(name.codes, name.names, analyte)
    evidence: tuple[Evidence, ...] = (name.evidence, *(value.evidence if value is not None else ()))
    if value is None:
        if status in ("cancelled", "registered") or "dataAbsentReason" in node:
            if test:
                reason = first_coded(node, "dataAbsentReason")
                state: State = "not done" if status == "cancelled" or _is(reason, "not-performed") else "not reported"
                evidence = (name.evidence, *((reason.evidence,) if reason is not None else ()))
                found.tests.append(LookedFor(test, state, "", span, name.codes, evidence, node))
            return
        if not told or told_evidence is None:
            if not ("component" in node or "hasMember" in node or "related" in node or "note" in node):
                node.log.warn(node.path, f"{name.text}: there is no value that can be read")
            return
        value, evidence = _Value(None, told, told, (told_evidence,)), (name.evidence, told_evidence)
    presence = not analyte or is_presence(analyte)
    if test and (value.amount is None or presence):
        state = _state(value.word or told, value.state) if value.amount is None else _state(told, "")
        if is_picture(test) and not value.state:
            state = picture_state(value.word)
        words = value.word or (value.amount.words if value.amount is not None else told)
        found.tests.append(LookedFor(test, state, words, span, name.codes, evidence, node))
        if value.amount is None and presence:
            return
    if value.amount is None and len(value.word) > LONG:
        found.stories.append((node, name.text, value.word))
        return
    label = f"{name.text} ({fluid})" if fluid else name.text
    made = value.amount or Amount("", qualitative=_word(value, told), words=value.word)
    limit = limits(node, made.unit, found.sex)
    if limit is not None and told_evidence is not None:
        limit = limit.model_copy(update={"mark": told_evidence.quote, "evidence": (*limit.evidence, told_evidence)})
    analyte = str(called.get("analyte") or analyte or label)
    found.labs.append(
        Lab(replace(made, analyte=analyte), span, limit, name.codes, evidence, update=called, node=node)
    )  # fmt: skip


@dataclass(frozen=True)
class _Value:
    """A value: a figure, or words with the state that their code means."""

    amount: Amount | None
    word: str
    state: str
    evidence: tuple[Evidence, ...]


def _value(node: Node) -> _Value | None:
    """The ``value[x]`` of an observation; a figure in words is read as one."""
    for key, read in (("valueQuantity", amount), ("valueRange", ranged)):
        inner = node.node(key)
        if inner is not None:
            made = read(inner)
            if made is None and "value" not in inner and (code := inner.text("code") or inner.text("unit")):
                return _Value(None, code, "", (inner.quote(words=code),))
            return _Value(made, made.words, "", (inner.quote(words=made.words),)) if made is not None else None
    for key in ("valueInteger", "valueDecimal"):
        figure = node.number(key)
        if figure is not None:
            return _Value(Amount("", value=figure, words=f"{figure:g}"), f"{figure:g}", "", (node.quote(key),))
    ratio = node.node("valueRatio")
    if ratio is not None:
        return _ratio(ratio)
    concept = node.first("valueCodeableConcept", "valueConcept")
    found = coded(concept)
    if found is not None:
        return _Value(None, found.text, looked_up(found, RESULTS), (found.evidence,))
    truth = node.flag("valueBoolean")
    if truth is not None:
        return _Value(None, "positive" if truth else "negative", "", (node.quote("valueBoolean"),))
    text = node.text("valueString")
    if not text:
        return None
    quantity = parse_quantity(text, parse_unit) if len(text) <= 80 else None
    if quantity is None:
        return _Value(None, text, "", (node.quote("valueString"),))
    single = quantity.value is not None
    made = Amount(
        "",
        value=quantity.value,
        low=None if single else quantity.low,
        high=None if single else quantity.high,
        comparator=quantity.comparator,
        unit=unit_code(quantity.unit.code) if quantity.unit is not None else "",
        unit_text=quantity.unit_text,
        words=text,
    )
    return _Value(made, text, "", (node.quote("valueString"),))


def _ratio(node: Node) -> _Value | None:
    """A titre ("1:80") or another quotient."""
    top, bottom = node.node("numerator"), node.node("denominator")
    ends = [amount(one) if one is not None else None for one in (top, bottom)]
    if ends[0] is None or ends[1] is None or ends[0].value is None or ends[1].value is None:
        node.log.warn(node.path, "a ratio needs numerator and denominator with values")
        return None
    words = f"{ends[0].words}:{ends[1].words}"
    if ends[0].value == 1 and ends[1].value > 1 and not ends[1].unit_text:
        made = Amount("", value=ends[1].value, unit="{titer}", unit_text="", words=words)
    elif ends[1].value and not ends[1].unit_text:
        made = replace(ends[0], value=ends[0].value / ends[1].value, words=words)
    else:
        return _Value(None, words, "", (node.quote(words=words),))
    return _Value(made, words, "", (node.quote(words=words),))


def _own_test(
    node: Node, own: Mapping[str, Any], name: Coded, span: Span, value: _Value | None, found: Results
) -> None:
    """A test as we wrote it."""
    states: dict[str, State] = {
        s: s for s in ("positive", "negative", "not done", "not reported", "not interpretable")
    }  # fmt: skip
    state = states.get(str(own.get("state")), "not interpretable")
    evidence = (name.evidence, *(value.evidence if value is not None else ()))
    result = str(own.get("result") or "")
    codes = own_codes(name.codes, own.get("added_code"))
    found.tests.append(LookedFor(str(own["test"]), state, result, span, codes, evidence, node))


def own_codes(codes: Iterable[Code], added: object) -> tuple[Code, ...]:
    """The codes of the case: the LOINC code that the writer added by itself is none of them."""
    return tuple(c for c in codes if not (c.system == "LOINC" and c.code == added))


def _is(found: Coded | None, code: str) -> bool:
    return found is not None and code in found.keys


def _state(word: str, known: str) -> State:
    """The state of a test from the words of its result."""
    states: dict[str, State] = {"positive": "positive", "negative": "negative"}
    if known:
        return states.get(known, "not interpretable")
    if _UNCLEAR.search(word):
        return "not interpretable"
    if _NEGATIVE.search(word):
        return "negative"
    return "positive" if _POSITIVE.search(word) else "not interpretable"


_PLAIN = re.compile(
    r"(?:(?:entirely|completely|otherwise)\s)?(?:normal|unremarkable|negative)"
    r"(?:\s(?:study|examination|exam|findings?|liver|abdomen|ultrasound|scan|appearances?|results?|ct|mri|mrcp))*[.]?"
    r"|no\s(?:significant\s)?abnormalit(?:y|ies)(?:\s(?:is|are|was|were))?(?:\s(?:seen|found|detected|identified))?[.]?",
    re.IGNORECASE,
)


def picture_state(words: str) -> State:
    """The state of an imaging or biopsy: negative where all that is said is that it is normal.

    What a longer description shows is for a reader of prose.
    """
    return "negative" if _PLAIN.fullmatch(" ".join(words.split())) else "not interpretable"


def reports(resources: Iterable[Resource]) -> list[LookedFor]:
    """Imaging and biopsies that were reported, with their conclusion."""
    found: list[LookedFor] = []
    for one in resources:
        node = one.node
        name = first_coded(node, "code") if one.type == "DiagnosticReport" else None
        test = test_of(name.codes, name.names) if name is not None else ""
        status = node.text("status").lower() if test else ""
        if name is None or not is_picture(test) or status == "entered-in-error":
            continue
        words = node.text("conclusion")
        state: State = "not done" if status == "cancelled" else picture_state(words)
        evidence = (name.evidence, *((node.quote("conclusion"),) if words else ()))
        found.append(LookedFor(test, state, words, span_at(node, "effective"), name.codes, evidence, node))
    return found


def _word(value: _Value, told: str) -> str:
    """A result in words as the case says it."""
    word = " ".join(value.word.split())
    folded = word.casefold()
    return _WORDS.get(folded, folded if folded in ("normal", "elevated", "decreased", "abnormal") else word) or told
