"""Layout of a report: sections, tables and key-point blocks found, cases split.

A case is the text about one patient. What stands in the abstract, the discussion or the introduction belongs to no
single case: it is kept apart as shared text, where statements and contradictions are looked for, never values.
May import evidence, text, people (the age phrase), tables and patient tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dechallenge.evidence import Document
from dechallenge.reading.flattened import with_lines
from dechallenge.reading.leadtitles import GENERAL, PATIENT, leading_title, of_a_person
from dechallenge.reading.people import AGE_PHRASE
from dechallenge.reading.text import CleanText, clean
from dechallenge.reading.triggers import Pattern

_MAJOR = {
    "abstract": "abstract", "summary": "abstract", "background": "introduction", "objective": "introduction",
    "objectives": "introduction", "aim": "introduction", "aims": "introduction", "introduction": "introduction",
    "overview": "introduction", "hepatotoxicity": "introduction", "mechanism of injury": "introduction",
    "outcome and management": "introduction", "methods": "introduction", "drug class": "introduction",
    "case": "cases", "cases": "cases", "case report": "cases", "case reports": "cases", "case presentation": "cases",
    "case description": "cases", "case series": "cases", "case history": "cases", "clinical case": "cases",
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
    "facts from": "references", "source": "references", "sources": "references",
}  # fmt: skip

_HEADING = Pattern(
    r"(?:^|(?<=\n)|(?<=[.!?]\s)(?=[A-Z][\w'\u2019 ]{0,30}:))[ \t#*]*(?:\d{1,2}\.?\d?\s+)?(?P<name>"
    + "|".join(sorted((re.escape(n) for n in _MAJOR), key=len, reverse=True))
    + r")\b[*]*(?P<sep>\s*[:.]\s*|\s*(?:\n|$)|\s+(?=[A-Z]))",
    re.IGNORECASE,
)
_CASE_HEADING = Pattern(
    r"(?:^|(?<=\n))[ \t#*]*(?P<label>(?:case|patient|observation)(?:[ \t]+(?:report|"
    r"presentation))?[ \t]*(?:no\.?[ \t]*|#[ \t]*)?"
    r"(?P<number>\d{1,2}|one|two|three|four|five|[A-F](?=[\s.:)-])))\b[*]*(?P<sep>\s*[:.)-]+\s*|\s+|\s*(?:\n|$))",
    re.IGNORECASE,
)
_NUMBERED = Pattern(r"(?:^|(?<=\n))[ \t]*(?P<number>\d{1,2})[.)]\s+(?=An?\s+\d{1,3}[\s-]+(?:year|month|week|day))")
_FIGURE = Pattern(
    r"(?:^|(?<=\n))(?:Course\s+of\s+[^\n]*\bcases?\b|Each\s+arrow|Arrows?\s+(?:indicat|represent|show))[^\n]*|"
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?:Figure|Fig\.|Table)\s*\d+\b[^\n]{0,300}?(?:\.(?=\s|$)|(?=\n)|$)"
)
_ORDINAL = Pattern(
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?:The|Our|A)\s+(?:first|second|third|fourth|fifth|other)\s+(?:patient|case|woman|"
    r"man|boy|girl)\b(?!\s+reports?)"
)
_SHARED = Pattern(
    r"\b(?:both|two|these|all)\s+(?:of\s+the\s+|our\s+|the\s+)?(?:patients|cases|women|men|children)\b"
    r"|\bthe\s+both\s+patients\b|\beither (?:woman|man|patient|case)\b",
    re.IGNORECASE,
)


_NOTE = 6000
"""Characters up to which a text that names no patient is still read as a note about one."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the clean text with the kind of section it stands in."""

    kind: str
    start: int
    end: int
    head: int = 0


@dataclass(frozen=True, slots=True)
class CaseText:
    """The text of one case.

    Attributes:
        title: Heading of the case as printed, or its first words.
        number: Position in the document, from 1.
        parts: Clean spans of its narrative, in order.
        raw_start, raw_end: Raw span that holds it, for the tables between.
    """

    title: str
    number: int
    parts: tuple[tuple[int, int], ...]
    raw_start: int
    raw_end: int
    title_span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """What a document is made of.

    Attributes:
        note: No word names a patient; the whole is read as a note about one, and counts only if it tells of a drug and
            what followed.
    """

    text: CleanText
    sections: tuple[Section, ...]
    cases: tuple[CaseText, ...]
    shared: tuple[tuple[int, int], ...] = ()
    key_points: tuple[tuple[int, int], ...] = field(default=())
    note: bool = False


def layout(document: Document, cut: tuple[tuple[int, int], ...] = ()) -> Layout:
    """Split a document into sections and cases.

    Args:
        document: The document.
        cut: Raw spans of tables, which are left out of the running text.
    """
    text = clean(document, without=cut)
    text = replace(text, text=with_lines(text.text))
    sections = _sections(text.text)
    cases = _cases(text, sections)
    note = not cases and _is_note(text.text)
    if note:
        cases = _note(text, sections)
    shared = tuple((s.start, s.end) for s in sections if s.kind in ("abstract", "discussion", "introduction"))
    points = tuple((s.start, s.end) for s in sections if s.kind == "key points")
    return Layout(text, tuple(sections), tuple(cases), shared, points, note)


def _sections(text: str) -> list[Section]:
    marks: list[tuple[int, int, str]] = []
    found = list(_HEADING.finditer(text))
    told = any(_MAJOR[m["name"].lower()] == "cases" and m["name"][:1].isupper() for m in found)
    for match in found:
        name, sep = match["name"], match["sep"]
        kind = _MAJOR[name.lower()]
        if not (name[:1].isupper() or name.isupper()):
            continue
        if ":" not in sep and "\n" not in sep and sep.strip() == "" and match.end() < len(text):
            following = text[match.end() : match.end() + 40]
            if kind in ("cases", "references", "tables") or re.match(r"(?:of|in|and|the|was|were|is)\b", following):
                if (kind == "cases" and AGE_PHRASE.match(following)) or (
                    kind == "references" and name.lower().startswith(("disclosure", "acknowledg", "statistics"))
                ):
                    marks.append((match.start(), match.end(), kind))
                continue
        elif sep.strip() == "." and kind != "references" and "\n" not in sep and not _opens(text, match):
            continue
        if (
            name.lower() == "background"
            and not told
            and of_a_person(text, match.end(), inline="\n" not in match["sep"])
        ):
            continue
        if kind == "tables" and "\n" not in sep and match.end() < len(text):
            continue  # "Laboratory results: CRP 98 mg/L" in the line of the case
        marks.append((match.start(), match.end(), kind))
    sections: list[Section] = []
    position, kind, head = 0, "start", 0
    for start, end, new in marks:
        if start > position:
            sections.append(Section(kind, position, start, head))
        position, kind, head = end, new, start
    sections.append(Section(kind, position, len(text), head))
    return [s for s in sections if text[s.start : s.end].strip()]


def _opens(text: str, match: re.Match[str]) -> bool:
    """ "Discussion. Iron …": a heading in the line of its paragraph, where the paragraph before has ended."""
    before = text[: match.start()].rstrip(" \t#*")
    ended = not before.strip() or (before.endswith("\n") and before.rstrip()[-1:] in ".!?:)]")
    return ended and _MAJOR[match["name"].lower()] != "key points" and text[match.end() : match.end() + 1].isupper()


def _cases(text: CleanText, sections: list[Section]) -> list[CaseText]:
    body = text.text
    heads = [m for m in _CASE_HEADING.finditer(body) if _is_case_heading(body, m)]
    if not heads:
        heads = list(_NUMBERED.finditer(body))
    if heads:
        return _headed(text, sections, heads)
    zones = [s for s in sections if s.kind == "cases" and AGE_PHRASE.search(body, s.start, s.end)]
    if not zones:
        zones = [s for s in sections if s.kind in ("start", "cases") and _has_patient(body, s)]
    if not zones:
        zones = [s for s in sections if s.kind == "abstract" and _has_patient(body, s)]
    cases: list[CaseText] = []
    for zone in zones:
        for start, end in _patients(body, _after_title(body, zone), zone.end):
            cases.append(_case(text, start, end, len(cases) + 1, "", None))
    return _merge_repeats(text, cases)


def _is_note(body: str) -> bool:
    words = re.search(r"\S\s+\S", body) is not None  # the name of a file is no note
    return words and len(body) <= _NOTE and re.search(r"\d", body) is not None and GENERAL.search(body) is None


def _note(text: CleanText, sections: list[Section]) -> list[CaseText]:
    """The one case of a text that names no patient."""
    zones = [s for s in sections if s.kind == "cases"] or [s for s in sections if s.kind == "start"]
    return [_case(text, _after_title(text.text, zone), zone.end, 1, "", None) for zone in zones[:1]]


def _after_title(body: str, zone: Section) -> int:
    """Where the text begins below the title of a document without headings."""
    stop = body.find("\n", zone.start, zone.end)
    title = body[zone.start : stop].strip() if stop > 0 else ""
    if not zone.start and (lead := leading_title(body, zone.end)):
        return lead
    told = title.endswith((".", ":", ";")) or len(title) > 200 or AGE_PHRASE.search(title) is not None
    return zone.start if zone.start or not title or told or not body[stop : zone.end].strip() else stop + 1


def _is_case_heading(body: str, match: re.Match[str]) -> bool:
    line_end = body.find("\n", match.end())
    line = body[match.start() : line_end if line_end >= 0 else len(body)]
    rest = body[match.end() : match.end() + 30]
    if "\n" in match["sep"] or not rest.strip():
        return True
    if match["sep"].strip():
        return len(line) < 160 or bool(AGE_PHRASE.search(line[:120]))
    return bool(AGE_PHRASE.match(rest.lstrip()))


def _headed(text: CleanText, sections: list[Section], heads: list[re.Match[str]]) -> list[CaseText]:
    body = text.text
    stops = sorted(s.head for s in sections if s.kind in ("discussion", "references", "key points", "introduction"))
    cases: list[CaseText] = []
    for i, head in enumerate(heads):
        limit = heads[i + 1].start() if i + 1 < len(heads) else len(body)
        heading_end = head.end()
        title_span: tuple[int, int] | None = None
        line_end = body.find("\n", head.start())
        line_end = len(body) if line_end < 0 else line_end
        if (
            "label" in head.groupdict()
            and heading_end < line_end
            and not AGE_PHRASE.search(body, heading_end, line_end)
        ):
            title_span = (head.start(), line_end)
            heading_end = line_end
        end = min((s for s in stops if heading_end < s < limit), default=limit)
        end = _end_of_patient(body, heading_end, end)
        if not AGE_PHRASE.search(body, heading_end, end) and not PATIENT.search(body, heading_end, end):
            continue
        label = body[title_span[0] : title_span[1]] if title_span else head.group().strip(" \n.:#*")
        cases.append(_case(text, heading_end, end, len(cases) + 1, label, title_span))
    return _share(body, cases)


def _share(body: str, cases: list[CaseText]) -> list[CaseText]:
    """A closing paragraph about "both patients" belongs to every case."""
    if len(cases) < 2 or not cases[-1].parts:
        return cases
    start, end = cases[-1].parts[-1]
    position = body.find("\n", start, end)
    while 0 <= position < end - 1:
        if _SHARED.search(body[position + 1 : min(end, position + 40)]):
            shared = (position + 1, end)
            return [
                CaseText(c.title, c.number, (*c.parts, shared), c.raw_start, c.raw_end, c.title_span)
                if c is not cases[-1]
                else CaseText(
                    c.title, c.number, (*c.parts[:-1], (start, position), shared), c.raw_start, c.raw_end, c.title_span
                )
                for c in cases
            ]
        position = body.find("\n", position + 1, end)
    return cases


def _case(
    text: CleanText, start: int, end: int, number: int, title: str, title_span: tuple[int, int] | None
) -> CaseText:
    body = text.text
    parts: list[tuple[int, int]] = []
    position = start
    for figure in _FIGURE.finditer(body, start, end):
        if figure.start() > position:
            parts.append((position, figure.start()))
        position = figure.end()
    parts.append((position, end))
    parts = [p for p in parts if body[p[0] : p[1]].strip()]
    if not title or not any(c.isalpha() for c in title) or _LABEL.fullmatch(title.strip()):
        title = _name(body, parts or [(start, end)], title)
    return CaseText(title, number, tuple(parts), text.raw_start(start), text.raw_end(max(end, start + 1)), title_span)


_LABEL = Pattern(
    r"(?:case|patient|observation)(?:\s+(?:report|presentation))?\s*(?:no\.?\s*|#)?(?:\d{1,2}|one|two|three|four|"
    r"five|[A-F])?\.?",
    re.IGNORECASE,
)


def _name(body: str, parts: list[tuple[int, int]], label: str) -> str:
    """A name for a case without a heading of its own: its label and who it is about, or the title of the document."""
    who = next((m for a, b in parts if (m := AGE_PHRASE.search(body, a, b))), None)
    person = ""
    if who is not None:
        noun = re.match(
            r"[\s,]*(?:\w+\s+){0,2}?(woman|man|boy|girl|female|male|patient|infant|child)\b",
            body[who.end() : who.end() + 40],
        )
        person = re.sub(r"^(?:an?|the|this|our)\s+", "", who.group().strip(), flags=re.IGNORECASE) + (
            f" {noun[1]}" if noun else ""
        )
    if label.strip():
        label = label.strip() if any(c.isalpha() for c in label) else f"Case {label.strip()}"
        return f"{label}: {person}" if person else label
    first = body[: body.find("\n") if "\n" in body else len(body)].strip()
    if (
        8 < len(first) < 200
        and not first.endswith((".", ":", ";"))
        and not AGE_PHRASE.search(first)
        and parts[0][0] > 0
    ):
        return first
    return person or " ".join(body[parts[0][0] : parts[-1][1]].split()[:9])


def _end_of_patient(body: str, start: int, end: int) -> int:
    """Where the talk is no longer of the patient: the first long paragraph without any word for a patient."""
    position, seen = start, False
    while position < end:
        stop = body.find("\n", position, end)
        stop = end if stop < 0 else stop
        paragraph = body[position:stop]
        if PATIENT.search(paragraph) or AGE_PHRASE.search(paragraph):
            if seen and _SHARED.search(paragraph) and len(paragraph) > 400:
                return position
            seen = True
        elif seen and len(paragraph) > 200 and GENERAL.search(paragraph):
            return position
        position = stop + 1
    return end


def _has_patient(body: str, section: Section) -> bool:
    if re.search("[A-Za-z]", body[section.start : section.end]) is None:
        return False
    match = AGE_PHRASE.search(body, section.start, section.end)
    return bool(match) or bool(
        re.search(
            r"\b(?:[Aa]|[Oo]ur|[Tt]he|[Tt]his)\s+(?:\w+\s+){0,3}(?:patient|woman|man|boy|girl|infant|"
            r"child|neonate|newborn|teenager|adolescent|lady|gentleman|male|female)\b",
            body[section.start : section.end],
        )
    )


def _patients(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the patients introduced one after the other in a zone without headings."""
    starts: list[int] = []
    for match in AGE_PHRASE.finditer(body, start, end):
        before = body[max(start, match.start() - 2) : match.start()]
        if ((match["article"] or match["article7"]) in ("A", "An") or (match["person3"] or "")[:1].isupper()) and (
            match.start() == start or before.strip() in ("", ".", "!", "?", ")")
        ):
            line = body.rfind("\n", start, match.start())
            if not starts or line >= match.start() - 2 or match.start() - starts[-1] > 500:
                starts.append(match.start())
    if len(starts) < 2:
        starts = [m.start() for m in _ORDINAL.finditer(body, start, end)]
        starts = starts if len({body[p : p + 14].lower() for p in starts}) == len(starts) else []
    if len(starts) < 2:
        return [(start, _end_of_patient(body, start, end))]
    starts[0] = start
    return list(zip(starts, [*starts[1:], end], strict=True))


def _merge_repeats(text: CleanText, cases: list[CaseText]) -> list[CaseText]:
    """A patient introduced again in the same words (age and sex) is the same patient."""
    merged: list[CaseText] = []
    seen: dict[str, int] = {}
    for case in cases:
        match = AGE_PHRASE.search(text.text, case.parts[0][0], case.parts[-1][1]) if case.parts else None
        key = " ".join(match.group().lower().split()).lstrip("a n") if match else ""
        if key and key in seen:
            old = merged[seen[key]]
            merged[seen[key]] = CaseText(
                old.title, old.number, (*old.parts, *case.parts), old.raw_start, case.raw_end, old.title_span
            )
            continue
        if key:
            seen[key] = len(merged)
        merged.append(CaseText(case.title, len(merged) + 1, case.parts, case.raw_start, case.raw_end, case.title_span))
    return merged
