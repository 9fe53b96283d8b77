"""Tables of drugs in report forms (Yellow Card, MedWatch): a row for each drug, written out as sentences.

"Trimethoprim | PO | 200 mg bd | 03/04/2018 | 08/04/2018 | UTI" below "Suspected drug | Route | Dosage | Date started |
Date stopped | Prescribed for". May import the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dechallenge.reading.matching.triggers import Pattern

_DRUG = Pattern(
    r"(?:name\s+of\s+)?(?:(?P<suspect>suspect(?:ed)?|causative)\s+|(?P<other>other|concomitant|co-?)\s*)?"
    r"(?:medicinal\s+)?(?:drugs?|medicines?|medications?|products?)(?:\(s\))?(?:\s*/\s*(?:vaccines?|brands?)(?:\(s\))?)?"
    r"(?:\s+name)?(?:\s*\([^()|\n]{0,60}\))?\s*",
    re.IGNORECASE,
)
_COLUMNS: tuple[tuple[str, Pattern], ...] = (
    ("start", Pattern(r"(?:date\s+(?:of\s+)?)?(?:start(?:ed)?|first\s+dose|from)(?:\s+date|\s+on)?\s*", re.IGNORECASE)),
    (
        "stop",
        Pattern(
            r"(?:date\s+(?:of\s+)?)?(?:stop(?:ped)?|end(?:ed)?|last\s+dose|to|until)(?:\s+date|\s+on)?\s*",
            re.IGNORECASE,
        ),
    ),
    ("indication", Pattern(r"(?:prescribed\s+for|indications?|reason(?:\s+for\s+use)?|used\s+for)\s*", re.IGNORECASE)),
    ("batch", Pattern(r"(?:batch|lot|expiry|manufacturer)\b[^|]*", re.IGNORECASE)),
)
_OTHERS = Pattern(r"\b(?:other|concomitant|co-?medication)\b", re.IGNORECASE)
_SUSPECT = Pattern(r"\bsuspect", re.IGNORECASE)
_NOTHING = Pattern(r"\W*(?:n/?a|unknown|unk|not\s+known|none|nil)?\W*", re.IGNORECASE)
_GOES_ON = Pattern(r"(?:ongoing|continu(?:ing|es|ed)|present|to\s+date)\b", re.IGNORECASE)
_DAY = Pattern(r"\d{1,2}\W|\d{8}\b|\d{4}-\d\d-")
_LEAST = 3
_ABOVE = 3
"""Lines above a table among which its heading stands."""


@dataclass(frozen=True, slots=True)
class DrugTable:
    """A table of drugs: its raw span, whether they are suspects, their names, and which of them go on."""

    start: int
    end: int
    suspects: bool
    names: tuple[str, ...]
    pieces: tuple[tuple[int, int, str], ...]


def drug_tables(raw: str) -> list[DrugTable]:
    """The tables of drugs of a form, in order.

    Args:
        raw: The document.
    """
    found: list[DrugTable] = []
    lines = _lines(raw)
    for i, (start, end) in enumerate(lines):
        if found and start < found[-1].end:
            continue
        cells = _cells(raw, start, end)
        head = _DRUG.fullmatch(raw, *cells[0]) if len(cells) >= _LEAST else None
        if head is None:
            continue
        roles = [next((r for r, p in _COLUMNS if p.fullmatch(raw, *cell)), "") for cell in cells]
        if "start" in roles and (table := _table(raw, lines, i, roles, head)) is not None:
            found.append(table)
    return found


def _table(raw: str, lines: list[tuple[int, int]], at: int, roles: list[str], head: re.Match[str]) -> DrugTable | None:
    above = raw[lines[max(0, at - _ABOVE)][0] : lines[at][0]].rsplit("\n\n", 1)[-1]
    others = bool(head["other"] or (not head["suspect"] and _OTHERS.search(above)))
    if not others and not head["suspect"] and _SUSPECT.search(above) is None:
        return None
    pieces: list[tuple[int, int, str]] = [(lines[at][0], lines[at][1], " ")]
    names: list[str] = []
    last = lines[at][1]
    for start, end in lines[at + 1 :]:
        cells = _cells(raw, start, end)
        if len(cells) != len(roles) or _NOTHING.fullmatch(raw, *cells[0]):
            break
        names.append(raw[slice(*cells[0])])
        pieces += _row(raw, cells, roles, "\nConcomitant drugs: " if others else "\nSuspect drug: ", names[-1])
        last = end
    return DrugTable(lines[at][0], last, not others, tuple(names), tuple(pieces)) if names else None


def _row(
    raw: str, cells: list[tuple[int, int]], roles: list[str], lead: str, name: str
) -> Iterator[tuple[int, int, str]]:
    name = re.split(r"[(,]", name)[0].strip()
    first = raw.rfind("\n", 0, cells[0][0]) + 1
    yield first, cells[0][0], lead
    position, dated = cells[0][1], False
    for cell, role in zip(cells[1:], roles[1:], strict=True):
        said = raw[slice(*cell)]
        if _NOTHING.fullmatch(said) or role == "batch":
            words = " "
            cell = (cell[1], cell[1])
        elif role in ("start", "stop"):
            goes_on = _GOES_ON.match(said)
            on = "on " if _DAY.match(said) else "in "
            words = (
                (" and is ongoing" if dated else f". {name} is ongoing") if goes_on
                else f" and stopped {on}" if dated and role == "stop"
                else f". {name} had been {'started' if role == 'start' else 'stopped'} {on}"
            )  # fmt: skip
            dated = dated or role == "start"
            cell = (cell[1], cell[1]) if goes_on else cell
        else:
            words = f". Indication: {name} for " if role == "indication" else " "
        yield position, cell[0], words
        position = cell[1]
    stop = raw.find("\n", position)
    yield position, len(raw) if stop < 0 else stop, "."


def _lines(raw: str) -> list[tuple[int, int]]:
    found, position = [], 0
    for line in raw.splitlines(keepends=True):
        found.append((position, position + len(line.rstrip("\r\n"))))
        position += len(line)
    return found


def _cells(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a line with bars or tabs, without the white space around them; none of another line."""
    line = raw[start:end]
    sign = "|" if "|" in line else "\t" if "\t" in line else ""
    if not sign:
        return []
    first = start + (len(line) - len(line.lstrip(" |"))) if sign == "|" else start
    last = start + len(line.rstrip(" |")) if sign == "|" and line.rstrip().endswith("|") else end
    out, position = [], first
    for part in raw[first:last].split(sign):
        out.append((position + len(part) - len(part.lstrip()), max(position, position + len(part.rstrip()))))
        position += len(part) + 1
    return [(min(a, b), b) if a > b else (a, b) for a, b in out]
