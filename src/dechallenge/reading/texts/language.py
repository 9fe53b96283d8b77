"""Whether a text is English: its letters, and the small words that every language uses. May import the triggers."""

from __future__ import annotations

from dechallenge.reading.matching.triggers import Pattern

_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "a",
        "to",
        "in",
        "was",
        "with",
        "for",
        "were",
        "is",
        "on",
        "by",
        "had",
        "after",
        "at",
        "as",
        "from",
        "that",
        "which",
        "she",
        "he",
        "her",
        "his",
        "not",
        "but",
        "patient",
        "an",
        "this",
        "or",
        "be",
    ]
)
_FOREIGN = frozenset(
    [
        "le",
        "les",
        "des",
        "une",
        "dans",
        "avec",
        "pour",
        "sur",
        "chez",
        "est",
        "sont",
        "par",
        "aux",
        "après",
        "cette",
        "qui",
        "patiente",
        "ans",
        "était",
        "du",
        "et",
        "un",
        "der",
        "das",
        "und",
        "mit",
        "nach",
        "wurde",
        "ist",
        "bei",
        "von",
        "eine",
        "einer",
        "dem",
        "den",
        "im",
        "zu",
        "nicht",
        "wurden",
        "jahre",
        "mann",
        "frau",
        "el",
        "los",
        "las",
        "del",
        "con",
        "por",
        "fue",
        "que",
        "tras",
        "una",
        "al",
        "años",
        "y",
        "se",
        "paciente",
        "mujer",
        "hombre",
        "fueron",
        "il",
        "della",
        "di",
        "con",
        "dopo",
        "per",
        "nel",
        "gli",
        "anni",
        "che",
        "una",
        "dei",
        "paziente",
        "stata",
        "het",
        "een",
        "van",
        "met",
        "na",
        "werd",
        "op",
        "voor",
        "jaar",
        "niet",
        "bij",
        "o",
        "os",
        "da",
        "do",
        "com",
        "em",
        "por",
        "uma",
        "não",
        "foi",
        "após",
        "anos",
        "doente",
        "dos",
    ]
)
"""Small words of French, German, Spanish, Italian, Dutch and Portuguese that are no English words."""
_WORD = Pattern(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """Whether the text is English: Latin letters, and no other language's small words outnumber the English ones.

    Telegraphic English ("Woman, 40 years, ALT 900") has few small words of any language and passes.
    """
    words = [w.lower() for w in _WORD.findall(text[:20_000])]
    if not words:
        return True
    latin = sum(map("\u0250".__gt__, words))
    if latin < 0.7 * len(words):
        return False
    english = sum(map(_ENGLISH.__contains__, words))
    foreign = sum(map(_FOREIGN.__contains__, words))
    return foreign <= max(english, 0.05 * len(words), 3)
