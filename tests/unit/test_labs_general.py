"""Laboratory values of general medicine: gases, hormones, markers, vital signs, other fluids, broken forms."""

from __future__ import annotations

import pytest

from dechallenge.evidence import Document
from dechallenge.reading.laboratory.labs import LabMention, read_labs
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean


def labs(text: str) -> list[LabMention]:
    cleaned = clean(Document.from_text(text))
    return read_labs(cleaned, sentences(cleaned.text))


def values(text: str) -> list[tuple[str, object, str]]:
    return [
        (m.analyte, m.value if m.value is not None else (m.low, m.high), m.unit)
        for m in labs(text)
        if m.value is not None or m.low is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Arterial gas: pH 7.21, PaCO2 62 mm Hg, PaO2 8.1 kPa, base excess −9.5 mmol/L and SaO2 86%.",
            [
                ("PH", 7.21, ""),
                ("PCO2", 62, "mm[Hg]"),
                ("PO2", 8.1, "kPa"),
                ("BASE_EXCESS", -9.5, "mmol/L"),
                ("SAO2", 86, "%"),
            ],
        ),
        ("Troponin T rose to 412 ng/L.", [("TROPONIN", 412, "ng/L")]),
        ("NT-proBNP was 3,210 pg/mL, CK-MB 9 ng/mL.", [("NT_PROBNP", 3210, "pg/mL"), ("CKMB", 9, "ng/mL")]),
        (
            "Cortisol was 610 nmol/L, prolactin 88 µg/L and FT3 2.4 pmol/L.",
            [("CORTISOL", 610, "nmol/L"), ("PROLACTIN", 88, "ug/L"), ("FT3", 2.4, "pmol/L")],
        ),
        ("CEA was 12.5 ng/mL and CA 19-9 40 U/mL.", [("CEA", 12.5, "ng/mL"), ("CA19_9", 40, "U/mL")]),
        ("Pro-NT brain natriuretic peptide was 800 pg/mL.", [("NT_PROBNP", 800, "pg/mL")]),
        ("Brain natriuretic peptide was 800 pg/mL.", [("BNP", 800, "pg/mL")]),
        ("The blood lead level was 44 µg/dL.", [("LEAD", 44, "ug/dL")]),
        (
            "Calcium and PTH were 10.9 mg/dL and 150 pg/mL, respectively.",
            [("CA", 10.9, "mg/dL"), ("PTH", 150, "pg/mL")],
        ),
        (
            "25-OH vitamin D was 18 ng/mL and 1,25-OH vitamin D 40 pg/mL.",
            [("VITD25", 18, "ng/mL"), ("VITD125", 40, "pg/mL")],
        ),
    ],
)
def test_further_analytes(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "An infusion may lead to 44 µg/dL less.",
        "He took insulin 20 U/day and an ACE inhibitor.",
        "The tumour was staged T4N1M0 and T3 signal was high in 12 slices.",
        "A change of the pH was not measured.",
    ],
)
def test_words_that_are_no_analytes_here(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Blood pressure was 85/50 mmHg, pulse 128/min, respiratory rate 26 breaths/min, SpO2 91%.",
            [
                ("BP_SYS", 85, "mm[Hg]"),
                ("BP_DIA", 50, "mm[Hg]"),
                ("HEART_RATE", 128, "/min"),
                ("RESP_RATE", 26, "/min"),
                ("SPO2", 91, "%"),
            ],
        ),
        (
            "Her blood pressure and heart rate were 95/55 mmHg and 118 beats per minute.",
            [("BP_SYS", 95, "mm[Hg]"), ("BP_DIA", 55, "mm[Hg]"), ("HEART_RATE", 118, "/min")],
        ),
        ("The pulmonary artery systolic pressure was 60 mmHg.", []),
        ("A pulse of methylprednisolone was given; ALT was 80 U/L.", [("ALT", 80, "U/L")]),
    ],
)
def test_vital_signs(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert sorted(values(text), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CSF showed 300 leukocytes/µL and a glucose of 30 mg/dL, serum sodium was 131 mmol/L.",
            [("NA", 131, "mmol/L")],
        ),
        ("Ascitic fluid contained albumin 1.1 g/dL; albumin was 2.9 g/dL.", [("ALB", 2.9, "g/dL")]),
        ("Urinary sodium was 20 mmol/L.", []),
        ("Lumbar puncture was unremarkable and CRP 120 mg/L.", [("CRP", 120, "mg/L")]),
        ("He noticed dark urine; ALT was 900 U/L.", [("ALT", 900, "U/L")]),
        ("He had dark urine and ALT of 900 U/L.", [("ALT", 900, "U/L")]),
    ],
)
def test_values_of_other_fluids_are_not_of_the_blood(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He had agranulocytosis with a count of 650/mm3.", [("NEUT", 650, "/mm3")]),
        ("The neutrophils fell on day 9, with a count of 400/µL.", [("NEUT", 400, "/uL")]),
        ("Neutrophils and platelets fell, with a count of 400/µL.", []),  # of which of the two?
        ("Protein/albumin was 6.1/3.2 g/dL.", [("ALB", 3.2, "g/dL")]),
        ("Potassium was 5.8 (3.5-5.1) mmol/L.", [("K", 5.8, "mmol/L")]),
        ("PTH 9 pg/mL (15-65 pg/mL), PTHrP 3 pg/mL.", [("PTH", 9, "pg/mL")]),  # the second is another thing
        ("White blood cells were 14,300 µL.", [("WBC", 14300, "uL")]),
        (
            "Platelets were 70 × 109/L for years but were noted to fall from 60 × 109/L in May 2006 to 9 × 109/L.",
            [("PLT", 70, "10*9/L"), ("PLT", 60, "10*9/L"), ("PLT", 9, "10*9/L")],
        ),
        (
            "pH, PaCO2 and PaO2 were 7.50, 34 and 67 mmHg.",
            [("PH", 7.5, ""), ("PCO2", 34, "mm[Hg]"), ("PO2", 67, "mm[Hg]")],
        ),
        ("She had severe hypercapnia (71 mmHg).", [("PCO2", 71, "mm[Hg]")]),
    ],
)
def test_forms(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected


def test_a_stroke_lost_before_microlitres_is_flagged_and_repaired() -> None:
    from dechallenge.lexicon.analytes import load_analytes
    from dechallenge.lexicon.units import unit

    flag = load_analytes().check("WBC", 14300, unit("uL"))
    assert flag is not None and flag.repair is not None and str(flag.repair.unit.code) == "/uL"


def test_calcium_is_calcium_and_no_electrolyte_panel() -> None:
    assert {m.analyte for m in labs("Serum calcium was normal.")} == {"CA"}
    assert {m.analyte for m in labs("Serum electrolytes were normal.")} == {"G_ELECTROLYTES"}
