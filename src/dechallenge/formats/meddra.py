"""MedDRA from the user's own MedAscii folder: names and codes of LLTs and PTs, and codes for the terms of a case.

The dictionary is licensed: none is shipped, and a term is coded only where its text is a name of the dictionary, never
by likeness. Layout (``$`` between fields, no header): ``llt.asc`` code, name, PT code, … , currency as field 10;
``pt.asc`` code, name, …, primary SOC as field 4; ``mdhier.asc`` PT, HLT, HLGT and SOC with their names. Source: the
project's fact sheet on terminologies, section 2 (general knowledge, not re-checked against the owner's documents). May
import the case, the errors and the names of E2B.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from dechallenge.case import Case, Code, Event, Finding, Problem, Reading
from dechallenge.errors import InputError
from dechallenge.formats.e2b.names import event_kind

SYSTEM: Final = "MedDRA"
"""The terminology as codes of a case name it."""
_STEP: Final = "Give the MedAscii folder of your own MedDRA release: llt.asc and pt.asc must lie in it."
_RELEASE: Final = re.compile(r"v?(\d{1,2}\.\d)")
_IN_NAME: Final = re.compile(r"meddra[ _-]?v?(\d{1,2})[._](\d)(?!\d)", re.IGNORECASE)
_CURRENCY: Final = 9
_FROM_CODE: Final = re.compile(rf"{SYSTEM} (\d{{8}})")


class Llt(NamedTuple):
    """A lowest level term. ``current`` is false for terms that only old cases carry."""

    code: str
    name: str
    pt: str
    current: bool


class Pt(NamedTuple):
    """A preferred term with its primary system organ class; ``soc_name`` is empty without ``mdhier.asc``."""

    code: str
    name: str
    soc: str
    soc_name: str = ""


@dataclass(frozen=True, slots=True)
class MedDRA:
    """A release of the dictionary.

    Attributes:
        version: ``27.1``.
        llt, pt: Terms by code.
        soc: Names of the system organ classes by code; empty without ``mdhier.asc``.
    """

    version: str
    llt: Mapping[str, Llt]
    pt: Mapping[str, Pt]
    soc: Mapping[str, str]
    _by_name: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Names of current LLTs, then of PTs, without regard to case; one that two terms share is nobody's."""
        shared: set[str] = set()
        for one in self.llt.values():
            if one.current and self._by_name.setdefault(_folded(one.name), one.code) != one.code:
                shared.add(_folded(one.name))
        lower = frozenset(self._by_name)
        for pt in self.pt.values():
            name = _folded(pt.name)
            if name not in lower and self._by_name.setdefault(name, pt.code) != pt.code:
                shared.add(name)
        for name in shared:
            del self._by_name[name]

    def find(self, text: str) -> Code | None:
        """The code of a term by its name: a current LLT, then a PT, without regard to case and runs of blanks.

        Returns:
            The code with version and name of the dictionary; nothing where the text is no name of it.
        """
        code = self._by_name.get(_folded(text))
        return self.code(code) if code is not None else None

    def code(self, code: str) -> Code | None:
        """A code of the dictionary (LLT, current or not, or PT) with its name; nothing where it holds no such code."""
        term = self.llt.get(code) or self.pt.get(code)
        return Code(system=SYSTEM, code=code, version=self.version, text=term.name) if term is not None else None

    def preferred(self, code: str) -> Pt | None:
        """The preferred term of an LLT or PT code."""
        low = self.llt.get(code)
        return self.pt.get(low.pt if low is not None else code)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


# --- reading -------------------------------------------------------------------------------------------------------


def load(folder: Path, version: str = "") -> MedDRA:
    """Read a MedAscii folder, or the folder of a release that holds one.

    Args:
        version: Of the release ("27.1"), where neither ``meddra_release.asc`` nor the name of a folder tells it.

    Raises:
        InputError: The folder or a file is missing, a file is not in the layout, or the version is not known.
    """
    inner = _folder(folder)
    told = version.strip().lower().removeprefix("v") or _version(inner)
    if not _RELEASE.fullmatch(told):
        raise InputError(
            f"{told!r} is no version of MedDRA" if told else "the version of MedDRA is not told",
            place=str(folder),
            next_step="Name the version (as in 27.1), or keep the name of the release's folder (MedDRA_27_1_English).",
        )
    soc: dict[str, str] = {}
    hierarchy = _file(inner, "mdhier.asc")
    for _, row in _rows(hierarchy, 8) if hierarchy is not None else ():
        soc.setdefault(row[3], row[7])
    pts = {row[0]: Pt(row[0], row[1], row[3], soc.get(row[3], "")) for _, row in _rows(_needed(inner, "pt.asc"), 4)}
    llts: dict[str, Llt] = {}
    path = _needed(inner, "llt.asc")
    for number, row in _rows(path, _CURRENCY + 1):
        if row[2] not in pts:
            raise InputError(
                f"LLT {row[0]} belongs to PT {row[2]!r}, which pt.asc does not hold",
                place=f"{path}, line {number}",
                next_step="Take both files from one release.",
            )
        llts[row[0]] = Llt(row[0], row[1], row[2], row[_CURRENCY].strip().upper() != "N")
    return MedDRA(told, llts, pts, soc)


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        cause = "this is a file, not a folder" if folder.exists() else "there is no such folder"
        raise InputError(cause, place=str(folder), next_step=_STEP)
    if _file(folder, "llt.asc") is None:
        for below in sorted(one for one in folder.iterdir() if one.is_dir()):
            if _file(below, "llt.asc") is not None:
                return below
    return folder


def _file(folder: Path, name: str) -> Path | None:
    """A file of the folder, in any case of letters."""
    return next((one for one in sorted(folder.iterdir()) if one.name.lower() == name and one.is_file()), None)


def _needed(folder: Path, name: str) -> Path:
    found = _file(folder, name)
    if found is None:
        raise InputError(f"{name} is missing", place=str(folder), next_step=_STEP)
    return found


def _version(folder: Path) -> str:
    """By ``meddra_release.asc`` (first field; unverified), else by the name of the folder or of the one around it."""
    release = _file(folder, "meddra_release.asc")
    if release is not None:
        told = _text(release).split("$")[0].strip().lower().removeprefix("v")
        if _RELEASE.fullmatch(told):
            return told
    for name in (folder.resolve().name, folder.resolve().parent.name):
        found = _IN_NAME.search(name)
        if found is not None:
            return f"{int(found[1])}.{found[2]}"
    return ""


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", place=str(path), next_step=_STEP) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _rows(path: Path, least: int) -> Iterator[tuple[int, list[str]]]:
    """The lines of a file with their numbers, cut into fields.

    Raises:
        InputError: A line has too few fields, or does not begin with a code; the file is empty.
    """
    found = False
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        row = [part.strip() for part in line.split("$")]
        if len(row) < least or not re.fullmatch(r"\d{8}", row[0]):
            raise InputError(
                f"not a line of {path.name.lower()}: {line[:60]!r}", place=f"{path}, line {number}", next_step=_STEP
            )
        found = True
        yield number, row
    if not found:
        raise InputError("the file is empty", place=str(path), next_step=_STEP)


# --- coding --------------------------------------------------------------------------------------------------------


def code_reading(reading: Reading, meddra: MedDRA) -> Reading:
    """Every case of a reading coded (:func:`code_events`); a case of another version becomes a problem beside it."""
    names = {document.id: document.name for document in reading.documents}
    found = [one for case in reading.cases if (one := mismatch(case, meddra, names.get(case.document, ""))) is not None]
    cases = tuple(code_events(case, meddra) for case in reading.cases)
    return reading.model_copy(update={"cases": cases, "problems": (*reading.problems, *found)})


def code_events(case: Case, meddra: MedDRA) -> Case:
    """Put the code of the dictionary on reactions, history and indications whose text is one of its terms.

    Codes that the case came with are kept, and so are its words; a reaction that came as a code alone gets its kind
    ("liver injury") from the name of the code; other findings get none. A case with codes of another
    version stays as it is (:func:`mismatch` says so), because a report has one version of MedDRA.
    """
    if mismatch(case, meddra) is not None:
        return case
    return case.model_copy(
        update={
            "events": tuple(_event(one, meddra) for one in case.events),
            "findings": tuple(
                one.model_copy(update={"codes": _coded(one.codes, one.term, meddra)}) if _is_history(one) else one
                for one in case.findings
            ),
            "exposures": tuple(
                one.model_copy(update={"indication_codes": _coded(one.indication_codes, one.indication or "", meddra)})
                for one in case.exposures
            ),
        }
    )


def _event(event: Event, meddra: MedDRA) -> Event:
    """The reaction with its code; one that came as a code alone gets the kind of reaction that its name tells."""
    coded = event.model_copy(update={"codes": _coded(event.codes, event.term, meddra)})
    only = _FROM_CODE.fullmatch(event.term)
    low = meddra.code(only[1]) if only is not None and event.kind == event.term else None
    if low is None or not any(code.code == low.code and code.version == meddra.version for code in coded.codes):
        return coded
    pt = meddra.preferred(low.code)
    kinds = [(name, event_kind(name)) for name in (low.text, pt.name if pt is not None else "") if name]
    kind = next((kind for name, kind in kinds if kind != name.casefold()), kinds[0][1])
    return coded.model_copy(update={"kind": kind})


def _is_history(finding: Finding) -> bool:
    return finding.history or finding.kind == "history" or finding.subject == "family"


def _coded(codes: tuple[Code, ...], text: str, meddra: MedDRA) -> tuple[Code, ...]:
    """The codes as they came, those without a name with the one of the dictionary; or the code of the text."""
    if any(code.system == SYSTEM for code in codes):
        return tuple(_named(code, meddra) for code in codes)
    only = _FROM_CODE.fullmatch(text.strip())
    found = meddra.code(only[1]) if only is not None else meddra.find(text)
    return (*codes, found) if found is not None else codes


def _named(code: Code, meddra: MedDRA) -> Code:
    if code.system != SYSTEM or code.text or code.version != meddra.version:
        return code
    known = meddra.code(code.code)
    return code.model_copy(update={"text": known.text}) if known is not None else code


def mismatch(case: Case, meddra: MedDRA, name: str = "") -> Problem | None:
    """A problem where the case came with codes of another version of MedDRA.

    Args:
        name: Of the case's document, for the message.
    """
    found = sorted({code.version for code in _codes(case) if code.system == SYSTEM and code.version} - {meddra.version})
    if not found:
        return None
    return Problem(
        document=name or case.document,
        kind="meddra",
        message=f"case {case.id}: its codes are of MedDRA {', '.join(found)}, the folder holds {meddra.version}; "
        "no term was coded, because a report has one version",
        next_step=f"Give the folder of MedDRA {found[-1]}, or leave the case with its own codes.",
    )


def _codes(case: Case) -> Iterable[Code]:
    for items in (case.events, case.findings, case.exposures, case.measurements, case.tests):
        for item in items:
            yield from item.codes
    for exposure in case.exposures:
        yield from exposure.indication_codes
