"""Reports of reactions of many organs put together from parts, whose truth is known.

A drug with what it was given for, a home medicine of years, a reaction, its day, the stop and the end, as a journal, a
note with dates and a patient's own words. What is read holds the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

import dechallenge

_REACTIONS = (
    ("clozapine", "schizophrenia", "agranulocytosis developed", "neutropenia", "her neutrophil count had recovered"),
    (
        "allopurinol",
        "gout",
        "she developed Stevens-Johnson syndrome",
        "Stevens-Johnson syndrome",
        "the skin had healed",
    ),
    ("simvastatin", "hyperlipidaemia", "rhabdomyolysis was diagnosed", "rhabdomyolysis", "creatine kinase was normal"),
    ("sertraline", "depression", "she was found to have hyponatraemia", "hyponatremia", "the sodium was normal"),
    ("azathioprine", "Crohn's disease", "she developed acute pancreatitis", "pancreatitis", "lipase was normal"),
    (
        "gentamicin",
        "endocarditis",
        "she noticed sensorineural hearing loss",
        "hearing loss",
        "the audiogram was normal",
    ),
    ("ipilimumab", "melanoma", "she was admitted with grade 3 colitis", "colitis", "the diarrhoea had stopped"),
    ("rifabutin", "tuberculosis", "anterior uveitis was diagnosed", "uveitis", "the uveitis had resolved"),
    ("metoclopramide", "nausea", "she developed parkinsonism", "parkinsonism", "the parkinsonism had resolved"),
    ("citalopram", "anxiety", "she developed torsades de pointes", "torsade de pointes", "the QT interval was normal"),
)
_HOME = ("amlodipine", "levothyroxine", "metformin")
_DAYS = ((3, "three"), (10, "ten"), (5, "five"))


@dataclass(frozen=True)
class _Report:
    text: str
    drug: str
    aim: str
    term: str
    home: str
    latency: int
    recovery: int


@st.composite
def reports(draw: st.DrawFn) -> _Report:
    drug, aim, came, term, well = draw(st.sampled_from(_REACTIONS))
    home = draw(st.sampled_from(_HOME))
    late, lately = draw(st.sampled_from(_DAYS))
    gone, gone_in = draw(st.sampled_from(_DAYS))
    form = draw(st.sampled_from(("journal", "dates", "own words")))
    if form == "journal":
        begun = draw(st.sampled_from(("was started on {0} 10 mg daily for {1}", "was prescribed {0} for {1}",
                                      "was diagnosed with {1} and started on {0}")))  # fmt: skip
        text = (
            f"A 47-year-old woman who had taken {home} for years {begun.format(drug, aim)}. "
            f"{lately.capitalize()} days later {came}. {drug.capitalize()} was stopped. "
            f"{gone_in.capitalize()} days later {well}."
        )
    elif form == "dates":
        text = (
            f"Woman, 47 years. {home.capitalize()} since 2010. {drug.capitalize()} 10 mg daily for {aim} from "
            f"02-May-2019. On {2 + late:02d}-May-2019 {came}. {drug.capitalize()} was stopped on "
            f"{2 + late:02d}-May-2019. On {2 + late + gone:02d}-May-2019 {well}."
        )
    else:
        told = came.replace("she was", "I was").replace("she", "I")
        text = (
            f"I am a 47 year old woman. My doctor put me on {drug} for my {aim}. {lately.capitalize()} days later "
            f"{told}. They took me off {drug}. {gone_in.capitalize()} days later {well.replace('her', 'my')}. "
            f"I have taken {home} for years."
        )
    return _Report(text, drug, aim, term, home, late, gone)


@settings(max_examples=40, deadline=None)
@given(reports())
def test_a_report_from_parts_is_read_as_it_was_made(report: _Report) -> None:
    (case,) = dechallenge.assess(report.text).cases
    assert [e.term for e in case.events if e.primary] == [report.term], report.text
    assert {s.drug for s in case.suspects} == {report.drug}, report.text
    points = case.suspects[0].key_points
    assert points.latency_days is not None, report.text
    assert points.latency_days[0] == points.latency_days[1] == report.latency, report.text
    assert points.outcome == "recovered", report.text
    assert points.dechallenge == "positive", report.text
    low, high = points.recovery_days or (None, None)
    assert low is not None, report.text
    assert high is not None, report.text
    assert low <= report.recovery <= high, report.text
    given_for = {e.drug: e.indication for e in case.exposures}
    assert given_for[report.drug] == report.aim, report.text
    assert {e.drug: e.role for e in case.exposures}[report.home] == "concomitant", report.text
