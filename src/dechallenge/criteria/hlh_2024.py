"""Revised diagnostic criteria of haemophagocytic lymphohistiocytosis, HLH-2024: without natural killer cells.

Imports only the vocabulary of facts, the logic and the set of 2004.
"""

from __future__ import annotations

from dechallenge.criteria.hlh_2004 import FIVE_OF_EIGHT, MASKED, SEVEN, seven_items
from dechallenge.facts.vocabulary.inflammation import ferritin_ug_l, haemophagocytosis, molecular_hlh, scd25_u_ml
from dechallenge.logic import OTHERWISE, count_true
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Item, Option, left_out

MET = molecular_hlh | (count_true(SEVEN) >= 5)

SOURCE = "Henter 2024; limits as in Henter 2007"
RULE = "five of the remaining seven with unchanged limits: from memory; the abstract says that natural killer cell \
function was taken out"

INSTRUMENT = Instrument(
    id="hlh-2024",
    title="Haemophagocytic lymphohistiocytosis",
    edition="HLH-2024",
    year=2024,
    kind="criteria",
    purpose="Whether the revised criteria of haemophagocytic lymphohistiocytosis are fulfilled: as HLH-2004, without "
    "the activity of natural killer cells.",
    items=(
        *seven_items(SOURCE),
        Item(
            "verdict",
            "Molecular diagnosis, or five of seven",
            (
                Option("met", "a molecular diagnosis, or at least five of the seven criteria", MET, RULE),
                Option("not met", "no molecular diagnosis, and fewer than five of the seven criteria", ~MET, RULE),
            ),
            missing=left_out("indeterminate: what is needed is not known"),
            source=SOURCE,
        ),
    ),
    result=Category("verdict"),
    reference="Henter JI, Sieni E, Eriksson J, et al. Diagnostic guidelines for familial hemophagocytic "
    "lymphohistiocytosis revisited. Blood 2024;144:2308–18.",
    doi="10.1182/blood.2024025077",
    verification="The abstract was read: what was taken out, the cohorts and the accuracy. The paper was not opened.",
    unverified=("the title of the paper (from memory)", "the unchanged limits of the seven criteria"),
    missing_rule="Three-valued: met or not met only when no answer to what is unknown could change it.",
    notes=(
        "From 366 children under 16 years with the familial disease or Griscelli syndrome type 2, against 374 with "
        "systemic juvenile arthritis and 329 + 361 with febrile infection or sepsis.",
        "Accuracy: HLH-2004 97.4 %; HLH-2004 without natural killer cells 99.0 % (sensitivity 96.2 %, specificity "
        "99.5 %); best model 99.1 %.",
        "Natural killer cell function belongs to a separate cellular strategy. Malignancy and atypical infection have "
        "to be excluded.",
    ),
    cautions=(
        Caution("Malignancy and atypical infection have to be excluded; this is not one of the items.", when=OTHERWISE),
        *MASKED,
    ),
    shown_with=(ferritin_ug_l, haemophagocytosis, molecular_hlh, scd25_u_ml),
    examples=(
        Example("Five of seven", FIVE_OF_EIGHT, category="met"),
        Example(
            "Four of seven",
            {
                **FIVE_OF_EIGHT,
                "splenomegaly": False,
                "haemophagocytosis": False,
                "molecular_hlh": False,
                "scd25_u_ml": 900,
            },
            category="not met",
            remark="with low natural killer cell activity HLH-2004 is met by the same patient",
        ),
        Example("Molecular diagnosis alone", {"molecular_hlh": True}, category="met"),
    ),
)
