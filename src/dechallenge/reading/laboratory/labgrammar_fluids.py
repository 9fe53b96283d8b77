"""Names that stand for a value of another fluid than blood: spinal fluid, ascitic fluid, urine, lavage.

A leucocyte count of the spinal fluid must not become a white cell count. May import `labgrammar_names`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from dechallenge.reading.laboratory.labgrammar_names import Name
from dechallenge.reading.matching.triggers import Pattern

_FLUID = Pattern(
    r"\b(?:(?P<reach>(?:cerebrospinal|spinal|ascitic|peritoneal|pleural|synovial|joint|pericardial|lavage)\sfluid|"
    r"bronchoalveolar\slavage(?:\sfluid)?|(?-i:(?<!G-)(?<!GM-)(?<!M-)CSF|BALF?)|lumbar\spuncture|spinal\stap|paracentesis|"
    r"thoracentesis|thoracocentesis|urinalysis|"
    r"(?:urine|stool|sputum)\s(?:analysis|examination|tests?|microscopy|sediment|dipstick|routine))"
    r"|(?:24-?\s?h(?:ours?)?\s)?urin(?:e|ary))\b",
    re.IGNORECASE,
)
_BLOOD = Pattern(
    r";|\b(?:serum|plasma|blood(?!\scell)|peripheral|arterial|venous|h(?:a)?ematolog\w{0,6}|laboratory|biochemi\w{0,6}|"
    r"whereas|while)\b",
    re.IGNORECASE,
)
_ADJACENT = Pattern(r"[\s:(-]{1,2}(?:(?:spot|random|total|free|excretion of|level of|levels of)\s)?", re.IGNORECASE)
_AND_ITS = Pattern(
    r"\s(?:sodium|potassium|chloride|calcium|creatinine|urea|osmolality|protein|albumin|glucose)\s(?:of|was|were|:|=)?\s?\d[\d.,]*\s?[\w/%µμ]{0,12}"
    r"(?:\sand|,)\s",
    re.IGNORECASE,
)
"""Between the word for urine and a second value of it ("urinary sodium of 122 mmol/L and potassium of 90 mmol/L")."""
_FLUID_TESTS = """WBC NEUT NEUT_PCT LYMPH LYMPH_PCT MONO MONO_PCT EOS EOS_PCT RBC GLU TP_PROT ALB LACTATE PYRUVATE
    LDH CL IGG IGA IGM AMYLASE LIPASE CHOL TG PH G_DIFFERENTIAL"""
_MEASURED = frozenset(_FLUID_TESTS.split())
"""What is measured in such fluids; "lumbar puncture was unremarkable, CRP 120 mg/L" is a CRP of the blood."""


def fluids(text: str) -> list[tuple[int, int, bool]]:
    """Where a text names another fluid than blood: span, and whether it reaches further than the next name."""
    return [(match.start(), match.end(), match["reach"] is not None) for match in _FLUID.finditer(text)]


def of_blood(text: str, start: int, names: list[Name], marks: Sequence[tuple[int, int, bool]]) -> list[Name]:
    """The names of a sentence that are not said of another fluid.

    "CSF showed leucocytes of 487/µL with a glucose of 20 mg/dL, serum sodium was 128" leaves the sodium; a word for
    blood, or a semicolon, ends the reach of the fluid. Urine reaches only the very next name.

    Args:
        text: The whole text.
        start: Where the sentence begins.
        names: The names of the sentence, in order.
        marks: What `fluids` found in the text.
    """
    if not names or not marks:
        return names
    first, last = bisect_left(marks, (start, 0, False)), bisect_left(marks, (names[-1].start, 0, False))
    said = [(stop, reaches) for _, stop, reaches in marks[first:last]]
    return [name for name in names if not _elsewhere(text, name, said)] if said else names


def _elsewhere(text: str, name: Name, said: Sequence[tuple[int, bool]]) -> bool:
    for stop, reaches in reversed(said):
        if stop > name.start:
            continue
        if _ADJACENT.fullmatch(text, stop, name.start) or _AND_ITS.fullmatch(text, stop, name.start):
            return True
        if reaches:
            return name.ids[0] in _MEASURED and not _BLOOD.search(text, stop, name.end)
    return False
