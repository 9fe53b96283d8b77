"""What is wrong with an E2B(R3) message, where, and whether a receiver would reject it.

Checked: the schema, where its folder is given; mandatory and conditional elements; lengths, codes, null flavours,
numbers, dates and their precision; one MedDRA version; links between drugs and reactions. No clock: a date is "in the
future" when it is later than the creation of the message. Sources: ICH E2B(R3) core data elements (see `elements`) and,
for what is rejected rather than warned of, the generic rejection rules that FDA publishes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats import dates
from dechallenge.formats.e2b.elements import Definition, elements
from dechallenge.formats.e2b.icsr import At, Element, Icsr
from dechallenge.formats.e2b.places import GROUPS, group_place
from dechallenge.formats.e2b.r3_read import line_of, read
from dechallenge.formats.e2b.r3_values import BETWEEN, NUMBER, QUALIFIED
from dechallenge.formats.e2b.safe_xml import MESSAGE, parse, recognise
from dechallenge.formats.e2b.validate_rules import rules

Severity = Literal["a receiver would reject", "warning"]
REJECT: Final[Severity] = "a receiver would reject"
WARN: Final[Severity] = "warning"

_MEDDRA_VERSION = re.compile(r"\d{1,2}\.\d")
_FREE_NUMBERS = frozenset(["F.r.3.2"])
_CREATED = frozenset(["N.1.5", "N.2.r.4", "C.1.2"])
_ELSEWHERE = ("G.k.1", "G.k.9.i.2")
"""Elements of a drug that do not stand below it."""
_MOST: Final = 200
"""Findings of one rule in one report; more are of no use to anybody."""
_ENTRY = "MCCI_IN200100UV01.xsd"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        id: Data element, empty where the schema speaks of something that is none.
        at: Its repetition.
        path: XPath of it, or of what it is missing from.
        line: Line in the file, 0 where not known.
        message: What is wrong, in words.
        severity: Whether a receiver would reject the message for it.
        report: Number of the report in the message, from 1; 0 for the message as a whole.
    """

    id: str
    at: At
    path: str
    line: int
    message: str
    severity: Severity
    report: int


def validate(data: bytes | Path, name: str, *, schemas: Path | None = None) -> list[Finding]:
    """What is wrong with a message; see `validated`."""
    return validated(data, name, schemas=schemas)[0]


def validated(data: bytes | Path, name: str, *, schemas: Path | None = None) -> tuple[list[Finding], int]:
    """What is wrong with a message, and how many whole reports it holds.

    Args:
        data: The file: its bytes, or its path (a batch is then not held as a whole, unless the schema is asked).
        name: Its name, for errors.
        schemas: Folder with the schema of the ICH package (``MCCI_IN200100UV01.xsd`` in it or below it).

    Returns:
        Findings in the order of the lines.

    Raises:
        InputError: The file is no E2B(R3) message or is hostile or damaged from the start; the folder has no schema.
    """
    found: list[Finding] = []
    reports: list[Icsr] = []
    last, count = 0, 0
    try:
        for report in read(data, name):
            found += check(report)
            count += 1
            last = max((element.line for element in report.elements), default=last)
            if schemas is not None:
                reports.append(Icsr(report.form, report.number, report.elements))
    except InputError as error:
        if not count:
            raise
        found.append(Finding("", (), "", last, error.cause, REJECT, 0))
    else:
        if schemas is not None:
            whole = data.read_bytes() if isinstance(data, Path) else data
            found += _against_schema(whole, name, schemas, reports)
    return sorted(found, key=lambda finding: (finding.report, finding.line, finding.id, finding.at)), count


def check(report: Icsr) -> list[Finding]:
    """What is wrong with the data elements of a report, of whatever form; the schema is not looked at."""
    found = [finding for element in report.elements for finding in _element(report, element)]
    found += _missing(report)
    for rule in rules():
        severity = REJECT if rule.rejects else WARN
        broken = itertools.islice(rule.finds(report), _MOST)
        found += [_at(report, rule.id, at, text, severity) for at, text in broken]
    found += _versions(report)
    found += [_at(report, "", (), note, WARN) for note in report.notes]
    return found


def _element(report: Icsr, element: Element) -> Iterator[Finding]:
    definition = elements().get(element.id)
    if definition is None:
        return
    if element.null:
        if element.null not in definition.nulls:
            allowed = " or ".join(definition.nulls) if definition.nulls else "none"
            text = f"{definition.name} has null flavour {element.null}; allowed: {allowed}"
            yield _found(report, element, text, REJECT if definition.conformance == "M" else WARN)
        return
    for text, severity in _value(report, element, definition):
        yield _found(report, element, f"{definition.name} {text}", severity)


def _value(report: Icsr, element: Element, definition: Definition) -> Iterator[tuple[str, Severity]]:
    value = element.value
    if definition.codes and value not in definition.codes:
        yield f"is {_short(value)}; allowed: {', '.join(definition.codes)}", REJECT
    elif definition.type == "TS":
        yield from _date(report, element, definition)
    elif definition.type == "N" and not _is_number(element):
        yield f"is {_short(value)}; a number is expected", REJECT
    elif definition.length and len(value) > definition.length:
        regional = definition.name.endswith("version") and "MedDRA" not in definition.name
        yield f"has {len(value)} characters, {definition.length} are allowed", WARN if regional else REJECT
    elif definition.type == "A" and not value.isalpha():
        yield f"is {_short(value)}; letters are expected", REJECT
    elif definition.name.endswith("MedDRA code") and not re.fullmatch(r"\d{8}", value):
        yield f"is {_short(value)}; a code of eight digits is expected", REJECT
    elif "MedDRA version" in definition.name and not _MEDDRA_VERSION.fullmatch(value):
        yield f"is {_short(value)}; a version such as 27.1 is expected", REJECT


def _is_number(element: Element) -> bool:
    if NUMBER.fullmatch(element.value):
        return True
    return element.id in _FREE_NUMBERS and bool(QUALIFIED.fullmatch(element.value) or BETWEEN.fullmatch(element.value))


def _date(report: Icsr, element: Element, definition: Definition) -> Iterator[tuple[str, Severity]]:
    parsed = dates.parse(element.value)
    if parsed is None or not re.fullmatch(r"\d[\d.]*(?:[+-]\d{4})?", element.value):
        yield f"is {_short(element.value)}; a date such as 20220614 or 20220614101010-0500 is expected", REJECT
        return
    digits = re.match(r"\d+", element.value)
    if digits is not None and len(digits[0]) < definition.length:
        yield f"is {element.value}; {definition.length} digits are needed (CCYYMMDDhhmmss, as far as that)", REJECT
    created = dates.parse(report.value("C.1.2") or report.value("N.1.5"))
    limit = created.days.high if created is not None else None
    first = parsed.days.low
    if limit is not None and first is not None and first > limit and element.id not in _CREATED:
        yield f"is {element.value}, later than the creation of the report", WARN


def _missing(report: Icsr) -> Iterator[Finding]:
    for definition in elements().values():
        if definition.conformance != "M":
            continue
        group = _group(definition.id)
        if group is None:
            places: list[At] = [()]
        else:
            places = sorted({e.at[:1] for e in report.elements if e.at and _group(e.id) == group})
            if not places and definition.id in ("C.2.r.4", "E.i.2.1b", "G.k.2.2"):
                places = [(1,)]
        for at in places[:_MOST]:
            element = report.get(definition.id, *at)
            if element is None:
                yield _at(report, definition.id, at, f"{definition.name} is missing; it is mandatory", REJECT)


def _group(id: str) -> str | None:
    """The outermost repeating group of an element; the header of a message is no group."""
    if id.startswith("N."):
        return None
    return next((g for g in sorted(GROUPS, key=len) if id == g or id.startswith(g + ".")), None)


def _versions(report: Icsr) -> Iterator[Finding]:
    known: dict[str, Element] = {}
    for element in report.elements:
        definition = elements().get(element.id)
        if definition is not None and "MedDRA version" in definition.name and element.value:
            known.setdefault(element.value, element)
    if len(known) > 1:
        text = f"one report has one MedDRA version; this one has {', '.join(sorted(known))}"
        yield _found(report, list(known.values())[1], text, REJECT)


def _found(report: Icsr, element: Element, text: str, severity: Severity) -> Finding:
    return Finding(element.id, element.at, element.path, element.line, text, severity, report.number)


def _at(report: Icsr, id: str, at: At, text: str, severity: Severity) -> Finding:
    """A finding about what may be missing: at its place, at the group that it is missing from, or at the report."""
    element = report.get(id, *at)
    if element is not None:
        return _found(report, element, text, severity)
    group = max((g for g in GROUPS if at and (id == g or id.startswith(g + "."))), key=len, default="")
    inside = [e for e in report.elements if group and e.id.startswith(group) and e.at[: len(at)] == at]
    near = next((e for e in inside if not (group == "G.k" and e.id.startswith(_ELSEWHERE))), None)
    if near is None:
        near = next((e for e in report.elements if not e.id.startswith("N.1")), None)
        group = ""
    if near is None:
        return Finding(id, at, "", 0, text, severity, report.number)
    depth = 3 + (len(group_place(group).steps) if group else 0)
    return Finding(id, at, "/".join(near.path.split("/")[:depth]), near.line, text, severity, report.number)


def _short(value: str) -> str:
    return f"“{value if len(value) <= 40 else value[:39] + '…'}”"


def _against_schema(data: bytes, name: str, schemas: Path, reports: list[Icsr]) -> Iterator[Finding]:
    schema = _schema(schemas)
    root = parse(data, name, comments=True)
    if recognise(root) != "E2B(R3)" or schema.validate(root):
        return
    top = root.getroottree()
    numbers = {message: number for number, message in enumerate(root.iterchildren(f"{{*}}{MESSAGE}"), 1)}
    for error in schema.error_log:  # type: ignore[attr-defined]
        at = top.xpath(error.path) if error.path else []
        element = at[0] if isinstance(at, list) and at and isinstance(at[0], etree._Element) else root
        path, number = _path(element, numbers)
        line = error.line or line_of(element)
        near = _nearest(reports[number - 1], path, line) if 0 < number <= len(reports) else None
        text = re.sub(r"\{urn:hl7-org:v3\}|\{http://www\.w3\.org/2001/XMLSchema-instance\}", "", error.message)
        id, repetition = (near.id, near.at) if near is not None else ("", ())
        yield Finding(id, repetition, path, line, f"against the schema: {text}", REJECT, number)


def _nearest(report: Icsr, path: str, line: int) -> Element | None:
    """The data element that stands at a path, or in its line."""
    below = [e for e in report.elements if e.path == path or e.path.startswith(path + "/@")]
    return next(iter(below), None) or next((e for e in report.elements if line and e.line == line), None)


def _path(element: etree._Element, numbers: dict[etree._Element, int]) -> tuple[str, int]:
    parts: list[str] = []
    one: etree._Element | None = element
    while one is not None:
        local = etree.QName(one).localname
        if one in numbers:
            number = numbers[one]
            head = f"//{MESSAGE}[{number}]" if number > 1 else f"//{MESSAGE}"
            return "/".join([head, *reversed(parts)]), number
        parent = one.getparent()
        same = [child for child in parent.iterchildren(one.tag)] if parent is not None else [one]
        parts.append(f"{local}[{same.index(one) + 1}]" if len(same) > 1 else local)
        one = parent
    return "/" + "/".join(reversed(parts)), 0


@cache
def _schema(folder: Path) -> etree.XMLSchema:
    """The schema of the ICH package.

    Raises:
        InputError: There is none in the folder, or it is incomplete.
    """
    entries = sorted(folder.rglob(_ENTRY)) if folder.is_dir() else []
    if not entries:
        raise InputError(
            f"there is no {_ENTRY} in this folder",
            place=str(folder),
            next_step="Give the folder of the schema files of the ICH E2B(R3) package.",
        )
    try:
        return etree.XMLSchema(etree.parse(entries[0], etree.XMLParser(no_network=True)))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise InputError(
            f"the schema cannot be loaded ({error})",
            place=str(entries[0]),
            next_step="Give the complete folder of schema files, with coreschemas beside multicacheschemas.",
        ) from None
