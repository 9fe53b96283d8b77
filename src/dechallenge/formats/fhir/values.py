"""Data types of FHIR as values of the case: coded words, moments, quantities and laboratory results.

May import the getters, names, our extensions, the lexicon, dates, quantities, and reading's measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from dechallenge.case import Code, Dose, Limit, Measurement, Time
from dechallenge.evidence import Evidence, PathEvidence
from dechallenge.formats.dates import Axis, Dated, parse
from dechallenge.formats.fhir.extensions import MOMENT, carried, moment
from dechallenge.formats.fhir.node import Node
from dechallenge.formats.fhir.systems import INTERPRETATIONS, UCUM, system_name
from dechallenge.lexicon.units import parse_unit
from dechallenge.reading.entries.values import measure
from dechallenge.timeline import ANY, Interval

SECTION = "message"
"""Where a measurement was read: no narrative, whose order would tell of time."""
_COMPARATORS = {"<": "<", "<=": "<=", ">=": ">=", ">": ">", "≤": "<=", "≥": ">=", "=": "=", "ad": "="}


@dataclass(frozen=True)
class Coded:
    """A CodeableConcept.

    Attributes:
        text: Its words: ``text``, else the first display, else the first code.
        names: All words it has, ``text`` first.
        codes: Its codings as they came.
    """

    text: str
    names: tuple[str, ...]
    codes: tuple[Code, ...]
    node: Node

    @property
    def keys(self) -> tuple[str, ...]:
        """Codes and words in lower case, to be looked up in a value set."""
        return tuple(dict.fromkeys(x.casefold() for x in (*(c.code for c in self.codes), *self.names) if x))

    @property
    def evidence(self) -> PathEvidence:
        return self.node.quote(words=self.text)


def coded(node: Node | None) -> Coded | None:
    """The words and codes of a CodeableConcept, of a single Coding, or of R5's CodeableReference; nothing of an empty
    one."""
    if node is None:
        return None
    inner = node.node("concept")
    if inner is not None:
        return coded(inner)
    codes, displays = [], []
    codings = node.nodes("coding") or ([node] if "code" in node and not isinstance(node.data["code"], dict) else [])
    for one in codings:
        code, display = one.text("code"), one.text("display")
        if code:
            system = system_name(one.text("system"))
            codes.append(Code(system=system, code=code, version=one.text("version"), text=display))
        if display:
            displays.append(display)
    names = tuple(dict.fromkeys(x for x in (node.text("text"), *displays) if x))
    text = names[0] if names else codes[0].code if codes else ""
    return Coded(text, names, tuple(codes), node) if text else None


def first_coded(node: Node, *keys: str) -> Coded | None:
    """The first field that holds words or a code; a plain string counts as words."""
    for key in keys:
        if isinstance(node.data.get(key), str):
            text = node.text(key)
            if text:
                return Coded(text, (text,), (), node)
            continue
        for one in node.nodes(key):
            found = coded(one)
            if found is not None:
                return found
    return None


def looked_up(found: Coded | None, table: object) -> str:
    """The entry of a value set that codes or words name, without regard to case; empty where there is none."""
    assert hasattr(table, "get")
    if found is None:
        return ""
    return next((str(table.get(key)) for key in found.keys if table.get(key) is not None), "")


@dataclass(frozen=True)
class Moment:
    """A date field: the date, and the days that our extension tells of it.

    Attributes:
        told: The moment as it was written by us; it goes before what the date gives.
    """

    dated: Dated | None = None
    told: Time | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def days(self) -> Interval:
        """The calendar days that it allows (``date.toordinal``)."""
        return self.dated.days if self.dated is not None else ANY

    def time(self, axis: Axis, *, least: float | None = None, anchor: str = "date", first: bool = False) -> Time | None:
        """The moment on the axis of the case."""
        if self.told is not None:
            return self.told
        return axis.time(self.dated, self.evidence, least=least, anchor=anchor, first=first)


def moment_at(node: Node, key: str) -> Moment | None:
    """The moment that a date field holds; nothing where it holds none, or something that is no date."""
    written = node.text(key) if node.data.get(key) is not None else ""
    dated = parse(written) if written else None
    if written and dated is None:
        node.log.warn(node.at(key), f"{written[:40]!r} is no date", "Write it as YYYY, YYYY-MM or YYYY-MM-DD.")
    beside = node.of_primitive(key)
    told = None
    if beside is not None and (tree := carried(beside, MOMENT)) is not None:
        told = moment(tree, beside, dated.iso if dated is not None else "")
    if dated is None and told is None:
        return None
    return Moment(dated, told, (node.quote(key),) if dated is not None else ())


@dataclass(frozen=True)
class Span:
    """A period, or a moment as its start."""

    start: Moment | None = None
    stop: Moment | None = None
    point: bool = False

    @property
    def known(self) -> bool:
        return self.start is not None or self.stop is not None


def span_at(node: Node, stem: str) -> Span:
    """The time of ``effective[x]``, ``onset[x]``, ``performed[x]`` …: a date, a period, or the events of a timing."""
    for name in (f"{stem}DateTime", f"{stem}Date", f"{stem}Instant", stem):
        if isinstance(node.data.get(name), str) or f"_{name}" in node.data:
            found = moment_at(node, name)
            if found is not None:
                return Span(found, None, point=True)
    period = node.first(f"{stem}Period", stem)
    if period is not None and ("start" in period or "end" in period or "_start" in period or "_end" in period):
        return Span(moment_at(period, "start"), moment_at(period, "end"))
    timing = node.node(f"{stem}Timing")
    if timing is not None:
        bounds = timing.node("repeat")
        inner = bounds.node("boundsPeriod") if bounds is not None else None
        if inner is not None:
            return Span(moment_at(inner, "start"), moment_at(inner, "end"))
        written = timing.texts("event")
        dated = parse(written[0]) if written else None
        if dated is not None:
            return Span(Moment(dated, None, (timing.quote("event", written[0]),)), None, point=True)
    return Span()


@dataclass(frozen=True)
class Amount:
    """A laboratory value as reading's ``measure`` takes it."""

    analyte: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparator: str = "="
    unit: str = ""
    unit_text: str = ""
    qualitative: str | None = None
    words: str = ""


def unit_of(node: Node) -> tuple[str, str]:
    """UCUM code and spelling of a quantity's unit; the code is empty where the unit is not known here."""
    written, code = node.text("unit"), node.text("code")
    is_ucum = not node.text("system") or node.text("system") == UCUM
    known = (parse_unit(code) if code and is_ucum else None) or (parse_unit(written) if written else None)
    return (known.code if known is not None else ""), written or ("" if known is not None else code)


def unit_code(code: str) -> str:
    """``{ULN}`` is a multiple of the upper limit, which the case calls ``xULN``."""
    return "xULN" if code == "{ULN}" else code


def amount(node: Node, analyte: str = "") -> Amount | None:
    """A Quantity; nothing where it has no usable number."""
    value = node.number("value")
    if value is None:
        return None
    code, written = unit_of(node)
    sign = node.text("comparator") if "comparator" in node else "="
    comparator = _COMPARATORS.get(sign)
    if comparator is None:
        node.log.warn(node.at("comparator"), f"{sign!r} is no comparator", "Use <, <=, >=, > or leave it out.")
        return None
    words = f"{sign if sign != '=' else ''}{node.quote('value').quote} {written or code}".strip()
    return Amount(
        analyte, value=value, comparator=comparator, unit=unit_code(code), unit_text=written, words=words
    )  # fmt: skip


def ranged(node: Node, analyte: str = "") -> Amount | None:
    """A Range with both or one of its ends."""
    low, high = node.node("low"), node.node("high")
    ends = [amount(one) if one is not None else None for one in (low, high)]
    if not any(ends):
        return None
    first = ends[0] or ends[1]
    assert first is not None
    figures = [None if end is None else end.value for end in ends]
    if figures[0] is not None and figures[1] is not None and figures[0] > figures[1]:
        node.log.warn(node.path, "the range is upside down", "Swap its ends.")
        return None
    words = "–".join("" if end is None else end.words.split(" ")[0] for end in ends) + f" {first.unit_text}".rstrip()
    if figures[1] is None or figures[0] is None:
        sign, value = (">=", figures[0]) if figures[1] is None else ("<=", figures[1])
        return Amount(
            analyte, value=value, comparator=sign, unit=first.unit, unit_text=first.unit_text, words=words
        )  # fmt: skip
    return Amount(
        analyte, low=figures[0], high=figures[1], unit=first.unit, unit_text=first.unit_text, words=words
    )  # fmt: skip


@dataclass(frozen=True)
class Lab:
    """A measured value before it is placed on the axis of the case."""

    amount: Amount
    span: Span
    limit: Limit | None
    codes: tuple[Code, ...]
    evidence: tuple[Evidence, ...]
    update: dict[str, object] = field(default_factory=dict)
    node: Node | None = None

    def measurement(self, axis: Axis) -> Measurement:
        """The measurement, judged as one that was read from prose: canonical value, doubts flagged."""
        time = self.span.start.time(axis) if self.span.start is not None else None
        made = measure(self.amount, time, self.evidence, limit=self.limit, section=SECTION, rule="FHIR")
        return made.model_copy(update={"codes": self.codes})


def limits(node: Node, unit: str, sex: str = "") -> Limit | None:
    """The reference range that applies to the patient, in the unit of the value.

    A range of another kind (therapeutic) or for the other sex is left out, and so is one for an age where there is one
    without; a bound in another unit is left out and said.
    """
    ranges = [one for one in node.nodes("referenceRange") if _applies(one, sex)]
    for one in sorted(ranges, key=lambda r: "age" in r):
        found: list[float | None] = []
        for key in ("low", "high"):
            end = one.node(key)
            made = amount(end) if end is not None else None
            if made is not None and made.unit and unit and made.unit != unit:
                node.log.warn(one.at(key), f"the limit is in {made.unit_text}, the value in {unit}; it was left out")
                made = None
            found.append(made.value if made is not None else None)
        low, high = found
        words = one.text("text")
        if low is None and high is None and words:
            low, high = _limit_words(words)
        if low is None and high is None:
            continue
        if low is not None and high is not None and low > high:
            node.log.warn(one.path, "the reference range is upside down; it was left out", "Swap its ends.")
            continue
        told = words or f"{'' if low is None else f'{low:g}'}–{'' if high is None else f'{high:g}'}"
        return Limit(low=low, high=high, source="printed", evidence=(one.quote(words=told),))
    return None


_NORMAL = {"normal", "normal range", "recommended", "reference"}
_SEXES = {"female": {"female", "f", "248152002"}, "male": {"male", "m", "248153007"}}


def _applies(one: Node, sex: str) -> bool:
    """A range of normal values, not for the other sex (or for one sex, where the patient's is not known)."""
    kind = first_coded(one, "type")
    if kind is not None and not _NORMAL & set(kind.keys):
        return False
    groups = {key for item in one.nodes("appliesTo") if (c := coded(item)) is not None for key in c.keys}
    named = {name for name, keys in _SEXES.items() if keys & groups}
    return not named or sex in named


_TEXT_RANGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\D*")
_TEXT_HIGH = re.compile(r"\s*(?:<=?|≤|up to)\s*(\d+(?:\.\d+)?)\D*")


def _limit_words(text: str) -> tuple[float | None, float | None]:
    """A range that is only written out: "150 - 450", "<40"."""
    both = _TEXT_RANGE.fullmatch(text)
    if both is not None:
        return float(both[1]), float(both[2])
    high = _TEXT_HIGH.fullmatch(text)
    return (None, float(high[1])) if high is not None else (None, None)


def interpretation(node: Node) -> tuple[str, PathEvidence | None]:
    """What the laboratory says of a result: ``normal``, ``elevated``, ``positive`` …; empty where it says nothing."""
    for one in node.nodes("interpretation"):
        found = coded(one)
        word = looked_up(found, INTERPRETATIONS)
        if found is not None and word:
            return word, found.evidence
    return "", None


def dose_of(node: Node | None, text: str = "") -> Dose | None:
    """A dose from its quantity or range, with the words it came in."""
    made = None
    if node is not None:
        made = ranged(node) if "low" in node or "high" in node else amount(node)
    if made is None:
        return Dose(text=text) if text else None
    return Dose(value=made.value, low=made.low, high=made.high, unit=made.unit_text, text=made.words)


_BLOCK = re.compile(r"</?(?:p|div|tr|li|h[1-6]|table|br|ul|ol|thead|tbody|pre|section)\b[^>]{0,300}>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<!--(?:[^-]|-(?!->)){0,2000}-->|<[^<>]{0,2000}>")


def text_of_div(div: str) -> str:
    """The words of an XHTML narrative: paragraphs in lines, cells apart, marks and entities resolved."""
    marked = _BLOCK.sub("\n", _CELL.sub("\t", " ".join(_laid_out(div))))
    lines = (" ".join(line.split()) for line in unescape(_ANY_TAG.sub("", marked)).replace("\t", "  ").split("\n"))
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def _laid_out(div: str) -> Iterator[str]:
    """The parts of a narrative, line ends as spaces but for what is laid out by them (``pre``)."""
    lower, at = div.lower(), 0
    while (start := lower.find("<pre", at)) >= 0 and (end := lower.find("</pre", start)) >= 0:
        yield " ".join(div[at:start].split())
        yield div[start:end]
        at = end
    yield " ".join(div[at:].split())


def joined(codes: Sequence[Code], more: Sequence[Code]) -> tuple[Code, ...]:
    """Codes without repeats."""
    return tuple(dict.fromkeys((*codes, *more)))
