"""All sheets of the neutropenia criteria, with unknowns, against an independently written reading of the rules."""

from __future__ import annotations

from itertools import product

from dechallenge import instruments
from dechallenge.facts.vocabulary import TERMS
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Given
from dechallenge.logic.typed import typed_fact

# Each fact with what it says of its criterion: True met, False not met, None unknown.
START: dict[Given | None, bool | None] = {10: True, -1: False, None: None}
STOP: dict[Given | None, bool | None] = {-2: True, 7: True, 8: False, None: None}
COUNT: dict[Given | None, bool | None] = {30: True, 31: False, None: None}
SYMPTOMS: dict[Given | None, bool | None] = {True: True, False: False, None: None}
# Growth factor, death.
CLOUDS: tuple[tuple[bool | None, bool | None], ...] = ((False, False), (True, False), (False, True), (None, None))
CAUSES: dict[Given | None, bool | None] = {
    "ruled out": True,
    "unlikely": True,
    "possible": False,
    "probable": False,
    "not sought": False,
    None: None,
}
AGAIN: tuple[str | None, ...] = ("positive", "negative")


def both(*answers: bool | None) -> bool | None:
    """All of them, where an unknown one does not hide a no."""
    if False in answers:
        return False
    return None if None in answers else True


def verdict(onset: bool | None, recovery: bool | None, cause: bool | None, clouded: bool) -> str | None:
    if False in (onset, recovery, cause):
        return "not met"
    if onset and cause and clouded:
        return "recovery not assessable"
    return "met" if onset and cause and recovery else None


def likelihood(
    onset: bool | None, recovery: bool | None, cause: str | None, clouded: bool, again: str | None
) -> str | None:
    if onset is False or cause == "probable":
        return "unlikely"
    if not onset:
        return None
    if clouded or not recovery or cause not in ("ruled out", "unlikely"):
        return "possible"
    return "definite" if again == "positive" else "probable"


def test_every_sheet() -> None:
    count = 0
    for start, stop, days, symptoms, (growth, died), cause, again in product(
        START, STOP, COUNT, SYMPTOMS, CLOUDS, CAUSES, AGAIN
    ):
        given: dict[str, Given | None] = {
            "latency": start,
            "stop_to_onset": stop,
            "neutrophil_recovery_days": days,
            "neutropenia_symptoms_gone": symptoms,
            "growth_factor": growth,
            "died_before_recovery": died,
            "other_cause": cause,
            "rechallenge": again,
        }
        facts = Facts(typed_fact(TERMS[name], value) for name, value in given.items() if value is not None)
        result = instruments.neutropenia_1991.score(facts, questions=False)
        onset = both(START[start], STOP[stop])
        recovery = both(COUNT[days], SYMPTOMS[symptoms])
        clouded = growth is True or died is True
        assert result.category == verdict(onset, recovery, CAUSES[cause], clouded), given
        assert isinstance(cause, str) or cause is None
        assert result.item("likelihood").code == likelihood(onset, recovery, cause, clouded, again), given
        wanted = "no" if recovery is False else "not assessable" if clouded else "yes" if recovery else None
        assert result.item("2").code == wanted, given
        # What is read is within what is possible.
        assert result.category is None or result.category in result.categories, given
        count += 1
    assert count == 3 * 4 * 3 * 3 * 4 * 6 * 2
