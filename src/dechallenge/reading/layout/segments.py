"""Layout of a report: sections, tables and key-point blocks found, cases split.

A case is the text about one patient. What stands in the abstract, the discussion or the introduction belongs to no
single case: it is kept apart as shared text, where statements and contradictions are looked for, never values.
May import evidence, text, headings, people (the age phrase), tables and patient tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dechallenge.evidence import Document
from dechallenge.reading.layout.aggregates import of_many
from dechallenge.reading.layout.caseends import SHARED, end_of_patient
from dechallenge.reading.layout.caseopenings import with_openings
from dechallenge.reading.layout.flattened import with_lines
from dechallenge.reading.layout.headings import Section, sections_of, with_results
from dechallenge.reading.layout.leadtitles import FINITE, GENERAL, PATIENT, leading_title
from dechallenge.reading.layout.newpatients import begins, initials, place_named, together
from dechallenge.reading.layout.others import names_one
from dechallenge.reading.layout.patienthere import tells_of_a_patient
from dechallenge.reading.layout.records import end_of_record, is_form, listed_heads, record_label
from dechallenge.reading.layout.youngerolder import two_apart
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import CleanText, clean

_CASE_HEADING = Pattern(
    r"(?:^|(?<=\n))[ \t#*]*(?:\d{1,2}(?:\.\d{1,2}){1,2}\.?[ \t]+)?"
    r"(?P<label>(?:case|patient|observation|pt\.?)(?:[ \t]+(?:report|"
    r"presentation))?[ \t]*(?:no\.?[ \t]*|#[ \t]*)?"
    r"(?P<number>\d{1,2}|one|two|three|four|five|(?:I{1,3}|IV|V|[A-F])(?=[\s.:,)-])))\b[*]*(?P<sep>\s*[:.)-]+\s*|,\s+(?=an?\s)|\s+|\s*(?:\n|$))",
    re.IGNORECASE,
)
_NUMBERED = Pattern(
    r"(?:^|(?<=\n))[ \t]*(?P<number>\d{1,2})[.)]\s+"
    r"(?=An?\s+\d{1,3}[\s-]+(?:year|month|week|day)|(?:Mrs?|Ms|Miss)\b\.?\s+[A-Z][\w.]{0,20},?\s)"
)
_FIGURE = Pattern(
    r"(?:^|(?<=\n))(?:Course\s+of\s+[^\n]*\bcases?\b|Each\s+arrow|Arrows?\s+(?:indicat|represent|show))[^\n]*|"
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?:Figure|Fig\.|Table)\s*\d+\b[^\n]{0,300}?(?:\.(?=\s|$)|(?=\n)|$)"
)
_ORDINAL = Pattern(
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?:The|Our|A)\s+(?:first|second|third|fourth|fifth|other)\s+(?:patient|case|woman|"
    r"man|boy|girl)\b(?!\s+reports?)"
)
_NOTE = 6000
"""Characters up to which a text that names no patient is still read as a note about one."""


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
    sections = _with_its_form(text.text, with_openings(text.text, sections_of(text.text)))
    cases = _cases(text, sections)
    note = not cases and _is_note(text.text) and not of_many(text.text)
    if note:
        cases = _note(text, sections)
    shared = tuple((s.start, s.end) for s in sections if s.kind in ("abstract", "discussion", "introduction"))
    points = tuple((s.start, s.end) for s in sections if s.kind == "key points")
    return Layout(text, tuple(sections), tuple(cases), shared, points, note)


def _with_its_form(body: str, sections: list[Section]) -> list[Section]:
    """ "Suspect drug: X … Narrative: about an hour after a dose …": the form above a narrative is of the same case."""
    told = [s for s in sections if s.kind == "cases"]
    if len(told) != 1 or len(sections) < _TWO or sections[0].kind != "start" or sections[1] is not told[0]:
        return sections
    if not is_form(body, sections[0].start, sections[0].end):
        return sections
    return [Section("cases", sections[0].start, told[0].end, sections[0].head), *sections[2:]]


_TWO = 2


def _cases(text: CleanText, sections: list[Section]) -> list[CaseText]:
    body = text.text
    heads = [m for m in _CASE_HEADING.finditer(body) if _is_case_heading(body, m)]
    heads = _with_labels_in_line(body, heads)
    heads = heads or listed_heads(body)
    if not heads:
        numbered = list(_NUMBERED.finditer(body))
        heads = numbered if len(numbered) > 1 else initials(body)
    if heads:
        return _headed(text, sections, heads)
    if of_many(body):
        return []
    if two := two_apart(body, sections):
        told = enumerate(two.items(), 1)
        return [replace(_case(text, p[0][0], p[-1][1], i, t, None), parts=p) for i, (t, p) in told]
    zones = [s for s in sections if s.kind == "cases" and AGE_PHRASE.search(body, s.start, s.end)]
    if (
        len(zones) > 1
        and not zones[0].head
        and any(s.kind in ("introduction", "abstract") and zones[0].end <= s.start < zones[1].start for s in sections)
    ):
        zones = zones[1:]  # "Case report: X after Y" above the abstract, and the case below the introduction
    if not zones:
        zones = [s for s in sections if s.kind in ("start", "cases") and tells_of_a_patient(body, s)]
        if zones and not any(AGE_PHRASE.search(body, s.start, s.end) and not _only_a_title(body, s) for s in zones):
            aged = [s for s in sections if s.kind == "abstract" and AGE_PHRASE.search(body, s.start, s.end)]
            zones = aged or zones  # the title alone speaks of "a patient"
        if zones and all(_only_a_title(body, s) for s in zones):
            zones = [s for s in sections if s.kind == "abstract" and tells_of_a_patient(body, s)] or zones
    if not zones:
        zones = [s for s in sections if s.kind == "abstract" and tells_of_a_patient(body, s)]
    cases: list[CaseText] = []
    for zone in with_results(body, sections, zones):
        for start, end in _patients(body, _after_title(body, zone), zone.end):
            cases.append(_case(text, start, end, len(cases) + 1, "", None))
    return _merge_repeats(text, cases)


_IN_LINE = Pattern(
    r"(?<=[.!?]\s)(?P<label>(?:case|patient)\s+(?P<number>\d{1,2}))(?P<sep>\s*:\s+)(?=[^\n.;]{0,60}?\b\d{1,3}[\s-]+(?:years?|months?)\b|(?:Mrs?|Ms|Miss)\b)",
    re.IGNORECASE,
)


def _with_labels_in_line(body: str, heads: list[re.Match[str]]) -> list[re.Match[str]]:
    """Headings; behind a single "Case 1: …" the labels that stand in its paragraph ("… Case 2: Mrs B")."""
    if len(heads) != 1 or ":" not in heads[0]["sep"] or heads[0]["number"] != "1":
        return heads
    further = list(_IN_LINE.finditer(body, heads[0].end()))
    numbers = [m["number"] for m in further]
    return [*heads, *further] if numbers == [str(i) for i in range(2, len(further) + 2)] else heads


def _only_a_title(body: str, section: Section) -> bool:
    """ "X-induced Y in a 7-year-old boy" above the abstract, perhaps with its authors: lines without a verb."""
    told = body[section.start : section.end].strip()
    if section.kind != "start" or len(told) > _FRONT or FINITE.search(told) is not None:
        return False
    title, _, below = told.partition("\n")
    return not title.endswith(".") and PATIENT.search(below) is None and AGE_PHRASE.search(below) is None


_FRONT = 400
"""Characters of a title and what stands below it, its authors and its journal."""


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
    told = (
        title.endswith((":", ";")) or len(title) > 200 or (title.endswith(".") and _is_prose(body, title, stop, zone))
    )
    if AGE_PHRASE.search(title) is not None:  # "X-induced hepatitis in a 34-year-old woman", who is introduced below
        told = told or FINITE.search(title) is not None or AGE_PHRASE.search(body, stop, zone.end) is None
    told = told or _FIELD.match(title) is not None
    return zone.start if zone.start or not title or told or not body[stop : zone.end].strip() else stop + 1


def _is_prose(body: str, title: str, stop: int, zone: Section) -> bool:
    """A line with a full stop is a title all the same where it has no verb and the patient stands below."""
    below = AGE_PHRASE.search(body, stop, zone.end)
    return FINITE.search(title) is not None or below is None or AGE_PHRASE.search(title) is not None


_FIELD = Pattern(
    r"(?!(?i:(?:case\s+|report\s+)?title)\s*:)[A-Z][\w ()/-]{1,28}:\s+(?!(?i:(?:an?\s+)?(?:rare\s+)?case\b|"
    r"(?:an?|the)\s+(?:[\w-]+\s+){0,3}?(?:cause|culprit|trigger)\b))\S"
)
"""A field of a form ("Drug: apixaban") is no title; "Title: …" and "…: a case report" say that they are one."""


def _is_case_heading(body: str, match: re.Match[str]) -> bool:
    line_end = body.find("\n", match.end())
    line = body[match.start() : line_end if line_end >= 0 else len(body)]
    rest = body[match.end() : match.end() + 30]
    if "\n" in match["sep"] or not rest.strip():
        return True
    if match["number"] in ("A", "a") and AGE_PHRASE.match(body, match.start("number")):
        return False  # "CASE REPORT A 50-year-old woman …"
    if match["sep"].strip() == ",":
        return bool(AGE_PHRASE.match(rest.lstrip())) or _an_aged(body, match.end())
    if match["sep"].strip():
        return len(line) < 160 or bool(AGE_PHRASE.search(line[:120]))
    person = _PERSON_IN_BRACKETS.match(body, match.end())
    return person is not None or bool(AGE_PHRASE.match(_WAS.sub("", rest.lstrip()))) or _was_aged(body, match.end())


_WAS_AGED = Pattern(r"\s*(?:was|is|concerns)\s+(?=an?\s(?:[\w-]+\s){1,4}?(?:of|aged)\s+\d)", re.IGNORECASE)
"""Behind the label of a patient whose age follows the noun ("Patient 1 was a healthy man of 62 years")."""


_AN = Pattern(r"\s*(?=an?\s(?:[\w-]+\s){1,4}?(?:of|aged)\s+\d)", re.IGNORECASE)
"""Behind the label and a comma: "Patient 1, a previously healthy man of 24, …"."""


def _an_aged(body: str, at: int) -> bool:
    told = _AN.match(body, at)
    return told is not None and AGE_PHRASE.search(body, told.end(), told.end() + 60) is not None


def _was_aged(body: str, at: int) -> bool:
    told = _WAS_AGED.match(body, at)
    return told is not None and AGE_PHRASE.search(body, told.end(), told.end() + 60) is not None


_PERSON_IN_BRACKETS = Pattern(
    r"\((?:(?:fe)?male|wom[ae]n|man|boy|girl|[FM]),?\s+(?:aged\s+)?\d{1,3}\s*(?:years?|y|yrs?)?(?:\s+old)?\)\s*(?:\n|:|$)|"
    r"\(\d{1,3}[\s-]*(?:years?(?:[\s-]old)?|y|yrs?)?,?\s+(?:(?:fe)?male|wom[ae]n|man|boy|girl|[FM])\)\s*(?:\n|:|$)",
    re.IGNORECASE,
)
"""Behind the label of a patient ("Patient #1 (male, 40 years)")."""
_WAS = Pattern(
    r"^(?:(?:was|is|concerns|involve[sd]|describe[sd]|present(?:s|ed))\s+|\([^()]{1,12}\),?\s+)", re.IGNORECASE
)
"""Behind the label of a patient whose paragraph is a sentence from its first word ("Patient 1 was a 62-year-old")."""


def _headed(text: CleanText, sections: list[Section], heads: list[re.Match[str]]) -> list[CaseText]:
    body = text.text
    stops = sorted(s.head for s in sections if s.kind in ("discussion", "references", "key points", "introduction"))
    cases: list[CaseText] = []
    pairs = together(body, min((s for s in stops if s > heads[0].end()), default=len(body)))
    begun = sorted([*(h.start() for h in heads), *(pair.start for pair in pairs), len(body)])
    for head in heads:
        limit = next(at for at in begun if at > head.start())
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
        end = end_of_patient(body, heading_end, end)
        if "record" in head.groupdict():
            heading_end = head.start() if "\n" in head.group().strip() else heading_end  # its title names the reaction
            end = end_of_record(body, heading_end, end)
        named = "record" in head.groupdict() or AGE_PHRASE.search(body, heading_end, end)
        if not named and not PATIENT.search(body, heading_end, end):
            continue
        label = body[title_span[0] : title_span[1]] if title_span else head.group().strip(" \n.:#*")
        cases.append(_case(text, heading_end, end, len(cases) + 1, label, title_span))
    for pair in pairs:
        limit = min(at for at in (*begun, *stops, len(body)) if at > pair.start)
        ends = (*pair.starts[1:], limit)
        cases += [_case(text, a, b, 0, label, None) for label, a, b in zip(pair.labels, pair.starts, ends, strict=True)]
    if pairs:
        cases = [replace(c, number=i) for i, c in enumerate(sorted(cases, key=lambda c: c.raw_start), 1)]
    return _share(body, cases)


def _share(body: str, cases: list[CaseText]) -> list[CaseText]:
    """A closing paragraph about "both patients" belongs to every case."""
    if len(cases) < 2 or not cases[-1].parts:
        return cases
    start, end = cases[-1].parts[-1]
    position = body.find("\n", start, end)
    while 0 <= position < end - 1:
        if SHARED.search(body[position + 1 : min(end, position + 40)]):
            told = [(position + 1 + a, position + 1 + b) for a, b in sentences(body[position + 1 : end])]
            shared = _joined([span for span in told if not names_one(body, span)])
            last = replace(cases[-1], parts=(*cases[-1].parts[:-1], (start, position)))
            return [replace(c, parts=(*c.parts, *shared)) for c in (*cases[:-1], last)]
        position = body.find("\n", position + 1, end)
    return cases


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences that follow each other as one part."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start - out[-1][1] <= 2:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


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
    label = label or record_label(body, *parts[0])
    if label.strip():
        label = label.strip() if any(c.isalpha() for c in label) else f"Case {label.strip()}"
        return f"{label}: {person}" if person and ":" not in person else label
    first = body[: body.find("\n") if "\n" in body else len(body)].strip()
    if (
        8 < len(first) < 200
        and not first.endswith((".", ":", ";"))
        and not AGE_PHRASE.search(first)
        and parts[0][0] > 0
    ):
        return _TITLE_LABEL.sub("", first) or first
    return person or " ".join(body[parts[0][0] : parts[-1][1]].split()[:9])


_TITLE_LABEL = re.compile(r"^(?:#+\s*)?(?:(?:article|case|report)\s+)?title\s*:\s*|^#+\s*|\s+Abstract$", re.IGNORECASE)
"""What says that a line is the title ("Title: …", "# …")."""


_ADDRESSED = Pattern(r"\b(?:Sir|Madam|Editor)s?\s*[,:]\s*$")
"""How a letter begins."""


def _patients(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the patients introduced one after the other in a zone without headings."""
    starts: list[int] = []
    for match in AGE_PHRASE.finditer(body, start, end):
        before = body[max(start, match.start() - 2) : match.start()]
        if ((match["article"] or match["article7"]) in ("A", "An") or (match["person3"] or "")[:1].isupper()) and (
            match.start() == start
            or before.strip() in ("", ".", "!", "?", ")")
            or _ADDRESSED.search(body, max(start, match.start() - 12), match.start())
        ):
            line = body.rfind("\n", start, match.start())
            if not starts or line >= match.start() - 2 or match.start() - starts[-1] > 500:
                starts.append(match.start())
    if len(told := begins(body, start, end)) > len(starts):
        starts = told
    if len(starts) < 2:
        starts = [m.start() for m in _ORDINAL.finditer(body, start, end)]
        starts = starts if len({body[p : p + 14].lower() for p in starts}) == len(starts) else []
    if len(starts) < 2:
        return [(start, end_of_patient(body, start, end))]
    if AGE_PHRASE.search(body, start, starts[0]) is None:  # else the first lines sum up several patients
        starts[0] = start
    return list(zip(starts, [*starts[1:], end], strict=True))


def _merge_repeats(text: CleanText, cases: list[CaseText]) -> list[CaseText]:
    """A patient introduced again in the same words (age and sex) is the same patient, and so is that of a form."""
    merged: list[CaseText] = []
    seen: dict[str, int] = {}
    forms: dict[str, int] = {}
    places: dict[str, str] = {}
    for case in cases:
        match = AGE_PHRASE.search(text.text, case.parts[0][0], case.parts[-1][1]) if case.parts else None
        key = " ".join(match.group().lower().split()).lstrip("a n") if match else ""
        age = match["age"] or match["aged2"] if match else None
        place = place_named(text.text, case.parts[0][0]) if case.parts else ""
        before = seen.get(key) if key else None
        before = None if before is not None and place and places.get(key, place) != place else before
        before = forms.get(age) if before is None and age else before
        if before is not None:
            old = merged[before]
            merged[before] = CaseText(
                old.title, old.number, (*old.parts, *case.parts), old.raw_start, case.raw_end, old.title_span
            )
            continue
        if key:
            seen[key] = len(merged)
            places[key] = place or places.get(key, place)
        if match and match["aged2"] and ":" in match.group():  # "Age: 63 years", and "a 63-year-old" in the narrative
            forms[match["aged2"]] = len(merged)
        merged.append(CaseText(case.title, len(merged) + 1, case.parts, case.raw_start, case.raw_end, case.title_span))
    return merged
