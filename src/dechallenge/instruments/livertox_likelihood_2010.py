"""LiverTox likelihood of a drug with the older counts of the workshop of 2010: categories A to E and X.

Imports only the vocabulary of facts, the logic and what the editions share.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.documentation import convincing_cases, little_known_drug
from dechallenge.instruments.livertox_rules import NO_CASE, OF_THE_DRUG, likelihood
from dechallenge.logic.instrument import Category, Example, Instrument, Option

INSTRUMENT = Instrument(
    id="livertox-likelihood-2010",
    title="LiverTox likelihood of a drug",
    edition="workshop 2010 (older counts)",
    year=2010,
    kind="causality",
    purpose="How well a drug is established as a cause of liver injury, by the number of published convincing cases. "
    + OF_THE_DRUG,
    applies_to=("liver injury",),
    items=(
        likelihood(
            (
                Option("A", "50 cases or more", convincing_cases >= 50),
                Option("B", "10 to 49 cases", convincing_cases.between(10, 49)),
                Option("C", "3 to 9 cases", convincing_cases.between(3, 9)),
                Option(
                    "D",
                    "unproven: 1 or 2 cases",
                    convincing_cases.between(1, 2),
                    unverified="printed as fewer than 3; that none at all is E is a reading of this project",
                ),
                Option("X", "insufficient information", NO_CASE & little_known_drug),
                Option("E", "not implicated: no case", NO_CASE & ~little_known_drug),
            ),
            "Fontana 2010, as tabulated in PMC3616501, Table 4",
        ),
    ),
    result=Category("likelihood"),
    reference="Fontana RJ, et al. Standardization of nomenclature and causality assessment in "
    "drug-induced liver injury: summary of a clinical research workshop. Hepatology 2010;52:730–42.",
    doi="10.1002/hep.23696",
    verification="The counts read in one source (PMC3616501, Table 4).",
    missing_rule="Without a count there is no category.",
    unverified=("one source only",),
    notes=("Kept for papers that used it; the later counts differ at 10 and 11 cases (B here) and 3 cases (C here).",),
    shown_with=(convincing_cases,),
    examples=(
        Example("exactly 50 cases", {"convincing_cases": 50}, category="A"),
        Example("10 cases", {"convincing_cases": 10}, category="B", remark="C in 2016 and on the website"),
        Example("exactly 3 cases", {"convincing_cases": 3}, category="C"),
    ),
)
