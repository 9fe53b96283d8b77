"""Tests and procedures (F.r) as measurements, tests of the work-up and findings of the case.

A number belongs to an analyte of the lexicon or keeps the name that it came with; a result code is a test with its
state; "not done" stays that. May import the case, quantity, the lexicon and the modules of this folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from dechallenge.case.model import Finding, Flag, Limit, Measurement, TestResult, Time
from dechallenge.errors import DechallengeError
from dechallenge.evidence import Evidence, State
from dechallenge.formats.dates import Axis, Dated
from dechallenge.formats.e2b import codes, lines, names
from dechallenge.formats.e2b.source import LAST, M, Source, in_order, number_of
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.units import parse_unit
from dechallenge.quantity import parse_quantity

ULN = "xULN"
"""Unit of a multiple of the upper limit of normal, as the case model writes it."""
_BETWEEN = re.compile(r"[\[\]](?P<low>-?\d+(?:\.\d+)?);(?P<high>-?\d+(?:\.\d+)?)[\[\]]")
"""A value with two ends, as an interval of HL7."""
_VALUE = re.compile(
    r"\s*(?P<sign><=|>=|<|>|~|=)?\s*(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(?P<unit>.*)", re.DOTALL
)
_MULTIPLE = re.compile(
    r"\s*(?P<sign><=|>=|<|>|~)?\s*(?P<low>\d+(?:\.\d+)?)(?:\s*(?:-|to)\s*(?P<high>\d+(?:\.\d+)?))?\s*"
    r"(?:x|×|times)\s*(?:the\s+)?(?:ULN|UNL|upper limit of normal)\s*",
    re.IGNORECASE,
)
_QUALITATIVE = {
    "normal": "normal", "within normal limits": "normal", "unremarkable": "normal", "wnl": "normal",
    "normalised": "normalised", "normalized": "normalised", "elevated": "elevated", "increased": "elevated",
    "raised": "elevated", "high": "elevated", "above normal": "elevated", "decreased": "decreased", "low": "decreased",
    "reduced": "decreased", "below normal": "decreased", "unchanged": "unchanged", "stable": "unchanged",
}  # fmt: skip
_STATES: dict[str, State] = {
    "positive": "positive", "reactive": "positive", "detected": "positive", "pos": "positive",
    "negative": "negative", "non-reactive": "negative", "nonreactive": "negative", "not detected": "negative",
    "undetectable": "negative", "neg": "negative", "normal": "negative", "unremarkable": "negative",
    "not done": "not done", "not performed": "not done", "not tested": "not done", "not taken": "not done",
    "not reported": "not reported", "unknown": "not reported", "pending": "not reported",
    "borderline": "not interpretable", "equivocal": "not interpretable", "inconclusive": "not interpretable",
    "indeterminate": "not interpretable", "not interpretable": "not interpretable",
}  # fmt: skip
_CODED: dict[str, State] = {"1": "positive", "2": "negative", "3": "not interpretable", "4": "not interpretable"}


@dataclass(slots=True)
class Tested:
    """What F.r holds."""

    measurements: list[Measurement] = field(default_factory=list)
    tests: list[TestResult] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Result:
    """A numeric or worded result before it belongs to an analyte."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparator: str = "="
    unit: str = ""
    unit_as_written: str = ""
    qualitative: str | None = None

    @property
    def empty(self) -> bool:
        return self.value is None and self.low is None and self.high is None and self.qualitative is None


def tested(source: Source, axis: Axis, stop: Dated | None) -> Tested:
    """Everything in F.r.

    Args:
        stop: The last dose of the suspect that the axis counts from.
    """
    told = {element.at: line for element, line in source.told if element.id == "F.r.6"}
    found: list[tuple[int, Measurement | TestResult | Finding]] = []
    for r in source.repeats("F.r"):
        line = told.get((r,))
        made = _one(source, r, line, axis, stop)
        if made is not None:
            found.append((number_of(line), made))
    history = [(n, finding) for n, finding in source.built(Finding, "Finding")]
    return Tested(
        [m.model_copy(update={"id": f"l{n}"}) for n, m in enumerate(_of(Measurement, found), start=1)],
        _of(TestResult, found),
        _of(Finding, [*found, *history]),
    )


def _of(cls: type[M], found: Iterable[tuple[int, object]]) -> list[M]:
    """The values of one kind, in the order of their numbers."""
    mine = [(number, value) for number, value in found if isinstance(value, cls)]
    return in_order([pair for pair in mine if pair[0] != LAST], [value for number, value in mine if number == LAST])


def _one(
    source: Source, r: int, line: lines.Line | None, axis: Axis, stop: Dated | None
) -> Measurement | TestResult | Finding | None:
    ids = ("F.r.2.1", "F.r.2.2b", "F.r.3.1", "F.r.3.2", "F.r.3.3", "F.r.3.4")
    evidence = source.quotes(*((id, (r,)) for id in ids))
    dated = source.dated("F.r.1", r)
    time = axis.time(dated, source.quote("F.r.1", r))
    since = _since_stop(dated, stop)
    if line is not None:
        made = _told(source, r, line, evidence, time, since)
        if made is not None:
            return made
    name = source.value("F.r.2.1", r)
    coded = source.code("F.r.2.2", (r,))
    name = name or (f"MedDRA {coded[0].code}" if coded else "")
    if not name:
        return None
    analyte, test = names.analyte_id(name), names.test_name(name)
    state = _CODED.get(source.value("F.r.3.1", r))
    text = source.value("F.r.3.4", r)
    result = _result(source, r, text, analyte)
    numeric = result.value is not None or result.low is not None or result.high is not None
    if numeric or (analyte is not None and test is None and not result.empty):
        limit = _limit(source, r, result)
        return measured(analyte or name, result, time, evidence, limit=limit, since=since, codes=coded)
    if state is None:
        state = _STATES.get(" ".join(text.casefold().split()))
    if analyte is not None and test is None and state in ("positive", "negative"):
        return measured(analyte, _Result(qualitative=state), time, evidence, codes=coded, since=since)
    if state is None:
        state = "not interpretable" if text else "not reported"
    said = text or codes.TEST_RESULT.get(source.value("F.r.3.1", r), "")
    return TestResult(test=test or name, state=state, result=said, time=time, codes=coded, evidence=evidence)


def _since_stop(dated: Dated | None, stop: Dated | None) -> Time | None:
    if dated is None or stop is None:
        return None
    gap = dated.days.minus(stop.days)
    if not gap.known:
        return None
    point = gap.low if gap.low == gap.high else None
    return Time(low=gap.low, high=gap.high, point=point, anchor="stop")


# --- results -------------------------------------------------------------------------------------------------------


def _result(source: Source, r: int, text: str, analyte: str | None) -> _Result:
    value, unit = source.value("F.r.3.2", r), source.value("F.r.3.3", r)
    two = _BETWEEN.fullmatch(value)
    if two is not None:
        return _Result(low=float(two["low"]), high=float(two["high"]), unit=_unit(unit), unit_as_written=unit)
    if value:
        found = _VALUE.fullmatch(value)
        if found is None or lines.finite(found["number"]) is None:
            source.note(f"F.r.3.2[{r}]: {value!r} is no number")
        else:
            written = unit or found["unit"].strip()
            plain = "" if written == "1" and analyte not in (None, "INR") else written
            return _Result(
                value=float(found["number"]),
                comparator=found["sign"] or "=",
                unit=_unit(plain),
                unit_as_written=plain,
            )
    if not text:
        return _Result()
    return worded(text)


def _unit(written: str) -> str:
    known = parse_unit(written) if written else None
    return known.code if known is not None and not known.is_uln else ULN if known is not None else ""


def worded(text: str) -> _Result:
    """A result in free text: a multiple of the limit, one quantity, or one of the usual words; else nothing."""
    multiple = _MULTIPLE.fullmatch(text)
    if multiple is not None:
        low = float(multiple["low"])
        if multiple["high"] is not None:
            return _Result(low=low, high=float(multiple["high"]), unit=ULN, unit_as_written="× ULN")
        return _Result(value=low, comparator=multiple["sign"] or "=", unit=ULN, unit_as_written="× ULN")
    quantity = parse_quantity(text, parse_unit)
    if quantity is not None and (quantity.unit is not None or not quantity.unit_text):
        code = quantity.unit.code if quantity.unit is not None else ""
        code = ULN if quantity.unit is not None and quantity.unit.is_uln else code
        if quantity.is_range:
            return _Result(low=quantity.low, high=quantity.high, unit=code, unit_as_written=quantity.unit_text)
        return _Result(
            value=quantity.value, comparator=quantity.comparator, unit=code, unit_as_written=quantity.unit_text
        )
    word = _QUALITATIVE.get(" ".join(text.casefold().rstrip(".").split()))
    return _Result(qualitative=word)


def _limit(source: Source, r: int, result: _Result) -> Limit | None:
    bounds: dict[str, float] = {}
    for id, end in (("F.r.4", "low"), ("F.r.5", "high")):
        element = source.icsr.get(id, r)
        found = _VALUE.fullmatch(element.raw or element.value) if element is not None and element.value else None
        if found is not None and lines.finite(found["number"]) is None:
            found = None
        if found is None:
            continue
        unit = _unit(found["unit"].strip())
        if unit and result.unit and unit != result.unit:
            source.note(f"{id}[{r}]: the limit has another unit than the value; left out")
            continue
        bounds[end] = float(found["number"])
    if not bounds:
        return None
    evidence = source.quotes(("F.r.4", (r,)), ("F.r.5", (r,)))
    return Limit(low=bounds.get("low"), high=bounds.get("high"), source="printed", evidence=evidence)


def measured(
    analyte: str,
    result: _Result,
    time: Time | None,
    evidence: tuple[Evidence, ...],
    *,
    limit: Limit | None = None,
    since: Time | None = None,
    **more: Any,
) -> Measurement:
    """A measurement with its canonical value where the unit converts, and with its doubts; nothing is changed."""
    lexicon = load_analytes()
    made: dict[str, Any] = {}
    if analyte in lexicon and not lexicon.is_group(analyte) and result.unit != ULN and result.value is not None:
        entry = lexicon.get(analyte)
        unit = parse_unit(result.unit) or parse_unit(result.unit_as_written)
        variant = lexicon.variant(analyte, unit) if unit is not None else None
        if variant is not None:
            analyte, entry = variant, lexicon.get(variant)
        flags: list[Flag] = []
        guessed = False
        if unit is None and not result.unit_as_written:
            fitting = lexicon.guess_unit(analyte, result.value)
            unit = fitting[0] if fitting else None
            guessed = unit is not None
        if unit is not None and entry.is_numeric:
            try:
                made["canonical"] = lexicon.to_canonical(analyte, result.value, unit)
                made["canonical_unit"] = entry.unit.code
            except DechallengeError:
                made.pop("canonical", None)
            doubt = lexicon.check(analyte, result.value, unit)
            if doubt is not None:
                flags.append(_flag(doubt))
            if guessed:
                flags.append(Flag(kind="unit assumed", message=f"no unit printed; read as {unit.code}"))
        made["flags"] = tuple(flags)
    return Measurement(
        id="",
        analyte=analyte,
        value=result.value,
        low=result.low,
        high=result.high,
        comparator=result.comparator,
        unit=result.unit,
        unit_as_written=result.unit_as_written,
        qualitative=result.qualitative,
        limit=limit,
        time=time,
        since_stop=since,
        evidence=evidence,
        **{"section": "message", **made, **more},
    )


def _flag(doubt: object) -> Flag:
    repair = getattr(doubt, "repair", None)
    fixed: dict[str, float | str] | None = None
    if repair is not None:
        unit = getattr(repair, "unit", "")
        fixed = {"value": float(repair.value), "unit": str(getattr(unit, "code", unit))}
    message = str(getattr(doubt, "message", "") or getattr(doubt, "reason", ""))
    return Flag(kind=str(getattr(doubt, "kind", "implausible")), message=message, repair=fixed)


# --- the fixed wording -----------------------------------------------------------------------------------------------


def _told(
    source: Source, r: int, line: lines.Line, evidence: tuple[Evidence, ...], time: Time | None, since: Time | None
) -> Measurement | TestResult | Finding | None:
    """A result that a line describes; the elements of the message go before it."""
    try:
        if line.kind == "Value":
            return _told_value(source, r, line, evidence, time, since)
        if line.kind == "Test":
            made = lines.build(TestResult, line, source.words)
            made["test"] = made.get("test") or source.value("F.r.2.1", r)
            made["state"] = made.get("state") or _CODED.get(source.value("F.r.3.1", r), "not reported")
            made.setdefault("result", source.value("F.r.3.4", r))
            return TestResult.model_validate(_with(source, made, evidence, time) | {"codes": _codes(source, r, made)})
        if line.kind == "Finding":
            made = lines.build(Finding, line, source.words)
            return Finding.model_validate(_with(source, made, evidence, time) | {"codes": _codes(source, r, made)})
    except ValidationError:
        source.note(f"F.r.6[{r}]: the comment is not in the wording that it begins with; read as free text")
    return None


def _codes(source: Source, r: int, made: dict[str, Any]) -> object:
    return (*source.code("F.r.2.2", (r,)), *made.get("codes", ()))


def _with(source: Source, made: dict[str, Any], evidence: tuple[Evidence, ...], time: Time | None) -> dict[str, Any]:
    return {**made, "time": time or made.get("time"), "evidence": (*made.get("evidence", ()), *evidence)}


def _told_value(
    source: Source, r: int, line: lines.Line, evidence: tuple[Evidence, ...], time: Time | None, since: Time | None
) -> Measurement:
    made = lines.build(Measurement, line, source.words)
    analyte = made.pop("analyte", None) or names.analyte_id(source.value("F.r.2.1", r)) or source.value("F.r.2.1", r)
    sent = _result(source, r, "", analyte)
    written = made.pop("unit_as_written", "")
    if sent.value is not None:
        parts = {"unit_as_written": written or sent.unit_as_written}
        result = _Result(
            sent.value, None, None, sent.comparator, sent.unit, **parts, qualitative=made.get("qualitative")
        )
    else:
        result = _Result(
            made.get("value"),
            made.get("low"),
            made.get("high"),
            made.get("comparator", "="),
            made.get("unit", ""),
            written or made.get("unit", ""),
            made.get("qualitative"),
        )
    limit = _limit(source, r, sent)
    told = made.pop("limit", None)
    if limit is not None and told is not None:
        limit = limit.model_copy(
            update={"source": told.source, "mark": told.mark, "evidence": (*told.evidence, *limit.evidence)}
        )
    more = {name: made[name] for name in ("section", "rule") if name in made}
    more.setdefault("section", "narrative")
    return measured(
        analyte,
        result,
        time or made.get("time"),
        (*made.get("evidence", ()), *evidence),
        limit=limit or told,
        since=since or made.get("since_stop"),
        codes=_codes(source, r, made),
        **more,
    )
