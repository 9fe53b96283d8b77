"""Simplified criteria of autoimmune hepatitis (Hennes 2008).

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causality_more import aih_histology, ana_titre, igg_xuln, sma_titre
from dechallenge.facts.vocabulary.causes import hav, hbv, hcv, hev
from dechallenge.facts.vocabulary.liver import alt_xuln
from dechallenge.facts.vocabulary.liver_causes import lkm_titre, sla_antibody
from dechallenge.logic import all_of, any_of
from dechallenge.logic.instrument import Band, Caution, Example, Given, Instrument, Item, Option, Sum, counts_as

VIRUSES = (hav, hbv, hcv, hev)
MISSING = counts_as(0, "not reported: 0 points, and the range has what it could give")
_SOURCE = "Hennes 2008, table of points"
_NO_VIRUS: dict[str, Given] = dict.fromkeys(("hav", "hbv", "hcv", "hev"), "negative")

INSTRUMENT = Instrument(
    id="aih-simplified-2008",
    title="Simplified criteria of autoimmune hepatitis",
    edition="Hennes 2008",
    year=2008,
    kind="criteria",
    purpose="Whether autoimmune hepatitis is probable or definite.",
    applies_to=("liver injury",),
    items=(
        Item(
            "autoantibodies",
            "Autoantibodies (their points are added, at most 2)",
            (
                Option(
                    2,
                    "ANA or SMA ≥ 1:80, or LKM ≥ 1:40, or SLA/LP positive",
                    any_of((ana_titre >= 80, sma_titre >= 80, lkm_titre >= 40, sla_antibody)),
                ),
                Option(2, "ANA and SMA both ≥ 1:40: 1 point each", (ana_titre >= 40) & (sma_titre >= 40)),
                Option(1, "ANA or SMA ≥ 1:40", (ana_titre >= 40) | (sma_titre >= 40)),
                Option(
                    0,
                    "all negative or below these titres",
                    all_of((ana_titre < 40, sma_titre < 40, lkm_titre < 40, ~sla_antibody)),
                ),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "igg",
            "IgG",
            (
                Option(2, "above 1.10×ULN", igg_xuln > 1.1),
                Option(1, "above ULN to 1.10×ULN", (igg_xuln > 1) & (igg_xuln <= 1.1)),
                Option(0, "not above ULN", igg_xuln <= 1),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "histology",
            "Liver histology (evidence of hepatitis is required)",
            (
                Option(
                    2,
                    "typical: interface hepatitis with lymphocytic or lymphoplasmacytic infiltrate, emperipolesis and "
                    "rosettes, all three",
                    aih_histology.is_("typical"),
                ),
                Option(
                    1,
                    "compatible: chronic hepatitis with lymphocytic infiltration",
                    aih_histology.is_("compatible"),
                ),
                Option(0, "neither, or no biopsy", aih_histology.one_of("atypical", "not done")),
            ),
            missing=MISSING,
            source=_SOURCE,
        ),
        Item(
            "virus",
            "Absence of viral hepatitis",
            (
                Option(2, "hepatitis A, B, C and E excluded", all_of(virus.is_("negative") for virus in VIRUSES)),
                Option(0, "viral hepatitis present", any_of(virus.is_("positive") for virus in VIRUSES)),
                Option(0, "not looked for", any_of(virus.is_("not done") for virus in VIRUSES)),
            ),
            missing=MISSING,
            source=_SOURCE,
            note="Which viruses have to be excluded is the project's choice (A, B, C and E). An incomplete panel gives "
            "0, and the range has the 2.",
        ),
    ),
    result=Sum(
        (
            Band(0, 5, "not reached"),
            Band(6, 6, "probable"),
            Band(7, 8, "definite"),
        ),
        published_range="0 to 8",
    ),
    reference="Hennes EM, Zeniya M, Czaja AJ, et al. Simplified criteria for the diagnosis of autoimmune hepatitis. "
    "Hepatology 2008;48:169–76.",
    doi="10.1002/hep.22322",
    verification="Points read in two tables; that the points of the antibodies are added, in a table of BMC Health "
    "Serv Res 2013;13:161; the paper was not read.",
    unverified=("the DOI is quoted from memory", "the panel of viruses that has to be negative is a project choice"),
    missing_rule="What is not reported gives 0 points; the range says what it could give. “Not reached” on an "
    "incomplete sheet excludes nothing.",
    cautions=(
        Caution(
            "Not suited to acute and drug-induced presentations: IgG is often normal, and drug-induced autoimmune-like "
            "hepatitis scores like autoimmune hepatitis.",
            when=alt_xuln >= 5,
        ),
        Caution(
            "Interface hepatitis, focal necrosis and portal inflammation are found in drug injury as well.",
            when=aih_histology.one_of("typical", "compatible"),
            items=("histology",),
        ),
        Caution("A low score does not exclude autoimmune hepatitis, and a biopsy alone does not either."),
    ),
    shown_with=(ana_titre, sma_titre, lkm_titre, igg_xuln, aih_histology),
    examples=(
        Example(
            "ANA 1:80, IgG 1.2×ULN, typical, no virus",
            {**_NO_VIRUS, "ana_titre": 80, "igg_xuln": 1.2, "aih_histology": "typical"},
            {"autoantibodies": 2, "igg": 2, "histology": 2, "virus": 2},
            8,
            "definite",
            remark="derived",
        ),
        Example(
            "ANA 1:40, IgG 1.05×ULN, compatible, no virus",
            {
                **_NO_VIRUS,
                "ana_titre": 40,
                "sma_titre": 0,
                "lkm_titre": 0,
                "sla_antibody": False,
                "igg_xuln": 1.05,
                "aih_histology": "compatible",
            },
            {"autoantibodies": 1, "igg": 1, "histology": 1, "virus": 2},
            5,
            "not reached",
            remark="derived: below probable",
        ),
        Example(
            "anakinra and tocilizumab: ANA and LKM negative, SMA and IgG not reported, partial virus panel",
            {
                "ana_titre": 0,
                "lkm_titre": 0,
                "aih_histology": "atypical",
                "hbv": "negative",
                "hcv": "negative",
            },
            {"autoantibodies": 0, "igg": 0, "histology": 0, "virus": 0},
            0,
            "not reached",
            remark="derived: 0 to 6, so that “probable” cannot be formally excluded; the authors' “completely exclude” "
            "is not supported",
        ),
    ),
)
