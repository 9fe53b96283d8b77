"""`python -m benchmarks.attributions [--errors] [--part train]`: drug and reaction of sentences against PHEE 2.

Sentences in which the annotation marks an adverse event of a person whose age or sex is told, with its drug and its
effect: many hundred drugs and reactions of every kind, in the words of published reports. A sentence is assessed like a
document. A drug is found when a suspect stands at annotated words of a drug; a reaction when an event does at annotated
words of an effect. The development part is the measure; sentences of the training part were looked at.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.evidence import overlap, spans
from benchmarks.run import Json, assess_text
from benchmarks.scores import Share, table
from benchmarks.shared import read_lines, run_command, shared_path

Spans = list[tuple[int, int]]
Assess = Callable[[str, str], Json]


@dataclass
class Counts:
    """Sentences, and in how many of them what was found."""

    sentences: int = 0
    with_a_case: int = 0
    drug: int = 0
    other_drugs: int = 0
    reaction: int = 0
    other_reaction: int = 0
    lines: list[str] = field(default_factory=list)


def annotated(record: Json) -> tuple[Spans, Spans]:
    """Spans of the drugs and of the effects of the adverse events of a person; empty where there is none."""
    drugs: Spans = []
    effects: Spans = []
    for annotation in record["annotations"]:
        for event in annotation["events"]:
            who = event.get("Subject", {})
            drug = event.get("Treatment", {}).get("Drug")
            if event["event_type"] == "Adverse_event" and drug and "Effect" in event and {"Age", "Gender"} & set(who):
                drugs += _places(drug)
                effects += _places(event["Effect"])
    return drugs, effects


def _places(role: Json) -> Spans:
    return [
        (start, start + len(words))
        for texts, starts in zip(role["text"], role["start"], strict=True)
        for words, start in zip(texts, starts, strict=True)
    ]


def measure(records: Iterable[Json], assess: Assess = assess_text) -> Counts:
    """Count over the records of the corpus."""
    counts = Counts()
    for number, record in enumerate(records):
        drugs, effects = annotated(record)
        if not drugs or not effects:
            continue
        counts.sentences += 1
        cases: list[Any] = assess(record["context"], f"sentence-{number:04d}.txt").get("cases") or []
        counts.with_a_case += bool(cases)
        suspects = {(i, s["drug"]) for i, case in enumerate(cases) for s in case.get("suspects") or []}
        at = {
            (i, name): [p for x in case.get("exposures") or [] if x["drug"] == name for p in spans(x.get("evidence"))]
            for i, case in enumerate(cases)
            for j, name in suspects
            if i == j
        }
        found = [key for key in suspects if overlap(at.get(key, []), drugs)]
        told = [p for case in cases for event in case.get("events") or [] for p in spans(event.get("evidence"))]
        counts.drug += bool(found)
        counts.other_drugs += len(suspects) - len(found)
        hit = overlap(told, effects)
        counts.reaction += hit
        counts.other_reaction += bool(told) and not hit
        if not found or not hit:
            read = [event["term"] for case in cases for event in case.get("events") or []]
            what = f"suspects {sorted(name for _, name in suspects)}, reactions {read}"
            counts.lines.append(f"{record['context']}\n    {what if cases else 'no case'}")
    return counts


def report(counts: Counts) -> str:
    """Shares of all sentences, and of those in which a case was found."""
    rows = [["case found", str(Share(counts.with_a_case, counts.sentences)), ""]]
    for name, number in (("drug among the suspects", counts.drug), ("reaction", counts.reaction)):
        rows.append([name, str(Share(number, counts.sentences)), str(Share(number, counts.with_a_case))])
    rows.append(["another reaction only", str(Share(counts.other_reaction, counts.sentences)), ""])
    return table(["measure", "of all sentences", "of those with a case"], rows) + (
        f"\n\nother suspects: {counts.other_drugs}"
    )


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attributions", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="the sentences in which drug or reaction was not found")
    parser.add_argument("--part", choices=("dev", "train"), default="dev", help="train: sentences that were looked at")
    options = parser.parse_args(arguments)
    counts = measure(read_lines(shared_path("corpora", "phee_v2", f"{options.part}.jsonl")))
    print(f"PHEE 2, {options.part}: drug and reaction of {counts.sentences} sentences\n\n{report(counts)}")
    if options.errors:
        print("\n".join(counts.lines))


if __name__ == "__main__":
    run_command(main)
