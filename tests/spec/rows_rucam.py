"""Spec tables of both editions of RUCAM: every option of every item, both sides of every limit."""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.table import Row, row

HEP: dict[str, Given] = {"alt_xuln": 10, "alp_xuln": 1}
CHOL: dict[str, Given] = {"alt_xuln": 3, "alp_xuln": 3}
MIXED: dict[str, Given] = {"alt_xuln": 9, "alp_xuln": 3}
ON_DRUG: dict[str, Given] = {"stop_to_onset": (None, 0)}
FIRST: dict[str, Given] = {**ON_DRUG, "exposure": "initial"}
AGAIN: dict[str, Given] = {**ON_DRUG, "exposure": "subsequent"}
AFTER: dict[str, Given] = {"latency": 40, "exposure": "initial", "slow_elimination": False}
SLOW: dict[str, Given] = {"latency": 40, "exposure": "initial", "slow_elimination": True}

ONSET = [
    row("1", gives, scale, FIRST, latency=day)
    for scale in (HEP, CHOL, MIXED)
    for day, gives in ((0, 1), (4, 1), (4.9, 1), (5, 2), (30, 2), (90, 2), (90.1, 1), (91, 1), (400, 1))
]
ONSET += [
    row("1", gives, HEP, AGAIN, latency=day)
    for day, gives in ((0.9, 1), (1, 2), (15, 2), (15.1, 1), (16, 1), (90, 1), (90.1, 1), (91, 1))
]
ONSET += [
    row("1", gives, scale, AGAIN, latency=day)
    for scale in (CHOL, MIXED)
    for day, gives in ((0.9, 1), (1, 2), (15, 2), (16, 2), (90, 2), (90.1, 1), (91, 1))
]
ONSET += [row("1", 1, HEP, AFTER, stop_to_onset=day) for day in (0.5, 15)]
ONSET += [row("1", 1, scale, AFTER, stop_to_onset=day) for scale in (CHOL, MIXED) for day in (15, 16, 30)]
ONSET += [row("1", 1, HEP, SLOW, stop_to_onset=16), row("1", 1, CHOL, SLOW, stop_to_onset=31)]
ONSET += [
    row("1", 2, HEP, AFTER, stop_to_onset=0),  # day 40 on the drug
    row("1", 1, HEP, AFTER, stop_to_onset=0.1),
    row("1", 2, HEP, latency=30),  # nothing known of stop and course
    row("1", None, HEP, FIRST),  # no dates: no points
]

STOPPED: dict[str, Given] = {"drug_continued": False}
FALLING: dict[str, Given] = {**STOPPED, "alt_rose_again": False, "alt_not_halved": False}

COURSE = [
    row("2", 3, HEP, FALLING, alt_half_days=6),
    row("2", 3, HEP, FALLING, alt_half_days=8),
    row("2", 2, HEP, FALLING, alt_half_days=8.1),
    row("2", 2, HEP, FALLING, alt_half_days=30),
    row("2", 0, HEP, FALLING, alt_half_days=30.1),
    row("2", 0, HEP, FALLING, alt_half_days=60),
    row("2", -2, HEP, STOPPED, alt_rose_again=False, alt_not_halved=True, alt_half_days=(35, None)),
    row("2", -2, HEP, STOPPED, alt_rose_again=True),
    row("2", -2, HEP, STOPPED, alt_rose_again=True, alt_half_days=6),
    row("2", 0, HEP, STOPPED),
    row("2", 0, HEP, drug_continued=True, alt_half_days=6),
    row("2", 0, CHOL, drug_continued=True, alp_half_days=6),
    row("2", 0, CHOL, FALLING, alt_half_days=6),  # ALT does not count on this scale
]
COURSE += [
    row("2", gives, scale, STOPPED, alp_half_days=day, alp_fell_short=short)
    for scale in (CHOL, MIXED)
    for day, short, gives in ((6, False, 2), (180, False, 2), (180.1, False, 0), (181, False, 0), (181, True, 1))
]
COURSE += [row("2", 0, CHOL, STOPPED), row("2", 0, STOPPED)]

AGES = [
    row("{age}", gives, scale, age=age)
    for scale in (HEP, CHOL)
    for age, gives in ((54, 0), (54.9, 0), (55, 1), (55.1, 1), (60, 1))
] + [row("{age}", 0, HEP)]

OTHER_DRUGS = [
    row("4", gives, HEP, concomitant=value)
    for value, gives in (("none", 0), ("incompatible", 0), ("compatible", -1), ("hepatotoxin", -2), ("proven", -3))
] + [row("4", 0, HEP)]

KNOWN = [
    row("6", gives, HEP, known_reaction=value)
    for value, gives in (
        ("labelled", 2),
        ("published", 1),
        ("few reports", 1),
        ("indirect", 0),
        ("unconvincing", 0),
        ("not described", 0),
    )
] + [row("6", 0, HEP)]


def causes(item: str, group_1: tuple[str, ...], group_2: tuple[str, ...], points: dict[int, int]) -> list[Row]:
    """Item 5: how many causes of group I are ruled out, then group II, then a cause that is found."""
    rows = []
    for count in range(len(group_1) + 1):
        states: dict[str, Given] = {
            name: "negative" if place < count else "not done" for place, name in enumerate(group_1)
        }
        states |= dict.fromkeys(group_2, "not done")
        rows.append(row(item, points[count], HEP, states))
    nothing: dict[str, Given] = dict.fromkeys((*group_1, *group_2), "negative")
    rows.append(row(item, 2, HEP, nothing))
    for name in (*group_1, *group_2):
        rows.append(row(item, -3, HEP, nothing, **{name: "positive"}))
        rows.append(row(item, 1 if name in group_2 else 0, HEP, nothing, **{name: "not done"}))
        rows.append(row(item, 1 if name in group_2 else 0, HEP, nothing, **{name: "not reported"}))
        rows.append(row(item, 1 if name in group_2 else 0, HEP, nothing, **{name: "not interpretable"}))
    rows.append(row(item, -2, HEP))
    return rows


ALONE: dict[str, Given] = {"rechallenge_setting": "drug alone"}
SAME: dict[str, Given] = {"rechallenge_setting": "same drugs"}
OTHER: dict[str, Given] = {"rechallenge_setting": "other conditions"}


def alt(before: Given, during: Given) -> dict[str, Given]:
    """ALT before and during re-exposure."""
    return {"rechallenge_alt_before": before, "rechallenge_alt_during": during}


def alp(before: Given, during: Given) -> dict[str, Given]:
    """ALP before and during re-exposure."""
    return {"rechallenge_alp_before": before, "rechallenge_alp_during": during}


READMINISTRATION = [
    row("7", 0, HEP, rechallenge_setting="not done"),
    row("7", 0, HEP),
    row("7", 0, CHOL, rechallenge_setting="not done"),
    row("7", 3, HEP, ALONE, alt(2.5, 5.5)),
    row("7", 3, HEP, ALONE, alt(2.5, 5)),
    row("7", 0, HEP, ALONE, alt(2.5, 4.75)),
    row("7", 0, HEP, ALONE, alt(2.5, 4.99)),
    row("7", 1, HEP, SAME, alt(2.5, 5)),
    row("7", 0, HEP, SAME, alt(2.5, 4.9)),
    row("7", 0, HEP, OTHER, alt(2.5, 50)),
    row("7", -2, HEP, ALONE, alt(0.5, 0.6)),
    row("7", -2, HEP, SAME, alt(0.5, 0.99)),
    row("7", 0, HEP, OTHER, alt(0.5, 0.6)),
    row("7", 3, HEP, ALONE, alt(0.5, 1)),
    row("7", 0, HEP, ALONE, alt(0.6, 1)),
    row("7", 0, HEP, ALONE, alt(0.6, 0.6)),
    row("7", 0, HEP, ALONE, rechallenge_alt_during=50),
    row("7", 0, HEP, ALONE, rechallenge_alt_before=2),
    row("7", 3, CHOL, ALONE, alp(1.5, 3)),
    row("7", 0, CHOL, ALONE, alp(1.5, 2.9)),
    row("7", 1, CHOL, SAME, alp(1.5, 3)),
    row("7", 0, CHOL, OTHER, alp(1.5, 9)),
    row("7", -2, CHOL, ALONE, alp(0.5, 0.7)),
    row("7", -2, MIXED, SAME, alp(0.5, 0.99)),
    row("7", 0, CHOL, ALONE, alp(0.7, 0.7)),
    row("7", 0, CHOL, ALONE, alp(0.7, 1)),
    row("7", 3, CHOL, ALONE, alp(0.5, 1)),
    row("7", 0, CHOL, ALONE, alt(1, 50)),  # ALT does not count on this scale
]

RUCAM_1993 = [
    *ONSET,
    *COURSE,
    row("2", 2, CHOL, STOPPED, bili_half_days=180, alp_half_days=400, alp_fell_short=False),
    row("2", 0, CHOL, STOPPED, bili_half_days=180.1, alp_half_days=400, alp_fell_short=False),
    row("3a", 0, HEP, alcohol_drinks=0),
    row("3a", 1, HEP, alcohol_drinks=0.1),
    row("3a", 1, HEP, alcohol_drinks=(0.1, None)),
    row("3a", 0, HEP, alcohol_drinks=0, pregnancy=True),
    row("3a", 0, HEP),
    row("3a", 1, CHOL, alcohol_drinks=0, pregnancy=True),
    row("3a", 1, MIXED, alcohol_drinks=2, pregnancy=True),  # one point at most
    row("3a", 0, CHOL, alcohol_drinks=0, pregnancy=False),
    *[Row("3b", line.given, line.gives) for line in AGES],
    row("3", 2, HEP, alcohol_drinks=1, age=70),
    *OTHER_DRUGS,
    *causes(
        "5",
        ("hav", "hbv", "hcv", "biliary_imaging", "alcoholic_hepatitis", "hypotension"),
        ("underlying_disease", "cmv", "ebv", "hsv"),
        {0: -2, 1: -2, 2: -2, 3: -2, 4: 0, 5: 0, 6: 1},
    ),
    *KNOWN,
    *READMINISTRATION,
    row("7", 3, HEP, ALONE, alt(6, 15)),  # 1993 has no limit before re-exposure
    row("7", 3, CHOL, ALONE, rechallenge_bili_before=1, rechallenge_bili_during=2),
    row("7", 0, CHOL, ALONE, alp(1, 1), rechallenge_bili_before=1, rechallenge_bili_during=1.9),
]

RUCAM_2016 = [
    *ONSET,
    *COURSE,
    row("2", 0, CHOL, STOPPED, alp_fell_short=False),
    *[
        row("3a", gives, HEP, sex=sex, alcohol_drinks=drinks)
        for sex, drinks, gives in (
            ("female", 0, 0),
            ("female", 2, 0),
            ("female", 2.1, 1),
            ("female", 2.5, 1),
            ("female", 3, 1),
            ("female", 3.5, 1),
            ("male", 2, 0),
            ("male", 2.5, 0),
            ("male", 3, 0),
            ("male", 3.1, 1),
            ("male", 4, 1),
        )
    ],
    row("3a", 0, HEP, alcohol_drinks=2.5),  # sex not known
    row("3a", 1, HEP, alcohol_drinks=5),
    row("3a", 0, HEP),
    row("3b", 0, HEP, pregnancy=True),  # not an item of the hepatocellular scale
    row("3b", 1, CHOL, pregnancy=True),
    row("3b", 1, MIXED, pregnancy=True),
    row("3b", 0, CHOL, pregnancy=False),
    row("3b", 0, CHOL),
    *[Row("3c", line.given, line.gives) for line in AGES],
    row("3", 3, CHOL, sex="female", alcohol_drinks=3, pregnancy=True, age=55),
    *OTHER_DRUGS,
    *causes(
        "5",
        ("hav", "hbv", "hcv", "hev", "biliary_imaging", "alcoholic_hepatitis", "hypotension"),
        ("underlying_disease", "cmv", "ebv", "hsv", "vzv"),
        {0: -2, 1: -2, 2: -2, 3: -2, 4: -2, 5: 0, 6: 0, 7: 1},
    ),
    *KNOWN,
    *READMINISTRATION,
    # The conditions of a re-exposure test (PMC5456249, Table 13): positive scores 3, negative and uninterpretable 0.
    row("7", 3, HEP, ALONE, alt(4.99, 9.98)),
    row("7", 0, HEP, ALONE, alt(5, 10)),
    row("7", 0, HEP, ALONE, alt(6, 15)),
    row("7", 0, HEP, ALONE, alt(6, 7)),
    row("7", 3, CHOL, ALONE, alp(1.99, 3.98)),
    row("7", 0, CHOL, ALONE, alp(2, 4)),
    row("7", 0, CHOL, ALONE, alp(2.5, 6)),
    row("7", 0, CHOL, ALONE, alp(2.5, 3)),
    row("7", 0, CHOL, ALONE, rechallenge_alp_during=9),
    row("7", 0, CHOL, ALONE, rechallenge_alp_before=1),
]

ALL: dict[str, list[Row]] = {"rucam-1993": RUCAM_1993, "rucam-2016": RUCAM_2016}
