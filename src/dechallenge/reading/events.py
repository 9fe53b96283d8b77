"""Which reaction a case is about, when it began, how it ended. May import findings mentions, the story and the case model.

One reaction is assessed for each kind that the report tells of as new; disease that was there before, its flares, and
mere symptoms of the reaction stay findings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dechallenge.lexicon.findings import load_findings

LIVER, NEUTROPENIA, MAS = "liver injury", "neutropenia", "MAS"

LIVER_SIGNS = frozenset({
    "jaundice", "dark urine", "pruritus", "pale stools", "nausea", "vomiting", "anorexia", "abdominal pain",
    "right upper quadrant pain", "epigastric pain", "fatigue", "weakness", "malaise", "abdominal discomfort", "weight loss",
    "scleral icterus", "encephalopathy", "hepatic encephalopathy", "confusion", "ascites", "itching", "lethargy", "asterixis",
    "hyperbilirubinaemia", "hyperbilirubinemia", "abnormal liver tests", "elevated liver enzymes", "elevated liver tests",
    "loss of appetite", "upset stomach", "peripheral oedema", "peripheral edema", "hypersomnia", "irritability",
})  # fmt: skip
"""Signs and symptoms with which a liver injury begins (LiverTox: clinical course)."""
GENERAL_SIGNS = frozenset({"fever", "rash", "arthralgia", "myalgia", "flu-like symptoms", "chills", "sore throat", "urticaria", "diarrhea", "diarrhoea"})
"""Signs that belong to the reaction only where the text says that they came up new."""
MAS_SIGNS = frozenset({
    "macrophage activation syndrome", "hemophagocytic lymphohistiocytosis", "hemophagocytosis", "cytopenia", "pancytopenia",
    "hepatosplenomegaly", "thrombocytopenia", "hypertriglyceridemia", "hypofibrinogenemia", "coagulopathy", "CNS lesion",
    "hyperferritinemia", "nephritis", "splenomegaly", "elevated liver enzymes", "anemia",
})  # fmt: skip
"""Features of macrophage activation; a sentence that tells of several of them tells of its onset."""

NEW = re.compile(
    r"\b(?:develop\w*|onset|complain\w*|noted|noticed|began|presented|became|appear\w*|occurr\w*|found\s+to|follow\w+\s+by|experienc\w+|"
    r"reappear\w*|recur\w*|redevelop\w*|started\s+to|sudden|started\s+feeling|suffer\w*|sought|admitted)\b",
    re.IGNORECASE,
)
ABNORMAL_LIVER = re.compile(
    r"\b(?:abnormal|elevat\w+|rais\w+|increas\w+|rise|rises|rose|worsen\w*|high)\b[^.;]{0,60}\b(?:liver\s+(?:tests?|enzymes?|function)|enzymes?|aminotransferases?|"
    r"transaminases?|ALT|AST|SGPT|GPT|bilirubin|alkaline\s+phosphatase|liver\s+biochemistr\w+)\b"
    r"|\b(?:liver\s+(?:tests?|test\s+results?|enzymes?|function\s+tests?)|serum\s+enzymes?|aminotransferases?|aminotransferase\s+levels|transaminases?|ALT|alkaline\s+phosphatase|laboratory\s+test)\b"
    r"[^.;]{0,60}\b(?:abnormal\w*|elevat\w+|rais\w+|increas\w+|rise|rose|began\s+to\s+rise|times\s+the\s+upper)\b",
    re.IGNORECASE,
)
_NO_RISE = re.compile(r"\b(?:no|not|without|normal|never|denied|none)\b", re.IGNORECASE)
_RELIEVED = re.compile(
    r"\b(?:improve(?:ment|d)?|relief|resolution|control|response|better)\s+(?:in|of|to|with)\s+(?:the\s+|her\s+|his\s+)?(?:\w+\s+(?:and\s+)?){0,3}$",
    re.IGNORECASE,
)
RECOVERED = re.compile(
    r"\b(?P<what>(?:all|liver|serum|her|his|the|laboratory|blood|test|tests|symptoms?|jaundice|enzymes?|bilirubin|ALT|levels?|results?|abnormalit\w+|count|counts|"
    r"illness|fatigue|patient|she|he|neutrophil|PMN|platelets?|both|aminotransferases?|cytopenia|MAS|everything|biochemical|values)\b[^.;:]{0,90}?)"
    r"\b(?P<how>(?:were|was|had\s+been|are|became|becoming|returned\s+to|return\s+to|returning\s+to|fell\s+(?:in)?to(?:\s+the)?|within(?:\s+the)?|in(?:\s+the)?)\s+"
    r"(?:all\s+|completely\s+|near\s+|again\s+|her\s+|his\s+)?(?:normal|asymptomatic|baseline|reference\s+range|usual\s+state\s+of\s+health)|normali[sz]ed|resolved|resolution|recovered|disappeared|had\s+resolved|recover(?:y|ed)\s+complete\w*)",
    re.IGNORECASE,
)
IMPROVED = re.compile(
    r"\b(?:improv\w+|recover\w*|resol\w+|normali[sz]\w+|decreas\w+|fell|declin\w+|regress\w+|disappear\w+|returned\s+to\s+normal|rapid\s+(?:clinical|improvement)|"
    r"abat\w+|subsid\w+|fallen|rose\s+to|return\s+of)\b", re.IGNORECASE
)
WORSE = re.compile(r"\b(?:worsen\w*|deteriorat\w*|progress\w*|deepen\w*|continued\s+to\s+(?:rise|do\s+poorly|deteriorate)|persist\w*|incomplete|remained\s+(?:jaundiced|elevated|abnormal|symptomatic)|"
                   r"liver\s+transplant\w*|died|death|cirrhosis)\b", re.IGNORECASE)
FATAL = re.compile(r"\b(?:died|death|fatal(?:ly)?|expired|succumbed|autopsy)\b", re.IGNORECASE)
TRANSPLANT = re.compile(r"\bliver\s+transplant\w*|\btransplanted\b", re.IGNORECASE)


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
    text: str, spans: Sequence[tuple[int, int]], findings: Sequence[object], labs: Sequence[object], low_neutrophils: Sequence[tuple[int, int]]
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
    for start, end in spans:
        for match in ABNORMAL_LIVER.finditer(text, start, end):
            if _NO_RISE.search(match.group().rsplit(" but ", 1)[-1]) or (" but " not in match.group() and _NO_RISE.search(text[max(start, match.start() - 25) : match.start()])):
                continue
            found.append(Sign(match.start(), match.end(), LIVER, "abnormal liver tests", 2.0, True))
    for mention in labs:
        analyte, qualitative = getattr(mention, "analyte", ""), getattr(mention, "qualitative", None)
        value, unit = getattr(mention, "value", None), getattr(mention, "unit", "")
        if analyte in ("ALT", "AST", "ALP", "BILI_TOT", "GGT", "BILI_DIR") and (qualitative == "elevated" or _high(analyte, value, unit)):
            found.append(Sign(mention.start, mention.end, LIVER, analyte, 1.0, True))  # type: ignore[attr-defined]
    for start, end in low_neutrophils:
        found.append(Sign(start, end, NEUTROPENIA, "neutropenia", 4.0, True))
    return sorted(found, key=lambda s: (s.position, s.end))


_HIGH = {"ALT": 80.0, "AST": 80.0, "ALP": 200.0, "BILI_TOT": 2.0, "GGT": 120.0, "BILI_DIR": 1.0}


def _high(analyte: str, value: float | None, unit: str) -> bool:
    if value is None:
        return False
    if unit == "xULN":
        return value >= 2.0
    return unit in ("U/L", "mg/dL", "") and value >= _HIGH[analyte]


def _finding(text: str, spans: Sequence[tuple[int, int]], mention: object) -> Sign | None:
    state, history = getattr(mention, "state", "present"), getattr(mention, "history", False)
    if state != "present" or history or getattr(mention, "family", False) or getattr(mention, "hypothetical", False):
        return None
    term, kind = str(getattr(mention, "term", "")), str(getattr(mention, "kind", ""))
    known = load_findings().terms.get(term)
    event_kind = known.event_kind if known is not None else ""
    start, end = int(getattr(mention, "start", 0)), int(getattr(mention, "end", 0))
    span = spans[int(getattr(mention, "sentence", 0))]
    sentence = text[span[0] : span[1]]
    if _RELIEVED.search(text[max(span[0], start - 45) : start]):
        return None
    if event_kind in (NEUTROPENIA, "agranulocytosis"):
        return Sign(start, end, NEUTROPENIA, term, 5.0, True)
    if event_kind == MAS:
        return Sign(start, end, MAS, term, 6.0, True)
    if kind == "histology":
        return Sign(start, end, LIVER, term, 1.0, False) if event_kind == LIVER or "hepat" in sentence.lower() or "liver" in sentence.lower() else None
    if event_kind == LIVER:
        return Sign(start, end, LIVER, term, 2.0, True)
    if term in LIVER_SIGNS:
        return Sign(start, end, LIVER, term, 2.5 if term in ("jaundice", "dark urine", "scleral icterus") else 0.6, True)
    if term in GENERAL_SIGNS:
        return Sign(start, end, "", term, 0.2, bool(NEW.search(sentence)))
    if event_kind:
        return Sign(start, end, event_kind, term, 1.5, True)
    return None


def mas_positions(spans: Sequence[tuple[int, int]], findings: Sequence[object]) -> list[int]:
    """Where a macrophage activation syndrome shows itself: sentences that tell of several of its features."""
    out: list[int] = []
    for index in range(len(spans)):
        here = [m for m in findings if getattr(m, "sentence", -1) == index and getattr(m, "state", "") == "present"
                and not getattr(m, "history", False) and getattr(m, "term", "") in MAS_SIGNS]
        if len({getattr(m, "term", "") for m in here}) >= 2:
            out.append(int(getattr(here[0], "start", 0)))
    return out
