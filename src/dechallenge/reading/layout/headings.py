"""Headings of a report: the sections that its text falls into, by the words above them or before a colon.

"Introduction", "Case summary:", "CASE DESCRIPTION/METHODS:" in one paragraph; the marks of full texts in plain form
("==== Body"). May import people (the age phrase), the leading titles and the triggers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dechallenge.reading.layout.leadtitles import FINITE, of_a_person
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE

_MAJOR = {
    "abstract": "abstract", "summary": "abstract", "background": "introduction", "objective": "introduction",
    "objectives": "introduction", "aim": "introduction", "aims": "introduction", "introduction": "introduction",
    "overview": "introduction", "hepatotoxicity": "introduction", "mechanism of injury": "introduction",
    "outcome and management": "introduction", "methods": "introduction",
    "patients and methods": "introduction", "patient and methods": "introduction",
    "materials and methods": "introduction", "drug class": "introduction",
    "case": "cases", "cases": "cases", "case report": "cases", "case reports": "cases", "case presentation": "cases",
    "case description": "cases", "description": "cases", "case information": "cases", "case series": "cases",
    "case history": "cases", "clinical case": "cases",
    "case summary": "cases", "case summaries": "cases", "case illustration": "cases", "case details": "cases",
    "case descriptions": "cases", "case histories": "cases", "clinical cases": "cases", "case vignette": "cases",
    "case vignettes": "cases", "report of cases": "cases",
    "report of the case": "cases", "report of case": "cases", "presentation of cases": "cases",
    "case study": "cases", "description of case": "cases", "description of the case": "cases",
    "presentation of case": "cases", "presentation of the case": "cases", "patient presentation": "cases",
    "patient concerns": "cases", "purpose": "introduction", "rationale": "introduction", "lessons": "discussion",
    "tl;dr": "abstract", "contribution": "introduction", "what is known and objective": "introduction",
    "what is new and conclusion": "discussion",
    "what is new and conclusions": "discussion", "learning points": "discussion",
    "patient information": "cases", "observation": "cases", "observations": "cases", "narrative": "cases",
    "results": "cases", "key points": "key points", "comment": "discussion", "comments": "discussion",
        "authors' assessment": "discussion", "authors' comment": "discussion",
    "causality assessment": "discussion", "assessment": "discussion", "authors' conclusion": "discussion",
        "teaching points": "discussion", "review": "discussion", "literature review": "discussion",
        "review of the literature": "discussion",
    "discussion": "discussion", "conclusion": "discussion", "conclusions": "discussion", "references": "references",
    "literature": "references", "bibliography": "references", "product information": "references",
    "annotated bibliography": "references", "acknowledgments": "references", "acknowledgements": "references",
    "disclosure": "references", "disclosure of interest": "references", "disclosures": "references",
    "conflict of interest": "references", "conflicts of interest": "references", "funding": "references",
    "ethics": "references", "consent": "references", "keywords": "references", "key words": "references",
    "statistics from": "references", "request permissions": "references", "citation": "references",
    "laboratory values": "tables", "laboratory results": "tables", "representative trade names": "references",
    "publication types": "references", "mesh terms": "references", "substances": "references",
    "supplementary concepts": "references", "similar articles": "references", "cited by": "references",
    "facts from": "references", "source": "references", "sources": "references",
}  # fmt: skip

_HEADING = Pattern(
    r"(?:^|(?<=\n)|(?<=====\sBody\s)|(?<=[.!?])(?=(?-i:[A-Z])[a-z]{4,14}(?:\s[a-z]{5,13})?:)|"
    r"(?<=[.!?]\s)(?=[A-Z][\w'\u2019 /&-]{0,40}:|"
    r"(?:Cases?|Results|Observation|Patient)\s(?:[A-Za-z]+\s){0,2}?An?\s\d)|"
    r"(?<=[.!?]\s)(?=(?:Cases?(?:\s(?:Report|Presentation|Summary|Description))?|Methods|Results|Discussion|"
    r"Conclusions?)\.\s[A-Z])|(?<=[.!?]\s)(?=(?-i:CASE(?:S|\sREPORTS?|\sPRESENTATION|\sDESCRIPTION|\sSUMMARY)?|METHODS|RESULTS|DISCUSSION|"
    r"CONCLUSIONS?|OBJECTIVES?|PATIENT\sCONCERNS|LESSONS)\s(?-i:[A-Z]))|"
    r"(?<=[a-z)\]]\s)(?=(?-i:C)ase\s(?:Description|Presentation|Report|Summary|"
    r"History)(?:/\w+)?:\s(?-i:[A-Z])))[ \t#*]*"
    r"(?:\d{1,2}\.?\d?\s+)?(?:pmc(?=[A-Z]))?(?P<name>"
    + "|".join(sorted((re.escape(n) for n in _MAJOR), key=len, reverse=True))
    + r")\b(?P<more>\s*[/&]\s*[A-Za-z]{3,20}(?:\s[A-Za-z]{3,20})?(?=\s*[:\n]))?[*]*"
    r"(?P<sep>\s*[:.]\s*|\s*(?:\n|$)|\s+(?=[A-Z]))",
    re.IGNORECASE,
)
_OF_A_LINE = frozenset({"citation", "source", "sources", "facts from", "statistics from", "literature"})
_NEAR = 300
"""Characters behind a heading whose words are a line, within which the patient is introduced."""
_DUMP = Pattern(r"(?:^|(?<=\n))====[ \t]*(?P<part>Front|Body|Refs)\b[ \t]*")
"""The marks of a full text of PubMed Central in plain form: what stands at its head, its text, its references."""
_DUMPED = {"Front": "abstract", "Body": "start", "Refs": "references"}
_TITLE_OF_CASE = Pattern(r"[^\n]{12,200}(?=\n|$)")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the clean text with the kind of section it stands in."""

    kind: str
    start: int
    end: int
    head: int = 0


def sections_of(text: str) -> list[Section]:
    """The sections of a text, in order."""
    marks: list[tuple[int, int, str]] = []
    found = list(_HEADING.finditer(text))
    told = any(_MAJOR[m["name"].lower()] == "cases" and m["name"][:1].isupper() for m in found)
    for match in found:
        name, sep = match["name"], match["sep"]
        kind = _MAJOR[name.lower()]
        if not (name[:1].isupper() or name.isupper()):
            continue
        if kind == "introduction" and "\n" not in sep and (":" in sep or name.isupper()):
            kind = "cases" if _INTRODUCED.match(text, match.end()) else kind  # "Methods: A 73-year-old man presented …"
        if ":" not in sep and "\n" not in sep and sep.strip() == "" and match.end() < len(text):
            following = text[match.end() : match.end() + 40]
            if name.isupper() and following[:1].isupper() and not following[:3].isupper():
                marks.append((match.start(), match.end(), kind))  # "CASE REPORT A 50-year-old woman …"
                continue
            if kind in ("cases", "references", "tables") or re.match(r"(?:of|in|and|the|was|were|is)\b", following):
                if (kind == "cases" and AGE_PHRASE.match(following)) or (
                    kind == "references" and name.lower().startswith(("disclosure", "acknowledg", "statistics"))
                ):
                    marks.append((match.start(), match.end(), kind))
                continue
        elif sep.strip() == "." and kind != "references" and "\n" not in sep and not _opens(text, match):
            continue
        if kind == "cases" and ":" in sep and "\n" not in sep and _titles(text, match.end()):
            continue
        if (
            name.lower() in ("background", "purpose")
            and not told
            and of_a_person(text, match.end(), inline="\n" not in match["sep"])
        ):
            continue
        if name.lower() in _OF_A_LINE and "\n" not in sep and AGE_PHRASE.search(text, match.end(), match.end() + _NEAR):
            continue  # "Citation: Smith et al. 2019. This report concerns a 34-year-old man …"
        if name.lower() == "results" and not marks and AGE_PHRASE.search(text, 0, match.start()) is not None:
            continue  # "… developed jaundice. Results: ALT 812 U/L …": the case goes on
        if kind == "tables" and "\n" not in sep and match.end() < len(text):
            continue  # "Laboratory results: CRP 98 mg/L" in the line of the case
        marks.append((match.start(), match.end(), kind))
    marks = _without_front(marks, [(m.start(), m.end(), _DUMPED[m["part"]]) for m in _DUMP.finditer(text)])
    sections: list[Section] = []
    position, kind, head = 0, "start", 0
    for start, end, new in marks:
        if start > position:
            sections.append(Section(kind, position, start, head))
        position, kind, head = end, new, start
    sections.append(Section(kind, position, len(text), head))
    return [s for s in sections if text[s.start : s.end].strip()]


_INTRODUCED = Pattern(
    r"(?:(?:Here(?:in|by)?,?\s+)?We\s+(?:(?:here(?:in|by)?\s+)?(?:report|describe|present)|saw|treated)\s+)?"
    r"(?:An?|The)\s+(?:(?:\w+\s+)?case\s+(?:report\s+)?of\s+an?\s+)?(?=\d{1,3}[\s-]*(?:years?|months?|days?|y/?o\b))",
    re.IGNORECASE,
)
"""The patient right behind a heading ("METHODS We present a 23-year-old woman …")."""


def _opens(text: str, match: re.Match[str]) -> bool:
    """ "Discussion. Iron …": a heading in the line of its paragraph, where the paragraph before has ended."""
    before = text[: match.start()].rstrip(" \t#*")
    ended = not before.strip() or (before.endswith("\n") and before.rstrip()[-1:] in ".!?:)]")
    ended = ended or _RUN_IN.match(text) is not None
    return ended and _MAJOR[match["name"].lower()] != "key points" and text[match.end() : match.end() + 1].isupper()


_RUN_IN = Pattern(r"[^\n]{0,200}\n?\s*(?:Background|Introduction|Objectives?|Aims?|Purpose)\.\s")
"""The first heading of an abstract that sets its parts apart by a full stop ("Background. … Case. … Conclusion. …")."""


def _titles(text: str, start: int) -> bool:
    """ "Case report: fatal hepatitis after X" above a text is its title."""
    line = _TITLE_OF_CASE.match(text, start)
    if line is None or AGE_PHRASE.search(text, start, line.end()):
        return False
    return "." not in line.group().rstrip(". ") and FINITE.search(line.group()) is None


def _without_front(marks: list[tuple[int, int, str]], dumped: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The marks with those of a full text in plain form, without headings that stand in its front matter."""
    fronts = [
        (start, next((b for b, _, k in dumped if b > start), 10**12)) for start, _, kind in dumped if kind == "abstract"
    ]
    kept = [m for m in marks if not any(a < m[0] < b for a, b in fronts)]
    return sorted([*kept, *dumped])


def with_results(body: str, sections: list[Section], zones: list[Section]) -> list[Section]:
    """Zones; what a structured abstract tells under a heading of its own behind the patient belongs to the case.

    "Methods: A 70-year-old man developed X. Results: Near complete resolution after discontinuation …".
    """
    if len(zones) != 1 or zones[0].kind != "cases" or zones[0] not in sections:
        return zones
    end = zones[0].end
    for behind in sections[sections.index(zones[0]) + 1 :]:
        if behind.kind != "cases" or AGE_PHRASE.search(body, behind.start, behind.end) is not None:
            break
        end = behind.end
    return [replace(zones[0], end=end)]
