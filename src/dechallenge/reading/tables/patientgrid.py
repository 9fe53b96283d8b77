"""Tables with one row or one column for each patient: where they stand, and the cells of each patient.

May import evidence, the cells of `table_grid` and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dechallenge.evidence import Document
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_grid import Cell

_LABEL = r"(?:patients?|cases?|pts?\.?)\s*(?:no\.?\s*|#\s*)?(?P<n>\d{1,2})"
_PATIENT = Pattern(rf"\s*{_LABEL}\s*", re.IGNORECASE)
_NUMBER = Pattern(r"\s*(?:(?:patient|case|pt)s?\.?\s*)?(?:no\.?\s*|#\s*)?(?P<n>\d{1,2})\.?\s*", re.IGNORECASE)
_CORNER = Pattern(
    r"\s*(?:no\.?|nr\.?|#|patients?|cases?|reports?|pts?\.?|id)(?:\s*(?:no\.?|number|#|id|ref(?:erence)?\.?))?\s*",
    re.IGNORECASE,
)
_RULE = Pattern(r"[\s|:+=-]+")
_GAP = re.compile(r"[^|\t]+")
_WIDE = re.compile(r"\S+(?:\s\S+)*")
_WIDER = re.compile(r"\s\s")
_MOST = 20
"""Patients of a table at the most."""

AGE = Pattern(r"\s*(?:(?:sex|gender)\s*[/,&]\s*)?age\b", re.IGNORECASE)
"""Labels of a row (or column) that tells the age, and of one that tells the drug."""
DRUG = Pattern(r"\s*(?:suspect(?:ed)?\s+|causative\s+|offending\s+)?(?:drugs?|medications?|agents?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of patients.

    Attributes:
        start, end: Raw span.
        numbers: Number of each patient as printed.
        patients: For each of them the label of every row (or column) with its cell.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    patients: tuple[tuple[tuple[str, Cell], ...], ...]


def find_grid(document: Document) -> Grid | None:
    """The first table of a document that has one row or one column for each patient; ``None`` where there is none."""
    for block in _blocks(document.text):
        grid = _by_column(block) or _by_row(block)
        if grid is not None:
            return _in_columns(document.text, grid) or grid
    return _in_columns(document.text) or _stacked(document.text)


_HEAD_OF_COLUMNS = Pattern(
    r"(?:^|(?<=\n))[ ]*(?P<corner>[^\W\d_][^\n]{0,40}?[ ]{2,})??"
    r"(?P<heads>(?:(?:patients?|cases?)[ ]?(?:no\.?[ ]?|#)?\d{1,2}[ ]{2,}){1,9}"
    r"(?:patients?|cases?)[ ]?(?:no\.?[ ]?|#)?\d{1,2})[ ]*(?=\n|$)",
    re.IGNORECASE,
)
_HEAD = Pattern(rf"{_LABEL}", re.IGNORECASE)


def _in_columns(text: str, known: Grid | None = None) -> Grid | None:
    """A table whose columns stand under the heads of its patients, each cell from where its column begins.

    Args:
        text: The document.
        known: The table as its gaps divide it; taken instead where it has as many rows.
    """
    head = _HEAD_OF_COLUMNS.search(text)
    if head is None or (known is not None and not known.start <= head.end("heads") <= known.end):
        return None
    first = text.rfind("\n", 0, head.start("heads")) + 1
    marks = list(_HEAD.finditer(text, head.start("heads"), head.end("heads")))
    edges = [mark.start() - first for mark in marks]
    rows: list[list[Cell]] = []
    position = text.find("\n", head.end("heads"))
    end = head.end("heads")
    while 0 <= position < len(text) - 1:
        start = position + 1
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        cells = _under(text, start, stop, edges)
        if cells is None:
            break
        if not cells[0].text and rows:  # a cell that goes on in the next line
            cells[0] = rows[-1][0]
        rows.append(cells)
        end, position = stop, stop if stop < len(text) else -1
    if not rows or not rows[0][0].text or (known is not None and len(rows) <= len(known.patients[0])):
        return None
    columns = tuple(tuple((row[0].text, row[i]) for row in rows) for i in range(1, len(edges) + 1))
    return Grid(first, end, tuple(int(mark["n"]) for mark in marks), columns)


def _under(text: str, start: int, stop: int, edges: list[int]) -> list[Cell] | None:
    """The cells of a line by the columns of the heads; ``None`` where words stand across the edge of a column."""
    if not text[start:stop].strip() or "\t" in text[start:stop]:
        return None
    cuts = [start, *(min(stop, start + edge) for edge in edges), stop]
    out: list[Cell] = []
    for a, b in pairwise(cuts):
        if a > start and a < stop and not (text[a - 1].isspace() and a - 1 >= start):
            return None
        said = text[a:b].strip()
        at = a + (len(text[a:b]) - len(text[a:b].lstrip())) if said else b
        out.append(Cell(at, at + len(said), said))
    return out if any(cell.text for cell in out[1:]) else None


def _stacked(text: str) -> Grid | None:
    """A table with one cell to a line: the heads from "Patient" on, then the cells of patient 1, of patient 2, …"""
    if _HEADS.search(text) is None:
        return None
    run: list[Cell] = []
    position = 0
    for raw in [*text.splitlines(keepends=True), ""]:
        start, position = position, position + len(raw)
        words = raw.strip()
        if words and len(words) <= _LONGEST:
            first = start + raw.find(words)
            run.append(Cell(first, first + len(words), words))
        elif words or not raw:
            if (grid := _of_run(run)) is not None:
                return grid
            run = []
    return None


def _of_run(run: list[Cell]) -> Grid | None:
    for at, corner in enumerate(run):
        size = next((i for i in range(3, 13) if at + i < len(run) and _FIRST.fullmatch(run[at + i].text)), 0)
        if not size or not _CORNER.fullmatch(corner.text):
            continue
        rows = [run[i : i + size] for i in range(at, len(run) - size + 1, size)]
        told = [row for i, row in enumerate(rows) if i and (n := _NUMBER.fullmatch(row[0].text)) and int(n["n"]) == i]
        if len(told) > 1 and told == rows[1 : len(told) + 1]:
            return _by_row([rows[0], *told])
    return None


_LONGEST = 60
_HEADS = Pattern(r"(?:^|(?<=\n))[ \t]*(?:patients?|cases?|no\.?|nr\.?)(?:[ \t]{0,4}no\.?)?[ \t]*\r?\n", re.IGNORECASE)
_FIRST = Pattern(r"(?:(?:patient|case)\s*)?1\.?", re.IGNORECASE)
"""Lines of a table that has lost its columns: the head of its corner, and its first patient."""


def _blocks(text: str) -> Iterator[list[list[Cell]]]:
    """Runs of lines that divide into the same number (three or more) of cells, and can begin a table of patients."""
    rows: list[tuple[str, int]] = []
    head: list[Cell] = []
    position = 0
    for line in text.splitlines(keepends=True):
        start, position = position, position + len(line)
        if _RULE.fullmatch(line.strip() or "x"):
            continue
        count = _count(line)
        if len(rows) == 1 and count == len(head) + 1 and all(_PATIENT.fullmatch(c.text) for c in head):
            first = head[0].start  # a corner without words
            head = [Cell(first, first, ""), *head]
        if rows and count != len(head):
            yield from _block(head, rows)
            rows = []
        named = count == 2 and not rows and all(_PATIENT.fullmatch(c.text) for c in _split(line, start))
        if count >= 3 or named:
            head = head if rows else _split(line, start)
            rows.append((line, start))
    yield from _block(head, rows)


def _block(head: list[Cell], rows: list[tuple[str, int]]) -> Iterator[list[list[Cell]]]:
    """The cells of a run of lines, where its first line can head the patients of a table."""
    if len(rows) > 1 and (_CORNER.fullmatch(head[0].text) or all(_PATIENT.fullmatch(c.text) for c in head[1:])):
        yield [head, *(_split(line, start) for line, start in rows[1:])]


def _count(line: str) -> int:
    """Into how many cells a line divides."""
    body = line.rstrip("\r\n")
    if "|" in body or "\t" in body:
        return sum(1 for part in body.replace("|", "\t").split("\t") if part and not part.isspace())
    return len(_WIDE.findall(body)) if _WIDER.search(body) else 1


def _split(line: str, offset: int) -> list[Cell]:
    body = line.rstrip("\r\n")
    parts = _GAP if "|" in body or "\t" in body else _WIDE
    found = []
    for match in parts.finditer(body):
        words = match.group()
        if said := words.strip():
            first = offset + match.start() + words.find(said)
            found.append(Cell(first, first + len(said), said))
    return found


def _by_column(rows: list[list[Cell]]) -> Grid | None:
    if len(rows[0]) < 3:
        return None
    marks = [_PATIENT.fullmatch(cell.text) for cell in rows[0][1:]]
    if not 2 <= len(marks) <= _MOST or not all(marks):
        return None
    numbers = tuple(int(mark["n"]) for mark in marks if mark is not None)
    columns = tuple(tuple((row[0].text, row[i]) for row in rows[1:]) for i in range(1, len(rows[0])))
    return Grid(rows[0][0].start, rows[-1][-1].end, numbers, columns)


def _by_row(rows: list[list[Cell]]) -> Grid | None:
    head = rows[0]
    if not _CORNER.fullmatch(head[0].text) or not any(AGE.match(c.text) or DRUG.fullmatch(c.text) for c in head[1:]):
        return None
    marks = [_NUMBER.fullmatch(row[0].text) for row in rows[1:]]
    if not 1 <= len(marks) <= _MOST:
        return None
    if all(marks):
        numbers = tuple(int(mark["n"]) for mark in marks if mark is not None)
    elif _listed(rows):
        numbers = tuple(range(1, len(rows)))
    else:
        return None
    patients = tuple(tuple((h.text, c) for h, c in zip(head[1:], row[1:], strict=True)) for row in rows[1:])
    return Grid(head[0].start, rows[-1][-1].end, numbers, patients)


_MARK = Pattern(r"[A-Z]\.?|[A-Z]{0,6}[- /]?\d[\w/-]*", re.IGNORECASE)
_REACTION = Pattern(
    r"\s*(?:suspected\s+)?(?:adverse\s+)?(?:drug\s+)?(?:reactions?|events?|ADRs?|AEs?)\b", re.IGNORECASE
)


def _listed(rows: list[list[Cell]]) -> bool:
    """A listing of cases, each with a letter or the number of its report, age, and reaction or drug."""
    marks = [row[0].text for row in rows[1:]]
    told = any(_REACTION.match(c.text) or DRUG.fullmatch(c.text) for c in rows[0][1:])
    aged = any(AGE.match(c.text) for c in rows[0][1:])
    return len(marks) > 1 and len(set(marks)) == len(marks) and told and aged and all(map(_MARK.fullmatch, marks))
