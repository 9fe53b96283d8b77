"""How the parts of a unit are printed: "µg", "dL", "/", "×10⁹", "per cubic millimetre", "times the upper limit".

Each atom is a bounded regular expression read without regard to case, except where case is the only difference
("G/L" is 10⁹/L in French reports, "g/L" is grams). `units.py` strings atoms together. Imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_MICRO: Final = r"(?:[uµμ]|mc|micro[ -]?)"
_POWER_MARK: Final = r"\s?(?:\^|\*{1,2}|e\+?)\s?"
_TIMES: Final = r"(?:[x×✕∗*·•∙⋅.]\s?)"
_LITRE: Final = r"lit(?:er|re)s?"
_ABBREVIATED_LIMIT: Final = r"(?:ULN|UNL|ULRR|ULRL|URL|UNR|LSN|GGN|OGN|NUL)"


POWERS: Final[dict[str, tuple[str, str]]] = {
    "p3": ("3", "³"),
    "p4": ("4", "⁴"),
    "p5": ("5", "⁵"),
    "p6": ("6", "⁶"),
    "p9": ("9", "⁹"),
    "p12": ("12", "¹²"),
}


def power_regex(names: Iterable[str]) -> str:
    """Powers of ten in every form that survives printing and copying, the lost superscript ("x109") included."""
    digits = "|".join(POWERS[name][0] for name in names)
    raised = "|".join(POWERS[name][1] for name in names)
    marked = rf"{_POWER_MARK}[(\[{{]?(?:{digits})[)\]}}]?"
    bracketed = rf"\s?[(\[](?:{digits})[)\]]|\s?<sup>(?:{digits})</sup>"
    lost = rf"{_TIMES}10\s?(?:{digits})"
    return rf"(?:{_TIMES}?10(?:{marked}|{bracketed}|\s?(?:{raised}))|{lost})(?:\s?cells?)?"


ATOMS: Final[dict[str, str]] = {
    # mass
    "kg": r"kgs?|kilos?|kilogram(?:me)?s?",
    "g": r"g|gms?|gr|gram(?:me)?s?",
    "mg": r"mgs?|mgms?|mgr|milligram(?:me)?s?",
    "ug": rf"{_MICRO}\s?g(?:ms?|ram(?:me)?s?)?",
    "ng": r"ng|nanogram(?:me)?s?",
    "pg": r"pg|picogram(?:me)?s?",
    "lb": r"lbs?|pounds?",
    # volume
    "L": rf"l|lt|{_LITRE}",
    "dL": rf"dl|deci{_LITRE}|100\s?(?:ml|cc|cm3)",
    "mL": rf"mls?|milli{_LITRE}|cc|cm\^?3|cm³",
    "nL": r"n[lL]",
    "uL": rf"{_MICRO}\s?l|{_MICRO}{_LITRE}|lambda",
    "fL": rf"fl|femto{_LITRE}",
    "um3": r"[uµμ]m\s?\^?[3³]",
    "mm3": r"mm\s?\^?\s?[3³]|mm\(3\)|mm<sup>3</sup>|mmc|mm\s?cubed?|c\.?\s?mm|cu\.?\s?mm|"
    r"cubic\s(?:mm|milli-?met(?:er|re)s?)",
    "mm3_word": r"cmm|cumm",
    # activity
    "U": r"u|units?",
    "IU": r"i\.?u\.?|u\.?i\.?|i\.?e\.?|international\sunits?",
    "kU": r"ku|kilo-?units?",
    "kIU": r"kiu|kui",
    "mU": r"mu|milli-?units?",
    "mIU": r"miu|mui|mie",
    "uU": rf"{_MICRO}u(?:nits?)?",
    "uIU": rf"{_MICRO}(?:iu|ui|ie)",
    "MU": r"(?-i:MU|M\.U\.)",
    "MIU": r"(?-i:MIU|MUI)",
    "ukat": rf"{_MICRO}kat(?:als?)?",
    "nkat": r"nkat|nanokatals?",
    "AU": r"au|a\.u\.|arbitrary\sunits?|aru",
    "KA": r"k\.?\s?-?\s?a\.?(?:\s?u(?:nits?)?)?|kau|king[\s–-]{1,3}armstrong(?:\su(?:nits?)?)?",
    "BODANSKY": r"bodansky(?:\su(?:nits?)?)?|b\.u\.",
    "KARMEN": r"karmen(?:\su(?:nits?)?)?",
    "SIGMA": r"(?:sigma|reitman)[\s–-]{1,3}frankel(?:\su(?:nits?)?)?|s\.?f\.?\s?u(?:nits?)?",
    # amount of substance
    "mol": r"mol(?:es?)?",
    "mmol": r"m\s?mols?|m\s?moles?|millimol(?:es?|s)?",
    "umol": rf"{_MICRO}\s?mol(?:es?|s)?",
    "nmol": r"n\s?mol(?:es?)?|nanomol(?:es?|s)?",
    "pmol": r"p\s?mol(?:es?)?|picomol(?:es?|s)?",
    "mM": r"(?-i:mM)",
    "uM": r"(?-i:[uµμ]M)",
    "nM": r"(?-i:nM)",
    "pM": r"(?-i:pM)",
    "meq": r"m\.?eq|milli-?equivalents?|mval",
    "mosm": r"mosm(?:ol)?|milliosmoles?",
    # counts and powers of ten
    "cells": r"cells?",
    "beats": r"bpm",
    "beat": r"beats?|cycles|pulses?|breaths?|respirations?",
    "kilo": r"k",
    "thousand": rf"thous?(?:ands?)?|{_TIMES}?1000|{_TIMES}?1,000",
    "million": r"millions?|mill?|mio|(?-i:M)",
    "lakh": r"lakhs?|lacs?",
    "giga": r"giga|gpt|billions?|(?-i:G)",
    "tera": r"tera|tpt|trillions?",
    "T": r"(?-i:T)",
    "copies": r"copy|copies|genome\scopies|geq|cp",
    "log": r"log(?:\s?10|_10|₁₀)?",
    # shares and ratios
    "%": r"%|％|per\s?cent|percent|pct|p\.\s?100|pour\scent|prozent",
    "permille": r"‰|per\smille",
    "INR": r"inr",
    "ratio": r"ratio",
    "titer": r"tit(?:er|re)s?",
    "S/CO": r"s/co|signal-?to-?cut-?off|coi",
    "FEU": r"feu|\(feu\)|fibrinogen\sequivalent\sunits?",
    "DDU": r"ddu|\(ddu\)|d-dimer\sunits?",
    "uln": (
        rf"(?:(?:-?\s?fold|times|[x×*]|fois)\s?)?(?:(?:the|above|over|higher|greater|than|of|la|le)\s){{0,4}}(?:"
        rf"{_ABBREVIATED_LIMIT}(?:N)?s?"
        r"|(?:institutional\s)?upper\s(?:limits?|levels?|values?|range|end|bound(?:ary)?)(?:\sof)?(?:\sthe)?"
        r"\s(?:normal|norm|reference)(?:\s(?:range|limits?|values?|levels?|interval))?"
        r"|upper\s(?:normal|reference)(?:\s(?:limits?|values?|levels?|range))?"
        r"|normal\supper\s(?:limit|value|level)s?"
        r"|limite?\ssup[ée]rieure\s(?:de\sla\snormale|normale)"
        r")(?:\s?[(\[](?:ULN|UNL|ULRR|LSN)[)\]])?"
        r"|(?:-?\s?fold|times|[x×*]|fois)\s?(?:(?:the|above|over|higher|greater|than|of|la|le)\s){0,4}"
        r"normale?(?:\s(?:upper\slimits?|limits?|values?|range|levels?))?"
        r"|(?:-?\s?fold|times|[x×*])\s?(?:(?:the|above|over|higher|greater|than|of)\s){0,4}upper\slimits?"
        r"|-?\s?fold\s(?:elevated|elevation|above\snormal)"
        r"|[x×]\s?(?-i:N)|(?-i:N)"
    ),
    "fold": r"-?\s?folds?|-?\s?fach(?:e[snr]?)?",
    # time
    "ms": r"ms|msecs?|milliseconds?",
    "s": r"s|secs?|seconds?|sekunden|secondes?",
    "min": r"min|mins|minutes?|mn|minuten",
    "h": r"h|hrs?|hours?|heures?|stunden?|std",
    "d": r"d|days?|jours?|j|tage?n?|24\s?h(?:ours?|rs?)?",
    "wk": r"w|wks?|weeks?|semaines?|wochen?",
    "mo": r"mo|mos|mths?|months?|mois|monaten?",
    "a": r"y|yrs?|years?|ans?|jahren?",
    "mm/h": r"mm\s?(?:/|per|in|at|after)?\s?(?:the\s|one\s)?(?:(?:1\s?st|1|first|one)\s?)?(?:h|hrs?|hours?|std)",
    # the body
    "Cel": r"[°º˚]\s?c(?:elsius)?|deg(?:rees?|\.)?\s?(?:c|celsius|centigrade)|℃|celsius|(?-i:C)",
    "degF": r"[°º˚]\s?f(?:ahrenheit)?|deg(?:rees?|\.)?\s?(?:f|fahrenheit)|℉|fahrenheit|(?-i:F)",
    "mmHg": r"mm\s?hg|millimet(?:er|re)s\sof\smercury|torr",
    "kPa": r"kpa",
    "cm": r"cms?|centimet(?:er|re)s?",
    "mm": r"mm|millimet(?:er|re)s?",
    "m": r"m|met(?:er|re)s?",
    "inch": r"inch(?:es)?",
    "m2": r"m\s?\^?[2²]|m<sup>2</sup>|sq\.?\s?m|square\smet(?:er|re)s?",
    "1.73m2": r"1[.,·]73\s?m\s?\^?[2²]|1[.,·]73\s?square\smet(?:er|re)s?",
    # counted forms
    "tablet": r"tablets?|tabs?|comprim[ée]s?",
    "capsule": r"capsules?|caps?|g[ée]lules?",
    "puff": r"puffs?",
    "drop": r"drops?|gtts?|gouttes?",
    "/": r"/|\bper\b|\bpar\b|\bpro\b",
}  # fmt: skip
ATOMS.update((name, power_regex([name])) for name in POWERS)
