"""A case as elements of E2B: what stays with a base, what is new, what is cut, and the fixed wording of comments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dechallenge.case.model import (
    Action,
    Case,
    DrugReaction,
    Event,
    Exposure,
    Finding,
    Measurement,
    Statement,
    TestResult,
    Time,
)
from dechallenge.evidence import Document, TextEvidence
from dechallenge.formats.e2b import case_from, case_to, lines
from dechallenge.formats.e2b.icsr import Element, Icsr
from dechallenge.formats.e2b.lost import lost
from tests.unit.e2b_builder import LIVER, MESSAGE, report

DRUG = "tocilizumab"
RICH = (
    *LIVER, ("C.1.1", "XX-1"), ("C.3.3.1", "Safety"), ("D.7.2", "Had her tonsils removed."), ("E.i.7", 1, "3"),
    ("E.i.8", 1, "true"), ("F.r.1", 1, "20230301"), ("F.r.2.1", 1, "SGPT"), ("F.r.3.2", 1, "900"),
    ("F.r.3.3", 1, "U/L"), ("F.r.5", 1, "40.0"), ("F.r.6", 1, "haemolytic"), ("F.r.2.1", 2, "HBsAg"),
    ("F.r.3.1", 2, "2"), ("G.k.4.r.7", 1, 1, "LOT7"), ("G.k.8", 1, "1"), ("G.k.9.i.2.r.1", 1, 1, 1, "Company"),
    ("G.k.9.i.2.r.3", 1, 1, 1, "Related"), ("G.k.1", 2, "2"), ("G.k.2.2", 2, "aspirin"), ("G.k.10.r", 2, 1, "2"),
    ("H.1", "She fell ill."), ("H.4", "We doubt it."),
)  # fmt: skip
ASSESSED = Statement(kind="score", by="dechallenge", method="Naranjo", result="Probable (6)", drug=DRUG, event="e1")


def told(icsr: Icsr) -> dict[tuple[str, tuple[int, ...]], str]:
    return {(e.id, e.at): e.value or f"<{e.null}>" for e in icsr.elements}


def changed(update: Callable[[Case], dict[str, object]]) -> tuple[dict[tuple[str, tuple[int, ...]], str | None], Case]:
    """What differs in the report after a change of its case, and the case that is read from it."""
    base = report(*RICH)
    case = case_from.case(base, MESSAGE)
    new = case.model_copy(update=update(case))
    made = case_to.icsr(new, base)
    before, after = told(base), told(made)
    keys = [*before, *(key for key in after if key not in before)]
    back = case_from.case(made, MESSAGE)
    assert lost(new, back) == []
    return {key: after.get(key) for key in keys if before.get(key) != after.get(key)}, back


# --- with the report that the case came from --------------------------------------------------------------------------


def test_an_unchanged_case_gives_the_same_report() -> None:
    base = report(*RICH)
    assert case_to.icsr(case_from.case(base, MESSAGE), base) is base


def test_only_the_outcome_changes() -> None:
    found, _ = changed(lambda c: {"events": (c.events[0].model_copy(update={"outcome": "recovered"}),)})
    assert found == {("E.i.7", (1,)): "1"}


def test_only_the_value_changes_and_its_limit_and_comment_stay() -> None:
    found, back = changed(lambda c: {"measurements": (c.measurements[0].model_copy(update={"value": 90.5}),)})
    assert found == {("F.r.3.2", (1,)): "90.5"}
    assert back.measurements[0].limit is not None


def test_only_the_date_changes() -> None:
    new = Time(low=35, high=35, point=35, text="20230308", anchor="onset", date="2023-03-08")
    found, _ = changed(
        lambda c: {
            "events": (c.events[0].model_copy(update={"onset": new}),),
            "links": tuple(k.model_copy(update={"latency": Time(low=35, high=35, point=35, anchor="start")})
                           if k.drug == DRUG else k for k in c.links),
            "findings": tuple(f.model_copy(update={"time": new}) for f in c.findings),
        }
    )  # fmt: skip
    assert found == {("E.i.4", (1,)): "20230308"}


def test_an_assessment_joins_the_matrix_and_the_comment_of_the_sender() -> None:
    items = Statement(kind="items", by="dechallenge", method="Naranjo", result="1: +1; 2: +2", drug=DRUG, event="e1")
    found, back = changed(lambda c: {"statements": (*c.statements, ASSESSED, items)})
    assert [found[f"G.k.9.i.2.r.{n}", (1, 1, 2)] for n in (1, 2, 3)] == ["Dechallenge", "Naranjo", "Probable (6)"]
    comment = found["H.4", ()]
    assert comment is not None
    assert comment.startswith("We doubt it.\n• Statement: ")
    assert "[result] 1: +1; 2: +2" in comment
    assert len(found) == 4
    assert [s.by for s in back.statements if s.method == "Naranjo"] == ["dechallenge", "dechallenge"]


def test_a_long_result_is_cut_in_the_matrix_and_whole_in_the_comment() -> None:
    long = ASSESSED.model_copy(update={"result": "x" * 100})
    found, _ = changed(lambda c: {"statements": (*c.statements, long)})
    assert found["G.k.9.i.2.r.3", (1, 1, 2)] == "x" * 59 + "…"
    assert "x" * 100 in (found["H.4", ()] or "")


def test_a_new_value_gets_the_next_place_and_tells_its_day() -> None:
    new = Measurement(id="l9", analyte="ALP", value=300, unit="U/L", unit_as_written="U/L", comparator=">",
                      time=Time(low=20, high=22, point=21, text="three weeks"))  # fmt: skip
    found, _ = changed(lambda c: {"measurements": (*c.measurements, new)})
    assert found["F.r.2.1", (3,)] == "Alkaline phosphatase"
    assert (found["F.r.3.2", (3,)], found["F.r.3.3", (3,)]) == (">300", "U/L")
    assert "Day 21 after the first dose of tocilizumab (day 20 to 22)" in (found["F.r.6", (3,)] or "")


def test_an_action_that_is_added_keeps_those_that_were_inferred() -> None:
    again = Action(kind="restarted", drug=DRUG, time=Time(low=90, high=90, point=90), result="positive")
    found, back = changed(lambda c: {"actions": (*c.actions, again)})
    assert found["G.k.9.i.4", (1, 1)] == "1"
    assert [(a.kind, a.result) for a in back.actions] == [("stopped", None), ("restarted", "positive")]
    assert ("G.k.8", (1,)) not in found


@pytest.mark.parametrize("own", ["0", "9", ""])
def test_an_action_that_is_learnt_later_replaces_a_code_that_says_nothing(own: str) -> None:
    base = report(*LIVER, ("G.k.8", 1, own)) if own else report(*LIVER)
    case = case_from.case(base, MESSAGE)
    assert case_to.icsr(case, base) is base
    made = case_to.icsr(case.model_copy(update={"actions": (Action(kind="stopped", drug=DRUG),)}), base)
    assert made.value("G.k.8", 1) == "1"


def test_a_role_that_no_code_has_keeps_the_rest_of_the_drug() -> None:
    _, back = changed(
        lambda c: {"exposures": (c.exposures[0], c.exposures[1].model_copy(update={"role": "treatment"}))}
    )
    assert (back.exposures[1].role, back.exposures[1].reason) == ("treatment", "characterised as concomitant (G.k.1)")


def test_what_is_taken_out_goes_with_all_its_elements() -> None:
    found, _ = changed(
        lambda c: {"exposures": c.exposures[:1], "links": tuple(k for k in c.links if k.drug == DRUG), "tests": ()}
    )
    assert set(found.values()) == {None}
    assert {key[0] for key in found} == {"F.r.2.1", "F.r.3.1", "G.k.1", "G.k.2.2", "G.k.10.r"}


def test_a_line_joins_the_free_text_of_the_history() -> None:
    found, back = changed(lambda c: {"patient": c.patient.model_copy(update={"alcohol": "absent"})})
    assert found == {("D.7.2", ()): "Had her tonsils removed.\n• Patient: [alcohol] absent"}
    assert back.patient.alcohol == "absent"


def test_a_second_change_replaces_the_line_of_the_first() -> None:
    base = report(*RICH)
    case = case_from.case(base, MESSAGE)
    first = case_to.icsr(case.model_copy(update={"statements": (*case.statements, ASSESSED)}), base)
    read = case_from.case(first, MESSAGE)
    better = tuple(
        s.model_copy(update={"result": "Definite (9)"}) if s.by == "dechallenge" else s for s in read.statements
    )
    second = told(case_to.icsr(read.model_copy(update={"statements": better}), first))
    assert second["G.k.9.i.2.r.3", (1, 1, 2)] == "Definite (9)"
    assert second["H.4", ()].count("Naranjo") == 1
    assert "Probable" not in second["H.4", ()]


# --- a new report ---------------------------------------------------------------------------------------------------


TEXT = "  Liver injury\n\nA woman took tocilizumab; three weeks later ALT was 900 U/L and she was jaundiced.\x0c End."
DOCUMENT = Document.from_text(TEXT, name="case.txt", id="d1")


def words(quote: str) -> tuple[TextEvidence, ...]:
    start = TEXT.index(quote)
    return (TextEvidence(document="d1", start=start, end=start + len(quote), quote=quote),)


DAY = Time(low=18, high=24, point=21, text="three weeks later", anchor="stated", evidence=words("three weeks later"))
CASE = Case(
    id="c1",
    title="Liver injury",
    document="d1",
    events=(Event(id="a7", kind="liver injury", term="liver injury", primary=True, onset=DAY, outcome="recovering",
                  seriousness=("hospitalisation", "liver transplantation"), evidence=words("Liver injury")),),
    exposures=(
        Exposure(id="x1", drug="prednisolone", as_written="prednisolone", role="treatment", reason="for the reaction"),
        Exposure(id="x2", drug="methotrexate", as_written="MTX", role="previous", stop=Time(high=-10)),
        Exposure(id="x3", drug=DRUG, as_written="RoActemra", ingredients=(DRUG,), role="suspect",
                 evidence=words("tocilizumab")),
    ),
    links=(DrugReaction(drug=DRUG, event="a7", role="suspect", basis="blamed", because="it says [so]", latency=DAY),),
    actions=(Action(kind="reduced", drug=DRUG, time=Time(low=20)), Action(kind="stopped", drug="methotrexate")),
    measurements=(
        Measurement(id="l1", analyte="ALT", value=900, unit="U/L", unit_as_written="U/L", canonical=900,
                    canonical_unit="U/L", time=DAY, evidence=words("ALT was 900 U/L")),
        Measurement(id="l2", analyte="AST", low=2, high=3, unit="xULN", unit_as_written="× ULN"),
        Measurement(id="l3", analyte="ALP", qualitative="normal", section="table"),
        Measurement(id="l4", analyte="BILI_TOT", value=3, comparator="~", unit="mg/dL", unit_as_written="mg/dL",
                    canonical=3, canonical_unit="mg/dL"),
    ),
    tests=(TestResult(test="liver biopsy", state="not done"), TestResult(test="HBsAg", state="negative"),
           TestResult(test="ultrasound", state="not interpretable", result="a mild fatty liver")),
    findings=(
        Finding(term="jaundice", kind="sign", state="present", time=DAY, evidence=words("jaundiced")),
        Finding(term="diabetes", kind="diagnosis", state="absent", history=True),
        Finding(term="macrovesicular steatosis", kind="histology", state="uncertain", extent="80 %"),
    ),
    statements=(Statement(kind="score", by="author", method="RUCAM", result="8"),
                ASSESSED.model_copy(update={"event": "a7"})),
)  # fmt: skip


def new() -> dict[tuple[str, tuple[int, ...]], str]:
    return told(case_to.icsr(CASE, None, (DOCUMENT,)))


def test_nothing_of_a_case_from_prose_is_lost() -> None:
    made = case_to.icsr(CASE, None, (DOCUMENT,))
    back = case_from.case(made, MESSAGE)
    assert lost(CASE, back) == []
    (quote,) = [e for e in back.measurements[0].evidence if isinstance(e, TextEvidence)]
    (narrative,) = case_from.narratives(made, MESSAGE)
    assert (quote.document, quote.quote) == (narrative.id, "ALT was 900 U/L")
    assert narrative.text[quote.start : quote.end] == quote.quote


def test_a_report_made_of_a_text_is_known_as_such() -> None:
    assert case_from.told_in_full(case_to.icsr(CASE, None, (DOCUMENT,)))
    assert not case_from.told_in_full(report(*RICH))


def test_elements_hold_what_has_a_place() -> None:
    found = new()
    assert found["E.i.1.1a", (1,)] == "liver injury"
    assert (found["E.i.7", (1,)], found["E.i.3.2c", (1,)], found["E.i.3.2f", (1,)]) == ("2", "true", "true")
    assert found["E.i.3.2a", (1,)] == "<NI>"
    assert (found["G.k.1", (1,)], found["G.k.2.2", (1,)], found["G.k.8", (1,)]) == ("1", "RoActemra", "2")
    assert (found["G.k.9.i.3.1a", (1, 1)], found["G.k.9.i.3.1b", (1, 1)]) == ("21", "d")
    assert found["D.8.r.1", (1,)] == "MTX"
    assert [found["F.r.3.4", (r,)] for r in (2, 3, 4)] == ["2 to 3 × ULN", "normal", "~3 mg/dL"]
    assert (found["F.r.3.4", (5,)], found["F.r.3.1", (6,)], found["F.r.3.1", (7,)]) == ("not done", "2", "4")
    assert found["F.r.3.4", (9,)] == "macrovesicular steatosis: uncertain (80 %)"
    assert found["F.r.1", (1,)] == "<UNK>"
    assert found["G.k.9.i.2.r.3", (1, 1, 1)] == "Probable (6)"


def test_treatments_of_the_reaction_are_no_drugs_of_its_time() -> None:
    found = new()
    assert {value for (id, _), value in found.items() if id == "G.k.2.2"} == {"RoActemra"}
    assert "[role] treatment" in found["H.5.r.1a", (1,)]


def test_the_narrative_is_the_text_without_what_xml_cannot_hold() -> None:
    assert new()["H.1", ()] == TEXT.replace("\x0c", " ").strip()


def test_a_long_text_is_cut_and_the_report_says_so() -> None:
    text = "A woman took tocilizumab. " + "She waited. " * 10_000 + "ALT was 900 U/L."
    document = Document.from_text(text, id="d1")
    late = TextEvidence(document="d1", start=len(text) - 16, end=len(text) - 1, quote="ALT was 900 U/L")
    early = TextEvidence(document="d1", start=0, end=7, quote="A woman")
    case = CASE.model_copy(
        update={"measurements": (CASE.measurements[0].model_copy(update={"evidence": (early, late)}),)}
    )
    made = case_to.icsr(case, None, (document,))
    assert len(made.value("H.1")) == 100_000
    assert made.value("H.1").endswith("did not fit.]")
    assert any("100000 fit" in note for note in made.notes)
    quotes = [e.quote for e in case_from.case(made, MESSAGE).measurements[0].evidence if isinstance(e, TextEvidence)]
    assert quotes == ["A woman"]


def test_lines_that_find_no_room_go_to_the_summary() -> None:
    actions = tuple(Action(kind="reduced", drug=DRUG, because=f"{n} " + "y" * 400) for n in range(12))
    case = CASE.model_copy(update={"actions": actions})
    made = case_to.icsr(case, None, (DOCUMENT,))
    assert all(len(e.value) <= 2000 for e in made.elements if e.id == "G.k.11")
    assert [a.because for a in case_from.case(made, MESSAGE).actions] == [a.because for a in actions]


def test_texts_longer_than_their_element_are_said_to_be_cut() -> None:
    case = CASE.model_copy(update={"events": (CASE.events[0].model_copy(update={"term": "z" * 300}),)})
    made = case_to.icsr(case, None, (DOCUMENT,))
    assert len(made.value("E.i.1.1a", 1)) == 250
    assert made.notes == ("E.i.1.1a[1]: 50 of 300 characters did not fit",)
    assert "reaction " + "z" * 300 + " liver injury" in lost(case, case_from.case(made, MESSAGE))


def test_lost_names_what_is_missing() -> None:
    back = CASE.model_copy(
        update={
            "tests": CASE.tests[1:],
            "measurements": (CASE.measurements[0].model_copy(update={"time": None}), *CASE.measurements[1:]),
            "patient": CASE.patient,
        }
    )
    assert lost(CASE, back) == ["value ALT 900.0: time", "test liver biopsy"]
    assert lost(back, CASE) == []


# --- wording --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (Time(low=20, high=22, point=21), "Day 21 after the first dose of x (day 20 to 22)"),
        (Time(low=21, high=21, point=21), "Day 21 after the first dose of x"),
        (Time(low=-5, high=-1, point=-3), "Day 3 before the first dose of x (day -5 to -1)"),
        (Time(low=20, high=22), "Day 20 to 22 from the first dose of x"),
        (Time(low=20), "Day 20 or later from the first dose of x"),
        (Time(high=0.5), "Day 0.5 or before from the first dose of x"),
        (Time(), "Day unknown from the first dose of x"),
        (Time(low=1, high=1, point=1, text="the [next] day", anchor="before restart", date="2020-02"),
         "Day 1 after the first dose of x, told as “the ⟦next⟧ day”, counted from before restart, on 2020-02"),
    ],
)  # fmt: skip
def test_moments_in_words(time: Time, said: str) -> None:
    assert lines.say_time(time, "the first dose of x", lines.no_spans) == said
    assert lines.read_time(said, lambda told: ()) == time


@pytest.mark.parametrize("text", ["", "Day", "on day 4", "Day 4 after lunch", "Day x after the first dose of y"])
def test_other_words_are_no_moments(text: str) -> None:
    assert lines.read_time(text, lambda told: ()) is None


def test_free_text_beside_a_line_stays() -> None:
    text = "Before. • Patient: [alcohol] absent"
    assert [line.kind for line in lines.read(text)] == ["Patient"]
    assert lines.without(text) == "Before."
    assert lines.without("• a list • of things") == "• a list • of things"


def test_a_line_that_makes_no_sense_is_noted_and_spoils_nothing() -> None:
    base = report(*RICH)
    odd = Element("G.k.11", (1,), "• Action: [kind] flown [drug] tocilizumab", "", "", "/x", 0)
    case = case_from.case(base.with_elements((*base.elements, odd)), MESSAGE)
    assert [a.kind for a in case.actions] == ["stopped"]
    assert any("not in the wording" in note for note in case.notes)


def test_an_element_that_was_changed_since_goes_before_its_line() -> None:
    made = case_to.icsr(CASE, None, (DOCUMENT,))
    edited = made.with_elements(
        Element(e.id, e.at, {"F.r.3.2": "450", "E.i.7": "1", "G.k.1": "3"}.get(e.id, e.value), e.null)
        for e in made.elements
    )
    case = case_from.case(edited, MESSAGE)
    assert (case.measurements[0].value, case.events[0].outcome) == (450, "recovered")
    assert next(e for e in case.exposures if e.drug == DRUG).role == "interacting"
