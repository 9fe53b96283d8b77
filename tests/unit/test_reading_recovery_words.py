"""The many ways in which reports tell that a reaction was over, and when."""

from __future__ import annotations

import pytest

from dechallenge import assess, read

LIVER = (
    "A 40-year-old woman took flutamide 250 mg three times daily for 10 weeks. She then developed jaundice; ALT was "
    "1200 U/L, alkaline phosphatase 150 U/L and bilirubin 8 mg/dL. "
)
RASH = "A 58-year-old man started allopurinol 300 mg daily. Three weeks later he developed a maculopapular rash. "
ABOUT, WITHIN = (14, 28), (0, 21)
FORMS = {
    "{drug} was stopped and {sign} resolved over 3 weeks.": ABOUT,
    "{drug} was stopped and {sign} resolved over a period of 3 weeks.": ABOUT,
    "{drug} was withdrawn with resolution of {sign} in 3 weeks.": ABOUT,
    "{drug} was withdrawn. Complete recovery took 3 weeks.": ABOUT,
    "{drug} was withdrawn. Full recovery occurred 3 weeks after withdrawal.": ABOUT,
    "{drug} was withdrawn. A full recovery was made over 3 weeks.": ABOUT,
    "{drug} was withdrawn. Three weeks after withdrawal {sign} had cleared.": ABOUT,
    "{drug} was withdrawn. It took 3 weeks for {sign} to resolve.": ABOUT,
    "{drug} was withdrawn, and {sign} took 3 weeks to clear.": ABOUT,
    "{drug} was withdrawn, but {sign} persisted for 3 weeks before resolving.": ABOUT,
    "{drug} was withdrawn, leading to complete resolution of {sign} after 3 weeks.": ABOUT,
    "{drug} was withdrawn. Resolution was complete at 3 weeks.": ABOUT,
    "{drug} was withdrawn and complete recovery ensued over the following 3 weeks.": ABOUT,
    "{drug} was withdrawn. Time to recovery was 21 days.": ABOUT,
    "{drug} was withdrawn. The patient was back to normal after 3 weeks.": ABOUT,
    "{drug} was withdrawn. The event resolved on day 21 after withdrawal.": ABOUT,
    "Withdrawal of {drug} was followed by complete recovery within 3 weeks.": WITHIN,
    "Following withdrawal of {drug}, {sign} subsided within 3 weeks.": WITHIN,
    "{drug} was withdrawn, with complete resolution within 3 weeks.": WITHIN,
    "{drug} was withdrawn. The reaction abated within 3 weeks.": WITHIN,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("story", "drug", "sign"), [(LIVER, "Flutamide", "the jaundice"), (RASH, "Allopurinol", "the rash")]
)
def test_the_moment_of_a_recovery(story: str, drug: str, sign: str, form: str) -> None:
    case = assess(story + form.format(drug=drug, sign=sign)).cases[0]
    points = case.suspects[0].key_points
    low, high = FORMS[form]
    assert case.events[0].outcome == "recovered"
    assert points.recovery_days is not None
    assert points.recovery_days[1] is not None
    assert low - 3 <= (points.recovery_days[0] or 0) <= points.recovery_days[1] <= high + 3
    assert points.dechallenge == "positive"


@pytest.mark.parametrize(
    "told",
    [
        "{drug} was withdrawn. At 3 weeks {sign} had not resolved.",
        "{drug} was withdrawn. At 3 weeks {sign} had cleared only partially.",
        "{drug} was withdrawn. It may take 3 weeks or more.",
        "{drug} was withdrawn. The fever settled within 3 weeks.",
        "{drug} was withdrawn. It is unknown whether {sign} resolved.",
    ],
)
@pytest.mark.parametrize(
    ("story", "drug", "sign"), [(LIVER, "Flutamide", "the jaundice"), (RASH, "Allopurinol", "the rash")]
)
def test_what_is_no_recovery(story: str, drug: str, sign: str, told: str) -> None:
    case = assess(story + told.format(drug=drug, sign=sign)).cases[0]
    assert case.events[0].outcome != "recovered"


def test_the_end_of_a_later_course_counts_from_its_own_stop() -> None:
    text = (
        "A 19-year-old man took isotretinoin 40 mg daily from 6 January 2020. On 30 March 2020 he developed acute "
        "pancreatitis. It was withdrawn. In July 2020 it was restarted and 12 days later pancreatitis recurred. "
        "It was stopped again, with resolution within one week."
    )
    assert assess(text).cases[0].suspects[0].key_points.recovery_days == (0.0, 7.0)


def test_a_taper_over_weeks_is_no_change_that_took_them() -> None:
    text = RASH + "Allopurinol was stopped. Prednisone was begun and tapered over 3 weeks."
    assert assess(text).cases[0].suspects[0].key_points.recovery_days is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("hepatitis", "jaundice with ALT 900 U/L"),
        ("cholestatic hepatitis", "jaundice with alkaline phosphatase 900 U/L"),
        ("agranulocytosis", "agranulocytosis"),
        ("thrombocytopenia", "thrombocytopenia (12 × 10⁹/L)"),
        ("renal failure", "acute renal failure with creatinine of 4.2 mg/dL"),
        ("myopathy", "myopathy with CK 4,000 U/L"),
        ("QT prolongation", "QT prolongation (QTc 560 ms)"),
        ("delirium", "delirium"),
    ],
)
@pytest.mark.parametrize(
    "told",
    [
        "Fluvoxamine was stopped, which led to complete resolution of the {} within two weeks.",
        "Fluvoxamine was stopped with resolution of {} after two weeks.",
        "The {} cleared two weeks after fluvoxamine had been stopped.",
    ],
)
def test_the_end_of_the_reaction_by_its_name(name: str, found: str, told: str) -> None:
    text = f"A 52-year-old woman was given fluvoxamine 100 mg daily. Three weeks later she developed {found}. "
    event = next(e for e in read(text + told.format(name)).cases[0].events if e.primary)
    assert event.outcome == "recovered"
    assert event.recovery_from_stop is not None
    assert event.recovery_from_stop.high in (14.0, 17.0)


@pytest.mark.parametrize(
    "told",
    [
        "Two weeks later the return of Still disease prompted immunoglobulin, which led to a remission in disease.",
        "Two weeks later her Still disease flared and intravenous immunoglobulin led to a remission.",
    ],
)
def test_a_remission_of_the_disease_treated_is_not_the_end_of_the_reaction(told: str) -> None:
    text = "A woman was given anakinra 100 mg daily for Still disease. Three weeks later ALT was 3346 U/L. "
    case = assess(text + "Anakinra was stopped. " + told).cases[0]
    assert case.events[0].outcome != "recovered"
