"""Two drugs stopped together: as an interaction one stop, as two suspects none that could be judged."""

from __future__ import annotations

import pytest

import dechallenge

STORY = (
    "A 71-year-old woman had taken simvastatin 80 mg daily for four years. Clarithromycin 500 mg twice daily was "
    "started for bronchitis. Nine days later she had muscle pain. CK was 24,500 U/L (normal <170). Simvastatin and "
    "clarithromycin were stopped on the same day. CK was normal after 12 days. "
)


def judged(text: str) -> dict[str, tuple[str, str, str]]:
    """Each suspect with its role, its dechallenge and why."""
    case = dechallenge.assess(text).cases[0]
    roles = {e.drug: e.role for e in case.exposures}
    found = {}
    for suspect in case.suspects:
        fact = next(f for f in suspect.facts if f.name == "dechallenge")
        found[suspect.drug or ""] = (roles[suspect.drug], str(fact.value), fact.because)
    return found


@pytest.mark.parametrize(
    "told",
    [
        "Rhabdomyolysis due to an interaction between simvastatin and clarithromycin was diagnosed.",
        "The rhabdomyolysis was attributed to the interaction of clarithromycin with simvastatin.",
        "Rhabdomyolysis from simvastatin through inhibition of its metabolism by clarithromycin was diagnosed.",
    ],
)
def test_stopped_with_the_drug_that_interacts(told: str) -> None:
    found = judged(STORY + told)
    assert {role for role, _, _ in found.values()} == {"suspect", "interacting"}
    assert {value for _, value, _ in found.values()} == {"positive"}
    assert found["simvastatin"][2].endswith("stopped with clarithromycin, with which it interacts: judged as one stop")
    assert found["clarithromycin"][2].endswith("stopped with simvastatin, with which it interacts: judged as one stop")


@pytest.mark.parametrize(
    "told",
    [
        "Rhabdomyolysis due to simvastatin or clarithromycin was diagnosed.",
        "Rhabdomyolysis was attributed to simvastatin and clarithromycin. Known interactions were listed.",
        "Rhabdomyolysis was attributed to simvastatin and clarithromycin; no interaction of simvastatin and "
        "clarithromycin was found.",
    ],
)
def test_two_suspects_stopped_together(told: str) -> None:
    found = judged(STORY + told)
    assert {role for role, _, _ in found.values()} == {"suspect"}
    assert {value for _, value, _ in found.values()} == {"confounded"}
    assert found["simvastatin"][2].endswith(
        "stopped together with clarithromycin: which of the stops helped is not told"
    )


def test_a_remedy_does_not_tell_which_stop_helped() -> None:
    text = (
        "A 40-year-old man took isoniazid 300 mg and pyrazinamide 1500 mg daily. Four weeks later he was jaundiced, "
        "ALT 700 U/L (normal <40). Both drugs were stopped and prednisolone was given. ALT was 40 U/L after four weeks."
    )
    because = judged(text)["isoniazid"]
    assert because[1] == "confounded"
    assert "prednisolone given at the same time; stopped together with pyrazinamide" in because[2]


@pytest.mark.parametrize(
    "told",
    [
        "received the first cycle of nivolumab 1 mg/kg and ipilimumab 3 mg/kg on 3 May 2020",
        "received a single dose of nivolumab plus ipilimumab",
        "received a single cycle of nivolumab and ipilimumab",
    ],
)
def test_the_first_cycle_begins_both(told: str) -> None:
    text = f"A 58-year-old man {told}. On day 17 he noted jaundice. ALT was 700 U/L. Both drugs were stopped."
    case = dechallenge.read(text).cases[0]
    assert {a.drug for a in case.actions if a.kind == "started"} == {"nivolumab", "ipilimumab"}


@pytest.mark.parametrize("told", ["the combination of", "co-administration of", "the concomitant use of"])
def test_a_title_that_blames_two_drugs_together(told: str) -> None:
    found = judged(f"Rhabdomyolysis due to {told} simvastatin and clarithromycin\n\n{STORY}")
    assert {drug: role for drug, (role, _, _) in found.items()} == {
        "simvastatin": "suspect", "clarithromycin": "interacting",
    }  # fmt: skip
