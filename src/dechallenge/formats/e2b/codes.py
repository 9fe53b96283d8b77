"""The code lists of E2B: what each code says in R3, what it was in R2, and the words of the case model for it.

Source: ICH E2B(R3) core data elements (implementation guide v1.10/1.11) and the R2 lists, as set side by side in the
project's fact sheet on E2B, section 4. What is marked unverified was not checked there. May import the case model.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dechallenge.case.model import ActionKind, Outcome, Role


def _table(**codes: str) -> Mapping[str, str]:
    return MappingProxyType({code.lstrip("_"): words for code, words in codes.items()})


OUTCOME: Final[Mapping[str, Outcome]] = MappingProxyType(
    {
        "1": "recovered",
        "2": "recovering",
        "3": "not recovered",
        "4": "recovered with sequelae",
        "5": "fatal",
        "0": "unknown",
    }
)
"""E.i.7, list ~.1.1.11."""

ACTION_WORDS: Final = _table(
    _1="drug withdrawn",
    _2="dose reduced",
    _3="dose increased",
    _4="dose not changed",
    _0="unknown",
    _9="not applicable",
)
"""G.k.8, list ~.1.1.15."""
ACTION: Final[Mapping[str, ActionKind]] = MappingProxyType(
    {"1": "stopped", "2": "reduced", "3": "increased", "4": "continued"}
)
"""G.k.8 as an action of the case; 0 (unknown) and 9 (not applicable) are none."""

RECURRENCE_WORDS: Final = _table(
    _1="given again, the reaction recurred",
    _2="given again, the reaction did not recur",
    _3="given again, what followed is not known",
    _4="not given again",
)
"""G.k.9.i.4, list ~.1.1.16. That it is not known whether the drug was given again is the absence of the element."""
RECURRENCE: Final = MappingProxyType({"1": "positive", "2": "negative", "3": "not assessable"})

ROLE: Final[Mapping[str, Role]] = MappingProxyType({"1": "suspect", "2": "concomitant", "3": "interacting"})
"""G.k.1, list ~.1.1.13; 4 is a drug that was not administered."""
NOT_ADMINISTERED: Final = "4"

TEST_RESULT: Final = _table(_1="positive", _2="negative", _3="borderline", _4="inconclusive")
"""F.r.3.1, list ~.1.1.12."""

REPORT_KIND: Final = _table(_1="spontaneous", _2="study", _3="other", _4="unknown")
"""C.1.3."""
QUALIFICATION: Final = _table(
    _1="physician", _2="pharmacist", _3="other health professional", _4="lawyer", _5="consumer"
)
"""C.2.r.4; the same codes in R2."""

SERIOUSNESS: Final = MappingProxyType(
    {
        "E.i.3.2a": "death",
        "E.i.3.2b": "life-threatening",
        "E.i.3.2c": "hospitalisation",
        "E.i.3.2d": "disabling",
        "E.i.3.2e": "congenital anomaly",
        "E.i.3.2f": "other medically important",
    }
)
"""Criteria of a reaction in the words of the case; true or NI, never false."""
HIGHLIGHTED: Final = frozenset({"1", "3"})
"""E.i.3.1: the reporter highlighted the term (not serious, serious)."""

SEX: Final = MappingProxyType({"1": "male", "2": "female"})
AGE_GROUP: Final = _table(_0="foetus", _1="neonate", _2="infant", _3="child", _4="adolescent", _5="adult", _6="elderly")
"""D.2.3, as the reporter called it."""
AGE_UNIT: Final = MappingProxyType({"a": "year", "mo": "month", "wk": "week", "d": "day"})
"""D.2.2b in UCUM; hours (``h``) and decades (``10.a``, ``{decade}``) are converted."""
DECADE: Final = frozenset({"10.a", "{decade}", "{Decade}"})
TIME_UNIT: Final = MappingProxyType(
    {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second"}
)
"""UCUM units of durations and intervals; ``{cyclical}``, ``{asnecessary}`` and ``{total}`` are no lengths."""

MORE_DRUG: Final = _table(
    _1="counterfeit",
    _2="overdose",
    _3="taken by the father",
    _4="taken beyond the expiry date",
    _5="batch within specification",
    _6="batch out of specification",
    _7="medication error",
    _8="misuse",
    _9="abuse",
    _10="occupational exposure",
    _11="off-label use",
)
"""G.k.10.r, list ~.1.1.17."""

ROUTE: Final = _table(
    _030="intramuscular",
    _040="intravenous",
    _041="intravenous",
    _042="intravenous",
    _045="nasal",
    _048="oral",
    _054="rectal",
    _058="subcutaneous",
    _060="sublingual",
    _061="topical",
    _062="transdermal",
)
"""G.k.4.r.10.2b in the list of R2 (~.1.1.14); the codes that the fact sheet names. 065 is unknown."""
ROUTE_UNKNOWN: Final = "065"
ROUTE_CODE: Final = MappingProxyType(
    {
        "intramuscular": "030",
        "intravenous": "042",
        "nasal": "045",
        "oral": "048",
        "rectal": "054",
        "subcutaneous": "058",
        "sublingual": "060",
        "topical": "061",
        "transdermal": "062",
    }
)

NULL: Final = MappingProxyType(
    {
        "NI": "no information given",
        "UNK": "not known",
        "ASKU": "asked, but not known",
        "NASK": "not asked",
        "MSK": "known, but masked",
        "NA": "not applicable",
        "NINF": "no lower bound",
        "PINF": "no upper bound",
    }
)
"""HL7 null flavours: different ways of not knowing, none of them a no."""

# --- R2 ----------------------------------------------------------------------------------------------------------

R2_OUTCOME: Final = MappingProxyType({**{c: c for c in "12345"}, "6": "0"})
R2_ACTION: Final = MappingProxyType({**{c: c for c in "1234"}, "5": "0", "6": "9"})
R2_RECURRENCE: Final = MappingProxyType({"1": "1"})
"""B.4.k.17.1: yes is a recurrence; "no" (2) does not say whether the drug was given again, 3 is unknown."""
R2_AGE_UNIT: Final = MappingProxyType({"800": "10.a", "801": "a", "802": "mo", "803": "wk", "804": "d", "805": "h"})
R2_TIME_UNIT: Final = MappingProxyType(
    {
        "801": "a",
        "802": "mo",
        "803": "wk",
        "804": "d",
        "805": "h",
        "806": "min",
        "807": "s",
        "810": "{cyclical}",
        "811": "{trimester}",
        "812": "{asnecessary}",
        "813": "{total}",
    }
)
R2_DOSE_UNIT: Final = MappingProxyType(
    {
        "001": "kg",
        "002": "g",
        "003": "mg",
        "004": "ug",
        "005": "ng",
        "006": "pg",
        "007": "mg/kg",
        "008": "ug/kg",
        "009": "mg/m2",
        "010": "ug/m2",
        "011": "L",
        "012": "mL",
        "013": "uL",
        "014": "Bq",
        "015": "GBq",
        "016": "MBq",
        "017": "kBq",
        "018": "Ci",
        "019": "mCi",
        "020": "uCi",
        "021": "nCi",
        "022": "mol",
        "023": "mmol",
        "024": "umol",
        "025": "[iU]",
        "026": "k[iU]",
        "027": "M[iU]",
        "028": "[iU]/kg",
        "029": "meq",
        "030": "%",
        "031": "[drp]",
        "032": "{DF}",
    }
)
R2_DATE_DIGITS: Final = MappingProxyType({"602": 4, "610": 6, "102": 8, "203": 12, "204": 14})
"""Digits that a date of a format code holds: CCYY, CCYYMM, CCYYMMDD, to the minute, to the second."""
R2_SERIOUSNESS: Final = MappingProxyType(
    {
        "seriousnessdeath": "E.i.3.2a",
        "seriousnesslifethreatening": "E.i.3.2b",
        "seriousnesshospitalization": "E.i.3.2c",
        "seriousnessdisabling": "E.i.3.2d",
        "seriousnesscongenitalanomali": "E.i.3.2e",
        "seriousnessother": "E.i.3.2f",
    }
)
R2_SEX_NULL: Final = MappingProxyType({"0": "UNK", "9": "NI"})
"""0 unknown, 9 not specified."""

OPENFDA_DECHALLENGE: Final = _table(_1="yes", _2="no", _3="does not apply")
"""``drugadditional`` of openFDA and of FAERS XML: the tag was given another meaning, whether the event abated after
use was stopped or the dose reduced. In E2B(R2) itself it is free text."""
ABATED: Final = "Event abated after use stopped or dose reduced: "
"""How that answer stands in G.k.11."""

# --- the way back ------------------------------------------------------------------------------------------------

OUTCOME_CODE: Final = MappingProxyType({words: code for code, words in OUTCOME.items()})
ACTION_CODE: Final = MappingProxyType({words: code for code, words in ACTION.items()} | {"switched": "1"})
ROLE_CODE: Final = MappingProxyType({words: code for code, words in ROLE.items()})
TEST_CODE: Final = MappingProxyType({"positive": "1", "negative": "2", "not interpretable": "4"})
SEX_CODE: Final = MappingProxyType({words: code for code, words in SEX.items()})
SERIOUSNESS_ID: Final = MappingProxyType({words: id for id, words in SERIOUSNESS.items()})
AGE_CODE: Final = MappingProxyType({words: code for code, words in AGE_UNIT.items()})
REPORT_CODE: Final = MappingProxyType({words: code for code, words in REPORT_KIND.items()})
QUALIFICATION_CODE: Final = MappingProxyType({words: code for code, words in QUALIFICATION.items()})
