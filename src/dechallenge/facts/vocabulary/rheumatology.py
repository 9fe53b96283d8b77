"""Terms of the underlying autoinflammatory disease: Still's disease of adults and children, Schnitzler syndrome.

All are about the disease itself, before the suspected drug or off it, not about the reaction under assessment. Imports
only `logic`.
"""

from __future__ import annotations

from dechallenge.logic.terms import Choice, Flag, Number

_TOLD = "Only as told; unknown when nothing is said."
_OF_THE_DISEASE = (
    "True when told in the history or before the first dose; what appears later may be the reaction and is left out."
)


def _disease(name: str, label: str, question: str) -> Flag:
    return Flag(
        name,
        f"{label} is known or suspected",
        question,
        supply="True when the report names the diagnosis, also as suspected; otherwise unknown.",
        label=label,
    )


def _sign(name: str, label: str, meaning: str, question: str, supply: str = _OF_THE_DISEASE) -> Flag:
    return Flag(name, meaning, question, supply=supply, label=label)


still_disease = _disease(
    "still_disease", "Still's disease of adult onset", "Is Still's disease of adult onset known or suspected?"
)
juvenile_arthritis = _disease(
    "juvenile_arthritis",
    "juvenile idiopathic arthritis of any category",
    "Is juvenile idiopathic arthritis known or suspected?",
)
schnitzler_syndrome = _disease(
    "schnitzler_syndrome", "Schnitzler syndrome", "Is Schnitzler syndrome known or suspected?"
)

# --- Still's disease, systemic juvenile arthritis, Schnitzler syndrome ---------------------------------------------

disease_temperature_c = Number(
    "disease_temperature_c",
    "°C",
    "highest measured body temperature of the active disease",
    "How high was the fever of the underlying disease (°C)?",
    supply="Highest temperature before the first dose, in °C; the interval of a printed range; unknown when only "
    "'fever' is told.",
    low=30,
    high=45,
    label="highest temperature of the disease",
)
disease_fever_days = Number(
    "disease_fever_days",
    "d",
    "days for which the fever of the disease had lasted",
    "For how many days had the fever of the underlying disease lasted?",
    supply="As told; unknown otherwise.",
    low=0,
    high=36500,
    label="duration of the fever of the disease",
)
intermittent_fever = _sign(
    "intermittent_fever",
    "intermittent fever",
    "the fever of the disease was intermittent or spiking",
    "Did the fever of the underlying disease come in spikes?",
    _TOLD,
)
quotidian_fever_days = Number(
    "quotidian_fever_days",
    "d",
    "days on which a daily (quotidian) fever was documented",
    "On how many days was a daily fever documented?",
    supply="As told; unknown otherwise.",
    low=0,
    high=36500,
    label="days of documented daily fever",
)
fever_before_arthritis = _sign(
    "fever_before_arthritis",
    "fever before or with the arthritis",
    "the fever of the disease came before the arthritis or together with it",
    "Did the fever come before the arthritis or together with it?",
    "Needs the order of the two; unknown when only both are told.",
)
arthralgia = _sign(
    "arthralgia",
    "joint pain",
    "joint pain or arthritis because of the disease",
    "Did the underlying disease cause joint pain or arthritis?",
)
arthralgia_days = Number(
    "arthralgia_days",
    "d",
    "days for which joint pain or arthritis of the disease had lasted",
    "For how many days had the joints been painful or inflamed?",
    supply="As told; unknown otherwise.",
    low=0,
    high=36500,
    label="duration of the joint pain",
)
disease_arthritis = _sign(
    "disease_arthritis",
    "arthritis of the disease",
    "arthritis of at least one joint because of the disease",
    "Was there arthritis of at least one joint?",
)
typical_rash = _sign(
    "typical_rash",
    "rash typical of Still's disease",
    "a rash typical of Still's disease: salmon-coloured, evanescent, often with the fever",
    "Was there the salmon-coloured, evanescent rash of Still's disease?",
    "Only when the text describes it so (evanescent, salmon-coloured, typical); a rash without a description leaves it "
    "unknown.",
)
evanescent_rash = _sign(
    "evanescent_rash",
    "evanescent erythematous rash",
    "a transient (evanescent, not fixed) erythematous rash",
    "Was there an erythematous rash that came and went?",
    "Only when the text says that it came and went; a rash without a description leaves it unknown.",
)
maculopapular_rash = _sign(
    "maculopapular_rash",
    "maculopapular rash of the disease",
    "a maculopapular rash because of the disease",
    "Did the underlying disease cause a maculopapular rash?",
)
disease_sore_throat = _sign(
    "disease_sore_throat",
    "sore throat",
    "sore throat or pharyngitis because of the disease",
    "Did the underlying disease begin with a sore throat or pharyngitis?",
)
disease_lymphadenopathy = _sign(
    "disease_lymphadenopathy",
    "enlarged lymph nodes of the disease",
    "recent enlargement of lymph nodes because of the disease",
    "Did the underlying disease enlarge the lymph nodes?",
)
generalised_lymphadenopathy = _sign(
    "generalised_lymphadenopathy",
    "generalised lymphadenopathy of the disease",
    "enlarged lymph nodes in several regions because of the disease",
    "Were lymph nodes of several regions enlarged?",
    "Only when said to be generalised; one region, or none named, leaves it unknown.",
)
disease_splenomegaly = _sign(
    "disease_splenomegaly",
    "enlarged spleen of the disease",
    "enlargement of the spleen because of the disease",
    "Did the underlying disease enlarge the spleen?",
)
disease_hepatomegaly = _sign(
    "disease_hepatomegaly",
    "enlarged liver of the disease",
    "enlargement of the liver because of the disease",
    "Did the underlying disease enlarge the liver?",
)
disease_serositis = _sign(
    "disease_serositis",
    "serositis of the disease",
    "pericarditis, pleuritis or peritonitis because of the disease",
    "Did the underlying disease inflame pericardium, pleura or peritoneum?",
)
disease_leukocytes = Number(
    "disease_leukocytes",
    "10⁹/L",
    "highest leukocyte count of the active disease",
    "What was the highest leukocyte count of the underlying disease (10⁹/L)?",
    supply="Highest count before the first dose, in 10⁹/L; the word 'leukocytosis' alone leaves it unknown.",
    low=0,
    high=1000,
    label="leukocytes of the disease",
)
granulocyte_percent = Number(
    "granulocyte_percent",
    "%",
    "share of granulocytes (neutrophils) among the leukocytes of the active disease",
    "What share of the leukocytes was granulocytes (%)?",
    supply="Share printed with the highest leukocyte count, or neutrophils ÷ leukocytes of the same sample.",
    low=0,
    high=100,
    label="share of granulocytes",
)
disease_neutrophils = Number(
    "disease_neutrophils",
    "10⁹/L",
    "highest neutrophil count of the active disease",
    "What was the highest neutrophil count of the underlying disease (10⁹/L)?",
    supply="Highest absolute count before the first dose, in 10⁹/L.",
    low=0,
    high=1000,
    label="neutrophils of the disease",
)
disease_crp_mg_l = Number(
    "disease_crp_mg_l",
    "mg/L",
    "highest C-reactive protein of the active disease, not under IL-1 or IL-6 blockade",
    "What was the highest C-reactive protein of the underlying disease (mg/L) before a biologic?",
    supply="Highest value before the first dose, in mg/L (2 mg/dL is 20).",
    low=0,
    high=1000,
    label="CRP of the disease",
)
glycosylated_ferritin_percent = Number(
    "glycosylated_ferritin_percent",
    "%",
    "glycosylated share of serum ferritin",
    "What share of the ferritin was glycosylated (%)?",
    supply="As printed; unknown otherwise.",
    low=0,
    high=100,
    label="glycosylated ferritin",
)
liver_tests_of_disease = Flag(
    "liver_tests_of_disease",
    "raised aminotransferases or LDH because of the disease, a drug and other causes excluded",
    "Were liver tests abnormal because of the underlying disease (no drug or other cause)?",
    supply="Never from tests that are attributed to a drug: unknown while a liver injury is under assessment, and "
    "False only when the tests are told to be normal.",
    label="abnormal liver tests of the disease",
)
ana_positive = Flag(
    "ana_positive",
    "antinuclear antibodies are positive (immunofluorescence)",
    "Were antinuclear antibodies positive?",
    supply="As reported; unknown when not reported or not done.",
    label="antinuclear antibodies",
)
infection_explains = Flag(
    "infection_explains",
    "an infection (sepsis, infectious mononucleosis) explains the picture of the disease",
    "Does an infection explain the picture?",
    supply="False only when infection is said to be excluded.",
    label="infection as the explanation",
)
malignancy_explains = Flag(
    "malignancy_explains",
    "a malignancy (lymphoma above all) explains the picture of the disease",
    "Does a malignancy explain the picture?",
    supply="False only when malignancy is said to be excluded.",
    label="malignancy as the explanation",
)
other_rheumatic_explains = Flag(
    "other_rheumatic_explains",
    "another rheumatic disease (vasculitis, polyarteritis nodosa above all) explains the picture",
    "Does another rheumatic disease explain the picture?",
    supply="False only when others are said to be excluded.",
    label="other rheumatic disease as the explanation",
)

disease_onset_age = Number(
    "disease_onset_age",
    "years",
    "age at which the disease began",
    "At what age did the underlying disease begin?",
    supply="As told, or at most the age at the reaction: (None, age).",
    low=0,
    high=130,
    label="age when the disease began",
)
disease_weeks = Number(
    "disease_weeks",
    "weeks",
    "weeks for which the arthritis has lasted",
    "For how many weeks has the arthritis lasted?",
    supply="As told; unknown otherwise.",
    low=0,
    high=6000,
    label="duration of the arthritis",
)
psoriasis_in_family = Flag(
    "psoriasis_in_family",
    "psoriasis in the patient or a first-degree relative",
    "Does the patient or a first-degree relative have psoriasis?",
    supply="True when told of either; False only when denied for both.",
    label="psoriasis in patient or family",
)
hla_b27_positive = Flag(
    "hla_b27_positive",
    "HLA-B27 is positive",
    "Is HLA-B27 positive?",
    supply="As reported; unknown otherwise.",
    label="HLA-B27",
)
spondylitis_in_family = Flag(
    "spondylitis_in_family",
    "ankylosing spondylitis, enthesitis-related arthritis, sacroiliitis with bowel disease, reactive arthritis or "
    "acute anterior uveitis in the patient or a first-degree relative",
    "Does the patient or a first-degree relative have a disease of the spondylitis group?",
    supply="True when told of either; False only when denied for both.",
    label="spondylitis group in patient or family",
)
rf_positive_twice = Flag(
    "rf_positive_twice",
    "IgM rheumatoid factor was positive twice, at least three months apart",
    "Was IgM rheumatoid factor positive on two occasions at least three months apart?",
    supply="True only when both are told; False when a test is told to be negative.",
    label="rheumatoid factor positive twice",
)

chronic_urticaria = _sign(
    "chronic_urticaria",
    "chronic urticarial rash",
    "a chronic or recurrent urticarial rash",
    "Is there a chronic urticarial rash?",
)
monoclonal_protein = Choice(
    "monoclonal_protein",
    ("IgM", "IgG", "other", "none"),
    "the heavy chain of a monoclonal immunoglobulin in the serum",
    "Is there a monoclonal immunoglobulin in the serum, and of which class?",
    supply="IgM when both IgM and IgG are found; 'none' when a search was negative; unknown when it is not told.",
    unknowns=("not reported", "not interpretable"),
    label="monoclonal protein",
)
unexplained_fever = _sign(
    "unexplained_fever",
    "recurrent unexplained fever",
    "recurrent measured fever above 38 °C that nothing else explains",
    "Is there recurrent fever above 38 °C that nothing else explains?",
    "True when fever of the disease is told and no infection; False when the highest temperature is 38 °C or less.",
)
bone_remodelling = _sign(
    "bone_remodelling",
    "abnormal bone remodelling",
    "objective abnormal bone remodelling (scintigraphy, MRI or bone alkaline phosphatase)",
    "Did scintigraphy, MRI or bone alkaline phosphatase show abnormal bone remodelling?",
    _TOLD,
)
neutrophilic_skin = _sign(
    "neutrophilic_skin",
    "neutrophilic infiltrate of the skin",
    "a neutrophilic dermal infiltrate on biopsy of the skin",
    "Did a biopsy of the skin show a neutrophilic infiltrate?",
    _TOLD,
)

TERMS = (
    still_disease,
    juvenile_arthritis,
    schnitzler_syndrome,
    disease_temperature_c,
    disease_fever_days,
    intermittent_fever,
    quotidian_fever_days,
    fever_before_arthritis,
    unexplained_fever,
    arthralgia,
    arthralgia_days,
    disease_arthritis,
    typical_rash,
    evanescent_rash,
    maculopapular_rash,
    chronic_urticaria,
    disease_sore_throat,
    disease_lymphadenopathy,
    generalised_lymphadenopathy,
    disease_splenomegaly,
    disease_hepatomegaly,
    disease_serositis,
    disease_leukocytes,
    granulocyte_percent,
    disease_neutrophils,
    disease_crp_mg_l,
    glycosylated_ferritin_percent,
    liver_tests_of_disease,
    ana_positive,
    infection_explains,
    malignancy_explains,
    other_rheumatic_explains,
    disease_onset_age,
    disease_weeks,
    psoriasis_in_family,
    hla_b27_positive,
    spondylitis_in_family,
    rf_positive_twice,
    monoclonal_protein,
    bone_remodelling,
    neutrophilic_skin,
)
