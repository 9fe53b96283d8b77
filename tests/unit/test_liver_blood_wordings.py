"""Wordings of published reports of liver injury and blood reactions, retold: ends, anchors, re-exposures, work-ups."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case, Measurement
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader


def case(text: str) -> Case:
    (found,) = ProseReader().read([Document.from_text(text)]).cases
    return found


def rechallenge(text: str) -> str:
    return dechallenge.assess(Document.from_text(text)).cases[0].suspects[0].key_points.rechallenge


LIVER = (
    "A 50-year-old man became jaundiced 3 weeks after starting nefazodone. ALT was 900 U/L. Nefazodone was stopped. "
)
LOW = "A 50-year-old man was given carbimazole. After 30 days neutrophils were 200/µL. "


@pytest.mark.parametrize(
    ("start", "end", "outcome"),
    [
        (LIVER, "Liver enzymes continued to downtrend.", "recovering"),
        (LIVER, "He had persistent pruritus, with mild improvement.", "not recovered"),
        (LIVER, "The pruritus improved markedly.", "recovering"),
        (LIVER, "Imaging confirmed cirrhosis.", "unknown"),
        (LIVER, "Enzymes improved, but a repeat biopsy after a year showed cirrhosis.", "not recovered"),
        (
            LOW,
            "Carbimazole was stopped. He left hospital with improved symptoms and resolved neutropenia.",
            "recovered",
        ),
        (LOW, "Carbimazole was stopped. His mental state markedly improved.", "unknown"),
        (LOW, "Carbimazole was stopped. His counts markedly improved.", "recovering"),
        (LOW, "The dose of lithium was increased to 400 mg.", "unknown"),
        (LOW, "Due to worsening of the fever, he was admitted.", "unknown"),
        (LOW, "Carbimazole was stopped. This haematological effect resolved within nine days.", "recovered"),
    ],
)
def test_an_end_is_of_the_reaction(start: str, end: str, outcome: str) -> None:
    assert case(start + end).events[0].outcome == outcome


@pytest.mark.parametrize(
    ("finding", "outcome"),
    [
        ("Renal function tests were within normal limits.", "unknown"),
        ("Her depressive disorder worsened.", "unknown"),
        ("Ferritin normalised within four weeks.", "recovered"),
    ],
)
def test_an_end_of_another_organ_is_none_of_a_macrophage_activation(finding: str, outcome: str) -> None:
    told = (
        "A woman of 38 years developed haemophagocytic lymphohistiocytosis two weeks after starting lamotrigine. "
        "Ferritin was 12,000 ng/mL. Lamotrigine was stopped. "
    )
    assert case(told + finding).events[0].outcome == outcome


def test_the_function_of_the_liver_at_the_outset_is_no_end() -> None:
    told = (
        "A 35-year-old man presented with flu-like symptoms for 3 days, nausea and vomiting after taking kava. "
        "ALT was 3300 U/L. Liver function including protein and PT/INR was normal. Kava was stopped. "
    )
    assert case(told + "Liver enzymes started down trending over one week.").events[0].outcome == "recovering"


AT_FIRST = (
    "We present a patient who was successfully rechallenged with clozapine after discontinuation due to neutropenia. "
)
THEN = (
    "A 45-year-old man was started on clozapine at the age of 37. After admission he developed pneumonia. "
    "Twenty-three days after the onset of pneumonia, his neutrophil count was 1370/mm3 and clozapine was discontinued. "
)


def test_what_is_announced_is_counted_once() -> None:
    told = AT_FIRST + THEN + "We rechallenged him with clozapine, because the neutropenia may have had other causes. "
    told += "He remained well on clozapine with no recurrence of neutropenia."
    found = case(told)
    assert rechallenge(told) == "negative"
    assert [a.kind for a in found.actions if a.drug == "clozapine"][:2] == ["started", "stopped"]


def test_the_onset_of_another_illness_is_not_that_of_the_reaction() -> None:
    onset = case(THEN).events[0].onset
    assert onset is not None
    assert (onset.low, onset.high) == (23.0, None)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (
            "A 67-year-old man received vancomycin for 5 days. Thirty-six hours later vancomycin was reinitiated. "
            "On the third day a platelet count of 1,000/µL was found. Vancomycin was stopped.",
            "not done",
        ),
        (
            "A 72-year-old man developed thrombocytopenia following re-exposure to vancomycin. Platelets remained "
            "refractory until drug discontinuation, with recovery to 71,000/µL within one week.",
            "not assessable",
        ),
        (
            "A 67-year-old man received vancomycin for 5 days and had a platelet count of 9,000/µL. Vancomycin was "
            "stopped and platelets recovered to 210,000/µL. Vancomycin was given again; platelets fell to 4,000/µL.",
            "positive",
        ),
    ],
)
def test_a_second_course_that_brings_the_first_reaction(text: str, result: str) -> None:
    assert rechallenge(text) == result


@pytest.mark.parametrize(
    ("told", "given"),
    [
        ("The diagnosis was made after excluding heparin-induced thrombocytopenia.", False),
        ("Heparin-induced thrombocytopenia was considered unlikely.", False),
        ("Heparin was given as prophylaxis.", True),
        ("Heparin-induced thrombocytopenia developed on day 8 of enoxaparin.", True),
    ],
)
def test_a_diagnosis_looked_for_is_no_drug(told: str, given: bool) -> None:
    found = case("A 72-year-old man was started on vancomycin. After 8 days platelets were 3,000/µL. " + told)
    assert ("heparin" in {e.drug for e in found.exposures}) is given


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (
            "A 45-year-old woman was started on carbimazole. Two weeks after the dose was increased "
            "she had neutrophils of "
            "200/µL.",
            11.0,
            None,
        ),
        (
            "A 45-year-old woman was started on carbimazole. After six weeks the dose was increased to 40 mg. Ten days "
            "after the dose increase she had neutrophils of 200/µL.",
            49.0,
            55.0,
        ),
        (
            "A 45-year-old woman was started on carbimazole. Two weeks after the first dose she had "
            "neutrophils of 200/µL.",
            11.0,
            17.0,
        ),
    ],
)
def test_a_time_counted_from_a_change_of_the_dose(text: str, low: float, high: float | None) -> None:
    onset = case(text).events[0].onset
    assert onset is not None
    assert (onset.low, onset.high) == (low, high)


def test_a_course_that_was_over_is_counted_from_its_end() -> None:
    onset = (
        case(
            "A 65-year-old man was admitted to hospital. It had been 21 days since he had used flucloxacillin for 7 "
            "days. "
            "Laboratory data showed raised liver enzymes."
        )
        .events[0]
        .onset
    )
    assert onset is not None
    assert onset.low is not None and onset.low >= 21.0


def test_a_drug_begun_after_the_first_complaint_is_not_what_it_came_from() -> None:
    onset = (
        case(
            "A 51-year-old lady was referred with a 6-month history of palpitations and weight loss. Thyrotoxicosis "
            "was "
            "found and she was started on carbimazole 40 mg daily with propranolol 80 mg. 4weeks later, "
            "she developed jaundice. "
            "ALT was 402 U/L. Carbimazole was then stopped."
        )
        .events[0]
        .onset
    )
    assert onset is not None
    assert (onset.low, onset.high) == (25.0, 31.0)


def test_a_treatment_that_was_stopped_had_begun_before() -> None:
    found = case(
        "A 34-year-old woman developed haemolytic anaemia during treatment with dapsone. She presented with a 1-week "
        "history of fatigue. Since then, she had been receiving dapsone along with prednisone. At "
        "admission, Hb was 6.7 g/dL. "
        "The woman's dapsone therapy was stopped."
    )
    onset = found.events[0].onset
    assert onset is None or onset.high is None


def _values(text: str) -> list[tuple[str, float | None, float | None, float | None]]:
    def shown(m: Measurement) -> tuple[str, float | None, float | None, float | None]:
        return (m.analyte, m.value, m.time.low if m.time else None, m.time.high if m.time else None)

    return [shown(m) for m in case("A 50-year-old man was started on nefazodone. " + text).measurements]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "ALT was 659 U/L, falling to 120 U/L on day 7.",
            [("ALT", 659.0, 0.0, 7.0), ("ALT", 120.0, 7.0, 7.0)],
        ),
        (
            "AST and ALT were 659 and 415 U/L, falling to 120 and 98 U/L on day 7.",
            [("AST", 659.0, 0.0, 7.0), ("ALT", 415.0, 0.0, 7.0), ("AST", 120.0, 7.0, 7.0), ("ALT", 98.0, 7.0, 7.0)],
        ),
        (
            "AST and ALT fell from 659 and 415 U/L to 120 and 98 U/L on day 7.",
            [("AST", 659.0, None, 7.0), ("ALT", 415.0, None, 7.0), ("AST", 120.0, 7.0, 7.0), ("ALT", 98.0, 7.0, 7.0)],
        ),
        (
            "On day 7 ALT was 659 U/L, falling to 120 U/L.",
            [("ALT", 659.0, 7.0, 7.0), ("ALT", 120.0, 7.0, None)],
        ),
        (
            "ALT rose to 659 U/L on day 3, and fell to 120 U/L on day 7.",
            [("ALT", 659.0, 3.0, 3.0), ("ALT", 120.0, 7.0, 7.0)],
        ),
        (
            "ALT was 659 U/L and AST 300 U/L on day 7.",
            [("ALT", 659.0, 7.0, 7.0), ("AST", 300.0, 7.0, 7.0)],
        ),
    ],
)
def test_values_that_moved_on_have_each_their_time(text: str, values: list[object]) -> None:
    assert _values(text) == values


def test_free_thyroxine_with_a_capital() -> None:
    assert [v[0] for v in _values("TSH <0.05 mIU/L, Free T4 62.7 pmol/L.")] == ["TSH", "FT4"]


@pytest.mark.parametrize(
    ("told", "tests"),
    [
        (
            "Workup was negative for autoimmune, infectious, metabolic and vascular causes of liver injury.",
            {"autoantibodies": "negative", "viral hepatitis": "negative"},
        ),
        (
            "Extensive workup for viral, autoimmune and metabolic etiologies was unremarkable.",
            {"autoantibodies": "negative", "viral hepatitis": "negative"},
        ),
        (
            "Further workup including viral serology of HSV, EBV and CMV; ANA; anti-smooth muscle "
            "antibody was negative.",
            {"HSV": "negative", "EBV": "negative", "CMV": "negative", "ANA": "negative", "SMA": "negative"},
        ),
        ("The direct antiglobulin test was strong positive with IgG and C3d positive.", {"Coombs test": "positive"}),
        (
            "She had elevations in IgG and IgM, and a positive direct Coombs test.",
            {"IgG": "positive", "Coombs test": "positive"},
        ),
        ("He had a viral infection and an autoimmune thyroiditis in childhood.", {}),
        ("ANA was positive; ceruloplasmin was negative.", {"ANA": "positive", "ceruloplasmin": "negative"}),
    ],
)
def test_a_workup_told_by_kinds_of_causes(told: str, tests: dict[str, str]) -> None:
    found = case("A 50-year-old man was given cefalexin. Ten days later he had jaundice and ALT 900 U/L. " + told)
    assert {t.test: t.state for t in found.tests if t.state != "not reported"} == tests


def test_what_causes_are_sought_of_is_not_absent() -> None:
    found = case(LIVER + "Other causes of hepatitis and cholestasis were excluded.")
    assert "absent" not in {f.state for f in found.findings if f.term == "cholestasis"}


def test_a_stay_is_not_denied_by_a_test() -> None:
    found = case(LIVER + "He tested negative for COVID-19 on admission.")
    assert "absent" not in {f.state for f in found.findings if f.term == "hospitalization"}


def test_the_definition_of_a_serious_event_tells_nothing() -> None:
    found = case(
        "An event is serious (based on the ICH definition) when the patient outcome is:\n\n* "
        "death\n\n* life-threatening\n\n"
        "* disability\n\n* other medically important event\n\nA 27-year-old woman developed "
        "pancytopenia after methotrexate."
    )
    assert "death" not in {f.term for f in found.findings}
    assert found.events[0].seriousness == ()


def test_a_lesson_begins_nothing() -> None:
    found = case(
        LOW
        + "Carbimazole was stopped. He recovered after 9 days. This case suggests that neutrophils should be monitored "
        "throughout the course of treatment with carbimazole."
    )
    assert "restarted" not in {a.kind for a in found.actions}


def test_a_heading_glued_to_a_stop() -> None:
    found = case(
        "Objective:To report a case of anemia in a patient who received cefotetan (CTT).Summary:A "
        "47-year-old woman received "
        "3 doses of cefotetan. Hemoglobin was 6.3 g/dL. Cefotetan was discontinued.Conclusion:Anemia "
        "may follow cefotetan."
    )
    assert found.patient.age is not None and found.patient.age.value == 47.0
    assert [m.value for m in found.measurements] == [6.3]


@pytest.mark.parametrize(
    ("title", "drug"),
    [
        ("Carbimazole and the liver", "carbimazole"),
        ("Carbamazepine and the liver", "carbamazepine"),
        ("", "carbamazepine"),
    ],
)
def test_a_short_form_means_the_drug_that_is_named(title: str, drug: str) -> None:
    found = case(
        f"{title}\n\nA 40-year-old woman was given CBZ 20 mg once daily. One month later ALT was 900 U/L.".strip()
    )
    assert {e.drug for e in found.exposures} == {drug}


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("She had acute kidney injury secondary to lupus nephritis. ", "methemoglobinemia"),
        ("She had no other illness. ", "methemoglobinemia"),
        ("After two weeks of lithium she had acute kidney injury. Lithium was stopped. ", "acute kidney injury"),
    ],
)
def test_a_complaint_that_came_of_an_illness_is_no_reaction(before: str, kind: str) -> None:
    told = "An 84-year-old woman was seen. " + before
    told += "She was started on dapsone for prophylaxis. Shortly after, she had dizziness and methaemoglobinaemia."
    assert case(told).events[0].kind == kind


def _latency(text: str) -> tuple[float | None, float | None]:
    days = dechallenge.assess(Document.from_text(text)).cases[0].suspects[0].key_points.latency_days
    return (days[0], days[1]) if days is not None else (None, None)


def test_a_reaction_during_a_monotherapy_began_some_time_after_its_start() -> None:
    assert _latency(
        "A 76-year-old man with lung cancer developed hepatitis during pembrolizumab monotherapy. ALT was 900 U/L."
    ) == (0.0, None)


def test_each_drug_of_a_completed_treatment_was_begun_before() -> None:
    found = case(
        "A 53-year-old man developed neutropenia 6 weeks after completing first-line therapy with rituximab, "
        "cyclophosphamide and vincristine for lymphoma. Neutrophils were 300/µL."
    )
    later = [e.drug for e in found.exposures if e.start is not None and e.start.low is not None and e.start.low > 0]
    assert later == []


def test_times_told_respectively_count_from_the_stop() -> None:
    told = (
        "A 72-year-old man received four cycles of pembrolizumab. He developed a rash and discontinued pembrolizumab; "
        "he developed hepatitis and neutropenia at 92 days and 118 days, respectively, from discontinuation. "
        "Neutrophils were 100/µL and recovered to 3,000/µL 12 days later."
    )
    assert dechallenge.assess(Document.from_text(told)).cases[0].suspects[0].key_points.dechallenge != "positive"


@pytest.mark.parametrize(
    ("told", "drinks"),
    [
        ("No recent change in medication or alcohol use was reported.", False),
        ("He reported daily alcohol use.", True),
    ],
)
def test_what_did_not_change_is_no_drinking(told: str, drinks: bool) -> None:
    found = case(LIVER + told)
    assert any(f.term == "alcohol use" and f.state == "present" for f in found.findings) is drinks
