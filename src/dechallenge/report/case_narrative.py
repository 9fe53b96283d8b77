"""A narrative written from a case: the paragraphs of an ICH E2D narrative, every statement a value of the case.

Nothing is said of what the case does not hold, neither as present nor as absent; opinions of others stand by
themselves, and so does our own assessment. The module ``narrative`` lays out a text that was read; this one writes.
Source of the order of paragraphs: ICH E2D (general knowledge, not re-checked). May import the case, the contract and
this folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dechallenge.assessment.model import CaseOut, InstrumentOut, ItemOut, SuspectOut
from dechallenge.case import Case, Exposure, Patient, Statement, Time
from dechallenge.evidence import Evidence
from dechallenge.report import case_course as course
from dechallenge.report import case_words as words
from dechallenge.report import view, wording
from dechallenge.report.told import Narrative, Sentence, Told, joined, merged, paragraph, said, sentence

DAY_ZERO = "Days are counted from the first dose of the suspect drug (day 0)."
"""Said where the narrative names days."""
OURS = "Assessment by Dechallenge"


def write(case: Case, assessed: CaseOut | None = None) -> Narrative:
    """The narrative of a case.

    Args:
        assessed: The assessment of this case; its verdicts become the last paragraph. Without it the statements that
            Dechallenge put into the case are told there.

    Returns:
        Paragraphs of sentences, each with its statements, their places in the case and their evidence. The same case
        gives the same words.
    """
    ours = tuple(opinions(case, ours=True)) if assessed is None else tuple(_assessed(assessed))
    paragraphs = (
        *paragraph("Identification and source", _source(case)),
        *paragraph("Patient", _patient(case.patient)),
        *paragraph("History", history(case)),
        *paragraph("Suspect drugs", suspects(case)),
        *paragraph("Other drugs", others(case)),
        *paragraph("Reaction and course", (*course.reactions(case), *course.course(case))),
        *paragraph("Investigations", course.work_up(case)),
        *paragraph("Action taken and outcome", (*course.actions(case), *course.outcomes(case))),
        *paragraph("Re-exposure", course.re_exposures(case)),
        *paragraph("Opinions of the reporter, sender and author", opinions(case, ours=False)),
        *paragraph(OURS, ours),
    )
    days = any("day " in s.text.lower() for p in paragraphs for s in p.sentences)
    return Narrative(tuple(paragraphs), (DAY_ZERO,) if days else ())


# --- source and patient --------------------------------------------------------------------------------------------


def _source(case: Case) -> Iterator[Sentence | None]:
    report = case.report
    proof = report.evidence
    if case.title not in ("", report.sender_id, report.worldwide_id):
        yield sentence("The report is entitled ", said(f"“{wording.one_line(case.title)}”", "title"))
    ids = (
        said(f"{report.sender_id} by the sender" if report.sender_id else "", "report.sender_id", evidence=proof),
        said(f"{report.worldwide_id} world-wide" if report.worldwide_id else "", "report.worldwide_id", evidence=proof),
    )
    yield sentence("The case is identified as ", *joined([one for one in ids if one is not None]))
    kind = {"spontaneous": "a spontaneous report", "study": "a report from a study"}.get(report.kind, "")
    yield sentence("It is ", said(kind, "report.kind", evidence=proof))
    article = "a "
    if report.reporter[:1].lower() in tuple("aeiou"):
        article = "an" if report.reporter.startswith("other ") else "an "
    yield sentence(f"The reporter was {article}", said(report.reporter, "report.reporter", evidence=proof))
    yield sentence("The country is ", said(report.country, "report.country", evidence=proof))
    dates = (
        ("received", "first received on ", report.received),
        ("latest", "last added to on ", report.latest),
        ("created", "written on ", report.created),
    )
    told = [
        said(f"{head}{words.date(iso)}" if iso else "", f"report.{name}", evidence=proof) for name, head, iso in dates
    ]
    yield sentence("The report was ", *joined([one for one in told if one is not None]))
    for number, reference in enumerate(report.literature):
        yield sentence(
            "Published as ", said(wording.one_line(reference), f"report.literature.{number}", evidence=proof)
        )


def _patient(who: Patient) -> Iterator[Sentence | None]:
    """What is known of the person: who, measures, drinking."""
    age = f"{words.age(who.age)} old" if who.age is not None and words.age(who.age) else ""
    pregnant = {True: "pregnant", False: "not pregnant", None: ""}[who.pregnant]
    told = (
        said(who.sex or "", "patient.sex", evidence=who.sex_evidence),
        said(age, "patient.age", evidence=who.age.evidence if who.age else ()),
        said(_amount(who.height_cm, " cm tall"), "patient.height_cm"),
        said(pregnant, "patient.pregnant", evidence=who.pregnant_evidence),
    )
    yield sentence("The patient was ", *joined([one for one in told if one is not None]))
    weight = said(_amount(who.weight_kg, " kg"), "patient.weight_kg", evidence=who.weight_evidence)
    yield sentence("The body weight was ", weight)
    yield sentence(
        "The body mass index was ", said(_amount(who.bmi, " kg/m²"), "patient.bmi", evidence=who.bmi_evidence)
    )
    for one in alcohol(who):
        yield sentence(one)


def _amount(number: float | None, tail: str) -> str:
    return "" if number is None else f"{words.figure(number)}{tail}"


def alcohol(who: Patient) -> list[Told | None]:
    """Drinking, and how much."""
    now = {"present": "said to drink", "absent": "said to be absent", "uncertain": "not clear", None: ""}[who.alcohol]
    much = "" if who.drinks_per_day is None else words.between(who.drinks_per_day.low, who.drinks_per_day.high)
    drinks = f"the amount of alcohol was {much} {'drink' if much == '1' else 'drinks'} per day" if much else ""
    use = "alcohol use was " if who.alcohol != "present" else "the patient was "
    return [
        said(f"{use}{now}{' alcohol' if who.alcohol == 'present' else ''}" if now else "", "patient.alcohol",
             evidence=who.alcohol_evidence),
        said(drinks, "patient.drinks_per_day", evidence=who.alcohol_evidence),
    ]  # fmt: skip


# --- history and drugs ---------------------------------------------------------------------------------------------


def history(case: Case) -> Iterator[Sentence | None]:
    """Conditions before the reaction, of the patient and of the family; then the drugs of the past."""
    for subject, head in (("patient", "history"), ("family", "family history")):
        for state, words_of in course.STATES.items():
            told = merged(
                course.finding(one, f"findings.{n}", timed=True)
                for n, one in enumerate(case.findings)
                if course.is_history(one) and one.subject == subject and one.state == state
            )
            yield sentence(f"{words_of.format(head)}: ", *joined(told, "; ", "; "))
    for one in case.exposures:
        if one.role == "previous":
            yield _taken("Before the reaction the patient had taken ", one)


def suspects(case: Case) -> Iterator[Sentence | None]:
    """The suspect drugs with dose, dates and indication."""
    for one in case.exposures:
        if one.drug in course.suspected(case):
            yield _taken("The interacting drug was " if one.role == "interacting" else "The suspect drug was ", one)


def others(case: Case) -> Iterator[Sentence | None]:
    """Drugs taken beside the suspects, then those that the reaction was treated with."""
    for role, head in (("concomitant", "Also taken was "), ("treatment", "The reaction was treated with ")):
        for one in case.exposures:
            if one.role == role and one.drug not in course.suspected(case):
                yield _taken(head, one)


def _taken(head: str, one: Exposure) -> Sentence | None:
    """A drug and how, for what and when it was taken."""
    parts: list[str | Told] = []
    for item in taken(one):
        close = item.at[0].endswith((".dose", ".frequency"))
        parts += [" " if close else ", ", item] if parts else [item]
    return sentence(head, *parts)


def taken(one: Exposure) -> list[Told]:
    """The statements on one drug: name, dose, frequency, route, indication, dates, single doses."""
    place = f"exposures.{one.id}"
    begun, ended = words.on(one.start), words.on(one.stop)
    dose, often = words.dose(one.dose), words.frequency(one)
    merged_dose = ("dose", "frequency") if one.frequency and not often and dose else ("dose",)
    over = ("stop", "ongoing") if one.ongoing is False and ended else ("stop",)
    going = {True: "taken further", False: "" if ended else "no longer taken", None: ""}[one.ongoing]
    days = [words.on(time) for time in one.administrations]
    told = (
        said(words.drug(one), f"{place}.drug", evidence=one.evidence),
        said(dose, *(f"{place}.{name}" for name in merged_dose), evidence=one.evidence),
        said(often, f"{place}.frequency", evidence=one.evidence),
        said(f"{one.route} route" if one.route else "", f"{place}.route", evidence=one.evidence),
        said(
            f"for {words.indication(one)}" if one.indication else "",
            f"{place}.indication",
            evidence=one.evidence,
        ),
        said(f"first dose {begun}" if begun else "", f"{place}.start", evidence=_proof(one.start) or one.evidence),
        said(
            f"last dose {ended}" if ended else "",
            *(f"{place}.{name}" for name in over),
            evidence=_proof(one.stop) or one.evidence,
        ),
        said(
            f"single doses {words.listed(days)}" if any(days) else "",
            f"{place}.administrations",
            evidence=tuple(e for time in one.administrations for e in time.evidence) or one.evidence,
        ),
        said(going, f"{place}.ongoing", evidence=one.evidence),
    )
    return [item for item in told if item is not None]


def _proof(time: Time | None) -> tuple[Evidence, ...]:
    return time.evidence if time is not None else ()


# --- opinions and our assessment -----------------------------------------------------------------------------------

_WHO = {"author": "the author", "sender": "the sender", "reporter": "the reporter", "dechallenge": "Dechallenge"}


def opinions(case: Case, *, ours: bool) -> Iterator[Sentence | None]:
    """What others claim, or what Dechallenge put into the case; never an input to a score."""
    names = {event.id: words.term(event.term, event.codes) for event in case.events}
    for number, one in enumerate(case.statements):
        if (one.by == "dechallenge") == ours:
            yield _opinion(one, f"statements.{number}", names.get(one.event, ""))


def _opinion(one: Statement, place: str, event: str) -> Sentence | None:
    who = f"{_WHO[one.by]} ({one.source})" if one.source and one.source != one.by else _WHO[one.by]
    about = " and ".join(part for part in (one.drug, event) if part)
    method = f", by {wording.one_line(one.method)}" if one.method else ""
    quoted = f"“{wording.one_line(one.result)}”" if one.kind == "comment" else wording.one_line(one.result)
    result = f": {quoted}" if one.result else ""
    text = f"{one.kind}{f' for {about}' if about else ''}{method}{result}"
    return sentence(f"According to {who}, ", said(text, place, evidence=one.evidence))


def _assessed(assessed: CaseOut) -> Iterator[Sentence | None]:
    """The verdicts for each suspect and reaction, with the words that they rest on."""
    for number, one in enumerate(assessed.suspects):
        place = f"assessment.suspects.{number}"
        yield _dechallenge(one, place)
        told = [
            Told(_verdict(instrument), (f"{place}.{instrument.id}",), _items(instrument.items))
            for instrument in view.ordered(one.instruments)
            if view.has_result(instrument)
        ]
        yield sentence(f"For {one.drug} and {one.event.term}: ", *joined(told, "; ", "; "))


def _dechallenge(one: SuspectOut, place: str) -> Sentence | None:
    """Dechallenge and rechallenge with their reasons; what could not be judged is not told."""
    key = one.key_points
    first = "" if key.dechallenge == "not assessable" else f"dechallenge {key.dechallenge} ({key.dechallenge_because})"
    again = f"rechallenge {key.rechallenge} ({key.rechallenge_because})" if key.rechallenge in _ANSWERED else ""
    told = (
        said(first, f"{place}.key_points.dechallenge", evidence=one.evidence),
        said(again, f"{place}.key_points.rechallenge", evidence=one.evidence),
    )
    known = [item for item in told if item is not None]
    return sentence(f"For {one.drug} and {one.event.term}: ", *joined(known, "; ", "; "))


_ANSWERED = ("positive", "negative")


def _verdict(instrument: InstrumentOut) -> str:
    """``RUCAM 2016: 4 (−5 to 12), possible (excluded … highly probable)``."""
    bounds, other = wording.score_range(instrument), wording.attainable(instrument)
    result = wording.result(instrument) if instrument.score is not None or instrument.code else ""
    score = " ".join(part for part in (result, f"({bounds})" if bounds else "") if part)
    verdict = " ".join(part for part in (instrument.category or "", f"({other})" if other else "") if part)
    return f"{wording.name(instrument)}: {', '.join(part for part in (score, verdict) if part)}"


def _items(items: Iterable[ItemOut]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(piece for item in items for piece in item.evidence))
