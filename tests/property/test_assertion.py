"""Properties of assertion and of the findings reader on generated sentences."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from dechallenge.evidence import Document
from dechallenge.reading.assertion.assertion import assert_mentions
from dechallenge.reading.claims.statements import read_statements
from dechallenge.reading.findings.workup import read_alcohol, read_findings
from dechallenge.reading.texts.abbreviations import local_abbreviations
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean

FINDINGS = ["fever", "rash", "jaundice", "ascites", "pruritus", "nausea", "lymphadenopathy", "arthralgia", "asterixis"]
TESTS = ["HBsAg", "anti-HCV", "HIV", "CMV IgM", "EBV IgM", "ANA", "AMA", "SMA", "HCV RNA", "HBV DNA"]
lists = st.lists(st.sampled_from(FINDINGS), min_size=1, max_size=6, unique=True)
batteries = st.lists(st.sampled_from(TESTS), min_size=2, max_size=8, unique=True)
LIMIT_SECONDS = 2.0


def joined(items: list[str], last: str, oxford: bool) -> str:
    if len(items) == 1:
        return items[0]
    return ", ".join(items[:-1]) + (", " if oxford and len(items) > 2 else " ") + last + " " + items[-1]


def spans(sentence: str, items: list[str]) -> list[tuple[int, int]]:
    return [(sentence.index(item), sentence.index(item) + len(item)) for item in items]


@given(lists, st.booleans(), st.sampled_from(["She had no {}.", "He denied {}.", "She was well, without {}."]))
def test_a_denied_list_is_denied_as_a_whole(items: list[str], oxford: bool, frame: str) -> None:
    sentence = frame.format(joined(items, "or", oxford))
    assert {a.state for a in assert_mentions(sentence, spans(sentence, items))} == {"absent"}


@given(lists, st.booleans())
def test_a_plain_list_is_present(items: list[str], oxford: bool) -> None:
    sentence = f"She developed {joined(items, 'and', oxford)}."
    assert {a.state for a in assert_mentions(sentence, spans(sentence, items))} == {"present"}


@given(batteries, st.booleans(), st.sampled_from(["were negative", "were all negative", "were not detected"]))
def test_a_negative_battery_is_negative_as_a_whole(items: list[str], oxford: bool, result: str) -> None:
    sentence = f"{joined(items, 'and', oxford)} {result}."
    prepared = clean(Document.from_text(sentence))
    tests = read_findings(prepared, sentences(prepared.text))[1]
    assert [m.test for m in tests] == items
    assert {m.state for m in tests} == {"negative"}


@given(lists, lists)
def test_but_ends_the_denial(denied: list[str], there: list[str]) -> None:
    there = [t for t in there if t not in denied]
    if not there:
        return
    sentence = f"She had no {joined(denied, 'or', False)} but developed {joined(there, 'and', False)}."
    result = assert_mentions(sentence, spans(sentence, denied + there))
    assert {a.state for a in result[: len(denied)]} == {"absent"}
    assert {a.state for a in result[len(denied) :]} == {"present"}


@given(lists, st.sampled_from(["She took aspirin.", "The dose was 100 mg daily.", "Serum sodium was 140 mmol/L."]))
def test_an_irrelevant_sentence_changes_nothing(items: list[str], other: str) -> None:
    sentence = f"She had no {joined(items, 'or', False)}."

    def read(text: str) -> list[tuple[str, str]]:
        prepared = clean(Document.from_text(text))
        return [(m.term, m.state) for m in read_findings(prepared, sentences(prepared.text))[0]]

    assert read(sentence) == read(f"{sentence} {other}")


WORDS = [
    "no",
    "not",
    "without",
    "were",
    "was",
    "negative",
    "positive",
    "and",
    "or",
    ",",
    ";",
    "(",
    ")",
    "[",
    "]",
    "but",
]
WORDS += ["biopsy", "showed", "hepatitis A, B", "RUCAM", "score", "8", "1:80", ":", "history of", "alcohol", "40 g"]
WORDS += ["daily", ".", "\n", "which", "as were", "grade", "Abbreviations:", "(SS)", "A2", "=", "attributed to"]
noise = st.lists(st.sampled_from([*FINDINGS, *TESTS, *WORDS]), max_size=120)


@given(noise)
def test_any_words_are_read_in_bounded_time_with_sound_spans(words: list[str]) -> None:
    text = " ".join(words)
    began = time.perf_counter()
    prepared = clean(Document.from_text(text))
    spans_of = sentences(prepared.text)
    findings, tests = read_findings(prepared, spans_of)
    found = [(m.start, m.end) for m in [*findings, *tests]] + [(m.ev_start, m.ev_end) for m in [*findings, *tests]]
    found += [(m.start, m.end) for m in read_statements(prepared.text, spans_of)]
    found += [(m.ev_start, m.ev_end) for m in read_alcohol(prepared.text, spans_of)]
    local_abbreviations(prepared.text)
    assert all(0 <= start < end <= len(prepared.text) for start, end in found)
    for mention in [*findings, *tests]:
        assert mention.ev_start <= mention.start and mention.end <= mention.ev_end
    assert time.perf_counter() - began < LIMIT_SECONDS


@given(
    st.sampled_from(["no fever, ", "hepatitis A, B, ", "( ", "RUCAM ", "alcohol 4 ", "was not ", "mild ", "1:80 ANA "])
)
def test_a_sentence_of_any_length_takes_bounded_time(word: str) -> None:
    text = word * (20_000 // len(word))
    began = time.perf_counter()
    prepared = clean(Document.from_text(text))
    whole = [(0, len(prepared.text))]
    read_findings(prepared, whole)
    read_statements(prepared.text, whole)
    read_alcohol(prepared.text, whole)
    local_abbreviations(prepared.text)
    assert time.perf_counter() - began < LIMIT_SECONDS * 5


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    prepared = clean(Document.from_text(text))
    spans_of = sentences(prepared.text)
    first = read_findings(prepared, spans_of)
    assert first == read_findings(prepared, spans_of)
    read_statements(prepared.text, spans_of)
    read_alcohol(prepared.text, spans_of)
