"""EULAR response by DAS28. Imports only the vocabulary of facts and the logic."""

from __future__ import annotations

from dechallenge.facts.vocabulary.inflammation import il6_blockade
from dechallenge.facts.vocabulary.rheumatology_response import das28_before, das28_fall, das28_now
from dechallenge.logic.instrument import Caution, Computed, Example, Instrument, Item, Option, left_out

FROM_MEMORY = "from memory"

GOOD = (das28_fall > 1.2) & (das28_now <= 3.2)
MODERATE = (das28_fall > 1.2) | ((das28_fall > 0.6) & (das28_now <= 5.1))

INSTRUMENT = Instrument(
    id="eular-response",
    title="EULAR response by DAS28",
    edition="1998 (unverified)",
    year=1998,
    kind="criteria",
    purpose="How far rheumatoid arthritis improved under a treatment: the fall of DAS28 and the value that was "
    "reached.",
    items=(
        Item(
            "response",
            "Fall of DAS28 and the response that it makes with the value reached",
            (
                Option("good", "fall above 1.2 to 3.2 or less", GOOD, FROM_MEMORY),
                Option(
                    "moderate",
                    "fall above 1.2 to more than 3.2, or fall above 0.6 to 5.1 or less",
                    MODERATE,
                    FROM_MEMORY,
                ),
                Option("none", "a smaller fall, or above 5.1 after a fall of 1.2 or less", ~MODERATE, FROM_MEMORY),
            ),
            missing=left_out("not computed: needs DAS28 before and now"),
            quantity=das28_fall,
            source="EULAR response criteria",
        ),
    ),
    result=Computed("response"),
    reference="European League Against Rheumatism response criteria by DAS28 (citation not verified).",
    verification="Not verified: limits, year and citation are from memory.",
    unverified=("the limits 1.2 and 0.6, and 3.2 and 5.1 of the value reached", "the year and the citation"),
    missing_rule="Needs DAS28 before and at the end, of the same form; nothing is put in place of a missing value.",
    cautions=(
        Caution("IL-6 blockade lowers CRP and ESR directly: DAS28 overstates the response.", il6_blockade),
        Caution("The limits are those of DAS28 with ESR; with CRP the score itself is lower in the same patient."),
    ),
    shown_with=(das28_before, das28_now),
    examples=(
        Example("5.5 to 3.2", {"das28_before": 5.5, "das28_now": 3.2}, score=2.3, category="good"),
        Example("5.5 to 3.3", {"das28_before": 5.5, "das28_now": 3.3}, score=2.2, category="moderate"),
        Example("5.8 to 5.1", {"das28_before": 5.8, "das28_now": 5.1}, score=0.7, category="moderate"),
        Example("6.0 to 5.2", {"das28_before": 6.0, "das28_now": 5.2}, score=0.8, category="none"),
        Example(
            "a fall of exactly 1.2 to 3.0", {"das28_before": 4.2, "das28_now": 3.0}, score=1.2, category="moderate"
        ),
        Example("a fall of exactly 0.6", {"das28_before": 3.6, "das28_now": 3.0}, score=0.6, category="none"),
    ),
)
