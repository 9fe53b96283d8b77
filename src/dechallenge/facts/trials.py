"""Facts of the smaller trials of cause and effect: drug level, change of dose, placebo, antidote, earlier exposure, and
tests of the drug itself (skin tests, drug-dependent antibodies).

They come from the tests of the case (kind ``trial`` of the work-up lexicon), where the result begins with the drug that
the words name. What no word tells stays unknown. May import evidence, lexicon, logic, the vocabulary and the pair.
"""

from __future__ import annotations

import re

from dechallenge.case.model import TestResult
from dechallenge.evidence import words
from dechallenge.facts.pair import Pair
from dechallenge.facts.vocabulary import causality_more as term
from dechallenge.facts.vocabulary import response as v
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.lexicon.trials import AGAIN, ANTIDOTE, ANTIDOTES, DOSE, EARLIER, LEVEL, PLACEBO
from dechallenge.logic import Fact
from dechallenge.logic.terms import Flag

ALLERGY, ANTIBODIES = "allergy test", "drug-dependent antibodies"
LYMPHOCYTES, BASOPHILS = "lymphocyte transformation test", "basophil activation test"
RELEASE, PF4 = "serotonin release assay", "HIT antibodies"
"""Heparin and its antibodies: the assay that shows them to activate platelets, and their mere presence."""
CELLS = re.compile(r"lymphocyte|DLST|DDLST|\bLTT\b|\bLST\b|basophil", re.IGNORECASE)
"""Tests of cells in a dish, which are not agreed to be reliable."""


def facts(pair: Pair) -> list[Fact]:
    """The trials of a suspect that the report tells."""
    if pair.drug is None:
        return []
    made = [
        _flag(pair, v.toxic_level, LEVEL, "the level"),
        _flag(pair, v.dose_response, DOSE, "the reaction and the dose"),
        _flag(pair, v.similar_reaction, EARLIER, "earlier exposure"),
        _antidote(pair),
        _same_before(pair),
        _placebo(pair),
        _specific(pair),
    ]
    return [fact for fact in made if fact is not None]


def _told(pair: Pair, name: str) -> list[TestResult]:
    """The results of a trial that are about this drug."""
    return [t for t in pair.case.tests if t.test == name and _is_of(pair, t)]


def _is_of(pair: Pair, result: TestResult) -> bool:
    """The drug is named with it; or no drug is, and this is the first suspect."""
    drug, found, _ = result.result.partition(": ")
    if found:
        return drug == pair.drug or drug in load_drugs().classes_of(pair.drug or "")
    quotes = " ".join(quote.quote.lower() for quote in words(result.evidence))
    suspects = [link.drug for link in pair.case.links if link.role in ("suspect", "interacting")]
    named = [drug for drug in dict.fromkeys(suspects) if drug.lower() in quotes]
    return pair.drug in named if named else suspects[:1] == [pair.drug]


def _flag(pair: Pair, flag: Flag, name: str, what: str) -> Fact | None:
    for state in ("positive", "negative"):
        for told in _told(pair, name):
            if told.state == state:
                result = told.result.rpartition(": ")[2]
                return Fact.flag(flag, state == "positive", because=f"{what}: {result}", evidence=told.evidence)
    return None


def _placebo(pair: Pair) -> Fact:
    for told in _told(pair, PLACEBO):
        if told.state in ("positive", "negative"):
            seen = "reappeared" if told.state == "positive" else "did not reappear"
            return Fact.choice(v.placebo, seen, because=f"with a placebo it {seen}", evidence=told.evidence)
    return Fact.choice(v.placebo, "not given", because="a case from ordinary care: no placebo is told")


def _same_before(pair: Pair) -> Fact | None:
    """Whether this drug, not only one like it, had done the same before; a drug never taken had not."""
    for told in _told(pair, EARLIER):
        drug, _, result = told.result.partition(": ")
        if drug == pair.drug and told.state in ("positive", "negative", "not done"):
            same = told.state == "positive"
            return Fact.flag(
                term.same_reaction_before, same, because=f"{drug} before: {result}", evidence=told.evidence
            )
    return None


def not_again(pair: Pair) -> TestResult | None:
    """The words that say that the drug was not given again."""
    return next((t for t in _told(pair, AGAIN) if t.state == "not done"), None)


def borne_before(pair: Pair) -> TestResult | None:
    """The report says that the drug had been taken without a reaction, or never."""
    own = [t for t in _told(pair, EARLIER) if t.result.startswith(f"{pair.drug}: ")]
    return next((t for t in own if t.state in ("negative", "not done")), None)


def _antidote(pair: Pair) -> Fact | None:
    """Only of what undoes this drug."""
    lexicon = load_drugs()
    mine = {pair.drug, *lexicon.classes_of(pair.drug or "")}
    for told in pair.case.tests:
        drug, _, result = told.result.partition(": ")
        if (
            told.test == ANTIDOTE
            and mine.intersection(ANTIDOTES.get(drug, ()))
            and told.state in ("positive", "negative")
        ):
            because = f"{drug}: {result}"
            return Fact.flag(v.antidote_response, told.state == "positive", because=because, evidence=told.evidence)
    return None


def _specific(pair: Pair) -> Fact | None:
    """A skin test or antibodies that need the drug; where the test is not agreed to be reliable both stay possible."""
    open_to_doubt: Fact | None = _of_heparin(pair)
    if open_to_doubt is not None and len(open_to_doubt.possible) == 1:
        return open_to_doubt
    for told in (t for name in (ALLERGY, ANTIBODIES, LYMPHOCYTES, BASOPHILS) for t in _told(pair, name)):
        if told.state not in ("positive", "negative"):
            continue
        because = f"{told.test} {told.state}"
        of_cells = told.test in (LYMPHOCYTES, BASOPHILS)  # a message need not quote what is in the name of the test
        if not of_cells and not any(CELLS.search(quote.quote) for quote in words(told.evidence)):
            if told.state == "positive" or told.test == ANTIBODIES:
                return Fact.choice(v.specific_test, told.state, because=because, evidence=told.evidence)
            because += "; a negative skin test does not exclude the drug"
        else:
            because = f"lymphocyte test {told.state}; whether it is specific and reliable is in dispute"
        both = (told.state, "not available")
        open_to_doubt = Fact.choice(v.specific_test, *both, because=because, evidence=told.evidence)
    return open_to_doubt


def _of_heparin(pair: Pair) -> Fact | None:
    """Thrombocytopenia under a heparin: the platelet activation assay is specific; antibodies alone are common.

    Without antibodies it is not due to the heparin; with them alone both stay possible.
    """
    drug = pair.drug or ""
    if pair.kind != "thrombocytopenia" or drug in _NO_HEPARINS:
        return None
    if not _HEPARINS & {drug, *load_drugs().classes_of(drug)}:
        return None
    found = {t.test: t for t in pair.case.tests if t.test in (RELEASE, PF4) and t.state in ("positive", "negative")}
    for name in (RELEASE, PF4):
        told = found.get(name)
        if told is None:
            continue
        because = f"{name} {told.state}"
        if name == RELEASE or told.state == "negative":
            return Fact.choice(v.specific_test, told.state, because=because, evidence=told.evidence)
        because += "; the antibodies alone are common without the reaction"
        return Fact.choice(v.specific_test, "positive", "not available", because=because, evidence=told.evidence)
    return None


_HEPARINS = frozenset({"heparin", "low molecular weight heparin"})
_NO_HEPARINS = frozenset({"fondaparinux", "danaparoid", "antithrombin"})
"""Named with the heparins among the anticoagulants, but no heparins."""
