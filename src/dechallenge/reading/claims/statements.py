"""What authors claim: scores, categories, attributions, gradings and responses. Kept apart; never an input to a score.

Imports the scopes (to see whether a claim is denied).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.reading.assertion.assertion import assert_mentions
from dechallenge.reading.matching.triggers import Pattern


@dataclass(frozen=True, slots=True)
class StatementMention:
    """A claim in the text; offsets are those of the normalised text.

    Attributes:
        kind: ``score``, ``category``, ``severity``, ``grade``, ``pattern``, ``latency``, ``recovery``, ``attribution``,
            ``response``, ``likelihood`` (of the drug, not of the case) or ``none`` (said not to have been done).
        method: The method as far as it is named ("RUCAM", "French imputability", "FibroTest" …), empty where it is not.
        result: The result as printed, in a plain form ("8", "C3S2B3", "A1-2 F1-2", "tocilizumab").
        start, end: The words.
    """

    kind: str
    method: str
    result: str
    start: int
    end: int
    sentence: int


_CATEGORY = (
    r"(?:highly probable|very probable|definite(?:ly)?|highly likely|probabl[ey]|possibl[ey]|doubtful"
    r"|unlikely|excluded|certain|likely|conditional|unassessable|unclassifi(?:ed|able)|improbable)"
)
_METHODS = (
    (r"RUCAM|Roussel Uclaf(?: Causality Assessment Method)?|CIOMS(?:[/ -]RUCAM)?(?: scale)?", "RUCAM"),
    (r"RECAM", "RECAM"),
    (r"Naranjo(?:'s)?", "Naranjo"),
    (
        r"WHO[- ]?UMC|WHO[- ]Uppsala|(?:World Health Organi[sz]ation|WHO)(?: causality)?(?: assessment)? (?:criteria"
        r"|scale|categor\w+|system)|Uppsala Monitoring Cent(?:re|er)",
        "WHO-UMC",
    ),
    (r"Maria(?: and|[- ]&|-)? ?Victorino|M ?& ?V scale|clinical diagnostic scale", "Maria-Victorino"),
    (r"Liverpool(?: causality| ADR)?(?: assessment)?(?: tool)?", "Liverpool"),
    (r"DDW-J(?: 2004)?|Digestive Disease Week[- ]Japan", "DDW-J"),
    (r"DILIN(?: expert opinion)?", "DILIN"),
    (r"ALDEN", "ALDEN"),
    (r"Karch(?: and|-) ?Lasagna", "Karch-Lasagna"),
    (r"Kramer", "Kramer"),
    (r"French (?:imputability )?(?:method|imputability|system|criteria)|B[ée]gaud|imputability", "French imputability"),
    (r"LiverTox", "LiverTox"),
    (r"Hartwig(?:'s)?(?: and Siegel)?", "Hartwig"),
    (r"Schumock(?:-| and )Thornton", "Schumock-Thornton"),
    (r"HScore|H-score", "HScore"),
    (r"RegiSCAR", "RegiSCAR"),
    (r"DIPS|Drug Interaction Probability Scale", "DIPS"),
    (r"4 ?Ts?(?= score)", "4Ts"),
)
_METHOD = "|".join(f"(?P<m{i}>{pattern})" for i, (pattern, _) in enumerate(_METHODS))
_TOTALS = {"RUCAM": (-9.0, 15.0), "Naranjo": (-4.0, 13.0), "Liverpool": (-4.0, 13.0), "ALDEN": (-12.0, 10.0)}
"""Lowest and highest total of a method, where a larger number is none of its scores."""
_CODE = Pattern(
    r"\b([CIOSB])\s?(\d)\s?S\s?(\d)\s?(?:B\s?(\d)|\(?I\s?(\d)\)?)?(?![\w])"
    r"|\bI\s?(\d)\s?\((?:C\s?\d\s?S\s?\d)\)|\bI\d\s?B\d\b"
)
_SCORED = Pattern(
    rf"(?<![\w-])(?:{_METHOD})(?![\w])(?:[^.;\n]|\.(?=\d)){{0,90}}?"
    rf"(?:(?<![\d.])(?P<score>[+-]?\d{{1,3}}(?:\.\d+)?)(?!\s?(?:mg|g/|%|days?|weeks?|months?|years?|U/L|\d"
    rf"|-?\w*\s?(?:patients|cases)|th\b))"
    rf"(?:\s*(?:points?))?(?:\s*\(?(?:[,:;=]\s*)?(?:indicating|suggesting|i\.?e\.?|which (?:is|was|corresponds to"
    rf"|indicates)|consistent with|corresponding to)?\s*"
    rf"(?:an? )?[\"']?(?P<cat1>{_CATEGORY})(?![\w])[\"']?\)?)?"
    rf"|[\"']?(?P<cat2>{_CATEGORY})(?![\w])[\"']?(?:\s*\(?(?:score[: ]*)?(?:of )?(?P<score2>\d{{1,2}})\)?)?)",
    re.IGNORECASE,
)
_R = Pattern(r"\bR\s?(?:values?|ratio|factor)?\s?(?:=|of|was|:)\s?([<>~≈]?\s?\d{1,3}(?:\.\d+)?)")
_SEVERITY = Pattern(r"\bseverity\b[^.;:\n]{0,25}?\b([1-5]\+)")
_ATTRIBUTE = Pattern(
    r"\b(?:attribut(?:e|ed|es)|ascrib(?:e|ed|es)|imput(?:e|ed|"
    r"es))\s+(?!to\b)[^.;\n]{3,90}?\s+to\s+((?:the\s+)?[\w-]{3,40})",
    re.IGNORECASE,
)
_KEY = Pattern(r"(?:^|\n|\b)(Pattern|Severity|Latency|Recovery|Likelihood score)\s?:\s*([^\n]{1,120})")
_GRADE = Pattern(
    r"\bgrades?\s+((?:[IV]{1,3}|[1-5])(?:\s?(?:-|/|to|or)\s?(?:[IV]{1,3}"
    r"|[1-5]))?[ab]?)\s+((?:\w+[- ]){0,2}?(?:neutropeni\w*|thrombocytopeni\w*|an(?:a)?emia|toxicity|"
    r"leu[ck]openi\w*|hepatitis|hepatotoxicity|transaminitis|encephalopathy|elevation\w*|increase\w*|DILI"
    r"|liver injury|adverse (?:event|reaction)s?|lymphopeni\w*|fibrosis))",
    re.IGNORECASE,
)
_GRADE_AFTER = Pattern(
    r"\b(encephalopathy|neutropenia|toxicity|hepatotoxicity|DILI|liver injury|fibrosis|severity"
    r"|Roenigk)\s*[,(]?\s*(?:CTCAE\s*)?(?:of\s+)?"
    r"(?:(?:was|were|is)\s+(?:of\s+)?)?grade\s+((?:[IV]{1,3}|[1-5])(?:\s?-\s?(?:[IV]{1,3}|[1-5]))?[A-Ca-c]?)\b",
    re.IGNORECASE,
)
_CTCAE = Pattern(
    r"\b(?:CTCAE|NCI[- ]CTC|Common (?:Terminology|Toxicity) Criteria(?: for Adverse Events)?)"
    r"(?:,? ?v(?:ersion)?\.? ?\d(?:\.\d)?)?[\s,:(-]{1,3}grade\s+(?P<a>[IV]{1,3}|[1-5])\b"
    r"|\bgrade\s+(?P<b>[IV]{1,3}|[1-5])\b[^.;\n]{0,40}?\b(?:CTCAE|Common Terminology Criteria)",
    re.IGNORECASE,
)
_HYS_LAW = Pattern(
    r"\b(?P<not>(?:did|does|do)\s+not\s+|not\s+)?(?:me(?:e)?t(?:s|ing)?|fulfil\w*|satisf\w+|consistent with)\s+"
    r"(?:the\s+)?(?:criteria\s+(?:of|for)\s+)?Hy['’]s\s+law(?:\s+criteria)?",
    re.IGNORECASE,
)
_JUDGED = Pattern(
    r"\b(?:reporter|investigator|physician|company|sponsor|manufacturer|authors?|applicant|assessor)s?\s+(?:\w+\s+)?"
    r"(?:considered|assessed|judged|regarded|classified|deemed|felt|rated)\b[^.;\n]{0,60}?\b(?:as\s+|to\s+be\s+)?"
    rf"(?P<how>unrelated|not\s+(?:\w+\s+)?related|(?:{_CATEGORY}\s+)?related)\b(?:\s+to\s+(?P<what>[\w-]{{3,40}}))?",
    re.IGNORECASE,
)
_LIVERTOX_LETTER = Pattern(
    r"\bLiverTox\s+(?:likelihood\s+)?(?:categor\w+|score|class)\s*(?:of\s+|was\s+|:\s*|is\s+)?(?P<letter>[A-E]\*?)(?![\w])"
)
_FIBRO_A = r"A\s?[0-3](?:\s?-\s?A?\s?[0-3])?"
_FIBRO_F = r"F\s?[0-4](?:\s?-\s?F?\s?[0-4])?"
_FIBRO = Pattern(
    rf"(?:(?i:Fibro[- ]?Test|FibroSure|METAVIR|necroinflammatory|inflammatory"
    rf"|injury)[^.\n]{{0,120}}?)(?<!\w)({_FIBRO_A})(?!\w)(?:[^.\n]{{0,60}}?(?<!\w)({_FIBRO_F})(?!\w))?"
)
_FIBRO_STAGE = Pattern(
    rf"(?i:Fibro[- ]?Test|FibroSure|METAVIR)(?:[^.;\n]|\.(?=\d)){{0,60}}?(?<!\w)(?P<f>{_FIBRO_F})(?!\w)"
)
"""A stage of fibrosis without a grade of activity."""
_ISHAK = Pattern(
    r"\bIshak(?:'s)?\b[^.;\n]{0,30}?\bstage\s*(?:of\s+|was\s+|=\s*|:\s*)?(?P<a>[0-6])(?:\s?/\s?6)?(?!\d|\.\d)"
    r"|\bstage\s+(?P<b>[0-6])(?:\s?/\s?6)?\s*(?:fibrosis\s*)?[(,]?\s*(?:(?:of|by|on|in|according\s+to)\s+)?(?:the\s+)?Ishak",
    re.IGNORECASE,
)
_ACR = Pattern(r"\b(ACR|PASI|ASAS|EASI)\s?(?:Pedi\s?)?(\d{2,3}(?:\s?-\s?\d{2,3})?)\s?(%|response)?")
_ATTRIBUTED = Pattern(
    r"(?:(?:were|was|is|are|been|being)\s+(?:not\s+)?(?:\w+ly\s+|also\s+)?(?:attributed|ascribed|imputed)\s+to"
    r"|(?:considered|thought|believed|judged|felt|deemed|found|assumed|suspected|presumed)"
    r"\s+(?:to\s+(?:be|have\s+been)\s+)?(?:\w+ly\s+)?(?:related to|due to|caused by|secondary to|induced by"
    r"|associated with|a (?:side|adverse) (?:effect|reaction) (?:of|to)|the result of|"
    r"evidence of|(?:as )?(?:direct )?(?:histological )?evidence of drug toxicity related to|consistent with"
    r"|compatible with|drug[- ]related|drug[- ]induced)|"
    r"(?:consistent|compatible) with (?:a |an )?(?:idiosyncratic |acute |mild )*(?:drug|medication)[- ](?:induced"
    r"|related)[\w ]{0,25}|as (?:direct )?(?:histological )?evidence of drug toxicity related to|"
    r"was implicated (?:in|as)|(?:the )?(?:likely|probable|possible|most likely) (?:culprit|cause|causative agent)"
    r"|typical of (?:idiosyncratic )?drug[- ]induced[\w ]{0,20})"
    r"(?:\s+(?:to\s+)?((?:the\s+)?[\w -]{2,50}?))?(?=[.,;)\n]|\s+(?:and|but|because|on|as|which|with|in|by|after"
    r"|since|for)\b|$)",
    re.IGNORECASE,
)
_COMPLAINTS = (
    r"(?:fatigue|tiredness|malaise|weakness|pruritu?s|pruritis|itch\w*|fever|chills|nausea|vomiting|pain|rash|anorexia|weight|"
    r"eosinophilia|headache|diarrh\w+|dark|pale|jaundice|cholestasis|arthralgias?|myalgias?)\b"
)
"""Signs that come with a reaction ("jaundice associated with fatigue"): no cause is claimed."""
_DUE_TITLE = Pattern(
    r"\b((?:liver injury|hepatitis|hepatotoxicity|liver failure|neutropenia|agranulocytosis|thrombocytopenia"
    r"|jaundice|cholestasis|pancreatitis|rash|reaction))\s+"
    r"(?:due to|caused by|induced by|secondary to|associated with(?!\s+"
    rf"(?:\w+\s+)?{_COMPLAINTS}))\s+((?:[A-Za-z][\w-]+)(?:[ -][a-z][\w-]+){{0,2}})",
    re.IGNORECASE,
)
_INDUCED = Pattern(
    r"\b([A-Za-z][\w-]{3,30})[- ](?:induced|related"
    r"|associated)\s+((?:\w+[- ]){0,4}?(?:liver injury|hepatitis|hepatotoxicity|neutropenia|agranulocytosis"
    r"|liver failure|"
    r"thrombocytopenia|jaundice|cholestasis|MAS|rash|pancreatitis))",
    re.IGNORECASE,
)
_CAUSALITY = Pattern(
    rf"\b(?:causality|causal (?:relationship|association|link|relation)|imputability"
    rf"|drug causality)\b[^.;\n]{{0,80}}?\b(?:was|is|were|as|be|scored|classified|rated|considered|deemed)\s+"
    rf"(?:\w+ )?[\"']?({_CATEGORY})(?!\w)",
    re.IGNORECASE,
)
_NO_ASSESSMENT = Pattern(
    r"\bno (?:formal )?(?:causality (?:assessment|score|scale|scoring)|(?:RUCAM|Naranjo)(?: score)?)(?: (?:was|were"
    r"|is))?(?: \w+)?|\b(?:causality (?:assessment|score)|(?:RUCAM|Naranjo)"
    r"(?: score| scale)?) (?:was|were) not (?:done|performed|reported|calculated|provided|given|available|assessed"
    r"|applied|used)",
    re.IGNORECASE,
)
_FIBRO_NAME = Pattern(r"Fibro[- ]?Test|FibroSure|METAVIR", re.IGNORECASE)
_RECALL = 600
"""How far back a method may have been named (characters)."""
_NOT_DRUGS = frozenset(
    {"drug", "medication", "treatment", "therapy", "disease", "alcohol", "virus", "dose", "exercise", "age", "immune"}
    | {"autoimmune", "pregnancy", "stress", "antagonist", "inhibitor"}
    | {
        "been",
        "were",
        "being",
        "also",
        "often",
        "most",
        "less",
        "causally",
        "commonly",
        "frequently",
        "strongly",
        "rarely",
    }
)
"""Words before "-induced" or "associated" that are no drug ("has been associated with pancreatitis")."""


def read_statements(text: str, sentences: list[tuple[int, int]]) -> list[StatementMention]:
    """What authors claim, in the order of the text.

    Args:
        text: Normalised text.
        sentences: Spans of its sentences.
    """
    found: list[StatementMention] = []
    for index, (start, end) in enumerate(sentences):
        claims = _Claims(text[start:end], text[max(0, start - _RECALL) : start], start, index)
        _scores(claims)
        _graded(claims)
        _attributions(claims)
        found += sorted(claims.found, key=lambda m: (m.start, m.end, m.kind))
    return found


class _Claims:
    """The claims of one sentence; of two of one kind that overlap the first is kept."""

    def __init__(self, sentence: str, before: str, offset: int, index: int) -> None:
        self.sentence = sentence
        self.before = before
        self.found: list[StatementMention] = []
        self._offset = offset
        self._index = index

    def add(self, kind: str, method: str, result: str, first: int, last: int) -> None:
        start, end = self._offset + first, self._offset + last
        if not any(m.kind == kind and m.start < end and start < m.end for m in self.found):
            self.found.append(StatementMention(kind, method, " ".join(result.split()), start, end, self._index))


def _scores(claims: _Claims) -> None:
    sentence, add = claims.sentence, claims.add
    none = _NO_ASSESSMENT.search(sentence)
    if none:
        add("none", _method_in(none.group()), "not done", *none.span())
        return
    for match in _CODE.finditer(sentence):
        first = _start_of_claim(sentence, match.start())
        add("score", "French imputability", re.sub(r"\s", "", match.group()), first, match.end())
    for match in _SCORED.finditer(sentence):
        method = next(name for i, (_, name) in enumerate(_METHODS) if match.group(f"m{i}") is not None)
        score = match.group("score") or match.group("score2") or ""
        category = (match.group("cat1") or match.group("cat2") or "").lower()
        if score and not _attainable(method, float(score)):
            score = ""  # "the Naranjo scale (27)": a reference
            if not category:
                continue
        if method in ("French imputability",) and not category:
            continue
        add("score" if score else "category", method, ", ".join(p for p in (score, category) if p), *match.span())
    for match in _R.finditer(sentence):
        add("pattern", "R", match.group(1).replace(" ", ""), *match.span())
    for match in _HYS_LAW.finditer(sentence):
        add("category", "Hy's law", "not met" if match["not"] else "met", *match.span())
    for match in _LIVERTOX_LETTER.finditer(sentence):
        add("likelihood", "LiverTox", match["letter"], *match.span())
    for match in _SEVERITY.finditer(sentence):
        add("severity", "LiverTox", match.group(1), *match.span())
    for match in _KEY.finditer(sentence):
        kind = "likelihood" if match.group(1).startswith("Like") else match.group(1).lower()
        method = "LiverTox" if kind in ("severity", "likelihood", "pattern") else ""
        result = match.group(2).strip(" .")
        if kind == "likelihood":
            result = result.split(" ", 1)[0] if re.match(r"[A-E]\*?(?:\[HD\])?\b", result) else result
        add(kind, method, result, match.start(1), match.end())


def _attainable(method: str, score: float) -> bool:
    low, high = _TOTALS.get(method, (-1e9, 1e9))
    return low <= score <= high


def _graded(claims: _Claims) -> None:
    sentence, add = claims.sentence, claims.add
    for match in _GRADE.finditer(sentence):
        add("grade", match.group(2).strip().lower(), match.group(1).replace(" ", ""), *match.span())
    for match in _GRADE_AFTER.finditer(sentence):
        add("grade", match.group(1).strip().lower(), match.group(2).replace(" ", ""), *match.span())
    for match in _CTCAE.finditer(sentence):
        add("grade", "CTCAE", match["a"] or match["b"], *match.span())
    graded: list[tuple[int, int]] = []
    for match in _FIBRO.finditer(sentence):
        parts = [re.sub(r"\s", "", p) for p in match.groups() if p]
        named = _FIBRO_NAME.findall(sentence[: match.end()]) or _FIBRO_NAME.findall(claims.before)
        method = {"fib": "FibroTest", "met": "METAVIR"}.get(named[-1][:3].lower(), "") if named else ""
        add("score", method, " ".join(parts), *match.span())
        graded.append(match.span())
    for match in _FIBRO_STAGE.finditer(sentence):
        if not any(a < match.end() and match.start() < b for a, b in graded):
            method = "METAVIR" if match.group()[:3].lower() == "met" else "FibroTest"
            add("score", method, re.sub(r"\s", "", match["f"]), *match.span())
    for match in _ISHAK.finditer(sentence):
        add("score", "Ishak", match["a"] or match["b"], *match.span())
    for match in _ACR.finditer(sentence):
        percent = "%" if match.group(3) == "%" else ""
        add("response", match.group(1), match.group(1) + match.group(2).replace(" ", "") + percent, *match.span())


def _attributions(claims: _Claims) -> None:
    sentence, add = claims.sentence, claims.add
    for match in _CAUSALITY.finditer(sentence):
        add("category", _method_in(sentence), match.group(1).lower(), *match.span())
    for match in _JUDGED.finditer(sentence):
        denied = match["how"].lower().startswith(("un", "not"))
        add("attribution", "denied" if denied else "", match["what"] or match["how"], *match.span())
    for match in _ATTRIBUTED.finditer(sentence):
        denied = (
            assert_mentions(sentence, [match.span()])[0].state == "absent"
            or re.search(r"\bnot(?: \w+)?\s*$", sentence[: match.start()]) is not None
            or re.match(r"\w+ not\b", match.group()) is not None
        )
        named = match.group(1) if re.search(r"\b(?:to|by|of|with)\s+$", sentence[: match.start(1)]) else None
        result = (named or "").strip() or match.group().strip()
        add("attribution", "denied" if denied else "", result, *match.span())
    for match in _ATTRIBUTE.finditer(sentence):
        denied = bool(re.search(r"\b(?:not|never)\s+$", sentence[: match.start()]))
        add("attribution", "denied" if denied else "", match.group(1), *match.span())
    for match in _DUE_TITLE.finditer(sentence):
        add("attribution", "", match.group(2), *match.span())
    for match in _INDUCED.finditer(sentence):
        if match.group(1).lower() not in _NOT_DRUGS:
            add("attribution", "", match.group(1), *match.span())


def _method_in(words: str) -> str:
    match = re.search(_METHOD, words)
    return next((name for i, (_, name) in enumerate(_METHODS) if match and match.group(f"m{i}") is not None), "")


def _start_of_claim(sentence: str, position: int) -> int:
    """From the words that name the assessment, where they stand in the same sentence, to the code."""
    claim = r"(?:the )?(?:drug )?(?:causality|imputability|French)[^.;]{0,100}$"
    match = re.search(claim, sentence[:position], re.IGNORECASE)
    return match.start() if match else position
