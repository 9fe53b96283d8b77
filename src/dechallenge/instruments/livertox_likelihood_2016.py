"""LiverTox likelihood of a drug with the counts of Björnsson & Hoofnagle 2016: categories A to E and T.

Imports only the vocabulary of facts, the logic and what the editions share.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.documentation import convincing_cases, high_dose_hepatotoxin
from dechallenge.instruments.livertox_rules import NO_CASE, OF_THE_DRUG, likelihood
from dechallenge.logic.instrument import Category, Example, Instrument, Option

INSTRUMENT = Instrument(
    id="livertox-likelihood-2016",
    title="LiverTox likelihood of a drug",
    edition="Björnsson & Hoofnagle 2016",
    year=2016,
    kind="causality",
    purpose="How well a drug is established as a cause of liver injury, by the number of published convincing cases. "
    + OF_THE_DRUG,
    applies_to=("liver injury",),
    items=(
        likelihood(
            (
                Option("T", "direct hepatotoxin in high doses only", high_dose_hepatotoxin),
                Option("A", "50 cases or more", convincing_cases >= 50),
                Option("B", "12 to 49 cases", convincing_cases.between(12, 49)),
                Option("C", "4 to 11 cases", convincing_cases.between(4, 11)),
                Option("D", "1 to 3 cases", convincing_cases.between(1, 3)),
                Option("E", "no convincing case", NO_CASE),
            ),
            "Björnsson & Hoofnagle 2016, abstract",
        ),
    ),
    result=Category("likelihood"),
    reference="Björnsson ES, Hoofnagle JH. Categorization of drugs implicated in causing liver injury. Hepatology "
    "2016;63:590–603.",
    doi="10.1002/hep.28323",
    verification="The counts read in the abstract, in two databases.",
    missing_rule="Without a count there is no category. A drug that is not known as a toxin in high doses only is not "
    "T; the range covers it.",
    unverified=("the identifier of the reference is from memory",),
    notes=(
        "Of 671 agents the paper puts 48 in A, 76 in B, 96 in C, 126 in D, 318 in E and 7 in T.",
        "The website of LiverTox has other limits at exactly 50 and 3 cases, and no T.",
    ),
    shown_with=(convincing_cases,),
    examples=(
        Example("exactly 50 cases", {"convincing_cases": 50}, category="A", remark="B on the website"),
        Example("exactly 12 cases", {"convincing_cases": 12}, category="B", remark="B in both"),
        Example("exactly 3 cases", {"convincing_cases": 3}, category="D", remark="C on the website"),
        Example("no case", {"convincing_cases": 0, "high_dose_hepatotoxin": False}, category="E"),
        Example("a toxin in high doses only", {"convincing_cases": 500, "high_dose_hepatotoxin": True}, category="T"),
    ),
)
