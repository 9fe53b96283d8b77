"""Journal articles and series of patients beyond the liver: what is whose, when it was, and what the table adds."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.layout.segments import layout


def cases(text: str) -> list[Case]:
    return list(ProseReader().read([Document.from_text(text)]).cases)


def read(text: str) -> Case:
    (found,) = cases(text)
    return found


def latency(text: str) -> tuple[float | None, float | None] | None:
    link = next(link for link in read(text).links if link.role == "suspect")
    return (link.latency.low, link.latency.high) if link.latency is not None else None


def values(case: Case, analyte: str) -> list[float | None]:
    return [m.value for m in case.measurements if m.analyte == analyte and m.value is not None]


def states(text: str) -> dict[str, str]:
    return {test.test: test.state for test in read(text).tests}


def result(text: str) -> str | None:
    return next((a.result for a in read(text).actions if a.kind == "restarted"), None)


def roles(text: str) -> dict[str, str]:
    return {e.drug: e.role for e in read(text).exposures}


# --- what belongs to the case -------------------------------------------------------------------------------------

_CASE = "A 60-year-old man took mianserin for 30 days and had neutropenia of 300/mm3. Mianserin was stopped."


@pytest.mark.parametrize("heading", ["Review: ", "Discussion. ", "Comment. "])
def test_a_heading_in_the_line_of_its_paragraph_ends_the_case(heading: str) -> None:
    drawn = read(f"Case. {_CASE}\n\n{heading}Neutrophils were 20/mm3 in the worst of them.")
    assert values(drawn, "NEUT") == [300.0]


def test_the_same_word_within_a_sentence_ends_nothing() -> None:
    drawn = read(f"Case. {_CASE} On review. Neutrophils were 2400/mm3 after a week.")
    assert values(drawn, "NEUT") == [300.0, 2400.0]


def test_laboratory_results_in_the_line_of_the_case_belong_to_it() -> None:
    text = f"{_CASE} Laboratory results: CRP 98 mg/L. Neutrophils were 2900/mm3 after ten days."
    assert values(read(text), "CRP") == [98.0]
    own_line = layout(Document.from_text(f"{_CASE}\n\nLaboratory results\n\nCRP 98"))
    assert [s.kind for s in own_line.sections][-1] == "tables"


@pytest.mark.parametrize(
    "others",
    [
        "In a series of 75 patients neutrophils were 10/mm3.",
        "The patient of Gilbert and co-workers had neutrophils of 10/mm3.",
        "In the largest trial one count was 10 neutrophils/mm3.",
        "Collins and colleagues reported a count of 10 neutrophils/mm3.",
        "We read with interest the letter by Mills et al. on neutrophils of 10/mm3.",
    ],
)
def test_sentences_about_other_patients_add_no_value(others: str) -> None:
    assert 10.0 not in values(read(f"{_CASE} {others}"), "NEUT")


def test_a_sentence_about_the_patient_is_kept_beside_them() -> None:
    text = f"{_CASE} His neutrophils were 1800/mm3 after a week, which is usual in a series of 75 patients."
    assert 1800.0 in values(read(text), "NEUT")


def test_the_title_stands_below_the_masthead() -> None:
    body = (
        "Case. A 9 year old boy was given canakinumab and methotrexate. On day 10 he had fever, rash, platelets "
        "61×10^9/L and ferritin 9000 ng/mL. Macrophage activation syndrome was diagnosed."
    )
    titled = "Article Text\n\nMacrophage activation syndrome during canakinumab in a child\n\n" + body
    basis = {link.drug: link.basis for link in read(titled).links if link.role == "suspect"}
    assert basis == {"canakinumab": "blamed"}
    plain = {link.basis for link in read("Article Text\n\nA sick child\n\n" + body).links if link.role == "suspect"}
    assert plain == {"timing"}


# --- time ---------------------------------------------------------------------------------------------------------


def test_a_date_without_its_year_may_lie_some_weeks_back() -> None:
    text = (
        "Lenalidomide was started on 3 October 2016 in a 70-year-old man. On 29 October 2016 creatinine was 468 µmol/l."
        " A biopsy on 2 November showed nephritis. Lenalidomide was stopped on {}."
    )
    stops = [read(text.format(day)).actions[-1].time for day in ("30 October", "4 January")]
    assert [stop.point if stop.point is not None else stop.low for stop in stops if stop is not None] == [27, 93]


def test_a_second_time_of_the_same_moment_moves_nothing() -> None:
    told = "A woman had had nivolumab. Vemurafenib was started in June 2015, {}. Nine days later a rash appeared."
    assert latency(told.format("four weeks after the last nivolumab infusion")) == (9.0, 9.0)
    low, _ = latency(told.format("and four weeks later the dose was raised")) or (None, None)
    assert low is not None and low > 30


def test_a_value_of_an_earlier_day_in_brackets_does_not_move_the_story() -> None:
    text = "A man started escitalopram. After 20 days sodium was 119 mmol/l ({}). TSH was normal."
    for aside in ("140 mmol/l two months previously", "140 mmol/l in January 2001"):
        days = [m.time.low for m in read(text.format(aside)).measurements if m.value == 119.0 and m.time is not None]
        assert days == [20.0]


def test_what_follows_a_colon_with_a_time_counts_from_the_clause_before() -> None:
    text = (
        "A girl took tigecycline. After 23 days lipase was 640 U/L. Tigecycline was stopped. It was resumed ten days "
        "later: on the third day lipase rose again to 511 U/L."
    )
    assert result(text) == "positive"


def test_a_number_with_a_unit_is_no_second_day() -> None:
    text = "A man took sotalol. Potassium was 3.1 mmol/L on day 4 and {} after that."
    days = {
        words: [m.time.high for m in read(text.format(words)).measurements if m.analyte == "K" and m.time is not None]
        for words in ("440 ms was the QTc", "6 as well")
    }
    assert days["440 ms was the QTc"] == [4.0]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (
            "Suspected drug: mianserin 30 mg/d from 2 February 2012. Other drugs: perindopril (since 2005).",
            (55.0, 55.0),
        ),
        ("Suspected drug: mianserin 30 mg/d. History: depression since 2 February 2012.", None),
    ],
)
def test_a_date_beside_a_drug_is_the_first_day_of_it(words: str, days: tuple[float, float] | None) -> None:
    text = f"Mrs D., 77 years. {words} On 28 March 2012 neutropenia of 200/mm3 was found. Mianserin was stopped."
    assert (latency(text) == days) if days else (latency(text) != (55.0, 55.0))


def test_a_drug_used_until_a_date_before_the_suspect_is_a_former_one() -> None:
    text = (
        "A 70-year-old man was treated with bortezomib until {}. Lenalidomide was started on 3 October 2016. On 29 "
        "October 2016 creatinine was 468 µmol/l. Lenalidomide was stopped."
    )
    assert roles(text.format("July 2016"))["bortezomib"] == "previous"
    assert roles(text.format("November 2016"))["bortezomib"] != "previous"


def test_a_name_that_begins_like_a_pronoun_begins_no_clause() -> None:
    text = (
        "A 70-year-old woman received eptifibatide and heparin. After five hours platelets were 3,000/µL. Eptifibatide "
        "and heparin were stopped."
    )
    stops = [a.time for a in read(text).actions if a.kind == "stopped"]
    assert len(stops) == 2
    assert stops[0] is not None and stops[1] is not None and stops[0].low == stops[1].low


def test_weeks_of_treatment_told_after_its_length_look_back() -> None:
    text = "A man had taken vandetanib for eleven weeks; QTc was 452 ms and potassium 4.0 mmol/L at week 8. He died."
    days = [m.time.high for m in read(text).measurements if m.analyte == "K" and m.time is not None]
    assert days and days[0] is not None and days[0] < 77


# --- values and tests ---------------------------------------------------------------------------------------------


def test_a_value_in_brackets_behind_normal_is_of_the_count_before() -> None:
    text = "A woman took tocilizumab. Neutrophils rose to 1850/mm3 in 9 days and were normal ({}) one month later."
    assert values(read(text.format("3400/mm3")), "NEUT") == [1850.0, 3400.0]
    assert values(read(text.format("CRP 4 mg/L")), "NEUT") == [1850.0]


def test_tryptase_is_read() -> None:
    text = "A woman had anaphylaxis to cefazolin. Serum tryptase was 31.2 µg/L; a tryptic digest was 5 g/L."
    assert values(read(text), "TRYPTASE") == [31.2]


@pytest.mark.parametrize(
    ("sentence", "test", "state"),
    [
        ("HIV, EBV, parvovirus B19: negative serologies.", "EBV", "negative"),
        ("HIV was negative, as were ANA and the direct antiglobulin test.", "Coombs test", "negative"),
        ("HIV was negative, and the direct antiglobulin test was positive.", "Coombs test", "positive"),
        ("Blood cultures: Escherichia coli.", "blood cultures", "positive"),
        ("Blood cultures: negative.", "blood cultures", "negative"),
        ("Her serum contained quinine-dependent antibodies.", "drug-dependent antibodies", "positive"),
        ("Prick testing with quinine was positive.", "allergy test", "positive"),
        ("Biopsy of the kidney showed eosinophils.", "renal biopsy", "positive"),
    ],
)
def test_results_of_the_work_up(sentence: str, test: str, state: str) -> None:
    assert states(f"A 60-year-old woman took quinine and had platelets of 4 × 10⁹/L. {sentence}")[test] == state


# --- re-exposure --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "after", "expected"),
    [
        ("sodium was 117 mmol/L", "sodium was 121 mmol/L after 8 days", "positive"),
        ("sodium was 117 mmol/L", "sodium was 139 mmol/L after 8 days", "negative"),
        ("sodium was 117 mmol/L", "sodium was 133 mmol/L after 8 days", None),
        ("platelets were 4 × 10⁹/L", "platelets were 31 × 10⁹/L on day 2", "positive"),
        ("CK was 38,000 U/L", "CK was 140 U/L four weeks later", "negative"),
        ("lipase was 1,200 U/L", "lipase was 35 U/L a month later", "negative"),
    ],
)
def test_the_value_of_the_reaction_judges_a_re_exposure(kind: str, after: str, expected: str | None) -> None:
    from dechallenge import assess

    text = (
        f"A 70-year-old woman was given pantoprazole. Ten days later {kind}. Pantoprazole was stopped and she "
        f"recovered. Three months later pantoprazole was given again; {after}."
    )
    (case,) = assess(Document.from_text(text)).cases
    entry = next(one for one in case.suspects if one.drug == "pantoprazole")
    assert entry.key_points.rechallenge == (expected or "not assessable")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("and no thrombocytopenia has occurred during eight infusions", "negative"),
        ("and the platelet count fell again", "positive"),
        ("and the platelet count did not fall", "negative"),
        ("because there was no alternative", None),
    ],
)
def test_words_of_what_followed_a_re_exposure(words: str, expected: str | None) -> None:
    text = "A woman took infliximab and had platelets of 61 × 10⁹/L. It was stopped. Infliximab was resumed {}."
    assert result(text.format(words)) == expected


# --- roles and kinds ----------------------------------------------------------------------------------------------


def test_what_had_failed_is_a_former_drug_and_no_suspect() -> None:
    text = "A boy was given canakinumab after failure of anakinra. On day 10 neutropenia of 300/mm3 appeared."
    assert roles(text) == {"canakinumab": "suspect", "anakinra": "previous"}


def test_a_received_graft_makes_no_former_drug() -> None:
    text = (
        "A man, who had received {}, was treated with tacrolimus. Colchicine was started. Eight days later CK was "
        "12,900 U/L. Colchicine was stopped and he recovered. Rhabdomyolysis was due to colchicine."
    )
    assert roles(text.format("a kidney transplant"))["tacrolimus"] == "concomitant"


def test_drugs_taken_together_with_the_suspect_were_not_taken_before_it() -> None:
    together = (
        "A man had been treated with tenofovir and emtricitabine for 26 months when creatinine rose to 521 µmol/L. "
        "Tenofovir was stopped."
    )
    before = (
        "A man had been treated with emtricitabine. Tenofovir was started. After 26 months creatinine rose to 521 "
        "µmol/L. Tenofovir was stopped."
    )
    assert roles(together)["emtricitabine"] != "previous"
    assert roles(before)["emtricitabine"] == "previous"


def test_the_head_of_a_list_of_what_was_given_is_a_drug() -> None:
    text = "A woman had anaphylaxis to cefazolin. Adrenaline, fluids and prednisolone were {}."
    assert "epinephrine" in roles(text.format("given"))
    assert "epinephrine" not in roles(text.format("not at hand"))


def test_the_regular_medicines_are_taken_beside_whenever_they_are_listed() -> None:
    text = (
        "A man took nivolumab. On day 65 neutropenia of 300/mm3 was found. {} tiotropium and ramipril. Nivolumab was "
        "stopped because of this toxicity of nivolumab."
    )
    assert roles(text.format("His regular medication consisted of"))["ramipril"] == "concomitant"
    assert roles(text.format("He was then treated with"))["ramipril"] == "treatment"


def test_the_rash_under_a_title_of_necrolysis_is_that_reaction() -> None:
    body = (
        "Case report\nA woman began nevirapine. On day 28 a rash with target lesions and erosions appeared. ALAT was "
        "412 U/l and bilirubin 38 µmol/l. Nevirapine was withdrawn."
    )
    named = read("Stevens-Johnson syndrome due to nevirapine\n\n" + body)
    assert named.events[0].kind == "severe skin reaction"
    assert read("Hepatitis due to nevirapine\n\n" + body).events[0].kind == "liver injury"


def test_a_drug_begun_while_another_was_taken_counts_from_its_own_start() -> None:
    text = "A woman had taken co-trimoxazole for eight months {}. On day 28 she had neutropenia of 300/mm3."
    both = read(text.format("when nevirapine was started") + " The neutropenia was attributed to nevirapine.")
    times = {li.drug: (li.latency.low, li.latency.high) for li in both.links if li.latency is not None}
    assert times["nevirapine"] == (28.0, 28.0)
    alone = read(text.format("and was well"))
    assert {li.drug for li in alone.links} == {"sulfamethoxazole/trimethoprim"}


def test_a_seizure_is_a_sign_of_the_hyponatraemia_of_the_title() -> None:
    body = "An 88-year-old woman was admitted with a seizure five days after escitalopram was begun. Sodium was {}."
    titled = "Hyponatraemia with escitalopram\n\nCase report\n" + body
    assert read(titled.format("108 mmol/l")).events[0].kind == "hyponatremia"
    assert read("Seizures with escitalopram\n\nCase report\n" + body.format("139 mmol/l")).events[0].kind == "seizure"


def test_adult_onset_is_no_onset() -> None:
    text = (
        "Adult-onset Still's disease with fever and rash was known in a 27-year-old woman. Tocilizumab was infused. "
        "Four days later she had splenomegaly, platelets of 48 × 10⁹/L, ferritin of 41,200 ng/mL and "
        "haemophagocytosis in the marrow."
    )
    assert latency(text) == (4.0, 4.0)


# --- a table beside the text --------------------------------------------------------------------------------------

_SERIES = """Pancreatitis due to mercaptopurine: two cases

Case 1
A 22-year-old man started mercaptopurine. On day 21 he had epigastric pain and pancreatitis. Mercaptopurine was stopped.

Case 2
A 37-year-old woman took mercaptopurine and developed pancreatitis with a lipase of 955 U/L. It was stopped.

Table 1
	Patient 1	Patient 2
Time to onset (days)	20	16
Lipase at onset (U/L)	1870	955
Previous treatment	mesalazine	none
Outcome	recovered	recovered

Discussion
In a registry of 510 patients a lipase of 9,000 U/L was the highest.
"""


def test_a_table_fills_what_the_text_of_its_patients_leaves_open() -> None:
    first, second = cases(_SERIES)
    assert [values(c, "LIPASE") for c in (first, second)] == [[1870.0], [955.0]]
    assert [c.events[0].outcome for c in (first, second)] == ["recovered", "recovered"]
    times = [next(link.latency for link in c.links if link.role == "suspect") for c in (first, second)]
    assert times[0] is not None and (times[0].low, times[0].high) == (21.0, 21.0)  # the text tells it: it stands
    assert times[1] is not None and (times[1].low, times[1].high) == (16.0, 16.0)
    assert {e.drug: e.role for e in first.exposures}["mesalazine"] == "previous"
    assert "mesalazine" not in {e.drug for e in second.exposures}


def test_what_is_said_of_some_patients_is_told_of_none() -> None:
    text = (
        "Daptomycin and muscle\n\nAbstract\nTwo patients had rhabdomyolysis during daptomycin. It was stopped in both. "
        "{} resumed daptomycin without recurrence.\n\nNo.\tAge\tSex\tDay of onset\tPeak CK (U/L)\tStatin\n"
        "1\t61\tM\t11\t14300\tnone\n2\t73\tF\t19\t38200\tsimvastatin\n"
    )
    one, both = cases(text.format("One patient")), cases(text.format("Both"))
    assert [sum(a.kind == "restarted" for a in c.actions) for c in one] == [0, 0]
    assert [sum(a.kind == "restarted" for a in c.actions) for c in both] == [1, 1]
    assert [next(li.latency.point for li in c.links if li.latency and li.role == "suspect") for c in one] == [11, 19]
    assert [{e.drug: e.role for e in c.exposures}.get("simvastatin") for c in one] == [None, "concomitant"]
