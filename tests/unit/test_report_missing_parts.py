"""A report may lack anything: with any one optional part of the contract left out, every view still works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from dechallenge.report import html, terminal
from tests.unit import report_fixture as fixture


def without_one(value: BaseModel) -> Iterator[tuple[str, BaseModel]]:
    """The value with one optional field reset, at any depth (of a list: in its first entry)."""
    for name, field in type(value).model_fields.items():
        here = getattr(value, name)
        if not field.is_required() and here != field.get_default(call_default_factory=True):
            yield name, value.model_copy(update={name: field.get_default(call_default_factory=True)})
        inner = here if isinstance(here, BaseModel) else None
        if isinstance(here, tuple) and here and isinstance(here[0], BaseModel):
            for path, changed in without_one(here[0]):
                yield f"{name}.{path}", value.model_copy(update={name: (changed, *here[1:])})
        elif inner is not None:
            for path, changed in without_one(inner):
                yield f"{name}.{path}", value.model_copy(update={name: changed})


CASES = [fixture.hepatitis(), fixture.neutropenia(), fixture.boy()]
PARTS = [(case.id, path) for case in CASES for path, _ in without_one(case)]


def test_there_are_parts_to_leave_out() -> None:
    assert len(PARTS) > 100


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_every_view_works_without_any_one_part(case: BaseModel) -> None:
    for path, changed in without_one(case):
        result = fixture.assessment(changed)  # type: ignore[arg-type]
        text = terminal.render(result, color=False)
        assert "None" not in text.replace("None Declared", ""), path
        assert max(map(len, text.splitlines())) <= 100, path
        page = html.render(result, fixture.TEXTS)
        assert ">None<" not in page and " None " not in page, path
        assert terminal.render_reading(result.cases, fixture.TEXTS, color=False), path
