"""How the values of a case are written in prose and forms: figures exactly as the case holds them, dates unambiguous.

A figure is never rounded and a partial date never completed; what the case does not hold gives no words. Shared by the
written narrative and the CIOMS form. May import the case, the lexicon and ``wording``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from dechallenge.case import Age, Code, Dose, Exposure, Limit, Measurement, Time
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.report import wording

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(.+))?)?)?")
_FOLD: Final = {"xULN": "× ULN"}


def figure(value: float) -> str:
    """A number in full, as the case holds it: ``3346``, ``278,500``, ``0.00125``, ``−2``."""
    text = format(Decimal(repr(float(value) + 0.0)), ",f" if abs(value) >= 10_000 else "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", wording.MINUS)


def between(low: float | None, high: float | None) -> str:
    """``2–4``, ``≥ 2``, ``≤ 4``, ``2``; empty where both ends are open."""
    if low is None or high is None:
        return f"≤ {figure(high)}" if high is not None else f"≥ {figure(low)}" if low is not None else ""
    return figure(low) if low == high else f"{figure(low)}–{figure(high)}"


def date(iso: str) -> str:
    """A calendar date with its own precision: ``14 Jun 2022``, ``Jun 2022``, ``2022``, ``14 Jun 2022, 10:10``."""
    found = _DATE.fullmatch(iso)
    if found is None:
        return iso
    year, month, day, clock = found.groups()
    name = _MONTHS[int(month) - 1] if month and 1 <= int(month) <= 12 else month or ""
    said = " ".join(part for part in (day.lstrip("0") if day else "", name, year) if part)
    return f"{said}, {clock.replace('-', wording.MINUS)}" if clock else said


def moment(time: Time | None) -> str:
    """When: the date with the day of the case, the day, or the words it was told in; empty where nothing is known."""
    if time is None:
        return ""
    known = time.low is not None or time.high is not None or time.point is not None
    day = wording.day((time.low, time.high), time.point).replace("after the first dose", "after day 0") if known else ""
    if time.low is None and time.point is None and time.high is not None and time.high < 0:
        day = f"by day {figure(time.high)}"
    if time.date:
        inner = day.replace(" (", ", ").removesuffix(")")
        return f"{date(time.date)} ({inner})" if day and time.point is not None else date(time.date)
    return day or (f"“{wording.one_line(time.text)}”" if time.text else "")


def on(time: Time | None) -> str:
    """A moment with its preposition: ``on day 21 (18–24)``, ``in Jun 2022``, ``before day 0``, ``at “…”``."""
    words = moment(time)
    if not words or words.startswith(("before ", "by ", "after ")):
        return words
    if words.startswith("“"):
        return f"at the time told as {words}"
    if time is not None and time.date:
        return f"on {words}" if len(time.date) > 7 else f"in {words}"
    return f"on {words}"


def length(time: Time | None) -> str:
    """A length of time: ``21 days (18–24)``, ``1 day``; empty where nothing is known of it."""
    if time is None or (time.low is None and time.high is None and time.point is None):
        return ""
    said = wording.duration((time.low, time.high), time.point)
    return "" if said == "unknown" else said


def since(time: Time | None, what: str) -> str:
    """Days from a moment: ``2 days after the stop``, ``on the day of the stop``, ``3 days before the stop``."""
    low, high = (time.low, time.high) if time is not None else (None, None)
    if time is None or (low is not None and low >= 0) or (low is None and high is None):
        if time is not None and low == high == 0:
            return f"on the day of {what}"
        said = length(time)
        return f"{said} after {what}" if said else ""
    if high is not None and high <= 0:
        if low is None:
            return f"not after {what}" if high == 0 else f"{length(Time(low=-high))} before {what}"
        point = None if time.point is None else 0.0 - time.point
        return f"{length(Time(low=0.0 - high, high=0.0 - low, point=point))} before {what}"
    if low is None:
        return f"at most {length(Time(low=high, high=high))} after {what}"
    before = f"{length(Time(low=-low, high=-low))} before"
    if high is None:
        return f"at the earliest {before} {what}"
    return f"between {before} and {length(Time(low=high, high=high))} after {what}"


def order(time: Time | None, spans: Iterable[tuple[float, float]] = ()) -> tuple[int, float, str]:
    """Key for the order of time: known days, then dates alone, then what is not dated.

    Args:
        spans: Closed spans of days of other things; "day 18 or later" comes behind a span in which day 18 lies.
    """
    if time is not None:
        day = time.point if time.point is not None else time.low if time.low is not None else time.high
        if day is not None and time.high is None and time.point is None:
            day = max((b + 0.5 for a, b in spans if a <= day <= b), default=day + 0.5)
        if day is not None:
            return (0, day if time.low is not None or time.point is not None else day - 0.5, time.date)
        if time.date:
            return (1, 0.0, time.date)
    return (2, 0.0, "")


def age(one: Age) -> str:
    """``22 years``, ``1 month``, ``30–39 years``; empty where no figure is known."""
    text = figure(one.value) if one.value is not None else between(one.low, one.high)
    return f"{text} {one.unit}{'' if text == '1' else 's'}" if text else ""


def unit(ucum: str) -> str:
    """A unit as printed in journals."""
    return _FOLD.get(ucum) or wording.unit(ucum)


def with_unit(text: str, ucum: str) -> str:
    """A figure and its unit: ``40 U/L``, ``12%``, ``1500/mm³``, ``5.4 × 10⁹/L``."""
    printed = unit(ucum) if ucum else ""
    if not printed:
        return text
    if printed.startswith("10"):
        return f"{text} × {printed}"
    return f"{text}{printed}" if printed.startswith(("/", "%")) else f"{text} {printed}"


def term(text: str, codes: Sequence[Code]) -> str:
    """A term; one that is only a code ("MedDRA 10019851") with its name, where the code came with one."""
    name = next((code.text for code in codes if code.text and text == f"{code.system} {code.code}"), "")
    return f"{name} ({text})" if name else text


def indication(one: Exposure) -> str:
    """What the drug was given for."""
    return term(wording.one_line(one.indication or ""), one.indication_codes)


def dose(one: Dose | None) -> str:
    """A dose as printed, else put together from its figures."""
    if one is None:
        return ""
    text = figure(one.value) if one.value is not None else between(one.low, one.high)
    return wording.one_line(one.text) or (with_unit(text, one.unit) if text else "")


def frequency(one: Exposure) -> str:
    """How often: ``once daily``, ``per day``; empty where the dose says it already."""
    often = wording.one_line(one.frequency or "")
    if not often or often in dose(one.dose):
        return ""
    return f"per {often[1:].strip()}" if often.startswith("/") else often


def drug(one: Exposure) -> str:
    """The drug, with the name that it was reported under where that is another: ``folic acid (reported as folate)``."""
    written = wording.one_line(one.as_written)
    if not written or written.casefold() == one.drug.casefold():
        return one.drug
    return f"{one.drug} (reported as {written})"


def analyte(name: str) -> str:
    """The analyte as clinicians write it: ``ALT``, ``total bilirubin``; a name that is not known as it is."""
    lexicon = load_analytes()
    if name in lexicon:
        display = lexicon.get(name).display
    elif lexicon.is_group(name):
        display = name.removeprefix("G_").replace("_", " ").lower()
    else:
        return name
    short = name if name in wording.ACRONYMS else display
    return short if short[1:2].isupper() else short[:1].lower() + short[1:]


def value(one: Measurement) -> str:
    """A laboratory value as printed, with comparator and unit: ``3346 U/L``, ``> 10,000 µg/L``, ``elevated``."""
    text = figure(one.value) if one.value is not None else between(one.low, one.high)
    if not text:
        return one.qualitative or ""
    sign = {"=": "", "~": "about ", "<=": "≤ ", ">=": "≥ "}.get(one.comparator, f"{one.comparator} ")
    said = with_unit(f"{sign}{text}", one.unit) if one.unit else f"{sign}{text} {one.unit_as_written}".rstrip()
    return f"{said} ({one.qualitative})" if one.qualitative else said


def limits(one: Limit | None, ucum: str) -> str:
    """The reference limits with their source where they were not printed: ``limits 10–40 U/L``, ``upper limit 40``."""
    if one is None or (one.low is None and one.high is None):
        return ""
    name = "limits" if one.low is not None and one.high is not None else "upper limit" if one.low is None else ""
    name = name or "lower limit"
    text = "–".join(figure(x) for x in (one.low, one.high) if x is not None)
    source = {"printed": "", "default": "default ", "user": "entered "}[one.source]
    return f"{source}{name} {with_unit(text, '' if ucum == 'xULN' else ucum)}"


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
