"""Domains 1, 2, 3 and 5 of RECAM 2022, shared by the published scale and its modified reading.

The ranges of the domains are verified; the points inside them are not, and every option says so. Where the only
implementation that was read leaves a verified range, the range is kept. Imports only the vocabulary, the logic and
the patterns of `r_value`.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causality_more import (
    alp_fall_days,
    alp_halved_on_drug,
    alt_fall_days,
    alt_halved_on_drug,
    bili_fall_days,
    bili_halved_on_drug,
    cmv_dna,
    cmv_igm,
    dili_jaundice_before,
    dress_or_sjs,
    ebv_dna,
    ebv_igm,
    hsv_dna,
    hsv_igm,
    liver_biopsy,
    livertox_category,
    rechallenge_ast_during,
    rechallenge_days,
    stayed_high,
)
from dechallenge.facts.vocabulary.response import (
    rechallenge,
    rechallenge_alp_before,
    rechallenge_alp_during,
    rechallenge_alt_before,
    rechallenge_alt_during,
)
from dechallenge.facts.vocabulary.timing import latency, slow_elimination, stop_to_onset
from dechallenge.instruments.r_value import CHOLESTATIC_OR_MIXED, HEPATOCELLULAR
from dechallenge.logic import OTHERWISE, Choice, Predicate
from dechallenge.logic.instrument import Item, Option, counts_as, forbids

NOT_COMPARED = "read in one third-party implementation and from memory; not compared with the paper"
IMPLEMENTATION = "read in one third-party implementation only; not compared with the paper"
FRAME = "AASLD guidance 2023, Table 5 (range of the domain)"

AFTER_STOP = stop_to_onset > 0
ONE_COUNTS = NOT_COMPARED + "; that it takes the place of 1a after the stop is our reading of the guidance's footnote"

ITEM_1 = Item(
    "1",
    "Onset: after the start (1a), or after the stop (1b)",
    (
        Option(0, "1b, after the stop: within 30 days", AFTER_STOP & (stop_to_onset <= 30), ONE_COUNTS),
        Option(0, "1b, after the stop: later, with a long half-life", AFTER_STOP & slow_elimination, ONE_COUNTS),
        Option(-1, "1b, after the stop: 31 to 60 days", AFTER_STOP & (stop_to_onset <= 60), ONE_COUNTS),
        Option(-2, "1b, after the stop: 61 to 90 days", AFTER_STOP & (stop_to_onset <= 90), ONE_COUNTS),
        Option(-4, "1b, after the stop: 91 to 120 days", AFTER_STOP & (stop_to_onset <= 120), ONE_COUNTS),
        Option(-6, "1b, after the stop: over 120 days", stop_to_onset > 120, ONE_COUNTS),
        Option(-6, "1a, from the start: at most 1 day, or before the first dose", latency <= 1, NOT_COMPARED),
        Option(+3, "1a, from the start: 2 to 9 days", (latency > 1) & (latency < 10), NOT_COMPARED),
        Option(
            +4,
            "1a, from the start: 10 to 60 days",
            latency.between(10, 60),
            NOT_COMPARED + "; the maximum +4 is verified",
        ),
        Option(+2, "1a, from the start: 61 to 90 days", (latency > 60) & (latency <= 90), NOT_COMPARED),
        Option(0, "1a, from the start: over 90 days", latency > 90, NOT_COMPARED),
    ),
    missing=forbids("the dates of the drug and of the onset are needed"),
    source=FRAME + "; points: public implementation and memory",
    note="Only one of 1a and 1b is counted (guidance, footnote of Table 5). Onset not told to follow the stop counts "
    "from the start.",
)


def _fell(days: float) -> Predicate:
    """Some marker of the pattern was below half of its peak by this day (R < 5: the better of two markers)."""
    return (HEPATOCELLULAR & (alt_fall_days <= days)) | (
        CHOLESTATIC_OR_MIXED & ((alp_fall_days <= days) | (bili_fall_days <= days))
    )


PEAK = "; that half of the peak itself is meant is from memory"

ITEM_2 = Item(
    "2",
    "Dechallenge: from the peak to below half of the peak",
    (
        Option(
            -6,
            "below half of the peak while the drug was still taken (R < 5: ALP and bilirubin both)",
            (HEPATOCELLULAR & alt_halved_on_drug) | (CHOLESTATIC_OR_MIXED & alp_halved_on_drug & bili_halved_on_drug),
            NOT_COMPARED + PEAK,
        ),
        Option(
            +4,
            "within 30 days",
            _fell(30),
            "+4 from memory, in agreement with the verified maximum; the implementation that was read gives +3" + PEAK,
        ),
        Option(
            +3,
            "within 90 days (31 to 90)",
            _fell(90),
            "+3 from memory; the implementation that was read gives +2" + PEAK,
        ),
        Option(+2, "within 182 days (91 to 182)", _fell(182), NOT_COMPARED + PEAK),
        Option(+1, "within 365 days (183 to 365)", _fell(365), NOT_COMPARED + PEAK),
        Option(-6, "above 90 % of the peak more than 182 days later", stayed_high, NOT_COMPARED),
        Option(
            -6,
            "R < 5: one marker below half while the drug was still taken, the other not within 365 days",
            CHOLESTATIC_OR_MIXED & (alp_halved_on_drug | bili_halved_on_drug),
            NOT_COMPARED + PEAK,
        ),
        Option(0, "later, none of these, or not enough data", OTHERWISE, NOT_COMPARED),
    ),
    missing=counts_as(0, "not enough data"),
    source=FRAME + "; points: public implementation and memory",
    note="Marker: ALT when R ≥ 5; else alkaline phosphatase or total bilirubin, whichever scores higher.",
)

ITEM_3 = Item(
    "3",
    "Literature: LiverTox category of the drug",
    (
        Option(
            +3,
            "A or B",
            livertox_category.one_of("A", "B"),
            "+3 from memory, in agreement with the verified maximum; the implementation that was read gives +2",
        ),
        Option(+1, "C, D or E*", livertox_category.one_of("C", "D", "E*"), NOT_COMPARED),
        Option(0, "E, X or not listed", livertox_category.one_of("E", "X", "not listed"), NOT_COMPARED),
    ),
    missing=counts_as(0, "the category is not known, counted as not listed"),
    source=FRAME + "; points: public implementation and memory",
)

EARLIER = Item(
    "5a",
    "Earlier injury with jaundice from the same drug",
    (
        Option(
            +1, "yes, by history", dili_jaundice_before, IMPLEMENTATION + "; the verified maximum of the total needs it"
        ),
        Option(0, "no", ~dili_jaundice_before, IMPLEMENTATION),
    ),
    missing=counts_as(0, "no information"),
    source="public implementation",
)

RECHALLENGE_POINTS = IMPLEMENTATION + "; +6 is verified, the conditions are not"
FAILED = "0 agrees with the verified range (0 or +6); the implementation that was read gives −3"

RECHALLENGE = Item(
    "5b",
    "Documented re-exposure",
    (
        Option(0, "not done", rechallenge.is_("not done"), IMPLEMENTATION),
        Option(0, "a rise more than 90 days after re-exposure", rechallenge_days > 90, IMPLEMENTATION),
        Option(+6, "R ≥ 5: AST over 3×ULN", HEPATOCELLULAR & (rechallenge_ast_during > 3), RECHALLENGE_POINTS),
        Option(
            0,
            "the value before was raised, and was not passed three times (ALT) or twice (ALP)",
            (HEPATOCELLULAR & (rechallenge_alt_before > 1) & (rechallenge_alt_during <= 3 * rechallenge_alt_before))
            | (
                CHOLESTATIC_OR_MIXED
                & (rechallenge_alp_before > 1)
                & (rechallenge_alp_during <= 2 * rechallenge_alp_before)
            ),
            FAILED,
        ),
        Option(
            +6,
            "R ≥ 5: ALT over 3×ULN; R < 5: ALP over 2×ULN",
            (HEPATOCELLULAR & (rechallenge_alt_during > 3)) | (CHOLESTATIC_OR_MIXED & (rechallenge_alp_during > 2)),
            RECHALLENGE_POINTS,
        ),
        Option(0, "no such rise", OTHERWISE, FAILED),
    ),
    missing=counts_as(0, "no documented re-exposure"),
    source=FRAME + "; conditions: public implementation",
    note="A raised value before re-exposure takes the place of the upper limit (calculator notes of RECAM-J 2023).",
)

BIOPSY = Item(
    "5c",
    "Liver biopsy",
    (
        Option(-6, "another diagnosis", liver_biopsy.is_("other diagnosis"), IMPLEMENTATION),
        Option(
            +1,
            "features of one specific drug injury",
            liver_biopsy.is_("specific drug injury"),
            IMPLEMENTATION + "; the verified maximum of the total needs it",
        ),
        Option(0, "not specific, or not done", liver_biopsy.one_of("not specific", "not done"), IMPLEMENTATION),
    ),
    missing=counts_as(0, "not done, or what it points to is not told"),
    source="public implementation",
)


def _herpes(id: str, virus: str, igm: Choice, dna: Choice) -> Item:
    return Item(
        id,
        virus,
        (
            Option(-6, "IgM and DNA both positive", igm.is_("positive") & dna.is_("positive"), IMPLEMENTATION),
            Option(-2, "IgM or DNA positive alone", igm.is_("positive") | dna.is_("positive"), IMPLEMENTATION),
            Option(
                0,
                "negative, or not tested",
                OTHERWISE,
                "0 for an untested virus read in the notes of RECAM-J 2023 and one implementation; not compared with "
                "the paper",
            ),
        ),
        missing=counts_as(0, "not tested"),
        source="public implementation; calculator notes of RECAM-J 2023",
    )


ITEM_5 = Item(
    "5",
    "Additional data",
    (),
    missing=counts_as(0, "no information"),
    parts=(
        EARLIER,
        RECHALLENGE,
        BIOPSY,
        _herpes("5d", "Cytomegalovirus", cmv_igm, cmv_dna),
        _herpes("5e", "Epstein-Barr virus", ebv_igm, ebv_dna),
        _herpes("5f", "Herpes simplex virus", hsv_igm, hsv_dna),
        Item(
            "5g",
            "DRESS or Stevens-Johnson syndrome",
            (
                Option(+1, "yes", dress_or_sjs, IMPLEMENTATION + "; the verified maximum of the total needs it"),
                Option(0, "no", ~dress_or_sjs, IMPLEMENTATION),
            ),
            missing=counts_as(0, "not told"),
            source="public implementation",
        ),
    ),
    source=FRAME,
)
