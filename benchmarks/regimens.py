"""`python -m benchmarks.regimens [--errors] [--part dev]`: regimen and person slots of sentences against PHEE 2.

Annotated words of each slot count as found when a slot read from the sentence overlaps them. Precision is that of the
read slots against the annotated ones of the sentences in which the slot is annotated at all: the annotation
marks only what belongs to an event, so a dose that is told beside it counts as wrong.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.run import Json, Unavailable
from benchmarks.scores import Share, table, verdict
from benchmarks.shared import read_lines, run_command, shared_path

Spans = list[tuple[int, int]]
Reader = Mapping[str, Callable[[str], Spans]]
NAMED = "Route, way named"
"""The annotation marks words like "chemotherapy" as routes too; here only slots whose way into the body is named."""
TARGETS = {
    "Age": 0.95,
    "Gender": 0.97,
    "Dosage": 0.88,
    "Route": 0.88,
    "Freq": 0.80,
    "Duration": 0.88,
    "Time_elapsed": 0.88,
}
_FUNCTIONS = {
    "Age": ("texts.people", "ages"),
    "Gender": ("texts.people", "sexes"),
    "Dosage": ("drugs.regimens", "doses"),
    "Route": ("drugs.routes", "routes"),
    "Freq": ("drugs.regimens", "frequencies"),
    "Duration": ("drugs.regimens", "durations"),
    "Time_elapsed": ("drugs.regimens", "elapsed"),
}


@dataclass
class Counts:
    """One slot: annotated words found and missed, slots read that meet one or none."""

    found: int = 0
    missed: int = 0
    right: int = 0
    wrong: int = 0
    elsewhere: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> Share:
        return Share(self.found, self.found + self.missed)

    @property
    def precision(self) -> Share:
        return Share(self.right, self.right + self.wrong)

    @property
    def overall(self) -> Share:
        """Precision with the slots of sentences without an annotation counted as wrong."""
        return Share(self.right, self.right + self.wrong + self.elsewhere)


def product_reader() -> Reader:
    """The functions of the product, slot by slot.

    Raises:
        Unavailable: The package is missing.
    """
    out: dict[str, Callable[[str], Spans]] = {}
    for slot, (module, function) in _FUNCTIONS.items():
        try:
            read = getattr(importlib.import_module(f"dechallenge.reading.{module}"), function)
        except (ImportError, AttributeError) as error:
            raise Unavailable(f"the package offers no {function} ({error})") from error
        out[slot] = _spans_of(read)
        if slot == "Route":
            out[NAMED] = _spans_of(read, named=True)
    return out


def _spans_of(read: Callable[[str], Any], *, named: bool = False) -> Callable[[str], Spans]:
    """A function of the product as one that returns spans only; `named`: of slots with a normal form."""
    return lambda text: [(item.start, item.end) for item in read(text) if item.value or not named]


def annotated(record: Json) -> dict[str, Spans]:
    """The annotated words of each slot in one sentence; each place once, however many events name it."""
    out: dict[str, set[tuple[int, int]]] = {slot: set() for slot in TARGETS}
    waiting = [record["annotations"]]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            waiting += item.values()
            for slot in out.keys() & item.keys():
                for texts, starts in zip(item[slot]["text"], item[slot]["start"], strict=True):
                    out[slot] |= {(start, start + len(text)) for text, start in zip(texts, starts, strict=True)}
    return {slot: sorted(places) for slot, places in out.items()}


def measure(records: Iterable[Json], reader: Reader) -> dict[str, Counts]:
    """Compare every sentence."""
    counts = {slot: Counts() for slot in reader}
    for record in records:
        text = record["context"]
        gold = annotated(record)
        gold[NAMED] = gold["Route"]
        for slot, read in reader.items():
            tally, places = counts[slot], read(text)
            for start, end in gold[slot]:
                if any(a < end and start < b for a, b in places):
                    tally.found += 1
                else:
                    tally.missed += 1
                    tally.lines.append(f"  {slot:<18}missed {record['id']:<12} {_shown(text, start, end)}")
            for start, end in places:
                if any(a < end and start < b for a, b in gold[slot]):
                    tally.right += 1
                elif gold[slot]:
                    tally.wrong += 1
                    tally.lines.append(f"  {slot:<18}wrong  {record['id']:<12} {_shown(text, start, end)}")
                else:
                    tally.elsewhere += 1
                    tally.lines.append(f"  {slot:<18}beside {record['id']:<12} {_shown(text, start, end)}")
    return counts


def _shown(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 50) : start]}[[{text[start:end]}]]{text[end : end + 40]}"


def report(counts: Mapping[str, Counts]) -> str:
    """One line per slot."""
    rows = []
    for slot, tally in counts.items():
        found = tally.recall.percent
        ratio = None if found is None else found / 100
        rows.append(
            [
                slot,
                str(tally.recall),
                f">= {TARGETS[slot]:.2f}" if slot in TARGETS else "",
                verdict(ratio, TARGETS.get(slot)),
                str(tally.precision),
                str(tally.overall),
            ]
        )
    return table(["slot", "recall", "target", "", "precision where annotated", "precision over all"], rows)


def main(arguments: list[str], reader: Reader | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.regimens", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="one line per missed or additional slot")
    parser.add_argument(
        "--part", choices=("dev", "train"), default="dev", help="train: a check on its sentences were looked at too"
    )
    options = parser.parse_args(arguments)
    counts = measure(read_lines(shared_path("corpora", "phee_v2", f"{options.part}.jsonl")), reader or product_reader())
    print(f"PHEE 2, {options.part}: slots by overlap\n\n{report(counts)}")
    if options.errors:
        print("\n".join(line for tally in counts.values() for line in tally.lines))


if __name__ == "__main__":
    run_command(main)
