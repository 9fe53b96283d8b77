"""Wordings of the work-up, of series of values and of shared text that were met in whole articles."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader

_CASE = "A 40-year-old woman took minocycline and had jaundice with ALT 900 U/L on 1 May 2014. "


def read(text: str) -> Case:
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("She was oriented, without asterixis, and afebrile.", "absent"),
        ("She was never afebrile.", "present"),
        ("She was not afebrile.", "present"),
    ],
)
def test_a_word_that_denies_by_itself_is_turned_only_by_a_word_before_it(told: str, state: str) -> None:
    assert [f.state for f in read(_CASE + told).findings if f.term == "fever"] == [state]


@pytest.mark.parametrize(
    ("told", "states"),
    [
        ("She was not tested for hepatitis E.", {"HEV": "not done"}),
        ("Hepatitis E was not tested for.", {"HEV": "not done"}),
        (
            "IgM against cytomegalovirus and Epstein-Barr virus could not be detected.",
            {"CMV": "negative", "EBV": "negative"},
        ),
        (
            "Smooth muscle, anti-mitochondrial and anti-LKM antibodies were negative.",
            {"SMA": "negative", "AMA": "negative", "LKM": "negative"},
        ),
    ],
)
def test_what_was_looked_for(told: str, states: dict[str, str]) -> None:
    found = {t.test.removesuffix(" IgM"): t.state for t in read(_CASE + told).tests}
    assert found == states


def test_a_series_whose_last_value_has_the_unit() -> None:
    begun = "A 40-year-old woman was given rituximab on 1 May 2014. "
    drawn = read(begun + "Neutrophils were 0.4 on 5 May and 3.6 x 10^9/L on 8 May.")
    values = [(m.value, m.time.low) for m in drawn.measurements if m.analyte == "NEUT" and m.time is not None]
    assert values == [(0.4, 4), (3.6, 7)]


def test_a_unit_that_does_not_suit_is_not_shared() -> None:
    drawn = read(_CASE + "Neutrophils were 0.4 on 5 May and ferritin 900 ng/mL on 8 May.")
    assert [m.value for m in drawn.measurements if m.analyte == "NEUT"] == [0.4]


def test_values_after_a_stop_count_from_it_side_by_side() -> None:
    text = (
        "A 57-year-old woman was given tofacitinib on 4 March 2019. ALT was 312 U/L on 13 May 2019. Tofacitinib was "
        "withdrawn on 16 May 2019. ALT was 140 U/L two weeks after withdrawal, and was 41 U/L after four weeks."
    )
    days = {m.value: m.time.low for m in read(text).measurements if m.analyte == "ALT" and m.time is not None}
    assert (days[140], days[41]) == (84, 98)


_REPORT = "Title of a report\n\nAbstract\n{}\n\nCase report\n" + _CASE + "Minocycline was stopped.\n\nDiscussion\n{}\n"


@pytest.mark.parametrize(
    ("abstract", "discussion"),
    [
        ("In our patient ALT rose to 1900 U/L under minocycline.", "It is rare."),
        ("We present a patient.", "In our patient the peak of ALT was 1900 U/L."),
    ],
)
def test_another_peak_outside_the_case_is_a_conflict(abstract: str, discussion: str) -> None:
    drawn = read(_REPORT.format(abstract, discussion))
    assert [c.evidence[0].quote for c in drawn.conflicts] and "1900" in drawn.conflicts[0].what
    assert [m.value for m in drawn.measurements] == [900]


@pytest.mark.parametrize(
    "discussion",
    [
        "In our patient the peak of ALT was 900 U/L.",
        "In our patient ALT rose to about 1000 U/L.",
        "In a series of 20 patients the peak of ALT was 1900 U/L.",
        "The peak of ALT is usually 1900 U/L.",
    ],
)
def test_the_same_value_a_rounded_one_and_those_of_others_are_none(discussion: str) -> None:
    assert read(_REPORT.format("We present a patient.", discussion)).conflicts == ()


def test_the_summary_block_of_a_case_holds_statements() -> None:
    text = "Case report\n" + _CASE + "\n\nKey Points\nPattern: Hepatocellular (R=12)\nLatency: 6 weeks\n"
    assert [(s.kind, s.result) for s in read(text).statements] == [("pattern", "12"), ("latency", "6 weeks")]


def test_a_patient_blamed_as_being_under_a_drug() -> None:
    text = (
        "Low counts\n\nSummary\nWe report two patients, one under rituximab with late-onset neutropenia.\n\n"
        "Observation 1\nA 51-year-old woman received rituximab. After 115 days neutrophils were 80/mm3.\n\n"
        "Observation 2\nA 40-year-old man received etanercept. After 30 days neutrophils were 600/mm3.\n"
    )
    first, _ = ProseReader().read([Document.from_text(text)]).cases
    [suspect] = [link for link in first.links if link.role == "suspect"]
    assert suspect.drug == "rituximab" and "title or abstract" in suspect.because
