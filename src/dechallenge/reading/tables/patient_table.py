"""Tables of patient characteristics with one column per patient, flattened by copying from a PDF.

"Baseline patient features Case 1 Case 2", then "Age 46 49", "Sex Female Female", and two runs of laboratory values. A
row is kept only where its cells can be told apart. Also finds the raw span of a table or figure that interrupts a
sentence, so that the halves can be joined. May import `evidence`, `reading.labs`, `reading.text`, the cells of
`table_grid`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from dechallenge.evidence import Document
from dechallenge.reading.laboratory.labs import LabMention, read_labs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_grid import Cell
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean

RowKind = Literal[
    "age",
    "sex",
    "laboratory",
    "concomitant medications",
    "medical history",
    "alcohol",
    "bmi",
    "weight",
    "liver history",
    "diagnosis year",
    "indication",
    "dose",
    "other",
]


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A row: its kind, its label as printed, and one cell for each case."""

    kind: RowKind
    label: str
    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LabCell:
    """A laboratory value of one patient; ``start``..``end`` is the raw span of analyte and value."""

    lab: LabMention
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PatientTable:
    """A table of patient characteristics.

    Attributes:
        start, end: Raw span with caption and legend.
        labels: Heads of the columns ("Case 1", "Case 2").
        rows: Rows whose cells could be told apart.
        labs: Laboratory values of each case, in the order of ``labels``; empty where the runs do not divide.
        lab_label: Label of the laboratory row.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    rows: tuple[PatientRow, ...]
    labs: tuple[tuple[LabCell, ...], ...]
    lab_label: str


_HEAD = Pattern(
    r"[ \t]*(?P<corner>[^\n]{0,60}?)[ \t|]*(?P<labels>(?:(?:case|patient)[ \t]*(?:no\.?[ \t]*)?\d{1,2}[ \t|]+){1,9}"
    r"(?:case|patient)[ \t]*(?:no\.?[ \t]*)?\d{1,2})[ \t|]*",
    re.IGNORECASE,
)
_LABEL = Pattern(r"(?:case|patient)\s*(?:no\.?\s*)?\d{1,2}", re.IGNORECASE)
_CAPTION = Pattern(r"^[ \t]*(?:table|figure|fig\.?)\s*\d{1,2}\b", re.IGNORECASE | re.MULTILINE)
_NEXT = Pattern(
    r"[ \t#*\d.]*(?:discussion|comments?|conclusions?|references|acknowledge?ments|case[ \t]+\d{1,2}|"
    r"introduction)[ \t*:.]*",
    re.IGNORECASE,
)
"""The heading of what follows a table."""
_LEGEND = Pattern(r"^[ \t]*(?:notes?|abbreviations?)\s*:", re.IGNORECASE)
_MAX_TABLE = 8000
_MAX_HEAD = 240
_MAX_TRIES = 40

_PATTERNS: tuple[tuple[RowKind, str], ...] = (
    ("age", r"age(?:[ \t]*\([^)]{1,20}\)|,[ \t]*years?)?(?:[ \t]at[ \t]\w+)?"),
    ("sex", r"(?:sex|gender)"),
    (
        "laboratory",
        r"(?:baseline[ \t])?(?:laboratory|lab|blood|biochem)[^\d=\n]{0,40}?"
        r"(?:tests?|values?|results?|findings?|data)",
    ),
    (
        "concomitant medications",
        r"(?:concomitant|other|concurrent|co-?)[ \t]?(?:medications?|drugs?|treatments?|therap(?:y|ies))",
    ),
    ("liver history", r"(?:history of liver diseases?|liver diseases?|previous liver diseases?)"),
    ("medical history", r"(?:past[ \t]|previous[ \t])?(?:medical history|comorbidit(?:y|ies)|history)"),
    ("alcohol", r"alcohol(?:[ \t](?:consumption|use|intake|abuse))?"),
    ("bmi", r"(?:body mass index|bmi)(?:[ \t]*\([^)]{1,20}\))?"),
    ("weight", r"(?:body )?weight(?:[ \t]*\([^)]{1,20}\))?"),
    ("diagnosis year", r"year of diagnosis"),
    ("dose", r"(?:dose|dosage)(?:[ \t]*\([^)]{1,20}\))?"),
    ("indication", r"(?:indication|underlying disease)"),
)
_KINDS: tuple[tuple[RowKind, Pattern], ...] = tuple(
    (kind, Pattern(rf"(?P<label>{pattern})(?!\w)[ \t]*[:|]?[ \t]*", re.IGNORECASE)) for kind, pattern in _PATTERNS
)
_SEX = Pattern(r"\b(?:female|male|woman|man|f|m)\b", re.IGNORECASE)
_NUMBER = Pattern(r"[~<>]?\d+(?:[.,]\d+)?\*{0,2}")
_NOTHING = Pattern(r"(?:none|no|nil|not reported|unknown|nr|n/a|na|-|–)(?=[ \t]|$)", re.IGNORECASE)


def find_patient_tables(document: Document) -> list[PatientTable]:
    """Every table of patient characteristics of a document, in order."""
    text = document.text
    found: list[PatientTable] = []
    position = 0
    for label in _LABEL.finditer(text):
        if label.start() < position:
            continue
        start = text.rfind("\n", 0, label.start()) + 1
        stop = text.find("\n", label.end())
        stop = len(text) if stop < 0 else stop
        head = _HEAD.fullmatch(text, start, stop) if stop - start <= _MAX_HEAD else None
        position = stop
        if head is not None:
            found.append(_table(document, head))
            position = max(found[-1].end, stop)
    return found


def _table(document: Document, head: re.Match[str]) -> PatientTable:
    text = document.text
    labels = tuple(" ".join(m.group().split()) for m in _LABEL.finditer(head["labels"]))
    end = _end(text, head.end())
    rows: list[PatientRow] = []
    labs: tuple[tuple[LabCell, ...], ...] = ()
    lab_label = ""
    position = head.end()
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        start = position + (len(text[position:stop]) - len(text[position:stop].lstrip()))
        kind, label, after = _kind(text, start, stop)
        if kind == "laboratory":
            limit = _next_label(text, stop, end)
            labs, lab_label = _laboratory(document, after, limit, len(labels)), label
            stop = limit
        elif label:
            cells = _cells(text, after, stop, kind, len(labels))
            if cells:
                rows.append(PatientRow(kind, label, start, stop, cells))
        position = stop + 1
    return PatientTable(_caption(text, head.start()), end, labels, tuple(rows), labs, lab_label)


def _caption(text: str, at: int) -> int:
    """Where the caption above the header begins, blank lines between them allowed."""
    for match in _CAPTION.finditer(text, max(0, at - 300), at):
        between = text[match.start() : at]
        if len([line for line in between.splitlines() if line.strip()]) <= 2:
            return match.start()
    return at


def _kind(text: str, start: int, stop: int) -> tuple[RowKind, str, int]:
    for kind, pattern in _KINDS:
        match = pattern.match(text, start, stop)
        if match:
            return kind, match["label"].strip(), match.end()
    return "other", "", start


def _next_label(text: str, start: int, end: int) -> int:
    """Where the laboratory values end: at the next row with a label of another kind, or at the legend."""
    position = start
    while position < end:
        stop = text.find("\n", position + 1, end)
        stop = end if stop < 0 else stop
        first = position + 1 + (len(text[position + 1 : stop]) - len(text[position + 1 : stop].lstrip()))
        kind, label, _ = _kind(text, first, stop)
        if (label and kind != "laboratory") or _LEGEND.match(text[first:stop]):
            return position
        position = stop
    return end


def _cells(text: str, start: int, stop: int, kind: RowKind, cases: int) -> tuple[Cell, ...]:
    """One cell for each case, or nothing where the line can be divided in more than one way."""
    body = text[start:stop].rstrip()
    wide = [part for part in re.finditer(r"[^\t|]+?(?=[ ]{2,}|\t|\||$)", body) if part.group().strip()]
    if len(wide) == cases and re.search(r"\t|\||[ ]{2,}", body):
        return tuple(_cell(text, start + m.start(), start + m.end()) for m in wide)
    words = body.split()
    if len(words) == cases and kind != "other":
        return tuple(_cell(text, start + m.start(), start + m.end()) for m in re.finditer(r"\S+", body))
    if kind == "sex":
        marks = list(_SEX.finditer(body))
        return tuple(_cell(text, start + m.start(), start + m.end()) for m in marks) if len(marks) == cases else ()
    if kind in ("age", "bmi", "weight", "diagnosis year"):
        numbers = list(_NUMBER.finditer(body))
        if len(numbers) != cases:
            return ()
        edges = [m.start() for m in numbers[1:]] + [len(body)]
        return tuple(_cell(text, start + m.start(), start + e) for m, e in zip(numbers, edges, strict=True))
    return _around_nothing(text, start, body, cases)


def _around_nothing(text: str, start: int, body: str, cases: int) -> tuple[Cell, ...]:
    """ "None Infertility, hypertension" and "Atenolol None" of two cases divide at the word for nothing."""
    if cases != 2:
        return ()
    first = _NOTHING.match(body)
    if first and body[first.end() :].strip():
        return (_cell(text, start, start + first.end()), _cell(text, start + first.end(), start + len(body)))
    last = re.search(r"(?<=\s)(?:none|nil|not reported|unknown)$", body, re.IGNORECASE)
    if last:
        return (_cell(text, start, start + last.start()), _cell(text, start + last.start(), start + len(body)))
    return ()


def _cell(text: str, start: int, end: int) -> Cell:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Cell(start, end, text[start:end])


def _laboratory(document: Document, start: int, end: int, cases: int) -> tuple[tuple[LabCell, ...], ...]:
    """Runs of values, one for each case: a new run begins where an analyte comes again."""
    found: list[LabCell] = []
    text = document.text
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        found += _line(document, position, stop)
        position = stop + 1
    runs: list[list[LabCell]] = [[]]
    for cell in found:
        if any(other.lab.analyte == cell.lab.analyte for other in runs[-1]):
            runs.append([])
        runs[-1].append(cell)
    return tuple(tuple(run) for run in runs) if len(runs) == cases else ()


def _line(document: Document, start: int, stop: int) -> list[LabCell]:
    text = clean(Document.from_text(document.text[start:stop]))
    cells = []
    for lab in read_labs(text, sentences(text.text)):
        if lab.value is None and lab.low is None:
            continue
        quote = text.quote(lab.start, lab.end)
        cells.append(LabCell(lab, start + quote.start, start + quote.end))
    return cells


# --- what interrupts a sentence -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interruption:
    """Raw span of a table or figure inside a sentence. ``hyphen``: the word before it is divided ("analy-" … "sis")."""

    start: int
    end: int
    hyphen: bool


_UNFINISHED = Pattern(r"[A-Za-z,;\-‐(]\s*$")
_LOWER = Pattern(r"[ \t]*[a-z]")
_WORD = Pattern(r"[a-z]+")
_RUNNING = Pattern(r"^[ \t]*[a-z][^\n]{50}", re.MULTILINE)
_LONG_LINE = 20
"""Characters of a line that is not a heading."""
_MAX_RUNNING = 4
"""Long lines that begin in lower case: a legend has few, running text many; that is never cut out."""


def find_interruptions(document: Document) -> list[Interruption]:
    """Tables and figures with their legends that stand inside a sentence, in order.

    The text before the caption does not end a sentence, and a later line, after a line that ends one, goes on in lower
    case. The span begins behind the last character of the first half and ends at the first of the second half.
    """
    text = document.text
    open_ends: list[tuple[int, int]] = []
    for caption in _CAPTION.finditer(text):
        before = len(text[max(0, caption.start() - 200) : caption.start()].rstrip()) + max(0, caption.start() - 200)
        running = before - text.rfind("\n", 0, before) > _LONG_LINE
        if running and _UNFINISHED.search(text, max(0, before - 3), before):
            open_ends.append((before, caption.end()))
    if not open_ends:
        return []
    resumed = _resumptions(text)
    known: frozenset[str] = frozenset()
    found: list[Interruption] = []
    for before, after in open_ends:
        if found and before < found[-1].end:
            continue
        hyphen = text[before - 1] in "-‐"
        if hyphen and not known:
            known = frozenset(_WORD.findall(text.lower()))
        i = bisect_left(resumed, after)
        near = [start for start in resumed[i : i + _MAX_TRIES] if start < after + _MAX_TABLE]
        half = text[max(0, before - 40) : before - 1] if hyphen else ""
        end = _best(text, near, half, known) if near else before
        if end > before and len(_RUNNING.findall(text, before, end)) <= _MAX_RUNNING:
            found.append(Interruption(before, end, hyphen))
    return found


def _best(text: str, near: list[int], half: str, known: frozenset[str]) -> int:
    """Where the second half begins: for a divided word, where the document knows the whole one; else the first."""
    stem = (re.split(r"[^a-z]", half.lower())[-1]) if half else ""
    for start in near:
        rest = _WORD.match(text, start)
        if stem and rest is not None and stem + rest.group() in known:
            return start
    return near[0]


def _resumptions(text: str) -> list[int]:
    """Where lines begin in lower case behind a line that ends a sentence: the running text may go on there."""
    found: list[int] = []
    ended = False
    position = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            if ended and _LOWER.match(line):
                found.append(position + len(line) - len(line.lstrip()))
            ended = bare.endswith((".", ".)", "]"))
        position += len(line)
    return found


def _end(text: str, position: int) -> int:
    """Where a table of patient characteristics ends: behind its legend, or before the running text goes on."""
    limit = min(len(text), position + _MAX_TABLE)
    legend = 0
    at = position
    last = position
    while 0 <= at < limit:
        stop = text.find("\n", at + 1)
        stop = len(text) if stop < 0 else stop
        line = text[at + 1 : stop]
        if line.strip():
            if _LEGEND.match(line):
                legend = 1
            elif (
                (_finished(text, last) if legend else len(line) > 160) or _CAPTION.match(line) or _NEXT.fullmatch(line)
            ):
                return last
            last = stop
        at = stop if stop < len(text) else -1
    return last


def _finished(text: str, end: int) -> bool:
    return text[:end].rstrip().endswith(".")
