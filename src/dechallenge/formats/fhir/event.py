"""Adverse events of R4 and R5: the reaction, its suspects, and what is judged of them. The version goes by content.

Several resources of one reaction (one per drug, as we write them) are one reaction. May import the data types, names,
medication and our extensions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from dechallenge.case import Code, Statement
from dechallenge.case.model import Outcome
from dechallenge.evidence import Evidence
from dechallenge.formats.fhir.extensions import all_carried, carried_tree, changed
from dechallenge.formats.fhir.medication import name_of
from dechallenge.formats.fhir.names import Drug, bare, drug_of, event_kind_in, finding_of
from dechallenge.formats.fhir.node import Log, Node
from dechallenge.formats.fhir.resources import Library, Resource
from dechallenge.formats.fhir.systems import CRITERIA, OUTCOMES
from dechallenge.formats.fhir.values import Coded, Moment, Span, coded, first_coded, joined, looked_up, span_at
from dechallenge.timeline import Interval

By = Literal["reporter", "sender", "dechallenge"]
MAKER = "Dechallenge"


@dataclass(frozen=True)
class Judgement:
    """One assessment of a suspect: method, result, and who says so."""

    method: str
    result: str
    source: str
    by: By
    evidence: tuple[Evidence, ...]
    own: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Suspect:
    """A drug that a report blames."""

    drug: Drug
    words: str
    resource: Resource | None
    codes: tuple[Code, ...]
    judgements: tuple[Judgement, ...]
    evidence: tuple[Evidence, ...]
    node: Node
    own: dict[str, Any] = field(default_factory=dict)


@dataclass
class Reported:
    """A reaction as it was reported, by one or several resources."""

    resources: list[Resource]
    name: Coded
    term: str
    kind: str
    onset: Moment | None
    recovery: Moment | None
    outcome: Outcome
    seriousness: tuple[str, ...]
    codes: tuple[Code, ...]
    evidence: tuple[Evidence, ...]
    outcome_evidence: tuple[Evidence, ...]
    suspects: list[Suspect]
    severity: Coded | None = None
    conditions: tuple[str, ...] = ()
    others: list[tuple[Node, dict[str, Any]]] = field(default_factory=list)
    own: dict[str, Any] = field(default_factory=dict)


def reported(resources: Iterable[Resource], library: Library, log: Log) -> list[Reported]:
    """The reactions of one patient, in the order of the file; several resources of one reaction are merged."""
    found: dict[tuple[object, ...], Reported] = {}
    for one in resources:
        if one.type != "AdverseEvent":
            continue
        node = one.node
        if node.text("status").lower() == "entered-in-error":
            log.warn(node.at("status"), "this AdverseEvent was entered in error; it was left out")
            continue
        if "actuality" in node and node.text("actuality").lower() == "potential":
            log.warn(node.at("actuality"), "this AdverseEvent is potential: nothing happened; it is no reaction")
            continue
        made = _reported(one, library)
        if made is None:
            log.warn(node.at("event"), "the reaction is not named; it was left out", "Give event (R4) or code (R5).")
            continue
        start = made.onset.dated.iso if made.onset is not None and made.onset.dated is not None else ""
        key: tuple[object, ...] = ("id", made.own["id"]) if made.own.get("id") else (made.term.casefold(), start)
        known = found.setdefault(key, made)
        if known is not made:
            _merge(known, made)
    return list(found.values())


def _merge(into: Reported, other: Reported) -> None:
    into.resources += other.resources
    into.suspects += other.suspects
    into.others += other.others
    into.codes = joined(into.codes, other.codes)
    into.evidence = (*into.evidence, *other.evidence)
    if into.outcome == "unknown":
        into.outcome, into.outcome_evidence = other.outcome, other.outcome_evidence
    into.recovery = into.recovery or other.recovery
    into.seriousness = tuple(dict.fromkeys((*into.seriousness, *other.seriousness)))


def _reported(one: Resource, library: Library) -> Reported | None:
    node = one.node
    conditions = [
        target
        for key in ("resultingCondition", "resultingEffect", "reaction")
        for reference in node.nodes(key)
        if (target := library.resolve(reference, one)) is not None and target.type == "Condition"
    ]
    results = [name for c in conditions if (name := first_coded(c.node, "code")) is not None]
    name = first_coded(node, "event", "code") or (results[0] if results else None) or first_coded(node, "description")
    if name is None:
        return None
    own = carried_tree(node, "event")
    span = _time(node, conditions)
    outcome, outcome_evidence = _outcome(node)
    term, kind = _term(name, results)
    recovered = outcome in ("recovered", "recovered with sequelae")
    return Reported(
        resources=[one],
        name=name,
        term=term,
        kind=kind,
        onset=span.start,
        recovery=span.stop if recovered else None,
        outcome=outcome,
        seriousness=_seriousness(node),
        codes=name.codes,
        evidence=(name.evidence,),
        outcome_evidence=outcome_evidence,
        suspects=_suspects(one, library),
        severity=first_coded(node, "severity"),
        conditions=tuple(c.key for c in conditions),
        others=all_carried(node, "other-drug"),
        own=own,
    )


def _term(name: Coded, results: list[Coded]) -> tuple[str, str]:
    """Term and kind of a reaction: by the lexicon, else by a finding named in its words, else the words themselves."""
    for one in (name, *results):
        known = finding_of(one.names or (one.text,))
        if known is not None and not known[1] and known[0].event_kind:
            return (known[0].term if one is name else bare(name.text)), known[0].event_kind
    for one in (name, *results):
        for words in one.names or (one.text,):
            kind = event_kind_in(words)
            if kind:
                return bare(name.text), kind
    known = finding_of(name.names or (name.text,))
    term = known[0].term if known is not None and not known[1] else bare(name.text)
    return term, term


def _time(node: Node, conditions: list[Resource]) -> Span:
    """When it began and ended: of the event, else of the condition it led to, else no later than it was detected."""
    span = span_at(node, "date") if "date" in node or "_date" in node else span_at(node, "occurrence")
    if not span.known:
        span = Span()
    start, stop = span.start, None if span.point else span.stop
    for condition in conditions:
        start = start or span_at(condition.node, "onset").start
        end = span_at(condition.node, "abatement")
        stop = stop or end.start or end.stop
    if start is None and "detected" in node:
        found = span_at(node, "detected").start
        if found is not None and found.dated is not None:
            node.log.warn(node.at("detected"), "only the date of detection is given; the onset lies no later")
            start = replace(found, dated=replace(found.dated, days=Interval(None, found.dated.days.high)))
    return Span(start, stop)


def _outcome(node: Node) -> tuple[Outcome, tuple[Evidence, ...]]:
    for item in node.nodes("outcome"):
        found = coded(item)
        for key in found.keys if found is not None else ():
            word = OUTCOMES.get(key) or OUTCOMES.get(key.replace(" ", ""))
            if word is not None and found is not None:
                return word, (found.evidence,)
        if found is not None:
            node.log.warn(item.path, f"the outcome {found.text!r} is not known here; it was taken as unknown")
    return "unknown", ()


def _seriousness(node: Node) -> tuple[str, ...]:
    """Criteria in the words of the case; "serious" alone where none is given."""
    found: list[str] = []
    owners = [node, *node.nodes("seriousness")]
    for owner in owners:
        for extension in (*owner.extensions("seriousness-criteria"), *owner.extensions("seriousnessCriteria")):
            parts = [extension, *extension.nodes("extension")]
            said = next((t for p in parts if (t := p.flag("valueBoolean")) is not None), True)
            code = next((c for p in parts if (c := first_coded(p, "valueCodeableConcept", "valueCoding"))), None)
            if code is not None and said:
                found.append(looked_up(code, CRITERIA) or code.text)
    if found:
        return tuple(dict.fromkeys(found))
    serious = first_coded(node, "seriousness")
    if serious is None:
        return ()
    known = looked_up(serious, CRITERIA)
    if known:
        return (known,)
    keys = set(serious.keys)
    return ("serious",) if "serious" in keys and not keys & {"non-serious", "not serious"} else ()


def _suspects(one: Resource, library: Library) -> list[Suspect]:
    found = []
    for entity in one.node.nodes("suspectEntity"):
        made = _suspect(entity, one, library)
        if made is None:
            entity.log.warn(
                entity.at("instance"), "this suspect is not named; it was left out", "Give instance with a reference."
            )
        else:
            found.append(made)
    return found


def _suspect(entity: Node, one: Resource, library: Library) -> Suspect | None:
    judged = tuple(
        made for item in entity.nodes("causality") if (made := _judgement(item, one, library)) is not None
    )  # fmt: skip
    own = carried_tree(entity, "suspect")
    concept = first_coded(entity, "instanceCodeableConcept")
    reference = entity.first("instance", "instanceReference")
    if concept is None and reference is not None and "coding" in reference:
        concept = coded(reference)
    if concept is not None:
        drug = drug_of(*concept.names or (concept.text,))
        return Suspect(drug, concept.text, None, concept.codes, judged, (concept.evidence,), entity, own)
    if reference is None:
        return None
    target = library.resolve(reference, one)
    named = name_of(target, library) if target is not None else None
    if named is None and target is not None:
        label = first_coded(target.node, "code", "type")
        named = (drug_of(label.text), label.text, label.codes, (label.evidence,)) if label is not None else None
    if named is None:
        words = reference.text("display") or _last(reference.text("reference"))
        if not words:
            return None
        if target is None and not drug_of(words).known:
            entity.log.warn(
                reference.path,
                f"{words!r} is not in the file; the drug is known by this name only",
                "Give the bundle with the medication in it.",
            )
        named = (drug_of(words), words, (), (reference.quote(words=words),))
    drug, words, codes, evidence = named
    called = carried_tree(target.node, "exposure").get("drug") if target is not None else None
    if called:
        drug = replace(drug, name=str(called))
    place = reference.quote(words=reference.text("reference") or words)
    return Suspect(drug, words, target, codes, judged, (place, *evidence), entity, own)


def _last(reference: str) -> str:
    """What a reference that leads nowhere is called: "Medication/example"."""
    return "/".join(reference.split("/_history/")[0].split("/")[-2:])


def _judgement(item: Node, one: Resource, library: Library) -> Judgement | None:
    method = first_coded(item, "method", "assessmentMethod")
    result = first_coded(item, "assessment", "entityRelatedness", "productRelatedness")
    if method is None and result is None:
        return None
    author = item.first("author", "authorReference")
    source, by = _author(author, one, library)
    evidence = tuple(x.evidence for x in (method, result) if x is not None)
    words = result.text if result is not None else ""
    return Judgement(method.text if method is not None else "", words, source, by, evidence, carried_tree(item, "said"))


def _author(reference: Node | None, one: Resource, library: Library) -> tuple[str, By]:
    """Who judged, in words, and as whom the case knows him."""
    if reference is None:
        return "", "reporter"
    target = library.resolve(reference, one)
    words = reference.text("display")
    kind = target.type if target is not None else reference.text("reference").split("/")[0]
    if target is not None and not words:
        name = target.node.first("name", "deviceName")
        words = target.node.text("name") if isinstance(target.node.data.get("name"), str) else ""
        if name is not None:
            words = words or name.text("text") or name.text("name") or name.text("family")
    if kind == "Device" and words.startswith(MAKER):
        return words, "dechallenge"
    return words, "sender" if kind == "Organization" else "reporter"


def statements(reaction: Reported, event: str, drugs: Mapping[int, str]) -> list[tuple[object, Statement]]:
    """What is claimed of a reaction: judgements of its suspects, and its severity; with their place where we gave one.

    Args:
        event: Identity of the event in the case.
        drugs: Canonical drug of each suspect, by its place.
    """
    found: list[tuple[object, Statement]] = []
    for number, suspect in enumerate(reaction.suspects):
        for one in suspect.judgements:
            made = Statement(
                kind="causality",
                by=one.by,
                method=one.method,
                result=one.result,
                drug=drugs[number],
                event=event,
                source="" if one.by == "dechallenge" or one.own else one.source,
                evidence=one.evidence,
            )
            own = dict(one.own)
            found.append((own.pop("number", None), changed(made, own, suspect.node)))
    if reaction.severity is not None:
        words = reaction.severity
        made = Statement(
            kind="severity", by="reporter", result=words.text, event=event, evidence=(words.evidence,)
        )  # fmt: skip
        found.append((None, made))
    return found
