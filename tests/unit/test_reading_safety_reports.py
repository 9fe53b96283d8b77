"""Reports of companies, agencies and databases: forms, lists and bulletins, in sentences of our own."""

from __future__ import annotations

import pytest

from dechallenge import assess, read
from dechallenge.case import Case

MAN = "A 60-year-old man"


def case(text: str) -> Case:
    return read(text).cases[0]


def onset(text: str) -> tuple[float | None, float | None]:
    time = case(text).events[0].onset
    return (None, None) if time is None else (time.low, time.high)


LIST = """Selected reports of the quarter

Report ID: 4711
Age: 54
Gender: Female
Medicine(s): Terbinafine
Reaction(s): Lupus
Two months after starting terbinafine she developed a rash. She was diagnosed with drug-induced lupus.
The data sheet lists lupus as very rare.
Report ID: 4712
Age: 39
Gender: Male
Medicine(s): Atorvastatin
Reaction(s): Pancreatitis
Three weeks after starting atorvastatin he had abdominal pain. Pancreatitis was diagnosed, and it was stopped.
Pancreatitis is listed as rare with statins.
"""


def test_reports_one_under_the_other() -> None:
    found = read(LIST).cases
    assert [c.title for c in found] == ["Report ID: 4711", "Report ID: 4712"]
    assert [c.patient.age.value if c.patient.age else None for c in found] == [54, 39]
    assert [{e.drug for e in c.exposures} for c in found] == [{"terbinafine"}, {"atorvastatin"}]


def test_numbers_without_fields_split_nothing() -> None:
    told = f"Report ID: 4711. {MAN} took isoniazid and had jaundice. A second report (Report ID: 4712) told the same."
    assert len(read(told).cases) == 1


FORM = """Case number: 2021-0045
Patient: female, 66 years
Suspect drug: etoricoxib 90 mg once daily, started 01-Feb-2021, stopped 16-Feb-2021
Concomitant drugs: lisinopril, paracetamol
Reaction: acute renal failure
Onset: 15-Feb-2021
Outcome: recovered 26-Feb-2021
Narrative: A 66-year-old woman took etoricoxib. On 15-Feb-2021 creatinine was 3.9 mg/dL. {more}
"""


def test_a_form_and_its_narrative_are_one_case() -> None:
    (found,) = read(FORM.format(more="Etoricoxib was stopped on 16-Feb-2021.")).cases
    assert {(k.drug, k.role) for k in found.links} == {
        ("etoricoxib", "suspect"),
        ("lisinopril", "concomitant"),
        ("paracetamol", "concomitant"),
    }
    assert [a.kind for a in found.actions] == ["started", "stopped"]
    (event,) = found.events
    assert event.onset is not None and (event.onset.low, event.onset.high) == (14, 14)


def test_a_re_exposure_of_the_narrative_is_one() -> None:
    (found,) = read(FORM.format(more="Etoricoxib was restarted on 1-Mar-2021 without recurrence.")).cases
    assert "restarted" in [a.kind for a in found.actions]


BULLETIN = """A (male, 70 years or older) was prescribed amiodarone. Three months after start he had optic neuropathy.
Amiodarone was withdrawn; he had not recovered at the time of reporting.

B (female, 41-50 years) developed alopecia 2 weeks after the start of sertraline.
"""


def test_patients_by_letters() -> None:
    found = read(BULLETIN).cases
    assert [c.title for c in found] == ["A", "B"]
    assert [[k.drug for k in c.links] for c in found] == [["amiodarone"], ["sertraline"]]
    assert found[0].events[0].outcome == "not recovered"


NARRATIVE = (
    "A 66-year-old woman took lisinopril. On 01-Feb-2021 she commenced therapy with etoricoxib. On 15-Feb-2021 she had "
    "acute renal failure. Action taken with etoricoxib: drug withdrawn on 16-Feb-2021. Lisinopril was temporarily "
    "discontinued and restarted on 01-Mar-2021 without recurrence. On 26-Feb-2021 the event was resolved."
)


def test_action_taken_with_a_drug() -> None:
    found = case(NARRATIVE)
    assert found.links[0].drug == "etoricoxib"
    told = {(a.kind, a.drug) for a in found.actions}
    assert ("stopped", "etoricoxib") in told
    assert ("started", "etoricoxib") in told


def test_a_drug_borne_again_does_not_confound_the_stop_of_another() -> None:
    points = {s.drug: s.key_points for s in assess(NARRATIVE).cases[0].suspects}
    assert points["etoricoxib"].dechallenge == "positive"


@pytest.mark.parametrize("told", ["her periods resumed", "she resumed a normal diet"])
def test_what_the_body_resumed(told: str) -> None:
    found = case(f"A woman was started on pregabalin. She had amenorrhoea. Pregabalin was discontinued and {told}.")
    assert [e.term for e in found.events] == ["amenorrhoea"]
    assert "restarted" not in {a.kind for a in found.actions}


def test_general_advice_stops_nothing() -> None:
    told = f"{MAN} developed pancreatitis after starting liraglutide. If suspected, liraglutide should be discontinued."
    assert "stopped" not in {a.kind for a in case(told).actions}


@pytest.mark.parametrize(
    ("answer", "results"),
    [("Does not apply", []), ("Unknown", []), ("N/A", []), ("Yes", ["positive"])],
)
def test_the_question_of_a_form_about_a_re_exposure(answer: str, results: list[str]) -> None:
    told = (
        f"{MAN} took co-trimoxazole from 06/02/2022. On 06/14/2022 he had jaundice, and it was stopped.\nEvent abated "
        f"after use stopped: Yes\nEvent reappeared after reintroduction: {answer}\n"
    )
    assert [a.result for a in case(told).actions if a.kind == "restarted"] == results


def test_a_value_of_an_earlier_day_in_brackets() -> None:
    told = (
        "Mr X, 58 y, was admitted on 4 Jan. Vancomycin was started 5 Jan. On 19 Jan his neutrophils were 0.4 (were 5.6 "
        "on 5 Jan), platelets 210. Vancomycin was stopped the same day."
    )
    found = case(told)
    days = {m.value: m.time.low for m in found.measurements if m.time}
    assert days == {0.4: 14, 5.6: 0, 210: 14}
    assert [(a.kind, a.time.low) for a in found.actions if a.time] == [("started", 0), ("stopped", 14)]


def test_a_citation_does_not_hide_the_case() -> None:
    told = (
        "Literature case. Citation: Smith et al. 2019.\nThis report concerns a 34-year-old man who had jaundice "
        "while on carbamazepine. Carbamazepine (400 mg/day, oral) had been started 5 weeks before the event."
    )
    assert onset(told) == (32, 38)
