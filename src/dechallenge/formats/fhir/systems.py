"""Code systems, value sets and our own extensions: what reading and writing of FHIR share.

Codes are compared without regard to case: older R4 files capitalise them ("Certain", "Non-serious"). Imports nothing of
the package but the words of the case.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, NamedTuple

from dechallenge.case.model import Outcome

LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
SNOMED: Final = "http://snomed.info/sct"
HL7: Final = "http://terminology.hl7.org/CodeSystem/"
CAUSALITY: Final = HL7 + "adverse-event-causality-assess"
ABSENT_REASON: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
OURS: Final = "urn:dechallenge:fhir:"
"""Prefix of our own extensions; each is told in docs/fhir.md."""
E2B_SERIOUS: Final = "urn:oid:2.16.840.1.113883.3.989.2.1.1.19"

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        LOINC: "LOINC",
        SNOMED: "SNOMED CT",
        "https://www.meddra.org": "MedDRA",
        "http://www.meddra.org": "MedDRA",
        "urn:oid:2.16.840.1.113883.6.163": "MedDRA",
        "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
        "http://www.whocc.no/atc": "ATC",
        "http://hl7.org/fhir/sid/ndc": "NDC",
        "http://hl7.org/fhir/sid/cvx": "CVX",
        "http://hl7.org/fhir/sid/icd-10": "ICD-10",
        "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
        "http://fdasis.nlm.nih.gov": "UNII",
        "urn:oid:2.16.840.1.113883.6.294": "WHODrug",
        "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl": "NCIt",
    }
)
"""Names of the terminologies that a case knows by name; any other keeps its URI."""
URIS: Final[Mapping[str, str]] = MappingProxyType(
    {**{name: uri for uri, name in NAMES.items()}, "MedDRA": "https://www.meddra.org"}
)
"""URI of each of those names. What is neither is written as a URN of ours, never as a URI that it does not have."""

OUTCOMES: Final[Mapping[str, Outcome]] = MappingProxyType(
    {
        "resolved": "recovered",
        "recovered": "recovered",
        "recovering": "recovering",
        "resolving": "recovering",
        "ongoing": "not recovered",
        "notresolved": "not recovered",
        "not recovered": "not recovered",
        "resolvedwithsequelae": "recovered with sequelae",
        "fatal": "fatal",
        "unknown": "unknown",
        "c49498": "recovered",
        "c49496": "recovering",
        "c49494": "not recovered",
        "c49495": "recovered with sequelae",
        "c48275": "fatal",
    }
)
OUTCOME_CODES: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        "recovered": "resolved",
        "recovering": "recovering",
        "not recovered": "ongoing",
        "recovered with sequelae": "resolvedWithSequelae",
        "fatal": "fatal",
        "unknown": "unknown",
    }
)

CRITERIA: Final[Mapping[str, str]] = MappingProxyType(
    {
        "34": "death",
        "21": "life-threatening",
        "33": "hospitalisation",
        "35": "disability",
        "12": "congenital anomaly",
        "26": "other medically important",
        "c48275": "death",
        "c84266": "life-threatening",
        "c83052": "hospitalisation",
        "c11338": "disability",
        "c83117": "congenital anomaly",
        "c82521": "other medically important",
    }
)
"""Seriousness criteria of E2B (and their NCIt twins) in the words of the case."""

WHO_UMC: Final[Mapping[str, str]] = MappingProxyType(
    {
        "certain": "certain",
        "probable": "probably-likely",
        "probable/likely": "probably-likely",
        "possible": "possible",
        "unlikely": "unlikely",
        "conditional": "conditional-classified",
        "conditional/unclassified": "conditional-classified",
        "unassessable": "unassessable-unclassifiable",
        "unassessable/unclassifiable": "unassessable-unclassifiable",
    }
)
"""WHO-UMC categories, as they are called here, and their codes."""

INTERPRETATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "n": "normal",
        "h": "elevated",
        "hh": "elevated",
        "hu": "elevated",
        "l": "decreased",
        "ll": "decreased",
        "lu": "decreased",
        "a": "abnormal",
        "aa": "abnormal",
        "pos": "positive",
        "neg": "negative",
        "det": "positive",
        "nd": "negative",
        "r": "positive",
        "nr": "negative",
        "rr": "positive",
        "ind": "not interpretable",
        "e": "not interpretable",
    }
)
RESULTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("10828004", "260373001", "11214006", "la6576-8"), "positive"),
        **dict.fromkeys(("260385009", "260415000", "131194007", "la6577-6"), "negative"),
        **dict.fromkeys(("82334004", "419984006", "la11884-6"), "not interpretable"),
    }
)
"""Codes of SNOMED CT and LOINC answers for positive/detected/reactive, negative, inconclusive (from memory)."""


class Meaning(NamedTuple):
    """What a LOINC code stands for here: an analyte, a work-up test, or a field of the patient."""

    of: str
    name: str


@cache
def loinc_table() -> Mapping[str, Meaning]:
    """The codes of ``data/loinc.csv``, which adds to those of the analyte lexicon."""
    path = resources.files("dechallenge.formats.fhir").joinpath("data/loinc.csv")
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return MappingProxyType({row["code"]: Meaning(row["of"], row["name"]) for row in rows})


def system_name(uri: str) -> str:
    """A terminology by its name where the case knows one ("MedDRA"), else its URI."""
    return NAMES.get(uri.rstrip("/"), uri.removeprefix(OURS + "system:"))


def system_uri(name: str) -> str:
    """The URI of a terminology named in a case."""
    if name in URIS:
        return URIS[name]
    if ":" in name:
        return name
    if name.replace(".", "").isdigit():
        return f"urn:oid:{name}"
    return OURS + "system:" + "".join(c if c.isalnum() or c in "-." else "-" for c in name)
