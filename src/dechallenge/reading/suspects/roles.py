"""The role of every drug for the reaction, and the reason for it: suspect, running beside it, former, or its treatment.

May import drugs, focus, remedies, story and the case model.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from dechallenge.case.model import Role
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import BLAMED, Suspicion
from dechallenge.reading.reactions.events import NEUTROPENIA
from dechallenge.reading.reactions.intoxications import INTOXICATION
from dechallenge.reading.story.story import ONSET, Step, Story, start_node, stop_node
from dechallenge.reading.suspects.givenafter import MERE, given_after, is_rescue
from dechallenge.reading.suspects.interacting import of_an_interaction, other_of_two
from dechallenge.reading.suspects.remedies import for_reaction, is_growth_factor
from dechallenge.reading.texts.text import CleanText

_PAST = Pattern(
    r"\b(?:had\s+(?:previously\s+)?been\s+(?:treated|stopped|tried)|had\s+(?:brought|had|given|shown)\s+(?:no|little)\b|previously|in\s+the\s+past|years?\s+(?:earlier|"
    r"before|previously)|formerly|"
    r"was\s+tried|tolerated|ineffective|not\s+effective|partially\s+effective|"
    r"had\s+received(?!\s+(?:an?\s+|his\s+|her\s+)?(?:\w+\s+){0,2}(?:transplant\w*|graft)\b)|refractory\s+to|failed|"
    r"previous\s+treatment)\b",
    re.IGNORECASE,
)
_AFTER_FAILURE = Pattern(
    r"\b(?:failure\s+of|(?:failed|inadequate|insufficient|poor|no)\s+response\s+to|"
    r"unresponsive\s+to|(?:not|never|failed\s+to|without)\s+respon(?:d|ded|ding|se)\s+to|(?:had|has|having)\s+failed|"
    r"(?:refractory|resistant)\s+to|intoleran(?:t|ce)\s+(?:of|to))\s+"
    r"(?:[\w-]{1,30}(?:,\s+(?:and\s+)?|\s+and\s+|\s+or\s+|\s+)){0,5}$",
    re.IGNORECASE,
)
_FAILED_THEN = Pattern(
    r"\bdid\s+not\s+(?:respond|improve|resolve|subside)\w*\s+(?:to|with|under|on)\s+(?:[\w-]{1,30}(?:,\s+(?:and\s+)?|\s+and\s+|\s+or\s+|\s+)){0,5}$",
    re.IGNORECASE,
)
"""Told behind the reaction, of its treatment: "the colitis did not respond to steroids and infliximab"."""
_BEEN = Pattern(r"\bhad\s+(?:previously\s+)?been\b", re.IGNORECASE)
_LONG_AGO = Pattern(
    r"\bhad\s+(?:previously\s+)?been\s+(?:treated|tried)\b|\b(?:weeks?|months?|years?)\s+(?:earlier|before|"
    r"previously)\b|\bin\s+the\s+past\b|\bformerly\b",
    re.IGNORECASE,
)
_AGO = Pattern(
    r"\b(?:days?|weeks?|months?|years?)\s+(?:earlier|before|previously)\b|\bhad\s+(?:also\s+)?been\s+(?=started|put|placed)",
    re.IGNORECASE,
)
_BEGUN = Pattern(r"start|initiat|beg[au]n|commenc|introduc|add|put\s+on|placed\s+on|prescri", re.IGNORECASE)
"""Verbs of a beginning that says no end: what was begun before goes on unless a stop is told."""
_LEAD = 30
"""Characters before a verb in which its "previously" stands."""
_NOW = Pattern(
    r"\band\s+(?:took|takes|used|uses|continued|(?:was|is)\s+(?:still\s+)?on)\b|\b(?:was|is)\s+(?:still\s+|"
    r"currently\s+|also\s+)?(?:taking|using|receiving)\b"
    r"|(?:(?<=earlier\s)|(?<=before\s)|(?<=previously\s)|(?<=ago\s)|(?<=prior\s)|(?<=[a-z\d],\s))"
    r"(?:developed|presented|(?:was|were)\s+(?:admitted|hospitali[sz]ed|found))\b",
    re.IGNORECASE,
)
"""Where a sentence comes back from what is past: "who had undergone A three years earlier developed B on X"."""
_FOR_REACTION = Pattern(
    r"\b(?:infused|(?:had\s+)?no\s+effect|without\s+(?:effect|benefit|success)|treated\s+with|treatment\s+with|"
    r"was\s+treated|were\s+treated|given|started\s+on|received|placed\s+on|managed|substituted|"
    r"administ\w+|resumed|required|therapy\s+(?:for|with|included)|therapies|maintained|controlled|started|"
    r"in\s+spite\s+of|despite|treatment\s*:|treatment\s+(?:included|consisted|comprised|was)|applied|respond\w+\s+to|used\s+instead|(?:was|were)\s+used|chosen|exchanged|"
    r"course\s+of|use\s+of|discharged\s+(?:home\s+)?(?:with|on)|prompted|initiated|replaced|brought|with\s+(?:anti\w+|dialysis))\b",
    re.IGNORECASE,
)


def roles(
    text: CleanText,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    story: Story,
    suspected: Sequence[Suspicion],
    onset_position: int,
    *,
    kind: str = "",
    no_others: bool = False,
    signs: Collection[int] = (),
) -> dict[str, tuple[Role, str, str]]:
    """Role of each drug: role, basis and reason.

    Returns:
        Canonical name to (role, basis, reason), suspects first.
    """
    body = text.text
    top = suspected[0].weight if suspected else 0.0
    out: dict[str, tuple[Role, str, str]] = {}
    for entry in suspected:
        because = "; ".join(entry.reasons) or "named with the reaction"
        if entry.weight >= BLAMED and (
            entry.weight >= 0.6 * top or _blamed_with(entry, out) or _both_stopped(entry, suspected)
        ):
            beside = kind == INTOXICATION and bool(out)  # it raised the level of the other
            out[entry.drug] = ("interacting" if beside else "suspect", "blamed", because)
        elif entry.weight >= BLAMED and any(_INTERACTION.search(reason) for reason in entry.reasons):
            out[entry.drug] = ("interacting", "blamed", because)
        elif top >= BLAMED and entry.weight > 0 and _both_stopped(entry, suspected):
            told = not MERE.issuperset(entry.reasons)  # else no word blames it
            out[entry.drug] = ("interacting", "blamed", because) if told else ("suspect", "timing", because)
    if not out:  # "had received X …": nothing but its stop speaks against it, and nothing against any other
        halted = [e for e in suspected if _STOPS & set(e.reasons) and not is_rescue(e.drug, body)]
        halted = [e for e in halted if _TREATED_THAT.search(body, max(0, e.first - 80), e.first) is None]
        halted = [e for e in halted if e.first < onset_position or _before(body, spans, drugs, story, e.drug)]
        if len(halted) == 1 and all(e.weight < BLAMED for e in suspected):
            out[halted[0].drug] = ("suspect", "blamed", next(r for r in halted[0].reasons if r in _STOPS))
    for drug in of_an_interaction(body, spans, drugs, [d for d, (role, _, _) in out.items() if role == "suspect"]):
        out[drug] = ("interacting", out[drug][1], f"{out[drug][2]}; the report tells of an interaction")
    suspects = [d for d, (role, _, _) in out.items() if role == "suspect"]
    if (other := other_of_two(body, spans, drugs, suspects)) and other not in out:
        out[other] = ("interacting", "blamed", "the report tells of an interaction")
    combined = [e.drug for e in suspected if e.drug in out and any(_COMBINED.search(r) for r in e.reasons)]
    for drug in combined[1:_BOTH]:
        out[drug] = ("interacting", *out[drug][1:])
    if out and all(_STEPS.issuperset(e.reasons) for e in suspected if e.drug in out) and _unexplained(body, spans):
        out = {}  # a stop after the reaction blames nobody where the report says that it knows no cause
    blamed = bool(out)
    aside = set() if blamed else _set_aside(body, spans, drugs)
    grouped = {name for e in suspected for name in load_drugs().classes_of(e.drug) if name != e.drug}  # heparin is both
    for entry in suspected:
        if entry.drug in out:
            continue
        role, reason = _other_role(body, spans, drugs, story, entry, onset_position)
        if (
            role == "concomitant"
            and not _before(body, spans, drugs, story, entry.drug)
            and for_reaction(body, spans, drugs, entry.drug, onset_position, kind)
        ):
            role, reason = "treatment", "a usual treatment of the reaction, first named after it"
        if (
            role == "concomitant"
            and kind == NEUTROPENIA
            and is_growth_factor(entry.drug)
            and entry.first > onset_position
        ):
            role, reason = "treatment", "it raises the neutrophils, and is first named after the reaction"
        going_on = any(s.drug == entry.drug and s.kind == "continued" for s in story.steps)
        apart = entry.first < story_start(drugs, story) and not _listed_with_main(drugs, story, entry.drug)
        if role == "concomitant" and no_others and blamed and not going_on and apart:
            role, reason = "previous", "named before the suspect; the report says that no other drug was taken"
        if not blamed and role == "concomitant" and entry.drug in aside:
            out[entry.drug] = (role, "", "listed among the other medicines: the report sets them beside another drug")
        elif role == "concomitant" and is_rescue(entry.drug, body) and (not blamed or entry.first > onset_position):
            out[entry.drug] = ("treatment", "", "given to support the circulation or as an antidote")
        elif not blamed and role == "concomitant" and given_after(body, spans, drugs, entry.drug, signs, kind):
            out[entry.drug] = ("treatment", "", "first named after the reaction, as given then")
        elif not blamed and role == "concomitant" and entry.drug in grouped:
            out[entry.drug] = (role, "", "the class of a drug that is named")
        elif not blamed and role == "concomitant":
            out[entry.drug] = ("suspect", "timing", "the report blames no drug; this one was running at onset")
        else:
            out[entry.drug] = (role, "", reason)
    return out


def _listed_with_main(drugs: Sequence[DrugMention], story: Story, drug: str) -> bool:
    """A drug that is first named in one sentence with the suspect is one of the medicines beside which no other was."""
    first: dict[str, int] = {}
    for mention in drugs:
        if mention.kind not in ("dose", "bare"):
            first.setdefault(mention.drug, mention.sentence)
    return bool(story.main) and first.get(drug) == first.get(story.main[0], -1)


def _blamed_with(entry: Suspicion, suspects: Mapping[str, tuple[Role, str, str]]) -> bool:
    """The title blames it in one breath with a suspect ("torsade de pointes caused by X and Y")."""
    titled = [f"{reason};" for reason in entry.reasons if reason.startswith("blamed in the title")]
    return any(reason in f"{told};" for _, _, told in suspects.values() for reason in titled)


def _both_stopped(entry: Suspicion, suspected: Sequence[Suspicion]) -> bool:
    """The heaviest and this one, and no other, were stopped in one breath after the reaction ("both were stopped")."""
    told = [one.told.get("it was stopped after the reaction") for one in suspected]
    mine = entry.told.get("it was stopped after the reaction")
    return mine is not None and mine == told[0] and told.count(mine) == _BOTH


_BOTH = 2
_COMBINED = re.compile(
    r"(?:combination|co-?administration|(?:combined|concomitant|concurrent|simultaneous)\s+(?:use|administration|intake))\s+of\b",
    re.IGNORECASE,
)
"""The reason of drugs that are blamed together ("due to the combination of X and Y")."""
_INTERACTION = re.compile(r"^blamed in the title\b.*\binteractions?\b", re.IGNORECASE)
"""The reason of a drug that the title blames for an interaction."""
_OTHER_MEDICINES = Pattern(
    r"\b(?:other|con(?:comitant|current|c)?\.?)\s*(?:\w+\s+)?(?:medications?|medicines?|drugs?|products?|treatments?|meds|therap(?:y|ies))"
    r"(?:\(s\))?\s*(?::|(?<=[\s)])\n|\n|\b(?:(?:was|were)(?!\s+not)|included|comprised|consisted\s+of)\b)",
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
_HALTED = "it was stopped after the reaction"
_STOPS = frozenset({_HALTED, "it was stopped because of the reaction"})
_STEPS = frozenset({_HALTED, "it was started before the reaction", "it was given again"})
"""What happened to a drug without a word of blame."""
_NO_CAUSE = Pattern(
    r"\b(?:no\s+(?:definite\s+|clear\s+|other\s+)?cause\s+(?:was|could\s+be|has\s+been)\s+(?:found|established|identified)|"
    r"(?:a|the|its)\s+(?:\w+\s+)?cause\s+(?:was|could|has)\s+(?:never|not)\s+(?:be\s+|been\s+)?(?:found|established|identified|"
    r"determined)|(?:cause|origin|aetiology|etiology)\s+remain(?:s|ed)\s+(?:unknown|unclear|uncertain|undetermined))",
    re.IGNORECASE,
)


def _unexplained(body: str, spans: Sequence[tuple[int, int]]) -> bool:
    """The report says that the cause of the reaction was never found."""
    return any(_NO_CAUSE.search(body, start, end) for start, end in spans)


def story_start(drugs: Sequence[DrugMention], story: Story) -> int:
    """Clean position where the drug in focus is first named."""
    return next((d.start for d in drugs if story.main and d.drug == story.main[0]), 0)


def _other_role(
    body: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    story: Story,
    entry: Suspicion,
    onset: int,
) -> tuple[Role, str]:
    first = next(d for d in drugs if d.drug == entry.drug and d.kind != "dose")
    start, end = spans[first.sentence]
    sentence = body[start:end]
    steps = [s for s in story.steps if s.drug == entry.drug]
    began = next((s for s in steps if s.kind in ("started", "restarted")), None)
    stopped = next((s for s in steps if s.kind == "stopped"), None)
    main = story.main[0] if story.main else None
    if _early(story, first) and re.match(
        r"\s*(?:,\s*)?(?:followed\s+by|then|replaced\s+by)\b", body[first.end : first.end + 24]
    ):
        return "previous", "replaced by another drug before the suspect: “" + _short(sentence) + "”"
    ended = stop_node(entry.drug) if stopped is None and main is not None else ""
    if main is not None and ended in story.network.names and story.network.between(ended, start_node(main)).lo > 0:
        return "previous", "stopped before the suspect was started"
    if stopped is not None and main not in (None, entry.drug):
        gap = story.network.between(stop_node(entry.drug, stopped.course), start_node(main))
        if gap.lo >= 0 and story.network.between(start_node(main), ONSET).lo > 0:
            return "previous", "stopped before the suspect was started"  # "his therapy had been changed from Y to X"
    if stopped is not None and main is not None and stopped.action.cue[0] < onset:
        gap = story.network.between(stop_node(entry.drug, stopped.course), start_node(main))
        named = next((d.start for d in drugs if d.drug == main), 10**9)
        if gap.lo > 0 or (first.start < named and stopped.action.cue[0] < named) or re.search(r"\bswitch", sentence):
            return "previous", "stopped before the suspect was started"
    if (
        stopped is None
        and any(s.kind == "continued" and s.action.cue[0] > onset for s in steps)
        and first.start < onset
    ):
        return "concomitant", "taken at the time of the reaction"
    if first.start > onset and _FAILED_THEN.search(body, max(start, first.start - 80), first.start) and began is None:
        return "treatment", "given after onset: “" + _short(sentence) + "”"
    if _AFTER_FAILURE.search(body, max(start, first.start - 80), first.start) and began is None:
        return "previous", "taken earlier: “" + _short(sentence) + "”"
    others = (d.start for d in drugs if d.start > first.end and d.drug != entry.drug)
    goes_on = stopped is None or stopped.action.cue[0] > onset
    if goes_on and _UNTIL_NOW.match(body, first.end, min(end, next(others, end), first.end + 90)):
        return "concomitant", "taken at the time of the reaction"  # "had been treated with X until her presentation"
    now = max((m.start() for m in _NOW.finditer(body, start, first.start)), default=start)
    told = body[now : min(end, first.end + 60)]
    over = stopped is not None and stopped.action.cue[0] < onset
    begun = began is not None and not over and began.action.sentence == first.sentence
    if begun and began is not None and _BEGUN.match(body, began.action.cue[0]):
        # begun so long ago, never said to be stopped: it was running; "refractory to Y and started on X" speaks of Y
        told = _AGO.sub(" ", body[max(now, began.action.cue[0] - _LEAD) : min(end, first.end + 60)])
    if began is not None and stopped is not None and _just_stopped(story, stopped):
        told = _AGO.sub(" ", told)
    beside = began is not None and not over and _begun_with_main(story, began)
    kept = stopped is None and any(s.kind == "continued" and s.action.cue[0] > first.start for s in steps)
    if kept and _LONG_AGO.search(told) and _BEEN.search(told):
        return "concomitant", "taken at the time of the reaction"  # "had been treated with X …, and it was continued"
    if kept and _OLDER.search(body, first.end, min(end, first.end + 60)):
        return "concomitant", "taken at the time of the reaction"  # "had received X; Y 15 mg weekly was unchanged"
    if stopped is not None and stopped.action.cue[0] > onset and first.start < onset and entry.reasons:
        return (
            "concomitant",
            "taken at the time of the reaction",
        )  # "had received X …": it was stopped after the reaction
    if _LONG_AGO.search(told) and not beside and not (began is not None and began.kind == "restarted"):
        return "previous", "taken earlier: “" + _short(sentence) + "”"
    if (
        _PAST.search(told)
        and not beside
        and first.start < onset + 400
        and (first.start < onset or not (began is not None and began.action.cue[0] > onset))
    ):
        return "previous", "taken earlier: “" + _short(sentence) + "”"
    regular = _REGULAR.search(sentence, 0, first.start - start)
    if (regular or _OLDER.search(sentence, max(0, first.start - start - 20))) and stopped is None:
        return "concomitant", "taken at the time of the reaction"
    if began is not None and _as_long(story, began, first.start < onset):
        return "concomitant", "taken at the time of the reaction"
    if began is not None and not began.action.negated:
        after = story.network.between(ONSET, began.node)
        late = began.action.cue[0] > onset and not _ongoing(sentence)
        if after.lo > 0 or (late and (after.hi > 0 or (first.start > onset and after.lo >= 0))):
            return "treatment", "first given after onset: “" + _short(sentence) + "”"
    elif (
        first.start > onset
        and _FOR_REACTION.search(_part(sentence, first.start - start))
        and not (_ongoing(sentence) or _early(story, first))
    ):
        return "treatment", "given after onset: “" + _short(sentence) + "”"
    return "concomitant", "taken at the time of the reaction"


_UNTIL_NOW = Pattern(
    r"[^.;]*?\b(?:(?:un)?til|up\s+to)\s+(?:(?:the|his|her|their|this|time\s+of|day\s+of|current)\s+){0,3}"
    r"(?:presentation|admission|hospitali[sz]ation|diagnosis|now|onset)\b",
    re.IGNORECASE,
)
_REGULAR = Pattern(
    r"\b(?:regular|usual|home|long-term|daily)\s+(?:medications?|medicines|drugs|treatment)\s+(?:was|were|consisted\s+of|included|"
    r"comprised)\b",
    re.IGNORECASE,
)
_OLDER = Pattern(
    r"\bfor\s+longer\s+than\b|\b(?:was|were)\s+(?:all\s+|both\s+)?(?:not\s+(?:changed|interrupted|altered)|kept|left\s+unchanged|"
    r"continued\s+(?:unchanged|throughout|as\s+before))\b|\bunchanged\b|\bthroughout\b",
    re.IGNORECASE,
)
"""A drug that went on as before was there before."""


_LATELY = 30.0
"""Days since the stop within which a reaction may still be due to a drug (RUCAM, cholestatic type)."""


def _just_stopped(story: Story, stopped: Step) -> bool:
    """ "Three weeks before admission she was given X, and a week before it she stopped": no drug of former times."""
    return 0 <= story.network.between(stop_node(stopped.drug, stopped.course), ONSET).hi <= _LATELY


def _begun_with_main(story: Story, began: Step) -> bool:
    """ "Had been treated with X, Y and Z for 26 months when …": what is told of the drug in focus is told of all."""
    return any(
        s.drug in story.main[:1] and s.kind == "started" and s.action.cue == began.action.cue for s in story.steps
    )


def _as_long(story: Story, began: Step, named: bool) -> bool:
    """The drug was begun together with the one in focus, or was named before the reaction and is said to be resumed."""
    late = story.network.between(ONSET, began.node).lo > 0
    together = [
        s for s in story.steps if s.drug in story.main[:1] and s.kind == "started" and s.action.cue == began.action.cue
    ]
    if together:
        return not late or story.network.between(ONSET, together[0].node).lo > 0
    return began.kind == "restarted" and (named or began.drug in story.main)


def _before(body: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], story: Story, drug: str) -> bool:
    """Something says that the drug was taken before the reaction: a list of medicines, or its place in the story."""
    node = start_node(drug)
    if story.main and node in story.network.names and story.network.between(start_node(story.main[0]), node).hi <= 0:
        return True
    mine = [d for d in drugs if d.drug == drug]
    return any(_early(story, d) or _ongoing(body[slice(*spans[d.sentence])]) for d in mine)


def _part(sentence: str, position: int) -> str:
    """The part of a sentence between semicolons that a position stands in."""
    end = sentence.find(";", position)
    return sentence[sentence.rfind(";", 0, position) + 1 : end if end >= 0 else len(sentence)]


def _early(story: Story, mention: DrugMention) -> bool:
    """The drug is told of in a part of the story that goes back to the time before the suspect."""
    beat = story.beat_at(mention.start)
    return beat is not None and (beat.flashback or beat.node in ("baseline", "past"))


def _ongoing(sentence: str) -> bool:
    return bool(
        re.search(
            r"\b(?:other\s+medications?|medications?\s+(?:included|taken|list|history)|had\s+(?:also\s+)?been\s+given|was\s+(?:also\s+)?taking|"
            r"had\s+(?:also\s+)?(?:been\s+)?tak(?:en|ing)|also\s+taking|(?:had|has|have|she|he|patient)\s+recently\b|for\s+years|chronic\w*|long[\s-]+term|"
            r"only\s+other|concomitant|still\s+administered|took\b|(?:endorsed|reported|admitted|disclosed|acknowledged|recalled)\s+"
            r"(?:to\s+)?(?:\w+\s+){0,2}?(?:use|using|taking|intake|ingest\w+|consum\w+)\b)",
            sentence,
            re.IGNORECASE,
        )
    )


def _short(sentence: str, size: int = 110) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= size else words[: size - 1].rsplit(" ", 1)[0] + " …"
