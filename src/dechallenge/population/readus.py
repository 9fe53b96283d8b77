"""The READUS-PV checklist for an analysis of disproportionality, filled with what the run knows, in our own words.

READUS-PV (Fusaroli 2024, doi 10.1007/s40264-024-01421-9, PMC11116242) has 14 items. The subjects of items 1 to 6 were
read in its table 1; those of 7 to 14 in published analyses that fill it. Imports `answer` and `scoring`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dechallenge.population.answer import MEANING, Answer

AUTHOR = "to be stated by the author"
SOURCE = "READUS-PV, Fusaroli 2024, doi 10.1007/s40264-024-01421-9"


@dataclass(frozen=True, slots=True)
class Item:
    """One item.

    Attributes:
        number: 1 to 14.
        section: Part of a publication that it belongs to.
        asks: What it asks for, in our words.
        known: What the run knows of it; empty where it knows nothing.
        left: What only the author can state; empty where nothing is left.
    """

    number: int
    section: str
    asks: str
    known: tuple[str, ...] = ()
    left: str = AUTHOR


@dataclass(frozen=True, slots=True)
class Known:
    """What a run knows, for the items."""

    data: str
    subject: str
    reports: int
    policy: tuple[str, ...]
    terms: tuple[str, ...]
    measures: tuple[str, ...]
    cases: tuple[str, ...]
    results: tuple[str, ...]
    onset: tuple[str, ...]


def of_answer(answer: Answer) -> tuple[Item, ...]:
    """The checklist for the question of one case."""
    drugs = dict.fromkeys(pair.drug for pair in answer.pairs)
    events = dict.fromkeys(pair.term for pair in answer.pairs)
    rows = [(pair, pair.row) for pair in answer.pairs if pair.row is not None]
    known = Known(
        data=database(answer.sources, answer.span),
        subject=f"{', '.join(drugs)} and {', '.join(events)}",
        reports=answer.total,
        policy=policy_lines(answer.policy),
        terms=tuple(
            f"{term}: " + ", ".join(t.name for p in answer.pairs if p.term == term for t in p.terms.found[:12])
            for term in events
        ),
        measures=measure_lines(answer.about),
        cases=tuple(f"{p.drug}, {p.term}: {r.n} reports" for p, r in rows),
        results=tuple(
            f"{p.drug}, {p.term}: n {r.n}, expected {r.expected:.2f}, IC {r.values['ic']:.2f} "
            f"({r.values['ic_low']:.2f} to {r.values['ic_high']:.2f})"
            for p, r in rows
        ),
        onset=tuple(
            f"{p.drug}, {p.term}: {len(r.onset.days)} reports with a time to onset" for p, r in rows if r.onset
        ),
    )
    return checklist(known)


def checklist(known: Known) -> tuple[Item, ...]:
    """The 14 items."""
    return (
        Item(1, "Title", "name the design, the data, the drug and the event",
             (f"an analysis of disproportionality in {known.data}", known.subject), ""),
        Item(2, "Introduction", "what is known of drug and event, and why these data suit the question"),
        Item(3, "Introduction", "the objective: drug, event, reference group, hypothesis",
             (known.subject, "reference: all other reports of the set")),
        Item(4, "Methods", "the design, with sensitivity analyses and case-by-case review",
             ("disproportionality in individual case safety reports",), "sensitivity analyses; review of the cases"),
        Item(5, "Methods", "database, custodian, coverage, dictionaries, extraction date, preparation",
             (known.data, f"{known.reports:,} reports after preparation", *known.policy),
             "custodian and access, the date of extraction, the version of the event dictionary"),
        Item(6, "Methods", "population, drugs, events and other variables, and how they are defined",
             (*known.terms, "drugs by international name through the lexicon of Dechallenge"),
             "restrictions of the population"),
        Item(7, "Methods", "statistics: measures, thresholds, adjustment, software; how cases were reviewed",
             (*known.measures, "software: Dechallenge"), "the threshold that counts as a signal; the review of cases"),
        Item(8, "Results", "how many reports at each step, and who they tell of",
             (f"{known.reports:,} reports", *known.cases), "a table of the characteristics of the cases"),
        Item(9, "Results", "the measures with their precision", known.results, ""),
        Item(10, "Results", "the case-by-case analysis", known.onset, "the review of every report for causality"),
        Item(11, "Discussion", "the main results, and which of them were expected"),
        Item(12, "Discussion", "limits, other explanations, whether it holds elsewhere, what should follow",
             (MEANING[0], MEANING[1]), "the biases that apply here; further study"),
        Item(13, "Discussion", "a conclusion that claims no more than a hypothesis", (MEANING[2],)),
        Item(14, "Other", "funding, interests, ethics, protocol, where data and code are",
             ("every figure comes with its convention and the policy of preparation in the files written",)),
    )  # fmt: skip


def database(sources: tuple[tuple[str, int], ...], span: tuple[str, str]) -> str:
    """The databases and their time, in words."""
    names = ", ".join(f"{name} ({count:,} reports)" for name, count in sources) or "reports"
    return f"{names}, {span[0]} to {span[1]}" if span[0] else names


def measure_lines(about: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """One line for each measure: its convention and source."""
    return tuple(f"{name}: {how} ({source})" for name, (how, source) in about.items())


_COUNTS = {
    "rows_of_reports": "reports read",
    "superseded": "earlier versions left out",
    "retracted": "retracted reports left out",
    "cases_in_both_layouts": "cases in both layouts",
    "same_report_twice": "reports read twice, kept once",
    "drug_rows_in_other_roles": "drug rows in other roles, not counted",
    "reports_without_a_counted_drug": "reports without a counted drug, left out",
    "reports_without_an_event": "reports without an event, left out",
}


def policy_lines(policy: Mapping[str, Any]) -> tuple[str, ...]:
    """What was done with the reports, a line for each choice and each count above zero."""
    lines = []
    chosen = policy.get("policy", {})
    if "roles" in chosen:
        lines.append(f"roles counted: {', '.join(chosen['roles'])} (sources without roles count every drug)")
    for name, words in (("versions", "versions of a case"), ("retracted", "retracted cases"), ("names", "drug names")):
        if name in chosen:
            lines.append(f"{words}: {chosen[name]}")
    if "linked" in chosen:
        linked = policy.get("linked", {})
        how = (
            f" by weights of evidence ({linked['threshold_bits']:.1f} bits or more)"
            if "threshold_bits" in linked
            else ""
        )
        done = "removed" if chosen["linked"] == "remove" else "kept"
        lines.append(f"reports that look the same{how}: {linked.get('redundant', 0)} found, {done}")
    counts = policy.get("counts", {})
    lines += [f"{words}: {counts[name]:,}" for name, words in _COUNTS.items() if counts.get(name)]
    share = policy.get("names", {}).get("resolved_share_of_rows")
    if share is not None:
        lines.append(f"drug rows whose name the lexicon knows: {100 * share:.1f} %")
    if "source" in policy:
        lines.append(f"source: {policy['source']}")
    return tuple(lines)
