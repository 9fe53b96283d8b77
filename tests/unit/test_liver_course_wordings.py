"""Onset, stop, stay and recovery of liver injuries as monographs word them. Each report is our own."""

from __future__ import annotations

from typing import Any

import pytest

import dechallenge
from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.texts.sentences import sentences

A_MAN = "A 50-year-old man "
ILL = "ALT was 900 U/L and bilirubin 6 mg/dL. "


def assessed(text: str) -> Any:
    """The first suspect of the only case."""
    return dechallenge.assess(Document.from_text(text)).cases[0].suspects[0]


def latency(text: str) -> Any:
    return assessed(text).key_points.latency_days


def recovery(text: str) -> Any:
    """`[low, high]` in days from the stop, or from onset where the drug went on."""
    return assessed(text).key_points.recovery_days


def read(text: str) -> Case:
    (case,) = ProseReader().read([Document.from_text(text)]).cases
    return case


def stopped(case: Case) -> list[str | None]:
    return [action.drug for action in case.actions if action.kind == "stopped"]


# --- the start ----------------------------------------------------------------------------------------------------


def test_a_start_told_by_its_length_alone() -> None:
    bought = "A 25-year-old woman bought ashwagandha capsules. "
    end = " three weeks she developed jaundice and dark urine. She stopped the capsules. " + ILL
    assert latency(bought + "After taking them for" + end) == (18, 24)
    assert latency(bought + "After sleeping badly for" + end) != (18, 24)


def test_began_to_use_is_a_start() -> None:
    text = A_MAN + "began to use kratom on March 3, 2017{}. On April 1, 2017 he became jaundiced. " + ILL
    assert latency(text.format("")) == (29, 29)
    assert [e.start for e in read(A_MAN + "began to feel ill. He became jaundiced. " + ILL).exposures] == []


def test_the_length_of_a_first_dose_step_is_not_that_of_the_course() -> None:
    text = A_MAN + "took bupropion (150 mg daily for 3 days{}) for a cough. Two weeks later he had jaundice. " + ILL
    assert latency(text.format(", then twice daily")) == (11, 17)
    assert latency(text.format("")) == (14, 20)


def test_after_a_time_shorter_than_the_planned_course_counts_from_its_start() -> None:
    text = A_MAN + "was prescribed pyrazinamide for two months. {} he became jaundiced. " + ILL
    assert latency(text.format("After five weeks")) == (32, 38)
    assert latency(text.format("Five weeks later")) == (77, 113)


def test_a_later_day_of_a_plan_is_day_zero_of_the_drug_given_on_it() -> None:
    text = A_MAN + "received a single injection of pegaspargase on day 4. On day {} he was jaundiced. " + ILL
    assert latency(text.format(17)) == (13, 13)
    text = A_MAN + "received pegaspargase, and on day 4 he went home. On day {} he was jaundiced. " + ILL
    assert latency(text.format(17)) == (17, 17)


def test_quitting_a_habit_stops_no_drug() -> None:
    text = A_MAN + "took bupropion to quit {}. At six weeks he had jaundice. " + ILL
    assert stopped(read(text.format("smoking"))) == []
    text = A_MAN + "took bupropion. At six weeks he had jaundice and stopped {}. " + ILL
    assert stopped(read(text.format("bupropion"))) == ["bupropion"]


# --- the suspect --------------------------------------------------------------------------------------------------


def test_a_reaction_timed_from_the_last_start_speaks_for_that_drug() -> None:
    text = A_MAN + "was started on disulfiram. {} he developed jaundice. He had also been given citalopram. " + ILL
    (case,) = dechallenge.assess(Document.from_text(text.format("About 7 weeks later"))).cases
    assert [(s.drug, s.basis) for s in case.suspects] == [("disulfiram", "blamed")]
    (case,) = dechallenge.assess(Document.from_text(text.format("One day"))).cases
    assert {s.basis for s in case.suspects} == {"timing"}


def test_the_form_in_which_a_drug_was_given_stands_for_it() -> None:
    text = (
        A_MAN
        + "received vincristine and a single injection of pegaspargase. Thirteen days after the {} he was yellow. "
    )
    (case,) = dechallenge.assess(Document.from_text(text.format("injection") + ILL)).cases
    assert [(s.drug, s.basis) for s in case.suspects] == [("pegaspargase", "blamed")]
    (case,) = dechallenge.assess(Document.from_text(text.format("tablet") + ILL)).cases
    assert {s.basis for s in case.suspects} == {"timing"}


def test_a_time_column_that_names_a_drug_counts_from_it() -> None:
    text = A_MAN + "received vincristine, daunorubicin and pegaspargase and was found to be jaundiced. " + ILL
    table = (
        "\n\nLaboratory Values\nDays After {}\tALT (U/L)\tAlk P (U/L)\tBilirubin (mg/dL)\n"
        "7\t30\t90\t0.8\n13\t500\t120\t6.0\n"
    )
    case = read(text + table.format("Pegaspargase"))
    assert [m.time.interval for m in case.measurements if m.value == 500 and m.time is not None] == [(13, 13)]
    case = read(text + table.format("Transplant"))
    assert [m.time for m in case.measurements if m.value == 500] == [None]


# --- the stop -----------------------------------------------------------------------------------------------------


def test_a_drug_that_was_switched_to_another_was_stopped() -> None:
    text = (
        A_MAN + "developed jaundice 18 days after starting voriconazole. " + ILL + "Voriconazole was switched to {}. "
    )
    assert stopped(read(text.format("micafungin"))) == ["voriconazole"]
    assert stopped(read(text.format("the oral form"))) == []
    end = "Nine days after the switch liver tests were normal."
    assert recovery(text.format("micafungin") + end) == (9, 9)


def test_a_stop_in_the_breath_of_a_dated_sign_is_of_the_same_days() -> None:
    text = A_MAN + "was treated with diclofenac. After 3 months he had dark urine, and the drug was {}stopped. " + ILL
    end = "All liver tests were normal four months after onset."
    assert recovery(text.format("") + end) == (98, 135)
    assert recovery(text.format("eventually ") + end) == (0, 135)


def test_no_more_of_a_drug_starts_no_course() -> None:
    text = A_MAN + "developed jaundice 10 days after starting captopril. " + ILL + "{} captopril was given. "
    assert not [a for a in read(text.format("No more")).actions if a.kind == "restarted"]
    text += "He improved."
    assert [a.kind for a in read(text.format("Once again")).actions if a.drug == "captopril"][-1] == "restarted"


# --- the stay -----------------------------------------------------------------------------------------------------

ADMITTED = (
    A_MAN + "was admitted with jaundice 3 weeks after starting sulindac. Sulindac was stopped on admission. " + ILL
)


@pytest.mark.parametrize(
    ("stay", "expected"),
    [
        ("He stayed in hospital for 8 days. ", (40, 46)),
        ("He was discharged after 8 days. ", (40, 46)),
        ("He felt tired for 8 days. ", None),
    ],
)
def test_a_time_after_discharge_counts_from_the_end_of_the_stay(
    stay: str, expected: tuple[float, float] | None
) -> None:
    found = recovery(ADMITTED + stay + "All liver tests were normal 5 weeks after discharge.")
    assert found == expected if expected is not None else found is None or found[1] is None


# --- the clauses --------------------------------------------------------------------------------------------------


def test_two_bounds_side_by_side_count_from_the_same_moment() -> None:
    text = A_MAN + "developed jaundice 12 days after starting erythromycin. " + ILL + "Erythromycin was stopped. "
    assert recovery(text + "Bilirubin was normal within two weeks, ALT was normal within five weeks.") == (0, 35)
    assert recovery(text + "Bilirubin was normal within two weeks, ALT was normal within the next five weeks.") == (
        0,
        49,
    )


def test_another_week_goes_on_from_the_time_before_it() -> None:
    text = A_MAN + "developed jaundice 12 days after starting oxacillin. " + ILL + "Oxacillin was stopped. "
    assert recovery(text + "ALT was 61 U/L a week later and normal after another week.") == (8, 20)
    assert recovery(text + "ALT was 61 U/L a week later and normal after two weeks.") != (8, 20)


def test_tests_that_had_been_normal_on_admission_are_looked_back_on() -> None:
    text = (
        A_MAN + "received oxacillin. On day 16 of therapy liver tests {}normal on the day of admission were raised: "
        "ALT 470 U/L. "
    )
    case = read(text.format("that had been "))
    assert [m.time.interval for m in case.measurements if m.value == 470 and m.time is not None] == [(16, 16)]


def test_a_day_before_a_date_counts_back_from_it() -> None:
    text = (
        A_MAN + "took kratom from March 3, 2017. He stopped it on April 1, 2017 for a fever that had started {}. " + ILL
    )
    text += "All liver tests were normal on May 30, 2017."
    assert recovery(text.format("the day before")) == (59, 59)
    assert recovery(text.format("at work")) == (59, 59)


def test_follow_up_weeks_later_dates_the_tests_told_before_it() -> None:
    text = A_MAN + "developed jaundice 19 days after starting mesalamine. " + ILL + "Mesalamine was stopped. "
    assert recovery(text + "All liver tests were normal when he was seen in follow up 5 weeks later.") == (32, 38)
    found = recovery(text + "All liver tests were normal when he was seen in follow up.")
    assert found is None or found[1] is None


def test_later_visits_do_not_move_the_first_normal_one() -> None:
    text = A_MAN + "developed jaundice 3 weeks after starting dabigatran. " + ILL + "Dabigatran was stopped. "
    assert recovery(text + "ALT levels were normal at 6 weeks and at all later visits.") == (39, 45)
    found = recovery(text + "ALT levels were 90 U/L at 6 weeks and were later normal.")
    assert found is None or found[1] is None


# --- the end ------------------------------------------------------------------------------------------------------


def test_the_end_of_another_sign_is_not_that_of_the_liver_injury() -> None:
    text = A_MAN + "developed jaundice 3 weeks after starting enalapril. " + ILL + "Enalapril was stopped. "
    end = " Three months after stopping enalapril, bilirubin was 1.1 mg/dL and ALT 38 U/L."
    assert recovery(text + "Bilirubin was halved in two weeks and ascites resolved." + end) == (75, 105)
    assert recovery(text + "Bilirubin was halved and jaundice resolved in two weeks.") == (11, 17)


def test_what_it_took_to_fall_to_normal() -> None:
    text = A_MAN + "developed jaundice 6 weeks after starting stanozolol. " + ILL + "He stopped stanozolol. "
    told = "It took five months from the time that he stopped for bilirubin to {}."
    assert recovery(text + told.format("fall into the normal range")) == (135, 165)
    assert recovery(text + told.format("fall to 5 mg/dL")) is None


def test_a_row_that_shows_the_injury_comes_before_the_end_that_words_tell() -> None:
    text = A_MAN + "developed jaundice 3 weeks after starting methyldopa. " + ILL + "Methyldopa was stopped. "
    text += "Liver tests returned to normal over the next few months."
    table = (
        "\n\nLaboratory Values\nTime After Starting\tTime After Stopping\tALT (U/L)\tAlk P (U/L)\tBilirubin (mg/dL)\n"
        "3 weeks\t0\t900\t200\t6.0\n\t3 months\t{}\t90\t0.8\nNormal Values\t\t<45\t<115\t<1.2\n"
    )
    wide = recovery(text)
    narrowed = recovery(text + table.format(120))
    assert wide is not None and narrowed is not None
    assert narrowed[0] == 75 > wide[0] and narrowed[1] == wide[1]
    assert recovery(text + table.format(30)) == (75, 105)


def test_a_recovery_on_the_drug_is_joined_with_the_rows_since_onset() -> None:
    text = (
        A_MAN + "was found to have an ALT of 300 U/L 10 weeks after starting simvastatin. Simvastatin was continued. "
    )
    text += "ALT returned to normal within a month."
    table = (
        "\n\nLaboratory Values\nTime After Starting\tALT (U/L)\tAlk P (U/L)\n"
        "10 weeks\t300\t90\n14 weeks\t29\t80\nNormal Values\t<45\t<115\n"
    )
    assert recovery(text) == (0, 30)
    assert recovery(text + table) == (22, 30)


@pytest.mark.parametrize(
    ("end", "grade"),
    [
        ("died of cerebral edema", 5),
        ("died of lung cancer a year later", None),
        ("was put on the waiting list for a liver transplant", None),
    ],
)
def test_what_a_death_is_of_and_a_list_is_for(end: str, grade: int | None) -> None:
    text = (
        A_MAN
        + "developed jaundice 3 weeks after starting nefazodone. "
        + ILL
        + f"INR was 3.0. Nefazodone was stopped. He {end}."
    )
    severity = assessed(text).key_points.severity
    assert (severity.grade == 5) == (grade == 5)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Tests were positive for hepatitis B. The drug was stopped.", 2),
        ("He was free of hepatitis A, B and C. He recovered.", 2),
        ("She received amphotericin B. Nine days later she was well.", 2),
        ("The case was seen by J. Smith and reported by A. B. Jones.", 1),
    ],
)
def test_a_name_that_ends_in_a_letter_ends_a_sentence_and_an_initial_does_not(text: str, number: int) -> None:
    assert len(sentences(text)) == number


def test_a_single_tablet_after_the_stop_is_a_re_exposure() -> None:
    text = (
        A_MAN
        + "developed jaundice 9 days after starting ranitidine. "
        + ILL
        + "He stopped ranitidine. All liver tests "
    )
    text += (
        "were normal three weeks later. A year later he took a single tablet of {}, and had itching and ALT 400 U/L."
    )
    assert [a.kind for a in read(text.format("ranitidine")).actions if a.drug == "ranitidine"][-1] == "restarted"
    assert [a.kind for a in read(text.format("ibuprofen")).actions if a.drug == "ranitidine"][-1] == "stopped"


def test_weeks_after_that_count_from_the_time_told_before() -> None:
    text = A_MAN + "became jaundiced 3 months after starting captopril. " + ILL + "Captopril was stopped. "
    assert recovery(text + "Bilirubin was normal 5 weeks after stopping and ALT was normal 3 weeks after that.") == (
        50,
        62,
    )
    assert recovery(
        text + "Bilirubin was normal 5 weeks after stopping and ALT was normal 8 weeks after stopping."
    ) == (53, 59)


def test_for_months_before_a_sign_is_the_length_of_the_exposure() -> None:
    text = A_MAN + "took black cohosh for 3 months before {} jaundice. " + ILL
    assert latency(text.format("he noticed")) == (75, 105)
    assert latency(text.format("the trial, and had")) != (75, 105)


def test_jaundice_that_lasted_is_dated_at_its_end() -> None:
    text = (
        A_MAN
        + "developed jaundice 3 weeks after starting captopril. "
        + ILL
        + "Captopril was stopped. He {} for 7 months."
    )
    assert assessed(text.format("remained jaundiced")).key_points.severity.grade == 4
    assert assessed(text.format("was seen regularly")).key_points.severity.grade != 4


def test_a_value_that_is_still_abnormal_beside_the_last_normal_one_is_no_recovery() -> None:
    text = (
        A_MAN
        + "developed jaundice 3 weeks after starting captopril. Bilirubin was 23 mg/dL, alkaline phosphatase 290 U/L. "
    )
    text += (
        "Captopril was stopped. Fifteen months after stopping, bilirubin was 1.0 mg/dL and alkaline phosphatase {} U/L."
    )
    assert read(text.format(312)).events[0].outcome == "not recovered"
    assert read(text.format(90)).events[0].outcome == "recovered"


def test_jaundice_of_a_re_exposure_is_no_lasting_one() -> None:
    text = (
        A_MAN
        + "developed jaundice 6 weeks after starting germander. "
        + ILL
        + "He stopped germander and recovered within two "
    )
    text += "months. He resumed germander in the following year. Jaundice came back after three weeks."
    assert assessed(text).key_points.severity.grade != 4


def test_a_first_sentence_with_the_age_is_of_the_patient() -> None:
    text = "A 76-year-old woman became jaundiced 20 days after starting tacrine in a therapeutic trial. " + ILL
    assert latency(text) == (20, 20)
    other = "In a therapeutic trial, jaundice came 20 days after starting tacrine. "
    assert latency("A 76-year-old woman became jaundiced 5 weeks after starting captopril. " + ILL + other) == (32, 38)
