"""Where data elements stand in a message: the notation of the places, the groups that repeat, and how a step matches.

A place is an anchor, steps and an accessor: ``E.i/outboundRelationship2+:PERT/observation{27}/value(CE;~.1)@code``.

- ``name+`` may repeat, each holding something else; ``name#2`` the second of its name; ``name^tel:`` starts its value.
- ``:PERT`` the typeCode (or classCode) that is written; it is not asked for when reading.
- ``{27}`` its ``code`` child; the code system follows from the step's name. A missing code system is forgiven.
- ``(CE;system)`` xsi:type and code system; several types are alternatives, an empty one means no xsi:type.
- ``[@a='v']`` attribute; ``[path@a='v']`` of a descendant; ``[path='code;system']`` a code; ``[!…]`` is only written;
  ``[@a~'v']`` and ``[@a!'v']`` hold, hold not the text; ``=$k`` and ``=$i`` the identifier of a drug, a reaction.

``~`` is the root of the ICH object identifiers. Imports `elements`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

from lxml import etree

from dechallenge.formats.e2b.elements import elements
from dechallenge.formats.e2b.safe_xml import HL7

ICH: Final = "2.16.840.1.113883.3.989.2"
MEDDRA: Final = "2.16.840.1.113883.6.163"
XSI_TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"

ANCHORS: Final[Mapping[str, str]] = {
    "INV": "MSG/controlActProcess/subject:SUBJ/investigationEvent",
    "AEA": "INV/component+/adverseEventAssessment",
    "PAT": "AEA/subject1:SBJ/primaryRole",
    "PERSON": "PAT/player1",
    "PARENT": "PERSON/role[@classCode='PRS'][!code@code='PRN'][!code@codeSystem='2.16.840.1.113883.5.111']",
    "STUDY": "PAT/subjectOf1:SBJ/researchStudy",
    "HISTORY": "PAT/subjectOf2+:SBJ/organizer{1}",
    "PARENT_HISTORY": "PARENT/subjectOf2+:SBJ/organizer{1}",
    "SENDER": "INV/subjectOf1+:SUBJ/controlActEvent/author/assignedEntity",
    "REPORTER": "C.2.r/relatedInvestigation/subjectOf2:SUBJ/controlActEvent/author/assignedEntity",
    "PRODUCT": "G.k/consumable/instanceOfKind/kindOfProduct",
    "APPROVAL": "PRODUCT/asManufacturedProduct/subjectOf+/approval",
}
GROUPS: Final[Mapping[str, str]] = {
    "C.1.6.1.r": "INV/reference+/document{1}",
    "C.1.9.1.r": "INV/subjectOf1+:SUBJ/controlActEvent[id@root='~.1.3.3']",
    "C.1.10.r": "INV/outboundRelationship+/relatedInvestigation[code@nullFlavor='NA']",
    "C.2.r": "INV/outboundRelationship+[relatedInvestigation/code='2;~.1.1.22']",
    "C.4.r": "INV/reference+/document{2}",
    "C.5.1.r": "STUDY/authorization+/studyRegistration[id@root='~.1.3.6']",
    "D.7.1.r": "HISTORY/component+/observation[code@codeSystem='MEDDRA']",
    "D.8.r": "PAT/subjectOf2+:SBJ/organizer{2}/component+/substanceAdministration",
    "D.9.2.r": "PAT/subjectOf2+:SBJ/observation{32}",
    "D.9.4.r": "PAT/subjectOf2+:SBJ/observation{5}/outboundRelationship2+:DRIV/observation{8}",
    "D.10.7.1.r": "PARENT_HISTORY/component+/observation[code@codeSystem='MEDDRA']",
    "D.10.8.r": "PARENT/subjectOf2+:SBJ/organizer{2}/component+/substanceAdministration",
    "E.i": "PAT/subjectOf2+:SBJ/observation{29}",
    "F.r": "PAT/subjectOf2+:SBJ/organizer{3}/component+/observation[!code@codeSystem='MEDDRA']",
    "G.k": "PAT/subjectOf2+:SBJ/organizer{4}/component+/substanceAdministration",
    "G.k.2.3.r": "PRODUCT/ingredient+",
    "G.k.4.r": "G.k/outboundRelationship2+[@typeCode='COMP']/substanceAdministration",
    "G.k.7.r": "G.k/inboundRelationship+:RSON/observation{19}[!performer/assignedEntity/code='3;~.1.1.21']",
    "G.k.9.i.2.r": "AEA/component+/causalityAssessment{39}"
    "[subject1/adverseEffectReference/id@root=$i][subject2/productUseReference/id@root=$k]",
    "G.k.10.r": "G.k/outboundRelationship2+:REFR/observation{9}[value@codeSystem='~.1.1.17']",
    "H.3.r": "AEA/component1+/observationEvent{15}[!author/assignedEntity/code='1;~.1.1.21']",
    "H.5.r": "INV/component+/observationEvent{36}[!author/assignedEntity/code='2;~.1.1.21']",
}
"""The groups that repeat, each with its own number; `G.k.9.i.2.r` is counted within its drug and reaction."""

CODE_SYSTEMS: Final[Mapping[str, str]] = {
    "observation": f"{ICH}.1.1.19",
    "observationEvent": f"{ICH}.1.1.19",
    "causalityAssessment": f"{ICH}.1.1.19",
    "organizer": f"{ICH}.1.1.20",
    "document": f"{ICH}.1.1.27",
    "investigationCharacteristic": f"{ICH}.1.1.23",
    "relatedInvestigation": f"{ICH}.1.1.22",
    "asIdentifiedEntity": f"{ICH}.1.1.4",
    "productEvent": f"{ICH}.1.1.18",
}
"""Code systems of the ``code`` child of the classes of the message (ICH code lists)."""

_PART = re.compile(
    r"\+|:(?P<kind>[A-Z]+)|\{(?P<code>\w+)\}|\[(?P<need>[^\]]*)\]|\((?P<types>[^);]*)(?:;(?P<system>[^)]*))?\)"
    r"|#(?P<index>\d)|\^(?P<prefix>[a-z]+:)"
)
_NEED = re.compile(
    r"(?P<only>!?)(?P<path>[\w/]*)(?:@(?P<attribute>\w+))?(?P<sign>[=~!])(?:'(?P<value>[^']*)'|(?P<link>\$[ki]))"
)


@dataclass(frozen=True, slots=True)
class Need:
    """What a step asks of an element: an attribute of it or of a descendant."""

    path: tuple[str, ...]
    attribute: str
    value: str
    sign: str = "="
    system: str = ""
    written_only: bool = False

    @property
    def link(self) -> Literal["", "k", "i"]:
        """The drug or reaction that the value is the identifier of."""
        return "k" if self.value == "$k" else "i" if self.value == "$i" else ""

    def holds(self, element: etree._Element) -> bool:
        """Whether an element has it; a link is resolved elsewhere."""
        for found in self.targets(element):
            value = found.get(self.attribute)
            if self.sign == "~":
                ok = self.value in (value or "")
            elif self.sign == "!":
                ok = self.value not in (value or "")
            else:
                ok = value == self.value
            if ok and (not self.system or found.get("codeSystem") in (None, self.system)):
                return True
        return False

    def targets(self, element: etree._Element) -> list[etree._Element]:
        """The elements that the attribute is looked for in."""
        found = [element]
        for name in self.path:
            found = [child for parent in found for child in parent.iterchildren(f"{{{HL7}}}{name}")]
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a place."""

    name: str
    repeats: bool = False
    kind: str = ""
    needs: tuple[Need, ...] = ()
    types: tuple[str, ...] = ()
    system: str = ""
    index: int = 0
    prefix: str = ""
    group: str = ""

    @property
    def tag(self) -> str:
        """The name with its namespace."""
        return f"{{{HL7}}}{self.name}"

    @property
    def strict(self) -> bool:
        """Whether another xsi:type is another data element."""
        return len(self.types) > 1 or (bool(self.types) and self.name != "value")

    @property
    def bare(self) -> bool:
        """A wrapper that may repeat and whose sense lies in what it holds."""
        return self.repeats and not any(not need.written_only for need in self.needs)

    def admits(self, element: etree._Element) -> bool:
        """Whether an element is of this kind; links and the index are resolved elsewhere."""
        if self.strict and type_of(element) not in self.types:
            return False
        if self.prefix and not (element.get("value") or "").lower().startswith(self.prefix):
            return self.prefix == "tel:" and element.get("value") is None and element.get("nullFlavor") is not None
        if self.system and element.get("codeSystem") not in (None, self.system):
            return False
        return all(need.written_only or need.link or need.holds(element) for need in self.needs)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a data element: the root it starts from, its steps, and what is read from the last one."""

    root: Literal["MSG", "BATCH"]
    steps: tuple[Step, ...]
    accessor: str = ""


@dataclass(slots=True)
class Node:
    """The places as a tree, walked together with a message."""

    edges: dict[str, list[tuple[Step, Node]]] = field(default_factory=dict)
    leaves: list[tuple[str, str, Step]] = field(default_factory=list)


def type_of(element: etree._Element) -> str:
    """xsi:type of an element without its prefix, empty where it has none."""
    return (element.get(XSI_TYPE) or "").rpartition(":")[2]


@cache
def place(notation: str) -> Place:
    """A place from its notation.

    Raises:
        ValueError: The notation is not understood (a mistake in our tables).
    """
    anchor, _, rest = notation.partition("/")
    steps: tuple[Step, ...] = ()
    root: Literal["MSG", "BATCH"] = "BATCH" if anchor == "BATCH" else "MSG"
    path, accessor = rest, ""
    if anchor in GROUPS:
        above = place(GROUPS[anchor])
        last = above.steps[-1]
        steps = (*above.steps[:-1], _in_group(last, anchor))
        root = above.root
    elif anchor in ANCHORS:
        above = place(ANCHORS[anchor])
        steps, root = above.steps, above.root
    elif anchor not in ("BATCH", "MSG"):
        raise ValueError(f"unknown anchor in {notation}")
    found = re.search(r"@(\w+)$", path)
    if found:
        path, accessor = path[: found.start()], found[1]
    return Place(root, steps + tuple(_step(text) for text in _split(path)), accessor)


@cache
def places_of(id: str) -> tuple[Place, ...]:
    """Where a data element stands; the first is the one that is written."""
    return tuple(place(notation) for notation in elements()[id].places)


@cache
def group_place(id: str) -> Place:
    """Where the instances of a repeating group stand."""
    return place(id)


@cache
def tree(root: Literal["MSG", "BATCH"]) -> Node:
    """All places below a message or a batch as a tree."""
    top = Node()
    for id in elements():
        for one in places_of(id):
            if one.root != root:
                continue
            node = top
            for step in one.steps:
                edges = node.edges.setdefault(step.tag, [])
                for known, below in edges:
                    if known == step:
                        node = below
                        break
                else:
                    below = Node()
                    edges.append((step, below))
                    node = below
            node.leaves.append((id, one.accessor, one.steps[-1]))
    return top


def _in_group(step: Step, group: str) -> Step:
    return Step(step.name, step.repeats, step.kind, step.needs, step.types, step.system, step.index, step.prefix, group)


def _split(path: str) -> list[str]:
    """The steps; a stroke within brackets belongs to its step."""
    return [part for part in re.findall(r"(?:[^/\[]|\[[^\]]*\])+", path) if part]


def _step(text: str) -> Step:
    name = re.match(r"\w+", text)
    if name is None:
        raise ValueError(f"no name in {text}")
    needs: list[Need] = []
    repeats, kind, types, system, index, prefix = False, "", (), "", 0, ""
    position = name.end()
    while position < len(text):
        part = _PART.match(text, position)
        if part is None:
            raise ValueError(f"not understood: {text[position:]}")
        position = part.end()
        if part[0] == "+":
            repeats = True
        elif part["kind"]:
            kind = part["kind"]
        elif part["code"]:
            needs.append(Need(("code",), "code", part["code"], system=CODE_SYSTEMS[name[0]]))
        elif part["need"] is not None:
            needs.append(_need(part["need"]))
        elif part["types"] is not None:
            types = tuple(part["types"].split(",")) if part["types"] else ()
            system = _oid(part["system"] or "")
        elif part["index"]:
            index = int(part["index"])
        else:
            prefix = part["prefix"]
    return Step(name[0], repeats, kind, tuple(needs), types, system, index, prefix)


def _need(text: str) -> Need:
    found = _NEED.fullmatch(text)
    if found is None:
        raise ValueError(f"not understood: [{text}]")
    path = tuple(part for part in found["path"].split("/") if part)
    value, system = found["link"] or found["value"], ""
    attribute = found["attribute"] or "code"
    if not found["attribute"]:
        value, _, system = value.partition(";")
    return Need(path, attribute, _oid(value), found["sign"], _oid(system), bool(found["only"]))


def _oid(text: str) -> str:
    if text == "MEDDRA":
        return MEDDRA
    return ICH + text[1:] if text.startswith("~") else text
