"""What the two editions of CTCAE share: the shape of a raised laboratory value, and the names of the grades.

Imports only the logic.
"""

from __future__ import annotations

from dechallenge.logic.instrument import Band, Item, Option, left_out
from dechallenge.logic.terms import Number

GRADES = (
    Band(0, 0, "grade 0"),
    Band(1, 1, "grade 1"),
    Band(2, 2, "grade 2"),
    Band(3, 3, "grade 3"),
    Band(4, 4, "grade 4"),
    Band(5, 5, "grade 5"),
)

LIVER = ("liver injury", "MAS")
NEUTROPHILS = ("neutropenia", "agranulocytosis", "MAS")
PLATELETS = ("thrombocytopenia", "MAS")
ALL_KINDS = tuple(dict.fromkeys((*LIVER, *NEUTROPHILS, *PLATELETS)))

UNKNOWN_BASELINE = (
    "A baseline that is not known is read as normal; one that is raised without a figure leaves the grade to the "
    "multiples of ULN. The range covers the other readings."
)

Cuts = tuple[float, float, float, float]


def raised(
    id: str,
    title: str,
    value: Number,
    baseline: Number,
    *,
    of_limit: Cuts,
    of_baseline: Cuts,
    first_included: bool,
    note: str = "",
) -> Item:
    """A raised laboratory value with the rule for an abnormal baseline.

    Args:
        of_limit: Lower ends of grades 1 to 4 as multiples of the upper limit, none included.
        of_baseline: The same as multiples of an abnormal baseline.
        first_included: Whether the lower end of grade 1 belongs to it on an abnormal baseline.
    """
    abnormal = baseline > 1
    one, two, three, four = of_baseline
    first = value >= one * baseline if first_included else value > one * baseline
    short = value < one * baseline if first_included else value <= one * baseline
    sign, opposite = ("≥", "<") if first_included else (">", "≤")
    return Item(
        id,
        title,
        (
            Option(4, f"baseline abnormal: > {four:g}× baseline", abnormal & (value > four * baseline)),
            Option(3, f"baseline abnormal: > {three:g} to {four:g}× baseline", abnormal & (value > three * baseline)),
            Option(2, f"baseline abnormal: > {two:g} to {three:g}× baseline", abnormal & (value > two * baseline)),
            Option(1, f"baseline abnormal: {sign} {one:g} to {two:g}× baseline", abnormal & first),
            Option(0, f"baseline abnormal: {opposite} {one:g}× baseline", abnormal & short),
            Option(4, f"> {of_limit[3]:g}× ULN", value > of_limit[3]),
            Option(3, f"> {of_limit[2]:g} to {of_limit[3]:g}× ULN", value > of_limit[2]),
            Option(2, f"> {of_limit[1]:g} to {of_limit[2]:g}× ULN", value > of_limit[1]),
            Option(1, f"> ULN to {of_limit[1]:g}× ULN", value > of_limit[0]),
            Option(0, "not above ULN", value <= of_limit[0]),
        ),
        missing=left_out("not gradable: the value in multiples of ULN is needed"),
        kinds=LIVER,
        measured=value,
        note=f"{UNKNOWN_BASELINE} {note}".strip(),
        source="CTCAE, Investigations",
    )


NOT_GRADABLE = left_out("not gradable: the laboratory's lower limit is needed below grade 2")
