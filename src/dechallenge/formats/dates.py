"""Dates of messages and tables on the axis of a case: partial dates stay partial, time zones are not shifted.

A date is an interval of calendar days; on the axis it is an interval of days from the first dose of the suspect. Used
by every format that carries dates. May import the case, evidence and the timeline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.case import Time
from dechallenge.evidence import Evidence
from dechallenge.timeline import CalendarDate, Interval

_HL7 = re.compile(r"(\d{4})(?:(\d{2})(?:(\d{2})(\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,9})?)?)?)?)?)?([+-]\d{4})?")
_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?)?)?"
)

_OPEN = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as it was given.

    Attributes:
        iso: ISO 8601 with the precision and the zone it was given in; never padded, never shifted.
        days: The calendar days that it allows (``date.toordinal``), closed.
        written: As it stood in the message.
    """

    iso: str
    days: Interval
    written: str

    @property
    def exact(self) -> bool:
        """Known to the day."""
        return self.days.lo == self.days.hi


def parse(written: str) -> Dated | None:
    """A date or time of HL7 v3 and E2B (``20220614101010-0500``, ``202206``) or ISO 8601 (``2022-06-14``).

    Returns:
        The date; nothing where the text is none, or names a day that does not exist.
    """
    text = written.strip()
    found = _HL7.fullmatch(text)
    clock = ""
    if found is not None:
        year, month, day, time, zone = found.groups()
        if time:
            clock = "T" + time[:2] + "".join(f":{part}" for part in (time[2:4], time[4:]) if part)
            clock += f"{zone[:3]}:{zone[3:]}" if zone else ""
    else:
        found = _ISO.fullmatch(text)
        if found is None:
            return None
        year, month, day, time, zone = found.groups()
        clock = f"T{time}{zone or ''}" if time else ""
    try:
        date = CalendarDate.of(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError:
        return None
    return Dated("-".join(part for part in (year, month, day) if part) + clock, date.interval, written)


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of a case: day 0 is the first dose of the suspect; without that date no day is known.

    Attributes:
        start: Calendar days on which day 0 may lie; open where it is not known.
    """

    start: Interval = _OPEN

    def time(
        self,
        dated: Dated | None,
        evidence: tuple[Evidence, ...] = (),
        *,
        least: float | None = None,
        anchor: str = "date",
        first: bool = False,
    ) -> Time | None:
        """A date as a moment of the case.

        Args:
            dated: The date; nothing gives nothing.
            evidence: Where it stands.
            least: Day that it cannot lie before (a stop never lies before its start).
            anchor: What the date is.
            first: This is the date that day 0 was taken from.
        """
        if dated is None:
            return None
        if first:
            return Time(low=0, high=0, point=0, text=dated.written, anchor=anchor, date=dated.iso, evidence=evidence)
        days = dated.days.minus(self.start) if self.start.known else _OPEN
        low, high = days.low, days.high
        if least is not None and (low is None or low < least) and (high is None or high >= least):
            low = least
        point = low if low is not None and low == high else None
        return Time(
            low=low, high=high, point=point, text=dated.written, anchor=anchor, date=dated.iso, evidence=evidence
        )


def written_hl7(iso: str) -> str:
    """An ISO date or time in the form of HL7 v3: ``2022-06-14T10:10:10-05:00`` is ``20220614101010-0500``."""
    date, sign, clock = iso.partition("T")
    digits = date.replace("-", "")
    if not sign:
        return digits
    zone = re.search(r"(Z|[+-]\d{2}:?\d{2})$", clock)
    tail = "" if zone is None else "+0000" if zone[1] == "Z" else zone[1].replace(":", "")
    body = clock[: zone.start()] if zone is not None else clock
    return digits + body.replace(":", "") + tail
