"""`python -m benchmarks.time_expressions [--errors]`: time expressions of running text against the E3C annotation.

Spans of the TIMEX3 annotation (layer 1; layer 2 has none), matched by overlap, one to one: recall and precision. Words
for what was before or after an operation (PREPOSTEXP) name no time by themselves and are left out on both sides.
Whether the interval that a time is given is right is measured by `benchmarks.seed_gold`.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.run import Unavailable
from benchmarks.scores import Share, f_score, table, verdict
from benchmarks.shared import read_lines, run_command, shared_path

TARGET = 0.85
CONTEXT = 45
_DAYS = {"H": 1 / 24, "D": 1.0, "W": 7.0, "M": 30.0, "Y": 365.0}


@dataclass(frozen=True)
class Expression:
    """A time expression: its place, its class or kind, its normal form."""

    start: int
    end: int
    kind: str
    value: str

    def meets(self, other: Expression) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


Reader = Callable[[str], list[Expression]]


@dataclass
class Counts:
    """Annotated expressions found and missed by class, expressions found beyond them, and equal normal forms."""

    found: dict[str, int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)
    extra: int = 0
    same_value: int = 0
    with_value: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def true(self) -> int:
        return sum(self.found.values())

    @property
    def recall(self) -> Share:
        return Share(self.true, self.true + sum(self.missed.values()))

    @property
    def precision(self) -> Share:
        return Share(self.true, self.true + self.extra)


def length(value: str) -> float | None:
    """The days that the normal form of a length says (the annotation leaves out the T of hours); None for others."""
    match = re.fullmatch(r"(?:R/)?PT?(\d+(?:\.\d+)?)([HDWMY])\2?", value)
    return float(match[1]) * _DAYS[match[2]] if match else None


def product_reader() -> Reader:
    """The reader of the product; ages and points of the story without an amount are no time expressions of E3C.

    Raises:
        Unavailable: The package is missing.
    """
    try:
        module = importlib.import_module("dechallenge.reading.times.expressions")
    except ImportError as error:
        raise Unavailable(f"the package offers no time expressions ({error})") from error
    return lambda text: [Expression(e.start, e.end, e.kind, e.value) for e in module.expressions(text)]


def annotated() -> list[tuple[str, str, list[Expression]]]:
    """Name, text and TIMEX3 expressions of each document.

    Raises:
        Missing: The corpus is not here.
    """
    documents = []
    for row in read_lines(shared_path("corpora", "e3c_english", "layer1_dev.jsonl")):
        gold = [
            Expression(t["b"], t["e"], str(t.get("timex3Class")), str(t.get("value") or ""))
            for t in row.get("TIMEX3") or []
        ]
        documents.append((row["id"], row["text"], sorted(gold, key=lambda e: (e.start, e.end))))
    return documents


def measure(documents: Iterable[tuple[str, str, list[Expression]]], reader: Reader) -> Counts:
    """Match every document and count."""
    counts = Counts()
    for name, text, gold in documents:
        left = sorted(reader(text), key=lambda e: (e.start, e.end))

        def shown(where: Expression, text: str = text) -> str:
            before = text[max(0, where.start - CONTEXT) : where.start]
            after = text[where.end : where.end + CONTEXT]
            return re.sub(r"\s+", " ", f"{before}[[{text[where.start : where.end]}]]{after}")

        for wanted in (g for g in gold if g.kind != "PREPOSTEXP"):
            hit = next((e for e in left if e.meets(wanted)), None)
            tally = counts.missed if hit is None else counts.found
            tally[wanted.kind] = tally.get(wanted.kind, 0) + 1
            if hit is None:
                counts.lines.append(f"  missed {wanted.kind:<11}{name}  {shown(wanted)}")
                continue
            left.remove(hit)
            told, read = length(wanted.value), length(hit.value)
            if told is not None and read is not None:
                counts.with_value += 1
                counts.same_value += told == read
                if told != read:
                    counts.lines.append(f"  value  {wanted.value:<11}{name}  read {hit.value} | {shown(wanted)}")
        for beyond in left:
            if not any(beyond.meets(g) for g in gold):
                counts.extra += 1
                counts.lines.append(f"  extra  {beyond.kind:<11}{name}  {shown(beyond)}")
    return counts


def report(counts: Counts) -> str:
    """The table: spans, then recall by class, then normal forms."""
    rows = []
    for name, share in (("spans, recall", counts.recall), ("spans, precision", counts.precision)):
        ratio = None if share.percent is None else share.percent / 100
        rows.append([name, str(share), f">= {TARGET:.2f}", verdict(ratio, TARGET)])
    f1 = f_score(counts.true, counts.extra, sum(counts.missed.values()))
    rows.append(["spans, F1", f"{f1:.3f}", "", ""])
    for kind in sorted(set(counts.found) | set(counts.missed)):
        found = counts.found.get(kind, 0)
        rows.append([f"recall of {kind}", str(Share(found, found + counts.missed.get(kind, 0))), "", ""])
    rows.append(["lengths equal, where both give one", str(Share(counts.same_value, counts.with_value)), "", ""])
    return table(["measure", "result", "target", ""], rows)


def main(arguments: list[str], reader: Reader | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.time_expressions", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="one line per missed, extra or differently valued one")
    options = parser.parse_args(arguments)
    counts = measure(annotated(), reader or product_reader())
    print(f"Time expressions (E3C English, layer 1 development)\n\n{report(counts)}")
    if options.errors:
        print("\n".join(sorted(counts.lines)))


if __name__ == "__main__":
    run_command(main)
