"""Evidence in the JSON of an assessment: finding every piece of it and comparing its words with the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# The lists of a case whose entries each claim something read from the text; an entry without evidence breaks rule 1.
CLAIMS = ("measurements", "exposures", "actions", "tests", "findings", "statements", "conflicts")


@dataclass(frozen=True)
class Quote:
    """One piece of evidence that points into the text; `where` is its path in the JSON."""

    where: str
    start: int
    end: int
    quote: str

    def holds(self, text: str) -> bool:
        """text[start:end] is the quote, and there is a quote."""
        return 0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.quote


def quotes(value: Any, where: str = "") -> Iterator[Quote]:
    """Every object with offsets, wherever it stands in the JSON."""
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if "quote" in value and isinstance(start, int) and isinstance(end, int):
            yield Quote(where, start, end, str(value["quote"]))
        for key, inner in value.items():
            yield from quotes(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from quotes(inner, f"{where}[{number}]")


def spans(value: Any) -> list[tuple[int, int]]:
    """The offsets of every piece of evidence inside one fact."""
    return [(quote.start, quote.end) for quote in quotes(value)]


def overlap(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> bool:
    """Whether any span of the one shares a character with any span of the other."""
    return any(a < d and c < b for a, b in left for c, d in right)


def unsupported(result: dict[str, Any]) -> list[str]:
    """Paths of claims that carry no evidence at all, neither words nor a derivation nor a person.

    That a test is not reported is no claim of the report: there are no words to show.
    """
    bare = []
    for number, case in enumerate(result.get("cases") or []):
        for name in CLAIMS:
            for place, claim in enumerate(case.get(name) or []):
                if isinstance(claim, dict) and not claim.get("evidence") and claim.get("state") != "not reported":
                    bare.append(f".cases[{number}].{name}[{place}]")
    return bare
