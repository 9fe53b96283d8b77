"""Which of several drugs a report holds against the reaction."""

from __future__ import annotations

import pytest

from dechallenge import assess, read


@pytest.mark.parametrize(
    ("text", "suspects"),
    [
        (
            "A man developed jaundice while on isoniazid, rifampicin and pyrazinamide for 4 weeks. ALT 900 U/L. "
            "All drugs "
            "were stopped.",
            ["isoniazid", "rifampicin", "pyrazinamide"],
        ),
        (
            "Acute kidney injury (creatinine 4.1 mg/dL) occurred in a man after 5 days of vancomycin and "
            "piperacillin-tazobactam. Both were stopped.",
            ["vancomycin", "piperacillin/tazobactam"],
        ),
        (
            "A man developed rhabdomyolysis (CK 25,000 U/L) one week after clarithromycin was added to "
            "simvastatin. Both "
            "drugs were stopped.",
            ["clarithromycin", "simvastatin"],
        ),
        (
            "A man on tenofovir, emtricitabine and efavirenz for 2 years started nevirapine in place of "
            "efavirenz; 2 weeks "
            "later he had fever, rash and ALT of 1200 U/L.",
            ["nevirapine"],
        ),
        (
            "A man developed jaundice 3 weeks after starting terbinafine. Ramipril and metformin, which he had "
            "taken for "
            "years, were continued. Terbinafine was stopped.",
            ["terbinafine"],
        ),
    ],
)
def test_the_suspects(text: str, suspects: list[str]) -> None:
    assert sorted(s.drug for s in assess(text).cases[0].suspects) == sorted(suspects)


def test_the_drug_that_the_report_blames_comes_before_the_one_that_only_fits_in_time() -> None:
    text = (
        "A woman took ibuprofen for headache. Two days later she developed toxic epidermal necrolysis, which "
        "was attributed "
        "to lamotrigine started 3 weeks earlier."
    )
    assert read(text).cases[0].links[0].drug == "lamotrigine"
