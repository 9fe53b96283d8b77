"""What a report tells of the underlying rheumatic disease: signs from before the drug, tests, and what is left open."""

from __future__ import annotations

import pytest

from dechallenge.case.model import Patient, Statement, Time
from dechallenge.facts.make import event_facts
from dechallenge.facts.pair import CaseView, Pair
from dechallenge.facts.rheumatology import facts
from dechallenge.logic import Facts
from tests.unit import case_builder
from tests.unit.case_builder import BEFORE, START, Builder, at, from_

TEXT = (
    "A 30-year-old woman with adult-onset Still disease had fever up to 39.4 C, arthralgia, a salmon-colored rash, "
    "sore throat, generalized lymphadenopathy and no splenomegaly. Leukocytes were 18,000/mm3 with 85% neutrophils. "
    "Rheumatoid factor 14 U/mL, later 42 U/mL and 43 U/mL; ANA negative. CRP 12 mg/dL. There was no infection and no "
    "cancer. ALT, AST and LDH were normal. Anakinra was started. On day 20 her neutrophils fell to 500/mm3. She then "
    "had urticaria and hepatomegaly, and a monoclonal IgM gammopathy was found. Schnitzler syndrome. sJIA. Psoriasis. "
    "ACR70-90%. Tocilizumab had been given before."
)


def still(kind: str = "neutropenia", disease: str = "adult-onset Still disease") -> Builder:
    """A case with a named disease, anakinra from day 0 and a reaction on day 20."""
    b = Builder(TEXT)
    b.who(30, "female", "30-year-old woman")
    b.event(kind, "neutrophils fell", at(20, text="On day 20"))
    b.suspect("anakinra", "Anakinra was started", start=START)
    if disease:
        b.finding(disease, "adult-onset Still disease", history=True)
    return b


def made(b: Builder) -> Facts:
    case = b.case()
    return Facts(facts(Pair(CaseView(case), case.events[0], "anakinra")))


def test_a_report_without_such_a_disease_has_none_of_these_facts() -> None:
    b = still(disease="")
    b.finding("arthralgia", "arthralgia", time=BEFORE)
    b.finding("lymphadenopathy", "generalized lymphadenopathy", time=BEFORE)
    assert not made(b)


@pytest.mark.parametrize(
    ("disease", "name"),
    [
        ("adult-onset Still disease", "still_disease"),
        ("systemic juvenile idiopathic arthritis", "juvenile_arthritis"),
        ("juvenile idiopathic arthritis", "juvenile_arthritis"),
        ("Schnitzler syndrome", "schnitzler_syndrome"),
        ("rheumatoid arthritis", "rheumatoid_arthritis"),
    ],
)
def test_the_disease_opens_its_criteria_only(disease: str, name: str) -> None:
    found = made(still(disease=disease))
    every = {"still_disease", "juvenile_arthritis", "schnitzler_syndrome", "rheumatoid_arthritis"}
    assert {one for one in every if one in found} == {name}
    assert found[name].value is True and found[name].evidence


def test_a_suspected_disease_counts_and_one_ruled_out_does_not() -> None:
    b = still(disease="")
    b.finding("adult-onset Still disease", "adult-onset Still disease", "uncertain")
    assert made(b)["still_disease"].value is True
    b = still(disease="")
    b.finding("adult-onset Still disease", "adult-onset Still disease", "absent")
    assert not made(b)


@pytest.mark.parametrize(
    ("time", "history", "counts"),
    [
        (BEFORE, False, True),
        (START, False, True),
        (None, True, True),
        (None, False, True),  # undated, told before the reaction
        (at(1), False, False),
        (at(20), False, False),
        (from_(0), False, False),
    ],
)
def test_only_signs_from_before_the_drug_are_of_the_disease(time: Time | None, history: bool, counts: bool) -> None:
    b = still()
    b.finding("sore throat", "sore throat", time=time, history=history)
    assert ("disease_sore_throat" in made(b)) is counts


def test_an_undated_sign_told_after_the_reaction_is_left_out() -> None:
    b = still()
    b.finding("urticaria", "urticaria")
    b.finding("hepatomegaly", "hepatomegaly")
    found = made(b)
    assert "chronic_urticaria" not in found and "disease_hepatomegaly" not in found


def test_signs_and_their_absence() -> None:
    b = still()
    b.finding("arthralgia", "arthralgia", time=BEFORE)
    b.finding("rash", "salmon-colored rash", time=BEFORE)
    b.finding("lymphadenopathy", "generalized lymphadenopathy", time=BEFORE)
    b.finding("splenomegaly", "no splenomegaly", "absent", time=BEFORE)
    found = made(b)
    assert found["arthralgia"].value is True
    assert "disease_arthritis" not in found  # joint pain is not arthritis, and its absence is not told
    assert found["typical_rash"].value is True
    assert "evanescent_rash" not in found  # the colour alone does not say that it came and went
    assert found["disease_lymphadenopathy"].value is True
    assert found["generalised_lymphadenopathy"].value is True
    assert found["disease_splenomegaly"].value is False
    assert "disease_hepatomegaly" not in found
    assert all(fact.evidence for fact in found.values())


def test_a_rash_without_a_description_is_of_no_known_sort() -> None:
    b = still()
    b.finding("rash", "rash", time=BEFORE)
    found = made(b)
    assert "typical_rash" not in found and "evanescent_rash" not in found and "maculopapular_rash" not in found


def test_no_rash_is_no_typical_rash() -> None:
    b = still()
    b.finding("rash", "rash", "absent", time=BEFORE)
    assert made(b)["typical_rash"].value is False


def test_values_of_the_disease() -> None:
    b = still()
    b.lab("BODY_TEMP", (38.5, 39.4), "Cel", "39.4 C", BEFORE)
    b.lab("WBC", 18000, "/mm3", "18,000/mm3", BEFORE)
    b.lab("NEUT_PCT", 85, "%", "85% neutrophils", BEFORE)
    b.lab("CRP", 12, "mg/dL", "12 mg/dL", BEFORE)
    b.lab("NEUT", 500, "/mm3", "500/mm3", at(20))
    found = made(b)
    assert (found["disease_temperature_c"].low, found["disease_temperature_c"].high) == (38.5, 39.4)
    assert found["disease_leukocytes"].point == pytest.approx(18)
    assert found["granulocyte_percent"].point == 85
    assert found["disease_neutrophils"].point == pytest.approx(15.3)
    assert found["disease_crp_mg_l"].point == pytest.approx(120)


def test_the_share_of_neutrophils_is_worked_out_from_two_counts() -> None:
    b = still()
    b.lab("WBC", 8660, "/mm3", "18,000/mm3", BEFORE)
    b.lab("NEUT", 6190, "/mm3", "85% neutrophils", BEFORE)
    assert made(b)["granulocyte_percent"].point == pytest.approx(100 * 6190 / 8660)


def test_an_implausible_value_and_one_of_the_reaction_are_left_out() -> None:
    b = still()
    b.lab("CRP", 120, "g/L", "12 mg/dL", BEFORE, repair=(120, "mg/L"))
    b.lab("WBC", 30000, "/mm3", "18,000/mm3", at(20))
    found = made(b)
    assert "disease_crp_mg_l" not in found and "disease_leukocytes" not in found


def test_crp_after_another_blocker_stays_open_and_says_why() -> None:
    b = still()
    b.lab("CRP", 12, "mg/dL", "12 mg/dL", BEFORE)
    b.drug("tocilizumab", "Tocilizumab had been given before", "previous")
    fact = made(b)["disease_crp_mg_l"]
    assert fact.empty and "tocilizumab" in fact.because


def normal_tests(b: Builder) -> Builder:
    for analyte in ("ALT", "AST", "LDH"):
        b.lab(analyte, "normal", "", "ALT, AST and LDH were normal", BEFORE)
    return b


def test_liver_tests_stay_open_in_a_liver_injury() -> None:
    """Yamaguchi, minor 3: tests that a drug may have raised are not counted for the disease."""
    fact = made(normal_tests(still("liver injury")))["liver_tests_of_disease"]
    assert fact.value is None and "liver injury is under assessment" in fact.because


def test_normal_liver_tests_are_known_otherwise() -> None:
    assert made(normal_tests(still()))["liver_tests_of_disease"].value is False
    b = still()
    b.lab("ALT", "normal", "", "ALT, AST", BEFORE)
    assert "liver_tests_of_disease" not in made(b)
    b = normal_tests(still())
    b.lab("ALT", 90, "U/L", "ALT, AST", BEFORE, limit=40)
    assert "liver_tests_of_disease" not in made(b)


@pytest.mark.parametrize(
    ("titre", "limit", "level"),
    [
        (14, 14, "negative"),
        (14.1, 14, "low positive"),
        (42, 14, "low positive"),
        (43, 14, "high positive"),
    ],
)
def test_rheumatoid_factor_by_its_titre(titre: float, limit: float, level: str) -> None:
    b = still()
    b.lab("RF", titre, "[IU]/mL", "14 U/mL", BEFORE, limit=limit)
    assert made(b)["rheumatoid_factor"].possible == (level,)


@pytest.mark.parametrize("state", ["positive", "negative", "not done"])
def test_antibodies_by_the_word(state: str) -> None:
    b = still()
    b.test("rheumatoid factor", state, "Rheumatoid factor")
    b.test("anti-CCP", state, "Rheumatoid factor")
    found = made(b)
    assert found["rheumatoid_factor"].possible == found["acpa"].possible == (state,)


def test_tests_that_disagree_leave_it_open() -> None:
    b = still()
    for test in ("ANA", "rheumatoid factor"):
        b.test(test, "positive", "ANA")
        b.test(test, "negative", "ANA")
    found = made(b)
    assert "ana_positive" not in found and "rheumatoid_factor" not in found


@pytest.mark.parametrize(("state", "answer"), [("positive", True), ("negative", False)])
def test_antinuclear_antibodies(state: str, answer: bool) -> None:
    b = still()
    b.test("ANA", state, "ANA")
    assert made(b)["ana_positive"].value is answer


def test_other_explanations_are_out_only_when_denied() -> None:
    b = still()
    b.finding("infection", "no infection", "absent")
    b.finding("malignancy", "no cancer", "absent")
    found = made(b)
    assert found["infection_explains"].value is False and found["malignancy_explains"].value is False
    assert "other_rheumatic_explains" not in found
    b.finding("infection", "no infection")
    assert "infection_explains" not in made(b)


# --- Schnitzler syndrome --------------------------------------------------------------------------------------------


def schnitzler() -> Builder:
    return still(disease="Schnitzler syndrome")


def test_fever_of_schnitzler_syndrome() -> None:
    b = schnitzler()
    assert "unexplained_fever" not in made(b)
    b.finding("fever", "fever", time=BEFORE)
    assert made(b)["unexplained_fever"].value is True
    b.finding("infection", "no infection", time=BEFORE)
    assert made(b)["unexplained_fever"].value is None


@pytest.mark.parametrize(("temperature", "answer"), [(38.0, False), (38.1, True)])
def test_fever_by_the_thermometer(temperature: float, answer: bool) -> None:
    b = schnitzler()
    b.lab("BODY_TEMP", temperature, "Cel", "39.4 C", BEFORE)
    assert made(b)["unexplained_fever"].value is answer


@pytest.mark.parametrize(
    ("quote", "state", "possible"),
    [
        ("monoclonal IgM gammopathy", "present", ("IgM",)),
        ("gammopathy", "present", ("IgM", "IgG", "other")),
        ("gammopathy", "absent", ("none",)),
    ],
)
def test_monoclonal_protein_by_its_class(quote: str, state: str, possible: tuple[str, ...]) -> None:
    b = schnitzler()
    b.finding("monoclonal gammopathy", quote, state)
    assert made(b)["monoclonal_protein"].possible == possible


def test_no_monoclonal_protein_told_is_unknown() -> None:
    assert "monoclonal_protein" not in made(schnitzler())


def test_the_published_case_of_schnitzler_syndrome() -> None:
    """Perrin 2014, case 1, as built: neutrophils 6.19 before the drug; nothing of the reaction gets in."""
    b_case = case_builder.schnitzler()
    case = b_case.model_copy(
        update={"findings": (*b_case.findings, b_case.findings[0].model_copy(update={"term": "Schnitzler syndrome"}))}
    )
    found = event_facts(case, case.events[0])
    assert found["disease_neutrophils"].point == pytest.approx(6.19)
    assert found["granulocyte_percent"].point == pytest.approx(71.5, abs=0.05)
    assert found["unexplained_fever"].value is True
    assert "monoclonal_protein" not in found


# --- juvenile arthritis -----------------------------------------------------------------------------------------------


def juvenile() -> Builder:
    return still("MAS", "systemic juvenile idiopathic arthritis")


def test_the_disease_began_at_most_at_the_age_of_the_reaction() -> None:
    fact = made(juvenile())["disease_onset_age"]
    assert (fact.point, fact.low, fact.high) == (None, 0, 30)
    b = juvenile()
    b.patient = Patient()
    assert "disease_onset_age" not in made(b)
    assert "disease_onset_age" not in made(still())


@pytest.mark.parametrize(
    ("kind", "method", "result", "possible"),
    [
        ("response", "ACR", "ACR70-90%", ("70", "90")),
        ("response", "ACR", "ACR Pedi 50", ("50",)),
        ("response", "ACR", "ACR30-90", ("30", "50", "70", "90")),
        ("response", "ACR", "ACR 20", None),
        ("response", "ACR", "ACR", None),
        ("response", "EULAR", "good 30", None),
        ("score", "ACR", "ACR70", None),
    ],
)
def test_a_stated_response_is_kept_as_stated(
    kind: str, method: str, result: str, possible: tuple[str, ...] | None
) -> None:
    b = juvenile()
    b.parts["statements"].append(Statement(kind=kind, method=method, result=result, evidence=b.words("ACR70-90%")))
    found = made(b)
    if possible is None:
        assert "acr_pedi_reported" not in found
    else:
        assert found["acr_pedi_reported"].possible == possible
        assert found["acr_pedi_reported"].evidence


def test_a_stated_response_of_an_adult_is_not_the_paediatric_measure() -> None:
    b = still(disease="rheumatoid arthritis")
    evidence = b.words("ACR70-90%")
    b.parts["statements"].append(Statement(kind="response", method="ACR", result="ACR70", evidence=evidence))
    assert "acr_pedi_reported" not in made(b)


@pytest.mark.parametrize(("subject", "word"), [("patient", "patient"), ("family", "family")])
def test_psoriasis_of_patient_or_family(subject: str, word: str) -> None:
    b = juvenile()
    b.finding("psoriasis", "Psoriasis", subject=subject)
    assert word in made(b)["psoriasis_in_family"].because


def test_one_negative_factor_is_not_positive_twice() -> None:
    b = juvenile()
    b.test("rheumatoid factor", "negative", "Rheumatoid factor")
    assert made(b)["rf_positive_twice"].value is False
    b = juvenile()
    b.test("rheumatoid factor", "positive", "Rheumatoid factor")
    assert "rf_positive_twice" not in made(b)
