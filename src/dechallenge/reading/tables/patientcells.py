"""Cells of a table of patients that are no laboratory values: tests, scores, weight, dose, what was done with the drug.

May import the readers of tests, the grid of patients and the case model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.case import Action, Case, Dose, Finding, Statement, TestResult, Time
from dechallenge.case.model import ActionKind
from dechallenge.evidence import Document, State
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.findings.workup_names import find_tests
from dechallenge.reading.matching.matcher import tokens
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_grid import Cell
from dechallenge.reading.texts.text import clean

_STATES: tuple[tuple[Pattern, State], ...] = (
    (Pattern(r"(?:not\s+(?:done|tested|performed|determined)|n\.?[dt]\.?)", re.IGNORECASE), "not done"),
    (
        Pattern(r"(?:neg(?:ative|\.)?|normal|absent|undetectable|not\s+detected|unremarkable|none|no)", re.IGNORECASE),
        "negative",
    ),
    (
        Pattern(
            r"(?:(?:weakly\s+)?pos(?:itive|\.)?|present|detectable|detected|\+|"
            r"(?:positive[, (]*)?1\s?[:/]\s?\d{2,5}\)?)",
            re.IGNORECASE,
        ),
        "positive",
    ),
)
_SCORES: tuple[tuple[Pattern, str], ...] = (
    (Pattern(r"(?:updated\s+)?(?:RUCAM|CIOMS)\b", re.IGNORECASE), "RUCAM"),
    (Pattern(r"Naranjo\b", re.IGNORECASE), "Naranjo"),
    (Pattern(r"FibroTest\b", re.IGNORECASE), "FibroTest"),
    (Pattern(r"ActiTest\b", re.IGNORECASE), "ActiTest"),
    (Pattern(r"FIB-?4\b", re.IGNORECASE), "FIB-4"),
    (Pattern(r"H-?Score\b", re.IGNORECASE), "HScore"),
    (Pattern(r"MELD\b", re.IGNORECASE), "MELD"),
    (Pattern(r"(?:French\s+)?imputability\b", re.IGNORECASE), "French imputability"),
    (Pattern(r"WHO(?:-UMC)?\b", re.IGNORECASE), "WHO-UMC"),
)
_WEIGHT = Pattern(r"(?:body\s+)?weight\b[\s,(]*kg\b", re.IGNORECASE)
_DOSE = Pattern(r"(?P<daily>daily\s+)?dos(?:e|age)\b", re.IGNORECASE)
_AMOUNT = Pattern(
    r"(?P<value>\d[\d.,]*)\s?(?P<unit>(?:mg|g|mcg|[µμ]g|IU|U)(?:/(?:kg|m2|m²|day|d|week|wk|month)\b)*)(?P<rest>[^;]{0,40})",
    re.IGNORECASE,
)
_AGAIN = Pattern(r"(?:re-?challenge|re-?exposure|re-?administration|reintroduction)\b", re.IGNORECASE)
_DONE = Pattern(
    r"(?:decision|action(?:\s+taken)?|outcome\s+of\s+(?:the\s+)?(?:drug|treatment)|management\s+of\s+(?:the\s+)?drug)\b",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[Pattern, ActionKind], ...] = (
    (
        Pattern(r"(?:drug\s+|treatment\s+)?(?:was\s+)?(?:stopped|withdrawn|discontinued|withheld)", re.IGNORECASE),
        "stopped",
    ),
    (Pattern(r"(?:dose\s+)?reduced", re.IGNORECASE), "reduced"),
    (Pattern(r"(?:continued|unchanged|maintained)", re.IGNORECASE), "continued"),
)
_NONE = Pattern(r"(?:no|none|not\s+(?:done|performed|attempted|given)|n/?a|-|–)\s*", re.IGNORECASE)
_POSITIVE = Pattern(r"(?:yes[,;:]?\s*)?(?:positive|recurr\w+|relapse)\b", re.IGNORECASE)
_NEGATIVE = Pattern(r"(?:negative|tolerated|(?:yes,?\s*)?(?:no|without)\s+(?:recurrence|relapse))\b", re.IGNORECASE)


def with_cells(document: Document, case: Case, cells: Sequence[tuple[str, Cell]]) -> Case:
    """A case with what only the cells of its patient say beside the laboratory values.

    Args:
        document: The document.
        case: The case as it is known so far.
        cells: Label and cell of every row (or column) of the patient.
    """
    cells = [(name, cell) for name, cell in cells if cell.text]
    changed: dict[str, object] = {}
    tests = _tests(document, case, cells)
    if tests:
        changed["tests"] = (*case.tests, *tests)
    signs = _signs(document, case, cells)
    if signs:
        changed["findings"] = (*case.findings, *signs)
    scores = _scores(document, case, cells)
    if scores:
        changed["statements"] = (*case.statements, *scores)
    weight = next((c for name, c in cells if _WEIGHT.match(name) and re.fullmatch(r"\d{2,3}(?:[.,]\d)?", c.text)), None)
    if weight is not None and case.patient.weight_kg is None:
        words = (document.quote(weight.start, weight.end),)
        figure = float(weight.text.replace(",", "."))
        changed["patient"] = case.patient.model_copy(update={"weight_kg": figure, "weight_evidence": words})
    suspect = next((link.drug for link in case.links if link.role == "suspect"), "")
    if suspect:
        actions = _actions(document, case, cells, suspect)
        if actions:
            changed["actions"] = (*case.actions, *actions)
        changed |= _dosed(document, case, cells, suspect)
    return case.model_copy(update=changed) if changed else case


def _tests(document: Document, case: Case, cells: Sequence[tuple[str, Cell]]) -> list[TestResult]:
    known = {test.test for test in case.tests}
    found: list[TestResult] = []
    for name, cell in cells:
        state = next((state for words, state in _STATES if words.fullmatch(cell.text)), None)
        named = find_tests(name, tokens(name)) if state is not None else []
        if _GROWTH_FACTOR.search(name) is not None:
            continue  # "G-CSF: no" is of a drug
        if state is None or len({test.test for test in named}) != 1 or named[0].test in known:
            continue
        known.add(named[0].test)
        words = (document.quote(cell.start, cell.end),)
        found.append(TestResult(test=named[0].test, state=state, result=cell.text, evidence=words))
    return found


_GROWTH_FACTOR = Pattern(r"\bGM?-?CSF\b")
_SIGNS = Pattern(
    r"(?:(?:presenting|clinical|main|associated)\s+)?(?:symptoms?|signs?|features|manifestations?|presentation)\b[^|]{0,30}$",
    re.IGNORECASE,
)


def _signs(document: Document, case: Case, cells: Sequence[tuple[str, Cell]]) -> list[Finding]:
    """Symptoms and signs that only a cell names."""
    known = {finding.term for finding in case.findings if finding.history is not True}
    found: list[Finding] = []
    for name, cell in cells:
        if not _SIGNS.match(name) or _NONE.fullmatch(cell.text):
            continue
        text = clean(document, cell.start, cell.end)
        for m in read_findings(text, [(0, len(text.text))], {})[0]:
            if m.state == "present" and m.term not in known and not (m.history or m.hypothetical or m.other_patient):
                known.add(m.term)
                words = (text.quote(m.ev_start, m.ev_end),)
                found.append(Finding(term=m.term, kind=m.kind, state="present", evidence=words))
    return found


def _scores(document: Document, case: Case, cells: Sequence[tuple[str, Cell]]) -> list[Statement]:
    known = {(s.method, s.result.split(",")[0]) for s in case.statements}
    found: list[Statement] = []
    for name, cell in cells:
        method = next((method for words, method in _SCORES if words.match(name)), "")
        if not method or _NONE.fullmatch(cell.text) or (method, cell.text.split()[0]) in known:
            continue
        words = (document.quote(cell.start, cell.end),)
        found.append(Statement(kind="score", by="author", method=method, result=cell.text, evidence=words))
    return found


def _actions(document: Document, case: Case, cells: Sequence[tuple[str, Cell]], suspect: str) -> list[Action]:
    found: list[Action] = []
    mine = {action.kind for action in case.actions if action.drug == suspect}
    for name, cell in cells:
        words = (document.quote(cell.start, cell.end),)
        if _AGAIN.match(name) and "restarted" not in mine and not _NONE.fullmatch(cell.text):
            result = "positive" if _POSITIVE.match(cell.text) else "negative" if _NEGATIVE.match(cell.text) else None
            if result is not None:
                said = {"kind": "restarted", "drug": suspect, "result": result, "evidence": words}
                found.append(Action.model_validate(said | {"because": "told in the table of patients"}))
        elif _SINCE_THE_STOP.search(name) and re.search(r"\d", cell.text):
            if "stopped" not in mine and not any(action.kind == "stopped" for action in found):
                found.append(Action(kind="stopped", drug=suspect, time=_after(case), evidence=words))
        elif (stop := _stopped(name, cell.text)) is not None:
            if stop not in mine and not any(action.kind == stop for action in found):
                found.append(Action(kind=stop, drug=suspect, time=_after(case), evidence=words))
        elif _DONE.match(name) or name.strip().lower() == suspect:
            kind = next((kind for told, kind in _KINDS if told.match(cell.text)), None)
            stops = kind == "stopped" and "stopped" not in mine
            if kind is not None and (stops or not mine & {"stopped", "reduced", "continued"}):
                found.append(Action(kind=kind, drug=suspect, evidence=words))
    return found


_SINCE_THE_STOP = Pattern(
    r"\b(?:recover\w*|normali[sz]\w*|resolution|resolved)\b.*\b(?:after|from|since|following|post)[\s-]+(?:the\s+)?(?:drug\s+)?(?:stop\w*|withdraw\w*|"
    r"discontinu\w*|cessation|last\s+dose)",
    re.IGNORECASE,
)
"""The label of a recovery that counts from the stop ("Time to recovery after stopping"): the drug was stopped."""
_STOP = Pattern(
    r"(?:(?:suspect(?:ed)?\s+)?(?:[\w-]+)\s+)?(?:withdraw(?:n|al)|discontinu(?:ed|ation)|stopped|cessation)$",
    re.IGNORECASE,
)
"""The label of a cell that says yes or no to a stop ("Drug withdrawn")."""
_DECHALLENGE = Pattern(r"de-?challenge(?:\s+(?:results?|outcome))?$", re.IGNORECASE)
_YES = Pattern(r"\s*(?:yes|y|done|\+)\s*(?:$|[,;(])", re.IGNORECASE)
_NO = Pattern(r"\s*(?:no|n)\s*(?:$|[,;(])", re.IGNORECASE)
_TRIED = Pattern(r"\s*(?:positive|negative|\+)", re.IGNORECASE)


def _stopped(name: str, said: str) -> ActionKind | None:
    """What "Drug withdrawn: Yes", "Drug withdrawn: No" and "Dechallenge: positive" say was done."""
    name = name.strip().rstrip(" ?")
    if _DECHALLENGE.match(name):
        return "stopped" if _TRIED.match(said) else None
    if not _STOP.match(name):
        return None
    return "stopped" if _YES.match(said) else "continued" if _NO.match(said) else None


def _after(case: Case) -> Time | None:
    """A stop that followed the reaction came at its onset or later."""
    onset = case.events[0].onset if case.events else None
    return Time(low=onset.low, anchor=onset.anchor) if onset is not None else None


_UNIT_OF_DOSE = Pattern(
    r"dos(?:e|age)\s*[,(]\s*(?P<unit>mg|g|mcg|[µμ]g|IU|U)\b(?P<rest>[^()]{0,30})\)?\s*$", re.IGNORECASE
)


def _dosed(document: Document, case: Case, cells: Sequence[tuple[str, Cell]], suspect: str) -> dict[str, object]:
    """The dose of the suspect, where the text prints none."""
    index = next((i for i, exposure in enumerate(case.exposures) if exposure.drug == suspect), None)
    if index is None or case.exposures[index].dose is not None:
        return {}
    for name, cell in cells:
        label = _DOSE.match(name)
        headed = _UNIT_OF_DOSE.search(name) if label is not None and re.fullmatch(r"\d[\d.,]*", cell.text) else None
        printed_as = f"{cell.text} {headed['unit']}{headed['rest']}" if headed is not None else cell.text
        amount = _AMOUNT.fullmatch(printed_as) if label is not None else None
        if label is None or amount is None:
            continue
        words = document.quote(cell.start, cell.end)
        printed = Dose(value=float(amount["value"].replace(",", ".")), unit=amount["unit"], text=printed_as)
        often = amount["rest"].strip() or ("daily" if label["daily"] else None)
        taken = case.exposures[index]
        update = {"dose": printed, "frequency": taken.frequency or often, "evidence": (*taken.evidence, words)}
        exposures = list(case.exposures)
        exposures[index] = taken.model_copy(update=update)
        return {"exposures": tuple(exposures)}
    return {}
