"""Every cell of the French decision tables, both editions, through the instrument; and the published codes."""

from __future__ import annotations

from itertools import product

import pytest

from dechallenge import instruments
from dechallenge.logic.instrument import Given
from dechallenge.logic.results import InstrumentResult

ONSETS = {"very suggestive": "very suggestive", "compatible": "compatible", "incompatible": "incompatible"}
COURSES = {"suggestive": "positive", "inconclusive": "not done", "not suggestive": "negative"}
RECHALLENGES = {"R+": "positive", "R0": "not done", "R-": "negative"}
TESTS = {"L+": "positive", "L0": "not available", "L-": "negative"}

# Chronology, written out again from the printed tables: (course, onset, rechallenge) → C.
C_1985 = {
    ("suggestive", "very suggestive"): {"R+": 3, "R0": 3, "R-": 1},
    ("suggestive", "compatible"): {"R+": 3, "R0": 2, "R-": 1},
    ("inconclusive", "very suggestive"): {"R+": 3, "R0": 2, "R-": 1},
    ("inconclusive", "compatible"): {"R+": 3, "R0": 1, "R-": 1},
    ("not suggestive", "very suggestive"): {"R+": 1, "R0": 1, "R-": 1},
    ("not suggestive", "compatible"): {"R+": 1, "R0": 1, "R-": 1},
}
NEVER = {"R+": 0, "R0": 0, "R-": 0}
S_1985 = {
    ("absent", "evocative"): {"L+": 3, "L0": 3, "L-": 1},
    ("absent", "other"): {"L+": 3, "L0": 2, "L-": 1},
    ("possible", "evocative"): {"L+": 3, "L0": 2, "L-": 1},
    ("possible", "other"): {"L+": 3, "L0": 1, "L-": 1},
}
I_1985 = {0: {1: 0, 2: 0, 3: 0}, 1: {1: 1, 2: 1, 3: 2}, 2: {1: 1, 2: 2, 3: 3}, 3: {1: 3, 2: 3, 3: 4}}
S_2011 = {
    ("absent", "both"): {"L+": 3, "L0": 3, "L-": 2},
    ("absent", "either"): {"L+": 3, "L0": 3, "L-": 1},
    ("absent", "neither"): {"L+": 3, "L0": 2, "L-": 1},
    ("not sought", "both"): {"L+": 3, "L0": 3, "L-": 1},
    ("not sought", "either"): {"L+": 3, "L0": 2, "L-": 1},
    ("not sought", "neither"): {"L+": 3, "L0": 1, "L-": 1},
    ("present", "both"): {"L+": 2, "L0": 2, "L-": 1},
    ("present", "either"): {"L+": 2, "L0": 1, "L-": 1},
    ("present", "neither"): {"L+": 1, "L0": 1, "L-": 0},
}
I_2011 = {
    (1, 1): 1,
    (1, 2): 2,
    (2, 1): 2,
    (2, 2): 3,
    (1, 3): 4,
    (3, 1): 4,
    (2, 3): 5,
    (3, 2): 5,
    (3, 3): 6,
}
SEMIOLOGY_1985 = {"evocative": ("evocative", False), "other": ("other", False)}
SEMIOLOGY_2011 = {"both": ("evocative", True), "either": ("evocative", False), "neither": ("other", False)}
CAUSES = {"absent": "ruled out", "possible": "not sought", "not sought": "not sought", "present": "probable"}


def codes(result: InstrumentResult) -> tuple[int, int, int]:
    assert result.code is not None and result.category is not None
    return int(result.code[1]), int(result.code[3]), int(result.category[1])


def every(other_causes: tuple[str, ...], pictures: dict[str, tuple[str, bool]]) -> list[tuple[str, ...]]:
    return list(product(COURSES, ONSETS, RECHALLENGES, other_causes, pictures, TESTS))


def facts(line: tuple[str, ...], pictures: dict[str, tuple[str, bool]]) -> dict[str, Given]:
    course, onset, rechallenge, cause, picture, test = line
    return {
        "dechallenge": COURSES[course],
        "onset_timing": ONSETS[onset],
        "rechallenge": RECHALLENGES[rechallenge],
        "other_cause": CAUSES[cause],
        "semiology": pictures[picture][0],
        "favouring_factor": pictures[picture][1],
        "specific_test": TESTS[test],
        "known_reaction": "labelled",
    }


def test_1985_every_combination() -> None:
    for line in every(("absent", "possible"), SEMIOLOGY_1985):
        course, onset, rechallenge, cause, picture, test = line
        c = C_1985.get((course, onset), NEVER)[rechallenge]
        s = S_1985[cause, picture][test]
        result = instruments.french_1985.score(questions=False, **facts(line, SEMIOLOGY_1985))
        assert codes(result) == (c, s, I_1985[c][s]), line
        assert result.code == f"C{c}S{s}B3"
        assert result.categories == (result.code,)
        assert (result.score, result.low, result.high) == (None, None, None)


def test_2011_every_combination() -> None:
    for line in every(("absent", "not sought", "present"), SEMIOLOGY_2011):
        course, onset, rechallenge, cause, picture, test = line
        c = C_1985.get((course, onset), NEVER)[rechallenge]
        if (course, onset, rechallenge) == ("not suggestive", "compatible", "R-"):
            c = 0
        s = S_2011[cause, picture][test]
        i = 0 if 0 in (c, s) else I_2011[c, s]
        result = instruments.french_2011.score(questions=False, antidote_response=False, **facts(line, SEMIOLOGY_2011))
        assert codes(result) == (c, s, i), line
        assert result.code == f"C{c}S{s}B4"


@pytest.mark.parametrize("id", ["french-1985", "french-2011"])
def test_without_the_time_to_onset_there_is_no_code_but_the_reason_tells_it(id: str) -> None:
    result = instruments.get(id).score(dechallenge="positive", semiology="evocative", other_cause="ruled out")
    assert result.applicable
    assert (result.code, result.category) == (None, None)
    assert "C2S3B?" in result.reason
    assert any(code.startswith("C0") for code in result.categories)


def test_bibliography_is_never_assumed() -> None:
    result = instruments.french_1985.score(
        onset_timing="compatible", dechallenge="positive", rechallenge="not done", other_cause="ruled out"
    )
    assert result.code == "C2S2B?"
    assert {code[-2:] for code in result.categories} == {"B0", "B1", "B2", "B3"}


def test_a_single_unknown_ranges_over_its_cells() -> None:
    result = instruments.french_1985.score(
        onset_timing="compatible",
        dechallenge="positive",
        semiology="evocative",
        favouring_factor=False,
        other_cause="not sought",
        specific_test="not available",
        known_reaction="labelled",
    )
    assert result.code == "C2S2B3"
    assert result.categories == ("C1S2B3", "C2S2B3", "C3S2B3")
    (question,) = result.open_questions
    assert question.fact == "rechallenge"
    assert {answer: outlook.code for answer, outlook in question.would_give} == {
        "positive": "C3S2B3",
        "negative": "C1S2B3",
        "not done or not assessable": "C2S2B3",
    }
