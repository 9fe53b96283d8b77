"""Elements of an E2B(R3) message that are not there yet: made in the order of the schema, with what it asks for.

Imports `places` and `r3_find`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from dechallenge.formats.e2b.places import XSI_TYPE, Need, Step
from dechallenge.formats.e2b.r3_find import children, matches
from dechallenge.formats.e2b.safe_xml import HL7

_SEQUENCE: Final = """
id creationTime responseModeCode versionCode interactionId code title text statusCode name prefix given family
streetAddressLine city state postalCode country addr telecom desc effectiveTime availabilityTime processingCode
processingModeCode acceptAckCode PORR_IN049016UV receiver device respondTo sender attentionLine
controlActProcess priorityNumber pauseQuantity actReference sequenceNumber quantity numerator denominator
routeCode doseQuantity doseCheckQuantity maxDoseQuantity consumable productInstanceInstance lotNumberText
kindOfProduct formCode asManufacturedProduct instanceOfKind ingredient part ingredientSubstance
bibliographicDesignationText participation originalText value interpretationCode methodCode
administrativeGenderCode birthTime deceasedInd deceasedTime asIdentifiedEntity role associatedPerson holder
performer author assignedEntity assignedPerson asQualifiedEntity asLocatedEntity representedOrganization
location referenceRange player1 subject researchStudy authorization studyRegistration reference primaryRole
subject1 subject2 component component1 outboundRelationship outboundRelationship1 outboundRelationship2
inboundRelationship subjectOf subjectOf1 subjectOf2 low center width high
"""
ORDER: Final[Mapping[str, int]] = {name: number for number, name in enumerate(_SEQUENCE.split())}
"""Order of the children, wherever they stand: the sequences of the HL7 schema of ICSR agree with this one order."""

_CLASSES: Final[Mapping[str, str]] = {
    "controlActProcess": "CACT EVN",
    "investigationEvent": "INVSTG EVN",
    "adverseEventAssessment": "INVSTG EVN",
    "relatedInvestigation": "INVSTG EVN",
    "controlActEvent": "CACT EVN",
    "investigationCharacteristic": "OBS EVN",
    "observation": "OBS EVN",
    "observationEvent": "OBS EVN",
    "observationRange": "OBS EVN.CRT",
    "causalityAssessment": "OBS EVN",
    "actReference": "OBS EVN",
    "adverseEffectReference": "OBS EVN",
    "productUseReference": "SBADM EVN",
    "substanceAdministration": "SBADM EVN",
    "organizer": "CATEGORY EVN",
    "document": "DOC EVN",
    "act": "ACT EVN",
    "productEvent": "ACT EVN",
    "studyRegistration": "ACT EVN",
    "researchStudy": "CLNTRL EVN",
    "approval": "CNTRCT EVN",
}
"""classCode and moodCode of the acts."""

_ENTITIES: Final[Mapping[str, str]] = {
    "primaryRole": "INVSBJ",
    "role": "PRS",
    "assignedEntity": "ASSIGNED",
    "asQualifiedEntity": "QUAL",
    "asLocatedEntity": "LOCE",
    "locatedEntity": "LOCE",
    "asIdentifiedEntity": "IDENT",
    "asManufacturedProduct": "MANU",
    "instanceOfKind": "INST",
    "ingredient": "ACTI",
    "territorialAuthority": "TERR",
    "player1": "PSN INSTANCE",
    "associatedPerson": "PSN INSTANCE",
    "assignedPerson": "PSN INSTANCE",
    "representedOrganization": "ORG INSTANCE",
    "playingOrganization": "ORG INSTANCE",
    "governingPlace": "COUNTRY INSTANCE",
    "locatedPlace": "COUNTRY INSTANCE",
    "territory": "NAT INSTANCE",
    "device": "DEV INSTANCE",
    "productInstanceInstance": "MMAT INSTANCE",
    "kindOfProduct": "MMAT KIND",
    "ingredientSubstance": "MMAT KIND",
}
"""classCode and determinerCode of the roles and entities."""

_RELATIONS: Final[Mapping[str, str]] = {
    "subject1": "SUBJ",
    "subject2": "SUBJ",
    "component": "COMP",
    "component1": "COMP",
    "author": "AUT",
    "authorization": "AUTH",
    "performer": "PRF",
    "holder": "HLD",
    "consumable": "CSM",
    "reference": "REFR",
    "referenceRange": "REFV",
    "outboundRelationship": "SPRT",
    "outboundRelationship1": "REFR",
    "subjectOf": "SBJ",
    "receiver": "RCV",
    "sender": "SND",
}
"""typeCode of the relations that have only one, or one unless the place says another."""


REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "role": ("associatedPerson",),
    "ingredient": ("ingredientSubstance",),
    "ingredientSubstance": ("name",),
}
"""Children without which the schema does not have an element; that of ``role`` only for a parent."""


def reached(top: etree._Element, steps: Sequence[Step], links: Mapping[str, str]) -> etree._Element:
    """The first element that steps lead to, made where it is missing.

    Args:
        top: Where the steps start.
        steps: The steps.
        links: Identifiers of the drug (k) and the reaction (i) that they ask for.
    """
    found = matches(top, steps, {key: (value.lower(),) for key, value in links.items()})
    return found[0] if found else extended(top, steps, links)


def extended(
    top: etree._Element, steps: Sequence[Step], links: Mapping[str, str], *, again: bool = False
) -> etree._Element:
    """Make the missing part of a way: all of it that is not there, or, once more, the part that repeats."""
    wanted = {key: (value.lower(),) for key, value in links.items()}
    most = len(steps) - 1
    if again:
        most = max(number for number, step in enumerate(steps) if step.repeats)
    for length in range(most, -1, -1):
        if length and steps[length - 1].bare:
            continue
        found = matches(top, steps[:length], wanted)
        if found:
            element, new = found[0], False
            for step in steps[length:]:
                there = children(element, step, wanted) if new and not step.repeats else []
                element, new = there[0] if there else made(element, step, links), True
            return element
    raise AssertionError("no steps are always found")


def made(parent: etree._Element, step: Step, links: Mapping[str, str]) -> etree._Element:
    """A new child for a step, with what reading it asks for."""
    if step.index > 1:
        for _ in range(step.index - 1 - sum(1 for _ in parent.iterchildren(step.tag))):
            insert(parent, step.name)
    child = insert(parent, step.name)
    classify(child, step)
    if step.types and step.types[0]:
        child.set(XSI_TYPE, step.types[0])
    if step.system:
        child.set("codeSystem", step.system)
    if step.prefix:
        child.set("value", step.prefix)
    for need in step.needs:
        _satisfy(child, need, links)
    _complete(child)
    return child


def _complete(element: etree._Element) -> None:
    """Add the children without which the schema does not have an element."""
    for name in REQUIRED.get(etree.QName(element).localname, ()):
        if name == "associatedPerson" and element.get("classCode") != "PRS":
            continue
        below = insert(element, name)
        classify(below, None)
        _complete(below)


def _satisfy(element: etree._Element, need: Need, links: Mapping[str, str]) -> None:
    if need.sign == "!":
        return
    if need.sign == "~":
        element.set(need.attribute, f"TBD-{need.value}")
        return
    target = element
    for name in need.path:
        below = next(target.iterchildren(f"{{{HL7}}}{name}"), None)
        if below is None:
            below = insert(target, name)
            classify(below, None)
            if name == "value":
                below.set(XSI_TYPE, "CE")
        target = below
    target.set(need.attribute, links[need.link] if need.link else need.value)
    if need.system:
        target.set("codeSystem", need.system)


def insert(parent: etree._Element, name: str) -> etree._Element:
    """A new child in its place among its siblings."""
    child = etree.Element(f"{{{HL7}}}{name}")
    place = ORDER.get(name, len(ORDER))
    after = None
    for sibling in parent.iterchildren(f"{{{HL7}}}*", reversed=True):
        if ORDER.get(etree.QName(sibling).localname, len(ORDER)) <= place:
            after = sibling
            break
    if after is not None:
        child.tail = after.tail
        after.tail = None
        after.addnext(child)
        after.tail = child.tail
    else:
        child.tail = parent.text if not (parent.text or "").strip() else None
        parent.insert(0, child)
    return child


def classify(element: etree._Element, step: Step | None) -> None:
    """Set the structural codes that the schema asks for."""
    name = etree.QName(element).localname
    kind = step.kind if step is not None else ""
    if name in _CLASSES:
        code, _, mood = _CLASSES[name].partition(" ")
        element.set("classCode", code)
        element.set("moodCode", mood)
    elif kind == "COUNTRY":
        element.set("classCode", "COUNTRY")
        element.set("determinerCode", "INSTANCE")
    elif name in _ENTITIES:
        code, _, determiner = _ENTITIES[name].partition(" ")
        element.set("classCode", code)
        if determiner:
            element.set("determinerCode", determiner)
    elif kind or name in _RELATIONS:
        element.set("typeCode", kind or _RELATIONS[name])


def identifier(case: str, what: str, number: int) -> str:
    """The identifier of a drug or reaction of a case: the same for the same case and place."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"e2b:{case}/{what}/{number}"))
