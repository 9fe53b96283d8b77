"""Wordings met in published reports that were read wrongly at first sight, in sentences of our own."""

from __future__ import annotations

import pytest

from dechallenge import read
from dechallenge.case import Case
from dechallenge.reading.laboratory.extremewords import IN_BRACKETS
from dechallenge.reading.story.presentation import lasted

MAN = "A 60-year-old man"


def case(text: str) -> Case:
    return read(text).cases[0]


def onset(text: str) -> tuple[float | None, float | None]:
    time = case(text).events[0].onset
    return (None, None) if time is None else (time.low, time.high)


def roles(text: str) -> dict[str, str]:
    return {link.drug: link.role for link in case(text).links}


def findings(text: str) -> set[tuple[str, str]]:
    return {(f.term, f.state) for f in case(text).findings}


# --- times -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [
        (
            f"{MAN} was admitted with a 2-week history of jaundice. He had started flucloxacillin 4 weeks previously.",
            8,
            20,
        ),
        (
            f"{MAN} was started on flucloxacillin on 3 March 2020. On 20 March 2020 he was admitted with a 5-day "
            "history of malaise and jaundice.",
            9,
            15,
        ),
        (f"{MAN} was admitted with jaundice. He reported taking terbinafine for 4 weeks.", 25, 31),
        (f"{MAN} presented with jaundice. He disclosed use of a green tea extract for the past 3 months.", 75, 107),
        (
            f"{MAN} was admitted with jaundice. On day 7 in hospital he recalled taking terbinafine 5 days before "
            "admission.",
            4,
            6,
        ),
        (
            f"{MAN} came because of jaundice. His medications included simvastatin and minocycline for acne. He had "
            "been taking the latter medication for 2 years. Minocycline was stopped.",
            640,
            820,
        ),
    ],
)
def test_onset(told: str, low: float, high: float) -> None:
    first, last = onset(told)
    assert first is not None and last is not None
    assert low <= first <= last <= high


def test_what_is_recalled_later_was_not_begun_then() -> None:
    first, last = onset(f"{MAN} was admitted with jaundice. On day 7 he recalled taking terbinafine.")
    assert first == 0.0 and last is None


def test_a_course_under_way_is_not_over() -> None:
    told = case(f"{MAN} was 4 months into a 6-month course of peginterferon and ribavirin when he developed jaundice.")
    (first,) = [e for e in told.exposures if e.drug == "peginterferon"]
    assert first.stop is None or first.stop.low is None or first.stop.low < 180


def test_a_course_is_that_of_the_drug_behind_it() -> None:
    told = case(
        f"{MAN} had taken simvastatin for 3 years. He was prescribed a 7-day course of clarithromycin for a cough and "
        "presented a week later with jaundice."
    )
    by_drug = {e.drug: e for e in told.exposures}
    stop = by_drug["simvastatin"].stop
    assert stop is None or stop.point != 7


@pytest.mark.parametrize(
    ("text", "sign", "days"),
    [
        ("with a 2-week history of jaundice", "jaundice", 14),
        ("with a 10-day history of fatigue, dark urine and jaundice", "jaundice", 10),
        ("with a 3-day history of fever, and was found to have jaundice", "jaundice", None),
        ("with a history of gout and jaundice", "jaundice", None),
    ],
)
def test_how_long_a_sign_of_a_list_had_lasted(text: str, sign: str, days: float | None) -> None:
    found = lasted(text, (0, len(text)), text.index(sign))
    assert (found.point if found is not None else None) == days


# --- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "value", "days"),
    [
        ("Bilirubin was 120 μmol/L (peak 614 μmol/L), AST 244 U/L.", 614, (17, None)),
        ("Bilirubin was 120 μmol/L (peak 614), AST 244 U/L.", 614, (17, None)),
        ("Platelets were 40 × 10⁹/L (nadir 12 × 10⁹/L).", 12, (17, None)),
        ("ALT was 312 U/L (maximum 900 U/L on 25 March), AST 244 U/L.", 900, (22, 22)),
    ],
)
def test_an_extreme_in_brackets(told: str, value: float, days: tuple[float, float | None]) -> None:
    text = f"{MAN} took isoniazid from 3 March 2020. On 20 March 2020 he had jaundice. {told} Isoniazid was stopped."
    found = {m.value: m.time for m in case(text).measurements}
    time = found[value]
    assert time is not None and (time.low, time.high) == days
    others = [t for v, t in found.items() if v != value]
    assert all(t is not None and (t.low, t.high) == (17, 17) for t in others)


def test_words_of_an_extreme() -> None:
    assert IN_BRACKETS.match("(peak 614") and IN_BRACKETS.match("(with a maximum of 900")
    assert not IN_BRACKETS.match("(normal < 40")


def test_a_paragraph_of_results_alone_belongs_to_the_patient() -> None:
    told = (
        f"THE CASE\n{MAN} took minocycline and came because of jaundice.\nLaboratory findings included aspartate "
        "transaminase (AST), 828 U/L (normal range, 2-40 U/L); alanine aminotransferase (ALT), 784 U/L (normal range, "
        "3-30 U/L); and alkaline phosphatase, 119 U/L (normal range, 44-147 U/L). Earlier results were unknown. A "
        "coagulation panel, blood count and urinalysis all were within normal limits.\n"
    )
    found = case(told)
    assert {m.analyte for m in found.measurements} >= {"AST", "ALT", "ALP"}
    assert found.events[0].outcome == "unknown"  # other tests were normal, not the liver


def test_general_talk_with_figures_ends_the_case() -> None:
    told = (
        f"THE CASE\n{MAN} took minocycline and came because of jaundice.\nIn the literature, a mean ALT of 784 U/L, a "
        "mean AST of 828 U/L and a mean alkaline phosphatase of 119 U/L are found, and the mechanism of this injury is "
        "unknown; several explanations have been offered by various authors over the years.\n"
    )
    assert case(told).measurements == ()


# --- findings and endings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "expected", "never"),
    [
        ("He was non-cirrhotic.", ("cirrhosis", "absent"), ("cirrhosis", "present")),
        ("He had non-bloody diarrhoea.", ("diarrhea", "present"), ("hematochezia", "present")),
        ("He had a non-productive cough.", ("cough", "present"), ("cough", "absent")),
        ("He was a non-diabetic.", ("diabetes mellitus", "absent"), ("diabetes mellitus", "present")),
        ("He had non-alcoholic fatty liver disease.", ("nonalcoholic fatty liver disease", "present"), ("", "")),
    ],
)
def test_words_with_non(told: str, expected: tuple[str, str], never: tuple[str, str]) -> None:
    found = findings(f"{MAN} took isoniazid. {told} He then had jaundice.")
    assert expected in found
    assert never not in found


@pytest.mark.parametrize(
    "told",
    [
        "ALT was 312 U/L.\nINR = international normalised ratio.",
        "The cough had gone. One day after resolution, he developed itching.",
    ],
)
def test_no_end_of_the_reaction(told: str) -> None:
    assert case(f"{MAN} took isoniazid for 4 weeks and developed jaundice. {told}").events[0].outcome == "unknown"


# --- drugs -----------------------------------------------------------------------------------------------------------


def test_a_drug_given_before_the_patient_came_back() -> None:
    told = (
        f"{MAN} with chronic hepatitis C was 4 months into a course of peginterferon. He was prescribed clarithromycin "
        "for a chest infection and presented a week later with jaundice."
    )
    assert roles(told)["clarithromycin"] == "suspect"


def test_a_drug_given_for_what_then_got_better_is_no_suspect_by_it() -> None:
    told = (
        f"{MAN} took isoniazid for 4 weeks and developed jaundice. Isoniazid was stopped. He was given prednisolone, "
        "and the jaundice resolved 2 weeks later."
    )
    assert roles(told)["prednisolone"] != "suspect"


def test_two_things_held_of_which_one_is_no_known_drug() -> None:
    told = (
        f"{MAN} had itching, which was not relieved with loratadine, and jaundice. His current medications included "
        "minocycline. His minocycline and protein shakes were held. No additional medications were noted, including "
        "vitamins or supplements."
    )
    assert roles(told) == {"minocycline": "suspect", "loratadine": "treatment"}


def test_listed_with_the_suspect_it_was_taken_with_it() -> None:
    told = (
        f"{MAN} came because of jaundice. His medications were losartan and minocycline. No other drugs were taken. "
        "Minocycline was stopped."
    )
    assert roles(told)["losartan"] == "concomitant"


@pytest.mark.parametrize(
    ("told", "stopped"),
    [
        ("The former was stopped and the latter was continued.", {"amoxicillin"}),
        ("The latter was stopped.", {"simvastatin"}),
    ],
)
def test_the_former_and_the_latter(told: str, stopped: set[str]) -> None:
    found = case(f"{MAN} took amoxicillin and simvastatin. He had jaundice on day 7. {told}")
    assert {a.drug for a in found.actions if a.kind == "stopped"} == stopped


def test_an_allergy_in_history_is_no_drug_taken() -> None:
    told = (
        f"{MAN} with a history of hypersensitivity to co-trimoxazole had angioedema an hour after taking sumatriptan."
    )
    assert set(roles(told)) == {"sumatriptan"}


def test_a_myopathy_is_part_of_rhabdomyolysis() -> None:
    told = (
        f"{MAN} on simvastatin was started on clarithromycin. Three weeks later he had rhabdomyolysis and acute renal "
        "failure. A muscle biopsy showed a necrotising myopathy."
    )
    assert [e.kind for e in case(told).events] == ["rhabdomyolysis", "acute kidney injury"]


# --- abstracts -------------------------------------------------------------------------------------------------------

CAPITALS = """Lactic acidosis associated with linezolid: a case report

BACKGROUND Linezolid is used for many infections. CASE REPORT A 50-year-old woman received linezolid for 25
days, then had vomiting. Upon admission, lactic acidosis was found. CONCLUSIONS Physicians should be aware of it.

MeSH terms

  • Acidosis, Lactic / chemically induced*
"""
STOPS = """Background. Tocilizumab is used for arthritis. Case. A young woman was treated with tocilizumab. After 19
months she developed acute liver injury. She recovered 6 weeks after treatment discontinuation. Conclusion. Careful
monitoring is needed."""
POSTER = """Introduction: Pembrolizumab is a checkpoint inhibitor. Description: 72 y/o female on pembrolizumab presented
with jaundice. ALT was 346 U/L. Discussion: Most cases occur within 2 months."""


@pytest.mark.parametrize(
    ("text", "drug", "kind"),
    [
        (CAPITALS, "linezolid", "lactic acidosis"),
        (STOPS, "tocilizumab", "liver injury"),
        (POSTER, "pembrolizumab", "liver injury"),
    ],
)
def test_parts_of_an_abstract(text: str, drug: str, kind: str) -> None:
    (found,) = read(text).cases
    assert [e.kind for e in found.events] == [kind]
    assert {link.drug for link in found.links if link.role == "suspect"} == {drug}


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ("The platelet count dropped from 1,68,000 cells to 74,000 on day 12.", {168000, 74000}),
        ("The platelet counts further dropped to 58,000 on day 13.", {58000}),
        ("The granulocyte count was 4,350 cells x 10(6)/l.", {4350}),
        ("Neutrophils were 0.3 x 10^9 cells/L.", {0.3}),
    ],
)
def test_counts(told: str, values: set[float]) -> None:
    found = case(f"{MAN} took linezolid for 2 weeks and had a rash. {told}").measurements
    assert {m.value for m in found} == values


def test_a_state_that_was_over() -> None:
    told = f"{MAN} took linezolid. Platelets, which were initially normal, started declining from day 7."
    assert [(m.analyte, m.qualitative) for m in case(told).measurements] == [("PLT", "decreased")]


def test_an_infection_of_missing_neutrophils() -> None:
    told = (
        "Treatment of carbimazole-induced agranulocytosis and sepsis\n\nA 72-year-old woman had a sore throat two "
        "weeks after starting carbimazole. Tests confirmed neutropenia. She was treated for neutropenic sepsis."
    )
    assert case(told).events[0].kind == "neutropenia"


@pytest.mark.parametrize("told", ["she tolerated oral intake", "she tolerated a full diet"])
def test_a_meal_is_no_re_exposure(told: str) -> None:
    found = case(
        "A 67-year-old woman was started on azathioprine. Three weeks later she had pancreatitis, and it was stopped. "
        f"Given the recent initiation of azathioprine, it was blamed. She improved, and {told}."
    )
    assert [a.kind for a in found.actions] == ["started", "stopped"]


def test_a_re_exposure_that_confirmed() -> None:
    found = case(
        f"{MAN} was given mesalazine and then azathioprine, and had pancreatitis. The causative effect of azathioprine "
        "was confirmed by performing a re-challenge."
    )
    (again,) = [a for a in found.actions if a.kind == "restarted"]
    assert (again.drug, again.result) == ("azathioprine", "positive")


def test_somebody_else_at_the_same_hospital() -> None:
    told = (
        "A 46-year-old woman developed jaundice after kava. She underwent transplantation. At our same facility a "
        "60-year-old woman was referred with jaundice. She endorsed use of kava."
    )
    found = read(told).cases
    assert [c.patient.age.value for c in found if c.patient.age] == [46, 60]
    assert [[(k.drug, k.role) for k in c.links] for c in found] == [[("kava", "suspect")]] * 2


def test_what_was_published_over_the_years_is_not_of_the_patient() -> None:
    told = f"{MAN} had jaundice after kava. Over the past 50 years 21 herbs and 12 dietary supplements were reported."
    assert set(roles(told)) == {"kava"}
