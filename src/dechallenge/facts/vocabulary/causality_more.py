"""Terms that RECAM, Maria & Victorino, DDW-J 2004 and the Liverpool tool ask for and RUCAM does not.

Single tests of a cause (RECAM scores IgM and nucleic acid apart), the fall of the peak itself, histology,
manifestations outside the liver, what the flow chart of Liverpool asks. Imports only `logic` and `causes`.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causes import CAUSE_STATES, CAUSE_UNKNOWNS
from dechallenge.logic.terms import Choice, Flag, Number, Term

ONLY_STATED = "Unknown unless stated."


def _test(name: str, label: str) -> Choice:
    return Choice(
        name,
        CAUSE_STATES,
        f"the result of {label} at the injury",
        f"What was the result of {label}?",
        supply="As reported for this marker; 'not done' only when stated. A disease said to be excluded without its "
        "marker leaves 'negative' and 'not done' open.",
        unknowns=CAUSE_UNKNOWNS,
        label=label,
    )


hbc_igm = _test("hbc_igm", "anti-HBc IgM")
hbsag = _test("hbsag", "HBsAg")
anti_hcv = _test("anti_hcv", "anti-HCV")
hcv_rna = _test("hcv_rna", "HCV RNA")
cmv_igm = _test("cmv_igm", "anti-CMV IgM")
cmv_dna = _test("cmv_dna", "CMV DNA")
ebv_igm = _test("ebv_igm", "anti-EBV IgM")
ebv_dna = _test("ebv_dna", "EBV DNA")
hsv_igm = _test("hsv_igm", "anti-HSV IgM")
hsv_dna = _test("hsv_dna", "HSV DNA")

hcv_chronic = Flag(
    "hcv_chronic",
    "chronic hepatitis C known before the injury",
    "Was chronic hepatitis C known before the injury?",
    supply=ONLY_STATED,
    label="known chronic hepatitis C",
)
hcv_exposure = Flag(
    "hcv_exposure",
    "a risk of exposure to hepatitis C in the 100 days before onset",
    "Was there a risk of exposure to hepatitis C in the 100 days before onset?",
    supply=ONLY_STATED,
    label="exposure to hepatitis C",
)


def _fall(name: str, label: str) -> Number:
    return Number(
        name,
        "d",
        f"days from the peak of {label} to its first value below half of the peak, when that came after the stop",
        f"How many days after its peak was {label} below half of the peak (after the stop)?",
        supply="The peak itself is halved, not its distance to the limit. From the last value not below half to the "
        "first one below: give that interval, with the printed day as the point. Not yet reached by day d: (d, None). "
        "Unknown without dated values, and when the value fell while the drug was still given (then the flag).",
        low=0,
        high=36500,
        label=f"time to half of the peak itself, {label}",
    )


def _on_drug(name: str, label: str) -> Flag:
    return Flag(
        name,
        f"{label} fell below half of its peak while the drug was still given",
        f"Did {label} fall below half of its peak while the drug was still given?",
        supply="True with a value below half of the peak at or before the stop, or when the drug went on; False when "
        "the first such value came after the stop.",
        label=f"{label} halved on the drug",
    )


alt_fall_days = _fall("alt_fall_days", "ALT")
alp_fall_days = _fall("alp_fall_days", "alkaline phosphatase")
bili_fall_days = _fall("bili_fall_days", "total bilirubin")
alt_halved_on_drug = _on_drug("alt_halved_on_drug", "ALT")
alp_halved_on_drug = _on_drug("alp_halved_on_drug", "alkaline phosphatase")
bili_halved_on_drug = _on_drug("bili_halved_on_drug", "total bilirubin")
stayed_high = Flag(
    "stayed_high",
    "the marker of the injury was above 90 % of its peak more than 182 days after it, before any transplant and "
    "without another explanation",
    "Was the marker still above 90 % of its peak more than 182 days later?",
    supply="True with such a value; False with values after 182 days that are lower or said to be normal.",
    label="marker stayed high",
)
below_2uln_days = Number(
    "below_2uln_days",
    "d",
    "days from the stop until the marker of the injury (ALT; alkaline phosphatase when R < 5) fell below 2×ULN",
    "How many days after the stop had ALT (cholestatic or mixed: alkaline phosphatase) fallen below 2×ULN?",
    supply="The interval from the last value at or above 2×ULN to the first below it; a recovery told within N days "
    "is (0, N); not yet reached by day d: (d, None). Unknown when the drug went on.",
    low=0,
    high=36500,
    label="time to below 2×ULN",
)

livertox_category = Choice(
    "livertox_category",
    ("A", "B", "C", "D", "E*", "E", "X", "not listed"),
    "the likelihood category of the drug in LiverTox",
    "Which likelihood category does LiverTox give the drug?",
    supply="The printed letter; unknown for a drug without a row in the table; 'not listed' only when looked up.",
    label="LiverTox category",
)
aih_like_drug = Flag(
    "aih_like_drug",
    "the suspect is minocycline or nitrofurantoin, which cause an injury like autoimmune hepatitis",
    "Is the suspect minocycline or nitrofurantoin?",
    supply="From the name of the suspect, so always known.",
    label="minocycline or nitrofurantoin",
)
liver_imaging = Choice(
    "liver_imaging",
    ("neither", "obstruction", "infiltration", "not done"),
    "imaging of liver and bile ducts: neither stenosis or obstruction nor wide infiltration; stenosis or obstruction "
    "of the bile ducts; malignant infiltration of at least half of the liver; no imaging",
    "What did imaging of liver and bile ducts show?",
    supply="'neither' when imaging is normal or shows something else; 'not done' only when stated.",
    label="imaging of liver and bile ducts",
)
ast_alt_ratio = Number(
    "ast_alt_ratio",
    "",
    "AST ÷ ALT in U/L when the injury was found",
    "What was AST ÷ ALT when the injury was found?",
    supply="From the values of one sample, or the closest in time.",
    low=0,
    high=1000,
    label="AST/ALT",
)
ast_found_u_l = Number(
    "ast_found_u_l",
    "U/L",
    "AST when the injury was found",
    "What was AST (U/L) when the injury was found?",
    supply="The value of the first qualifying test, in U/L.",
    low=0,
    high=1000000,
    label="AST when found",
)
ana_titre = Number(
    "ana_titre",
    "1:",
    "titre of antinuclear antibodies, as the reciprocal (1:80 is 80)",
    "What was the titre of ANA (1:80 is 80)?",
    supply="The printed titre; 'negative' without a titre is (0, 79.9); 'positive' without a titre is (20, None).",
    low=0,
    high=1000000,
    label="ANA",
)
sma_titre = Number(
    "sma_titre",
    "1:",
    "titre of smooth-muscle antibodies, as the reciprocal (1:80 is 80)",
    "What was the titre of smooth-muscle antibodies (1:80 is 80)?",
    supply="As ana_titre.",
    low=0,
    high=1000000,
    label="smooth-muscle antibodies",
)
igg_xuln = Number(
    "igg_xuln",
    "×ULN",
    "highest IgG of the injury, as a multiple of the upper limit of normal",
    "How many times the upper limit of normal was IgG?",
    supply="Value ÷ limit; (None, 1) when said to be normal; (1, None) when said to be raised without a figure.",
    low=0,
    high=100,
    label="IgG",
)
autoimmune_tested = Flag(
    "autoimmune_tested",
    "at least one of ANA, smooth-muscle antibodies and IgG was measured",
    "Was any of ANA, smooth-muscle antibodies and IgG measured?",
    supply="True with a result of any of them; False only when stated.",
    label="autoimmune markers measured",
)
aih_histology = Choice(
    "aih_histology",
    ("typical", "compatible", "atypical", "not done"),
    "how far the biopsy fits autoimmune hepatitis",
    "Does the biopsy fit autoimmune hepatitis?",
    supply="'typical' needs interface hepatitis with plasma cells or lymphocytes, rosettes and emperipolesis, or the "
    "pathologist's word; 'not done' only when stated.",
    label="histology for autoimmune hepatitis",
)
liver_biopsy = Choice(
    "liver_biopsy",
    ("specific drug injury", "other diagnosis", "not specific", "not done"),
    "what the liver biopsy points to: features of one specific drug injury; another diagnosis; neither; not done",
    "What did the liver biopsy point to?",
    supply="A judgement of the pathologist: unknown unless the report states it; 'not done' only when stated.",
    label="liver biopsy",
)
ischaemia_before = Flag(
    "ischaemia_before",
    "hypoxia, hypotension, shock or acute congestion of the liver within the week before onset",
    "Was there hypoxia, low pressure, shock or acute congestion in the week before onset?",
    supply="True when told in that week; False only when such a state is denied.",
    label="ischaemia before onset",
)
sepsis_present = Flag(
    "sepsis_present",
    "sepsis or a systemic inflammatory response at onset",
    "Was there sepsis at onset?",
    supply="True when told; False when it is denied or the blood cultures are negative and no sepsis is told.",
    label="sepsis",
)
dili_jaundice_before = Flag(
    "dili_jaundice_before",
    "an earlier liver injury with jaundice from the same drug",
    "Did the patient have an earlier liver injury with jaundice from this drug?",
    supply="History is enough, without laboratory values; the present reaction and its re-exposures do not count.",
    label="earlier injury with jaundice",
)
dress_or_sjs = Flag(
    "dress_or_sjs",
    "DRESS or Stevens-Johnson syndrome (or toxic epidermal necrolysis) with the injury",
    "Was there DRESS or Stevens-Johnson syndrome with the injury?",
    supply=ONLY_STATED,
    label="DRESS or Stevens-Johnson syndrome",
)
rechallenge_ast_during = Number(
    "rechallenge_ast_during",
    "×ULN",
    "AST during re-exposure, as a multiple of the upper limit of normal",
    "How many times the upper limit of normal was AST during re-exposure?",
    supply="Of the clearest re-exposure; unknown when the figure is not given.",
    low=0,
    high=10000,
    label="AST during re-exposure",
)
rechallenge_days = Number(
    "rechallenge_days",
    "d",
    "days from the first dose of the re-exposure to the rise",
    "How many days after re-exposure did the liver tests rise?",
    supply="Of the clearest re-exposure; unknown when it is not dated.",
    low=0,
    high=36500,
    label="time from re-exposure to the rise",
)

eosinophils_pct = Number(
    "eosinophils_pct",
    "%",
    "highest share of eosinophils of the injury",
    "What was the highest share of eosinophils (%)?",
    supply="The printed share, or count ÷ leucocytes of one sample; 'eosinophilia' without a figure is unknown.",
    low=0,
    high=100,
    label="eosinophils",
)


def _outside(name: str, label: str) -> Flag:
    return Flag(
        name,
        f"{label} with the liver injury",
        f"Was there {label} with the liver injury?",
        supply="True when told as part of the reaction; False when said to be absent.",
        label=label,
    )


rash_with_injury = _outside("rash_with_injury", "a rash")
fever_with_injury = _outside("fever_with_injury", "fever")
arthralgia_with_injury = _outside("arthralgia_with_injury", "pain of the joints")
cytopenia_with_injury = _outside("cytopenia_with_injury", "a cytopenia")
years_marketed = Number(
    "years_marketed",
    "years",
    "years since the drug was first marketed, at the time of the reaction",
    "For how many years had the drug been marketed?",
    supply="From a sourced table; unknown otherwise.",
    low=0,
    high=300,
    label="time on the market",
)
disease_could_explain = Flag(
    "disease_could_explain",
    "a disease of the patient that could explain the reaction is present at onset, proven to be the cause or not",
    "Could a disease of the patient explain the reaction?",
    supply="True when such a disease is told as present at onset or found to be the cause; False when the patient's "
    "own diseases are ruled out.",
    label="a disease that could explain it",
)
dlst = Choice(
    "dlst",
    ("positive", "semi-positive", "negative", "not done"),
    "drug lymphocyte stimulation test with the suspect",
    "What was the result of the drug lymphocyte stimulation test?",
    supply="As reported; 'not done' only when stated.",
    label="lymphocyte stimulation test",
)

reaction_suspected = Flag(
    "reaction_suspected",
    "somebody suspects that the event is a reaction to this drug",
    "Is an adverse reaction to this drug suspected?",
    supply="True for a suspect of the case.",
    label="reaction suspected",
)
symptoms_worsened = Flag(
    "symptoms_worsened",
    "symptoms from before the drug became worse with it",
    "Did the drug make symptoms worse that were there before?",
    supply=ONLY_STATED,
    label="earlier symptoms worse",
)
stop_not_possible = Flag(
    "stop_not_possible",
    "stopping cannot be assessed: a single administration, intermittent therapy, or a drug that cannot be stopped",
    "Was the drug given once or in intervals, or could it not be stopped?",
    supply="True for a single administration (a vaccine) or therapy in cycles, or when the text says that the drug "
    "could not be stopped.",
    label="stopping not assessable",
)
lasting_disability = Flag(
    "lasting_disability",
    "the event left a lasting disability or impairment",
    "Did the event leave a lasting disability or impairment?",
    supply="True for a recovery with sequelae or stated disability; False when a full recovery is told.",
    label="lasting disability",
)
same_reaction_before = Flag(
    "same_reaction_before",
    "the same event with this drug in this patient in the past",
    "Did this patient have the same event with this drug before?",
    supply="Earlier exposures only, not the re-exposure after this reaction; unknown unless stated.",
    label="same event before",
)

TERMS: tuple[Term, ...] = (
    hbc_igm,
    hbsag,
    anti_hcv,
    hcv_rna,
    hcv_chronic,
    hcv_exposure,
    cmv_igm,
    cmv_dna,
    ebv_igm,
    ebv_dna,
    hsv_igm,
    hsv_dna,
    alt_fall_days,
    alp_fall_days,
    bili_fall_days,
    alt_halved_on_drug,
    alp_halved_on_drug,
    bili_halved_on_drug,
    stayed_high,
    below_2uln_days,
    livertox_category,
    aih_like_drug,
    liver_imaging,
    ast_alt_ratio,
    ast_found_u_l,
    ana_titre,
    sma_titre,
    igg_xuln,
    autoimmune_tested,
    aih_histology,
    liver_biopsy,
    ischaemia_before,
    sepsis_present,
    dili_jaundice_before,
    dress_or_sjs,
    rechallenge_ast_during,
    rechallenge_days,
    eosinophils_pct,
    rash_with_injury,
    fever_with_injury,
    arthralgia_with_injury,
    cytopenia_with_injury,
    years_marketed,
    disease_could_explain,
    dlst,
    reaction_suspected,
    symptoms_worsened,
    stop_not_possible,
    lasting_disability,
    same_reaction_before,
)
