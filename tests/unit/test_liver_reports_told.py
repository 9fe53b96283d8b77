"""Wordings of liver reports by many authors: latency, re-exposure, recovery, severity, each with a counter-example."""

from __future__ import annotations

from typing import Any

import pytest

import dechallenge
from dechallenge.case import Case

Days = tuple[float | None, float | None]


def case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def latency(text: str, drug: str) -> Days | None:
    time = next(link.latency for link in case(text).links if link.drug == drug)
    return None if time is None else (time.low, time.high)


def suspects(text: str) -> list[str]:
    return [link.drug for link in case(text).links if link.role == "suspect"]


def again(text: str) -> list[tuple[str, str | None]]:
    return [(a.drug, a.result) for a in case(text).actions if a.kind == "restarted"]


def recovery(text: str) -> Days | None:
    time = case(text).events[0].recovery_from_stop
    return None if time is None else (time.low, time.high)


def severity(text: str) -> dict[str, Any]:
    answer = dechallenge.assess(dechallenge.Document.from_text(text, "report.txt")).model_dump(by_alias=True)
    grade: dict[str, Any] = answer["cases"][0]["suspects"][0]["key_points"]["severity"]
    return grade


@pytest.mark.parametrize(
    ("text", "drug", "days"),
    [
        # the clause that the time counts from
        ("A man became jaundiced (ALT 900 U/L) 8 weeks after he had begun taking kava for sleep.", "kava", (53, 59)),
        ("Jaundice, with ALT 900 U/L, came 8 weeks after he had begun buying and taking kava.", "kava", (53, 59)),
        # a rate tells the day of a counted dose
        (
            "She received tocilizumab 162 mg weekly. After the sixth injection she was jaundiced, ALT 900 U/L.",
            "tocilizumab", (35, 42),
        ),
        ("She received tocilizumab. After the sixth injection jaundice came, ALT 900 U/L.", "tocilizumab", (0, None)),
        # the length of what was taken before
        (
            "He was prescribed ticlopidine in addition to metoprolol that he had used for six years. On day 24 he was "
            "jaundiced and ALT was 500 U/L.", "ticlopidine", (24, 24),
        ),
        # a clause that looks back does not move the story
        (
            "Six months after he was started on dronedarone he felt weak. Liver enzymes, which had been normal at the "
            "two "
            "month visit, were now abnormal: ALT 2100 U/L.", "dronedarone", (165, 195),
        ),
        ("She took pazopanib. Tests were normal until week 6, at which point ALT was 320 U/L.", "pazopanib", (39, 45)),
        # planned is not taken
        (
            "He received ceftriaxone, planned for 21 days. On the twelfth day of treatment jaundice came, ALT 200 U/L.",
            "ceftriaxone", (12, 12),
        ),
        # days of a stay, and dates without a year
        (
            "She was treated with dicloxacillin from 3 to 13 June. On 29 June she was jaundiced, ALT 300 U/L.",
            "dicloxacillin", (26, 26),
        ),
        (
            "He was an inpatient from 2 to 9 February 2016. Cyproterone had been started on 9 October 2015. For two "
            "days "
            "before admission he had noticed dark urine. ALT was 900 U/L.", "cyproterone", (114, 114),
        ),
    ],
)  # fmt: skip
def test_latency(text: str, drug: str, days: Days) -> None:
    assert latency(text, drug) == days


@pytest.mark.parametrize(
    ("text", "restarts"),
    [
        (
            "She took kava for 4 weeks and was jaundiced. Kava was stopped. A year later she took the same tablets, "
            "and "
            "jaundice recurred.", [("kava", "positive")],
        ),
        ("She took kava for 4 weeks and was jaundiced. She had already received the same tablets in 2010.", []),
        ("She took kava for 4 weeks and was jaundiced. She had already received the same product in 2010.", []),
        (
            "He took isoniazid for 3 weeks; ALT rose to 900 U/L and it was stopped. Isoniazid was added back, and "
            "within a "
            "week ALT had risen to 700 U/L.", [("isoniazid", "positive")],
        ),
        (
            "He took isoniazid for 3 weeks; ALT rose to 900 U/L and it was stopped. Isoniazid was added back, without "
            "a "
            "rise in ALT.", [("isoniazid", "negative")],
        ),
        # the same re-exposure, called by its name
        (
            "She took imatinib for 3 weeks; ALT rose to 900 U/L. Imatinib was stopped. It was resumed and ALT rose "
            "again. "
            "The rechallenge was positive.", [("imatinib", "positive")],
        ),
    ],
)  # fmt: skip
def test_re_exposure(text: str, restarts: list[tuple[str, str | None]]) -> None:
    assert again(text) == restarts


def test_the_drug_with_which_the_reaction_came_back_is_blamed_and_not_those_without() -> None:
    text = (
        "He began isoniazid, rifampicin and pyrazinamide daily. Nineteen days later he was jaundiced and ALT was 920 "
        "U/L. "
        "All three drugs were stopped. Isoniazid and rifampicin were reintroduced without any rise in ALT. When "
        "pyrazinamide was added back, ALT rose to 510 U/L."
    )
    assert suspects(text) == ["pyrazinamide"]


def test_a_drug_that_was_added_to_another_is_the_one_begun() -> None:
    text = (
        "Tocilizumab was added to methotrexate. Five weeks later she was jaundiced and ALT was 900 U/L. Both drugs "
        "were "
        "stopped. Methotrexate was restarted without recurrence."
    )
    assert suspects(text)[0] == "tocilizumab"


def test_the_latter_is_the_drug_named_last() -> None:
    text = (
        "She took imatinib from 12 May 2015. Other drugs: levothyroxine and allopurinol (the latter stopped on 30 June "
        "2015). On 20 August 2015 ALT was 900 U/L. Imatinib was stopped on 21 August 2015."
    )
    stops = {a.drug: a.time.low for a in case(text).actions if a.kind == "stopped" and a.time is not None}
    assert stops == {"allopurinol": 49, "imatinib": 101}


def test_a_stop_of_months_ago_does_not_blame() -> None:
    head = "She took infliximab for 14 weeks; ALT was 460 U/L. She had stopped azathioprine {} before. "
    assert suspects(head.format("8 months") + "Infliximab was withheld.") == ["infliximab"]
    assert "azathioprine" in suspects(head.format("2 days") + "Infliximab was withheld.")


def test_a_member_named_with_its_class_is_begun_with_it() -> None:
    text = "He became jaundiced 8 weeks after he had begun taking anabolic steroids{} methasterone. ALT was 98 U/L."
    assert latency(text.format(", among them"), "methasterone") == (53, 59)
    assert latency(text.format(" despite"), "methasterone") is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Two weeks later ALAT was 4.1 µkat/L and by ten weeks it was normal.", (67, 73)),
        ("ALT was entirely normal six weeks after withdrawal.", (39, 45)),
        ("Six months later ALT was still 200 U/L.", None),
    ],
)
def test_recovery(text: str, days: Days | None) -> None:
    head = "She took isoniazid for 3 weeks and was jaundiced; ALT was 900 U/L. Isoniazid was stopped. "
    assert recovery(head + text) == days


def test_the_recovery_of_the_first_course_where_that_of_the_last_has_no_time() -> None:
    text = (
        "She took imatinib from 1 May 2015. On 1 June 2015 ALT was 900 U/L. Imatinib was stopped on 2 June 2015. On "
        "12 July "
        "2015 liver tests had normalised. On 1 August 2015 imatinib was restarted; on 9 August 2015 ALT was again "
        "elevated (300 U/L) and imatinib was stopped. Outcome: recovered."
    )
    assert recovery(text) == (40, 40)


def test_a_bound_does_not_hide_the_printed_peak() -> None:
    head = "She took isoniazid for 3 weeks and was jaundiced: ALT 900 U/L, bilirubin 11 mg/dL{}. Isoniazid was stopped."
    assert severity(head.format(", INR 1.8. The INR never exceeded 2.0"))["low"] == 4
    assert severity(head.format(". The INR never exceeded 2.0"))["low"] == 2


def test_a_maximum_is_a_peak_and_no_bound() -> None:
    text = "She took isoniazid for 3 weeks. Bilirubin reached a maximum of 19.3 mg/dL and ALT was 900 U/L."
    value = next(m for m in case(text).measurements if m.analyte == "BILI_TOT")
    assert (value.comparator, value.value) == ("=", 19.3)


@pytest.mark.parametrize(
    ("text", "limit"), [("ALT 612 U/L (<50)", 50), ("ALT 612 U/L (<50 before)", None), ("ALT 612 U/L (7-56)", 56)]
)
def test_a_bound_alone_in_a_bracket_is_the_limit(text: str, limit: float | None) -> None:
    value = next(m for m in case(f"She took isoniazid for 3 weeks. Then {text}.").measurements if m.value == 612)
    assert (value.limit.high if value.limit is not None else None) == limit


@pytest.mark.parametrize(
    ("text", "stay"),
    [
        ("She left hospital on day 9.", True),
        ("The peak was reached on the 9th hospital day.", True),
        ("She was discharged on day 8.", True),
        ("She was discharged from the clinic.", False),
    ],
)
def test_a_stay_that_is_told_by_its_end(text: str, stay: bool) -> None:
    head = "She took isoniazid for 3 weeks and was jaundiced; ALT was 900 U/L. Isoniazid was stopped. "
    assert ("hospitalisation" in case(head + text).events[0].seriousness) is stay


def test_a_table_counted_from_the_first_and_the_last_infusion() -> None:
    table = (
        "Time After First Infusion\tTime After Last Infusion\tALT (U/L)\tAlk P (U/L)\n0\t\t21\t64\n14 weeks\t8 "
        "weeks\t460\t98\n"
        "18 weeks\t12 weeks\t30\t70\nNormal\t\t<40\t<120\n"
    )
    text = "A 36 year old woman was treated with infliximab and developed fatigue.\n\nLaboratory Values\n" + table
    days = {
        m.value: (m.time.low, m.time.high) for m in case(text).measurements if m.analyte == "ALT" and m.time is not None
    }
    assert days[460] == (95, 101)


def test_the_first_course_begins_where_the_report_does_though_only_the_second_start_is_told() -> None:
    text = (
        "Liver tests of a 42-year-old woman became abnormal under etanercept: in the ninth month ALT was 275 U/L and "
        "ALP 109 "
        "U/L. Etanercept was suspended and ALT normalised. Etanercept was started again; eight weeks later ALT was "
        "310 U/L."
    )
    start = next(e.start for e in case(text).exposures if e.drug == "etanercept")
    assert start is None or start.low == 0


def test_a_stop_of_it_means_the_drug_named_last() -> None:
    head = "She was treated with ranitidine. She discontinued {} on the 17th day because of jaundice; ALT was 744 U/L. "
    other = "Paracetamol had been taken for a day before that."
    assert suspects(head.format("it") + other)[0] == "ranitidine"


@pytest.mark.parametrize(
    ("done", "outcome"), [("was carried out five weeks later", "not recovered"), ("was not performed", "recovering")]
)
def test_a_transplantation_that_was_carried_out(done: str, outcome: str) -> None:
    text = "She took kava for 9 weeks and was jaundiced; ALT was 1700 U/L. Kava was stopped and she improved. "
    assert case(text + f"Liver transplantation {done}.").events[0].outcome == outcome


def test_weeks_after_a_drug_that_had_been_withdrawn() -> None:
    head = "She took dapsone for 3 weeks and was jaundiced; ALT was 900 U/L. Dapsone was withdrawn. "
    assert recovery(head + "Liver tests were normal six weeks after dapsone had been withdrawn.") == (39, 45)
