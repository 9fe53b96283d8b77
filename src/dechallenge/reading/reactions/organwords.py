"""What is told to be normal again, or gone, where a reaction is over: function, test or complaint.

"The audiogram was normal" is the end of a hearing loss, "thyroid function had returned to normal" of a thyroiditis.
Imports the triggers only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dechallenge.reading.matching.triggers import Pattern


def _words(words: str) -> Pattern:
    return Pattern(rf"\b(?:{words})\b", re.IGNORECASE)


_SIGHT = r"eyes?|vision|sight|visual\s+(?:acuity|fields?)"
_MOVING = r"movements?|gait|walk(?:ed|ing)|rigidity|tremor|stiffness|spasms?"
_BLOOD = r"h(?:a)?emoglobin|Hb|Hgb|h(?:a)?ematocrit|counts?|reticulocytes?|h(?:a)?emolysis"
ORGANS: Mapping[str, Pattern] = {
    "interstitial lung disease": _words(
        r"opacit\w+|infiltrates?|(?:chest\s+)?(?:CT|radiographs?|X-rays?)|lungs?|dyspn\w+|breathless\w*|oxygen|lung\s+function"
    ),
    "bleeding": _words(r"bleeding|h(?:a)?emorrh\w+|h(?:a)?ematomas?"),
    "gastrointestinal bleeding": _words(r"bleeding|h(?:a)?emorrh\w+|mel(?:a)?ena"),
    "arrhythmia": _words(
        r"QTc?|QTc?\s+interval|ECG|EKG|electrocardiogra\w+|(?:cardiac|heart|sinus)\s+rhythm|heart\s+rate"
    ),
    "myocarditis": _words(r"troponins?|ejection\s+fraction|LVEF|cardiac\s+function|echocardiogra\w+"),
    "cardiomyopathy": _words(r"ejection\s+fraction|LVEF|cardiac\s+function|echocardiogra\w+"),
    "thyroiditis": _words(r"TSH|thyroid\s+function|thyroid\s+(?:tests?|hormones?)|free\s+T4|fT4"),
    "hearing loss": _words(r"hearing|audiogra\w+|audiometry"),
    "uveitis": _words(_SIGHT),
    "optic neuritis": _words(_SIGHT),
    "posterior reversible encephalopathy syndrome": _words(rf"{_SIGHT}|MRI|imaging"),
    "neuropathy": _words(r"sensation|numbness|nerve\s+conduction|sensory\s+\w+"),
    "parkinsonism": _words(_MOVING),
    "tardive dyskinesia": _words(_MOVING),
    "dystonia": _words(_MOVING),
    "neuroleptic malignant syndrome": _words(rf"{_MOVING}|creatine\s+kinase|CK|fever|temperature"),
    "serotonin syndrome": _words(rf"{_MOVING}|clonus|agitation"),
    "colitis": _words(r"bowels?|bowel\s+habits?|stools?|diarrho?ea|colonoscopy"),
    "rhabdomyolysis": _words(r"creatine\s+kinase|CK|CPK"),
    "pancreatitis": _words(r"lipase|amylase|pancreatic\s+enzymes"),
    "hypoglycemia": _words(r"(?:blood\s+)?(?:glucose|sugar)"),
    "lactic acidosis": _words(r"lactate|pH|acidosis"),
    "anemia": _words(_BLOOD),
    "pancytopenia": _words(rf"{_BLOOD}|blood\s+counts?"),
    "severe skin reaction": _words(r"skin|mucosa\w*|pustules|blisters|erosions"),
    "skin reaction": _words(r"skin|hives|itching"),
    "hypersensitivity": _words(r"swelling|skin"),
    "osteonecrosis of the jaw": _words(r"mucosa|lesion|bone"),
    "tendon disorder": _words(r"tendon|walk(?:ed|ing)"),
    "aseptic meningitis": _words(r"headaches?|cerebrospinal\s+fluid|CSF|neck\s+stiffness"),
    "gynecomastia": _words(r"breasts?(?:\s+size)?"),
}
"""For a kind of reaction the words of its organ."""
LASTING = frozenset({
    "colitis", "uveitis", "optic neuritis", "hearing loss", "tardive dyskinesia", "parkinsonism", "dystonia",
    "akathisia", "posterior reversible encephalopathy syndrome", "gynecomastia", "osteonecrosis of the jaw",
    "thyroiditis", "neuropathy",
})  # fmt: skip
"""Kinds of which "it persisted" tells the end by their own name ("the hearing loss was irreversible")."""
