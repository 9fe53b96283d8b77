"""Leipzig score of Wilson disease (8th international meeting 2001, Ferenci 2003).

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.inflammation import il6_blockade
from dechallenge.facts.vocabulary.liver import alt_xuln
from dechallenge.facts.vocabulary.liver_causes import (
    atp7b,
    ceruloplasmin_g_l,
    coombs_negative_haemolysis,
    kf_rings,
    liver_copper_measured,
    liver_copper_umol_g,
    rhodanine_granules,
    urine_copper_penicillamine_xuln,
    urine_copper_xuln,
    wilson_neurology,
)
from dechallenge.facts.vocabulary.liver_scores import acute_phase
from dechallenge.logic.instrument import Band, Caution, Example, Instrument, Item, Option, Sum, counts_as

MISSING = counts_as(0, "not tested: 0 points, and the range has what it could give")
_SOURCE = "Ferenci 2003, table of points"

INSTRUMENT = Instrument(
    id="leipzig-2001",
    title="Leipzig score of Wilson disease",
    edition="Leipzig 2001",
    year=2001,
    kind="criteria",
    purpose="How likely Wilson disease is.",
    applies_to=("liver injury",),
    items=(
        Item(
            "rings",
            "Kayser-Fleischer rings",
            (Option(2, "present", kf_rings), Option(0, "absent", ~kf_rings)),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "neurology",
            "Neurologic symptoms",
            (
                Option(2, "severe", wilson_neurology.is_("severe")),
                Option(1, "mild", wilson_neurology.is_("mild")),
                Option(0, "none", wilson_neurology.is_("none")),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "ceruloplasmin",
            "Ceruloplasmin",
            (
                Option(0, "above 0.2 g/L", ceruloplasmin_g_l > 0.2),
                Option(1, "0.1 to 0.2 g/L", ceruloplasmin_g_l.between(0.1, 0.2)),
                Option(2, "below 0.1 g/L", ceruloplasmin_g_l < 0.1),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "haemolysis",
            "Coombs-negative haemolytic anaemia",
            (
                Option(1, "present", coombs_negative_haemolysis),
                Option(0, "absent", ~coombs_negative_haemolysis),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "liver_copper",
            "Liver copper",
            (
                Option(0, "not measured", ~liver_copper_measured),
                Option(2, "above 4 µmol/g (250 µg/g, 5×ULN)", liver_copper_umol_g > 4),
                Option(1, "0.8 to 4 µmol/g (50 to 250 µg/g)", liver_copper_umol_g.between(0.8, 4)),
                Option(-1, "normal: below 0.8 µmol/g", liver_copper_umol_g < 0.8),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "rhodanine",
            "Rhodanine-positive granules, only where liver copper was not measured",
            (
                Option(0, "liver copper was measured", liver_copper_measured),
                Option(1, "present", rhodanine_granules),
                Option(0, "absent", ~rhodanine_granules),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "urine_copper",
            "Urine copper",
            (
                Option(2, "above 2×ULN", urine_copper_xuln > 2),
                Option(1, "above 1 to 2×ULN", (urine_copper_xuln > 1) & (urine_copper_xuln <= 2)),
                Option(
                    2,
                    "normal, but above 5×ULN after penicillamine",
                    (urine_copper_xuln <= 1) & (urine_copper_penicillamine_xuln > 5),
                ),
                Option(0, "normal", urine_copper_xuln <= 1),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "mutations",
            "ATP7B mutations",
            (
                Option(4, "on both chromosomes", atp7b.is_("both chromosomes")),
                Option(1, "on one chromosome", atp7b.is_("one chromosome")),
                Option(0, "none found", atp7b.is_("none found")),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
    ),
    result=Sum(
        (
            Band(-1, 2, "very unlikely"),
            Band(3, 3, "possible"),
            Band(4, 15, "established"),
        ),
        published_range="−1 to 15 (derived)",
    ),
    reference="Ferenci P, Caca K, Loudianos G, et al. Diagnosis and phenotypic classification of Wilson disease. Liver "
    "Int 2003;23:139–42.",
    verification="Points and bands read in three sources; the paper was not read.",
    missing_rule="What was not tested gives 0 points; the range says what it could give.",
    cautions=(
        Caution(
            "Ceruloplasmin is an acute-phase protein: a normal level in systemic inflammation does not exclude Wilson "
            "disease.",
            when=(ceruloplasmin_g_l > 0.2) & acute_phase,
            items=("ceruloplasmin",),
        ),
        Caution(
            "IL-6 blockade lowers acute-phase proteins: ceruloplasmin may be low for that reason (project reading).",
            when=(ceruloplasmin_g_l <= 0.2) & il6_blockade,
            items=("ceruloplasmin",),
        ),
        Caution(
            "Urine copper is not valid in acute hepatitis (ALT of 5×ULN or more).",
            when=(alt_xuln >= 5) & ((urine_copper_xuln > 1) | (urine_copper_penicillamine_xuln > 5)),
            items=("urine_copper",),
        ),
        Caution("What was not tested counts 0: a low total on an incomplete sheet excludes nothing; see the range."),
    ),
    shown_with=(kf_rings, ceruloplasmin_g_l, liver_copper_umol_g, urine_copper_xuln, atp7b),
    notes=(
        "One review calls 2-3 probable and 0-1 unlikely; the bands here are those of the other sources.",
        "Clues to acute Wilson disease (ALP/bilirubin < 4, AST/ALT > 2.2) are quoted from memory and not used.",
    ),
    examples=(
        Example(
            "rings with ceruloplasmin 0.08 g/L",
            {"kf_rings": True, "ceruloplasmin_g_l": 0.08},
            {"rings": 2, "ceruloplasmin": 2},
            4,
            "established",
            remark="derived",
        ),
        Example(
            "normal ceruloplasmin alone",
            {"ceruloplasmin_g_l": 0.3},
            score=0,
            category="very unlikely",
            remark="derived; the range goes to “established”, as nothing else was tested",
        ),
        Example(
            "rhodanine granules with liver copper of 1 µmol/g",
            {"liver_copper_umol_g": 1, "liver_copper_measured": True, "rhodanine_granules": True},
            {"liver_copper": 1, "rhodanine": 0},
            1,
            "very unlikely",
            remark="derived: granules do not count beside a measured copper",
        ),
    ),
)
