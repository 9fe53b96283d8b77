"""Patterns that look before they search find what the plain pattern finds, and do not run where nothing can be."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

from dechallenge import reading
from dechallenge.reading.matching import triggers, triggerways
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.matching.triggerwords import needs

SENTENCES = (
    "A 45-year-old woman took ibuprofen 400 mg three times daily for 2 weeks because of back pain.",
    "Two weeks after stopping the drug, ALT fell from 1,240 U/L to 45 U/L (normal <40), and she felt well again.",
    "Tests for hepatitis A, B and C, CMV and EBV were negative; ANA was positive (1:80), ceruloplasmin not measured.",
    "There was no history of liver disease, alcohol abuse or blood transfusion, and he denied taking herbal products.",
    "On day 12 (3 March 2019) the neutrophil count was 0.4 × 10⁹/L; therapy was discontinued and G-CSF was given.",
    "She was rechallenged with half the dose on 2021-05-03, and within 48 h fever, rash and jaundice had recurred.",
    "LIVER BIOPSY SHOWED MODERATE PORTAL INFLAMMATION WITH EOSINOPHILS, CONSISTENT WITH DRUG-INDUCED LIVER INJURY.",
    "The reaction was considered probably related (RUCAM score 7), grade 3, and resolved completely after 6 months.",
    "Après trois jours — 38 °C, µkat/L 12,5 – the Kelvin sign \u212a and the long \u017f may stand for other letters.",
    "Weight 70 kg, height 170 cm; medications: methotrexate 10 mg/week, folic acid, and paracetamol as needed only.",
)
"""In our own words; each longer than what is searched at once."""


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every pattern is taken in at its first run, every text at its second, in an index of its own."""

    def forget() -> None:
        triggers._MET.clear()
        triggers._SEEN.clear()

    monkeypatch.setattr(triggers, "_INDEX", triggers._Index())
    monkeypatch.setattr(triggers, "_OFTEN", 1)
    monkeypatch.setattr(triggers, "_VERY_OFTEN", 2)
    monkeypatch.setattr(triggers, "_SEVERAL", 1)
    monkeypatch.setattr(triggerways, "_OFTEN", 1)
    monkeypatch.setattr(triggerways, "_LARGE", 0)
    forget()
    yield
    forget()


def spans(found: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in found]


def patterns_of_the_reader() -> list[tuple[str, int]]:
    found: dict[tuple[str, int], None] = {}
    for module in pkgutil.walk_packages(reading.__path__, f"{reading.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Pattern):
                found[value.pattern, int(value.flags)] = None
    return list(found)


def test_every_pattern_of_the_reader_finds_what_the_plain_one_finds(
    eager: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = patterns_of_the_reader()
    assert len(kinds) > 300
    own = [(Pattern(source, flags), re.compile(source, flags)) for source, flags in kinds]
    text = " ".join(SENTENCES)
    for _ in range(2):  # how they begin, then what the others hold
        monkeypatch.setattr(triggers, "_SEVERAL", sum(not pattern._bit for pattern, _ in own))
        for pattern, _plain in own:
            pattern.search("x")
    for _ in range(3):  # seen, looked at, looked up
        for pattern, plain in own:
            for sentence in SENTENCES:
                start = text.find(sentence)
                end = start + len(sentence)
                assert spans(pattern.finditer(sentence)) == spans(plain.finditer(sentence)), pattern.pattern
                assert spans(pattern.finditer(text, start, end)) == spans(plain.finditer(text, start, end))
                first, wanted = pattern.search(text, start + 3, end), plain.search(text, start + 3, end)
                assert (first and first.span()) == (wanted and wanted.span()), pattern.pattern
                assert pattern.findall(sentence) == plain.findall(sentence)
                assert pattern.sub("_", sentence) == plain.sub("_", sentence)


@pytest.mark.parametrize(
    ("source", "first"),
    [
        (r"\b(?:no|without)\s+fever", {"^no$", "^witho"}),
        (r"(?<![\w-])hist(?:ory|ories)\b", {"^histo"}),
        (r"\d{1,3}\s?%", {"0"}),
        (r"\s+again\b", {" ^again"}),
        (r"\s*(?:,|and)\s", {",", " ,", "and$", " ^and$"}),
        (r"(?<=\n)[ #]*case\b", {"^case$", " ^case$", "#", " #"}),
        (r"hepatitis", {"hepat"}),
        (r"\b\w+itis\b", None),
        (r"(?:a|the)\s+drug", None),
        (r"\s*(?:and)?", None),
        (r"\bfever?(?:ish)?|\(no", {"^feve", "^fever", "^fevei", "("}),
    ],
)
def test_beginnings(source: str, first: set[str] | None) -> None:
    assert needs(source, int(re.IGNORECASE)).first == first


@pytest.mark.parametrize(
    ("source", "some"),
    [
        (r"\w+\s+again\b", {"^again$"}),
        (r"\w+[Hh]epatitis [A-E]", {"hepatiti"}),
        (r"\w+\s(?:stopped|withdrawn)\s", {"^stopped$", "^withdraw"}),
        (r"\s*(?:stopped)?", None),
        (r"\w+", None),
        (r"[^.]*", None),
    ],
)
def test_what_a_match_holds(source: str, some: set[str] | None) -> None:
    assert needs(source, int(re.IGNORECASE)).some == some


def test_a_pattern_does_not_run_where_its_words_are_missing(eager: None) -> None:
    class Refused(Exception):
        pass

    def refuse(*_: object) -> None:
        raise Refused

    pattern = Pattern(r"\w+\s+rechallenged?\b", re.IGNORECASE)
    idle, busy = SENTENCES[0], SENTENCES[5]
    for sentence in (idle, busy, idle, busy, idle, busy):
        pattern.search(sentence)
    pattern._search = refuse
    assert pattern.search(idle) is None
    with pytest.raises(Refused):
        pattern.search(busy)


def test_letters_that_are_equal_where_case_does_not_matter(eager: None) -> None:
    text = "The \u212aidney and the \u017fpleen were normal, and so was everything else that was looked for."
    for source in (r"\bkidney\b", r"\bspleen\b", r"\sspleen"):
        pattern = Pattern(source, re.IGNORECASE)
        for _ in range(3):
            assert pattern.search(text) is not None
