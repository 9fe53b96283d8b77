"""The case as entry: what many reports say of each suspect and reaction of a case. Nothing here enters a score.

`signals` counts and measures; `answer` holds what it returns; `courses` reads the single reports. May import the
lexicon, the case, errors and this folder.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dechallenge.case import Case, DrugReaction, Event
from dechallenge.errors import InputError
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.population import adjusting, counting, scoring
from dechallenge.population.analysis_set import AnalysisSet, engine, quoted
from dechallenge.population.answer import Answer, PairAnswer, Row, TermRow, Together, Volcano
from dechallenge.population.courses import courses
from dechallenge.population.event_terms import Terms, terms_for
from dechallenge.population.grouping import EVENT, grouped
from dechallenge.population.measures import gps, interaction, sequential
from dechallenge.population.measures.cells import Cells
from dechallenge.population.store import Store

MOST_MATES = 12
"""Class-mates that are shown, those with most reports first; the rest is said."""
_WIDEST_CLASS = 60
_FEW = 200
"""Pairs below which a prior of five parameters is said to rest on little."""


def signals(
    case: Case,
    analysis: AnalysisSet,
    store: Store | None = None,
    *,
    event_terms: Iterable[str] = (),
    convention: gps.Convention = "component",
    with_prior: bool = True,
    strata: Sequence[str] = (),
    memory_limit: str = "2GB",
    progress: Callable[[str], None] | None = None,
) -> Answer:
    """What the reports say of every suspect and reaction of a case.

    Args:
        case: The case; it is read and never changed.
        analysis: The cleaned reports.
        store: The store they were made from, for dates, challenges and outcomes; without it only counts are told.
        event_terms: Event terms that stand for the reaction; by default those of `event_terms.terms_for`.
        convention: Likelihood of the prior of EBGM.
        with_prior: Whether to fit that prior, for which all pairs must be counted (once for an analysis set).
        strata: Out of `analysis_set.STRATA`: what the ratio of every drug is adjusted for, beside the crude one.
        memory_limit: What DuckDB may hold.
        progress: Called with what is being done.

    Raises:
        InputError: The case has no suspect with a reaction, or a stratum is unknown.
    """
    strata = adjusting.strata_of(",".join(strata)) if strata else ()
    say = progress or (lambda _: None)
    links = _links(case)
    prior = prior_of(analysis, convention, memory_limit=memory_limit, progress=say) if with_prior else None
    asked = _Asked(case, analysis, store, tuple(event_terms), prior, memory_limit, tuple(strata))
    pairs, notes = [], []
    for event, own in links:
        terms = terms_for(event.kind, event.term, analysis.names("event"), asked.event_terms)
        if asked.event_terms and terms.absent:
            notes.append(f"no report of the set has the event term {', '.join(terms.absent)}")
        say(f"{event.term}: {len(terms.found)} event terms")
        pairs += asked.reaction(event, own, terms)
    notes += [f"{pair.drug} and {pair.term}: {pair.why_not}" for pair in pairs if pair.why_not]
    if prior is not None and prior.cells < _FEW:
        notes.append(f"the prior of EBGM rests on {prior.cells:,.0f} pairs only: its figures mean little here")
    if store is None:
        notes.append("without the store of the reports their dates, challenge codes and outcomes are not told")
    sources, span = _database(analysis)
    return Answer(
        case=case.id,
        title=case.title,
        pairs=tuple(pairs),
        total=analysis.total,
        span=span,
        sources=sources,
        policy=analysis.policy,
        about={**scoring.conventions(prior), **(adjusting.ABOUT if strata else {})},
        prior=prior,
        notes=tuple(dict.fromkeys(notes)),
    )


def prior_of(
    analysis: AnalysisSet,
    convention: gps.Convention = "component",
    *,
    memory_limit: str = "2GB",
    progress: Callable[[str], None] | None = None,
) -> gps.Prior:
    """The prior of a whole analysis set, fitted once and then kept beside it.

    Raises:
        InputError: The set has no pair.
    """
    kept = analysis.folder / f"prior-{convention.replace(' ', '-')}.json"
    try:
        told = json.loads(kept.read_text(encoding="utf-8"))
        told.update({name: tuple(told[name]) for name in ("theta", "boundary", "starts")})
        return gps.Prior(**told)
    except (OSError, ValueError, TypeError, KeyError):
        pass
    if progress is not None:
        progress("counting all pairs and fitting the prior of EBGM")
    prior = scoring.fit_prior(counting.pairs(analysis, memory_limit=memory_limit), convention)
    content = {name: getattr(prior, name) for name in gps.Prior.__slots__}
    try:
        new = kept.with_name(f".{kept.name}.new")
        new.write_text(json.dumps(content) + "\n", encoding="utf-8")
        new.replace(kept)
    except OSError:
        pass  # a folder that cannot be written: fitted again the next time
    return prior


def number_of(analysis: AnalysisSet, drug: str) -> int | None:
    """The number of a drug in the reports: by its name, or its international name; None where no report has it."""
    number = analysis.number("drug", drug)
    inn = load_drugs().inn_of(drug) if number is None else None
    return analysis.number("drug", inn) if inn else number


def _links(case: Case) -> list[tuple[Event, list[DrugReaction]]]:
    found = []
    for event in sorted(case.events, key=lambda one: not one.primary):
        own = [link for link in case.links if link.event == event.id and link.role in ("suspect", "interacting")]
        if own:
            found.append((event, own))
    if not found:
        raise InputError(
            "the case names no suspect with a reaction.",
            place=case.title or case.id,
            next_step="Name them in a case file (dechallenge read FILE -o case.yaml), or with --suspect and --event.",
        )
    return found


def _database(analysis: AnalysisSet) -> tuple[tuple[tuple[str, int], ...], tuple[str, str]]:
    connection = engine("1GB", None)
    path = quoted(analysis.path("reports"))
    rows = connection.execute(
        f"SELECT coalesce(source, 'unknown'), count(*), min(quarter), max(quarter) FROM read_parquet({path}) "
        "GROUP BY 1 ORDER BY 1"
    ).fetchall()
    quarters = sorted(q for row in rows for q in row[2:] if q)
    return tuple((row[0], int(row[1])) for row in rows), (quarters[0], quarters[-1]) if quarters else ("", "")


@dataclass(frozen=True)
class _Asked:
    case: Case
    analysis: AnalysisSet
    store: Store | None
    event_terms: tuple[str, ...]
    prior: gps.Prior | None
    memory_limit: str
    strata: tuple[str, ...] = ()

    def number(self, drug: str) -> int | None:
        """The number of a drug of the case in the reports."""
        return number_of(self.analysis, drug)

    def suspects(self, link: DrugReaction) -> list[str]:
        """The drug of a link as reports count it: a combination by its ingredients where it has no number."""
        if self.number(link.drug) is not None:
            return [link.drug]
        parts = next((e.ingredients for e in self.case.exposures if e.drug == link.drug), ())
        return [part for part in parts if self.number(part) is not None] or [link.drug]

    def reaction(self, event: Event, links: Sequence[DrugReaction], terms: Terms) -> list[PairAnswer]:
        """One reaction with each of its suspects."""
        drugs = list(dict.fromkeys((drug, link) for link in links for drug in self.suspects(link)))
        if not terms.found:
            why = f"no event term of the reports is known for {event.kind or event.term!r}; give one with --event-term"
            return [PairAnswer(drug, event.kind, event.term, link.basis, terms, None, why) for drug, link in drugs]
        with tempfile.TemporaryDirectory() as folder:
            one = grouped(
                self.analysis, [t.number for t in terms.found], Path(folder) / "set", memory_limit=self.memory_limit
            )
            return [self.pair(event, drug, link, terms, one, [d for d, _ in drugs]) for drug, link in drugs]

    def pair(
        self, event: Event, drug: str, link: DrugReaction, terms: Terms, one: AnalysisSet, suspects: Sequence[str]
    ) -> PairAnswer:
        """One suspect with one reaction."""
        number = self.number(drug)
        class_name, mates = self.class_mates(drug)
        reasons: dict[int, str] = {} if number is None else {number: "suspect"}
        for name in suspects:
            if (other := self.number(name)) is not None:
                reasons.setdefault(other, "other suspect")
        for exposure in self.case.exposures:
            if exposure.role in ("interacting", "concomitant") and (other := self.number(exposure.drug)) is not None:
                reasons.setdefault(other, "other drug of the case")
        for mate in mates:
            reasons.setdefault(mate, "same class")
        rows = self.rows(reasons, one)
        shown = [row for row in rows if row.why == "same class"][:MOST_MATES]
        others = [row for row in rows if row.why not in ("suspect", "same class")] + shown
        others = [self.read(row, one, None) for row in others]
        if number is None:
            gone = "no report of the set has this drug in a counted role"
            return PairAnswer(
                drug, event.kind, event.term, link.basis, terms, None, gone, class_name=class_name, others=tuple(others)
            )
        own = self.read(next(row for row in rows if row.why == "suspect"), one, _latency(link))
        numbers = [number, *(self.number(row.drug) for row in others)]
        return PairAnswer(
            drug=drug,
            kind=event.kind,
            term=event.term,
            basis=link.basis,
            terms=terms,
            row=own,
            by_term=self.by_term([n for n in numbers if n is not None], terms),
            co_reported=self.co_reported(one, number),
            series=self.series(one, number),
            volcano=self.volcano(number, terms),
            class_name=class_name,
            others=tuple(others),
            together=tuple(
                self.together(one, number, other) for other, why in reasons.items() if why == "other suspect"
            ),
        )

    def class_mates(self, drug: str) -> tuple[str, tuple[int, ...]]:
        """The narrowest class of the drug with another member that is in the reports, and those members."""
        lexicon = load_drugs()
        for name in lexicon.classes_of(drug):
            members = [member for member in lexicon.members(name) if member != (lexicon.inn_of(drug) or drug)]
            if len(members) > _WIDEST_CLASS:
                break
            found = [n for member in members if (n := self.analysis.number("drug", member)) is not None]
            if found:
                return name, tuple(found)
        return "", ()

    def rows(self, why: Mapping[int, str], one: AnalysisSet) -> list[Row]:
        """Counts and measures of several drugs with the grouped reaction, most reports first."""
        if not why:
            return []
        counts = counting.pairs(one, drugs=sorted(why), memory_limit=self.memory_limit)
        n = dict(zip(*(counts.table.column(c).to_pylist() for c in ("drug", "n")), strict=True))
        margin = dict(zip(*(counts.drugs.column(c).to_pylist() for c in ("drug", "n")), strict=True))
        n_event = int(counts.events.column("n").to_pylist()[0]) if counts.events.num_rows else 0
        numbers = sorted(why, key=lambda number: (-n.get(number, 0), number))
        own, margins = [n.get(x, 0) for x in numbers], [margin.get(x, 0) for x in numbers]
        cells = Cells.of(own, margins, [n_event] * len(numbers), counts.total)
        found = scoring.cells_measured(cells, self.prior)
        over: dict[int, adjusting.Adjusted] = {}
        if self.strata:
            over = adjusting.adjusted(one, numbers, EVENT, self.strata, memory_limit=self.memory_limit)
        names = self.analysis.names("drug")
        return [
            Row(
                drug=names[number],
                why=why[number],
                n=own[i],
                n_drug=margins[i],
                n_event=n_event,
                total=counts.total,
                expected=float(cells.expected[i]),
                values={name: float(values[i]) for name, values in found.items()},
                adjusted=over.get(number),
            )
            for i, number in enumerate(numbers)
        ]

    def read(self, row: Row, one: AnalysisSet, latency: tuple[float, float] | None) -> Row:
        """The row with what its single reports say."""
        number = self.number(row.drug)
        if self.store is None or number is None or not row.n:
            return row
        found = courses(one, self.store, number, EVENT, latency)
        return replace(row, onset=found.onset, tallies=found.tallies)

    def by_term(self, drugs: Sequence[int], terms: Terms) -> tuple[TermRow, ...]:
        """Each drug with each term."""
        counts = counting.pairs(
            self.analysis, drugs=drugs, events=[t.number for t in terms.found], memory_limit=self.memory_limit
        )
        measured = scoring.measure(counts, _without_prior(self.prior), prior=self.prior)
        rows = measured.table.to_pylist()
        keep = [name for name in measured.table.column_names if name not in ("drug", "event", "n")]
        return tuple(TermRow(r["drug"], r["event"], r["n"], {name: float(r[name]) for name in keep}) for r in rows)

    def volcano(self, drug: int, terms: Terms) -> Volcano:
        """All events of the suspect."""
        counts = counting.pairs(self.analysis, drugs=[drug], memory_limit=self.memory_limit)
        table = scoring.measure(counts, ("RRR", "p")).table
        own = {term.name for term in terms.found}
        names = table.column("event").to_pylist()
        ratio = np.log2(table.column("rrr").to_numpy())
        return Volcano(
            tuple(names),
            tuple(float(x) for x in ratio),
            tuple(table.column("p").to_pylist()),
            tuple(table.column("n").to_pylist()),
            tuple(name in own for name in names),
        )

    def co_reported(self, one: AnalysisSet, drug: int, most: int = 8) -> tuple[tuple[str, int], ...]:
        """The drugs that the reports of suspect and reaction name most often beside the suspect."""
        connection = engine(self.memory_limit, None)
        drugs, events = quoted(one.path("report_drug")), quoted(one.path("report_event"))
        found = connection.execute(
            f"SELECT o.drug, count(*) AS n FROM read_parquet({drugs}) o "
            f"SEMI JOIN (SELECT report FROM read_parquet({drugs}) WHERE drug = {drug}) d ON d.report = o.report "
            f"SEMI JOIN read_parquet({events}) e ON e.report = o.report "
            f"WHERE o.drug <> {drug} GROUP BY 1 ORDER BY n DESC, 1 LIMIT {most}"
        ).fetchall()
        names = self.analysis.names("drug")
        return tuple((names[number], int(n)) for number, n in found)

    def series(self, one: AnalysisSet, drug: int) -> sequential.Series | None:
        """The cumulative counts over the quarters; None with fewer than two."""
        table = counting.by_quarter(one, drug, EVENT, memory_limit=self.memory_limit).to_pydict()
        keep = [i for i, quarter in enumerate(table["quarter"]) if quarter != counting.UNKNOWN]
        if len(keep) < 2:
            return None
        columns = ("n", "n_drug", "n_event", "n_quarter")
        n, n_drug, n_event, total = (np.array([table[c][i] for i in keep], dtype=np.float64) for c in columns)
        return sequential.over_time([table["quarter"][i] for i in keep], n, n_drug, n_event, total)

    def together(self, one: AnalysisSet, first: int, second: int) -> Together:
        """Two suspects on one report."""
        cell = counting.three(one, first, second, EVENT, memory_limit=self.memory_limit)
        order = ("n111", "n110", "n101", "n100", "n011", "n010", "n001", "n000")
        found = interaction.omega(*(np.array([float(getattr(cell, name))]) for name in order))
        names = self.analysis.names("drug")
        return Together(names[first], names[second], cell.n111 + cell.n110, cell.n111, found)


def _without_prior(prior: gps.Prior | None) -> tuple[scoring.Measure, ...]:
    return tuple(name for name in scoring.MEASURES if prior is not None or name != "EBGM")


def _latency(link: DrugReaction) -> tuple[float, float] | None:
    """The latency of the case, lowest and highest; a bound that is not known is the other."""
    time = link.latency
    if time is None:
        return None
    low, high = time.low, time.high
    if low is None and high is None:
        return None
    return (low if low is not None else float(high or 0.0), high if high is not None else float(low or 0.0))
