"""CTCAE version 6.0: grades of neutrophils, platelets and liver tests.

Imports only the vocabulary of facts, the logic and `grades`.
"""

from __future__ import annotations

from dechallenge.criteria.grades import ALL_KINDS, GRADES, LIVER, NEUTROPHILS, NOT_GRADABLE, PLATELETS, raised
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
    neutrophils_nadir,
    platelet_transfusion,
    platelets_lln,
    platelets_nadir,
    thrombocytopenia_fatal,
    thrombocytopenia_life_threatening,
)
from dechallenge.logic.instrument import Example, Highest, Instrument, Item, Option, left_out

INSTRUMENT = Instrument(
    id="ctcae-6",
    title="CTCAE grades",
    edition="6.0 (10 Jul 2025, errata Jan 2026)",
    year=2025,
    kind="severity",
    purpose="Grade of the worst laboratory value of the event: neutrophils, platelets, ALT, AST, ALP, GGT, bilirubin.",
    applies_to=ALL_KINDS,
    items=(
        Item(
            "neutrophils",
            "Neutrophil count decreased",
            (
                Option(4, "< 0.1 ×10⁹/L", neutrophils_nadir < 0.1),
                Option(3, "< 0.5 to 0.1 ×10⁹/L", neutrophils_nadir < 0.5),
                Option(2, "< 1.0 to 0.5 ×10⁹/L", neutrophils_nadir < 1.0),
                Option(1, "< 1.5 to 1.0 ×10⁹/L", neutrophils_nadir < 1.5),
                Option(0, "1.5 ×10⁹/L or more", neutrophils_nadir >= 1.5),
            ),
            missing=left_out("not gradable"),
            kinds=NEUTROPHILS,
            measured=neutrophils_nadir,
            source="CTCAE 6.0, Investigations",
        ),
        Item(
            "platelets",
            "Thrombocytopenia",
            (
                Option(5, "death", thrombocytopenia_fatal),
                Option(
                    4,
                    "< 10 ×10⁹/L, or life-threatening or urgent",
                    (platelets_nadir < 10) | thrombocytopenia_life_threatening,
                ),
                Option(3, "< 50 to 10 ×10⁹/L, or transfusion indicated", (platelets_nadir < 50) | platelet_transfusion),
                Option(2, "< 75 to 50 ×10⁹/L", platelets_nadir < 75),
                Option(1, "< LLN to 75 ×10⁹/L", platelets_nadir < platelets_lln),
                Option(0, "not below LLN", platelets_nadir >= platelets_lln),
            ),
            missing=NOT_GRADABLE,
            kinds=PLATELETS,
            measured=platelets_nadir,
            source="CTCAE 6.0, Blood and lymphatic system disorders",
        ),
        raised(
            "alt",
            "Alanine aminotransferase increased",
            alt_peak_xuln,
            alt_baseline_xuln,
            of_limit=(1.0, 3.0, 5.0, 20.0),
            of_baseline=(1.0, 1.5, 2.0, 4.0),
            first_included=True,
            note="Grade 3 on an abnormal baseline is printed for a baseline up to 5×ULN; it is applied above that too.",
        ),
        raised(
            "ast",
            "Aspartate aminotransferase increased",
            ast_peak_xuln,
            ast_baseline_xuln,
            of_limit=(1.0, 3.0, 5.0, 20.0),
            of_baseline=(1.0, 1.5, 2.0, 4.0),
            first_included=True,
            note="Grade 3 on an abnormal baseline is printed for a baseline up to 5×ULN; it is applied above that too.",
        ),
        Item(
            "alp",
            "Alkaline phosphatase increased",
            (
                Option(1, "above ULN and above baseline", (alp_peak_xuln > 1) & (alp_peak_xuln > alp_baseline_xuln)),
                Option(
                    0,
                    "not above ULN, or not above baseline",
                    (alp_peak_xuln <= 1) | (alp_peak_xuln <= alp_baseline_xuln),
                ),
            ),
            missing=left_out("not gradable: the value before the drug is needed"),
            kinds=LIVER,
            measured=alp_peak_xuln,
            source="CTCAE 6.0, Investigations (grades 2 to 4 were deleted)",
        ),
        raised(
            "ggt",
            "GGT increased",
            ggt_peak_xuln,
            ggt_baseline_xuln,
            of_limit=(1.0, 2.5, 5.0, 20.0),
            of_baseline=(1.0, 1.5, 3.0, 10.0),
            first_included=True,
        ),
        raised(
            "bilirubin",
            "Blood bilirubin increased",
            bili_peak_xuln,
            bili_baseline_xuln,
            of_limit=(1.0, 1.5, 3.0, 10.0),
            of_baseline=(1.0, 1.5, 2.5, 10.0),
            first_included=True,
        ),
    ),
    result=Highest(GRADES),
    reference="National Cancer Institute, CTEP. Common Terminology Criteria for Adverse Events (CTCAE) version 6.0. "
    "10 July 2025; errata January 2026.",
    verification="Read in a third-party copy of the official workbook with its errata; agrees with the tables of an "
    "independent package apart from the errata.",
    missing_rule="A value that was not measured is not graded and not in the range. ALP cannot be graded above ULN "
    "without a baseline; elsewhere a baseline that is not known counts as normal.",
    notes=(
        "Every neutrophil grade is one step more lenient than in version 5.0: always say the version with the grade.",
        "A value equal to an abnormal baseline is grade 1 by the printed range '1.0–1.5× baseline'.",
        "Grade 0 is not a CTCAE grade: it stands for measured and not abnormal.",
    ),
    examples=(
        Example(
            "anakinra, neutropenia 1: 750/mm³",
            {"neutrophils_nadir": 0.75},
            {"neutrophils": 2},
            score=2,
            category="grade 2",
            kind="neutropenia",
        ),
        Example(
            "anakinra, neutropenia 2: 320/mm³",
            {"neutrophils_nadir": 0.32},
            {"neutrophils": 3},
            score=3,
            kind="neutropenia",
        ),
        Example(
            "LiverTox anakinra",
            {"alt_peak_xuln": 83.65, "ast_peak_xuln": 59.65, "alp_peak_xuln": 2.61, "bili_peak_xuln": 5.67},
            {"alt": 4, "ast": 4, "alp": None, "bilirubin": 3},
            score=4,
            kind="liver injury",
            remark="baseline taken as normal, except for ALP",
        ),
    ),
)
