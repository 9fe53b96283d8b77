"""Single tests, the fall of the peak itself, the picture and the flow chart's facts: only what a case tells."""

from __future__ import annotations

import pytest

from dechallenge import instruments
from dechallenge.case import Time
from dechallenge.facts.make import make_facts
from dechallenge.logic import Facts
from dechallenge.logic.engine import score
from tests.unit.case_builder import Told, at, from_, hepatitis, liver, schnitzler, stopped

MARKERS = (
    "hbc_igm",
    "hbsag",
    "anti_hcv",
    "hcv_rna",
    "cmv_igm",
    "cmv_dna",
    "ebv_igm",
    "ebv_dna",
    "hsv_igm",
    "hsv_dna",
)
NEVER_GUESSED = (
    *MARKERS,
    "hcv_chronic",
    "hcv_exposure",
    "alt_fall_days",
    "alt_halved_on_drug",
    "stayed_high",
    "below_2uln_days",
    "liver_imaging",
    "autoimmune_tested",
    "ana_titre",
    "sma_titre",
    "aih_histology",
    "liver_biopsy",
    "ischaemia_before",
    "sepsis_present",
    "dili_jaundice_before",
    "same_reaction_before",
    "dress_or_sjs",
    "rechallenge_ast_during",
    "rechallenge_days",
    "eosinophils_pct",
    "rash_with_injury",
    "fever_with_injury",
    "arthralgia_with_injury",
    "cytopenia_with_injury",
    "years_marketed",
    "disease_could_explain",
    "dlst",
    "symptoms_worsened",
    "stop_not_possible",
    "lasting_disability",
)


def facts(b: Told, drug: str = "isoniazid") -> Facts:
    case = b.case()
    return make_facts(case, drug, case.events[0])


def recam(found: Facts, item: str, modified: bool = False) -> float | None:
    instrument = instruments.recam_2022_modified if modified else instruments.recam_2022
    return score(instrument, found, kind="liver injury").item(item).points


def test_what_is_not_told_is_unknown() -> None:
    found = facts(liver())
    for name in NEVER_GUESSED:
        assert name not in found, name


def test_what_is_known_without_being_told() -> None:
    found = facts(liver())
    assert found["aih_like_drug"].value is False
    assert found["reaction_suspected"].value is True
    assert found["livertox_category"].stated == "A"
    assert "isoniazid" in found["livertox_category"].because


# --- single tests ----------------------------------------------------------------------------------------------------


def test_hbsag_alone_leaves_anti_hbc_igm_missing() -> None:
    b = liver()
    b.test("HBsAg", "negative", "HBsAg negative")
    found = facts(b)
    assert found["hbsag"].possible == ("negative",)
    assert "hbc_igm" not in found
    assert recam(found, "4b") == -3


@pytest.mark.parametrize("test", ["anti-HBc IgM", "anti-HBc"])
def test_igm_or_all_anti_hbc_negative(test: str) -> None:
    b = liver()
    b.test(test, "negative", f"{test} negative")
    assert facts(b)["hbc_igm"].possible == ("negative",)
    assert recam(facts(b), "4b") == 0


def test_total_anti_hbc_positive_says_nothing_of_igm() -> None:
    b = liver()
    b.test("anti-HBc", "positive", "anti-HBc positive")
    assert "hbc_igm" not in facts(b)


def test_a_virus_negative_without_its_marker_leaves_the_marker_open() -> None:
    b = liver()
    b.test("HCV", "negative", "hepatitis C negative")
    found = facts(b)
    assert found["anti_hcv"].possible == ("negative", "not done")
    assert found["anti_hcv"].best == "negative"
    assert found["hcv_rna"].possible == ("negative", "not done")
    assert found["hcv_rna"].best is None
    assert (recam(found, "4c"), recam(found, "4c", modified=True)) == (-3, 0)


def test_hcv_rna_positive() -> None:
    """Peer trap: a positive RNA is never a point for the drug."""
    b = liver()
    b.test("anti-HCV", "negative", "anti-HCV negative")
    b.test("HCV RNA", "positive", "HCV RNA positive")
    assert recam(facts(b), "4c") == -1
    assert recam(facts(b), "4c", modified=True) == -1


def test_igm_and_pcr_apart() -> None:
    b = liver()
    b.test("CMV IgM", "positive", "CMV IgM positive")
    assert recam(facts(b), "5d") == -2
    b.test("CMV PCR", "positive", "CMV PCR positive")
    assert recam(facts(b), "5d") == -6


def test_a_marker_positive_and_negative_is_not_interpretable() -> None:
    b = liver()
    b.test("EBV IgM", "positive", "EBV IgM positive")
    b.test("EBV IgM", "negative", "EBV IgM later negative")
    assert facts(b)["ebv_igm"].empty


def test_autoantibodies_negative_as_a_whole() -> None:
    b = liver()
    b.test("autoantibodies", "negative", "autoantibodies negative")
    found = facts(b)
    assert found["autoimmune_tested"].value is True
    assert (found["ana_titre"].low, found["ana_titre"].high) == (0, 79.9)
    assert recam(found, "4g") == 0


def test_one_marker_is_enough_to_be_tested() -> None:
    b = liver()
    b.test("ANA", "negative", "ANA negative")
    assert facts(b)["autoimmune_tested"].value is True
    assert recam(facts(b), "4g") == 0
    assert recam(facts(liver()), "4g") == -3


def test_imaging() -> None:
    normal, blocked, spread, shown = liver(), liver(), liver(), liver()
    normal.test("ultrasound", "negative", "ultrasound normal")
    blocked.finding("biliary obstruction", "biliary obstruction")
    spread.finding("liver metastases", "liver metastases")
    shown.test("ultrasound", "positive", "ultrasound showed gallstones")
    assert recam(facts(normal), "4f") == 0
    assert recam(facts(blocked), "4f") == -6
    assert facts(spread)["liver_imaging"].possible == ("neither", "infiltration")
    assert recam(facts(spread), "4f") == -3  # how much of the liver is not told
    assert facts(shown)["liver_imaging"].best == "neither"


def test_ast_over_alt_in_their_own_unit() -> None:
    b = stopped(liver(alt=200))
    b.lab("AST", 450, "U/L", "AST 450 U/L", at(30))
    found = facts(b)
    assert found["ast_found_u_l"].point == 450
    assert found["ast_alt_ratio"].point == pytest.approx(2.25)
    assert recam(found, "4e") == -3


def test_eosinophils_printed_or_worked_out() -> None:
    printed, counted = liver(), liver()
    printed.lab("EOS_PCT", 12, "%", "eosinophils 12 %", at(30))
    counted.lab("EOS", 800, "/mm3", "eosinophils 800/mm3", at(30))
    counted.lab("WBC", 8000, "/mm3", "leukocytes 8000/mm3", at(30))
    assert facts(printed)["eosinophils_pct"].point == 12
    assert facts(counted)["eosinophils_pct"].point == pytest.approx(10)


# --- the fall of the peak itself -------------------------------------------------------------------------------------


def course(*values: tuple[float, float], alt: float = 800) -> Told:
    b = stopped(liver(alt))
    for day, value in values:
        b.lab("ALT", value, "U/L", f"ALT {value:g} U/L on day {day:g}", at(day))
    return b


def test_half_of_the_peak_and_not_of_the_distance_to_the_limit() -> None:
    """From 800 with a limit of 40, 419 is half of the distance and not half of the peak; 399 is."""
    short, reached = facts(course((50, 419))), facts(course((50, 399)))
    assert short["alt_half_days"].point is not None
    assert "alt_halved_on_drug" not in short
    assert short["alt_fall_days"].point is None
    assert reached["alt_fall_days"].point == 20
    assert reached["alt_halved_on_drug"].value is False
    assert recam(reached, "2") == 4


def test_exactly_half_is_not_below_half() -> None:
    found = facts(course((50, 400)))
    assert found["alt_fall_days"].point is None
    assert found["alt_fall_days"].low == 20


def test_the_days_lie_between_the_last_value_above_and_the_first_below() -> None:
    found = facts(course((50, 700), (70, 200)))
    fact = found["alt_fall_days"]
    assert (fact.low, fact.point, fact.high) == (20, 40, 40)
    assert recam(found, "2") == 3


def test_halved_while_the_drug_went_on() -> None:
    b = liver(alt=800)
    b.act("continued", "isoniazid", "isoniazid was continued")
    b.lab("ALT", 100, "U/L", "ALT 100 U/L on day 60", at(60))
    found = facts(b)
    assert found["alt_halved_on_drug"].value is True
    assert "alt_fall_days" not in found
    assert recam(found, "2") == -6
    assert score(instruments.recam_2022, found, kind="liver injury").score == -6


def test_still_high_after_182_days() -> None:
    high, low = facts(course((240, 790))), facts(course((240, 700)))
    assert high["stayed_high"].value is True
    assert low["stayed_high"].value is False
    assert recam(high, "2") == -6


def test_below_twice_the_limit() -> None:
    found = facts(course((50, 300), (70, 79)))
    fact = found["below_2uln_days"]
    assert fact.high is not None and fact.low is not None
    assert 0 < fact.low < fact.high
    assert facts(course((50, 80)))["below_2uln_days"].high is None  # exactly 2×ULN is not below


# --- the picture -----------------------------------------------------------------------------------------------------


def test_signs_with_the_injury() -> None:
    b = liver()
    b.finding("rash", "a rash", time=at(30))
    b.finding("fever", "no fever", "absent")
    found = facts(b)
    assert found["rash_with_injury"].value is True
    assert found["fever_with_injury"].value is False


def test_a_sign_that_was_there_before_says_nothing() -> None:
    b = liver()
    b.finding("arthralgia", "arthralgia for years", history=True)
    b.finding("fever", "fever before treatment", time=Time(low=-20.0, high=-10.0))
    b.finding("fever", "fever again", time=at(30))
    found = facts(b)
    assert "arthralgia_with_injury" not in found
    assert "fever_with_injury" not in found


def test_ischaemia_counts_in_the_week_before_onset_only() -> None:
    inside, before, denied = liver(), liver(), liver()
    inside.finding("shock", "shock", time=at(28))
    before.finding("shock", "shock", time=at(20))
    denied.finding("hypotension", "no hypotension", "absent")
    assert facts(inside)["ischaemia_before"].value is True
    assert "ischaemia_before" not in facts(before)
    assert facts(denied)["ischaemia_before"].value is False


def test_sepsis_and_severe_skin_reactions() -> None:
    b, clean = liver(), liver()
    b.finding("sepsis", "sepsis", time=at(29))
    b.finding("DRESS", "DRESS")
    clean.test("blood cultures", "negative", "blood cultures negative")
    assert facts(b)["sepsis_present"].value is True
    assert facts(b)["dress_or_sjs"].value is True
    assert facts(clean)["sepsis_present"].value is False


def test_a_disease_that_could_explain_it() -> None:
    sick, cause = liver(), liver()
    sick.finding("autoimmune hepatitis", "autoimmune hepatitis")
    cause.test("HAV IgM", "positive", "HAV IgM positive")
    assert facts(sick)["disease_could_explain"].value is True
    assert facts(cause)["disease_could_explain"].value is True


def test_minocycline_is_like_autoimmune_hepatitis() -> None:
    b = liver()
    b.suspect("minocycline", "minocycline 100 mg")
    assert facts(b, "minocycline")["aih_like_drug"].value is True


def test_a_lymphocyte_stimulation_test_is_told_by_its_name() -> None:
    named, other = liver(), liver()
    named.test("drug-dependent antibodies", "positive", "DLST positive")
    other.test("drug-dependent antibodies", "positive", "drug-dependent antibodies positive")
    assert facts(named)["dlst"].stated == "positive"
    assert "dlst" not in facts(other)


@pytest.mark.parametrize(
    ("outcome", "wanted"), [("recovered with sequelae", True), ("recovered", False), ("recovering", None)]
)
def test_lasting_harm(outcome: str, wanted: bool | None) -> None:
    found = facts(liver(outcome=outcome, outcome_quote="recovered"))
    assert (found["lasting_disability"].value if "lasting_disability" in found else None) is wanted


# --- whole cases -----------------------------------------------------------------------------------------------------


def test_every_fact_has_its_reason() -> None:
    case = hepatitis()
    found = make_facts(case, "anakinra", case.events[0])
    for name in ("hbc_igm", "liver_imaging", "ast_alt_ratio", "autoimmune_tested", "livertox_category"):
        assert found[name].because and found[name].evidence, name


def test_liverpool_is_for_every_kind_of_reaction() -> None:
    case = schnitzler()
    found = make_facts(case, "anakinra", case.events[0])
    result = score(instruments.liverpool_2011, found, kind="neutropenia")
    assert result.applicable
    assert result.item("1").code == "yes"
    assert result.item("8").code == "yes"
    assert not score(instruments.recam_2022, found, kind="neutropenia").applicable


def test_a_later_stop_is_no_fall_on_the_drug() -> None:
    b = course((45, 350))
    b.act("stopped", "isoniazid", "isoniazid was stopped again", from_(60))
    assert facts(b)["alt_halved_on_drug"].value is False
