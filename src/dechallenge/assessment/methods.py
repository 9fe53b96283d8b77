"""All methods side by side on one record, topic by topic, with the reason for each difference. Imports the contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dechallenge.assessment.model import InstrumentOut, ItemOut, TopicCell, TopicOut
from dechallenge.assessment.topics import WHOLE, order, topic_of, topics_within


def methods(results: Iterable[InstrumentOut]) -> tuple[TopicOut, ...]:
    """The topics that the applicable instruments ask about, each with what every one of them gives.

    Args:
        results: The causality instruments of one suspect, in the order in which they are shown.
    """
    shown = [result for result in results if result.applicable and result.items]
    if len(shown) < 2:
        return ()
    names = short_titles(shown)
    cells: dict[str, dict[str, list[ItemOut]]] = {}
    for result in shown:
        sums = {item.id for item in result.items if any(_part_of(other, item) for other in result.items)}
        for item in result.items:
            if item.id not in sums:
                cells.setdefault(topic_of(item.id), {}).setdefault(result.id, []).append(item)
    out = []
    for topic in sorted(cells, key=order):
        if topic == WHOLE:
            continue
        found = tuple(_cell(result, cells[topic][result.id]) for result in shown if result.id in cells[topic])
        others = [result.id for result in shown if result.id not in cells[topic]]
        within = tuple(id for id in others if topic in topics_within(id))
        silent = tuple(id for id in others if id not in within)
        difference = _difference(found, within, silent, names)
        out.append(TopicOut(topic=topic, cells=found, within=within, silent=silent, difference=difference))
    return tuple(out)


def short_titles(results: Sequence[InstrumentOut]) -> dict[str, str]:
    """Titles by id; with the year of the edition where two are alike."""
    titles = [result.title for result in results]
    return {
        result.id: f"{result.title} {result.id.rpartition('-')[2]}" if titles.count(result.title) > 1 else result.title
        for result in results
    }


def _part_of(part: ItemOut, whole: ItemOut) -> bool:
    """Parts are named like the item that they add up to, with a letter ("3a" of "3")."""
    return part.id.startswith(whole.id) and part.id[len(whole.id) :].isalpha()


def _cell(result: InstrumentOut, items: Sequence[ItemOut]) -> TopicCell:
    points = [item.points for item in items if item.points is not None]
    codes = [item.code for item in items if item.code is not None]
    if points and result.score is not None:
        gives = f"{sum(points):+g}" if sum(points) else "0"
    else:
        gives = ", ".join(codes) or ("not judged" if not points else f"{sum(points):+g}")
    told = [item for item in items if item.points or item.code is not None] or list(items)
    return TopicCell(
        instrument=result.id,
        items=tuple(item.id for item in items),
        gives=gives,
        option="; ".join(dict.fromkeys(item.option for item in told if item.option)),
    )


def _difference(
    cells: Sequence[TopicCell], within: Sequence[str], silent: Sequence[str], titles: dict[str, str]
) -> str:
    """In words, where the methods do not give the same; empty where they do."""
    if len({cell.gives for cell in cells}) < 2 and not within and not silent:
        return ""
    said = [f"{titles[cell.instrument]} gives {cell.gives} ({cell.option})" for cell in cells]
    if within:
        names = ", ".join(titles[id] for id in within)
        said.append(f"{names} {_verb(within, 'weighs', 'weigh')} it only within the verdict")
    if silent:
        said.append(f"{', '.join(titles[id] for id in silent)} {_verb(silent, 'does', 'do')} not ask")
    return "; ".join(said)


def _verb(names: Sequence[str], one: str, several: str) -> str:
    return one if len(names) == 1 else several
