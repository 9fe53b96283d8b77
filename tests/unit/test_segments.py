"""Cases are split and sections told apart."""

from __future__ import annotations

import pytest

from dechallenge.evidence import Document
from dechallenge.reading.layout.segments import layout

ARTICLE = """Background: Some drugs injure the liver of patients who take them for years.

Introduction
A study of 1346 patients found enzymes raised in many of them.

Case 1
A 46-year-old woman took drug A. She became yellow.

Case 2
A 49-year-old man took drug B. He became tired.

Discussion
Both patients had a typical course. A 70-year-old woman was reported elsewhere.
"""


def parts(text: str) -> list[str]:
    plan = layout(Document.from_text(text))
    return [" ".join(plan.text.text[a:b].strip() for a, b in case.parts) for case in plan.cases]


def test_headings_split_cases_and_the_discussion_belongs_to_none() -> None:
    assert parts(ARTICLE) == [
        "A 46-year-old woman took drug A. She became yellow.",
        "A 49-year-old man took drug B. He became tired.",
    ]


def test_a_plain_narrative_is_one_case() -> None:
    assert parts("A 32 year old woman developed jaundice. She recovered.") == [
        "A 32 year old woman developed jaundice. She recovered."
    ]


def test_numbered_patients_are_cases_and_a_shared_sentence_belongs_to_both() -> None:
    text = (
        "Objectives Two children.\n\n\n  1. A 10 year old boy had fever. He was given drug A.\n\n"
        "  2. A 3 year old girl had rash. She was given drug B.\n\nBoth patients continue to receive drug C.\n\n"
        "Conclusions Drug C works."
    )
    first, second = parts(text)
    assert first.startswith("A 10 year old boy")
    assert second.startswith("A 3 year old girl")
    assert "continue to receive drug C" in first
    assert "continue to receive drug C" in second
    assert "works" not in second


def test_a_paragraph_without_a_patient_ends_the_case() -> None:
    general = (
        "The mechanism of this injury remains unknown and several explanations have been offered in the literature. "
        * 3
    )
    (only,) = parts(f"Case 1\n\nA 48-year-old man was ill. He recovered.\n\n{general}\n")
    assert "mechanism" not in only


def test_no_patient_no_case() -> None:
    assert layout(Document.from_text("The mechanism of liver injury is unknown. Enzymes rise.")).cases == ()


@pytest.mark.parametrize("label", ["Title: ", "# ", "Case title: "])
def test_the_label_of_a_title_is_not_part_of_it(label: str) -> None:
    told = f"{label}Jaundice under flucloxacillin\n\nA 71-year-old man developed jaundice after flucloxacillin."
    (only,) = layout(Document.from_text(told)).cases
    assert only.title == "Jaundice under flucloxacillin"
