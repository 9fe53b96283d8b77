"""Rules between data elements of ICH E2B(R3): what one asks of another. Imports the report only.

Source: ICH E2B(R3) core data elements, conformance "conditional" and the business rules beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from dechallenge.formats.e2b.icsr import At, Icsr

_TIME: Final = ("a", "mo", "wk", "d", "h", "min", "s")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        id: The element that it speaks of.
        rejects: A receiver rejects the message for it.
        finds: Where a report breaks it, and what is wrong there.
    """

    id: str
    rejects: bool
    finds: Callable[[Icsr], Iterator[tuple[At, str]]]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the elements."""
    return (
        *(Rule(unit, True, _asked(number, unit, "a number needs its unit")) for number, unit in _UNITS),
        *(Rule(version, True, _asked(code, version, "a MedDRA code needs its version")) for code, version in _VERSIONS),
        *(Rule(asked, rejects, _asked(given, asked, text)) for given, asked, text, rejects in _PAIRS),
        *(Rule(id, False, _units(id, allowed)) for id, allowed in _ALLOWED),
        *(Rule(one, True, _either(one, other)) for one, other in _EITHER),
        Rule("C.5.4", True, _study),
        Rule("C.2.r.5", True, _primary),
        Rule("C.1.9.1.r.1", True, _others),
        Rule("F.r.2.1", True, _test_name),
        Rule("F.r.3.4", False, _test_result),
        Rule("G.k.1", True, _suspect),
        Rule("N.2.r.1", False, _same("N.2.r.1", "C.1.1", "the message has another number than the case (C.1.1)")),
        Rule(
            "N.2.r.4", False, _same("N.2.r.4", "C.1.2", "the message was created at another time than the case (C.1.2)")
        ),
    )


_UNITS: Final = tuple(
    (f"{stem}a", f"{stem}b")
    for stem in (
        "D.2.2", "D.2.2.1", "D.10.2.2", "E.i.6", "G.k.2.3.r.3", "G.k.4.r.1", "G.k.4.r.6", "G.k.5", "G.k.6",
        "G.k.9.i.3.1", "G.k.9.i.3.2",
    )
)  # fmt: skip
_VERSIONS: Final = tuple(
    (f"{stem}b", f"{stem}a")
    for stem in (
        "D.7.1.r.1", "D.8.r.6", "D.8.r.7", "D.9.2.r.1", "D.9.4.r.1", "D.10.7.1.r.1", "D.10.8.r.6", "D.10.8.r.7",
        "F.r.2.2", "G.k.7.r.2", "H.3.r.1",
    )
)  # fmt: skip
_PAIRS: Final = (
    ("C.1.11.1", "C.1.11.2", "a nullification or amendment needs its reason", True),
    ("E.i.1.1a", "E.i.1.1b", "a reaction in the native language needs the language", False),
    ("F.r.3.2", "F.r.3.3", "a result needs its unit", False),
    ("G.k.4.r.2", "G.k.4.r.3", "an interval needs its unit", True),
    ("G.k.7.r.1", "G.k.7.r.2b", "an indication needs its MedDRA code", False),
    ("G.k.3.1", "G.k.3.2", "an authorisation number needs its country", False),
    ("H.5.r.1a", "H.5.r.1b", "a summary in the native language needs the language", True),
)
_ALLOWED: Final = (
    ("D.2.2b", ("a", "mo", "wk", "d", "h", "{decade}", "10.a")),
    ("E.i.6b", _TIME),
    ("G.k.4.r.3", (*_TIME, "{cyclical}", "{asnecessary}", "{total}")),
    ("G.k.4.r.6b", _TIME),
    ("G.k.9.i.3.1b", _TIME),
    ("G.k.9.i.3.2b", _TIME),
)
"""UCUM units that the standard constrains these elements to."""


_EITHER: Final = (("D.8.r.3b", "D.8.r.2b"), ("D.10.8.r.3b", "D.10.8.r.2b"), ("G.k.2.1.2b", "G.k.2.1.1b"))


def _either(one: str, other: str) -> Callable[[Icsr], Iterator[tuple[At, str]]]:
    def finds(report: Icsr) -> Iterator[tuple[At, str]]:
        for element in report.elements:
            if element.id == one and report.value(other, *element.at):
                yield element.at, f"a product has either MPID ({other}) or PhPID ({one}), not both"

    return finds


def _asked(given: str, asked: str, text: str) -> Callable[[Icsr], Iterator[tuple[At, str]]]:
    def finds(report: Icsr) -> Iterator[tuple[At, str]]:
        for element in report.elements:
            if element.id == given and element.value and report.get(asked, *element.at) is None:
                yield element.at, f"{text} ({asked} is missing beside {given})"

    return finds


def _units(id: str, allowed: tuple[str, ...]) -> Callable[[Icsr], Iterator[tuple[At, str]]]:
    def finds(report: Icsr) -> Iterator[tuple[At, str]]:
        for element in report.elements:
            if element.id == id and element.value and element.value not in allowed:
                yield element.at, f"the unit {element.value} is not one of {', '.join(allowed)}"

    return finds


def _same(id: str, other: str, text: str) -> Callable[[Icsr], Iterator[tuple[At, str]]]:
    def finds(report: Icsr) -> Iterator[tuple[At, str]]:
        if report.value(id) and report.value(other) and report.value(id) != report.value(other):
            yield (), text

    return finds


def _study(report: Icsr) -> Iterator[tuple[At, str]]:
    if report.value("C.1.3") == "2" and report.get("C.5.4") is None:
        yield (), "a report from a study needs the study type"


def _primary(report: Icsr) -> Iterator[tuple[At, str]]:
    sources = report.repeats("C.2.r")
    count = sum(report.value("C.2.r.5", number) == "1" for number in sources)
    if sources and count != 1:
        yield (), f"one reporter is the primary source for regulatory purposes; here {count} are"


def _others(report: Icsr) -> Iterator[tuple[At, str]]:
    if report.value("C.1.9.1") == "true" and not report.repeats("C.1.9.1.r"):
        yield (), "other case ids are announced (C.1.9.1), but none is given"


def _test_name(report: Icsr) -> Iterator[tuple[At, str]]:
    for number in report.repeats("F.r"):
        if not report.value("F.r.2.1", number) and not report.value("F.r.2.2b", number):
            yield (number,), "a test needs a name, as text or as MedDRA code"


def _test_result(report: Icsr) -> Iterator[tuple[At, str]]:
    for number in report.repeats("F.r"):
        if not any(report.get(id, number) for id in ("F.r.3.1", "F.r.3.2", "F.r.3.4")):
            yield (number,), "a test has no result"


def _suspect(report: Icsr) -> Iterator[tuple[At, str]]:
    drugs = report.repeats("G.k")
    if drugs and not any(report.value("G.k.1", number) in ("1", "3", "4") for number in drugs):
        yield (), "no drug is suspect, interacting or not administered"
