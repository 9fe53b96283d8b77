"""What is known about drugs: known reactions, hepatotoxins, half-lives, pharmacology that explains a reaction.

Every answer carries its source, the date of that source and a mark: `verified` (read in the source) or `unverified`
(recalled; the product must show it as such). A drug without a row is unknown, which is not "no".
May import `errors` and `lexicon`; nothing above.
"""

from __future__ import annotations

from dechallenge.knowledge.exposure import ExposureWindow, exposure_window_days, slow_elimination
from dechallenge.knowledge.pharmacology import Explanation, Trigger, mas_triggers, pharmacology_explains
from dechallenge.knowledge.reactions import KnownReaction, hepatotoxins, is_hepatotoxin, known_reaction
from dechallenge.knowledge.tables import Answer, Mark

__all__ = [
    "Answer",
    "Explanation",
    "ExposureWindow",
    "KnownReaction",
    "Mark",
    "Trigger",
    "exposure_window_days",
    "hepatotoxins",
    "is_hepatotoxin",
    "known_reaction",
    "mas_triggers",
    "pharmacology_explains",
    "slow_elimination",
]
