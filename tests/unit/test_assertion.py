"""Assertion: each cue, its scope, and where the scope ends."""

from __future__ import annotations

import pytest

from dechallenge.reading.assertion.assertion import Assertion, assert_mentions


def said(sentence: str, words: str) -> Assertion:
    start = sentence.index(words)
    return assert_mentions(sentence, [(start, start + len(words))])[0]


ABSENT = [
    ("She had no fever or rash.", "fever"),
    ("She had no fever or rash.", "rash"),
    ("She was jaundiced but without rash or pruritus.", "pruritus"),
    ("He denied fever, nausea, weight loss or jaundice.", "jaundice"),
    ("Hemophagocytosis was no longer observed.", "Hemophagocytosis"),
    ("The absence of autoantibodies or rheumatoid factor was noted.", "rheumatoid factor"),
    ("There was no evidence of gallstones or any other cause of cholestasis.", "any other cause"),
    ("The lack of fibrosis was reassuring.", "fibrosis"),
    ("He had neither fever nor rash.", "rash"),
    ("She never had jaundice.", "jaundice"),
    ("Biliary obstruction was ruled out by ultrasound.", "Biliary obstruction"),
    ("Autoimmune hepatitis could therefore be excluded.", "Autoimmune hepatitis"),
    ("Autoantibodies were not detected.", "Autoantibodies"),
    ("Serum HBsAg, anti-HCV, HIV (both types), CMV IgM, and ANA were all negative.", "HBsAg"),
    ("Serum HBsAg, anti-HCV, HIV (both types), CMV IgM, and ANA were all negative.", "HIV"),
    ("Serum HBsAg, anti-HCV, HIV (both types), CMV IgM, and ANA were all negative.", "ANA"),
    ("Work-up gave negative (normal) results for HBsAg, anti-HCV, HIV, CMV, EBV, ANA, and anti-LKM.", "anti-LKM"),
    ("Tests for hepatitis A and B were negative as were AMA and SMA.", "SMA"),
    ("She was not jaundiced and was not hospitalized.", "jaundiced"),
    ("He did not have any abdominal pain.", "abdominal pain"),
    ("Portal inflammation was seen but no granulomas.", "granulomas"),
    ("(anti-HBs and anti-HBc, but no HBsAg)", "HBsAg"),
    ("HBsAg (negative), ANA (1:80).", "HBsAg"),
    ("Ultrasound failed to show gallstones.", "gallstones"),
    ("She was free of symptoms.", "symptoms"),
    ("No hepatosplenomegaly or abdominal tenderness, rash or fever was found.", "fever"),
    # A result before its list, with a colon or "including".
    ("Negative: HBsAg, anti-HCV, ANA.", "ANA"),
    ("All of the following were negative: HBsAg, anti-HCV, ANA and AMA.", "AMA"),
    ("The work-up was negative, including hepatitis A, CMV and EBV.", "CMV"),
    # A search that found nothing.
    ("Screening for hepatitis E and leptospirosis was unrevealing.", "leptospirosis"),
    ("The work-up for infection was unremarkable.", "infection"),
    ("There was nothing to suggest autoimmune hepatitis.", "autoimmune hepatitis"),
    ("A diagnosis of Wilson disease was discarded.", "Wilson disease"),
    # Verbs with and without an object.
    ("She never developed ascites or encephalopathy.", "encephalopathy"),
    ("He did not develop jaundice.", "jaundice"),
    ("Ascites did not develop during the stay.", "Ascites"),
    # Signs and joined words.
    ("Fever (-), rash (-), eosinophilia (+).", "rash"),
    ("An ANA-negative hepatitis was diagnosed.", "ANA"),
    ("Anti-HEV non-reactive, HBsAg non-reactive.", "HBsAg"),
    ("He denied bleeding other than slight spotting.", "bleeding other than slight spotting"),
    ("Anti-HCV was not reactive and HAV IgM was not positive.", "Anti-HCV"),
    ("Anti-HCV was not reactive and HAV IgM was not positive.", "HAV IgM"),
]
PRESENT = [
    ("No fever was noted and she was jaundiced.", "jaundiced"),
    ("No fever, but rash was seen.", "rash"),
    ("He had no eosinophilia and ALT and AST were elevated.", "AST"),
    ("The biopsy showed necrosis without steatosis or fibrosis, mild cholestasis, and eosinophils.", "cholestasis"),
    ("The biopsy showed necrosis without fibrosis and marked cholestasis.", "cholestasis"),
    ("He was not without fever.", "fever"),
    ("There was no improvement in the jaundice.", "jaundice"),
    ("Apart from splenomegaly, the examination was unremarkable.", "splenomegaly"),
    ("At presentation with jaundice, fever was absent.", "jaundice"),
    ("She had eosinophilia and tests for hepatitis B were negative.", "eosinophilia"),
    ("Biopsy showed fibrosis and steatosis and hemophagocytosis was not observed.", "steatosis"),
    ("In the absence of autoimmune hepatitis, necrosis of hepatocytes suggests a drug.", "necrosis"),
    ("She had received no treatment for gout.", "gout"),
    ("Patient No. 3 had fever.", "fever"),
    ("A gram-negative sepsis developed.", "sepsis"),
    ("Nausea, vomiting and jaundice appeared.", "jaundice"),
    ("The work-up was negative, and jaundice deepened.", "jaundice"),
    ("The work-up for jaundice showed gallstones and was otherwise slow.", "gallstones"),
    ("She was never free of pruritus.", "pruritus"),
    ("She developed jaundice, not rash.", "jaundice"),
    ("He did not improve and developed jaundice.", "jaundice"),
    ("Fever (-), rash (-), eosinophilia (+).", "eosinophilia"),
    ("An ANA-negative hepatitis was diagnosed.", "hepatitis"),
    ("Gram-negative sepsis followed.", "sepsis"),
    ("No other cause for the hepatitis was found.", "hepatitis"),
    ("HBsAg was not only positive but rising.", "HBsAg"),
]
UNCERTAIN = [
    ("Wilson disease was thought unlikely.", "Wilson disease"),
    ("Wilson disease seemed improbable.", "Wilson disease"),
    ("There was little evidence of fibrosis.", "fibrosis"),
    ("Viral hepatitis was not excluded.", "Viral hepatitis"),
]
PAST = [
    ("PAST MEDICAL HISTORY: Significant for asthma, migraine and gout.", "gout"),
    ("She had suffered from migraine since adolescence.", "migraine"),
    ("A 40-year-old man with psoriasis developed jaundice.", "psoriasis"),
]
PRESENT_COMPLAINT = [
    ("A 40-year-old man with a two-week history of fever and jaundice was admitted.", "fever"),
    ("The patient had been complaining of fatigue.", "fatigue"),
    ("Findings: 1) ulcer with previous bleeding 2) gastritis of the antrum.", "gastritis"),
]


@pytest.mark.parametrize(("sentence", "words"), ABSENT)
def test_absent(sentence: str, words: str) -> None:
    assert said(sentence, words).state == "absent"


@pytest.mark.parametrize(("sentence", "words"), PRESENT)
def test_present(sentence: str, words: str) -> None:
    assert said(sentence, words).state == "present"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("She was treated for suspected cholangitis.", "cholangitis"),
        ("Cholangitis could not be excluded.", "Cholangitis"),
        ("The findings were suggestive of cirrhosis.", "cirrhosis"),
        ("A possible hepatitis was considered.", "hepatitis"),
        ("Tests were sent to exclude hepatitis.", "hepatitis"),
    ],
)
def test_uncertain(sentence: str, words: str) -> None:
    assert said(sentence, words).state == "uncertain"


def test_history() -> None:
    assert said("She had a history of gout and asthma.", "asthma").history
    assert said("He had acute hepatitis as a child.", "acute hepatitis").history
    assert said("She was known to have hypertension.", "hypertension").history
    assert not said("She had a one week history of jaundice.", "jaundice").history
    assert not said("A woman with a history of gout developed jaundice.", "jaundice").history


def test_a_search_and_what_came_of_it() -> None:
    told = "Screening for a haemolysis was started, and no haemolysis was found."
    first, second = told.index("haemolysis"), told.rindex("haemolysis")
    sought, found = assert_mentions(told, [(first, first + 10), (second, second + 10)])
    assert sought.hypothetical and not found.hypothetical and found.state == "absent"
    assert said("The drug can cause fever without rash.", "rash").hypothetical


def test_family_hypothetical_and_others() -> None:
    assert said("Her mother had autoimmune hepatitis.", "autoimmune hepatitis").family
    assert said("There was a family history of gout.", "gout").family
    assert said("This drug can cause hepatitis.", "hepatitis").hypothetical
    assert said("He had no risk factors for viral hepatitis.", "viral hepatitis").hypothetical
    assert said("In most patients hepatitis resolves.", "hepatitis").other_patient
    assert not said("Her mother brought her because of fever.", "fever").family


def test_resolved_is_present() -> None:
    result = said("Her fatigue disappeared within a week.", "fatigue")
    assert (result.state, result.resolved) == ("present", True)


def test_the_words_that_prove_it() -> None:
    sentence = "She had no previous history of liver disease, alcohol abuse or gout."
    result = said(sentence, "gout")
    assert sentence[result.start : result.end] == "no previous history of liver disease, alcohol abuse or gout"
    sentence = "Antinuclear antibody, HBsAg, and anti-HCV were all negative."
    result = said(sentence, "HBsAg")
    assert sentence[result.start : result.end] == "Antinuclear antibody, HBsAg, and anti-HCV were all negative"


def test_no_sentence_no_cue() -> None:
    assert assert_mentions("", []) == []
    assert said("Jaundice developed.", "Jaundice").rule == "no cue"


@pytest.mark.parametrize(("sentence", "words"), UNCERTAIN)
def test_doubt_is_neither_yes_nor_no(sentence: str, words: str) -> None:
    assert said(sentence, words).state == "uncertain"


@pytest.mark.parametrize(("sentence", "words"), PAST)
def test_past_and_background_are_history(sentence: str, words: str) -> None:
    assert said(sentence, words).history


@pytest.mark.parametrize(("sentence", "words"), PRESENT_COMPLAINT)
def test_what_the_patient_comes_for_is_no_history(sentence: str, words: str) -> None:
    assert not said(sentence, words).history


def test_what_may_happen_is_hypothetical() -> None:
    assert said("If jaundice occurs, the drug must be stopped.", "jaundice").hypothetical
    assert not said("When jaundice occurred, the drug was stopped.", "jaundice").hypothetical


def test_a_note_may_leave_out_the_verb_before_excluded() -> None:
    from dechallenge.api import read

    head = "A 50-year-old woman took isoniazid from day 0 and on day 20 had ALT 900 U/L. "

    def states(words: str) -> dict[str, str]:
        case = read(head + words).cases[0]
        return {**{f.term: f.state for f in case.findings}, **{t.test: t.state for t in case.tests}}

    assert states("HAV, hypotension and autoimmune hepatitis excluded.") == {
        "HAV": "negative",
        "hypotension": "absent",
        "autoimmune hepatitis": "absent",
    }
    assert states("Autoimmune hepatitis not excluded.") == {"autoimmune hepatitis": "uncertain"}
    assert states("Sepsis was found; it excluded the use of steroids.")["sepsis"] == "present"
