"""RECAM (2022): revised electronic causality assessment of liver injury, as far as it could be read. UNVERIFIED POINTS.

Frame and categories are verified; the points inside the domains are not. Imports only the vocabulary, the logic and
the domains in `recam_items` and `recam_causes`.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.liver import alp_xuln, alt_xuln, bili_xuln
from dechallenge.facts.vocabulary.person import age
from dechallenge.instruments.recam_causes import HEPATITIS_C, HEPATITIS_E, domain_4
from dechallenge.instruments.recam_items import AFTER_STOP, ITEM_1, ITEM_2, ITEM_3, ITEM_5
from dechallenge.logic import OTHERWISE
from dechallenge.logic.instrument import Band, Caution, Example, Given, Instrument, Sum

ITEM_4 = domain_4(HEPATITIS_C, HEPATITIS_E)

BANDS = (
    Band(None, -4, "unlikely or excluded"),
    Band(-3, 3, "possible"),
    Band(4, 7, "probable"),
    Band(8, None, "highly likely"),
)

RESULT = Sum(BANDS, "−6 to +20", least=-6, knockout=-6)

UNVERIFIED = (
    "the points inside the domains: one third-party implementation and memory, not the paper (PMC9233102)",
    "that one −6 decides the total: inferred from the lowest total and the lowest points of each domain",
    "whether the points of domain 4 are floored at −6 inside the domain, as its published range suggests: they are "
    "added up here",
    "which of 1a and 1b counts when the onset came after the stop",
)

CAUTIONS = (
    Caution(
        "Unverified points: this result was not compared with the paper and must not be relied on; it stands beside "
        "the others, never for them.",
        OTHERWISE,
    ),
    Caution(
        "The onset came after the last dose: only 1b is counted. The implementation that was read adds 1a, which "
        "would give up to 4 points more.",
        AFTER_STOP,
        items=("1",),
    ),
    Caution(
        "The liver tests do not reach what the scale was made on (ALT ≥ 5×ULN, ALP ≥ 2×ULN, or ALT > 3×ULN with "
        "bilirubin > 2×ULN).",
        (alt_xuln < 5) & (alp_xuln < 2) & ((alt_xuln <= 3) | (bili_xuln <= 2)),
    ),
    Caution("In children γ-GT takes the place of alkaline phosphatase (RECAM-J 2023).", age < 18),
)

NOTES = (
    "Not for direct hepatotoxins such as paracetamol, not for weighing one drug against another, not for pre-market "
    "trials; made without herbs and supplements; sources that are not the liver come first (authors' site).",
    "With chronic liver disease the baseline takes the place of the upper limit (RECAM-J 2023).",
    "The guidance prints 'unlikely < −4'; with −3 as the lower limit of possible, −4 or below is the only reading "
    "without a gap, and the one of the Japanese calculator.",
    "In 538 Japanese cases only 38 % reached 4 points, mainly through missing virus markers.",
)

MISSING_RULE = (
    "Missing answers cost points: hepatitis A, B, C and E, imaging and autoimmune markers −3 each, alcohol −3 unless "
    "AST/ALT rules it out, ischaemia −1, sepsis −1 when R < 5. Dechallenge, re-exposure, biopsy and herpes viruses "
    "without information are 0. Domain 1 cannot be missing."
)

VERIFICATION = (
    "The paper was not read. Ranges of the domains, the total and the footnote on 1a and 1b: AASLD guidance 2023, "
    "Table 5 (PMC9936988); categories also in a Japanese calculator. Points: one public proof-of-concept "
    "implementation with visible errors, and memory."
)

NOTHING_ELSE: dict[str, Given] = {
    "hav": "negative",
    "hbc_igm": "negative",
    "hbsag": "negative",
    "anti_hcv": "negative",
    "hcv_rna": "negative",
    "hev": "negative",
    "alcohol_drinks": 0,
    "liver_imaging": "neither",
    "aih_like_drug": False,
    "autoimmune_tested": True,
    "ana_titre": 0,
    "sma_titre": 0,
    "igg_xuln": 1,
    "ischaemia_before": False,
}
BEST: dict[str, Given] = {
    **NOTHING_ELSE,
    "alt_xuln": 20,
    "alp_xuln": 1,
    "stop_to_onset": (None, 0),
    "latency": 30,
    "alt_halved_on_drug": False,
    "alt_fall_days": 20,
    "livertox_category": "A",
    "dili_jaundice_before": True,
    "rechallenge": "positive",
    "rechallenge_alt_before": 1,
    "rechallenge_alt_during": 10,
    "rechallenge_days": 5,
    "liver_biopsy": "specific drug injury",
    "dress_or_sjs": True,
}

INSTRUMENT = Instrument(
    id="recam-2022",
    title="RECAM (points not verified)",
    edition="2022",
    year=2022,
    kind="causality",
    purpose="How likely one drug caused an acute idiosyncratic liver injury, scored in five domains from data rather "
    "than judgement. Each drug is scored alone.",
    applies_to=("liver injury",),
    items=(ITEM_1, ITEM_2, ITEM_3, ITEM_4, ITEM_5),
    result=RESULT,
    reference="Hayashi PH, Lucena MI, Fontana RJ, et al. A revised electronic version of RUCAM for the diagnosis of "
    "DILI. Hepatology 2022;76:18–31.",
    doi="10.1002/hep.32327",
    verification=VERIFICATION,
    missing_rule=MISSING_RULE,
    unverified=(*UNVERIFIED, "the doi is from memory"),
    notes=NOTES,
    cautions=CAUTIONS,
    examples=(
        Example(
            "The highest total",
            BEST,
            {"1": 4, "2": 4, "3": 3, "4": 0, "5": 9},
            score=20,
            category="highly likely",
            remark="Made up: the best answer everywhere gives the published maximum. No published case with the "
            "points of its items was found.",
        ),
        Example(
            "Hepatitis A in an otherwise perfect case",
            {**BEST, "hav": "positive"},
            {"4a": -6},
            score=-6,
            category="unlikely or excluded",
            remark="Made up: one −6 decides (raw sum 14). An inference from the published ranges.",
        ),
        Example(
            "Nothing tested",
            {"alt_xuln": 20, "alp_xuln": 1, "stop_to_onset": (None, 0), "latency": 30},
            {"1": 4, "2": 0, "3": 0, "4": -22, "5": 0},
            score=-6,
            category="unlikely or excluded",
            remark="Made up: missing tests cost points; the raw sum is −18, the total never falls below −6.",
        ),
    ),
)
