"""The end of a reaction where nothing but the word "dechallenge" tells of it: "dechallenge was positive".

A positive one says that the reaction got better after the stop, not that it was over. May import the outcome and the
actions.
"""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.reading.actions.actionsdechallenge import dechallenges
from dechallenge.reading.entries.outcome import Ending
from dechallenge.reading.texts.text import CleanText


def by_dechallenge(text: CleanText, spans: Sequence[tuple[int, int]], end: Ending) -> Ending:
    """The ending found, or, where none was, the one that a dechallenge tells.

    Args:
        text: Clean text of the case.
        spans: Its sentences.
        end: The ending found by all other words.
    """
    if end.result != "unknown":
        return end
    told = [d for d in dechallenges(text.text, spans) if d.improved is not None]
    if not told or len({d.improved for d in told}) > 1:
        return end
    result = "recovering" if told[0].improved else "not recovered"
    return Ending(result, None, None, (text.quote(told[0].start, told[0].end),))  # type: ignore[arg-type]
