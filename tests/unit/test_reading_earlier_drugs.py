"""Drugs that came and went before the one in question, and what was begun or done beside it."""

from __future__ import annotations

import pytest

from dechallenge.case import Action, Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader


def read(text: str) -> Case:
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


def roles(text: str) -> dict[str, str]:
    return {e.drug: e.role for e in read(text).exposures}


def acts(text: str, drug: str) -> list[Action]:
    return [a for a in read(text).actions if a.drug == drug]


_THEN = " On 4 March 2019 tofacitinib was started. Ten weeks later ALT was 312 U/L. Tofacitinib was withdrawn."


@pytest.mark.parametrize(
    "told",
    [
        "Methotrexate was given from 2010 to 2017 and was stopped because of nausea.",
        "Methotrexate, 15 mg weekly, was added in May 2018 and stopped in June 2018 because of raised transaminases.",
    ],
)
def test_why_an_earlier_drug_was_stopped_is_no_sign_of_the_later_one(told: str) -> None:
    drawn = read("A 57-year-old woman had rheumatoid arthritis. " + told + _THEN)
    suspects = [link for link in drawn.links if link.role == "suspect"]
    assert [s.drug for s in suspects] == ["tofacitinib"]
    assert suspects[0].latency is not None and suspects[0].latency.point == 70
    assert {e.drug: e.role for e in drawn.exposures}["methotrexate"] == "previous"


def test_a_stop_in_the_weeks_of_the_reaction_keeps_its_blame() -> None:
    told = "A 57-year-old woman took amoxicillin from 1 to 6 March 2019, which was stopped because of jaundice."
    drawn = read(told + " On 9 March 2019 ursodeoxycholic acid was started. ALT was 900 U/L on 10 March 2019.")
    assert [link.drug for link in drawn.links if link.role == "suspect"] == ["amoxicillin"]


def test_the_second_participle_has_the_subject_of_the_first() -> None:
    text = "A 40-year-old man had gout. Allopurinol, 300 mg daily, was begun in May 2020 and stopped in June 2020. "
    assert [a.kind for a in acts(text + "He had a rash.", "allopurinol")] == ["started", "stopped"]


def test_a_new_subject_takes_the_participle() -> None:
    text = "A 40-year-old man took allopurinol. Colchicine was begun in May 2020 and he stopped allopurinol in June."
    assert [a.kind for a in acts(text, "colchicine")] == ["started"]


def test_what_is_given_together_with_a_remedy_was_begun_with_it() -> None:
    text = (
        "A 29-year-old man was given canakinumab on 6 July 2020. On 21 September 2020 he had fever and hepatitis with "
        "ALT 900 U/L. Methylprednisolone 1 g/day was given from 22 September, followed by 60 mg/day, together with "
        "ciclosporin 200 mg/day and anakinra 100 mg/day. Anakinra was stopped on 2 November."
    )
    given = roles(text)
    assert given["ciclosporin"] == given["anakinra"] == "treatment"
    assert [link.drug for link in read(text).links if link.role == "suspect"] == ["canakinumab"]


def test_what_a_drug_is_compared_with_is_not_begun() -> None:
    text = "A 29-year-old man was given canakinumab and had a rash. The rash came together with fever under aspirin."
    assert [a.kind for a in acts(text, "acetylsalicylic acid")] == []


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("Secukinumab was not stopped.", ["continued"]),
        ("As secukinumab had helped, it was not discontinued, but the dose was reduced.", ["continued", "reduced"]),
        ("Secukinumab was not stopped until ALT was 900 U/L.", []),
        ("Secukinumab was not stopped immediately.", []),
    ],
)
def test_a_drug_that_was_not_stopped_went_on(told: str, kinds: list[str]) -> None:
    text = "A 44-year-old man was given secukinumab in May 2018. In July 2018 ALT was 300 U/L. " + told
    assert [a.kind for a in acts(text, "secukinumab") if a.kind != "started"] == kinds


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("Rituximab was repeated in November 2014 without a relapse.", ["restarted"]),
        ("Rituximab was repeated every six months.", []),
        ("Blood counts were repeated in November 2014.", []),
    ],
)
def test_a_drug_that_was_repeated_was_given_again(told: str, kinds: list[str]) -> None:
    text = "A 51-year-old woman received rituximab on 7 January 2014. On 2 May 2014 neutrophils were 80/mm3. " + told
    assert [a.kind for a in acts(text, "rituximab") if a.kind != "started"] == kinds


def test_drugs_that_went_on_when_another_was_started_were_running() -> None:
    text = (
        "A 49 year old woman developed jaundice 6 weeks after starting leflunomide. She had been treated for two years "
        "with hydroxychloroquine, and it was continued when leflunomide was started. She had been given methotrexate "
        "three years before. On admission ALT was 1184 U/L. Leflunomide was stopped."
    )
    given = roles(text)
    assert given["hydroxychloroquine"] == "concomitant" and given["methotrexate"] == "previous"
    [value] = [m for m in read(text).measurements if m.value == 1184]
    assert value.time is not None and value.time.low is not None and value.time.low >= 39


def test_a_symptom_that_went_away_does_not_begin_the_reaction() -> None:
    text = (
        "A 63-year-old woman was given flupirtine on 3 March 2012. Ten days later she complained of nausea, which went "
        "away. On 2 May 2012 she noticed dark urine. ALT was 900 U/L."
    )
    [link] = read(text).links
    assert link.latency is not None and (link.latency.low, link.latency.high) == (60, 60)


def test_a_symptom_that_stayed_begins_it() -> None:
    text = "A 63-year-old woman was given flupirtine on 3 March 2012. Ten days later she complained of nausea. "
    [link] = read(text + "On 2 May 2012 she noticed dark urine. ALT was 900 U/L.").links
    assert link.latency is not None and (link.latency.low, link.latency.high) == (10, 10)


def test_took_with_an_aside_before_the_drug_is_a_further_course() -> None:
    text = (
        "A 63-year-old woman was given flupirtine on 3 March 2012. On 2 May 2012 ALT was 900 U/L. She stopped "
        "flupirtine on 4 May. In October she took, against advice, two capsules of flupirtine."
    )
    again = [a for a in acts(text, "flupirtine") if a.kind == "restarted"]
    assert len(again) == 1 and again[0].time is not None and (again[0].time.low, again[0].time.high) == (212, 242)
