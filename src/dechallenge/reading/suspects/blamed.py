"""Which drugs a title or an abstract blames outright. May import drugs and the words of blame."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.suspects.blamewords import BLAME_AFTER, BLAME_BEFORE, REACTION

_ATTRIBUTED = Pattern(r"\battribut\w+\s+[^.;]{1,60}?\s+to\s+(?:the\s+)?$", re.IGNORECASE)
_IN_TITLE = Pattern(
    r"\b(?:during|under|after|following|on|from|by|(?:while\s+)?(?:receiving|taking)|treated\s+with)\s+(?:(?:the\s+)?"
    r"(?:(?:concomitant|concurrent|combined)\s+)?(?:treatment|therapy|use|administration|exposure|initiation|induction|"
    r"commencement|start|addition|introduction|co-?administration|intake|ingestion)\s+(?:with|of|to)\s+)?(?:\w+\s+){0,2}$"
    r"|\b(?:after|following|during|from)\s+(?:the\s+|a\s+|an\s+)?(?:\w+\s+){0,1}(?:infusion|injection|dose|cycle|course|application|"
    r"administration|tablet)s?\s+of\s+(?:\w+\s+)?$"
    r"|\bwithin\s+(?:\w+\s+)?(?:minutes|hours|days|weeks)\s+(?:of|after)\s+(?:starting\s+|taking\s+|receiving\s+)?$",
    re.IGNORECASE,
)
_BESIDE = Pattern(
    r"\b(?:patients?|wom[ae]n|m[ae]n|boy|girl|child)\s+(?:\w+\s+)?(?:on|taking|receiving|treated\s+with)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""The treatment of somebody, to which something was added."""
_AND_TO = Pattern(
    r"\b(?:due|owing|attribut\w+|related|secondary)\s+to\s+[\w/-]{4,40}\s+and\s+(?:to\s+)?$", re.IGNORECASE
)
"""Before the second of two drugs that are blamed ("due to X and to Y")."""
_UNDER = Pattern(r"\bunder\s+(?:(?:therapy|treatment)\s+with\s+)?(?:[\w-]+\s+(?:and|or)\s+)?$", re.IGNORECASE)
_WITH_REACTION = Pattern(r"(?:\s+(?:and|or)\s+[\w-]+)?\s+with\s+(?P<what>[^.;,]{3,60})", re.IGNORECASE)
"""Patients "under X and Y with grade 3-4 neutropenia"."""
_TITLE_REACTION = Pattern(
    r"\w+(?:cardia|arrhythmia|kinesia|tonia|psychosis|plegia|paresis|algia|thermia|mastia|rrh(?:o)?ea|lepsy|itis|penia|penic|cytosis|lysis|toxicity|opathy|edema|emia)\b|\b(?:failure|syndrome|injury|reaction|rash|"
    r"seizures?)\b",
    re.IGNORECASE,
)


_ITS_ILLNESS = Pattern(
    r"[\s-](?:lung|liver|kidney|pneumonitis|pneumonia|hepatitis|nephritis|nephropathy|neuropathy|retinopathy|colitis|myopathy|myositis|"
    r"encephalopathy|cardiomyopathy|agranulocytosis|neutropenia|thrombocytopenia|rash|fever|lupus|psychosis|intoxication)\b",
    re.IGNORECASE,
)
"""Right behind a drug in a title: "Bleomycin lung", "amiodarone pneumonitis"."""
_CURE = Pattern(
    r"\b(?:re-?challenge|re-?introduction|re-?exposure|re-?treatment|recovery|resolution|remission|response|improvement|"
    r"survival|reversal|success(?:ful(?:ly)?)?(?:\s+(?:treatment|treated|management|managed|outcome))?)\s+(?:\w+\s+){0,2}?"
    r"(?:after|following|under|during|on|using|by|to)\s+(?:(?:treatment|therapy)\s+with\s+)?(?:[\w-]+\s+(?:and|plus)\s+)?$"
    r"|\b(?:successful(?:ly)?\s+(?:treat\w*|manag\w*)|(?:respon\w+|recover\w+|improve\w*|resol\w+))\s+(?:\w+\s+){0,2}?"
    r"(?:with|by|to|after)\s+(?:(?:treatment|therapy)\s+with\s+)?(?:[\w-]+\s+(?:and|plus)\s+)?$",
    re.IGNORECASE,
)
"""Before a drug that a title tells as the remedy ("recovery after treatment with X")."""
_EXAMPLE = Pattern(
    r"\b(?:(?:causes?|diagnos[ie]s|conditions|disorders|diseases|explanations|forms)\b[^.;]{0,60}?\b(?:such\s+as|including|like|e\.g\.)|"
    r"such\s+as|e\.g\.|differential\s+diagnos[ie]s)[^.;]{1,120}$",
    re.IGNORECASE,
)
"""Before a drug of a list of what else there is ("disorders such as autoimmune hepatitis and X-induced hepatitis")."""
_AND = Pattern(r"\s*(?:\([^()]{1,20}\)\s*)?(?:,\s*)?(?:and|plus|with)\s+(?:the\s+)?", re.IGNORECASE)


_CASE_OF = Pattern(
    r"\b(?:report|describe|present)s?\s+(?:here\s+)?(?:an?|the|our)\s+(?:\w+\s+){0,2}?cases?\s+of\s+(?P<what>[^.;]{3,90}?)\s+"
    r"(?:from|after|following|during|under|caused\s+by)\s+(?:(?:the\s+|an?\s+)?(?:use|treatment|therapy|administration)\s+(?:of|with)\s+)?$",
    re.IGNORECASE,
)


def _case_of(text: str, start: int, mention: DrugMention) -> re.Match[str] | None:
    """ "We report a case of severe hypoglycaemia from X": the sentence that says what the report is about."""
    told = _CASE_OF.search(text, start, mention.start)
    if told is None or _CURE.search(text, start, mention.start):
        return None
    return told if REACTION.search(told["what"]) or _TITLE_REACTION.search(told["what"]) else None


def blamed_in(text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention]) -> dict[str, str]:
    """Drugs that a title or abstract blames outright ("anakinra-induced neutropenia", "hepatotoxicity of X and Y")."""
    found: dict[str, str] = {}
    together: DrugMention | None = None
    for mention in drugs:
        if not mention.drug:
            continue
        start, end = spans[mention.sentence]
        before, after = (
            text[max(start, mention.start - 60) : mention.start],
            text[mention.end : min(end, mention.end + 60)],
        )
        sentence = text[start:end]
        if re.search(r"\b(?:can|may|might|risk|most|usually|often|rarely)\b", sentence):
            continue
        hit = (
            BLAME_AFTER.match(after)
            or BLAME_BEFORE.search(before)
            or _ATTRIBUTED.search(before)
            or _AND_TO.search(before)
            or _case_of(text, start, mention)
            or (_ITS_ILLNESS.match(after) if mention.sentence == 0 else None)
        )
        told = _WITH_REACTION.match(after) if not hit and _UNDER.search(before) is not None else None
        if told is not None and _TITLE_REACTION.search(told["what"]):
            hit = told
        if mention.sentence and _EXAMPLE.search(text, start, mention.start):
            continue
        title = mention.sentence == 0 and len(sentence) < 170 and _IN_TITLE.search(before) is not None
        if title and not hit and _CURE.search(before):
            continue
        if title and found and _BESIDE.search(before):  # "X-induced … in a patient on Y"
            continue
        if hit or (title and (REACTION.search(sentence) or _TITLE_REACTION.search(sentence))):
            first, last = max(start, mention.start - 40), min(end, mention.end + 30)
            while first > start and not text[first - 1].isspace():
                first -= 1
            while last < end and not text[last].isspace():
                last += 1
            found.setdefault(mention.drug, " ".join(text[first:last].split()))
            together = mention if hit else None
        elif together is not None and _AND.fullmatch(text, together.end, mention.start) and mention.kind != "class":
            found.setdefault(mention.drug, found[together.drug])  # "an interaction between X and Y"
            together = mention
    return found
