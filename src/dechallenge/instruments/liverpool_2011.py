"""Liverpool adverse drug reaction causality assessment tool (2011): a flow chart of ten questions.

The questions are items, the branches are the options of the last item. Imports only the vocabulary and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causality_more import (
    disease_could_explain,
    lasting_disability,
    reaction_suspected,
    same_reaction_before,
    stop_not_possible,
    symptoms_worsened,
)
from dechallenge.facts.vocabulary.causes import other_cause
from dechallenge.facts.vocabulary.judgement import known_reaction
from dechallenge.facts.vocabulary.response import (
    dechallenge,
    dose_response,
    rechallenge,
    specific_test,
    toxic_level,
)
from dechallenge.facts.vocabulary.timing import latency
from dechallenge.logic import OTHERWISE, Predicate
from dechallenge.logic.instrument import (
    Category,
    Caution,
    Example,
    Given,
    Instrument,
    Item,
    Missing,
    Option,
    counts_as,
    left_out,
)

SOURCE = "Gallagher 2011, Figure 2, in a transcription and a public form"

AFTER_DRUG = latency >= 0
IMPROVED = dechallenge.one_of("positive", "positive with symptomatic treatment", "confounded")
NOT_IMPROVED = dechallenge.is_("negative")
LOW = other_cause.one_of("ruled out", "unlikely") | ~disease_could_explain
EVIDENCE = specific_test.is_("positive") | toxic_level | dose_response
NO_EVIDENCE = ~specific_test.is_("positive") & ~toxic_level & ~dose_response
RECHALLENGED = rechallenge.is_("positive")
REPORTED = known_reaction.one_of("labelled", "published", "few reports")

UNSEEN = left_out("not known")
AS_NO = counts_as("no", "not known, counted as no")


def _question(id: str, title: str, yes: Predicate, no: Predicate, missing: Missing = UNSEEN, note: str = "") -> Item:
    return Item(
        id,
        title,
        (Option("yes", "yes", yes), Option("no", "no", no)),
        missing=missing,
        source=SOURCE,
        note=note,
    )


QUESTIONS = (
    _question("1", "Is an adverse drug reaction suspected?", reaction_suspected, ~reaction_suspected),
    _question("2", "Did the event come after the drug was given or its dose raised?", AFTER_DRUG, ~AFTER_DRUG),
    _question("3", "Were earlier symptoms made worse by the drug?", symptoms_worsened, ~symptoms_worsened),
    Item(
        "4",
        "Did the event improve when the drug was stopped or reduced?",
        (
            Option("yes", "yes, with or without treatment", IMPROVED),
            Option("no", "no", NOT_IMPROVED),
            Option("unassessable", "given once, in intervals, or cannot be stopped", stop_not_possible),
        ),
        missing=left_out("not known, and not one of the situations in which it is unassessable"),
        source=SOURCE,
    ),
    _question("5", "Did the event leave a lasting disability or impairment?", lasting_disability, ~lasting_disability),
    Item(
        "6",
        "How probable is it that an underlying disease caused the event?",
        (
            Option("low", "low", LOW),
            Option("high or unsure", "high, or unsure", OTHERWISE),
        ),
        missing=counts_as("high or unsure", "not known: unsure"),
        source=SOURCE,
    ),
    _question(
        "7",
        "Is there objective evidence for the mechanism?",
        EVIDENCE,
        NO_EVIDENCE,
        AS_NO,
        "A positive test of the mechanism (not one that merely confirms the reaction), a toxic level, or a clear "
        "relation to the dose in the patient.",
    ),
    _question("8", "Was there a positive rechallenge?", RECHALLENGED, ~RECHALLENGED, AS_NO),
    _question(
        "9",
        "Did this patient have the same event with this drug before?",
        same_reaction_before,
        ~same_reaction_before,
        AS_NO,
    ),
    _question(
        "10",
        "Has the event been reported before with this drug?",
        REPORTED,
        ~REPORTED,
        AS_NO,
        "Unconvincing reports, or reports with related drugs only, are no.",
    ),
)

STARTED = reaction_suspected & (AFTER_DRUG | symptoms_worsened)
REACHED_6 = STARTED & (IMPROVED | stop_not_possible | (NOT_IMPROVED & lasting_disability))
REACHED_9 = REACHED_6 & (LOW | EVIDENCE)

EDGE = "one transcription of the figure goes from question 7 to 9; another reading goes to 8 first"
BOX = "one transcription of the figure has 'possible' here; the figure itself was not seen"

VERDICT = Item(
    "verdict",
    "Where the flow chart ends",
    (
        Option("unlikely", "no reaction suspected (1 no)", ~reaction_suspected),
        Option(
            "unlikely", "neither after the drug nor earlier symptoms worse (3 no)", ~AFTER_DRUG & ~symptoms_worsened
        ),
        Option(
            "possible", "no improvement and no lasting harm (5 no)", STARTED & NOT_IMPROVED & ~lasting_disability, BOX
        ),
        Option("definite", "disease unlikely (6 low), positive rechallenge (8 yes)", REACHED_6 & LOW & RECHALLENGED),
        Option("definite", "the same event with this drug before (9 yes)", REACHED_9 & same_reaction_before),
        Option("probable", "reported before with this drug (10 yes)", REACHED_9 & REPORTED, EDGE),
        Option("possible", "not reported before with this drug (10 no)", REACHED_9, EDGE),
        Option("possible", "disease not unlikely, no objective evidence (7 no)", REACHED_6),
    ),
    missing=left_out("the chart cannot be completed"),
    source=SOURCE,
    note="What is not known of questions 6 to 10 counts as unsure and no (project reading); questions 1 to 5 have to "
    "be known.",
)

YES: dict[str, Given] = {"reaction_suspected": True, "latency": 10, "dechallenge": "positive"}
LIKELY: dict[str, Given] = {**YES, "disease_could_explain": False}


def _path(name: str, category: str, given: dict[str, Given]) -> Example:
    return Example(name, given, category=category, remark="A path of the chart; no published itemised case was read.")


INSTRUMENT = Instrument(
    id="liverpool-2011",
    title="Liverpool causality assessment tool",
    edition="2011",
    year=2011,
    kind="causality",
    purpose="How likely one drug caused a reaction of any kind, by a flow chart of ten questions.",
    items=(*QUESTIONS, VERDICT),
    result=Category("verdict"),
    reference="Gallagher RM, Kirkham JJ, Mason JR, et al. Development and inter-rater reliability of the Liverpool "
    "adverse drug reaction causality assessment tool. PLoS One 2011;6:e28096.",
    doi="10.1371/journal.pone.0028096",
    verification="Questions read in two sources (a transcription of Figure 2, a public form), footnotes in PLoS One "
    "2017;12:e0172830, Figure 1; branches in one transcription. The figure itself was not seen.",
    missing_rule="Question 4 counts as unassessable only in the listed situations; otherwise, and when questions 1 to "
    "3 or 5 are not known where they are asked, the chart cannot be completed. Question 6 not known is unsure; 7 to 10 "
    "not known are no (project reading).",
    unverified=("the branches: one transcription", "the rules for missing answers of questions 6 to 10 are ours"),
    notes=(
        "Numbering of the public form; the transcription numbers question 3 as 2b, so that later numbers shift by one.",
        "Objective evidence is not evidence that the reaction happened, but of its mechanism.",
    ),
    cautions=(
        Caution(
            "Evidence of the mechanism and a positive rechallenge: where disease is not unlikely, the other reading of "
            "the figure (7 yes, then 8) ends at definite.",
            EVIDENCE & RECHALLENGED,
            items=("7", "8"),
        ),
    ),
    examples=(
        _path("1y 2y 4y 6low 8y", "definite", {**LIKELY, "rechallenge": "positive"}),
        _path("1y 2y 4y 6low 8n 9y", "definite", {**LIKELY, "rechallenge": "not done", "same_reaction_before": True}),
        _path(
            "1y 2y 4y 6low 8n 9n 10y",
            "probable",
            {**LIKELY, "rechallenge": "not done", "same_reaction_before": False, "known_reaction": "labelled"},
        ),
        _path(
            "1y 2y 4y 6low 8n 9n 10n",
            "possible",
            {**LIKELY, "rechallenge": "not done", "same_reaction_before": False, "known_reaction": "not described"},
        ),
        _path(
            "1y 2y 4y 6unsure 7n",
            "possible",
            {
                **YES,
                "disease_could_explain": True,
                "specific_test": "not available",
                "toxic_level": False,
                "dose_response": False,
            },
        ),
        _path("1y 2n 3n", "unlikely", {"reaction_suspected": True, "latency": -1, "symptoms_worsened": False}),
        _path("1n", "unlikely", {"reaction_suspected": False}),
        _path(
            "1y 2y 4n 5n",
            "possible",
            {"reaction_suspected": True, "latency": 10, "dechallenge": "negative", "lasting_disability": False},
        ),
    ),
)
