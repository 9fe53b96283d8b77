"""Wordings of published reports on reactions of the liver and the blood, in words of our own."""

from __future__ import annotations

import pytest

from dechallenge import assess, read
from dechallenge.case import Case


def case_of(text: str) -> Case:
    return read(text).cases[0]


def onset(text: str) -> tuple[float | None, float | None]:
    time = case_of(text).events[0].onset
    assert time is not None
    return time.low, time.high


def findings(text: str) -> dict[str, str]:
    return {f.term: f.state for f in case_of(text).findings}


def roles(text: str) -> dict[str, str]:
    return {link.drug: link.role for link in case_of(text).links}


_ILL = "A man of 60 years presented with jaundice. "
_ALT = " ALT was 500 U/L."


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [
        ("Six weeks earlier he had been diagnosed with hyperthyroidism and was prescribed methimazole.", 39, 45),
        ("Six weeks prior he had been found to have hyperthyroidism and was started on methimazole.", 39, 45),
        ("He had been diagnosed one week earlier with arthritis and was being treated with ceftriaxone.", 0, 10),
        ("He endorsed consuming kava for the past 30 days.", 30, 30),
        ("He admitted ingesting kava 200 mg every day for the last 30 days.", 30, 30),
        ("He had been drinking a tea of kava for the past 30 days.", 30, 30),
    ],
)
def test_a_start_that_is_looked_back_on(told: str, low: float, high: float) -> None:
    assert onset(_ILL + told + _ALT) == (low, high)


def test_what_is_begun_after_an_illness_is_told_forward() -> None:
    text = (
        "A man of 60 years was diagnosed with tuberculosis and was prescribed isoniazid. Six "
        "weeks later he had jaundice."
    )
    assert onset(text) == (39, 45)


def test_a_drug_taken_until_the_visit_is_no_earlier_drug() -> None:
    text = (
        "A 53-year-old woman presented with an absolute neutrophil count of zero and a sore throat. "
        "She had been treated "
        "with propylthiouracil (100 to 150 mg daily) from February 1998 until July 2003 and methimazole (5 to 30 mg "
        "daily) from July 2003 until her presentation in March 2009. Methimazole was stopped."
    )
    assert roles(text)["thiamazole"] == "suspect"
    assert roles(text)["propylthiouracil"] == "previous"
    assert onset(text) == (2040, 2100)


@pytest.mark.parametrize(
    ("text", "drug", "role"),
    [
        (
            "A 40-year-old woman with psoriasis refractory to ciclosporin and who had been recently "
            "started on acitretin 2 "
            "months prior to hospitalization was admitted with jaundice. ALT was 900 U/L. Acitretin was stopped.",
            "acitretin",
            "suspect",
        ),
        (
            "A 40-year-old woman who had undergone a renal transplantation 3 years earlier developed "
            "jaundice after 6 weeks "
            "of isoniazid. ALT was 900 U/L.",
            "isoniazid",
            "suspect",
        ),
        (
            "A man of 40 years took carbamazepine for 5 weeks and had a rash and eosinophilia. After three days of "
            "high-dose prednisone the patient experienced resolution of his symptoms.",
            "prednisone",
            "treatment",
        ),
        (
            "A girl of 17 years had been taking minocycline for 2 years. She had jaundice and "
            "itching that was not relieved "
            "with loratadine. ALT was 784 U/L.",
            "loratadine",
            "treatment",
        ),
        (
            "A woman of 46 years received nitrofurantoin for 3 months and had jaundice with an ALT "
            "of 699 U/L. She was "
            "discharged with oxycodone.",
            "oxycodone",
            "treatment",
        ),
        (
            "A man of 55 years, co-infected with hepatitis B and C, was 4 months into a course of ribavirin. He was "
            "subsequently prescribed a 7-day course of clarithromycin and presented a week later with jaundice. "
            "ALT was 2000 U/L.",
            "clarithromycin",
            "suspect",
        ),
    ],
)
def test_the_role_of_a_drug(text: str, drug: str, role: str) -> None:
    assert roles(text)[drug] == role


@pytest.mark.parametrize(
    ("told", "stopped"),
    [
        ("He was started on prednisone 1 mg/kg daily and ceftriaxone was discontinued.", {"ceftriaxone"}),
        ("He was given intravenous methylprednisolone and ceftriaxone was immediately stopped.", {"ceftriaxone"}),
        ("Ceftriaxone and metronidazole were discontinued.", {"ceftriaxone", "metronidazole"}),
        ("The patient's ceftriaxone and feeding supplements were held.", {"ceftriaxone"}),
    ],
)
def test_which_drug_a_stop_means(told: str, stopped: set[str]) -> None:
    text = (
        "A man of 60 years was on ceftriaxone and metronidazole for 7 days and developed haemolytic anaemia. "
    ) + told
    assert {a.drug for a in case_of(text).actions if a.kind == "stopped"} == stopped


def test_drugs_of_a_denied_list_were_not_taken() -> None:
    text = (
        "A girl of 17 years took minocycline for 2 years and had jaundice. No additional medications "
        "were noted, including "
        "vitamins or paracetamol."
    )
    assert {e.drug for e in case_of(text).exposures} == {"minocycline"}


@pytest.mark.parametrize(
    ("told", "analyte", "value"),
    [
        ("Her absolute neutrophil count was zero.", "NEUT", 0.0),
        ("The white cell count was 3.2 × 10⁹/L with 0 neutrophils.", "NEUT", 0.0),
        ("The film showed zero neutrophils.", "NEUT", 0.0),
        ("A platelet count of zero/µL was reported.", "PLT", 0.0),
    ],
)
def test_none_were_seen(told: str, analyte: str, value: float) -> None:
    case = case_of("A woman of 53 years had taken methimazole for 2 months. " + told)
    assert [m.value for m in case.measurements if m.analyte == analyte] == [value]
    assert not any(c.kind == "implausible value" for c in case.conflicts)


@pytest.mark.parametrize("told", ["She scored zero points for pain.", "At time zero she felt well."])
def test_a_nought_that_counts_no_cells(told: str) -> None:
    case = case_of("A woman of 53 years had taken methimazole for 2 months and had fever. " + told)
    assert not case.measurements


def test_a_count_of_zero_denies_nothing_behind_it() -> None:
    text = "A woman of 53 years on methimazole presented with a neutrophil count of zero, sore throat and fever."
    assert findings(text)["sore throat"] == findings(text)["fever"] == "present"


@pytest.mark.parametrize(
    ("told", "term", "state"),
    [
        ("He had an elevated lactate dehydrogenase.", "lactic acidosis", None),
        ("He had an elevated lactate.", "lactic acidosis", "present"),
        ("He was non-cirrhotic.", "cirrhosis", "absent"),
        ("He was cirrhotic.", "cirrhosis", "present"),
        ("He underwent serum tests for infection history.", "infection", None),
        ("EBV, hepatitis A, B and C testing showed no infection.", "hepatitis A", None),
        ("He had acute hepatitis A.", "hepatitis A", "present"),
        (
            "Ferritin was high, concerning for hemophagocytic lymphohistiocytosis.",
            "hemophagocytic lymphohistiocytosis",
            "uncertain",
        ),
    ],
)
def test_what_is_a_finding(told: str, term: str, state: str | None) -> None:
    assert findings("A man of 50 years took carbamazepine for 2 weeks and had jaundice. " + told).get(term) == state


def test_a_history_behind_a_denied_one() -> None:
    found = findings(
        "A 72-year-old woman with no history of alcohol use, history of diabetes and on "
        "pembrolizumab for a year had jaundice."
    )
    assert found["diabetes mellitus"] == "present"
    denied = findings(
        "A woman of 72 years on pembrolizumab had jaundice. She denied history of diabetes, history of gout or rash."
    )
    assert denied["diabetes mellitus"] == "absent"


@pytest.mark.parametrize(
    ("told", "tests"),
    [
        ("EBV, CMV, hepatitis A and B testing showed no infection.", {"EBV", "CMV", "HAV", "HBV"}),
        ("Serologies for HIV and hepatitis C showed no evidence of acute infection.", {"HIV", "HCV"}),
        ("EBV serology showed a past infection.", set()),
    ],
)
def test_tests_that_showed_no_infection(told: str, tests: set[str]) -> None:
    case = case_of("A man of 50 years took carbamazepine for 2 weeks and had jaundice. " + told)
    assert {t.test for t in case.tests if t.state == "negative"} == tests


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("Bone marrow biopsy did not reveal another cause.", "negative"),
        ("The bone marrow biopsy showed no hemophagocytosis.", "negative"),
        ("The bone marrow biopsy showed hemophagocytosis.", "positive"),
    ],
)
def test_a_biopsy_that_showed_nothing(told: str, state: str) -> None:
    case = case_of("A man of 50 years took carbamazepine for 2 weeks and had fever and pancytopenia. " + told)
    assert [t.state for t in case.tests if "marrow" in t.test] == [state]


@pytest.mark.parametrize(
    ("text", "kind", "term"),
    [
        (
            "Enoxaparin was started in a woman of 59 years upon diagnosis of a deep vein thrombosis. "
            "On day 6 pulmonary "
            "embolism occurred. Heparin-induced thrombocytopenia was suspected and enoxaparin was stopped.",
            "thrombocytopenia",
            "heparin-induced thrombocytopenia",
        ),
        (
            "A man of 67 years was given vancomycin. On day 3 a platelet count of 2,000/µL was found. Diagnoses of "
            "heparin-induced thrombocytopenia and disseminated intravascular coagulation were entertained. "
            "Vancomycin-dependent antibodies were found and vancomycin was stopped.",
            "thrombocytopenia",
            "thrombocytopenia",
        ),
        (
            "We report carbamazepine-induced drug reaction with eosinophilia and systemic symptoms in a "
            "40-year-old man who presented with rash, "
            "hepatitis and fever. Carbamazepine had been initiated five weeks earlier and was discontinued.",
            "severe skin reaction",
            "DRESS",
        ),
        (
            "A man of 64 years took methotrexate 2.5 mg twice a day for three days. He had fever and "
            "an ulcer of the mouth. "
            "Pancytopenia and skin ulcer associated with low-dose methotrexate therapy were diagnosed.",
            "pancytopenia",
            "pancytopenia",
        ),
    ],
)
def test_which_reaction_it_was(text: str, kind: str, term: str) -> None:
    event = case_of(text).events[0]
    assert (event.kind, event.term) == (kind, term)


def test_the_end_of_a_complaint_before_another_is_no_outcome() -> None:
    text = (
        "A girl of 17 years on minocycline for 2 years had abdominal pain. One day after resolution, "
        "she developed itching "
        "and jaundice. ALT was 784 U/L."
    )
    assert case_of(text).events[0].outcome == "unknown"


def test_normal_before_the_visit_is_no_recovery() -> None:
    text = (
        "A woman of 72 years on pembrolizumab for a year presented with jaundice. ALT was 346 U/L "
        "and bilirubin 9.1 mg/dL. "
        "She had normal liver tests prior to presentation."
    )
    assert case_of(text).events[0].outcome == "unknown"


@pytest.mark.parametrize(
    ("told", "low"),
    [
        ("A 6-week follow-up showed normal liver tests.", 39),
        ("Post-discharge 3 week follow up showed normal liver tests.", 18),
    ],
)
def test_a_visit_by_its_time(told: str, low: float) -> None:
    text = (
        "A man of 48 years took kava for 30 days and was admitted with jaundice and an ALT of 900 "
        "U/L. Kava was stopped. "
    )
    days = [s.key_points.recovery_days for s in assess(text + told).cases[0].suspects]
    assert days and days[0] is not None and days[0][0] == low


def test_a_time_that_counts_from_the_recovery() -> None:
    text = (
        "A woman of 48 years took methimazole for 7 weeks and had a neutrophil count of 40/µL. "
        "Methimazole was stopped. "
        "About 3 weeks after she recovered, radioiodine was given."
    )
    case = assess(text).cases[0]
    assert case.events[0].outcome == "recovered"
    assert case.suspects[0].key_points.recovery_days in (None, (0.0, None))


def test_a_count_that_fell_on_after_the_stop() -> None:
    text = (
        "A woman of 75 years was given linezolid. Linezolid was discontinued due to thrombocytopenia "
        "and the platelet count "
        "continued to drop for 9 days."
    )
    assert onset(text)[0] == 0


def test_a_name_held_back() -> None:
    text = (
        "A man of 59 years started Drug X on 11 February 2016; he also took simvastatin. Eight "
        "weeks later he had jaundice. Drug X was stopped."
    )
    assert roles(text)["drug x"] == "suspect"


def test_a_paragraph_of_values_is_of_the_patient() -> None:
    text = (
        "A girl of 17 years took minocycline for 2 years and presented with jaundice.\n"
        "Pertinent laboratory findings included aspartate transaminase (AST), 828 U/L (normal range, "
        "2-40 U/L); alanine "
        "aminotransferase (ALT), 784 U/L (normal range, 3-30 U/L); and alkaline phosphatase, 119 U/L "
        "(normal range, 44-147 "
        "U/L). Tests from before the admission were unknown.\n"
    )
    assert {m.analyte for m in case_of(text).measurements} >= {"ALT", "AST", "ALP"}
