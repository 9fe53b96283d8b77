"""NAFLD activity score (NASH CRN, Kleiner 2005), from reported histology.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.histology import ballooning_grade, lobular_foci, steatosis_percent
from dechallenge.facts.vocabulary.liver_scores import bmi
from dechallenge.logic.instrument import Band, Caution, Example, Instrument, Item, Option, Sum, forbids

REFERENCE = (
    "Kleiner DE, Brunt EM, Van Natta M, et al. Design and validation of a histological scoring system for nonalcoholic "
    "fatty liver disease. Hepatology 2005;41:1313–21."
)
DOI = "10.1002/hep.20701"

INSTRUMENT = Instrument(
    id="nas-2005",
    title="NAFLD activity score",
    edition="NASH CRN 2005",
    year=2005,
    kind="score",
    purpose="Activity of a fatty liver in a biopsy: steatosis, lobular inflammation and ballooning.",
    applies_to=("liver injury",),
    items=(
        Item(
            "steatosis",
            "Steatosis",
            (
                Option(0, "below 5 %", steatosis_percent < 5),
                Option(1, "5 to 33 %", steatosis_percent.between(5, 33)),
                Option(2, "above 33 to 66 %", (steatosis_percent > 33) & (steatosis_percent <= 66)),
                Option(3, "above 66 %", steatosis_percent > 66),
            ),
            missing=forbids("the share of hepatocytes with fat is needed"),
            source="Kleiner 2005",
        ),
        Item(
            "lobular",
            "Lobular inflammation (foci per ×200 field)",
            (
                Option(0, "none", lobular_foci.is_("none")),
                Option(1, "under 2", lobular_foci.is_("under 2")),
                Option(2, "2 to 4", lobular_foci.is_("2 to 4")),
                Option(3, "over 4", lobular_foci.is_("over 4")),
            ),
            missing=forbids("the number of foci is needed; “mild” is not a number"),
            source="Kleiner 2005",
        ),
        Item(
            "ballooning",
            "Ballooning",
            (
                Option(0, "none", ballooning_grade.is_("none")),
                Option(1, "few", ballooning_grade.is_("few")),
                Option(2, "many", ballooning_grade.is_("many")),
            ),
            missing=forbids("whether there is ballooning is needed"),
            source="Kleiner 2005",
        ),
    ),
    result=Sum(
        (Band(0, 2, "not NASH"), Band(3, 4, "indeterminate"), Band(5, 8, "mostly NASH")),
        published_range="0 to 8",
    ),
    reference=REFERENCE,
    doi=DOI,
    verification="Points and bands read in two sources or more; the paper was not read.",
    unverified=("the DOI is quoted from memory",),
    missing_rule="All three are needed; what the biopsy report does not mention is never taken as none.",
    cautions=(
        Caution(
            "It grades a fatty liver; it does not tell drug-induced steatohepatitis from NASH. Weigh it with the "
            "patient's weight and other causes of fat.",
        ),
        Caution("Overweight: NAFLD comes first as the cause of macrovesicular fat.", when=bmi >= 25),
    ),
    shown_with=(steatosis_percent, ballooning_grade),
    examples=(
        Example(
            "anakinra: steatosis 80 %, mild lobular inflammation, ballooning not mentioned",
            {"steatosis_percent": 80},
            {"steatosis": 3},
            remark="derived: 3 points known, no score; with foci and ballooning unknown 3 to 8, and from 4 up as some "
            "inflammation is told",
        ),
        Example(
            "steatosis 40 %, 2 to 4 foci, few ballooned cells",
            {"steatosis_percent": 40, "lobular_foci": "2 to 4", "ballooning_grade": "few"},
            {"steatosis": 2, "lobular": 2, "ballooning": 1},
            5,
            "mostly NASH",
            remark="derived",
        ),
    ),
)
