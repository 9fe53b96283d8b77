"""Stops that a laboratory table tells, against those that the text dates by nothing but their place in it."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader

_HEAD = "Time After Starting\tTime After Stopping\tALT (U/L)\tAlk P (U/L)\tBilirubin (mg/dL)\tOther\n"
_NORMAL = "Normal Values\t\t<40\t<115\t<1.2\t\n"


def read(prose: str, rows: str, head: str = _HEAD) -> Case:
    text = f"{prose}\n\nLaboratory Values\n{head}{rows}{_NORMAL}"
    return next(iter(ProseReader().read([Document.from_text(text)]).cases))


def stop(case: Case, drug: str) -> tuple[float | None, float | None] | None:
    found = next(e.stop for e in case.exposures if e.drug == drug)
    return (found.low, found.high) if found is not None else None


def test_a_stop_that_only_the_table_tells() -> None:
    case = read(
        "A woman developed jaundice 12 weeks after starting isoniazid. She continued it for another 10 days.",
        "13 weeks\t0\t1890\t164\t14.8\t\n\t5 days\t977\t148\t22.6\t\n",
    )
    assert stop(case, "isoniazid") == (88.0, 94.0)
    exposure = next(e for e in case.exposures if e.drug == "isoniazid")
    assert exposure.ongoing is False
    assert exposure.stop is not None
    assert [getattr(e, "quote", "") for e in exposure.stop.evidence] == ["13 weeks", "0"]


@pytest.mark.parametrize(
    ("prose", "rows", "expected"),
    [
        (
            "A woman developed dark urine 6 weeks after starting duloxetine, 30 mg daily, increased to 60 mg daily"
            " after one week. She used no alcohol. Duloxetine was stopped by her psychiatrist.",
            "6.5 weeks\t4 days\t1804\t177\t9.2\t\n7 weeks\t1 week\t1620\t170\t13.3\t\n",
            (38.5, 44.5),
        ),
        (  # the row that notes the stop
            "A man developed jaundice 20 days after starting tacrine. Tests for hepatitis B were negative. When"
            " jaundice was noted, tacrine was discontinued.",
            "20 days\t0\t1700\t130\t4.1\tJaundice\n22 days\t0\t2200\t135\t1.2\tTacrine stopped\n",
            (22.0, 22.0),
        ),
        (  # told in words: the table does not move it
            "A man developed jaundice 3 weeks after starting tacrine. Tacrine was stopped on day 24.",
            "20 days\t0\t1700\t130\t4.1\tJaundice\n",
            (24.0, 24.0),
        ),
    ],
)
def test_a_stop_dated_by_its_place_alone(prose: str, rows: str, expected: tuple[float, float]) -> None:
    case = read(prose, rows)
    assert stop(case, "tacrine" if "tacrine" in prose else "duloxetine") == expected


def test_a_table_that_counts_from_another_drug_tells_no_stop() -> None:
    case = read(
        "A woman had taken atorvastatin for 16 months and ezetimibe for 3 months when jaundice appeared."
        " Both ezetimibe and atorvastatin were stopped.",
        "Ezetimibe (10 mg/day) started\n12 weeks\t0\t1626\t468\t4.6\t\n14 weeks\t2 weeks\t266\t340\t2.7\t\n",
    )
    low = stop(case, "atorvastatin")
    assert low is not None
    assert low[0] is not None and low[0] > 400


def test_doses_given_one_by_one_end_with_the_last() -> None:
    head = _HEAD.replace("Time After Starting\tTime After Stopping", "Weeks After Starting\tWeeks After Last Dose")
    case = read(
        "A woman developed jaundice 14 weeks after starting infliximab. Infliximab was not given again.",
        "2\t0\t21\t75\t0.4\t\n6\t0\t39\t80\t0.5\t\n14\t8\t1122\t139\t5.0\t\n",
        head,
    )
    assert stop(case, "infliximab") == (39.0, 45.0)
