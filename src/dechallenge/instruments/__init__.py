"""Every instrument and criterion, one file per publication and edition, reachable by name.

`instruments.rucam_2016.score(latency=30, …)` scores on typed facts; `all()` lists them, `get("rucam-2016")` finds one,
`listing()` is plain data for JSON. Imports only the vocabulary of facts, the logic and `criteria`.
"""

from __future__ import annotations

import builtins
from difflib import get_close_matches

from dechallenge.criteria.acr_pedi import INSTRUMENT as acr_pedi
from dechallenge.criteria.acr_pedi_scaled import INSTRUMENT as acr_pedi_scaled
from dechallenge.criteria.acr_pedi_systemic import INSTRUMENT as acr_pedi_systemic
from dechallenge.criteria.acr_response import INSTRUMENT as acr_response
from dechallenge.criteria.actitest import INSTRUMENT as actitest_grade
from dechallenge.criteria.aih_simplified_2008 import INSTRUMENT as aih_simplified_2008
from dechallenge.criteria.aithal_severity_2011 import INSTRUMENT as aithal_severity_2011
from dechallenge.criteria.apri import INSTRUMENT as apri
from dechallenge.criteria.bard_2008 import INSTRUMENT as bard
from dechallenge.criteria.child_pugh import INSTRUMENT as child_pugh
from dechallenge.criteria.ctcae_5 import INSTRUMENT as ctcae_5
from dechallenge.criteria.ctcae_6 import INSTRUMENT as ctcae_6
from dechallenge.criteria.das28_crp import INSTRUMENT as das28_crp
from dechallenge.criteria.das28_crp_3 import INSTRUMENT as das28_crp_3
from dechallenge.criteria.das28_esr import INSTRUMENT as das28_esr
from dechallenge.criteria.das28_esr_3 import INSTRUMENT as das28_esr_3
from dechallenge.criteria.edish import INSTRUMENT as edish
from dechallenge.criteria.eular_response import INSTRUMENT as eular_response
from dechallenge.criteria.fautrel_2002 import INSTRUMENT as fautrel_2002
from dechallenge.criteria.ferritin_esr import INSTRUMENT as ferritin_esr
from dechallenge.criteria.fib_4 import INSTRUMENT as fib_4
from dechallenge.criteria.fibrotest import INSTRUMENT as fibrotest_stage
from dechallenge.criteria.histology_pattern import INSTRUMENT as histology_pattern
from dechallenge.criteria.hlh_2004 import INSTRUMENT as hlh_2004
from dechallenge.criteria.hlh_2024 import INSTRUMENT as hlh_2024
from dechallenge.criteria.hscore_2014 import INSTRUMENT as hscore_2014
from dechallenge.criteria.ilar_sjia_2004 import INSTRUMENT as ilar_sjia_2004
from dechallenge.criteria.ishak_1995 import INSTRUMENT as ishak_1995
from dechallenge.criteria.jia_flare import INSTRUMENT as jia_flare
from dechallenge.criteria.kings_college_1989 import INSTRUMENT as kings_college_1989
from dechallenge.criteria.leipzig_2001 import INSTRUMENT as leipzig_2001
from dechallenge.criteria.mas_2005 import INSTRUMENT as mas_2005
from dechallenge.criteria.mas_2016 import INSTRUMENT as mas_2016
from dechallenge.criteria.meld_3 import INSTRUMENT as meld_3
from dechallenge.criteria.meld_2001 import INSTRUMENT as meld_2001
from dechallenge.criteria.meld_na_2016 import INSTRUMENT as meld_na_2016
from dechallenge.criteria.metavir_1996 import INSTRUMENT as metavir_1996
from dechallenge.criteria.ms_score import INSTRUMENT as ms_score
from dechallenge.criteria.nafld_fibrosis_2007 import INSTRUMENT as nafld_fibrosis_score
from dechallenge.criteria.nas_2005 import INSTRUMENT as nas_2005
from dechallenge.criteria.nash_crn_fibrosis_2005 import INSTRUMENT as nash_crn_fibrosis_2005
from dechallenge.criteria.neutropenia_definition import INSTRUMENT as neutropenia_definition
from dechallenge.criteria.ra_1987 import INSTRUMENT as ra_1987
from dechallenge.criteria.ra_2010 import INSTRUMENT as ra_2010
from dechallenge.criteria.strasbourg_2013 import INSTRUMENT as strasbourg_2013
from dechallenge.criteria.vigigrade_2014 import INSTRUMENT as vigigrade_2014
from dechallenge.criteria.wallace_2011 import INSTRUMENT as wallace_2011
from dechallenge.criteria.yamaguchi_1992 import INSTRUMENT as yamaguchi_1992
from dechallenge.errors import FactError
from dechallenge.instruments.aithal_2011 import INSTRUMENT as aithal_2011
from dechallenge.instruments.alden_2010 import INSTRUMENT as alden_2010
from dechallenge.instruments.andres_2017 import INSTRUMENT as andres_2017
from dechallenge.instruments.ddw_j_2004 import INSTRUMENT as ddw_j_2004
from dechallenge.instruments.dilin_opinion import INSTRUMENT as dilin_opinion
from dechallenge.instruments.dilin_severity import INSTRUMENT as dilin_severity
from dechallenge.instruments.french_1985 import INSTRUMENT as french_1985
from dechallenge.instruments.french_2011 import INSTRUMENT as french_2011
from dechallenge.instruments.hys_law import INSTRUMENT as hys_law
from dechallenge.instruments.liverpool_2011 import INSTRUMENT as liverpool_2011
from dechallenge.instruments.livertox_likelihood import INSTRUMENT as livertox_likelihood
from dechallenge.instruments.livertox_likelihood_2010 import INSTRUMENT as livertox_likelihood_2010
from dechallenge.instruments.livertox_likelihood_2016 import INSTRUMENT as livertox_likelihood_2016
from dechallenge.instruments.livertox_severity import INSTRUMENT as livertox_severity
from dechallenge.instruments.maria_victorino_1997 import INSTRUMENT as maria_victorino_1997
from dechallenge.instruments.naranjo_1981 import INSTRUMENT as naranjo_1981
from dechallenge.instruments.neutropenia_1991 import INSTRUMENT as neutropenia_1991
from dechallenge.instruments.r_value import INSTRUMENT as r_value
from dechallenge.instruments.recam_2022 import INSTRUMENT as recam_2022
from dechallenge.instruments.recam_2022_modified import INSTRUMENT as recam_2022_modified
from dechallenge.instruments.rucam_1993 import INSTRUMENT as rucam_1993
from dechallenge.instruments.rucam_2016 import INSTRUMENT as rucam_2016
from dechallenge.instruments.who_umc import INSTRUMENT as who_umc
from dechallenge.logic.instrument import Instrument

_REGISTRY: tuple[Instrument, ...] = (
    rucam_2016,
    rucam_1993,
    naranjo_1981,
    who_umc,
    french_1985,
    french_2011,
    liverpool_2011,
    maria_victorino_1997,
    ddw_j_2004,
    recam_2022,
    recam_2022_modified,
    r_value,
    aithal_2011,
    hys_law,
    dilin_severity,
    livertox_severity,
    ctcae_5,
    ctcae_6,
    mas_2016,
    hscore_2014,
    hlh_2004,
    hlh_2024,
    ms_score,
    ferritin_esr,
    mas_2005,
    neutropenia_1991,
    andres_2017,
    neutropenia_definition,
    alden_2010,
    aithal_severity_2011,
    edish,
    livertox_likelihood,
    livertox_likelihood_2016,
    livertox_likelihood_2010,
    dilin_opinion,
    vigigrade_2014,
    yamaguchi_1992,
    fautrel_2002,
    ilar_sjia_2004,
    strasbourg_2013,
    ra_1987,
    ra_2010,
    das28_esr,
    das28_crp,
    das28_esr_3,
    das28_crp_3,
    eular_response,
    acr_response,
    acr_pedi,
    wallace_2011,
    acr_pedi_scaled,
    acr_pedi_systemic,
    jia_flare,
    fib_4,
    apri,
    nafld_fibrosis_score,
    bard,
    fibrotest_stage,
    actitest_grade,
    meld_2001,
    meld_na_2016,
    meld_3,
    child_pugh,
    kings_college_1989,
    aih_simplified_2008,
    leipzig_2001,
    histology_pattern,
    nas_2005,
    nash_crn_fibrosis_2005,
    metavir_1996,
    ishak_1995,
)


def all() -> tuple[Instrument, ...]:
    """Every instrument, in the order in which reports show them."""
    return _REGISTRY


def get(id: str) -> Instrument:
    """The instrument with this id ("rucam-2016").

    Raises:
        FactError: There is none.
    """
    for instrument in _REGISTRY:
        if instrument.id == id:
            return instrument
    ids = [instrument.id for instrument in _REGISTRY]
    close = get_close_matches(id, ids, n=1, cutoff=0.5)
    hint = f"Did you mean {close[0]!r}? " if close else ""
    raise FactError("there is no such instrument", place=id, next_step=f"{hint}Known: {', '.join(ids)}.")


def listing() -> builtins.list[dict[str, object]]:
    """Id, title, edition, kind, reference and verification state of every instrument, as plain data."""
    return [
        {
            "id": instrument.id,
            "title": instrument.title,
            "edition": instrument.edition,
            "kind": instrument.kind,
            "year": instrument.year,
            "reference": instrument.reference,
            "doi": instrument.doi,
            "verification": {
                "state": "partly unverified" if instrument.marks else "verified",
                "checked_against": instrument.verification,
                "unverified": builtins.list(instrument.marks),
            },
        }
        for instrument in _REGISTRY
    ]


__all__ = [
    "acr_pedi",
    "acr_pedi_scaled",
    "acr_pedi_systemic",
    "acr_response",
    "actitest_grade",
    "aih_simplified_2008",
    "aithal_2011",
    "aithal_severity_2011",
    "alden_2010",
    "all",
    "andres_2017",
    "apri",
    "bard",
    "child_pugh",
    "ctcae_5",
    "ctcae_6",
    "das28_crp",
    "das28_crp_3",
    "das28_esr",
    "das28_esr_3",
    "ddw_j_2004",
    "dilin_opinion",
    "dilin_severity",
    "edish",
    "eular_response",
    "fautrel_2002",
    "ferritin_esr",
    "fib_4",
    "fibrotest_stage",
    "french_1985",
    "french_2011",
    "get",
    "histology_pattern",
    "hlh_2004",
    "hlh_2024",
    "hscore_2014",
    "hys_law",
    "ilar_sjia_2004",
    "ishak_1995",
    "jia_flare",
    "kings_college_1989",
    "leipzig_2001",
    "listing",
    "liverpool_2011",
    "livertox_likelihood",
    "livertox_likelihood_2010",
    "livertox_likelihood_2016",
    "livertox_severity",
    "maria_victorino_1997",
    "mas_2005",
    "mas_2016",
    "meld_3",
    "meld_2001",
    "meld_na_2016",
    "metavir_1996",
    "ms_score",
    "nafld_fibrosis_score",
    "naranjo_1981",
    "nas_2005",
    "nash_crn_fibrosis_2005",
    "neutropenia_1991",
    "neutropenia_definition",
    "r_value",
    "ra_1987",
    "ra_2010",
    "recam_2022",
    "recam_2022_modified",
    "rucam_1993",
    "rucam_2016",
    "strasbourg_2013",
    "vigigrade_2014",
    "wallace_2011",
    "who_umc",
    "yamaguchi_1992",
]
