"""One patient's resources to a case: the axis of days, exposures, roles, reactions, values, findings.

May import the modules of this folder that read a subject, the case and dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dechallenge.case import (
    Action,
    Case,
    Conflict,
    DrugReaction,
    Event,
    Exposure,
    Finding,
    Measurement,
    Report,
    Statement,
    TestResult,
)
from dechallenge.formats.dates import parse
from dechallenge.formats.fhir import clinical, courses, event, medication
from dechallenge.formats.fhir.clinical import Seen, finding_kind
from dechallenge.formats.fhir.extensions import all_carried, carried_tree, changed, has, moment
from dechallenge.formats.fhir.gathered import Gathered, taken_at, title_of
from dechallenge.formats.fhir.medication import Taken, ordered_words
from dechallenge.formats.fhir.observation import own_codes
from dechallenge.formats.fhir.values import Lab, Span, joined
from dechallenge.timeline import ANY, Interval

_READ = frozenset(
    {*medication.TAKEN, *medication.ORDERED, "Observation", "AdverseEvent", "Condition", "Procedure", "Patient",
     "AllergyIntolerance", "FamilyMemberHistory", "DiagnosticReport", "Composition", "DocumentReference", "Medication",
     "ClinicalImpression", "Bundle", "Device", "Practitioner", "Organization", "PractitionerRole", "Specimen"}
)  # fmt: skip


class CaseOf(Gathered):
    """One patient on the way to a case."""

    def exposures(self) -> tuple[Exposure, ...]:
        found: list[Exposure] = []
        for name, its in self.drugs.items():
            part = self.part(name, self.reactions[0], self.start_of(self.main or "")) if self.reactions else None
            parts = [p for c in its for p in c.parts]
            grouped = [p for p in parts if p.point and not p.own]
            done = False
            for one in parts:
                if one in grouped:
                    if not done:
                        found.append(self._exposure([*grouped], name, part))
                    done = True
                else:
                    found.append(self._exposure([one], name, part))
            if not parts and self.composition is None:
                found.append(self._only_blamed(name, part))
        order = {id(one.resource): i for i, one in enumerate(self.medicines.taken)}
        if self.composition is not None:  # the order is that of the case
            ranks = [order.get(id(p.resource), 0) for its in self.drugs.values() for c in its for p in c.parts]
            found = [x for _, x in sorted(zip(ranks, found, strict=False), key=lambda pair: pair[0])]
        return tuple(x.model_copy(update={"id": f"x{i}"}) for i, x in enumerate(found, start=1))

    def _exposure(self, parts: list[Taken], name: str, part: courses.Part | None) -> Exposure:
        one = parts[0]
        span = medication.whole_span(parts) if len(parts) > 1 or one.point else Span(one.start, one.stop)
        first = name == self.main and span.start is self.begin(name)
        start = span.start.time(self.axis, anchor="start", first=first) if span.start is not None else None
        least = start.low if start is not None else None
        stop = span.stop.time(self.axis, least=least, anchor="stop") if span.stop is not None else None
        times = [p.start.time(self.axis) for p in parts if p.start is not None] if one.point else []
        single = one.point and len(parts) == 1
        evidence = tuple(dict.fromkeys(e for p in parts for e in p.evidence))
        made = Exposure(
            id="",
            drug=name,
            as_written=one.written,
            ingredients=one.drug.ingredients,
            kind=one.drug.kind,
            role=part.role if part is not None else "concomitant",
            reason=part.because if part is not None else "",
            indication=one.indication or None,
            indication_codes=one.indication_codes,
            dose=next((p.dose for p in parts if p.dose is not None), None),
            route=one.route or None,
            frequency=one.frequency or None,
            start=start,
            stop=stop if not single or one.stopped else None,
            ongoing=one.ongoing if not one.point or one.stopped else None,
            administrations=tuple(t for t in times if t is not None),
            codes=joined(one.codes, [c for p in parts[1:] for c in p.codes]),
            evidence=evidence,
        )
        return self._own_exposure(made, one)

    def _own_exposure(self, made: Exposure, one: Taken) -> Exposure:
        if not one.own:
            return made
        node = one.resource.node
        told = [t for at, tree in all_carried(node, "administration") if (t := moment(tree, at)) is not None]
        plainly: dict[str, Any] = {
            "role": "concomitant", "reason": "", "ongoing": None, "kind": "substance", "ingredients": (),
            "dose": None, "administrations": tuple(told), "route": made.route, "start": made.start, "stop": made.stop,
        }  # fmt: skip
        plainly["evidence"] = self.words_at(node, made.evidence)
        return changed(made.model_copy(update=plainly), one.own, node)

    def _only_blamed(self, name: str, part: courses.Part | None) -> Exposure:
        """A suspect of which the message says nothing but that it is one."""
        suspect = next(s for r in self.reactions for s in r.suspects if s.drug.name == name)
        ordered = any(o.drug.name == name for o in self.medicines.ordered)
        reason = "named as a suspect in AdverseEvent" + ("; only an order of it is in the message" if ordered else "")
        return Exposure(
            id="",
            drug=name,
            as_written=suspect.words,
            ingredients=suspect.drug.ingredients,
            kind=suspect.drug.kind,
            role=part.role if part is not None else "suspect",
            reason=reason,
            codes=suspect.codes,
            evidence=suspect.evidence,
        )

    def actions(self) -> tuple[Action, ...]:
        if self.composition is not None:
            told = []
            for at, drug, tree in self.medicines.actions:
                base = Action(kind="continued", drug=drug, evidence=(at.quote(words=str(tree.get("kind", ""))),))
                time = moment(tree.pop("time", None), at)
                tree |= {k: moment(tree[k], at) for k in ("recurrence_after",) if k in tree}
                number, quoted = tree.pop("number", 0), tree.pop("evidence", [])
                words = self.words(quoted if isinstance(quoted, list) else [quoted]) or base.evidence
                told.append((number, changed(base.model_copy(update={"time": time, "evidence": words}), tree, at)))
            return tuple(a for _, a in sorted(told, key=lambda pair: _rank(pair[0])))
        made: list[Action] = []
        for name, its in self.drugs.items():
            blamed = [
                (f"e{i}", s) for i, r in enumerate(self.reactions, start=1) for s in r.suspects if s.drug.name == name
            ]
            made += courses.actions(name, its, blamed, self.axis)
        return tuple(made)

    # --- reactions ----------------------------------------------------------------------------------------------

    def events(self) -> tuple[Event, ...]:
        found = []
        for number, one in enumerate(self.reactions, start=1):
            onset = one.onset.time(self.axis, anchor="onset") if one.onset is not None else None
            recovery = one.recovery.time(self.axis, anchor="recovery") if one.recovery is not None else None
            node = one.resources[0].node
            made = Event(
                id=f"e{number}",
                kind=one.kind,
                term=one.term,
                primary=number == 1,
                onset=onset,
                seriousness=one.seriousness,
                outcome=one.outcome,
                recovery=recovery,
                codes=one.codes,
                evidence=self.words_at(node, one.evidence),
                outcome_evidence=self.words_at(node, one.outcome_evidence, "outcome-evidence"),
            )
            own = dict(one.own)
            own |= {k: moment(own[k], node) for k in ("recovery", "recovery_from_stop") if k in own}
            found.append(changed(made, own, node))
        return tuple(found)

    def links(self, events: Sequence[Event]) -> tuple[DrugReaction, ...]:
        made: list[tuple[object, DrugReaction]] = []
        for reaction, its in zip(self.reactions, events, strict=True):
            if self.composition is None:
                for name in self.drugs:
                    part = self.part(name, reaction, self.start_of(self.main or ""))
                    blamed = [s for s in reaction.suspects if s.drug.name == name]
                    evidence = tuple(e for s in blamed for e in s.evidence)
                    told_of = {k: v for s in blamed for k, v in courses.delays(s).items()}
                    link = _link(name, its.id, part, evidence or self._evidence(name))
                    made.append((None, link.model_copy(update=told_of)))
                continue
            told = [(s.node, s.own, s.drug.name) for s in reaction.suspects if s.own]
            told += [(at, tree, str(tree.get("drug", ""))) for at, tree in reaction.others]
            for node, tree, name in told:
                own = dict(tree)
                own |= {k: moment(own[k], node) for k in ("latency", "stop_to_onset", "since_first_dose") if k in own}
                base = _link(name, its.id, courses.Part("suspect", "blamed", ""), (node.quote(words=name),))
                number = own.pop("number", 0)
                own.pop("drug", None)
                course = own.pop("course", None)
                own |= {"course": int(course)} if isinstance(course, int | float) else {}
                made.append((number, changed(base, own, node)))
        if self.composition is not None:
            return tuple(k for _, k in sorted(made, key=lambda pair: _rank(pair[0])))
        main = self.main
        return tuple(
            k for _, k in sorted(made, key=lambda pair: (pair[1].role != "suspect", pair[1].drug != main))
        )  # fmt: skip

    def _evidence(self, name: str) -> tuple[Any, ...]:
        return tuple(e for c in self.drugs[name] for p in c.parts for e in p.evidence)

    # --- values and findings --------------------------------------------------------------------------------------

    def measurements(self) -> tuple[Measurement, ...]:
        labs = self.results.labs
        if self.composition is None:
            labs = sorted(labs, key=taken_at)
        found = [self._measurement(lab) for lab in labs]
        return tuple(m.model_copy(update={"id": f"l{i}"}) for i, m in enumerate(found, start=1))

    def _measurement(self, lab: Lab) -> Measurement:
        made = lab.measurement(self.axis)
        if lab.node is None or not lab.update:
            return made
        own = dict(lab.update)
        codes = own_codes(made.codes, own.get("added_code"))
        if isinstance(own.get("since_stop"), dict):
            own["since_stop"] = moment(own["since_stop"], lab.node)
        limit = own.pop("limit", None)
        if made.limit is not None and isinstance(limit, dict):
            made = made.model_copy(update={"limit": changed(made.limit, limit, lab.node)})
        plainly: dict[str, object] = {
            "codes": codes,
            "flags": (),
            "qualitative": None,
            "rule": "",
            "section": "narrative",
        }
        plainly["evidence"] = self.words_at(lab.node, made.evidence)
        made = made.model_copy(update=plainly)
        return changed(made, own, lab.node)

    def tests(self) -> tuple[TestResult, ...]:
        return tuple(
            TestResult(
                test=one.test,
                state=one.state,
                result=one.result,
                time=one.span.start.time(self.axis) if one.span.start is not None else None,
                codes=one.codes,
                evidence=self.words_at(one.node, one.evidence),
            )
            for one in self.results.tests
        )

    def seen(self) -> tuple[Finding, ...]:
        first = self.reactions[0].onset if self.reactions else None
        onset = first.days if first is not None else ANY
        found = [self._finding(one, onset) for one in self.findings]
        if self.composition is not None:
            found.sort(key=lambda pair: pair[0])
        return tuple(made for _, made in found)

    def _finding(self, one: Seen, onset: Interval) -> tuple[float, Finding]:
        start, stop = one.span.start, one.span.stop
        begun = start.days if start is not None else ANY
        over = stop is not None and stop.days.hi < onset.lo
        first = self.axis.start.lo if self.axis.start.low is not None else onset.lo
        before = begun.hi < min(first, onset.lo)
        made = Finding(
            term=one.term,
            kind=one.kind,
            state=one.state,
            time=start.time(self.axis) if start is not None else None,
            history=one.history or over or before,
            subject="family" if one.family else "patient",
            extent=one.extent or None,
            codes=one.codes,
            evidence=one.evidence,
        )
        if not one.own or one.resource is None:
            return 0.0, made
        own = dict(one.own)
        number = _rank(own.pop("number", 0))
        own["kind"] = finding_kind(own.get("kind"), one.kind)
        words = self.words_at(one.resource.node, one.evidence)
        plainly = made.model_copy(update={"history": False, "extent": None, "evidence": words})
        return number, changed(plainly, own, one.resource.node)

    # --- what is claimed, and the whole ---------------------------------------------------------------------------

    def statements(self, events: Sequence[Event]) -> tuple[Statement, ...]:
        told: list[tuple[object, Statement]] = []
        for reaction, its in zip(self.reactions, events, strict=True):
            names = {i: s.drug.name for i, s in enumerate(reaction.suspects)}
            told += event.statements(reaction, its.id, names)
        if self.composition is not None:
            for at, tree in all_carried(self.composition, "statement"):
                number = tree.pop("number", 0)
                told.append((number, changed(Statement(kind="", evidence=(at.quote(),)), tree, at)))
            return tuple(s for _, s in sorted(told, key=lambda pair: _rank(pair[0])))
        made = [s for _, s in told]
        for one in self.medicines.ordered:
            words = ordered_words(one)
            made.append(
                Statement(kind="order", by="sender", drug=one.drug.name, result=words, evidence=one.evidence)
            )  # fmt: skip
        return tuple(made)

    def notes(self) -> tuple[str, ...]:
        """What a person should know of how the message was read."""
        if self.composition is not None:
            return tuple(str(tree["text"]) for _, tree in all_carried(self.composition, "note") if tree.get("text"))
        found = []
        if not self.reactions:
            found.append("The message holds no AdverseEvent: there is no reaction to assess; enter the event.")
        if self.medicines.ordered:
            items = "; ".join(f"{o.drug.name} {ordered_words(o)}" for o in self.medicines.ordered[:20])
            found.append(f"An order is not an exposure; kept apart: {items}.")
        if self.reactions and self.main is None:
            found.append(
                "The first dose of the suspect has no date, so no day is counted; dates are kept as they came."
            )
        rest: dict[str, int] = {}
        for one in self.group.resources:
            if one.type not in _READ:
                rest[one.type] = rest.get(one.type, 0) + 1
        if rest:
            found.append("Not read: " + ", ".join(f"{n} {kind}" for kind, n in sorted(rest.items())) + ".")
        return tuple(found)

    def case(self, number: int, document: str) -> Case:
        """The case."""
        events = self.events()
        exposures = self.exposures()
        patient = self.group.patient.node if self.group.patient is not None else None
        at = self.reactions[0].onset if self.reactions else None
        if at is None:
            dated = sorted(self.results.labs, key=taken_at)
            at = next((m for lab in reversed(dated) if (m := lab.span.start) is not None and m.days != ANY), None)
        said = [replace(s, evidence=self.words_at(s.node, s.evidence)) for s in self.results.said]
        who = clinical.patient_of(patient, at, said)
        if patient is not None and who.sex is not None:
            who = who.model_copy(update={"sex_evidence": self.words_at(patient, who.sex_evidence)})
        head = self.composition
        title = head.text("title") if head is not None else ""
        made = Case(
            id=f"c{number}",
            title=title or title_of(events, self.group),
            document=document,
            patient=who,
            events=events,
            exposures=exposures,
            links=self.links(events),
            actions=self.actions(),
            measurements=self.measurements(),
            tests=self.tests(),
            findings=self.seen(),
            statements=self.statements(events),
            notes=self.notes(),
        )
        if head is None:
            return made.model_copy(update={"report": self._report()})
        report = changed(Report(evidence=(head.quote("title"),)), carried_tree(head, "report"), head)
        conflicts = tuple(
            changed(Conflict(kind="", what="", evidence=(at_.quote(),)), tree, at_)
            for at_, tree in all_carried(head, "conflict")
        )
        report = report if has(head, "report") else Report()
        return made.model_copy(update={"report": report, "conflicts": conflicts})

    def _report(self) -> Report:
        """What the adverse event itself tells of its report."""
        for reaction in self.reactions:
            node = reaction.resources[0].node
            identifier = node.node("identifier")
            recorded = node.text("recordedDate") if "recordedDate" in node else ""
            value = identifier.text("value") if identifier is not None else ""
            if value or recorded:
                dated = parse(recorded)
                recorded = dated.iso if dated is not None else ""
                evidence = (identifier.quote("value"),) if identifier is not None and value else ()
                return Report(sender_id=value, created=recorded, evidence=evidence)
        return Report()


def _link(drug: str, event_id: str, part: courses.Part, evidence: tuple[Any, ...]) -> DrugReaction:
    return DrugReaction(
        drug=drug, event=event_id, role=part.role, basis=part.basis, because=part.because, evidence=evidence
    )  # fmt: skip


def _rank(number: object) -> float:
    return float(number) if isinstance(number, int | float) else float("inf")
