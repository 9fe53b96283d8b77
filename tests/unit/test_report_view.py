"""What a view shows of a case before it is drawn."""

from __future__ import annotations

from dechallenge.assessment import model as m
from dechallenge.report import labs, view
from dechallenge.report.asked import FIRST, open_questions
from tests.unit import report_fixture as fixture


def test_the_time_course_stands_in_the_order_of_time_with_each_re_exposure() -> None:
    case = fixture.neutropenia()
    course = view.time_course(case, case.events[0], case.suspects[0])
    assert [s.label for s in course] == [
        "first dose",
        "onset",
        "stopped",
        "recovered",
        "re-exposure 1",
        "re-exposure 2",
    ]
    assert [s.when for s in course] == ["day 0", "day 4", "day 4", "day 4–6", "day 7 or later", "day 36 or later"]
    assert course[4].detail.startswith("positive") and course[5].detail.startswith("negative")


def test_a_moment_without_a_day_stays_where_it_belongs() -> None:
    case = fixture.hepatitis()
    actions = tuple(a.model_copy(update={"day": None}) for a in case.actions)
    course = view.time_course(case.model_copy(update={"actions": actions}), case.events[0], case.suspects[0])
    assert [s.label for s in course] == ["first dose", "onset", "stopped"]


def test_a_drug_that_merely_ran_before_it_was_stopped_makes_no_step_of_its_own() -> None:
    case = fixture.hepatitis()
    stop = next(a for a in case.actions if a.kind == "stopped")
    onset = case.events[0].onset_days
    assert onset is not None and onset[0] is not None
    for day, shown in (((0.0, None), False), (None, False), ((onset[0] + 1, None), True)):
        ran = stop.model_copy(update={"kind": "continued", "day": day})
        told = case.model_copy(update={"actions": (*case.actions, ran)})
        labels = [s.label for s in view.time_course(told, told.events[0], told.suspects[0])]
        assert ("continued" in labels) is shown
    never = tuple(a for a in (*case.actions, ran) if a.kind != "stopped")
    kept = case.model_copy(update={"actions": never})
    assert "continued" in [s.label for s in view.time_course(kept, kept.events[0], kept.suspects[0])]


def test_the_latency_gives_the_onset_its_point() -> None:
    case = fixture.hepatitis()
    assert view.onset(case, case.events[0]) == "onset day 21 (18–24)"
    assert view.onset(fixture.boy(), fixture.boy().events[0]) == "onset after the first dose"


def test_not_done_and_not_reported_are_never_merged() -> None:
    states = view.work_up(fixture.hepatitis())
    assert list(states) == list(view.STATES)
    assert [t.test for t in states["not done"]] == ["HEV"]
    assert len(states["not reported"]) == 8


def test_one_question_for_each_fact_most_decisive_first() -> None:
    asked = view.questions(fixture.hepatitis().suspects)
    assert [q.fact for q in asked] == ["hev", "concomitant_hepatotoxin"]
    assert [(e.instruments, dict(e.answers), e.rest) for e in asked[0].effects] == [
        (("RUCAM 2016",), {"negative": "7 probable", "positive": "3 possible"}, False),
        (("Naranjo 1981",), {"positive": "2 possible"}, False),
    ]


def test_answers_that_change_nothing_are_left_out_and_instruments_that_agree_share_a_line() -> None:
    suspect = fixture.hepatitis().suspects[0]
    first, *others = suspect.instruments
    asked = m.OpenQuestion(fact="x", question="X?", would_give={"yes": "-1 excluded", "no": "6 probable"})
    narrow = m.OpenQuestion(fact="y", question="Y?", would_give={"yes": "6 probable", "no": "6 probable"})
    one = first.model_copy(update={"open_questions": (narrow, asked)})
    two = one.model_copy(update={"id": "rucam-1993"})
    questions = view.questions([suspect.model_copy(update={"instruments": (one, two, *others)})])
    by_fact = {q.fact: q for q in questions}
    assert by_fact["x"].effects == (view.Effect(("RUCAM 2016", "RUCAM 1993"), (("yes", "−1 excluded"),), True),)
    assert by_fact["y"].effects == () and by_fact["y"].narrows == ("RUCAM 2016", "RUCAM 1993")
    assert [q.fact for q in questions][-1] == "y"


def test_all_but_the_first_questions_are_folded_by_kind_and_instrument() -> None:
    case = fixture.hepatitis()
    suspect, event = case.suspects[0], case.events[0]
    first, *others = suspect.instruments

    def ask(number: int, result: str) -> m.OpenQuestion:
        return m.OpenQuestion(fact=f"f{number}", question=f"F{number}?", would_give={"yes": result, "no": "6 probable"})

    many = tuple(ask(n, "-1 excluded" if n < 8 else "6 probable") for n in range(9))
    graded = first.model_copy(update={"id": "dilin-severity", "open_questions": (ask(9, "6 probable"),)})
    one = first.model_copy(update={"open_questions": many})
    silent = tuple(other.model_copy(update={"open_questions": ()}) for other in others)
    several = [suspect.model_copy(update={"instruments": (one, *silent)})]
    asked = open_questions(several, [event.model_copy(update={"instruments": (graded,)})])
    assert [q.fact for q in asked.first] == [f"f{n}" for n in range(FIRST)]
    assert [(f.title, len(f.questions), f.decisive) for f in asked.folds] == [
        ("Causality", 4, 3), ("Grading and criteria", 1, 0)
    ]  # fmt: skip
    assert [[inner.title for inner in fold.folds] for fold in asked.folds] == [["RUCAM 2016"], ["DILIN severity"]]


def test_with_several_suspects_a_question_says_which_drug_it_is_about() -> None:
    one = fixture.hepatitis().suspects[0]
    two = one.model_copy(update={"drug": "prednisone"})
    assert view.questions([one, two])[0].effects[0].instruments == ("RUCAM 2016 (anakinra, prednisone)",)


def test_the_pattern_below_the_threshold_is_said_plainly() -> None:
    words = view.pattern_words(fixture.steatosis().suspects[0].key_points.pattern)
    assert words.startswith("enzymes below the threshold of liver injury (ALT 1.25 × ULN, ALP 1.40 × ULN)")
    assert "R 0.89" in words


def test_the_pattern_has_its_range() -> None:
    pattern = m.Pattern(type="mixed", r=4.2, low=1.9, high=12.34, below_threshold=False)
    assert view.pattern_words(pattern) == "mixed, R 4.20 (1.90–12.3)"
    assert view.pattern_words(m.Pattern(low=5.0)) == "type unknown, R ≥ 5.00"


def test_the_headline_names_drug_reaction_and_leading_verdict() -> None:
    assert view.headline(fixture.steatosis()) == (
        "anakinra · raised liver enzymes · Naranjo 1981 4 (1–7) possible as told (possible or probable)"
    )
    assert view.headline(fixture.hepatitis().model_copy(update={"suspects": ()})) == "acute hepatitis, no suspect drug"
    assert view.headline(fixture.hepatitis().model_copy(update={"events": ()})) == "no reaction was found"


def test_the_laboratory_course_has_a_row_for_each_analyte_and_a_column_for_each_moment() -> None:
    course = labs.course(fixture.hepatitis())
    assert [c.head for c in course.columns] == ["before", "18–24", "25–31", "32–38"]
    assert [r.analyte for r in course.rows] == ["ALT", "AST", "ALP", "GGT", "BILI_TOT"]
    alt = course.rows[0]
    assert alt.peak == 83.65
    assert [[v.value for v in cell] for cell in alt.cells] == [[None], [3346], [1204], [96]]


def test_the_blood_comes_first_where_the_blood_is_the_injury() -> None:
    assert [r.analyte for r in labs.course(fixture.neutropenia()).rows] == ["NEUT", "WBC", "CRP"]


def test_where_columns_do_not_fit_the_first_the_last_and_the_extremes_stay() -> None:
    values = tuple(
        fixture.lab("ALT", "ALT", value, "U/L", (float(day), float(day)), fixture.said("ALT 3346 U/L"))
        for day, value in enumerate([20, 90, 400, 3000, 800, 200, 60])
    )
    course = labs.course(fixture.hepatitis().model_copy(update={"measurements": values}))
    assert labs.choose(course, [6] * 7, 18) == (0, 3, 6)
    assert labs.choose(course, [6] * 7, 100) == tuple(range(7))


def test_two_values_at_one_moment_are_both_kept_and_the_same_value_twice_is_one() -> None:
    row = labs.course(fixture.neutropenia()).rows[0]
    assert [v.value for v in row.cells[-1]] == [3800, 1500, 3000]
    case = fixture.steatosis()
    doubled = case.model_copy(update={"measurements": case.measurements + case.measurements[:1]})
    assert len(labs.course(doubled).rows[0].cells[0]) == 1
