"""What may not change a reading: brand names, SI units, remarks, line breaks, the order of documents; and any text.

The narratives are our own and were never published.
"""

from __future__ import annotations

import itertools
import json
import re
import textwrap
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.evidence import quotes
from dechallenge import Assessment, Document, assess
from dechallenge.reading.cases.prose import ProseReader

few = settings(deadline=None, max_examples=12)
LONG = 200_000
"""Characters of a line without a break."""
NARROWEST = 64
"""Characters to a line: in much narrower columns a line break is taken for the author's own."""
Json = dict[str, Any]


@dataclass(frozen=True)
class Narrative:
    """A report, the brand name of its suspect, and its values in the units of another laboratory."""

    name: str
    text: str
    brand: tuple[str, str]
    units: tuple[tuple[str, str], ...]


# 1 µkat/L = 60 U/L; bilirubin 1 mg/dL = 17.104 µmol/L; 1000/mm³ = 1 × 10⁹/L.
LIVER = Narrative(
    "liver",
    "A 47-year-old woman was started on diclofenac 150 mg daily for back pain. She took no other medicines. Six weeks "
    "later she developed nausea and jaundice. Serum ALT was 900 U/L (normal less than 40 U/L), alkaline phosphatase "
    "180 U/L (normal less than 120 U/L), bilirubin 6.0 mg/dL and INR 1.1. Tests for hepatitis A, B and C were "
    "negative. Diclofenac was stopped. Four weeks after stopping, ALT was 60 U/L. She recovered fully.",
    ("diclofenac", "Voltaren"),
    (
        ("900 U/L", "15.0 µkat/L"),
        ("40 U/L", "0.667 µkat/L"),
        ("180 U/L", "3.00 µkat/L"),
        ("120 U/L", "2.00 µkat/L"),
        ("6.0 mg/dL", "102.6 µmol/L"),
        ("60 U/L", "1.00 µkat/L"),
    ),
)
PRESENTING = Narrative(
    "presenting",
    "A 61-year-old man presented with a one-week history of jaundice and itching. He had started terbinafine 250 mg "
    "daily five weeks earlier for a nail infection. He also took amlodipine. On admission, ALT was 420 U/L (normal "
    "less than 45 U/L), alkaline phosphatase 690 U/L (normal less than 115 U/L) and bilirubin 9.5 mg/dL. Ultrasound of "
    "the liver was normal. Terbinafine was discontinued on admission. Two months later, his bilirubin was 1.0 mg/dL.",
    ("terbinafine", "Lamisil"),
    (
        ("420 U/L", "7.00 µkat/L"),
        ("45 U/L", "0.75 µkat/L"),
        ("690 U/L", "11.5 µkat/L"),
        ("115 U/L", "1.917 µkat/L"),
        ("9.5 mg/dL", "162.5 µmol/L"),
        ("1.0 mg/dL", "17.1 µmol/L"),
    ),
)
NEUTROPENIA = Narrative(
    "neutropenia",
    "A 34-year-old woman with hyperthyroidism was treated with thiamazole 20 mg daily. Her neutrophil count before "
    "treatment was 4200/mm3. Five weeks later she developed fever and a sore throat, and her neutrophil count was "
    "350/mm3. Thiamazole was stopped because of agranulocytosis. Eight days after stopping, the neutrophil count was "
    "2600/mm3.",
    ("thiamazole", "Tapazole"),
    (("4200/mm3", "4.2 x 10^9/L"), ("350/mm3", "0.35 x 10^9/L"), ("2600/mm3", "2.6 x 10^9/L")),
)
RESTARTED = Narrative(
    "restarted",
    "A 29-year-old man with schizophrenia started clozapine 300 mg daily. Ten weeks later he had neutropenia of "
    "800/mm3. Clozapine was stopped, and the neutrophil count rose to 3100/mm3 within 6 days. Two months later, "
    "clozapine was restarted. After 9 days, neutropenia recurred with a neutrophil count of 700/mm3. Clozapine was "
    "withdrawn for good and he recovered.",
    ("clozapine", "Clozaril"),
    (("800/mm3", "0.8 x 10^9/L"), ("3100/mm3", "3.1 x 10^9/L"), ("700/mm3", "0.7 x 10^9/L")),
)
NARRATIVES = (LIVER, PRESENTING, NEUTROPENIA, RESTARTED)
each = pytest.mark.parametrize("told", NARRATIVES, ids=lambda told: told.name)
any_of_them = st.sampled_from(NARRATIVES)

REMARKS = (
    "She lived with her sister.",
    "He worked as a carpenter.",
    "The garden was large.",
    "Further details are not available.",
    "The interview was conducted in Spanish.",
)


def read(text: str) -> Assessment:
    return assess(Document.from_text(text))


def replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """The text with each number and unit exchanged, all at once ("60 U/L" may not touch "160 U/L")."""
    table = dict(pairs)
    return re.sub("|".join(rf"(?<!\d){re.escape(old)}" for old in table), lambda m: table[m.group()], text)


def said(assessment: Assessment) -> Json:
    """Suspects, latency, pattern, severity and scores: what a remark between the sentences may not change."""
    (case,) = assessment.cases
    return {
        "suspects": [
            (
                s.drug,
                s.event.kind,
                s.basis,
                s.key_points.latency_days,
                s.key_points.latency_point,
                s.key_points.recovery_days,
                s.key_points.dechallenge,
                s.key_points.rechallenge,
                s.key_points.pattern and (s.key_points.pattern.type, s.key_points.pattern.r),
                s.key_points.severity and (s.key_points.severity.grade, s.key_points.severity.low),
                s.key_points.other_medications,
                [(i.id, i.applicable, i.score, i.low, i.high, i.category, i.code) for i in s.instruments],
            )
            for s in case.suspects
        ],
        "events": [
            (e.kind, e.onset_days, e.outcome, [(i.id, i.score, i.low, i.high, i.category) for i in e.instruments])
            for e in case.events
        ],
        "values": [(m.analyte, m.value, m.low, m.high, m.comparator, m.unit, m.day) for m in case.measurements],
    }


def facts(value: Any) -> Any:
    """The JSON without offsets, and with the white space of the quoted words as single blanks."""
    if isinstance(value, dict):
        return {key: facts(inner) for key, inner in value.items() if key not in ("start", "end", "sha256")}
    if isinstance(value, list):
        return [facts(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def faithful(text: str) -> Json:
    """The JSON of any text: it comes without an exception, and every quotation stands in the text."""
    result: Json = json.loads(read(text).to_json())
    assert [quote for quote in quotes(result) if not quote.holds(text)] == []
    return result


@each
def test_the_narratives_say_enough_to_be_changed(told: Narrative) -> None:
    result = said(read(told.text))
    assert [suspect[0] for suspect in result["suspects"]] == [told.brand[0]]
    latency = result["suspects"][0][3]
    assert latency is not None and None not in latency
    printed = re.sub(r"\(normal less than[^)]*\)", "", told.text)
    assert len(result["values"]) == len(re.findall(r"\d(?: U/L| mg/dL|/mm3)|INR", printed)) >= 3


@each
def test_a_brand_name_reads_as_its_substance(told: Narrative) -> None:
    inn, brand = told.brand
    branded = re.sub(inn, brand, told.text, flags=re.IGNORECASE)
    assert said(read(branded)) == said(read(told.text))


@each
def test_other_units_give_the_same_assessment(told: Narrative) -> None:
    before, after = said(read(told.text)), said(read(replaced(told.text, told.units)))
    rs = [[s[8][1] if s[8] else None for s in result["suspects"]] for result in (before, after)]
    assert rs[1] == [None if r is None else pytest.approx(r, rel=0.005) for r in rs[0]]
    for result in (before, after):
        result["suspects"] = [
            (*s[:8], s[8] and s[8][0], *s[9:11], [i for i in s[11] if i[0] != "r-value"]) for s in result["suspects"]
        ]
        result["events"] = [(*e[:3], [i for i in e[3] if i[0] != "r-value"]) for e in result["events"]]
        result["values"] = [(v[0], v[6]) for v in result["values"]]
    assert after == before


@given(any_of_them, st.sampled_from(REMARKS), st.data())
@few
def test_a_remark_between_sentences_changes_nothing(told: Narrative, remark: str, data: st.DataObject) -> None:
    ends = [m.end() for m in re.finditer(r"\.(?: |$)", told.text)]
    at = data.draw(st.sampled_from(ends))
    text = f"{told.text[:at].rstrip()} {remark} {told.text[at:]}".rstrip()
    assert said(read(text)) == said(read(told.text))


@given(any_of_them, st.integers(NARROWEST, 120), st.sampled_from(("\n", "\r\n", " \n")))
@few
def test_line_breaks_change_only_offsets(told: Narrative, width: int, newline: str) -> None:
    lines = textwrap.wrap(told.text, width, break_long_words=False, break_on_hyphens=False)
    assert facts(faithful(newline.join(lines))) == facts(faithful(told.text))


def test_a_narrow_column_changes_only_offsets() -> None:
    lines = textwrap.wrap(LIVER.text, 31, break_long_words=False, break_on_hyphens=False)
    assert facts(faithful("\n".join(lines))) == facts(faithful(LIVER.text))


@given(any_of_them, st.lists(st.sampled_from((" ", "  ", "\t", "   ", "\u00a0")), min_size=1, max_size=9))
@few
def test_other_blanks_change_only_offsets(told: Narrative, blanks: list[str]) -> None:
    blank = itertools.cycle(blanks)
    text = re.sub(" ", lambda _: next(blank), told.text)
    assert facts(faithful(text)) == facts(faithful(told.text))


@each
def test_twice_the_same_bytes(told: Narrative) -> None:
    assert read(told.text).to_json() == read(told.text).to_json()


@given(st.permutations(NARRATIVES))
@settings(few, max_examples=4)
def test_the_order_of_documents_changes_no_case(order: list[Narrative]) -> None:
    together = ProseReader().read([Document.from_text(told.text, told.name, told.name) for told in order])
    assert [case.document for case in together.cases] == [told.name for told in order]
    for told, case in zip(order, assess(together).cases, strict=True):
        document = Document.from_text(told.text, told.name, told.name)
        (alone,) = assess(document).cases
        assert case.model_copy(update={"id": alone.id}) == alone


@given(st.text(max_size=400))
@settings(deadline=None, max_examples=40)
def test_any_text_is_read(text: str) -> None:
    faithful(text)


@given(any_of_them, st.lists(st.tuples(st.integers(0, 600), st.text(min_size=1, max_size=6)), max_size=6))
@settings(few, max_examples=20)
def test_any_characters_in_a_report_are_read(told: Narrative, strewn: list[tuple[int, str]]) -> None:
    text = told.text
    for at, characters in strewn:
        text = text[:at] + characters + text[at:]
    faithful(text)


@given(any_of_them, st.data())
@settings(few, max_examples=20)
def test_any_part_of_a_report_is_read(told: Narrative, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(told.text)))
    end = data.draw(st.integers(start, len(told.text)))
    faithful(told.text[start:end] if data.draw(st.booleans()) else told.text[:end])


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "(",
        "lorem ipsum dolor ",
        "ALT ",
        "7",
        "- . ; ",
        "<1.5-",
    ],
)
def test_a_very_long_line_is_read(piece: str) -> None:
    line = (piece * (LONG // len(piece) + 1))[:LONG]
    (case,) = faithful(f"{LIVER.text} {line}")["cases"]
    assert [suspect["drug"] for suspect in case["suspects"]] == ["diclofenac"]
