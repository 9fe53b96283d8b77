"""Work-up tests in prose, each with one of the five states of a test.

Titres, viral loads, cultures and what an image showed are read; the names come from ``workup_names``. May import the
work-up lexicon, the scopes and the findings of the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dechallenge.evidence import State
from dechallenge.lexicon.findings import load_findings
from dechallenge.lexicon.workup import WorkupTest, load_tests
from dechallenge.reading.assertion.assertion import ruling
from dechallenge.reading.assertion.scopes import Scope, scopes
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.findings.workup_images import shown_by
from dechallenge.reading.findings.workup_names import Found
from dechallenge.reading.matching.triggers import Pattern


@dataclass(frozen=True, slots=True)
class TestMention:
    """A test in the text; offsets are those of the normalised text.

    Attributes:
        test: Name in the work-up lexicon (``HBsAg``, ``CMV IgM``, ``ultrasound`` …).
        state: positive, negative, not done, not reported or not interpretable; a normal result counts as negative.
        result: The result in the words of the text ("negative", "normal", "1:160", "showed mild fatty liver").
        start, end: The mention.
        ev_start, ev_end: The words that prove the state.
        sentence: Index of the sentence.
        rule: How the state was found.
    """

    __test__ = False
    test: str
    state: State
    result: str
    start: int
    end: int
    ev_start: int
    ev_end: int
    sentence: int
    rule: str


_RUN = Pattern(r"\s*(?:/|,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+)\s*(?:both\s+|the\s+)?", re.IGNORECASE)
_TITRE = Pattern(
    r"\s*(?:antibod(?:y|ies)\s*)?(?:(?:was|were|at|in|of|a|the|to|with|present|positive|reactive|strongly|weakly"
    r"|titers?|titres?|titer of|low|high)\s+){0,7}"
    r"[(:=]?\s*(?:titers?\s*|titre\s*|positive,?\s*(?:at\s*)?)?([<>≥≤]?\s*1\s*[:/]\s*\d{1,3}(?:,\d{3})?\d*)",
    re.IGNORECASE,
)
_CONTEXT = Pattern(
    r"\b(?:tests?|tested|testing|serolog\w*|markers?|antibod\w*|IgM|PCR|titers?|screen\w*|studies|work-?up|panel"
    r"|viral load|investigat\w*|"
    r"seronegative|seropositive|negative|positive|causes|etiologies|aetiologies)\b",
    re.IGNORECASE,
)
_PAST = Pattern(
    r"\b(?:histor(?:y|ies) of|exposures? to|risk factors?(?: \w+)? for|vaccinat\w+|immuni[sz]\w+"
    r"|(?<!acute or )(?<!acute and )(?<!acute nor )chronic"
    r"|diagnosed with|reactivation of|carrier|"
    r"treated for|treatment (?:of|for)|infected with|developed|prophylaxis)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_HAS = Pattern(
    r"\b(?:had|has|with|presence of|found to have|revealed|showed|developed|detected|disclosed|contained)\s+"
    r"(?:(?:a|an|the|both|weak|strong|serum|"
    r"circulating|elevated|raised|positive|high|low|titers?|of|levels?)\s+){0,5}(?:\w{3,30}-)?$",
    re.IGNORECASE,
)
_PERSISTED = Pattern(
    r"\s*(?:antibod\w+ )?(?:titers? |levels? )?(?:persisted|remained positive|fell|declined"
    r"|decreased|had (?:fallen|declined|decreased|not declined)|increased|rose)\b",
    re.IGNORECASE,
)
_GREW = Pattern(
    r"(?: \w+){0,5}? (?:grew|yielded|isolated)(?: only)? (?P<none>no\b|nothing\b|neither\b|negative\b)?(?:\w+ ?){0,3}"
    r"|\s?:\s(?!negative|sterile|normal|without|pending)(?-i:[A-Z][a-z]{3,20}|[A-Z]\.) (?-i:[a-z]{4,20})\b",
    re.IGNORECASE,
)
_OUTRIGHT = Pattern(
    r"(?: antigens?| antibod(?:y|ies)| tests?| PCR)?(?: (?:was|were))?"
    r" (?:\w+ly )?(?:(?P<yes>positive|reactive)|negative)"
    r" (?:for|to|with)(?= \w)",
    re.IGNORECASE,
)
"""What a test was positive for."""
_COPIES = Pattern(
    r"[^.;]{0,40}?(?P<sign><|≤|below|less than|fewer than)?\s?\d[\d.,]*(?:\s?[x×]\s?10\^?\d+)?"
    r" ?(?:copies|genomes|IU)/ ?m[lL]\b"
    r"|[^.;]{0,40}?\d[\d.,]* copies\b",
)
_ABNORMAL = Pattern(
    r"\b(?:abnormal\w*|patholog\w*|evidence|signs?|lesions?|findings?|changes|obstruction|dilatation|dilation)\b",
    re.IGNORECASE,
)
_NO_EVIDENCE = Pattern(
    r"\b(?:no|without(?: any)?)(?: \w+){0,2} (?:evidence|signs?|indications?|trace|proof|infections?)"
    r"(?: was (?:found|seen|obtained))? (?:of|for|with|by)\b[^.;:]{0,100}$|\bneither (?:acute |viral )?$",
    re.IGNORECASE,
)
_NO_INFECTION = Pattern(
    r"[^.;]{0,120}?\s(?:all\s+|again\s+|both\s+)?(?:showed|revealed|found|gave|demonstrated|disclosed)\s+no\s+"
    r"(?:(?:evidence|signs?|indications?)\s+(?:of|for)\s+)?(?:(?:an?|any|acute|active|recent|current|past|ongoing|viral|"
    r"chronic|or)\s+){0,4}infections?\b",
    re.IGNORECASE,
)
_FEW_WORDS = 4
"""Words between "no" and a procedure up to which it is the procedure that is denied."""
_NOT_TESTED = Pattern(
    r"\b(?:tests?|testing|serolog\w+|screening|studies|results?|work-?up"
    r"|measurements?)\b",
    re.IGNORECASE,
)
_STATES: dict[str, State] = {
    "negated": "negative",
    "negative": "negative",
    "normal": "negative",
    "positive": "positive",
    "affirmed": "positive",
    "not done": "not done",
    "not reported": "not reported",
    "not interpretable": "not interpretable",
}
_INDICES = frozenset({"FibroTest", "ActiTest"})
"""Tests whose result is a figure between 0 and 1."""
_INDEX = re.compile(
    r"\s*(?:(?:scores?|results?|values?|index)\s*)?(?:(?:was|were|is|of|gave|at|had|yielded|showed|a|an|result|score|value|"
    r"index)\s+|[=:(]\s*){0,4}(?P<figure>0\.\d{1,3}|1\.00?)(?!\d|\.\d)",
    re.IGNORECASE,
)
_AMBIGUOUS_MARKERS = frozenset({"base"})
_EXCLUDED_BEFORE = Pattern(
    r"\b(?:no|not\s+any|without(?:\s+any)?)\s+(?:\w+\s+){0,2}(?:evidence|signs?|indications?)\s+(?:of|for)\b[^.;]{0,200}$"
    r"|\b(?:excluded|ruled\s+out|excluding|exclusion\s+of)\b[^.;]{0,160}$",
    re.IGNORECASE,
)
_EXCLUDED_AFTER = Pattern(
    r"[^.;]{0,160}?\b(?:(?:was|were|been|be)\s+(?:\w+ly\s+|also\s+|thus\s+)?(?:excluded|ruled\s+out))\b", re.IGNORECASE
)


def excluded_diseases(
    sentence: str, offset: int, index: int, found: Sequence[Found], findings: Sequence[FindingMention]
) -> list[TestMention]:
    """Diseases of a work-up that are said to be excluded, by whatever test: "no evidence of Wilson disease or …".

    Only diseases that the work-up lexicon knows as such, in words that tell of a search, never of a history.
    """
    known = load_tests()
    out: list[TestMention] = []
    for m in findings:
        if (
            m.state != "absent"
            or f"exclusion of {m.term}" not in known.tests
            or m.history
            or m.family
            or m.hypothetical
            or m.extent
        ):
            continue
        start, end = m.start - offset, m.end - offset
        if any(f.start < end and start < f.end for f in found):
            continue
        if _EXCLUDED_BEFORE.search(sentence, 0, start) or _EXCLUDED_AFTER.match(sentence, end):
            out.append(
                TestMention(
                    f"exclusion of {m.term}",
                    "negative",
                    "excluded",
                    m.start,
                    m.end,
                    m.ev_start,
                    m.ev_end,
                    index,
                    "disease excluded",
                )
            )
    return out


def is_test(sentence: str, found: Found, also_finding: bool) -> bool:
    """Whether a name stands for a test ("tests for hepatitis B") or for the disease ("had hepatitis B")."""
    test = load_tests()[found.test]
    if not also_finding and test.marker not in _AMBIGUOUS_MARKERS:
        return True
    before = sentence[: found.start]
    if _PAST.search(before):
        return False
    if test.kind == "serology" and _no_infection(sentence, found.end) is not None:
        return True
    kinds = {s.kind for s in ruling(scopes(sentence), found.start, found.end)}
    if "history" in kinds and "negative" not in kinds:
        return False
    if kinds & {"negative", "not interpretable", "not done"}:
        return True
    if "negated" in kinds and _NO_EVIDENCE.search(before) and test.kind == "serology":
        return True
    if any(s.kind == "negated" and s.side == "post" for s in ruling(scopes(sentence), found.start, found.end)):
        return True
    if _CONTEXT.search(before[-160:]) or _CONTEXT.match(sentence[found.end : found.end + 40].lstrip(" (,-")):
        return True
    return not also_finding and bool(kinds & {"positive", "normal", "negated"})


def read_tests(
    sentence: str, offset: int, index: int, found: Sequence[Found], findings: Sequence[FindingMention]
) -> list[TestMention]:
    """The tests of one sentence with their states."""
    lexicon = load_tests()
    all_scopes = scopes(sentence)
    states = [_state(sentence, offset, f, lexicon[f.test], all_scopes, findings, found) for f in found]
    for i in range(len(found) - 2, -1, -1):
        # "both ANA and SMA (>1:1280)": a titre at the end of a run holds for the run.
        state, result, first, last, rule = states[i + 1]
        if (
            states[i][0] == "not reported"
            and rule == "titre"
            and _RUN.fullmatch(sentence, found[i].end, found[i + 1].start)
        ):
            states[i] = (state, result, min(first, found[i].start), last, rule)
    mentions: list[TestMention] = []
    for f, (state, result, first, last, rule) in zip(found, states, strict=True):
        if rule == "no result":
            continue
        if rule == "showed something else" and _of_another_organ(offset + f.end, offset + last, findings):
            state, f = "positive", replace(f, test=ELSEWHERE)
        mentions.append(
            TestMention(
                f.test, state, result, offset + f.start, offset + f.end, offset + first, offset + last, index, rule
            )
        )
    return mentions


ELSEWHERE = "imaging of another organ"
"""What a CT or an ultrasound is called that showed a reaction outside the liver: for the liver it excludes nothing."""


def _of_another_organ(start: int, end: int, findings: Sequence[FindingMention]) -> bool:
    """ "CT showed oedematous pancreatitis": a finding of a reaction, none of the liver."""
    known = load_findings().terms
    shown = [known[m.term] for m in findings if start <= m.start < end and m.state == "present" and m.term in known]
    return any(f.event_kind not in ("", _LIVER) or f.term in _LUNG for f in shown) and not any(
        f.event_kind == _LIVER for f in shown
    )


_LIVER = "liver injury"
_LUNG = frozenset({"ground-glass opacities", "pulmonary infiltrates"})
_Result = tuple[State, str, int, int, str]
_NEAR = 40
"""Characters between a denial and the words of a positive result that it denies."""
_JOINED = Pattern(r"[,;]|\b(?:and|but)\b", re.IGNORECASE)


def _state(
    sentence: str,
    offset: int,
    found: Found,
    test: WorkupTest,
    all_scopes: Sequence[Scope],
    findings: Sequence[FindingMention],
    others: Sequence[Found],
) -> _Result:
    held = [s for s in ruling(all_scopes, found.start, found.end) if s.kind in _STATES]
    titre = _TITRE.match(sentence, found.end) if test.kind in ("autoantibody", "serology") else None
    figure = _INDEX.match(sentence, found.end) if found.test in _INDICES else None
    if figure is not None:
        return "not interpretable", figure["figure"], found.start, figure.end("figure"), "index"
    if test.kind in ("imaging", "biopsy"):
        told = shown_by(sentence, offset, found, test, findings, held, others)
        if told is not None:
            return told
    grown = _GREW.match(sentence, found.end) if test.kind == "culture" else None
    if grown is not None:
        return "negative" if grown["none"] else "positive", grown.group().strip(), found.start, grown.end(), "culture"
    counted = _COPIES.match(sentence, found.end) if test.marker == "nucleic" else None
    if counted is not None and not any(found.end <= other.start < counted.end() for other in others):
        return (
            "negative" if counted["sign"] else "positive", counted.group().strip(" ,:("), found.start, counted.end(),
            "copies",
        )  # fmt: skip
    if outright := _OUTRIGHT.match(sentence, found.end):
        said: State = "positive" if outright["yes"] else "negative"
        return said, outright.group().strip(), found.start, outright.end(), "result for"
    if titre is not None:
        written = re.sub(r"\s", "", titre.group(1))
        state: State = "negative" if written.startswith("<") else "positive"
        closes = sentence[titre.end(1) : titre.end(1) + 1] == ")"
        return state, written, found.start, titre.end(1) + closes, "titre"
    post = next((s for s in held if s.side == "post"), None)
    chosen = next((s for s in held if s.kind in ("not done", "not reported", "not interpretable")), None) or (
        held[0] if held else None
    )
    if (
        chosen is not None
        and chosen.kind == "positive"
        and post is not None
        and post.kind in ("negative", "negated", "normal")
    ):
        chosen = post
    if chosen is not None and chosen.kind == "positive":
        chosen = _denying(sentence, chosen, held) or chosen
    if chosen is not None:
        return _by_scope(sentence, found, test, chosen)
    if test.kind == "serology" and (none := _no_infection(sentence, found.end)):
        return "negative", "no infection", found.start, none.end(), "no infection"
    if test.kind in ("autoantibody", "serology") and test.marker != "base":
        has = _HAS.search(sentence[max(0, found.start - 80) : found.start])
        if has and not _NOT_TESTED.search(has.group()):
            return "positive", "present", max(0, found.start - 80) + has.start(), found.end, "has"
        persisted = _PERSISTED.match(sentence, found.end)
        if persisted:
            return "positive", persisted.group().strip(), found.start, persisted.end(), "titre course"
    return "not reported", "", found.start, found.end, "no result"


def _no_infection(sentence: str, end: int) -> re.Match[str] | None:
    """Behind an agent: its test showed no infection ("EBV, CMV and hepatitis A testing showed no infection")."""
    told = _NO_INFECTION.match(sentence, end)
    return told if told is not None and _CONTEXT.search(sentence, 0, told.end()) else None


def _denying(sentence: str, found: Scope, held: Sequence[Scope]) -> Scope | None:
    """What denies a positive result: "no antibodies to A, B or C were detected", "no serological evidence of A"."""
    for scope in held:
        if scope.side == "pre" and scope.kind == "negated" and scope.cue_end <= found.cue_start:
            between = sentence[scope.cue_end : found.cue_start]
            if found.side == "post" or (len(between) < _NEAR and not _JOINED.search(between)):
                return scope
    return None


_NOT_ALLOWED = Pattern(r"\b(?:denied|refused|declined)\b", re.IGNORECASE)


def _by_scope(sentence: str, found: Found, test: WorkupTest, scope: Scope) -> _Result:
    state = _STATES[scope.kind]
    first = scope.start if scope.side == "post" else scope.cue_start
    last = max(found.end, scope.cue_end if scope.side == "post" else found.end)
    while first < found.start and sentence[first] in " ,;:(":
        first += 1
    cue = sentence[scope.cue_start : scope.cue_end].strip(" ,:()")
    rule = f"{scope.side}-{scope.kind}"
    if scope.side == "post" and test.kind in ("imaging", "biopsy") and _NOT_ALLOWED.search(cue):
        return "not done", cue, first, last, rule  # "permission for autopsy was denied"
    if scope.kind == "negated" and scope.side == "pre":
        between = sentence[scope.cue_end : found.start]
        if test.kind in ("imaging", "biopsy"):
            span = (min(first, found.start), last)
            if _ABNORMAL.search(between):
                return "negative", sentence[span[0] : found.start].strip(), *span, rule
            if len(between.split()) > _FEW_WORDS:
                return "not reported", "", found.start, found.end, "no result"
            return "not done", cue, *span, rule
        done = re.match(
            r"[^.;]{0,60}\b(?:done|performed|obtained|available|sent|carried out)\b",
            sentence[found.end :],
            re.IGNORECASE,
        )
        if _NOT_TESTED.search(between) and done:
            return "not done", cue, min(first, found.start), found.end + done.end(), rule
    result = {"normal": "normal", "negative": "negative", "negated": "negative", "positive": "positive"}.get(
        scope.kind, cue
    )
    return state, result, min(first, found.start), last, rule
