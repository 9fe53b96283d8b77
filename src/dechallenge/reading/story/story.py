"""The story of a case: which moment every clause speaks of, and the network that dates the moments.

Doses, stops, re-exposures, onset and admission are nodes of the network. Told by ``teller``. May import actions, times
and the timeline.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.timeline import Interval, Network

EPOCH = "epoch"
ONSET = "onset"
ADMISSION = "admission"
DISCHARGE = "other:discharge"
SAME = Interval(0.0, 0.0)
LATER = Interval(0.0, None)


@dataclass(frozen=True, slots=True)
class Beat:
    """A clause, or the part of it that one time expression governs, and the moment it speaks of; ``own``: the part is
    one value of a list, whose time stands in a list of times."""

    start: int
    end: int
    sentence: int
    node: str
    explicit: bool
    time: TimeMention | None
    flashback: bool
    own: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """An action on the time line: node, drug and course (0 for the first exposure)."""

    kind: str
    drug: str
    course: int
    node: str
    action: ActionMention


@dataclass(slots=True)
class Story:
    """Moments of a case. Built by :func:`tell`; read by the assembly.

    Attributes:
        network: The temporal network; nodes ``start:DRUG:COURSE``, ``stop:DRUG:COURSE``, ``onset``, ``admission``, …
        main: Drugs in focus, likeliest first: what "the medication" means.
        ends: Nodes of stops that no word for a stop tells, with the clean span of the length or last day that does.
        supposed: Nodes of stops that are dated by nothing but their place in the text.
    """

    network: Network = field(default_factory=Network)
    beats: list[Beat] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    main: tuple[str, ...] = ()
    course: dict[str, int] = field(default_factory=dict)
    onset_beat: Beat | None = None
    counter: int = 0
    points: dict[str, float] = field(default_factory=dict)
    printed: list[tuple[str, str, float]] = field(default_factory=list)
    told: dict[str, list[Step]] = field(default_factory=dict)
    stopped: dict[str, set[int]] = field(default_factory=dict)
    ends: dict[str, tuple[int, int]] = field(default_factory=dict)
    supposed: set[str] = field(default_factory=set)
    begun: dict[str, None] = field(default_factory=dict)
    _begun: list[int] = field(default_factory=list)
    _ended: list[int] = field(default_factory=list)

    def bind(
        self, base: str, node: str, interval: Interval, *, point: float | None = None, label: object = None
    ) -> bool:
        """Bound ``node - base``; with the printed amount (days) the node's own point follows from that of the base."""
        done = self.network.bound(base, node, interval, label)
        if done and point is not None:
            self.printed.append((base, node, point))
            if (base in self.points) != (node in self.points):  # else there is nothing to follow
                self._spread()
        return done

    def step(self, step: Step) -> None:
        """The story goes on with an action."""
        self.steps.append(step)
        self.told.setdefault(step.drug, []).append(step)
        if step.kind == "stopped":
            self.stopped.setdefault(step.drug, set()).add(step.course)
        elif step.kind in ("started", "restarted"):
            self.begun[step.drug] = None

    def _spread(self) -> None:
        """Points follow printed amounts in both directions, earliest statement first."""
        moved = True
        while moved:
            moved = False
            for base, node, amount in self.printed:
                if base in self.points and node not in self.points:
                    self.points[node] = self.points[base] + amount
                    moved = True
                elif node in self.points and base not in self.points:
                    self.points[base] = self.points[node] - amount
                    moved = True

    def fresh(self) -> str:
        self.counter += 1
        return f"m{self.counter}"

    def beat_at(self, position: int) -> Beat | None:
        """The beat that a clean position belongs to: nearest time within its clause."""
        best: Beat | None = None
        nearest = 0
        for beat in self.beats_over(position):
            distance = _near(beat, position)
            if best is None or distance < nearest:
                best, nearest = beat, distance
        return best

    def beats_over(self, position: int) -> Iterator[Beat]:
        """The beats in whose clause a clean position lies, in the order of the text."""
        begun, ended = self._begun, self._ended
        for beat in self.beats[len(begun) :]:  # the furthest so far: in order even where brackets stand within a clause
            begun.append(max(begun[-1], beat.start) if begun else beat.start)
            ended.append(max(ended[-1], beat.end) if ended else beat.end)
        for i in range(bisect_right(ended, position), bisect_right(begun, position)):
            if self.beats[i].start <= position < self.beats[i].end:
                yield self.beats[i]

    def dating(self, node: str, sentence: int) -> Iterator[TimeMention]:
        """The time words of a sentence that date a node ("was started on 2 March")."""
        for beat in self.beats:
            told = beat.sentence == sentence and beat.explicit and beat.time is not None
            if told and (beat.node == node or self.network.between(beat.node, node) == SAME):
                assert beat.time is not None
                yield beat.time

    def carried(self, beat: Beat) -> TimeMention | None:
        """The time words of a beat; for one that goes on with the moment told before, those that told it."""
        if beat.time is not None:
            return beat.time
        told = (b.time for b in reversed(self.beats) if b.node == beat.node and b.start <= beat.start)
        return next((time for time in told if time is not None), None)

    def day(self, node: str, axis: str) -> Interval:
        """Days from the axis to the node."""
        return self.network.between(axis, node)


def _near(beat: Beat, position: int) -> int:
    if beat.own:
        return -1
    if beat.time is None:
        return 10_000
    vague = 1000 if beat.time.kind == "soon" else 0
    return vague + min(abs(beat.time.start - position), abs(beat.time.end - position))


def start_node(drug: str, course: int = 0) -> str:
    return f"start:{drug}:{course}"


def stop_node(drug: str, course: int = 0) -> str:
    return f"stop:{drug}:{course}"
