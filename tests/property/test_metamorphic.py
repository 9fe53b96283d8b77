"""What may not change an assessment, on every example and every invented report.

An irrelevant sentence, another order of independent sentences, other units, brand names, a negative said twice or a
double negation. `test_reader.py` holds more of the kind on texts of its own (line breaks, blanks, order of documents),
`test_one_fact.py` what a changed fact does change.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.metamorphic import (
    ALCOHOL,
    COURSE,
    END,
    FULL,
    IMAGING,
    ONSET,
    OPENING,
    OTHERS,
    PRESSURE,
    TEXTS,
    VALUES,
    VIRUSES,
    apart,
    one_line,
    said,
    unchanged,
)

each_text = pytest.mark.parametrize("name", TEXTS)


# An irrelevant sentence.

REMARKS = ("The interview was conducted in Spanish.", "Further details are not available.", "The garden was large.")


def boundaries(text: str) -> list[int]:
    """Where one sentence of the narrative ends and the next begins, left of any table and of the authors' own part."""
    after = re.search(r"\n(?:Authors' assessment|Discussion|Comment|Laboratory Values)", text)
    narrative = text[: after.start()] if after else text
    return [found.end() for found in re.finditer(r"(?<=[a-z0-9)%]{3}\.)[ \n](?=[A-Z][a-z]+ )", narrative)]


@each_text
def test_an_irrelevant_sentence_changes_nothing(name: str) -> None:
    text = TEXTS[name]
    places = boundaries(text) or [len(text)]
    first = len(text) % len(REMARKS)
    for number, at in enumerate(sorted({places[len(places) // 3], places[-1]})):
        remark = REMARKS[(first + number) % len(REMARKS)]
        unchanged(text, f"{text[:at].rstrip(' ')} {remark} {text[at:]}")


# The order of sentences that do not lean on each other.

RUNS = (
    (
        "anakinra-hepatitis",
        "Serology for hepatitis A, B and C was negative.",
        "An ultrasound of the abdomen was normal and gave no sign of biliary obstruction.",
        "Liver biopsy showed acute hepatitis with marked inflammation and necrosis; there was no fibrosis and no "
        "hemophagocytosis.",
    ),
    (
        "anakinra-liver-steatosis",
        "Antinuclear antibodies, anti-LKM antibodies, HBsAg, anti-HCV, HIV, EBV IgM, CMV IgM and anti-HAV were "
        "negative.",
        "Ferritin, ceruloplasmin and TSH were normal.",
        "Liver and spleen were slightly enlarged (mild hepatosplenomegaly), without stigmata of chronic liver disease.",
    ),
    (
        "tocilizumab-liver-histology",
        "Ultrasound of the abdomen showed a mild fatty liver and mild splenomegaly.",
        "HBsAg, anti-HCV, HIV, CMV IgM, EBV IgM, antinuclear antibodies and anti-LKM antibodies were negative.",
        "Ceruloplasmin, ferritin, TSH and HbA1c were normal.",
        "Her body mass index was 25.",
    ),
    (
        "liver-isoniazid",
        "The INR was 1.3.",
        "IgM anti-HAV, HBsAg, IgM anti-HBc, anti-HCV and HCV RNA were all negative, as were ANA and smooth muscle "
        "antibody.",
        "An ultrasound showed a normal biliary tree.",
    ),
    (
        "liver-methyldopa-pregnancy",
        "There was no proteinuria and the platelet count was 211,000/mm3.",
        "Hepatitis A, B, C and E tests were negative, herpes simplex PCR was negative, and the direct Coombs test was "
        "positive.",
        "HELLP syndrome and acute fatty liver of pregnancy were considered unlikely.",
    ),
    (
        "liver-coamoxiclav-after-course",
        "He did not have fever, rash or abdominal pain.",
        "His other medicines were lisinopril and low-dose aspirin, which he had taken for more than 6 years.",
        "He drank no alcohol.",
    ),
    (
        "liver-coamoxiclav-after-course",
        "The prothrombin time was normal.",
        "CT of the abdomen and MRCP showed no dilatation of the bile ducts and no stones.",
        "Tests for hepatitis A, B, C and E, cytomegalovirus and Epstein-Barr virus were nonreactive; antimitochondrial "
        "antibody was not detected.",
    ),
    (
        "journal-nitrofurantoin-monograph-sentences",
        "Other medicines were bisoprolol and apixaban.",
        "She did not drink alcohol.",
    ),
    (
        "journal-nitrofurantoin-monograph-sentences",
        "ANA was positive at 1:1280; hepatitis A, B, C and E serology was negative.",
        "Chest radiography was clear.",
        "Biopsy revealed severe interface hepatitis with bridging fibrosis.",
    ),
    (
        "journal-azathioprine-allopurinol",
        "Creatinine was 1.7 mg/dL, unchanged.",
        "Bone marrow was hypocellular without blasts.",
        "Parvovirus B19 and CMV PCR were negative, and vitamin B12 and folate levels were normal.",
    ),
    (
        "other-kidney-omeprazole",
        "ANCA, anti-GBM antibodies, ANA and complement were normal or negative.",
        "Renal ultrasound ruled out obstruction.",
        "A kidney biopsy revealed interstitial infiltration by lymphocytes and eosinophils with tubulitis.",
    ),
    (
        "liver-green-tea-restarted",
        "She denied use of alcohol, acetaminophen and illicit drugs; she took no prescription medications.",
        "Serologies for hepatitis A, B and C, ANA, SMA, ferritin and ceruloplasmin gave normal or negative results.",
        "Sonography disclosed no gallstones.",
    ),
    (
        "journal-two-patients-leflunomide",
        "Hepatitis A, B and C serologies were negative; antinuclear antibodies were absent.",
        "Leflunomide was withdrawn and cholestyramine washout was given for 11 days.",
    ),
)


@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run[0]}, {run[1].split()[0].lower()}")
def test_the_order_of_independent_sentences_changes_nothing(run: tuple[str, ...]) -> None:
    name, *sentences = run
    text = one_line(TEXTS[name])
    told = " ".join(sentences)
    assert told in text
    turned = [*sentences[1:], sentences[0]]
    for order in (sentences[::-1], turned) if len(sentences) > 2 else (turned,):
        unchanged(text, text.replace(told, " ".join(order)))


@given(st.permutations((ALCOHOL, VALUES, VIRUSES, IMAGING, PRESSURE, "CMV IgM was negative.", "The ECG was normal.")))
@settings(max_examples=12, deadline=None)
def test_the_work_up_in_any_order_says_the_same(block: list[str]) -> None:
    def told(middle: list[str]) -> str:
        return " ".join((OPENING, OTHERS, ONSET, *middle, COURSE, END))

    one, other = said(told(sorted(block))), said(told(block))
    assert (apart(one.verdicts, other.verdicts), apart(one.items, other.items)) == ({}, {})


# Units: 1 µkat/L = 60 U/L; bilirubin 1 mg/dL = 17.104 µmol/L; 1000/mm³ = 1 × 10⁹/L; haemoglobin 1 g/dL = 10 g/L.

LIMITS_SI = {
    "journal-cyproterone-letter": (("< 50", "< 0.8333"), ("< 130", "< 2.1667"), ("< 1.2", "< 20.5248")),
    "journal-dicloxacillin-no-year": (("(10–45)", "(0.1667–0.75)"), ("(35–105)", "(0.5833–1.75)")),
    "journal-pyrazinamide-one-by-one": (("ULN 40", "ULN 0.6667"), ("ULN 120", "ULN 2")),
    "journal-tocilizumab-weekly": (("normal 0-40", "normal 0-0.6667"), ("normal 40-130", "normal 0.6667-2.1667")),
    "liver-coamoxiclav-after-course": (("upper limit of normal 110", "upper limit of normal 1.8333"),),
    "liver-labetalol-continued": (("<45", "<0.75"), ("<120", "<2")),
    "other-skin-vemurafenib-series": (("N < 35", "N < 0.5833"),),
    "liver-propylthiouracil-transplant": (("upper limit 350", "upper limit 5.8333"),),
    "narrative-flucloxacillin": (("5-35)", "0.0833-0.5833)"), ("(35-105)", "(0.5833-1.75)")),
    "narrative-isotretinoin": (("ref <60", "ref <1"),),
    "narrative-rosuvastatin": (("range 30-200", "range 0.5-3.3333"),),
    "narrative-tocilizumab-notes": (("ULN 40", "ULN 0.6667"), ("ULN 35", "ULN 0.5833"), ("ULN 120", "ULN 2")),
    "other-pancreatitis-azathioprine": (("normal below 60", "normal below 1"),),
}
"""Limits that are printed without their unit, with what they are in the other unit."""
LIMITS_CONVENTIONAL = {
    "journal-amiodarone-ukat": (("<1,1", "<66"), ("<0,76", "<45.6"), ("<1,9", "<114"), ("(<26)", "(<1.5201)")),
    "narrative-flucloxacillin": (("(<21)", "(<1.2278)"),),
}


def figure(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def number(printed: str) -> float:
    return float(printed.replace(",", ""))


def si(text: str) -> str:
    """Enzymes in µkat/L, bilirubin in µmol/L, counts in 10⁹/L, haemoglobin in g/L."""
    text = re.sub(r"(\bA[SL]T \d+)(?=, (?:ALT|AP) )", r"\1 U/L", text)  # units told once for several values
    text = re.sub(
        r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(\s)I?U/[lL]\b", lambda m: f"{figure(number(m[1]) / 60)}{m[2]}µkat/L", text
    )
    text = re.sub(
        r"(bilirubin[^.;]{0,40}?)(\d+(?:\.\d+)?) mg/d[lL]",
        lambda m: f"{m[1]}{figure(float(m[2]) * 17.104)} µmol/L",
        text,
    )
    text = re.sub(
        r"\((direct\s+)(\d+\.\d+)(\s+)mg/dL", lambda m: f"({m[1]}{figure(float(m[2]) * 17.104)}{m[3]}µmol/L", text
    )
    text = re.sub(r"(?<![\d.^])(\d[\d,]*)/(?:mm3|µL)", lambda m: f"{figure(number(m[1]) / 1000)} x 10^9/L", text)
    return re.sub(
        r"(h[a]?emoglobin[^.;]{0,20}?)(?<![\d,])(\d+(?:\.\d+)?)(\s+)g/d[lL]",
        lambda m: f"{m[1]}{figure(float(m[2]) * 10)}{m[3]}g/L",
        text,
    )


def conventional(text: str) -> str:
    """The other way round."""
    text = re.sub(r"(?<![\d.])(\d+[.,]\d+) µkat/L", lambda m: f"{figure(float(m[1].replace(',', '.')) * 60)} U/L", text)
    text = re.sub(
        r"(bilirubin[^.;]{0,20}?)(\d+(?:\.\d+)?) µmol/[lL]",
        lambda m: f"{m[1]}{figure(float(m[2]) / 17.104)} mg/dL",
        text,
    )
    return re.sub(
        r"(?<![\d.])(\d+(?:\.\d+)?) (?:[x×] (?:10\^9|10⁹|109)/[lL]|G/l)",
        lambda m: f"{float(m[1]) * 1000:.0f}/mm3",
        text,
    )


CONVERTED = [
    pytest.param(name, way, limits.get(name, ()), id=f"{name}-{way.__name__}")
    for way, limits in ((si, LIMITS_SI), (conventional, LIMITS_CONVENTIONAL))
    for name, text in TEXTS.items()
    if way(text) != text
]


@pytest.mark.parametrize(("name", "way", "limits"), CONVERTED)
def test_other_units_give_the_same_assessment(name: str, way: Any, limits: tuple[tuple[str, str], ...]) -> None:
    text = way(TEXTS[name])
    for printed, converted in limits:
        assert printed in text
        text = text.replace(printed, converted)
    unchanged(TEXTS[name], text)


# Brand and generic names.

BRANDS = {
    "allopurinol": "Zyloric",
    "amiodarone": "Cordarone",
    "amoxicillin/clavulanate": "Augmentin",
    "anakinra": "Kineret",
    "atorvastatin": "Lipitor",
    "azathioprine": "Imuran",
    "carbamazepine": "Tegretol",
    "ciprofloxacin": "Cipro",
    "clozapine": "Clozaril",
    "etanercept": "Enbrel",
    "ezetimibe": "Zetia",
    "flucloxacillin": "Floxapen",
    "fluconazole": "Diflucan",
    "infliximab": "Remicade",
    "isoniazid": "Nydrazid",
    "ketoconazole": "Nizoral",
    "labetalol": "Trandate",
    "lamotrigine": "Lamictal",
    "leflunomide": "Arava",
    "metamizole": "Novalgin",
    "methimazole": "Tapazole",
    "methyldopa": "Aldomet",
    "metronidazole": "Flagyl",
    "minocycline": "Minocin",
    "nitrofurantoin": "Macrodantin",
    "omeprazole": "Prilosec",
    "pembrolizumab": "Keytruda",
    "sulphasalazine": "Azulfidine",
    "terbinafine": "Lamisil",
    "tocilizumab": "Actemra",
    "trimethoprim-sulfamethoxazole": "Bactrim",
}
BRANDED = {
    name: branded
    for name, text in TEXTS.items()
    if (
        branded := re.sub(
            "|".join(rf"\b{re.escape(inn)}\b" for inn in BRANDS), lambda m: BRANDS[m[0].lower()], text, flags=re.I
        )
    )
    != text
}


@pytest.mark.parametrize("name", BRANDED)
def test_brand_names_read_as_their_substances(name: str) -> None:
    unchanged(TEXTS[name], BRANDED[name])


# Negatives said twice, and double negations.

TWICE = (
    (
        "anakinra-hepatitis",
        "Serology for hepatitis A, B and C was negative.",
        "There was no evidence of hepatitis A, B or C.",
    ),
    (
        "liver-ketoconazole-recurrence",
        "Hepatitis B surface antigen was negative and a liver ultrasound was unremarkable.",
        "HBsAg was not found, and the ultrasound was normal.",
    ),
    ("liver-labetalol-continued", "No jaundice or other symptom ever developed.", "He never had jaundice."),
    ("neutropenia-clozapine", "Rechallenge with clozapine was not considered.", "Clozapine was not given again."),
    ("liver-coamoxiclav-after-course", "He drank no alcohol.", "He did not use alcohol."),
    ("anakinra-neutropenia-still-mas", "neutropenia did not recur.", "There was no recurrence of neutropenia."),
    ("liver-ciprofloxacin-metronidazole", "She had had no hypotension.", "Hypotension was not observed."),
)


@pytest.mark.parametrize(("name", "negative", "again"), TWICE)
def test_a_negative_said_twice_counts_once(name: str, negative: str, again: str) -> None:
    text = one_line(TEXTS[name])
    assert negative in text
    unchanged(text, text.replace(negative, f"{negative} {again}"))


DOUBLED = (
    ("Hypotension was present.", "Hypotension was not absent.", "Hypotension was absent."),
    ("She was hypotensive.", "She was not without hypotension.", "She was without hypotension."),
    ("She drank alcohol.", "She did not deny drinking alcohol.", "She denied drinking alcohol."),
    ("She drank alcohol.", "She did not abstain from alcohol.", "She abstained from alcohol."),
    ("There was cholangitis.", "Cholangitis was not absent.", "Cholangitis was absent."),
    ("Hepatitis A could not be excluded.", "Hepatitis A was not excluded.", "Hepatitis A was excluded."),
    ("Hypotension could not be excluded.", "Hypotension was not ruled out.", "Hypotension was ruled out."),
)


@pytest.mark.parametrize(("plain", "doubled", "negated"), DOUBLED)
def test_a_doubled_negative_says_what_the_plain_sentence_says(plain: str, doubled: str, negated: str) -> None:
    def told(sentence: str) -> str:
        return " ".join((OPENING, OTHERS, ONSET, VALUES, sentence, COURSE, END))

    assert said(told(plain)) != said(told(negated)), "the sentence must matter"
    unchanged(told(plain), told(doubled))


# Known shortfalls of earlier readers.


def test_not_positive_is_negative() -> None:
    unchanged(
        *(
            " ".join((OPENING, ONSET, VALUES, f"HAV IgM was {word}.", COURSE, END))
            for word in ("negative", "not positive")
        )
    )


def test_no_other_medicine_is_no_other_drug() -> None:
    unchanged(FULL.replace(OTHERS, "She took no other drug."), FULL.replace(OTHERS, "She took no other medicine."))


def test_an_obstruction_in_other_words_is_an_obstruction() -> None:
    unchanged(
        FULL.replace(IMAGING, "Ultrasound showed bile duct stones."),
        FULL.replace(IMAGING, "Ultrasound showed stones in a dilated bile duct."),
    )


def test_a_value_that_has_not_fallen_outweighs_a_later_recovery() -> None:
    slow = said(FULL.replace("ALT was 60 U/L", "ALT was 860 U/L"))
    assert slow.items[0, "diclofenac", "liver injury", "rucam-2016.2"][0] != 2


def test_a_drug_started_before_the_suspect_still_runs() -> None:
    later = said(FULL.replace(OTHERS, "She had also been started on isoniazid 300 mg daily two weeks before."))
    assert later.items[0, "diclofenac", "liver injury", "rucam-2016.4"][0] == -2


def test_a_list_that_ends_in_excluded_is_excluded() -> None:
    listed = "Hepatitis A, hypotension and autoimmune hepatitis"
    unchanged(FULL.replace(PRESSURE, f"{listed} were excluded."), FULL.replace(PRESSURE, f"{listed} excluded."))
