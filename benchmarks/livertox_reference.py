"""The LiverTox reference: what each development record prints, and what a text alone gives (age, sex, table cells).

Key points, title and comment stay here; a reader gets `narrative` or `full` and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from benchmarks.intervals import Span
from benchmarks.livertox_table import LabTable, read_table
from benchmarks.shared import read_lines, read_text, shared_path

HEADING = "Laboratory Values"
DEFAULT_ALT_LIMIT, DEFAULT_ALP_LIMIT = 40.0, 115.0  # the project's LiverTox defaults, where no limit is printed
_NUMBER = r"(?:\s|\(|~|of|levels?|was|were|to)*(\d[\d,]*(?:\.\d+)?)\s*U/L"
_RESUMED = re.compile(r"re-?expos|re-?challeng|re-?start|re-?introduc|re-?treat|re-?administ|resum", re.I)
_MAYBE_RESUMED = re.compile(_RESUMED.pattern + r"|\bagain\b|recur|relaps|repeat|second (?:course|time|episode)", re.I)


ANCHORS = {
    "re-exposure": _RESUMED,
    "jaundice": re.compile(r"jaundice", re.I),
    "first dose of all": re.compile(r"after starting|intermittent|initial", re.I),
}
"""What a printed latency says it is counted from or to, where it is not the first sign on the first course."""
_STAY = r"hospital|admi(?:tted|ssion)|discharged|intensive care|emergency room"
_JAUNDICE = r"jaundice|icter|bilirubin"
_FAILURE = r"ascites|encephalopathy|asterixis|\bcoma\b|\bINR\b|prothrombin|(?:liver|hepatic|renal|organ) failure"
_NEEDS: dict[int, tuple[str, ...]] = {
    1: (),
    2: (rf"{_JAUNDICE}|\bINR\b|prothrombin",),
    3: (_STAY,),
    4: (_JAUNDICE, _FAILURE),
    5: (r"\bdie[ds]?\b|death|fatal|autops|transplant",),
}
"""Words without which a text cannot tell a grade; of grade 1 that no stay is told, which makes it grade 3."""


@dataclass(frozen=True)
class Record:
    """One record; `raw` is the reference as stored, `full` the text a reader gets with its table."""

    raw: dict[str, Any]
    full: str

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def drug(self) -> str:
        return str(self.raw["drug"])

    @property
    def key_points(self) -> dict[str, Any]:
        return self.raw["key_points"] or {}

    @property
    def table_start(self) -> int | None:
        """Offset of the table heading in `full`; None where the record has no table."""
        found = re.search(rf"^{HEADING}[ \t]*$", self.full, re.M)
        return found.start() if found else None

    @property
    def narrative(self) -> str:
        return self.full if self.table_start is None else self.full[: self.table_start]

    @cached_property
    def table(self) -> LabTable | None:
        return None if self.table_start is None else read_table(self.raw, self.full, self.table_start)

    @property
    def pattern(self) -> str | None:
        return self.key_points.get("pattern_type")

    @property
    def printed_r(self) -> list[float]:
        return [float(r) for r in self.key_points.get("R_all") or []]

    @property
    def grade(self) -> int | None:
        value = (self.key_points.get("severity") or {}).get("grade")
        return None if value is None else int(value)

    @property
    def grade_stated(self) -> bool:
        """The text (with its table) has words for every condition of the printed grade."""
        if self.grade is None or (self.grade == 1 and re.search(_STAY, self.full, re.I)):
            return False
        return all(re.search(words, self.full, re.I) for words in _NEEDS[self.grade])

    @property
    def latency(self) -> list[Span]:
        return _spans(self.key_points.get("latency"))

    @property
    def anchored_latency(self) -> list[tuple[str, Span]]:
        """The printed spans that say what they are counted to or from, with that anchor: ANCHORS."""
        found = []
        for one in (self.key_points.get("latency") or {}).get("all") or []:
            anchor = next((name for name, words in ANCHORS.items() if words.search(one.get("context") or "")), None)
            if anchor is not None and one.get("days"):
                found.append((anchor, (float(one["days"][0]), float(one["days"][1]))))
        return found

    @property
    def recovery(self) -> list[Span]:
        """Printed recovery spans, only where the reference says recovered."""
        recovery = self.key_points.get("recovery") or {}
        return _spans(recovery) if recovery.get("status") == "recovered" else []

    @property
    def age(self) -> tuple[int, int] | None:
        """The age that opens the narrative, as a range of years ("in her early 40s" is 40 to 49)."""
        years = re.search(r"\b(\d{1,3})[- ]years?[- ]old\b", self.narrative)
        decade = re.search(r"\bin (?:her|his|their) (?:early |mid-? ?|late )?(\d)0s\b", self.narrative)
        if years and (not decade or years.start() < decade.start()):
            return int(years[1]), int(years[1])
        return (int(decade[1]) * 10, int(decade[1]) * 10 + 9) if decade else None

    @property
    def sex(self) -> str | None:
        """From the first word that tells it."""
        found = re.search(r"\b(?:(woman|female|girl|she|her)|(man|male|boy|he|his))\b", self.narrative, re.I)
        return None if not found else "female" if found[1] else "male"

    @property
    def other_drugs(self) -> list[str]:
        """Other medications of the key points whose name also stands in the narrative."""
        words = re.sub(r"\([^)]*\)", " ", str(self.key_points.get("other_medications") or ""))
        names = [re.sub(r"[^\w\s-]", "", part).strip() for part in re.split(r"[,;.]|\band\b", words)]
        return [n for n in names if len(n) > 3 and re.search(rf"\b{re.escape(n)}\b", self.narrative, re.I)]

    @property
    def resumed(self) -> bool:
        """A re-exposure is printed in the key points (conservative: narrative and comment are not asked)."""
        return any(_RESUMED.search(text) for text in _printed(self.key_points))

    @property
    def never_resumed(self) -> bool:
        """Nothing anywhere in the record even hints at a second exposure."""
        return not any(_MAYBE_RESUMED.search(text) for text in _printed(self.raw))

    @property
    def narrative_pair(self) -> tuple[float, float] | None:
        """The first ALT and alkaline phosphatase that one sentence of the narrative prints together."""
        for sentence in re.split(r"(?<=[a-z\)\]])\.\s+(?=[A-Z])", self.narrative):
            alt = re.search(rf"\b(?:ALT|SGPT){_NUMBER}", sentence)
            alp = re.search(rf"\b(?:alkaline phosphatase|Alk P|ALP){_NUMBER}", sentence, re.I)
            if alt and alp:
                return float(alt[1].replace(",", "")), float(alp[1].replace(",", ""))
        return None

    def oracle(self, *, narrative: bool = False, allow_ast: bool = False) -> Oracle | None:
        """What a reader of nothing but the numbers would say: the first pair with ALT >= 5 or ALP >= 2 times the limit.

        None where no row (or no sentence of the narrative) prints both enzymes, or where the reference has no pattern.
        """
        if self.pattern is None:
            return None
        if narrative:
            pair = self.narrative_pair
            return None if pair is None else _oracle([pair], DEFAULT_ALT_LIMIT, DEFAULT_ALP_LIMIT)
        if self.table is None:
            return None
        found = self.table.enzyme_pairs("ALT") or (self.table.enzyme_pairs("AST") if allow_ast else None)
        return None if found is None else _oracle(*found)


@dataclass(frozen=True)
class Oracle:
    """R of the first qualifying pair and its type; both None where no pair qualifies."""

    r: float | None

    @property
    def type(self) -> str | None:
        if self.r is None:
            return None
        return "hepatocellular" if self.r >= 5 else "cholestatic" if self.r <= 2 else "mixed"


def within_tenth(r: float | None, printed: list[float]) -> bool:
    """Within 10 % of any printed R."""
    return r is not None and any(abs(r - value) <= 0.1 * value for value in printed)


def load() -> list[Record]:
    """All development records, in file order.

    Raises:
        Missing: The reference is not on this machine.
    """
    texts = shared_path("corpora", "livertox", "texts")
    rows = read_lines(shared_path("corpora", "livertox", "dev.jsonl"))
    return [Record(row, read_text(texts / f"{row['id']}.txt")) for row in rows]


def _oracle(pairs: list[tuple[float, float]], alt_limit: float, alp_limit: float) -> Oracle:
    for alt, alp in pairs:
        if alt >= 5 * alt_limit or alp >= 2 * alp_limit:
            return Oracle(alt / alt_limit / (alp / alp_limit))
    return Oracle(None)


def _spans(printed: dict[str, Any] | None) -> list[Span]:
    return [(float(s["days"][0]), float(s["days"][1])) for s in (printed or {}).get("all") or [] if s.get("days")]


def _printed(value: Any) -> list[str]:
    """Every string inside a piece of the reference."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in inner for text in _printed(part)]
