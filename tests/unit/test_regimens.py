"""The grammar of regimens and the words for people: where each table must fire and where it must not."""

from __future__ import annotations

import pytest

from dechallenge import read
from dechallenge.reading.drugs.regimens import Slot, doses, durations, elapsed, frequencies
from dechallenge.reading.drugs.routes import routes
from dechallenge.reading.texts.people import ages, sexes
from dechallenge.timeline import MOST, Interval, Network


def words(text: str, slots: list[Slot]) -> list[str]:
    return [text[slot.start : slot.end] for slot in slots]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He took a 25-mg tablet of losartan.", ["25-mg"]),
        ("Vincristine 1.4 mg/m2 was infused.", ["1.4 mg/m2"]),
        ("She received 15 mg kg-1 of the drug.", ["15 mg kg-1"]),
        ("Insulin at 40 IU per day.", ["40 IU per day"]),
        ("The patient took high-dose ascorbic acid.", ["high-dose"]),
        ("A single dose of rizatriptan was enough.", ["A single dose"]),
        ("He swallowed two capsules.", ["two capsules"]),
        ("An overdose was denied.", ["overdose"]),
        ("They gave 'low' doses of morphine.", ["low' doses"]),
        ("Between 2.5 and 7.5 mg/kg/d were given.", ["2.5 and 7.5 mg/kg/d"]),
        # No doses: levels in blood, lengths, other letters.
        ("Bilirubin was 6.2 mg/dL and haemoglobin 9 g/L.", []),
        ("Ferritin was 900 ng/mL, creatinine 88 μmol/L.", []),
        ("The lesion measured 12 mm in 3 gestations.", []),
        ("High fever and a low pulse were noted.", []),
    ],
)
def test_doses(text: str, found: list[str]) -> None:
    assert words(text, doses(text)) == found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Given i.v. and later by mouth.", ["intravenous", "oral"]),
        ("An infusion of iron.", ["intravenous"]),
        ("Intravitreal bevacizumab.", ["intravitreal"]),
        ("Nebulized salbutamol, then an inhaler.", ["inhalation", "inhalation"]),
        ("A clotrimazole cream.", ["topical"]),
        ("She had three injections.", [""]),  # the way into the body is not said
        ("Chemotherapy was begun.", [""]),
        ("An intravenous heparin injection.", ["intravenous", "intravenous"]),  # the way of its phrase
        ("An injection of iron intramuscularly.", ["intramuscular", "intramuscular"]),
        ("Oral aspirin and injections.", ["oral", ""]),  # another phrase
        ("A subcutaneous infusion; sublingual tablets.", ["subcutaneous"] * 2 + ["sublingual"] * 2),
        ("20 mg po for a week.", ["oral"]),
        ("It was injected into the left radial artery.", ["intra-arterial", "intra-arterial"]),
        ("Timolol in each eye; exposed through breast milk.", ["ophthalmic", "transmammary"]),
        ("After intake of the drug.", ["oral"]),
        # No routes: anatomy, findings.
        ("The ocular examination and a percutaneous biopsy.", []),
        ("The PO2 was low and the Po river was high.", []),
        ("Oral ulcers and rectal bleeding.", []),
        ("Oral-facial movements, conjunctival injection.", []),
        ("An intraperitoneal haemorrhage and an epidural abscess.", []),
        ("A patch test was positive.", []),
        ("An injection-site rash.", []),
    ],
)
def test_routes(text: str, values: list[str]) -> None:
    assert [slot.value for slot in routes(text)] == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20 mg once-daily.", ["once-daily"]),
        ("Drops twice-a-day.", ["twice-a-day"]),
        ("Dosed eight-hourly, then q 12 h.", ["eight-hourly", "q 12 h"]),
        ("Interferon 3 MU TIW.", ["TIW"]),
        ("400 mg/day.", ["/day"]),
        ("On alternate days and every third week.", ["On alternate days", "every third week"]),
        ("A continuous infusion.", ["continuous"]),
        # Not how often a drug is given.
        ("He had daylight saving and a dayroom.", []),
        ("Continuous ambulatory dialysis.", []),
        ("On day 4 the rash faded.", []),
    ],
)
def test_frequencies(text: str, found: list[str]) -> None:
    assert words(text, frequencies(text)) == found


def test_lengths_of_treatment() -> None:
    text = "After 6 weeks of minocycline she developed a rash."
    assert any("6 weeks" in word for word in words(text, durations(text)))
    assert any("6 weeks" in word for word in words(text, elapsed(text)))
    assert words("Chronic use of it.", durations("Chronic use of it.")) == ["Chronic use"]
    assert words("In the second month.", durations("In the second month.")) == ["In the second month"]


@pytest.mark.parametrize(
    "text", ["A 34-year-old man came.", "He had a 10-year history of asthma.", "Chronic hepatitis was known."]
)
def test_ages_histories_and_diseases_are_no_lengths_of_treatment(text: str) -> None:
    assert durations(text) == []


def test_a_word_for_soon_is_elapsed_time_and_no_duration() -> None:
    text = "Hives appeared immediately after the injection."
    assert words(text, elapsed(text)) == ["immediately after"]
    assert durations(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("A dose of 0,125 mg.", (0.125, None, "mg", 1)),
        ("Some 1,250 mg/day.", (1250.0, None, "mg/day", 1)),
        ("He took 2 × 500 mg.", (500.0, None, "mg", 2)),
        ("He took half a tablet.", (0.5, None, "tablet", 1)),
        ("Given 2-4 mg/kg.", (2.0, 4.0, "mg/kg", 1)),
    ],
)
def test_the_figures_of_a_dose(text: str, figures: tuple[float, float | None, str, int]) -> None:
    slot = next(s for s in doses(text) if s.low is not None)
    assert (slot.low, slot.high, slot.unit, slot.times) == figures


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A 7-year-old girl.", ["years"]),
        ("A thirteen-year-old boy.", ["years"]),
        ("A man aged 70.", ["years"]),
        ("Two elderly patients and a neonate.", ["elderly", "neonate"]),
        ("Treated for 7 years with lithium.", []),
        ("Infantile spasms.", []),
    ],
)
def test_ages(text: str, values: list[str]) -> None:
    assert [word.value for word in ages(text)] == values


def test_the_figures_of_an_age() -> None:
    def told(text: str) -> list[tuple[float | None, float | None, str, str]]:
        return [(w.low, w.high, w.unit, w.kind) for w in ages(text)]

    assert told("A seventy-two-year-old woman.") == [(72, 72, "year", "figure")]
    assert told("A boy of 3 weeks of age.") == [(3, 3, "week", "figure")]
    assert told("Mean age 40 to 50 years.") == [(40, 50, "year", "many")]


def test_the_patient_is_read_with_the_same_words() -> None:
    def age(text: str) -> tuple[float | None, str] | None:
        who = read(f"{text} took diclofenac. ALT was 900 U/L.").cases[0].patient
        return (who.age.value, who.age.unit) if who.age else None

    assert age("A thirty-one-year-old mother") == (31, "year")
    assert age("This six-month-old infant") == (6, "month")
    assert age("A woman who had lived in Rome since the age of 7 years and") is None  # of another time


def test_sexes() -> None:
    assert [word.value for word in sexes("The woman and her brother's gentlemen")] == ["female", "female", "male"]
    assert sexes("Mandatory checks of the heart and humans") == []


def test_a_full_network_takes_no_further_point() -> None:
    network = Network()
    for number in range(MOST - 1):
        assert network.bound("start", f"m{number}", Interval(1.0, 2.0))
    assert len(network.names) == MOST
    assert not network.bound("start", "one more", Interval(1.0, 2.0))
    assert "one more" not in network.names
    assert network.bound("start", "m0", Interval(1.0, 1.5))
    assert network.between("start", "m0") == Interval(1.0, 1.5)
    assert network.between("m0", "m1") == Interval(-0.5, 1.0)
