"""Contradictions of a report: each kind once where it must be reported, once where the same words are no conflict."""

from __future__ import annotations

import pytest

from dechallenge.case import Case, Conflict
from dechallenge.evidence import Document, words
from dechallenge.reading.cases.prose import ProseReader

CASE = (
    "Case Report\n\nA 50-year-old woman took zafirlukast for asthma. After 6 weeks she became jaundiced. Serum ALT was "
    "{alt} U/L. {more} Zafirlukast was stopped, and {course}.\n\n"
)


def cases(text: str) -> tuple[Case, ...]:
    document = Document.from_text(text)
    reading = ProseReader().read([document])
    for case in reading.cases:
        for conflict in case.conflicts:
            assert conflict.evidence, conflict
            assert all(text[w.start : w.end] == w.quote for w in words(conflict.evidence))
    return reading.cases


def found(discussion: str, alt: str = "880", more: str = "", course: str = "she recovered") -> list[Conflict]:
    (case,) = cases(CASE.format(alt=alt, more=more, course=course) + "Discussion\n\n" + discussion + "\n")
    return list(case.conflicts)


def told(discussion: str, **more: str) -> list[str]:
    return [conflict.what for conflict in found(discussion, **more)]


@pytest.mark.parametrize(
    ("discussion", "more", "reported"),
    [
        ("Our patient had hepatosplenomegaly.", "There was mild splenomegaly.", True),
        ("Our patient had hepatosplenomegaly.", "There was mild hepatosplenomegaly.", False),
        ("Hepatosplenomegaly is often reported with this drug.", "There was mild splenomegaly.", False),
    ],
)
def test_an_organ_more_than_the_case_has(discussion: str, more: str, reported: bool) -> None:
    assert any("only splenomegaly" in what for what in told(discussion, more=more)) is reported


@pytest.mark.parametrize(
    ("discussion", "reported"),
    [
        ("In our patient eosinophilia was marked.", True),
        ("In our patient eosinophilia was slight.", False),
        ("In our patient eosinophilia was found.", False),
        ("In other series eosinophilia was marked.", False),
    ],
)
def test_another_degree(discussion: str, reported: bool) -> None:
    assert any("another degree" in what for what in told(discussion, more="There was mild eosinophilia.")) is reported


@pytest.mark.parametrize(
    ("course", "reported"),
    [
        ("the liver enzymes fell slowly", True),
        ("the liver enzymes fell rapidly", False),
        ("her fatigue improved slowly", False),
    ],
)
def test_how_fast_the_enzymes_came_down(course: str, reported: bool) -> None:
    discussion = "Stopping zafirlukast led to prompt normalization of liver enzymes in this patient."
    assert any("fast in one place" in what for what in told(discussion, course=course)) is reported


@pytest.mark.parametrize(("alt", "reported"), [("22", True), ("880", False)])
def test_raised_enzymes_of_a_patient_whose_enzymes_were_normal(alt: str, reported: bool) -> None:
    what = told("The ALT elevation in our patient was unexpected.", alt=alt)
    assert any("values of this case are all normal" in one for one in what) is reported


@pytest.mark.parametrize(
    ("again", "reported"),
    [
        ("Two months later zafirlukast was restarted, and jaundice recurred within a week", True),
        ("Two months later zafirlukast was restarted without any recurrence", False),
    ],
)
def test_a_recurrence_that_the_discussion_denies(again: str, reported: bool) -> None:
    what = told("The absence of recurrence after rechallenge in this patient is of interest.", course=again)
    assert any("no recurrence" in one for one in what) is reported


@pytest.mark.parametrize(
    ("start", "years", "reported"), [("2001", "12", True), ("2001", "8", False), ("1997", "12", False)]
)
def test_a_treatment_longer_than_the_time_it_had(start: str, years: str, reported: bool) -> None:
    (case,) = cases(
        f"A 60-year-old man was diagnosed with gout in May {start}. He was treated with allopurinol for {years} years. "
        "It was stopped for lack of effect. In June 2010 he was treated with febuxostat. Three weeks later he became "
        "jaundiced and ALT was 700 U/L."
    )
    assert any(c.kind == "timeline" for c in case.conflicts) is reported


def test_a_treatment_before_the_diagnosis_has_more_time() -> None:
    (case,) = cases(
        "A 60-year-old man had been treated with allopurinol for 12 years when gout was diagnosed in May 2001. It was "
        "stopped. In June 2010 he was treated with febuxostat. Three weeks later he became jaundiced; ALT was 700 U/L."
    )
    assert not case.conflicts


@pytest.mark.parametrize(
    ("more", "reported"),
    [
        ("The transaminases (AST 400 U/L, LDH 600 U/L) were raised.", True),
        ("The transaminases (AST 400 U/L, ALT 600 U/L) and LDH were raised.", False),
        ("Serum transferrin (ferritin 300 ng/mL) was normal.", False),
    ],
)
def test_a_test_under_the_wrong_heading(more: str, reported: bool) -> None:
    assert any(c.kind == "category" for c in found("Nothing more.", more=more)) is reported


@pytest.mark.parametrize(
    ("more", "reported"),
    [
        ("There was leukopenia (WBC 6.1 x 10^9/L).", True),
        ("There was leukopenia (WBC 1.9 x 10^9/L).", False),
        ("There was leukopenia (platelets 250 x 10^9/L).", False),
    ],
)
def test_a_low_count_that_is_not_low(more: str, reported: bool) -> None:
    assert any(c.kind == "finding against value" for c in found("Nothing more.", more=more)) is reported


@pytest.mark.parametrize(("value", "kind"), [("300,000", ["extreme value"]), ("3,000", [])])
def test_an_extreme_value_is_reported_and_kept(value: str, kind: list[str]) -> None:
    assert [c.kind for c in found("Nothing more.", more=f"Ferritin was {value} ng/mL.")] == kind


MONOGRAPH = (
    "Hepatotoxicity\n\nThe onset was within 2 to {late} after starting, with a {kind} pattern of serum enzyme "
    "elevations.\n\n{case}Key Points\n\nMedication: Zafirlukast\nSeverity: {severity}\nRecovery: {recovery}\nOther "
    "medications: {others}\n\nComment\n\nA 2 to 6 week latency and a hepatocellular pattern of liver enzyme elevations "
    "are usual.\n"
)


def monograph(
    late: str = "6 weeks", kind: str = "hepatocellular", severity: str = "2+", recovery: str = "unknown",
    others: str = "None", more: str = "", course: str = "she left the country",
) -> list[str]:  # fmt: skip
    narrative = CASE.format(alt="880", more=more, course=course)
    text = MONOGRAPH.format(late=late, kind=kind, case=narrative, severity=severity, recovery=recovery, others=others)
    (case,) = cases(text)
    return [conflict.what for conflict in case.conflicts]


def test_a_monograph_that_agrees_with_itself() -> None:
    assert monograph() == []


def test_a_stay_in_hospital_that_only_the_summary_tells() -> None:
    assert any("hospital" in what for what in monograph(severity="3+ (jaundice, hospitalization)"))
    assert monograph(severity="3+ (jaundice, hospitalization)", more="She was admitted to the ward.") == []


def test_medicines_that_only_the_summary_tells() -> None:
    assert any("loratadine" in what for what in monograph(others="Loratadine"))
    assert monograph(others="Loratadine", more="She also took loratadine.") == []


def test_a_time_of_recovery_that_only_the_summary_tells() -> None:
    assert any("recovery" in what for what in monograph(recovery="3 weeks"))
    assert monograph(recovery="3 weeks", course="all liver tests were normal 3 weeks later") == []


def test_two_latencies_and_two_patterns_of_the_drug() -> None:
    assert any("two ranges" in what for what in monograph(late="9 months"))
    assert any("two patterns" in what for what in monograph(kind="mixed or cholestatic"))
