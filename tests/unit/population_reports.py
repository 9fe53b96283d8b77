"""A small set of invented spontaneous reports in the layout of FAERS, for questions that a case asks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.cleaning import Policy, clean
from dechallenge.population.loading import load
from dechallenge.population.store import Store
from tests.unit.population_files import write_quarter

_DEMO = (
    "primaryid$caseid$caseversion$i_f_code$event_dt$mfr_dt$init_fda_dt$fda_dt$rept_cod$auth_num$mfr_num$mfr_sndr$lit_ref"
    "$age$age_cod$age_grp$sex$e_sub$wt$wt_cod$rept_dt$to_mfr$occp_cod$reporter_country$occr_country"
)
_DRUG = (
    "primaryid$caseid$drug_seq$role_cod$drugname$prod_ai$val_vbm$route$dose_vbm$cum_dose_chr$cum_dose_unit$dechal$rechal"
    "$lot_num$exp_dt$nda_num$dose_amt$dose_unit$dose_form$dose_freq"
)
_REAC = "primaryid$caseid$pt$drug_rec_act"
_THER = "primaryid$caseid$dsg_drug_seq$start_dt$end_dt$dur$dur_cod"


@dataclass(frozen=True)
class Told:
    """One invented report: drugs with role, events, days from first dose of the first drug to the event."""

    drugs: tuple[tuple[str, str], ...]
    events: tuple[str, ...]
    days: int | None = None
    dechallenge: str = ""
    rechallenge: str = ""
    outcome: str = ""
    sex: str = "F"


def _told() -> list[Told]:
    """Fifteen reports of anakinra with low neutrophils (two terms on one), and the rest of the world."""
    days = (2, 3, 4, 5, 6, 8, 10, 13, 15, 21, 28, 40)
    own = [
        Told(
            (("KINERET", "PS"), *((("METHOTREXATE", "SS"),) if i % 4 == 0 else ())),
            ("Neutropenia", "Neutrophil count decreased") if i == 0 else ("Neutropenia",),
            day,
            "Y" if i < 9 else "U",
            "Y" if i == 1 else "",
            "HO" if i % 3 == 0 else "OT",
            "F" if i % 2 else "M",
        )
        for i, day in enumerate(days)
    ]
    own += [
        Told((("KINERET", "PS"),), ("Agranulocytosis",), None, "Y", "", "HO"),
        Told((("KINERET", "PS"),), ("Febrile neutropenia", "Pyrexia"), -2, "", "", "DE"),
        Told((("KINERET", "PS"),), ("Neutrophil count decreased",), None),
    ]
    rest = [Told((("KINERET", "PS"),), ("Injection site erythema",))] * 25
    rest += [Told((("ILARIS", "PS"),), ("Neutropenia",), 30, "N")] * 2 + [Told((("ILARIS", "PS"),), ("Pyrexia",))] * 18
    rest += [Told((("METHOTREXATE", "PS"),), ("Neutropenia",), 60)] * 4
    rest += [Told((("METHOTREXATE", "PS"),), ("Nausea",))] * 46
    rest += [Told((("ASPIRIN", "PS"),), ("Melaena",))] * 60 + [Told((("ASPIRIN", "PS"),), ("Nausea",))] * 35
    rest += [Told((("IBUPROFEN", "PS"), ("KINERET", "C")), ("Neutropenia",))]
    rest += [Told((("IBUPROFEN", "PS"),), ("Nausea",))] * 44
    return own + rest


TOLD = tuple(_told())
FIRST = "2014Q1"
SECOND = "2014Q2"


def tables(reports: tuple[Told, ...], first: int) -> Mapping[str, str]:
    """The files of one quarter."""
    demo, drug, reac, ther, outc = [_DEMO], [_DRUG], [_REAC], [_THER], ["primaryid$caseid$outc_cod"]
    for i, told in enumerate(reports):
        case = first + i
        key = f"{case}1${case}"
        dated = f"2014{1 + i % 3:02d}{10 + i % 9:02d}"
        demo.append(f"{key}$1$I${dated if told.days is not None else ''}$$20140401$20140401$EXP$$M-{case}$MAKER$$"
                    f"{30 + i % 40}$YR$A${told.sex}$Y$$$20140401$$MD$US$US")  # fmt: skip
        for number, (name, role) in enumerate(told.drugs, start=1):
            codes = f"{told.dechallenge}${told.rechallenge}" if number == 1 else "$"
            drug.append(f"{key}${number}${role}${name}$$1$$$$${codes}$$$$$$$")
        if told.days is not None:
            ther.append(f"{key}$1${_before(dated, told.days)}$$$")
        reac += [f"{key}${term}$" for term in told.events]
        if told.outcome:
            outc.append(f"{key}${told.outcome}")
    found = {"DEMO": demo, "DRUG": drug, "REAC": reac, "THER": ther, "OUTC": outc}
    found |= {"INDI": ["primaryid$caseid$indi_drug_seq$indi_pt"], "RPSR": ["primaryid$caseid$rpsr_cod"]}
    return {name: "\n".join(lines) + "\n" for name, lines in found.items()}


def _before(date: str, days: int) -> str:
    from datetime import date as Date
    from datetime import timedelta

    moment = Date(int(date[:4]), int(date[4:6]), int(date[6:])) - timedelta(days=days)
    return moment.strftime("%Y%m%d")


def store_of(folder: Path, reports: tuple[Told, ...] = TOLD) -> Store:
    """The reports loaded: every other one in the second quarter."""
    write_quarter(folder / "raw", FIRST, tables(reports[::2], 9_000_000))
    write_quarter(folder / "raw", SECOND, tables(reports[1::2], 9_500_000))
    return load([folder / "raw"], folder / "store")


def analysis_of(
    folder: Path, reports: tuple[Told, ...] = TOLD, policy: Policy | None = None
) -> tuple[AnalysisSet, Store]:
    """The reports loaded and cleaned."""
    store = store_of(folder, reports)
    return clean(store, folder / "analysis", policy), store
