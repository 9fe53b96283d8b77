"""Which drugs were acting when the values of a reaction were measured: blockers of IL-1 and IL-6, immunosuppressants.

May import evidence, timeline, case, knowledge, lexicon, logic, the vocabulary and the view of a pair.
"""

from __future__ import annotations

from collections.abc import Iterable

from dechallenge.case.model import Exposure
from dechallenge.evidence import Evidence
from dechallenge.facts.pair import Pair
from dechallenge.facts.values import told_before
from dechallenge.facts.vocabulary import inflammation as v
from dechallenge.knowledge.exposure import exposure_window_days
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.logic import Fact, Flag
from dechallenge.timeline import ANY, Interval

IL1, IL6 = "il-1 blocker", "il-6 blocker"
ALSO_IL6 = frozenset({"siltuximab"})
"""Blocks interleukin-6 itself; the drug table files it under antineoplastic antibodies."""
LINKED = ("suspect", "interacting", "concomitant")


def facts(pair: Pair) -> list[Fact]:
    """Whether IL-1 and IL-6 were blocked at the reaction."""
    found = (_blocked(pair, v.il1_blockade, IL1), _blocked(pair, v.il6_blockade, IL6))
    return [fact for fact in found if fact is not None]


def before(pair: Pair, episode: Interval) -> Fact | None:
    """Whether the values of the episode were taken before the first dose of the blocker that acts at the reaction."""
    running = [e for cls in (IL1, IL6) for e in exposures(pair, frozenset({cls})) if acting(pair, e)]
    starts = [e.start.interval for e in running if e.start is not None]
    if not running or len(starts) < len(running):
        return None
    evidence = _evidence(running)
    drugs = ", ".join(dict.fromkeys(e.drug for e in running))
    first = min(s.lo for s in starts)
    if episode.hi <= first or all(_told_high(pair, s) for s in starts):
        because = f"the values were taken before the first dose of {drugs}"
        return Fact.flag(v.before_blockade, True, because=because, evidence=evidence)
    if episode.lo > max(s.hi for s in starts):
        because = f"the values were taken after the first dose of {drugs}"
        return Fact.flag(v.before_blockade, False, because=because, evidence=evidence)
    return None


def _told_high(pair: Pair, start: Interval) -> bool:
    """The highest ferritin was taken before this start."""
    values = [x for x in pair.view.of("FERRITIN") if x.has_number and x.low is not None]
    if not values:
        return False
    top = max(values, key=lambda x: x.low or 0.0).when
    return top.high is not None and start.low is not None and top.high <= start.low and top != start


def _blocked(pair: Pair, term: Flag, cls: str) -> Fact | None:
    found = exposures(pair, frozenset({cls}))
    states = [(e, acting(pair, e)) for e in found]
    running = [e for e, state in states if state]
    if running:
        because = f"{', '.join(dict.fromkeys(e.drug for e in running))} was acting at the reaction"
        return Fact.flag(term, True, because=because, evidence=_evidence(running))
    if found and all(state is False for _, state in states):
        because = f"{', '.join(dict.fromkeys(e.drug for e in found))} was not acting at the reaction"
        return Fact.flag(term, False, because=because, evidence=_evidence(found))
    return None


def exposures(pair: Pair, classes: frozenset[str]) -> list[Exposure]:
    """What the patient took of these classes, in the order told."""
    return [e for e in pair.case.exposures if _is(e.drug, classes)]


def _is(drug: str, classes: frozenset[str]) -> bool:
    if IL6 in classes and drug in ALSO_IL6:
        return True
    return drug in classes or bool(classes & set(load_drugs().classes_of(drug)))


def acting(pair: Pair, exposure: Exposure) -> bool | None:
    """Whether a drug acted when the reaction began: by its dates and half-life, else by its role; None: not told."""
    onset = pair.onset
    start = exposure.start.interval if exposure.start is not None else ANY
    stop = exposure.stop.interval if exposure.stop is not None else None
    role = next(
        (k.role for k in pair.case.links if k.drug == exposure.drug and k.event == pair.event.id), exposure.role
    )
    if role == "treatment" or (start.lo > onset.hi):
        return False
    window = exposure_window_days(exposure.drug)
    if stop is not None and stop.high is not None and onset.low is not None and stop.high < onset.low:
        if window is None:
            return None
        gap = onset.minus(stop)
        if gap.lo > window.days:
            return False
        return True if gap.hi <= window.days else None
    if role == "previous":
        return None
    if start.hi <= onset.lo and start != ANY:
        return True
    return True if role in LINKED and exposure.drug == pair.drug else None


def long_term(
    pair: Pair, classes: frozenset[str], days: float, short: tuple[str, ...]
) -> tuple[list[str], tuple[Evidence, ...]]:
    """Drugs of these classes that were given for so many days before the reaction, and the words for it."""
    found = []
    for exposure in _lasting(exposures(pair, classes), short):
        start = exposure.start.interval if exposure.start is not None else ANY
        stop = exposure.stop.interval if exposure.stop is not None else ANY
        end = min(stop.hi, pair.onset.lo) if exposure.stop is not None else pair.onset.lo
        if start.high is not None and end - start.high >= days and stop.hi >= pair.onset.lo:
            found.append(exposure)
    return _named(found)


def before_story(pair: Pair, classes: frozenset[str], short: tuple[str, ...]) -> tuple[list[str], tuple[Evidence, ...]]:
    """Drugs of these classes that the report tells before the reaction, other than its treatment."""
    found = []
    for exposure in _lasting(exposures(pair, classes), short):
        first = told_before(exposure.evidence, pair.event.evidence)
        if exposure.role not in ("treatment", "previous") and first:
            found.append(exposure)
    return _named(found)


def _lasting(found: Iterable[Exposure], short: tuple[str, ...]) -> list[Exposure]:
    """Without what its own words call a short course."""
    kept = []
    for exposure in found:
        quotes = " ".join(str(getattr(item, "quote", "")) for item in exposure.evidence).lower()
        if not any(word in f"{quotes} {exposure.as_written.lower()}" for word in short):
            kept.append(exposure)
    return kept


def _named(found: list[Exposure]) -> tuple[list[str], tuple[Evidence, ...]]:
    return list(dict.fromkeys(e.drug for e in found)), _evidence(found)


def _evidence(found: Iterable[Exposure]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for exposure in found for item in exposure.evidence))
