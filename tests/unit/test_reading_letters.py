"""What hospital letters and notes say in their own way: dates in figures, illnesses under "Background", remedies."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.suspects.givenforit import for_symptom
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.timedates import DAY_FIRST, MONTH_FIRST, date_order, order_notes


def read(text: str) -> Case:
    """The only case of a text; its quotes are checked against it."""
    document = Document.from_text(text)
    [found] = ProseReader().read([document]).cases
    return found


def latency(text: str) -> tuple[float | None, float | None] | None:
    link = read(text).links[0]
    return (link.latency.low, link.latency.high) if link.latency is not None else None


def roles(text: str) -> dict[str, str]:
    return {e.drug: e.role for e in read(text).exposures}


_LETTER = (
    "DISCHARGE LETTER\n55-year-old woman, admitted with jaundice. {} She took terbinafine daily and noticed dark urine "
    "after four weeks. ALT 900 U/L, bilirubin 90 umol/L. Terbinafine was stopped."
)


@pytest.mark.parametrize("line", ["Background: asthma (salbutamol inhaler), gout.", "Background: she has asthma."])
def test_a_background_of_the_patient_is_part_of_the_case(line: str) -> None:
    drawn = read(_LETTER.format(line))
    assert {"ALT", "BILI_TOT"} <= {m.analyte for m in drawn.measurements}
    assert "terbinafine" in {e.drug for e in drawn.exposures}


def test_the_background_of_a_paper_is_no_case() -> None:
    text = (
        "Background: Ketoconazole is a known cause of liver injury.\nCase presentation: A 55-year-old woman took "
        "terbinafine. After four weeks ALT was 900 U/L. Terbinafine was stopped."
    )
    assert "ketoconazole" not in {e.drug for e in read(text).exposures}


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Seen 03/04/2019 and 15/04/2019.", DAY_FIRST),
        ("Seen 03/04/2019 and 04/15/2019.", MONTH_FIRST),
        ("Begun 05/01/2019, jaundiced 02/02/2019, stopped 03/03/2019.", DAY_FIRST),
        ("Begun 01/05/2019, jaundiced 02/02/2019, stopped 03/03/2019.", MONTH_FIRST),
        ("Seen 03/04/2019 and 05/06/2019.", ""),
        ("Seen 15/04/2019, 04/15/2019 and 03/04/2019.", ""),
    ],
)
def test_the_order_of_day_and_month_is_settled_by_the_other_dates(text: str, order: str) -> None:
    found = date_order(text)
    assert found is not None and found.order == order
    [note] = order_notes(text)
    assert (order or "both were allowed") in note


@pytest.mark.parametrize("text", ["Seen 15/04/2019.", "Seen 03.04.2019.", "Seen 04/04/2019.", "Seen 2019-04-03."])
def test_dates_that_read_in_one_way_need_no_order(text: str) -> None:
    assert date_order(text) is None and order_notes(text) == ()


_DATED = (
    "A 70-year-old man took dapsone from 08/02/2017. He was admitted with jaundice on 11/03/2017 and ALT was 600 U/L. "
    "Dapsone was stopped on {}."
)


def test_a_settled_order_dates_the_reaction() -> None:
    assert latency(_DATED.format("13/03/2017")) == (31.0, 31.0)
    open_ = latency(_DATED.format("11/03/2017"))
    assert open_ is not None and open_ != (31.0, 31.0)  # both readings are kept
    assert read(_DATED.format("13/03/2017")).notes


def test_the_first_dose_in_brackets_dates_the_start() -> None:
    text = (
        "A 70-year-old man was admitted with jaundice on 11 March 2017. Rivaroxaban 10 mg once daily (first dose 9 "
        "February 2017). ALT was 600 U/L. Rivaroxaban was stopped."
    )
    assert latency(text) == (30.0, 30.0)
    assert latency(text.replace("first dose", "prescription renewed")) != (30.0, 30.0)


_OPERATION = (
    "A 68-year-old man {}. Three weeks after the operation he developed jaundice with ALT 300 U/L and alkaline "
    "phosphatase 400 U/L. Cefazolin-induced cholestasis was diagnosed."
)


def test_a_time_after_the_operation_counts_from_the_dose_given_for_it() -> None:
    found = latency(_OPERATION.format("received a single dose of cefazolin as prophylaxis before hip replacement"))
    assert found is not None and found[0] is not None and found[1] is not None and found[0] <= 21 <= found[1]
    other = "took cefazolin daily for four weeks before hip replacement"
    assert latency(_OPERATION.format(other)) != found


def test_a_series_goes_on_from_a_state() -> None:
    text = (
        "A 33-year-old man took methotrexate. ALT was normal at baseline, 3.2 x ULN at week 8 and 11 x ULN at week 12."
    )
    assert [m.value for m in read(text).measurements if m.value is not None] == [3.2, 11.0]
    apart = "A 33-year-old man took methotrexate. ALT was normal at baseline, and he weighed 82 kg at week 8."
    assert [m.value for m in read(apart).measurements if m.analyte == "ALT" and m.value is not None] == []
    until = "A 33-year-old man took methotrexate. ALT, normal until then, was 2.5 x ULN at week 6."
    assert [m.value for m in read(until).measurements if m.value is not None] == [2.5]


_FEVER = (
    "A 37-year-old woman was treated with ranitidine. She discontinued it herself on the 17th day because of nausea "
    "and fever; 4 days later she was jaundiced with ALT 744 U/L. {}"
)


def test_a_drug_for_a_symptom_of_the_reaction_is_not_blamed() -> None:
    found = roles(_FEVER.format("Paracetamol had been taken for the fever."))
    assert found["ranitidine"] == "suspect" and found["paracetamol"] != "suspect"


@pytest.mark.parametrize(("words", "symptom"), [("for the fever", True), ("for two years", False), ("for gout", False)])
def test_what_a_drug_was_taken_for(words: str, symptom: bool) -> None:
    text = f"He had a fever. Paracetamol was taken {words}."
    spans = sentences(text)
    assert for_symptom(text, spans, read_drugs(text, spans), "paracetamol", 9) is symptom
    assert not for_symptom(text, spans, read_drugs(text, spans), "paracetamol", 60)  # named before the reaction


@pytest.mark.parametrize(
    ("words", "drug"),
    [
        ("She was begun on isoniazid (300 mg daily) with vitamin B6.", "pyridoxine"),
        ("She went home on isoniazid and vitamin D.", "vitamin d"),
        ("She took isoniazid, folic acid 5 mg daily, and carnitine.", "levocarnitine"),
        ("She took isoniazid. Intravenous carnitine was begun.", "levocarnitine"),
        ("She took isoniazid, no herbs and only rarely ibuprofen.", "ibuprofen"),
    ],
)
def test_vitamins_and_what_was_rarely_taken_are_drugs(words: str, drug: str) -> None:
    text = f"A 40-year-old woman had tuberculosis. {words} After 6 weeks ALT was 900 U/L. Isoniazid was stopped."
    assert drug in roles(text)


@pytest.mark.parametrize(
    ("words", "drug"),
    [
        ("The vitamin D level was 20 ng/mL.", "vitamin d"),
        ("Carnitine was normal.", "levocarnitine"),
        ("She denied ibuprofen.", "ibuprofen"),
        ("Rifampin to be considered.", "rifampicin"),
    ],
)
def test_what_was_measured_denied_or_planned_is_no_drug_taken(words: str, drug: str) -> None:
    text = f"A 40-year-old woman took isoniazid. After 6 weeks ALT was 900 U/L. Isoniazid was stopped. {words}"
    assert drug not in roles(text)


def test_of_two_drugs_begun_together_the_one_resumed_without_harm_is_spared() -> None:
    text = (
        "A 30-year-old woman was begun on zidovudine, lamivudine and nevirapine. In the third week she had fever and a "
        "rash and ALT was 1330 U/L. All three were stopped. {} were then restarted and were well tolerated."
    )
    found = roles(text.format("Zidovudine and lamivudine"))
    assert found["nevirapine"] == "suspect" and found["zidovudine"] != "suspect"


_AGAIN = (
    "A 55-year-old woman took lapatinib. After 9 weeks ALT was 720 U/L. Lapatinib was stopped. {} later ALT was "
    "normal. Lapatinib was given again, and within 12 days ALT was 480 U/L. It was stopped and ALT normalized {}."
)


@pytest.mark.parametrize(("again", "first"), [("within a month", True), ("10 weeks later", False)])
def test_a_recovery_told_only_by_its_longest_time_gives_way_to_the_first(again: str, first: bool) -> None:
    [event] = read(_AGAIN.format("Eight weeks", again)).events
    gap = event.recovery_from_stop
    assert gap is not None and gap.low is not None and gap.high is not None
    assert (gap.low <= 56.0 <= gap.high) is first


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("52 yo M with latent tuberculosis took isoniazid.", "male"),
        ("52 y/o F with latent tuberculosis took isoniazid.", "female"),
        ("52 yo patient with M. kansasii took isoniazid.", None),
    ],
)
def test_the_letter_behind_the_age(text: str, sex: str | None) -> None:
    assert read(text + " After 6 weeks ALT was 900 U/L. Isoniazid was stopped.").patient.sex == sex


def test_to_be_put_on_an_allergy_list_is_no_start() -> None:
    text = "A 60-year-old man took flucloxacillin. After 3 weeks ALT was 900 U/L. {} was added to {}."
    listed = read(text.format("Flucloxacillin", "the allergy list"))
    assert len(listed.actions) == len(read(text.split(" {}")[0]).actions)
    begun = read(text.format("Prednisone", "his treatment"))
    assert ("started", "prednisone") in [(a.kind, a.drug) for a in begun.actions]


def test_an_abandoned_drug_was_stopped() -> None:
    text = "A 60-year-old woman took nitrofurantoin and lisinopril. After 9 months ALT was 640 U/L. {}."
    found = read(text.format("Nitrofurantoin was abandoned")).actions
    assert ("stopped", "nitrofurantoin") in [(a.kind, a.drug) for a in found]
    went_on = read(text.format("Nitrofurantoin was continued")).actions
    assert ("stopped", "nitrofurantoin") not in [(a.kind, a.drug) for a in went_on]


def test_a_label_of_the_outcome_has_no_time_of_its_own() -> None:
    text = (
        "A 58-year-old woman took leflunomide from 14-Jan-2015. On 20-Mar-2015 ALT was 412 U/L (5-40). Leflunomide was "
        "withdrawn on 23-Mar-2015. ALT was 34 U/L on 04-May-2015. Outcome: recovered."
    )
    gap = read(text).events[0].recovery_from_stop
    assert gap is not None and (gap.low, gap.high) == (42.0, 42.0)
    raised = read(text.replace("34 U/L", "150 U/L")).events[0].recovery_from_stop
    assert raised is None or (raised.low, raised.high) != (42.0, 42.0)


def test_an_allergy_list_blames() -> None:
    text = (
        "A 60-year-old man took flucloxacillin and metformin. After 3 weeks ALT was 900 U/L. {} added to his allergies."
    )
    assert roles(text.format("Flucloxacillin was"))["flucloxacillin"] == "suspect"
    assert roles(text.format("Flucloxacillin was"))["metformin"] != "suspect"
    assert "blames" in read(text.format("Nothing was")).exposures[0].reason
