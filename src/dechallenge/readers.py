"""Readers are plugs: the interface, how one is registered, and the check that what it returns points at its words.

``prose`` is the reader of this project; ``llm`` asks a language model (see `docs/readers.md`). Others are registered by
an entry point of the group ``dechallenge.readers``, or with :func:`register`. May import reading, reading_llm, the case
and evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from dechallenge.case import Case, DrugReaction, Problem, Reading
from dechallenge.errors import DechallengeError
from dechallenge.evidence import Document, Frozen, TextEvidence
from dechallenge.reading.cases.prose import ProseReader

GROUP = "dechallenge.readers"
DEFAULT = "prose"
DROPPED = "dropped"
"""Kind of the problems that tell what was left out; none of them keeps a document from being read."""


@runtime_checkable
class Reader(Protocol):
    """Documents to cases. The same documents give the same cases, and every value points at its words."""

    @property
    def name(self) -> str:
        """The name under which it is registered."""

    def read(self, documents: Sequence[Document]) -> Reading:
        """The cases in the documents, and as problems what could not be read."""


Factory = Callable[..., Reader]
"""Makes a reader; the options of ``--reader-option NAME=VALUE`` come as keywords, each a text."""


def _llm(**options: str) -> Reader:
    from dechallenge.reading_llm.reader import from_options

    return from_options(options)


_OWN: dict[str, Factory] = {DEFAULT: ProseReader, "llm": _llm}
_ADDED: dict[str, Factory] = {}
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


def register(name: str, factory: Factory) -> None:
    """Register a reader in this process; a later one of the same name takes the place of an earlier one.

    Args:
        name: Small letters, digits, ``-``, ``_`` and ``.``.
        factory: A class or function that makes it.

    Raises:
        DechallengeError: The name is none, or that of a reader of this project.
    """
    if not _NAME.fullmatch(name):
        raise DechallengeError(f"{name!r} is no name", place="reader", next_step="Use small letters, digits and -_.")
    if name in _OWN:
        raise DechallengeError(f"{name!r} is taken", place="reader", next_step="Give your reader another name.")
    _ADDED[name] = factory


def unregister(name: str) -> None:
    """Forget a reader that was registered in this process."""
    _ADDED.pop(name, None)


def names() -> tuple[str, ...]:
    """The names of all readers: those of this project first."""
    from importlib import metadata

    added = {*_ADDED, *(point.name for point in metadata.entry_points(group=GROUP))} - set(_OWN)
    return (*_OWN, *sorted(added))


def get(name: str = DEFAULT, options: Mapping[str, str] | None = None) -> Reader:
    """A reader by its name; what it returns is checked.

    Args:
        name: Its name; those of this project cannot be replaced.
        options: What it is to be made with.

    Raises:
        DechallengeError: There is no such reader, it cannot be loaded, or it does not know an option.
    """
    factory = _OWN.get(name) or _ADDED.get(name) or _installed(name)
    if factory is None:
        raise DechallengeError(
            f"there is no reader {name!r}", place="--reader", next_step=f"Readers: {', '.join(names())}."
        )
    try:
        reader = factory(**(options or {}))
    except TypeError as error:
        step = f"Look up the options of the reader {name!r} and of --reader-option."
        raise DechallengeError(f"the reader cannot be made ({error})", place=name, next_step=step) from None
    if not isinstance(reader, Reader):
        raise DechallengeError("this is no reader", place=name, next_step="It needs a name and read(documents).")
    return reader if isinstance(reader, ProseReader) else Checked(reader)


def _installed(name: str) -> Factory | None:
    """The reader that an installed package offers under this name."""
    from importlib import metadata

    for point in metadata.entry_points(group=GROUP, name=name):
        try:
            found: Factory = point.load()
        except Exception as error:  # whatever the package does when it is imported
            step = "Repair or remove the package that offers it."
            cause = f"the reader cannot be loaded ({type(error).__name__}: {error})"
            raise DechallengeError(cause, place=f"{name} ({point.value})", next_step=step) from None
        return found
    return None


def options_from(entries: Sequence[str]) -> dict[str, str]:
    """Options as they are typed: ``NAME=VALUE``; the last entry for a name counts.

    Raises:
        DechallengeError: An entry is not of that form.
    """
    found: dict[str, str] = {}
    for entry in entries:
        name, sign, value = entry.partition("=")
        if not sign or not name.strip().isidentifier():
            step = "Write NAME=VALUE, such as model=small."
            raise DechallengeError(f"{entry!r} is not an option", place="--reader-option", next_step=step)
        found[name.strip()] = value.strip()
    return found


class Checked:
    """A reader whose values are dropped where they do not point at the words of the text."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @property
    def name(self) -> str:
        return self.reader.name

    def read(self, documents: Sequence[Document]) -> Reading:
        """What the reader reads, without the values whose words are not in the text; each of those is a problem."""
        found = self.reader.read(documents)
        if not isinstance(found, Reading):
            raise DechallengeError("it returned no Reading", place=self.name, next_step="Report this to its makers.")
        texts = {d.id: d.text for d in documents}
        problems: list[Problem] = list(found.problems)
        cases = tuple(self._case(case, texts, problems) for case in found.cases)
        return Reading(documents=tuple(documents), cases=cases, problems=tuple(problems))

    def _case(self, case: Case, texts: Mapping[str, str], problems: list[Problem]) -> Case:
        update: dict[str, Any] = {}
        for key in type(case).model_fields:
            value = getattr(case, key)
            if isinstance(value, tuple) and any(isinstance(one, Frozen) for one in value):
                kept = tuple(one for one in value if not self._doubtful(one, texts))
                update[key] = kept
                problems += [self._dropped(case, one, texts) for one in value if one not in kept]
        if self._wrong(case.patient, texts) is not None:
            problems.append(self._dropped(case, case.patient, texts))
            update["patient"] = type(case.patient)()
        if any(self._wrong(one, texts) is not None for one in case.coverage.unread):
            update["coverage"] = case.coverage.model_copy(update={"unread": ()})
        return case.model_copy(update=update)

    def _doubtful(self, value: Frozen, texts: Mapping[str, str]) -> bool:
        """Words that are not there; or none at all, but for a role, which may rest on the order of things alone."""
        bare = not getattr(value, "evidence", True) and not isinstance(value, DrugReaction)
        return bare or self._wrong(value, texts) is not None

    def _wrong(self, value: object, texts: Mapping[str, str]) -> TextEvidence | None:
        """The first words anywhere in a value that are not those of the text."""
        found = (
            q for q in _evidence(value) if texts.get(q.document, "")[max(0, q.start) : q.end] != q.quote or not q.quote
        )
        return next(found, None)

    def _dropped(self, case: Case, value: Frozen, texts: Mapping[str, str]) -> Problem:
        wrong = self._wrong(value, texts)
        why = "it has no evidence" if wrong is None else f"“{wrong.quote[:80]}” is not what the text says there"
        name = getattr(value, "drug", None) or getattr(value, "analyte", None) or getattr(value, "term", None) or ""
        what = f"{type(value).__name__} {name}".strip()
        return Problem(
            document=case.document,
            kind=DROPPED,
            message=f"{self.name}: {what} was dropped: {why}.",
            next_step="Look at the text there, and enter the value by hand if it is right.",
        )


def _evidence(value: object) -> Iterator[TextEvidence]:
    if isinstance(value, TextEvidence):
        yield value
    elif isinstance(value, Frozen):
        for key in type(value).model_fields:
            yield from _evidence(getattr(value, key))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _evidence(one)


__all__ = [
    "DEFAULT", "DROPPED", "GROUP", "Checked", "Factory", "Reader", "get", "names", "options_from", "register",
    "unregister",
]  # fmt: skip
