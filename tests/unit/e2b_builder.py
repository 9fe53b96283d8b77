"""Reports of E2B written down as tables of elements, for tests of the mapping. May import the report and the case."""

from __future__ import annotations

from dechallenge.case.model import Case, Reading
from dechallenge.evidence import Document
from dechallenge.formats.e2b import case_from
from dechallenge.formats.e2b.icsr import Element, Form, Icsr

NULLS = ("NI", "UNK", "ASKU", "NASK", "MSK", "NA")
MESSAGE = Document.from_text("", name="message.xml", id="m1")


def report(*rows: tuple[object, ...], form: Form = "E2B(R3)") -> Icsr:
    """A report: each row is the number of an element, its repetitions and its value (``("E.i.7", 1, "1")``).

    A value that is a null flavour in angle brackets (``<NASK>``) is one.
    """
    elements = []
    for id, *at, value in rows:
        told = str(value)
        null = told[1:-1] if told.startswith("<") and told[1:-1] in NULLS else ""
        places = tuple(int(str(n)) for n in at)
        elements.append(Element(str(id), places, "" if null else told, null, "", f"/{id}", 0))
    return Icsr(form, 1, tuple(elements))


LIVER = (
    ("D.2.2a", "54"),
    ("D.2.2b", "a"),
    ("D.5", "2"),
    ("E.i.1.2", 1, "Drug-induced liver injury"),
    ("E.i.4", 1, "20230301"),
    ("G.k.1", 1, "1"),
    ("G.k.2.2", 1, "Actemra"),
    ("G.k.4.r.4", 1, 1, "20230201"),
)
"""A liver injury four weeks after the first dose of tocilizumab, nothing told of what came after."""


def case_of(*rows: tuple[object, ...], form: Form = "E2B(R3)") -> Case:
    """The case of such a report."""
    return case_from.case(report(*rows, form=form), MESSAGE)


def reading_of(case: Case, icsr: Icsr) -> Reading:
    """The case with the documents that its evidence points into."""
    return Reading(documents=(MESSAGE, *case_from.narratives(icsr, MESSAGE)), cases=(case,))
