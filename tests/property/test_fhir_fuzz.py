"""FHIR files cut off, changed and rearranged: a reading or a clear refusal, never another exception.

Generated from the invented bundles of `tests/unit/fhir_bundles.py` and from a case of ours as it is written.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dechallenge.case import Reading
from dechallenge.errors import InputError
from dechallenge.evidence import TextEvidence
from dechallenge.formats.fhir import read, write
from tests.unit import fhir_bundles as b

OURS = json.loads(write(read(b.written(b.WHOLE), "whole.json").cases[0]))
FILES: dict[str, Any] = {"whole": b.WHOLE, "ours": OURS, "R5": b.R5}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**6),
    st.floats(allow_nan=False),
    st.sampled_from(["", " ", "2022-13-45", "0000", "\ud800", "x" * 300, "#", "urn:uuid:", "Patient/p1", "stopped"]),
    st.text(max_size=6),
    st.just([]),
    st.just({}),
    st.just([[1], "a", None, {"value": "b"}]),
    st.just({"coding": [{"code": 5}], "text": ["a"]}),
    st.just({"reference": "#"}),
    st.just({"value": 1e308, "comparator": "~", "unit": "mg/dL", "code": "10*9/L"}),
    st.just({"extension": [{"url": "urn:dechallenge:fhir:moment", "extension": [{"url": "low", "valueString": "a"}]}]}),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a JSON tree."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from places(value[key], (*path, key))


def checked(data: bytes) -> Reading | None:
    """What comes of a file: nothing where it was refused with a cause and a next step."""
    try:
        found = read(data, "file.json")
    except InputError as error:
        assert error.cause and error.next_step
        return None
    found.model_dump_json()
    names = {d.id: d.text for d in found.documents}
    for case in found.cases:
        for parts in (case.events, case.exposures, case.measurements, case.tests, case.findings, case.statements):
            for part in parts:
                assert part.evidence, part  # type: ignore[attr-defined]
                for item in part.evidence:  # type: ignore[attr-defined]
                    assert item.document in names
                    if isinstance(item, TextEvidence):
                        assert names[item.document][item.start : item.end] == item.quote
    for problem in found.problems:
        assert problem.message and problem.next_step
    return found


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_changed_fields(name: str, data: st.DataObject) -> None:
    tree = copy.deepcopy(FILES[name])
    for _ in range(data.draw(st.integers(1, 6))):
        found = list(places(tree))
        if not found:
            break
        path = data.draw(st.sampled_from(found))
        owner = tree
        for key in path[:-1]:
            owner = owner[key]
        how = data.draw(st.sampled_from(["replace", "delete", "wrap", "rename"]))
        if how == "replace":
            owner[path[-1]] = copy.deepcopy(data.draw(ODD))  # it may be changed in turn
        elif how == "wrap":
            owner[path[-1]] = [owner[path[-1]]]
        elif how == "rename" and isinstance(owner, dict):
            owner[data.draw(st.sampled_from(["text", "value", "code", "valueRange", "low", "x"]))] = owner.pop(path[-1])
        else:
            del owner[path[-1]]
    reading = checked(b.written(tree))
    for case in reading.cases if reading is not None else ():
        again = checked(write(case))
        assert again is not None and len(again.cases) == 1


@pytest.mark.parametrize("name", FILES)
@given(
    cut=st.floats(0, 1),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12)), max_size=5),
)
def test_damaged_bytes(name: str, cut: float, changes: list[tuple[float, bytes]]) -> None:
    whole = b.written(FILES[name])
    data = bytearray(whole[: int(cut * len(whole))])
    for place, new in changes:
        at = int(place * len(data))
        data[at : at + len(new)] = new
    checked(bytes(data))


@given(cut=st.integers(0, len(b.written(b.WHOLE)) - 1))
def test_a_file_that_is_cut_off_gives_every_whole_resource(cut: int) -> None:
    whole = b.written(b.WHOLE)
    ends = [whole.index(b.written(entry["resource"])) + len(b.written(entry["resource"])) for entry in b.WHOLE["entry"]]
    complete = [entry["resource"] for entry, end in zip(b.WHOLE["entry"], ends, strict=True) if end <= cut]
    labs = sum(r["resourceType"] == "Observation" and "valueQuantity" in r for r in complete)
    reading = checked(whole[:cut])
    found = reading.cases[0].measurements if reading is not None and reading.cases else ()
    assert len(found) == labs
    assert reading is None or any("cut off" in p.message for p in reading.problems)


@given(st.binary(max_size=200), st.sampled_from([b"", b'{"resourceType":"Patient"', b"[{", b"\xff\xfe{", b"<Bundle"]))
def test_any_bytes(data: bytes, start: bytes) -> None:
    checked(start + data)
