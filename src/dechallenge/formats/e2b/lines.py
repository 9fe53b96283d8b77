"""The fixed wording in which a case without calendar dates travels in the comments of E2B, written and read back.

E2B has no element for "day 21 after the first dose", for an interval of days, or for the words in the narrative that a
value was read from. Such content goes out as a line: ``• Action: [kind] stopped [drug] anakinra [time] Day 4 after the
first dose of anakinra, counted from stopped [evidence] H.1 120-130``. A label is the name of a field of the case
model; ``H.1 120-130`` are the characters of the narrative. May import the case, evidence and timeline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from dechallenge.case.model import Age, Code, Dose, Limit, Time
from dechallenge.evidence import Evidence, Frozen, words
from dechallenge.timeline import Interval

MARK: Final = "• "
Spans = Callable[[tuple[Evidence, ...]], str]
"""Evidence as characters of the narrative: ``H.1 120-130 150-160``; empty where it has no words there."""
Quotes = Callable[[str], tuple[Evidence, ...]]
"""The way back."""

_LINE = re.compile(r"•\s+([A-Z][a-z]+):\s*([^•]*)")
_FIELD = re.compile(r"\[([a-z][a-z_0-9 ]*)\]\s*([^\[]*)")
_FIGURE = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_DAYS = rf"{_FIGURE}(?: to {_FIGURE}| or later| or before)?"
_TIME = re.compile(
    rf"Day (?P<day>unknown|{_DAYS})(?: (?P<side>after|before|from) (?P<since>the .+?))?"
    rf"(?: \(day (?P<range>{_DAYS}|unknown)\))?(?:, told as “(?P<text>.*)”)?(?:, counted from (?P<anchor>[^,]+?))?"
    r"(?:, on (?P<date>\d[\w:.+-]*))?(?:, words (?P<words>H\.1[\d \-]+))?\s*"
)
_RANGE = re.compile(rf"(?P<low>{_FIGURE})?(?: to (?P<high>{_FIGURE}))?(?: or (?P<open>later|before|more|less))?")
_SINCE: Final = {
    "since_stop": "the stop",
    "recovery_from_stop": "the stop",
    "latency": "the first dose of the course",
    "stop_to_onset": "the last dose of the course",
    "since_first_dose": "the first dose of all",
    "recurrence_after": "the first dose given again",
}
"""Lengths of time, and what they count from; other moments count from the first dose of the main suspect."""
_UNSAID = str.maketrans({"[": "⟦", "]": "⟧", "•": "‣", "“": "«", "”": "»"})
_SAID = str.maketrans({"⟦": "[", "⟧": "]", "«": "“", "»": "”"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read: what it holds (the model's word for it) and its fields by label."""

    kind: str
    fields: Mapping[str, str]


def finite(text: str) -> float | None:
    """The number that a text spells; nothing for any other text and for numbers beyond all bounds."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def clean(text: str) -> str:
    """A text in one line, without the signs that the wording uses itself."""
    return " ".join(text.translate(_UNSAID).split())


def said(text: str) -> str:
    """The way back."""
    return text.translate(_SAID).strip()


def figure(number: float) -> str:
    """A number in full, without a trailing ``.0``."""
    return repr(float(number)).removesuffix(".0")


# --- times ---------------------------------------------------------------------------------------------------------


def say_time(time: Time, since: str, spans: Spans) -> str:
    """A moment in words: ``Day 21 after the first dose of tocilizumab (day 20 to 22)``.

    Without a printed figure it is ``Day 20 to 22 from the first dose of tocilizumab``.

    Args:
        since: What the days count from (``the first dose of tocilizumab``).
        spans: Evidence as characters of the narrative.
    """
    point = time.point
    if point is None:
        told = f"Day {_days(time)} from {since}"
    else:
        told = f"Day {figure(abs(point))} {'before' if point < 0 else 'after'} {since}"
        if not time.low == time.high == point:
            told += f" (day {_days(time)})"
    parts = [told]
    shown = spans(time.evidence)
    quoted = [w.quote for w in words(time.evidence)]
    if time.text and not (shown and quoted == [time.text]):
        parts.append(f"told as “{clean(time.text)}”")
    if time.anchor:
        parts.append(f"counted from {clean(time.anchor).replace(',', ' ')}")
    if time.date:
        parts.append(f"on {time.date}")
    if shown:
        parts.append(f"words {shown}")
    return ", ".join(parts)


def _days(time: Time) -> str:
    return between(time.low, time.high, "later", "before") if time_known(time) else "unknown"


def time_known(time: Time) -> bool:
    """A bound is known on one side at least."""
    return time.low is not None or time.high is not None


def between(low: float | None, high: float | None, over: str = "more", under: str = "less") -> str:
    """A range in words: ``20 to 22``, ``20 or more``, ``22 or less``."""
    if low is not None and high is not None:
        return f"{figure(low)} to {figure(high)}"
    return f"{figure(low)} or {over}" if low is not None else f"{figure(high or 0.0)} or {under}"


def read_range(text: str) -> Interval | None:
    """The way back; nothing where the words are none of these."""
    found = _RANGE.fullmatch(text.strip())
    if found is None or found["low"] is None:
        return None
    low = float(found["low"])
    if found["high"] is not None:
        return Interval(low, float(found["high"]))
    if found["open"] in ("before", "less"):
        return Interval(None, low)
    return Interval(low, None) if found["open"] else Interval(low, low)


def read_time(text: str, quotes: Quotes) -> Time | None:
    """The moment that `say_time` wrote; nothing where the words are not its."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    point = None
    told = found["range"] or found["day"]
    if found["side"] in ("after", "before"):
        point = float(found["day"]) * (-1 if found["side"] == "before" else 1)
        told = found["range"] or figure(point)
    days = Interval(None, None) if told == "unknown" else read_range(told)
    if days is None:
        return None
    evidence = quotes(found["words"] or "")
    quoted = [w.quote for w in words(evidence)]
    return Time(
        low=days.low,
        high=days.high,
        point=point,
        text=quoted[0] if found["text"] is None and len(quoted) == 1 else said(found["text"] or ""),
        anchor=said(found["anchor"] or ""),
        date=found["date"] or "",
        evidence=evidence,
    )


# --- lines ---------------------------------------------------------------------------------------------------------


def write(kind: str, model: Frozen, axis: str, spans: Spans, *, skip: Iterable[str] = (), **more: str) -> str:
    """A value of the case model as a line; fields that hold nothing are left out.

    Args:
        kind: The word that the line begins with.
        skip: Fields that the elements of the message hold.
        more: Further fields, put first.
    """
    left = set(skip)
    parts = [f"[{label.replace('_', ' ')}] {clean(value)}" for label, value in more.items() if value]
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if name in left or value is None or value == () or value == "" or value == info.default:
            continue
        since = _SINCE.get(name) or f"the first dose of {clean(axis) or 'the suspect'}"
        told = spans(value) if name.endswith("evidence") else _say(value, since, spans)
        if told:
            parts.append(f"[{name.replace('_', ' ')}] {told}")
    return f"{MARK}{kind}: {' '.join(parts)}"


def _say(value: object, since: str, spans: Spans) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return figure(value)
    if isinstance(value, Time):
        return say_time(value, since, spans)
    if isinstance(value, Interval):
        return between(value.low, value.high)
    if isinstance(value, Age):
        return f"{_amount(value)} {value.unit}"
    if isinstance(value, Dose):
        return _row(_amount(value), value.unit, value.text)
    if isinstance(value, Limit):
        known = value.low is not None or value.high is not None
        return _row(between(value.low, value.high) if known else "", value.source, value.mark, spans(value.evidence))
    if isinstance(value, Code):
        return _row(value.system, value.code, value.version, value.text)
    if isinstance(value, tuple):
        return " // ".join(filter(None, (_say(item, since, spans) for item in value)))
    return clean(str(value)) if isinstance(value, str) else ""


def _row(*parts: str) -> str:
    return " | ".join(clean(part) or "-" for part in parts)


def _amount(value: Age | Dose) -> str:
    if value.value is not None:
        return figure(value.value)
    return between(value.low, value.high) if value.low is not None or value.high is not None else ""


def read(text: str) -> Iterator[Line]:
    """The lines in a text, in order; everything else in it is left alone."""
    for found in _LINE.finditer(text):
        fields = {label.strip().replace(" ", "_"): value.strip() for label, value in _FIELD.findall(found[2])}
        if fields:
            yield Line(found[1], fields)


def without(text: str) -> str:
    """A text without its lines."""
    return _LINE.sub(lambda m: "" if _FIELD.match(m[2]) else m[0], text).strip()


def build(cls: type[Frozen], line: Line, quotes: Quotes) -> dict[str, Any]:
    """The fields of a model as a line tells them; what it does not understand is left out.

    Returns:
        Keyword arguments for the model; the model itself checks them.
    """
    made: dict[str, Any] = {}
    for name, info in cls.model_fields.items():
        told = line.fields.get(name)
        if told is None:
            continue
        value = quotes(told) if name.endswith("evidence") else _unsay(info.annotation, told, quotes)
        if value is not None:
            made[name] = value
    return made


def _unsay(annotation: Any, told: str, quotes: Quotes) -> Any:
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is tuple:
        inner = get_args(annotation)[0]
        items = [_unsay(inner, part, quotes) for part in told.split(" // ")]
        return tuple(item for item in items if item is not None)
    options = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    if Time in options:
        return read_time(told, quotes)
    if Interval in options:
        return read_range(told)
    if bool in options:
        return told == "yes"
    if float in options or int in options:
        number = finite(told)
        return number if number is None or float in options else int(number)
    if Age in options:
        amount, _, unit = told.rpartition(" ")
        return Age.model_validate({**_amounts(amount), "unit": unit}) if unit else None
    parts = ["" if part.strip() == "-" else said(part) for part in told.split(" | ")] + ["", "", "", ""]
    if Dose in options:
        return Dose.model_validate({**_amounts(parts[0]), "unit": parts[1], "text": parts[2]})
    if Limit in options:
        days = read_range(parts[0])
        low, high = days or (None, None)
        return Limit.model_validate(
            {"low": low, "high": high, "source": parts[1], "mark": parts[2], "evidence": quotes(parts[3])}
        )
    if Code in options:
        return Code(system=parts[0], code=parts[1], version=parts[2], text=parts[3])
    return said(told)


def _amounts(told: str) -> dict[str, float | None]:
    days = read_range(told)
    if days is None:
        return {}
    if days.low == days.high:
        return {"value": days.low}
    return {"low": days.low, "high": days.high}


# --- words of the narrative ----------------------------------------------------------------------------------------


def spans_in(document: str, shift: int = 0, end: int | None = None) -> Spans:
    """Evidence as characters of the narrative.

    Args:
        document: The document whose text is the narrative.
        shift: Characters that were cut off its beginning.
        end: Its length, where it was cut off at the end.
    """

    def told(evidence: tuple[Evidence, ...]) -> str:
        found = [
            f"{w.start - shift}-{w.end - shift}"
            for w in words(evidence)
            if w.document == document and w.start >= shift and (end is None or w.end - shift <= end)
        ]
        return f"H.1 {' '.join(found)}" if found else ""

    return told


def no_spans(evidence: tuple[Evidence, ...]) -> str:
    """For a case without a narrative."""
    return ""
