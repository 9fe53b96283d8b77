"""The public samples of E2B as cases: what they hold is counted, and an unchanged case gives back the same message."""

from __future__ import annotations

from types import ModuleType

import pytest

from dechallenge.case.model import Case
from dechallenge.evidence import Document
from dechallenge.formats.e2b import case_from, case_to, openfda, r2_read, r3_read, r3_write, trials
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.e2b.lost import lost
from tests.shared import shared_path

MESSAGE = Document.from_text("", name="message.xml", id="m1")
# Reactions, drugs, tests and opinions on causality: the table of the fact sheet on E2B, section 8.
COUNTS = {
    "fda_r3/FAERS2022Scenario1.xml": (2, 3, 0, 4),
    "fda_r3/FAERS2022Scenario2.xml": (2, 3, 0, 4),
    "fda_r3/FAERS2022Scenario4.xml": (2, 1, 0, 2),
    "fda_r3/FAERS2022Scenario5-1.xml": (2, 3, 0, 4),
    "fda_r3/FAERS2022Scenario6.xml": (2, 2, 7, 4),
    "fda_r3/FAERS2022Scenario8.xml": (2, 3, 0, 4),
    "hl7_ig_VAERS_EXAMPLE.xml": (1, 2, 0, 0),
}


def sample(name: str) -> tuple[Icsr, Case]:
    path = shared_path("interop", "samples", "e2b", *name.split("/"))
    (report,) = r3_read.read(path.read_bytes(), path.name)
    return report, case_from.case(report, MESSAGE)


@pytest.mark.parametrize(("name", "counts"), COUNTS.items(), ids=list(COUNTS))
def test_counts(name: str, counts: tuple[int, ...]) -> None:
    _, case = sample(name)
    here = [e for e in case.exposures if e.role != "previous"]
    opinions = [s for s in case.statements if s.kind == "causality"]
    assert (len(case.events), len(here), len(case.measurements) + len(case.tests), len(opinions)) == counts
    assert all(s.drug and s.event and s.by != "dechallenge" for s in opinions)
    assert len(case.links) == len(case.events) * len(here)


@pytest.mark.parametrize("name", COUNTS)
def test_an_unchanged_case_gives_back_the_message(name: str) -> None:
    report, case = sample(name)
    assert case_to.icsr(case, report) is report


@pytest.mark.parametrize("name", COUNTS)
def test_without_its_message_the_case_keeps_its_content(name: str) -> None:
    report, case = sample(name)
    made = case_to.icsr(case, None, (MESSAGE, *case_from.narratives(report, MESSAGE)))
    (back,) = r3_read.read(r3_write.write([made]).data, "message.xml")
    assert lost(case, case_from.case(back, MESSAGE)) == []


@pytest.mark.parametrize(
    ("name", "reader"),
    [("openfda/faers_event.sgm", r2_read), ("openfda/openfda_event_postannotation.json", openfda),
     ("hl7_ig_FAERS_EXAMPLE.xml", r2_read)],
)  # fmt: skip
def test_older_messages_are_written_as_r3_and_keep_the_case(name: str, reader: ModuleType) -> None:
    path = shared_path("interop", "samples", "e2b", *name.split("/"))
    (report,) = reader.read(path.read_bytes(), path.name)
    case = case_from.case(report, MESSAGE)
    assert case_to.icsr(case, report) is report
    (back,) = r3_read.read(r3_write.write([report]).data, "message.xml")
    assert lost(case, case_from.case(back, MESSAGE)) == []


def test_the_sample_that_holds_everything() -> None:
    report, case = sample("fda_r3/FAERS2022Scenario6.xml")
    assert [(m.comparator, m.value) for m in case.measurements] == [
        ("=", 10), ("<", 10), ("<=", 10), (">", 10), (">=", 10),
    ]  # fmt: skip
    assert [t.state for t in case.tests] == ["not interpretable", "positive"]
    again = [(a.kind, a.event, a.result) for a in case.actions]
    assert again == [("reduced", "", None), ("restarted", "e1", "negative"), ("restarted", "e2", "positive")]
    assert "E.i.4[2]: not asked (NASK)" in case.notes
    told = {(t.k, t.i): (t.dechallenge, t.rechallenge) for t in trials.trials(report, MESSAGE)}
    assert told[1, 1] == ("negative", "negative")
    assert told[1, 2] == ("negative", "positive")
    assert {s.result for s in case.statements if s.kind == "causality"} == {"Highly related", "Suspected", "Likely"}
    interacting = [k.drug for k in case.links if k.role == "interacting"]
    assert set(interacting) == {"vaccinia virus"}
