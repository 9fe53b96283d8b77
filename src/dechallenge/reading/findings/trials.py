"""What was tried or measured to show that the drug is the cause: its level, another dose, a placebo, an antidote, how
an earlier course had been borne.

Each is a test of the work-up lexicon (kind ``trial``); a drug that the words name stands before the result
("phenytoin: toxic"). Doubtful wording gives nothing. Imports the names of the trials, and the mentions of tests and
drugs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.lexicon.trials import AGAIN, ANTIDOTE, ANTIDOTES, DOSE, EARLIER, LEVEL, OF_THE_BODY, PLACEBO
from dechallenge.reading.findings.workup_tests import TestMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

TRIAL = "trial"
"""Rule of the mentions."""
_Span = tuple[int, int]
_State = Literal["positive", "negative", "not done"]

_CUE = Pattern(
    r"\b(?:levels?|concentrations?|placebo|dos(?:e|es|age)|antidote|antagonist|revers\w+|serum|plasma|similar|same|identical|"
    r"previous\w*|earlier|before|prior|first|toxic|therapeutic|"
    rf"{'|'.join(map(re.escape, ANTIDOTES))})\b|\bdose-",
    re.IGNORECASE,
)
_IN_GENERAL = Pattern(
    r"\b(?:may|might|can|could(?!\s+not)|should|would|usually|generally|often|literature|studies|patients\s+(?:with|who|on)|"
    r"if|whether|suspect\w*|placebo-controlled|randomi[sz]ed|controlled\s+trial|double-blind)\b",
    re.IGNORECASE,
)
"""What makes of a sentence a remark; only what was seen is a trial."""
_NOT_DONE = Pattern(
    r"\b(?:not|never)\s+(?:\w+\s+)?(?:measured|determined|available|obtained|checked|done|performed|tested|assayed|given|used|"
    r"administered)\b|\bunavailable\b|\bno\s+placebo\b|\bwithout\s+(?:a\s+)?placebo\b",
    re.IGNORECASE,
)

_DRUGS_LEVEL = re.compile(
    r"\s*(?:\([^)]{0,20}\)\s*)?(?:(?:serum|plasma|blood|trough|peak|total|free|random|whole-blood|drug)\s+)*"
    r"(?:levels?|concentrations?)\b",
    re.IGNORECASE,
)
_OF_DRUG = Pattern(
    r"\b(?:levels?|concentrations?)\s+(?:of\s+|for\s+)?(?:the\s+)?(?:serum\s+|plasma\s+)?$|\b(?:serum|plasma|blood|toxic|trough)\s+$",
    re.IGNORECASE,
)
_TOXIC = Pattern(
    r"\b(?:toxic|supra-?therapeutic|(?:far\s+|well\s+|markedly\s+)?above\s+(?:the\s+|its\s+)?(?:upper\s+|usual\s+|recommended\s+|"
    r"normal\s+|target\s+)?(?:therapeutic|limit|range|reference|normal|target|toxic)|exceed\w+\s+(?:the\s+)?(?:upper\s+)?"
    r"(?:therapeutic|toxic|limit|range)|times\s+(?:the\s+)?(?:upper\s+)?(?:therapeutic|limit|normal|recommended)|"
    r"twice\s+(?:the\s+)?(?:upper\s+)?(?:therapeutic|limit|normal)|(?:too|very|markedly|extremely|grossly)\s+high|"
    r"(?:was|were|an?|markedly|highly)\s+(?:\w+ly\s+)?(?:elevated|raised)|elevated\s+(?:at|to)|overdos\w+\s+range)\b",
    re.IGNORECASE,
)
_NOT_TOXIC = Pattern(
    r"\b(?:non-?toxic|not\s+(?:\w+ly\s+)?(?:toxic|elevated|raised|increased|high|supra-?therapeutic|above)|below\s+(?:the\s+)?(?:toxic|upper))\b",
    re.IGNORECASE,
)
_SOUND = Pattern(
    r"\b(?:sub-?therapeutic|(?:within|in)\s+(?:the\s+|its\s+)?(?:\w+\s+)?(?:therapeutic|normal|reference|target|recommended)\b|"
    r"(?:was|were|is|remained|a|at)\s+(?:\w+ly\s+)?(?:therapeutic|normal|low|undetect\w+))\b|\bbelow\s+(?:the\s+)?therapeutic\b",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,5}(?:[.,]\d{1,3})?"
_WITH_RANGE = re.compile(
    rf"(?P<value>{_NUMBER})[^.;\d]{{0,20}}?[(,\[;]\s*(?:(?:therapeutic|reference|normal|target|recommended|usual|range|level|values?|"
    rf"window|interval|trough|is|was|:|,)\s*)+(?:(?P<low>{_NUMBER})\s*(?:-|–|to)\s*|(?:<|≤|below|up\s+to|less\s+than)\s*)"
    rf"(?P<high>{_NUMBER})",
    re.IGNORECASE,
)
"""A level with the range that the report prints for it."""

_IN_FIGURES = re.compile(
    rf"\s*(?:was|of|at|:|=)?\s*{_NUMBER}\s*(?:mg|[µμ]g|mcg|ng|[µμun]mol|mmol|mEq)/(?:m?L|dL)\s*[(\[]\s*(?:therapeutic|target|reference)",
    re.IGNORECASE,
)
"""Behind a drug: its level without the word for it ("valproate 98 mg/L (therapeutic range 50-100)")."""

_UP = Pattern(
    r"\bdos(?:e|age)\b[^.;,]{0,50}?\b(?:increased|doubled|raised|escalated|up-?titrated|tripled)\b|"
    r"\b(?:increas\w+|doubling|raising|escalat\w+|up-?titrat\w+)\s+(?:of\s+|in\s+)?(?:(?:the|each|every|its|his|her)\s+)?(?:daily\s+)?"
    r"(?:\w+\s+)?dos(?:e|age)\b|\b(?:increase|escalation)\s+(?:of|in)\s+(?:the\s+)?(?:\w+\s+)?dos(?:e|age)\b|\bwith\s+(?:a\s+)?"
    r"higher\s+dos(?:es?|age)\b|\bafter\s+(?:a\s+|the\s+)?higher\s+dose\b",
    re.IGNORECASE,
)
_DOWN = Pattern(
    r"\bdos(?:e|age)\b[^.;,]{0,50}?\b(?:reduced|halved|lowered|decreased|cut)\b|"
    r"\b(?:reduc\w+|halving|lowering|decreas\w+)\s+(?:of\s+|in\s+)?(?:(?:the|its|his|her)\s+)?(?:daily\s+)?(?:\w+\s+)?dos(?:e|age)\b|"
    r"\bdos(?:e|age)\s+reduction\b|\b(?:with|on|at|after)\s+(?:a\s+|the\s+)?(?:lower|smaller|reduced|half\s+the)\s+dos(?:es?|age)\b",
    re.IGNORECASE,
)
_WORSE = Pattern(
    r"\b(?:worse\w*|more\s+(?:severe|marked|intense|pronounced)|aggravat\w+|intensifi\w+|deteriorat\w+|increased\s+in\s+"
    r"(?:severity|intensity)|exacerbat\w+)\b",
    re.IGNORECASE,
)
_MILDER = Pattern(
    r"\b(?:improv\w+|milder|less\s+(?:severe|marked|intense|pronounced)|subsid\w+|resol\w+|abat(?:e[ds]?|ing|ement)|disappear\w+|lessen\w*|"
    r"diminish\w+|settled|cleared|better|eased|ameliorat\w+|tolerable)\b",
    re.IGNORECASE,
)
_THE_SAME = Pattern(
    r"\b(?:unchanged|persist\w*|no\s+(?:change|effect|improvement|worsening|better)|(?:did|does)\s+not\s+(?:\w+\s+)?(?:improve|"
    r"change|worsen|resolve|abate|subside|disappear)|without\s+(?:any\s+)?(?:improvement|change|effect|worsening)|continued)\b",
    re.IGNORECASE,
)
_WITH_THE_DOSE = Pattern(
    r"\b(?P<not>not\s+)?(?:clearly\s+|strictly\s+)?dose-?\s?(?:dependent|related)\b(?!\s+(?:toxicity\s+is|risk|effect\s+of))",
    re.IGNORECASE,
)
_BECAUSE = Pattern(
    r"\b(?:because|due\s+to|owing|as|since|for|in\s+view\s+of|on\s+account|when|despite|although)\b", re.IGNORECASE
)
"""Between the dose and the sign: the sign was the reason, not what followed."""
_STOPPED = Pattern(r"\b(?:stopped|discontinu\w+|withdrawn|withdrawal|ceased|cessation)\b", re.IGNORECASE)

_CAME_BACK = Pattern(
    r"\b(?:re-?appear\w*|recur\w*|return\w*|came\s+back|again|positive|reproduc\w+|developed|provoked|relaps\w+)\b",
    re.IGNORECASE,
)
_STAYED_AWAY = Pattern(
    r"\b(?:not|no|without|neither|never|nothing|negative|tolerat\w+|uneventful\w*|free\s+of|absence)\b", re.IGNORECASE
)

_RELIEVED = Pattern(
    r"\b(?:revers\w+|improv\w+|awoke|woke|resol\w+|recover\w+|respond\w+|regained|subsid\w+|abat(?:e[ds]?|ing|ement)|disappear\w+)\b",
    re.IGNORECASE,
)
_UNRELIEVED = Pattern(
    r"\b(?:no\s+(?:effect|response|improvement|benefit)|without\s+(?:effect|response|improvement|benefit)|(?:did|could)\s+not|failed)\b",
    re.IGNORECASE,
)

_ALIKE = Pattern(
    r"\b(?:similar|same|identical|comparable)\s+(?:(?:\w+\s+){0,2}?(?:reactions?|rash(?:es)?|events?|episodes?|symptoms?|"
    r"eruptions?|illness|complaints?|problems?|adverse|effects?|hepatitis|neutropenia|agranulocytosis|jaundice|way|manner|signs))\b|"
    r"\breacted\s+(?:similarly|alike|identically)\b",
    re.IGNORECASE,
)
_LONG_BEFORE = Pattern(
    r"\bhad\s+(?:also\s+|already\s+|once\s+|previously\s+)?(?:had|developed|experienced|suffered|occurred|reacted|caused|shown|reported|"
    r"been)\b|\b(?:in|since)\s+(?:19|20)\d\d\b|\byears?\s+(?:earlier|before|ago|previously|prior)\b|\bhistory\s+of\b|"
    r"\b(?:previous|prior|earlier|past)\s+(?:courses?|exposures?|treatments?|occasions?|use|intake|history)\b|\bpreviously\b",
    re.IGNORECASE,
)
_BORNE = Pattern(
    r"\b(?:had|has)\s+(?:\w+\s+){0,6}?(?:previously|before|earlier|in\s+the\s+past)\b[^.;]{0,40}?\b(?:tolerat\w+|without\s+(?:any\s+)?"
    r"(?:\w+\s+)?(?:problems?|reactions?|incidents?|adverse|side|complications?|difficult\w+|ill\s+effects?))\b|"
    r"\b(?:had|has)\s+(?:previously\s+|already\s+|earlier\s+)?tolerated\b|\b(?:previous|prior|earlier|past)\s+(?:courses?|exposures?|"
    r"treatments?|use)\b[^.;]{0,60}?\b(?:tolerated|uneventful|without\s+(?:any\s+)?(?:\w+\s+)?(?:problems?|reactions?|incidents?|"
    r"adverse|side|complications?))\b",
    re.IGNORECASE,
)
_NEVER_TAKEN = Pattern(
    r"\bnever\s+(?:\w+\s+)?(?:taken|received|used|had|been\s+(?:given|exposed|treated|prescribed))\b|"
    r"\bno\s+(?:known\s+)?(?:previous|prior|earlier|past)\s+(?:exposure|intake|use|treatment)\b|"
    r"\bnot\s+(?:previously\s+)?been\s+(?:exposed|treated)\b[^.;]{0,40}\bbefore\b|\b(?:her|his|the)\s+first\s+(?:ever\s+)?"
    r"(?:exposure|contact|use)\b",
    re.IGNORECASE,
)
_RE_EXPOSED = Pattern(
    r"\b(?:re-?challeng\w+|re-?expos\w+|reintroduc\w+|restart\w*|resum\w+|once\s+more|given\s+again|second\s+time|this\s+time)\b",
    re.IGNORECASE,
)
_CLASS = Pattern(r"\b(?:same|this|that|similar|related)\s+(?:class|group|type|family|drug|medicine)\b", re.IGNORECASE)


_GIVEN = r"(?:given|taken|used|administered|prescribed|tried|received)"
_ANEW = (
    r"(?:re-?challeng\w+|re-?expos\w+|re-?administ\w+|re-?introduc\w+|re-?start\w*|resum\w+|re-?initiat\w+|re-?institut\w+|"
    r"re-?treat\w*)"
)
_DONE = (
    r"(?:attempted|done|performed|carried\s+out|undertaken|considered|made|planned|possible|justified|advised|pursued|tried|given|"
    r"offered|conducted)"
)
_NOT_AGAIN = Pattern(
    rf"\b(?:has|have|had)\s+(?:not|never)\s+(?:been\s+)?{_GIVEN}\s+[^.;,]{{1,40}}?\b(?:since|thereafter|afterwards)\b|"
    rf"\b(?:has|have|had)\s+avoided\s+[^.;,]{{1,40}}?\b(?:since|ever\s+since|thereafter)\b|"
    rf"\b(?:not|never)\s+(?:\w+\s+)?(?:been\s+)?{_GIVEN}\s+again\b|\bdid\s+not\s+(?:take|receive|use)\s+[^.;,]{{1,40}}?\bagain\b|"
    rf"\b(?:was|were|has|have|had)\s+(?:not|never)\s+(?:\w+\s+)?(?:been\s+)?{_ANEW}\b|"
    rf"\bno\s+(?:[\w-]+\s+){{0,2}}?{_ANEW}\s+(?:test\s+|with\s+[\w\s-]{{2,40}}?\s)?(?:was|were|has\s+been|took\s+place)|"
    rf"\b{_ANEW}\s+(?:with\s+[\w\s-]{{2,40}}?\s|of\s+[\w\s-]{{2,40}}?\s)?(?:was|is|were)\s+(?:not|never)\s+(?:\w+\s+)?{_DONE}\b|"
    rf"\b{_ANEW}\s+(?:with\s+[\w\s-]{{2,40}}?\s|of\s+[\w\s-]{{2,40}}?\s)?(?:was|were)\s+(?:refused|declined|ruled\s+out|avoided|"
    r"(?:considered|deemed|judged|felt|thought)\s+(?:\w+\s+){0,2}(?:unethical|unsafe|dangerous|contraindicated|risky|hazardous|"
    r"inappropriate|unnecessary))\b|"
    rf"\b(?:refused|declined|without|decided\s+against)\s+(?:(?:a|any|to|be|the|formal)\s+)*{_ANEW}\b",
    re.IGNORECASE,
)
_AFTER_ALL = Pattern(r"[^.;]{0,20}?\b(?:until|before|at\s+(?:that|this)|immediately|initially)\b", re.IGNORECASE)
"""Behind it: only for some time."""


def read_trials(text: str, spans: Sequence[_Span], drugs: Sequence[DrugMention]) -> list[TestMention]:
    """The trials that the sentences of a case tell.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Mentions of drugs, each with the index of its sentence.
    """
    found: list[TestMention] = []
    named: dict[int, list[DrugMention]] = {}
    names: dict[str, str] = {}
    classes = load_drugs().classes_of
    for drug in drugs:
        if drug.drug:
            named.setdefault(drug.sentence, []).append(drug)
            if not (_is_measured(text, drug.start, drug.end) or OF_THE_BODY.intersection(classes(drug.drug))):
                names[text[drug.start : drug.end].lower()] = drug.drug
    anyone = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b", re.IGNORECASE)
    undone = {name for d in drugs if d.drug for name in (d.drug, *classes(d.drug))}
    for index, span in enumerate(spans):
        if (none := _NOT_AGAIN.search(text, *span)) is not None and not _AFTER_ALL.match(text, none.end(), span[1]):
            mine = {d.drug for d in named.get(index, [])}
            words = f"{next(iter(mine))}: not done" if len(mine) == 1 else "not done"
            found.append(
                TestMention(AGAIN, "not done", words, none.start(), none.end(), span[0], span[1], index, TRIAL)
            )
        if _CUE.search(text, *span) is None or _IN_GENERAL.search(text, *span):
            continue
        here = named.get(index, [])
        following = spans[index + 1] if index + 1 < len(spans) else None
        told = (
            *(_levels(text, span, anyone, names) if names else ()),
            *_doses(text, span, following, here),
            *_placebo(text, span),
            *_antidotes(text, span, here, undone),
            *_earlier(text, span, here),
        )
        for name, state, result, at, drug_name in told:
            words = f"{drug_name}: {result}" if drug_name else result
            found.append(TestMention(name, state, words, at[0], at[1], span[0], span[1], index, TRIAL))
    return found


_Told = tuple[str, _State, str, _Span, str]


def _levels(text: str, span: _Span, anyone: re.Pattern[str], names: Mapping[str, str]) -> Iterator[_Told]:
    """ "The lithium level was toxic", "a toxic concentration of digoxin": of drugs that the case names elsewhere."""
    start, end = span
    for drug in anyone.finditer(text, start, end):
        head, tail = drug.span()
        if not _is_measured(text, head, tail, start) and _IN_FIGURES.match(text, tail, end) is None:
            continue
        behind = _DRUGS_LEVEL.match(text, tail, end)
        tail = behind.end() if behind is not None else tail
        stop = min(end, next((i for i in (text.find("; ", tail, end), text.find(", but ", tail, end)) if i > 0), end))
        before = text.rfind(",", start, head)
        words = (max(start, before, head - 50), min(stop, tail + 110))
        state: _State | None = None
        if _NOT_DONE.search(text, *words):
            state, result = "not done", "not measured"
        elif (printed := _WITH_RANGE.search(text, tail, min(end, tail + 110))) is not None:
            value, low, high = (float((printed[k] or "0").replace(",", ".")) for k in ("value", "low", "high"))
            if low <= high:
                above = value > high
                state, result = (
                    ("positive" if above else "negative"),
                    "above the printed range" if above else "not toxic",
                )
        elif _NOT_TOXIC.search(text, *words):
            state, result = "negative", "not toxic"
        elif _TOXIC.search(text, *words):
            state, result = "positive", "toxic"
        elif _SOUND.search(text, *words):
            state, result = "negative", "not toxic"
        if state is not None:
            yield LEVEL, state, result, (head, tail), names[drug.group().lower()]
            return


def _is_measured(text: str, head: int, tail: int, start: int = 0) -> bool:
    """The name of a drug stands for its level."""
    return bool(_DRUGS_LEVEL.match(text, tail) or _OF_DRUG.search(text, max(start, head - 40), head))


def _doses(text: str, span: _Span, following: _Span | None, drugs: Sequence[DrugMention]) -> Iterator[_Told]:
    """Worse with more of it, milder with less, without a stop; or said to depend on the dose."""
    start, end = span
    only = drugs[0].drug if len({d.drug for d in drugs}) == 1 else ""
    if len({d.drug for d in drugs}) > 1 or _STOPPED.search(text, start, end):
        return
    depends = _WITH_THE_DOSE.search(text, start, end)
    if depends is not None:
        state: _State = "negative" if depends["not"] else "positive"
        yield DOSE, state, depends.group().strip(), depends.span(), only
        return
    for change, effect in ((_UP, _WORSE), (_DOWN, _MILDER)):
        cue = change.search(text, start, end)
        if cue is None:
            continue
        for part in (span, following):
            if part is None or (part != span and _STOPPED.search(text, *part)):
                continue
            for state, words in (("negative", _THE_SAME), ("positive", effect)):
                hit = words.search(text, *part)
                if hit is None or cue.start() <= hit.start() < cue.end():
                    continue
                if hit.start() > cue.end() and _BECAUSE.search(text, cue.end(), hit.start()):
                    continue
                if hit.end() < cue.start() and not _LINKS.search(text, hit.end(), cue.start()):
                    continue
                result = f"{'more' if change is _UP else 'less'} of it, {hit.group().lower()}"
                yield DOSE, state, result, cue.span(), only
                return


_LINKS = Pattern(r"\b(?:with|after|when|once|following|on|at|upon|by)\b", re.IGNORECASE)
"""What leads from a sign to the dose that it followed ("milder after the dose had been halved")."""


def _placebo(text: str, span: _Span) -> Iterator[_Told]:
    at = _PLACEBO.search(text, *span)
    if at is None:
        return
    if _NOT_DONE.search(text, *span):
        yield PLACEBO, "not done", "not given", at.span(), ""
    elif _STAYED_AWAY.search(text, *span):
        yield PLACEBO, "negative", "did not reappear", at.span(), ""
    elif _CAME_BACK.search(text, *span):
        yield PLACEBO, "positive", "reappeared", at.span(), ""


_PLACEBO = Pattern(r"\bplacebo\b", re.IGNORECASE)


def _antidotes(text: str, span: _Span, drugs: Sequence[DrugMention], undone: set[str]) -> Iterator[_Told]:
    for drug in drugs:
        if drug.drug not in ANTIDOTES or not set(undone) & set(ANTIDOTES[drug.drug]):
            continue
        at = (drug.start, drug.end)
        if _UNRELIEVED.search(text, *span):
            yield ANTIDOTE, "negative", "no effect", at, drug.drug
        elif _RELIEVED.search(text, *span):
            yield ANTIDOTE, "positive", "improved", at, drug.drug
        return


def _earlier(text: str, span: _Span, drugs: Sequence[DrugMention]) -> Iterator[_Told]:
    """ "He had had the same reaction to X five years before", "X had been tolerated before"."""
    if _RE_EXPOSED.search(text, *span):
        return
    only = drugs[0].drug if len({d.drug for d in drugs}) == 1 else ""
    if not only and (drugs or not _CLASS.search(text, *span)):
        return
    alike = _ALIKE.search(text, *span)
    if alike is not None and _LONG_BEFORE.search(text, *span):
        if not _STAYED_AWAY.search(text, span[0], alike.start()):
            yield EARLIER, "positive", alike.group().lower(), alike.span(), only
        return
    never = _NEVER_TAKEN.search(text, *span)
    if never is not None:
        if only:
            yield EARLIER, "not done", "never taken before", never.span(), only
        return
    borne = _BORNE.search(text, *span)
    if borne is not None:
        yield EARLIER, "negative", "tolerated", borne.span(), only
