"""What the columns of the public report databases are called, in each of their layouts, and what their codes mean.

AERS (quarterly files to 2012Q3) and FAERS (from 2012Q4) by FDA's ASC_NTS notes that come with each quarter, with the
variants that single quarters use; VAERS by its data use guide; CAERS by FDA's download and the extract of openEBGM.
Imports errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dechallenge.errors import InputError

Kind = Literal["id", "number", "code", "text"]
"""`id`: digits, never empty; `number`: digits or empty; `code`: at most four letters or empty; `text`: anything."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column under its usual name, with the other names that quarters gave it."""

    name: str
    kind: Kind = "text"
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one table of one layout; the first two `needed` ones must be there."""

    source: str
    table: str
    columns: tuple[Column, ...]
    needed: tuple[str, ...]


def _columns(text: str) -> tuple[Column, ...]:
    """`name:kind=other,other` separated by blanks; the kind is text where none is given."""
    found = []
    for word in text.split():
        head, _, others = word.partition("=")
        name, _, kind = head.partition(":")
        kinds: dict[str, Kind] = {"": "text", "i": "id", "n": "number", "c": "code"}
        found.append(Column(name, kinds[kind], tuple(others.split(",")) if others else ()))
    return tuple(found)


_AERS_DEMO = (
    "isr:i case:n i_f_cod:c=i_f_code foll_seq image event_dt:n mfr_dt:n fda_dt:n rept_cod:c mfr_num mfr_sndr age "
    "age_cod:c gndr_cod:c=sex e_sub:c wt wt_cod:c rept_dt:n occp_cod:c death_dt:n to_mfr:c confid:c reporter_country"
)
_FAERS_DEMO = (
    "primaryid:i caseid:i caseversion:n i_f_code:c=i_f_cod event_dt:n mfr_dt:n init_fda_dt:n fda_dt:n rept_cod:c "
    "auth_num mfr_num mfr_sndr lit_ref age age_cod:c age_grp:c sex:c=gndr_cod e_sub:c wt wt_cod:c rept_dt:n "
    "to_mfr:c occp_cod:c "
    "reporter_country occr_country"
)
_AERS_DRUG = (
    "isr:i drug_seq:n role_cod:c drugname val_vbm:n route dose_vbm dechal:c rechal:c lot_num=lot_nbr exp_dt nda_num"
)
_FAERS_DRUG = (
    "primaryid:i caseid:i drug_seq:n role_cod:c drugname prod_ai val_vbm:n route dose_vbm cum_dose_chr cum_dose_unit "
    "dechal:c rechal:c lot_num=lot_nbr exp_dt nda_num dose_amt dose_unit dose_form dose_freq"
)

LAYOUTS: tuple[Layout, ...] = (
    Layout("AERS", "DEMO", _columns(_AERS_DEMO), ("isr",)),
    Layout("FAERS", "DEMO", _columns(_FAERS_DEMO), ("primaryid", "caseid")),
    Layout("AERS", "DRUG", _columns(_AERS_DRUG), ("isr", "drugname")),
    Layout("FAERS", "DRUG", _columns(_FAERS_DRUG), ("primaryid", "drugname")),
    Layout("AERS", "REAC", _columns("isr:i pt"), ("isr", "pt")),
    Layout("FAERS", "REAC", _columns("primaryid:i caseid:i pt drug_rec_act"), ("primaryid", "pt")),
    Layout("AERS", "OUTC", _columns("isr:i outc_cod:c=outc_code"), ("isr", "outc_cod")),
    Layout("FAERS", "OUTC", _columns("primaryid:i caseid:i outc_cod:c=outc_code"), ("primaryid", "outc_cod")),
    Layout("AERS", "RPSR", _columns("isr:i rpsr_cod:c"), ("isr", "rpsr_cod")),
    Layout("FAERS", "RPSR", _columns("primaryid:i caseid:i rpsr_cod:c"), ("primaryid", "rpsr_cod")),
    Layout("AERS", "THER", _columns("isr:i drug_seq:n start_dt:n end_dt:n dur dur_cod:c"), ("isr", "drug_seq")),
    Layout(
        "FAERS",
        "THER",
        _columns("primaryid:i caseid:i drug_seq:n=dsg_drug_seq start_dt:n end_dt:n dur dur_cod:c"),
        ("primaryid", "drug_seq"),
    ),
    Layout("AERS", "INDI", _columns("isr:i drug_seq:n indi_pt"), ("isr", "drug_seq")),
    Layout(
        "FAERS",
        "INDI",
        _columns("primaryid:i caseid:i drug_seq:n=indi_drug_seq indi_pt"),
        ("primaryid", "drug_seq"),
    ),
)
QUARTER_TABLES = ("DEMO", "DRUG", "REAC", "OUTC", "THER", "INDI", "RPSR")
NEEDED_TABLES = ("DEMO", "DRUG", "REAC")
"""Without these a quarter cannot be counted."""

# A reader of another program writes `v13` for the nameless field behind the last separator of an AERS header.
_NAMELESS = re.compile(r"|v\d+")


def layout_of(table: str, header: Sequence[str], place: str, *, ignore_unknown: bool = False) -> tuple[str, list[str]]:
    """The source and the column names of a quarterly file, by its header.

    Args:
        table: `DEMO`, `DRUG` and so on.
        header: The names in the first line.
        place: The file, for errors.
        ignore_unknown: Read on where a column has an unknown name.

    Returns:
        `AERS` or `FAERS`, and the usual name of every column; empty for one that is not read.

    Raises:
        InputError: A column is unknown, missing or there twice.
    """
    names = [name.strip().lower() for name in header]
    source = "AERS" if "isr" in names else "FAERS"
    layout = next(layout for layout in LAYOUTS if (layout.source, layout.table) == (source, table))
    usual = {other: column.name for column in layout.columns for other in (column.name, *column.others)}
    found, unknown = [], []
    for position, name in enumerate(names):
        nameless = position == len(names) - 1 and _NAMELESS.fullmatch(name) is not None
        if name not in usual and not nameless:
            unknown.append(name)
        found.append(usual.get(name, ""))
    if unknown and not ignore_unknown:
        raise InputError(
            f"the {table} table has the unknown column{'s' * (len(unknown) > 1)} {', '.join(unknown)}.",
            place=place,
            next_step="Known are "
            + ", ".join(column.name for column in layout.columns)
            + ". If the database has grown "
            "a column, load it with ignore_unknown_columns; it will be left out and counted.",
        )
    missing = [name for name in layout.needed if name not in found]
    if missing:
        raise InputError(
            f"the {table} table lacks the column {missing[0]}.",
            place=place,
            next_step="The first line must name the columns as the database publishes them.",
        )
    twice = [name for name in found if name and found.count(name) > 1]
    if twice:
        raise InputError(f"the column {twice[0]} is there twice.", place=place, next_step="Keep one of them.")
    return source, found


def kinds_of(source: str, table: str, names: Sequence[str]) -> tuple[Kind, ...]:
    """What the fields of a row must look like; a column that is not read may hold anything."""
    layout = next(layout for layout in LAYOUTS if (layout.source, layout.table) == (source, table))
    kinds = {column.name: column.kind for column in layout.columns}
    return tuple(kinds.get(name, "text") for name in names)


# Codes (FDA, ASC_NTS).
ROLES: Mapping[str, str] = {
    "PS": "primary suspect",
    "SS": "secondary suspect",
    "I": "interacting",
    "C": "concomitant",
    "DN": "drug not administered",
}
OUTCOMES: Mapping[str, str] = {
    "DE": "death",
    "LT": "life-threatening",
    "HO": "hospitalisation",
    "DS": "disability",
    "CA": "congenital anomaly",
    "RI": "required intervention",
    "OT": "other serious",
    "ER": "emergency room or doctor visit",
    "ED": "emergency department visit",
    "OV": "office or clinic visit",
}
"""The first seven by FDA; visits are told by VAERS alone."""
RECOVERY: Mapping[str, str] = {"RC": "recovered", "NR": "not recovered"}
"""Codes of our own for VAERS, which states recovery beside what it calls outcomes."""
CHALLENGES: Mapping[str, str] = {"Y": "positive", "N": "negative", "U": "unknown", "D": "does not apply"}
REPORTERS: Mapping[str, str] = {
    "MD": "physician",
    "PH": "pharmacist",
    "OT": "other health professional",
    "HP": "health professional",
    "RN": "nurse",
    "LW": "lawyer",
    "CN": "consumer",
}
AGE_YEARS: Mapping[str, float] = {
    "DEC": 10.0,
    "YR": 1.0,
    "MON": 1 / 12,
    "WK": 7 / 365.25,
    "DY": 1 / 365.25,
    "HR": 1 / 8766,
}
"""Years in one unit of age."""
DURATION_DAYS: Mapping[str, float] = {
    "YR": 365.25,
    "MON": 365.25 / 12,
    "WK": 7.0,
    "DAY": 1.0,
    "DY": 1.0,
    "HR": 1 / 24,
    "MIN": 1 / 1440,
    "SEC": 1 / 86400,
}
AGE_BANDS: tuple[tuple[float, str], ...] = (
    (28 / 365.25, "0-27 days"),
    (2.0, "28 days-23 months"),
    (12.0, "2-11"),
    (18.0, "12-17"),
    (45.0, "18-44"),
    (65.0, "45-64"),
    (75.0, "65-74"),
    (float("inf"), "75+"),
)
"""Upper limit in years (not included) and name; the groups that VigiBase uses (vigicaen, `demo.AgeGroup`)."""
OLDEST = 120.0
"""Years; an age above it is taken as unreadable."""

# AERS writes countries out; the current layout has ISO 3166 codes. The countries that report most, by the same code.
COUNTRIES: Mapping[str, str] = {
    "UNITED STATES": "US",
    "UNITED KINGDOM": "GB",
    "JAPAN": "JP",
    "FRANCE": "FR",
    "GERMANY": "DE",
    "CANADA": "CA",
    "ITALY": "IT",
    "SPAIN": "ES",
    "NETHERLANDS": "NL",
    "AUSTRALIA": "AU",
    "BRAZIL": "BR",
    "SWEDEN": "SE",
    "SWITZERLAND": "CH",
    "BELGIUM": "BE",
    "DENMARK": "DK",
    "AUSTRIA": "AT",
    "NORWAY": "NO",
    "FINLAND": "FI",
    "IRELAND": "IE",
    "PORTUGAL": "PT",
    "GREECE": "GR",
    "POLAND": "PL",
    "CZECH REPUBLIC": "CZ",
    "HUNGARY": "HU",
    "TURKEY": "TR",
    "ISRAEL": "IL",
    "SOUTH AFRICA": "ZA",
    "INDIA": "IN",
    "CHINA": "CN",
    "TAIWAN, PROVINCE OF CHINA": "TW",
    "TAIWAN": "TW",
    "KOREA, REPUBLIC OF": "KR",
    "ARGENTINA": "AR",
    "MEXICO": "MX",
    "COLOMBIA": "CO",
    "CHILE": "CL",
    "NEW ZEALAND": "NZ",
    "RUSSIAN FEDERATION": "RU",
    "SINGAPORE": "SG",
    "THAILAND": "TH",
    "PUERTO RICO": "PR",
}
