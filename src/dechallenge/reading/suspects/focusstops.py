"""Of several drugs that were stopped one after the other, those after whose stop the reaction went on.

"Vancomycin was stopped. However, his thrombocytopenia persisted. Piperacillin was stopped, and on the next day the
count rose": the report clears the first. May import the mention of an action and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention

_WENT_ON = Pattern(
    r"(?:(?<=[.;]\s)|\n)(?:however|but|yet|nevertheless|nonetheless|despite\s+(?:this|these|that)|still)\b[^.;]{0,70}?\b"
    r"(?:persist(?:ed|ing)|continued\s+to\s+(?:fall|drop|declin|decreas|ris|increas|worsen|deteriorat)\w*|worsened|"
    r"did\s+not\s+(?:improve|resolve|recover|rise|fall)|remained\s+(?:low|high|elevated|abnormal|unchanged))\b",
    re.IGNORECASE,
)


def cleared(text: str, actions: Sequence[ActionMention], onset: int) -> dict[str, tuple[int, int]]:
    """Drugs that were stopped before the words that it went on, where another was stopped after them, with the words.

    Args:
        text: Clean text.
        actions: What was done with drugs.
        onset: Clean position of the first sign.
    """
    stops = [a for a in actions if a.kind == "stopped" and not a.negated and a.cue[0] > onset]
    out: dict[str, tuple[int, int]] = {}
    for told in _WENT_ON.finditer(text, onset):
        before = {d.drug for a in stops if a.cue[0] < told.start() for d in a.drugs if d.drug}
        after = {d.drug for a in stops if a.cue[0] > told.end() for d in a.drugs if d.drug} - before
        if after:
            out.update({name: told.span() for name in before})
    return out
