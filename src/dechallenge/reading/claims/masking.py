"""What authors claim blanked out of a text before it is read: scores, categories, gradings and attributions.

The text keeps its length, its lines and the name of every drug and reaction, so that offsets and facts stay: of
"hepatitis due to isoniazid" the words "due to" go. What a test or a biopsy gave (FibroTest, METAVIR, the grade of an
encephalopathy, an ACR response) is a fact and stays. May import everything in reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dechallenge.evidence import Document
from dechallenge.reading.claims.statements import StatementMention, read_statements
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.texts.abbreviations import local_abbreviations
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import CleanText, clean

Span = tuple[int, int]

_WHOLE = frozenset({"score", "category", "severity", "pattern", "latency", "recovery", "likelihood"})
"""Kinds of which all the words go."""
_MEASURED = frozenset({"FibroTest", "METAVIR", "Ishak", ""})
"""A "score" of these is the result of a test or of a biopsy; one without a method is a stage (A1 F2)."""
_CLINICAL = ("encephalopathy", "fibrosis")
"""Grades of these are findings at the bedside or under the microscope."""
_ROUNDS = 8
"""A claim may hide behind another one of the same sentence; masking goes on until there is none left."""
_GRADE = re.compile(
    r"\b(?:CTCAE\s*)?(?:of\s+)?grades?\s+[0-9IVA-C](?:[0-9IVa-cA-C]|\s?[-/]\s?|\s(?:to|or)\s){0,8}", re.IGNORECASE
)


def mask(document: Document) -> Document:
    """The document with the authors' claims replaced by spaces: same id, name, length and line ends.

    Its ``sha256`` is that of the masked text, for that is what was read.
    """
    for _ in range(_ROUNDS):
        blanked = claims(document)
        if not blanked:
            break
        letters = list(document.text)
        for start, end in blanked:
            letters[start:end] = [letter if letter.isspace() else " " for letter in letters[start:end]]
        document = Document.from_text("".join(letters), document.name, document.id, document.places)
    return document


def claims(document: Document) -> tuple[Span, ...]:
    """Spans of the document that :func:`mask` blanks, in order, without overlap."""
    text = clean(document)
    spans = sentences(text.text)
    found: list[Span] = []
    mentions = read_statements(text.text, spans)
    kept = _kept(text, spans, mentions)
    for mention in mentions:
        for start, end in _words(text.text, mention, kept):
            if text.text[start:end].strip():
                quote = text.quote(start, end)
                found.append((quote.start, quote.end))
    return tuple(_merged(found))


def _words(text: str, mention: StatementMention, kept: Sequence[Span]) -> Iterator[Span]:
    """Clean spans of one claim that say what was claimed."""
    if mention.kind in _WHOLE and not (mention.kind == "score" and mention.method in _MEASURED):
        yield mention.start, mention.end
    elif mention.kind == "grade" and not any(word in mention.method for word in _CLINICAL):
        for match in _GRADE.finditer(text, mention.start, mention.end):
            yield match.span()
    elif mention.kind == "attribution":
        position = mention.start
        for start, end in kept:
            if end <= mention.start or start >= mention.end:
                continue
            yield position, max(position, start)
            position = max(position, end)
        yield position, max(position, mention.end)


def _kept(text: CleanText, spans: list[Span], mentions: Sequence[StatementMention]) -> list[Span]:
    """Clean spans of the names of drugs and reactions in the sentences that blame."""
    blaming = sorted({m.sentence for m in mentions if m.kind == "attribution"})
    told = [spans[i] for i in blaming]
    local = local_abbreviations(text.text)
    names = [(d.start, d.end) for d in read_drugs(text.text, told, local)]
    findings, _ = read_findings(text, told, local)
    return _merged([*names, *((f.start, f.end) for f in findings)])


def _merged(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
