"""When a reaction was over, by the words and by the rows of a table. Each report is our own."""

from __future__ import annotations

from typing import Any

import pytest

import dechallenge
from dechallenge.case import Event
from dechallenge.evidence import Document, TextEvidence
from dechallenge.reading.cases.prose import ProseReader

FOUND = "A 50-year-old man became jaundiced 3 weeks after starting nefazodone. ALT was 900 U/L and bilirubin 6 mg/dL. "
STOPPED = "Nefazodone was stopped. "
TABLE = """

Laboratory Values
Time After Starting	Time After Stopping	ALT (U/L)	Alk P (U/L)	Bilirubin (mg/dL)	Other
Nefazodone started
3 weeks	0	900	200	6.0	Nefazodone stopped
5 weeks	2 weeks	300	150	2.0	Discharged
{rows}
Normal Values		<45	<115	<1.2
"""


def event(text: str) -> Event:
    (case,) = ProseReader().read([Document.from_text(text)]).cases
    return case.events[0]


def recovery(text: str) -> Any:
    """`[low, high]` in days from the stop."""
    return dechallenge.assess(Document.from_text(text)).cases[0].suspects[0].key_points.recovery_days


def table(*rows: str) -> str:
    return TABLE.format(rows="\n".join(rows))


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        # the clause has a time of its own
        ("Six weeks later all tests were normal.", (39, 45)),
        ("Liver tests were normal within 6 weeks.", (0, 42)),
        ("During the following six weeks, his liver tests returned to normal.", (39, 45)),
        ("His liver tests resolved over the next six weeks.", (39, 45)),
        # a state is that of the visit told before it, a change is later
        ("Six weeks later he was seen again. All liver tests were normal.", (39, 45)),
        ("Six weeks later he was seen again. His liver tests returned to normal.", (39, None)),
        ("Three weeks after stopping, ALT was 860 U/L. He recovered fully.", (18, None)),
        ("Three weeks after stopping, ALT was 860 U/L. Liver tests were later normal.", (18, None)),
        # what lies between is not dated: the count begins at the last moment that is
        ("He soon improved and was discharged. Liver tests were normal 6 weeks later.", (39, 45)),
        ("ALT peaked one week after stopping and then improved. Liver tests were normal 6 weeks later.", (43, 55)),
        # no more of it since the visit told before
        ("He improved and was discharged 5 days later. He had no further episodes of jaundice.", (5, 5)),
    ],
)
def test_the_words_date_a_recovery(end: str, expected: tuple[float, float | None]) -> None:
    assert event(FOUND + STOPPED + end).outcome == "recovered"
    assert recovery(FOUND + STOPPED + end) == expected


def test_further_episodes_are_no_recovery() -> None:
    end = "He improved and was discharged 5 days later. He had two further episodes of jaundice."
    assert event(FOUND + STOPPED + end).outcome == "recovering"


def test_a_recovery_without_a_time_does_not_overrule_the_value_before_it() -> None:
    text = FOUND + STOPPED + "Three weeks after stopping, ALT was 860 U/L. He recovered fully."
    told = event(text).recovery_from_stop
    assert told is not None and told.high is None


def test_an_earlier_telling_with_a_time_dates_the_same_recovery() -> None:
    text = FOUND + STOPPED + "Six weeks later all liver tests were normal. He recovered fully."
    assert recovery(text) == (39, 45)
    quotes = [item.quote for item in event(text).outcome_evidence if isinstance(item, TextEvidence)]
    assert quotes == ["recovered", "all liver tests were normal"]


def test_a_relapse_parts_two_recoveries() -> None:
    text = (
        FOUND + STOPPED + "Six weeks later all liver tests were normal. Then ALT rose to 950 U/L. He recovered fully."
    )
    assert recovery(text)[1] is None


@pytest.mark.parametrize(
    "told",
    [
        "ALT was elevated, but bilirubin and albumin levels were normal. ",
        "His liver tests were normal before treatment. ",
        "His serum bilirubin levels were normal. ",
    ],
)
def test_tests_that_are_normal_at_the_outset_are_no_recovery(told: str) -> None:
    text = "A 50-year-old man had abnormal liver tests 3 weeks after starting nefazodone. " + told
    assert event(text + STOPPED).outcome == "unknown"
    assert event(text + STOPPED + "His liver tests were normal 6 weeks later.").outcome == "recovered"


def test_tests_that_never_were_abnormal_tell_no_recovery() -> None:
    start = "A 50-year-old woman was started on nefazodone. After 6 weeks she complained of fatigue. "
    biopsy = "A liver biopsy showed focal necrosis, which was attributed to nefazodone. "
    normal = "Liver enzymes were normal. "
    assert event(start + normal + biopsy).outcome == "unknown"
    assert event(start + "Liver enzymes were elevated. " + biopsy + "Later all liver tests were normal.").outcome == (
        "recovered"
    )


def test_an_antibody_that_persists_is_no_reaction_that_persists() -> None:
    text = FOUND + STOPPED + "His liver tests fell to normal, although {} persisted."
    assert event(text.format("smooth muscle antibody titers")).outcome == "recovered"
    assert event(text.format("jaundice and itching")).outcome == "not recovered"


# --- with a table -----------------------------------------------------------------------------------------------------


def test_both_clocks_of_a_row_narrow_the_recovery() -> None:
    assert recovery(FOUND + STOPPED + table("8 weeks	1 month	30	90	0.8	")) == (29, 37)


def test_an_upper_bound_in_words_meets_the_first_normal_row() -> None:
    words = "Liver tests were normal within 6 weeks. "
    rows = ("7 weeks	4 weeks	90	120	1.0	", "9 weeks	6 weeks	30	90	0.8	")
    assert recovery(FOUND + STOPPED + words + table(*rows)) == (39, 42)


def test_words_call_a_row_normal_that_is_a_little_above_its_limit() -> None:
    words = "Liver tests were normal within 7 weeks. "
    rows = ("9 weeks	6 weeks	30	90	{}	", "12 weeks	9 weeks	30	90	0.8	")
    assert recovery((FOUND + STOPPED + words + table(*rows)).format("1.4")) == (39, 45)
    assert recovery((FOUND + STOPPED + words + table(*rows)).format("2.4")) == (0, 49)  # the injury, and no rounding
    assert recovery((FOUND + STOPPED + table(*rows)).format("1.4")) == (60, 66)  # no words


def test_rows_that_are_normal_earlier_show_the_recovery_and_later_ones_do_not_undo_the_words() -> None:
    words = "Liver tests were normal {} weeks after stopping. "
    row = "9 weeks	6 weeks	30	90	0.8	"
    assert recovery(FOUND + STOPPED + words.format(12) + table(row)) == (39, 45)
    assert recovery(FOUND + STOPPED + words.format(4) + table(row)) == (25, 31)


def test_a_value_at_a_limit_printed_as_below_it_is_not_yet_normal() -> None:
    rows = ("7 weeks	4 weeks	45	90	0.8	", "9 weeks	6 weeks	30	90	0.8	")
    assert recovery(FOUND + STOPPED + table(*rows)) == (39, 45)
    assert recovery(FOUND + STOPPED + table(rows[0].replace("45", "44"), rows[1])) == (25, 31)


def test_another_drug_in_the_table_begins_a_new_stretch() -> None:
    rows = ("9 weeks	6 weeks	30	90	0.8	", "{}", "14 weeks	11 weeks	400	90	3.0	")
    text = FOUND + STOPPED + table(*rows)
    assert recovery(text.format("Amlodipine (10 mg daily) started")) == (39, 45)
    assert recovery(text.format("10 weeks	7 weeks	60	90	0.9	")) is None


TWO_COURSES = """

Laboratory Values
Time After Starting	Time After Stopping	ALT (U/L)	Alk P (U/L)	Bilirubin (mg/dL)	Other
Nefazodone started
3 weeks	0	900	200	6.0	Nefazodone stopped
9 weeks	6 weeks	{first}	100	0.9
Nefazodone restarted
10 days	0	700	190	4.0	Nefazodone stopped
5 weeks	25 days	30	100	0.8
Normal Values		<45	<115	<1.2
"""
AGAIN = "Nefazodone was then restarted, and jaundice came back after 10 days. Nefazodone was stopped again"


@pytest.mark.parametrize(
    ("first", "words", "expected"),
    [
        # the words come before the re-exposure: they are about the rows before it
        (40, f"His liver tests became normal within two months. {AGAIN}, and he improved.", (39, 45)),
        (50, f"His liver tests became normal within two months. {AGAIN}, and he improved.", (39, 45)),
        # a value that no word can call normal: the end comes after it, and no row of the other course stands in for it
        (300, f"His liver tests became normal within two months. {AGAIN}, and he improved.", (39, 60)),
        # the words come after it: they are about the rows behind it
        (40, f"{AGAIN}, and his liver tests became normal within 6 weeks.", (25, 25)),
    ],
)
def test_words_are_joined_with_the_rows_of_their_course(first: int, words: str, expected: tuple[float, float]) -> None:
    assert recovery(FOUND + STOPPED + words + TWO_COURSES.format(first=first)) == expected


def test_a_table_of_one_course_is_that_of_the_course_it_is_as_long_as() -> None:
    story = (
        "A 60-year-old woman took nitrofurantoin for 3 years, when her liver tests were found to be raised. "
        "Nitrofurantoin was stopped, but restarted two months later. She became jaundiced 6 weeks after restarting "
        "nitrofurantoin. Nitrofurantoin was stopped again and her liver tests became normal."
    )
    rows = (
        "\n\nLaboratory Values\nTime After Starting\tTime After Stopping\tALT (U/L)\tAlk P (U/L)\tBilirubin (mg/dL)\n"
        "{length}\t0\t600\t150\t4.0\n{later}\t4 weeks\t30\t100\t0.8\nNormal Values\t\t<45\t<115\t<1.2\n"
    )

    def day(length: str, later: str) -> Any:
        (case,) = ProseReader().read([Document.from_text(story + rows.format(length=length, later=later))]).cases
        return next(m.time for m in case.measurements if m.value == 600)

    second, first = day("6 weeks", "10 weeks"), day("3 years", "37 months")
    assert second.low > 3 * 365 - 90 and second.anchor == "table"
    assert first.low < 3 * 365 < first.high


def test_rows_that_only_touch_the_words_do_not_narrow_them() -> None:
    end = "Two months after stopping nefazodone all liver tests were normal."
    rows = table("\t3 months\t50\t110\t1.0", "\t5 months\t30\t100\t0.8")
    assert recovery(FOUND + STOPPED + end + rows) == (45, 75)


@pytest.mark.parametrize(("earlier", "expected"), [("Edema", (405, 435)), ("", (405, 435))])
def test_a_row_that_only_touches_the_onset_tells_an_earlier_sign(earlier: str, expected: tuple[float, float]) -> None:
    text = (
        "An 80-year-old woman was started on nitrofurantoin. After 14 months she was found to have jaundice and "
        "peripheral edema. Nitrofurantoin was stopped.\n\nLaboratory Values\n"
        "Time After Starting\tTime After Stopping\tALT (U/L)\tAlk P (U/L)\tBilirubin (mg/dL)\tOther\n"
        f"13 months\t\t197\t359\t3.8\t{earlier}\n14 months\t0\t307\t503\t5.0\tJaundice\n"
        "21 months\t7 months\t39\t100\t0.9\t\nNormal Values\t\t<42\t<130\t<1.2\n"
    )
    latency = dechallenge.assess(Document.from_text(text)).cases[0].suspects[0].key_points.latency_days
    assert latency == expected
