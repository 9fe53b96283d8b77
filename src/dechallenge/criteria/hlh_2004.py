"""Diagnostic criteria of haemophagocytic lymphohistiocytosis, HLH-2004 (Henter 2007).

Imports only the vocabulary of facts, the logic and the shared cautions of IL-1 and IL-6 blockade. The revision of 2024
takes its items from here.
"""

from __future__ import annotations

from dechallenge.criteria.masking import masked
from dechallenge.facts.vocabulary.inflammation import (
    ferritin_ug_l,
    fibrinogen_g_l,
    haemoglobin_lowest_g_l,
    haemophagocytosis,
    molecular_hlh,
    neutrophils_lowest,
    nk_activity,
    platelets_lowest,
    scd25_u_ml,
    splenomegaly,
    temperature_c,
    triglycerides_mg_dl,
)
from dechallenge.facts.vocabulary.person import age
from dechallenge.logic import Predicate, count_true
from dechallenge.logic.instrument import Category, Example, Instrument, Item, Option, left_out

FOUR_WEEKS = 0.0767
"""Years: 28 ÷ 365.25, rounded up to four decimals."""

FEVER = temperature_c >= 38.5
ANAEMIA = (haemoglobin_lowest_g_l < 90) | ((age < FOUR_WEEKS) & (haemoglobin_lowest_g_l < 100))
CYTOPENIA = count_true((ANAEMIA, platelets_lowest < 100, neutrophils_lowest < 1)) >= 2
LIPIDS_OR_FIBRINOGEN = (triglycerides_mg_dl >= 265) | (fibrinogen_g_l <= 1.5)
NK_LOW = nk_activity.is_("low or absent")
FERRITIN = ferritin_ug_l >= 500
SCD25 = scd25_u_ml >= 2400

SEVEN = (FEVER, splenomegaly, CYTOPENIA, LIPIDS_OR_FIBRINOGEN, haemophagocytosis, FERRITIN, SCD25)
"""Without the activity of natural killer cells."""
EIGHT = (*SEVEN, NK_LOW)

SOURCE = "Henter 2007, table of the diagnostic guidelines"
NOT_KNOWN = left_out("not known")


def criterion(id: str, title: str, holds: Predicate, fails: str, source: str = SOURCE, mark: str = "") -> Item:
    """One criterion with the codes yes and no."""
    options = (Option("yes", title, holds, mark), Option("no", fails, ~holds, mark))
    return Item(id, title, options, missing=NOT_KNOWN, source=source)


def seven_items(source: str = SOURCE, mark: str = "") -> tuple[Item, ...]:
    """The molecular diagnosis and the seven criteria without natural killer cells, for this set and its revision."""
    return (
        criterion(
            "molecular",
            "Molecular diagnosis consistent with HLH",
            molecular_hlh,
            "no molecular diagnosis",
            source,
            mark,
        ),
        criterion("fever", "Fever ≥ 38.5 °C", FEVER, "temperature < 38.5 °C", source, mark),
        criterion("splenomegaly", "Splenomegaly", splenomegaly, "no splenomegaly", source, mark),
        criterion(
            "cytopenia",
            "Cytopenia in two of three lineages: haemoglobin < 90 g/L (under 4 weeks of age < 100), platelets < 100 × "
            "10⁹/L, neutrophils < 1.0 × 10⁹/L",
            CYTOPENIA,
            "cytopenia in fewer than two lineages",
            source,
            mark,
        ),
        criterion(
            "triglycerides-fibrinogen",
            "Fasting triglycerides ≥ 265 mg/dL (3.0 mmol/L), or fibrinogen ≤ 1.5 g/L",
            LIPIDS_OR_FIBRINOGEN,
            "triglycerides < 265 mg/dL and fibrinogen > 1.5 g/L",
            source,
            mark,
        ),
        criterion(
            "haemophagocytosis",
            "Haemophagocytosis in marrow, spleen, lymph nodes or liver, without malignancy",
            haemophagocytosis,
            "no haemophagocytosis",
            source,
            mark,
        ),
        criterion("ferritin", "Ferritin ≥ 500 µg/L", FERRITIN, "ferritin < 500 µg/L", source, mark),
        criterion("scd25", "Soluble CD25 ≥ 2400 U/mL", SCD25, "soluble CD25 < 2400 U/mL", source, mark),
    )


MET = molecular_hlh | (count_true(EIGHT) >= 5)

MASKED = masked(
    fever="fever",
    ferritin="ferritin",
    platelets="cytopenia",
    neutrophils="cytopenia",
    triglycerides="triglycerides-fibrinogen",
    fibrinogen="triglycerides-fibrinogen",
)

FIVE_OF_EIGHT = {
    "temperature_c": 39.2,
    "splenomegaly": True,
    "haemoglobin_lowest_g_l": 80,
    "platelets_lowest": 60,
    "triglycerides_mg_dl": 300,
    "ferritin_ug_l": 3000,
}

INSTRUMENT = Instrument(
    id="hlh-2004",
    title="Haemophagocytic lymphohistiocytosis",
    edition="HLH-2004",
    year=2007,
    kind="criteria",
    purpose="Whether the diagnostic criteria of haemophagocytic lymphohistiocytosis are fulfilled: a molecular "
    "diagnosis, or five of eight criteria.",
    items=(
        *seven_items(),
        criterion("nk", "Natural killer cell activity low or absent", NK_LOW, "natural killer cell activity normal"),
        Item(
            "verdict",
            "Molecular diagnosis, or five of eight",
            (
                Option("met", "a molecular diagnosis, or at least five of the eight criteria", MET),
                Option("not met", "no molecular diagnosis, and fewer than five of the eight criteria", ~MET),
            ),
            missing=left_out("indeterminate: what is needed is not known"),
            source=SOURCE,
        ),
    ),
    result=Category("verdict"),
    reference="Henter JI, Horne A, Aricó M, et al. HLH-2004: diagnostic and therapeutic guidelines for hemophagocytic "
    "lymphohistiocytosis. Pediatr Blood Cancer 2007;48:124–31.",
    doi="10.1002/pbc.21039",
    verification="Criteria and limits read in two or more sources; the paper itself was not opened.",
    unverified=("the DOI of the paper (from memory)",),
    missing_rule="Three-valued: met or not met only when no answer to what is unknown could change it.",
    notes=(
        "Known misprints, not followed: neutrophils “< 100/mcL” and triglycerides “> 177 mg/dL” in a manual; ferritin "
        "“≥ 500 mg/L” and platelets in “× 10³/mL” in tables. One variant puts the fever at 38.3 °C.",
        "Age norms of soluble CD25 are preferred to the fixed limit where the laboratory has them; triglycerides are "
        "fasting. Anaemia is haemoglobin < 100 g/L in infants under four weeks.",
        "Supportive, not counted: pleocytosis or protein in the cerebrospinal fluid, liver histology like chronic "
        "persistent hepatitis, jaundice, raised transaminases, low protein, low sodium, raised D-dimer or LDH.",
        "Fulfilled criteria say nothing of the cause: inherited disease, infection, malignancy, rheumatic disease and "
        "the drug compete.",
    ),
    cautions=MASKED,
    shown_with=(ferritin_ug_l, haemophagocytosis, molecular_hlh, scd25_u_ml),
    examples=(
        Example("Five of eight", FIVE_OF_EIGHT, {"cytopenia": "yes"}, category="met"),
        Example(
            "Four of eight",
            {
                **FIVE_OF_EIGHT,
                "splenomegaly": False,
                "haemophagocytosis": False,
                "molecular_hlh": False,
                "nk_activity": "normal",
                "scd25_u_ml": 900,
            },
            category="not met",
        ),
        Example("Molecular diagnosis alone", {"molecular_hlh": True}, category="met"),
        Example(
            "Misprinted limits",
            {
                **FIVE_OF_EIGHT,
                "triglycerides_mg_dl": 200,
                "fibrinogen_g_l": 3,
                "haemoglobin_lowest_g_l": 120,
                "neutrophils_lowest": 0.5,
            },
            {"triglycerides-fibrinogen": "no", "cytopenia": "yes"},
            remark="triglycerides of 200 mg/dL would count with the misprint 177, neutrophils of 500/µL would not "
            "with the misprint 100",
        ),
    ),
)
