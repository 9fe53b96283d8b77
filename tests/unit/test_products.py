"""A product of unknown name bears the name of the one ingredient that the report gives."""

from __future__ import annotations

import pytest

from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.drugs.products import by_ingredient
from dechallenge.reading.texts.sentences import sentences


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
        ("Levothyroxine, calcium and ramipril were started on 17 August.", True),
        ("He took metformin; calcium was 9 mg/dL.", False),
    ],
)
def test_a_word_of_the_laboratory_in_a_list_of_what_was_taken(text: str, taken: bool) -> None:
    assert ("calcium", "calcium") in named(text) if taken else ("calcium", "calcium") not in named(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("She took a herbal tablet for sleep. The kava was stopped.", ()),
        ("She took a herbal tablet for sleep, said to be a mixture of kava and hops. It was stopped.", ()),
        ("She took a herbal tablet for sleep. The herbal tablet was stopped.", ("kava",)),
    ],
)
def test_a_product_is_the_only_herb_that_the_report_names(text: str, title: tuple[str, ...]) -> None:
    mentions = by_ingredient(text, read_drugs(text, sentences(text)), title)
    assert [m.drug for m in mentions if text[m.start : m.end] == "herbal tablet"] == ["kava"] * text.count("tablet")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("She took a herbal tablet for sleep. Kava and black cohosh were stopped.", ()),
        ("She took a herbal tablet for sleep and later kava.", ()),
        ("She took kava. A herbal tablet was added.", ()),
        ("She took a herbal tablet. Another herbal tablet was added later. Kava was stopped.", ()),
        ("She took a herbal tablet. Later it turned out that she used kava besides the herbal tablet.", ()),
        ("She took a herbal tablet. Metformin was stopped.", ("metformin",)),
        ("She took a herbal tablet.", ("kava", "black cohosh")),
        ("She took an antibiotic. Kava was stopped.", ("kava",)),
    ],
)
def test_a_product_that_may_be_another_keeps_its_class(text: str, title: tuple[str, ...]) -> None:
    first = by_ingredient(text, read_drugs(text, sentences(text)), title)
    product = next(m for m in first if "tablet" in text[m.start : m.end].lower() or m.kind == "class")
    assert product.kind == "class"


def test_the_tablets_of_a_mixture_are_one_product() -> None:
    text = "She took a herbal tablet that was a mixture of kava and black cohosh. She stopped the herbal tablets."
    assert named(text)[-1] == ("herbal tablets", "kava")
    assert ("black cohosh", "black cohosh") in named(text) and ("herbal tablets", "black cohosh") not in named(text)
