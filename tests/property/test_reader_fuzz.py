"""The reader on texts that nobody meant to write: nothing escapes, every quote stands, memory stays in line."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.evidence import quotes
from dechallenge import Document, read
from dechallenge.case import Reading
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.drugs.regimens import doses, durations, elapsed, frequencies
from dechallenge.reading.drugs.routes import routes
from dechallenge.reading.texts.people import ages, sexes
from tests.steps import examples

fuzz = settings(deadline=None, max_examples=examples(40))
REPORT = (
    "A 52-year-old woman was started on diclofenac 75 mg twice daily for back pain. Five weeks later she developed "
    "nausea and jaundice. Serum ALT was 870 U/L (normal less than 40 U/L) and bilirubin 5.2 mg/dL. Diclofenac was "
    "stopped. Four weeks after stopping, ALT was 52 U/L.\n"
)
LONG = 60_000
MEGABYTES = 96
"""Peak of what Python allocates while a text of `LONG` characters is read."""

WORDS = (
    "ALT", "AST", "bilirubin", "U/L", "mg/dL", "x10^9/L", "times the upper limit of normal", "900", "1,2", "3.4.5", "<",
    ">", "±", "was", "and", "or", "respectively", "negative for", "no", "without evidence of", "hepatitis A, B and C",
    "ibuprofen", "Voltaren", "the drug", "stopped", "restarted", "two weeks after", "on day 4", "by", "May 2010",
    "within", "a 40-year-old man", "Case 2", "Discussion", "References", "Table 1", "Naranjo score of 7", "probable",
    "fell to", "from", "to", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "-", "–", "/", "%", "|",
    "5 mg/kg", "daily", "iv",
    "\n", "\n\n", "\r", "\r\n", "\t", "\x00", "\x0c", "\x1b", "\u2028", "\u00a0", "\u200b", "\u202e", "\ufeff",
    "\u0301", "½", "µ", "Δ", "肝", "\U0001f48a",
)  # fmt: skip
LINE_ENDS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\n\r", "\n\n\n")
REPEATED = {
    "open brackets": "(",
    "nested brackets": "([{",
    "closed brackets": ")]}",
    "values in open brackets": "(ALT 5 U/L ",
    "tabs": "\t",
    "rows without columns": "\t\n",
    "bars": "| 5 | 6 |\n",
    "blanks": " ",
    "line ends": "\n",
    "mixed line ends": "\r\n\r\u2028\x0b",
    "controls": "\x00\x07",
    "accents": "\u0301",
    "one word": "x",
    "one number": "7",
    "numbers": "12 ",
    "numbers and commas": "5, ",
    "hyphens": "a-",
    "list": "hepatitis A, ",
    "conjunctions": "12 and ",
    "negations": "no evidence of ",
    "amounts of time": "about two weeks after ",
    "dates": "12 May 2001 ",
    "doses": "10 mg/kg/day to ",
    "drugs": "ibuprofen, ",
    "stops": "Ibuprofen was stopped. ",
    "headings": "Case 1\n",
    "patients": "A 40-year-old woman ",
    "abbreviations": "Alpha Beta (AB) ",
    "sentences": "ALT was 500 U/L. ",
    "comparators": "<1.5-",
}


def faithful(text: str) -> Reading:
    """The reading, after every quote was compared with the text."""
    reading = ProseReader().read([Document.from_text(text)])
    for quote in quotes(reading.model_dump(mode="json")):
        assert quote.holds(text)
    return reading


@given(st.text(max_size=300))
@fuzz
def test_any_unicode_is_read(text: str) -> None:
    faithful(text)


@given(st.lists(st.sampled_from(WORDS), max_size=80), st.sampled_from(("", " ", "  ")), st.booleans())
@settings(deadline=None, max_examples=examples(120))
def test_any_order_of_the_words_of_reports_is_read(words: list[str], between: str, told: bool) -> None:
    faithful((REPORT if told else "") + between.join(words))


@given(
    st.lists(
        st.lists(st.sampled_from(("ALT", "day", "5", "", "900 U/L", "-", "(40)", "x\u0301")), max_size=6), max_size=9
    )
)
@fuzz
def test_any_table_is_read(rows: list[list[str]]) -> None:
    for cell, line in (("\t", "\n"), (" | ", "\r\n"), ("   ", "\n\n")):
        faithful(REPORT + "\n" + line.join(cell.join(row) for row in rows))


@given(st.lists(st.sampled_from(LINE_ENDS), min_size=1, max_size=8))
@fuzz
def test_any_line_ends_are_read(ends: list[str]) -> None:
    words = REPORT.split(" ")
    text = "".join(f"{word}{ends[i % len(ends)] if i % 5 == 4 else ' '}" for i, word in enumerate(words))
    assert faithful(text).cases


@given(st.integers(1, 600), st.sampled_from(("()", "[]", "{}", "([])")))
@settings(deadline=None, max_examples=examples(10))
def test_any_depth_of_brackets_is_read(depth: int, pair: str) -> None:
    half = len(pair) // 2
    text = f"{REPORT}The ALT {pair[:half] * depth}880 U/L{pair[half:] * depth} was high."
    assert faithful(text).cases


@given(st.binary(max_size=300), st.sampled_from(("utf-8", "utf-16", "cp1252", "latin-1")))
@fuzz
def test_any_bytes_in_any_encoding_are_read(data: bytes, encoding: str) -> None:
    faithful(REPORT + data.decode(encoding, errors="replace"))


@given(st.lists(st.sampled_from(WORDS), max_size=40))
@fuzz
def test_slots_of_any_sentence_lie_in_it_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    for function in (doses, routes, frequencies, durations, elapsed, ages, sexes):
        end = 0
        for slot in function(text):
            assert end <= slot.start < slot.end <= len(text)
            end = slot.end


@pytest.mark.parametrize("piece", REPEATED.values(), ids=list(REPEATED))
def test_a_piece_repeated_many_times_is_read(piece: str) -> None:
    faithful(REPORT + piece * (3_000 // len(piece)))


@pytest.mark.parametrize("piece", ["x", "(", "lorem ipsum dolor. ", "ALT ", "\t\n"])
def test_memory_is_bounded(piece: str) -> None:
    text = REPORT + piece * (LONG // len(piece))
    tracemalloc.start()
    try:
        ProseReader().read([Document.from_text(text)])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MEGABYTES * 2**20


def test_the_public_door_reads_them_too() -> None:
    assert read(REPORT + "".join(REPEATED.values())).cases
