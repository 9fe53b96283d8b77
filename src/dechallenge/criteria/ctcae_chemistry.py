"""Clotting and chemistry terms of CTCAE 5.0 and 6.0. Where the editions differ, the name says which one it is.

Imports only the vocabulary of facts, the logic and `grades`.
"""

from __future__ import annotations

from dechallenge.criteria.grades import (
    CLOTTING,
    FIBRINOGEN,
    KIDNEY,
    LIVER,
    MUSCLE,
    NO_BASELINE,
    NO_MULTIPLE,
    NOT_EXACT,
    NOT_GRADABLE,
    TRIGLYCERIDES,
    present_above,
    raised,
)
from dechallenge.facts.vocabulary.grading import (
    alp_baseline_xuln,
    alp_peak_xuln,
    alt_baseline_xuln,
    alt_peak_xuln,
    ast_baseline_xuln,
    ast_peak_xuln,
    bili_baseline_xuln,
    bili_peak_xuln,
    ggt_baseline_xuln,
    ggt_peak_xuln,
)
from dechallenge.facts.vocabulary.grading_chemistry import (
    albumin_consequence,
    albumin_lln_g_l,
    albumin_nadir_g_l,
    aptt_bleeding,
    aptt_peak_xuln,
    baseline_assumed_normal,
    baseline_raised_unquantified,
    ck_peak_xuln,
    creatinine_baseline_low,
    creatinine_baseline_xuln,
    creatinine_peak_xuln,
    fibrinogen_baseline_low,
    fibrinogen_fall_pct,
    fibrinogen_lln_g_l,
    fibrinogen_nadir_g_l,
    inr_consequence,
    inr_on_anticoagulant_xbl,
    ldh_peak_xuln,
    triglycerides_consequence,
    triglycerides_peak_mg_dl,
)
from dechallenge.facts.vocabulary.liver import inr_peak
from dechallenge.logic.instrument import Caution, Item, Option
from dechallenge.logic.predicates import Predicate

INVESTIGATIONS = "CTCAE, Investigations"
METABOLISM = "CTCAE, Metabolism and nutrition disorders"

_TRANSAMINASES_5 = (1.5, 3.0, 5.0, 20.0)
_CHOLESTASIS_5 = (2.0, 2.5, 5.0, 20.0)
_ABOVE_5 = "Grade 3 on an abnormal baseline is printed for a baseline up to 5×ULN; it is applied above that too."

LIVER_TESTS_5 = (
    raised(
        "alt",
        "Alanine aminotransferase increased",
        alt_peak_xuln,
        alt_baseline_xuln,
        of_limit=(1.0, 3.0, 5.0, 20.0),
        of_baseline=_TRANSAMINASES_5,
        first_included=True,
    ),
    raised(
        "ast",
        "Aspartate aminotransferase increased",
        ast_peak_xuln,
        ast_baseline_xuln,
        of_limit=(1.0, 3.0, 5.0, 20.0),
        of_baseline=_TRANSAMINASES_5,
        first_included=True,
    ),
    raised(
        "alp",
        "Alkaline phosphatase increased",
        alp_peak_xuln,
        alp_baseline_xuln,
        of_limit=(1.0, 2.5, 5.0, 20.0),
        of_baseline=_CHOLESTASIS_5,
        first_included=True,
    ),
    raised(
        "ggt",
        "GGT increased",
        ggt_peak_xuln,
        ggt_baseline_xuln,
        of_limit=(1.0, 2.5, 5.0, 20.0),
        of_baseline=_CHOLESTASIS_5,
        first_included=True,
    ),
    raised(
        "bilirubin",
        "Blood bilirubin increased",
        bili_peak_xuln,
        bili_baseline_xuln,
        of_limit=(1.0, 1.5, 3.0, 10.0),
        of_baseline=(1.0, 1.5, 3.0, 10.0),
        first_included=False,
    ),
)
LIVER_TESTS_6 = (
    raised(
        "alt",
        "Alanine aminotransferase increased",
        alt_peak_xuln,
        alt_baseline_xuln,
        of_limit=(1.0, 3.0, 5.0, 20.0),
        of_baseline=(1.0, 1.5, 2.0, 4.0),
        first_included=True,
        note=_ABOVE_5,
    ),
    raised(
        "ast",
        "Aspartate aminotransferase increased",
        ast_peak_xuln,
        ast_baseline_xuln,
        of_limit=(1.0, 3.0, 5.0, 20.0),
        of_baseline=(1.0, 1.5, 2.0, 4.0),
        first_included=True,
        note=_ABOVE_5,
    ),
    Item(
        "alp",
        "Alkaline phosphatase increased",
        (
            Option(1, "above ULN and above baseline", (alp_peak_xuln > 1) & (alp_peak_xuln > alp_baseline_xuln)),
            Option(
                0,
                "not above ULN, or not above baseline",
                (alp_peak_xuln <= 1) | (alp_peak_xuln <= alp_baseline_xuln),
            ),
        ),
        missing=NO_BASELINE,
        kinds=LIVER,
        measured=alp_peak_xuln,
        source="CTCAE 6.0, Investigations (grades 2 to 4 were deleted)",
    ),
    raised(
        "ggt",
        "GGT increased",
        ggt_peak_xuln,
        ggt_baseline_xuln,
        of_limit=(1.0, 2.5, 5.0, 20.0),
        of_baseline=(1.0, 1.5, 3.0, 10.0),
        first_included=True,
    ),
    raised(
        "bilirubin",
        "Blood bilirubin increased",
        bili_peak_xuln,
        bili_baseline_xuln,
        of_limit=(1.0, 1.5, 3.0, 10.0),
        of_baseline=(1.0, 1.5, 2.5, 10.0),
        first_included=True,
    ),
)
LDH = present_above("ldh", "Blood lactate dehydrogenase increased", ldh_peak_xuln, LIVER, INVESTIGATIONS)
INR = Item(
    "inr",
    "INR increased",
    (
        Option(3, "> 2.5, or bleeding", (inr_peak > 2.5) | inr_consequence.is_("bleeding")),
        Option(
            2,
            "> 1.5 to 2.5, or dose of the anticoagulant changed",
            (inr_peak > 1.5) | inr_consequence.is_("anticoagulant dose changed"),
        ),
        Option(1, "> 1.2 to 1.5, or monitoring only", (inr_peak > 1.2) | inr_consequence.is_("monitoring only")),
        Option(0, "1.2 or less", inr_peak <= 1.2),
    ),
    missing=NOT_EXACT,
    kinds=CLOTTING,
    measured=inr_peak,
    note="In a case, an INR that an anticoagulant explains is judged against the baseline only (next item).",
    source=INVESTIGATIONS,
)
INR_ON_ANTICOAGULANT = Item(
    "inr-on-anticoagulant",
    "INR increased, on anticoagulation",
    (
        Option(3, "> 2.5× baseline", inr_on_anticoagulant_xbl > 2.5),
        Option(2, "> 1.5 to 2.5× baseline", inr_on_anticoagulant_xbl > 1.5),
        Option(1, "> 1 to 1.5× baseline", inr_on_anticoagulant_xbl > 1),
        Option(0, "not above baseline", inr_on_anticoagulant_xbl <= 1),
    ),
    missing=NOT_EXACT,
    kinds=CLOTTING,
    measured=inr_on_anticoagulant_xbl,
    note="The second half of the term 'INR increased': it counts only when an anticoagulant is recorded.",
    source=INVESTIGATIONS,
)
APTT = Item(
    "aptt",
    "Activated partial thromboplastin time prolonged",
    (
        Option(3, "> 2.5× ULN, or bleeding", (aptt_peak_xuln > 2.5) | aptt_bleeding),
        Option(2, "> 1.5 to 2.5× ULN", aptt_peak_xuln > 1.5),
        Option(1, "> ULN to 1.5× ULN", aptt_peak_xuln > 1),
        Option(0, "not above ULN", aptt_peak_xuln <= 1),
    ),
    missing=NO_MULTIPLE,
    kinds=CLOTTING,
    measured=aptt_peak_xuln,
    source=INVESTIGATIONS,
)

_LOW = fibrinogen_nadir_g_l < fibrinogen_lln_g_l


def _fell(percent: float) -> Predicate:
    """A fall from an abnormal baseline, or to an abnormal value."""
    return (fibrinogen_baseline_low | _LOW) & (fibrinogen_fall_pct >= percent)


FIBRINOGEN_DECREASED = Item(
    "fibrinogen",
    "Fibrinogen decreased",
    (
        Option(4, "< 0.5 g/L", fibrinogen_nadir_g_l < 0.5),
        Option(4, "baseline or value abnormal: fall by 75% or more", _fell(75)),
        Option(3, "baseline abnormal: fall by 50 to < 75%", fibrinogen_baseline_low & (fibrinogen_fall_pct >= 50)),
        Option(2, "baseline abnormal: fall by 25 to < 50%", fibrinogen_baseline_low & (fibrinogen_fall_pct >= 25)),
        Option(1, "baseline abnormal: fall by < 25%", fibrinogen_baseline_low & (fibrinogen_fall_pct > 0)),
        Option(0, "baseline abnormal: no fall", fibrinogen_baseline_low & (fibrinogen_fall_pct <= 0)),
        Option(4, "< 0.25× LLN", fibrinogen_nadir_g_l < 0.25 * fibrinogen_lln_g_l),
        Option(
            3,
            "< 0.5 to 0.25× LLN, or below LLN after a fall by 50 to < 75%",
            (fibrinogen_nadir_g_l < 0.5 * fibrinogen_lln_g_l) | (_LOW & (fibrinogen_fall_pct >= 50)),
        ),
        Option(
            2,
            "< 0.75 to 0.5× LLN, or below LLN after a fall by 25 to < 50%",
            (fibrinogen_nadir_g_l < 0.75 * fibrinogen_lln_g_l) | (_LOW & (fibrinogen_fall_pct >= 25)),
        ),
        Option(1, "< 1.0 to 0.75× LLN", _LOW),
        Option(0, "not below LLN", fibrinogen_nadir_g_l >= fibrinogen_lln_g_l),
    ),
    missing=NOT_GRADABLE,
    kinds=FIBRINOGEN,
    measured=fibrinogen_nadir_g_l,
    note="'If abnormal' can be meant of the baseline or of the value. On an abnormal baseline the fall alone decides; "
    "otherwise a value below LLN takes the worse of both rules, as in the tests of an independent package.",
    source=INVESTIGATIONS,
)
ALBUMIN = Item(
    "albumin",
    "Hypoalbuminemia",
    (
        Option(5, "death", albumin_consequence.is_("death")),
        Option(4, "life-threatening, urgent intervention indicated", albumin_consequence.is_("life-threatening")),
        Option(3, "< 20 g/L", albumin_nadir_g_l < 20),
        Option(2, "< 30 to 20 g/L", albumin_nadir_g_l < 30),
        Option(1, "< LLN to 30 g/L", albumin_nadir_g_l < albumin_lln_g_l),
        Option(0, "not below LLN", albumin_nadir_g_l >= albumin_lln_g_l),
    ),
    missing=NOT_GRADABLE,
    kinds=("hypoalbuminemia",),
    measured=albumin_nadir_g_l,
    source=METABOLISM,
)
TRIGLYCERIDES_INCREASED = Item(
    "triglycerides",
    "Hypertriglyceridemia",
    (
        Option(5, "death", triglycerides_consequence.is_("death")),
        Option(
            4,
            "> 1000 mg/dL, or life-threatening",
            (triglycerides_peak_mg_dl > 1000) | triglycerides_consequence.is_("life-threatening"),
        ),
        Option(3, "> 500 to 1000 mg/dL", triglycerides_peak_mg_dl > 500),
        Option(2, "> 300 to 500 mg/dL", triglycerides_peak_mg_dl > 300),
        Option(1, "150 to 300 mg/dL", triglycerides_peak_mg_dl >= 150),
        Option(0, "< 150 mg/dL", triglycerides_peak_mg_dl < 150),
    ),
    missing=NOT_EXACT,
    kinds=TRIGLYCERIDES,
    measured=triglycerides_peak_mg_dl,
    note="Printed also in mmol/L (1.71, 3.42, 5.7, 11.4), which is rounded (3.42 mmol/L is 303 mg/dL): a value in "
    "mmol/L is graded by the cuts in mmol/L.",
    source=METABOLISM,
)
CREATININE_5 = Item(
    "creatinine",
    "Creatinine increased",
    (
        Option(4, "> 6× ULN", creatinine_peak_xuln > 6),
        Option(
            3,
            "> 3 to 6× ULN, or > 3× baseline",
            (creatinine_peak_xuln > 3) | (creatinine_peak_xuln > 3 * creatinine_baseline_xuln),
        ),
        Option(
            2,
            "> 1.5 to 3× ULN, or > 1.5 to 3× baseline",
            (creatinine_peak_xuln > 1.5) | (creatinine_peak_xuln > 1.5 * creatinine_baseline_xuln),
        ),
        Option(1, "> ULN to 1.5× ULN", creatinine_peak_xuln > 1),
        Option(0, "not above ULN", creatinine_peak_xuln <= 1),
    ),
    missing=NO_MULTIPLE,
    kinds=KIDNEY,
    measured=creatinine_peak_xuln,
    note="The multiple of the baseline counts even when the value stays below ULN.",
    source="CTCAE 5.0, Investigations",
)
CREATININE_6 = Item(
    "creatinine",
    "Creatinine increased",
    (
        Option(4, "> 6× ULN", creatinine_peak_xuln > 6),
        Option(
            3,
            "> 3 to 6× ULN, or > 3× a baseline below LLN",
            (creatinine_peak_xuln > 3)
            | (creatinine_baseline_low & (creatinine_peak_xuln > 3 * creatinine_baseline_xuln)),
        ),
        Option(
            2,
            "> 1.5 to 3× ULN, or > 1.5 to 3× a baseline below LLN",
            (creatinine_peak_xuln > 1.5)
            | (creatinine_baseline_low & (creatinine_peak_xuln > 1.5 * creatinine_baseline_xuln)),
        ),
        Option(1, "> ULN to 1.5× ULN", creatinine_peak_xuln > 1),
        Option(0, "not above ULN", creatinine_peak_xuln <= 1),
    ),
    missing=NO_MULTIPLE,
    kinds=KIDNEY,
    measured=creatinine_peak_xuln,
    note="As corrected by the errata of January 2026.",
    source="CTCAE 6.0, Investigations",
)
CPK_5 = Item(
    "cpk",
    "CPK increased",
    (
        Option(4, "> 10× ULN", ck_peak_xuln > 10),
        Option(3, "> 5 to 10× ULN", ck_peak_xuln > 5),
        Option(2, "> 2.5 to 5× ULN", ck_peak_xuln > 2.5),
        Option(1, "> ULN to 2.5× ULN", ck_peak_xuln > 1),
        Option(0, "not above ULN", ck_peak_xuln <= 1),
    ),
    missing=NO_MULTIPLE,
    kinds=MUSCLE,
    measured=ck_peak_xuln,
    note="The term was deleted in version 6.0.",
    source="CTCAE 5.0, Investigations",
)

CAUTIONS = (
    Caution(
        "Nothing is known of a raised value before the drug: its baseline was taken as normal.",
        baseline_assumed_normal,
    ),
    Caution(
        "A value is said to have been raised before the drug, without a figure: it was graded by multiples of ULN, and "
        "the range covers the other readings.",
        baseline_raised_unquantified,
    ),
    Caution(
        "The fall from a normal baseline counts towards the grade; 'if abnormal' in the text may be meant of the "
        "baseline alone.",
        ~fibrinogen_baseline_low & _LOW & (fibrinogen_fall_pct >= 25),
        items=("fibrinogen",),
    ),
)
