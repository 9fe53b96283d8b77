"""General talk around a case: headings in one paragraph, sentences about a drug at large."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.reading.layout.generaltalk import of_this_case
from dechallenge.reading.texts.sentences import sentences

_PATIENT = "A 40-year-old man took amoxicillin and developed hepatitis with ALT of 600 U/L. "


def _kept(text: str) -> list[str]:
    return [text[a:b] for a, b in of_this_case(text, [span for span in sentences(text)])]


@pytest.mark.parametrize(
    "talk",
    [
        "Amoxicillin is one of the most commonly prescribed antibiotics.",
        "Besides amoxicillin, several other drugs such as phenytoin have been implicated.",
        "Clinicians should be aware of this complication of vancomycin.",
        "In this setting, if a patient does not improve, consider a biopsy to rule out lymphoma.",
        "Earlier reports have mostly described hyperkalemia.",
        "Liver injury can occur months after the drug.",
    ],
)
def test_general_talk_is_left_out(talk: str) -> None:
    assert talk not in _kept(_PATIENT + talk)


@pytest.mark.parametrize(
    "told",
    [
        "The drug is suspected to be the cause.",
        "He is one of the few survivors.",
        "ALT was 300 U/L.",
        "Amoxicillin was discontinued.",
        "The rash is improving.",
        "Laboratory tests showed that the count is low.",
        "The reaction is considered related to amoxicillin.",
    ],
)
def test_what_is_told_of_the_case_stays(told: str) -> None:
    assert told in _kept(_PATIENT + told)


def test_statements_before_the_patient_are_no_findings() -> None:
    text = (
        "The usual causes of pancreatitis include alcohol abuse and gallstones. Linezolid is a useful drug. "
        "A 30-year-old woman took valproate and developed pancreatitis with a lipase of 900 U/L."
    )
    case = dechallenge.read(text).cases[0]
    assert "alcohol abuse" not in {f.term for f in case.findings if f.state == "present"}
    assert {e.drug for e in case.exposures} == {"valproic acid"}
    assert case.patient.alcohol is None


def test_a_title_line_before_the_patient_stays() -> None:
    text = "Hepatitis after flucloxacillin. " + _PATIENT
    assert _kept(text)[0].startswith("Hepatitis after")


@pytest.mark.parametrize(
    "heading",
    ["CASE SUMMARY", "CASE DESCRIPTION/METHODS", "Case illustration", "Patient concerns", "Case study"],
)
def test_a_case_below_a_heading_in_the_line(heading: str) -> None:
    text = (
        "Valproate and the pancreas\nBACKGROUND: Pancreatitis is a rare complication of valproate. "
        f"{heading}: A 30-year-old woman took valproate and developed pancreatitis with a lipase of 900 U/L. "
        "DISCUSSION: In a series of 40 patients lipase was 300 U/L."
    )
    cases = dechallenge.read(text).cases
    assert len(cases) == 1
    assert [m.value for m in cases[0].measurements] == [900.0]


def test_a_summary_holds_the_case_where_the_title_names_but_a_patient() -> None:
    text = (
        "Possible pancreatitis in a patient with epilepsy\n\nPurpose: A case of pancreatitis is reported.\n\n"
        "Summary: A 30-year-old woman took valproate and developed pancreatitis with a lipase of 900 U/L."
    )
    case = dechallenge.read(text).cases[0]
    assert case.patient.age is not None
    assert [m.value for m in case.measurements] == [900.0]


def test_an_age_of_comparison_is_no_patient() -> None:
    text = (
        "Introduction\nMost of those affected are younger than 20 years of age.\n\nCase report\n"
        "A 40-year-old man took amoxicillin and developed hepatitis with ALT of 600 U/L."
    )
    cases = dechallenge.read(text).cases
    assert [c.patient.age.value for c in cases if c.patient.age] == [40.0]


def test_a_full_text_in_plain_form() -> None:
    text = (
        "==== Front\nA Journal\nCase report\nHepatitis after amoxicillin\n\nAbstract of the paper.\n"
        "==== Body\npmcIntroduction\n\nOf 30 patients, 20 were younger than 20 years of age.\n\nCase presentation\n\n"
        + _PATIENT
        + "\n\nDiscussion\n\nIn another series ALT was 900 U/L.\n"
        "==== Refs\nReferences\n1. A paper of a 30-year-old man."
    )
    cases = dechallenge.read(text).cases
    assert len(cases) == 1
    assert [m.value for m in cases[0].measurements] == [600.0]


def test_two_patients_of_a_letter() -> None:
    text = (
        "Fixed drug eruption\nSir,\nA 35-year-old woman took fluconazole and had a fixed drug eruption.\n\n"
        "A 20-year-old man took doxycycline and had a fixed drug eruption."
    )
    assert len(dechallenge.read(text).cases) == 2
