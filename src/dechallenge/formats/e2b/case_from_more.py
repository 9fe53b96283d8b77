"""History (D.7.1), opinions and comments of others (G.k.9.i.2, H.2 to H.4) as findings and statements of the case.

An opinion on causality is what a third party says, with its source and method; no score reads it. May import the case,
dates and the modules of this folder.
"""

from __future__ import annotations

from dechallenge.case.model import Event, Finding, Statement
from dechallenge.evidence import Evidence, PathEvidence
from dechallenge.formats.dates import Axis
from dechallenge.formats.e2b import case_from_drugs as drugs
from dechallenge.formats.e2b import codes, lines, names
from dechallenge.formats.e2b.source import Source, in_order

OURS = "Dechallenge"
"""Source of an assessment that this project made (G.k.9.i.2.r.1)."""
_REPORTERS = ("reporter", "investigator", "physician", "primary source")


def findings(source: Source, found: list[Finding], events: list[Event], axis: Axis) -> list[Finding]:
    """Findings of the tests, the history, the death, and the reactions themselves.

    A reaction that was read from a text has its findings beside it already.
    """
    told = {line.fields.get("number", "") for _, line in source.lines_of("Reaction") if "evidence" in line.fields}
    out = list(found)
    out += [_history(source, r, axis) for r in source.repeats("D.7.1.r")]
    out += _death(source, axis)
    for event in events:
        term = names.finding_term(event.term)
        if term is not None and event.id[1:] not in told:
            out.append(
                Finding(term=term.term, kind=term.kind, state="present", time=event.onset, evidence=event.evidence)
            )
    return out


def _death(source: Source, axis: Axis) -> list[Finding]:
    """The death of the patient with its reported causes."""
    causes = [
        cause
        for r in source.repeats("D.9.2.r")
        if (cause := source.value("D.9.2.r.2", r) or source.value("D.9.2.r.1b", r))
    ]
    if not source.value("D.9.1") and not causes:
        return []
    day = axis.time(source.dated("D.9.1"), source.quote("D.9.1"))
    told = ", ".join(f"MedDRA {cause}" if cause.isdecimal() else cause for cause in causes)
    ids = (("D.9.1", ()), *((id, (r,)) for r in source.repeats("D.9.2.r") for id in ("D.9.2.r.2", "D.9.2.r.1b")))
    evidence = source.quotes(*ids)
    kind = names.finding_term("death")
    return [
        Finding(
            term="death",
            kind=kind.kind if kind is not None else "diagnosis",
            state="present",
            time=day,
            extent=told or None,
            evidence=evidence,
        )
    ]


def _history(source: Source, r: int, axis: Axis) -> Finding:
    """An episode of the history; without a term in words it stays its code."""
    comment = source.value("D.7.1.r.5", r)
    coded = source.code("D.7.1.r.1", (r,))
    head = comment.split(";")[0].strip()
    term = names.finding_term(head) if head else None
    name = term.term if term is not None else head if head and not coded else f"MedDRA {coded[0].code}" if coded else ""
    family = source.value("D.7.1.r.6", r).lower() == "true"
    ids = ("D.7.1.r.1b", "D.7.1.r.2", "D.7.1.r.3", "D.7.1.r.5")
    return Finding(
        term=name or comment or "not named",
        kind=term.kind if term is not None else "history",
        state="present",
        time=axis.time(source.dated("D.7.1.r.2", r), source.quote("D.7.1.r.2", r)),
        history=source.value("D.7.1.r.3", r).lower() != "true",
        subject="family" if family else "patient",
        extent=comment or None,
        codes=coded,
        evidence=source.quotes(*((id, (r,)) for id in ids)),
    )


def statements(source: Source, taken: list[drugs.Drug], events: list[Event]) -> list[Statement]:
    """Opinions of others on drug and reaction, diagnoses and comments of the sender; never an input to a score."""
    told = source.built(Statement, "Statement")
    ours = [statement for _, statement in told]
    made: list[Statement] = []
    reactions = {int(event.id[1:]): event for event in events}
    for drug in taken:
        k = drug.k
        for i in source.repeats("G.k.9.i", k):
            for r in source.repeats("G.k.9.i.2.r", k, i):
                at = (k, i, r)
                who, method = source.value("G.k.9.i.2.r.1", *at), source.value("G.k.9.i.2.r.2", *at)
                result = source.value("G.k.9.i.2.r.3", *at)
                event = reactions[i].id if i in reactions else ""
                by = "dechallenge" if who == OURS else "sender"
                if any(word in who.casefold() for word in _REPORTERS):
                    by = "reporter"
                if not (who or method or result):
                    continue
                ids = ("G.k.9.i.2.r.1", "G.k.9.i.2.r.2", "G.k.9.i.2.r.3")
                places = source.quotes(*((id, at) for id in ids))
                same = _same(ours, method, drug.name.drug, event) if who == OURS else None
                if same is not None:
                    ours[same] = ours[same].model_copy(update={"evidence": (*ours[same].evidence, *places)})
                    continue
                made.append(
                    Statement(
                        kind="causality",
                        by=by,
                        method=method,
                        result=result,
                        drug=drug.name.drug,
                        event=event,
                        source=who,
                        evidence=places,
                    )
                )
        abated = source.value("G.k.11", k)
        if abated.startswith(codes.ABATED):
            answer = {"yes": "positive", "no": "negative"}.get(abated.removeprefix(codes.ABATED), "does not apply")
            made.append(
                Statement(kind="dechallenge", by="sender", result=answer, drug=drug.name.drug,
                          evidence=source.quote("G.k.11", k))
            )  # fmt: skip
    numbers = [number for number, _ in told]
    return in_order(zip(numbers, ours, strict=True), made + _comments(source))


def _same(made: list[Statement], method: str, drug: str, event: str) -> int | None:
    """The statement of a line that an entry of the matrix repeats; each line has one entry."""
    for n, s in enumerate(made):
        same = (s.by, s.method, s.drug, s.event) == ("dechallenge", method, drug, event) and s.kind != "items"
        if same and not any(isinstance(e, PathEvidence) for e in s.evidence):
            return n
    return None


def _comments(source: Source) -> list[Statement]:
    found: list[tuple[str, str, str, tuple[Evidence, ...]]] = []
    for r in source.repeats("H.3.r"):
        code = source.value("H.3.r.1b", r)
        if code:
            told = f"MedDRA {code}" if code.isdecimal() else code
            found.append(("diagnosis", "sender", told, source.quote("H.3.r.1b", r)))
    for id, by in (("H.2", "reporter"), ("H.4", "sender")):
        text = lines.without(source.value(id))
        if text:
            found.append(("comment", by, text, source.quote(id)))
    return [Statement(kind=k, by=by, result=result, evidence=e) for k, by, result, e in found]
