"""What the terms of both editions of CTCAE share: names of the grades, kinds of reaction, the shapes of the rules.

The grade of a reaction is the highest among the terms that are about its kind (`kinds`): a liver injury is not graded
by haemoglobin. Imports only the logic.
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
LIVER_ALONE = ("liver injury",)
NEUTROPHILS = ("neutropenia", "agranulocytosis", "leukopenia", "pancytopenia", "MAS")
FEBRILE = ("neutropenia", "agranulocytosis", "leukopenia", "pancytopenia")
PLATELETS = ("thrombocytopenia", "pancytopenia", "MAS")
WHITE_CELLS = ("leukopenia", "pancytopenia", "MAS")
LYMPHOCYTES = ("leukopenia", "lymphopenia", "MAS")
RED_CELLS = ("anemia", "pancytopenia", "MAS")
CLOTTING = ("liver injury", "coagulopathy", "MAS")
FIBRINOGEN = ("coagulopathy", "MAS")
TRIGLYCERIDES = ("hypertriglyceridemia", "MAS")
KIDNEY = ("acute kidney injury",)
MUSCLE = ("rhabdomyolysis",)
FEVER = ("fever", "MAS")
CYTOKINES = ("cytokine release syndrome",)
SERUM_SICKNESS = ("hypersensitivity", "serum sickness")
HAEMOPHAGOCYTOSIS = ("MAS",)

UNKNOWN_BASELINE = (
    "A baseline that is not known is read as normal; one that is raised without a figure leaves the grade to the "
    "multiples of ULN. The range covers the other readings."
)
PRESENT = "The text says 'present' and gives no figure: a value beyond the laboratory's limit is read as present."

NOT_GRADABLE = left_out("not gradable: the laboratory's lower limit is needed below grade 2")
NO_MULTIPLE = left_out("not gradable: the value in multiples of ULN is needed")
NO_BASELINE = left_out("not gradable: the value before the drug is needed")
NOT_EXACT = left_out("not gradable: the value is not known exactly enough")
NOT_TOLD = left_out("not gradable: how severe it was is not told")

Cuts = tuple[float, float, float, float]


def kinds_of(items: tuple[Item, ...]) -> tuple[str, ...]:
    """Every kind of reaction that one of the items is about, in the order of the items."""
    return tuple(dict.fromkeys(kind for item in items for kind in item.kinds))


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
    """A raised liver test with the rule for an abnormal baseline.

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
        missing=NO_MULTIPLE,
        kinds=LIVER,
        measured=value,
        note=f"{UNKNOWN_BASELINE} {note}".strip(),
        source="CTCAE, Investigations",
    )


def decreased(
    id: str,
    title: str,
    value: Number,
    limit: Number,
    cuts: tuple[float, float, float],
    kinds: tuple[str, ...],
    *,
    unit: str = "×10⁹/L",
) -> Item:
    """A low count with absolute cuts: grades 2, 3 and 4 begin below the three cuts, grade 1 below the lower limit."""
    two, three, four = cuts
    return Item(
        id,
        title,
        (
            Option(4, f"< {_figure(four)} {unit}", value < four),
            Option(3, _down(three, four, unit), value < three),
            Option(2, _down(two, three, unit), value < two),
            Option(1, f"< LLN to {_figure(two)} {unit}", value < limit),
            Option(0, "not below LLN", value >= limit),
        ),
        missing=NOT_GRADABLE,
        kinds=kinds,
        measured=value,
        source="CTCAE, Investigations",
    )


def present_above(id: str, title: str, value: Number, kinds: tuple[str, ...], source: str, note: str = "") -> Item:
    """A raised value that has grade 1 only."""
    return Item(
        id,
        title,
        (Option(1, "> ULN", value > 1), Option(0, "not above ULN", value <= 1)),
        missing=NO_MULTIPLE,
        kinds=kinds,
        measured=value,
        note=note,
        source=source,
    )


def _down(upper: float, lower: float, unit: str) -> str:
    return f"< {_figure(upper)} to {_figure(lower)} {unit}"


def _figure(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:g}"
