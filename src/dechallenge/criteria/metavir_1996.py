"""METAVIR stage and grade of a biopsy, as reported, with the stage that a reported Ishak stage corresponds to.

Imports only the vocabulary of facts, the logic and the crosswalk of `ishak_1995`.
"""

from __future__ import annotations

from dechallenge.criteria.ishak_1995 import SEPTA, crosswalk
from dechallenge.facts.vocabulary.histology import (
    ishak_stage,
    metavir_activity,
    metavir_fibrosis,
    metavir_interface,
    metavir_lobular,
)
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Item, Option, left_out

MEMORY = "the algorithm of the activity grade is quoted from memory"

STAGES = (
    ("F0", "no fibrosis"),
    ("F1", "portal fibrosis without septa"),
    ("F2", "few septa"),
    ("F3", "numerous septa without cirrhosis"),
    ("F4", "cirrhosis"),
)
GRADES = (("A0", "no activity"), ("A1", "mild"), ("A2", "moderate"), ("A3", "severe"))

INSTRUMENT = Instrument(
    id="metavir-1996",
    title="METAVIR stage and grade",
    edition="METAVIR 1996",
    year=1996,
    kind="score",
    purpose="Fibrosis stage and activity grade of a biopsy, as reported.",
    applies_to=("liver injury",),
    items=(
        Item(
            "fibrosis",
            "Stage as reported",
            tuple(Option(stage, wording, metavir_fibrosis.is_(stage)) for stage, wording in STAGES),
            missing=left_out("no stage of a biopsy is reported"),
            source="Bedossa 1996",
        ),
        Item(
            "activity",
            "Grade as reported",
            tuple(Option(grade, wording, metavir_activity.is_(grade)) for grade, wording in GRADES),
            missing=left_out("no grade of a biopsy is reported"),
            source="Bedossa 1996",
        ),
        Item(
            "algorithm",
            "Grade from interface and lobular necrosis",
            (
                Option("A3", "interface 3", metavir_interface.is_("3"), MEMORY),
                Option("A3", "interface 2, lobular 2", metavir_interface.is_("2") & metavir_lobular.is_("2"), MEMORY),
                Option(
                    "A2", "interface 2, lobular 0-1", metavir_interface.is_("2") & ~metavir_lobular.is_("2"), MEMORY
                ),
                Option(
                    "A2",
                    "interface 0-1, lobular 2",
                    metavir_interface.one_of("0", "1") & metavir_lobular.is_("2"),
                    MEMORY,
                ),
                Option(
                    "A1", "interface 1, lobular 0-1", metavir_interface.is_("1") & ~metavir_lobular.is_("2"), MEMORY
                ),
                Option("A1", "interface 0, lobular 1", metavir_interface.is_("0") & metavir_lobular.is_("1"), MEMORY),
                Option("A0", "interface 0, lobular 0", metavir_interface.is_("0") & metavir_lobular.is_("0"), MEMORY),
            ),
            missing=left_out("needs interface and lobular necrosis"),
            source="Bedossa 1996, algorithm",
        ),
        crosswalk("from_ishak", "Stage that a reported Ishak stage corresponds to"),
    ),
    result=Category("fibrosis"),
    reference="Bedossa P, Poynard T. An algorithm for the grading of activity in chronic hepatitis C. Hepatology "
    "1996;24:289–93.",
    verification="Stages and names of the grades read in two sources; the crosswalk in one.",
    unverified=("the pages of the reference are quoted from memory",),
    missing_rule="A stage that is not reported is not derived; a FibroTest stage is not a METAVIR stage.",
    cautions=(
        SEPTA,
        Caution("Made for chronic viral hepatitis; in acute injury a grade describes the biopsy and no more."),
    ),
    shown_with=(metavir_fibrosis, metavir_activity, ishak_stage),
    examples=(
        Example("F1 A1", {"metavir_fibrosis": "F1", "metavir_activity": "A1"}, {"activity": "A1"}, category="F1"),
        Example(
            "interface 2, lobular 2",
            {"metavir_interface": "2", "metavir_lobular": "2"},
            {"algorithm": "A3"},
            remark="derived from the algorithm, which is unverified",
        ),
    ),
)
