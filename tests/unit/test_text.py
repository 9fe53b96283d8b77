"""Normalised text keeps an exact map back to the document."""

from __future__ import annotations

import pytest

from dechallenge.evidence import Document
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean


def make(text: str) -> Document:
    return Document.from_text(text)


def test_a_word_divided_at_the_end_of_a_line_is_joined_and_quoted_as_printed() -> None:
    text = clean(make("infusions of tocili-\n\nzumab at a dose of 8 mg/kg"))
    assert text.text == "infusions of tocilizumab at a dose of 8 mg/kg"
    at = text.text.index("tocilizumab")
    assert text.quote(at, at + len("tocilizumab")).quote == "tocili-\n\nzumab"


def test_signs_with_one_meaning_are_unified() -> None:
    assert clean(make("39\u201340\u00a0\u00b0C, 5 \u00b5mol/L")).text == "39-40 °C, 5 μmol/L"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("A short heading\n\nThe text begins here.", "A short heading\nThe text begins here."),
        ("The line is wrapped by its width and goes on\n\nwith a small letter.",
         "The line is wrapped by its width and goes on with a small letter."),
        ("A wrapped line of a narrative, long enough to be one, ends and\nIt goes on.",
         "A wrapped line of a narrative, long enough to be one, ends and It goes on."),
    ],
)  # fmt: skip
def test_line_breaks(raw: str, expected: str) -> None:
    assert clean(make(raw)).text == expected


def test_a_table_is_cut_out_of_a_sentence_and_the_halves_are_joined() -> None:
    raw = "Full biochemical analy-\nTable 1 Patients\nAge 46\nsis was normal."
    start, end = raw.index("Table"), raw.index("sis was")
    text = clean(make(raw), without=[(start, end)])
    assert "analysis was normal." in text.text
    at = text.text.index("was normal")
    assert text.quote(at, at + 10).quote == "was normal"


def test_sentences_keep_abbreviations_and_brackets_whole() -> None:
    body = "She weighed approx. 60 kg (ie, 5 mg x 80 kg. Not more) at St. Mary. He was well. ALT was 3.5 U/L."
    found = [body[a:b] for a, b in sentences(body)]
    assert found == [
        "She weighed approx. 60 kg (ie, 5 mg x 80 kg. Not more) at St. Mary.",
        "He was well.",
        "ALT was 3.5 U/L.",
    ]


def cleaned(text: str) -> str:
    return clean(Document.from_text(text)).text


def test_a_hyphen_sign_of_its_own_divides_words_as_the_usual_one_does() -> None:
    assert cleaned("She took hydro\u2010\nchlorothiazide, an anti\u2010\nHBs test and 0.2\u2013\n1.2 mg/dL.") == (
        "She took hydrochlorothiazide, an anti-HBs test and 0.2-1.2 mg/dL."
    )


def test_a_compound_keeps_its_hyphen_at_the_end_of_a_line() -> None:
    assert cleaned("a 44-year-\nold man, drug-\ninduced injury") == "a 44-year-old man, drug-induced injury"
    told = "piperacillin-tazobactam was given; piperacillin-\ntazobactam was stopped and ami-\nkacin begun"
    assert cleaned(told) == told.replace("-\nt", "-t").replace("-\nk", "k")
    assert cleaned("He was started on piperacillin-\ntazobactam") == "He was started on piperacillintazobactam"


def test_a_power_goes_on_from_the_line_above() -> None:
    assert cleaned("The neutrophils reached 0,6\n× 10^9/l on day 6") == "The neutrophils reached 0,6 × 10^9/l on day 6"
