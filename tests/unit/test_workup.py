"""The work-up lexicon, tests in prose with their five states, drinking, and what authors claim."""

from __future__ import annotations

import pytest

from dechallenge.errors import FactError
from dechallenge.evidence import Document
from dechallenge.lexicon.workup import load_tests
from dechallenge.reading.claims.statements import StatementMention, read_statements
from dechallenge.reading.findings.workup import AlcoholMention, TestMention, read_alcohol, read_findings
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean


def read(text: str) -> list[TestMention]:
    prepared = clean(Document.from_text(text))
    return read_findings(prepared, sentences(prepared.text))[1]


def states(text: str) -> dict[str, str]:
    return {m.test: m.state for m in read(text)}


def drinking(text: str) -> list[AlcoholMention]:
    return read_alcohol(text, sentences(text))


def claims(text: str) -> list[tuple[str, str, str]]:
    return [(m.kind, m.method, m.result) for m in statements(text)]


def statements(text: str) -> list[StatementMention]:
    return read_statements(text, sentences(text))


@pytest.mark.parametrize(
    ("test", "cause", "standing"),
    [
        ("HAV IgM", "HAV", "specific"),
        ("HAV IgG", "HAV", "none"),
        ("HAV", "HAV", "unspecified"),
        ("HBsAg", "HBV", "partial"),
        ("anti-HBc IgM", "HBV", "specific"),
        ("HBV DNA", "HBV", "specific"),
        ("anti-HCV", "HCV", "partial"),
        ("HCV RNA", "HCV", "specific"),
        ("HEV IgM", "HEV", "specific"),
        ("HEV IgG", "HEV", "none"),
        ("CMV IgM", "CMV", "specific"),
        ("VZV PCR", "VZV", "specific"),
        ("ultrasound", "biliary", "specific"),
        ("ANA", "autoimmune", "specific"),
        ("autoantibodies", "autoimmune", "unspecified"),
        ("ceruloplasmin", "genetic", "specific"),
        ("bone marrow examination", "marrow", "specific"),
    ],
)
def test_what_a_test_looks_for_and_is_worth(test: str, cause: str, standing: str) -> None:
    entry = load_tests()[test]
    assert cause in entry.causes
    assert entry.standing == standing


def test_every_cause_of_rucam_that_is_tested_has_a_test() -> None:
    lexicon = load_tests()
    for cause in ("HAV", "HBV", "HCV", "HEV", "biliary", "alcohol", "hypotension", "CMV", "EBV", "HSV", "VZV"):
        assert list(lexicon.looking_for(cause)), cause


def test_viral_hepatitis_without_more_is_a_b_and_c_unspecified() -> None:
    entry = load_tests()["viral hepatitis"]
    assert (entry.causes, entry.standing) == (("HAV", "HBV", "HCV"), "unspecified")


def test_unknown_test_is_refused() -> None:
    with pytest.raises(FactError):
        load_tests()["crystal ball"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tests for hepatitis A, B and C were negative.", {"HAV", "HBV", "HCV"}),
        ("Tests for hepatitis A, B, C and E were negative.", {"HAV", "HBV", "HCV", "HEV"}),
        ("Tests for hepatitis A-C were negative.", {"HAV", "HBV", "HCV"}),
        ("Viral hepatitis markers (A, B, and E) were negative.", {"HAV", "HBV", "HEV"}),
        ("CMV and EBV IgM were negative.", {"CMV IgM", "EBV IgM"}),
        ("IgM for Epstein-Barr virus/cytomegalovirus was negative.", {"EBV IgM", "CMV IgM"}),
        ("AMA and SMA were negative.", {"AMA", "SMA"}),
        ("She tested negative for hepatitis B surface antigen.", {"HBsAg"}),
        ("Tests for viral hepatitis and autoantibodies were negative.", {"viral hepatitis", "autoantibodies"}),
        ("Viral and autoimmune hepatitis serologies were negative.", {"viral hepatitis", "autoantibodies"}),
        (
            "Anti-HAV IgM, HBsAg, anti-HBc IgM and HCV RNA were negative.",
            {"HAV IgM", "HBsAg", "anti-HBc IgM", "HCV RNA"},
        ),
        ("Tests for mononucleosis were negative.", {"EBV"}),
        ("HBsAg negative, anti-HCV negative.", {"HBsAg", "anti-HCV"}),
    ],
)
def test_negative_lists(text: str, expected: set[str]) -> None:
    found = states(text)
    assert set(found) == expected
    assert set(found.values()) == {"negative"}


@pytest.mark.parametrize(
    ("text", "test", "state", "result"),
    [
        ("ANA was positive at 1:80.", "ANA", "positive", "1:80"),
        ("She had antinuclear antibodies (1:320).", "ANA", "positive", "1:320"),
        ("Smooth muscle antibodies were reactive (1:100).", "SMA", "positive", "1:100"),
        ("Antinuclear antibody <1:40 was reported.", "ANA", "negative", "<1:40"),
        ("Antimitochondrial antibodies were strongly positive.", "AMA", "positive", "positive"),
        ("HEV RNA was undetectable.", "HEV RNA", "negative", "negative"),
        ("Serum ceruloplasmin was within normal limits.", "ceruloplasmin", "negative", "normal"),
        ("An abdominal ultrasound was normal.", "ultrasound", "negative", "normal"),
        ("A liver biopsy was not done.", "liver biopsy", "not done", "was not done"),
        ("She did not undergo liver biopsy.", "liver biopsy", "not done", "did not undergo"),
        ("HEV serology was pending.", "HEV", "not interpretable", "was pending"),
        ("No tests for hepatitis E were done.", "HEV", "not done", "No"),
        ("HCV RNA results were not available.", "HCV RNA", "not reported", "were not available"),
    ],
)
def test_states_and_results(text: str, test: str, state: str, result: str) -> None:
    (mention,) = [m for m in read(text) if m.test == test]
    assert (mention.state, mention.result) == (state, result)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Ultrasound showed no evidence of biliary obstruction.", "negative"),
        ("Ultrasound showed gallstones.", "positive"),
        ("Ultrasound showed a normal liver and biliary tract.", "negative"),
        ("Ultrasound showed fatty liver.", "not interpretable"),
        ("Ultrasound showed two stones in a widened common bile duct.", "positive"),
        ("Ultrasound showed a stone in the left kidney.", "not interpretable"),
    ],
)
def test_what_an_image_shows_of_the_bile_ducts(text: str, state: str) -> None:
    assert states(text)["ultrasound"] == state


def test_previous_hepatitis_b_in_a_bracket() -> None:
    found = states("She had serological evidence of previous hepatitis B (anti-HBs and anti-HBc, but no HBsAg).")
    assert found == {"anti-HBs": "positive", "anti-HBc": "positive", "HBsAg": "negative"}


def test_mixed_results_of_one_sentence() -> None:
    found = states("Antinuclear antibody was negative, but smooth muscle antibodies were reactive (1:100).")
    assert found == {"ANA": "negative", "SMA": "positive"}


@pytest.mark.parametrize(
    "text",
    [
        "She had a history of hepatitis B.",
        "He had no risk factors for viral hepatitis.",
        "She was treated for chronic hepatitis C.",
        "He developed hepatitis A.",
    ],
)
def test_a_disease_is_no_test(text: str) -> None:
    assert read(text) == []


def test_evidence_is_the_whole_clause_of_the_list() -> None:
    text = "Tests for hepatitis A, B and C were negative and abdominal ultrasound was normal."
    by_test = {m.test: text[m.ev_start : m.ev_end] for m in read(text)}
    assert by_test["HCV"] == "Tests for hepatitis A, B and C were negative"
    assert by_test["ultrasound"] == "abdominal ultrasound was normal"


@pytest.mark.parametrize(
    ("text", "state", "what", "low", "high"),
    [
        ("He did not drink alcohol.", "absent", "use", None, None),
        ("There was no alcohol consumption.", "absent", "use", None, None),
        ("She denied alcohol use.", "absent", "use", None, None),
        ("He had no history of alcohol abuse.", "absent", "abuse", None, None),
        ("He drank 2-3 drinks per day of alcohol.", "present", "use", 2.0, 3.0),
        ("He drank 40 g of alcohol daily.", "present", "use", 4.0, 4.0),
        ("He drank an estimated 30 grams of alcohol (~2-3 drinks) daily.", "present", "use", 2.0, 3.0),
        ("She drank two glasses of wine per day.", "present", "use", 2.0, 2.0),
        ("She was a teetotaler.", "absent", "use", None, None),
    ],
)
def test_drinking(text: str, state: str, what: str, low: float | None, high: float | None) -> None:
    mention = drinking(text)[0]
    assert (mention.state, mention.what, mention.drinks_low, mention.drinks_high) == (state, what, low, high)


def test_little_drinking_is_some_without_an_amount() -> None:
    (mention,) = drinking("She drank little alcohol.")
    assert (mention.state, mention.little, mention.drinks_low) == ("present", True, None)


def test_fatty_liver_is_not_drinking() -> None:
    assert drinking("She had nonalcoholic fatty liver disease.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The French imputability method was C2S1B3.", ("score", "French imputability", "C2S1B3")),
        ("Causality was scored C1S1B3.", ("score", "French imputability", "C1S1B3")),
        ("The RUCAM score of 8 (probable) was found.", ("score", "RUCAM", "8, probable")),
        ("Naranjo score 6.", ("score", "Naranjo", "6")),
        ("The WHO-UMC category was probable.", ("category", "WHO-UMC", "probable")),
        ("Pattern: Hepatocellular (R=17)", ("pattern", "R", "17")),
        ("Severity: 3+ (jaundice, hospitalization)", ("severity", "LiverTox", "3+ (jaundice, hospitalization)")),
        ("Likelihood score: C (probable cause).", ("likelihood", "LiverTox", "C")),
        ("She had grade III-IV neutropenia.", ("grade", "neutropenia", "III-IV")),
        ("The hepatitis was attributed to methotrexate.", ("attribution", "", "methotrexate")),
        ("FibroTest showed an activity of A1 and was staged as F2.", ("score", "FibroTest", "A1 F2")),
        ("The METAVIR stage was F2.", ("score", "METAVIR", "F2")),
        ("The biopsy was staged as Ishak stage 3.", ("score", "Ishak", "3")),
        ("There was stage 4/6 fibrosis (Ishak).", ("score", "Ishak", "4")),
        ("The response was ACR70.", ("response", "ACR", "ACR70")),
        ("No causality assessment was performed.", ("none", "", "not done")),
    ],
)
def test_what_authors_claim(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in claims(text)


def test_a_denied_attribution_is_marked() -> None:
    assert claims("The hepatitis was not attributed to methotrexate.") == [("attribution", "denied", "methotrexate")]


@pytest.mark.parametrize(
    "text", ["The Ishak grade was 5.", "Stage 3 fibrosis was seen.", "Ishak described it in 1995."]
)
def test_no_stage_of_ishak(text: str) -> None:
    assert [s for s in read_statements(text, [(0, len(text))]) if s.method == "Ishak"] == []


def test_an_index_and_its_test() -> None:
    found = {m.test: (m.state, m.result) for m in read("FibroTest was 0.42 and ActiTest 0.27.")}
    assert found == {"FibroTest": ("not interpretable", "0.42"), "ActiTest": ("not interpretable", "0.27")}
    assert read("FibroTest was ordered 12 times.") == []


def test_a_year_is_no_score() -> None:
    assert claims("The RUCAM was updated in 2016.") == []


def test_offsets_point_at_the_words() -> None:
    text = "Ten days later she was well. The RUCAM score was 7."
    (mention,) = statements(text)
    assert text[mention.start : mention.end] == "RUCAM score was 7"
    assert mention.sentence == 1
