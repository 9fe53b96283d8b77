"""Lines of a flattened table with one column per patient: "Anti-HBc Negative Positive", "Peak ALT, U/L 312 98".

Copied from a PDF, only single spaces hold the cells apart. A line is read where its end divides into one cell for each
patient, each of them a figure or one of the words that stand for a result. May import the patient table, triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.evidence import Document
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.patient_table import PatientTable
from dechallenge.reading.tables.table_grid import Cell

Labelled = tuple[tuple[str, Cell], ...]
"""The label and the cell of every line (or row) that tells of one patient."""

_CELL = (
    r"(?:1\s?[:/]\s?\d{2,5}|[<>≤≥~]?\d[\d.,]*(?:\s?%)?(?:\s\([^()\n]{1,24}\))?|weakly\spositive|not\s(?:done|tested|performed|"
    r"determined|detected|available|assessed|given)|undetectable|detectable|negative|positive|normal|elevated|none|"
    r"unremarkable|absent|present|yes|no|nd|nt|n\.d\.|female|male|recovered|recovering|resolved|improved|died|"
    r"(?:stopped|withdrawn|discontinued|continued|reduced|switched)(?:\s(?:at|to)\s\d[\d.]*\s?m?g)?)"
)
_LABEL = r"(?P<label>[^\W\d_][^\n]{1,60}?)"
_LONGEST = 160
_MOST = 6


def flat_columns(document: Document, tables: Sequence[PatientTable], case: int) -> Labelled:
    """What the lines of the flattened tables say of one patient.

    Args:
        document: The document.
        tables: Its tables with one column per patient.
        case: Number of the column, from 1.
    """
    found: list[tuple[str, Cell]] = []
    for table in tables:
        columns = len(table.labels)
        if not 1 < columns <= _MOST or case > columns:
            continue
        line = Pattern(
            rf"[ \t]*{_LABEL}[ \t:]+" + r"[ \t]+".join(f"(?P<c{i}>{_CELL})" for i in range(columns)) + r"[ \t]*",
            re.IGNORECASE,
        )
        position = table.start
        for words in document.text[table.start : table.end].splitlines(keepends=True):
            start, position = position, position + len(words)
            end = start + len(words.rstrip("\r\n"))
            divided = line.fullmatch(document.text, start, end) if end - start <= _LONGEST else None
            if divided is not None:
                at = divided.span(f"c{case - 1}")
                found.append((divided["label"].rstrip(" ,:"), Cell(*at, document.text[slice(*at)])))
    return tuple(found)
