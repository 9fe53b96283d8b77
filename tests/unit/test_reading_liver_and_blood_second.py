"""More wordings of published reports on reactions of the liver and the blood, in words of our own."""

from __future__ import annotations

import pytest

from dechallenge import assess, read
from dechallenge.case import Case


def case_of(text: str) -> Case:
    return read(text).cases[0]


def onset(text: str) -> tuple[float | None, float | None]:
    time = case_of(text).events[0].onset
    assert time is not None
    return time.low, time.high


def started(text: str) -> set[str]:
    return {a.drug for a in case_of(text).actions if a.kind == "started"}


def test_a_name_and_its_short_form_are_begun_together() -> None:
    text = (
        "A man of 42 years received 450 mg rifampicin (RIF) and 150 mg isoniazid (INH) daily. On day "
        "31 he had malaise. On "
        "day 47 he was jaundiced with an ALT of 900 U/L, and RIF-INH was stopped."
    )
    case = case_of(text)
    assert started(text) == {"rifampicin", "isoniazid"}
    assert {a.drug for a in case.actions if a.kind == "stopped"} == {"rifampicin", "isoniazid"}
    assert {link.drug for link in case.links if link.role == "suspect"} == {"rifampicin", "isoniazid"}


@pytest.mark.parametrize(
    ("told", "drugs"),
    [
        (
            "was started on antibiotics (vancomycin and piperacillin-tazobactam).",
            {"vancomycin", "piperacillin/tazobactam"},
        ),
        ("was put on broad-spectrum antibiotics (vancomycin and meropenem).", {"vancomycin", "meropenem"}),
        ("received three antituberculous drugs (isoniazid and rifampicin).", {"isoniazid", "rifampicin"}),
    ],
)
def test_the_members_of_a_class_in_brackets(told: str, drugs: set[str]) -> None:
    assert started(f"A man of 62 years with sepsis {told} Three days later he had thrombocytopenia.") >= drugs


def test_a_length_is_of_the_drug_behind_it() -> None:
    text = (
        "A woman of 70 years was treated with metamizole for pain and had a neutrophil count of "
        "100/µL. She completed three "
        "days of filgrastim and was discharged."
    )
    assert not [e.stop for e in case_of(text).exposures if e.drug == "metamizole" and e.stop is not None]


def test_what_begins_like_an_analyte() -> None:
    text = (
        "A man of 50 years with glucose-6-phosphate dehydrogenase deficiency was given rasburicase and had haemolysis."
    )
    assert not [m for m in case_of(text).measurements if m.analyte == "GLU"]
    told = "A man of 50 years was given heparin. High in the differential diagnosis of the thrombocytopenia was HIT."
    assert not case_of(told).measurements


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("who was recently initiated on carbamazepine (6 weeks back) and presented with jaundice.", (39, 45)),
        ("was started on carbamazepine (6 weeks ago) and presented with jaundice.", (39, 45)),
        ("with colitis since 11 years, on carbamazepine for last 8 months, presented with jaundice.", (225, 255)),
        (
            "presented with jaundice. Five weeks prior to hospital admission, his therapy had been "
            "changed from valproate to "
            "carbamazepine.",
            (32, 38),
        ),
        ("presented with jaundice. He was on carbamazepine which started 1 month prior to his presentation.", (23, 37)),
    ],
)
def test_when_it_was_begun(told: str, days: tuple[float, float]) -> None:
    assert onset(f"A man of 61 years {told} ALT was 300 U/L.") == days


def test_what_the_drug_took_the_place_of_was_over() -> None:
    text = (
        "A man of 17 years was admitted with jaundice. Five weeks prior to hospital admission, his "
        "therapy had been changed "
        "from valproate to carbamazepine. ALT was 300 U/L."
    )
    assert {link.drug: link.role for link in case_of(text).links} == {
        "carbamazepine": "suspect",
        "valproic acid": "previous",
    }


def test_the_stop_after_which_it_went_on_clears_a_drug() -> None:
    text = (
        "A man of 62 years was started on vancomycin and piperacillin-tazobactam. He developed "
        "thrombocytopenia within 72 "
        "hours and vancomycin was discontinued. However, his thrombocytopenia persisted. Piperacillin-tazobactam was "
        "discontinued on day 11. On day 12 his thrombocytopenia started to improve."
    )
    suspects = assess(text).cases[0].suspects
    assert [s.drug for s in suspects] == ["piperacillin/tazobactam"]
    assert suspects[0].key_points.dechallenge == "positive"


def test_a_death_of_sepsis_after_the_liver_had_recovered() -> None:
    text = (
        "A man of 64 years was given nivolumab. After 9 weeks ALT was 640 U/L; nivolumab was "
        "discontinued and his LFTs "
        "normalized after 5 weeks. Six months later he developed bacteremia and died of septic shock."
    )
    assert case_of(text).events[0].outcome == "recovered"
    died = "A man of 64 years was given nivolumab. After 9 weeks ALT was 640 U/L, and he died of septic shock."
    assert case_of(died).events[0].outcome == "fatal"


def test_a_falling_haemoglobin_is_no_improvement() -> None:
    text = (
        "A man of 55 years had haemolysis after he received rasburicase, with the hemoglobin level "
        "decreasing from 13.1 to "
        "4.5 g/dL and the haptoglobin level decreasing from 130 to 10 mg/dL."
    )
    assert case_of(text).events[0].outcome == "unknown"
    assert [s.drug for s in assess(text).cases[0].suspects] == ["rasburicase"]


def test_a_run_out_supply_is_a_stop() -> None:
    text = (
        "A man of 24 years was started on sulfasalazine. After one month he ran out of the "
        "medication. Ten days later he had "
        "a rash and an ALT of 354 U/L."
    )
    assert [a.drug for a in case_of(text).actions if a.kind == "stopped"] == ["sulfasalazine"]


@pytest.mark.parametrize(
    ("told", "low"),
    [
        ("After discontinuation of infliximab, liver enzymes fell by 10 weeks and were normal after 5 months.", 135),
        ("Infliximab was stopped. Liver enzymes were normal after 5 months.", 135),
    ],
)
def test_times_behind_a_stop_in_one_sentence(told: str, low: float) -> None:
    text = "A man of 37 years, on infliximab for the last 8 months, presented with fatigue. ALT was 500 U/L. " + told
    found = assess(text).cases[0].suspects[0].key_points.recovery_days
    assert found is not None and found[0] == low


def test_a_case_under_unusual_headings() -> None:
    poster = (
        "Introduction: Pembrolizumab is an antibody to PD-1.\nDescription: 72 y/o female on "
        "pembrolizumab for 1 year presented "
        "with jaundice. ALT 346 U/L.\nDiscussion: Most cases occur within 2 months.\n"
    )
    report = (
        "Objective: To report thrombocytopenia. Report of the case: 50-year-old woman completed a 7-day course of "
        "trimethoprim-sulfamethoxazole and had a platelet count of 2000/uL."
    )
    assert case_of(poster).events[0].kind == "liver injury"
    assert case_of(report).events[0].kind == "thrombocytopenia"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("He had pallor and signs of haemolysis with raised lactate dehydrogenase and indirect bilirubin.", "anemia"),
        (
            "He had petechiae and a platelet count of 3,000/µL. ACE was elevated to 87, and LDH and "
            "liver function tests "
            "were within goal.",
            "thrombocytopenia",
        ),
        ("He had elevated transaminases and bilirubin.", "liver injury"),
    ],
)
def test_which_tests_are_of_the_liver(told: str, kind: str) -> None:
    assert case_of(f"A boy of 15 years was given ceftriaxone for 5 days. {told}").events[0].kind == kind


def test_short_forms_by_their_dose() -> None:
    text = (
        "Case 1 involved a 71-year-old woman with Graves disease who was discharged on 40 mg of MMI "
        "twice daily. She was "
        "readmitted with MMI-induced agranulocytosis. MMI was discontinued, and she was started on filgrastim.\n"
        "Case 2 involved a 68-year-old woman who was discharged on 10 mg of MMI twice daily and was readmitted with "
        "MMI-induced agranulocytosis. Despite filgrastim she passed away.\n"
    )
    cases = read(text).cases
    assert [[link.drug for link in c.links if link.role == "suspect"] for c in cases] == [["thiamazole"]] * 2
    assert [c.events[0].outcome for c in cases][1] == "fatal"


def test_a_time_behind_a_suspended_treatment() -> None:
    text = (
        "A man of 64 years took nivolumab for a year. Four months after nivolumab administration was "
        "suspended, he had "
        "jaundice and an ALT of 500 U/L."
    )
    low, _ = onset(text)
    assert low is not None and low > 200


def test_a_worsening_at_its_beginning_is_no_outcome() -> None:
    text = (
        "A man of 78 years was started on ceftriaxone. On the fifth day he was noted to have "
        "worsening anaemia (7.2 g/dL)."
    )
    assert case_of(text).events[0].outcome == "unknown"
