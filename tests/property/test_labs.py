"""The same values whatever the typesetter did: line ends, kinds of spaces and dashes, spellings of a unit."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dechallenge.evidence import Document
from dechallenge.reading.laboratory.labs import read_labs
from dechallenge.reading.tables.tables import find_tables, read_table
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean

STORY = (
    "Before treatment the liver tests of this patient had been normal, with an ALT of 22 U/L and an INR of 1. "
    "Three weeks after the first dose the total bilirubin was 6 mg/dL (5 direct), ALT 3346 U/L, AST 2386 U/L and "
    "alkaline phosphatase 300 U/L (normal <115). The leucocytes were 8040/mm3 with 12% eosinophils, and there was "
    "an anaemia (10 g/dL). CRP, ASAT and ALAT had fallen to 15 mg/L, 8 and 14 ULN, respectively, and the "
    "neutrophil count fell from 3800 to 1500/mm3. The ferritin was stable around 2000-3000 µg/L, and the "
    "platelets had recovered to 234,000/mm3 five days later."
)


def read(text: str) -> list[tuple[str, object, object, str, str | None]]:
    cleaned = clean(Document.from_text(text))
    found = read_labs(cleaned, sentences(cleaned.text))
    for mention in found:
        quote = cleaned.quote(mention.start, mention.end)
        assert text[quote.start : quote.end] == quote.quote
    return [(m.analyte, m.value, (m.low, m.high), m.unit, m.qualitative) for m in found]


EXPECTED = read(STORY)


def test_the_story_is_read_at_all() -> None:
    assert sum(value is not None for _, value, *_ in EXPECTED) >= 16


@given(st.data())
@settings(max_examples=60)
def test_lines_may_end_anywhere(data: st.DataObject) -> None:
    words = STORY.split(" ")
    width = data.draw(st.integers(min_value=60, max_value=110))
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    ending = data.draw(st.sampled_from(["\n", " \n", "\r\n", "\n  "]))
    assert read(ending.join([*lines, line])) == EXPECTED


@given(st.lists(st.sampled_from([" ", "\u00a0", "\u2009", "\u202f", "\u2005", "  "]), min_size=8, max_size=8))
@settings(max_examples=60)
def test_any_space_is_a_space(spaces: list[str]) -> None:
    parts = STORY.split(" ")
    text = parts[0] + "".join(spaces[i % len(spaces)] + part for i, part in enumerate(parts[1:]))
    assert read(text) == EXPECTED


@given(st.sampled_from(["-", "‐", "‑", "–", "—", "−"]))
def test_any_dash_joins_a_range(dash: str) -> None:
    assert read(STORY.replace("-", dash)) == EXPECTED


_SPELLINGS = {
    "U/L": ["U/l", "IU/L", "units/L", "U per litre"],
    "mg/dL": ["mg/dl", "mg/100 mL", "mg %", "mg per dL"],
    "/mm3": ["/mm³", "/cmm", " cells/mm3", "/ mm3", " per mm3"],
    "µg/L": ["μg/L", "ug/l", "mcg/L"],
    "ULN": ["UNL", "× ULN", "times the upper limit of normal", "xULN"],
}


@given(st.sampled_from([(unit, other) for unit, others in _SPELLINGS.items() for other in others]))
def test_another_spelling_of_a_unit_changes_no_number(spelling: tuple[str, str]) -> None:
    text = STORY.replace(*spelling)
    assert [(a, v, r) for a, v, r, *_ in read(text)] == [(a, v, r) for a, v, r, *_ in EXPECTED]


@given(st.text(alphabet="ALT 0123456789.,()[]/%<>-–=:;and wasfromto\nmgUL×^", max_size=160))
def test_nothing_breaks_the_reader(text: str) -> None:
    for _, value, (low, high), *_ in read(text):
        assert value is None or isinstance(value, float)
        assert low is None or high is None or low < high  # type: ignore[operator]


_CELL = st.one_of(st.just(""), st.integers(1, 9999).map(str), st.decimals(1, 50, places=1).map(str), st.just("Normal"))


@given(
    st.lists(st.tuples(st.integers(1, 60), _CELL, _CELL), min_size=1, max_size=8), st.sampled_from(["\t", " | ", ";"])
)
def test_a_table_gives_back_what_was_put_in(rows: list[tuple[int, str, str]], mark: str) -> None:
    lines = [mark.join(("Days after starting", "ALT (U/L)", "Bilirubin (mg/dL)"))]
    lines += [mark.join((str(day), alt, bilirubin)) for day, alt, bilirubin in rows]
    document = Document.from_text("\n".join(lines) + "\n")
    (block,) = find_tables(document)
    found = read_table(document, block)
    printed = [
        (float(day), analyte, text)
        for day, *cells in rows
        for analyte, text in zip(("ALT", "BILI_TOT"), cells, strict=True)
        if text
    ]
    assert [
        (row.time_start.point, cell.analyte, document.text[cell.start : cell.end])
        for row in found.rows
        if row.time_start is not None
        for cell in row.cells
    ] == printed
