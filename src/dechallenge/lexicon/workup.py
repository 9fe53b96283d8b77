"""The work-up lexicon: tests that look for other causes, which cause each looks for, and what it can exclude.

Data: `data/tests.csv` and, for agents with IgM, antibody and nucleic acid tests, `data/tests_viruses.csv` (one row per
agent; the written forms of its tests are made here). Sources in `data/SOURCES.md`. May import the standard library,
`errors` and `lexicon.findings` (spelling variants).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, cast

from dechallenge.errors import FactError
from dechallenge.lexicon.findings import is_short, spellings

Kind = Literal["serology", "autoantibody", "blood", "imaging", "biopsy", "culture", "trial"]
KINDS: tuple[Kind, ...] = ("serology", "autoantibody", "blood", "imaging", "biopsy", "culture", "trial")
Standing = Literal["specific", "partial", "unspecified", "none"]
STANDINGS: tuple[Standing, ...] = ("specific", "partial", "unspecified", "none")

_VALIDITY = {
    "igm": "",
    "igg": "shows contact in the past; not an exclusion of an acute infection",
    "antibody": "class of the antibody not stated",
    "nucleic": "",
    "base": "which marker was tested is not stated",
}
_FORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "igm": (
            "{n} IgM",
            "IgM {n}",
            "anti-{n} IgM",
            "IgM anti-{n}",
            "{n} immunoglobulin M",
            "immunoglobulin M for {n}",
            "IgM for {n}",
            "{n} IgM antibody",
            "{n} IgM antibodies",
            "IgM antibody to {n}",
            "IgM antibodies to {n}",
            "IgM antibodies against {n}",
            "IgM against {n}",
            "IgM to {n}",
            "IgM antibodies for {n}",
            "anti-{n}-IgM",
            "immunoglobulin M antibodies to {n}",
            "{n} viral capsid antigen IgM",
            "{n} VCA IgM",
            "{n} (IgM)",
            "IgM class antibodies to {n}",
            "IgM {n} antibodies",
            "acute {n} serology",
        ),
        "igg": (
            "{n} IgG",
            "IgG {n}",
            "anti-{n} IgG",
            "IgG anti-{n}",
            "{n} immunoglobulin G",
            "IgG for {n}",
            "IgG antibodies to {n}",
            "{n} IgG antibody",
            "{n} IgG antibodies",
            "total anti-{n}",
            "anti-{n} total",
            "IgG against {n}",
            "IgG antibodies against {n}",
        ),
        "antibody": (
            "anti-{n}",
            "{n} antibody",
            "{n} antibodies",
            "antibody to {n}",
            "antibodies to {n}",
            "antibodies against {n}",
            "antibody against {n}",
            "anti-{n} antibody",
            "anti-{n} antibodies",
            "{n} Ab",
        ),
        "nucleic": (
            "{n} RNA",
            "{n} DNA",
            "{n} PCR",
            "PCR for {n}",
            "{n} viral load",
            "{n} polymerase chain reaction",
            "{n} RNA PCR",
            "{n} DNA PCR",
            "polymerase chain reaction for {n}",
            "{n} nucleic acid",
            "{n} RT-PCR",
            "RNA of {n}",
            "DNA of {n}",
            "{n} by PCR",
            "RT-PCR for {n}",
        ),
        "base": (
            "{n}",
            "acute {n}",
            "{n} virus",
            "{n} infection",
            "{n} virus infection",
            "{n} serology",
            "{n} serologies",
            "{n} markers",
            "{n} marker",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class WorkupTest:
    """One test, or group of tests, that looks for a cause.

    Attributes:
        test: Name.
        kind: serology, autoantibody, blood, imaging, biopsy or culture; trial for a trial of cause and effect.
        causes: The causes it looks for: RUCAM's ``HAV``, ``HBV``, ``HCV``, ``HEV``, ``biliary``, ``alcohol``,
            ``hypotension``, ``underlying``, ``autoimmune``, ``CMV``, ``EBV``, ``HSV``, ``VZV``, and others such as
                ``genetic`` or ``marrow``.
        standing: What a negative result is worth: ``specific`` (the named test excludes the cause), ``partial``
            (named, but alone it does not exclude), ``unspecified`` (negative, but which test was done is not stated),
                ``none``.
        validity: Why it is not more, in words.
        parts: Tests that this one stands for.
        family: Agent that the test belongs to (``CMV`` for ``CMV IgM``); the test itself where there is none.
        marker: ``igm``, ``igg``, ``antibody``, ``nucleic`` or ``base`` for tests of an agent.
        source: Key of `SOURCES.md`.
    """

    test: str
    kind: Kind
    causes: tuple[str, ...]
    standing: Standing
    validity: str = ""
    parts: tuple[str, ...] = ()
    family: str = ""
    marker: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TestForm:
    """A written form of a test."""

    __test__ = False
    written: str
    test: str
    case_sensitive: bool


@dataclass(frozen=True, slots=True)
class WorkupLexicon:
    """All tests by name, all written forms, and the test of each agent and marker."""

    tests: Mapping[str, WorkupTest]
    forms: tuple[TestForm, ...]
    markers: Mapping[tuple[str, str], str]

    def __getitem__(self, test: str) -> WorkupTest:
        """The test of this name.

        Raises:
            FactError: There is no such test.
        """
        try:
            return self.tests[test]
        except KeyError:
            raise FactError(
                f"no work-up test is called {test!r}",
                place="tests",
                next_step="See lexicon/data/tests.csv for the names.",
            ) from None

    def get(self, test: str) -> WorkupTest | None:
        return self.tests.get(test)

    def looking_for(self, cause: str) -> Iterator[WorkupTest]:
        """The tests that look for a cause."""
        return (t for t in self.tests.values() if cause in t.causes)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def load_tests() -> WorkupLexicon:
    """The lexicon, read once.

    Raises:
        FactError: A row has an unknown kind or standing, a name that occurs twice, or no source.
    """
    tests: dict[str, WorkupTest] = {}
    forms: dict[str, TestForm] = {}
    markers: dict[tuple[str, str], str] = {}
    data = resources.files("dechallenge.lexicon").joinpath("data")

    def add(test: WorkupTest, written: tuple[str, ...], place: str, *, spell: bool = True) -> None:
        if test.kind not in KINDS or test.standing not in STANDINGS or test.test in tests or not test.source:
            raise FactError(f"bad kind, standing, source or repeated test {test.test!r}", place=place)
        tests[test.test] = test
        for name in written:
            for form in spellings(name) if spell else (name,):
                forms.setdefault(form, TestForm(form, test.test, is_short(form)))

    with data.joinpath("tests.csv").open(encoding="utf-8") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            test = WorkupTest(
                test=row["test"],
                kind=cast(Kind, row["kind"]),
                causes=_split(row["causes"]),
                standing=cast(Standing, row["standing"]),
                validity=row["validity"],
                parts=_split(row["parts"]),
                family=row["test"],
                source=row["source"],
            )
            written = () if test.kind == "trial" else (test.test, *_split(row["synonyms"]))  # read by their own grammar
            add(test, written, f"tests.csv line {line}")
    with data.joinpath("tests_viruses.csv").open(encoding="utf-8") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            names = _split(row["names"])
            for marker, templates in _FORMS.items():
                if not row[marker]:
                    continue
                name = row[marker]
                markers[row["virus"], marker] = name
                written = tuple(template.format(n=n) for n in names for template in templates)
                if name in tests:
                    for form in written:
                        forms.setdefault(form, TestForm(form, name, is_short(form)))
                    continue
                standing: Standing = "specific" if marker in ("igm", "nucleic") else "unspecified"
                if marker == "igg":
                    standing = "none"
                add(
                    WorkupTest(
                        name,
                        "serology",
                        _split(row["causes"]),
                        standing,
                        _VALIDITY[marker],
                        family=row["virus"],
                        marker=marker,
                        source=row["source"],
                    ),
                    written if name in written else (name, *written),
                    f"tests_viruses.csv line {line}",
                    spell=False,
                )
    for (virus, marker), name in tuple(markers.items()):
        if not tests[name].marker:
            old = tests[name]
            tests[name] = WorkupTest(
                old.test, old.kind, old.causes, old.standing, old.validity, old.parts, virus, marker, old.source
            )
    for name in [t.test for t in tests.values() if any(part not in tests for part in t.parts)]:
        raise FactError(f"{name!r} stands for an unknown test", place="tests.csv")
    return WorkupLexicon(MappingProxyType(tests), tuple(forms.values()), MappingProxyType(markers))
