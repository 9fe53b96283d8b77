"""The pages of the documentation are those of the definitions, and say everything that is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dechallenge import instruments
from dechallenge.instruments import describe
from dechallenge.instruments import describe_words as words
from dechallenge.logic.instrument import Band, Caution, Highest, Instrument, Item, Option, Sum, counts_as
from dechallenge.logic.predicates import OTHERWISE
from dechallenge.logic.quantities import (
    Quantity,
    exp,
    indicator,
    ln,
    log10,
    maximum,
    minimum,
    picked,
    sqrt,
)
from dechallenge.logic.terms import Choice, Derived, Flag, Number

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


SECTIONS = ("Reference and verification", "Missing answers", "Items", "Result", "Worked examples", "Facts asked for")


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
def test_the_page_has_every_section_once_and_none_is_empty(instrument: Instrument) -> None:
    page = describe.markdown(instrument)
    parts = page.split("\n## ")
    heads = [part.split("\n")[0] for part in parts[1:]]
    assert [head for head in heads if head in SECTIONS] == list(SECTIONS)
    assert len(heads) == len(set(heads))
    assert [part for part in parts if not part.partition("\n")[2].strip()] == []
    assert ("Cautions" in heads) == bool(instrument.cautions)
    assert ("Formulas" in heads) == bool(words.derived_terms(instrument))
    assert ("partly unverified" in parts[0]) == bool(instrument.marks)


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
def test_cautions_formulas_and_cut_offs_are_told_on_both_pages(instrument: Instrument) -> None:
    said = [caution.wording.rstrip(".") for caution in instrument.cautions]
    said += [words.formula(term) for term in words.derived_terms(instrument).values()]
    if isinstance(instrument.result, Sum | Highest):
        said += [band.category for band in instrument.result.bands]
    flat = " ".join(describe.text(instrument).split())
    page = describe.markdown(instrument)
    assert [one for one in said if one.replace("|", "\\|") not in page] == []
    assert [one for one in said if " ".join(one.split()) not in flat] == []


AGE = Number("age", "years", "age", "How old?", low=0, high=130)
AST = Number("ast", "U/L", "AST", "AST?", low=0, label="AST")
ALT = Number("alt", "U/L", "ALT", "ALT?", low=0, label="ALT")
PLATELETS = Number("plt", "10⁹/L", "platelets", "Platelets?", high=5000, label="platelets")
FEVER = Flag("fever", "fever", "Fever?")
GRADE = Choice("grade", ("none", "mild"), "grade", "Grade?")
RATIO = Derived("ratio", "", "a ratio", "", formula=AST / ALT, label="AST/ALT")
INDEX = Derived(
    "index", "", "an index", "", formula=AGE * AST / (PLATELETS * sqrt(ALT)), label="FIB-4", rounds=2, rises=(AGE,)
)


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (AGE * AST / (PLATELETS * sqrt(ALT)), "age × AST ÷ (platelets × √(ALT))"),
        (3.78 * ln(AST) + 11.2 * ln(ALT) - 6.43, "3.78 × ln(AST) + 11.2 × ln(ALT) − 6.43"),
        ((AST + ALT) * 2, "2 × (AST + ALT)"),
        (AST - (ALT - AGE), "AST − (ALT − age)"),
        (AST - ALT - AGE, "AST − ALT − age"),
        (AST / (ALT / AGE), "AST ÷ (ALT ÷ age)"),
        (1 - AST * 0.5, "1 − 0.5 × AST"),
        (AST * maximum(ALT, 1), "AST × (the highest of ALT and 1)"),
        (minimum(maximum(AST, 1), 4, ALT), "the lowest of the highest of AST and 1, 4 and ALT"),
        (exp(AST * -0.00002), "exp(−0.00002 × AST)"),
        (log10(AST) + indicator(FEVER), "log₁₀(AST) + (1 if fever, otherwise 0)"),
        (picked(GRADE, {"none": 1, "mild": 2}) + AST, "(grade: none 1, mild 2) + AST"),
        (RATIO * 0.99 - 1.675, "0.99 × AST/ALT − 1.675"),
    ],
)
def test_a_formula_in_words_has_the_brackets_that_it_needs(quantity: Quantity, said: str) -> None:
    assert describe.say_quantity(quantity) == said


def test_a_page_with_a_formula_a_caution_and_a_knockout() -> None:
    item = Item(
        "1",
        "Index",
        (Option(-6, "high", (INDEX > 3.25) & (RATIO > 1)), Option(0, "low", OTHERWISE)),
        missing=counts_as(0, "unknown"),
        quantity=INDEX,
    )
    instrument = Instrument(
        id="t-1",
        title="Test",
        edition="1",
        year=2026,
        kind="score",
        purpose="A test.",
        items=(item,),
        result=Sum((Band(None, 0, "no"), Band(1, None, "yes")), least=-6, knockout=-6),
        reference="None.",
        verification="Nothing.",
        missing_rule="Unknown is 0.",
        cautions=(
            Caution("Not under 35 years.", AGE < 35, items=("1",)),
            Caution("Not in acute injury"),
        ),
        shown_with=(PLATELETS,),
    )
    page = describe.markdown(instrument)
    for said in (
        "| `index` | FIB-4 = age × AST ÷ (platelets × √(ALT)), rounded to 2 decimals | `age`, `ast`, `plt`, `alt` |",
        "| `ratio` | AST/ALT = AST ÷ ALT | `ast`, `alt` |",
        "- Not under 35 years (item 1). Said when age < 35 years.",
        "- Not in acute injury.",
        "An item that gives −6 decides: that is the total.",
        "The total is never below −6.",
        "The number reported: FIB-4.",
        "listed when one of these is known: platelets.",
        "No worked example",
    ):
        assert said in page
    assert list(words.derived_terms(instrument)) == ["index", "ratio"]
    assert "FIB-4 = age × AST" in describe.text(instrument) and "Not in acute injury." in describe.text(instrument)


def test_limits_and_values_of_a_fact() -> None:
    assert [words.legal(term) for term in (AGE, AST, PLATELETS, FEVER, GRADE)] == [
        "years; 0 to 130",
        "U/L; 0 or more",
        "10⁹/L; 5000 or less",
        "yes, no",
        "none, mild",
    ]
    assert [words.figure(value) for value in (1e7, -2.50, 0.1, 0.000012, 0.0)] == [
        "10000000",
        "−2.5",
        "0.1",
        "0.000012",
        "0",
    ]
