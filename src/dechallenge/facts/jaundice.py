"""Jaundice of a liver injury: whether it is told, and whether it lasted. May import evidence, logic, the vocabulary and
the modules of this folder that read a pair."""

from __future__ import annotations

from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts.decline import transplantation
from dechallenge.facts.pair import Pair
from dechallenge.facts.samples import day_words
from dechallenge.facts.thresholds import JAUNDICE_MG_DL, LASTING_JAUNDICE_DAYS
from dechallenge.facts.values import Value, told_before
from dechallenge.facts.vocabulary import liver as v
from dechallenge.logic import Fact
from dechallenge.timeline import Interval

_Told = tuple[str, Interval, tuple[Evidence, ...]]
"""What tells something in words, when, and where it stands."""


def jaundice(pair: Pair) -> tuple[bool | None, tuple[Evidence, ...]]:
    """Jaundice of the reaction: present, absent, or not told."""
    told = [f for f in pair.view.findings("jaundice") if not f.history and f.state != "uncertain"]
    present = [f for f in told if f.state == "present"]
    chosen = present or told
    if not chosen:
        return None, ()
    return bool(present), tuple(item for finding in chosen for item in finding.evidence)


def cleared(pair: Pair) -> Value | None:
    """The first normal bilirubin after the stop, with no liver value raised beside it, of a jaundice told in words.

    Only where no raised value was printed: else the course of the values tells when it was over.
    """
    values = pair.values("BILI_TOT", "ALT", "ALP")
    if not jaundice(pair)[0] or any(x.times_low is not None and x.times_low > 1 for x in values):
        return None
    normal = (x for x in pair.values("BILI_TOT") if x.times_high is not None and x.times_high <= 1)
    return next((x for x in normal if pair.after_stop(x)), None)


def lasting(pair: Pair) -> Fact | None:
    """Jaundice more than 90 days after onset: shown by bilirubin or told; ruled out by a value below, or a recovery.

    It lasts until bilirubin is below 2.5 mg/dL again or a recovery is told: what comes later is another episode. A
    transplantation ends it too.
    """
    term = v.jaundice_beyond_3_months
    last, gone = _end(pair)
    for words, when, evidence in _shown(pair, gone):
        if when.minus(pair.onset).lo > LASTING_JAUNDICE_DAYS and when.hi <= last:
            because = f"{words}: more than {LASTING_JAUNDICE_DAYS:g} days after onset"
            return Fact.flag(term, True, because=because, evidence=_from(pair, evidence, because))
    if gone is not None and gone[1].minus(pair.onset).hi <= LASTING_JAUNDICE_DAYS:
        because = f"{gone[0]}: within {LASTING_JAUNDICE_DAYS:g} days of onset"
        return Fact.flag(term, False, because=because, evidence=_from(pair, gone[2], because))
    return None


def _shown(pair: Pair, gone: _Told | None) -> list[_Told]:
    """What shows jaundice: values of bilirubin, and where it is told, but for words that an end may come before."""
    shown = [
        (f"{x.told}, {day_words(x.when, x.day)}", x.when, x.evidence)
        for x in pair.values("BILI_TOT")
        if x.low is not None and x.low >= JAUNDICE_MG_DL
    ]
    for finding in pair.view.findings("jaundice"):
        if not finding.history and finding.state == "present" and finding.time is not None:
            when = finding.time.interval
            if gone is not None and when.hi > gone[1].lo:
                continue
            shown.append((f"jaundice told, {day_words(when, finding.time.point)}", when, finding.evidence))
    return shown


def _end(pair: Pair) -> tuple[float, _Told | None]:
    """The last day on which the jaundice can have lasted, and what tells that it was gone."""
    ends: list[_Told] = []
    for value in pair.values("BILI_TOT"):
        later = value.when.lo > pair.onset.hi or pair.after_stop(value)
        if later and value.high is not None and value.high < JAUNDICE_MG_DL:
            ends.append((f"{value.told}, {day_words(value.when, value.day)}", value.when, value.evidence))
    if pair.event.recovery is not None:
        ends.append(("recovery told", pair.event.recovery.interval, pair.event.outcome_evidence))
    first = min(ends, key=lambda end: end[1].hi, default=None)
    last = first[1].hi if first is not None else float("inf")
    graft = transplantation(pair)
    if graft is not None and graft.time is not None:
        last = min(last, graft.time.interval.hi)
    if pair.re_exposures:
        last = min(last, pair.re_exposures[0].start.lo)  # what is told after it may be of the re-exposure
    return last, first


def _from(pair: Pair, told: tuple[Evidence, ...], how: str) -> tuple[Evidence, ...]:
    return (DerivedEvidence(derived_from=(*told, *pair.onset_evidence), how=how),)


def begun(pair: Pair) -> tuple[str, Interval, float | None, tuple[Evidence, ...]] | None:
    """The first dated jaundice of the reaction itself: what shows it, when, the day as printed, where it stands.

    Jaundice that is told, or bilirubin from 2.5 mg/dL on; what is told after a re-exposure is left out.
    """
    again = pair.re_exposures[0].opened if pair.re_exposures else ()
    shown = [
        (f"{x.told}, {day_words(x.when, x.day)}", x.when, x.day, x.evidence)
        for x in pair.values("BILI_TOT")
        if x.low is not None and x.low >= JAUNDICE_MG_DL and x.when.low is not None and x.when.high is not None
    ]
    for finding in pair.view.findings("jaundice"):
        time = finding.time
        if time is None or finding.history or finding.state != "present" or told_before(again, finding.evidence):
            continue
        if time.low is not None and time.high is not None:
            words = f"“{time.text}”" if time.text else "jaundice told"
            shown.append((words, time.interval, time.point, finding.evidence))
    return min(shown, key=lambda one: (one[1].hi, one[1].lo), default=None)
