"""`python -m benchmarks.seed_cases [--case NAME] [--errors]`: the seven seed cases, each demand of issue 2 in one line.

Besides, each seed is read once more with its authors' verdicts falsified: results that follow the falsified words were
taken from a statement, not from facts. Texts: shared/seeds, read as they are.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.case_view import View, views
from benchmarks.intervals import known
from benchmarks.run import Assess, assess_text
from benchmarks.scores import Share
from benchmarks.shared import read_text, run_command, shared_path


@dataclass(frozen=True)
class Demand:
    """One thing that must come out, with what was found."""

    what: str
    ok: bool
    got: object


Demands = Iterator[Demand]


def livertox_anakinra(view: View) -> Demands:
    """One case of hepatocellular injury."""
    points, pattern, severity = view.points, view.pattern, view.severity
    yield Demand("one case in the document", view.siblings == 1, view.siblings)
    yield Demand("anakinra is the first suspect", view.drug == "anakinra", view.suspect_names)
    yield Demand("R 32.1", round(float(pattern.get("r") or 0), 1) == 32.1, pattern.get("r"))
    yield Demand("hepatocellular", pattern.get("type") == "hepatocellular", pattern.get("type"))
    yield Demand("severity grade 3 attainable", view.grade_attainable(3), severity)
    yield Demand("jaundice found", view.finding("jaundice|icter", "present"), view.terms("jaundice|icter"))
    yield Demand("latency 21 days", points.get("latency_point") == 21, view.say_latency())
    viruses = {"HAV": r"\bhav|hepatitis a", "HBV": r"\bhb[vs]|hepatitis b", "HCV": r"\bhcv|hepatitis c"}
    for virus, words in viruses.items():
        yield Demand(f"{virus} negative", view.negative(words), view.states(words))
    for term, state in (("necrosis", "present"), ("inflamm", "present"), ("fibros", "absent"), ("phagocyt", "absent")):
        yield Demand(f"biopsy: {term} {state}", view.finding(term, state), view.terms(term))
    yield Demand("dechallenge positive", points.get("dechallenge") == "positive", points.get("dechallenge"))
    yield Demand("no re-exposure", points.get("rechallenge") == "not done", points.get("rechallenge"))
    yield Demand("prednisone is concomitant", view.role("prednisone", "concomitant"), view.roles("prednis"))
    yield Demand("AOSD is a competing cause", view.competes("still|aosd"), view.competing)
    yield from _scored(view, "rucam-2016", ranged=True)
    yield Demand("RUCAM 2016 range", view.score_inside("rucam-2016"), view.say("rucam-2016"))


def tocilizumab_liver(view: View) -> Demands:
    """Normal enzymes with an abnormal biopsy, drug continued."""
    points, pattern = view.points, view.pattern
    yield Demand("tocilizumab is the first suspect", view.drug == "tocilizumab", view.suspect_names)
    said = f"{pattern.get('because') or ''} {view.instrument('rucam-2016').get('reason') or ''}".strip()
    plainly = re.search("threshold|below|normal|not (?:reach|met|meet)", said) is not None
    unmet = pattern.get("below_threshold") is not False and pattern.get("type") is None
    yield Demand("no liver-injury threshold met, said plainly", unmet and plainly, said or pattern)
    yield from _refused(view, "rucam-2016")
    yield from _refused(view, "rucam-1993")
    yield from _refused(view, "dilin-severity")
    yield Demand("no severity grade", view.severity.get("grade") is None, view.severity)
    for term in ("necrosis", "steatosis", "fibrosis"):
        yield Demand(f"histology: {term}", view.finding(term, "present"), view.terms(term))
    pointing = [f.get("points_to") for f in view.findings("necrosis|steatosis|fibrosis") if f.get("points_to")]
    yield Demand("histology says what it points to", bool(pointing), pointing)
    for name in ("naranjo-1981", "who-umc", "french-1985", "french-2011"):
        yield from _scored(view, name)
    yield Demand("dechallenge not done", points.get("dechallenge") == "not done", points.get("dechallenge"))
    conflict = view.conflict("A2", "A1", "A1-2") and view.conflict("F2", "F1", "F1-2")
    yield Demand("FibroTest conflict with three quotes", conflict, view.conflict_quotes("fibro|activity|A2"))
    for drug in ("methotrexate", "corticosteroid"):
        yield Demand(f"{drug} as earlier hepatotoxin", view.role(drug, "previous"), view.roles(drug))


def anakinra_liver(view: View) -> Demands:
    """Enzymes below the case definition."""
    points, pattern = view.points, view.pattern
    yield Demand("anakinra is the first suspect", view.drug == "anakinra", view.suspect_names)
    yield Demand("ALT 50 U/L", view.lab("ALT", 50, "U/L"), view.labs("ALT"))
    yield Demand("ALP 161 U/L", view.lab("ALP", 161, "U/L"), view.labs("ALP"))
    yield Demand("R 0.89", round(float(pattern.get("r") or 0), 2) == 0.89, pattern.get("r"))
    yield Demand("marked below threshold", pattern.get("below_threshold") is True, pattern)
    yield from _refused(view, "rucam-2016")
    yield Demand("dechallenge positive", points.get("dechallenge") == "positive", points.get("dechallenge"))
    extents = [(f.get("term"), f.get("extent")) for f in view.findings("steatosis") if f.get("state") == "present"]
    yield Demand("steatosis 80 %", any("80" in str(extent) for _, extent in extents), extents)
    # 30 November to 1 January, and 1 November to 31 January.
    yield Demand("latency 32 to 91 days", view.latency == (32, 91), view.say_latency())


def neutropenia_schnitzler(view: View) -> Demands:
    """Two re-exposures, the first positive."""
    points = view.points
    yield Demand("anakinra is the first suspect", view.drug == "anakinra", view.suspect_names)
    day = view.latency
    yield Demand("onset by day 4", day is not None and day[0] >= 0 and day[1] == 4, view.say_latency())
    yield Demand("750/mm3", view.lab("NEUT", 750, "/mm3"), view.labs("NEUT"))
    yield Demand("CTCAE v5 grade 3", view.ctcae("ctcae-5") == 3, view.say("ctcae-5"))
    yield Demand("CTCAE v6 grade 2", view.ctcae("ctcae-6") == 2, view.say("ctcae-6"))
    span = known(points.get("recovery_days"))
    yield Demand("recovery in 2 days", span is not None and span[1] == 2, points.get("recovery_days"))
    results = [r.get("result") for r in view.restarts]
    yield Demand("first re-exposure positive", results[:1] == ["positive"], results)
    yield Demand("second tolerated, kept apart", results[1:2] == ["negative"], results)
    yield Demand("1120/mm3", view.lab("NEUT", 1120, "/mm3"), view.labs("NEUT"))
    yield Demand("the case counts as positive", points.get("rechallenge") == "positive", points.get("rechallenge"))
    yield Demand("French 1985 C3S2B3", view.code("french-1985") == "C3S2B3", view.say("french-1985"))


def neutropenia_still(view: View) -> Demands:
    """Neutropenia while MAS is active and ciclosporin runs."""
    points = view.points
    yield Demand("anakinra is the first suspect", view.drug == "anakinra", view.suspect_names)
    yield Demand("320/mm3", view.lab("NEUT", 320, "/mm3"), view.labs("NEUT"))
    yield Demand("CTCAE v5 grade 4", view.ctcae("ctcae-5") == 4, view.say("ctcae-5"))
    yield Demand("2130/mm3", view.lab("NEUT", 2130, "/mm3"), view.labs("NEUT"))
    span = known(points.get("recovery_days"))
    two_days = span is not None and span[0] <= 2 <= span[1] <= 4
    yield Demand("recovery after 2 days", two_days, points.get("recovery_days"))
    results = [r.get("result") for r in view.restarts]
    yield Demand("re-exposure without recurrence", results == ["negative"], results)
    yield Demand("rechallenge negative", points.get("rechallenge") == "negative", points.get("rechallenge"))
    yield Demand("active MAS as another cause", view.competes(r"macrophage activation|\bmas\b"), view.competing)
    yield Demand("ciclosporin as another cause", view.competes("ciclosporin|cyclosporin"), view.competing)
    yield Demand("French 1985 C1S1B3", view.code("french-1985") == "C1S1B3", view.say("french-1985"))


def mas_boy(view: View) -> Demands:
    """MAS while on methotrexate; tocilizumab treats it."""
    suspect = view.suspect_of("methotrexate") or {}
    yield Demand("methotrexate a candidate by timing", suspect.get("basis") == "timing", view.suspect_names)
    yield Demand("tocilizumab is no suspect", view.suspect_of("tocilizumab") is None, view.suspect_names)
    yield Demand("tocilizumab is treatment", view.role("tocilizumab", "treatment"), view.roles("tocilizumab"))
    yield Demand("platelets: repair 116 x10*9/L", view.repair("PLT", 116, "10*9/L"), view.flags("PLT"))
    yield Demand("CRP: repair 120 mg/L", view.repair("CRP", 120, "mg/L"), view.flags("CRP"))
    yield Demand("12 weeks against 2 weeks", view.conflict("12 weeks", "2 weeks"), view.conflict_quotes("week|tocili"))


def mas_girl(view: View) -> Demands:
    """MAS after two months of anakinra."""
    day = view.latency
    yield Demand("anakinra is a suspect", view.suspect_of("anakinra") is not None, view.suspect_names)
    about = day is not None and day[0] <= 60 <= day[1] and day[1] - day[0] <= 60
    yield Demand("latency about 2 months", about, view.say_latency())
    stops = [a for a in view.case.get("actions") or [] if a.get("kind") == "stopped"]
    yield Demand("anakinra stopped", any(a.get("drug") == "anakinra" for a in stops), [a.get("drug") for a in stops])
    ferritin = [m for m in view.measured("FERRITIN") if m.get("comparator") == ">" and m.get("value") == 10000]
    yield Demand("ferritin >10000 kept as censored", bool(ferritin), view.labs("FERRITIN"))
    yield Demand("tocilizumab is treatment", view.role("tocilizumab", "treatment"), view.roles("tocilizumab"))
    yield Demand("tocilizumab is no suspect", view.suspect_of("tocilizumab") is None, view.suspect_names)


def _scored(view: View, name: str, *, ranged: bool = False) -> Demands:
    found = view.instrument(name)
    result = bool(found.get("applicable")) and any(found.get(key) is not None for key in ("score", "code", "category"))
    yield Demand(f"{name} scored{' with its range' if ranged else ''}", result, view.say(name))


def _refused(view: View, name: str) -> Demands:
    found = view.instrument(name)
    said = found.get("applicable") is False and bool(found.get("reason")) and found.get("score") is None
    yield Demand(f"{name} not applicable, with the reason", said, view.say(name))


@dataclass(frozen=True)
class Seed:
    """A seed file, the checks of its cases in order, and words of its authors that may not change any result."""

    file: str
    cases: tuple[tuple[str, Callable[[View], Demands]], ...]
    falsified: tuple[tuple[str, str], ...]


SEEDS = (
    Seed(
        "001_abc053d80063b204.txt",
        (("LiverTox anakinra", livertox_anakinra),),
        (
            ("Hepatocellular (R=32)", "Cholestatic (R=1.2)"),
            ("3+ (jaundice, hospitalization)", "5+ (transplantation)"),
            ("Latency: 3 weeks", "Latency: 9 weeks"),
            ("Recovery: ~2 weeks", "Recovery: ~8 months"),
        ),
    ),
    Seed(
        "000_eb96b64139c05774.txt",
        (("tocilizumab, liver", tocilizumab_liver), ("anakinra, liver", anakinra_liver)),
        (),  # its authors give no score; whom they blame is a fact that chooses the suspect
    ),
    Seed(
        "002_8455bf4894d4cdee.txt",
        (("anakinra, neutropenia 1", neutropenia_schnitzler), ("anakinra, neutropenia 2", neutropenia_still)),
        (("C3S2B3", "C1S2B0"), ("C1S1B3", "C3S3B0"), ("grade III-IV", "grade I-II")),
    ),
    Seed("003_87e56f74505cfa52.txt", (("MAS, boy of 10", mas_boy), ("MAS, girl of 3", mas_girl)), ()),
)


def check_seed(seed: Seed, text: str, assess: Assess) -> Iterator[tuple[str, Demand]]:
    """All demands of one seed, the reading of the falsified text last."""
    found = views(assess(text, "seed.txt"))
    for number, (name, demands) in enumerate(seed.cases):
        view = found[number] if number < len(found) else View({}, len(found))
        for demand in demands(view):
            yield name, demand
    yield seed.cases[-1][0], Demand(f"{len(seed.cases)} cases split", len(found) == len(seed.cases), len(found))
    false_text = text
    for printed, falsified in seed.falsified:
        assert printed in text, f"{printed!r} is not in the seed"
        false_text = false_text.replace(printed, falsified)
    again = views(assess(false_text, "seed.txt")) if seed.falsified else found
    for number, (name, _) in enumerate(seed.cases):
        if seed.falsified and number < min(len(found), len(again)):
            before, after = found[number].results, again[number].results
            changed = {key: (before.get(key), after.get(key)) for key in before if before.get(key) != after.get(key)}
            yield name, Demand("falsified verdicts change nothing", not changed, changed or "unchanged")


def main(arguments: list[str], assess: Assess = assess_text) -> None:
    """Check and print.

    Raises:
        Missing: A seed is not here.
        Unavailable: The product cannot be called.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.seed_cases", description=__doc__)
    parser.add_argument("--case", metavar="NAME", default="", help="only cases whose name contains this")
    parser.add_argument("--errors", action="store_true", help="only what did not come out")
    options = parser.parse_args(arguments)
    met = total = 0
    for seed in SEEDS:
        shown = ""
        for name, demand in check_seed(seed, read_text(shared_path("seeds", seed.file)), assess):
            if options.case.lower() not in name.lower():
                continue
            met, total = met + demand.ok, total + 1
            if options.errors and demand.ok:
                continue
            if name != shown:
                print(f"\n{name}")
                shown = name
            print(f"  {'pass' if demand.ok else 'FAIL'}  {demand.what:<40} {str(demand.got)[:220]}")
    print(f"\n{Share(met, total)} of the demands met")


if __name__ == "__main__":
    run_command(main)
