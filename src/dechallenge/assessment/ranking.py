"""The order of several suspects with its reasons, and the drugs that could not have caused the reaction.

May import the case, the facts and the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dechallenge.assessment.model import ExcludedOut, InstrumentOut
from dechallenge.assessment.results import instrument_words
from dechallenge.case.model import DrugReaction, Event
from dechallenge.facts.make import Made
from dechallenge.logic import Facts

BASIS_ORDER = {"entered": 0, "blamed": 1, "timing": 2}
BASIS_WORDS = {
    "entered": "entered as the suspect",
    "blamed": "the report blames it",
    "timing": "it was running at onset; the report blames no drug",
}
DECIDING = ("rucam-2016", "naranjo-1981")
"""The scores that put suspects in order, where what is against a drug leaves them level."""
AGAINST = {"onset_timing": "incompatible", "rechallenge": "negative", "dechallenge": "negative"}
FOR = {"onset_timing": "suggestive", "rechallenge": "positive", "dechallenge": "positive"}
WORDS = {"onset_timing": "time to onset", "rechallenge": "re-exposure", "dechallenge": "course after stopping"}


def rank_key(link: DrugReaction, made: Made, results: Mapping[str, InstrumentOut]) -> tuple[object, ...]:
    """Likeliest first: possible before excluded, the suspect before what interacts with it, blamed before timing, then
    what speaks against the drug, then its scores; ties stay as told."""
    against = sum(_stated(made.facts, name) == value for name, value in AGAINST.items())
    scores = []
    for id in DECIDING:
        result = results.get(id)
        scores.append(-result.score if result is not None and result.score is not None else 0.0)
    return (bool(excluded(made)), link.role == "interacting", BASIS_ORDER.get(link.basis, 3), against, *scores)


def reasons(link: DrugReaction, made: Made, results: Mapping[str, InstrumentOut]) -> tuple[str, ...]:
    """Why a suspect stands where it stands, in words."""
    said = [BASIS_WORDS.get(link.basis, link.basis)]
    for name in AGAINST:
        fact = made.facts.get(name)
        if fact is None or fact.stated is None:
            continue
        sign = "for it" if fact.stated == FOR[name] else "against it" if fact.stated == AGAINST[name] else ""
        if sign:
            because = f" ({fact.because})" if fact.because else ""
            said.append(f"{sign}: {WORDS[name]} {fact.stated}{because}")
    for id in DECIDING:
        result = results.get(id)
        if result is not None and result.applicable and result.score is not None:
            span = "" if result.low == result.high else f", {result.low:g} to {result.high:g}"
            said.append(f"{result.title} {instrument_words(result)}{span}")
    return tuple(said)


def excluded(made: Made) -> str:
    """Why the drug could not have caused the reaction; empty where it could."""
    latency = made.facts.get("latency")
    if latency is not None and latency.high is not None and latency.high < 0:
        return (
            f"the reaction began before its first dose ({latency.because})"
            if latency.because
            else ("the reaction began before its first dose")
        )
    timing = made.facts.get("onset_timing")
    if timing is not None and timing.known and timing.stated == "incompatible":
        return f"the time does not fit ({timing.because})" if timing.because else "the time does not fit"
    return ""


def excluded_drugs(made: Made, event: Event, suspects: Iterable[str]) -> tuple[ExcludedOut, ...]:
    """The drugs of the case that are no suspects and could not have caused the reaction, with the reason."""
    own = set(suspects)
    return tuple(
        ExcludedOut(drug=other.drug, event=event.id, because=other.because, evidence=other.evidence)
        for other in made.others
        if other.drug not in own and other.timing in ("after", "incompatible")
    )


def _stated(facts: Facts, name: str) -> object:
    fact = facts.get(name)
    return None if fact is None else fact.stated
