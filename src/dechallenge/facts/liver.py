"""Facts of the liver: the first qualifying values, how severe the injury became. The course after the stop: `decline`.

May import evidence, timeline, case, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dechallenge.case import Finding
from dechallenge.facts.decline import transplantation
from dechallenge.facts.jaundice import jaundice, lasting
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair, from_onset
from dechallenge.facts.peaks import peak
from dechallenge.facts.samples import FAR_APART, Sample, day_words
from dechallenge.facts.thresholds import (
    ALP_ALONE,
    ALT_ALONE,
    ALT_WITH_BILIRUBIN,
    BILIRUBIN_WITH_ALT,
    JAUNDICE_MG_DL,
    MG_DL_ULN,
    NOT_JAUNDICED_MG_DL,
    SAME_SAMPLE_DAYS,
)
from dechallenge.facts.values import Value
from dechallenge.facts.vocabulary import liver as v
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.logic import Fact, Flag, Number

ENCEPHALOPATHY = ("hepatic encephalopathy", "encephalopathy")
"""Terms of the findings; in a liver injury an encephalopathy is taken for that of the liver."""
LIVER_TESTS = ("ALT", "AST", "ALP", "BILI_TOT")


@dataclass(frozen=True)
class Found:
    """The liver values "when found": those of the first qualifying sample, or of the highest one.

    Attributes:
        qualifies: The case definition is met by these values.
        how: Which sample was taken and why, in words.
    """

    qualifies: bool
    how: str
    alt: Value | None = None
    ast: Value | None = None
    alp: Value | None = None
    bili: Value | None = None

    @property
    def values(self) -> tuple[Value, ...]:
        return tuple(value for value in (self.alt, self.ast, self.alp, self.bili) if value is not None)

    @property
    def below(self) -> bool | None:
        """The injury is known to stay below the case definition; None where a value is missing."""
        if self.qualifies:
            return False
        alt_high = self.alt.times_high if self.alt else None
        alp_high = self.alp.times_high if self.alp else None
        bili_high = self.bili.times_high if self.bili else None
        if alt_high is None or alp_high is None or alt_high >= ALT_ALONE or alp_high >= ALP_ALONE:
            return None
        if alt_high >= ALT_WITH_BILIRUBIN and (bili_high is None or bili_high > BILIRUBIN_WITH_ALT):
            return None
        return True


def qualifies(alt: Value | None, alp: Value | None, bili: Value | None, *, child: bool = False) -> bool:
    """Whether one sample certainly meets the case definition (Aithal 2011).

    Args:
        child: Alkaline phosphatase above an adult default limit says nothing in a child and is left out.
    """
    alt_low = alt.times_low if alt and alt.times_low is not None else 0.0
    alp_low = alp.times_low if alp and alp.times_low is not None else 0.0
    bili_low = bili.times_low if bili and bili.times_low is not None else 0.0
    if child and alp is not None and alp.limit is not None and alp.limit.source == "default":
        alp_low = 0.0
    return (
        alt_low >= ALT_ALONE
        or alp_low >= ALP_ALONE
        or (alt_low >= ALT_WITH_BILIRUBIN and bili_low > BILIRUBIN_WITH_ALT)
    )


def find(pair: Pair) -> Found | None:
    """The values when the injury was found; None where neither ALT nor alkaline phosphatase was measured."""
    age = pair.case.patient.age
    child = age is not None and age.years.high is not None and age.years.high < 18
    for sample in pair.samples:
        alt, alp, bili = (_sound(pair, sample, name) for name in ("ALT", "ALP", "BILI_TOT"))
        if qualifies(alt, alp, bili, child=child):
            return _with_companions(pair, sample, True)
    highest = _highest(pair)
    return _with_companions(pair, highest, False) if highest is not None else None


def _sound(pair: Pair, sample: Sample, analyte: str) -> Value | None:
    """The value of a sample, unless it is implausible and there are others of its kind."""
    value = sample.get(analyte)
    if value is not None and value.doubtful and any(not other.doubtful for other in pair.values(analyte)):
        return None
    return value


def _highest(pair: Pair) -> Sample | None:
    """The sample with the highest ALT, else with the highest alkaline phosphatase; figures before words."""
    for figures in (True, False):
        for analyte in ("ALT", "ALP"):
            best: tuple[float, Sample] | None = None
            for sample in pair.samples:
                value = _sound(pair, sample, analyte)
                if value is None or value.has_number is not figures or not at_injury(pair, value):
                    continue
                height = value.times if value.times is not None else value.times_low
                if height is None and value.times_high is not None:
                    height = value.times_high / 2
                if height is not None and (best is None or height > best[0]):
                    best = (height, sample)
            if best is not None:
                return best[1]
    return None


def at_injury(pair: Pair, value: Value) -> bool:
    """The value can tell of the injury: one said to be normal again, or normal after the stop, tells of its end."""
    if value.has_number:
        return True
    word = value.measurement.qualitative or ""
    if word.startswith("normali"):
        return False
    return not (value.times_high is not None and (pair.after_stop(value) or not from_onset(pair, value)))


def _with_companions(pair: Pair, sample: Sample, met: bool) -> Found:
    """The sample's values, those that it lacks taken from the sample closest in time."""
    found: dict[str, Value | None] = {name: _telling(pair, sample, name) for name in LIVER_TESTS}
    notes: list[str] = []
    for name, value in found.items():
        if value is None:
            near = _closest(pair, sample, name)
            if near is not None:
                found[name] = near[0]
                notes.append(f"{near[0].told} of {near[1]}, the closest in time")
    head = f"first qualifying test, {sample.told}" if met else f"no test qualifies; highest values, {sample.told}"
    return Found(met, "; ".join([head, *notes]), found["ALT"], found["AST"], found["ALP"], found["BILI_TOT"])


def _telling(pair: Pair, sample: Sample, analyte: str) -> Value | None:
    """The value of a sample that says something about the multiple of its limit."""
    value = _sound(pair, sample, analyte)
    if value is None or (value.times_low is None and value.times_high is None):
        return None
    return value


def _closest(pair: Pair, sample: Sample, analyte: str) -> tuple[Value, str] | None:
    """The value closest in time, with when it was taken; ALT and ALP in figures at any distance (R), others near by."""
    best: tuple[tuple[int, float], Value, str] | None = None
    for other in pair.samples:
        value = _telling(pair, other, analyte)
        if value is None or not at_injury(pair, value):
            continue
        limit = None if analyte in ("ALT", "ALP") and value.has_number else SAME_SAMPLE_DAYS
        if other.dated and sample.dated:
            distance = abs(other.rank - sample.rank)
            if limit is not None and distance > limit:
                continue
        else:
            distance = abs(value.place - sample.first.place) / 1000
            if limit is not None and distance > FAR_APART / 1000:
                continue
        key = (0 if value.has_number else 1, distance)
        if best is None or key < best[0]:
            best = (key, value, other.told)
    return (best[1], best[2]) if best else None


# --- facts --------------------------------------------------------------------------------------------------------


def facts(pair: Pair, found: Found | None) -> list[Fact]:
    """Values when found, and the severity of the injury."""
    made = _when_found(pair, found)
    made += [_bilirubin(pair), lasting(pair), _inr(pair)]
    made += [
        _stated(pair, v.ascites, ("ascites",), "ascites"),
        _encephalopathy(pair),
        _other_organ(pair),
        hospitalised(pair),
        death_or_transplant(pair),
    ]
    return [fact for fact in made if fact is not None and (fact.because or not fact.empty)]


def multiple(term: Number, value: Value, because: str) -> Fact | None:
    """A fact in multiples of ULN from one value; None where the value cannot be one."""
    if value.times_low is None and value.times_high is None:
        return None
    return number(
        term,
        value.times,
        low=value.times_low,
        high=value.times_high,
        because=because + _doubt(value),
        evidence=value.evidence,
    )


def _doubt(value: Value) -> str:
    return "; flagged as implausible, used for want of another" if value.doubtful else ""


def _when_found(pair: Pair, found: Found | None) -> list[Fact | None]:
    if found is None:
        return [_jaundice_multiple(pair)]
    made: list[Fact | None] = []
    for term, value in ((v.alt_xuln, found.alt), (v.ast_xuln, found.ast), (v.alp_xuln, found.alp)):
        if value is not None:
            made.append(multiple(term, value, f"{value.source}; {found.how}"))
    if found.bili is not None:
        made.append(multiple(v.bili_xuln, found.bili, f"{found.bili.source}; {found.how}"))
    else:
        made.append(_jaundice_multiple(pair))
    return made


def _jaundice_multiple(pair: Pair) -> Fact | None:
    present, evidence = jaundice(pair)
    if present is None:
        return None
    if present:
        return number(
            v.bili_xuln,
            low=JAUNDICE_MG_DL / MG_DL_ULN,
            because=f"jaundice without a figure: at least {JAUNDICE_MG_DL:g} mg/dL",
            evidence=evidence,
        )
    return number(
        v.bili_xuln, high=NOT_JAUNDICED_MG_DL / MG_DL_ULN, because="said not to be jaundiced", evidence=evidence
    )


def _came_down(value: Value) -> bool:
    """Said to have become normal, which says that it was not: no word on how high it had been."""
    return value.measurement.qualitative in ("normalised", "normalized")


def _bilirubin(pair: Pair) -> Fact | None:
    values = [x for x in pair.values("BILI_TOT") if x.low is not None or x.high is not None]
    numbers = [x for x in values if x.has_number]
    if numbers:
        top, point, high = peak(numbers)
        how = f"{top.told}, {day_words(top.when, top.day)}{_doubt(top)}"
        return number(v.bili_peak_mg_dl, point, low=top.low, high=high, because=how, evidence=top.evidence)
    multiples = [x for x in pair.values("BILI_TOT") if x.has_number and x.times_low is not None]
    if multiples:
        top = max(multiples, key=lambda x: x.times_low or 0)
        low, high = (top.times_low or 0) * MG_DL_ULN, None if top.times_high is None else top.times_high * MG_DL_ULN
        return number(
            v.bili_peak_mg_dl,
            None if top.times is None else top.times * MG_DL_ULN,
            low=low,
            high=high,
            because=f"{top.told}, at the default limit of {MG_DL_ULN:g} mg/dL",
            evidence=top.evidence,
        )
    present, evidence = jaundice(pair)
    if present:
        because = f"jaundice without a figure: at least {JAUNDICE_MG_DL:g} mg/dL"
        return number(v.bili_peak_mg_dl, low=JAUNDICE_MG_DL, because=because, evidence=evidence)
    values = [x for x in values if not _came_down(x)]
    if values:
        value = values[0]
        raised = [x for x in values if x.low is not None]
        if raised:
            return number(v.bili_peak_mg_dl, low=raised[0].low, because=raised[0].told, evidence=raised[0].evidence)
        how = f"{value.told}: no more than {value.high:g} mg/dL"
        return number(v.bili_peak_mg_dl, high=value.high, because=how, evidence=value.evidence)
    if present is False:
        because = f"said not to be jaundiced: below {JAUNDICE_MG_DL:g} mg/dL"
        return number(v.bili_peak_mg_dl, high=NOT_JAUNDICED_MG_DL, because=because, evidence=evidence)
    return None


ANTICOAGULANTS = frozenset({"anticoagulant", "vitamin k antagonist", "direct oral anticoagulant"})
"""Classes that raise the INR by their effect (heparin hardly does)."""


@lru_cache(maxsize=512)
def anticoagulant(drug: str) -> bool:
    """Whether a drug raises the INR by its effect."""
    classes = load_drugs().classes_of(drug)
    return drug in ANTICOAGULANTS or (bool(ANTICOAGULANTS & set(classes)) and "heparin" not in classes)


def _inr(pair: Pair) -> Fact | None:
    taken = [e for e in pair.case.exposures if e.role != "previous" and anticoagulant(e.drug)]
    values = [x for x in pair.values("INR") if x.low is not None or x.high is not None]
    if taken and values:
        return number(
            v.inr_peak,
            because=f"takes {taken[0].drug}, which raises the INR itself",
            evidence=taken[0].evidence + values[0].evidence,
        )
    numbers = [x for x in values if x.has_number]
    if numbers:
        top, point, high = peak(numbers)
        because = f"{top.told}{_doubt(top)}"
        return number(v.inr_peak, point, low=top.low, high=high, because=because, evidence=top.evidence)
    for value in (*values, *pair.values("PT_SEC", "PT_PCT")):
        if not value.has_number and value.times_high == 1.0 and not taken and not _came_down(value):
            return number(v.inr_peak, high=1.2, because=f"{value.told}", evidence=value.evidence)
    failure = _failure(pair)
    if failure and not values and not taken:
        because = f"acute liver failure is told, which is an INR of at least {FAILURE_INR:g} by definition"
        return number(v.inr_peak, low=FAILURE_INR, because=because, evidence=failure[0].evidence)
    return None


FAILURE_INR = 1.5
"""INR from which an injured liver with encephalopathy has failed (definition of acute liver failure)."""


def _failure(pair: Pair) -> list[Finding]:
    return [f for f in pair.view.findings("acute liver failure") if not f.history and f.state == "present"]


def _stated(pair: Pair, term: Flag, findings: tuple[str, ...], name: str) -> Fact | None:
    told = [f for f in pair.view.findings(*findings) if not f.history and f.state != "uncertain"]
    present = [f for f in told if f.state == "present"]
    chosen = present or told
    if not chosen:
        return None
    evidence = [item for finding in chosen for item in finding.evidence]
    return Fact.flag(
        term, bool(present), because=f"{name} {'told' if present else 'said to be absent'}", evidence=evidence
    )


def _encephalopathy(pair: Pair) -> Fact | None:
    fact = _stated(pair, v.encephalopathy, ENCEPHALOPATHY, "hepatic encephalopathy")
    failure = _failure(pair)
    if (fact is None or not fact.value) and failure:
        because = "acute liver failure is told, which is encephalopathy by definition"
        return Fact.flag(v.encephalopathy, True, because=because, evidence=failure[0].evidence)
    return fact


ORGAN_FAILURE = ("multiorgan failure", "renal failure", "respiratory failure", "hepatorenal syndrome")


def _other_organ(pair: Pair) -> Fact | None:
    fact = _stated(pair, v.other_organ_failure, ORGAN_FAILURE, "failure of another organ")
    if fact is None and pair.event.outcome == "recovered":
        because = "a recovery is told without the failure of another organ"
        return Fact.flag(v.other_organ_failure, False, because=because, evidence=pair.event.outcome_evidence)
    return fact


def hospitalised(pair: Pair) -> Fact | None:
    """Admission because of the reaction: only what is stated."""
    reasons = [s for s in pair.event.seriousness if "hospital" in s.lower()]
    if reasons:
        because = "hospital stay stated"
        told = [f for f in pair.view.findings("hospitalization") if f.state == "present"]
        evidence = tuple(item for f in told for item in f.evidence) or pair.event.evidence
        return Fact.flag(v.hospitalised, True, because=because, evidence=evidence)
    told = [f for f in pair.view.findings("hospitalization") if not f.history and f.state != "uncertain"]
    for finding in told:
        if finding.state == "absent":
            return Fact.flag(v.hospitalised, False, because="said not to have been admitted", evidence=finding.evidence)
        when = finding.time.interval if finding.time else None
        if when is None or when.hi >= pair.onset.lo:
            return Fact.flag(v.hospitalised, True, because="hospital stay told", evidence=finding.evidence)
    return None


def death_or_transplant(pair: Pair) -> Fact | None:
    """Death or transplantation because of the injury."""
    if pair.event.outcome == "fatal":
        ends = pair.view.findings("liver transplantation", "death")
        told = tuple(item for f in ends if f.state == "present" and not f.history for item in f.evidence)
        evidence = pair.event.outcome_evidence or told
        return Fact.flag(v.death_or_transplant, True, because="fatal outcome", evidence=evidence)
    graft = transplantation(pair)
    if graft is not None or "liver transplantation" in pair.event.seriousness:
        evidence = graft.evidence if graft is not None else pair.event.evidence
        return Fact.flag(v.death_or_transplant, True, because="liver transplantation", evidence=evidence)
    if pair.event.outcome in ("recovered", "recovering", "recovered with sequelae"):
        because = f"survived ({pair.event.outcome})"
        return Fact.flag(v.death_or_transplant, False, because=because, evidence=pair.event.outcome_evidence)
    return None
