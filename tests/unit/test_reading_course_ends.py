"""Ends of a treatment that no word for a stop tells; drugs that were not given again; values before a second date."""

from __future__ import annotations

import pytest

from dechallenge import assess, read

STARTED = "A 58-year-old woman was started on amoxicillin-clavulanate 875/125 mg twice daily on 1 March 2021. "
JAUNDICE = " On 24 March 2021 she noticed jaundice."


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("She took the antibiotic for 10 days, until 10 March 2021.", 9),
        ("She took it for 10 days.", 10),
        ("She took it until 10 March 2021.", 9),
        ("Treatment lasted until 10 March 2021.", 9),
        ("The last dose was on 10 March 2021.", 9),
        ("The course was completed on 10 March 2021.", 9),
    ],
)
def test_the_end_of_a_course_before_the_reaction(told: str, day: float) -> None:
    suspect = next(x for x in read(STARTED + told + JAUNDICE).cases[0].exposures if x.role == "suspect")
    assert suspect.stop is not None
    assert (suspect.stop.low, suspect.stop.high) == (day, day)
    assert suspect.stop.evidence


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A woman took flucloxacillin for 10 days. Two weeks later she noticed jaundice.", 10),
        ("A woman received a 10-day course of flucloxacillin starting on 1 March 2021." + JAUNDICE, 10),
        ("A woman received flucloxacillin on 1 March 2021 for 10 days." + JAUNDICE, 10),
    ],
)
def test_a_length_that_was_over_before_the_reaction(text: str, day: float) -> None:
    (exposure,) = read(text).cases[0].exposures
    assert exposure.stop is not None
    assert (exposure.stop.low, exposure.stop.high) == (day, day)


@pytest.mark.parametrize(
    "text",
    [
        "A woman took flucloxacillin for 10 days and developed jaundice.",
        "A woman took methotrexate for 10 weeks when she developed jaundice. It was continued.",
    ],
)
def test_a_length_up_to_the_reaction_is_no_end(text: str) -> None:
    assert read(text).cases[0].exposures[0].stop is None


@pytest.mark.parametrize(
    "told",
    [
        "Clozapine was stopped on 12 March 2020 and filgrastim 300 µg daily was given from 13 to 18 March 2020.",
        "Clozapine was stopped the same day and filgrastim was given from 13 March to 18 March 2020.",
    ],
)
def test_the_days_of_another_drug_are_not_those_of_the_stopped_one(told: str) -> None:
    text = "A man started clozapine on 2 January 2020. On 12 March 2020 neutrophils were 0.05 × 10⁹/L. " + told
    clozapine = next(x for x in read(text).cases[0].exposures if x.drug == "clozapine")
    assert clozapine.stop is not None
    assert (clozapine.stop.low, clozapine.stop.high) == (70, 70)


NOT_AGAIN = (
    "A woman took flutamide from 1 March 2021. On 24 March 2021 she noticed jaundice; ALT was 900 U/L. "
    "It was stopped "
    "on 25 March 2021. On 1 June 2021 all liver tests were normal. "
)


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("The drug was not given again.", "not done"),
        ("She was not rechallenged.", "not done"),
        ("No rechallenge was attempted.", "not done"),
        ("Flutamide was never restarted.", "not done"),
        ("She did not take flutamide again.", "not done"),
        ("Re-exposure was considered unethical.", "not done"),
        ("The patient refused rechallenge.", "not done"),
        ("She was advised to avoid flutamide.", "not done (not certain)"),
        ("Rechallenge should not be attempted.", "not done (not certain)"),
        ("Rechallenge may be considered.", "not done (not certain)"),
        ("Two months later flutamide was given again, and jaundice recurred.", "positive"),
    ],
)
def test_whether_it_was_given_again(told: str, value: str) -> None:
    facts = {fact.name: fact.value for fact in assess(NOT_AGAIN + told).cases[0].suspects[0].facts}
    assert facts["rechallenge"] == value


def test_what_stands_before_a_second_date_is_of_the_first() -> None:
    told = "On 30 April 2021 ALT was 60 U/L, alkaline phosphatase 150 U/L and bilirubin 1.4 mg/dL, and on 1 June 2021 "
    case = read("A woman took flutamide from 1 March 2021. " + told + "all liver tests were normal.").cases[0]
    days = {m.analyte: m.time and m.time.low for m in case.measurements if m.value is not None}
    assert days == {"ALT": 60.0, "ALP": 60.0, "BILI_TOT": 60.0}


def test_a_course_of_antibiotics_that_ended_before_the_jaundice_is_scored() -> None:
    text = (
        "A 58-year-old woman took amoxicillin-clavulanate from 1 March 2021 until 10 March 2021. On 24 March "
        "2021 she "
        "noticed jaundice; ALT was 480 U/L (normal < 40) and alkaline phosphatase 410 U/L (normal < 120). "
        "There had "
        "been no hypotension. On 30 April 2021 ALT was 60 U/L and alkaline phosphatase 150 U/L. It was not "
        "given again."
    )
    suspect = assess(text).cases[0].suspects[0]
    rucam = next(i for i in suspect.instruments if i.id == "rucam-2016")
    items = {i.id.rpartition(".")[2]: (i.low, i.high) for i in rucam.items}
    assert items["1"] == (1, 1)
    assert items["2"] == (2, 2)
    assert items["7"] == (0, 0)
    assert {fact.name: fact.value for fact in suspect.facts}["hypotension"] == "negative"


def test_days_behind_values_in_a_list() -> None:
    text = (
        "A man received heparin on 1 May. The platelets were 182 × 10⁹/L on day 3, 96 on day 7 and 34 × 10⁹/L on day 9."
    )
    days = [(m.value, m.time and m.time.low) for m in read(text).cases[0].measurements]
    assert days == [(182.0, 3.0), (96.0, 7.0), (34.0, 9.0)]


def test_a_month_in_brackets_looks_back() -> None:
    text = (
        "Clarithromycin was given to a man on 3 February. Six days later he had muscle pain. Creatine kinase was "
        "48,300 U/L, creatinine 2.9 mg/dL (0.9 mg/dL in January) and AST 1,120 U/L. It was stopped on 9 February."
    )
    case = read(text).cases[0]
    days = {(m.analyte, m.value): m.time and (m.time.low, m.time.high) for m in case.measurements}
    assert days["CK", 48300.0] == days["AST", 1120.0] == days["CREAT", 2.9] == (6.0, 6.0)
    assert days["CREAT", 0.9] == (-33.0, -3.0)
    assert case.exposures[0].stop is not None
    assert case.exposures[0].stop.low == 6.0


def test_what_had_been_taken_before_does_not_move_the_story() -> None:
    text = (
        "An 84-year-old woman was started on sertraline 50 mg daily. She had taken hydrochlorothiazide daily for "
        "five years. Twelve days later sodium was 114 mmol/L. Sertraline and hydrochlorothiazide were stopped."
    )
    links = {link.drug: link.latency for link in read(text).cases[0].links}
    assert links["sertraline"] is not None
    assert (links["sertraline"].low, links["sertraline"].high) == (12.0, 12.0)


def test_dark_urine_beside_a_high_creatine_kinase_is_of_the_muscle() -> None:
    text = (
        "A man was given simvastatin 40 mg daily. Six weeks later he had muscle pain, weakness and dark urine. "
        "Creatine kinase was 48,300 U/L (normal < 190), AST 1,120 U/L and ALT 310 U/L; bilirubin was normal. "
        "It was stopped."
    )
    assert read(text).cases[0].events[0].kind == "rhabdomyolysis"


def test_a_drug_stopped_after_the_reaction_is_the_suspect_though_it_was_borne_later() -> None:
    text = (
        "A 9-year-old girl with systemic juvenile idiopathic arthritis had received canakinumab 4 mg/kg "
        "every four weeks "
        "for five months; methotrexate 15 mg once weekly and prednisolone 5 mg daily were unchanged. Ten "
        "days after the sixth "
        "injection she had fever of 40.2 °C, ferritin 38,400 µg/L and platelets 48 × 10⁹/L; the bone marrow showed "
        "haemophagocytosis. Canakinumab was withheld. It was resumed two months later without recurrence."
    )
    case = read(text).cases[0]
    assert [link.drug for link in case.links if link.role == "suspect"] == ["canakinumab"]
    assert case.events[0].onset is not None
    assert case.events[0].onset.low == 150.0


def test_a_healed_rash_is_not_the_end_of_a_liver_injury() -> None:
    text = (
        "A woman took allopurinol from 10 January 2023. On 14 February 2023 she had a rash and jaundice; ALT "
        "was 612 U/L. "
        "Allopurinol was withdrawn on 16 February. The rash cleared within three weeks. ALT was 38 U/L on 20 "
        "April 2023."
    )
    event = read(text).cases[0].events[0]
    assert event.recovery_from_stop is not None
    assert event.recovery_from_stop.low == 63.0


def test_that_day_is_the_same_day() -> None:
    text = (
        "A man started clozapine on 2 January 2020. On 12 March 2020 neutrophils were 0.05 × 10⁹/L. "
        "It was stopped that day."
    )
    stop = read(text).cases[0].exposures[0].stop
    assert stop is not None
    assert (stop.low, stop.high) == (70, 70)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("She was not transplanted and died.", "fatal"),
        ("Anti-insulin antibody levels were within normal limits.", "unknown"),
    ],
)
def test_what_is_denied_is_not_the_next_verb_and_an_antibody_no_end(told: str, outcome: str) -> None:
    text = "A woman took flutamide from 1 March 2021. On 24 March 2021 ALT was 1200 U/L. It was stopped. "
    assert read(text + told).cases[0].events[0].outcome == outcome


def test_what_a_drug_was_taken_for_does_not_begin_the_reaction() -> None:
    text = (
        "A woman took a green tea extract for weight loss from early April 2021. On 20 June 2021 she noticed "
        "jaundice; ALT "
        "was 1,780 U/L."
    )
    onset = read(text).cases[0].events[0].onset
    assert onset is not None
    assert (onset.low, onset.high) == (71, 80)


def test_the_year_stands_with_the_second_date() -> None:
    text = (
        "A man received ipilimumab on 2 February and 23 February 2022. On 8 March 2022 ALT was 520 U/L (normal < 45)."
    )
    onset = read(text).cases[0].events[0].onset
    assert onset is not None
    assert onset.low == 34


def test_a_provocation_test_is_a_re_exposure() -> None:
    text = (
        "A boy was given amoxicillin 250 mg. On the sixth day he had urticaria. Amoxicillin was stopped. An "
        "oral provocation "
        "test with amoxicillin four months later was positive."
    )
    again = [a for a in read(text).cases[0].actions if a.kind == "restarted"]
    assert [(a.drug, a.result) for a in again] == [("amoxicillin", "positive")]


def test_what_a_drug_was_taken_for_is_not_the_reaction() -> None:
    text = (
        "A woman had taken lithium for 20 years. Two weeks after ibuprofen 600 mg daily was added for back pain "
        "she developed a coarse tremor. Both drugs were stopped."
    )
    assert read(text).cases[0].events[0].kind == "tremor"


def test_a_stop_dated_by_its_place_alone_says_so() -> None:
    told = "On day 12 ALT was 400 U/L. Tests for hepatitis A, B and C were negative. Ibuprofen was stopped{}."
    story = "A 40-year-old woman took ibuprofen 400 mg daily. " + told
    supposed, dated = (
        next(a for a in read(story.format(when)).cases[0].actions if a.kind == "stopped") for when in ("", " on day 14")
    )
    assert supposed.because == "supposed: within 7 days of the sign before it"
    assert supposed.time is not None and (supposed.time.low, supposed.time.high) == (12.0, 19.0)
    assert dated.because == ""
    because = [i.because for r in assess(story.format("")).cases[0].suspects for n in r.instruments for i in n.items]
    assert any("supposed: within 7 days" in words for words in because)
