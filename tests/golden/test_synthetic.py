"""Invented case reports, written before the reader saw them, yield the facts in synthetic/NAME.json, field by field.

They say how well the reader generalises: no text was chosen, and no rule made, for what the reader can do. A fact is
matched by the words it points at. Known shortfalls stand in the JSON file under ``shortfall`` with their reason; such a
field must fail, and the test says so as soon as it passes (strict).
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from dechallenge.cli import main

FOLDER = Path(__file__).parent / "synthetic"
EXPECTED: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
TEXTS = {name: (FOLDER / f"{name}.txt").read_text(encoding="utf-8") for name in EXPECTED}

NOT_LABORATORY = {"BODY_TEMP", "WEIGHT", "HEIGHT", "BMI", "HEART_RATE", "RESP_RATE", "SPO2", "BP_SYS", "BP_DIA"}
SAME_UNIT = {"[IU]/L": "U/L", "[IU]/mL": "U/mL", "{INR}": "", "ng/mL": "ug/L"}
SAME_ANALYTE = {"NEUT_PCT": "NEUT", "EOS_PCT": "EOS", "LYMPH_PCT": "LYMPH", "MONO_PCT": "MONO", "UREA": "BUN"}

Fact = dict[str, Any]
Check = Callable[[str, Fact, Fact], list[str]]


@functools.cache
def answer() -> Fact:
    """What `dechallenge assess synthetic/*.txt --json` prints."""
    files = [str(FOLDER / f"{name}.txt") for name in EXPECTED]
    out = io.StringIO()
    code: Any = None
    with mock.patch.object(sys, "argv", ["dechallenge", "assess", *files, "--json"]), contextlib.redirect_stdout(out):
        try:
            code = main()
        except SystemExit as stop:
            code = stop.code
    assert code in (None, 0, 1)
    result: Fact = json.loads(out.getvalue())
    return result


def cases_of(name: str) -> list[Fact]:
    """The cases that were read from a text, in the order of the text."""
    documents = {document["id"]: document["name"] for document in answer()["documents"]}
    return [case for case in answer()["cases"] if documents[case["document"]] == f"{name}.txt"]


def plain(drug: str) -> str:
    """A drug's name without the marks between its words."""
    return re.sub(r"[^a-z0-9]+", "-", drug.lower().replace(" and ", "-")).strip("-")


def names(wanted: Fact, drug: str | list[str]) -> set[str]:
    """All accepted names of a drug in a case."""
    given = [drug] if isinstance(drug, str) else drug
    return {plain(name) for one in given for name in [one, *wanted.get("alias", {}).get(one, [])]}


def either(wanted: Any) -> list[Any]:
    """The accepted answers as a list."""
    return wanted if isinstance(wanted, list) else [wanted]


def pairs(case: Fact) -> list[Fact]:
    """The suspect entries of the primary event."""
    primary = {event["id"] for event in case["events"] if event["primary"]}
    return [entry for entry in case["suspects"] if entry["event"]["id"] in primary]


def pair(wanted: Fact, case: Fact) -> Fact | None:
    """The entry of the first expected suspect."""
    for suspect in wanted["suspects"]:
        for entry in pairs(case):
            if plain(entry["drug"]) in names(wanted, suspect["drug"]):
                return entry
    return None


def overlaps(name: str, fact: Fact, quote: str) -> bool:
    """Whether the evidence of a fact overlaps a place where the text prints the quotation."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    places = [found.span() for found in re.finditer(pattern, TEXTS[name])]
    return any(
        evidence["start"] < end and start < evidence["end"]
        for evidence in fact["evidence"]
        if "start" in evidence
        for start, end in places
    )


def analyte(name: str) -> str:
    return SAME_ANALYTE.get(name, name)


def unit(code: str) -> str:
    return SAME_UNIT.get(code, code)


def same_value(wanted: Fact, got: Fact) -> bool:
    """The same analyte, figure (or range), comparator and unit."""
    if analyte(wanted["analyte"]) != analyte(got["analyte"]):
        return False
    if wanted["unit"] is not None and unit(wanted["unit"]) != unit(got["unit"]):
        return False
    comparator = wanted.get("comparator", "=")
    if got["comparator"] != comparator and not (comparator == "=" and got["comparator"] == "~"):
        return False
    if "value" in wanted:
        return got["value"] is not None and abs(got["value"] - wanted["value"]) < 1e-9
    return (got["low"], got["high"]) == (wanted["low"], wanted["high"])


def shown(got: Fact) -> str:
    figure = got["value"] if got["value"] is not None else f"{got['low']}-{got['high']}"
    return f"{got['analyte']} {got['comparator']}{figure} {got['unit']} day {got['day']}"


def laboratory(case: Fact) -> list[Fact]:
    """The laboratory values with a figure."""
    return [
        value
        for value in case["measurements"]
        if (value["value"] is not None or value["low"] is not None or value["high"] is not None)
        and value["analyte"] not in NOT_LABORATORY
        and value["unit"] != "{titer}"
    ]


def same_days(wanted: list[float | None], got: list[float | None]) -> bool:
    """The interval that was read agrees with the one that the wording allows (``null``: open).

    An open upper end passes where the lower one is right: "after 10 days" counts from a stop whose day may be untold.
    """
    low, high = got
    if wanted[1] is None:
        assert wanted[0] is not None
        return low is not None and low >= wanted[0] - max(2.0, 0.05 * wanted[0])
    if wanted[0] is None or wanted[1] <= 0:
        return high is not None and high <= 0
    slack = max(2.0, 0.05 * wanted[1])
    if high is None:
        return low is not None and wanted[0] - slack <= low <= wanted[1] + slack
    if low is None:
        return False
    wide = (wanted[1] - wanted[0]) + max(14.0, 0.5 * (wanted[0] + wanted[1]) / 2)
    return low <= wanted[1] + slack and wanted[0] - slack <= high and high - low <= wide


def check_age(name: str, wanted: Fact, case: Fact) -> list[str]:
    age = case["patient"]["age"]
    want = wanted["patient"]["age"]
    if want is None:
        return [] if age is None else [f"age {age}, none is printed"]
    if age is None:
        return [f"no age, expected {want}"]
    return [] if all(age.get(key) == value for key, value in want.items()) else [f"age {age}, expected {want}"]


def check_sex(name: str, wanted: Fact, case: Fact) -> list[str]:
    got, want = case["patient"]["sex"], wanted["patient"]["sex"]
    return [] if got == want else [f"sex {got}, expected {want}"]


def check_pregnant(name: str, wanted: Fact, case: Fact) -> list[str]:
    got = case["patient"]["pregnant"]
    return [] if got == wanted["pregnant"] else [f"pregnant {got}, expected {wanted['pregnant']}"]


def check_alcohol(name: str, wanted: Fact, case: Fact) -> list[str]:
    got = case["patient"]["alcohol"]
    return [] if got == wanted["alcohol"] else [f"alcohol {got}, expected {wanted['alcohol']}"]


def check_event(name: str, wanted: Fact, case: Fact) -> list[str]:
    got = [event["kind"] for event in case["events"] if event["primary"]]
    return [] if got and got[0] in either(wanted["event"]) else [f"event {got}, expected {wanted['event']}"]


def check_suspect(name: str, wanted: Fact, case: Fact) -> list[str]:
    """The first-listed suspect is expected, every expected one is listed, with its basis."""
    found = [(plain(entry["drug"]), entry["basis"]) for entry in pairs(case)]
    accepted = [names(wanted, suspect["drug"]) for suspect in wanted["suspects"]]
    misses = []
    if not accepted:
        return [f"suspects {found}, expected none"] if found else []
    if not found or not any(found[0][0] in group for group in accepted):
        misses.append(f"first suspect {found[:1]}, expected one of {wanted['suspects']}")
    for suspect, group in zip(wanted["suspects"], accepted, strict=True):
        basis = [one for drug, one in found if drug in group]
        if not basis:
            misses.append(f"{suspect['drug']} is no suspect; suspects are {found}")
        elif not wanted.get("basis_free") and basis[0] not in either(suspect["basis"]):
            misses.append(f"{suspect['drug']} by {basis[0]}, expected {suspect['basis']}")
    return misses


def check_no_other_suspect(name: str, wanted: Fact, case: Fact) -> list[str]:
    accepted = set().union(*(names(wanted, suspect["drug"]) for suspect in wanted["suspects"]), set())
    for drug, roles in wanted["roles"].items():
        if "suspect" in roles:
            accepted |= names(wanted, drug)
    extra = sorted({plain(entry["drug"]) for entry in pairs(case)} - accepted)
    return [f"{drug} is a suspect" for drug in extra]


def check_roles(name: str, wanted: Fact, case: Fact) -> list[str]:
    misses = []
    for drug, roles in wanted["roles"].items():
        got = sorted({entry["role"] for entry in case["exposures"] if plain(entry["drug"]) in names(wanted, drug)})
        if not got:
            misses.append(f"{drug} was not read, expected {roles}")
        elif not (set(got) & set(roles) or ("later" in roles and "suspect" not in got)):
            misses.append(f"{drug} is {got}, expected {roles}")
    return misses


def check_not_taken(name: str, wanted: Fact, case: Fact) -> list[str]:
    unwanted = set().union(*(names(wanted, drug) for drug in wanted["not_taken"]))
    return [
        f"{entry['drug']} is {entry['role']}, but the patient did not take it"
        for entry in case["exposures"]
        if plain(entry["drug"]) in unwanted
    ]


def check_latency(name: str, wanted: Fact, case: Fact) -> list[str]:
    entry = pair(wanted, case)
    if entry is None:
        return ["the suspect is missing"]
    got = entry["key_points"]["latency_days"]
    low, high = wanted["latency"]
    if got is None or got[0] is None or got[1] is None:
        return [f"latency {got}, expected {wanted['latency']}"]
    slack = max(2.0, 0.1 * (low + high) / 2)
    fits = got[0] <= high and low <= got[1] and got[0] >= low - slack and got[1] <= high + slack
    return [] if fits else [f"latency {got}, expected {wanted['latency']}"]


def check_lab_recall(name: str, wanted: Fact, case: Fact) -> list[str]:
    read = laboratory(case)
    misses = []
    for want in wanted["labs"]:
        if not any(same_value(want, got) and overlaps(name, got, want["quote"]) for got in read):
            near = [shown(got) for got in read if overlaps(name, got, want["quote"])]
            misses.append(f"{want} not read; at its words: {near}")
    return misses


def check_lab_precision(name: str, wanted: Fact, case: Fact) -> list[str]:
    return [
        f"{shown(got)} is not a value of this patient: {got['evidence'][0].get('quote')}"
        for got in laboratory(case)
        if not any(same_value(want, got) for want in wanted["labs"])
    ]


def check_lab_days(name: str, wanted: Fact, case: Fact) -> list[str]:
    misses = []
    for want in wanted["labs"]:
        if "day" not in want:
            continue
        fits = [got for got in laboratory(case) if same_value(want, got) and overlaps(name, got, want["quote"])]
        if fits and not any(same_days(want["day"], got["day"]) for got in fits):
            misses.append(f"{want['quote']} on day {[got['day'] for got in fits]}, expected {want['day']}")
    return misses


def check_not_read(name: str, wanted: Fact, case: Fact) -> list[str]:
    return [
        f"{quote}: {shown(got)} belongs to somebody else"
        for quote in wanted["not_read"]
        for got in case["measurements"]
        if overlaps(name, got, quote)
    ]


def check_tests(name: str, wanted: Fact, case: Fact) -> list[str]:
    misses = []
    for want in wanted["tests"]:
        kind = re.compile(want.get("test", ""), re.IGNORECASE)
        here = [test for test in case["tests"] if overlaps(name, test, want["quote"]) and kind.search(test["test"])]
        if not any(test["state"] == want["state"] for test in here):
            got = [(test["test"], test["state"]) for test in here]
            misses.append(f"{want['quote']!r} ({want.get('test', 'any test')}) expected {want['state']}, got {got}")
    return misses


def check_re_exposures(name: str, wanted: Fact, case: Fact) -> list[str]:
    drugs = set().union(*(names(wanted, suspect["drug"]) for suspect in wanted["suspects"]), set())
    drugs |= set().union(*(names(wanted, drug) for drug in wanted.get("re_exposed", [])), set())
    got = [
        action["result"]
        for action in case["actions"]
        if action["kind"] == "restarted" and (plain(action["drug"]) in drugs or not wanted["re_exposures"])
    ]
    want = wanted["re_exposures"]
    fits = len(got) == len(want) and all(one in either(other) for one, other in zip(got, want, strict=True))
    return [] if fits else [f"re-exposures {got}, expected {want}"]


def check_key_point(key: str) -> Check:
    def check(name: str, wanted: Fact, case: Fact) -> list[str]:
        entry = pair(wanted, case)
        if entry is None:
            return ["the suspect is missing"]
        got = entry["key_points"][key]
        return [] if got in either(wanted[key]) else [f"{key} {got}, expected {wanted[key]}"]

    return check


def check_outcome(name: str, wanted: Fact, case: Fact) -> list[str]:
    entry = pair(wanted, case)
    primary = [event["outcome"] for event in case["events"] if event["primary"]]
    got = entry["key_points"]["outcome"] if entry is not None else (primary or ["no event"])[0]
    return [] if got in either(wanted["outcome"]) else [f"outcome {got}, expected {wanted['outcome']}"]


def check_pattern(name: str, wanted: Fact, case: Fact) -> list[str]:
    entry, want = pair(wanted, case), wanted["pattern"]
    got = entry["key_points"]["pattern"] if entry is not None else None
    if got is None:
        return [f"no pattern, expected {want}"]
    misses = [f"{key} {got[key]}, expected {want[key]}" for key in want if key != "r" and got[key] != want[key]]
    if "r" in want and (got["r"] is None or abs(got["r"] / want["r"] - 1) > 0.05):
        misses.append(f"R {got['r']}, expected {want['r']}")
    return misses


def check_severity(name: str, wanted: Fact, case: Fact) -> list[str]:
    entry = pair(wanted, case)
    got = entry["key_points"]["severity"] if entry is not None else None
    if got is None or got["low"] is None or got["high"] is None:
        return [f"no severity, expected {wanted['severity']}"]
    fits = any(got["low"] <= grade <= got["high"] for grade in either(wanted["severity"]))
    return [] if fits else [f"severity {got['low']} to {got['high']}, expected {wanted['severity']}"]


FIELDS: dict[str, tuple[str, Check]] = {
    "age": ("patient", check_age),
    "sex": ("patient", check_sex),
    "pregnant": ("pregnant", check_pregnant),
    "alcohol": ("alcohol", check_alcohol),
    "event": ("event", check_event),
    "suspect": ("suspects", check_suspect),
    "no other suspect": ("suspects", check_no_other_suspect),
    "roles": ("roles", check_roles),
    "not taken": ("not_taken", check_not_taken),
    "latency": ("latency", check_latency),
    "labs recall": ("labs", check_lab_recall),
    "labs precision": ("labs", check_lab_precision),
    "labs days": ("labs", check_lab_days),
    "not read": ("not_read", check_not_read),
    "tests": ("tests", check_tests),
    "re-exposures": ("re_exposures", check_re_exposures),
    "rechallenge": ("rechallenge", check_key_point("rechallenge")),
    "dechallenge": ("dechallenge", check_key_point("dechallenge")),
    "outcome": ("outcome", check_outcome),
    "pattern": ("pattern", check_pattern),
    "severity": ("severity", check_severity),
}
"""Field: the key of the expected facts that asks for it, and its check."""

FACTS = [
    pytest.param(name, index, field, id=f"{name}-{index + 1}-{field.replace(' ', '_')}")
    for name, expected in EXPECTED.items()
    for index, case in enumerate(expected["cases"])
    for field, (key, _) in FIELDS.items()
    if key in case
]


def misses_of(name: str, index: int, field: str) -> list[str]:
    """What is wrong with one field of one case; empty when nothing is."""
    cases = cases_of(name)
    if index >= len(cases):
        return [f"case {index + 1} was not read ({len(cases)} cases)"]
    return FIELDS[field][1](name, EXPECTED[name]["cases"][index], cases[index])


def shortfall(name: str, index: int, field: str) -> str | None:
    """The reason why a field of a case is known to fail."""
    for known in EXPECTED[name]["shortfall"]:
        if known["field"] == field and known.get("case", 1) == index + 1:
            return str(known["reason"])
    return None


@pytest.mark.parametrize(("name", "index", "field"), FACTS)
def test_field(name: str, index: int, field: str) -> None:
    misses, reason = misses_of(name, index, field), shortfall(name, index, field)
    if reason is None:
        assert misses == [], f"{name}, case {index + 1}, {field}"
    elif misses:
        pytest.xfail(f"{reason}: {'; '.join(misses)}")
    else:
        pytest.fail(f"{name}, case {index + 1}: {field} passes now; remove it from the file's shortfall list")


@pytest.mark.parametrize("name", EXPECTED)
def test_number_of_cases(name: str) -> None:
    titles = [case["title"] for case in cases_of(name)]
    misses = [] if len(titles) == len(EXPECTED[name]["cases"]) else [str(titles)]
    reason = shortfall(name, 0, "cases")
    if reason is None:
        assert misses == []
    else:
        assert misses, f"{name}: the number of cases is right now; remove it from the file's shortfall list"
        pytest.xfail(reason)


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "problem" in expected])
def test_a_text_without_a_patient_is_a_problem(name: str) -> None:
    documents = {document["id"]: document["name"] for document in answer()["documents"]}
    problems = [
        one for one in answer()["problems"] if f"{name}.txt" in (documents.get(one["document"]), one["document"])
    ]
    assert [problem["kind"] for problem in problems] == [EXPECTED[name]["problem"]]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_quote_is_the_text_at_its_offsets(name: str) -> None:
    stack: list[Any] = list(cases_of(name))
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            if {"start", "end", "quote"} <= value.keys():
                assert TEXTS[name][value["start"] : value["end"]] == value["quote"]
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)


def test_every_text_has_its_expected_facts_and_the_other_way_round() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_expected_quotation_is_in_its_text(name: str) -> None:
    text = " ".join(TEXTS[name].split())
    quotes = [
        fact["quote"] for case in EXPECTED[name]["cases"] for key in ("labs", "tests") for fact in case.get(key, [])
    ]
    assert [quote for quote in quotes if " ".join(quote.split()) not in text] == []
