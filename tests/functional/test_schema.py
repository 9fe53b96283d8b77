"""`dechallenge schema`: the published JSON Schemas are valid, and strict enough to refuse what is wrong."""

from __future__ import annotations

import copy

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.functional.command import HEPATITIS, once, run


@pytest.mark.parametrize("name", ["case", "assessment"])
def test_it_is_a_valid_schema(name: str) -> None:
    answer = once("schema", name)
    assert answer.code == 0
    Draft202012Validator.check_schema(answer.json)
    assert answer.json["additionalProperties"] is False


def test_it_refuses_a_field_that_is_not_in_the_contract() -> None:
    answer = copy.deepcopy(once("assess", HEPATITIS, "--json").json)
    answer["cases"][0]["suspects"][0]["probability"] = 1
    with pytest.raises(ValidationError):
        Draft202012Validator(once("schema", "assessment").json).validate(answer)


def test_it_refuses_another_version() -> None:
    with pytest.raises(ValidationError):
        Draft202012Validator(once("schema", "assessment").json).validate({"schema": "dechallenge/assessment/2"})


def test_evidence_has_one_of_the_five_shapes() -> None:
    schema = once("schema", "assessment").json
    names = {name for name in schema["$defs"] if name.endswith("Evidence")}
    assert names == {"TextEvidence", "PathEvidence", "CellEvidence", "EnteredEvidence", "DerivedEvidence"}


def test_an_unknown_schema() -> None:
    answer = run("schema", "patient")
    assert (answer.code, answer.out) == (2, "")
    assert "'case', 'assessment'" in answer.err
