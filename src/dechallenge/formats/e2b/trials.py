"""Dechallenge and rechallenge of a report, inferred for each suspect and reaction; every answer says from what.

E2B has no element for the dechallenge: it follows from the action taken (G.k.8, of the drug) and the outcome (E.i.7, of
the reaction), never from the re-administration. The rechallenge is G.k.9.i.4. openFDA answers the dechallenge itself.
Source: the tables of the project's fact sheet on E2B, section 5. May import the modules of this folder that read a
report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from dechallenge.evidence import Document, Evidence
from dechallenge.formats.e2b import case_from_drugs as drugs
from dechallenge.formats.e2b import codes
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.e2b.source import Source

Dechallenge = Literal[
    "positive", "negative", "confounded", "recovered on drug", "not done", "not assessable", "unknown"
]
Rechallenge = Literal["positive", "negative", "not assessable", "not done", "unknown"]

TOGETHER_DAYS: Final = 3.0
"""Days between two stops up to which two suspects were stopped together (project rule)."""
_BETTER: Final = frozenset({"1", "2", "4"})


@dataclass(frozen=True, slots=True)
class Trial:
    """What a report says of stopping one drug, and of giving it again, with regard to one reaction.

    Attributes:
        k, i: Numbers of the drug and the reaction in the report.
        drug: Canonical name of the drug.
        because: What it was inferred from, in words.
    """

    k: int
    i: int
    drug: str
    dechallenge: Dechallenge
    rechallenge: Rechallenge
    because: str
    evidence: tuple[Evidence, ...] = ()


def trials(icsr: Icsr, document: Document) -> tuple[Trial, ...]:
    """The trials of every suspect and reaction, in the order of the report."""
    source = Source(icsr, document)
    suspects = [drug for drug in drugs.drugs(source) if drug.suspect]
    made = []
    for drug in suspects:
        for i in icsr.repeats("E.i"):
            told, because = _dechallenge(source, drug, i, suspects)
            code = source.value("G.k.9.i.4", drug.k, i)
            again = _rechallenge(code)
            if code in codes.RECURRENCE_WORDS:
                because += f"; {codes.RECURRENCE_WORDS[code]} (G.k.9.i.4)"
            places = (("G.k.8", (drug.k,)), ("E.i.7", (i,)), ("G.k.9.i.4", (drug.k, i)), ("G.k.11", (drug.k,)))
            made.append(Trial(drug.k, i, drug.name.drug, told, again, because, source.quotes(*places)))
    return tuple(made)


def _rechallenge(code: str) -> Rechallenge:
    known: dict[str, Rechallenge] = {"1": "positive", "2": "negative", "3": "not assessable", "4": "not done"}
    return known.get(code, "unknown")


def _dechallenge(source: Source, drug: drugs.Drug, i: int, suspects: list[drugs.Drug]) -> tuple[Dechallenge, str]:
    answer = source.value("G.k.11", drug.k)
    if answer.startswith(codes.ABATED):
        told = answer.removeprefix(codes.ABATED)
        said: dict[str, Dechallenge] = {"yes": "positive", "no": "negative"}
        return said.get(told, "not assessable"), f"reported as such: {answer}"
    action, outcome = drug.action, source.value("E.i.7", i)
    if action not in codes.ACTION:
        words = codes.ACTION_WORDS.get(action)
        return "not assessable", f"action taken {words} (G.k.8)" if words else "the action taken is not given (G.k.8)"
    because = f"{codes.ACTION_WORDS[action]} (G.k.8), {codes.OUTCOME.get(outcome, 'outcome not given')} (E.i.7)"
    onset = source.dated("E.i.4", i)
    stop = drugs.last_stop(drug, onset.days if onset is not None else None)
    if outcome == "5":
        return "not assessable", f"{because}: a fatal outcome tells nothing of the stop"
    if action in ("3", "4"):
        if outcome in _BETTER:
            return "recovered on drug", f"{because}: in spite of continuation"
        return "not done", because
    if stop is not None and onset is not None and stop.days.hi < onset.days.lo:
        return "not assessable", f"{because}; the last dose was before the reaction"
    if outcome == "3":
        return "negative", because
    if outcome not in _BETTER:
        return "unknown", because
    end = source.dated("E.i.5", i)
    if end is not None and stop is not None and outcome != "2" and end.days.hi < stop.days.lo:
        return "unknown", f"{because}; the reaction was over before the last dose"
    others = [other.name.drug for other in suspects if other.name.drug != drug.name.drug and _together(other, drug)]
    if others:
        return "confounded", f"{because}; stopped together with {', '.join(dict.fromkeys(others))}"
    return "positive", because


def _together(other: drugs.Drug, drug: drugs.Drug) -> bool:
    """Both were stopped or reduced, and not certainly at different times."""
    if other.action not in ("1", "2"):
        return False
    mine, theirs = drugs.last_stop(drug, None), drugs.last_stop(other, None)
    if mine is None or theirs is None:
        return True
    gap = mine.days.minus(theirs.days)
    return gap.lo <= TOGETHER_DAYS and gap.hi >= -TOGETHER_DAYS
