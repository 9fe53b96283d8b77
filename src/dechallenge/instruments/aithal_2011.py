"""Case definition of drug-induced liver injury (Aithal 2011): the thresholds that make it an injury.

Imports only the vocabulary of facts and the logic. RUCAM 1993 and the severity scale take their entry from here.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.liver import alp_xuln, alt_xuln, bili_xuln
from dechallenge.logic.instrument import Category, Entry, Example, Instrument, Item, Option, left_out

ALT_5 = alt_xuln >= 5
ALP_2 = alp_xuln >= 2
ALT_3_WITH_JAUNDICE = (alt_xuln >= 3) & (bili_xuln > 2)

CASE_DEFINITION = ALT_5 | ALP_2 | ALT_3_WITH_JAUNDICE

SIGNS = "the signs ≥ and > differ between secondary sources; those of one implementation that cites the paper are used"

LIVER_INJURY = Entry(
    "the liver tests reach a threshold of injury (ALT ≥ 5×ULN, ALP ≥ 2×ULN, or ALT ≥ 3×ULN with bilirubin > 2×ULN)",
    CASE_DEFINITION,
    "The liver tests do not reach a threshold of liver injury: ALT ≥ 5×ULN, ALP ≥ 2×ULN, or ALT ≥ 3×ULN with bilirubin "
    "> 2×ULN",
)

NOT_KNOWN = left_out("not known")


def _criterion(id: str, title: str, holds: Option, fails: Option) -> Item:
    return Item(id, title, (holds, fails), missing=NOT_KNOWN, source="Aithal 2011, case definition")


INSTRUMENT = Instrument(
    id="aithal-2011",
    title="Case definition of drug-induced liver injury",
    edition="Aithal 2011",
    year=2011,
    kind="criteria",
    purpose="Whether liver tests reach the thresholds of drug-induced liver injury; one criterion is enough.",
    applies_to=("liver injury",),
    items=(
        _criterion("1", "ALT ≥ 5×ULN", Option("yes", "ALT ≥ 5×ULN", ALT_5, SIGNS), Option("no", "ALT < 5×ULN", ~ALT_5)),
        _criterion("2", "ALP ≥ 2×ULN", Option("yes", "ALP ≥ 2×ULN", ALP_2, SIGNS), Option("no", "ALP < 2×ULN", ~ALP_2)),
        _criterion(
            "3",
            "ALT ≥ 3×ULN with bilirubin > 2×ULN",
            Option("yes", "ALT ≥ 3×ULN and total bilirubin > 2×ULN", ALT_3_WITH_JAUNDICE, SIGNS),
            Option("no", "ALT < 3×ULN or total bilirubin ≤ 2×ULN", ~ALT_3_WITH_JAUNDICE),
        ),
        Item(
            "verdict",
            "Any of the three",
            (
                Option("met", "at least one criterion is met", CASE_DEFINITION),
                Option("not met", "no criterion is met", ~CASE_DEFINITION),
            ),
            missing=NOT_KNOWN,
            source="Aithal 2011, case definition",
        ),
    ),
    result=Category("verdict"),
    reference="Aithal GP, Watkins PB, Andrade RJ, et al. Case definition and phenotype standardization in drug-induced "
    "liver injury. Clin Pharmacol Ther 2011;89:806–15.",
    doi="10.1038/clpt.2011.58",
    verification="The figures 5, 2, 3 and 2 read in two sources (2023 joint report; RECAM-J); the paper was not read.",
    missing_rule="A criterion whose values are missing is not judged; it never counts as not met.",
    notes=("The ALP criterion is meant for ALP of the liver: with raised GGT and without bone disease (from memory).",),
    examples=(
        Example("ALT 83.7×ULN, ALP 2.61×ULN", {"alt_xuln": 83.7, "alp_xuln": 2.61, "bili_xuln": 5.67}, category="met"),
        Example("ALT 50/40, ALP 161/115", {"alt_xuln": 1.25, "alp_xuln": 1.4, "bili_xuln": 1}, category="not met"),
        Example("ALT 3×ULN with bilirubin 2×ULN", {"alt_xuln": 3, "alp_xuln": 1, "bili_xuln": 2}, category="not met"),
        Example("ALT 3×ULN with bilirubin 2.1×ULN", {"alt_xuln": 3, "alp_xuln": 1, "bili_xuln": 2.1}, category="met"),
    ),
)
