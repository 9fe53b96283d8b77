"""A passive belongs to the drug before it; a macrophage activation shows itself in ferritin as well as in words."""

from __future__ import annotations

import pytest

from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader

BEGIN = (
    "A 24-year-old woman was started on lamotrigine. Three weeks later she had fever and jaundice; ALT was 800 U/L. "
)


@pytest.mark.parametrize(
    ("words", "stopped"),
    [
        ("Lamotrigine was stopped on day 24, dexamethasone was started on day 26.", ["lamotrigine"]),
        ("Lamotrigine was withdrawn, valproate was added.", ["lamotrigine"]),
        ("After stopping lamotrigine, dexamethasone was started.", ["lamotrigine"]),
        ("She was treated with valproate and stopped lamotrigine, then recovered.", ["lamotrigine"]),
    ],
)
def test_what_was_stopped_is_the_drug_before_the_passive(words: str, stopped: list[str]) -> None:
    (case,) = ProseReader().read([Document.from_text(BEGIN + words)]).cases
    assert [a.drug for a in case.actions if a.kind == "stopped"] == stopped


@pytest.mark.parametrize(("ferritin", "day"), [("24,310 ng/mL", 20.0), ("210 ng/mL", 22.0)])
def test_a_high_ferritin_with_a_large_spleen_is_the_onset(ferritin: str, day: float) -> None:
    text = (
        "A 24-year-old woman commenced lamotrigine. On day 20 she was hospitalized: splenomegaly on CT, "
        f"ferritin {ferritin}. On day 22 hemophagocytic lymphohistiocytosis with hemophagocytosis in the marrow and "
        "pancytopenia was diagnosed. Lamotrigine was stopped."
    )
    (case,) = ProseReader().read([Document.from_text(text)]).cases
    assert case.events[0].kind == "MAS"
    assert case.events[0].onset is not None and case.events[0].onset.low == day
