"""Plain data as YAML that people can edit: what holds words is headed by them as a comment, evidence takes one line.

Every text that another reader of YAML could take for something else stands in quotes. Imports nothing of the house.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/]*(?:[ -][A-Za-z0-9_/]+)*")
_AMBIGUOUS = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"])
_UNSAFE = re.compile("[^\t\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_FLOW = frozenset({"unread", "flags", "seriousness", "ingredients", "drinks_per_day", "dose", "places"})
"""Keys whose value, or each entry of it, takes one line."""
_WORDS = 96
"""Characters of the words shown as a comment."""


def dump(data: Mapping[str, Any]) -> str:
    """The YAML of a mapping."""
    return "".join(f"{line}\n" for line in _mapping(data, 0))


def scalar(value: Any) -> str:
    """A number, a truth value, nothing, or a text, on one line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else json.dumps(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _AMBIGUOUS and len(text) < 80:
        return text
    return _UNSAFE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def block(text: str, indent: int) -> list[str]:
    """A long text: as a literal block where that keeps it to the letter, else in quotes; first the head."""
    if "\n" not in text or _UNSAFE.search(text):
        return [scalar(text)]
    keeps = text.endswith("\n")
    lines = (text[:-1] if keeps else text).split("\n")
    pad = " " * indent
    return [f"|2{'+' if keeps else '-'}", *(pad + line if line else "" for line in lines)]


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def _is_flow(key: str) -> bool:
    return key in _FLOW or key.endswith("evidence")


def _mapping(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for key, value in data.items():
        if isinstance(value, Mapping) and value and not _is_flow(key):
            yield from _comment(value, indent)
            yield f"{pad}{key}:"
            yield from _mapping(value, indent + 2)
        elif isinstance(value, list | tuple) and value and not (_is_flow(key) and _short(value)):
            yield f"{pad}{key}:"
            yield from _sequence(key, value, indent)
        elif key == "text" and isinstance(value, str) and "\n" in value:
            head, *rest = block(value, indent + 2)
            yield f"{pad}{key}: {head}"
            yield from rest
        else:
            yield f"{pad}{key}: {_flow(value)}"


def _sequence(key: str, items: list[Any] | tuple[Any, ...], indent: int) -> Iterator[str]:
    pad = " " * indent
    for item in items:
        if isinstance(item, Mapping) and item and not _is_flow(key):
            yield from _comment(item, indent)
            first, *rest = _mapping(item, indent + 2)
            comments = 0
            while first.lstrip().startswith("#"):  # the words of the first key stand above the entry
                yield first
                first, *rest = rest
                comments += 1
            yield f"{pad}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{pad}- {_flow(item)}"


def _short(value: list[Any] | tuple[Any, ...]) -> bool:
    return not any(isinstance(item, Mapping | list | tuple) for item in value)


def _flow(value: Any, *, exact: bool = False) -> str:
    """One line; ``exact`` where a number and a text may both stand, so that 115.0 does not come back as 115."""
    if isinstance(value, Mapping):
        parts = (f"{key}: {_flow(part, exact=exact or key == 'repair')}" for key, part in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(part, exact=exact) for part in value) + "]"
    return json.dumps(value) if exact and isinstance(value, float) else scalar(value)


def _comment(item: Mapping[str, Any], indent: int) -> Iterator[str]:
    """The words that a value rests on, shortened, on one line."""
    told = [" ".join(quote.split()) for quote in _quotes(item.get("evidence", ()))]
    for words in dict.fromkeys(told[:3]):
        short = words if len(words) <= _WORDS else f"{words[:_WORDS].rstrip()} …"
        yield f"{' ' * indent}# “{_UNSAFE.sub(' ', short)}”"


def _quotes(evidence: Any) -> Iterator[str]:
    for one in evidence:
        if isinstance(one, Mapping):
            if "quote" in one:
                yield str(one["quote"])
            yield from _quotes(one.get("derived_from", ()))
