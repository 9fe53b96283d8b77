"""The product's side of `python -m benchmarks.exchange`, each task in a fresh process so that memory is its own.

Reads {"task": …} from standard input and prints one JSON object. Every message is made here from one report in prose.
"""

from __future__ import annotations

import base64
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TEXT = (
    "A 54-year-old woman (CASE-0000000) with osteoarthritis started diclofenac 75 mg twice daily. She also took "
    "omeprazole 20 mg daily and drank no alcohol. Six weeks later she noticed fatigue and dark urine, and was admitted "
    "with jaundice. On admission ALT was 1240 U/L (normal <40), alkaline phosphatase 182 U/L (normal <115) and "
    "bilirubin 7.4 mg/dL. Tests for hepatitis A, B and C were negative, and an ultrasound of the abdomen was normal. "
    "Diclofenac was stopped at once. One week later ALT was 610 U/L, and eight weeks after stopping it was 25 U/L. She "
    "recovered."
)
NAME, VALUE = b"CASE-0000000", b"1240"
WHEN = "2026-11-02T10:00:00+01:00"
Json = dict[str, Any]


def make(task: Json) -> Json:
    """The files of the benchmark in a folder: one report as E2B(R3) and FHIR, one with an attachment, and a batch."""
    from dechallenge import read
    from dechallenge.formats import fhir
    from dechallenge.formats.e2b import case_to, r3_write
    from dechallenge.formats.e2b.icsr import Element

    folder = Path(task["folder"])
    found = read(TEXT)
    case = found.cases[0]
    report = case_to.icsr(case, None, found.documents)
    named = {"C.1.1": NAME.decode(), "C.1.8.1": NAME.decode(), "C.1.8.2": "2", "C.1.3": "1"}
    kept = [e for e in report.elements if e.id not in named]
    report = report.with_elements([*(Element(id, (), value) for id, value in named.items()), *kept])
    envelope = r3_write.Envelope(sender="SENDER", receiver="RECEIVER", sent="20261102100000+0100",
                                 created="20261102100000+0100")  # fmt: skip
    one = r3_write.write([report], batch=envelope).data
    (folder / "one.xml").write_bytes(one)
    (folder / "one.json").write_bytes(fhir.write(case, found.documents, date=WHEN))
    titled = report.with_elements([*report.elements, Element("C.1.6.1.r.1", (1,), "Discharge letter")])
    large = r3_write.write([titled], batch=envelope).data
    file = base64.encodebytes(random.Random(7).randbytes(task["attachment"]))
    text = b'</title><text mediaType="application/pdf" representation="B64">' + file + b"</text>"
    if large.count(b"</title>") != 1:
        raise RuntimeError("the attachment has no place")
    (folder / "large.xml").write_bytes(large.replace(b"</title>", text))
    start = one.index(b"<PORR_IN049016UV")
    end = one.index(b"</PORR_IN049016UV>") + len(b"</PORR_IN049016UV>")
    for number in task["batches"]:
        with (folder / f"batch-{number}.xml").open("wb") as out:
            out.write(one[:start])
            for n in range(number):
                own = one[start:end].replace(NAME, b"CASE-%07d" % n).replace(VALUE, b"%d" % (1000 + n * 7 % 9000))
                out.write(own + b"\n")
            out.write(one[end:])
    return {"sizes": {path.name: path.stat().st_size for path in sorted(folder.iterdir())}}


def rate(task: Json) -> Json:
    """CPU seconds of one call on a file, the mean over as many as fit into the given time."""
    call = CALLS[task["call"]](Path(task["path"]))
    call()  # tables are loaded at the first call
    number, started = 0, time.process_time()
    while time.process_time() - started < task["seconds"] or number < 3:
        call()
        number += 1
    return {"seconds": (time.process_time() - started) / number, "calls": number}


def _parse(path: Path) -> Callable[[], object]:
    from lxml import etree

    data = path.read_bytes()
    return lambda: etree.fromstring(data, etree.XMLParser(huge_tree=True))


def _elements(path: Path) -> Callable[[], object]:
    from dechallenge.formats.e2b.r3_read import read

    data = path.read_bytes()
    return lambda: list(read(data, "m"))


def _cases(path: Path) -> Callable[[], object]:
    from dechallenge.formats import messages

    data = path.read_bytes()
    return lambda: list(messages.reports(data, "m"))


def _built(path: Path) -> Callable[[], object]:
    from dechallenge.formats.e2b.icsr import Icsr
    from dechallenge.formats.e2b.r3_read import read
    from dechallenge.formats.e2b.r3_write import write

    reports = [Icsr("case", r.number, r.elements) for r in read(path.read_bytes(), "m")]
    return lambda: write(reports)


def _patched(path: Path) -> Callable[[], object]:
    from dechallenge.formats.e2b.r3_read import read
    from dechallenge.formats.e2b.r3_write import write

    reports = list(read(path.read_bytes(), "m"))
    return lambda: write(reports)


def _from_case(path: Path) -> Callable[[], object]:
    from dechallenge.formats import messages
    from dechallenge.formats.e2b import case_to
    from dechallenge.formats.e2b.r3_write import write

    found = list(messages.reports(path.read_bytes(), "m"))
    return lambda: write([case_to.icsr(m.case, None, (m.document, *m.stories)) for m in found])


def _json(path: Path) -> Callable[[], object]:
    data = path.read_bytes()
    return lambda: json.loads(data)


def _models(path: Path) -> Callable[[], object]:
    from fhir.resources.R4B.bundle import Bundle

    data = path.read_bytes()
    return lambda: Bundle.model_validate_json(data)


def _bundle(path: Path) -> Callable[[], object]:
    from dechallenge.formats import fhir, messages

    found = list(messages.reports(path.read_bytes(), "m"))
    return lambda: [fhir.write(m.case, (m.document, *m.stories), date=WHEN) for m in found]


CALLS: dict[str, Callable[[Path], Callable[[], object]]] = {
    "lxml parse": _parse,
    "E2B(R3) to elements": _elements,
    "E2B(R3) to cases": _cases,
    "elements to E2B(R3), changed in place": _patched,
    "elements to E2B(R3), built whole": _built,
    "cases to E2B(R3), built whole": _from_case,
    "json.loads": _json,
    "fhir.resources R4B models": _models,
    "FHIR to cases": _cases,
    "cases to FHIR": _bundle,
}


def stream(task: Json) -> Json:
    """A message read, or converted to another file, from beginning to end: CPU seconds and peak memory."""
    from dechallenge import readers
    from dechallenge.exchange.converting import convert
    from dechallenge.formats import messages

    path = Path(task["path"])
    started = time.process_time()
    if task["way"] == "read":
        cases = sum(1 for _ in messages.reports(path))
    else:
        out = path.with_suffix(".out.xml")
        cases = convert([path], out, assess=task["way"] == "assess", reader=readers.get("prose", {})).cases
        out.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": time.process_time() - started, "peak_kb": peak, "cases": cases}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    print(json.dumps({"make": make, "rate": rate, "stream": stream}[given["task"]](given)))
