"""Wordings of times, actions, work-up, people and endings that reports other than liver monographs use."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean
from dechallenge.reading.times.times import read_times


def case(text: str) -> Case:
    """The only case of a text."""
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


def states(text: str) -> dict[str, str]:
    prepared = clean(Document.from_text(text))
    return {m.test: m.state for m in read_findings(prepared, sentences(prepared.text))[1]}


def actions(text: str) -> list[tuple[str, str]]:
    return [(a.kind, a.drug) for a in case(text).actions]


@pytest.mark.parametrize(
    ("text", "kind", "anchor"),
    [
        ("Counts rose on day 8 after cessation.", "offset", "stop"),
        ("On the tenth day after stopping he was well.", "offset", "stop"),
        ("On day 23 after the first tablet she noticed a rash.", "offset", "start"),
        ("On day 8 after lunch he fell.", "day", "start"),
        ("d7: platelets 201 G/L.", "day", "start"),
        ("X stopped d17.", "day", "start"),
        ("It had been commenced nine months before at 12.5 mg.", "sequence", "context"),
    ],
)
def test_what_a_time_counts_from(text: str, kind: str, anchor: str) -> None:
    [found] = read_times(text)
    assert (found.kind, found.anchor) == (kind, anchor)


@pytest.mark.parametrize("text", ["Vitamin d3 was given.", "The HLA type was D7.", "A d4T regimen."])
def test_letters_that_are_no_day(text: str) -> None:
    assert [m for m in read_times(text) if m.kind == "day"] == []


def test_the_first_of_two_days_of_a_month() -> None:
    found = [m.date for m in read_times("She was in hospital from 3 to 14 April 2022.") if m.date is not None]
    assert [date.first.isoformat() for date in found][:1] == ["2022-04-03"]


def test_a_date_without_its_year_may_look_back() -> None:
    text = (
        "A 70-year-old woman was admitted on 9 January 2023. She had started ibuprofen on 30 December. Creatinine was "
        "4.0 mg/dL on admission. Ibuprofen was stopped on 10 January."
    )
    drug = next(e for e in case(text).exposures if e.drug == "ibuprofen")
    assert drug.stop is not None and (drug.stop.low, drug.stop.high) == (11.0, 11.0)


def test_two_times_after_the_start_with_a_dose_step_between() -> None:
    text = (
        "A 61-year-old woman was given dapsone 50 mg, raised to 100 mg after a week. After seven weeks she developed "
        "agranulocytosis. Dapsone was stopped."
    )
    link = next(link for link in case(text).links if link.drug == "dapsone")
    assert link.latency is not None and link.latency.point == 49.0
    later = case(text.replace("After seven weeks she", "Seven weeks later she")).links[0]
    assert later.latency is not None and later.latency.point == 56.0


def test_a_length_of_a_course_dates_its_last_dose() -> None:
    text = "A 60-year-old man took ampicillin for 10 days. Six days after the last dose he developed agranulocytosis."
    link = case(text).links[0]
    assert link.latency is not None and (link.latency.low, link.latency.high) == (16.0, 16.0)


_COURSE = "A 50-year-old man took dapsone. On day 30 he developed agranulocytosis. Dapsone was stopped on day 31. {}"


@pytest.mark.parametrize(
    ("sentence", "restarts"),
    [
        ("In May a doctor prescribed the same drug and agranulocytosis recurred.", 1),
        ("In May a doctor prescribed another drug.", 0),
        ("In May dapsone from an old box was taken by mistake and agranulocytosis recurred.", 1),
        ("Rechallenge: not applicable.", 0),
        ("Re-exposure is contraindicated.", 0),
        ("Dapsone was resumed in May.", 1),
    ],
)
def test_re_exposures_without_the_usual_words(sentence: str, restarts: int) -> None:
    assert [kind for kind, _ in actions(_COURSE.format(sentence))].count("restarted") == restarts


def test_what_was_paused_is_what_is_resumed() -> None:
    found = actions(_COURSE.format("Apixaban was withheld for two weeks and then resumed."))
    assert ("restarted", "apixaban") in found and ("restarted", "dapsone") not in found


def test_notes_put_the_verb_behind_the_drug() -> None:
    found = actions(
        "M, 70 y. Amiodarone for 2 years, pneumonitis. Amiodarone stopped 5/11/2022, prednisone 1 mg/kg started."
    )
    assert ("stopped", "amiodarone") in found and ("started", "prednisone") in found


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("M, 71 y. Rash on ampicillin.", 71, "male"),
        ("81F, hypertension. Rash on ampicillin.", 81, "female"),
        ("Vitamin K, 10 mg. The patient had a rash on ampicillin.", None, None),
    ],
)
def test_people_of_notes(text: str, age: float | None, sex: str | None) -> None:
    who = case(text + " Ampicillin was stopped.").patient
    assert (who.age.value if who.age else None, who.sex) == (age, sex)


@pytest.mark.parametrize(
    ("text", "test", "state"),
    [
        ("The direct antiglobulin test was positive for IgG.", "Coombs test", "positive"),
        ("The direct antiglobulin test was negative for IgG.", "Coombs test", "negative"),
        ("Ceftriaxone-dependent antibodies were demonstrated.", "drug-dependent antibodies", "positive"),
        ("HIT antibodies neg.", "HIT antibodies", "negative"),
        ("Patch tests were positive for amoxicillin and negative for paracetamol.", "allergy test", "positive"),
        ("Patch tests were negative for amoxicillin.", "allergy test", "negative"),
        ("HLA-B*58:01 was positive.", "HLA typing", "positive"),
        ("A kidney biopsy was discussed but not done.", "renal biopsy", "not done"),
        ("A kidney biopsy was discussed and done, showing nephritis.", "renal biopsy", "positive"),
        ("EBV DNA was detected neither in blood nor in marrow.", "EBV PCR", "negative"),
        ("EBV DNA was detected in blood.", "EBV PCR", "positive"),
        ("B12/folate nl.", "vitamin B12", "negative"),
        ("Swabs were sterile.", "cultures", "negative"),
        ("HIV test negative; blood cultures without growth.", "blood cultures", "negative"),
        ("Blood cultures grew Escherichia coli.", "blood cultures", "positive"),
        ("A marrow aspirate was hypocellular.", "bone marrow examination", "positive"),
        ("A marrow aspirate was normocellular.", "bone marrow examination", "negative"),
        ("Post-mortem examination was not permitted.", "autopsy", "not done"),
        ("Serum Histoplasma antigen was positive.", "histoplasma", "positive"),
        ("There was no evidence of Wilson disease.", "exclusion of Wilson disease", "negative"),
        ("Autoimmune hepatitis was excluded.", "exclusion of autoimmune hepatitis", "negative"),
    ],
)
def test_states_of_tests(text: str, test: str, state: str) -> None:
    assert states(text).get(test) == state


@pytest.mark.parametrize(
    "text",
    [
        "She had no history of Wilson disease.",
        "Wilson disease was diagnosed.",
        "Her mother had no evidence of Wilson disease.",
    ],
)
def test_a_disease_that_nobody_looked_for_is_no_test(text: str) -> None:
    assert "exclusion of Wilson disease" not in states(text)


@pytest.mark.parametrize(
    ("ending", "outcome"),
    [
        ("Platelets were 210 x 10^9/L a week later.", "recovered"),
        ("Platelets were 60 x 10^9/L a week later.", "recovering"),
        ("Platelets were 12 x 10^9/L a week later.", "unknown"),
    ],
)
def test_the_course_of_values_that_fall(ending: str, outcome: str) -> None:
    text = f"A 70-year-old man took linezolid. On day 14 platelets were 11 x 10^9/L. Linezolid was stopped. {ending}"
    assert case(text).events[0].outcome == outcome


@pytest.mark.parametrize(
    ("ending", "outcome"),
    [
        ("The skin healed within 3 weeks, but he was left with dry eyes.", "recovered with sequelae"),
        ("The skin healed within 3 weeks without sequelae.", "recovered"),
    ],
)
def test_something_of_the_reaction_stays(ending: str, outcome: str) -> None:
    told = "A 70-year-old man took allopurinol. On day 20 he developed toxic epidermal necrolysis. It was stopped."
    text = f"{told} {ending}"
    assert case(text).events[0].outcome == outcome


def test_a_length_before_something_else_is_a_length() -> None:
    text = "A 43-year-old woman had taken ticlopidine for 10 weeks after a stroke when she developed agranulocytosis."
    link = case(text).links[0]
    assert link.latency is not None and link.latency.point == 70.0
    later = read_times("She fell 10 weeks after a stroke.")
    assert [(m.kind, m.anchor) for m in later] == [("offset", "other")]


def test_a_further_challenge_is_a_re_exposure() -> None:
    text = _COURSE.format("A second challenge with dapsone in May was followed by agranulocytosis.")
    assert ("restarted", "dapsone") in actions(text)
    assert ("restarted", "dapsone") not in actions(_COURSE.format("A second opinion on dapsone was sought in May."))


def test_a_power_in_the_head_of_a_row() -> None:
    head = "| | Before | Day 53 |\n|---|---|---|\n"
    table = head + "| Platelets (10^9/L) | 412 | 61 |\n| Ferritin* (\u00b5g/L) | 145 | 9,870 |\n"
    found = case("A 9-year-old boy was given tocilizumab.\n\n" + table).measurements
    assert {(m.analyte, m.unit) for m in found} == {("PLT", "10*9/L"), ("FERRITIN", "ug/L")}


def test_two_bounds_of_minutes_do_not_cross() -> None:
    text = "A 40-year-old man was given atracurium. Two minutes after atracurium he developed anaphylaxis."
    link = case(text).links[0]
    assert link.latency is not None and link.latency.high is not None and link.latency.high < 0.01
