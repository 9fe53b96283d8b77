"""E2B(R2) as a tree of names, whether it came as XML, SGML or JSON: one mapping reads them all. Imports nothing.

A node is a name with a text or with nodes inside; a path (``patient/drug[2]/actiondrug``) says where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """An element of E2B(R2).

    Attributes:
        name: Tag, lower case.
        text: Its text, spaces at both ends cut.
        path: Where it stands, from the report down.
        line: Line in the file, 0 where not known.
    """

    name: str
    text: str = ""
    path: str = ""
    line: int = 0
    inside: dict[str, list[Node]] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        """Put a node inside this one."""
        self.inside.setdefault(node.name, []).append(node)

    def first(self, name: str) -> Node | None:
        """The first node of a name that says something."""
        for node in self.inside.get(name, ()):
            if node.text or node.inside:
                return node
        return None

    def all(self, name: str) -> list[Node]:
        """All nodes of a name."""
        return self.inside.get(name, [])

    def value(self, name: str) -> str:
        """The text of the first node of a name; empty where there is none."""
        found = self.first(name)
        return found.text if found is not None else ""

    def walk(self) -> Iterator[Node]:
        """This node and all inside it."""
        yield self
        for nodes in self.inside.values():
            for node in nodes:
                yield from node.walk()
