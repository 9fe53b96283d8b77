"""The many ways in which reports tell that a drug was stopped, and when."""

from __future__ import annotations

import pytest

from dechallenge import read

HEAD = "A man started flucloxacillin on 1 March 2021. On 20 March 2021 he developed jaundice; ALT was 400 U/L. "


@pytest.mark.parametrize(
    "told",
    [
        "He came off flucloxacillin on 22 March.",
        "The last dose of flucloxacillin was given on 22 March.",
        "He took his last dose of flucloxacillin on 22 March.",
        "Treatment with flucloxacillin was terminated on 22 March.",
        "Flucloxacillin therapy ended on 22 March.",
        "On 22 March his antibiotic was stopped.",
        "Flucloxacillin was no longer given from 22 March.",
        "Flucloxacillin: stopped 22 March.",
        "Action taken: flucloxacillin withdrawn 22 March.",
        "Flucloxacillin was removed from his regimen on 22 March.",
        "Flucloxacillin administration was halted on 22 March.",
    ],
)
def test_the_day_of_the_stop(told: str) -> None:
    case = read(HEAD + told).cases[0]
    stop = next(e.stop for e in case.exposures if e.drug == "flucloxacillin")
    assert stop is not None
    assert (stop.low, stop.high) == (21.0, 21.0)


@pytest.mark.parametrize(
    "told", ["The skin came off in sheets.", "The progression of the rash was halted.", "The pregnancy was terminated."]
)
def test_what_stops_and_is_no_drug(told: str) -> None:
    assert not [a for a in read(HEAD + told).cases[0].actions if a.kind == "stopped"]
