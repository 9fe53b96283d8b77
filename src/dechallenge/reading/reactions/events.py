"""Which reaction a case is about, and by which signs it shows. May import the lexicon, `labs` and `sizes`.

One reaction is assessed for each kind that the report tells of as new; disease that was there before, its flares, and
mere symptoms of the reaction stay findings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.findings import load_findings
from dechallenge.reading.laboratory.sizes import (
    KIDNEY_RISE,
    MUSCLE_RISE,
    NEUTROPENIA_LIMIT,
    PANCREATIC_RISE,
    canonical,
    impossible,
    neutrophil_counts,
)
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.musclesigns import of_myoglobin
from dechallenge.reading.reactions.takenfor import taken_for

LIVER, NEUTROPENIA, MAS = "liver injury", "neutropenia", "MAS"
KIDNEY, PANCREAS, MUSCLE = "acute kidney injury", "pancreatitis", "rhabdomyolysis"
KIND_OF = {"agranulocytosis": NEUTROPENIA}
"""Kinds of the findings lexicon that are read as another."""

LIVER_SIGNS = frozenset({
    "jaundice", "dark urine", "pruritus", "pale stools", "nausea", "vomiting", "anorexia", "abdominal pain",
    "right upper quadrant pain", "epigastric pain", "fatigue", "weakness", "malaise", "abdominal discomfort",
        "weight loss",
    "scleral icterus", "encephalopathy", "hepatic encephalopathy", "confusion", "ascites", "itching", "lethargy",
        "asterixis",
    "hyperbilirubinaemia", "hyperbilirubinemia", "abnormal liver tests", "elevated liver enzymes",
        "elevated liver tests",
    "loss of appetite", "upset stomach", "peripheral oedema", "peripheral edema", "hypersomnia", "irritability",
})  # fmt: skip
"""Signs and symptoms with which a liver injury begins (LiverTox: clinical course)."""
GENERAL_SIGNS = frozenset(
    {
        "fever",
        "rash",
        "arthralgia",
        "myalgia",
        "flu-like symptoms",
        "chills",
        "sore throat",
        "urticaria",
        "diarrhea",
        "diarrhoea",
    }
)
"""Signs that belong to the reaction only where the text says that they came up new."""
NEW = Pattern(
    r"\b(?:develop\w*|(?<!adult-)(?<!juvenile-)(?<!systemic-)(?<!late-)onset|complain\w*|noted|noticed|began|presented|became|appear\w*|occurr\w*|found\s+to|"
    r"follow\w+\s+by|experienc\w+|"
    r"reappear\w*|recur\w*|redevelop\w*|started\s+to|sudden|started\s+feeling|(?:broke|came)\s+out\s+in|(?<=\bI\s)got|suffer\w*|sought|admitted|hospitali[sz]ed|collapsed|"
    r"awoke|woke|reported|brought|lost\s+consciousness|"
    r"(?:was|were)\s+seen\s+with|led\s+to\s+(?:\w+\s+){0,2}(?:admission|hospitali[sz]ation))\b",
    re.IGNORECASE,
)
ABNORMAL_LIVER = Pattern(
    r"\b(?:abnormal|elevat\w+|rais\w+|increas\w+|rise|rises|rose|worsen\w*|high)\b[^.;]{0,60}\b(?:liver\s+(?:tests?|"
    r"enzymes?|function)|(?<!pancreatic\s)(?<!cardiac\s)(?<!muscle\s)(?<!digestive\s)enzymes?|aminotransferases?|"
    r"transaminases?|ALT|AST|SGPT|GPT|"
    r"(?<!indirect\s)(?<!unconjugated\s)bilirubin|alkaline\s+phosphatase|liver\s+biochemistr\w+)\b"
    r"|\b(?:liver\s+(?:tests?|test\s+results?|enzymes?|function\s+tests?)|serum\s+enzymes?|aminotransferases?|"
    r"aminotransferase\s+levels|transaminases?|ALT|alkaline\s+phosphatase|laboratory\s+test)\b"
    r"[^.;]{0,60}\b(?:abnormal\w*|elevat\w+|rais\w+|increas\w+|rise|rose|began\s+to\s+rise|times\s+the\s+upper)\b",
    re.IGNORECASE,
)
_ALL_NORMAL = Pattern(
    r"(?:\s+(?:function|tests?|enzymes?|levels?|results?|panel))*(?:\s*\([A-Za-z]{2,6}\))?\s+(?:was|were|remained|are|is)\s+(?:all\s+|both\s+|also\s+)?"
    r"(?:normal\b|within\b|unremarkable|negative)",
    re.IGNORECASE,
)
_NO_RISE = Pattern(r"\b(?:no|not|without|normal|never|denied|none)\b", re.IGNORECASE)
RELIEVED = Pattern(
    r"\b(?:improve(?:ment|d)?|relief|resolution|control|response|better)\s+(?:in|of|to|with)\s+(?:the\s+|her\s+|"
    r"his\s+)?(?:\w+\s+(?:and\s+)?){0,3}$",
    re.IGNORECASE,
)
_BLOOD_FORMING = Pattern(r"\b(?:marrow|aspirat\w+|spleen|splenic|lymph\s+nodes?)\b", re.IGNORECASE)
"""Where haemophagocytosis speaks for macrophage activation; in an injured liver alone it does not."""
_GONE = Pattern(
    r"\s+(?:had|has|have|was|were)\s+(?:\w+ly\s+)?(?:disappeared|resolved|vanished|cleared|gone)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something in the text that may be the reaction: clean position, kind of reaction it speaks for, weight."""

    position: int
    end: int
    kind: str
    term: str
    weight: float
    starts: bool


def signs(
    text: str,
    spans: Sequence[tuple[int, int]],
    findings: Sequence[object],
    labs: Sequence[object],
    low_neutrophils: Sequence[tuple[int, int]],
) -> list[Sign]:
    """Signs of a reaction in a case, in order.

    Args:
        text: Clean text.
        spans: Its sentences.
        findings: Finding mentions (``reading.workup``).
        labs: Laboratory mentions (``reading.labs``).
        low_neutrophils: Clean spans of neutrophil counts below 1.5 × 10⁹/L.
    """
    found: list[Sign] = []
    for mention in findings:
        sign = _finding(text, spans, mention)
        if sign is not None:
            found.append(sign)
    mild = _mildly_raised(spans, labs)
    for start, end in spans:
        for match in ABNORMAL_LIVER.finditer(text, start, end):
            if _NO_RISE.search(match.group().rsplit(" but ", 1)[-1]) or (
                " but " not in match.group() and _NO_RISE.search(text[max(start, match.start() - 25) : match.start()])
            ):
                continue
            if _ALL_NORMAL.match(text, match.end(), end) is not None:
                continue  # "the ACE level was elevated, LDH and liver function tests were normal"
            turn = match.group().rfind(" but ") + 1  # "were normal at first, but rose later": it shows in the rise
            weight = _MILD if (start, end) in mild else 2.0
            found.append(Sign(match.start() + turn, match.end(), LIVER, "abnormal liver tests", weight, True))
    for mention in labs:
        analyte, qualitative = getattr(mention, "analyte", ""), getattr(mention, "qualitative", None)
        value, unit = getattr(mention, "value", None), getattr(mention, "unit", "")
        place = place_of(mention)
        if analyte in _HIGH and (qualitative == "elevated" or _high(analyte, value, unit)):
            weight = 2.0 if analyte == "ALT" and value and _multiple("ALT", value, unit) >= _ALT_CASE else 1.0
            if value is None and spans[int(getattr(mention, "sentence", 0))] in mild:
                weight = _MILD
            found.append(Sign(*place, LIVER, analyte, weight, True))
        elif analyte == "BODY_TEMP" and value is not None and _DEGREES.get(unit, 1e9) <= value:
            span = spans[int(getattr(mention, "sentence", 0))]
            found.append(Sign(*place, "", "fever", 0.2, bool(NEW.search(text, *span) or _RISES.search(text, *span))))
        elif analyte in _RAISED and value is not None and unit and _over(analyte, value, unit):
            found.append(Sign(*place, _RAISED[analyte][0], _RAISED[analyte][0], _RAISED[analyte][2], True))
        elif analyte in _LOW and value is not None and unit and _low(analyte, value, unit):
            found.append(Sign(*place, _LOW[analyte][0], _LOW[analyte][0], _LOW[analyte][2], True))
        elif (
            analyte in _FALLS
            and value is None
            and qualitative in ("decreased", "low")
            and not _GOES_ON.search(text, place[0], min(len(text), place[1] + 40))
        ):
            found.append(Sign(*place, _LOW[analyte][0], _LOW[analyte][0], _FALLS[analyte], True))
        elif analyte in _ORGANS and value is not None and _multiple(analyte, value, unit) >= _ORGANS[analyte][1]:
            found.append(Sign(*place, _ORGANS[analyte][0], _ORGANS[analyte][0], _ORGANS[analyte][2], True))
    for start, end in low_neutrophils:
        found.append(Sign(start, end, NEUTROPENIA, "neutropenia", 4.0, True))
    known = {start for start, _ in low_neutrophils}
    for start, end in _few_neutrophils(labs):
        if start not in known:
            found.append(Sign(start, end, NEUTROPENIA, "neutropenia", 4.0, True))
    found = [s for s in found if not _of_the_illness(text, spans, s)]
    no_start = [s for s in found if s.starts and (_in_list(text, spans, s) or taken_for(text, s.position))]
    found = [replace(s, starts=False) if s in no_start else s for s in found]
    found = _without_passing(text, spans, found)
    return _once(
        sorted(found, key=lambda s: (s.position, s.end)),
        muscle=_from_muscle(labs) or any(s.term == MUSCLE for s in found),
    )


_WENT_AWAY = Pattern(
    r"[^.;:]{0,60}?\b(?:went\s+away|subsided|disappeared|passed\s+(?:off|away)|vanished|abated|was\s+transient|were\s+transient|"
    r"(?:resolved|ceased|cleared)\s+(?:spontaneously|by\s+(?:itself|themselves)|(?:with)?in\s+(?:a|\d|two|three)))\b",
    re.IGNORECASE,
)


def _without_passing(text: str, spans: Sequence[tuple[int, int]], found: Sequence[Sign]) -> list[Sign]:
    """A mere symptom that went away, told before the first sign that is more, does not begin the reaction."""
    more = [s.position for s in found if s.starts and s.weight > _SYMPTOM]
    ends = [end for _, end in spans]
    out: list[Sign] = []
    for sign in found:
        if sign.starts and sign.weight <= _SYMPTOM and any(p > sign.end for p in more):
            end = ends[bisect_right(spans, sign.position, key=itemgetter(0)) - 1]
            later = not any(sign.position < p < end for p in more)
            if later and _WENT_AWAY.match(text, sign.end, end):
                sign = replace(sign, starts=False)
        out.append(sign)
    return out


_SYMPTOM = 0.6
"""Weight of a symptom that many things bring."""
_LISTED = Pattern(
    r"\s*(?:(?:discharge\s+|final\s+|main\s+|principal\s+|working\s+)?(?:diagnos[ei]s|dx)|imp|a/p|a\s?&\s?p|impression|assessment|problems?(?:\s+list)?|reason\s+for\s+"
    r"(?:admission|referral)|conclusion)\s*:",
    re.IGNORECASE,
)
"""A list of diagnoses names the reaction; it does not tell when it began."""
_TITLE = Pattern(r"[^.;]{4,160}:\s+(?:an?\s+)?case\s+(?:reports?|series|study)\s*$", re.IGNORECASE)
"""Nor does a title."""


_SHORT = 40
"""Characters of a sentence that is but the head of a list ("Diagnoses: 1.")."""


def _in_list(text: str, spans: Sequence[tuple[int, int]], sign: Sign) -> bool:
    """A sign stands in a list of diagnoses: in its sentence, or right behind the head of it."""
    index = bisect_right(spans, sign.position, key=itemgetter(0)) - 1
    if index < 0 or spans[index][1] <= sign.position:
        return False
    before, own = spans[max(0, index - 1)], spans[index]
    headed = bool(index) and before[1] - before[0] < _SHORT and _LISTED.match(text, before[0]) is not None
    return headed or _LISTED.match(text, spans[index][0]) is not None or _TITLE.match(text, *own) is not None


_FEATURES = Pattern(
    r"(?:(?:the|his|her|its)\s+)?(?:initial|presenting|inaugural|first)\s+(?:diagnostic\s+|clinical\s+|disease\s+)?"
    r"(?:features|manifestations)\s+(?:(?:of|at)\s+[^.;]{1,40}?\s+)?(?:were|was|included|had\s+been|consisted)\b",
    re.IGNORECASE,
)
_ILL = Pattern(r"\b(?:diagnos\w+\s+(?:with|of|as)|suffer\w*\s+from|history\s+of)\b", re.IGNORECASE)


def _of_the_illness(text: str, spans: Sequence[tuple[int, int]], sign: Sign) -> bool:
    """ "He was diagnosed with AOSD in 2003. Initial features were fever and liver dysfunction": of that illness."""
    index = bisect_right(spans, (sign.position, 1 << 60)) - 1
    if index < 1 or spans[index][1] <= sign.position or _FEATURES.match(text, *spans[index]) is None:
        return False
    return _ILL.search(text, *spans[index - 1]) is not None


_REPEATED = 0.3
"""Weight of a further mention of a diagnosis: to be named often is not to be another sign."""


def _once(found: Sequence[Sign], *, muscle: bool) -> list[Sign]:
    """A diagnosis counts once in full, further mentions little; common symptoms need something of the liver itself."""
    out: list[Sign] = []
    named: set[str] = set()
    dark = of_myoglobin(found, MUSCLE) if muscle else list(found)
    liver = any(sign.kind == LIVER and sign.weight >= 1.0 for sign in dark)
    for sign in dark:
        if muscle and sign.term in ("ALT", "AST", "abnormal liver tests"):
            sign = replace(sign, weight=_REPEATED * sign.weight)
        if sign.kind == LIVER and not liver:  # nausea or confusion alone do not make it the liver
            sign = replace(sign, kind="", weight=0.2)
        same = out[-1] if out and out[-1].kind == sign.kind == LIVER else None
        if same is not None and sign.position < same.end and "elevated liver enzymes" in (sign.term, same.term):
            sign = replace(sign, weight=_REPEATED * sign.weight)  # the same words, found by two ways
        if sign.kind not in ("", LIVER, NEUTROPENIA, MAS) and sign.term in named:
            sign = replace(sign, weight=_REPEATED * sign.weight)
        named.add(sign.term)
        out.append(sign)
    return out


def _from_muscle(labs: Sequence[object]) -> bool:
    """Creatine kinase is so high that the aminotransferases tell of the muscle."""
    for mention in labs:
        value, unit = getattr(mention, "value", None), getattr(mention, "unit", "")
        if getattr(mention, "analyte", "") == "CK" and value and unit and _multiple("CK", value, unit) >= _FROM_MUSCLE:
            return True
    return False


def _few_neutrophils(labs: Sequence[object]) -> list[tuple[int, int]]:
    """Neutrophil counts below the limit: by their unit, or as a share of a leucocyte count in the same sentence."""
    found = []
    for index, count in neutrophil_counts(labs).items():
        mention = labs[index]
        if count < NEUTROPENIA_LIMIT and getattr(mention, "comparator", "=") in ("=", "<", "<=", "~"):
            end = max(int(getattr(mention, "end", 0)), int(getattr(mention, "value_end", 0)))
            found.append((place_of(mention)[0], end))
    return found


_HIGH = {"ALT": 80.0, "AST": 80.0, "ALP": 200.0, "BILI_TOT": 2.0, "GGT": 120.0, "BILI_DIR": 1.0}


_ALT_CASE = 5.0
"""ALT of five times the limit is a liver injury by itself (Aithal 2011)."""
_DEGREES = {"Cel": 38.0, "[degF]": 100.4}
"""Body temperature from which it is a fever."""
_RISES = Pattern(r"\b(?:rose|risen|rising|spiked|climbed)\b", re.IGNORECASE)
_LOW = {
    "NA": ("hyponatremia", 130.0, 1.5),
    "GLU": ("hypoglycemia", 54.0, 1.5),
    "WBC": (NEUTROPENIA, NEUTROPENIA_LIMIT, 2.0),
    "PLT": ("thrombocytopenia", 100.0, 0.8),
    "LYMPH": ("lymphopenia", 0.5, 0.3),
    "HB": ("anemia", 10.0, 0.3),
}
"""Values that speak for a reaction by being low: kind, value (in the canonical unit) below which, and weight.

Fewer leucocytes than the limit of neutropenia are at most as many neutrophils.
"""
_GOES_ON = Pattern(r"\b(?:continu\w+\s+to|further)\b", re.IGNORECASE)
_FALLS = {"PLT": 0.4, "NA": 0.4}
"""Weight of a fall in words ("the platelets dropped on day 7"), of the same reactions."""
_POSSIBLE = 0.01
"""Share of the limit below which a value is rather a slip of its unit."""
_NONE_SEEN = frozenset({"PLT", "WBC", "LYMPH"})
"""Cells of which none may be found ("a platelet count of zero")."""
_RAISED = {"K": ("hyperkalemia", 6.0, 1.5)}
"""Values that speak for a reaction by being high: kind, value (in the canonical unit) from which on, and weight."""
_FROM_MUSCLE = 10.0
"""Creatine kinase, × its limit, from which aminotransferases come from the muscle (Nathwani 2005)."""
_ORGANS = {
    "CREAT": (KIDNEY, KIDNEY_RISE, 1.0),
    "LIPASE": (PANCREAS, PANCREATIC_RISE, 2.0),
    "AMYLASE": (PANCREAS, PANCREATIC_RISE, 2.0),
    "G_PANCREATIC": (PANCREAS, PANCREATIC_RISE, 2.0),
    "CK": (MUSCLE, MUSCLE_RISE, 1.5),
}
"""Values that speak for the reaction of another organ, the multiple of their limit from which on, and their weight."""


_MILD = 0.3
"""Weight of raised liver tests whose printed values are all below what counts as high."""


def _mildly_raised(spans: Sequence[tuple[int, int]], labs: Sequence[object]) -> set[tuple[int, int]]:
    """Sentences that print liver tests, none of them high ("an elevated AST and ALT of 75 and 52 U/L")."""
    printed: dict[int, bool] = {}
    for mention in labs:
        analyte, value = getattr(mention, "analyte", ""), getattr(mention, "value", None)
        if analyte in _HIGH and value is not None:
            index = int(getattr(mention, "sentence", 0))
            printed[index] = printed.get(index, False) or _high(analyte, value, getattr(mention, "unit", ""))
    return {spans[i] for i, high in printed.items() if not high}


def _high(analyte: str, value: float | None, unit: str) -> bool:
    if value is None:
        return False
    if unit == "xULN":
        return value >= 2.0
    figure = canonical(analyte, value, unit) if unit else value
    return figure is not None and figure >= _HIGH[analyte]


_BEHIND = frozenset({"again", "dated", "series"})
"""Rules by which a value stands away from the name of its analyte: it tells where the value is, the name does not."""


def stands_behind(mention: object) -> bool:
    """Whether a laboratory value stands away from the name of its analyte."""
    return getattr(mention, "rule", "") in _BEHIND


def place_of(mention: object) -> tuple[int, int]:
    """Clean span at which a laboratory value stands in the story."""
    if stands_behind(mention):
        return int(getattr(mention, "value_start", 0)), int(getattr(mention, "value_end", 0))
    return int(getattr(mention, "start", 0)), int(getattr(mention, "end", 0))


def _over(analyte: str, value: float, unit: str) -> bool:
    figure = canonical(analyte, value, unit)
    return figure is not None and figure >= _RAISED[analyte][1]


def _low(analyte: str, value: float, unit: str) -> bool:
    figure = canonical(analyte, value, unit)
    if figure == 0.0:
        return analyte in _NONE_SEEN
    return figure is not None and _POSSIBLE * _LOW[analyte][1] <= figure < _LOW[analyte][1]


def _multiple(analyte: str, value: float, unit: str) -> float:
    if unit == "xULN":
        return value
    if impossible(analyte, value, unit):
        return 0.0
    figure, limit = canonical(analyte, value, unit), load_analytes().default_limits(analyte).high
    return figure / limit if figure is not None and limit else 0.0


_OPERATED = Pattern(
    r"\b(?:evacuation|drainage|repair|resection|excision|removal|clipping|coiling|embolectomy)\s+of\s+(?:(?:an?|the|his|her)\s+)?(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before what an operation was for ("evacuation of the subdural haematoma")."""
_NOT_NOW = ("family", "hypothetical", "other_patient")
"""Findings that are not this patient's, or not a fact."""


def _finding(text: str, spans: Sequence[tuple[int, int]], mention: object) -> Sign | None:
    state, history = getattr(mention, "state", "present"), getattr(mention, "history", False)
    if state != "present" or history or any(getattr(mention, flag, False) for flag in _NOT_NOW):
        return None
    term, kind = str(getattr(mention, "term", "")), str(getattr(mention, "kind", ""))
    known = load_findings().terms.get(term)
    event_kind = known.event_kind if known is not None else ""
    start, end = int(getattr(mention, "start", 0)), int(getattr(mention, "end", 0))
    span = spans[int(getattr(mention, "sentence", 0))]
    sentence = text[span[0] : span[1]]
    if RELIEVED.search(text[max(span[0], start - 45) : start]) or _OPERATED.search(text, span[0], start):
        return None
    if event_kind in (NEUTROPENIA, "agranulocytosis"):
        return Sign(start, end, NEUTROPENIA, term, 5.0, True)
    if event_kind == MAS:
        return Sign(start, end, MAS, term, 6.0, True)
    if term == "hemophagocytosis":
        if getattr(mention, "resolved", False) or _GONE.match(text, end, span[1]):
            return None
        if not _BLOOD_FORMING.search(sentence):
            return None
        return Sign(start, end, MAS, term, 3.0, True)
    if kind == "histology":
        return (
            Sign(start, end, LIVER, term, 1.0, False)
            if event_kind == LIVER or "hepat" in sentence.lower() or "liver" in sentence.lower()
            else None
        )
    if event_kind == LIVER:
        return Sign(start, end, LIVER, term, 2.0, True)
    if term in LIVER_SIGNS:
        return Sign(
            start, end, LIVER, term, 2.5 if term in ("jaundice", "dark urine", "scleral icterus") else 0.6, True
        )
    if term in GENERAL_SIGNS:
        return Sign(start, end, "", term, 0.2, bool(NEW.search(sentence)))
    if event_kind:
        return Sign(start, end, event_kind, term, 1.5, True)
    return None
