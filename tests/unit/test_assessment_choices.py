"""What another choice would give, methods side by side, the order of suspects, drugs that are out of the question."""

from __future__ import annotations

from functools import cache

import pytest

from dechallenge import instruments
from dechallenge.api import read
from dechallenge.assessment.assess import assess_case
from dechallenge.assessment.model import CaseOut, ChoiceOut, SuspectOut
from dechallenge.assessment.topics import OTHER, topic_of
from dechallenge.logic.instrument import Instrument
from tests.unit.case_builder import SEEDS

THREE_PATTERNS = """A 50-year-old woman with hypertension.

Methyldopa 250 mg twice daily was started on day 0. On day 20 she became icteric: ALT 414 U/L (normal <48),
alkaline phosphatase 253 U/L (normal <129), bilirubin 3.1 mg/dL. Methyldopa was stopped on day 20. On day 22 ALT was
805 U/L (normal <48) and alkaline phosphatase 198 U/L (normal <129). On day 25 ALT was 960 U/L (normal <48) and alkaline
phosphatase 398 U/L (normal <129). She recovered.
"""
"""Three days, three R values: 4.4, 10.9 and 6.5 (in our own words after the sheet of peer traps)."""


@cache
def seed(name: str) -> CaseOut:
    return assess_case(SEEDS[name]())


def rows(suspect: SuspectOut, decision: str) -> list[ChoiceOut]:
    return [row for row in suspect.sensitivity if row.decision == decision]


def test_the_rules_own_choice_is_marked_once_in_each_table() -> None:
    suspect = seed("hepatitis").suspects[0]
    for decision in ("day of onset", "upper limit of ALT", "limits of R"):
        assert [row.chosen for row in rows(suspect, decision)].count(True) == 1
        assert rows(suspect, decision)[0].chosen


def test_another_limit_changes_r_but_not_the_type() -> None:
    by_limit = {row.choice.split(" ")[0]: row for row in rows(seed("hepatitis").suspects[0], "upper limit of ALT")}
    assert by_limit["40"].pattern == "hepatocellular, R 32.1"
    assert by_limit["50"].pattern == "hepatocellular, R 25.7"
    assert not by_limit["50"].flips


def test_every_day_of_r_is_shown_and_the_flip_is_named() -> None:
    case = assess_case(read(THREE_PATTERNS).cases[0])
    table = rows(case.suspects[0], "day of R")
    assert table[0].chosen and table[0].pattern == "mixed, R 4.4"
    others = {row.pattern: row.flips for row in table[1:]}
    assert any(pattern.startswith("hepatocellular") for pattern in others)
    assert all("pattern" in flips for pattern, flips in others.items() if pattern.startswith("hepatocellular"))


def test_editions_stand_beside_each_other() -> None:
    results = {
        id: words for row in rows(seed("schnitzler").suspects[0], "edition") for id, words in row.results.items()
    }
    assert results["ctcae-5"] == "3 grade 3" or results["ctcae-5"] == "grade 3"
    assert results["ctcae-6"] != results["ctcae-5"]


def test_methods_say_who_does_not_ask() -> None:
    topics = {topic.topic: topic for topic in seed("hepatitis").suspects[0].methods}
    drugs = topics["other drugs"]
    assert "naranjo-1981" in drugs.silent
    assert "do not ask" in drugs.difference or "does not ask" in drugs.difference
    causes = {cell.instrument: cell for cell in topics["other causes"].cells}
    assert causes["rucam-2016"].items == ("rucam-2016.5",)
    assert causes["rucam-2016"].gives != causes["naranjo-1981"].gives


def test_an_item_of_points_is_in_one_topic_only() -> None:
    for suspect in seed("hepatitis").suspects:
        told = [item for topic in suspect.methods for cell in topic.cells for item in cell.items]
        assert len(told) == len(set(told))


@pytest.mark.parametrize("instrument", [i for i in instruments.all() if i.kind == "causality"], ids=lambda i: str(i.id))
def test_every_causality_item_has_a_topic(instrument: Instrument) -> None:
    lost = [item.id for item in instrument.items if topic_of(f"{instrument.id}.{item.id}") == OTHER]
    assert not lost


def test_a_drug_given_for_the_reaction_is_excluded_with_the_reason() -> None:
    text = """A 40-year-old man.

    He took flucloxacillin from day 0. On day 12 he became jaundiced, ALT 900 U/L (normal <40), alkaline phosphatase
    110 U/L (normal <115). Flucloxacillin was stopped on day 13. Ursodeoxycholic acid was started on day 14 for the
    jaundice.
    """
    case = assess_case(read(text).cases[0])
    assert [s.drug for s in case.suspects] == ["flucloxacillin"]
    assert [(e.drug, "after onset" in e.because or "for the reaction" in e.because) for e in case.excluded_drugs] == [
        ("ursodeoxycholic acid", True)
    ]


def test_ranks_count_from_one_with_reasons() -> None:
    case = seed("boy")
    assert [s.rank for s in case.suspects] == list(range(1, len(case.suspects) + 1))
    assert all(s.rank_because for s in case.suspects)
