"""A reading as a file that a person corrects, and back: ``read FILE -o case.yaml``, then ``assess case.yaml``.

The file is what `docs/case-file.md` describes: cases as ``dechallenge schema case`` has them, the problems, the
documents with text and hash, and fingerprints of what was read. JSON with the same keys does as well, and so does what
``dechallenge read --json`` prints. May import the case, evidence, the lexicon and reading.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from dechallenge.case import Case, Problem, Reading
from dechallenge.errors import DechallengeError, FactError, InputError
from dechallenge.evidence import Document, TextEvidence
from dechallenge.formats import caseyaml_tree as trees
from dechallenge.formats.caseyaml_edits import fingerprints, with_entries
from dechallenge.formats.caseyaml_tree import Place, Tree, path_of
from dechallenge.formats.caseyaml_write import dump
from dechallenge.formats.door import load as load_text
from dechallenge.formats.text import MAX_BYTES, base_name, too_large
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.claims.masking import mask

SCHEMA = "dechallenge/case-file/1"
USER = "user"
_KEYS = ("schema", "entered_by", "cases", "problems", "documents", "as_read")
_HEAD = """\
# What Dechallenge read of {names}; the words behind a value stand above it.
# Correct, add or delete values, then: dechallenge assess {file}
# What you change or add needs no evidence: it gets “entered by” by itself. Days count from the first dose (day 0).
"""
_SHORTEST = "Compare with a file that “dechallenge read FILE -o case.yaml” wrote, or with “dechallenge schema case”."
_OF = 3
"""Errors of one file that are told at once."""

Loader = Callable[[Path, str], Document]


def write(reading: Reading, name: str = "case.yaml") -> str:
    """The file of a reading.

    Args:
        reading: The cases with their documents.
        name: Name of the file; one that ends in ``.json`` is written as JSON.
    """
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "cases": [_sorted(case) for case in reading.cases],
        "problems": [p.model_dump(mode="json") for p in reading.problems],
        "documents": [
            {
                "id": d.id,
                "name": d.name,
                "sha256": d.sha256,
                **({"places": [[offset, place] for offset, place in d.places]} if d.places else {}),
                **({"text": d.text} if d.text else {}),
            }
            for d in reading.documents
        ],
        "as_read": list(_in_lines(fingerprints(reading.cases))),
    }
    if name.lower().endswith(".json"):
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    names = ", ".join(" ".join(d.name.split()) for d in reading.documents) or "nothing"
    return _HEAD.format(names=names, file=" ".join(name.split())) + dump(data)


def _sorted(case: Case) -> dict[str, Any]:
    """The case as plain data without what says nothing, evidence last in each value."""
    plain: dict[str, Any] = _evidence_last(case.model_dump(mode="json", exclude_defaults=True))
    return plain


def _evidence_last(value: Any) -> Any:
    if isinstance(value, list):
        return [_evidence_last(v) for v in value]
    if not isinstance(value, dict):
        return value
    keys = sorted(value, key=lambda k: k == "evidence")
    return {k: _evidence_last(value[k]) for k in keys}


def _in_lines(prints: tuple[str, ...], per_line: int = 8) -> Iterator[str]:
    for i in range(0, len(prints), per_line):
        yield " ".join(prints[i : i + per_line])


def load(path: Path, loader: Loader = load_text, *, before: int = 0) -> Reading:
    """The reading in a case file; what a person changed or added has "entered by" as its evidence.

    Args:
        path: The file; a document whose text is not in it is looked for beside it.
        loader: Reads a document beside the file.
        before: Documents that the run has already; those of the file are counted on from there.

    Raises:
        InputError: The file cannot be read.
        FactError: An unknown key or an illegal value, with line and path.
    """
    name = base_name(path)
    text = _text(path, name)
    tree = trees.parse_json(text, name) if path.suffix.lower() == ".json" else trees.parse_yaml(text, name)
    return _File(tree, name, path, loader).reading(before)


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", place=name, next_step="Check the path.") from None
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise InputError(f"the file cannot be read ({cause})", place=name, next_step="Check the path.") from None
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise trees.error(name, "this is not UTF-8", "Save the file as UTF-8.", line=line) from None


class _File:
    """One case file on its way to a reading."""

    def __init__(self, tree: Tree, name: str, path: Path, loader: Loader) -> None:
        self.tree, self.name, self.path, self.loader = tree, name, path, loader

    def fail(self, place: Place, cause: str, step: str) -> FactError:
        return trees.error(self.name, cause, step, line=self.tree.line(place), place=place)

    def reading(self, before: int) -> Reading:
        data = self._top()
        documents = tuple(self._document(i, d) for i, d in enumerate(self._list(data, "documents")))
        if len({d.id for d in documents}) < len(documents):
            raise self.fail(("documents",), "two documents have one id", "Give each its own.")
        cases = self._models(Case, self._list(data, "cases"), "cases")
        problems = self._models(Problem, self._list(data, "problems"), "problems")
        texts = {d.id: d.text for d in documents}
        for i, case in enumerate(cases):
            self._check_words(case, ("cases", i), texts)
        told = self._as_read(data, documents)
        cases = with_entries(cases, told, self.name, self._entered_by(data), self.fail)
        return _counted_on(Reading(documents=documents, cases=cases, problems=problems), before)

    def _top(self) -> dict[str, Any]:
        data = self.tree.data
        if not isinstance(data, dict):
            raise self.fail((), "this is no case file", _SHORTEST)
        if str(data.get("schema", "")).startswith("dechallenge/assessment"):
            step = "Give the file that “dechallenge read FILE -o case.yaml” writes."
            raise self.fail((), "this is an assessment, not a reading", step)
        if "cases" not in data and "title" in data:  # one case as the schema has it
            self.tree.lines = {("cases", 0, *place): line for place, line in self.tree.lines.items()}
            return {"cases": [data]}
        for key in data:
            if key not in _KEYS:
                raise self.fail((key,), f"there is no key {key!r} here", _suggest(key, _KEYS))
        if data.get("schema", SCHEMA) != SCHEMA:
            raise self.fail(("schema",), f"{data['schema']!r} is not {SCHEMA!r}", _SHORTEST)
        if "cases" not in data:
            raise self.fail((), "the cases are missing", _SHORTEST)
        return data

    def _list(self, data: Mapping[str, Any], key: str) -> list[Any]:
        value = data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail((key,), "this must be a list", _SHORTEST)
        return value

    def _entered_by(self, data: Mapping[str, Any]) -> str:
        who = data.get("entered_by")
        if who is not None and not isinstance(who, str):
            raise self.fail(("entered_by",), "this must be a name", "Write it in quotes.")
        return (who or "").strip() or USER

    def _as_read(self, data: Mapping[str, Any], documents: Iterable[Document]) -> frozenset[str] | None:
        """Fingerprints of what was read: those in the file, else of a new reading of the texts, else unknown."""
        if data.get("as_read") is not None:
            lines = self._list(data, "as_read")
            if not all(isinstance(line, str) for line in lines):
                raise self.fail(("as_read",), "these must be texts", "Leave this list as it was written.")
            return frozenset(print_ for line in lines for print_ in line.split())
        texts = [d for d in documents if d.text]
        return frozenset(fingerprints(ProseReader().read(texts).cases)) if texts else None

    def _document(self, index: int, data: Any) -> Document:
        place: Place = ("documents", index)
        (given,) = self._models(_Document, [data], "documents", index)
        if not given.text:
            return self._beside(given, place)
        found = Document.from_text(given.text, given.name, given.id, given.places)
        if found.sha256 == given.sha256:
            return found
        beside = self._beside(given, place)
        if beside.text:
            return beside
        step = f"Take the key “text” out and put {given.name} beside this file."
        raise self.fail((*place, "text"), "the text was changed: it no longer has the hash that was read", step)

    def _beside(self, given: _Document, place: Place) -> Document:
        """The document of that name in the folder of the file, as it was read; without its text where there is none."""
        nothing = Document(id=given.id, name=given.name, text="", sha256=given.sha256, places=given.places)
        path = self.path.parent / Path(given.name).name
        if not path.is_file() or path.resolve() == self.path.resolve():
            return nothing
        try:
            found = self.loader(path, given.id)
        except DechallengeError:
            return nothing
        for one in (found, mask(found)):
            if one.sha256 == given.sha256:
                return one.model_copy(update={"name": given.name})
        return nothing

    def _check_words(self, value: object, place: Place, texts: Mapping[str, str]) -> None:
        """Words that are pointed at must be those of the text: ``text[start:end] == quote``, always."""
        if isinstance(value, TextEvidence):
            if value.document not in texts:
                known = ", ".join(texts) or "none"
                raise self.fail(place, f"there is no document {value.document!r}", f"Documents: {known}.")
            text = texts[value.document]
            if text and text[value.start : value.end] != value.quote:
                step = "Take this evidence out: the value then counts as entered."
                raise self.fail(place, f"the words at {value.start} to {value.end} are other words", step)
        elif isinstance(value, BaseModel):
            for key in type(value).model_fields:
                self._check_words(getattr(value, key), (*place, key), texts)
        elif isinstance(value, tuple):
            for i, one in enumerate(value):
                self._check_words(one, (*place, i), texts)

    def _models(self, model: type[Any], items: list[Any], key: str, first: int = 0) -> tuple[Any, ...]:
        out = []
        for i, item in enumerate(items, start=first):
            try:
                out.append(model.model_validate(item))
            except ValidationError as bad:
                raise self._illegal(bad, item, (key, i)) from None
            except RecursionError:
                raise self.fail((key, i), "nested too deeply", _SHORTEST) from None
        return tuple(out)

    def _illegal(self, bad: ValidationError, item: Any, place: Place) -> FactError:
        told = []
        step = _SHORTEST
        for number, one in enumerate(bad.errors(include_url=False, include_context=True)):
            inside = _inside(item, one["loc"])
            here = (*place, *inside)
            cause = str(one["msg"])
            if one["type"] == "extra_forbidden":
                cause = "there is no such key"
            elif one["type"] != "missing":
                cause = f"{cause[:1].lower()}{cause[1:]}, not {_shown(one['input'])}"
            if number == 0:
                if one["type"] == "extra_forbidden":
                    step = _suggest(str(inside[-1]), _keys_near(bad.title, item, inside))
                first = (here, cause)
            elif number < _OF:
                told.append(f"line {self.tree.line(here)}, {path_of(here)}: {cause}")
        more = bad.error_count() - _OF
        rest = "".join(f"; {t}" for t in told) + (f"; and {more} more" if more > 0 else "")
        return self.fail(first[0], first[1] + rest, step)


class _Document(BaseModel):
    """A document as it stands in the file."""

    model_config = {"extra": "forbid"}
    id: str
    name: str
    sha256: str
    text: str = ""
    places: tuple[tuple[int, str], ...] = ()


def _inside(item: Any, loc: tuple[int | str, ...]) -> Place:
    """The place of an error in the data: the tags that tell kinds of evidence apart are no keys."""
    out: list[int | str] = []
    here = item
    for number, step in enumerate(loc):
        known = isinstance(here, dict) and step in here
        if known or (isinstance(here, list) and isinstance(step, int) and step < len(here)):
            here = here[step]
            out.append(step)
        elif number == len(loc) - 1 and isinstance(step, str) and isinstance(here, dict):
            out.append(step)  # a key that is missing
    return tuple(out)


def _keys_near(title: str, item: Any, inside: Place) -> tuple[str, ...]:
    """The keys that the model around an unknown one has."""
    model: Any = Case if title == "Case" else Problem if title == "Problem" else _Document
    for step in inside[:-1]:
        if isinstance(step, int):
            continue
        entry = model.model_fields.get(step) if model is not None else None
        model = _model_in(entry.annotation) if entry is not None else None
    return tuple(model.model_fields) if model is not None else ()


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((one for one in found if one is not None), None)


def _suggest(key: str, known: Iterable[str]) -> str:
    names = tuple(known)
    near = difflib.get_close_matches(key, names, n=1)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"Known keys: {', '.join(names)}." if names else _SHORTEST


def _shown(value: Any) -> str:
    told = " ".join(repr(value).split())
    return told if len(told) <= 60 else told[:60] + " …"


def _counted_on(reading: Reading, before: int) -> Reading:
    """The reading with documents ``d1``, ``d2`` … from the number that the run has come to."""
    names = {d.id: f"d{before + i}" for i, d in enumerate(reading.documents, start=1)}
    if not before or all(old == new for old, new in names.items()):
        return reading
    documents = tuple(d.model_copy(update={"id": names[d.id]}) for d in reading.documents)
    cases = tuple(_renamed(case, names) for case in reading.cases)
    return reading.model_copy(update={"documents": documents, "cases": cases})


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, BaseModel):
        update = {}
        for key in type(value).model_fields:
            old = getattr(value, key)
            new = names.get(old, old) if key == "document" else _renamed(old, names)
            if new is not old:
                update[key] = new
        return value.model_copy(update=update) if update else value
    if isinstance(value, tuple) and type(value) is tuple:
        new = tuple(_renamed(one, names) for one in value)
        return new if any(a is not b for a, b in zip(value, new, strict=True)) else value
    return value
