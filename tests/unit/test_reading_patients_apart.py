"""Several patients in one report: what is told of one never enters the case of another."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.layout.others import of_this_one
from dechallenge.reading.texts.sentences import sentences


def cases(text: str) -> list[Case]:
    return list(ProseReader().read([Document.from_text(text)]).cases)


def kept(text: str, number: int) -> list[str]:
    return [text[a:b] for a, b in of_this_one(text, sentences(text), number, 2)]


def test_a_sentence_about_another_patient_by_number_is_left_out() -> None:
    text = "ALT was 900 U/L. In the second patient it was 300 U/L. Patient 2 died."
    assert kept(text, 1) == ["ALT was 900 U/L."]
    assert kept(text, 2) == sentences_of(text)


def sentences_of(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "As in patient 2, ALT was 900 U/L.",
        "Unlike the second patient she was jaundiced.",
        "The first infusion was given.",
    ],
)
def test_a_comparison_and_another_noun_name_no_other_patient(text: str) -> None:
    assert kept(text, 1) == [text]


_LIST = (
    "Three children are reported.\n\n"
    "1. A 7 year old girl was given tocilizumab. After 44 days ALT was 688 U/L. Tocilizumab was discontinued. It was "
    "restarted 3 months later; ALT remained below 40 U/L.\n\n"
    "2. A 13 year old boy received sarilumab. After 35 days neutrophils were 0.7 x 10^9/L. Sarilumab was paused.\n\n"
    "3. A 4 year old boy received tocilizumab. After 150 days he had jaundice with ALT 1120 U/L. Tocilizumab was "
    "stopped.\n\nAll three children are well. In the second patient sarilumab was resumed. "
    "The ALT of the first patient peaked at 866 U/L.\n"
)


def test_the_closing_paragraph_gives_no_single_fact_to_the_others() -> None:
    one, two, three = cases(_LIST)
    assert {e.drug for e in one.exposures} == {e.drug for e in three.exposures} == {"tocilizumab"}
    assert {e.drug for e in two.exposures} == {"sarilumab"}
    for drawn, own in ((one, {688, 40}), (two, {0.7}), (three, {1120})):
        assert {m.value for m in drawn.measurements} == own


def test_what_follows_a_re_exposure_is_looked_for_in_the_case_itself() -> None:
    one, _, _ = cases(_LIST)
    assert [a.result for a in one.actions if a.kind == "restarted"] == ["negative"]


def test_a_peak_in_the_closing_paragraph_is_a_conflict_with_its_own_case() -> None:
    found = [[c.what for c in case.conflicts] for case in cases(_LIST)]
    assert any("866" in what for what in found[0]) and not any("866" in what for what in (*found[1], *found[2]))


_PARTS = (
    "Low counts under adalimumab and tofacitinib\n\n2. Case reports\n2.1. Patient A\nA 48-year-old man was given "
    "adalimumab on 14 September 2021. On 23 November platelets were 21 x 10^9/L. {}\n\n"
    "2.2. Patient B\nA 71-year-old woman took tofacitinib from February 2020. Lymphocytes were 0.31 x 10^9/L after 7 "
    "months. Tofacitinib was withdrawn.\n\n3. Discussion\nRecovery is the rule.\n"
)


def test_headings_with_the_number_of_their_section_part_the_patients() -> None:
    one, two = cases(_PARTS.format("Adalimumab was stopped."))
    assert [m.value for m in one.measurements] == [21] and [m.value for m in two.measurements] == [0.31]
    assert [e.kind for e in (*one.events, *two.events)] == ["thrombocytopenia", "lymphopenia"]


def test_a_title_that_names_two_reactions_gives_each_to_those_that_show_it() -> None:
    told = _PARTS.format("").replace("Low counts", "Thrombocytopenia and lymphopenia")
    assert [e.kind for case in cases(told) for e in case.events] == ["thrombocytopenia", "lymphopenia"]


def test_a_flattened_table_of_counts_is_read_and_tells_the_end() -> None:
    table = (
        "\n\nTable 1 Course of patient A\nDate Platelets (10^9/L) Haemoglobin (g/dL) Event\n"
        "14/09/2021 236 14.2 first dose of adalimumab\n26/10/2021 151 14.0\n23/11/2021 21 13.9 adalimumab stopped\n"
        "26/11/2021 64 13.1\n11/01/2022 228 14.1\n"
    )
    one, two = cases(_PARTS.format("Adalimumab was stopped." + table))
    days = {m.value: m.time.low for m in one.measurements if m.analyte == "PLT" and m.time}
    assert days == {236: 0, 151: 42, 21: 70, 64: 73, 228: 119}
    assert [e.outcome for e in one.events] == ["recovered"]
    assert [m.value for m in two.measurements] == [0.31]


def test_lines_of_prose_are_no_flattened_table() -> None:
    told = "Date of birth unknown. Day 5 was normal.\nDay 6 brought fever and 2 seizures.\nDay 7 was calm."
    one, _ = cases(_PARTS.format(told))
    assert [m.value for m in one.measurements] == [21]


def test_patients_whose_paragraph_begins_with_their_number() -> None:
    one, two = cases(
        "Liver injury due to ribociclib and to amoxicillin-clavulanate\n\n"
        "Patient 1 was a 62-year-old woman. Ribociclib was begun on 2 June 2021. On day 43 ALT was 410 U/L.\n\n"
        "Patient 2 was a 70-year-old man treated with amoxicillin-clavulanate for 10 days. He also used simvastatin. "
        "Nineteen days after the last tablet he noticed jaundice. ALT was 190 U/L.\n\nComment\nBoth recovered.\n"
    )
    assert [m.value for m in one.measurements] == [410] and [m.value for m in two.measurements] == [190]
    assert {x.drug: x.basis for x in two.links if x.role == "suspect"} == {"amoxicillin/clavulanic acid": "blamed"}
