"""Wordings of real reports: what they tell, and near wordings that tell it not."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case


def _case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def _drugs(text: str) -> set[str]:
    return {e.drug for e in _case(text).exposures}


MAN = "A 50-year-old man "


@pytest.mark.parametrize(
    ("text", "drug", "named"),
    [
        ("was given linezolid for methicillin-resistant Staphylococcus aureus.", "methicillin", False),
        ("was given linezolid for methicillin sensitive Staphylococcus aureus.", "methicillin", False),
        ("took haloperidol and had a neuroleptic malignant syndrome.", "antipsychotic", False),
        ("took azathioprine and had elevated pancreatic enzymes.", "pancrelipase", False),
        ("took azathioprine; his pancreatic enzymes were raised.", "pancrelipase", False),
        ("with cystic fibrosis took pancreatic enzymes and azathioprine.", "pancrelipase", True),
        ("with a history of regular phenytoin consumption had a rash.", "phenytoin", True),
        ("was on antibiotic treatment with cefepime and had a rash.", "antibiotic", False),
        ("took ondansetron as an antiemetic and had a rash.", "antiemetic", False),
        ("took a herb for analgesic purposes and had a rash.", "analgesic", False),
        (
            "with multiple allergies (including vancomycin and levofloxacin) was given ceftriaxone.",
            "levofloxacin",
            False,
        ),
        ("allergic to penicillin and vancomycin was given ceftriaxone.", "vancomycin", False),
        ("with an allergy to nuts was given vancomycin.", "vancomycin", True),
    ],
)
def test_which_drugs_were_taken(text: str, drug: str, named: bool) -> None:
    assert (drug in _drugs(MAN + text)) is named


def test_the_class_of_the_one_drug_behind_its_course() -> None:
    text = (
        MAN + "took nitrofurantoin for a week. Two weeks after antibiotic completion he had hepatitis with ALT 900 U/L."
    )
    assert _drugs(text) == {"nitrofurantoin"}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ALT rose from 20 U/L on day 1 to 97 U/L on day 5.", [(20.0, 1.0), (97.0, 5.0)]),
        (
            "Platelets fell from 248 000 cells/mm(3) on day 1 to 97 000 cells/mm(3) on day 5.",
            [(248000.0, 1.0), (97000.0, 5.0)],
        ),
    ],
)
def test_a_value_behind_the_day_of_another(text: str, values: list[tuple[float, float]]) -> None:
    read = [(m.value, m.time.low) for m in _case(MAN + "received linezolid. " + text).measurements if m.time]
    assert read == values


def test_a_range_of_days_stays_one() -> None:
    times = [m.time for m in _case(MAN + "received linezolid. ALT was 200 U/L on days 1 to 5.").measurements]
    assert [(t.low, t.high) for t in times if t] == [(1.0, 5.0)]


def test_a_fall_in_words_dates_the_reaction() -> None:
    told = "received linezolid. The platelet count dropped on day 7. Linezolid-induced thrombocytopenia was diagnosed."
    onset = _case(MAN + told).events[0].onset
    assert onset is not None and (onset.low, onset.high) == (7.0, 7.0)


def test_what_declines_may_be_good() -> None:
    drowsy = (
        "was started on sertraline. Four days later he had a sodium of 118 mmol/L. His mental status declined further."
    )
    lower = "took amoxicillin and had hepatitis with ALT 900 U/L on day 9. ALT declined."
    assert _case(MAN + drowsy).events[0].outcome != "recovering"
    assert _case(MAN + lower).events[0].outcome == "recovering"


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("At six weeks there was a complete resolution of the clinical features.", "recovered"),
        ("Platelets gradually came back to normal.", "recovered"),
        ("The platelet count increased markedly.", "recovering"),
        ("Bronchoscopy was done and the mucosa was normal.", "unknown"),
    ],
)
def test_endings(told: str, outcome: str) -> None:
    text = MAN + "took quinine and had thrombocytopenia with platelets of 9 x 10^9/L a day later. Quinine was stopped. "
    assert _case(text + told).events[0].outcome == outcome


def test_abdominal_pain_that_resolved() -> None:
    text = (
        MAN + "took metronidazole and developed pancreatitis with a lipase of 900 U/L. His abdominal pain had resolved."
    )
    assert _case(text).events[0].outcome == "recovered"


def test_a_verdict_names_no_new_course() -> None:
    told = (
        "was given linezolid and had thrombocytopenia on day 5. Linezolid was stopped. "
        "The scale indicated a probable association of linezolid therapy with the event."
    )
    again = "was given linezolid and had thrombocytopenia on day 5. Linezolid was stopped. Linezolid was given again."
    assert "restarted" not in {a.kind for a in _case(MAN + told).actions}
    assert "restarted" in {a.kind for a in _case(MAN + again).actions}


def test_back_to_the_level_before_treatment_is_no_moment_before_it() -> None:
    text = (
        MAN + "was given linezolid. Platelets were 40 x 10^9/L on day 5. "
        "Linezolid was stopped and counts rose to pretreatment levels."
    )
    stop = next(a for a in _case(text).actions if a.kind == "stopped")
    assert stop.time is not None and stop.time.low == 5.0


def test_a_reaction_within_hours_of_a_re_exposure() -> None:
    text = (
        MAN + "took azathioprine and developed pancreatitis. Azathioprine was stopped and he recovered. "
        "He was re-challenged with azathioprine. Within 6 hrs of the re-administration, he {}."
    )
    bad = dechallenge.assess(text.format("developed abdominal pain and vomiting")).cases[0].suspects[0]
    good = dechallenge.assess(text.format("had no pain")).cases[0].suspects[0]
    assert bad.key_points.rechallenge == "positive"
    assert good.key_points.rechallenge != "positive"


def test_a_score_that_no_scale_gives_is_a_reference() -> None:
    text = MAN + "took amoxicillin and had hepatitis. The association was probable on the Naranjo scale (27)."
    scored = MAN + "took amoxicillin and had hepatitis. The Naranjo score was 7."
    assert not [s for s in _case(text).statements if s.kind == "score"]
    assert [s.result for s in _case(scored).statements if s.kind == "score"] == ["7"]


def test_examples_of_what_is_to_be_excluded_are_not_present() -> None:
    text = MAN + "took clozapine. To exclude other causes of cardiomyopathy, such as myocarditis, MRI was done."
    assert "myocarditis" not in {f.term for f in _case(text).findings if f.state == "present"}


def test_none_of_whom_had_it() -> None:
    text = MAN + "took nitrofurantoin. He was one of 11 children, none of whom had a history of asthma."
    assert "asthma" not in {f.term for f in _case(text).findings if f.state == "present"}


def test_a_course_that_was_cut_short() -> None:
    cut = "was started on a 14-day course of ceftriaxone. On day 5 he had a rash. Ceftriaxone was discontinued."
    whole = "completed a 14-day course of ceftriaxone. A week later he had a rash."
    stop = next(a for a in _case(MAN + cut).actions if a.kind == "stopped")
    assert stop.time is not None and stop.time.low is not None and stop.time.low >= 5.0
    assert stop.time.high is not None and stop.time.high <= 14.0
    ended = next(e for e in _case(MAN + whole).exposures if e.drug == "ceftriaxone")
    assert ended.stop is not None and ended.stop.low == 14.0


def test_a_table_of_normal_values_is_no_liver_injury() -> None:
    text = (
        "Case report\n"
        + MAN
        + "received midazolam and had bradycardia 30 minutes later.\n\nTable 1 Laboratory tests\n\n"
        "\tAdmission\t2 days\tNormal\nALT (U/L)\t31\t30\t7-55\nAST (U/L)\t26\t25\t8-60\n"
        "Troponin (ng/mL)\t2.03\t0.21\t0-0.09\n"
    )
    assert [e.kind for e in _case(text).events if e.kind == "liver injury"] == []


@pytest.mark.parametrize(
    ("given", "latency"),
    [
        ("Two days before admission, she was administered an intramuscular injection of dipyrone.", 2.0),
        ("She reported having taken one of her husband's quinine pills a day earlier.", 1.0),
    ],
)
def test_words_between_the_verb_and_the_drug(given: str, latency: float) -> None:
    text = f"A 30-year-old woman was admitted with petechiae. {given} Her platelet count was 9 x 10^9/L."
    onset = _case(text).events[0].onset
    assert onset is not None and (onset.low, onset.high) == (latency, latency)


def test_a_higher_dose_that_the_reaction_follows() -> None:
    text = (
        MAN + "was treated with lorazepam, promethazine and haloperidol. The dose of haloperidol was increased. "
        "Five days later he developed fever and rigidity. Neuroleptic malignant syndrome was diagnosed."
    )
    assert [s.drug for s in dechallenge.assess(text).cases[0].suspects] == ["haloperidol"]


def test_a_drug_that_was_running_and_is_blamed() -> None:
    text = (
        MAN + "presented with cough. He was taking nitrofurantoin and losartan. "
        "Pneumonitis due to nitrofurantoin was diagnosed."
    )
    assert [s.drug for s in dechallenge.assess(text).cases[0].suspects] == ["nitrofurantoin"]


def test_headings_between_paragraphs_that_are_one_line_each() -> None:
    first = (
        "A 33-year-old man was admitted with jaundice that had lasted for two weeks. He had taken flucloxacillin for "
        "five days, three weeks before, because of an infected toenail. His ALT was 900 U/L and his bilirubin 12 mg/dL."
    )
    second = "A 62-year-old woman was seen with an ALT of 300 U/L. She had taken diclofenac for a month."
    text = f"Two cases of liver injury\n\nCase 1\n{first}\nCase 2\n{second}\n"
    assert [c.patient.age.value for c in dechallenge.read(text).cases if c.patient.age] == [33.0, 62.0]


def test_a_wrapped_page_keeps_its_paragraphs() -> None:
    text = (
        "A 50-year-old man took flucloxacillin for five days because of an\n"
        "infected toenail. He had jaundice three weeks later and was admitted.\n"
        "Case reports of this kind are known. His ALT was 900 U/L and it was\n"
        "normal again after two months. He was well at his last visit here.\n"
    )
    assert len(dechallenge.read(text).cases) == 1


@pytest.mark.parametrize(
    "printed",
    [
        "prothrombin time (INR) 1.5",
        "prothrombin time (international normalized ratio, INR) 1.5",
        "prothrombin time INR, 1.5",
    ],
)
def test_the_ratio_behind_the_prothrombin_time(printed: str) -> None:
    case = _case(f"{MAN}took allopurinol. On day 9 ALT was 300 U/L and {printed}.")
    assert ("INR", 1.5) in [(m.analyte, m.value) for m in case.measurements]
    assert "recovery" not in {f.term for f in case.findings}


def test_a_diagnosis_that_was_made_is_the_reaction() -> None:
    made = _case(MAN + "took fluconazole for 5 days. A diagnosis of agranulocytosis was made.")
    assert [e.term for e in made.events] == ["neutropenia"]
    known = _case(MAN + "with a diagnosis of hepatitis took fluconazole for 5 days and had a rash.")
    assert [e.term for e in known.events] == ["rash"]


def test_what_the_first_drug_was_given_for_is_no_reaction() -> None:
    treated = _case(MAN + "developed cellulitis and was treated with cefazolin. After 2 days he had a rash.")
    assert [e.term for e in treated.events] == ["rash"]
    taken = _case(MAN + "took minocycline for a month. He developed vertigo and was treated with betahistine.")
    assert [e.term for e in taken.events] == ["vertigo"]


@pytest.mark.parametrize(
    "told",
    [
        "presented with a rash. He had started allopurinol 4 weeks prior.",
        "presented with a rash and fever. He had been taking allopurinol for 4 weeks.",
        "presented with jaundice. He was taking allopurinol, which had been started 4 weeks prior.",
        "presented with jaundice. He was on allopurinol, which he had started 4 weeks earlier.",
        "presented with jaundice due to allopurinol, which he had started 4 weeks earlier.",
    ],
)
def test_a_drug_begun_before_the_complaint_told_first(told: str) -> None:
    event = dechallenge.assess(MAN + told).cases[0].events[0]
    assert event.onset_days is not None
    assert event.onset_days == (25.0, 31.0)


def test_a_complaint_before_a_running_drug_gives_way_to_a_reaction_told_later() -> None:
    told = "presented with chest pain. He had been taking aspirin. He was given vancomycin and developed a rash."
    assert [e.term for e in _case(MAN + told).events] == ["rash"]


def test_her_own_week_of_a_drug() -> None:
    week = dechallenge.assess("A woman of 39 had a rash during her sixth week of the treatment with allopurinol.")
    assert week.cases[0].events[0].onset_days == (35.0, 42.0)
    other = dechallenge.assess("A woman of 39 took allopurinol and had a rash in her sixth month of pregnancy.")
    assert other.cases[0].events[0].onset_days == (0.0, None)


def test_values_that_stand_before_their_names() -> None:
    listed = "146 mEq/L serum sodium, 5.4 mEq/L serum potassium, 1.5 mg/dL creatinine and 58 mg/dL urea"
    case = _case(f"{MAN}took sertraline. On day 3 the values were: {listed}.")
    assert [(m.analyte, m.value) for m in case.measurements] == [
        ("NA", 146.0),
        ("K", 5.4),
        ("CREAT", 1.5),
        ("UREA", 58.0),
    ]
    behind = _case(MAN + "took allopurinol. On day 9 ALT 45 U/L, AST 50 U/L and ALP 100 U/L, bilirubin 2 mg/dL.")
    assert [(m.analyte, m.value) for m in behind.measurements] == [
        ("ALT", 45.0),
        ("AST", 50.0),
        ("ALP", 100.0),
        ("BILI_TOT", 2.0),
    ]


def test_an_enzyme_is_no_drug_and_a_class_is_the_one_drug_of_it() -> None:
    assert "creatine" not in _drugs(MAN + "had a creatine phosphokinase of 8930 U/L after pembrolizumab.")
    told = MAN + "was on rosuvastatin for 4 years. Statin-related rhabdomyolysis was suspected and it was withheld."
    assert _drugs(told) == {"rosuvastatin"}


def test_the_end_of_another_disturbance_is_not_that_of_the_reaction() -> None:
    low = MAN + "took sertraline. On day 20 serum sodium was 125 mEq/L and potassium 6.1 mmol/L. "
    assert _case(low + "The potassium level returned to normal, the hyponatremia persisted.").events[0].outcome == (
        "not recovered"
    )
    assert _case(low + "The sodium level returned to normal.").events[0].outcome == "recovered"


def test_lack_of_appetite_denies_nothing_behind_it() -> None:
    states = {
        f.term: f.state for f in _case(MAN + "took sertraline and had lack of appetite, somnolence and fever.").findings
    }
    assert (states["somnolence"], states["fever"]) == ("present", "present")
    denied = {f.term: f.state for f in _case(MAN + "took sertraline; a lack of fever and rash was noted.").findings}
    assert (denied["fever"], denied["rash"]) == ("absent", "absent")


def test_a_recovery_to_a_value() -> None:
    case = _case(MAN + "took vancomycin. He went home on day 7 with platelet count recovery to 158,000/μL.")
    assert [(m.analyte, m.value) for m in case.measurements] == [("PLT", 158000.0)]


@pytest.mark.parametrize(
    "told",
    [
        "developed a rash. He had started lamotrigine two weeks back.",
        "presented with a rash. Lamotrigine was started 2 weeks back.",
        "presented with a rash. Two weeks ago lamotrigine was initiated.",
        "presented with a rash. He was on lamotrigine since 2 weeks.",
    ],
)
def test_weeks_back_and_since_weeks(told: str) -> None:
    assert dechallenge.assess(MAN + told).cases[0].events[0].onset_days == (11.0, 17.0)


def test_back_behind_weeks_may_be_another_word() -> None:
    told = MAN + "took ibuprofen and had hepatitis. ALT was 900 U/L and came 3 weeks back to normal."
    assert dechallenge.assess(told).cases[0].events[0].onset_days == (0.0, None)


@pytest.mark.parametrize(
    ("told", "drugs"),
    [
        ("received pembrolizumab. ICI-induced myocarditis was diagnosed.", {"pembrolizumab"}),
        ("took pembrolizumab (2 mg/kg), a monoclonal antibody, and had myocarditis.", {"pembrolizumab"}),
        ("took sertraline and had SIADH. Though SSRIs are considered safe, it was stopped.", {"sertraline"}),
        ("took an SSRI for a year, then sertraline, and had SIADH.", {"ssri", "sertraline"}),
    ],
)
def test_the_class_of_the_one_drug_that_is_named(told: str, drugs: set[str]) -> None:
    assert _drugs(MAN + told) == drugs


def test_who_died() -> None:
    hepatitis = "A 65-year-old woman took isoniazid and had hepatitis. "
    ends = ["Despite support, the patient did not survive.", "Her husband reported that she died at home."]
    assert {_case(hepatitis + end).events[0].outcome for end in ends} == {"fatal"}
    assert _case(hepatitis + "Her mother died years ago.").events[0].outcome == "unknown"
    assert _case(hepatitis + "Her mother had died of hepatitis; she recovered.").events[0].outcome == "recovered"


def test_one_sentence_to_a_line_is_one_paragraph() -> None:
    lines = [
        "A 54-year-old woman took flucloxacillin for five days because of an infected toenail.",
        "The toenail had been red and swollen for more than two weeks before she was seen by her family doctor.",
        "Hepatitis by flucloxacillin is a rare event that is known from many reports of the literature, it is often "
        "cholestatic, it may be delayed by several weeks after the end of the course, and it can last for months.",
        "Three weeks later jaundice was seen.",
        "ALT was 900 U/L on that day and the viral serology was negative for hepatitis A, B and C.",
    ]
    case = _case("\n".join(lines))
    assert [(m.analyte, m.value) for m in case.measurements] == [("ALT", 900.0)]
