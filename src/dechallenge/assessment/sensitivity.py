"""What another defensible choice would give: day of onset, limits of normal, day and marker of R, edition.

Each choice is worked out on the whole case again, and only what asks for a changed fact is scored again. May import the
facts, the instruments and the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dechallenge import instruments
from dechallenge.assessment.corrections import with_limit, with_onset
from dechallenge.assessment.model import ChoiceOut, InstrumentOut, ItemOut
from dechallenge.assessment.results import instrument_words, outlook_words
from dechallenge.facts.liver import Found
from dechallenge.facts.make import Made, make
from dechallenge.facts.pair import CaseView
from dechallenge.facts.samples import Sample, day_words
from dechallenge.facts.timing import interval_of
from dechallenge.facts.values import Value
from dechallenge.facts.vocabulary.liver import alp_xuln, alt_xuln, ast_xuln, bili_xuln
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.logic import Fact, Facts, Number
from dechallenge.logic.instrument import Instrument
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.typed import asked_terms

EDITIONS = (("rucam-2016", "rucam-1993"), ("french-2011", "french-1985"), ("ctcae-5", "ctcae-6"))
"""Editions of the same instrument; the first is the one that the key points follow."""
OTHER_LIMITS = {"ALT": ((33.0, "many laboratories, women"), (50.0, "many laboratories, men"))}
"""Upper limits (U/L) in use beside the default (range of laboratories in the project's sheet of analytes)."""
DAYS_AT_MOST = 4


@dataclass(frozen=True)
class _Variant:
    """A choice, the facts that it gives, and the pattern where that is known without R."""

    decision: str
    choice: str
    facts: Facts


def sensitivity(made: Made, results: Mapping[str, InstrumentOut]) -> tuple[ChoiceOut, ...]:
    """Every defensible choice, the rule's own first within each decision.

    Args:
        results: Results by id on the rule's own choices, those of the reaction and those of the pair.
    """
    rows: list[ChoiceOut] = []
    for own, variants in _decisions(made):
        rows += _table(made, results, own, variants)
    rows += _editions(results)
    return tuple(rows)


def _table(made: Made, results: Mapping[str, InstrumentOut], own: str, variants: list[_Variant]) -> Iterator[ChoiceOut]:
    """The rows of one decision; nothing where there is only one choice."""
    if not variants:
        return
    base = made.facts
    pattern = _pattern(base, made.pair.event.kind) if made.pair.is_liver else ""
    words = {id: instrument_words(result) for id, result in results.items() if result.applicable}
    outcomes = [_rescored(made, base, variant.facts, results) for variant in variants]
    columns = [
        id for id in words if id != "r-value" and any(outcome.get(id, words[id]) != words[id] for outcome in outcomes)
    ]
    yield ChoiceOut(
        decision=variants[0].decision,
        choice=own,
        chosen=True,
        pattern=pattern,
        results={id: words[id] for id in columns},
    )
    for variant, outcome in zip(variants, outcomes, strict=True):
        other = _pattern(variant.facts, made.pair.event.kind) if made.pair.is_liver else ""
        told = {id: outcome.get(id, words[id]) for id in columns}
        flips = [id for id in columns if _category(told[id]) != _category(words[id])]
        type_flips = other.split(",")[0] != pattern.split(",")[0]
        yield ChoiceOut(
            decision=variant.decision,
            choice=variant.choice,
            pattern=other,
            results=told,
            flips=(*(["pattern"] if type_flips else []), *flips),
        )


def _category(words: str) -> str:
    """The words of a result without its number."""
    head, _, rest = words.partition(" ")
    return rest if rest and head.lstrip("−-+").replace(".", "").isdigit() else words


def _rescored(made: Made, base: Facts, facts: Facts, results: Mapping[str, InstrumentOut]) -> dict[str, str]:
    changed = {name for name in {*base, *facts} if _differs(base.get(name), facts.get(name))}
    found = {}
    for id, result in results.items():
        instrument = instruments.get(id)
        if result.applicable and changed & asked_names(instrument):
            found[id] = outlook_words(Scoring(instrument, facts, made.pair.event.kind).outlook())
    return found


@cache
def asked_names(instrument: Instrument) -> frozenset[str]:
    """The names of the facts that an instrument asks for."""
    return frozenset(asked_terms(instrument))


def _differs(one: Fact | None, other: Fact | None) -> bool:
    if one is None or other is None:
        return one is not other
    return (one.point, one.low, one.high, one.value, one.possible, one.best) != (
        other.point,
        other.low,
        other.high,
        other.value,
        other.possible,
        other.best,
    )


def _pattern(facts: Facts, kind: str) -> str:
    """Type and R in words."""
    scoring = Scoring(instruments.r_value, facts, kind)
    category, _ = scoring.category(None)
    number = scoring.number()
    if category is None:
        return "not known"
    return category if number is None else f"{category}, R {number:.3g}"


def _decisions(made: Made) -> Iterator[tuple[str, list[_Variant]]]:
    yield _onset(made)
    if made.pair.is_liver and made.found is not None:
        yield from _limits(made, made.found)
        yield _day(made, made.found)
        yield _marker(made)


def _onset(made: Made) -> tuple[str, list[_Variant]]:
    """Another day of onset: the ends of what the words allow, the first abnormal and the first qualifying test."""
    pair = made.pair
    own = f"{day_words(pair.onset, pair.onset_point)}: {pair.onset_how}".rstrip(": ")
    candidates: dict[float, str] = {}
    gap, _ = interval_of(pair)  # told more narrowly than the day: it is the course of the drug that is wide
    known = gap.low is not None and gap.low == gap.high
    if pair.onset.low is not None and pair.onset.high is not None and pair.onset.low < pair.onset.high and not known:
        candidates[pair.onset.low] = "the earliest day that the words allow"
        candidates[pair.onset.high] = "the latest day that the words allow"
    for label, day in _test_days(made):
        if day is not None:
            candidates.setdefault(day, label)
    variants = []
    for day, label in sorted(candidates.items()):
        if day == pair.onset_point or (pair.onset_point is None and pair.onset.low == pair.onset.high == day):
            continue
        case = with_onset(pair.view.case, pair.event, day, f"day {day:g}")
        event = next(e for e in case.events if e.id == pair.event.id)
        facts = make(CaseView(case), pair.drug, event).facts
        variants.append(_Variant("day of onset", f"day {day:g}: {label}", facts))
    return own, variants


def _test_days(made: Made) -> Iterator[tuple[str, float | None]]:
    found = made.found
    if found is None:
        return
    first = next((value for value in (found.alt, found.alp) if value is not None), None)
    if first is not None and found.qualifies:
        yield "the first test that meets the case definition", first.day
    for sample in made.pair.samples:
        raised = [v for name in ("ALT", "AST", "ALP", "BILI_TOT") if (v := sample.get(name)) and _above(v)]
        if raised:
            yield "the first abnormal liver test", raised[0].day
            return


def _above(value: Value) -> bool:
    return not value.doubtful and value.times_low is not None and value.times_low > 1


def _limits(made: Made, found: Found) -> Iterator[tuple[str, list[_Variant]]]:
    """The printed limit against the default one, and the limits of other laboratories."""
    for value in (found.alt, found.alp):
        if value is None or value.limit is None or value.limit.high is None or not value.measurement.unit:
            continue
        default = load_analytes().default_limits(value.analyte, made.pair.case.patient.sex)
        unit = load_analytes().get(value.analyte).unit
        choices: list[tuple[float, str]] = []
        if value.limit.source != "default" and default.high is not None:
            choices.append((default.high, "the default limit"))
        choices += OTHER_LIMITS.get(value.analyte, ())
        source = {"default": "the default limit", "user": "entered"}.get(value.limit.source, "as printed")
        variants = []
        for figure, label in choices:
            if abs(figure - value.limit.high) < 1e-9:
                continue
            case = with_limit(made.pair.view.case, value.analyte, figure)
            event = next(e for e in case.events if e.id == made.pair.event.id)
            facts = make(CaseView(case), made.pair.drug, event).facts
            variants.append(_Variant(f"upper limit of {value.analyte}", f"{figure:g} {_unit(unit)}: {label}", facts))
        yield f"{value.limit.high:g} {_unit(unit)}: {source}", variants


def _unit(unit: object) -> str:
    return str(getattr(unit, "code", unit))


def _day(made: Made, found: Found) -> tuple[str, list[_Variant]]:
    """R of another day: one for each type, the days of the highest ALT and alkaline phosphatase first."""
    samples = [s for s in made.pair.samples if _times(s, "ALT") is not None and _times(s, "ALP")]
    chosen = next((s for s in samples if s.get("ALT") is found.alt), None)
    own = f"{_when(chosen)}: {found.how}" if chosen is not None else found.how
    ranked = sorted(samples, key=lambda s: (-(_times(s, "ALT") or 0.0), -(_times(s, "ALP") or 0.0)))
    variants: list[_Variant] = []
    seen: set[str] = set()
    for place, sample in enumerate(ranked):
        if sample is chosen or len(variants) >= DAYS_AT_MOST:
            continue
        facts = made.facts.with_(
            *(
                fact
                for term, name in ((alt_xuln, "ALT"), (ast_xuln, "AST"), (alp_xuln, "ALP"), (bili_xuln, "BILI_TOT"))
                if (fact := _fact(term, sample.get(name))) is not None
            )
        )
        kind = _pattern(facts, made.pair.event.kind).split(",")[0]
        if kind in seen and place:
            continue
        seen.add(kind)
        label = "the highest ALT" if sample is ranked[0] else "another day with both enzymes"
        variants.append(_Variant("day of R", f"{_when(sample)}: {label}", facts))
    return own, variants


def _marker(made: Made) -> tuple[str, list[_Variant]]:
    """AST in the place of ALT (nR takes the higher of the two)."""
    alt, ast = made.facts.get("alt_xuln"), made.facts.get("ast_xuln")
    if alt is None or ast is None or alt.point is None or ast.point is None or ast.point <= alt.point:
        return "ALT (R)", []
    facts = made.facts.with_(Fact.number(alt_xuln, ast.point, because=ast.because, evidence=ast.evidence))
    return "ALT (R)", [_Variant("aminotransferase", "the higher of ALT and AST (nR)", facts)]


def _times(sample: Sample, analyte: str) -> float | None:
    value = sample.get(analyte)
    return None if value is None else value.times


def _fact(term: Number, value: Value | None) -> Fact | None:
    return None if value is None or value.times is None else Fact.number(term, value.times, evidence=value.evidence)


def _when(sample: Sample) -> str:
    return sample.told


def _editions(results: Mapping[str, InstrumentOut]) -> Iterator[ChoiceOut]:
    """The verdict of each edition of the same instrument, and the reading of R on its limits."""
    for pair in EDITIONS:
        found = [results[id] for id in pair if id in results and results[id].applicable]
        if len(found) < 2:
            continue
        own = instrument_words(found[0])
        for place, result in enumerate(found):
            words = instrument_words(result)
            flips = (result.id,) if _category(words) != _category(own) else ()
            yield ChoiceOut(
                decision="edition",
                choice=f"{result.title}, {result.edition}",
                chosen=place == 0,
                results={result.id: words},
                flips=flips,
            )
    r = results.get("r-value")
    rule, other = _item(r, "R"), _item(r, "worksheet")
    if rule is not None and other is not None and rule.code and other.code:
        yield ChoiceOut(decision="limits of R", choice="≥ 5 and ≤ 2 (consensus)", chosen=True, pattern=rule.code)
        yield ChoiceOut(
            decision="limits of R",
            choice="> 5 and < 2 (worksheet printing)",
            pattern=other.code,
            flips=("pattern",) if other.code != rule.code else (),
        )


def _item(result: InstrumentOut | None, short: str) -> ItemOut | None:
    items: Iterable[ItemOut] = () if result is None else result.items
    return next((item for item in items if result is not None and item.id == f"{result.id}.{short}"), None)
