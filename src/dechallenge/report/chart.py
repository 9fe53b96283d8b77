"""The chart of a case as inline SVG: laboratory values over days, and the drugs under them.

Written by hand rather than with a plotting library: the marks must link to their words, follow the page's colours in
light, dark and print, show intervals and open ends, and be the same bytes on every run. Colours live in ``style.css``.
Imports the contract and this folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from dechallenge.assessment.model import CaseOut, Days, ExposureOut, MeasurementOut
from dechallenge.evidence import Evidence
from dechallenge.report import labs, view, wording
from dechallenge.report.panels import Panel, panels
from dechallenge.report.scales import DayScale, day_scale, log_scale, spread

WIDTH = 760
"""Units of the drawing across; beside the text of the report a page gives it 640 to 840 pixels."""
PLOT, LANE, EDGE = 216, 24, 44
MAX_LANES = 10
_FADE = 28.0
_SHAPES = ("circle", "square", "diamond", "triangle", "cross", "bar", "circle", "square")
_MOMENTS = {
    "onset": "onset",
    "stopped": "stop",
    "reduced": "reduced",
    "increased": "increased",
    "recovery": "recovered",
    "again": "",
}
"""What a line through the plots is called; a re-exposure by its number and result."""

Link = Callable[[tuple[Evidence, ...], str], str]
"""Turns evidence and a label into the attributes that link a mark to its words."""


@dataclass
class _Sketch:
    """The drawing in progress: marks by layer, and where things are."""

    days: DayScale
    link: Link
    left: float
    right: float
    before: bool
    unknown: bool
    back: list[str] = field(default_factory=list)
    front: list[str] = field(default_factory=list)

    def x(self, interval: Days) -> float:
        """Where a moment is drawn: the middle of its bounds, or the bound that is known."""
        low, high = interval
        if low is None and high is None:
            return self.right - 12.0
        if low is None:
            return self.left + 14.0 if self.before else self.days(high or 0.0)
        return self.days(low if high is None else (low + high) / 2)

    def ends(self, interval: Days) -> tuple[float, float]:
        """The pixels of both bounds; an open end reaches to the edge of the days."""
        low, high = interval
        left = self.days.at[0] if low is None else self.days(low)
        right = self.days.at[-1] if high is None else self.days(high)
        return (min(left, self.x(interval)), max(right, self.x(interval)))


def draw(case: CaseOut, link: Link, title: str) -> str:
    """The chart as one ``<svg>``; empty when the case has neither values to plot nor dated drugs."""
    plots = panels(case)
    event = next((e for e in case.events if e.primary), case.events[0] if case.events else None)
    suspects = view.suspects_of(case, event) if event else []
    course = view.time_course(case, event, suspects[0] if suspects else None) if event else []
    lanes = _lanes(case, [s.drug for s in suspects])
    values = [v for plot in plots for v, _ in plot.values]
    if not values and not any(e.start_days or e.stop_days or e.administrations for e in lanes):
        return ""
    names = [r.name for plot in plots for r in plot.series]
    left = max(64.0, 10 + 7.0 * max((len(wording.clip(e.drug, 22)) for e in lanes), default=0))
    right = WIDTH - max(24.0, 30 + 6.6 * max((len(wording.clip(n, 22)) for n in names), default=0))
    sketch = _sketch(values, lanes, course, link, left, right)
    top = _moments(sketch, course)
    y = top
    for plot in plots:
        _panel(sketch, plot, y + 18)
        y += 18 + PLOT + 20
    _day_axis(sketch, y - 4)
    y = _drug_lanes(sketch, case, lanes, y + 26)
    lines = [mark.replace("BOTTOM", f"{y:g}") for mark in sketch.back]
    return "\n".join(
        [
            f'<svg class="chart" viewBox="0 0 {WIDTH} {y + 6:g}" width="{WIDTH}" height="{y + 6:g}" role="group" '
            f'aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">',
            *lines,
            *sketch.front,
            "</svg>",
        ]
    )


def _lanes(case: CaseOut, suspects: Sequence[str]) -> list[ExposureOut]:
    """Drugs to draw: suspects first, then those with a known time; without any time only suspects."""

    def dated(e: ExposureOut) -> bool:
        known = [i for i in (e.start_days, e.stop_days, *e.administrations) if i and i != (None, None)]
        return bool(known)

    own = [e for e in case.exposures if e.drug in suspects]
    own.sort(key=lambda e: suspects.index(e.drug))
    others = [e for e in case.exposures if e.drug not in suspects and dated(e)]
    return [*own, *others][:MAX_LANES]


def _finite(intervals: Iterable[Days | None]) -> list[float]:
    return [bound for interval in intervals if interval for bound in interval if bound is not None]


def _sketch(
    values: Sequence[MeasurementOut],
    lanes: Sequence[ExposureOut],
    course: Sequence[view.Station],
    link: Link,
    left: float,
    right: float,
) -> _Sketch:
    """The scale of days over everything that happens; a drug that began long before is cut off at the edge."""
    moments = [i for i in (*(v.day for v in values), *(s.day for s in course)) if i]
    days = _finite(moments) or [0.0]
    low, high = min(days), max(days)
    air = 0.3 * max(high - low, 7.0)
    for lane in lanes:
        days += [d for d in _finite((lane.start_days, lane.stop_days)) if low - air <= d <= high + air]
    before = any(v.day[0] is None and v.day[1] is not None for v in values)
    unknown = any(v.day == (None, None) for v in values)
    scale = day_scale(days, left + (EDGE if before else 8), right - (EDGE if unknown else 34))
    return _Sketch(scale, link, left, right, before, unknown)


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _moments(sketch: _Sketch, course: Sequence[view.Station]) -> float:
    """Lines through the plots at onset, stop, recovery and re-exposures, labels stacked above; the top of the plots."""
    taken: list[float] = []
    row_height = 15
    labels: list[tuple[float, int, view.Station, str]] = []
    marked = [s for s in course if s.kind in _MOMENTS and s.day and s.day != (None, None)]
    for x, station in sorted(_in_order(sketch, marked), key=lambda pair: pair[0]):
        words = f"{_MOMENTS[station.kind] or station.label}"
        if station.kind == "again" and station.detail:
            words += f": {station.detail.partition(':')[0]}"
        width = 6.2 * len(words) + 12
        start = x if x + width <= WIDTH else x - width
        row = next((i for i, end in enumerate(taken) if end <= start - 4), len(taken))
        if row == len(taken):
            taken.append(0.0)
        taken[row] = start + width
        labels.append((x, row, station, words))
    rows = len(taken)
    for x, row, station, words in labels:
        y = 12 + (rows - 1 - row) * row_height
        top = 16 + rows * row_height
        left, right = sketch.ends(station.day or (None, None))
        kind = f"moment m-{station.kind}"
        if right - left > 3 and station.day and None not in station.day:
            sketch.back.append(f'<path class="{kind} zone" d="M{left:.1f} {top:g}H{right:.1f}VBOTTOMH{left:.1f}Z"/>')
        hint = f"{words}: {station.when}"
        sketch.back.append(f'<path class="{kind}" d="M{x:.1f} {y - 8:g}VBOTTOM"/>')
        sketch.front.append(
            f'<g class="{kind}"{sketch.link(station.evidence, hint)}><title>{escape(hint)}</title>'
            f"{_label(x, y, words)}</g>"
        )
    return 14.0 + max(rows, 0) * row_height


def _label(x: float, y: float, words: str) -> str:
    """The name of a moment behind its line, or before it where it would leave the drawing."""
    if x + 6.2 * len(words) + 12 <= WIDTH:
        return _text(x + 4, y, words, "moment-label")
    return _text(x - 4, y, words, "moment-label", "end")


def _in_order(sketch: _Sketch, stations: Sequence[view.Station]) -> list[tuple[float, view.Station]]:
    """Where each moment is drawn: a stop never before the onset, where its bounds allow that."""
    placed: list[tuple[float, view.Station]] = []
    last = float("-inf")
    for station in stations:
        day = station.day or (None, None)
        x = sketch.x(day)
        if station.kind == "stopped" and x < last and (day[1] is None or sketch.ends(day)[1] >= last):
            x = last
        last = max(last, x)
        placed.append((x, station))
    return placed


def _panel(sketch: _Sketch, plot: Panel, top: float) -> None:
    bottom = top + PLOT
    amounts = [amount for _, amount in plot.values]
    include = [plot.normal] if plot.normal else []
    bands = [b for b in plot.bands if b >= min(amounts) / 4] if plot.bands else []
    scale = log_scale(amounts, top, bottom, [*include, *bands])
    sketch.back.append(_text(sketch.left, top - 7, plot.title, "panel-title"))
    for grade, upper in enumerate(plot.bands, start=2):
        lower = plot.bands[grade - 1] if grade - 1 < len(plot.bands) else scale.low
        if upper <= scale.low:
            continue
        y1, y2 = scale(upper), scale(max(lower, scale.low))
        place = f'x="{sketch.left:.1f}" y="{y1:.1f}" width="{sketch.right - sketch.left:.1f}" height="{y2 - y1:.1f}"'
        sketch.back.append(f'<rect class="band g{grade}" {place}/>')
        if y2 - y1 > 11:
            sketch.back.append(_text(sketch.left + 6, y2 - 4, f"grade {grade}", "band-label"))
    for tick in scale.ticks():
        y = scale(tick)
        kind = "grid normal" if tick == plot.normal else "grid"
        sketch.back.append(f'<path class="{kind}" d="M{sketch.left:.1f} {y:.1f}H{sketch.right:.1f}"/>')
        words = f"{wording.number(tick)}×" if plot.normal else wording.number(tick)
        sketch.back.append(_text(sketch.left - 8, y + 4, "ULN" if tick == plot.normal else words, "tick", "end"))
    ends: list[tuple[float, float, str]] = []
    for index, row in enumerate(plot.series):
        end = _series(sketch, plot, row, index, scale)
        if end:
            ends.append((*end, row.name))
    placed = spread([y for _, y, _ in ends], 15, top + 4, bottom - 2)
    for index, ((x, y, name), at) in enumerate(zip(ends, placed, strict=True)):
        sketch.front.append(f'<path class="leader" d="M{x + 7:.1f} {y:.1f}L{sketch.right + 4:.1f} {at:.1f}"/>')
        sketch.front.append(f'<g class="s s{index}">{_mark(_SHAPES[index], sketch.right + 12, at, 3.6)}</g>')
        sketch.front.append(_text(sketch.right + 20, at + 4, wording.clip(name, 22), f"series-name s{index}"))


def _series(
    sketch: _Sketch, plot: Panel, row: labs.Row, index: int, scale: Callable[[float], float]
) -> tuple[float, float] | None:
    """One analyte: its line, the intervals of its days, its points; the place of the last point."""
    points: list[tuple[float, float, MeasurementOut]] = []
    at: dict[float, int] = {}
    for item in row.values:
        amount = plot.amount(item)
        if amount is None:
            continue
        x = sketch.x(item.day)
        again = at[x] = at.get(x, -1) + 1
        points.append((x + 9 * again, scale(amount), item))
    if not points:
        return None
    line = [(x, y) for x, y, item in points if item.day != (None, None)]
    out = [f'<g class="s s{index}">']
    if len(line) > 1:
        out.append('<path class="line" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) + '"/>')
    for x, y, item in points:
        left, right = sketch.ends(item.day) if item.day != (None, None) else (x, x)
        if right - left > 6:
            open_ = " open" if None in item.day else ""
            out.append(f'<path class="when{open_}" d="M{left:.1f} {y:.1f}H{right:.1f}"/>')
        out.append(_point(sketch, row, item, x, y, index))
    out.append("</g>")
    sketch.front.append("".join(out))
    return points[-1][:2]


def _point(sketch: _Sketch, row: labs.Row, item: MeasurementOut, x: float, y: float, index: int) -> str:
    hint = f"{row.name} {wording.value(item)}"
    if item.times_uln is not None:
        hint += f", {wording.times(item.times_uln)} ULN"
    hint += f", {wording.day(item.day)}" if item.day != (None, None) else f", {item.day_text or 'day not stated'}"
    if labs.doubtful(item):
        hint += "; implausible as printed, drawn at the likely repair"
    kind = "pt flagged" if labs.doubtful(item) else "pt censored" if item.comparator not in ("=", "~") else "pt"
    marks = _mark(_SHAPES[index], x, y, 4)
    if item.comparator.startswith((">", "<")):
        up = -1 if item.comparator.startswith(">") else 1
        marks += f'<path class="arrow" d="M{x:.1f} {y + up * 6:.1f}v{up * 9}m-3 {-up * 4}l3 {up * 4}l3 {-up * 4}"/>'
    if labs.doubtful(item):
        marks += _text(x + 6, y - 6, "!", "flag")
    return f'<g class="{kind}"{sketch.link(item.evidence, hint)}><title>{escape(hint)}</title>{marks}</g>'


def _mark(shape: str, x: float, y: float, r: float) -> str:
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}"/>'
    k = r - 1.4
    paths = {
        "square": f"M{x - r:.1f} {y - r:.1f}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z",
        "diamond": f"M{x:.1f} {y - r - 1:.1f}l{r + 1:g} {r + 1:g}l{-r - 1:g} {r + 1:g}l{-r - 1:g} {-r - 1:g}z",
        "triangle": f"M{x:.1f} {y - r - 0.5:.1f}l{r + 0.8:g} {2 * r:g}h{-2 * r - 1.6:g}z",
        "cross": f"M{x - r:.1f} {y - 1.4:.1f}h{k:g}v{-k:g}h2.8v{k:g}h{k:g}v2.8h{-k:g}v{k:g}h-2.8v{-k:g}h{-k:g}z",
        "bar": f"M{x - 2:.1f} {y - r - 1:.1f}h4v{2 * r + 2:g}h-4z",
    }
    return f'<path d="{paths[shape]}"/>'


def _day_axis(sketch: _Sketch, y: float) -> None:
    scale = sketch.days
    sketch.front.append(f'<path class="axis" d="M{sketch.left:.1f} {y - 12:.1f}H{sketch.right:.1f}"/>')
    for tick in scale.ticks():
        x = scale(tick)
        sketch.front.append(f'<path class="axis" d="M{x:.1f} {y - 12:.1f}v5"/>')
        sketch.front.append(_text(x, y + 6, wording.number(tick), "tick", "middle"))
    for low, high in scale.breaks:
        x = (scale(low) + scale(high)) / 2
        sketch.front.append(f'<path class="gap" d="M{x - 5:.1f} {y - 6:.1f}l4 -12h6l-4 12z"/>')
        sketch.front.append(_text(x, y + 6, f"{wording.number(round(high - low))} d", "tick quiet", "middle"))
    if sketch.before:
        sketch.front.append(_text(sketch.left + 12, y + 6, "before", "tick quiet", "middle"))
    if sketch.unknown:
        sketch.front.append(_text(sketch.right - 12, y + 6, "day ?", "tick quiet", "middle"))
    sketch.front.append(_text(sketch.left - 8, y + 6, "day", "tick quiet", "end"))


def _drug_lanes(sketch: _Sketch, case: CaseOut, lanes: Sequence[ExposureOut], y: float) -> float:
    """One lane for each exposure: start to stop, open ends faded, an arrow for each known administration."""
    drawn: set[str] = set()
    for item in lanes:
        middle = y + LANE / 2
        name = item.drug if item.drug not in drawn else ""
        drawn.add(item.drug)
        hint = " ".join(p for p in (item.drug, item.dose_text, item.route or "") if p)
        start, stop = item.start_days, item.stop_days
        hint += f", from {wording.day(start)}" if start else ", start not stated"
        hint += f" to {wording.day(stop)}" if stop else ", ongoing" if item.ongoing else ", stop not stated"
        marks = [_text(sketch.left - 10, middle + 4, wording.clip(name, 22), f"drug-name r-{item.role}", "end")]
        for begin, end in _courses(case, item, (sketch.days.knots[-1], None) if item.ongoing and not stop else stop):
            marks += _bar(sketch, begin, end, middle)
        for given in item.administrations:
            if given != (None, None):
                x = sketch.x(given)
                marks.append(f'<path class="dose" d="M{x:.1f} {middle + 13:.1f}v-8m-2.5 2.5l2.5 -2.5l2.5 2.5"/>')
        sketch.front.append(
            f'<g class="drug r-{item.role}"{sketch.link(item.evidence, hint)}><title>{escape(hint)}</title>'
            f"{''.join(marks)}</g>"
        )
        _restarts(sketch, case, item, middle)
        y += LANE + (6 if item.administrations else 0)
    return y


def _courses(case: CaseOut, item: ExposureOut, stop: Days | None) -> list[tuple[Days | None, Days | None]]:
    """The start and stop of what is drawn: two courses where it was given again and only then stopped."""
    mine = [a for a in case.actions if a.drug == item.drug and a.kind in ("restarted", "stopped")]
    again = mine[0].day if mine and mine[0].kind == "restarted" else None
    first = item.start_days[1] if item.start_days else None
    if again is None or again[0] is None or first is None:
        return [(item.start_days, stop)]
    return [(item.start_days, (first, again[0])), (again, stop)]


def _bar(sketch: _Sketch, start: Days | None, stop: Days | None, y: float) -> list[str]:
    """Certain exposure solid, possible exposure pale: between the bounds of start and stop; an open end fades out."""
    begin, end = start or (None, None), stop or (None, None)
    left, right = sketch.left + 2, sketch.right - 2
    if begin == end == (None, None):
        return [f'<path class="bar unknown" d="M{left + 4:.1f} {y:.1f}H{right:.1f}"/>']

    def x(day: float) -> float:
        """A day on the axis; what lies beyond it is drawn at the edge of the plot."""
        knots = sketch.days.knots
        return left + 6 if day < knots[0] else right - 6 if day > knots[-1] else sketch.days(day)

    if begin[0] is not None and begin[0] > sketch.days.knots[-1]:
        return [f'<path class="beyond" d="M{right - 3:.1f} {y - 4:.1f}l4 4l-4 4"/>']
    first = left + _FADE if begin[0] is None else x(begin[0])
    last = right - _FADE if end[1] is None else x(end[1])
    out = [_rect("bar maybe", first, max(last - first, 2), y)]
    low = end[0] if begin[1] is None else begin[1]
    high = begin[1] if end[0] is None else end[0]
    if low is not None and high is not None and high >= low:
        out.append(_rect("bar", x(low), max(x(high) - x(low), 3), y))
    if begin[0] is None:
        out += _faded(first, -1, y)
    elif begin[0] < sketch.days.knots[0]:
        out.append(f'<path class="beyond" d="M{left + 3:.1f} {y - 4:.1f}l-4 4l4 4"/>')
    if end[1] is None:
        out += _faded(max(last, first + 2), 1, y)
    elif end[1] > sketch.days.knots[-1]:
        out.append(f'<path class="beyond" d="M{right - 3:.1f} {y - 4:.1f}l4 4l-4 4"/>')
    return out


def _faded(x: float, direction: int, y: float) -> list[str]:
    """Four steps of a bar that fades out from x to the left (-1) or right (1)."""
    step = _FADE / 4
    places = [x + direction * step * n - (step if direction < 0 else 0) for n in range(4)]
    return [_rect(f"bar fade{n}", place, step, y, 0) for n, place in enumerate(places, start=1)]


def _rect(kind: str, x: float, width: float, y: float, round_: int = 2) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y - 4:.1f}" width="{width:.1f}" height="8" rx="{round_}"/>'


def _restarts(sketch: _Sketch, case: CaseOut, item: ExposureOut, y: float) -> None:
    """A ring on the lane of a drug for each re-exposure, filled when the reaction came back."""
    for action in case.actions:
        if action.kind == "restarted" and action.drug == item.drug and action.day and action.day != (None, None):
            x = sketch.x(action.day)
            hint = f"{item.drug} again, {wording.day(action.day)}: {action.result or 'result not stated'}"
            sketch.front.append(
                f'<g class="again {escape(action.result or "open")}"{sketch.link(action.evidence, hint)}>'
                f'<title>{escape(hint)}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="5"/></g>'
            )
