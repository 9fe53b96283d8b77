"""Reports that name an older medicine first: which drug is meant, and what the times are counted from."""

from __future__ import annotations

import pytest

import dechallenge

_END = "{stop} and liver tests were normal 5 weeks later."


def _suspect(text: str) -> tuple[str, tuple[float | None, float | None] | None]:
    first = dechallenge.assess(text).cases[0].suspects[0]
    return first.drug, first.key_points.latency_days


@pytest.mark.parametrize(
    "told",
    [
        "A man of 50 years was diagnosed with rheumatoid arthritis. Three months later he was started on leflunomide.",
        "A man with psoriasis was given methotrexate without effect. After two months leflunomide was added.",
        "A man of 50 years underwent a hip replacement. Ten days later treatment with leflunomide was initiated.",
        "A man of 50 years with gout was treated with allopurinol. Treatment was changed to leflunomide.",
        "A man of 50 years had been taking allopurinol. After four weeks allopurinol was replaced by leflunomide.",
        "A man of 50 years had been taking allopurinol. Leflunomide was substituted for allopurinol.",
    ],
)
@pytest.mark.parametrize("stop", ["Leflunomide was stopped", "It was stopped", "The drug was withdrawn"])
def test_the_drug_begun_last_is_meant_and_counted_from(told: str, stop: str) -> None:
    text = f"{told} Six weeks later he became jaundiced with an ALT of 812 U/L. {_END.format(stop=stop)}"
    assert _suspect(text) == ("leflunomide", (39, 45))


def test_a_time_of_a_drug_blames_it_beside_an_older_one() -> None:
    text = (
        "A woman of 67 years was started on omeprazole. After three days she began taking phenytoin. After 2 weeks of "
        "phenytoin she was admitted with jaundice. The drug was withdrawn and ALT was normal a month later."
    )
    drug, latency = _suspect(text)
    assert drug == "phenytoin"
    assert latency is not None
    assert latency[0] is not None
    assert latency[0] <= 14 <= (latency[1] or 0)


def test_a_time_under_a_remedy_blames_it_not() -> None:
    text = (
        "A man of 40 years took carbamazepine for 5 weeks and had a rash. After three days of prednisone the patient "
        "had a resolution of his symptoms."
    )
    assert _suspect(text)[0] == "carbamazepine"


def test_a_step_within_the_same_clause_counts_from_the_start() -> None:
    text = (
        "A woman of 24 years commenced lamotrigine 25 mg nightly, increased to 50 mg after 14 days. On day 16 of "
        "treatment she noticed fever and rash. Lamotrigine was stopped on day 20."
    )
    actions = {a.kind: a.day for a in dechallenge.assess(text).cases[0].actions}
    assert actions["increased"] == (14, 14)
    assert actions["stopped"] == (20, 20)


@pytest.mark.parametrize(
    ("came", "well"),
    [
        ("she became jaundiced", "ALT was 32 U/L and bilirubin normal"),
        ("she developed agranulocytosis with fever", "neutrophils were 2.8 × 10⁹/L"),
    ],
)
def test_a_normal_value_ends_what_was_told_without_figures(came: str, well: str) -> None:
    text = f"A woman of 58 years was given carbamazepine. After 5 weeks {came}. It was stopped. Ten days later {well}."
    found = dechallenge.assess(text).cases[0].suspects[0].key_points
    assert found.recovery_days == (10, 10)
    assert found.dechallenge == "positive"


def test_a_medicine_with_a_time_of_its_own_is_not_begun_with_the_next() -> None:
    text = (
        "A man of 64 years presented with jaundice. His medications included omeprazole (for years) and isoniazid, "
        "started 3 weeks ago. ALT was 812 U/L. Isoniazid was stopped and liver tests were normal 10 days later."
    )
    case = dechallenge.assess(text).cases[0]
    assert [(a.kind, a.drug) for a in case.actions] == [("started", "isoniazid"), ("stopped", "isoniazid")]
    assert case.suspects[0].drug == "isoniazid"
    assert case.suspects[0].key_points.recovery_days == (10, 10)


def test_what_a_bracket_denies_was_not_taken() -> None:
    text = (
        "A woman of 46 years did not acknowledge any high-risk behaviour (tattoos, intravenous drug abuse, or previous "
        "blood transfusions). After 6 weeks of anakinra her ALT was 612 U/L. Anakinra was held."
    )
    assert [e.drug for e in dechallenge.assess(text).cases[0].exposures] == ["anakinra"]


def test_a_case_that_is_the_first_of_its_kind_begins_nothing_again() -> None:
    text = (
        "A boy of 16 years took anakinra. He developed acute liver failure that resolved upon withdrawal of "
        "anakinra. We believe our case is the first to show liver failure in an adolescent treated with anakinra."
    )
    assert [a.kind for a in dechallenge.assess(text).cases[0].actions] == ["started", "stopped"]


def test_an_earlier_time_with_a_drug_has_no_start_of_the_later_one() -> None:
    text = (
        "A woman of 40 years with a disease refractory to methylprednisolone took anakinra for 2 months and became "
        "jaundiced. Anakinra was stopped. Nine days later she was started on intravenous methylprednisolone."
    )
    given = [e for e in dechallenge.assess(text).cases[0].exposures if e.drug == "methylprednisolone"]
    assert [(e.role, e.start_days is None) for e in given] == [("previous", True), ("treatment", False)]


def test_an_old_illness_in_the_sentence_does_not_unsay_the_blame() -> None:
    text = (
        "A man of 50 years on allopurinol was seen. He had a history of asthma and developed jaundice due to isoniazid "
        "with an ALT of 900 U/L."
    )
    assert [s.drug for s in dechallenge.assess(text).cases[0].suspects] == ["isoniazid"]
