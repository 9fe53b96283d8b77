"""YAML or JSON text as plain data, with the line of every key and value, so that an error can name its place.

Only what JSON knows: null, true, false, numbers and text; "no" and "on" stay words, and dates stay text. Anchors,
aliases and tags are refused, and a key that stands twice is an error. Imports the errors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from dechallenge.errors import FactError

Place = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?\d{1,300}")
_NUMBER = re.compile(r"[-+]?(?:\d{1,300}\.?\d{0,300}|\.\d{1,300})(?:[eE][-+]?\d{1,3})?")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_DEEPEST = 60
"""Levels of nesting; a case has fewer than fifteen."""
_LOOK = "Compare with a file that “dechallenge read FILE -o case.yaml” wrote."


@dataclass
class Tree:
    """Plain data and the line (from 1) of every value, by its place."""

    data: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Sequence[str | int]) -> int | None:
        """The line of a value; of the nearest thing around it where the value itself is missing."""
        for size in range(len(place), -1, -1):
            if tuple(place[:size]) in self.lines:
                return self.lines[tuple(place[:size])]
        return None


def path_of(place: Sequence[str | int]) -> str:
    """``cases[0].events[0].onset``."""
    out = ""
    for step in place:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def error(name: str, cause: str, step: str, *, line: int | None = None, place: Sequence[str | int] = ()) -> FactError:
    """An error of a case file: file, line and key path, cause, next step."""
    where = ", ".join(p for p in (f"line {line}" if line else "", path_of(place)) if p)
    return FactError(f"{where}: {cause}" if where else cause, place=name, next_step=step)


def parse_json(text: str, name: str) -> Tree:
    """The data of a JSON text; lines are known where it is YAML as well, as it nearly always is.

    Raises:
        FactError: It is no JSON.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as bad:
        raise error(name, f"this is no JSON ({bad.msg})", _LOOK, line=bad.lineno) from None
    except (ValueError, RecursionError):
        raise error(name, "this is no JSON (nested too deeply)", _LOOK) from None
    try:
        return Tree(data, parse_yaml(text, name).lines)
    except FactError:
        return Tree(data)


def parse_yaml(text: str, name: str) -> Tree:
    """The data of a YAML text.

    Raises:
        FactError: It is no YAML, holds an anchor or a tag, or a key twice.
    """
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark or bad.context_mark
        line = mark.line + 1 if mark is not None else None
        raise error(name, f"this is no YAML ({bad.problem or bad.context})", _LOOK, line=line) from None
    except (yaml.YAMLError, ValueError, RecursionError) as bad:
        cause = str(bad).split("\n", 1)[0] if isinstance(bad, yaml.YAMLError) else "nested too deeply"
        raise error(name, f"this is no YAML ({cause})", _LOOK) from None
    tree = Tree(None)
    tree.data = None if node is None else _value(node, (), tree, name)
    return tree


def _compose(text: str) -> Any:
    """The nodes of the text; what JSON does not know is refused before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not used here", problem_mark=event.start_mark)  # type: ignore[arg-type]
        if getattr(event, "tag", None) is not None:
            raise yaml.MarkedYAMLError(problem="tags are not used here", problem_mark=event.start_mark)  # type: ignore[arg-type]
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)  # type: ignore[arg-type]
    return yaml.compose(text, Loader=_LOADER)


def _value(node: Any, place: Place, tree: Tree, name: str) -> Any:
    tree.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, place, tree, name))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*place, i), tree, name) for i, item in enumerate(node.value)]
    return str(node.value) if node.style else _scalar(str(node.value))  # plain: None in Python, "" in C


def _pairs(node: Any, place: Place, tree: Tree, name: str) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise error(name, "a key must be a word", _LOOK, line=line, place=place)
        word = str(key.value)
        here = (*place, word)
        if word in seen:
            raise error(name, "this key stands twice", "Take one of them out.", line=line, place=here)
        seen.add(word)
        tree.lines[here] = line
        yield word, _value(value, here, tree, name)


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
