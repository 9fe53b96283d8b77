"""Cases that only a table tells: a table with one row or one column for each patient, beside a common text.

The common text is read once for each patient, without the sentences about another ("Patient 2 was …"); the cells of the
patient are laid over it. Where each patient has a text of his own as well, the cells fill what it leaves open. May
import the readers of values, drugs, times and people, segments, the grid of patients, and the case model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dechallenge.case import Case, DrugReaction, Event, Exposure, Measurement, Time
from dechallenge.case.model import Role
from dechallenge.evidence import Document, TextEvidence
from dechallenge.reading.cases.tabledpatient import LATENCY, OUTCOME, OUTCOMES, REACTION, RECOVERY, PatientCells
from dechallenge.reading.entries.values import merge
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.layout.others import of_the_patient
from dechallenge.reading.layout.segments import CaseText, Layout
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.namedkinds import kind_of
from dechallenge.reading.tables.patientgrid import Grid
from dechallenge.reading.tables.table_grid import Cell
from dechallenge.reading.texts.amounts import number_of
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean

_NAMED = Pattern(
    r"\b(?:patients?|cases?)\s+(?P<list>\d{1,2}(?:\s*(?:,|and|or|,\s*and)\s*\d{1,2}){0,9})\b", re.IGNORECASE
)


_SOME = Pattern(
    r"\b(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+(?:of\s+(?:them|these|those|our|the)\b|(?:other\s+)?"
    r"(?:patients?|wom[ae]n|m[ae]n|cases?|child(?:ren)?)\b(?!\s+(?:with|who|treated)))",
    re.IGNORECASE,
)
"""Some of the patients, nobody says which."""


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
    if not spans:
        return _of_its_caption(plan, grid)
    general = [(s.start, s.end) for s in plan.sections if s.kind == "introduction"]
    spans = [s for s in spans if not any(a <= s[0] < b for a, b in general)] or spans
    spans = of_the_patient(body, [part for span in spans for part in _by_patient(body, span)])
    for number in grid.numbers:
        parts = [span for span in spans if _tells_of(body, span, number, len(grid.numbers))]
        out.append(
            CaseText(f"Patient {number}", len(out) + 1, tuple(parts), plan.text.raw_start(first), grid.end, None)
        )
    return tuple(out) if spans else ()


def _of_its_caption(plan: Layout, grid: Grid) -> tuple[CaseText, ...]:
    """The patients of a table beside which nothing stands but its caption, which names the reaction."""
    body = plan.text.text
    lead = _TABLE.match(body)
    title = (lead.end() if lead is not None else 0, len(body))
    end = (len(body), len(body))
    raw = plan.text.raw_start(0)
    return tuple(
        CaseText(f"Patient {number}", place, (end,), raw, grid.end, title)
        for place, number in enumerate(grid.numbers, 1)
    )


_TABLE = Pattern(r"\s*(?:Table\s+(?:\d{1,2}|[IVX]{1,4})\s*[.:]?\s*)?", re.IGNORECASE)


def with_untold(plan: Layout, grid: Grid) -> tuple[Layout, frozenset[int]] | None:
    """The layout with a case for every patient of a table, where only some of them have a text of their own.

    Args:
        plan: Layout of the document, from which the table was cut.
        grid: The table.

    Returns:
        The layout, and the places of the patients without a text of their own; ``None`` where the texts do not say
        which patients of the table they tell of.
    """
    own: dict[int, CaseText] = {}
    for case in plan.cases:
        number = of_a_number(case.title)
        if number not in grid.numbers or number in own:
            return None
        own[number] = case
    if not own or len(own) == len(grid.numbers):
        return None
    theirs = [part for case in own.values() for part in case.parts]
    cases: list[CaseText] = []
    for place, common in enumerate(common_text(plan, grid), 1):
        number_ = grid.numbers[place - 1]
        if number_ in own:
            cases.append(replace(own[number_], number=place))
            continue
        parts = tuple(p for p in common.parts if not any(a < p[1] and p[0] < b for a, b in theirs))
        cases.append(replace(common, parts=parts))
    untold = frozenset(place for place, n in enumerate(grid.numbers, 1) if n not in own)
    if not all(_tells_a_reaction(grid.patients[place - 1]) for place in untold):
        return None
    return (replace(plan, cases=tuple(cases)), untold) if len(cases) == len(grid.numbers) else None


_TITLED = Pattern(r"\s*(?:case|patient|observation)\s*(?:no\.?\s*)?(?P<n>\d{1,2})\b", re.IGNORECASE)


def _tells_a_reaction(cells: Sequence[tuple[str, Cell]]) -> bool:
    """Whether the cells of a patient say more than who took what: when it began, or how it ended."""
    return any((LATENCY.match(name) or OUTCOME.match(name)) and cell.text for name, cell in cells)


def of_a_number(title: str) -> int:
    """The number of the patient in the heading of a case ("Patient 2: 71-year-old man"); 0 without one."""
    number = _TITLED.match(title)
    return int(number["n"]) if number is not None else 0


def _by_patient(body: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """ "Patient 1 smoked; patient 2 took no other medicines": a sentence parted where another patient is named."""
    cuts = [m.end() for m in _NEXT_PATIENT.finditer(body, *span) if _NAMED.search(body, span[0], m.start()) is not None]
    edges = [span[0], *cuts, span[1]]
    return list(pairwise(edges))


_NEXT_PATIENT = Pattern(
    r"[;,]\s+(?:and\s+|but\s+|while\s+|whereas\s+)?(?=(?:patient|case)\s+\d{1,2}\s+[a-z])", re.IGNORECASE
)


def _tells_of(body: str, span: tuple[int, int], number: int, of: int) -> bool:
    named = [int(n) for m in _NAMED.finditer(body, *span) for n in re.findall(r"\d+", m["list"])]
    if named:
        return number in named
    return all(number_of(some["n"]) >= of for some in _SOME.finditer(body, *span))


def filled_in(document: Document, case: Case, cells: Sequence[tuple[str, Cell]]) -> Case:
    """A case told in prose with what only the cells of its patient say.

    Age, sex, values, time to onset, outcome and drugs are taken where the text leaves them open.

    Args:
        document: The document.
        case: The case as its text tells it.
        cells: Label and cell of every row (or column) of the patient.
    """
    told = PatientCells(document, cells)
    person = {k: v for k, v in told.person().items() if not k.endswith("evidence") and getattr(case.patient, k) is None}
    if "sex" in person:
        person["sex_evidence"] = told.person()["sex_evidence"]
    onset = told.time(LATENCY, "start")
    shown = onset or (case.events[0].onset if case.events else None)
    links = tuple(
        _dated(link, onset)
        if onset is not None
        and link.role == "suspect"
        and link.event == case.events[0].id
        and _open(link.latency, onset)
        else link
        for link in case.links
    )
    events = list(case.events)
    if events:
        full = _event(events[0], told, onset if events[0].onset is None else None)
        known = events[0].outcome if events[0].outcome not in ("unknown", "recovering") else ""
        if known:
            full = full.model_copy(
                update={
                    "outcome": events[0].outcome,
                    "outcome_evidence": events[0].outcome_evidence,
                    "recovery_from_stop": events[0].recovery_from_stop or full.recovery_from_stop,
                }
            )
        events[0] = full
    return case.model_copy(
        update={
            "patient": case.patient.model_copy(update=person),
            "events": tuple(events),
            "links": links,
            "exposures": (*case.exposures, *_more(case, told)),
            "measurements": _unknown(case, told.values(shown)),
        }
    )


def _open(told: Time | None, onset: Time) -> bool:
    """What the text tells leaves the time to onset open, and the cell of the table does not contradict it."""
    return told is None or (not told.known and told.interval.overlaps(onset.interval))


def _more(case: Case, told: PatientCells) -> Iterator[Exposure]:
    """Drugs that only the table names."""
    known = {exposure.drug for exposure in case.exposures}
    for drug, role, words, ingredients in told.drugs():
        if drug in known or role == "suspect":
            continue
        known.add(drug)
        yield _named(len(known), drug, role, words, ingredients)


def _named(number: int, drug: str, role: Role, words: TextEvidence, ingredients: tuple[str, ...]) -> Exposure:
    """A drug that the table of patients names."""
    return Exposure(
        id=f"x{number}",
        drug=drug,
        as_written=words.quote,
        ingredients=ingredients,
        role=role,
        reason="named in the table of patients",
        evidence=(words,),
    )


def _unknown(case: Case, values: Iterator[Measurement]) -> tuple[Measurement, ...]:
    """The values of a case with those of the table that its text does not print."""
    new = [
        value
        for value in values
        if not any(m.analyte == value.analyte and m.value == value.value for m in case.measurements)
    ]
    return merge([*case.measurements, *new]) if new else case.measurements


def laid_over(document: Document, case: Case, cells: Sequence[tuple[str, Cell]]) -> Case:
    """A case of the common text with what the cells of one patient say.

    Args:
        document: The document.
        case: The case as the common text tells it.
        cells: Label and cell of every row (or column) of the patient.
    """
    told = PatientCells(document, cells)
    onset = told.time(LATENCY, "start")
    events = tuple(_event(event, told, onset) if event.primary else event for event in case.events)
    if not events and (own := _named_reaction(document, told, onset)) is not None:
        events = (own,)
        case = case.model_copy(update={"events": events})
    first = {event.id for event in case.events if event.primary}
    links = [
        link if onset is None or link.role != "suspect" or link.event not in first else _dated(link, onset)
        for link in case.links
    ]
    exposures = list(case.exposures)
    for drug, role, words, ingredients in told.drugs():
        known = next((exposure for exposure in exposures if exposure.drug == drug), None)
        if known is not None:
            if events and role == "suspect" == known.role and not any(link.drug == drug for link in links):
                links.append(_linked(drug, events[0].id, words, onset))  # the text beside the table told of no reaction
            continue
        exposures.append(_named(len(exposures) + 1, drug, role, words, ingredients))
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


def _linked(drug: str, event: str, words: TextEvidence, onset: Time | None) -> DrugReaction:
    because = "the drug of the table of patients"
    link = DrugReaction(drug=drug, event=event, role="suspect", basis="blamed", because=because, evidence=(words,))
    return link if onset is None else _dated(link, onset)


def _named_reaction(document: Document, told: PatientCells, onset: Time | None) -> Event | None:
    """The reaction that the cell of a patient names, where the text beside the table tells of none."""
    for cell in told.cells(REACTION):
        text = clean(document, cell.start, cell.end)
        found = [m for m in read_findings(text, [(0, len(text.text))], {})[0] if m.state == "present"]
        if not found or _NONE.fullmatch(cell.text):
            continue
        first = next((m for m in found if kind_of(m.term)), found[0])
        kind = kind_of(first.term) or first.term
        event = Event(id="e1", kind=kind, term=first.term, primary=True, evidence=(told.quote(cell),))
        return _event(event, told, onset)
    return _of_the_caption(document, told, onset)


def _of_the_caption(document: Document, told: PatientCells, onset: Time | None) -> Event | None:
    """The reaction that the line above the table names: "Table 1. Three patients with thrombocytopenia due to X"."""
    first = min((cell.start for _, cell in told.all), default=0)
    line = next((m for m in reversed(list(_CAPTION.finditer(document.text, max(0, first - _ABOVE), first)))), None)
    if line is None:
        return None
    text = clean(document, line.start(), line.end())
    read = read_findings(text, [(0, len(text.text))], {})[0]
    read = [m for m in read if m.state == "present" and m.kind in ("symptom", "sign", "diagnosis")]
    found = [m for m in read if kind_of(m.term)] or (read if len({m.term for m in read}) == 1 else [])
    came = [m for m in found if not m.history] or [m for m in found if _DUE_TO.match(text.text, m.end)]
    named = next(iter(came or (found if len({kind_of(m.term) for m in found}) == 1 else [])), None)
    if named is None:
        return None
    words = (text.quote(named.ev_start, named.ev_end),)
    kind = kind_of(named.term) or named.term
    return _event(Event(id="e1", kind=kind, term=named.term, primary=True, evidence=words), told, onset)


_CAPTION = Pattern(
    r"(?:^|(?<=\n))[ \t]*Table\s+(?:\d{1,2}|[IVX]{1,4})\b[^\n]{0,200}?\b(?:patients?|cases|reports)\b[^\n]{0,160}",
    re.IGNORECASE,
)
_DUE_TO = Pattern(
    r"\s*(?:\([^()]{1,30}\)\s*)?(?:due\s+to|caused\s+by|induced\s+by|associated\s+with|attributed\s+to|after|following|during|under|on|with)\b",
    re.IGNORECASE,
)
_ABOVE = 1200
"""Characters above the first cell of a patient in which the caption of the table stands."""


_NONE = Pattern(r"\s*(?:none|no|nil|-|–|n/?a)\s*", re.IGNORECASE)


def _dated(link: DrugReaction, onset: Time) -> DrugReaction:
    return link.model_copy(update={"latency": onset, "course": 0})


def _event(event: Event, told: PatientCells, onset: Time | None) -> Event:
    changed: dict[str, object] = {}
    if onset is not None:
        changed["onset"] = onset
    recovery = told.time(RECOVERY, "stop")
    if recovery is not None:
        changed |= {"recovery_from_stop": recovery, "outcome": "recovered", "outcome_evidence": recovery.evidence}
    for cell in told.cells(OUTCOME):
        outcome = next((kind for words, kind in OUTCOMES if words.search(cell.text)), None)
        if outcome is not None:
            changed |= {"outcome": outcome, "outcome_evidence": (told.quote(cell),)}
    return event.model_copy(update=changed)
