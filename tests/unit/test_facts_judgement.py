"""What is known of drug and reaction, and what the picture points to."""

from __future__ import annotations

import pytest

from dechallenge.facts.known import reaction_values
from dechallenge.facts.make import event_facts, make_facts
from dechallenge.knowledge import KnownReaction
from dechallenge.logic import Facts
from tests.unit.case_builder import BEFORE, Told, at, made_up, still_mas


def facts(b: Told, drug: str = "anakinra") -> Facts:
    case = b.case()
    return make_facts(case, drug, case.events[0])


def neutropenia() -> Told:
    b = made_up("neutropenia", "anakinra", at(4))
    b.lab("NEUT", 750, "/mm3", "750/mm3", at(4))
    return b


def row(labelled: str = "unknown", published: str = "unknown", livertox: str = "") -> KnownReaction:
    return KnownReaction(
        "x",
        "liver injury",
        labelled,
        "verified",
        published,
        "verified",
        livertox,
        "x",
        "source",
        "2026-01",  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("known", "values", "best"),
    [
        (row("yes", "yes", "C"), ("labelled",), None),
        (row("no", "yes"), ("published", "few reports"), "published"),
        (row("no", "yes", "A"), ("published",), None),
        (row("no", "yes", "D"), ("few reports",), None),
        (row("no", "no", "E"), ("unconvincing",), None),
        (row("unknown", "no", "E"), ("labelled", "unconvincing"), "unconvincing"),
        (row(), (), None),
    ],
)
def test_a_row_of_known_reactions(known: KnownReaction, values: tuple[str, ...], best: str | None) -> None:
    """Peer trap: LiverTox likelihood E is no known hepatotoxicity unless labelled or published."""
    assert reaction_values(known) == (values, best)


def test_an_isolated_neutropenia_that_the_pharmacology_explains_is_evocative() -> None:
    b = neutropenia()
    b.finding("neutropenia", "an isolated neutropenia", extent="isolated", time=at(4))
    assert facts(b)["semiology"].stated == "evocative"


def test_other_lines_normal_at_the_reaction_make_it_isolated() -> None:
    b = neutropenia()
    b.lab("PLT", 221000, "/mm3", "platelets 221,000", at(4))
    b.lab("HB", 13.5, "g/dL", "haemoglobin 13.5", at(4))
    assert facts(b)["semiology"].stated == "evocative"


def test_an_anaemia_that_was_there_before_is_not_of_the_drug() -> None:
    b = neutropenia()
    b.lab("HB", 9.6, "g/dL", "haemoglobin 9.6 before", BEFORE)
    b.lab("HB", 9.5, "g/dL", "haemoglobin 9.5", at(4))
    b.lab("PLT", "normal", "", "platelets normal", at(4))
    assert facts(b)["semiology"].stated == "evocative"


def test_a_second_line_that_falls_is_not_isolated() -> None:
    b = neutropenia()
    b.lab("PLT", 40000, "/mm3", "platelets 40,000", at(4))
    b.lab("HB", 13.5, "g/dL", "haemoglobin 13.5", at(4))
    assert facts(b)["semiology"].stated == "other"


def test_untold_lines_leave_the_picture_open() -> None:
    assert facts(neutropenia())["semiology"].stated is None


def test_an_active_mas_makes_the_picture_other_although_the_label_lists_the_drug() -> None:
    case = still_mas()
    made = make_facts(case, "anakinra", case.events[0])
    assert made["known_reaction"].stated == "labelled"
    assert made["semiology"].stated == "other"


def test_neutrophils_worked_out_from_their_share() -> None:
    b = made_up("neutropenia", "anakinra", at(4))
    b.lab("WBC", 2000, "/mm3", "white cells 2000", at(4))
    b.lab("NEUT_PCT", 30, "%", "30% neutrophils", at(4))
    made = facts(b)
    assert made["neutrophils_nadir"].point == 0.6
    assert made["objective_evidence"].value is True


def test_implausible_platelets_are_left_out() -> None:
    b = neutropenia()
    b.lab("PLT", 116, "10*12/L", "116×10^12/L", at(4), repair=(116, "10*9/L"))
    assert "platelets_nadir" not in facts(b)


def test_gradings_know_the_limits_in_use_only_as_an_interval() -> None:
    case = neutropenia().case()
    made = event_facts(case, case.events[0])
    assert (made["neutrophils_lln"].low, made["neutrophils_lln"].high) == (1.5, 2.0)
    assert made["neutrophils_lln"].point is None
    assert "latency" in made  # counted from the first dose of the main suspect


def test_facts_of_a_reaction_without_a_suspect() -> None:
    case = neutropenia().case().model_copy(update={"links": ()})
    made = event_facts(case, case.events[0])
    assert made["neutrophils_nadir"].point == 0.75
    assert "latency" not in made


def test_dress_is_confirmed_by_its_eosinophils_another_skin_reaction_is_not() -> None:
    found = {}
    for term in ("DRESS", "toxic epidermal necrolysis"):
        b = made_up("severe skin reaction", "allopurinol", at(28), term=term)
        b.lab("EOS", 2.4, "10*9/L", "eosinophils 2.4 × 10^9/L", at(30), limit=0.5)
        found[term] = facts(b).get("objective_evidence")
    assert found["DRESS"] is not None and found["DRESS"].value is True
    assert found["toxic epidermal necrolysis"] is None
