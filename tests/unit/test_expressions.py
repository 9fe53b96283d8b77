"""Time expressions of running text: span, kind and normal form."""

from __future__ import annotations

import pytest

from dechallenge.reading.times.expressions import expressions

FOUND = [
    ("She came in May 2009.", "in May 2009", "date", "2009-05"),
    ("Late that year, in late September, it recurred.", "in late September", "date", "XXXX-09"),
    ("The fever lasted several days.", "several days", "duration", "PXD"),
    ("Pain was present for over one month the mother said.", "over one month", "duration", "P1M"),
    ("It was given every 6 weeks.", "every 6 weeks", "set", "R/P6W"),
    ("It was given twice a day.", "twice a day", "set", "R/P1D"),
    ("Drops were given 2 hourly.", "2 hourly", "set", "R/PT2H"),
    ("Follow-up was every other month.", "every other month", "set", "R/P2M"),
    ("Three weeks later she was well.", "Three weeks later", "sequence", "P3W"),
    ("The next day she was well.", "The next day", "sequence", "P1D"),
    ("She had a 3-month history of pain.", "3-month", "duration", "P3M"),
    ("On postoperative day 5 it rose.", "postoperative day 5", "day", "D5"),
    ("At 14:30 the rash began.", "At 14:30", "clock", ""),
    ("She is well now.", "now", "deictic", "PRESENT_REF"),
    ("He was healthy until 3 years of age.", "until 3 years of age", "age", "P3Y"),
    ("She was seen 1 year and 2 months later.", "1 year and 2 months later", "sequence", "P1Y2M"),
    ("Two or three weeks passed.", "Two or three weeks", "duration", "P2W/P3W"),
]


@pytest.mark.parametrize(("text", "words", "kind", "value"), FOUND)
def test_expression(text: str, words: str, kind: str, value: str) -> None:
    found = {(text[e.start : e.end], e.kind, e.value) for e in expressions(text)}
    assert (words, kind, value) in found


def test_two_times_that_share_a_unit() -> None:
    text = "Samples were taken after 12 and 84 hours."
    assert [(text[e.start : e.end], e.value) for e in expressions(text)] == [("12", "PT12H"), ("84 hours", "PT84H")]
    between = "It fell between 3 and 5 weeks."
    assert [e.value for e in expressions(between)] == ["P3W/P5W"]


@pytest.mark.parametrize(
    "text",
    [
        "A 38-year-old man was admitted.",
        "A boy aged 5 years was admitted.",
        "She took 40 mg per day.",
        "Then the dose was 40 mg/day.",
        "She may recover and march on.",
        "Bilirubin was 12.5 and rose.",
    ],
)
def test_what_names_no_time(text: str) -> None:
    assert not expressions(text)


def test_spans_are_of_the_whole_text() -> None:
    text = "She was well. Two days later she was ill."
    (only,) = expressions(text)
    assert text[only.start : only.end] == "Two days later"
