"""What many reports say of a case: the values that `question.signals` returns, and the words that go with them.

Plain values without behaviour of their own. Imports `adjusting`, `event_terms`, `measures`, `scoring`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from dechallenge.population.adjusting import Adjusted
from dechallenge.population.event_terms import SOURCES, Terms
from dechallenge.population.measures import gps
from dechallenge.population.measures.information import Information
from dechallenge.population.measures.onset import Onset
from dechallenge.population.measures.sequential import Series
from dechallenge.population.scoring import prior_told

MEANING: tuple[str, ...] = (
    "These figures say how often the drug and the reaction are reported together, compared with all other reports of "
    "the set. They do not say how often the reaction happens, nor that the drug caused it in anyone.",
    "Nobody knows how many took the drug. Publicity, the novelty of a drug, its indication, drugs given together and "
    "duplicate reports raise or lower every ratio here.",
    "A ratio near 1, or no report at all, is no evidence that the drug is innocent: most reactions are never reported.",
    "Times to onset come from the reports that give two full dates: late reactions, and those that nobody linked to "
    "the drug, are missing among them.",
    "None of this enters a causality score. It may bear on whether the reaction was known before, which the "
    "instruments ask of the label and of publications.",
)
"""What the figures mean for the case and what they do not; shown with every answer."""

ACTION = (
    "The tables of FAERS, VAERS and CAERS have no column for the action taken with the drug; the dechallenge code "
    "stands for it: a code of “positive” or “negative” says that the drug was stopped or reduced."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One drug with the reaction.

    Attributes:
        drug: Its name in the reports.
        why: `suspect`, `other suspect`, `other drug of the case`, `same class`.
        n, n_drug, n_event, total: Distinct reports; `expected` what independence would give.
        values: Measures by the names of `scoring.COLUMNS`; NaN where one is not defined.
        onset: Times to onset of its reports; None where they were not read.
        tallies: Dechallenge, rechallenge, outcome and sex of its reports; none where they were not read.
        adjusted: The ratio adjusted for strata; None where none were asked for, or no report has both.
    """

    drug: str
    why: str
    n: int
    n_drug: int
    n_event: int
    total: int
    expected: float
    values: Mapping[str, float]
    onset: TimeToOnset | None = None
    tallies: tuple[Tally, ...] = ()
    adjusted: Adjusted | None = None


@dataclass(frozen=True, slots=True)
class TermRow:
    """One drug with one event term."""

    drug: str
    term: str
    n: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Tally:
    """Reports by what they say of one thing: words and how many, most first; `of` reports in all."""

    name: str
    counts: tuple[tuple[str, int], ...]
    of: int


@dataclass(frozen=True, slots=True)
class TimeToOnset:
    """Days from first dose to the reaction in the reports, and where the case lies among them.

    Attributes:
        days: Every time, in order.
        undated: Reports without two full dates.
        negative: Reports that date the reaction before the first dose: left out.
        fit: Quartiles and Weibull distribution.
        case: Latency of the case, lowest and highest; None where it is not known.
        share: Share of the times that are at most the case's lowest, and at most its highest latency.
    """

    days: tuple[int, ...]
    undated: int
    negative: int
    fit: Onset
    case: tuple[float, float] | None
    share: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Together:
    """Two drugs of the case on one report with the reaction."""

    first: str
    second: str
    n_both: int
    n: int
    omega: Information


@dataclass(frozen=True, slots=True)
class Volcano:
    """All events of the suspect: names, log2 of observed over expected, chance, reports; marked those of the case."""

    events: tuple[str, ...]
    log2_ratio: tuple[float, ...]
    p: tuple[float, ...]
    n: tuple[int, ...]
    own: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """What reports say of one suspect and one reaction of the case.

    Attributes:
        drug, kind, term: As the case has them.
        basis: Why the drug is a suspect: `blamed`, `timing` or `entered`.
        terms: The event terms that stand for the reaction.
        row: The suspect; None where no report of the set has the drug, or the reaction has no term there.
        why_not: The reason, in words; empty where there is a row.
        by_term: The suspect and the other drugs with each term that has reports.
        co_reported, series, volcano: Of the reports of suspect and reaction.
        class_name: The class that the class-mates are of.
        others: Class-mates, other suspects and other drugs of the case with the same reaction.
        together: The suspect with each other suspect.
    """

    drug: str
    kind: str
    term: str
    basis: str
    terms: Terms
    row: Row | None
    why_not: str = ""
    by_term: tuple[TermRow, ...] = ()
    co_reported: tuple[tuple[str, int], ...] = ()
    series: Series | None = None
    volcano: Volcano | None = None
    class_name: str = ""
    others: tuple[Row, ...] = ()
    together: tuple[Together, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What many reports say of a case.

    Attributes:
        case, title: Its id and title.
        pairs: One for each suspect and reaction.
        total: Reports of the set.
        span: First and last quarter or year of the reports; empty where they have none.
        sources: Databases, with their reports.
        policy: What was done with the reports before they were counted.
        about: Convention and source of each measure.
        prior: The prior of EBGM, fitted to all pairs of single terms; None where it was left out.
        notes: What was not matched, or not done.
    """

    case: str
    title: str
    pairs: tuple[PairAnswer, ...]
    total: int
    span: tuple[str, str]
    sources: tuple[tuple[str, int], ...]
    policy: Mapping[str, Any]
    about: Mapping[str, tuple[str, str]]
    prior: gps.Prior | None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values; a measure that is not defined is null."""
        content: dict[str, Any] = {"schema": "dechallenge/signals/1"}
        content.update({name: plain(getattr(self, name)) for name in (f.name for f in fields(self)) if name != "prior"})
        content["prior"] = None if self.prior is None else plain(prior_told(self.prior))
        content["meaning"] = list(MEANING)
        content["term_sources"] = dict(SOURCES)
        return content


def plain(value: Any) -> Any:
    """Dataclasses, arrays and tuples as plain values for JSON; NaN and infinity as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
