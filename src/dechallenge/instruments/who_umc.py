"""WHO-UMC causality categories: six categories from time, other explanations, withdrawal and re-exposure.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causes import other_cause
from dechallenge.facts.vocabulary.judgement import cannot_be_assessed, event_definitive
from dechallenge.facts.vocabulary.response import dechallenge, rechallenge
from dechallenge.facts.vocabulary.timing import onset_timing
from dechallenge.logic import OTHERWISE
from dechallenge.logic.instrument import Category, Example, Instrument, Item, Option, counts_as

TIME_FITS = onset_timing.one_of("very suggestive", "compatible")
WITHDRAWAL_FITS = dechallenge.one_of("positive", "positive with symptomatic treatment")

INSTRUMENT = Instrument(
    id="who-umc",
    title="WHO-UMC causality categories",
    edition="Uppsala Monitoring Centre",
    year=2013,
    kind="causality",
    purpose="The category of the relation between a drug and a reaction; any drug and any reaction.",
    items=(
        Item(
            "1",
            "Category; the first whose criteria are all met",
            (
                Option(
                    "Certain",
                    "plausible time; no disease or other drug explains it; plausible response to withdrawal; the "
                    "event is definitive, or else re-exposure was positive",
                    TIME_FITS
                    & other_cause.is_("ruled out")
                    & WITHDRAWAL_FITS
                    & (event_definitive | rechallenge.is_("positive")),
                ),
                Option(
                    "Probable/Likely",
                    "reasonable time; unlikely to be due to disease or other drugs; reasonable response to withdrawal",
                    TIME_FITS & other_cause.one_of("ruled out", "unlikely") & WITHDRAWAL_FITS,
                ),
                Option(
                    "Possible",
                    "reasonable time; disease or other drugs could explain it, or withdrawal is lacking or unclear",
                    TIME_FITS,
                ),
                Option(
                    "Unlikely",
                    "improbable time, and disease or other drugs provide plausible explanations",
                    onset_timing.is_("incompatible") & other_cause.one_of("possible", "probable"),
                    unverified="the WHO list joins the two by 'and', the FHIR code system by 'or'",
                ),
                Option(
                    "Unassessable/Unclassifiable",
                    "insufficient or contradictory, and cannot be supplemented or verified",
                    cannot_be_assessed,
                ),
                Option(
                    "Conditional/Unclassified", "more data are needed: no category has all its criteria met", OTHERWISE
                ),
            ),
            missing=counts_as("Conditional/Unclassified", "the time relationship is not known: more data are needed"),
            source="UMC, The use of the WHO-UMC system for standardised case causality assessment",
            note="'Plausible' and 'reasonable' are read alike.",
        ),
    ),
    result=Category("1"),
    reference="Uppsala Monitoring Centre. The use of the WHO-UMC system for standardised case causality assessment.",
    verification="Criteria agree in the HL7/FHIR code system, a tutorial and an implementation specification; no "
    "itemised published example was found.",
    missing_rule="Withdrawal unknown, or other causes not looked for: at most Possible. Time unknown: Conditional.",
    notes=(
        "Re-exposure is asked for only when the event is not definitive ('if necessary').",
        "A fatal or irreversible outcome cannot be assessed for withdrawal: at most Possible.",
        "Improbable time without another explanation meets no category: Conditional.",
    ),
    examples=(
        Example(
            "plausible, nothing else, plausible, definitive",
            {
                "onset_timing": "very suggestive",
                "other_cause": "ruled out",
                "dechallenge": "positive",
                "event_definitive": True,
            },
            category="Certain",
        ),
        Example(
            "reasonable, unlikely, reasonable, not done",
            {
                "onset_timing": "compatible",
                "other_cause": "unlikely",
                "dechallenge": "positive",
                "rechallenge": "not done",
            },
            category="Probable/Likely",
        ),
        Example(
            "reasonable, unlikely, withdrawal unknown",
            {"onset_timing": "compatible", "other_cause": "unlikely"},
            category="Possible",
        ),
        Example(
            "reasonable, could explain, reasonable",
            {"onset_timing": "compatible", "other_cause": "possible", "dechallenge": "positive"},
            category="Possible",
        ),
        Example(
            "improbable, plausible alternative",
            {"onset_timing": "incompatible", "other_cause": "probable"},
            category="Unlikely",
        ),
    ),
)
