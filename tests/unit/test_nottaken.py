"""Drugs named only as not taken, or as a blood level, leave the case; those with a negation of another sort stay."""

from __future__ import annotations

import pytest

from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.suspects.nottaken import taken
from dechallenge.reading.texts.sentences import sentences


def names(text: str) -> list[str]:
    spans = sentences(text)
    return [mention.drug for mention in taken(text, spans, read_drugs(text, spans)) if mention.drug]


@pytest.mark.parametrize(
    "text",
    [
        "She denied taking ibuprofen.",
        "She denied use of paracetamol or ibuprofen.",
        "He took no aspirin, ibuprofen or herbal products.",
        "Neither isoniazid nor rifampicin had been given.",
        "Ibuprofen was never used.",
        "She drank no alcohol, took no paracetamol and denied herbal supplements.",
        "He did not smoke, drank no alcohol and took no ibuprofen.",
        "The paracetamol level was undetectable.",
        "Serum acetaminophen concentration was 12 mg/L.",
    ],
)
def test_not_taken(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("There was no response to prednisone.", ["prednisone"]),
        ("She did not improve on prednisone.", ["prednisone"]),
        ("He no longer took ibuprofen.", ["ibuprofen"]),
        ("Ibuprofen was never started again.", ["ibuprofen"]),
        ("He was not taking any statin, but took ibuprofen daily.", ["ibuprofen"]),
        ("He took paracetamol 1 g; no ibuprofen was used.", ["paracetamol"]),
        ("Ibuprofen was stopped. No fever followed.", ["ibuprofen"]),
    ],
)
def test_taken(text: str, drugs: list[str]) -> None:
    assert names(text) == drugs


def test_a_drug_taken_once_keeps_every_mention() -> None:
    assert names("He never took ibuprofen at home. Ibuprofen was given in hospital.") == ["ibuprofen", "ibuprofen"]


def test_mentions_without_a_name_stay() -> None:
    text = "She denied taking ibuprofen. The drug was not found."
    spans = sentences(text)
    mentions = read_drugs(text, spans)
    kept = taken(text, spans, mentions)
    assert kept == [mention for mention in mentions if not mention.drug]
    assert kept


def test_not_taken_before_a_drug_that_was() -> None:
    assert "azathioprine" in names("She had not received allopurinol before azathioprine.")
