"""The work-up and the findings of a text: what was looked for and found, what was there and what was not.

The public face of the findings and tests readers; offsets are those of the normalised text. May import the readers of
findings, tests and alcohol, the abbreviations and the matcher.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dechallenge.lexicon.findings import FindingForm
from dechallenge.reading.assertion.scopes import pieces
from dechallenge.reading.findings.alcohol import AlcoholMention, read_alcohol
from dechallenge.reading.findings.findings import (
    FindingMention,
    ReportContext,
    find_findings,
    read_sentence,
    report_context,
)
from dechallenge.reading.findings.workup_names import Found, find_tests
from dechallenge.reading.findings.workup_tests import TestMention, excluded_diseases, is_test, read_tests
from dechallenge.reading.matching.matcher import Match, tokens
from dechallenge.reading.texts.abbreviations import local_abbreviations
from dechallenge.reading.texts.text import CleanText

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
    parts = ((index, part) for index, span in enumerate(sentences) for part in pieces(text.text, *span))
    for index, (start, end) in parts:
        sentence = text.text[start:end]
        words = tokens(sentence)
        context = report_context(sentence, context)
        if not words:
            continue
        matches = find_findings(sentence, words, local)
        found = [test for test in find_tests(sentence, words) if _is_wanted(sentence, test, matches)]
        here = read_sentence(sentence, start, index, [m for m in matches if not _is_test_name(m, found)], context)
        findings += here
        tests += read_tests(sentence, start, index, found, here)
        tests += excluded_diseases(sentence, start, index, found, here)
    return findings, tests


def _is_wanted(sentence: str, test: Found, matches: Sequence[Match[FindingForm]]) -> bool:
    """Whether the words mean the test, and not a disease or a history item that holds them."""
    overlapping = [m for m in matches if m.start < test.end and test.start < m.end]
    size = test.end - test.start
    longer = [m for m in overlapping if m.start <= test.start and test.end <= m.end and m.end - m.start > size]
    if any(m.entry.term in _MORE for m in longer) or (longer and not is_test(sentence, test, True)):
        return False
    return is_test(sentence, test, bool(overlapping) and not _inside(overlapping, test))


def _is_test_name(match: Match[FindingForm], found: Sequence[Found]) -> bool:
    return match.entry.term not in _MORE and any(f.start < match.end and match.start < f.end for f in found)


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
