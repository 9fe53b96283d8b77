"""Elements of E2B as a case: the tables of the fact sheet, null flavours, dates, drugs, tests, opinions of others."""

from __future__ import annotations

import pytest

from dechallenge.api import assess_reading
from dechallenge.case.model import Case, Finding
from dechallenge.evidence import PathEvidence
from dechallenge.facts.make import make_facts
from dechallenge.formats.e2b import case_from, trials
from tests.unit.e2b_builder import LIVER, MESSAGE, case_of, reading_of, report

DRUG = "tocilizumab"
SECOND = (("G.k.1", 2, "1"), ("G.k.2.2", 2, "ibuprofen"))
ABATED = "Event abated after use stopped or dose reduced: "


def fact(case: Case, name: str) -> str | None:
    found = make_facts(case, DRUG, case.events[0]).get(name)
    return found.stated if found is not None else None


# --- section 5 of the fact sheet -----------------------------------------------------------------------------------

TABLE = [
    # action, outcome, what the sheet says, what the facts say
    ("1", "1", "positive", "positive"),
    ("1", "2", "positive", "positive"),
    ("1", "4", "positive", "positive"),
    ("2", "1", "positive", "positive"),
    ("2", "4", "positive", "positive"),
    ("1", "3", "negative", "negative"),
    ("2", "3", "negative", "negative"),
    ("1", "5", "not assessable", "not assessable"),
    ("1", "0", "unknown", None),
    ("4", "1", "recovered on drug", "recovered on drug"),
    ("3", "1", "recovered on drug", "recovered on drug"),
    ("4", "2", "recovered on drug", "not done"),  # regressed, but not completely: not (yet) evidence against
    ("4", "3", "not done", "not done"),
    ("9", "1", "not assessable", None),
    ("0", "1", "not assessable", None),
    ("", "1", "not assessable", None),
]


@pytest.mark.parametrize(("action", "outcome", "sheet", "stated"), TABLE)
def test_the_dechallenge_follows_from_action_and_outcome(
    action: str, outcome: str, sheet: str, stated: str | None
) -> None:
    rows = (*LIVER, ("G.k.8", 1, action), ("E.i.7", 1, outcome))
    (trial,) = trials.trials(report(*rows), MESSAGE)
    assert trial.dechallenge == sheet
    assert "G.k.8" in trial.because
    assert fact(case_of(*rows), "dechallenge") == stated


@pytest.mark.parametrize("code", ["1", "2", "3", "4", "<NASK>"])
def test_the_readministration_never_makes_a_dechallenge(code: str) -> None:
    rows = (*LIVER, ("E.i.7", 1, "1"), ("G.k.9.i.4", 1, 1, code))
    (trial,) = trials.trials(report(*rows), MESSAGE)
    assert trial.dechallenge == "not assessable"
    assert fact(case_of(*rows), "dechallenge") is None


@pytest.mark.parametrize(
    ("code", "result", "stated"),
    [("1", "positive", "positive"), ("2", "negative", "negative"), ("3", "not assessable", "not assessable")],
)
def test_the_rechallenge_is_the_readministration(code: str, result: str, stated: str) -> None:
    rows = (*LIVER, ("G.k.8", 1, "1"), ("E.i.7", 1, "1"), ("G.k.9.i.4", 1, 1, code))
    (trial,) = trials.trials(report(*rows), MESSAGE)
    assert trial.rechallenge == result
    case = case_of(*rows)
    assert fact(case, "rechallenge") == stated
    assert fact(case, "dechallenge") == "positive"
    (again,) = [a for a in case.actions if a.kind == "restarted"]
    assert "G.k.9.i.4" in again.because


def test_not_given_again_is_told_apart_from_not_known() -> None:
    done = make_facts(case_of(*LIVER, ("G.k.8", 1, "1"), ("G.k.9.i.4", 1, 1, "4")), DRUG, case_of(*LIVER).events[0])
    assert done["rechallenge"].possible == ("not done",)
    open_ = make_facts(case_of(*LIVER, ("G.k.8", 1, "1")), DRUG, case_of(*LIVER).events[0])
    assert len(open_["rechallenge"].possible) != 1


def test_a_readministration_belongs_to_its_reaction() -> None:
    case = case_of(
        *LIVER, ("E.i.1.2", 2, "Neutropenia"), ("G.k.8", 1, "1"), ("E.i.7", 1, "1"), ("E.i.7", 2, "1"),
        ("G.k.9.i.4", 1, 1, "2"), ("G.k.9.i.4", 1, 2, "1"),
    )  # fmt: skip
    liver, blood = case.events
    assert make_facts(case, DRUG, liver)["rechallenge"].stated == "negative"
    assert make_facts(case, DRUG, blood)["rechallenge"].stated == "positive"


@pytest.mark.parametrize(
    "dates", [(), (("G.k.4.r.5", 1, 1, "20230305"), ("G.k.4.r.5", 2, 1, "20230306"))], ids=["undated", "dated"]
)
def test_two_suspects_stopped_together_are_confounded(dates: tuple[tuple[object, ...], ...]) -> None:
    rows = (*LIVER, *SECOND, ("G.k.8", 1, "1"), ("G.k.8", 2, "1"), ("E.i.7", 1, "1"), *dates)
    assert {t.dechallenge for t in trials.trials(report(*rows), MESSAGE)} == {"confounded"}
    assert fact(case_of(*rows), "dechallenge") == "confounded"


def test_a_suspect_stopped_months_later_confounds_nothing() -> None:
    rows = (*LIVER, *SECOND, ("G.k.8", 1, "1"), ("G.k.8", 2, "1"), ("E.i.7", 1, "1"),
            ("G.k.4.r.5", 1, 1, "20230305"), ("G.k.4.r.5", 2, 1, "20230905"))  # fmt: skip
    assert trials.trials(report(*rows), MESSAGE)[0].dechallenge == "positive"
    assert fact(case_of(*rows), "dechallenge") == "positive"


def test_a_drug_stopped_before_the_reaction_cannot_be_dechallenged() -> None:
    rows = (*LIVER, ("G.k.8", 1, "1"), ("E.i.7", 1, "1"), ("G.k.4.r.5", 1, 1, "20230220"))
    assert trials.trials(report(*rows), MESSAGE)[0].dechallenge == "not assessable"
    assert fact(case_of(*rows), "dechallenge") == "not assessable"


def test_a_reaction_that_was_over_before_the_stop_is_no_dechallenge() -> None:
    rows = (*LIVER, ("G.k.8", 1, "1"), ("E.i.7", 1, "1"), ("G.k.4.r.5", 1, 1, "20230315"), ("E.i.5", 1, "20230310"))
    assert trials.trials(report(*rows), MESSAGE)[0].dechallenge == "unknown"
    assert fact(case_of(*rows), "dechallenge") is None


def test_the_end_of_a_course_is_no_stop_where_the_dose_was_not_changed() -> None:
    rows = (*LIVER, ("G.k.8", 1, "4"), ("E.i.7", 1, "1"), ("G.k.4.r.5", 1, 1, "20230601"))
    case = case_of(*rows)
    assert fact(case, "dechallenge") == "recovered on drug"
    assert any("G.k.4.r.5[1]" in note for note in case.notes)


@pytest.mark.parametrize(
    ("answer", "result"), [("yes", "positive"), ("no", "negative"), ("does not apply", "not assessable")]
)
def test_openfda_answers_the_dechallenge_itself(answer: str, result: str) -> None:
    (trial,) = trials.trials(report(*LIVER, ("G.k.11", 1, ABATED + answer), form="openFDA"), MESSAGE)
    assert trial.dechallenge == result


# --- not known is not no --------------------------------------------------------------------------------------------


def test_null_flavours_are_kept_apart_and_are_no_values() -> None:
    case = case_of(
        *LIVER[2:], ("D.2.2a", "<ASKU>"), ("D.2.3", "<NASK>"), ("E.i.5", 1, "<MSK>"), ("G.k.7.r.1", 1, 1, "<UNK>"),
        ("E.i.3.2a", 1, "<NI>"), ("E.i.3.2c", 1, "true"),
    )  # fmt: skip
    assert case.patient.age is None
    assert case.exposures[0].indication is None
    assert case.events[0].seriousness == ("hospitalisation",)
    assert "D.2.2a: asked, but not known (ASKU)" in case.notes
    assert "D.2.3: not asked (NASK)" in case.notes
    assert "E.i.5[1]: known, but masked (MSK)" in case.notes
    assert not any(note.startswith("E.i.3.2") for note in case.notes)


def test_seriousness_that_is_not_stated_is_not_denied() -> None:
    case = case_of(*LIVER, ("E.i.3.2c", 1, "<NI>"))
    assert case.events[0].seriousness == ()
    assert make_facts(case, DRUG, case.events[0]).get("hospitalised") is None


# --- time -----------------------------------------------------------------------------------------------------------


def test_day_nought_is_the_first_dose_of_the_first_suspect() -> None:
    case = case_of(("G.k.1", 2, "2"), ("G.k.2.2", 2, "aspirin"), ("G.k.4.r.4", 2, 1, "2022"), *LIVER,
                   ("E.i.5", 1, "20230315"), ("E.i.7", 1, "1"), ("G.k.4.r.5", 1, 1, "20230305"))  # fmt: skip
    onset, recovery = case.events[0].onset, case.events[0].recovery
    assert onset is not None and recovery is not None
    assert (onset.point, onset.date, recovery.point) == (28, "2023-03-01", 42)
    since = case.events[0].recovery_from_stop
    assert since is not None and since.point == 10
    link = next(k for k in case.links if k.drug == DRUG)
    assert link.latency is not None and link.latency.point == 28
    assert link.stop_to_onset is not None and link.stop_to_onset.point == -4
    other = next(e for e in case.exposures if e.drug == "acetylsalicylic acid").start
    assert other is not None and (other.low, other.high, other.date) == (-396, -32, "2022")


def test_a_partial_date_is_an_interval() -> None:
    case = case_of(*LIVER[:4], ("E.i.4", 1, "202303"), *LIVER[5:])
    onset = case.events[0].onset
    assert onset is not None
    assert (onset.low, onset.high, onset.point, onset.date) == (28, 58, None, "2023-03")


def test_without_dates_the_delay_places_the_onset() -> None:
    case = case_of(*LIVER[:4], *LIVER[5:7], ("G.k.9.i.3.1a", 1, 1, "3"), ("G.k.9.i.3.1b", 1, 1, "wk"),
                   ("G.k.9.i.3.2a", 1, 1, "2"), ("G.k.9.i.3.2b", 1, 1, "d"))  # fmt: skip
    onset, link = case.events[0].onset, case.links[0]
    assert onset is not None and (onset.low, onset.high, onset.point) == (18, 24, 21)
    assert link.latency is not None and link.latency.point == 21
    assert link.stop_to_onset is not None and link.stop_to_onset.point == 2


def test_a_delay_and_a_dated_onset_give_the_start() -> None:
    case = case_of(*LIVER[:7], ("G.k.9.i.3.1a", 1, 1, "28"), ("G.k.9.i.3.1b", 1, 1, "d"),
                   ("F.r.1", 1, "20230210"), ("F.r.2.1", 1, "ALT"), ("F.r.3.2", 1, "30"))  # fmt: skip
    time = case.measurements[0].time
    assert time is not None and time.point == 9


def test_what_is_no_date_or_length_is_noted() -> None:
    case = case_of(*LIVER[:4], ("E.i.4", 1, "20230230"), *LIVER[5:], ("G.k.9.i.3.1a", 1, 1, "2"),
                   ("G.k.9.i.3.1b", 1, 1, "{cyclical}"))  # fmt: skip
    assert case.events[0].onset is None
    assert any("'20230230' is no date" in note for note in case.notes)
    assert any("{cyclical} is no length of time" in note for note in case.notes)


# --- drugs ----------------------------------------------------------------------------------------------------------


def period(r: int, start: str, stop: str = "", dose: str = "") -> tuple[tuple[object, ...], ...]:
    rows: list[tuple[object, ...]] = [("G.k.4.r.4", 1, r, start)]
    rows += [("G.k.4.r.5", 1, r, stop)] if stop else []
    rows += [("G.k.4.r.1a", 1, r, dose), ("G.k.4.r.1b", 1, r, "mg")] if dose else []
    return tuple(rows)


def test_periods_without_a_gap_are_one_exposure_with_its_doses() -> None:
    case = case_of(*LIVER[:7], *period(1, "20230201", "20230214", "400"), *period(2, "20230215", "20230320", "200"),
                   ("G.k.4.r.2", 1, 1, "2"), ("G.k.4.r.3", 1, 1, "wk"), ("G.k.4.r.10.2b", 1, 1, "058"),
                   ("G.k.7.r.1", 1, 1, "Still's disease"))  # fmt: skip
    (taken,) = case.exposures
    assert taken.start is not None and taken.stop is not None and taken.dose is not None
    assert (taken.start.point, taken.stop.point) == (0, 47)
    assert (taken.dose.value, taken.dose.unit, taken.dose.text) == (400, "mg", "400 mg every 2 weeks, then 200 mg")
    assert (taken.route, taken.frequency, taken.indication) == ("subcutaneous", "every 2 weeks", "Still's disease")
    assert case.actions == ()


def test_a_gap_after_the_reaction_is_a_reexposure() -> None:
    case = case_of(*LIVER[:7], *period(1, "20230201", "20230305"), *period(2, "20230501", "20230510"),
                   ("G.k.8", 1, "1"), ("E.i.7", 1, "1"), ("G.k.9.i.4", 1, 1, "1"))  # fmt: skip
    told = [(a.kind, a.time.point if a.time else None, a.result) for a in case.actions]
    assert told == [("stopped", 32, None), ("restarted", 89, "positive"), ("stopped", 98, None)]
    assert case.exposures[0].stop is not None and case.exposures[0].stop.point == 32


def test_a_long_gap_before_the_reaction_makes_a_second_course() -> None:
    case = case_of(
        *LIVER[:7], *period(1, "20220101", "20220131"), *period(2, "20230201", "20230305"), ("G.k.8", 1, "1")
    )
    assert [a.kind for a in case.actions] == ["stopped", "restarted", "stopped"]
    assert make_facts(case, DRUG, case.events[0])["exposure"].stated == "subsequent"
    latency = make_facts(case, DRUG, case.events[0])["latency"]
    assert (latency.low, latency.high) == (28, 28)


def test_single_infusions_weeks_apart_are_one_course() -> None:
    rows = [row for r, day in enumerate(("20221201", "20230115", "20230228"), 1) for row in period(r, day, day)]
    (taken,) = case_of(*LIVER[:7], *rows).exposures
    assert [t.date for t in taken.administrations] == ["2022-12-01", "2023-01-15", "2023-02-28"]
    assert case_of(*LIVER[:7], *rows).actions == ()


def test_the_length_of_treatment_gives_the_stop() -> None:
    (taken,) = case_of(*LIVER, ("G.k.4.r.6a", 1, 1, "10"), ("G.k.4.r.6b", 1, 1, "d")).exposures
    assert taken.stop is not None and taken.stop.point == 10


@pytest.mark.parametrize(
    ("rows", "drug", "ingredients"),
    [
        ((("G.k.2.2", 1, "Kineret"),), "anakinra", ("anakinra",)),
        ((("G.k.2.2", 1, "Unheard Of"), ("G.k.2.3.r.1", 1, 1, "anakinra")), "anakinra", ("anakinra",)),
        ((("G.k.2.2", 1, "Trial X-17"),), "trial x-17", ("trial x-17",)),
        (
            (("G.k.2.2", 1, "Unheard"), ("G.k.2.3.r.1", 1, 1, "valsartan"), ("G.k.2.3.r.1", 1, 2, "newamol")),
            "newamol/valsartan",
            ("valsartan", "newamol"),
        ),
    ],
)
def test_names_of_drugs(rows: tuple[tuple[object, ...], ...], drug: str, ingredients: tuple[str, ...]) -> None:
    (taken,) = case_of(*LIVER[:5], ("G.k.1", 1, "1"), *rows).exposures
    assert (taken.drug, taken.ingredients) == (drug, ingredients)


def test_roles_and_a_drug_that_was_not_given() -> None:
    case = case_of(*LIVER, ("G.k.1", 2, "3"), ("G.k.2.2", 2, "rifampicin"), ("G.k.1", 3, "2"), 
                   ("G.k.2.2", 3, "aspirin"), ("G.k.1", 4, "4"), ("G.k.2.2", 4, "heparin"))  # fmt: skip
    assert [(k.drug, k.role, k.basis) for k in case.links] == [
        (DRUG, "suspect", "blamed"), ("rifampicin", "interacting", "blamed"),
        ("acetylsalicylic acid", "concomitant", "blamed"),
    ]  # fmt: skip
    assert any("heparin was not administered" in note for note in case.notes)


def test_past_drugs_with_the_reaction_then() -> None:
    case = case_of(*LIVER, ("D.8.r.1", 1, "Actemra"), ("D.8.r.4", 1, "2019"), ("D.8.r.7b", 1, "10019851"),
                   ("D.8.r.1", 2, "<NA>"))  # fmt: skip
    (past,) = [e for e in case.exposures if e.role == "previous"]
    assert (past.drug, past.reaction) == (DRUG, "MedDRA 10019851")
    assert "D.8.r.1[2]: not applicable (NA)" in case.notes


@pytest.mark.parametrize(
    ("product", "code", "known"),
    [
        ("Actemra", "10067125", True),
        ("Kevzara", "10067125", True),
        ("Actemra", "10037844", None),
        ("Aspirin", "10067125", None),
    ],
)
def test_a_like_reaction_to_the_drug_or_one_of_its_class_before(product: str, code: str, known: bool | None) -> None:
    case = case_of(*LIVER, ("E.i.2.1b", 1, "10067125"), ("D.8.r.1", 1, product), ("D.8.r.7b", 1, code))
    found = make_facts(case, DRUG, case.events[0]).get("similar_reaction")
    assert (found.stated if found is not None else None) is known


# --- tests and history ------------------------------------------------------------------------------------------------


def with_test(*rows: tuple[object, ...]) -> Case:
    return case_of(*LIVER, *((id, 1, value) for id, value in rows))


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        ("900", "U/L", ("=", 900.0, None, None, "U/L")),
        ("<10", "mg/dl", ("<", 10.0, None, None, "mg/dL")),
        (">=1000", "10*9/L", (">=", 1000.0, None, None, "10*9/L")),
        ("[5;10]", "U/L", ("=", None, 5.0, 10.0, "U/L")),
        ("7", "furlong", ("=", 7.0, None, None, "")),
    ],
)
def test_values_with_comparator_and_unit(value: str, unit: str, told: tuple[object, ...]) -> None:
    (found,) = with_test(("F.r.2.1", "ALT"), ("F.r.3.2", value), ("F.r.3.3", unit)).measurements
    assert (found.comparator, found.value, found.low, found.high, found.unit) == told
    assert found.unit_as_written == unit
    place = found.evidence[1]
    assert isinstance(place, PathEvidence)
    assert place.path.startswith("F.r.3.2[1] ")


def test_a_value_has_its_limits_and_days_from_the_stop() -> None:
    case = with_test(("F.r.1", "20230310"), ("F.r.2.1", "SGPT"), ("F.r.3.2", "80"), ("F.r.3.3", "U/L"), ("F.r.4", "10"),
                    ("F.r.5", "40"))  # fmt: skip
    (found,) = case.measurements
    assert found.limit is not None
    assert (found.analyte, found.limit.low, found.limit.high, found.limit.source) == ("ALT", 10, 40, "printed")
    assert found.time is not None and found.time.point == 37
    assert found.since_stop is None
    with_stop = case_of(*LIVER, ("G.k.8", 1, "1"), ("G.k.4.r.5", 1, 1, "20230305"), ("F.r.1", 1, "20230310"),
                        ("F.r.2.1", 1, "ALT"), ("F.r.3.2", 1, "80"), ("F.r.3.3", 1, "U/L"))  # fmt: skip
    since = with_stop.measurements[0].since_stop
    assert since is not None and since.point == 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("27 x ULN", (27.0, None, "xULN", None)),
        ("3 times the upper limit of normal", (3.0, None, "xULN", None)),
        ("within normal limits", (None, None, "", "normal")),
        ("> 1000 U/L", (1000.0, None, "U/L", None)),
    ],
)
def test_unstructured_results(text: str, told: tuple[object, ...]) -> None:
    (found,) = with_test(("F.r.2.1", "Alanine aminotransferase"), ("F.r.3.4", text)).measurements
    assert (found.value, found.low, found.unit, found.qualitative) == told


@pytest.mark.parametrize(
    ("rows", "state", "result"),
    [
        ((("F.r.3.1", "1"),), "positive", "positive"),
        ((("F.r.3.1", "2"),), "negative", "negative"),
        ((("F.r.3.1", "3"),), "not interpretable", "borderline"),
        ((("F.r.3.1", "4"),), "not interpretable", "inconclusive"),
        ((("F.r.3.4", "not done"),), "not done", "not done"),
        ((("F.r.3.4", "Negative"),), "negative", "Negative"),
        ((("F.r.3.4", "<NASK>"),), "not reported", ""),
        ((), "not reported", ""),
    ],
)
def test_states_of_a_test(rows: tuple[tuple[str, str], ...], state: str, result: str) -> None:
    (found,) = with_test(("F.r.2.1", "hepatitis B surface antigen"), *rows).tests
    assert (found.test, found.state, found.result) == ("HBsAg", state, result)


def test_an_unknown_test_keeps_its_name_and_text() -> None:
    (found,) = with_test(("F.r.2.1", "Aura photograph"), ("F.r.3.4", "violet"), ("F.r.2.2b", "10000001")).tests
    assert (found.test, found.state, found.result) == ("Aura photograph", "not interpretable", "violet")
    assert found.codes[0].code == "10000001"


def test_an_implausible_value_is_flagged() -> None:
    (found,) = with_test(("F.r.2.1", "platelet count"), ("F.r.3.2", "116"), ("F.r.3.3", "10*12/L")).measurements
    assert [flag.kind for flag in found.flags] == ["implausible"]
    assert found.value == 116


def test_history_of_patient_and_family() -> None:
    case = case_of(*LIVER, ("D.7.1.r.1b", 1, "10003553"), ("D.7.1.r.5", 1, "Asthma; since childhood"),
                   ("D.7.1.r.3", 1, "true"), ("D.7.1.r.1b", 2, "10019805"), ("D.7.1.r.6", 2, "true"),
                   ("D.7.2", "Had her tonsils removed."))  # fmt: skip
    asthma, family = case.findings[:2]
    assert (asthma.term, asthma.history, asthma.codes[0].code) == ("asthma", False, "10003553")
    assert (family.term, family.subject, family.history) == ("MedDRA 10019805", "family", True)
    assert "D.7.2 (history in words): Had her tonsils removed." in case.notes


# --- reactions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("Alanine aminotransferase increased", "liver injury"),
        ("Hepatitis acute", "liver injury"),
        ("Hepatic enzyme increased", "liver injury"),
        ("NEUTROPHIL COUNT DECREASED", "neutropenia"),
        ("Haemophagocytic lymphohistiocytosis", "MAS"),
        ("Platelet count decreased", "thrombocytopenia"),
        ("Alanine aminotransferase decreased", "alanine aminotransferase decreased"),
        ("Feeling blue", "feeling blue"),
    ],
)
def test_the_kind_of_a_reaction(term: str, kind: str) -> None:
    assert case_of(("E.i.1.2", 1, term)).events[0].kind == kind


def test_the_highlighted_reaction_is_the_primary_one_and_others_are_findings_too() -> None:
    case = case_of(*LIVER, ("E.i.1.2", 2, "Jaundice"), ("E.i.3.1", 2, "3"), ("E.i.1.2", 3, "<NI>"))
    assert [(e.id, e.primary) for e in case.events] == [("e1", False), ("e2", True)]
    jaundice = [f for f in case.findings if f.term == "jaundice"]
    assert [f.state for f in jaundice] == ["present"]
    assert isinstance(jaundice[0], Finding)


def test_a_code_alone_is_kept_as_a_code() -> None:
    (event,) = case_of(("E.i.2.1a", 1, "25.0"), ("E.i.2.1b", 1, "10019851")).events
    assert (event.term, event.codes[0].version) == ("MedDRA 10019851", "25.0")


# --- opinions of others -------------------------------------------------------------------------------------------


OPINIONS = (
    ("G.k.9.i.2.r.1", 1, 1, 1, "Investigator"), ("G.k.9.i.2.r.2", 1, 1, 1, "WHO-UMC"),
    ("G.k.9.i.2.r.3", 1, 1, 1, "Certain"), ("G.k.9.i.2.r.1", 1, 1, 2, "Company"),
    ("G.k.9.i.2.r.3", 1, 1, 2, "Not Related"), ("H.2", "It was surely the drug."), ("H.4", "We doubt it."),
    ("H.3.r.1b", 1, "10019851"),
)  # fmt: skip


def test_opinions_are_statements_with_their_source() -> None:
    case = case_of(*LIVER, *OPINIONS)
    assert [(s.kind, s.by, s.source, s.method, s.result, s.drug, s.event) for s in case.statements] == [
        ("causality", "reporter", "Investigator", "WHO-UMC", "Certain", DRUG, "e1"),
        ("causality", "sender", "Company", "", "Not Related", DRUG, "e1"),
        ("diagnosis", "sender", "", "", "MedDRA 10019851", "", ""),
        ("comment", "reporter", "", "", "It was surely the drug.", "", ""),
        ("comment", "sender", "", "", "We doubt it.", "", ""),
    ]


@pytest.mark.parametrize("opinion", ["Certain", "Not Related", "Probable (6)"])
def test_no_opinion_changes_a_score(opinion: str) -> None:
    rows = (*LIVER, ("G.k.8", 1, "1"), ("E.i.7", 1, "1"))
    said = [(*row[:-1], opinion) if row[0] == "G.k.9.i.2.r.3" else row for row in OPINIONS]
    results = []
    for more in ((), said):
        made = report(*rows, *more)
        assessed = assess_reading(reading_of(case_from.case(made, MESSAGE), made))
        results.append([suspect.model_dump_json() for suspect in assessed.cases[0].suspects])
    assert results[0] == results[1]
    assert results[0]


# --- report and patient ------------------------------------------------------------------------------------------


def test_where_the_report_came_from() -> None:
    told = case_of(
        *LIVER, ("C.1.1", "XX-ACME-1"), ("C.1.8.1", "XX-ACME-0"), ("C.1.3", "2"), ("C.1.2", "20230401101010+0100"),
        ("C.1.4", "20230330"), ("C.2.r.4", 1, "5"), ("C.2.r.4", 2, "1"), ("C.2.r.5", 2, "1"), ("C.2.r.3", 2, "SE"),
        ("C.4.r.1", 1, "Anon. J Rare Things 2023;1:1."),
    ).report  # fmt: skip
    assert (told.sender_id, told.worldwide_id, told.kind) == ("XX-ACME-1", "XX-ACME-0", "study")
    assert (told.created, told.received, told.latest) == ("2023-04-01T10:10:10+01:00", "2023-03-30", "")
    assert (told.reporter, told.country, told.literature) == ("physician", "SE", ("Anon. J Rare Things 2023;1:1.",))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((("D.2.2a", "54"), ("D.2.2b", "a")), (54, None, None, "year")),
        ((("D.2.2a", "3"), ("D.2.2b", "10.a")), (None, 30, 39, "year")),
        ((("D.2.2a", "36"), ("D.2.2b", "h")), (1.5, None, None, "day")),
        ((("D.2.1", "19690301"),), (54, None, None, "year")),
        ((("D.2.1", "1969"),), (None, 53, 54, "year")),
    ],
)
def test_ages(rows: tuple[tuple[str, str], ...], told: tuple[object, ...]) -> None:
    age = case_of(*rows, ("E.i.1.2", 1, "Rash"), ("E.i.4", 1, "20230301")).patient.age
    assert age is not None
    assert (age.value, age.low, age.high, age.unit) == told


def test_what_a_report_documents_of_itself_is_stated() -> None:
    bare = case_of(*LIVER)
    full = case_of(*LIVER, ("C.1.3", "1"), ("C.2.r.3", 1, "SE"), ("C.2.r.4", 1, "1"), ("H.1", "She fell ill."))
    names = ("report_country", "report_reporter", "report_type", "report_comments")
    for case, stated in ((bare, False), (full, True)):
        facts = make_facts(case, DRUG, case.events[0])
        assert [facts[name].stated for name in names] == [stated] * 4
    unknown = case_of(*LIVER, ("C.1.3", "4"), ("C.2.r.4", 1, "<UNK>"))
    facts = make_facts(unknown, DRUG, unknown.events[0])
    assert [facts[name].stated for name in names] == [False] * 4
