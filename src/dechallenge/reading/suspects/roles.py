"""The role of every drug for the reaction, and the reason for it: suspect, running beside it, former, or its treatment.

First come the drugs that the report blames (``_blamed``), then those that brought the reaction together with them
(``_together``); every other drug takes the first answer of ``_unblamed``. May import focus, remedies, the story and the
case model.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import BLAMED, MERE, Ground, Suspicion
from dechallenge.reading.reactions.events import NEUTROPENIA
from dechallenge.reading.reactions.intoxications import INTOXICATION
from dechallenge.reading.story.story import ONSET, Story, start_node
from dechallenge.reading.suspects.besides import Taken, beside, taken_before
from dechallenge.reading.suspects.drugrole import DrugRole
from dechallenge.reading.suspects.givenforit import for_reaction, given_after
from dechallenge.reading.suspects.interacting import of_an_interaction, other_of_two
from dechallenge.reading.suspects.remedies import is_growth_factor, is_rescue

_AS_MUCH = 0.6
"""Part of the greatest weight from which a second drug is blamed beside the first."""
_STOPS = (Ground.STOPPED, Ground.STOPPED_BECAUSE)
_STEPS = (Ground.STOPPED, Ground.STARTED, Ground.AGAIN)
"""What happened to a drug, in the order of the story alone."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the roles of a case are decided on.

    Attributes:
        body: Clean text.
        spans: Its sentences.
        drugs: Mentions, in order.
        story: The story.
        suspected: What speaks for each drug, heaviest first.
        onset: Clean position of the first sign of the reaction.
        kind: Kind of the reaction.
        no_others: The report says that no other drug was taken.
        signs: Clean positions where the reaction shows.
    """

    body: str
    spans: Sequence[tuple[int, int]]
    drugs: Sequence[DrugMention]
    story: Story
    suspected: Sequence[Suspicion]
    onset: int
    kind: str = ""
    no_others: bool = False
    signs: Collection[int] = ()

    @property
    def where(self) -> tuple[str, Sequence[tuple[int, int]], Sequence[DrugMention]]:
        """Text, sentences and drugs, as most questions ask for them."""
        return self.body, self.spans, self.drugs


def roles(scene: Scene) -> dict[str, DrugRole]:
    """Role of each drug by its canonical name, those that are blamed first."""
    out = _together(scene, _blamed(scene) or _only_halted(scene))
    blamed = [e for e in scene.suspected if e.drug in out]
    if blamed and all(e.only(*_STEPS) for e in blamed) and _unexplained(scene):
        out = {}  # a stop after the reaction blames nobody where the report says that it knows no cause
    aside = set() if out else _set_aside(*scene.where)
    grouped = {n for e in scene.suspected for n in load_drugs().classes_of(e.drug) if n != e.drug}  # heparin is both
    suspects = bool(out)
    for entry in scene.suspected:
        if entry.drug not in out:
            out[entry.drug] = _unblamed(scene, entry, blamed=suspects, aside=aside, grouped=grouped)
    if not suspects:
        out = _long_taken(scene, out)
    return out if suspects or any(known.role == "suspect" for known in out.values()) else _lately(scene, out)


def _long_taken(scene: Scene, known: Mapping[str, DrugRole]) -> dict[str, DrugRole]:
    """Roles where the report blames nobody: drugs of many months or years stand beside one that was begun just before.

    "She had taken simvastatin for years. Ten minutes after a dose of amoxicillin she collapsed".
    """
    network = scene.story.network
    since = {
        drug: network.between(start_node(drug, scene.story.course.get(drug, 0)), ONSET)
        for drug, role in known.items()
        if role.role == "suspect" and role.mere and start_node(drug) in network.names
    }
    lately = [d for d, gap in since.items() if gap.lo >= 0 and gap.hi <= _JUST_BEGUN]
    out = dict(known)
    for drug, gap in since.items() if lately else ():
        if gap.lo >= _FOR_LONG and all(s.kind == "started" for s in scene.story.told.get(drug, ())):
            reason = f"taken for {gap.lo:.0f} days or more; {lately[0]} was begun just before the reaction"
            out[drug] = DrugRole("concomitant", reason=reason)
    for drug, role in known.items() if lately else ():
        if role.role == "suspect" and role.mere and drug not in since and _of_long_use(scene, drug):
            reason = f"a medicine of long use; {lately[0]} was begun just before the reaction"
            out[drug] = DrugRole("concomitant", reason=reason)
    return out


def _of_long_use(scene: Scene, drug: str) -> bool:
    """Its first sentence lists it among the medicines of every day ("long-term medication was", "home meds:")."""
    first = next((d for d in scene.drugs if d.drug == drug and d.kind != "dose"), None)
    if first is None:
        return False
    return _LONG_USE.search(scene.body, scene.spans[first.sentence][0], first.start) is not None


_LONG_USE = Pattern(
    r"\b(?:home|usual|regular|long[\s-]?term|chronic)\s+(?:med(?:ication|icine)?s?|drugs?|treatment)\b(?:\s+(?:was|were|included|"
    r"consisted\s+of)|\s*:)",
    re.IGNORECASE,
)


_JUST_BEGUN, _FOR_LONG = 3.0, 180.0
"""Days between the beginning of a drug and the reaction: at once, as in an allergy; and so long that another would be
asked first."""


def _lately(scene: Scene, known: Mapping[str, DrugRole]) -> dict[str, DrugRole]:
    """Roles where no drug is a suspect: one that was taken in the days or weeks before, and never stopped, may be."""
    out = dict(known)
    running = [d for d, role in out.items() if role.role in ("concomitant", "interacting")]
    for drug, role in out.items() if not running else ():
        told = [scene.body[slice(*scene.spans[d.sentence])] for d in scene.drugs if d.drug == drug]
        stopped = any(s.drug == drug and s.kind == "stopped" for s in scene.story.steps)
        recent = any(_LATELY.search(t) and not _LONG_AGO.search(t) for t in told[:1])
        if role.role == "previous" and role.reason.startswith("taken earlier") and recent and not stopped:
            reason = "taken shortly before; the report names no other drug that was running"
            out[drug] = DrugRole("suspect", "timing", reason, mere=True)
    return out


_LATELY = Pattern(r"\b(?:hours?|days?|weeks?|recently)\b", re.IGNORECASE)
_LONG_AGO = Pattern(r"\b(?:months?|years?|decades?|childhood|(?:19|20)\d\d)\b", re.IGNORECASE)


def _blamed(scene: Scene) -> dict[str, DrugRole]:
    """Drugs that the report blames: the heaviest, and those of which nearly as much is said, or the same."""
    out: dict[str, DrugRole] = {}
    top = scene.suspected[0].weight if scene.suspected else 0.0
    labelled = _in_their_field(scene)
    for entry in scene.suspected:
        mere = entry.only(*MERE)
        suspect = DrugRole("suspect", "blamed", entry.because, mere)
        both = _both_stopped(entry, scene.suspected)
        heavy = entry.weight >= BLAMED
        if heavy and (entry.weight >= _AS_MUCH * top or both or _blamed_together(scene, entry, out)):
            raised = scene.kind == INTOXICATION and bool(out)  # it raised the level of the other
            out[entry.drug] = suspect._replace(role="interacting") if raised else suspect
        elif heavy and any(t.ground is Ground.HEADED and _INTERACTION.search(t.quote) for t in entry.told):
            out[entry.drug] = suspect._replace(role="interacting")
        elif top >= BLAMED and entry.weight > 0 and both:
            out[entry.drug] = suspect._replace(basis="timing") if mere else suspect._replace(role="interacting")
        elif entry.drug in labelled:
            out[entry.drug] = suspect._replace(reason="a form names it as a suspect drug", mere=False)
    return out


_FIELD = Pattern(r"(?:^|(?<=\n))Suspect\s+drug:\s")


def _in_their_field(scene: Scene) -> set[str]:
    """The drugs that fields of a form name as suspects, where it does so for two or more."""
    named = set()
    for field in _FIELD.finditer(scene.body):
        at = field.end()
        for drug in scene.drugs:
            if drug.start >= at and drug.drug and _LIST.fullmatch(scene.body, at, drug.start) is not None:
                named.add(drug.drug)
                at = drug.end
    return named if len(named) > 1 else set()


_LIST = Pattern(r"[\s(]*|[^\S\n]*(?:,|;|\+|and|/|&)[^\S\n]*", re.IGNORECASE)
"""Between the drugs of a field."""


def _only_halted(scene: Scene) -> dict[str, DrugRole]:
    """ "Had received X …": nothing but its stop speaks against it, and nothing against any other."""
    halted = []
    for entry in scene.suspected:
        if entry.weight >= BLAMED:
            return {}
        given_for = is_rescue(entry.drug, scene.body) or _TREATED_THAT.search(
            scene.body, max(0, entry.first - 80), entry.first
        )
        running = entry.first < scene.onset or taken_before(*scene.where, scene.story, entry.drug)
        if entry.has(*_STOPS) and not given_for and running:
            halted.append(entry)
    if len(halted) != 1:
        return {}
    told = next(t for t in halted[0].told if t.ground in _STOPS)
    return {halted[0].drug: DrugRole("suspect", "blamed", told.reason, told.ground in MERE)}


def _together(scene: Scene, blamed: Mapping[str, DrugRole]) -> dict[str, DrugRole]:
    """Roles of the blamed drugs, with those that brought the reaction together with another of them."""
    out = dict(blamed)
    for drug in of_an_interaction(*scene.where, [d for d, known in out.items() if known.role == "suspect"]):
        reason = f"{out[drug].reason}; the report tells of an interaction"
        out[drug] = out[drug]._replace(role="interacting", reason=reason, mere=False)
    suspects = [d for d, known in out.items() if known.role == "suspect"]
    if (other := other_of_two(*scene.where, suspects)) and other not in out:
        out[other] = DrugRole("interacting", "blamed", "the report tells of an interaction")
    combined = [e.drug for e in scene.suspected if e.drug in out and any(_COMBINED.search(t.quote) for t in e.told)]
    for drug in combined[1:_BOTH]:
        out[drug] = out[drug]._replace(role="interacting")
    return out


def _unblamed(
    scene: Scene, entry: Suspicion, *, blamed: bool, aside: Collection[str], grouped: Collection[str]
) -> DrugRole:
    """The role of a drug that nothing blames.

    Args:
        scene: The case.
        entry: What little speaks for the drug.
        blamed: The report blames another drug.
        aside: Drugs that a list sets among the other medicines.
        grouped: Classes of which a member is named.
    """
    drug, behind = entry.drug, entry.first > scene.onset
    role = beside(Taken(*scene.where, scene.story, entry, scene.onset))
    if role.role != "concomitant":
        return role
    if not taken_before(*scene.where, scene.story, drug) and for_reaction(*scene.where, drug, scene.onset, scene.kind):
        return DrugRole("treatment", reason="a usual treatment of the reaction, first named after it")
    if scene.kind == NEUTROPENIA and is_growth_factor(drug) and behind:
        return DrugRole("treatment", reason="it raises the neutrophils, and is first named after the reaction")
    if scene.no_others and blamed and _apart(scene, entry):
        return DrugRole("previous", reason="named before the suspect; the report says that no other drug was taken")
    if not blamed and drug in aside:
        return role._replace(reason="listed among the other medicines: the report sets them beside another drug")
    if is_rescue(drug, scene.body) and (not blamed or behind):
        return DrugRole("treatment", reason="given to support the circulation or as an antidote")
    named_after = given_after(*scene.where, drug, scene.signs, scene.kind)
    if named_after and (not blamed or is_rescue(drug, scene.body)) and not _dated_before(scene, drug):
        return DrugRole("treatment", reason="first named after the reaction, as given then")
    if blamed:
        return role
    if drug in grouped:
        return role._replace(reason="the class of a drug that is named")
    return DrugRole("suspect", "timing", "the report blames no drug; this one was running at onset", mere=True)


def _dated_before(scene: Scene, drug: str) -> bool:
    """Its start has a time of its own, which lies before the onset."""
    network, start = scene.story.network, start_node(drug)
    return start in network.names and ONSET in network.names and network.between(start, ONSET).lo > 0


def _apart(scene: Scene, entry: Suspicion) -> bool:
    """It is told before the drug in focus, in another sentence, and never said to be continued."""
    if any(s.drug == entry.drug and s.kind == "continued" for s in scene.story.steps):
        return False
    start = next((d.start for d in scene.drugs if scene.story.main and d.drug == scene.story.main[0]), 0)
    return entry.first < start and not _listed_with_main(scene.drugs, scene.story, entry.drug)


def _listed_with_main(drugs: Sequence[DrugMention], story: Story, drug: str) -> bool:
    """A drug that is first named in one sentence with the suspect is one of the medicines beside which no other was."""
    first: dict[str, int] = {}
    for mention in drugs:
        if mention.kind not in ("dose", "bare"):
            first.setdefault(mention.drug, mention.sentence)
    return bool(story.main) and first.get(drug) == first.get(story.main[0], -1)


def _blamed_together(scene: Scene, entry: Suspicion, out: Collection[str]) -> bool:
    """The title, or a list of the text, blames it in one breath with a suspect ("X, Y and Z were suspected")."""
    if _headed_with(entry, scene.suspected, out):
        return True
    mine = entry.place(Ground.NAMED)
    others = [e.place(Ground.NAMED) for e in scene.suspected if e.drug in out]
    return mine is not None and any(
        o is not None and _ONE_LIST.fullmatch(scene.body, min(mine, o), max(mine, o)) is not None for o in others
    )


_ONE_LIST = Pattern(r"[\w-]+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:[\w-]+)?){1,6}")


def _headed_with(entry: Suspicion, suspected: Sequence[Suspicion], out: Collection[str]) -> bool:
    """The title blames it in one breath with a suspect ("torsade de pointes caused by X and Y")."""
    mine = {t.quote for t in entry.told if t.ground is Ground.HEADED}
    return any(t.ground is Ground.HEADED and t.quote in mine for e in suspected if e.drug in out for t in e.told)


def _both_stopped(entry: Suspicion, suspected: Sequence[Suspicion]) -> bool:
    """The heaviest and this one, and no other, were stopped in one breath after the reaction ("both were stopped")."""
    places = [one.place(Ground.STOPPED) for one in suspected]
    mine = entry.place(Ground.STOPPED)
    return mine is not None and mine == places[0] and places.count(mine) == _BOTH


_BOTH = 2
_COMBINED = re.compile(
    r"(?:combination|co-?administration|(?:combined|concomitant|concurrent|simultaneous)\s+(?:use|administration|intake))\s+of\b",
    re.IGNORECASE,
)
"""Quoted with drugs that are blamed together ("due to the combination of X and Y")."""
_INTERACTION = re.compile(r"\binteractions?\b", re.IGNORECASE)
"""In the title that blames a drug for one."""
_OTHER_MEDICINES = Pattern(
    r"\b(?:other|con(?:comitant|current|c)?\.?)\s*(?:\w+\s+)?(?:medications?|medicines?|drugs?|products?|treatments?|meds|therap(?:y|ies))"
    r"(?:\(s\))?\s*(?::|(?<=[\s)])\n|\n|\b(?:(?:was|were)(?!\s+not)|included|comprised|consisted\s+of)\b)"
    r"|\bwas\s+also\s+(?:taking|receiving|using|on)\s",
    re.IGNORECASE,
)


def _listed_aside(body: str, start: int, end: int) -> bool:
    """The words, or the heading on the line above, set a drug among the other medicines."""
    line = body.rfind("\n", 0, max(0, body.rfind("\n", 0, end))) + 1
    return _OTHER_MEDICINES.search(body, min(start, line) if start - line < _HEADING else start, end) is not None


_HEADING = 120
"""Characters of a heading and the line below it up to a drug."""


def _set_aside(body: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention]) -> set[str]:
    """Drugs first named in a list of the other medicines, where the report named another drug before the list."""
    first: dict[str, DrugMention] = {}
    for mention in drugs:
        if mention.drug and mention.kind not in ("class", "dose"):
            first.setdefault(mention.drug, mention)
    listed = {d for d, m in first.items() if _listed_aside(body, spans[m.sentence][0], m.start)}
    before = [m.start for d, m in first.items() if d not in listed]
    return {d for d in listed if before and min(before) < first[d].start}


_TREATED_THAT = Pattern(
    r"\b(?:that|which)\s+(?:was|were|had\s+been)\s+(?:\w+ly\s+)?(?:treated|managed|controlled|terminated|aborted)\s+with\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before a drug that was given for what stands there ("an episode that was treated with ketamine")."""
_NO_CAUSE = Pattern(
    r"\b(?:no\s+(?:definite\s+|clear\s+|other\s+)?cause\s+(?:was|could\s+be|has\s+been)\s+(?:found|established|identified)|"
    r"(?:a|the|its)\s+(?:\w+\s+)?cause\s+(?:was|could|has)\s+(?:never|not)\s+(?:be\s+|been\s+)?(?:found|established|identified|"
    r"determined)|(?:cause|origin|aetiology|etiology)\s+remain(?:s|ed)\s+(?:unknown|unclear|uncertain|undetermined))",
    re.IGNORECASE,
)


def _unexplained(scene: Scene) -> bool:
    """The report says that the cause of the reaction was never found."""
    return any(_NO_CAUSE.search(scene.body, start, end) for start, end in scene.spans)
