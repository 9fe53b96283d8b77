"""How reports word the result of a test: inverted, abbreviated, of a list, a culture, an image, a viral load."""

from __future__ import annotations

import pytest

from dechallenge.evidence import Document
from dechallenge.reading.findings.workup import read_alcohol, read_findings
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean


def states(text: str) -> dict[str, str]:
    prepared = clean(Document.from_text(text))
    return {m.test: m.state for m in read_findings(prepared, sentences(prepared.text))[1]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hepatitis B and C were excluded.", {"HBV": "negative", "HCV": "negative"}),
        ("HBsAg neg., ANA pos., AMA neg.", {"HBsAg": "negative", "ANA": "positive", "AMA": "negative"}),
        ("Negative were also ANA, AMA and HBsAg.", {"ANA": "negative", "AMA": "negative", "HBsAg": "negative"}),
        ("Tests for HEV RNA and ceruloplasmin yielded normal results.",
         {"HEV RNA": "negative", "ceruloplasmin": "negative"}),
        ("PCR for CMV, parvovirus and adenovirus was negative.",
         {"CMV PCR": "negative", "parvovirus B19": "negative", "adenovirus": "negative"}),
        ("SMA, positive a year before, was negative.", {"SMA": "negative"}),
        ("By then AMA had become positive.", {"AMA": "positive"}),
        ("Blood cultures grew Escherichia coli.", {"blood cultures": "positive"}),
        ("Blood cultures grew no organisms.", {"blood cultures": "negative"}),
        ("CMV PCR showed 4,100 copies/mL.", {"CMV PCR": "positive"}),
        ("HBV DNA was below 20 IU/mL.", {"HBV DNA": "negative"}),
        ("CT and MRCP ruled out obstruction.", {"CT": "negative", "MRCP": "negative"}),
        ("The liver and bile ducts were normal on ultrasound.", {"ultrasound": "negative"}),
        ("US abdomen: no dilated ducts.", {"ultrasound": "negative"}),
        ("Renal ultrasound showed normal kidneys.", {"renal ultrasound": "negative"}),
        ("The patient declined a biopsy.", {"biopsy": "not done"}),
        ("Acetaminophen was undetectable.", {"paracetamol level": "negative"}),
        ("He took acetaminophen for two days.", {}),
    ],
)  # fmt: skip
def test_results(text: str, expected: dict[str, str]) -> None:
    assert states(text) == expected


def test_a_normal_kidney_on_ultrasound_says_nothing_of_the_bile_ducts() -> None:
    assert "ultrasound" not in states("The kidneys were normal on ultrasound.")


@pytest.mark.parametrize(
    ("text", "state", "little", "history"),
    [
        ("She took no drugs and did not drink.", "absent", False, False),
        ("He neither smoked nor drank.", "absent", False, False),
        ("She drank a glass of wine from time to time.", "present", True, False),
        ("He drank heavily.", "present", False, False),
        ("Alcohol 50 g/day until 3 years ago.", "present", False, True),
    ],
)
def test_drinking(text: str, state: str, little: bool, history: bool) -> None:
    first = read_alcohol(text, [(0, len(text))])[0]
    assert (first.state, first.little, first.history) == (state, little, history)


def test_an_amount_of_the_past_does_not_belong_to_the_abstinence_since() -> None:
    text = "Alcohol 50 g/day until 3 years ago, abstinent since."
    last = read_alcohol(text, [(0, len(text))])[-1]
    assert (last.state, last.drinks_low, last.history) == ("absent", None, False)


def test_not_drinking_water_is_not_abstinence() -> None:
    assert read_alcohol("He did not drink water for a day.", [(0, 33)]) == []
