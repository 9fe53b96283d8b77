"""Fibrosis stage of a fatty liver (NASH CRN, Kleiner 2005), from reported histology.

Imports only the vocabulary of facts, the logic and the reference of `nas_2005`.
"""

from __future__ import annotations

from dechallenge.criteria.nas_2005 import DOI, REFERENCE
from dechallenge.facts.vocabulary.histology import (
    bridging_fibrosis,
    cirrhosis,
    perisinusoidal_fibrosis,
    portal_fibrosis,
)
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Item, Option, left_out

SINUSOIDAL = perisinusoidal_fibrosis.one_of("mild", "moderate or severe")

INSTRUMENT = Instrument(
    id="nash-crn-fibrosis-2005",
    title="NASH CRN fibrosis stage",
    edition="NASH CRN 2005",
    year=2005,
    kind="score",
    purpose="Fibrosis stage of a fatty liver from the places where the biopsy shows fibrosis.",
    applies_to=("liver injury",),
    items=(
        Item(
            "stage",
            "Stage",
            (
                Option("4", "cirrhosis", cirrhosis),
                Option("3", "bridging fibrosis", bridging_fibrosis),
                Option("2", "perisinusoidal and portal fibrosis", SINUSOIDAL & portal_fibrosis),
                Option("1A", "mild perisinusoidal fibrosis", perisinusoidal_fibrosis.is_("mild")),
                Option("1B", "moderate perisinusoidal fibrosis", perisinusoidal_fibrosis.is_("moderate or severe")),
                Option("1C", "portal fibrosis only", portal_fibrosis),
                Option(
                    "0",
                    "no fibrosis",
                    perisinusoidal_fibrosis.is_("none") & ~portal_fibrosis & ~bridging_fibrosis & ~cirrhosis,
                ),
            ),
            missing=left_out("where the fibrosis is, and how much, is not told"),
            source="Kleiner 2005",
        ),
    ),
    result=Category("stage"),
    reference=REFERENCE,
    doi=DOI,
    verification="Stages read in two sources; the paper was not read.",
    unverified=("the DOI is quoted from memory",),
    missing_rule="The highest stage that the report shows; higher ones stay open while nothing denies them.",
    cautions=(
        Caution(
            "Weeks of exposure cannot create fibrosis: it is a sign of a disease that was there before.",
            when=SINUSOIDAL | portal_fibrosis | bridging_fibrosis | cirrhosis,
        ),
    ),
    shown_with=(perisinusoidal_fibrosis, portal_fibrosis, bridging_fibrosis),
    examples=(
        Example(
            "anakinra: intraportal and perisinusoidal fibrosis",
            {"perisinusoidal_fibrosis": "mild", "portal_fibrosis": True},
            category="2",
            remark="derived; the degree is not printed, and either gives stage 2",
        ),
        Example(
            "tocilizumab: perisinusoidal fibrosis",
            {"perisinusoidal_fibrosis": "mild"},
            category="1A",
            remark="derived: 1A or 1B, as the degree is not printed",
        ),
    ),
)
