"""What a document says over and over: stretches of one piece again and again, sentences in the same words.

No report does so; a damaged export or a hostile text does, and would be read for minutes. The first of them are read,
the rest is left out and told as a problem. May import the case and evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dechallenge.case import Problem
from dechallenge.evidence import Document

Span = tuple[int, int]

PERIOD = 1000
"""Characters of the longest piece whose repetition is looked for."""
KEPT = 2000
"""Characters of a repetition that are read, rounded up to whole pieces."""
LEAST = 2 * KEPT
"""Characters from which a stretch that repeats one piece is left out beyond the first of them."""
SAME = 25
"""Times that a sentence of the same words is read in one case."""
BARE = 4000
"""Characters of sentences without a letter that are read in one case: figures and signs that name nothing."""
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Repeat:
    """A stretch that repeats what stands before it.

    Attributes:
        start, end: What is left out.
        piece: What is repeated.
    """

    start: int
    end: int
    piece: str

    @property
    def blank(self) -> bool:
        """It repeats blanks and line ends, which tell nothing."""
        return self.piece.isspace()


def repeats(text: str) -> tuple[Repeat, ...]:
    """The stretches of a text that are left out because they repeat one piece without end.

    A stretch of one piece of up to ``PERIOD`` characters holds every window of that length again within as many more,
    so it is enough to look at one window in every thousand characters.
    """
    found: list[Repeat] = []
    position = 0
    while position + 2 * PERIOD <= len(text):
        window = text[position : position + PERIOD]
        again = text.find(window, position + 1, position + 2 * PERIOD)
        if again < 0:
            position += PERIOD
            continue
        period = again - position
        first = position - _alike_before(text, position, period, found[-1].end if found else 0)
        last = again + _alike_after(text, position, again)
        if last - first >= LEAST:
            found.append(Repeat(first + -(-KEPT // period) * period, last, text[first : first + period]))
        position = max(last, position + PERIOD)
    return tuple(found)


def _alike_after(text: str, one: int, other: int) -> int:
    """How many characters from two positions on are the same."""
    count, step = 0, PERIOD
    while step:
        there = text[other + count : other + count + step]
        if text.startswith(there, one + count):
            count += len(there)
            if len(there) < step:
                break
            step *= 2
        else:
            step //= 2
    return count


def _alike_before(text: str, position: int, period: int, limit: int) -> int:
    """How many characters before a position, down to a limit, are those one period later."""
    count = 0
    while position - count > limit and text[position - count - 1] == text[position - count - 1 + period]:
        count += 1
    return count


def without(document: Document, left_out: Sequence[Span]) -> Document:
    """The document with blanks for what is left out, so that every offset stays what it is."""
    if not left_out:
        return document
    parts, position = [], 0
    for start, end in left_out:
        parts += [document.text[position:start], " " * (end - start)]
        position = end
    return document.model_copy(update={"text": "".join([*parts, document.text[position:]])})


_LETTER = re.compile(r"[^\W\d_]")


def bounded(text: str, spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The sentences that are read, and those that are not: said ``SAME`` times before, or too many without a letter.

    Args:
        text: The text of the spans.
        spans: Its sentences.
    """
    if len(spans) <= SAME and sum(end - start for start, end in spans) <= BARE:
        return list(spans), []
    read: list[Span] = []
    left: list[Span] = []
    times: dict[str, int] = {}
    bare = 0
    for start, end in spans:
        words = text[start:end]
        times[words] = times.get(words, 0) + 1
        if _LETTER.search(words) is None:
            bare += end - start
            full = bare > BARE
        else:
            full = times[words] > SAME
        (left if full else read).append((start, end))
    return read, left


def told(
    document: Document, left_out: Sequence[Repeat], empty: Sequence[Span], unread: Sequence[str] = ()
) -> list[Problem]:
    """What was not read, as problems.

    Args:
        document: The document.
        left_out: Its repetitions.
        empty: Its stretches that tell nothing.
        unread: The words of the sentences that were not read.
    """
    problems = []
    if empty:
        size = sum(end - start for start, end in empty)
        message = (
            f"{size:,} characters were not read: they hold no sentences, or the same few words and figures again and "
            f"again; they begin “{_short(document.text[slice(*empty[0])])}”."
        )
        problems.append(_problem(document, message))
    left_out = [one for one in left_out if not one.blank]
    if left_out:
        size = sum(one.end - one.start for one in left_out)
        piece = _short(max(left_out, key=lambda one: one.end - one.start).piece)
        message = f"{size:,} characters that repeat what stands before them were not read; most repeat “{piece}”."
        problems.append(_problem(document, message))
    if unread:
        count = "1 sentence was" if len(unread) == 1 else f"{len(unread):,} sentences were"
        message = (
            f"{count} not read: the same words were read {SAME} times before, or figures and signs without a word "
            f"had gone on for {BARE:,} characters; the first is “{_short(unread[0])}”."
        )
        problems.append(_problem(document, message))
    return problems


def _problem(document: Document, message: str) -> Problem:
    step = "Look whether the text is whole; if what repeats tells something, give it once."
    return Problem(document=document.id, kind="repeats", message=message, next_step=step)


def _short(words: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in words[: 4 * _SHOWN]).split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rstrip() + " …"
