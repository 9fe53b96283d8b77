"""Shorthand of ward notes written out before it is read: words, people, lengths, and dates without their year."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.texts.notedates import short_dates
from dechallenge.reading.texts.text import clean
from dechallenge.reading.texts.timedates import order_notes


def written(text: str) -> str:
    return clean(Document.from_text(text)).text


def case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


@pytest.mark.parametrize(
    ("noted", "meant"),
    [
        ("Presented c/ sore throat w/ fever.", "Presented with sore throat with fever."),
        ("Skin bx c/w drug eruption.", "Skin biopsy consistent with drug eruption."),
        ("BM bx: hypocellular.", "Bone marrow biopsy: hypocellular."),
        ("BMBx: hypocellular.", "Bone marrow biopsy: hypocellular."),
        ("Blood cx neg x2, HIV neg.", "Blood cultures neg, HIV neg."),
        ("Rash 2/2 amoxicillin.", "Rash secondary to amoxicillin."),
        ("PTU stopped 2010 2/2 rash.", "PTU stopped 2010 secondary to rash."),
        ("On MTX 15 mg po x 4 yrs.", "On MTX 15 mg po for 4 years."),
        ("Amoxicillin 500 mg TID x10d.", "Amoxicillin 500 mg TID for 10 days."),
        ("Rx leucovorin 15 mg IV.", "Treated with leucovorin 15 mg IV."),
        ("Tx: vit K 10 mg IV.", "Treated with vit K 10 mg IV."),
        ("D/c home in stable condition.", "Discharged home in stable condition."),
        ("Metronidazole d/c'd, fluids given.", "Metronidazole discontinued, fluids given."),
        ("D/C'd lisinopril.", "Discontinued lisinopril."),
        ("Cr 3.9 (b/l 1.6).", "Cr 3.9 (baseline 1.6)."),
        ("Pt: 38F, hx epilepsy.", "Pt: 38-year-old female, hx epilepsy."),
        ("66M s/p R TKA.", "66-year-old male status post R TKA."),
        ("Pt is a 47 YOF on methadone.", "Pt is a 47-year-old female on methadone."),
        ("44-yo WF with SLE.", "44-year-old white female with SLE."),
        ("LFTs nl, pt asx.", "LFTs normal, pt asymptomatic."),
        ("SpO2 97% RA.", "SpO2 97% Room air."),
        ("Hep A IgM neg.", "Hepatitis A IgM neg."),
        (
            "Nikolsky +. Skin test ceftriaxone +, penicillin neg.",
            "Nikolsky positive. Skin test ceftriaxone positive, penicillin neg.",
        ),
        ("Given 1st dose ceftriaxone.", "Given the first dose of ceftriaxone."),
        ("Observed overnight, d/c 2/16/2018.", "Observed overnight, discharged 2/16/2018."),
        ("Trop I 4.8 ng/mL.", "Troponin I 4.8 ng/mL."),
        ("LFTs nl in 1/2019.", "LFTs normal in January 2019."),
    ],
)
def test_written_out(noted: str, meant: str) -> None:
    assert written(noted) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Syncope x 2 at home.",
        "The rash was 3 x 4 cm.",
        "Fever of 101F was noted.",
        "A 10F catheter was placed.",
        "Positive blood cultures in 2/2 bottles.",
        "Seen on 2/2 for rash.",  # nothing says which comes first
        "Bilateral (b/l) oedema.",
        "Volume 5 nL.",
        "The RA was enlarged; she has RA.",
    ],
)
def test_left_as_it_is(text: str) -> None:
    assert written(text) == text


HEAD = "Seen 3/2/2020 and 3/24/2020. "


@pytest.mark.parametrize(
    ("noted", "meant"),
    [
        ("Stopped 3/11.", "Stopped on 11 March."),
        ("On 3/11 rash.", "On 11 March rash."),
        ("4/15: WBC 5.6.", "On 15 April: WBC 5.6."),
        ("4/15 rash and fever.", "On 15 April rash and fever."),
        ("Labs 3/11: ALT 412.", "Labs on 11 March: ALT 412."),
        ("Plt 66 (3/16), 120 (3/19).", "Plt 66 on 16 March, 120 on 19 March."),
        ("Heparin 3/5-3/14.", "Heparin from 5 March to 14 March."),
        ("3/8 SCr 1.1, 3/10 SCr 2.9.", "On 8 March SCr 1.1, on 10 March SCr 2.9."),
        ("D/c home 3/26.", "Discharged home on 26 March."),
        ("Plt 251 at 4/20 visit.", "Plt 251 at 20 April visit."),
        ("F/u 6/28: ALT 88.", "Follow-up on 28 June: ALT 88."),
        ("Rash 2/2 amoxicillin.", "Rash secondary to amoxicillin."),
        # shares, scores and doses
        ("Strength 4/5 in both legs.", "Strength 4/5 in both legs."),
        ("Strength improved from 2/5 to 4/5.", "Strength improved from 2/5 to 4/5."),
        ("Pain 3/10.", "Pain 3/10."),
        ("A 3/6 systolic murmur.", "A 3/6 systolic murmur."),
        ("Seen in 8/10 patients.", "Seen in 8/10 patients."),
        ("Dose reduced by 1/2.", "Dose reduced by 1/2."),
        ("Given 1/2 tablet.", "Given 1/2 tablet."),
        ("BP 120/80.", "BP 120/80."),
        ("Score was 5/8.", "Score was 5/8."),
    ],
)
def test_short_dates(noted: str, meant: str) -> None:
    assert written(HEAD + noted).removeprefix(HEAD) == meant


@pytest.mark.parametrize(
    ("noted", "meant"),
    [
        ("RHEUM CLINIC 8/22/2019\nToday ALT 214.", "RHEUM CLINIC 8/22/2019\nOn 8/22/2019 ALT 214."),
        ("ED note 10/21/15. Lip swelling today.", "ED note 10/21/15. Lip swelling on 10/21/15."),
        (
            "Clinic 8/22/2019\nWell.\n\n9/5/2019: ALT 92 today.",
            "Clinic 8/22/2019\nWell.\n9/5/2019: ALT 92 on 9/5/2019.",
        ),
        ("Started 8/22/2019. Today ALT 214.", "Started 8/22/2019. Today ALT 214."),  # no date of the note
        ("ED note 10/21/15. Today's ALT 30.", "ED note 10/21/15. Today's ALT 30."),
    ],
)
def test_today_is_the_day_of_the_note(noted: str, meant: str) -> None:
    assert written(noted) == meant


def test_short_dates_of_a_report_that_writes_the_day_first() -> None:
    assert written("Seen 24/3/2020. Stopped 2/4.") == "Seen 24/3/2020. Stopped on 2 April."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Started 3/2/2020. Stopped on 3/24.", "“3/2/2020” and the like were read month first: “3/24” shows it."),
        ("Started 3/2/2020. D/c home 24/3.", "“3/2/2020” and the like were read day first: “24/3” shows it."),
        (
            "Started 3/2/2020. Stopped on 3/5.",
            "“3/2/2020” may be day first or month first; nothing in the report settles it, and both were allowed.",
        ),
        # a share settles nothing, and what a date with its year shows stands above a date without
        (
            "Started 3/2/2020. Found in 3/24 patients.",
            "“3/2/2020” may be day first or month first; nothing in the report settles it, and both were allowed.",
        ),
        (
            "Started 3/2/2020. Seen on 24/3/2020. Stopped on 3/24.",
            "“3/2/2020” and the like were read day first: “24/3/2020” shows it.",
        ),
    ],
)
def test_a_short_date_settles_the_order(text: str, says: str) -> None:
    assert order_notes(text) == (says,)


def test_an_unsettled_order_leaves_short_dates_alone() -> None:
    text = "Started 3/2/2020. Stopped 3/5."
    assert short_dates(text)
    assert written(text) == text


def test_evidence_quotes_the_words_of_the_note() -> None:
    text = "54F w/ RA. MTX 15 mg weekly. On 3/14/2020 WBC 0.9, ANC 0.2. MTX d/c'd 3/15. 4/15: WBC 5.6."
    read = case(text)
    for item in (*read.measurements, *read.actions, *read.exposures):
        for one in item.evidence:
            assert one.quote in text


NOTE = """This 54 yo F w/ RA, on MTX 15 mg po qwk x 4 yrs + folic acid, was given SMX-TMP DS 1 tab BID for UTI on
3/2/2020. On 3/11/2020 presented to ED w/ mouth sores, fever 38.9, bruising. Labs: WBC 0.9, ANC 0.2, Hgb 7.8, plt 14,
MCV 108, Cr 1.9 (baseline 0.9), AST 33, ALT 41. Blood cx neg x2. BM bx: hypocellular marrow. Both MTX and SMX-TMP were
stopped 3/11. Rx leucovorin 15 mg IV q6h, G-CSF, 2u PRBC, plt transfusion, cefepime. ANC 1.4 on 3/19, plt 88 on 3/20,
Hgb 9.1. D/c home 3/24. 4/15: WBC 5.6, Hgb 11.2, plt 241, Cr 0.9. MTX not resumed; started HCQ."""


class TestANote:
    """One note of an emergency department, from the words to the days."""

    read = case(NOTE)

    def test_days(self) -> None:
        spans = {x.drug: (x.start, x.stop) for x in self.read.exposures if x.role == "suspect"}
        start, stop = spans["sulfamethoxazole/trimethoprim"]
        since, until = spans["methotrexate"]
        assert start and stop and since and until
        assert since.low is not None and start.low is not None and stop.low is not None
        assert stop.low - start.low == 9.0
        assert 1360 < start.low - since.low < 1380  # four years, give or take three months
        assert (until.low, until.high) == (stop.low, stop.high)

    def test_roles(self) -> None:
        roles = {x.drug: x.role for x in self.read.exposures}
        given = ("leucovorin", "filgrastim", "packed red cells", "cefepime")
        assert {roles[drug] for drug in given} == {"treatment"}
        assert not next(x.dose for x in self.read.exposures if x.drug == "filgrastim")

    def test_values(self) -> None:
        values = [(m.analyte, m.value, m.unit) for m in self.read.measurements]
        assert ("CREAT", 1.9, "") in values or ("CREAT", 1.9, None) in values
        assert any(a == "BODY_TEMP" and v == 38.9 for a, v, _ in values)

    def test_tests(self) -> None:
        states = {t.test: t.state for t in self.read.tests}
        assert states["blood cultures"] == "negative"
        assert states["bone marrow examination"] == "positive"
