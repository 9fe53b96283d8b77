"""French imputability method, 1985 edition: C (chronology), S (semiology), I (intrinsic) and B (bibliography).

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causes import other_cause
from dechallenge.facts.vocabulary.judgement import favouring_factor, known_reaction, semiology
from dechallenge.facts.vocabulary.response import dechallenge, rechallenge, specific_test
from dechallenge.facts.vocabulary.timing import onset_timing
from dechallenge.logic import OTHERWISE
from dechallenge.logic.instrument import Example, Instrument, Item, Option, Table, Tables, counts_as, forbids, left_out

FROM_MEMORY = "wording of the code from memory"

ONSET = Item(
    "onset",
    "Time to onset",
    (
        Option("very suggestive", "the delay itself points to the drug", onset_timing.is_("very suggestive")),
        Option("incompatible", "too short, or the event began first", onset_timing.is_("incompatible")),
        Option("compatible", "every other delay", onset_timing.is_("compatible")),
    ),
    missing=forbids("not assessable without the time to onset; read as compatible, the residual class", "compatible"),
    source="Bégaud 1985; definitions from a regional pharmacovigilance centre",
)

DECHALLENGE = Item(
    "dechallenge",
    "Course after stopping",
    (
        Option("suggestive", "the event regresses when the drug is stopped", dechallenge.is_("positive")),
        Option(
            "not suggestive",
            "a reversible event does not regress, or regresses completely though the drug goes on",
            dechallenge.one_of("negative", "recovered on drug"),
        ),
        Option(
            "inconclusive",
            "late or treated regression, short or unknown course, irreversible, death, or not stopped",
            OTHERWISE,
        ),
    ),
    missing=counts_as("inconclusive", "course not known"),
    source="Bégaud 1985; definitions from a regional pharmacovigilance centre",
)

RECHALLENGE = Item(
    "rechallenge",
    "Rechallenge",
    (
        Option("R+", "the event recurs", rechallenge.is_("positive")),
        Option("R-", "the event does not recur", rechallenge.is_("negative")),
        Option("R0", "not done or not assessable", OTHERWISE),
    ),
    missing=counts_as("R0", "not done or not assessable"),
    source="Bégaud 1985",
)

SEMIOLOGY = Item(
    "semiology",
    "Semiology",
    (
        Option(
            "evocative",
            "the picture points to the drug, or a highly suggestive favouring factor is present",
            semiology.is_("evocative") | favouring_factor,
        ),
        Option("other", "neither", semiology.is_("other") & ~favouring_factor),
    ),
    missing=counts_as("other", "not known to be evocative"),
    source="Bégaud 1985, table S",
)

OTHER_CAUSE = Item(
    "other cause",
    "Another explanation",
    (
        Option("absent", "absent after appropriate work-up", other_cause.is_("ruled out")),
        Option("possible", "present or not looked for", OTHERWISE),
    ),
    missing=counts_as("possible", "not looked for"),
    source="Bégaud 1985, table S",
)

TEST = Item(
    "test",
    "Specific and reliable test",
    (
        Option("L+", "positive", specific_test.is_("positive")),
        Option("L-", "negative", specific_test.is_("negative")),
        Option("L0", "not available or inconclusive", OTHERWISE),
    ),
    missing=counts_as("L0", "not available or inconclusive"),
    source="Bégaud 1985, table S",
)

BIBLIOGRAPHY = Item(
    "B",
    "Bibliography",
    (
        Option(
            "B3",
            "notorious: described with this drug in reference works",
            known_reaction.one_of("labelled", "published"),
            unverified=FROM_MEMORY,
        ),
        Option(
            "B2",
            "published once or twice, with a rather different picture, with a related drug, or experimental",
            known_reaction.one_of("few reports", "indirect"),
            unverified=FROM_MEMORY,
        ),
        Option("B1", "neither B3 nor B2", known_reaction.is_("unconvincing"), unverified=FROM_MEMORY),
        Option(
            "B0",
            "entirely new: an exhaustive search found nothing",
            known_reaction.is_("not described"),
            unverified=FROM_MEMORY,
        ),
    ),
    missing=left_out("not assessed: the literature was not searched"),
    source="Bégaud 1985",
)

ONSET_BY_RECHALLENGE = (
    ("very suggestive", "R+"),
    ("very suggestive", "R0"),
    ("very suggestive", "R-"),
    ("compatible", "R+"),
    ("compatible", "R0"),
    ("compatible", "R-"),
    ("incompatible", "*"),
)

TABLE_C = Table(
    "C",
    rows="dechallenge",
    columns=("onset", "rechallenge"),
    header=ONSET_BY_RECHALLENGE,
    lines=(
        ("suggestive", ("C3", "C3", "C1", "C3", "C2", "C1", "C0")),
        ("inconclusive", ("C3", "C2", "C1", "C3", "C1", "C1", "C0")),
        ("not suggestive", ("C1", "C1", "C1", "C1", "C1", "C1", "C0")),
    ),
    labels=(("C3", "likely"), ("C2", "plausible"), ("C1", "doubtful"), ("C0", "appears to rule the drug out")),
)

TABLE_S = Table(
    "S",
    rows="other cause",
    columns=("semiology", "test"),
    header=(
        ("evocative", "L+"),
        ("evocative", "L0"),
        ("evocative", "L-"),
        ("other", "L+"),
        ("other", "L0"),
        ("other", "L-"),
    ),
    lines=(
        ("absent", ("S3", "S3", "S1", "S3", "S2", "S1")),
        ("possible", ("S3", "S2", "S1", "S3", "S1", "S1")),
    ),
    labels=(("S3", "likely"), ("S2", "plausible"), ("S1", "doubtful")),
)

TABLE_I = Table(
    "I",
    rows="C",
    columns=("S",),
    header=(("S1",), ("S2",), ("S3",)),
    lines=(
        ("C0", ("I0", "I0", "I0")),
        ("C1", ("I1", "I1", "I2")),
        ("C2", ("I1", "I2", "I3")),
        ("C3", ("I3", "I3", "I4")),
    ),
    labels=(
        ("I0", "excluded"),
        ("I1", "doubtful"),
        ("I2", "plausible"),
        ("I3", "likely"),
        ("I4", "very likely"),
    ),
    unverified="C2S3, C3S1, C3S2 and C3S3 are from memory",
)

INSTRUMENT = Instrument(
    id="french-1985",
    title="French imputability method",
    edition="1985",
    year=1985,
    kind="causality",
    purpose="Imputability of a reaction to one drug, as three results side by side: chronology and semiology, which "
    "give the intrinsic imputability, and bibliography, which never changes it.",
    items=(ONSET, DECHALLENGE, RECHALLENGE, SEMIOLOGY, OTHER_CAUSE, TEST, BIBLIOGRAPHY),
    result=Tables((TABLE_C, TABLE_S, TABLE_I), template="{C}{S}{B}", category="I"),
    reference="Bégaud B, Evreux JC, Jouglard J, Lagier G. Imputabilité des effets inattendus ou toxiques des "
    "médicaments. Actualisation de la méthode utilisée en France. Therapie 1985;40:111–8.",
    verification="Tables C and S and the start of table I read in a published supplement; 20 of the 21 cells of C "
    "also in the 2011 table; definitions in teaching texts of two centres.",
    missing_rule="Rechallenge R0, test L0, course inconclusive, other causes possible, bibliography not assessed. "
    "The time to onset must be known; the result with 'compatible' is given in the reason.",
    unverified=("how many criteria count as the favouring factor varies between teaching texts",),
    notes=(
        "C, S and B are never added together. The short form leaves I out: it follows from C and S.",
        "R− gives C1 even with a very suggestive onset; R+ gives C3 unless the course is not suggestive.",
        "An item that was not assessed is shown as B?.",
        "Semiology not known to be evocative counts as other (project choice).",
    ),
    examples=(
        Example(
            "Perrin 2014, first patient (anakinra, neutropenia)",
            {
                "onset_timing": "compatible",
                "dechallenge": "positive",
                "rechallenge": "positive",
                "semiology": "evocative",
                "other_cause": "not sought",
                "known_reaction": "labelled",
            },
            {"onset": "compatible", "dechallenge": "suggestive", "rechallenge": "R+", "B": "B3"},
            category="I3 likely",
            code="C3S2B3",
            remark="The code is printed; the answers behind it are derived.",
        ),
        Example(
            "Perrin 2014, second patient (anakinra, neutropenia)",
            {
                "onset_timing": "compatible",
                "dechallenge": "positive",
                "rechallenge": "negative",
                "semiology": "other",
                "other_cause": "possible",
                "known_reaction": "labelled",
            },
            category="I1 doubtful",
            code="C1S1B3",
            remark="The code is printed; the answers behind it are derived.",
        ),
    ),
)
