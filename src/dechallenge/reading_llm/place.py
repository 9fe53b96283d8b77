"""Where the words of a claim stand in a case, and when: located and dated by the rules, never by the model.

A quotation must be in the text, the same but for white space, and only once. The day comes from the story that the
rules tell of the same case; where that story cannot be told again so that it dates what was read as it was dated, there
is no day. May import reading, the case and evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dechallenge.case import Case, Time
from dechallenge.evidence import Document, Evidence, TextEvidence, words
from dechallenge.reading.actions.actions import read_actions
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.drugs.products import by_ingredient
from dechallenge.reading.entries.exposures import times
from dechallenge.reading.laboratory.labgrammar_names import Name, names
from dechallenge.reading.laboratory.labs import writes_decimal_comma
from dechallenge.reading.layout.segments import CaseText, layout
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.story.story import Beat, Story, start_node
from dechallenge.reading.story.teller import tell
from dechallenge.reading.suspects.nottaken import taken
from dechallenge.reading.tables.patient_table import find_interruptions, find_patient_tables
from dechallenge.reading.tables.tables import find_tables
from dechallenge.reading.texts.abbreviations import local_abbreviations
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import CleanText

Span = tuple[int, int]

_REACH = 400
"""Characters between a value and the words that say when."""


class Refused(Exception):
    """A claim that does not stand up; the message says why."""


@dataclass(frozen=True)
class Place:
    """The text of one case in its document, with what is needed to find and date words in it."""

    text: CleanText
    case: CaseText
    read: Case

    @cached_property
    def spans(self) -> list[Span]:
        """Clean spans of the sentences of the case."""
        body = self.text.text
        return [(start + a, start + b) for start, end in self.case.parts for a, b in sentences(body[start:end])]

    @cached_property
    def names(self) -> list[Name]:
        """The analytes named in the document."""
        return names(self.text.text)

    @cached_property
    def decimal_comma(self) -> bool:
        return writes_decimal_comma(self.text.text)

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        return local_abbreviations(self.text.text)

    @cached_property
    def drugs(self) -> list[DrugMention]:
        """The drugs named in the case."""
        body = self.text.text
        return by_ingredient(body, taken(body, self.spans, read_drugs(body, self.spans, self.abbreviations)))

    def clean(self, quote: TextEvidence) -> Span:
        """The clean span of words of the document."""
        return _clean_at(self.text, quote.start), _clean_at(self.text, quote.end - 1) + 1

    def holds(self, span: Span) -> bool:
        """Whether a clean span lies in the narrative of this case."""
        return any(a <= span[0] and span[1] <= b for a, b in self.case.parts)

    def sentence(self, span: Span) -> Span:
        """The sentence around a clean span; several joined where it reaches over more."""
        around = [s for s in self.spans if s[0] < span[1] and span[0] < s[1]]
        return (min(s[0] for s in around), max(s[1] for s in around)) if around else span

    def time(self, position: int, told: str | None) -> Time | None:
        """The day of what stands at a clean position.

        Args:
            position: Where it stands.
            told: The words that are claimed to say when; the clause decides where there are none.

        Raises:
            Refused: The words are not in the text, or date nothing there.
        """
        story, axis = self._story
        if told is None:
            beat = story.beat_at(position) if story is not None else None
        else:
            around = self.sentence((position, position + 1))
            span = self.clean(locate(self.text.document, told, near=self._raw(around)))
            if max(span[0] - around[1], around[0] - span[1]) > _REACH:
                raise Refused(f"“{' '.join(told.split())[:60]}” stands too far away to say when")
            found = [b for b in story.beats if _says(b, span)] if story is not None else []
            beat = min(found, key=lambda b: (not b.start <= position < b.end, abs(b.start - position)), default=None)
            if beat is None:
                raise Refused(f"“{' '.join(told.split())[:60]}” says no time that can be followed")
        if story is None or beat is None:
            return None
        evidence: tuple[Evidence, ...] = ()
        said = ""
        if beat.time is not None:
            quote = self.text.quote(beat.time.start, beat.time.end)
            said, evidence = quote.quote, (quote,)
        return times(story, beat.node, axis, said, "stated" if beat.explicit else "context", evidence)

    def _raw(self, span: Span) -> Span:
        return self.text.raw_start(span[0]), self.text.raw_end(span[1])

    @cached_property
    def _story(self) -> tuple[Story | None, str]:
        """The story of the case and its day 0, where it dates what the rules read as they did."""
        body = self.text.text
        acts = [
            action
            for index, span in enumerate(self.spans)
            for action in read_actions(body, span, index, [d for d in self.drugs if d.sentence == index])
        ]
        primary = next((e for e in self.read.events if e.primary), None)
        reactions = [self.clean(q)[0] for q in words(primary.evidence)] if primary is not None else []
        suspects = list(dict.fromkeys(k.drug for k in self.read.links if k.role in ("suspect", "interacting")))
        for first in suspects:
            main = (first, *(d for d in suspects if d != first))
            for focus in (main, main[:1]):
                story = tell(body, self.spans, self.drugs, acts, reactions, focus)
                if self._agrees(story, start_node(first)):
                    return story, start_node(first)
        return None, ""

    def _agrees(self, story: Story, axis: str) -> bool:
        for value in self.read.measurements:
            if value.section != "narrative" or value.time is None:
                continue
            for quote in words(value.evidence):
                beat = story.beat_at(self.clean(quote)[1] - 1)
                if beat is not None and story.network.between(axis, beat.node) == value.time.interval:
                    break
            else:
                return False
        return True


def places(document: Document, cases: Sequence[Case]) -> list[Place]:
    """The cases that the rules read of a document, each in its place in the text; none where they do not pair."""
    cut = sorted(
        [(b.start, b.end) for b in find_tables(document)]
        + [(t.start, t.end) for t in find_patient_tables(document)]
        + [(i.start, i.end) for i in find_interruptions(document)]
    )
    plan = layout(document, tuple(_joined(cut)))
    if len(plan.cases) != len(cases):
        return []
    return [Place(plan.text, text, case) for text, case in zip(plan.cases, cases, strict=True)]


def locate(document: Document, quote: str, near: Span | None = None) -> TextEvidence:
    """The words of the document that are the quotation, but for white space.

    Args:
        document: The document.
        quote: The words.
        near: Raw span in which to look first.

    Raises:
        Refused: They are not in the text, or more than once.
    """
    parts = quote.split()
    if not parts:
        raise Refused("the quotation is empty")
    pattern = re.compile(r"\s{1,40}".join(re.escape(part) for part in parts))
    for start, end in ([near] if near else []) + [(0, len(document.text))]:
        found = list(_some(pattern, document.text, start, end))
        if len(found) == 1:
            return document.quote(*found[0])
        if found:
            raise Refused("the quotation stands more than once in the text")
    raise Refused("the quotation is not in the text")


def _some(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    """The first two places of a pattern that are whole words."""
    number = 0
    for match in pattern.finditer(text, start, end):
        first, last = match.span()
        if first and text[first - 1].isalnum() and text[first].isalnum():
            continue
        if last < len(text) and text[last].isalnum() and text[last - 1].isalnum():
            continue
        yield first, last
        number += 1
        if number == 2:
            return


def _says(beat: Beat, span: Span) -> bool:
    return beat.time is not None and beat.time.start < span[1] and span[0] < beat.time.end


def _clean_at(text: CleanText, raw: int) -> int:
    """The clean position of a character of the document."""
    index = max(0, bisect_right(text.raw, raw) - 1)
    following = text.starts[index + 1] if index + 1 < len(text.starts) else len(text.text)
    return max(0, min(text.starts[index] + raw - text.raw[index], following - 1))


def _joined(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
