"""Neutropenia and agranulocytosis: definitions by the lowest count, grades of depth, the case of the IAAAS.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.blood import neutropenia_infection, neutrophils_second
from dechallenge.facts.vocabulary.grading import neutrophils_nadir
from dechallenge.facts.vocabulary.inflammation import il1_blockade, il6_blockade
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Item, Option, left_out

NOT_KNOWN = left_out("the lowest neutrophil count is not known")
NAMES = "the names mild, moderate and severe are from memory; that the risk rises below 1.0 and below 0.5 was read"

NEUTROPENIA = neutrophils_nadir < 1.5
AGRANULOCYTOSIS = neutrophils_nadir < 0.5
PROFOUND = neutrophils_nadir < 0.1
SEVERE = AGRANULOCYTOSIS & ~PROFOUND
MODERATE = (neutrophils_nadir < 1.0) & ~AGRANULOCYTOSIS
MILD = NEUTROPENIA & (neutrophils_nadir >= 1.0)
IAAAS = AGRANULOCYTOSIS & (neutrophils_second < 0.5) & neutropenia_infection

INSTRUMENT = Instrument(
    id="neutropenia-definition",
    title="Neutropenia and agranulocytosis, definitions",
    edition="limits in use (consensus 1991; Andrès 2019)",
    year=1991,
    kind="criteria",
    purpose="Whether the lowest neutrophil count makes a neutropenia or an agranulocytosis, and how deep it is.",
    applies_to=("neutropenia", "agranulocytosis"),
    items=(
        Item(
            "depth",
            "Depth of the neutropenia",
            (
                Option("profound", "below 0.1 × 10⁹/L, a marker of poor prognosis", PROFOUND),
                Option("severe", "0.1 to below 0.5 × 10⁹/L", SEVERE, NAMES),
                Option(
                    "moderate",
                    "0.5 to below 1.0 × 10⁹/L",
                    MODERATE,
                    NAMES,
                ),
                Option("mild", "1.0 to below 1.5 × 10⁹/L", MILD, NAMES),
                Option("none", "1.5 × 10⁹/L or more", neutrophils_nadir >= 1.5),
            ),
            missing=NOT_KNOWN,
            source="Andrès 2019 and other reviews",
        ),
        Item(
            "iaaas",
            "Case of the International Agranulocytosis and Aplastic Anemia Study",
            (
                Option("yes", "below 0.5 × 10⁹/L on two counts, with fever, infection or signs of septic shock", IAAAS),
                Option("no", "one of these is not there", ~IAAAS),
            ),
            missing=left_out("a second count, or whether there was fever or infection, is not known"),
            source="International Agranulocytosis and Aplastic Anemia Study, as quoted in one source",
        ),
        Item(
            "verdict",
            "Definition",
            (
                Option("agranulocytosis", "below 0.5 × 10⁹/L", AGRANULOCYTOSIS),
                Option("neutropenia", "0.5 to below 1.5 × 10⁹/L", NEUTROPENIA & ~AGRANULOCYTOSIS),
                Option("no neutropenia", "1.5 × 10⁹/L or more", ~NEUTROPENIA),
            ),
            missing=NOT_KNOWN,
            source="Bénichou & Solal-Céligny 1991; Andrès 2019",
        ),
    ),
    result=Category("verdict"),
    reference="Bénichou C, Solal-Céligny P. Nouv Rev Fr Hematol 1991;33:257–62. Andrès E, Villalba NL, Zulfiqar AA, et "
    "al. J Clin Med 2019;8:1351.",
    doi="10.3390/jcm8091351",
    verification="The limits 1.5, 0.5 and 0.1 × 10⁹/L read in two or more sources; the case of the study in one.",
    missing_rule="Without a count nothing is judged. A second count and signs of infection that are not told are "
    "unknown, never absent.",
    unverified=("details of the reference of 1991 are from memory",),
    notes=(
        "The absolute count is white cells × (% neutrophils + % bands) ÷ 100: 3500/µL × 31 % is 1085/µL.",
        "Agranulocytosis needs no fever; the study of the IAAAS asks for it.",
    ),
    cautions=(
        Caution(
            "counts of 1.0 to 1.5 × 10⁹/L are normal in healthy people without the Duffy antigen (from memory, "
            "unverified); a count before the drug decides",
            MILD,
            ("verdict", "depth"),
        ),
        Caution(
            "IL-1 or IL-6 blockade lowers the circulating neutrophils by itself (redistribution, blocked egress): the "
            "count alone shows no toxicity to the marrow",
            il1_blockade | il6_blockade,
            ("verdict", "depth"),
        ),
    ),
    examples=(
        Example("1085/µL", {"neutrophils_nadir": 1.085}, {"depth": "mild"}, category="neutropenia", kind="neutropenia"),
        Example("anakinra 1: 750/mm³", {"neutrophils_nadir": 0.75}, {"depth": "moderate"}, category="neutropenia"),
        Example("anakinra 2: 320/mm³", {"neutrophils_nadir": 0.32}, {"depth": "severe"}, category="agranulocytosis"),
        Example("exactly 0.5", {"neutrophils_nadir": 0.5}, {"depth": "moderate"}, category="neutropenia"),
        Example("exactly 1.5", {"neutrophils_nadir": 1.5}, {"depth": "none"}, category="no neutropenia"),
    ),
)
