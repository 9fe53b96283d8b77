"""One case out of the mentions of its text: drugs, reaction, story, values, tests and findings put together.

May import everything in reading; nothing above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from dechallenge.case import Case, DrugReaction, Event, Measurement, Patient, Statement
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.cases.coverage import coverage
from dechallenge.reading.cases.episodes import of_the_one, partings
from dechallenge.reading.cases.mentioned import CaseSource, Mentions, between, mentioned
from dechallenge.reading.cases.whileon import merely_running, not_taken_further
from dechallenge.reading.claims.statements import StatementMention, read_statements
from dechallenge.reading.conflicts.conflicts import conflicts
from dechallenge.reading.drugs.dosesums import dose_sums
from dechallenge.reading.entries.anystory import is_any, one_story, without_background
from dechallenge.reading.entries.eventof import Told, event_of, further_event
from dechallenge.reading.entries.exposures import actions, exposures, links
from dechallenge.reading.entries.furtherevents import (
    clear_signs,
    further_kinds,
    not_before_seen,
    organ_of,
)
from dechallenge.reading.entries.indications import aims, with_indications, without_aims
from dechallenge.reading.entries.noted import noted_findings, noted_tests
from dechallenge.reading.entries.tablestops import as_tabled, stopped_by_table
from dechallenge.reading.entries.tablestory import (
    from_tables,
    link_tables,
    note_findings,
    table_drugs,
)
from dechallenge.reading.entries.values import from_prose, merge
from dechallenge.reading.findings.patient import read_patient
from dechallenge.reading.laboratory.labs import LabMention
from dechallenge.reading.laboratory.sizes import NEUTROPENIA_LIMIT, neutrophil_counts
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.suspicion import BLAMED, Suspicion
from dechallenge.reading.reactions.anyreaction import blamed_reactions
from dechallenge.reading.reactions.beforerestart import only_after_restart
from dechallenge.reading.reactions.events import (
    LIVER,
    MAS,
    Sign,
    place_of,
    signs,
    stands_behind,
)
from dechallenge.reading.reactions.intoxications import of_its_intoxication
from dechallenge.reading.reactions.massigns import MAS_SIGNS, mas_positions
from dechallenge.reading.reactions.namedkinds import NAMED, attributed, is_diagnosis, is_induced, outside_the_story
from dechallenge.reading.reactions.notedany import noted_reaction
from dechallenge.reading.reactions.noticed import (
    anaphylaxis,
    named_first,
    not_yet,
    of_their_cause,
    presenting,
    values_behind,
)
from dechallenge.reading.reactions.shownbytable import shown_by_table
from dechallenge.reading.reactions.takenfor import taken_for, without_reasons
from dechallenge.reading.reactions.unnamed import unnamed
from dechallenge.reading.reactions.usualvalues import without_usual
from dechallenge.reading.reactions.whichkind import first_of_title, which_kind
from dechallenge.reading.story.story import Story, start_node
from dechallenge.reading.story.teller import tell
from dechallenge.reading.suspects.blameorder import told_at_the_head
from dechallenge.reading.suspects.drugrole import DrugRole
from dechallenge.reading.suspects.earlierdrugs import closed_chapters, without_closed
from dechallenge.reading.suspects.focus import suspicions
from dechallenge.reading.suspects.focusrunning import begun_before, running
from dechallenge.reading.suspects.givenforit import for_reaction, given_after
from dechallenge.reading.suspects.remedies import is_rescue
from dechallenge.reading.suspects.roles import Scene, roles
from dechallenge.reading.tables.patientrows import row_exposures, row_findings, with_rows
from dechallenge.reading.tables.tableliver import shows_liver
from dechallenge.reading.texts.text import CleanText
from dechallenge.reading.texts.timedates import order_notes

_CHANGED = Pattern(r"\b(?:introduced|started|added|changed|changes?|new)\b", re.IGNORECASE)
"""\"No other drug was introduced\" speaks of changes, not of what was taken."""


_OF_DRUGS = Pattern(r"\b(?:other|drugs?|medic\w+|remed\w+)\b", re.IGNORECASE)
""""No herbals" alone speaks of herbs, and not of the medicines that are listed."""


def assemble(source: CaseSource) -> Case:
    """The case of one patient."""
    text = source.plan.text
    mentions = mentioned(source)
    titled, found = _signs_of(source, mentions)
    mentions.closed = closed_chapters(text.text, mentions.spans, mentions.actions, found)
    found = without_closed(mentions.spans, mentions.closed, found)
    kind = _kind(found, source, lambda sign: True)
    suspected, story = _tell(source, mentions, found, kind)
    named = [s for s in found if s.kind == kind]
    headed = any(s.weight >= NAMED and not s.starts for s in named) or any(
        told_at_the_head(text.text, mentions.spans, mentions.drugs, s.position) for s in named
    )
    again = (
        kind if headed else _kind(found, source, lambda sign: _new(sign, story) or is_induced(text.text, sign.position))
    )
    if again and again != kind:
        kind = again
        suspected, story = _tell(source, mentions, found, kind)
    called = any(s.kind == kind and is_diagnosis(s) for s in found)
    if kind and not again and not (headed or called) and (later := _under_a_drug(text.text, mentions)):
        blamed, retold = _tell(source, mentions, later, later[0].kind)
        if blamed and blamed[0].weight >= BLAMED:  # what is told of the time before the drugs is not its reaction
            kind, found, suspected, story = later[0].kind, [*found, *later], blamed, retold
    apart = _apart(source, mentions, kind) if kind and not source.tables else ()
    whole = mentions
    if apart:
        mentions, found, suspected, story = apart[0].mentions, apart[0].found, apart[0].suspected, apart[0].story
    axis = start_node(story.main[0]) if story.main else "baseline"
    link_tables(source.tables, story, text.text)
    starting = set(_reactions(text.text, mentions, found, kind))
    relevant = [p for p in sorted(starting) if _is_new(p, story)]
    onset_position = relevant[0] if relevant else (mentions.spans[-1][1] if mentions.spans else 0)
    nothing_else = {"other medication", "herbal use"}
    stated = row_findings(text.document, source.patient_tables, source.case.number)
    no_others = any(f.term in nothing_else for f in stated) or any(
        f.term in nothing_else
        and f.state == "absent"
        and not _CHANGED.search(text.text[slice(*mentions.spans[f.sentence])])
        and (f.term != "herbal use" or _OF_DRUGS.search(text.text[slice(*mentions.spans[f.sentence])]))
        for f in mentions.findings
    )
    role_of = roles(
        Scene(
            body=text.text,
            spans=mentions.spans,
            drugs=mentions.drugs,
            story=story,
            suspected=suspected,
            onset=onset_position,
            kind=kind,
            no_others=no_others,
            signs=starting,
        )
    )
    told = Told(text, mentions.spans, mentions.findings, mentions.labs, source.tables)
    event = event_of(told, "e1", [s for s in found if _belongs(s, kind)] if kind else [], kind, story, axis)
    if event is None:
        role_of = {drug: _without_reaction(role) for drug, role in role_of.items()}
    linked = list(links(role_of, suspected, text, event.id, story)) if event else []
    events = [event] if event else []
    for other in further_kinds(text.text, found, titled, kind, lambda sign: _new(sign, story)) if event else ():
        clear = clear_signs(found, other)
        begins = _reactions(text.text, mentions, clear, other)
        beside = tell(text.text, mentions.spans, mentions.drugs, mentions.actions, begins, story.main)
        begun_before(beside, mentions.drugs)
        more = further_event(told, f"e{len(events) + 1}", clear, other, beside, axis)
        if more is not None:
            its = links(role_of, suspected, text, more.id, beside)
            more, its = not_before_seen(events[0], linked[: len(role_of)], more, its, clear)
            events.append(more)
            linked += its
    begun = only_after_restart([s for s in found if s.starts and _belongs(s, kind)], mentions.actions, kind)
    begins = sorted(s.position for s in begun)
    if apart and event is not None:
        its_roles, another, its_links = _other_episode(source, apart[1], f"e{len(events) + 1}", axis)
        role_of = {**its_roles, **{drug: role for drug, role in role_of.items() if drug not in its_roles}}
        linked = [link for link in linked if link.drug not in its_roles]
        events, linked = [*events, *another], [*linked, *its_links]
        begins = sorted([*begins, *(s.position for s in apart[1].found if s.starts and s.kind == apart[1].kind)])
    mentions = whole
    who = read_patient(text, source.case.parts)
    values: list[Measurement] = from_prose(text, mentions.labs, story, axis)
    document, column = text.document, source.case.number
    values += from_tables(document, source.tables, source.patient_tables, column, story, axis)
    measurements = merge(values)
    taken, done = not_taken_further(
        merely_running(text.text, mentions.spans, story),
        exposures(text, mentions.spans, mentions.drugs, story, role_of, axis, onset_position),
        actions(text, mentions.spans, story, axis, begins),
    )
    taken = stopped_by_table(taken, document, source.tables, story)
    taken = with_indications(text, mentions.spans, mentions.drugs, mentions.findings, taken)
    statements = [*read_statements(text.text, mentions.spans), *source.shared_statements]
    drawn = Case(
        id=f"c{source.number}",
        title=" ".join(source.case.title.split()),
        document=text.document.id,
        patient=with_rows(document, source.patient_tables, column, _patient(source, mentions, who)),
        events=tuple(events),
        exposures=tuple(row_exposures(document, source.patient_tables, column, taken)),
        links=tuple(linked),
        actions=tuple(done),
        measurements=measurements,
        tests=noted_tests(text, mentions.tests, story, axis),
        findings=(
            *noted_findings(text, mentions.findings, story, axis),
            *note_findings(document, source.tables, story, axis),
            *row_findings(document, source.patient_tables, column),
            *source.shared_findings,
        ),
        statements=_statements(text, statements),
        notes=order_notes(text.document.text),
    )
    clashes = (*conflicts(source, drawn, mentions.spans, story), *dose_sums(text, mentions.spans, who.weight_kg))
    drawn = drawn.model_copy(update={"conflicts": clashes})
    return drawn.model_copy(update={"coverage": coverage(text, source.case.parts, drawn, source.unread)})


@dataclass(frozen=True, slots=True)
class _Episode:
    """One of two episodes: its part of the mentions, its signs, what speaks for its drugs, and its story."""

    mentions: Mentions
    found: list[Sign]
    kind: str
    suspected: list[Suspicion]
    story: Story


def _apart(source: CaseSource, mentions: Mentions, kind: str) -> tuple[_Episode, ...]:
    """The episode of the reaction that the case is about, and another one of another reaction to another drug."""
    body = source.plan.text.text
    for cut in partings(body, mentions.spans, mentions.actions, mentions.drugs):
        end = mentions.spans[-1][1]
        both = [_episode(source, between(mentions, a, b)) for a, b in ((0, cut), (cut, end + 1))]
        told = [e for e in both if e is not None]
        if len(told) != len(both) or told[0].kind == told[1].kind or kind not in (told[0].kind, told[1].kind):
            continue
        if set(told[1].story.main) & {d.drug for d in told[0].mentions.drugs}:
            continue
        mains = (*told[0].story.main, *told[1].story.main)
        acts = [a for e in told for a in of_the_one(e.mentions.actions, e.mentions.drugs, e.story.main)]
        whole = replace(mentions, actions=acts)
        ordered = [replace(e, story=_in_whole(body, whole, e, mains)) for e in told]
        return tuple(sorted(ordered, key=lambda e: e.kind != kind))
    return ()


def _in_whole(body: str, whole: Mentions, episode: _Episode, main: tuple[str, ...]) -> Story:
    """The story of the whole case with the reaction of one episode; its drugs alone are in focus in the end."""
    begins = _reactions(body, episode.mentions, episode.found, episode.kind)
    story = tell(body, whole.spans, whole.drugs, whole.actions, begins, main)
    begun_before(story, whole.drugs)
    story.main = episode.story.main
    return story


def _episode(source: CaseSource, part: Mentions) -> _Episode | None:
    """A part of a case as an episode of its own; ``None`` where it tells of no reaction to a drug begun before it."""
    body = source.plan.text.text
    _, found = _signs_of(source, part)
    kind = _kind(found, source, lambda sign: True)
    if not kind:
        return None
    suspected, story = _tell(source, part, found, kind)
    begins = _reactions(body, part, found, kind)
    begun = [a.cue[0] for a in part.actions if a.kind == "started" and {d.drug for d in a.drugs} & set(story.main)]
    if not suspected or suspected[0].weight < BLAMED or not begins or min(begun, default=len(body)) > min(begins):
        return None
    return _Episode(part, found, kind, suspected, story)


def _other_episode(
    source: CaseSource, episode: _Episode, name: str, axis: str
) -> tuple[dict[str, DrugRole], list[Event], list[DrugReaction]]:
    """The roles of the drugs of another episode, its reaction, and what they are to it."""
    text, part, story = source.plan.text, episode.mentions, episode.story
    begins = _reactions(text.text, part, episode.found, episode.kind)
    role_of = roles(
        Scene(
            body=text.text,
            spans=part.spans,
            drugs=part.drugs,
            story=story,
            suspected=episode.suspected,
            onset=min(begins),
            kind=episode.kind,
            signs=set(begins),
        )
    )
    own = [s for s in episode.found if _belongs(s, episode.kind)]
    event = event_of(Told(text, part.spans, part.findings, part.labs, ()), name, own, episode.kind, story, axis)
    if event is None:
        return {}, [], []
    event = event.model_copy(update={"primary": False})
    return role_of, [event], list(links(role_of, episode.suspected, text, name, story))


def _signs_of(source: CaseSource, mentions: Mentions) -> tuple[list[Sign], list[Sign]]:
    """The reactions of the title that the case shows, and the signs of a reaction in its mentions."""
    text = source.plan.text
    found = signs(text.text, mentions.spans, mentions.findings, mentions.labs, _low_neutrophils(mentions.labs))
    found += attributed(text.text, mentions.spans, mentions.findings)
    found += anaphylaxis(text.text, mentions.spans, mentions.findings, mentions.labs)
    reasons = aims(text.text, mentions.spans, mentions.drugs, mentions.findings)
    found = without_aims(found, reasons)
    shown = {sign.kind for sign in found}
    several = len(source.plan.cases) > 1 and any(s.kind in shown for s in source.titled)
    titled = [s for s in source.titled if not several or s.kind in shown]  # of two reactions those that the case shows
    found = unnamed(mentions.findings, mentions.drugs, [*of_their_cause(titled, found), *titled])
    parts = (text.text, mentions.spans, mentions.findings, mentions.drugs)
    found = without_usual(text.text, without_background(text.text, mentions.spans, [*found, *blamed_reactions(*parts)]))
    found = outside_the_story(text.text, mentions.spans, found)
    found = without_reasons(text.text, one_story(*parts, found, _kind(found, source, lambda sign: True)))
    found = shown_by_table(found, source.tables)
    own = [s for s in found if s.kind]
    if own and all(taken_for(text.text, s.position) for s in own):  # only why a drug was given: what came under it
        anew = one_story(*parts, [s for s in found if not s.kind], "")
        found = anew if any(s.kind for s in anew) else found
    if not any(s.kind for s in found):
        found = [*found, *noted_reaction(*parts, tuple(reasons.values()))]
    return titled, found


def _without_reaction(role: DrugRole) -> DrugRole:
    """Where no reaction is told, a drug that was but running is suspected of none."""
    return DrugRole("concomitant", reason="no reaction was read") if role.role == "suspect" and role.mere else role


def _under_a_drug(body: str, mentions: Mentions) -> list[Sign]:
    """A reaction outside the known kinds that came up under a drug, called by its diagnosis."""
    parts = (body, mentions.spans, mentions.findings, mentions.drugs)
    own = one_story(*parts, [], "")
    return [s for s in own if s.kind == own[0].kind and is_any(s.kind)] if own else []


def _low_neutrophils(labs: list[LabMention]) -> list[tuple[int, int]]:
    """Clean spans of the neutrophil counts below the limit of neutropenia."""
    counts = neutrophil_counts(labs)
    low = [labs[i] for i, count in counts.items() if count < NEUTROPENIA_LIMIT]
    return [(place_of(x)[0], max(x.end, x.value_end)) for x in low if x.comparator in ("=", "<", "<=", "~")]


def _kind(found: list[Sign], source: CaseSource, counts: Callable[[Sign], bool]) -> str:
    text = source.plan.text.text
    kind = which_kind(text, found, counts, tabled=any(shows_liver(table) for table in source.tables))
    return first_of_title(text, kind, source.titled, [s for s in found if counts(s)])


def _belongs(sign: Sign, kind: str) -> bool:
    if sign.kind == kind:
        return True
    return (not sign.kind and kind == LIVER) or (kind == MAS and sign.term in MAS_SIGNS)


def _new(sign: Sign, story: Story) -> bool:
    return _is_new(sign.position, story)


def _is_new(position: int, story: Story) -> bool:
    """What stands at a position is not told of a time before the drug in focus."""
    beat = story.beat_at(position)
    if beat is None or beat.flashback or beat.node in ("past", "baseline"):
        return beat is None
    if not story.main:
        return True
    return story.network.between(start_node(story.main[0]), beat.node).hi >= 0


def _tell(source: CaseSource, mentions: Mentions, found: list[Sign], kind: str) -> tuple[list[Suspicion], Story]:
    body = source.plan.text.text
    reactions = _reactions(body, mentions, found, kind)
    parts = (body, mentions.spans, mentions.drugs, mentions.actions, reactions)
    named = tuple(s.position for s in found if s.kind == kind == MAS)
    suspected = suspicions(*parts, dict(source.blamed), mentions.closed, named)
    kept_for = table_drugs(source.tables)
    if kept_for and (not suspected or suspected[0].weight < BLAMED):
        suspected = suspicions(*parts, dict(source.blamed) | kept_for, mentions.closed, named)
    suspected = of_its_intoxication(suspected, found, kind)
    top = suspected[0].weight if suspected else 0.0
    onset = min(reactions, default=10**9)
    where = (body, mentions.spans, mentions.drugs)
    grouped = {n for s in suspected if s.weight > 0 for n in load_drugs().classes_of(s.drug) if n != s.drug}
    able = [
        s
        for s in suspected
        if s.drug not in grouped  # a class of which a drug is named was not running beside it
        and not (for_reaction(*where, s.drug, onset, kind) or is_rescue(s.drug, body))
        and not given_after(*where, s.drug, reactions, kind)
    ]
    main = tuple(s.drug for s in suspected if s.weight >= BLAMED and s.weight >= 0.6 * top) or running(
        able, onset, kind
    )
    story = as_tabled(source.tables, tell(*parts, main), parts, main)
    begun_before(story, mentions.drugs)
    return suspected, story


def _reactions(body: str, mentions: Mentions, found: list[Sign], kind: str) -> list[int]:
    """Clean positions of the signs with which the reaction may begin."""
    own: list[int] = mas_positions(mentions.spans, mentions.findings, mentions.labs) if kind == MAS else []
    behind = {place_of(lab)[0] for lab in mentions.labs if stands_behind(lab)}  # dated by the time that follows it
    counted = [s for s in found if _belongs(s, kind) or organ_of(s, kind)]
    counted = only_after_restart(counted, mentions.actions, kind)
    own = own or [s.end - 1 if s.position in behind else s.position for s in counted if s.starts]
    if not own:
        noticed = presenting(body, mentions.spans, mentions.findings, found, kind, len(body))
        return noticed or [s.position for s in found if s.starts]
    own = [*own, *values_behind(mentions.labs, found, kind)]
    named = named_first(body, mentions.spans, sorted(own))
    headed = named > min(own)
    noticed = presenting(body, mentions.spans, mentions.findings, found, kind, named, headed=headed)
    return [*not_yet(body, mentions.spans, mentions.labs, noticed, own, kind), *own]


def _patient(source: CaseSource, mentions: Mentions, who: object) -> Patient:
    text = source.plan.text
    fields = {name: getattr(who, name) for name in (
        "age", "sex", "sex_evidence", "weight_kg", "weight_evidence", "height_cm", "bmi", "bmi_evidence", "pregnant",
            "pregnant_evidence"
    )}  # fmt: skip
    now = [a for a in mentions.alcohol if not a.history] or mentions.alcohol
    if now:
        drink = now[0]
        amount = None
        if drink.drinks_low is not None or drink.drinks_high is not None:
            amount = (drink.drinks_low, drink.drinks_high)
        fields |= {
            "alcohol": drink.state,
            "drinks_per_day": amount,
            "alcohol_evidence": (text.quote(drink.ev_start, drink.ev_end),),
        }
    return Patient.model_validate(fields)


def _statements(text: CleanText, mentions: list[StatementMention]) -> tuple[Statement, ...]:
    return tuple(
        Statement(kind=m.kind, by="author", method=m.method, result=m.result, evidence=(text.quote(m.start, m.end),))
        for m in mentions
    )
