"""What belongs to one patient, read once: medicines and their courses, results, reactions, findings, the axis of days.

May import the modules of this folder that read a subject, and dates.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dechallenge.case import Event
from dechallenge.evidence import Document, Evidence, TextEvidence
from dechallenge.formats.dates import Axis
from dechallenge.formats.fhir import clinical, courses, event, medication, observation
from dechallenge.formats.fhir.clinical import Seen
from dechallenge.formats.fhir.courses import Course
from dechallenge.formats.fhir.event import Reported
from dechallenge.formats.fhir.extensions import all_carried, carried_tree, has
from dechallenge.formats.fhir.medication import Taken
from dechallenge.formats.fhir.node import Log, Node, printable
from dechallenge.formats.fhir.resources import Library, Resource
from dechallenge.formats.fhir.values import Lab, Moment, Span, span_at
from dechallenge.timeline import ANY, Interval


@dataclass(frozen=True)
class Group:
    """What belongs to one patient."""

    key: str
    patient: Resource | None
    resources: tuple[Resource, ...]


class Gathered:
    """One patient on the way to a case. The parts are worked out once, in the order that they need each other."""

    def __init__(self, group: Group, library: Library, log: Log) -> None:
        self.group, self.library, self.log = group, library, log

    @cached_property
    def composition(self) -> Node | None:
        """The head of a case that we wrote."""
        return next((r.node for r in self.group.resources if r.type == "Composition" and has(r.node, "case")), None)

    @cached_property
    def sources(self) -> dict[str, Document]:
        """The documents that a case of ours was read from, by name, where they are in the message."""
        found: dict[str, Document] = {}
        for one in self.group.resources:
            if one.type != "DocumentReference" or not has(one.node, "source"):
                continue
            name = str(carried_tree(one.node, "source").get("name") or "text")
            attached = next((a for c in one.node.nodes("content") for a in c.nodes("attachment")), None)
            try:
                data = base64.b64decode(attached.text("data"), validate=True) if attached is not None else b""
                text = data.decode("utf-8")
            except (binascii.Error, ValueError):
                self.log.warn(one.node.path, "the text of the source cannot be decoded; values point into the message")
                continue
            if text:
                found[name] = Document.from_text(text, name, f"{self.log.document}.s{len(found) + 1}")
        return found

    def words(self, trees: list[dict[str, Any]]) -> tuple[Evidence, ...]:
        """The words of the source that our extensions point at; none where one of them does not stand there."""
        found: list[Evidence] = []
        for tree in trees:
            document = self.sources.get(str(tree.get("document", "")))
            place = re.fullmatch(r"(\d{1,9})-(\d{1,9})", str(tree.get("place", "")))
            if document is None or place is None:
                return ()
            start, end = int(place[1]), int(place[2])
            quote = document.text[start:end]
            if not quote or printable(quote) != tree.get("quote", ""):
                return ()
            found.append(TextEvidence(document=document.id, start=start, end=end, quote=quote))
        return tuple(found)

    def words_at(self, node: Node, otherwise: tuple[Evidence, ...], name: str = "evidence") -> tuple[Evidence, ...]:
        """As :meth:`words`, for the extensions of a resource; what the message gives where there are none."""
        found = self.words([tree for _, tree in all_carried(node, name)]) if self.sources else ()
        return found or otherwise

    @cached_property
    def medicines(self) -> medication.Medicines:
        head = self.composition
        place = head.path.rpartition(".entry[")[0] if head is not None else ""
        products = self.library.of("Medication") if head is not None else []
        holders = [r for r in products if r.node.path.rpartition(".entry[")[0] == place]
        found = medication.medicines(self.group.resources, self.library, self.log)
        for one in holders:
            named = medication.name_of(one, self.library)
            drug = str(carried_tree(one.node, "exposure").get("drug") or (named[0].name if named is not None else ""))
            found.actions += [(at, drug, tree) for at, tree in all_carried(one.node, "action")]
        return found

    @cached_property
    def results(self) -> observation.Results:
        times: dict[str, Span] = {}
        for one in self.group.resources:
            key = {"DiagnosticReport": "result", "Observation": "hasMember"}.get(one.type)
            span = span_at(one.node, "effective") if key is not None and key in one.node else Span()
            for reference in one.node.nodes(key) if key is not None and span.known else ():
                target = self.library.resolve(reference, one)
                if target is not None:
                    times.setdefault(target.key, span)
        sex = clinical.sex_of(self.group.patient.node)[0] if self.group.patient is not None else None
        found = observation.results(self.group.resources, self.library, self.log, times, sex or "")
        found.tests += observation.reports(self.group.resources)
        return found

    @cached_property
    def reactions(self) -> list[Reported]:
        return event.reported(self.group.resources, self.library, self.log)

    @cached_property
    def findings(self) -> list[Seen]:
        own = {key for reaction in self.reactions for key in reaction.conditions}
        rest = [r for r in self.group.resources if r.key not in own]
        died = clinical.death_of(self.group.patient) if self.group.patient is not None else None
        return [*clinical.findings(rest, self.library, self.log), *((died,) if died is not None else ())]

    @property
    def has_content(self) -> bool:
        """Something clinical is known of the patient."""
        made = self.results
        return bool(
            self.reactions or self.medicines.taken or self.medicines.ordered or made.labs or made.tests or self.findings
        )  # fmt: skip

    # --- drugs --------------------------------------------------------------------------------------------------

    @cached_property
    def drugs(self) -> dict[str, list[Course]]:
        """The courses of each drug, in the order in which the message names the drugs; the blamed ones without any
        resource of their own have none."""
        onsets = [r.onset.days for r in self.reactions if r.onset is not None and r.onset.days.low is not None]
        taken: dict[str, list[Taken]] = {}
        for one in self.medicines.taken:
            taken.setdefault(one.drug.name, []).append(one)
        found = {name: courses.courses(items, onsets) for name, items in taken.items()}
        for suspect in (s for r in self.reactions for s in r.suspects):
            found.setdefault(suspect.drug.name, [])
        return found

    @cached_property
    def main(self) -> str | None:
        """The drug whose first dose is day 0: the first blamed one with a date, else the last started before onset."""
        blamed = [s.drug.name for r in self.reactions for s in r.suspects]
        for name in blamed:
            if self.begin(name) is not None:
                return name
        if blamed or not self.reactions:
            return None
        first = self.reactions[0]
        parts = {name: self.part(name, first, ANY) for name in self.drugs}
        able = [n for n, p in parts.items() if p.role == "suspect" and self.begin(n) is not None]
        return max(able, key=lambda n: self.start_of(n).lo) if able else None

    def begin(self, name: str) -> Moment | None:
        found = courses.first_dose(self.drugs.get(name, []))
        return found if found is not None and (found.days != ANY or found.told is not None) else None

    def start_of(self, name: str) -> Interval:
        found = self.begin(name)
        return found.days if found is not None else ANY

    @cached_property
    def axis(self) -> Axis:
        return Axis(self.start_of(self.main)) if self.main is not None else Axis()

    def blamed(self, name: str, reaction: Reported) -> bool:
        return any(s.drug.name == name for s in reaction.suspects)

    def part(self, name: str, reaction: Reported, main: Interval) -> courses.Part:
        return courses.role_of(
            self.drugs[name],
            reaction,
            main,
            blamed=self.blamed(name, reaction),
            any_blamed=bool(reaction.suspects),
        )


def taken_at(lab: Lab) -> tuple[float, str]:
    """By day, then by the time of day as it was written."""
    start = lab.span.start
    if start is None or start.dated is None or start.days.low is None:
        return float("inf"), ""
    return start.days.lo, start.dated.iso


def title_of(events: Sequence[Event], group: Group) -> str:
    """The reaction and the patient's identifier, where that is a short one; never a name."""
    own = group.patient.id if group.patient is not None else group.key.rsplit("/", 1)[-1]
    name = f"patient {own}" if own and len(own) < 30 and " " not in own else "a patient"
    title = f"{events[0].term}, {name}" if events else name
    return title[:1].upper() + title[1:]
