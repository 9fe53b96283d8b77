"""Severity of a drug-induced liver injury, grades 1 to 4 (Aithal 2011).

Imports only the vocabulary of facts, the logic and the case definition of `aithal_2011`.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.grading import bili_peak_xuln
from dechallenge.facts.vocabulary.hepatitis import symptomatic_hepatitis
from dechallenge.facts.vocabulary.liver import (
    ascites,
    death_or_transplant,
    encephalopathy,
    inr_peak,
    other_organ_failure,
)
from dechallenge.instruments.aithal_2011 import LIVER_INJURY
from dechallenge.logic.instrument import Band, Example, Given, Instrument, Item, Option, Sum, lowest

JAUNDICE = bili_peak_xuln >= 2
FAILURE = (inr_peak >= 1.5) | ascites | encephalopathy | other_organ_failure

INJURY: dict[str, Given] = {"alt_xuln": 12.5, "alp_xuln": 1.0, "death_or_transplant": False}

INSTRUMENT = Instrument(
    id="aithal-severity-2011",
    title="Severity of drug-induced liver injury",
    edition="Aithal 2011",
    year=2011,
    kind="severity",
    purpose="How severe an injury that meets the case definition became.",
    applies_to=("liver injury",),
    entry=(LIVER_INJURY,),
    items=(
        Item(
            "1",
            "Grade, from 4 down to 1; the first that holds",
            (
                Option(4, "death or liver transplantation because of the injury", death_or_transplant),
                Option(
                    3,
                    "bilirubin ≥ 2×ULN and INR ≥ 1.5, ascites or encephalopathy, or failure of another organ",
                    JAUNDICE & FAILURE,
                ),
                Option(2, "bilirubin ≥ 2×ULN, or symptomatic hepatitis", JAUNDICE | symptomatic_hepatitis),
                Option(1, "bilirubin < 2×ULN", ~JAUNDICE),
            ),
            missing=lowest("the lowest grade that is still possible; the facts are incomplete"),
            source="Aithal 2011, as quoted in PMC8807695, Table 4",
            note="Ascites and encephalopathy count when the illness has lasted less than 26 weeks and there was no "
            "cirrhosis before.",
        ),
    ),
    result=Sum(
        bands=(
            Band(1, 1, "mild"),
            Band(2, 2, "moderate"),
            Band(3, 3, "severe"),
            Band(4, 4, "fatal or transplantation"),
        ),
        published_range="1 to 4",
    ),
    reference="Aithal GP, Watkins PB, Andrade RJ, et al. Case definition and phenotype standardization in drug-induced "
    "liver injury. Clin Pharmacol Ther 2011;89:806–15.",
    doi="10.1038/clpt.2011.58",
    verification="Read in one source (PMC8807695, Table 4); the paper was not read.",
    missing_rule="The lowest grade compatible with what is stated. Symptoms, INR or ascites that are not stated are "
    "unknown: the range shows what they would change.",
    unverified=("one source only",),
    notes=(
        "Bilirubin is the highest of the injury. Bilirubin of exactly 2×ULN is moderate here, but below the third "
        "threshold of the case definition (> 2×ULN).",
        "An INR raised by an anticoagulant does not count.",
        "A hospital stay plays no part, unlike in the scale of DILIN.",
    ),
    examples=(
        Example(
            "bilirubin 1.9×ULN, no symptoms",
            {**INJURY, "bili_peak_xuln": 1.9, "symptomatic_hepatitis": False},
            score=1,
            category="mild",
            remark="made up from the definition",
        ),
        Example(
            "bilirubin 1×ULN with symptoms",
            {**INJURY, "bili_peak_xuln": 1, "symptomatic_hepatitis": True},
            score=2,
            category="moderate",
            remark="made up from the definition",
        ),
        Example(
            "bilirubin 5.67×ULN, INR 1.6",
            {**INJURY, "bili_peak_xuln": 5.67, "inr_peak": 1.6},
            score=3,
            category="severe",
            remark="made up from the definition",
        ),
        Example(
            "transplantation", {**INJURY, "death_or_transplant": True}, score=4, category="fatal or transplantation"
        ),
    ),
)
