"""Reactions of every organ: what they are called, how they end, what was given for them, in notes and own words."""

from __future__ import annotations

import pytest

from dechallenge import read
from dechallenge.case import Case


def case(text: str) -> Case:
    (found,) = read(text).cases
    return found


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("he was admitted with grade 3 colitis", "colitis"),
        ("he developed watery diarrhoea, and colonoscopy showed severe colitis", "colitis"),
        ("he developed tinnitus and sensorineural hearing loss", "hearing loss"),
        ("he developed headache and seizures; MRI showed posterior reversible encephalopathy syndrome",
         "posterior reversible encephalopathy syndrome"),
        ("he presented with exposed bone, and osteonecrosis of the jaw was diagnosed", "osteonecrosis of the jaw"),
        ("he developed headache and aseptic meningitis was diagnosed", "aseptic meningitis"),
        ("he presented with angio-oedema of the face and tongue", "angioedema"),
        ("he had fatigue and pancytopenia (haemoglobin 6.4 g/dL, neutrophils 0.3 × 10⁹/L); aplastic anaemia was "
         "diagnosed",
         "aplastic anemia"),
    ],
)  # fmt: skip
def test_the_reaction_is_its_diagnosis(words: str, term: str) -> None:
    found = case(f"A 40-year-old man took ipilimumab for melanoma. Three weeks later {words}. Ipilimumab was stopped.")
    assert found.events[0].term == term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("42M, h/o GERD. Started spironolactone 50 mg daily on 3/22/2021. 5/3/2021: b/l gynecomastia.", "gynecomastia"),
        ("Male, 36 years. Lamotrigine 100 mg daily from 18-Jun-2019. Onset 28-Jun-2019: neck stiffness, aseptic "
         "meningitis.",
         "aseptic meningitis"),
        ("I am a 45 year old man. I started metronidazole. Two months later my feet went numb; it was "
         "peripheral neuropathy.",
         "neuropathy"),
        ("I am a 34 year old woman. I started taking sertraline. Two weeks later I got hives all over.", "urticaria"),
        ("I am a 34 year old woman. I started taking sertraline. Two weeks later I broke out in a rash.", "rash"),
    ],
)  # fmt: skip
def test_a_reaction_that_is_noted_or_told_in_own_words(text: str, term: str) -> None:
    assert [e.term for e in case(text).events] == [term]


@pytest.mark.parametrize(
    "text",
    [
        "42M, h/o gynecomastia. Started spironolactone 50 mg daily on 3/22/2021.",
        "I am a 45 year old man. I had neuropathy. I started metronidazole for an abscess.",
    ],
)
def test_what_was_there_before_is_no_reaction(text: str) -> None:
    assert not case(text).events


@pytest.mark.parametrize(
    ("reaction", "end", "outcome"),
    [
        ("thyroiditis was diagnosed", "After five days TSH was normal.", "recovered"),
        ("he developed sensorineural hearing loss", "After three weeks the audiogram was normal.", "recovered"),
        ("he developed neuroleptic malignant syndrome", "After five days the rigidity had resolved.", "recovered"),
        ("he developed a generalised seizure", "Five days later he remained seizure-free.", "recovered"),
        ("he developed a generalised seizure", "He had had no further seizures by day 5.", "recovered"),
        ("he developed tardive dyskinesia", "After two weeks the movements had stopped.", "recovered"),
        ("he developed Stevens-Johnson syndrome", "After two weeks the skin had re-epithelialised.", "recovered"),
        ("he developed haemolytic anaemia", "Five days later haemoglobin had returned to normal.", "recovered"),
        ("he developed thrombocytopenia (9 × 10⁹/L)", "He recovered with sequelae.", "recovered with sequelae"),
        ("he developed thrombocytopenia (9 × 10⁹/L)", "He recovered without sequelae.", "recovered"),
        ("he developed uveitis", "The uveitis persisted three months later.", "not recovered"),
        ("he developed pneumonitis", "He still has it two months later.", "not recovered"),
        ("he developed pneumonitis", "He is slowly getting better.", "recovering"),
    ],
)
def test_the_end_by_the_words_of_the_organ(reaction: str, end: str, outcome: str) -> None:
    text = f"A 40-year-old man took X-drug. He was given interferon alfa. Three weeks later {reaction}. "
    found = case(f"{text}Interferon alfa was stopped. {end}")
    assert found.events[0].outcome == outcome


@pytest.mark.parametrize(
    ("words", "serious"),
    [
        ("She required admission.", True),
        ("Admitted.", True),
        ("She needed hospital treatment.", True),
        ("She was taken to hospital.", True),
        ("She had to be admitted.", True),
        ("She admitted that she had taken more.", False),
        ("She did not require admission.", False),
        ("She declined.", False),
    ],
)
def test_a_stay_in_hospital(words: str, serious: bool) -> None:
    found = case(f"A 40-year-old woman took allopurinol. Three weeks later she developed DRESS. {words}")
    assert ("hospitalisation" in found.events[0].seriousness) is serious


@pytest.mark.parametrize(
    ("order", "role"),
    [
        ("Treatment: naproxen.", "treatment"),
        ("IVF, naproxen 500 mg PO.", "treatment"),
        ("Tx naproxen.", "treatment"),
        ("Other medication: naproxen.", "concomitant"),
        ("Meds: naproxen.", "concomitant"),
    ],
)
def test_an_order_behind_the_reaction_is_its_treatment(order: str, role: str) -> None:
    text = (
        "29M. Started isoniazid 300 mg daily on 6/21/2021. 8/21/2021: drug-induced lupus. 8/22/2021: isoniazid d/c'd."
    )
    assert {e.drug: e.role for e in case(f"{text} {order}").exposures}["naproxen"] == role


@pytest.mark.parametrize(
    ("drug", "days"),
    [
        ("Amoxicillin 500 mg three times daily for otitis media from 05-Apr-2019.", (9, 9)),
        ("Amoxicillin 500 mg since 5 April 2019.", (9, 9)),
        ("Amoxicillin 500 mg (05-Apr-2019 to 12-Apr-2019).", (9, 9)),
        ("Amoxicillin (500 mg, 5 April 2019 to 12 April 2019).", (9, 9)),
        ("Amoxicillin 500 mg three times daily from a friend.", None),
    ],
)
def test_a_drug_that_is_listed_with_its_first_day(drug: str, days: tuple[int, int] | None) -> None:
    found = case(f"Female, 76 years. {drug} On 14-Apr-2019 she developed vasculitis.")
    latency = next(k.latency for k in found.links if k.drug == "amoxicillin")
    assert (None if latency is None or latency.high is None else (latency.low, latency.high)) == days


def test_drugs_of_one_day_begin_together() -> None:
    text = (
        "Bisoprolol and levothyroxine, both since 2014. On 12-MAR-2019 she took metamizole. Three days later "
        "she had DRESS."
    )
    found = {e.drug: e.start for e in case(f"A 45-year-old woman. {text}").exposures}
    assert found["bisoprolol"] is not None
    assert found["bisoprolol"] == found["levothyroxine"]


@pytest.mark.parametrize(
    "stop",
    ["They took me off methotrexate.", "My doctor took me off it.", "I was taken off methotrexate."],
)
def test_taken_off_a_drug(stop: str) -> None:
    text = f"I am 36 years old. My GP put me on methotrexate 15 mg. Four months later I had pneumonitis. {stop}"
    assert [a.kind for a in case(text).actions] == ["started", "stopped"]


def test_smoking_cessation_is_no_stop() -> None:
    text = "A 78-year-old man took bupropion for smoking cessation from 5 May 2021. On 19 May 2021 he had a seizure."
    assert "stopped" not in [a.kind for a in case(text).actions]


def test_the_pill_is_no_other_drug() -> None:
    text = (
        "I am 34. I started sertraline 50 mg. Two weeks later I had hives. I stopped the tablets. I have "
        "taken {} for six years."
    )
    found = case("A 34-year-old woman. " + text.format("the pill"))
    assert [a.kind for a in found.actions if a.drug == "sertraline"] == ["started", "stopped"]
    assert {e.drug: e.role for e in found.exposures}["hormonal contraceptive"] == "concomitant"


def test_a_drug_of_years_stands_beside_one_begun_at_once_before() -> None:
    text = (
        "A 63-year-old woman had taken simvastatin for years. She was given amoxicillin for sinusitis. Ten "
        "minutes later "
        "she collapsed with anaphylaxis."
    )
    assert {e.drug: e.role for e in case(text).exposures} == {"amoxicillin": "suspect", "simvastatin": "concomitant"}
    slow = text.replace("Ten minutes later she collapsed with anaphylaxis", "Two weeks later she developed jaundice")
    assert {e.role for e in case(slow).exposures} == {"suspect"}


@pytest.mark.parametrize("who", ["An elderly woman", "Mrs Porter", "Mr. J. Hale", "An otherwise healthy man"])
def test_a_patient_without_an_age(who: str) -> None:
    assert case(f"{who} took allopurinol for gout. Three weeks later DRESS developed.").events[0].term == "DRESS"


def test_a_name_that_is_no_patient() -> None:
    assert not read("We thank Mr Hale for help with the manuscript. Allopurinol causes DRESS.").cases


def test_a_rash_before_the_restart_does_not_begin_the_liver_injury() -> None:
    found = case(
        "A 60-year-old man took carbamazepine for neuralgia. Three weeks later he developed a rash; ALT was normal. "
        "Carbamazepine was stopped and the rash cleared. Two months later carbamazepine was restarted. After ten days "
        "jaundice developed with ALT 820 U/L."
    )
    assert found.events[0].kind == "liver injury"
    assert found.links[0].latency is not None
    assert (found.links[0].latency.low, found.links[0].latency.high) == (10, 10)
    assert [a.result for a in found.actions if a.kind == "restarted"] != ["positive"]


@pytest.mark.parametrize(
    ("drug", "tests"),
    [("isoniazid for latent tuberculosis", []), ("paracetamol 20 g", ["response to an antidote"])],
)
def test_an_antidote_undoes_its_own_drug_alone(drug: str, tests: list[str]) -> None:
    found = case(
        f"A 45-year-old woman took {drug}. Later she developed acute liver failure. She improved after acetylcysteine."
    )
    assert [t.test for t in found.tests] == tests


@pytest.mark.parametrize(
    ("words", "term"),
    [("a second infection", "secondary infection"), ("a nosocomial infection", "secondary infection"),
     ("latent tuberculosis", "latent tuberculosis"), ("tuberculosis", "tuberculosis")],
)  # fmt: skip
def test_an_infection_that_is_no_cause(words: str, term: str) -> None:
    found = case(f"A 45-year-old woman took amoxicillin. Later she was jaundiced. She had {words}.")
    assert term in [f.term for f in found.findings]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("methotrexate 10 mg daily instead of weekly for rheumatoid arthritis", "present"),
        ("methotrexate, the white cells were almost zero and rheumatoid arthritis was known", "present"),
    ],
)
def test_what_is_not_denied(words: str, state: str) -> None:
    found = case(f"A 70-year-old man was given {words}. Twelve days later he developed pancytopenia.")
    assert [f.state for f in found.findings if f.term == "rheumatoid arthritis"] == [state]


@pytest.mark.parametrize("start", ["I started", "I had started", "I went on", "going on", "starting"])
def test_days_after_a_start_in_own_words(start: str) -> None:
    found = case(f"I'm 54. Ten days after {start} venlafaxine for anxiety, I had serotonin syndrome. I stopped it.")
    assert found.patient.age is not None
    assert found.patient.age.value == 54
    assert found.links[0].latency is not None
    assert (found.links[0].latency.low, found.links[0].latency.high) == (10, 10)


def test_a_form_with_its_dates_and_indication() -> None:
    found = case(
        "Patient: female, 40 years\nSuspect drug: lisinopril 10 mg daily\nIndication: hypertension\nTherapy dates: "
        "26/FEB/2020 to 27/JUN/2020\nReaction: headache, angioedema\nOnset date: 27/JUN/2020\nAction taken: drug "
        "withdrawn\nOutcome: recovered on 07/JUL/2020"
    )
    assert found.exposures[0].indication == "hypertension"
    assert found.events[0].term == "angioedema"
    assert found.events[0].outcome == "recovered"


def test_the_illness_that_is_called_by_a_class_of_drugs() -> None:
    found = case(
        "A 76-year-old woman took levodopa. It was omitted for two days. She became rigid and febrile; neuroleptic "
        "malignant-like syndrome was diagnosed."
    )
    assert [e.drug for e in found.exposures] == ["levodopa"]
    assert [e.term for e in found.events] == ["neuroleptic malignant syndrome"]


@pytest.mark.parametrize(
    ("text", "latency"),
    [
        ("Five days after starting trazodone, he developed priapism lasting ten hours.", (5, 5)),
        (
            "Trazodone had been prescribed for insomnia ten days before he developed priapism lasting ten hours.",
            (10, 10),
        ),
    ],
)
def test_how_long_a_sign_lasted_is_no_latency(text: str, latency: tuple[int, int]) -> None:
    found = case(f"A 52-year-old man was seen. {text} Trazodone was stopped.")
    assert found.links[0].latency is not None
    assert (found.links[0].latency.low, found.links[0].latency.high) == latency


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("He has since improved but has not fully recovered.", "recovering"),
        ("It has not got any better.", "not recovered"),
        ("The hearing loss has still not gone away.", "not recovered"),
        ("Ongoing at d/c.", "not recovered"),
        ("RIP.", "fatal"),
        ("It took five days to clear up.", "recovered"),
        ("Five days later it was completely gone.", "recovered"),
        ("Five days later he felt fine again.", "recovered"),
    ],
)
def test_ends_in_plain_words(words: str, outcome: str) -> None:
    text = "A 40-year-old man took gentamicin. Ten days later he developed hearing loss. Gentamicin was stopped."
    assert case(f"{text} {words}").events[0].outcome == outcome


@pytest.mark.parametrize("who", ["Man, 75.", "Female, 34.", "I'm 54 and male.", "I am 54."])
def test_an_age_in_few_words(who: str) -> None:
    assert case(f"{who} Infliximab was started. Two weeks later a rash appeared.").patient.age is not None


def test_a_medicine_of_long_use_stands_beside_one_given_just_before() -> None:
    text = (
        "A 43-year-old woman was given amoxicillin once for sinusitis. Her long-term medication was levothyroxine. "
        "{} later she developed anaphylaxis."
    )
    at_once = case(text.format("Ten minutes"))
    assert {e.drug: e.role for e in at_once.exposures} == {"amoxicillin": "suspect", "levothyroxine": "concomitant"}
    slowly = case(text.format("Three weeks").replace("anaphylaxis", "a rash"))
    assert {e.drug: e.role for e in slowly.exposures}["levothyroxine"] == "suspect"


@pytest.mark.parametrize("drug", ["etanercept", "abatacept", "rifabutin"])
def test_a_name_that_ends_like_patient_is_discontinued(drug: str) -> None:
    found = case(f"81F. Started {drug} 50 mg for gout on 11 Feb 2021. 25 Feb 2021: uveitis. {drug.capitalize()} d/c'd.")
    assert [a.kind for a in found.actions] == ["started", "stopped"]
