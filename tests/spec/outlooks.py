"""Score, range and category of a sheet without the working of its items: for tests that go through every sheet."""

from __future__ import annotations

from collections.abc import Mapping

from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Given, Instrument
from dechallenge.logic.results import Outlook
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.typed import typed_facts


def outlook(instrument: Instrument, given: Mapping[str, Given]) -> Outlook:
    """What the result of the instrument says of these facts."""
    return Scoring(instrument, Facts(typed_facts(instrument, given)), None).outlook()
