"""Ishak fibrosis stage of a biopsy, as reported, with its METAVIR counterpart.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.histology import ishak_stage
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Item, Option, left_out

STAGES = (
    ("0", "no fibrosis"),
    ("1", "some portal areas"),
    ("2", "most portal areas, with or without short septa"),
    ("3", "most portal areas, occasional portal-portal bridging"),
    ("4", "marked bridging"),
    ("5", "marked bridging with occasional nodules"),
    ("6", "cirrhosis, probable or definite"),
)

TO_METAVIR = (
    ("F0", ("0",)),
    ("F1", ("1", "2")),
    ("F2", ("3",)),
    ("F3", ("4",)),
    ("F4", ("5", "6")),
)
"""METAVIR stage and the Ishak stages that correspond to it."""


def crosswalk(id: str, title: str) -> Item:
    """The METAVIR stage of a reported Ishak stage."""
    return Item(
        id,
        title,
        tuple(
            Option(metavir, f"Ishak {' or '.join(stages)}", ishak_stage.one_of(*stages))
            for metavir, stages in TO_METAVIR
        ),
        missing=left_out("no Ishak stage is reported"),
        source="crosswalk of Ishak and METAVIR, Shiha and Zalata 2011",
    )


SEPTA = Caution(
    "“Septa” means bridges in METAVIR and short expansions in Ishak; so a stage cannot be read off the word alone."
)

INSTRUMENT = Instrument(
    id="ishak-1995",
    title="Ishak fibrosis stage",
    edition="Ishak 1995",
    year=1995,
    kind="score",
    purpose="Fibrosis stage of a biopsy, as reported, and the METAVIR stage that it corresponds to.",
    applies_to=("liver injury",),
    items=(
        Item(
            "stage",
            "Stage as reported",
            tuple(Option(stage, wording, ishak_stage.is_(stage)) for stage, wording in STAGES),
            missing=left_out("no stage is reported"),
            source="Ishak 1995",
        ),
        crosswalk("metavir", "Corresponding METAVIR stage"),
    ),
    result=Category("stage"),
    reference="Ishak K, Baptista A, Bianchi L, et al. Histological grading and staging of chronic hepatitis. J Hepatol "
    "1995;22:696–9.",
    verification="Stages read in two sources, the crosswalk in one (doi:10.5772/20110).",
    unverified=("the reference is quoted from memory",),
    missing_rule="A stage that is not reported is not derived.",
    cautions=(SEPTA,),
    shown_with=(ishak_stage,),
    notes=("The grade (HAI, 0 to 18) is the sum of interface 0-4, confluent 0-6, focal lytic 0-4 and portal 0-4.",),
    examples=(
        Example("stage 3", {"ishak_stage": "3"}, {"metavir": "F2"}, category="3", remark="crosswalk"),
        Example("stage 2", {"ishak_stage": "2"}, {"metavir": "F1"}, category="2", remark="crosswalk: septa are short"),
        Example("stage 5", {"ishak_stage": "5"}, {"metavir": "F4"}, category="5", remark="crosswalk"),
    ),
)
