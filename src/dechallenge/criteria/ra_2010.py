"""Classification criteria of ACR and EULAR of 2010: rheumatoid arthritis.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.rheumatoid import (
    acpa,
    clinical_synovitis,
    criteria_met_before,
    involved_joints,
    large_joints,
    rheumatoid_arthritis,
    rheumatoid_factor,
    small_joints,
    synovitis_explained,
    typical_erosions,
)
from dechallenge.facts.vocabulary.rheumatology import disease_weeks
from dechallenge.facts.vocabulary.rheumatology_response import crp_abnormal, esr_abnormal
from dechallenge.logic.instrument import Band, Caution, Entry, Example, Given, Instrument, Item, Option, Sum, forbids

SOURCE = "Aletaha 2010, table of the criteria"

POSITIVE = ("positive", "low positive", "high positive")
HIGH = rheumatoid_factor.is_("high positive") | acpa.is_("high positive")
LOW = rheumatoid_factor.one_of(*POSITIVE) | acpa.one_of(*POSITIVE)
NEGATIVE = rheumatoid_factor.is_("negative") | acpa.is_("negative")

SYNOVITIS = Entry(
    "at least one joint with definite clinical synovitis that no other disease explains better",
    clinical_synovitis & ~synovitis_explained,
    "The criteria are for patients with definite synovitis of at least one joint that no other disease explains better",
)

TESTED = Entry(
    "rheumatoid factor or antibodies to citrullinated peptides were tested",
    ~(rheumatoid_factor.is_("not done") & acpa.is_("not done")),
    "The criteria need at least one test of rheumatoid factor or of antibodies to citrullinated peptides",
)

PATIENT: dict[str, Given] = {"clinical_synovitis": True, "synovitis_explained": False}
BAND_6: dict[str, Given] = {
    **PATIENT,
    "large_joints": 0,
    "small_joints": 2,
    "rheumatoid_factor": "positive",
    "acpa": "negative",
    "crp_abnormal": True,
    "esr_abnormal": False,
    "disease_weeks": 6,
}

INSTRUMENT = Instrument(
    id="ra-2010",
    title="Classification criteria of rheumatoid arthritis, ACR and EULAR",
    edition="2010",
    year=2010,
    kind="criteria",
    purpose="Whether an arthritis is classified as definite rheumatoid arthritis: 6 or more of 10 points.",
    entry=(SYNOVITIS, TESTED),
    items=(
        Item(
            "A",
            "Joint involvement (the highest row)",
            (
                Option(
                    5, "more than 10 joints, at least one of them small", (involved_joints > 10) & (small_joints >= 1)
                ),
                Option(3, "4 to 10 small joints", small_joints >= 4),
                Option(2, "1 to 3 small joints", small_joints >= 1),
                Option(1, "2 to 10 large joints", large_joints >= 2),
                Option(0, "1 large joint", large_joints < 2),
            ),
            missing=forbids("needs the joints"),
            source=SOURCE,
            note="Large: shoulder, elbow, hip, knee, ankle. Small: MCP, PIP, MTP 2-5, thumb IP, wrist. DIP, first "
            "CMC and first MTP do not count.",
        ),
        Item(
            "B",
            "Serology (at least one test)",
            (
                Option(3, "rheumatoid factor or ACPA above 3×ULN", HIGH),
                Option(2, "rheumatoid factor or ACPA above the limit, at most 3×ULN, or positive without a titre", LOW),
                Option(0, "both negative, or the one that was done", NEGATIVE),
            ),
            missing=forbids("needs rheumatoid factor or ACPA"),
            source=SOURCE,
        ),
        Item(
            "C",
            "Acute-phase reactants (at least one test)",
            (
                Option(1, "CRP or ESR abnormal", crp_abnormal | esr_abnormal),
                Option(0, "both normal, or the one that was done", ~crp_abnormal | ~esr_abnormal),
            ),
            missing=forbids("needs CRP or ESR"),
            source=SOURCE,
        ),
        Item(
            "D",
            "Duration of symptoms",
            (
                Option(1, "6 weeks or longer", disease_weeks >= 6),
                Option(0, "less than 6 weeks", disease_weeks < 6),
            ),
            missing=forbids("needs the duration"),
            source=SOURCE,
        ),
    ),
    result=Sum((Band(None, 5, "not classified"), Band(6, None, "definite RA")), published_range="0 to 10"),
    reference="Aletaha D, Neogi T, Silman AJ, et al. 2010 Rheumatoid arthritis classification criteria. Arthritis "
    "Rheum 2010;62:2569-81 (citation from memory).",
    doi="10.1002/art.27584",
    verification="Read in two or more secondary tables; the paper was not read.",
    missing_rule="One test each of serology and acute phase is enough; without one, or without joints or duration, "
    "there is no total, only its range.",
    notes=(
        "A graphic in circulation gives 1 to 3 small joints 3 points and calls it “2020”; a table in a case report "
        "gives more than 10 joints 4 points. Both are wrong: 2 and 5.",
        "A rheumatoid factor reported only as positive counts as low positive.",
    ),
    cautions=(
        Caution(
            "Erosions typical of rheumatoid arthritis classify it directly, whatever the total.",
            typical_erosions,
        ),
        Caution(
            "Documented fulfilment of the criteria in the past classifies it directly, whatever the total.",
            criteria_met_before,
        ),
    ),
    shown_with=(rheumatoid_arthritis,),
    examples=(
        Example(
            "two small joints, low positive factor, CRP raised, six weeks",
            BAND_6,
            {"A": 2, "B": 2, "C": 1, "D": 1},
            6,
            "definite RA",
            remark="with 3 points for 1 to 3 small joints (the wrong graphic) it would be 7",
        ),
        Example(
            "the same for five weeks",
            {**BAND_6, "disease_weeks": 5.9},
            {"D": 0},
            5,
            "not classified",
            remark="worked out from the table",
        ),
        Example(
            "eleven joints, one of them small, all else negative",
            {
                **BAND_6,
                "large_joints": 10,
                "small_joints": 1,
                "rheumatoid_factor": "negative",
                "crp_abnormal": False,
                "disease_weeks": 2,
            },
            {"A": 5, "B": 0, "C": 0, "D": 0},
            5,
            "not classified",
            remark="5 points for the joints, not 4 as a table in a case report has it",
        ),
        Example(
            "the most",
            {**BAND_6, "small_joints": 12, "acpa": "high positive"},
            {"A": 5, "B": 3, "C": 1, "D": 1},
            10,
            "definite RA",
            remark="upper end of the table",
        ),
    ),
)
