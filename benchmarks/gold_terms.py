"""From the wording of `seed_gold.json` to the names under which the JSON may hold the same fact.

Laboratory tests map to analyte ids (`benchmarks.terms`), panels to the words of a panel or any of its members. Events,
negatives and actions map to words that must stand in the name of the read fact: the quotes must overlap as well, so the
words only have to tell apart the facts that share one sentence.
"""

from __future__ import annotations

import re

from benchmarks.terms import analyte_id, plain

LIVER = ("ALT", "AST", "ALP", "GGT", "AMINOTRANSFERASES")
BLOOD = ("WBC", "NEUT", "HB", "PLT")

# Panels: members by id, and words that a panel's own name would have.
_PANELS: dict[str, tuple[tuple[str, ...], str]] = {
    "biochemistry incl. GOT, GPT, LDH, GGT, ALP": (
        (*LIVER, "LDH"),
        r"biochem|liver (test|enzyme|function)|transaminas|blood chem|laborator",
    ),
    "laboratory tests": (LIVER, r"laborator|liver|blood (test|analys)|biochem"),
    "hepatic enzymes": (LIVER, r"liver|hepatic|enzyme"),
    "blood analysis": ((*LIVER, *BLOOD), r"blood|laborator|liver"),
    "complete blood count and biochemistry": ((*LIVER, *BLOOD, "LDH"), r"blood count|cbc|biochem|laborator|liver"),
    "liver enzymes": (LIVER, r"liver|hepatic|enzyme"),
    "biochemical data": ((*LIVER, "LDH"), r"biochem|liver|laborator|enzyme"),
    "aminotransferases": (("ALT", "AST", "AMINOTRANSFERASES"), r"aminotransferase|transaminase"),
    "transaminases": (("ALT", "AST", "AMINOTRANSFERASES"), r"aminotransferase|transaminase|liver"),
    "coagulation": (("INR", "PT_PCT", "FIBRINOGEN", "aptt"), r"coagul|clotting|prothrombin"),
    "urinalysis": ((), r"urin"),
}
_EXPANDED = {"HbA1c": "HBA1C", "WBC": "WBC", "platelets": "PLT"}
# Qualitative results of the gold, as the levels that say the same.
LEVELS = {
    "no significant change": ("unchanged", "normal"),
    "no abnormality": ("normal", "unchanged"),
    "disordered": ("abnormal", "high", "low"),
    "improved gradually": ("improved", "low", "normal"),
    "normalised": ("normal",),
    "in normal range": ("normal",),
}


def lab_matches(wording: str, analyte: str) -> bool:
    """Whether an analyte id of the JSON is what the gold's wording means (a panel, or one test)."""
    if wording in _PANELS:
        members, words = _PANELS[wording]
        return analyte in members or re.search(words, plain(analyte)) is not None
    bare = re.sub(r"\s*\([^)]*\)", "", wording)
    return analyte in {analyte_id(wording), analyte_id(bare), _EXPANDED.get(wording, "")}


EVENTS: dict[str, str] = {
    "generalized weakness": r"weak|asthen",
    "fatigue": r"fatigue|asthen|tired",
    "splenomegaly": r"splenomegal",
    "fatty liver": r"fatty|steato",
    "hepatocyte necrosis and steatosis (toxic liver injury)": r"necro|liver injury|steato",
    "hepatosplenomegaly": r"splenomegal|hepatomegal",
    "improvement of arthralgia and morning stiffness": r"arthralgia|stiffness|improv|response",
    "elevated liver enzymes": r"enzyme|liver injury|transaminas|aminotransferase|^a[ls]t$|^alp$|^ggt$",
    "hepatocyte necrosis": r"necro",
    "jaundice": r"jaundice|icter",
    "fatigue and jaundice": r"fatigue|jaundice|icter",
    "acute hepatitis": r"hepatitis|liver injury",
    "improvement of inflammatory arthritis": r"arthritis|improv|response",
    "recurrence of adult onset Still disease": r"still|relapse|recurren|flare",
    "hospitalization": r"hospital",
    "skin rash and fever resolved": r"rash|fever|pyrexia",
    "neutropenia": r"neutropeni|agranulocyt",
    "recurrence of Schnitzler syndrome symptoms": r"schnitzler|relapse|recurren|flare|symptom",
    "marked PMN decrease on first reintroduction": r"neut|pmn",
    "complete remission of disease": r"remission",
    "mild PMN decrease on second reintroduction": r"neut|pmn",
    "fever and hypoxemia decreased": r"fever|pyrexia|hypox",
    "leukocyte decrease": r"leu[ck]o|wbc",
    "fever recurred": r"fever|pyrexia",
    "hyperleucocytosis with myelemia and monocytosis": r"leu[ck]ocyt|myel|monocyt|wbc|^mono$",
    "macrophage activation syndrome": r"macrophage|\bmas\b|h[a]?emophagocytic",
    "febrile hyperthermia": r"fever|pyrexia|febrile|hypertherm",
    "nephritis": r"nephritis|renal|kidney",
    "cytopenia": r"cytopeni",
    "MAS resolution": r"macrophage|\bmas\b|resol|recover",
    "sJIA relapse": r"juvenile|sjia|still|relapse|flare|arthritis",
    "uncontrolled fever": r"fever|pyrexia|febrile",
    "CNS lesion": r"cns|central nervous|neurolog|encephal",
    "hepatomegaly": r"hepatomegal",
    "lymphadenopathy": r"lymph",
    "anaemia": r"an[a]?emia|^hb$|h[a]?emoglobin",
    "thrombocytopenia": r"thrombocytop|^plt$|platelet",
    "cytopenia resolved, disease activity persisted": r"cytopeni|disease activity|persist|recover",
}

NEGATIVES: dict[str, str] = {
    "HBsAg": r"hbs|hepatitis b|hbv",
    "anti-HCV": r"hcv|hepatitis c",
    "HIV": r"hiv|immunodeficiency virus",
    "CMV IgM": r"cmv|cytomegalovirus",
    "EBV IgM": r"ebv|epstein",
    "anti-HAV": r"hav|hepatitis a",
    "antinuclear antibodies": r"\bana\b|antinuclear|anti nuclear",
    "antinuclear antibody": r"\bana\b|antinuclear|anti nuclear",
    "anti-LKM antibodies": r"lkm|microsom",
    "other drug administration": r"drug|medic",
    "herbal administration": r"herb|supplement|drug",
    "alcohol consumption": r"alcohol",
    "alcohol abuse": r"alcohol",
    "family history of liver disease": r"liver disease|family",
    "previous liver disease": r"liver disease",
    "history of liver disease": r"liver disease",
    "risk factors for viral hepatitis": r"viral hepatitis|risk",
    "stigmata of chronic liver disease": r"stigmata|chronic liver",
    "abnormal physical examination (apart from splenomegaly)": r"exam",
    "abnormal remainder of examination": r"exam",
    "inflammation": r"inflamm",
    "cellular infiltrate": r"infiltrat|inflamm",
    "plasma cell infiltration": r"plasma",
    "fibrosis": r"fibros",
    "hemophagocytosis": r"phagocyt",
    "concurrent hemophagocytosis": r"phagocyt",
    "macrophage activation": r"macrophage|\bmas\b",
    "hepatitis": r"hepatitis",
    "other cause of hepatotoxicity": r"cause|hepatotox|etiolog|aetiolog",
    "other possible etiologies": r"cause|etiolog|aetiolog",
    "other causes of acute and chronic liver injury": r"cause|liver injury|etiolog|aetiolog",
    "severe liver injury": r"liver injury",
    "autoimmune hepatitis": r"autoimmune",
    "autoantibodies": r"autoantibod|\bana\b",
    "rheumatoid factor": r"rheumatoid factor|\brf\b",
    "hepatitis A test": r"hav|hepatitis a",
    "hepatitis B test": r"hbv|hbs|hepatitis b",
    "hepatitis C test": r"hcv|hepatitis c",
    "abdominal ultrasound abnormality": r"ultraso|imaging|abdom",
    "biliary obstruction": r"biliary|obstruct|bile duct",
    "treatment for NAFLD": r"treatment|drug|nafld|fatty",
    "significant hematological changes": r"h[a]?ematolog|blood count|cbc|wbc|white|hb\b|h[a]?emoglobin|plt|platelet",
    "coagulation abnormalities": r"coagul|clotting",
    "platelet abnormality": r"plt|platelet",
    "new concomitant drug": r"drug|medic",
    "ciclosporine dose change": r"ciclosporin|cyclosporin|dose",
    "fever": r"fever|pyrexia|febrile",
    "adverse events": r"adverse",
    'other cytopenias ("isolated")': r"cytopeni",
    "recurrence of neutropenia after reintroduction": r"recurren|neutropeni",
}

# The contract's action kinds that say what the gold's word says; "given" has none of its own and is an exposure too.
ACTIONS: dict[str, tuple[str, ...]] = {
    "continued": ("continued",),
    "discontinued": ("stopped",),
    "started": ("started", "switched"),
    "given": ("started", "switched", "continued", "restarted"),
    "dose reduced": ("reduced",),
    "dose decreased": ("reduced",),
    "resumed": ("restarted", "started"),
    "rechallenge": ("restarted",),
    "refused": ("refused", "declined", "not started"),
}

ROLES: dict[str, str] = {
    "suspect": "suspect",
    "suspect?": "suspect",
    "previous": "previous",
    "concomitant": "concomitant",
    "after event": "treatment",
    "treatment of event": "treatment",
}


def gold_drugs(wording: str) -> tuple[str, ...]:
    """The drugs or classes that one gold entry names ("NSAIDs and steroids" names two)."""
    bare = re.sub(r"\s*\([^)]*\)", "", wording)
    return tuple(part.strip() for part in bare.split(" and ") if part.strip())
