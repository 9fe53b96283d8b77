"""Stories put together from parts, whose truth is known: the suspect, its latency and the recovery are read from all.

An older medicine or an illness comes first, the suspect is begun in one of many wordings, the reaction is counted from
it in one of many, and the stop names it or not. What is read holds the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

import dechallenge

_SUSPECTS = ("leflunomide", "flucloxacillin", "terbinafine", "isoniazid", "tocilizumab", "anakinra", "labetalol")
_OLDER = ("methotrexate", "metformin", "omeprazole", "amlodipine", "levothyroxine")
_LENGTHS = (
    ("day", 3, 3.0), ("day", 10, 10.0), ("week", 2, 14.0), ("week", 6, 42.0), ("month", 2, 61.0), ("month", 4, 122.0),
)  # fmt: skip
_FIRST = (
    "A woman of 47 years was diagnosed with psoriasis.",
    "A woman of 47 years with psoriasis was treated with {older}.",
    "A woman of 47 years with psoriasis had been taking {older} for years.",
    "A woman of 47 years with psoriasis was started on {older} 10 mg daily.",
    "{older} was prescribed to a woman of 47 years with psoriasis.",
    "A woman of 47 years underwent a hip replacement.",
    "A woman of 47 years had received {older} for psoriasis without success.",
)
_BEGUN = (
    "she was started on {drug}", "{drug} was started", "{drug} was added", "she began taking {drug}",
    "treatment with {drug} was initiated", "she was put on {drug}", "{drug} was introduced", "{drug} was prescribed",
)  # fmt: skip
_EXCHANGED = ("{older} was replaced by {drug}", "therapy was changed to {drug}", "{drug} was substituted for {older}")
_BETWEEN = ("", "{n} {unit}s later ", "After {n} {unit}s ", "After {n} {unit}s, ")
_AFTER = ("{n} {unit}s later ", "After {n} {unit}s ", "{n} {unit}s after that, ", "{n} {unit}s after starting {drug} ")
_CAME = ("she became jaundiced", "she developed jaundice and dark urine", "she was admitted with jaundice")
_TESTS = ("", " with ALT 812 U/L and bilirubin 6.1 mg/dL", "; ALT was 1020 U/L and ALP 140 U/L")
_STOP = ("{drug} was stopped", "The drug was withdrawn", "She stopped taking {drug}", "It was stopped")
_WELL = (" and liver tests were normal {n} {unit}s later.", ". {n} {unit}s later ALT was normal.")
_TOLERANCE = 3.0
"""Days by which months told in words may differ from those of the calendar."""


@dataclass(frozen=True)
class _Story:
    text: str
    drug: str
    latency: float
    recovery: float


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


@st.composite
def stories(draw: st.DrawFn) -> _Story:
    drug, older = draw(st.sampled_from(_SUSPECTS)), draw(st.sampled_from(_OLDER))
    lengths = st.sampled_from(_LENGTHS)

    def filled(parts: tuple[str, ...]) -> tuple[str, float]:
        unit, number, days = draw(lengths)
        return draw(st.sampled_from(parts)).format(drug=drug, older=older, n=number, unit=unit), days

    first, _ = filled(_FIRST)
    begun, _ = filled((*_BEGUN, *_EXCHANGED) if older in first else _BEGUN)
    between, _ = filled(_BETWEEN)
    after, latency = filled(_AFTER)
    came = draw(st.sampled_from(_CAME)) + draw(st.sampled_from(_TESTS))
    stop, _ = filled(_STOP)
    well, recovery = filled(_WELL)
    told = (first, between + begun + ".", after + came + ".", stop + well)
    return _Story(" ".join(map(_sentence, told)), drug, latency, recovery)


def _holds(interval: tuple[float | None, float | None] | None, days: float) -> bool:
    if interval is None:
        return False
    low, high = interval
    return (low is None or low - _TOLERANCE <= days) and (high is None or days <= high + _TOLERANCE)


@settings(max_examples=80)
@given(stories())
def test_the_drug_begun_last_its_latency_and_the_recovery_are_read(story: _Story) -> None:
    first = dechallenge.assess(story.text).cases[0].suspects[0]
    assert first.drug == story.drug
    assert first.key_points.dechallenge == "positive"
    latency, recovery = first.key_points.latency_days, first.key_points.recovery_days
    assert _holds(latency, story.latency)
    assert _holds(recovery, story.recovery)
    assert latency is not None
    assert latency[1] is not None  # a latency that is printed is not left open
