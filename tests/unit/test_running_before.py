"""Drugs that ran before the one in focus, and how long they had by then."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader

_STORY = (
    "A 57 year old woman developed fatigue and dark urine 2 months after starting labetalol (200 mg twice daily). {} "
    "Labetalol was stopped. Bilirubin was 5.9 mg/dL, ALT 1340 U/L and alkaline phosphatase 166 U/L."
)


def read(text: str) -> Case:
    return next(iter(ProseReader().read([Document.from_text(text)]).cases))


def start(case: Case, drug: str) -> tuple[float | None, float | None] | None:
    found = next(e.start for e in case.exposures if e.drug == drug)
    return (found.low, found.high) if found is not None else None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("She had taken hydrochlorothiazide for 5 years.", {"hydrochlorothiazide": -1660}),
        ("Her other medications included fluoxetine for 6 years and occasional ibuprofen.", {"fluoxetine": -2025}),
        ("She took omeprazole and lorazepam, both taken for over a year.", {"omeprazole": -200, "lorazepam": -200}),
        ("She was also taking sertraline, which she had used for 2 years.", {"sertraline": -565}),
        ("She took rosuvastatin and ramipril (all of which she had taken for at least 10 years).", {"ramipril": -3485}),
        ("She had been on stable doses of lisinopril for several years.", {"lisinopril": -290}),
        (
            "Other drugs were atenolol (2 years) and aspirin (10 years).",
            {"atenolol": -565, "acetylsalicylic acid": -3485},
        ),
    ],
)
def test_taken_for_years_by_then(sentence: str, expected: dict[str, float]) -> None:
    case = read(_STORY.format(sentence))
    assert start(case, "labetalol") == (0.0, 0.0)
    for drug, latest in expected.items():
        begun = start(case, drug)
        assert begun is not None and begun[1] is not None
        assert begun[1] <= latest


@pytest.mark.parametrize(
    ("sentence", "drug"),
    [
        ("She took aspirin (81 mg daily) and no other medications.", "acetylsalicylic acid"),
        ("Her other medications included fluoxetine for 6 years and ibuprofen.", "ibuprofen"),
    ],
)
def test_taken_at_no_time_told(sentence: str, drug: str) -> None:
    assert start(read(_STORY.format(sentence)), drug) is None


def test_a_remedy_that_was_used_still_comes_after_the_reaction() -> None:
    begun = start(read(_STORY.format("Ursodiol was used for itching.")), "ursodeoxycholic acid")
    assert begun is not None
    assert begun[0] is not None and begun[0] >= 45


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("A girl developed fever and a rash 15 days after lamotrigine was added to long term therapy with valproate.",
         "valproic acid"),
        ("A boy was started on valproate in addition to clonazepam. Two months later he was jaundiced.", "clonazepam"),
        ("A man was given gemtuzumab ozogamicin after a prior course of cytarabine. Twelve days after the first"
         " infusion he was jaundiced.", "cytarabine"),
    ],
)  # fmt: skip
def test_the_drug_in_focus_was_added(text: str, drug: str) -> None:
    begun = start(read(text + " ALT was 680 U/L."), drug)
    assert begun == (None, 0.0)


def test_in_addition_to_what_was_given_for_the_reaction() -> None:
    case = read(
        "A man was jaundiced two weeks after starting sulfasalazine. Ceftriaxone was begun, and in addition to"
        " ceftriaxone vancomycin was given. ALT was 680 U/L."
    )
    begun = start(case, "ceftriaxone")
    assert begun is not None
    assert begun[0] is not None and begun[0] > 0


def test_drugs_taken_together_for_so_long_began_together() -> None:
    case = read(
        "A 43 year old woman on stavudine (40 mg twice daily), lamivudine and indinavir for 9 months presented with"
        " nausea and jaundice. ALT was 800 U/L. Antiretroviral therapy was stopped. ALT was normal one month later."
    )
    assert {start(case, d) for d in ("stavudine", "lamivudine", "indinavir")} == {(0.0, 0.0)}
    assert {a.drug for a in case.actions if a.kind == "stopped"} == {"stavudine", "lamivudine", "indinavir"}
    assert not any(e.drug == "antiretroviral" for e in case.exposures)


@pytest.mark.parametrize(
    "words", ["Antituberculosis therapy was stopped.", "All antituberculosis medications were held."]
)
def test_a_class_called_by_the_whole_of_its_drugs(words: str) -> None:
    case = read(
        f"A man was jaundiced 3 weeks after starting isoniazid, rifampin and pyrazinamide. ALT was 800 U/L. {words}"
    )
    assert {a.drug for a in case.actions if a.kind == "stopped"} == {"isoniazid", "rifampicin", "pyrazinamide"}


def test_resumed_with_one_drug_in_place_of_another() -> None:
    case = read(
        "A man developed fever and a rash 2 weeks after starting abacavir, lamivudine and efavirenz. ALT was 320 U/L."
        " All three drugs were stopped. The combination was resumed with nelfinavir in place of efavirenz. Within 6"
        " hours he had high fever and ALT was 400 U/L."
    )
    assert {a.drug for a in case.actions if a.kind == "restarted"} == {"abacavir", "lamivudine"}


def test_of_no_help_against_the_reaction() -> None:
    case = read(
        "A woman was jaundiced 11 days after a 3 day course of azithromycin. Bilirubin was 12 mg/dL. Ursodiol and"
        " rifampin gave little relief."
    )
    assert {e.drug: e.role for e in case.exposures}["rifampicin"] == "treatment"


def test_hours_after_the_overdose() -> None:
    case = read(
        "A woman ingested 40 tablets of acetaminophen. She began to vomit 12 hours later and was brought to the"
        " emergency room 30 hours after the overdose. ALT was 4820 U/L."
    )
    assert [(m.time.low, m.time.high) for m in case.measurements if m.time] == [(1.25, 1.25)]


def test_what_she_was_also_receiving_is_no_treatment() -> None:
    case = read(
        "A man was started on pazopanib. Monitoring 4 weeks later showed an ALT of 512 U/L. He was also receiving"
        " amlodipine and simvastatin. Pazopanib was stopped and within 4 weeks ALT was normal."
    )
    assert {e.drug: e.role for e in case.exposures} == {
        "pazopanib": "suspect",
        "amlodipine": "concomitant",
        "simvastatin": "concomitant",
    }


def test_taken_for_so_long_when_admitted() -> None:
    case = read("A woman had taken dantrolene for 7 months when she was admitted with jaundice. ALT was 810 U/L.")
    latency = next(link.latency for link in case.links if link.drug == "dantrolene")
    assert latency is not None
    assert (latency.low, latency.high) == (195.0, 225.0)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("capecitabine (2000 mg/m2 daily on days 1 to 14 of a 21 day cycle). After 2 months", (45.0, 75.0)),
        ("capecitabine (2000 mg/m2 daily for 5 days) every 4 weeks. After 2 months", (45.0, 75.0)),
    ],
)
def test_days_that_come_round_again(words: str, day: tuple[float, float]) -> None:
    case = read(f"A woman was treated with lapatinib and {words} she developed jaundice. ALT was 680 U/L.")
    assert start(case, "capecitabine") == (0.0, 0.0)
    onset = case.events[0].onset
    assert onset is not None
    assert (onset.low, onset.high) == day


def test_an_autopsy_that_was_denied_was_not_done() -> None:
    case = read("A man was jaundiced 6 months after starting flutamide. He died. Permission for autopsy was denied.")
    assert [t.state for t in case.tests if t.test == "autopsy"] == ["not done"]


def test_infiltrates_of_cells_are_not_those_of_a_lung() -> None:
    case = read("A woman was jaundiced after kava. The explant showed necrosis with infiltrates of lymphocytes.")
    assert "pulmonary infiltrates" not in {f.term for f in case.findings}


def test_flu_like_complaints_are_no_influenza() -> None:
    case = read("A man took interferon beta. After 2 months ALT was 422 U/L. He had flu-like complaints.")
    assert "influenza" not in {f.term for f in case.findings}
