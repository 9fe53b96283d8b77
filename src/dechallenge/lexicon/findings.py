"""The findings lexicon: symptoms, signs, diagnoses, histology, imaging, procedures, history, and what they mean.

Data: `data/findings.csv`, our own compilation; columns and sources in `data/SOURCES.md`. One row is one term; spelling
variants (US and UK) are made here. May import the standard library, `errors` and the vocabulary of the case model.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

from dechallenge.errors import FactError

Kind = Literal["symptom", "sign", "diagnosis", "histology", "imaging", "procedure", "history"]
KINDS: tuple[Kind, ...] = ("symptom", "sign", "diagnosis", "histology", "imaging", "procedure", "history")

_UK = tuple(
    (re.compile(us), uk)
    for us, uk in (
        ("hemo", "haemo"),
        ("hema", "haema"),
        ("(?<!a)emi(?=a|c)", "aemi"),
        ("(?<!o)edema", "oedema"),
        ("(?<!o)esophag", "oesophag"),
        ("rrhea", "rrhoea"),
        ("leuko", "leuco"),
        ("tumor(?!u)", "tumour"),
        ("celiac", "coeliac"),
        ("fetal", "foetal"),
        ("cesarean", "caesarean"),
        ("paresth", "paraesth"),
        ("anesth", "anaesth"),
        ("pnea", "pnoea"),
        ("gyneco", "gynaeco"),
        ("iz(?=ation|ed|e\\b|ing)", "is"),
        ("color", "colour"),
        ("(?<!a)etiolog", "aetiolog"),
        ("penia", "paenia"),
        ("hemorrh", "haemorrh"),
        ("sulf", "sulph"),
        ("ketoacid", "keto-acid"),
        ("fiber", "fibre"),
        ("center", "centre"),
    )
)
_ANY_UK = re.compile("|".join(pattern.pattern for pattern, _ in _UK))
_SHORT = re.compile(r"[a-z]{0,2}[A-Z][A-Za-z0-9-]{0,6}[A-Z0-9][A-Z0-9s-]*|[A-Z]{2,}")


@dataclass(frozen=True, slots=True)
class FindingTerm:
    """One finding.

    Attributes:
        term: Canonical name, lower case but for acronyms and names.
        kind: symptom, sign, diagnosis, histology, imaging, procedure or history.
        event_kind: Reaction kind that the term names (``liver injury``, ``neutropenia``, ``MAS`` …); empty where none.
        competing_for: Reaction kinds for which this disease is a competing cause.
        causes: Causes it stands for, in the words of the work-up lexicon (``HBV``, ``biliary``, ``hypotension`` …).
        analyte, direction: The laboratory value it implies, ``elevated`` or ``decreased``.
        points_to, points_against: What a histological or imaging finding speaks for, and the caution with it.
        flags: ``hospital``, ``severity``, ``death``, ``transplant``, ``recovery``, ``alcohol``, ``pregnancy``;
            ``biopsy`` and
            ``imaging``: a diagnosis that such a report may state; ``context``: means this finding only in such a
                report.
        source: Key of `SOURCES.md` for the attributes; empty for a plain name.
    """

    term: str
    kind: Kind
    event_kind: str = ""
    competing_for: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    analyte: str = ""
    direction: str = ""
    points_to: tuple[str, ...] = ()
    points_against: str = ""
    flags: frozenset[str] = frozenset()
    source: str = ""


class FindingForm(NamedTuple):
    """A written form: of which term, whether it denies it ("afebrile"), and whether letter case matters."""

    written: str
    term: str
    absent: bool
    case_sensitive: bool


@dataclass(frozen=True, slots=True)
class FindingLexicon:
    """All terms by name, and all written forms."""

    terms: Mapping[str, FindingTerm]
    forms: tuple[FindingForm, ...]

    def __getitem__(self, term: str) -> FindingTerm:
        """The term of this name.

        Raises:
            FactError: There is no such term.
        """
        try:
            return self.terms[term]
        except KeyError:
            raise FactError(
                f"no finding is called {term!r}",
                place="findings",
                next_step="See lexicon/data/findings.csv for the names.",
            ) from None

    def get(self, term: str) -> FindingTerm | None:
        return self.terms.get(term)

    def competing(self, event_kind: str) -> Iterator[FindingTerm]:
        """The diseases that compete with a drug as the cause of this kind of reaction."""
        return (t for t in self.terms.values() if event_kind in t.competing_for)


def spellings(written: str) -> tuple[str, ...]:
    """A form with its British variants, the form itself first."""
    found = [written]
    if _ANY_UK.search(written) is None:
        return (written,)
    for pattern, uk in _UK:
        for form in list(found):
            other = pattern.sub(uk, form)
            if other not in found:
                found.append(other)
    return tuple(found)


def is_short(written: str) -> bool:
    """Whether a form is an abbreviation, whose letter case matters."""
    return len(written) <= 8 and not written.islower() and _SHORT.fullmatch(written) is not None


def _split(cell: str, by: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(by) if part.strip())


@cache
def load_findings() -> FindingLexicon:
    """The lexicon, read once.

    Raises:
        FactError: A row has an unknown kind, a name that occurs twice, or an attribute without a source.
    """
    terms: dict[str, FindingTerm] = {}
    forms: dict[str, FindingForm] = {}
    path = resources.files("dechallenge.lexicon").joinpath("data/findings.csv")
    with path.open(encoding="utf-8") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            name, kind = row["term"], row["kind"]
            if kind not in KINDS or name in terms:
                raise FactError(f"bad kind or repeated term {name!r}", place=f"findings.csv line {line}")
            if (row["competing_for"] or row["points_to"]) and not row["source"]:
                raise FactError(f"{name!r} has an attribute without a source", place=f"findings.csv line {line}")
            terms[name] = FindingTerm(
                term=name,
                kind=cast(Kind, kind),
                event_kind=row["event_kind"],
                competing_for=_split(row["competing_for"]),
                causes=_split(row["cause"]),
                analyte=row["analyte"],
                direction=row["direction"],
                points_to=_split(row["points_to"], ";"),
                points_against=row["points_against"],
                flags=frozenset(_split(row["flags"])),
                source=row["source"],
            )
            for written in (name, *_split(row["synonyms"])):
                absent = written.startswith("!")
                for form in spellings(written.lstrip("!")):
                    forms.setdefault(form, FindingForm(form, name, absent, is_short(form)))
    return FindingLexicon(MappingProxyType(terms), tuple(forms.values()))
