"""Drug and reaction of PHEE: who points at the annotated words finds both, who points elsewhere finds none."""

from __future__ import annotations

from benchmarks import attributions
from benchmarks.run import Json

TEXT = "A girl on lithium developed tremor."


def record() -> Json:
    event = {
        "event_type": "Adverse_event",
        "Subject": {"Gender": {"text": [["girl"]], "start": [[2]]}},
        "Treatment": {"Drug": {"text": [["lithium"]], "start": [[10]]}},
        "Effect": {"text": [["tremor"]], "start": [[28]]},
    }
    return {"id": "1", "context": TEXT, "annotations": [{"events": [event]}]}


def at(start: int, end: int) -> list[Json]:
    return [{"document": "d1", "start": start, "end": end, "quote": TEXT[start:end]}]


def answer(drug: tuple[int, int], reaction: tuple[int, int]) -> Json:
    return {
        "cases": [
            {
                "suspects": [{"drug": "x"}],
                "exposures": [{"drug": "x", "evidence": at(*drug)}],
                "events": [{"term": "tremor", "evidence": at(*reaction)}],
            }
        ]
    }


def test_both_are_found_where_they_stand() -> None:
    counts = attributions.measure([record()], lambda text, name: answer((10, 17), (28, 34)))
    assert (counts.sentences, counts.with_a_case, counts.drug, counts.reaction) == (1, 1, 1, 1)
    assert not counts.lines and "1/1 100.0 %" in attributions.report(counts)


def test_other_words_count_as_another_drug_and_another_reaction() -> None:
    counts = attributions.measure([record()], lambda text, name: answer((2, 6), (18, 27)))
    assert (counts.drug, counts.other_drugs, counts.reaction, counts.other_reaction) == (0, 1, 0, 1)
    assert len(counts.lines) == 1


def test_an_event_of_nobody_is_not_counted() -> None:
    other = record()
    del other["annotations"][0]["events"][0]["Subject"]
    assert attributions.measure([other], lambda text, name: {"cases": []}).sentences == 0
