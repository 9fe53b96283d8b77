"""How numbers, days, units and verdicts are written: the same words in every view.

Pure functions on the published values. Imports only ``assessment.model``, ``evidence`` and ``names``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from dechallenge.assessment.model import Days, InstrumentOut, MeasurementOut, PatientOut
from dechallenge.evidence import CellEvidence, DerivedEvidence, EnteredEvidence, Evidence, PathEvidence
from dechallenge.report.names import SHORT

MINUS = "−"
NOTHING = "–"
SUPPORT = (
    "Decision support, not a diagnosis: every result rests on what this report states and on published rules; "
    "a qualified person must judge the case."
)

_UNITS = {"xULN": "× ULN", "Cel": "°C", "{INR}": "", "{ratio}": ""}
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def number(value: float) -> str:
    """A number as a clinician writes it: ``3346``, ``10,100``, ``0.89``, ``−2``."""
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    text = f"{value:.0f}" if value == round(value) else f"{value:.4f}".rstrip("0").rstrip(".")
    if abs(value) >= 10_000:
        text = f"{value:,.0f}"
    if text in ("-0", "0") and value:
        text = f"{value:.2g}"
    return text.replace("-", MINUS)


def minus(text: str) -> str:
    """A result with its minus signs as printed: ``-1 excluded`` → ``−1 excluded``."""
    return re.sub(r"(?<![\w.])-(?=\d)", MINUS, text)


def ratio(value: float) -> str:
    """An R value: ``32.1``, ``0.89``."""
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def signed(points: float | None) -> str:
    """Points of an item: ``+2``, ``−1``, ``0``; a dash when there are none."""
    if points is None:
        return NOTHING
    return f"+{number(points)}" if points > 0 else number(points)


def span(low: float | None, high: float | None) -> str:
    """A closed interval: ``18–24``, ``≥ 32``, ``≤ 4``, ``−7 to 3``; ``unknown`` when both ends are open."""
    if low is None and high is None:
        return "unknown"
    if low is None:
        return f"≤ {number(high or 0)}"
    if high is None:
        return f"≥ {number(low)}"
    if low == high:
        return number(low)
    return f"{number(low)} to {number(high)}" if low < 0 else f"{number(low)}–{number(high)}"


def days(interval: Days | None, point: float | None = None) -> str:
    """An interval of days with the point as printed: ``21 (18–24)``, ``4``, ``≥ 32``, ``unknown``."""
    if interval is None:
        return "not stated" if point is None else number(point)
    low, high = interval
    if point is None or low == high == point:
        return span(low, high)
    return f"{number(point)} ({span(low, high)})"


def duration(interval: Days | None, point: float | None = None) -> str:
    """A length of time: ``21 days (18–24)``, ``1 day``, ``not stated``."""
    if interval is None and point is None:
        return "not stated"
    if interval in ((None, None), (0.0, None)) and point is None:
        return "unknown"
    text = days(interval, point)
    head, bracket, rest = text.partition(" (")
    unit = "day" if head == "1" else "days"
    return f"{head} {unit}{bracket}{rest}"


def day(interval: Days | None, point: float | None = None) -> str:
    """A moment on the case's axis: ``day 21 (18–24)``, ``before day 0``, ``day 32 or later``, ``day not stated``."""
    if interval is None or interval == (None, None):
        return "day not stated" if point is None else f"day {number(point)}"
    low, high = interval
    if point is None and low is None and high is not None:
        return "before day 0" if high <= 0 else f"by day {number(high)}"
    if point is None and high is None and low is not None:
        return f"day {number(low)} or later" if low else "after the first dose"
    return f"day {days(interval, point)}"


def short_day(interval: Days | None, text: str = "") -> str:
    """A moment as the head of a narrow column: ``18–24``, ``before``, ``≥ 36``, or the words it came from."""
    if interval is None or interval == (None, None):
        return text or "?"
    low, high = interval
    if low is None and high is not None and high <= 0:
        return "before"
    return span(low, high)


def unit(ucum: str) -> str:
    """A UCUM unit as printed in journals: ``10*9/L`` → ``10⁹/L``, ``/mm3`` → ``/mm³``, ``ug/L`` → ``µg/L``."""
    if ucum in _UNITS:
        return _UNITS[ucum]
    text = re.sub(r"10\*(-?\d+)", lambda m: "10" + m.group(1).translate(_SUPERSCRIPT), ucum)
    text = re.sub(r"(?<=[a-z])([23])\b", lambda m: m.group(1).translate(_SUPERSCRIPT), text)
    text = re.sub(r"\bu(?=[a-zA-Z])", "µ", text)
    return text.replace("[iU]", "IU").replace("[IU]", "IU").replace("[arb'U]", "AU")


def times(multiple: float) -> str:
    """A multiple of the upper limit of normal: ``928×``, ``83.7×``, ``1.40×``."""
    return f"{multiple:.0f}×" if multiple >= 100 else f"{ratio(multiple)}×"


ACRONYMS = frozenset(["ALT", "AST", "ALP", "GGT", "LDH", "INR", "CRP", "ESR", "CK", "TSH"])
"""Analytes that clinicians call by these letters."""


def analyte(item: MeasurementOut) -> str:
    """The analyte as clinicians write it: ``ALT``, ``total bilirubin``."""
    if item.analyte in ACRONYMS:
        return item.analyte
    name = item.name or item.analyte
    if name.startswith("G_"):
        name = name[2:].replace("_", " ").lower()
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def limit(item: MeasurementOut) -> str:
    """The upper limit used and where it comes from: ``default limit 40``; empty where there is none."""
    if not item.limit or item.limit.get("high") is None:
        return ""
    note = item.limit.get("note") or f"{item.limit.get('source', '')} limit {number(item.limit['high'])}".strip()
    return str(note)


def value(item: MeasurementOut, *, with_unit: bool = True) -> str:
    """The value as printed, with its comparator: ``>10,000 µg/L``, ``1–2 × ULN``, ``normal``."""
    if item.value is None and item.low is None and item.high is None:
        return item.qualitative or NOTHING
    text = number(item.value) if item.value is not None else span(item.low, item.high)
    sign = {"=": "", "~": "≈", "<=": "≤", ">=": "≥"}.get(item.comparator, item.comparator)
    text = f"{sign}{text}"
    if not with_unit or not item.unit:
        return text
    printed = unit(item.unit)
    return f"{text}{printed}" if printed.startswith(("/", "%")) else f"{text} {printed}"


def grade_range(low: float | None, high: float | None) -> str:
    return "" if low is None and high is None else f"({span(low, high)})"


def result(instrument: InstrumentOut) -> str:
    """The number or code of an instrument; a dash where it gives only a category."""
    if instrument.score is not None:
        return _points(instrument.score)
    return instrument.code or NOTHING


def score_range(instrument: InstrumentOut) -> str:
    """The attainable range of a score: ``3–9``, ``−1 to 5``; empty for a code, a category or a certain score."""
    low, high = instrument.low, instrument.high
    if (low is None and high is None) or low == high == instrument.score:
        return ""
    if any(v is not None and v != round(v) for v in (low, high)):
        low, high = (None if v is None else round(v, 2 if v < 10 else 1) for v in (low, high))
    return span(low, high)


def _points(score: float) -> str:
    """A score: a whole number, or an R value."""
    return number(score) if score == round(score) else ratio(score)


def attainable(instrument: InstrumentOut) -> str:
    """The categories in the range beside the verdict: ``possible … highly probable``; empty when there is no other."""
    verdicts = [c for c in instrument.categories if c]
    if len(verdicts) == 1 and verdicts[0] in (instrument.category, instrument.code):
        return ""
    return alternatives(verdicts)


def is_open(instrument: InstrumentOut) -> bool:
    """Whether what is not known could give another score or category than the one that what is told gives."""
    return bool(score_range(instrument) or attainable(instrument))


def verdict_as_told(instrument: InstrumentOut) -> str:
    """A verdict in one line with what is open: ``4 (−5 to 12) possible as told (excluded … highly probable)``."""
    score = result(instrument) if instrument.score is not None or instrument.code else ""
    bounds, others = score_range(instrument), attainable(instrument)
    told = "as told" if is_open(instrument) else ""
    parts = (score, f"({bounds})" if bounds else "", instrument.category or "", told, f"({others})" if others else "")
    return " ".join(part for part in parts if part)


def alternatives(names: Sequence[str]) -> str:
    """``a``, ``a or b``, ``a … z``: the ends of an ordered set of categories."""
    if len(names) < 3:
        return " or ".join(names)
    return f"{names[0]} … {names[-1]}"


def name(instrument: InstrumentOut) -> str:
    """The short name of an instrument; otherwise its title with the edition."""
    return SHORT.get(instrument.id) or full_name(instrument)


def full_name(instrument: InstrumentOut) -> str:
    """Title and edition of an instrument, the edition once."""
    if not instrument.edition or instrument.edition in instrument.title:
        return instrument.title
    return f"{instrument.title}, {instrument.edition}"


def person(who: PatientOut) -> str:
    """Sex and age: ``woman, 22 years``, ``boy, 10 years``, ``sex not stated, age not stated``."""
    return f"{_person(who)}, {_age(who)}"


def patient(who: PatientOut) -> str:
    """Who the patient is: sex and age, weight, height, BMI, pregnancy, alcohol, as far as stated."""
    parts = [person(who)]
    if who.weight_kg is not None:
        parts.append(f"{number(who.weight_kg)} kg")
    if who.height_cm is not None:
        parts.append(f"{number(who.height_cm)} cm")
    if who.bmi is not None:
        parts.append(f"BMI {number(who.bmi)}")
    if who.pregnant:
        parts.append("pregnant")
    if who.alcohol:
        parts.append(f"alcohol: {_ALCOHOL.get(who.alcohol, who.alcohol)}")
    return ", ".join(part for part in parts if part)


_ALCOHOL = {"absent": "none", "present": "yes", "uncertain": "unclear"}


def _years(who: PatientOut) -> float | None:
    age = who.age or {}
    known = [v for v in (age.get("value"), age.get("high"), age.get("low")) if v is not None]
    if not known:
        return None
    size = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}.get(age.get("unit") or "year", 1.0)
    return float(known[0]) * size


def _person(who: PatientOut) -> str:
    years = _years(who)
    adult = years is None or years >= 18
    if who.sex == "female":
        return "woman" if adult else "girl"
    if who.sex == "male":
        return "man" if adult else "boy"
    return "adult, sex not stated" if years is not None and adult else "sex not stated"


def _age(who: PatientOut) -> str:
    age = who.age or {}
    amount, low, high = age.get("value"), age.get("low"), age.get("high")
    if amount is None and low is None and high is None:
        return "age not stated"
    text = number(amount) if amount is not None else span(low, high)
    unit_name = age.get("unit") or "year"
    return f"{text} {unit_name}" if text == "1" else f"{text} {unit_name}s"


def one_line(text: str) -> str:
    """Words on one line, blanks collapsed."""
    return " ".join(text.split())


def clip(text: str, width: int) -> str:
    """Words on one line, at most ``width`` characters, the middle left out."""
    text = one_line(text)
    if len(text) <= width:
        return text
    head = (width - 3) * 2 // 3
    return f"{text[:head].rstrip()} … {text[len(text) - (width - 3 - head) :].lstrip()}"


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if not text or text[-1] in ".!?" else f"{text}."


def sources(evidence: Iterable[Evidence]) -> list[str]:
    """What evidence other than words of a text says of itself: cells, paths, entries, derivations."""
    lines: list[str] = []
    for item in evidence:
        if isinstance(item, PathEvidence):
            lines.append(f"{item.path}: {one_line(item.quote)}")
        elif isinstance(item, CellEvidence):
            lines.append(f"{item.sheet}!{item.column}{item.row}: {one_line(item.quote)}")
        elif isinstance(item, EnteredEvidence):
            lines.append(f"entered by {item.entered_by}: {item.at}")
        elif isinstance(item, DerivedEvidence):
            lines.append(f"derived: {item.how}")
            lines.extend(sources(item.derived_from))
    return list(dict.fromkeys(lines))
