"""`python -m benchmarks.one_case [--repeat N]`: how long one case takes, in the process, once everything is loaded.

For each example of the repository: the whole assessment (facts, every instrument that is shown, ranges, open
questions, methods side by side, sensitivity), and every instrument of the registry on the same facts, shown or not. The
fastest of N runs in milliseconds of process time; the target is 150 ms for a case with one suspect.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.scores import table
from dechallenge import instruments
from dechallenge.api import read
from dechallenge.assessment.assess import assess_case
from dechallenge.case import Case
from dechallenge.facts.make import make
from dechallenge.facts.pair import CaseView
from dechallenge.logic import Facts
from dechallenge.logic.engine import score

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TARGET = 150.0


def cases() -> Iterator[tuple[str, Case]]:
    """The cases of the examples with a name for each."""
    for file in sorted(EXAMPLES.glob("*.txt")):
        for case in read(file).cases:
            if case.events:
                yield file.stem, case


def milliseconds(work: Callable[[], object], repeat: int) -> float:
    """The fastest run, after one that loads what has to be loaded."""
    work()
    found = []
    for _ in range(repeat):
        start = time.process_time()
        work()
        found.append((time.process_time() - start) * 1000)
    return min(found)


def every(case: Case) -> Callable[[], object]:
    """All instruments of the registry on the facts of the main suspect and the first reaction."""
    view, event = CaseView(case), case.events[0]
    facts = make(view, view.main_suspect(event), event).facts
    return lambda: [score(instrument, facts, kind=event.kind) for instrument in instruments.all()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="runs of which the fastest counts")
    repeat = parser.parse_args().repeat
    rows = []
    for name, case in cases():
        out = assess_case(case)
        shown = {i.id for s in out.suspects for i in s.instruments} | {i.id for e in out.events for i in e.instruments}
        whole = milliseconds(lambda case=case: assess_case(case), repeat)  # type: ignore[misc]
        rows.append(
            [name, str(len(out.suspects)), str(len(shown)), f"{whole:.0f}", f"{milliseconds(every(case), repeat):.0f}"]
        )
    empty = milliseconds(lambda: [score(one, Facts()) for one in instruments.all()], repeat)
    rows.append(["everything unknown", "–", str(len(instruments.all())), "–", f"{empty:.0f}"])
    print(table(["case", "suspects", "instruments shown", "assessment ms", "whole registry ms"], rows))
    print(f"target: {TARGET:.0f} ms for one case through all its instruments with ranges, questions and sensitivity")


if __name__ == "__main__":
    main()
