"""Names of tests as the MACCROBAT annotation prints them, as ids of analytes; which ids are vital signs.

Written from laboratory usage and kept apart from the product's lexicon, so that a mistake of that table can be seen.
"""

from __future__ import annotations

import re

from benchmarks.terms import plain

VITALS = frozenset({"BODY_TEMP", "BMI", "WEIGHT", "HEIGHT", "BP_SYS", "BP_DIA", "HEART_RATE", "RESP_RATE", "SPO2"})
"""Ids of vital signs and body measures; they are counted apart."""

_CELLS = r"(?:cells? )?(?:counts?|numbers?)?"
_ADDED = (
    r"(?:(?:total|serum|plasma|blood|peripheral|fasting|random|arterial|venous|basal|absolute|mean|peak|initial"
    r"|maximum|maximal|suppressed|whole|level|levels|concentration|of|the|value|values|activity) )*"
)
_AFTER = r"(?: (?:level|levels|concentration|concentrations|value|values|activity|count|counts|rate))*"
_TESTS: tuple[tuple[str, str], ...] = (
    ("ALT", r"s?gpt|alt|alat|alanine (?:amino ?)?trans(?:fer)?(?:amin)?ase|alt s?gpt"),
    ("AST", r"s?got|ast|asat|aspartate (?:amino ?)?trans(?:fer)?(?:amin)?ase|ast s?got"),
    ("ALT AST G_TRANSAMINASES", r"(?:amino)?trans(?:amin|fer)ases?|aspartate aminotransferase alanine .*|ast alt"),
    ("ALP", r"alp|alkaline phosphatase"),
    ("GGT", r"ggt|ggtp|g gt|(?:gamma |g )?(?:glutamyl|glutamyl) ?trans(?:peptid|fer)ase"),
    ("BILI_TOT", r"bilirubin|t ?bil|total bilirubin|bilirubin total|hyperbilirubin(?:a)?emia"),
    ("BILI_DIR", r"(?:direct|conjugated) (?:bilirubin|fraction)|direct|d ?bil"),
    ("BILI_IND", r"(?:indirect|unconjugated) bilirubin|indirect"),
    ("LDH", r"ldh?|lactate dehydrogenase|lactic dehydrogenase"),
    ("ALB", r"alb|albumin|hypoalbumin(?:a)?emia"),
    ("TP_PROT", r"total (?:serum )?proteins?|serum protein|tp"),
    ("INR", r"(?:pt )?inr|international normali[sz]ed ratio|prothrombin time international normalized ratio"),
    ("PT_SEC PT_PCT INR", r"pt|prothrombin time|protime|prothrombin|prothrombin activity"),
    ("aPTT", r"a?ptt|(?:activated )?partial thromboplastin time"),
    ("FIBRINOGEN", r"fibrinogen"),
    ("D_DIMER", r"d dimers?"),
    ("FDP", r"fdp|fibrin(?:ogen)? degradation products?"),
    ("AMMONIA", r"ammonia|nh3|hyperammon(?:a)?emia"),
    ("LACTATE", r"lactate|lactic acid|lactic acidosis"),
    ("PYRUVATE", r"pyruvate|pyruvic acid"),
    ("WBC", r"wbcs?(?: count)?|white (?:blood )?cells?(?: counts?)?|white (?:blood )?counts?"
     r"|leu[ck]ocytes?(?: count)?|leu[ck]ocytosis|leu[ck]openia|wcc|tlc"),
    ("NEUT NEUT_PCT", rf"anc|neutro ?phils? ?{_CELLS}|poly|polys|granulocytes?|pmns?|polymorphs?|neutropenia"
     r"|segmented neutrophils?|polymorphonuclear.*|neutrophilia"),
    ("LYMPH LYMPH_PCT", rf"lymph|lymphocytes? ?{_CELLS}|lympho(?:cyto)?penia"),
    ("MONO MONO_PCT", rf"monocytes? ?{_CELLS}"),
    ("EOS EOS_PCT", rf"eosinophils? ?{_CELLS}|eosinophilia"),
    ("BASO BASO_PCT", rf"basophils? ?{_CELLS}"),
    ("PLT", r"platelets?(?: count)?|plt|thrombocytes?|thrombocytopenia|thrombocytosis"),
    ("HB", r"hb|hgb|ha?emoglobin|an(?:a)?emia"),
    ("HCT", r"hct|ha?ematocrit"),
    ("MCV", r"mcv|(?:mean|medium) (?:corpuscular|cell|cellular) volume"),
    ("RBC", r"rbcs?|red (?:blood )?cells?(?: count)?|erythrocytes?"),
    ("RETIC RETIC_PCT", r"reticulocytes?"),
    ("ESR", r"esr|(?:erythrocyte )?sedimentation(?: rate)?"),
    ("CRP", r"(?:hs )?crp|c reactive protein"),
    ("PCT", r"pct|procalcitonin"),
    ("FERRITIN", r"ferritin"),
    ("IRON", r"iron"),
    ("TG", r"triglycerides?|tg"),
    ("CHOL", r"(?:total )?(?:serum )?cholesterol"),
    ("LDL", r"ldl.*"),
    ("HDL", r"hdl.*"),
    ("CREAT", r"creatinine|cr|scr"),
    ("BUN UREA", r"bun|(?:blood )?urea(?: nitrogen)?|serum urea nitrogen"),
    ("CRCL", r"e?gfr|(?:estimated )?glomerular filtration rate|creatinine clearance"),
    ("NA", r"na|sodium|hypo ?natr(?:a)?emia|hypernatr(?:a)?emia"),
    ("K", r"k|potassium|hypo ?kal(?:a)?emia|hyperkal(?:a)?emia"),
    ("CL", r"cl|chloride"),
    ("CA", r"ca|calcium|corrected calcium|hyper ?calc(?:a)?emia|hypo ?calc(?:a)?emia"),
    ("CA_ION", r"ioni[sz]ed calcium"),
    ("MG", r"mg|magnesium|hypomagnes(?:a)?emia"),
    ("PHOS", r"phosphate|phosphorus|hypophosphat(?:a)?emia"),
    ("HCO3", r"hco3|bicarbonate"),
    ("URATE", r"uric acid|urate"),
    ("GLU", r"glucose|blood sugar|hypoglyc(?:a)?emia|hyperglyc(?:a)?emia"),
    ("HBA1C", r"hb ?a1c|a1c|ha?emoglobin a1c|glycated ha?emoglobin"),
    ("CK", r"ck|cpk|creatine (?:phospho)?kinase"),
    ("CKMB", r"(?:cp?k|creatine kinase) mb"),
    ("TROPONIN", r"(?:hs |cardiac )?troponine?(?: [it])?|c?tn[it]"),
    ("BNP", r"bnp|(?:brain(?: type)?|b(?: type)?) natriuretic peptide"),
    ("NT_PROBNP", r"nt ?pro ?bnp|(?:n terminal )?pro (?:nt )?(?:brain|b type) natriuretic peptide"
     r"|pro nt brain natriuretic peptide"),
    ("AMYLASE", r"amylase"),
    ("LIPASE", r"lipase"),
    ("PH", r"(?:arterial |blood )?ph"),
    ("PO2", r"pa?o2|(?:partial )?(?:arterial )?oxygen (?:tension|partial pressure)|partial pressure of oxygen"),
    ("PCO2", r"pa?co2|(?:arterial )?carbon dioxide (?:tension|partial pressure)|partial pressure of carbon dioxide"),
    ("BASE_EXCESS", r"be|base (?:excess|deficit)"),
    ("SAO2 SPO2", r"sao2"),
    ("TSH", r"tsh|thyrotropin|thyroid stimulating hormone"),
    ("FT4", r"ft4|free t4|free thyroxine"),
    ("FT3", r"ft3|free t3|free triiodothyronine"),
    ("PTH", r"i?pth|parath(?:yroid hormone|ormone)|intact (?:pth|parathyroid hormone)"),
    ("GH", r"gh|growth hormone"),
    ("IGF1", r"igf ?(?:1|i)|insulin like growth factor .*"),
    ("CORTISOL", r"cortisol"),
    ("ACTH", r"acth|adrenocorticotropic hormone"),
    ("PROLACTIN", r"prolactin|prl"),
    ("C_PEPTIDE", r"c peptide"),
    ("INSULIN_LEVEL", r"insulin"),
    ("FACTOR_VIII", r"factor viii"),
    ("VITD25", r"25 ?(?:oh|hydroxy) ?vitamin d3?|vitamin d"),
    ("VITD125", r"1 25 (?:oh|dihydroxy) ?vitamin d3?"),
    ("AFP", r"afp|(?:alpha )?(?:fetoprotein|foetoprotein)"),
    ("CEA", r"cea|carcinoembryonic antigen"),
    ("CA19_9", r"(?:ca|carbohydrate antigen) ?19 9"),
    ("CA125", r"(?:ca|carbohydrate antigen|cancer antigen) ?125"),
    ("PSA", r"psa|prostate specific antigen"),
    ("CYFRA", r"cyfra.*|cytokeratin ?19 fragment.*"),
    ("ZINC", r"zinc"),
    ("COPPER", r"copper"),
    ("LEAD", r"lead"),
    ("C3", r"c3|complement 3"),
    ("C4", r"c4|complement 4"),
    ("IGG", r"igg"),
    ("IGA", r"iga"),
    ("IGM", r"igm"),
    ("IGE", r"ige"),
    ("DSDNA", r"anti ds ?dna"),
    ("TP_PROT ALB", r"protein albumin"),
    ("BUN UREA CREAT", r"blood urea nitrogen creatinine"),
    ("HBV_DNA", r"hbv dna"),
    ("CD4", r"cd4(?: cells?)?(?: counts?)?"),
    ("FACTOR_IX", r"factor ix"),
    ("BODY_TEMP", r"(?:body )?temp(?:erature)?|fever|pyrexia"),
    ("BMI", r"bmi|body mass index"),
    ("WEIGHT", r"(?:body )?(?:weight|weighing|weighed)|birth ?weight"),
    ("HEIGHT", r"(?:body )?height|length|stature"),
    ("BP_SYS BP_DIA", r"bp|(?:systemic |arterial )?(?:blood |arterial )pressure|hypertension|hypotension"),
    ("BP_SYS", r"systolic (?:blood )?pressures?"),
    ("HEART_RATE", r"hr|(?:heart|pulse)(?: rate)?|tachycardi[ac]|bradycardi[ac]|rate"),
    ("RESP_RATE", r"rr|respirat(?:ory|ion) rate|tachypn(?:o)?e(?:a|ic)"),
    ("SPO2 SAO2", r"spo2|(?:peripheral |percutaneous |blood )?(?:oxygen )?saturation|pulse oximetry|minimum spo2"
     r"|oxygen saturation.*|(?:room air )?saturation"),
)  # fmt: skip
_RULES = tuple((frozenset(ids.split()), re.compile(rf"{_ADDED}(?:{words}){_AFTER}")) for ids, words in _TESTS)
_ELSEWHERE = re.compile(
    r"\b(?:csf|urin(?:e|ary|alysis)|pleural|ascit\w+|sputum|stool|synovial|cerebrospinal|paracentesis|lumbar puncture"
    r"|bronchoalveolar|24 ?hours?)\b",
    re.IGNORECASE,
)
_BLOOD = re.compile(r"\b(?:serum|plasma|blood(?! cell)|peripheral|arterial)\b", re.IGNORECASE)
_GREEK = {"α": "alpha ", "β": "beta ", "γ": "gamma ", "δ": "delta "}
_GENERIC = re.compile(
    r"(?:(?:blood|laboratory|lab|biochemical|routine|urine|serum|clinical|physical) )*"
    r"(?:measured|measure(?:ment)?s?|level|test|tests|testing|examinations?|investigations?|analys[ie]s|assays?"
    r"|diagnostic assays|data|findings|values?|results?|arterial blood gas(?:es)?|workup|laboratory|ratio)"
)


def test_ids(name: str) -> frozenset[str]:
    """Ids of the analytes that a test's wording can mean; none for what is no test of blood and no vital sign."""
    for letter, word in _GREEK.items():
        name = name.replace(letter, word)
    words = plain(name)
    if _ELSEWHERE.search(words):
        return frozenset()
    return next((ids for ids, pattern in _RULES if pattern.fullmatch(words)), frozenset())


def is_elsewhere(words_before: str) -> bool:
    """The value is one of urine, spinal fluid or the like: the line says so before it, and no blood since."""
    said = [match.end() for match in _ELSEWHERE.finditer(words_before)]
    return bool(said) and not _BLOOD.search(words_before, said[-1])


def is_generic(name: str) -> bool:
    """The wording names no single test ("measured", "blood tests")."""
    return bool(_GENERIC.fullmatch(plain(name)))
