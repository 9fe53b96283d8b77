"""Generated cases: whatever is printed, the assessment stands, its ranges hold its numbers, and it repeats exactly."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dechallenge.assessment.assess import assess_case
from dechallenge.assessment.model import CaseOut, InstrumentOut
from dechallenge.case import Case, Time
from tests.unasked import unasked
from tests.unit.case_builder import START, Told, at, liver, stopped

DAYS = st.one_of(st.none(), st.integers(-40, 200).map(float))


@st.composite
def times(draw: st.DrawFn) -> Time | None:
    """Any time, also one whose point lies outside its interval or whose ends are in the wrong order."""
    if draw(st.booleans()):
        return None
    anchor = draw(st.sampled_from(["", "start", "stop", "onset", "stated", "context", "restart:1", "before"]))
    return Time(low=draw(DAYS), high=draw(DAYS), point=draw(DAYS), anchor=anchor, text="then")


VALUES = st.one_of(
    st.floats(0, 1e7, allow_nan=False, allow_infinity=False),
    st.sampled_from(["normal", "normalised", "elevated", "decreased", "unchanged", "strange"]),
    st.tuples(st.floats(0, 100), st.floats(0, 100)),
)
ANALYTES = (
    "ALT",
    "AST",
    "ALP",
    "GGT",
    "BILI_TOT",
    "INR",
    "NEUT",
    "NEUT_PCT",
    "WBC",
    "PLT",
    "HB",
    "FERRITIN",
    "G_LIVER_TESTS",
    "NOISE",
)
UNITS = ("U/L", "mg/dL", "umol/L", "/mm3", "10*9/L", "%", "xULN", "", "furlong")
DRUGS = ("isoniazid", "anakinra", "methotrexate", "prednisone", "unheardofmab", "corticosteroid", "filgrastim")
KINDS = ("liver injury", "neutropenia", "agranulocytosis", "MAS", "rash")
OUTCOMES = ("recovered", "recovering", "not recovered", "recovered with sequelae", "fatal", "unknown")
FINDINGS = (
    "jaundice", "hospitalization", "adult-onset Still disease", "macrophage activation syndrome", "other medication",
    "hypotension", "leukocytosis", "biliary obstruction", "neutropenia", "alcohol abuse", "no such term",
)  # fmt: skip
TESTS = ("HAV IgM", "HBsAg", "anti-HCV", "HCV RNA", "CMV IgG", "ANA", "ultrasound", "no such test")
STATES = ("positive", "negative", "not done", "not reported", "not interpretable")
ACTIONS = ("started", "stopped", "continued", "reduced", "increased", "restarted", "switched", "refused")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    b = Told()
    sex = draw(st.sampled_from([None, "female", "male"]))
    b.who(draw(st.one_of(st.none(), st.floats(0, 120))), sex, "a patient" if sex else "")
    drug = draw(st.sampled_from(DRUGS))
    b.suspect(
        drug, "the suspect", draw(st.sampled_from(["blamed", "timing"])), start=draw(st.one_of(st.just(START), times()))
    )
    event: dict[str, Any] = {"outcome": draw(st.sampled_from(OUTCOMES)), "outcome_quote": "in the end"}
    event["recovery_from_stop"] = draw(times())
    b.event(draw(st.sampled_from(KINDS)), "the reaction", draw(times()), **event)
    for _ in range(draw(st.integers(0, 3))):
        other = draw(st.sampled_from(DRUGS))
        role = draw(st.sampled_from(["suspect", "concomitant", "previous", "treatment"]))
        b.drug(other, f"{other} too", role, start=draw(times()), stop=draw(times()))
        if role == "suspect" and other != drug:
            b.link(other, other)
    for _ in range(draw(st.integers(0, 4))):
        b.act(draw(st.sampled_from(ACTIONS)), drug, "something was done", draw(times()))
    for _ in range(draw(st.integers(0, 8))):
        value = draw(VALUES)
        if isinstance(value, tuple):
            value = (min(value), max(value))
        limit = draw(st.one_of(st.none(), st.floats(0.5, 500)))
        comparator = draw(st.sampled_from(["=", "<", ">", "<=", ">=", "~"]))
        b.lab(
            draw(st.sampled_from(ANALYTES)),
            value,
            draw(st.sampled_from(UNITS)),
            "a value",
            draw(times()),
            limit=limit,
            comparator=comparator,
        )
    for _ in range(draw(st.integers(0, 4))):
        state = draw(st.sampled_from(["present", "absent", "uncertain"]))
        b.finding(draw(st.sampled_from(FINDINGS)), "a finding", state, time=draw(times()), history=draw(st.booleans()))
    for _ in range(draw(st.integers(0, 4))):
        b.test(draw(st.sampled_from(TESTS)), draw(st.sampled_from(STATES)), "a test")
    return b.case()


def instruments(out: CaseOut) -> list[InstrumentOut]:
    return [*(i for e in out.events for i in e.instruments), *(i for s in out.suspects for i in s.instruments)]


@given(cases())
@settings(max_examples=60)
def test_any_case_is_assessed_and_every_number_lies_in_its_range(case: Case) -> None:
    out = assess_case(case)
    assert {(s.drug, s.event.id) for s in out.suspects} == {(x.drug, x.event) for x in case.links}
    for one in instruments(out):
        assert one.applicable or one.reason
        if one.score is not None and one.low is not None and one.high is not None:
            assert one.low - 1e-6 <= one.score <= one.high + 1e-6, one.id
        for item in one.items:
            if item.points is not None and item.low is not None and item.high is not None:
                assert item.low - 1e-6 <= item.points <= item.high + 1e-6
    for suspect in out.suspects:
        points = suspect.key_points
        for days in (points.latency_days, points.recovery_days):
            if days is not None and days[0] is not None and days[1] is not None:
                assert days[0] <= days[1]
        if (
            points.recovery_days is not None
            and points.recovery_days[0] is not None
            and case.events[0].recovery_from_stop is None
        ):
            assert points.recovery_days[0] >= 0


@given(cases())
@settings(max_examples=15)
def test_the_same_case_gives_the_same_bytes(case: Case) -> None:
    assert (
        assess_case(case).model_dump_json()
        == assess_case(Case.model_validate_json(case.model_dump_json())).model_dump_json()
    )


def results(case: Case) -> list[dict[str, object]]:
    """What every instrument gives. vigiGrade asks whether an indication is told, and a disease may be one."""
    return [i.model_dump(exclude={"items"}) for i in instruments(assess_case(case)) if i.id != "vigigrade-2014"]


@settings(max_examples=6)
@given(st.sampled_from(["hypertension", "migraine", "psoriasis"]), st.booleans())
def test_an_irrelevant_finding_moves_nothing(term: str, present: bool) -> None:
    plain, more = stopped(liver()), stopped(liver())
    more.finding(term, f"known {term}", "present" if present else "absent", history=True)
    assert results(plain.case()) == results(more.case())


@settings(max_examples=25)
@given(st.floats(45, 4000), st.floats(60, 2000))
def test_units_change_nothing(alt: float, alp: float) -> None:
    """1 µkat/L is 60 U/L, for the value and for its limit."""
    plain, si = Told(), Told()
    for b, scale, unit in ((plain, 1.0, "U/L"), (si, 1 / 60, "ukat/L")):
        b.suspect("isoniazid", "isoniazid", start=START)
        b.event("liver injury", "hepatitis", at(30))
        b.lab("ALT", alt * scale, unit, "ALT", at(30), limit=40 * scale)
        b.lab("ALP", alp * scale, unit, "ALP", at(30), limit=115 * scale)
    with unasked():
        first, second = (assess_case(b.case()).suspects[0] for b in (plain, si))
    for one, other in zip(first.instruments, second.instruments, strict=True):
        assert (one.applicable, one.score, one.low, one.high, one.code) == (
            other.applicable,
            other.score,
            other.low,
            other.high,
            other.code,
        )
