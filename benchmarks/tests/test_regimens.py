"""The measures of PHEE and BC5CDR: a reader that knows everything reaches 100 %, an empty or noisy one does not."""

from __future__ import annotations

from benchmarks import drug_names, regimens
from benchmarks.run import Json

TEXT = "A girl took 5 mg of it daily."


def record() -> Json:
    treatment = {
        "Dosage": {"text": [["5 mg"]], "start": [[12]], "entity_id": ["T1"]},
        "Freq": {"text": [["daily"]], "start": [[23]], "entity_id": ["T2"]},
    }
    subject = {"Gender": {"text": [["girl"]], "start": [[2]], "entity_id": ["T3"]}}
    event = {"Treatment": treatment, "Subject": subject}
    return {"id": "1", "context": TEXT, "annotations": [{"events": [event, event]}]}


def test_a_place_annotated_for_two_events_is_one_place() -> None:
    assert regimens.annotated(record())["Dosage"] == [(12, 16)]


def test_slots_are_found_missed_wrong_and_beside() -> None:
    reader = {
        "Dosage": lambda text: [(12, 13), (20, 22)],
        "Freq": lambda text: [],
        "Route": lambda text: [(0, 1)],
    }
    counts = regimens.measure([record()], reader)
    dose, often, route = counts["Dosage"], counts["Freq"], counts["Route"]
    assert (dose.found, dose.missed, dose.right, dose.wrong) == (1, 0, 1, 1)
    assert (often.found, often.missed) == (0, 1)
    assert (route.found, route.missed, route.wrong, route.elsewhere) == (0, 0, 0, 1)
    assert "below" in regimens.report(counts)


def test_the_product_reads_the_slots() -> None:
    counts = regimens.measure([record()], regimens.product_reader())
    assert [counts[slot].missed for slot in ("Dosage", "Freq", "Gender")] == [0, 0, 0]


LINES = [
    "Oral\tO", "folic\tB-Chemical", "acid\tI-Chemical", "(\tO", "FA\tB-Chemical", ")\tO", ".\tO", "",
    "Plasma\tO", "potassium\tB-Chemical", "fell\tO", ".\tO",
]  # fmt: skip


def test_running_text_is_put_together_with_its_chemicals() -> None:
    ((text, spans),) = drug_names.documents(LINES)
    assert text.startswith("Oral folic acid (FA).")
    assert [text[a:b] for a, b in spans] == ["folic acid", "FA", "potassium"]


def test_chemicals_are_found_missed_and_wrong() -> None:
    def reader(text: str) -> list[tuple[int, int, str]]:
        return [(5, 15, "substance"), (0, 4, "class")]

    counts = drug_names.measure(drug_names.documents(LINES), reader)
    assert (counts.found, counts.missed, counts.right, counts.wrong) == (1, 2, 1, 1)
    assert counts.causes["missed: abbreviation"] == 1
    assert counts.causes["missed: substance of the body or of an assay"] == 1
    assert counts.causes["read, not annotated: class"] == 1
