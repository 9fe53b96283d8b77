"""The cells of one patient of a table of patients: age and sex, times, drugs and laboratory values.

May import the readers of values, drugs and times, the cells of laboratory tables and of patients, and the case model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from dechallenge.case import Age, Limit, Measurement, Time
from dechallenge.case.model import Outcome, Role, Sex
from dechallenge.evidence import Document, TextEvidence
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.entries.values import measure
from dechallenge.reading.laboratory.labs import read_labs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.patientgrid import AGE, DRUG
from dechallenge.reading.tables.table_cells import column, measured, read_value
from dechallenge.reading.tables.table_grid import Cell
from dechallenge.reading.tables.table_model import TableCell
from dechallenge.reading.texts.amounts import amount_of
from dechallenge.reading.texts.text import clean
from dechallenge.reading.texts.timewords import AMOUNT
from dechallenge.timeline import Duration

_SEX = Pattern(r"\s*(?:sex|gender)\b|.*\b(?:sex|gender)\s*(?:\)|$)", re.IGNORECASE)
_OTHER_DRUGS = Pattern(
    r"\s*(?:other|concomitant|co-?)\s*-?(?:administered\s+)?(?:drugs?|medications?|treatments?)\b", re.IGNORECASE
)
LATENCY = Pattern(
    r".*\b(?:(?:duration|days?|weeks?|months?|length)\s+of\s+(?:exposure|treatment|therapy|use|intake)|time\s+to\s+onset|latency|"
    r"(?:treatment|exposure|therapy)\s+before|(?:from|since|after)\s+(?:the\s+)?(?:start\w*|initiation|first\s+dose)\s+(?:of\s+[\w-]+\s+)?"
    r"(?:to|until)\s+(?:the\s+)?(?:onset|event|reaction|diagnosis|(?:first\s+)?symptoms?)|onset\s+after|interval\s+to\s+onset|(?:day|week|month)\s+of\s+(?:the\s+)?(?:onset|event|"
    r"reaction)|(?:delay|days|weeks|months)\s+(?:to|before|until)\s+(?:the\s+)?(?:onset|event|reaction|first\s+symptoms?))\b"
    r"|\s*(?:onset|latency)\s*[,(]\s*(?:in\s+)?(?:hour|day|week|month)s?\)?",
    re.IGNORECASE,
)
_FORMER = Pattern(r".*\b(?:previous|prior|past|earlier|before|former)\b", re.IGNORECASE)
_REMEDY = Pattern(
    r".*\b(?:treatment|therapy|management)\s+of\b|\s*(?:treatment|management)\s*$|.*steroids?\b", re.IGNORECASE
)
_INDICATION = Pattern(r".*\b(?:indication|disease|diagnosis|outcome|rechallenge|re-?exposure)\b", re.IGNORECASE)
RECOVERY = Pattern(
    r"\s*recovery\s*[,(]\s*(?:in\s+)?(?:day|week|month)s?\)?|"
    r".*\b(?:(?:days?|weeks?|months?|time)\s+to\s+(?:\w+\s+){0,2}(?:recover\w*|normal\w*|resolution)|recovery\s+time|duration\s+of\s+"
    r"(?:\w*penia|agranulocytosis))\b",
    re.IGNORECASE,
)
REACTION = Pattern(
    r"\s*(?:suspected\s+)?(?:adverse\s+)?(?:drug\s+)?(?:reactions?|events?|ADRs?|AEs?)(?:\s*\([^()]*\))?\s*$",
    re.IGNORECASE,
)
"""Labels of the row that names the reaction."""
OUTCOME = Pattern(r"\s*outcome\b", re.IGNORECASE)
_UNIT = Pattern(r"\b(?P<unit>hour|day|week|month|year)s?\b", re.IGNORECASE)
_UNIT_IN_LABEL = Pattern(r"\(\s*(?P<unit>[^()]{1,30})\s*\)|,\s*(?P<unit2>[^\s(),]{1,12}(?:\s\^?\d{1,2}/L)?)\s*$")
_BEFORE = Pattern(
    r"[\s,]*\b(?:(?:before|prior\s+to)\s+(?:(?:the\s+)?(?:treatment|therapy|drug|start\w*|exposure)|\w+)|(?:at\s+)?baseline|"
    r"pre-?treatment|at\s+(?:the\s+)?start)\b",
    re.IGNORECASE,
)
_AFTERWARDS = Pattern(
    r"\b(?:last|final|latest|at\s+(?:recovery|discharge|follow-?up)|after\s+(?:stopping|withdrawal|discontinuation|recovery)|"
    r"nadir\s+after|follow-?up)\b",
    re.IGNORECASE,
)
"""Labels of values that are not those of the reaction."""
_PEAK = Pattern(r"\s*(?:peak|max\w*|highest|nadir|lowest|worst)\b", re.IGNORECASE)
_MALE = Pattern(
    r"(?:^|[\s/,(])(?P<m>m|male|man|boy)(?=$|[\s/,)])|(?:^|[\s/,(])(?P<f>f|female|woman|girl)(?=$|[\s/,)])",
    re.IGNORECASE,
)
OUTCOMES: tuple[tuple[Pattern, Outcome], ...] = (
    (Pattern(r"\b(?:died|death|dead|fatal)\b", re.IGNORECASE), "fatal"),
    (Pattern(r"\b(?:not\s+recovered|persist\w+|ongoing)\b", re.IGNORECASE), "not recovered"),
    (Pattern(r"\bwith\s+sequela\w*", re.IGNORECASE), "recovered with sequelae"),
    (Pattern(r"\b(?:recovering|improving|improved)\b", re.IGNORECASE), "recovering"),
    (Pattern(r"\b(?:recovered|recovery|resolved|complete|survived)\b", re.IGNORECASE), "recovered"),
)
_NONE = Pattern(r"\s*(?:none|no|nil|-|–|n/?a)\s*", re.IGNORECASE)


class PatientCells:
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
            age = re.search(r"(?<![\d.])\d{1,3}(?:\.\d)?(?![\d.])", cell.text) if AGE.match(name) else None
            if age is not None and "age" not in found:
                unit = "month" if re.search(r"month|\bmo\b", name + " " + cell.text, re.IGNORECASE) else "year"
                found["age"] = Age.model_validate(
                    {"value": float(age.group()), "unit": unit, "evidence": (self.quote(cell),)}
                )
            mark = _MALE.search(cell.text) if _SEX.match(name) or AGE.match(name) else None
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
            (DRUG.fullmatch, "suspect"),
            (_FORMER.match, "previous"),
            (_OTHER_DRUGS.match, "concomitant"),
            (_REMEDY.match, "treatment"),
        )
        for name, cell in self.all:
            role = next((role for fits, role in kinds if fits(name)), None)
            if _NONE.fullmatch(cell.text) or not cell.text or (role is None and _INDICATION.match(name)):
                continue
            text = clean(self.document, cell.start, cell.end)
            for mention in read_drugs(text.text, [(0, len(text.text))]):
                if mention.drug and (role is not None or not mention.start):
                    words = text.quote(mention.start, mention.end)
                    yield mention.drug, role or "concomitant", words, mention.ingredients

    def values(self, time: Time | None) -> Iterator[Measurement]:
        """Laboratory values: the label names analyte and unit, the cell holds the figure."""
        for name, cell in self.all:
            if not re.fullmatch(r"[<>≤≥~]?\s?\d[\d.,]*", cell.text) or LATENCY.match(name) or RECOVERY.match(name):
                continue
            early = _BEFORE.search(name)
            when = Time(low=None, high=0.0, anchor="baseline") if early else time
            if when is not None and not early and _PEAK.match(name):  # at the onset or after it
                when = Time(low=when.low, high=None, anchor=when.anchor)
            when = None if _AFTERWARDS.search(name) else when
            if (headed := self._headed(name, cell, when)) is not None:
                yield headed
                continue
            unit = _UNIT_IN_LABEL.search(name)
            printed = (unit["unit"] or unit["unit2"]).strip() if unit else ""
            label = _BEFORE.sub(" ", _UNIT_IN_LABEL.sub("", name)).strip()
            line = clean(Document.from_text(f"{label} {cell.text} {printed}".strip()))
            read = [lab for lab in read_labs(line, [(0, len(line.text))]) if lab.value is not None]
            if len(read) == 1 and read[0].analyte not in ("WEIGHT", "HEIGHT", "BMI"):
                yield measure(read[0], when, (self.quote(cell),), section="patient table", rule="patient table")

    def _headed(self, name: str, cell: Cell, when: Time | None) -> Measurement | None:
        """A value whose label prints a limit as well ("Peak ALT, U/L (normal < 40)")."""
        head = column(Cell(0, len(name), _BEFORE.sub(" ", name)), 0)
        at = self.document.text.find(name)
        value = read_value(cell, head) if head.kind == "analyte" and head.limit is not None and at >= 0 else None
        if value is None or head.limit is None or value.qualitative is not None:
            return None
        code, printed = measured(value, head)
        told = TableCell(
            head.analyte, value.value, value.low, value.high, value.comparator, code, printed, None, value.start,
            value.end, 0,
        )  # fmt: skip
        words = (self.document.quote(at, at + len(name)),)
        limit = Limit(low=head.limit[0], high=head.limit[1], source="printed", evidence=words)
        return measure(told, when, (self.quote(cell),), limit=limit, section="patient table", rule="patient table")
