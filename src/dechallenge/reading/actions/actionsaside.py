"""Verbs of actions that tell of none: what is running, what is no drug, what a drug was given as.

May import the action words, the mention of a drug and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.actions.actionwords import NO_DRUG_ENDS, SYMPTOM_ENDS
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_AFTER_IT = Pattern(
    r"\b(?:after|following|upon|since|until|before|drug|treatment|therapy|the|its|temporary|early|prompt)\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
_SOLUTION = Pattern(r"\b(?:oral|dry|ophthalmic|nasal|injectable|depot|liquid|aqueous|ml|mg|of)\s+$", re.IGNORECASE)
_SINCE_IT = Pattern(
    r"\b(?:since|as|because|given\s+that)\s+(?:s?he|the\s+patient)\s+was\s+$|\b(?:concomitant|concurrent|simultaneous|chronic)\s+$",
    re.IGNORECASE,
)
_BESIDE = Pattern(
    r"\b(?:concurrent|concomitant|ongoing|background)\s+[\w-]+\s+$|\b(?:was|were|been|being)\s+(?:concomitantly|concurrently|simultaneously)\s+$",
    re.IGNORECASE,
)
"""Before words of what ran beside another drug ("concurrent X therapy", "was concomitantly receiving X")."""
_DAY_OF = Pattern(
    r"\s+(?:the\s+)?(?:day\s+\d|\d{1,2}(?:st|nd|rd|th)\s+day|(?:first|second|third|fourth|fifth)\s+day)", re.IGNORECASE
)
_WHO_GAVE = Pattern(
    r"\b(?:doctor|physician|GP|practitioner|nurse|pharmacist|dentist|hospital|clinic|practice|prescriber|consultant)\s+(?:who|that|which)\s+"
    r"(?:had\s+|originally\s+|first\s+){0,2}$",
    re.IGNORECASE,
)
_RUNS = Pattern(r"taking|on\b|using|receiving|use\s+of", re.IGNORECASE)
_ALSO = Pattern(r"\b(?:also|otherwise|regularly|usually|normally|routinely)\s+$", re.IGNORECASE)
_REGULARLY = Pattern(
    r"[^.;]{0,40}?\b(?:regularly|routinely|long[\s-]term|chronically|as\s+(?:regular|usual)\s+medication)\b",
    re.IGNORECASE,
)
_HAD = Pattern(r"\b(?:had|has|have|having)\s+(?:(?:his|her|their|the|all)\s+){1,2}(?:dose\s+of\s+)?$", re.IGNORECASE)
_DONE = Pattern(r"(?:\s+(?:therapy|treatment|dose|infusion|tablets?))?\s+(?:\w+ly\s+|then\s+|also\s+)*", re.IGNORECASE)


def ended_by(text: str, start: int, match: re.Match[str]) -> bool:
    """ "Suspension" that ends a treatment ("after suspension of X"), and is not what the drug was given as."""
    lead = max(start, match.start() - 40)
    if _SOLUTION.search(text, lead, match.start()):
        return False
    return text[match.end() : match.end() + 4] == " of " or _AFTER_IT.search(text, lead, match.start()) is not None


def told_to_run(text: str, start: int, match: re.Match[str]) -> bool:
    """ "Since she was taking X", "with concomitant use of Y": why it is thought of, and no beginning."""
    if _WHO_GAVE.search(text, max(start, match.start() - 50), match.start()) is not None:
        return True  # "she sued the doctor who had prescribed X"
    if _DAY_OF.match(text, match.end()) is not None:
        return True  # "was on day 5 of the antibiotic"
    if _BESIDE.search(text, max(start, match.start() - 60), match.start()) is not None:
        return True
    return _RUNS.match(match.group()) is not None and bool(
        _SINCE_IT.search(text, max(start, match.start() - 40), match.start())
    )


_BODY = Pattern(
    r"\b(?:periods?|menses|menstruation|function|appetite|bleeding|lactation|ovulation|breathing|rhythm|growth|urine\s+output|diuresis|"
    r"symptoms?|activit(?:y|ies)|work|school|diet|feed(?:s|ing)|sleep)\s+(?:had\s+|was\s+|were\s+|then\s+|gradually\s+|spontaneously\s+)*$",
    re.IGNORECASE,
)
_LIFE = Pattern(
    r"\s+(?:(?:his|her|their|a|an|the|normal|regular|oral|usual|full|daily|sexual|physical|sinus)\s+){0,4}"
    r"(?:activit(?:y|ies)|work|school|diet|feed(?:s|ing)|intake|life|menses|periods|menstruation|rhythm|sports?|exercise|driving|breathing|eating|"
    r"duties)\b",
    re.IGNORECASE,
)


def of_the_body(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """ "Her periods resumed", "resumed a normal diet": no drug was given again."""
    before = _BODY.search(text, max(start, match.start() - 60), match.start())
    return before is not None or _LIFE.match(text, match.end(), end) is not None


def ends_no_drug(lead: str) -> bool:
    return SYMPTOM_ENDS.search(lead) is not None or NO_DRUG_ENDS.search(lead) is not None


_ALL_BUT = Pattern(
    r"\b(?:all|every|(?:his|her|the|their)\s+other|remaining)\s+(?:[\w-]+\s+){0,3}?(?:medications?|medicines|drugs|agents|treatments?|therap(?:y|ies))\s+"
    r"(?:except|apart\s+from|aside\s+from|other\s+than|with\s+the\s+exception)",
    re.IGNORECASE,
)
_A_SUPPORT = Pattern(
    r"\s+(?:(?:of|from|off|the|his|her|their|a|mechanical|invasive|non-?invasive|supplemental|nasal|home|extracorporeal|renal|intermittent)\s+){0,5}"
    r"(?:tracheostom\w+|tracheal\s+tube|ventilat\w+|respirator|oxygen|O2|sedation|(?:ha?emo)?dialysis|replacement\s+therapy|ECMO|CPAP|"
    r"BiPAP|catheter|pacemaker|pacing|life\s+support|inotrop\w+|vasopressors?|smoking|drinking|alcohol|breast-?\s?feeding|driving|"
    r"working|work|school)\b",
    re.IGNORECASE,
)
"""Behind the verb: what ended is no drug of the report ("weaned off her tracheostomy", "stopped smoking")."""
_EXCHANGED = Pattern(r"replaced|substituted", re.IGNORECASE)
_OF_TREATMENT = Pattern(
    r"\b(?:therap(?:y|ies)|treatments?|drugs?|agents?|medications?|medicines?|regimens?|tablets?|infusions?|antibiotics?|which|it)\b",
    re.IGNORECASE,
)


def of_no_named_drug(text: str, start: int, match: re.Match[str], end: int, *, named: bool) -> bool:
    """ "All medications except X were discontinued", "weaned off the ventilator": a stop of no named drug.

    Args:
        text: Clean text.
        start: Where the sentence begins.
        match: The word of the stop.
        end: Where the sentence ends.
        named: Whether the sentence names a drug.
    """
    if _ALL_BUT.search(text, start, match.start()) is not None:
        return True
    if _A_SUPPORT.match(text, match.end(), end) is not None:
        return True
    exchanged = _EXCHANGED.match(match.group()) is not None
    return exchanged and not named and _OF_TREATMENT.search(text, start, end) is None


def went_on_taking(text: str, match: re.Match[str], target: tuple[DrugMention, ...], end: int) -> bool:
    """ "She also took X", "took X regularly": what she took beside it, whose beginning nobody tells."""
    if match.group().lower() not in ("took", "takes", "used", "taking", "was taking"):
        return False
    also = _ALSO.search(text, max(0, match.start() - 14), match.start()) is not None
    return also or _REGULARLY.match(text, target[-1].end, end) is not None


def had_it_done(text: str, start: int, group: tuple[DrugMention, ...], cue: int) -> bool:
    """ "She had her methadone rapidly titrated down": the drug between "had" and the verb."""
    if _DONE.fullmatch(text, group[-1].end, cue) is None:
        return False
    return _HAD.search(text, max(start, group[0].start - 30), group[0].start) is not None


_ITEM_OF_A_LIST = Pattern(r"[^;.]*\d[^;.,]*,\s*", re.IGNORECASE)


def alone_in_a_list(text: str, group: tuple[DrugMention, ...], cue: int) -> tuple[DrugMention, ...]:
    """ "Aspirin 75 mg od, ramipril withheld": in a list of medicines with their doses the word is of the last one."""
    if len(group) < _PAIR or text[group[-1].end : cue].strip():
        return group
    gap = text[group[-2].end : group[-1].start]
    return group[-1:] if _ITEM_OF_A_LIST.fullmatch(gap) is not None else group


_PAIR = 2
_ADVICE = Pattern(
    r"(?:^|[.;:\n]\s*|\b(?:please|do\s+not|don['’]t|suggest|recommend|advise|kindly|you\s+(?:may|can|could|should))\s+)$",
    re.IGNORECASE,
)
_BASE = Pattern(r"re-?start|resume|re-?introduce|re-?commence", re.IGNORECASE)
_NOUN = Pattern(r"\s+(?:of|was|were|led|resulted|caused|produced|had)\b", re.IGNORECASE)


def advised(text: str, start: int, match: re.Match[str]) -> bool:
    """ "Plan: restart at half the rate", "please do not restart it": advice, and nothing that was done."""
    if _BASE.fullmatch(match.group()) is None or _NOUN.match(text, match.end()) is not None:
        return False
    return _ADVICE.search(text[max(start, match.start() - 30) : match.start()]) is not None


_ITS_GIVING = Pattern(
    r"administration|use\s+of|(?:mono)?therapy\s+with|treatment\s+with|treatment|exposure\s+to|taking|using",
    re.IGNORECASE,
)
_THE = Pattern(r"\s+(?:(?:of|the|his|her|this|any|further|all)\s+)*", re.IGNORECASE)


def governed_by_another(text: str, cues: Sequence[re.Match[str]], i: int) -> bool:
    """ "Stopping the administration of X", "discontinued the use of X": it was stopped, and not given."""
    if not i or cues[i - 1].lastgroup != "stop" or _ITS_GIVING.fullmatch(cues[i].group()) is None:
        return False
    return _THE.fullmatch(text, cues[i - 1].end(), cues[i].start()) is not None


_IN_BRACKETS = Pattern(
    r"(?:\s+(?:hydrochloride|sodium|potassium|acetate|maleate|tartrate|sulphate|sulfate|phosphate|calcium|therapy|tablets?))?"
    r"(?:\s+\d[\d.,]*\s?(?:mg|g|mcg|ml|IU|units?)(?:/\w+)*(?:\s+(?:daily|once|twice|bid|tid|od|qd|weekly)){0,2})?\s*[(\[]\s*(?:first\s+|newly\s+|recently\s+)?",
    re.IGNORECASE,
)
_WHEN = Pattern(
    r"\s+(?:on|in|at|since|for|from|just|about|approximately|some|two|three|four|five|six|seven|eight|nine|ten|several|an?|few|\d|recently|the\s+day)\b",
    re.IGNORECASE,
)
_BEGUN = Pattern(
    r"(?:started|begun|began|initiated|introduced|prescribed|added|commenced|given|taken|administered)$", re.IGNORECASE
)


def begun_in_brackets(text: str, drug: DrugMention, match: re.Match[str], end: int) -> bool:
    """ "Sertraline hydrochloride (prescribed six months before admission)": the bracket tells when it was begun."""
    if _BEGUN.match(match.group()) is None or _IN_BRACKETS.fullmatch(text, drug.end, match.start()) is None:
        return False
    return _WHEN.match(text, match.end(), end) is not None


_TREATED = Pattern(r"treated|managed\s|controlled\s", re.IGNORECASE)
_OF_THE_PAST = Pattern(
    r"^(?:(?:his|her|the\s+patient['’]s|their|past|previous|the|relevant|medical|significant)\s+){1,4}(?:histor(?:y|ies)|comorbidit(?:y|ies)|background)\s+"
    r"(?:includ\w+|was|were|is|are|comprised)\b[^.;]{2,120}$",
    re.IGNORECASE,
)
_NO_VERB = Pattern(r"[^.;]*(?<!was)(?<!were)(?<!been)(?<!being)(?<!is)(?<!and)(?<!then)(?<!but)[\s,(]+$", re.IGNORECASE)
_FRESH = Pattern(
    r"\b(?:recently|newly|now|then|initially|first|started|day|days|weeks?|ago|before|prior|earlier)\b", re.IGNORECASE
)


def of_an_old_illness(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """ "Her history included hypertension, treated for four years with X": it was running, and nothing is begun."""
    if _TREATED.match(match.group()) is None or _OF_THE_PAST.search(text[start : match.start()].lstrip()) is None:
        return False
    if _NO_VERB.match(text, max(start, match.start() - 20), match.start()) is None:
        return False
    return _FRESH.search(text, match.start(), min(end, match.end() + 60)) is None
