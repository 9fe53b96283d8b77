"""The whole narrative of a case that holds something everywhere, word for word."""

from __future__ import annotations

from pathlib import Path

from dechallenge.report.case_narrative import write
from tests.unit.told_case import told_case

EXPECTED = Path(__file__).with_name("narrative.txt")


def test_a_full_case_is_told_in_the_order_of_a_report() -> None:
    assert write(told_case()).text == EXPECTED.read_text(encoding="utf-8")


def test_the_narrative_can_be_walked_back_to_its_evidence() -> None:
    told = write(told_case())
    limit = next(one for sentence in told.sentences for one in sentence.told if "upper limit 41 U/L" in one.text)
    assert limit.at == ("measurements.l1.value", "measurements.l1.limit")
    assert [getattr(piece, "path", "") for piece in limit.evidence] == ["F.r.3.2[1]"]
    assert {place for sentence in told.sentences for place in sentence.at} >= {"patient.age", "events.e2.outcome"}
