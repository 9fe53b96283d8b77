"""Known reactions, half-lives and pharmacology: sourced, marked, and unknown where there is no row."""

from __future__ import annotations

import csv
import json
from importlib import resources

import pytest

from dechallenge.errors import DechallengeError
from dechallenge.knowledge import (
    exposure_window_days,
    hepatotoxins,
    is_hepatotoxin,
    known_reaction,
    mas_triggers,
    pharmacology_explains,
    slow_elimination,
)
from dechallenge.knowledge.tables import cite
from dechallenge.lexicon.drugs import load_drugs
from tests.shared import shared_path


def table(name: str) -> list[dict[str, str]]:
    text = resources.files("dechallenge.knowledge").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("file", ["known_reactions.csv", "half_lives.csv", "pharmacology.csv", "mas_triggers.csv"])
def test_every_row_has_a_citation(file: str) -> None:
    for row in table(file):
        citation, as_of = cite(row["sources"])
        assert citation and as_of, row


@pytest.mark.parametrize("file", ["known_reactions.csv", "half_lives.csv", "pharmacology.csv"])
def test_names_are_canonical_names_of_the_lexicon(file: str) -> None:
    for row in table(file):
        entry = load_drugs().lookup(row["name"])
        members = row["name"] in load_drugs().classes_of("anakinra") + load_drugs().classes_of("tocilizumab")
        assert members or (entry is not None and entry.inn == row["name"]), row


def test_no_claim_without_a_mark() -> None:
    for row in table("known_reactions.csv"):
        for claim in ("labelled", "published"):
            assert row[claim] in ("yes", "no", "unknown"), row
            assert row[f"{claim}_mark"] in (("verified", "unverified") if row[claim] != "unknown" else ("",)), row
        recalled = all(key.endswith("-recalled") for key in row["sources"].split("|"))
        assert not (recalled and "verified" in (row["labelled_mark"], row["published_mark"])), row


def test_letters_decide_what_is_published() -> None:
    for row in table("known_reactions.csv"):
        if row["livertox"]:
            assert row["reaction"] == "liver injury"
            assert row["published"] == ("no" if row["livertox"] == "E" else "yes"), row


@pytest.mark.parametrize("kind", ["liver injury", "neutropenia", "thrombocytopenia", "MAS"])
@pytest.mark.parametrize("drug", ["anakinra", "tocilizumab", "sarilumab", "canakinumab", "rilonacept"])
def test_the_five_blockers_have_a_row_for_each_reaction(drug: str, kind: str) -> None:
    row = known_reaction(drug, kind)
    assert row is not None and row.basis == drug and row.source


def test_anakinra_under_any_name() -> None:
    row = known_reaction("IL1-Ra", "Liver Injury")
    assert row is not None
    assert (row.drug, row.labelled, row.published, row.livertox, row.mark) == (
        "anakinra",
        "yes",
        "yes",
        "C",
        "verified",
    )
    neutropenia = known_reaction("Kineret", "neutropenia")
    assert neutropenia is not None and neutropenia.labelled == "yes" and neutropenia.mark == "verified"


def test_unknown_is_not_no() -> None:
    assert known_reaction("prednisone", "neutropenia") is None
    assert known_reaction("not a drug", "liver injury") is None
    assert is_hepatotoxin("not a drug") is None
    assert is_hepatotoxin("rilonacept") is None
    assert exposure_window_days("not a drug") is None
    assert slow_elimination("not a drug") is None


def test_hepatotoxins() -> None:
    assert is_hepatotoxin("MTX") is True
    assert is_hepatotoxin("Augmentin") is True
    assert is_hepatotoxin("mistletoe") is False
    assert {"isoniazid", "nitrofurantoin", "kava"} <= set(hepatotoxins())
    assert "mistletoe" not in hepatotoxins()


def test_combinations_and_classes_say_whose_row_was_used() -> None:
    combination = known_reaction("Rifater", "liver injury")
    assert combination is not None and combination.basis in ("isoniazid", "rifampicin", "pyrazinamide")
    assert combination.drug == "isoniazid/rifampicin/pyrazinamide"
    member = known_reaction("cefuroxime", "neutropenia")
    assert member is not None and (member.drug, member.basis) == ("cefuroxime", "beta-lactam")
    assert known_reaction("rofecoxib", "liver injury") is None, "the row of NSAIDs does not hold for each of them"


def test_unverified_listings_are_told() -> None:
    row = known_reaction("atorvastatin", "liver injury")
    assert row is not None
    assert (row.livertox, row.published_mark, row.labelled_mark, row.mark) == (
        "A",
        "verified",
        "unverified",
        "unverified",
    )


@pytest.mark.parametrize(
    ("drug", "low", "high", "slow"),
    [
        ("anakinra", 1, 1.5, False),
        ("tocilizumab", 56, 66, True),
        ("canakinumab", 126, 133, True),
        ("ibuprofen", 0, 1, False),
    ],
)
def test_exposure_is_five_half_lives(drug: str, low: float, high: float, slow: bool) -> None:
    window = exposure_window_days(drug)
    assert window is not None and low <= window.days <= high
    assert slow_elimination(drug) is slow


def test_a_combination_is_exposed_as_long_as_its_slowest_known_part() -> None:
    window, slowest = exposure_window_days("Bactrim"), exposure_window_days("sulfamethoxazole")
    assert window == slowest
    assert exposure_window_days("Percocet") is None, "the half-life of oxycodone is not in the table"


def test_pharmacology() -> None:
    il1 = pharmacology_explains("IL-1Ra", "neutropenia")
    assert il1 is not None and il1.basis == "il-1 blocker" and il1.mark == "verified"
    il6 = pharmacology_explains("Actemra", "neutropenia")
    assert il6 is not None and il6.basis == "il-6 blocker"
    cytotoxic = pharmacology_explains("cisplatin", "neutropenia")
    assert cytotoxic is not None and cytotoxic.basis == "chemotherapy" and cytotoxic.mark == "unverified"
    assert pharmacology_explains("anakinra", "liver injury") is None
    assert pharmacology_explains("not a drug", "neutropenia") is None


def test_triggers_of_mas() -> None:
    assert {"drug", "infection", "disease"} == {trigger.kind for trigger in mas_triggers()}
    assert {"methotrexate", "anakinra"} <= {trigger.name for trigger in mas_triggers() if trigger.kind == "drug"}


def test_a_missing_citation_is_an_error() -> None:
    with pytest.raises(DechallengeError, match="no citation"):
        cite("no such key")


def test_livertox_letters_as_printed() -> None:
    for line in shared_path("corpora", "livertox", "dev.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        row = known_reaction(record["drug"], "liver injury")
        assert row is not None and row.livertox == record["likelihood_score"], record["drug"]
        assert row.published_mark == "verified"


@pytest.mark.parametrize(
    ("drug", "kind"),
    [
        ("ondansetron", "arrhythmia"),
        ("simvastatin", "rhabdomyolysis"),
        ("allopurinol", "severe skin reaction"),
        ("escitalopram", "hyponatremia"),
        ("warfarin", "gastrointestinal bleeding"),
        ("lithium", "intoxication"),
    ],
)
def test_reactions_outside_liver_and_blood_have_rows(drug: str, kind: str) -> None:
    row = known_reaction(drug, kind)
    assert row is not None and row.labelled == "yes"
    assert row.mark == "unverified", "recalled, not read"
