"""`python -m benchmarks.conflicts [--errors]`: contradictions found in the seeds, and false alarms on the narratives.

Found: the share of the defects of shared/criteria/seed_facts.md, section 8, that can be seen in the text alone (the
list says why the others cannot) and that a conflict reports with the words of both sides. False alarms: conflicts in
the LiverTox development narratives, none of which is known to contradict itself; with the tables they are shown beside.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from benchmarks import livertox_reference
from benchmarks.conflicts_defects import DEFECTS, FILES, Defect
from benchmarks.evidence import quotes
from benchmarks.run import Assess, Json, assess_text
from benchmarks.scores import Share, table, verdict
from benchmarks.shared import read_text, run_command, shared_path

FOUND = 200 / 3
"""Per cent of the visible defects (issue: at least two thirds)."""
ALARMS = 0.2
"""Conflicts per narrative (issue: at most one per five)."""


def conflicts_of(result: Json) -> list[Json]:
    """Every conflict of every case of a document."""
    return [conflict for case in result.get("cases") or [] for conflict in case.get("conflicts") or []]


def reported(defect: Defect, found: list[Json]) -> Json | None:
    """The conflict whose quotations hold all the words of a defect."""
    for conflict in found:
        said = [" ".join(quote.quote.split()) for quote in quotes(conflict)]
        if said and all(any(re.search(pattern, one) for one in said) for pattern in defect.words):
            return conflict
    return None


def measure_seeds(assess: Assess, read: Callable[[str], str]) -> list[tuple[Defect, Json | None]]:
    """Each visible defect with the conflict that reports it."""
    found = {
        letter: conflicts_of(assess(read(name), f"seed-{letter.lower()}.txt")) for letter, name in sorted(FILES.items())
    }
    return [(defect, reported(defect, found[defect.id[0]])) for defect in DEFECTS if defect.words]


def alarms(assess: Assess, texts: list[tuple[str, str]]) -> list[tuple[str, Json]]:
    """The conflicts reported in texts, each with the name of its text."""
    return [(name, conflict) for name, text in texts for conflict in conflicts_of(assess(text, f"{name}.txt"))]


def _line(name: str, conflict: Json) -> str:
    words = " / ".join(" ".join(quote.quote.split())[:60] for quote in quotes(conflict))
    return f"  {name:<26} {conflict.get('kind')}: {conflict.get('what')} | {words}"


def main(arguments: list[str], assess: Assess = assess_text) -> None:
    """Measure and print.

    Raises:
        Missing: A seed or the narratives are not here.
        Unavailable: The product cannot be called.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.conflicts", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="what was not found, every alarm, every reason")
    options = parser.parse_args(arguments)
    seen = measure_seeds(assess, lambda name: read_text(shared_path("seeds", name)))
    records = livertox_reference.load()
    bare = alarms(assess, [(r.id, r.narrative) for r in records])
    full = alarms(assess, [(r.id, r.full) for r in records])
    share = Share(sum(conflict is not None for _, conflict in seen), len(seen))
    rate, with_table = len(bare) / len(records), len(full) / len(records)
    rows = [
        ["defects seen in the text alone, found", str(share), f">= {FOUND:.1f} %", verdict(share.percent, FOUND)],
        ["conflicts per LiverTox narrative", f"{rate:.2f}", f"<= {ALARMS:g}", verdict(rate, ALARMS, at_most=True)],
        ["the same with its table", f"{with_table:.2f}", "", ""],
    ]
    print(f"Contradictions and doubtful values: {len(DEFECTS)} known defects, {len(records)} narratives\n")
    print(table(["measure", "", "target", ""], rows))
    if options.errors:
        print("\nnot found")
        print("\n".join(f"  {defect.id} {defect.what}" for defect, conflict in seen if conflict is None))
        print("\nnot to be seen in the text alone")
        print("\n".join(f"  {defect.id} {defect.what}: {defect.unseen}" for defect in DEFECTS if not defect.words))
        print("\nconflicts in the narratives, with their tables")
        print("\n".join(_line(name, conflict) for name, conflict in full))


if __name__ == "__main__":
    run_command(main)
