"""Actions of a sentence that only announces the case, where the story tells them again.

"We present a case of ataxia after the use of X, which resolved on stopping it. A 67-year-old man received X …": the
first start of X is that of the story, and no re-exposure follows the announced stop. May import general talk.
"""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.reading.layout.generaltalk import announcements
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.texts.people import AGE_PHRASE

_BEGINS = frozenset({"started", "restarted", "continued"})


def without_announced(
    text: str, spans: Sequence[tuple[int, int]], acts: Sequence[ActionMention]
) -> list[ActionMention]:
    """Actions without those of an announcing sentence whose drugs are begun in the story behind it.

    Args:
        text: Clean text.
        spans: Sentences of the case.
        acts: Actions, in order.
    """
    told = [s for s in announcements(text, spans) if AGE_PHRASE.search(text, *s) is None]
    here = {i for i, s in enumerate(spans) if s in told}
    later = {d.drug for a in acts if a.sentence not in here and a.kind in _BEGINS for d in a.drugs if d.drug}
    first = {d.drug for a in acts if a.sentence in here for d in a.drugs if d.drug}
    if not here or not first & later:
        return list(acts)
    return [a for a in acts if a.sentence not in here or not all(d.drug in later or not d.drug for d in a.drugs)]
