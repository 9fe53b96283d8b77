"""King's College criteria for transplantation in acute liver failure (O'Grady 1989): paracetamol, and other causes.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.liver import bili_peak_mg_dl, inr_peak
from dechallenge.facts.vocabulary.liver_failure import (
    arterial_ph,
    creatinine_peak_umol_l,
    encephalopathy_grade,
    jaundice_to_encephalopathy_days,
    lactate_after_fluids_mmol_l,
    lactate_early_mmol_l,
    liver_failure_cause,
)
from dechallenge.facts.vocabulary.person import age
from dechallenge.logic import all_of, count_true
from dechallenge.logic.instrument import Category, Caution, Entry, Example, Given, Instrument, Item, Option, left_out
from dechallenge.logic.predicates import Predicate

BILIRUBIN_300 = 300 / 17.104
"""300 µmol/L in mg/dL; printed as 17.6."""

PARACETAMOL = liver_failure_cause.is_("paracetamol")
DEEP = encephalopathy_grade.is_("grade 3-4")
ACIDOSIS = arterial_ph < 7.30
INR_65 = inr_peak > 6.5
TRIAD = all_of((INR_65, creatinine_peak_umol_l > 300, DEEP))
LACTATE = (lactate_early_mmol_l > 3.5) | (lactate_after_fluids_mmol_l > 3.0)

AGE = (age < 10) | (age > 40)
CAUSE = liver_failure_cause.one_of("seronegative hepatitis", "drug reaction", "Wilson disease")
INTERVAL = jaundice_to_encephalopathy_days > 7
INR_35 = inr_peak > 3.5
BILIRUBIN = bili_peak_mg_dl > BILIRUBIN_300

BY_PARACETAMOL = ACIDOSIS | TRIAD
BY_OTHER = INR_65 | (count_true((AGE, CAUSE, INTERVAL, INR_35, BILIRUBIN)) >= 3)

_NOT_KNOWN = left_out("not known")


def _criterion(id: str, title: str, yes: str, no: str, when: Predicate) -> Item:
    return Item(
        id,
        title,
        (Option("yes", yes, when), Option("no", no, ~when)),
        missing=_NOT_KNOWN,
        source="O'Grady 1989",
    )


_ALF: dict[str, Given] = {"encephalopathy_grade": "grade 3-4"}

INSTRUMENT = Instrument(
    id="kings-college-1989",
    title="King's College criteria",
    edition="O'Grady 1989",
    year=1989,
    kind="criteria",
    purpose="Poor outlook without transplantation in acute liver failure.",
    applies_to=("liver injury",),
    entry=(
        Entry(
            "there is acute liver failure (INR ≥ 1.5 and encephalopathy)",
            (inr_peak >= 1.5) & encephalopathy_grade.one_of("grade 1-2", "grade 3-4"),
            "No acute liver failure: it needs INR ≥ 1.5 and encephalopathy",
        ),
    ),
    items=(
        _criterion("ph", "Paracetamol: arterial pH < 7.30", "pH < 7.30 after fluids", "pH 7.30 or more", ACIDOSIS),
        _criterion(
            "triad",
            "Paracetamol: INR > 6.5, creatinine > 300 µmol/L and encephalopathy grade 3-4",
            "all three within 24 h",
            "not all three",
            TRIAD,
        ),
        _criterion(
            "lactate",
            "Paracetamol, later addition: lactate",
            "> 3.5 mmol/L early or > 3.0 mmol/L after fluids",
            "not above these",
            LACTATE,
        ),
        _criterion("inr", "Other causes: INR > 6.5", "INR > 6.5", "INR 6.5 or less", INR_65),
        _criterion("age", "Other causes: age", "under 10 or over 40 years", "10 to 40 years", AGE),
        _criterion(
            "cause",
            "Other causes: unfavourable cause",
            "seronegative hepatitis, drug reaction (halothane), Wilson disease",
            "another cause",
            CAUSE,
        ),
        _criterion(
            "interval", "Other causes: jaundice to encephalopathy", "more than 7 days", "7 days or less", INTERVAL
        ),
        _criterion("inr_3_5", "Other causes: INR > 3.5", "INR > 3.5", "INR 3.5 or less", INR_35),
        _criterion(
            "bilirubin", "Other causes: bilirubin", "> 300 µmol/L (17.5 mg/dL)", "300 µmol/L or less", BILIRUBIN
        ),
        Item(
            "with_lactate",
            "Paracetamol with the later lactate criterion",
            (
                Option("met", "pH, the three together, or lactate", PARACETAMOL & (BY_PARACETAMOL | LACTATE)),
                Option("not met", "none of them", PARACETAMOL & ~(BY_PARACETAMOL | LACTATE)),
                Option("not for this cause", "the cause is not paracetamol", ~PARACETAMOL),
            ),
            missing=_NOT_KNOWN,
            source="later addition to O'Grady 1989",
        ),
        Item(
            "verdict",
            "Verdict",
            (
                Option(
                    "met",
                    "paracetamol: pH, or the three together; other causes: INR > 6.5, or three of five",
                    (PARACETAMOL & BY_PARACETAMOL) | (~PARACETAMOL & BY_OTHER),
                ),
                Option(
                    "not met",
                    "the rule for this cause is not met",
                    (PARACETAMOL & ~BY_PARACETAMOL) | ~(PARACETAMOL | BY_OTHER),
                ),
            ),
            missing=left_out("what is needed is not known"),
            source="O'Grady 1989",
        ),
    ),
    result=Category("verdict"),
    reference="O'Grady JG, Alexander GJ, Hayllar KM, Williams R. Early indicators of prognosis in fulminant hepatic "
    "failure. Gastroenterology 1989;97:439–45.",
    verification="Criteria read in two sources, both groups in three texts; the paper was not read.",
    missing_rule="A criterion that is not known is not judged; it never counts as not met.",
    cautions=(
        Caution("Not reliable in children.", when=age < 18),
        Caution(
            "The worst values of the injury are used; the three of paracetamol have to lie within 24 h of each other.",
            items=("triad",),
        ),
        Caution("Sensitivity 68-69 %, specificity 82-92 %: “not met” does not promise survival."),
    ),
    shown_with=(encephalopathy_grade, arterial_ph),
    notes=(
        "Acute liver failure is INR ≥ 1.5 with encephalopathy, without chronic liver disease, within 26 weeks; the "
        "last two are for the reader to see.",
        "INR > 6.5 and > 3.5 stand for prothrombin times of more than 100 and 50 s.",
        "Bilirubin is compared at 300 µmol/L (17.54 mg/dL; printed rounded as 17.6), creatinine at 300 µmol/L (printed "
        "as 3.4 mg/dL).",
    ),
    examples=(
        Example(
            "paracetamol with pH 7.25",
            {**_ALF, "inr_peak": 3, "liver_failure_cause": "paracetamol", "arterial_ph": 7.25},
            {"ph": "yes"},
            category="met",
            remark="derived",
        ),
        Example(
            "drug reaction at 50 with bilirubin 20 mg/dL, INR 2",
            {**_ALF, "inr_peak": 2, "liver_failure_cause": "drug reaction", "age": 50, "bili_peak_mg_dl": 20},
            {"age": "yes", "cause": "yes", "bilirubin": "yes", "inr_3_5": "no"},
            category="met",
            remark="derived: three of five",
        ),
        Example(
            "paracetamol with the criteria of other causes only",
            {
                **_ALF,
                "inr_peak": 7,
                "liver_failure_cause": "paracetamol",
                "age": 50,
                "arterial_ph": 7.4,
                "creatinine_peak_umol_l": 100,
            },
            {"inr": "yes", "age": "yes"},
            category="not met",
            remark="derived: INR alone decides for other causes only",
        ),
    ),
)
