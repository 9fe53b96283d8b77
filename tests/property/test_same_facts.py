"""A report rendered into another format is the same report: same drugs, values, times, actions, tests and outcome.

The reports are our own; nothing of them was published. Tables have what the formats treat differently: analytes in
rows, limits as ranges, decimal commas, exponents, blank cells, cells of several lines.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dechallenge import Case, Document, read
from dechallenge.case import Time
from dechallenge.evidence import TextEvidence
from tests import samples

ANALYTES_IN_ROWS = """Hepatitis during long treatment with nitrofurantoin

Case report

A 58-year-old woman had used nitrofurantoin 50 mg at night for 14 months because of recurrent cystitis. She also took
levothyroxine 100 µg daily and drank no alcohol. She was seen for fatigue and nausea. ALT was 21.4 µkat/L (reference
< 0.76 µkat/L), ALP 2.6 µkat/L (0.6–1.8 µkat/L) and bilirubin 48 µmol/L (< 26 µmol/L). Platelets were 241 × 10^9/L.
Tests for hepatitis A, B and C were negative, and an ultrasound of the liver was unremarkable. Nitrofurantoin was
stopped on the same day, and levothyroxine was continued. All tests were normal after 12 weeks.

Table 1. Laboratory results before treatment, on the day of withdrawal and in the weeks behind it until recovery

Analyte\tReference range\tBefore treatment\tDay 0\tWeek 2\tWeek 6\tWeek 12
ALT (µkat/L)\t< 0.76\t0.4\t21.4\t9.2\t2.8\t0.7
Alkaline phosphatase (µkat/L)\t0.6–1.8\t1.1\t2.6\t2.4\t1.9\t1.5
Bilirubin (µmol/L)\t< 26\t9\t48\t39\t18\t11
Platelets (×10^9/L)\t150–400\t251\t241\t238\tND\t260

Discussion

In a series of 52 patients the mean bilirubin was 112 µmol/L. A 36-year-old woman relapsed after re-exposure.
"""
DECIMAL_COMMAS = """Agranulocytosis after repeated exposure to metamizole

Case history

In January 2015 a 45-year-old man received metamizole 500 mg four times daily for 10 days after an operation. In
November 2015 he was given metamizole 1 g three times daily for renal colic. On the third day he had chills and painful
ulcers of the mouth. The leucocytes were 0,9 × 10^9/l (normal 4,0–10,0 × 10^9/l), the neutrophils 0,05 × 10^9/l and
the haemoglobin 13,9 g/dl. Blood cultures were negative. Metamizole was stopped and filgrastim 480 µg daily was given.
The neutrophils were 3,2 × 10^9/l on day 9 after withdrawal, when he was discharged.

Table 1. Blood counts

Day after withdrawal\tLeucocytes ×10^9/l (4,0–10,0)\tNeutrophils ×10^9/l (1,8–7,5)\tCRP mg/l (< 5)
0\t0,9\t0,05\t212
4\t1,1\t0,11\t130
6\t2,3\t0,6\t
9\t6,8\t3,2\t19

Discussion

In a Swiss study of 77 reports the median latency was 13 days.
"""
REPORTS = {"analytes in rows": ANALYTES_IN_ROWS, "decimal commas": DECIMAL_COMMAS, "clocks": samples.TABLED}


def when(time: Time | None) -> Any:
    return None if time is None else (time.low, time.high)


def facts(case: Case) -> Counter[Any]:
    """What a case says, without the words it was read from."""
    kinds = {event.id: event.kind for event in case.events}
    found: list[Any] = [("patient", case.patient.age and case.patient.age.value, case.patient.sex)]
    found += [(x.drug, kinds.get(x.event), x.role, when(x.latency)) for x in case.links]
    found += [(e.kind, e.primary, when(e.onset), e.outcome, when(e.recovery)) for e in case.events]
    found += [(x.drug, x.role, x.dose and x.dose.value, when(x.start), when(x.stop)) for x in case.exposures]
    found += [(a.kind, a.drug, when(a.time), a.result) for a in case.actions]
    found += [(t.test, t.state) for t in case.tests]
    for m in case.measurements:
        limit = m.limit and (m.limit.low, m.limit.high)
        found.append((m.analyte, m.value, m.low, m.high, m.comparator, m.unit, m.qualitative, when(m.time), limit))
    return Counter(found)


@pytest.mark.parametrize("which", REPORTS)
def test_the_report_says_what_it_should(which: str) -> None:
    (case,) = read(Document.from_text(REPORTS[which])).cases
    assert len([m for m in case.measurements if m.value is not None]) > 10
    assert any(link.role == "suspect" for link in case.links)


@pytest.mark.parametrize("name", samples.FORMATS)
@pytest.mark.parametrize("which", REPORTS)
def test_every_format_says_the_same(which: str, name: str, tmp_path: Path) -> None:
    wanted = [facts(case) for case in read(Document.from_text(REPORTS[which])).cases]
    file = tmp_path / name
    file.write_bytes(samples.FORMATS[name](REPORTS[which]))
    reading = read(file)
    assert [facts(case) for case in reading.cases] == wanted
    (document,) = reading.documents
    quotes = [e for case in reading.cases for m in case.measurements for e in m.evidence if isinstance(e, TextEvidence)]
    assert quotes and all(document.text[e.start : e.end] == e.quote for e in quotes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_says_the_same(encoding: str, end: str, tmp_path: Path) -> None:
    wanted = [facts(case) for case in read(Document.from_text(DECIMAL_COMMAS)).cases]
    file = tmp_path / "report.txt"
    file.write_bytes(DECIMAL_COMMAS.replace("\n", end).encode(encoding))
    assert [facts(case) for case in read(file).cases] == wanted
