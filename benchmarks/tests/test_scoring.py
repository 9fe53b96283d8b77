"""The rules by which single answers are counted."""

from __future__ import annotations

import pytest

from benchmarks.evidence import overlap, quotes, unsupported
from benchmarks.intervals import counts, narrow
from benchmarks.scores import Share, f_score, verdict
from benchmarks.terms import analyte_id, canonical, lab_of, same_drug


@pytest.mark.parametrize(
    ("read", "printed", "ok"),
    [
        ([18, 24], (21, 21), True),
        ([23, 23], (21, 21), True),
        ([27, 27], (21, 21), False),  # a quarter of 21 is 5.25 days
        ([26, 26], (21, 21), True),
        ([None, 21], (21, 21), False),  # an open end never counts
        (None, (21, 21), False),
        ([0, 30], (21, 21), False),  # 30 days wide: more than 14 and more than half of 15
        ([75, 105], (90, 90), True),  # 30 days wide, but less than half of 90
        ([9, 9], (0, 7), True),
        ([10, 10], (0, 7), False),
    ],
)
def test_interval_counts(read: list[float | None] | None, printed: tuple[float, float], ok: bool) -> None:
    assert counts(read, [printed]) is ok


def test_any_printed_span_counts() -> None:
    assert counts([50, 50], [(10, 10), (50, 50)])


def test_width_limit_is_fourteen_days_or_half_the_midpoint() -> None:
    assert narrow((0, 14)) and not narrow((0, 15))
    assert narrow((75, 125)) and not narrow((74, 126))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((178000, "/cmm", "PLT"), (178, "10*9/L", "PLT")),
        ((116, "x10^12/L", "PLT"), (116000, "10*9/L", "PLT")),
        ((750, "/mm3", "NEUT"), (0.75, "×10⁹/L".replace("⁹", "9"), "NEUT")),
        ((90, "g/L", "HB"), (9.0, "g/dL", "HB")),
        ((22, "G/L", "WBC"), (22, "10*9/L", "WBC")),
        ((6.8, "mg/dL", "BILI_TOT"), (116.3, "µmol/L", "BILI_TOT")),
        ((278500, "μg/L", "FERRITIN"), (278500, "ng/mL", "FERRITIN")),
        ((9500, None, "WBC"), (9500, "/mm3", "WBC")),
        ((70, "UNL", "AST"), (70, "xULN", "AST")),
    ],
)
def test_units_meet(left: tuple[float, str | None, str], right: tuple[float, str, str]) -> None:
    first, second = canonical(left[2], left[0], left[1]), canonical(right[2], right[0], right[1])
    assert first[1] == second[1]
    assert first[0] == pytest.approx(second[0], rel=2e-3)


def test_other_unit_is_another_value() -> None:
    base = lab_of({"analyte": "CRP", "value": 120, "unit": "mg/L"})
    assert not base.same(lab_of({"analyte": "CRP", "value": 120, "unit": "g/L"}))
    assert not base.same(lab_of({"analyte": "CRP", "value": 121, "unit": "mg/L"}))
    assert not base.same(lab_of({"analyte": "ESR", "value": 120, "unit": "mg/L"}))
    assert base.same(lab_of({"analyte": "C-reactive protein", "value": 12, "unit": "mg/dL"}))


def test_names_of_analytes() -> None:
    assert analyte_id("GOT (AST)") == analyte_id("ASAT") == "AST"
    assert analyte_id("Alk P") == analyte_id("alkaline phosphatase") == "ALP"
    assert analyte_id("direct bilirubin") != analyte_id("bilirubin")


@pytest.mark.parametrize(
    ("expected", "got", "ok"),
    [
        ("Amoxicillin", "amoxicillin/clavulanate", True),
        ("Amoxicillin", "amoxicillin-clavulanate", True),
        ("Diclofenac", "diclofenac sodium", True),
        ("Khat", "Catha edulis", True),
        ("Moringa", "moringa oleifera", True),
        ("Prednisone", "prednisolone", False),
        ("Nifedipine", "amlodipine", False),
        ("Anakinra", None, False),
        ("Corticosteroids", "pulse corticosteroids", True),
        ("steroids", "glucocorticoid", True),
        ("steroids", "anabolic steroid", False),
    ],
)
def test_same_drug(expected: str, got: str | None, ok: bool) -> None:
    assert same_drug(expected, got) is ok


def test_quotes_are_found_wherever_they_stand_and_compared() -> None:
    text = "ALT 3346 U/L"
    good = {"document": "d", "start": 0, "end": 3, "quote": "ALT"}
    result = {"cases": [{"suspects": [{"x": {"evidence": [good, {**good, "end": 4}]}}]}], "e": {**good, "start": -3}}
    found = list(quotes(result))
    assert [quote.holds(text) for quote in found] == [True, False, False]
    assert found[0].where == ".cases[0].suspects[0].x.evidence[0]"


def test_claims_without_evidence_are_listed() -> None:
    result = {"cases": [{"tests": [{"test": "HAV"}, {"test": "HBV", "evidence": [{"entered_by": "x", "at": "y"}]}]}]}
    assert unsupported(result) == [".cases[0].tests[0]"]


def test_overlap_needs_a_common_character() -> None:
    assert overlap([(0, 5)], [(4, 9)]) and not overlap([(0, 5)], [(5, 9)])


def test_shares_and_scores() -> None:
    assert str(Share(33, 36)) == "33/36 91.7 %" and str(Share(0, 0)) == "-"
    assert f_score(8, 2, 2) == pytest.approx(0.8) and f_score(0, 3, 0) == 0
    assert verdict(97.0, 97) == "ok" and verdict(96.9, 97) == "below" and verdict(1.6, 1.5, at_most=True) == "above"
