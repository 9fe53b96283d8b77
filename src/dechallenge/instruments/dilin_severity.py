"""Severity of a drug-induced liver injury, grades 1 to 5 (DILIN, used by LiverTox as 1+ to 5+).

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.liver import (
    alp_xuln,
    alt_xuln,
    ascites,
    bili_peak_mg_dl,
    death_or_transplant,
    encephalopathy,
    hospitalised,
    inr_peak,
    other_organ_failure,
)
from dechallenge.logic.instrument import Band, Entry, Example, Instrument, Item, Option, Sum, lowest

JAUNDICE = bili_peak_mg_dl >= 2.5
COAGULOPATHY = inr_peak >= 1.5
HEPATIC_FAILURE = COAGULOPATHY | ascites | encephalopathy

RAISED = Entry(
    "ALT or alkaline phosphatase is raised above its upper limit",
    (alt_xuln > 1) | (alp_xuln > 1),
    "Neither ALT nor alkaline phosphatase is raised: there is no injury to grade",
)
"""The scale grades "elevated ALT and/or ALP"; it asks for no threshold of a case definition."""

INJURY = {"alt_xuln": 12.5, "alp_xuln": 1.0}

INSTRUMENT = Instrument(
    id="dilin-severity",
    title="Severity of drug-induced liver injury (DILIN, LiverTox)",
    edition="Fontana 2009",
    year=2009,
    kind="severity",
    purpose="How severe the injury became. LiverTox writes the grades 1+ to 5+.",
    applies_to=("liver injury",),
    entry=(RAISED,),
    items=(
        Item(
            "1",
            "Grade, from 5 down to 1; the first that holds",
            (
                Option(5, "death or liver transplantation because of the injury", death_or_transplant),
                Option(
                    4,
                    "bilirubin ≥ 2.5 mg/dL and hepatic failure (INR ≥ 1.5, ascites or encephalopathy) or failure of "
                    "another organ",
                    JAUNDICE & (HEPATIC_FAILURE | other_organ_failure),
                ),
                Option(3, "hospital stay, or a longer one, because of the injury", hospitalised),
                Option(2, "bilirubin ≥ 2.5 mg/dL or INR ≥ 1.5", JAUNDICE | COAGULOPATHY),
                Option(1, "bilirubin < 2.5 mg/dL and INR < 1.5", ~JAUNDICE & ~COAGULOPATHY),
            ),
            missing=lowest("the lowest grade that is still possible; the facts are incomplete"),
            source="Fontana 2009, as quoted in PMC8807695, Table 4",
        ),
    ),
    result=Sum(
        bands=(
            Band(1, 1, "mild"),
            Band(2, 2, "moderate"),
            Band(3, 3, "moderate to severe"),
            Band(4, 4, "severe"),
            Band(5, 5, "fatal"),
        ),
        published_range="1 to 5",
    ),
    reference="Fontana RJ, Watkins PB, Bonkovsky HL, et al. Drug-Induced Liver Injury Network (DILIN) prospective "
    "study. Drug Saf 2009;32:55–68.",
    doi="10.2165/00002018-200932010-00005",
    verification="Conditions read in two sources; the reference's identifiers are quoted from memory.",
    missing_rule="The lowest grade compatible with what is stated, marked incomplete. A hospital stay, INR or "
    "ascites that is not stated is unknown: the range shows what it would change.",
    notes=(
        "Entry is the scale's own: a raised ALT or ALP, not the thresholds of a case definition.",
        "Grade 3 as in Fontana 2009, which does not ask for bilirubin ≥ 2.5 mg/dL; LiverTox describes both.",
        "An INR raised by an anticoagulant does not count.",
        "2.5 mg/dL is 42.75 µmol/L.",
    ),
    examples=(
        Example(
            "ALT 500 (ULN 40), bilirubin 2.4, INR 1.4",
            {
                **INJURY,
                "bili_peak_mg_dl": 2.4,
                "inr_peak": 1.4,
                "hospitalised": False,
                "death_or_transplant": False,
            },
            score=1,
            category="mild",
        ),
        Example(
            "bilirubin 2.5, INR 1.0",
            {**INJURY, "bili_peak_mg_dl": 2.5, "inr_peak": 1.0, "hospitalised": False},
            score=2,
            category="moderate",
        ),
        Example("bilirubin 1.0, INR 1.5", {**INJURY, "bili_peak_mg_dl": 1.0, "inr_peak": 1.5}, score=2),
        Example(
            "the same, in hospital for it",
            {**INJURY, "bili_peak_mg_dl": 1.0, "inr_peak": 1.5, "hospitalised": True},
            score=3,
            category="moderate to severe",
        ),
        Example(
            "bilirubin 6, INR 1.6", {**INJURY, "bili_peak_mg_dl": 6.0, "inr_peak": 1.6}, score=4, category="severe"
        ),
        Example("liver transplant", {**INJURY, "death_or_transplant": True}, score=5, category="fatal"),
    ),
)
