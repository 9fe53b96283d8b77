"""A page that has lost its lines: its headings are found inside the one long line, and nothing moves."""

from __future__ import annotations

import dechallenge
from dechallenge.reading.layout.flattened import with_lines

FILLER = "The mechanism of this rare reaction has been studied in several cohorts and is not yet understood. " * 16
CASE = (
    "A 58-year-old woman was started on bromocriptine 5 mg daily. Six weeks later she developed morphea on the trunk. "
    "Bromocriptine was stopped and the plaques faded within three months. "
)
HEAD = "Morphea: a report Jane Doe, John Roe Keywords: morphea, skin, dopamine. "
OTHER = "References 1. Doe J. Morphea in a 12-year-old boy after penicillamine. 1999."
PAGE = f"{HEAD}Introduction {FILLER}Case Presentation {CASE}Discussion {FILLER}{OTHER}"


def test_the_case_of_a_flattened_page_is_read() -> None:
    (case,) = dechallenge.read(PAGE).cases
    assert [e.term for e in case.events] == ["morphea"]
    assert [k.drug for k in case.links if k.role == "suspect"] == ["bromocriptine"]
    assert "penicillamine" not in {e.drug for e in case.exposures}
    onset = case.events[0].onset
    assert onset is not None and (onset.low, onset.high) == (39.0, 45.0)


def test_nothing_moves() -> None:
    lined = with_lines(PAGE)
    assert len(lined) == len(PAGE) and lined.split() == PAGE.split()
    assert "\nCase Presentation\nA 58" in lined and "\nDiscussion\nThe" in lined
    case = dechallenge.read(PAGE).cases[0]
    assert all(PAGE[e.start : e.end] == e.quote for e in case.events[0].evidence)  # type: ignore[union-attr]


def test_numbered_cases_of_a_flattened_page() -> None:
    first, second = "Case 1 A 40-year-old man took it and developed ptosis. ", "Case 2 A 71-year-old woman took it. "
    page = FILLER + "Case Reports " + first + second + "Discussion " + FILLER
    assert [c.title.split(":")[0] for c in dechallenge.read(page).cases] == ["Case 1", "Case 2"]


def test_a_text_with_lines_or_a_short_one_stays_as_it_is() -> None:
    short = "It was discussed. Discussion The case is rare."
    lines = "\n".join([short] * 200)
    assert with_lines(short) == short and with_lines(lines) == lines
    inside = FILLER + "The authors of Case Report Guidelines met. " + FILLER
    assert with_lines(inside) == inside
