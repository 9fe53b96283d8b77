"""Each part of a case as elements and lines: report, patient, reactions, tests, opinions. Drugs: `case_to_drugs`.

An element holds what E2B has a place for; the line beside it the rest: days instead of dates, words of the narrative.
Repetitions keep the numbers that they have in the report that the case came from. May import the case, dates, the
lexicon and the modules of this folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dechallenge.case.model import Case, Code, Event, Finding, Measurement, Statement, TestResult, Time
from dechallenge.evidence import Evidence, Frozen, PathEvidence
from dechallenge.formats.dates import written_hl7
from dechallenge.formats.e2b import codes, lines, names
from dechallenge.formats.e2b.case_from_more import OURS
from dechallenge.formats.e2b.icsr import At, Icsr
from dechallenge.formats.e2b.made import LIMITS, REST, Made
from dechallenge.formats.e2b.source import MEDDRA
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.units import parse_unit

_PLACE = re.compile(r"(?P<id>[A-Z]\.[\w.]+)\[(?P<at>\d{1,6}(?:,\d{1,6}){0,3})\]")
_SENT = frozenset({"id", "value", "low", "high", "comparator", "unit", "canonical", "canonical_unit", "flags"})
"""Fields of a measurement that elements hold or that follow from them."""


def read_from(evidence: tuple[Evidence, ...], prefix: str) -> bool:
    """All places of a value are in this section of a message."""
    paths = [item.path for item in evidence if isinstance(item, PathEvidence)]
    return bool(paths) and all(path.startswith(prefix) for path in paths)


@dataclass(slots=True)
class Writing:
    """A report being made of a case.

    Attributes:
        base: The report that the case came from, if any: its numbers of repetitions are kept.
        spans: Evidence as characters of the narrative.
        axis: The drug whose first dose is day 0.
        events: Number of each reaction by its id.
        drugs: Number of the first G.k of each drug.
    """

    base: Icsr | None
    spans: lines.Spans
    made: Made = field(default_factory=Made)
    axis: str = ""
    events: dict[str, int] = field(default_factory=dict)
    drugs: dict[str, int] = field(default_factory=dict)

    def write(self, case: Case) -> None:
        """Everything that the case holds."""
        from dechallenge.formats.e2b.case_to_drugs import write_drugs

        self.axis = next((k.drug for k in case.links if k.role in ("suspect", "interacting")), "")
        self._report(case)
        self._patient(case)
        self._events(case)
        write_drugs(self, case)
        self._tests(case)
        self._statements(case)
        for n, conflict in enumerate(case.conflicts):
            self.line(REST, (1,), "Conflict", conflict, n=str(n))
        if self.base is None:
            for note in case.notes:
                self.made.line(REST, (1,), f"{lines.MARK}Note: [text] {lines.clean(note)}")

    # --- helpers --------------------------------------------------------------------------------------------------

    def line(self, id: str, at: At, kind: str, model: Frozen, skip: frozenset[str] = frozenset(), **more: str) -> None:
        """A value of the case as a line; nothing where the line would hold no more than its number."""
        text = lines.write(kind, model, self.axis, self.spans, skip=skip, **more)
        if text.count(" [") > len([v for v in more.values() if v]):
            self.made.line(id, at, text)

    def number(self, evidence: tuple[Evidence, ...], prefix: str, taken: set[int]) -> int:
        """The repetition in the base that a value came from; else the next that is free."""
        if self.base is not None:
            for item in evidence:
                place = _PLACE.match(item.path) if isinstance(item, PathEvidence) else None
                if place is not None and place["id"].startswith(prefix + "."):
                    number = int(place["at"].split(",")[0])
                    if number not in taken:
                        taken.add(number)
                        return number
        known = set(self.base.repeats(prefix)) if self.base is not None else set()
        number = max(taken | known, default=0) + 1
        taken.add(number)
        return number

    def came_from(self, evidence: tuple[Evidence, ...], prefix: str) -> bool:
        """The value was read from this section of the base."""
        return self.base is not None and read_from(evidence, prefix)

    def date(self, id: str, at: At, time: Time | None) -> None:
        """A calendar date, with the precision that it has."""
        if time is not None and time.date:
            self.made.put(id, at, written_hl7(time.date))

    def meddra(self, prefix: str, at: At, terms: tuple[Code, ...]) -> None:
        """The MedDRA code of a value, where it came with one."""
        for code in terms:
            if code.system == MEDDRA and code.code.isdecimal():
                self.made.put(f"{prefix}a", at, code.version)
                self.made.put(f"{prefix}b", at, code.code)
                return

    # --- report and patient ----------------------------------------------------------------------------------------

    def _report(self, case: Case) -> None:
        report, put = case.report, self.made.put
        put("C.1.1", (), report.sender_id)
        put("C.1.3", (), codes.REPORT_CODE.get(report.kind, "" if self.base is not None else "4"))
        for id, iso in (("C.1.2", report.created), ("C.1.4", report.received), ("C.1.5", report.latest)):
            put(id, (), written_hl7(iso) if iso else "")
        put("C.1.8.1", (), report.worldwide_id)
        put("C.2.r.3", (1,), report.country)
        qualified = codes.QUALIFICATION_CODE.get(report.reporter, "")
        put("C.2.r.4", (1,), qualified, "" if qualified or self.base is not None else "UNK")
        put("C.2.r.5", (1,), "1" if self.base is None else "")
        for r, reference in enumerate(report.literature, start=1):
            put("C.4.r.1", (r,), reference)
        if self.base is None:
            put("C.1.6.1", (), "false")
            for id, null in (("C.1.7", "NI"), ("C.1.9.1", "NI"), ("D.1", "UNK")):
                put(id, (), "", null)
            self.made.line(REST, (1,), f"{lines.MARK}Case: [title] {lines.clean(case.title)}")

    def _patient(self, case: Case) -> None:
        patient, put = case.patient, self.made.put
        age = patient.age
        skip = {"sex", "age", "weight_kg", "height_cm"}
        if age is not None and age.value is not None:
            put("D.2.2a", (), age.value)
            put("D.2.2b", (), codes.AGE_CODE[age.unit])
        elif age is not None and age.low is not None and age.low % 10 == 0 and age.high == age.low + 9:
            put("D.2.2a", (), age.low / 10)
            put("D.2.2b", (), "10.a")
        elif age is not None:
            skip.discard("age")
        put("D.3", (), patient.weight_kg)
        if patient.height_cm is not None and patient.height_cm == round(patient.height_cm):
            put("D.4", (), patient.height_cm)
        else:
            skip.discard("height_cm")
        put("D.5", (), codes.SEX_CODE.get(patient.sex or "", ""))
        words = self.spans(age.evidence) if age is not None else ""
        self.line("D.7.2", (), "Patient", patient, frozenset(skip), age_words=words)

    # --- reactions -------------------------------------------------------------------------------------------------

    def _events(self, case: Case) -> None:
        taken: set[int] = set()
        for event in case.events:
            self.events[event.id] = self.number(event.evidence, "E.i", taken)
        for event in case.events:
            self._event(self.events[event.id], event, case)

    def _event(self, i: int, event: Event, case: Case) -> None:
        put, at = self.made.put, (i,)
        known = self.base is not None and bool(self.base.value("E.i.1.2", i))
        if not event.term.startswith(f"{MEDDRA} "):
            put("E.i.1.2" if known else "E.i.1.1a", at, event.term)
            if self.base is None:
                put("E.i.1.1b", at, "eng")
        self.meddra("E.i.2.1", at, event.codes)
        if event.primary and event is not case.events[0]:
            put("E.i.3.1", at, "3" if event.seriousness else "1")
        listed = {codes.SERIOUSNESS_ID.get(word, "E.i.3.2f") for word in event.seriousness}
        for id in codes.SERIOUSNESS:
            put(id, at, "true" if id in listed else "", "" if id in listed else "NI")
        self.date("E.i.4", at, event.onset)
        self.date("E.i.5", at, event.recovery)
        put("E.i.7", at, codes.OUTCOME_CODE[event.outcome])
        skip = {"id", "term", "outcome", "codes", "primary"}
        if set(event.seriousness) <= set(codes.SERIOUSNESS_ID):
            skip.add("seriousness")
        if event.kind == names.event_kind(event.term):
            skip.add("kind")
        skip |= {name for name in ("onset", "recovery") if (time := getattr(event, name)) is not None and time.date}
        self.line(REST, (1,), "Reaction", event, frozenset(skip), number=str(i))

    # --- tests -----------------------------------------------------------------------------------------------------

    def _tests(self, case: Case) -> None:
        taken: set[int] = set()
        items: list[tuple[int, Measurement | TestResult | Finding]] = [
            *enumerate(case.measurements),
            *enumerate(case.tests),
            *enumerate(case.findings),
        ]
        waiting: list[tuple[int, Measurement | TestResult | Finding]] = []
        for n, item in items:
            if isinstance(item, Finding) and (read_from(item.evidence, "E.i") or self._known(item)):
                continue
            if isinstance(item, Finding) and (item.history or item.subject == "family"):
                self.line("D.7.2", (), "Finding", item, n=str(n))
                continue
            waiting.append((n, item))
        for n, item in waiting:
            r = self.number(item.evidence, "F.r", taken)
            self.date("F.r.1", (r,), item.time)
            if self.base is None and (item.time is None or not item.time.date):
                self.made.put("F.r.1", (r,), "", "UNK")
            self.meddra("F.r.2.2", (r,), item.codes)
            if isinstance(item, Measurement):
                self._measurement(r, n, item)
            elif isinstance(item, TestResult):
                self._test(r, n, item)
            else:
                self._finding(r, n, item)

    def _known(self, item: Finding) -> bool:
        """An episode of the history, or a death, that the base holds."""
        return self.came_from(item.evidence, "D.7.1.r") or self.came_from(item.evidence, "D.9")

    def _named(self, r: int, name: str) -> None:
        """The name of a test; the base keeps its own where it means the same."""
        own = self.base.value("F.r.2.1", r) if self.base is not None else ""
        same = own and (names.analyte_id(own) == name or names.test_name(own) == name or own == name)
        if not name.startswith(f"{MEDDRA} "):
            self.made.put("F.r.2.1", (r,), own if same else self._display(name))

    def _display(self, name: str) -> str:
        lexicon = load_analytes()
        if name in lexicon:
            return lexicon.get(name).display
        if lexicon.is_group(name):
            return name.removeprefix("G_").replace("_", " ").lower()
        return name

    def _measurement(self, r: int, n: int, item: Measurement) -> None:
        put, at = self.made.put, (r,)
        self._named(r, item.analyte)
        unit = parse_unit(item.unit) if item.unit else None
        plain = item.value is not None and item.comparator != "~" and item.unit and not (unit and unit.is_uln)
        own_unit = self.base.value("F.r.3.3", r) if self.base is not None else ""
        skip = set(_SENT) | {"codes"}
        if plain or (own_unit and item.value is not None):
            sign = "" if item.comparator == "=" else item.comparator
            put("F.r.3.2", at, f"{sign}{lines.figure(item.value or 0.0)}")
            put("F.r.3.3", at, own_unit if own_unit and own_unit == item.unit_as_written else item.unit)
            limit = item.limit
            if limit is not None and limit.source != "default":
                for id, bound in (("F.r.4", limit.low), ("F.r.5", limit.high)):
                    put(id, at, self._bound(id, at, bound))
                if limit.source == "printed" and not limit.mark and not self.spans(limit.evidence):
                    skip.add("limit")
        else:
            put("F.r.3.4", at, self._result(r, item))
            skip -= {"value", "low", "high", "comparator", "unit"}
        if item.unit_as_written == item.unit or own_unit:
            skip.add("unit_as_written")
        if self.came_from(item.evidence, "F.r"):
            skip |= {"analyte", "section", "value", "low", "high", "comparator", "unit", "qualitative", "limit",
                     "unit_as_written", "since_stop"}  # fmt: skip
        if item.time is not None and item.time.date:
            skip |= {"time", "since_stop"}
        self.line("F.r.6", at, "Value", item, frozenset(skip), n=str(n))

    def _bound(self, id: str, at: At, bound: float | None) -> str:
        """A limit; as it stands in the base where it is the same."""
        own = self.base.value(id, *at) if self.base is not None else ""
        told = lines.figure(bound) if bound is not None else ""
        return own if own and told and own.split()[0] in (told, f"{bound:g}") else told

    def _result(self, r: int, item: Measurement) -> str:
        """A result in words: a range, a multiple of the limit, a number without a unit, "normal"."""
        own = self.base.value("F.r.3.4", r) if self.base is not None else ""
        if own and self.came_from(item.evidence, "F.r"):
            return own
        sign = "" if item.comparator == "=" else item.comparator
        told = ""
        if item.value is not None:
            told = f"{sign}{lines.figure(item.value)}"
        elif item.low is not None or item.high is not None:
            told = lines.between(item.low, item.high)
        unit = parse_unit(item.unit) if item.unit else None
        shown = "× ULN" if unit is not None and unit.is_uln else item.unit
        return "; ".join(part for part in (f"{told} {shown}".strip() if told else "", item.qualitative or "") if part)

    def _test(self, r: int, n: int, item: TestResult) -> None:
        put, at = self.made.put, (r,)
        own_name = self.base.value("F.r.2.1", r) if self.base is not None else ""
        put("F.r.2.1", at, own_name if own_name and names.test_name(own_name) == item.test else item.test)
        code = codes.TEST_CODE.get(item.state, "")
        own = self.base.value("F.r.3.1", r) if self.base is not None else ""
        skip = {"test", "codes"}
        if self.base is not None and self.came_from(item.evidence, "F.r"):
            code = own if codes.TEST_RESULT.get(own) and (item.state == "not interpretable") == (own in "34") else code
            code = code if own else ""
            skip |= {"state", "result"}
        if code:
            put("F.r.3.1", at, code)
            skip.add("state")
        kept = self.base.value("F.r.3.4", r) if self.base is not None else ""
        if kept or self.base is None or not self.came_from(item.evidence, "F.r"):
            put("F.r.3.4", at, item.result or ("" if code else item.state))
        if item.result and len(item.result) <= LIMITS["F.r.3.4"]:
            skip.add("result")
        if not item.result and not code:
            skip.discard("state")
        if item.time is not None and item.time.date:
            skip.add("time")
        self.line("F.r.6", at, "Test", item, frozenset(skip), n=str(n))

    def _finding(self, r: int, n: int, item: Finding) -> None:
        self.made.put("F.r.2.1", (r,), item.kind)
        extent = f" ({item.extent})" if item.extent else ""
        self.made.put("F.r.3.4", (r,), f"{item.term}: {item.state}{extent}")
        skip = {"codes"} | ({"time"} if item.time is not None and item.time.date else set())
        self.line("F.r.6", (r,), "Finding", item, frozenset(skip), n=str(n))

    # --- opinions ----------------------------------------------------------------------------------------------------

    def _statements(self, case: Case) -> None:
        counted: dict[tuple[int, int], int] = {}
        for drug, reaction, r in self._assessed():
            counted[drug, reaction] = max(counted.get((drug, reaction), 0), r)
        for n, said in enumerate(case.statements):
            k, i = self.drugs.get(said.drug), self.events.get(said.event)
            if self.came_from(said.evidence, "H.3"):
                continue
            if said.kind == "comment" and self.came_from(said.evidence, "H."):
                self.made.put("H.2" if said.by == "reporter" else "H.4", (), said.result)
                continue
            if said.kind == "dechallenge" and self.came_from(said.evidence, "G.k.11"):
                continue
            if k is not None and i is not None and said.kind != "items":
                self._opinion(k, i, said, counted)
            if said.kind == "causality" and said.by != "dechallenge" and k is not None and i is not None:
                continue
            about = said.model_copy(update={"event": f"e{i}"}) if i is not None else said
            self.line("H.4" if said.by in ("sender", "dechallenge") else "H.2", (), "Statement", about, n=str(n))

    def _assessed(self) -> list[tuple[int, int, int]]:
        if self.base is None:
            return []
        return [(e.at[0], e.at[1], e.at[2]) for e in self.base.elements if e.id.startswith("G.k.9.i.2.r.")]

    def _opinion(self, k: int, i: int, said: Statement, counted: dict[tuple[int, int], int]) -> None:
        at: At | None = None
        for item in said.evidence if self.base is not None else ():
            place = _PLACE.match(item.path) if isinstance(item, PathEvidence) else None
            if place is not None and place["id"].startswith("G.k.9.i.2.r"):
                at = tuple(int(part) for part in place["at"].split(","))
                break
        if at is None:
            counted[k, i] = counted.get((k, i), 0) + 1
            at = (k, i, counted[k, i])
        limit = LIMITS["G.k.9.i.2.r.3"]
        result = said.result if len(said.result) <= limit else said.result[: limit - 1].rstrip() + "…"
        self.made.put("G.k.9.i.2.r.1", at, OURS if said.by == "dechallenge" else said.source or said.by.capitalize())
        self.made.put("G.k.9.i.2.r.2", at, said.method)
        self.made.put("G.k.9.i.2.r.3", at, result)
