"""General signs that came before a re-exposure, of a reaction that only shows after it.

May import the mention of an action and the signs of ``events``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.reactions.events import Sign


def only_after_restart(counted: Sequence[Sign], actions: Iterable[ActionMention], kind: str) -> list[Sign]:
    """ "A rash; ALT was normal. … It was restarted. Ten days later jaundice": the rash does not begin the liver injury.

    Args:
        counted: Signs that count for the reaction, those of no kind of their own among them.
        actions: What was done with drugs.
        kind: The reaction.
    """
    own = [s.position for s in counted if s.kind == kind and s.starts]
    again = [a.cue[0] for a in actions if a.kind == "restarted" and not a.negated]
    last = max((at for at in again if own and at < min(own)), default=None)
    if last is None:
        return list(counted)
    return [s for s in counted if s.kind or s.position > last]
