"""The drawings of a page of signals as inline SVG: volcano plot, heat map, time to onset, series over quarters.

Written by hand like the chart of a case: no library in the page, every text escaped, the same bytes on every run.
Colours live in ``signals.css``. Imports `population.answer` and this folder.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dechallenge.population.answer import TimeToOnset, Volcano
from dechallenge.population.measures.sequential import Series
from dechallenge.report.wording import MINUS, clip

WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 58, 20, 18, 46
_HIGHEST = 300.0
"""Decades of p beyond which points are drawn at the edge: smaller figures are below what a double can hold."""
_FAR = 30.0
"""Decades of p above which the height is on a square-root scale."""
_GRID = (150, 90)
_Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a heat map: reports, and IC with its lower bound; None where no report has both."""

    n: int
    ic: float
    ic_low: float


def _text(x: float, y: float, words: str, kind: str = "tick", anchor: str = "middle", turn: str = "") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{turn}>{escape(words)}</text>'


def _svg(kind: str, height: float, title: str, marks: Sequence[str], width: float = WIDTH) -> str:
    head = (
        f'<svg class="plot {kind}" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" '
        f'aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">'
    )
    return "\n".join([head, *marks, "</svg>"])


def _signed(value: float) -> str:
    return f"{value:g}".replace("-", MINUS)


def _steps(low: float, high: float, room: int) -> list[float]:
    """Round figures between two, about as many as there is room for."""
    rough = max(high - low, 1e-9) / max(room, 1)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * f for f in (1, 2, 5, 10) if size * f >= rough)
    first = math.ceil(low / step - 1e-9)
    return [step * k for k in range(first, math.floor(high / step + 1e-9) + 1)]


def volcano(data: Volcano, title: str) -> str:
    """Log2 of observed over expected across, -log10 of p up; marks grow with the reports.

    Where many marks would lie on one another, one stands for all in its place: the one with most reports. The marks of
    the case's own terms are always drawn.
    """
    if not data.events:
        return ""
    x = np.array(data.log2_ratio)
    with np.errstate(divide="ignore"):
        y = np.minimum(-np.log10(np.array(data.p)), _HIGHEST)
    n, own = np.array(data.n), np.array(data.own)
    low, high = min(-1.0, float(x.min())), max(1.0, float(x.max()))
    top = max(2.0, float(y.max()) * 1.06)
    px = LEFT + (x - low) / (high - low) * (WIDTH - LEFT - RIGHT)
    py = HEIGHT - BOTTOM - _risen(y, top) * (HEIGHT - TOP - BOTTOM)
    marks = _frame(low, high, top)
    for i in _thinned(px, py, n, own):
        radius = 2.2 + min(9.0, 1.4 * math.log10(1 + n[i]) * 1.6)
        words = f"{data.events[i]}: {n[i]:,} reports, ratio {2.0 ** x[i]:.2f}, p {data.p[i]:.1e}"
        kind = "own" if own[i] else ("few" if n[i] < 3 else "more" if x[i] > 0 else "less")
        marks.append(
            f'<circle class="{kind}" cx="{px[i]:.1f}" cy="{py[i]:.1f}" r="{radius:.1f}"><title>{escape(words)}'
            "</title></circle>"
        )
    marks += _labels(data, px, py, own)
    return _svg("volcano", HEIGHT, title, marks)


def _risen(y: _Array, top: float) -> _Array:
    """Share of the height; on a square-root scale where one strong pair would press all others to the floor."""
    return np.sqrt(y / top) if top > _FAR else y / top


def _frame(low: float, high: float, top: float) -> list[str]:
    floor, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    marks = []
    for tick in _steps(low, high, 9):
        at = LEFT + (tick - low) / (high - low) * (right - LEFT)
        marks.append(f'<path class="{"zero" if tick == 0 else "grid"}" d="M{at:.1f} {TOP}V{floor}"/>')
        marks.append(_text(at, floor + 16, _signed(round(tick, 6))))
    ticks = _steps(0, top, 6) if top <= _FAR else [t for t in (0, 1, 4, 10, 20, 40, 80, 150, 300) if t <= top]
    for tick in ticks:
        at = floor - float(_risen(np.array(tick), top)) * (floor - TOP)
        marks.append(f'<path class="grid" d="M{LEFT} {at:.1f}H{right}"/>')
        marks.append(_text(LEFT - 8, at + 4, _signed(round(tick, 6)), anchor="end"))
    marks.append(_text((LEFT + right) / 2, HEIGHT - 8, "log₂ of observed over expected", "axis-name"))
    turn = f' transform="rotate(-90 14 {(TOP + floor) / 2:g})"'
    name = "−log₁₀ p" if top <= _FAR else "−log₁₀ p (square-root scale)"
    marks.append(_text(14, (TOP + floor) / 2, name, "axis-name", turn=turn))
    return marks


def _thinned(px: _Array, py: _Array, n: _Array, own: _Array) -> list[int]:
    """What is drawn, the case's own last: on a fine grid the mark with most reports of each place."""
    place = (px / WIDTH * _GRID[0]).astype(int) * 1000 + (py / HEIGHT * _GRID[1]).astype(int)
    best: dict[int, int] = {}
    for i in np.lexsort((-n, place)):
        best.setdefault(int(place[i]), int(i))
    kept = [i for i in sorted(best.values()) if not own[i]]
    return kept + [int(i) for i in np.flatnonzero(own)]


def _labels(data: Volcano, px: _Array, py: _Array, own: _Array) -> list[str]:
    """Names beside the case's own marks and the highest others, where they do not lie on one another."""
    ranked = sorted(range(len(px)), key=lambda i: (not own[i], py[i], i))[:24]
    taken: list[tuple[float, float, float]] = []
    marks = []
    for i in ranked:
        name = clip(data.events[i], 30)
        wide = 6.1 * len(name)
        left = px[i] + 9 + wide > WIDTH - RIGHT
        start = px[i] - 9 - wide if left else px[i] + 9
        if any(abs(py[i] - y) < 13 and start < b and a < start + wide for a, b, y in taken):
            continue
        taken.append((start, start + wide, float(py[i])))
        kind = "own-name" if own[i] else "name"
        marks.append(_text(px[i] - 9 if left else px[i] + 9, py[i] + 4, name, kind, "end" if left else "start"))
        if len(taken) >= 14:
            break
    return marks


def heat_map(rows: Sequence[str], columns: Sequence[str], cells: dict[tuple[str, str], Cell], title: str) -> str:
    """Drugs down, events across; the colour is the IC, strong where its interval does not hold zero."""
    if not rows or not columns or not cells:
        return ""
    left = 12 + 6.6 * max(len(clip(name, 26)) for name in rows)
    wide = min(64.0, (WIDTH - left - 8) / len(columns))
    top = 16 + 4.6 * max(len(clip(name, 34)) for name in columns)
    marks = []
    for j, name in enumerate(columns):
        x = left + (j + 0.5) * wide
        turn = f' transform="rotate(-48 {x:.1f} {top - 8:.1f})"'
        marks.append(_text(x, top - 8, clip(name, 34), "col", "start", turn))
    for i, drug in enumerate(rows):
        y = top + 26 * i
        marks.append(_text(left - 8, y + 17, clip(drug, 26), "row", "end"))
        for j, event in enumerate(columns):
            cell = cells.get((drug, event))
            x = left + j * wide
            size = f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{wide - 2:.1f}" height="24"'
            if cell is None:
                marks.append(f'<rect class="none" {size}/>')
                continue
            words = f"{drug}, {event}: {cell.n:,} reports, IC {cell.ic:.2f}, IC025 {cell.ic_low:.2f}"
            marks.append(f'<rect class="{_shade(cell)}" {size}><title>{escape(words)}</title></rect>')
            if wide >= 30:
                marks.append(_text(x + wide / 2, y + 17, f"{cell.n:,}", "count"))
    reach = left + len(columns) * wide + 0.7 * 4.6 * len(clip(columns[-1], 34)) + 30
    return _svg("heat", top + 26 * len(rows) + 8, title, marks, max(WIDTH, reach))


def _shade(cell: Cell) -> str:
    step = min(4, max(1, math.ceil(abs(cell.ic))))
    sign = "up" if cell.ic > 0 else "down"
    return f"{sign} h{step}" + (" sure" if cell.ic_low > 0 else "")


def onset_plot(data: TimeToOnset, title: str) -> str:
    """Reports by days from first dose on a logarithmic axis, the fitted Weibull distribution, and the case."""
    if not data.days:
        return ""
    height, floor, right = 250, 204, WIDTH - RIGHT
    last = max(max(data.days), data.case[1] if data.case else 0.0, 7.0) * 1.15
    scale = (right - LEFT) / math.log1p(last)

    def x(day: float) -> float:
        return LEFT + math.log1p(max(day, 0.0)) * scale

    edges = np.expm1(np.linspace(0, math.log1p(last), 29))
    counts, _ = np.histogram(np.array(data.days, dtype=float), bins=edges)
    tall = max(1, int(counts.max()))
    marks = []
    low, middle, high = data.fit.quartiles
    marks.append(
        f'<rect class="middle" x="{x(low):.1f}" y="{TOP + 14}" width="{max(1.5, x(high) - x(low)):.1f}" '
        f'height="{floor - TOP - 14}"/>'
    )
    for tick in _steps(0, tall, min(4, tall)):
        if tick == int(tick):
            at = floor - tick / tall * (floor - TOP - 20)
            marks.append(f'<path class="grid" d="M{LEFT} {at:.1f}H{right}"/>')
            marks.append(_text(LEFT - 8, at + 4, f"{tick:g}", anchor="end"))
    for count, a, b in zip(counts, edges[:-1], edges[1:], strict=True):
        if count:
            up = count / tall * (floor - TOP - 20)
            marks.append(
                f'<rect class="bar" x="{x(a) + 0.7:.1f}" y="{floor - up:.1f}" '
                f'width="{max(1.0, x(b) - x(a) - 1.4):.1f}" height="{up:.1f}">'
                f"<title>{count} reports, day {a:.0f} to {b:.0f}</title></rect>"
            )
    if math.isfinite(data.fit.shape[0]):
        marks.append(_weibull(data, edges, tall, floor, x))
    for day in (0, 1, 3, 7, 14, 30, 90, 180, 365, 730, 1825, 3650):
        if day <= last:
            marks.append(_text(x(day), floor + 16, str(day)))
    marks.append(f'<path class="axis" d="M{LEFT} {floor}H{right}"/>')
    marks.append(_text((LEFT + right) / 2, height - 8, "days from first dose to reaction (logarithmic)", "axis-name"))
    marks.append(f'<path class="median" d="M{x(middle):.1f} {TOP + 14}V{floor}"/>')
    marks.append(_text(x(middle), TOP + 9, f"median {middle:g}", "tick"))
    if data.case is not None:
        a, b = (x(v) for v in data.case)
        marks.append(
            f'<rect class="case" x="{min(a, b) - 1:.1f}" y="{TOP - 6}" width="{abs(b - a) + 2:.1f}" '
            f'height="{floor - TOP + 6}"/>'
        )
        marks.append(_text((a + b) / 2, TOP - 7, "this case", "own-name"))
    return _svg("onset", height, title, marks)


def _weibull(data: TimeToOnset, edges: _Array, tall: int, floor: float, x: Callable[[float], float]) -> str:
    """The reports that the fitted distribution would put into each bar, as a line."""
    shape, scale = data.fit.shape[0], data.fit.scale[0]
    share = np.diff(1 - np.exp(-((edges / scale) ** shape)))
    points = []
    for part, a, b in zip(share, edges[:-1], edges[1:], strict=True):
        at = (x(float(a)) + x(float(b))) / 2
        points.append(f"{at:.1f} {max(TOP, floor - part * len(data.days) / tall * (floor - TOP - 20)):.1f}")
    return f'<path class="fit" d="M{"L".join(points)}"/>'


def series_plot(data: Series, title: str) -> str:
    """IC of the cumulative counts over the quarters, with its interval."""
    if len(data.quarters) < 3:
        return ""
    height, floor, right = 230, 186, WIDTH - RIGHT
    value, low, high = data.information.value, data.information.low, data.information.high
    bottom, top = min(-1.0, float(np.maximum(low, -5).min())), max(1.0, float(high.max()))
    step = (right - LEFT) / (len(value) - 1)

    def y(v: float) -> float:
        return floor - (max(v, bottom) - bottom) / (top - bottom) * (floor - TOP)

    marks = []
    for tick in _steps(bottom, top, 5):
        marks.append(f'<path class="{"zero" if tick == 0 else "grid"}" d="M{LEFT} {y(tick):.1f}H{right}"/>')
        marks.append(_text(LEFT - 8, y(tick) + 4, _signed(round(tick, 6)), anchor="end"))
    upper = "L".join(f"{LEFT + i * step:.1f} {y(float(v)):.1f}" for i, v in enumerate(high))
    lower = "L".join(f"{LEFT + i * step:.1f} {y(float(v)):.1f}" for i, v in reversed(list(enumerate(low))))
    marks.append(f'<path class="band" d="M{upper}L{lower}Z"/>')
    line = "L".join(f"{LEFT + i * step:.1f} {y(float(v)):.1f}" for i, v in enumerate(value))
    marks.append(f'<path class="line" d="M{line}"/>')
    every = max(1, math.ceil(len(value) / 10))
    marks += [_text(LEFT + i * step, floor + 16, q) for i, q in enumerate(data.quarters) if i % every == 0]
    marks.append(_text((LEFT + right) / 2, height - 8, "cumulative IC with its 95 % interval, by quarter", "axis-name"))
    return _svg("series", height, title, marks)
