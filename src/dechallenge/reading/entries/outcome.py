"""How the reaction ended: outcome, and when it was over.

The words of an ending are in ``endings``, its values in ``course``. May import these, the story and the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dechallenge.case import Time
from dechallenge.case.model import Outcome
from dechallenge.evidence import Evidence, TextEvidence
from dechallenge.reading.assertion.untold import field_untold, untold
from dechallenge.reading.entries.endingsapart import of_another, of_other_tests
from dechallenge.reading.entries.endvalues import of_counts, of_value
from dechallenge.reading.entries.recovery import (
    UNDATED,
    When,
    agree,
    became,
    before_another,
    bounded,
    course_at,
    first_stop,
    joined,
    lasting,
    only_within,
    when,
)
from dechallenge.reading.entries.tablecourse import still_abnormal, table_recovery
from dechallenge.reading.laboratory.labs import LabMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.course import (
    SHOWN_BY,
    abnormal_values,
    of_before,
    value_course,
    value_lines,
    worst_at,
)
from dechallenge.reading.reactions.deaths import died_otherwise, of_an_infection
from dechallenge.reading.reactions.declines import (
    CAME_UP,
    for_the_worse,
    no_loss_of_it,
    of_a_relative,
    of_another_salt,
    only_meant,
)
from dechallenge.reading.reactions.endings import (
    ABNORMAL,
    ANOTHER_SIGN,
    DENIED,
    DISTURBED,
    ENDED,
    FATAL,
    HALF,
    IMPROVED,
    IMPROVED_COUNTS,
    IMPROVED_LOW,
    LOW_VALUES,
    MILDLY,
    OF_A_MARKER,
    OF_THE_SKIN,
    OWN_BACK,
    PLANNED,
    RECOVERED,
    RECOVERED_BRIEFLY,
    SEQUELAE,
    SHOWN,
    TO_HOSPITAL,
    TRANSPLANT,
    UNDONE,
    WELL,
    WORSE,
    another_came,
    before_the_stop,
    end_of,
    grafted,
)
from dechallenge.reading.reactions.events import KIDNEY, LIVER, MUSCLE, NEUTROPENIA, PANCREAS
from dechallenge.reading.story.story import Story
from dechallenge.reading.tables.tables import LabTable
from dechallenge.reading.texts.text import CleanText

_LIVER_WORDS = Pattern(
    r"\b(?:liver|enzymes?|aminotransferases?|transaminases?|ALT|AST|ALAT|ASAT|SGPT|SGOT|LFTs?|bilirubin|tests?|levels?|laborator\w+|blood|"
    r"jaundice|symptoms?|abnormalit\w+|all|everything|"
    r"biochemical|values|results?|illness|recovered|asymptomatic)\b",
    re.IGNORECASE,
)
_BLOOD_WORDS = Pattern(
    r"\b(?:neutrophils?|PMN|ANC|granulocytes?|counts?|leu[ck]ocytes?|WBC|cytopenia|neutropenia|agranulocytosis|"
    r"recovered|recovery)\b",
    re.IGNORECASE,
)
_TO_STOP = Pattern(r"[^.;]*")
_ANY_WORD = Pattern(r"\w")
_OVER = r"symptoms?|everything|recover\w+|asymptomatic"
_ORGAN_WORDS = {
    KIDNEY: Pattern(rf"\b(?:creatinine|renal|kidney|function|nephritis|all|{_OVER})\b", re.IGNORECASE),
    PANCREAS: Pattern(rf"\b(?:lipase|amylase|pancrea\w+|enzymes?|pain|{_OVER})\b", re.IGNORECASE),
    MUSCLE: Pattern(rf"\b(?:CK|CPK|creatine|kinase|myoglobin\w*|pain|weakness|{_OVER})\b", re.IGNORECASE),
}
"""What has to be told normal, or gone, for the reaction to be over."""
KINDS_WORDS = {NEUTROPENIA: _BLOOD_WORDS, LIVER: _LIVER_WORDS, **_ORGAN_WORDS}
_SEEN = Pattern(
    r"[^.;]{0,25}\b(?:on|by|at)\s+(?:\w+\s+)?"
    r"(?:ultraso\w+|sonogra\w+|CT|MRI|imaging|palpation|examination|biopsy|baseline|admission)\b",
    re.IGNORECASE,
)
"""How something was found normal that is no value: its look, or its state at the outset."""
_UNTIL = Pattern(
    r"\s*,?\s*(?:shortly\s+|just\s+|also\s+)?(?:before|prior\s+to|until|previously|beforehand)\b", re.IGNORECASE
)
"""What follows a state that was there before the reaction."""
_BEFORE_WORDS = Pattern(
    r"\b(?:antibod(?:y|ies)|titres?|titers?|had\s+been\s+normal|were\s+normal\s+before|known\s+to|before\s+starting|prior\s+to|albumin|prothrombin|"
    r"INR|ultrasound|CT|MRI|imaging|examination|abdominal(?!\s+(?:pain|symptoms|discomfort|complaints))|cholangio\w+|cultures?|"
    r"in\s+the\s+past|negative|physical|mucosa\w*|\w{4,}oscop\w+|underwent|serology|serologies|ceruloplasmin|creatinine|remained\s+within|(?<!to\s)(?<!the\s)pre-?treatment|"
    r"(?<!to\s)baseline\s+(?:liver|lab\w*|serum|tests?|ALT|enzymes?|bilirubin|values|results|levels))\b",
    re.IGNORECASE,
)
_LABEL = Pattern(r"\boutcome\s*[:=-]\s*$", re.IGNORECASE)
"""Before an ending that sums up, at no moment of its own ("Outcome: recovered")."""
_LEFT_WITH = Pattern(r"\bleft\s+with\s+(?!no\b)(?:[\w-]+\s+){0,2}[\w-]+", re.IGNORECASE)
_SINCE_THEN = Pattern(
    r"(?:\s+of\s+\w+)?\s+(?:in|during|over|for|within)\s+(?:the\s+)?(?:following|next|subsequent|ensuing|further)\b",
    re.IGNORECASE,
)
"""Behind "no further episodes": a time in which nothing more came; that it had ended is told, not when."""
_NOT = Pattern(r"\b(?:not|never|no|remained|still)\b")
_OF_BLOOD = frozenset({NEUTROPENIA, "agranulocytosis", "leukopenia", "thrombocytopenia", "pancytopenia", "anemia"})
"""Reactions that show in counts which fall."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Outcome with its words, and the day of recovery on the case's axis and from the stop."""

    result: Outcome = "unknown"
    day: Time | None = None
    from_stop: Time | None = None
    evidence: tuple[Evidence, ...] = ()


def ending_told(pattern: Pattern, body: str, start: int, end: int) -> re.Match[str] | None:
    """The first place in a sentence that tells an ending, unless it is denied or only thought of."""
    for match in pattern.finditer(body, start, end):
        before, after = max(start, match.start() - 40), match.end()
        if untold(body, start, match.end(), end) or field_untold(body, start, *match.span(), end):
            continue
        if DENIED.search(body, before, match.start()) or UNDONE.match(body, after, end):
            continue
        if another_came(body, before, match, end) or only_meant(body, start, match):
            continue
        if not (for_the_worse(body, start, match) or of_a_relative(body, start, match.start())):
            return match
    return None


def outcome(
    text: CleanText,
    spans: Sequence[tuple[int, int]],
    labs: Sequence[LabMention],
    story: Story,
    axis: str,
    tables: Sequence[LabTable],
    kind: str,
) -> Ending:
    """The outcome that the text states last, with the moment of recovery."""
    body = text.text
    words = KINDS_WORDS.get(kind, _ANY_WORD)
    improved = IMPROVED_COUNTS if kind in _OF_BLOOD else IMPROVED_LOW if kind in LOW_VALUES else IMPROVED
    onset = story.onset_beat.start if story.onset_beat else (spans[0][0] if spans else 0)
    stopped = first_stop(story)
    onset = onset if stopped is None else min(onset, stopped)
    recovered: list[re.Match[str]] = []
    better: re.Match[str] | None = None
    worse: re.Match[str] | None = None
    fatal: re.Match[str] | None = None
    graft: re.Match[str] | None = None
    well: re.Match[str] | None = None
    elsewhere = False
    for start, end in spans:
        if end < onset:
            continue
        for match in RECOVERED.finditer(body, max(start, onset - 200), end):
            clause = body[max(start, match.start() - 40) : match.end()]
            clause = clause.replace("creatinine", "") if kind == KIDNEY else clause
            elsewhen = _BEFORE_WORDS.search(clause) or _SEEN.match(body, match.end(), end)
            elsewhen = elsewhen or _UNTIL.match(body, match.end(), end) or HALF.match(body, match.end(), end)
            if words.search(match.group()) and not (
                elsewhen
                or untold(body, start, match.end(), end)
                or _NOT.search(match.group())
                or of_another_salt(kind, match.group())
                or (kind == LIVER and (ANOTHER_SIGN.search(match.group()) or of_other_tests(match.group())))
            ):
                recovered.append(match)
        for match in RECOVERED_BRIEFLY.finditer(body, max(start, onset), end):
            clause = body[max(start, match.start() - 20) : match.end()]
            if not (
                _NOT.search(clause)
                or _BEFORE_WORDS.search(clause)
                or (kind in KINDS_WORDS and OF_THE_SKIN.match(match.group()))
                or HALF.match(body, match.end(), end)
                or untold(body, start, match.end(), end)
            ):
                recovered.append(match)
        for match in OWN_BACK[kind].finditer(body, max(start, onset), end) if kind in OWN_BACK else ():
            if not (_NOT.search(match.group()) or untold(body, start, match.end(), end)):
                recovered.append(match)
        for match in ENDED.finditer(body, max(start, onset), end):
            own = end_of(match, kind, KINDS_WORDS.get(kind), start)
            own = own and (not match["tests"] or (stopped is not None and stopped < match.start()))
            if own and not (_unended(body, match, start, end) or untold(body, start, match.end(), end)):
                recovered.append(match)
        recovered = [found for found in recovered if found.start() < start or not of_another(kind, found, start)]
        gain, loss = ending_told(improved, body, start, end), ending_told(WORSE, body, start, end)
        if loss is not None and (
            OF_A_MARKER.search(body, max(start, loss.start() - 40), loss.start())
            or before_the_stop(body, start, loss, stopped)
        ):
            loss = None
        if gain and loss and gain.start() < loss.start() and loss.group().lower().startswith(("still", "remained")):
            loss = None  # "improved, but were still abnormal"
        begins = story.onset_beat is not None and start <= story.onset_beat.start < end
        if (
            loss is not None
            and loss.group().lower().startswith(("worsen", "progress"))
            and (begins or TO_HOSPITAL.search(body, start, end) or CAME_UP.search(body, start, loss.start()))
        ):
            loss = None  # "was noted to have worsening anaemia", "was admitted due to worsening": so it began
        if gain and loss and MILDLY.search(body, max(start, gain.start() - 30), gain.end()):
            gain = None  # "given persistent pruritus, with mild improvement"
        if loss is not None and loss.group().lower() == "cirrhosis" and SHOWN.search(body, start, loss.start()):
            loss = None  # "imaging confirmed cirrhosis": a finding of the work-up
        if loss is not None and (
            _MIGHT.search(body, start, end) or no_loss_of_it(body, loss, end, liver=kind == LIVER)
        ):
            loss = None
        gain = None if gain is not None and of_another(kind, gain, start) else gain
        loss = None if loss is not None and of_another(kind, loss, start) else loss
        better, worse = gain or better, loss or worse
        elsewhere = elsewhere or died_otherwise(body, start, end, kind)
        fatal = None if elsewhere else ending_told(FATAL, body, start, end) or fatal
        transplanted = ending_told(TRANSPLANT, body, start, end)
        if transplanted is not None and not PLANNED.search(body, start, transplanted.start()):
            graft = transplanted
        well = ending_told(WELL, body, max(start, onset), end) or well if end > onset else well
    recovered.sort(key=lambda found: (found.end(), found.start()))
    if (
        fatal is not None
        and kind == LIVER
        and of_an_infection(fatal)
        and any(f.end() < fatal.start() for f in recovered)
    ):
        fatal = None  # the liver had recovered before
    numbers = [lab for lab in labs if kind == NEUTROPENIA and lab.analyte == "NEUT" and lab.value is not None]
    low = [lab for lab in numbers if not of_before(story, lab)]
    lines = value_lines(labs, story, kind)
    worst = worst_at(lines)
    if worst is not None:  # "he was well, but ALT was …": what is told before the worst value is not the end
        recovered = [found for found in recovered if found.end() > worst]
        well = well if well is not None and well.end() > worst else None
    recovered = [f for f in recovered if not (stopped is None and _of_a_count(f, kind))]
    recovered = before_another(body, spans, story, [f for f in recovered if not _of_the_outset(f, stopped)])
    if kind == LIVER and not any(table.rows for table in tables):
        disturbed = DISTURBED.search(body, spans[0][0] if spans else 0)
        recovered = [found for found in recovered if not _state(found) or _follows(found, disturbed)]
    shown_at = abnormal_values(lines, story)

    def moment(found: re.Match[str]) -> When:
        still = [node for position, node in shown_at if position < found.end()]
        return when(body, story, axis, found.span(), change=became(_how(found)), abnormal=still)

    symptoms = bool(recovered) and _how(recovered[-1]).lower().endswith("asymptomatic")
    if symptoms and worse and stopped is not None and stopped < worse.start() < recovered[-1].start():
        recovered = recovered[:-1]  # "no improvement after 5 weeks. She is asymptomatic"
    last = recovered[-1] if recovered else None
    if kind == NEUTROPENIA and recovered:
        last = recovered[0]
    told: When = UNDATED
    dated = last
    course = course_at(story, last.start()) if last is not None else None
    first = _of_an_earlier_course(recovered, story, moment) if course and last is not None else None
    if first is None or last is None or not only_within(moment(last)) or only_within(first[1]):
        first = None
    course = course_at(story, first[0].start()) if first is not None else course
    by_table = table_recovery(tables, story, axis, course=course)
    if last is not None:
        dated, told = first or (last, moment(last))
        if not bounded(told) and not agree(told, by_table):
            earlier = [found for found in recovered if stopped is not None and stopped < found.start() < last.start()]
            dated, told = _dated_before(earlier, (last, told), lasting(shown_at, story), moment)
            if not bounded(told) and by_table is None:
                dated, told = _of_an_earlier_course(recovered, story, moment) or (dated, told)
            shown = value_course(lines, story) if course or _LABEL.search(body, 0, last.start()) else None
            if not bounded(told) and by_table is None and shown is not None and shown.state == "recovered":
                told = of_value(text, labs, story, axis, (shown.start, shown.end))
        if not agree(told, by_table) and (bounded(told) or by_table is None):
            # a value a little above its limit, which the words call normal
            nearly = table_recovery(tables, story, axis, course=course, nearly=True)
            by_table = nearly if agree(told, nearly) else by_table
    elif low:
        from_counts = of_counts(text, low, story, axis)
        if from_counts is not None:
            position, day, from_stop = from_counts
            if fatal is None:
                return Ending("recovered", day, from_stop, (text.quote(position[0], position[1]),))
    day, from_stop = joined(told, by_table, still_abnormal(tables, story, course=course))
    if fatal is not None:
        return Ending("fatal", None, None, (text.quote(*fatal.span()),))
    if graft is not None and kind == LIVER and grafted(body, graft):
        return Ending("not recovered", None, None, (text.quote(*graft.span()),))
    if last is not None:
        if (
            worse is not None
            and worse.start() > last.end()
            and re.search(r"persist|incomplete|remained|cirrhosis", worse.group())
        ):
            return Ending("not recovered", None, None, (text.quote(*worse.span()),))
        words_of = tuple(text.quote(*found.span()) for found in dict.fromkeys((last, dated)) if found is not None)
        return Ending("recovered", day, from_stop, words_of)
    if by_table is not None:
        return Ending("recovered", day, from_stop, ())
    shown = value_course(lines, story)
    if shown is not None:
        words_of = (text.quote(shown.start, shown.end),)
        if shown.state == "recovered":
            span = (shown.start, shown.end)
            at = of_value(text, labs, story, axis, span)
            return Ending("recovered", *at, words_of)
        if shown.state == "not recovered":
            return Ending("not recovered", None, None, words_of)
    if well is not None and (worse is None or well.start() > worse.start()):
        at = UNDATED if _SINCE_THEN.match(body, well.end()) else moment(well)
        return Ending("recovered", *at, (text.quote(*well.span()),))
    if shown is not None:
        return Ending("recovering", None, None, words_of)
    if better is not None and (worse is None or better.start() > worse.start()):
        return Ending("recovering", None, None, (text.quote(*better.span()),))
    if worse is not None:
        return Ending("not recovered", None, None, (text.quote(*worse.span()),))
    return Ending()


def left(text: CleanText, spans: Sequence[tuple[int, int]], end: Ending, kind: str) -> Ending:
    """A recovery of which something is told to have stayed: "healed, but he was left with dry eyes"."""
    if kind in _OF_BLOOD or kind == LIVER:
        return end
    if end.result in ("unknown", "recovering"):
        for start, stop in spans:
            if (stays := _LEFT_WITH.search(text.text, start, stop)) and not untold(text.text, start, stays.end(), stop):
                return replace(end, result="recovered with sequelae", evidence=(text.quote(*stays.span()),))
    if end.result != "recovered" or not end.evidence:
        return end
    over = max((e.end for e in end.evidence if isinstance(e, TextEvidence)), default=None)
    for start, stop in spans if over is not None else ():
        found = SEQUELAE.search(text.text, start, stop)
        words = text.quote(*found.span()) if found is not None else None
        if (
            words is not None
            and over is not None
            and words.start >= over
            and not DENIED.search(text.text, start, start + 1)
        ):
            return replace(end, result="recovered with sequelae", evidence=(*end.evidence, words))
    return end


def _unended(body: str, match: re.Match[str], start: int, end: int) -> bool:
    """An end that is denied, only partial, or expected."""
    before = body[max(start, match.start() - 20) : match.end()]
    return bool(_NOT.search(before) or _BEFORE_WORDS.search(before) or HALF.match(body, match.end(), end))


def _how(found: re.Match[str]) -> str:
    return found.groupdict().get("how") or found.group()


def _state(found: re.Match[str]) -> bool:
    """The words tell that something was normal, not that it became so, nor when."""
    return "how" in found.groupdict() and not became(_how(found))


def _follows(found: re.Match[str], first: re.Match[str] | None) -> bool:
    return first is not None and first.end() <= found.start()


def _of_the_outset(found: re.Match[str], stopped: int | None) -> bool:
    """Tests that "were normal" beside others that were not, or before the drug was stopped, are no recovery."""
    if not _state(found):
        return False
    if ABNORMAL.search(found.group()):
        return True
    sentence = _TO_STOP.match(found.string, found.end())
    return stopped is not None and sentence is not None and sentence.end() < stopped


_MIGHT = Pattern(
    r"\b(?:could|may|might)\s+(?:also\s+|well\s+)?(?:have\s+)?(?:caused?|contributed?|explain(?:ed)?|account(?:ed)?)\b",
    re.IGNORECASE,
)
"""A sentence that weighs causes tells no ending ("worsening sarcoidosis could have caused it")."""


def _of_a_count(found: re.Match[str], kind: str) -> bool:
    """ "Platelet count was normal", told of a reaction of the skin whose drug is not told to be stopped: a finding."""
    shown = kind in KINDS_WORDS or kind in SHOWN_BY
    return not shown and _state(found) and _COUNT.search(found.group()) is not None


_COUNT = Pattern(
    r"\b(?:counts?|platelets?|neutrophils?|PMN|bilirubin|ALT|AST|enzymes?|levels?|aminotransferases?|tests?|results?|values|function)\b",
    re.IGNORECASE,
)


def _dated_before(
    earlier: Sequence[re.Match[str]],
    last: tuple[re.Match[str], When],
    shown_at: Sequence[tuple[int, str]],
    moment: Callable[[re.Match[str]], When],
) -> tuple[re.Match[str], When]:
    """An earlier telling of the same recovery that has a time, else the last; none across a value that shows it again.

    Args:
        earlier: What was told of a recovery since the first stop.
    """
    for found in reversed(earlier):
        if any(found.end() <= position < last[0].start() for position, _ in shown_at):
            break
        at = moment(found)
        if bounded(at) and agree(last[1], at):
            return found, at
    return last


def _of_an_earlier_course(
    recovered: Sequence[re.Match[str]], story: Story, moment: Callable[[re.Match[str]], When]
) -> tuple[re.Match[str], When] | None:
    """The recovery from an earlier course that the text dates, where it does not date the last one."""
    for found in reversed(recovered[:-1]):
        if course_at(story, found.start()) < course_at(story, recovered[-1].start()) and bounded(at := moment(found)):
            return found, at
    return None
