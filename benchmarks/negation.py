"""`python -m benchmarks.negation [--errors] [--list WHAT]`: what the reader says of a marked mention in its sentence.

Two references: the NegEx and ConText development set (negation F1; temporality and experiencer beside it), and the
hand-picked targets of the seed cases (all negated ones denied, no affirmed one denied). The mention is given; its
finding is not part of this measurement. Where medspaCy is installed, its ConText is run on the same sentences.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from benchmarks.run import Unavailable
from benchmarks.scores import Share, f_score, table, verdict
from benchmarks.shared import read_lines, read_text, run_command, shared_path

KINDS = ("negated", "historical", "other person")
"""What is counted; the reference's own words are mapped onto these."""
TARGET = 0.96


@dataclass(frozen=True)
class Mention:
    """A marked mention: its name, its sentence, its place in it, and what the reference says of it."""

    name: str
    sentence: str
    start: int
    end: int
    says: frozenset[str]


@dataclass(frozen=True)
class Found:
    """What a reader says of a mention, and by which words."""

    says: frozenset[str]
    why: str = ""


Reader = Callable[[Mention], Found]


@dataclass
class Counts:
    """Right, invented and missed mentions of one kind."""

    true: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        return f_score(self.true, self.wrong, self.missed)

    @property
    def precision(self) -> Share:
        return Share(self.true, self.true + self.wrong)

    @property
    def recall(self) -> Share:
        return Share(self.true, self.true + self.missed)


def product_reader() -> Reader:
    """The reader of the product.

    Raises:
        Unavailable: The package is missing.
    """
    try:
        assertion = importlib.import_module("dechallenge.reading.assertion.assertion")
    except ImportError as error:
        raise Unavailable(f"the package offers no assertion ({error})") from error

    def read(mention: Mention) -> Found:
        said = assertion.assert_mentions(mention.sentence, [(mention.start, mention.end)])[0]
        flags = {
            "negated": said.state == "absent",
            "historical": said.history,
            "other person": said.family or said.other_patient,
        }
        return Found(frozenset(kind for kind, flag in flags.items() if flag), f"{said.rule} {said.cue}".strip())

    return read


def peer_reader() -> Reader | None:
    """ConText of medspaCy with its own rules on the same mentions; None where it is not installed."""
    if importlib.util.find_spec("medspacy") is None or importlib.util.find_spec("spacy") is None:
        return None
    spacy, context = importlib.import_module("spacy"), importlib.import_module("medspacy.context")
    nlp: Any = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    component = context.ConText(nlp)

    def read(mention: Mention) -> Found:
        doc = nlp(mention.sentence)
        doc.ents = [doc.char_span(mention.start, mention.end, label="TARGET", alignment_mode="expand")]
        entity = component(doc).ents[0]._
        flags = {
            "negated": entity.is_negated,
            "historical": entity.is_historical,
            "other person": entity.is_family,
        }
        return Found(frozenset(kind for kind, flag in flags.items() if flag))

    return read


def _split(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = importlib.import_module("dechallenge.reading.texts.sentences").sentences(text)
    return found


def _in_sentence(name: str, text: str, start: int, end: int, says: frozenset[str]) -> Mention:
    """The mention within its sentence; a mention over two sentences keeps both."""
    inside = [(a, b) for a, b in _split(text) if a < end and start < b]
    first, last = inside[0][0], inside[-1][1]
    return Mention(name, text[first:last], start - first, end - first, says)


def negex() -> list[Mention]:
    """The NegEx and ConText development set; a mention that stands in no sentence of its record is left out.

    Raises:
        Missing: The corpus is not here.
    """
    found = []
    for row in read_lines(shared_path("corpora", "negex_context", "dev.jsonl")):
        text = " ".join(row["sentence"].split())
        # The corpus prints the mention in capitals: that tells which of two equal words is meant.
        words = " ".join(row["concept"].split())
        start = text.find(words.upper())
        start = text.lower().find(words.lower()) if start < 0 else start
        if start < 0:
            continue
        says = {
            "negated": row["negation"] == "Negated",
            "historical": row["temporality"] == "Historical",
            "other person": row["experiencer"] != "Patient",
        }
        kinds = frozenset(kind for kind, flag in says.items() if flag)
        found.append(_in_sentence(f"negex-{row['n']}", text, start, start + len(words), kinds))
    return found


def seeds() -> list[Mention]:
    """The targets of the seed cases, in the sentences the reader makes of the pages.

    Raises:
        Missing: The targets or a seed are not here.
    """
    evidence, texts = (
        importlib.import_module("dechallenge.evidence"),
        importlib.import_module("dechallenge.reading.texts.text"),
    )
    found = []
    pages: dict[str, Any] = {}
    for row in json.loads(read_text(shared_path("corpora", "seed_negation.json")))["targets"]:
        if row["file"] not in pages:
            raw = read_text(shared_path("seeds", row["file"]))
            pages[row["file"]] = texts.clean(evidence.Document.from_text(raw, "seed.txt"))
        page = pages[row["file"]]
        piece = bisect_right(page.raw, row["start"]) - 1
        near = page.starts[piece] + row["start"] - page.raw[piece]
        start = page.text.find(row["clean"], max(0, near - 3))
        if not 0 <= start - near <= 3:
            start = page.text.find(row["clean"], max(0, near - 40), near + len(row["clean"]) + 40)
        says = frozenset(["negated"] if row["negated"] else [])
        name = f"{row['case_id']} @{row['start']}"
        found.append(_in_sentence(name, page.text, start, start + len(row["clean"]), says))
    return found


def measure(mentions: Iterable[Mention], reader: Reader) -> tuple[dict[str, Counts], list[str]]:
    """Counts by kind, and one line for each mention read otherwise than annotated."""
    counts = {kind: Counts() for kind in KINDS}
    lines = []
    for mention in mentions:
        found = reader(mention)
        for kind in KINDS:
            told, read = kind in mention.says, kind in found.says
            counts[kind].true += told and read
            counts[kind].wrong += read and not told
            counts[kind].missed += told and not read
            if told != read:
                shown = f"{mention.sentence[: mention.start]}[[{mention.sentence[mention.start : mention.end]}]]"
                shown += mention.sentence[mention.end :]
                shown = re.sub(r"\s+", " ", shown)
                how = f"invented by {found.why}" if read else f"missed ({found.why})"
                lines.append(f"  {kind:<13}{mention.name:<14}{how} | {shown}")
    return counts, lines


def report(sets: dict[str, tuple[list[Mention], Reader]]) -> tuple[str, list[str]]:
    """The table over all sets, and the lines of what is read otherwise."""
    rows, lines = [], []
    for name, (mentions, reader) in sets.items():
        counts, wrong = measure(mentions, reader)
        lines += wrong
        for kind in KINDS:
            count = counts[kind]
            if not (count.true or count.missed or count.wrong) or ("seed" in name and kind != "negated"):
                continue
            target = (1.0 if "seed" in name else TARGET) if kind == "negated" else None
            figures = [str(count.precision), str(count.recall), f"{count.f1:.3f}"]
            wanted = "" if target is None else f">= {target:.2f}"
            rows.append([f"{name}: {kind}", *figures, wanted, verdict(count.f1, target)])
    return table(["set and kind", "precision", "recall", "F1", "target", ""], rows), lines


def main(arguments: list[str], reader: Reader | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.negation", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="one line per mention read otherwise than annotated")
    parser.add_argument("--only", choices=KINDS, help="only the lines of one kind")
    options = parser.parse_args(arguments)
    read = reader or product_reader()
    sets = {"NegEx dev": (negex(), read), "seeds": (seeds(), read)}
    shown, lines = report(sets)
    print(f"Assertion of marked mentions\n\n{shown}")
    peer = None if reader else peer_reader()
    if peer is not None:
        print("\nmedspaCy ConText\n\n" + report({name: (mentions, peer) for name, (mentions, _) in sets.items()})[0])
    else:
        print("\nmedspaCy is not installed here: no peer figure")
    if options.errors:
        print("\n".join(line for line in lines if not options.only or line.startswith(f"  {options.only:<13}")))


if __name__ == "__main__":
    run_command(main)
