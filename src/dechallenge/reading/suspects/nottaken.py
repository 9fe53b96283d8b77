"""Drugs that a report names only to say that they were not taken, or measured. May import drugs and levels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.findings.levels import FIGURE
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.suspects.blamewords import ruled_out

_DENIED = Pattern(
    r"\b(?:den(?:ied|ies|ying)|no|nor|neither|without|never|(?:in\s+the\s+)?absence\s+of|(?:did|had|has|was|were)\s+not)\b(?=[^.;:]{0,70}$)",
    re.IGNORECASE,
)
_DENIED_LIST = Pattern(
    r"\b(?:den(?:ied|ies|ying)|no|without|did\s+not\s+(?:acknowledge|admit|report|disclose|have))\b[^.;:()]{0,70}\([^().;]{0,160}$",
    re.IGNORECASE,
)
""" "Did not acknowledge any risk (tattoos, …, or blood transfusions)": what stands in the bracket is denied."""
_BREAKS = Pattern(
    r"\b(?:but|before|except|besides|other\s+than|apart|than|after|during|while|since|until|because|with|to|from|on|by|"
    r"despite|for|under|"
    r"following|upon|due|secondary|caused|response|improv\w+|effect|relief|change|benefit|when|then|he|she|was|were|given|restart\w*|again|resum\w*|"
    r"(?:,\s*|and\s+)(?:took|started|began|received)|stopp\w*|discontinu\w*|longer|rarely|occasional\w*|sometimes|seldom|now\s+and\s+then)\b",
    re.IGNORECASE,
)
_MEASURED = Pattern(
    r"\s*(?:blood\s+|serum\s+|plasma\s+)?(?:levels?|concentrations?|screen(?:ing)?|assay|dosing\s+(?:was|were)\s+(?:negative|undetect\w+))\b|\s+(?:was|"
    r"were)\s+(?:undetectable|not\s+detect\w+)",
    re.IGNORECASE,
)
_LEVEL = Pattern(FIGURE, re.IGNORECASE)
_NEVER = Pattern(
    r"\s*(?:was|were)\s+never\s+(?:tried|used|given|taken|started|prescribed)\b(?!\s+again)", re.IGNORECASE
)


_LISTED = r"(?:\s*,?\s*(?:,|and|or|nor|as\s+well\s+as)\s+(?:[\w-]+\s+){0,2}?[\w-]+){0,3}?"
_UNUSED = Pattern(
    _LISTED + r"\s+(?:(?:(?:is|are)\s+)?(?:to\s+be|will\s+be|would\s+be|could\s+be)\s+"
    r"(?:considered|tried|discussed)\b|(?:was|were|had\s+been|has\s+been)\s+(?:considered|discussed|proposed|planned|offered|suggested)\s+but\s+"
    r"(?:was\s+|were\s+)?(?:not|never|refused|declined)\b|(?:was|were|had|has|have)\s+(?:not|never)\s+(?:been\s+)?(?:needed|"
    r"necessary|required|given|used|tried|administered|considered)\b(?!\s+(?:again|thereafter|any|until|for|after|since|before)))",
    re.IGNORECASE,
)
_NEVER_HAD = Pattern(
    r"\bnever\s+(?:before\s+)?(?:been\s+(?:given|exposed\s+to|treated\s+with|on)|received|taken|used|had)\s+$",
    re.IGNORECASE,
)
_RELATIVE = Pattern(
    r"\s*(?:his|her|the\s+patient['\u2019]s|a|one)\s+(?:\w+\s+)?(?:mother|father|brother|sister|sibling|son|daughter|aunt|uncle|"
    r"cousin|grandmother|grandfather|husband|wife|twin)\s+(?:had|has|took|takes|developed|was|is|suffered)\b"
    r"(?!\s+(?:given|gave|bought|administered|brought))",
    re.IGNORECASE,
)
"""A sentence about a relative."""
_TESTED = Pattern(
    r"\b(?:(?:skin|prick|patch|scratch)\s+(?:\w+\s+)?test\w*|intradermal|lymphocyte\s+(?:stimulation|transformation)|"
    r"basophil\s+activation|IgE)\b"
    r"[^.;]{0,140}\b(?:to|for|with|against)\b[^.;]{0,120}$",
    re.IGNORECASE,
)
"""A drug that an allergy was tested for."""
_TEST_WITH_IT = Pattern(
    r"(?:\s*,?\s*(?:,|and|or|/|as\s+well\s+as)\s+[\w/-]+){0,8}(?:\s+(?:and|or)\s+[\w/-]+)?\s+(?:skin[\s-]+prick|skin|patch|prick|scratch|intradermal|allergy|"
    r"provocation|basophil\s+activation)[\s-]+(?:\w+\s+)?test(?:s|ing)?\b",
    re.IGNORECASE,
)
"""Behind a drug of a list that an allergy was tested for ("amoxicillin and cefixime patch tests were negative")."""
_FACTOR_4 = Pattern(r"\b(?:PF-?4|platelet\s+factor[\s-]4)\s?[/-]\s?$", re.IGNORECASE)
_ANTIBODY_TEST = Pattern(
    r"-(?:induced|associated)\s+thrombocytop(?:a)?enia\s*(?:\(\w{2,5}\)\s*)?(?:scores?|probability|antibod\w+|screen\w*|assay|panel|tests?|testing|ELISA)\b"
    r"|-like\b|[\s-]+(?:PF-?4|platelet\s+factor)\b",
    re.IGNORECASE,
)
"""Around heparin that names an antibody or a score, and was not given ("platelet factor 4/heparin antibodies")."""
_REACTED = Pattern(
    r"\b(?:had|has|having)\s+(?:previously\s+|once\s+|also\s+)?(?:suffered|experienced|developed|had)\s+(?:an?\s+)?(?:[\w-]+\s+){0,4}?"
    r"(?:reactions?|rash|urticaria|anaphylaxis|angio-?o?edema|hives|swelling)\s+(?:to|with|after|from|following)\s+(?:[\w-]+\s+(?:and|or)\s+)?$",
    re.IGNORECASE,
)
_LONG_AGO = Pattern(
    r"[^.;,]{0,40}?\b(?:as\s+a\s+child|in\s+(?:(?:his|her|early)\s+)?childhood|in\s+infancy|(?:years?|decades?)\s+(?:ago|earlier|before|previously)|"
    r"in\s+the\s+past)\b",
    re.IGNORECASE,
)
"""Around a drug of long ago ("had suffered an anaphylactic reaction to X as a child")."""
_IN_A_TUBE = Pattern(r"\b(?:EDTA|edetic\s+acid|ethylenediaminetetraacetic\s+acid)\b[\s)\]\[(A-Za-z]{0,12}$")
"""Before the anticoagulant of a sample of blood."""
_A_LEVEL = Pattern(
    r"\b(?:low|elevated|raised|suppressed|undetectable|(?:inappropriately\s+)?normal)\s+(?:(?:serum|plasma|circulating|total)\s+)?$",
    re.I,
)
_A_DOSE = Pattern(r"\s*-?\s*(?:dos(?:e|age)s?|mg|\d|therapy|treatment|infusion|intake)", re.IGNORECASE)
"""Around a hormone that was measured ("low gonadotrophins of FSH 8 IU/L")."""
_OPTION = Pattern(r"(?:^|\s)[A-H][).]\s+$")
_OF_A_CHOICE = Pattern(r"\s*[.;,?]?\s*(?:$|\n|(?-i:[A-H][).]\s))")
_AFTER_ANOTHER = Pattern(r"(?:^|\s)[A-G][).]\s+[\w-]+[.;,]?\s+[B-H][).]\s+$")
"""Around a drug that is one of the answers to choose from ("A) Amoxicillin. B) Ciprofloxacin.")."""
_OR_THE_USE = Pattern(
    r"\bno\s+(?:\w+\s+)?history\s+of\s+[^.;]{1,120}?\b(?:or|nor)\s+(?:the\s+|any\s+)?(?:use|intake|ingestion|administration)\s+of\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
""" "No history of switching inhalers or the use of" a drug."""
_ALLERGIES = Pattern(
    r"\b(?:allerg(?:y|ies|ic)|intoleran(?:t|ces?)|(?:history\s+of|known|documented|reported)\s+hypersensitivit(?:y|ies))\s*(?:[(:]\s*|(?:to|of|include[sd]?|including|were|are|was|is)\s+){1,3}"
    r"(?:(?!\b(?:but|given|gave|receiv\w+|start\w*|treat\w+|took|taken|taking|develop\w*|after|when|while|he|she|who|with|for|on)\b)"
    r"[^.;)]){0,150}$",
    re.IGNORECASE,
)
"""Before a drug of a list of allergies ("multiple allergies (including X, Y and Z)")."""
_NOTHING_ELSE = Pattern(
    r"\bno\s+(?:other|additional|further|new|concomitant|concurrent|regular|recent)\s+(?:\w+\s+)?(?:medications?|medicines?|drugs?|agents?|"
    r"products?|supplements?|treatments?)\s+(?:was|were|had\s+been|use\s+was)\s+\w+(?:\s+\w+)?\s*,?\s*\(?(?:including|such\s+as|in\s+particular|"
    r"e\.g\.)[^.;:]{0,120}$",
    re.IGNORECASE,
)
"""Before what else was not taken: "no additional medications were noted, including vitamins"."""
_NOT_ON = Pattern(
    r"\b(?:was|were|is|are|been)\s+(?:not|never)\s+on\s+(?:any\s+)?(?:other\s+)?(?:\w+\s+){0,2}$", re.IGNORECASE
)
""" "She was not on any anticoagulant"."""
_GOES_ON = Pattern(
    r"(?:\s+(?:therapy|treatment))?\s+(?:was|were)\s+(?:then\s+|therefore\s+|again\s+)?(?:continued|maintained|started|restarted|resumed|given|"
    r"stopped|withdrawn|discontinued|prescribed|increased|reduced)\b",
    re.IGNORECASE,
)
_AND = Pattern(r"(?:,|;)\s*(?:and|but)\s+(?:the\s+)?$", re.IGNORECASE)
"""A clause of its own behind the denial of something else: "he had no symptoms, and clozapine was continued"."""
_LUPUS = Pattern(r"\blupus\s+$", re.IGNORECASE)


def taken(text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention]) -> list[DrugMention]:
    """Mentions without those of drugs that are named only as not taken or as a blood level.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Mentions, in order.
    """
    kept = [d for d in drugs if not (d.drug and _not_taken(text, spans[d.sentence], d))]
    named = {d.drug for d in kept}
    return [d for d in drugs if not d.drug or d.drug in named]


def _not_taken(text: str, span: tuple[int, int], mention: DrugMention) -> bool:
    after = text[mention.end : min(span[1], mention.end + 45)]
    if _MEASURED.match(after) or _LEVEL.match(after) or _NEVER.match(after):
        return True
    if ruled_out(text, mention, span) or _ANTIBODY_TEST.match(after):
        return True
    if _FACTOR_4.search(text, max(span[0], mention.start - 24), mention.start):
        return True
    if _UNUSED.match(text, mention.end, span[1]) or _RELATIVE.match(text, *span):
        return True
    lead = text[max(span[0], mention.start - 260) : mention.start]
    measured = _A_LEVEL.search(text, max(span[0], mention.start - 30), mention.start) is not None
    if measured and not _A_DOSE.match(after) and text[mention.start : mention.start + 6].lower() != "saline":
        return True
    if _IN_A_TUBE.search(text, max(span[0], mention.start - 90), mention.start):
        return True
    if _OPTION.search(text, max(0, mention.start - 6), mention.start) and (
        _OF_A_CHOICE.match(text, mention.end) or _AFTER_ANOTHER.search(text, max(0, mention.start - 60), mention.start)
    ):
        return True
    if _ALLERGIES.search(lead) is not None or _NOTHING_ELSE.search(lead) is not None:
        return True
    if (
        _NEVER_HAD.search(lead)
        or _NOT_ON.search(lead)
        or _OR_THE_USE.search(lead)
        or _TESTED.search(lead)
        or _TEST_WITH_IT.match(text, mention.end, span[1])
        or _LUPUS.search(lead)
    ):
        return True
    if _AND.search(lead) is not None and _GOES_ON.match(text, mention.end, span[1]) is not None:
        return False
    if _REACTED.search(lead) and _LONG_AGO.match(text, mention.end, span[1]):
        return True
    if (listed := _DENIED_LIST.search(text, max(span[0], mention.start - 240), mention.start)) is not None:
        return _BREAKS.search(text, listed.start(), mention.start) is None
    denials = _DENIED.finditer(text, max(span[0], mention.start - 100), mention.start)
    return any(_BREAKS.search(text, denial.end(), mention.start) is None for denial in denials)
