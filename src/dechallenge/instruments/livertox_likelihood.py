"""LiverTox likelihood of a drug (definitions of the website): categories A to E, E* and X.

Imports only the vocabulary of facts, the logic and what the editions share.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.documentation import (
    convincing_cases,
    little_known_drug,
    liver_reports,
    liver_signature,
)
from dechallenge.instruments.livertox_rules import NO_CASE, OF_THE_DRUG, likelihood
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Option

INSTRUMENT = Instrument(
    id="livertox-likelihood",
    title="LiverTox likelihood of a drug",
    edition="website definitions (NBK548392)",
    year=2019,
    kind="causality",
    purpose="How well a drug is established as a cause of liver injury, by the number of published convincing cases. "
    + OF_THE_DRUG,
    applies_to=("liver injury",),
    items=(
        likelihood(
            (
                Option("A", "well known cause: more than 50 cases, with case series", convincing_cases > 50),
                Option(
                    "B",
                    "known or highly likely cause: 12 to 50 cases",
                    convincing_cases.between(12, 50),
                ),
                Option(
                    "C",
                    "probable, rare cause: 3 to 11 cases, no significant series",
                    convincing_cases.between(3, 11),
                ),
                Option(
                    "D",
                    "possible, rare cause: 1 or 2 cases, not very convincing",
                    convincing_cases.between(1, 2),
                ),
                Option("X", "unknown: no case, and a new or rarely used drug", NO_CASE & little_known_drug),
                Option(
                    "E*",
                    "unproven but suspected: no convincing case, but reports without detail to regulators or in large "
                    "trials",
                    NO_CASE & liver_reports,
                ),
                Option(
                    "E",
                    "unlikely: no convincing case in spite of extensive use",
                    NO_CASE & ~little_known_drug & ~liver_reports,
                ),
            ),
            "LiverTox, categorization of the likelihood of drug-induced liver injury (NBK548392)",
            "C is printed as fewer than 12 and D as fewer than 3 cases: 3 is C by exclusion.",
        ),
    ),
    result=Category("likelihood"),
    reference="LiverTox: clinical and research information on drug-induced liver injury. Bethesda: National Institute "
    "of Diabetes and Digestive and Kidney Diseases. Categorization of the likelihood of drug-induced liver injury "
    "(NBK548392).",
    verification="The definitions read in three places that quote the website (a review, a tool page, a repository).",
    missing_rule="Without a count there is no category; without a case, E, E* and X differ by what else is known of "
    "the drug. A drug that is not listed is not X.",
    unverified=(
        "the year 2019 of the present wording is from memory",
        "the suffix [HD] for toxicity in high doses only is from memory",
    ),
    notes=(
        "The category that the website gives a drug is never worked out anew; this is the rule for a count that "
        "somebody made.",
        "The website differs from its authors' paper of 2016 at exactly 50 (here B) and 3 (here C).",
    ),
    cautions=(
        Caution(
            "categories A and B are described with a characteristic signature of the injury; none is known here",
            (convincing_cases >= 12) & ~liver_signature,
            ("likelihood",),
        ),
    ),
    shown_with=(convincing_cases,),
    examples=(
        Example("51 cases", {"convincing_cases": 51}, category="A"),
        Example("exactly 50 cases", {"convincing_cases": 50}, category="B", remark="A in the paper of 2016"),
        Example("exactly 12 cases", {"convincing_cases": 12}, category="B", remark="B in both"),
        Example(
            "exactly 3 cases", {"convincing_cases": 3}, category="C", remark="by exclusion; D in the paper of 2016"
        ),
        Example("2 cases", {"convincing_cases": 2}, category="D"),
    ),
)
