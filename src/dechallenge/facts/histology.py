"""Facts of the liver biopsy: which features the report names or denies, grades and stages as reported.

A feature that is not mentioned stays unknown; where inflammation, necrosis or fibrosis is denied as a whole, so are its
kinds. May import evidence, case, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.case.model import Finding, Statement
from dechallenge.evidence import Evidence
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.values import place_of
from dechallenge.facts.vocabulary import causality_more
from dechallenge.facts.vocabulary import histology as v
from dechallenge.logic import Choice, Fact, Flag

FEATURES: tuple[tuple[Flag, tuple[str, ...]], ...] = (
    (v.spotty_necrosis, ("focal necrosis", "acidophil bodies")),
    (v.haemorrhagic_necrosis, ("hemorrhagic necrosis",)),
    (v.confluent_necrosis, ("centrilobular necrosis",)),
    (v.massive_necrosis, ("massive necrosis",)),
    (v.hepatocyte_necrosis, ("necrosis",)),
    (v.hepatic_inflammation, ("inflammation",)),
    (v.lobular_inflammation, ("lobular inflammation",)),
    (v.portal_inflammation, ("portal inflammation",)),
    (v.interface_hepatitis, ("interface hepatitis",)),
    (v.plasma_cells, ("plasma cells",)),
    (v.rosettes, ("hepatocyte rosettes",)),
    (v.emperipolesis, ("emperipolesis",)),
    (v.eosinophil_infiltrate, ("eosinophils",)),
    (v.portal_neutrophils, ("neutrophils in portal tracts",)),
    (v.granulomas, ("granulomas",)),
    (v.fibrin_ring_granulomas, ("fibrin-ring granulomas",)),
    (v.bile_plugs, ("bile plugs",)),
    (v.duct_loss, ("vanishing bile duct syndrome",)),
    (v.cholate_stasis, ("cholate stasis",)),
    (v.bile_duct_injury, ("bile duct injury",)),
    (v.ductular_reaction, ("bile duct proliferation",)),
    (v.macrovesicular_steatosis, ("macrovesicular steatosis",)),
    (v.microvesicular_steatosis, ("microvesicular steatosis",)),
    (v.mallory_bodies, ("Mallory bodies",)),
    (v.steatohepatitis_named, ("steatohepatitis",)),
    (v.macrophage_activation, ("hemophagocytosis", "Kupffer cell hyperplasia")),
    (v.sinusoidal_lymphocytes, ("sinusoidal lymphocytes",)),
    (v.sinusoidal_dilatation, ("sinusoidal dilatation",)),
    (v.vascular_lesion, ("sinusoidal obstruction syndrome", "peliosis hepatis", "endothelitis")),
    (v.regenerative_hyperplasia, ("nodular regenerative hyperplasia",)),
    (v.iron_deposits, ("hepatic iron",)),
    (v.copper_deposits, ("hepatic copper",)),
    (v.pas_d_globules, ("PAS-D globules",)),
    (v.ground_glass_cells, ("ground-glass hepatocytes",)),
    (v.normal_biopsy, ("normal liver histology",)),
)
"""Each feature with the terms of the findings lexicon that stand for it."""

ANY_TISSUE = frozenset({"hemophagocytosis", "granulomas", "fibrin-ring granulomas", "eosinophils", "plasma cells"})
"""Findings of other tissues too: they count only near a finding of the liver."""
NEAR = 400
"""Characters of the story within which a finding of any tissue belongs to the liver biopsy told beside it."""

INFLAMMATION = (
    v.hepatic_inflammation,
    v.lobular_inflammation,
    v.portal_inflammation,
    v.interface_hepatitis,
)
NECROSIS = (
    v.hepatocyte_necrosis,
    v.spotty_necrosis,
    v.haemorrhagic_necrosis,
    v.confluent_necrosis,
    v.massive_necrosis,
)
ANOTHER_DIAGNOSIS = (
    v.macrovesicular_steatosis,
    v.microvesicular_steatosis,
    v.steatohepatitis_named,
    v.granulomas,
    v.duct_loss,
    v.vascular_lesion,
)
"""Signs of another diagnosis than autoimmune hepatitis."""

BRIDGING = re.compile(r"bridging|sept", re.IGNORECASE)
SHARE = re.compile(
    r"(?P<sign>[<>≤≥~])?\s*(?P<low>\d{1,3}(?:\.\d+)?)\s*(?:(?:-|–|to)\s*(?P<high>\d{1,3}(?:\.\d+)?))?\s*%"
)
SLIGHT = re.compile(r"mild|slight|minimal|early|scant|little|trace|minor", re.IGNORECASE)
STRONG = re.compile(r"moderate|marked|severe|extensive|massive|advanced|prominent|diffuse", re.IGNORECASE)
LEAST_STEATOSIS = 5.0
"""Per cent from which fat is steatosis (NASH CRN)."""


def facts(pair: Pair) -> list[Fact]:
    """Features, shares, degrees, and stages as reported."""
    told = _of_the_liver(pair)
    made: dict[str, Fact] = {}
    for term, names in FEATURES:
        _keep(made, _flag(term, [f for f in told if f.term in names]))
    _whole(made, told)
    for fact in (*_fibrosis(told), _steatosis(told), _ballooning(told), _foci(made, told)):
        _keep(made, fact)
    _keep(made, _aih(made, told))
    if made:
        evidence = _words(told)
        because = f"findings told: {', '.join(dict.fromkeys(f.term for f in told))}"
        _keep(made, Fact.flag(v.biopsy_reported, True, because=because, evidence=evidence))
    _keep(made, _cirrhosis(pair, told))
    for fact in _stages(pair):
        _keep(made, fact)
    return list(made.values())


def _keep(made: dict[str, Fact], fact: Fact | None) -> None:
    if fact is not None:
        made.setdefault(fact.name, fact)


def _of_the_liver(pair: Pair) -> list[Finding]:
    """Histology of the reaction: not a biopsy from before the drug, not clearly of another tissue."""
    wanted = {name for _, names in FEATURES for name in names} | {
        "steatosis",
        "ballooning",
        "perisinusoidal fibrosis",
        "portal fibrosis",
        "fibrosis",
        "chronic hepatitis on biopsy",
    }
    told = [
        f
        for f in pair.case.findings
        if f.term in wanted
        and f.subject == "patient"
        and f.state != "uncertain"
        and not f.history
        and not (f.time is not None and f.time.high is not None and f.time.interval.hi < pair.first_dose.lo)
    ]
    liver = [f for f in told if f.term not in ANY_TISSUE]
    return [f for f in told if f.term not in ANY_TISSUE or any(_near(f, other) for other in liver)]


def _near(one: Finding, other: Finding) -> bool:
    here, there = place_of(one.evidence), place_of(other.evidence)
    if here is None or there is None:
        return one.time is not None and one.time == other.time
    return here[0] == there[0] and abs(here[1] - there[1]) <= NEAR


def _words(found: Sequence[Finding]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for finding in found for item in finding.evidence))


def _tell(found: Sequence[Finding]) -> str:
    return ", ".join(dict.fromkeys(f"{f.extent + ' ' if f.extent else ''}{f.term}" for f in found))


def _flag(term: Flag, told: list[Finding]) -> Fact | None:
    present = [f for f in told if f.state == "present"]
    chosen = present or told
    if not chosen:
        return None
    because = f"{_tell(chosen)} {'told' if present else 'denied'}"
    return Fact.flag(term, bool(present), because=because, evidence=_words(chosen))


def _whole(made: dict[str, Fact], told: list[Finding]) -> None:
    """Inflammation or necrosis denied as a whole denies its kinds; a kind that is told makes the whole."""
    for whole, kinds, denial in (
        (v.hepatic_inflammation, INFLAMMATION, "inflammation"),
        (v.hepatocyte_necrosis, NECROSIS, "necrosis"),
    ):
        present = [made[kind.name] for kind in kinds if kind.name in made and made[kind.name].value]
        denied = [f for f in told if f.term == denial and f.state == "absent"]
        if present:
            fact = present[0]
            made[whole.name] = Fact.flag(whole, True, because=fact.because, evidence=fact.evidence)
        elif denied:
            for kind in kinds:
                _keep(made, Fact.flag(kind, False, because=f"{denial} denied", evidence=_words(denied)))


def _fibrosis(told: list[Finding]) -> list[Fact | None]:
    sinusoidal = [f for f in told if f.term == "perisinusoidal fibrosis"]
    portal = [f for f in told if f.term == "portal fibrosis"]
    denied = [f for f in told if f.term == "fibrosis" and f.state == "absent"]
    bridging = [f for f in portal if BRIDGING.search(" ".join(_quotes(f)))]
    made: list[Fact | None] = [
        _degrees(v.perisinusoidal_fibrosis, sinusoidal, ("mild",), ("moderate or severe",)),
        _flag(v.portal_fibrosis, portal),
        _flag(v.bridging_fibrosis, bridging),
    ]
    if denied and not any(f.state == "present" for f in (*sinusoidal, *portal)):
        evidence = _words(denied)
        made = [
            Fact.choice(v.perisinusoidal_fibrosis, "none", because="fibrosis denied", evidence=evidence),
            Fact.flag(v.portal_fibrosis, False, because="fibrosis denied", evidence=evidence),
            Fact.flag(v.bridging_fibrosis, False, because="fibrosis denied", evidence=evidence),
        ]
    return made


def _quotes(finding: Finding) -> list[str]:
    return [str(getattr(item, "quote", "")) for item in finding.evidence]


def _degrees(term: Choice, told: list[Finding], slight: tuple[str, ...], strong: tuple[str, ...]) -> Fact | None:
    """A choice of 'none' and two kinds of degree; both stay possible without one."""
    present = [f for f in told if f.state == "present"]
    if not told:
        return None
    if not present:
        return Fact.choice(term, "none", because=f"{told[0].term} denied", evidence=_words(told))
    extents = " ".join(f.extent or "" for f in present)
    values = (*slight, *strong)
    if SLIGHT.search(extents) and not STRONG.search(extents):
        values = slight
    elif STRONG.search(extents) and not SLIGHT.search(extents):
        values = strong
    degree = "" if len(values) < len((*slight, *strong)) else "; the degree is not told"
    return Fact.choice(term, *values, because=f"{_tell(present)} told{degree}", evidence=_words(present))


def _cirrhosis(pair: Pair, told: list[Finding]) -> Fact | None:
    named = [f for f in pair.view.findings("cirrhosis") if f.state != "uncertain"]
    if named:
        return _flag(v.cirrhosis, named)
    denied = [f for f in told if f.term == "fibrosis" and f.state == "absent"]
    fibrosis = [f for f in told if f.term.endswith("fibrosis") and f.state == "present"]
    if denied and not fibrosis:
        return Fact.flag(v.cirrhosis, False, because="fibrosis denied", evidence=_words(denied))
    return None


def _steatosis(told: list[Finding]) -> Fact | None:
    """Share of fat: the printed one; without one at least 5 % when told, and less when denied."""
    fat = [f for f in told if f.term in ("macrovesicular steatosis", "steatosis", "microvesicular steatosis")]
    present = [f for f in fat if f.state == "present"]
    for finding in present:
        share = SHARE.search(finding.extent or "")
        if share is not None:
            return _share(share, finding)
    if present:
        because = f"{_tell(present)} told, the share is not"
        return number(v.steatosis_percent, low=LEAST_STEATOSIS, high=100, because=because, evidence=_words(present))
    if any(f.term == "steatosis" for f in fat):
        because = "steatosis denied"
        return number(v.steatosis_percent, low=0, high=LEAST_STEATOSIS - 0.01, because=because, evidence=_words(fat))
    return None


def _share(share: re.Match[str], finding: Finding) -> Fact | None:
    low = float(share["low"])
    high = float(share["high"]) if share["high"] else low
    because = f"{finding.term} {share.group().strip()}"
    if share["sign"] in ("<", "≤"):
        return number(v.steatosis_percent, low=0, high=high, because=because, evidence=finding.evidence)
    if share["sign"] in (">", "≥"):
        return number(v.steatosis_percent, low=low, high=100, because=because, evidence=finding.evidence)
    point = low if low == high else None
    return number(v.steatosis_percent, point, low=low, high=high, because=because, evidence=finding.evidence)


def _ballooning(told: list[Finding]) -> Fact | None:
    return _degrees(v.ballooning_grade, [f for f in told if f.term == "ballooning"], ("few", "many"), ())


def _foci(made: dict[str, Fact], told: list[Finding]) -> Fact | None:
    """Lobular inflammation without a count: any number but none; an infiltrate with focal necrosis is lobular."""
    lobular = made.get(v.lobular_inflammation.name)
    spotty, any_kind = made.get(v.spotty_necrosis.name), made.get(v.hepatic_inflammation.name)
    if lobular is not None and lobular.value is False:
        return Fact.choice(v.lobular_foci, "none", because=lobular.because, evidence=lobular.evidence)
    if lobular is not None and lobular.value:
        source, said = lobular, "lobular inflammation"
    elif spotty is not None and spotty.value and any_kind is not None and any_kind.value:
        source, said = any_kind, "an infiltrate with focal necrosis"
    else:
        return None
    counts = [value for value in v.lobular_foci.values if value != "none"]
    because = f"{said} told, the number of foci is not"
    return Fact.choice(v.lobular_foci, *counts, because=because, evidence=source.evidence)


def _aih(made: dict[str, Fact], told: list[Finding]) -> Fact | None:
    """How far the histology fits autoimmune hepatitis; unknown where the features that decide it are not told."""
    term = causality_more.aih_histology

    def yes(flag: Flag) -> bool:
        fact = made.get(flag.name)
        return fact is not None and fact.value is True

    def no(flag: Flag) -> bool:
        fact = made.get(flag.name)
        return fact is not None and fact.value is False

    evidence = _words(told)
    if yes(v.interface_hepatitis) and yes(v.emperipolesis) and yes(v.rosettes):
        because = "interface hepatitis, emperipolesis and rosettes told"
        return Fact.choice(term, "typical", because=because, evidence=evidence)
    chronic = any(f.term == "chronic hepatitis on biopsy" and f.state == "present" for f in told)
    if yes(v.interface_hepatitis) or chronic or (yes(v.portal_inflammation) and yes(v.plasma_cells)):
        because = "chronic or interface hepatitis with lymphocytes told"
        return Fact.choice(term, "compatible", "typical", best="compatible", because=because, evidence=evidence)
    if no(v.hepatic_inflammation):
        return Fact.choice(term, "atypical", because="inflammation denied", evidence=evidence)
    another = [flag.title for flag in ANOTHER_DIAGNOSIS if yes(flag)]
    if another and not yes(v.portal_inflammation) and no(v.plasma_cells):
        because = f"{another[0]}, no plasma cells, and no portal or interface hepatitis told"
        return Fact.choice(term, "atypical", because=because, evidence=evidence)
    return None


def _stages(pair: Pair) -> list[Fact | None]:
    """METAVIR stage and grade and Ishak stage as reported for a biopsy."""
    told = [s for s in pair.case.statements if s.method == "METAVIR"]
    ishak = [s for s in pair.case.statements if s.method == "Ishak"]
    return [
        reported(v.metavir_fibrosis, told, "F", "METAVIR"),
        reported(v.metavir_activity, told, "A", "METAVIR"),
        reported(v.ishak_stage, ishak, "", "Ishak stage"),
    ]


def reported(term: Choice, told: Sequence[Statement], letter: str, name: str) -> Fact | None:
    """A stage as a report gives it; two stages with a hyphen are a cell of the term, or either of them.

    Different stages in different places all stay possible, and none is the stated one.
    """
    found: dict[str, list[Evidence]] = {}
    for statement in told:
        match = re.search(rf"{letter}(\d)(?:\s?[-–]\s?{letter}?(\d))?", statement.result)
        if match is None or not statement.evidence:
            continue
        first, last = f"{letter}{match[1]}", f"{letter}{match[2]}" if match[2] else ""
        cell = f"{first}-{last}" if last else first
        for value in (cell,) if cell in term.values else (first, last):
            if value in term.values:
                found.setdefault(value, []).extend(statement.evidence)
    if not found:
        return None
    evidence = tuple(dict.fromkeys(item for items in found.values() for item in items))
    places = "" if len(found) == 1 else ", different in different places"
    return Fact.choice(term, *found, because=f"{name} reported as {', '.join(found)}{places}", evidence=evidence)
