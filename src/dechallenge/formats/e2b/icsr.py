"""One individual case safety report as its data elements, whatever message it came in.

An element is known by its ICH E2B(R3) number ("E.i.7") and its repetition (the 2nd reaction: ``(2,)``; the 3rd dosage
of the 1st drug: ``(1, 3)``). E2B(R2) and openFDA are read into the same numbers: one mapping leads to the case.
Imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Form = Literal["E2B(R3)", "E2B(R2)", "openFDA", "case"]
At = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """A data element as found.

    Attributes:
        id: ICH number without repetition marks filled in: ``E.i.7``, ``G.k.4.r.1a``, ``G.k.9.i.2.r.3``.
        at: Numbers of the repetitions, outermost first, counted from 1; empty for what occurs once. In
            ``G.k.9.i.…`` the second number is that of the reaction in E.
        value: The value in the code lists of R3, unpadded and unshifted (dates as sent); empty with a null flavour.
        null: HL7 null flavour (NI, UNK, ASKU, NASK, MSK, NA, NINF, PINF), empty with a value.
        raw: The value as it stood in the message where that differs (an R2 code, a number with its unit).
        path: Where it stands: XPath, SGML or JSON path within the message.
        line: Line in the file, 0 where not known.
    """

    id: str
    at: At
    value: str
    null: str = ""
    raw: str = ""
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Icsr:
    """A report: its elements in the order of the message.

    Attributes:
        form: The message that it was read from; ``case`` when it was made from a case.
        number: Place in the message, from 1.
        elements: All data elements.
        notes: What was met on the way and is worth telling (a code in the wrong slot, a repaired value).
        native: The report's own part of the message, unchanged, for what no element holds; empty when there is none.
    """

    form: Form
    number: int
    elements: tuple[Element, ...]
    notes: tuple[str, ...] = ()
    native: bytes = b""
    _index: dict[tuple[str, At], Element] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for element in self.elements:
            self._index.setdefault((element.id, element.at), element)

    def get(self, id: str, *at: int) -> Element | None:
        """The element, or nothing."""
        return self._index.get((id, at))

    def value(self, id: str, *at: int) -> str:
        """The value of an element; empty where it is absent or null."""
        found = self._index.get((id, at))
        return found.value if found is not None else ""

    def repeats(self, prefix: str, *at: int) -> list[int]:
        """The numbers under which something of a repeating group occurs, in order: ``repeats("G.k.4.r", 1)``.

        Args:
            prefix: The number of the group, ending in its repetition mark.
            at: The numbers of the groups around it.
        """
        depth = len(at)
        found = {
            e.at[depth]
            for e in self.elements
            if len(e.at) > depth and e.at[:depth] == at and (e.id == prefix or e.id.startswith(prefix + "."))
        }
        return sorted(found)

    def with_elements(self, elements: Iterable[Element]) -> Icsr:
        """The same report with other elements."""
        return Icsr(self.form, self.number, tuple(elements), self.notes, self.native)
