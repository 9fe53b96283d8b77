"""What a person changed in a reading: found by fingerprints, and given "entered by" as its evidence.

A fingerprint covers one value and the evidence for it: a moment, a limit, the sex, the outcome, each on its own, so
that a corrected onset leaves the words of the reaction as they were. What was computed from a corrected value is
computed anew or dropped. May import the case, the lexicon and reading.values.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from dechallenge.case import (
    Case,
    Coverage,
    DrugReaction,
    Event,
    Measurement,
    Patient,
    TestResult,
    Time,
)
from dechallenge.evidence import DerivedEvidence, EnteredEvidence, Evidence, Frozen
from dechallenge.formats.caseyaml_tree import Place
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.units import parse_unit
from dechallenge.lexicon.workup import load_tests
from dechallenge.reading.entries.values import measure
from dechallenge.reading.laboratory.labs import ULN

_PAIRS: dict[type[Frozen], dict[str, tuple[str, ...]]] = {
    Patient: {
        "sex_evidence": ("sex",),
        "weight_evidence": ("weight_kg",),
        "bmi_evidence": ("bmi", "height_cm"),
        "pregnant_evidence": ("pregnant",),
        "alcohol_evidence": ("alcohol", "drinks_per_day"),
    },
    Event: {"outcome_evidence": ("outcome",)},
}
"""Values that stand beside others and have evidence of their own."""
_NUMBERS = ("value", "low", "high")
_COMPARATORS = ("=", "<", "<=", ">", ">=", "~")

Fail = Callable[[Place, str, str], Exception]
"""Makes the error for a place: what is wrong, and the next step."""


def fingerprints(cases: Collection[Case]) -> tuple[str, ...]:
    """The fingerprint of every value of the cases, sorted, each once."""
    found: set[str] = set()
    for case in cases:
        for _, model in _nodes(case, ()):
            found.update(print_ for _, print_ in _prints(model))
    return tuple(sorted(found))


def with_entries(
    cases: tuple[Case, ...], as_read: Collection[str] | None, name: str, by: str, fail: Fail
) -> tuple[Case, ...]:
    """The cases with "entered by" as the evidence of what was changed or added.

    Args:
        as_read: Fingerprints of the reading; ``None`` where it is not known: then what has evidence is believed.
        name: Name of the file, said as the place of an entry.
        by: Who made the entries.
        fail: Makes the error for a value that cannot be.
    """
    told = None if as_read is None else frozenset(as_read)
    return tuple(_case(case, ("cases", i), _Entries(told, name, by, fail)) for i, case in enumerate(cases))


@dataclass
class _Entries:
    as_read: frozenset[str] | None
    name: str
    by: str
    fail: Fail
    places: list[Place] = field(default_factory=list)

    def evidence(self, place: Place) -> tuple[Evidence, ...]:
        steps = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in place).lstrip(".")
        return (EnteredEvidence(entered_by=self.by, at=f"{self.name}: {steps}"),)

    def new(self, print_: str, given: tuple[Evidence, ...], covered: bool) -> bool:
        """Whether this value is another one than was read."""
        if any(_entered(one) for one in given):
            return False  # it says itself who entered it
        if self.as_read is not None:
            return print_ not in self.as_read
        return not given and not covered


def _entered(one: Evidence) -> bool:
    if isinstance(one, DerivedEvidence):
        return any(_entered(part) for part in one.derived_from)
    return isinstance(one, EnteredEvidence)


def _holds(value: object) -> bool:
    """A value that has evidence, its own or that of its parts."""
    return (
        isinstance(value, Frozen)
        and not isinstance(value, Coverage)
        and ("evidence" in type(value).model_fields or isinstance(value, Patient))
    )


def _parts(model: Frozen) -> Iterator[tuple[Place, Frozen]]:
    """The values with evidence right inside a model, with their place in it."""
    for key in type(model).model_fields:
        value = getattr(model, key)
        if _holds(value):
            yield (key,), value
        elif isinstance(value, tuple):
            for i, one in enumerate(value):
                if _holds(one):
                    yield (key, i), one


def _nodes(model: Frozen, place: Place) -> Iterator[tuple[Place, Frozen]]:
    yield place, model
    for step, part in _parts(model):
        yield from _nodes(part, (*place, *step))


def _groups(model: Frozen) -> dict[str, tuple[str, ...]]:
    """Fields by the field that holds the evidence for them."""
    pairs = _PAIRS.get(type(model), {})
    apart = {name for names in pairs.values() for name in names} | set(pairs)
    nested = {step[0] for step, _ in _parts(model)}
    fields = tuple(k for k in type(model).model_fields if k not in apart | nested and k != "evidence")
    return {**({"evidence": fields} if "evidence" in type(model).model_fields else {}), **pairs}


def _prints(model: Frozen) -> Iterator[tuple[str, str]]:
    """The field of the evidence and the fingerprint of each value of a model."""
    plain = model.model_dump(mode="json")
    for key, names in _groups(model).items():
        # An empty place for a part with evidence (no time) is no content: the part is a value of its own.
        content = {name: plain[name] for name in names if not _is_default(model, name)}
        if not content and not plain[key]:
            continue
        told = json.dumps([type(model).__name__, key, content, plain[key]], sort_keys=True)
        yield key, hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _is_default(model: Frozen, name: str) -> bool:
    entry = type(model).model_fields[name]
    return not entry.is_required() and getattr(model, name) == entry.get_default(call_default_factory=True)


def _case(case: Case, place: Place, entries: _Entries) -> Case:
    entered = _entered_model(case, place, entries, covered=False)
    assert isinstance(entered, Case)
    return _follow(entered, place, set(entries.places))


def _entered_model(model: Frozen, place: Place, entries: _Entries, *, covered: bool) -> Frozen:
    """The model with entered evidence where it, or a part of it, is another one than was read."""
    update: dict[str, Any] = {}
    for key, print_ in _prints(model):
        if entries.new(print_, getattr(model, key), covered):
            at = place if key == "evidence" else (*place, key.removesuffix("_evidence"))
            update[key] = entries.evidence(at)
            entries.places.append(at)
    given = covered or bool(getattr(model, "evidence", ())) or "evidence" in update
    for step, part in _parts(model):
        done = _entered_model(part, (*place, *step), entries, covered=given)
        if done is part:
            continue
        if len(step) == 1:
            update[str(step[0])] = done
        else:
            key, i = str(step[0]), int(step[1])
            items = list(update.get(key, getattr(model, key)))
            items[i] = done
            update[key] = tuple(items)
    if not update:
        return model
    changed = model.model_copy(update=update)
    return _made_good(changed, place, entries) if place in entries.places else changed


def _made_good(model: Frozen, place: Place, entries: _Entries) -> Frozen:
    """An entered value checked, and what follows from it alone computed anew."""
    if isinstance(model, Time):
        return _time(model, place, entries)
    if isinstance(model, Measurement):
        return _measurement(model, place, entries)
    if isinstance(model, TestResult) and load_tests().get(model.test) is None:
        known = ", ".join(sorted(load_tests().tests))
        raise entries.fail((*place, "test"), f"no test is called {model.test!r}", f"Tests: {known}.")
    return model


def _time(time: Time, place: Place, entries: _Entries) -> Time:
    low, high, point = time.low, time.high, time.point
    if low is None and high is None:
        low = high = point
    if low is not None and high is not None and low > high:
        raise entries.fail(
            (*place, "low"), f"{low:g} is later than high ({high:g})", "Give low ≤ point ≤ high, in days."
        )
    if point is not None and ((low is not None and point < low) or (high is not None and point > high)):
        step = "Give low ≤ point ≤ high, in days; of a single day the point alone will do."
        raise entries.fail((*place, "point"), f"{point:g} lies outside low and high", step)
    if point is not None:
        words = f"day {point:g}"
    else:
        words = f"day {'?' if low is None else f'{low:g}'} to {'?' if high is None else f'{high:g}'}"
    return time.model_copy(update={"low": low, "high": high, "anchor": "entered", "text": words})


def _measurement(given: Measurement, place: Place, entries: _Entries) -> Measurement:
    lexicon = load_analytes()
    if given.analyte not in lexicon and not lexicon.is_group(given.analyte):
        step = "Use an id of the lexicon, such as ALT, ALP, BILI_TOT, NEUT or PLT."
        raise entries.fail((*place, "analyte"), f"no analyte is called {given.analyte!r}", step)
    if given.comparator not in _COMPARATORS:
        step = f"Use one of {' '.join(_COMPARATORS)}."
        raise entries.fail((*place, "comparator"), f"{given.comparator!r} is no comparator", step)
    unit = given.unit
    if unit and unit != ULN:
        known = parse_unit(unit)
        if known is None:
            step = "Write it as in UCUM (U/L, mg/dL, umol/L, 10*9/L), or xULN for a multiple of the upper limit."
            raise entries.fail((*place, "unit"), f"{unit!r} is no unit that is known", step)
        unit = known.code
    made = measure(_Figure(given, unit), given.time, given.evidence, limit=given.limit)
    if made.unit and unit != ULN and given.value is not None and made.canonical is None and _is_number(given.analyte):
        usual = lexicon.get(given.analyte).unit.code
        raise entries.fail((*place, "unit"), f"{given.analyte} is not measured in {unit}", f"Its usual unit: {usual}.")
    new = {k: getattr(made, k) for k in ("unit", "canonical", "canonical_unit", "flags")}
    return given.model_copy(update={**new, "unit_as_written": given.unit, "rule": "entered"})


def _is_number(analyte: str) -> bool:
    lexicon = load_analytes()
    return analyte in lexicon and not lexicon.is_group(analyte) and lexicon.get(analyte).is_numeric


class _Figure:
    """An entered value as the values of a text are seen."""

    def __init__(self, given: Measurement, unit: str) -> None:
        self.analyte, self.comparator, self.unit = given.analyte, given.comparator, unit
        self.value, self.low, self.high = given.value, given.low, given.high
        self.unit_text, self.qualitative = unit, given.qualitative


def _follow(case: Case, place: Place, entered: set[Place]) -> Case:
    """What the text told of a moment that was corrected no longer counts."""
    started = {e.drug for i, e in _each(case.exposures) if (*place, "exposures", i, "start") in entered}
    stopped = {e.drug for i, e in _each(case.exposures) if (*place, "exposures", i, "stop") in entered}
    onsets = {e.id for i, e in _each(case.events) if (*place, "events", i, "onset") in entered}
    recovered = {e.id for i, e in _each(case.events) if (*place, "events", i, "recovery") in entered}
    acts = tuple(
        a.model_copy(update={"recurrence_after": None})
        if (*place, "actions", i, "time") in entered and (*place, "actions", i, "recurrence_after") not in entered
        else a
        for i, a in _each(case.actions)
    )
    case = case if acts == case.actions else case.model_copy(update={"actions": acts})
    if not (started or stopped or onsets or recovered):
        return case
    update: dict[str, Any] = {"links": tuple(_link(k, place, i, entered, started, stopped, onsets)
                                             for i, k in _each(case.links))}  # fmt: skip
    if stopped or recovered:
        update["events"] = tuple(
            e if (*place, "events", i, "recovery_from_stop") in entered or not (stopped or e.id in recovered)
            else e.model_copy(update={"recovery_from_stop": None})
            for i, e in _each(case.events)
        )  # fmt: skip
    if stopped:
        update["measurements"] = tuple(
            m if (*place, "measurements", i, "since_stop") in entered else m.model_copy(update={"since_stop": None})
            for i, m in _each(case.measurements)
        )
    return case.model_copy(update=update)


def _each(items: tuple[Any, ...]) -> Iterator[tuple[int, Any]]:
    return enumerate(items)


def _link(
    link: DrugReaction,
    place: Place,
    index: int,
    entered: set[Place],
    started: set[str],
    stopped: set[str],
    onsets: set[str],
) -> DrugReaction:
    moved = link.event in onsets
    update: dict[str, Any] = {}
    for key, drugs in (("latency", started), ("since_first_dose", started), ("stop_to_onset", stopped)):
        if (moved or link.drug in drugs) and (*place, "links", index, key) not in entered:
            update[key] = None
    return link.model_copy(update=update) if update else link
