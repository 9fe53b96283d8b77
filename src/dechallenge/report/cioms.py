"""The CIOMS I form of a case: what goes into each numbered box, the same for every way of drawing it.

Facts only. What the case does not hold is blank and marked "not stated", never "no": a box that is not ticked says
nothing. Boxes 20 and 21 have one answer on the form; several pairs of drug and reaction are answered in a table on the
next sheet. Source: the project's fact sheet on E2B, section 9 (boxes of CIOMS I and the elements of E2B(R3)). May
import the case, the contract and this folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dechallenge.assessment.model import CaseOut, SuspectOut
from dechallenge.case import Case, Event, Exposure
from dechallenge.evidence import Evidence
from dechallenge.report import case_course as course
from dechallenge.report import case_narrative as prose
from dechallenge.report import case_words as words
from dechallenge.report import wording
from dechallenge.report.told import Sentence

Answer = Literal["yes", "no", "not applicable", ""]
NOT_STATED: Final = "not stated"
TITLE: Final = "SUSPECT ADVERSE REACTION REPORT"
REMARK: Final = "A box that is not ticked, or says “not stated”, means that the case does not tell; it never means no."
OTHER: Final = "other medically important condition"

CRITERIA: Final[Mapping[str, str]] = {
    "death": "patient died",
    "hospitalisation": "involved or prolonged inpatient hospitalisation",
    "disabling": "involved persistent or significant disability or incapacity",
    "life-threatening": "life threatening",
    "congenital anomaly": "congenital anomaly",
    "other medically important": OTHER,
}
"""Boxes 8–12 by the criteria of the case, ours for the last two, which newer forms add."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the form; a case does not hold it.

    Attributes:
        name_and_address: Box 24a.
        control_number: Box 24b; the case's own identifier where empty.
        report_date: Box 25, as ``2022-06-14``; the case's own date where empty.
        initials: Box 1; ``PRIVACY`` or the like where they may not be told.
        reporter: Box 26: name and address of the reporter.
    """

    name_and_address: str = ""
    control_number: str = ""
    report_date: str = ""
    initials: str = ""
    reporter: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: number, caption, and the lines in it; no line is "not stated"."""

    number: str
    caption: str
    lines: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A box that is ticked or not; not ticked says nothing."""

    caption: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """Boxes 20 and 21 for one drug and one reaction; an empty answer is not stated, ``why`` may say more."""

    drug: str
    event: str
    abated: Answer = ""
    abated_why: str = ""
    reappeared: Answer = ""
    reappeared_why: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The form.

    Attributes:
        boxes: By number; 7+13 is ``"7"``.
        criteria: Boxes 8–12.
        suspects: Boxes 14 to 19 of each suspect in a row, for the table of the next sheet.
        trials: Boxes 20 and 21; the first stands on the form.
        sources: Box 24d.
        kinds: Box 25a.
    """

    boxes: Mapping[str, Box]
    criteria: tuple[Tick, ...]
    suspects: tuple[tuple[str, ...], ...]
    trials: tuple[Trial, ...]
    sources: tuple[Tick, ...]
    kinds: tuple[Tick, ...]

    def lines(self, number: str) -> tuple[str, ...]:
        """The lines of a box; "not stated" where there is none."""
        return self.boxes[number].lines or (NOT_STATED,)


def form(case: Case, assessed: CaseOut | None = None, sender: Sender | None = None, *, as_reported: str = "") -> Form:
    """The form of a case.

    Args:
        assessed: The assessment of this case: it infers the answers of boxes 20 and 21. Without it they show what the
            case says itself.
        sender: Boxes that no case holds.
        as_reported: The narrative that the report came with (E2B H.1); it goes into box 7+13 in its own words.
    """
    who = sender or Sender()
    report = case.report
    main = next((event for event in case.events if event.primary), None)
    suspects = [one for one in case.exposures if one.drug in course.suspected(case)]
    onset = words.moment(main.onset) if main is not None else ""
    age = words.age(case.patient.age) if case.patient.age is not None else ""
    received = report.latest or report.received
    boxes = (
        Box("1", "Patient initials", _line(who.initials)),
        Box("1a", "Country", _line(report.country), report.evidence),
        Box("2", "Date of birth"),
        Box("2a", "Age", _line(age), case.patient.age.evidence if case.patient.age else ()),
        Box("3", "Sex", _line(case.patient.sex), case.patient.sex_evidence),
        Box("4-6", "Reaction onset", _line(onset), main.onset.evidence if main and main.onset else ()),
        _reaction(case, as_reported),
        *(_numbered(number, caption, suspects, line) for number, caption, line in _OF_A_DRUG),
        _concomitants(case),
        _history(case),
        Box("24a", "Name and address of manufacturer", _line(who.name_and_address)),
        Box("24b", "Mfr control no.", _line(who.control_number or report.sender_id or report.worldwide_id)),
        Box("24c", "Date received by manufacturer", _line(words.date(received[:10]))),
        Box("25", "Date of this report", _line(words.date((who.report_date or report.created)[:10]))),
        Box("26", "Reporter", _line(who.reporter or report.reporter), report.evidence),
    )
    return Form(
        {box.number: box for box in boxes},
        _criteria(case),
        tuple(tuple(line(one) or NOT_STATED for _, _, line in _OF_A_DRUG) for one in suspects),
        _trials(case, assessed),
        _sources(case),
        _kinds(case),
    )


def _line(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


# --- reaction ------------------------------------------------------------------------------------------------------


def _reaction(case: Case, as_reported: str) -> Box:
    """Box 7+13: the reactions, the report's own narrative, then the course with values, tests, actions and outcome."""
    parts = (
        course.reactions(case), course.course(case), course.work_up(case),
        (*course.actions(case), *course.re_exposures(case), *course.outcomes(case)),
    )  # fmt: skip
    found = [[one for one in part if one is not None] for part in parts]
    head = [words.term(event.term, event.codes).upper() + _outcome(event) for event in case.events]
    text = [" ".join(one.text for one in part) for part in found if part]
    days = [prose.DAY_ZERO] if any("day " in one.lower() for one in text) else []
    own = [wording.one_line(one) for one in as_reported.splitlines() if one.strip()]
    lines = (*head, *(["As reported:", *own, "From the data of the report:"] if own else []), *text, *days)
    evidence = _proof(one for part in found for one in part)
    return Box("7", "Describe reaction(s) (including relevant tests/lab data)", lines, evidence)


def _outcome(event: Event) -> str:
    return "" if event.outcome == "unknown" else f" – outcome: {event.outcome}"


def _criteria(case: Case) -> tuple[Tick, ...]:
    """Boxes 8–12; a criterion that the form has no box for ticks the last one and stands beside it."""
    told = list(dict.fromkeys(word for event in case.events for word in event.seriousness))
    fatal = any(event.outcome == "fatal" for event in case.events)
    known = {_criterion(word) for word in told} | ({"death"} if fatal else set())
    more = [wording.one_line(word) for word in told if _criterion(word) == "other medically important"]
    more = [word for word in more if word != "other medically important"]
    ticks = [Tick(caption, name in known) for name, caption in CRITERIA.items()]
    if more:
        ticks[-1] = Tick(f"{OTHER}: {', '.join(more)}", True)
    return tuple(ticks)


def _criterion(word: str) -> str:
    """The box of a criterion as the case words it."""
    plain = word.lower()
    stems = (("hospital", "hospitalisation"), ("death", "death"), ("fatal", "death"), ("disab", "disabling"),
             ("life", "life-threatening"), ("congenital", "congenital anomaly"))  # fmt: skip
    return next((name for stem, name in stems if stem in plain), "other medically important")


# --- drugs ---------------------------------------------------------------------------------------------------------


def _numbered(number: str, caption: str, drugs: Sequence[Exposure], line: Callable[[Exposure], str]) -> Box:
    """One line for each suspect, ``#1`` and so on, each with its answer or "not stated"."""
    lines = tuple(f"#{n} {line(one) or NOT_STATED}" for n, one in enumerate(drugs, start=1))
    return Box(number, caption, lines, tuple(piece for one in drugs for piece in one.evidence))


def _regimen(one: Exposure) -> str:
    return " ".join(part for part in (words.dose(one.dose), words.frequency(one)) if part)


def _dates(one: Exposure) -> str:
    start, stop = words.moment(one.start), words.moment(one.stop)
    stop = stop or ("ongoing" if one.ongoing else "")
    single = words.listed([words.moment(time) for time in one.administrations])
    if not start and not stop:
        return single
    return f"{start or NOT_STATED} / {stop or NOT_STATED}" + (f"; single doses {single}" if single else "")


def _duration(one: Exposure) -> str:
    """From the first to the last day of the therapy, both included, where both are known."""
    if one.start is None or one.stop is None:
        return ""
    if one.start.low is None or one.start.high is None or one.stop.low is None or one.stop.high is None:
        return ""
    low, high = max(0.0, one.stop.low - one.start.high) + 1, one.stop.high - one.start.low + 1
    return wording.duration((low, high)) if high >= low else ""


_OF_A_DRUG: Final[tuple[tuple[str, str, Callable[[Exposure], str]], ...]] = (
    ("14", "Suspect drug(s) (include generic name)", words.drug),
    ("15", "Daily dose(s)", _regimen),
    ("16", "Route(s) of administration", lambda one: one.route or ""),
    ("17", "Indication(s) for use", words.indication),
    ("18", "Therapy dates (from/to)", _dates),
    ("19", "Therapy duration", _duration),
)
"""Boxes that have a line for each suspect."""


def _concomitants(case: Case) -> Box:
    """Box 22: drugs beside the suspects with their dates, without those that the reaction was treated with."""
    drugs = [x for x in case.exposures if x.role == "concomitant" and x.drug not in course.suspected(case)]
    lines = []
    for one in drugs:
        parts = (words.drug(one), _regimen(one), one.route or "", _dates(one), words.indication(one))
        lines.append(", ".join(part for part in parts if part))
    caption = "Concomitant drug(s) and dates of administration (exclude those used to treat reaction)"
    return Box("22", caption, tuple(lines), tuple(piece for one in drugs for piece in one.evidence))


def _history(case: Case) -> Box:
    """Box 23: conditions and drugs of the past, pregnancy, drinking."""
    pregnant = {True: "Pregnant.", False: "Not pregnant.", None: ""}[case.patient.pregnant]
    drinking = [one for one in prose.alcohol(case.patient) if one is not None]
    found = [one for one in prose.history(case) if one is not None]
    told = [f"{one.text[:1].upper()}{one.text[1:]}." for one in drinking]
    text = " ".join((*(one.text for one in found), *_line(pregnant), *told))
    evidence = _proof(found) + tuple(piece for one in drinking for piece in one.evidence)
    caption = "Other relevant history (e.g. diagnostics, allergies, pregnancy with last month of period)"
    return Box("23", caption, _line(text), evidence)


def _proof(sentences: Iterable[Sentence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(piece for one in sentences for piece in one.evidence))


# --- dechallenge and rechallenge -----------------------------------------------------------------------------------


def _trials(case: Case, assessed: CaseOut | None) -> tuple[Trial, ...]:
    """Boxes 20 and 21 for each suspect and reaction, in the order of the assessment, else of the case."""
    if assessed is not None:
        return tuple(_inferred(case, one) for one in assessed.suspects)
    pairs = [(link.drug, link.event) for link in case.links if link.role in ("suspect", "interacting")]
    names = {event.id: words.term(event.term, event.codes) for event in case.events}
    return tuple(_as_told(case, drug, event, names[event]) for drug, event in pairs if event in names)


def _inferred(case: Case, one: SuspectOut) -> Trial:
    key = one.key_points
    answers: Mapping[str, Answer] = {"positive": "yes", "negative": "no", "not done": "not applicable"}
    abated = answers.get(key.dechallenge, "")
    again = answers.get(key.rechallenge, "")
    why = key.rechallenge_because
    if again == "not applicable" and not _not_again(case, one.drug, one.event.id):
        again, why = "", ""
    named = next((words.term(e.term, e.codes) for e in case.events if e.id == one.event.id), one.event.term)
    return Trial(one.drug, named, abated, key.dechallenge_because, again, why)


def _not_again(case: Case, drug: str, event: str) -> bool:
    """The case says that the drug went on, or was not given again: there is nothing to reappear after."""
    mine = [a for a in case.actions if a.drug == drug and a.event in ("", event)]
    on = any(x.ongoing for x in case.exposures if x.drug == drug) and not any(a.kind == "stopped" for a in mine)
    return on or any(a.kind == "refused" for a in mine) or (
        any(a.kind == "continued" for a in mine) and not any(a.kind == "stopped" for a in mine)
    )  # fmt: skip


def _as_told(case: Case, drug: str, event: str, term: str) -> Trial:
    """Without an assessment: what the case says itself of this pair."""
    said = [s for s in case.statements if s.kind == "dechallenge" and s.drug == drug and s.event in ("", event)]
    answers: Mapping[str, Answer] = {"positive": "yes", "negative": "no", "does not apply": "not applicable"}
    abated = answers.get(said[0].result, "") if said else ""
    results = [a.result for a in case.actions if a.drug == drug and a.kind == "restarted" and a.event in ("", event)]
    again: Answer = "yes" if "positive" in results else "no" if "negative" in results else ""
    if not results and _not_again(case, drug, event):
        again = "not applicable"
    return Trial(drug, term, abated, "as reported" if abated else "", again, "as reported" if again else "")


# --- manufacturer --------------------------------------------------------------------------------------------------


def _sources(case: Case) -> tuple[Tick, ...]:
    """Box 24d; consumers and lawyers have no box of their own on the form."""
    report = case.report
    professional = report.reporter in ("physician", "pharmacist", "other health professional")
    ticks = [
        Tick("study", report.kind == "study"),
        Tick("literature", bool(report.literature)),
        Tick("health professional", professional),
    ]
    other = report.reporter if report.reporter and not professional else ""
    return (*ticks, Tick(f"other: {other}" if other else "other", bool(other)))


def _kinds(case: Case) -> tuple[Tick, ...]:
    """Box 25a, from the dates: information later than the first receipt makes a follow-up."""
    first, last = case.report.received, case.report.latest
    known = bool(first and last)
    return (Tick("initial", known and first == last), Tick("follow-up", known and first != last))
