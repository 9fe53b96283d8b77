"""The case model: frozen pydantic values, JSON-serialisable. Vocabulary follows ICH E2B(R3) where it has a word."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dechallenge.evidence import Document, Evidence, Frozen, State
from dechallenge.timeline import Interval

Role = Literal["suspect", "interacting", "concomitant", "previous", "treatment"]
Basis = Literal["blamed", "timing", "entered"]
Presence = Literal["present", "absent", "uncertain"]
Sex = Literal["female", "male"]
ActionKind = Literal["started", "stopped", "continued", "reduced", "increased", "restarted", "switched", "refused"]
Outcome = Literal["recovered", "recovering", "not recovered", "recovered with sequelae", "fatal", "unknown"]
FindingKind = Literal["symptom", "sign", "diagnosis", "histology", "imaging", "history", "procedure"]


class Code(Frozen):
    """A term of a terminology as it came with a message: an index beside the words, never a replacement for them.

    Attributes:
        system: Name or identifier of the terminology (``MedDRA``, ``LOINC``, ``ATC``, ``SNOMED CT``, an OID or URI).
        version: Version of the terminology, where it was given.
        text: The term's own text, where it was given.
    """

    system: str
    code: str
    version: str = ""
    text: str = ""


class Time(Frozen):
    """A moment on the case's axis (day 0 = first dose of the suspect).

    Attributes:
        low, high: Closed interval in days; ``None`` is an open end.
        point: The day as printed; ``None`` where no number was printed.
        text: The words it came from.
        anchor: What the words count from (``start``, ``stop``, ``onset``, ``date``, ``context`` …).
        date: The calendar date with the precision it was given in (``2022``, ``2022-06``, ``2022-06-14``, or a full ISO
            8601 time), as messages and tables carry it; empty where none was given. Never padded, never shifted.
    """

    low: float | None = None
    high: float | None = None
    point: float | None = None
    text: str = ""
    anchor: str = ""
    date: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.high)

    @property
    def known(self) -> bool:
        return self.low is not None and self.high is not None


class Age(Frozen):
    """Age of the patient: a value, or a range ("in her 30s")."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Literal["year", "month", "week", "day"] = "year"
    evidence: tuple[Evidence, ...] = ()

    @property
    def years(self) -> Interval:
        """Closed interval of completed years, in years."""
        size = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}[self.unit]
        if self.value is not None:
            return Interval(self.value * size, self.value * size)
        return Interval(None if self.low is None else self.low * size, None if self.high is None else self.high * size)


class Patient(Frozen):
    """Who: age, sex, weight (kg), height (cm), BMI (kg/m²), pregnancy and alcohol, each with its evidence.

    ``alcohol`` is the statement about current drinking; ``drinks_per_day`` only where an amount is printed.
    """

    age: Age | None = None
    sex: Sex | None = None
    sex_evidence: tuple[Evidence, ...] = ()
    weight_kg: float | None = None
    weight_evidence: tuple[Evidence, ...] = ()
    height_cm: float | None = None
    bmi: float | None = None
    bmi_evidence: tuple[Evidence, ...] = ()
    pregnant: bool | None = None
    pregnant_evidence: tuple[Evidence, ...] = ()
    alcohol: Presence | None = None
    drinks_per_day: Interval | None = None
    alcohol_evidence: tuple[Evidence, ...] = ()


class Dose(Frozen):
    """A dose as printed: value or range and unit (also per kg)."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    text: str = ""


class Exposure(Frozen):
    """A drug that the patient took, or is said not to have taken.

    Attributes:
        drug: Canonical name (INN, class or herb; lower case).
        ingredients: INNs of a combination product; the drug itself otherwise.
        kind: ``substance``, ``class`` or ``herb``.
        role: Role for the primary reaction; ``links`` of the case hold the role for each reaction.
        course: 1 for the first exposure, 2 for the first re-exposure, and so on.
        reaction: Of a past exposure, the reaction that followed it then: a term, or a code (``MedDRA 10019851``).
    """

    id: str
    drug: str
    as_written: str
    ingredients: tuple[str, ...] = ()
    kind: str = "substance"
    role: Role = "concomitant"
    reason: str = ""
    indication: str | None = None
    reaction: str = ""
    dose: Dose | None = None
    route: str | None = None
    frequency: str | None = None
    start: Time | None = None
    stop: Time | None = None
    ongoing: bool | None = None
    administrations: tuple[Time, ...] = ()
    codes: tuple[Code, ...] = ()
    indication_codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Action(Frozen):
    """What was done with a drug, when and why; for a re-exposure, what followed.

    ``result`` of a re-exposure: positive, negative or not assessable; of a stop: negative where the reaction is told to
    have gone on until another drug was stopped; ``None`` for other actions.
    ``event``: id of the reaction that the result is about, where it differs from reaction to reaction; else empty.
    ``recurrence_after``: days from the first dose of a re-exposure to the first sign that is told after it.
    """

    kind: ActionKind
    drug: str
    event: str = ""
    time: Time | None = None
    reason: str | None = None
    result: Literal["positive", "negative", "not assessable"] | None = None
    because: str = ""
    recurrence_after: Time | None = None
    evidence: tuple[Evidence, ...] = ()


class Limit(Frozen):
    """Reference limits of a laboratory value, in the unit of the measurement."""

    low: float | None = None
    high: float | None = None
    source: Literal["printed", "default", "user"] = "printed"
    mark: str = ""
    evidence: tuple[Evidence, ...] = ()


class Flag(Frozen):
    """A doubt about a printed value, with the likely repair; the value itself is never changed."""

    kind: str
    message: str = ""
    repair: dict[str, float | str] | None = None


class Measurement(Frozen):
    """A laboratory value or vital sign.

    Attributes:
        analyte: Identifier of the analyte lexicon (``ALT``, ``BILI_TOT`` …).
        value, low, high: A number, or a range as printed; all ``None`` for a qualitative result.
        comparator: ``=``, ``<``, ``<=``, ``>``, ``>=`` or ``~``.
        unit: UCUM code of the printed unit, ``xULN`` for a multiple of the upper limit; empty where none was printed.
        canonical: Value in the canonical unit of the analyte, where it can be converted.
        qualitative: ``normal``, ``elevated``, ``decreased``, ``unchanged`` … where no number was printed.
        since_stop: Days from the stop of the drug in focus, where the text tells them; tighter than the
            difference of two days on the axis ("ALT 90 two weeks after stopping", the day of the stop unknown).
        section: Where it was read: ``narrative``, ``table``, ``abstract`` …
    """

    id: str
    analyte: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparator: str = "="
    unit: str = ""
    unit_as_written: str = ""
    canonical: float | None = None
    canonical_unit: str = ""
    qualitative: str | None = None
    limit: Limit | None = None
    time: Time | None = None
    since_stop: Time | None = None
    flags: tuple[Flag, ...] = ()
    section: str = "narrative"
    rule: str = ""
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Finding(Frozen):
    """A sign, symptom, diagnosis, histological or imaging finding; present, absent or uncertain.

    ``term`` is the canonical term of the findings lexicon; ``history`` says that it was there before the reaction.
    """

    term: str
    kind: FindingKind
    state: Presence
    time: Time | None = None
    history: bool = False
    subject: Literal["patient", "family"] = "patient"
    extent: str | None = None
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class TestResult(Frozen):
    """A cause looked for, with one of the five states."""

    __test__ = False
    test: str
    state: State
    result: str = ""
    time: Time | None = None
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Event(Frozen):
    """A reaction under assessment.

    ``kind`` is one that has rules of its own (``liver injury``, ``neutropenia``, ``MAS`` …); any other reaction has the
    name of the finding, or the words of the report, as kind and term.
    """

    id: str
    kind: str
    term: str
    primary: bool
    onset: Time | None = None
    seriousness: tuple[str, ...] = ()
    outcome: Outcome = "unknown"
    recovery: Time | None = None
    recovery_from_stop: Time | None = None
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    outcome_evidence: tuple[Evidence, ...] = ()


class DrugReaction(Frozen):
    """The role of a drug for a reaction, with the reason for it.

    Attributes:
        latency: Days from the first dose of the course in which the reaction began to its onset, as the temporal
            network knows it (tighter than the difference of two moments that are dated apart).
        stop_to_onset: Days from the last dose of that course to the onset; zero or less while still on the drug.
        course: 0 when the reaction began in the first course that the report tells of, more for a re-exposure.
        since_first_dose: Days from the first dose of the first course to the onset, where the reaction began in a later
            course.
    """

    drug: str
    event: str
    role: Role
    basis: Basis
    because: str
    latency: Time | None = None
    stop_to_onset: Time | None = None
    course: int | None = None
    since_first_dose: Time | None = None
    evidence: tuple[Evidence, ...] = ()


class Statement(Frozen):
    """What somebody claims (score, category, attribution …). Never an input to a score.

    Attributes:
        drug, event: What it is about, where it is about a pair: canonical drug name and id of the event.
        source: Who says so, in the words of the message ("Sponsor").
    """

    kind: str
    by: Literal["author", "sender", "reporter", "dechallenge"] = "author"
    method: str = ""
    result: str = ""
    drug: str = ""
    event: str = ""
    source: str = ""
    evidence: tuple[Evidence, ...] = ()


class Conflict(Frozen):
    """Two different values for one thing, an impossible order, or an implausible value, with the quotations."""

    kind: str
    what: str
    affects: str = ""
    repair: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Coverage(Frozen):
    """How many numbers of the case text ended in some fact; the unread ones are shown to the user."""

    numbers: int = 0
    read: int = 0
    unread: tuple[Evidence, ...] = ()


class Report(Frozen):
    """Where the report came from, in the words of ICH E2B(R3) section C; dates as :class:`Time` gives them.

    Attributes:
        sender_id: The sender's case identifier (C.1.1).
        worldwide_id: World-wide unique case identification (C.1.8.1), the key by which duplicates are known.
        kind: ``spontaneous``, ``study``, ``other`` or ``unknown`` (C.1.3); empty where not given.
        created, received, latest: Creation, first receipt, most recent information (C.1.2, C.1.4, C.1.5).
        reporter: Qualification of the primary source (C.2.r.4) in words.
        country: Two letters, of the reporter or where the reaction occurred.
        literature: Reference of the publication (C.4.r.1).
        narrative: Whether the message has a text that tells the case (H.1); ``None`` for a case read from a text.
    """

    sender_id: str = ""
    worldwide_id: str = ""
    kind: str = ""
    created: str = ""
    received: str = ""
    latest: str = ""
    reporter: str = ""
    country: str = ""
    literature: tuple[str, ...] = ()
    narrative: bool | None = None
    evidence: tuple[Evidence, ...] = ()


class Case(Frozen):
    """Everything that is known of one patient and one or more suspected reactions."""

    id: str
    title: str
    document: str
    report: Report = Report()
    patient: Patient = Patient()
    events: tuple[Event, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    links: tuple[DrugReaction, ...] = ()
    actions: tuple[Action, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    tests: tuple[TestResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    statements: tuple[Statement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    coverage: Coverage = Coverage()
    notes: tuple[str, ...] = ()


class Problem(Frozen):
    """Something that kept a document, or a part of it, from being read, with the next step."""

    document: str
    kind: str
    message: str
    next_step: str = ""


class Reading(Frozen):
    """What a reader makes of documents: the cases, and what could not be read."""

    documents: tuple[Document, ...] = ()
    cases: tuple[Case, ...] = ()
    problems: tuple[Problem, ...] = Field(default=())
