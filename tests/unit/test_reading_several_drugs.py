"""Several suspected drugs of one patient: stopped or given again one after the other, exchanged, or taken "
"together."""

from __future__ import annotations

import pytest

from dechallenge import assess
from dechallenge.assessment.model import CaseOut, SuspectOut

TWO = (
    "A 61-year-old man with epilepsy was started on carbamazepine 200 mg twice daily. Three weeks later "
    "allopurinol was "
    "added for gout. Two weeks after that he developed a generalised maculopapular rash. "
)
TB = (
    "A 44-year-old woman was treated with isoniazid, rifampicin and pyrazinamide for lymph node tuberculosis. "
    "Two weeks "
    "later she presented with jaundice and fatigue. ALT was 813 U/L, alkaline phosphatase 140 U/L. "
)


def case_of(text: str) -> CaseOut:
    return assess(text).cases[0]


def of(case: CaseOut, drug: str) -> SuspectOut:
    return next(s for s in case.suspects if s.drug == drug)


@pytest.mark.parametrize(
    "between",
    [
        "Allopurinol was stopped, but the rash got worse over the next 5 days. Carbamazepine was then withdrawn "
        "as well, ",
        "Allopurinol was stopped. Over the next week, the rash spread further. Carbamazepine was then stopped too, ",
        "Allopurinol was discontinued without any effect on the rash. Carbamazepine was stopped a week later, ",
        "Allopurinol was stopped first. However, the rash persisted. Carbamazepine was stopped a week later, ",
    ],
)
def test_a_stop_after_which_the_reaction_went_on_did_not_help(between: str) -> None:
    case = case_of(TWO + between + "and ten days later the rash had resolved.")
    stops = {a.drug: a.result for a in case.actions if a.kind == "stopped"}
    assert stops == {"allopurinol": "negative", "carbamazepine": None}
    for suspect in case.suspects:
        expected = "negative" if suspect.drug == "allopurinol" else "positive"
        assert suspect.key_points.dechallenge == expected


@pytest.mark.parametrize(
    "told",
    [
        "Allopurinol was stopped because the rash persisted. Carbamazepine was stopped a day later and the rash "
        "resolved.",
        "Both drugs were stopped and the rash resolved within ten days.",
        "Allopurinol was stopped and the rash improved. Carbamazepine was stopped later.",
        "Allopurinol was stopped and the rash did not worsen. Carbamazepine was stopped later and the rash resolved.",
    ],
)
def test_a_stop_of_which_nothing_bad_is_told_has_no_result(told: str) -> None:
    assert {a.result for a in case_of(TWO + told).actions if a.kind == "stopped"} == {None}


@pytest.mark.parametrize(
    ("told", "back"),
    [
        (
            "Isoniazid was given first without problems. Rifampicin was then added and tolerated. ",
            ("isoniazid", "rifampicin"),
        ),
        ("The drugs were reintroduced one by one. Rifampicin was then added and tolerated. ", ("rifampicin",)),
        ("Isoniazid was restarted first and was well tolerated. ", ("isoniazid",)),
        ("Isoniazid was introduced first, uneventfully. ", ("isoniazid",)),
    ],
)
@pytest.mark.parametrize("stop", ["All drugs were stopped", "Treatment was stopped", "The therapy was discontinued"])
def test_drugs_brought_back_one_by_one(told: str, back: tuple[str, ...], stop: str) -> None:
    end = "When pyrazinamide was reintroduced, jaundice recurred within 3 days. Pyrazinamide was stopped for good."
    case = case_of(TB + stop + ", and two weeks later ALT was normal. " + told + end)
    results = {a.drug: a.result for a in case.actions if a.kind == "restarted" and a.result}
    assert results == {**dict.fromkeys(back, "negative"), "pyrazinamide": "positive"}
    assert [s.drug for s in case.suspects][:1] == ["pyrazinamide"]
    assert case.suspects[0].key_points.rechallenge == "positive"


@pytest.mark.parametrize(
    "told",
    ["His seizure medication was changed to valproate.", "Surgical treatment was stopped.", "Isoniazid was stopped."],
)
def test_not_every_stop_ends_the_whole_treatment(told: str) -> None:
    stopped = {a.drug for a in case_of(TB + told).actions if a.kind == "stopped"}
    assert stopped <= {"isoniazid"}


def test_a_value_told_when_another_drug_was_given_again_is_of_that_drug() -> None:
    case = case_of(
        "A 49-year-old man took diclofenac for back pain. Terbinafine was added two weeks later. He became jaundiced "
        "three weeks after the start of terbinafine. ALT was 799 U/L. Diclofenac and terbinafine were withdrawn and "
        "liver tests normalised within four weeks. Terbinafine was reintroduced without recurrence. When "
        "diclofenac was "
        "given again, ALT rose to 640 U/L within 4 days."
    )
    results = {a.drug: a.result for a in case.actions if a.kind == "restarted"}
    assert results == {"terbinafine": "negative", "diclofenac": "positive"}


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ("Baclofen was given again and he became confused again within 4 days.", "positive"),
        ("Baclofen was given again and he became well again within 4 days.", "not assessable"),
        ("He later tolerated a second course of baclofen.", "negative"),
        ("A second course of baclofen was not tolerated; the confusion recurred.", "positive"),
    ],
)
def test_what_a_further_course_brought(told: str, result: str) -> None:
    begun = "A 64-year-old man began taking baclofen. Ten days later he became confused. "
    story = begun + "Baclofen was stopped and the confusion resolved. "
    assert case_of(story + told).suspects[0].key_points.rechallenge == result


def test_a_cross_reaction_does_not_delay_the_recovery_from_the_first_drug() -> None:
    case = case_of(
        "A 67-year-old man with epilepsy began taking carbamazepine. Two weeks later he developed a "
        "maculopapular rash. "
        "Carbamazepine was stopped and 3 weeks later the eruption had cleared. Oxcarbazepine was started "
        "instead. 10 days "
        "later, the rash reappeared. Oxcarbazepine was stopped too, and the rash resolved."
    )
    points = of(case, "carbamazepine").key_points
    assert points.recovery_days == (18.0, 24.0)


@pytest.mark.parametrize(
    "told",
    [
        "An interaction between carbamazepine and erythromycin was suspected.",
        "This was attributed to an interaction between erythromycin and carbamazepine.",
        "A probable interaction between carbamazepine and erythromycin was diagnosed.",
    ],
)
def test_both_drugs_of_an_interaction_are_meant(told: str) -> None:
    case = case_of(
        "A 23-year-old man had been taking carbamazepine for 6 years. Erythromycin was prescribed for an "
        "infection. 3 days "
        "later he developed ataxia; the carbamazepine level was 19 mg/L. Erythromycin was stopped and one week "
        "later the "
        "ataxia had resolved. " + told
    )
    assert {s.drug for s in case.suspects} == {"carbamazepine", "erythromycin"}


def test_an_interaction_that_may_be_is_none() -> None:
    case = case_of(
        "A 23-year-old man had been taking carbamazepine for 6 years. Erythromycin was prescribed. 3 days later he "
        "developed a rash. Erythromycin was stopped and the rash cleared. Interactions between carbamazepine and "
        "erythromycin may occur."
    )
    assert [s.drug for s in case.suspects] == ["erythromycin"]


@pytest.mark.parametrize(
    "told",
    ["The dose of baclofen was halved", "Baclofen was halved to 15 mg", "The baclofen dose was cut by half"],
)
def test_a_halved_dose_is_a_reduction(told: str) -> None:
    case = case_of(
        f"A 48-year-old man began taking baclofen 30 mg daily. Ten days later he was admitted with confusion. "
        f"{told}, and 1 "
        "week later the confusion had resolved."
    )
    assert [a.kind for a in case.actions if a.drug == "baclofen"] == ["started", "reduced"]
    assert case.suspects[0].key_points.dechallenge == "positive"


def test_halved_values_are_an_improvement_and_no_reduction() -> None:
    case = case_of(
        "A 48-year-old man began taking diclofenac. Ten days later he developed jaundice with ALT 900 U/L. "
        "Diclofenac was "
        "stopped and ALT had halved one week later."
    )
    assert case.events[0].outcome == "recovering"
    assert [a.kind for a in case.actions] == ["started", "stopped"]


EPISODES = (
    "A 28-year-old man was started on phenytoin for epilepsy. Ten days later a generalised itchy rash appeared. "
    "Phenytoin "
    "was stopped and 2 weeks later {over}. {since} he was given clozapine for schizophrenia. Five days later {came}. "
    "Clozapine was withdrawn, and 2 weeks later {well}."
)


@pytest.mark.parametrize("over", ["the rash had resolved", "the skin was normal again"])
@pytest.mark.parametrize("since", ["Two years later", "Six months later", "In 2019"])
@pytest.mark.parametrize(
    ("came", "well", "kind"),
    [
        ("his neutrophil count fell to 0.4 × 10⁹/L", "neutrophils were 2.9 × 10⁹/L", "neutropenia"),
        ("he became jaundiced, and ALT was 912 U/L", "ALT was normal", "liver injury"),
        ("his platelet count fell to 12 × 10⁹/L", "platelets were 210 × 10⁹/L", "thrombocytopenia"),
    ],
)
def test_two_episodes_with_two_drugs(over: str, since: str, came: str, well: str, kind: str) -> None:
    case = case_of(EPISODES.format(over=over, since=since, came=came, well=well))
    told = {s.drug: (s.event.kind, s.key_points.latency_days, s.key_points.dechallenge) for s in case.suspects}
    assert told == {
        "clozapine": (kind, (5.0, 5.0), "positive"),
        "phenytoin": ("skin reaction", (10.0, 10.0), "positive"),
    }


@pytest.mark.parametrize(
    "text",
    [
        # the first drug goes on
        "A 28-year-old man was started on phenytoin for epilepsy. Two years later he was given clozapine. Five "
        "days later "
        "his neutrophil count fell to 0.4 × 10⁹/L. Clozapine was withdrawn, and 2 weeks later neutrophils were "
        "normal.",
        # the same reaction again
        "A 28-year-old man was started on phenytoin. Ten days later a rash appeared. Phenytoin was stopped and "
        "2 weeks later "
        "the rash had resolved. Two years later he was given lamotrigine. Five days later the rash reappeared. "
        "Lamotrigine "
        "was stopped and the rash cleared.",
    ],
)
def test_one_reaction_stays_one_event(text: str) -> None:
    assert len(case_of(text).events) == 1
