"""Child-Pugh class of cirrhosis (Pugh 1973, with INR).

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.histology import cirrhosis
from dechallenge.facts.vocabulary.liver import bili_peak_mg_dl, inr_peak
from dechallenge.facts.vocabulary.liver_failure import albumin_lowest_g_dl, ascites_grade, encephalopathy_grade
from dechallenge.logic.instrument import Band, Caution, Entry, Example, Instrument, Item, Option, Sum, forbids

_SOURCE = "Pugh 1973, table; INR as in the code sets read"

INSTRUMENT = Instrument(
    id="child-pugh",
    title="Child-Pugh class",
    edition="Pugh 1973, with INR",
    year=1973,
    kind="score",
    purpose="Severity of cirrhosis.",
    applies_to=("liver injury",),
    entry=(Entry("the patient has cirrhosis", cirrhosis, "Child-Pugh grades cirrhosis only, and there is none"),),
    items=(
        Item(
            "bilirubin",
            "Bilirubin",
            (
                Option(1, "below 2 mg/dL (34.2 µmol/L)", bili_peak_mg_dl < 2),
                Option(2, "2 to 3 mg/dL", bili_peak_mg_dl.between(2, 3)),
                Option(3, "above 3 mg/dL (51.3 µmol/L)", bili_peak_mg_dl > 3),
            ),
            missing=forbids("bilirubin is needed"),
            source=_SOURCE,
        ),
        Item(
            "albumin",
            "Albumin",
            (
                Option(1, "above 3.5 g/dL", albumin_lowest_g_dl > 3.5),
                Option(2, "2.8 to 3.5 g/dL", albumin_lowest_g_dl.between(2.8, 3.5)),
                Option(3, "below 2.8 g/dL", albumin_lowest_g_dl < 2.8),
            ),
            missing=forbids("albumin is needed"),
            source=_SOURCE,
        ),
        Item(
            "inr",
            "INR",
            (
                Option(1, "below 1.7", inr_peak < 1.7),
                Option(2, "1.7 to 2.3", inr_peak.between(1.7, 2.3)),
                Option(3, "above 2.3", inr_peak > 2.3),
            ),
            missing=forbids("INR is needed"),
            source=_SOURCE,
        ),
        Item(
            "ascites",
            "Ascites",
            (
                Option(1, "none", ascites_grade.is_("none")),
                Option(2, "slight", ascites_grade.is_("slight")),
                Option(3, "moderate or more", ascites_grade.is_("moderate or more")),
            ),
            missing=forbids("whether there is ascites, and how much, is needed"),
            source=_SOURCE,
        ),
        Item(
            "encephalopathy",
            "Encephalopathy",
            (
                Option(1, "none", encephalopathy_grade.is_("none")),
                Option(2, "grade 1-2", encephalopathy_grade.is_("grade 1-2")),
                Option(3, "grade 3-4", encephalopathy_grade.is_("grade 3-4")),
            ),
            missing=forbids("whether there is encephalopathy, and its grade, is needed"),
            source=_SOURCE,
        ),
    ),
    result=Sum((Band(5, 6, "A"), Band(7, 9, "B"), Band(10, 15, "C")), published_range="5 to 15"),
    reference="Pugh RN, Murray-Lyon IM, Dawson JL, Pietroni MC, Williams R. Transection of the oesophagus for bleeding "
    "oesophageal varices. Br J Surg 1973;60:646–9.",
    verification="Points and classes read in two sources; one published example recomputed; the paper was not read.",
    missing_rule="All five are needed; what is not told is never taken as none.",
    cautions=(
        Caution("For cirrhosis only; in acute injury without cirrhosis it means nothing."),
        Caution("The worst values of the injury are used, which may be from different days."),
    ),
    shown_with=(cirrhosis,),
    notes=(
        "For cholestatic disease (PBC, PSC) other limits of bilirubin are in use (below 4, 4 to 10, above 10 mg/dL; "
        "from memory, unverified). They are not applied.",
    ),
    examples=(
        Example(
            "INR 2.0, bilirubin 28.1 µmol/L, albumin 3.7, no ascites, no encephalopathy",
            {
                "inr_peak": 2.0,
                "bili_peak_mg_dl": 28.1 / 17.104,
                "albumin_lowest_g_dl": 3.7,
                "ascites_grade": "none",
                "encephalopathy_grade": "none",
            },
            {"inr": 2, "bilirubin": 1, "albumin": 1, "ascites": 1, "encephalopathy": 1},
            6,
            "A",
            remark="published; its source has 2.6 µmol/L among the parsed inputs, a slip that gives the same points",
        ),
    ),
)
