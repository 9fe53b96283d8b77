"""Where a macrophage activation syndrome shows itself: sentences that tell of several of its features.

May import the lexicon, `labs` and `sizes`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.reading.laboratory.labs import LabMention
from dechallenge.reading.laboratory.sizes import canonical

MAS_SIGNS = frozenset({
    "macrophage activation syndrome", "hemophagocytic lymphohistiocytosis", "hemophagocytosis", "cytopenia",
        "pancytopenia",
    "hepatosplenomegaly", "thrombocytopenia", "hypertriglyceridemia", "hypofibrinogenemia", "coagulopathy",
    "CNS lesion",
    "hyperferritinemia", "nephritis", "splenomegaly", "elevated liver enzymes", "anemia",
})  # fmt: skip
"""Features of macrophage activation; a sentence that tells of several of them tells of its onset."""

_MAS_VALUES = {
    "FERRITIN": ("hyperferritinemia", 500.0, True),
    "TG": ("hypertriglyceridemia", 265.0, True),
    "FIBRINOGEN": ("hypofibrinogenemia", 1.5, False),
    "PLT": ("thrombocytopenia", 100.0, False),
}
"""Values that are one of them: the feature, its limit in the canonical unit, whether by being high (Henter 2007)."""
_POSSIBLE_SHARE = 0.01
"""Share of the limit below which a value is rather a slip of its unit."""


def _mas_value(lab: LabMention) -> str:
    """The feature of macrophage activation that a value shows, by the limits of HLH-2004 (Henter 2007)."""
    if lab.value is None or not lab.unit or lab.unit == "xULN":
        return ""
    figure = canonical(lab.analyte, lab.value, lab.unit) if lab.analyte in _MAS_VALUES else None
    if figure is None:
        return ""
    sign, limit, high = _MAS_VALUES[lab.analyte]
    if high:
        return sign if figure >= limit and not lab.comparator.startswith("<") else ""
    return sign if _POSSIBLE_SHARE * limit <= figure <= limit and not lab.comparator.startswith(">") else ""


def mas_positions(
    spans: Sequence[tuple[int, int]], findings: Sequence[object], labs: Sequence[LabMention] = ()
) -> list[int]:
    """Where a macrophage activation syndrome shows itself: sentences that tell of several of its features."""
    seen: dict[int, dict[str, int]] = {}
    for m in findings:
        told = getattr(m, "state", "") == "present" and not getattr(m, "history", False)
        if told and getattr(m, "term", "") in MAS_SIGNS:
            seen.setdefault(getattr(m, "sentence", -1), {}).setdefault(getattr(m, "term", ""), getattr(m, "start", 0))
    for lab in labs:
        sign = _mas_value(lab)
        if sign:
            seen.setdefault(lab.sentence, {}).setdefault(sign, lab.start)
    return [min(seen[i].values()) for i in range(len(spans)) if len(seen.get(i, ())) >= 2]
