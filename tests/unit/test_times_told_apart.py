"""Times that need more than their own words: days without a year, operations, pregnancies, cycles, lists of times."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.times.doseplan import counted_dose, day_of_dose, last_counted
from dechallenge.reading.times.timedoses import DOSE
from dechallenge.reading.times.timeoperations import OPERATION
from dechallenge.reading.times.timepregnancy import GESTATION
from dechallenge.reading.times.times import read_times

Days = tuple[float | None, float | None] | None


def read(text: str) -> Case:
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


def stop_of(text: str, drug: str) -> Days:
    [taken] = [x for x in read(text).exposures if x.drug == drug]
    return (taken.stop.low, taken.stop.high) if taken.stop is not None else None


def onset_of(text: str) -> Days:
    onset = read(text).events[0].onset
    return (onset.low, onset.high) if onset is not None else None


def values_of(text: str, analyte: str) -> dict[float | None, Days]:
    return {
        m.value: (m.time.low, m.time.high) if m.time is not None else None
        for m in read(text).measurements
        if m.analyte == analyte
    }


# --- days without their year --------------------------------------------------------------------------------------

_TAKEN = "A 45-year-old man started nitrofurantoin on 2 February 2021. Jaundice appeared on 3 March. {}"


@pytest.mark.parametrize(
    ("words", "stop"),
    [
        ("He kept taking nitrofurantoin until 10 March.", (36, 36)),
        ("He went on taking nitrofurantoin until 10 March.", (36, 36)),
        ("Nitrofurantoin was continued until 10 March, when it was stopped.", (36, 36)),
        ("He took nitrofurantoin until early April.", (58, 67)),
        ("Nitrofurantoin was given until the end of the month.", (46, 57)),
        ("The course ended on 10 March.", (36, 36)),
    ],
)
def test_the_last_day_of_a_drug_without_its_year(words: str, stop: Days) -> None:
    assert stop_of(_TAKEN.format(words), "nitrofurantoin") == stop


def test_a_course_between_two_days_without_their_year() -> None:
    told = (
        "A 45-year-old man took flucloxacillin from 2 February to 10 February. He was well until 1 March, "
        "when he noticed {}"
    )
    assert stop_of(told.format("jaundice."), "flucloxacillin") == (8, 8)
    assert onset_of(told.format("jaundice.")) == (27, 27)


@pytest.mark.parametrize(
    ("when", "onset"),
    [
        ("At the end of February", (18, 26)),
        ("In early March", (27, 36)),
        ("In mid-March", (36, 46)),
        ("Towards the end of March", (46, 57)),
        ("In the second week of March", (34, 40)),
        ("In the last days of February", (18, 26)),
        ("In March", (27, 57)),
    ],
)
def test_a_part_of_a_month_without_its_year(when: str, onset: Days) -> None:
    told = f"A 45-year-old man started nitrofurantoin on 2 February 2021. {when} he became jaundiced."
    assert onset_of(told) == onset


@pytest.mark.parametrize(
    "text",
    ["He may tire by the end of the day.", "In the end of his life he was ill.", "By March he meant the composer."],
)
def test_what_is_no_part_of_a_month(text: str) -> None:
    assert [m for m in read_times(text) if m.kind == "date"] == []


def test_an_older_year_of_another_drug_is_not_the_year_of_the_story() -> None:
    told = (
        "A 72-year-old man was started on trimethoprim on 5 June 2017; he also takes ramipril, which he has "
        "taken since "
        "2011. On 10 June potassium was 7.4 mmol/L."
    )
    assert values_of(told, "K") == {7.4: (5, 5)}


def test_the_last_day_of_a_drug_beside_the_one_in_focus() -> None:
    told = (
        "A 44-year-old woman took clozapine from 2 May 2016. On 9 August neutrophils were 0.1 x 10^9/L. Filgrastim was "
        "given from 9 to 13 August."
    )
    assert stop_of(told, "filgrastim") == (103, 104)


@pytest.mark.parametrize("words", ["completed ten days of treatment with", "finished a 10-day course of"])
def test_a_course_that_only_its_end_dates(words: str) -> None:
    told = f"A 45-year-old man {words} amoxicillin on 10 February 2020. Jaundice appeared on 1 March."
    assert (stop_of(told, "amoxicillin"), onset_of(told)) == ((10, 10), (30, 30))


def test_a_month_behind_had_risen_is_before_the_present() -> None:
    told = (
        "A 62-year-old woman was referred on 10 March 2020 because her creatinine had risen from 68 µmol/L in "
        "September 2019 "
        "to 164 µmol/L in February. Omeprazole had been started on 1 November 2019 and was continued until the "
        "day of the "
        "renal biopsy, 17 March."
    )
    assert values_of(told, "CREAT")[164] == (92, 120)
    assert stop_of(told, "omeprazole") == (137, 137)


def test_a_day_of_the_week_before_the_day() -> None:
    told = _TAKEN.format("On Monday 8 March ALT was 300 U/L.")
    assert values_of(told, "ALT") == {300: (34, 34)}


# --- operations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "On postoperative day 8 she was pale.", "On POD 8 she was pale.", "On the eighth postoperative day she "
        "was pale.",
        "On the eighth day after surgery she was pale.", "Eight days after the operation she was pale.",
        "Eight days postoperatively she was pale.", "On day 8 after her hip replacement she was pale.",
    ],
)  # fmt: skip
def test_a_time_that_counts_from_an_operation(text: str) -> None:
    [found] = read_times(text)
    assert (found.anchor, found.amount and found.amount.point) == (OPERATION, 8)


@pytest.mark.parametrize("text", ["The postoperative course was smooth.", "Postoperative pain was slight."])
def test_what_is_only_called_after_the_operation_is_no_time(text: str) -> None:
    assert read_times(text) == ()


_OPERATED = (
    "A 71-year-old woman underwent hip replacement on 4 October 2022. Enoxaparin 40 mg daily was begun {}. "
    "The preoperative "
    "platelet count was 268 x 10^9/L and on postoperative day 2 it was 231 x 10^9/L. On postoperative day 8 "
    "it had dropped "
    "to 92 x 10^9/L. Enoxaparin was discontinued. Platelets were 158 x 10^9/L on day 15."
)


@pytest.mark.parametrize("when", ["on the evening of surgery", "on the day of the operation", "the same day"])
def test_days_after_an_operation_and_a_drug_begun_on_its_day(when: str) -> None:
    found = values_of(_OPERATED.format(when), "PLT")
    assert found == {268: (None, 0), 231: (2, 2), 92: (8, 8), 158: (15, 15)}


def test_days_after_an_operation_and_a_drug_begun_later() -> None:
    told = (
        "An 81-year-old woman broke her hip on 2 December; internal fixation was performed the next day. "
        "Sertraline was "
        "started on the fourth postoperative day. Sodium was 139 mmol/L on admission. On postoperative day 11 "
        "sodium was "
        "118 mmol/L. Sertraline was stopped. Sodium was 135 mmol/L on day 17."
    )
    found = values_of(told, "NA")
    assert (found[118], found[135]) == ((7, 7), (13, 13))
    assert found[139] is not None
    assert (found[139][1] or 0) <= 0


def test_a_drug_beside_the_one_in_focus_that_was_begun_at_the_operation_treats_nothing() -> None:
    told = _OPERATED.format("on the evening of surgery") + (
        " There were no other new drugs apart from paracetamol and pantoprazole, both begun on the day of surgery."
    )
    roles = {x.drug: (x.role, x.start and x.start.point) for x in read(told).exposures}
    assert (roles["paracetamol"][0], roles["pantoprazole"][0]) == ("concomitant", "concomitant")


@pytest.mark.parametrize(
    "operated",
    ["underwent a sigmoid resection on 17 March 2021", "had coronary bypass surgery on 17 March 2021"],
)
def test_an_operation_by_its_name_and_a_drug_with_its_interval(operated: str) -> None:
    told = (
        f"A 64-year-old man {operated}. Piperacillin-tazobactam 4.5 g every 8 hours was started the same evening. "
        f"Platelets "
        "were 245 x 10^9/L before the operation and 201, 188 and 160 x 10^9/L on postoperative days 1, 3 and 5. On "
        "postoperative day 9 the platelet count was 11 x 10^9/L."
    )
    assert values_of(told, "PLT") == {245: (None, 0), 201: (1, 1), 188: (3, 3), 160: (5, 5), 11: (9, 9)}


def test_an_old_operation_is_not_the_one_whose_day_is_not_told() -> None:
    told = (
        "A 64-year-old woman started tranexamic acid on 3 May 2016. Eight years earlier she had undergone a "
        "septoplasty. She "
        "underwent a hysterectomy. Two weeks after surgery ALT was 90 U/L."
    )
    [(low, high)] = [days for days in values_of(told, "ALT").values() if days is not None]
    assert (low or 0) >= 0
    assert high is None


def test_a_look_back_from_the_day_of_a_birth() -> None:
    told = (
        "A 35-year-old woman took labetalol from 24 weeks of gestation. At 31+4 weeks ALT was 740 U/L; it had "
        "been 20 U/L at 28 "
        "weeks. Labetalol was stopped at 32 weeks. She delivered at 37+1 weeks. Three weeks after delivery ALT "
        "was 22 U/L."
    )
    assert values_of(told, "ALT") == {740: (47, 53), 20: (22, 34), 22: (104, 116)}
    assert stop_of(told, "labetalol") == (50, 62)


# --- days in hospital ---------------------------------------------------------------------------------------------


def test_the_first_day_in_hospital_is_the_day_of_admission_or_the_next() -> None:
    told = (
        "A 36-year-old woman took sulfasalazine from 1 July 2021. She was admitted on 2 August with fever. On "
        "hospital day 4 "
        "neutrophils were 0.2 x 10^9/L. On hospital days 6 and 8 neutrophils were 1.1 and 6.3 x 10^9/L, respectively."
    )
    assert values_of(told, "NEUT") == {0.2: (35, 36), 1.1: (37, 38), 6.3: (39, 40)}


# --- pregnancies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("She was at 24 weeks' gestation.", (168, 174)),
        ("She was 24 weeks pregnant.", (168, 174)),
        ("At 24+3 weeks of gestation she fell ill.", (171, 171)),
        ("At a gestational age of 24 weeks she fell ill.", (168, 174)),
        ("She was seen at 24+3 weeks and fell ill.", (171, 171)),
        ("In the 24th week of pregnancy she fell ill.", (161, 167)),
        ("From the 16th week of pregnancy she took it.", (105, 111)),
        ("During the second trimester she fell ill.", (98, 195)),
    ],
)
def test_an_age_of_pregnancy_counts_from_its_beginning(text: str, days: Days) -> None:
    [found] = read_times(text)
    assert found.anchor == GESTATION
    assert found.amount is not None
    assert (found.amount.interval.low, found.amount.interval.high) == days


def test_a_length_within_a_pregnancy_is_no_age() -> None:
    assert [m.anchor for m in read_times("She took X for 6 weeks of her pregnancy.")] != [GESTATION]


def test_weeks_of_pregnancy_are_no_weeks_of_treatment() -> None:
    told = (
        "A 33-year-old woman was started on methyldopa at 14 weeks of gestation. At 20 weeks of gestation she "
        "complained of "
        "jaundice. At 21 weeks ALT was 960 U/L. Methyldopa was stopped at 21 weeks."
    )
    assert onset_of(told) == (36, 48)
    assert stop_of(told, "methyldopa") == (43, 55)


# --- counted doses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "low"),
    [
        ("On day 8 of the second cycle he fell ill.", "2", 7),
        ("On day 8 of cycle 3 he fell ill.", "3", 7),
        ("Cycle 3, day 8: fever.", "3", 7),
        ("During the third cycle he fell ill.", "3", 0),
        ("With the third infusion he fell ill.", "3", 0),
        ("ALT was normal before the fourth infusion.", "4", 0),
        ("On day 14 of that cycle he was well.", "0", 13),
    ],
)
def test_a_time_within_a_cycle(text: str, number: str, low: float) -> None:
    [found] = read_times(text)
    assert (found.anchor, found.preposition) == (DOSE, number)
    assert found.amount is not None
    assert found.amount.interval.low == low


def test_days_of_a_later_cycle() -> None:
    told = (
        "A 58-year-old woman received docetaxel 75 mg/m2 every 3 weeks, the first cycle on 4 May 2020. On day 8 "
        "of the second "
        "cycle neutrophils were 0.2 x 10^9/L. On day 14 of the cycle the count was 2.5 x 10^9/L."
    )
    assert values_of(told, "NEUT") == {0.2: (28, 29), 2.5: (34, 35)}


def test_a_counted_dose_with_its_date() -> None:
    told = (
        "A 45-year-old woman received infliximab at weeks 0, 2 and 6. The third infusion was given on 14 June "
        "2019. On 28 "
        "June ALT was 400 U/L."
    )
    assert values_of(told, "ALT") == {400: (56, 56)}


def test_a_count_from_before_the_drug_shows_no_recovery() -> None:
    told = (
        "A 36-year-old woman took sulfasalazine from 25 June 2021. On 2 August neutrophils were 0.06 x 10^9/L; "
        "on 1 June "
        "neutrophils had been 4.1 x 10^9/L. Sulfasalazine was stopped on 2 August. On 9 August they were 2.3 x 10^9/L."
    )
    recovery = read(told).events[0].recovery
    assert recovery is None or recovery.low is None or recovery.low >= 38


def test_by_the_end_of_a_month_is_not_in_the_year_before() -> None:
    told = _TAKEN.format("ALT was 900 U/L on 5 December. By the end of January ALT had returned to 30 U/L.")
    assert values_of(told, "ALT") == {900: (306, 306), 30: (352, 363)}


def test_a_period_that_followed() -> None:
    told = _TAKEN.format("ALT was 900 U/L on 5 March. Over the 2-month period that followed ALT fell to 80 U/L.")
    (low, high) = values_of(told, "ALT")[80] or (None, None)
    assert (low, high) == (31, 106)


def test_two_doses_a_day() -> None:
    assert day_of_dose("Xmab 100 mg twice daily was given.", 13, [4]) == (6.0, 0.5)
    assert day_of_dose("Xmab 100 mg three times a day was given.", 4, [4]) == (1.0, 1 / 3)


@pytest.mark.parametrize(
    ("rate", "day"), [("weekly", 35.0), ("three-weekly", 105.0), ("fortnightly", 70.0), ("daily", 5.0)]
)
def test_a_rate_before_the_name(rate: str, day: float) -> None:
    text = f"She received {rate} paclitaxel for cancer."
    assert day_of_dose(text, 6, [text.index(" for cancer")]) == (day, day / 5)


def test_before_and_after_a_counted_dose() -> None:
    told = (
        "A 59-year-old woman received weekly paclitaxel 80 mg/m2 from 11 January 2022. Before the sixth infusion "
        "ALT was 90 "
        "U/L, and after the seventh dose ALT was 400 U/L. Paclitaxel was stopped and prednisolone was given from "
        "27 February."
    )
    assert values_of(told, "ALT") == {90: (28, 35), 400: (42, 49)}
    assert (stop_of(told, "paclitaxel") or (0, 0))[0] != 47


def test_the_number_of_a_cycle() -> None:
    assert counted_dose("the infusion of cycle 12") == 12
    assert last_counted("after the third dose, cycle 4, given on ") == (4, 29)
    assert counted_dose("cycle 3 of 6") is None
