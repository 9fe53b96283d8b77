"""Reports as short as a telegram: starts, onsets, remedies, levels and re-exposures told without verbs."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case


def case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def onset(text: str) -> tuple[float | None, float | None]:
    time = case(text).events[0].onset
    assert time is not None
    return time.low, time.high


def roles(text: str) -> dict[str, str]:
    return {exposure.drug: exposure.role for exposure in case(text).exposures}


def again(text: str) -> list[tuple[str, str | None]]:
    return [(a.drug, a.result) for a in case(text).actions if a.kind == "restarted"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Man, 60 years; ceftriaxone 2 g daily for endocarditis. After 19 days neutropenia of 400/mm3.", (19, 19)),
        ("Woman, 50 years; methimazole 20 mg. Within 12 days fever, rash, then agranulocytosis.", (0, 12)),
        ("Man, 50 years; neutropenia after 24 days of ceftriaxone.", (24, 24)),
        ("After three days of high-dose clarithromycin: nausea, jaundice and ALT 600 U/L.", (3, 3)),
        ("Girl, 16 years; minocycline for acne for 10 weeks. Jaundice. ALT 784 U/L.", (67, 73)),
        ("Woman; sertraline started one month before. ALT 649 U/L (normal two months before).", (23, 37)),
        # the time counts from an admission, not from the drug that was taken already
        ("A man on isoniazid was admitted for surgery. Two days later he had jaundice, ALT 800 U/L.", (2, None)),
    ],
)
def test_onset_of_a_telegram(text: str, days: tuple[float, float | None]) -> None:
    assert onset(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "Man; dabigatran after embolism. Raised ALT of 400 U/L in close temporal relation to starting dabigatran.",
        "Woman; ALT rose to 500 U/L after starting orlistat.",
        "Woman treated with ofloxacin for cystitis. On re-presentation: jaundice, ALT 300 U/L.",
        "Mebendazole in 2003 was followed by hepatitis with ALT 900 U/L.",
    ],
)
def test_onset_without_a_number_is_open(text: str) -> None:
    low, high = onset(text)
    assert low == 0
    assert high is None or high > 300


def test_onset_on_the_day_of_the_dose_stays_that_day() -> None:
    assert onset("A man was given ofloxacin. On the same day he had jaundice and ALT was 900 U/L.") == (0, 0)


@pytest.mark.parametrize(
    ("text", "drug", "role"),
    [
        ("A woman had begun sertraline one month before. ALT was 649 U/L.", "sertraline", "suspect"),
        ("Ferritin 9000 ug/L, MAS on day 4. Prednisone and anakinra from day 13.", "anakinra", "treatment"),
        ("Jaundice two weeks after a vaccine. ALT 530 U/L. Ursodeoxycholic acid.", "ursodeoxycholic acid", "treatment"),
        ("Jaundice, ALT 900 U/L. Long-term medicines: prednisolone and diltiazem.", "prednisolone", "suspect"),
        (
            "Man, pain. Rosuvastatin started; long-term carvedilol, diltiazem. ALT 613 U/L. Rosuvastatin stopped.",
            "diltiazem",
            "concomitant",
        ),
        (
            "Man on methotrexate, recently started certolizumab. ALT 900 U/L. ALT was normal after certolizumab was "
            "stopped; methotrexate was restarted.",
            "methotrexate",
            "concomitant",
        ),
    ],
)
def test_role(text: str, drug: str, role: str) -> None:
    assert roles(text)[drug] == role


def test_drugs_started_in_one_breath_started_together() -> None:
    told = "A man was started on {} and atorvastatin. Three weeks later jaundice, ALT 900 U/L. All drugs were stopped."
    starts = {x.drug: x.start for x in case(told.format("ofloxacin")).exposures}
    assert {d: (t.low, t.high) for d, t in starts.items() if t} == {"ofloxacin": (0, 0), "atorvastatin": (0, 0)}


def test_a_level_is_a_test_and_no_drug() -> None:
    read = case("Woman, kava for 28 days. Jaundice. ALT 981 U/L. Paracetamol <2 mcg/mL, ethanol <3 mg/dL.")
    assert [exposure.drug for exposure in read.exposures] == ["kava"]
    assert {t.test: t.state for t in read.tests} == {"paracetamol level": "negative", "alcohol level": "negative"}
    assert read.patient.alcohol is None or read.patient.alcohol == "unknown"


def test_a_dose_is_no_level() -> None:
    assert "paracetamol" in roles("Woman, paracetamol 4 g daily for 28 days. Jaundice. ALT 981 U/L.")


@pytest.mark.parametrize(
    ("text", "suspects"),
    [
        (
            "Man; vancomycin and cefepime for three weeks. Neutrophils 0/mm3. Both antibiotics stopped.",
            {"vancomycin", "cefepime"},
        ),
        ("A man took antibiotics. Jaundice, ALT 900 U/L. The antibiotics were stopped.", {"antibiotic"}),
    ],
)
def test_a_class_means_the_drugs_that_were_named(text: str, suspects: set[str]) -> None:
    assert {drug for drug, role in roles(text).items() if role == "suspect"} == suspects


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (
            "Woman, 44 years; ALT rose after starting orlistat; normal after stopping; rose again on rechallenge.",
            "positive",
        ),
        ("Hepatitis after a single dose of mebendazole in 2010 and again in 2014.", "positive"),
        (
            "Mebendazole in 2002 was followed by hepatitis; in 2005 mebendazole was taken again: it recurred.",
            "positive",
        ),
        ("Three relapses of jaundice. Each began within 7 days of a single 400 mg dose of mebendazole.", "positive"),
        (
            "A man took orlistat. ALT was 500 U/L. Orlistat was stopped. It was restarted; ALT remained normal.",
            "negative",
        ),
    ],
)
def test_re_exposure(text: str, result: str) -> None:
    assert [said for _, said in again(text)] == [result]


def test_no_re_exposure_where_only_another_year_is_told() -> None:
    assert again("Hepatitis after mebendazole in 2010. Appendicitis in 2014.") == []


def test_stepwise_reintroduction() -> None:
    text = (
        "A man took isoniazid and rifampicin. On day 18 ALT was 512 U/L. Isoniazid and rifampicin were withheld. "
        "Isoniazid was restarted, followed one week later by rifampicin, and ALT remained normal."
    )
    assert again(text) == [("isoniazid", "negative"), ("rifampicin", "negative")]


def test_not_given_again_is_a_stop_once() -> None:
    told = "A man was started on infliximab. Three weeks after the third infusion ALT was 415 U/L. "
    for end in ("Infliximab was not given again.", "Infliximab was stopped and was not given again."):
        stops = [a for a in case(told + end).actions if a.kind == "stopped"]
        assert [a.drug for a in stops] == ["infliximab"]


@pytest.mark.parametrize("words", ["She took no other medicine.", "She was not taking any other medicine."])
def test_no_other_medicine(words: str) -> None:
    read = case(f"A woman was started on diclofenac. {words} Six weeks later she had jaundice, ALT 900 U/L.")
    assert [f.state for f in read.findings if f.term == "other medication"] == ["absent"]
