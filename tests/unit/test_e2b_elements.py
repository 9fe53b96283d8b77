"""The table of data elements and the notation of their places hold together."""

from __future__ import annotations

import pytest

from dechallenge.formats.e2b.elements import elements
from dechallenge.formats.e2b.places import GROUPS, group_place, place, places_of


def test_every_element_has_a_place_with_an_accessor() -> None:
    assert len(elements()) == 222
    for id in elements():
        assert all(one.accessor and one.steps for one in places_of(id)), id


def test_elements_of_a_group_stand_in_it() -> None:
    """An element numbered below a repeating group passes the element that repeats."""
    far = {"G.k.1", "G.k.9.i.3.1a", "G.k.9.i.3.1b", "G.k.9.i.3.2a", "G.k.9.i.3.2b", "G.k.9.i.4"}
    for id in elements():
        inside = [g for g in GROUPS if id == g or id.startswith(g + ".")]
        for one in places_of(id):
            passed = {step.group for step in one.steps if step.group}
            if id.startswith("G.k.9.i.2"):
                assert passed == {"G.k.9.i.2.r"}
            elif id not in far:
                assert passed == set(inside), id


def test_repeating_groups_have_a_step_that_repeats() -> None:
    for group in GROUPS:
        assert group_place(group).steps[-1].group == group
        assert any(step.repeats for step in group_place(group).steps), group


@pytest.mark.parametrize(
    ("id", "type", "length", "conformance", "codes"),
    [
        ("E.i.7", "N", 1, "M", ("0", "1", "2", "3", "4", "5")),
        ("G.k.8", "N", 1, "O", ("0", "1", "2", "3", "4", "9")),
        ("H.1", "AN", 100_000, "M", ()),
        ("C.1.2", "TS", 14, "M", ()),
        ("G.k.9.i.2.r.3", "AN", 60, "O", ()),
        ("E.i.3.2a", "BL", 0, "M", ("true",)),
    ],
)
def test_facts_of_the_standard(id: str, type: str, length: int, conformance: str, codes: tuple[str, ...]) -> None:
    known = elements()[id]
    assert (known.type, known.length, known.conformance, known.codes) == (type, length, conformance, codes)


@pytest.mark.parametrize("notation", ["NOWHERE/a@value", "MSG/a(@value", "MSG/a[b]@value"])
def test_a_mistake_in_the_notation_is_an_error(notation: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        place(notation)
