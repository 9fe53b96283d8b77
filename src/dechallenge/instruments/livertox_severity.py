"""Severity of a drug-induced liver injury as LiverTox grades its cases, 1+ to 5+.

The grades of DILIN (`dilin_severity`), with one more way to grade 4: jaundice that lasts beyond three months. Imports
only the vocabulary of facts, the logic and the definition that it adds to.
"""

from __future__ import annotations

from dataclasses import replace

from dechallenge.facts.vocabulary.liver import jaundice_beyond_3_months
from dechallenge.instruments.dilin_severity import INJURY, JAUNDICE
from dechallenge.instruments.dilin_severity import INSTRUMENT as DILIN
from dechallenge.logic.instrument import Example, Option

RECALLED = "the words of this criterion are from memory; the page of LiverTox could not be read"

LASTING = Option(
    4,
    "bilirubin ≥ 2.5 mg/dL, and jaundice with symptoms beyond 3 months",
    JAUNDICE & jaundice_beyond_3_months,
    unverified=RECALLED,
)
_GRADES = DILIN.items[0]
_AT = 1 + next(i for i, option in enumerate(_GRADES.options) if option.gives == 4)

INSTRUMENT = replace(
    DILIN,
    id="livertox-severity",
    title="Severity of a liver injury as LiverTox grades its cases (1+ to 5+)",
    edition="LiverTox, NBK548241",
    year=2019,
    purpose="How severe the injury became, by the grades of DILIN with the addition of LiverTox for lasting jaundice.",
    items=(
        replace(
            _GRADES,
            options=(*_GRADES.options[:_AT], LASTING, *_GRADES.options[_AT:]),
            source="Fontana 2009, as quoted in PMC8807695, Table 4; LiverTox, Severity Grading (NBK548241)",
        ),
    ),
    reference="LiverTox: Clinical and Research Information on Drug-Induced Liver Injury. Severity grading in drug "
    "induced liver injury. National Institute of Diabetes and Digestive and Kidney Diseases. NBK548241.",
    doi="",
    verification="The grades of DILIN read in two sources; what LiverTox adds and the year are from memory.",
    notes=(
        *DILIN.notes,
        "Lasting jaundice counts from onset: bilirubin ≥ 2.5 mg/dL, or jaundice told, more than 90 days after it.",
    ),
    examples=(
        Example(
            "bilirubin 12, INR 1.1, jaundiced for five months, never in hospital",
            {
                **INJURY,
                "bili_peak_mg_dl": 12.0,
                "inr_peak": 1.1,
                "jaundice_beyond_3_months": True,
                "hospitalised": False,
                "death_or_transplant": False,
            },
            score=4,
            category="severe",
        ),
        Example(
            "the same, jaundice gone after a month",
            {
                **INJURY,
                "bili_peak_mg_dl": 12.0,
                "inr_peak": 1.1,
                "ascites": False,
                "encephalopathy": False,
                "other_organ_failure": False,
                "jaundice_beyond_3_months": False,
                "hospitalised": False,
                "death_or_transplant": False,
            },
            score=2,
            category="moderate",
        ),
    ),
)
