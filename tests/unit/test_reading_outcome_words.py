"""The many ways in which reports tell how a reaction ended, and what is no end."""

from __future__ import annotations

import pytest

from dechallenge import assess, read

HEAD = "A 61-year-old woman started carbamazepine 400 mg daily. Four weeks later she developed a maculopapular rash. "


@pytest.mark.parametrize(
    ("told", "outcome", "dechallenge"),
    [
        ("The rash worsened over the next days. Carbamazepine was stopped.", "unknown", "not assessable"),
        ("Carbamazepine was stopped because the rash persisted.", "unknown", "not assessable"),
        ("Despite antihistamines the rash did not improve. Carbamazepine was stopped.", "unknown", "not assessable"),
        ("Carbamazepine was stopped. The rash did not improve.", "not recovered", "negative"),
        ("Carbamazepine was stopped. She had not yet recovered.", "not recovered", "negative"),
        ("Carbamazepine was stopped. At the time of the report the rash was ongoing.", "not recovered", "negative"),
        ("Carbamazepine was stopped without improvement.", "not recovered", "negative"),
        ("Carbamazepine was stopped, but there was no improvement.", "not recovered", "negative"),
        ("Despite stopping carbamazepine the rash failed to resolve.", "not recovered", "negative"),
        ("The rash persisted after carbamazepine was stopped.", "not recovered", "negative"),
        (
            "Carbamazepine was stopped. The rash had not resolved after 5 days but resolved after 3 weeks.",
            "recovered",
            "positive",
        ),
        (
            "She did not improve with prednisone. Carbamazepine was then stopped and she recovered.",
            "recovered",
            "positive",
        ),
    ],
)
def test_the_end_and_what_the_stop_did(told: str, outcome: str, dechallenge: str) -> None:
    case = assess(HEAD + told).cases[0]
    assert case.events[0].outcome == outcome
    assert case.suspects[0].key_points.dechallenge == dechallenge


def test_what_stayed_and_what_it_cost() -> None:
    case = read(HEAD + "She survived but was left with corneal scarring and a permanent disability.").cases[0]
    assert case.events[0].outcome == "recovered with sequelae"
    assert "disabling" in case.events[0].seriousness
    well = read(HEAD + "She recovered without permanent disability.").cases[0]
    assert "disabling" not in well.events[0].seriousness


def test_not_yet_denies_what_follows() -> None:
    states = {f.term: f.state for f in read("A man took terbinafine. Jaundice had not yet appeared.").cases[0].findings}
    assert states["jaundice"] == "absent"
