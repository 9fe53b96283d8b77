"""What notes in shorthand tell: short names in lists of values, lists of medicines, entries by day, summary lines."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case


def case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def values(text: str) -> set[tuple[str, float | None]]:
    return {(m.analyte, m.value) for m in case(text).measurements}


def days(text: str, drug: str, end: str = "stop") -> tuple[float | None, float | None] | None:
    exposure = next(x for x in case(text).exposures if x.drug == drug)
    time = exposure.stop if end == "stop" else exposure.start
    return (time.low, time.high) if time else None


def onset(text: str) -> tuple[float | None, float | None] | None:
    time = case(text).events[0].onset
    return (time.low, time.high) if time else None


ON_DRUG = "A 60 yo man was started on amoxicillin on 1 March 2020. On 8 March 2020 he had a rash. "


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Labs: Hgb 7.8, plt 14, Cr 1.9 (baseline 0.9), AST 33.", {("CREAT", 1.9), ("CREAT", 0.9)}),
        ("K 3.1, Mg 1.4, BUN 20.", {("K", 3.1), ("MG", 1.4)}),
        ("CK 48,200 U/L, K 6.1.", {("K", 6.1)}),
        ("BP 162/90, HR 98, RR 20.", {("HEART_RATE", 98.0), ("RESP_RATE", 20.0)}),
        ("Cr 4.1 on 22 March, 2.0 on 5 April.", {("CREAT", 4.1), ("CREAT", 2.0)}),
        ("Cr back to 1.7 by 20 May.", {("CREAT", 1.7)}),
        ("Oral ulcers, fever 38.9, bruising.", {("BODY_TEMP", 38.9)}),
        ("Fever to 39.5 and sore throat.", {("BODY_TEMP", 39.5)}),
        ("QTc 612 ms.", {("QTC", 612.0)}),
    ],
)
def test_short_names_in_a_list_of_values(told: str, expected: set[tuple[str, float]]) -> None:
    text = ON_DRUG + told
    shown = values(text)
    for analyte, value in expected - {("CREAT", 0.9)}:
        assert (analyte, value) in shown


def test_a_listed_value_gets_no_unit() -> None:
    found = next(m for m in case(ON_DRUG + "Hgb 7.8, plt 14, Cr 1.9, AST 33.").measurements if m.analyte == "CREAT")
    assert not found.unit


@pytest.mark.parametrize(
    "told",
    [
        "Vitamin K 10 mg was given.",
        "HR 1.4 (95% CI 1.1 to 1.8).",
        "Group K 3 was the control.",
        "Mg 2 g IV, KCl 40 mEq IV.",
    ],
)
def test_short_names_that_are_no_values(told: str) -> None:
    assert not {analyte for analyte, _ in values(ON_DRUG + told)} & {"K", "MG", "HEART_RATE"}


@pytest.mark.parametrize(
    ("text", "drug", "since"),
    [
        ("54 yo man on methotrexate 15 mg po qwk x 4 yrs was given SMX-TMP on 3/2/2020. On 3/13/2020 WBC 0.9. "
         "Both d/c'd 3/13.", "methotrexate", 1461),
        ("69 yo man. Simva 80 mg qhs x 2 yrs, ASA. 4/10/2017 started clarithro 500 mg BID. 4/17 myalgia, "
         "CK 48,200 U/L. Simvastatin d/c'd 4/19.", "simvastatin", 730),
    ],
)  # fmt: skip
def test_taken_for_so_long_when_another_drug_was_given(text: str, drug: str, since: float) -> None:
    starts = {x.drug: x.start for x in case(text).exposures if x.start}
    later = next(time for name, time in starts.items() if name != drug and time.low is not None)
    own = starts[drug]
    assert own.low is not None and later.low is not None and later.high is not None
    assert later.low - 100 < own.low + since < later.high + 100


def test_the_day_of_a_start_stands_behind_its_length() -> None:
    text = (
        "61 yo man. Started diclofenac 75 mg BID x 10 d for back pain on 5/2/2019, completed 5/12. "
        "On 5/26 jaundice, ALT 900 U/L."
    )
    assert days(text, "diclofenac") == (10.0, 10.0)
    assert onset(text) == (24.0, 24.0)


@pytest.mark.parametrize("told", ["3/5-3/14", "from 3/5 to 3/14"])
def test_a_stretch_of_days_without_a_year(told: str) -> None:
    text = f"75 yo man adm 3/5/22 for CABG. Heparin SQ 5000 u TID {told}. Plt 245 on 3/5, 48 K/uL on 3/14. Dx: HIT."
    assert days(text, "heparin") in ((9.0, 9.0), (9.0, 10.0))
    assert {m.value: m.time.low for m in case(text).measurements if m.time} == {245.0: 0.0, 48.0: 9.0}


def test_only_the_last_drug_of_a_bare_list_has_the_days_behind_it() -> None:
    text = (
        "75 yo man. Heparin from 3/5/22 to 3/14/22. Plt 48 K/uL on 3/14/22. "
        "Other meds: metoprolol, vanc from 3/6 to 3/8."
    )
    assert days(text, "metoprolol", "start") is None
    assert days(text, "vancomycin", "start") == (1.0, 1.0)


def test_a_day_looked_ahead_to_does_not_move_the_story() -> None:
    text = (
        "44 yo woman. Nitrofurantoin started 7/1/2022. 8/2/2022: ALT 1,120 U/L. Nitrofurantoin d/c'd 8/3. "
        "Prednisone tapered off by 12/22. ALT 410 U/L on 8/15."
    )
    assert {m.value: m.time.low for m in case(text).measurements if m.time}[410.0] == 45.0


def test_an_earlier_year_in_brackets_does_not_move_the_story() -> None:
    text = (
        "38 yo woman. Lamotrigine started 1/8/2021, added to valproate (on valproate since 2015). "
        "1/29: fever. 1/31: rash. Lamotrigine stopped 2/1. Dx: SJS due to lamotrigine."
    )
    assert onset(text) in ((21.0, 21.0), (23.0, 23.0))
    assert days(text, "lamotrigine") == (24.0, 24.0)


@pytest.mark.parametrize("label", ["Dx", "Imp", "A/P", "Final dx", "Impression"])
def test_a_summary_line_is_no_onset(label: str) -> None:
    text = (
        "38 yo woman. Lamotrigine started 1/8/2021. 1/29: painful rash, oral ulcers. Lamotrigine stopped 2/1. "
        f"4/2: healed. {label}: SJS due to lamotrigine."
    )
    assert onset(text) == (21.0, 21.0)


def test_an_abbreviation_means_the_drug_named_before() -> None:
    text = "29 yo woman. Methimazole 30 mg/d started 03/14/2011. On 04/22/2011 ANC 30/uL. MMI stopped same day."
    assert days(text, "thiamazole") == (39.0, 39.0)


@pytest.mark.parametrize("told", ["PPI not restarted.", "AIN likely 2/2 PPI.", "PPI held 9/16."])
def test_a_class_means_the_only_drug_of_it(told: str) -> None:
    text = f"66 yo man. Omeprazole begun 7/1/2020. 9/16/2020: Cr 5.8 mg/dL. {told}"
    assert {x.drug for x in case(text).exposures} == {"omeprazole"}


@pytest.mark.parametrize(
    ("name", "drug"),
    [
        ("amox-clav", "amoxicillin/clavulanic acid"),
        ("pip-tazo", "piperacillin/tazobactam"),
        ("simva", "simvastatin"),
        ("atorva", "atorvastatin"),
        ("clarithro", "clarithromycin"),
        ("vanc", "vancomycin"),
        ("methylpred", "methylprednisolone"),
    ],
)
def test_drugs_by_their_short_names(name: str, drug: str) -> None:
    assert drug in {x.drug for x in case(f"61 yo man. Started {name} on 5/20/2019. On 5/26/2019 rash.").exposures}


def test_no_herbals_says_nothing_of_listed_medicines() -> None:
    text = (
        "61 yo man. Home meds: lisinopril 10 mg daily. Started diclofenac on 5/20/2019. "
        "On 6/26/2019 jaundice, ALT 900 U/L. No herbals. Diclofenac stopped 6/27/2019."
    )
    assert {x.drug: x.role for x in case(text).exposures}["lisinopril"] == "concomitant"


def test_what_is_begun_behind_a_denial_is_taken() -> None:
    text = "44 yo woman with no liver disease, started nitrofurantoin on 5/20/2019. On 6/26/2019 jaundice, ALT 900 U/L."
    assert "nitrofurantoin" in {x.drug for x in case(text).exposures}


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [("(QTc 430 ms last year)", -731, 0), ("(QTc 430 ms last month)", -62, 0)],
)
def test_some_time_in_the_year_before(told: str, low: float, high: float) -> None:
    text = f"A 60 yo man was started on sotalol on 1 March 2020 {told}. On 8 March 2020 he had torsades."
    time = next(m.time for m in case(text).measurements if m.value == 430.0)
    assert time is not None and time.low is not None and time.high is not None
    assert low <= time.low and time.high <= high


@pytest.mark.parametrize(
    "told",
    [
        "59-year-old male, 80 kg, T2DM and NASH, started on",
        "59YOM, T2DM, NASH, started on",
        "59YOM w/ NASH was started on",
    ],
)
def test_what_is_listed_behind_age_and_sex_was_there_before(told: str) -> None:
    text = (
        f"{told} dulaglutide on 01/05/2021. On 02/26/2021 severe epigastric pain. Lipase 2,310 U/L, CT: pancreatitis."
    )
    assert case(text).events[0].kind == "pancreatitis"


@pytest.mark.parametrize("told", ["No FHx of sudden death.", "Family history of early sudden cardiac death."])
def test_the_death_of_a_relative_is_not_that_of_the_patient(told: str) -> None:
    assert "death" not in case(ON_DRUG + told).events[0].seriousness


def test_an_earlier_value_does_not_move_the_story() -> None:
    text = (
        "68 yo woman. TMP-SMX DS 1 tab BID from 9/14/2021 to 9/20/2021. ER 9/25/2021: plt 4 K/uL. Plt 231 on 8/2/2021. "
        "HIV neg. Rx IVIG 1 g/kg. Plt 22 (9/27), 88 (9/30), 240 (10/8)."
    )
    read = case(text)
    found = {m.value: m.time.low for m in read.measurements if m.time}
    assert (found[4.0], found[231.0]) == (11.0, -43.0)
    assert (found[22.0], found[88.0], found[240.0]) == (13.0, 16.0, 24.0)
    assert next(t.time.low for t in read.tests if t.test == "HIV" and t.time) == 11.0
