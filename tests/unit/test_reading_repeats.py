"""What repeats without end is read a few times and told: which stretches, which sentences, and that the rest stands."""

from __future__ import annotations

import pytest

from benchmarks.evidence import quotes
from dechallenge import Document
from dechallenge.case import Reading
from dechallenge.cli.output import failed
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.texts.repeats import BARE, KEPT, LEAST, PERIOD, SAME, bounded, repeats, without
from tests.steps import calls

REPORT = (
    "A 52-year-old woman was started on diclofenac 75 mg twice daily for back pain. Five weeks later she developed "
    "nausea and jaundice. Serum ALT was 870 U/L and bilirubin 5.2 mg/dL. Diclofenac was stopped. "
)
AFTER = "\n\nFour weeks after stopping, ALT was 52 U/L.\n"
PIECES = {
    "digit": "7",
    "brackets": "([{",
    "comparators": "<1.5-",
    "controls": "\x00\x07",
    "one drug": "ibuprofen, ",
    "rows": "| 5 | 6 |\n",
    "fields": "1;2;3;4\n",
    "values": "ALT was 500 U/L. ",
    "a paragraph": "She was given rice and water by her neighbour, who came by on the bus every morning. " * 11,
}


def reading(text: str) -> Reading:
    return ProseReader().read([Document.from_text(text)])


@pytest.mark.parametrize("piece", PIECES.values(), ids=list(PIECES))
@pytest.mark.parametrize("head", ["", "x", REPORT, REPORT * 12])
def test_a_stretch_is_found_wherever_it_begins(piece: str, head: str) -> None:
    assert len(piece) <= PERIOD
    text = head + piece * (20_000 // len(piece)) + "\nEnd."
    (one,) = repeats(text)
    period = len(one.piece)
    assert text[one.start : one.end] == text[one.start - period : one.end - period]
    assert len(text) - one.end <= len("\nEnd.")
    assert one.start - len(head) + period >= KEPT
    assert one.start <= len(head) + KEPT + period


def test_no_stretch_where_little_repeats() -> None:
    assert repeats(REPORT + "ibuprofen, " * ((LEAST - PERIOD) // 11) + AFTER) == ()
    assert repeats(" ".join(str(number) for number in range(5000))) == ()
    assert repeats("") == ()


def test_two_stretches_are_both_found() -> None:
    text = "7" * 9000 + REPORT + "xyz\n" * 3000 + AFTER
    assert [one.piece for one in repeats(text)] == ["7", "xyz\n"]


def test_every_offset_stays() -> None:
    document = Document.from_text(REPORT + "(ALT 80) [x] " * 900 + AFTER)
    seen = without(document, [(one.start, one.end) for one in repeats(document.text)])
    assert len(seen.text) == len(document.text)
    assert seen.text.endswith(AFTER)
    assert seen.text.startswith(REPORT)
    assert without(document, ()) is document


@pytest.mark.parametrize("piece", PIECES.values(), ids=list(PIECES))
def test_what_stands_around_a_stretch_is_read_and_the_rest_is_told(piece: str) -> None:
    text = REPORT + "\n\n" + piece * (40_000 // len(piece)) + AFTER
    found = reading(text)
    assert "repeats" in {problem.kind for problem in found.problems}
    assert not failed(found.problems)
    assert all(quote.holds(text) for quote in quotes(found.model_dump(mode="json")))
    assert found.documents[0].text == text
    (case,) = found.cases
    assert {870.0, 52.0} <= {m.value for m in case.measurements}


@pytest.mark.parametrize("piece", PIECES.values(), ids=list(PIECES))
def test_ten_times_the_repetition_is_hardly_more_work(piece: str) -> None:
    def work(size: int) -> int:
        document = Document.from_text(REPORT + piece * (size // len(piece)))
        return calls(lambda: ProseReader().read([document]))

    for size in (10_000, 100_000, 10_000):
        work(size)  # patterns are compiled when they are first met: that is no work of the size
    assert min(work(100_000), work(100_000)) < 3 * min(work(10_000), work(10_000))


def test_blanks_without_end_are_not_told() -> None:
    assert not reading(REPORT + "\n" * 20_000 + AFTER).problems
    assert not reading(REPORT + "\n" + " " * 20_000 + AFTER).problems


def test_sentences_in_the_same_words_are_read_so_often() -> None:
    text = "Rice was eaten. " * (2 * SAME) + "Bread was eaten. "
    spans = [(i * 16, i * 16 + 15) for i in range(2 * SAME)] + [(2 * SAME * 16, 2 * SAME * 16 + 16)]
    read, left = bounded(text, spans)
    assert read == [*spans[:SAME], spans[-1]]
    assert left == spans[SAME:-1]


def test_figures_without_a_word_are_read_up_to_a_limit() -> None:
    text = "".join(f"{number % 1000:03}\n" for number in range(3 * BARE // 4)) + "ALT 40"
    spans = [(i, i + 3) for i in range(0, 3 * BARE, 4)] + [(3 * BARE, 3 * BARE + 6)]
    read, left = bounded(text, spans)
    assert sum(end - start for start, end in read[:-1]) <= BARE
    assert read[-1] == spans[-1]
    assert sorted(read + left) == spans


def test_unread_sentences_are_told_and_their_numbers_count() -> None:
    few = reading(REPORT + "\n\n" + "".join(f"{n} {n + 1} {n + 2}.\n\n" for n in range(100, 900)))
    (problem,) = few.problems
    assert problem.kind == "repeats"
    assert "not read" in problem.message
    covered = few.cases[0].coverage
    assert covered is not None
    assert covered.numbers >= 2400
    assert len(covered.unread) < 1600


def test_a_usual_report_tells_nothing() -> None:
    assert not reading(REPORT + AFTER).problems
