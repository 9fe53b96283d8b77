"""Cases that only a table tells: a table with one row or one column for each patient, beside a common text.

The common text is read once for each patient, without the sentences about another ("Patient 2 was …"); the cells of the
patient are laid over it. May import the readers of values, drugs, times and people, segments, and the case model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dechallenge.case import Age, Case, DrugReaction, Event, Exposure, Measurement, Time
from dechallenge.case.model import Outcome, Role, Sex
from dechallenge.evidence import Document, TextEvidence
from dechallenge.reading.amounts import amount_of
from dechallenge.reading.drugs import read_drugs
from dechallenge.reading.labs import read_labs
from dechallenge.reading.segments import CaseText, Layout
from dechallenge.reading.sentences import sentences
from dechallenge.reading.text import clean
from dechallenge.reading.timewords import AMOUNT
from dechallenge.reading.triggers import Pattern
from dechallenge.reading.values import measure, merge
from dechallenge.timeline import Duration

_LABEL = r"(?:patients?|cases?|pts?\.?)\s*(?:no\.?\s*|#\s*)?(?P<n>\d{1,2})"
_PATIENT = Pattern(rf"\s*{_LABEL}\s*", re.IGNORECASE)
_NUMBER = Pattern(r"\s*(?:(?:patient|case|pt)s?\.?\s*)?(?:no\.?\s*|#\s*)?(?P<n>\d{1,2})\.?\s*", re.IGNORECASE)
_CORNER = Pattern(r"\s*(?:no\.?|nr\.?|#|patients?|cases?|pts?\.?|id)(?:\s*(?:no\.?|number|#))?\s*", re.IGNORECASE)
_RULE = Pattern(r"[\s|:+=-]+")
_GAP = re.compile(r"[^|\t]+")
_WIDE = re.compile(r"\S+(?:\s\S+)*")
_MOST = 20
"""Patients of a table at the most."""

_AGE = Pattern(r"\s*age\b", re.IGNORECASE)
_SEX = Pattern(r"\s*(?:sex|gender)\b|.*\b(?:sex|gender)\s*(?:\)|$)", re.IGNORECASE)
_DRUG = Pattern(r"\s*(?:suspect(?:ed)?\s+|causative\s+|offending\s+)?(?:drugs?|medications?|agents?)\s*", re.IGNORECASE)
_OTHER_DRUGS = Pattern(
    r"\s*(?:other|concomitant|co-?)\s*-?(?:administered\s+)?(?:drugs?|medications?|treatments?)\b", re.IGNORECASE
)
_LATENCY = Pattern(
    r".*\b(?:(?:duration|days?|weeks?|months?|length)\s+of\s+(?:exposure|treatment|therapy|use|intake)|time\s+to\s+onset|latency|"
    r"(?:treatment|exposure|therapy)\s+before|onset\s+after|interval\s+to\s+onset)\b",
    re.IGNORECASE,
)
_RECOVERY = Pattern(
    r".*\b(?:(?:days?|weeks?|months?|time)\s+to\s+(?:\w+\s+){0,2}(?:recover\w*|normal\w*|resolution)|recovery\s+time|duration\s+of\s+"
    r"(?:\w*penia|agranulocytosis))\b",
    re.IGNORECASE,
)
_OUTCOME = Pattern(r"\s*outcome\b", re.IGNORECASE)
_UNIT = Pattern(r"\b(?P<unit>hour|day|week|month|year)s?\b", re.IGNORECASE)
_UNIT_IN_LABEL = Pattern(r"\(\s*(?P<unit>[^()]{1,30})\s*\)")
_MALE = Pattern(
    r"(?:^|[\s/,(])(?P<m>m|male|man|boy)(?=$|[\s/,)])|(?:^|[\s/,(])(?P<f>f|female|woman|girl)(?=$|[\s/,)])",
    re.IGNORECASE,
)
_OUTCOMES: tuple[tuple[Pattern, Outcome], ...] = (
    (Pattern(r"\b(?:died|death|dead|fatal)\b", re.IGNORECASE), "fatal"),
    (Pattern(r"\b(?:not\s+recovered|persist\w+|ongoing)\b", re.IGNORECASE), "not recovered"),
    (Pattern(r"\b(?:recovered|recovery|resolved|complete|survived)\b", re.IGNORECASE), "recovered"),
)
_NONE = Pattern(r"\s*(?:none|no|nil|-|–|n/?a)\s*", re.IGNORECASE)
_NAMED = Pattern(
    r"\b(?:patients?|cases?)\s+(?P<list>\d{1,2}(?:\s*(?:,|and|or|,\s*and)\s*\d{1,2}){0,9})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, with its raw span."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of patients.

    Attributes:
        start, end: Raw span.
        numbers: Number of each patient as printed.
        patients: For each of them the label of every row (or column) with its cell.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    patients: tuple[tuple[tuple[str, Cell], ...], ...]


def find_grid(document: Document) -> Grid | None:
    """The first table of a document that has one row or one column for each patient; ``None`` where there is none."""
    for block in _blocks(document.text):
        grid = _by_column(block) or _by_row(block)
        if grid is not None:
            return grid
    return None


def _blocks(text: str) -> Iterator[list[list[Cell]]]:
    """Runs of lines that divide into the same number (three or more) of cells."""
    rows: list[list[Cell]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        start, position = position, position + len(line)
        if _RULE.fullmatch(line.strip() or "x"):
            continue
        cells = _split(line, start)
        if rows and len(cells) != len(rows[0]):
            if len(rows) > 1:
                yield rows
            rows = []
        if len(cells) >= 3:
            rows.append(cells)
    if len(rows) > 1:
        yield rows


def _split(line: str, offset: int) -> list[Cell]:
    body = line.rstrip("\r\n")
    parts = _GAP if "|" in body or "\t" in body else _WIDE
    found = []
    for match in parts.finditer(body):
        words = match.group()
        if not words.strip():
            continue
        first = match.start() + len(words) - len(words.lstrip())
        found.append(Cell(offset + first, offset + first + len(words.strip()), words.strip()))
    return found


def _by_column(rows: list[list[Cell]]) -> Grid | None:
    marks = [_PATIENT.fullmatch(cell.text) for cell in rows[0][1:]]
    if not 2 <= len(marks) <= _MOST or not all(marks):
        return None
    numbers = tuple(int(mark["n"]) for mark in marks if mark is not None)
    columns = tuple(tuple((row[0].text, row[i]) for row in rows[1:]) for i in range(1, len(rows[0])))
    return Grid(rows[0][0].start, rows[-1][-1].end, numbers, columns)


def _by_row(rows: list[list[Cell]]) -> Grid | None:
    head = rows[0]
    if not _CORNER.fullmatch(head[0].text) or not any(_AGE.match(c.text) or _DRUG.fullmatch(c.text) for c in head[1:]):
        return None
    marks = [_NUMBER.fullmatch(row[0].text) for row in rows[1:]]
    if not 1 <= len(marks) <= _MOST or not all(marks):
        return None
    numbers = tuple(int(mark["n"]) for mark in marks if mark is not None)
    patients = tuple(tuple((h.text, c) for h, c in zip(head[1:], row[1:], strict=True)) for row in rows[1:])
    return Grid(head[0].start, rows[-1][-1].end, numbers, patients)


def common_text(plan: Layout, grid: Grid) -> tuple[CaseText, ...]:
    """The text that is common to all patients as the text of each of them, without what names only others.

    Args:
        plan: Layout of the document, from which the table was cut.
        grid: The table.
    """
    body = plan.text.text
    out: list[CaseText] = []
    stop = min((s.start for s in plan.sections if s.kind in ("discussion", "references")), default=len(body))
    first = body.find("\n") + 1 if "\n" in body and not body[: body.find("\n")].rstrip().endswith(".") else 0
    spans = [(first + a, first + b) for a, b in sentences(body[first:stop])]
    for number in grid.numbers:
        parts = [span for span in spans if _tells_of(body, span, number)]
        out.append(
            CaseText(f"Patient {number}", len(out) + 1, tuple(parts), plan.text.raw_start(first), grid.end, None)
        )
    return tuple(out) if spans else ()


def _tells_of(body: str, span: tuple[int, int], number: int) -> bool:
    named = [int(n) for m in _NAMED.finditer(body, *span) for n in re.findall(r"\d+", m["list"])]
    return not named or number in named


def laid_over(document: Document, case: Case, cells: Sequence[tuple[str, Cell]]) -> Case:
    """A case of the common text with what the cells of one patient say.

    Args:
        document: The document.
        case: The case as the common text tells it.
        cells: Label and cell of every row (or column) of the patient.
    """
    told = _Told(document, cells)
    onset = told.time(_LATENCY, "start")
    events = tuple(_event(event, told, onset) for event in case.events)
    links = [link if onset is None or link.role != "suspect" else _dated(link, onset) for link in case.links]
    exposures = list(case.exposures)
    for drug, role, words, ingredients in told.drugs():
        if any(exposure.drug == drug for exposure in exposures):
            continue
        exposures.append(
            Exposure(
                id=f"x{len(exposures) + 1}",
                drug=drug,
                as_written=words.quote,
                ingredients=ingredients,
                role=role,
                reason="named in the table of patients",
                evidence=(words,),
            )
        )
        if events:
            because = "the drug of the table of patients" if role == "suspect" else "named beside it in the table"
            link = DrugReaction(
                drug=drug, event=events[0].id, role=role, basis="blamed", because=because, evidence=(words,)
            )
            links.append(_dated(link, onset) if onset is not None and role == "suspect" else link)
    measurements = merge([*case.measurements, *told.values(onset)])
    return case.model_copy(
        update={
            "patient": case.patient.model_copy(update=told.person()),
            "events": events,
            "links": tuple(links),
            "exposures": tuple(exposures),
            "measurements": measurements,
        }
    )


def _dated(link: DrugReaction, onset: Time) -> DrugReaction:
    return link.model_copy(update={"latency": onset, "course": 0})


def _event(event: Event, told: _Told, onset: Time | None) -> Event:
    changed: dict[str, object] = {}
    if onset is not None:
        changed["onset"] = onset
    recovery = told.time(_RECOVERY, "stop")
    if recovery is not None:
        changed |= {"recovery_from_stop": recovery, "outcome": "recovered", "outcome_evidence": recovery.evidence}
    for cell in told.cells(_OUTCOME):
        outcome = next((kind for words, kind in _OUTCOMES if words.search(cell.text)), None)
        if outcome is not None:
            changed |= {"outcome": outcome, "outcome_evidence": (told.quote(cell),)}
    return event.model_copy(update=changed)


class _Told:
    """The cells of one patient."""

    def __init__(self, document: Document, cells: Sequence[tuple[str, Cell]]) -> None:
        self.document = document
        self.all = cells

    def quote(self, cell: Cell) -> TextEvidence:
        return self.document.quote(cell.start, cell.end)

    def cells(self, label: Pattern) -> list[Cell]:
        return [cell for name, cell in self.all if label.match(name)]

    def person(self) -> Mapping[str, object]:
        """Age and sex, each with its words; "66/M" says both."""
        found: dict[str, object] = {}
        for name, cell in self.all:
            age = re.search(r"(?<![\d.])\d{1,3}(?:\.\d)?(?![\d.])", cell.text) if _AGE.match(name) else None
            if age is not None and "age" not in found:
                unit = "month" if re.search(r"month|\bmo\b", name + " " + cell.text, re.IGNORECASE) else "year"
                found["age"] = Age.model_validate(
                    {"value": float(age.group()), "unit": unit, "evidence": (self.quote(cell),)}
                )
            mark = _MALE.search(cell.text) if _SEX.match(name) or _AGE.match(name) else None
            if mark is not None and "sex" not in found:
                sex: Sex = "male" if mark["m"] else "female"
                found |= {"sex": sex, "sex_evidence": (self.quote(cell),)}
        return found

    def time(self, label: Pattern, anchor: str) -> Time | None:
        """The amount of time in a cell; where it prints but a number, the unit of the label."""
        for name, cell in self.all:
            if not label.match(name):
                continue
            printed = cell.text
            unit = _UNIT.search(name)
            if re.fullmatch(r"\d{1,4}(?:\.\d)?", printed) and unit is not None:
                printed = f"{printed} {unit['unit']}s"
            match = re.match(AMOUNT, printed, re.IGNORECASE)
            if match is None:
                continue
            amount: Duration = amount_of(match)
            words = self.quote(cell)
            return Time(
                low=amount.interval.low,
                high=amount.interval.high,
                point=amount.point,
                text=cell.text,
                anchor=anchor,
                evidence=(words,),
            )
        return None

    def drugs(self) -> Iterator[tuple[str, Role, TextEvidence, tuple[str, ...]]]:
        kinds: tuple[tuple[Callable[[str], object], Role], ...] = (
            (_DRUG.fullmatch, "suspect"),
            (_OTHER_DRUGS.match, "concomitant"),
        )
        for name, cell in self.all:
            role = next((role for fits, role in kinds if fits(name)), None)
            if role is None or _NONE.fullmatch(cell.text):
                continue
            text = clean(self.document, cell.start, cell.end)
            for mention in read_drugs(text.text, [(0, len(text.text))]):
                if mention.drug:
                    yield mention.drug, role, text.quote(mention.start, mention.end), mention.ingredients

    def values(self, time: Time | None) -> Iterator[Measurement]:
        """Laboratory values: the label names analyte and unit, the cell holds the figure."""
        for name, cell in self.all:
            if not re.fullmatch(r"[<>≤≥~]?\s?\d[\d.,]*", cell.text) or _LATENCY.match(name) or _RECOVERY.match(name):
                continue
            unit = _UNIT_IN_LABEL.search(name)
            label = _UNIT_IN_LABEL.sub("", name).strip()
            line = clean(Document.from_text(f"{label} {cell.text} {unit['unit'].strip() if unit else ''}".strip()))
            read = [lab for lab in read_labs(line, [(0, len(line.text))]) if lab.value is not None]
            if len(read) == 1:
                yield measure(read[0], time, (self.quote(cell),), section="patient table", rule="patient table")
