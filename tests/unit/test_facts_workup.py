"""Work-up: unreported is unknown, an antibody that proves nothing excludes nothing; other drugs count by their time."""

from __future__ import annotations

from typing import Any

import pytest

from dechallenge import instruments
from dechallenge.case import Finding, Time
from dechallenge.facts.make import make_facts
from dechallenge.logic import Facts
from dechallenge.logic.engine import score
from dechallenge.timeline import Interval
from tests.unit.case_builder import Told, at, liver, made_up

CAUSES = ("hav", "hbv", "hcv", "hev", "biliary_imaging", "alcoholic_hepatitis", "hypotension", "underlying_disease")
VIRUSES = ("cmv", "ebv", "hsv", "vzv")


def facts(b: Told, drug: str = "isoniazid") -> Facts:
    case = b.case()
    return make_facts(case, drug, case.events[0])


def rucam(found: Facts, item: str) -> float | None:
    return score(instruments.rucam_2016, found, kind="liver injury").item(item).points


def test_nothing_told_is_unknown_everywhere() -> None:
    found = facts(liver())
    for name in (*CAUSES, *VIRUSES, "other_cause", "concomitant"):
        assert name not in found, name


def test_only_hepatitis_a_and_b_excluded() -> None:
    """Peer trap: alternative causes must give −2, not +2."""
    b = liver()
    b.test("HAV IgM", "negative", "HAV IgM negative")
    b.test("HBsAg", "negative", "HBsAg negative")
    found = facts(b)
    assert (found["hav"].stated, found["hbv"].stated) == ("negative", "negative")
    assert "hcv" not in found
    assert rucam(found, "5") == -2


def test_a_positive_hcv_rna() -> None:
    """Peer trap: alternative causes must give −3."""
    b = liver()
    b.test("HAV IgM", "negative", "HAV IgM negative")
    b.test("HBsAg", "negative", "HBsAg negative")
    b.test("HCV RNA", "positive", "HCV RNA positive")
    found = facts(b)
    assert found["hcv"].stated == "positive"
    assert found["other_cause"].stated == "probable"
    assert rucam(found, "5") == -3


def test_all_twelve_causes_excluded() -> None:
    b = liver()
    b.patient = b.patient.model_copy(update={"alcohol": "absent", "alcohol_evidence": b.words("no alcohol")})
    for test in (
        "HAV IgM",
        "HBsAg",
        "HCV RNA",
        "HEV IgM",
        "CMV IgM",
        "EBV IgM",
        "HSV IgM",
        "VZV IgM",
        "ANA",
        "ultrasound",
    ):
        b.test(test, "negative", f"{test} negative")
    b.finding("hypotension", "no hypotension", "absent")
    found = facts(b)
    assert {name: found[name].stated for name in (*CAUSES, *VIRUSES)} == dict.fromkeys((*CAUSES, *VIRUSES), "negative")
    assert found["other_cause"].stated == "ruled out"
    assert rucam(found, "5") == 2


def test_antibodies_without_nucleic_acid_are_a_disagreement() -> None:
    b = liver()
    b.test("anti-HCV", "positive", "anti-HCV positive")
    b.test("HCV RNA", "negative", "HCV RNA negative")
    assert facts(b)["hcv"].stated is None


def test_igg_shows_contact_and_excludes_nothing() -> None:
    b = liver()
    b.test("CMV IgG", "negative", "CMV IgG negative")
    assert "cmv" not in facts(b)


def test_not_done_is_known_and_is_not_negative() -> None:
    b = liver()
    b.test("HEV IgM", "not done", "HEV was not tested")
    assert facts(b)["hev"].stated == "not done"


def test_a_weak_marker_says_why_it_is_weak() -> None:
    b = liver()
    b.test("HBsAg", "negative", "HBsAg negative")
    assert "window" in facts(b)["hbv"].because


@pytest.mark.parametrize(
    ("state", "term", "expected"),
    [
        ("negative", None, "negative"),
        ("positive", "biliary obstruction", "positive"),
        ("positive", "fatty liver", "negative"),
    ],
)
def test_imaging(state: Any, term: str | None, expected: str) -> None:
    b = liver()
    b.test("ultrasound", state, "ultrasound")
    if term:
        b.finding(term, f"showed {term}", time=at(30))
    assert facts(b)["biliary_imaging"].stated == expected


def test_imaging_that_shows_something_else_leaves_the_range_open() -> None:
    b = liver()
    b.test("ultrasound", "not interpretable", "ultrasound showed a fatty liver")
    assert facts(b)["biliary_imaging"].possible == ("positive", "negative")


@pytest.mark.parametrize(("read", "expected"), [(True, "negative"), (False, None)])
def test_an_image_in_words_of_which_nothing_was_read_is_no_negative_image(read: bool, expected: str | None) -> None:
    b = liver()
    b.test("ultrasound", "not interpretable", "fatty liver")
    if read:
        shown = b.parts["tests"][-1].evidence
        b.parts["findings"].append(Finding(term="fatty liver", kind="imaging", state="present", evidence=shown))
    assert facts(b)["biliary_imaging"].best == expected


def test_an_active_disease_leaves_the_underlying_cause_open_and_other_causes_possible() -> None:
    b = liver()
    b.finding("adult-onset Still disease", "adult-onset Still disease", history=True)
    found = facts(b)
    assert found["underlying_disease"].stated is None
    assert "Still" in found["underlying_disease"].because
    assert found["other_cause"].stated == "possible"


def test_a_passing_illness_of_the_past_is_no_competing_cause() -> None:
    b = liver()
    b.finding("hepatitis A", "hepatitis A as a child", history=True)
    assert "other_cause" not in facts(b)


def test_an_illness_after_onset_is_no_competing_cause() -> None:
    b = made_up("neutropenia", onset=at(10))
    b.finding("sepsis", "sepsis later", time=at(14))
    assert "other_cause" not in facts(b)


def test_first_line_negative_makes_another_cause_unlikely_but_not_ruled_out() -> None:
    b = liver()
    for test in ("HAV IgM", "HBsAg", "anti-HCV", "ultrasound"):
        b.test(test, "negative", f"{test} negative")
    assert facts(b)["other_cause"].stated == "unlikely"


# --- alcohol --------------------------------------------------------------------------------------------------------


def drinker(alcohol: Any, drinks: tuple[float | None, float | None] | None = None) -> Told:
    b = liver()
    amount = Interval(*drinks) if drinks else None
    b.patient = b.patient.model_copy(
        update={"sex": "female", "alcohol": alcohol, "drinks_per_day": amount, "alcohol_evidence": b.words("alcohol")}
    )
    return b


@pytest.mark.parametrize(
    ("alcohol", "drinks", "bounds", "points"),
    [
        ("absent", None, (0, 0), 0),
        ("present", (2, 2), (2, 2), 0),
        ("present", (2.5, 2.5), (2.5, 2.5), 1),
        ("present", None, (0.1, None), 0),
    ],
)
def test_alcohol(alcohol: Any, drinks: Any, bounds: tuple[float | None, float | None], points: int) -> None:
    """Peer trap: "No alcohol." must not score for the word alcohol."""
    found = facts(drinker(alcohol, drinks))
    fact = found["alcohol_drinks"]
    assert (fact.low, fact.high) == bounds
    assert rucam(found, "3a") == points


# --- other drugs ----------------------------------------------------------------------------------------------------


def with_drug(drug: str, role: Any = "concomitant", **times: Any) -> Facts:
    b = liver()
    b.drug(drug, f"{drug} as well", role, **times)
    return facts(b)


def test_no_other_drug_only_when_the_report_says_so() -> None:
    b = liver()
    assert "concomitant" not in facts(b)
    b.finding("other medication", "took no other drugs", "absent")
    assert facts(b)["concomitant"].stated == "none"


@pytest.mark.parametrize(
    ("times", "value", "points"),
    [
        ({"start": Time(high=0), "ongoing": True}, "hepatotoxin", -2),
        ({"start": Time(low=-400, high=-300), "stop": Time(low=-200, high=-100)}, "incompatible", 0),
        ({"start": at(40)}, None, 0),
    ],
)
def test_a_hepatotoxin_counts_by_its_time(times: dict[str, Any], value: str | None, points: int) -> None:
    """Peer trap: any other drug taken at any time must not score −1."""
    found = with_drug("methotrexate", **times)
    assert (found["concomitant"].stated if "concomitant" in found else None) == value
    assert rucam(found, "4") == points


def test_a_drug_given_for_the_reaction_never_counts() -> None:
    assert "concomitant" not in with_drug("prednisone", "treatment", start=at(31))


def test_a_drug_without_a_row_may_be_a_hepatotoxin() -> None:
    found = with_drug("unheardofmab", ongoing=True)
    assert found["concomitant"].possible == ("compatible", "hepatotoxin")
    assert found["concomitant"].stated == "compatible"


def test_another_drug_that_does_this_makes_another_cause_possible() -> None:
    found = with_drug("methotrexate", ongoing=True)
    assert found["other_cause"].stated == "possible"
    assert "methotrexate" in found["other_cause"].because
