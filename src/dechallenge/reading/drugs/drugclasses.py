"""Classes of drugs in prose: which drug, of those named before, "the antibiotic" or "these antibiotics" mean.

May import the lexicon, the contexts of names, the mention of a drug and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.drugs.drugcontexts import AS_A, BEHIND_IT, CAUSED
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention


def resolve_classes(text: str, mentions: list[DrugMention]) -> list[DrugMention]:
    """ "The antibiotic", "the herbal teas": a class that a drug named before belongs to means that drug."""
    lexicon = load_drugs()
    seen: list[DrugMention] = []
    classes: set[str] = set()
    out: list[DrugMention] = []
    for i, mention in enumerate(mentions):
        if mention.kind == "class" or mention.drug in classes:
            behind = [m for m in mentions[i + 1 : i + 4] if m.drug and not _short(text, mention, m)][:1]
            if meant_next := _apposed(text, mention, behind):
                out.append(replace(mention, drug=meant_next.drug, ingredients=meant_next.ingredients, kind="substance"))
                continue
            if _named_next(text, mention, behind) or _said_of_it(text, seen[-1:], mention):
                continue
            members = [d for d in seen if mention.drug in lexicon.classes_of(d.drug)]
            near = [d for d in members[-3:] if _beside(text, d, mention)]
            if near or (members and _of_the_class(text, mention)):  # "rooibos herbal tea": an apposition
                continue
            if several := _several(text, mention, members):
                out.extend(several)
                continue
            lead = text[max(0, mention.start - 24) : mention.start]
            if members and (
                re.search(r"\b(?:the|this|that|The|This)\s+(?:\w+\s+)?$", lead)
                or (len({d.drug for d in members}) == 1 and _of_that_one(text, mention, lead))
            ):
                names = [d.drug for d in members]
                meant = max(members, key=lambda d: (names.count(d.drug), -names.index(d.drug)))
                mention = DrugMention(
                    mention.start, mention.end, meant.drug, meant.ingredients, meant.kind, mention.sentence
                )
        elif mention.drug and mention.kind != "pronoun":
            classes.update(lexicon.classes_of(mention.drug))
            seen.append(mention)
        out.append(mention)
    return out


_THIS = Pattern(
    r"(?:this|that)\s+(?:medication|drug|agent|medicine|antibiotic|treatment|therapy|tablet|capsule|pill|supplement)\b",
    re.IGNORECASE,
)


def resolve_this(text: str, mentions: Sequence[DrugMention]) -> list[DrugMention]:
    """ "She was prescribed X. A week later she stopped taking this medication": the one drug of the words before.

    "Stopped the medication, X, …" means the drug behind it.
    """
    out: list[DrugMention] = []
    for mention, behind in zip_longest(mentions, mentions[1:]):
        if (
            mention.kind == "pronoun"
            and not mention.drug
            and behind is not None
            and _named_right_behind(text, mention, behind)
        ):
            mention = replace(mention, drug=behind.drug, ingredients=behind.ingredients)
        elif mention.kind == "pronoun" and not mention.drug and _THIS.match(text, mention.start):
            near = [d for d in out if d.drug and mention.sentence - d.sentence <= 1]
            last = [d for d in near if d.sentence == (near[-1].sentence if near else -1)]
            if last and len({d.drug for d in last}) == 1 and last[0].kind == "substance":
                mention = replace(mention, drug=last[0].drug, ingredients=last[0].ingredients)
        out.append(mention)
    return out


_BLAMED = Pattern(r"\b(?:secondary|due)\s+to\s+$", re.IGNORECASE)
_HANDLED = Pattern(
    r"\s+(?:(?:was|is)\s+)?(?:not\s+|never\s+)?(?:restarted|re-started|resumed|rechallenged|reintroduced|stopped|discontinued|"
    r"d/c['\u2019]?e?d|held|withheld|withdrawn)\b",
    re.IGNORECASE,
)


_ITS_USE = Pattern(
    r"\s+(?:(?:antibiotics?|therapy|treatment|drugs?|agents?)\s+)?(?:exposure|initiation|introduction|intake|ingestion|administration|"
    r"withdrawal|discontinuation|cessation|exposition)\b",
    re.IGNORECASE,
)
_ANOTHER = Pattern(
    r"\b(?:other|another|further|new|different|all|any|no|previous(?:ly)?|prior|past|future|second|avoid\w*|without)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def _of_that_one(text: str, mention: DrugMention, lead: str) -> bool:
    """ "After antibiotic completion", "AIN due to PPI", "penicillin exposure": the only drug of the class."""
    blamed = BEHIND_IT.search(lead) is not None or _BLAMED.search(lead) is not None
    if blamed or any(p.match(text, mention.end) is not None for p in (CAUSED, _HANDLED)):
        return True
    return _ITS_USE.match(text, mention.end) is not None and _ANOTHER.search(lead) is None


_WITH = Pattern(
    r"s?\s*(?:(?:treatment|therapy|prophylaxis|regimen|cover(?:age)?|agents?|drugs?|medications?)\s*)?(?:with|from|,?\s*(?:such\s+as|including|namely)|[(:])"
    r"\s*(?:(?:oral|intravenous|iv|high-dose|low-dose|both|the)\s+){0,2}",
    re.IGNORECASE,
)


_APPOSED = Pattern(r"(?:\s*\([^()]*\))?\s*,\s*an?\s+(?:[\w-]+\s+){0,2}", re.IGNORECASE)
"""Between a drug and what kind of drug it is ("pembrolizumab (2 mg/kg), a monoclonal antibody")."""
_ALSO_CALLED = Pattern(
    r"(?:\s+vaccine)?\s*\([^()]{0,60}\b(?:previously|formerly|also\s+(?:known|called)(?:\s+as)?|i\.e\.,?|aka)\s+(?:[\w-]+\s+){0,2}",
    re.IGNORECASE,
)
"""Between a drug and its other name in brackets ("X vaccine (Vaxzevria, previously AstraZeneca vaccine)")."""
_OPENS = Pattern(r"(?:^|[.;,]\s+|\b(?:though|although|while|because|that|as)\s+)$", re.IGNORECASE)
_ACT = Pattern(r"\s+(?:are|can|may|inhibit|cause|act|block|have\s+been)\b", re.IGNORECASE)


def _beside(text: str, drug: DrugMention, mention: DrugMention) -> bool:
    """A class right behind a drug, or in apposition to it."""
    gap = mention.start - drug.end
    return gap < _NEXT or (
        gap < _APPOSITION
        and (
            _APPOSED.fullmatch(text, drug.end, mention.start) is not None
            or _ALSO_CALLED.fullmatch(text, drug.end, mention.start) is not None
        )
    )


_NEXT, _APPOSITION = 3, 120
"""Characters within which a class stands right behind a drug, or in apposition to it."""


def _of_the_class(text: str, mention: DrugMention) -> bool:
    """ "Though SSRIs are considered …": said of all drugs of a class."""
    opens = _OPENS.search(text, max(0, mention.start - 12), mention.start) is not None
    plural = text[mention.end - 1 : mention.end].lower() == "s"
    return plural and opens and _ACT.match(text, mention.end) is not None


_AND = Pattern(r"\s+(?:and|or)\s", re.IGNORECASE)


def _named_next(text: str, mention: DrugMention, behind: Sequence[DrugMention]) -> bool:
    """ "Antibiotic treatment with cefepime": the class is that of the drug behind it."""
    if not behind or behind[0].drug == "" or behind[0].kind == "class":
        return False
    if _WITH.fullmatch(text, mention.end, behind[0].start) is not None:
        return True
    if mention.drug not in load_drugs().classes_of(behind[0].drug):
        return False
    listed = text[mention.end : behind[0].start] == ", " and _AND.match(text, behind[0].end) is not None
    return listed or _named_right_behind(text, mention, behind[0])  # "the antidepressant, trazodone and the …"


_SHORT = Pattern(
    r"s?\s*\(\s*[^()]{1,20}\)\s*,?\s*|\)\s*,?\s*|s?\s+(?:against|for)\s+(?:SARS-CoV-2|COVID-19|influenza)\s*[—–,(-]\s*"
)
"""Between a class and its member: its short form in brackets, or the end of these."""


def _short(text: str, mention: DrugMention, behind: DrugMention) -> bool:
    """The short form of a class in the bracket behind it."""
    return behind.drug == mention.drug and text[mention.end : behind.start].strip() == "("


def _apposed(text: str, mention: DrugMention, behind: Sequence[DrugMention]) -> DrugMention | None:
    """ "The selective serotonin reuptake inhibitor (SSRI) citalopram": the drug that stands behind its class."""
    if not behind or behind[0].kind != "substance" or mention.drug not in load_drugs().classes_of(behind[0].drug):
        return None
    return behind[0] if _SHORT.fullmatch(text, mention.end, behind[0].start) is not None else None


def _named_right_behind(text: str, mention: DrugMention, behind: DrugMention) -> bool:
    """ "The medication, X, …": the name stands in apposition."""
    if behind.kind != "substance":
        return False
    closed = text[behind.end : behind.end + 1] in tuple(",;)")
    return closed and text[mention.end : behind.start] == ", "


def _said_of_it(text: str, before: Sequence[DrugMention], mention: DrugMention) -> bool:
    """ "Ondansetron as an antiemetic": what it was given as."""
    return bool(before) and AS_A.fullmatch(text, before[0].end, mention.start) is not None


_THESE = Pattern(
    r"\b(?P<both>both|the\s+two)\s+(?:of\s+)?(?:the\s+|these\s+|his\s+|her\s+)?(?:\w+\s+)?$"
    r"|\b(?:all|these|those|the|his|her)\s+(?:(?:of\s+)?(?:the|these|three|four)\s+)?$",
    re.IGNORECASE,
)
_ENDED = Pattern(
    r"\s*(?:therapy\s+|treatment\s+)?(?:(?:was|were|had\s+been)\s+)?(?:\w+ly\s+|all\s+|both\s+|also\s+|then\s+|still\s+)?"
    r"(?:stopped|discontinued|withdrawn|withheld|held|ceased|suspended|tapered|off)\b",
    re.IGNORECASE,
)


_THERAPY = Pattern(r"\s+(?:therapy|treatment|medication)\b", re.IGNORECASE)
"""Behind a class of which one drug was named ("antipsychotic therapy was stopped")."""
_A_WHOLE = ("therapy", "treatment", "regimen")
"""The last word of a class that is called by the whole of its drugs ("antituberculosis therapy was stopped")."""


def _several(text: str, mention: DrugMention, members: Sequence[DrugMention]) -> list[DrugMention]:
    """ "Both antibiotics", "these antibiotics", "antibiotics were stopped": the drugs of the class that were named."""
    other = text[max(0, mention.start - 30) : mention.start].rstrip().lower().endswith(("other", "further", "new"))
    treatment = _THERAPY.match(text, mention.end) is not None and len({d.drug for d in members}) == 1
    treatment |= text[mention.start : mention.end].lower().endswith(_A_WHOLE)
    if other or (text[mention.end - 1 : mention.end].lower() != "s" and not treatment):
        return []
    lead = _THESE.search(text, max(0, mention.start - 30), mention.start)
    if lead is None and not _ENDED.match(text, mention.end):
        return []
    named = list({d.drug: d for d in members}.values())
    if lead is not None and lead["both"]:
        named = named[-2:]
    return [DrugMention(mention.start, mention.end, d.drug, d.ingredients, d.kind, mention.sentence) for d in named]
