"""Questions that the seed checks ask of one case of the published JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from benchmarks.intervals import Span, known
from benchmarks.run import Json
from benchmarks.terms import analyte_id, canonical, drug_id, drug_parts, lab_of, plain, same_number

Rows = list[Json]


@dataclass(frozen=True)
class View:
    """One case; `siblings` is the number of cases in its document."""

    case: Json
    siblings: int

    @property
    def suspects(self) -> Rows:
        return self.case.get("suspects") or []

    @property
    def drug(self) -> str:
        return drug_id(self.suspects[0].get("drug")) if self.suspects else ""

    @property
    def suspect_names(self) -> str:
        said = (f"{s.get('drug')} ({s.get('basis')}, {(s.get('event') or {}).get('kind')})" for s in self.suspects)
        return ", ".join(said) or "no suspect"

    def suspect_of(self, drug: str) -> Json | None:
        """The first entry of a drug among the suspects."""
        return next((s for s in self.suspects if drug in drug_parts(s.get("drug"))), None)

    @property
    def points(self) -> Json:
        return (self.suspects[0].get("key_points") or {}) if self.suspects else {}

    @property
    def pattern(self) -> Json:
        return self.points.get("pattern") or {}

    @property
    def severity(self) -> Json:
        return self.points.get("severity") or {}

    def grade_attainable(self, grade: int) -> bool:
        span = known([self.severity.get("low"), self.severity.get("high")])
        return span is not None and span[0] <= grade <= span[1]

    @property
    def latency(self) -> Span | None:
        return known(self.points.get("latency_days"))

    def say_latency(self) -> str:
        return f"{self.points.get('latency_days')}, point {self.points.get('latency_point')}"

    @property
    def restarts(self) -> Rows:
        """Re-exposures to the first suspect, as listed."""
        actions = [a for a in self.case.get("actions") or [] if a.get("kind") == "restarted"]
        return [a for a in actions if self.drug in drug_parts(a.get("drug"))]

    def instrument(self, name: str) -> Json:
        """The first result of an instrument: of the first suspect, else of the events."""
        events = self.case.get("events") or []
        for owner in [*self.suspects[:1], *events]:
            for result in owner.get("instruments") or []:
                if result.get("id") == name:
                    return dict(result)
        return {}

    def code(self, name: str) -> str | None:
        return self.instrument(name).get("code")

    def say(self, name: str) -> str:
        found = self.instrument(name)
        keys = ("applicable", "score", "low", "high", "category", "code", "reason")
        return ", ".join(f"{key} {found[key]}" for key in keys if found.get(key) not in (None, "")) or "not listed"

    def score_inside(self, name: str) -> bool:
        """The score lies inside its own range, and both ends are given."""
        found = self.instrument(name)
        span = known([found.get("low"), found.get("high")])
        return span is not None and found.get("score") is not None and span[0] <= found["score"] <= span[1]

    def ctcae(self, name: str) -> int | None:
        """The neutrophil grade of a CTCAE edition: of its neutrophil item, else of the whole."""
        found = self.instrument(name)
        items = [i for i in found.get("items") or [] if "neutro" in plain(f"{i.get('id')} {i.get('title')}")]
        for value in [*(i.get("points") for i in items), found.get("score"), found.get("category"), found.get("code")]:
            digits = re.search(r"\d", str(value)) if value is not None else None
            if digits:
                return int(digits[0])
        return None

    def findings(self, words: str) -> Rows:
        return [f for f in self.case.get("findings") or [] if re.search(words, plain(f.get("term")))]

    def finding(self, words: str, state: str) -> bool:
        events = self.case.get("events") or []
        named = any(re.search(words, plain(e.get("term"))) for e in events) and state == "present"
        return named or any(f.get("state") == state for f in self.findings(words))

    def terms(self, words: str) -> list[tuple[Any, Any]]:
        return [(f.get("term"), f.get("state")) for f in self.findings(words)]

    def negative(self, words: str) -> bool:
        return any(state == "negative" for _, state in self.states(words))

    def states(self, words: str) -> list[tuple[Any, Any]]:
        tests = [(plain(f"{t.get('test')} {t.get('name')}"), t) for t in self.case.get("tests") or []]
        return [(t.get("test"), t.get("state")) for names, t in tests if re.search(words, names)]

    def roles(self, drug: str) -> list[tuple[Any, Any]]:
        exposures = self.case.get("exposures") or []
        return [
            (e.get("drug"), e.get("role"))
            for e in exposures
            if any(drug in part for part in drug_parts(e.get("drug")) | drug_parts(e.get("as_written")))
        ]

    def role(self, drug: str, role: str) -> bool:
        return any(found == role for _, found in self.roles(drug))

    @property
    def competing(self) -> list[Any]:
        """Other causes: diseases listed as such, and drugs that a suspect's facts name as one."""
        causes = [f.get("term") for f in self.case.get("competing_causes") or []]
        others = (self.suspects[0].get("facts") or []) if self.suspects else []
        facts = [f for f in others if re.search(r"cause|concomit|compet|other|alternative", plain(f.get("name")))]
        return causes + [f"{f.get('name')}: {f.get('value')} {f.get('because')}" for f in facts]

    def competes(self, words: str) -> bool:
        return any(re.search(words, plain(cause)) for cause in self.competing)

    def measured(self, analyte: str) -> Rows:
        return [m for m in self.case.get("measurements") or [] if analyte_id(m.get("analyte")) == analyte]

    def labs(self, analyte: str) -> list[str]:
        return [f"{m.get('comparator') or ''}{lab_of(m)} {m.get('day')}" for m in self.measured(analyte)]

    def lab(self, analyte: str, value: float, unit: str) -> bool:
        wanted, base = canonical(analyte, value, unit)
        found = [lab_of(m) for m in self.measured(analyte)]
        return any(len(f.numbers) == 1 and f.unit == base and same_number(f.numbers[0], wanted) for f in found)

    def flags(self, analyte: str) -> list[Any]:
        return [m.get("flags") for m in self.measured(analyte) if m.get("flags")]

    def repair(self, analyte: str, value: float, unit: str) -> bool:
        """A value of the analyte is flagged as implausible with this likely repair."""
        wanted = canonical(analyte, value, unit)
        for flags in self.flags(analyte):
            for flag in flags:
                repair = flag.get("repair") or {}
                if flag.get("kind") == "implausible" and isinstance(repair.get("value"), int | float):
                    got = canonical(analyte, float(repair["value"]), repair.get("unit"))
                    if got[1] == wanted[1] and same_number(got[0], wanted[0]):
                        return True
        return False

    def conflict_quotes(self, words: str) -> list[list[str]]:
        """The quotes of each conflict that speaks of these words."""
        conflicts = self.case.get("conflicts") or []
        found = []
        for conflict in conflicts:
            quotes = [str(e.get("quote")) for e in conflict.get("evidence") or []]
            if re.search(words, f"{conflict.get('what')} {' '.join(quotes)}", re.I):
                found.append(quotes)
        return found

    def conflict(self, *words: str) -> bool:
        """One conflict quotes each of these words, each in a quote of its own."""
        for conflict in self.case.get("conflicts") or []:
            quotes = [_dashes(str(e.get("quote"))) for e in conflict.get("evidence") or []]
            if len(quotes) >= len(words) and all(any(_holds(quote, word) for quote in quotes) for word in words):
                return True
        return False

    @property
    def results(self) -> dict[str, Any]:
        """What must not depend on the authors' own verdicts: key points and instrument results by suspect."""
        out: dict[str, Any] = {}
        for suspect in self.suspects:
            name = f"{suspect.get('drug')} / {(suspect.get('event') or {}).get('kind')}"
            points = dict(suspect.get("key_points") or {})
            for key in ("pattern", "severity"):
                keep = ("type", "r", "below_threshold", "grade", "low", "high")
                points[key] = {k: v for k, v in (points.get(key) or {}).items() if k in keep}
            further = points.get("further_latencies") or ()
            points["further_latencies"] = [{k: v for k, v in delay.items() if k != "evidence"} for delay in further]
            out.update({f"{name} {key}": value for key, value in points.items() if not key.endswith("because")})
            for result in suspect.get("instruments") or []:
                keys = ("applicable", "score", "low", "high", "category", "code")
                out[f"{name} {result.get('id')}"] = tuple(result.get(key) for key in keys)
        return out


def views(result: Json) -> list[View]:
    """The cases of a document."""
    cases = result.get("cases") or []
    return [View(case, len(cases)) for case in cases]


def _dashes(text: str) -> str:
    return re.sub(r"[\u2010-\u2015\u2212]", "-", " ".join(text.split()))


def _holds(quote: str, word: str) -> bool:
    """The word stands in the quote by itself: `A1` is not in `A1-2`, `2 weeks` not in `12 weeks`."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", quote) is not None
