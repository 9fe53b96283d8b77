"""The liver: first qualifying values, below the case definition, severity, and the course after the stop."""

from __future__ import annotations

import pytest

from dechallenge import instruments
from dechallenge.case import Time
from dechallenge.facts.liver import Found
from dechallenge.facts.make import make, make_facts
from dechallenge.facts.pair import CaseView
from dechallenge.logic import Facts
from dechallenge.logic.engine import score
from tests.unit.case_builder import BEFORE, Told, at, from_, liver, made_up, stopped


def facts(b: Told, drug: str = "isoniazid") -> Facts:
    case = b.case()
    return make_facts(case, drug, case.events[0])


def found(b: Told) -> Found | None:
    case = b.case()
    return make(CaseView(case), "isoniazid", case.events[0]).found


def labs(b: Told, day: float, alt: float, alp: float, bili: float | None = None) -> None:
    b.lab("ALT", alt, "U/L", f"ALT {alt} on day {day}", at(day), limit=40)
    b.lab("ALP", alp, "U/L", f"phosphatase {alp} on day {day}", at(day), limit=115)
    if bili is not None:
        b.lab("BILI_TOT", bili, "mg/dL", f"bilirubin {bili} on day {day}", at(day), limit=1.2)


@pytest.mark.parametrize(
    ("alt", "alp", "bili", "qualifies"),
    [
        (200, 115, None, True),  # ALT exactly 5 × ULN
        (199, 115, None, False),
        (40, 230, None, True),  # ALP exactly 2 × ULN
        (40, 229, None, False),
        (120, 115, 2.5, True),  # ALT 3 × ULN with bilirubin above 2 × ULN
        (120, 115, 2.4, False),
        (119, 115, 9.0, False),
    ],
)
def test_the_case_definition(alt: float, alp: float, bili: float | None, qualifies: bool) -> None:
    b = made_up()
    labs(b, 30, alt, alp, bili)
    case = b.case()
    one = found(b)
    assert one is not None
    assert one.qualifies is qualifies
    rule = score(instruments.aithal_2011, make_facts(case, "isoniazid", case.events[0]), kind="liver injury")
    assert (rule.category == "met") is qualifies  # the figures stand once here and once in the instrument


def test_r_comes_from_the_first_qualifying_test_and_not_from_the_peak() -> None:
    """One paper, three patterns: 414/253 gives 4.4, later 10.9 and 6.5 (limits 48 and 129)."""
    b = made_up()
    for day, alt, alp in ((30, 414, 253), (40, 805, 198), (45, 960, 398)):
        b.lab("ALT", alt, "U/L", f"ALT {alt}", at(day), limit=48)
        b.lab("ALP", alp, "U/L", f"phosphatase {alp}", at(day), limit=129)
    made = facts(b)
    assert made["alt_xuln"].point == pytest.approx(414 / 48)
    assert score(instruments.r_value, made, kind="liver injury").score == pytest.approx(4.398, abs=0.001)


def test_values_before_the_first_dose_do_not_count() -> None:
    b = made_up()
    b.lab("ALT", 900, "U/L", "ALT 900 before", BEFORE, limit=40)
    labs(b, 30, 300, 115)
    made = facts(b)
    assert made["alt_xuln"].point == 7.5
    assert made["alt_baseline_xuln"].point == 22.5


def test_a_missing_partner_is_taken_from_the_closest_day_and_named() -> None:
    b = made_up()
    b.lab("ALT", 800, "U/L", "ALT 800", at(30), limit=40)
    b.lab("ALP", 460, "U/L", "phosphatase 460", at(50), limit=115)
    b.lab("ALP", 230, "U/L", "phosphatase 230", at(33), limit=115)
    made = facts(b)
    assert made["alp_xuln"].point == 2
    assert "day 33" in made["alp_xuln"].because


def test_an_implausible_value_is_passed_over_while_there_is_another() -> None:
    b = made_up()
    b.lab("ALT", 80000, "U/L", "ALT 80000", at(30), limit=40, repair=(800, "U/L"))
    b.lab("ALT", 400, "U/L", "ALT 400", at(31), limit=40)
    b.lab("ALP", 115, "U/L", "phosphatase 115", at(31), limit=115)
    assert facts(b)["alt_xuln"].point == 10


def test_enzymes_in_range_are_known_to_be_below() -> None:
    b = made_up()
    labs(b, 30, 50, 161)
    b.lab("BILI_TOT", "normal", "", "bilirubin normal", at(30))
    one = found(b)
    assert one is not None and one.below is True


def test_below_is_open_while_one_enzyme_is_missing() -> None:
    b = made_up()
    b.lab("ALT", 50, "U/L", "ALT 50", at(30), limit=40)
    one = found(b)
    assert one is not None and one.below is None


def test_normal_again_does_not_mean_that_it_was_never_raised() -> None:
    b = stopped(made_up(outcome="recovered", outcome_quote="recovered"))
    b.lab("G_LIVER_TESTS", "normalised", "", "liver tests normal again", at(90))
    assert found(b) is None
    assert "alt_xuln" not in facts(b)


def test_alkaline_phosphatase_of_a_child_does_not_qualify_by_the_adult_default() -> None:
    b = made_up()
    b.who(5, "male", "a boy of 5")
    b.lab("ALT", 60, "U/L", "ALT 60", at(30), limit=40)
    b.lab("ALP", 300, "U/L", "phosphatase 300", at(30))
    one = found(b)
    assert one is not None and one.qualifies is False


# --- severity -------------------------------------------------------------------------------------------------------


def test_jaundice_without_a_figure_bounds_bilirubin_from_below() -> None:
    b = liver()
    b.finding("jaundice", "jaundiced")
    made = facts(b)
    assert (made["bili_peak_mg_dl"].low, made["bili_peak_mg_dl"].high) == (2.5, None)


def test_no_jaundice_bounds_bilirubin_from_above() -> None:
    b = liver()
    b.finding("jaundice", "not jaundiced", "absent")
    made = facts(b)
    assert made["bili_peak_mg_dl"].high is not None and made["bili_peak_mg_dl"].high < 2.5


def test_a_figure_goes_before_the_word_jaundice() -> None:
    b = liver()
    b.finding("jaundice", "jaundiced")
    b.lab("BILI_TOT", 6.8, "mg/dL", "bilirubin 6.8", at(30))
    assert facts(b)["bili_peak_mg_dl"].point == 6.8


def test_what_is_not_stated_is_unknown() -> None:
    b = liver()
    b.finding("jaundice", "jaundiced")
    b.finding("acute hepatitis", "biopsy showed acute hepatitis", kind="histology")
    made = facts(b)
    for name in ("hospitalised", "inr_peak", "ascites", "encephalopathy", "other_organ_failure", "death_or_transplant"):
        assert name not in made, name


LASTING = "jaundice_beyond_3_months"


def bilirubins(b: Told, *values: tuple[float, float]) -> Facts:
    for day, value in values:
        b.lab("BILI_TOT", value, "mg/dL", f"bilirubin {value} on day {day}", at(day), limit=1.2)
    return facts(b)


@pytest.mark.parametrize(
    ("values", "lasted"),
    [
        (((30, 9.0), (121, 2.5)), True),  # 91 days after onset
        (((30, 9.0), (120, 2.5)), None),  # 90 days are not beyond
        (((30, 9.0), (121, 2.4)), None),  # it may have gone on until the day before
        (((30, 9.0), (120, 2.4)), False),
        (((30, 9.0), (60, 1.0), (150, 8.0)), False),  # the second rise is another episode
        (((30, 9.0),), None),
    ],
)
def test_jaundice_lasts_beyond_three_months(values: tuple[tuple[float, float], ...], lasted: bool | None) -> None:
    made = bilirubins(stopped(liver()), *values)
    assert (made[LASTING].value if LASTING in made else None) is lasted


def test_jaundice_that_is_told_late_lasts_and_a_re_exposure_ends_the_count() -> None:
    b = stopped(liver())
    b.finding("jaundice", "jaundice at first", time=at(30))
    b.finding("jaundice", "still jaundiced", time=at(200))
    assert facts(b)[LASTING].value is True
    b.act("restarted", "isoniazid", "isoniazid was given again", at(190))
    assert LASTING not in facts(b)


def test_lasting_jaundice_is_grade_4_for_livertox_only() -> None:
    made = bilirubins(stopped(liver(outcome="recovered", outcome_quote="recovered")), (30, 9.0), (150, 6.0))
    grades = [score(i, made, kind="liver injury") for i in (instruments.livertox_severity, instruments.dilin_severity)]
    assert [grade.score for grade in grades] == [4, 2]
    assert [grade.unverified for grade in grades] == [True, False]


def test_an_admission_and_its_denial() -> None:
    admitted, home = liver(seriousness=("hospitalisation",)), liver()
    home.finding("hospitalization", "was not admitted", "absent")
    assert facts(admitted)["hospitalised"].value is True
    assert facts(home)["hospitalised"].value is False


def test_an_inr_under_warfarin_says_nothing() -> None:
    b = liver()
    b.drug("warfarin", "warfarin", ongoing=True)
    b.lab("INR", 2.6, "", "INR 2.6", at(30))
    assert facts(b)["inr_peak"].empty


def test_a_transplant_and_a_survival() -> None:
    grafted = liver()
    grafted.finding("liver transplantation", "liver transplantation")
    assert facts(grafted)["death_or_transplant"].value is True
    assert facts(liver(outcome="recovered", outcome_quote="recovered"))["death_or_transplant"].value is False


# --- course after the stop ------------------------------------------------------------------------------------------


def course(*values: tuple[float, float], alt: float = 800) -> Facts:
    """ALT on day 30 (the stop), then the given (day, ALT)."""
    b = stopped(liver(alt))
    for day, value in values:
        b.lab("ALT", value, "U/L", f"ALT {value} on day {day}", at(day), limit=40)
    return facts(b)


@pytest.mark.parametrize(("day", "points"), [(6, 3), (8, 3), (9, 2), (30, 2), (31, 0)])
def test_half_of_the_distance_to_the_limit(day: float, points: int) -> None:
    """Peak 400, limit 40: at 220 the fall is 50 %."""
    made = course((30 + day, 220), alt=400)
    assert made["alt_half_days"].point == day
    result = score(instruments.rucam_2016, made, kind="liver injury")
    assert result.item("2").points == points


def test_just_short_of_half() -> None:
    made = course((36, 221), alt=400)
    assert made["alt_half_days"].point is None
    assert made["alt_half_days"].low == 6


def test_the_half_lies_between_the_last_test_before_it_and_the_first_that_shows_it() -> None:
    made = course((35, 700), (44, 100))
    assert (made["alt_half_days"].low, made["alt_half_days"].high, made["alt_half_days"].point) == (5, 14, 14)


def test_no_half_after_more_than_thirty_days() -> None:
    made = course((70, 700))
    assert made["alt_not_halved"].value is True
    assert score(instruments.rucam_2016, made, kind="liver injury").item("2").points == -2


def test_a_doubling_after_the_stop_is_no_halving() -> None:
    made = course((45, 1600))
    assert made["alt_rose_again"].value is True
    assert score(instruments.rucam_2016, made, kind="liver injury").item("2").points == -2


def test_an_early_further_peak_that_then_falls_quickly_is_not_a_recurrence() -> None:
    made = course((32, 1300), (36, 300))
    assert made["alt_rose_again"].value is False
    assert made["alt_half_days"].point == 6


def test_a_renewed_rise_after_a_fall() -> None:
    made = course((38, 200), (60, 500))
    assert made["alt_rose_again"].value is True


def test_the_age_point_and_the_halving_add_up() -> None:
    """Peer trap: ALT halves in 6 days, patient of 60 years: course +3, age +1."""
    b = stopped(liver(400))
    b.who(60, "female", "a woman of 60")
    b.lab("ALT", 210, "U/L", "ALT 210", at(36), limit=40)
    result = score(instruments.rucam_2016, facts(b), kind="liver injury")
    assert (result.item("2").points, result.item("3").points) == (3, 1)


def test_without_values_after_the_stop_nothing_is_known_of_the_course() -> None:
    made = facts(stopped(liver()))
    for name in ("alt_half_days", "alt_not_halved", "alt_rose_again", "alp_fell_short"):
        assert name not in made, name


def test_a_recovery_told_bounds_the_half_without_a_point() -> None:
    b = stopped(
        liver(outcome="recovered", outcome_quote="recovered in 4 weeks", recovery_from_stop=Time(low=25, high=31))
    )
    made = facts(b)
    assert (made["alt_half_days"].low, made["alt_half_days"].high, made["alt_half_days"].point) == (0, 31, None)


def test_cholestatic_falls_short() -> None:
    b = stopped(liver(80, 460))
    b.lab("ALP", 400, "U/L", "phosphatase 400", at(120), limit=115)
    assert facts(b)["alp_fell_short"].value is True


def test_while_the_drug_goes_on_there_is_no_course_after_the_stop() -> None:
    b = liver()
    b.act("continued", "isoniazid", "isoniazid went on")
    b.lab("ALT", 100, "U/L", "ALT 100", at(60), limit=40)
    assert "alt_half_days" not in facts(b)


def test_figures_that_contradict_each_other_never_stop_the_work() -> None:
    b = liver(onset=Time(low=36, high=36, point=30))
    b.act("stopped", "isoniazid", "isoniazid was stopped", Time(low=40, high=44, point=44))
    b.lab("ALT", 200, "U/L", "ALT 200", Time(low=41, high=42, point=90), limit=40)
    b.lab("ALT", 50, "U/L", "ALT 50", from_(41), limit=40)
    assert facts(b)


@pytest.mark.parametrize(("word", "known"), [("normal", True), ("normalised", False)])
def test_a_value_that_became_normal_says_nothing_of_its_peak(word: str, known: bool) -> None:
    b = liver()
    b.lab("PT_SEC", word, "", f"prothrombin time {word}", at(60))
    b.lab("BILI_TOT", word, "", f"bilirubin {word}", at(60))
    found = facts(b)
    assert ("inr_peak" in found) is known
    assert ("bili_peak_mg_dl" in found) is known
