"""ILAR classification, second revision of 2004: systemic juvenile idiopathic arthritis.

Imports only the vocabulary of facts, the logic and `rheumatic`.
"""

from __future__ import annotations

from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO, criterion, hidden, verdict
from dechallenge.facts.vocabulary.person import sex
from dechallenge.facts.vocabulary.rheumatology import (
    disease_arthritis,
    disease_fever_days,
    disease_hepatomegaly,
    disease_onset_age,
    disease_serositis,
    disease_splenomegaly,
    disease_weeks,
    evanescent_rash,
    fever_before_arthritis,
    generalised_lymphadenopathy,
    hla_b27_positive,
    juvenile_arthritis,
    psoriasis_in_family,
    quotidian_fever_days,
    rf_positive_twice,
    spondylitis_in_family,
)
from dechallenge.logic.instrument import Category, Caution, Example, Given, Instrument
from dechallenge.logic.predicates import any_of

CRITERIA = "ILAR 2004, systemic arthritis"
EXCLUSIONS = "ILAR 2004, exclusions"
WORDING = "wording of the exclusions from memory"

JUVENILE = (disease_onset_age < 16) & (disease_weeks >= 6)
ARTHRITIS = disease_arthritis & fever_before_arthritis
FEVER = (disease_fever_days >= 14) & (quotidian_fever_days >= 3)
ORGANS = disease_hepatomegaly | disease_splenomegaly
ADDITIONAL = any_of((evanescent_rash, generalised_lymphadenopathy, ORGANS, disease_serositis))
BOY_WITH_B27 = hla_b27_positive & sex.is_("male") & (disease_onset_age > 6)
EXCLUDED = any_of((psoriasis_in_family, BOY_WITH_B27, spondylitis_in_family, rf_positive_twice))
CORE = JUVENILE & ARTHRITIS & FEVER & ADDITIONAL

CHILD: dict[str, Given] = {
    "disease_onset_age": 5,
    "disease_weeks": 8,
    "sex": "female",
    "disease_arthritis": True,
    "fever_before_arthritis": True,
    "disease_fever_days": 20,
    "quotidian_fever_days": 5,
    "evanescent_rash": True,
    "psoriasis_in_family": False,
    "hla_b27_positive": False,
    "spondylitis_in_family": False,
    "rf_positive_twice": False,
}

INSTRUMENT = Instrument(
    id="ilar-sjia-2004",
    title="ILAR criteria of systemic juvenile idiopathic arthritis",
    edition="second revision, 2004",
    year=2004,
    kind="criteria",
    purpose="Whether an arthritis that began before the age of 16 is classified as systemic juvenile idiopathic "
    "arthritis.",
    items=(
        criterion(
            "juvenile",
            "Began before the 16th birthday and lasts six weeks or longer",
            JUVENILE,
            "before 16 years, ≥ 6 weeks",
            "at 16 years or later, or for less than 6 weeks",
            CRITERIA,
        ),
        criterion(
            "arthritis",
            "Arthritis of at least one joint, with the fever or after it",
            ARTHRITIS,
            "arthritis with or after the fever",
            "no arthritis, or the fever came after it",
            CRITERIA,
        ),
        criterion(
            "fever",
            "Fever for two weeks or longer, documented as daily for three days or more",
            FEVER,
            "≥ 14 days, daily on ≥ 3 days",
            "for less than 14 days, or daily on fewer than 3 days",
            CRITERIA,
        ),
        criterion(
            "a",
            "Evanescent erythematous rash",
            evanescent_rash,
            "rash that came and went",
            "no such rash",
            CRITERIA,
        ),
        criterion(
            "b",
            "Generalised lymphadenopathy",
            generalised_lymphadenopathy,
            "generalised lymphadenopathy",
            "not generalised, or none",
            CRITERIA,
        ),
        criterion("c", "Enlarged liver, spleen, or both", ORGANS, "enlarged liver or spleen", "neither", CRITERIA),
        criterion("d", "Serositis", disease_serositis, "serositis", "no serositis", CRITERIA),
        criterion(
            "exclusion A",
            "Psoriasis of the patient or a first-degree relative",
            psoriasis_in_family,
            "psoriasis",
            "none",
            EXCLUSIONS,
            unverified=WORDING,
        ),
        criterion(
            "exclusion B",
            "HLA-B27 positive boy whose arthritis began after the sixth birthday",
            BOY_WITH_B27,
            "HLA-B27, male, began after 6 years",
            "HLA-B27 negative, female, or began earlier",
            EXCLUSIONS,
            unverified=WORDING,
        ),
        criterion(
            "exclusion C",
            "A disease of the spondylitis group in the patient or a first-degree relative",
            spondylitis_in_family,
            "present",
            "none",
            EXCLUSIONS,
            unverified=WORDING,
        ),
        criterion(
            "exclusion D",
            "IgM rheumatoid factor positive twice, three months apart",
            rf_positive_twice,
            "positive twice",
            "not positive twice",
            EXCLUSIONS,
            unverified=WORDING,
        ),
        verdict(
            "core",
            "Arthritis, fever and at least one of a to d, exclusions aside",
            CORE,
            "all parts are met",
            "a part is not met",
            CRITERIA,
        ),
        verdict(
            "verdict",
            "Arthritis, fever, at least one of a to d, and no exclusion",
            CORE & ~EXCLUDED,
            "all parts are met and no exclusion applies",
            "a part is not met, or an exclusion applies",
            CRITERIA,
            unverified=WORDING,
        ),
    ),
    result=Category("verdict"),
    reference="Petty RE, et al. International League of Associations for Rheumatology classification of juvenile "
    "idiopathic arthritis: second revision. J Rheumatol 2004;31:390-2. PMID 14760812 (identifier from memory).",
    verification="The criteria read in two or more secondary tables, the exclusions from memory; the paper was not "
    "read.",
    missing_rule=UNKNOWN_IS_NOT_NO + " The exclusions have to be known for the verdict “met”.",
    notes=(
        "Probable disease without arthritis (a German consensus) is another set; it is not part of this one.",
        "EULAR/PReS 2024 holds this disease and the one of adults to be one, Still's disease (from memory, "
        "doi:10.1136/ard-2024-225851).",
    ),
    cautions=(
        Caution("The wording of the four exclusions is from memory."),
        *hidden("fever", "fever", "verdict"),
    ),
    shown_with=(juvenile_arthritis,),
    examples=(
        Example(
            "fever, arthritis and rash at the age of 5", CHILD, {"core": "met"}, category="met", remark="by the rule"
        ),
        Example(
            "daily fever on two days only",
            {**CHILD, "quotidian_fever_days": 2},
            {"fever": "no"},
            category="not met",
            remark="by the rule",
        ),
        Example(
            "began at 16",
            {**CHILD, "disease_onset_age": 16},
            {"juvenile": "no"},
            category="not met",
            remark="by the rule",
        ),
        Example(
            "a boy of 7 with HLA-B27",
            {**CHILD, "disease_onset_age": 7, "sex": "male", "hla_b27_positive": True},
            {"core": "met", "exclusion B": "yes"},
            category="not met",
            remark="by the rule",
        ),
    ),
)
