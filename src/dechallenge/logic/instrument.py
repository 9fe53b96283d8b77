"""Instruments: options, items, tables and results as data, written so that they read like the paper.

Nothing here computes: `Instrument.score` hands over to the engine (`engine.py`), and `describe` in `instruments`
renders the page. Imports the language and, for annotations, `facts` and `results`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Literal

from dechallenge.logic.predicates import OTHERWISE, Predicate
from dechallenge.logic.quantities import Quantity
from dechallenge.logic.terms import Term

if TYPE_CHECKING:
    from dechallenge.logic.facts import Facts
    from dechallenge.logic.results import InstrumentResult

Kind = Literal["causality", "criteria", "severity", "score"]
Given = float | int | bool | str | tuple[float | None, float | None]


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One row of an item: what it gives (points, or a code), its wording in our words, and when it is chosen.

    `unverified` says what about the row could not be verified; empty when all of it was.
    """

    gives: int | str
    wording: str
    when: Predicate
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What an item does when no option is known to hold.

    Rules: `counts as` (the value in `gives`), `forbids` (the instrument gives no score), `lowest` (the lowest option
    that is still possible), `left out` (this item is not judged; the others are).
    """

    rule: Literal["counts as", "forbids", "lowest", "left out"]
    wording: str
    gives: int | str | None = None


def counts_as(gives: int | str, wording: str) -> Missing:
    """A missing answer counts as this value."""
    return Missing("counts as", wording, gives)


def forbids(wording: str, assumed: str | None = None) -> Missing:
    """Without an answer the instrument gives no score; with `assumed` the reason tells the result under that code."""
    return Missing("forbids", wording, assumed)


def lowest(wording: str) -> Missing:
    """A missing answer counts as the lowest option that is still possible."""
    return Missing("lowest", wording)


def left_out(wording: str) -> Missing:
    """Without an answer the item is not judged."""
    return Missing("left out", wording)


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One question of an instrument. Options are tried in order; the first that holds is taken.

    Attributes:
        id: Short id inside the instrument; the full id is `INSTRUMENT.ID`.
        options: The rows of the item. Empty when the item is the sum of `parts`.
        missing: The instrument's own rule for a missing answer.
        parts: Sub-items whose points add up to this item (RUCAM item 3).
        kinds: The kinds of reaction it is about; empty = all that the instrument applies to.
        measured: The item is judged only when this term has a value (gradings of what was measured).
        quantity: The number that the item reports beside its option (R, nR).
        source: Where the item stands in the publication, or what it was read in.
    """

    id: str
    title: str
    options: tuple[Option, ...]
    missing: Missing
    source: str = ""
    note: str = ""
    parts: tuple[Item, ...] = ()
    kinds: tuple[str, ...] = ()
    measured: Term | None = None
    quantity: Quantity | None = None

    @property
    def leaves(self) -> tuple[Item, ...]:
        """The parts, or the item itself."""
        return self.parts or (self,)


@dataclass(frozen=True, slots=True)
class Entry:
    """A condition for using the instrument: what must hold, and what is said when it does not."""

    wording: str
    when: Predicate
    refusal: str
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Caution:
    """What has to be said with a result when something holds: masked elements, limits of validity, doubtful readings.

    Attributes:
        wording: What is said.
        when: Said when this holds on the stated facts; unknown facts say nothing.
        items: Short ids of the items that it is about; empty = the result as a whole.
    """

    wording: str
    when: Predicate = OTHERWISE
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """The category of all totals from `low` to `high` (closed; None = no limit)."""

    low: int | None
    high: int | None
    category: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The points of the items add up; bands turn the total into a category.

    Attributes:
        published_range: Limits of the total as published, if any.
        least: The total never falls below this number.
        knockout: An item that gives these points decides: they are the total, whatever the other items give.
    """

    bands: tuple[Band, ...]
    published_range: str = ""
    least: int | None = None
    knockout: int | None = None


@dataclass(frozen=True, slots=True)
class Highest:
    """The result is the highest grade among the items that could be graded."""

    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """The result is the code of one item."""

    item: str


@dataclass(frozen=True, slots=True)
class Computed:
    """The result is the number of one item, and its category is the code of that item."""

    item: str


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table as printed: one row input, one or more column inputs, a cell for each combination.

    Attributes:
        gives: Name of the result ("C").
        rows: The input that chooses the line: an item id, or the name of an earlier table.
        columns: The inputs that choose the column.
        header: For each column its value of each column input; `*` = any value.
        lines: For each row value the cells in the order of the header.
        labels: What the codes mean.
        unverified: Cells that could not be verified, in words.
    """

    gives: str
    rows: str
    columns: tuple[str, ...]
    header: tuple[tuple[str, ...], ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    labels: tuple[tuple[str, str], ...] = ()
    unverified: str = ""

    def cells(self, values: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], str]:
        """(row value, column values …) → code, with `*` written out over the given values of each input."""
        found: dict[tuple[str, ...], str] = {}
        for row, codes in self.lines:
            for column, code in zip(self.header, codes, strict=True):
                spread = [
                    values[name] if value == "*" else (value,) for name, value in zip(self.columns, column, strict=True)
                ]
                for combination in product(*spread):
                    found[(row, *combination)] = code
        return found


@dataclass(frozen=True, slots=True)
class Tables:
    """Decision tables combine the codes of the items; the template writes the result ("{C}{S}{B}").

    `category` names the table or item whose code, with its label, is the category; `unjudged` is what the template
    shows for an item that was left out.
    """

    tables: tuple[Table, ...]
    template: str
    category: str
    unjudged: str = "?"


Result = Sum | Highest | Category | Computed | Tables


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: facts and what must come out.

    `items` gives the points or codes of items; `remark` says what the source states and what was derived.
    """

    name: str
    given: Mapping[str, Given]
    items: Mapping[str, int | float | str | None] = field(default_factory=dict)
    score: float | None = None
    category: str | None = None
    code: str | None = None
    kind: str | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Instrument:
    """A published instrument in one edition.

    Attributes:
        id: Name and edition in lower case.
        kind: What it judges: the cause of a reaction, criteria, its severity, or a score.
        applies_to: The kinds of reaction; empty = every kind.
        entry: Conditions for using it.
        verification: What the definition was checked against.
        unverified: What could not be verified, beyond the marks of options and tables. Empty = nothing.
        missing_rule: The instrument's rule for missing answers, in words.
        cautions: What has to be said with a result.
        shown_with: The assessment of a case lists the instrument only when one of these facts is known; empty = always.
    """

    id: str
    title: str
    edition: str
    year: int
    kind: Kind
    purpose: str
    items: tuple[Item, ...]
    result: Result
    reference: str
    verification: str
    missing_rule: str
    doi: str = ""
    applies_to: tuple[str, ...] = ()
    entry: tuple[Entry, ...] = ()
    unverified: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    notes: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()
    shown_with: tuple[Term, ...] = ()

    def __repr__(self) -> str:
        return f"Instrument({self.id!r})"

    @property
    def leaves(self) -> tuple[Item, ...]:
        """All items, with those that are sums replaced by their parts."""
        return tuple(leaf for item in self.items for leaf in item.leaves)

    def item(self, id: str) -> Item:
        """The item or part with this short id.

        Raises:
            KeyError: There is none.
        """
        for item in (*self.items, *self.leaves):
            if item.id == id:
                return item
        raise KeyError(f"{self.id} has no item {id!r}")

    def score(
        self, facts: Facts | None = None, /, *, kind: str | None = None, questions: bool = True, **values: Given
    ) -> InstrumentResult:
        """Score this instrument on facts typed by hand, on a set of facts, or on both.

        Args:
            facts: A set of facts, as the case gives them; facts of other instruments are ignored.
            kind: The kind of reaction; None = not asked.
            questions: Work out the open questions too.
            values: Facts by the name of their term: a number, a (low, high) interval with None for an open end, True or
                False, or a value of a choice. What is not given is unknown. They take the place of `facts`.

        Raises:
            FactError: A name that is not a fact of this instrument, or an illegal value.

        Example:
            >>> from dechallenge import instruments
            >>> instruments.naranjo_1981.score(latency=4, rechallenge="positive").score
            4
        """
        # The engine is built on this module, so it cannot be imported before it.
        from dechallenge.logic.engine import score
        from dechallenge.logic.facts import Facts
        from dechallenge.logic.typed import typed_facts

        given = typed_facts(self, values)
        return score(self, (facts or Facts()).with_(*given), kind=kind, questions=questions)

    @property
    def marks(self) -> tuple[str, ...]:
        """Everything that could not be verified, in words, with its place."""
        found = list(self.unverified)
        found += [f"entry: {entry.unverified}" for entry in self.entry if entry.unverified]
        found += [
            f"item {leaf.id}, “{option.wording}”: {option.unverified}"
            for leaf in self.leaves
            for option in leaf.options
            if option.unverified
        ]
        if isinstance(self.result, Tables):
            found += [f"table {table.gives}: {table.unverified}" for table in self.result.tables if table.unverified]
        return tuple(found)
