"""Work that no text can make grow without bound: sentences in pieces, a longest text, calls in line with length."""

from __future__ import annotations

import pytest

from benchmarks.evidence import quotes
from dechallenge import Document
from dechallenge.case import Reading
from dechallenge.cli.output import failed
from dechallenge.reading.cases import mentioned, prose
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.laboratory import labs
from dechallenge.reading.story.story import Beat, Step, Story
from dechallenge.reading.texts.sentences import LONGEST, sentences
from tests.steps import calls

REPORT = (
    "A 52-year-old woman was started on diclofenac 75 mg twice daily for back pain. Five weeks later she developed "
    "nausea and jaundice. Serum ALT was 870 U/L and bilirubin 5.2 mg/dL. Diclofenac was stopped. "
)
HOSTILE = {
    "drugs of one sentence": "ibuprofen, methotrexate, paracetamol, ",
    "one drug": "ibuprofen, ",
    "stops": "Ibuprofen was stopped. ",
    "restarts": "Ibuprofen was restarted. ",
    "all stopped": "All drugs were stopped. ",
    "times": "Two weeks later ALT rose. ",
    "brackets": "(ALT 80) [x] ",
    "open brackets": "(ALT 5 U/L ",
    "values of one sentence": "ALT was 80 U/L, AST 90 U/L; ",
    "values": "ALT was 500 U/L. ",
    "negations": "no not without negative for fever, ",
    "tests": "Tests for hepatitis A were negative. ",
    "herbs": "herbal tablet, ",
    "rows": "| 5 | 6 |\n",
    "dates": "12 May 2001 ",
    "citations": "fever [12, 3] ",
    "doses": "ibuprofen 400 mg, methotrexate 10 mg, ",
    "numbers in rows": "12\t34\t56\n",
}


def reading(text: str) -> Reading:
    return ProseReader().read([Document.from_text(text)])


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=list(HOSTILE))
def test_twice_the_text_takes_about_twice_the_work(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "repeats", lambda text: ())  # what repeats would not be read at all
    monkeypatch.setattr(prose, "hollow", lambda text: [])
    for module in (prose, mentioned):
        monkeypatch.setattr(module, "bounded", lambda text, spans: (list(spans), []))

    def work(size: int) -> int:
        document = Document.from_text(REPORT + piece * (size // len(piece)))
        return calls(lambda: ProseReader().read([document]))

    def settled(size: int) -> int:
        """Calls once no pattern is compiled or looked into any more, which happens after so many runs of each."""
        before, now = -1, work(size)
        while now != before:
            before, now = now, min(now, work(size))
        return now

    once = settled(7_000)  # first: the patterns settle on the shorter text
    assert settled(14_000) < 2.6 * once


def patients(number: int) -> str:
    """A report of several patients, no two of them in the same words."""
    return "\n\n".join(
        f"Case {n}\nA {20 + n}-year-old man took ibuprofen for {n} weeks. ALT was {300 + n} U/L (normal < 40 U/L). "
        f"Anti-HCV was negative. Ibuprofen was stopped and ALT fell to {30 + n} U/L within {n + 2} weeks."
        for n in range(1, number + 1)
    )


def test_twice_the_patients_take_about_twice_the_work() -> None:
    """What the document says as a whole is looked up once, not once for each of its patients."""

    def work(number: int) -> int:
        labs._looked_up.cache_clear()
        document = Document.from_text(patients(number))
        assert len(ProseReader().read([document]).cases) == number
        labs._looked_up.cache_clear()
        return calls(lambda: ProseReader().read([document]))

    def settled(number: int) -> int:
        before, now = -1, work(number)
        while now != before:
            before, now = now, min(now, work(number))
        return now

    once = settled(12)
    assert settled(24) < 2.2 * once


def test_a_letter_without_a_small_form_does_not_make_every_place_one_to_look_at() -> None:
    """The dotless i is an i where letter case does not matter; a text with it is searched as a whole."""

    def work(letter: str) -> int:
        document = Document.from_text(REPORT + f"She liked f{letter}ne bread, r{letter}ce and 12 figs. " * 12)
        for _ in range(6):
            ProseReader().read([document])
        return calls(lambda: ProseReader().read([document]))

    assert work("\u0131") < 2 * work("i")


def test_a_sentence_of_usual_length_is_whole() -> None:
    text = "She took " + "rice and " * 150 + "bread. She slept."
    assert len(sentences(text)) == 2


@pytest.mark.parametrize("filler", ["rice, bread and water; ", "rice and ", "x", "rice, "])
def test_a_very_long_sentence_comes_in_pieces_that_lose_nothing(filler: str) -> None:
    text = ("She took " + filler * (9_000 // len(filler))).rstrip() + "."
    parted: list[tuple[int, int]] = []
    spans = sentences(text + " He slept.", parted)
    assert parted == [(0, len(text))]
    assert all(0 < b - a <= LONGEST for a, b in spans)
    assert "".join((text + " He slept.")[a:b] for a, b in spans).replace(" ", "") == (text + "He slept.").replace(
        " ", ""
    )
    if " " in filler:
        assert all(text[b - 1] in " ,;." or text[b - 1 : b + 1].endswith(" ") for a, b in spans[:-1])


MEAL = "".join(f"rice {number:03}, " for number in range(480))


def test_pieces_are_told_and_are_no_failure() -> None:
    found = reading(REPORT + "She ate " + MEAL + "and had 12 mg of methotrexate. ALT was 45 U/L.")
    (problem,) = found.problems
    assert problem.kind == "pieces"
    assert "1 sentence of up to 4,8" in problem.message
    assert "She ate rice" in problem.message
    assert problem.next_step
    assert not failed(found.problems)
    assert {x.drug for x in found.cases[0].exposures} >= {"diclofenac", "methotrexate"}


def test_a_usual_report_has_no_limits_to_tell() -> None:
    assert not reading(REPORT).problems


def test_a_text_over_the_limit_is_read_up_to_it_and_that_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "MOST", len(REPORT))
    text = REPORT + "Later AST was 333 U/L."
    found = reading(text)
    (problem,) = found.problems
    assert problem.kind == "limit"
    assert f"{len(text):,} characters" in problem.message
    assert failed(found.problems)
    assert found.documents[0].text == text
    assert {m.analyte for m in found.cases[0].measurements} == {"ALT", "BILI_TOT"}
    assert all(quote.holds(text) for quote in quotes(found.model_dump(mode="json")))


def beat(start: int, end: int, node: str) -> Beat:
    return Beat(start, end, 0, node, False, None, False)


def test_the_beats_over_a_position_are_found_as_a_walk_finds_them() -> None:
    story = Story()
    for one in (beat(0, 50, "a"), beat(0, 50, "b"), beat(20, 30, "aside"), beat(50, 90, "c"), beat(95, 99, "d")):
        story.beats.append(one)
        for position in range(101):
            walked = [b for b in story.beats if b.start <= position < b.end]
            found = list(story.beats_over(position))
            assert found == walked
    assert story.beat_at(25) is story.beats[0]
    assert story.beat_at(92) is None


def test_a_value_printed_again_and_again_keeps_all_of_its_words() -> None:
    found = reading(REPORT + "Bilirubin was normal. " * 5).cases[0]
    normal = [m for m in found.measurements if m.qualitative == "normal"]
    assert sum(len(m.evidence) for m in normal) == 5


def test_an_action_told_again_and_again_is_one_with_all_of_its_words() -> None:
    found = reading(REPORT + "Diclofenac was stopped. " * 4).cases[0]
    (stop,) = [a for a in found.actions if a.kind == "stopped"]
    assert len(stop.evidence) == 5
    assert len(set(stop.evidence)) == 5


def test_a_story_knows_what_was_done_with_each_drug() -> None:
    story = Story()
    steps = [Step(kind, drug, course, "n", None) for kind, drug, course in (  # type: ignore[arg-type]
        ("started", "a", 0), ("stopped", "a", 0), ("continued", "b", 0), ("restarted", "a", 1))]  # fmt: skip
    for step in steps:
        story.step(step)
    assert story.steps == steps
    assert story.told == {"a": [steps[0], steps[1], steps[3]], "b": [steps[2]]}
    assert story.stopped == {"a": {0}}
    assert list(story.begun) == ["a"]
