"""`python -m benchmarks.faithfulness [--corpus NAME] [--every N] [--errors]`: does every quote stand where it says?

All reference texts are assessed. Counted: quotes that differ from the text at their offsets, claims without any
evidence, exceptions, documents that gave no case, documents per second; and second readings that gave other bytes.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.evidence import quotes, unsupported
from benchmarks.run import Assess, Unavailable, assess_text
from benchmarks.scores import table
from benchmarks.shared import Missing, read_lines, read_text, run_command, shared_path


@dataclass
class Tally:
    """Counts of one corpus."""

    documents: int = 0
    cases: int = 0
    caseless: int = 0
    quotes: int = 0
    wrong: int = 0
    bare: int = 0
    exceptions: int = 0
    unequal: int = 0
    characters: int = 0
    seconds: float = 0.0
    lines: list[str] = field(default_factory=list)


def _files(*parts: str) -> Iterator[tuple[str, str]]:
    for path in sorted(shared_path(*parts).glob("*.txt")):
        yield path.stem, read_text(path)


def _records(key: str, *parts: str) -> Iterator[tuple[str, str]]:
    for number, record in enumerate(read_lines(Path(shared_path(*parts)))):
        yield str(record.get("id", number)), str(record[key])


CORPORA: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "seeds": lambda: _files("seeds"),
    "livertox": lambda: _files("corpora", "livertox", "texts"),
    "case_cards": lambda: _records("text", "corpora", "case_cards", "dev.jsonl"),
    "maccrobat2020": lambda: _records("text", "corpora", "maccrobat2020", "dev.jsonl"),
    "ada_case_reports": lambda: _records("text", "corpora", "ada_case_reports", "dev.jsonl"),
    "e3c_english 1": lambda: _records("text", "corpora", "e3c_english", "layer1_dev.jsonl"),
    "e3c_english 2": lambda: _records("text", "corpora", "e3c_english", "layer2_dev.jsonl"),
}


COUNTS = ["documents", "cases", "no case", "quotes", "wrong", "unfounded", "exceptions", "unequal"]
HEAD = ["corpus", *COUNTS, "docs/s", "kchar/s"]


def measure(texts: Iterator[tuple[str, str]], assess: Assess, every: int = 1) -> Tally:
    """Assess every n-th text twice and count; the time is that of the first reading.

    Raises:
        Unavailable: The product cannot be called.
    """
    tally = Tally()
    for number, (name, text) in enumerate(texts):
        if number % every:
            continue
        tally.documents += 1
        tally.characters += len(text)
        started = time.perf_counter()
        try:
            result = assess(text, "document.txt")
            tally.seconds += time.perf_counter() - started
            again = assess(text, "document.txt")
        except Unavailable:
            raise
        except Exception as error:  # counted, and the other documents are still measured
            tally.exceptions += 1
            tally.lines.append(f"  {name}: {type(error).__name__}: {error}")
            continue
        if json.dumps(result) != json.dumps(again):
            tally.unequal += 1
            tally.lines.append(f"  {name}: a second reading gave other bytes")
        cases = result.get("cases") or []
        tally.cases += len(cases)
        tally.caseless += not cases
        if not cases:
            said = "; ".join(str(p.get("message")) for p in result.get("problems") or [])
            tally.lines.append(f"  {name}: no case: {said}")
        for quote in quotes(result):
            tally.quotes += 1
            if not quote.holds(text):
                tally.wrong += 1
                there = text[max(0, quote.start) : max(0, quote.end)]
                tally.lines.append(f"  {name}{quote.where}: {quote.quote[:60]!r} but the text has {there[:60]!r}")
        bare = unsupported(result)
        tally.bare += len(bare)
        tally.lines += [f"  {name}{place}: no evidence" for place in bare]
    return tally


def main(arguments: list[str], assess: Assess = assess_text) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faithfulness", description=__doc__)
    parser.add_argument("--corpus", default="", help="only corpora whose name contains this")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every n-th document")
    parser.add_argument("--errors", action="store_true", help="one line per defect")
    options = parser.parse_args(arguments)
    rows, lines = [], []
    total = Tally()
    for name, texts in CORPORA.items():
        if options.corpus not in name:
            continue
        try:
            tally = measure(texts(), assess, max(1, options.every))
        except Missing as error:
            print(f"skipped {name}: {error}")
            continue
        rows.append(_row(name, tally))
        lines += [f"{name}", *tally.lines] if tally.lines else []
        for key in vars(total):
            setattr(total, key, getattr(total, key) + getattr(tally, key))
    rows.append(_row("all", total))
    print(table(HEAD, rows))
    print("target: 0 wrong, 0 unfounded, 0 exceptions, 0 unequal")
    if options.errors:
        print("\n".join(lines))


def _row(name: str, tally: Tally) -> list[str]:
    seconds = max(tally.seconds, 1e-9)
    counts = (tally.documents, tally.cases, tally.caseless, tally.quotes, tally.wrong, tally.bare, tally.exceptions)
    speed = f"{tally.documents / seconds:.1f}", f"{tally.characters / 1000 / seconds:.0f}"
    return [name, *map(str, counts), str(tally.unequal), *speed]


if __name__ == "__main__":
    run_command(main)
