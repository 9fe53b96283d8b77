"""An E2B(R3) message brought to hold given data elements: what is the same stays as it is, byte for byte.

Imports the report, the places and the makers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from dechallenge.formats.e2b import r3_times
from dechallenge.formats.e2b.icsr import At, Element, Icsr
from dechallenge.formats.e2b.places import GROUPS, Place, Step, group_place, places_of
from dechallenge.formats.e2b.r3_find import matches
from dechallenge.formats.e2b.r3_make import extended, identifier, insert, reached
from dechallenge.formats.e2b.r3_set import clear, interval, put, remove
from dechallenge.formats.e2b.safe_xml import HL7

Key = tuple[str, At]

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_RESULT = ("F.r.3.2", "F.r.3.3")
_DOSE = ("G.k.4.r.1a", "G.k.4.r.1b")
_KEPT_RAW = frozenset(["open", "coded", "result", "amount"])
"""Accessors whose raw text holds a part that is written: a code system or a unit."""


@dataclass(slots=True)
class Patch:
    """The changes to one message.

    Attributes:
        root: The batch.
        message: The report in it.
        case: Case id, from which the identifiers of new drugs and reactions follow.
        problems: What could not be written.
        instances: The repetitions of each group within the repetitions and links around it, as far as asked for.
    """

    root: etree._Element
    message: etree._Element
    case: str
    problems: list[str] = field(default_factory=list)
    instances: dict[tuple[str, At, tuple[str, ...]], list[etree._Element]] = field(default_factory=dict)

    def apply(self, old: Icsr, wanted: Mapping[Key, Element]) -> None:
        """Bring the message from the elements that it holds to those that it should hold."""
        before = {(element.id, element.at): element for element in old.elements}
        wanted = {key: self._clean(element) for key, element in wanted.items()}
        changed = [key for key, element in wanted.items() if self._differs(before.get(key), element)]
        gone = [key for key in before if key not in wanted]
        together: dict[tuple[str, At], None] = {}
        for id, at in [*changed, *gone]:
            if id in r3_times.GROUP_OF:
                together.setdefault((r3_times.GROUP_OF[id], at))
            elif id in _RESULT:
                together.setdefault(("F.r.3", at))
            elif id in _DOSE or id == "G.k.4.r.3":
                together.setdefault(("G.k.4.r.1", at))
        for id, at in sorted(changed, key=lambda key: (key[0] not in ("E.i.2.1b", "G.k.2.2"), ())):
            if id not in r3_times.GROUP_OF and id not in _RESULT and id not in _DOSE:
                self._set(_with_unit(wanted[id, at], wanted))
        for group, at in together:
            self._set_together(group, at, wanted)
        for id, at in gone:
            if id not in r3_times.GROUP_OF and id not in _RESULT and id not in _DOSE:
                self._clear(id, at)
        self._drop_groups(before, wanted)

    def _clean(self, element: Element) -> Element:
        """The element without the characters that XML cannot hold."""
        if not _ILLEGAL.search(element.value) and not _ILLEGAL.search(element.raw):
            return element
        self.problems.append(f"{element.id}{_brackets(element.at)}: characters that XML cannot hold are left out")
        return replace(element, value=_ILLEGAL.sub(" ", element.value), raw=_ILLEGAL.sub(" ", element.raw))

    def _differs(self, old: Element | None, new: Element) -> bool:
        if old is None or (old.value, old.null) != (new.value, new.null):
            return True
        return old.raw != new.raw and places_of(new.id)[0].accessor in _KEPT_RAW and bool(new.raw)

    def _set(self, element: Element) -> None:
        place = places_of(element.id)[0]
        if place.accessor == "file":
            self.problems.append(f"{element.id}: an attached file is not written")
            return
        found = self._existing(element.id, element.at)
        if found is None:
            reach = self._reach(place, element.at)
            if reach is None:
                self.problems.append(
                    f"{element.id}{_brackets(element.at)}: there is no such drug or reaction in the report"
                )
                return
            found = (reach, place)
        put(found[0], found[1].accessor, found[1].steps[-1], element)

    def _clear(self, id: str, at: At) -> None:
        found = self._existing(id, at)
        if found is not None and found[1].accessor != "file":
            clear(found[0], found[1].accessor, found[1].steps[-1])

    def _set_together(self, group: str, at: At, wanted: Mapping[Key, Element]) -> None:
        """Times, results and doses, whose parts stand in one element."""
        values = {id: element for (id, here), element in wanted.items() if here == at}
        if group in r3_times.PARTS:
            if any(id in values for id in r3_times.PARTS[group]) or self._count(group, at):
                r3_times.write(self._instance(group, at), group, values)
            return
        ids = _RESULT if group == "F.r.3" else _DOSE
        owner = "F.r" if group == "F.r.3" else "G.k.4.r"
        if not any(id in values for id in ids) and not self._count(owner, at):
            return
        top = self._instance(owner, at)
        if group == "F.r.3":
            self._result(top, at, values)
        else:
            self._dose(top, values)

    def _result(self, test: etree._Element, at: At, values: Mapping[str, Element]) -> None:
        steps = places_of("F.r.3.2")[0].steps[-1:]
        value = values.get("F.r.3.2")
        if value is None:
            for old in matches(test, steps):
                remove(old)
            return
        unit = values.get("F.r.3.3")
        if not interval(reached(test, steps, {}), value.value, unit.value if unit else "", value.null):
            self.problems.append(f"F.r.3.2{_brackets(at)}: {value.value} is no number; it belongs to F.r.3.4")
            for old in matches(test, steps):
                remove(old)

    def _dose(self, dosage: etree._Element, values: Mapping[str, Element]) -> None:
        amount, unit, each = (values.get(id) for id in (*_DOSE, "G.k.4.r.3"))
        for name in ("doseQuantity", "doseCheckQuantity"):
            for old in list(dosage.iterchildren(f"{{{HL7}}}{name}")):
                remove(old)
        if amount is None and unit is None:
            return
        if each is not None and each.value == "{total}":
            ratio = insert(dosage, "doseCheckQuantity")
            quantity = insert(ratio, "numerator")
            quantity.set("{http://www.w3.org/2001/XMLSchema-instance}type", "PQ")
            below = insert(ratio, "denominator")
            below.set("{http://www.w3.org/2001/XMLSchema-instance}type", "PQ")
            below.set("nullFlavor", "UNK")
        else:
            quantity = insert(dosage, "doseQuantity")
        for name, part in (("value", amount), ("unit", unit)):
            if part is not None and part.value:
                quantity.set(name, part.value)
        if amount is not None and amount.null:
            quantity.set("nullFlavor", amount.null)

    def _existing(self, id: str, at: At) -> tuple[etree._Element, Place] | None:
        """The element that holds a data element now, and at which of its places."""
        for place in places_of(id):
            element = self._reach(place, at, make=False)
            if element is not None:
                return element, place
        return None

    def _instance(self, group: str, at: At) -> etree._Element:
        element = self._reach(group_place(group), at)
        if element is None:
            raise AssertionError("groups without links are always reached")
        return element

    def _count(self, group: str, at: At) -> bool:
        return self._reach(group_place(group), at, make=False) is not None

    def _reach(self, place: Place, at: At, *, make: bool = True) -> etree._Element | None:
        """The element of a place for given repetitions; nothing where it is missing and not to be made."""
        element = self.root if place.root == "BATCH" else self.message
        numbers, used = list(at), 0
        links: dict[str, str] = {}
        segment: list[Step] = []
        for step in place.steps:
            segment.append(step)
            for key in sorted({need.link for need in step.needs if need.link}, reverse=True):
                number = numbers[used] if used < len(numbers) else 0
                target = self._identifier("G.k" if key == "k" else "E.i", number, make=make)
                if not target:
                    return None
                links[key], used = target, used + 1
            if step.group:
                number = numbers[used] if used < len(numbers) else 1
                reach = self._repeated(element, segment, links, at[:used], number, make=make)
                if reach is None:
                    return None
                element, segment, links, used = reach, [], {}, used + 1
        if not segment:
            return element
        if make:
            return reached(element, segment, links)
        found = matches(element, segment, {key: (value.lower(),) for key, value in links.items()})
        return found[0] if found else None

    def _repeated(
        self, top: etree._Element, steps: list[Step], links: Mapping[str, str], within: At, number: int, *, make: bool
    ) -> etree._Element | None:
        """One of the instances of a group, counted once and from then on by what is made."""
        key = (steps[-1].group, within, tuple(links.values()))
        known = self.instances.get(key)
        if known is None:
            known = matches(top, steps, {link: (value.lower(),) for link, value in links.items()})
            self.instances[key] = known
        while make and len(known) < number:
            known.append(extended(top, steps, links, again=bool(known)))
        return known[number - 1] if len(known) >= number else None

    def _identifier(self, group: str, number: int, *, make: bool) -> str:
        """The identifier of a drug or reaction, given where it has none; empty where there is no such one."""
        owner = self._reach(group_place(group), (number,), make=False) if number else None
        if owner is None:
            return ""
        known = next((child.get("root") or "" for child in owner.iterchildren(f"{{{HL7}}}id")), "")
        if known or not make:
            return known
        new = identifier(self.case, "drug" if group == "G.k" else "reaction", number)
        for child in list(owner.iterchildren(f"{{{HL7}}}id")):
            remove(child)
        insert(owner, "id").set("root", new)
        return new

    def _drop_groups(self, before: Mapping[Key, Element], wanted: Mapping[Key, Element]) -> None:
        """Take out drugs, tests and others of which nothing is left, the last ones first."""
        for group in sorted(GROUPS, key=len, reverse=True):
            depth = _depth(group)
            had = {at[:depth] for id, at in before if _belongs(id, group) and len(at) >= depth}
            has = {at[:depth] for id, at in wanted if _belongs(id, group) and len(at) >= depth}
            for at in sorted(had - has, reverse=True):
                element = self._reach(group_place(group), at, make=False)
                if element is not None:
                    remove(_wrapper(element, group))


def _with_unit(element: Element, wanted: Mapping[Key, Element]) -> Element:
    """A limit of normal without a unit is in that of its test."""
    unit = wanted.get(("F.r.3.3", element.at))
    if element.id in ("F.r.4", "F.r.5") and element.value and not element.raw and unit is not None and unit.value:
        return replace(element, raw=f"{element.value} {unit.value}")
    return element


def _belongs(id: str, group: str) -> bool:
    return id == group or id.startswith(group + ".")


def _depth(group: str) -> int:
    return sum(part in ("r", "i", "k") for part in group.split("."))


def _wrapper(element: etree._Element, group: str) -> etree._Element:
    """The element that repeats around the instance of a group."""
    steps = group_place(group).steps
    for step in reversed(steps):
        if step.repeats:
            return element
        parent = element.getparent()
        if parent is None:
            return element
        element = parent
    return element


def _brackets(at: At) -> str:
    return "".join(f"[{number}]" for number in at)
