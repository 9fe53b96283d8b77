"""openFDA drug/event JSON, one event or a result set, read into `Icsr` with the element numbers of E2B(R3).

The names are those of E2B(R2) with some tags reused: ``drugadditional`` says whether the event abated (dechallenge),
``drugrecurreadministration`` whether it reappeared (rechallenge). What openFDA added (``openfda``, ``@…``) is left
aside. May import errors and the modules of this folder that hold no case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from dechallenge.errors import InputError
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.e2b.r2_elements import translate
from dechallenge.formats.e2b.tree import Node

_ASIDE = frozenset({"openfda", "meta"})
_DEEP = 40


def is_openfda(value: object) -> bool:
    """A JSON value with an event of openFDA drug/event in it: an event, a result set, or a list of events."""
    return any(True for _ in _events(value))


def read(data: bytes, name: str) -> Iterator[Icsr]:
    """The reports of a file.

    Raises:
        InputError: No JSON, or no drug event in it.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(
            f"this JSON file is damaged or cut off{where}", place=name, next_step="Fetch it again."
        ) from None
    events = list(_events(value))
    if not events:
        raise InputError(
            "this JSON file holds no drug event of openFDA (no safetyreportid with a patient)",
            place=name,
            next_step="Give one event, or the answer of the drug/event interface.",
        )
    for number, (path, event) in enumerate(events, start=1):
        made = translate(_tree("safetyreport", event, path, 0))
        native = json.dumps(event, ensure_ascii=False, sort_keys=True).encode()
        yield Icsr("openFDA", number, tuple(made.elements), tuple(made.notes), native)


def _events(value: object) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, dict) and "results" in value:
        value = value["results"]
        base = "results"
    else:
        base = ""
    if isinstance(value, dict):
        if isinstance(value.get("patient"), dict) and "safetyreportid" in value:
            yield "$", value
        return
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict) and isinstance(item.get("patient"), dict) and "safetyreportid" in item:
            yield f"$.{base}[{index}]" if base else f"$[{index}]", item


def _tree(name: str, value: object, path: str, depth: int) -> Node:
    node = Node(name.lower(), path=path)
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _ASIDE or key.startswith("@") or inner is None or depth > _DEEP:
                continue
            many = inner if isinstance(inner, list) else [inner]
            for index, one in enumerate(many):
                mark = f"[{index}]" if isinstance(inner, list) else ""
                node.add(_tree(key, one, f"{path}.{key}{mark}", depth + 1))
    elif isinstance(value, bool):
        node.text = "1" if value else "2"
    elif isinstance(value, str | int | float):
        node.text = str(value).strip()
    return node
