"""eDISH: the quadrant of peak ALT and peak bilirubin, as used for the liver safety of trials.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.grading import alt_peak_xuln, bili_peak_xuln
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Item, Option, left_out

ALT_RAISED = alt_peak_xuln >= 3
BILIRUBIN_RAISED = bili_peak_xuln >= 2

INSTRUMENT = Instrument(
    id="edish",
    title="eDISH quadrant",
    edition="peak ALT 3×ULN, peak bilirubin 2×ULN",
    year=2011,
    kind="criteria",
    purpose="In which quadrant of peak ALT and peak bilirubin a patient lies. A place in the quadrant of Hy's law asks "
    "for a review of the case; it is no verdict.",
    applies_to=("liver injury",),
    items=(
        Item(
            "quadrant",
            "Quadrant",
            (
                Option("Hy's law range", "ALT ≥ 3×ULN and bilirubin ≥ 2×ULN", ALT_RAISED & BILIRUBIN_RAISED),
                Option(
                    "Temple's corollary range",
                    "ALT ≥ 3×ULN and bilirubin < 2×ULN",
                    ALT_RAISED & ~BILIRUBIN_RAISED,
                    unverified="the name of the quadrant is from memory",
                ),
                Option(
                    "bilirubin alone",
                    "ALT < 3×ULN and bilirubin ≥ 2×ULN",
                    ~ALT_RAISED & BILIRUBIN_RAISED,
                    unverified="the name of the quadrant is a choice of this project",
                ),
                Option("neither", "ALT < 3×ULN and bilirubin < 2×ULN", ~ALT_RAISED & ~BILIRUBIN_RAISED),
            ),
            missing=left_out("peak ALT and peak bilirubin are needed"),
            source="manuals of statistics packages (lines at 3×ULN for ALT and 2×ULN for bilirubin)",
        ),
    ),
    result=Category("quadrant"),
    reference="Evaluation of drug-induced serious hepatotoxicity (eDISH); reference lines as documented in the manuals "
    "of JMP Clinical (Hy's law screening) and of the R package trialfigs (plot_edish).",
    verification="The lines at 3×ULN and 2×ULN read in two manuals, which do not print whether a value on the line is "
    "inside; one implementation (the R package admiral) counts it as inside.",
    missing_rule="Without one of the two peaks there is no quadrant, unless the other leaves only one.",
    unverified=(
        "the year of the method is from memory",
        "the window between the two peaks (often 30 days) is a setting of each analysis and is not applied",
    ),
    notes=("Temple's corollary itself is about groups: more ALT ≥ 3×ULN in the arm of the drug, without bilirubin.",),
    cautions=(
        Caution(
            "the two peaks are taken whatever lies between them; analyses of trials often ask for both within 30 days",
            ALT_RAISED & BILIRUBIN_RAISED,
            ("quadrant",),
        ),
    ),
    examples=(
        Example(
            "ALT 3×ULN, bilirubin 2×ULN",
            {"alt_peak_xuln": 3, "bili_peak_xuln": 2},
            category="Hy's law range",
            remark="Hy's law itself asks for bilirubin above 2×ULN",
        ),
        Example(
            "anakinra: ALT 83.7×ULN, bilirubin 5.67×ULN",
            {"alt_peak_xuln": 83.65, "bili_peak_xuln": 5.67},
            category="Hy's law range",
        ),
        Example("ALT 10×ULN alone", {"alt_peak_xuln": 10, "bili_peak_xuln": 1}, category="Temple's corollary range"),
        Example("bilirubin 3×ULN alone", {"alt_peak_xuln": 1, "bili_peak_xuln": 3}, category="bilirubin alone"),
    ),
)
