"""A text laid out for reading: soft and hard line breaks, overlapping words, folding."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dechallenge.report import narrative


def shown(text: str, marks: dict[tuple[int, int], str] | None = None) -> list[list[str]]:
    return [
        ["".join(r.text for r in b.runs) for b in p.blocks] for p in narrative.passages(text, marks or {})
    ]  # fmt: skip


def test_lines_that_were_wrapped_flow_and_short_lines_stay() -> None:
    wrapped = (
        "A woman of forty years was treated with a drug for a long\n"
        "time and then came to the clinic with jaundice and fever,\n"
        "and her enzymes were raised.\n\nKey points\nDrug: x\nDose: y\n"
    )
    (blocks,) = shown(wrapped)
    assert blocks[0].count("\n") == 0
    assert blocks[1] == "Key points\nDrug: x\nDose: y"


def test_a_text_with_blank_lines_between_all_lines_becomes_paragraphs() -> None:
    lines = [
        "The first line of the paragraph is about as long as this",
        "and the second line goes on with it until it ends here,",
    ]
    text = "\n\n".join([*lines, *lines, "and this is its end.", "Case 2", *lines, *lines, *lines]) + "\n"
    (blocks,) = shown(text)
    assert len(blocks) == 3
    assert blocks[1] == "Case 2"


def test_a_table_keeps_its_lines() -> None:
    (blocks,) = shown("Labs\n\nDay\tALT\tALP\n0\t20\t80\n12\t1626\t468\n")
    assert blocks[1] == "Day\tALT\tALP\n0\t20\t80\n12\t1626\t468"
    cells = narrative.passages("Day\tALT\n0\t20 (x)\n", {(8, 12): "a"})[0].blocks[0].rows
    assert [["".join(r.text for r in cell) for cell in row] for row in cells] == [["Day", "ALT"], ["0", "20 (x)"]]
    assert [r.words for r in cells[1][0]] == [("a",)] and cells[1][0][0].starts == ("a",)
    assert [(r.text, r.starts) for r in cells[1][1]] == [("20", ()), (" (x)", ())]
    kinds = [b.kind for b in narrative.passages("Day\tALT\n0\t20\n", {})[0].blocks]
    assert kinds == ["table"]


def test_overlapping_words_are_cut_into_runs_and_each_begins_once() -> None:
    text = "ALT was 3346 U/L on day 21."
    marks = {(0, 16): "a", (8, 26): "b"}
    runs = narrative.passages(text, marks)[0].blocks[0].runs
    assert [(r.text, r.words) for r in runs] == [
        ("ALT was ", ("a",)),
        ("3346 U/L", ("a", "b")),
        (" on day 21", ("b",)),
        (".", ()),
    ]
    assert [n for r in runs for n in r.starts] == ["a", "b"]


@given(
    st.text(alphabet="ab.\n \tX", max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=8),
)
def test_no_character_is_lost_and_every_mark_covers_its_words(text: str, spans: list[tuple[int, int]]) -> None:
    marks = {(a, min(a + n, len(text))): f"w{a}-{n}" for a, n in spans if a < len(text)}
    runs = [r for p in narrative.passages(text, marks) for b in p.blocks for r in b.runs]
    kept = "".join(r.text for r in runs)
    assert "".join(kept.split()) == "".join(text.split())
    for (a, b), name in marks.items():
        covered = "".join(r.text for r in runs if name in r.words)
        assert "".join(covered.split()) == "".join(text[a:b].split())
