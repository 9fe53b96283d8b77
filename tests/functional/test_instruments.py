"""`dechallenge instruments`: the list, one in full, and both as JSON."""

from __future__ import annotations

import pytest

from dechallenge import instruments
from tests.functional.command import once, run

IDS = [one.id for one in instruments.all()]


def listed() -> list[str]:
    return once("instruments").out.split("\n\n")[0].splitlines()


def test_the_list_has_a_line_for_each() -> None:
    assert once("instruments").code == 0
    assert [line.split()[0].rstrip("*") for line in listed()] == IDS
    assert max(map(len, listed())) <= 100


def test_editions_of_one_instrument_can_be_told_apart() -> None:
    assert len({line.split(maxsplit=1)[1] for line in listed()}) == len(IDS)


def test_the_list_marks_what_could_not_be_verified() -> None:
    doubtful = [one.id for one in instruments.all() if one.marks]
    assert doubtful
    width = max(map(len, IDS))
    assert [line[:width].strip() for line in listed() if line[width] == "*"] == doubtful


def test_the_json_is_an_array_with_the_promised_fields() -> None:
    rows = once("instruments", "--json").json
    assert isinstance(rows, list)
    assert [row["id"] for row in rows] == IDS
    for row in rows:
        assert {"id", "title", "edition", "kind", "reference", "verification"} <= row.keys()
        assert row["kind"] in ("causality", "criteria", "severity", "score")
        assert row["reference"]
        assert row["verification"]["state"] in ("verified", "partly unverified")


@pytest.mark.parametrize("id", IDS)
def test_one_in_full_has_edition_source_and_every_option(id: str) -> None:
    one = instruments.get(id)
    answer = run("instruments", id)
    assert answer.code == 0
    assert max(map(len, answer.out.splitlines())) <= 100
    squeezed = " ".join(answer.out.split())
    assert one.edition in squeezed
    assert " ".join(one.reference.split()) in squeezed
    for leaf in one.leaves:
        for option in leaf.options:
            assert " ".join(option.wording.split()) in squeezed


@pytest.mark.parametrize("id", IDS)
def test_one_as_json(id: str) -> None:
    found = run("instruments", id, "--json").json
    assert found["id"] == id
    one = instruments.get(id)
    assert (found["reference"], found["edition"]) == (one.reference, one.edition)
    options = [option["wording"] for item in found["items"] for option in item["options"]]
    assert options == [option.wording for leaf in one.leaves for option in leaf.options]
    assert all(item["missing"] for item in found["items"])


def test_the_page_of_the_documentation() -> None:
    assert run("instruments", "rucam-2016", "--markdown").out.startswith("# ")


def test_the_name_may_be_written_in_capitals() -> None:
    assert run("instruments", "RUCAM-2016").out == once("instruments", "rucam-2016").out


def test_an_unknown_one_is_an_error_that_names_those_there_are() -> None:
    answer = run("instruments", "rucam")
    assert (answer.code, answer.out) == (2, "")
    assert "Did you mean 'rucam-2016'?" in answer.err
    assert all(id in answer.err for id in IDS)
