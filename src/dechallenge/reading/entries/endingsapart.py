"""Endings of several reactions kept apart: "ALT was normal after six weeks" is no end of an agranulocytosis.

What is told of two in one sentence has its own time each. May import the kinds of reactions and triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.events import KIDNEY, LIVER, MAS, MUSCLE, NEUTROPENIA, PANCREAS

_BLOOD = frozenset({NEUTROPENIA, "agranulocytosis", "leukopenia", "lymphopenia", "pancytopenia", MAS})
_OF_A_PART = (
    "visual|neurological|respiratory|pulmonary|psychotic|psychiatric|depressive|urinary|withdrawal|reflux|allergic|"
    "nasal"
)
_MEASURES: tuple[tuple[str, frozenset[str]], ...] = (
    (
        r"liver|hepatic|hepatitis|ALT|AST|ALAT|ASAT|SGPT|SGOT|ALP|phosphatase|aminotransferases?|transaminases?|bilirubin|jaundice",
        frozenset({LIVER, MAS}),
    ),
    (r"ferritin|triglycerides?|fibrinogen", frozenset({MAS})),
    (r"neutrophils?|ANC|granulocytes?|leu[ck]ocytes?|white\s+cells?|WBC|neutropenia|agranulocytosis|marrow", _BLOOD),
    (r"platelets?|thrombocytopenia|thrombocytes?", frozenset({"thrombocytopenia", "pancytopenia", MAS})),
    (r"ha?emoglobin|Hb|ana?emia|ha?emolysis", frozenset({"anemia", "pancytopenia", MAS})),
    (r"creatinine|renal|kidneys?|urea|GFR", frozenset({KIDNEY})),
    (r"lipase|amylase|pancrea\w+", frozenset({PANCREAS})),
    (r"CK|CPK|creatine\s+kinase|myoglobin\w*|rhabdomyolysis", frozenset({MUSCLE, "myositis"})),
    (
        r"cough|dyspn(?:o)?ea|breathless\w*|hoarseness|wheez\w+",
        frozenset({"interstitial lung disease", "myocarditis", "anemia", "pancytopenia"}),
    ),
    (r"sodium|natra?emia|hyponatra?emia", frozenset({"hyponatremia"})),
    (r"potassium|hyperkala?emia", frozenset({"hyperkalemia"})),
    (r"lactate|lactic\s+acid\w*", frozenset({"lactic acidosis"})),
    (r"troponins?|myocarditis", frozenset({"myocarditis"})),
    (r"urticaria|rash|exanthema?|(?:skin|cutaneous)\s+symptoms?", frozenset({"skin reaction"})),
    (r"(?:myasthenic|muscular|ocular)\s+symptoms?", frozenset({MUSCLE, "myositis"})),
    (r"(?:heart|atrioventricular|AV)\s+block|arrhythmia|QTc?", frozenset({"arrhythmia"})),
    (r"cardiac\s+symptoms?", frozenset({"myocarditis"})),
    (r"mental\s+(?:state|status|condition)|psychos[ei]s|psychopatholog\w+|mood|depressi(?:on|ve)", frozenset({LIVER})),
    (rf"(?:{_OF_A_PART})\s+symptoms?", frozenset()),
)  # fmt: skip
"""What is told normal or over, and the reactions that it shows."""
_WORDS = tuple((Pattern(rf"\b(?:{words})\b", re.IGNORECASE), kinds) for words, kinds in _MEASURES)
_ANY = Pattern(
    rf"\b(?:and|but|while|whereas|;)\s+(?:[\w-]+\s+){{0,3}}?(?:{'|'.join(words for words, _ in _MEASURES)})\b",
    re.IGNORECASE,
)
"""Something else measured, which has a time of its own ("… after four days and ALT was normal after one month")."""
_ALL = frozenset().union(*(kinds for _, kinds in _MEASURES))
_CLAUSE = re.compile(
    r"[.;](?!\d)|,|\b(?:but|while|whereas)\b|\b(?:was|were|is|are|had|has|rose|fell|returned|resolved|recovered|normali[sz]ed|"
    r"improved)\b(?:[^.;,]|(?<=\d)[.,](?=\d))*?\band\b",
    re.IGNORECASE,
)
"""Where another clause begins; "and" begins one behind a verb ("neutrophils were 2.4 on day 9 and ALT was normal")."""
_PART = rf"(?:{_OF_A_PART}|skin|cutaneous|myasthenic|muscular|ocular|cardiac)"
SYMPTOMS_OF_A_PART = Pattern(rf"\b{_PART}\s+symptoms?\b", re.IGNORECASE)
"""Complaints of one organ, which are not those of every reaction: "myasthenic symptoms disappeared"."""
_OF_BOTH = Pattern(r"\b(?:both|all|everything|symptoms?|counts|abnormalities|he|she|patient(?!['’]s))\b", re.IGNORECASE)
_OF_WHAT = Pattern(r"\s+(?:dry\s+|mild\s+|severe\s+)?[\w-]+", re.IGNORECASE)
"""What was "persistent"."""
_LASTING_ILLNESS = Pattern(
    r"\s+(?:[\w-]+\s+){0,2}?(?:delusion\w*|psychos[ei]s|psychotic|depress\w+|disorder|asthma|hypertension|"
    r"(?:atrial\s+)?fibrillation)\b",
    re.IGNORECASE,
)
"""Behind "persistent": an illness that is called so ("a history of persistent delusional disorder")."""
_BEFORE = 60


def of_another(kind: str, match: re.Match[str], start: int) -> bool:
    """An ending that names what shows another reaction, and nothing of this one.

    Args:
        kind: Kind of the reaction.
        match: Words of an ending.
        start: Where their sentence begins.
    """
    body = match.string
    if match.group().lower() == "persistent" and _LASTING_ILLNESS.match(body, match.end()):
        return True
    if _AS_BEFORE.match(match.group()) and _of_those_symptoms(body, match.start()):
        return True
    if kind not in _ALL:
        return _kidneys_found_normal(kind, match)
    before = max(start, match.start() - _BEFORE)
    how = match.groupdict().get("how")
    until = match.start("how") if how else match.start()
    ahead = [m.end() for m in _CLAUSE.finditer(body, before, until)]
    behind = _OF_WHAT.match(body, match.end()) if match.group().lower() == "persistent" else None
    clause = (ahead[-1] if ahead else before, behind.end() if behind is not None else match.end())
    named = [kinds for words, kinds in _WORDS if words.search(body, *clause)]
    if not named or any(kind in kinds for kinds in named):
        return False
    both = [m for m in _OF_BOTH.finditer(body, *clause) if not SYMPTOMS_OF_A_PART.search(body, clause[0], m.end())]
    return not both


_AS_BEFORE = Pattern(r"persist|unchanged|continued", re.IGNORECASE)
_THE_SYMPTOMS = Pattern(r"(?:^|[.;,]\s+)(?:the\s+|his\s+|her\s+|these\s+)?symptoms?\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_ANY_SYMPTOMS = Pattern(r"\b(?:[\w-]+\s+)?symptoms?\b", re.IGNORECASE)


def _of_those_symptoms(body: str, at: int) -> bool:
    """ "Five years later, because of reflux symptoms, X was given. Symptoms persisted": those, not of the reaction."""
    bare = _THE_SYMPTOMS.search(body, max(0, at - 40), at)
    if bare is None:
        return False
    before = list(_ANY_SYMPTOMS.finditer(body, max(0, bare.start() - 300), bare.start()))
    return bool(before) and SYMPTOMS_OF_A_PART.search(body, before[-1].start(), before[-1].end()) is not None


_STATE = Pattern(r"(?:was|were|is|are|within|in)\b", re.IGNORECASE)
_KIDNEY = Pattern(r"\b(?:creatinine|renal|kidneys?|urea|GFR)\b", re.IGNORECASE)
_OF_THE_KIDNEY = Pattern(r"renal|kidney|neph|uria|ur(?:a)?em|creatinin", re.IGNORECASE)


def _kidneys_found_normal(kind: str, match: re.Match[str]) -> bool:
    """ "Renal function tests were within normal limits", told of a reaction without measures of its own: a finding."""
    how = match.groupdict().get("how")
    return bool(how and _STATE.match(how) and _KIDNEY.search(match.group()) and not _OF_THE_KIDNEY.search(kind))


_OTHER_TESTS = Pattern(
    r"\b(?:urinalysis|urine|toxicology|coagulation|metabolic\s+panel|electrolytes|(?:complete\s+|full\s+)?blood\s+(?:cell\s+)?counts?|CBC|FBC|"
    r"amylase|lipase|(?:alpha|\u03b1)-?\s?f(?:o)?etoprotein|AFP|CEA|CA[\s-]?(?:19[-.]9|125)|tumou?r\s+markers?|c(?:a)?eruloplasmin|ferritin|chest|echocardiogra\w+|electrocardiogra\w+|ECG|thyroid)\b",
    re.IGNORECASE,
)


def of_other_tests(words: str) -> bool:
    """ "A coagulation panel, blood count and urinalysis all were within normal limits": nothing of the liver."""
    return _OTHER_TESTS.search(words) is not None and _OF_THE_LIVER.search(words) is None


def own_time(text: str, span: tuple[int, int], times: Sequence[tuple[int, int]]) -> int | None:
    """Which of several times of one part of a sentence is that of an ending; None where the words leave it open.

    That is the one right behind them ("6 × ULN in one week and normal by week 7"), else the only one within them, else
    the first behind them, where the next is that of a measure of another organ.

    Args:
        text: Clean text.
        span: The words of the ending.
        times: Places of the times, in order.
    """
    within = [i for i, (start, end) in enumerate(times) if span[0] <= start and end <= span[1]]
    behind = [i for i, (start, end) in enumerate(times) if start >= span[1] - 1 or start < span[1] < end]
    if len(within) == 1:
        close = behind and _CLOSE.fullmatch(text, span[1], max(span[1], times[behind[0]][0])) is not None
        return behind[0] if close else within[0]
    if within or len(behind) < _TWO or len(behind) != len(times):
        return None
    first, second = times[behind[0]], times[behind[1]]
    apart = _ANY.search(text, first[1], second[0])
    if apart is not None and _OF_THE_LIVER.search(apart.group()) and _OF_THE_LIVER.search(text, *span):
        return None  # "bilirubin was normal at 6 weeks and ALT at 9 weeks": the liver at 9 weeks
    if apart is None and first[0] - span[1] <= _RIGHT_BEHIND:
        apart = _NEW_CLAUSE.search(text, first[1], second[0])
    return None if apart is None else behind[0]


_CLOSE = Pattern(
    r"\W*(?:(?:U/L|IU/L|mg/dL|range|limits?|levels?|values?|again|only)\W+)*(?:(?:on|at|by|in|within|after)\s+)?"
)
"""Between the words of an ending and its time."""
_OF_THE_LIVER = Pattern(
    r"\b(?:ALT|AST|ALAT|ASAT|ALP|GGT|bilirubin|alkaline\s+phosphatase|transaminases?|aminotransferases?|liver)\b",
    re.IGNORECASE,
)
_TWO = 2
_RIGHT_BEHIND = 2
_NEW_CLAUSE = Pattern(
    r",\s*(?:and|but|while|whereas)\s+(?:(?:the|his|her|an?)\s+)?(?:[\w-]+\s+){1,3}?(?:was|were|had|rose|fell|improved|returned)\b",
    re.IGNORECASE,
)
"""Something else with a verb of its own: "resolved on day 29, and the ejection fraction was 58% three months later"."""
