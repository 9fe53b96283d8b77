"""E2B(R2) into the elements of E2B(R3): where each tag goes, and what its codes mean there.

What R2 says of the report (seriousness) or of the drug (re-administration, latency) and R3 of a reaction is put where
R3 has it, and a note says so. Reads the tree of `tree`, whatever message it came from. May import the code lists.
"""

from __future__ import annotations

import re

from dechallenge.formats.e2b import codes
from dechallenge.formats.e2b.r2_drugs import drug_of, first_times
from dechallenge.formats.e2b.r2_put import Translated, date, meddra, number, yes_no
from dechallenge.formats.e2b.tree import Node

_NUMBER = re.compile(r"(?:<=|>=|<|>)?\s*\d+(?:\.\d+)?")

_REPORT = (("safetyreportid", "C.1.1"), ("reporttype", "C.1.3"), ("nullificationreason", "C.1.11.2"))
_SOURCE = (
    ("reporterorganization", "C.2.r.2.1"),
    ("reporterdepartment", "C.2.r.2.2"),
    ("reportercountry", "C.2.r.3"),
    ("qualification", "C.2.r.4"),
)
_SENDER = (
    ("sendertype", "C.3.1"),
    ("senderorganization", "C.3.2"),
    ("senderdepartment", "C.3.3.1"),
    ("sendercountrycode", "C.3.4.5"),
)
_PATIENT = (
    ("patientinitial", "D.1"),
    ("patientgpmedicalrecordnumb", "D.1.1.1"),
    ("patientspecialistrecordnumb", "D.1.1.2"),
    ("patienthospitalrecordnumb", "D.1.1.3"),
    ("patientinvestigationnumb", "D.1.1.4"),
    ("patientagegroup", "D.2.3"),
    ("patientweight", "D.3"),
    ("patientheight", "D.4"),
    ("patientmedicalhistorytext", "D.7.2"),
)


def translate(report: Node) -> Translated:
    """The elements of a ``safetyreport``."""
    out = Translated()
    _case(out, report)
    patient = report.first("patient") or Node("patient")
    _patient(out, patient)
    _history(out, patient)
    reactions = patient.all("reaction")
    for i, reaction in enumerate(reactions, start=1):
        _reaction(out, i, reaction)
    _seriousness(out, report, len(reactions))
    _tests(out, patient)
    drugs = patient.all("drug")
    for k, drug in enumerate(drugs, start=1):
        drug_of(out, k, drug, reactions)
    first_times(out, drugs, reactions)
    _narrative(out, patient)
    return out


def _case(out: Translated, report: Node) -> None:
    for tag, id in _REPORT:
        out.put(id, (), report.first(tag))
    date(out, "C.1.2", (), report, "transmissiondate")
    date(out, "C.1.4", (), report, "receivedate")
    date(out, "C.1.5", (), report, "receiptdate")
    out.put("C.1.6.1", (), report.first("additionaldocument"), yes_no(report.first("additionaldocument")))
    out.put("C.1.7", (), report.first("fulfillexpeditecriteria"), yes_no(report.first("fulfillexpeditecriteria")))
    by_authority = report.first("authoritynumb")
    own = by_authority or report.first("companynumb")
    out.put("C.1.8.1", (), own)
    if own is not None:
        out.put("C.1.8.2", (), own, "1" if by_authority is not None else "2")
    for r, twin in enumerate(report.all("reportduplicate"), start=1):
        out.put("C.1.9.1.r.1", (r,), twin.first("duplicatesource"))
        out.put("C.1.9.1.r.2", (r,), twin.first("duplicatenumb"))
    for r, linked in enumerate(report.all("linkedreport"), start=1):
        out.put("C.1.10.r", (r,), linked.first("linkreportnumb"))
    if report.value("casenullification") == "1":
        out.put("C.1.11.1", (), report.first("casenullification"), "1")
    for r, source in enumerate(report.all("primarysource"), start=1):
        for tag, id in _SOURCE:
            out.put(id, (r,), source.first(tag))
        out.put("C.4.r.1", (r,), source.first("literaturereference"))
        out.put("C.5.2", (), source.first("studyname"))
        out.put("C.5.3", (), source.first("sponsorstudynumb"))
        out.put("C.5.4", (), source.first("observestudytype"))
    if not any(source.first("reportercountry") for source in report.all("primarysource")):
        out.put("C.2.r.3", (1,), report.first("primarysourcecountry"))
    sender = report.first("sender")
    for tag, id in _SENDER if sender is not None else ():
        assert sender is not None
        out.put(id, (), sender.first(tag))


def _patient(out: Translated, patient: Node) -> None:
    for tag, id in _PATIENT:
        out.put(id, (), patient.first(tag))
    date(out, "D.2.1", (), patient, "patientbirthdate")
    number(out, "D.2.2", (), patient, "patientonsetage", codes.R2_AGE_UNIT)
    number(out, "D.2.2.1", (), patient, "gestationperiod", {"802": "mo", "803": "wk", "804": "d", "810": "{trimester}"})
    for tag in ("lastmenstrualdate", "patientlastmenstrualdate"):
        date(out, "D.6", (), patient, tag)
    sex = patient.first("patientsex")
    if sex is not None:
        out.put("D.5", (), sex, sex.text if sex.text in codes.SEX else "", codes.R2_SEX_NULL.get(sex.text, ""))
    death = patient.first("patientdeath")
    if death is None:
        return
    date(out, "D.9.1", (), death, "patientdeathdate")
    for r, cause in enumerate(death.all("patientdeathcause") or death.all("patientdeathreportedcause"), start=1):
        told = cause.first("patientdeathreport")
        if not meddra(out, "D.9.2.r.1", (r,), told, cause.first("patientdeathreportmeddraversion")):
            out.put("D.9.2.r.2", (r,), told)
    autopsy = death.first("patientautopsyyesno")
    out.put("D.9.3", (), autopsy, yes_no(autopsy) or "", "" if yes_no(autopsy) else "UNK")
    for r, cause in enumerate(death.all("patientautopsy"), start=1):
        told = cause.first("patientdetermineautopsy")
        if not meddra(out, "D.9.4.r.1", (r,), told, cause.first("patientdetermautopsmeddraversion")):
            out.put("D.9.4.r.2", (r,), told)


def _history(out: Translated, patient: Node) -> None:
    for r, episode in enumerate(patient.all("medicalhistoryepisode"), start=1):
        at = (r,)
        name = episode.first("patientepisodename")
        date(out, "D.7.1.r.2", at, episode, "patientmedicalstartdate")
        going = episode.first("patientmedicalcontinue")
        out.put("D.7.1.r.3", at, going, yes_no(going) or "", "" if yes_no(going) else "UNK")
        date(out, "D.7.1.r.4", at, episode, "patientmedicalenddate")
        comment = episode.first("patientmedicalcomment")
        if meddra(out, "D.7.1.r.1", at, name, episode.first("patientepisodenamemeddraversion")):
            out.put("D.7.1.r.5", at, comment)
        elif name is not None:
            said = f"{name.text}; {comment.text}" if comment is not None else name.text
            out.put("D.7.1.r.5", at, name, said)
    for r, past in enumerate(patient.all("patientpastdrugtherapy"), start=1):
        at = (r,)
        out.put("D.8.r.1", at, past.first("patientdrugname"))
        date(out, "D.8.r.4", at, past, "patientdrugstartdate")
        date(out, "D.8.r.5", at, past, "patientdrugenddate")
        for tag, version, id in (
            ("patientdrugindication", "patientindicationmeddraversion", "D.8.r.6"),
            ("patientdrugreaction", "patientdrgreactionmeddraversion", "D.8.r.7"),
        ):
            if not meddra(out, id, at, past.first(tag), past.first(version)):
                out.put(f"{id}b", at, past.first(tag))
                out.note(f"{id}b: a text stands in the place of the MedDRA code")


def _reaction(out: Translated, i: int, reaction: Node) -> None:
    at = (i,)
    told = reaction.first("primarysourcereaction")
    term = reaction.first("reactionmeddrallt") or reaction.first("reactionmeddrapt")
    out.put("E.i.1.1a", at, told)
    version = reaction.first("reactionmeddraversionllt") or reaction.first("reactionmeddraversionpt")
    if not meddra(out, "E.i.2.1", at, term, version):
        out.put("E.i.1.2", at, term)  # the term in words: R3 takes a code in E.i.2.1
    out.put("E.i.3.1", at, reaction.first("termhighlighted"))
    date(out, "E.i.4", at, reaction, "reactionstartdate")
    date(out, "E.i.5", at, reaction, "reactionenddate")
    number(out, "E.i.6", at, reaction, "reactionduration")
    outcome = reaction.first("reactionoutcome")
    if outcome is not None:
        known = codes.R2_OUTCOME.get(outcome.text)
        out.put("E.i.7", at, outcome, known if known is not None else outcome.text)


def _seriousness(out: Translated, report: Node, reactions: int) -> None:
    """R2 gives the criteria for the report: they are set for each of its reactions."""
    for tag, id in codes.R2_SERIOUSNESS.items():
        node = report.first(tag)
        if node is None:
            continue
        for i in range(1, reactions + 1):
            if node.text == "1":
                out.put(id, (i,), node, "true")
            else:
                out.put(id, (i,), node, "", "NI")
        if node.text == "1" and reactions > 1:
            out.note("E.i.3.2: R2 gives the seriousness of the report; it is set for each of its reactions")


def _tests(out: Translated, patient: Node) -> None:
    tests = patient.all("test")
    for r, test in enumerate(tests, start=1):
        at = (r,)
        date(out, "F.r.1", at, test, "testdate")
        out.put("F.r.2.1", at, test.first("testname"))
        result = test.first("testresult")
        if result is not None and _NUMBER.fullmatch(result.text):
            out.put("F.r.3.2", at, result, result.text.replace(" ", ""))
            out.put("F.r.3.3", at, test.first("testunit"))
        elif result is not None:
            unit = test.value("testunit")
            out.put("F.r.3.4", at, result, f"{result.text} {unit}".strip())
        out.put("F.r.4", at, test.first("lowtestrange"))
        out.put("F.r.5", at, test.first("hightestrange"))
        out.put("F.r.7", at, test.first("moreinformation"), yes_no(test.first("moreinformation")))
    told = patient.first("resultstestsprocedures")
    if told is not None:
        out.put("F.r.2.1", (len(tests) + 1,), told, "tests and procedures")
        out.put("F.r.3.4", (len(tests) + 1,), told)


def _narrative(out: Translated, patient: Node) -> None:
    summary = patient.first("summary")
    if summary is None:
        return
    out.put("H.1", (), summary.first("narrativeincludeclinical"))
    out.put("H.2", (), summary.first("reportercomment"))
    told = summary.first("senderdiagnosis")
    if not meddra(out, "H.3.r.1", (1,), told, summary.first("senderdiagnosismeddraversion")):
        out.put("H.3.r.1b", (1,), told)
        out.note("H.3.r.1b: a text stands in the place of the MedDRA code")
    out.put("H.4", (), summary.first("sendercomment"))
