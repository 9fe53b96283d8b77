"""From a tree of elements (HTML, JATS, BMC) to text: paragraphs, headings, tables; what is no report left out.

One walk for all of them; the rules say what each element is. The walk keeps its own stack, so that no depth of nesting
ends it. Imports `written` only.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from dechallenge.formats.written import Writer, flat, folded, raised

_SPACES = re.compile(r"[ \t\r\n\f]+")
_MAX_COLUMNS = 60
_MAX_SPAN = 200
_LONG_CELL = 600
"""Characters of a cell from which a table is one that lays out a page, not one that holds values."""
_REFERENCES = re.compile(r"(?:\d{1,2}\.?\s*)?(?:references|bibliography|literature(?: cited)?|works cited)\W*", re.I)

_LABEL = re.compile(r"(?:table|figure|fig\.?)\s*(?:\d{1,2}|[ivx]{1,4})[.:]?", re.I)
"""A heading that is the label of a table or figure; its caption follows."""


def names(text: str) -> frozenset[str]:
    """Names apart by blanks as a set."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Rules:
    """What the elements of a vocabulary are, by local name.

    Attributes:
        skip: Left out with all they hold.
        blocks: Paragraphs and what holds them: they begin and end a block.
        headings: Name to level.
        run_in: Labels: their text goes on in the block behind it ("Table 1. Course").
        captions: A block inside one of these goes on from the label before it.
        floats: Tables and figures that may stand inside a paragraph; they are written behind it.
        tables, rows, cells: The parts of a table.
        marks: Groups of reference numbers that are printed in brackets.
        preformatted: Line ends count.
        drop: More that is left out, by attributes.
    """

    skip: frozenset[str]
    blocks: frozenset[str]
    headings: dict[str, int]
    tables: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]
    run_in: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()
    floats: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    preformatted: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    drop: Callable[[etree._Element], bool] = field(default=lambda _: False)


@dataclass(slots=True)
class _Frame:
    """An open element: its path, the children still to come, and how often each name was seen among them."""

    element: etree._Element
    name: str
    path: str
    left: Iterator[etree._Element]
    seen: dict[str, int] = field(default_factory=dict)
    mark: int = 0
    inside: bool = False
    running: bool = False


@dataclass(slots=True)
class _Table:
    """An open table: finished rows with their place, the open row, and cells that reach down from rows above."""

    path: str
    rows: list[tuple[list[str], str, int]] = field(default_factory=list)
    row: list[str] | None = None
    over: list[str] = field(default_factory=list)
    row_path: str = ""
    count: int = 0
    down: dict[int, int] = field(default_factory=dict)
    span: int = 1


def local(element: etree._Element) -> str:
    """The name of an element without its namespace, in lower case."""
    tag: object = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


class Walk:
    """Writes elements into a :class:`Writer`, in document order."""

    def __init__(self, rules: Rules, writer: Writer) -> None:
        self.rules = rules
        self.writer = writer
        self.buffer: list[str] = []
        self.place = ""
        self.tables: list[_Table] = []
        self.layouts = 0
        self.paragraphs = 0
        self.exact = 0
        self.waiting: list[tuple[etree._Element, str]] = []
        self.left_out = 0
        self.label = False

    def element(self, root: etree._Element, path: str) -> None:
        """Write one element and all it holds."""
        stack = [self._open(root, path, [])]
        while stack:
            frame = stack[-1]
            child = next(frame.left, None)
            if child is None:
                stack.pop()
                self._close(frame)
                if stack:
                    self._text(frame.element.tail)
                continue
            name = local(child)
            if not name:
                if isinstance(child, etree._Entity):
                    self._text(entities.unescape(child.text or ""))
                self._text(child.tail)
                continue
            frame.seen[name] = frame.seen.get(name, 0) + 1
            below = f"{frame.path}/{name}[{frame.seen[name]}]"
            if name in self.rules.skip or self.rules.drop(child):
                self._text(child.tail)
            elif name in self.rules.floats and self.paragraphs:
                self.waiting.append((child, below))
                self._text(child.tail)
            else:
                stack.append(self._open(child, below, stack))
        self.flush()

    def _open(self, element: etree._Element, path: str, stack: list[_Frame]) -> _Frame:
        name, rules = local(element), self.rules
        frame = _Frame(element, name, path, iter(element))
        if stack and (stack[-1].inside or stack[-1].name in rules.captions):
            frame.inside = True
        frame.running = bool(stack) and (stack[-1].running or stack[-1].name in rules.run_in)
        if name in rules.tables:
            if self._lays_out(element):
                self.layouts += 1
                frame.mark = -1
            elif not self.tables:
                self.flush()
                self.tables.append(_Table(path))
            else:
                frame.mark = -2
        elif self.tables and name in rules.rows and self.tables[-1].row is None:
            self._row(path)
        elif self.tables and name in rules.cells and self.tables[-1].row is not None:
            self.buffer.clear()
        elif name in rules.headings or name in rules.blocks or name in rules.rows or name in rules.cells:
            if self.tables:
                self.buffer.append(" ")
            elif not ((frame.inside or frame.running or self.label) and self.buffer):
                self.flush()
            self.paragraphs += name == "p"
        elif name == "br":
            self.buffer.append("\n")
        if name in rules.preformatted:
            self.exact += 1
        if name == "sup":
            frame.mark = len(self.buffer)
        if name in rules.marks:
            self.buffer.append("[")
        if not self.place or not self.buffer:
            self.place = path
        self._text(element.text)
        return frame

    def _lays_out(self, element: etree._Element) -> bool:
        return any(local(one) in self.rules.tables for one in element.iterdescendants(tag=etree.Element))

    def _close(self, frame: _Frame) -> None:
        name, rules = frame.name, self.rules
        if name in rules.marks:
            self.buffer.append("]")
        if name in rules.preformatted:
            self.exact -= 1
        if name in rules.tables:
            self._end_table(frame)
        elif self.tables and name in rules.rows:
            self._end_row()
        elif self.tables and name in rules.cells:
            self._end_cell(frame.element)
        elif name == "sup":
            self._raise(frame)
        elif name in rules.run_in:
            said = folded("".join(self.buffer))
            self.buffer = [said, "" if not said else " " if said.endswith((".", ":")) else ". "]
        elif name in rules.headings:
            self._end_heading(rules.headings[name])
        elif name in rules.blocks or name in rules.rows or name in rules.cells:
            self.paragraphs -= name == "p"
            if self.tables or frame.running:
                self.buffer.append(" ")
            else:
                self.flush()
        if not self.paragraphs and self.waiting and not self.tables:
            waiting, self.waiting = self.waiting, []
            for element, path in waiting:
                self.element(element, path)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self.exact:
            self.buffer.append(text.expandtabs(1) if self.tables else text.replace("\r\n", "\n").replace("\r", "\n"))
        else:
            self.buffer.append(_SPACES.sub(" ", text))

    def _raise(self, frame: _Frame) -> None:
        """Superscripts: a power, a unit or a reference mark."""
        text = "".join(self.buffer[frame.mark :])
        before = "".join(self.buffer[max(0, frame.mark - 4) : frame.mark])[-12:]
        linked = any(local(one) in self.rules.links for one in frame.element.iterdescendants(tag=etree.Element))
        del self.buffer[frame.mark :]
        self.buffer.append(raised(before, text, linked=linked))

    def flush(self) -> None:
        """End the open block."""
        text = "".join(self.buffer) if self.exact else folded("".join(self.buffer))
        self.buffer.clear()
        self.label = False
        if text.strip() and not self.left_out:
            self.writer.block(text.strip("\n"), self.place)
        self.place = ""

    def _end_heading(self, level: int) -> None:
        """A heading; below one of references nothing is written up to the next heading of its level."""
        if self.tables:
            self.buffer.append(" ")
            return
        text = flat("".join(self.buffer))
        if self.left_out and text and level <= self.left_out:
            self.left_out = 0
        if _LABEL.fullmatch(text) and not self.left_out:
            self.buffer, self.label = [text.rstrip(".:") + ". "], True
            return
        if _REFERENCES.fullmatch(text):
            self.left_out = self.left_out or level
        self.flush()

    # --- tables --------------------------------------------------------------------------------------------------

    def _row(self, path: str) -> None:
        table = self.tables[-1]
        table.row, table.over, table.row_path, table.count = [], [], path, 0
        self.buffer.clear()
        self._reach(table)

    def _reach(self, table: _Table) -> None:
        """Blank cells where a cell of a row above reaches down."""
        row = table.row
        while row is not None and table.down.get(len(row), 0) > 0:
            table.down[len(row)] -= 1
            row.append("")

    def _end_cell(self, element: etree._Element) -> None:
        table = self.tables[-1]
        if table.row is None:
            return
        text = flat("".join(self.buffer))
        self.buffer.clear()
        across = min(_span(element, "colspan", "cspan"), _MAX_COLUMNS)
        deep = _span(element, "rowspan", "rspan") - 1
        table.count += 1
        for i in range(across):
            if len(table.row) >= _MAX_COLUMNS:
                if i == 0:
                    table.over.append(text)
                break
            if deep > 0:
                table.down[len(table.row)] = deep
            table.row.append(text if i == 0 else "")
        self._reach(table)

    def _end_row(self) -> None:
        table = self.tables[-1]
        if table.row is None:
            return
        loose = flat("".join(self.buffer))
        self.buffer.clear()
        if table.over:  # what stands behind the last column that is kept
            table.row[-1] = " ".join(part for part in (table.row[-1], *table.over) if part)
        if loose:
            table.row.append(loose)
        if any(table.row):
            table.rows.append((table.row, table.row_path, table.count))
        table.row = None

    def _end_table(self, frame: _Frame) -> None:
        if frame.mark == -1:
            self.layouts -= 1
            self.flush()
            return
        if frame.mark == -2:
            self.buffer.append(" ")
            return
        table = self.tables.pop()
        self.buffer.clear()
        if self.left_out:
            return
        if any(len(cell) > _LONG_CELL for row, _, _ in table.rows for cell in row):
            for row, path, _ in table.rows:
                for cell in row:
                    self.writer.block(cell, path)
            return
        told = [
            (row[0] if count == 1 and not any(row[1:]) else "\t".join(row), path) for row, path, count in table.rows
        ]
        self.writer.table(told)


def _span(element: etree._Element, *names: str) -> int:
    for name in names:
        value = (element.get(name) or "").strip()
        if value.isascii() and value.isdigit() and len(value) < 6:
            return min(max(1, int(value)), _MAX_SPAN)
    return 1
