"""The findings lexicon, and the reading of findings: kinds, states, extents, specimens, abbreviations."""

from __future__ import annotations

import pytest

from dechallenge.errors import FactError
from dechallenge.evidence import Document
from dechallenge.lexicon.findings import KINDS, load_findings, spellings
from dechallenge.reading.findings.workup import FindingMention, read_findings
from dechallenge.reading.texts.abbreviations import local_abbreviations
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean


def read(text: str) -> list[FindingMention]:
    prepared = clean(Document.from_text(text))
    return read_findings(prepared, sentences(prepared.text))[0]


def states(text: str) -> dict[str, str]:
    return {m.term: m.state for m in read(text)}


def only(text: str, term: str) -> FindingMention:
    (mention,) = [m for m in read(text) if m.term == term]
    return mention


def test_lexicon_is_broad_and_every_kind_occurs() -> None:
    lexicon = load_findings()
    assert len(lexicon.terms) >= 600
    assert {t.kind for t in lexicon.terms.values()} == set(KINDS)


def test_every_attribute_names_its_source() -> None:
    for term in load_findings().terms.values():
        if term.competing_for or term.points_to:
            assert term.source, term.term


def test_every_form_belongs_to_one_term() -> None:
    lexicon = load_findings()
    written = [form.written for form in lexicon.forms]
    assert len(written) == len(set(written))
    assert all(form.term in lexicon.terms for form in lexicon.forms)


@pytest.mark.parametrize(
    ("term", "kind"),
    [("hepatitis", "liver injury"), ("agranulocytosis", "neutropenia"), ("macrophage activation syndrome", "MAS")],
)
def test_terms_that_name_a_reaction(term: str, kind: str) -> None:
    assert load_findings()[term].event_kind == kind


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("adult-onset Still disease", "liver injury"),
        ("gallstones", "liver injury"),
        ("heart failure", "liver injury"),
        ("Felty syndrome", "neutropenia"),
        ("macrophage activation syndrome", "neutropenia"),
        ("leishmaniasis", "MAS"),
    ],
)
def test_competing_causes(term: str, kind: str) -> None:
    assert term in {t.term for t in load_findings().competing(kind)}


@pytest.mark.parametrize(
    ("term", "analyte", "direction"),
    [
        ("anemia", "HB", "decreased"),
        ("thrombocytopenia", "PLT", "decreased"),
        ("neutropenia", "NEUT", "decreased"),
        ("leukocytosis", "WBC", "elevated"),
        ("hyperbilirubinemia", "BILI_TOT", "elevated"),
    ],
)
def test_implied_laboratory_values(term: str, analyte: str, direction: str) -> None:
    entry = load_findings()[term]
    assert (entry.analyte, entry.direction) == (analyte, direction)


def test_histology_says_what_it_points_to() -> None:
    lexicon = load_findings()
    assert "not specific" in lexicon["focal necrosis"].points_against
    assert any("autoimmune hepatitis" in p for p in lexicon["plasma cells"].points_to)
    assert lexicon["fibrosis"].points_against == "a purely acute DILI"


def test_unknown_term_is_refused() -> None:
    with pytest.raises(FactError, match=r"findings\.csv"):
        load_findings()["elephantine hair"]


@pytest.mark.parametrize(
    ("us", "uk"),
    [
        ("hemophagocytosis", "haemophagocytosis"),
        ("anemia", "anaemia"),
        ("leukopenia", "leucopenia"),
        ("diarrhea", "diarrhoea"),
        ("edema", "oedema"),
        ("hospitalized", "hospitalised"),
    ],
)
def test_british_spellings_are_made(us: str, uk: str) -> None:
    assert uk in spellings(us)


def test_spellings_leave_other_words_alone() -> None:
    assert spellings("rash") == ("rash",)
    assert "ooedema" not in spellings("oedema")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("She was icteric.", "jaundice"),
        ("He became yellow after two weeks.", "jaundice"),
        ("Severe itching developed.", "pruritus"),
        ("Marked leucocytosis was noted.", "leukocytosis"),
        ("He was hospitalised at once.", "hospitalization"),
        ("She died.", "death"),
        ("Serum transaminases were markedly elevated.", "elevated liver enzymes"),
        ("There was a sharp fall in neutrophil count.", "neutrophil count decreased"),
    ],
)
def test_words_for_a_finding(text: str, term: str) -> None:
    assert only(text, term).state == "present"


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("On day 10 he was afebrile.", "fever"),
        ("She was anicteric.", "jaundice"),
        ("He remained asymptomatic.", "symptoms"),
        ("She was a non-drinker.", "alcohol use"),
    ],
)
def test_words_that_say_absent(text: str, term: str) -> None:
    assert only(text, term).state == "absent"


def test_a_biopsy_makes_histology_with_extent_and_specimen() -> None:
    mention = only(
        "A liver biopsy showed macrovesicular steatosis in 70% of the hepatocytes.", "macrovesicular steatosis"
    )
    assert (mention.kind, mention.specimen, mention.extent) == ("histology", "liver", "70% of the hepatocytes")


def test_a_share_before_the_finding() -> None:
    assert only("A liver biopsy showed 65 % steatosis.", "steatosis").extent == "65 %"
    assert only("A liver biopsy showed necrosis, and 65 % of patients have steatosis.", "steatosis").extent == ""


def test_the_next_sentence_goes_on_with_the_biopsy() -> None:
    mention = only("The liver biopsy was done in May. It showed mild inflammation.", "inflammation")
    assert (mention.kind, mention.extent) == ("histology", "mild")


def test_a_word_that_needs_a_biopsy_is_not_read_elsewhere() -> None:
    assert "inflammation" not in states("The inflammation of her knees improved on prednisone.")


def test_a_finding_before_the_words_for_the_biopsy_is_histology() -> None:
    mention = only("Mild inflammation was seen on liver biopsy.", "inflammation")
    assert (mention.kind, mention.specimen) == ("histology", "liver")
    assert "inflammation" not in states("The inflammation of her knees was gone when the liver biopsy was done.")


def test_bone_marrow_is_told_from_liver() -> None:
    mention = only("The bone marrow aspirate showed maturation arrest.", "maturation arrest")
    assert mention.specimen == "bone marrow"


def test_an_image_makes_imaging() -> None:
    found = {m.term: m for m in read("Abdominal ultrasound showed steatosis and mild splenomegaly.")}
    assert found["fatty liver"].kind == "imaging"
    assert (found["splenomegaly"].kind, found["splenomegaly"].extent) == ("imaging", "mild")


def test_absent_with_a_degree_keeps_the_degree() -> None:
    mention = only("The decision rested on the lack of severe liver injury.", "liver injury")
    assert (mention.state, mention.extent) == ("absent", "severe")


def test_the_injury_whose_cause_is_sought_is_not_denied() -> None:
    found = states("No other cause of hepatitis was found.")
    assert found.get("other cause") == "absent"
    assert found.get("hepatitis") != "absent"


def test_no_treatment_for_a_disease_does_not_deny_the_disease() -> None:
    assert only("She had received no treatment for hypertension.", "hypertension").state == "present"


def test_an_admission_for_a_procedure_leaves_open_whether_the_reaction_needed_it() -> None:
    assert states("She was admitted for work-up and liver biopsy.")["hospitalization"] == "uncertain"
    assert states("She was admitted for work-up; a liver biopsy followed.")["hospitalization"] == "present"


def test_admitting_something_is_no_admission() -> None:
    assert "hospitalization" not in states("He admitted to using cocaine.")
    assert "hospitalization" in states("He was admitted two days later.")


def test_background_disease_is_history_and_a_fresh_symptom_is_not() -> None:
    found = {m.term: m for m in read("A 40 year old man with psoriasis and fever developed jaundice.")}
    assert found["psoriasis"].history
    assert not found["fever"].history
    assert not found["jaundice"].history


def test_liver_function_tests_are_no_imaging() -> None:
    assert "normal liver on imaging" not in states("She had fatty liver with normal liver function tests.")


def test_evidence_holds_the_words_of_the_denial() -> None:
    text = "She had no fever, rash or lymphadenopathy."
    mention = only(text, "lymphadenopathy")
    assert text[mention.ev_start : mention.ev_end] == "no fever, rash or lymphadenopathy"


def test_abbreviation_defined_in_the_text_goes_before_the_lexicon() -> None:
    found = states("Schnitzler syndrome (SS) is rare. The SS symptoms came back.")
    assert "Schnitzler syndrome" in found
    found = states("Mitral stenosis (MS) was known. MS was mild.")
    assert "multiple sclerosis" not in found


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("nonalcoholic fatty liver disease (NAFLD) was seen", "NAFLD", "nonalcoholic fatty liver disease"),
        ("(glutamic oxaloacetic transaminase [GOT] was normal)", "GOT", "glutamic oxaloacetic transaminase"),
        ("Abbreviations: MTX, methotrexate; ALP, alkaline phosphatase.", "ALP", "alkaline phosphatase"),
        ("IL-1 receptor antagonist (IL-1Ra) was given", "IL-1Ra", "IL-1 receptor antagonist"),
    ],
)
def test_abbreviations_of_a_document(text: str, short: str, long: str) -> None:
    assert local_abbreviations(text)[short] == long


def test_a_bracket_that_is_no_abbreviation() -> None:
    assert local_abbreviations("The value was high (Table 1) and (see below) rose.") == {}
