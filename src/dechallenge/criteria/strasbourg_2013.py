"""Strasbourg criteria of 2013: Schnitzler syndrome.

Imports only the vocabulary of facts, the logic and `rheumatic`.
"""

from __future__ import annotations

from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO, criterion, hidden
from dechallenge.facts.vocabulary.rheumatology import (
    bone_remodelling,
    chronic_urticaria,
    disease_crp_mg_l,
    disease_neutrophils,
    monoclonal_protein,
    neutrophilic_skin,
    schnitzler_syndrome,
    unexplained_fever,
)
from dechallenge.logic.instrument import Category, Example, Given, Instrument, Item, Option, left_out
from dechallenge.logic.predicates import Predicate, count_true

OBLIGATE = "Strasbourg criteria 2013, obligate"
MINOR_TABLE = "Strasbourg criteria 2013, minor"

IGM = monoclonal_protein.is_("IgM")
IGG = monoclonal_protein.is_("IgG")
INFLAMED = (disease_neutrophils > 10) | (disease_crp_mg_l > 30)
MINOR: tuple[Predicate, ...] = (unexplained_fever, bone_remodelling, neutrophilic_skin, INFLAMED)


def _with(igm: int, igg: int) -> Predicate:
    """Both obligate criteria with this many minor ones for IgM and for IgG."""
    return chronic_urticaria & ((IGM & (count_true(MINOR) >= igm)) | (IGG & (count_true(MINOR) >= igg)))


DEFINITE = _with(2, 3)
PROBABLE = _with(1, 2)

NO_MORE: dict[str, Given] = {"bone_remodelling": False, "neutrophilic_skin": False, "disease_neutrophils": 6.19}
FEVER_AND_CRP: dict[str, Given] = {
    **NO_MORE,
    "chronic_urticaria": True,
    "unexplained_fever": True,
    "disease_crp_mg_l": 40,
}
CRP_ONLY: dict[str, Given] = {**FEVER_AND_CRP, "unexplained_fever": False}

INSTRUMENT = Instrument(
    id="strasbourg-2013",
    title="Strasbourg criteria of Schnitzler syndrome",
    edition="2013",
    year=2013,
    kind="criteria",
    purpose="Whether Schnitzler syndrome is definite or probable: chronic urticarial rash, a monoclonal IgM or IgG, "
    "and minor criteria.",
    items=(
        criterion(
            "rash", "Chronic urticarial rash", chronic_urticaria, "chronic urticarial rash", "no such rash", OBLIGATE
        ),
        Item(
            "monoclonal",
            "Monoclonal IgM or IgG",
            (
                Option("IgM", "monoclonal IgM", IGM),
                Option("IgG", "monoclonal IgG", IGG),
                Option("no", "neither", monoclonal_protein.one_of("other", "none")),
            ),
            missing=left_out("not known"),
            source=OBLIGATE,
        ),
        criterion(
            "a",
            "Recurrent fever above 38 °C, measured, not explained otherwise",
            unexplained_fever,
            "recurrent unexplained fever",
            "none above 38 °C, or explained otherwise",
            MINOR_TABLE,
        ),
        criterion(
            "b",
            "Abnormal bone remodelling by scintigraphy, MRI or bone alkaline phosphatase",
            bone_remodelling,
            "abnormal bone remodelling",
            "none found",
            MINOR_TABLE,
        ),
        criterion(
            "c",
            "Neutrophilic dermal infiltrate on biopsy",
            neutrophilic_skin,
            "neutrophilic infiltrate",
            "none on biopsy",
            MINOR_TABLE,
        ),
        criterion(
            "d",
            "Neutrophils > 10 ×10⁹/L, CRP > 30 mg/L, or both",
            INFLAMED,
            "neutrophils > 10 ×10⁹/L or CRP > 30 mg/L",
            "neutrophils ≤ 10 ×10⁹/L and CRP ≤ 30 mg/L",
            MINOR_TABLE,
        ),
        Item(
            "verdict",
            "Definite: IgM with 2, IgG with 3 minor criteria. Probable: IgM with 1, IgG with 2",
            (
                Option("definite", "IgM with ≥ 2 minor criteria, or IgG with ≥ 3", DEFINITE),
                Option("probable", "IgM with 1 minor criterion, or IgG with 2", PROBABLE),
                Option("not met", "an obligate criterion is missing, or too few minor ones", ~PROBABLE),
            ),
            missing=left_out("what is needed is not known"),
            source="Strasbourg criteria 2013, rule",
        ),
    ),
    result=Category("verdict"),
    reference="Simon A, Asli B, Braun-Falco M, et al. Schnitzler's syndrome: diagnosis, treatment, and follow-up. "
    "Allergy 2013;68:562-8.",
    doi="10.1111/all.12129",
    verification="Read in two or more secondary tables, one by an author of the criteria; the paper was not read.",
    missing_rule=UNKNOWN_IS_NOT_NO + " Without a known monoclonal protein there is no verdict.",
    notes=(
        "The earlier set (Lipsker) asks for rash and monoclonal IgM with two of fever, joint pain or arthritis, bone "
        "pain, palpable nodes, enlarged liver or spleen, raised ESR, leukocytosis and abnormal bone morphology.",
        "No response to anakinra should make one reconsider the diagnosis.",
    ),
    cautions=hidden("fever, leukocytosis and CRP", "a", "d", "verdict"),
    shown_with=(schnitzler_syndrome,),
    examples=(
        Example(
            "IgM with fever and CRP 40",
            {**FEVER_AND_CRP, "monoclonal_protein": "IgM"},
            {"a": "yes", "d": "yes"},
            category="definite",
            remark="vector of the fact sheet",
        ),
        Example(
            "IgG with fever and CRP 40",
            {**FEVER_AND_CRP, "monoclonal_protein": "IgG"},
            category="probable",
            remark="vector of the fact sheet",
        ),
        Example(
            "IgM with CRP 40 only",
            {**CRP_ONLY, "monoclonal_protein": "IgM"},
            category="probable",
            remark="vector of the fact sheet",
        ),
        Example(
            "IgG with CRP 40 only",
            {**CRP_ONLY, "monoclonal_protein": "IgG"},
            category="not met",
            remark="vector of the fact sheet",
        ),
        Example(
            "Perrin 2014, case 1: no monoclonal protein told",
            {
                "chronic_urticaria": True,
                "unexplained_fever": True,
                "disease_crp_mg_l": 103,
                "disease_neutrophils": 6.19,
            },
            {"rash": "yes", "a": "yes", "d": "yes", "monoclonal": None, "verdict": None},
            remark="two minor criteria are met; without the monoclonal protein there is no verdict",
        ),
    ),
)
