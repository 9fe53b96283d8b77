"""When a drug was begun and stopped, in words that print no date of their own."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.times.times import read_times


def read(text: str) -> Case:
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


def stop_of(text: str, drug: str) -> tuple[float | None, float | None] | None:
    [stop] = [a for a in read(text).actions if a.kind == "stopped" and a.drug == drug]
    return (stop.time.low, stop.time.high) if stop.time is not None else None


_TOLD = "A 50-year-old man was started on flupirtine. After 30 days ALT was 900 U/L. {} Flupirtine was stopped."


@pytest.mark.parametrize(
    "between",
    ["", "Tests for hepatitis A were negative. An ultrasound was normal.", "Baseline ALT had been 20 U/L."],
)
def test_a_stop_behind_a_dated_sign_and_its_work_up_was_in_those_days(between: str) -> None:
    assert stop_of(_TOLD.format(between), "flupirtine") == (30, 37)


@pytest.mark.parametrize("between", ["It was repeated and rose to 1200 U/L.", "He continued to be ill."])
def test_a_stop_after_more_of_the_course_was_some_time_later(between: str) -> None:
    assert stop_of(_TOLD.format(between), "flupirtine") == (30, None)


@pytest.mark.parametrize(
    "since",
    ["a single infusion of infliximab", "one injection of golimumab", "a single 400 mg dose of infliximab"],
)
def test_a_time_after_a_single_dose_counts_from_the_start(since: str) -> None:
    [time] = read_times(f"He was jaundiced 3 weeks after {since}.")
    assert (time.kind, time.anchor) == ("offset", "start")


def test_a_time_after_one_operation_does_not() -> None:
    [time] = read_times("He was jaundiced 3 weeks after one operation.")
    assert time.anchor == "operation"


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("The fourth infusion was not given.", ["stopped"]),
        ("No further infusion was given; ursodiol was started.", ["stopped"]),
        ("The fourth infusion was given in May.", []),
        ("Of prednisone no further dose was given.", []),
    ],
)
def test_a_dose_that_was_not_given_is_a_stop(told: str, kinds: list[str]) -> None:
    drawn = read("A 31 year old woman was given infliximab. After 14 weeks ALT was 642 U/L. " + told)
    assert [a.kind for a in drawn.actions if a.drug == "infliximab" and a.kind != "started"] == kinds


def test_a_further_dose_by_mistake_is_a_re_exposure() -> None:
    text = (
        "A 58 year old man developed jaundice 3 weeks after a single infusion of infliximab. No further infusion was "
        "given. Ten months later he inadvertently received a second infusion and became jaundiced within 8 days."
    )
    assert [a.result for a in read(text).actions if a.kind == "restarted"] == ["positive"]


def test_a_period_of_years_ends_in_its_last_year() -> None:
    [begun, ended] = read_times("It was given from 2010 to 2017.")
    assert (begun.preposition, ended.preposition) == ("from", "until")


def test_a_month_alone_is_the_next_such_month() -> None:
    text = "A 50-year-old man was given flupirtine on 3 March 2012. In May he was jaundiced, ALT was 900 U/L."
    [value] = [m for m in read(text).measurements if m.analyte == "ALT"]
    assert value.time is not None and (value.time.low, value.time.high) == (59, 89)


def test_a_word_that_is_also_a_month_is_none() -> None:
    assert [t.kind for t in read_times("In marches he may tire.")] == []


_COLUMNS = "Test | Day {} | Day 21 | Normal\nALT (U/L) | 24 | 190 | <42\nBilirubin (mg/dL) | 0.6 | 6.1 | <1.2\n"


@pytest.mark.parametrize(("first", "day"), [(0, 21), (1, None)])
def test_days_from_0_in_a_table_count_from_the_first_dose(first: int, day: float | None) -> None:
    text = "A 58 year old man became jaundiced some weeks after starting infliximab.\n\n" + _COLUMNS.format(first)
    [value] = [m for m in read(text).measurements if m.value == 190]
    assert (value.time.point if value.time is not None else None) == day


def test_a_date_beside_a_counted_dose_dates_the_moment() -> None:
    text = (
        "A 29-year-old man was given canakinumab on 6 July 2020, repeated every four weeks. On 21 September 2020, 77 "
        "days after the first dose and two weeks after the third, he was admitted with jaundice. ALT was 900 U/L."
    )
    [value] = [m for m in read(text).measurements if m.analyte == "ALT"]
    assert value.time is not None and (value.time.low, value.time.high) == (77, 77)


def test_words_that_only_deny_name_no_reaction() -> None:
    drawn = read(
        "A 71-year-old woman took tofacitinib daily. The dose recommended at the start had never been reached."
    )
    assert [e.term for e in drawn.events] == []


_ENTRIES = (
    "Day 0: first infusion of anifrolumab 300 mg; neutrophils 3.1 × 10⁹/L\n"
    "Day 28: second infusion; neutrophils 2.2 × 10⁹/L\nDay 58: admitted with fever; neutrophils 0.2 × 10⁹/L\n"
    "Day 63: neutrophils 1.1 × 10⁹/L after three doses of filgrastim\n"
)


def test_entries_of_a_listed_course_have_each_their_day() -> None:
    drawn = read("A 36-year-old woman had lupus.\n" + _ENTRIES + "\nAnifrolumab was stopped on admission.")
    days = {m.value: m.time.low for m in drawn.measurements if m.analyte == "NEUT" and m.time is not None}
    assert days == {3.1: 0, 2.2: 28, 0.2: 58, 1.1: 63}
    [stop] = [a for a in drawn.actions if a.kind == "stopped"]
    assert stop.time is not None and (stop.time.low, stop.time.high) == (58, 58)
    assert {e.drug: e.role for e in drawn.exposures} == {"anifrolumab": "suspect", "filgrastim": "treatment"}


def test_a_day_inside_a_sentence_parts_nothing() -> None:
    text = "A 36-year-old woman was given anifrolumab and had on Day 58: fever, and neutrophils of 200/mm3."
    [value] = [m for m in read(text).measurements if m.analyte == "NEUT"]
    assert value.time is not None and value.time.low == 58


@pytest.mark.parametrize(
    ("told", "begun"),
    [
        ("Enoxaparin 40 mg subcutaneously once daily was begun.", {"enoxaparin"}),
        ("Zopiclone 7.5 mg at night was started.", {"zopiclone"}),
        ("Gentamicin 80 mg intravenously every 8 hours and ceftriaxone were begun.", {"gentamicin", "ceftriaxone"}),
        ("Piperacillin-tazobactam 4.5 g every 8 hours was started.", {"piperacillin/tazobactam"}),
        (
            "Fluoxetine (20 mg daily), sulpiride (50 mg daily) and diazepam were started.",
            {"fluoxetine", "sulpiride", "diazepam"},
        ),
    ],
)
def test_a_start_behind_a_dose_with_its_route_and_interval(told: str, begun: set[str]) -> None:
    found = read(f"A 50-year-old man had pneumonia. {told} On 3 May 2020 he developed a rash.")
    assert {a.drug for a in found.actions if a.kind == "started"} == begun


@pytest.mark.parametrize("words", ["kept taking", "kept on using", "went on taking", "carried on taking"])
def test_who_keeps_taking_a_drug_does_not_start_it(words: str) -> None:
    told = (
        f"A 50-year-old man was started on allopurinol on 3 May 2020. On 20 May a rash appeared. He {words} "
        f"allopurinol."
    )
    assert [a.kind for a in read(told).actions] == ["started", "continued"]
