"""`python -m benchmarks.drug_names [--errors] [--part devel]`: drug mentions against the chemicals of BC5CDR.

The annotation marks every chemical: body substances, elements and laboratory reagents too, which are no drugs; recall
is reported, not aimed at. A mention counts as found when a drug read by the product overlaps it. Each miss is given a
cause by its shape alone, without the lexicon under test.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.run import Unavailable
from benchmarks.scores import Share, f_score, table
from benchmarks.shared import read_text, run_command, shared_path

Span = tuple[int, int]
Reader = Callable[[str], list[tuple[int, int, str]]]
"""A text to the drugs in it: start, end, and what the mention is (substance, class or herb)."""

_CLOSE_LEFT = frozenset(",.;:)]}%'-/+")
_CLOSE_RIGHT = frozenset("([{-/+'")
_BODY = re.compile(
    r"\b(?:acetylcholine|adenosine|amino|ammonia|ascorbic|aspartate|bilirubin|calcium|catecholamines?|cholesterol|"
    r"choline|"
    r"citrate|copper|creatinine|dopamine|epinephrine|estradiol|estrogen|fatty|glucose|glutamate|glutathione|glycine|"
    r"hydrogen|"
    r"iron|lactate|lipid|magnesium|monoamine|nitrate|nitric|nitrogen|norepinephrine|noradrenaline|oxygen|superoxide|"
    r"phosphate|phosphorus|potassium|prostaglandins?|serotonin|sodium|steroids?|sulfate|testosterone|triglycerides?|"
    r"urea|"
    r"uric|urate|water|zinc|5-HT|DA|GABA|NE|NO|Ca|K|Na|Mg)\b",
    re.IGNORECASE,
)
"""Substances that a body holds or an assay measures."""


@dataclass
class Counts:
    """Annotated mentions found and missed, read mentions that meet one or none; the misses and extras by cause."""

    found: int = 0
    missed: int = 0
    right: int = 0
    wrong: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    words: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def recall(self) -> Share:
        return Share(self.found, self.found + self.missed)

    @property
    def precision(self) -> Share:
        return Share(self.right, self.right + self.wrong)

    def note(self, cause: str, word: str) -> None:
        self.causes[cause] += 1
        self.words.setdefault(cause, Counter())[word.lower()] += 1


def product_reader() -> Reader:
    """Drug mentions of the product; pronouns and doses that stand for a drug are no names.

    Raises:
        Unavailable: The package is missing.
    """
    try:
        drugs = importlib.import_module("dechallenge.reading.drugs.drugs")
        split = importlib.import_module("dechallenge.reading.texts.sentences").sentences
        short = importlib.import_module("dechallenge.reading.texts.abbreviations").local_abbreviations
    except (ImportError, AttributeError) as error:
        raise Unavailable(f"the package offers no drug names ({error})") from error

    def read(text: str) -> list[tuple[int, int, str]]:
        mentions = drugs.read_drugs(text, split(text), short(text))
        return [(m.start, m.end, m.kind) for m in mentions if m.kind in ("substance", "class", "herb")]

    return read


def documents(lines: Iterable[str], sentences: int = 10) -> Iterator[tuple[str, list[Span]]]:
    """Running text and chemical spans, some sentences at a time (the file marks no abstracts)."""
    text, spans, count, open_at = "", [], 0, -1
    for line in (*lines, "", ""):
        word, _, tag = line.partition("\t")
        if not word:
            if open_at >= 0:
                spans.append((open_at, len(text)))
                open_at = -1
            count += 1
            if count == sentences and text:
                yield text, spans
                text, spans, count = "", [], 0
            continue
        if open_at >= 0 and tag != "I-Chemical":
            spans.append((open_at, len(text)))
            open_at = -1
        glued = not text or word[0] in _CLOSE_LEFT or text[-1] in _CLOSE_RIGHT
        text += word if glued else f" {word}"
        if tag == "B-Chemical":
            open_at = len(text) - len(word)
    if text:
        yield text, spans


def cause_of(word: str, *, found_elsewhere: bool) -> str:
    """Why a chemical may have been missed, by its shape and by whether the same words were read somewhere else."""
    if found_elsewhere:
        return "read elsewhere, not here"
    if _BODY.search(word):
        return "substance of the body or of an assay"
    if re.fullmatch(r"[A-Z0-9][A-Za-z0-9-]{0,5}", word) and (len(word) < 3 or sum(c.isupper() for c in word) > 1):
        return "abbreviation"
    if re.search(r"\d.*[A-Za-z]|[A-Za-z].*\d|[(\[,].*-", word):
        return "code or systematic name"
    if re.search(r"(?:s|ic|ive)$", word):
        return "class, group or plural"
    return "name not known"


def measure(documents: Iterable[tuple[str, list[Span]]], reader: Reader) -> Counts:
    """Compare every piece of text."""
    counts = Counts()
    missed: list[str] = []
    known: set[str] = set()
    for text, gold in documents:
        read = reader(text)
        for start, end in gold:
            word = text[start:end]
            if any(a < end and start < b for a, b, _ in read):
                counts.found += 1
                known.add(word.lower())
            else:
                counts.missed += 1
                missed.append(word)
        for start, end, kind in read:
            if any(a < end and start < b for a, b in gold):
                counts.right += 1
            else:
                counts.wrong += 1
                counts.note(f"read, not annotated: {kind}", text[start:end])
    for word in missed:
        counts.note(f"missed: {cause_of(word, found_elsewhere=word.lower() in known)}", word)
    return counts


def report(counts: Counts, most: int = 8) -> str:
    """Recall and precision, then misses and extras by cause with their commonest words."""
    f1 = f_score(counts.found, counts.wrong, counts.missed)
    lines = [
        table(
            ["measure", "result"],
            [["recall", str(counts.recall)], ["precision", str(counts.precision)], ["F1", f"{f1:.3f}"]],
        ),
        "",
    ]
    for cause, number in sorted(counts.causes.items(), key=lambda item: (-item[1], item[0])):
        words = sorted(counts.words[cause].items(), key=lambda item: (-item[1], item[0]))[:most]
        lines.append(f"{number:5} {cause}: {', '.join(f'{word} {n}' for word, n in words)}")
    return "\n".join(lines)


def main(arguments: list[str], reader: Reader | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drug_names", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="forty words for each cause instead of eight")
    parser.add_argument("--part", choices=("devel", "train"), default="devel")
    options = parser.parse_args(arguments)
    lines = read_text(shared_path("corpora", "bc5cdr", f"{options.part}.tsv")).split("\n")
    counts = measure(documents(lines), reader or product_reader())
    print(f"BC5CDR, {options.part}: chemicals by overlap\n\n{report(counts, 40 if options.errors else 8)}")


if __name__ == "__main__":
    run_command(main)
