"""Hy's law: aminotransferases and bilirubin that announce a risk of liver failure.

Imports only the vocabulary of facts, the logic, and R from `r_value`.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causes import other_cause
from dechallenge.facts.vocabulary.liver import alp_xuln, alt_xuln, ast_xuln, bili_xuln
from dechallenge.instruments.r_value import NR, R
from dechallenge.logic import OTHERWISE
from dechallenge.logic.instrument import Category, Example, Instrument, Item, Option, counts_as, left_out

JAUNDICE = bili_xuln > 2
AMINOTRANSFERASES = (alt_xuln >= 3) | (ast_xuln >= 3)
NO_CHOLESTASIS = alp_xuln < 2
NO_OTHER_CAUSE = other_cause.one_of("ruled out", "unlikely")
OTHER_CAUSE = other_cause.one_of("possible", "probable")

FDA_TESTS = AMINOTRANSFERASES & JAUNDICE & NO_CHOLESTASIS
ALP_TWICE = AMINOTRANSFERASES & JAUNDICE & (alp_xuln <= 2)
STRICT = ((alt_xuln > 3) | (ast_xuln > 3)) & JAUNDICE & NO_CHOLESTASIS
SUMMARY = AMINOTRANSFERASES & (bili_xuln >= 2)
BY_R = JAUNDICE & (R >= 5)
BY_R_ABOVE = JAUNDICE & (R > 5)
BY_NR = JAUNDICE & (NR >= 5)

ALP_LIMIT = "the guidance gives no figure for ALP; < 2×ULN is that of a public implementation, ≤ 2×ULN is also in use"
NOT_KNOWN = left_out("not known")

INSTRUMENT = Instrument(
    id="hys-law",
    title="Hy's law",
    edition="FDA 2009, with the R and nR variants",
    year=2009,
    kind="criteria",
    purpose="Hepatocellular injury with jaundice and no other explanation: a risk of liver failure.",
    applies_to=("liver injury",),
    items=(
        Item(
            "fda",
            "FDA 2009, the tests",
            (
                Option("yes", "ALT or AST ≥ 3×ULN, total bilirubin > 2×ULN, ALP < 2×ULN", FDA_TESTS, ALP_LIMIT),
                Option("no", "one of the three is not reached", ~FDA_TESTS),
            ),
            missing=NOT_KNOWN,
            source="FDA guidance 2009",
        ),
        Item(
            "alp",
            "The tests with ALP of at most 2×ULN",
            (
                Option("yes", "ALT or AST ≥ 3×ULN, total bilirubin > 2×ULN, ALP ≤ 2×ULN", ALP_TWICE),
                Option("no", "one of the three is not reached", ~ALP_TWICE),
            ),
            missing=NOT_KNOWN,
            source="analysis of a US network (Lo Re 2015); differs only at ALP of exactly 2×ULN",
        ),
        Item(
            "strict",
            "The tests with aminotransferases above 3×ULN",
            (
                Option("yes", "ALT or AST > 3×ULN, total bilirubin > 2×ULN, ALP < 2×ULN", STRICT),
                Option("no", "one of the three is not reached", ~STRICT),
            ),
            missing=NOT_KNOWN,
            source="a public implementation that cites the guidance; differs only at exactly 3×ULN",
        ),
        Item(
            "summary",
            "Aminotransferases and bilirubin alone, bilirubin from 2×ULN",
            (
                Option("yes", "ALT or AST ≥ 3×ULN and total bilirubin ≥ 2×ULN", SUMMARY),
                Option("no", "one of the two is not reached", ~SUMMARY),
            ),
            missing=NOT_KNOWN,
            source="summary by medicalalgorithms.com; differs from the guidance in ≥ for bilirubin, and leaves ALP out",
        ),
        Item(
            "cause",
            "FDA 2009, no other explanation",
            (
                Option("yes", "no other explanation (viral hepatitis, liver disease, another drug)", NO_OTHER_CAUSE),
                Option("no", "another explanation is present", OTHER_CAUSE),
                Option("not excluded", "other explanations were not looked for", other_cause.is_("not sought")),
            ),
            missing=left_out("other explanations are not excluded"),
            source="FDA guidance 2009",
        ),
        Item(
            "r",
            "R-based",
            (
                Option("yes", "total bilirubin > 2×ULN and R ≥ 5", BY_R),
                Option("no", "total bilirubin ≤ 2×ULN or R < 5", ~BY_R),
            ),
            missing=NOT_KNOWN,
            source="Robles-Díaz 2014",
        ),
        Item(
            "r_above",
            "R-based, with R above 5",
            (
                Option("yes", "total bilirubin > 2×ULN and R > 5", BY_R_ABOVE),
                Option("no", "total bilirubin ≤ 2×ULN or R ≤ 5", ~BY_R_ABOVE),
            ),
            missing=NOT_KNOWN,
            source="limit as the LiverTox worksheet prints the hepatocellular pattern; differs only at R of exactly 5",
        ),
        Item(
            "nr",
            "nR-based (new Hy's law)",
            (
                Option("yes", "total bilirubin > 2×ULN and nR ≥ 5", BY_NR),
                Option("no", "total bilirubin ≤ 2×ULN or nR < 5", ~BY_NR),
            ),
            missing=NOT_KNOWN,
            source="Robles-Díaz 2014",
        ),
        Item(
            "verdict",
            "Verdict",
            (
                Option(
                    "met",
                    "the tests meet the FDA definition and nothing else explains them",
                    FDA_TESTS & NO_OTHER_CAUSE,
                ),
                Option(
                    "another cause", "the tests meet it, but another explanation is present", FDA_TESTS & OTHER_CAUSE
                ),
                Option("tests met", "the tests meet it; other explanations are not excluded", FDA_TESTS),
                Option(
                    "met by R or nR only",
                    "ALT or AST ≥ 3×ULN and jaundice with R or nR ≥ 5, but not the FDA definition",
                    AMINOTRANSFERASES & (BY_R | BY_NR),
                ),
                Option("not met", "ALP ≥ 2×ULN with R and nR below 5", (alp_xuln >= 2) & (R < 5) & (NR < 5)),
                Option(
                    "cholestasis not excluded",
                    "aminotransferases and bilirubin qualify; ALP is not known",
                    AMINOTRANSFERASES & JAUNDICE,
                ),
                Option("not met", "aminotransferases or bilirubin do not qualify", OTHERWISE),
            ),
            missing=counts_as("not assessable", "ALT or AST, bilirubin and ALP are needed"),
            source="FDA guidance 2009; Robles-Díaz 2014",
        ),
    ),
    result=Category("verdict"),
    reference="FDA. Guidance for industry. Drug-induced liver injury: premarketing clinical evaluation. July 2009. "
    "Robles-Díaz M, Lucena MI, Kaplowitz N, et al. Gastroenterology 2014;147:109–118.",
    doi="10.1053/j.gastro.2014.03.050",
    verification="The components read in two or more sources; the ALP figure in one implementation and one analysis.",
    missing_rule="Without ALP, cholestasis is not excluded. Without AST, ALT alone.",
    notes=(
        "Bilirubin rises with the aminotransferases or after them.",
        "The R and nR variants were found in patients with liver injury: the verdict asks for ALT or AST ≥ 3×ULN too "
        "(project choice).",
        "Temple's corollary is about groups of patients, not about one; the quadrants of peak values are in edish.",
    ),
    examples=(
        Example(
            "ALT 400/40, AST 200/40, ALP 120/120, bilirubin 3.0×ULN",
            {"alt_xuln": 10, "ast_xuln": 5, "alp_xuln": 1, "bili_xuln": 3},
            {"fda": "yes", "alp": "yes", "strict": "yes", "r": "yes", "r_above": "yes", "nr": "yes"},
            category="tests met",
        ),
        Example(
            "ALT 160/40, AST 480/40, ALP 180/120, bilirubin 2.5×ULN",
            {"alt_xuln": 4, "ast_xuln": 12, "alp_xuln": 1.5, "bili_xuln": 2.5, "other_cause": "ruled out"},
            {"fda": "yes", "r": "no", "nr": "yes"},
            category="met",
        ),
        Example(
            "ALT 200/40, AST 150/40, ALP 600/120, bilirubin 4.0×ULN",
            {"alt_xuln": 5, "ast_xuln": 3.75, "alp_xuln": 5, "bili_xuln": 4},
            {"fda": "no", "r": "no", "nr": "no"},
            category="not met",
        ),
        Example(
            "ALT 200/40, ALP 120/120, bilirubin 2.0×ULN",
            {"alt_xuln": 5, "alp_xuln": 1, "bili_xuln": 2},
            {"fda": "no", "r": "no", "nr": "no", "summary": "yes"},
            category="not met",
            remark="bilirubin is not above 2×ULN; only the summary with ≥ 2×ULN is met",
        ),
        Example(
            "ALT 120/40, AST 100/40, ALP 180/120, bilirubin 2.1×ULN",
            {"alt_xuln": 3, "ast_xuln": 2.5, "alp_xuln": 1.5, "bili_xuln": 2.1},
            {"fda": "yes", "strict": "no", "r": "no", "nr": "no"},
            category="tests met",
        ),
        Example(
            "LiverTox anakinra: ALT 83.7×ULN, ALP 2.61×ULN, bilirubin 5.67×ULN",
            {"alt_xuln": 83.65, "ast_xuln": 59.65, "alp_xuln": 2.609, "bili_xuln": 5.67},
            {"fda": "no", "r": "yes", "nr": "yes"},
            category="met by R or nR only",
        ),
        Example(
            "ALP missing",
            {"alt_xuln": (10, None), "bili_xuln": 3},
            category="cholestasis not excluded",
        ),
    ),
)
