"""Wordings of published reports of reactions of other organs: what they tell, and near wordings that tell it not."""

from __future__ import annotations

from typing import Any

import pytest

import dechallenge
from dechallenge.case import Case, Time

MAN = "A 50-year-old man "


def _case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def _suspects(text: str) -> list[str]:
    return [s.drug for s in dechallenge.assess(text).cases[0].suspects]


def _key(text: str) -> Any:
    return dechallenge.assess(text).cases[0].suspects[0].key_points


def _role(text: str, drug: str) -> str:
    return next((e.role for e in _case(text).exposures if e.drug == drug), "")


def _acts(text: str) -> set[tuple[str, str]]:
    return {(a.kind, a.drug) for a in _case(text).actions}


def _days(time: Time | None) -> tuple[float | None, float | None] | None:
    return None if time is None else (time.low, time.high)


def _values(text: str, name: str) -> list[tuple[float | None, str, tuple[float | None, float | None] | None]]:
    return [(m.value, m.unit, _days(m.time)) for m in _case(text).measurements if m.analyte == name]


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        (
            "Background NMS is rare. Methods Case report. Results A 15-year-old boy was "
            "given haloperidol and had fever.",
            1,
        ),
        ("Methods We searched the files. Results We found nothing. Results of others are scarce.", 0),
    ],
)
def test_a_heading_in_the_line_before_the_patient(text: str, cases: int) -> None:
    assert len(dechallenge.read(text).cases) == cases


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "We present a girl aged 14 years who had many characteristics of neuroleptic malignant syndrome after "
            "an injection of zuclopenthixol.",
            "neuroleptic malignant syndrome",
        ),
        ("A 60-year-old woman who had rhabdomyolysis after the first dose of simvastatin.", "rhabdomyolysis"),
        ("A 60-year-old woman who had epilepsy took simvastatin and developed a rash.", "skin reaction"),
        (
            "A 60-year-old woman who had asthma and developed a rash after a dose of simvastatin.",
            "skin reaction",
        ),
        (
            "A 64-year-old woman took simvastatin and developed rhabdomyolysis. Her liver function tests were deranged "
            "(ALT 409 IU/L).",
            "rhabdomyolysis",
        ),
        (
            "A 64-year-old woman took simvastatin and had weakness. The creatine kinase was 62 109 (RI 30–200 U/L). "
            "Liver tests were deranged (ALT 409 U/L).",
            "rhabdomyolysis",
        ),
        (
            "A 64-year-old woman took simvastatin and had rhabdomyolysis. She was jaundiced, ALT was 2409 IU/L, "
            "bilirubin 12 mg/dL, INR 3; acute liver failure was diagnosed.",
            "liver injury",
        ),
    ],
)
def test_which_reaction(text: str, kind: str) -> None:
    assert _case(text).events[0].kind == kind


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("The creatine kinase was 426 700 (reference range 9–168 IU/L).", "CK", [(426700, "[IU]/L")]),
        ("The creatine kinase (CK) of 62 109 (RI 30–200 U/L) fell.", "CK", [(62109, "U/L")]),
        ("The platelets were 181 000 and the CK was 12 896 U/L.", "PLT", [(181000, "")]),
        ("The ALT was 426 (9–68 IU/L).", "ALT", [(426, "[IU]/L")]),
        ("The platelets were 180 (150–400 × 109/L).", "PLT", [(180, "10*9/L")]),
        ("The platelets were 131 (150,000–400,000/mm3).", "PLT", [(131, "")]),
        ("The neutrophils were 50 (2,000–7,500/mm3).", "NEUT", [(50, "/mm3")]),
        ("The leucocytes were 12 (4,000–10,000/mm3).", "WBC", [(12, "")]),
        ("The urea was 42 mmol/L (RR, 2.5–6.5 mmol/L).", "UREA", [(42, "mmol/L")]),
        ("The creatinine was 878 μmol/L (reference range [RR], 60–125 μmol/L).", "CREAT", [(878, "umol/L")]),
        ("On the ECG the Q-Tc interval was 539 ms.", "QTC", [(539, "ms")]),
    ],
)
def test_values_and_the_units_of_their_limits(text: str, name: str, values: list[tuple[float, str]]) -> None:
    assert [v[:2] for v in _values(f"{MAN}took naproxen. {text}", name)] == values


_TEN_DAYS = MAN + "took ibuprofen for ten days. "


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Creatinine was 320 µmol/L compared with 80 µmol/L a month earlier.", [(320, True), (80, False)]),
        ("Creatinine was 320 µmol/L (compared to 80 µmol/L two months previously).", [(320, True), (80, False)]),
        ("Creatinine had risen to 320 µmol/L from 80 µmol/L two months previously.", [(320, True), (80, False)]),
        ("Creatinine rose from 80 µmol/L two months previously to 320 µmol/L.", [(80, False), (320, True)]),
        ("Creatinine was 320 µmol/L, up from 80 µmol/L six weeks before, and he was ill.", [(320, True), (80, False)]),
        ("A month earlier the creatinine had been 80 µmol/L.", [(80, False)]),
    ],
)
def test_a_value_set_beside_an_earlier_one(text: str, values: list[tuple[float, bool]]) -> None:
    told = _values(_TEN_DAYS + text, "CREAT")
    now = [(v, when is not None and when[0] is not None and when[0] >= 0) for v, _, when in told]
    assert now == values


_ON_DAY_SIX = MAN + "was given sertraline. On day 2 he had hyponatremia (sodium 114 mmol/L). On day 6 it was stopped. "


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Sodium was 127 mmol/L at discharge and 138 mmol/L four weeks later.", (6, None), (31, 37)),
        ("At discharge sodium was 127 mmol/L and at follow-up 4 weeks later it was 138 mmol/L.", (6, None), (31, None)),
        ("On day 8 sodium was 127 mmol/L and a subsequent follow-up four weeks later showed 138 mmol/L.", (8, 8), None),
    ],
)
def test_a_value_at_discharge_and_a_later_one(text: str, first: Any, second: Any) -> None:
    days = {value: when for value, _, when in _values(_ON_DAY_SIX + text, "NA")}
    assert days[127] == first
    assert second is None or days[138] == second


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("was started on simvastatin. Serum creatine kinase was 41,000 U/L.", 0, None),
        ("received a 7-day course of simvastatin. Serum creatine kinase was 41,000 U/L.", 0, None),
        ("took simvastatin for ten days. Serum creatine kinase was 41,000 U/L.", 10, 10),
    ],
)
def test_a_value_of_the_reaction_is_not_of_the_first_dose(text: str, low: float, high: float | None) -> None:
    assert [when for _, _, when in _values(MAN + text, "CK")] == [(low, high)]


_CLOZAPINE = MAN + "was given clozapine. Thirteen days after starting clozapine he developed tachycardia and fever. "


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Troponin was measured during clozapine therapy. Four days later troponin was 235 ng/L.", 17),
        ("Troponin was taken in the setting of clozapine therapy. Four days later troponin was 235 ng/L.", 17),
        ("Four days later troponin was 235 ng/L.", 17),
    ],
)
def test_a_drug_that_is_running_is_not_begun_again(text: str, day: float) -> None:
    assert _values(_CLOZAPINE + text, "TROPONIN")[-1][2] == (day, day)


@pytest.mark.parametrize(
    ("text", "latency"),
    [
        (_CLOZAPINE + "Four days later an MRI revealed acute myocarditis.", (13, 13)),
        (
            "We describe clozapine-induced myocarditis, and what avoidance of clozapine for one week did. "
            + _CLOZAPINE
            + "Four days later he was ill. An MRI revealed acute myocarditis.",
            (13, 13),
        ),
        (MAN + "took clozapine for one week. An MRI revealed acute myocarditis.", (4, 10)),
    ],
)
def test_the_first_signs_of_a_myocarditis(text: str, latency: tuple[float, float]) -> None:
    assert _key(text).latency_days == latency


@pytest.mark.parametrize(
    ("text", "drug", "role"),
    [
        (
            "A 63-year-old woman presented with fatigue. Three weeks before presentation "
            "she was prescribed esomeprazole, "
            "which she stopped a week before presentation because of malaise. She also "
            "took irbesartan. A biopsy showed "
            "interstitial nephritis. Irbesartan was withdrawn.",
            "esomeprazole",
            "suspect",
        ),
        (
            "A 63-year-old woman presented with fatigue. Three weeks before presentation "
            "she was prescribed esomeprazole. "
            "A week before presentation she stopped taking this medication, as she suspected it was causing nausea. "
            "A biopsy showed interstitial nephritis. Irbesartan was withdrawn as a precautionary measure.",
            "irbesartan",
            "concomitant",
        ),
        (
            "A 63-year-old woman presented with fatigue. Three years before presentation "
            "she was prescribed esomeprazole, "
            "which she stopped two years before presentation. A month ago she began ibuprofen. A biopsy showed "
            "interstitial nephritis. Ibuprofen was withdrawn.",
            "esomeprazole",
            "previous",
        ),
        (
            "A 14-year-old girl had neuroleptic malignant syndrome without fever "
            "following an injection of zuclopenthixol. "
            "Bromocriptine was given.",
            "zuclopenthixol",
            "suspect",
        ),
    ],
)
def test_roles(text: str, drug: str, role: str) -> None:
    assert _role(text, drug) == role


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("took methadone and had syncope. He had his methadone rapidly titrated down.", ("reduced", "methadone"), None),
        ("took methadone and had syncope. Methadone was tapered.", ("reduced", "methadone"), None),
        ("took methadone and had syncope. He had methadone. The sodium was reduced.", None, ("reduced", "methadone")),
        ("took ibuprofen, which he stopped two days later because of a rash.", ("stopped", "ibuprofen"), None),
        ("took ibuprofen, which he had started a week before, and had a rash.", None, ("stopped", "ibuprofen")),
        (
            "took terfenadine and ketoconazole and had syncope. The drugs were "
            "stopped.",
            ("stopped", "ketoconazole"), None),
        ("took terfenadine and began ketoconazole. A week later he had syncope. The drug was stopped.", None,
         ("stopped", "terfenadine")),
        ("took ibuprofen oral suspension and had a rash.", None, ("stopped", "ibuprofen")),
        ("took ibuprofen and had a rash. After suspension of ibuprofen it resolved.", ("stopped", "ibuprofen"), None),
        ("took ibuprofen and had a rash. After ibuprofen suspension it resolved.", ("stopped", "ibuprofen"), None),
        (
            "took ibuprofen and had a rash. It resolved after discontinuance of "
            "ibuprofen.",
            ("stopped", "ibuprofen"), None),
        ("began ibuprofen a week ago. He also took irbesartan. He had a rash.", None, ("started", "irbesartan")),
        (
            "began ibuprofen a week ago. He took aspirin regularly. He had a "
            "rash.",
            None, ("started", "acetylsalicylic acid")),
    ],
)  # fmt: skip
def test_actions(text: str, told: tuple[str, str] | None, untold: tuple[str, str] | None) -> None:
    acts = _acts(MAN + text)
    assert told is None or told in acts
    assert untold is None or untold not in acts


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("A challenge test was done. Azathioprine and mesalazine showed positive responses.", "positive"),
        (
            "A challenge test was done. Azathioprine gave a positive reaction and mesalazine "
            "gave a negative reaction.",
            "negative"),
    ],
)  # fmt: skip
def test_a_challenge_with_its_results(text: str, result: str) -> None:
    lead = (
        "A 14-year-old boy had pancreatitis during administration of mesalazine and azathioprine. Both were stopped. "
    )
    given = {a.drug: a.result for a in _case(lead + text).actions if a.kind == "restarted"}
    assert given == {"azathioprine": "positive", "mesalazine": result}


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("terfenadine (Seldane - an antihistamine) 60 mg twice a day", {"terfenadine": "60 mg"}),
        ("rivastigmine (a cholinesterase inhibitor) 3 mg daily", {"rivastigmine": "3 mg"}),
        ("an antihistamine 60 mg twice a day", {"antihistamine": "60 mg"}),
    ],
)
def test_a_class_in_brackets_explains_the_drug(text: str, doses: dict[str, str]) -> None:
    assert {
        e.drug: e.dose.text if e.dose else "" for e in _case(f"{MAN}took {text} and had syncope.").exposures
    } == doses


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        ("Investigations included antinuclear antibodies, complement and renal ultrasound, all of which were normal.",
         {"ANA": "negative", "complement": "negative", "renal ultrasound": "negative"}),
        ("Tests for anti-neutrophil cytoplasmic and antinuclear antibodies, "
         "double-stranded DNA and complement were done, "
         "all of which were negative.",
         {"ANCA": "negative", "ANA": "negative", "anti-dsDNA": "negative", "complement": "negative"}),
        ("The ANCA were positive. Complement and renal ultrasound were checked, both of which were normal.",
         {"ANCA": "positive", "complement": "negative", "renal ultrasound": "negative"}),
    ],
)  # fmt: skip
def test_all_of_which_were_normal(text: str, tests: dict[str, str]) -> None:
    told = {t.test: t.state for t in _case(f"{MAN}took omeprazole and had renal failure. {text}").tests}
    assert told == tests


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("had a maculopapular rash all over the body, partly in patches.", "unknown"),
        ("had a maculopapular rash. The rash partly improved.", "recovering"),
    ],
)
def test_partly_is_no_improvement_by_itself(text: str, outcome: str) -> None:
    assert _case(f"{MAN}took amoxicillin and {text}").events[0].outcome == outcome


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("Clozapine was held for the whole admission.", (0, 0)),
        ("Clozapine was stopped on day 3.", (2, 3)),
    ],
)
def test_days_of_the_stay(text: str, stop: tuple[float, float]) -> None:
    lead = (
        "A 36-year-old man started clozapine and was admitted the same day. He had "
        "torsades de pointes. On hospital day 2 "
        "an echocardiogram was normal. "
    )
    taken = next(e for e in _case(lead + text).exposures if e.drug == "clozapine")
    assert _days(taken.stop) == stop


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("This had been treated with diclofenac, which was replaced by rofecoxib.", None),
        ("On the third day diclofenac was replaced by rofecoxib.", 0),
    ],
)
def test_a_clause_behind_what_had_been(text: str, low: float | None) -> None:
    lead = (
        "A 62-year-old man presented with renal failure. Two weeks earlier he was given "
        "omeprazole. He had a knee injury "
        "six months earlier. "
    )
    start = next(e.start for e in _case(lead + text).exposures if e.drug == "rofecoxib")
    assert start is not None
    assert (start.low is None) is (low is None)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("had generalized rigidity and drooling.", {"muscle rigidity", "hypersalivation"}),
        ("had nuchal rigidity.", {"meningism"}),
        ("had erosions of the oral mucosa.", {"oral ulcers"}),
    ],
)
def test_signs(text: str, terms: set[str]) -> None:
    assert {f.term for f in _case(f"{MAN}took haloperidol and {text}").findings} == terms


@pytest.mark.parametrize(
    ("text", "suspects"),
    [
        (
            "A 53-year-old woman presented with malaise. Her medications included "
            "carvedilol, lisinopril and insulin and "
            "she had been started on trimethoprim for an ulcer. Potassium was 8.6 "
            "mmol/L. Trimethoprim was discontinued.",
            ["trimethoprim"],
        ),
        (
            "Objective: We report a case of severe hypoglycaemia from levofloxacin that "
            "responded to octreotide. Methods: A "
            "73-year-old man, controlled on glipizide, had a glucose of 21 mg/dL. He was recently prescribed "
            "levofloxacin.",
            ["levofloxacin"],
        ),
        (
            "A 64-year-old woman had pneumonia. Cefuroxime was started. On the 3rd day "
            "of treatment cefuroxime was replaced "
            "with levofloxacin. On the 2nd day of levofloxacin therapy she became lethargic. The glucose was 32 mg/dL.",
            ["levofloxacin"],
        ),
        (
            "General anaesthesia of a 74-year-old woman was induced with midazolam and rocuronium. Reduction in blood "
            "pressure and flushing were seen. With a possible diagnosis of anaphylaxis 1 mg adrenaline was given. The "
            "catheter was removed and replaced.",
            ["rocuronium", "midazolam"],
        ),
    ],
)
def test_suspects(text: str, suspects: list[str]) -> None:
    assert _suspects(text) == suspects


def test_days_of_the_drug_that_came_first() -> None:
    text = (
        "A 64-year-old woman had pneumonia. Cefuroxime was started. On the 3rd day of "
        "treatment cefuroxime was replaced "
        "with levofloxacin. On the 2nd day of levofloxacin therapy she became lethargic. The glucose was 32 mg/dL."
    )
    taken = {e.drug: (_days(e.start), _days(e.stop)) for e in _case(text).exposures}
    assert taken["cefuroxime"] == ((-3, -3), (0, 0))
    assert _key(text).latency_days == (2, 2)


@pytest.mark.parametrize(
    ("text", "latency"),
    [
        (
            "A 53-year-old woman presented with malaise and had been started on "
            "trimethoprim. Potassium was 8.6 mmol/L.",
            (0, None),
        ),
        (
            "A 53-year-old woman was started on trimethoprim. Five days later she "
            "presented with malaise. Potassium was "
            "8.6 mmol/L.",
            (5, 5),
        ),
        (
            "A 67-year-old woman had been prescribed trimethoprim for 7 days. She was on "
            "day 5 of the antibiotic when she "
            "presented to the clinic with weakness. Since she was taking trimethoprim, "
            "blood was drawn. Potassium was 9.5 "
            "mmol/L.",
            (5, 5),
        ),
    ],
)
def test_latencies(text: str, latency: tuple[float, float | None]) -> None:
    assert _key(text).latency_days == latency


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("had hyperkalaemia, diagnosed as due to trimethoprim with concomitant use of lisinopril.", None,
         ("started", "lisinopril")),
        ("had hyperkalaemia after he started the use of lisinopril.", ("started", "lisinopril"), None),
        ("took paliperidone and had dyskinesia. Treatment included paliperidone dose reduction to 6 mg daily and "
         "clonazepam 1 mg.", ("reduced", "paliperidone"), ("reduced", "clonazepam")),
        ("took warfarin and had a haematoma. The catheter was removed and replaced with another.", None,
         ("stopped", "warfarin")),
        ("took warfarin and had a haematoma. The planned surgery was suspended.", None, ("stopped", "warfarin")),
        ("took warfarin and had a haematoma. The drug was suspended.", ("stopped", "warfarin"), None),
    ],
)  # fmt: skip
def test_more_actions(text: str, told: tuple[str, str] | None, untold: tuple[str, str] | None) -> None:
    acts = _acts(MAN + text)
    assert told is None or told in acts
    assert untold is None or untold not in acts


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("MP is a 77-year-old man with weakness. MP was started on trimethoprim.", {"trimethoprim"}),
        ("A 77-year-old man with weakness was given cefbuperazone and collapsed.", {"cefbuperazone"}),
        ("A 77-year-old man with a cephalhaematoma was given cefazolin.", {"cefazolin"}),
    ],
)
def test_names(text: str, drugs: set[str]) -> None:
    assert {e.drug for e in _case(text).exposures} == drugs


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (
            "took warfarin and had a haematoma. Findings showed that the international "
            "normalised ratio was high.",
            "unknown"),
        ("took warfarin and had epistaxis. The international normalised ratio was high. He recovered.", "recovered"),
        ("took paliperidone and had dyskinesia. His symptoms were relieved.", "recovering"),
        ("was given rocuronium and had anaphylaxis. His blood pressure gradually stabilized.", "recovering"),
    ],
)  # fmt: skip
def test_outcomes(text: str, outcome: str) -> None:
    assert _case(MAN + text).events[0].outcome == outcome


def test_a_patient_in_the_title_and_below() -> None:
    text = (
        "Rocuronium anaphylaxis in a 7-year-old boy during surgery\n\nAbstract\n\nWe "
        "report a case of rocuronium-induced "
        "anaphylaxis in a 7-year-old boy. Bronchospasm appeared 11 min after he received rocuronium and propofol."
    )
    assert _key(text).latency_days == pytest.approx((11 / 1440, 11 / 1440))
    assert {e.drug for e in _case(text).exposures} == {"rocuronium", "propofol"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("with diabetes treated by diet had a normal glucose with diet. He took glipizide. The glucose was 32 mg/dL.",
         "hypoglycemia"),
        ("with diabetes took glipizide and became lethargic. The glucose was 82 mg/dL.", "lethargy"),
    ],
)  # fmt: skip
def test_a_low_glucose(text: str, kind: str) -> None:
    assert _case(MAN + text).events[0].kind == kind


@pytest.mark.parametrize(
    ("text", "latency"),
    [
        ("A 62-year-old man had been on lithium for years. He became confused. Lithium was stopped.", (0, None)),
        ("A 62-year-old man, who had been receiving lithium for 10 years, developed nephrotic syndrome.", (3560, 3740)),
        (
            "A 62-year-old man, who had been receiving lithium [dosage not stated] for "
            "over 10 years, developed nephrotic "
            "syndrome.",
            (3560, None),
        ),
        ("A 62-year-old man took ibuprofen. After 5 weeks he developed nephrotic syndrome.", (32, 38)),
        (
            "A 62-year-old man had been on ibuprofen. He also took aspirin. After 5 "
            "weeks he developed nephrotic syndrome.",
            (32, 38),
        ),
        (
            "A Case of Pustulosis Induced by Hydroxychloroquine.\n\nA 37-year-old woman "
            "treated with hydroxychloroquine for "
            "3 weeks was seen with pustules. The pustular lesions had improved 2 weeks later without recurrence.",
            (18, 24),
        ),
    ],
)
def test_how_long_it_had_run(text: str, latency: tuple[float, float | None]) -> None:
    assert _key(text).latency_days == latency


def test_a_similar_eruption_on_accidental_re_exposure() -> None:
    text = (
        "A 38-year-old woman was treated with hydroxychloroquine. Three weeks after "
        "starting hydroxychloroquine, a pustular "
        "eruption with fever developed, and it resolved after hydroxychloroquine was "
        "withdrawn. A similar pustular eruption "
        "developed after hydroxychloroquine was accidentally readministered."
    )
    assert _key(text).rechallenge == "positive"


def test_patients_and_methods() -> None:
    text = (
        "Purpose: To report acute myopia.\nPatients and methods: A 34-year-old woman presented with blurred vision 6 h "
        "after taking 25 mg of topiramate.\nResults: Her vision was 20/100. She made a "
        "full recovery after topiramate was "
        "stopped."
    )
    assert _suspects(text) == ["topiramate"]
    assert _case(text).patient.age is not None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("He was being treated with lithium, olmesartan and metformin. He had been on lithium for 20 years.", None),
        ("He was started on lithium and olmesartan. Twenty years later he was confused.", (0, 0)),
    ],
)
def test_a_list_of_what_ran(text: str, start: tuple[float, float] | None) -> None:
    lead = "A 66-year-old man presented with confusion. "
    taken = next(e for e in _case(lead + text + " Creatinine was 1130 µmol/L.").exposures if e.drug == "olmesartan")
    assert _days(taken.start) == start
