"""Words around the name of a drug by which it is no drug that was taken: a level, an organism, a purpose, a denial.

Imports the triggers alone.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

DENIED = Pattern(
    r"\b(?:no|not|never|denied|denies|nor|any)\s+(?:history\s+of\s+)?(?:\w+\s+){0,2}(?:other|taking|taken|use\s+of|"
    r"exposure\s+to|medications?|drugs?)\b[^.;:]*$"
    r"|\btook\s+no\b[^.;:]*$",
    re.IGNORECASE,
)
_AFTER_ANALYTE = Pattern(
    r"[\s-]*(?:(?:(?-i:A)|[GMED])\b(?!\s*mg)|sparing|saring|parameters?|markers?|abuse|use(?=\s+disorder)|dependen(?:ce|cy|t)|addict\w+|"
    r"levels?|concentrations?|antibod\w+|receptors?\s+(?:negative|positive)|deficiency|allerg\w+|malignant\s+syndrome|(?:phospho)?kinase|"
    r"(?:was|were|remained)\s+(?:\w+ly\s+)?(?:elevated|raised|normal|abnormal)|resistan(?:t|ce)|(?<=-)(?:susceptible|sensitive|producing)|"
    r"(?:susceptible|sensitive)(?=\s(?:Staph|Strep|entero|E\.|strains?|organisms?|isolates?)))\b",
    re.I,
)
PURPOSE = Pattern(r"\s+(?:purposes?|properties|activity|effects?|malignant)\b", re.I)
"""Of what a remedy is for ("for analgesic purposes"), or of an illness ("neuroleptic malignant-like syndrome")."""
INTAKE = Pattern(r"[\s-]*(?:consumption|intake)\b", re.I)
"""Of what is also food ("calcium intake"); "phenytoin consumption" is of a drug."""
_BEFORE_ANALYTE = Pattern(
    r"\b(?:anti|serum|plasma|allerg\w+\s+to|no\s+known|elevated|raised|abnormal)[\s-]+$|"
    r"\b(?:factor\s4|PF4)[\s/-]{1,2}$",
    re.I,
)


_A_DIAGNOSIS = Pattern(
    r"[\s-]+(?:induced|associated|related|dependent)\s+(?:immune\s+)?(?:thrombocytopeni[ac]|platelets?\b|(?:anti-?platelet\s+)?antibod)",
    re.I,
)
_LOOKED_FOR = Pattern(
    r"\b(?:exclu(?:d\w*|sion)|rul(?:ed?|ing)\s+out|negative\s+for|no\s+evidence|unlikely|differential\w*|diagnos[ei]s\s+of|consider\w*|"
    r"suspicion\s+(?:of|for)|evaluat\w+|work-?up|tests?(?:ed|ing)?\s+for|screen\w*|concern\w*\s+for|other\s+(?:causes|a?etiologies))\b[^.;]*$",
    re.I,
)
_FOUND_NOT = Pattern(
    r"[^.;]{0,80}?\b(?:exclud\w+|ruled\s+out|unlikely|negative|unremarkable|entertained|considered|not\s+(?:detected|found|present))\b",
    re.I,
)


def _diagnosis_looked_for(sentence: str, start: int, end: int) -> bool:
    """ "After excluding heparin-induced thrombocytopenia": a diagnosis by its name, not a drug that was given."""
    found = _A_DIAGNOSIS.match(sentence, end)
    if found is None:
        return False
    return bool(_LOOKED_FOR.search(sentence, 0, start) or _FOUND_NOT.match(sentence, found.end()))


def part_of_analyte(sentence: str, start: int, end: int) -> bool:
    """Whether the name of a drug is part of something else here: a level, an organism, a syndrome.

    Args:
        sentence: The sentence.
        start, end: The name in it.
    """
    if sentence[start:end].lower() == "heparin" and _diagnosis_looked_for(sentence, start, end):
        return True
    return bool(_AFTER_ANALYTE.match(sentence, end)) or bool(
        _BEFORE_ANALYTE.search(sentence[max(0, start - 14) : start])
    )


LAST_OF_A_LIST = Pattern(
    r"\b(?:receiv\w+|taking|took|treated\s+with|prescribed)\s[^.;:]{1,110}?\d\s?m?c?g\b[^.;:]{0,50}?(?:,|\band|\bplus)\s+$",
    re.IGNORECASE,
)
IS_MEASURED = Pattern(r"\s+(?:was|were|is|levels?|concentrations?|\d)", re.IGNORECASE)
"""The last of a list of what was taken with its doses ("received X 15 mg/week subcutaneously and folic acid")."""
BEHIND_IT = Pattern(
    r"\b(?:after|following|completing|completed|finishing|finished|stopping|off|his|her|(?:dose|course|taper)\s+of)\s+$",
    re.IGNORECASE,
)
"""Before the class of the only drug of it that was named ("after antibiotic completion")."""
CAUSED = Pattern(r"s?[\s-]+(?:induced|related|associated|mediated)\b", re.IGNORECASE)
"""Behind it ("statin-related rhabdomyolysis was suspected")."""
AS_A = Pattern(r"\s+as\s+(?:an?\s+|the\s+)?", re.IGNORECASE)
