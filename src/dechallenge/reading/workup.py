"""The work-up and the findings of a text: what was looked for and found, what was there and what was not.

The public face of the findings and tests readers; offsets are those of the normalised text. May import the readers of
findings, tests and alcohol, the abbreviations and the matcher.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dechallenge.lexicon.findings import FindingForm
from dechallenge.reading.abbreviations import local_abbreviations
from dechallenge.reading.alcohol import AlcoholMention, read_alcohol
from dechallenge.reading.findings import FindingMention, ReportContext, find_findings, read_sentence, report_context
from dechallenge.reading.matcher import Match, tokens
from dechallenge.reading.text import CleanText
from dechallenge.reading.workup_tests import Found, TestMention, find_tests, is_test, read_tests

__all__ = ["AlcoholMention", "FindingMention", "TestMention", "read_alcohol", "read_findings"]


def read_findings(
    text: CleanText, sentences: list[tuple[int, int]], abbreviations: Mapping[str, str] | None = None
) -> tuple[list[FindingMention], list[TestMention]]:
    """Findings and work-up tests of a text, in the order of the text.

    Args:
        text: The normalised text.
        sentences: Spans of its sentences.
        abbreviations: What the document defines; read from the text where not given.

    Returns:
        The findings (also those said to be absent) and the tests (each with one of the five states).
    """
    local = local_abbreviations(text.text) if abbreviations is None else abbreviations
    findings: list[FindingMention] = []
    tests: list[TestMention] = []
    context = ReportContext()
    for index, (start, end) in enumerate(sentences):
        sentence = text.text[start:end]
        words = tokens(sentence)
        context = report_context(sentence, context)
        if not words:
            continue
        matches = find_findings(sentence, words, local)
        found: list[Found] = []
        for test in find_tests(sentence, words):
            longer = [m for m in matches if m.start <= test.start and test.end <= m.end]
            overlapping = [m for m in matches if m.start < test.end and test.start < m.end]
            if any(m.end - m.start > test.end - test.start and not is_test(sentence, test, True) for m in longer):
                continue
            if not is_test(sentence, test, bool(overlapping) and not _inside(overlapping, test)):
                continue
            if any(m.end - m.start > test.end - test.start and _names_more(m.entry.term) for m in longer):
                continue
            found.append(test)
        kept = [
            m
            for m in matches
            if not any(f.start < m.end and m.start < f.end and not _names_more(m.entry.term) for f in found)
        ]
        here = read_sentence(sentence, start, index, kept, context)
        findings += here
        tests += read_tests(sentence, start, index, found, here)
    return findings, tests


def _inside(matches: Sequence[Match[FindingForm]], test: Found) -> bool:
    """Every finding is a part of the name of the test ("hepatitis B" in "hepatitis B surface antigen")."""
    return all(
        test.start <= m.start and m.end <= test.end and (m.end - m.start) < (test.end - test.start) for m in matches
    )


_MORE = frozenset(
    {
        "risk factors for viral hepatitis",
        "exposure to viral hepatitis",
        "liver disease in history",
        "family history of liver disease",
    }
)


def _names_more(term: str) -> bool:
    return term in _MORE
