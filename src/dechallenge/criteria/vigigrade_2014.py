"""vigiGrade (2014): how much of the information that causality assessment needs a report gives, from 0 to 1.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.documentation import (
    AGE_PENALTIES,
    ONSET_PENALTIES,
    PENALTIES,
    completeness,
    report_age,
    report_comments,
    report_country,
    report_dose,
    report_indication,
    report_onset,
    report_outcome,
    report_reporter,
    report_sex,
    report_type,
)
from dechallenge.logic.instrument import Caution, Computed, Example, Given, Instrument, Item, Option, left_out
from dechallenge.logic.terms import Choice, Flag

PENALTY_TABLE = "Bergvall 2014; penalties as tabulated in PMC9503115"
NOT_JUDGED = left_out("not judged")


def _dimension(term: Choice | Flag, title: str) -> Item:
    """A dimension with what its states leave of the score."""
    options: tuple[Option, ...]
    if isinstance(term, Flag):
        loss = PENALTIES[term]
        options = (
            Option("stated", "stated: nothing is lost", term),
            Option("missing", f"missing: the score is multiplied by {1 - loss:g}", ~term),
        )
    else:
        table = ONSET_PENALTIES if term is report_onset else AGE_PENALTIES
        options = tuple(
            Option(
                value,
                f"{value}: nothing is lost" if loss == 0 else f"{value}: the score is multiplied by {1 - loss:g}",
                term.is_(value),
            )
            for value, loss in table.items()
        )
    return Item(term.name.removeprefix("report_"), title, options, missing=NOT_JUDGED, source=PENALTY_TABLE)


ALL_STATED: dict[str, Given] = {
    "report_onset": "stated",
    "report_age": "stated",
    **{flag.name: True for flag in PENALTIES},
}
ALL_MISSING: dict[str, Given] = {
    "report_onset": "missing",
    "report_age": "missing",
    **{flag.name: False for flag in PENALTIES},
}


def _example(name: str, score: float, category: str, **given: Given) -> Example:
    return Example(name, {**ALL_STATED, **given}, score=score, category=category, remark="computed from the penalties")


WELL, NOT_WELL = "well documented", "not well documented"

INSTRUMENT = Instrument(
    id="vigigrade-2014",
    title="vigiGrade completeness",
    edition="Bergvall 2014",
    year=2014,
    kind="score",
    purpose="How much information a report gives, not whether it speaks for the drug: an onset that speaks against it "
    "counts as much.",
    items=(
        _dimension(report_onset, "Time to onset"),
        _dimension(report_indication, "Indication"),
        _dimension(report_outcome, "Outcome"),
        _dimension(report_sex, "Sex"),
        _dimension(report_age, "Age at onset"),
        _dimension(report_dose, "Dose"),
        _dimension(report_country, "Country"),
        _dimension(report_reporter, "Primary reporter"),
        _dimension(report_type, "Type of report"),
        _dimension(report_comments, "Comments"),
        Item(
            "informative",
            "Informative in the sense of a later method of ranking signals",
            (
                Option("yes", "completeness at least 0.9", completeness >= 0.9),
                Option("no", "completeness below 0.9", completeness < 0.9),
            ),
            missing=left_out("not every dimension was judged"),
            source="a later method of ranking signals, one source",
        ),
        Item(
            "completeness",
            "Completeness: the product of what each dimension leaves",
            (
                Option(WELL, "above 0.8", completeness > 0.8),
                Option(NOT_WELL, "0.8 or less", completeness <= 0.8),
            ),
            missing=left_out("not every dimension was judged"),
            quantity=completeness,
            source="Bergvall 2014",
            note="From 0.0709 (everything missing) to 1.",
        ),
    ),
    result=Computed("completeness"),
    reference="Bergvall T, Norén GN, Lindquist M. vigiGrade: a tool to identify well-documented individual case "
    "reports and highlight systematic data quality issues. Drug Saf 2014;37:65–77.",
    doi="10.1007/s40264-013-0131-x",
    verification="Dimensions, principles and the limit of 0.8 read in the abstract and in one table of the paper "
    "(PMC6447519, Table 2); the penalties in one later paper (PMC9503115).",
    missing_rule="A dimension that the report does not give is missing, which is an answer; one that nobody judged is "
    "unknown, and the completeness is then a range.",
    unverified=(
        "an erratum to the paper exists; it was not read",
        "that an outcome entered as unknown counts as missing is from memory",
        "several drugs or reactions: averaging over their pairs is from memory and is not done here; this is one pair",
    ),
    notes=(
        "Early texts used other weights.",
        "Above 0.8: one or two losses of 10 % still qualify (0.90, 0.81), three do not (0.729), nor one of 30 %.",
    ),
    cautions=(
        Caution(
            "the published score counts structured fields only; where a report was read as prose, what its words tell "
            "counts as stated"
        ),
    ),
    examples=(
        _example("nothing missing", 1.0, WELL),
        _example("age group only", 0.9, WELL, report_age="age group"),
        _example("sex missing", 0.7, NOT_WELL, report_sex=False),
        Example(
            "age and sex missing",
            {**ALL_STATED, "report_age": "missing", "report_sex": False},
            score=0.49,
            category=NOT_WELL,
            remark="the paper: age and sex together halve the score or more",
        ),
        _example("time to onset missing", 0.5, NOT_WELL, report_onset="missing"),
        _example(
            "time to onset uncertain by a month at most, dose missing",
            0.81,
            WELL,
            report_onset="within a month",
            report_dose=False,
        ),
        _example("time to onset uncertain by more than a month", 0.7, NOT_WELL, report_onset="over a month"),
        _example(
            "indication, outcome and comments missing",
            0.441,
            NOT_WELL,
            report_indication=False,
            report_outcome=False,
            report_comments=False,
        ),
        Example(
            "everything missing",
            ALL_MISSING,
            score=0.5 * 0.7**4 * 0.9**5,
            category=NOT_WELL,
            remark="0.0709, the least that is possible",
        ),
    ),
)
