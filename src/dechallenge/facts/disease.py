"""Diseases of the patient that could cause the reaction by themselves, and whether they were active.

May import lexicon, case and the view of a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

from dechallenge.case.model import Finding
from dechallenge.facts.pair import BLOOD, MAS, Pair
from dechallenge.lexicon.findings import FindingTerm, load_findings

PREDISPOSITIONS = frozenset({"obesity", "insulin resistance", "metabolic syndrome"})
"""They favour fatty liver; alone they explain no reaction."""
PASSING = frozenset({"HAV", "HEV", "CMV", "EBV", "HSV", "VZV", "viral", "infection", "sepsis", "hypotension"})
"""Causes that pass: told as history they are over."""
LOWERS_NEUTROPHILS = frozenset({"MAS", "marrow", "sepsis", "congenital", "autoimmune", "malignancy"})
"""Causes with a disease that lowers the neutrophils (French sheet, project reading of the semiology)."""


@dataclass(frozen=True)
class Competitor:
    """A finding that competes with the drug, with its entry in the lexicon."""

    finding: Finding
    term: FindingTerm

    @property
    def certain(self) -> bool:
        return self.finding.state == "present"


def lexicon_kind(kind: str) -> str:
    """The kind of reaction under which the lexicon lists competing causes."""
    return "neutropenia" if kind in BLOOD else kind


def competitors(pair: Pair) -> tuple[Competitor, ...]:
    """Diseases that compete with the drug for this reaction and were not certainly over, or yet to come, at onset."""
    lexicon, kind = load_findings(), lexicon_kind(pair.kind)
    found: dict[str, Competitor] = {}
    for finding in pair.case.findings:
        term = lexicon.get(finding.term)
        if term is None or kind not in term.competing_for or finding.subject != "patient" or finding.state == "absent":
            continue
        if finding.term in PREDISPOSITIONS or is_reaction(pair, finding, term) or not _at_onset(pair, finding, term):
            continue
        known = found.get(finding.term)
        if known is None or (finding.state == "present" and not known.certain):
            found[finding.term] = Competitor(finding, term)
    return tuple(found.values())


def is_reaction(pair: Pair, finding: Finding, term: FindingTerm) -> bool:
    """The finding names the reaction itself, or is its histology or image, and not a disease beside it."""
    if lexicon_kind(term.event_kind) == lexicon_kind(pair.kind) and not finding.history:
        return True
    return pair.kind == MAS and "MAS" in term.causes


def _at_onset(pair: Pair, finding: Finding, term: FindingTerm) -> bool:
    if finding.history and term.causes and set(term.causes) <= PASSING:
        return False
    return not (finding.time is not None and finding.time.interval.lo > pair.onset.hi)


def lowering(pair: Pair) -> tuple[Competitor, ...]:
    """Active diseases that lower the neutrophils by themselves."""
    return tuple(c for c in competitors(pair) if c.certain and set(c.term.causes) & LOWERS_NEUTROPHILS)


def names(found: tuple[Competitor, ...]) -> str:
    """The competitors in words."""
    return ", ".join(c.finding.term + ("" if c.certain else " (suspected)") for c in found)
