"""Ways into the body as they are printed: the table of their words, and which way an "injection" or "tablets" went.

A form that has one way only ("an infusion", "tablets") names it unless another stands in the same phrase ("a
subcutaneous infusion", "sublingual tablets"); a form that has none of its own ("injections") takes the way of its
phrase, or none. No guesses from the drug. May import regimens (the slot).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.drugs.regimens import Slot, apart
from dechallenge.reading.matching.triggers import Pattern

_ANATOMY = (
    r"(?![\s-]+(?:facial|ulcer|mucos|cavity|candid|lesion|thrush|health|hygiene|temperature|aphth|bleed|haemorrh|"
    r"hemorrh|cancer|"
    r"carcinoma|mass|exam|mucositis|burning|pain|discharge|congestion|septum))"
)
_EYE = (
    r"(?:ophthalmic|ocular)(?=\s+(?:solution|drops|ointment|administration|use|application|instillation|medication|"
    r"treatment|therapy))"
)
_PIECES = r"(?:(?:crushed|dispersible|chewable|effervescent|(?:film|enteric)[\s-]coated)(?:\s+or\s+\w{1,12})?\s+)?"
_SMOKED = r"crack|cocaine|cannabis|heroin|marijuana|opium"
_VESSEL = r"(?:in)?to\s+(?:the|a|an|his|her|one)\s+(?:\w{1,14}\s+){0,2}?"
_WAYS: tuple[tuple[str, str, str, str], ...] = (
    ("sc", "subcutaneous", r"sub-?cutaneous(?:ly)?|s\.?c\b\.?|sub-?cut", ""),
    (
        "iv",
        "intravenous",
        rf"intravenous(?:ly)?|i\.?v\b\.?|IVIG|IGIV|TIVA|peripheral\s+vein|{_VESSEL}vein",
        r"infusions?|infused|infusing|infusional|transfus(?:ions?|ed)",
    ),
    ("im", "intramuscular", r"intramuscular(?:ly)?|i\.m\b\.?|(?:(?<=g\s)|(?<=U\s)|(?<=mL\s))(?-i:IM)\b", ""),
    (
        "po",
        "oral",
        rf"oral(?:ly)?{_ANATOMY}|by\s+mouth|p\.?o\.|(?:(?<=g\s)|(?<=[dy]\s)|(?<=[s)]\s)|(?<=k,\s)|(?<=[dy],\s))po(?=[\s,.;)])|per\s+os|"
        r"ingest(?:ion|ed|ing)|swallowed|intake(?=\s+of)|(?<=drug\s)intake",
        rf"{_PIECES}tablets?|{_PIECES}capsules?|pills?|sachets?|syrup",
    ),
    ("top", "topical", r"topical(?:ly)?", r"ointments?|creams?|lotions?"),
    (
        "eye",
        "ophthalmic",
        rf"(?:eye|glaucoma)[\s-]?drops?|{_EYE}|(?:in(?:to)?|to)\s+(?:each|both|the\s+(?:left|right))\s+eyes?|"
        r"(?:peri|intra)ocular(?:ly)?(?=\s+(?:inj|adm))",
        "",
    ),
    ("ear", "otic", r"ear[\s-]?drops?", ""),
    (
        "inh",
        "inhalation",
        r"inhal(?:ed|ers?|ations?|ing)|nebuli[sz](?:ed|ers?|ation)|aerosoli[sz]ed|smok(?:ed|"
        rf"ing)(?=\s+(?:of\s+)?(?:{_SMOKED}))|(?:{_SMOKED})\s+smok(?:ed|ing)|"
        r"volatile(?=\s+ana?esthetic)",
        "",
    ),
    ("nas", "nasal", r"intra-?nasal(?:ly)?|nasal\s+(?:spray|drops|insulin|administration)|nasally", ""),
    ("rec", "rectal", rf"rectal(?:ly)?{_ANATOMY}|enemas?", r"suppositor(?:y|ies)"),
    ("vag", "vaginal", r"(?:intra-?)?vaginal(?:ly)?(?=\s+(?:tab|sup|cre|gel|ring|adm|app))|intra-?vaginal(?:ly)?|"
     r"vaginally|pessar(?:y|ies)", ""),
    ("it", "intrathecal", r"intra-?thecal(?:ly)?|(?:in)?to\s+the\s+(?:\w{1,12}\s+)?subarachnoid\s+space", ""),
    (
        "icv",
        "intraventricular",
        r"intra-?(?:cerebro-?)?ventricular(?:ly)?(?!\s+(?:h[ae]|bleed|conduct|block|septa|pressure|thromb))",
        "",
    ),
    (
        "muc",
        "submucosal",
        r"sub-?mucosal(?:ly)?(?!\s+(?:h[ae]|bleed|tum|mass|lesion|fib|nodul|gland|oedema|edema))",
        "",
    ),
    ("con", "subconjunctival", r"sub-?conjunctival(?:ly)?(?!\s+(?:h[ae]|bleed))", ""),
    ("pla", "transplacental", r"(?:in\s+utero|intra-?uterine)(?=\s+exposure)|transplacental(?:ly)?", ""),
    ("mam", "transmammary", r"(?:in|through|via|by)\s+(?:the\s+|her\s+)?breast[\s-]?(?:milk|feeding)", ""),
    ("epi", "epidural", r"epidural(?:ly)?(?!\s+(?:abscess|h[ae]))", ""),
    ("ves", "intravesical", r"intra-?vesical(?:ly)?|bladder(?=\s+instill)", ""),
    ("per", "intraperitoneal", r"intra-?peritoneal(?:ly)?(?!\s+(?:h[ae]|bleed|abscess|fluid|air))", ""),
    ("vit", "intravitreal", r"intra-?vitreal(?:ly)?", ""),
    ("cam", "intracameral", r"intra-?cameral(?:ly)?", ""),
    ("art", "intra-articular", r"intra-?articular(?:ly)?", ""),
    ("ia", "intra-arterial", rf"intra-?arterial(?:ly)?|{_VESSEL}artery", ""),
    ("der", "intradermal", r"intra-?dermal(?:ly)?", ""),
    ("les", "intralesional", r"intra-?lesional(?:ly)?", ""),
    ("ple", "intrapleural", r"intra-?pleural(?:ly)?(?!\s+fluid)", ""),
    ("pct", "percutaneous", r"percutaneous(?:ly)?(?=\s+(?:\w{1,20}\s+)?inject)", ""),
    ("pt", "perineural", r"perineural(?:ly)?(?!\s+inv)", ""),
    ("sl", "sublingual", r"sub-?lingual(?:ly)?", ""),
    ("buc", "buccal", r"buccal(?:ly)?(?!\s+mucosa)", ""),
    ("td", "transdermal", r"transdermal(?:ly)?", r"patch(?:es)?(?!\s+test)"),
    ("ent", "enteral", r"(?:via|by|through)\s+(?:a\s+|the\s+)?(?:nasogastric|gastrostomy|feeding|nasojejunal)\s+tube",
     ""),
    ("imp", "implant", r"implantation(?=\s+of)|(?:subdermal|contraceptive|drug|hormonal)\s+implants?", ""),
    ("par", "parenteral", "", r"parenteral(?:ly)?"),
)  # fmt: skip
"""Short name, way, words that name it, forms that have only this way unless another is said. Ways as E2B lists them
(EDQM routes of administration)."""
ROUTES = {key: name for key, name, _, _ in _WAYS}
_SAID, _FORMED = "said", "formed"
ROUTE = Pattern(
    r"(?<![\w-])(?:"
    + "|".join(
        rf"(?P<{key}_{what}>{words})"
        for key, _, said, formed in _WAYS
        for what, words in ((_SAID, said), (_FORMED, formed))
        if words
    )
    + r")(?!\w)",
    re.IGNORECASE,
)
"""A way into the body, by its adjective or by a form; the name of the group tells which."""
FORM = Pattern(
    r"(?<!conjunctival )(?<!scleral )\b(?:injections?(?![\s-]+site)|injected|injecting|bolus(?:es)?|"
    r"chemotherapy|systemic(?=\s+(?:\S+\s+)?(?:administration|treatment|therapy|chemo|steroid|corticosteroid))|intake|"
    r"instillations?|sprays?|implants?)\b",
    re.IGNORECASE,
)
"""That a drug was given, or in which form, without the way into the body."""

_BREAK = Pattern(r"[,;:()\[\].]|\b(?:and|or|then|but|to|followed|plus|versus|with|after|before|was|were)\b", re.I)
_NEAR = 45
"""Letters within which a way stands in the phrase of its form."""


def routes(text: str, start: int = 0, end: int | None = None) -> list[Slot]:
    """Words of the way of giving, in order.

    Args:
        text: Any normalised text.
        start, end: Part of it to look in.

    Returns:
        Slots whose ``value`` is the way; empty where the way into the body is not said ("injection").
    """
    stop = len(text) if end is None else end
    said: list[Slot] = []
    formed: list[Slot] = []
    for match in ROUTE.finditer(text, start, stop):
        key, _, what = str(match.lastgroup).partition("_")
        (said if what == _SAID else formed).append(Slot(match.start(), match.end(), "route", ROUTES[key]))
    formed += [Slot(m.start(), m.end(), "route", "") for m in FORM.finditer(text, start, stop)]
    if said:
        formed = [Slot(f.start, f.end, "route", _way_of(text, f, said) or f.value) for f in formed]
    return apart("route", ((s.start, s.end, s.value) for s in (*said, *formed)))


def _way_of(text: str, form: Slot, said: Sequence[Slot]) -> str:
    """The way that the phrase of a form says, the one before it first: "intravenous heroin injection"."""
    before = [s for s in said if s.end <= form.start <= s.end + _NEAR]
    if before and _BREAK.search(text, before[-1].end, form.start) is None:
        return before[-1].value
    after = [s for s in said if form.end <= s.start <= form.end + _NEAR]
    if after and _BREAK.search(text, form.end, after[0].start) is None:
        return after[0].value
    return ""
