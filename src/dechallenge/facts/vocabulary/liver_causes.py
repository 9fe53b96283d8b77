"""Terms of autoimmune hepatitis and Wilson disease that no other group has.

Imports only `logic`.
"""

from __future__ import annotations

from dechallenge.logic.terms import Choice, Flag, Number


def _number(
    name: str, unit: str, low: float, high: float, meaning: str, question: str, supply: str, label: str
) -> Number:
    return Number(name, unit, meaning, question, supply=supply, low=low, high=high, label=label)


def _flag(name: str, label: str, meaning: str, question: str, supply: str = "") -> Flag:
    return Flag(name, meaning, question, supply=supply or "As stated; unknown when not told.", label=label)


lkm_titre = _number(
    "lkm_titre",
    "1:",
    0,
    1_000_000,
    "titre of liver-kidney microsomal antibodies, as the reciprocal (1:40 is 40)",
    "What was the titre of liver-kidney microsomal antibodies (1:40 is 40)?",
    "As ana_titre; 'negative' without a titre is (0, 39.9), as the lowest titre in use is 1:40.",
    "LKM",
)
sla_antibody = _flag(
    "sla_antibody",
    "anti-SLA/LP",
    "antibodies to soluble liver antigen are positive",
    "Were antibodies to soluble liver antigen positive?",
)
kf_rings = _flag(
    "kf_rings", "Kayser-Fleischer rings", "Kayser-Fleischer rings", "Were there Kayser-Fleischer rings?", "As stated."
)
wilson_neurology = Choice(
    "wilson_neurology",
    ("none", "mild", "severe"),
    "neurologic symptoms of Wilson disease",
    "Were there neurologic symptoms of Wilson disease?",
    supply="As stated; unknown when not told.",
    label="neurologic symptoms",
)
ceruloplasmin_g_l = _number(
    "ceruloplasmin_g_l",
    "g/L",
    0,
    5,
    "serum ceruloplasmin",
    "What was serum ceruloplasmin (g/L)?",
    "20 mg/dL is 0.2 g/L; said to be normal: above 0.2.",
    "ceruloplasmin",
)
coombs_negative_haemolysis = _flag(
    "coombs_negative_haemolysis",
    "Coombs-negative haemolysis",
    "haemolytic anaemia with a negative Coombs test",
    "Was there Coombs-negative haemolytic anaemia?",
)
liver_copper_measured = _flag(
    "liver_copper_measured",
    "liver copper measured",
    "copper was measured in liver tissue",
    "Was copper measured in liver tissue?",
)
liver_copper_umol_g = _number(
    "liver_copper_umol_g",
    "µmol/g",
    0,
    100,
    "copper in liver tissue (dry weight)",
    "What was copper in liver tissue (µmol per g dry weight)?",
    "50 µg/g is 0.8 µmol/g, 250 µg/g is 4 µmol/g.",
    "liver copper",
)
rhodanine_granules = _flag(
    "rhodanine_granules",
    "rhodanine-positive granules",
    "rhodanine-positive granules in hepatocytes",
    "Were there rhodanine-positive granules?",
)
urine_copper_xuln = _number(
    "urine_copper_xuln",
    "×ULN",
    0,
    1_000,
    "copper in 24-hour urine as a multiple of the upper limit of normal",
    "How many times the upper limit of normal was copper in 24-hour urine?",
    "Without penicillamine; not usable in acute hepatitis.",
    "urine copper",
)
urine_copper_penicillamine_xuln = _number(
    "urine_copper_penicillamine_xuln",
    "×ULN",
    0,
    1_000,
    "copper in 24-hour urine after two doses of penicillamine as a multiple of the upper limit of normal",
    "How many times the upper limit of normal was urine copper after penicillamine?",
    "As measured after the penicillamine challenge.",
    "urine copper after penicillamine",
)
atp7b = Choice(
    "atp7b",
    ("both chromosomes", "one chromosome", "none found"),
    "disease-causing ATP7B mutations",
    "Were ATP7B mutations found?",
    supply="As reported; unknown when not tested.",
    label="ATP7B mutations",
)

TERMS = (
    lkm_titre,
    sla_antibody,
    kf_rings,
    wilson_neurology,
    ceruloplasmin_g_l,
    coombs_negative_haemolysis,
    liver_copper_measured,
    liver_copper_umol_g,
    rhodanine_granules,
    urine_copper_xuln,
    urine_copper_penicillamine_xuln,
    atp7b,
)
