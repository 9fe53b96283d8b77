"""The JSON contract ``dechallenge/assessment/1``: what an assessment says. Stable names; see docs and ``schema``."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import ConfigDict, Field

from dechallenge.evidence import Evidence, Frozen

SCHEMA: Final = "dechallenge/assessment/1"

Days = tuple[float | None, float | None]
"""A closed interval of days on the case's axis; ``null`` is an open end."""


class DocumentRef(Frozen):
    """A document that was read: ``name`` is the base name of the file."""

    id: str
    name: str
    sha256: str


class ItemOut(Frozen):
    """One item of an instrument: points by convention, attainable range, and why."""

    id: str
    title: str
    points: float | None = None
    low: float | None = None
    high: float | None = None
    option: str = ""
    code: str | None = None
    because: str = ""
    missing: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class OpenQuestion(Frozen):
    """An unknown fact that matters, as a plain question, with what each answer would give."""

    fact: str
    question: str
    would_give: dict[str, str]


class CautionOut(Frozen):
    """What has to be said with a result: a masked element, a limit of validity; `items` = what it is about."""

    text: str
    items: tuple[str, ...] = ()
    because: str = ""
    evidence: tuple[Evidence, ...] = ()


class InstrumentOut(Frozen):
    """The result of one instrument: number, range, verdict and reasons."""

    id: str
    title: str
    edition: str
    kind: str
    applicable: bool
    reason: str = ""
    entry: str = ""
    score: float | None = None
    low: float | None = None
    high: float | None = None
    category: str | None = None
    categories: tuple[str, ...] = ()
    code: str | None = None
    items: tuple[ItemOut, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    unverified: bool = False
    unverified_notes: tuple[str, ...] = ()
    cautions: tuple[CautionOut, ...] = ()


class PatternAt(Frozen):
    """R on one day of the case; the rule's own choice is that of the first qualifying test."""

    day: Days
    type: Literal["hepatocellular", "mixed", "cholestatic"]
    r: float
    chosen: bool = False
    because: str = ""


class Pattern(Frozen):
    """R value and type at the first qualifying tests, with the range over what is unknown.

    ``days`` holds R of every day on which both enzymes were measured: what another choice of day would give.
    """

    type: Literal["hepatocellular", "mixed", "cholestatic"] | None = None
    r: float | None = None
    low: float | None = None
    high: float | None = None
    n_r: float | None = None
    below_threshold: bool | None = None
    because: str = ""
    days: tuple[PatternAt, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Severity(Frozen):
    """Severity grade with its scale and attainable range."""

    scale: str
    grade: float | None = None
    low: float | None = None
    high: float | None = None
    because: str = ""


class Delay(Frozen):
    """A latency besides the main one: to jaundice, on a re-exposure, or from the very first dose.

    Attributes:
        since: What the days are counted from; ``first dose`` is that of the course in which the reaction began.
        course: Number of the course that is counted from, 0 for the first.
        until: What they are counted to.
        days: Closed interval in days; ``null`` is an open end.
    """

    since: Literal["first dose", "first dose of all", "re-exposure"]
    course: int
    until: Literal["onset", "jaundice", "recurrence", "first sign"]
    days: Days
    point: float | None = None
    because: str = ""
    evidence: tuple[Evidence, ...] = ()


class KeyPoints(Frozen):
    """The case at a glance, in the order of a LiverTox key-points block.

    ``further_latencies``: what a monograph prints beside the latency ("32 days to jaundice", "a week on re-exposure").
    ``other_medications`` ran at onset, or may have; ``earlier_hepatotoxins`` had been stopped before.
    """

    medication: str
    pattern: Pattern | None = None
    severity: Severity | None = None
    latency_days: Days | None = None
    latency_point: float | None = None
    further_latencies: tuple[Delay, ...] = ()
    recovery_days: Days | None = None
    dechallenge: Literal["positive", "negative", "not done", "not assessable"] = "not assessable"
    dechallenge_because: str = ""
    rechallenge: Literal["positive", "negative", "not done", "not assessable"] = "not done"
    rechallenge_because: str = ""
    outcome: str = "unknown"
    other_medications: tuple[str, ...] = ()
    earlier_hepatotoxins: tuple[str, ...] = ()


class EventRef(Frozen):
    id: str
    kind: str
    term: str


class EventOut(Frozen):
    """A reaction, with the gradings and criteria that judge it (not a drug)."""

    id: str
    kind: str
    term: str
    primary: bool
    onset_days: Days | None = None
    seriousness: tuple[str, ...] = ()
    outcome: str = "unknown"
    instruments: tuple[InstrumentOut, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class FactOut(Frozen):
    """One fact that instruments used: value or range, how it was derived, and from which words."""

    name: str
    meaning: str
    value: str
    because: str = ""
    evidence: tuple[Evidence, ...] = ()


class ChoiceOut(Frozen):
    """One defensible choice that a reader could make otherwise, and what it would give.

    ``chosen`` marks the rule's own choice; ``results`` has the same instruments in every row of a table, in words;
    ``flips`` names what differs from the rule's own choice ("pattern", an instrument id).
    """

    decision: str
    choice: str
    chosen: bool = False
    pattern: str = ""
    results: dict[str, str] = Field(default_factory=dict)
    flips: tuple[str, ...] = ()


class TopicCell(Frozen):
    """What one instrument gives for one topic: points or codes of its items, with the options taken."""

    instrument: str
    items: tuple[str, ...]
    gives: str
    option: str = ""


class TopicOut(Frozen):
    """All methods on one topic; ``within`` = those that weigh it only in their verdict, ``silent`` = those that do not
    ask; ``difference`` = why they differ, in words."""

    topic: str
    cells: tuple[TopicCell, ...] = ()
    within: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    difference: str = ""


class SuspectOut(Frozen):
    """One drug and one reaction: key points and every causality instrument.

    ``rank`` counts from 1 within a reaction, likeliest first. ``excluded_because`` is set when the drug could not have
    caused the reaction.
    """

    drug: str
    basis: str
    because: str = ""
    rank: int = 1
    rank_because: tuple[str, ...] = ()
    excluded_because: str = ""
    event: EventRef
    key_points: KeyPoints
    instruments: tuple[InstrumentOut, ...] = ()
    methods: tuple[TopicOut, ...] = ()
    sensitivity: tuple[ChoiceOut, ...] = ()
    facts: tuple[FactOut, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class ExcludedOut(Frozen):
    """A drug of the case that could not have caused the reaction, and why."""

    drug: str
    event: str
    because: str
    evidence: tuple[Evidence, ...] = ()


class PatientOut(Frozen):
    age: dict[str, Any] | None = None
    sex: str | None = None
    weight_kg: float | None = None
    height_cm: float | None = None
    bmi: float | None = None
    pregnant: bool | None = None
    alcohol: str | None = None
    evidence: tuple[Evidence, ...] = ()


class MeasurementOut(Frozen):
    analyte: str
    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparator: str = "="
    unit: str = ""
    canonical: float | None = None
    canonical_unit: str = ""
    qualitative: str | None = None
    times_uln: float | None = None
    limit: dict[str, Any] | None = None
    day: Days = (None, None)
    day_text: str = ""
    flags: tuple[dict[str, Any], ...] = ()
    section: str = "narrative"
    evidence: tuple[Evidence, ...] = ()


class ExposureOut(Frozen):
    drug: str
    as_written: str
    kind: str
    role: str
    reason: str = ""
    dose: str = ""
    unit: str = ""
    dose_text: str = ""
    route: str | None = None
    frequency: str | None = None
    indication: str | None = None
    start_days: Days | None = None
    stop_days: Days | None = None
    ongoing: bool | None = None
    administrations: tuple[Days, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class ActionOut(Frozen):
    kind: str
    drug: str
    day: Days | None = None
    reason: str | None = None
    result: str | None = None
    because: str = ""
    evidence: tuple[Evidence, ...] = ()


class TestOut(Frozen):
    __test__ = False
    test: str
    name: str
    state: str
    result: str = ""
    day: Days | None = None
    evidence: tuple[Evidence, ...] = ()


class FindingOut(Frozen):
    term: str
    kind: str
    state: str
    subject: str = "patient"
    day: Days | None = None
    history: bool = False
    extent: str | None = None
    points_to: tuple[str, ...] = ()
    points_against: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class StatementOut(Frozen):
    kind: str
    by: str
    method: str = ""
    result: str = ""
    drug: str = ""
    event: str = ""
    source: str = ""
    evidence: tuple[Evidence, ...] = ()


class ConflictOut(Frozen):
    kind: str
    what: str
    affects: str = ""
    repair: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Completeness(Frozen):
    """What a careful report states, stated or not; and the share of numbers that were read."""

    stated: tuple[str, ...] = ()
    not_stated: tuple[str, ...] = ()
    numbers: int = 0
    numbers_read: int = 0
    unread: tuple[Evidence, ...] = ()


class CaseOut(Frozen):
    id: str
    title: str
    document: str
    patient: PatientOut
    events: tuple[EventOut, ...] = ()
    suspects: tuple[SuspectOut, ...] = ()
    excluded_drugs: tuple[ExcludedOut, ...] = ()
    measurements: tuple[MeasurementOut, ...] = ()
    exposures: tuple[ExposureOut, ...] = ()
    actions: tuple[ActionOut, ...] = ()
    tests: tuple[TestOut, ...] = ()
    findings: tuple[FindingOut, ...] = ()
    statements: tuple[StatementOut, ...] = ()
    conflicts: tuple[ConflictOut, ...] = ()
    competing_causes: tuple[FindingOut, ...] = ()
    completeness: Completeness = Completeness()
    notes: tuple[str, ...] = ()


class ProblemOut(Frozen):
    document: str
    kind: str
    message: str
    next_step: str = ""


class Assessment(Frozen):
    """The whole answer for one run: documents, assessed cases, problems."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["dechallenge/assessment/1"] = Field(default=SCHEMA, alias="schema")
    documents: tuple[DocumentRef, ...] = ()
    cases: tuple[CaseOut, ...] = ()
    problems: tuple[ProblemOut, ...] = ()

    def to_json(self, indent: int | None = 2) -> str:
        """The published JSON; the same input gives the same bytes."""
        return self.model_dump_json(by_alias=True, indent=indent)
