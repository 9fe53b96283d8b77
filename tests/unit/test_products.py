"""A product of unknown name bears the name of the one ingredient that the report gives."""

from __future__ import annotations

import pytest

from dechallenge.reading.drugs import read_drugs
from dechallenge.reading.products import by_ingredient
from dechallenge.reading.sentences import sentences


def named(text: str) -> list[tuple[str, str]]:
    """Words and name of every named drug of the text."""
    mentions = by_ingredient(text, read_drugs(text, sentences(text)))
    return [(text[mention.start : mention.end], mention.drug) for mention in mentions if mention.drug]


@pytest.mark.parametrize(
    ("text", "product", "ingredient"),
    [
        ("She took a herbal product containing green tea extract.", "herbal product", "green tea"),
        ("She took a weight loss supplement consisting of green tea extract.", "weight loss supplement", "green tea"),
        ("He used a dietary supplement that contained kava.", "dietary supplement", "kava"),
        ("He took a herbal tea made from chaparral.", "herbal tea", "chaparral"),
        ("An anabolic steroid, which contained stanozolol, was used.", "anabolic steroid", "stanozolol"),
    ],
)
def test_the_product_is_its_ingredient(text: str, product: str, ingredient: str) -> None:
    assert (product, ingredient) in named(text)
    assert {name for _, name in named(text)} == {ingredient}


def test_later_mentions_of_the_product_follow() -> None:
    text = "She took a herbal product containing kava. The herbal product was stopped."
    assert named(text) == [("herbal product", "kava"), ("kava", "kava"), ("herbal product", "kava")]
    assert all(
        mention.ingredients == ("kava",)
        for mention in by_ingredient(text, read_drugs(text, sentences(text)))
        if mention.drug
    )


@pytest.mark.parametrize(
    "text",
    [
        "He took a herbal supplement and green tea extract.",
        "He used a dietary supplement. It contained kava.",
        "He took a statin before kava.",
        "He took atorvastatin and kava.",
        "He took kava.",
        "He took nothing.",
    ],
)
def test_what_is_no_ingredient_changes_nothing(text: str) -> None:
    drugs = read_drugs(text, sentences(text))
    assert by_ingredient(text, drugs) == drugs


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("She had taken levothyroxine for 6 years with normal tests, as well as ramipril and calcium.", True),
        ("Levothyroxine and calcium were determined.", False),
        ("He took metformin; calcium was 9 mg/dL.", False),
    ],
)
def test_a_word_of_the_laboratory_in_a_list_of_what_was_taken(text: str, taken: bool) -> None:
    assert ("calcium", "calcium") in named(text) if taken else ("calcium", "calcium") not in named(text)
