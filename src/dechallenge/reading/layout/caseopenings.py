"""Where the cases of a report begin that has no heading for them; and the cases of its abstract, told again below.

"Introduction … We report three patients. [new paragraph] The first patient was a 34-year-old woman …". May import the
sections, the words that introduce a patient and the phrase of an age.
"""

from __future__ import annotations

from dataclasses import replace

from dechallenge.reading.layout.headings import Section
from dechallenge.reading.layout.newpatients import opens_with_a_patient
from dechallenge.reading.texts.people import AGE_PHRASE

_LEAST = 250
"""Characters of the text below such a paragraph; an abstract may have a paragraph on its patient as well."""


def with_openings(body: str, sections: list[Section]) -> list[Section]:
    """The sections, one of them opened where a paragraph inside it introduces the first patient.

    Args:
        body: Clean text.
        sections: Its sections by headings.
    """
    told = [s for s in sections if s.kind in ("cases", "start") and AGE_PHRASE.search(body, s.start, s.end)]
    if told:
        return _without_abstract(body, sections)
    for i, section in enumerate(sections):
        if section.kind != "introduction" and (
            section.kind != "abstract" or (i + 1 < len(sections) and _later(sections[i + 1]))
        ):
            continue
        at = _opening(body, section)
        if at:
            cut = [replace(section, end=at), Section("cases", at, section.end, at)]
            return [*sections[:i], *cut, *sections[i + 1 :]]
    return sections


def _later(section: Section) -> bool:
    return section.kind in ("introduction", "cases", "abstract")


def _opening(body: str, section: Section) -> int:
    """The first paragraph below others of a section that introduces a patient; 0 without one."""
    position = body.find("\n", section.start, section.end)
    while 0 <= position < section.end - _LEAST:
        start = position + 1
        while start < section.end and body[start] in " \t\n":
            start += 1
        stop = body.find("\n", start, section.end)
        if body[section.start : start].strip() and opens_with_a_patient(
            body[start : section.end if stop < 0 else stop]
        ):
            return start
        position = stop
    return 0


def _without_abstract(body: str, sections: list[Section]) -> list[Section]:
    """ "Abstract … Case presentation: … Conclusion: …": told again below, the cases of an abstract are part of it."""
    out = list(sections)
    for i, section in enumerate(sections):
        if section.kind != "cases" or not _in_line(body, section):
            continue
        later = [s for s in sections[i + 1 :] if s.kind == "cases" and not _in_line(body, s)]
        if any(AGE_PHRASE.search(body, s.start, s.end) for s in later):
            out[i] = replace(section, kind="abstract")
    return out


def _in_line(body: str, section: Section) -> bool:
    """Whether the heading stands in the line of its text."""
    return "\n" not in body[section.head : section.start] and body[section.head : section.start].rstrip().endswith(":")
