"""What others judged of a case, kept apart in whatever words it stands, and blanked out by masking."""

from __future__ import annotations

import pytest

from dechallenge import Document, read
from dechallenge.reading.claims.masking import mask

HEAD = "A man developed jaundice 4 weeks after starting flucloxacillin. ALT was 450 U/L. "


@pytest.mark.parametrize(
    ("told", "kind", "method", "result"),
    [
        ("The event was CTCAE grade 3.", "grade", "CTCAE", "3"),
        ("Grade 4 according to CTCAE v5.0 was noted.", "grade", "CTCAE", "4"),
        ("The case met Hy's law.", "category", "Hy's law", "met"),
        ("The case did not meet Hy's law.", "category", "Hy's law", "not met"),
        ("The RegiSCAR score was 6 (definite).", "score", "RegiSCAR", "6, definite"),
        ("LiverTox category A applies.", "likelihood", "LiverTox", "A"),
        ("The reporter considered the event related to flucloxacillin.", "attribution", "", "flucloxacillin"),
        ("The investigator judged it unrelated.", "attribution", "denied", "unrelated"),
    ],
)
def test_a_judgement_is_a_statement_and_is_masked(told: str, kind: str, method: str, result: str) -> None:
    case = read(HEAD + told).cases[0]
    assert (kind, method, result) in {(s.kind, s.method, s.result) for s in case.statements}
    masked = read(mask(Document.from_text(HEAD + told)).text).cases[0]
    assert not masked.statements
    assert [e.term for e in masked.events] == [e.term for e in case.events]
