"""The reactions of a subject: those of its table of events, and those that only its values show.

Terms of CDISC for outcome, action and seriousness; the same words in usual spelling. May import the case, the names of
reactions and the modules of this folder that hold records, courses and what values show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dechallenge.case import Event, Time
from dechallenge.case.model import ActionKind, Outcome
from dechallenge.evidence import Evidence
from dechallenge.formats.datasets.derived import SHOWN_BY
from dechallenge.formats.datasets.records import Reported, Subject
from dechallenge.formats.dates import Axis, Dated
from dechallenge.formats.e2b.names import event_kind
from dechallenge.lexicon.findings import load_findings
from dechallenge.timeline import ANY, Interval

OUTCOMES: Final[dict[str, Outcome]] = {
    "recovered": "recovered", "resolved": "recovered", "recovered resolved": "recovered",
    "recovering": "recovering", "resolving": "recovering", "recovering resolving": "recovering",
    "not recovered": "not recovered", "not resolved": "not recovered", "ongoing": "not recovered",
    "not recovered not resolved": "not recovered",
    "recovered with sequelae": "recovered with sequelae", "resolved with sequelae": "recovered with sequelae",
    "recovered resolved with sequelae": "recovered with sequelae",
    "fatal": "fatal", "death": "fatal", "died": "fatal", "unknown": "unknown",
}  # fmt: skip
"""Terms of AEOUT, and usual words."""
ACTIONS: Final[dict[str, ActionKind]] = {
    "drug withdrawn": "stopped", "withdrawn": "stopped", "stopped": "stopped", "discontinued": "stopped",
    "drug interrupted": "stopped", "interrupted": "stopped", "drug discontinued": "stopped",
    "dose reduced": "reduced", "reduced": "reduced", "dose increased": "increased", "increased": "increased",
    "dose not changed": "continued", "not changed": "continued", "none": "continued", "continued": "continued",
}  # fmt: skip
"""Terms of AEACN, and usual words; "unknown" and "not applicable" say nothing."""
SERIOUS: Final = {
    "death": "death",
    "life": "life-threatening",
    "hospital": "hospitalisation",
    "disabling": "disabling",
    "congenital": "congenital anomaly",
    "important": "other medically important",
}
_YES: Final = frozenset({"y", "yes", "1", "true", "j", "ja", "oui"})
_NO: Final = frozenset({"n", "no", "0", "false", "nein", "non"})
_RELATED: Final = re.compile(
    r"(?:possibl[ey]|probabl[ey]|definite(?:ly)?|certain(?:ly)?|related|likely|suspected)(?:\s+related)?", re.IGNORECASE
)
_UNRELATED: Final = re.compile(r"(?:not|un|unlikely)[\s-]*(?:related|suspected|likely)?|none|remote", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction before it is placed on the axis; ``row`` is nothing where only the values show it."""

    kind: str
    term: str
    onset: Dated | None
    onset_evidence: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]
    row: Reported | None = None
    recovery: Dated | None = None

    @property
    def days(self) -> Interval:
        return self.onset.days if self.onset is not None else ANY

    @property
    def outcome(self) -> Outcome:
        return OUTCOMES.get(_plain(self.text("outcome")), "unknown")

    @property
    def action(self) -> ActionKind | None:
        return ACTIONS.get(_plain(self.text("action")))

    @property
    def related(self) -> str:
        """ "yes", "no", or empty where the table says nothing that is known."""
        text = self.text("related").casefold()
        if text in _YES or _RELATED.fullmatch(text):
            return "yes"
        return "no" if text in _NO or _UNRELATED.fullmatch(text) else ""

    @property
    def seriousness(self) -> tuple[str, ...]:
        """Criteria that the table affirms; "serious" alone where it names none."""
        found = [words for name, words in SERIOUS.items() if self.text(name).casefold() in _YES]
        return tuple(found) or (("serious",) if self.text("serious").casefold() in _YES else ())

    def text(self, name: str) -> str:
        return self.row.text(name) if self.row is not None else ""

    def event(self, number: int, axis: Axis) -> Event:
        """The reaction as an event of the case."""
        recovered = self.outcome in ("recovered", "recovered with sequelae")
        evidence = self.row.stop.evidence if self.row is not None and self.row.stop is not None else ()
        return Event(
            id=f"e{number}",
            kind=self.kind,
            term=self.term,
            primary=number == 1,
            onset=axis.time(self.onset, self.onset_evidence, anchor="onset"),
            seriousness=self.seriousness,
            outcome=self.outcome,
            recovery=axis.time(self.recovery, evidence, anchor="recovery") if recovered else None,
            evidence=self.evidence,
            outcome_evidence=self.row.cell("outcome") if self.row is not None else (),
        )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.casefold()))


def reported(subject: Subject) -> list[Reaction]:
    """The reactions of the table of events: first those of a kind that is assessed, the serious ones first."""
    found = []
    for row in subject.events:
        onset = subject.place(row.start)
        found.append(
            Reaction(
                kind=event_kind(row.term),
                term=row.term[:1].lower() + row.term[1:] if not row.term.isupper() else row.term.lower(),
                onset=onset,
                onset_evidence=row.start.evidence if row.start is not None else (),
                evidence=row.evidence,
                row=row,
                recovery=subject.place(row.stop),
            )
        )
    known = {t.event_kind for t in load_findings().terms.values() if t.event_kind}
    return sorted(found, key=lambda r: (r.kind not in SHOWN_BY, r.kind not in known, not r.seriousness, r.days.lo))


@dataclass(frozen=True, slots=True)
class Days(Axis):
    """The axis of a subject. Only a table that counts days prints one; a calendar date has its interval of days."""

    def time(
        self,
        dated: Dated | None,
        evidence: tuple[Evidence, ...] = (),
        *,
        least: float | None = None,
        anchor: str = "date",
        first: bool = False,
    ) -> Time | None:
        """A date or day as a moment of the case; see :meth:`Axis.time`."""
        made = Axis.time(self, dated, evidence, least=least, anchor=anchor, first=first)
        return made if made is None or first or not made.date else made.model_copy(update={"point": None})


def gap(later: Dated | None, earlier: Dated | None, anchor: str) -> Time | None:
    """Days from one moment to another; a figure where the table counts days."""
    days = later.days.minus(earlier.days) if later is not None and earlier is not None else ANY
    if not days.known:
        return None
    printed = days.low == days.high and later is not None and not later.iso
    return Time(low=days.low, high=days.high, point=days.low if printed else None, anchor=anchor)
