"""Negative findings that a discussion states of all patients: how far the words for "both patients" reach."""

from __future__ import annotations

from dechallenge.evidence import Document
from dechallenge.reading.findings.sharedfacts import shared_negatives
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean


def absent(told: str) -> list[str]:
    text = clean(Document.from_text(told))
    found = shared_negatives(text, sentences(text.text), {})
    assert all(told[w.start : w.end] == w.quote for f in found for w in f.evidence if hasattr(w, "start"))
    return [f.term for f in found]


def test_a_contrast_of_the_patients_is_still_about_all_of_them() -> None:
    told = (
        "Biopsies were taken in both patients. They showed necrosis. It was confluent in the case 1 sample but not in "
        "case 2. Granulomas were not seen."
    )
    assert absent(told) == ["granulomas"]


def test_a_sentence_about_one_patient_turns_to_that_one() -> None:
    told = (
        "Biopsies were taken in both patients. They showed necrosis. It was confluent in case 1. Granulomas were not "
        "seen."
    )
    assert absent(told) == []


def test_what_a_search_in_both_patients_did_not_find() -> None:
    told = "A search was made for other causes of liver injury, and no such causes were found in either patient."
    assert absent(told) == ["other cause"]
    assert absent("A search was made for granulomas in both patients.") == []
