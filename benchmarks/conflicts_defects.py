"""The defects of the four seed texts (fact sheet shared/criteria/seed_facts.md, section 8), one entry for each.

A defect can be seen in the text alone when two of its statements, figures or dates cannot both be true, or a printed
figure cannot be true, whatever else is known. All others carry the reason why they cannot. The words are looked for in
the quotations of one reported conflict, never in its message.
"""

from __future__ import annotations

from dataclasses import dataclass

LABEL = "needs the product information or another source outside the text"
MEDICINE = "needs a medical or causal judgement that no wording of the text decides"
MISSING = "something is not told; the assessment lists it as missing, there is nothing to contradict it"
LIMITS = "needs reference limits, criteria or a grading that the text does not print"
TYPING = "spelling or type-setting; it is to be read in spite of it, not to be reported"
NO_DEFECT = "the fact sheet itself accepts it: a trap for a reader, no contradiction"


@dataclass(frozen=True)
class Defect:
    """One defect.

    Attributes:
        id: As in the fact sheet; the letter says which seed.
        what: In a few words.
        words: Patterns, each of which must be found in a quotation of one and the same conflict; empty where the defect
            cannot be seen in the text alone.
        unseen: Why it cannot.
    """

    id: str
    what: str
    words: tuple[str, ...] = ()
    unseen: str = ""


FILES = {
    "A": "000_eb96b64139c05774.txt",
    "B": "001_abc053d80063b204.txt",
    "C": "002_8455bf4894d4cdee.txt",
    "D": "003_87e56f74505cfa52.txt",
}

DEFECTS: tuple[Defect, ...] = (
    Defect("A-01", "FibroTest with three results", (r"A1\b", r"A2\b|in the latter patient", r"A1.2")),
    Defect("A-02", "enlarged liver and spleen against spleen only", (r"hepatosplenomegaly", r"^splenomegaly")),
    Defect("A-03", "raised enzymes against enzymes always normal", (r"elevation", r"GPT = 18|normal")),
    Defect("A-04", "2 months of treatment against its dates", (r"2 months", r"November 2009|February 2010")),
    Defect("A-05", "10 years of treatment against the dates around it", (r"10 years", r"May 2000|June 2009")),
    Defect("A-06", "6 months after a course", unseen=NO_DEFECT),
    Defect("A-07", "dose lowered instead of raised", unseen=LABEL),
    Defect("A-08", "a product without per kg", (r"5 mg × 80 kg",)),
    Defect("A-09", "dose of another label, no companion drug", unseen=LABEL),
    Defect("A-10", "overweight and obese", unseen=LIMITS),
    Defect("A-11", "infiltrate prominent against mild", (r"prominent", r"^(?!.*prominent).*inflammatory\s+infiltrate")),
    Defect("A-12", "rapid against gradual improvement", (r"rapid", r"gradually")),
    Defect("A-13", "other causes excluded against a known one", (r"excluded|no such causes", r"NAFLD|fatty")),
    Defect("A-14", "values called raised without limits", unseen=LIMITS),
    Defect("A-15", "a limit implied by what is called normal", unseen=LIMITS),
    Defect("A-16", "pattern by R against the words for it", unseen=LIMITS),
    Defect("A-17", "fibrosis after months", unseen=MEDICINE),
    Defect("A-18", "steatohepatitis without inflammation", unseen=MEDICINE),
    Defect("A-19", "table of earlier treatment omits a drug", (r"steroid", r"NSAID|Remicade|MTX")),
    Defect("A-20", "concomitant drugs not listed", unseen=MISSING),
    Defect("A-21", "slips in the table and the words", unseen=TYPING),
    Defect("A-22", "a word left out of a name", unseen=TYPING),
    Defect("A-23", "other tests under transaminases", (r"transaminases[\s\S]*LDH",)),
    Defect("A-24", "follow-up without a beginning", unseen=MISSING),
    Defect("A-25", "a cited study of another drug", unseen=LABEL),
    Defect("A-26", "a sign never explained", unseen=MISSING),
    Defect("A-27", "published twice", unseen=LABEL),
    Defect("A-28", "wording of the second publication", unseen=LABEL),
    Defect("A-29", "reversible without a second biopsy", unseen=MEDICINE),
    Defect("B-01", "latency of the drug, two ranges", (r"6 months", r"2 to 6 week")),
    Defect("B-02", "pattern of the drug, two sets", (r"^hepatocellular pattern", r"hepatocellular or mixed")),
    Defect("B-03", "a time of recovery that is not told", (r"2 weeks",)),
    Defect("B-04", "graded by a stay that is not told", (r"hospitalization",)),
    Defect("B-05", "other medicines against the narrative", (r"folate",)),
    Defect("B-06", "a digit in a chemical formula", unseen=TYPING),
    Defect("B-07", "fatal failure absent, transient failure present", unseen=NO_DEFECT),
    Defect("B-08", "eosinophils are immunoallergic", unseen=MEDICINE),
    Defect("B-09", "an unusual share of direct bilirubin", unseen=MEDICINE),
    Defect("B-10", "tests not done", unseen=MISSING),
    Defect("B-11", "typing errors, indications of their time", unseen=TYPING),
    Defect("B-12", "Hy's law by R or by ALP", unseen=LIMITS),
    Defect("C-01", "no recurrence against a recurrence", (r"lack of recurrence", r"re-?introduction|1120")),
    Defect("C-02", "a code against the argument", unseen=LIMITS),
    Defect("C-03", "grades of one version", unseen=LIMITS),
    Defect("C-04", "rare against an incidence of 1.9 %", unseen=LABEL),
    Defect("C-05", "normal at the limit", unseen=LIMITS),
    Defect("C-06", "a criterion not told", unseen=MISSING),
    Defect("C-07", "baseline and tests not told", unseen=MISSING),
    Defect("C-08", "three values for three tests", unseen=NO_DEFECT),
    Defect("C-09", "a ratio that is a percentage", unseen=NO_DEFECT),
    Defect("C-10", "an extreme ferritin", (r"278,500",)),
    Defect("C-11", "lost blanks, spellings", unseen=TYPING),
    Defect("C-12", "two cases generalised", unseen=MEDICINE),
    Defect("C-13", "doses and dates not told", unseen=MISSING),
    Defect("D-01", "platelets a thousandfold", (r"11[56]×1012",)),
    Defect("D-02", "CRP in g/L", (r"CRP 120 g/L",)),
    Defect("D-03", "every 12 against every 2 weeks", (r"12 weeks", r"2 weeks")),
    Defect("D-04", "a cytopenia with a normal count", (r"cytopenia", r"WBC 5\.4")),
    Defect("D-05", "LDH as a transaminase", (r"transaminase[\s\S]*LDH",)),
    Defect("D-06", "values without figures", unseen=MISSING),
    Defect("D-07", "role of the drugs", unseen=MEDICINE),
    Defect("D-08", "a high single dose", unseen=LABEL),
    Defect("D-09", "superior without a comparison", unseen=MEDICINE),
    Defect("D-10", "a response without data", unseen=MISSING),
    Defect("D-11", "a dose without its interval", unseen=MISSING),
    Defect("D-12", "values beyond the range of the test", unseen=MEDICINE),
    Defect("D-13", "tests not told", unseen=MISSING),
    Defect("D-14", "an unclear moment", unseen=MISSING),
)
