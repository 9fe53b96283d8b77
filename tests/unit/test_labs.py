"""Laboratory values of prose: which number belongs to which analyte, with which unit and limit."""

from __future__ import annotations

import pytest

from dechallenge.evidence import Document
from dechallenge.reading.laboratory import labs as reader
from dechallenge.reading.laboratory.labs import LabMention, read_labs
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean
from tests.steps import calls


def labs(text: str) -> list[LabMention]:
    cleaned = clean(Document.from_text(text))
    return read_labs(cleaned, sentences(cleaned.text))


def values(text: str) -> list[tuple[str, object, str]]:
    """Analyte, value (or range), unit of every number read."""
    return [
        (m.analyte, m.value if m.value is not None else (m.low, m.high), m.unit)
        for m in labs(text)
        if m.value is not None or m.low is not None
    ]


def words(text: str) -> list[tuple[str, str | None]]:
    """Analyte and result of everything told in words."""
    return [(m.analyte, m.qualitative) for m in labs(text) if m.value is None and m.low is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The serum total bilirubin was 6.8 mg/dL.", [("BILI_TOT", 6.8, "mg/dL")]),
        ("We found an ALT of 1292 U/L.", [("ALT", 1292, "U/L")]),
        ("ALT 3346 U/L, AST 2386 U/L", [("ALT", 3346, "U/L"), ("AST", 2386, "U/L")]),
        ("The enzymes were raised: AST1438 U/L.", [("AST", 1438, "U/L")]),
        ("CRP rose to 217mg/L on the next day.", [("CRP", 217, "mg/L")]),
        ("Bilirubin peaked on day 20 at 17.4 mg/dL.", [("BILI_TOT", 17.4, "mg/dL")]),
        ("His INR on admission was 1.8 and later 1.2.", [("INR", 1.8, "")]),
        ("INR 1.52, platelets of 178,000", [("INR", 1.52, ""), ("PLT", 178000, "")]),
        ("Hb was 9.5 gm%, prothrombin time 17 sec.", [("HB", 9.5, "g/dL"), ("PT_SEC", 17, "s")]),
        ("AST was greater than 250 U/L.", [("AST", 250, "U/L")]),
        ("ESR - 2 mm/hr and ferritin – 905 µg/L", [("ESR", 2, "mm/h"), ("FERRITIN", 905, "ug/L")]),
        ("She had ALT levels as high as 900 U/L.", [("ALT", 900, "U/L")]),
        ("Neutrophils fell again, to 1120/mm3.", [("NEUT", 1120, "/mm3")]),
        ("Neutrophils were stable between 2000 and 3000/mm3.", [("NEUT", (2000, 3000), "/mm3")]),
    ],
)
def test_a_name_and_its_value(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were 8660leucocytes/mm3.", [("WBC", 8660, "/mm3")]),
        ("A neutropenia (750PMN/mm3) was seen.", [("NEUT", 750, "/mm3")]),
        ("They counted 122,000 platelets/mm3.", [("PLT", 122000, "/mm3")]),
        ("The count was 6190neutrophils (PMN)/mm3.", [("NEUT", 6190, "/mm3")]),
        ("The differential showed 14% eosinophils.", [("EOS_PCT", 14, "%")]),
        ("Leukocytes were 7000/cmm (77% neutrophils).", [("WBC", 7000, "/mm3"), ("NEUT_PCT", 77, "%")]),
        ("Eosinophils were 4% (~330/µL).", [("EOS_PCT", 4, "%"), ("EOS", 330, "/uL")]),
    ],
)
def test_cells_and_their_volume(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was pale from an inflammatory anaemia (10.4g/dL).", [("HB", 10.4, "g/dL")]),
        ("thrombocytopenia 115×1012, leukocytosis 22×109", [("PLT", 115, "10*12"), ("WBC", 22, "10*9")]),
        ("Mild eosinophilia (5% and 12%) was noted.", [("EOS_PCT", 5, "%"), ("EOS_PCT", 12, "%")]),
        ("monocytosis (up to 3200/mm3)", [("MONO", 3200, "/mm3")]),
        ("anaemia - HB 89 g/l", [("HB", 89, "g/L")]),
    ],
)
def test_a_diagnosis_names_the_analyte(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected
    assert all(m.implied for m in labs(text)) or "HB 89" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CRP, ASAT and ALAT had fallen to 15mg/L, 8 and 14UNL, respectively.",
            [("CRP", 15, "mg/L"), ("AST", 8, "xULN"), ("ALT", 14, "xULN")],
        ),
        ("AST/ALT were 120/150 U/L.", [("AST", 120, "U/L"), ("ALT", 150, "U/L")]),
        (
            "Urea nitrogen and creatinine were raised (84 and 2.7 mg/dL).",
            [("BUN", 84, "mg/dL"), ("CREAT", 2.7, "mg/dL")],
        ),
        ("ASAT and ALAT were 1-2 UNL.", [("AST", (1, 2), "xULN"), ("ALT", (1, 2), "xULN")]),
        (
            "Total and direct bilirubin were 6.5 and 4.2 mg/dL.",
            [("BILI_TOT", 6.5, "mg/dL"), ("BILI_DIR", 4.2, "mg/dL")],
        ),
        ("IgG 2300, IgA 600, IgM 300 mg/dL", [("IGG", 2300, "mg/dL"), ("IGA", 600, "mg/dL"), ("IGM", 300, "mg/dL")]),
        ("Calcium and osteopontin were 9.6 mg/dL and 47 pg/mL, respectively.", [("CA", 9.6, "mg/dL")]),
    ],
)
def test_lists_of_names_and_values(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Neutrophils fell from 3800 to 1500/mm3 but returned to 3000/mm3 within 5 days.",
        "The PMN count stayed normal: it fell from 3800 to 1500/mm3 but returned to 3000/mm3.",
        "The neutrophil count dropped from 3800/mm3 to 1500/mm3, then rose to 3000/mm3.",
    ],
)
def test_a_series_keeps_its_order(text: str) -> None:
    assert values(text) == [("NEUT", 3800, "/mm3"), ("NEUT", 1500, "/mm3"), ("NEUT", 3000, "/mm3")]


def test_a_pronoun_carries_the_analyte_into_the_next_sentence() -> None:
    assert values("ALT was 600 U/L on admission. It rose to 800 U/L two days later.") == [
        ("ALT", 600, "U/L"),
        ("ALT", 800, "U/L"),
    ]


def test_a_clause_without_a_subject_goes_on_with_the_analyte() -> None:
    found = labs("Bilirubin was 2.5 mg/dL and rose over the next few months to 6.2 mg/dL.")
    assert [(m.value, m.rule) for m in found] == [(2.5, "copula"), (6.2, "carried")]


@pytest.mark.parametrize(
    "text",
    [
        "bilirubin was 6.8 mg/dL (6.6 direct)",
        "bilirubin 6.8 mg/dL, 6.6 mg/dL direct, was seen",
        "bilirubin of 6.8 mg/dL with a direct fraction of 6.6 mg/dL",
        "bilirubin was high (total=6.8 and direct=6.6 mg/dL)",
        "bilirubin of 6.8 mg/dL (direct 6.6 mg/dL)",
    ],
)
def test_fractions_of_bilirubin(text: str) -> None:
    assert values(text) == [("BILI_TOT", 6.8, "mg/dL"), ("BILI_DIR", 6.6, "mg/dL")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ALT levels were 27 times the upper limit of the normal range.", 27),
        ("ALT was 3-fold elevated.", 3),
        ("ALT was between 4 and 6 times the upper limit of normal.", (4, 6)),
        ("ALT was twice normal.", 2),
        ("ALT was five times higher than normal.", 5),
        ("ALAT 5 N", 5),
        ("ALT > 10 × ULN", 10),
    ],
)
def test_multiples_of_the_upper_limit(text: str, value: object) -> None:
    assert values(text) == [("ALT", value, "xULN")]


def test_the_limit_may_be_printed_with_the_last_of_two() -> None:
    assert values("ASAT was 70 times and ALAT 24 times the upper limit of normal.") == [
        ("AST", 70, "xULN"),
        ("ALT", 24, "xULN"),
    ]
    assert values("ALT was measured 3 times.") == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("ALT was 120 U/L (normal <42).", None, 42),
        ("ALT was 120 U/L (reference range 7–56 U/L).", 7, 56),
        ("ALT was 120 U/L (7-56).", 7, 56),
        ("ALT was 120 U/L (ULN 40).", None, 40),
        ("ALT (normal <40) was 120 U/L.", None, 40),
        ("ALAT 120 U/L (N: 10-50)", 10, 50),
    ],
)
def test_printed_limits_are_no_second_value(text: str, low: float | None, high: float) -> None:
    (found,) = labs(text)
    assert found.value == 120
    assert found.limit is not None
    assert (found.limit.low, found.limit.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("ferritin >10000 µg/L", ">"),
        ("ANC <0.5×10^9/L", "<"),
        ("ALT of about 500 U/L", "~"),
        ("CRP up to 90 mg/L", "<="),
    ],
)
def test_comparators_are_kept(text: str, comparator: str) -> None:
    (found,) = labs(text)
    assert found.comparator == comparator


@pytest.mark.parametrize(
    ("text", "analyte", "value", "unit"),
    [
        ("Prothrombin time 61%", "PT_PCT", 61, "%"),
        ("Prothrombin time 18.4 seconds", "PT_SEC", 18.4, "s"),
        ("The prothrombin ratio (TP) fell. Two days later TP was 51%.", "PT_PCT", 51, "%"),
        ("Neutrophils 60%", "NEUT_PCT", 60, "%"),
        ("Neutrophils 1.2 x 10^9/L", "NEUT", 1.2, "10*9/L"),
        ("alkaline phosphatase 36 K-A U/L", "ALP", 36, "[ka'U]/L"),
    ],
)
def test_the_unit_decides_between_analytes_of_one_name(text: str, analyte: str, value: float, unit: str) -> None:
    assert values(text) == [(analyte, value, unit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CRP 83,4 mg/L, bilirubine 12,5 mg/L", [("CRP", 83.4, "mg/L"), ("BILI_TOT", 12.5, "mg/L")]),
        ("plaquettes 90 000/mm3, leucocytes 12 500/mm3", [("PLT", 90000, "/mm3"), ("WBC", 12500, "/mm3")]),
        ("ferritin 278,500 μg/L", [("FERRITIN", 278500, "ug/L")]),
    ],
)
def test_decimal_commas_and_thousands(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bilirubin and amylase were normal.", [("BILI_TOT", "normal"), ("AMYLASE", "normal")]),
        ("Ferritin, ceruloplasmin and TSH were within normal limits.",
         [("FERRITIN", "normal"), ("CERULO", "normal"), ("TSH", "normal")]),
        ("She had a normal INR.", [("INR", "normal")]),
        ("We saw elevated ALT and AST.", [("ALT", "elevated"), ("AST", "elevated")]),
        ("an increase in triglycerides and fall in fibrinogen", [("TG", "elevated"), ("FIBRINOGEN", "decreased")]),
        ("Normalization of LDH and ferritin followed.", [("LDH", "normalised"), ("FERRITIN", "normalised")]),
        ("Transaminases were mildly elevated.", [("G_TRANSAMINASES", "elevated")]),
        ("Liver tests returned to normal.", [("G_LIVER_TESTS", "normalised")]),
        ("Platelets were not decreased.", [("PLT", "normal")]),
        ("There was no change in bilirubin.", [("BILI_TOT", "unchanged")]),
        ("There were no coagulation abnormalities.", [("G_COAGULATION", "normal")]),
        ("Liver tests began to improve and were normal six weeks later.", [("G_LIVER_TESTS", "normal")]),
        ("elevated ALT and normal bilirubin", [("ALT", "elevated"), ("BILI_TOT", "normal")]),
        ("The ALT was nearly normal.", []),
    ],
)  # fmt: skip
def test_results_in_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert words(text) == expected


def test_a_number_and_a_word_are_one_result() -> None:
    (found,) = labs("Ceruloplasmin was normal (34.4 mg/dL).")
    assert (found.value, found.qualitative) == (34.4, "normal")


@pytest.mark.parametrize(
    "text",
    [
        "She took prednisone 40 mg and, for ALT, nothing.",
        "ALT was measured in 25 patients.",
        "ALT 3 and 4 weeks later was not recorded.",
        "ANA was positive at 1:80 and SMA at 1:160.",
        "The pattern was hepatocellular (R=32).",
        "Tumour cells stained for CK7 and CK 19.",
        "Anakinra 143090-92-0 C759-H1186-N208-0232-S10",
        "Neutropenia was reported before [5].",
        "In 2010 ALT was not measured.",
        "The AST/ALT ratio was 2.1.",
        "ALT decreased by 50%.",
        "She received 2 units of platelets and 300 mL of albumin 20 minutes later.",
    ],
)
def test_what_is_no_laboratory_value(text: str) -> None:
    assert values(text) == []


def test_an_abbreviation_defined_otherwise_is_left_alone() -> None:
    text = "He had a sarcoid reaction (SR). SR 20 mm/h"
    assert values("SR 20 mm/h") == [("ESR", 20, "mm/h")]
    assert values(text) == []


def test_spans_hold_name_and_value_inside_one_sentence() -> None:
    text = (
        "Before that, all of her tests had been well and the alkaline phos-\nphatase level was 300 U/L. Then she left."
    )
    cleaned = clean(Document.from_text(text))
    spans = sentences(cleaned.text)
    (found,) = read_labs(cleaned, spans)
    assert cleaned.text[found.start : found.end] == "alkaline phosphatase level was 300 U/L"
    assert cleaned.text[found.value_start : found.value_end] == "300 U/L"
    first, last = spans[found.sentence]
    assert first <= found.start < found.end <= last
    quote = cleaned.quote(found.start, found.end)
    assert text[quote.start : quote.end] == quote.quote == "alkaline phos-\nphatase level was 300 U/L"


@pytest.mark.parametrize(
    "unit",
    [
        "ALT 50 U/L, ",
        "ALT and ",
        "(ALT ",
        "and 5 or ",
        "fell from 5 to ",
        "was normal and ",
        "7 to 8 ",
        "1 234 567 ",
        "10 x ",
    ],
)
def test_twice_the_sentence_is_twice_the_work(unit: str) -> None:
    def work(size: int) -> int:
        text = (unit * (size // len(unit)))[:size]
        cleaned = clean(Document.from_text(text))
        reader._looked_up.cache_clear()
        return calls(lambda: read_labs(cleaned, [(0, len(cleaned.text))]))

    work(24_000)  # what is made once
    assert work(24_000) < 2.3 * work(12_000)
