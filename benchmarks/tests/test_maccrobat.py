"""The MACCROBAT measurement on records of our own: an echo reaches everything, a spoiled one loses what was spoiled."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.maccrobat import Tally, compare, gold_values, measure, read_values
from benchmarks.maccrobat_terms import is_elsewhere, is_generic
from benchmarks.maccrobat_terms import test_ids as ids_of
from benchmarks.shared import Missing
from benchmarks.tests.echo import quote

Json = dict[str, Any]
TEXT = (
    "Her ALT was 120 U/L and blood pressure was 90/60 mmHg.\n"
    "White cells were 12,500/mm3 with 80% neutrophils, ejection fraction 35%.\n"
    "CSF showed glucose 20 mg/dL.\nShe was tachycardic (125 bpm), measured 31 g/L.\n"
)


def entity(number: int, kind: str, words: str) -> Json:
    start = TEXT.index(words)
    return {"id": f"T{number}", "type": kind, "spans": [[start, start + len(words)]], "text": words}


ENTITIES = [
    entity(1, "Diagnostic_procedure", "ALT"),
    entity(2, "Lab_value", "120 U/L"),
    entity(3, "Diagnostic_procedure", "blood pressure"),
    entity(4, "Lab_value", "90/60 mmHg"),
    entity(5, "Diagnostic_procedure", "White cells"),
    entity(6, "Lab_value", "12,500/mm3"),
    entity(7, "Lab_value", "80% neutrophils"),
    entity(8, "Diagnostic_procedure", "ejection fraction"),
    entity(9, "Lab_value", "35%"),
    entity(10, "Diagnostic_procedure", "glucose"),
    entity(11, "Lab_value", "20 mg/dL"),
    entity(12, "Sign_symptom", "tachycardic"),
    entity(13, "Lab_value", "125 bpm"),
    entity(14, "Diagnostic_procedure", "measured"),
    entity(15, "Lab_value", "31 g/L"),
]
RECORD: Json = {
    "id": "1",
    "text": TEXT,
    "entities": ENTITIES,
    "events": [["E1", ["Diagnostic_procedure", "T1"]], ["E2", ["Diagnostic_procedure", "T5"]]],
    "relations": [
        ["MODIFY", "T2", "E1"],
        ["MODIFY", "T7", "E2"],
        ["MODIFY", "T9", "T8"],
        ["MODIFY", "T13", "T12"],
        ["MODIFY", "T15", "T14"],
    ],
}
PERFECT = [
    ("ALT", 120.0, "U/L", "120 U/L"),
    ("BP_SYS", 90.0, "mm[Hg]", "90/60 mmHg"),
    ("WBC", 12500.0, "/mm3", "12,500/mm3"),
    ("NEUT_PCT", 80.0, "%", "80% neutrophils"),
    ("HEART_RATE", 125.0, "/min", "125 bpm"),
]


def counted(values: list[tuple[str, float, str, str]]) -> dict[str, Tally]:
    measurements = []
    for analyte, value, unit, words in values:
        start = TEXT.index(words)
        evidence = [quote(TEXT, start, start + len(words))]
        measurements.append({"analyte": analyte, "value": value, "unit_as_written": unit, "evidence": evidence})
    tallies = {"labs": Tally(), "vitals": Tally()}
    compare(RECORD, read_values({"cases": [{"measurements": measurements}]}), tallies)
    return tallies


def test_a_perfect_reading_reaches_everything() -> None:
    found = counted(PERFECT)
    assert (found["labs"].found, found["labs"].missed, found["labs"].wrong) == (3, 0, 0)
    assert (found["vitals"].found, found["vitals"].missed, found["vitals"].wrong) == (2, 0, 0)
    assert found["labs"].united == found["labs"].with_unit == 3


def test_the_annotation_is_read_by_relation_by_nearness_and_by_its_own_words() -> None:
    by_words = {gold.text: gold for gold in gold_values(RECORD)}
    assert by_words["120 U/L"].ids == {"ALT"}
    assert by_words["12,500/mm3"].ids == {"WBC"}  # no relation: the nearest test of the line
    assert by_words["80% neutrophils"].ids == {"NEUT", "NEUT_PCT"}
    assert by_words["125 bpm"].ids == {"HEART_RATE"}
    assert by_words["35%"].judged and not by_words["35%"].ids
    assert not by_words["20 mg/dL"].ids  # of the spinal fluid


@pytest.mark.parametrize(
    ("spoiled", "missed", "wrong"),
    [
        (("AST", 120.0, "U/L", "120 U/L"), 1, 1),  # another analyte
        (("ALT", 121.0, "U/L", "120 U/L"), 1, 1),  # another number
        (("ALT", 120.0, "U/L", "White cells"), 1, 1),  # other words
    ],
)
def test_a_spoiled_value_is_missed_and_wrong(spoiled: tuple[str, float, str, str], missed: int, wrong: int) -> None:
    found = counted([spoiled, *PERFECT[1:]])["labs"]
    assert (found.missed, found.wrong) == (missed, wrong)


@pytest.mark.parametrize(
    ("extra", "wrong", "unjudged"),
    [
        (("HCT", 35.0, "%", "35%"), 1, 0),  # the ejection fraction
        (("GLU", 20.0, "mg/dL", "20 mg/dL"), 1, 0),  # a glucose of the spinal fluid as one of the blood
        (("ALB", 31.0, "g/L", "31 g/L"), 0, 1),  # the annotation does not tell the test
    ],
)
def test_extra_values(extra: tuple[str, float, str, str], wrong: int, unjudged: int) -> None:
    found = counted([*PERFECT, extra])["labs"]
    assert (found.wrong, found.unjudged) == (wrong, unjudged)


def test_names_of_tests() -> None:
    assert ids_of("serum creatinine levels") == {"CREAT"}
    assert ids_of("white blood cell count") == {"WBC"}
    assert not ids_of("left ventricular ejection fraction")
    assert not ids_of("urine albumin")
    assert is_generic("laboratory tests") and not is_generic("ejection fraction")
    assert is_elsewhere("The CSF showed a protein of ") and not is_elsewhere("CSF was clear, serum sodium ")


def test_the_corpus_itself() -> None:
    try:
        tallies = measure(lambda text, name: {"cases": []})
    except Missing as error:
        pytest.skip(str(error))
    assert tallies["labs"].found == 0 and tallies["labs"].missed > 250 and tallies["vitals"].missed > 100
