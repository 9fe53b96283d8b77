"""Spec tables of DDW-J 2004, Maria & Victorino and the Liverpool tool."""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.table import Row, row

HEP: dict[str, Given] = {"alt_xuln": 10, "alp_xuln": 1}
CHOL: dict[str, Given] = {"alt_xuln": 3, "alp_xuln": 3}
MIXED: dict[str, Given] = {"alt_xuln": 9, "alp_xuln": 3}
ON_DRUG: dict[str, Given] = {"stop_to_onset": (None, 0)}
SCALES = (CHOL, MIXED)

# --- DDW-J 2004 ----------------------------------------------------------------------------------------------------

FIRST: dict[str, Given] = {**ON_DRUG, "exposure": "initial"}
AGAIN: dict[str, Given] = {**ON_DRUG, "exposure": "subsequent"}
STOPPED: dict[str, Given] = {"drug_continued": False}
FALLING: dict[str, Given] = {**STOPPED, "alt_rose_again": False, "alt_not_halved": False}

DDW_J = [
    row("1", gives, scale, FIRST, latency=day)
    for scale in (HEP, CHOL, MIXED)
    for day, gives in ((0, 1), (4.9, 1), (5, 2), (90, 2), (90.1, 1), (400, 1))
]
DDW_J += [row("1", gives, HEP, AGAIN, latency=day) for day, gives in ((0.9, 1), (1, 2), (15, 2), (15.1, 1), (91, 1))]
DDW_J += [
    row("1", gives, scale, AGAIN, latency=day)
    for scale in SCALES
    for day, gives in ((0.9, 1), (1, 2), (16, 2), (90, 2), (90.1, 1))
]
DDW_J += [row("1", gives, HEP, latency=40, stop_to_onset=day) for day, gives in ((0.1, 1), (15, 1), (15.1, 0), (31, 0))]
DDW_J += [
    row("1", gives, scale, latency=40, stop_to_onset=day)
    for scale in SCALES
    for day, gives in ((0.1, 1), (15, 1), (16, 1), (30, 1), (30.1, 0), (300, 0))
]
DDW_J += [
    row("1", 2, HEP, latency=40, stop_to_onset=0),
    row("1", 2, HEP, latency=30),
    row("1", None, HEP, FIRST),
    row("2", 3, HEP, FALLING, alt_half_days=8),
    row("2", 2, HEP, FALLING, alt_half_days=8.1),
    row("2", 2, HEP, FALLING, alt_half_days=30),
    row("2", 0, HEP, FALLING, alt_half_days=30.1),
    row("2", -2, HEP, STOPPED, alt_rose_again=False, alt_not_halved=True, alt_half_days=(35, None)),
    row("2", -2, HEP, STOPPED, alt_rose_again=True),
    row("2", 0, HEP, STOPPED),
    row("2", 0, HEP, drug_continued=True, alt_half_days=6),
    row("2", 2, CHOL, STOPPED, alp_half_days=180),
    row("2", 2, CHOL, STOPPED, bili_half_days=180),
    row("2", 1, CHOL, STOPPED, alp_half_days=180.1, bili_half_days=180.1, alp_fell_short=True),
    row("2", 0, CHOL, STOPPED, alp_half_days=181, bili_half_days=181, alp_fell_short=False),
    row("3", 1, HEP, alcohol_drinks=0.1),
    row("3", 0, HEP, alcohol_drinks=0, pregnancy=True),  # pregnancy counts on the other scale only
    row("3", 1, CHOL, alcohol_drinks=0, pregnancy=True),
    row("3", 0, CHOL, alcohol_drinks=0, pregnancy=False),
    row("3", 0, HEP),
]

GROUP_1 = ("hav", "hbv", "hcv", "biliary_imaging", "alcoholic_hepatitis", "hypotension")


def excluded(count: int, *more: str) -> dict[str, Given]:
    """The first causes of group I negative, the rest not done; `more` negative too."""
    states: dict[str, Given] = {name: "negative" if place < count else "not done" for place, name in enumerate(GROUP_1)}
    return {**states, "cmv": "not done", "ebv": "not done", **{name: "negative" for name in more}}


DDW_J += [row("4", gives, excluded(n)) for n, gives in ((6, 1), (5, 0), (4, 0), (3, -1), (2, -2), (1, -2), (0, -2))]
DDW_J += [
    row("4", 2, excluded(6, "cmv", "ebv")),
    row("4", 1, excluded(6, "cmv")),
    row("4", 0, excluded(5, "cmv", "ebv")),
    row("4", -3, excluded(6, "cmv"), ebv="positive"),
    row("4", -2, hav="negative", hbv="negative"),
    row("4", -2),
    row("5", 1, known_reaction="labelled"),
    row("5", 1, known_reaction="published"),
    row("5", 1, known_reaction="few reports"),
    row("5", 0, known_reaction="indirect"),
    row("5", 0, known_reaction="not described"),
    row("5", 0),
    row("6", 1, eosinophils_pct=6),
    row("6", 0, eosinophils_pct=5.9),
    row("6", 0),
    row("7", 2, dlst="positive"),
    row("7", 1, dlst="semi-positive"),
    row("7", 0, dlst="negative"),
    row("7", 0, dlst="not done"),
    row("7", 0),
    row("8", 0, HEP, rechallenge_setting="not done"),
    row("8", 3, HEP, rechallenge_setting="drug alone", rechallenge_alt_before=1, rechallenge_alt_during=2),
    row("8", 1, HEP, rechallenge_setting="same drugs", rechallenge_alt_before=1, rechallenge_alt_during=2),
    row("8", -2, HEP, rechallenge_setting="drug alone", rechallenge_alt_before=0.3, rechallenge_alt_during=0.99),
    row("8", 3, HEP, rechallenge_setting="drug alone", rechallenge_alt_before=0.3, rechallenge_alt_during=1),
    row("8", 3, CHOL, rechallenge_setting="drug alone", rechallenge_alp_before=1, rechallenge_alp_during=2),
    row("8", -2, CHOL, rechallenge_setting="drug alone", rechallenge_alp_before=0.3, rechallenge_alp_during=0.99),
    row(
        "8",
        0,
        CHOL,
        rechallenge_setting="drug alone",
        rechallenge_alp_before=0.8,
        rechallenge_alp_during=1,
        rechallenge_bili_before=1,
        rechallenge_bili_during=1,
    ),
    row("8", 0, HEP, rechallenge_setting="other conditions", rechallenge_alt_before=1, rechallenge_alt_during=4),
    row("8", 0, HEP),
]

# --- Maria & Victorino ---------------------------------------------------------------------------------------------

CDS_CAUSES = (
    "hav",
    "hbv",
    "hcv",
    "cmv",
    "ebv",
    "alcoholic_hepatitis",
    "biliary_imaging",
    "underlying_disease",
    "hypotension",
)
ALL_NEGATIVE: dict[str, Given] = {name: "negative" for name in CDS_CAUSES}
WELL: dict[str, Given] = {
    "rash_with_injury": False,
    "fever_with_injury": False,
    "arthralgia_with_injury": False,
    "cytopenia_with_injury": False,
    "eosinophils_pct": 6,
}
REPORTS = ("labelled", "published", "few reports")
NO_REPORTS = ("indirect", "unconvincing", "not described")

CDS = [
    row("1a", gives, exposure="initial", latency=day)
    for day, gives in ((0, 1), (3.9, 1), (4, 3), (56, 3), (56.1, 1), (57, 1))
]
CDS += [
    row("1a", 3, exposure="subsequent", latency=3.9),
    row("1a", 3, exposure="subsequent", latency=4),
    row("1a", 1, exposure="subsequent", latency=57),
    row("1a", 1, latency=3),
    row("1a", None),
    row("1b", 3, ON_DRUG),
    row("1b", 3, stop_to_onset=0),
    row("1b", 3, stop_to_onset=7),
    row("1b", 0, stop_to_onset=7.1),
    row("1b", 0, stop_to_onset=15),
    row("1b", -3, stop_to_onset=15.1, slow_elimination=False),
    row("1b", 0, stop_to_onset=15.1, slow_elimination=True),
    row("1b", -3, stop_to_onset=16),
    row("1b", 0),
    row("1c", 3, HEP, below_2uln_days=60),
    row("1c", 0, HEP, below_2uln_days=60.1),
    row("1c", 3, CHOL, below_2uln_days=61),
    row("1c", 3, MIXED, below_2uln_days=180),
    row("1c", 0, MIXED, below_2uln_days=180.1),
    row("1c", 0, below_2uln_days=61),  # R not known
    row("1c", 0, HEP),
    row("2", 3, ALL_NEGATIVE, disease_could_explain=False),
    row("2", -1, ALL_NEGATIVE, disease_could_explain=True),
    row("2", -1, disease_could_explain=True, hav="negative"),
    row("2", 0, ALL_NEGATIVE, disease_could_explain=False, hcv="not done"),
    row("2", 0, hav="negative", hbv="negative"),
    row("2", 0),
    row("3", 0, WELL),
    row("3", 1, WELL, eosinophils_pct=6.1),
    row("3", 1, WELL, rash_with_injury=True),
    row("3", 2, WELL, rash_with_injury=True, fever_with_injury=True),
    row("3", 2, WELL, rash_with_injury=True, fever_with_injury=True, cytopenia_with_injury=True),
    row("3", 3, WELL, rash_with_injury=True, fever_with_injury=True, cytopenia_with_injury=True, eosinophils_pct=7),
    row("3", 1, rash_with_injury=True),
    row("3", 0),
    row("4", 3, rechallenge="positive"),
    row("4", 0, rechallenge="negative"),
    row("4", 0, rechallenge="not done"),
    row("4", 0, rechallenge="not assessable"),
    row("4", 0),
    row("5", 0, known_reaction="not described"),
    row("5", 0),
]
CDS += [row("2", -3, {**ALL_NEGATIVE, name: "positive"}) for name in CDS_CAUSES]
CDS += [row("5", 2, known_reaction=known, years_marketed=years) for known in REPORTS for years in (1, 10)]
CDS += [
    row("5", gives, known_reaction=known, years_marketed=years)
    for known in NO_REPORTS
    for years, gives in ((1, 0), (5, 0), (5.1, -3), (40, -3))
]

# --- Liverpool -----------------------------------------------------------------------------------------------------

START: dict[str, Given] = {"reaction_suspected": True, "latency": 0}
AT_6: dict[str, Given] = {**START, "dechallenge": "positive"}
LOW: dict[str, Given] = {**AT_6, "disease_could_explain": False}
NOT_LOW: dict[str, Given] = {**AT_6, "disease_could_explain": True, "other_cause": "possible"}
NOTHING: dict[str, Given] = {"specific_test": "negative", "toxic_level": False, "dose_response": False}

LIVERPOOL = [
    row("1", "yes", reaction_suspected=True),
    row("1", "no", reaction_suspected=False),
    row("1", None),
    row("2", "yes", latency=0),
    row("2", "no", latency=-0.5),
    row("2", None),
    row("3", "yes", symptoms_worsened=True),
    row("3", "no", symptoms_worsened=False),
    row("3", None),
    row("4", "yes", dechallenge="positive"),
    row("4", "yes", dechallenge="positive with symptomatic treatment"),
    row("4", "yes", dechallenge="confounded"),
    row("4", "no", dechallenge="negative"),
    row("4", "no", dechallenge="negative", stop_not_possible=True),
    row("4", "unassessable", dechallenge="not assessable", stop_not_possible=True),
    row("4", None, dechallenge="not assessable"),
    row("4", None, dechallenge="not done"),
    row("4", None, dechallenge="recovered on drug"),
    row("4", None),
    row("5", "yes", lasting_disability=True),
    row("5", "no", lasting_disability=False),
    row("5", None),
    row("6", "low", disease_could_explain=False),
    row("6", "low", other_cause="ruled out"),
    row("6", "low", other_cause="unlikely"),
    row("6", "high or unsure", disease_could_explain=True, other_cause="possible"),
    row("6", "high or unsure", disease_could_explain=True, other_cause="probable"),
    row("6", "high or unsure", disease_could_explain=True, other_cause="not sought"),
    row("6", "high or unsure"),
    row("7", "yes", specific_test="positive"),
    row("7", "yes", toxic_level=True),
    row("7", "yes", dose_response=True),
    row("7", "no", NOTHING),
    row("7", "no", NOTHING, specific_test="not available"),
    row("7", "no"),
    row("8", "yes", rechallenge="positive"),
    row("8", "no", rechallenge="negative"),
    row("8", "no", rechallenge="not done"),
    row("8", "no", rechallenge="not assessable"),
    row("8", "no"),
    row("9", "yes", same_reaction_before=True),
    row("9", "no", same_reaction_before=False),
    row("9", "no"),
    *(row("10", "yes", known_reaction=known) for known in REPORTS),
    *(row("10", "no", known_reaction=known) for known in NO_REPORTS),
    row("10", "no"),
    row("verdict", "unlikely", reaction_suspected=False),
    row("verdict", "unlikely", START, latency=-0.1, symptoms_worsened=False),
    row("verdict", "possible", START, latency=-1, symptoms_worsened=True, dechallenge="positive"),
    row("verdict", "possible", START, dechallenge="negative", lasting_disability=False),
    row("verdict", "definite", START, LOW, dechallenge="negative", lasting_disability=True, rechallenge="positive"),
    row("verdict", "definite", LOW, rechallenge="positive"),
    row("verdict", "definite", LOW, same_reaction_before=True),
    row("verdict", "definite", NOT_LOW, toxic_level=True, same_reaction_before=True),
    row("verdict", "probable", LOW, known_reaction="labelled"),
    row("verdict", "probable", NOT_LOW, dose_response=True, known_reaction="published"),
    row("verdict", "probable", NOT_LOW, dose_response=True, known_reaction="published", rechallenge="positive"),
    row("verdict", "possible", LOW),
    row("verdict", "possible", LOW, known_reaction="not described"),
    row("verdict", "possible", NOT_LOW, toxic_level=True),
    row("verdict", "possible", NOT_LOW, NOTHING, known_reaction="labelled", rechallenge="positive"),
    row("verdict", "possible", AT_6, rechallenge="positive"),  # question 6 not known: unsure
    row("verdict", "possible", START, stop_not_possible=True),
    row("verdict", None, START),  # question 4 not known: the chart cannot be completed
    row("verdict", None, START, dechallenge="not done"),
    row("verdict", None, START, dechallenge="negative"),
    row("verdict", None, reaction_suspected=True, dechallenge="positive"),
]

ALL: dict[str, list[Row]] = {
    "ddw-j-2004": DDW_J,
    "maria-victorino-1997": CDS,
    "liverpool-2011": LIVERPOOL,
}
