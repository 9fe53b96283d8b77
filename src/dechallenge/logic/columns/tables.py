"""Decision tables in every row: the code of each table, and the result written out.

Codes are whole numbers (places in a list of codes) until the end; a table is a choice among the numbered combinations
of its inputs. Imports `cells`, `conventions` and the resolver of the one-case engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from typing import Any

from dechallenge.logic.columns import cells
from dechallenge.logic.columns.cells import Bool, Cell, Part, Sheet
from dechallenge.logic.columns.conventions import ReadItem
from dechallenge.logic.tables import Resolver

Coded = tuple[tuple[str, ...], Part]
"""The codes that there are, and in each row the place of its code; NULL where it is not judged."""


def coded(item: ReadItem) -> Coded:
    """The code of an item."""
    if item.points is None:
        return tuple(str(value) for value in item.gives), item.outcome
    places = {value: place for place, value in enumerate(item.gives)}
    return tuple(str(value) for value in item.gives), _replaced(item.points, places)


def _replaced(part: Part, places: Mapping[int | str, int]) -> Part:
    if not isinstance(part, Cell):
        return None if part is None else places[part]  # type: ignore[index]
    rows: list[tuple[Bool, Part]] = [
        (cells.combine(lambda a, v=value: a == v, part), place) for value, place in places.items()
    ]
    return cells.cases(rows, None)


def words(sheet: Sheet, code: Coded, otherwise: str | None = None) -> Part:
    """The code in words; `otherwise` where there is none."""
    texts, place = code
    if not isinstance(place, Cell):
        return otherwise if not isinstance(place, int) else texts[place]
    kept = sheet.keep(place)
    rows: list[tuple[Bool, Part]] = [
        (cells.combine(lambda a, n=number: a == n, kept), text) for number, text in enumerate(texts)
    ]
    return cells.cases(rows, otherwise, "string")


def resolve(sheet: Sheet, resolver: Resolver, items: Mapping[str, ReadItem]) -> tuple[Part, Part]:
    """Category and written result of every row."""
    codes: dict[str, Coded] = {name: coded(item) for name, item in items.items()}
    for table, found in zip(resolver.result.tables, resolver.cells, strict=True):
        codes[table.gives] = _looked_up(sheet, [codes[name] for name in (table.rows, *table.columns)], found)
    forbidden = cells.some([item.forbidden for item in items.values()])
    category = _labelled(sheet, resolver, codes[resolver.result.category])
    written = _written(sheet, resolver, codes)
    return (
        cells.cases([(forbidden, None)], category, "string"),
        cells.cases([(forbidden, None)], written, "string"),
    )


def _looked_up(sheet: Sheet, inputs: list[Coded], found: Mapping[tuple[str, ...], str]) -> Coded:
    texts = tuple(dict.fromkeys(found.values()))
    total: Part = 0
    for codes, place in inputs:
        total = _shifted(total, len(codes), place)
    by_result: dict[str, list[int]] = {}
    for number, combination in enumerate(product(*(codes for codes, _ in inputs))):
        if combination in found:
            by_result.setdefault(found[combination], []).append(number)
    if not isinstance(total, Cell):
        known = next((text for text, numbers in by_result.items() if total in numbers), None)
        return texts, None if known is None else texts.index(known)
    key = sheet.keep(total)
    rows: list[tuple[Bool, Part]] = [
        (cells.combine(lambda a, n=tuple(numbers): a.isin(n), key), texts.index(text))
        for text, numbers in by_result.items()
    ]
    return texts, sheet.keep(cells.cases(rows, None))


def _shifted(total: Part, size: int, place: Part) -> Part:
    """The number of a combination: NULL as soon as one of its codes is."""
    if total is None or place is None:
        return None
    if isinstance(total, int) and isinstance(place, int):
        return total * size + place
    if isinstance(total, int):
        return cells.plus([total * size, place])  # type: ignore[list-item]
    return cells.plus([cells.combine(lambda a: a * size, total), place])  # type: ignore[list-item]


def _labelled(sheet: Sheet, resolver: Resolver, code: Coded) -> Part:
    texts, place = code
    labels = [f"{text} {label}" if (label := resolver.labels.get(text)) else text for text in texts]
    return words(sheet, (tuple(labels), place))


def _written(sheet: Sheet, resolver: Resolver, codes: Mapping[str, Coded]) -> Part:
    pieces: list[Part] = []
    for number, piece in enumerate(re.split(r"\{(.*?)\}", resolver.result.template)):
        if number % 2:
            pieces.append(words(sheet, codes[piece], f"{piece}{resolver.result.unjudged}"))
        elif piece:
            pieces.append(piece)
    if not any(isinstance(piece, Cell) for piece in pieces):
        return "".join(str(piece) for piece in pieces)

    def make(*parts: Any) -> Any:
        lib = cells.ibis()
        values = [lib.literal(part) if isinstance(part, str) else part for part in parts]
        found = values[0]
        for value in values[1:]:
            found = found.concat(value)
        return found

    return cells.combine(make, *pieces)
