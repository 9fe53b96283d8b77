"""The case in a terminal: it fits, it says what must be said, and it is the same every time."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from dechallenge.assessment import model as m
from dechallenge.report import terminal
from tests.unit import report_fixture as fixture

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def plain() -> str:
    return terminal.render(fixture.assessment(), color=False)


@pytest.mark.parametrize("width", [100, 80, 64])
@pytest.mark.parametrize("color", [True, False])
def test_every_line_fits(width: int, color: bool) -> None:
    text = ANSI.sub("", terminal.render(fixture.assessment(), width=width, color=color))
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_plain_text_has_no_colour_codes_and_no_trailing_blanks(plain: str) -> None:
    assert "\x1b" not in plain
    assert all(line == line.rstrip() for line in plain.splitlines())


def test_colour_changes_no_character(plain: str) -> None:
    coloured = terminal.render(fixture.assessment(), color=True)
    assert "\x1b[" in coloured
    assert "\n".join(line.rstrip() for line in ANSI.sub("", coloured).splitlines()) == plain.rstrip("\n")


def test_the_environment_changes_nothing(plain: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("COLUMNS", "40"), ("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    assert terminal.render(fixture.assessment(), color=False) == plain


def section(text: str, label: str) -> str:
    """The lines of one section of the first case, joined."""
    first = text.split("\n2 · ")[0].splitlines()
    start = next(i for i, line in enumerate(first) if line.startswith(label))
    end = next((i for i in range(start + 1, len(first)) if first[i][:1].strip()), len(first))
    return re.sub(r"\s+", " ", " ".join(first[start:end]))


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Patient", "woman, 22 years"),
        ("Reaction", "acute hepatitis · liver injury · onset day 21 (18–24)"),
        ("Suspect", "anakinra · 100 mg daily, subcutaneous · blamed by the report"),
        ("Pattern", "hepatocellular, R 32.1"),
        ("Severity", "LiverTox grade 2 (2–5)"),
        ("Latency", "21 days (18–24)"),
        ("Dechallenge", "positive · ALT fell by 65 %"),
        ("Rechallenge", "not done"),
        ("Verdicts", "6 3–9 probable possible … highly probable"),
        ("Work-up", "not done Hepatitis E not reported CMV IgM"),
        ("Histology", "− no fibrosis · points against chronic liver disease"),
        ("Questions", "1 Was hepatitis E looked for"),
        ("Claims", "used in no score"),
        ("Reading", "23 of 24 numbers"),
    ],
)
def test_the_case_at_a_glance(plain: str, label: str, words: str) -> None:
    assert words in section(plain, label)


def test_what_does_not_apply_is_listed_with_its_reason(plain: str) -> None:
    flat = re.sub(r"\s+", " ", plain)
    assert "enzymes below the threshold of liver injury (ALT 1.25 × ULN, ALP 1.40 × ULN)" in flat
    assert "not applicable: RUCAM 2016 · ALT 1.25 × ULN and ALP 1.40 × ULN are below" in flat


def test_conflicts_have_their_quotes_and_implausible_values_their_repair(plain: str) -> None:
    flat = re.sub(r"\s+", " ", plain)
    assert "“A1/F1” “A2/F2” “A1-2/F1-2”" in flat
    assert "implausible: platelets 116×10^12/L · likely 116×10⁹/L" in flat
    assert "116!" in flat


def test_several_suspects_stand_side_by_side_likeliest_first(plain: str) -> None:
    line = next(line for line in plain.splitlines() if line.startswith("Suspects"))
    assert line.split() == ["Suspects", "methotrexate", "ciclosporin", "naproxen"]


def test_problems_name_the_next_step(plain: str) -> None:
    assert "scan.pdf: PDF cannot be read yet. Save the text as a .txt file." in plain


def test_unverified_figures_are_marked(plain: str) -> None:
    assert "RUCAM 2016 *" in plain
    assert "could not be verified: dechallenge instruments rucam-2016" in re.sub(r"\s+", " ", plain)


def test_brackets_of_a_text_are_not_taken_for_markup() -> None:
    case = fixture.steatosis().model_copy(update={"title": "[bold]Case[/bold] :smile:"})
    text = terminal.render(fixture.assessment(case), color=True)
    assert "[bold]Case[/bold] :smile:" in text


def test_a_case_without_suspects_or_reactions_and_an_empty_assessment() -> None:
    bare = m.CaseOut(id="c", title="bare", document="d1", patient=m.PatientOut())
    text = terminal.render(fixture.assessment(bare), color=False)
    assert "none found" in text
    nobody = fixture.hepatitis().model_copy(update={"suspects": ()})
    assert "no drug is blamed" in terminal.render(fixture.assessment(nobody), color=False)
    assert terminal.render(m.Assessment(), color=False).strip() == ""


def explain(**more: object) -> str:
    case = fixture.hepatitis()
    suspect = case.suspects[0]
    rucam = suspect.instruments[0]
    return terminal.render_explain(
        case, suspect, rucam, rucam.items[4], fixture.TEXTS, names={"d1": "anakinra-liver.txt"},
        options=[("+2", "all causes ruled out"), ("0", "5 or 6 of 7 group I causes ruled out")],
        source="Danan & Teschke 2016, table 1", color=False, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_an_item_leads_back_to_its_words_in_their_sentence() -> None:
    text = explain()
    evidence = fixture.hepatitis().suspects[0].instruments[0].items[4].evidence[0]
    start = evidence.start  # type: ignore[union-attr]
    line = fixture.LIVER.text.count("\n", 0, start) + 1
    assert f"anakinra-liver.txt, line {line}, characters {start}–" in text
    assert "Tests for hepatitis A, B and C were negative and an ultrasound was normal." in text
    assert "▸   0 5 or 6 of 7 group I causes ruled out" in text
    assert "(−2 to +2 attainable)" in text
    assert "Danan & Teschke 2016, table 1" in text


def test_the_facts_of_an_item_are_those_named_or_those_on_the_same_words() -> None:
    assert "hepatitis E" in explain() and "21 (18–24)" not in explain()
    assert "21 (18–24)" in explain(facts=["latency"])


def test_an_item_says_what_is_not_known_and_what_it_would_give() -> None:
    text = explain()
    assert "Was hepatitis E looked for" in text
    assert "negative → 7 probable" in text


def test_an_item_without_words_says_so() -> None:
    case = fixture.hepatitis()
    suspect = case.suspects[0]
    item = suspect.instruments[0].items[6]
    assert "no words" in terminal.render_explain(case, suspect, suspect.instruments[0], item, {}, color=False)


def test_the_reading_shows_each_value_with_its_words_and_line() -> None:
    text = terminal.render_reading(fixture.hepatitis(), fixture.TEXTS, color=False)
    flat = re.sub(r"\s+", " ", text)
    line = next(line for line in text.splitlines() if "ALT 3346 U/L" in line)
    assert "83.7× ULN" in line and "day 18–24" in line and line.endswith("l. 7 “ALT 3346 U/L”")
    assert "Hepatitis E not done" in flat
    assert "CMV IgM" not in flat
    without = terminal.render_reading(fixture.hepatitis(), color=False)
    assert f"@{fixture.LIVER.text.index('ALT 3346')}" in without
    assert max(map(len, text.splitlines())) <= 100
