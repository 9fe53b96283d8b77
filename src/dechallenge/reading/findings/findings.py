"""Findings in prose: what is mentioned, whether it is there, how much of it, and in which kind of report it stands.

May import the findings lexicon, the matcher and the assertion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dechallenge.case.model import FindingKind, Presence
from dechallenge.lexicon.findings import FindingForm, FindingTerm, load_findings
from dechallenge.reading.assertion.assertion import Assertion, asks_for_cause, assert_mentions
from dechallenge.reading.findings.admissions import for_a_procedure
from dechallenge.reading.findings.alcohol import NO_CHANGE
from dechallenge.reading.findings.findingswords import NON, misread
from dechallenge.reading.matching.matcher import Match, Matcher, Token
from dechallenge.reading.matching.triggers import Pattern


@dataclass(frozen=True, slots=True)
class FindingMention:
    """A finding in the text; offsets are those of the normalised text.

    Attributes:
        term: Canonical term of the findings lexicon.
        kind: Kind in this place: a diagnosis named by a biopsy is ``histology``, one seen on ultrasound ``imaging``.
        state: present, absent or uncertain.
        history, family, hypothetical, other_patient, resolved: As in ``Assertion``.
        extent: Words of degree or extent ("mild", "80% of the biopsy volume"), empty where none. A finding that is
            absent with a degree is only absent to that degree ("lack of severe liver injury").
        specimen: ``liver``, ``bone marrow`` … for histology.
        start, end: The mention.
        ev_start, ev_end: The words that prove the state.
        sentence: Index of the sentence.
        rule: How the state was found.
    """

    term: str
    kind: FindingKind
    state: Presence
    start: int
    end: int
    ev_start: int
    ev_end: int
    sentence: int
    rule: str
    history: bool = False
    family: bool = False
    hypothetical: bool = False
    other_patient: bool = False
    resolved: bool = False
    extent: str = ""
    specimen: str = ""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """Where in a sentence a biopsy or an image is being described; ``None`` where it is not."""

    histology: int | None = None
    imaging: int | None = None
    specimen: str = ""


_BIOPSY = Pattern(
    r"\b(?:biops(?:y|ies|ied)|histolog\w*|histopatholog\w*|autops(?:y|ies)|autospy|necropsy|post-?mortem examination"
    r"|explant\w*|aspirate|"
    r"smear|patholog(?:y|ical) (?:examination|findings|specimen|report)|microscop(?:y|ic(?:ally)?)|myelogram|marrow|"
    r"(?:the )?liver showed|tissue[- ]proven|biopsy[- ]proven)",
    re.IGNORECASE,
)
_IMAGING = Pattern(
    r"\b(?:ultraso\w*|sonogra\w*|echogr\w*|doppler|computed tomograph\w*|computeri[sz]ed tomograph\w*"
    r"|magnetic resonance\w*|imaging|"
    r"cholangio\w*|radiogra\w*|x-ray|scan|scans|scintigra\w*|endosonogra\w*|tomograph\w*)|\b(?:CT|MRI|MRCP|ERCP|US"
    r"|HIDA|PET)\b",
    re.IGNORECASE,
)
_GOES_ON = Pattern(
    r"(?:it|this|these|those findings|the (?:biopsy|specimens?|sections?|findings?|histolog\w*|portal|lobules?"
    r"|parenchyma)|there (?:was|were)|also|additionally|"
    r"further(?:more)?|in addition|no (?:fibrosis|steatosis|granulomas?|evidence)|portal|lobular|inflammatory"
    r"|moreover|they)\b",
    re.IGNORECASE,
)
_SEEN_ON = Pattern(
    r"\b(?:seen|found|observed|present|noted|identified|evident|detected|apparent|demonstrated|visuali[sz]ed|shown|"
    r"documented|confirmed|revealed|proven)\s+(?:on|at|by|in|with)\s+(?:(?:an?|the|liver|skin|bone|renal|kidney|"
    r"abdominal|repeat|percutaneous|transjugular|her|his)\s+){0,3}$",
    re.IGNORECASE,
)
_TISSUE = Pattern(
    r"\b(?:specimens?|sections?|hepatocytes?|lobul\w+|portal\s+tracts?|sinusoid\w*|centrilobular|centrolobular|"
    r"zone\s+[123]|"
    r"steatosis|perisinusoidal|infiltrat\w+)\b",
    re.IGNORECASE,
)
"""Words that only the description of a tissue uses."""
_SPECIMENS = (
    ("bone marrow", Pattern(r"\b(?:bone )?marrow\b|\bmyelogram\b", re.IGNORECASE)),
    ("skin", Pattern(r"\bskin\b|\bcutaneous\b", re.IGNORECASE)),
    ("kidney", Pattern(r"\b(?:renal|kidney)\b", re.IGNORECASE)),
    ("lymph node", Pattern(r"\blymph node\b", re.IGNORECASE)),
    ("liver", Pattern(r"\b(?:liver|hepat\w*)\b", re.IGNORECASE)),
)
_DEGREE = (
    r"(?:very |quite |only |a )?(?:mild|minimal|slight|scant|little|moderate|marked|severe|massive|prominent"
    r"|extensive|diffuse|focal|profound|"
    r"occasional|scattered|patchy|early|advanced|small|large|significant|insignificant|minor|abundant|dense|deep"
    r"|high-grade|low-grade|gross|"
    r"intense|bilateral|generali[sz]ed|isolated|sparse|trace|increased|worsening|persistent)"
)
_BEFORE = Pattern(
    rf"((?:{_DEGREE})(?:ly)?(?:(?:-| )to(?:-| ){_DEGREE})?(?: (?:degrees?|amounts?|areas?|levels?) of)?)(?: (?!and\b"
    rf"|or\b|with\b|of\b|in\b|by\b)[\w-]+){{0,2}}\s+$",
    re.IGNORECASE,
)
_LISTED = Pattern(rf"\b({_DEGREE}),\s+(?:{_DEGREE})\s+$", re.IGNORECASE)
"""Two degrees in a row ("an isolated, persistent neutropenia")."""
_OWN = Pattern(rf"({_DEGREE})(?= )", re.IGNORECASE)
_GRADED = Pattern(_DEGREE, re.IGNORECASE)
"""Looked for in the whole sentence, which other patterns are tried on, before its parts are searched."""
_AFTER = Pattern(
    r"\s*(?:\(|in |of |involving |affecting |with |, )?(?:about |approximately |up to |~|around |nearly )?"
    r"((?:[<>≥≤~]\s?)?\d{1,3}(?:\.\d+)?(?:\s?-\s?\d{1,3})?\s?%(?: of (?:the )?[a-z]+(?: [a-z]+)?)?"
    r"|\+\s?\d{1,2}(?:\.\d)?\s?cm|\((?:grade|stage|zone) [\w-]{1,5}\)|"
    r"(?:grade|stage) (?:[IV]{1,3}|\d)[a-cA-C]?)",
)
_SHARE_BEFORE = re.compile(
    r"(?<![\d.])((?:[<>≥≤~]\s?)?\d{1,3}(?:\.\d+)?(?:\s?-\s?\d{1,3})?\s?%)\s+(?:(?:of\s+)?[a-z-]{4,16}\s+)?$",
    re.IGNORECASE,
)
"""A share before its finding: "80 % steatosis", "about 30% macrovesicular steatosis"."""
_DURING_BIOPSY: Mapping[str, str] = {"fatty liver": "steatosis", "nonalcoholic fatty liver disease": "steatosis"}
_DURING_IMAGING: Mapping[str, str] = {"steatosis": "fatty liver", "macrovesicular steatosis": "fatty liver"}
_PATTERNS: tuple[tuple[str, Pattern], ...] = (
    (
        "elevated liver enzymes",
        Pattern(
            r"\b(?:elevat(?:ed|ions?)|raised|increas(?:ed|es?)|abnormal(?:ities)?|rises?|high|deranged)(?: (?:in"
            r"|of))?\s+(?:(?:both|serum|the|her|his|"
            r"levels|of|in|and|mild|marked) ){0,4}(?:liver (?:enzymes?|tests?|function tests?|test results?"
            r"|biochemistry|function)|(?:amino)?"
            r"transaminases?|serum (?:enzymes?|aminotransferases?)|hepatic enzymes?|aminotransferases?|ALT|ALAT"
            r"|SGPT)(?: levels?| values?)?",
            re.IGNORECASE,
        ),
    ),
    (
        "elevated liver enzymes",
        Pattern(
            r"\b(?:liver (?:enzymes?|tests?|function tests?)|(?:amino)?transaminases?|serum enzymes?"
            r"|serum aminotransferases?|aminotransferases?|"
            r"hepatic enzymes?)(?: levels?| values?)? (?:were|was|had been|are|is) (?:(?:found to be|markedly|mildly"
            r"|slightly|still|again|also|"
            r"moderately|minimally|only|significantly) ){0,2}(?:elevated|raised|abnormal|increased|high)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "bile duct stones",
        Pattern(
            r"\b(?:stones?|calcul(?:us|i)|concrements?)(?=\s+(?:(?:was|were|seen|found|lodged|impacted)\s+){0,2}"
            r"(?:in|within|inside|of)\s+(?:(?:an?|the|her|his|dilated|distended|widened|distal|proximal)\s+){0,3}"
            r"(?:common\s+|extrahepatic\s+)?(?:bile|biliary|hepatic|common)\s+(?:ducts?|tree|tract)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "neutrophil count decreased",
        Pattern(
            r"\b(?:decrease|fall|drop|decline|reduction) (?:in|of) (?:(?:the|her|his) )?(?:PMN|neutrophil"
            r"|granulocyte|ANC|absolute neutrophil)s?"
            r"(?: counts?)?",
            re.IGNORECASE,
        ),
    ),
    (
        "leukocyte count decreased",
        Pattern(
            r"\b(?:decrease|fall|drop|decline|reduction) (?:in|of) (?:(?:the|her|his) )?(?:leu[ck]ocyte|WBC"
            r"|white (?:blood )?cell)s?(?: counts?)?",
            re.IGNORECASE,
        ),
    ),
    (
        "platelet count decreased",
        Pattern(
            r"\b(?:decrease|fall|drop|decline|reduction) (?:in|of) (?:(?:the|her|his) )?(?:platelet"
            r"|thrombocyte)s?(?: counts?)?",
            re.IGNORECASE,
        ),
    ),
)
_SHARED_TERMS = frozenset({"steatosis", "macrovesicular steatosis", "microvesicular steatosis", "fatty liver"})
"""Findings that are given as a share of the tissue."""
_CHRONIC: frozenset[str] = frozenset({"diagnosis", "history", "procedure"})


_DENIED_OUTRIGHT = Pattern(r"\b(?:not|never|no\s+longer|hardly)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
"""Before a word that denies by itself ("was never afebrile"): two denials."""


_COMPLAINED = Pattern(
    r"(?:\b(?:days?|weeks?|months?|hours?)['’]?|\b(?:short|brief|recent|acute|sudden|progressive|worsening))[\s-]+$",
    re.IGNORECASE,
)
"""Before "history of jaundice" that is what the patient came with ("a 2-day history of jaundice")."""


@cache
def _matcher() -> Matcher[FindingForm]:
    return Matcher((form.written, form, form.case_sensitive) for form in load_findings().forms)


def find_findings(sentence: str, words: Sequence[Token], abbreviations: Mapping[str, str]) -> list[Match[FindingForm]]:
    """Lexicon matches of a sentence; abbreviations that the document defines go before the lexicon."""
    found: list[Match[FindingForm]] = []
    for match in _matcher().find(sentence, words):
        written = sentence[match.start : match.end]
        long = abbreviations.get(written) or abbreviations.get(written.rstrip("s"))
        if long is not None and match.entry.case_sensitive:
            meant = _lookup(long)
            if meant is None:
                continue
            match = Match(match.start, match.end, meant)
        if match.entry.term.endswith(" in history") and _COMPLAINED.search(sentence[: match.start]):
            sign = written.partition(" of ")[2]
            meant = _lookup(sign) if sign else None
            if meant is None:
                continue
            match = Match(match.end - len(sign), match.end, meant)
        found.append(match)
        if NON.search(sentence, 0, match.start) and (rest := written.partition(" ")[2]):
            meant = _lookup(rest)  # "non-bloody diarrhoea" is a diarrhoea, "non-productive cough" no denied cough
            if meant is not None:
                found = [m for m in found if m is not match or meant.term != match.entry.term]
                found.append(Match(match.end - len(rest), match.end, meant))
    taken = {(m.start, m.end) for m in found}
    for short, long in abbreviations.items():
        if short not in sentence:
            continue
        meant = _lookup(long)
        if meant is None:
            continue
        for hit in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", sentence):
            if not any(a < hit.end() and hit.start() < b for a, b in taken):
                found.append(Match(hit.start(), hit.end(), meant))
    for term, pattern in _PATTERNS:
        for hit in pattern.finditer(sentence):
            if not any(m.start < hit.end() and hit.start() < m.end for m in found):
                found.append(Match(hit.start(), hit.end(), FindingForm(hit.group(), term, False, False)))
    return sorted((m for m in found if not misread(sentence, m)), key=lambda m: (m.start, m.end))


@cache
def _lookup(long: str) -> FindingForm | None:
    hits = _matcher().find(long)
    return hits[-1].entry if hits and hits[-1].end >= len(long.rstrip(" .")) - 1 else None


def report_context(sentence: str, before: ReportContext) -> ReportContext:
    """Whether the sentence describes a biopsy or an image, from where on; a continuation keeps the context."""
    biopsy, image = _BIOPSY.search(sentence), _IMAGING.search(sentence)
    goes_on = _GOES_ON.match(sentence) is not None or _TISSUE.search(sentence) is not None
    histology = (
        _from(sentence, biopsy) if biopsy else (0 if before.histology is not None and goes_on and not image else None)
    )
    imaging = (
        _from(sentence, image) if image else (0 if before.imaging is not None and goes_on and not biopsy else None)
    )
    specimen = ""
    if histology is not None:
        named = biopsy.start() if biopsy else histology
        near = sentence[max(0, named - 40) : named + 60]
        specimen = next((name for name, pattern in _SPECIMENS if biopsy and pattern.search(near)), before.specimen)
        if biopsy and biopsy.group().lower() in ("marrow", "aspirate", "smear", "myelogram"):
            specimen = "bone marrow"
    return ReportContext(histology, imaging, specimen)


def _from(sentence: str, named: re.Match[str]) -> int:
    """Where a report begins in its sentence: before its name in "fibrosis was seen on liver biopsy"."""
    return 0 if _SEEN_ON.search(sentence[max(0, named.start() - 60) : named.start()]) else named.start()


def read_sentence(
    sentence: str, offset: int, index: int, matches: Sequence[Match[FindingForm]], context: ReportContext
) -> list[FindingMention]:
    """The findings of one sentence with their assertion."""
    lexicon = load_findings()
    said = assert_mentions(sentence, [(m.start, m.end) for m in matches])
    return [
        mention
        for match, assertion in zip(matches, said, strict=True)
        if (mention := _mention(sentence, offset, index, match, lexicon[match.entry.term], assertion, context))
        is not None
    ]


_DRINKING = ("alcohol use", "alcohol abuse")
_STAYS = ("hospitalization", "discharge")
_TIME_OF = Pattern(
    r"\b(?:on|upon|at|since|before|after|until|from|during|prior\s+to|of)\s+(?:(?:the|his|her|hospital)\s+){0,2}$",
    re.IGNORECASE,
)


def _mention(
    sentence: str,
    offset: int,
    index: int,
    match: Match[FindingForm],
    term: FindingTerm,
    said: Assertion,
    context: ReportContext,
) -> FindingMention | None:
    in_biopsy = context.histology is not None and match.end > context.histology
    in_image = context.imaging is not None and match.start > context.imaging
    if in_biopsy and in_image and context.histology is not None and context.imaging is not None:
        in_biopsy = context.histology > context.imaging or match.start < context.imaging
        in_image = not in_biopsy
    name, kind = term.term, term.kind
    if in_biopsy and (kind == "histology" or "biopsy" in term.flags):
        name, kind = _DURING_BIOPSY.get(name, name), "histology"
    elif in_image and (kind == "imaging" or "imaging" in term.flags or name in _DURING_IMAGING):
        name, kind = _DURING_IMAGING.get(name, name), "imaging"
    elif "context" in term.flags and not (in_biopsy or in_image):
        return None
    state: Presence = said.state
    rule = said.rule
    if state == "absent" and asks_for_cause(sentence, match.start):
        return None
    if name in _DRINKING and NO_CHANGE.search(sentence, 0, match.start):
        return None
    if state == "absent" and name in _STAYS and _TIME_OF.search(sentence, 0, match.start):
        return None  # "tested negative on admission": a time, and no stay that is denied
    if name == "hospitalization" and state == "present" and for_a_procedure(sentence, match.start, match.end):
        state, rule = "uncertain", "planned procedure"
    if NON.search(sentence, 0, match.start):
        state, rule = "absent", "word"
    elif match.entry.absent:
        state = "present" if _DENIED_OUTRIGHT.search(sentence, 0, match.start) else "absent"
        rule = "word"
    return FindingMention(
        term=name,
        kind=kind,
        state=state,
        start=offset + match.start,
        end=offset + match.end,
        ev_start=offset + said.start,
        ev_end=offset + said.end,
        sentence=index,
        rule=rule,
        history=said.history
        and (not said.background or (kind in _CHRONIC and not _by_a_drug(sentence, match.start, match.end))),
        family=said.family,
        hypothetical=said.hypothetical,
        other_patient=said.other_patient,
        resolved=said.resolved,
        extent="" if kind in ("procedure", "history") else _extent(sentence, match),
        specimen=context.specimen if kind == "histology" and in_biopsy else "",
    )


_BY_A_DRUG = Pattern(
    r"\b(?!(?:alcohol|ethanol|radiation|exercise|stress|virus|viral|cold|heat|self|pregnancy)\b)"
    r"[a-z]{4,}[-\u2010 ]induced\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_THEN = Pattern(
    r"\b(?:took|developed|presented|had|admitted|noticed|complained|experienced|started|prescribed|"
    r"given(?!\s+(?:G-?CSF|GM-?CSF)))\b",
    re.IGNORECASE,
)


def _by_a_drug(sentence: str, start: int, end: int) -> bool:
    """ "A patient with carbimazole-induced agranulocytosis was treated with …": the reaction, and no background."""
    return _BY_A_DRUG.search(sentence, max(0, start - 60), start) is not None and _THEN.search(sentence, end) is None


def _extent(sentence: str, match: Match[FindingForm]) -> str:
    after = _AFTER.match(sentence, match.end)
    graded = _GRADED.search(sentence) is not None
    lead = sentence[max(0, match.start - 60) : match.start]
    before = _BEFORE.search(lead) if graded and lead[-1:].isspace() else None
    own = _OWN.match(sentence, match.start, match.end) if graded else None
    if own and not before and not match.entry.term.startswith(own.group(1).lower()):
        before = own
    listed = _LISTED.search(lead) if before else None
    if listed and before and before.group(1).lower() not in listed.group(1).lower():
        degree = f"{listed.group(1)}, {before.group(1)}".lower()
        amount = after.group(1).strip(" ()") if after else ""
        return ", ".join(part for part in (degree, amount) if part)
    degree = re.sub(r"^(?:a|only) ", "", before.group(1).strip(), flags=re.IGNORECASE).lower() if before else ""
    amount = after.group(1).strip(" ()") if after else ""
    if not amount and match.entry.term in _SHARED_TERMS:
        share = _SHARE_BEFORE.search(sentence[max(0, match.start - 40) : match.start])
        amount = share.group(1) if share is not None else ""
    return ", ".join(part for part in (degree, amount) if part)
