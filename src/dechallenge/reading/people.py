"""Words for a person's age and sex, anywhere in a sentence: ages in figures, age groups, nouns and pronouns.

``patient`` decides which of them tell of the patient. May import segments (the age phrase).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.reading.segments import AGE_PHRASE

_UNIT = r"(?:years?|yrs?|months?|weeks?|days?)"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen"
)
_FIGURE = re.compile(
    rf"\b(?:(?:{_TENS})(?:-(?:{_ONES}))?|{_ONES})[\s-]+{_UNIT}[\s-]+(?:old\b|of\s+age\b)|"
    rf"(?<![\w.])\d{{1,3}}(?:\.\d)?\s*(?:(?:-|–|to|and)\s*\d{{1,3}}\s*)?[\s-]*{_UNIT}[\s-]*(?:old\b|of\s+age\b)"
    rf"|(?<![\w.])\d{{1,3}}\s+{_UNIT}\s+to\s+\d{{1,3}}\s+{_UNIT}(?:\s+(?:old|of\s+age))?"
    rf"|\b(?:ages?|aged|mean\s+age|median\s+age)[\s:,]*(?:of\s+|was\s+|between\s+)?\d{{1,3}}"
    rf"(?:\s*(?:-|–|to|and)\s*\d{{1,3}})?(?:\s*{_UNIT})?",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:(?P<neonate>neonates?|neonatal|newborns?)|(?P<infant>infants?|toddlers?|bab(?:y|ies)|"
    r"premature(?=\s+(?:infants?|bab|neonate|newborn))|fo?etus(?:es)?)|"
    r"(?P<child>child|children|childhood|schoolchild(?:ren)?|pa?ediatric)|(?P<adolescent>adolescen(?:ts?|ce)|"
    r"teen-?agers?|teenaged?|juvenile(?=\s+(?:patient|male|female)))|(?P<adult>adults?|adulthood|middle[\s-]aged)|"
    r"(?P<young>young(?:er)?(?!\s+onset))|(?P<elderly>elderly|octogenarians?|septuagenarians?|"
    r"older\s+(?:adults?|patients?|women|men|people|persons?)|geriatric|senile(?=\s+(?:patients?|wom[ae]n|m[ae]n))))\b",
    re.IGNORECASE,
)
_SEX = re.compile(
    r"\b(?:(?P<female>wom[ae]n|girls?|females?|lad(?:y|ies)|mothers?|she|hers?|herself)|"
    r"(?P<male>m[ae]n|boys?|males?|gentlem[ae]n|fathers?|he|his|him|himself))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word for a person: its span and what it says (an age group, ``years``, ``female`` or ``male``)."""

    start: int
    end: int
    value: str


def ages(text: str) -> list[Word]:
    """Ages in figures and age groups, in order; of two that overlap the earlier and longer one stays."""
    found = [Word(m.start(), m.end(), "years") for m in AGE_PHRASE.finditer(text) if re.search(r"\d", m.group())]
    found += [Word(m.start(), m.end(), "years") for m in _FIGURE.finditer(text)]
    found += [Word(m.start(), m.end(), str(m.lastgroup)) for m in _GROUP.finditer(text)]
    out: list[Word] = []
    for word in sorted(found, key=lambda w: (w.start, -w.end)):
        if not out or word.start >= out[-1].end:
            out.append(word)
    return out


def sexes(text: str) -> list[Word]:
    """Nouns and pronouns that tell a person's sex."""
    return [Word(m.start(), m.end(), str(m.lastgroup)) for m in _SEX.finditer(text)]
