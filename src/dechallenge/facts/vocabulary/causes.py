"""Terms of other causes: concomitant drugs, and each cause that a work-up looks for.

A cause is *positive*, *negative* or *not done*; *not reported* and *not interpretable* mean that it is unknown which.
*Not done* is known, and is not "ruled out". Imports only `logic`.
"""

from __future__ import annotations

from dechallenge.logic.terms import Choice

CAUSE_STATES = ("positive", "negative", "not done")
CAUSE_UNKNOWNS = ("not reported", "not interpretable")

concomitant = Choice(
    "concomitant",
    ("none", "incompatible", "compatible", "hepatotoxin", "proven"),
    "the other drug or herb that fits worst: none; only with a delay that does not fit; with a delay that fits; a "
    "known hepatotoxin with a delay that fits; one whose role is proven (positive rechallenge or validated test)",
    "Which other drugs or herbs were taken, and does their timing fit?",
    supply="The worst over all other drugs taken before onset; 'none' only when the report says so or lists all drugs; "
    "drugs first given after onset do not count. Unknown when other medication is not mentioned.",
    label="other drugs",
)


def _cause(name: str, label: str, tests: str, supply: str = "") -> Choice:
    return Choice(
        name,
        CAUSE_STATES,
        f"{label} as the cause ({tests})",
        f"Was {label} looked for ({tests}), and what was found?",
        supply=supply
        or "'negative' when the named test (or the cause as a whole) is reported negative; 'positive' "
        "when it is found as the cause; 'not done' only when stated; otherwise 'not reported'.",
        unknowns=CAUSE_UNKNOWNS,
        label=label,
    )


hav = _cause("hav", "hepatitis A", "anti-HAV IgM")
hbv = _cause("hbv", "hepatitis B", "HBsAg, anti-HBc IgM, HBV DNA")
hcv = _cause("hcv", "hepatitis C", "anti-HCV, HCV RNA")
hev = _cause("hev", "hepatitis E", "anti-HEV IgM and IgG, HEV RNA")
biliary_imaging = _cause(
    "biliary_imaging",
    "bile duct obstruction or a vascular liver disease",
    "ultrasound, Doppler, CT or MR cholangiography",
    "'negative' when imaging of liver and bile ducts shows no obstruction or vessel disease.",
)
alcoholic_hepatitis = _cause(
    "alcoholic_hepatitis",
    "alcoholic liver disease",
    "history, AST/ALT ≥ 2",
    "'negative' when alcohol is denied or none, or AST/ALT is below 2 in a non-drinker; 'positive' when alcoholism "
    "with AST/ALT ≥ 2 explains the injury.",
)
hypotension = _cause(
    "hypotension",
    "recent hypotension, shock or ischaemia",
    "history, particularly with heart disease",
    "'negative' only when stated or when the pressure at onset is given as normal.",
)
underlying_disease = _cause(
    "underlying_disease",
    "a complication of an underlying disease",
    "sepsis, metastases, autoimmune hepatitis, chronic hepatitis B or C, PBC, PSC, genetic liver disease",
    "'negative' when the text rules the patient's own disease and autoimmune hepatitis out; 'positive' when one is "
    "found to be the cause; 'not interpretable' when an active disease could also explain the injury (Still, MAS).",
)
cmv = _cause("cmv", "cytomegalovirus", "IgM, IgG, PCR")
ebv = _cause("ebv", "Epstein-Barr virus", "IgM, IgG")
hsv = _cause("hsv", "herpes simplex virus", "IgM, IgG, PCR")
vzv = _cause("vzv", "varicella zoster virus", "IgM, IgG")

other_cause = Choice(
    "other_cause",
    ("ruled out", "unlikely", "possible", "probable", "not sought"),
    "an explanation other than the drug: ruled out by an appropriate work-up; unlikely though the work-up is "
    "incomplete; present and able to explain it; present and explaining it well; not looked for",
    "Could a disease or another drug explain the reaction, and was that looked for?",
    supply="'possible' when a disease or drug that can do this is active at onset; 'probable' when the report finds "
    "it to be the cause; 'ruled out' when the work-up for this reaction is complete and negative; 'unlikely' when "
    "what was done is negative; 'not sought' only when the text says so; unknown when nothing is said.",
    label="other explanation",
)

TERMS = (
    concomitant,
    hav,
    hbv,
    hcv,
    hev,
    biliary_imaging,
    alcoholic_hepatitis,
    hypotension,
    underlying_disease,
    cmv,
    ebv,
    hsv,
    vzv,
    other_cause,
)
