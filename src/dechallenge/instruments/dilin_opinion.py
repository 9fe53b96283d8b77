"""The expert-opinion scale of DILIN: the shape of a human judgement, entered by a person and never worked out.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.documentation import opinion_category, opinion_percent
from dechallenge.logic import Predicate
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Item, Option, left_out

LIMITS = "the limits 25, 75 and 95 % and the descriptor are from memory; 50 % was read in one abstract"

SCALE: tuple[tuple[str, str, Predicate], ...] = (
    ("definite", "1: at least 95 %, beyond a reasonable doubt", opinion_percent >= 95),
    ("highly likely", "2: 75 to 94 %, clear and convincing", (opinion_percent >= 75) & (opinion_percent < 95)),
    ("probable", "3: 50 to 74 %, preponderance of the evidence", (opinion_percent >= 50) & (opinion_percent < 75)),
    ("possible", "4: 25 to 49 %, evidence present but equivocal", (opinion_percent >= 25) & (opinion_percent < 50)),
    ("unlikely", "5: under 25 %, another cause likely", opinion_percent < 25),
)


def _disagree(category: str, percent: Predicate) -> Predicate:
    return opinion_category.is_(category) & ~percent


DISAGREE = _disagree(SCALE[0][0], SCALE[0][2])
for _category, _, _percent in SCALE[1:]:
    DISAGREE = DISAGREE | _disagree(_category, _percent)

INSTRUMENT = Instrument(
    id="dilin-opinion",
    title="DILIN expert-opinion scale",
    edition="Rockey 2010",
    year=2010,
    kind="causality",
    purpose="What a person who judged the case thinks of the drug as its cause, in the five categories of the network. "
    "It records an opinion; nothing is worked out from the case.",
    applies_to=("liver injury",),
    items=(
        Item(
            "opinion",
            "Opinion of the reviewer",
            (
                *(
                    Option(category, f"entered as a category; {wording}", opinion_category.is_(category), LIMITS)
                    for category, wording, _ in SCALE
                ),
                Option(
                    "insufficient data",
                    "6: entered as insufficient data",
                    opinion_category.is_("insufficient data"),
                ),
                *(
                    Option(category, f"entered as a percentage; {wording}", percent, LIMITS)
                    for category, wording, percent in SCALE
                ),
            ),
            missing=left_out("no opinion was entered"),
            source="Rockey 2010; PMC7044683, Table 5 (with 6, insufficient data)",
            note="A category that was entered stands; a percentage is put into its category only where none was.",
        ),
    ),
    result=Category("opinion"),
    reference="Rockey DC, Seeff LB, Rochon J, et al. Hepatology 2010;51:2117–26. Percentages and descriptors: Hayashi "
    "PH. Int J Mol Sci 2016;17:201.",
    doi="10.1002/hep.23577",
    verification="Categories and their order read in two sources; the limit of 50 % in one abstract.",
    missing_rule="Without an opinion that was entered there is none.",
    notes=(
        "Three reviewers score on their own; where they disagree they talk, and then a committee votes.",
        "A percentage between two ranges belongs to the lower one: 94.5 % is highly likely.",
        "Of 250 cases (Rockey 2010): definite 78, highly likely 102, probable 37, possible 25, unlikely 8.",
    ),
    cautions=(
        Caution(
            "the category that was entered and the percentage do not agree; the category is shown",
            DISAGREE,
            ("opinion",),
        ),
    ),
    shown_with=(opinion_category, opinion_percent),
    examples=(
        Example("97 %", {"opinion_percent": 97}, category="definite"),
        Example("50 %", {"opinion_percent": 50}, category="probable"),
        Example("49.5 %", {"opinion_percent": 49.5}, category="possible", remark="ranges read as half-open"),
        Example("entered as highly likely", {"opinion_category": "highly likely"}, category="highly likely"),
    ),
)
