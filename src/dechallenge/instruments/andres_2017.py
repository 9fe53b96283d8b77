"""Idiosyncratic drug-induced agranulocytosis (criteria of Andrès): the consensus of 1991 with the depth of the count.

Imports only the vocabulary of facts, the logic and the consensus criteria of `neutropenia_1991`.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.grading import neutrophils_nadir
from dechallenge.instruments.neutropenia_1991 import (
    ALL_THREE,
    CAUTIONS,
    EXPLANATION,
    ONSET,
    OTHERS,
    RECOVERY,
    REEXPOSURE,
    verdict,
)
from dechallenge.logic.instrument import Category, Example, Instrument, Item, Option, left_out

DEEP_ENOUGH = neutrophils_nadir < 0.5
SERIES = "Andrès 2017 and 2019, series of idiosyncratic agranulocytosis"

INSTRUMENT = Instrument(
    id="andres-2017",
    title="Idiosyncratic drug-induced agranulocytosis, criteria of Andrès",
    edition="Andrès 2017 (as used in 2019)",
    year=2017,
    kind="causality",
    purpose="Whether a drug is to be held the cause of an agranulocytosis: the depth of the count, and the three "
    "criteria of the consensus of 1991.",
    applies_to=("neutropenia", "agranulocytosis"),
    items=(
        Item(
            "count",
            "Neutrophils below 0.5 × 10⁹/L",
            (
                Option("yes", "lowest count below 0.5 × 10⁹/L, with or without fever", DEEP_ENOUGH),
                Option("no", "lowest count 0.5 × 10⁹/L or more", ~DEEP_ENOUGH),
            ),
            missing=left_out("the lowest count is not known"),
            source=SERIES,
        ),
        ONSET,
        RECOVERY,
        EXPLANATION,
        REEXPOSURE,
        verdict(DEEP_ENOUGH & OTHERS, SERIES),
    ),
    result=Category("verdict"),
    reference="Andrès E, Mourot-Cottet R, Maloisel F. SOJ Pharm Pharm Sci 2017;4(5):1–7. Andrès E, Villalba NL, "
    "Zulfiqar AA, et al. State of art of idiosyncratic drug-induced neutropenia or agranulocytosis, with a focus on "
    "biotherapies. J Clin Med 2019;8:1351.",
    doi="10.15226/2374-6866/4/5/00169",
    verification="The limit of 0.5, 7 days, one month and the exclusions were each read in one source; the table of "
    "the criteria itself was not read.",
    missing_rule="A criterion whose facts are missing is not judged. Causes that were not looked for are not excluded. "
    "After death or with a growth factor, recovery is not assessable.",
    unverified=("the table of the criteria is from memory; its parts agree with what was read elsewhere",),
    notes=("A count of 0.5 to 1.5 × 10⁹/L is a neutropenia: see the consensus criteria of 1991.",),
    cautions=CAUTIONS,
    examples=(
        Example(
            "all criteria, lowest count 0.32",
            {**ALL_THREE, "neutrophils_nadir": 0.32},
            {"count": "yes"},
            category="met",
        ),
        Example(
            "lowest count 0.5",
            {**ALL_THREE, "neutrophils_nadir": 0.5},
            {"count": "no"},
            category="not met",
            remark="below 0.5, not 0.5",
        ),
    ),
)
