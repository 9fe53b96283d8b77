"""`python -m benchmarks.seed_gold [--errors] [--case ID]`: fact by fact against the hand-annotated seed cases.

Match rule of shared/corpora/README.md: same case, same field, same normal form, overlapping quotes; facts flagged
ambiguous are left out on both sides; a fact printed twice counts once. Labs and drugs: F1. Negatives, events and
actions are not annotated exhaustively: recall.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from benchmarks import gold_terms
from benchmarks.evidence import overlap, spans
from benchmarks.intervals import Open, fits, interval
from benchmarks.run import Assess, Json, assess_text
from benchmarks.scores import Share, f_score, table, verdict
from benchmarks.shared import read_text, run_command, shared_path
from benchmarks.terms import Lab, analyte_id, canonical, drug_parts, lab_of, level, plain

Offsets = list[tuple[int, int]]
FIELDS = ("labs", "drugs", "negatives", "events", "actions")
_ABSENT = {"absent", "negative", "normal", "no", "none", "excluded", "unchanged"}


@dataclass(frozen=True)
class Read:
    """One read fact: its normal form (for counting it once), its names, its places."""

    about: str
    form: str
    names: str
    places: Offsets
    state: str = ""
    role: str = ""
    lab: Lab | None = None
    drugs: frozenset[str] = frozenset()
    days: Open | None = None


@dataclass(frozen=True)
class Gold:
    """One gold fact: what it is about, where it stands, whether it is left out, its days, and how to recognise it."""

    case: str
    about: str
    name: str
    places: Offsets
    left_out: bool
    matches: Callable[[Read], bool]
    role: str = ""
    days: Open | None = None
    printed: str = ""


@dataclass
class Tally:
    """Counts of one field over all cases, and the lines that explain them."""

    true: int = 0
    wrong: int = 0
    missed: int = 0
    role_right: int = 0
    role_all: int = 0
    times_right: int = 0
    times_all: int = 0
    phrases: dict[tuple[str, str], bool] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> Share:
        return Share(self.true, self.true + self.missed)

    @property
    def precision(self) -> Share:
        return Share(self.true, self.true + self.wrong)

    @property
    def f1(self) -> float:
        return f_score(self.true, self.wrong, self.missed)


def gold_facts(case: Json) -> list[Gold]:
    """All facts of one gold case, expanded lists split, duplicates merged into the fact they repeat."""
    facts: list[Gold] = []
    for entry in case["labs"]:
        facts += [replace(fact, **_time(entry)) for fact in _gold_labs(case["case_id"], entry, facts)]
    for entry in case["drugs"]:
        facts.append(_gold_drug(case["case_id"], entry))
    for entry in case["negatives"]:
        words = gold_terms.NEGATIVES[entry["item"]]
        fact = _worded(case["case_id"], "negatives", entry["item"], words, entry, _ABSENT)
        facts.append(replace(fact, **_time(entry)))
    for entry in case["events"]:
        # What went away or got better is a finding of either state: "rash and fever disappeared".
        states = None if entry.get("kind") or re.search(r"resol|decreas|persist", entry["term"]) else {"present"}
        words = gold_terms.EVENTS[entry["term"]]
        fact = _worded(case["case_id"], "events", entry["term"], words, entry, states)
        facts.append(replace(fact, **_time(entry)))
    for entry in case["actions"]:
        facts.append(replace(_gold_action(case["case_id"], entry), **_time(entry)))
    return facts


def _time(entry: Json) -> Json:
    """Days since the first dose of the suspect, where the annotation knows them and does not doubt them."""
    time = entry.get("time") or {}
    days = time.get("day_from_first_dose")
    if days is None or time.get("ambiguous"):
        return {}
    known = interval(days) if isinstance(days, list) else (float(days), float(days))
    return {"days": known, "printed": str(time.get("as_printed"))}


def _place(entry: Json) -> Offsets:
    return [(entry["quote"]["start"], entry["quote"]["end"])]


def _gold_labs(case: str, entry: Json, sofar: list[Gold]) -> list[Gold]:
    if entry.get("duplicate_of"):
        first = next(f for f in sofar if f.about == "labs" and f.name == _lab_name(entry["analyte"], entry))
        first.places.extend(_place(entry))
        return []
    left_out = bool(entry["ambiguous"] or entry.get("exam"))
    found = []
    for wording in entry.get("expand") or [entry["analyte"]]:
        test = _loosely(wording) if left_out else _exactly(wording, entry)
        found.append(Gold(case, "labs", _lab_name(wording, entry), _place(entry), left_out, test))
    return found


def _lab_name(wording: str, entry: Json) -> str:
    value = entry["xULN"] if entry["value"] is None else entry["value"]
    return f"{wording} {entry['qualitative'] if value is None else value}"


def _loosely(wording: str) -> Callable[[Read], bool]:
    """An ambiguous fact takes any reading of its analyte out of the count."""
    return lambda read: read.lab is not None and _about(read, wording)


def _about(read: Read, wording: str) -> bool:
    """Whether the fact is about what the gold's wording names, by its id or by a name it goes by."""
    ids = {analyte_id(name) for name in read.names.split("; ")}
    return any(gold_terms.lab_matches(wording, name) for name in ids | ({read.lab.analyte} if read.lab else set()))


def _exactly(wording: str, entry: Json) -> Callable[[Read], bool]:
    value = entry["xULN"] if entry["value"] is None else entry["value"]
    unit = "xULN" if entry["value"] is None else re.sub(r"\s*\(.*", "", entry["unit"] or "")
    if value is None:
        wanted = gold_terms.LEVELS.get(entry["qualitative"], (level(entry["qualitative"]),))

        def says(read: Read) -> bool:
            """The level may be held by a measurement or by a test."""
            if read.lab is not None:
                return _about(read, wording) and read.lab.level in wanted
            return level(read.state) in wanted and _about(read, wording)

        return says
    numbers = tuple(entry["value_range"]) if entry.get("value_range") else (value,)

    def equals(read: Read) -> bool:
        if read.lab is None or not _about(read, wording):
            return False
        pairs = [canonical(read.lab.analyte, float(number), unit) for number in numbers]
        return read.lab.same(Lab(read.lab.analyte, tuple(p[0] for p in pairs), pairs[0][1]))

    return equals


def _gold_drug(case: str, entry: Json) -> Gold:
    wanted = frozenset().union(*(drug_parts(name) for name in gold_terms.gold_drugs(entry["normalised"])))
    role = gold_terms.ROLES.get(entry["role"], "")
    left_out = entry["ambiguous"] or not role or entry.get("assertion") == "absent"
    name = f"{entry['name']} ({entry['role']})"
    return Gold(case, "drugs", name, _place(entry), bool(left_out), lambda read: bool(wanted & read.drugs), role)


def _gold_action(case: str, entry: Json) -> Gold:
    wanted = frozenset().union(*(drug_parts(name) for name in gold_terms.gold_drugs(entry["drug"])))
    kinds = gold_terms.ACTIONS[entry["action"]]

    def matches(read: Read) -> bool:
        said = read.state in kinds or (entry["action"] == "given" and read.about == "drugs")
        return said and bool(wanted & read.drugs)

    name = f"{entry['action']} {entry['drug']}"
    return Gold(case, "actions", name, _place(entry), bool(entry["ambiguous"]), matches)


def _worded(case: str, what: str, name: str, words: str, entry: Json, states: set[str] | None) -> Gold:
    left_out = bool(entry["ambiguous"] or entry.get("duplicate_of"))

    def matches(read: Read) -> bool:
        return re.search(words, read.names) is not None and (states is None or read.state in states)

    return Gold(case, what, name, _place(entry), left_out, matches)


def read_facts(case: Json) -> list[Read]:
    """Every fact of one case of the JSON, in the form in which it is compared."""
    facts = [_read_lab(m) for m in case.get("measurements") or []]
    for exposure in case.get("exposures") or []:
        drugs = drug_parts(exposure.get("drug")) | drug_parts(exposure.get("as_written"))
        name, places = plain(exposure.get("drug")), spans(exposure.get("evidence"))
        facts.append(Read("drugs", name, name, places, "", str(exposure.get("role")), None, drugs))
    for action in case.get("actions") or []:
        name, places = plain(action.get("drug")), spans(action.get("evidence"))
        drugs = drug_parts(action.get("drug"))
        days = interval(action.get("day"))
        facts.append(Read("actions", name, name, places, str(action.get("kind")), drugs=drugs, days=days))
    for test in case.get("tests") or []:
        names = "; ".join(plain(test.get(key)) for key in ("test", "name") if test.get(key))
        days = interval(test.get("day"))
        facts.append(Read("tests", names, names, spans(test.get("evidence")), str(test.get("state")), days=days))
    for finding in [*(case.get("findings") or []), *(case.get("competing_causes") or [])]:
        name = plain(finding.get("term"))
        days = interval(finding.get("day"))
        state = str(finding.get("state"))
        if name.startswith("normal ") and state == "present":
            state = "normal"  # a normal examination that is there is an abnormal one that is not
        facts.append(Read("findings", name, name, spans(finding.get("evidence")), state, days=days))
    for event in case.get("events") or []:
        names = "; ".join(plain(event.get(key)) for key in ("kind", "term"))
        days = interval(event.get("onset_days"))
        facts.append(Read("events", names, names, spans(event.get("evidence")), "present", days=days))
    for statement in case.get("statements") or []:
        names = plain(" ".join(str(statement.get(key) or "") for key in ("kind", "method", "result")))
        facts.append(Read("statements", names, names, spans(statement.get("evidence")), "present"))
    patient = case.get("patient") or {}
    if patient.get("alcohol"):
        facts.append(Read("patient", "alcohol", "alcohol", spans(patient), str(patient["alcohol"])))
    return facts


def _read_lab(measurement: Json) -> Read:
    lab = lab_of(measurement)
    names = "; ".join(dict.fromkeys([lab.analyte.lower(), plain(measurement.get("name") or lab.analyte)]))
    # A level stands as a finding would: normal is the absence of an abnormality, anything else its presence.
    state = "" if lab.numbers and not lab.level else "normal" if lab.level in {"normal", "unchanged"} else "present"
    days = interval(measurement.get("day"))
    return Read("labs", str(lab), names, spans(measurement.get("evidence")), state, lab=lab, days=days)


# Where a gold field may be found in the JSON; the first place is the one whose extra facts count as wrong.
SOURCES = {
    "labs": ("labs", "tests", "findings"),
    "drugs": ("drugs",),
    "negatives": ("tests", "findings", "labs", "patient", "actions"),
    "events": ("events", "findings", "labs", "statements"),
    "actions": ("actions", "drugs"),
}


def compare(gold: Iterable[Gold], read: Iterable[Read], tallies: dict[str, Tally]) -> None:
    """Match one case and add to the tallies."""
    gold, read = list(gold), list(read)
    for what in FIELDS:
        tally = tallies[what]
        mine = [fact for fact in gold if fact.about == what]
        offered = [fact for fact in read if fact.about in SOURCES[what]]
        right: set[str] = set()
        excused: set[str] = set()
        for fact in mine:
            hits = [r for r in offered if fact.matches(r) and overlap(r.places, fact.places)]
            forms = {r.form for r in hits if r.about == SOURCES[what][0]}
            if fact.left_out:
                excused |= forms
                continue
            right |= forms
            if not hits:
                tally.missed += 1
                there = [r for r in offered if overlap(r.places, fact.places)]
                near = sorted({f"{r.form} {r.state or r.role}".strip() for r in there})
                where = f"{fact.case}  {fact.name} @{fact.places[0][0]}"
                tally.lines.append(f"  missed {what:<10}{where} | read there: {near}")
                continue
            tally.true += 1
            if fact.days is not None:
                timed = [r.days for r in hits if r.days is not None]
                right_time = any(fits(days, fact.days) for days in timed)
                tally.times_all += 1
                tally.times_right += right_time
                phrase = (fact.case, fact.printed)
                tally.phrases[phrase] = right_time and tally.phrases.get(phrase, True)
                if not right_time:
                    tally.lines.append(f"  time   {what:<10}{fact.case}  {fact.name} | {fact.days}, read as {timed}")
            if fact.role:
                roles = {r.role for r in hits}
                tally.role_all += 1
                tally.role_right += fact.role in roles
                if fact.role not in roles:
                    tally.lines.append(f"  role   {what:<10}{fact.case}  {fact.name} | read as {sorted(roles)}")
        if what in ("labs", "drugs"):
            extra: dict[str, Read] = {}
            for item in offered:
                if item.about == what and item.form not in right | excused:
                    extra.setdefault(item.form, item)
            tally.wrong += len(extra)
            where = mine[0].case if mine else "?"
            for item in extra.values():
                tally.lines.append(f"  extra  {what:<10}{where}  {item.form} {item.role} @{item.places[:2]}")


def match_cases(gold_cases: list[Json], cases: list[Json]) -> list[tuple[Json, Json]]:
    """Each gold case with the read case of the same age (a case that was not split off is compared with nothing)."""
    left = list(cases)
    pairs = []
    for number, gold in enumerate(gold_cases):
        age = (gold["patient"].get("age") or {}).get("value")
        same = [c for c in left if ((c.get("patient") or {}).get("age") or {}).get("value") == age]
        pick = same[0] if same else left[0] if len(left) == len(gold_cases) - number and left else {}
        if pick in left:
            left.remove(pick)
        pairs.append((gold, pick))
    return pairs


def measure(assess: Assess, only: str = "") -> tuple[dict[str, Tally], list[str]]:
    """Tallies by field over all gold cases, and remarks about files whose cases were not split as annotated.

    Raises:
        Missing: The gold or a seed text is not here.
        Unavailable: The product cannot be called.
    """
    gold = json.loads(read_text(shared_path("corpora", "seed_gold.json")))["cases"]
    tallies = {what: Tally() for what in FIELDS}
    remarks = []
    for number, name in enumerate(sorted({case["source"]["file"] for case in gold})):
        mine = [case for case in gold if case["source"]["file"] == name]
        result = assess(read_text(shared_path("seeds", name)), f"seed-{number}.txt")
        cases = result.get("cases") or []
        if len(cases) != len(mine):
            remarks.append(f"{name}: {len(cases)} cases read, {len(mine)} annotated")
        for annotated, read in match_cases(mine, cases):
            if only in annotated["case_id"]:
                compare(gold_facts(annotated), read_facts(read), tallies)
    return tallies, remarks


def report(tallies: dict[str, Tally]) -> str:
    """The table of all fields."""
    rows = []
    for what, target in (("labs", 0.90), ("drugs", 0.80)):
        tally = tallies[what]
        counts = [str(tally.precision), str(tally.recall), f"{tally.f1:.3f}"]
        rows.append([f"{what}, F1", *counts, f">= {target:.2f}", verdict(tally.f1, target)])
    roles = Share(tallies["drugs"].role_right, tallies["drugs"].role_all)
    rows.append(["drugs found, role as annotated", "", str(roles), "", "", ""])
    for what in ("negatives", "events", "actions"):
        recall = tallies[what].recall
        ratio = None if recall.percent is None else recall.percent / 100
        rows.append([f"{what}, recall", "", str(recall), "", ">= 0.80", verdict(ratio, 0.80)])
    times = Share(sum(t.times_right for t in tallies.values()), sum(t.times_all for t in tallies.values()))
    ratio = None if times.percent is None else times.percent / 100
    rows.append(["times of the facts found", "", str(times), "", ">= 0.90", verdict(ratio, 0.90)])
    phrases: dict[tuple[str, str], bool] = {}
    for tally in tallies.values():
        for phrase, right in tally.phrases.items():
            phrases[phrase] = right and phrases.get(phrase, True)
    rows.append(["  each printed time counted once", "", str(Share(sum(phrases.values()), len(phrases))), "", "", ""])
    return table(["field", "precision", "recall", "F1", "target", ""], rows)


def main(arguments: list[str], assess: Assess = assess_text) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.seed_gold", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="one line per missed, extra or misplaced fact")
    parser.add_argument("--case", metavar="ID", default="", help="only cases whose id contains this, such as 002-1")
    options = parser.parse_args(arguments)
    tallies, remarks = measure(assess, options.case)
    print(f"Hand-annotated seed cases\n\n{report(tallies)}")
    print("\n".join(f"remark: {remark}" for remark in remarks))
    if options.errors:
        print("\n".join(line for what in FIELDS for line in tallies[what].lines))


if __name__ == "__main__":
    run_command(main)
