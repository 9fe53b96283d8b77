"""The findings and tests of a case from their mentions, each dated by the clause it stands in.

May import the case model, the mentions, the exposures (for times) and the story.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dechallenge.case import Finding, TestResult, Time
from dechallenge.reading.entries.exposures import times
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.findings.trials import TRIAL
from dechallenge.reading.findings.workup_tests import TestMention
from dechallenge.reading.story.story import Story
from dechallenge.reading.texts.text import CleanText


def _beat_times(text: CleanText, story: Story, axis: str) -> Callable[[int], Time | None]:
    """The time of the beat that a position belongs to, made once for each beat."""
    made: dict[int, Time | None] = {}

    def at(position: int) -> Time | None:
        beat = story.beat_at(position)
        if beat is None:
            return None
        if id(beat) not in made:
            told = story.carried(beat)
            words = text.text[told.start : told.end].strip() if told else ""
            evidence = (text.quote(told.start, told.end),) if told else ()
            made[id(beat)] = times(story, beat.node, axis, words, "stated" if beat.explicit else "context", evidence)
        return made[id(beat)]

    return at


def noted_findings(text: CleanText, mentions: Sequence[FindingMention], story: Story, axis: str) -> tuple[Finding, ...]:
    """The patient's findings; what is only thought of, or told of others, is left out."""
    time_at, out = _beat_times(text, story, axis), []
    for m in mentions:
        if m.hypothetical or m.other_patient:
            continue
        out.append(
            Finding(
                term=m.term,
                kind=m.kind,
                state="absent" if m.resolved and m.kind == "histology" else m.state,
                time=None if m.history else time_at(m.start),
                history=m.history,
                subject="family" if m.family else "patient",
                extent=m.extent or None,
                evidence=(text.quote(m.ev_start, m.ev_end),),
            )
        )
    return tuple(out)


def noted_tests(text: CleanText, mentions: Sequence[TestMention], story: Story, axis: str) -> tuple[TestResult, ...]:
    """The tests, one for each state, with every place that tells it."""
    time_at = _beat_times(text, story, axis)
    told: dict[tuple[str, str, str], list[TestMention]] = {}
    for mention in mentions:
        of_a_drug = mention.result if mention.rule == TRIAL else ""
        told.setdefault((mention.test, mention.state, of_a_drug), []).append(mention)
    return tuple(
        TestResult(
            test=first.test,
            state=first.state,
            result=first.result,
            time=time_at(first.start),
            evidence=tuple(text.quote(m.ev_start, m.ev_end) for m in (first, *more)),
        )
        for first, *more in told.values()
    )
