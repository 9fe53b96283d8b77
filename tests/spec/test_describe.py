"""The pages of the documentation are those of the definitions, and say everything that is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dechallenge import instruments
from dechallenge.instruments import describe
from dechallenge.logic.instrument import Instrument

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "instruments"


@pytest.mark.parametrize("name", sorted(describe.pages()))
def test_the_page_is_current(name: str) -> None:
    page = FOLDER / name
    told = "Write the pages anew: python -m dechallenge.instruments.describe docs/instruments"
    assert page.is_file(), told
    assert page.read_text(encoding="utf-8") == describe.pages()[name], told


def test_there_is_no_page_without_an_instrument() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == set(describe.pages())


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
def test_the_page_says_everything(instrument: Instrument) -> None:
    page = describe.markdown(instrument)
    said = [instrument.purpose, instrument.edition, instrument.reference, instrument.missing_rule, *instrument.marks]
    said += [entry.wording for entry in instrument.entry]
    said += [option.wording.replace("|", "\\|") for leaf in instrument.leaves for option in leaf.options]
    said += [example.name for example in instrument.examples]
    assert not [piece for piece in said if piece not in page]


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
def test_the_text_fits_the_terminal(instrument: Instrument) -> None:
    lines = describe.text(instrument).splitlines()
    assert max(len(line) for line in lines) <= 100
    assert instrument.title in lines[0]


def test_a_predicate_in_words() -> None:
    item = instruments.rucam_2016.item("1")
    assert describe.say(item.options[3].when) == "time to onset ≥ 5 d and time to onset ≤ 90 d"
    causes = instruments.rucam_2016.item("5")
    assert describe.say(causes.options[3].when).startswith("at least 5 negative of: hepatitis A, hepatitis B")
