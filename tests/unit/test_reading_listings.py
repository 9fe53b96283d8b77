"""Long listings of dated laboratory values are read as a whole, though they hold few words."""

from __future__ import annotations

import dechallenge
from dechallenge.reading.laboratory.listings import is_listing
from dechallenge.reading.texts.hollow import LEAST, hollow

STORY = (
    "A 54-year-old woman took levetiracetam 500 mg daily from 1 January 2020 and developed hepatitis after two weeks. "
    "The drug was stopped.\n\nLaboratory values\n"
)


def dates(number: int) -> list[str]:
    return [f"{1 + i % 28:02d}.{1 + i // 28 % 12:02d}.{2020 + i // 336}" for i in range(number)]


def table(number: int) -> str:
    rows = (f"{day}\t{100 + i % 800}\t{90 + i % 700}\t{80 + i % 600}\n" for i, day in enumerate(dates(number)))
    return STORY + "Date\tALT (U/L)\tAST (U/L)\tALP (U/L)\n" + "".join(rows)


def test_a_table_of_many_days_is_read_whole() -> None:
    text = table(700)
    assert len(text) > LEAST + len(STORY) and hollow(text)
    case = dechallenge.read(text).cases[0]
    assert sum(m.analyte == "ALT" for m in case.measurements) == 700


def test_lines_that_name_their_analyte_are_a_listing() -> None:
    lines = "".join(f"{day} ALT {100 + i % 800} U/L\n" for i, day in enumerate(dates(600)))
    assert is_listing(STORY + lines, len(STORY), len(STORY) + len(lines))


def test_dates_alone_and_talk_are_none() -> None:
    days = "\n".join(dates(1200))
    talk = "".join(f"On day {i} the ALT was {i * 7 % 900} U/L and she felt well.\n" for i in range(400))
    assert not is_listing(STORY + days, len(STORY), len(STORY) + len(days))
    assert not is_listing(STORY + talk, len(STORY), len(STORY) + len(talk))
