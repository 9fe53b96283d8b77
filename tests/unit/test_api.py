"""The public face: read, assess, and instruments on typed facts; errors name the wrong field and the legal values."""

from __future__ import annotations

from pathlib import Path

import pytest

import dechallenge
from dechallenge.errors import DechallengeError, FactError, InputError
from dechallenge.evidence import TextEvidence

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "anakinra-hepatitis.txt"
TEXT = (
    "A 40-year-old man took isoniazid. Three weeks later he became jaundiced. ALT was 900 U/L and alkaline "
    "phosphatase 120 U/L. Isoniazid was stopped and he recovered."
)


def test_the_public_names_are_all_there() -> None:
    for name in dechallenge.__all__:
        assert getattr(dechallenge, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = dechallenge.nothing


def test_a_path_a_document_and_a_text_give_the_same_case() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    by_path = dechallenge.read(EXAMPLE)
    by_text = dechallenge.read(text)
    by_document = dechallenge.read(dechallenge.Document.from_text(text, EXAMPLE.name))
    assert by_path == by_document
    assert by_path.cases == by_text.cases
    assert by_path.documents[0].name == "anakinra-hepatitis.txt"
    assert len(by_path.cases) == 1


def test_a_str_is_always_text() -> None:
    reading = dechallenge.read(str(EXAMPLE))
    assert reading.cases == ()
    assert reading.documents[0].text == str(EXAMPLE)


def test_the_name_of_a_file_is_no_report() -> None:
    """Not even where it names a drug and a reaction and has a figure in it."""
    assert dechallenge.read("/data/2024/anakinra-hepatitis.txt").cases == ()


def test_values_carry_their_words() -> None:
    (case,) = dechallenge.read(TEXT).cases
    alt = next(m for m in case.measurements if m.analyte == "ALT")
    (words,) = alt.evidence
    assert isinstance(words, TextEvidence)
    assert TEXT[words.start : words.end] == words.quote
    assert "900" in words.quote


def test_values_are_immutable() -> None:
    case = dechallenge.read(TEXT).cases[0]
    with pytest.raises(ValueError, match="frozen"):
        case.title = "another"  # type: ignore[misc]


def test_a_case_a_reading_a_path_and_a_text_can_be_assessed() -> None:
    reading = dechallenge.read(TEXT)
    whole = dechallenge.assess(reading)
    assert dechallenge.assess(TEXT) == whole
    assert dechallenge.assess(reading.cases[0]).cases == whole.cases
    assert dechallenge.assess(EXAMPLE).cases[0].suspects[0].drug == "anakinra"
    assert whole.cases[0].suspects[0].drug == "isoniazid"


def test_a_case_survives_its_own_json() -> None:
    case = dechallenge.read(EXAMPLE).cases[0]
    again = dechallenge.Case.model_validate_json(case.model_dump_json())
    assert again == case
    assert dechallenge.assess(again) == dechallenge.assess(case)


def test_corrections_from_python() -> None:
    corrections = dechallenge.Corrections(limits={"ALT": 100}, onset_day=2, suspect="Prednisone", event="Hepatitis")
    (case,) = dechallenge.assess(EXAMPLE, corrections).cases
    assert case.suspects[0].drug == "prednisone"
    assert case.events[0].kind == "liver injury"
    assert next(m for m in case.measurements if m.analyte == "ALT").times_uln == pytest.approx(33.46)


def test_a_batch_lists_what_failed(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    assessment = dechallenge.assess_paths([empty, EXAMPLE])
    assert [(p.document, p.kind) for p in assessment.problems] == [("empty.txt", "input")]
    assert [c.id for c in assessment.cases] == ["c1"]
    reading = dechallenge.read_paths([empty, EXAMPLE])
    assert [d.id for d in reading.documents] == ["d2"]


def test_a_problem_is_told_by_the_name_of_the_file(tmp_path: Path) -> None:
    minutes = tmp_path / "minutes.txt"
    minutes.write_text("The committee met and agreed on the minutes.", encoding="utf-8")
    assert [p.document for p in dechallenge.read(minutes).problems] == ["minutes.txt"]
    assert [p.document for p in dechallenge.assess(minutes).problems] == ["minutes.txt"]


@pytest.mark.parametrize("blank", ["", " \n\t"])
def test_an_empty_text(blank: str) -> None:
    with pytest.raises(InputError, match="empty"):
        dechallenge.read(blank)


def test_a_text_over_the_limit() -> None:
    with pytest.raises(InputError, match="20,000,001 bytes; the limit is 20,000,000"):
        dechallenge.read("µ" * 10_000_000 + "x")


def test_a_text_that_is_not_unicode() -> None:
    with pytest.raises(InputError, match="not valid Unicode at character 3"):
        dechallenge.read("ALT\ud800 was 900")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file") as caught:
        dechallenge.read(tmp_path / "none.txt")
    assert (caught.value.place, caught.value.next_step) == ("none.txt", "Check the path.")


@pytest.mark.parametrize("wrong", [b"bytes", 7, None, ["text"]])
def test_what_cannot_be_read_names_what_can(wrong: object) -> None:
    for verb in (dechallenge.read, dechallenge.assess):
        with pytest.raises(InputError, match=r"Give a pathlib\.Path, a Document, or the text as a str"):
            verb(wrong)  # type: ignore[operator]


def test_every_error_is_of_one_family() -> None:
    for error in (InputError, FactError):
        assert issubclass(error, DechallengeError)
    assert dechallenge.DechallengeError is DechallengeError


class TestTypedFacts:
    """Each instrument scores facts without any narrative."""

    rucam = dechallenge.instruments.rucam_2016

    def test_unknown_facts_widen_the_range(self) -> None:
        nothing = self.rucam.score(kind="liver injury")
        some = self.rucam.score(kind="liver injury", hav="positive")
        assert nothing.low is not None and nothing.high is not None and some.low is not None and some.high is not None
        assert nothing.low <= some.low <= some.high <= nothing.high
        assert (nothing.low, nothing.high) != (some.low, some.high)

    def test_a_result_says_score_range_and_category(self) -> None:
        result = dechallenge.instruments.naranjo_1981.score(latency=4, rechallenge="positive")
        assert result.score == 4
        assert result.category == "possible"
        assert result.low is not None and result.high is not None
        assert result.low <= 4 <= result.high

    def test_an_interval_that_straddles_a_limit_gives_both(self) -> None:
        item = next(i for i in self.rucam.score(latency=(80, 100)).items if i.id == "rucam-2016.1")
        assert (item.low, item.high) == (1, 2)

    def test_an_unknown_fact_names_those_that_are_asked_for(self) -> None:
        with pytest.raises(FactError, match=r"latencyy: rucam-2016 does not ask for this fact.*Did you mean 'latency'"):
            self.rucam.score(latencyy=21)

    @pytest.mark.parametrize("wrong", [{"hav": "maybe"}, {"hav": 3}, {"latency": "three weeks"}, {"latency": True}])
    def test_an_illegal_value_names_the_field_and_the_legal_values(self, wrong: dict[str, object]) -> None:
        (field,) = wrong
        with pytest.raises(FactError) as caught:
            self.rucam.score(**wrong)
        assert caught.value.place == field
        legal = "positive, negative" if field == "hav" else "number"
        assert legal in f"{caught.value.cause} {caught.value.next_step}"

    @pytest.mark.parametrize("wrong", [(30, 5), (1, 2, 3)])
    def test_an_interval_that_is_none(self, wrong: tuple[float, ...]) -> None:
        with pytest.raises(FactError) as caught:
            self.rucam.score(latency=wrong)
        assert caught.value.place == "latency"

    @pytest.mark.parametrize("instrument", dechallenge.instruments.all(), ids=lambda one: one.id)
    def test_every_instrument_can_be_scored_on_nothing(self, instrument: dechallenge.instruments.Instrument) -> None:
        result = instrument.score()
        assert result.id == instrument.id
