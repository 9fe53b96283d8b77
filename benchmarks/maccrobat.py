"""`python -m benchmarks.maccrobat [--errors]`: laboratory values of general case reports, linked to analyte and unit.

Reference: the numeric `Lab_value` annotations of MACCROBAT 2020 (development part; Caufield 2020, CC BY 4.0) that the
annotation ties to a test named in `maccrobat_terms`. A prediction is right when its quote overlaps such an annotation,
its number is printed in it, and its analyte fits the tied test.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.evidence import overlap, spans
from benchmarks.maccrobat_terms import VITALS, is_elsewhere, is_generic, test_ids
from benchmarks.run import Assess, Json, assess_text
from benchmarks.scores import Share, table, verdict
from benchmarks.shared import read_lines, run_command, shared_path

Offsets = list[tuple[int, int]]
_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_UNIT = re.compile(r"[%°/]|\b(?:mm\s?Hg|kPa|fL|mEq|s|sec|seconds)\b")
_NAMED = re.compile(r"\(.*|[<>≤≥~=]|\d[\d.,]*\s?(?:%|[µμu]?[a-zA-Z]{0,6}/\S+)?|\b(?:than|greater|less|more|to|of)\b")
_REACH = 120


@dataclass(frozen=True)
class Gold:
    """One annotated number: the ids that its tied test can mean; `judged` is false where no test can be told."""

    places: Offsets
    text: str
    test: str
    ids: frozenset[str]
    judged: bool = True

    @property
    def vital(self) -> bool:
        return bool(self.ids) and self.ids <= VITALS | {"SAO2"} and self.ids != {"SAO2"}

    @property
    def has_unit(self) -> bool:
        return bool(_UNIT.search(_NUMBER.sub("", self.text)))


@dataclass(frozen=True)
class Read:
    """One value of the JSON that has a number."""

    analyte: str
    numbers: tuple[float, ...]
    unit: str
    places: Offsets

    @property
    def vital(self) -> bool:
        return self.analyte in VITALS

    def __str__(self) -> str:
        return f"{self.analyte} {'-'.join(f'{n:g}' for n in self.numbers)} {self.unit}".strip()


@dataclass
class Tally:
    """Counts of one group of values, and the lines that explain them."""

    found: int = 0
    missed: int = 0
    right: int = 0
    wrong: int = 0
    unjudged: int = 0
    united: int = 0
    with_unit: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> Share:
        return Share(self.found, self.found + self.missed)

    @property
    def precision(self) -> Share:
        return Share(self.right, self.right + self.wrong)


def gold_values(record: Json) -> list[Gold]:
    """The numeric laboratory values of one record with the tests they are tied to."""
    entities = {entity["id"]: entity for entity in record["entities"]}
    events = {event[0]: event[1][1] for event in record["events"]}
    ties: dict[str, list[Json]] = {}
    for kind, left, right, *_ in record["relations"]:
        head, target = entities.get(events.get(left, left)), entities.get(events.get(right, right))
        if kind == "MODIFY" and head is not None and target is not None:
            ties.setdefault(head["id"], []).append(target)
    procedures = [entity for entity in record["entities"] if entity["type"] == "Diagnostic_procedure"]
    found = []
    for entity in record["entities"]:
        if entity["type"] not in ("Lab_value", "Weight", "Height") or not _NUMBER.search(entity["text"]):
            continue
        tied = ties.get(entity["id"], [])
        target = _target(record["text"], entity, tied, procedures)
        name = "" if target is None else str(target["text"])
        named = [t for t in tied if t["type"] == "Diagnostic_procedure" and not is_generic(t["text"])]
        line = record["text"].rfind("\n", 0, entity["spans"][0][0]) + 1
        if is_elsewhere(record["text"][line : entity["spans"][0][0]]):
            found.append(Gold(_places(entity), entity["text"], f"{name} (not of blood)", frozenset()))
            continue
        own = _NAMED.sub(" ", entity["text"]).strip()  # "75% neutrophils" names its test itself
        ids = (test_ids(own) if len(own) > 3 else frozenset()) or test_ids(name)
        found.append(Gold(_places(entity), entity["text"], name, ids, bool(ids or named)))
    return found


def _places(entity: Json) -> Offsets:
    return [(start, end) for start, end in entity["spans"]]


def _target(text: str, value: Json, tied: list[Json], procedures: list[Json]) -> Json | None:
    """The thing a value is tied to by a relation; without a test in it, the nearest annotated test of the line."""
    for target in tied:
        if target["type"] == "Diagnostic_procedure" and not is_generic(target["text"]):
            return target
    for target in tied:
        if test_ids(target["text"]):
            return target
    if any(target["type"] not in ("Diagnostic_procedure", "Coreference") for target in tied):
        return tied[0]
    start, end = value["spans"][0][0], value["spans"][-1][1]
    near = []
    for procedure in procedures:
        left, right = procedure["spans"][0][0], procedure["spans"][-1][1]
        gap = (min(right, end), max(left, start))
        if gap[1] - gap[0] <= _REACH and "\n" not in text[gap[0] : gap[1]] and not is_generic(procedure["text"]):
            near.append((right > start, gap[1] - gap[0], left, procedure))
    return min(near, key=lambda item: item[:3])[3] if near else None


def read_values(result: Json) -> list[Read]:
    """Every value with a number, of every case."""
    found = []
    for case in result.get("cases") or []:
        for item in case.get("measurements") or []:
            numbers = tuple(item[key] for key in ("value", "low", "high") if isinstance(item.get(key), int | float))
            if numbers:
                unit = str(item.get("unit_as_written") or item.get("unit") or "")
                found.append(Read(str(item["analyte"]), numbers, unit, spans(item.get("evidence"))))
    return found


def _prints(text: str, number: float) -> bool:
    """The number stands in the words, with a point or a comma, grouped or not."""
    for match in _NUMBER.finditer(text):
        digits = match.group().replace("·", ".")
        forms = {digits.replace(",", ""), digits.replace(",", "."), digits.split(",")[0]}
        if any(form.count(".") <= 1 and abs(float(form) - abs(number)) < 1e-9 for form in forms):
            return True
    return bool(re.search(rf"(?<!\d){abs(number):g}(?!\d)", re.sub(r"(?<=\d)\s(?=\d{3})", "", text)))


def fits(read: Read, gold: Gold) -> bool:
    """The quote meets the annotation and the number is printed in it."""
    return overlap(read.places, gold.places) and all(_prints(gold.text, number) for number in read.numbers[:1])


def compare(record: Json, read: Iterable[Read], tallies: dict[str, Tally]) -> None:
    """Match one record and add to the tallies."""
    gold, read = gold_values(record), list(read)
    for fact in gold:
        if not fact.ids:
            continue
        tally = tallies["vitals" if fact.vital else "labs"]
        hits = [item for item in read if fits(item, fact) and item.analyte in fact.ids]
        where = f"{record['id']} @{fact.places[0][0]}"
        if hits:
            tally.found += 1
            if fact.has_unit:
                tally.with_unit += 1
                tally.united += any(item.unit for item in hits)
                if not any(item.unit for item in hits):
                    tally.lines.append(f"  no unit {where}  {fact.test!r} {fact.text!r} | {_around(record, fact)}")
            continue
        tally.missed += 1
        there = sorted({str(item) for item in read if overlap(item.places, fact.places)})
        tally.lines.append(f"  missed {where}  {fact.test!r} {fact.text!r} | {_around(record, fact)} | {there}")
    for item in read:
        tally = tallies["vitals" if item.vital else "labs"]
        met = [fact for fact in gold if fits(item, fact)]
        if any(item.analyte in fact.ids for fact in met):
            tally.right += 1
        elif met and not any(fact.judged for fact in met):
            tally.unjudged += 1
        else:
            tally.wrong += 1
            words = [record["text"][a:b].replace("\n", " ") for a, b in item.places[:1]]
            tests = sorted({fact.test for fact in met})
            tally.lines.append(f"  wrong  {record['id']} @{item.places[0][0]}  {item} {words} | {tests or 'no value'}")


def _around(record: Json, fact: Gold) -> str:
    start, end = fact.places[0]
    return str(record["text"][max(0, start - 70) : end + 25]).replace("\n", " ")


def measure(assess: Assess) -> dict[str, Tally]:
    """Tallies of laboratory values and of vital signs over all records.

    Raises:
        Missing: The corpus is not here.
        Unavailable: The product cannot be called.
    """
    tallies = {"labs": Tally(), "vitals": Tally()}
    for record in read_lines(shared_path("corpora", "maccrobat2020", "dev.jsonl")):
        compare(record, read_values(assess(record["text"], "document.txt")), tallies)
    return tallies


def report(tallies: dict[str, Tally]) -> str:
    """The table of both groups."""
    rows = []
    for what, tally in tallies.items():
        linkable = tally.found + tally.missed
        for measure_of, share, target in (
            ("recall", tally.recall, 75.0 if what == "labs" else None),
            ("precision", tally.precision, 90.0 if what == "labs" else None),
        ):
            goal = f">= {target:.0f} %" if target else ""
            rows.append([f"{what}, {measure_of}", str(linkable), str(share), goal, verdict(share.percent, target)])
        rows.append([f"{what}, unit read where one is printed", "", str(Share(tally.united, tally.with_unit)), "", ""])
        rows.append([f"{what}, read on a value without a named test", "", str(tally.unjudged), "", ""])
    return table(["measure", "linkable", "", "target", ""], rows)


def main(arguments: list[str], assess: Assess = assess_text) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.maccrobat", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="one line per value missed or wrong")
    options = parser.parse_args(arguments)
    tallies = measure(assess)
    print(f"MACCROBAT 2020, development part\n\n{report(tallies)}")
    if options.errors:
        print("\n".join(f"{what}\n" + "\n".join(tally.lines) for what, tally in tallies.items()))


if __name__ == "__main__":
    run_command(main)
