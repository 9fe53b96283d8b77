"""Small FHIR bundles in R4 and R5, invented: a liver injury under a made-up course of diclofenac, and its parts.

Imports nothing of the package.
"""

from __future__ import annotations

import copy
import json
from typing import Any

Json = dict[str, Any]
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"


def concept(text: str, system: str = "", code: str = "") -> Json:
    """A CodeableConcept with one coding at most."""
    coding = [{"system": system, "code": code, "display": text}] if code else []
    return {"coding": coding, "text": text} if coding else {"text": text}


def lab(number: int, code: str, name: str, value: float, unit: str, date: str, **more: Any) -> Json:
    """A laboratory value; `more` adds or replaces fields."""
    quantity = {"value": value, "unit": unit, "system": UCUM, "code": unit}
    return {
        "resourceType": "Observation",
        "id": f"o{number}",
        "status": "final",
        "code": concept(name, LOINC, code),
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": date,
        "valueQuantity": quantity,
        **more,
    }


PATIENT: Json = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1968-03-20"}
MEDICATION: Json = {
    "resourceType": "Medication",
    "id": "m1",
    "code": concept("Voltaren 75 MG Oral Tablet", "http://www.nlm.nih.gov/research/umls/rxnorm", "855906"),
}
TAKEN: Json = {
    "resourceType": "MedicationStatement",
    "id": "s1",
    "status": "stopped",
    "statusReason": [{"text": "adverse reaction"}],
    "medicationReference": {"reference": "Medication/m1"},
    "subject": {"reference": "Patient/p1"},
    "effectivePeriod": {"start": "2022-03-01", "end": "2022-04-14"},
    "reasonCode": [{"text": "osteoarthritis"}],
    "dosage": [
        {
            "text": "75 mg twice daily",
            "route": {"text": "oral"},
            "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
            "doseAndRate": [{"doseQuantity": {"value": 75, "unit": "mg"}}],
        }
    ],
}
BESIDE: Json = {
    "resourceType": "MedicationStatement",
    "id": "s2",
    "status": "active",
    "medicationCodeableConcept": concept("Levothyroxine"),
    "subject": {"reference": "Patient/p1"},
    "effectivePeriod": {"start": "2015"},
}
EARLIER: Json = {
    "resourceType": "MedicationStatement",
    "id": "s3",
    "status": "completed",
    "medicationCodeableConcept": concept("Amoxicillin"),
    "subject": {"reference": "Patient/p1"},
    "effectivePeriod": {"start": "2022-01-03", "end": "2022-01-10"},
}
LATER: Json = {
    "resourceType": "MedicationAdministration",
    "id": "a1",
    "status": "completed",
    "medicationCodeableConcept": concept("Vitamin K"),
    "subject": {"reference": "Patient/p1"},
    "effectiveDateTime": "2022-04-15T09:00:00+02:00",
}
ORDER: Json = {
    "resourceType": "MedicationRequest",
    "id": "r1",
    "status": "active",
    "intent": "order",
    "medicationCodeableConcept": concept("Ibuprofen 400 mg"),
    "subject": {"reference": "Patient/p1"},
    "authoredOn": "2022-02-20",
}
EVENT: Json = {
    "resourceType": "AdverseEvent",
    "id": "ae1",
    "identifier": {"value": "AE-77"},
    "actuality": "actual",
    "event": concept("Drug-induced liver injury", "https://www.meddra.org", "10072268"),
    "subject": {"reference": "Patient/p1"},
    "date": "2022-04-12",
    "seriousness": concept("Serious", "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness", "Serious"),
    "severity": concept("severe", "http://terminology.hl7.org/CodeSystem/adverse-event-severity", "severe"),
    "outcome": concept("", "http://terminology.hl7.org/CodeSystem/adverse-event-outcome", "resolved"),
    "suspectEntity": [
        {
            "instance": {"reference": "MedicationStatement/s1"},
            "causality": [
                {
                    "assessment": concept(
                        "", "http://terminology.hl7.org/CodeSystem/adverse-event-causality-assess", "Probably-Likely"
                    ),
                    "method": {"text": "WHO-UMC"},
                    "author": {"display": "Treating physician"},
                }
            ],
        }
    ],
}
LABS = [
    lab(1, "1742-6", "Alanine aminotransferase", 22, "U/L", "2022-03-01"),
    lab(
        2, "1742-6", "ALT", 1240, "U/L", "2022-04-12",
        referenceRange=[{"low": {"value": 5, "unit": "U/L"}, "high": {"value": 35, "unit": "U/L"}}],
        interpretation=[{"coding": [{"code": "HH"}]}],
    ),
    lab(3, "6768-6", "Alkaline phosphatase", 182, "U/L", "2022-04-12"),
    lab(4, "1975-2", "Bilirubin", 7.4, "mg/dL", "2022-04-12"),
    lab(5, "1742-6", "ALT", 96, "U/L", "2022-05-05"),
    lab(6, "1742-6", "ALT", 25, "U/L", "2022-06-10"),
]  # fmt: skip
HAV: Json = {
    "resourceType": "Observation",
    "id": "o9",
    "status": "final",
    "code": concept("Hepatitis A virus IgM Ab [Presence] in Serum", LOINC, "22314-9"),
    "subject": {"reference": "Patient/p1"},
    "effectiveDateTime": "2022-04-13",
    "valueCodeableConcept": concept("Negative", "http://snomed.info/sct", "260385009"),
}
REFUTED: Json = {
    "resourceType": "Condition",
    "id": "c1",
    "verificationStatus": {"coding": [{"code": "refuted"}]},
    "code": concept("Hepatitis B (disorder)"),
    "subject": {"reference": "Patient/p1"},
}


def bundle(*resources: Json, base: str = "http://hospital.example/fhir") -> Json:
    """A collection with a `fullUrl` for each resource that has an id."""
    entries = []
    for one in resources:
        entry: Json = {"resource": copy.deepcopy(one)}
        if "id" in one:
            entry["fullUrl"] = f"{base}/{one['resourceType']}/{one['id']}"
        entries.append(entry)
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


WHOLE = bundle(PATIENT, MEDICATION, TAKEN, BESIDE, EARLIER, LATER, ORDER, EVENT, *LABS, HAV, REFUTED)


def with_fields(resource: Json, **fields: Any) -> Json:
    """A copy with fields added or replaced; those set to None are taken out."""
    made = {**copy.deepcopy(resource), **fields}
    return {key: value for key, value in made.items() if value is not None}


def written(value: Any) -> bytes:
    """As a file."""
    return json.dumps(value).encode()


R5 = bundle(
    PATIENT,
    {
        "resourceType": "MedicationStatement",
        "id": "s1",
        "status": "recorded",
        "adherence": {
            "code": concept("Stopped", "http://hl7.org/fhir/CodeSystem/medication-statement-adherence", "stopped")
        },
        "medication": {"concept": concept("Methotrexate 2.5 mg")},
        "subject": {"reference": "Patient/p1"},
        "effectivePeriod": {"start": "2023-01-02", "end": "2023-02-06"},
        "reason": [{"concept": concept("Rheumatoid arthritis")}],
    },
    {
        "resourceType": "AdverseEvent",
        "id": "ae1",
        "identifier": [{"value": "R5-1"}],
        "status": "completed",
        "actuality": "actual",
        "code": concept("Neutropenia", "http://snomed.info/sct", "165517008"),
        "subject": {"reference": "Patient/p1"},
        "occurrencePeriod": {"start": "2023-02-05", "end": "2023-02-20"},
        "seriousness": concept("", "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness", "serious"),
        "extension": [
            {
                "url": "http://hl7.org/fhir/uv/ae-research-ig/StructureDefinition/seriousness-criteria",
                "extension": [
                    {
                        "url": "code",
                        "valueCodeableConcept": {
                            "coding": [{"system": "urn:oid:2.16.840.1.113883.3.989.2.1.1.19", "code": "33"}]
                        },
                    },
                    {"url": "present", "valueBoolean": True},
                ],
            }
        ],
        "outcome": [concept("", "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl", "C49498")],
        "suspectEntity": [
            {
                "instanceReference": {"reference": "MedicationStatement/s1"},
                "causality": {
                    "assessmentMethod": {"text": "Naranjo"},
                    "entityRelatedness": {"text": "6, probable"},
                    "author": {"display": "Sponsor"},
                },
            },
            {"instanceCodeableConcept": concept("Trimethoprim / Sulfamethoxazole")},
        ],
        "note": [{"text": "The white count fell five weeks after the first tablet and recovered in two weeks."}],
    },
    lab(1, "751-8", "Neutrophils", 0.4, "10*3/uL", "2023-02-05"),
    lab(2, "751-8", "Neutrophils", 3.1, "10*3/uL", "2023-02-20"),
)
