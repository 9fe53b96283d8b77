"""What a case is read from, and everything that its sentences mention: drugs, actions, values, findings, tests.

May import the readers of mentions and the layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dechallenge.case import Finding
from dechallenge.reading.actions.actions import ActionMention, read_actions
from dechallenge.reading.actions.actionsboth import of_both, of_this
from dechallenge.reading.actions.actionsdechallenge import with_dechallenges
from dechallenge.reading.actions.actionsfollowing import in_their_order
from dechallenge.reading.actions.actionsretold import without_announced
from dechallenge.reading.assertion.untold import known
from dechallenge.reading.claims.statements import StatementMention
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.drugs.products import by_ingredient
from dechallenge.reading.findings.alcohol import AlcoholMention, read_alcohol
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.findings.levels import levels, measured
from dechallenge.reading.findings.trials import read_trials
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.findings.workup_tests import TestMention
from dechallenge.reading.laboratory.labs import LabMention, read_labs
from dechallenge.reading.laboratory.statedlimits import without_limits
from dechallenge.reading.layout.generaltalk import of_this_case
from dechallenge.reading.layout.others import of_the_patient, of_this_one
from dechallenge.reading.layout.segments import CaseText, Layout
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.events import Sign
from dechallenge.reading.suspects.nottaken import taken
from dechallenge.reading.tables.patient_table import PatientTable
from dechallenge.reading.tables.tables import LabTable
from dechallenge.reading.texts.repeats import bounded
from dechallenge.reading.texts.sentences import sentences


@dataclass(frozen=True, slots=True)
class CaseSource:
    """Everything that one case is read from; ``parted`` takes the sentences that are read in pieces,
    ``unread`` those that are not read."""

    plan: Layout
    case: CaseText
    number: int
    abbreviations: Mapping[str, str]
    blamed: Mapping[str, str]
    tables: tuple[LabTable, ...]
    patient_tables: tuple[PatientTable, ...]
    shared_statements: tuple[StatementMention, ...]
    shared_findings: tuple[Finding, ...] = ()
    titled: tuple[Sign, ...] = ()
    parted: list[tuple[int, int]] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Mentions:
    """What the sentences of a case mention; ``closed`` are sentences about an earlier drug that was given up."""

    spans: list[tuple[int, int]]
    drugs: list[DrugMention]
    actions: list[ActionMention]
    labs: list[LabMention]
    findings: list[FindingMention]
    tests: list[TestMention]
    alcohol: list[AlcoholMention]
    closed: frozenset[int] = frozenset()


def mentioned(source: CaseSource) -> Mentions:
    """Everything that the sentences of a case mention."""
    text = source.plan.text
    spans: list[tuple[int, int]] = []
    for start, end in source.case.parts:
        parted: list[tuple[int, int]] = []
        spans += ((start + a, start + b) for a, b in sentences(text.text[start:end], parted))
        source.parted.extend((start + a, start + b) for a, b in parted)
    spans, unread = bounded(text.text, spans)
    source.unread.extend(unread)
    spans = of_this_case(text.text, of_the_patient(text.text, spans))
    spans = of_this_one(text.text, spans, source.case.number, len(source.plan.cases))
    mentioned = taken(text.text, spans, known(text.text, spans, read_drugs(text.text, spans, source.abbreviations)))
    drugs = by_ingredient(text.text, mentioned, source.blamed)
    named_in: dict[int, list[DrugMention]] = {}
    for drug in drugs:
        named_in.setdefault(drug.sentence, []).append(drug)
    acts = [
        action
        for index, span in enumerate(spans)
        for action in read_actions(text.text, span, index, named_in.get(index, []))
    ]
    acts = without_announced(text.text, spans, of_this(text.text, of_both(text.text, acts, drugs), drugs))
    acts = in_their_order(text.text, spans, with_dechallenges(text.text, spans, acts, drugs), drugs)
    findings, tests = read_findings(text, spans, source.abbreviations)
    measures = levels(text.text, spans)
    named = {(t.sentence, t.test) for t in tests}
    tests = [*tests, *(t for t in measures if (t.sentence, t.test) not in named), *read_trials(text.text, spans, drugs)]
    findings = [f for f in findings if not measured(f.start, measures)]
    habits = [a for a in read_alcohol(text.text, spans) if not measured(a.start, measures)]
    body = text.text
    findings, tests, habits = known(body, spans, findings), known(body, spans, tests), known(body, spans, habits)
    labs = known(body, spans, without_limits(body, read_labs(text, spans)))
    return Mentions(spans, drugs, acts, labs, findings, tests, habits)


def between(mentions: Mentions, start: int, end: int) -> Mentions:
    """The mentions of a stretch of the text; the sentences outside it stay as empty ones, and keep their numbers.

    Args:
        mentions: The mentions of the whole case.
        start, end: Clean span.
    """
    spans = [span if start <= span[0] < end else (span[0], span[0]) for span in mentions.spans]
    inside = {i for i, span in enumerate(mentions.spans) if start <= span[0] < end}
    return Mentions(
        spans,
        [m for m in mentions.drugs if m.sentence in inside],
        [m for m in mentions.actions if m.sentence in inside],
        [m for m in mentions.labs if m.sentence in inside],
        [m for m in mentions.findings if m.sentence in inside],
        [m for m in mentions.tests if m.sentence in inside],
        [m for m in mentions.alcohol if m.sentence in inside],
        mentions.closed,
    )
