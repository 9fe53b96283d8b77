"""What a table with one column per patient says of one of them, beside its laboratory values.

May import the patient table, drugs, text and the case model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dechallenge.case import Exposure, Finding, Patient
from dechallenge.evidence import Document
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.patient_table import PatientTable
from dechallenge.reading.tables.table_grid import Cell
from dechallenge.reading.texts.text import clean

_NONE = Pattern(r"^\s*(?:none|no|nil|never|denie[sd]|negative|0|-|absent)\b\s*$", re.IGNORECASE)


def _cells(tables: Sequence[PatientTable], case: int, *kinds: str) -> Iterator[tuple[str, Cell]]:
    for table in tables:
        for row in table.rows:
            if row.kind in kinds and 1 <= case <= len(row.cells):
                yield row.kind, row.cells[case - 1]


def with_rows(document: Document, tables: Sequence[PatientTable], case: int, patient: Patient) -> Patient:
    """The patient with what only the table says (alcohol, BMI)."""
    changed: dict[str, object] = {}
    for kind, cell in _cells(tables, case, "alcohol", "bmi"):
        words = (document.quote(cell.start, cell.end),)
        if kind == "alcohol" and patient.alcohol is None and _NONE.match(cell.text):
            changed |= {"alcohol": "absent", "alcohol_evidence": words}
        if kind == "bmi" and patient.bmi is None:
            number = re.search(r"\d{2}(?:\.\d+)?", cell.text)
            if number:
                changed |= {"bmi": float(number.group()), "bmi_evidence": words}
    return patient.model_copy(update=changed) if changed else patient


def row_findings(document: Document, tables: Sequence[PatientTable], case: int) -> tuple[Finding, ...]:
    """Findings stated as "none": alcohol, history of liver disease, concomitant medication."""
    terms = {
        "alcohol": "alcohol consumption",
        "liver history": "liver disease in history",
        "concomitant medications": "other medication",
    }
    out = []
    for kind, cell in _cells(tables, case, *terms):
        if _NONE.match(cell.text):
            words = (document.quote(cell.start, cell.end),)
            out.append(Finding(term=terms[kind], kind="history", state="absent", history=True, evidence=words))
    return tuple(out)


def row_exposures(
    document: Document, tables: Sequence[PatientTable], case: int, known: Sequence[Exposure]
) -> list[Exposure]:
    """Concomitant drugs that only the table names; the words are added to exposures that are known already."""
    out = list(known)
    for _, cell in _cells(tables, case, "concomitant medications"):
        if cell.end <= cell.start:
            continue
        text = clean(document, cell.start, cell.end)
        for mention in read_drugs(text.text, [(0, len(text.text))]):
            if not mention.drug:
                continue
            words = text.quote(mention.start, mention.end)
            index = next((i for i, e in enumerate(out) if e.drug == mention.drug), None)
            if index is not None:
                out[index] = out[index].model_copy(update={"evidence": (*out[index].evidence, words)})
            else:
                out.append(
                    Exposure(
                        id=f"x{len(out) + 1}",
                        drug=mention.drug,
                        as_written=words.quote,
                        ingredients=mention.ingredients,
                        kind=mention.kind,
                        role="concomitant",
                        reason="listed as concomitant medication in the patient table",
                        evidence=(words,),
                    )
                )
    return out
