"""CTCAE version 5.0: grades of neutrophils, platelets and liver tests.

Imports only the vocabulary of facts, the logic and `grades`.
"""

from __future__ import annotations

from dechallenge.criteria.grades import ALL_KINDS, GRADES, NEUTROPHILS, NOT_GRADABLE, PLATELETS, raised
from dechallenge.facts.vocabulary.grading import (
    alp_baseline_xuln,
    alp_peak_xuln,
    alt_baseline_xuln,
    alt_peak_xuln,
    ast_baseline_xuln,
    ast_peak_xuln,
    bili_baseline_xuln,
    bili_peak_xuln,
    ggt_baseline_xuln,
    ggt_peak_xuln,
    neutrophils_lln,
    neutrophils_nadir,
    platelets_lln,
    platelets_nadir,
)
from dechallenge.logic.instrument import Example, Highest, Instrument, Item, Option

INSTRUMENT = Instrument(
    id="ctcae-5",
    title="CTCAE grades",
    edition="5.0 (27 Nov 2017)",
    year=2017,
    kind="severity",
    purpose="Grade of the worst laboratory value of the event: neutrophils, platelets, ALT, AST, ALP, GGT, bilirubin.",
    applies_to=ALL_KINDS,
    items=(
        Item(
            "neutrophils",
            "Neutrophil count decreased",
            (
                Option(4, "< 0.5 ×10⁹/L", neutrophils_nadir < 0.5),
                Option(3, "< 1.0 to 0.5 ×10⁹/L", neutrophils_nadir < 1.0),
                Option(2, "< 1.5 to 1.0 ×10⁹/L", neutrophils_nadir < 1.5),
                Option(1, "< LLN to 1.5 ×10⁹/L", neutrophils_nadir < neutrophils_lln),
                Option(0, "not below LLN", neutrophils_nadir >= neutrophils_lln),
            ),
            missing=NOT_GRADABLE,
            kinds=NEUTROPHILS,
            measured=neutrophils_nadir,
            source="CTCAE 5.0, Investigations",
        ),
        Item(
            "platelets",
            "Platelet count decreased",
            (
                Option(4, "< 25 ×10⁹/L", platelets_nadir < 25),
                Option(3, "< 50 to 25 ×10⁹/L", platelets_nadir < 50),
                Option(2, "< 75 to 50 ×10⁹/L", platelets_nadir < 75),
                Option(1, "< LLN to 75 ×10⁹/L", platelets_nadir < platelets_lln),
                Option(0, "not below LLN", platelets_nadir >= platelets_lln),
            ),
            missing=NOT_GRADABLE,
            kinds=PLATELETS,
            measured=platelets_nadir,
            source="CTCAE 5.0, Investigations",
        ),
        raised(
            "alt",
            "Alanine aminotransferase increased",
            alt_peak_xuln,
            alt_baseline_xuln,
            of_limit=(1.0, 3.0, 5.0, 20.0),
            of_baseline=(1.5, 3.0, 5.0, 20.0),
            first_included=True,
        ),
        raised(
            "ast",
            "Aspartate aminotransferase increased",
            ast_peak_xuln,
            ast_baseline_xuln,
            of_limit=(1.0, 3.0, 5.0, 20.0),
            of_baseline=(1.5, 3.0, 5.0, 20.0),
            first_included=True,
        ),
        raised(
            "alp",
            "Alkaline phosphatase increased",
            alp_peak_xuln,
            alp_baseline_xuln,
            of_limit=(1.0, 2.5, 5.0, 20.0),
            of_baseline=(2.0, 2.5, 5.0, 20.0),
            first_included=True,
        ),
        raised(
            "ggt",
            "GGT increased",
            ggt_peak_xuln,
            ggt_baseline_xuln,
            of_limit=(1.0, 2.5, 5.0, 20.0),
            of_baseline=(2.0, 2.5, 5.0, 20.0),
            first_included=True,
        ),
        raised(
            "bilirubin",
            "Blood bilirubin increased",
            bili_peak_xuln,
            bili_baseline_xuln,
            of_limit=(1.0, 1.5, 3.0, 10.0),
            of_baseline=(1.0, 1.5, 3.0, 10.0),
            first_included=False,
        ),
    ),
    result=Highest(GRADES),
    reference="US Department of Health and Human Services, National Cancer Institute. Common Terminology Criteria "
    "for Adverse Events (CTCAE) version 5.0. 27 November 2017.",
    verification="Wording read in the comparison of versions inside a third-party copy of the version 6.0 workbook; "
    "agrees with the tables and unit tests of an independent package. The version 5.0 document itself was not opened.",
    missing_rule="A value that was not measured is not graded and not in the range. Without the lower limit, "
    "neutrophils of 1.5 or more and platelets of 75 or more cannot be graded. An unknown baseline counts as normal.",
    notes=(
        "A value equal to a cut belongs to the milder grade.",
        "Grade 0 is not a CTCAE grade: it stands for measured and not abnormal.",
        "On an abnormal baseline a value below 1.5 (ALT, AST) or 2 times (ALP, GGT) the baseline has no grade.",
        "The clinical clauses ('DILI' under hepatic failure) are not used.",
    ),
    examples=(
        Example(
            "anakinra, neutropenia 1: 750/mm³",
            {"neutrophils_nadir": 0.75},
            {"neutrophils": 3},
            score=3,
            category="grade 3",
            kind="neutropenia",
        ),
        Example(
            "anakinra, neutropenia 2: 320/mm³",
            {"neutrophils_nadir": 0.32},
            {"neutrophils": 4},
            score=4,
            kind="neutropenia",
        ),
        Example(
            "LiverTox anakinra",
            {"alt_peak_xuln": 83.65, "ast_peak_xuln": 59.65, "alp_peak_xuln": 2.61, "bili_peak_xuln": 5.67},
            {"alt": 4, "ast": 4, "alp": 2, "bilirubin": 3},
            score=4,
            category="grade 4",
            kind="liver injury",
            remark="baseline taken as normal",
        ),
        Example(
            "neutrophils 1.5 with a lower limit of 2.0",
            {"neutrophils_nadir": 1.5, "neutrophils_lln": 2.0},
            {"neutrophils": 1},
            score=1,
        ),
        Example(
            "platelets 75 without a lower limit", {"platelets_nadir": 75}, {"platelets": None}, remark="not gradable"
        ),
    ),
)
