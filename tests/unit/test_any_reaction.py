"""Reactions outside the known kinds: named by the report as caused by a drug, or told as new under one."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case


def case(text: str) -> Case:
    reading = dechallenge.read(text)
    assert len(reading.cases) == 1, reading.problems
    return reading.cases[0]


def read(text: str) -> tuple[list[str], list[str]]:
    """Terms of the events, and the suspects."""
    found = case(text)
    return [e.term for e in found.events], [k.drug for k in found.links if k.role == "suspect"]


@pytest.mark.parametrize(
    ("text", "term", "drug"),
    [
        ("A 57-year-old man developed morphea while taking bromocriptine.", "morphea", "bromocriptine"),
        ("A 41-year-old woman, treated with amiodarone, developed thyrotoxicosis.", "thyrotoxicosis", "amiodarone"),
        ("An 8-year-old girl had lithium-induced tremor. Lithium was stopped.", "tremor", "lithium"),
        ("A 30-year-old man had parotitis due to enalapril, which was withdrawn.", "parotitis", "enalapril"),
        ("A 66-year-old woman became stuporous two days after starting clozapine.", "stuporous", "clozapine"),
        ("Psychosis in a 24-year-old woman during treatment with mefloquine.", "psychosis", "mefloquine"),
        (
            "A 60-year-old man complained of a 3-week history of dysphagia, 6 months after starting nifedipine.",
            "dysphagia", "nifedipine",
        ),
        (
            "A man of 43 developed signs and symptoms of bilateral optic neuropathy during treatment with ethambutol.",
            "optic neuritis", "ethambutol",
        ),
        ("A six-year-old boy developed ptosis two weeks after the last dose of vincristine.", "ptosis", "vincristine"),
    ],
)  # fmt: skip
def test_a_reaction_of_any_kind_is_an_event(text: str, term: str, drug: str) -> None:
    assert read(text) == ([term], [drug])


def test_the_words_are_the_evidence() -> None:
    found = case("A 57-year-old man developed morphea while taking bromocriptine.")
    assert [item.quote for item in found.events[0].evidence] == ["morphea"]  # type: ignore[union-attr]


def test_every_method_without_a_kind_of_its_own_applies() -> None:
    result = dechallenge.assess("A 57-year-old man developed morphea 3 weeks after starting bromocriptine.").cases[0]
    (suspect,) = result.suspects
    scored = {i.id for i in suspect.instruments if i.applicable}
    assert {"naranjo-1981", "who-umc", "french-1985"} <= scored
    assert not {"rucam-2016", "neutropenia-1991"} & scored


@pytest.mark.parametrize(
    "text",
    [
        "A 57-year-old man takes bromocriptine for acromegaly. He feels well.",
        "A 57-year-old man with psoriasis was treated with bromocriptine. No rash developed.",
        "A 57-year-old man had a history of migraine before he was given bromocriptine.",
        "A 57-year-old man developed a good response after bromocriptine.",
        "A 57-year-old man developed no adverse reaction after bromocriptine.",
    ],
)
def test_what_is_no_reaction_makes_no_event(text: str) -> None:
    assert read(text)[0] == []


def test_a_known_kind_goes_before_the_words_of_the_report() -> None:
    terms, _ = read("A 50-year-old man developed dizziness and jaundice 3 weeks after starting isoniazid. ALT 900 U/L.")
    assert terms == ["liver injury"]


@pytest.mark.parametrize(
    ("text", "suspects"),
    [
        ("A 53-year-old man developed pneumonitis after bleomycin and moderate oxygen administration.", ["bleomycin"]),
        ("A 9-year-old boy had acute renal failure following intravenous aciclovir for encephalitis.", ["aciclovir"]),
        # what was given for it, or stopped before it, is not blamed by its place
        ("A 53-year-old man developed pneumonitis and was then treated with prednisone.", []),
        ("A 53-year-old man developed pneumonitis, which resolved after prednisone.", []),
    ],
)  # fmt: skip
def test_a_reaction_told_as_coming_after_a_drug_blames_it(text: str, suspects: list[str]) -> None:
    links = case(text).links
    assert [k.drug for k in links if k.role == "suspect" and k.basis == "blamed"] == suspects


def test_a_salt_is_no_drug_of_its_own_and_a_rash_no_skin_test() -> None:
    given = "A 40-year-old man was started on quetiapine fumarate 300 mg daily and developed ptosis after 3 weeks."
    assert {e.drug for e in case(given).exposures} == {"quetiapine"}
    rash = "A 58-year-old woman developed fever and skin eruptions 3 weeks after treatment with sulfasalazine."
    assert {e.drug for e in case(rash).exposures} == {"sulfasalazine"}


def test_shortly_after_is_no_day() -> None:
    onset = (
        case("A 60-year-old man developed jaundice shortly after starting flucloxacillin. ALT 400 U/L.").events[0].onset
    )
    assert onset is not None and (onset.low, onset.high) == (0.0, None)


PLAQUES = (
    "A 57-year-old man was started on bromocriptine 5 mg daily. Six weeks later he developed indurated plaques on the "
    "trunk. "
    "Bromocriptine was stopped and the plaques resolved within three months. "
)


@pytest.mark.parametrize(
    ("again", "result"),
    [
        ("When it was given again a year later the plaques returned after four weeks.", "positive"),
        ("A year later bromocriptine was tried again, and the same plaques appeared.", "positive"),
        ("He took it again and the plaques came back.", "positive"),
        ("Re-exposure led to plaques again.", "positive"),
        ("When it was given again a year later the patient returned to work.", "not assessable"),
        ("When it was given again a year later nothing happened, without recurrence.", "negative"),
        ("Ibuprofen was given again and the patient returned home.", "not done"),
        ("The plaques had returned to normal skin.", "not done"),
    ],
)
def test_a_reaction_of_any_kind_that_comes_back(again: str, result: str) -> None:
    points = dechallenge.assess(PLAQUES + again).cases[0].suspects[0].key_points
    assert (points.dechallenge, points.rechallenge) == ("positive", result)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        # the complaint, and what it was found to be
        ("A 60-year-old man took alendronate. After 2 weeks he developed pain of the eye. Uveitis was "
         "diagnosed.", "uveitis"),
        ("A 60-year-old man took doxycycline. After 3 days he developed pain. Endoscopy revealed two gastric "
         "ulcers.", "peptic ulcer"),
        ("A 60-year-old man took mefloquine. After 3 days he became anxious. Mefloquine was responsible for the "
         "psychosis.", "psychosis"),
        ("A 60-year-old man took amiodarone and lost weight. A diagnosis of amiodarone-induced thyrotoxicosis "
         "was made.", "thyrotoxicosis"),
        ("A 60-year-old man took omeprazole. After 6 weeks he noticed painful swelling of both "
         "breasts.", "painful swelling of both breasts"),
        ("A 60-year-old man took doxycycline and had pain. We attribute the psychosis to doxycycline.", "psychosis"),
        ("A 60-year-old man took lithium. Nephrogenic diabetes insipidus due to lithium was "
         "diagnosed.", "diabetes insipidus"),
        ("Acute dystonia due to metoclopramide was diagnosed in a 22-year-old woman.", "dystonia"),
        # a diagnosis that was excluded names nothing
        ("A 60-year-old man took alendronate. After 2 weeks he developed pain of the eye. Uveitis was "
         "excluded.", "pain of the eye"),
    ],
)  # fmt: skip
def test_a_reaction_has_the_name_that_the_report_gives_it_in_the_end(text: str, term: str) -> None:
    assert [e.term for e in case(text).events] == [term]


def test_the_first_complaint_dates_a_reaction_that_is_named_later() -> None:
    found = case(
        "A 67-year-old woman took lansoprazole. Five weeks later she complained of watery diarrhoea. Stool "
        "cultures were "
        "negative. Lansoprazole was stopped. Microscopic colitis induced by lansoprazole was concluded."
    )
    (event,) = found.events
    assert event.term == "colitis" and event.onset is not None and event.onset.text == "Five weeks later"


@pytest.mark.parametrize(
    "before",
    [
        "A 48-year-old man had a raised ALT of 190 U/L that had been stable for five years. ",
        "A 48-year-old man had chronic iron deficiency anaemia (haemoglobin 9.2 g/dL). ",
        "A 48-year-old man had the expected neutropenia (nadir 0.6 x 10^9/L) after chemotherapy. ",
    ],
)
def test_what_was_there_before_is_not_the_reaction(before: str) -> None:
    text = before + "He was started on topiramate. Ten weeks later he developed nephrolithiasis due to topiramate."
    assert [e.term for e in case(text).events] == ["kidney stones"]


def test_a_known_kind_that_came_new_stays_the_reaction() -> None:
    text = "A 48-year-old man was started on topiramate. Ten weeks later he was jaundiced; ALT was 990 U/L. "
    "Numbness was due to topiramate."
    assert [e.term for e in case(text).events] == ["liver injury"]


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        ("The hearing loss persisted; his gait improved.", "not recovered"),
        ("Hearing had not improved a year later.", "not recovered"),
        ("The hearing loss disappeared within a week.", "recovered"),
        ("The hearing loss had not disappeared after a year.", "not recovered"),
        ("The hearing loss was considered irreversible.", "not recovered"),
        ("Hearing improved slowly.", "recovering"),
    ],
)
def test_a_reaction_of_any_kind_ends_by_its_own_words(end: str, outcome: str) -> None:
    text = "A 74-year-old man was given gentamicin. On day 9 he noticed hearing loss. Gentamicin was stopped. " + end
    assert [e.outcome for e in case(text).events] == [outcome]


@pytest.mark.parametrize(
    "text",
    [
        "A 35-year-old woman took propranolol for migraine. Attacks occurred four times a month.",
        "A 52-year-old woman was given amlodipine 5 mg for hypertension.",
        "A 47-year-old man was treated with azathioprine. At the visit he complained of nothing.",
    ],
)
def test_the_disease_treated_is_no_reaction(text: str) -> None:
    assert read(text)[0] == []


def test_a_change_that_somebody_noticed_begins_the_reaction() -> None:
    found = case(
        "Mania induced by clarithromycin\n\nA 53-year-old woman was prescribed clarithromycin. Four days later her "
        "husband noticed that she hardly slept. Clarithromycin was stopped."
    )
    (event,) = found.events
    assert event.term == "mania" and event.onset is not None and event.onset.low == 4.0


def test_the_fifth_night_of_treatment_is_day_five() -> None:
    found = case("A 29-year-old man took trazodone. On the fifth night of treatment he awoke with a painful erection.")
    onset = found.events[0].onset
    assert onset is not None and (onset.low, onset.high) == (5.0, 5.0)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("A 40-year-old man developed confusion two days after starting cefepime.", "confusion"),
        ("A 50-year-old woman developed encephalopathy two days after starting baclofen.", "encephalopathy"),
        ("A 40-year-old man developed severe nausea two days after starting digoxin.", "nausea"),
        # with something of the liver itself they are its signs
        ("A 40-year-old woman developed nausea and jaundice 3 weeks after starting isoniazid.", "liver injury"),
        ("A 40-year-old man developed confusion two weeks after starting isoniazid. ALT was 900 U/L.", "liver injury"),
    ],
)
def test_a_common_complaint_alone_is_no_liver_injury(text: str, term: str) -> None:
    assert read(text)[0] == [term]


def test_an_encephalopathy_of_a_liver_injury_is_that_of_the_liver() -> None:
    told = "A 40-year-old woman developed jaundice and encephalopathy after starting isoniazid. Bilirubin was 12 mg/dL."
    severity = dechallenge.assess(told).cases[0].suspects[0].key_points.severity
    assert severity is not None and severity.grade == 4
