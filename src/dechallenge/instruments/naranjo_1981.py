"""Naranjo's adverse drug reaction probability scale (1981): ten questions for any drug and any reaction.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causes import other_cause
from dechallenge.facts.vocabulary.judgement import known_reaction
from dechallenge.facts.vocabulary.response import (
    antidote_response,
    dechallenge,
    dose_response,
    objective_evidence,
    placebo,
    rechallenge,
    similar_reaction,
    toxic_level,
)
from dechallenge.facts.vocabulary.timing import latency
from dechallenge.logic import OTHERWISE, Predicate
from dechallenge.logic.instrument import Band, Example, Instrument, Item, Option, Sum, counts_as

KNOWN = known_reaction.one_of("labelled", "published", "few reports")
IMPROVED = dechallenge.one_of("positive", "positive with symptomatic treatment") | antidote_response
NOT_IMPROVED = dechallenge.is_("negative")


def _question(
    number: int,
    title: str,
    yes: tuple[int, Predicate],
    no: tuple[int, Predicate],
    note: str = "",
    can_be_not_done: bool = False,
) -> Item:
    """A question with its points for yes and for no; don't know and not done are 0.

    With `can_be_not_done` the fact can be known to be neither: re-exposure or placebo not given, causes not looked for.
    """
    neither = (Option(0, "not done, or cannot be told", OTHERWISE),) if can_be_not_done else ()
    return Item(
        str(number),
        title,
        (
            Option(yes[0], "yes", yes[1]),
            Option(no[0], "no", no[1]),
            *neither,
        ),
        missing=counts_as(0, "don't know or not done"),
        source="Naranjo 1981",
        note=note,
    )


INSTRUMENT = Instrument(
    id="naranjo-1981",
    title="Naranjo scale",
    edition="1981",
    year=1981,
    kind="causality",
    purpose="How probable it is that a drug caused a reaction; any drug and any reaction, one score for each pair.",
    items=(
        _question(
            1,
            "Are there previous conclusive reports on this reaction?",
            yes=(+1, KNOWN),
            no=(0, ~KNOWN),
            note="Product information or published cases count.",
        ),
        _question(
            2,
            "Did the event appear after the suspected drug was given?",
            yes=(+2, latency >= 0),
            no=(-1, latency < 0),
        ),
        _question(
            3,
            "Did the reaction improve when the drug was stopped or a specific antagonist was given?",
            yes=(+1, IMPROVED),
            no=(0, NOT_IMPROVED),
            can_be_not_done=True,
            note="Don't know when the drug went on, when a treatment of the reaction may explain it, or when the end "
            "is not known.",
        ),
        _question(
            4,
            "Did the reaction reappear when the drug was given again?",
            yes=(+2, rechallenge.is_("positive")),
            no=(-1, rechallenge.is_("negative")),
            can_be_not_done=True,
            note="No re-exposure is 'not done', not 'no'.",
        ),
        _question(
            5,
            "Are there alternative causes that could on their own have caused the reaction?",
            yes=(-1, other_cause.one_of("possible", "probable")),
            no=(+2, other_cause.is_("ruled out")),
            can_be_not_done=True,
            note="'No' needs a search for other causes.",
        ),
        _question(
            6,
            "Did the reaction reappear when a placebo was given?",
            yes=(-1, placebo.is_("reappeared")),
            no=(+1, placebo.is_("did not reappear")),
            can_be_not_done=True,
            note="No placebo given is 'not done'.",
        ),
        _question(
            7,
            "Was the drug detected in blood or other fluids in a concentration known to be toxic?",
            yes=(+1, toxic_level),
            no=(0, ~toxic_level),
        ),
        _question(
            8,
            "Was the reaction more severe with a higher dose, or less severe with a lower dose?",
            yes=(+1, dose_response),
            no=(0, ~dose_response),
        ),
        _question(
            9,
            "Did the patient have a similar reaction to the same or a similar drug in a previous exposure?",
            yes=(+1, similar_reaction),
            no=(0, ~similar_reaction),
        ),
        _question(
            10,
            "Was the reaction confirmed by objective evidence?",
            yes=(+1, objective_evidence),
            no=(0, ~objective_evidence),
        ),
    ),
    result=Sum(
        (
            Band(None, 0, "doubtful"),
            Band(1, 4, "possible"),
            Band(5, 8, "probable"),
            Band(9, None, "definite"),
        ),
        "−4 to +13",
    ),
    reference="Naranjo CA, Busto U, Sellers EM, et al. A method for estimating the probability of adverse drug "
    "reactions. Clin Pharmacol Ther 1981;30:239–45.",
    doi="10.1038/clpt.1981.154",
    verification="All points and limits agree in four published tables.",
    missing_rule="Unknown, not done and not applicable are 0.",
    unverified=("question 8 needs a change of dose without stopping (from memory)",),
    notes=("Unsuited to interactions between drugs.",),
    examples=(
        Example(
            "Ther Clin Risk Manag 2018;14:1657 (PMC6136411)",
            {"latency": 1, "dechallenge": "positive", "other_cause": "ruled out", "objective_evidence": True},
            {"1": 0, "2": 2, "3": 1, "4": 0, "5": 2, "6": 0, "7": 0, "8": 0, "9": 0, "10": 1},
            score=6,
            category="probable",
            remark="items as printed; the facts stand for the answers",
        ),
        Example(
            "World J Clin Cases 2024;12:1371",
            {"known_reaction": "published", "latency": 1, "other_cause": "possible", "objective_evidence": True},
            {"1": 1, "2": 2, "3": 0, "4": 0, "5": -1, "6": 0, "7": 0, "8": 0, "9": 0, "10": 1},
            score=3,
            category="possible",
            remark="the total is derived",
        ),
        Example(
            "Korean J Clin Pharm 2019;29:56",
            {"known_reaction": "published", "latency": 1, "dechallenge": "positive", "similar_reaction": False},
            {"1": 1, "2": 2, "3": 1, "4": 0, "5": 0, "6": 0, "7": 0, "8": 0, "9": 0, "10": 0},
            score=4,
            category="possible",
        ),
        Example(
            "the lowest total",
            {
                "known_reaction": "not described",
                "latency": -1,
                "dechallenge": "negative",
                "antidote_response": False,
                "rechallenge": "negative",
                "other_cause": "probable",
                "placebo": "reappeared",
                "toxic_level": False,
                "dose_response": False,
                "similar_reaction": False,
                "objective_evidence": False,
            },
            score=-4,
            category="doubtful",
        ),
        Example(
            "the highest total",
            {
                "known_reaction": "labelled",
                "latency": 1,
                "dechallenge": "positive",
                "rechallenge": "positive",
                "other_cause": "ruled out",
                "placebo": "did not reappear",
                "toxic_level": True,
                "dose_response": True,
                "similar_reaction": True,
                "objective_evidence": True,
            },
            score=13,
            category="definite",
        ),
    ),
)
