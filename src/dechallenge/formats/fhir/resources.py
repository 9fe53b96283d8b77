"""From bytes to FHIR resources: encodings, bundles, lists, NDJSON, damaged files, and references between resources.

A file that is cut off or broken gives every resource that is whole. Nothing is fetched. May import the getters,
errors and the text formats' limits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dechallenge.errors import InputError
from dechallenge.formats.fhir.node import Figure, Log, Node
from dechallenge.formats.text import MAX_BYTES, too_large

_STEP = "Give FHIR R4 or R5 as JSON: a Bundle, a resource, or one resource per line (NDJSON)."
_ENTRY = re.compile(r'"resource"\s{0,200}:\s{0,200}(?=\{)|(?=\{\s{0,200}"resourceType"\s{0,20}:)')
_FULL_URL = re.compile(r'"fullUrl"\s{0,200}:\s{0,200}"([^"\\]{1,2000})"')
_DEEP = 50_000
"""What a resource that is nested too deeply costs of the characters that may be looked at in a broken file."""
_DEEPEST = 5
"""Bundles within bundles that are opened."""


@dataclass(frozen=True)
class Resource:
    """One resource of a file.

    Attributes:
        url: ``fullUrl`` of its entry; empty where there is none.
        container: The resource that it is contained in.
    """

    node: Node
    type: str
    id: str
    url: str = ""
    container: Resource | None = field(default=None, repr=False)

    @property
    def key(self) -> str:
        """What the resource is known by within the file."""
        own = f"{self.type}/{self.id}" if self.id else self.node.path
        return f"{self.container.key}#{self.id}" if self.container else self.url or own


@dataclass
class Library:
    """All resources of a file, and the references between them."""

    resources: list[Resource]
    by_url: dict[str, Resource] = field(default_factory=dict)
    by_id: dict[str, Resource] = field(default_factory=dict)
    by_uuid: dict[str, Resource] = field(default_factory=dict)
    contained: dict[tuple[str, str], Resource] = field(default_factory=dict)
    by_type: dict[str, list[Resource]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.resources:
            self.by_type.setdefault(one.type, []).append(one)
            if one.container is not None:
                self.contained.setdefault((one.container.key, one.id), one)
                continue
            if one.url:
                self.by_url.setdefault(one.url, one)
            if one.id:
                self.by_id.setdefault(f"{one.type}/{one.id}", one)
                self.by_uuid.setdefault(one.id, one)

    def of(self, kind: str) -> list[Resource]:
        """The resources of a type, in the order of the file."""
        return self.by_type.get(kind, [])

    def resolve(self, reference: Node | None, within: Resource) -> Resource | None:
        """The resource that a Reference names: by ``fullUrl``, ``Type/id``, or ``#id`` of what is contained."""
        return self.find(reference.text("reference"), within) if reference is not None else None

    def find(self, written: str, within: Resource) -> Resource | None:
        """The resource that a reference names; nothing where it is not in the file, which is normal."""
        if not written:
            return None
        if written.startswith("#"):
            top = within.container or within
            return top if written == "#" else self.contained.get((top.key, written[1:]))
        bare = written.split("/_history/")[0]
        found = self.by_url.get(written) or self.by_url.get(bare)
        if found is None and bare.startswith("urn:"):
            return self.by_uuid.get(bare.rsplit(":", 1)[-1])
        return found or self.by_id.get("/".join(bare.split("/")[-2:]))


def load(data: bytes, name: str, log: Log) -> tuple[str, Library]:
    """The text of a file and its resources.

    Raises:
        InputError: The file is too large, empty, XML, or holds no FHIR resource.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    text = _decoded(data, log)
    body = text.strip()
    if not body:
        raise InputError("the file is empty", place=name, next_step=_STEP)
    if body.startswith("<"):
        step = "Ask the system for JSON (Accept: application/fhir+json, or _format=json)."
        raise InputError("this is XML; FHIR is read as JSON", place=name, next_step=step)
    found: list[Resource] = []
    for value, place in _values(text, log):
        _collect(value, place, "", log, found, 0)
    if not found:
        raise InputError("there is no FHIR resource in it", place=name, next_step=_STEP)
    return text, Library(_newest(found))


def _decoded(data: bytes, log: Log) -> str:
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        log.warn("", f"the file is not valid {encoding} at byte {error.start}", "Save it as UTF-8; the rest was read.")
        return data.decode(encoding, "replace")


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(parse_float=Figure, parse_int=Figure, parse_constant=lambda _: None, strict=False)


def _values(text: str, log: Log) -> Iterable[tuple[Any, str]]:
    """The JSON values of a text with their places: the one, one per line, or each whole resource of a broken one."""
    try:
        return [(_decoder().decode(text), "")]
    except RecursionError:
        log.warn("", "it is nested too deeply to be read as a whole", "Whole resources in it were read.")
        return _whole(text, log)
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and sum(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines) > 1:
            by_line = _lines(text, log)
            if by_line:
                return by_line
        line = getattr(error, "lineno", 0)
        log.warn(
            f"line {line}" if line else "",
            f"the JSON is cut off or broken ({getattr(error, 'msg', error)})",
            "Ask for the file again; every resource that is whole was read.",
        )
        return _whole(text, log)


def _lines(text: str, log: Log) -> list[tuple[Any, str]]:
    """NDJSON: a line that is broken is a warning. Nothing where hardly a line stands for itself."""
    decoder, found, bad = _decoder(), [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append((decoder.decode(line), f"line[{number}]"))
        except (ValueError, RecursionError) as error:
            bad.append((number, getattr(error, "msg", "nested too deeply")))
            if len(bad) > len(found) + 2:
                return []
    for number, why in bad:
        log.warn(f"line[{number}]", f"the line is no JSON ({why})", "The other lines were read; send this one again.")
    return found


def _whole(text: str, log: Log) -> list[tuple[Any, str]]:
    """Every resource of a broken text that can be read by itself, as entries of a bundle."""
    decoder, entries, end, number = _decoder(), [], 0, -1
    budget = 20 * len(text) + 100_000
    for match in _ENTRY.finditer(text):
        start = match.end()
        if start < end or budget < 0:
            continue
        number += 1
        try:
            value, stop = decoder.raw_decode(text, start)
        except RecursionError:
            budget -= _DEEP
            continue
        except ValueError as error:
            budget -= max(2000, getattr(error, "pos", start) - start)
            continue
        budget -= stop - start
        if isinstance(value, dict) and isinstance(value.get("resourceType"), str):
            urls = _FULL_URL.findall(text, max(end, start - 3000), start)
            entries.append(({"fullUrl": urls[-1] if urls else "", "resource": value}, f"resource[{number}]"))
            end = stop
    log.warn("", f"{len(entries)} whole resources were found in the broken file", "Compare with the sender's count.")
    return [({"entry": entry}, place) for entry, place in entries]


def _collect(value: Any, place: str, url: str, log: Log, found: list[Resource], depth: int) -> None:
    """Adds the resources in a JSON value: itself, entries of a bundle, a list, parameters, what is contained."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            _collect(item, f"{place}[{i}]" if place else f"[{i}]", "", log, found, depth)
        return
    if not isinstance(value, dict):
        log.warn(place, "a resource was expected here")
        return
    salvaged = value.get("entry")
    if "resourceType" not in value and isinstance(salvaged, dict):
        _collect(salvaged.get("resource"), place, str(salvaged.get("fullUrl") or ""), log, found, depth)
        return
    kind = value.get("resourceType")
    if not isinstance(kind, str) or not kind.isalnum():
        log.warn(place or "the file", "there is no resourceType", _STEP)
        return
    path = kind if not place else f"{place}.{kind}" if not place.endswith("resource") else place
    node = Node(value, path, log)
    if kind in ("Bundle", "Parameters"):
        _opened(node, "entry" if kind == "Bundle" else "parameter", log, found, depth)
    one = Resource(node, kind, node.text("id"), url)
    found.append(one)
    for inner in node.nodes("contained"):
        name = inner.data.get("resourceType")
        if isinstance(name, str):
            found.append(Resource(inner, name, inner.text("id").lstrip("#"), "", one))
        else:
            log.warn(inner.path, "there is no resourceType")


def _opened(node: Node, key: str, log: Log, found: list[Resource], depth: int) -> None:
    if depth >= _DEEPEST:
        log.warn(node.path, "bundles are nested too deeply", "Unpack it, and give the inner bundle.")
        return
    for entry in node.nodes(key):
        inner = entry.data.get("resource")
        if inner is not None:
            _collect(inner, entry.at("resource"), entry.text("fullUrl"), log, found, depth + 1)


def _newest(found: list[Resource]) -> list[Resource]:
    """Each resource once: of several versions the one updated last, in the place of the first."""
    at: dict[tuple[str, str, str], int] = {}
    kept: list[Resource] = []
    dropped: set[str] = set()
    for one in found:
        if one.container is not None or not one.id or one.type in ("Bundle", "Parameters"):
            kept.append(one)
            continue
        name = (one.type, one.id, one.url)
        known = at.get(name)
        if known is None:
            at[name] = len(kept)
            kept.append(one)
        elif _updated(one) > _updated(kept[known]):
            dropped.add(kept[known].node.path)
            kept[known] = one
        else:
            dropped.add(one.node.path)
    return [one for one in kept if one.container is None or one.container.node.path not in dropped]


def _updated(one: Resource) -> str:
    meta = one.node.node("meta")
    return meta.text("lastUpdated") if meta is not None else ""
