"""Reports to E2B(R3) messages. One read from R3 is patched where its data elements differ; others are built whole.

Nothing is invented: time stamps, batch numbers, senders and receivers come from the report or from `Envelope`;
identifiers of drugs and reactions follow from the case id. May import the report, the places and errors.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Final

from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.e2b.elements import elements
from dechallenge.formats.e2b.icsr import At, Element, Icsr
from dechallenge.formats.e2b.places import GROUPS, ICH
from dechallenge.formats.e2b.r3_envelope import Batch, envelope, scope_of, serialised
from dechallenge.formats.e2b.r3_patch import Patch
from dechallenge.formats.e2b.r3_read import report_of
from dechallenge.formats.e2b.safe_xml import HL7, MESSAGE, parse

_BLANK: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<MCCI_IN200100UV01 xmlns="{HL7}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ITSVersion="XML_1.0">
<id root="{ICH}.1.3.22" nullFlavor="NI"/><creationTime nullFlavor="NI"/><responseModeCode code="D"/>
<interactionId extension="MCCI_IN200100UV01" root="2.16.840.1.113883.1.6"/>
<name code="1" displayName="ichicsr" codeSystem="2.16.840.1.113883.3.989.2.1.1.1"/>
<{MESSAGE}>
<id root="{ICH}.1.3.1" nullFlavor="NI"/><creationTime nullFlavor="NI"/>
<interactionId extension="{MESSAGE}" root="2.16.840.1.113883.1.6"/>
<processingCode code="P"/><processingModeCode code="T"/><acceptAckCode code="AL"/>
<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">
<id root="{ICH}.1.3.12" nullFlavor="NI"/></device></receiver>
<sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">
<id root="{ICH}.1.3.11" nullFlavor="NI"/></device></sender>
<controlActProcess classCode="CACT" moodCode="EVN">
<code code="PORR_TE049016UV" codeSystem="2.16.840.1.113883.1.18"/>
<subject typeCode="SUBJ"><investigationEvent classCode="INVSTG" moodCode="EVN">
<id root="{ICH}.1.3.1" nullFlavor="NI"/>
<code code="PAT_ADV_EVNT" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="active"/>
</investigationEvent></subject></controlActProcess></{MESSAGE}>
<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">
<id root="{ICH}.1.3.14" nullFlavor="NI"/></device></receiver>
<sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">
<id root="{ICH}.1.3.13" nullFlavor="NI"/></device></sender>
</MCCI_IN200100UV01>""".replace("\n", "").encode()

_TERMS: Final[Mapping[str, str]] = {
    "E.i": "E.i.2.1b",
    "D.9.2.r": "D.9.2.r.1b",
    "D.9.4.r": "D.9.4.r.1b",
    "G.k.7.r": "G.k.7.r.2b",
}
"""Groups that stand for a term of MedDRA, and the element that holds its code."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the partners of an exchange agree on; empty fields are taken from the reports.

    Attributes:
        number: Batch number (N.1.2); the message number of the first report otherwise.
        sender: Identifier of the sender (N.1.3, N.2.r.2).
        receiver: Identifier of the receiver (N.1.4, N.2.r.3).
        sent: Time of transmission, HL7 form to the second with its zone (N.1.5); C.1.2 of the first report otherwise.
        created: Time of creation (C.1.2, N.2.r.4) for reports that have none.
        more: Data elements without repetition for reports that have none (``{"C.3.1": "3"}``, the type of the sender).
    """

    number: str = ""
    sender: str = ""
    receiver: str = ""
    sent: str = ""
    created: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


MOST_TOLD: Final = 1000
"""Places, and problems, that are kept of a message; the rest are counted, so that a long batch needs no more memory."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        data: The message; empty where it was written to a file.
        reports: Number of reports.
        missing_terms: Places that still need a MedDRA code (``E.i.2.1b[1]``), as ``report: place``; the first
            `MOST_TOLD` of them.
        problems: What could not be written, or is needed and was not given; the first `MOST_TOLD`.
        more_terms: How many further places need a code.
        more_problems: How many further problems there are.
        draft: A receiver would refuse it: a reaction has no term code, which only a MedDRA licence can give.
    """

    data: bytes
    reports: int
    missing_terms: tuple[str, ...]
    problems: tuple[str, ...]
    more_terms: int = 0
    more_problems: int = 0
    draft: bool = False


def write(reports: Iterable[Icsr], *, batch: Envelope | None = None) -> Written:
    """Write reports as one message.

    Args:
        reports: The reports, of any form.
        batch: Sender, receiver and times.

    Raises:
        InputError: There is no report.
    """
    out = io.BytesIO()
    written = write_to(reports, out, batch=batch)
    return replace(written, data=out.getvalue())


def write_to(reports: Iterable[Icsr], out: BinaryIO, *, batch: Envelope | None = None) -> Written:
    """Write reports to a file one after the other; only one is held at a time.

    Raises:
        InputError: There is no report.
    """
    missing: list[str] = []
    problems: list[str] = []
    more_terms = more_problems = 0
    draft = False
    around: Batch | None = None
    count = 0
    for report in reports:
        count += 1
        root, message, notes = _message(report, batch or Envelope())
        name = report.value("C.1.1") or f"report {count}"
        places = list(missing_terms(report))
        draft = draft or any(place.startswith("E.i.") for place in places)
        more_terms += _told(missing, [f"{name}: {place}" for place in places])
        more_problems += _told(problems, [f"{name}: {note}" for note in notes])
        if around is None:
            first = serialised(message, scope_of(root))
            around = envelope(root, name)
            out.write(around.head + first)
        else:
            out.write(b"\n" + serialised(message, around.scope))
    if around is None:
        raise InputError("there is no report to write", next_step="Give at least one case.")
    out.write(around.tail)
    return Written(b"", count, tuple(missing), tuple(problems), more_terms, more_problems, draft)


def _told(kept: list[str], more: list[str]) -> int:
    """Keep what there is room for; how many there was no room for."""
    room = max(0, MOST_TOLD - len(kept))
    kept += more[:room]
    return len(more[room:])


def missing_terms(report: Icsr) -> Iterator[str]:
    """Places of a report that need a MedDRA code and have none."""
    for group, code in _TERMS.items():
        length = sum(part in ("k", "i", "r") for part in group.split("."))
        for at in sorted({e.at[:length] for e in report.elements if e.id.startswith(group + ".")}):
            found = report.get(code, *at)
            if found is None or not (found.value or found.null):
                yield code + "".join(f"[{number}]" for number in at)


def _message(report: Icsr, batch: Envelope) -> tuple[etree._Element, etree._Element, list[str]]:
    """The whole message of one report, and in it its own part."""
    native = report.native if report.form == "E2B(R3)" else b""
    root = parse(native or _BLANK, "report", comments=True)
    if root.tag == f"{{{HL7}}}{MESSAGE}":
        alone = root
        root = parse(_BLANK, "report", comments=True)
        root.replace(next(root.iterchildren(f"{{{HL7}}}{MESSAGE}")), alone)
    message = next(root.iterchildren(f"{{{HL7}}}{MESSAGE}"))
    old = report_of(message, root, report.number, native=b"")
    wanted, notes = _headed(report, batch, built=not native)
    if not native:
        wanted = {(element.id, element.at): element for element in old.elements} | wanted
    patch = Patch(root, message, case=report.value("C.1.1") or report.value("C.1.8.1") or str(report.number))
    patch.apply(old, wanted)
    if not native:
        etree.indent(root, "\t")
    return root, message, notes + patch.problems


def _headed(report: Icsr, batch: Envelope, *, built: bool) -> tuple[dict[tuple[str, At], Element], list[str]]:
    """The data elements to write, with those of the header; and what is needed for it and not known."""
    wanted = {(element.id, element.at): element for element in report.elements}

    def known(*ids: str) -> str:
        return next((wanted[id, ()].value for id in ids if (id, ()) in wanted and wanted[id, ()].value), "")

    def say(id: str, value: str) -> None:
        if (
            value
            and (old := wanted.get((id, ()))) != (new := Element(id, (), value))
            and not (old is not None and (old.value, old.null) == (value, ""))
        ):
            wanted[id, ()] = new

    agreed = {
        "N.1.2": batch.number,
        "N.1.3": batch.sender,
        "N.1.4": batch.receiver,
        "N.1.5": batch.sent,
        "N.2.r.2": batch.sender,
        "N.2.r.3": batch.receiver,
    }
    for id, value in agreed.items():
        say(id, value)
    if not built:
        return wanted, []
    derived = {
        "C.1.2": batch.created,
        "C.1.8.1": known("C.1.1"),
        "N.2.r.1": known("C.1.1"),
        "N.2.r.4": known("C.1.2") or batch.created,
        "N.1.2": known("C.1.1"),
        "N.1.3": known("N.2.r.2"),
        "N.1.4": known("N.2.r.3"),
        "N.1.5": known("C.1.2") or batch.created,
    }
    for id, value in (*batch.more.items(), *derived.items()):
        if not known(id):
            say(id, value)
    names = {
        "N.1.3": "no sender is given (N.1.3, N.2.r.2)",
        "N.1.4": "no receiver is given (N.1.4, N.2.r.3)",
        "C.1.1": "the case has no id (C.1.1)",
        "C.1.2": "no time of creation is given (C.1.2)",
    }
    needed = [d.id for d in elements().values() if d.conformance == "M" and _single(d.id) and (d.id, ()) not in wanted]
    notes = [text for id, text in names.items() if not known(id)]
    needed = [id for id in needed if id not in names and not id.startswith("N.")]
    return wanted, [
        *notes,
        *([f"a receiver needs {', '.join(needed)}, which the case does not have"] if needed else []),
    ]


def _single(id: str) -> bool:
    """An element that a report has once."""
    return not any(id == group or id.startswith(group + ".") for group in GROUPS)


__all__ = ["MOST_TOLD", "Envelope", "Written", "missing_terms", "write", "write_to"]
