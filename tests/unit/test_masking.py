"""Masking blanks what authors claim, keeps the offsets, and changes no score of any instrument."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dechallenge.api import assess, read
from dechallenge.assessment.model import Assessment
from dechallenge.evidence import Document
from dechallenge.formats.text import decode
from dechallenge.reading.claims.masking import claims, mask
from tests.unasked import unasked

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "examples").glob("*.txt"), *(ROOT / "tests" / "golden" / "synthetic").glob("*.txt")])
STORY = (
    "A 40-year-old woman took isoniazid 300 mg daily for latent tuberculosis. Three weeks later she was jaundiced; ALT "
    "was 900 U/L, alkaline phosphatase 130 U/L and bilirubin 6 mg/dL. Isoniazid was stopped. Four weeks later ALT was "
    "35 U/L."
)
MASKED_KINDS = {"category", "severity", "pattern", "latency", "recovery", "likelihood", "attribution"}


def masked(text: str) -> str:
    return mask(Document.from_text(text)).text


def scores(result: Assessment) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """The result of every instrument for every pair and reaction."""
    found: dict[tuple[str, ...], tuple[Any, ...]] = {}
    for case in result.cases:
        groups = [(e.id, e.kind, e.instruments) for e in case.events]
        groups += [(s.drug, s.event.kind, s.instruments) for s in case.suspects]
        for name, kind, instruments in groups:
            for one in instruments:
                attained = (one.score, one.low, one.high, one.category, tuple(one.categories), one.code)
                found[case.id, name, kind, one.id] = (one.applicable, *attained)
    return found


@pytest.mark.parametrize(
    ("claim", "stays"),
    [
        ("The RUCAM score was 9 (highly probable).", []),
        ("Naranjo score: 7, probable.", []),
        ("Causality was classified as certain.", []),
        ("By the French imputability method it was C3S2B3.", []),
        ("The R value was 20.8.", []),
        ("The hepatitis was attributed to isoniazid.", ["hepatitis", "isoniazid"]),
        ("This was isoniazid-induced hepatitis.", ["isoniazid", "hepatitis"]),
        ("She had grade 3 neutropenia.", ["neutropenia"]),
    ],
)
def test_a_claim_is_blanked_and_names_stay(claim: str, stays: list[str]) -> None:
    text = f"{STORY} {claim} She went home."
    blank = masked(text)
    assert len(blank) == len(text)
    assert blank != text
    start = len(STORY)
    assert blank[:start] == STORY
    assert blank.endswith(" She went home.")
    assert all(word in blank[start:] for word in stays)
    gone = {"RUCAM", "Naranjo", "9", "7", "C3S2B3", "20.8", "certain", "probable", "attributed", "induced", "grade"}
    assert not any(word in blank[start:] for word in gone)


@pytest.mark.parametrize(
    "fact",
    [
        "She had grade II encephalopathy.",
        "FibroTest gave A1 F2.",
        "The arthritis reached an ACR 50 response.",
        "ALT was 900 U/L.",
        "Hepatitis B serology was negative.",
    ],
)
def test_a_fact_is_left_alone(fact: str) -> None:
    text = f"{STORY} {fact}"
    assert masked(text) == text


def test_masking_twice_is_masking_once() -> None:
    text = (
        f"{STORY} Isoniazid-induced hepatitis due to isoniazid was considered probable (RUCAM 8, Naranjo 6).\n\n"
        "Discussion\nThe causality was rated probable; the liver injury was attributed to isoniazid."
    )
    once = masked(text)
    assert once != text
    assert masked(once) == once
    assert claims(Document.from_text(once)) == ()
    assert [c for c in once if c == "\n"] == [c for c in text if c == "\n"]


def test_no_claim_is_read_of_a_masked_text() -> None:
    text = f"{STORY} The RUCAM score was 9 (highly probable). The liver injury was attributed to isoniazid."
    (before,) = read(text).cases
    (after,) = read(text, mask=True).cases
    assert {s.kind for s in before.statements} >= {"score", "attribution"}
    assert not [s for s in after.statements if s.kind in MASKED_KINDS or s.method == "RUCAM"]
    assert after.measurements == before.measurements


def test_a_masked_document_keeps_its_name_id_and_places() -> None:
    document = Document.from_text(f"{STORY} The RUCAM score was 9.", "a.txt", "d7", ((0, "page 1"),))
    found = mask(document)
    assert (found.name, found.id, found.places) == ("a.txt", "d7", ((0, "page 1"),))
    assert found.sha256 == Document.from_text(found.text).sha256 != document.sha256
    plain = Document.from_text(STORY)
    assert mask(plain) is plain


BLAMED_IN_ONE_WORD = {"other-arrhythmia-methadone-fluconazole": "methadone"}
"""Reports that suspect a drug in an attribution and nowhere else: masked, it is no suspect, and the first one,
of which VigiGrade asks the indication, is another."""


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_masking_changes_no_score(path: Path) -> None:
    document = Document.from_text(decode(path.read_bytes(), path.name), path.name)
    with unasked():
        before = scores(assess(document))
        after = scores(assess(mask(document)))
    if path.stem in BLAMED_IN_ONE_WORD:
        drug = BLAMED_IN_ONE_WORD[path.stem]
        assert any(pair[1] == drug for pair in before)
        before = {pair: score for pair, score in before.items() if pair[1] != drug and "vigigrade-2014" not in pair}
        after = {pair: score for pair, score in after.items() if "vigigrade-2014" not in pair}
    assert after == before
    if path.stem != "journal-monograph-only" and path.stem != "journal-no-drug-hepatitis-e":
        assert before


@pytest.mark.parametrize("claim", ["The RUCAM score was {}.", "Causality was assessed as {} by the Naranjo scale."])
@pytest.mark.parametrize("verdict", ["9 (highly probable)", "1 (unlikely)"])
def test_what_authors_claim_never_counts(claim: str, verdict: str) -> None:
    """The same story with and without a claim, masked or not: one score."""
    word = verdict.split("(")[1].rstrip(")")
    told = f"{STORY} {claim.format(verdict if 'RUCAM' in claim else word)}"
    plain = scores(assess(STORY))
    assert plain
    assert scores(assess(told)) == plain
    assert scores(assess(mask(Document.from_text(told)))) == plain
