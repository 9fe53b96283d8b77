"""Laboratory analytes and vital signs: names, codes, units, default limits, plausible bounds, conversions.

`load_analytes()` reads the tables of `data/` once. Values with mark "M" are working values from memory, unverified;
a laboratory's own printed limit always wins over a default. May import `errors`, `quantity`, `lexicon.units` and
`lexicon.plausibility`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, cast
from unicodedata import combining, normalize

from dechallenge.errors import FactError, UnitError
from dechallenge.lexicon.plausibility import Bounds, Direction, PlausibilityFlag, Repair, check_value
from dechallenge.lexicon.units import unit as unit_of
from dechallenge.quantity import Bridge, BridgeScale, Unit, convert

__all__ = [
    "Analyte",
    "AnalyteGroup",
    "AnalyteLexicon",
    "AnalyteSurface",
    "Implied",
    "Limit",
    "Loinc",
    "PlausibilityFlag",
    "Repair",
    "load_analytes",
]

Sex = Literal["female", "male"]

_DATA = Path(__file__).with_name("data")
_QUALITATIVE = frozenset({"presence", "titre"})
_WITHOUT_ULN = _QUALITATIVE | {"vital"}


class Loinc(NamedTuple):
    """A LOINC code; mark "V" was read in a public mapping, "M" is from memory, unverified."""

    code: str
    mark: str


@dataclass(frozen=True)
class Limit:
    """Default reference limits in the canonical unit. None is not limited on that side, or not known.

    Args:
        source: Where the figures come from, for people.
        mark: "project default" for the limits that LiverTox cases are judged with; "M" from memory, unverified.
    """

    low: float | None
    high: float | None
    source: str
    mark: str

    @property
    def verified(self) -> bool:
        return self.mark != "M"


@dataclass(frozen=True)
class Analyte:
    """One thing that is measured.

    Args:
        id: Stable short name, such as "ALT".
        display: Name for people.
        family: "enzyme", "cell count", "percentage", "titre", "presence", "vital", …
        loinc: Codes, the main one first; empty where none could be found.
        specimen: Default specimen.
        unit: Canonical unit. `{presence}` for tests that are positive or negative.
        usual_units: Units in which reports print it, the commonest first.
        rare_units: Convertible units so rare that a bare number is read in them only where no usual unit fits.
        known_units: Further units it is printed in and that do not convert (assay, historical).
        slips: Pairs of printed unit and meant unit for known printing errors.
        variants: Dimension of a printed unit to the analyte that is then meant (neutrophils in per cent).
        bounds: What is possible at all, canonical unit.
        note: What a reader should know.
    """

    id: str
    display: str
    family: str
    loinc: tuple[Loinc, ...]
    specimen: str
    unit: Unit
    usual_units: tuple[Unit, ...]
    rare_units: tuple[Unit, ...]
    known_units: tuple[Unit, ...]
    slips: tuple[tuple[Unit, Unit], ...]
    variants: Mapping[str, str]
    bridges: tuple[Bridge, ...]
    limit: Limit
    limit_by_sex: Mapping[str, Limit]
    bounds: Bounds
    note: str

    @property
    def is_numeric(self) -> bool:
        return self.family != "presence"


class AnalyteGroup(NamedTuple):
    """A word for several analytes: "transaminases", "liver tests", "blood count"."""

    id: str
    display: str
    members: tuple[str, ...]


class AnalyteSurface(NamedTuple):
    """A spelling to find in a text.

    Args:
        text: As printed; to be matched without regard to case, accents, hyphens and spaces unless `case_sensitive`.
        id: Analyte or group id (groups start with "G_").
        case_sensitive: A short form that means something only in this case ("TP", "Hb").
        needs_context: Ambiguous alone ("VS", "GG", "direct", "iron"): to be taken only in a table, or beside a value
            whose unit the analyte accepts.
        language: ISO 639-1 code of the spelling.
    """

    text: str
    id: str
    case_sensitive: bool
    needs_context: bool
    language: str


class Implied(NamedTuple):
    """A finding that names an analyte by what is wrong with it: "thrombocytopenia 115 x 10*9/L"."""

    text: str
    id: str
    direction: Literal["low", "high"]


@dataclass(frozen=True)
class AnalyteLexicon:
    """All analytes. Ids are those of the tables; methods raise FactError for an unknown id."""

    analytes: Mapping[str, Analyte]
    groups: Mapping[str, AnalyteGroup]
    _surfaces: tuple[AnalyteSurface, ...]
    _implied: tuple[Implied, ...]

    def __iter__(self) -> Iterator[Analyte]:
        return iter(self.analytes.values())

    def __contains__(self, analyte_id: object) -> bool:
        return analyte_id in self.analytes

    def get(self, analyte_id: str) -> Analyte:
        """The analyte of an id.

        Raises:
            FactError: there is none.
        """
        try:
            return self.analytes[analyte_id]
        except KeyError:
            raise FactError(f"There is no analyte {analyte_id!r}.", next_step="Use an id such as ALT or PLT.") from None

    def is_group(self, analyte_or_group_id: str) -> bool:
        """Does the id stand for several analytes ("G_TRANSAMINASES")?"""
        return analyte_or_group_id in self.groups

    def members(self, analyte_or_group_id: str) -> tuple[str, ...]:
        """The analytes that a surface stands for: one, or the members of a group."""
        group = self.groups.get(analyte_or_group_id)
        return group.members if group else (self.get(analyte_or_group_id).id,)

    def surfaces(self) -> tuple[AnalyteSurface, ...]:
        """Every spelling of every analyte and group, in the order of the tables."""
        return self._surfaces

    def implied(self) -> tuple[Implied, ...]:
        """Findings that imply an analyte and a direction."""
        return self._implied

    def accepts(self, analyte_id: str, unit: Unit) -> bool:
        """Is the analyte ever reported in this unit, convertible or not? Multiples of ULN count for blood values."""
        analyte = self.get(analyte_id)
        if unit.dimension in ("multiple_of_limit", "multiple"):
            return analyte.family not in _WITHOUT_ULN
        return unit in analyte.known_units or self._converts(analyte, unit)

    def variant(self, analyte_id: str, unit: Unit) -> str | None:
        """The other analyte that is meant when this one is printed in that unit, None where there is none.

        Neutrophils in % are NEUT_PCT, a prothrombin time in % is PT_PCT, French "TP" in g/L is total protein.
        """
        return self.get(analyte_id).variants.get(unit.dimension)

    def to_canonical(self, analyte_id: str, value: float, unit: Unit) -> float:
        """A value in the analyte's canonical unit.

        Raises:
            UnitError: the unit does not convert for this analyte (a multiple of ULN needs its limit: `from_uln`).
        """
        analyte = self.get(analyte_id)
        return self.convert(analyte_id, value, unit, analyte.unit)

    def convert(self, analyte_id: str, value: float, unit: Unit, to: Unit) -> float:
        """A value in another unit that the analyte is reported in.

        Raises:
            UnitError: there is no conversion for this analyte.
        """
        analyte = self.get(analyte_id)
        if not (self._converts(analyte, unit) and self._converts(analyte, to)):
            wrong = to if self._converts(analyte, unit) else unit
            advice = (
                "Give the laboratory's upper limit of normal."
                if wrong.is_uln
                else f"Give the value in {', '.join(str(usual) for usual in analyte.usual_units) or analyte.unit}."
            )
            raise UnitError(f"{analyte.display} in {wrong} cannot be converted.", place=analyte_id, next_step=advice)
        via = analyte.unit
        return convert(convert(value, unit, via, analyte.bridges), via, to, analyte.bridges)

    def assumption(self, analyte_id: str, unit: Unit) -> str:
        """What a conversion from this unit takes for granted ("A unit without FEU or DDU is read as FEU."), or ""."""
        for bridge in self.get(analyte_id).bridges:
            if bridge.source.dimension == unit.dimension and bridge.mark in ("assumed", "approximate", "D"):
                return bridge.note
        return ""

    def default_limits(self, analyte_id: str, sex: Sex | None = None) -> Limit:
        """Default reference limits, canonical unit; without a sex the widest of both."""
        analyte = self.get(analyte_id)
        return analyte.limit_by_sex.get(sex or "", analyte.limit)

    def check(
        self, analyte_id: str, value: float, unit: Unit, direction: Direction | None = None
    ) -> PlausibilityFlag | None:
        """Flag an impossible, extreme or strangely united value, with the likely repair; None where all is well.

        Args:
            direction: What the text says of the value: "low" in "thrombocytopenia 115". Repairs must agree with it.
        """
        analyte = self.get(analyte_id)
        if not analyte.is_numeric or (self.accepts(analyte_id, unit) and not self._converts(analyte, unit)):
            return None
        return check_value(
            analyte_id,
            value,
            unit,
            bounds=analyte.bounds,
            slips=analyte.slips,
            to_canonical=lambda number, of: self.to_canonical(analyte_id, number, of),
            direction=direction,
        )

    def guess_unit(self, analyte_id: str, value: float) -> list[Unit]:
        """Units in which a bare number is plausible, the likeliest first; two of one size are named once.

        The commonest unit comes first; for cell counts, where units differ a thousandfold, the one whose value is
        nearest to the reference limits. An empty list means that no unit fits, several that the number alone does
        not decide ("bilirubin 6.8").
        """
        analyte = self.get(analyte_id)
        for units in (analyte.usual_units, analyte.rare_units):
            found: dict[float, Unit] = {}
            for unit in units:
                canonical = self.to_canonical(analyte_id, value, unit)
                if analyte.bounds.hold(canonical):
                    found.setdefault(canonical, unit)
            if found:
                order = sorted(found, key=lambda size: _distance(size, analyte.limit))
                return [found[size] for size in (order if analyte.family == "cell count" else found)]
        return []

    @staticmethod
    def _converts(analyte: Analyte, unit: Unit) -> bool:
        dimension = unit.dimension
        if dimension == analyte.unit.dimension:
            return True
        return any(dimension in (bridge.source.dimension, bridge.target.dimension) for bridge in analyte.bridges)


def _distance(value: float, limit: Limit) -> float:
    """How many times a value lies outside its reference limits; 1 inside them or without limits."""
    above = value / limit.high if limit.high else 1.0
    below = limit.low / value if limit.low and value > 0 else 1.0
    return max(above, below, 1.0)


def fold_surface(text: str) -> str:
    """A spelling as surfaces are compared: letters and digits only, without case and accents."""
    return "".join(mark for mark in normalize("NFKD", text.casefold()) if mark.isalnum() and not combining(mark))


@cache
def load_analytes() -> AnalyteLexicon:
    """The analytes of the tables in `data/`. Read once, immutable."""
    conversions = _rows("conversions.csv")
    analytes: dict[str, Analyte] = {}
    for row in _rows("analytes.csv"):
        own = (row["id"], f"@{row['family']}")
        analytes[row["id"]] = _analyte(row, [line for line in conversions if line["analyte"] in own])
    groups: dict[str, AnalyteGroup] = {}
    surfaces = _surfaces()
    for row in _rows("analyte_groups.csv"):
        groups[row["id"]] = AnalyteGroup(row["id"], row["display"], tuple(row["members"].split()))
        for spelling in row["surfaces"].split("; "):
            short = spelling.isupper() or spelling == "LFTs"
            surfaces.append(AnalyteSurface(spelling, row["id"], short, False, "en"))
    implied = tuple(
        Implied(row["surface"], row["id"], cast(Literal["low", "high"], row["direction"]))
        for row in _rows("analyte_implied.csv")
    )
    return AnalyteLexicon(MappingProxyType(analytes), MappingProxyType(groups), tuple(surfaces), implied)


def _surfaces() -> list[AnalyteSurface]:
    with (_DATA / "analyte_surfaces.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        return [
            AnalyteSurface(text, of, bool(case), bool(context), language) for text, of, language, case, context in rows
        ]


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _units(codes: str) -> tuple[Unit, ...]:
    return tuple(unit_of(code) for code in codes.split())


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(left, right) for left, _, right in (pair.partition(">") for pair in text.split())]


def _bridge(line: Mapping[str, str]) -> Bridge:
    return Bridge(
        unit_of(line["from"]),
        unit_of(line["to"]),
        float(line["factor"]),
        float(line["offset"]),
        cast(BridgeScale, line["scale"]),
        line["mark"],
        line["note"],
    )


def _analyte(row: Mapping[str, str], conversions: Sequence[Mapping[str, str]]) -> Analyte:
    source, mark = row["limit_source"], row["limit_mark"]
    by_sex = {
        name: Limit(_number(row[f"low_{letter}"]), _number(row[f"high_{letter}"]), source, mark)
        for name, letter in (("female", "f"), ("male", "m"))
        if row[f"low_{letter}"] or row[f"high_{letter}"]
    }
    low, high = _number(row["low"]), _number(row["high"])
    if by_sex:
        lows = [limit.low for limit in by_sex.values() if limit.low is not None]
        highs = [limit.high for limit in by_sex.values() if limit.high is not None]
        low, high, source = min(lows, default=None), max(highs, default=None), f"{source}, widest of both sexes"
    codes = [Loinc(row["loinc"], row["loinc_mark"])] if row["loinc"] else []
    codes += [Loinc(*pair.split(":")) for pair in row["loinc_other"].split()]
    return Analyte(
        id=row["id"],
        display=row["display"],
        family=row["family"],
        loinc=tuple(codes),
        specimen=row["specimen"],
        unit=unit_of(row["unit"]),
        usual_units=_units(row["usual_units"]),
        rare_units=_units(row["rare_units"]),
        known_units=_units(row["known_units"]),
        slips=tuple((unit_of(left), unit_of(right)) for left, right in _pairs(row["slips"])),
        variants=MappingProxyType(dict(_pairs(row["variants"]))),
        bridges=tuple(_bridge(line) for line in conversions),
        limit=Limit(low, high, source, mark),
        limit_by_sex=MappingProxyType(by_sex),
        bounds=Bounds(
            _number(row["plausible_low"]),
            _number(row["plausible_high"]),
            _number(row["extreme_above"]),
            low,
            high,
        ),
        note=row["note"],
    )
