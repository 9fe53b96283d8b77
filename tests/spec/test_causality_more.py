"""Whole answer spaces of the Liverpool tool, Maria & Victorino and DDW-J 2004 against tables written independently.

RECAM has too many sheets: its frame is checked (ranges of domains and total, bands, deciding answers).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import pytest

from dechallenge import instruments
from dechallenge.facts.vocabulary import TERMS
from dechallenge.logic.engine import score
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Given, Instrument, Sum
from dechallenge.logic.results import InstrumentResult
from dechallenge.logic.scoring import Scoring, band
from dechallenge.logic.typed import typed_fact

Answer = Mapping[str, Given]


def result_of(instrument: Instrument, given: Answer) -> InstrumentResult:
    return score(instrument, Facts(typed_fact(TERMS[name], value) for name, value in given.items()), questions=False)


def scored(instrument: Instrument, answers: Sequence[Answer]) -> Scoring:
    given = {name: value for answer in answers for name, value in answer.items()}
    return Scoring(instrument, Facts(typed_fact(TERMS[name], value) for name, value in given.items()), None)


# --- Liverpool: all answers, with "not known" for questions 7 to 10 --------------------------------------------------

LIVERPOOL: dict[str, dict[str, Answer]] = {
    "1": {"yes": {"reaction_suspected": True}, "no": {"reaction_suspected": False}},
    "2": {"yes": {"latency": 5}, "no": {"latency": -5}},
    "3": {"yes": {"symptoms_worsened": True}, "no": {"symptoms_worsened": False}},
    "4": {
        "yes": {"dechallenge": "positive"},
        "unassessable": {"dechallenge": "not assessable", "stop_not_possible": True},
        "no": {"dechallenge": "negative", "stop_not_possible": False},
    },
    "5": {"yes": {"lasting_disability": True}, "no": {"lasting_disability": False}},
    "6": {
        "low": {"disease_could_explain": False, "other_cause": "unlikely"},
        "high": {"disease_could_explain": True, "other_cause": "probable"},
        "unsure": {},
    },
    "7": {
        "yes": {"specific_test": "positive"},
        "no": {"specific_test": "negative", "toxic_level": False, "dose_response": False},
        "?": {},
    },
    "8": {"yes": {"rechallenge": "positive"}, "no": {"rechallenge": "not done"}, "?": {}},
    "9": {"yes": {"same_reaction_before": True}, "no": {"same_reaction_before": False}, "?": {}},
    "10": {"yes": {"known_reaction": "labelled"}, "no": {"known_reaction": "not described"}, "?": {}},
}
# Where each answer leads: the number of the next question, or the end. Read off the flow chart.
CHART: dict[str, dict[str, str]] = {
    "1": {"yes": "2", "no": "unlikely"},
    "2": {"yes": "4", "no": "3"},
    "3": {"yes": "4", "no": "unlikely"},
    "4": {"yes": "6", "unassessable": "6", "no": "5"},
    "5": {"yes": "6", "no": "possible"},
    "6": {"low": "8", "high": "7", "unsure": "7"},
    "7": {"yes": "9", "no": "possible", "?": "possible"},
    "8": {"yes": "definite", "no": "9", "?": "9"},
    "9": {"yes": "definite", "no": "10", "?": "10"},
    "10": {"yes": "probable", "no": "possible", "?": "possible"},
}


def end(sheet: Mapping[str, str]) -> str:
    step = "1"
    while step in CHART:
        step = CHART[step][sheet[step]]
    return step


def test_every_path_of_the_liverpool_chart() -> None:
    count = 0
    for answers in product(*LIVERPOOL.values()):
        sheet = dict(zip(LIVERPOOL, answers, strict=True))
        scoring = scored(instruments.liverpool_2011, [LIVERPOOL[step][answer] for step, answer in sheet.items()])
        assert scoring.category(None) == (end(sheet), None), sheet
        count += 1
    assert count == 2 * 2 * 2 * 3 * 2 * 3 * 3**4


def test_without_an_answer_to_question_4_the_chart_is_not_completed() -> None:
    result = instruments.liverpool_2011.score(reaction_suspected=True, latency=5, dechallenge="not done")
    assert result.category is None
    assert "cannot be completed" in result.reason


def test_the_edge_from_question_7_is_said() -> None:
    result = instruments.liverpool_2011.score(
        reaction_suspected=True,
        latency=5,
        dechallenge="positive",
        disease_could_explain=True,
        other_cause="possible",
        toxic_level=True,
        rechallenge="positive",
        known_reaction="labelled",
    )
    assert result.category == "probable"
    assert any("7 yes, then 8" in caution.text for caution in result.cautions)


# --- Maria & Victorino: 6,912 sheets ---------------------------------------------------------------------------------

HEP: Answer = {"alt_xuln": 10, "alp_xuln": 1}
CDS_CAUSES = (
    "hav",
    "hbv",
    "hcv",
    "cmv",
    "ebv",
    "alcoholic_hepatitis",
    "biliary_imaging",
    "underlying_disease",
    "hypotension",
)
NEGATIVE: Answer = dict.fromkeys(CDS_CAUSES, "negative")
SIGNS = ("rash_with_injury", "fever_with_injury", "arthralgia_with_injury", "cytopenia_with_injury")


def signs(count: int) -> Answer:
    return {"eosinophils_pct": 7 if count > 4 else 2, **{name: place < count for place, name in enumerate(SIGNS)}}


CDS: list[list[tuple[int, Answer]]] = [
    [(3, {"latency": 20}), (1, {"latency": 80})],
    [
        (3, {"stop_to_onset": 0}),
        (0, {"stop_to_onset": 10}),
        (-3, {"stop_to_onset": 20, "slow_elimination": False}),
        (0, {"stop_to_onset": 20, "slow_elimination": True}),
    ],
    [(3, {"below_2uln_days": 30}), (0, {"below_2uln_days": 90}), (0, {})],
    [
        (3, {**NEGATIVE, "disease_could_explain": False}),
        (0, {"hav": "negative"}),
        (-1, {**NEGATIVE, "disease_could_explain": True}),
        (-3, {"hav": "positive"}),
    ],
    [(0, signs(0)), (1, signs(1)), (2, signs(2)), (2, signs(3)), (3, signs(4)), (3, signs(5))],
    [(3, {"rechallenge": "positive"}), (0, {"rechallenge": "negative"}), (0, {})],
    [
        (2, {"known_reaction": "published"}),
        (0, {"known_reaction": "not described", "years_marketed": 3}),
        (-3, {"known_reaction": "not described", "years_marketed": 30}),
        (0, {}),
    ],
]


def cds_category(total: int) -> str:
    for name, least in (("definite", 18), ("probable", 14), ("possible", 10), ("unlikely", 6)):
        if total >= least:
            return name
    return "excluded"


def test_every_sheet_of_maria_and_victorino() -> None:
    totals = set()
    for sheet in product(*CDS):
        scoring = scored(instruments.maria_victorino_1997, [HEP, *(answer for _, answer in sheet)])
        total = sum(points for points, _ in sheet)
        assert scoring.number() == total, sheet
        assert scoring.category(total)[0] == cds_category(total)
        totals.add(total)
    assert (min(totals), max(totals)) == (-8, 20)


# --- DDW-J 2004: 9,216 sheets on each scale -------------------------------------------------------------------------

GROUP_1 = ("hav", "hbv", "hcv", "biliary_imaging", "alcoholic_hepatitis", "hypotension")


def causes(count: int, group_2: bool = False) -> Answer:
    states = {name: "negative" if place < count else "not done" for place, name in enumerate(GROUP_1)}
    return {**states, **dict.fromkeys(("cmv", "ebv"), "negative" if group_2 else "not done")}


RE: Answer = {"rechallenge_alt_before": 1, "rechallenge_alt_during": 3}
COMMON: list[list[tuple[int, Answer]]] = [
    [(1, {"alcohol_drinks": 2}), (0, {"alcohol_drinks": 0, "pregnancy": False})],
    [
        (2, causes(6, True)),
        (1, causes(6)),
        (0, causes(4)),
        (-1, causes(3)),
        (-2, causes(2)),
        (-3, {**causes(6), "ebv": "positive"}),
    ],
    [(1, {"known_reaction": "published"}), (0, {"known_reaction": "not described"})],
    [(1, {"eosinophils_pct": 6}), (0, {"eosinophils_pct": 5})],
    [(2, {"dlst": "positive"}), (1, {"dlst": "semi-positive"}), (0, {"dlst": "negative"}), (0, {})],
]
HEPATOCELLULAR: list[list[tuple[int, Answer]]] = [
    [
        (2, {"latency": 30, "stop_to_onset": 0, "exposure": "initial"}),
        (1, {"latency": 30, "stop_to_onset": 0, "exposure": "subsequent"}),
        (0, {"latency": 30, "stop_to_onset": 20}),
    ],
    [
        (3, {"drug_continued": False, "alt_rose_again": False, "alt_half_days": 5}),
        (2, {"drug_continued": False, "alt_rose_again": False, "alt_half_days": 20}),
        (0, {"drug_continued": True}),
        (-2, {"drug_continued": False, "alt_rose_again": True}),
    ],
    *COMMON,
    [
        (3, {**RE, "rechallenge_setting": "drug alone"}),
        (1, {**RE, "rechallenge_setting": "same drugs"}),
        (0, {"rechallenge_setting": "not done"}),
        (-2, {"rechallenge_setting": "same drugs", "rechallenge_alt_before": 0.5, "rechallenge_alt_during": 0.8}),
    ],
]

ALP: Answer = {"rechallenge_alp_before": 1, "rechallenge_alp_during": 3}
CHOLESTATIC: list[list[tuple[int, Answer]]] = [
    [
        (2, {"latency": 30, "stop_to_onset": 0, "exposure": "subsequent"}),
        (1, {"latency": 30, "stop_to_onset": 20}),
        (0, {"latency": 30, "stop_to_onset": 31}),
    ],
    [
        (2, {"drug_continued": False, "bili_half_days": 100}),
        (1, {"drug_continued": False, "alp_half_days": 200, "bili_half_days": 200, "alp_fell_short": True}),
        (0, {"drug_continued": True}),
        (0, {}),
    ],
    *COMMON,
    [
        (3, {**ALP, "rechallenge_setting": "drug alone"}),
        (1, {**ALP, "rechallenge_setting": "same drugs"}),
        (0, {"rechallenge_setting": "not done"}),
        (-2, {"rechallenge_setting": "same drugs", "rechallenge_alp_before": 0.5, "rechallenge_alp_during": 0.8}),
    ],
]


def ddw_j_category(total: int) -> str:
    return "high possibility" if total >= 5 else "possible" if total >= 3 else "unlikely"


@pytest.mark.parametrize(
    ("pattern", "sheets", "low", "high"),
    [(HEP, HEPATOCELLULAR, -7, 15), ({"alt_xuln": 3, "alp_xuln": 3}, CHOLESTATIC, -5, 14)],
    ids=["hepatocellular", "cholestatic"],
)
def test_every_sheet_of_ddw_j(pattern: Answer, sheets: list[list[tuple[int, Answer]]], low: int, high: int) -> None:
    totals = set()
    for sheet in product(*sheets):
        scoring = scored(instruments.ddw_j_2004, [pattern, *(answer for _, answer in sheet)])
        total = sum(points for points, _ in sheet)
        assert scoring.number() == total, sheet
        assert scoring.category(total)[0] == ddw_j_category(total)
        totals.add(total)
    assert (min(totals), max(totals)) == (low, high)


# --- RECAM: the frame that is verified -------------------------------------------------------------------------------

RECAMS = [instruments.recam_2022, instruments.recam_2022_modified]
ids = pytest.mark.parametrize("instrument", RECAMS, ids=lambda instrument: str(instrument.id))


@ids
@pytest.mark.parametrize(("item", "low", "high"), [("1", -6, 4), ("2", -6, 4), ("3", 0, 3)])
def test_ranges_of_the_domains_as_in_the_guidance(instrument: Instrument, item: str, low: int, high: int) -> None:
    found = instrument.score(questions=False).item(item)
    assert (found.low, found.high) == (low, high)


@ids
def test_no_item_of_domain_4_adds_points_and_none_takes_more_than_6(instrument: Instrument) -> None:
    for part in instrument.item("4").parts:
        gives = [int(option.gives) for option in part.options]
        assert max(gives) == 0
        assert min(gives) >= -6


@ids
@pytest.mark.parametrize(("alt", "alp"), [(20, 1), (3, 3)])
def test_range_of_the_total_as_published(instrument: Instrument, alt: float, alp: float) -> None:
    result = instrument.score(alt_xuln=alt, alp_xuln=alp, questions=False)
    assert (result.low, result.high) == (-6, 20)


@ids
@pytest.mark.parametrize(
    ("total", "category"),
    [
        (-6, "unlikely or excluded"),
        (-4, "unlikely or excluded"),
        (-3, "possible"),
        (3, "possible"),
        (4, "probable"),
        (7, "probable"),
        (8, "highly likely"),
        (20, "highly likely"),
    ],
)
def test_bands_of_recam(instrument: Instrument, total: int, category: str) -> None:
    assert isinstance(instrument.result, Sum)
    assert band(instrument.result, total) == category


@ids
def test_every_point_of_recam_says_that_it_is_unverified(instrument: Instrument) -> None:
    assert "not verified" in instrument.title
    for leaf in instrument.leaves:
        assert all(option.unverified for option in leaf.options), leaf.id
    result = instrument.score(alt_xuln=20, alp_xuln=1, latency=30)
    assert result.unverified
    assert any("must not be relied on" in caution.text for caution in result.cautions)


@ids
def test_a_deciding_answer_beside_the_raw_sum(instrument: Instrument) -> None:
    best = {**instrument.examples[0].given, "liver_imaging": "obstruction"}
    result = result_of(instrument, best)
    assert result.score == -6
    assert result.item("4f").points == -6
    assert "14" in result.reason


@ids
def test_only_one_of_1a_and_1b_is_counted(instrument: Instrument) -> None:
    best = dict(instrument.examples[0].given)
    on_drug = result_of(instrument, {**best, "rechallenge": "not done"})
    after = result_of(instrument, {**best, "rechallenge": "not done", "stop_to_onset": 10, "slow_elimination": False})
    assert (on_drug.item("1").points, after.item("1").points) == (4, 0)
    assert any("only 1b" in caution.text for caution in after.cautions)
    assert not any("only 1b" in caution.text for caution in on_drug.cautions)


def test_the_two_readings_differ_by_three_points_for_each_missing_test() -> None:
    given = {k: v for k, v in instruments.recam_2022.examples[0].given.items() if k not in ("hcv_rna", "hev")}
    given = {**given, "rechallenge": "not done"}
    published, modified = (result_of(recam, given).score for recam in RECAMS)
    assert published is not None and modified is not None
    assert modified - published == 6


def test_the_laboratorys_own_limit_counts_not_25_for_both_sexes() -> None:
    """Peer trap: R comes from multiples of the printed limit; the same 200 U/L differ with the limit."""
    high_limit = instruments.recam_2022.score(alt_xuln=200 / 70, alp_xuln=1, alp_fall_days=10, latency=30)
    low_limit = instruments.recam_2022.score(alt_xuln=200 / 40, alp_xuln=1, alp_fall_days=10, latency=30)
    assert (high_limit.item("2").points, low_limit.item("2").points) == (4, 0)
