"""The agreement with authors: an echo agrees everywhere, an empty reader nowhere, and the figures are those of hand."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import case_cards, case_cards_reference
from benchmarks.case_cards import Answer, answers, kappa
from benchmarks.case_cards_facts import facts_of
from benchmarks.case_cards_reference import Claim, claims, sheets

Json = dict[str, Any]
NONE = {"rucam": None, "naranjo": None, "who_umc": None, "french": None, "hscore": None, "other": None}


def card(scores: Json, **more: Any) -> Json:
    """A card of the tests; nothing of it was published."""
    empty: Json = {"id": "T1", "tier": "B", "drug": "drug x (with y)", "event": "hepatitis", "text": "…"}
    return {**empty, "authors_scores": {**NONE, **scores}, "values": {}, "completeness": {}, **more}


def case(score: float | None, low: float, high: float, category: str | None, drug: str = "drug x", **more: Any) -> Json:
    """The JSON of a case with one suspect and one result of the updated RUCAM."""
    result = {"id": "rucam-2016", "applicable": True, "score": score, "low": low, "high": high, "category": category}
    suspect = {"drug": drug, "key_points": {}, "instruments": [{**result, "categories": [], "items": [], **more}]}
    return {"cases": [{"suspects": [suspect], "events": [{"kind": "liver injury"}]}]}


RUCAM_7 = {"rucam": {"total": 7, "category": "probable", "version": "updated RUCAM", "items": None}}


def test_kappa_by_hand() -> None:
    order = ["a", "b", "c"]
    assert kappa([("a", "a"), ("b", "b"), ("c", "c")], order) == 1
    # Seen 0 + 0 + 1 = 1; expected (0+1+1 + 1+0+0 + 4+1+1) / 3 = 3.
    assert kappa([("a", "a"), ("b", "b"), ("c", "b")], order) == pytest.approx(1 - 1 / 3)
    assert kappa([("a", "c"), ("c", "a")], order) == pytest.approx(-1)
    assert kappa([("b", "b")], order) is None
    assert kappa([], order) is None


def test_a_total_gives_the_category_and_a_contradiction_is_seen() -> None:
    (claim,) = claims(card({"rucam": {"total": 8, "category": "highly probable", "version": None, "items": None}}))
    assert (claim.category, claim.contradicts_itself, claim.named) == ("probable", True, False)
    assert (claim.product, claim.drugs) == ("rucam-2016", ("drug x",))
    (words,) = claims(card({"naranjo": {"total": None, "category": "probable", "items": None}}))
    assert (words.total, words.category, words.named) == (None, "probable", True)


def test_one_score_for_each_drug_where_the_authors_print_them() -> None:
    per_drug = {"drug x": 9, "drug y": 4, "others": "6 to 8"}
    found = claims(card({"rucam": {"total": 9, "category": None, "version": "2016", "per_drug": per_drug}}))
    assert [(claim.drugs, claim.total, claim.category) for claim in found] == [
        (("drug x",), 9, "highly probable"),
        (("drug y",), 4, "possible"),
    ]


@pytest.mark.parametrize(
    ("result", "exact", "near", "same", "reached"),
    [
        (case(7, 3, 9, "probable"), True, True, True, "agrees"),
        (case(6, 3, 9, "probable"), False, True, True, "in our range"),
        (case(5, 3, 7, "possible"), False, False, False, "in our range"),
        (case(5, 3, 6, "possible"), False, False, False, "not reached"),
        (case(None, -9, 14, None), False, False, False, "in our range"),
        ({"cases": []}, False, False, False, "not reached"),
    ],
)
def test_agreement_and_reach(result: Json, exact: bool, near: bool, same: bool, reached: str) -> None:
    (answer,) = answers(card(RUCAM_7), result)
    assert (answer.exact, answer.near, answer.same_category, answer.reached) == (exact, near, same, reached)


def test_why_there_is_no_score_is_said() -> None:
    def remarks(result: Json) -> tuple[str, ...]:
        return answers(card(RUCAM_7), result)[0].remarks

    assert "no case read" in remarks({"cases": []})
    assert "suspect not found" in remarks(case(7, 3, 9, "probable", drug="another"))
    assert "instrument not listed" in remarks(case(7, 3, 9, "probable", id="other"))
    refused = remarks(case(None, 0, 0, None, applicable=False, reason="below the threshold"))
    assert any(remark.startswith("not applicable: below") for remark in refused)


def test_the_likeliest_of_several_drugs_answers_for_a_joint_score() -> None:
    joint = card({"naranjo": {"total": 5, "category": None, "items": None}}, drug="drug x and drug y")
    low, high = (
        case(score, 0, 9, "possible", drug=drug, id="naranjo-1981") for score, drug in ((2, "drug x"), (5, "drug y"))
    )
    low["cases"][0]["suspects"] += high["cases"][0]["suspects"]
    assert answers(joint, low)[0].exact


def test_the_reasons_name_unread_facts_open_items_and_the_edition() -> None:
    open_item = {"id": "rucam-2016.5", "points": -2, "low": -3, "high": 2}
    result = case(3, -1, 7, "possible", items=[open_item])
    stated = {**RUCAM_7, "rucam": {**RUCAM_7["rucam"], "version": "not stated"}}
    values = {"latency_days": 10, "rechallenge": "positive", "age": 40}
    (answer,) = answers(card(stated, values=values, tier="C"), result)
    assert answer.remarks == (
        "age unread",
        "latency unread",
        "rechallenge unread",
        "edition not named",
        "open items: 5 (+4)",
        "facts not on the card",
    )


def test_a_fact_counts_when_it_is_the_one_of_the_card() -> None:
    values = {"age": 40, "sex": "F", "latency_days": 30, "dechallenge": "normal after 6 weeks", "rechallenge": "none"}
    points = {"latency_days": [27, 33], "dechallenge": "positive", "rechallenge": "not done"}
    person = {"patient": {"age": {"value": 40.0}, "sex": "female"}}
    told = facts_of(card({}, values=values), person, points)
    assert {name: right for name, (_, _, right) in told.items()} == dict.fromkeys(told, True)
    assert set(told) == {"age", "sex", "latency", "dechallenge", "rechallenge"}
    wrong = facts_of(card({}, values=values), {}, {**points, "latency_days": [0, None], "dechallenge": "negative"})
    assert {name for name, (_, _, right) in wrong.items() if not right} == {"age", "sex", "latency", "dechallenge"}


def test_item_answers_typed_as_facts_give_their_points() -> None:
    answers_ = {
        "q1": "+1",
        "q2": "+2",
        "q3": "0",
        "q4": "+2",
        "q5": "-1",
        "q6": "-1",
        "q7": "+1",
        "q8": "0",
        "q9": "+1",
    }
    (sheet,) = sheets(Claim("T", "I", "naranjo", items={**answers_, "q10": "+1"}))
    assert (sheet.equal, sheet.stated, sheet.score) == (10, 6, 6)
    rucam = {"onset": "+1 (>90 days)", "course": "NA", "risk": "+1", "concomitant": "-2", "alternatives": "+1"}
    (sheet,) = sheets(Claim("T", "I", "rucam", items={**rucam, "known_hepatotoxicity": "+2", "rechallenge": "+3"}))
    assert (sheet.equal, sheet.stated, sheet.score) == (7, 6, 6)


def test_items_that_do_not_add_up_are_told_and_do_not_reach_the_total() -> None:
    items = {f"q{number}": "0" for number in range(1, 11)} | {"q2": "+2", "q10": "+1"}
    stated = card({"naranjo": {"total": 4, "category": None, "items": items}})
    (answer,) = answers(stated, case(8, 5, 9, "probable", id="naranjo-1981"))
    assert answer.reached == "not reached" and "authors' items do not add up" in answer.remarks
    right = card({"naranjo": {"total": 3, "category": None, "items": items}})
    assert answers(right, case(8, 5, 9, "probable", id="naranjo-1981"))[0].reached == "by their items"


def test_commands_print(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(case_cards_reference, "load", lambda: [card(RUCAM_7), card({}, tier="U")])
    case_cards.main([], assess=lambda text, name: case(7, 3, 9, "probable"))
    assert "rucam-2016" in (out := capsys.readouterr().out) and "Disagreements: 0" in out
    case_cards.main(["--show"], assess=lambda text, name: {"cases": []})
    assert "no case read" in capsys.readouterr().out

    def broken(text: str, name: str) -> Json:
        raise RuntimeError("boom")

    case_cards.main(["--errors"], assess=broken)
    assert "no case read" in capsys.readouterr().out


def test_an_answer_without_a_result_has_no_numbers() -> None:
    answer = Answer(Claim("T", "B", "rucam", total=3, category="possible"), {})
    assert (answer.score, answer.category, answer.in_range, answer.agrees) == (None, None, False, False)
