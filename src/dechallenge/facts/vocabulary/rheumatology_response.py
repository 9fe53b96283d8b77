"""Terms of disease activity and response in arthritis: joint counts and tests of a visit, changes since the start.

Changes are in per cent of the value before treatment: -72 is an improvement by 72 %, +35 a worsening by 35 %. Imports
only `logic`.
"""

from __future__ import annotations

from dechallenge.logic import Derived, ln, maximum, sqrt
from dechallenge.logic.terms import Choice, Flag, Number

_VISIT = "Of the visit at which the joints were counted."


def _joints(name: str, label: str, question: str) -> Number:
    return Number(name, "joints", f"{label} of 28", question, supply=_VISIT, low=0, high=28, label=label)


tender_joints_28 = _joints("tender_joints_28", "tender joints", "How many of the 28 joints are tender?")
swollen_joints_28 = _joints("swollen_joints_28", "swollen joints", "How many of the 28 joints are swollen?")
visit_esr_mm_h = Number(
    "visit_esr_mm_h",
    "mm/h",
    "erythrocyte sedimentation rate at the visit",
    "What was the ESR at the visit (mm/h)?",
    supply=f"{_VISIT} 0 is counted as 1.",
    low=0,
    high=300,
    label="ESR at the visit",
)
visit_crp_mg_l = Number(
    "visit_crp_mg_l",
    "mg/L",
    "C-reactive protein at the visit, in mg/L",
    "What was CRP at the visit (mg/L, not mg/dL)?",
    supply=f"{_VISIT} In mg/L: 2 mg/dL is 20.",
    low=0,
    high=300,
    label="CRP at the visit",
)
global_health_mm = Number(
    "global_health_mm",
    "mm",
    "patient's global assessment of health or disease on a scale of 0 (best) to 100 mm",
    "What was the patient's global assessment (0 = best to 100 mm)?",
    supply=_VISIT,
    low=0,
    high=100,
    label="patient's global assessment",
)

# --- DAS28 (Prevoo 1995; the forms with CRP and with three variables as in the fact sheet) -----------------------

_JOINTS = 0.56 * sqrt(tender_joints_28) + 0.28 * sqrt(swollen_joints_28)
_LN_ESR = ln(maximum(visit_esr_mm_h, 1))
_LN_CRP = ln(visit_crp_mg_l + 1)
_BOTH = (tender_joints_28, swollen_joints_28)

das28_esr = Derived(
    "das28_esr",
    "",
    "DAS28 with ESR: 0.56 √tender + 0.28 √swollen + 0.70 ln ESR + 0.014 global assessment",
    "What is DAS28 with ESR?",
    low=0,
    high=10,
    label="DAS28-ESR",
    formula=_JOINTS + 0.70 * _LN_ESR + 0.014 * global_health_mm,
    rises=(*_BOTH, visit_esr_mm_h, global_health_mm),
)
das28_crp = Derived(
    "das28_crp",
    "",
    "DAS28 with CRP: 0.56 √tender + 0.28 √swollen + 0.36 ln(CRP + 1) + 0.014 global assessment + 0.96",
    "What is DAS28 with CRP?",
    low=0,
    high=10,
    label="DAS28-CRP",
    formula=_JOINTS + 0.36 * _LN_CRP + 0.014 * global_health_mm + 0.96,
    rises=(*_BOTH, visit_crp_mg_l, global_health_mm),
)
das28_esr_3 = Derived(
    "das28_esr_3",
    "",
    "DAS28 with ESR and three variables: (0.56 √tender + 0.28 √swollen + 0.70 ln ESR) × 1.08 + 0.16",
    "What is DAS28 with ESR, without the global assessment?",
    low=0,
    high=10,
    label="DAS28-ESR, three variables",
    formula=(_JOINTS + 0.70 * _LN_ESR) * 1.08 + 0.16,
    rises=(*_BOTH, visit_esr_mm_h),
)
das28_crp_3 = Derived(
    "das28_crp_3",
    "",
    "DAS28 with CRP and three variables: (0.56 √tender + 0.28 √swollen + 0.36 ln(CRP + 1)) × 1.10 + 1.15",
    "What is DAS28 with CRP, without the global assessment?",
    low=0,
    high=10,
    label="DAS28-CRP, three variables",
    formula=(_JOINTS + 0.36 * _LN_CRP) * 1.10 + 1.15,
    rises=(*_BOTH, visit_crp_mg_l),
)


def _das28(name: str, label: str, when: str) -> Number:
    return Number(
        name,
        "",
        f"DAS28 {when}",
        f"What was DAS28 {when}?",
        supply="The reported figure, of the same form at both times.",
        low=0,
        high=10,
        label=label,
    )


das28_before = _das28("das28_before", "DAS28 before", "before treatment")
das28_now = _das28("das28_now", "DAS28 now", "at the end of the period")
das28_fall = Derived(
    "das28_fall",
    "",
    "fall of DAS28 since the start of treatment",
    "By how much did DAS28 fall?",
    low=-10,
    high=10,
    label="fall of DAS28",
    formula=das28_before - das28_now,
    rises=(das28_before,),
    falls=(das28_now,),
)

# --- changes since the start of treatment ------------------------------------------------------------------------


def _change(name: str, what: str) -> Number:
    return Number(
        name,
        "%",
        f"change of {what} since the start of treatment, in per cent (an improvement is negative)",
        f"By how many per cent did {what} change (improvement negative)?",
        supply="(value now - value before) ÷ value before × 100; unknown when the value before is 0 or not told.",
        low=-100,
        high=100_000,
        label=f"change of {what}",
    )


tender_joints_change = _change("tender_joints_change", "the tender joint count")
swollen_joints_change = _change("swollen_joints_change", "the swollen joint count")
patient_pain_change = _change("patient_pain_change", "the patient's pain")
patient_global_change = _change("patient_global_change", "the global assessment by patient or parent")
physician_global_change = _change("physician_global_change", "the global assessment by the physician")
haq_change = _change("haq_change", "disability (HAQ-DI)")
acute_phase_change = _change("acute_phase_change", "the acute-phase reactant (ESR or CRP)")
active_joints_change = _change("active_joints_change", "the number of active joints")
limited_joints_change = _change("limited_joints_change", "the number of joints with limited motion")
chaq_change = _change("chaq_change", "disability (CHAQ)")
temperature_7_days_c = Number(
    "temperature_7_days_c",
    "°C",
    "highest body temperature in the seven days before the visit",
    "What was the highest temperature in the seven days before the visit (°C)?",
    supply="As recorded; unknown otherwise.",
    low=30,
    high=45,
    label="highest temperature of the last seven days",
)
acr_pedi_reported = Choice(
    "acr_pedi_reported",
    ("below 30", "30", "50", "70", "90"),
    "the level of the ACR Pedi response that the report states",
    "Which ACR Pedi response does the report state?",
    supply="As stated; 'ACR70-90 %' leaves 70 and 90 possible.",
    unknowns=("not reported",),
    label="ACR Pedi response as stated",
)

# --- inactive disease --------------------------------------------------------------------------------------------


def _now(name: str, what: str, supply: str = "") -> Flag:
    return Flag(
        name,
        f"{what} at the visit",
        f"Is there {what} at the visit?",
        supply=supply or "As examined at the visit; unknown otherwise.",
        label=f"{what} now",
    )


active_joints_now = _now("active_joints_now", "a joint with active arthritis")
fever_now = _now("fever_now", "fever because of the arthritis")
rash_now = _now("rash_now", "rash because of the arthritis")
serositis_now = _now("serositis_now", "serositis because of the arthritis")
splenomegaly_now = _now("splenomegaly_now", "splenomegaly because of the arthritis")
lymphadenopathy_now = _now("lymphadenopathy_now", "generalised lymphadenopathy because of the arthritis")
uveitis_now = _now("uveitis_now", "active uveitis")
esr_abnormal = Flag(
    "esr_abnormal",
    "ESR is above the limit of the laboratory at the visit",
    "Was ESR above the limit of the laboratory at the visit?",
    supply=f"{_VISIT} Unknown when not measured.",
    label="ESR abnormal",
)
crp_abnormal = Flag(
    "crp_abnormal",
    "CRP is above the limit of the laboratory at the visit",
    "Was CRP above the limit of the laboratory at the visit?",
    supply=f"{_VISIT} Unknown when not measured.",
    label="CRP abnormal",
)
physician_global_best = Flag(
    "physician_global_best",
    "the physician's global assessment is the best possible on the scale",
    "Is the physician's global assessment the best possible?",
    supply="As told; unknown otherwise.",
    label="best physician's global assessment",
)


def _months(name: str, label: str, medication: str) -> Number:
    return Number(
        name,
        "months",
        f"months of inactive disease without a break {medication}",
        f"For how many months has the disease been inactive {medication}?",
        supply="As told; 0 when there was none; unknown otherwise.",
        low=0,
        high=1200,
        label=label,
    )


inactive_months_on = _months("inactive_months_on", "inactive months on medication", "on medication for the arthritis")
inactive_months_off = _months("inactive_months_off", "inactive months off medication", "off all such medication")

TERMS = (
    tender_joints_28,
    swollen_joints_28,
    visit_esr_mm_h,
    visit_crp_mg_l,
    global_health_mm,
    das28_esr,
    das28_crp,
    das28_esr_3,
    das28_crp_3,
    das28_before,
    das28_now,
    das28_fall,
    tender_joints_change,
    swollen_joints_change,
    patient_pain_change,
    patient_global_change,
    physician_global_change,
    haq_change,
    acute_phase_change,
    active_joints_change,
    limited_joints_change,
    chaq_change,
    temperature_7_days_c,
    acr_pedi_reported,
    active_joints_now,
    fever_now,
    rash_now,
    serositis_now,
    splenomegaly_now,
    lymphadenopathy_now,
    uveitis_now,
    esr_abnormal,
    crp_abnormal,
    physician_global_best,
    inactive_months_on,
    inactive_months_off,
)
