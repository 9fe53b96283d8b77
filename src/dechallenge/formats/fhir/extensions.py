"""Our own extensions, which carry what FHIR has no field for, and their way back into values of the case.

A value is a tree of texts, numbers, truth values and lists; an extension carries it with one part for each key
(``docs/fhir.md`` lists them). May import the getters, the systems and the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from dechallenge.case import Time
from dechallenge.evidence import Frozen
from dechallenge.formats.fhir.node import Node
from dechallenge.formats.fhir.systems import OURS

Model = TypeVar("Model", bound=Frozen)

MOMENT = "moment"
LISTS = frozenset({"ingredients", "flags", "seriousness", "literature"})
"""Keys that hold a list even where there is one."""


def number(value: float) -> float | int:
    """A number as JSON writes it best: whole ones without a point."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


def extension(url: str, value: object) -> dict[str, Any] | None:
    """An extension of ours; nothing where there is nothing to carry.

    Args:
        url: Name, put behind our prefix where it stands alone; the parts of a tree have plain names.
        value: Text, number, truth value, or a mapping of them (lists of a key become repeated parts).
    """
    if isinstance(value, bool):
        return {"url": url, "valueBoolean": value}
    if isinstance(value, int | float):
        return {"url": url, "valueDecimal": number(value)}
    if isinstance(value, str):
        return {"url": url, "valueString": value} if value.strip() else None
    if isinstance(value, Mapping):
        parts = [
            part
            for key, inner in value.items()
            for item in (inner if isinstance(inner, list | tuple) else [inner])
            if (part := extension(key, item)) is not None
        ]
        return {"url": url, "extension": parts} if parts else None
    return None


def ours(name: str, value: object) -> list[dict[str, Any]]:
    """A list of the one extension of ours, or an empty one."""
    made = extension(OURS + name, value)
    return [made] if made is not None else []


def plain(node: Node, depth: int = 0) -> Any:
    """The tree that an extension carries."""
    parts = node.nodes("extension") if depth < 6 else []
    if not parts:
        for key in ("valueString", "valueCode", "valueUri"):
            if key in node:
                return node.text(key)
        for key in ("valueDecimal", "valueInteger"):
            if key in node:
                return node.number(key)
        return node.flag("valueBoolean")
    found: dict[str, Any] = {}
    for part in parts:
        key, value = part.text("url"), plain(part, depth + 1)
        if value is None or not key:
            continue
        if key in LISTS:
            found.setdefault(key, []).append(value)
        elif key in found:
            found[key] = [*found[key], value] if isinstance(found[key], list) else [found[key], value]
        else:
            found[key] = value
    return found


def carried(node: Node | None, name: str) -> Any:
    """What our extension of that name on an element carries; nothing where there is none."""
    if node is None:
        return None
    return next((plain(found) for found in node.extensions(OURS + name)), None)


def carried_tree(node: Node | None, name: str) -> dict[str, Any]:
    """As :func:`carried`, for an extension that has parts."""
    found = carried(node, name)
    return found if isinstance(found, dict) else {}


def all_carried(node: Node, name: str) -> list[tuple[Node, dict[str, Any]]]:
    """Every extension of ours of that name with its tree."""
    return [(one, tree) for one in node.extensions(OURS + name) if isinstance(tree := plain(one), dict)]


def has(node: Node, name: str) -> bool:
    """Whether an element has our extension of that name."""
    return next(node.extensions(OURS + name), None) is not None


def changed(model: Model, values: Mapping[str, Any], node: Node) -> Model:
    """A value of the case with what an extension says of it; what does not fit is a warning and is left out."""
    if not values:
        return model
    kept = {key: value for key, value in values.items() if key in type(model).model_fields}
    whole = {name: getattr(model, name) for name in type(model).model_fields}
    try:
        return type(model).model_validate({**whole, **kept})
    except ValidationError as error:
        bad = {str(one["loc"][0]) for one in error.errors() if one["loc"]}
        node.log.warn(node.path, f"our extension does not fit: {', '.join(sorted(bad))}")
        rest = {key: value for key, value in kept.items() if key not in bad}
    try:
        return type(model).model_validate({**whole, **rest})
    except ValidationError:
        return model


def tree_of(value: Frozen, keys: Iterable[str]) -> dict[str, Any]:
    """The fields of a value that an extension is to carry, without those that say nothing."""
    found: dict[str, Any] = {}
    for key in keys:
        item = getattr(value, key)
        if isinstance(item, Time):
            item = moment_tree(item, whole=True)
        if item is not None and item != "" and item != ():
            found[key] = item
    return found


def moment_tree(time: Time, *, whole: bool = False) -> dict[str, Any]:
    """A moment as a tree: days, words, anchor.

    Args:
        whole: With its calendar date, where no FHIR field holds it.
    """
    keys = ("low", "high", "point", "text", "anchor", *(("date",) if whole else ()))
    return {key: item for key in keys if (item := getattr(time, key)) is not None and item != ""}


def moment(tree: object, node: Node, date: str = "") -> Time | None:
    """A moment from its tree, with the calendar date that the FHIR field holds."""
    if not isinstance(tree, dict):
        return None
    made = changed(Time(date=date), tree, node)
    return made.model_copy(update={"evidence": (node.quote(words=made.text or made.date or "day"),)})
