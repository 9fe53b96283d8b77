"""French imputability method, 2011 update (published 2013): seven levels of I, a new B, and informativeness.

Imports only the vocabulary of facts, the logic, and from `french_1985` what the update left unchanged.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causes import other_cause
from dechallenge.facts.vocabulary.judgement import favouring_factor, known_reaction, semiology
from dechallenge.facts.vocabulary.response import antidote_response, dechallenge, specific_test
from dechallenge.facts.vocabulary.timing import action_stated, onset_time_stated
from dechallenge.instruments.french_1985 import ONSET, ONSET_BY_RECHALLENGE, RECHALLENGE
from dechallenge.logic import OTHERWISE, count_true
from dechallenge.logic.instrument import Example, Instrument, Item, Option, Table, Tables, counts_as, left_out

DECHALLENGE = Item(
    "dechallenge",
    "Course after stopping",
    (
        Option(
            "suggestive",
            "regression on stopping (or on a lower dose), with or without symptomatic treatment, with enough follow-up",
            dechallenge.one_of("positive", "positive with symptomatic treatment"),
        ),
        Option(
            "not suggestive",
            "a reversible event does not regress despite stopping, or regresses completely though the drug goes on",
            dechallenge.one_of("negative", "recovered on drug"),
        ),
        Option(
            "inconclusive",
            "irreversible or fatal, course unknown, follow-up too short, not stopped, or a single dose",
            OTHERWISE,
        ),
    ),
    missing=counts_as("inconclusive", "course not known"),
    source="Arimone 2013, as documented by one implementation",
)

SEMIOLOGY = Item(
    "semiology",
    "Semiology and favouring factor",
    (
        Option(
            "both",
            "evocative and a well-validated favouring factor",
            semiology.is_("evocative") & favouring_factor,
        ),
        Option("either", "evocative or such a factor", semiology.is_("evocative") | favouring_factor),
        Option("neither", "neither", semiology.is_("other") & ~favouring_factor),
    ),
    missing=counts_as("neither", "not known to be evocative"),
    source="Arimone 2013, table S",
)

OTHER_CAUSE = Item(
    "other cause",
    "Another cause than the drug",
    (
        Option("absent", "absent after appropriate work-up", other_cause.is_("ruled out")),
        Option("present", "present", other_cause.one_of("possible", "probable")),
        Option("not sought", "not looked for, or incompletely", OTHERWISE),
    ),
    missing=counts_as("not sought", "not looked for, or incompletely"),
    source="Arimone 2013, table S",
)

TEST = Item(
    "test",
    "Specific test, or response to a specific antidote",
    (
        Option("L+", "positive", specific_test.is_("positive") | antidote_response),
        Option("L-", "negative", specific_test.is_("negative")),
        Option("L0", "not available or inconclusive", OTHERWISE),
    ),
    missing=counts_as("L0", "not available or inconclusive"),
    source="Arimone 2013, table S",
)

BIBLIOGRAPHY = Item(
    "B",
    "Bibliography",
    (
        Option("B4", "expected: in the summary of product characteristics", known_reaction.is_("labelled")),
        Option("B3", "in reference works, widely published or in databases", known_reaction.is_("published")),
        Option(
            "B2",
            "published once or twice, with a rather different picture, with a drug of the same class, or experimental",
            known_reaction.one_of("few reports", "indirect"),
        ),
        Option("B1", "not published in the sense of B3 or B2", known_reaction.one_of("unconvincing", "not described")),
    ),
    missing=left_out("not assessed: the literature was not searched"),
    source="Arimone 2013; teaching cards",
)

STATED = (onset_time_stated, action_stated)

INFORMATIVENESS = Item(
    "NI",
    "Informativeness of the report",
    (
        Option("NI2", "time to onset and what was done with the drug are both stated", count_true(STATED) >= 2),
        Option("NI1", "one of the two is stated", count_true(STATED) >= 1),
        Option("NI0", "neither is stated", count_true(STATED) < 1),
    ),
    missing=left_out("not judged"),
    source="Arimone 2013",
)

TABLE_C = Table(
    "C",
    rows="dechallenge",
    columns=("onset", "rechallenge"),
    header=ONSET_BY_RECHALLENGE,
    lines=(
        ("suggestive", ("C3", "C3", "C1", "C3", "C2", "C1", "C0")),
        ("inconclusive", ("C3", "C2", "C1", "C3", "C1", "C1", "C0")),
        ("not suggestive", ("C1", "C1", "C1", "C1", "C1", "C0", "C0")),
    ),
    labels=(("C3", "likely"), ("C2", "plausible"), ("C1", "doubtful"), ("C0", "incompatible")),
)

TABLE_S = Table(
    "S",
    rows="other cause",
    columns=("semiology", "test"),
    header=(
        ("both", "L+"),
        ("both", "L0"),
        ("both", "L-"),
        ("either", "L+"),
        ("either", "L0"),
        ("either", "L-"),
        ("neither", "L+"),
        ("neither", "L0"),
        ("neither", "L-"),
    ),
    lines=(
        ("absent", ("S3", "S3", "S2", "S3", "S3", "S1", "S3", "S2", "S1")),
        ("not sought", ("S3", "S3", "S1", "S3", "S2", "S1", "S3", "S1", "S1")),
        ("present", ("S2", "S2", "S1", "S2", "S1", "S1", "S1", "S1", "S0")),
    ),
)

TABLE_I = Table(
    "I",
    rows="C",
    columns=("S",),
    header=(("S0",), ("S1",), ("S2",), ("S3",)),
    lines=(
        ("C0", ("I0", "I0", "I0", "I0")),
        ("C1", ("I0", "I1", "I2", "I4")),
        ("C2", ("I0", "I2", "I3", "I5")),
        ("C3", ("I0", "I4", "I5", "I6")),
    ),
)

INSTRUMENT = Instrument(
    id="french-2011",
    title="French imputability method",
    edition="2011 (published 2013)",
    year=2011,
    kind="causality",
    purpose="Imputability of a reaction to one drug: chronology and semiology give the intrinsic imputability I0 to "
    "I6; bibliography and informativeness stand beside it.",
    items=(ONSET, DECHALLENGE, RECHALLENGE, SEMIOLOGY, OTHER_CAUSE, TEST, BIBLIOGRAPHY, INFORMATIVENESS),
    result=Tables((TABLE_C, TABLE_S, TABLE_I), template="{C}{S}{B}", category="I"),
    reference="Arimone Y, Bidault I, Dutertre JP, et al. Updating the French method for the causality assessment of "
    "adverse drug reactions. Therapie 2013;68:69–76.",
    doi="10.2515/therapie/2013016",
    verification="Tables read as images in the documentation of one implementation; S and I agree with its program, "
    "in C the table is followed where the program differs; seven levels, B and informativeness also in the abstract.",
    missing_rule="Rechallenge R0, test L0, course inconclusive, other causes not looked for, bibliography not "
    "assessed. The time to onset must be known; the result with 'compatible' is given in the reason.",
    unverified=("the decision tables stand in one source; the author list is quoted from memory",),
    notes=(
        "C differs from 1985 in one cell: compatible, not suggestive, R− is C0.",
        "B is read from the top: B4, else B3, else B2, else B1. B0 was removed.",
        "An item that was not assessed is shown as B?.",
        "Semiology not known to be evocative counts as neither (project choice).",
    ),
    examples=(
        Example(
            "Perrin 2014, first patient, on the 2011 scale",
            {
                "onset_timing": "compatible",
                "dechallenge": "positive",
                "rechallenge": "positive",
                "semiology": "evocative",
                "favouring_factor": False,
                "other_cause": "not sought",
                "known_reaction": "labelled",
                "onset_time_stated": True,
                "action_stated": True,
            },
            {"NI": "NI2"},
            category="I5",
            code="C3S2B4",
            remark="derived; the paper prints the 1985 code",
        ),
        Example(
            "compatible, not suggestive, R−",
            {
                "onset_timing": "compatible",
                "dechallenge": "negative",
                "rechallenge": "negative",
                "semiology": "other",
                "favouring_factor": False,
                "other_cause": "possible",
                "specific_test": "negative",
                "antidote_response": False,
                "known_reaction": "not described",
            },
            category="I0",
            code="C0S0B1",
        ),
    ),
)
