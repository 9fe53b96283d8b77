"""Decision tables at work: one line of codes, or all lines that some completion reaches.

Imports `instrument`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from dechallenge.logic.instrument import Instrument, Tables

Relation = tuple[tuple[str, ...], frozenset[tuple[str, ...]]]
"""Names, and the combinations of their codes that can occur together."""


class Resolver:
    """The decision tables of one instrument, with the wildcards of their headers written out."""

    def __init__(self, instrument: Instrument) -> None:
        assert isinstance(instrument.result, Tables)
        self.result = instrument.result
        values = {
            item.id: tuple(dict.fromkeys(str(option.gives) for option in item.options)) for item in instrument.items
        }
        self.cells: list[dict[tuple[str, ...], str]] = []
        for table in self.result.tables:
            cells = table.cells(values)
            self.cells.append(cells)
            values[table.gives] = tuple(dict.fromkeys(cells.values()))
        self.names = tuple(item.id for item in instrument.items) + tuple(t.gives for t in self.result.tables)
        self.labels = {code: label for table in self.result.tables for code, label in table.labels}

    def one(self, codes: Mapping[str, str | None]) -> dict[str, str | None]:
        """The codes of the items and tables when each item has one code, or None where it was not judged."""
        found = dict(codes)
        for table, cells in zip(self.result.tables, self.cells, strict=True):
            inputs = [found.get(name) for name in (table.rows, *table.columns)]
            known = [code for code in inputs if code is not None]
            found[table.gives] = cells[tuple(known)] if len(known) == len(inputs) else None
        return found

    def written(self, codes: Mapping[str, str | None]) -> str:
        """The codes in the instrument's short form."""
        shown = {name: codes.get(name) or f"{name}{self.result.unjudged}" for name in self.names}
        return self.result.template.format_map(shown)

    def category(self, codes: Mapping[str, str | None]) -> str | None:
        """The code that is the category, with its label."""
        code = codes.get(self.result.category)
        if code is None:
            return None
        label = self.labels.get(code)
        return f"{code} {label}" if label else code

    def attainable(self, relations: Iterable[Relation]) -> tuple[str, ...]:
        """All short forms that some completion reaches, sorted."""
        pool = list(relations)
        for place, (table, cells) in enumerate(zip(self.result.tables, self.cells, strict=True)):
            inputs = (table.rows, *table.columns)
            later = {n for t in self.result.tables[place + 1 :] for n in (t.rows, *t.columns)}
            names, rows = _merge([relation for relation in pool if set(relation[0]) & set(inputs)])
            pool = [relation for relation in pool if not set(relation[0]) & set(inputs)]
            at = [names.index(name) for name in inputs]
            kept = [i for i, name in enumerate(names) if name in later or self._shown(name)]
            joined = frozenset((*(row[i] for i in kept), cells[tuple(row[i] for i in at)]) for row in rows)
            pool.append(((*(names[i] for i in kept), table.gives), joined))
        names, rows = _merge([relation for relation in pool if any(self._shown(name) for name in relation[0])])
        return tuple(sorted({self.written(dict(zip(names, row, strict=True))) for row in rows}))

    def _shown(self, name: str) -> bool:
        return "{" + name + "}" in self.result.template


def _merge(relations: list[Relation]) -> Relation:
    names = tuple(name for relation_names, _ in relations for name in relation_names)
    rows = frozenset(
        tuple(code for row in combination for code in row) for combination in product(*(rows for _, rows in relations))
    )
    return names, rows
